/* The report's page as data. */
#include "CVouchPage.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char html[] = {
#embed "page.html"
};
static const unsigned char style[] = {
#embed "page.css"
};
static const unsigned char script[] = {
#embed "page.js"
};

#define FILE_OF(data) ((VouchPageFile){data, sizeof data})

VouchPageFile vouch_page_html(void) { return FILE_OF(html); }

VouchPageFile vouch_page_style(void) { return FILE_OF(style); }

VouchPageFile vouch_page_script(void) { return FILE_OF(script); }

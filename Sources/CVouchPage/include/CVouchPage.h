#ifndef VOUCH_PAGE_H
#define VOUCH_PAGE_H

#include <stddef.h>

/* One file that the report's page is made of, built into the program. */
typedef struct {
  const unsigned char *bytes; /* the file; not terminated */
  size_t length;              /* bytes */
} VouchPageFile;

/* The page with places for what is filled in, its style sheet and its script. */
VouchPageFile vouch_page_html(void);
VouchPageFile vouch_page_style(void);
VouchPageFile vouch_page_script(void);

#endif

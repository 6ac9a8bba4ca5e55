#include "initialize.h"

#include <pthread.h>

#include <libxml/parser.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* xmlCleanupParser is never called: other users of libxml2 in the process would lose their state. */
static void initialize(void) { xmlInitParser(); }

void vouch_xml_initialize(void) { pthread_once(&once, initialize); }

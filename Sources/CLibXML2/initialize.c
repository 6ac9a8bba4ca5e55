#include "CLibXML2.h"
#include "initialize.h"

#include <pthread.h>
#include <stdlib.h>

#include <libxml/parser.h>
#include <libxml/xmlversion.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* xmlCleanupParser is never called: other users of libxml2 in the process would lose their state. */
static void initialize(void) { xmlInitParser(); }

void vouch_xml_initialize(void) { pthread_once(&once, initialize); }

long vouch_xml_running_version(void) { return strtol(xmlParserVersion, NULL, 10); }
long vouch_xml_built_version(void) { return LIBXML_VERSION; }

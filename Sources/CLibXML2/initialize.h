#ifndef VOUCH_INITIALIZE_H
#define VOUCH_INITIALIZE_H

#include <libxml/xmlerror.h>

/* What an error handler is given; libxml2 2.12 made it constant. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *VouchErrorPointer;
#else
typedef xmlErrorPtr VouchErrorPointer;
#endif

/* Prepares libxml2 for use by several threads; cheap when called again. */
void vouch_xml_initialize(void);

#endif

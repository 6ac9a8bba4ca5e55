#include <libxml/parser.h>
#include "CLibXML2.h"

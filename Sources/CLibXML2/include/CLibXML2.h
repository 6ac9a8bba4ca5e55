#ifndef VOUCH_LIBXML2_H
#define VOUCH_LIBXML2_H
#endif

/* The part of libxml2 that Vouch uses, behind opaque types.
   No header of libxml2 is included here: Debian's pull in ICU's, which clash with Foundation's in one compilation. */
#ifndef VOUCH_CLIBXML2_H
#define VOUCH_CLIBXML2_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of libxml2, such as 20914: the one that runs, and the one that this was built for. */
long vouch_xml_running_version(void);
long vouch_xml_built_version(void);

/* What is told of a page while it is parsed, in document order; each is given `context`. Elements are closed in the reverse order of
   their opening; those that are still open when the parser stops are not. */
typedef struct VouchHTMLHandler {
  void *context;
  /* An element and its attributes: names and values in turn, NULL for a value that is missing, NULL behind the last; NULL if there
     is none. Anything but 0 stops the parser. */
  int (*start)(void *context, const char *name, const char *const *attributes);
  void (*end)(void *context);
  /* A part of a text or of a script, UTF-8. */
  void (*text)(void *context, const char *bytes, size_t length);
  void (*comment)(void *context);
} VouchHTMLHandler;

/* What became of a page. */
typedef struct VouchHTMLOutcome {
  /* Number of errors the parser recovered from, and the line of the first, from 1; 0 if there was none. */
  size_t error_count;
  int first_line;
  /* Whether the parser stopped before the end of the page: stopped by the handler, or for a fatal error. */
  int gave_up;
  /* The first error's message, without line end; empty if there was none. */
  char first_message[256];
} VouchHTMLOutcome;

/* Parses `length` bytes (at most INT_MAX) of UTF-8. The network is never used, nothing is printed. Returns 0 only if memory ran out or
   `length` is too large. */
int vouch_html_parse(const char *bytes, size_t length, const VouchHTMLHandler *handler, VouchHTMLOutcome *outcome);

/* Writes an XML document to a file descriptor or to memory. One thread at a time. Errors are sticky. */
typedef struct VouchXMLWriter VouchXMLWriter;

/* The descriptor stays the caller's. NULL if memory ran out. */
VouchXMLWriter *vouch_xml_open_descriptor(int descriptor);
VouchXMLWriter *vouch_xml_open_memory(void);

/* The following return 0, or the errno of the first failure of this writer. */
int vouch_xml_start_document(VouchXMLWriter *writer);
int vouch_xml_write_raw(VouchXMLWriter *writer, const unsigned char *bytes, size_t length);
int vouch_xml_end_document(VouchXMLWriter *writer);
int vouch_xml_flush(VouchXMLWriter *writer);
int vouch_xml_error(const VouchXMLWriter *writer);

/* What a memory writer has flushed; NULL for other writers. Valid until the next call. */
const unsigned char *vouch_xml_memory(const VouchXMLWriter *writer, size_t *length);
/* Frees the writer; what was not flushed may be lost. */
void vouch_xml_free(VouchXMLWriter *writer);

#ifdef __cplusplus
}
#endif
#endif

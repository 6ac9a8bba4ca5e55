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

/* A parsed HTML page. One thread at a time. */
typedef struct VouchHTML VouchHTML;
/* An element, attribute or text of a page; lives as long as the page. */
typedef struct VouchHTMLNode VouchHTMLNode;

typedef enum VouchHTMLKind {
  VOUCH_HTML_OTHER = 0,
  VOUCH_HTML_ELEMENT = 1,
  VOUCH_HTML_TEXT = 2
} VouchHTMLKind;

/* Parses `length` bytes (at most INT_MAX). `encoding` names their encoding; NULL lets libxml2 guess.
   The network is never used, nothing is printed. Returns NULL only if memory ran out or `length` is too large. */
VouchHTML *vouch_html_parse(const char *bytes, size_t length, const char *encoding);
void vouch_html_free(VouchHTML *html);

/* Number of errors the parser recovered from. */
size_t vouch_html_error_count(const VouchHTML *html);
/* The first error's message, without line end; empty if there was none. */
const char *vouch_html_first_error(const VouchHTML *html);
/* Line of the first error, from 1; 0 if there was none. */
int vouch_html_first_error_line(const VouchHTML *html);
/* Whether the parser stopped before the end of the page (too deep, or a fatal error). */
int vouch_html_gave_up(const VouchHTML *html);

/* The html element; NULL for a page without any. */
const VouchHTMLNode *vouch_html_root(const VouchHTML *html);
const VouchHTMLNode *vouch_html_first_child(const VouchHTMLNode *node);
const VouchHTMLNode *vouch_html_next(const VouchHTMLNode *node);
const VouchHTMLNode *vouch_html_parent(const VouchHTMLNode *node);
VouchHTMLKind vouch_html_kind(const VouchHTMLNode *node);
/* Name of an element or attribute; never NULL. */
const char *vouch_html_name(const VouchHTMLNode *node);
/* Characters of a text or script node, UTF-8; never NULL. */
const char *vouch_html_text(const VouchHTMLNode *node);
/* The attributes of an element are chained by vouch_html_next; the children of an attribute are its value's texts. */
const VouchHTMLNode *vouch_html_first_attribute(const VouchHTMLNode *node);

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

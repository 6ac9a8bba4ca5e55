#include "CLibXML2.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "initialize.h"

struct VouchHTML {
  htmlDocPtr document;
  size_t error_count;
  int first_line;
  int gave_up;
  char first_message[256];
};

static void note_error(void *context, VouchErrorPointer error) {
  VouchHTML *html = context;
  if (!html || !error) return;
  if (html->error_count++ == 0) {
    html->first_line = error->line;
    if (error->message) {
      strncpy(html->first_message, error->message, sizeof html->first_message - 1);
      size_t length = strlen(html->first_message);
      while (length > 0 && html->first_message[length - 1] == '\n') html->first_message[--length] = 0;
    }
  }
}

VouchHTML *vouch_html_parse(const char *bytes, size_t length, const char *encoding) {
  if (length > INT_MAX) return NULL;
  vouch_xml_initialize();
  VouchHTML *html = calloc(1, sizeof *html);
  htmlParserCtxtPtr parser = html ? htmlNewParserCtxt() : NULL;
  if (!parser) {
    free(html);
    return NULL;
  }
  /* The HTML parser knows no handler of its own context; the thread's handler is set for the time of the call. */
  xmlStructuredErrorFunc outer = xmlStructuredError;
  void *outer_context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(html, note_error);
  html->document = htmlCtxtReadMemory(
      parser, bytes, (int)length, NULL, encoding,
      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER);
  xmlSetStructuredErrorFunc(outer_context, outer);
  html->gave_up = parser->disableSAX != 0;
  htmlFreeParserCtxt(parser);
  return html;
}

void vouch_html_free(VouchHTML *html) {
  if (!html) return;
  xmlFreeDoc(html->document);
  free(html);
}

size_t vouch_html_error_count(const VouchHTML *html) { return html->error_count; }
const char *vouch_html_first_error(const VouchHTML *html) { return html->first_message; }
int vouch_html_first_error_line(const VouchHTML *html) { return html->first_line; }
int vouch_html_gave_up(const VouchHTML *html) { return html->gave_up || !html->document; }

const VouchHTMLNode *vouch_html_root(const VouchHTML *html) {
  return (const VouchHTMLNode *)(html->document ? xmlDocGetRootElement(html->document) : NULL);
}

static const xmlNode *node_of(const VouchHTMLNode *node) { return (const xmlNode *)node; }

const VouchHTMLNode *vouch_html_first_child(const VouchHTMLNode *node) {
  /* An entity reference's child is the entity's declaration, which is no part of the tree. */
  const xmlNode *xml = node_of(node);
  return (const VouchHTMLNode *)(xml->type == XML_ELEMENT_NODE || xml->type == XML_ATTRIBUTE_NODE ? xml->children : NULL);
}

const VouchHTMLNode *vouch_html_next(const VouchHTMLNode *node) { return (const VouchHTMLNode *)node_of(node)->next; }
const VouchHTMLNode *vouch_html_parent(const VouchHTMLNode *node) { return (const VouchHTMLNode *)node_of(node)->parent; }

VouchHTMLKind vouch_html_kind(const VouchHTMLNode *node) {
  switch (node_of(node)->type) {
    case XML_ELEMENT_NODE: return VOUCH_HTML_ELEMENT;
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE: return VOUCH_HTML_TEXT;
    default: return VOUCH_HTML_OTHER;
  }
}

const char *vouch_html_name(const VouchHTMLNode *node) {
  const xmlChar *name = node_of(node)->name;
  return name ? (const char *)name : "";
}

const char *vouch_html_text(const VouchHTMLNode *node) {
  const xmlNode *xml = node_of(node);
  const int has_text = xml->type == XML_TEXT_NODE || xml->type == XML_CDATA_SECTION_NODE;
  return has_text && xml->content ? (const char *)xml->content : "";
}

const VouchHTMLNode *vouch_html_first_attribute(const VouchHTMLNode *node) {
  const xmlNode *xml = node_of(node);
  return (const VouchHTMLNode *)(xml->type == XML_ELEMENT_NODE ? (xmlNode *)xml->properties : NULL);
}

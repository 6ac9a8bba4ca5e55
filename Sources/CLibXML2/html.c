#include "CLibXML2.h"

#include <limits.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include "initialize.h"

typedef struct Parsing {
  htmlParserCtxtPtr parser;
  const VouchHTMLHandler *handler;
} Parsing;

static void note_error(void *context, VouchErrorPointer error) {
  VouchHTMLOutcome *outcome = context;
  if (!outcome || !error) return;
  if (outcome->error_count++ == 0) {
    outcome->first_line = error->line;
    if (error->message) {
      strncpy(outcome->first_message, error->message, sizeof outcome->first_message - 1);
      size_t length = strlen(outcome->first_message);
      while (length > 0 && outcome->first_message[length - 1] == '\n') outcome->first_message[--length] = 0;
    }
  }
}

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  Parsing *parsing = context;
  const VouchHTMLHandler *handler = parsing->handler;
  if (handler->start(handler->context, (const char *)name, (const char *const *)attributes) != 0) {
    xmlStopParser(parsing->parser);
  }
}

static void end_element(void *context, const xmlChar *name) {
  Parsing *parsing = context;
  (void)name;
  parsing->handler->end(parsing->handler->context);
}

static void characters(void *context, const xmlChar *bytes, int length) {
  Parsing *parsing = context;
  if (length > 0) parsing->handler->text(parsing->handler->context, (const char *)bytes, (size_t)length);
}

static void comment(void *context, const xmlChar *bytes) {
  Parsing *parsing = context;
  (void)bytes;
  parsing->handler->comment(parsing->handler->context);
}

int vouch_html_parse(const char *bytes, size_t length, const VouchHTMLHandler *handler, VouchHTMLOutcome *outcome) {
  memset(outcome, 0, sizeof *outcome);
  if (length > INT_MAX) return 0;
  vouch_xml_initialize();
  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (!parser) return 0;
  /* Without the handlers that build a tree, none is built. */
  Parsing parsing = {parser, handler};
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->initialized = 1;
  parser->sax->startElement = start_element;
  parser->sax->endElement = end_element;
  parser->sax->characters = characters;
  parser->sax->ignorableWhitespace = characters;
  parser->sax->cdataBlock = characters;
  parser->sax->comment = comment;
  parser->userData = &parsing;
  /* The HTML parser knows no handler of its own context; the thread's handler is set for the time of the call. */
  xmlStructuredErrorFunc outer = xmlStructuredError;
  void *outer_context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(outcome, note_error);
  htmlDocPtr document = htmlCtxtReadMemory(
      parser, bytes, (int)length, NULL, "UTF-8",
      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER);
  xmlSetStructuredErrorFunc(outer_context, outer);
  outcome->gave_up = parser->disableSAX != 0;
  xmlFreeDoc(document);
  htmlFreeParserCtxt(parser);
  return 1;
}

#include "CLibXML2.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxml/globals.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlwriter.h>

#include "initialize.h"

struct VouchXMLWriter {
  xmlTextWriterPtr writer;
  int descriptor; /* -1: memory */
  int error;
  unsigned char *bytes;
  size_t count;
  size_t capacity;
};

static int fail(VouchXMLWriter *writer, int error) {
  if (writer->error == 0) writer->error = error != 0 ? error : EIO;
  return -1;
}

static int append(VouchXMLWriter *writer, const char *bytes, size_t length) {
  if (writer->capacity - writer->count < length) {
    size_t capacity = writer->capacity < 4096 ? 4096 : writer->capacity;
    while (capacity - writer->count < length) {
      if (capacity > SIZE_MAX / 2) return fail(writer, ENOMEM);
      capacity *= 2;
    }
    unsigned char *grown = realloc(writer->bytes, capacity);
    if (!grown) return fail(writer, ENOMEM);
    writer->bytes = grown;
    writer->capacity = capacity;
  }
  memcpy(writer->bytes + writer->count, bytes, length);
  writer->count += length;
  return (int)length;
}

/* libxml2 calls it with what it buffered. After a failure the rest is dropped, so that the document cannot go on
   behind a hole. */
static int write_out(void *context, const char *bytes, int length) {
  VouchXMLWriter *writer = context;
  if (writer->error != 0 || length < 0) return -1;
  if (writer->descriptor < 0) return append(writer, bytes, (size_t)length);
  int done = 0;
  while (done < length) {
    ssize_t count = write(writer->descriptor, bytes + done, (size_t)(length - done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(writer, errno);
    if (count == 0) return fail(writer, EIO);
    done += (int)count;
  }
  return length;
}

static int close_out(void *context) {
  (void)context;
  return 0;
}

static VouchXMLWriter *open_writer(int descriptor) {
  vouch_xml_initialize();
  VouchXMLWriter *writer = calloc(1, sizeof *writer);
  if (!writer) return NULL;
  writer->descriptor = descriptor;
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(write_out, close_out, writer, NULL);
  if (buffer) writer->writer = xmlNewTextWriter(buffer);
  if (!writer->writer) {
    if (buffer) xmlOutputBufferClose(buffer);
    free(writer);
    return NULL;
  }
  return writer;
}

VouchXMLWriter *vouch_xml_open_descriptor(int descriptor) {
  return open_writer(descriptor < 0 ? INT_MAX : descriptor);
}

VouchXMLWriter *vouch_xml_open_memory(void) { return open_writer(-1); }

/* libxml2 prints what goes wrong to stderr unless the thread has a handler. */
static void ignore_error(void *context, VouchErrorPointer error) {
  (void)context;
  (void)error;
}

typedef struct Handler {
  xmlStructuredErrorFunc function;
  void *context;
} Handler;

static Handler silence(void) {
  Handler outer = {xmlStructuredError, xmlStructuredErrorContext};
  xmlSetStructuredErrorFunc(NULL, ignore_error);
  return outer;
}

/* Takes the return code of a libxml2 call, which is negative for a failure, and puts back the thread's handler. */
static int checked(VouchXMLWriter *writer, Handler outer, int code) {
  xmlSetStructuredErrorFunc(outer.context, outer.function);
  if (code < 0) fail(writer, EIO);
  return writer->error;
}

int vouch_xml_start_document(VouchXMLWriter *writer) {
  if (writer->error != 0) return writer->error;
  Handler outer = silence();
  return checked(writer, outer, xmlTextWriterStartDocument(writer->writer, "1.0", "UTF-8", NULL));
}

int vouch_xml_write_raw(VouchXMLWriter *writer, const unsigned char *bytes, size_t length) {
  while (writer->error == 0 && length > 0) {
    int part = length > (1 << 20) ? (1 << 20) : (int)length;
    Handler outer = silence();
    checked(writer, outer, xmlTextWriterWriteRawLen(writer->writer, bytes, part));
    bytes += part;
    length -= (size_t)part;
  }
  return writer->error;
}

int vouch_xml_end_document(VouchXMLWriter *writer) {
  if (writer->error != 0) return writer->error;
  Handler outer = silence();
  return checked(writer, outer, xmlTextWriterEndDocument(writer->writer));
}

int vouch_xml_flush(VouchXMLWriter *writer) {
  if (writer->error != 0) return writer->error;
  Handler outer = silence();
  return checked(writer, outer, xmlTextWriterFlush(writer->writer));
}

int vouch_xml_error(const VouchXMLWriter *writer) { return writer->error; }

const unsigned char *vouch_xml_memory(const VouchXMLWriter *writer, size_t *length) {
  *length = writer->count;
  return writer->descriptor < 0 ? writer->bytes : NULL;
}

void vouch_xml_free(VouchXMLWriter *writer) {
  if (!writer) return;
  /* Freeing flushes what is left, through write_out, so the writer's own memory goes last. */
  Handler outer = silence();
  xmlFreeTextWriter(writer->writer);
  xmlSetStructuredErrorFunc(outer.context, outer.function);
  free(writer->bytes);
  free(writer);
}

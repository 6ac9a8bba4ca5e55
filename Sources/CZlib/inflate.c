#include "CZlib.h"

#include <limits.h>
#include <stdlib.h>

#include <zlib.h>

struct VouchInflater {
  z_stream stream;
};

VouchInflater *vouch_inflater_make(VouchInflaterForm form) {
  VouchInflater *inflater = calloc(1, sizeof *inflater);
  if (inflater && inflateInit2(&inflater->stream, (int)form) != Z_OK) {
    free(inflater);
    return NULL;
  }
  return inflater;
}

void vouch_inflater_free(VouchInflater *inflater) {
  if (!inflater) return;
  inflateEnd(&inflater->stream);
  free(inflater);
}

void vouch_inflater_restart(VouchInflater *inflater) { inflateReset(&inflater->stream); }

VouchInflaterState vouch_inflate(
    VouchInflater *inflater, const unsigned char *input, size_t input_length, size_t *used, unsigned char *output,
    size_t output_length, size_t *made) {
  z_stream *stream = &inflater->stream;
  const uInt room = output_length > UINT_MAX ? UINT_MAX : (uInt)output_length;
  const uInt given = input_length > UINT_MAX ? UINT_MAX : (uInt)input_length;
  /* zlib does not write to its input; only its headers forget to say so. */
  stream->next_in = (Bytef *)input;
  stream->avail_in = given;
  stream->next_out = output;
  stream->avail_out = room;
  const int status = inflate(stream, Z_NO_FLUSH);
  *used = given - stream->avail_in;
  *made = room - stream->avail_out;
  switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: return VOUCH_INFLATE_MORE;
    case Z_STREAM_END: return VOUCH_INFLATE_END;
    case Z_MEM_ERROR: return VOUCH_INFLATE_MEMORY;
    default: return VOUCH_INFLATE_DAMAGED;
  }
}

const char *vouch_zlib_running_version(void) { return zlibVersion(); }
const char *vouch_zlib_built_version(void) { return ZLIB_VERSION; }

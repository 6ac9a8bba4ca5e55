/* The part of zlib that Vouch uses: unpacking, behind an opaque type. */
#ifndef VOUCH_CZLIB_H
#define VOUCH_CZLIB_H

#include <stddef.h>

/* Version of zlib, such as "1.2.13": the one that runs, and the one that this was built for. */
const char *vouch_zlib_running_version(void);
const char *vouch_zlib_built_version(void);

/* Unpacks one stream. One thread at a time. */
typedef struct VouchInflater VouchInflater;

typedef enum VouchInflaterForm {
  VOUCH_INFLATE_GZIP = 31,
  VOUCH_INFLATE_ZLIB = 15,
  VOUCH_INFLATE_RAW = -15
} VouchInflaterForm;

typedef enum VouchInflaterState {
  VOUCH_INFLATE_MORE = 0,    /* more input or room is needed */
  VOUCH_INFLATE_END = 1,     /* the stream ended, its checksum is right */
  VOUCH_INFLATE_DAMAGED = 2, /* this is no such stream, or its checksum is wrong */
  VOUCH_INFLATE_MEMORY = 3   /* memory ran out */
} VouchInflaterState;

/* NULL if memory ran out. */
VouchInflater *vouch_inflater_make(VouchInflaterForm form);
void vouch_inflater_free(VouchInflater *inflater);
/* Begins with another stream of the same form. */
void vouch_inflater_restart(VouchInflater *inflater);

/* Unpacks from `input` to `output`, as far as either goes; `used` and `made` are bytes taken and given. */
VouchInflaterState vouch_inflate(
    VouchInflater *inflater, const unsigned char *input, size_t input_length, size_t *used, unsigned char *output,
    size_t output_length, size_t *made);

#endif

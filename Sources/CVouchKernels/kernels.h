/* What the files of this library share. */
#ifndef VOUCH_KERNELS_INTERNAL_H
#define VOUCH_KERNELS_INTERNAL_H

#include "CVouchKernels.h"

#define INLINE static inline __attribute__((always_inline))

typedef float Floats __attribute__((ext_vector_type(16)));
typedef int32_t Ints __attribute__((ext_vector_type(16)));
typedef uint32_t Words __attribute__((ext_vector_type(16)));
typedef uint8_t Bytes __attribute__((ext_vector_type(16)));

/* Vectors are passed between functions that are always inlined; there is no calling convention to change. */
#pragma clang diagnostic ignored "-Wpsabi"

enum {
  lanes = 16,      /* floats of a vector, on every processor */
  panel = 32,      /* outputs that are computed together */
  block = 32,      /* rows that are computed together */
  group = 64,      /* rows that stay in the first-level cache while the weights pass by */
  head_width = 32, /* items of an attention head */
};

static inline int32_t round_up(int32_t value, int32_t unit) { return (value + unit - 1) / unit * unit; }

/* Where results go: item (row, output) lies at out[row * row_stride + output / 32 * panel_stride + output % 32]. */
typedef struct {
  float *out;
  size_t row_stride, panel_stride;
} Destination;

/* The functions of one kernel. Rows that are quantised are laid out as results are. Rows of `values` are padded: `inputs` is a multiple of 64, and rows up to the next
 * multiple of 32 can be read. */
typedef struct {
  void (*quantize)(const float *rows, size_t row_stride, size_t panel_stride, int32_t count, int32_t width,
                   uint8_t *values, float *low, float *step);
  void (*multiply)(const uint8_t *values, int32_t count, int32_t inputs, const int8_t *packed, int32_t outputs,
                   int32_t *products);
  void (*linear)(const VouchLinear *linear, const uint8_t *values, const float *low, const float *step, int32_t count,
                 int gelu, Destination to);
  void (*norm)(const float *rows, const float *added, int32_t count, int32_t width, const float *weight,
               const float *bias, float *out);
  void (*embed)(const int8_t *values, float scale, const float *a, const float *b, const float *c, int32_t width,
                float *out);
  void (*dot_products)(const float *left, int32_t left_count, const float *right, int32_t right_count, int32_t width,
                       float *out);
  void (*attention)(const float *q, const float *k, const float *v, int32_t count, float *out, size_t out_stride,
                    void *scratch);
} Kernels;

extern const Kernels vouch_kernels_portable;
#if defined(__x86_64__)
extern const Kernels vouch_kernels_avx2, vouch_kernels_avx_vnni, vouch_kernels_avx512, vouch_kernels_amx;
#endif

#endif

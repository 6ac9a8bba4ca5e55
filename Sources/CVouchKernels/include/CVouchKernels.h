#ifndef VOUCH_KERNELS_H
#define VOUCH_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* The arithmetic of the language model.
 *
 * Every function gives the same bytes with every kernel. Sums of 8-bit products are exact 32-bit integers. Floats are
 * handled in vectors of 16 lanes whatever the processor's width: sums over a row are kept in 16 partial sums that are
 * added up in one fixed order, multiplications and additions are fused only where the source says so
 * (FP contraction is off), and exp, tanh and the like are polynomials of this library, not of the C library.
 *
 * Rows are independent: what stands beside a row does not change its result. No function allocates memory, keeps state
 * or fails; all pointers must be valid for the sizes stated, all sizes are in items unless bytes are named. */

/* Sets of processor instructions that the arithmetic is written for. */
typedef enum {
  VOUCH_KERNEL_PORTABLE = 0, /* plain C; fused multiply-adds by hardware or by the C library */
  VOUCH_KERNEL_AVX2 = 1,     /* AVX2, FMA; 8-bit products widened to 16 bits so that nothing saturates */
  VOUCH_KERNEL_AVX_VNNI = 2, /* AVX2, FMA and VPDPBUSD on 256 bits */
  VOUCH_KERNEL_AVX512 = 3,   /* AVX-512 F, BW, DQ, VL and VNNI */
  VOUCH_KERNEL_AMX = 4,      /* the same and AMX tiles of 8-bit integers */
  VOUCH_KERNEL_COUNT = 5
} VouchKernel;

/* Whether this processor and operating system can run a kernel. The first call asks the operating system for the use of
 * AMX tiles. Safe from every thread. */
int vouch_kernel_is_available(VouchKernel kernel);

/* The fastest kernel that is available. */
VouchKernel vouch_kernel_best(void);

/* Short name such as "avx512". */
const char *vouch_kernel_name(VouchKernel kernel);

/* A linear layer y = W x + b with 8-bit weights W. */
typedef struct {
  int32_t inputs;         /* items of x */
  int32_t outputs;        /* items of y */
  const int8_t *weights;  /* packed by vouch_pack */
  const float *scale;     /* what a step of the weights is worth, per output; padded with zeros to a multiple of 32 */
  const float *sums;      /* sum of an output's weights; padded likewise */
  const float *bias;      /* per output; padded likewise */
} VouchLinear;

/* Bytes of a packed weight matrix: inputs and outputs are rounded up to multiples of 64 and 32. */
size_t vouch_packed_size(int32_t inputs, int32_t outputs);

/* Packs weights [outputs][inputs] as [outputs / 16][inputs / 4][16][4], padded with zeros, for all kernels alike, and
 * sums them up per output. `packed` must be aligned to 64 bytes; `sums` has room for the padded outputs. */
void vouch_pack(const int8_t *weights, int32_t inputs, int32_t outputs, int8_t *packed, float *sums);

/* Quantises rows to 8 bits: low = the smallest item, step = (largest - smallest) / 255,
 * value = (item - low) / step rounded half to even (0 for a row of equal items). `width` is a multiple of 16. */
void vouch_quantize(VouchKernel kernel, const float *rows, int32_t count, int32_t width, uint8_t *values, float *low,
                    float *step);

/* Bytes of scratch memory, aligned to 64 bytes, that vouch_multiply and vouch_linear need for rows of that width. */
size_t vouch_linear_scratch(int32_t inputs);

/* Exact products of rows of unsigned bytes with packed weights. `products` has room for [count][outputs rounded up to a
 * multiple of 32]. */
void vouch_multiply(VouchKernel kernel, const uint8_t *values, int32_t count, int32_t inputs, const int8_t *packed,
                    int32_t outputs, int32_t *products, void *scratch);

/* Applies a linear layer to quantised rows: out[row][o] = scale[o] * (step * sum of products + low * sums[o]) + bias[o],
 * then, if `gelu` is not 0, gelu in its tanh form (error below 1e-5, or below 2e-6 of the result where that is more). */
void vouch_linear(VouchKernel kernel, const VouchLinear *linear, const uint8_t *values, const float *low,
                  const float *step, int32_t count, int gelu, float *out, void *scratch);

/* Layer normalisation of `rows + added` (`added` may be null), eps 1e-12. `width` is a multiple of 16; `out` may be
 * `rows`. */
void vouch_norm(VouchKernel kernel, const float *rows, const float *added, int32_t count, int32_t width,
                const float *weight, const float *bias, float *out);

/* out = scale * values + a + b + c, item by item: a row of a table of bytes and three rows of floats. `width` is a multiple
 * of 16. */
void vouch_embed(VouchKernel kernel, const int8_t *values, float scale, const float *a, const float *b, const float *c,
                 int32_t width, float *out);

/* out[l][r] = inner product of row l of `left` with row r of `right`; `width` is a multiple of 16. */
void vouch_dot_products(VouchKernel kernel, const float *left, int32_t left_count, const float *right,
                        int32_t right_count, int32_t width, float *out);

/* One layer of the encoder; heads are 32 items wide. */
typedef struct {
  VouchLinear qkv, out, inner, outer;
  const float *norm1_weight, *norm1_bias, *norm2_weight, *norm2_bias;
} VouchLayer;

/* Pieces of the longest window. */
#define VOUCH_LONGEST_WINDOW 512

/* Bytes of scratch memory, aligned to 64 bytes, that vouch_layer needs for that many rows in windows of at most
 * VOUCH_LONGEST_WINDOW rows. */
size_t vouch_layer_scratch(const VouchLayer *layer, int32_t rows);

/* Takes the rows x of one or more windows through a layer, in place. Window w is the rows starts[w] up to, not including,
 * starts[w + 1]; starts[0] is 0. */
void vouch_layer(VouchKernel kernel, const VouchLayer *layer, const int32_t *starts, int32_t windows, float *x,
                 void *scratch);

#endif

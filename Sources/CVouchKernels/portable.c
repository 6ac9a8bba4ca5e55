/* Plain C. */
#include "kernels.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#pragma STDC FP_CONTRACT OFF

#define QK_ROWS 4
#define QK_VECTORS 1
#define PV_ROWS 4
#define PV_VECTORS 1
INLINE Words add_pair_products(Words sums, Words a, Words b) {
#if defined(__SSE2__)
  __m128i left[4], right[4], products[4];
  __builtin_memcpy(left, &a, sizeof left);
  __builtin_memcpy(right, &b, sizeof right);
  for (int i = 0; i < 4; i++) products[i] = _mm_madd_epi16(left[i], right[i]);
  Words found;
  __builtin_memcpy(&found, products, sizeof found);
  return sums + found;
#else
  Ints x = __builtin_bit_cast(Ints, a), y = __builtin_bit_cast(Ints, b);
  Ints low = (__builtin_bit_cast(Ints, a << 16) >> 16) * (__builtin_bit_cast(Ints, b << 16) >> 16);
  return sums + __builtin_bit_cast(Words, low) + __builtin_bit_cast(Words, (x >> 16) * (y >> 16));
#endif
}

#include "floats.h"

typedef int16_t Shorts __attribute__((ext_vector_type(32)));

/* Bytes are widened to 16 bits, even and odd ones apart. */
INLINE void multiply_rows(const uint8_t *values, int rows, int32_t inputs, const int8_t *weights, int32_t *products) {
  Words sums[2] = {(Words)(0), (Words)(0)};
  for (int32_t i = 0; i < inputs; i += 4, weights += 64) {
    Words both;
    __builtin_memcpy(&both, weights, sizeof both);
    Words even = __builtin_bit_cast(Words, __builtin_bit_cast(Shorts, both << 8) >> 8);
    Words odd = __builtin_bit_cast(Words, __builtin_bit_cast(Shorts, both) >> 8);
    for (int row = 0; row < rows; row++) {
      const uint8_t *x = values + (size_t)row * inputs + i;
      sums[row] = add_pair_products(sums[row], (Words)(x[0] | (uint32_t)x[2] << 16), even);
      sums[row] = add_pair_products(sums[row], (Words)(x[1] | (uint32_t)x[3] << 16), odd);
    }
  }
  for (int row = 0; row < rows; row++) __builtin_memcpy(products + row * panel, &sums[row], sizeof sums[row]);
}

static void multiply_block(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                           int32_t *products) {
  for (int half = 0; half < 2; half++, packed += (size_t)lanes * inputs, products += lanes) {
    int32_t row = 0;
    for (; row + 2 <= rows; row += 2)
      multiply_rows(values + (size_t)row * inputs, 2, inputs, packed, products + row * panel);
    if (row < rows) multiply_rows(values + (size_t)row * inputs, 1, inputs, packed, products + row * panel);
  }
}

#define MULTIPLY_BLOCK multiply_block
#define NAME(function) function
#include "linear.h"

const Kernels vouch_kernels_portable = {quantize, multiply, linear, norm, embed, dot_products, attention};

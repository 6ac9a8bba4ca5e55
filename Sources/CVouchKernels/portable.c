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
  typedef short Shorts __attribute__((vector_size(16)));
  Shorts left[4], right[4];
  __m128i products[4];
  __builtin_memcpy(left, &a, sizeof left);
  __builtin_memcpy(right, &b, sizeof right);
  for (int i = 0; i < 4; i++) products[i] = _mm_madd_epi16((__m128i)left[i], (__m128i)right[i]);
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

static void multiply_block(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                           int32_t *products) {
  for (int32_t row = 0; row < rows; row++)
    for (int half = 0; half < 2; half++) {
      const int8_t *weights = packed + (size_t)half * lanes * inputs;
      int32_t sums[lanes] = {0};
      for (int32_t i = 0; i < inputs; i += 4, weights += 64)
        for (int column = 0; column < lanes; column++)
          for (int item = 0; item < 4; item++)
            sums[column] += values[(size_t)row * inputs + i + item] * weights[column * 4 + item];
      __builtin_memcpy(products + row * panel + half * lanes, sums, sizeof sums);
    }
}

#define MULTIPLY_BLOCK multiply_block
#define NAME(function) function
#include "linear.h"

const Kernels vouch_kernels_portable = {quantize, multiply, linear, norm, embed, dot_products, attention};

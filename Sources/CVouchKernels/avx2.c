/* AVX2 with fused multiply-adds, and the same with the byte products of AVX-VNNI. */
#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define QK_ROWS 6
#define QK_VECTORS 1
#define PV_ROWS 6
#define PV_VECTORS 1
INLINE Words add_pair_products(Words sums, Words a, Words b) {
  __m256i products[2], left[2], right[2];
  __builtin_memcpy(left, &a, sizeof left);
  __builtin_memcpy(right, &b, sizeof right);
  for (int i = 0; i < 2; i++) products[i] = _mm256_madd_epi16(left[i], right[i]);
  Words found;
  __builtin_memcpy(&found, products, sizeof found);
  return sums + found;
}

#include "floats.h"

/* Bytes are widened to 16 bits, even and odd ones apart, because products of bytes would saturate. */
INLINE void multiply_rows(const uint8_t *values, int rows, int32_t inputs, const int8_t *weights, int32_t *products) {
  __m256i sums[4][2];
  const __m256i even = _mm256_set1_epi16(0xFF);
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < 2; c++) sums[r][c] = _mm256_setzero_si256();
  for (int32_t i = 0; i < inputs; i += 4, weights += 64) {
    __m256i first[2], second[2];
    for (int c = 0; c < 2; c++) {
      __m256i both = _mm256_load_si256((const __m256i *)(weights + c * 32));
      first[c] = _mm256_srai_epi16(_mm256_slli_epi16(both, 8), 8);
      second[c] = _mm256_srai_epi16(both, 8);
    }
    for (int r = 0; r < rows; r++) {
      int32_t four;
      __builtin_memcpy(&four, values + (size_t)r * inputs + i, 4);
      __m256i both = _mm256_set1_epi32(four);
      __m256i a = _mm256_and_si256(both, even), b = _mm256_srli_epi16(both, 8);
      for (int c = 0; c < 2; c++) {
        sums[r][c] = _mm256_add_epi32(sums[r][c], _mm256_madd_epi16(a, first[c]));
        sums[r][c] = _mm256_add_epi32(sums[r][c], _mm256_madd_epi16(b, second[c]));
      }
    }
  }
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < 2; c++) _mm256_storeu_si256((__m256i *)(products + r * panel + c * 8), sums[r][c]);
}

static void multiply_block(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                           int32_t *products) {
  for (int half = 0; half < 2; half++, packed += (size_t)lanes * inputs, products += lanes) {
    int32_t row = 0;
    for (; row + 4 <= rows; row += 4)
      multiply_rows(values + (size_t)row * inputs, 4, inputs, packed, products + row * panel);
    for (; row < rows; row++) multiply_rows(values + (size_t)row * inputs, 1, inputs, packed, products + row * panel);
  }
}

#define MULTIPLY_BLOCK multiply_block
#define NAME(function) function
#include "linear.h"
#undef MULTIPLY_BLOCK
#undef NAME

const Kernels vouch_kernels_avx2 = {quantize, multiply, linear, norm, embed, dot_products, attention};

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

INLINE void multiply_rows_vnni(const uint8_t *values, int rows, int32_t inputs, const int8_t *weights,
                               int32_t *products) {
  __m256i sums[6][2];
  for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm256_setzero_si256();
  for (int32_t i = 0; i < inputs; i += 4, weights += 64) {
    __m256i first = _mm256_load_si256((const __m256i *)weights);
    __m256i second = _mm256_load_si256((const __m256i *)(weights + 32));
    for (int r = 0; r < rows; r++) {
      int32_t four;
      __builtin_memcpy(&four, values + (size_t)r * inputs + i, 4);
      __m256i a = _mm256_set1_epi32(four);
      sums[r][0] = _mm256_dpbusd_avx_epi32(sums[r][0], a, first);
      sums[r][1] = _mm256_dpbusd_avx_epi32(sums[r][1], a, second);
    }
  }
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < 2; c++) _mm256_storeu_si256((__m256i *)(products + r * panel + c * 8), sums[r][c]);
}

static void multiply_block_vnni(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                                int32_t *products) {
  for (int half = 0; half < 2; half++, packed += (size_t)lanes * inputs, products += lanes) {
    int32_t row = 0;
    for (; row + 6 <= rows; row += 6)
      multiply_rows_vnni(values + (size_t)row * inputs, 6, inputs, packed, products + row * panel);
    for (; row + 2 <= rows; row += 2)
      multiply_rows_vnni(values + (size_t)row * inputs, 2, inputs, packed, products + row * panel);
    for (; row < rows; row++)
      multiply_rows_vnni(values + (size_t)row * inputs, 1, inputs, packed, products + row * panel);
  }
}

#define MULTIPLY_BLOCK multiply_block_vnni
#define NAME(function) function##_vnni
#include "linear.h"

const Kernels vouch_kernels_avx_vnni = {quantize, multiply_vnni, linear_vnni, norm, embed, dot_products, attention};

#pragma clang attribute pop
#endif

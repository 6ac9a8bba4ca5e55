/* AVX-512 with the byte products of VNNI, and the same with AMX tiles. */
#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#pragma STDC FP_CONTRACT OFF
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"))), apply_to = function)

#define QK_ROWS 8
#define QK_VECTORS 3
#define PV_ROWS 12
#define PV_VECTORS 2
/* As assembly, because the compiler would take the intrinsic apart into a product and a sum where it sees a chain. */
INLINE Words add_pair_products(Words sums, Words a, Words b) {
  __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(a), "v"(b));
  return sums;
}

#include "floats.h"

INLINE void multiply_rows(const uint8_t *values, int rows, int32_t inputs, const int8_t *packed, int32_t *products) {
  __m512i sums[8][2];
  const int8_t *other = packed + (size_t)lanes * inputs;
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_si512();
  for (int32_t i = 0; i < inputs; i += 4, packed += 64, other += 64) {
    __m512i a = _mm512_load_si512(packed), b = _mm512_load_si512(other);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      int32_t four;
      __builtin_memcpy(&four, values + (size_t)r * inputs + i, 4);
      __m512i x = _mm512_set1_epi32(four);
      sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], x, a);
      sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], x, b);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    _mm512_storeu_si512(products + r * panel, sums[r][0]);
    _mm512_storeu_si512(products + r * panel + lanes, sums[r][1]);
  }
}

static void multiply_block(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                           int32_t *products) {
  int32_t row = 0;
  for (; row + 8 <= rows; row += 8)
    multiply_rows(values + (size_t)row * inputs, 8, inputs, packed, products + row * panel);
  for (; row < rows; row++) multiply_rows(values + (size_t)row * inputs, 1, inputs, packed, products + row * panel);
}

#define MULTIPLY_BLOCK multiply_block
#define NAME(function) function
#include "linear.h"
#undef MULTIPLY_BLOCK
#undef NAME

const Kernels vouch_kernels_avx512 = {quantize, multiply, linear, norm, embed, dot_products, attention};

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,amx-tile,amx-int8"))), apply_to = function)

/* Layout of the operand of LDTILECFG (Intel SDM, volume 1, chapter 18). */
typedef struct {
  uint8_t palette, start_row, reserved[14];
  uint16_t bytes[16];
  uint8_t rows[16];
} TileConfiguration;

INLINE void begin_tiles(void) {
  TileConfiguration configuration = {.palette = 1};
  for (int tile = 0; tile < 8; tile++) {
    configuration.bytes[tile] = 64;
    configuration.rows[tile] = 16;
  }
  _tile_loadconfig(&configuration);
}

/* Tiles 0…3 collect the four quarters of 32 rows × 32 outputs, 4 and 5 hold rows, 6 and 7 weights. */
INLINE void multiply_step(const uint8_t *values, int32_t inputs, const int8_t *packed, const int8_t *other,
                          int32_t item, int two) {
  _tile_loadd(6, packed + (size_t)item * 16, 64);
  _tile_loadd(4, values + item, inputs);
  _tile_dpbusd(0, 4, 6);
  _tile_loadd(7, other + (size_t)item * 16, 64);
  _tile_dpbusd(1, 4, 7);
  if (two) {
    _tile_loadd(5, values + (size_t)16 * inputs + item, inputs);
    _tile_dpbusd(2, 5, 6);
    _tile_dpbusd(3, 5, 7);
  }
}

INLINE void multiply_block_tiles(const uint8_t *values, int32_t rows, int32_t inputs, const int8_t *packed,
                                 int32_t *products) {
  int two = rows > 16;
  const int8_t *other = packed + (size_t)lanes * inputs;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  if (two)
    for (int32_t item = 0; item < inputs; item += 64) multiply_step(values, inputs, packed, other, item, 1);
  else
    for (int32_t item = 0; item < inputs; item += 64) multiply_step(values, inputs, packed, other, item, 0);
  const size_t stride = panel * sizeof(int32_t);
  _tile_stored(0, products, stride);
  _tile_stored(1, products + lanes, stride);
  if (two) {
    _tile_stored(2, products + 16 * panel, stride);
    _tile_stored(3, products + 16 * panel + lanes, stride);
  }
}

#define MULTIPLY_BLOCK multiply_block_tiles
#define NAME(function) function##_tiles
#include "linear.h"

static void multiply_amx(const uint8_t *values, int32_t count, int32_t inputs, const int8_t *packed, int32_t outputs,
                         int32_t *products) {
  begin_tiles();
  multiply_tiles(values, count, inputs, packed, outputs, products);
  _tile_release();
}

static void linear_amx(const VouchLinear *linear, const uint8_t *values, const float *low, const float *step,
                       int32_t count, int gelu, Destination to) {
  begin_tiles();
  linear_tiles(linear, values, low, step, count, gelu, to);
  _tile_release();
}

const Kernels vouch_kernels_amx = {quantize, multiply_amx, linear_amx, norm, embed, dot_products, attention};

#pragma clang attribute pop
#endif

/* The arithmetic on floats, written once and compiled for each set of instructions.
 *
 * Before it is included: QK_ROWS × QK_VECTORS and PV_ROWS × PV_VECTORS give the sizes of the register blocks of the two
 * products of attention. They decide how fast it is and not what comes out: each result is one chain of fused
 * multiply-adds in ascending order. */

typedef float Floats __attribute__((ext_vector_type(16)));
typedef int32_t Ints __attribute__((ext_vector_type(16)));
typedef uint32_t Words __attribute__((ext_vector_type(16)));
typedef uint8_t Bytes __attribute__((ext_vector_type(16)));

#define INLINE static inline __attribute__((always_inline))

INLINE Floats load(const float *from) {
  Floats vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}
INLINE void store(float *to, Floats vector) { __builtin_memcpy(to, &vector, sizeof vector); }
INLINE Floats all(float value) { return (Floats)(value); }
INLINE Floats fused(Floats a, Floats b, Floats c) { return __builtin_elementwise_fma(a, b, c); }
/* b where the two can't be compared, as the instructions have it. */
INLINE Floats larger(Floats a, Floats b) { return a > b ? a : b; }
INLINE Floats smaller(Floats a, Floats b) { return a < b ? a : b; }

/* Sums and extremes over the lanes: halves onto halves. */
#define FOLD_LANES(name, combine)                                                             \
  INLINE float name(Floats a) {                                                               \
    typedef float F8 __attribute__((ext_vector_type(8)));                                     \
    typedef float F4 __attribute__((ext_vector_type(4)));                                     \
    typedef float F2 __attribute__((ext_vector_type(2)));                                     \
    F8 x8 = a.lo, y8 = a.hi, r8 = combine(x8, y8);                                            \
    F4 x4 = r8.lo, y4 = r8.hi, r4 = combine(x4, y4);                                          \
    F2 x2 = r4.lo, y2 = r4.hi, r2 = combine(x2, y2);                                          \
    float x = r2.x, y = r2.y;                                                                 \
    return combine(x, y);                                                                     \
  }
#define SUM_OF(a, b) ((a) + (b))
#define LARGER_OF(a, b) ((a) > (b) ? (a) : (b))
#define SMALLER_OF(a, b) ((a) < (b) ? (a) : (b))
FOLD_LANES(lane_sum, SUM_OF)
FOLD_LANES(lane_largest, LARGER_OF)
FOLD_LANES(lane_smallest, SMALLER_OF)

/* Adding this to a float of less than 2^22 rounds it half to even and leaves the whole number in the low bits. */
#define ROUNDING 12582912.0f

/* gelu(x) = 0.5 x (1 + tanh(0.7978845608 (x + 0.044715 x^3))) as x (0.5 + x P(x²)). P is a minimax polynomial for
 * |x| <= 4.5, written in 2 x² / 4.5² - 1 to keep its digits; beyond, the argument is held at 4.5, where x P(x²) has come
 * within 2e-6 of 0.5. */
INLINE Floats gelu_of(Floats x) {
  Floats held = smaller(larger(x, all(-4.5f)), all(4.5f));
  Floats t = fused(held * held, all((float)(2.0 / (4.5 * 4.5))), all(-1.0f));
  Floats p = all(0x1.cf29d0p-11f);
  p = fused(p, t, all(-0x1.6274a4p-9f));
  p = fused(p, t, all(0x1.edf80ep-9f));
  p = fused(p, t, all(-0x1.667916p-8f));
  p = fused(p, t, all(0x1.593bd6p-7f));
  p = fused(p, t, all(-0x1.2ce224p-6f));
  p = fused(p, t, all(0x1.cc9480p-6f));
  p = fused(p, t, all(-0x1.484d70p-5f));
  p = fused(p, t, all(0x1.c0c574p-5f));
  p = fused(p, t, all(-0x1.3c9898p-4f));
  p = fused(p, t, all(0x1.4168f6p-3f));
  return fused(x, held * p, x * 0.5f);
}

/* 2^x for x of at most about 1, relative error below 2e-7; 2^-126 for anything less than -126. */
INLINE Floats exp2_of(Floats x) {
  x = larger(x, all(-126.0f));
  Floats shifted = x + ROUNDING;
  Floats f = x - (shifted - ROUNDING);
  Floats p = all(0.00132647273f);
  p = fused(p, f, all(0.00967151299f));
  p = fused(p, f, all(0.0555073358f));
  p = fused(p, f, all(0.240222424f));
  p = fused(p, f, all(0.693147004f));
  p = fused(p, f, all(1.0f));
  Words bits = __builtin_bit_cast(Words, p) + (__builtin_bit_cast(Words, shifted) << 23);
  return __builtin_bit_cast(Floats, bits);
}

static void quantize(const float *rows, int32_t count, int32_t width, uint8_t *values, float *low, float *step) {
  for (int32_t row = 0; row < count; row++, rows += width, values += width) {
    Floats least = load(rows), most = least;
    for (int32_t i = lanes; i < width; i += lanes) {
      Floats x = load(rows + i);
      least = smaller(least, x);
      most = larger(most, x);
    }
    float smallest = lane_smallest(least), range = lane_largest(most) - smallest;
    low[row] = smallest;
    step[row] = range / 255.0f;
    float inverse = range > 0 ? 255.0f / range : 0;
    for (int32_t i = 0; i < width; i += lanes) {
      Floats shifted = fused(load(rows + i) - smallest, all(inverse), all(ROUNDING));
      Bytes bytes = __builtin_convertvector(__builtin_bit_cast(Words, shifted) & 0xFF, Bytes);
      __builtin_memcpy(values + i, &bytes, sizeof bytes);
    }
  }
}

INLINE Floats dequantized(const int32_t *products, float step, float low, Floats scale, Floats sums, Floats bias) {
  Ints integers;
  __builtin_memcpy(&integers, products, sizeof integers);
  Floats inner = fused(__builtin_convertvector(integers, Floats), all(step), sums * low);
  return fused(inner, scale, bias);
}

/* The results of `rows` rows and one panel from their products [rows][32]. */
INLINE void finish_panel(const VouchLinear *linear, int32_t first, const int32_t *products, const float *low,
                         const float *step, int32_t rows, int gelu, float *out, size_t stride) {
  Floats scale[2], sums[2], bias[2];
  for (int half = 0; half < 2; half++) {
    scale[half] = load(linear->scale + first + half * lanes);
    sums[half] = load(linear->sums + first + half * lanes);
    bias[half] = load(linear->bias + first + half * lanes);
  }
  int32_t columns = linear->outputs - first;
  for (int32_t row = 0; row < rows; row++, products += panel, out += stride) {
    Floats a = dequantized(products, step[row], low[row], scale[0], sums[0], bias[0]);
    Floats b = dequantized(products + lanes, step[row], low[row], scale[1], sums[1], bias[1]);
    if (gelu) {
      a = gelu_of(a);
      b = gelu_of(b);
    }
    if (columns >= panel) {
      store(out, a);
      store(out + lanes, b);
    } else {
      float items[panel];
      store(items, a);
      store(items + lanes, b);
      for (int32_t i = 0; i < columns; i++) out[i] = items[i];
    }
  }
}

static void norm(const float *rows, const float *added, int32_t count, int32_t width, const float *weight,
                 const float *bias, float *out) {
  float inverse_width = 1.0f / (float)width;
  for (int32_t row = 0; row < count; row++, rows += width, out += width) {
    Floats sum = all(0);
    for (int32_t i = 0; i < width; i += lanes) {
      Floats x = load(rows + i);
      if (added) x += load(added + i);
      store(out + i, x);
      sum += x;
    }
    float mean = lane_sum(sum) * inverse_width;
    Floats squares = all(0);
    for (int32_t i = 0; i < width; i += lanes) {
      Floats x = load(out + i) - mean;
      squares = fused(x, x, squares);
    }
    float factor = 1.0f / __builtin_sqrtf(lane_sum(squares) * inverse_width + 1e-12f);
    for (int32_t i = 0; i < width; i += lanes)
      store(out + i, fused((load(out + i) - mean) * factor, load(weight + i), load(bias + i)));
    if (added) added += width;
  }
}

static void embed(const int8_t *values, float scale, const float *a, const float *b, const float *c, int32_t width,
                  float *out) {
  typedef int8_t SignedBytes __attribute__((ext_vector_type(16)));
  for (int32_t i = 0; i < width; i += lanes) {
    SignedBytes bytes;
    __builtin_memcpy(&bytes, values + i, sizeof bytes);
    Floats x = __builtin_convertvector(__builtin_convertvector(bytes, Ints), Floats);
    store(out + i, fused(x, all(scale), load(a + i)) + load(b + i) + load(c + i));
  }
}

static void dot_products(const float *left, int32_t left_count, const float *right, int32_t right_count,
                         int32_t width, float *out) {
  for (int32_t l = 0; l < left_count; l++, left += width) {
    const float *other = right;
    for (int32_t r = 0; r < right_count; r++, other += width) {
      Floats sum = all(0);
      for (int32_t i = 0; i < width; i += lanes) sum = fused(load(left + i), load(other + i), sum);
      *out++ = lane_sum(sum);
    }
  }
}

/* 16 rows of 16 floats, `stride` apart, to columns; rows from `count` on count as zeros. */
INLINE void transpose16(const float *from, size_t stride, int32_t count, float *to, size_t to_stride) {
  Floats a[16], b[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) a[i] = i < count ? load(from + (size_t)i * stride) : all(0);
  /* Four rounds of a perfect shuffle of rows i and i + 8. */
#define ZIP(x, y)                                                                                                      \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {                                                     \
    y[2 * i] = __builtin_shufflevector(x[i], x[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);        \
    y[2 * i + 1] =                                                                                                     \
        __builtin_shufflevector(x[i], x[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);         \
  }
  ZIP(a, b)
  ZIP(b, a)
  ZIP(a, b)
  ZIP(b, a)
#undef ZIP
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) store(to + (size_t)i * to_stride, a[i]);
}

/* scores[r][c] = inner product of q[r] and column c of k, for `rows` rows and `vectors` vectors of columns. */
INLINE void score_block(const float *q, const float *columns, size_t stride, int rows, int vectors, float *scores) {
  Floats sums[8][4];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int c = 0; c < vectors; c++) sums[r][c] = all(0);
#pragma clang loop unroll_count(2)
  for (int d = 0; d < head_width; d++) {
    Floats k[4];
#pragma clang loop unroll(full)
    for (int c = 0; c < vectors; c++) k[c] = load(columns + (size_t)d * stride + c * lanes);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      Floats x = all(q[r * head_width + d]);
#pragma clang loop unroll(full)
      for (int c = 0; c < vectors; c++) sums[r][c] = fused(x, k[c], sums[r][c]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int c = 0; c < vectors; c++) store(scores + (size_t)r * stride + c * lanes, sums[r][c]);
}

/* out[r] = Σ weights[r][j] v[j] / total[r] over `count` rows of v, for `rows` rows and `vectors` vectors of items, of
 * which the first `kept` rows are stored. */
INLINE void mix_block(const float *weights, size_t stride, const float *v, int32_t count, int rows, int vectors,
                      const float *total, int kept, float *out, size_t out_stride) {
  Floats sums[16][2];
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (int c = 0; c < vectors; c++) sums[r][c] = all(0);
  for (int32_t j = 0; j < count; j++) {
    Floats x[2];
#pragma clang loop unroll(full)
    for (int c = 0; c < vectors; c++) x[c] = load(v + (size_t)j * head_width + c * lanes);
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
      Floats w = all(weights[(size_t)r * stride + j]);
#pragma clang loop unroll(full)
      for (int c = 0; c < vectors; c++) sums[r][c] = fused(w, x[c], sums[r][c]);
    }
  }
#pragma clang loop unroll(full)
  for (int r = 0; r < rows; r++) {
    if (r < kept) {
      float inverse = 1.0f / total[r];
#pragma clang loop unroll(full)
      for (int c = 0; c < vectors; c++) store(out + (size_t)r * out_stride + c * lanes, sums[r][c] * inverse);
    }
  }
}

/* Turns a row of scores into e^(score / √32 - the largest of them); returns their sum. `padded` is `count` rounded up
 * to whole vectors. */
INLINE float exponentials(float *scores, int32_t count, int32_t padded) {
  const float factor = 0.25503487f; /* log2(e) / √32 */
  const Ints lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  if (count < padded) {
    float *last = scores + padded - lanes;
    store(last, lane < (Ints)(count - (padded - lanes)) ? load(last) : all(-0x1p126f));
  }
  Floats most = load(scores);
  for (int32_t i = lanes; i < padded; i += lanes) most = larger(load(scores + i), most);
  float offset = -(lane_largest(most) * factor);
  Floats sum = all(0);
  for (int32_t i = 0; i < padded; i += lanes) {
    Floats e = exp2_of(fused(load(scores + i), all(factor), all(offset)));
    store(scores + i, e);
    sum += e;
  }
  return lane_sum(sum);
}

#define ATTENTION_ROWS 24

/* Attention of one head in one window: q, k, v [count][32] (rows up to the next multiple of 24 can be read), results to
 * rows `out_stride` apart. Scratch: (32 + 24) × (count rounded up to 16) floats. */
static void attention(const float *q, const float *k, const float *v, int32_t count, float *out, size_t out_stride,
                      float *scratch) {
  int32_t padded = round_up(count, lanes);
  float *columns = scratch, *scores = scratch + (size_t)head_width * padded;
  for (int32_t row = 0; row < count; row += lanes)
    for (int half = 0; half < 2; half++) {
      const float *from = k + (size_t)row * head_width + half * lanes;
      float *to = columns + (size_t)half * lanes * padded + row;
      if (count - row >= lanes)
        transpose16(from, head_width, lanes, to, (size_t)padded);
      else
        transpose16(from, head_width, count - row, to, (size_t)padded);
    }
  for (int32_t row = 0; row < count; row += ATTENTION_ROWS) {
    int32_t rows = count - row < ATTENTION_ROWS ? count - row : ATTENTION_ROWS;
    for (int32_t r = 0; r < rows; r += QK_ROWS) {
      const float *from = q + (size_t)(row + r) * head_width;
      float *to = scores + (size_t)r * padded;
      int32_t c = 0;
      for (; c + QK_VECTORS * lanes <= padded; c += QK_VECTORS * lanes)
        score_block(from, columns + c, (size_t)padded, QK_ROWS, QK_VECTORS, to + c);
      for (; c < padded; c += lanes) score_block(from, columns + c, (size_t)padded, QK_ROWS, 1, to + c);
    }
    float totals[ATTENTION_ROWS];
    for (int32_t r = 0; r < rows; r++) totals[r] = exponentials(scores + (size_t)r * padded, count, padded);
    for (int32_t r = 0; r < rows; r += PV_ROWS)
      for (int c = 0; c < 2; c += PV_VECTORS)
        mix_block(scores + (size_t)r * padded, (size_t)padded, v + c * lanes, count, PV_ROWS, PV_VECTORS, totals + r,
                  rows - r, out + (size_t)(row + r) * out_stride + c * lanes, out_stride);
  }
}

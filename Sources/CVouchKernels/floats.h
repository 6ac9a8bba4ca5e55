/* The arithmetic on vectors, written once and compiled for each set of instructions.
 *
 * Before it is included: add_pair_products(sums, a, b) adds to each lane of sums the products of the two signed 16-bit
 * halves of a's and b's lanes; QK_ROWS × QK_VECTORS and PV_ROWS × PV_VECTORS are the sizes of the register blocks of the
 * two products of attention, which decide how fast it is and not what comes out. */

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
#define FOLD_LANES(name, Item, Vector, combine)                                               \
  INLINE Item name(Vector a) {                                                                \
    typedef Item F8 __attribute__((ext_vector_type(8)));                                      \
    typedef Item F4 __attribute__((ext_vector_type(4)));                                      \
    typedef Item F2 __attribute__((ext_vector_type(2)));                                      \
    F8 x8 = a.lo, y8 = a.hi, r8 = combine(x8, y8);                                            \
    F4 x4 = r8.lo, y4 = r8.hi, r4 = combine(x4, y4);                                          \
    F2 x2 = r4.lo, y2 = r4.hi, r2 = combine(x2, y2);                                          \
    Item x = r2.x, y = r2.y;                                                                  \
    return combine(x, y);                                                                     \
  }
#define SUM_OF(a, b) ((a) + (b))
#define LARGER_OF(a, b) ((a) > (b) ? (a) : (b))
#define SMALLER_OF(a, b) ((a) < (b) ? (a) : (b))
FOLD_LANES(lane_sum, float, Floats, SUM_OF)
FOLD_LANES(lane_largest, float, Floats, LARGER_OF)
FOLD_LANES(lane_smallest, float, Floats, SMALLER_OF)
FOLD_LANES(lane_greatest, int32_t, Ints, LARGER_OF)

/* Adding this to a float of less than 2^22 rounds it half to even and leaves the whole number in the low bits. */
#define ROUNDING 12582912.0f

/* gelu(x) = 0.5 x (1 + tanh(0.7978845608 (x + 0.044715 x^3))) as x (0.5 + x P(x²)). P is a minimax polynomial for
 * |x| <= 4.5, written in 2 x² / 4.5² - 1 to keep its digits; beyond, P's argument is held, where x P(x²) has come within
 * 2e-6 of 0.5, and so is x itself below -4.5. */
INLINE Floats gelu_of(Floats x) {
  x = larger(x, all(-4.5f));
  Floats held = smaller(x, all(4.5f));
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

static void quantize(const float *rows, size_t row_stride, size_t panel_stride, int32_t count, int32_t width,
                     uint8_t *values, float *low, float *step) {
  for (int32_t row = 0; row < count; row++, rows += row_stride, values += width) {
    Floats least = load(rows), most = least;
    for (int32_t i = 0; i < width; i += lanes) {
      Floats x = load(rows + (size_t)(i / panel) * panel_stride + i % panel);
      least = smaller(least, x);
      most = larger(most, x);
    }
    float smallest = lane_smallest(least), range = lane_largest(most) - smallest;
    low[row] = smallest;
    step[row] = range / 255.0f;
    float inverse = range > 0 ? 255.0f / range : 0;
    for (int32_t i = 0; i < width; i += lanes) {
      Floats x = load(rows + (size_t)(i / panel) * panel_stride + i % panel);
      Words shifted = __builtin_bit_cast(Words, fused(x - smallest, all(inverse), all(ROUNDING)));
      Bytes bytes = __builtin_convertvector(shifted & 0xFF, Bytes);
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

/* Attention in whole numbers. Queries and keys are 14-bit steps of a head's greatest one in the window, values and
 * shares 16-bit steps: their products' sums are exact in 32 bits and take half as many instructions as floats. The
 * steps are far finer than those of the rows that the layers before and after read. */
#define SCORE_STEPS 8191 /* 32 × 8191² < 2^31 */
#define VALUE_STEPS 32767
#define SHARE_STEPS 32767 /* shares add up to 32767 and at most a half for each key: (32767 + 256) × 32767 < 2^31 */

#define ATTENTION_ROWS 24

/* The greatest amount in `count` rows of 32. */
static float greatest(const float *rows, int32_t count) {
  Floats most = all(0);
  for (int32_t i = 0; i < count * head_width; i += lanes) {
    Floats x = load(rows + i);
    most = larger(larger(x, -x), most);
  }
  return lane_largest(most);
}

/* Rounds to whole numbers, in 16 low bits. */
INLINE Words rounded(Floats x, float factor) {
  return __builtin_bit_cast(Words, fused(x, all(factor), all(ROUNDING))) & 0xFFFF;
}

INLINE Words load_words(const uint32_t *from) {
  Words words;
  __builtin_memcpy(&words, from, sizeof words);
  return words;
}
INLINE void store_words(uint32_t *to, Words words) { __builtin_memcpy(to, &words, sizeof words); }

/* Rows of 32 floats as rows of 16 pairs: items i and i + 16 are a word. */
static void pair_items(const float *rows, int32_t count, float factor, uint32_t *words) {
  for (int32_t row = 0; row < count; row++, rows += head_width, words += lanes)
    store_words(words, rounded(load(rows), factor) | rounded(load(rows + lanes), factor) << 16);
}

/* 16 rows of 16 words to columns `to_stride` apart. */
INLINE void transpose16(const uint32_t *from, uint32_t *to, size_t to_stride) {
  Words a[16], b[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) a[i] = load_words(from + i * lanes);
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
  for (int i = 0; i < 16; i++) store_words(to + (size_t)i * to_stride, a[i]);
}

/* Rows of values, 32 keys at a time, as rows of words: keys i and i + 16 are a word. */
static void pair_keys(const float *rows, int32_t count, float factor, uint32_t *words) {
  for (int32_t start = 0; start < count; start += 2 * lanes)
    for (int32_t key = start; key < start + lanes; key++, words += head_width)
      for (int half = 0; half < head_width; half += lanes) {
        Words low = key < count ? rounded(load(rows + (size_t)key * head_width + half), factor) : (Words)(0);
        Words high = key + lanes < count
                         ? rounded(load(rows + (size_t)(key + lanes) * head_width + half), factor)
                         : (Words)(0);
        store_words(words + half, low | high << 16);
      }
}

/* sums[r][c] += Σ left[r * left_stride + i] · right[i * right_stride + c] over `count` pairs i, for ROWS rows and
 * VECTORS vectors of columns. */
#define PRODUCT_BLOCK(ROWS, VECTORS, left, left_stride, right, right_stride, count)                                     \
  Words sums[ROWS][VECTORS];                                                                                           \
  _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++)                                                    \
    _Pragma("clang loop unroll(full)") for (int c = 0; c < VECTORS; c++) sums[r][c] = (Words)(0);                      \
  for (int32_t i = 0; i < (count); i++) {                                                                              \
    Words b[VECTORS];                                                                                                  \
    _Pragma("clang loop unroll(full)") for (int c = 0; c < VECTORS; c++)                                               \
      b[c] = load_words((right) + (size_t)i * (right_stride) + c * lanes);                                             \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) {                                                \
      Words a = (Words)((left)[(size_t)r * (left_stride) + i]);                                                        \
      _Pragma("clang loop unroll(full)") for (int c = 0; c < VECTORS; c++)                                             \
        sums[r][c] = add_pair_products(sums[r][c], a, b[c]);                                                           \
    }                                                                                                                  \
  }

/* scores[r][c] = q[r] · key c, for QK_ROWS rows and `vectors` vectors of keys. */
#define SCORE_BLOCK(VECTORS)                                                                                           \
  {                                                                                                                    \
    PRODUCT_BLOCK(QK_ROWS, VECTORS, q, lanes, keys, stride, head_width / 2)                                            \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < QK_ROWS; r++)                                               \
      _Pragma("clang loop unroll(full)") for (int c = 0; c < VECTORS; c++)                                             \
        store_words(scores + (size_t)r * stride + c * lanes, sums[r][c]);                                              \
  }

INLINE void score_rows(const uint32_t *q, const uint32_t *keys, size_t stride, uint32_t *scores) {
  size_t column = 0;
  for (; column + QK_VECTORS * lanes <= stride; column += QK_VECTORS * lanes) {
    SCORE_BLOCK(QK_VECTORS)
    keys += QK_VECTORS * lanes;
    scores += QK_VECTORS * lanes;
  }
  for (; column < stride; column += lanes) {
    SCORE_BLOCK(1)
    keys += lanes;
    scores += lanes;
  }
}

/* Turns a row of scores into shares, keys i and i + 16 of 32 as a word: e^(score · factor), of which all keys' shares
 * add up to SHARE_STEPS; `factor` has log2(e) in it. `padded` is `count` rounded up to whole vectors. */
INLINE void share_row(uint32_t *scores, int32_t count, int32_t padded, float factor) {
  const Ints lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  int32_t *last = (int32_t *)scores + padded - lanes;
  if (count < padded) {
    Ints kept = lane < (Ints)(count - (padded - lanes)), x = __builtin_bit_cast(Ints, load_words((uint32_t *)last));
    x = kept ? x : (Ints)(INT32_MIN);
    store_words((uint32_t *)last, __builtin_bit_cast(Words, x));
  }
  Ints most = (Ints)(INT32_MIN);
  for (int32_t i = 0; i < padded; i += lanes) {
    Ints x = __builtin_bit_cast(Ints, load_words(scores + i));
    most = x > most ? x : most;
  }
  float offset = -((float)lane_greatest(most) * factor);
  Floats sum = all(0);
  for (int32_t i = 0; i < padded; i += lanes) {
    Floats x = __builtin_convertvector(__builtin_bit_cast(Ints, load_words(scores + i)), Floats);
    Floats e = exp2_of(fused(x, all(factor), all(offset)));
    store_words(scores + i, __builtin_bit_cast(Words, e));
    sum += e;
  }
  float steps = SHARE_STEPS / lane_sum(sum);
  for (int32_t i = 0; i < padded; i += 2 * lanes) {
    Words low = rounded(__builtin_bit_cast(Floats, load_words(scores + i)), steps);
    Words high = i + lanes < padded ? rounded(__builtin_bit_cast(Floats, load_words(scores + i + lanes)), steps)
                                    : (Words)(0);
    store_words(scores + i / 2, low | high << 16);
  }
}

/* out[r] = Σ shares[r] · values · step, for PV_ROWS rows and PV_VECTORS vectors of items, of which the first `kept`
 * rows are stored. */
INLINE void mix_rows(const uint32_t *shares, size_t stride, const uint32_t *values, int32_t pairs, float step, int kept,
                     float *out, size_t out_stride) {
  PRODUCT_BLOCK(PV_ROWS, PV_VECTORS, shares, stride, values, head_width, pairs)
#pragma clang loop unroll(full)
  for (int r = 0; r < PV_ROWS; r++)
    if (r < kept)
#pragma clang loop unroll(full)
      for (int c = 0; c < PV_VECTORS; c++)
        store(out + (size_t)r * out_stride + c * lanes,
              __builtin_convertvector(__builtin_bit_cast(Ints, sums[r][c]), Floats) * step);
}

/* Attention of one head in one window: q, k, v [count][32], results to rows `out_stride` apart. Scratch: `count` is
 * rounded up to 32 to N, 16 (3 N + 24) + 24 N words. */
static void attention(const float *q, const float *k, const float *v, int32_t count, float *out, size_t out_stride,
                      void *scratch) {
  int32_t padded = round_up(count, lanes), pairs = round_up(count, 2 * lanes) / 2;
  size_t room = (size_t)round_up(count, 2 * lanes);
  uint32_t *queries = scratch, *keys = queries + (room + ATTENTION_ROWS) * lanes, *values = keys + room * lanes;
  uint32_t *scores = values + room * lanes;
  float most_q = greatest(q, count), most_k = greatest(k, count), most_v = greatest(v, count);
  pair_items(q, count, most_q > 0 ? SCORE_STEPS / most_q : 0, queries);
  pair_keys(v, count, most_v > 0 ? VALUE_STEPS / most_v : 0, values);
  float k_factor = most_k > 0 ? SCORE_STEPS / most_k : 0;
  for (int32_t row = 0; row < count; row += lanes) {
    uint32_t block_of_keys[lanes * lanes] = {0};
    pair_items(k + (size_t)row * head_width, count - row < lanes ? count - row : lanes, k_factor, block_of_keys);
    transpose16(block_of_keys, keys + row, (size_t)padded);
  }
  /* log2(e) / √32 */
  float factor = most_q / SCORE_STEPS * (most_k / SCORE_STEPS) * 0.25503487f;
  float step = most_v / VALUE_STEPS / SHARE_STEPS;
  for (int32_t row = 0; row < count; row += ATTENTION_ROWS) {
    int32_t rows = count - row < ATTENTION_ROWS ? count - row : ATTENTION_ROWS;
    for (int32_t r = 0; r < rows; r += QK_ROWS)
      score_rows(queries + (size_t)(row + r) * lanes, keys, (size_t)padded, scores + (size_t)r * padded);
    for (int32_t r = 0; r < rows; r++) share_row(scores + (size_t)r * padded, count, padded, factor);
    for (int32_t r = 0; r < rows; r += PV_ROWS)
      for (int c = 0; c < 2; c += PV_VECTORS)
        mix_rows(scores + (size_t)r * padded, (size_t)padded, values + c * lanes, pairs, step, rows - r,
                 out + (size_t)(row + r) * out_stride + c * lanes, out_stride);
  }
}

/* The library's functions: they choose a kernel, pad rows and take windows through a layer. */
#include "kernels.h"

#include <string.h>

static const Kernels *kernels(VouchKernel kernel) {
  switch (kernel) {
#if defined(__x86_64__)
  case VOUCH_KERNEL_AVX2: return &vouch_kernels_avx2;
  case VOUCH_KERNEL_AVX_VNNI: return &vouch_kernels_avx_vnni;
  case VOUCH_KERNEL_AVX512: return &vouch_kernels_avx512;
  case VOUCH_KERNEL_AMX: return &vouch_kernels_amx;
#endif
  default: return &vouch_kernels_portable;
  }
}

size_t vouch_packed_size(int32_t inputs, int32_t outputs) {
  return (size_t)round_up(inputs, 64) * (size_t)round_up(outputs, panel);
}

void vouch_pack(const int8_t *weights, int32_t inputs, int32_t outputs, int8_t *packed, float *sums) {
  int32_t padded = round_up(inputs, 64);
  if (inputs < padded || outputs % panel) memset(packed, 0, vouch_packed_size(inputs, outputs));
  for (int32_t output = outputs; output < round_up(outputs, panel); output++) sums[output] = 0;
  for (int32_t output = 0; output < outputs; output++) {
    const int8_t *row = weights + (size_t)output * inputs;
    int8_t *to = packed + (size_t)(output / lanes) * lanes * padded + output % lanes * 4;
    int32_t sum = 0;
    int32_t whole = inputs / 4 * 4;
    for (int32_t i = 0; i < inputs; i++) sum += row[i];
    for (int32_t i = 0; i < whole; i += 4, to += 64) memcpy(to, row + i, 4);
    memcpy(to, row + whole, (size_t)(inputs - whole));
    sums[output] = (float)sum;
  }
}

void vouch_quantize(VouchKernel kernel, const float *rows, int32_t count, int32_t width, uint8_t *values, float *low,
                    float *step) {
  kernels(kernel)->quantize(rows, (size_t)width, panel, count, width, values, low, step);
}

size_t vouch_linear_scratch(int32_t inputs) { return (size_t)block * (size_t)round_up(inputs, 64); }

/* How many of the rows can be read where they are; the others are copied, 32 at a time, to rows that are padded. */
static int32_t readable(int32_t count, int32_t inputs) { return inputs % 64 ? 0 : count / block * block; }

static int32_t copy_rows(const uint8_t *values, int32_t count, int32_t first, int32_t inputs, uint8_t *scratch) {
  int32_t padded = round_up(inputs, 64), rows = count - first < block ? count - first : block;
  memset(scratch, 0, vouch_linear_scratch(inputs));
  for (int32_t row = 0; row < rows; row++)
    memcpy(scratch + (size_t)row * padded, values + (size_t)(first + row) * inputs, (size_t)inputs);
  return rows;
}

void vouch_multiply(VouchKernel kernel, const uint8_t *values, int32_t count, int32_t inputs, const int8_t *packed,
                    int32_t outputs, int32_t *products, void *scratch) {
  const Kernels *use = kernels(kernel);
  int32_t direct = readable(count, inputs), padded = round_up(inputs, 64);
  if (direct) use->multiply(values, direct, padded, packed, outputs, products);
  for (int32_t row = direct; row < count; row += block) {
    int32_t rows = copy_rows(values, count, row, inputs, scratch);
    use->multiply(scratch, rows, padded, packed, outputs, products + (size_t)row * round_up(outputs, panel));
  }
}

void vouch_linear(VouchKernel kernel, const VouchLinear *linear, const uint8_t *values, const float *low,
                  const float *step, int32_t count, int gelu, float *out, void *scratch) {
  const Kernels *use = kernels(kernel);
  Destination to = {out, (size_t)linear->outputs, panel};
  int32_t direct = readable(count, linear->inputs);
  if (direct) use->linear(linear, values, low, step, direct, gelu, to);
  for (int32_t row = direct; row < count; row += block) {
    int32_t rows = copy_rows(values, count, row, linear->inputs, scratch);
    to.out = out + (size_t)row * to.row_stride;
    use->linear(linear, scratch, low + row, step + row, rows, gelu, to);
  }
}

void vouch_norm(VouchKernel kernel, const float *rows, const float *added, int32_t count, int32_t width,
                const float *weight, const float *bias, float *out) {
  kernels(kernel)->norm(rows, added, count, width, weight, bias, out);
}

void vouch_embed(VouchKernel kernel, const int8_t *values, float scale, const float *a, const float *b, const float *c,
                 int32_t width, float *out) {
  kernels(kernel)->embed(values, scale, a, b, c, width, out);
}

void vouch_dot_products(VouchKernel kernel, const float *left, int32_t left_count, const float *right,
                        int32_t right_count, int32_t width, float *out) {
  kernels(kernel)->dot_products(left, left_count, right, right_count, width, out);
}

/* Rows that go through the inner layer together: their results should stay in the second-level cache. */
enum { inner_rows = 64 };

/* Items from one panel of the inner layer's results to the next; a row's panels fall into different sets of the cache. */
enum { inner_stride = (inner_rows + 1) * panel };

/* Scratch memory of a layer, cut into its parts. */
typedef struct {
  uint8_t *values;
  float *low, *step, *qkv, *mixed, *inner, *attention;
  size_t size;
} Scratch;

static size_t take(size_t *offset, size_t bytes) {
  size_t start = *offset;
  *offset += (bytes + 63) / 64 * 64;
  return start;
}

/* Rows are padded so that whole blocks can be read past the last one. */
static int32_t padded_rows(int32_t rows) { return round_up(rows, block) + block; }

static Scratch cut(const VouchLayer *layer, int32_t rows, void *memory) {
  size_t padded = (size_t)padded_rows(rows), hidden = (size_t)layer->qkv.inputs, inner = (size_t)layer->inner.outputs;
  size_t offset = 0, longest = (size_t)round_up(VOUCH_LONGEST_WINDOW, 2 * lanes);
  size_t values = take(&offset, padded * (hidden > inner ? hidden : inner));
  size_t low = take(&offset, padded * sizeof(float));
  size_t step = take(&offset, padded * sizeof(float));
  size_t qkv = take(&offset, padded * 3 * hidden * sizeof(float));
  size_t mixed = take(&offset, padded * hidden * sizeof(float));
  size_t wide = take(&offset, (inner / panel) * inner_stride * sizeof(float));
  size_t attention = take(&offset, (16 * (3 * longest + 24) + 24 * longest) * sizeof(float));
  char *start = memory;
  if (!start) return (Scratch){.size = offset};
  return (Scratch){(uint8_t *)(start + values), (float *)(start + low), (float *)(start + step),
                   (float *)(start + qkv), (float *)(start + mixed), (float *)(start + wide),
                   (float *)(start + attention), offset};
}

size_t vouch_layer_scratch(const VouchLayer *layer, int32_t rows) { return cut(layer, rows, NULL).size; }

void vouch_layer(VouchKernel kernel, const VouchLayer *layer, const int32_t *starts, int32_t windows, float *x,
                 void *scratch) {
  const Kernels *use = kernels(kernel);
  int32_t rows = starts[windows], hidden = layer->qkv.inputs, inner = layer->inner.outputs;
  size_t padded = (size_t)padded_rows(rows);
  Scratch memory = cut(layer, rows, scratch);

  use->quantize(x, (size_t)hidden, panel, rows, hidden, memory.values, memory.low, memory.step);
  /* A panel is one head's queries, keys or values. */
  Destination panels = {memory.qkv, panel, padded * panel};
  use->linear(&layer->qkv, memory.values, memory.low, memory.step, rows, 0, panels);

  size_t heads = (size_t)hidden / head_width;
  for (int32_t window = 0; window < windows; window++) {
    size_t first = (size_t)starts[window];
    for (size_t head = 0; head < heads; head++) {
      const float *q = memory.qkv + (head * padded + first) * head_width;
      const float *k = q + heads * padded * head_width, *v = k + heads * padded * head_width;
      use->attention(q, k, v, starts[window + 1] - starts[window], memory.mixed + first * hidden + head * head_width,
                     (size_t)hidden, memory.attention);
    }
  }
  use->quantize(memory.mixed, (size_t)hidden, panel, rows, hidden, memory.values, memory.low, memory.step);
  use->linear(&layer->out, memory.values, memory.low, memory.step, rows, 0,
              (Destination){memory.mixed, (size_t)hidden, panel});
  use->norm(x, memory.mixed, rows, hidden, layer->norm1_weight, layer->norm1_bias, x);

  for (int32_t row = 0; row < rows; row += inner_rows) {
    int32_t count = rows - row < inner_rows ? rows - row : inner_rows;
    use->quantize(x + (size_t)row * hidden, (size_t)hidden, panel, count, hidden, memory.values, memory.low,
                  memory.step);
    use->linear(&layer->inner, memory.values, memory.low, memory.step, count, 1,
                (Destination){memory.inner, panel, inner_stride});
    use->quantize(memory.inner, panel, inner_stride, count, inner, memory.values, memory.low, memory.step);
    use->linear(&layer->outer, memory.values, memory.low, memory.step, count, 0,
                (Destination){memory.mixed + (size_t)row * hidden, (size_t)hidden, panel});
  }
  use->norm(x, memory.mixed, rows, hidden, layer->norm2_weight, layer->norm2_bias, x);
}

/* Linear layers and raw products from blocks of integer products. Before it is included: MULTIPLY_BLOCK(values, stride,
 * rows, inputs, packed, products) computes the products [rows][32] of up to 32 rows with one panel, and NAME(function)
 * names the functions. */

static void NAME(multiply)(const uint8_t *values, int32_t count, int32_t inputs, const int8_t *packed, int32_t outputs,
                           int32_t *products) {
  int32_t columns = round_up(outputs, panel);
  int32_t found[block * panel] __attribute__((aligned(64)));
  for (int32_t first = 0; first < columns; first += panel)
    for (int32_t row = 0; row < count; row += block) {
      int32_t rows = count - row < block ? count - row : block;
      MULTIPLY_BLOCK(values + (size_t)row * inputs, rows, inputs, packed + (size_t)first * inputs, found);
      for (int32_t r = 0; r < rows; r++)
        __builtin_memcpy(products + (size_t)(row + r) * columns + first, found + r * panel, panel * sizeof(int32_t));
    }
}

static void NAME(linear)(const VouchLinear *linear, const uint8_t *values, const float *low, const float *step,
                         int32_t count, int gelu, Destination to) {
  int32_t inputs = round_up(linear->inputs, 64);
  int32_t found[block * panel] __attribute__((aligned(64)));
  for (int32_t start = 0; start < count; start += group) {
    int32_t end = count - start < group ? count : start + group;
    for (int32_t first = 0; first < linear->outputs; first += panel)
      for (int32_t row = start; row < end; row += block) {
        int32_t rows = end - row < block ? end - row : block;
        MULTIPLY_BLOCK(values + (size_t)row * inputs, rows, inputs, linear->weights + (size_t)first * inputs, found);
        float *out = to.out + (size_t)row * to.row_stride + (size_t)(first / panel) * to.panel_stride;
        if (gelu)
          finish_panel(linear, first, found, low + row, step + row, rows, 1, out, to.row_stride);
        else
          finish_panel(linear, first, found, low + row, step + row, rows, 0, out, to.row_stride);
      }
  }
}

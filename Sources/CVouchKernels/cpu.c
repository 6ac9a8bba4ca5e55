/* Which kernels the processor and the operating system can run. */
#include "kernels.h"

#include <stdatomic.h>

#if defined(__x86_64__)
#include <cpuid.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

static uint64_t enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

/* Linux gives a process the use of tile registers only on request (Documentation/arch/x86/xstate.rst). */
static int ask_for_tiles(void) {
#if defined(__linux__)
  enum { request_permission = 0x1023, tile_data = 18 };
  return syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
#else
  return 0;
#endif
}

static unsigned detect(void) {
  unsigned found = 1u << VOUCH_KERNEL_PORTABLE;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
  const unsigned fma = 1u << 12, osxsave = 1u << 27, avx = 1u << 28;
  if ((c & (fma | osxsave | avx)) != (fma | osxsave | avx)) return found;
  uint64_t state = enabled_state();
  if ((state & 0x6) != 0x6) return found;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
  unsigned b7 = b, c7 = c, d7 = d;
  if (!(b7 & 1u << 5)) return found;
  found |= 1u << VOUCH_KERNEL_AVX2;
  if (__get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & 1u << 4)) found |= 1u << VOUCH_KERNEL_AVX_VNNI;
  const unsigned avx512 = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31; /* F, DQ, BW, VL */
  if ((state & 0xE6) != 0xE6 || (b7 & avx512) != avx512 || !(c7 & 1u << 11)) return found;
  found |= 1u << VOUCH_KERNEL_AVX512;
  const unsigned amx = 1u << 24 | 1u << 25; /* TILE, INT8 */
  if ((state & 0x60000) == 0x60000 && (d7 & amx) == amx && ask_for_tiles()) found |= 1u << VOUCH_KERNEL_AMX;
  return found;
}
#else
static unsigned detect(void) { return 1u << VOUCH_KERNEL_PORTABLE; }
#endif

static unsigned available(void) {
  static _Atomic unsigned known;
  unsigned found = atomic_load_explicit(&known, memory_order_relaxed);
  if (!found) {
    found = detect();
    atomic_store_explicit(&known, found, memory_order_relaxed);
  }
  return found;
}

int vouch_kernel_is_available(VouchKernel kernel) {
  return (unsigned)kernel < VOUCH_KERNEL_COUNT && (available() >> kernel & 1);
}

VouchKernel vouch_kernel_best(void) {
  VouchKernel best = VOUCH_KERNEL_PORTABLE;
  for (int kernel = 0; kernel < VOUCH_KERNEL_COUNT; kernel++)
    if (vouch_kernel_is_available((VouchKernel)kernel)) best = (VouchKernel)kernel;
  return best;
}

const char *vouch_kernel_name(VouchKernel kernel) {
  static const char *const names[] = {"portable", "avx2", "avx-vnni", "avx512", "amx"};
  return (unsigned)kernel < VOUCH_KERNEL_COUNT ? names[kernel] : "unknown";
}

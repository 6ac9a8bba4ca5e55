/* The English language model as data. */
#include "CVouchModel.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#if __has_embed("english.safetensors") && __has_embed("english.json")
static const unsigned char weights[] __attribute__((aligned(64))) = {
#embed "english.safetensors"
};
static const unsigned char description[] __attribute__((aligned(64))) = {
#embed "english.json"
};
#define FILE_OF(data) ((VouchModelFile){data, sizeof data})
#else
#define FILE_OF(data) ((VouchModelFile){0, 0})
#endif

VouchModelFile vouch_model_weights(void) { return FILE_OF(weights); }

VouchModelFile vouch_model_description(void) { return FILE_OF(description); }

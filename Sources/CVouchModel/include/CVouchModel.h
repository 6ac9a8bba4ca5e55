#ifndef VOUCH_MODEL_H
#define VOUCH_MODEL_H

#include <stddef.h>

/* A file built into the program. */
typedef struct {
  const unsigned char *bytes; /* not terminated; aligned to 64 bytes */
  size_t length;              /* bytes; 0 if the program was built without the file */
} VouchModelFile;

/* The weights of the English language model, a safetensors file. */
VouchModelFile vouch_model_weights(void);

/* What the model says about itself, a JSON file. */
VouchModelFile vouch_model_description(void);

#endif

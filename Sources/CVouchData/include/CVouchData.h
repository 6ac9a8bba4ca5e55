#ifndef VOUCH_DATA_H
#define VOUCH_DATA_H

#include <stddef.h>

/* One file of the folder Ontology/, built into the program. */
typedef struct {
  const char *name;           /* path below Ontology/, such as "gazetteers/cities.tsv" */
  const unsigned char *bytes; /* the file; not terminated */
  size_t length;              /* bytes */
} VouchResource;

size_t vouch_resource_count(void);

/* The file at `index`, which must be below the count. */
VouchResource vouch_resource_at(size_t index);

#endif

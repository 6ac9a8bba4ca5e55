/* The files of Ontology/ as data. A file added there is listed here; a test compares the two. */
#include "CVouchData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char frames_events_tsv[] = {
#embed "../../Ontology/frames/events.tsv"
};
static const unsigned char frames_stances_tsv[] = {
#embed "../../Ontology/frames/stances.tsv"
};
static const unsigned char gazetteers_countries_tsv[] = {
#embed "../../Ontology/gazetteers/countries.tsv"
};
static const unsigned char gazetteers_offices_tsv[] = {
#embed "../../Ontology/gazetteers/offices.tsv"
};
static const unsigned char gazetteers_people_tsv[] = {
#embed "../../Ontology/gazetteers/people.tsv"
};
static const unsigned char schemes_ttl[] = {
#embed "../../Ontology/schemes.ttl"
};
static const unsigned char vouch_ttl[] = {
#embed "../../Ontology/vouch.ttl"
};

#define RESOURCE(path, data) {path, data, sizeof data}
static const VouchResource resources[] = {
    RESOURCE("frames/events.tsv", frames_events_tsv),
    RESOURCE("frames/stances.tsv", frames_stances_tsv),
    RESOURCE("gazetteers/countries.tsv", gazetteers_countries_tsv),
    RESOURCE("gazetteers/offices.tsv", gazetteers_offices_tsv),
    RESOURCE("gazetteers/people.tsv", gazetteers_people_tsv),
    RESOURCE("schemes.ttl", schemes_ttl),
    RESOURCE("vouch.ttl", vouch_ttl),
};

size_t vouch_resource_count(void) { return sizeof resources / sizeof resources[0]; }

VouchResource vouch_resource_at(size_t index) { return resources[index]; }

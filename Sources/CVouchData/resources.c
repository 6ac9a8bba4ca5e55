/* The files of Ontology/ as data. A file added there is listed here; a test compares the two. */
#include "CVouchData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char frames_events_tsv[] = {
#embed "../../Ontology/frames/events.tsv"
};
static const unsigned char frames_stances_tsv[] = {
#embed "../../Ontology/frames/stances.tsv"
};
static const unsigned char gazetteers_cities_tsv[] = {
#embed "../../Ontology/gazetteers/cities.tsv"
};
static const unsigned char gazetteers_countries_tsv[] = {
#embed "../../Ontology/gazetteers/countries.tsv"
};
static const unsigned char gazetteers_facilities_tsv[] = {
#embed "../../Ontology/gazetteers/facilities.tsv"
};
static const unsigned char gazetteers_offices_tsv[] = {
#embed "../../Ontology/gazetteers/offices.tsv"
};
static const unsigned char gazetteers_organizations_tsv[] = {
#embed "../../Ontology/gazetteers/organizations.tsv"
};
static const unsigned char gazetteers_outlets_tsv[] = {
#embed "../../Ontology/gazetteers/outlets.tsv"
};
static const unsigned char gazetteers_people_tsv[] = {
#embed "../../Ontology/gazetteers/people.tsv"
};
static const unsigned char gazetteers_regions_tsv[] = {
#embed "../../Ontology/gazetteers/regions.tsv"
};
static const unsigned char lexicons_abbreviations_tsv[] = {
#embed "../../Ontology/lexicons/abbreviations.tsv"
};
static const unsigned char lexicons_agents_tsv[] = {
#embed "../../Ontology/lexicons/agents.tsv"
};
static const unsigned char lexicons_boilerplate_tsv[] = {
#embed "../../Ontology/lexicons/boilerplate.tsv"
};
static const unsigned char lexicons_boilerplate_lines_tsv[] = {
#embed "../../Ontology/lexicons/boilerplate_lines.tsv"
};
static const unsigned char lexicons_cues_tsv[] = {
#embed "../../Ontology/lexicons/cues.tsv"
};
static const unsigned char lexicons_event_codes_tsv[] = {
#embed "../../Ontology/lexicons/event_codes.tsv"
};
static const unsigned char lexicons_given_names_tsv[] = {
#embed "../../Ontology/lexicons/given_names.tsv"
};
static const unsigned char lexicons_irregular_tsv[] = {
#embed "../../Ontology/lexicons/irregular.tsv"
};
static const unsigned char lexicons_issues_tsv[] = {
#embed "../../Ontology/lexicons/issues.tsv"
};
static const unsigned char lexicons_forces_tsv[] = {
#embed "../../Ontology/lexicons/forces.tsv"
};
static const unsigned char lexicons_judgements_tsv[] = {
#embed "../../Ontology/lexicons/judgements.tsv"
};
static const unsigned char lexicons_languages_tsv[] = {
#embed "../../Ontology/lexicons/languages.tsv"
};
static const unsigned char lexicons_modality_tsv[] = {
#embed "../../Ontology/lexicons/modality.tsv"
};
static const unsigned char lexicons_page_words_tsv[] = {
#embed "../../Ontology/lexicons/page_words.tsv"
};
static const unsigned char lexicons_support_verbs_tsv[] = {
#embed "../../Ontology/lexicons/support_verbs.tsv"
};
static const unsigned char lexicons_times_tsv[] = {
#embed "../../Ontology/lexicons/times.tsv"
};
static const unsigned char lexicons_spellings_tsv[] = {
#embed "../../Ontology/lexicons/spellings.tsv"
};
static const unsigned char lexicons_titles_tsv[] = {
#embed "../../Ontology/lexicons/titles.tsv"
};
static const unsigned char schemes_ttl[] = {
#embed "../../Ontology/schemes.ttl"
};
static const unsigned char shapes_ttl[] = {
#embed "../../Ontology/shapes.ttl"
};
static const unsigned char vouch_ttl[] = {
#embed "../../Ontology/vouch.ttl"
};

#define RESOURCE(path, data) {path, data, sizeof data}
static const VouchResource resources[] = {
    RESOURCE("frames/events.tsv", frames_events_tsv),
    RESOURCE("frames/stances.tsv", frames_stances_tsv),
    RESOURCE("gazetteers/cities.tsv", gazetteers_cities_tsv),
    RESOURCE("gazetteers/countries.tsv", gazetteers_countries_tsv),
    RESOURCE("gazetteers/facilities.tsv", gazetteers_facilities_tsv),
    RESOURCE("gazetteers/offices.tsv", gazetteers_offices_tsv),
    RESOURCE("gazetteers/organizations.tsv", gazetteers_organizations_tsv),
    RESOURCE("gazetteers/outlets.tsv", gazetteers_outlets_tsv),
    RESOURCE("gazetteers/people.tsv", gazetteers_people_tsv),
    RESOURCE("gazetteers/regions.tsv", gazetteers_regions_tsv),
    RESOURCE("lexicons/abbreviations.tsv", lexicons_abbreviations_tsv),
    RESOURCE("lexicons/agents.tsv", lexicons_agents_tsv),
    RESOURCE("lexicons/boilerplate.tsv", lexicons_boilerplate_tsv),
    RESOURCE("lexicons/boilerplate_lines.tsv", lexicons_boilerplate_lines_tsv),
    RESOURCE("lexicons/cues.tsv", lexicons_cues_tsv),
    RESOURCE("lexicons/event_codes.tsv", lexicons_event_codes_tsv),
    RESOURCE("lexicons/given_names.tsv", lexicons_given_names_tsv),
    RESOURCE("lexicons/irregular.tsv", lexicons_irregular_tsv),
    RESOURCE("lexicons/issues.tsv", lexicons_issues_tsv),
    RESOURCE("lexicons/forces.tsv", lexicons_forces_tsv),
    RESOURCE("lexicons/judgements.tsv", lexicons_judgements_tsv),
    RESOURCE("lexicons/languages.tsv", lexicons_languages_tsv),
    RESOURCE("lexicons/modality.tsv", lexicons_modality_tsv),
    RESOURCE("lexicons/page_words.tsv", lexicons_page_words_tsv),
    RESOURCE("lexicons/spellings.tsv", lexicons_spellings_tsv),
    RESOURCE("lexicons/support_verbs.tsv", lexicons_support_verbs_tsv),
    RESOURCE("lexicons/times.tsv", lexicons_times_tsv),
    RESOURCE("lexicons/titles.tsv", lexicons_titles_tsv),
    RESOURCE("schemes.ttl", schemes_ttl),
    RESOURCE("shapes.ttl", shapes_ttl),
    RESOURCE("vouch.ttl", vouch_ttl),
};

size_t vouch_resource_count(void) { return sizeof resources / sizeof resources[0]; }

VouchResource vouch_resource_at(size_t index) { return resources[index]; }

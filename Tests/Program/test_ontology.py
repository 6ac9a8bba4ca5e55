"""The ontology, its schemes and shapes, and the tables of words and names."""

import re
import subprocess
import sys

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Namespace, URIRef

from program import FOUND, ONTOLOGY, vouch
from vouchfile import EDGE_KINDS, NODE_KINDS

V = Namespace("https://vouch.example/ns#")
SCHEME = "https://vouch.example/scheme/"
ALIGNMENTS = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, SKOS.closeMatch, SKOS.exactMatch)

# What tools/ holds serves to make tables; the program has no use for it.
TABLES = sorted(
    name for path in ONTOLOGY.rglob("*.tsv") if not (name := path.relative_to(ONTOLOGY).as_posix()).startswith("tools/"))


@pytest.fixture(scope="module")
def vocabulary():
    return rdflib.Graph().parse(ONTOLOGY / "vouch.ttl")


@pytest.fixture(scope="module")
def schemes():
    return rdflib.Graph().parse(ONTOLOGY / "schemes.ttl")


@pytest.mark.parametrize("name", ["vouch.ttl", "schemes.ttl", "shapes.ttl"])
def test_parses(name):
    assert len(rdflib.Graph().parse(ONTOLOGY / name)) > 100


def terms(graph, *types):
    return sorted(s for kind in types for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef))


def test_every_class_and_property_is_labelled_described_and_aligned(vocabulary):
    declared = terms(vocabulary, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert len(declared) > 40
    for term in declared:
        assert (term, RDFS.label, None) in vocabulary, term
        assert (term, RDFS.comment, None) in vocabulary, term
        matches = [o for p in ALIGNMENTS for o in vocabulary.objects(term, p)]
        assert any(not str(o).startswith(str(V)) for o in matches if isinstance(o, URIRef)), f"{term} is aligned with nothing"


@pytest.mark.parametrize("kind", NODE_KINDS.values())
def test_every_kind_of_node_is_a_class(vocabulary, kind):
    assert (V[kind.capitalize()], RDF.type, OWL.Class) in vocabulary


@pytest.mark.parametrize("kind", EDGE_KINDS.values())
def test_every_kind_of_edge_is_a_property(vocabulary, kind):
    name = re.sub("-(.)", lambda match: match[1].upper(), kind)
    assert (V[name], RDF.type, OWL.ObjectProperty) in vocabulary
    assert list(vocabulary.objects(V[name], RDFS.domain)) and list(vocabulary.objects(V[name], RDFS.range))


def test_shapes_name_only_declared_terms(vocabulary, schemes):
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    declared = set(vocabulary.subjects()) | set(schemes.subjects())
    used = {term for triple in shapes for term in triple if str(term).startswith((str(V), SCHEME))}
    assert used - declared == set()


def test_every_concept_is_labelled_defined_and_in_a_scheme(schemes):
    for concept in terms(schemes, SKOS.Concept):
        for needed in (SKOS.prefLabel, SKOS.definition, SKOS.inScheme):
            assert (concept, needed, None) in schemes, (concept, needed)


def test_tables_are_in_order():
    done = subprocess.run([sys.executable, ONTOLOGY / "tools/check_tables.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def rows(name):
    """The rows of a table as dictionaries."""
    with open(ONTOLOGY / name, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    [columns] = [line.removeprefix("# columns: ").split("\t") for line in lines if line.startswith("# columns: ")]
    return [dict(zip(columns, line.split("\t"))) for line in lines if line and not line.startswith("#")]


CODED = [
    # table, scheme, column
    ("frames/events.tsv", "event-type", "type"),
    ("frames/stances.tsv", "stance-kind", "kind"),
    ("frames/stances.tsv", "polarity", "polarity"),
    ("lexicons/modality.tsv", "modality", "modality"),
]


@pytest.mark.parametrize("table, scheme, column", CODED)
def test_codes_in_tables_are_concepts(schemes, table, scheme, column):
    codes = {code for row in rows(table) for code in row[column].split("|") if code}
    assert codes
    assert {code for code in codes if (URIRef(f"{SCHEME}{scheme}#{code}"), RDF.type, SKOS.Concept) not in schemes} == set()


def test_event_modes_belong_to_their_types(schemes):
    for row in rows("frames/events.tsv"):
        if row["mode"]:
            mode = URIRef(f"{SCHEME}event-type#{row['type']}-{row['mode']}")
            assert (mode, SKOS.broader, URIRef(f"{SCHEME}event-type#{row['type']}")) in schemes, row


@pytest.mark.parametrize("name", ["vouch.ttl", "schemes.ttl", "shapes.ttl", *TABLES])
def test_binary_carries_the_file(name):
    """As it stands in Ontology/."""
    done = vouch("ontology", name)
    assert (done.code, done.out) == (FOUND, (ONTOLOGY / name).read_bytes())


def test_binary_lists_what_it_carries():
    listed = vouch("ontology").text.splitlines()
    assert set(TABLES) | {"vouch.ttl", "schemes.ttl", "shapes.ttl"} == set(listed)

"""The RDF/XML loads alike in triple stores, conforms to the shapes, and leads from every edge to the words that say so."""

import json
import re
import subprocess
from collections import Counter

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, BNode, Literal, Namespace, URIRef

from program import FOUND, ONTOLOGY, SHARED, vouch

V = Namespace("https://vouch.example/ns#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")

EDGES = {
    "actor": V.actor, "recipient": V.recipient, "co-actor": V.coActor, "at": V.at, "said": V.said, "about": V.about,
    "holds": V.holds, "toward": V.toward, "reports": V.reports, "published-by": V.publishedBy,
    "from-agency": V.fromAgency, "written-by": V.writtenBy, "member-of": V.memberOf, "leads": V.leads,
    "part-of": V.partOf, "contradicts": V.contradicts, "same-story-as": V.sameStoryAs,
}


def ontology(*names):
    graph = rdflib.Graph()
    for name in names:
        graph.parse(ONTOLOGY / name)
    return graph


def test_rdf_is_well_formed(built):
    checked = subprocess.run(["xmllint", "--noout", built.rdf_path], capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_readers_agree_on_the_number_of_triples(built):
    """And no triple is written twice: rapper and Oxigraph count what they read, rdflib what is distinct."""
    rapper = subprocess.run(["rapper", "-c", built.rdf_path], capture_output=True, text=True)
    assert rapper.returncode == 0 and "rror" not in rapper.stderr and "arning" not in rapper.stderr, rapper.stderr
    counts = {
        "rapper": int(re.search(r"returned (\d+) triples", rapper.stderr)[1]),
        "rdflib": len(built.rdf),
        "pyoxigraph": sum(1 for _ in pyoxigraph.parse(path=str(built.rdf_path), format=pyoxigraph.RdfFormat.RDF_XML)),
    }
    assert counts == dict.fromkeys(counts, built.triples_told)


def conforms(graph):
    answer, _, report = pyshacl.validate(
        graph, shacl_graph=ontology("shapes.ttl"), ont_graph=ontology("vouch.ttl"), inference="none")
    return answer, report


def test_conforms_to_the_shapes(built):
    answer, report = conforms(built.rdf)
    assert answer, report[:4000]


def first(graph, kind):
    return next(iter(sorted(graph.subjects(RDF.type, kind))))


BREAKS = {
    "a relation without evidence": lambda g: g.remove((first(g, V.Relation), V.evidence, None)),
    "an article without evidence": lambda g: g.remove((first(g, V.Article), V.evidence, None)),
    "evidence without words": lambda g: g.remove((first(g, V.Evidence), NIF.anchorOf, None)),
    "evidence without a rule": lambda g: g.remove((first(g, V.Evidence), V.rule, None)),
    "evidence that ends before it begins": lambda g: g.set(
        (first(g, V.Evidence), NIF.beginIndex, Literal("999999", datatype=rdflib.XSD.nonNegativeInteger))),
    "an edge without a relation": lambda g: g.remove((None, RDF.predicate, V.reports)),
    "a confidence above 1": lambda g: g.set(
        (first(g, V.Evidence), V.confidence, Literal("1.5", datatype=rdflib.XSD.decimal))),
}


@pytest.mark.parametrize("name", BREAKS)
def test_shapes_notice(small, name):
    copy = rdflib.Graph() + small.rdf
    BREAKS[name](copy)
    assert copy != small.rdf
    assert not conforms(copy)[0]


def test_every_term_is_declared(built):
    """In Ontology/, or in the list of known vocabularies."""
    listed = SHARED / "reference/known_terms.json"
    if not listed.exists():
        pytest.skip("the list of known terms is not here")
    known = {URIRef(namespace + name) for namespace, names in json.loads(listed.read_text()).items() for name in names}
    known |= set(ontology("vouch.ttl", "schemes.ttl").subjects())
    used = set(built.rdf.predicates()) | set(built.rdf.objects(None, RDF.type))
    used |= {value.datatype for value in built.rdf.objects() if isinstance(value, Literal) and value.datatype}
    used |= {term for term in built.rdf.objects() if str(term).startswith(("https://vouch.example/ns", "https://vouch.example/scheme"))}
    assert used - known - {URIRef(V)} == set(), "but for the name of our vocabulary itself"


def test_no_blank_nodes_and_no_relative_names(built):
    for triple in built.rdf:
        for term in triple:
            assert not isinstance(term, BNode)
            if isinstance(term, URIRef):
                assert re.fullmatch(r"[a-z]+:[^\x00-\x20<>\"{}|\\^`]+", term) and not term.startswith("file:"), term


def test_every_resource_has_a_type_and_a_label(built):
    for resource in set(built.rdf.subjects()):
        assert (resource, RDF.type, None) in built.rdf and (resource, RDFS.label, None) in built.rdf, resource


def test_every_edge_is_a_plain_triple_and_a_relation(built):
    rdf = built.rdf
    plain = {(s, p, o) for p in EDGES.values() for s, o in rdf.subject_objects(p)}
    relations = [
        (rdf.value(r, RDF.subject), rdf.value(r, RDF.predicate), rdf.value(r, RDF.object))
        for r in rdf.subjects(RDF.type, V.Relation)]
    assert len(relations) == len(set(relations)) == built.stats["edges"]
    assert set(relations) == plain


def test_every_relation_leads_to_the_words_of_its_articles(built):
    rdf = built.rdf
    for relation in rdf.subjects(RDF.type, V.Relation):
        evidence = list(rdf.objects(relation, V.evidence))
        assert evidence, relation
        assert set(rdf.objects(relation, PROV.wasDerivedFrom)) == {rdf.value(piece, V.article) for piece in evidence}


def test_all_evidence_in_rdf_is_words_of_its_text(built):
    rdf = built.rdf
    texts = {text: str(rdf.value(text, NIF.isString)) for text in rdf.subjects(RDF.type, V.SourceText)}
    pieces = list(rdf.subjects(RDF.type, V.Evidence))
    assert len(pieces) == built.stats["evidence"]
    for piece in pieces:
        source = rdf.value(piece, NIF.referenceContext)
        start, end = rdf.value(piece, NIF.beginIndex).toPython(), rdf.value(piece, NIF.endIndex).toPython()
        assert str(rdf.value(piece, NIF.anchorOf)) == texts[source][start:end] != "", piece
        assert (rdf.value(piece, OA.start).toPython(), rdf.value(piece, OA.end).toPython()) == (start, end)
        assert rdf.value(piece, V.article) == rdf.value(source, V.article)


def test_texts_are_those_of_the_reading_records(built):
    texts = Counter(str(built.rdf.value(text, NIF.isString)) for text in built.rdf.subjects(V.layer, Literal("text")))
    assert texts == Counter(record["text"] for record in built.records.values())


def test_nodes_and_edges_are_those_of_the_graphml(built):
    rdf = built.rdf
    nodes = {
        URIRef(node["uri"]): (V[node["kind"].capitalize()], node["label"]) for node in built.graphml.nodes.values()}
    assert len(nodes) == built.stats["nodes"]
    own = {s: [t for t in rdf.objects(s, RDF.type) if t in V] for s in rdf.subjects(V.mentions)}
    assert {s: (*types, str(rdf.value(s, RDFS.label))) for s, types in own.items()} == nodes
    by_id = {name: URIRef(node["uri"]) for name, node in built.graphml.nodes.items()}
    edges = {
        URIRef(edge["uri"]): (by_id[edge["<"]], EDGES[edge["label"]], by_id[edge[">"]])
        for edge in built.graphml.edges.values()}
    assert edges == {
        r: (rdf.value(r, RDF.subject), rdf.value(r, RDF.predicate), rdf.value(r, RDF.object))
        for r in rdf.subjects(RDF.type, V.Relation)}


def test_rdf_on_standard_output_is_the_same(built):
    done = vouch("export", built.path, "--format", "rdfxml")
    assert (done.code, done.out) == (FOUND, built.rdf_path.read_bytes())
    assert f"{built.triples_told} triples" in done.err

"""The GraphML opens in graph programs, and everything in it names the words that say so.

What graph programs ask of a file is in the comments of the rows that test it.
"""

import json
import math
import re
import subprocess

import igraph
import networkx
import pytest

from program import FOUND, GraphML, vouch

NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")
TYPES = {"boolean", "int", "long", "float", "double", "string"}

# Readers keep the element's own id, source and target under these names; others are taken by Cytoscape.
FORBIDDEN_NAMES = {"id", "source", "target", "SUID", "selected", "shared name", "shared interaction"}
# Gephi up to 0.9.2 read these key ids as labels.
FORBIDDEN_IDS = re.compile(r"d\d+")

WANTED_BY_ALL = {
    "label", "uri", "mentions", "prov_article", "prov_layer", "prov_sentence", "prov_start", "prov_end", "prov_quote",
    "rule", "confidence"}
WANTED = {
    "node": WANTED_BY_ALL | {"name", "kind", "key", "labels", "labelV", "articles"},
    "edge": WANTED_BY_ALL | {"interaction", "weight", "labelE"},
}

NUMBERS = {
    "weight": "double", "confidence": "double", "latitude": "double", "longitude": "double", "mentions": "int",
    "articles": "int", "prov_sentence": "int", "prov_start": "int", "prov_end": "int"}


def test_graphml_is_well_formed(built):
    checked = subprocess.run(["xmllint", "--noout", built.graphml_path], capture_output=True)
    assert (checked.returncode, checked.stderr) == (0, b"")


def test_opens_in_networkx_and_igraph_with_equal_counts(built):
    in_networkx = networkx.read_graphml(built.graphml_path)
    in_igraph = igraph.Graph.Read_GraphML(str(built.graphml_path))
    counts = (built.stats["nodes"], built.stats["edges"])
    assert (in_networkx.number_of_nodes(), in_networkx.number_of_edges()) == counts
    assert (in_igraph.vcount(), in_igraph.ecount()) == counts
    assert in_networkx.is_directed() and in_igraph.is_directed()


def test_networkx_and_igraph_read_the_same_attributes(built):
    in_networkx = networkx.read_graphml(built.graphml_path, force_multigraph=True)
    in_igraph = igraph.Graph.Read_GraphML(str(built.graphml_path))
    for vertex in in_igraph.vs:
        data = in_networkx.nodes[vertex["id"]]
        for name in ("label", "kind", "uri", "prov_quote"):
            assert vertex[name] == data[name] == built.graphml.nodes[vertex["id"]][name]
        assert vertex["evidence"] == data.get("evidence", "")
    for _, _, name, data in in_networkx.edges(keys=True, data=True):
        assert data["label"] == built.graphml.edges[name]["label"]
    assert sum(in_igraph.es["weight"]) == sum(edge["weight"] for edge in built.graphml.edges.values())


def test_keys(built):
    """Typed, one scope each, ids unique in the file whatever their case, names unique in their scope."""
    keys = built.graphml.root.findall(GraphML.NAMESPACE + "key")
    ids = [key.get("id").lower() for key in keys]
    assert [i for i in ids if ids.count(i) > 1] == []
    names = [(key.get("for"), key.get("attr.name")) for key in keys]
    assert [n for n in names if names.count(n) > 1] == []
    for key in keys:
        identity, scope, name, kind = (key.get(a) for a in ("id", "for", "attr.name", "attr.type"))
        assert NMTOKEN.fullmatch(identity) and not FORBIDDEN_IDS.fullmatch(identity)
        assert scope in ("node", "edge")
        assert kind in TYPES and kind == NUMBERS.get(name, "string")
        assert name not in FORBIDDEN_NAMES
        assert len(key) == 0, "defaults are ignored by Cytoscape and Gephi"


def test_order_and_shape(built):
    """Keys first, one directed graph, nodes before edges, nothing else; ids are name tokens."""
    root = built.graphml.root
    names = [element.tag.removeprefix(GraphML.NAMESPACE) for element in root]
    assert names == ["key"] * (len(names) - 1) + ["graph"]
    graph = root[-1]
    assert graph.get("edgedefault") == "directed"
    inner = [element.tag.removeprefix(GraphML.NAMESPACE) for element in graph]
    assert inner == ["node"] * built.stats["nodes"] + ["edge"] * built.stats["edges"]
    assert all(NMTOKEN.fullmatch(element.get("id")) for element in graph)


def test_values_are_there_or_their_elements_are_not(built):
    for data in built.graphml.root.iter(GraphML.NAMESPACE + "data"):
        assert data.text and data.text.strip(), f"empty {data.get('key')}"
        assert len(data) == 0


def test_no_element_has_two_values_of_one_key(built):
    for element in built.graphml.root[-1]:
        keys = [data.get("key") for data in element]
        assert len(keys) == len(set(keys)), (element.get("id"), [key for key in keys if keys.count(key) > 1])


def elements(built):
    for name, data in built.graphml.nodes.items():
        yield "node", name, data
    for name, data in built.graphml.edges.items():
        yield "edge", name, data


def test_everything_has_article_sentence_offsets_words_rule_and_confidence(built):
    for scope, name, data in elements(built):
        assert WANTED[scope] <= set(data), (name, WANTED[scope] - set(data))
        assert 0 < data["confidence"] <= 1
        assert 0 <= data["prov_start"] < data["prov_end"]
        assert re.fullmatch(r"\S+", data["rule"])


def test_weight_is_the_number_of_independent_sources(built):
    for name, edge in built.graphml.edges.items():
        assert edge["weight"] >= 1 and edge["weight"] == int(edge["weight"]) and math.isfinite(edge["weight"]), name


def test_all_evidence_in_graphml_is_words_of_its_text(built):
    for _, name, data in elements(built):
        evidence = json.loads(data["evidence"])
        assert len(evidence) == data["mentions"] > 0
        for piece in evidence:
            text = built.text(piece["article"], piece["layer"])
            assert piece["words"] == text[piece["start"]:piece["end"]] != "", (name, piece)
        first = evidence[0]
        assert (
            data["prov_article"], data["prov_layer"], data["prov_sentence"], data["prov_start"], data["prov_end"],
            data["prov_quote"], data["rule"], data["confidence"]
        ) == tuple(first[key] for key in ("article", "layer", "sentence", "start", "end", "words", "rule", "confidence"))


def test_sentences_are_those_of_the_reading_records(built):
    """Evidence in an article's text starts in the sentence that it names."""
    for _, name, data in elements(built):
        for piece in json.loads(data["evidence"]):
            if piece["layer"] == "text":
                start, end = built.records[piece["article"]]["sentences"][piece["sentence"]]
                assert start <= piece["start"] < end, (name, piece)


def test_urls_are_those_of_the_articles(built):
    urls = {
        data["key"].removeprefix("article/"): data.get("url")
        for data in built.graphml.nodes.values() if data["kind"] == "article"}
    for _, name, data in elements(built):
        assert data.get("prov_url") == urls[data["prov_article"]], name


def test_graphml_on_standard_output_is_the_same(built):
    done = vouch("export", built.path, "--format", "graphml")
    assert (done.code, done.out) == (FOUND, built.graphml_path.read_bytes())


@pytest.mark.parametrize("base", ["https://example.org/graph/", "urn://x/y#"])
def test_base_names_nodes_and_edges(small, base):
    done = vouch("export", small.path, "--format", "graphml", "--base", base)
    uris = re.findall(rb'<data key="[ne]_uri">([^<]*)<', done.out)
    assert uris and all(uri.startswith(base.encode()) for uri in uris)

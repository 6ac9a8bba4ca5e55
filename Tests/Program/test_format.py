"""The file format is what its document says: a reader written from the document alone sees the program's graph."""

import json
import re
import struct
from collections import Counter

import networkx
import pytest
import xxhash

import vouchfile
from program import FOUND, ROOT, vouch
from vouchfile import Damage, VouchFile

DOCUMENT = (ROOT / "Sources/Vouch/Vouch.docc/FileFormat.md").read_text()
GOLDEN = ROOT / "Tests/VouchStoreTests/Golden/version-2.vouch"
SECTIONS = DOCUMENT.split("## Sections")[1].split("\n## ")[0]

U32, U64, MAGIC, UUID, NAME = "<I", "<Q", "4s", "16s", "32s"

HEADER = [
    # at, type, value
    (0, UUID, bytes.fromhex("89564F5543480D0A1A0A000000000000")),
    (16, U32, 2),
    (20, U32, 0),
    (24, U32, 4096),
    (28, U32, 0),
    (48, NAME, b"vouch 0.1.0".ljust(32, b"\0")),
]

SLOT = [
    (0, MAGIC, b"VSLT"),
    (4, U32, 0),
    (8, U64, 1),
    (48, U64, 0),
    (56, U64, 0),
    (64, U64, 0),
    (72, U64, 0),
]


@pytest.mark.parametrize("base, at, form, value", [(0, *row) for row in HEADER] + [(4096, *row) for row in SLOT])
def test_header_and_slot_hold_what_the_document_says(built, base, at, form, value):
    data = built.path.read_bytes()
    assert struct.unpack_from(form, data, base + at) == (value,)


def test_checksums_and_lengths_of_header_and_slot(built):
    data = built.path.read_bytes()
    hashed = lambda start, end: xxhash.xxh64(data[start:end]).intdigest()
    assert struct.unpack_from("<Q", data, 80)[0] == hashed(0, 80)
    assert struct.unpack_from("<Q", data, 4096 + 96)[0] == hashed(4096, 4096 + 96)
    length, offset, size, checksum = struct.unpack_from("<QQQQ", data, 4096 + 16)
    assert length == len(data)
    assert checksum == hashed(offset, offset + size)
    assert data[32:48] == data[4096 + 80:4096 + 96]
    assert not any(data[8192:12288]), "slot B is not used"


def test_example_is_the_golden_file():
    """Every row of the worked hex dump, and every remark that names a place and its bytes."""
    data = GOLDEN.read_bytes()
    rows = re.findall(r"^([0-9a-f]{8})  ((?:[0-9a-f]{2} )+) *\S.*$", DOCUMENT.split("## A worked example")[1], re.M)
    assert len(rows) > 20
    for place, given in rows:
        expected = bytes.fromhex(given)
        assert data[int(place, 16):int(place, 16) + len(expected)] == expected, place


def test_golden_file_is_read():
    file = VouchFile.read(GOLDEN)
    assert [article.id for article in file.articles] == ["lisbon.txt", "oslo.txt"]
    assert {source.text for source in file.sources if source.layer == "text"} == {article.text for article in file.articles}
    [stats] = vouch("stats", GOLDEN, "--json").lines
    assert (stats["nodes"], stats["edges"], stats["evidence"]) == (len(file.nodes), len(file.edges), len(file.evidence))


def test_contributions_are_what_the_document_says(built):
    """The nodes, edges and evidence that an article contributes are in the graph, however they were merged."""
    file = built.file
    labels = {name for node in file.nodes for name in [node.label, *node.aliases]}
    for article in file.articles:
        told = vouchfile.Contribution(article)
        assert told.nodes[0].kind == "article" and told.nodes[0].key == (1, "")
        assert told.sentences == next(s.sentences for s in file.sources if (s.article, s.layer) == (article.id, "text"))
        for node in told.nodes:
            assert set(node.aliases) <= labels
        graph = {(file.nodes[e.subject].kind, e.kind, file.nodes[e.object].kind) for e in file.edges}
        assert {(told.nodes[e.subject].kind, e.kind, told.nodes[e.object].kind) for e in told.edges} <= graph
        words = {(file.sources[p.source].article, file.sources[p.source].layer, p.start, p.end, p.rule) for p in file.evidence}
        assert {(article.id, piece.layer, piece.start, piece.end, piece.rule) for piece in told.evidence} <= words


def test_kinds_and_properties_are_those_of_the_document():
    def row(number):
        return re.search(rf"^\| {number} \|[^|]*\|(.*)\|$", SECTIONS, re.M)[1]

    def codes(text):
        return {int(code): name for code, name in re.findall(r"(\d+) ([a-z-]+)", text)}

    assert codes(row(10)) == vouchfile.NODE_KINDS
    assert codes(row(31)) == vouchfile.EDGE_KINDS
    assert set(re.findall(r"`([^`]+)`", row(20))) == vouchfile.PROPERTIES


def test_reader_finds_every_rule_of_the_document_kept(built):
    VouchFile.read(built.path)


def test_reader_notices_damage(small):
    data = bytearray(small.path.read_bytes())
    data[-200] ^= 1
    with pytest.raises(Damage):
        VouchFile(bytes(data))


def test_sections_are_those_of_the_document(built):
    listed = {int(number) for number in re.findall(r"^\| (\d+) \| [a-z ]+ \|", SECTIONS, re.M)}
    assert set(built.file.sections) == listed


def test_reader_counts_as_stats_does(built):
    file, stats = built.file, built.stats
    assert (len(file.nodes), len(file.edges), len(file.evidence)) == (stats["nodes"], stats["edges"], stats["evidence"])
    assert Counter(node.kind for node in file.nodes) == stats["nodes_by_kind"]
    assert Counter(edge.kind for edge in file.edges) == stats["edges_by_kind"]
    assert (file.slot.generation, file.slot.length, file.header.creator) == (
        stats["generation"], stats["bytes"], stats["creator"])


def some(count):
    """About twenty indices, spread over a table."""
    return range(0, count, max(1, count // 20))


def test_show_tells_what_the_file_holds(built):
    file = built.file
    for index in some(len(file.nodes)):
        node = file.nodes[index]
        [shown] = vouch("show", built.path, f"n{index}", "--json").lines
        assert (shown["kind"], shown["label"], shown["key"]) == (node.kind, node.label, node.key)
        assert shown["aliases"] == node.aliases
        assert (shown["properties"], shown["merged"]) == (node.facts, node.merges)
        assert shown["mentions"] == len(node.evidence)
        edges = [(edge["id"], edge["kind"], edge["node"]["id"]) for edge in shown["edges_out"]]
        assert edges == [
            (f"e{i}", edge.kind, f"n{edge.object}") for i, edge in enumerate(file.edges) if edge.subject == index]
        edges = [(edge["id"], edge["kind"], edge["node"]["id"]) for edge in shown["edges_in"]]
        assert edges == [
            (f"e{i}", edge.kind, f"n{edge.subject}") for i, edge in enumerate(file.edges) if edge.object == index]


def test_why_tells_what_the_file_holds(built):
    file = built.file
    for index in some(len(file.edges)):
        edge = file.edges[index]
        [why] = vouch("why", built.path, f"e{index}", "--json").lines
        assert (why["kind"], why["subject"]["id"], why["object"]["id"]) == (edge.kind, f"n{edge.subject}", f"n{edge.object}")
        assert [summary(piece) for piece in why["evidence"]] == [in_file(file, i) for i in edge.evidence]
        assert all(piece["words"] in piece["passage"] for piece in why["evidence"])


def test_graphml_tells_what_the_file_holds(built):
    """Nodes, edges and every piece of evidence, in the file's order."""
    file, graphml = built.file, built.graphml
    assert list(graphml.nodes) == [f"n{i}" for i in range(len(file.nodes))]
    assert list(graphml.edges) == [f"e{i}" for i in range(len(file.edges))]
    for node, data in zip(file.nodes, graphml.nodes.values()):
        assert (data["kind"], data["label"], data["key"]) == (node.kind, node.label, node.key)
        assert data.get("aliases", "") == "|".join(node.aliases)
        assert data.get("merge", "") == "|".join(node.merges)
        for key, value in node.facts.items():
            assert str(data[key.replace("-", "_")]) == value or float(value) == data[key], (node.key, key)
        assert [summary(piece) for piece in evidence_of(data)] == [in_file(file, i) for i in node.evidence]
    for edge, data in zip(file.edges, graphml.edges.values()):
        assert (data["label"], data["<"], data[">"]) == (edge.kind, f"n{edge.subject}", f"n{edge.object}")
        assert [summary(piece) for piece in evidence_of(data)] == [in_file(file, i) for i in edge.evidence]
        assert data["weight"] == len({file.sources[file.evidence[i].source].witness for i in edge.evidence})


def evidence_of(data):
    return json.loads(data["evidence"])


def summary(piece):
    return tuple(piece[key] for key in ("article", "layer", "sentence", "start", "end", "words", "rule", "confidence"))


def in_file(file, index):
    piece = file.evidence[index]
    source = file.sources[piece.source]
    return (source.article, source.layer, piece.sentence, *file.characters(index), file.words(index), piece.rule,
            piece.confidence / 1000)


def test_texts_are_the_articles(built):
    """The texts that evidence points into are those of the reading records."""
    for source in built.file.sources:
        if source.layer == "text":
            assert source.text.decode() == built.records[source.article]["text"]


def test_plain_text_is_kept_as_it_is_in_the_file(built):
    texts = {source.article: source.text for source in built.file.sources if source.layer == "text"}
    files = [path for given in built.inputs for path in (given.glob("*.txt") if given.is_dir() else [given])]
    assert files
    for path in files:
        assert texts[path.stem if path.stem in texts else path.name] == path.read_bytes()


def test_metadata_is_one_fact_to_a_line(built):
    for source in built.file.sources:
        if source.layer == "metadata":
            assert all(re.match(r"[a-z]+: \S", line) for line in source.text.decode().splitlines()), source.text


def test_every_name_in_plain_letters_leads_to_its_node(built):
    """How other letters are folded is not part of the document."""
    file = built.file
    for index, node in enumerate(file.nodes):
        names = {" ".join(name.lower().split()) for name in [node.label, *node.aliases] if name.isascii()}
        assert {(name, index) for name in names} <= set(file.aliases)
    assert all(name == name.lower() for name, _ in file.aliases)


def test_witness_is_agency_else_outlet_else_article_of_the_first_copy_of_the_story(built):
    file = built.file
    copies = networkx.Graph((edge.subject, edge.object) for edge in file.edges if edge.kind == "same-story-as")
    copies.add_nodes_from(source.node for source in file.sources)
    for source in file.sources:
        story = sorted(networkx.node_connected_component(copies, source.node))
        for kind in ("from-agency", "published-by"):
            media = [edge.object for article in story for edge in file.edges if (edge.subject, edge.kind) == (article, kind)]
            if media:
                assert source.witness == media[0]
                break
        else:
            assert source.witness == story[0]


def test_same_graph_has_the_same_identity(built, tmp_path):
    again = tmp_path / "again.vouch"
    assert vouch("build", *built.inputs, "-o", again).code == FOUND
    assert VouchFile.read(again).header.identity == built.file.header.identity

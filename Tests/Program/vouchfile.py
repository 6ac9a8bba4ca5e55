"""An independent reader of graph files, written from the format document (FileFormat.md) alone.

It verifies every checksum and every invariant that the document states, and trusts no number that it reads.

    file = VouchFile.read("news.vouch")
    for edge in file.edges:
        print(file.nodes[edge.subject].label, edge.kind, file.nodes[edge.object].label)
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import xxhash

MAGIC = b"\x89VOUCH\r\n\x1a\n" + bytes(6)
PAGE = 4096
HEADER_LENGTH, SLOT_LENGTH, MANIFEST_LENGTH, SEGMENT_LENGTH = 88, 104, 64, 32
SLOT_A, SLOT_B, FIRST_SEGMENT = PAGE, 2 * PAGE, 3 * PAGE

NODE_KINDS = dict(enumerate(
    "person organization government group country city region facility place event issue stance statement "
    "article outlet agency author".split(), 1))
EDGE_KINDS = dict(enumerate(
    "actor recipient co-actor at said about holds toward reports published-by from-agency written-by member-of "
    "leads part-of contradicts same-story-as".split(), 1))
PROPERTIES = set(
    "alias wikidata geonames country latitude longitude event-type event-mode modality date polarity stance-kind "
    "form cue content title url published language outlet agency merge".split())
LAYERS = {0: "text", 1: "metadata"}

STRING_BLOCKS, STRING_INDEX, TEXT = 1, 2, 70
BYTES, PACKED = 0, 1
STRINGS_IN_A_BLOCK = 16


class Damage(Exception):
    """The file breaks a rule of the format."""


def demand(condition, message):
    if not condition:
        raise Damage(message)


def checksum(data):
    return xxhash.xxh64(data, seed=0).intdigest()


class Header(NamedTuple):
    major: int
    minor: int
    page_size: int
    identity: bytes
    creator: str


class Slot(NamedTuple):
    generation: int
    length: int
    manifest_offset: int
    manifest_length: int
    manifest_checksum: int
    manifest_before: int
    compatible: int
    forbids_writing: int
    forbids_reading: int


class Manifest(NamedTuple):
    generation: int
    before: int
    nodes: int
    edges: int
    evidence: int
    sources: int
    segment_offset: int
    segment_length: int
    directory_checksum: int


class Section(NamedTuple):
    codec: int
    offset: int
    length: int
    count: int


@dataclass(frozen=True)
class Node:
    kind: str
    key: str
    label: str
    properties: list  # of (key, value)
    evidence: range

    @property
    def aliases(self):
        return [value for key, value in self.properties if key == "alias"]

    @property
    def merges(self):
        return [value for key, value in self.properties if key == "merge"]

    @property
    def facts(self):
        return {key: value for key, value in self.properties if key not in ("alias", "merge")}


@dataclass(frozen=True)
class Edge:
    subject: int
    kind: str
    object: int
    evidence: range


@dataclass(frozen=True)
class Source:
    article: str
    node: int
    layer: str
    witness: int
    published: int | None  # days since 1970-01-01
    text: bytes
    sentences: list  # of (start, end), bytes


@dataclass(frozen=True)
class Evidence:
    source: int
    sentence: int
    start: int  # byte
    end: int
    rule: str
    confidence: int  # thousandths


class VouchFile:
    """A graph file, read and verified. Attributes are named as the document names the tables."""

    @classmethod
    def read(cls, path):
        return cls(Path(path).read_bytes())

    def __init__(self, data):
        self.data = data
        self.header = self._header()
        self.slot = self._slot()
        self.manifest = self._manifest()
        self.sections = self._directory()
        self.strings = self._strings()
        self.sources = self._sources()
        self.evidence = self._evidence()
        self.nodes = self._nodes()
        self.edges = self._edges()
        self.aliases = self._aliases()
        self._check_order()
        self._check_evidence()
        self._check_directions()

    # What evidence says

    def words(self, index):
        """The words of a piece of evidence."""
        piece = self.evidence[index]
        return self.sources[piece.source].text[piece.start:piece.end].decode()

    def characters(self, index):
        """The code points that the words of a piece of evidence take up in their text, half-open."""
        piece = self.evidence[index]
        start = len(self.sources[piece.source].text[:piece.start].decode())
        return start, start + len(self.words(index))

    # Header, slots, manifest, directory

    def _numbers(self, form, at):
        size = struct.calcsize("<" + form)
        demand(0 <= at <= len(self.data) - size, f"the file ends before byte {at + size}")
        return struct.unpack_from("<" + form, self.data, at)

    def _header(self):
        demand(self.data.startswith(MAGIC), "the signature is not that of a graph")
        demand(len(self.data) >= FIRST_SEGMENT, "the file ends inside its first three pages")
        major, minor, page_size, zero, identity, creator, stored = self._numbers("IIII16s32sQ", 16)
        demand(stored == checksum(self.data[:HEADER_LENGTH - 8]), "header checksum")
        demand((major, page_size, zero) == (1, PAGE, 0), "major version, page size")
        demand(identity[6] >> 4 == 8 and identity[8] >> 6 == 0b10, "the identity is no UUID of version 8")
        demand(not any(self.data[HEADER_LENGTH:PAGE]), "bytes after the header are not zero")
        return Header(major, minor, page_size, identity, creator.rstrip(b"\0").decode())

    def _slot(self):
        found = [slot for slot in (self._slot_at(SLOT_A), self._slot_at(SLOT_B)) if slot]
        demand(found, "no commit slot counts")
        newest = max(found, key=lambda slot: slot.generation)
        demand(newest.forbids_reading == 0, "the file uses features that this reader does not know")
        demand(newest.length == len(self.data), "the file is longer than its last commit")
        return newest

    def _slot_at(self, base):
        magic, zero, *fields = self._numbers("4sI9Q", base)
        identity, stored = self._numbers("16sQ", base + 80)
        slot = Slot(*fields)
        if magic != b"VSLT" or stored != checksum(self.data[base:base + SLOT_LENGTH - 8]):
            return None
        if identity != self.header.identity or slot.generation == 0 or slot.length > len(self.data):
            return None
        end = slot.manifest_offset + slot.manifest_length
        if end > slot.length or checksum(self.data[slot.manifest_offset:end]) != slot.manifest_checksum:
            return None
        return slot

    def _manifest(self):
        base = self.slot.manifest_offset
        magic, segments, generation, before, *counts, zero = self._numbers("4sI7Q", base)
        demand(magic == b"VMAN" and segments == 1 and zero == 0, "the manifest does not name one segment")
        demand(self.slot.manifest_length == MANIFEST_LENGTH + 24 * segments, "manifest length")
        demand(generation == self.slot.generation, "manifest and slot differ in generation")
        demand((before == 0) == (self.slot.manifest_before == 0), "manifest and slot differ about the one before")
        return Manifest(generation, before, *counts, *self._numbers("3Q", base + MANIFEST_LENGTH))

    def _directory(self):
        base, length, stored = self.manifest[6:]
        demand(base >= FIRST_SEGMENT and base + length <= self.slot.length, "the segment lies outside the file")
        magic, count, length_again, zero = self._numbers("4sIQ16s", base)
        size = SEGMENT_LENGTH + 48 * count
        demand(magic == b"VSEG" and length_again == length and size <= length and not any(zero), "segment header")
        demand(stored == checksum(self.data[base:base + size]), "directory checksum")
        sections, used, last = {}, [(0, size)], 0
        for index in range(count):
            number, codec, offset, length_here, values, hashed, zero = self._numbers("IIQQQQQ", base + SEGMENT_LENGTH + 48 * index)
            demand(number > last and zero == 0, f"section {number} is out of order")
            demand(offset % 64 == 0 and offset + length_here <= length, f"section {number} is misplaced")
            data = self.data[base + offset:base + offset + length_here]
            demand(hashed == checksum(data), f"checksum of section {number}")
            sections[number] = Section(codec, base + offset, length_here, values)
            used.append((offset, offset + length_here))
            last = number
        used.sort()
        for (_, end), (start, _) in zip(used, used[1:] + [(length, length)]):
            demand(end <= start, "sections overlap")
            demand(not any(self.data[base + end:base + start]), "bytes between sections are not zero")
        return sections

    # Columns and strings

    def _section(self, number, codec):
        section = self.sections.get(number)
        demand(section and section.codec == codec, f"section {number} is missing or of another codec")
        return section

    def _bytes(self, number):
        section = self._section(number, BYTES)
        return self.data[section.offset:section.offset + section.length]

    def column(self, number, count=None):
        """The integers of a packed column."""
        section = self._section(number, PACKED)
        demand(count is None or section.count == count, f"section {number} holds {section.count} values, not {count}")
        minimum, width, zero = self._numbers("QII", section.offset)
        words = -(-section.count * width // 64)
        demand(width <= 64 and zero == 0 and section.length == 16 + 8 * words, f"section {number} is no packed column")
        words = self._numbers(f"{words}Q", section.offset + 16) + (0,)
        mask = (1 << width) - 1
        values = []
        for index in range(section.count):
            word, bit = divmod(index * width, 64)
            values.append(minimum + (((words[word] | words[min(word + 1, len(words) - 1)] << 64) >> bit) & mask))
        return values

    def _starts(self, number, rows, limit, first=0):
        """The ranges of a column of starts, which must cover another table."""
        starts = self.column(number, rows + 1)
        demand(starts[0] == first and starts[-1] == limit and starts == sorted(starts), f"section {number}: starts")
        return [range(a, b) for a, b in zip(starts, starts[1:])]

    def _strings(self):
        data, count = self._bytes(STRING_BLOCKS), self.sections[STRING_BLOCKS].count
        strings, blocks, at, previous = [], [], 0, b""

        def varint():
            nonlocal at
            number = shift = 0
            while True:
                demand(at < len(data) and shift < 64, "a varint does not end")
                byte = data[at]
                at += 1
                number |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    return number

        for index in range(count):
            if index % STRINGS_IN_A_BLOCK == 0:
                blocks.append(at)
                shared = 0
            else:
                shared = varint()
            length = varint()
            demand(shared <= len(previous) and at + length <= len(data), f"string {index} ends outside its section")
            string = previous[:shared] + data[at:at + length]
            demand(not strings or previous < string, f"string {index} is not above the one before")
            strings.append(string.decode())
            at, previous = at + length, string
        demand(at == len(data), "bytes are left after the last string")
        demand(self.column(STRING_INDEX, len(blocks)) == blocks, "the string index does not name the blocks")
        return strings

    def _names(self, number, count=None):
        """The strings that a column names."""
        values = self.column(number, count)
        demand(all(value < len(self.strings) for value in values), f"section {number} names no string")
        return [self.strings[value] for value in values]

    def _ids(self, number, count, limit):
        """A column of indices into a table of `limit` rows."""
        values = self.column(number, count)
        demand(all(value < limit for value in values), f"section {number} points outside its table")
        return values

    # Tables

    def _sources(self):
        count, text = self.manifest.sources, self._bytes(TEXT)
        names = self._names(50, count)
        layers = self._ids(52, count, len(LAYERS))
        nodes = self._ids(51, count, self.manifest.nodes)
        witnesses = self._ids(55, count, self.manifest.nodes)
        published = self.column(56, count)
        starts = self.column(60)
        lengths = self.column(61, len(starts))
        texts = self._starts(53, count, len(text))
        sentences = self._starts(54, count, len(starts))
        for index, stored in enumerate(self.column(57, count)):
            demand(stored == checksum(text[texts[index].start:texts[index].stop]), f"checksum of text {index}")
        return [
            Source(
                names[i], nodes[i], LAYERS[layers[i]], witnesses[i], published[i] - 1 if published[i] else None,
                text[texts[i].start:texts[i].stop], [(starts[s], starts[s] + lengths[s]) for s in sentences[i]])
            for i in range(count)
        ]

    def _evidence(self):
        count = self.manifest.evidence
        starts, lengths = self.column(42, count), self.column(43, count)
        return [
            Evidence(source, sentence, start, start + length, rule, confidence)
            for source, sentence, start, length, rule, confidence in zip(
                self._ids(40, count, self.manifest.sources), self.column(41, count), starts, lengths,
                self._names(44, count), self.column(45, count))
        ]

    def _nodes(self):
        count = self.manifest.nodes
        keys, values = self._names(20), self._names(21)
        demand(len(keys) == len(values) and set(keys) <= PROPERTIES, "properties")
        evidence_end = self.column(33, self.manifest.edges + 1)[0]
        return [
            Node(NODE_KINDS.get(kind), key, label, [(keys[p], values[p]) for p in properties], evidence)
            for kind, key, label, properties, evidence in zip(
                self.column(10, count), self._names(11, count), self._names(12, count),
                self._starts(14, count, len(keys)), self._starts(13, count, evidence_end))
        ]

    def _edges(self):
        count, nodes = self.manifest.edges, self.manifest.nodes
        node_end = self.nodes[-1].evidence.stop if self.nodes else 0
        return [
            Edge(subject, EDGE_KINDS.get(kind), object_, evidence)
            for subject, kind, object_, evidence in zip(
                self._ids(30, count, nodes), self.column(31, count), self._ids(32, count, nodes),
                self._starts(33, count, self.manifest.evidence, first=node_end))
        ]

    def _aliases(self):
        names = self._names(80)
        return list(zip(names, self._ids(81, len(names), self.manifest.nodes)))

    # Invariants

    def _check_order(self):
        def ascending(rows, what):
            for a, b in zip(rows, rows[1:]):
                demand(a < b, f"{what} do not ascend: {a} before {b}")

        node_code = {name: code for code, name in NODE_KINDS.items()}
        edge_code = {name: code for code, name in EDGE_KINDS.items()}
        demand(all(node.kind for node in self.nodes), "a node has an unknown kind")
        demand(all(edge.kind for edge in self.edges), "an edge has an unknown kind")
        ascending([(node_code[node.kind], node.key.encode()) for node in self.nodes], "nodes")
        ascending([(edge.subject, edge_code[edge.kind], edge.object) for edge in self.edges], "edges")
        ascending([(source.article.encode(), source.layer == "metadata") for source in self.sources], "sources")
        ascending([(name.encode(), node) for name, node in self.aliases], "aliases")
        demand(len({node.key for node in self.nodes}) == len(self.nodes), "two nodes have one key")

    def _check_evidence(self):
        stored = self.column(46, len(self.evidence))
        for index, piece in enumerate(self.evidence):
            source = self.sources[piece.source]
            demand(piece.start < piece.end <= len(source.text), f"evidence {index} lies outside its text")
            demand(piece.sentence < len(source.sentences), f"evidence {index} names no sentence")
            start, end = source.sentences[piece.sentence]
            demand(start <= piece.start < end, f"evidence {index} does not start in its sentence")
            words = source.text[piece.start:piece.end]
            demand(stored[index] == checksum(words) & 0xFFFF, f"checksum of the words of evidence {index}")
            words.decode()
            demand(piece.confidence <= 1000, f"confidence of evidence {index}")
        for what in self.nodes + self.edges:
            demand(len(what.evidence) > 0, f"{what} has no evidence")
            positions = [(self.evidence[i].source, self.evidence[i].start) for i in what.evidence]
            demand(positions == sorted(positions), f"the evidence of {what} does not ascend")
        for index, source in enumerate(self.sources):
            article = self.nodes[source.node]
            demand((article.kind, article.key) == ("article", "article/" + source.article), f"source {index} belongs to no article")
            source.text.decode()
            end = 0
            for start, stop in source.sentences:
                demand(end <= start < stop <= len(source.text), f"the sentences of source {index} do not ascend")
                end = stop

    def _check_directions(self):
        out = self._starts(15, len(self.nodes), len(self.edges))
        for node, edges in enumerate(out):
            demand(all(self.edges[edge].subject == node for edge in edges), f"edges out of node {node}")
        by_object = sorted(range(len(self.edges)), key=lambda edge: (self.edges[edge].object, edge))
        demand(self.column(34, len(self.edges)) == by_object, "edges in: not sorted by object")
        for node, positions in enumerate(self._starts(16, len(self.nodes), len(self.edges))):
            demand(all(self.edges[by_object[p]].object == node for p in positions), f"edges into node {node}")

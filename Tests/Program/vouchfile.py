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
HEADER_LENGTH, SLOT_LENGTH, SEGMENT_LENGTH, MANIFEST_LENGTH = 88, 104, 64, 160
SLOT_A, SLOT_B, FIRST_SEGMENT = PAGE, 2 * PAGE, 3 * PAGE

NODE_KINDS = dict(enumerate(
    "person organization government group country city region facility place event issue stance statement "
    "article outlet agency author".split(), 1))
EDGE_KINDS = dict(enumerate(
    "actor recipient co-actor at said about holds toward reports published-by from-agency written-by member-of "
    "leads part-of contradicts same-story-as".split(), 1))
PROPERTIES = set(
    "alias wikidata geonames country latitude longitude event-type event-mode modality date code polarity stance-kind "
    "form cue content title url published language outlet agency merge".split())
LAYERS = {0: "text", 1: "metadata"}

STRING_BLOCKS, STRING_INDEX = 1, 2
BYTES, PACKED, BLOCKED = 0, 1, 2
BLOCK, CHUNK = 128, 65536
GRAPH, ARTICLE, TOMBSTONE, DECISIONS, MANIFEST, TEXTS = range(1, 7)
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


class Place(NamedTuple):
    offset: int
    length: int
    checksum: int


class Segment(NamedTuple):
    kind: int
    fields: tuple
    offset: int
    body: bytes


class Manifest(NamedTuple):
    generation: int
    before: Place
    graph: Place
    decisions: Place
    nodes: int
    edges: int
    evidence: int
    sources: int
    articles: int
    added: int
    replaced: int
    retracted: int
    live: int


class Article(NamedTuple):
    id: str
    content_hash: int
    reading: int
    text: bytes
    metadata: bytes | None
    contribution: bytes


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

    @classmethod
    def read_committed(cls, path):
        """The last commit of a file, whatever an interrupted one left behind it."""
        data = Path(path).read_bytes()
        return cls(data, allow_tail=True)

    def __init__(self, data, allow_tail=False):
        self.data = data
        self.allow_tail = allow_tail
        self.header = self._header()
        self.slot = self._slot()
        self.manifest = self._manifest()
        self.articles = []
        self.sections = self._directory()
        self.strings = self._strings()
        self.articles = self._articles()
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
        demand((major, page_size, zero) == (2, PAGE, 0), "major version, page size")
        demand(identity[6] >> 4 == 8 and identity[8] >> 6 == 0b10, "the identity is no UUID of version 8")
        demand(not any(self.data[HEADER_LENGTH:PAGE]), "bytes after the header are not zero")
        return Header(major, minor, page_size, identity, creator.rstrip(b"\0").decode())

    def _slot(self):
        found = [slot for slot in (self._slot_at(SLOT_A), self._slot_at(SLOT_B)) if slot]
        demand(found, "no commit slot counts")
        newest = max(found, key=lambda slot: slot.generation)
        demand(newest == self._slot_at(SLOT_A if newest.generation % 2 else SLOT_B), "the generation is in the wrong slot")
        demand(newest.forbids_reading == 0, "the file uses features that this reader does not know")
        demand(self.allow_tail or newest.length == len(self.data), "the file is longer than its last commit")
        return newest

    def generations(self):
        """The manifests that the file holds, the newest first."""
        manifests = [self.manifest]
        while manifests[-1].before.length:
            manifests.append(self._manifest_at(manifests[-1].before))
            demand(manifests[-1].generation == manifests[-2].generation - 1, "generations do not follow each other")
        return manifests

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

    def _segment(self, place, kind):
        """The segment at a place, its checksums verified; of a graph the body is not."""
        demand(place.offset % 64 == 0 and place.offset >= FIRST_SEGMENT, "a segment is misplaced")
        demand(place.offset + place.length <= self.slot.length, "a segment lies outside the file")
        magic, found, length, *fields, hashed, stored = self._numbers("4sIQ4QQQ", place.offset)
        demand((magic, found, length, stored) == (b"VSEG", kind, place.length, place.checksum), "segment header")
        header = self.data[place.offset:place.offset + SEGMENT_LENGTH - 8]
        demand(stored == checksum(header + struct.pack("<Q", place.offset)), "checksum of a segment header")
        body = self.data[place.offset + SEGMENT_LENGTH:place.offset + length]
        if kind != GRAPH:
            demand(hashed == checksum(body), "checksum of a segment")
        return Segment(kind, tuple(fields), place.offset, body)

    def _manifest(self):
        [stored] = self._numbers("Q", self.slot.manifest_offset + SEGMENT_LENGTH - 8)
        manifest = self._manifest_at(Place(self.slot.manifest_offset, self.slot.manifest_length, stored))
        demand(manifest.generation == self.slot.generation, "manifest and slot differ in generation")
        demand(manifest.before.offset == self.slot.manifest_before, "manifest and slot differ about the one before")
        return manifest

    def _manifest_at(self, place):
        body = self._segment(place, MANIFEST).body
        demand(len(body) == MANIFEST_LENGTH, "manifest length")
        numbers = struct.unpack("<20Q", body)
        places = [Place(*numbers[at:at + 3]) for at in (1, 4, 7)]
        demand(numbers[19] == 0, "the end of the manifest is not zero")
        return Manifest(numbers[0], *places, *numbers[10:19])

    def _directory(self):
        place = self.manifest.graph
        graph = self._segment(place, GRAPH)
        count, size = graph.fields[:2]
        chunks = -(-size // CHUNK)
        hashed = 48 * count + 8 * chunks
        [stored] = self._numbers("Q", place.offset + 48)
        demand(stored == checksum(graph.body[:hashed]), "directory checksum")
        start = -(-(place.offset + SEGMENT_LENGTH + hashed) // 64) * 64
        end = place.offset + place.length
        demand(start + size == end, "the sections do not end with their segment")
        demand(not any(self.data[place.offset + SEGMENT_LENGTH + hashed:start]), "bytes before the sections are not zero")
        for index, stored in enumerate(self._numbers(f"{chunks}Q", place.offset + SEGMENT_LENGTH + 48 * count)):
            demand(stored == checksum(self.data[start + CHUNK * index:min(start + CHUNK * (index + 1), end)]), f"chunk {index}")
        sections, used, last = {}, [], 0
        for index in range(count):
            number, codec, offset, length, values, hashed, zero = self._numbers(
                "IIQQQQQ", place.offset + SEGMENT_LENGTH + 48 * index)
            demand(number > last and zero == 0, f"section {number} is out of order")
            demand(offset % 64 == 0 and offset + length <= size, f"section {number} is misplaced")
            demand(hashed == checksum(self.data[start + offset:start + offset + length]), f"checksum of section {number}")
            sections[number] = Section(codec, start + offset, length, values)
            used.append((offset, offset + length))
            last = number
        used.sort()
        for (_, end), (following, _) in zip(used, used[1:] + [(size, size)]):
            demand(end <= following, "sections overlap")
            demand(not any(self.data[start + end:start + following]), "bytes between sections are not zero")
        return sections

    def _articles(self):
        articles = []
        for offset, stored in zip(self.column(90, self.manifest.articles), self.column(91, self.manifest.articles)):
            [length] = self._numbers("Q", offset + 8)
            segment = self._segment(Place(offset, length, stored), ARTICLE)
            content, reading, lengths, more = segment.fields
            sizes = [lengths & 0xFFFFFFFF, lengths >> 32, max(0, (more & 0xFFFFFFFF) - 1), more >> 32]
            demand(sum(sizes) == len(segment.body), "the parts of an article are not its body")
            ends = [sum(sizes[:i]) for i in range(5)]
            name, text, metadata, contribution = (segment.body[a:b] for a, b in zip(ends, ends[1:]))
            demand(content == checksum(text + b"\0" + metadata), f"content hash of {name}")
            articles.append(Article(
                name.decode(), content, reading, text, metadata if more & 0xFFFFFFFF else None, contribution))
        order = [(article.id.encode(), article.content_hash) for article in articles]
        demand(order == sorted(set(order)), "articles do not ascend")
        return articles

    @property
    def decisions(self):
        """The table of decisions about names."""
        return self._segment(self.manifest.decisions, DECISIONS).body if self.manifest.decisions.length else b""

    # Columns and strings

    def _section(self, number, *codecs):
        section = self.sections.get(number)
        demand(section and section.codec in codecs, f"section {number} is missing or of another codec")
        return section

    def _bytes(self, number):
        section = self._section(number, BYTES)
        return self.data[section.offset:section.offset + section.length]

    def column(self, number, count=None):
        """The integers of a column."""
        section = self._section(number, PACKED, BLOCKED)
        demand(count is None or section.count == count, f"section {number} holds {section.count} values, not {count}")
        if section.codec == PACKED:
            minimum, width, zero = self._numbers("QII", section.offset)
            words = -(-section.count * width // 64)
            demand(zero == 0 and section.length == 16 + 8 * words, f"section {number} is no packed column")
            return self._unpack(section.offset + 16, minimum, width, section.count)
        blocks, values, word = -(-section.count // BLOCK), [], 0
        for block in range(blocks):
            minimum, place = self._numbers("QQ", section.offset + 16 * block)
            size, width = min(BLOCK, section.count - BLOCK * block), place & 0xFF
            demand(place >> 8 == word, f"block {block} of section {number} is misplaced")
            values += self._unpack(section.offset + 16 * blocks + 8 * word, minimum, width, size)
            word += -(-size * width // 64)
        demand(section.length == 16 * blocks + 8 * word, f"section {number} is no blocked column")
        return values

    def _unpack(self, offset, minimum, width, count):
        demand(width <= 64, "a column is wider than 64 bits")
        words = self._numbers(f"{-(-count * width // 64)}Q", offset) + (0,)
        mask = (1 << width) - 1
        values = []
        for index in range(count):
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
        count = self.manifest.sources
        names = self._names(50, count)
        layers = self._ids(52, count, len(LAYERS))
        nodes = self._ids(51, count, self.manifest.nodes)
        witnesses = self._ids(55, count, self.manifest.nodes)
        published = self.column(56, count)
        starts = self.column(60)
        lengths = self.column(61, len(starts))
        texts = [
            self.data[offset:offset + length] for offset, length in zip(self.column(58, count), self.column(59, count))]
        if self.articles:
            kept = {(article.text, None) for article in self.articles} | {(None, article.metadata) for article in self.articles}
            for text, layer in zip(texts, layers):
                demand(((text, None) if layer == 0 else (None, text)) in kept, "a text is that of no article")
        sentences = self._starts(54, count, len(starts))
        for index, stored in enumerate(self.column(57, count)):
            demand(stored == checksum(texts[index]), f"checksum of text {index}")
        return [
            Source(
                names[i], nodes[i], LAYERS[layers[i]], witnesses[i], published[i] - 1 if published[i] else None,
                texts[i], [(starts[s], starts[s] + lengths[s]) for s in sentences[i]])
            for i in range(count)
        ]

    def _evidence(self):
        count = self.manifest.evidence
        starts, lengths = self.column(42, count), self.column(43, count)
        rules = self._names(47)
        demand(rules == sorted(set(rules), key=str.encode), "rules do not ascend")
        return [
            Evidence(source, sentence, start, start + length, rule, confidence)
            for source, sentence, start, length, rule, confidence in zip(
                self._ids(40, count, self.manifest.sources), self.column(41, count), starts, lengths,
                [rules[rule] for rule in self._ids(44, count, len(rules))], self.column(45, count))
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
        subjects = self._ids(36, None, nodes)
        objects = self._ids(37, len(subjects), nodes)
        links = self._ids(35, count, len(subjects))
        demand([link for link, run in enumerate(self._starts(38, len(subjects), count)) for _ in run] == links, "runs of links")
        pairs = list(zip(subjects, objects))
        demand(pairs == sorted(set(pairs)) and len(set(links)) == len(pairs), "links do not ascend, or have no edges")
        self.links = pairs
        return [
            Edge(subject, EDGE_KINDS.get(kind), object_, evidence)
            for subject, kind, object_, evidence in zip(
                [subjects[link] for link in links], self.column(31, count), [objects[link] for link in links],
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
        ascending([(edge.subject, edge.object, edge_code[edge.kind]) for edge in self.edges], "edges")
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
        for node, links in enumerate(self._starts(17, len(self.nodes), len(self.links))):
            demand(all(self.links[link][0] == node for link in links), f"links out of node {node}")
        by_object = sorted(range(len(self.links)), key=lambda link: (self.links[link][1], link))
        demand(self.column(39, len(self.links)) == by_object, "links in: not sorted by object")
        for node, positions in enumerate(self._starts(18, len(self.nodes), len(self.links))):
            demand(all(self.links[by_object[p]][1] == node for p in positions), f"links into node {node}")


class Piece(NamedTuple):
    layer: str
    start: int
    end: int
    rule: str
    confidence: int


class Told(NamedTuple):
    """A node as an article tells of it."""
    kind: str
    key: tuple
    label: tuple
    name: str | None
    rule: str | None
    aliases: list
    known_aliases: list
    properties: dict
    evidence: list


class ToldEdge(NamedTuple):
    subject: int
    kind: str
    object: int
    piece: int


class Contribution:
    """What an article says, decoded as the document lays it out."""

    def __init__(self, article):
        self.data, self.at = article.contribution, 0
        demand(self.number() == 1, "version of a contribution")
        self.strings = self.list(lambda: self.take(self.number()).decode())
        published = self.number()
        self.published = None if published == 0 else (published - 1) // 2 if published % 2 else -(published // 2)
        self.sentences = self.spans()
        self.read = [sentence for start, end in self.spans() for sentence in range(start, end)]
        self.evidence = self.pieces("text") + self.pieces("metadata")
        self.nodes = self.list(self.node)
        self.edges = self.list(lambda: ToldEdge(
            self.number(), EDGE_KINDS[self.number()], self.number(), self.number()))
        hashes = lambda: self.list(lambda: struct.unpack("<Q", self.take(8))[0])
        self.happenings = self.list(lambda: (self.number(), hashes(), hashes()))
        self.denied_claims = self.list(lambda: (self.number(), self.number()))
        demand(self.at == len(self.data), "bytes are left after a contribution")

    def take(self, count):
        demand(self.at + count <= len(self.data), "a contribution ends too early")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self):
        number = shift = 0
        while True:
            [byte] = self.take(1)
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    def list(self, item):
        return [item() for _ in range(self.number())]

    def string(self):
        return self.strings[self.number()]

    def optional(self):
        number = self.number()
        return self.strings[number - 1] if number else None

    def spans(self):
        spans, end = [], 0
        for _ in range(self.number()):
            start = end + self.number()
            end = start + self.number()
            spans.append((start, end))
        return spans

    def pieces(self, layer):
        pieces, start = [], 0
        for _ in range(self.number()):
            start += self.number()
            pieces.append(Piece(layer, start, start + self.number(), self.string(), self.number()))
        return pieces

    def node(self):
        kind, sort = NODE_KINDS[self.number()], self.number()
        key = (sort, self.number(), self.string(), self.number()) if sort == 2 else (sort, self.string())
        sort = self.number()
        label = (sort, *{
            0: lambda: [self.string()], 1: lambda: [], 2: lambda: [], 4: lambda: [],
            3: lambda: [self.list(self.number), self.list(self.number)], 5: lambda: [self.number(), self.string()],
        }[sort]())
        return Told(
            kind, key, label, self.optional(), self.optional(), self.list(self.string), self.list(self.string),
            dict(self.list(lambda: (self.string(), self.string()))), self.list(self.number))

"""The program under test, and what it makes of articles."""

import json
import os
import re
import resource
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import rdflib
from lxml import etree

from vouchfile import VouchFile

ROOT = Path(__file__).resolve().parents[2]
SEEDS, EXPORTS, ONTOLOGY = ROOT / "seeds", ROOT / "exports", ROOT / "Ontology"
SHARED = ROOT.parent / "shared"
BINARY = Path(os.environ.get("VOUCH", ROOT / ".build/release/vouch")).absolute()

FOUND, NOTHING, FAILED, USAGE = 0, 1, 2, 64

# A program that traps must end at once instead of printing a backtrace.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"SWIFT_BACKTRACE": "enable=no"}


@dataclass(frozen=True)
class Result:
    """How a run ended and what it printed."""

    code: int
    out: bytes
    err: str

    @property
    def text(self):
        return self.out.decode()

    @property
    def lines(self):
        """The objects of JSON Lines."""
        return [json.loads(line) for line in self.text.split("\n") if line]


def vouch(*arguments, stdin=b"", cwd=None, env=None, timeout=60, memory=None, binary=BINARY):
    """Runs the program. A signal or a hang fails the test, whatever the test is about."""
    limit = memory and (lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)))
    done = subprocess.run(
        [binary, *map(str, arguments)], input=stdin, capture_output=True, cwd=cwd, preexec_fn=limit,
        env=ENVIRONMENT if env is None else env, timeout=timeout)
    err = done.stderr.decode(errors="replace")
    assert done.returncode >= 0, f"vouch {arguments} was killed by signal {-done.returncode}\n{err[-2000:]}"
    return Result(done.returncode, done.stdout, err)


class GraphML:
    """Keys, nodes and edges of a GraphML file, values converted by the types of their keys."""

    NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
    TYPES = {"string": str, "int": int, "long": int, "double": float, "float": float, "boolean": bool}

    def __init__(self, path):
        self.root = etree.parse(str(path)).getroot()
        self.keys = {key.get("id"): key for key in self._all(self.root, "key")}
        graph = self.root.find(self.NAMESPACE + "graph")
        self.nodes = {node.get("id"): self._data(node) for node in self._all(graph, "node")}
        self.edges = {
            edge.get("id"): self._data(edge) | {"<": edge.get("source"), ">": edge.get("target")}
            for edge in self._all(graph, "edge")}

    def _all(self, element, tag):
        return element.findall(self.NAMESPACE + tag)

    def _data(self, element):
        values = {}
        for data in self._all(element, "data"):
            key = self.keys[data.get("key")]
            if len(data) == 0:
                values[key.get("attr.name")] = self.TYPES[key.get("attr.type")](data.text)
        if "prov_quote" in values and "evidence" not in values:
            values["evidence"] = self._only_piece(values)
        return values

    @staticmethod
    def _only_piece(values):
        """A single piece of evidence stands in plain attributes alone; here as in the JSON of several."""
        names = {
            "article": "prov_article", "url": "prov_url", "layer": "prov_layer", "sentence": "prov_sentence", "start": "prov_start",
            "end": "prov_end", "words": "prov_quote", "rule": "rule", "confidence": "confidence"}
        return json.dumps([{key: values[name] for key, name in names.items() if name in values}], ensure_ascii=False)


class Built:
    """A graph made of some articles, its exports, and what readers make of them; each is made when it is asked for."""

    def __init__(self, folder, *inputs):
        self.folder, self.inputs, self._exports = Path(folder), inputs, {}
        self.path = self.folder / "graph.vouch"
        self.build = vouch("build", *inputs, "-o", self.path)
        assert self.build.code == FOUND, self.build.err

    def export(self, form, suffix, *options):
        """Path of an export and what the program said; made once for each kind of export."""
        name = "graph" + "".join(options) + suffix
        if name not in self._exports:
            path = self.folder / re.sub("[^A-Za-z0-9.-]", "_", name)
            done = vouch("export", self.path, "--format", form, *options, "-o", path)
            assert done.code == FOUND and done.out == b"", done.err
            self._exports[name] = path, done.err
        return self._exports[name]

    @cached_property
    def graphml_export(self):
        """Path of the GraphML and what the export said."""
        return self.export("graphml", ".graphml")

    @cached_property
    def rdf_export(self):
        return self.export("rdfxml", ".rdf")

    @property
    def graphml_path(self):
        return self.graphml_export[0]

    @property
    def rdf_path(self):
        return self.rdf_export[0]

    @cached_property
    def stats(self):
        [stats] = vouch("stats", self.path, "--json").lines
        return stats

    @cached_property
    def file(self):
        return VouchFile.read(self.path)

    @cached_property
    def graphml(self):
        return GraphML(self.graphml_path)

    @cached_property
    def rdf(self):
        return rdflib.Graph().parse(self.rdf_path, format="xml")

    @cached_property
    def records(self):
        """The reading records of the articles, by id."""
        done = vouch("extract", *self.inputs, "--with-text", "--with-syntax")
        assert done.code == FOUND, done.err
        return {record["doc"]: record for record in done.lines}

    def text(self, article, layer):
        """A source text: from the reading record, or, for metadata, from the RDF."""
        return self.records[article]["text"] if layer == "text" else self._metadata[article]

    @cached_property
    def _metadata(self):
        ns = rdflib.Namespace("https://vouch.example/ns#")
        nif = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
        articles = {
            rdflib.URIRef(node["uri"]): node["key"].removeprefix("article/")
            for node in self.graphml.nodes.values() if node["kind"] == "article"}
        return {
            articles[self.rdf.value(text, ns.article)]: str(self.rdf.value(text, nif.isString))
            for text in self.rdf.subjects(ns.layer, rdflib.Literal("metadata"))}

    @property
    def triples_told(self):
        """The number of triples that the export printed."""
        return int(re.search(r"(\d+) triples", self.rdf_export[1])[1])

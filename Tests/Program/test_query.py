"""The query command: the examples of its page, its forms of output, its messages."""

import json
import re

import pytest

from program import FAILED, FOUND, NOTHING, ROOT, vouch

GRAPH = str(ROOT / "exports/seeds.vouch")
PAGE = (ROOT / "Sources/Vouch/Vouch.docc/QueryLanguage.md").read_text()
EXAMPLES = re.findall(r"^```gql\n(.*?)^```$", PAGE, re.M | re.S)


def query(text, *options):
    return vouch("query", GRAPH, text, *options)


def values(text, *options):
    return [json.loads(line)["values"] for line in query(text, "--json", *options).text.splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_examples_of_the_page_find_something(example):
    found = query(example)
    assert found.code == FOUND, found.err
    assert len(found.text.splitlines()) > 2


def test_every_label_type_property_and_function_of_the_page_exists():
    listed = query("MATCH (a:Xyzzy) RETURN a").err
    labels = re.search(r"here are: (.*)", listed).group(1).split(", ")
    assert {"Actor", "Person", "Event", "Article"} < set(labels)
    for label in labels:
        assert f"`{label}`" in PAGE, label
    for edge in re.search(r"here are: (.*)", query("MATCH ()-[e:xyzzy]->() RETURN e").err).group(1).split(", "):
        assert f"`{edge}`" in PAGE, edge
    for pattern in "(a)", "()-[a]->()":
        for name in re.search(r"here are: (.*)", query(f"MATCH {pattern} RETURN a.xyzzyx").err).group(1).split(", "):
            assert f"`{name}`" in PAGE, name
    for name in re.search(r"here are: (.*)", query("RETURN xyzzyx(1)").err).group(1).split(", "):
        assert f"`{name}`" in PAGE or name in ("lower", "upper", "exists"), name


def test_a_table_is_aligned():
    lines = query("MATCH (c:Country) RETURN c.name AS name, c.mentions AS n ORDER BY name LIMIT 3").text.splitlines()
    assert len(lines) == 5
    assert len({len(line) for line in lines}) == 1
    assert re.fullmatch(r"─+  ─+", lines[1])


def test_json_lines_hold_nodes_edges_and_paths():
    row = values('MATCH p = ANY SHORTEST (a {name: "Zelenskyy"})-[e]-+(b {name: "Putin"}) RETURN a, e, p', "--evidence", "1")[0]
    assert row["a"]["kind"] == "person"
    assert row["p"]["length"] == len(row["e"]) == len(row["p"]["edges"])
    assert len(row["p"]["nodes"]) == row["p"]["length"] + 1
    assert all(edge["evidence"][0]["words"] for edge in row["e"])


def test_a_shortest_path_is_that_of_the_path_command():
    hops = json.loads(vouch("path", GRAPH, "Zelenskyy", "Putin", "--json").text.splitlines()[0])["hops"]
    kinds = "actor|recipient|co-actor|at|said|about|holds|toward|member-of|leads|part-of|contradicts"
    path = values(f'MATCH p = ANY SHORTEST (a {{name: "Zelenskyy"}})-[:{kinds}]-+(b {{name: "Putin"}}) RETURN p')[0]["p"]
    assert [node["id"] for node in path["nodes"]] == [hops[0]["from"]["id"]] + [hop["to"]["id"] for hop in hops]


def test_found_parts_as_dot():
    dot = query('MATCH p = (a {name: "Zelenskyy"})-[:holds]->() RETURN p LIMIT 2', "--format", "dot").text
    assert dot.startswith("digraph") and dot.count("->") == 2


def test_evidence_is_printed_below_each_row():
    text = query('MATCH (a {name: "Zelenskyy"})-[e:holds]->(s) RETURN e LIMIT 1', "--evidence", "2").text
    assert "confidence" in text and "^" in text


def test_dates_compare_with_strings_and_literals():
    after = values("MATCH (a:Article) WHERE a.published > '2025-12-28' RETURN count(*) AS n")
    assert after == values("MATCH (a:Article) WHERE a.published > DATE '2025-12-28' RETURN count(*) AS n")


def test_parameters():
    rows = values("MATCH (a {name: $who}) WHERE a.mentions > $least RETURN a.name AS name", "--param", "who=Zelenskyy", "--param", "least=0")
    assert rows == [{"name": "Volodymyr Zelenskyy"}]


def test_explain_tells_what_is_filtered_when():
    text = 'MATCH p = ANY SHORTEST (a {name: "Zelenskyy"})-[e WHERE e.sources > 1]-+(b:Person) WHERE length(p) < 9 RETURN p'
    for lines in query("EXPLAIN " + text).text, query(text, "--explain").text:
        assert "from (a {name: \"Zelenskyy\"}): 1 node" in lines
        assert "pre-filter, as each edge is admitted: e.sources > 1" in lines
        assert "post-filter, on each path found: length(p) < 9" in lines


@pytest.mark.parametrize("text, code, message", [
    ("MATCH (a:Persom) RETURN a", FAILED, "query:1:10: error[query.unknown-label]: no label is called \"Persom\"; did you mean Person?"),
    ("MATCH (a)-[e:holdz]->(b) RETURN a", FAILED, "did you mean holds?"),
    ("MATCH (a) RETURN a.nam", FAILED, "did you mean name?"),
    ('MATCH (a {name: "Zelenskyyy"}) RETURN a', NOTHING, "did you mean:"),
    ("MATCH (a)-[e]->*(b) RETURN a", FAILED, "--max-hops"),
    ("MATCH (a) DELETE a", FAILED, "queries only read"),
    ("MATCH (a)-[e]-{1,9}(b) RETURN count(*)", FAILED, "--budget"),
])
def test_mistakes(text, code, message):
    found = query(text, "--budget", "100000")
    assert found.code == code
    assert message in found.err


def test_carets_stand_under_the_place():
    lines = query("MATCH (a:Persom) RETURN a").err.splitlines()
    assert lines[-2:] == ["  MATCH (a:Persom) RETURN a", "           ^^^^^^"]


def test_nothing_found_is_no_failure():
    found = query("MATCH (a:Person {country: 'nowhere'}) RETURN a")
    assert found.code == NOTHING and not found.text

"""The flags of vouch path, beside NetworkX on the exported graph."""

import json
import math
import random

import networkx
import pytest
from program import FOUND, NOTHING, vouch

PROVENANCE = {"reports", "published-by", "from-agency", "written-by", "same-story-as"}


@pytest.fixture(scope="session")
def graph(built):
    """The graph without provenance, parallel edges merged, as a reader of the export sees it; so the pairs that are asked."""
    graph = networkx.Graph()
    graph.add_nodes_from(built.graphml.nodes)
    for edge in built.graphml.edges.values():
        if edge["label"] not in PROVENANCE:
            graph.add_edge(edge["<"], edge[">"])
            graph.edges[edge["<"], edge[">"]].setdefault("confidence", []).extend(
                piece["confidence"] for piece in json.loads(edge["evidence"]))
            graph.edges[edge["<"], edge[">"]].setdefault("kinds", set()).add(edge["label"])
    return graph


@pytest.fixture(scope="session")
def pairs(graph):
    chance = random.Random(11)
    nodes = sorted(max(networkx.connected_components(graph), key=len))
    return [chance.sample(nodes, 2) for _ in range(12)]


def ask(built, a, b, *options):
    done = vouch("path", built.path, a, b, "--json", *options)
    return [line for line in done.lines if line["type"] == "path"]


def nodes(path):
    return [path["hops"][0]["from"]["id"]] + [hop["to"]["id"] for hop in path["hops"]]


def test_all_shortest_paths_are_those_of_networkx(built, graph, pairs):
    for a, b in pairs:
        expected = {tuple(path) for path in networkx.all_shortest_paths(graph, a, b)}
        found = [tuple(nodes(path)) for path in ask(built, a, b, "--all-shortest", "--k", "1000", "--max-hops", "20")]
        assert len(found) == len(expected) and set(found) == expected


def test_k_paths_are_as_long_as_those_of_networkx(built, graph, pairs):
    for a, b in pairs[:6]:
        expected = []
        for path in networkx.shortest_simple_paths(graph, a, b):
            expected.append(len(path) - 1)
            if len(expected) == 15:
                break
        assert [len(path["hops"]) for path in ask(built, a, b, "--k", "15", "--max-hops", "20")] == expected


def test_hubs_and_kinds_are_kept_out_while_searching(built, graph, pairs):
    kinds = networkx.Graph([(a, b) for a, b, data in graph.edges(data=True) if data["kinds"] & {"holds", "toward", "actor"}])
    full = networkx.Graph((e["<"], e[">"]) for e in built.graphml.edges.values())
    full.add_nodes_from(graph)
    for a, b in pairs:
        calm = graph.subgraph([node for node in graph if full.degree(node) <= 12 or node in (a, b)])
        for space, options in (calm, ["--max-degree", "12"]), (kinds, ["--type", "holds", "--type", "toward", "--type", "actor"]):
            found = ask(built, a, b, "--max-hops", "20", *options)
            if a in space and b in space and networkx.has_path(space, a, b):
                assert len(found[0]["hops"]) == networkx.shortest_path_length(space, a, b)
            else:
                assert not found


def test_weights_decide(built, graph, pairs):
    weighted = networkx.Graph()
    for a, b, data in graph.edges(data=True):
        weighted.add_edge(a, b, weight=round(-1000 * math.log(max(data["confidence"]))))
    for a, b in pairs:
        [path] = ask(built, a, b, "--weight", "confidence", "--max-hops", "32")
        assert round(path["weight"] * 1000) == networkx.dijkstra_path_length(weighted, a, b)


def test_evidence_is_only_what_was_asked_for(built, pairs):
    asked = 0
    name = next(edge["prov_article"] for edge in built.graphml.edges.values() if edge["label"] == "holds")
    for a, b in pairs:
        for option, value, holds in (
            ("--min-confidence", "0.9", lambda piece: piece["confidence"] >= 0.9), ("--from-doc", name, lambda piece: piece["article"] == name)):
            for path in ask(built, a, b, option, value, "--k", "3"):
                pieces = [piece for hop in path["hops"] for edge in hop["edges"] for piece in edge["evidence"]]
                assert pieces and all(map(holds, pieces))
                asked += len(pieces)
    assert asked


def test_days_of_a_chronological_path_never_go_back(built, pairs):
    found = 0
    for a, b in pairs:
        for path in ask(built, a, b, "--chronological", "--k", "2"):
            days = [hop["day"] for hop in path["hops"]]
            assert days == sorted(days)
            found += 1
    assert found


def test_budget_and_explanation_speak(built):
    done = vouch("path", built.path, "Zelensky", "Putin", "--budget-edges", "3")
    assert done.code == NOTHING and "stopped" in done.err and "--budget-edges" in done.err
    [none] = vouch("path", built.path, "Zelensky", "Putin", "--budget-edges", "3", "--json").lines
    assert none["type"] == "none" and "stopped" in none["reason"]
    done = vouch("path", built.path, "Zelensky", "Putin", "--max-degree", "50", "--explain")
    assert done.code == FOUND and "looked at" in done.err and "50 neighbours at most" in done.err
    paths, explained = vouch("path", built.path, "Zelensky", "Putin", "--json", "--explain").lines
    assert (paths["type"], explained["type"]) == ("path", "explain")


def test_no_clock_shows(built):
    answers = {vouch("path", built.path, "Zelensky", "Putin", "--k", "20", "--weight", "recency", "--explain").out for _ in range(3)}
    assert len(answers) == 1


def test_the_formats_hold_the_same_paths(built):
    options = ["path", built.path, "Zelensky", "Putin", "--k", "3"]
    paths = vouch(*options, "--format", "jsonl").lines
    [document] = vouch(*options, "--format", "json").lines
    assert document["paths"] == paths and document["complete"] and document["reason"] is None
    passed = {name for path in paths for name in nodes(path)}
    edges = {edge["id"] for path in paths for hop in path["hops"] for edge in hop["edges"]}
    graphml = networkx.parse_graphml(vouch(*options, "--format", "graphml").out.decode(), force_multigraph=True)
    assert set(graphml) == passed and {key for _, _, key in graphml.edges(keys=True)} == edges
    assert all(graphml.nodes[name]["label"] == built.graphml.nodes[name]["label"] for name in passed)
    dot = vouch(*options, "--format", "dot").out.decode()
    assert all(f"  {name} [label=" in dot for name in passed) and dot.count(" -> ") == len(edges)

"""The command line: what it prints where, how it ends, and what it says when something is wrong."""

import json
import os
import pty
import random
import re
import shutil
import subprocess

import networkx
import pytest

from program import BINARY, ENVIRONMENT, FAILED, FOUND, NOTHING, SEEDS, USAGE, vouch

ESCAPE = b"\x1b"


# Paths and names


def test_path_is_found_with_its_evidence(built):
    done = vouch("path", built.path, "Zelensky", "Putin", "--evidence")
    assert done.code == FOUND and done.err == ""
    assert re.match(r"Path 1: \d+ hops?, weakest: hop \d+ with \d+ independent sources?\n", done.text)
    assert "Volodymyr Zelenskyy  (person, n" in done.text and "Vladimir Putin  (person, n" in done.text
    assert "^^^" in done.text, "the words are marked"


def test_path_as_json_leads_to_the_words(built):
    [path] = vouch("path", built.path, "Zelensky", "Putin", "--json").lines
    assert path["type"] == "path" and path["hops"][0]["from"]["label"] == "Volodymyr Zelenskyy"
    for before, after in zip(path["hops"], path["hops"][1:]):
        assert before["to"] == after["from"]
    for hop in path["hops"]:
        assert hop["sources"] >= 1 and hop["edges"]
        for edge in hop["edges"]:
            data = built.graphml.edges[edge["id"]]
            ends = [hop["from"]["id"], hop["to"]["id"]]
            assert [data["<"], data[">"]] == (ends if edge["forward"] else ends[::-1])
            for piece in edge["evidence"]:
                assert piece["words"] == built.text(piece["article"], piece["layer"])[piece["start"]:piece["end"]]


def test_several_paths_are_numbered_distinct_and_ever_longer(built):
    paths = vouch("path", built.path, "Zelensky", "Putin", "--k", "5", "--json").lines
    assert [path["number"] for path in paths] == list(range(1, len(paths) + 1)) and len(paths) == 5
    lengths = [len(path["hops"]) for path in paths]
    assert lengths == sorted(lengths)
    nodes = [tuple(hop["to"]["id"] for hop in path["hops"]) for path in paths]
    assert len(set(nodes)) == len(nodes)


def test_shortest_paths_are_as_short_as_those_of_networkx(built):
    """Over edges in both directions, without those that tell where a report comes from."""
    provenance = {"reports", "published-by", "from-agency", "written-by", "same-story-as"}
    graph = networkx.Graph()
    graph.add_nodes_from(built.graphml.nodes)
    graph.add_edges_from((e["<"], e[">"]) for e in built.graphml.edges.values() if e["label"] not in provenance)
    lengths = dict(networkx.all_pairs_shortest_path_length(graph, cutoff=6))
    chance = random.Random(7)
    for _ in range(40):
        a, b = chance.sample(sorted(built.graphml.nodes), 2)
        done = vouch("path", built.path, a, b, "--json")
        if b in lengths[a]:
            assert (done.code, len(done.lines[0]["hops"])) == (FOUND, lengths[a][b])
        else:
            assert (done.code, done.lines[0]["type"]) == (NOTHING, "none")


def test_path_counts_only_evidence_of_the_days_asked_for(built):
    published = {
        node["key"].removeprefix("article/"): node.get("published", "") for node in built.graphml.nodes.values()}
    done = vouch("path", built.path, "Zelensky", "Putin", "--since", "2025-12-30", "--until", "2025-12", "--json")
    days = {published[piece["article"]] for hop in done.lines[0]["hops"] for edge in hop["edges"] for piece in edge["evidence"]}
    assert days and all("2025-12-30" <= day <= "2025-12-31" for day in days)


def test_path_avoids_and_passes_what_it_is_told_to(built):
    def nodes(*options):
        paths = vouch("path", built.path, "Zelensky", "Putin", "--json", *options).lines
        return [hop["to"]["id"] for hop in paths[0]["hops"]]

    first = nodes()[0]
    assert first not in nodes("--avoid", first)
    [trump] = [name for name, node in built.graphml.nodes.items() if node["label"] == "Donald Trump"]
    assert trump in nodes("--via", "Trump")


@pytest.mark.parametrize("options, reason", [
    (["--max-hops", "1"], "hop"),
    (["--min-sources", "99"], "reached"),
    (["--since", "2031-01-01"], "reached"),
    (["--avoid", "Putin"], "avoid"),
])
def test_no_path_says_why(built, options, reason):
    done = vouch("path", built.path, "Zelensky", "Putin", *options)
    assert (done.code, done.out) == (NOTHING, b"")
    assert "no path" in done.err and reason in done.err


def test_no_path_from_a_node_to_itself(built):
    done = vouch("path", built.path, "Zelensky", "Zelenskyy")
    assert done.code == NOTHING and "same node" in done.err


@pytest.mark.parametrize("name, candidate", [
    ("Zelenksy", "Volodymyr Zelenskyy"), ("Vladimir Puttin", "Vladimir Putin"), ("Donald Tramp", "Donald Trump")])
@pytest.mark.parametrize("command", ["path", "show"])
def test_misspelt_name_lists_candidates(built, command, name, candidate):
    done = vouch(command, built.path, *(["Ukraine"] if command == "path" else []), name)
    assert (done.code, done.out) == (NOTHING, b"")
    assert name in done.err and candidate in done.err and "did you mean" in done.err


def test_unknown_name_without_candidates(built):
    done = vouch("show", built.path, "Xyzzyqwertyplugh")
    assert done.code == NOTHING and "nothing called" in done.err


@pytest.mark.parametrize("name", ["Zelensky", "ZELENSKY", "Volodymyr Zelensky", "zelenskyy", "Volodymyr Zelenskyy"])
def test_case_and_spelling_of_names_do_not_matter(built, name):
    [shown] = vouch("show", built.path, name, "--json").lines
    assert shown["label"] == "Volodymyr Zelenskyy"


def test_ambiguous_name_lists_the_choices(tmp_path):
    record = {"id": "a", "outlet": "Quill Harbour", "authors": ["Quill Harbour"],
              "text": "Storm closes the port\n\nThe port of Lisbon closed on Monday. Ferries stay in the harbour."}
    graph = tmp_path / "g.vouch"
    assert vouch("build", "-", "-o", graph, stdin=json.dumps(record).encode()).code == FOUND
    done = vouch("show", graph, "quill harbour")
    assert (done.code, done.out) == (FAILED, b"")
    choices = re.findall(r"\bn\d+", done.err)
    assert len(choices) == 2 and "(outlet" in done.err and "(author" in done.err
    assert vouch("show", graph, choices[0]).code == FOUND


# Show, why, stats, check


def test_show_prints_names_facts_edges_and_articles(built):
    done = vouch("show", built.path, "Putin")
    assert done.code == FOUND and done.text.startswith("Vladimir Putin  (person, n")
    assert "  key         person:vladimir-putin\n" in done.text
    assert re.search(r"in \d+ articles, \d+ mentions", done.text)


@pytest.mark.parametrize("edge", ["e0", "0"])
def test_why_prints_the_sentence_with_the_words_marked(built, edge):
    done = vouch("why", built.path, edge)
    assert done.code == FOUND
    first = json.loads(built.graphml.edges["e0"]["evidence"])[0]
    assert first["article"] in done.text and first["rule"] in done.text
    assert re.search(r"^ +\^+$", done.text, re.M)


@pytest.mark.parametrize("edge", ["e999999", "x", "-1", "e", "e99999999999999999999999"])
def test_why_of_no_edge(built, edge):
    done = vouch("why", built.path, "--", edge)
    assert (done.code, done.out) == (NOTHING, b"") and "there is no edge" in done.err


def test_check_finds_a_good_graph_sound(built):
    done = vouch("check", built.path)
    assert done.code == FOUND and done.text.startswith("sound: ")
    [report] = vouch("check", built.path, "--json").lines
    assert (report["problems"], report["evidence_verified"]) == (0, built.stats["evidence"])


def test_stats_in_words_are_stats_in_numbers(built):
    text = vouch("stats", built.path).text
    for kind, count in (built.stats["nodes_by_kind"] | built.stats["edges_by_kind"]).items():
        assert re.search(rf"^ +{count} {kind}$", text, re.M)


def test_build_tells_what_it_made(tmp_path):
    done = vouch("build", SEEDS, "-o", tmp_path / "g.vouch", "--json")
    [made] = done.lines
    assert made["type"] == "build" and made["failed"] == 0 and made["articles"] >= 10
    assert made["bytes"] == (tmp_path / "g.vouch").stat().st_size


def test_export_tells_what_it_wrote_as_json(built, tmp_path):
    file = tmp_path / "g.rdf"
    [summary] = vouch("export", built.path, "--format", "rdfxml", "-o", file, "--json").lines
    assert summary["type"] == "export" and summary["bytes"] > 0 and summary["triples"] == built.triples_told
    assert (summary["nodes"], summary["edges"]) == (built.stats["nodes"], built.stats["edges"])
    assert vouch("export", built.path, "--format", "rdfxml", "--json").code == USAGE


# Streams, colours, exit codes


QUESTIONS = [
    ["path", "GRAPH", "Zelensky", "Putin"], ["path", "GRAPH", "Zelensky", "Putin", "--evidence"], ["show", "GRAPH", "Trump"],
    ["why", "GRAPH", "e1"], ["stats", "GRAPH"], ["check", "GRAPH"], ["ontology"]]
JSON_QUESTIONS = [question + ["--json"] for question in QUESTIONS[:-1]] + [
    ["path", "GRAPH", "Zelensky", "Putin", "--max-hops", "1", "--json"], ["extract", str(SEEDS)]]


def on(graph, question):
    return [graph.path if word == "GRAPH" else word for word in question]


@pytest.mark.parametrize("question", JSON_QUESTIONS, ids=" ".join)
def test_json_is_one_object_to_a_line(built, question):
    done = vouch(*on(built, question))
    assert done.lines and all(isinstance(line, dict) for line in done.lines)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_no_colour_in_a_pipe_and_nothing_on_standard_error(built, question):
    done = vouch(*on(built, question))
    assert (done.code, done.err) == (FOUND, "") and done.out and ESCAPE not in done.out


def in_terminal(*arguments, **env):
    """What a command prints on a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen([BINARY, *map(str, arguments)], stdout=slave, stdin=slave, stderr=slave, env=ENVIRONMENT | env)
    os.close(slave)
    printed = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        printed += chunk
    os.close(master)
    assert process.wait(timeout=30) == FOUND
    return printed


@pytest.mark.parametrize("options, env, colours", [
    ([], {}, True), ([], {"NO_COLOR": "1"}, False), ([], {"NO_COLOR": ""}, True), (["--color", "never"], {}, False),
    (["--color", "always"], {"NO_COLOR": "1"}, True)])
def test_colour_on_a_terminal(built, options, env, colours):
    assert (ESCAPE in in_terminal("why", built.path, "e1", *options, **env)) == colours


def test_colour_always(built):
    assert ESCAPE + b"[4m" in vouch("why", built.path, "e1", "--color", "always").out


def test_progress_only_on_a_terminal(tmp_path):
    assert b"articles read" in in_terminal("build", SEEDS, "-o", tmp_path / "a.vouch")
    done = vouch("build", SEEDS, "-o", tmp_path / "b.vouch")
    assert done.out == b"" and "articles read" not in done.err and "15 articles" in done.err
    assert vouch("build", SEEDS, "-o", tmp_path / "c.vouch", "--quiet").err == ""


@pytest.mark.parametrize("arguments", [
    ["nonsense"], ["build"], ["build", "-", "-"], ["build", "a", "--threads", "0"], ["build", "a", "--published", "soon"],
    ["build", "a", "--published", "2025-02-30"], ["build", "a", "--max-size", "0"], ["build", "a", "--bogus"],
    ["extract"], ["export", "g"], ["export", "g", "--format", "pdf"], ["export", "g", "--format", "graphml", "--base", "x"],
    ["export", "g", "--format", "graphml", "--base", "https://a b/"], ["path", "g", "A"], ["path", "g", "A", "B", "--k", "0"],
    ["path", "g", "A", "B", "--k", "x"], ["path", "g", "A", "B", "--max-hops", "99"], ["path", "g", "A", "B", "--type", "likes"],
    ["path", "g", "A", "B", "--weight", "luck"], ["path", "g", "A", "B", "--stance", "likes"], ["path", "g", "A", "B", "--timeout", "0"],
    ["path", "g", "A", "B", "--format", "dot", "--json"],
    ["path", "g", "A", "B", "--since", "yesterday"], ["path", "g", "A", "B", "--min-sources", "0"], ["show", "g"], ["why", "g"],
    ["stats"], ["check"], ["stats", "g", "--color", "pink"],
], ids=" ".join)
def test_wrong_usage(arguments):
    done = vouch(*arguments)
    assert (done.code, done.out) == (USAGE, b"") and "Error:" in done.err and "Usage:" in done.err


@pytest.mark.parametrize("command", ["build", "extract", "export", "path", "show", "why", "stats", "check", "ontology"])
def test_help_tells_the_exit_codes(command):
    done = vouch(command, "--help")
    assert (done.code, done.err) == (FOUND, "") and "USAGE:" in done.text
    assert re.search(r"Exit\s+codes:\s+0\s", done.text) and re.search(r"64\s+wrong\s+usage", done.text)


def test_version():
    done = vouch("--version")
    assert done.code == FOUND and re.match(r"vouch \d+\.\d+\.\d+\n", done.text)


@pytest.mark.parametrize("question", [
    ["stats", "GRAPH"], ["path", "GRAPH", "A", "B"], ["show", "GRAPH", "A"], ["why", "GRAPH", "e0"], ["check", "GRAPH"],
    ["export", "GRAPH", "--format", "rdfxml"]], ids=lambda q: q[0])
def test_missing_graph(tmp_path, question):
    done = vouch(*[tmp_path / "none.vouch" if word == "GRAPH" else word for word in question])
    assert (done.code, done.out) == (FAILED, b"") and "none.vouch: error[" in done.err


@pytest.mark.parametrize("question", [
    ["extract", SEEDS, "--with-text", "--with-syntax"], ["export", "GRAPH", "--format", "graphml"],
    ["export", "GRAPH", "--format", "rdfxml"], ["ontology", "gazetteers/cities.tsv"]], ids=lambda q: str(q[-1]))
def test_reader_that_goes_away_is_no_error(built, question):
    """As in `vouch extract … | head -1`."""
    process = subprocess.Popen([BINARY, *on(built, question)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    assert (process.wait(timeout=60), err) == (FOUND, b"")


@pytest.mark.parametrize("question", [
    ["stats", "GRAPH"], ["extract", SEEDS], ["export", "GRAPH", "--format", "graphml"], ["ontology", "vouch.ttl"]],
    ids=lambda q: q[0])
def test_full_standard_output_is_told(built, question):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([BINARY, *on(built, question)], stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=60)
    assert done.returncode == FAILED and b"No space left" in done.stderr


@pytest.mark.parametrize("form", ["graphml", "rdfxml"])
def test_full_output_file_is_told(built, form):
    done = vouch("export", built.path, "--format", form, "-o", "/dev/full")
    assert done.code == FAILED and "No space left" in done.err


@pytest.mark.parametrize("command", [["build", "IN"], ["export", "GRAPH", "--format", "graphml"]], ids=lambda c: c[0])
@pytest.mark.parametrize("place", ["missing/folder/out", "."])
def test_unwritable_place_is_told(built, tmp_path, command, place):
    words = {"IN": SEEDS, "GRAPH": built.path}
    done = vouch(*[words.get(word, word) for word in command], "-o", tmp_path / place)
    assert (done.code, done.out) == (FAILED, b"") and "error[" in done.err
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


# Build


def test_existing_graph_is_replaced_only_on_request(tmp_path):
    graph = tmp_path / "g.vouch"
    graph.write_bytes(b"mine")
    done = vouch("build", SEEDS, "-o", graph)
    assert done.code == FAILED and "--replace" in done.err and graph.read_bytes() == b"mine"
    assert vouch("build", SEEDS, "-o", graph, "--replace").code == FOUND
    assert vouch("check", graph).code == FOUND
    assert [path.name for path in tmp_path.iterdir()] == ["g.vouch"]


def test_device_is_no_file_to_replace(tmp_path):
    """What is no ordinary file stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = vouch("build", SEEDS, "-o", pipe, "--replace")
    assert done.code == FAILED and pipe.is_fifo()


def test_binary_alone_in_an_empty_folder_with_an_empty_environment(tmp_path):
    binary = tmp_path / "vouch"
    shutil.copy(BINARY, binary)
    article = b"Leaders meet\n\nEmmanuel Macron met Friedrich Merz in Paris on Monday."
    done = vouch("build", "-", "-o", "g.vouch", stdin=article, cwd=tmp_path, env={}, binary=binary)
    assert done.code == FOUND, done.err
    assert "Emmanuel Macron" in vouch("show", "g.vouch", "Emmanuel Macron", cwd=tmp_path, env={}, binary=binary).text
    done = vouch("export", "g.vouch", "--format", "rdfxml", cwd=tmp_path, env={}, binary=binary)
    assert done.code == FOUND and done.out


PEOPLE = "# title: t\n# source: s\n# licence: l\n# columns: id\tname\taliases\tgender\tcountry\twikidata\n"


def graph_with_tables(tmp_path, tables, text):
    folder = tmp_path / "tables"
    for name, table in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(table)
    graph = tmp_path / "g.vouch"
    done = vouch("build", "-", "-o", graph, "--ontology", folder, stdin=text.encode())
    return graph, done


@pytest.mark.parametrize("file", ["people.tsv", "gazetteers/people.tsv"])
def test_own_table_adds_a_person(tmp_path, file):
    row = "person:quillon-ostrander\tQuillon Ostrander\tOld Quillon\tm\tPT\tQ999999999\n"
    graph, done = graph_with_tables(
        tmp_path, {file: PEOPLE + row}, "Talks in Lisbon\n\nOn Monday Old Quillon met Emmanuel Macron in Lisbon.")
    assert done.code == FOUND, done.err
    [shown] = vouch("show", graph, "Quillon Ostrander", "--json").lines
    assert (shown["key"], shown["aliases"]) == ("person:quillon-ostrander", ["Old Quillon"])
    assert shown["properties"]["wikidata"] == "Q999999999"


def test_own_row_replaces_a_built_in_one(tmp_path):
    row = "person:emmanuel-macron\tThe French President\tEmmanuel Macron|Macron\tm\tFR\t\n"
    graph, done = graph_with_tables(
        tmp_path, {"people.tsv": PEOPLE + row}, "Talks in Lisbon\n\nOn Monday Emmanuel Macron met Friedrich Merz in Lisbon.")
    assert done.code == FOUND, done.err
    [shown] = vouch("show", graph, "Emmanuel Macron", "--json").lines
    assert (shown["key"], shown["label"]) == ("person:emmanuel-macron", "The French President")


@pytest.mark.parametrize("tables, words", [
    ({}, "cannot read"),
    ({"dragons.tsv": PEOPLE}, "no table is called"),
    ({"people.tsv": "person:a\tA\n"}, "people.tsv:1"),
    ({"people.tsv": PEOPLE + "person:a\tA\n"}, "people.tsv:5"),
], ids=["no folder", "unknown table", "no columns", "too few cells"])
def test_bad_own_table_is_told(tmp_path, tables, words):
    graph, done = graph_with_tables(tmp_path, tables, "Some text about Paris.")
    assert (done.code, done.out) == (FAILED, b"") and words in done.err and not graph.exists()


# What comes with an article


def extract(*arguments, **options):
    done = vouch("extract", *arguments, **options)
    assert done.code == FOUND, done.err
    return done.lines


UNDATED = b"Rates rise\n\nThe European Central Bank raised rates. Christine Lagarde said that more would follow."


def test_published_dates_articles_that_state_no_date():
    [record] = extract("-", "--published", "2025-12-29", stdin=UNDATED)
    assert record["metadata"]["published"] == "2025-12-29"
    [record] = extract("-", stdin=UNDATED)
    assert record["metadata"]["published"] is None, "an unknown date is unknown"
    dated = json.dumps({"id": "x", "text": UNDATED.decode(), "published": "2024-05-06"}).encode()
    [record] = extract("-", "--published", "2025-12-29", stdin=dated)
    assert record["metadata"]["published"] == "2024-05-06", "what the article states comes first"


FACTS = {
    "title": "Rates rise", "url": "https://example.org/rates", "outlet": "The Example", "agency": "Reuters",
    "authors": ["Ann Example", "Bo Example"], "published": "2026-01-05"}


def test_metadata_file_beside_an_article(tmp_path):
    (tmp_path / "rates.txt").write_bytes(UNDATED)
    (tmp_path / "rates.meta.json").write_text(json.dumps(FACTS))
    [record] = extract(tmp_path)
    assert {key: record["metadata"][key] for key in FACTS} == FACTS
    vouch("build", tmp_path, "-o", tmp_path / "g.vouch")
    for name, kind in [("The Example", "outlet"), ("Reuters", "agency"), ("Ann Example", "author")]:
        [shown] = vouch("show", tmp_path / "g.vouch", name, "--json").lines
        assert shown["kind"] == kind


def test_bad_metadata_file_is_told_and_the_article_read(tmp_path):
    (tmp_path / "rates.txt").write_bytes(UNDATED)
    (tmp_path / "rates.meta.json").write_text("{ not json")
    done = vouch("extract", tmp_path)
    assert "rates.meta.json" in done.err and len(done.lines) == 1


@pytest.mark.parametrize("article", [
    UNDATED,
    b"<!DOCTYPE html><html><head><title>Rates rise</title></head><body><h1>Rates rise</h1><p>The European Central Bank "
    b"raised rates.</p><p>Christine Lagarde said that more would follow.</p></body></html>",
    json.dumps({"id": "rates", "text": UNDATED.decode()}).encode() + b"\n",
], ids=["text", "HTML", "JSON Lines"])
def test_standard_input(article):
    [record] = extract("-", "--with-text", stdin=article)
    assert "raised rates." in record["text"] and "<" not in record["text"]
    assert "European Central Bank" in [entity["name"] for entity in record["entities"]]


def test_records_keep_the_order_of_the_input_and_their_ids(tmp_path):
    ids = [f"story-{number * 7919 % 50:02}" for number in range(50)]
    texts = ["Emmanuel Macron spoke in Paris. " * (1 + number % 9) for number in range(50)]
    lines = [json.dumps({"id": name, "text": text}) for name, text in zip(ids, texts)]
    done = extract("-", "--threads", "4", stdin="\n".join(lines).encode())
    assert [record["doc"] for record in done] == ids


def test_records_without_ids_are_kept_apart(tmp_path):
    lines = [json.dumps({"text": f"Emmanuel Macron spoke in {place}."}) for place in ("Paris", "Berlin", "Rome")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert len({record["doc"] for record in extract(tmp_path / "a.jsonl")}) == 3


# The reading record

RECORD = {
    "doc": str, "metadata": dict, "body": list, "blocks": list, "sentences": list, "entities": list, "times": list,
    "attributions": list, "events": list, "stances": list, "diagnostics": list}
METADATA = {"title", "authors", "outlet", "agency", "published", "modified", "section", "url", "language", "retrieved"}
ITEMS = {
    "blocks": {"start", "end", "kind"},
    "tokens": {"sentence", "start", "end", "lemma", "upos", "xpos", "head", "deprel"},
    "names": {"start", "end", "label"},
    "entities": {"id", "type", "name", "wikidata", "mentions"},
    "times": {"start", "end", "value", "type", "from", "to"},
    "attributions": {"id", "source", "source_span", "cue", "content", "form"},
    "events": {"id", "type", "mode", "trigger", "participants", "place", "date", "modality", "rule"},
    "stances": {"id", "holder", "target", "target_label", "polarity", "kind", "evidence", "rule"},
}
VALUES = {
    ("blocks", "kind"): "title byline heading paragraph item caption quote boilerplate",
    ("names", "label"): "PER ORG LOC FAC NORP EVENT PRODUCT DATE MONEY",
    ("entities", "type"): "person organization government group place facility other",
    ("times", "type"): "date time duration set",
    ("attributions", "form"): "direct indirect mixed",
    ("events", "type"): "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
                        "MOBILIZE COERCE ASSAULT STATEMENT OTHER",
    ("events", "modality"): "asserted alleged denied planned hypothetical demanded negated",
    ("stances", "polarity"): "support oppose conditional neutral",
    ("stances", "kind"): "endorse reject demand condemn doubt deny accuse promise warn praise call-for welcome",
}
SPANS = [("attributions", "source_span"), ("attributions", "cue"), ("attributions", "content"), ("events", "trigger"),
         ("stances", "evidence")]


def ranges(field):
    """A range, or a list of them, or nothing."""
    if not field:
        return []
    return field if isinstance(field[0], list) else [field]


def test_record_has_the_fields_of_its_contract(built):
    for record in built.records.values():
        assert {key: type(record.get(key)) for key in RECORD} == RECORD
        assert {"text", "tokens", "names"} <= set(record)
        assert set(record["metadata"]) == METADATA
        for key, fields in ITEMS.items():
            for item in record[key]:
                assert fields <= set(item), (key, item)
        for (key, field), values in VALUES.items():
            assert {item[field] for item in record[key]} <= set(values.split()), (key, field)


def test_text_and_syntax_come_only_on_request():
    for record in extract(SEEDS):
        assert set(RECORD) <= set(record) and not {"text", "tokens", "names"} & set(record)


def test_offsets_are_code_points_inside_the_text(built):
    for record in built.records.values():
        text = record["text"]
        spans = [record["body"], *record["sentences"]]
        spans += [[item["start"], item["end"]] for key in ("blocks", "tokens", "names", "times") for item in record[key]]
        spans += [span for key, field in SPANS for item in record[key] for span in ranges(item[field])]
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end], "no white space at the ends"
        for entity in record["entities"]:
            # A country may be known by adjectives alone, which are no mentions.
            assert entity["mentions"] or entity["type"] == "government"
            for mention in entity["mentions"]:
                assert mention["kind"] in ("name", "nominal", "pronoun")
                assert text[mention["start"]:mention["end"]] == mention["text"] != ""


def test_blocks_sentences_and_tokens_ascend_without_overlap(built):
    for record in built.records.values():
        for spans in (record["sentences"], *([[i["start"], i["end"]] for i in record[key]] for key in ("blocks", "tokens", "names"))):
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:]))
        for token in record["tokens"]:
            start, end = record["sentences"][token["sentence"]]
            assert start <= token["start"] < token["end"] <= end


def test_references_inside_a_record_lead_somewhere(built):
    for record in built.records.values():
        entities = {entity["id"] for entity in record["entities"]}
        events = {event["id"] for event in record["events"]}
        for key in ("entities", "attributions", "events", "stances"):
            identities = [item["id"] for item in record[key]]
            assert len(set(identities)) == len(identities)
        assert {a["source"] for a in record["attributions"]} <= entities | {None}
        assert {p["entity"] for e in record["events"] for p in e["participants"]} <= entities
        assert {p["role"] for e in record["events"] for p in e["participants"]} <= {"actor", "recipient", "co-actor"}
        assert {e["place"] for e in record["events"]} <= entities | {None}
        assert {s["holder"] for s in record["stances"]} <= entities
        assert {s["target"] for s in record["stances"]} <= entities | events | {None}


def test_known_names_are_found(built):
    """Whatever else is missed, the best known names of the sample articles are there."""
    wanted = {
        "Volodymyr Zelenskyy", "Vladimir Putin", "Donald Trump", "Sergei Lavrov", "Yuri Ushakov", "Friedrich Merz", "Ukraine",
        "Russia", "Donbas", "Palm Beach"}
    assert wanted - {node["label"] for node in built.graphml.nodes.values()} == set()

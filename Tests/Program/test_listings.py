"""Listings: events, stances, statements, conflicts and sources, over articles written for the purpose."""

import json

import pytest

from program import FAILED, FOUND, NOTHING, USAGE, Built, vouch

WIRE = """{head}

The harbour board of Ystad said on Monday that the ferry line to the islands will close for three weeks in April, when both piers are \
rebuilt and the terminal gets a new roof. The board's director, Ilona Barta, promised that buses would run to the northern port \
every hour and that nobody would pay more than before. Fishermen had asked for a later date because the herring season begins in \
spring, but the builders could not wait, she said. The work was put off twice after storms in autumn had sunk a crane barge."""

ARTICLES = [
    {"id": "gull", "outlet": "The Gull", "agency": "Coast Press Agency", "published": "2026-03-03", "text": WIRE.format(head="Ferries stop in April")},
    {"id": "heron", "outlet": "The Heron", "agency": "Coast Press Agency", "published": "2026-03-04",
     "text": WIRE.format(head="Three weeks without a ferry").replace(" The work was put off twice after storms in autumn had sunk a crane barge.", "")},
    {"id": "tern", "outlet": "The Tern", "published": "2026-03-03", "text":
     "Barta meets miners\n\nFinance Minister Ilona Barta met Sergei Kuznetsov in Brno on Monday. The Miners' Federation rejected the temporary ceasefire."},
    {"id": "skua", "outlet": "The Skua", "published": "2026-03-03", "text":
     "Talks in Brno\n\nFinance Minister Ilona Barta met Sergey Kuznetsov in Brno on 2 March. The Miners' Federation backs a truce."},
    {"id": "auk", "outlet": "The Auk", "published": "2026-03-04", "text":
     "A denial\n\nFinance Minister Ilona Barta denied that she met Sergey Kuznetsov in Brno on Monday."},
]


@pytest.fixture(scope="module")
def coast(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coast")
    (folder / "coast.jsonl").write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    return Built(folder, folder / "coast.jsonl")


def listed(graph, command, *options, code=FOUND):
    done = vouch(command, graph.path, *options, "--json")
    assert done.code == code, done.err
    return done.lines


def labels(nodes):
    return sorted(node["label"] for node in nodes)


def test_two_articles_that_tell_of_one_meeting_are_one_event(coast):
    [event] = listed(coast, "events", "--type", "CONSULT", "--modality", "asserted", "--actor", "Sergei Kuznetsov")
    assert event["articles"] == ["skua", "tern"] and event["sources"] == 2
    assert labels(event["witnesses"]) == ["The Skua", "The Tern"]
    assert event["properties"]["date"] == "2026-03-02"
    [reason] = event["merged"]
    assert reason.startswith("skua, tern: event.participants-day")


def test_what_one_tells_and_another_denies_is_a_conflict_with_both_sides_words(coast):
    [conflict] = listed(coast, "conflicts", "--type", "CONSULT", "--evidence")
    assert conflict["rule"] == "conflict.denied"
    sides = {side["properties"]["modality"]: side for side in conflict["sides"]}
    assert sides["denied"]["articles"] == ["auk"] and sides["asserted"]["articles"] == ["skua", "tern"]
    assert all(side["evidence"] for side in sides.values())
    [why] = vouch("why", coast.path, conflict["id"], "--json").lines
    assert (why["kind"], {piece["article"] for piece in why["evidence"]}) == ("contradicts", {"auk", "skua", "tern"})


def test_stances_of_one_holder_for_and_against_one_issue_are_a_conflict(coast):
    [conflict] = listed(coast, "conflicts", "--actor", "Miners' Federation")
    assert conflict["rule"] == "conflict.opposed-stances"
    assert {side["properties"]["polarity"] for side in conflict["sides"]} == {"support", "oppose"}
    for name in ("temporary ceasefire", "truce"):
        assert len(listed(coast, "stances", "--target", name)) == 2, name
    [stance] = listed(coast, "stances", "--target", "truce", "--polarity", "oppose")
    assert labels(stance["holders"]) == ["Miners' Federation"] and stance["articles"] == ["tern"]


def test_two_outlets_that_carry_one_agencys_copy_are_one_source(coast):
    groups = listed(coast, "sources", "--evidence")
    [agency] = [group for group in groups if group["witness"]["kind"] == "agency"]
    assert agency["witness"]["label"] == "Coast Press Agency"
    assert [article["outlet"]["label"] for article in agency["articles"]] == ["The Gull", "The Heron"]
    [copy] = agency["articles"][0]["same_story"]
    assert copy["node"]["key"] == "article/heron"
    assert {piece["article"] for piece in copy["evidence"]} == {"gull", "heron"}
    assert len(groups) == 4
    statements = listed(coast, "statements", "--actor", "Ilona Barta", "--outlet", "Coast Press Agency")
    assert statements and all(statement["sources"] == 1 for statement in statements)


def test_show_tells_why_two_spellings_are_one_person(coast):
    [shown] = vouch("show", coast.path, "Sergei Kuznetsov", "--json").lines
    assert shown["key"] == "person/sergei-kuznetsov"
    assert shown["merged"] == ["Sergey Kuznetsov: name.spelling"]
    assert {name["words"] for name in shown["names"]} >= {"Sergei Kuznetsov", "Sergey Kuznetsov"}
    text = vouch("show", coast.path, "Sergei Kuznetsov").text
    assert "one because  Sergey Kuznetsov: name.spelling" in text


@pytest.mark.parametrize("command, options", [
    ("events", ["--since", "2027"]), ("events", ["--type", "PROTEST"]), ("stances", ["--min-sources", "9"]),
    ("statements", ["--outlet", "The Skua"]), ("conflicts", ["--until", "2020-01-01"]), ("sources", ["--since", "2027"])])
def test_nothing_found_is_said_and_is_exit_code_1(coast, command, options):
    done = vouch(command, coast.path, *options)
    assert (done.code, done.out) == (NOTHING, b"") and "passes the filters" in done.err


@pytest.mark.parametrize("command, options", [
    ("events", ["--modality", "true"]), ("stances", ["--polarity", "for"]), ("statements", ["--type", "loud"]),
    ("events", ["--since", "yesterday"]), ("sources", ["--min-sources", "0"])])
def test_wrong_words_are_wrong_usage(coast, command, options):
    assert vouch(command, coast.path, *options).code == USAGE


def test_a_name_that_nobody_bears_is_not_found(coast):
    done = vouch("events", coast.path, "--actor", "Xyzzyplugh")
    assert done.code == NOTHING and "nothing called" in done.err


@pytest.mark.parametrize("command", ["events", "stances", "statements", "conflicts", "sources"])
def test_text_and_json_list_the_same(coast, command):
    text = vouch(command, coast.path).text
    for line in listed(coast, command):
        if command == "conflicts":
            assert line["id"] in text
        elif command == "sources":
            assert f"{line['witness']['label']}  (" in text
        else:
            assert f"({line['id']})" in text
    assert "^^^" in vouch(command, coast.path, "--evidence", "--color", "never").text


# Overrides


def built_with(tmp_path, coast, lines):
    table = tmp_path / "overrides.tsv"
    table.write_text(lines)
    graph = tmp_path / "g.vouch"
    return vouch("build", *coast.inputs, "-o", graph, "--overrides", table), graph


def test_overrides_win_and_say_so(tmp_path, coast):
    done, graph = built_with(
        tmp_path, coast, "# decisions\nsplit\tSergei Kuznetsov\ttern\nrename\tIlona Barta\tI. Barta\nretype\tMiners' Federation\tgroup\n")
    assert done.code == FOUND, done.err
    [barta] = vouch("show", graph, "Ilona Barta", "--json").lines
    assert barta["label"] == "I. Barta"
    [miners] = vouch("show", graph, "Miners' Federation", "--json").lines
    assert miners["kind"] == "group"
    [other] = vouch("show", graph, "person/sergei-kuznetsov~tern", "--json").lines
    assert other["merged"] == ["Sergei Kuznetsov: override, line 2"]
    assert vouch("check", graph).code == FOUND
    meetings = vouch("events", graph, "--type", "CONSULT", "--place", "Brno", "--modality", "asserted", "--json").lines
    assert len(meetings) == 2


@pytest.mark.parametrize("lines, line, expected", [
    ("merge\tA\n", 1, "expected two"), ("\n\njoin\tA\tB\n", 3, "merge, split, rename or retype"),
    ("retype\tIlona Barta\tevent\n", 1, "person, organization")])
def test_a_wrong_line_stops_the_build_and_is_named(tmp_path, coast, lines, line, expected):
    done, graph = built_with(tmp_path, coast, lines)
    assert done.code == FAILED and not graph.exists()
    assert f"overrides.tsv:{line}" in done.err and expected in done.err


def test_a_line_that_changes_nothing_is_a_warning(tmp_path, coast):
    done, graph = built_with(tmp_path, coast, "rename\tZoe Zorn\tZoe\n")
    assert done.code == FOUND and graph.exists() and "overrides.tsv:1" in done.err and "changes nothing" in done.err


def test_overrides_that_are_not_there(tmp_path, coast):
    assert vouch("build", *coast.inputs, "-o", tmp_path / "g.vouch", "--overrides", tmp_path / "none.tsv").code == FAILED

"""Tables made from dictionaries of PETRARCH, by dictionaries of our own."""

import subprocess
import sys

import pytest

from program import FOUND, ONTOLOGY, vouch

ACTORS = """<!-- invented -->
ZORLAND_ [ZOR]  # a country
+ZORLANDISH_
QUORN [QUO]
ULLA_VANCE # dated
    [QUOGOV 20100101-20191231]
    [QUOELI >20191231]
ZORLAND_TELEVISION [ZORMED]
"""
AGENTS = """!PERSON! = MAN, WOMAN
COURT_SINGER {COURT_SINGERS} [~SNG] # date
FERRY!PERSON! [~FRY]
GUILD [GLD~]
"""
VERBS = """####### SYNONYM SETS #######
&TIES
+TIE
+BOND_
####### VERB PATTERNS #######
--- BREAK [120] ---
BREAK
+BREAK_OFF {+BROKE_OFF}
- * {FRIENDLY &TIES} [161] # COMMENT
- * NEWS [---]
--- LEFT [040:040] ---
LEFT
--- SETTLE [057] ---
SETTLE
- % * [050]
- + * (FROM $) [080]
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dictionaries")
    for name, text in (("actors", ACTORS), ("agents", AGENTS), ("verbs", VERBS)):
        (folder / name).write_text(text)
    options = [x for name in ("actors", "agents", "verbs") for x in (f"--{name}", folder / name)]
    subprocess.run([sys.executable, ONTOLOGY / "tools/petrarch_tables.py", folder / "out", *options, "--only"], check=True)
    return folder / "out"


def rows(path):
    lines = path.read_text().splitlines()
    [columns] = [line.removeprefix("# columns: ").split("\t") for line in lines if line.startswith("# columns: ")]
    return [dict(zip(columns, line.split("\t"))) for line in lines if not line.startswith("#")]


def test_actors_are_sorted_by_their_codes(tables):
    zorland, quorn = rows(tables / "gazetteers/countries.tsv")
    assert (zorland["name"], zorland["demonyms"], zorland["code"]) == ("Zorland", "Zorlandish", "ZOR")
    assert quorn["code"] == "QUO"
    [person] = rows(tables / "gazetteers/people.tsv")
    assert person["code"] == "QUOGOV 2010-01-01..2019-12-31|QUOELI 2019-12-31.."
    assert [r["name"] for r in rows(tables / "gazetteers/organizations.tsv")] == ["Zorland Television"]


def test_agents_have_their_sectors(tables):
    found = {r["form"]: r["code"] for r in rows(tables / "lexicons/agents.tsv")}
    assert found == {"court singer": "SNG", "court singers": "SNG", "ferryman": "FRY", "ferrywoman": "FRY", "guild": "GLD~"}


def test_patterns_become_conditions(tables):
    found = [(r["lemma"], r["particle"], r["type"], r["condition"], r["code"]) for r in rows(tables / "frames/events.tsv")]
    assert ("break", "", "REJECT", "", "120") in found and ("break", "off", "REJECT", "", "120") in found
    assert ("break", "", "SANCTION", "friendly bond/tie", "161") in found
    assert ("break", "", "NONE", "news", "") in found
    assert ("=left", "", "CONSULT", "", "040:040") in found
    assert ("settle", "", "SUPPORT", "%", "050:050") in found
    [reverse] = [r for r in rows(tables / "frames/events.tsv") if r["code"] == "080"]
    assert (reverse["actor"], reverse["recipient"]) == ("from", "subject|object")


@pytest.mark.parametrize(("text", "code", "parts"), [
    ("Zorland broke its friendly ties with Quorn.", "161", ["ZOR", "QUO"]),
    ("Zorlandish court singers broke with Quorn.", "120", ["ZORSNG", "QUO"]),
    ("Ulla Vance left for Zorland.", "040:040", ["QUOGOV", "ZOR"]),
])
def test_records_have_the_codes(tables, text, code, parts):
    done = vouch("extract", "-", "--plain", "--published", "2015-06-01", "--ontology", tables, stdin=text.encode())
    assert done.code == FOUND
    [event] = done.lines[0]["events"]
    assert event["code"] == code
    assert [p["code"] for p in event["participants"]] == parts


def test_graphs_keep_codes(tables, tmp_path):
    graph = tmp_path / "g.vouch"
    text = b"Zorland broke its friendly ties with Quorn. Zorland is large."
    assert vouch("build", "-", "-o", graph, "--plain", "--ontology", tables, stdin=text).code == FOUND
    [event] = vouch("events", graph, "--json").lines
    assert event["properties"]["code"] == "161"
    [country] = vouch("show", graph, "Zorland", "--json").lines
    assert country["properties"]["code"] == "ZOR"

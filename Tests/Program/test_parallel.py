"""Many processes that each read a part make the graph of one build."""

import json
import os
import subprocess

import pytest

from archives import http, page, warc
from program import BINARY, ENVIRONMENT, FAILED, FOUND, USAGE, vouch

PEOPLE = ["Ida Moen", "Per Lie", "Marta Olsen", "Omar Haddad", "Petra Lindholm", "Leo Ruiz"]
DEEDS = ["met {} to talk about the harbour", "accused {} of hiding the costs of the bridge", "rejected the offer of {}", "praised {} for the new schools"]


GERMAN = "Der Rat der Stadt hat am Montag beschlossen, dass die Brücke nicht gebaut wird. Die Kosten sind zu hoch, sagte Ida Moen."


def article(number):
    """A line of JSON Lines; some have no id, so that they are called by their line."""
    one, other = PEOPLE[number % 6], PEOPLE[(number * 5 + 1) % 6]
    record = {
        "text": f"Report {number}\n\n{one} {DEEDS[number % 4].format(other)} on Monday, the council of Lisbon said.",
        "outlet": f"Paper {number % 3}", "published": f"2026-03-{number % 28 + 1:02}"}
    if number % 3:
        record["id"] = f"a{number}"
    return json.dumps(record)


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A file of 61 articles, one of them in German, with a blank line and a broken one, and the graph of one build."""
    folder = tmp_path_factory.mktemp("news")
    lines = [article(number) for number in range(60)]
    lines[20:20] = ["", "{broken"]
    lines.append(json.dumps({"id": "german", "text": GERMAN}))
    (folder / "news.jsonl").write_text("".join(line + "\n" for line in lines))
    built = vouch("build", folder / "news.jsonl", "-o", folder / "news.vouch")
    assert built.code == FAILED and "news.jsonl:22:" in built.err
    return folder


def xargs(folder, script, arguments):
    """Runs the script on each argument, four at a time."""
    done = subprocess.run(
        ["xargs", "-P", "4", "-n", "1", "sh", "-c", script, "sh"], input="\n".join(map(str, arguments)), text=True, cwd=folder,
        env=ENVIRONMENT | {"VOUCH": str(BINARY)}, capture_output=True, timeout=120)
    return done.stderr


def test_xargs_makes_the_graph_of_one_build(news, tmp_path):
    size = 7
    lines = (news / "news.jsonl").read_text().splitlines(keepends=True)
    firsts = range(1, len(lines) + 1, size)
    script = (
        f'tail -n "+$1" {news}/news.jsonl | head -n {size} | "$VOUCH" extract - --input-name news.jsonl --first-record "$1"'
        " --with-text --threads 1 > $1.records.jsonl")
    told = xargs(tmp_path, script, firsts)
    assert "news.jsonl:22:2: error[record.json]" in told
    parts = sorted(tmp_path.glob("*.records.jsonl"))
    assert len(parts) == len(firsts)
    done = vouch("build", *parts, "-o", tmp_path / "news.vouch")
    assert done.code == FOUND, done.err
    assert (tmp_path / "news.vouch").read_bytes() == (news / "news.vouch").read_bytes()


def test_graphs_of_parts_merge_into_the_graph_of_one_build(news, tmp_path):
    records = vouch("extract", news / "news.jsonl", "--with-text").out.splitlines(keepends=True)
    parts = []
    for number in range(5):
        part = tmp_path / f"{number}.jsonl"
        part.write_bytes(b"".join(records[number::5]))
        parts.append(part.with_suffix(".vouch"))
        assert vouch("build", part, "-o", parts[-1]).code == FOUND
    # A tree: two and three, then the two of them.
    assert vouch("merge", *parts[:2], "-o", tmp_path / "left.vouch").code == FOUND
    assert vouch("merge", *parts[2:], "-o", tmp_path / "right.vouch").code == FOUND
    assert vouch("merge", tmp_path / "right.vouch", tmp_path / "left.vouch", "-o", tmp_path / "all.vouch").code == FOUND
    assert (tmp_path / "all.vouch").read_bytes() == (news / "news.vouch").read_bytes()


def test_a_record_for_each_line_with_failures(news):
    done = vouch("extract", "-", "--input-name", "logs/news.jsonl", "--with-failures", stdin=(news / "news.jsonl").read_bytes())
    assert done.code == FAILED
    records = done.lines
    assert len(records) == 62
    assert records[0]["doc"] == "logs/news.jsonl#1" and records[-3]["doc"] == "a58"
    [failed] = [record for record in records if "failed" in record]
    assert failed is records[20]
    assert failed["doc"] is None and failed["failed"] == {"path": "logs/news.jsonl", "line": 22, "column": 2, "offset": None}
    assert [(told["severity"], told["code"]) for told in failed["diagnostics"]] == [("error", "record.json")]


def test_records_of_an_archive_without_an_address_are_called_by_their_number():
    part = b"".join(warc("response", http(page(number)), uri) for number, uri in [(1, None), (2, "https://example.org/2"), (3, None)])
    done = vouch("extract", "-", "--input-name", "crawl.warc", "--first-record", "100", stdin=part)
    assert [record["doc"] for record in done.lines] == ["crawl.warc#100", "https://example.org/2", "crawl.warc#102"]


def test_each_record_is_there_as_soon_as_it_is_made():
    """What reads the records of a process that ends early knows which article it was at."""
    process = subprocess.Popen(
        [BINARY, "extract", "-", "--input-format", "jsonl", "--threads", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ)
    with process:
        process.stdin.write((article(1) + "\n" + article(2) + "\n").encode())
        process.stdin.flush()
        # The first record comes although the input has not ended.
        assert json.loads(process.stdout.readline())["doc"] == "a1"
        process.stdin.close()
        assert json.loads(process.stdout.readline())["doc"] == "a2"


@pytest.mark.parametrize("options", [
    ("--input-name", "a.jsonl", "b.jsonl"), ("-", "--input-name", ""), ("-", "--first-record", "0"),
    ("-", "--with-failures", "--format", "conllu"),
])
def test_wrong_usage(options):
    assert vouch("extract", *options).code == USAGE

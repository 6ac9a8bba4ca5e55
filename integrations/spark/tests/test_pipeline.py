"""The whole pipeline on a cluster of several processes: the graph has the bytes of one build, whatever happens on the way."""

import json
import os
import shutil
import subprocess
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import articles
from cluster import Cluster, kill, start, wait_until
from conftest import VOUCH

COUNT = int(os.environ.get("VOUCH_SPARK_ARTICLES", "2000"))
SILENCE = 6


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


def finish(process, code=0):
    """Waits for the driver; its summary, and what it told meanwhile."""
    out, err = process.communicate(timeout=900)
    assert process.returncode == code, err[-5000:]
    return json.loads(out) if out else None, err


def spoil(lines, places):
    """Puts unreadable articles into the place of others; for each code the line, from 1."""
    for place, (code, text) in zip(places, articles.spoilt(10**6).items()):
        lines[place] = text
    return {code: place + 1 for place, code in zip(places, articles.spoilt(10**6))}


def written(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines))
    return path


def left_out(folder):
    return [json.loads(line) for line in (folder / "left-out.jsonl").read_text().splitlines()]


def finished(folder, sort):
    found = folder / sort
    return sorted(found.iterdir()) if found.exists() else []


def timed(work):
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


def test_a_worker_is_killed(cluster, stand_in, vouch, figures, tmp_path):
    """Two thousand articles in two files, six of them unreadable: one graph, and a list of what was left out."""
    lines = [articles.line(number) for number in range(COUNT)]
    half = COUNT // 2
    places = [half * part // 7 for part in range(1, 7)]
    spoilt = spoil(lines, places)
    inputs = tmp_path / "in"
    written(inputs / "a.jsonl", lines[:half])
    written(inputs / "more/b.jsonl", lines[half:])

    # One process, and several without Spark, both without the articles that end the program.
    whole = tmp_path / "whole"
    sound = [line if articles.CRASHES not in line and articles.HANGS not in line else "" for line in lines[:half]]
    written(whole / "a.jsonl", sound)
    written(whole / "more/b.jsonl", lines[half:])
    single = timed(lambda: vouch("build", whole, "--threads", 1, "-o", tmp_path / "single.vouch", code=2))
    several = timed(lambda: xargs(whole, tmp_path / "parts", vouch, tmp_path / "several.vouch"))
    expected = (tmp_path / "single.vouch").read_bytes()
    assert (tmp_path / "several.vouch").read_bytes() == expected

    output = tmp_path / "out"
    begin = time.monotonic()
    driver = start(
        cluster.master, tmp_path, inputs, "-o", output, "--vouch", stand_in, "--silence", SILENCE, "--shard-size", 0.2,
        "--fan-in", 4, "--batch-size", 32)
    wait_until(lambda: len(finished(output, "records")) >= 3, driver)
    cluster.kill_worker()
    summary, told = finish(driver)
    spark = time.monotonic() - begin

    assert (output / "graph.vouch").read_bytes() == expected
    assert summary["read"] == COUNT - 6 and summary["not_english"] == 1 and summary["failed"] == 5
    assert {row["reason"].split(":")[0]: row["line"] for row in left_out(output)} == spoilt
    assert all(row["file"].endswith("/in/a.jsonl") for row in left_out(output))
    [foreign] = [row for row in left_out(output) if row["status"] == "not-english"]
    assert foreign["reason"] == "article.language: written in German, not in English; it is recorded and not read"
    assert f"shards: {summary['shards']} of {summary['shards']}" in told and f"; {COUNT - 6} articles read, 6 left out" in told
    assert len(finished(output, "graphs/1")) > 1, "the graphs were merged in a tree"

    table = pq.read_table(output / "records")
    assert table.num_rows == COUNT
    row = table.filter(pa.compute.equal(table["article"], "article-1")).to_pylist()[0]
    assert row["outlet"] in articles.OUTLETS and row["published"] == "2026-02-02" and row["language"] == "en" and row["status"] == "read"
    assert json.loads(row["record"])["doc"] == "article-1" and row["events"] == len(json.loads(row["record"])["events"])

    size = table.nbytes, sum(path.stat().st_size for path in (output / "records").iterdir()), (output / "graph.vouch").stat().st_size
    figures.append(
        f"{COUNT} articles: one process {single:.1f} s, xargs -P 2 {several:.1f} s, two Spark workers of which one is killed {spark:.1f} s "
        f"({summary['shards']} shards)")
    figures.append(f"bytes an article: records {size[0] // COUNT}, as Parquet {size[1] // COUNT}, graph {size[2] // COUNT}")


def xargs(inputs, parts, vouch, graph):
    """Reads parts of 100 lines, two at a time, and builds a graph of the records."""
    parts.mkdir()
    work = []
    for path in sorted(inputs.rglob("*.jsonl")):
        lines = path.read_text().splitlines(keepends=True)
        for first in range(1, len(lines) + 1, 100):
            part = parts / f"{path.name}-{first}"
            part.write_text("".join(lines[first - 1:first + 99]))
            work.append(f"{part} {path.relative_to(inputs)} {first}")
    script = f'{VOUCH} extract - --input-name "$2" --first-record "$3" --with-text --threads 1 --quiet <"$1" >"$1.records.jsonl"'
    subprocess.run(
        ["xargs", "-P", "2", "-L", "1", "sh", "-c", script, "sh"], input="\n".join(work), text=True, stderr=subprocess.DEVNULL, timeout=900)
    records = sorted(parts.glob("*.records.jsonl"))
    assert len(records) == len(work)
    vouch("build", *records, "-o", graph)


def test_a_driver_is_killed(cluster, vouch, tmp_path):
    """Run again, it does what is not yet done, and nothing else."""
    path = written(tmp_path / "in/news.jsonl", [articles.line(number) for number in range(400)])
    tables = written(tmp_path / "tables/gazetteers/people.tsv", ["# columns: id\tname\tcode", "person:ida-moen\tIda Moen\tNORGOV"]).parents[1]
    vouch("build", path, "--ontology", tables, "-o", tmp_path / "single.vouch")
    output = tmp_path / "out"
    command = [path.parent, "-o", output, "--vouch", VOUCH, "--shard-size", 0.06, "--fan-in", 3, "--ontology", tables]
    driver = start(cluster.master, tmp_path, *command)
    wait_until(lambda: len(finished(output, "graphs/0")) >= 2, driver)
    kill(driver)
    before = {path: path.stat().st_mtime_ns for sort in ("records", "graphs/0") for path in finished(output, sort)}

    summary, told = finish(start(cluster.master, tmp_path, *command))
    assert summary["resumed"] and summary["read"] == 400 and 2 <= len(finished(output, "graphs/0")) < summary["shards"] + 1
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (output / "graph.vouch").read_bytes() == (tmp_path / "single.vouch").read_bytes()

    again = {path: path.stat().st_mtime_ns for path in output.rglob("*.vouch")}
    finish(start(cluster.master, tmp_path, *command))
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*.vouch")} == again, "a finished run does nothing again"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs the pipeline in one process of two threads."""
    folder = tmp_path_factory.mktemp("local")
    def run(*arguments, code=0, more={}):
        return finish(start("local[2]", folder, *arguments, "--vouch", VOUCH, more=more), code)
    return run


def test_web_archives(run, vouch, tmp_path):
    """Packed or not, with records without an address and damage in the middle: what one build makes of the same files."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    records = [articles.warc_info(number) if number % 4 == 0 else articles.warc_record(number, address=number % 5 > 0) for number in range(60)]
    (inputs / "plain.warc").write_bytes(b"".join(records[:15]))
    (inputs / "packed.warc.gz").write_bytes(b"".join(map(articles.packed, records[15:30])))
    members = list(map(articles.packed, records[30:45]))
    members[7] = members[7][:200] + b"\0" * 50 + members[7][250:]
    (inputs / "damaged.warc.gz").write_bytes(b"".join(members))
    broken = records[45:]
    broken[6] = broken[6].replace(b"Content-Length: ", b"Content-Length: 9")
    (inputs / "broken.warc").write_bytes(b"".join(broken))
    vouch("build", inputs, "-o", tmp_path / "single.vouch", code=2)
    summary, _ = run(inputs, "-o", tmp_path / "out", "--batch-size", 4)
    assert (tmp_path / "out/graph.vouch").read_bytes() == (tmp_path / "single.vouch").read_bytes()
    assert summary["shards"] == 4 and summary["read"] >= 40
    reasons = {(row["file"].rsplit("/")[-1], row["reason"].split(":")[0]) for row in left_out(tmp_path / "out")}
    assert ("damaged.warc.gz", "gzip.damaged") in reasons and ("broken.warc", "warc.length") in reasons


def test_parquet(run, vouch, tmp_path):
    """Rows are articles; one without id and address is called by its file and row."""
    rows = [articles.article(number) for number in range(90)]
    table = pa.Table.from_pylist([{"id": None, "url": None} | row for row in rows]).rename_columns({"text": "content"})
    inputs = tmp_path / "in"
    inputs.mkdir()
    pq.write_table(table, inputs / "news.parquet", row_group_size=20)
    # The same as JSON Lines, under the name that the rows have.
    written(tmp_path / "lines/news.parquet", map(json.dumps, rows))
    vouch("build", tmp_path / "lines/news.parquet", "--input-format", "jsonl", "-o", tmp_path / "single.vouch")
    summary, _ = run(inputs, "-o", tmp_path / "out", "--columns", "text=content", "--shard-size", 0.01)
    assert (tmp_path / "out/graph.vouch").read_bytes() == (tmp_path / "single.vouch").read_bytes()
    assert summary["shards"] > 1 and summary["read"] == 90


def test_packed_lines_and_names_with_spaces(run, vouch, tmp_path):
    inputs = tmp_path / "in"
    lines = [articles.line(number) for number in range(40)]
    lines[5:5] = ["", "  "]
    written(inputs / "old & new/a file.jsonl", lines[:20])
    (inputs / "packed.jsonl.gz").write_bytes(articles.packed("\n".join(lines[20:]).encode()))
    (inputs / "notes.doc").write_text("of no use")
    vouch("build", inputs, "-o", tmp_path / "single.vouch")
    summary, _ = run(inputs, "-o", tmp_path / "out", "--shard-size", 0.005)
    assert (tmp_path / "out/graph.vouch").read_bytes() == (tmp_path / "single.vouch").read_bytes()
    assert summary["read"] == 40 and summary["other_files"] == 1 and summary["shards"] > 2


def test_a_file_system_of_hadoop(run, vouch, tmp_path):
    """What is no local path goes through Hadoop, with the settings that Spark was given."""
    inputs = tmp_path / "in"
    written(inputs / "news.jsonl", [articles.line(number) for number in range(20)])
    (inputs / "crawl.warc.gz").write_bytes(b"".join(articles.packed(articles.warc_record(number)) for number in range(20, 30)))
    vouch("build", inputs, "-o", tmp_path / "single.vouch")
    mount = {"spark.hadoop.fs.viewfs.mounttable.test.link./data": tmp_path.as_uri()}
    summary, _ = run("viewfs://test/data/in", "-o", "viewfs://test/data/out", more=mount)
    assert summary["graph"] == "viewfs://test/data/out/graph.vouch" and summary["read"] == 30
    assert (tmp_path / "out/graph.vouch").read_bytes() == (tmp_path / "single.vouch").read_bytes()


def test_what_cannot_be_done_is_told(run, tmp_path):
    path = written(tmp_path / "in/news.jsonl", [articles.line(number) for number in range(4)])
    run(path, "-o", tmp_path / "out")
    written(path, [articles.line(number) for number in range(5)])
    assert "holds a run with other files" in run(path, "-o", tmp_path / "out", code=2)[1]
    shutil.rmtree(tmp_path / "out")
    assert run(path, "-o", tmp_path / "out")[0]["read"] == 5
    assert "no JSON Lines" in run(written(tmp_path / "none/a.doc", [""]), "-o", tmp_path / "out2", code=2)[1]
    assert run(tmp_path / "missing", "-o", tmp_path / "out3", code=2)[1]
    assert "expected FIELD=COLUMN" in run(path, "-o", tmp_path / "out4", "--columns", "text", code=64)[1]

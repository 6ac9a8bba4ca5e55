"""The parts of the pipeline, without Spark."""

import io
import os
from pathlib import Path

import pytest

import articles
from conftest import VOUCH
from vouch_spark import archives, graphs, records
from vouch_spark.extraction import Batch, Broken, Failure, Item, Program
from vouch_spark.inputs import File, batched
from vouch_spark.storage import Hadoop, Local


def batch(lines, name="file:/news.jsonl"):
    return Batch("jsonl", name, name, tuple(Item(line.encode() + b"\n", number) for number, line in enumerate(lines, 1)))


def read(program, lines):
    """For each line the status and reason of its row."""
    given = batch(lines)
    rows = {}
    for item, result in program.read(given):
        row = records.poison(result, given.path, item.number) if isinstance(result, Failure) else records.row(result, given, item)
        assert item.number not in rows, "an article was read twice"
        rows[item.number] = row["status"], (row["reason"] or "").split(":")[0]
    return rows


@pytest.mark.parametrize("bad", [[], [0], [11], [5], [0, 1], [3, 8], [0, 5, 11], list(range(12))])
def test_articles_that_end_the_program_are_found(stand_in, bad):
    lines = [articles.line(number) for number in range(12)]
    for place in bad:
        lines[place] = articles.spoilt(place)["program.crashed"]
    rows = read(Program(str(stand_in)), lines)
    assert rows == {number + 1: ("failed", "program.crashed") if number in bad else ("read", "") for number in range(12)}


def test_every_sort_of_failure_is_told_by_its_line(stand_in):
    lines = [articles.line(number) for number in range(10)]
    codes = {}
    for place, (code, text) in zip(range(1, 10), articles.spoilt(7).items()):
        lines[place], codes[place + 1] = text, code
    rows = read(Program(str(stand_in), silence=2), lines)
    assert {line: reason for line, (status, reason) in rows.items() if status != "read"} == codes
    assert len(rows) == 10


def test_a_program_that_works_on_nothing_is_no_articles_fault(tmp_path):
    broken = tmp_path / "vouch"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(Broken, match="exit code 3"):
        Program(str(broken)).check()
    Program(str(VOUCH)).check()


def test_a_limit_of_memory_is_kept():
    with pytest.raises(Broken):
        Program(str(VOUCH), memory=64).check()


def test_items_of_a_batch_follow_each_other():
    a, b = (File(f"file:/{name}", name, 0, 0, "jsonl") for name in "ab")
    items = [(a, Item(b"%d\n" % number, number)) for number in (1, 2, 3, 5, 6)] + [(b, Item(b" \n", 1)), (b, Item(b"x\n", 2))]
    cut = [(batch.name, [item.number for item in batch.items]) for batch in batched("jsonl", items, 2)]
    assert cut == [("a", [1, 2]), ("a", [3]), ("a", [5, 6]), ("b", [2])]


ARCHIVE = [articles.warc_info(0), *(articles.warc_record(number) for number in range(1, 6))]


@pytest.mark.parametrize("pack", [bytes, articles.packed])
def test_archives_are_cut_into_records_as_they_stand(tmp_path, pack):
    parts = [pack(record) for record in ARCHIVE]
    items = list(archives.records(io.BytesIO(b"".join(parts)), tmp_path))
    assert [item.payload for item in items] == parts
    assert [item.number for item in items] == [1, 2, 3, 4, 5, 6]
    assert [item.offset for item in items] == [sum(map(len, parts[:number])) for number in range(6)]


def test_a_gzip_member_of_several_records_is_one_item(tmp_path):
    parts = [articles.packed(b"".join(ARCHIVE[:4])), articles.packed(b"".join(ARCHIVE[4:]))]
    items = list(archives.records(io.BytesIO(b"".join(parts)), tmp_path))
    assert [(item.payload, item.number) for item in items] == [(parts[0], 1), (parts[1], 5)]


@pytest.mark.parametrize("spoil", [
    lambda data: data[:1000] + b"garbage" + data[1000:], lambda data: data[:-3], lambda data: data + b"more", lambda data: b"", lambda data: b"?",
])
@pytest.mark.parametrize("pack", [bytes, articles.packed])
def test_nothing_of_an_archive_is_lost(tmp_path, pack, spoil):
    data = spoil(b"".join(pack(record) for record in ARCHIVE))
    items = archives.records(io.BytesIO(data), tmp_path)
    assert b"".join(item.payload.read_bytes() if isinstance(item.payload, Path) else item.payload for item in items) == data


def test_packed_lines():
    data = articles.packed(b"one\n\ntwo\n") + articles.packed(b"three")
    assert [(item.payload, item.number) for item in archives.lines(io.BytesIO(data))] == [
        (b"one\n", 1), (b"\n", 2), (b"two\n", 3), (b"three\n", 4)]
    for cut in (data[:-4], data[:20], data[:40]):
        with pytest.raises(archives.Irregular):
            list(archives.lines(io.BytesIO(cut)))


@pytest.mark.parametrize("files", [Local(), Hadoop((("some.key", "a <value>"),))])
def test_files_appear_whole(tmp_path, files):
    root = (tmp_path / "a folder").as_uri().replace("file:///", "file:/").replace("%20", " ")
    given = tmp_path / "given"
    given.write_bytes(b"content")
    assert files.names(f"{root}/graphs") == set()
    for _ in range(2):
        files.commit(given, root, "graphs/0/000001.vouch")
    assert files.names(f"{root}/graphs/0") == {"000001.vouch"}
    assert {name for name in os.listdir(tmp_path / "a folder/_temporary") if not name.endswith(".crc")} == set()
    with files.stream(f"{root}/graphs/0/000001.vouch") as stream:
        assert stream.read() == b"content"
    assert Path(files.fetch(f"{root}/graphs/0/000001.vouch", tmp_path)).read_bytes() == b"content"
    with pytest.raises(OSError):
        with files.stream(f"{root}/missing") as stream:
            assert stream.read() == b""


def test_groups_of_a_merge():
    assert [list(group) for group in graphs.groups(7, 3)] == [[0, 1, 2], [3, 4, 5], [6]]
    assert graphs.finished({"000001.vouch", "000007.none", "000003.vouch.tmp"}) == {1, 7}

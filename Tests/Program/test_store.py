"""The life of a graph file through the program: articles come and go, writers are killed, readers never notice."""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import time

import pytest

from program import BINARY, ENVIRONMENT, FAILED, FOUND, NOTHING, vouch
from vouchfile import VouchFile

NAMES = ["Macron", "Merz", "Scholz", "Tusk", "Meloni", "Rutte"]


def article(number, edition=0):
    one, two = NAMES[number % 6], NAMES[(number + 1 + edition) % 6]
    return (f"Talks number {number}\n\nLISBON, January {10 + number}, 2026 - {one} met {two} in Lisbon on Monday. "
            f"\"We need agreement {edition},\" {one} said.\n\n{two} condemned the attack on Kyiv.\n")


@pytest.fixture()
def folder(tmp_path):
    """Six articles, and a graph of the first three."""
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(article(number))
    assert build(tmp_path, 0, 1, 2).code == FOUND
    return tmp_path


def build(folder, *numbers, graph="graph.vouch", options=()):
    return vouch("build", *[f"{number}.txt" for number in numbers], "-o", graph, *options, "--json", cwd=folder)


def whole(folder, *numbers):
    """The bytes of one build."""
    done = build(folder, *numbers, graph="whole.vouch", options=["--replace"])
    assert done.code == FOUND, done.err
    return (folder / "whole.vouch").read_bytes()


def compacted(folder, graph="graph.vouch"):
    shutil.copy(folder / graph, folder / "compacted.vouch")
    assert vouch("compact", "compacted.vouch", cwd=folder).code == FOUND
    return (folder / "compacted.vouch").read_bytes()


def counts(done):
    [line] = done.lines
    return {key: line[key] for key in ("added", "replaced", "retracted", "unchanged") if line.get(key)}


def test_build_adds_to_a_graph(folder):
    assert counts(build(folder, 3, 4)) == {"added": 2}
    assert len(VouchFile.read(folder / "graph.vouch").articles) == 5
    assert vouch("check", "graph.vouch", cwd=folder).code == FOUND
    assert compacted(folder) == whole(folder, 4, 2, 0, 3, 1)


def test_an_unchanged_article_is_left_alone(folder):
    before = (folder / "graph.vouch").read_bytes()
    done = build(folder, 0, 1, 2)
    assert counts(done) == {"unchanged": 3}
    assert (folder / "graph.vouch").read_bytes() == before


def test_a_changed_article_replaces_the_old_one(folder):
    (folder / "1.txt").write_text(article(1, edition=1))
    assert counts(build(folder, 0, 1)) == {"replaced": 1, "unchanged": 1}
    assert compacted(folder) == whole(folder, 0, 1, 2)


def test_retract_takes_exactly_what_an_article_contributed(folder):
    done = vouch("retract", "graph.vouch", "1.txt", "--json", cwd=folder)
    assert (done.code, counts(done)) == (FOUND, {"retracted": 1})
    assert compacted(folder) == whole(folder, 0, 2)
    again = vouch("retract", "graph.vouch", "1.txt", cwd=folder)
    assert again.code == NOTHING and "article.unknown" in again.err


def test_merge_unites(folder):
    assert build(folder, 2, 3, 4, graph="other.vouch").code == FOUND
    done = vouch("merge", "graph.vouch", "other.vouch", "-o", "both.vouch", cwd=folder)
    assert done.code == FOUND, done.err
    assert (folder / "both.vouch").read_bytes() == whole(folder, 0, 1, 2, 3, 4)
    assert vouch("merge", "graph.vouch", "-o", "both.vouch", cwd=folder).code == FAILED


def test_log_lists_generations_that_can_be_read(folder):
    build(folder, 3)
    vouch("retract", "graph.vouch", "0.txt", cwd=folder)
    lines = vouch("log", "graph.vouch", "--json", cwd=folder).lines
    assert [(line["generation"], line["articles"]) for line in lines] == [(3, 3), (2, 4), (1, 3)]
    manifests = VouchFile.read(folder / "graph.vouch").generations()
    assert [(m.generation, m.articles, m.nodes) for m in manifests] == [
        (line["generation"], line["articles"], line["nodes"]) for line in lines]
    for line in lines:
        [stats] = vouch("stats", "graph.vouch", "--generation", line["generation"], "--json", cwd=folder).lines
        assert (stats["nodes"], stats["edges"]) == (line["nodes"], line["edges"])
    missing = vouch("stats", "graph.vouch", "--generation", 4, cwd=folder)
    assert missing.code == FAILED and "store.no-generation" in missing.err


def test_decisions_about_names_are_kept_for_later_additions(folder):
    (folder / "names.tsv").write_text("rename\tplace:lisbon\tLisboa\nmerge\tEmmanuel Macron\tFriedrich Merz\n")
    decided = ["--overrides", "names.tsv"]
    build(folder, 0, 1, graph="decided.vouch", options=decided)
    build(folder, 2, graph="decided.vouch")
    assert VouchFile.read(folder / "decided.vouch").decisions == (folder / "names.tsv").read_bytes()
    build(folder, 0, 1, 2, graph="whole.vouch", options=decided)
    assert compacted(folder, "decided.vouch") == (folder / "whole.vouch").read_bytes()


def test_reading_and_building_can_be_apart(folder):
    records = vouch("extract", *[f"{number}.txt" for number in range(6)], "--with-text", cwd=folder)
    assert records.code == FOUND
    (folder / "records.jsonl").write_bytes(records.out)
    assert vouch("build", "records.jsonl", "-o", "apart.vouch", cwd=folder).code == FOUND
    assert (folder / "apart.vouch").read_bytes() == whole(folder, *range(6))
    again = vouch("build", "records.jsonl", "-o", "apart.vouch", "--json", cwd=folder)
    assert counts(again) == {"unchanged": 6}

    (folder / "records.jsonl").write_bytes(records.out.replace(b" met ", b" sat "))
    wrong = vouch("build", "records.jsonl", "-o", "wrong.vouch", cwd=folder)
    assert wrong.code == FAILED and "record.contribution" in wrong.err


def test_salvage_keeps_every_article_that_is_whole(folder):
    data = bytearray((folder / "graph.vouch").read_bytes())
    data[:12288] = bytes(12288)
    (folder / "damaged.vouch").write_bytes(data)
    assert vouch("stats", "damaged.vouch", cwd=folder).code == FAILED
    done = vouch("salvage", "damaged.vouch", "-o", "saved.vouch", cwd=folder)
    assert done.code == FOUND, done.err
    assert (folder / "saved.vouch").read_bytes() == whole(folder, 0, 1, 2)

    at = data.index(b"Talks number 1")
    data[at] ^= 1
    (folder / "damaged.vouch").write_bytes(data)
    done = vouch("salvage", "damaged.vouch", "-o", "saved.vouch", "--replace", cwd=folder)
    assert done.code == FAILED and "1 articles are damaged" in done.err
    assert (folder / "saved.vouch").read_bytes() == whole(folder, 0, 2)


def test_a_second_writer_is_told_so(folder):
    first = subprocess.Popen(
        [BINARY, "build", "-", "-o", "graph.vouch"], cwd=folder, env=ENVIRONMENT, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        # The first one has the graph, once it has opened it, until its input ends.
        files, deadline = pathlib.Path(f"/proc/{first.pid}/fd"), time.monotonic() + 60
        while not any(os.readlink(file).endswith("/graph.vouch") for file in files.iterdir()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.2)
        second = build(folder, 4)
        assert second.code == FAILED and "store.locked" in second.err
        assert vouch("stats", "graph.vouch", cwd=folder).code == FOUND
        _, err = first.communicate(article(5).encode(), timeout=60)
        assert first.returncode == FOUND, err
    finally:
        first.kill()
        first.wait()
    assert build(folder, 4).code == FOUND


def test_killed_writers_lose_nothing_and_readers_see_whole_graphs(folder):
    """A loop of writers, many of them killed at any moment; what a writer reported is there, and every reader finds a sound graph."""
    chance = random.Random(4)
    seconds = float(os.environ.get("VOUCH_KILL_SECONDS", 12))
    acknowledged, killed, reads, edition = 0, 0, 0, 0
    start = time.monotonic()
    held = {}
    while time.monotonic() - start < seconds:
        number, edition = chance.randrange(6), edition + 1
        (folder / f"{number}.txt").write_text(article(number, edition))
        compacts = chance.random() < 0.2
        command = ["compact", "graph.vouch"] if compacts else ["build", f"{number}.txt", "-o", "graph.vouch", "--quiet"]
        writer = subprocess.Popen([BINARY, *command], cwd=folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
        reader = subprocess.Popen([BINARY, "check", "graph.vouch"], cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
        if chance.random() < 0.6:
            time.sleep(chance.random() * 0.4)
            writer.send_signal(signal.SIGKILL)
        code = writer.wait(60)
        killed += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL)
        out, _ = reader.communicate(timeout=60)
        assert reader.returncode == FOUND and out.startswith("sound"), out
        reads += 1
        file = VouchFile.read_committed(folder / "graph.vouch")
        texts = {stored.id: stored.text.decode() for stored in file.articles}
        if code == 0 and not compacts:
            acknowledged += 1
            held[f"{number}.txt"] = edition
        for name, edition_held in held.items():
            expected = {article(int(name[0]), edition_held)}
            if code != 0 and not compacts and name == f"{number}.txt":
                expected.add(article(number, edition))
            assert texts[name] in expected, f"article {name} is not what was last acknowledged"
        if texts.get(f"{number}.txt") == article(number, edition):
            held[f"{number}.txt"] = edition
    print(f"store: {killed} writers killed, {acknowledged} commits acknowledged, {reads} concurrent readers")
    assert killed and acknowledged

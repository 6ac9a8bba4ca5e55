"""What `vouch doctor` finds on a machine, in damaged programs and in graphs; and what older graphs are told of."""

import resource
import shutil
import struct

import pytest
import xxhash

from program import BINARY, ENVIRONMENT, FAILED, FOUND, NOTHING, ROOT, SEEDS, USAGE, vouch

ONTOLOGY = ROOT / "Ontology"
GOLDEN = ROOT / "Tests/VouchStoreTests/Golden"
OLD = GOLDEN / "version-1.vouch"


def findings(*arguments, **options):
    done = vouch("doctor", *arguments, "--json", **options)
    assert done.err == ""
    lines = {line["check"]: line for line in done.lines}
    assert all(line["type"] == "finding" and line["schema"] == 1 for line in lines.values())
    states = {line["state"] for line in lines.values()}
    assert done.code == (FAILED if "failure" in states else NOTHING if "warning" in states else FOUND)
    return lines


def of_state(found, state):
    return {check for check, line in found.items() if line["state"] == state}


def test_all_is_well_here(built, tmp_path):
    found = findings(built.path, "--folder", tmp_path)
    assert of_state(found, "failure") == set()
    # Machines differ; what is ours does not.
    assert of_state(found, "warning") <= {"kernels", "memory", "files", "libxml2", "zlib"}
    assert {"versions", "ontology", "kernels", "model", "libxml2", "zlib", "isolation", "processors", "memory", "files", "folder",
            "locking", "graph", "graph-reading"} == set(found)
    assert not list(tmp_path.iterdir()), "nothing is left behind"


def test_text_says_the_same_as_json(built):
    text, lines = vouch("doctor", built.path).text, findings(built.path)
    shown = [line.split() for line in text.splitlines() if not line.startswith(" ")]
    assert [(line[0], line[1]) for line in shown] == [(line["state"], check) for check, line in lines.items()]


def test_version_names_program_model_ontology_and_format():
    program, model, ontology, form = vouch("--version").text.splitlines()
    assert program.startswith("vouch ")
    description = (ROOT / "Sources/CVouchModel/english.json").read_text()
    assert f'"checksum": "{model.split()[-1]}"' in description
    stated = (ONTOLOGY / "vouch.ttl").read_text().split('owl:versionInfo "')[1].split('"')[0]
    assert ontology.split()[1] == stated
    assert form == "graph file format 2.0"
    assert findings()["versions"]["found"] == vouch("--version").text.strip().replace("\n", ", ")


# Folders


@pytest.mark.parametrize("folder", ["/proc", "/nowhere"])
def test_folder_that_cannot_be_written_to(folder):
    found = findings("--folder", folder)
    assert of_state(found, "failure") == {"folder"} and folder in found["folder"]["found"] and found["folder"]["advice"]


def limited(folder, *commands):
    """The program with limits that a shell sets."""
    path = folder / "vouch"
    path.write_text("\n".join(["#!/bin/bash", *commands, f'exec {BINARY} "$@"', ""]))
    path.chmod(0o755)
    return path


def test_full_disk(tmp_path):
    """Files may have 4 KiB: what is written is cut off, told of and removed."""
    folder = tmp_path / "graphs"
    folder.mkdir()
    found = findings("--folder", folder, binary=limited(tmp_path, "ulimit -f 4", 'trap "" XFSZ'))
    assert found["folder"]["state"] == "failure" and found["files"]["state"] == "warning"
    assert not list(folder.iterdir())


# Systems


def test_little_memory_is_warned_of():
    found = findings(memory=900 << 20)
    assert found["memory"]["state"] == "warning" and "900 MiB of address space" in found["memory"]["found"]
    assert found["model"]["state"] == "ok"


def test_few_open_files_are_warned_of(tmp_path):
    found = findings(binary=limited(tmp_path, "ulimit -n 32"))
    assert of_state(found, "failure") == set() and found["files"]["found"] == "32 open files at most"


# Programs


@pytest.mark.parametrize("file, old, new, check", [
    ("Sources/CVouchModel/english.safetensors", None, None, "model"),
    ("Ontology/gazetteers/countries.tsv", b"\t", b" ", "ontology"),
])
def test_damaged_program(tmp_path, file, old, new, check):
    """One byte of what is built in is another one."""
    held = (ROOT / file).read_bytes()
    program = bytearray(BINARY.read_bytes())
    place = program.find(held)
    if place < 0:
        pytest.skip("the program was built from another version of the file")
    position = held.rindex(old) if old else len(held) // 2
    program[place + position] = new[0] if new else program[place + position] ^ 1
    damaged = tmp_path / "vouch"
    damaged.write_bytes(program)
    damaged.chmod(0o755)
    found = findings(binary=damaged)
    assert found[check]["state"] == "failure" and "install the program again" in found[check]["advice"]


# Graphs


def test_missing_graph_and_what_is_none(tmp_path):
    assert findings(tmp_path / "none.vouch")["graph"]["advice"] == "vouch build makes a graph"
    (tmp_path / "text.vouch").write_text("no graph")
    assert "no Vouch graph" in findings(tmp_path / "text.vouch")["graph"]["found"]


@pytest.mark.parametrize("part", range(1, 8))
def test_damaged_graph(small, tmp_path, part):
    data = bytearray(small.path.read_bytes())
    place = 12288 + (len(data) - 12288) * part // 8
    while data[place] == 0:
        place += 1
    data[place] ^= 0x10
    (tmp_path / "damaged.vouch").write_bytes(data)
    found = findings(tmp_path / "damaged.vouch")
    assert found["graph"]["state"] == "failure" and "salvage" in found["graph"]["advice"]


def test_graph_that_other_options_read(tmp_path):
    (tmp_path / "a.txt").write_text("Marta Lindqvist met Oskar Brandt in Hamburg.")
    vouch("build", tmp_path / "a.txt", "--plain", "-o", tmp_path / "g.vouch")
    found = findings(tmp_path / "g.vouch")
    assert found["graph"]["state"] == "ok"
    assert found["graph-reading"]["state"] == "warning" and "1 of 1 articles" in found["graph-reading"]["found"]


# Older graphs

READING = [
    ["stats"], ["check"], ["log"], ["show", "Macron"], ["why", "e1"], ["path", "Macron", "Merz"], ["query", "MATCH (a:Person) RETURN a"],
    ["events"], ["stances"], ["statements"], ["conflicts"], ["sources"], ["export", "--format", "graphml"], ["export", "--format", "nquads"], ["report"],
]


def asked(command, graph, *more):
    return vouch(command[0], graph, *command[1:], *more)


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("version", [1, 2])
def test_every_reading_command_opens_older_graphs(command, version):
    done = asked(command, GOLDEN / f"version-{version}.vouch")
    assert done.code in (FOUND, NOTHING), done.err
    notes = [line for line in done.err.splitlines() if "store.older" in line]
    told = version == 1 and command != ["log"]
    assert len(notes) == told, "the format of today has all that can be told from the file"
    quiet = asked(command, GOLDEN / f"version-{version}.vouch", "--quiet")
    assert quiet.out == done.out and "store.older" not in quiet.err


@pytest.mark.parametrize("command", [["retract", OLD, "lisbon.txt"], ["compact", OLD], ["merge", OLD, "-o", "GRAPH"], ["build", SEEDS, "-o", OLD]],
                         ids=lambda c: c[0])
def test_what_keeps_no_articles_is_not_written_to(tmp_path, command):
    before = OLD.read_bytes()
    done = vouch(*[tmp_path / "new.vouch" if word == "GRAPH" else word for word in command])
    assert done.code == FAILED and "error[store.no-articles]" in done.err and "--replace" in done.err
    assert OLD.read_bytes() == before


def test_doctor_tells_what_a_rebuild_adds():
    found = findings(OLD)
    assert found["graph"]["state"] == "ok" and "format 1.0" in found["graph"]["found"]
    assert "keeps its articles" in found["graph-age"]["found"] and "--replace" in found["graph-age"]["advice"]


def test_a_newer_vouch_made_it_or_an_older_one(small, tmp_path):
    def made_by(creator):
        data = bytearray(small.path.read_bytes())
        data[48:80] = creator.ljust(32, b"\0")
        struct.pack_into("<Q", data, 80, xxhash.xxh64(bytes(data[:80])).intdigest())
        path = tmp_path / f"{creator.decode()}.vouch"
        path.write_bytes(data)
        return vouch("stats", path).err

    assert "made by vouch 0.0.9 in format 2.0; built again" in made_by(b"vouch 0.0.9")
    for creator in (b"vouch 99.0.0", b"my own program", b"vouch next", b""):
        assert made_by(creator) == ""


def test_a_graph_of_today_is_told_nothing(built):
    assert vouch("stats", built.path).err == ""


def test_wrong_usage():
    assert vouch("doctor", "a.vouch", "b.vouch").code == USAGE

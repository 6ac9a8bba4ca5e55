"""Archives, packed files, feeds and other languages, as the whole program reads them."""

import collections
import gzip
import json
import os
import re
import subprocess

import pytest

import archives
from program import BINARY, ENVIRONMENT, FAILED, FOUND, SEEDS, vouch

PAGES = 80
GOOD = "Leaders meet in Paris\n\nEmmanuel Macron met Friedrich Merz in Paris on Monday. \"We agree,\" Macron said.\n"
GERMAN = (
    "Der Stadtrat hat am Montag über die Brücke gesprochen, die seit dem Sturm gesperrt ist. Die Bürgermeisterin sagte, "
    "dass sie im Mai wieder für alle offen sein werde, und dass es keine andere Lösung für die Stadt gebe.")


def codes(err):
    """How often each code was told of, notes aside."""
    return collections.Counter(re.findall(r"^[^\n]*?(?:error|warning)\[([a-z.-]+)\]", err, re.M))


@pytest.fixture(scope="module", params=["packed", "as it is"])
def archive(request, tmp_path_factory):
    """An archive with broken records, how many articles it holds, and what is to be told of it."""
    path = tmp_path_factory.mktemp("archive") / ("news.warc.gz" if request.param == "packed" else "news.warc")
    records = list(archives.archive(PAGES, packed=request.param == "packed", broken=8, sentences=2))
    path.write_bytes(b"".join(data for data, _, _ in records))
    return path, sum(is_article for _, is_article, _ in records), [fault for _, _, fault in records if fault]


def test_broken_records_are_told_of_and_the_rest_is_read(archive):
    path, good, faults = archive
    done = vouch("extract", path)
    assert done.code == FAILED
    assert len(done.lines) == good
    ids = [record["doc"] for record in done.lines]
    assert ids == sorted(ids, key=lambda name: int(name.rsplit("/", 1)[1]))
    told = codes(done.err)
    assert sum(told.values()) >= len(faults) and set(told) <= {
        "warc.record", "warc.length", "warc.cut", "gzip.damaged", "gzip.cut", "gzip.foreign", "http.encoding", "http.header"}, done.err
    assert all(re.search(r"@\d+: error", line) for line in done.err.splitlines() if "error[" in line)
    assert re.search(r"note\[input.skipped\]: \d+ records passed over that hold no article: \d+ request, 1 warcinfo", done.err)
    [record] = [record for record in done.lines if record["doc"].endswith("/3")]
    assert record["metadata"]["url"] == "https://post.example/3"
    assert record["metadata"]["retrieved"] == "2026-02-03T04:05:06Z"


def test_same_bytes_with_any_number_of_threads_isolated_and_through_a_pipe(archive):
    path, _, _ = archive
    one = vouch("extract", path, "--threads", 1, "--with-text")
    assert vouch("extract", path, "--threads", 4, "--with-text") == one
    assert vouch("extract", path, "--threads", 2, "--with-text", "--isolate") == one
    piped = vouch("extract", "-", "--with-text", stdin=path.read_bytes())
    assert piped.out == one.out and codes(piped.err) == codes(one.err)


def test_isolation_changes_nothing(tmp_path):
    """Of all that the sample articles and odd files have."""
    (tmp_path / "a.conllu").write_text("# newdoc id = x\n# text = Talks end.\n1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tend\tend\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    (tmp_path / "c.jsonl").write_text("{\n" + json.dumps({"text": GERMAN}) + "\n")
    plain = vouch("extract", SEEDS, tmp_path, "missing.txt", "--with-text", "--with-syntax")
    assert plain.code == FAILED
    assert vouch("extract", SEEDS, tmp_path, "missing.txt", "--with-text", "--with-syntax", "--isolate") == plain


def test_an_article_that_kills_its_process_is_told_of(tmp_path):
    """Here for want of memory; the others are read."""
    lines = [{"id": "a", "text": GOOD}, {"id": "b", "html": "<p>" + "<i>x</i>" * 900_000}, {"id": "c", "text": GOOD}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    done = vouch("extract", tmp_path / "a.jsonl", "--isolate", "--isolate-memory", "250")
    assert [record["doc"] for record in done.lines] == ["a", "c"], done.err
    assert done.code == FAILED and codes(done.err) == {"isolate.died": 1}
    assert "a.jsonl:2: error" in done.err


def test_packed_files_are_what_they_hold(tmp_path):
    for folder, write in ("plain", bytes), ("packed", gzip.compress):
        (tmp_path / folder / "in").mkdir(parents=True)
        for name, data in {
            "a.txt": GOOD.encode(), "in/b.html": f"<h1>Talks</h1><p>{GOOD}</p>".encode(),
            "c.jsonl": json.dumps({"text": GOOD, "title": "Talks"}).encode(), "c.meta.json": b"{}",
            "d.rss": f"<rss><channel><item><title>T</title><description>{GOOD}</description></item></channel></rss>".encode(),
            "e.wet": archives.warc("conversion", GOOD.encode(), "https://post.example/e", "text/plain"),
        }.items():
            target = tmp_path / folder / (name if folder == "plain" or name.endswith("meta.json") else name + ".gz")
            target.write_bytes(write(data) if not name.endswith("meta.json") else data)
    plain = vouch("extract", tmp_path / "plain", "--with-text", cwd=tmp_path)
    packed = vouch("extract", tmp_path / "packed", "--with-text", cwd=tmp_path)
    assert plain.code == packed.code == FOUND, plain.err + packed.err
    assert plain.out == packed.out and len(plain.lines) == 5


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz", "bomb.html.gz", "bomb.conllu.gz", "bomb.rss.gz", "bomb.warc.gz"])
def test_bombs_do_not_go_off(tmp_path, name):
    """Half a gigabyte in half a megabyte, beside an article."""
    member = gzip.compress(bytes(1 << 20) * 64, 9)
    (tmp_path / name).write_bytes(member * 8)
    (tmp_path / "good.txt").write_text(GOOD)
    done = vouch("extract", tmp_path, memory=1 << 30)
    assert done.code == FAILED and [record["doc"] for record in done.lines] == ["good.txt"]
    assert set(codes(done.err)) <= {"article.too-large", "gzip.ratio", "warc.record"}, done.err


def test_a_bomb_in_an_archive_is_one_record(tmp_path):
    bomb = archives.warc("response", archives.http(bytes(200 << 20), coding="gzip"), "https://post.example/b", "application/http")
    large = archives.warc("response", archives.http(b"<p>" + b"A" * (12 << 20)), "https://post.example/c", "application/http")
    records = [archives.response(1), bomb, archives.response(2), large, archives.response(3)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    done = vouch("extract", tmp_path / "a.warc.gz")
    assert [record["doc"][-2:] for record in done.lines] == ["/1", "/2", "/3"]
    assert codes(done.err) == {"article.too-large": 2}


def peak(*arguments):
    """Peak memory of a run in MiB."""
    process = subprocess.Popen([BINARY, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_maxrss / 1024


def test_memory_does_not_grow_with_the_archive(tmp_path):
    """Most of the archive is passed over, so that reading it takes no time."""
    filler = gzip.compress(archives.warc("metadata", os.urandom(30_000).hex().encode()))
    for name, copies in ("small", 1), ("large", 1500):
        with open(tmp_path / f"{name}.warc.gz", "wb") as file:
            for number in range(6):
                file.write(gzip.compress(archives.response(number)))
                file.write(filler * copies)
    small, large = (peak("extract", tmp_path / f"{name}.warc.gz") for name in ("small", "large"))
    assert (tmp_path / "large.warc.gz").stat().st_size > 250 << 20
    assert large < small + 32, (small, large)


def test_records_have_places_and_limits(tmp_path):
    lines = ['{"id": "a", "text": "One."}', '{"id": "b", "text": "Two."', '{"id": "c", "text": "Three."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    done = vouch("extract", tmp_path / "a.jsonl")
    assert [record["doc"] for record in done.lines] == ["a", "c"]
    assert "a.jsonl:2:27: error[record.json]: no valid JSON: found the end; expected \",\" or \"}\"" in done.err
    done = vouch("extract", tmp_path / "a.jsonl", "--max-records", "1")
    assert [record["doc"] for record in done.lines] == ["a"] and "input.records" in codes(done.err)
    done = vouch("extract", "-", "--max-words", "5", stdin=GOOD.encode())
    assert done.code == FOUND and codes(done.err) == {"article.words": 1}
    for flag, value in ("--max-words", "0"), ("--max-ratio", "0"), ("--max-unpacked", "-1"), ("--isolate-memory", "1"):
        assert vouch("extract", "-", flag, value).code == 64


def test_other_languages_are_recorded_and_not_read(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(r) for r in [
        {"id": "de", "text": GERMAN, "language": "en", "title": "Die Brücke"}, {"id": "en", "text": GOOD}]))
    done = vouch("extract", tmp_path, "--with-text")
    assert done.code == FOUND
    german, english = done.lines
    assert german["metadata"]["language"] == "de" and german["text"] == GERMAN and german["metadata"]["title"] == "Die Brücke"
    assert german["entities"] == german["events"] == german["sentences"] == [] and english["entities"]
    assert codes(done.err) == {"article.language": 1} and "2 articles, 1 of them not in English" in done.err
    assert vouch("extract", tmp_path, "--any-language").lines[0]["sentences"]
    assert vouch("extract", tmp_path / "a.jsonl", "--format", "conllu").text.count("# newdoc") == 1
    done = vouch("build", tmp_path, "-o", tmp_path / "g.vouch", "--json")
    [told] = done.lines
    assert (done.code, told["articles"], told["failed"], told["not_english"]) == (FOUND, 1, 0, 1)
    assert "1 article (1 not in English)" in done.err


def test_file_names_need_not_be_utf8(tmp_path):
    name = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    with open(name, "wb") as file:
        file.write(GOOD.encode())
    for argument in name, os.fsencode(tmp_path):
        done = subprocess.run([BINARY, "extract", argument], capture_output=True, env=ENVIRONMENT)
        assert done.returncode == FOUND, done.stderr
        assert json.loads(done.stdout)["doc"] == "caf\\xE9.txt"

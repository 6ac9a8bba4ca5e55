"""No input crashes the program, hangs it or makes it lose data: bad articles, bad records, damaged graphs."""

import json
import os
import random
import re
import struct

import pytest
from lxml import etree

import test_format
import test_graphml
import test_rdf
import vouchfile
from program import FAILED, FOUND, NOTHING, Built, vouch
from vouchfile import VouchFile

GOOD = "Leaders meet in Paris\n\nEmmanuel Macron met Friedrich Merz in Paris on Monday. \"We agree,\" Macron said.\n"
SECONDS = 20  # More than any of this may take.


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><title>Talks</title>{head}</head><body>{body}</body></html>".encode()


def record(**fields):
    return json.dumps({"id": "x", "text": GOOD} | fields).encode()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">""" + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12)) + b"]><html><body><p>&m;</p></body></html>"
SECRET = b"""<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Talks: &x; were held in Paris.</p></body></html>"""

UNREADABLE = {
    # What no article can be made of: a diagnostic that names the file, exit code 2, no graph.
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n \xc2\xa0 \n" * 100,
    "empty.html": b"",
    "tags-only.html": page("<div><p></p><br></div><script>var a = 'Emmanuel Macron met Friedrich Merz.'</script>"),
    "random.txt": random.Random(1).randbytes(200_000),
    "zeros.txt": bytes(5000),
    "elf.txt": b"\x7fELF\x02\x01\x01" + bytes(9) + random.Random(2).randbytes(3000),
    "picture.html": b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(3000),
    "line.txt": b"Macron met Merz " * (50 << 16),
    "no-json.jsonl": b"Emmanuel Macron met Friedrich Merz.\n",
    "half.jsonl": record()[:-30] + b"\n",
    "array.jsonl": b"[1, 2, 3]\n",
    "number.jsonl": b"17\n",
    "no-text.jsonl": b'{"id": "x", "title": "Talks"}\n',
    "text-number.jsonl": b'{"id": "x", "text": 17}\n',
    "text-null.jsonl": b'{"id": "x", "text": null}\n',
    "text-empty.jsonl": b'{"id": "x", "text": ""}\n',
    "deep.jsonl": b"[" * 200_000 + b"]" * 200_000 + b"\n",
    "deep-object.jsonl": b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
}

ODD = {
    # What may be read in part or not at all, but must end well.
    "invalid-utf8.txt": GOOD.encode() + b"Caf\xe9 \xff\xfe\x80 and \xc3( more.\n",
    "truncated-utf8.txt": GOOD.encode() + "é".encode()[:1],
    "overlong.txt": GOOD.encode() + b"\xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80",
    "windows-1252.txt": "Zoé said “no” – twice. Emmanuel Macron met Friedrich Merz.\n".encode("cp1252"),
    "utf-16.txt": GOOD.encode("utf-16"),
    "utf-16-be.txt": GOOD.encode("utf-16-be"),
    "utf-32.txt": GOOD.encode("utf-32"),
    "bom.txt": b"\xef\xbb\xbf" + GOOD.encode(),
    "one-nul.txt": GOOD.replace("Paris", "Pa\0ris").encode(),
    "carriage-returns.txt": GOOD.replace("\n", "\r").encode(),
    "long-word.txt": GOOD.encode() + b"a" * 100_000,
    "quotes.txt": GOOD.encode() + "\"“ ”" .encode() * 20_000,
    "capitals.txt": GOOD.encode() + b"Aa Bb Cc " * 20_000,
    "combining.txt": GOOD.encode() + "Z".encode() + "\u0301".encode() * 50_000,
    "right-to-left.txt": GOOD.encode() + "\u202e\u2066 \u05d0\u05d1 \u0627".encode(),
    "emoji.txt": GOOD.encode() + "👩‍👩‍👧‍👦".encode() * 5000,
    "bomb.html": BOMB,
    "secret.html": SECRET,
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + GOOD.encode() + b"</div>" * 100_000,
    "deep-inline.html": page("<b><i>" * 20_000 + GOOD),
    "unclosed.html": b"<html><body><p>" + GOOD.encode() + b"<table><tr><td><script>",
    "nul.html": page(GOOD.replace("Paris", "Pa\0ris")),
    "references.html": page(f"<p>{GOOD}&#0; &#x110000; &#xD800; &#xFFFE; &#1; &bogus; &amp</p>"),
    "charset.html": page(f"<p>{GOOD}</p>", '<meta charset="klingon">'),
    "utf-7.html": page(f"<p>{GOOD}</p>", '<meta charset="utf-7">'),
    "surrogate.jsonl": b'{"id": "x", "text": "Emmanuel Macron \\ud800 met Friedrich Merz in Paris. \\udc00"}\n',
    "nul.jsonl": b'{"id": "x\\u0000y", "text": "Emmanuel Macron \\u0000 met Friedrich Merz in Paris."}\n',
    "huge-number.jsonl": record()[:-1] + b', "extra": 1e999999, "more": -' + b"9" * 10_000 + b"}\n",
    "duplicate-key.jsonl": record()[:-1] + b', "text": "Another text about Friedrich Merz."}\n',
    "id-number.jsonl": record(id=17), "id-empty.jsonl": record(id=""), "id-path.jsonl": record(id="../../etc/passwd"),
    "id-odd.jsonl": record(id="a b<c>\"d\"\n#?%[]é\u202e"), "id-long.jsonl": record(id="x" * 100_000),
    "title-list.jsonl": record(title=["a"]), "authors-text.jsonl": record(authors="Ann Example"),
    "authors-mixed.jsonl": record(authors=[1, None, "Ann Example", {}]), "outlet-object.jsonl": record(outlet={"a": 1}),
    "published-odd.jsonl": record(published="2025-02-30"), "published-number.jsonl": record(published=20250101),
    "url-odd.jsonl": record(url="javascript:alert(1)\u0007 <x>"), "newline-title.jsonl": record(title="a\nurl: https://b\nc"),
    "both.jsonl": record(html="<p>Friedrich Merz spoke.</p>"),
    "crlf.jsonl": record() + b"\r\n" + record(id="y") + b"\r\n",
}

HEAVY = {
    # Tens of kilobytes and more of one thing again and again: work must grow with the size, not with its square.
    "mentions.txt": GOOD.encode() + b"and Macron " * 25_000 + b".",
    "sentences.txt": GOOD.encode() + b"Macron met Merz in Paris. " * 2_000,
    "paragraphs.txt": GOOD.encode() + b"Macron met Merz in Paris, he said.\n\n" * 2_000,
    "lines.txt": GOOD.encode() + b"a\n" * 20_000,
    "words.txt": GOOD.encode() + b"Aa Bb Cc " * 10_000,
    "one-word.txt": GOOD.encode() + b"a" * 2_000_000,
    "said.txt": GOOD.encode() + b'"We agree," Macron said. ' * 4_000,
    "open-quotes.txt": GOOD.encode() + "“ ".encode() * 30_000,
    "digits.txt": GOOD.encode() + b"28 Dec 2025 " * 6_000,
    "dots.txt": GOOD.encode() + b"U.S. " * 10_000,
    "attributes.html": page("<p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + ">" + GOOD + "</p>"),
    "elements.html": page("<p>Macron met Merz.</p>" * 3_000),
    "links.html": page("<a href='x'>Macron</a> " * 6_000),
    "list.html": page("<ul>" + "<li>Macron met Merz in Paris." * 3_000),
    "rows.html": page("<table>" + "<tr><td>Macron<td>Merz" * 4_000),
}


LANGUAGE = {
    # What the language model was not made for.
    "no-space": "a" * 1_000_000,
    "one-sentence": "and the minister said that " * 4_000,
    "letters": "a b c d " * 3_000,
    "emoji": "😀🎉👍🏽" * 5_000,
    "punctuation": ".,;:!?-()\"'" * 1_500,
    "right-to-left": "\u202eשלום עולם, אמר דוד. مرحبا بالعالم\u202c\n" * 800,
    "controls": "Macron \x01 met\x1f Friedrich\x02Merz in Paris on Monday.\x7f\n\n" * 1_000,  # With NULs it is no text.
    "spanish": "El ministro dijo que los líderes se reunirán en Madrid el lunes. " * 1_000,
    "chinese": "外交部长星期一在北京会见了记者。" * 3_000,
    "marks": "e\u0301\u0302\u0303 \u200d\u200d\ufe0f " * 5_000,
    "blocks": "a\n\n" * 8_000,
}
GROWING = {
    # Repeated as often as it is asked for, it must take each stage about so many times as long.
    "one sentence": "and the minister said that Macron met her , ",
    "quotations": "“We agree with the minister,” Macron said. ",
    "opened quotations": "“We agree that he said ",
    "paragraphs": "Macron met the minister in Paris on 3 May, he said.\n\n",
    "symbols": "$ 5 ( % ",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_article_is_a_diagnostic(tmp_path, name):
    (tmp_path / name).write_bytes(UNREADABLE[name])
    graph = tmp_path / "g.vouch"
    done = vouch("build", tmp_path / name, "-o", graph, timeout=SECONDS)
    assert (done.code, done.out) == (FAILED, b"") and not graph.exists()
    assert name in done.err and "error[" in done.err and len(done.err) < 5000
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]{3}", done.err), "bytes of the file are not poured on the terminal"
    assert vouch("extract", tmp_path / name, timeout=SECONDS).code == FAILED


@pytest.mark.parametrize("name", ODD)
def test_odd_article_is_read_or_told(tmp_path, name):
    """What is read becomes a sound graph with well-formed exports."""
    (tmp_path / name).write_bytes(ODD[name])
    graph = tmp_path / "g.vouch"
    done = vouch("build", tmp_path / name, "-o", graph, timeout=SECONDS)
    assert done.code in (FOUND, FAILED) and done.out == b"" and len(done.err) < 20_000
    if done.code == FAILED:
        assert name.removesuffix(".txt") in done.err and "error[" in done.err
    if not graph.exists():
        return
    assert vouch("check", graph).code == FOUND
    for form in ("graphml", "rdfxml"):
        etree.fromstring(vouch("export", graph, "--format", form).out, etree.XMLParser(huge_tree=True))
    for line in vouch("extract", tmp_path / name, "--with-text", "--with-syntax", timeout=SECONDS).lines:
        text = line["text"]
        for entity in line["entities"]:
            for mention in entity["mentions"]:
                assert text[mention["start"]:mention["end"]] == mention["text"]


@pytest.mark.parametrize("name, words", [
    ("invalid-utf8.txt", "[article.encoding]"), ("overlong.txt", "[article.encoding]"),
    ("truncated-utf8.txt", "[article.encoding]"), ("utf-16-be.txt", "[article.binary]"), ("bomb.html", "[article.dtd]"),
    ("deep.html", "nest too deep"), ("surrogate.jsonl", "surrogate.jsonl:1"), ("title-list.jsonl", "[record.type]"),
    ("published-odd.jsonl", "2025-02-30")])
def test_what_is_wrong_with_an_article_is_told(tmp_path, name, words):
    (tmp_path / name).write_bytes(ODD[name])
    assert words in vouch("extract", tmp_path / name).err


@pytest.mark.parametrize("name", HEAVY)
def test_work_grows_with_the_size_of_an_article(tmp_path, name):
    (tmp_path / name).write_bytes(HEAVY[name])
    done = vouch("build", tmp_path / name, "-o", tmp_path / "g.vouch", "--any-language", timeout=SECONDS / 2)
    assert done.code in (FOUND, FAILED)


@pytest.mark.parametrize("name", LANGUAGE)
def test_any_text_has_sentences_words_and_trees(name):
    """In bounded time and memory; tokens rebuild the text, and every sentence is a tree with one root."""
    article = json.dumps({"id": "x", "text": LANGUAGE[name]}).encode()
    done = vouch(
        "extract", "-", "--plain", "--any-language", "--with-text", "--with-syntax", stdin=article, timeout=SECONDS, memory=1 << 30)
    assert done.code == FOUND, done.err
    [line] = done.lines
    text, tokens = line["text"], line["tokens"]
    spaces = r"[\s\ufeff\u200b]+"
    assert re.sub(spaces, "", "".join(text[t["start"]:t["end"]] for t in tokens)) == re.sub(spaces, "", text)
    sentences = [[] for _ in line["sentences"]]
    for token in tokens:
        sentences[token["sentence"]].append(token["head"])
    for heads in sentences:
        assert heads.count(0) == 1
        reached = [head == 0 for head in heads]
        for start in range(len(heads)):
            path, word = [], start
            while not reached[word]:
                assert len(path) <= len(heads), "the heads go round in a circle"
                path.append(word)
                word = heads[word] - 1
            for word in path:
                reached[word] = True
    if name in ("no-space", "emoji", "punctuation", "letters", "marks", "chinese", "blocks"):
        assert line["entities"] == line["events"] == line["stances"] == []


def timings(text):
    """Processor seconds of each stage."""
    article = json.dumps({"id": "x", "text": text}).encode()
    done = vouch("extract", "-", "--plain", "--timings", stdin=article, timeout=SECONDS)
    assert done.code == FOUND, done.err
    lines = [line.split() for line in done.err.splitlines() if line.startswith("timing: ")]
    return {stage: float(seconds) for _, stage, seconds in lines}


@pytest.mark.parametrize("name", GROWING)
def test_no_stage_takes_the_square_of_the_length(name):
    """Four times the text may take a stage eight times as long, not sixteen."""
    few, many = timings(GROWING[name] * 500), timings(GROWING[name] * 2_000)
    for stage, seconds in many.items():
        assert seconds < 8 * few[stage] + 0.05, (stage, few[stage], seconds)


TREES = {
    # The head of each word of a sentence of so many, from 1; 0 is the root.
    "flat": lambda word, count: min(word - 1, 1),
    "chain": lambda word, count: word - 1,
    "chain from the end": lambda word, count: word + 1 if word < count else 0,
}


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("words", ["be/AUX/VB/aux", "Macron/PROPN/NNP/flat who/PRON/WP/nsubj said/VERB/VBN/conj"])
def test_trees_as_wide_or_deep_as_they_are_long(tmp_path, name, words):
    rows = [word.split("/") for word in words.split()]

    def times(count):
        lines = []
        for number in range(1, count + 1):
            form, upos, xpos, deprel = rows[number % len(rows)]
            head = TREES[name](number, count)
            lines.append(f"{number}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{deprel if head else 'root'}\t_\t_\n")
        (tmp_path / "a.conllu").write_text("".join(lines) + "\n")
        done = vouch("extract", tmp_path / "a.conllu", "--timings", timeout=SECONDS, memory=1 << 30)
        assert done.code == FOUND and "conllu.tree" not in done.err, done.err
        return {line.split()[1]: float(line.split()[2]) for line in done.err.splitlines() if line.startswith("timing: ")}

    few, many = times(4_000), times(16_000)
    for stage, seconds in many.items():
        assert seconds < 8 * few[stage] + 0.1, (stage, few[stage], seconds)


def test_words_beyond_the_limit_are_told(tmp_path):
    """In CoNLL-U a sentence is left out whole; the words of a text stop at the limit."""
    long = "".join(f"{n}\ta\t_\t_\t_\t_\t_\t_\t_\t_\n" for n in range(1, 500_002))
    (tmp_path / "a.conllu").write_text(long + "\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n")
    done = vouch("extract", tmp_path / "a.conllu", "--with-text", timeout=SECONDS)
    assert done.code == FOUND
    assert re.search(r"a\.conllu:500001: warning\[article\.words\]: found more than 500000 words", done.err)
    assert [line["text"] for line in done.lines] == ["Yes"]


def test_entities_are_not_fetched_from_files(tmp_path):
    (tmp_path / "secret.html").write_bytes(SECRET)
    assert b"root:" not in vouch("extract", tmp_path, "--with-text").out


def test_entity_bomb_does_not_grow(tmp_path):
    (tmp_path / "bomb.html").write_bytes(BOMB)
    done = vouch("extract", tmp_path, "--with-text", timeout=5)
    assert len(done.out) < 100_000


def test_fifty_megabyte_line_ends_within_seconds_and_says_so(tmp_path):
    (tmp_path / "line.txt").write_bytes(UNREADABLE["line.txt"])
    done = vouch("build", tmp_path / "line.txt", "-o", tmp_path / "g.vouch", timeout=5)
    assert done.code == FAILED and "error[article.too-large]: found 52428800 bytes; expected at most" in done.err


@pytest.mark.parametrize("name, code", [
    ("none.txt", FAILED), ("none", FAILED), ("empty-folder", NOTHING), ("images", NOTHING), ("no-records.jsonl", NOTHING)])
def test_missing_file_and_inputs_without_articles(tmp_path, name, code):
    (tmp_path / "empty-folder").mkdir()
    (tmp_path / "no-records.jsonl").write_bytes(b"\n \n")
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(b"\x89PNG\r\n")
    done = vouch("build", tmp_path / name, "-o", tmp_path / "g.vouch")
    assert (done.code, done.out) == (code, b"") and done.err
    assert not (tmp_path / "g.vouch").exists()


@pytest.mark.parametrize("make", ["device error", "no permission", "broken link", "loop"])
def test_unreadable_file_is_told(tmp_path, make):
    path = tmp_path / "locked.txt"
    if make == "device error":
        path.symlink_to("/proc/self/mem")
    elif make == "broken link":
        path.symlink_to(tmp_path / "nowhere.txt")
    elif make == "loop":
        path.symlink_to(path)
    elif os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    else:
        path.write_text(GOOD)
        path.chmod(0)
    done = vouch("build", path, "-o", tmp_path / "g.vouch", timeout=SECONDS)
    assert done.code == FAILED and "locked.txt" in done.err and "error[" in done.err


def test_bad_articles_among_good_ones(tmp_path):
    """Each is told by name; the rest becomes the graph that it would be without them."""
    good, both = tmp_path / "good", tmp_path / "both"
    good.mkdir()
    both.mkdir()
    for folder in (good, both):
        (folder / "a-good.txt").write_text(GOOD)
        (folder / "z-good.txt").write_text(GOOD.replace("Macron", "Scholz"))
    (both / "m-bad.txt").write_bytes(UNREADABLE["random.txt"])
    (both / "n-bad.jsonl").write_bytes(record(id="w-good") + b"\n{broken\n" + record(id="x-good") + b"\n")
    (good / "n-bad.jsonl").write_bytes(record(id="w-good") + b"\n" + record(id="x-good") + b"\n")
    done = vouch("build", both, "-o", tmp_path / "both.vouch")
    assert done.code == FAILED
    assert "m-bad.txt" in done.err and "n-bad.jsonl:2" in done.err and "2 failed" in done.err
    assert vouch("build", good, "-o", tmp_path / "good.vouch").code == FOUND
    assert (tmp_path / "both.vouch").read_bytes() == (tmp_path / "good.vouch").read_bytes()


def test_characters_that_xml_forbids_are_replaced_and_counted(tmp_path):
    text = "Talks in Paris\n\nEmmanuel Macron \x01 met Friedrich \ufffe Merz in Paris. \"We \x1f agree,\" Macron said.\n"
    (tmp_path / "odd.jsonl").write_bytes(record(text=text))
    made = Built(tmp_path, tmp_path / "odd.jsonl")
    assert vouch("check", made.path).code == FOUND
    for path, said in (made.graphml_export, made.rdf_export):
        data = path.read_bytes()
        etree.fromstring(data)
        told = int(re.search(r"warning\[export\.replaced\]: (\d+) characters", said)[1])
        assert told == data.decode().count("\ufffd") > 0
    assert [r["text"] for r in made.records.values()] == [text], "the article itself is kept as it is"
    texts = [str(value) for value in made.rdf.objects(None, None) if str(value).startswith("Talks in Paris\n")]
    assert texts == [re.sub("[\x01\x1f\ufffe]", "\ufffd", text)], "one for one, so that offsets stay right"


def test_characters_that_xml_could_change_come_through(tmp_path):
    """Line ends, tabs, markup, quotes and characters beyond the first plane, in names, titles, addresses and texts."""
    odd = "A\tB\u00a0C\u2028D ]]> <b> &amp; \"q\" 'r' é e\u0301 😀 \u200d \ufeff"
    text = f"Talks in Paris\r\n\r\nEmmanuel Macron\r\nmet\tFriedrich Merz. \"We {odd} agree,\" Macron said.\r\n\r\nMerz left.\r\n"
    line = record(id=f"a/{odd}", text=text, title=odd, outlet=odd, agency=odd, authors=[odd], url="https://example.org/?a=b&c=<d>#é")
    (tmp_path / "odd.jsonl").write_bytes(line)
    made = Built(tmp_path, tmp_path / "odd.jsonl")
    assert vouch("check", made.path).code == FOUND
    for test in (
            test_format.test_graphml_tells_what_the_file_holds, test_graphml.test_all_evidence_in_graphml_is_words_of_its_text,
            test_graphml.test_opens_in_networkx_and_igraph_with_equal_counts, test_rdf.test_readers_agree_on_the_number_of_triples,
            test_rdf.test_all_evidence_in_rdf_is_words_of_its_text, test_rdf.test_texts_are_those_of_the_reading_records,
            test_rdf.test_no_blank_nodes_and_no_relative_names, test_rdf.test_nodes_and_edges_are_those_of_the_graphml):
        test(made)


ODD_CHARACTERS = ["\ufffd", "\ue000", "\ufdd0", "\ufff9", "\U0010ffff", "\U000f0000", "\u200e", "\x01", "%", "[", "#", "?", "\\", "|"]
ODD_ADDRESSES = [
    "https://example.org/?filter[a]=1", "https://example.org/a#b#c", "https://example.org:port/", "https://[::1/", "https://[::1]/",
    "https://exa mple.org/", "https://例え.jp/é", "https://user:pass@example.org/", "//example.org/a", "/a/b", "a b", "https://",
    "mailto:a@example.org", "https://example.org/%", "https://example.org/%zz"]


@pytest.mark.parametrize("name, address", [
    *((f"a{character}b", "https://example.org/") for character in ODD_CHARACTERS),
    *(("a", f"https://example.org/a{character}b") for character in ODD_CHARACTERS),
    *(("a", address) for address in ODD_ADDRESSES)], ids=ascii)
def test_any_id_and_address_makes_legal_iris(tmp_path, name, address):
    """What RFC 3987 does not allow is percent-encoded or left out: one illegal IRI, and Oxigraph refuses the whole file."""
    (tmp_path / "a.jsonl").write_bytes(record(id=name, url=address))
    made = Built(tmp_path, tmp_path / "a.jsonl")
    test_rdf.test_readers_agree_on_the_number_of_triples(made)
    test_rdf.test_nodes_and_edges_are_those_of_the_graphml(made)


ODD_FILE_NAMES = [b"caf\xe9.txt", b"a\nb.txt", b"\xff\xfe.txt", "žluťoučký.txt".encode(), b"a b'c\"d.txt", b"-o.txt"]


@pytest.mark.parametrize("name", ODD_FILE_NAMES, ids=repr)
def test_odd_file_names(tmp_path, name):
    """In a folder and on the command line: read, or told to be unreadable, but never passed over."""
    folder = os.fsencode(tmp_path) + b"/in"
    os.mkdir(folder)
    with open(folder + b"/" + name, "w") as file:
        file.write(GOOD)
    for given in (tmp_path / "in", os.fsdecode(folder + b"/" + name)):
        done = vouch("build", given, "-o", tmp_path / "g.vouch", "--replace")
        if done.code == FAILED:
            assert "error[" in done.err
        else:
            assert done.code == FOUND, done.err
            assert vouch("check", tmp_path / "g.vouch").code == FOUND


def test_folder_that_holds_itself(tmp_path):
    (tmp_path / "in/deeper").mkdir(parents=True)
    (tmp_path / "in/deeper/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/a.txt").write_text(GOOD)
    done = vouch("build", tmp_path / "in", "-o", tmp_path / "g.vouch", timeout=SECONDS)
    assert done.code == FOUND
    [stats] = vouch("stats", tmp_path / "g.vouch", "--json").lines
    assert stats["nodes_by_kind"]["article"] == 1


def test_what_an_article_says_cannot_steer_the_terminal(tmp_path):
    """Escape sequences in names, titles and texts reach neither of the two output streams, except as JSON escapes."""
    steer = "\x1b[31mred\x1b]0;title\x07\x9b2J\u202e"
    lines = [record(id="a" + steer, title=steer, outlet="Outlet" + steer, text=GOOD + n + steer) for n in ("", "", "x")]
    lines.append(b'{"id": "b\x1b[31m", "text": 1}')
    graph = tmp_path / "g.vouch"
    runs = [vouch("build", "-", "-o", graph, stdin=b"\n".join(lines), cwd=tmp_path)]
    assert "duplicate" in runs[0].err and "same-name" in runs[0].err
    [count] = vouch("stats", graph, "--json").lines
    for number in range(count["nodes"]):
        runs.append(vouch("show", graph, f"n{number}"))
    for number in range(count["edges"]):
        runs.append(vouch("why", graph, f"e{number}"))
    runs.append(vouch("extract", "-", stdin=lines[0]))
    for run in runs:
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", run.err), run.err
        if not run.out.startswith(b"{"):
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", run.text), run.text


def test_metadata_cannot_be_forged_by_line_feeds(tmp_path):
    line = record(title="Talks\nurl: https://forged.example/\npublished: 1999-01-01", outlet="The\nExample")
    (tmp_path / "a.jsonl").write_bytes(line)
    made = Built(tmp_path, tmp_path / "a.jsonl")
    [metadata] = [read["metadata"] for read in made.records.values()]
    assert (metadata["url"], metadata["published"]) == (None, None)
    [text] = [source.text.decode() for source in made.file.sources if source.layer == "metadata"]
    assert [row.split(":")[0] for row in text.splitlines()] == ["title", "outlet"]


def test_names_spelt_in_different_normal_forms(tmp_path):
    """Composed and decomposed accents, in ids, names and texts: one order, whatever the input's."""
    forms = ["é", "e\u0301", "f", "e", "É", "\u212b", "Å", "A\u030a", "ﬁ", "😀", "\uffee"]
    lines = [record(id=f"{form}-story", outlet=f"Outlet {form}", text=GOOD + form) for form in forms]
    graphs = []
    for order in (lines, lines[::-1]):
        done = vouch("build", "-", "-o", tmp_path / "g.vouch", "--replace", stdin=b"\n".join(order))
        assert done.code == FOUND, done.err
        graphs.append((tmp_path / "g.vouch").read_bytes())
    assert graphs[0] == graphs[1]
    file = VouchFile(graphs[0])
    assert len([node for node in file.nodes if node.kind == "article"]) == len(forms)
    assert vouch("check", tmp_path / "g.vouch").code == FOUND


# Damaged graphs


QUESTIONS = [
    ["stats"], ["check"], ["path", "Olaf Scholz", "Ukraine", "--evidence", "--json"], ["show", "Ukraine"], ["why", "e0"],
    ["report", "--title", "News"], ["export", "--format", "svg"], ["export", "--format", "graphml"], ["export", "--format", "rdfxml"]]


def ask(question, graph):
    return vouch(question[0], graph, *question[1:], timeout=SECONDS)


@pytest.fixture(scope="module")
def answers(small):
    """What the undamaged graph answers."""
    given = [ask(question, small.path) for question in QUESTIONS]
    assert [answer.code for answer in given] == [FOUND] * len(QUESTIONS), [answer.err for answer in given]
    return given


def test_truncated_graph_is_told(small, tmp_path):
    data = small.path.read_bytes()
    lengths = {0, 1, 8, 15, 16, 87, 88, 4095, 4096, 4200, 8192, 12287, 12288, 12289, len(data) - 64, len(data) - 1}
    lengths |= {len(data) * part // 40 for part in range(40)}
    graph = tmp_path / "cut.vouch"
    for length in sorted(lengths):
        graph.write_bytes(data[:length])
        for question in QUESTIONS[:2] + QUESTIONS[-1:]:
            done = ask(question, graph)
            assert (done.code, done.out) == (FAILED, b""), (length, question)
            assert re.fullmatch(r"\S*cut\.vouch(@\d+)?: error\[store\.[a-z-]+\]: [^\n]+\n", done.err), (length, done.err)


def test_longer_file_is_read_up_to_its_commit(small, tmp_path, answers):
    """Bytes after the last commit are what a writer left when it was stopped."""
    graph = tmp_path / "long.vouch"
    graph.write_bytes(small.path.read_bytes() + b"left over" * 100)
    for question, answer in zip(QUESTIONS, answers):
        done = ask(question, graph)
        assert (done.code, done.out) == (answer.code, answer.out)


def test_every_damaged_byte_of_header_and_slots_is_noticed(small, tmp_path, answers):
    data = bytearray(small.path.read_bytes())
    graph = tmp_path / "flipped.vouch"
    used = [*range(0, 88), *range(4096, 4096 + 104)]
    unused = range(8192, 8192 + 104)
    for at in [*used, *unused]:
        data[at] ^= 0xFF
        graph.write_bytes(data)
        data[at] ^= 0xFF
        for question, answer in zip(QUESTIONS[:2], answers):
            done = ask(question, graph)
            if at in used:
                assert (done.code, done.out) == (FAILED, b"") and "error[" in done.err, (at, question)
            else:
                assert (done.code, done.out) == (answer.code, answer.out), (at, question)


def test_flipped_bits_are_noticed_or_do_not_matter(small, tmp_path, answers):
    """No answer is silently wrong: it is the undamaged graph's, or an error. Checking finds whatever any answer used."""
    data = bytearray(small.path.read_bytes())
    graph = tmp_path / "flipped.vouch"
    chance = random.Random(20251228)
    for _ in range(300):
        at, bit = chance.randrange(12288, len(data)), 1 << chance.randrange(8)
        data[at] ^= bit
        graph.write_bytes(data)
        data[at] ^= bit
        failed = set()
        for question, answer in zip(QUESTIONS, answers):
            done = ask(question, graph)
            if done.code == FAILED:
                failed.add(question[0])
                assert "error[" in done.err
            else:
                assert (done.code, done.out) == (answer.code, answer.out), (at, bit, question)
        assert not failed or "check" in failed, (at, bit, failed)


def put(data, at, number):
    data[at:at + 8] = struct.pack("<Q", number)


def signed_again(data, file):
    """Makes all checksums match, as a writer that means no good would."""
    graph, manifest, slot = file.manifest.graph, file.slot.manifest_offset, vouchfile.SLOT_A

    def header(at):
        put(data, at + 56, vouchfile.checksum(data[at:at + 56] + struct.pack("<Q", at)))

    [article] = file.column(90)
    [length] = struct.unpack_from("<Q", file.data, article + 8)
    put(data, article + 48, vouchfile.checksum(data[article + 64:article + length]))
    header(article)
    hashes = file.sections[91].offset
    data[hashes:hashes + 8] = data[article + 56:article + 64]
    directory = graph.offset + 64
    for index, section in enumerate(file.sections.values()):
        end = section.offset + section.length
        put(data, directory + 48 * index + 32, vouchfile.checksum(data[section.offset:end]))
    chunks = directory + 48 * len(file.sections)
    [size] = struct.unpack_from("<Q", file.data, graph.offset + 24)
    end = graph.offset + graph.length
    for index, start in enumerate(range(end - size, end, vouchfile.CHUNK)):
        put(data, chunks + 8 * index, vouchfile.checksum(data[start:min(start + vouchfile.CHUNK, end)]))
        hashed = chunks + 8 * (index + 1)
    put(data, graph.offset + 48, vouchfile.checksum(data[directory:hashed]))
    header(graph.offset)
    data[manifest + 64 + 48:manifest + 64 + 56] = data[graph.offset + 56:graph.offset + 64]
    put(data, manifest + 48, vouchfile.checksum(data[manifest + 64:manifest + file.slot.manifest_length]))
    header(manifest)
    put(data, slot + 40, vouchfile.checksum(data[manifest:manifest + file.slot.manifest_length]))
    put(data, slot + 96, vouchfile.checksum(data[slot:slot + 96]))
    put(data, 80, vouchfile.checksum(data[:80]))
    return data


def test_signing_again_changes_nothing(small):
    data = small.path.read_bytes()
    assert signed_again(bytearray(data), VouchFile(data)) == data


def test_wrong_numbers_under_right_checksums(small, tmp_path):
    """Right checksums make no number right: whatever a column, a directory or a manifest says, no command traps or hangs."""
    original = small.path.read_bytes()
    file = VouchFile(original)
    graph = tmp_path / "hostile.vouch"
    chance = random.Random(20251229)
    graph_at, manifest = file.manifest.graph.offset, file.slot.manifest_offset
    [article] = file.column(90)
    places = [range(section.offset, section.offset + section.length) for section in file.sections.values()]
    places += [range(section.offset, section.offset + 16) for section in file.sections.values()]
    places += [range(graph_at, graph_at + 64 + 48 * len(file.sections))] * 5 + [range(article, graph_at)] * 3 + [range(manifest, manifest + file.slot.manifest_length)] * 3
    told = 0
    for _ in range(150):
        data = bytearray(original)
        for _ in range(chance.choice([1, 1, 1, 2, 5])):
            data[chance.choice(chance.choice(places))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        graph.write_bytes(signed_again(data, file))
        for question in QUESTIONS:
            done = vouch(question[0], graph, *question[1:], timeout=SECONDS, memory=1 << 30)
            assert done.code in (FOUND, NOTHING, FAILED)
            if done.code == FAILED:
                assert "error[" in done.err
                told += 1
    assert told > 150, "most such files are noticed"


@pytest.mark.parametrize("content", [b"", b"\x89VOUCH\n\x1a\n", b"\x89VOUCH\r\n\x1a\n", b"{}", bytes(20_000)], ids=repr)
def test_what_is_no_graph_is_refused(tmp_path, content):
    path = tmp_path / "no.vouch"
    path.write_bytes(content)
    for question in QUESTIONS:
        done = ask(question, path)
        assert (done.code, done.out) == (FAILED, b"") and "no.vouch: error[store." in done.err


def test_folder_is_no_graph(tmp_path):
    done = vouch("stats", tmp_path)
    assert (done.code, done.out) == (FAILED, b"") and "error[" in done.err

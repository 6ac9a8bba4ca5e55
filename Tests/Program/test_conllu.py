"""CoNLL-U in and out: what is written keeps to the format, what is given is kept, what is wrong is told."""

import importlib
import json
import re
import sys

import pytest

from program import FAILED, FOUND, NOTHING, SEEDS, SHARED, USAGE, vouch

GIVEN = """\
# newdoc id = harbour
# sent_id = 1
# text = Ida Moen didn't sail.
1	Ida	Ida	PROPN	NNP	Number=Sing	5	nsubj	_	_
2	Moen	Moen	PROPN	NNP	Number=Sing	1	flat	_	_
3-4	didn't	_	_	_	_	_	_	_	_
3	did	do	AUX	VBD	_	5	aux	_	_
4	n't	not	PART	RB	Polarity=Neg	5	advmod	_	_
5	sail	sail	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
6	.	.	PUNCT	.	_	5	punct	_	_

# newpar
# sent_id = 2
# text = Why?
1	Why	why	ADV	WRB	PronType=Int	0	root	_	SpaceAfter=No
2	?	?	PUNCT	.	_	1	punct	_	_

# newdoc id = empty columns
# text = Ships wait
1	Ships	_	_	_	_	_	_	_	_
2	wait	_	_	_	_	_	_	_	_

"""


def valid(text):
    """The documents of CoNLL-U as lists of sentences; every rule of the format that a line breaks fails."""
    assert text.endswith("\n\n") and "\r" not in text
    documents, ids = [], set()
    for block in text[:-2].split("\n\n"):
        comments = [line for line in block.split("\n") if line.startswith("#")]
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        assert block.split("\n")[:len(comments)] == comments and rows
        named = dict(line[2:].split(" = ", 1) for line in comments if " = " in line)
        if any(re.fullmatch(r"# newdoc( id = .+)?", line) for line in comments):
            documents.append((named.get("newdoc id"), []))
        assert re.fullmatch(r"[^\s/]+", named["sent_id"]) and named["sent_id"] not in ids
        ids.add(named["sent_id"])
        words, spelt, number, covered = [], "", 0, 0
        for row in rows:
            assert len(row) == 10 and all(row) and all(field == field.strip() for field in row)
            glue = "SpaceAfter=No" in row[9].split("|")
            assert row[9] == "_" or all(re.fullmatch(r"[A-Za-z_]+=[^\s|=]+", field) for field in row[9].split("|"))
            if "-" in row[0]:
                first, covered = map(int, row[0].split("-"))
                assert first == number + 1 and covered > first and row[2:9] == ["_"] * 7
                spelt += row[1] + ("" if glue else " ")
                continue
            number += 1
            assert row[0] == str(number)
            if number <= covered:
                assert not glue
            else:
                spelt += row[1] + ("" if glue else " ")
            if row[5] != "_":
                names = [field.split("=")[0].lower() for field in row[5].split("|")]
                assert names == sorted(set(names)) and all(re.fullmatch(r"[A-Za-z]+=[A-Za-z0-9,]+", f) for f in row[5].split("|"))
            words.append(row)
        assert spelt.rstrip(" ") == named["text"] and covered <= number
        heads = [row[6] for row in words]
        if set(heads) != {"_"}:
            assert heads.count("0") == 1 and all(0 <= int(head) <= number for head in heads)
            assert all((row[6] == "0") == (row[7] == "root") and row[3] != "_" for row in words)
        documents[-1][1].append(words)
    return documents


def test_articles_are_written_in_the_format():
    done = vouch("extract", SEEDS, "--format", "conllu", "--quiet")
    assert done.code == FOUND
    documents = dict(valid(done.text))
    records = {record["doc"]: record for record in vouch("extract", SEEDS, "--with-text", "--with-syntax", "--quiet").lines}
    assert set(documents) == set(records)
    for name, sentences in documents.items():
        rows = [row for words in sentences for row in words]
        assert len(rows) == len(records[name]["tokens"])
        for row, token in zip(rows, records[name]["tokens"]):
            assert row[2] == token["lemma"]
            assert f"start_char={token['start']}|end_char={token['end']}" in row[9]
            assert row[1] == " ".join(records[name]["text"][token["start"]:token["end"]].split())


def test_ids_and_texts_that_would_break_the_format_do_not():
    odd = [
        {"id": "a\nb\tc / d", "text": "One\u2028line\x0band another\x85here. Two.\n\nThree\t\tfour\u00a0five."},
        {"id": "#", "text": "# newdoc id = x\n\n1\tIda\tsails = |\n\n" + "They don't. " * 3}, {"id": "\n", "text": "_ _ 1-2 #"}]
    done = vouch("extract", "-", "--plain", "--format", "conllu", stdin="\n".join(map(json.dumps, odd)).encode())
    assert [name for name, _ in valid(done.text)] == ["a b c / d", "#", None]


def test_what_is_given_is_kept(tmp_path):
    (tmp_path / "a.conllu").write_text(GIVEN)
    first, second = vouch("extract", tmp_path, "--with-text", "--with-syntax").lines
    assert (first["doc"], second["doc"]) == ("harbour", "empty columns")
    assert first["text"] == "Ida Moen didn't sail.\n\nWhy?" and first["diagnostics"] == []
    assert [(t["upos"], t["xpos"], t["head"], t["deprel"], t["feats"]) for t in first["tokens"][1:5]] == [
        ("PROPN", "NNP", 1, "flat", "Number=Sing"), ("AUX", "VBD", 5, "aux", None), ("PART", "RB", 5, "advmod", "Polarity=Neg"),
        ("VERB", "VB", 0, "root", "VerbForm=Inf")]
    assert first["sentences"] == [[0, 21], [23, 27]]
    assert [n for n in first["names"]] == [{"start": 0, "end": 8, "label": "PER"}]
    assert [(t["start"], t["end"]) for t in second["tokens"]] == [(0, 5), (6, 10)]
    by_pipe = vouch("extract", "-", "--input-format", "conllu", "--with-text", "--with-syntax", stdin=GIVEN.encode())
    assert by_pipe.lines == [first, second]


def test_what_is_written_is_read_again():
    once = vouch("extract", "-", "--input-format", "conllu", "--format", "conllu", stdin=GIVEN.encode()).out
    valid(once.decode())
    twice = vouch("extract", "-", "--input-format", "conllu", "--format", "conllu", stdin=once)
    assert twice.out == once and twice.code == FOUND and twice.err == ""


@pytest.mark.skipif(not (SHARED / "tools").exists(), reason="the scorers are not here")
def test_a_scorer_reads_it(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(SHARED / "tools"))
    ud = importlib.import_module("score_ud")
    (tmp_path / "gold.conllu").write_text(GIVEN.split("# newdoc id = empty")[0])
    written = vouch("extract", tmp_path / "gold.conllu", "--format", "conllu").out
    (tmp_path / "written.conllu").write_bytes(written)
    [(_, gold)], [(_, again)] = (ud.read_conllu(tmp_path / f"{name}.conllu") for name in ("gold", "written"))
    assert [s["words"] for s in gold] == [s["words"] for s in again]
    assert ud.raw_text(gold) == ud.raw_text(again) == "Ida Moen didn't sail.\n\nWhy?"


HOSTILE = {
    "columns": (GIVEN.replace("PROPN\tNNP", "PROPN NNP"), "conllu.columns"),
    "head": (GIVEN.replace("\t5\tnsubj", "\t77\tnsubj"), "conllu.tree"),
    "negative": (GIVEN.replace("\t5\tnsubj", "\t-5\tnsubj"), "conllu.tree"),
    "huge number": (GIVEN.replace("\t5\tnsubj", "\t" + "9" * 400 + "\tnsubj"), "conllu.tree"),
    "cycle": (GIVEN.replace("\t0\troot\t_\tSpaceAfter=No\n6", "\t3\txcomp\t_\tSpaceAfter=No\n6"), "conllu.tree"),
    "two roots": (GIVEN.replace("5\tnsubj", "0\troot"), "conllu.tree"),
    "order": (GIVEN.replace("\n2\tMoen", "\n7\tMoen"), "conllu.id"),
    "open range": (GIVEN.replace("3-4", "3-9"), "conllu.id"),
    "tabs": (GIVEN + "\t" * 200_000 + "\n", "conllu.columns"),
    "tags": (GIVEN.replace("NNP", "N\u2028P").replace("nsubj", "<i>"), "conllu.xpos"),
    "other text": (GIVEN.replace("# text = Ida", "# text = Per"), "conllu.text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_faults_are_told_with_their_line_and_the_rest_is_read(tmp_path, name):
    content, code = HOSTILE[name]
    path = tmp_path / "a.conllu"
    path.write_text(content)
    done = vouch("extract", path, "--format", "conllu", timeout=20)
    assert re.search(rf"^{re.escape(str(path))}:\d+: warning\[{re.escape(code)}\]: ", done.err, re.M), done.err
    assert done.code == FOUND and "Why?" in done.text and "Ships wait" in done.text
    valid(done.text)


def test_broken_bytes_and_broken_ends(tmp_path):
    data = GIVEN.encode().replace(b"Moen", b"Mo\xff\xc3n")
    for cut in range(0, len(data), 41):
        (tmp_path / "a.conllu").write_bytes(data[:cut])
        done = vouch("extract", tmp_path / "a.conllu", "--format", "conllu", timeout=20)
        assert done.code in (FOUND, NOTHING, FAILED)
        if done.out:
            valid(done.text)
    assert "article.encoding" in vouch("extract", tmp_path / "a.conllu").err


def test_a_long_sentence_and_many_documents_are_read_in_time(tmp_path):
    rows = "".join(f"{n}\tw{n}\t_\tNOUN\tNN\t_\t{n - 1}\t{'root' if n == 1 else 'dep'}\t_\t_\n" for n in range(1, 60_001))
    (tmp_path / "long.conllu").write_text(rows)
    (tmp_path / "many.conllu").write_text("# newdoc\n1\tShips\t_\t_\t_\t_\t_\t_\t_\t_\n\n" * 5000)
    done = vouch("extract", tmp_path, "--format", "conllu", timeout=60)
    assert done.code == FOUND and done.text.count("# newdoc") == 5001


def test_plain_texts_keep_every_word():
    text = "Share this story\n\n- By Ida Moen\n* 3 min read\n\nShips wait. © 2026 The Ledger. All rights reserved.\n\nSubscribe"
    stdin = json.dumps({"id": "a", "text": text}).encode()
    [record] = vouch("extract", "-", "--plain", "--with-syntax", stdin=stdin).lines
    assert "".join(text[t["start"]:t["end"]] for t in record["tokens"]) == "".join(text.split())
    assert {block["kind"] for block in record["blocks"]} <= {"paragraph", "item"}
    assert record["metadata"]["title"] is None and record["metadata"]["authors"] == []


def test_timings_name_the_stages():
    done = vouch("extract", SEEDS, "--timings", "--quiet")
    stages = re.findall(r"^timing: ([a-z]+)/\d+ \d+(?:\.\d+)?$", done.err, re.M)
    assert stages[0] == "articles" and stages[-1] == "output" and {"tokens", "sentences", "names", "entities"} <= set(stages)
    assert vouch("extract", SEEDS, "--quiet").out == done.out


@pytest.mark.parametrize("arguments", [
    ("--format", "xml"), ("--input-format", "pdf"), ("--format", "conllu", "--with-text"), ("--format", "conllu", "--with-syntax")])
def test_wrong_usage(arguments):
    assert vouch("extract", SEEDS, *arguments).code == USAGE

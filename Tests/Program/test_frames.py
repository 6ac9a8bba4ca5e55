"""The frames: every row of the tables is exercised by its example, and `vouch frames` explains them."""

import json
import re

import pytest

from program import FOUND, NOTHING, ONTOLOGY, USAGE, vouch

COUNTS = {"events": 1500, "stances": 400}


def table(name):
    """The rows of a table of frames, as dictionaries."""
    lines = (ONTOLOGY / f"frames/{name}.tsv").read_text().splitlines()
    [columns] = [line.removeprefix("# columns: ").split("\t") for line in lines if line.startswith("# columns: ")]
    return [dict(zip(columns, line.split("\t"))) for line in lines if line and not line.startswith("#")]


def lines(*texts):
    return "".join(json.dumps({"id": key, "text": text, "published": "2026-01-01"}) + "\n" for key, text in texts).encode()


@pytest.mark.parametrize("name", COUNTS)
def test_every_frame_is_exercised_by_its_example(name):
    rows = table(name)
    texts = [(row["id"], re.sub(r"[\[\]]", "", row["example"])) for row in rows]
    done = vouch("frames", "-", "--json", stdin=lines(*texts), timeout=600)
    fired = {(use["article"], use["rule"], use["word"]) for use in done.lines if use["fired"]}
    reasons = {use["rule"]: use["reason"] for use in done.lines if use["article"] == use["rule"] and not use["fired"]}
    failing = []
    for row in rows:
        word = re.search(r"\[(.+?)\]", row["example"])[1]
        # Of a word with hyphens the frame fires at the last part.
        if not {(row["id"], row["id"], word), (row["id"], row["id"], word.rsplit("-", 1)[-1])} & fired:
            failing.append(f'{row["id"]}: {row["example"]} ({reasons.get(row["id"], "the word is read otherwise")})')
    assert not failing, "\n".join(failing)


@pytest.mark.parametrize("name", COUNTS)
def test_an_example_is_found_by_extract(name):
    """The reading record and `vouch frames` tell of the same rules."""
    rows = table(name)[::97]
    texts = [(row["id"], re.sub(r"[\[\]]", "", row["example"])) for row in rows]
    records = vouch("extract", "-", "--plain", stdin=lines(*texts)).lines
    for row, record in zip(rows, records, strict=True):
        assert row["id"] in {item["rule"] for item in record[name]}, row["example"]


@pytest.mark.parametrize(("name", "least"), COUNTS.items())
def test_there_are_enough_predicates(name, least):
    assert len({(row["lemma"], row["pos"]) for row in table(name)}) >= least


def test_there_are_enough_reporting_verbs():
    rows = (ONTOLOGY / "lexicons/cues.tsv").read_text().splitlines()
    assert len([row for row in rows if not row.startswith("#") and row.split("\t")[2] == "v"]) >= 200


@pytest.mark.parametrize(("form", "lemma"), [("blamed", "blame"), ("deploring", "deplore"), ("scrapped", "scrap")])
def test_words_of_the_tables_have_their_lemmas(form, lemma):
    [record] = vouch("extract", "-", "--plain", "--with-syntax", stdin=f"Malta is {form} Japan.\n".encode()).lines
    assert lemma in [token["lemma"] for token in record["tokens"]]


TEXT = "Malta accused Japan of spying. Kenya may lash out at Peru."


def test_frames_explains_a_text():
    done = vouch("frames", TEXT)
    assert done.code == FOUND
    assert "yes  event.accuse.accuse.v  ACCUSE/allege: actor Malta, recipient Japan (asserted)" in done.text
    assert "yes  stance.accuse.accuse.v  accuse/oppose: holder Malta, target Japan" in done.text
    assert "yes  event.accuse.lash.v  ACCUSE/disapprove: actor Kenya (hypothetical)" in done.text
    assert 'no   event.coerce.spy.v  COERCE: "on" does not stand with the word' in done.text


def test_frames_prints_json(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    from_file, from_text = vouch("frames", path, "--json").lines, vouch("frames", TEXT, "--json").lines
    strip = [{k: v for k, v in use.items() if k != "article"} for use in from_file]
    assert strip == [{k: v for k, v in use.items() if k != "article"} for use in from_text]
    [use] = [use for use in from_text if use["rule"] == "event.accuse.accuse.v"]
    assert use | {"article": ""} == {
        "type": "frame", "schema": 1, "article": "", "sentence": 0, "word": "accused", "layer": "event",
        "rule": "event.accuse.accuse.v", "label": "ACCUSE/allege", "fired": True, "modality": "asserted",
        "participants": [{"role": "actor", "name": "Malta"}, {"role": "recipient", "name": "Japan"}], "reason": None}
    assert all((use["reason"] is None) == use["fired"] for use in from_text)


def test_frames_of_a_users_table(tmp_path):
    (tmp_path / "events.tsv").write_text(
        "# columns: id\tlemma\tpos\ttype\tmode\tactor\trecipient\tco_actor\tparticle\texample\n"
        "event.mine.zorp.v\tzorp\tv\tACCUSE\t\tsubject\tobject\t\t\t\n")
    [use] = vouch("frames", "Malta zorped Japan.", "--json", "--ontology", tmp_path).lines
    assert use["fired"] and use["rule"] == "event.mine.zorp.v"


def test_a_text_without_frames_is_found_empty():
    assert vouch("frames", "The weather is mild.").code == NOTHING
    assert vouch("frames").code == USAGE

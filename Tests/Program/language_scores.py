"""How well words, sentences, syntax, names, coreference and attributions are found, on corpora beside the repository.

Every figure is of what `vouch extract` prints, scored by the corpora's own scorers. One run of the program for each corpus and mode.
"""

import importlib
import json
import sys

from program import FOUND, SHARED, vouch

DATA, TOOLS = SHARED / "data", SHARED / "tools"
TREEBANKS = {"EWT": "ewt", "GUM": "gum"}
NAMED = {"worldwide": "worldwide", "politics": "crossner_politics", "EWT": "uner_ewt", "wikigold": "wikigold"}
LABELS, FACILITIES = {"PER", "ORG", "LOC"}, {"FAC": "LOC"}


def scorer(name):
    """A scorer, imported from where it stands without leaving anything there."""
    sys.dont_write_bytecode = True
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    return importlib.import_module(name)


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def records(stdin, form, *flags):
    """The reading records of what the program is given on standard input."""
    done = vouch("extract", "-", "--input-format", form, "--quiet", *flags, stdin=stdin, timeout=1200)
    assert done.code == FOUND, done.err[-2000:]
    return done.lines


def texts(documents):
    """JSON Lines of documents' texts."""
    return "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents).encode()


def words(record):
    """The sentences of a record, each a list of (form, token)."""
    text, sentences = record["text"], [[] for _ in record["sentences"]]
    for token in record["tokens"]:
        sentences[token["sentence"]].append((text[token["start"]:token["end"]], token))
    return [sentence for sentence in sentences if sentence]


def predicted(record):
    return [{"words": sentence} for sentence in spans(record)]


def spans(record):
    """Sentences of (form, class, head, relation, start, end), offsets without white space, as score_ud compares them."""
    offset, sentences = 0, []
    for sentence in words(record):
        rows = []
        for form, token in sentence:
            length = len("".join(form.split()))
            rows.append((form, token["upos"], token["head"], token["deprel"], offset, offset + length))
            offset += length
        sentences.append(rows)
    return sentences


# Trees


def blanked(path):
    """A treebank without lemmas, tags and trees, and the lemmas and tags of its words."""
    kept, gold = [], []
    for line in path.read_text(encoding="utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) == 10 and not line.startswith("#"):
            if columns[0].isdigit():
                gold.append((columns[2], columns[4]))
            glue = "SpaceAfter=No" if "SpaceAfter=No" in columns[9].split("|") else "_"
            line = "\t".join(columns[:2] + ["_"] * 7 + [glue])
        kept.append(line)
    return "\n".join(kept).encode(), gold


def trees(label, folder):
    ud = scorer("score_ud")
    path = DATA / folder / "dev.conllu"
    gold = ud.read_conllu(path)
    scores = {}

    given, columns = blanked(path)
    read = records(given, "conllu", "--with-text", "--with-syntax")
    result = ud.score(gold, {r["doc"]: predicted(r) for r in read}, gold_tokens=True)
    tokens = [token for r in read for token in r["tokens"]]
    assert len(tokens) == len(columns)
    for key in ("UPOS", "UAS", "LAS"):
        scores[f"{label}, gold words: {key}"] = result[key]["F1"]
    for key, index, column in (("XPOS", 1, "xpos"), ("lemmas", 0, "lemma")):
        right = sum(token[column] == row[index] for token, row in zip(tokens, columns))
        scores[f"{label}, gold words: {key}"] = 100 * right / len(columns)

    raw = [{"id": name, "text": ud.raw_text(sentences)} for name, sentences in gold]
    read = records(texts(raw), "jsonl", "--with-text", "--with-syntax")
    result = ud.score(gold, {r["doc"]: predicted(r) for r in read})
    for key in ("words", "sentences", "UPOS", "UAS", "LAS"):
        scores[f"{label}, raw text: {key}"] = result[key]["F1"]
    return scores


# Names, coreference, attributions


def names(label, folder):
    ner = scorer("score_ner")
    gold = lines(DATA / "ner" / folder / "dev.jsonl")
    pred = [
        {"id": r["doc"], "ents": [[n["start"], n["end"], n["label"]] for n in r["names"]]}
        for r in records(texts(gold), "jsonl", "--with-syntax")]
    counts = ner.score(gold, pred, LABELS, FACILITIES, FACILITIES)
    return {f"{label}, names: {key}": ner.prf(*counts.get(key, (0, 0, 0)))[2] for key in ("PER", "ORG", "LOC", "all")}


def coreference():
    coref = scorer("score_coref")
    gold = lines(DATA / "gum" / "dev.docs.jsonl")
    pred = [
        {"id": r["doc"], "clusters": [[[m["start"], m["end"]] for m in chain] for chain in r["chains"]]}
        for r in records(texts(gold), "jsonl", "--with-syntax")]
    without = coref.score(gold, pred, singletons=False)
    return {
        "GUM, coreference: mean of MUC, B³, CEAF-e without singletons": without["average"][2],
        "GUM, coreference: mean with singletons": coref.score(gold, pred)["average"][2],
        "GUM, coreference: LEA without singletons": without["LEA"][2],
        "GUM, coreference: mentions without singletons": without["mentions"][2],
    }


def pieces(span):
    """A span of the record as a list of spans: none, one or several."""
    return [] if not span else [span] if isinstance(span[0], int) else span


def attributions():
    attribution = scorer("score_attribution")
    gold = lines(DATA / "polnear" / "dev.jsonl")
    pred = [
        {"id": r["doc"], "attributions": [
            {"source": pieces(a["source_span"]), "cue": pieces(a["cue"]), "content": pieces(a["content"])}
            for a in r["attributions"]]}
        for r in records(texts(gold), "jsonl")]
    counts, _, (right, found) = attribution.score(gold, pred)
    scores = {}
    for key in ("source", "cue", "content", "triple", "no-cue"):
        matched, told, wanted = counts.get((key, "overlap"), (0, 0, 0))
        scores[f"PolNeAR, attributions: {key}"] = 200 * matched / max(told + wanted, 1)
    scores["PolNeAR, attributions: source where the content is right"] = 100 * right / max(found, 1)
    return scores


def measured():
    """Every score in percent, in the order of the table."""
    scores = {}
    for label, folder in TREEBANKS.items():
        scores |= trees(label, folder)
    for label, folder in NAMED.items():
        scores |= names(label, folder)
    return scores | coreference() | attributions()


def are_at_hand():
    return TOOLS.exists() and all((DATA / folder).exists() for folder in ("ewt", "gum", "ner", "polnear"))

"""How well events and attitudes are read on corpora that were made for something near: PLOVER's gold records, NewsMTSC, re3d.

PLOVER records name one event for each sentence: the one told highest in its tree is compared.
NewsMTSC says how a sentence depicts a target: support of it counts as positive, opposition to it as negative.
"""

import json

from language_scores import DATA, lines, records, scorer

# PLOVER's types of 2016 under their names of today.
TODAY = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
POLARITIES = {"support": 1, "oppose": -1}


def given(documents):
    return "".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents).encode()


def first(span):
    """Where a span begins that may have several pieces."""
    return span[0] if isinstance(span[0], int) else span[0][0]


COOPERATION = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "AGREE"}
CONFLICT = {"PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "THREATEN"}


def in_plover(event):
    """An event's type by PLOVER, which knows no modality: what is not yet done is agreed to or threatened, what is demanded is a
    request, what is not done for somebody a rejection."""
    kind, modality = event["type"], event["modality"]
    if modality == "demanded":
        return "REQUEST"
    if kind in COOPERATION and modality in ("planned", "hypothetical"):
        return "AGREE"
    if kind in CONFLICT and modality in ("planned", "hypothetical"):
        return "THREATEN"
    return "REJECT" if kind in COOPERATION and modality == "negated" else kind


def depth(record, event):
    """How deep in its sentence's tree an event is told, what is reported or joined counting as the whole."""
    tokens, start = record["tokens"], first(event["trigger"])
    place = next((i for i, t in enumerate(tokens) if t["start"] == start), 0)
    begin = next(i for i, t in enumerate(tokens) if t["sentence"] == tokens[place]["sentence"])
    steps = 0
    while tokens[place]["head"]:
        steps += tokens[place]["deprel"].split(":")[0] not in ("ccomp", "conj", "parataxis")
        place = begin + tokens[place]["head"] - 1
    return steps


def main_event(record):
    """The type of the event that a record's sentence is about: in which somebody acts, told highest in the tree, fullest; None without events."""
    def rank(event):
        roles = {p["role"] for p in event["participants"]}
        return "actor" not in roles, depth(record, event), -bool(roles - {"actor"}), first(event["trigger"])

    events = [e for e in record["events"] if e["type"] != "OTHER"]
    return in_plover(min(events, key=rank)) if events else None


def plover():
    gold = lines(DATA / "petrarch" / "plover.jsonl")
    found = records(given(gold), "jsonl", "--plain", "--with-syntax")
    right = sum(main_event(r) == TODAY.get(d["event"], d["event"]) for d, r in zip(gold, found, strict=True))
    return {"PLOVER records: type of the event": 100 * right / len(gold)}


def sentiment():
    gold = lines(DATA / "target_sentiment" / "dev.jsonl")
    texts = {d["text"]: str(i) for i, d in enumerate(gold)}
    found = {r["doc"]: r for r in records(given([{"id": i, "text": t} for t, i in texts.items()]), "jsonl", "--plain")}
    predictions = []
    for d in gold:
        record = found[texts[d["text"]]]
        entities = {
            e["id"] for e in record["entities"] for m in e["mentions"] if m["start"] < d["end"] and m["end"] > d["start"]}
        sums = sum(POLARITIES.get(s["polarity"], 0) for s in record["stances"] if s["target"] in entities)
        predictions.append({"id": d["id"], "start": d["start"], "end": d["end"], "polarity": (sums > 0) - (sums < 0)})
    _, macro, _, _ = scorer("score_sentiment").score(gold, predictions)
    return {"NewsMTSC: macro F1 of how a target is depicted, by stances alone": macro}


def re3d():
    """Names alone: the corpus also marks descriptions such as "the rebels", which are left out on its side."""
    gold = lines(DATA / "ner" / "re3d" / "dev.jsonl")
    for d in gold:
        d["ents"] = [e for e in d["ents"] if any(w[:1].isupper() for w in d["text"][e[0]:e[1]].split())]
    found = records(given(gold), "jsonl", "--with-syntax")
    predictions = [{"id": r["doc"], "ents": [[n["start"], n["end"], n["label"]] for n in r["names"]]} for r in found]
    ner = scorer("score_ner")
    counts = ner.score(gold, predictions, {"PER", "ORG", "LOC"}, RE3D, {"FAC": "LOC"})
    return {f"re3d, names: {key}": ner.prf(*counts.get(key, (0, 0, 0)))[2] for key in ("PER", "ORG", "LOC", "all")}


def measured():
    """Every score in percent, in the order of the table."""
    return plover() | sentiment() | re3d()


def are_at_hand():
    return all((DATA / folder).exists() for folder in ("petrarch", "target_sentiment", "ner/re3d"))

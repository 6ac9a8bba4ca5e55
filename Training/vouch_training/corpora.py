"""Reads the training corpora into documents: words with whatever labels a corpus has."""

import json
import os
from dataclasses import dataclass, field

from . import words

NAMES = ["PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "DATE", "MONEY", "MISC"]
NAME_TAGS = ["O"] + [p + l for l in NAMES for p in ("B-", "I-")]
NAME_INDEX = {t: i for i, t in enumerate(NAME_TAGS)}
ROLES = ["source", "cue", "content"]
ROLE_TAGS = ["O"] + [p + r for r in ROLES for p in ("B-", "I-")]
TYPES = ["none", "person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract"]

# What a label of a corpus may be in ours, and which of ours a corpus leaves unmarked (they hide behind its O).
NAME_SETS = {
    "worldwide": ({"MISC": ["MISC", "EVENT"]}, []),
    "crossner_politics": (
        {"LOC": ["LOC", "FAC"], "MISC": ["MISC", "NORP", "PRODUCT", "FAC"]}, ["NORP", "DATE", "MONEY", "PRODUCT"]),
    "wnut17": (
        {"LOC": ["LOC", "FAC"], "MISC": ["MISC", "EVENT", "PRODUCT"]}, ["NORP", "DATE", "MONEY", "EVENT", "MISC"]),
    "gum": (
        {"LOC": ["LOC", "FAC"], "ORG": ["ORG", "LOC"], "MISC": ["MISC", "PRODUCT", "NORP"]},
        ["NORP", "DATE", "MONEY", "PRODUCT"]),
    "re3d": ({"LOC": ["LOC", "FAC"]}, ["EVENT", "PRODUCT", "MISC", "FAC", "NORP", "DATE", "MONEY"]),
}
RE3D = {
    "Organisation": "ORG", "Person": "PER", "Location": "LOC", "Nationality": "NORP", "Temporal": "DATE", "Money": "MONEY"}


@dataclass
class Doc:
    """Words of one text. Label lists are as long as `forms`, or None where the corpus does not have them."""

    id: str
    corpus: str
    forms: list
    gaps: list
    starts: list = None  # whether a word starts a sentence
    upos: list = None
    xpos: list = None
    lemma: list = None
    head: list = None  # index of the head in the document, -1 for a root
    deprel: list = None
    names: list = None  # sets of tags that are right, as sorted tuples of indices; () where unknown
    roles: list = None
    anchor: list = None  # index of the attribution's anchor, -1 where there is none
    mentions: list = None  # (head word, type, cluster)
    offsets: list = None  # (start, end) code points
    text: str = None
    meta: dict = field(default_factory=dict)


def read_conllu(path, corpus):
    """The documents of a CoNLL-U file; multi-word tokens and empty nodes are skipped, their words are read."""
    docs, rows, new_paragraph, doc_id = [], [], True, None
    glue = {"text": ""}

    def flush():
        nonlocal rows, new_paragraph
        if not rows:
            return
        doc = docs[-1]
        first = len(doc.forms)
        inside = 0  # last word of the multi-word token that is being read
        space_after = {}
        for c in rows:
            if "-" in c[0]:
                a, b = map(int, c[0].split("-"))
                for w in range(a, b):
                    space_after[w] = False
                space_after[b] = "SpaceAfter=No" not in c[9]
                inside = b
            elif "." not in c[0] and int(c[0]) > inside:
                space_after[int(c[0])] = "SpaceAfter=No" not in c[9]
        ws = [c for c in rows if c[0].isdigit()]
        for c in ws:
            i = int(c[0])
            if i == 1:
                g = 3 if new_paragraph or first == 0 else 1 if glue["space"] else 0
            else:
                g = 1 if space_after[i - 1] else 0
            doc.forms.append(c[1])
            doc.gaps.append(g)
            doc.starts.append(i == 1)
            doc.lemma.append(c[2])
            doc.upos.append(c[3])
            doc.xpos.append(c[4])
            doc.head.append(first + int(c[6]) - 1 if c[6] != "0" else -1)
            doc.deprel.append(c[7])
        glue["space"] = space_after[len(ws)]
        rows, new_paragraph = [], False

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            flush()
            doc_id = line.split("=", 1)[1].strip() if "=" in line else str(len(docs))
            docs.append(Doc(doc_id, corpus, [], [], [], [], [], [], [], []))
            new_paragraph = True
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif not line:
            flush()
        elif not line.startswith("#"):
            rows.append(line.split("\t"))
    flush()
    return docs


def read_gum(folder, split):
    """GUM with its mentions and names, without the genres whose texts are non-commercial."""
    records = {r["id"]: r for r in map(json.loads, open(os.path.join(folder, "gum", split + ".docs.jsonl"), encoding="utf-8"))}
    names = {}
    for r in map(json.loads, open(os.path.join(folder, "ner/gum", split + ".jsonl"), encoding="utf-8")):
        names[r["id"]] = r["ner"]
    docs = []
    for doc in read_conllu(os.path.join(folder, "gum", split + ".conllu"), "gum"):
        record = records[doc.id]
        if split == "train" and record["non_commercial"]:
            continue
        doc.meta = {"genre": record["genre"]}
        doc.text, doc.offsets = record["text"], [tuple(t) for t in record["tokens"]]
        at = {}
        for i, (s, e) in enumerate(doc.offsets):
            at[s] = i
        sizes, by_head = {}, {}
        for m in record["mentions"]:
            sizes[m["cluster"]] = sizes.get(m["cluster"], 0) + 1
        for m in record["mentions"]:
            head = at.get(m["head"][0])
            if head is None:
                continue
            rank = (sizes[m["cluster"]] > 1, m["end"] - m["start"])
            if head not in by_head or rank > by_head[head][0]:
                by_head[head] = (rank, m)
        doc.mentions = [(h, TYPES.index(m["type"]), m["cluster"]) for h, (_, m) in sorted(by_head.items())]
        doc.meta["spans"] = {h: (m["start"], m["end"]) for h, (_, m) in by_head.items()}
        tags = gum_names(names, doc)
        if tags is not None:
            doc.names = name_sets(tags, "gum")
        docs.append(doc)
    return docs


def gum_names(names, doc):
    """The name tags of a GUM document, sentence by sentence; None if a sentence does not fit."""
    tags = []
    for r in (names[k] for k in sorted((k for k in names if k.rsplit("-", 1)[0] == doc.id), key=lambda k: int(k.rsplit("-", 1)[1]))):
        tags += r
    return tags if len(tags) == len(doc.forms) else None


def name_sets(tags, corpus):
    """For each word the tags of ours that its corpus' tag may stand for."""
    mapping, hidden = NAME_SETS[corpus]
    o = tuple([0] + sorted(NAME_INDEX[p + l] for l in hidden for p in ("B-", "I-")))
    found = []
    for tag in tags:
        if tag is None:
            found.append(())
        elif tag == "O":
            found.append(o)
        else:
            found.append(tuple(sorted(NAME_INDEX[tag[:2] + l] for l in mapping.get(tag[2:], [tag[2:]]))))
    return found


def read_texts(folder, corpus, path, tokens_folder):
    """Texts with offsets, cut into words as Vouch cuts them: `tokens_folder` holds the cuts, made by tokens.py."""
    cuts = {}
    for line in open(os.path.join(tokens_folder, corpus + ".jsonl"), encoding="utf-8"):
        r = json.loads(line)
        cuts[r["id"]] = r["tokens"]
    for line in open(os.path.join(folder, path), encoding="utf-8"):
        r = json.loads(line)
        text, offsets = r["text"], [tuple(t) for t in cuts[r["id"]]]
        gaps, last = [], None
        for s, e in offsets:
            gaps.append(3 if last is None else words.gap(text[last:s]))
            last = e
        yield r, Doc(r["id"], corpus, [text[s:e] for s, e in offsets], gaps, offsets=offsets, text=text)


def spans_to_tags(offsets, spans):
    """BIO tags over words; a word belongs to a span that it overlaps. Spans: (start, end, label or None)."""
    tags = ["O"] * len(offsets)
    starts = [s for s, _ in offsets]
    import bisect

    for start, end, label in sorted(spans, key=lambda s: (s[0], s[1])):
        i = max(bisect.bisect_right(starts, start) - 1, 0)
        first = True
        while i < len(offsets) and offsets[i][0] < end:
            if offsets[i][1] > start and tags[i] == "O":
                tags[i] = None if label is None else ("B-" if first else "I-") + label
                first = False
            i += 1
    return tags


def read_names(folder, corpus, tokens_folder, split="train"):
    """A corpus of names; paragraphs of one article are joined."""
    docs = []
    for r, doc in read_texts(folder, corpus, f"ner/{corpus}/{split}.jsonl", tokens_folder):
        ents = [tuple(e) for e in r["ents"]]
        if corpus == "re3d":
            # Descriptions are marked like names there: only spans with a capital count, and descriptions stay unknown.
            ents = [
                (s, e, RE3D.get(l) if RE3D.get(l) == "DATE" or any(w[:1].isupper() for w in r["text"][s:e].split()) else None)
                for s, e, l in ents]
            ents.sort(key=lambda e: (e[0], -e[1]))
        doc.names = name_sets(spans_to_tags(doc.offsets, ents), corpus)
        group = r.get("doc")
        if docs and group is not None and docs[-1].meta.get("doc") == group:
            docs[-1].forms += doc.forms
            docs[-1].gaps += doc.gaps
            docs[-1].names += doc.names
        else:
            doc.meta["doc"] = group
            docs.append(doc)
    return docs


def read_attributions(folder, tokens_folder, split="train"):
    """PolNeAR: roles, and for every word of an attribution the word that stands for it."""
    docs = []
    for r, doc in read_texts(folder, "polnear", f"polnear/{split}.jsonl", tokens_folder):
        n = len(doc.forms)
        doc.roles, doc.anchor = [0] * n, [-1] * n
        for a in r["attributions"]:
            members = {}
            for role in ROLES:
                pieces = []
                for s, e in a.get(role) or []:
                    inside = [i for i, (ws, we) in enumerate(doc.offsets) if ws < e and we > s]
                    if inside:
                        pieces.append(inside)
                members[role] = pieces
            anchor = next((p[0][0] for p in (members["cue"], members["source"], members["content"]) if p), None)
            if anchor is None:
                continue
            for role, pieces in members.items():
                for piece in pieces:
                    for k, i in enumerate(piece):
                        doc.roles[i] = ROLE_TAGS.index(("B-" if k == 0 else "I-") + role)
                        doc.anchor[i] = anchor
        docs.append(doc)
    return docs

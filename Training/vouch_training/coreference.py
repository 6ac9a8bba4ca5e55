"""Coreference: what references' words tell, the scores of antecedents, the loss, and the chains.

A reference (mention) is known by its head word.
"""

from dataclasses import dataclass

import torch

from .corpora import TYPES

PRONOUNS = {}
for _class, _forms in enumerate(
    ["i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "he him his himself",
     "she her hers herself", "it its itself", "they them their theirs themselves", "who whom whose which that what",
     "this these those there here"]):
    for _form in _forms.split():
        PRONOUNS[_form] = _class
OTHER_PRONOUN, NAME, NAMES_, NOUN, NOUNS, REST = 9, 10, 11, 12, 13, 14
CLASSES = 15
# Determiner of the mention: none, definite, indefinite, demonstrative, possessive, other.
DETERMINERS = 6
# No match, same head, some word of a name in common, all words of the later one in the earlier one, all words the same.
MATCHES = 5
# Subject, object, oblique, of a noun, possessor, apposition, other.
ROLES = 7
SENTENCES, STEPS, KINDS = 5, 10, len(TYPES)
TABLES = {
    "class_pair": (CLASSES, CLASSES), "class_match": (CLASSES, CLASSES, MATCHES), "determiner_match": (DETERMINERS, MATCHES),
    "class_sentence": (CLASSES, SENTENCES), "class_steps": (CLASSES, STEPS), "class_new": (CLASSES,),
    "determiner_new": (DETERMINERS,), "kind_pair": (KINDS, KINDS), "class_kind": (CLASSES, KINDS), "class_phrase": (CLASSES, 2),
    "role_pair": (3, ROLES, ROLES), "match_sentence": (MATCHES, SENTENCES), "kind_new": (KINDS,),
}
DEMONSTRATIVE = {"this", "that", "these", "those"}
INEXACT = {"a", "an", "another"}
NAME_PARTS = {"flat", "compound", "flat:foreign", "flat:name", "nmod:desc"}
SKIPPED = {"the", "a", "an", "this", "that"}
WINDOW = 120  # earlier mentions that a mention is compared with, besides those that share a word with it

# Chosen on the development half, where vectors tell less than on the texts of training: their weight beside the tables; the
# weight of no antecedent; how far below "none" a kind's score may be for a word that counts if it joins a chain.
TRUST, ALONE, DOUBT = 0.5, 1.8, 1.0

# Dependents that lie outside the mention of their head, before and after it, and where the head is a predicate.
OUTSIDE_LEFT = {"case", "punct", "cc", "cop", "mark", "discourse", "reparandum", "parataxis", "advmod", "dislocated"}
OUTSIDE_RIGHT = {"punct", "conj", "cc", "appos", "parataxis", "discourse", "list", "dep", "orphan"}
OF_CLAUSE = {"nsubj", "csubj", "aux", "advcl", "expl", "advmod", "mark", "obl"}
RESTRICTIVE = {"nmod", "acl", "advcl"}


@dataclass
class Trees:
    """Words with their trees, gold or predicted: lists as long as the words, and the dependents of each word."""

    forms: list
    upos: list
    xpos: list
    lemma: list
    head: list
    deprel: list

    def __post_init__(self):
        self.children = [[] for _ in self.forms]
        for i, h in enumerate(self.head):
            if h >= 0:
                self.children[h].append(i)


@dataclass
class Profile:
    cls: int
    determiner: int
    words: frozenset
    head_word: str
    role: int
    phrase: str


def subtree(i, t):
    """First and last word of what hangs on a word."""
    low, high, stack = i, i, [i]
    while stack:
        i = stack.pop()
        low, high = min(low, i), max(high, i)
        stack += t.children[i]
    return low, high


def is_set_off(child, h, first, t):
    """Whether a modifier behind its head stands in brackets, or behind a comma without being a relative clause."""
    mark = t.forms[first if t.upos[first] == "PUNCT" or first - 1 <= h else first - 1]
    return mark in ("(", "[") or mark == "," and t.deprel[child] in RESTRICTIVE


def span(h, t):
    """First and last word of the mention with head h: its subtree without what belongs to the clause around it."""
    clause = any(t.deprel[c] == "cop" for c in t.children[h])
    verb = t.upos[h] in ("VERB", "AUX")
    low = high = h
    for c in t.children[h]:
        rel = t.deprel[c].split(":")[0]
        infinitive = verb and c < h and rel == "mark" and t.forms[c].lower() == "to"
        if rel in (OUTSIDE_LEFT if c < h else OUTSIDE_RIGHT) and not infinitive or clause and rel in OF_CLAUSE:
            continue
        first, last = subtree(c, t)
        if not verb and c > h and is_set_off(c, h, first, t):
            continue
        low, high = min(low, first), max(high, last)
    return low, high


def role(deprel):
    if deprel == "nmod:poss":
        return 4
    return {"nsubj": 0, "csubj": 0, "obj": 1, "iobj": 1, "obl": 2, "nmod": 3, "appos": 5}.get(deprel.split(":")[0], 6)


def profile(i, t):
    """What the words of the mention with head i tell."""
    low, high = span(i, t)
    while low < high and t.forms[low].lower() in SKIPPED:
        low += 1
    phrase = " ".join(t.forms[low : high + 1]).lower()
    form = t.forms[i].lower()
    if t.upos[i] in ("PRON", "DET", "ADV") or t.xpos[i] in ("PRP", "PRP$"):
        return Profile(PRONOUNS.get(form, OTHER_PRONOUN), 0, frozenset(), form, role(t.deprel[i]), phrase)
    if t.upos[i] == "PROPN":
        cls = NAMES_ if t.xpos[i] == "NNPS" else NAME
    elif t.upos[i] in ("NOUN", "NUM", "ADJ", "SYM", "X"):
        cls = NOUNS if t.xpos[i] == "NNS" else NOUN
    else:
        cls = REST
    determiner = 0
    head_word = t.lemma[i].lower()
    words = {head_word}
    for c in t.children[i]:
        if t.deprel[c] in NAME_PARTS and t.upos[c] in ("PROPN", "NOUN"):
            words.add(t.lemma[c].lower())
        elif c < i and t.deprel[c] == "det":
            f = t.forms[c].lower()
            determiner = 1 if f == "the" else 2 if f in INEXACT else 3 if f in DEMONSTRATIVE else 5
        elif c < i and t.deprel[c] == "nmod:poss":
            determiner = 4
    if cls not in (NAME, NAMES_):
        words = {head_word}
    return Profile(cls, determiner, frozenset(words), head_word, role(t.deprel[i]), phrase)


def match(later, earlier):
    """How the words of two mentions agree."""
    if not later.words or not earlier.words:
        return 0
    if later.words == earlier.words:
        return 4
    if later.words <= earlier.words:
        return 3
    if later.head_word == earlier.head_word:
        return 1
    return 2 if later.words & earlier.words else 0


def features(heads, kinds, sentences, trees):
    """Tensors over the mentions of a document and over all pairs [later, earlier] of them."""
    profiles = [profile(i, trees) for i in heads]
    n = len(heads)
    m = torch.zeros(n, n, dtype=torch.long)
    for i in range(n):
        if profiles[i].words:
            for j in range(i):
                m[i, j] = match(profiles[i], profiles[j])
    s = torch.tensor(sentences)
    apart = (s[:, None] - s[None, :]).clamp(0)
    apart = torch.where(apart < 3, apart, torch.where(apart < 6, 3, 4))
    steps = (torch.arange(n)[:, None] - torch.arange(n)[None, :]).clamp(min=1)
    phrases = {}
    numbers = torch.tensor([phrases.setdefault(p.phrase, len(phrases)) for p in profiles])
    order = torch.arange(n)
    return {
        "class": torch.tensor([p.cls for p in profiles]), "determiner": torch.tensor([p.determiner for p in profiles]),
        "role": torch.tensor([p.role for p in profiles]), "kind": torch.tensor(kinds), "match": m, "sentence": apart,
        "steps": torch.bucketize(steps, torch.tensor([1, 2, 3, 4, 7, 11, 19, 35, 63])),
        "phrase": (numbers[:, None] == numbers[None, :]).long(),
        "allowed": (order[None, :] < order[:, None]) & (((order[:, None] - order[None, :]) <= WINDOW) | (m > 0)),
    }


def scores(net, vectors, f, dropout=0.0, trust=1.0):
    """Scores [n, n] of antecedents (lower triangle), beside 0 for none; `trust` is the weight of the vectors."""
    from .network import gelu

    drop = lambda x: torch.nn.functional.dropout(x, dropout, dropout > 0)
    h, t, n = net.heads, net.tables, len(vectors)
    query, key = gelu(h["coreference_query"](vectors)), gelu(h["coreference_key"](vectors))
    later = lambda v: v[:, None].expand(n, n)
    earlier = lambda v: v[None, :].expand(n, n)
    cls, det, kind, m, s = f["class"], f["determiner"], f["kind"], f["match"], f["sentence"]
    c, pronoun = later(cls), later((cls <= OTHER_PRONOUN).long())
    out = trust * (h["coreference_bilinear"](drop(query)) @ key.T + h["coreference_anaphoric"](query))
    out = out + t["class_pair"][c, earlier(cls)] + t["class_match"][c, earlier(cls), m] + t["determiner_match"][later(det), m]
    out = out + t["class_sentence"][c, s] + t["class_steps"][c, f["steps"]]
    out = out + (t["class_new"][cls] + t["determiner_new"][det] + t["kind_new"][kind])[:, None]
    out = out + t["kind_pair"][later(kind), earlier(kind)] + t["class_kind"][c, earlier(kind)] + t["class_phrase"][c, f["phrase"]]
    manner = pronoun * (1 + (s == 0).long())
    return out + t["role_pair"][manner, later(f["role"]), earlier(f["role"])] + t["match_sentence"][m, s]


def loss(net, vectors, f, clusters, dropout=0.0):
    """Mean negative log-likelihood of the right antecedents, or of none."""
    n = len(vectors)
    numbers = {}
    c = torch.tensor([numbers.setdefault(k, len(numbers)) for k in clusters])
    same = (c[:, None] == c[None, :]) & f["allowed"]
    s = scores(net, vectors, f, dropout).masked_fill(~f["allowed"], -1e4)
    s = torch.cat([torch.zeros(n, 1), s], 1)
    right = torch.cat([~same.any(1, keepdim=True), same], 1)
    return (s.logsumexp(1) - s.masked_fill(~right, -1e4).logsumexp(1)).mean()


@torch.no_grad()
def chains(net, vectors, f):
    """Cluster number of each mention, from left to right: the one whose members weigh most as antecedents, or a new one."""
    if len(vectors) == 0:
        return []
    weights = scores(net, vectors, f, trust=TRUST).masked_fill(~f["allowed"], -1e4).double().exp()
    cluster = []
    for i in range(len(vectors)):
        sums = {}
        for c, w in zip(cluster, weights[i].tolist()):
            sums[c] = sums.get(c, 0.0) + w
        best = max(sums, key=sums.get, default=None)
        cluster.append(best if best is not None and sums[best] > ALONE else i)
    return cluster

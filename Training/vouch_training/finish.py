"""Trains the heads of coreference further, with the encoder as it is, on the trees that the network itself predicts.

GUM is small beside the other corpora: these heads gain from more passes over it than the encoder can take.
"""

import argparse
import os
import random

import torch
from safetensors.torch import save_file

from . import coreference, corpora, evaluate, train

PASSES, RATE, DROPOUT = 20, 1.2e-3, 0.4


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights", help="folder that train.py wrote; its weights are replaced")
    ap.add_argument("--data", required=True, help="folder with the corpora")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--bias", type=float, default=0.5, help="added to every antecedent's score; chosen on the development half")
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    net = evaluate.load_network(a.weights)
    net.fast = True
    docs = corpora.read_gum(a.data, "train")
    train.encode(docs, net.labels, train.word_pieces())
    evaluate.run(net, docs)
    prepared = []
    for d in docs:
        evaluate.parse(net, d)
        heads = [h for h, _, _ in d.mentions]
        with torch.no_grad():
            kinds = net.mention_types(d.vectors[heads]).argmax(-1).tolist()
        f = coreference.features(heads, kinds, [d.sentence[i] for i in heads], evaluate.predicted_trees(d))
        prepared.append((d.vectors[heads], f, [c for _, _, c in d.mentions]))

    trained = [p for n, p in net.named_parameters() if n.startswith(("heads.coreference_", "tables."))]
    opt = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.02)
    steps, step = PASSES * len(prepared), 0
    for number in range(PASSES):
        rng.shuffle(prepared)
        total = 0.0
        for vectors, f, clusters in prepared:
            for g in opt.param_groups:
                g["lr"] = RATE * max(0.02, 1 - step / steps)
            value = coreference.loss(
                net, torch.nn.functional.dropout(vectors, DROPOUT), f, clusters, DROPOUT)
            opt.zero_grad()
            value.backward()
            opt.step()
            step += 1
            total += value.item()
        print(f"pass {number + 1}: {total / len(prepared):.3f}", flush=True)
    with torch.no_grad():
        net.heads["coreference_anaphoric"].bias += a.bias
    save_file(net.state_dict(), os.path.join(a.weights, "weights.safetensors"))


if __name__ == "__main__":
    main()

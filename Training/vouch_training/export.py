"""Writes the model file that Vouch runs: 8-bit weights in a safetensors file, and its description in JSON."""

import argparse
import json
import os
import sys

import torch
import xxhash
from safetensors.torch import save_file

from . import coreference, corpora, evaluate, words
from .corpora import NAME_TAGS, TYPES
from .train import word_pieces


def quantise(weight):
    """Rows as signed bytes and their scales."""
    scale = weight.abs().amax(1).clamp(min=1e-30) / 127
    return torch.round(weight / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def tensor_name(name):
    """The name in the model file of a parameter of the network."""
    if name.startswith("heads."):
        name = name[len("heads."):].replace("_", ".", 1)
    elif name.startswith("tables."):
        name = "coreference." + name[len("tables."):]
    elif name in ("words_shape", "arc_root", "label_root"):
        name = name.replace("_", ".", 1)
    return name


def text_tables():
    """The classes and foldings of code points, so that reading does not depend on a version of Unicode."""
    starts, kinds, codes, firsts, values = [], [], [], [0], []
    for code in range(0x110000):
        c = chr(code)
        kind = 2 if 0xD800 <= code <= 0xDFFF else words.kind_of(c)
        if not kinds or kinds[-1] != kind:
            starts.append(code)
            kinds.append(kind)
        if 0xD800 <= code <= 0xDFFF:
            continue
        f = words.folded(c)
        if f != c:
            codes.append(code)
            values += [ord(d) for d in f]
            firsts.append(len(values))
    i32 = lambda v: torch.tensor(v, dtype=torch.int32)
    return {
        "text.class.start": i32(starts), "text.class.kind": torch.tensor(kinds, dtype=torch.uint8),
        "text.fold.code": i32(codes), "text.fold.first": i32(firsts), "text.fold.value": i32(values)}


def lemma_table(docs):
    """Lines of "form TAB tag TAB lemma", sorted: what the training texts leave no doubt about.

    Forms are lower-cased; proper nouns are left to the lemma scripts, which know their case.
    """
    counts = {}
    for d in docs:
        for form, tag, lemma in zip(d.forms, d.xpos, d.lemma):
            if tag not in ("NNP", "NNPS", "_") and not any(c in "\t\n" for c in form + lemma):
                c = counts.setdefault((form.lower().replace("\u2019", "'"), tag), {})
                c[lemma] = c.get(lemma, 0) + 1
    lines = []
    for (form, tag), lemmas in counts.items():
        lemma, n = max(lemmas.items(), key=lambda p: (p[1], p[0]))
        total = sum(lemmas.values())
        if n >= 0.9 * total and (n > 1 or lemma != form) and len(form.encode()) <= 64 and len(lemma.encode()) <= 64:
            lines.append(f"{form}\t{tag}\t{lemma}\n".encode())
    return b"".join(sorted(lines))


def tensors(state, vocabulary, table):
    linear = {n[: -len(".weight")] for n, t in state.items() if n.endswith(".weight") and t.dim() == 2}
    found = {}
    for name, t in state.items():
        owner = name.rsplit(".", 1)[0]
        if name.endswith(".weight") and owner in linear:
            out = tensor_name(owner)
            found[out + ".weight"], found[out + ".scale"] = quantise(t.float())
        else:
            found[tensor_name(name)] = t.float().contiguous()
    found.update(text_tables())
    ordered = sorted(vocabulary, key=vocabulary.get)
    found["text.vocabulary"] = torch.tensor(list("\n".join(ordered).encode()), dtype=torch.uint8)
    found["lemma.table"] = torch.tensor(list(table), dtype=torch.uint8)
    return found


def describe(labels, layers, checksum):
    return {
        "format": "vouch-language/1", "hidden": 384, "heads": 12, "inner": 1536, "layers": layers, "pieces": words.PIECES,
        "checksum": checksum, "upos": labels["upos"], "xpos": labels["xpos"], "relations": labels["relations"],
        "lemmas": labels["lemmas"], "names": NAME_TAGS, "mentions": TYPES,
        "pronouns": sorted([form, c] for form, c in coreference.PRONOUNS.items()),
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights", help="folder that train.py wrote")
    ap.add_argument("--data", required=True, help="folder with the corpora")
    ap.add_argument("out", help="folder for english.safetensors and english.json")
    a = ap.parse_args()
    net = evaluate.load_network(a.weights)
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "english.safetensors")
    docs = corpora.read_conllu(os.path.join(a.data, "ewt/train.conllu"), "ewt") + corpora.read_gum(a.data, "train")
    save_file(tensors(net.state_dict(), word_pieces().vocabulary, lemma_table(docs)), path, metadata={"format": "vouch-language/1"})
    digest = xxhash.xxh64(open(path, "rb").read()).hexdigest()
    with open(os.path.join(a.out, "english.json"), "w", encoding="utf-8") as f:
        json.dump(describe(net.labels, len(net.encoder), digest), f, ensure_ascii=False, indent=1)
        f.write("\n")
    print(f"{os.path.getsize(path)} bytes, checksum {digest}", file=sys.stderr)


if __name__ == "__main__":
    main()

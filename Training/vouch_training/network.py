"""The network: MiniLM's encoder over windows of words, and light heads on the word vectors."""

import torch
from torch import nn
from torch.nn import functional as F

from . import words
from .corpora import NAME_TAGS, ROLE_TAGS, TYPES

HIDDEN, ATTENTION_HEADS, INNER = 384, 12, 1536
HEAD_SCALE = (HIDDEN // ATTENTION_HEADS) ** -0.5
ARC, LABEL, SPAN = 128, 64, 256


def gelu(x):
    return F.gelu(x, approximate="tanh")


def quantised_rows(x):
    """Rows rounded to 255 steps between their least and greatest value, as the runtime does before every product."""
    low = x.amin(-1, keepdim=True)
    step = (x.amax(-1, keepdim=True) - low) / 255
    rounded = torch.round((x - low) / step.clamp(min=1e-30)).clamp(0, 255) * step + low
    return x + (rounded - x).detach()


def quantised_weight(w):
    scale = w.abs().amax(1, keepdim=True).clamp(min=1e-30) / 127
    return w + (torch.round(w / scale).clamp(-127, 127) * scale - w).detach()


class Linear(nn.Linear):
    """A linear layer that can stand for its 8-bit form: gradients pass the rounding unchanged."""

    simulate = False

    def forward(self, x):
        if not Linear.simulate:
            return super().forward(x)
        return F.linear(quantised_rows(x.float()), quantised_weight(self.weight), self.bias)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = Linear(HIDDEN, 3 * HIDDEN)
        self.out = Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = Linear(HIDDEN, INNER)
        self.outer = Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask, drop):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        scores = (q * HEAD_SCALE) @ k.transpose(-1, -2) + mask
        a = scores.softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, -1)))
        return self.norm2(x + drop(self.outer(gelu(self.inner(x)))))


class Embeddings(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Parameter(torch.zeros(words.LONGEST, HIDDEN))
        self.shape = nn.Parameter(torch.zeros(words.SHAPES, HIDDEN))
        self.gap = nn.Parameter(torch.zeros(words.GAPS, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, ids, shapes, gaps):
        weight = quantised_weight(self.word.weight) if Linear.simulate and not self.training else self.word.weight
        x = F.embedding(ids, weight) + self.position[: ids.shape[1]]
        # Small tables as products: their gradients are dense sums.
        x = x + F.one_hot(shapes, words.SHAPES).float() @ self.shape + F.one_hot(gaps, words.GAPS).float() @ self.gap
        return self.norm(x)


def shared_dropout(x, p, training):
    """Drops the same dimensions along a window."""
    if not training or p == 0:
        return x
    return x * x.new_empty(x.shape[0], 1, x.shape[-1]).bernoulli_(1 - p) / (1 - p)


class Network(nn.Module):
    """Encoder and heads. `labels`: upos, xpos, relations, lemmas."""

    def __init__(self, labels, layers=6, vocabulary=30522, head_dropout=0.2):
        super().__init__()
        self.labels, self.head_dropout = labels, head_dropout
        self.fast = False  # whether the encoder computes in 16 bits outside training too
        self.embeddings = Embeddings(vocabulary)
        self.encoder = nn.ModuleList(Layer() for _ in range(layers))
        self.words = nn.ModuleDict({"projection": Linear(2 * HIDDEN, HIDDEN), "norm": nn.LayerNorm(HIDDEN, eps=1e-12)})
        self.words_shape = nn.Parameter(torch.zeros(words.SHAPES, HIDDEN))
        with torch.no_grad():
            self.words["projection"].weight.copy_(torch.cat([torch.eye(HIDDEN), torch.eye(HIDDEN)], 1) * 0.5)
            self.words["projection"].bias.zero_()
        relations = len(labels["relations"])
        head = {
            "boundary": Linear(HIDDEN, 1),
            "upos": Linear(HIDDEN, len(labels["upos"])),
            "xpos": Linear(HIDDEN, len(labels["xpos"])),
            "lemma": Linear(HIDDEN, len(labels["lemmas"])),
            "arc_dependent": Linear(HIDDEN, ARC),
            "arc_head": Linear(HIDDEN, ARC),
            "arc_bilinear": Linear(ARC, ARC),
            "arc_distance": Linear(ARC, 21),
            "label_dependent": Linear(HIDDEN, LABEL),
            "label_head": Linear(HIDDEN, LABEL),
            "label_bilinear": Linear(LABEL, relations * LABEL, bias=False),
            "label_dependent_bias": Linear(LABEL, relations),
            "label_head_bias": Linear(LABEL, relations, bias=False),
            "names_hidden": Linear(HIDDEN, SPAN),
            "names_output": Linear(SPAN, len(NAME_TAGS)),
            "attribution_hidden": Linear(HIDDEN, SPAN),
            "attribution_output": Linear(SPAN, len(ROLE_TAGS)),
            "attribution_query": Linear(HIDDEN, ARC),
            "attribution_key": Linear(HIDDEN, ARC),
            "attribution_bilinear": Linear(ARC, ARC),
            "mention_hidden": Linear(HIDDEN, ARC),
            "mention_output": Linear(ARC, len(TYPES)),
            "coreference_query": Linear(HIDDEN, ARC),
            "coreference_key": Linear(HIDDEN, ARC),
            "coreference_bilinear": Linear(ARC, ARC),
            "coreference_anaphoric": Linear(ARC, 1),
        }
        self.heads = nn.ModuleDict(head)
        for name in ("arc_bilinear", "attribution_bilinear", "coreference_bilinear"):
            nn.init.normal_(self.heads[name].weight, std=1 / ARC)
            nn.init.zeros_(self.heads[name].bias)
        nn.init.normal_(self.heads["label_bilinear"].weight, std=1 / LABEL)
        nn.init.zeros_(self.heads["arc_distance"].weight)
        self.arc_root = nn.Parameter(torch.randn(ARC) * 0.1)
        self.label_root = nn.Parameter(torch.randn(LABEL) * 0.1)
        from . import coreference

        self.tables = nn.ParameterDict({k: nn.Parameter(torch.zeros(s)) for k, s in coreference.TABLES.items()})

    def load_base(self, weights):
        """Takes the encoder from MiniLM's weights."""
        e = "embeddings."
        copy = lambda to, name: to.data.copy_(weights[name])
        copy(self.embeddings.word.weight, e + "word_embeddings.weight")
        self.embeddings.position.data.copy_(
            weights[e + "position_embeddings.weight"] + weights[e + "token_type_embeddings.weight"][0])
        copy(self.embeddings.norm.weight, e + "LayerNorm.weight")
        copy(self.embeddings.norm.bias, e + "LayerNorm.bias")
        for i, layer in enumerate(self.encoder):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                getattr(layer.qkv, part).data.copy_(
                    torch.cat([weights[f"{p}attention.self.{k}.{part}"] for k in ("query", "key", "value")]))
                for to, name in (
                    (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"), (layer.outer, "output.dense"), (layer.norm2, "output.LayerNorm"),
                ):
                    copy(getattr(to, part), f"{p}{name}.{part}")

    def encode(self, batch):
        """Word vectors [windows, words, 384]."""
        drop = lambda x: F.dropout(x, 0.1, self.training)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training or self.fast):
            x = drop(self.embeddings(batch["ids"], batch["shapes"], batch["piece_gaps"]))
            mask = torch.zeros(batch["mask"].shape, dtype=x.dtype).masked_fill(~batch["mask"], -1e4)[:, None, None, :]
            for layer in self.encoder:
                x = layer(x, mask, drop)
        x = x[: batch["windows"]].float()
        pick = lambda i: torch.gather(x, 1, i[: batch["windows"], :, None].expand(-1, -1, HIDDEN))
        w = self.words["projection"](torch.cat([pick(batch["first"]), pick(batch["last"])], -1))
        w = w + F.one_hot(batch["word_shapes"][: batch["windows"]], words.SHAPES).float() @ self.words_shape
        return shared_dropout(self.words["norm"](w), self.head_dropout, self.training)

    def arcs(self, x, heads_mask):
        """Scores [windows, dependents, 1 + heads]; column 0 is the root. `heads_mask` [windows, dependents, heads]."""
        b, n, _ = x.shape
        h = self.heads
        d = shared_dropout(gelu(h["arc_dependent"](x)), self.head_dropout, self.training)
        g = shared_dropout(gelu(h["arc_head"](x)), self.head_dropout, self.training)
        scores = h["arc_bilinear"](d) @ torch.cat([self.arc_root.expand(b, 1, -1), g], 1).transpose(1, 2)
        scores = scores + torch.gather(h["arc_distance"](d), 2, distance_buckets(n).expand(b, -1, -1))
        allowed = torch.cat([heads_mask.new_ones(b, n, 1), heads_mask], 2)
        return scores.masked_fill(~allowed, -1e4)

    def relations(self, x, heads):
        """Scores [windows, words, relations] for given heads (0 the root, else 1 + word)."""
        b, n, _ = x.shape
        h = self.heads
        r = shared_dropout(gelu(h["label_dependent"](x)), self.head_dropout, self.training)
        g = shared_dropout(gelu(h["label_head"](x)), self.head_dropout, self.training)
        g = torch.cat([self.label_root.expand(b, 1, -1), g], 1)
        head = torch.gather(g, 1, heads[:, :, None].expand(-1, -1, LABEL))
        bilinear = h["label_bilinear"](r).view(b, n, -1, LABEL)
        return (bilinear @ head[..., None])[..., 0] + h["label_dependent_bias"](r) + h["label_head_bias"](head)

    def names(self, x):
        return self.heads["names_output"](F.dropout(gelu(self.heads["names_hidden"](x)), self.head_dropout, self.training))

    def roles(self, x):
        h = self.heads
        return h["attribution_output"](F.dropout(gelu(h["attribution_hidden"](x)), self.head_dropout, self.training))

    def pointers(self, x):
        h = self.heads
        return h["attribution_bilinear"](gelu(h["attribution_query"](x))) @ gelu(h["attribution_key"](x)).transpose(1, 2)

    def mention_types(self, x):
        h = self.heads
        return h["mention_output"](F.dropout(gelu(h["mention_hidden"](x)), self.head_dropout, self.training))


_buckets = {}


def distance_buckets(n):
    """Buckets of signed distances [n, 1 + n]; the root's is 20."""
    if n not in _buckets:
        delta = torch.arange(n)[None, :] - torch.arange(n)[:, None]
        size = torch.bucketize(delta.abs().clamp(min=1), torch.tensor([1, 2, 3, 4, 6, 9, 14, 24, 40]))
        _buckets[n] = torch.cat([torch.full((n, 1), 20), size + 10 * (delta > 0)], 1)[None]
    return _buckets[n]

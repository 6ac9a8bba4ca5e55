"""How words become what the encoder sees: shapes, gaps, pieces and windows. Vouch's runtime does exactly the same."""

import unicodedata

PIECES = 192  # of a window, [CLS] and [SEP] counted
LONGEST = 512  # a window without a place to cut
WORD_PIECES = 8
UNKNOWN, START, END = 100, 101, 102
SHAPES, NO_SHAPE, GAPS = 14, 13, 4


def shape(form):
    """The class of a word's letter case and digits, 0...12."""
    upper = sum(c.isupper() for c in form)
    lower = sum(c.islower() for c in form)
    digits = sum(c.isdecimal() for c in form)
    if upper + lower == 0:
        return 0 if digits == 0 else 1 if digits == len(form) else 2
    if digits > 0:
        return 3 if upper > 0 else 4
    if upper == 0:
        return 5
    if lower == 0:
        return 6 if len(form) == 1 else 7 if "." in form else 8 if upper <= 5 else 9
    if form[0].isupper():
        return 10 if upper == 1 else 11
    return 12


def gap(between):
    """The class of the white space before a word, 0...3."""
    if not between:
        return 0
    return min(1 + between.count("\n"), 3)


def _is_alone(c):
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    if unicodedata.category(c)[0] == "P":
        return True
    return (
        0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2CEAF
        or 0xF900 <= o <= 0xFAFF or 0x2F800 <= o <= 0x2FA1F
    )


def kind_of(c):
    """0 part of a run, 1 a run of its own, 2 dropped."""
    category = unicodedata.category(c)
    if category[0] in "CZ" or category == "Mn" or c.isspace():
        return 2
    return 1 if _is_alone(c) else 0


def folded(c):
    """Lower case, decomposed, without combining marks."""
    if 0xAC00 <= ord(c) <= 0xD7A3:  # Hangul syllables stay whole: their decomposition is arithmetic and not in the vocabulary
        return c
    return "".join(d for d in unicodedata.normalize("NFD", c.lower()) if unicodedata.category(d) != "Mn")


class WordPieces:
    """Cuts words into the pieces of the base model's vocabulary."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.cache = {}

    def pieces(self, form):
        known = self.cache.get(form)
        if known is None:
            known = self.cache[form] = self._cut(form)
        return known

    def _cut(self, form):
        runs, run = [], ""
        for c in "".join(folded(c) for c in form):
            kind = kind_of(c)
            if kind == 0:
                run += c
            elif kind == 1:
                runs += [run, c] if run else [c]
                run = ""
        if run:
            runs.append(run)
        pieces = []
        for run in runs:
            pieces += self._longest(run)
            if len(pieces) >= WORD_PIECES:
                break
        return pieces[:WORD_PIECES] or [UNKNOWN]

    def _longest(self, run):
        if len(run) > 100:
            return [UNKNOWN]
        found, start = [], 0
        while start < len(run):
            for end in range(len(run), start, -1):
                piece = self.vocabulary.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    break
            else:
                return [UNKNOWN]
            found.append(piece)
            start = end
        return found


CLOSERS = set("\"'”’)]}»") | {"''"}


def soft_starts(forms, gaps):
    """Words that look like the start of a sentence: places where a window may be cut."""
    found = []
    for i, form in enumerate(forms):
        soft = False
        if i > 0 and gaps[i] >= 1 and not form[0].islower():
            j = i - 1
            while j > 0 and i - j <= 3 and forms[j] in CLOSERS:
                j -= 1
            soft = forms[j][-1] in ".!?…"
        found.append(soft)
    return found


def windows(counts, hard, soft, budget=PIECES):
    """Ranges of words that are read together.

    counts: pieces of each word; hard: words after a blank line; soft: likely sentence starts.
    """
    ranges, start, n = [], 0, len(counts)
    while start < n:
        total, end = 2, start
        last_hard = last_soft = hard_total = 0
        cut = None
        while end < n:
            if end > start:
                if hard[end]:
                    last_hard, hard_total = end, total
                if soft[end]:
                    last_soft = end
            if total + counts[end] > budget:
                if last_hard and 2 * hard_total > budget:
                    cut = last_hard
                elif last_soft:
                    cut = last_soft
                elif last_hard:
                    cut = last_hard
                elif total + counts[end] > LONGEST:
                    cut = end
                if cut is not None:
                    break
            total += counts[end]
            end += 1
        cut = n if cut is None else cut
        ranges.append((start, cut))
        start = cut
    return ranges

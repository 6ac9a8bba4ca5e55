#!/usr/bin/env python3
"""Make a folder for `vouch --ontology` from dictionaries of PETRARCH, the event coder.

Usage: petrarch_tables.py OUT [--actors FILE]... [--agents FILE]... [--verbs FILE]... [--only]

--actors  gazetteers/countries.tsv, people.tsv and organizations.tsv, each name with its dated codes
--agents  lexicons/agents.tsv
--verbs   frames/events.tsv, a row for each verb and each pattern
--only    the tables of agents and events stand for the built-in ones instead of adding to them

Dictionaries write names in capitals; tables get them in title case. Of a pattern everything is kept that has a meaning over trees:
its words as a condition, in their order before or behind the verb; `+`, `$` and `%` as slots; sets of synonyms as alternatives.
What is not: `^`, patterns inside patterns, transformations. Python standard library only.
"""

import argparse
import itertools
import re
import sys
from pathlib import Path

DEMONYM = re.compile(r".{2,}(ian|ean|an|ese|ish|i|ch|ic|ians|ans)$", re.I)
SMALL = {"of", "the", "and", "for", "in", "de", "la", "el", "al", "bin", "von", "van"}
# CAMEO roots by PLOVER type.
TYPES = {
    "01": "OTHER", "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "CONCEDE",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT"}

# Irregular forms that are no verb's base form too.
IRREGULAR = [
    line.split("\t") for line in
    (Path(__file__).parents[1] / "lexicons/irregular.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
FORMS = {form for row in IRREGULAR if row[2] == "v" for form in row[3].split("|")} - {row[1] for row in IRREGULAR}


def lines(path):
    """The lines of a dictionary without comments."""
    text = re.sub(r"<!\s*--.*?-->", "", Path(path).read_text(encoding="utf-8", errors="replace"), flags=re.S)
    for line in text.split("\n"):
        line = re.sub(r"(^|\s)#.*", "", line).rstrip()
        if line.strip():
            yield line


def words(text):
    return " ".join(text.replace("_", " ").split())


def titled(name):
    """A name in capitals as news write it; the other spellings it may have."""
    parts = words(name).split(" ")

    def one(word, index):
        if "." in word and len(word) <= 6:
            return word
        low = word.lower()
        if index and low in SMALL:
            return low
        return "-".join(p if p in ("al",) and index else p.capitalize() for p in low.split("-"))

    main = " ".join(one(w, i) for i, w in enumerate(parts))
    others = []
    if main.lower().startswith("the "):
        main = main[4:5].upper() + main[5:]
        parts = parts[1:]
    if len(parts) == 1 and len(parts[0]) <= 5 and parts[0].isupper():
        others.append(parts[0])
    if main.startswith("Al-"):
        others.append("al-" + main[3:])
    if main.startswith("Un "):
        others.append("UN " + main[3:])
    if main.startswith("Us "):
        others.append("US " + main[3:])
    return main, others


def day(text):
    """A date of a dictionary in ISO 8601; None for one that cannot be read."""
    text = text.strip()
    if len(text) == 6 and text.isdigit():
        text = ("19" if text[:2] > "30" else "20") + text
    if len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return None


def dated(block):
    """A code in brackets as the item of a cell."""
    match = re.fullmatch(r"\s*([^\s<>]*?)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?\s*", block)
    if not match:
        return None
    code = match[1].upper()
    if match[2] == "<":
        return f"{code} ..{day(match[3])}" if day(match[3]) else None
    if match[2] == ">":
        return f"{code} {day(match[3])}.." if day(match[3]) else None
    if match[4]:
        first, last = day(match[4]), day(match[5])
        return f"{code} {first}..{last}" if first and last else None
    return code


def actors(paths):
    """Names with their synonyms and items of codes, in the order of the dictionaries."""
    entry = None
    for path in paths:
        for line in lines(path):
            blocks = re.findall(r"\[([^\]]*)\]", line)
            name = line.split("[")[0].strip()
            if name.startswith("+"):
                if entry:
                    entry[0].append(name[1:])
            elif name:
                if entry:
                    yield entry
                entry = ([name], [])
            if entry:
                entry[1].extend(item for block in blocks if (item := dated(block)))
    if entry:
        yield entry


def span(item):
    """Days that an item holds, so that the narrowest comes first."""
    if " " not in item:
        return 10**6
    first, last = item.split(" ")[1].split("..")
    years = [int(x[:4]) * 372 + int(x[5:7]) * 31 + int(x[8:]) if x else None for x in (first, last)]
    return years[1] - years[0] if None not in years else 10**5


def write(folder, name, columns, rows, only=False):
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    head = [f"# title: {path.stem} of PETRARCH dictionaries", "# source: PETRARCH", "# licence: that of the dictionaries"]
    head += ["# replaces: built-in"] if only else []
    head += ["# columns: " + "\t".join(columns)]
    seen, body = {}, []
    for row in rows:
        count = seen[row[0]] = seen.get(row[0], 0) + 1
        body.append("\t".join([row[0] if count == 1 else f"{row[0]}.{count}", *row[1:]]))
    path.write_text("\n".join(head + body) + "\n", encoding="utf-8")


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def write_actors(folder, paths):
    countries, people, bodies = [], [], []
    for names, codes in actors(paths):
        codes = [c for c in codes if re.match(r"[A-Z/]{2,}", c)]
        if not codes:
            continue
        codes = sorted(codes, key=span)
        plain = [titled(n) for n in names]
        plain = [(n, o) for n, o in plain if len(n) > 1 and "|" not in n]
        if not plain:
            continue
        main = plain[0][0]
        others = list(dict.fromkeys(x for n, o in plain for x in [*o, n] if x != main))
        cell = "|".join(dict.fromkeys(codes))
        bases = {c.split(" ")[0] for c in codes}
        if all(len(b) == 3 or "/" in b for b in bases):
            demonyms = [n for n in others if " " not in n and not n.isupper() and DEMONYM.match(n) and n[:2].lower() == main[:2].lower()]
            others = [n for n in others if n not in demonyms]
            # "ISRAELI" in a place of its own, behind "ISRAEL".
            of = next((c for c in countries if c[4] == cell and main.lower().startswith(c[1][:4].lower())), None)
            if of and DEMONYM.match(main) and not others:
                countries[countries.index(of)] = (*of[:3], "|".join(x for x in (of[3], main) if x), of[4])
            else:
                countries.append((slug(main), main, "|".join(others), "|".join(demonyms), cell))
        elif any(" " in c for c in codes):
            people.append(("person:" + slug(main), main, "|".join(others), cell))
        else:
            bodies.append(("organization:" + slug(main), main, "|".join(others), cell))
    if countries:
        write(folder, "gazetteers/countries.tsv", ["id", "name", "aliases", "demonyms", "code"], countries)
    if people:
        write(folder, "gazetteers/people.tsv", ["id", "name", "aliases", "code"], people)
    if bodies:
        write(folder, "gazetteers/organizations.tsv", ["id", "name", "aliases", "code"], bodies)


def write_agents(folder, paths, only):
    sets, rows = {}, []
    for path in paths:
        for line in lines(path):
            if re.match(r"!\w+!\s*=", line):
                name, values = line.split("=", 1)
                sets[name.strip()] = [v.strip() for v in values.split(",")]
                continue
            match = re.match(r"([^\[{]+?)\s*(?:\{([^}]*)\})?\s*\[\s*(~?)([A-Z]+)(~?)\s*\]", line)
            if not match:
                continue
            code = match[4] + ("~" if match[5] else "")
            forms = [match[1]] + [f for f in (match[2] or "").split(",") if f.strip()]
            for form in forms:
                marked = re.findall(r"!\w+!", form)
                for values in itertools.product(*(sets.get(m, [""]) for m in marked)):
                    text = form
                    for mark, value in zip(marked, values):
                        text = text.replace(mark, value, 1)
                    text = words(text).lower()
                    rows.append((f"agent.{slug(text)}", text, code))
    write(folder, "lexicons/agents.tsv", ["id", "form", "code"], dict.fromkeys(rows), only)


class Verbs:
    """The rows of a dictionary of verbs."""

    def __init__(self):
        self.sets = {}
        self.rows = []

    def read(self, path):
        current, block, verbs = None, None, []
        for line in lines(path):
            text = line.strip()
            if text.startswith("####") or text.startswith("~"):
                continue
            if text.startswith("&"):
                current = text.split()[0].rstrip("_")
                self.sets[current] = []
            elif current and text.startswith("+") and block is None:
                self.sets[current].append(text[1:].strip().strip("()"))
            elif match := re.match(r"---\s*(.*?)\s*\[(.*?)\]\s*---", text):
                current, block, verbs = None, match[2], []
            elif block is not None and (text.startswith("-") or text.startswith("*")):
                if match := re.match(r"-?\s*(.*?)\[([^\]]*)\]?", text):
                    for verb in verbs:
                        self.pattern(verb, match[1], match[2])
            elif block is not None:
                own = re.search(r"\[(.*?)\]", text)
                name = re.split(r"[{\[]", text)[0].strip()
                verb = self.verb(name)
                verbs.append(verb)
                self.row(verb, [], own[1] if own else block, {})

    def verb(self, name):
        """Lemma, or an inflected form with "=" before it, and particle."""
        parts = name.strip("_ ").split("_")
        at = next((i for i, p in enumerate(parts) if p.startswith("+")), 0)
        rest = [p.lower() for i, p in enumerate(parts) if i != at]
        lemma = parts[at].lstrip("+").lower()
        return "=" + lemma if lemma in FORMS else lemma, rest[0] if rest else ""

    def alternatives(self, word, depth=0):
        """The spellings of a word of a pattern: lists of words."""
        name = word.rstrip("_")
        if name.startswith("&"):
            key = next((k for k in (name, name + "S") if k in self.sets), None)
            if key is None or depth > 3:
                return [[name.strip("&").lower()]]
            return [a for item in self.sets[key] for a in self.phrase(item, depth + 1)]
        return [words(name).lower().split(" ")]

    def phrase(self, text, depth=0):
        """All spellings of several words, as lists of lists of alternatives; single words of a set stay together."""
        found = [[]]
        for word in text.split():
            spelt = self.alternatives(word, depth)
            short = sorted({s[0] for s in spelt if len(s) == 1})
            choices = ([["/".join(short)]] if short else []) + [s for s in spelt if len(s) > 1]
            found = [f + c for f in found for c in choices]
        return found

    def items(self, side):
        """The words of one side of a pattern as groups that belong together."""
        return [re.sub("[{}()]", "", g).strip() for g in re.findall(r"\{[^}]*\}|\([^)]*\)|[^\s{}()]+", side)]

    def pattern(self, verb, text, code):
        if "*" not in text:
            return
        before, after = text.split("*", 1)
        slots, groups = {}, []
        for side, mark in ((before, "<"), (after, "")):
            for group in self.items(side):
                tokens = group.split()
                roles = [t for t in tokens if t in "+$%^"]
                rest = [t for t in tokens if t not in "+$%^"]
                for role in roles:
                    if role == "%" and mark:
                        slots["%"] = ""
                    if role in "+$" and not (role == "$" and mark):
                        where = "subject|object" if mark else (rest[0].lower() if rest else "phrase")
                        slots[{"+": "recipient", "$": "actor"}[role]] = where
                if rest and not (len(rest) == 1 and roles and not mark and group != tokens[0]):
                    groups.append((mark, " ".join(rest)))
        choices = [[mark + " ".join(spelt) for spelt in self.phrase(words_)] for mark, words_ in groups]
        for combination in itertools.islice(itertools.product(*choices), 60):
            self.row(verb, list(combination), code, slots)

    def row(self, verb, conditions, code, slots):
        code = code.strip().upper()
        lemma, particle = verb
        if not lemma or not lemma.isascii():
            return
        known = re.fullmatch(r"\d{2}[0-9A-Z]*(:\d*)?|:\d+|\d{3}[0-9A-Z]*", code)
        kind = TYPES.get(code.lstrip(":")[:2], "OTHER") if known else "NONE"
        actor, recipient = "subject|lead|phrase", "object|phrase"
        if "actor" in slots:
            actor, recipient = slots["actor"], slots.get("recipient", "subject|object")
        elif slots.get("recipient") == "subject|object":
            actor, recipient = "by|phrase", "subject|object"
        elif "recipient" in slots:
            recipient = slots["recipient"]
        conditions = [c for c in conditions if c.strip("<")]
        if "%" in slots:
            # Those who do something together do it to each other.
            conditions.append("%")
            recipient = ""
            code = code if ":" in code else f"{code}:{code}"
        self.rows.append((
            f"petrarch.{slug(lemma)}{'-' + particle if particle else ''}", lemma, "v", kind, "", actor, recipient, "", particle,
            "|".join(conditions), code if known else "", ""))


def write_verbs(folder, paths, only):
    verbs = Verbs()
    for path in paths:
        verbs.read(path)
    columns = ["id", "lemma", "pos", "type", "mode", "actor", "recipient", "co_actor", "particle", "condition", "code", "example"]
    write(folder, "frames/events.tsv", columns, verbs.rows, only)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out")
    for name in ("actors", "agents", "verbs"):
        parser.add_argument("--" + name, action="append", default=[])
    parser.add_argument("--only", action="store_true")
    options = parser.parse_args()
    if options.actors:
        write_actors(options.out, options.actors)
    if options.agents:
        write_agents(options.out, options.agents, options.only)
    if options.verbs:
        write_verbs(options.out, options.verbs, options.only)


if __name__ == "__main__":
    sys.exit(main())

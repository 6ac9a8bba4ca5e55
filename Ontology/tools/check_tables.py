#!/usr/bin/env python3
"""Check every table under Ontology/ and print one line for each error, as file:line: message.

Usage: check_tables.py [FOLDER]        (default: the folder above this script)

Checked: UTF-8, LF ends, the four header lines, the number of columns, the order of rows
(by the first column, bytewise), repeated ids, Wikidata ids, dates, numbers, stray spaces,
lists with empty or repeated items, country codes against countries.tsv, and the frames:
types, kinds, slots, particles, and an example sentence that marks a form of the row's word.
Exit status: 0 clean, 1 errors found. Python standard library only.
"""

import os
import re
import sys
import unicodedata

HEADER = ("# title: ", "# source: ", "# licence: ", "# columns: ")
FRAME_SLOTS = {"actor", "recipient", "co_actor", "holder", "target"}
LIST_COLUMNS = {"aliases", "seats", "capital_aliases", "demonyms", "metonyms"}
QID_COLUMNS = {"wikidata", "qid"}
DATE_COLUMNS = {"from", "to", "since", "until", "born", "died", "start_date", "end_date"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
QID = re.compile(r"Q[1-9]\d*")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
MARKED = re.compile(r"[^\[\]]*\[([^\[\]]+)\][^\[\]]*[.!?,]\"?[^\[\]]*")
TYPES = {
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE", "MOBILIZE", "OTHER", "PROTEST",
    "NONE", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"}
KINDS = {
    "accuse", "call-for", "condemn", "demand", "deny", "doubt", "endorse", "praise", "promise", "reject", "warn",
    "welcome"}
POLARITIES = {"support", "oppose", "conditional", "neutral"}
BLANK_WORDS = {"-", "null", "NULL", "None", "none", "n/a", "N/A", "nan", "?"}


def frame_errors(row):
    """What is wrong with a row of frames, given by column name."""
    if row["pos"] not in ("v", "n", "a"):
        yield f"column 'pos': '{row['pos']}'; expected v, n or a"
    for column, known in (("type", TYPES), ("kind", KINDS), ("polarity", POLARITIES)):
        if column in row and row[column] not in known:
            yield f"column '{column}': '{row[column]}' is not in the scheme"
    slots = [(c, item) for c in FRAME_SLOTS & set(row) if row[c] for item in row[c].split("|")]
    if not slots:
        yield "no column names a slot"
    for column, item in slots:
        if not re.fullmatch(r"[a-z]+\d?", item):
            yield f"column '{column}': '{item}' is no slot"
    if " " in row["particle"]:
        yield f"column 'particle': '{row['particle']}' is more than one word"
    marked = MARKED.fullmatch(row["example"])
    if not marked:
        yield "column 'example': expected one sentence in which [one word] is marked"
    elif row["lemma"][:1] != marked[1][:1].lower():
        yield f"column 'example': '{marked[1]}' is no form of '{row['lemma']}'"


def check(path, shown, countries):
    errors = []

    def error(line, message):
        errors.append(f"{shown}:{line}: {message}")

    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return [f"{shown}:{data[:problem.start].count(10) + 1}: not UTF-8"]
    if text.startswith("\ufeff"):
        error(1, "byte order mark")
    if "\r" in text:
        error(text[: text.index("\r")].count("\n") + 1, "carriage return")
    if not text.endswith("\n"):
        error(text.count("\n") + 1, "last row does not end in LF")
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()

    for number, start in enumerate(HEADER, 1):
        if number > len(lines) or not lines[number - 1].startswith(start):
            error(number, f"header line must start with '{start}'")
        elif not lines[number - 1][len(start):].strip():
            error(number, f"empty header '{start.strip()}'")
    if errors and any("header line" in e for e in errors):
        return errors
    columns = lines[3][len(HEADER[3]):].split("\t")
    if len(set(columns)) != len(columns):
        error(4, "a column name is repeated")
    if any(c != c.strip() or not c for c in columns):
        error(4, "empty column name or stray space in one")

    gazetteer = "gazetteers" in shown.split(os.sep)
    seen, previous, rows = {}, None, 0
    for number, line in enumerate(lines[4:], 5):
        if line.startswith("#"):
            if rows:
                error(number, "comment below the first row")
            continue
        if not line:
            error(number, "empty line")
            continue
        rows += 1
        cells = line.split("\t")
        if len(cells) != len(columns):
            error(number, f"{len(cells)} columns, {len(columns)} expected")
        first = cells[0]
        if not first:
            error(number, "empty first column")
        if first in seen:
            error(number, f"'{first}' repeats line {seen[first]}")
        seen.setdefault(first, number)
        if previous is not None and first.encode("utf-8") < previous:
            error(number, f"'{first}' is out of order")
        previous = first.encode("utf-8")
        if "frames" in shown.split(os.sep) and len(cells) == len(columns):
            for message in frame_errors(dict(zip(columns, cells))):
                error(number, message)
        for column, cell in zip(columns, cells):
            if not cell:
                continue
            where = f"column '{column}'"
            if cell != cell.strip() or "  " in cell or "\u00a0" in cell:
                error(number, f"{where}: stray space")
            if unicodedata.normalize("NFC", cell) != cell:
                error(number, f"{where}: not in normal form C")
            if any(unicodedata.category(c) in ("Cc", "Cf") for c in cell if c not in "\u200c\u200d"):
                error(number, f"{where}: control character")
            if cell in BLANK_WORDS and column not in ("form", "word", "lemma", "text", "id", "note"):
                error(number, f"{where}: '{cell}', leave unknown cells empty")
            if column in QID_COLUMNS and not QID.fullmatch(cell):
                error(number, f"{where}: '{cell}' is no Wikidata id")
            if not gazetteer:
                continue
            if column in DATE_COLUMNS and not DATE.fullmatch(cell):
                error(number, f"{where}: '{cell}' is no ISO 8601 date")
            if column in ("latitude", "longitude"):
                limit = 90 if column == "latitude" else 180
                if not NUMBER.fullmatch(cell) or abs(float(cell)) > limit:
                    error(number, f"{where}: '{cell}' is no coordinate")
            if column == "population" and not cell.isdigit():
                error(number, f"{where}: '{cell}' is no number")
            if column in ("country", "government") and countries:
                for code in cell.split("|"):
                    if code not in countries:
                        error(number, f"{where}: unknown country '{code}'")
            if column in LIST_COLUMNS:
                items = cell.split("|")
                if any(i != i.strip() or not i for i in items):
                    error(number, f"{where}: empty item or space beside '|'")
                if len(set(items)) != len(items):
                    error(number, f"{where}: repeated item")
    if not rows:
        error(len(lines), "no rows")
    return errors


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.dirname(here)
    paths = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(root) for name in names if name.endswith(".tsv")
    )
    if not paths:
        print(f"{root}: no tables")
        return 1
    countries = set()
    table = os.path.join(root, "gazetteers", "countries.tsv")
    if os.path.exists(table):
        with open(table, encoding="utf-8", errors="replace") as file:
            countries = {line.split("\t")[0] for line in file if not line.startswith("#")}
    total = 0
    for path in paths:
        for message in check(path, os.path.relpath(path, os.path.dirname(root)), countries):
            print(message)
            total += 1
    print(f"{len(paths)} tables, {total} errors", file=sys.stderr)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())

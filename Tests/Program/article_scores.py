"""How well the article is told from the rest of a web page: the benchmark beside the repository, which is for measuring only.

Its metric: runs of four words, with their counts, of the text found and of the text wanted; precision and recall are means over
pages, F1 is made of the two.
"""

import gzip
import json
import re
import tempfile
from collections import Counter
from pathlib import Path

from program import SHARED, vouch

PAGES = SHARED / "data/article_extraction"
TABLE = Path(__file__).with_name("ARTICLES.md")
# What an article's text is made of; its headline, byline and captions are no part of the wanted texts.
BODY = {"heading", "paragraph", "item", "quote"}


def are_at_hand():
    return PAGES.exists()


def wanted():
    return {page: entry["articleBody"] for page, entry in json.loads((PAGES / "ground-truth.json").read_text()).items()}


def pages():
    return {page: gzip.decompress((PAGES / "html" / f"{page}.html.gz").read_bytes()) for page in sorted(wanted())}


def runs(text):
    words = re.findall(r"\w+", text)
    length = min(4, len(words))
    return Counter(tuple(words[start:start + length]) for start in range(len(words) - length + 1)) if words else Counter()


def score(found):
    """Precision, recall, F1 of texts by page."""
    precision, recall = [], []
    for page, text in wanted().items():
        gold, own = runs(text), runs(found.get(page) or "")
        shared = sum((gold & own).values())
        if own:
            precision.append(shared / own.total())
        if gold:
            recall.append(shared / gold.total())
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return p, r, 2 * p * r / (p + r)


def extracted():
    """The texts that the program finds, and the processor seconds that it took to find them."""
    with tempfile.TemporaryDirectory() as folder:
        for page, html in pages().items():
            (Path(folder) / f"{page}.html").write_bytes(html)
        done = vouch("extract", "--with-text", "--any-language", "--timings", "--threads", 1, folder, timeout=600)
    found = {}
    for record in done.lines:
        text = record["text"]
        found[Path(record["doc"]).stem] = "\n".join(
            text[block["start"]:block["end"]] for block in record["blocks"] if block["kind"] in BODY)
    return found, float(re.search(r"timing: articles/1 ([\d.]+)", done.err)[1])


def recorded():
    """The F1 of each program in the table."""
    rows = re.findall(r"^\| ([^|]+) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|", TABLE.read_text(), re.M)
    return {name: float(f1) for name, f1 in rows}

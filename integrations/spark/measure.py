"""Measures what COST.md reckons with: reading, records, graphs and merges of growing size, in seconds of processor time.

measure.py VOUCH [NUMBER…] prints a table for so many generated articles (1000, 4000, 16000).
"""

import itertools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tests"))

import articles

from vouch_spark import records
from vouch_spark.extraction import Batch, Item

SHARD = 500
"""Articles of a shard."""
FAN_IN = 8


def run(*arguments, out=None):
    """Seconds of processor time and peak MiB of a run of the program."""
    process = subprocess.Popen(list(map(str, arguments)), stdout=out or subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(vouch, count, folder):
    source = folder / "articles.jsonl"
    words = 0
    with open(source, "w") as file:
        for number in range(count):
            words += len(articles.article(number)["text"].split())
            file.write(articles.line(number) + "\n")
    with open(folder / "records.jsonl", "wb") as file:
        read, _ = run(vouch, "extract", source, "--with-text", "--threads", 1, "--quiet", out=file)

    shards, building, parquet = [], 0, 0
    with open(folder / "records.jsonl", "rb") as file:
        for number, lines in enumerate(batched(file, SHARD)):
            part = folder / f"{number:04}.jsonl"
            part.write_bytes(b"".join(lines))
            shards.append(part.with_suffix(".vouch"))
            building += run(vouch, "build", part, "-o", shards[-1])[0]
            writer = records.Writer(part.with_suffix(".parquet"))
            for line in lines:
                batch = Batch("jsonl", "articles.jsonl", "articles.jsonl", (Item(b"", 1),))
                writer.add(records.row(line, batch, batch.items[0]))
            writer.close()
            parquet += part.with_suffix(".parquet").stat().st_size
    single = run(vouch, "build", folder / "records.jsonl", "-o", folder / "single.vouch")
    flat = run(vouch, "merge", *shards, "-o", folder / "flat.vouch")
    level, below = shards, 0
    while len(level) > 1:
        merged = []
        for number in range(0, len(level), FAN_IN):
            graph = folder / f"{len(level)}-{number}.vouch"
            seconds, memory = run(vouch, "merge", *level[number:number + FAN_IN], "-o", graph)
            below += seconds
            merged.append(graph)
        level, last = merged, (seconds, memory)
    single_bytes = (folder / "single.vouch").read_bytes()
    assert (folder / "flat.vouch").read_bytes() == single_bytes and level[0].read_bytes() == single_bytes
    print(
        f"| {count:,} | {words / read:,.0f} | {source.stat().st_size // count:,} | {(folder / 'records.jsonl').stat().st_size // count:,} "
        f"| {parquet // count:,} | {len(single_bytes) // count:,} | {building / count * 1000:.2f} | {single[0] / count * 1000:.2f}, {single[1]:,.0f} MiB "
        f"| {flat[0] / count * 1000:.2f}, {flat[1]:,.0f} MiB | {last[0] / count * 1000:.2f}, {last[1]:,.0f} MiB "
        f"| {(below - last[0]) / count * 1000:.2f} |", flush=True)


def batched(items, size):
    items = iter(items)
    while batch := tuple(itertools.islice(items, size)):
        yield batch


if __name__ == "__main__":
    print(
        "| articles | words/s read | bytes: article | record | as Parquet | graph | ms an article: shard graphs | build of all records "
        f"| merge of all shards | last merge of a tree of {FAN_IN} | merges below it |")
    print("|" + "---|" * 11)
    for number in map(int, sys.argv[2:] or ["1000", "4000", "16000"]):
        with tempfile.TemporaryDirectory() as place:
            measure(sys.argv[1], number, Path(place))

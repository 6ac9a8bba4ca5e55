"""Builds the graph of a shard, and merges graphs."""

import subprocess
import tempfile
from pathlib import Path

from .records import records

NO_ARTICLE = ".none"
"""What stands for the graph of a shard in which no article could be read."""


class GraphFailure(Exception):
    pass


def build(program, options, table, graph):
    """Makes the graph of the articles in a file of records; whether there are any."""
    # Records are longer than articles: what was read is never too long for a graph.
    found = False
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [program, "build", "-", "--input-format", "jsonl", "--max-size", "1024", "--quiet", *options, "-o", graph],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told)
        try:
            for record in records(table):
                process.stdin.write(record)
                found = True
            process.stdin.close()
        except BrokenPipeError:
            pass
        _require(process.wait(), 0 if found else 1, "build", told)
    return found


def merge(program, graphs, graph):
    with tempfile.TemporaryFile() as told:
        done = subprocess.run([program, "merge", *graphs, "-o", graph, "--quiet"], stdout=subprocess.DEVNULL, stderr=told)
        _require(done.returncode, 0, "merge", told)


def _require(code, expected, command, told):
    if code != expected:
        told.seek(0)
        raise GraphFailure(f"vouch {command} ended with exit code {code}: {told.read().decode(errors='replace')[-2000:]}")


def name(level, number):
    return f"graphs/{level}/{number:06}.vouch"


def groups(count, size):
    """Numbers of the graphs that are merged into each one of the next level."""
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def finished(names):
    """Numbers of the graphs among the names of a level's files."""
    return {int(Path(name).stem) for name in names if Path(name).suffix in (".vouch", NO_ARTICLE)}

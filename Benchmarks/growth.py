"""One line for one size of the workload.

    python growth.py FOLDER STATEMENTS
"""

import json
import sys
from pathlib import Path

folder, statements = Path(sys.argv[1]), int(sys.argv[2])
figures = {line["name"]: line for line in map(json.loads, (folder / "figures.jsonl").read_text().splitlines())}
made = figures["build and commit"]


def times(name):
    return f"{figures[name]['p50']:.3f}/{figures[name]['p99']:.3f}"


print(
    f"{statements:>9} statements: build and commit {made['seconds']:.2f} s ({made['peak_mb']:.0f} MB peak), "
    f"{made['bytes_per_statement']:.1f} bytes a statement; "
    f"open and look up {figures['open and look up, pages evicted']['ms']:.1f} ms; p50/p99 ms: shortest {times('shortest')}, "
    f"by date {times('shortest, by date')}, k=10 {times('k = 10')}, all {times('all shortest, listing 100')}, "
    f"by confidence {times('by confidence')}; asking took {figures['peak memory']['peak_mb']:.0f} MB", flush=True)

"""Asks the peers what path-benchmark asked Vouch, and prints the figures of all side by side.

    python peers.py FOLDER VOUCH PEER…

Every peer gets the graph as an undirected one whose parallel edges are merged where it can take it so, which is what suits it
best. A peer that is slow is asked about the first pairs only; its column tells how many. Answers are compared with Vouch's.
Times are of the processor, for all alike, so that other programs on the machine show little; those of whole processes and of
opening are by the clock too.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

folder, vouch, peers = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
PATIENCE = float(os.environ.get("PATIENCE", 20))  # seconds for each question put to a peer
SINCE = 19723 + 730 // 2
MAX_HOPS = 30

figures = {line["name"]: line for line in map(json.loads, (folder / "figures.jsonl").read_text().splitlines())}
pairs = [tuple(map(int, row)) for row in csv.reader((folder / "pairs.csv").open())]
with (folder / "statements.csv").open() as file:
    rows = [tuple(map(int, row)) for row in list(csv.reader(file))[1:]]
merged = defaultdict(lambda: [0, 0])  # newest day, best confidence
for subject, object_, _, day, confidence, _ in rows:
    best = merged[min(subject, object_), max(subject, object_)]
    best[0], best[1] = max(best[0], day), max(best[1], confidence)
entities = max(max(row[:2]) for row in rows) + 1
wrong = []


def answers(name):
    """Vouch's: by pair the lengths of its paths, and their number."""
    with (folder / f"answers-{''.join(c for c in name if c.isalnum())}.csv").open() as file:
        return {(int(a), int(b)): ([int(n) for n in lengths.split()], int(count), int(weight)) for a, b, lengths, count, weight in csv.reader(file)}


def ask(peer, question, function, check=None):
    """Times a question about one pair after the other; `check` compares an answer with Vouch's."""
    expected = answers(check[0]) if check else {}
    times, compared, start = [], 0, time.process_time()
    for pair in pairs:
        if time.process_time() - start > PATIENCE:
            break
        before = time.process_time()
        answer = function(*pair)
        times.append((time.process_time() - before) * 1000)
        if pair in expected:
            compared += 1
            if answer != check[1](expected[pair]):
                wrong.append(f"{peer}, {question}, {pair}: {answer}, Vouch {expected[pair]}")
    times.sort()
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    same = f", {compared} answers compared" if compared else ""
    print(f"{question:32} {peer:22} p50 {statistics.median(times):10.4f}  p99 {p99:10.4f} ms  ({len(times)} pairs{same})", flush=True)


def length(answer):
    return answer[0][0] if answer[0] else None


def loaded(peer, seconds, more=""):
    print(f"{'load':32} {peer:22} {seconds:.2f} s{more}", flush=True)


def of_vouch():
    made = figures["build and commit"]
    loaded(
        "Vouch", made["cpu_seconds"],
        f" ({made['seconds']:.2f} s by the clock), {made['bytes'] / 1e6:.1f} MB of which {made['text'] / 1e6:.1f} text, {made['bytes_per_statement']:.1f} bytes a statement and "
        f"its share of names; peak {made['peak_mb']:.0f} MB, {made['graph_mb']:.0f} of which the workload's own")
    for name in "open and look up, pages cached", "open and look up, pages evicted":
        print(f"{name:32} {'Vouch':22} {figures[name]['cpu_ms']:.2f} ms ({figures[name]['ms']:.2f} ms by the clock)")
    for name, line in figures.items():
        if "p50" in line:
            print(f"{name:32} {'Vouch':22} p50 {line['p50']:10.4f}  p99 {line['p99']:10.4f} ms  ({line['pairs']:.0f} pairs)")
    walls, processor = [], os.times()
    for a, b in pairs[:40]:
        before = time.perf_counter()
        subprocess.run([vouch, "path", folder / "graph.vouch", f"Entity {a}", f"Entity {b}"], capture_output=True)
        walls.append((time.perf_counter() - before) * 1000)
    walls.sort()
    after = os.times()
    spent = (after.children_user + after.children_system - processor.children_user - processor.children_system) / 40
    print(f"{'vouch path, the whole process':32} {'Vouch':22} least {walls[0]:.1f}, median {statistics.median(walls):.1f} ms; "
          f"{spent * 1000:.1f} ms of the processor", flush=True)


def of_networkx():
    import networkx as nx

    start = time.process_time()
    graph = nx.Graph()
    graph.add_nodes_from(range(entities))
    graph.add_edges_from((a, b, {"day": day, "confidence": confidence}) for (a, b), (day, confidence) in merged.items())
    loaded("NetworkX (merged)", time.process_time() - start)
    dated = nx.Graph()
    dated.add_nodes_from(range(entities))
    dated.add_edges_from(edge for edge, (day, _) in merged.items() if day >= SINCE)

    def hops(graph):
        def one(a, b):
            try:
                return len(nx.bidirectional_shortest_path(graph, a, b)) - 1
            except nx.NetworkXNoPath:
                return None
        return one

    def every(a, b):
        try:
            return sum(1 for _ in nx.all_shortest_paths(graph, a, b))
        except nx.NetworkXNoPath:
            return 0

    def ten(a, b):
        found = []
        try:
            for path in nx.shortest_simple_paths(graph, a, b):
                found.append(len(path) - 1)
                if len(found) == 10:
                    break
        except nx.NetworkXNoPath:
            pass
        return found

    import math

    for data in graph.edges.values():
        data["weight"] = round(-1000 * math.log(data["confidence"] / 1000))

    def surest(a, b):
        return nx.bidirectional_dijkstra(graph, a, b)[0]

    ask("NetworkX (merged)", "shortest", hops(graph), ("shortest", length))
    ask("NetworkX (merged)", "shortest, by date", hops(dated), ("shortest, by date", length))
    ask("NetworkX (merged)", "all shortest", every, ("all shortest, listing 100", lambda answer: answer[1]))
    ask("NetworkX (merged)", "k = 10", ten, ("k = 10", lambda answer: answer[0]))
    ask("NetworkX (merged)", "by confidence", surest, ("by confidence", lambda answer: answer[2]))


def of_igraph():
    import igraph

    start = time.process_time()
    graph = igraph.Graph(n=entities, edges=list(merged))
    graph.es["confidence"] = [confidence for _, confidence in merged.values()]
    loaded("igraph (merged)", time.process_time() - start)
    import math

    graph.es["weight"] = [max(1, round(-1000 * math.log(confidence / 1000))) for confidence in graph.es["confidence"]]
    ask("igraph (merged)", "shortest", lambda a, b: len(graph.get_shortest_path(a, b, output="epath")) or None, ("shortest", length))
    ask("igraph (merged)", "all shortest", lambda a, b: len(graph.get_all_shortest_paths(a, b)), ("all shortest, listing 100", lambda answer: answer[1]))
    ask("igraph (merged)", "k = 10", lambda a, b: [len(path) for path in graph.get_k_shortest_paths(a, b, k=10, output="epath")], ("k = 10", lambda answer: answer[0]))
    ask("igraph (merged)", "by confidence", lambda a, b: len(graph.get_shortest_path(a, b, weights="weight", output="epath")))


def search_outside(expand, since):
    """Breadth-first search from both ends, level by level, in the application; `expand` gives the neighbours of a level."""
    def one(a, b):
        levels, seen, depth = [{a}, {b}], [{a}, {b}], 0
        while all(levels) and depth < MAX_HOPS:
            side = 0 if len(levels[0]) <= len(levels[1]) else 1
            depth += 1
            levels[side] = expand(levels[side], since) - seen[side]
            if levels[side] & seen[1 - side]:
                return depth
            seen[side] |= levels[side]
        return None
    return one


def of_sqlite():
    import sqlite3

    file = folder / "peer.sqlite"
    base = sqlite3.connect(file)
    start = time.process_time()
    base.execute("create table statement (subject integer, object integer, kind integer, day integer, confidence integer, document integer)")
    base.executemany("insert into statement values (?, ?, ?, ?, ?, ?)", rows)
    base.execute("create index forth on statement (subject, object, day)")
    base.execute("create index back on statement (object, subject, day)")
    base.commit()
    loaded("SQLite", time.process_time() - start, f", {file.stat().st_size / 1e6:.1f} MB")

    def neighbours(node, since):
        for query in ("select distinct object from statement where subject = ? and day >= ?", "select distinct subject from statement where object = ? and day >= ?"):
            yield from (row[0] for row in base.execute(query, (node, since)))

    def expand(level, since):
        return {next for node in level for next in neighbours(node, since)}

    ask("SQLite", "shortest", search_outside(expand, 0), ("shortest", length))
    ask("SQLite", "shortest, by date", search_outside(expand, SINCE), ("shortest, by date", length))


def of_kuzu():
    import kuzu

    with (folder / "entities.csv").open("w") as file:
        file.writelines(f"{node}\n" for node in range(entities))
    start = time.process_time()
    connection = kuzu.Connection(kuzu.Database(str(folder / "peer.kuzu")), num_threads=1)
    connection.execute("create node table Entity (id int64, primary key (id))")
    connection.execute("create rel table Says (from Entity to Entity, kind int64, day int64, confidence int64, document int64)")
    connection.execute(f"copy Entity from '{folder}/entities.csv'")
    connection.execute(f"copy Says from '{folder}/statements.csv' (header=true)")
    loaded("Kùzu", time.process_time() - start, f", {sum(f.stat().st_size for f in [folder / 'peer.kuzu'] if f.is_file()) / 1e6:.1f} MB")

    def hops(condition):
        query = connection.prepare(
            f"match p = (a:Entity {{id: $a}})-[e:Says* SHORTEST 1..{MAX_HOPS}{condition}]-(b:Entity {{id: $b}}) return length(e)")
        def one(a, b):
            result = connection.execute(query, {"a": a, "b": b})
            return result.get_next()[0] if result.has_next() else None
        return one

    ask("Kùzu, 1 thread", "shortest", hops(""), ("shortest", length))
    ask("Kùzu, 1 thread", "shortest, by date", hops(f" (r, n | where r.day >= {SINCE})"), ("shortest, by date", length))


def of_duckdb():
    import duckdb

    base = duckdb.connect(str(folder / "peer.duckdb"))
    start = time.process_time()
    base.execute(f"create table statement as select * from read_csv('{folder}/statements.csv')")
    base.execute("create table link as select subject a, object b, max(day) as newest from statement group by all "
                 "union all select object, subject, max(day) from statement group by all order by 1, 2")
    base.execute("checkpoint")
    loaded("DuckDB", time.process_time() - start, f", {(folder / 'peer.duckdb').stat().st_size / 1e6:.1f} MB")

    def expand(level, since):
        found = base.execute("select distinct b from link where newest >= ? and a in (select unnest(?))", (since, list(level)))
        return {row[0] for row in found.fetchall()}

    ask("DuckDB, search outside", "shortest", search_outside(expand, 0), ("shortest", length))
    ask("DuckDB, search outside", "shortest, by date", search_outside(expand, SINCE), ("shortest, by date", length))


print(f"{len(rows)} statements of {entities} entities, {len(merged)} pairs of neighbours")
of_vouch()
for peer in peers:
    try:
        globals()["of_" + peer]()
    except ImportError as error:
        print(f"{peer} is not there: {error}")
print(f"{len(wrong)} answers differ")
for line in wrong[:20]:
    print("  " + line)
sys.exit(bool(wrong))

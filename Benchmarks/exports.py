"""Speed and memory of exports beside peers that write the same graph, all in one run.

exports.py VOUCH FOLDER…: each folder holds a graph.vouch of the workload, smallest first. Vouch writes all of them to the disk, with
one thread and with all; the peers write the graph of the first folder only, as they are slower by orders of magnitude (NetworkX holds
a million edges in 10 GB). Megabytes are of the files written; rates of one thread are by its processor time, so that a busy machine
does not tell against anybody, those of all threads by the clock; memory is what the process itself took, without the pages of the
graph file that the system keeps for all.
"""

import importlib.util
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measured(command):
    """Wall seconds, processor seconds and peak of anonymous memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, peak = time.monotonic(), 0
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
            peak = max([peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))])
        except (OSError, ProcessLookupError):
            pass
        time.sleep(0.005)
    assert process.returncode == 0, process.stderr.read()
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak / 1024


def told(name, size, amount, wall, cpu, memory=None, unit="edges", by_clock=False):
    seconds = wall if by_clock else cpu
    print(f"{name:34} {size / 1e6:9.1f} MB {cpu:8.2f} s CPU {wall:8.2f} s wall {size / 1e6 / seconds:8.1f} MB/s {amount / seconds:12,.0f} {unit}/s"
          + (f" {memory:7.1f} MB memory" if memory is not None else ""), flush=True)


def vouch(binary, graph, form, *options):
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as folder:
        out = Path(folder) / "out"
        wall, cpu, memory = measured([binary, "export", graph, "--format", form, *options, "-o", out])
        files = [out] if out.is_file() else list(out.iterdir())
        return sum(file.stat().st_size for file in files), wall, cpu, memory


def peer(name, write, amount, unit="edges"):
    wall, cpu = time.monotonic(), time.process_time()
    size = write()
    told(name, size, amount, time.monotonic() - wall, time.process_time() - cpu, unit=unit)


def graphml_peers(path):
    import igraph
    import networkx
    from lxml import etree

    graph = networkx.read_graphml(path, force_multigraph=True)
    edges = graph.number_of_edges()

    def into(write):
        def run():
            with tempfile.NamedTemporaryFile() as file:
                write(file.name)
                return os.path.getsize(file.name)
        return run

    def streaming(name):
        with etree.xmlfile(name, encoding="utf-8") as file, file.element("graphml"), file.element("graph", edgedefault="directed"):
            for node, data in graph.nodes(data=True):
                with file.element("node", id=node):
                    for key, value in data.items():
                        with file.element("data", key=key):
                            file.write(str(value))
            for source, target, data in graph.edges(data=True):
                with file.element("edge", source=source, target=target):
                    for key, value in data.items():
                        with file.element("data", key=key):
                            file.write(str(value))

    peer("NetworkX write_graphml_lxml", into(lambda name: networkx.write_graphml_lxml(graph, name)), edges)
    peer("NetworkX write_graphml_xml", into(lambda name: networkx.write_graphml_xml(graph, name)), edges)
    peer("lxml xmlfile", into(streaming), edges)
    in_igraph = igraph.Graph.Read_GraphML(str(path))
    peer("igraph write_graphml", into(in_igraph.write_graphml), edges)


def rdf_peers(path):
    import pyoxigraph
    import rdflib

    graph = rdflib.Graph().parse(path, format="xml")
    peer("rdflib RDF/XML", lambda: len(graph.serialize(format="xml", encoding="utf-8")), len(graph), unit="triples")
    triples = [q.triple for q in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.RDF_XML)]

    def oxigraph():
        out = io.BytesIO()
        pyoxigraph.serialize(triples, out, format=pyoxigraph.RdfFormat.RDF_XML)
        return out.tell()

    peer("Oxigraph RDF/XML", oxigraph, len(triples), unit="triples")


def main():
    binary, folders = sys.argv[1], [Path(folder) for folder in sys.argv[2:]]
    for folder in folders:
        graph = folder / "graph.vouch"
        stats = subprocess.run([binary, "stats", graph, "--json"], capture_output=True, text=True, check=True).stdout
        edges = json.loads(stats)["edges"]
        print(f"--- {edges:,} edges")
        for form, *options in [["graphml"], ["graphml", "--profile", "gephi"], ["csv"], ["rdfxml"], ["nquads"]]:
            for threads in [1, os.cpu_count()]:
                size, wall, cpu, memory = vouch(binary, graph, form, *options, "--threads", str(threads))
                name = " ".join(["vouch", form, *options[1:], f"({threads} threads)" if threads > 1 else ""])
                told(name, size, edges, wall, cpu, memory, by_clock=threads > 1)
    if os.environ.get("PEERS", "yes") != "no" and folders:
        print("--- peers, the first graph")
        with tempfile.TemporaryDirectory() as folder:
            for form, peers, needed in [("graphml", graphml_peers, ["igraph", "networkx", "lxml"]), ("rdfxml", rdf_peers, ["pyoxigraph", "rdflib"])]:
                missing = [name for name in needed if importlib.util.find_spec(name) is None]
                if missing:
                    print(f"{form}: not installed: {', '.join(missing)}")
                    continue
                path = Path(folder) / ("g." + form)
                subprocess.run([binary, "export", folders[0] / "graph.vouch", "--format", form, "-o", path], check=True, capture_output=True)
                peers(path)


if __name__ == "__main__":
    main()

"""What a worker does: reads a shard into records and a graph, merges graphs."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pyspark import SparkFiles

from . import graphs, records
from .extraction import Failure, Program
from .inputs import Damage
from .progress import SHARDS


@dataclass(frozen=True)
class Tool:
    """The program as the driver names it; every worker has it at a place of its own."""

    path: str
    is_shipped: bool
    options: tuple[str, ...]
    ontology: str | None
    silence: float
    memory: int

    @property
    def here(self):
        if not self.is_shipped:
            return self.path
        path = SparkFiles.get(self.path)
        os.chmod(path, 0o755)
        return path

    @property
    def reading_options(self):
        return (*self.options, *(("--ontology", SparkFiles.get(self.ontology)) if self.ontology else ()))

    @property
    def program(self):
        return Program(self.here, self.reading_options, self.silence, self.memory)


@dataclass(frozen=True)
class ShardReader:
    """Reads shards of one sort of input; what is finished already is not done again."""

    source: object
    """`Streams` or `TableRows`."""
    first: int
    """Number of its first shard among those of all inputs."""
    plan: object
    """What it is cut into, as a broadcast."""
    finished_records: frozenset[int]
    output: str
    storage: object
    tool: Tool
    batch_size: int
    makes_graphs: bool
    count: object
    """Accumulates how many articles became what, and finished shards."""

    def __call__(self, shards):
        for number, rows in shards:
            with tempfile.TemporaryDirectory(prefix="vouch-") as folder:
                yield self._shard(number, rows, Path(folder))

    def _shard(self, number, rows, folder):
        shard = self.first + number
        name = f"records/{shard:06}.parquet"
        if shard in self.finished_records:
            table = self.storage.fetch(f"{self.output}/{name}", folder)
        else:
            table = folder / "records.parquet"
            self._read(number, rows, table, folder)
            self.storage.commit(table, self.output, name)
        if self.makes_graphs:
            graph = folder / "graph.vouch"
            name = graphs.name(0, shard)
            if not graphs.build(self.tool.here, self.tool.reading_options, table, graph):
                graph.touch()
                name = name.removesuffix(".vouch") + graphs.NO_ARTICLE
            self.storage.commit(graph, self.output, name)
        self.count.add({SHARDS: 1})
        return shard

    def _read(self, number, rows, table, folder):
        program = self.tool.program
        program.check()
        writer = records.Writer(table)
        for batch in self.source.batches(number, rows, self.batch_size, self.plan.value, folder):
            for row in self._rows(program, batch):
                writer.add(row)
                self.count.add({row["status"]: 1})
        writer.close()

    def _rows(self, program, batch):
        if isinstance(batch, Damage):
            yield records.poison(Failure("gzip.damaged", batch.message), batch.path)
            return
        for item, result in program.read(batch):
            if isinstance(result, Failure):
                yield records.poison(result, batch.path, batch.line(item), item.offset)
            else:
                yield records.row(result, batch, item)


@dataclass(frozen=True)
class Merging:
    """Merges graphs of one level into those of the next."""

    output: str
    storage: object
    tool: Tool

    def __call__(self, work):
        """`work` is the name of the graph to make and those of its parts."""
        name, parts = work
        with tempfile.TemporaryDirectory(prefix="vouch-") as folder:
            graph = Path(folder, "graph.vouch")
            fetched = []
            for number, part in enumerate(parts):
                place = Path(folder, str(number))
                place.mkdir()
                fetched.append(self.storage.fetch(f"{self.output}/{part}", place))
            graphs.merge(self.tool.here, fetched, graph)
            self.storage.commit(graph, self.output, name)
        return name

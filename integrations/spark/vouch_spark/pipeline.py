"""What the driver does: plans, reads, merges, and tells what was left out."""

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from pyspark.sql import functions as F

from . import graphs, records
from .inputs import Streams, Table, listed
from .progress import Counts, Progress
from .shards import Merging, ShardReader, Tool
from .storage import storage


ONTOLOGY = "ontology"
"""What the folder of the user's tables is called on the workers."""


class Refused(Exception):
    """The run cannot be done as it was asked for."""


@dataclass(frozen=True)
class Settings:
    inputs: tuple[str, ...]
    output: str
    vouch: str
    is_installed: bool = False
    """Whether every worker has the program at that path, so that it need not be sent there."""
    format: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    """What fields of articles are called in Parquet."""
    ontology: str | None = None
    options: tuple[str, ...] = ()
    shard_size: int = 16 << 20
    batch_size: int = 256
    fan_in: int = 256
    silence: float = 300
    memory: int = 4096
    makes_graphs: bool = True


class Pipeline:
    def __init__(self, spark, settings):
        self._spark, self._context, self._settings = spark, spark.sparkContext, settings
        path = self._context._jvm.org.apache.hadoop.fs.Path(settings.output)
        hadoop = self._context._jsc.hadoopConfiguration()
        self.output = path.getFileSystem(hadoop).makeQualified(path).toString().rstrip("/")
        given = [(key.removeprefix("spark.hadoop."), value) for key, value in self._context.getConf().getAll() if key.startswith("spark.hadoop.")]
        self._hadoop_settings = given
        self._storage = storage(self.output, given)

    def run(self):
        """Does what is not yet done.

        Returns: A summary: numbers of shards and articles, what was left out, the graph.
        """
        settings = self._settings
        self._ship()
        files, others = listed(self._spark, settings.inputs, settings.format)
        if not files:
            raise Refused(f"found no JSON Lines, Parquet or WARC in {', '.join(settings.inputs)} ({others} other files)")
        sources = self._sources(files)
        plan, resumed = self._plan(files, sources)
        total = self._read(sources, plan)
        graph = self._merge() if settings.makes_graphs else None
        return self._summary(total, resumed, graph, others)

    # What workers need

    def _ship(self):
        """Gives the workers this package, the program and the tables."""
        settings, context = self._settings, self._context
        package = Path(__file__).parent
        context.addPyFile(_zipped("vouch_spark.zip", package.parent, package.glob("*.py")))
        if not settings.is_installed:
            context.addFile(settings.vouch)
        if settings.ontology:
            context.addArchive(_zipped(ONTOLOGY + ".zip", Path(settings.ontology), Path(settings.ontology).rglob("*.tsv")) + "#" + ONTOLOGY)
        name = settings.vouch if settings.is_installed else os.path.basename(settings.vouch)
        self._tool = Tool(
            name, not settings.is_installed, settings.options, ONTOLOGY if settings.ontology else None, settings.silence, settings.memory)

    # The plan

    def _sources(self, files):
        """What is read, in the order of its shards."""
        streams = [file for file in files if file.format == "warc" or (file.format == "jsonl" and file.is_packed)]
        lines = [file for file in files if file.format == "jsonl" and not file.is_packed]
        rows = [file for file in files if file.format == "parquet"]
        settings, sources = self._settings, []
        if streams:
            sources.append(Streams(streams, self._hadoop_settings))
        if lines:
            sources.append(Table(self._spark, lines, "jsonl", settings.shard_size))
        if rows:
            sources.append(Table(self._spark, rows, "parquet", settings.shard_size, dict(settings.columns)))
        return sources

    def _plan(self, files, sources):
        """How the run is cut into shards: what the folder says, or what is found now; and whether it was there."""
        identity = {
            "files": [asdict(file) for file in files], "program": self._program_identity(), "options": self._settings.options,
            "shard_size": self._settings.shard_size, "fan_in": self._settings.fan_in, "columns": self._settings.columns}
        identity = json.loads(json.dumps(identity))
        if "plan.json" in self._storage.names(self.output):
            with self._storage.stream(f"{self.output}/plan.json") as file:
                plan = json.loads(file.read())
            for key, value in identity.items():
                if plan["identity"][key] != value:
                    raise Refused(f"{self.output} holds a run with other {key}; name another folder, or remove it")
            return plan["pieces"], True
        pieces = [source.plan() for source in sources]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.json")
            path.write_text(json.dumps({"identity": identity, "pieces": pieces}))
            self._storage.commit(path, self.output, "plan.json")
        return pieces, False

    def _program_identity(self):
        """What tells whether the program and its tables are the same as before."""
        digest = hashlib.sha256()
        places = [] if self._settings.is_installed else [Path(self._settings.vouch)]
        if self._settings.ontology:
            places += sorted(path for path in Path(self._settings.ontology).rglob("*") if path.is_file())
        for place in places:
            with open(place, "rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    # The work

    def _read(self, sources, plan):
        """Reads what is not yet read; the number of shards."""
        settings = self._settings
        have_records = {int(name.split(".")[0]) for name in self._storage.names(f"{self.output}/records") if name.endswith(".parquet")}
        have_graphs = graphs.finished(self._storage.names(f"{self.output}/graphs/0"))
        finished = have_graphs if settings.makes_graphs else have_records
        counts = self._context.accumulator({}, Counts())
        first, parts, total = 0, [], 0
        for source, pieces in zip(sources, plan):
            # A piece of a file in which no line begins is nothing to read.
            full = [number for number in range(source.count) if not pieces or pieces[number]]
            wanted = frozenset(number for number in full if first + number not in finished)
            total += len(full)
            reader = ShardReader(
                source.for_workers(), first, self._context.broadcast(pieces), frozenset(have_records), self.output, self._storage,
                self._tool, settings.batch_size, settings.makes_graphs, counts)
            if wanted:
                parts.append(source.partitions(self._spark, wanted).mapPartitions(reader))
            first += source.count
        if parts:
            with Progress(self._context, "shards", total, len(finished), counts):
                self._context.union(parts).collect()
        return total

    def _merge(self):
        """Merges the graphs of shards in a tree; the name of the last one."""
        names = self._storage.names(f"{self.output}/graphs/0")
        current = [f"graphs/0/{name}" for name in sorted(names) if name.endswith(".vouch")]
        if not current:
            return None
        level = 0
        while True:
            level += 1
            work = []
            for number, group in enumerate(graphs.groups(len(current), self._settings.fan_in)):
                work.append((graphs.name(level, number), [current[index] for index in group]))
            if len(work) == 1:
                work = [("graph.vouch", current)]
            folder, _, _ = work[0][0].rpartition("/")
            there = self._storage.names(f"{self.output}/{folder}" if folder else self.output)
            missing = [item for item in work if item[0].rpartition("/")[2] not in there]
            if missing:
                with Progress(self._context, f"merges of level {level}", len(work), len(work) - len(missing)):
                    merging = Merging(self.output, self._storage, self._tool)
                    self._context.parallelize(missing, len(missing)).map(merging).collect()
            current = [name for name, _ in work]
            if len(current) == 1:
                return current[0]

    # What came of it

    def _summary(self, total, resumed, graph, others):
        table = self._spark.read.parquet(f"{self.output}/records")
        counts = {row.status: row["count"] for row in table.groupBy("status").count().collect()}
        left_out = [
            {"file": row.file, "line": row.line, "offset": row.offset, "article": row.article, "status": row.status, "reason": row.reason}
            for row in table.where(F.col("status") != records.READ).orderBy("file", "line", "offset", "article", "reason").toLocalIterator()]
        summary = {
            "shards": total, "resumed": resumed, "read": counts.get(records.READ, 0), "not_english": counts.get(records.FOREIGN, 0),
            "failed": counts.get(records.FAILED, 0), "other_files": others, "graph": f"{self.output}/{graph}" if graph else None}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "left-out.jsonl")
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in left_out))
            self._storage.commit(path, self.output, "left-out.jsonl")
        return summary


def _zipped(name, root, paths):
    """A new archive of files below a folder."""
    archive = Path(tempfile.mkdtemp(), name)
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(paths):
            file.write(path, path.relative_to(root))
    return str(archive)

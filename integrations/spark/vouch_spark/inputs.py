"""What is to be read, and how it is cut into shards: always alike, whatever the cluster, so that finished shards are known again."""

import itertools
import json
import re
from dataclasses import dataclass
from urllib.parse import unquote

from pyspark.sql import functions as F

from . import archives
from .extraction import Batch, Item
from .storage import storage

FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc", ".wet": "warc"}
FIELDS = ("id", "text", "html", "title", "url", "outlet", "agency", "authors", "author", "published", "language")
LARGEST_BATCH = 8 << 20


@dataclass(frozen=True)
class File:
    path: str
    name: str
    """What articles without a name of their own are called by: its path in the folder that was given, or else its own name."""
    length: int
    modified: float
    format: str

    @property
    def is_packed(self):
        return self.path.endswith(".gz")


def listed(spark, paths, format=None):
    """The files that are to be read, by path, and how many others there are."""
    roots = _roots(spark, paths)
    if not roots:
        return [], 0
    found = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(sorted(roots))
    files, others = {}, 0
    for path, length, modified in found.select("path", "length", F.col("modificationTime").cast("double")).collect():
        name = path.removesuffix(".gz")
        known = format or next((value for suffix, value in FORMATS.items() if name.endswith(suffix)), None)
        if known:
            files[path] = File(path, _name(path, roots), length, modified, known)
        else:
            others += 1
    return [files[path] for path in sorted(files)], others


def _roots(spark, paths):
    """The files and folders that are named, whole; patterns name all that they fit."""
    context, roots = spark.sparkContext, set()
    for path in paths:
        path = context._jvm.org.apache.hadoop.fs.Path(path)
        for status in path.getFileSystem(context._jsc.hadoopConfiguration()).globStatus(path) or []:
            roots.add(status.getPath().toString())
    return roots


def _name(path, roots):
    """The path in the folder that was given; the last part of a file that was given itself."""
    if path in roots:
        return path.rsplit("/", 1)[1]
    root = path
    while (root := root.rpartition("/")[0]) and root not in roots:
        pass
    return path[len(root):].lstrip("/")


@dataclass(frozen=True)
class Damage:
    """Why the rest of a file cannot be read."""

    path: str
    message: str


class Streams:
    """Files that a task reads from end to end, one shard each: archives, and JSON Lines that are packed."""

    def __init__(self, files, settings):
        self.files, self._settings = files, settings
        self.count = len(files)

    def plan(self):
        return []

    def for_workers(self):
        return self

    def partitions(self, spark, wanted):
        """The shards that are wanted, as an RDD of their numbers and rows."""
        return spark.sparkContext.parallelize(sorted(wanted), len(wanted)).map(lambda number: (number, None))

    def batches(self, number, rows, size, plan, folder):
        file, damage = self.files[number], []

        def items(stream):
            try:
                for item in archives.records(stream, folder) if file.format == "warc" else archives.lines(stream):
                    yield file, item
            except archives.Irregular as irregular:
                damage.append(Damage(file.path, f"{irregular}; the rest of the file is left out"))

        with storage(file.path, self._settings).stream(file.path) as stream:
            yield from batched(file.format, items(stream), size)
            # What the file system gives is taken to the end, so that it can tell whether that was all.
            while stream.read(1 << 20):
                pass
        yield from damage


class Table:
    """Files that Spark cuts into pieces: JSON Lines as they are, and Parquet."""

    def __init__(self, spark, files, format, shard_size, columns=None):
        self._format, self._files = format, files
        paths = [file.path for file in files]
        # Pieces then depend on the files alone, not on the size of the cluster.
        for key, value in [("maxPartitionBytes", shard_size), ("minPartitionNum", 1), ("openCostInBytes", 0)]:
            spark.conf.set(f"spark.sql.files.{key}", str(value))
        place = [F.col("_metadata.file_path").alias("path"), F.col("_metadata.file_block_start").alias("block")]
        if format == "jsonl":
            frame = spark.read.format("text").option("lineSep", "\n").load(paths)
            self._frame = frame.select(*place, F.col("value").cast("binary").alias("line"))
        else:
            frame = spark.read.option("mergeSchema", True).parquet(*paths)
            named = {field: (columns or {}).get(field, field) for field in FIELDS}
            fields = [F.col(f"`{column}`").alias(field) for field, column in named.items() if column in frame.columns]
            self._frame = frame.select(*place, F.col("_metadata.row_index").alias("row"), F.struct(*fields).alias("line"))
        self.count = self._frame.rdd.getNumPartitions()

    def plan(self):
        """For each shard its pieces: path, offset, and the number of lines before it in the file."""
        found = self._frame.groupBy(F.spark_partition_id().alias("shard"), "path", "block").count().collect()
        before, last, pieces = 0, None, [{} for _ in range(self.count)]
        for shard, path, block, count in sorted(found, key=lambda piece: (piece.path, piece.block)):
            before = before if path == last else 0
            pieces[shard][f"{path}@{block}"] = before
            before, last = before + count, path
        return pieces

    def partitions(self, spark, wanted):
        return self._frame.rdd.mapPartitionsWithIndex(
            lambda number, rows: [(number, rows)] if number in wanted else [])

    def for_workers(self):
        return TableRows(self._format, {file.path: file for file in self._files})


@dataclass(frozen=True)
class TableRows:
    """What a worker makes of the rows of a table."""

    format: str
    files: dict[str, File]

    def batches(self, number, rows, size, plan, folder):
        return batched("jsonl", self._items(number, rows, plan[number]), size)

    def _items(self, number, rows, pieces):
        for (path, block), piece in itertools.groupby(rows, lambda row: (row.path, row.block)):
            before = pieces.get(f"{path}@{block}")
            if before is None:
                raise RuntimeError(f"{path}@{block} is no part of shard {number}: the files have changed since the run began")
            file = self._given(path)
            for line, row in enumerate(piece, before + 1):
                yield file, Item(bytes(row.line) + b"\n", line) if self.format == "jsonl" else Item(_json(row.line), row.row + 1)

    def _given(self, path):
        """The file of a path, which Spark shows with escapes."""
        shown = re.sub("^file:/+", "file:/", path)
        return self.files.get(shown) or self.files[unquote(shown)]


def batched(format, items, size):
    """Items that follow each other in one file, so many at a time; lines of white space are left out."""
    file, batch, length = None, [], 0
    for other, item in items:
        blank = isinstance(item.payload, bytes) and not item.payload.strip()
        follows = other == file and batch and (format == "warc" or item.number == batch[-1].number + 1)
        if batch and (blank or not follows or len(batch) >= size or length >= LARGEST_BATCH):
            yield Batch(format, file.path, file.name, tuple(batch))
            batch, length = [], 0
        if not blank:
            file, length = other, length + (len(item.payload) if isinstance(item.payload, bytes) else 0)
            batch.append(item)
    if batch:
        yield Batch(format, file.path, file.name, tuple(batch))


def _json(row):
    """The row as a JSON record; columns that are null are left out."""
    fields = {key: value for key, value in row.asDict(recursive=True).items() if value is not None}
    return json.dumps(fields, ensure_ascii=False, default=lambda value: value.isoformat()).encode(errors="replace") + b"\n"

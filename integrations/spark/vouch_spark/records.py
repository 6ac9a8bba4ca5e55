"""Reading records as rows of Parquet, with the columns that one asks for."""

import json

import pyarrow as pa
import pyarrow.parquet as pq

READ, FOREIGN, FAILED = "read", "not-english", "failed"

SCHEMA = pa.schema([
    ("article", pa.string()),
    ("file", pa.string()),
    ("line", pa.int64()),
    ("offset", pa.int64()),
    ("title", pa.string()),
    ("url", pa.string()),
    ("outlet", pa.string()),
    ("agency", pa.string()),
    ("authors", pa.list_(pa.string())),
    ("published", pa.string()),
    ("language", pa.string()),
    ("status", pa.string()),
    ("reason", pa.string()),
    ("diagnostics", pa.list_(pa.struct([("severity", pa.string()), ("code", pa.string()), ("message", pa.string())]))),
    ("sentences", pa.int32()),
    ("entities", pa.int32()),
    ("attributions", pa.int32()),
    ("events", pa.int32()),
    ("stances", pa.int32()),
    ("record", pa.large_string()),
])


def row(record, batch, item):
    """The row of a record that the program printed."""
    value = json.loads(record)
    diagnostics = value.get("diagnostics", [])
    place = {"file": batch.path, "line": batch.line(item), "diagnostics": diagnostics}
    if failed := value.get("failed"):
        # Offsets count from the beginning of what the program was given.
        offset = failed.get("offset")
        base = batch.items[0].offset
        return place | {"status": FAILED, "offset": offset if offset is None or base is None else offset + base, "reason": _reason(diagnostics)}
    metadata = value["metadata"]
    told = {key: metadata.get(key) for key in ("title", "url", "outlet", "agency", "authors", "published", "language")}
    counts = {key: len(value.get(key, [])) for key in ("sentences", "entities", "attributions", "events", "stances")}
    status = READ if "contribution" in value else FOREIGN
    reason = None if status == READ else _reason(diagnostics, "article.language")
    # A record without findings is not worth its text.
    kept = record.decode().rstrip("\n") if status == READ else None
    return place | told | counts | {"article": value["doc"], "status": status, "reason": reason, "record": kept}


def poison(failure, path, line=None, offset=None):
    """The row of what the program could not survive, or never got."""
    diagnostic = {"severity": "error", "code": failure.code, "message": failure.message}
    return {
        "file": path, "line": line, "offset": offset, "status": FAILED, "reason": _reason([diagnostic]), "diagnostics": [diagnostic]}


def _reason(diagnostics, code=None):
    for diagnostic in diagnostics:
        if diagnostic["code"] == code or (code is None and diagnostic["severity"] == "error"):
            return f"{diagnostic['code']}: {diagnostic['message']}"
    return None


class Writer:
    """Writes rows to a Parquet file, some MiB at a time."""

    SIZE = 16 << 20

    def __init__(self, path):
        self._file = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self._rows, self._size = [], 0

    def add(self, row):
        self._rows.append(row)
        self._size += len(row.get("record") or "")
        if self._size >= self.SIZE:
            self._flush()

    def _flush(self):
        if self._rows:
            self._file.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows, self._size = [], 0

    def close(self):
        self._flush()
        self._file.close()


def records(path):
    """The records in a file of articles that were read, as the program printed them."""
    for rows in pq.ParquetFile(path).iter_batches(64, columns=["status", "record"]):
        for status, record in zip(rows["status"], rows["record"]):
            if status.as_py() == READ:
                yield record.as_py().encode() + b"\n"

"""Reads articles with `vouch extract`, and finds the one that it cannot survive."""

import queue
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path

SAMPLE = b'{"id": "sample", "text": "Marta Lindqvist met Oskar Brandt in Hamburg on Monday."}\n'


@dataclass(frozen=True)
class Item:
    """What holds one article: a line, a row, or a record of an archive."""

    payload: bytes | Path
    number: int
    """Line, row or record of its file, from 1."""
    offset: int | None = None
    """Where it begins in its file, of archives."""


@dataclass(frozen=True)
class Batch:
    """Items that follow each other in a file."""

    format: str
    path: str
    name: str
    """What articles and messages call the file."""
    items: tuple[Item, ...]

    @property
    def is_one_each(self):
        """Whether each item gives one record; those of archives need not hold an article."""
        return self.format == "jsonl"

    def line(self, item):
        """The line or row of an item that has one."""
        return item.number if item and self.is_one_each else None

    def part(self, start, end=None):
        return replace(self, items=self.items[start:end])


class Broken(Exception):
    """The program works on nothing at all here."""


@dataclass(frozen=True)
class Failure:
    code: str
    message: str


@dataclass(frozen=True)
class Program:
    """`vouch extract` with its options and limits."""

    path: str
    options: tuple[str, ...] = ()
    silence: float = 300
    """Seconds without a record after which it is ended."""
    memory: int = 4096
    """MiB of address space that it may have."""
    attempts: int = 2
    """How often an article is tried before it is given up."""

    def check(self):
        """Raises `Broken` unless an ordinary sentence can be read: what fails then is no article's fault."""
        records, failure = self.run(Batch("jsonl", "sample", "sample", (Item(SAMPLE, 1),)))
        if failure or len(records) != 1 or b'"contribution"' not in records[0]:
            raise Broken(f"{self.path} cannot read a sample: {failure.message if failure else records}")

    def read(self, batch):
        """Yields each record with its item (`None` where an archive leaves that open), and what no record could be made of with a `Failure`.

        A batch on which the program dies is cut into parts until the article is found; all others are read.
        """
        records, failure = self.run(batch)
        if failure and not batch.is_one_each:
            records = []
        for number, record in enumerate(records):
            yield batch.items[number] if batch.is_one_each else None, record
        if not failure:
            return
        if len(batch.items) == 1 and not records:
            yield from self._retry(batch, failure)
            return
        # The program tells of each article when it has read it, so the bad one is most likely the next; if not, parts that double find it.
        rest = batch.part(len(records))
        start, size = 0, 1
        while start < len(rest.items):
            yield from self.read(rest.part(start, start + size))
            start, size = start + size, max(1, start + size)

    def _retry(self, batch, failure):
        for _ in range(self.attempts - 1):
            records, failure = self.run(batch)
            if not failure:
                for record in records:
                    yield batch.items[0], record
                return
        yield batch.items[0], failure

    def run(self, batch):
        """The records that the program printed, and why there are no more of them."""
        arguments = [
            self.path, "extract", "-", "--with-text", "--with-failures", "--threads", "1", "--quiet", "--input-format", batch.format,
            "--input-name", batch.name, "--first-record", str(batch.items[0].number), *self.options]
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told)
            for limit, size in [(resource.RLIMIT_AS, self.memory << 20), (resource.RLIMIT_CORE, 0)]:
                resource.prlimit(process.pid, limit, (size, size))
            records, silent = self._exchange(process, batch)
            told.seek(0)
            words = told.read().decode(errors="replace").strip()[-1000:]
        if silent:
            return records, Failure("program.silent", f"no record within {self.silence:g} seconds")
        if process.returncode < 0:
            sort = signal.Signals(-process.returncode).name
            return records, Failure("program.crashed", f"the program was ended by {sort}" + (f": {words}" if words else ""))
        if process.returncode not in (0, 1, 2):
            return records, Failure("program.failed", f"the program ended with exit code {process.returncode}: {words}")
        if batch.is_one_each and len(records) != len(batch.items):
            return records[:len(batch.items)], Failure("program.records", f"found {len(records)} records for {len(batch.items)} articles: {words}")
        return records, None

    def _exchange(self, process, batch):
        """Feeds the program and collects its records; whether it was ended because it fell silent."""
        lines = queue.Queue()

        def feed():
            try:
                for item in batch.items:
                    if isinstance(item.payload, Path):
                        with open(item.payload, "rb") as file:
                            shutil.copyfileobj(file, process.stdin)
                    else:
                        process.stdin.write(item.payload)
                process.stdin.close()
            except OSError:
                pass

        def collect():
            for line in process.stdout:
                lines.put(line)
            lines.put(None)

        workers = [threading.Thread(target=work, daemon=True) for work in (feed, collect)]
        for worker in workers:
            worker.start()
        records, silent = [], False
        while True:
            try:
                line = lines.get(timeout=self.silence)
            except queue.Empty:
                silent = True
                process.kill()
                break
            if line is None:
                break
            # What has no end was cut off.
            if line.endswith(b"\n"):
                records.append(line)
        process.wait()
        for worker in workers:
            worker.join()
        process.stdout.close()
        return records, silent

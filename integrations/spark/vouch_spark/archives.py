"""Cuts web archives into records, and packed JSON Lines into lines, as they are streamed.

Records are cut out as they stand, packed or not, so that the program reads the bytes of the archive. Where an archive is not what it
should be, the rest of it becomes one item: the program knows how to go on behind damage.
"""

import shutil
import tempfile
import zlib
from pathlib import Path

from .extraction import Item

CHUNK = 1 << 20
LARGEST = 64 << 20
"""Records of more bytes are not held in memory; they go to the program with all that follows."""


class Irregular(Exception):
    pass


def records(stream, folder):
    """Items of a WARC or WET, packed with gzip or not."""
    source = _Source(stream)
    cut = _member if source.peek(2) == b"\x1f\x8b" else _record
    offset, number = 0, 1
    while source.peek(1):
        try:
            payload, count = cut(source)
        except Irregular:
            yield Item(source.rest(folder), number, offset)
            return
        source.drop(len(payload))
        yield Item(payload, number, offset)
        offset, number = offset + len(payload), number + count


def lines(stream):
    """Items of JSON Lines that are packed with gzip; raises `Irregular` where the packing is damaged."""
    number, waiting = 0, b""
    for data in _unpacked(stream):
        *whole, waiting = (waiting + data).split(b"\n")
        for line in whole:
            number += 1
            yield Item(line + b"\n", number)
    if waiting:
        yield Item(waiting + b"\n", number + 1)


def _unpacked(stream):
    packed = stream.read(CHUNK)
    while packed:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            if not packed:
                raise Irregular("the file ends inside a gzip member")
            try:
                yield member.decompress(packed)
            except zlib.error as error:
                raise Irregular(f"a gzip member is damaged: {error}") from None
            packed = member.unused_data or stream.read(CHUNK)


class _Source:
    """A stream of which one can look at what comes next."""

    def __init__(self, stream):
        self._stream, self.window = stream, bytearray()

    def fill(self):
        """Reads on; whether there was more."""
        if len(self.window) > LARGEST:
            raise Irregular("too large")
        data = self._stream.read(CHUNK)
        self.window += data
        return bool(data)

    def peek(self, count):
        while len(self.window) < count and self.fill():
            pass
        return bytes(self.window[:count])

    def drop(self, count):
        del self.window[:count]

    def rest(self, folder):
        """Everything that follows, in a file."""
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(self.window)
            shutil.copyfileobj(self._stream, file)
        return Path(file.name)


def _member(source):
    """The next gzip member as it stands, and how many records it holds."""
    member, unpacked, done = zlib.decompressobj(wbits=31), bytearray(), 0
    while True:
        data = source.window[done:done + CHUNK]
        if not data:
            if not source.fill():
                raise Irregular("cut")
            continue
        try:
            unpacked += member.decompress(data, LARGEST)
        except zlib.error:
            raise Irregular("damaged") from None
        if len(unpacked) > LARGEST or member.unconsumed_tail:
            raise Irregular("too large")
        done += len(data) - len(member.unused_data)
        if member.eof:
            break
    inside, count = _Held(unpacked), 0
    while inside.peek(1):
        payload, _ = _record(inside)
        inside.drop(len(payload))
        count += 1
    return bytes(source.window[:done]), count


class _Held(_Source):
    """What is in memory already."""

    def __init__(self, data):
        self.window = data

    def fill(self):
        return False


def _record(source):
    """The next record as it stands, by its Content-Length."""
    while (end := source.window.find(b"\r\n\r\n", 0, 64 << 10)) < 0:
        if len(source.window) > 64 << 10 or not source.fill():
            raise Irregular("no header")
    header = bytes(source.window[:end])
    if not header.startswith(b"WARC/"):
        raise Irregular("no record")
    fields = dict(line.lower().split(b":", 1) for line in header.split(b"\r\n")[1:] if b":" in line)
    length = fields.get(b"content-length", b"").strip()
    if not length.isdigit():
        raise Irregular("no length")
    size = end + 4 + int(length) + 4
    if size > LARGEST:
        raise Irregular("too large")
    payload = source.peek(size)
    if not payload.endswith(b"\r\n\r\n") or len(payload) < size:
        raise Irregular("other length")
    return payload, 1

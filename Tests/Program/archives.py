"""Web archives, feeds and records made for tests, with broken ones among them.

As a program: archives.py OUT.warc.gz [PAGES] writes an archive of pages and prints how many articles it holds.
"""

import gzip
import random
import sys
import zlib

PLACES = ["Lisbon", "Tallinn", "Accra", "Montevideo", "Hanoi", "Aarhus", "Split", "Izmir"]
PEOPLE = ["Ida Moen", "Per Lie", "Marta Olsen", "Omar Haddad", "Petra Lindholm", "Leo Ruiz", "Ada Brandt", "Ines Bauer"]
DEEDS = [
    "met {b} in {p} to talk about the new harbour",
    "accused {b} of hiding the costs of the bridge in {p}",
    "praised the plan for schools that {b} had put forward in {p}",
    "rejected the offer that {b} made to the strikers of {p}",
    "said that the council of {p} would vote on the budget next week",
]


def sentence(chance):
    a, b = chance.sample(PEOPLE, 2)
    return f"{a} " + chance.choice(DEEDS).format(b=b, p=chance.choice(PLACES)) + "."


def page(number, sentences=6):
    """An ordinary page: head, navigation, an article of some sentences, a footer."""
    chance = random.Random(number)
    paragraphs = "".join(f"<p>{sentence(chance)} {sentence(chance)}</p>\n" for _ in range(max(1, sentences // 2)))
    title = f"Report {number}: {chance.choice(PLACES)} waits for an answer"
    return (
        f"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>"
        f"<nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>{title}</h1>\n"
        f"<p class=byline>By {chance.choice(PEOPLE)}</p>\n{paragraphs}</article>"
        f"<footer>© 2026 The Example Post. All rights reserved.</footer></body></html>").encode()


def warc(kind, block, uri=None, content_type=None, length=None, version=b"WARC/1.0", **fields):
    """One record, as bytes."""
    lines = [version, b"WARC-Type: " + kind.encode(), b"WARC-Date: 2026-02-03T04:05:06Z",
             b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>" % (zlib.crc32(block))]
    if uri is not None:
        lines.append(b"WARC-Target-URI: " + uri.encode())
    if content_type:
        lines.append(b"Content-Type: " + content_type.encode())
    lines += [f"{name.replace('_', '-')}: {value}".encode() for name, value in fields.items()]
    lines.append(b"Content-Length: %d" % (len(block) if length is None else length))
    return b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body, status="200 OK", content_type="text/html; charset=utf-8", coding=None, chunked=False, **fields):
    """A server's answer, as bytes."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}"]
    if coding:
        lines.append(f"Content-Encoding: {coding}")
        body = {"gzip": gzip.compress, "deflate": zlib.compress, "raw": lambda b: zlib.compress(b)[2:-4]}.get(
            "raw" if coding == "x-raw" else coding, lambda b: b)(body)
    if chunked:
        lines.append("Transfer-Encoding: chunked")
        parts = [body[at:at + 1000] for at in range(0, len(body), 1000)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def response(number, sentences=6, **answer):
    uri = f"https://post.example/{number}"
    return warc("response", http(page(number, sentences), **answer), uri, "application/http; msgtype=response")


def archive(pages, packed=True, broken=100, sentences=6):
    """Records of an archive, one of `broken` of them broken; yields (bytes, whether an article can be had, fault)."""
    member = gzip.compress if packed else bytes
    yield member(warc("warcinfo", b"software: example\r\n", content_type="application/warc-fields")), False, None
    for number in range(pages):
        uri = f"https://post.example/{number}"
        if number % 10 == 0:
            request = warc("request", b"GET / HTTP/1.1\r\nHost: post.example\r\n\r\n", uri, "application/http; msgtype=request")
            yield member(request), False, None
        if broken and number % broken == broken - 1:
            kind = number // broken % 8
            whole = response(number, sentences)
            if kind == 0:
                yield member(whole.replace(b"Content-Length: ", b"Content-Length: x")), False, "warc.record"
            elif kind == 1:
                yield member(warc("response", http(page(number)), uri, length=50)), False, "warc.length"
            elif kind == 2:
                yield member(warc("response", http(page(number)), uri, length=90_000)), False, "warc.length"
            elif kind == 3:
                yield member(b"\x00\x01 no record at all \r\n\r\n" * 20), False, "warc.record"
            elif kind == 4:
                yield member(response(number, content_type="text/html", coding="br").replace(b"<!DOCTYPE", b"\x8b\x07\x80")), False, "http.encoding"
            elif kind == 5 and packed:
                data = bytearray(member(whole))
                data[len(data) // 2] ^= 0xFF
                yield bytes(data), False, "gzip.damaged"
            elif kind == 6 and packed:
                yield member(whole)[:-40], False, "gzip.damaged"
            else:
                yield member(warc("response", b"no status line\r\n\r\n", uri, "application/http; msgtype=response")), False, "http.header"
        else:
            answer = [{}, {"coding": "gzip"}, {"chunked": True}, {"coding": "deflate"}, {"coding": "gzip", "chunked": True}][number % 5]
            yield member(response(number, sentences, **answer)), True, None


def write_archive(path, pages, **options):
    """Writes an archive; the numbers of articles and of faults in it."""
    good, faults = 0, 0
    with open(path, "wb") as file:
        for data, is_article, fault in archive(pages, **options):
            file.write(data)
            good += is_article
            faults += fault is not None
    return good, faults


if __name__ == "__main__":
    print(*write_archive(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000))

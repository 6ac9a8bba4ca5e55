"""Times the reading of a generated web archive with broken records among them: pages per second and peak memory.

Usage: archive.py VOUCH [PAGES]        (default: 10,000)
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Program"))
import archives


def run(*arguments):
    """Seconds, peak memory in MiB, and the lines of the two output streams."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(list(map(str, arguments)), stdout=out, stderr=err)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        out.seek(0), err.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read().splitlines(), err.read().decode().splitlines()


def main():
    binary, pages = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        empty, path = Path(folder) / "empty.jsonl", Path(folder) / "news.warc.gz"
        empty.write_text(json.dumps({"text": "Talks end."}))
        good, faults = archives.write_archive(path, pages)
        _, base, _, _ = run(binary, "extract", empty)
        print(f"archive: {pages} pages, {faults} of them broken, {path.stat().st_size / 1e6:.1f} MB packed; one line of text: {base:.0f} MiB")
        outputs = []
        for name, flags in ("1 thread", ["--threads", 1]), ("2 threads", ["--threads", 2]), ("2 threads, isolated", ["--threads", 2, "--isolate"]):
            seconds, peak, records, told = run(binary, "extract", path, *flags)
            errors = sum("error[" in line for line in told)
            outputs.append(records)
            print(
                f"{name:<20} {seconds:7.1f} s  {pages / seconds:6.1f} pages/s  peak {peak:.0f} MiB ({peak - base:+.0f})  "
                f"{len(records)} of {good} articles, {errors} errors for {faults} faults")
        print("same bytes:", all(output == outputs[0] for output in outputs))


if __name__ == "__main__":
    main()

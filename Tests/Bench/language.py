"""Times the stages of reading beside spaCy's small model, and how they grow. Figures, no verdicts.

    python language.py vouch corpus.jsonl [python with spaCy]

Words are runs without white space, the same for both. Seconds are processor time where one thread is measured, so that another
program on the machine shows little, and wall time where two are.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Stages of the language, all of the language model's: spaCy has those up to names, and neither references nor reports.
LANGUAGE = ("tokens/", "encoding/", "sentences/", "syntax/", "names/", "references/", "reports/")

vouch, corpus = Path(sys.argv[1]), Path(sys.argv[2])
spacy = sys.argv[3] if len(sys.argv) > 3 else None
records = [json.loads(line) for line in corpus.read_text().splitlines()]


def words(some):
    return sum(len(record["text"].split()) for record in some)


def peak(process):
    """The most memory that a process has held so far, in KiB. (What wait4 tells counts this program's before the exec, too.)"""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def run(*command):
    """Wall seconds, processor seconds, peak memory in MB, standard output and error of a command."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err)
        memory, waited = 0, 0
        while not waited:
            memory = max(memory, peak(process.pid))
            time.sleep(0.005)
            waited, status, usage = os.wait4(process.pid, os.WNOHANG)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        stderr = err.read().decode(errors="replace")
        if process.returncode != 0:
            sys.exit(f"{command}: exit code {process.returncode}\n{stderr[-2000:]}")
        return wall, usage.ru_utime + usage.ru_stime, memory / 1024, out.read(), stderr


def extract(some, threads, *flags):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(record) + "\n" for record in some)
        file.flush()
        return run(vouch, "extract", "--quiet", "--threads", threads, *flags, file.name)


def report(name, text):
    print(f"{name:34} {text}", flush=True)


def rate(count, seconds):
    return f"{seconds:8.2f} s  {count / seconds:9.0f} words/s"


def stages(stderr):
    """Processor seconds of each stage, in order."""
    lines = [line.split() for line in stderr.splitlines() if line.startswith("timing: ")]
    return {name: float(seconds) for _, name, seconds in lines}


def language(spent):
    """Processor seconds of the stages of the language."""
    return max(sum(seconds for name, seconds in spent.items() if name.startswith(LANGUAGE)), 1e-9)


def beside(some):
    """Both programs on the same texts, one thread each; then two threads."""
    count = words(some)
    print(f"language: {len(some)} articles, {count} words, one thread, processor time")
    wall, processor, memory, _, stderr = extract(some, 1, "--timings", "--with-syntax")
    spent = stages(stderr)
    one = language(spent)
    report("vouch, language stages", rate(count, one))
    report("vouch, all of extract", rate(count, processor) + f"  peak {memory:.0f} MB")
    for name in spent:
        report("  " + name, f"{spent[name]:8.3f} s" + ("  language" if name.startswith(LANGUAGE) else ""))
    print("two threads, wall time")
    two, both, memory, _, stderr = extract(some, 2, "--timings", "--with-syntax")
    # Their part of the wall time is taken to be their part of the processor time.
    report("vouch, language stages", rate(count, two * language(stages(stderr)) / both))
    report("vouch, all of extract", rate(count, two) + f"  {wall / two:.2f} times one thread  peak {memory:.0f} MB")
    print("spaCy's small model on the same texts, one thread, processor time")
    if spacy is None:
        report("spaCy small", "not installed: make bench-deps")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(record) + "\n" for record in some)
        file.flush()
        _, _, memory, out, _ = run(spacy, "-B", Path(__file__).with_name("spacy_words.py"), file.name)
    result = json.loads(out.splitlines()[-1])
    report("spaCy small", rate(count, result["processor"]) + f"  peak {memory:.0f} MB")
    report("vouch to spaCy, language stages", f"{result['processor'] / one:8.2f} times its words per second")
    report("vouch to spaCy, all of extract", f"{result['processor'] / processor:8.2f} times its words per second")


def growth(steps, name, make, *flags):
    print(name + ", one thread, processor time")
    for step in steps:
        some = make(step)
        _, processor, memory, _, _ = extract(some, 1, "--with-syntax", *flags)
        report(f"  {step}", rate(words(some), processor) + f"  peak {memory:.0f} MB")


beside(records[: int(os.environ.get("BESIDE", 220))])
counts = [int(step) for step in os.environ.get("COUNTS", "1000 2000 4000").split()]
growth(counts, "number of articles", lambda step: [
    records[index % len(records)] | {"id": str(index)} for index in range(step)])
texts = [record["text"] for record in records[:40]]
growth([1, 2, 4, 8], "length of ten articles, in texts joined", lambda step: [
    {"id": str(index), "text": "\n\n".join(texts[(index + shift) % len(texts)] for shift in range(step * 5))}
    for index in range(10)], "--plain")  # As it stands: a page that repeats itself would not be read whole.

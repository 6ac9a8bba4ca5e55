"""Fixtures of the tests. The environment variable VOUCH names the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

VOUCH = Path(os.environ.get("VOUCH", HERE.parents[2] / ".build/release/vouch")).absolute()
SHELL = """\
#!/bin/sh
[ "$1" = extract ] || exec {vouch} "$@"
input=$(mktemp) && cat >"$input" && exec <"$input"
crashes=$(grep -c XCRASHX "$input") hangs=$(grep -c XHANGX "$input")
rm "$input"
[ "$crashes" = 0 ] || kill -SEGV $$
[ "$hangs" = 0 ] || exec sleep 600
exec {vouch} "$@"
"""


def pytest_sessionstart(session):
    if not VOUCH.exists():
        pytest.exit(f"{VOUCH} is missing: build it first (make build), or name one in VOUCH", returncode=2)
    session.config.figures = []


def pytest_terminal_summary(terminalreporter, config):
    for figure in config.figures:
        terminalreporter.write_line(f"spark: {figure}")


@pytest.fixture(scope="session")
def figures(request):
    """What was measured, to be told at the end."""
    return request.config.figures


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    """A program that does as vouch does, but dies of some articles and falls silent on others; it reads all input before it writes."""
    path = tmp_path_factory.mktemp("stand-in") / "vouch"
    path.write_text(SHELL.format(vouch=VOUCH))
    path.chmod(0o755)
    return path


@pytest.fixture(scope="session")
def vouch():
    def run(*arguments, code=0):
        done = subprocess.run([VOUCH, *map(str, arguments)], capture_output=True, timeout=600)
        assert done.returncode in ([code] if isinstance(code, int) else code), done.stderr.decode()[-3000:]
        return done
    return run

"""Fixtures for the tests of the program. The environment variable VOUCH names the binary."""

import pytest

from program import BINARY, SEEDS, Built


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is missing: build it first (make build), or name one in VOUCH", returncode=2)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The graph of the sample articles."""
    return Built(tmp_path_factory.mktemp("seeds"), SEEDS)


LISBON = """\
Leaders speak of a new agreement in Lisbon

LISBON, January 12, 2026 - Emmanuel Macron met Friedrich Merz in Lisbon on Monday. "We need a new agreement," Macron said.

Merz condemned the attack on Kyiv and rejected the plan. Olaf Scholz said that Germany had supported Ukraine.
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The graph of one short article, for tests that make many variants of a file."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "lisbon.txt").write_text(LISBON)
    return Built(folder, folder / "lisbon.txt")

"""The same articles give the same bytes, however they are given."""

import random

import pytest

from program import EXPORTS, FOUND, SEEDS, vouch


def files(folder):
    """The inputs in a folder, without the metadata files that come with some of them."""
    names = ("*.txt", "*.html", "*.jsonl")
    return sorted(path for name in names for path in folder.glob(name))


def shuffled(seed):
    paths = files(SEEDS)
    random.Random(seed).shuffle(paths)
    return paths


WAYS = {
    "again": lambda: [SEEDS],
    "file by file": lambda: files(SEEDS),
    "last first": lambda: files(SEEDS)[::-1],
    "shuffled": lambda: shuffled(1),
    "shuffled, one thread": lambda: [*shuffled(2), "--threads", "1"],
    "shuffled, four threads": lambda: [*shuffled(3), "--threads", "4"],
    "one thread": lambda: [SEEDS, "--threads", "1"],
    "four threads": lambda: [SEEDS, "--threads", "4"],
    "by another path": lambda: [SEEDS / ".." / SEEDS.name],
    "everything twice": lambda: [SEEDS, *shuffled(4)],
}


@pytest.mark.parametrize("way", WAYS)
def test_same_graph(built, tmp_path, way):
    graph = tmp_path / "g.vouch"
    done = vouch("build", *WAYS[way](), "-o", graph)
    assert done.code == FOUND, done.err
    assert graph.read_bytes() == built.path.read_bytes()


def test_same_graph_from_a_relative_path(built, tmp_path):
    assert vouch("build", SEEDS.name, "-o", tmp_path / "g.vouch", cwd=SEEDS.parent).code == FOUND
    assert (tmp_path / "g.vouch").read_bytes() == built.path.read_bytes()


@pytest.mark.parametrize("form", ["graphml", "rdfxml"])
def test_same_exports(built, form):
    path, _ = {"graphml": built.graphml_export, "rdfxml": built.rdf_export}[form]
    done = vouch("export", built.path, "--format", form)
    assert done.out == path.read_bytes()


def test_same_records_with_one_thread_and_four():
    one, four = (vouch("extract", SEEDS, "--with-text", "--with-syntax", "--threads", n) for n in ("1", "4"))
    assert one == four


def test_article_given_twice_counts_once(built, tmp_path):
    done = vouch("build", SEEDS, SEEDS, "-o", tmp_path / "g.vouch")
    assert done.code == FOUND and "note[article.duplicate]" in done.err
    assert (tmp_path / "g.vouch").read_bytes() == built.path.read_bytes()


def test_different_articles_of_one_name_are_kept_apart(tmp_path):
    texts = ["Emmanuel Macron spoke in Paris.", "Friedrich Merz spoke in Berlin."]
    paths = []
    for name, text in zip("ab", texts):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / "same.txt")
        paths[-1].write_text(text)
    graphs = []
    for order in (paths, paths[::-1]):
        graph = tmp_path / f"{len(graphs)}.vouch"
        done = vouch("build", *order, "-o", graph)
        assert done.code == FOUND and done.err.count("warning[article.same-name]") == 2
        graphs.append(graph.read_bytes())
    assert graphs[0] == graphs[1]
    [stats] = vouch("stats", graph, "--json").lines
    assert stats["nodes_by_kind"]["article"] == 2


@pytest.mark.parametrize("name", ["seeds.vouch", "seeds.graphml", "seeds.rdf"])
def test_exports_in_the_repository_are_up_to_date(built, name):
    """`make exports` makes them."""
    path = {
        "seeds.vouch": lambda: built.path, "seeds.graphml": lambda: built.graphml_path, "seeds.rdf": lambda: built.rdf_path,
    }[name]()
    assert (EXPORTS / name).exists() and (EXPORTS / name).read_bytes() == path.read_bytes()

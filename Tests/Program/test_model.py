"""Reading with a model from files: the built-in one's copy reads the same, and a damaged one is refused."""

import json
import shutil

import pytest

from program import FAILED, FOUND, ROOT, vouch

MODEL = ROOT / "Sources/CVouchModel/english"
TEXT = b"Leaders meet in Paris\n\nEmmanuel Macron met Friedrich Merz in Paris on Monday. \"We agree,\" Macron said.\n"


@pytest.fixture
def model(tmp_path):
    """A copy of the built-in model, to be damaged."""
    for suffix in (".safetensors", ".json"):
        shutil.copyfile(MODEL.with_suffix(suffix), tmp_path / ("copy" + suffix))
    return tmp_path / "copy"


@pytest.mark.parametrize("suffix", ["", ".safetensors", ".json"])
def test_a_copy_of_the_built_in_model_reads_the_same(model, suffix):
    built_in = vouch("extract", "-", "--with-syntax", stdin=TEXT)
    given = vouch("extract", "-", "--with-syntax", "--model", f"{model}{suffix}", stdin=TEXT)
    assert (given.code, given.out) == (FOUND, built_in.out), given.err


def test_a_graph_is_built_with_a_model_from_files(model, tmp_path):
    for name, flags in (("a", []), ("b", ["--model", model])):
        assert vouch("build", "-", "-o", tmp_path / name, *flags, stdin=TEXT).code == FOUND
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def refused(model, *codes):
    """Neither command reads with the model; each says which file is wrong, and nothing is made."""
    graph = model.parent / "g.vouch"
    for done in (vouch("extract", "-", "--model", model, stdin=TEXT),
                 vouch("build", "-", "-o", graph, "--model", model, stdin=TEXT)):
        assert (done.code, done.out) == (FAILED, b""), done.err
        assert done.err.count("\n") == 1 and str(model) in done.err
        assert any(f"error[model.{code}]" in done.err for code in codes), done.err
    assert not graph.exists()


@pytest.mark.parametrize("share", [0, 1e-7, 1e-6, 0.001, 0.5, 0.999999])
def test_truncated_weights_are_refused(model, share):
    weights = model.with_suffix(".safetensors")
    data = weights.read_bytes()
    weights.write_bytes(data[:int(len(data) * share)])
    refused(model, "damaged")


@pytest.mark.parametrize("share", [0, 1e-6, 0.01, 0.5, 0.999999])
def test_one_flipped_bit_of_the_weights_is_noticed(model, share):
    with open(model.with_suffix(".safetensors"), "r+b") as file:
        place = int(file.seek(0, 2) * share)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 0x10]))
    refused(model, "damaged")


def test_longer_weights_are_refused(model):
    with open(model.with_suffix(".safetensors"), "ab") as file:
        file.write(b"left over")
    refused(model, "damaged")


@pytest.mark.parametrize("change", [
    lambda text: "", lambda text: text[:len(text) // 2], lambda text: "[]", lambda text: "\0" * 1000,
    lambda text: json.dumps(json.loads(text) | {"layers": 63}), lambda text: json.dumps(json.loads(text) | {"upos": []}),
    lambda text: json.dumps(json.loads(text) | {"upos": ["VERB", "NOUN"]}),
    lambda text: json.dumps(json.loads(text) | {"format": "vouch-language/99"})],
    ids=["empty", "half", "list", "zeros", "layers", "no classes", "two classes", "format"])
def test_wrong_descriptions_are_refused(model, change):
    description = model.with_suffix(".json")
    description.write_text(change(description.read_text()))
    refused(model, "damaged", "unsupported")


@pytest.mark.parametrize("suffix", [".safetensors", ".json"])
def test_a_missing_file_is_told(model, suffix):
    model.with_suffix(suffix).unlink()
    refused(model, "missing")


def test_a_folder_is_no_model(model):
    model.with_suffix(".safetensors").unlink()
    model.with_suffix(".safetensors").mkdir()
    refused(model, "unreadable")

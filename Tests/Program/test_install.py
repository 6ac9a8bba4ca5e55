"""An installed program: what `make install` and `make deb` put where, manual pages, and what shells complete."""

import json
import os
import pty
import re
import select
import shutil
import subprocess

import pytest

from program import BINARY, FOUND, NOTHING, ROOT, vouch

COMMANDS = set(re.findall(r"^  ([a-z]+) {2,}", vouch("--help").text.split("SUBCOMMANDS:")[1], re.M)) - {"help"}


def run(*command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=1800, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def make(target, destination):
    # The program is built already; -o says so.
    run("make", "-o", "build", target, f"VOUCH={BINARY}", f"DESTDIR={destination}", "PREFIX=/usr", cwd=ROOT)


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def needs(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    make("install", folder)
    return folder


PAGES = {f"usr/share/man/man1/vouch{suffix}.1" for suffix in {""} | {f"-{command}" for command in COMMANDS}}


def test_everything_is_installed(installed):
    assert files(installed) == PAGES | {
        "usr/bin/vouch", "usr/share/bash-completion/completions/vouch", "usr/share/zsh/site-functions/_vouch",
        "usr/share/fish/vendor_completions.d/vouch.fish", "usr/share/doc/vouch/LICENSE", "usr/share/doc/vouch/NOTICE",
        "usr/share/doc/vouch/README.md"}
    program = installed / "usr/bin/vouch"
    assert vouch("--version", binary=program).text == vouch("--version").text
    assert b"\0.symtab\0" not in program.read_bytes()[-1 << 16:], "it is stripped"


def test_everything_is_removed(installed, tmp_path):
    shutil.copytree(installed, tmp_path / "root")
    other = tmp_path / "root/usr/share/man/man1/other.1"
    other.write_text("stays")
    make("uninstall", tmp_path / "root")
    assert files(tmp_path / "root") == {"usr/share/man/man1/other.1"}


def test_installing_twice_gives_the_same_bytes(installed, tmp_path):
    make("install", tmp_path)
    for name in files(installed):
        assert (tmp_path / name).read_bytes() == (installed / name).read_bytes(), name


# Manual pages


@needs("groff", "preconv")
@pytest.mark.parametrize("page", sorted(PAGES))
def test_pages_are_set_without_a_warning(installed, page):
    done = run("groff", "-K", "utf8", "-man", "-T", "utf8", "-ww", "-z", installed / page)
    assert done.stderr == ""


@needs("mandoc")
def test_pages_are_sound(installed):
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *sorted(str(installed / page) for page in PAGES)], capture_output=True, text=True)
    assert done.stdout == ""


@needs("groff", "preconv")
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_pages_tell_of_every_option(installed, command):
    page = installed / f"usr/share/man/man1/vouch-{command}.1"
    shown = run("groff", "-K", "utf8", "-man", "-T", "utf8", "-P", "-cbou", "-rLL=200n", page).stdout
    helped = vouch(command, "--help").text
    for option in re.findall(r"^  (?:-\w, )?(--[a-z-]+)", helped, re.M):
        assert re.search(rf"^ +(-\w, )?{option}\b", shown, re.M), option
    assert "EXIT STATUS" in shown
    assert f"vouch {command}" in shown.split("SYNOPSIS")[1]


# What shells complete


def bash(installed, *words):
    script = installed / "usr/share/bash-completion/completions/vouch"
    line = " ".join(words)
    return run(
        "bash", "--norc", "-c",
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; '
        '_vouch vouch "${@: -1}" "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"',
        "bash", script, *words, cwd=ROOT / "exports").stdout.split()


def fish(installed, *words):
    script = installed / "usr/share/fish/vendor_completions.d/vouch.fish"
    done = run(
        "fish", "--no-config", "-c", 'source $argv[1]; complete -C "$argv[2]"', script, " ".join(words), cwd=ROOT / "exports",
        env=os.environ | {"PATH": f"{installed}/usr/bin:{os.environ['PATH']}"})
    assert done.stderr == ""
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def zsh(installed, *words):
    """What zsh shows after the tabulator key: it completes on a terminal only."""
    folder = installed / "usr/share/zsh/site-functions"
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT / "exports")
        os.environ.update(TERM="dumb", PATH=f"{installed}/usr/bin:{os.environ['PATH']}", COLUMNS="200", LINES="200")
        os.execvp("zsh", ["zsh", "-f", "-i"])

    def answer(text, quiet):
        """Types, and reads until nothing has come for some seconds."""
        os.write(terminal, text.encode())
        shown = ""
        while select.select([terminal], [], [], quiet if shown else 20)[0]:
            shown += os.read(terminal, 1 << 16).decode(errors="replace")
        return shown

    try:
        answer(f"PS1='>'; LISTMAX=1000; fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D\n", 0.5)
        # A tabulator that comes with other keys is no question.
        answer(" ".join(words), 0.3)
        shown = answer("\t", 0.7)
        # What is added to the last word, or what could be.
        return [words[-1] + shown.strip(), *re.findall(r"[\w.-]+", shown)]
    finally:
        os.close(terminal)
        os.waitpid(child, 0)


SHELLS = [pytest.param(shell, marks=needs(shell.__name__), id=shell.__name__) for shell in (bash, fish, zsh)]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("words, expected", [
    (["vouch", "ext"], "extract"),
    (["vouch", "doc"], "doctor"),
    (["vouch", "export", "seeds.vouch", "--format", "nq"], "nquads"),
    (["vouch", "export", "seeds.vouch", "--profile", "cyto"], "cytoscape"),
    (["vouch", "path", "seeds.vouch", "a", "b", "--weight", "rec"], "recency"),
    (["vouch", "path", "seeds.vouch", "a", "b", "--stance", "opp"], "oppose"),
    (["vouch", "events", "seeds.vouch", "--modality", "hypo"], "hypothetical"),
    (["vouch", "events", "seeds.vouch", "--type", "PROT"], "PROTEST"),
    (["vouch", "stances", "seeds.vouch", "--type", "call"], "call-for"),
    (["vouch", "extract", "--input-format", "conl"], "conllu"),
    (["vouch", "stats", "seeds.v"], "seeds.vouch"),
    (["vouch", "build", "-o", "seeds.v"], "seeds.vouch"),
])
def test_shells_complete(installed, shell, words, expected):
    assert expected in shell(installed, *words)


# The Debian package


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deb")
    # Packed quickly; a release is packed small.
    run(ROOT / "Packaging/deb.sh", BINARY, folder, env=os.environ | {"DEB_LEVEL": "0"})
    [path] = folder.glob("vouch_*.deb")
    return path


DEB = needs("dpkg-deb", "dpkg-shlibdeps", "strip")


@DEB
def test_package_names_what_it_needs(package):
    fields = dict(re.findall(r"^ ?([A-Z][\w-]+): (.*)", run("dpkg-deb", "--field", package).stdout, re.M))
    version = vouch("--version").text.split()[1]
    assert (fields["Package"], fields["Version"]) == ("vouch", version), "the changelog is that of the program's version"
    needed = {entry.split()[0] for entry in fields["Depends"].split(", ")}
    assert {"libc6", "libstdc++6", "zlib1g"} <= needed and any(name.startswith("libxml2") for name in needed)
    assert not any(name.endswith("-dev") for name in needed)


@DEB
def test_package_is_the_same_every_time(package, tmp_path):
    run(ROOT / "Packaging/deb.sh", BINARY, tmp_path, env=os.environ | {"DEB_LEVEL": "0", "TZ": "Asia/Tokyo"})
    assert (tmp_path / package.name).read_bytes() == package.read_bytes()


@DEB
@needs("lintian")
def test_package_keeps_to_the_policy(package):
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", package], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@DEB
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may install packages")
def test_package_is_installed_and_removed(package, tmp_path):
    """In a folder of its own, where dpkg believes that what this machine has is installed."""
    data = tmp_path / "var/lib/dpkg"
    for name in ("info", "updates", "triggers"):
        (data / name).mkdir(parents=True)
    shutil.copy("/var/lib/dpkg/status", data / "status")
    options = [f"--root={tmp_path}", "--no-triggers", "--force-not-root", "--force-script-chrootless", f"--log={tmp_path}/log"]
    run("dpkg", *options, "--remove", "--force-remove-reinstreq", "vouch")
    before = files(tmp_path)
    run("dpkg", *options, "--install", package)
    assert "usr/bin/vouch" in files(tmp_path) and "usr/share/man/man1/vouch-path.1.gz" in files(tmp_path)
    assert vouch("doctor", binary=tmp_path / "usr/bin/vouch").code in (FOUND, NOTHING)
    assert run("dpkg", *options, "--verify", "vouch").stdout == ""
    run("dpkg", *options, "--purge", "vouch")
    assert not {name for name in files(tmp_path) - before if name.startswith("usr/")}


# The library


@needs("docc", "swift")
def test_documentation_is_built_without_a_warning(tmp_path):
    run(ROOT / "Packaging/docs.sh", tmp_path / "docs")
    assert (tmp_path / "docs/data/documentation/vouch/usingvouch.json").exists()
    pages = [json.loads(path.read_text()) for path in (tmp_path / "docs/data/documentation").rglob("*.json")]
    declarations = [page for page in pages if "symbolKind" in page["metadata"]]
    assert len(declarations) > 1000, "those of all modules that one import brings"
    assert [page["metadata"]["title"] for page in declarations if not page.get("abstract")] == []


@needs("swift")
def test_example_program_runs(tmp_path):
    """The package in Examples is built as another program's, and says what vouch says."""
    # In the folder that holds the library built already.
    build = [
        "swift", "build", "--package-path", ROOT / "Examples", "--scratch-path", ROOT / ".build", "--skip-update", "-c", "release",
        "--static-swift-stdlib"]
    run(*build)
    program = run(*build, "--show-bin-path").stdout.strip() + "/Connect"
    done = run(program, ROOT / "seeds", tmp_path / "news.vouch", "Zelenskyy", "Putin")
    assert re.search(r"^\d+ articles, \d+ nodes, \d+ edges$", done.stdout, re.M)
    assert re.search(r"^  toward: “Putin” in .*: “I don’t trust Putin,” the Ukrainian president said\.$", done.stdout, re.M)
    assert vouch("check", tmp_path / "news.vouch").code == 0
    assert run(program, ROOT / "seeds", tmp_path / "news.vouch", "Zelenskyy", "Nobody").stdout.endswith("no single node bears that name\n")

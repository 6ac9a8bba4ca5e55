#!/usr/bin/env python3
"""Writes the manual pages from what the program says about itself: vouch(1) and one page for each command.

    manual.py PROGRAM README DATE FOLDER

The examples are those of the README's listing of commands. The same program gives the same pages: DATE is that of the version.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

EXIT_CODES = re.compile(r"\s*Exit codes: (.*?)\.?\s*$")


def text(words):
    """Words as roff shows them: nothing in them is a request or an escape, hyphens can be copied."""
    words = words.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", words)


def bold(words):
    return f"\\fB{text(words)}\\fR"


def italic(words):
    return f"\\fI{text(words)}\\fR"


def value_shown(argument):
    return italic(argument["valueName"])


def title(name, date, version):
    return f'.TH {name.upper()} 1 "{date}" "{text(version)}" "Vouch"'


def synopsis(command, name):
    """The command, its options in brief, and its arguments in order."""
    parts = [bold(name), "[" + italic("options") + "]"]
    for argument in shown(command, "positional"):
        part = value_shown(argument) + (" ..." if argument["isRepeating"] else "")
        parts.append(f"[{part}]" if argument["isOptional"] else part)
    return " ".join(parts)


def shown(command, *kinds):
    return [a for a in command.get("arguments", []) if a["shouldDisplay"] and a["kind"] in kinds]


def entry(argument):
    """An argument or option: how it is written, and what it means."""
    if argument["kind"] == "positional":
        head = value_shown(argument)
    else:
        head = ", ".join(bold(("-" if n["kind"] == "short" else "--") + n["name"]) for n in argument["names"])
        if argument["kind"] == "option":
            head += " " + value_shown(argument)
    lines = [".TP", head, text(argument.get("abstract", ""))]
    notes = []
    if "allValues" in argument:
        notes.append("one of " + ", ".join(argument["allValues"]))
    if "defaultValue" in argument:
        notes.append("default: " + argument["defaultValue"])
    if notes:
        lines.append(text(f"({'; '.join(notes)})"))
    return lines


def section(name, lines):
    return [f".SH {name}", *lines] if lines else []


def paragraphs(words):
    lines = []
    for paragraph in filter(None, (line.strip() for line in words.split("\n"))):
        lines += [".PP", text(paragraph)]
    return lines[1:]


def exit_status(codes):
    lines = []
    for number, meaning in re.findall(r"(\d+) (.*?)(?:, (?=\d)|$)", codes):
        lines += [".TP", bold(number), text(meaning)]
    return lines


def examples(readme, command):
    """The lines of the README that show the command."""
    lines = []
    for example in re.findall(rf"^(vouch {command}\b.*?)(?:\s+# .*)?$", readme, re.M):
        lines += [".PP", ".nf", text(example), ".fi"]
    return lines[1:]


def page(command, readme, date, version):
    name = f"vouch {command['commandName']}"
    discussion = command.get("discussion", "")
    codes = EXIT_CODES.search(discussion)
    body = paragraphs(EXIT_CODES.sub("", discussion))
    options = shown(command, "option", "flag")
    groups = {}
    for option in options:
        groups.setdefault(option.get("sectionTitle") or "Options", []).append(option)
    lines = [
        title(name.replace(" ", "-"), date, version), ".SH NAME",
        text(name.replace(" ", "-")) + " \\- " + text(command["abstract"].rstrip(".")),
        ".SH SYNOPSIS", synopsis(command, name), *section("DESCRIPTION", body or [text(command["abstract"])]),
        *section("ARGUMENTS", [line for a in shown(command, "positional") for line in entry(a)]),
    ]
    for heading, members in groups.items():
        lines += section(heading.upper(), [line for option in members for line in entry(option)])
    lines += section("EXIT STATUS", exit_status(codes[1]) if codes else [])
    lines += section("EXAMPLES", examples(readme, command["commandName"]))
    lines += section("SEE ALSO", [bold("vouch") + "(1)"])
    return "\n".join(lines) + "\n"


def overview(root, commands, date, version):
    lines = [
        title("vouch", date, version), ".SH NAME", "vouch \\- " + text(root["abstract"].rstrip(".")),
        ".SH SYNOPSIS", f"{bold('vouch')} {italic('command')} [{italic('options')}] {italic('argument')} ...",
        ".SH DESCRIPTION",
        text(
            "Vouch reads news articles and builds a knowledge graph of actors, places, events and stances in which every node and "
            "edge names the article, the sentence and the exact characters that say so. The graph is kept in one file; it is asked, "
            "exported and changed with the commands below. The same articles give the same bytes."),
        ".PP", text("Data goes to standard output, everything else to standard error."), ".SH COMMANDS",
    ]
    for command in commands:
        lines += [".TP", bold(f"vouch-{command['commandName']}") + "(1)", text(command["abstract"])]
    lines += section("OPTIONS", [line for option in shown(root, "option", "flag") for line in entry(option)])
    lines += section("EXIT STATUS", exit_status("0 found, 1 nothing found, 2 failed, 64 wrong usage"))
    lines += section("ENVIRONMENT", [".TP", bold("NO_COLOR"), text("If it is set and not empty nothing is coloured or underlined.")])
    see = [bold(f"vouch-{command['commandName']}") + "(1)" for command in commands]
    lines += section("SEE ALSO", [",\n".join(see)])
    return "\n".join(lines) + "\n"


def main(program, readme, date, folder):
    def run(option):
        return subprocess.run([program, option], check=True, capture_output=True, text=True).stdout

    root = json.loads(run("--experimental-dump-help"))["command"]
    version = run("--version").split("\n")[0]
    readme, folder = Path(readme).read_text(), Path(folder)
    commands = [c for c in root["subcommands"] if c["shouldDisplay"] and c["commandName"] != "help"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vouch.1").write_text(overview(root, commands, date, version))
    for command in commands:
        (folder / f"vouch-{command['commandName']}.1").write_text(page(command, readme, date, version))


if __name__ == "__main__":
    main(*sys.argv[1:])

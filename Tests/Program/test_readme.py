"""What the README shows is what the program prints."""

import re
import shlex

from program import ROOT, vouch

README = (ROOT / "README.md").read_text()


def test_output_in_the_readme_is_real():
    blocks = re.findall(r"^```\n\$ vouch (.*)\n((?:.*\n)*?)```$", README, re.M)
    assert blocks
    for command, shown in blocks:
        assert vouch(*shlex.split(command), cwd=ROOT).text == shown


def test_every_command_is_in_the_readme():
    listed = re.findall(r"^  ([a-z]+) {2,}", vouch("--help").text.split("SUBCOMMANDS:")[1], re.M)
    for command in set(listed) - {"help"}:
        assert re.search(rf"vouch {command}\b", README), command

"""The commands of a runbook, one a line: KIND, heading, service, command, with tabs between.

usage: runbook.py FILE KIND...      of these kinds alone: curl, kubectl, vault, sql, promql, other

A command is an indented line. What stands behind its comment sign as S=SERVICE says whose it is; a command with a blank to fill in
(<id>, an ellipsis) is of no kind, since nobody can run it as it stands.
"""

import pathlib
import re
import sys


def kind(command):
    if re.search(r"<\w+|…", command):
        return "blank"
    word = command.split()[0]
    if word in ("curl", "kubectl", "vault"):
        return word
    if word == "select":
        return "sql"
    return "promql" if re.match(r"\w+( by )?\(|\w+\(\d", command) or word in ("sum", "max") else "other"


heading = ""
for line in pathlib.Path(sys.argv[1]).read_text().splitlines():
    if line.startswith("#"):
        heading = line.lstrip("# ")
    if not re.match(r" {4}\S", line):
        continue
    command, comment = (re.split(r"  (?:#|--)", line.strip(), maxsplit=1) + [""])[:2]
    service = re.search(r"S=([a-z-]+)", comment)
    if kind(command) in sys.argv[2:]:
        print(kind(command), heading, service[1] if service else "usage-service", command.strip(), sep="\t")

#!/usr/bin/env python3
"""The default rules of kube-score, kube-linter and Polaris on rendered manifests, as a table by their own names.

check.py --kube-score EXECUTABLE --report FILE NAME=RENDERED.yaml...

kube-score is the program itself. kube-linter and Polaris are not served as Go modules where this is built, so their rules
are here in linter.py and polaris.py, under their names, from their documentation. Exit code 1 when a rule fails that
exemptions.yaml does not name, when an exemption is for nothing, or when a rule finds nothing even in bad.yaml.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

import yaml

import linter
import polaris
from objects import Render, like, name

HERE = pathlib.Path(__file__).resolve().parent
ALL_OK = 7

Finding = collections.namedtuple("Finding", "tool rule render object problem")


def kube_score(executable, renders):
    """Names of its default rules, and what they find."""
    listed = subprocess.run([executable, "list"], capture_output=True, text=True, check=True).stdout
    rules = [line.split(",")[0] for line in listed.splitlines() if line.endswith(",default")]
    findings = []
    for render, path in renders.items():
        # Its exit code says that something was found.
        run = subprocess.run([executable, "score", "--output-format", "json", path], capture_output=True, text=True, check=False)
        if not run.stdout.strip():
            sys.exit(f"kube-score: {run.stderr}")
        for thing in json.loads(run.stdout):
            at = f"{thing['type_meta']['kind']}/{thing['object_meta']['name']}"
            for check in thing["checks"]:
                if not check["skipped"] and check["grade"] < ALL_OK:
                    for comment in check["comments"] or [{"path": "", "summary": "failed"}]:
                        problem = f"{comment['summary']} {comment['path']}".strip()
                        findings.append(Finding("kube-score", check["check"]["id"], render, at, problem))
    return rules, findings


def own(tool, rules, renders):
    findings = []
    for render, path in renders.items():
        objects = Render(path)
        for rule, check in rules.items():
            findings += [Finding(tool, rule, render, name(thing), str(problem)) for thing, problem in check(objects) if problem]
    return list(rules), findings


def blind(tool, rules):
    """The rules that find nothing where everything is wrong."""
    return [(tool, rule) for rule in rules if not own(tool, {rule: rules[rule]}, {"bad": HERE / "bad.yaml"})[1]]


def exempt(exemption, finding):
    return (
        exemption["tool"] == finding.tool
        and exemption["rule"] == finding.rule
        and like(exemption.get("object", "*"), finding.object)
        and like(exemption.get("problem", "*"), finding.problem)
        and like(exemption.get("only", "*"), finding.render)
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kube-score", required=True)
    parser.add_argument("--report", required=True)
    parser.add_argument("renders", nargs="+")
    options = parser.parse_args()
    renders = dict(render.split("=", 1) for render in options.renders)
    exemptions = yaml.safe_load((HERE / "exemptions.yaml").read_text())

    tools = {
        "kube-score": kube_score(options.kube_score, renders),
        "kube-linter": own("kube-linter", linter.RULES, renders),
        "polaris": own("polaris", polaris.RULES, renders),
    }
    used = collections.Counter()
    failed = []
    report = ["| tool | rule | result |", "|---|---|---|"]
    for tool, (rules, findings) in tools.items():
        unknown = {finding.rule for finding in findings} - set(rules)
        assert not unknown, f"{tool} has no rule {unknown}"
        excused, open_rules = set(), set()
        for finding in findings:
            found = [i for i, exemption in enumerate(exemptions) if exempt(exemption, finding)]
            if found:
                used[found[0]] += 1
                excused.add(finding.rule)
            else:
                failed.append(finding)
                open_rules.add(finding.rule)
        for rule in rules:
            result = "FAILED" if rule in open_rules else "exempt" if rule in excused else "ok"
            report.append(f"| {tool} | {rule} | {result} |")
        passed = len(rules) - len(excused | open_rules)
        print(f"{tool:12} {passed:3} of {len(rules)} rules hold everywhere, {len(excused - open_rules)} with exemptions, {len(open_rules)} failed")
    print()
    report += ["", "| tool | rule | objects | exempt because |", "|---|---|---|---|"]
    for i, exemption in enumerate(exemptions):
        where = exemption.get("object", "all") + (f" in {exemption['only']}" if "only" in exemption else "")
        print(f"exempt  {exemption['tool']} {exemption['rule']} ({where}, {used[i]} times): {exemption['reason']}")
        report.append(f"| {exemption['tool']} | {exemption['rule']} | {where} | {exemption['reason']} |")
    pathlib.Path(options.report).write_text("\n".join(report) + "\n")

    for finding in failed:
        print(f"FAILED  {finding.tool} {finding.rule}, {finding.render}, {finding.object}: {finding.problem}", file=sys.stderr)
    unseeing = blind("kube-linter", linter.RULES) + blind("polaris", polaris.RULES)
    for tool, rule in unseeing:
        print(f"FAILED  {tool} {rule} finds nothing in bad.yaml: it can't fail", file=sys.stderr)
    stale = [exemptions[i] for i in range(len(exemptions)) if not used[i]]
    for exemption in stale:
        print(f"FAILED  the exemption from {exemption['tool']} {exemption['rule']} is for nothing", file=sys.stderr)
    sys.exit(1 if failed or stale or unseeing else 0)


if __name__ == "__main__":
    main()

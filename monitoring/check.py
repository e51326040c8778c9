#!/usr/bin/env python3
"""What scripts/test-monitoring and scripts/test-deploy ask of a running Prometheus; standard library only.

check.py URL alerts                  name, severity and service label of each alert, one a line
check.py URL firing                  name of each alert that fires now, one a line
check.py URL fired                   name, severity and service of each alert that fired within three hours, one a line
check.py URL targets                 namespace, service, pod and node of each instance that is scraped, one a line
check.py URL cases                   each alert has a case firing, a case not firing, and a heading in runbooks.md
check.py URL queries                 each metric is on a service's /metrics, and each expression answers with data

Prometheus itself loads the rules and parses the expressions, so nothing is understood here that it would not understand.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
RUNBOOKS = "https://countinghouse.io/runbooks/"
# Made by Prometheus, not by a service.
OWN = {"up", "ALERTS"}
# Their values appear when it happens: a failure, or the first call of an operation (those are looked up in the contracts).
LATE = {"outcome", "status", "uri", "method", "alertstate", "severity"}
# Only where secrets come from Vault, which the local stack has none of.
VAULT_ONLY = {".+_database_lease_seconds"}
# Put on by Prometheus, or by Kubernetes' service discovery.
TARGET = {"job", "service", "namespace", "instance", "pod", "node"}


def api(url, path, **query):
    data = urllib.parse.urlencode(query).encode()
    try:
        with urllib.request.urlopen(f"{url}/api/v1/{path}", data or None, timeout=30) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as refused:
        raise ValueError(json.load(refused)["error"]) from None


def rules(url):
    return [rule for group in api(url, "rules")["groups"] for rule in group["rules"]]


def alerts(url):
    return [rule for rule in rules(url) if rule["type"] == "alerting"]


def cases(url):
    """Faults of the alerts' tests, headings, links and severities."""
    seen = collections.defaultdict(set)
    for file in sorted((HERE / "tests").glob("*.yaml")):
        for name, quiet in re.findall(
                r"alertname: (\w+)\n +eval_time: \S+\n +exp_alerts:( \[\])?", file.read_text()):
            seen[name].add("not firing" if quiet else "firing")
    headings = re.findall(r"^## (\w+)$", (HERE / "runbooks.md").read_text(), re.M)
    names = [alert["name"] for alert in alerts(url)]
    faults = [f"{name}: no case {case}" for name in names for case in ("firing", "not firing") if case not in seen[name]]
    faults += [f"{name}: no heading in runbooks.md" for name in names if name not in headings]
    faults += [f"runbooks.md: {name} is no alert" for name in headings if name not in names]
    faults += [f"tests: {name} is no alert" for name in seen if name not in names]
    for alert in alerts(url):
        notes = alert["annotations"]
        if alert["labels"].get("severity") not in ("page", "ticket", "info"):
            faults.append(f"{alert['name']}: severity {alert['labels'].get('severity')!r} is not page, ticket or info")
        if notes.get("runbook_url") != RUNBOOKS + alert["name"]:
            faults.append(f"{alert['name']}: runbook_url is {notes.get('runbook_url')!r}")
        if not notes.get("summary") or "$value" not in notes.get("description", ""):
            faults.append(f"{alert['name']}: no summary, or a description without the value")
    print(f"{len(names)} alerts: cases firing and not firing, runbook, severity, texts: {len(faults)} faults")
    return faults


def dashboards():
    """(dashboard, panel, expression) with the variables filled in."""
    for file in sorted((HERE / "dashboards").glob("*.json")):
        board = json.loads(file.read_text())
        ids = [panel["id"] for panel in board["panels"]]
        if len(ids) != len(set(ids)):
            raise SystemExit(f"{file.name}: two panels have the same id")
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                expression = target["expr"].replace("$__rate_interval", "1m").replace("$namespace", ".*")
                yield file.stem, panel["title"], expression


def selectors(node):
    """The metrics of a parsed expression: (name, {label: value matched by =}, labels)."""
    if isinstance(node, dict):
        if node.get("type") in ("vectorSelector", "matrixSelector"):
            by = [m for m in node["matchers"] if m["name"] != "__name__"]
            pattern = [m["value"] for m in node["matchers"] if m["name"] == "__name__" and m["type"] == "=~"]
            yield (node["name"] or (pattern or [""])[0], {m["name"]: m["value"] for m in by if m["type"] == "="},
                   {m["name"] for m in by})
        for child in node.values():
            yield from selectors(child)
    elif isinstance(node, list):
        for child in node:
            yield from selectors(child)


def targets(url):
    """What is scraped, and whether it answered: [(labels, address of its metrics, "up" or "down")]."""
    return [(target["labels"], target["scrapeUrl"], target["health"])
            for target in api(url, "targets?state=active")["activeTargets"] if target["labels"]["job"] == "countinghouse"]


def scraped(url):
    """metric: [labels of a series, with its service] as the services really show it."""
    metrics = collections.defaultdict(list)
    for target, address, _ in targets(url):
        with urllib.request.urlopen(address, timeout=10) as answer:
            for line in answer.read().decode().splitlines():
                if found := re.match(r"([a-zA-Z_:]\w*)(?:\{(.*?)\})? \S", line):
                    labels = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', found[2] or ""))
                    metrics[found[1]].append(labels | {"service": target["service"]})
    return metrics


def operations():
    """The paths that the contracts promise."""
    return {path for file in HERE.parent.glob("services/*/contract/openapi.yaml")
            for path in re.findall(r"^  (/[^\s:]*):", file.read_text(), re.M)}


def invented(expression, tree, metrics, recorded, paths):
    """Metrics, labels and values of an expression that no service has."""
    for name, equal, labels in selectors(tree):
        if name in OWN | VAULT_ONLY or name in recorded:
            continue
        matching = [known for known in metrics if re.fullmatch(name, known)]
        if not matching:
            yield f"no service has the metric {name}"
            continue
        series = [one for known in matching for one in metrics[known]]
        for label in labels - TARGET - {"error_type"}:
            if not any(label in one for one in series):
                yield f"{name} has no label {label}"
        fixed = {k: v for k, v in equal.items() if k not in LATE | TARGET or k == "service"}
        if not any(fixed.items() <= one.items() for one in series):
            yield f"{name} has no series with {fixed}"
        if equal.get("uri", "/health/ready") not in paths | {"/health/ready"}:
            yield f"{equal['uri']} is no path of a contract"


def nudge(url):
    """Some requests of every kind that panels divide by; none of them changes anything."""
    for _ in range(8):
        for target, address, _ in targets(url):
            management = urllib.parse.urlsplit(address)
            # In a cluster each has an address of its own; on one machine the ports are a thousand apart.
            service = f"http://{management.hostname}:{8080 if management.port == 9000 else management.port - 1000}"
            ask(f"{service}/v1/nowhere")
            ask(f"http://{management.netloc}/health/ready")
            if target["service"] == "auth-service":
                ask(f"{service}/v1/auth/login", b'{"email": "nobody@countinghouse.example", "password": "not the right one"}')
            if target["service"] == "usage-service":
                ask(f"{service}/v1/usage/events", b"{}")
        time.sleep(1)


def ask(url, body=None):
    try:
        urllib.request.urlopen(
            urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=10).read()
    except urllib.error.HTTPError:
        pass  # 401 and 404 are what is asked for.
    except OSError as away:
        raise SystemExit(f"FAILED  {url} does not answer: {away}") from None


def finite(result):
    return any(math.isfinite(float(value)) for series in result for _, value in series["values"])


def queries(url, window):
    print("Sending some requests to each service for 10 s, for panels that divide by them.", flush=True)
    nudge(url)
    metrics, paths = scraped(url), operations()
    known = rules(url)
    recorded = {rule["name"] for rule in known if rule["type"] == "recording"}
    faults, table = [], collections.defaultdict(lambda: [0, 0, 0])
    todo = [(board, title, expression, True) for board, title, expression in dashboards()]
    todo += [("recording rules", rule["name"], rule["query"], True) for rule in known if rule["type"] == "recording"]
    todo += [("alerts", rule["name"], rule["query"], False) for rule in known if rule["type"] == "alerting"]
    if not metrics or not paths or not recorded:
        faults.append("no metrics, no contracts or no rules were found: nothing could be compared")
    # The recording rules' own round may be half a minute away; until then some of the seven have answered no request.
    deadline = time.time() + 90
    ready = ("count(service:http_errors:ratio_rate5m >= 0) == 7"
             " and count(service:http_errors:ratio_rate3d / on (service) service:http_error_budget:ratio >= 0) == 7")
    while not api(url, "query", query=ready)["result"] and time.time() < deadline:
        time.sleep(2)
    for where, what, expression, must_answer in todo:
        row = table[where]
        row[0] += 1
        try:
            tree = api(url, "parse_query", query=expression)
            wrong = list(invented(expression, tree, metrics, recorded, paths))
            must_answer &= not any(name in VAULT_ONLY for name, _, _ in selectors(tree))
            answer = since(url, expression, window)
        except ValueError as refused:
            wrong, answer = [str(refused)], []
        answered = finite(answer)
        row[1] += answered
        if must_answer and not answered:
            wrong.append("answers without data")
        row[2] += bool(wrong)
        faults += [f"{where}, {what}: {fault}\n    {expression.strip()}" for fault in wrong]
    print(f"\n{'':28}{'expressions':>12}{'with data':>11}{'failures':>10}")
    for where, (count, answered, failed) in table.items():
        print(f"{where:28}{count:12}{answered:11}{failed:10}")
    print("An alert's expression without data is a condition that was not met; its selectors were compared with /metrics.")
    firing = [f"{a['name']} ({a['state']})" for a in alerts(url) if a["state"] != "inactive"]
    print("Alerts pending or firing now: " + (", ".join(firing) or "none"))
    return faults


def since(url, expression, window):
    now = time.time()
    return api(url, "query_range", query=expression, start=now - window, end=now, step="5s")["result"]


def fired(url):
    answer = api(url, "query", query='max by (alertname, severity, service) (max_over_time(ALERTS{alertstate="firing"}[3h]))')
    return [(one["metric"]["alertname"], one["metric"]["severity"], one["metric"].get("service", "-")) for one in answer["result"]]


LISTS = {
    "alerts": lambda url: [(one["name"], one["labels"]["severity"], one["labels"].get("service", "billing-service"))
                           for one in alerts(url)],
    "firing": lambda url: [(one["name"],) for one in alerts(url) if one["state"] == "firing"],
    "fired": fired,
    "targets": lambda url: [tuple(labels.get(name, "-") for name in ("namespace", "service", "pod", "node"))
                            for labels, _, health in targets(url) if health == "up"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("what", choices=["alerts", "firing", "fired", "targets", "cases", "queries"])
    parser.add_argument("--window", type=int, default=120, help="seconds in which an expression must have answered")
    given = parser.parse_args()
    if given.what in LISTS:
        for line in sorted(LISTS[given.what](given.url)):
            print(*line)
        return
    faults = cases(given.url) if given.what == "cases" else queries(given.url, given.window)
    for fault in faults:
        print("FAILED  " + fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


main()

"""Makes the Grafana dashboard of each service: dashboards.py MONITORING OUT.

Reads MONITORING/service-dashboard.json, what all have in common, and MONITORING/service-dashboards.yaml, the panels of its own
that each begins with; writes OUT/countinghouse-<service>.json.
"""

import copy
import json
import pathlib
import sys

import yaml

SERIES = 'job="countinghouse", namespace=~"$namespace"'
WIDTH, ROW, HEIGHT = 24, 1, 8


def panel(number, position, like, own):
    """A panel of the YAML, with the looks of one of the common ones."""
    made = copy.deepcopy(like)
    made |= {"id": number, "title": own["title"], "gridPos": position}
    made["fieldConfig"]["defaults"] = {"unit": own["unit"]}
    made["targets"] = [
        {"refId": chr(ord("A") + i), "expr": expression.replace("{series}", SERIES), "legendFormat": legend}
        for i, (legend, expression) in enumerate(own["series"].items())
    ]
    return made


def dashboard(common, service, panels):
    board = json.loads(json.dumps(common).replace("$service", service))
    like = next(each for each in board["panels"] if each["type"] == "timeseries")
    last = max(each["id"] for each in board["panels"])
    width = WIDTH // len(panels)
    own = [{"id": last + 1, "type": "row", "title": "Its work", "collapsed": False,
            "gridPos": {"x": 0, "y": 0, "w": WIDTH, "h": ROW}, "panels": []}]
    own += [panel(last + 2 + i, {"x": i * width, "y": ROW, "w": width, "h": HEIGHT}, like, each)
            for i, each in enumerate(panels)]
    for each in board["panels"]:
        each["gridPos"]["y"] += ROW + HEIGHT
    board["panels"] = own + board["panels"]
    return board


def main():
    monitoring, out = map(pathlib.Path, sys.argv[1:3])
    common = json.loads((monitoring / "service-dashboard.json").read_text())
    for service, panels in yaml.safe_load((monitoring / "service-dashboards.yaml").read_text()).items():
        text = json.dumps(dashboard(common, service, panels), indent=2, ensure_ascii=False)
        (out / f"countinghouse-{service}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()

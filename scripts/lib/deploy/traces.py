"""What a Jaeger has of the services' traces, by its query API (/api/services, /api/traces).

usage: traces.py JAEGER_URL TRACE_ID SERVICE...     TRACE_ID: of a request that brought it; prints one line, or what is missing and ends with 1
"""

import json
import sys
import urllib.error
import urllib.request


def ask(path):
    with urllib.request.urlopen(f"{url}/api/{path}", timeout=30) as answer:
        return json.load(answer)["data"] or []


def services_of(trace):
    return {process["serviceName"] for process in trace["processes"].values()}


def orphans(trace):
    """Spans whose parent is not in the trace; the first of a trace has none."""
    known = {span["spanID"] for span in trace["spans"]}
    return [span for span in trace["spans"] for parent in span["references"] if parent["spanID"] not in known]


url, brought, *expected = sys.argv[1:]
silent = set(expected) - set(ask("services"))
traces = {trace["traceID"]: trace for service in expected for trace in ask(f"traces?service={service}&limit=1500&lookback=2h")}
faults = [f"no span of {service}" for service in sorted(silent)]
# The span that the request named as its parent is nobody's.
broken = [trace for trace in traces.values() if orphans(trace) and trace["traceID"] != brought]
if not traces:
    faults.append("no trace at all")
elif len(broken) * 100 > len(traces):
    example = broken[0]
    faults.append(f"{len(broken)} of {len(traces)} traces have spans without their parent, such as {example['traceID']}: "
                  f"{orphans(example)[0]['operationName']} in {' '.join(sorted(services_of(example)))}")
try:
    ask(f"traces/{brought}")
except urllib.error.HTTPError as missing:
    faults.append(f"the trace {brought} of a request: {missing}")
widest = max(traces.values(), key=lambda trace: len(services_of(trace)), default=None)
if widest and len(services_of(widest)) < 2:
    faults.append("no trace goes from one service to another")
if faults:
    print("; ".join(faults))
    sys.exit(1)
print(f"spans of {len(expected)} services in {len(traces)} traces, the one that a request brought among them; "
      f"the widest crosses {len(services_of(widest))} services with {len(widest['spans'])} spans: "
      f"{', '.join(sorted(services_of(widest)))}")

#!/usr/bin/env python3
"""The chart and the generated manifests say the same of every service: ports, probes, environment, security.

agree.py CHART.yaml MANIFESTS.yaml    both rendered; prints each difference, and exits 1 when there is one
"""

import pathlib
import sys

import yaml
from objects import Render, containers, field, name, pod

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
# What Kubernetes takes where nothing is said.
PROBE_DEFAULTS = {"initialDelaySeconds": 0, "successThreshold": 1}


def environment(render, container):
    """Names, by where the values come from; of Secrets only their names are known here."""
    maps = {config["metadata"]["name"]: config.get("data", {}) for config in render.of("ConfigMap")}
    plain, secret = {}, set()
    for variable in container.get("env", []):
        reference = field(variable, "valueFrom.secretKeyRef")
        setting = field(variable, "valueFrom.configMapKeyRef")
        if setting:
            plain[variable["name"]] = maps[setting["name"]][setting["key"]]
        elif reference:
            secret.add((variable["name"], reference["name"], reference["key"]))
        else:
            plain[variable["name"]] = variable["value"]
    for source in container.get("envFrom", []):
        if "secretRef" in source:
            secret.add(source["secretRef"]["name"])
        else:
            plain.update(maps[source["configMapRef"]["name"]])
    # Who the installation is differs; where the services and their databases are must not.
    same = {key: value for key, value in plain.items() if key.endswith("_URL") or key.startswith("QUARKUS_") or key.endswith("_DATABASE_NAME")}
    return {"names": sorted(plain), "values": same, "secrets": sorted(map(str, secret))}


def ports(container):
    return {port["name"]: port["containerPort"] for port in container.get("ports", [])}


def probe(container, kind):
    said = container.get(kind)
    if said is None:
        return None
    at = said["httpGet"]
    return {
        **PROBE_DEFAULTS,
        **{key: value for key, value in said.items() if key != "httpGet"},
        "path": at["path"],
        "port": ports(container).get(at["port"], at["port"]),
    }


def of_container(render, container):
    return {
        "ports": ports(container),
        **{kind: probe(container, kind) for kind in PROBES},
        "environment": environment(render, container),
        "security": container.get("securityContext"),
        "lifecycle": container.get("lifecycle"),
        "mounts": container.get("volumeMounts"),
        "limits": field(container, "resources.limits"),
        "arguments": container.get("args"),
        "pull": container.get("imagePullPolicy"),
    }


def of_pod(render, workload):
    spec = pod(workload)
    keys = ("securityContext", "automountServiceAccountToken", "enableServiceLinks", "serviceAccountName", "terminationGracePeriodSeconds")
    return {
        **{key: spec.get(key) for key in keys},
        "containers": {container["name"]: of_container(render, container) for container in containers(workload, init=False)},
    }


def of_service(service):
    targets = [(p["name"], p["port"], p["targetPort"], p.get("protocol", "TCP"), p.get("appProtocol")) for p in service["spec"]["ports"]]
    return {"ports": targets, "selects": {key: value for key, value in service["spec"]["selector"].items() if not key.endswith("part-of")}}


def facts(render):
    said = {}
    for workload in render.of("Deployment", "CronJob"):
        said[name(workload)] = of_pod(render, workload)
        if workload["kind"] == "Deployment":
            said[name(workload)]["strategy"] = workload["spec"]["strategy"]
    # The chart has two jobs one after the other; without Helm's hooks the first is the second's init container.
    jobs = {}
    for job in render.of("Job"):
        for container in containers(job):
            jobs[container["name"]] = {**of_container(render, container), "mounts": None, "security of pod": pod(job).get("securityContext")}
    said["jobs"] = jobs
    for service in render.of("Service"):
        said[name(service)] = of_service(service)
    for secret in render.of("Secret"):
        said[name(secret)] = sorted(secret.get("stringData") or secret["data"])
    # The chart makes no Secrets itself where it is told of theirs: which keys they have say its facts.
    if not render.of("Secret"):
        said.update(secrets_of_facts())
    for policy in render.of("NetworkPolicy"):
        said[name(policy)] = policy["spec"]
    for budget in render.of("PodDisruptionBudget"):
        said[name(budget)] = budget["spec"]
    return said


def secrets_of_facts():
    known = yaml.safe_load((pathlib.Path(__file__).parents[3] / "helm/countinghouse/facts.yaml").read_text(encoding="utf-8"))
    variables = [service["variable"] for service in known["services"].values()]
    keys = lambda *parts: sorted(
        made for part in parts for key in known["secrets"].get(part, {}) for made in ([key.replace("<SERVICE>", each) for each in variables] if "<SERVICE>" in key else [key])
    )
    return {f"Secret/{service}": keys("every", service) for service in known["services"]} | {
        f"Secret/{service}-owner": keys("owner") for service in known["services"]
    }


def differences(left, right, path=""):
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            yield from differences(left.get(key), right.get(key), f"{path} / {key}" if path else key)
    elif left != right:
        yield f"{path}: the chart says {left}, the manifests say {right}"


def main(chart, manifests):
    chart, manifests = facts(Render(chart)), facts(Render(manifests))
    services = [thing for thing in chart if thing.startswith("Deployment/")]
    assert len(services) == 7, services
    # Of the overlay alone: who may come in from outside, the mail server, and the Secret that the chart is only told of.
    own = {"NetworkPolicy/countinghouse-outside", "NetworkPolicy/countinghouse-mail", "NetworkPolicy/countinghouse-database",
           "Secret/postgresql-admin"}
    found = list(differences(chart, {thing: fact for thing, fact in manifests.items() if thing not in own}))
    for difference in found:
        print(difference)
    print(f"{len(chart)} things compared, {len(found)} differences")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

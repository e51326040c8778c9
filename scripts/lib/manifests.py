#!/usr/bin/env python3
"""Takes from the rendered chart on stdin what Quarkus does not generate, and writes it to a folder as plain manifests,
beside those that Quarkus generated.

manifests.py OUT SERVICES

What differs from the chart: no labels and hooks of Helm; what the chart writes as values is read from ConfigMaps
(countinghouse, operations, and one named as the service); databases and migrations are one Job, in this order. From SERVICES, the
folder of the services as they were built, come Quarkus' own, with what it writes in any order put in one.
"""

import pathlib
import sys

import yaml

ACCOUNTS, NETWORK, JOBS = "accounts.yaml", "network.yaml", "jobs.yaml"
FILES = {"ServiceAccount": ACCOUNTS, "PodDisruptionBudget": ACCOUNTS, "NetworkPolicy": NETWORK, "CronJob": JOBS}
OF_OPERATIONS = ("COUNTINGHOUSE_INSTALLATION", "COUNTINGHOUSE_CONNECTION_BUDGET")
OF_HELM = ("app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart")


class Dumper(yaml.SafeDumper):
    """Without anchors: what is said twice is written twice."""

    def ignore_aliases(self, data):
        return True


def plain(thing):
    """Without what is Helm's."""
    if isinstance(thing, dict):
        return {
            key: plain(value)
            for key, value in thing.items()
            if key not in OF_HELM and not (key == "annotations" and any(name.startswith("helm.sh/") for name in value))
        }
    return [plain(item) for item in thing] if isinstance(thing, list) else thing


def from_configuration(container, service=None):
    """Reads from ConfigMaps what the chart has as values: a service all of them, other programs what they are told."""
    env = []
    for variable in container["env"]:
        name = variable["name"]
        if "valueFrom" in variable or not name.startswith("COUNTINGHOUSE_"):
            env.append(variable)
        elif service is None:
            source = "operations" if name in OF_OPERATIONS else "countinghouse"
            env.append({"name": name, "valueFrom": {"configMapKeyRef": {"name": source, "key": name}}})
    container["env"] = env
    if service is not None:
        maps = [{"configMapRef": {"name": name}} for name in ("countinghouse", service)]
        container["envFrom"] = maps + container["envFrom"]


def of_quarkus(file):
    things = list(yaml.safe_load_all(file.read_text()))
    for thing in things:
        if thing["kind"] == "Deployment":
            for container in thing["spec"]["template"]["spec"]["containers"]:
                container["ports"].sort(key=lambda port: port["containerPort"])
                container["envFrom"].sort(key=lambda source: [(kind, at["name"]) for kind, at in source.items()])
    return things


def main(out, services):
    files = {ACCOUNTS: [], NETWORK: [], JOBS: []}
    jobs = {}
    for thing in yaml.safe_load_all(sys.stdin):
        if not thing:
            continue
        thing = plain(thing)
        kind, name = thing["kind"], thing["metadata"]["name"]
        if kind == "Job":
            # Of Helm is also the end of its name.
            name = thing["metadata"]["name"] = name.rsplit("-", 1)[0]
            jobs[name] = thing
        elif kind == "CronJob":
            from_configuration(thing["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0])
        if kind in FILES:
            files[FILES[kind]].append(thing)

    migrations, databases = jobs["migrations"], jobs["databases"]
    spec, first = migrations["spec"]["template"]["spec"], databases["spec"]["template"]["spec"]
    for container in spec["initContainers"] + spec["containers"]:
        from_configuration(container, container["name"])
    from_configuration(first["containers"][0])
    spec["initContainers"] = first["containers"] + spec["initContainers"]
    spec["volumes"] += first["volumes"]
    # A Job's pods cannot be changed: Flux and Argo CD make another one for the next version, and none while it is as it was.
    del migrations["spec"]["ttlSecondsAfterFinished"]
    migrations["metadata"]["annotations"] = {
        "kustomize.toolkit.fluxcd.io/force": "enabled",
        "argocd.argoproj.io/sync-options": "Force=true,Replace=true",
    }
    files[JOBS].insert(0, migrations)

    for file in pathlib.Path(services).glob("*-service/target/kubernetes/kubernetes.yml"):
        files[f"{file.parents[2].name}.yaml"] = of_quarkus(file)
    for file, things in files.items():
        # Quarkus' keys come in another order each time.
        text = yaml.dump_all(things, Dumper=Dumper, sort_keys=file.endswith("-service.yaml"), width=120)
        (pathlib.Path(out) / file).write_text("---\n" + text)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

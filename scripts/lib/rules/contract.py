#!/usr/bin/env python3
"""The pod contract of the chart: a Job has what its Deployment has, and what a hook needs is there before it.

contract.py VALUES.yaml CHART.yaml    prints each break; exits 1 when there is one, else says how many pods were looked at
"""

import sys

import yaml
from objects import WORKLOADS, Render, containers, field, labels, pod, template

# What differs on purpose between a service and its migration: as whom they log in to Vault, and when they end.
DIFFERS = {
    "QUARKUS_FLYWAY_MIGRATE_AT_START",
    "COUNTINGHOUSE_TLS_NAMES",
    # Of services, which alone write mails, ask models and take payments.
    "QUARKUS_MAILER_USERNAME",
    "QUARKUS_MAILER_PASSWORD",
    "COUNTINGHOUSE_AI_OPENAI_API_KEY",
    "COUNTINGHOUSE_INVOICE_PAYMENT_STRIPE_API_KEY",
}


def broken(values, render):
    chart = [thing for thing in render.objects if field(thing, "metadata.labels", {}).get("app.kubernetes.io/part-of") == "countinghouse"]
    workloads = [thing for thing in chart if thing["kind"] in WORKLOADS]
    for workload in workloads:
        yield from of_pod(values, workload)
    yield from of_migrations(workloads)
    for job in workloads:
        if weight(job) is not None and job["kind"] == "Job":
            yield from of_hook(render, job)


def title(thing):
    return f"{thing['kind']} {thing['metadata']['name']}"


def of_pod(values, workload):
    """What is said for all pods reaches each one."""
    spec, meta = pod(workload), template(workload)["metadata"]
    for key, kept in (("podLabels", meta.get("labels", {})), ("podAnnotations", meta.get("annotations", {})), ("nodeSelector", spec.get("nodeSelector", {}))):
        for name, value in values.get(key, {}).items():
            if kept.get(name) != value:
                yield f"{title(workload)} lacks {key} {name}"
    for toleration in values.get("tolerations", []):
        if toleration not in spec.get("tolerations", []):
            yield f"{title(workload)} lacks a toleration"
    if not values.get("affinity", {}).items() <= spec.get("affinity", {}).items():
        yield f"{title(workload)} lacks the affinity"
    if spec.get("priorityClassName", "") != values.get("priorityClassName", ""):
        yield f"{title(workload)} lacks the priority class"
    if spec.get("imagePullSecrets", []) != [{"name": name} for name in values.get("image", {}).get("pullSecrets", [])]:
        yield f"{title(workload)} lacks the pull secrets"
    for key, value in values.get("podSecurityContext", {}).items():
        if field(spec, f"securityContext.{key}") != value:
            yield f"{title(workload)}: securityContext.{key} is not what was asked for"
    volumes = {volume["name"] for volume in spec.get("volumes", [])}
    for volume in values.get("volumes", []):
        if volume not in spec.get("volumes", []):
            yield f"{title(workload)} lacks the volume {volume['name']}"
    for container in containers(workload):
        where = f"{title(workload)}, container {container['name']}"
        names = [variable["name"] for variable in container.get("env", [])]
        for twice in {name for name in names if names.count(name) > 1}:
            yield f"{where}: {twice} is set twice"
        for name in list(values.get("env", {})) + [variable["name"] for variable in values.get("extraEnv", [])]:
            if name not in names:
                yield f"{where} lacks {name}"
        for source in values.get("envFrom", []):
            if source not in container.get("envFrom", []):
                yield f"{where} lacks an envFrom"
        for mount in values.get("volumeMounts", []):
            if mount not in container["volumeMounts"]:
                yield f"{where} lacks the mount {mount['name']}"
        for mount in container["volumeMounts"]:
            if mount["name"] not in volumes:
                yield f"{where} mounts {mount['name']}, which its pod lacks"
        if values.get("caBundle", {}).get("configMap") and "COUNTINGHOUSE_CA_BUNDLE" not in names:
            yield f"{where} knows nothing of the CA bundle"
        if "COUNTINGHOUSE_DATABASE_TLS" not in names:
            yield f"{where} does not say how it connects to the database"
        if field(container, "securityContext.allowPrivilegeEscalation") is not False:
            yield f"{where} may gain privileges"


def of_migrations(workloads):
    migrations = next(thing for thing in workloads if thing["kind"] == "Job" and labels(thing)["app.kubernetes.io/name"] == "migrations")
    migration = {container["name"]: container for container in containers(migrations)}
    for deployment in (thing for thing in workloads if thing["kind"] == "Deployment"):
        service = containers(deployment)[0]
        other = migration[service["name"]]
        where = f"the migration of {service['name']}"
        env = lambda container: {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in container["env"]}
        told, missing = env(other), env(service)
        for name in missing.keys() - told.keys() - DIFFERS:
            yield f"{where} lacks {name}"
        for name in missing.keys() & told.keys():
            if missing[name] != told[name] and not name.startswith(("QUARKUS_PROFILE", "QUARKUS_VAULT_")):
                yield f"{where} has another {name}"
        for source in service.get("envFrom", []):
            if source not in other.get("envFrom", []):
                yield f"{where} lacks an envFrom"
        mounts = lambda container: sorted((mount for mount in container["volumeMounts"] if mount["mountPath"] != "/tmp"), key=str)
        if mounts(service) != mounts(other):
            yield f"{where} mounts something else"
        for key in ("image", "imagePullPolicy", "securityContext"):
            if service.get(key) != other.get(key):
                yield f"{where} has another {key}"


def weight(thing):
    notes = field(thing, "metadata.annotations", {})
    return int(notes.get("helm.sh/hook-weight", 0)) if "pre-install" in notes.get("helm.sh/hook", "") else None


def of_hook(render, job):
    """Account, role and policies of a hook are hooks of a lower weight."""
    spec = pod(job)
    before = [thing for thing in render.objects if weight(thing) is not None and weight(thing) < weight(job)]
    if not any(thing["kind"] == "ServiceAccount" and thing["metadata"]["name"] == spec["serviceAccountName"] for thing in before):
        yield f"{title(job)}: its ServiceAccount {spec['serviceAccountName']} does not exist before it"
    if spec.get("automountServiceAccountToken") and not any(
        thing["kind"] == "RoleBinding" and thing["subjects"][0]["name"] == spec["serviceAccountName"] for thing in before
    ):
        yield f"{title(job)}: its RoleBinding does not exist before it"
    policies = [thing for thing in render.of("NetworkPolicy") if matches(thing["spec"]["podSelector"], template(job)["metadata"]["labels"])]
    if policies and not any(policy in before for policy in policies):
        yield f"{title(job)}: no NetworkPolicy lets it out before the others are there"


def matches(selector, known):
    return selector.get("matchLabels", {}).items() <= known.items() and all(
        known.get(each["key"]) in each["values"] for each in selector.get("matchExpressions", [])
    )


def main(values, rendered):
    with open(values, encoding="utf-8") as file:
        said = yaml.safe_load(file)
    render = Render(rendered)
    breaks = list(broken(said, render))
    print("\n".join(breaks) or f"{len(render.workloads())} workloads")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))

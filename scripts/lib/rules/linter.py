"""kube-linter's rules that are on by default, by their names and as its documentation describes them (v0.8.3).

A rule takes a Render and yields (object, what is wrong).
"""

import re

from objects import SERVERS, containers, field, matches, pod, security, template

SECRET_NAME = re.compile("secret", re.IGNORECASE)
SENSITIVE_PATHS = ["/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"]
PORT_NAME = re.compile(r"^(?=.*[a-z])(?!-)(?!.*--)[a-z0-9-]{1,15}(?<!-)$")
SAFE_SYSCTLS_PREFIX = ("kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue.", "net.")


def _each_container(check):
    def rule(render):
        for workload in render.workloads():
            for container in containers(workload):
                problem = check(workload, container)
                if problem:
                    yield workload, f"{container['name']}: {problem}"

    return rule


def _each_pod(check):
    def rule(render):
        for workload in render.workloads():
            problem = check(workload)
            if problem:
                yield workload, problem

    return rule


def _host_paths(workload):
    return [volume["hostPath"]["path"] for volume in pod(workload).get("volumes", []) if "hostPath" in volume]


def _ports(container):
    return {port[key] for port in container.get("ports", []) for key in ("name", "containerPort") if key in port}


def _probe_port(kind):
    def check(_, container):
        for handler in ("httpGet", "tcpSocket", "grpc"):
            port = field(container, f"{kind}.{handler}.port")
            if port is not None and port not in _ports(container):
                return f"{kind} asks port {port}, which it does not list"
        return None

    return _each_container(check)


def dangling_service(render):
    for service in render.of("Service"):
        if not render.selected(field(service, "spec.selector", {})):
            yield service, "selects no pod"


def invalid_target_ports(render):
    for service in render.of("Service"):
        for port in field(service, "spec.ports", []):
            target = port.get("targetPort", port["port"])
            if isinstance(target, str) and not PORT_NAME.match(target):
                yield service, f"{target} is no name of a port"
    for workload in render.workloads():
        for container in containers(workload):
            for port in container.get("ports", []):
                if "name" in port and not PORT_NAME.match(port["name"]):
                    yield workload, f"{port['name']} is no name of a port"


def job_ttl_seconds_after_finished(render):
    for job in render.of("Job"):
        if field(job, "spec.ttlSecondsAfterFinished") is None:
            yield job, "stays for ever"
    for job in render.of("CronJob"):
        if field(job, "spec.jobTemplate.spec.ttlSecondsAfterFinished") is not None:
            yield job, "sets what its history limits say"


def mismatching_selector(render):
    for workload in render.workloads(SERVERS):
        if not matches(field(workload, "spec.selector.matchLabels", {}), template(workload)):
            yield workload, "does not select its own pods"


def no_anti_affinity(render):
    for workload in render.workloads({"Deployment", "StatefulSet"}):
        # Kubernetes' default is one; where a HorizontalPodAutoscaler decides, there will be more.
        if field(workload, "spec.replicas", 2) < 2:
            continue
        affinity = field(pod(workload), "affinity.podAntiAffinity", {})
        terms = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", []) + [
            term["podAffinityTerm"] for term in affinity.get("preferredDuringSchedulingIgnoredDuringExecution", [])
        ]
        if not any(
            term.get("topologyKey") == "kubernetes.io/hostname"
            and matches(field(term, "labelSelector.matchLabels", {}), template(workload))
            for term in terms
        ):
            yield workload, "its pods may all be on one node"


def non_existent_service_account(render):
    accounts = {account["metadata"]["name"] for account in render.of("ServiceAccount")}
    for workload in render.workloads():
        account = pod(workload).get("serviceAccountName", "default")
        if account != "default" and account not in accounts:
            yield workload, f"there is no ServiceAccount {account}"


def _budgets(check):
    def rule(render):
        for budget in render.of("PodDisruptionBudget"):
            problem = check(budget["spec"])
            if problem:
                yield budget, problem

    return rule


def _duplicates(_, container):
    names = [variable["name"] for variable in container.get("env", [])]
    twice = {variable for variable in names if names.count(variable) > 1}
    return f"{sorted(twice)} more than once" if twice else None


def _secret_values(_, container):
    found = [v["name"] for v in container.get("env", []) if SECRET_NAME.search(v["name"]) and v.get("value")]
    return f"{found} hold their values" if found else None


def _drops_raw(workload, container):
    dropped = field(container, "securityContext.capabilities.drop", [])
    return None if {"ALL", "NET_RAW"} & set(dropped) else "may send raw packets"


def _tag(_, container):
    image = container["image"].rpartition("/")[2]
    return None if "@" in image or (":" in image and not image.endswith(":latest")) else f"{container['image']} has no tag of its own"


def _non_root(workload, container):
    if security(workload, container, "runAsNonRoot") is not True and not security(workload, container, "runAsUser"):
        return "may be root"
    if security(workload, container, "runAsGroup") == 0 or security(workload, container, "runAsUser") == 0:
        return "is root's"
    return None


def _host(key):
    return _each_pod(lambda workload: f"{key} is on" if pod(workload).get(key) else None)


def _says(path, wanted, problem):
    return _each_container(lambda _, container: None if field(container, path) == wanted else problem)


RULES = {
    "dangling-service": dangling_service,
    "deprecated-service-account-field": _each_pod(lambda w: "serviceAccount" if "serviceAccount" in pod(w) else None),
    "docker-sock": _each_pod(lambda w: [p for p in _host_paths(w) if p.endswith("docker.sock")]),
    "drop-net-raw-capability": _each_container(_drops_raw),
    "duplicate-env-var": _each_container(_duplicates),
    "env-var-secret": _each_container(_secret_values),
    "host-ipc": _host("hostIPC"),
    "host-network": _host("hostNetwork"),
    "host-pid": _host("hostPID"),
    "invalid-target-ports": invalid_target_ports,
    "job-ttl-seconds-after-finished": job_ttl_seconds_after_finished,
    "latest-tag": _each_container(_tag),
    "liveness-port": _probe_port("livenessProbe"),
    "mismatching-selector": mismatching_selector,
    "no-anti-affinity": no_anti_affinity,
    "no-extensions-v1beta": lambda r: ((o, o["apiVersion"]) for o in r.objects if o["apiVersion"].startswith("extensions/v1beta")),
    "no-read-only-root-fs": _says("securityContext.readOnlyRootFilesystem", True, "may write to its image"),
    "non-existent-service-account": non_existent_service_account,
    "pdb-max-unavailable": _budgets(lambda spec: "lets no pod go" if spec.get("maxUnavailable") in (0, "0%") else None),
    "pdb-min-available": _budgets(lambda spec: "lets no pod go" if spec.get("minAvailable") == "100%" else None),
    "pdb-unhealthy-pod-eviction-policy": _budgets(
        lambda spec: None if spec.get("unhealthyPodEvictionPolicy") else "does not say what becomes of unhealthy pods"
    ),
    "privilege-escalation-container": _says("securityContext.allowPrivilegeEscalation", False, "may become more"),
    "privileged-container": _each_container(lambda _, c: "is privileged" if field(c, "securityContext.privileged") else None),
    "readiness-port": _probe_port("readinessProbe"),
    "run-as-non-root": _each_container(_non_root),
    "sensitive-host-mounts": _each_pod(
        lambda w: [p for p in _host_paths(w) if any(p == s or (s != "/" and p.startswith(s + "/")) for s in SENSITIVE_PATHS)]
    ),
    "ssh-port": _each_container(lambda _, c: "port 22" if 22 in _ports(c) else None),
    "startup-port": _probe_port("startupProbe"),
    "unsafe-sysctls": _each_pod(
        lambda w: [s["name"] for s in field(pod(w), "securityContext.sysctls", []) if s["name"].startswith(SAFE_SYSCTLS_PREFIX)]
    ),
    "unset-cpu-requirements": _each_container(
        lambda _, c: None if field(c, "resources.requests.cpu") else "asks for no CPU"
    ),
    "unset-memory-requirements": _each_container(
        lambda _, c: None if field(c, "resources.limits.memory") else "has no limit of memory"
    ),
}

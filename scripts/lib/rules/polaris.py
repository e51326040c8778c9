"""Polaris' checks that are on by default, by their names and as its documentation describes them (v10).

A rule takes a Render and yields (object, what is wrong).
"""

import re

from linter import _each_container, _each_pod, _host, _non_root
from objects import containers, field, labels, matches, pod, security, template

SENSITIVE_NAME = re.compile(
    r"^AWS_SECRET_ACCESS_KEY$|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$|^OCI_CLI_KEY_CONTENT$|password|token|bearer|secret",
    re.IGNORECASE,
)
PRIVATE_KEY = re.compile(r"-BEGIN\s+.*PRIVATE KEY-", re.IGNORECASE)
SERVING = {"Deployment", "StatefulSet", "DaemonSet", "Pod"}
POWERS = {"ALL", "SYS_ADMIN", "NET_ADMIN"}
EXEC = {"pods/exec", "pods/attach", "pods/*", "*"}


def _missing(path, problem, kinds=None, init=True):
    def rule(render):
        for workload in render.workloads(kinds) if kinds else render.workloads():
            for container in containers(workload, init):
                if field(container, path) is None:
                    yield workload, f"{container['name']}: {problem}"

    return rule


def deployment_missing_replicas(render):
    for deployment in render.of("Deployment"):
        if field(deployment, "spec.replicas", 0) < 2:
            yield deployment, "says no number of pods above one"


def metadata_and_instance_mismatched(render):
    for workload in render.workloads():
        instance = labels(workload).get("app.kubernetes.io/instance")
        if instance != workload["metadata"]["name"]:
            yield workload, f"app.kubernetes.io/instance is {instance}"


def pdb_disruptions_is_zero(render):
    for budget in render.of("PodDisruptionBudget"):
        if budget["spec"].get("minAvailable") == "100%" or budget["spec"].get("maxUnavailable") in (0, "0%"):
            yield budget, "lets no pod go"


def missing_pod_disruption_budget(render):
    selectors = [field(budget, "spec.selector.matchLabels", {}) for budget in render.of("PodDisruptionBudget")]
    for deployment in render.of("Deployment"):
        if not any(matches(selector, template(deployment)) for selector in selectors):
            yield deployment, "no PodDisruptionBudget selects it"


def topology_spread_constraint(render):
    for workload in render.workloads(SERVING):
        if not pod(workload).get("topologySpreadConstraints"):
            yield workload, "says nothing of how its pods are spread"


def hpa_max_availability(render):
    for scaler in render.of("HorizontalPodAutoscaler"):
        if scaler["spec"]["maxReplicas"] <= scaler["spec"].get("minReplicas", 1):
            yield scaler, "can't grow"


def hpa_min_availability(render):
    for scaler in render.of("HorizontalPodAutoscaler"):
        if scaler["spec"].get("minReplicas", 1) < 2:
            yield scaler, "may leave one pod"


def pdb_min_available_greater_than_hpa_min_replicas(render):
    scalers = {field(s, "spec.scaleTargetRef.name"): s["spec"].get("minReplicas", 1) for s in render.of("HorizontalPodAutoscaler")}
    for budget in render.of("PodDisruptionBudget"):
        for workload in render.selected(field(budget, "spec.selector.matchLabels", {})):
            least, wanted = scalers.get(workload["metadata"]["name"]), budget["spec"].get("minAvailable")
            if least is not None and isinstance(wanted, int) and wanted >= least:
                yield workload, f"keeps {wanted} of {least} pods"


def automount_service_account_token(render):
    off = {a["metadata"]["name"] for a in render.of("ServiceAccount") if a.get("automountServiceAccountToken") is False}
    for workload in render.workloads():
        mounted = pod(workload).get("automountServiceAccountToken")
        if mounted is True or (mounted is None and pod(workload).get("serviceAccountName") not in off):
            yield workload, "its pods get a token of the API server"


def missing_network_policy(render):
    policies = [
        policy
        for policy in render.of("NetworkPolicy")
        if policy["spec"].get("ingress") and policy["spec"].get("egress")
        and {"Ingress", "Egress"} <= set(policy["spec"].get("policyTypes", []))
    ]
    for workload in render.workloads():
        if not any(matches(field(policy, "spec.podSelector.matchLabels", {}), template(workload)) for policy in policies):
            yield workload, "no NetworkPolicy that opens both ways selects it"


def sensitive_configmap_content(render):
    for config in render.of("ConfigMap"):
        for key, value in config.get("data", {}).items():
            if SENSITIVE_NAME.search(key) or PRIVATE_KEY.search(value):
                yield config, key


def tls_settings_missing(render):
    for ingress in render.of("Ingress"):
        if not field(ingress, "spec.tls"):
            yield ingress, "no TLS"


def _env(_, container):
    found = [
        variable["name"]
        for variable in container.get("env", [])
        if "value" in variable and (SENSITIVE_NAME.search(variable["name"]) or PRIVATE_KEY.search(variable["value"]))
    ]
    return f"{found} hold their values" if found else None


def _hardened(workload, container):
    seccomp = field(container, "securityContext.seccompProfile.type") or field(pod(workload), "securityContext.seccompProfile.type")
    return None if seccomp not in (None, "Unconfined") or field(container, "securityContext.capabilities.drop") else "nothing is taken from it"


def _capabilities(container, list_name):
    return {c.upper() for c in field(container, f"securityContext.capabilities.{list_name}", [])}


def _grants(render, role_kind, wanted):
    """The roles whose rules the test finds."""
    return {role["metadata"]["name"]: role for role in render.of(role_kind) if any(wanted(rule) for rule in role.get("rules") or [])}


def _exec(rule):
    return bool(EXEC & set(rule.get("resources", []))) and bool({"*", "create", "get"} & set(rule.get("verbs", [])))


def _everything(rule):
    return "*" in rule.get("resources", []) and "*" in rule.get("verbs", []) and "*" in rule.get("apiGroups", [])


def _role(kind, wanted):
    return lambda render: ((role, "gives it") for role in _grants(render, kind, wanted).values())


def _binding(kind, role_kind, wanted, admin=False):
    def rule(render):
        roles = set(_grants(render, role_kind, wanted)) | ({"cluster-admin"} if admin else set())
        for binding in render.of(kind):
            if field(binding, "roleRef.kind") == role_kind and field(binding, "roleRef.name") in roles:
                yield binding, f"binds {field(binding, 'roleRef.name')}"

    return rule


RULES = {
    "deploymentMissingReplicas": deployment_missing_replicas,
    "priorityClassNotSet": _each_pod(lambda w: None if pod(w).get("priorityClassName") else "has no PriorityClass"),
    "tagNotSpecified": _each_container(
        lambda _, c: None if ":" in c["image"].rpartition("/")[2] and not c["image"].endswith(":latest") else c["image"]
    ),
    "pullPolicyNotAlways": _each_container(lambda _, c: None if c.get("imagePullPolicy") == "Always" else c.get("imagePullPolicy", "none")),
    "readinessProbeMissing": _missing("readinessProbe", "no readiness probe", SERVING, init=False),
    "livenessProbeMissing": _missing("livenessProbe", "no liveness probe", SERVING, init=False),
    "metadataAndInstanceMismatched": metadata_and_instance_mismatched,
    "pdbDisruptionsIsZero": pdb_disruptions_is_zero,
    "missingPodDisruptionBudget": missing_pod_disruption_budget,
    "topologySpreadConstraint": topology_spread_constraint,
    "hpaMaxAvailability": hpa_max_availability,
    "hpaMinAvailability": hpa_min_availability,
    "pdbMinAvailableGreaterThanHPAMinReplicas": pdb_min_available_greater_than_hpa_min_replicas,
    "cpuRequestsMissing": _missing("resources.requests.cpu", "no request of CPU", init=False),
    "cpuLimitsMissing": _missing("resources.limits.cpu", "no limit of CPU", init=False),
    "memoryRequestsMissing": _missing("resources.requests.memory", "no request of memory", init=False),
    "memoryLimitsMissing": _missing("resources.limits.memory", "no limit of memory", init=False),
    "automountServiceAccountToken": automount_service_account_token,
    "hostIPCSet": _host("hostIPC"),
    "hostPathSet": _each_pod(lambda w: [v["name"] for v in pod(w).get("volumes", []) if "hostPath" in v]),
    "hostProcess": _each_container(lambda w, c: security(w, c, "windowsOptions.hostProcess")),
    "hostPIDSet": _host("hostPID"),
    "linuxHardening": _each_container(_hardened),
    "missingNetworkPolicy": missing_network_policy,
    "notReadOnlyRootFilesystem": _each_container(
        lambda _, c: None if field(c, "securityContext.readOnlyRootFilesystem") is True else "may write to its image"
    ),
    "privilegeEscalationAllowed": _each_container(
        lambda _, c: None if field(c, "securityContext.allowPrivilegeEscalation") is False else "may become more"
    ),
    "procMount": _each_container(lambda _, c: field(c, "securityContext.procMount") not in (None, "Default") and "shows /proc whole"),
    "runAsRootAllowed": _each_container(_non_root),
    "runAsPrivileged": _each_container(lambda _, c: "is privileged" if field(c, "securityContext.privileged") else None),
    "dangerousCapabilities": _each_container(lambda _, c: _capabilities(c, "add") & POWERS),
    "insecureCapabilities": _each_container(lambda _, c: None if "ALL" in _capabilities(c, "drop") else "keeps capabilities"),
    "hostNetworkSet": _host("hostNetwork"),
    "hostPortSet": _each_container(lambda _, c: [p["hostPort"] for p in c.get("ports", []) if p.get("hostPort")]),
    "tlsSettingsMissing": tls_settings_missing,
    "sensitiveContainerEnvVar": _each_container(_env),
    "sensitiveConfigmapContent": sensitive_configmap_content,
    "clusterrolePodExecAttach": _role("ClusterRole", _exec),
    "rolePodExecAttach": _role("Role", _exec),
    "clusterrolebindingPodExecAttach": _binding("ClusterRoleBinding", "ClusterRole", _exec),
    "rolebindingClusterRolePodExecAttach": _binding("RoleBinding", "ClusterRole", _exec),
    "rolebindingRolePodExecAttach": _binding("RoleBinding", "Role", _exec),
    "clusterrolebindingClusterAdmin": _binding("ClusterRoleBinding", "ClusterRole", _everything, admin=True),
    "rolebindingClusterAdminClusterRole": _binding("RoleBinding", "ClusterRole", _everything, admin=True),
    "rolebindingClusterAdminRole": _binding("RoleBinding", "Role", _everything),
}

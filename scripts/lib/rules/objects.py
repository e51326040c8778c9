"""What a rendered chart holds: objects, their pods and containers."""

import fnmatch

import yaml

WORKLOADS = {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"}
SERVERS = {"Deployment", "StatefulSet", "DaemonSet"}


class Render:
    """All objects of one rendering."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.objects = [document for document in yaml.safe_load_all(file) if document]

    def of(self, *kinds):
        return [thing for thing in self.objects if thing["kind"] in kinds]

    def workloads(self, kinds=WORKLOADS):
        return self.of(*kinds)

    def selected(self, selector):
        """The pod templates that these labels select."""
        return [thing for thing in self.workloads() if matches(selector, template(thing))]


def name(thing):
    return f"{thing['kind']}/{thing['metadata']['name']}"


def field(thing, path, default=None):
    """What lies at a path of names with dots between, or the default."""
    for step in path.split("."):
        if not isinstance(thing, dict) or thing.get(step) is None:
            return default
        thing = thing[step]
    return thing


def template(workload):
    """Metadata and spec of its pods."""
    paths = {"Pod": None, "CronJob": "spec.jobTemplate.spec.template"}
    path = paths.get(workload["kind"], "spec.template")
    return workload if path is None else field(workload, path)


def pod(workload):
    return template(workload)["spec"]


def containers(workload, init=True):
    spec = pod(workload)
    return (spec.get("initContainers", []) if init else []) + spec["containers"]


def labels(thing):
    return field(thing, "metadata.labels", {})


def matches(selector, thing):
    return bool(selector) and selector.items() <= labels(thing).items()


def security(workload, container, key):
    """Of the container, or else of its pod."""
    own = field(container, f"securityContext.{key}")
    return own if own is not None else field(pod(workload), f"securityContext.{key}")


def like(pattern, text):
    return fnmatch.fnmatchcase(text, pattern)

"""Tries a TCP connection from each service's pod to each port of each other service's pod, PostgreSQL and the mail server,
and compares with what may connect. The pods' network namespaces must be on this machine.

usage: network.py PODS_JSON HOST_ADDRESS [VAULT_ADDRESS:PORT]      prints a line for each surprise and one with the counts; exit 1 on a surprise
"""

import concurrent.futures
import glob
import json
import pathlib
import subprocess
import sys

import yaml

pods = json.load(open(sys.argv[1]))["items"]
host = sys.argv[2]

facts = yaml.safe_load((pathlib.Path(__file__).parents[3] / "helm/countinghouse/facts.yaml").read_text())
CALLS = {service: known["calls"] for service, known in facts["services"].items()}
FOR_ALL = facts["calledByAll"]
TRY = "import socket,sys\ntry:\n socket.create_connection((sys.argv[1],int(sys.argv[2])),2).close()\nexcept OSError: sys.exit(1)"


def process_of(pod):
    for environ in glob.glob("/proc/[0-9]*/environ"):
        try:
            if b"HOSTNAME=" + pod.encode() + b"\0" in open(environ, "rb").read():
                return environ.split("/")[2]
        except OSError:
            continue
    sys.exit("no process of pod %s on this machine" % pod)


def connects(pid, address, port):
    return subprocess.run(["nsenter", "-t", pid, "-n", sys.executable, "-c", TRY, address, str(port)],
                          stderr=subprocess.DEVNULL).returncode == 0


one = {}
for pod in pods:
    one.setdefault(pod["metadata"]["labels"]["app.kubernetes.io/name"], pod)
tries = []
for caller, pod in one.items():
    pid = process_of(pod["metadata"]["name"])
    for callee, other in one.items():
        if callee == caller:
            continue  # Its own address needs no policy; another pod of its own is tried below.
        for port in (8080, 9000, 22):
            tries.append((caller, callee, pid, other["status"]["podIP"], port,
                          port == 8080 and callee in CALLS[caller] + FOR_ALL))
    for other in pods:
        if other["metadata"]["labels"]["app.kubernetes.io/name"] == caller and other is not pod:
            tries.append((caller, "another " + caller, pid, other["status"]["podIP"], 8080, caller in FOR_ALL))
    tries.append((caller, "postgresql", pid, host, 5432, True))
    if len(sys.argv) > 3:
        vault, port = sys.argv[3].split(":")
        tries.append((caller, "vault", pid, vault, int(port), True))
    tries.append((caller, "mail", pid, host, 2525, caller == "notification-service"))
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    results = list(pool.map(lambda t: connects(t[2], t[3], t[4]), tries))
surprises = [t for t, found in zip(tries, results) if found != t[5]]
for caller, callee, _, address, port, expected in surprises:
    print("%s -> %s port %d: %s" % (caller, callee, port, "refused, should connect" if expected else "connects, should not"))
print("%d pairs and ports tried, %d connected, %d surprises" % (len(tries), sum(results), len(surprises)))
sys.exit(1 if surprises else 0)

#!/usr/bin/env python3
"""Looks for passwords and keys that work by themselves in what is shipped; prints each and exits 1 when there is one.

passwords.py HOME

In properties and YAML, a value of a name that speaks of a secret has to be empty, a reference without a default, or the name
of a Secret or key elsewhere; in Java, such a property has no @WithDefault.
"""

import pathlib
import re
import sys

SECRET = r"[\w.\"-]*(?:password|passwd|secret|api[-_]?key|private[-_]?key|encryption[-_]?key|signing[-_]?key|credential|token)[\w.\"-]*"
ASSIGNED = re.compile(rf"^\s*(?:-\s+)?({SECRET})\s*[=:]\s*(\S.*?)\s*$", re.IGNORECASE)
IN_FLOW = re.compile(rf"name: ({SECRET}), value: ([^}}]+)\}}", re.IGNORECASE)
PAIR = re.compile(rf"name: ({SECRET})\s*\n\s*value: (.+)", re.IGNORECASE)
JAVA = re.compile(rf"@WithDefault\(\"([^\"]+)\"\)\s*(?:@\w+(?:\([^)]*\))?\s*)*[\w.<>]+ (\w*(?:password|secret|apiKey|privateKey|signingKey)\w*)\(", re.IGNORECASE)

# Whole values that are no secret: a reference that has no default, an empty one, a template's, an object's or list's begin,
# a duration or number, true and false.
HARMLESS = re.compile(
    r"""^(?:["']{2}|\$\(.*|\$\{[^:}]+\}|\$\{[^:}]+:-?\}|\$\{[^:}]+:?\?[^}]*\}|\{\{.*\}\}\S*|[{\[].*|[|>]-?|null
    |["']?(?:\d+[a-zA-Z%]*|PT\w+|true|false)["']?|\#.*)$""",
    re.VERBOSE,
)
# Names that speak of secrets and hold none.
NAMES = {
    "quarkus.oidc-client.token-path": "a path",
    "quarkus.oidc-client.early-tokens-acquisition": "a switch",
    "quarkus.oidc-client.refresh-token-time-skew": "a duration",
    "secretName": "the name of a Secret",
    "tlsSecret": "the name of a Secret",
    "adminSecret": "the name of a Secret",
    "secretKey": "the name of a key",
    "COUNTINGHOUSE_DATABASE_CREDENTIALS": "which credentials Vault leases",
    "password_authentication": "a method",
    "token_period": "a duration",
}
SHIPPED = [
    "services/*/src/main/resources/**/*.properties",
    "services/*/src/main/**/*.java",
    "helm/countinghouse/values.yaml",
    "helm/countinghouse/templates/**/*",
    "k8s/base/**/*.yaml",
    "k8s/overlays/*/*.yaml",
    "k8s/overlays/*/*.env",
    "compose.yaml",
    "compose/**/*.yaml",
    ".env.example",
    "vault/**/*",
]


def found(text, java=False):
    """Names and values of what works by itself."""
    if java:
        return [(name, value) for value, name in JAVA.findall(text) if not HARMLESS.match(value)]
    pairs = [match.groups() for match in map(ASSIGNED.match, text.splitlines()) if match]
    pairs += IN_FLOW.findall(text) + PAIR.findall(text)
    return [(name, value) for name, value in pairs if name.strip("\"'") not in NAMES and not HARMLESS.match(value)]


def prove():
    """It finds what it is for, and no more."""
    for text in ["a.password=geheim", "password: hunter2", "db.password=${DB_PASSWORD:postgres}", "PASSWORD: ${P:-postgres}",
                 "- {name: API_KEY, value: abc}", "- name: MY_SECRET\n  value: abc", "signing-key: abc"]:
        assert found(text), f"blind to {text}"
    for text in ["a.password=", "a.password=${B}", "a.password=${B:}", "P_PASSWORD: ${B:?say it}", 'secret: ""', "secret: {{ .x }}",
                 "adminSecret: postgresql-admin", "name: API_KEY\n  valueFrom: {}"]:
        assert not found(text), f"{text}: {found(text)}"
    assert found('@WithDefault("geheim")\nString password();', java=True)
    assert not found('@WithDefault("15m")\nDuration passwordTtl();', java=True)


def main(home):
    prove()
    files = sorted({file for pattern in SHIPPED for file in pathlib.Path(home).glob(pattern) if file.is_file()})
    bad = 0
    for file in files:
        for name, value in found(file.read_text(errors="replace"), file.suffix == ".java"):
            print(f"{file.relative_to(home)}: {name} is {value}", file=sys.stderr)
            bad += 1
    print(f"{len(files)} files, {bad} values that work by themselves")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main(sys.argv[1])

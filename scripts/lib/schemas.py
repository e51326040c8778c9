#!/usr/bin/env python3
"""JSON Schemas of Kubernetes' own kinds and of the custom ones, strict: a field that is not there is refused.

schemas.py OUT FILE...    FILE is Kubernetes' OpenAPI document (swagger.json) or a CustomResourceDefinition

One file a kind, named as `kubeconform -schema-location 'OUT/{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json'`
looks for it.
"""

import json
import pathlib
import sys

import yaml

INT_OR_STRING = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
# Of the OpenAPI document's types, those that are written as more than one type of JSON.
LOOSE = {
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": INT_OR_STRING,
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {"oneOf": [{"type": "string"}, {"type": "number"}]},
}


def strict(schema):
    """The same schema, where an object with named fields has no others."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-kubernetes-int-or-string"):
        return INT_OR_STRING
    made = {
        key: {name: strict(field) for name, field in value.items()} if key == "properties" else strict(value)
        for key, value in schema.items()
        if not key.startswith("x-kubernetes") and key not in ("description", "format", "default")
    }
    if "properties" in made and "additionalProperties" not in made and not schema.get("x-kubernetes-preserve-unknown-fields"):
        made["additionalProperties"] = False
    return made


def references(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from references(item)


def of_kubernetes(document):
    definitions = {name: LOOSE.get(name) or strict(schema) for name, schema in document["definitions"].items()}
    for name, schema in document["definitions"].items():
        kinds = schema.get("x-kubernetes-group-version-kind", [])
        # A type of several groups, such as DeleteOptions, is no object that a manifest holds.
        if len(kinds) != 1 or "metadata" not in schema.get("properties", {}):
            continue
        needed, todo = {}, [name]
        while todo:
            other = todo.pop()
            if other not in needed:
                needed[other] = definitions[other]
                todo += references(definitions[other])
        kind = kinds[0]
        yield (kind["group"], kind["version"], kind["kind"]), {
            "definitions": needed,
            "$ref": f"#/definitions/{name}",
        }


def of_custom(definition):
    spec = definition["spec"]
    for version in spec["versions"]:
        schema = strict(version["schema"]["openAPIV3Schema"])
        # The definition leaves an object's metadata to the API server.
        schema["properties"]["metadata"] = {"type": "object"}
        yield (spec["group"], version["name"], spec["names"]["kind"]), schema


def main(out, files):
    folder = pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for file in files:
        text = pathlib.Path(file).read_text()
        found = of_kubernetes(json.loads(text)) if file.endswith(".json") else of_custom(yaml.safe_load(text))
        for (group, version, kind), schema in found:
            # The core group has no name; there kubeconform takes the version for it.
            (folder / f"{group or version}_{version}_{kind.lower()}.json").write_text(json.dumps(schema))
            count += 1
    print(f"{count} kinds")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

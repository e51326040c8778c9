#!/usr/bin/env python3
"""Whether what native-image would be given is whole, for each service whose native sources were built.

native.py CHECKOUT SERVICE...

- Each record is registered for reflection, or native-plain.txt says that no JSON is made of it or read into it.
- Each migration, template and font is among the resources.
- No class keeps a source of randomness in a static field: native-image refuses one that was seeded while it built.
- The arguments, the application's jar and its libraries are there.
"""

import json
import pathlib
import re
import subprocess
import sys
import zipfile

HOME = pathlib.Path(sys.argv[1])
PLAIN = pathlib.Path(__file__).with_name("native-plain.txt")
RECORD = re.compile(r"class ([\w.$]+)(?:<.*?>)? extends java\.lang\.Record\b")
RANDOM = re.compile(r"static final .*\b(?:Random|SecureRandom|SplittableRandom|TimeBasedEpochGenerator) \w+;")


def classes(folder):
    return {str(file.relative_to(folder))[: -len(".class")].replace("/", "."): file for file in sorted(folder.rglob("*.class"))}


def resources(config):
    patterns = [
        re.compile(re.sub(r"\\Q(.*?)\\E", lambda quoted: re.escape(quoted[1]), entry["pattern"]))
        for entry in config["resources"]["includes"]
    ]
    return lambda name: any(pattern.fullmatch(name) for pattern in patterns)


def problems(service, plain, seen):
    module, defaults = HOME / "services" / service, HOME / "services/service-defaults"
    sources = module / "target/native-sources"
    arguments = (sources / "native-image.args").read_text().split()
    jar = sources / arguments[-1]
    if not jar.is_file() or "-jar" not in arguments:
        yield f"native-image.args names {arguments[-1]}, which is not there"
        return
    libraries = len(list((sources / "lib").glob("*.jar")))
    with zipfile.ZipFile(jar) as content:
        registered = {entry["name"] for entry in json.loads(content.read("META-INF/native-image/reflect-config.json"))}
        included = resources(json.loads(content.read("META-INF/native-image/resource-config.json")))
    found = classes(module / "target/classes") | classes(defaults / "target/classes")
    javap = subprocess.run(["javap", "-p", *map(str, found.values())], capture_output=True, text=True, check=True).stdout
    records = RECORD.findall(javap)
    for name in records:
        if name in plain:
            seen.add(name)
            if name in registered:
                yield f"{name} is registered, and native-plain.txt says that it need not be"
        elif name not in registered:
            yield f"{name} is a record that is not registered: @RegisterForReflection, or a line in native-plain.txt"
    wanted = [
        str(file.relative_to(folder))
        for folder in (module / "src/main/resources", defaults / "src/main/resources")
        for pattern in ("db/migration/*.sql", "templates/**/*.*")
        for file in folder.glob(pattern)
    ]
    if service == "invoice-service":
        wanted += [f"liberation/LiberationSans-{style}.ttf" for style in ("Regular", "Bold")]
        wanted.append("resources/css/XhtmlNamespaceHandler.css")
    for name in wanted:
        if not included(name):
            yield f"the resource {name} is not included"
    for line in javap.splitlines():
        if RANDOM.search(line):
            yield f"seeded while it is built: {line.strip()}"
    print(f"{service:22} {len(registered):5} classes reached by reflection, {len(records):3} records, {len(wanted):3} resources, {libraries} libraries")


def main(services):
    plain = {line.strip() for line in PLAIN.read_text().splitlines() if line.strip() and not line.startswith("#")}
    seen, failed = set(), 0
    for service in services:
        for problem in problems(service, plain, seen):
            print(f"FAILED  {service}: {problem}", file=sys.stderr)
            failed += 1
    if len(services) == 7:
        for name in sorted(plain - seen):
            print(f"FAILED  native-plain.txt names {name}, which is no record", file=sys.stderr)
            failed += 1
    print(f"{len(services)} services, {failed} problems")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[2:])

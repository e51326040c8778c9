"""Packs one static executable as an image, for clusters that pull none.

usage: archive.py NAME:TAG EXECUTABLE PATH_IN_IMAGE ARCHIVE      writes a docker-archive with one layer
"""

import hashlib
import io
import json
import platform
import sys
import tarfile

name, executable, path, archive = sys.argv[1:5]


def add(tar, name, content, mode=0o644):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), mode
    tar.addfile(entry, io.BytesIO(content))


layer = io.BytesIO()
with tarfile.open(fileobj=layer, mode="w") as tar, open(executable, "rb") as binary:
    add(tar, path.lstrip("/"), binary.read(), 0o755)
layer = layer.getvalue()
config = json.dumps({
    "os": "linux",
    "architecture": {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()],
    "config": {"Entrypoint": [path]},
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
}).encode()
with tarfile.open(archive, "w") as tar:
    add(tar, "config.json", config)
    add(tar, "layer.tar", layer)
    add(tar, "manifest.json", json.dumps([{"Config": "config.json", "RepoTags": [name], "Layers": ["layer.tar"]}]).encode())

"""Copies an image archive under another tag.

usage: retag.py ARCHIVE TAG COPY
"""

import io
import json
import sys
import tarfile

archive, tag, copy = sys.argv[1:4]
with tarfile.open(archive) as source, tarfile.open(copy, "w") as target:
    for member in source:
        content = source.extractfile(member)
        if member.name == "manifest.json":
            manifest = json.load(content)
            for image in manifest:
                image["RepoTags"] = [name.rsplit(":", 1)[0] + ":" + tag for name in image["RepoTags"]]
            text = json.dumps(manifest).encode()
            member.size = len(text)
            content = io.BytesIO(text)
        target.addfile(member, content)

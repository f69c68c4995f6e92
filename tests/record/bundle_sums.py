"""Manifest and sums of a bundle made anew, as somebody would who changed or took out a file; what is signed stays as it was."""
import hashlib
import json
import os


def sum_anew(bundle):
    sums = {}
    for folder, _, names in os.walk(bundle):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                sums[os.path.relpath(path, bundle)] = hashlib.sha256(file.read()).hexdigest()
    with open(bundle + "/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    manifest["files"] = {name: digest for name, digest in sums.items() if name not in ("manifest.json", "SHA256SUMS")}
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    with open(bundle + "/manifest.json", "w", encoding="utf-8") as file:
        file.write(text)
    sums["manifest.json"] = hashlib.sha256(text.encode()).hexdigest()
    with open(bundle + "/SHA256SUMS", "w", encoding="utf-8") as file:
        file.writelines(f"{digest}  {name}\n" for name, digest in sorted(sums.items()) if name != "SHA256SUMS")

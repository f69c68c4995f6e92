"""A bundle as somebody would forge it who holds the key of the record: leaves, tree, proofs, head and sums are made anew."""
import base64
import hashlib
import json
import os
import subprocess
import tempfile

from bundle_sums import sum_anew


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def split(hashes):
    return 1 << (len(hashes) - 1).bit_length() - 1


def root(hashes):
    return hashes[0] if len(hashes) == 1 else sha(b"\x01" + root(hashes[:split(hashes)]) + root(hashes[split(hashes):]))


def path(index, hashes):
    if len(hashes) == 1:
        return []
    k = split(hashes)
    return path(index, hashes[:k]) + [root(hashes[k:])] if index < k else path(index - k, hashes[k:]) + [root(hashes[:k])]


def sign(text, key_file):
    with tempfile.TemporaryDirectory() as work:
        with open(work + "/text", "wb") as file:
            file.write(text)
        subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key_file, "-rawin", "-in", work + "/text", "-out", work + "/signature"], check=True)
        with open(work + "/signature", "rb") as file:
            return file.read()


def read_lines(name):
    with open(name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


class Forged:
    """A bundle in the hands of somebody who has the key of the record: entries are added, content is changed, withheld or erased; write() makes the folder anew."""

    def __init__(self, bundle, key_file):
        self.bundle, self.key_file, self.artefacts = bundle, key_file, {}
        self.leaves = read_lines(bundle + "/leaves.jsonl")
        self.openings = {(line["seq"], line["field"]): line for line in read_lines(bundle + "/openings.jsonl")}
        self.withheld = {(line["seq"], line["field"]): line for line in read_lines(bundle + "/withheld.jsonl")}

    def put(self, seq, field, text):
        """`text` is JSON, or whatever stands where JSON should."""
        opening = self.openings.setdefault((seq, field), {"field": field, "salt": base64.urlsafe_b64encode(sha(f"{seq} {field}".encode())[:16]).decode().rstrip("="), "seq": seq})
        opening["value"] = text
        disclosure = base64.urlsafe_b64encode(f"[{canonical(opening['salt'])},{canonical(field)},{text}]".encode()).rstrip(b"=")
        self.leaves[seq]["commits"][field] = base64.urlsafe_b64encode(sha(disclosure)).decode().rstrip("=")

    def take(self, seq, field):
        """As if the entry never had it."""
        del self.openings[seq, field], self.leaves[seq]["commits"][field]

    def add(self, kind, actor, fields, refs=None):
        before, seq = self.leaves[-1], len(self.leaves)
        leaf = {"v": 1, "seq": seq, "kind": kind, "incident": before["incident"], "rec": before["rec"], "actor": actor, "idem": f"forged-{seq}", "commits": {}}
        self.leaves.append({**leaf, "refs": refs} if refs else leaf)
        for field, value in fields.items():
            self.put(seq, field, canonical(value))
        return seq

    def artefact(self, media_type, data):
        self.artefacts[sha(data).hex()] = data
        return f"{media_type};sha256={sha(data).hex()}"

    def withhold(self, seq, field):
        del self.openings[seq, field]
        self.withheld[seq, field] = {"field": field, "ground": "third party", "seq": seq}

    def erase(self, seq, field):
        del self.openings[seq, field]
        return self.add("redaction", "clerk", {"ground": "a request of the person"}, {"approver": "dpo", "entry": seq, "field": field})

    def write(self):
        for name, lines in (("leaves", self.leaves), ("openings", [self.openings[at] for at in sorted(self.openings)]), ("withheld", [self.withheld[at] for at in sorted(self.withheld)])):
            write(f"{self.bundle}/{name}.jsonl", "".join(canonical(line) + "\n" for line in lines).encode())
        hashes = [sha(b"\x00" + canonical(leaf).encode()) for leaf in self.leaves]
        write(self.bundle + "/leafhashes.bin", b"".join(hashes))
        refs, top = self.leaves[0]["refs"], root(hashes)
        head = f"{refs['origin']}\n{len(hashes)}\n{base64.b64encode(top).decode()}\n".encode()
        signed = base64.b64encode(bytes.fromhex(refs["key"].split("+")[1]) + sign(head, self.key_file)).decode()
        note = head + f"\n\u2014 {refs['origin']} {signed}\n".encode()
        write(self.bundle + "/checkpoint.note", note)
        for index, leaf in enumerate(self.leaves):
            if leaf["kind"] not in ("fact", "correction", "part", "clock"):
                steps = "".join(base64.b64encode(step).decode() + "\n" for step in path(index, hashes))
                write(f"{self.bundle}/proofs/{index}.tlog-proof", f"c2sp.org/tlog-proof@v1\nindex {index}\n{steps}\n".encode() + note)
        given = "".join(line["value"] for line in self.openings.values())
        os.makedirs(self.bundle + "/artefacts", exist_ok=True)
        for name, data in self.artefacts.items():
            if name in given:
                write(f"{self.bundle}/artefacts/{name}", data)
        erased = sum(leaf["kind"] == "redaction" for leaf in self.leaves)
        manifest = read_lines(self.bundle + "/manifest.json")[0]
        manifest.update(root=top.hex(), entries=len(hashes), openings=len(self.openings), withheld=len(self.withheld), erased=erased, artefacts=len(os.listdir(self.bundle + "/artefacts")))
        write(self.bundle + "/manifest.json", (canonical(manifest) + "\n").encode())
        sum_anew(self.bundle)

"""A bundle as somebody would forge it who holds the key of the record: a field says something else, and leaf, tree, proofs, head and sums are made anew."""
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


def forge(bundle, key_file, seq, field, value):
    leaves, openings = read_lines(bundle + "/leaves.jsonl"), read_lines(bundle + "/openings.jsonl")
    opening = next(each for each in openings if (each["seq"], each["field"]) == (seq, field))
    opening["value"] = canonical(value)
    disclosure = base64.urlsafe_b64encode(f"[{canonical(opening['salt'])},{canonical(field)},{opening['value']}]".encode()).rstrip(b"=")
    leaves[seq]["commits"][field] = base64.urlsafe_b64encode(sha(disclosure)).decode().rstrip("=")
    for name, lines in (("leaves", leaves), ("openings", openings)):
        write(f"{bundle}/{name}.jsonl", "".join(canonical(line) + "\n" for line in lines).encode())
    hashes = [sha(b"\x00" + canonical(leaf).encode()) for leaf in leaves]
    write(bundle + "/leafhashes.bin", b"".join(hashes))
    refs, top = leaves[0]["refs"], root(hashes)
    head = f"{refs['origin']}\n{len(leaves)}\n{base64.b64encode(top).decode()}\n".encode()
    signed = base64.b64encode(bytes.fromhex(refs["key"].split("+")[1]) + sign(head, key_file)).decode()
    note = head + f"\n\u2014 {refs['origin']} {signed}\n".encode()
    write(bundle + "/checkpoint.note", note)
    for name in os.listdir(bundle + "/proofs"):
        index = int(name.split(".")[0])
        steps = "".join(base64.b64encode(step).decode() + "\n" for step in path(index, hashes))
        write(f"{bundle}/proofs/{name}", f"c2sp.org/tlog-proof@v1\nindex {index}\n{steps}\n".encode() + note)
    manifest = read_lines(bundle + "/manifest.json")[0]
    manifest["root"] = top.hex()
    write(bundle + "/manifest.json", (canonical(manifest) + "\n").encode())
    sum_anew(bundle)

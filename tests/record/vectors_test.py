#!/usr/bin/env python3
"""Has verify_vectors judge vectors made here, by code that shares nothing with the program: canonical JSON from Python's
own shortest floats, Merkle probes from the recursive definition of RFC 6962 by hashlib, checkpoints signed by openssl.
vectors_test.py PROGRAM   (Python 3, no package; openssl for the checkpoints)"""
import base64
import hashlib
import json
import os
import random
import struct
import subprocess
import sys
import tempfile

program = sys.argv[1]
chance = random.Random(6962)


def number(value):
    """ECMA-262 Number::toString from Python's repr, which is the shortest that reads back."""
    if value == 0:
        return "0"
    sign, text = ("-", repr(-value)) if value < 0 else ("", repr(value))
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    if fraction == "0":
        fraction = ""
    place = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    place -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= place <= 21:
        return sign + digits + "0" * (place - count)
    if 0 < place <= 21:
        return sign + digits[:place] + "." + digits[place:]
    if -6 < place <= 0:
        return sign + "0." + "0" * -place + digits
    return sign + digits[0] + ("." + digits[1:] if count > 1 else "") + "e" + ("+" if place > 0 else "-") + str(abs(place - 1))


def string(text):
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
    return '"' + "".join(short.get(ord(c), "\\u%04x" % ord(c) if ord(c) < 32 else c) for c in text) + '"'


def canonical(value):
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return string(value)
    if isinstance(value, (int, float)):
        return number(float(value))
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be"))
    return "{" + ",".join(string(name) + ":" + canonical(value[name]) for name in names) + "}"


def any_text():
    ranges = [(0, 0x7F), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(0, 8)))


def any_float():
    while True:
        value = struct.unpack("<d", struct.pack("<Q", chance.getrandbits(64)))[0]
        if value == value and abs(value) != float("inf"):
            return chance.choice([value, round(chance.uniform(-1000, 1000), chance.randint(0, 9)), float(chance.randint(-10 ** 22, 10 ** 22))])


def any_value(depth):
    kind = chance.randint(0, 7 if depth < 4 else 4)
    if kind < 3:
        return any_float()
    if kind == 3:
        return any_text()
    if kind == 4:
        return chance.choice([None, True, False, chance.randint(-2 ** 60, 2 ** 60)])
    if kind == 5:
        return [any_value(depth + 1) for _ in range(chance.randint(0, 6))]
    return {any_text(): any_value(depth + 1) for _ in range(chance.randint(0, 8))}


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return path(m, leaves[:k]) + [root(leaves[k:])] if m < k else path(m - k, leaves[k:]) + [root(leaves[:k])]


def subproof(m, leaves, whole):
    if m == len(leaves):
        return [] if whole else [root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return subproof(m, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [root(leaves[:k])]


def b64(data):
    return base64.b64encode(data).decode()


def write(name, data):
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def spoil(proof):
    """One hash changed, left out or added."""
    proof = list(proof)
    way = chance.randint(0, 2) if proof else 2
    at = chance.randrange(len(proof)) if proof else 0
    if way == 0:
        proof[at] = hashlib.sha256(proof[at]).digest()
    elif way == 1:
        del proof[at]
    else:
        proof.insert(at, os.urandom(32))
    return proof


def make_pairs(folder):
    for i in range(200):
        value = any_value(0)
        text = json.dumps(value, ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, 2]))
        write(f"{folder}/jcs/input/{i}.json", text)
        write(f"{folder}/jcs/output/{i}.json", canonical(value))
    return 200


def make_probes(folder):
    count = 0
    leaves = [hashlib.sha256(b"\x00" + bytes([i])).digest() for i in range(70)]

    def probe(kind, members):
        nonlocal count
        write(f"{folder}/{kind}/{count}.json", json.dumps(members))
        count += 1

    for _ in range(150):
        size = chance.randint(1, 70)
        index = chance.randrange(size)
        good = {"leafIdx": index, "treeSize": size, "root": b64(root(leaves[:size])), "leafHash": b64(leaves[index])}
        proof = path(index, leaves[:size])
        probe("inclusion", {**good, "proof": [b64(h) for h in proof] or None, "wantErr": False})
        probe("inclusion", {**good, "proof": [b64(h) for h in spoil(proof)], "wantErr": True})
        first = chance.randint(1, size)
        good = {"size1": first, "size2": size, "root1": b64(root(leaves[:first])), "root2": b64(root(leaves[:size]))}
        proof = subproof(first, leaves[:size], True)
        probe("consistency", {**good, "proof": [b64(h) for h in proof], "wantErr": False})
        probe("consistency", {**good, "proof": [b64(h) for h in spoil(proof)], "wantErr": True})
    return count


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def make_checkpoints(folder):
    os.makedirs(folder)
    scratch = f"{folder}/scratch.pem"
    openssl("genpkey", "-algorithm", "ed25519", "-out", scratch)
    public = openssl("pkey", "-in", scratch, "-pubout", "-outform", "DER")[-32:]
    pem = openssl("pkey", "-in", scratch, "-pubout")
    name = "example.test/log"
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    text = f"{name}\n12\n{b64(hashlib.sha256(b'x').digest())}\n"
    write(f"{folder}/scratch.txt", text)
    signature = openssl("pkeyutl", "-sign", "-inkey", scratch, "-rawin", "-in", f"{folder}/scratch.txt")
    os.remove(f"{folder}/scratch.txt")
    os.remove(scratch)
    note = f"{text}\n\u2014 {name} {b64(key_id + signature)}\n"
    write(f"{folder}/vkey/key.txt", f"{name}+{key_id.hex()}+{b64(bytes([1]) + public)}\n")
    write(f"{folder}/pem/key.pem", pem)
    for place in ("vkey", "pem"):
        write(f"{folder}/{place}/good.note", note)
        write(f"{folder}/{place}/bad-size.note", note.replace("\n12\n", "\n13\n"))
        write(f"{folder}/{place}/bad-tail.note", note + "\u2014 \n")
        write(f"{folder}/{place}/bad-id.note", f"{text}\n\u2014 {name} {b64(bytes(4) + signature)}\n")
    write(f"{folder}/member/good.json", json.dumps({"checkpoint": note, "key": f"{name}+{key_id.hex()}+{b64(bytes([1]) + public)}", "origin": name, "wantErr": False}))
    write(f"{folder}/member/other.json", json.dumps({"checkpoint": note, "key": f"{name}+{key_id.hex()}+{b64(bytes([1]) + public)}", "origin": "other.test", "wantErr": True}))
    return 10


def run(folder):
    result = subprocess.run([program, folder], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout.splitlines()


def expect(what, truth):
    if not truth:
        sys.exit(f"vectors_test: {what}")


with tempfile.TemporaryDirectory() as folder:
    made = make_pairs(folder + "/good") + make_probes(folder + "/good") + make_checkpoints(folder + "/good/notes")
    code, lines = run(folder + "/good")
    expect("\n".join(line for line in lines if line.startswith("fail"))[:2000] or f"{made} made, {lines[-1]}, exit {code}", code == 0 and lines[-1].startswith(f"{made} passed, 0 failed, "))
    # What it says can go wrong: each kind with one thing changed.
    write(folder + "/wrong/pair/input/a.json", '{"b":1,"a":2}')
    write(folder + "/wrong/pair/output/a.json", '{"b":1,"a":2}')
    write(folder + "/wrong/probe.json", json.dumps({"leafIdx": 0, "treeSize": 1, "root": b64(bytes(32)), "leafHash": b64(bytes(32)), "proof": None, "wantErr": True}))
    write(folder + "/wrong/no-key.note", "a\n1\n" + b64(bytes(32)) + "\n\n\u2014 a " + b64(bytes(68)) + "\n")
    code, lines = run(folder + "/wrong")
    expect(f"three wrong vectors: {lines}", code == 1 and lines[-1] == "0 passed, 3 failed, 1 skipped")
    os.makedirs(folder + "/none")
    expect("a folder of nothing passes", run(folder + "/none")[0] == 1)
print(f"{made} vectors judged as made")

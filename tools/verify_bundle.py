#!/usr/bin/env python3
"""Whether an evidence bundle is a whole record as it was signed: as `duenotice verify --no-replay FOLDER`, by other means; whether persons signed it, verify_signatures.py says.
verify_bundle.py FOLDER [--held-key NAME+ID+KEY] [--held-checkpoint NOTE] [--tsa-ca PEM]     (Python 3, openssl)"""
import argparse, base64, datetime, hashlib, json, os, pathlib, re, subprocess, sys, tempfile

findings = []
CODE, UTC = r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,63}", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
MEMBERS = {"kind": r"[a-z][a-z0-9-]{0,31}", "incident": CODE, "actor": CODE, "idem": CODE, "rec": UTC + r"\.\d{6}Z", "valid_from": UTC + "Z", "valid_to": UTC + "Z"}
ARTEFACT, LIST = re.compile(r"([a-z0-9.+-]+/[a-z0-9.+-]+);sha256=([0-9a-f]{64})"), "application/vnd.duenotice.list+json"
STAYS = "path fact withheld label relied look_again_on account person roles revoked public_key decision owed second items subject send_sha256 gaps problems nearness"
def tell(words, seq=None):
    findings.append(words if seq is None else f"entry {seq}: {words}")
sha = lambda data: hashlib.sha256(data).digest()
canonical = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def lines(data):
    *ended, rest = data.split(b"\n")
    return ended if not rest else tell("a file does not end with a line end") or ended + [rest]
def unbase(text):
    data = base64.b64decode(text, validate=True)
    return data if base64.b64encode(data).decode() == text else tell("base 64 is not in its one spelling") or data
texts = lambda value: [value] if isinstance(value, str) else [text for each in (value.values() if isinstance(value, dict) else value) for text in texts(each)]
plain = lambda value: all(map(plain, value.values())) if isinstance(value, dict) else type(value) is str or type(value) is int and abs(value) < 1 << 53
def read_json(data, what, seq=None):
    value = json.loads(data)
    if not isinstance(value, dict) or not plain(value) or canonical(value).encode() != data:
        tell(f"{what} is not JSON in its one spelling", seq)
    return value
def root(hashes):  # RFC 6962, 2.1
    k = 1 << (len(hashes) - 1).bit_length() - 1 if len(hashes) > 1 else 0
    return sha(b"\x01" + root(hashes[:k]) + root(hashes[k:])) if k else hashes[0] if hashes else sha(b"")
def inclusion(index, size, value, proof):  # RFC 9162, 2.1.3.2
    at, last = index, size - 1
    for step in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            value, skip = sha(b"\x01" + step + value), (at & -at).bit_length() if at else 1
        else:
            value, skip = sha(b"\x01" + value + step), 1
        at, last = at >> skip, last >> skip
    return value if last == 0 else None
def openssl(arguments, **files):
    with tempfile.TemporaryDirectory() as work:
        for name, data in files.items():
            pathlib.Path(work, name).write_bytes(data)
        return subprocess.run(["openssl", *arguments], cwd=work, capture_output=True, check=False).returncode == 0
def head_of(note, vkey, what):  # size and root of a checkpoint that this key signed
    text, _, signatures = note.decode().rpartition("\n\n")
    name, key_id, key = vkey.split("+", 2)
    public, (origin, size, base) = unbase(key), text.split("\n")[:3]
    signed = [unbase(line.split(" ")[2]) for line in signatures.split("\n")[:-1] if line.startswith(f"\u2014 {name} ")]
    signed = [each for each in signed if each[:4].hex() == key_id == sha(name.encode() + b"\n" + public)[:4].hex()]
    command = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text", "-sigfile", "signature"]
    der = bytes.fromhex("302a300506032b6570032100") + public[1:]
    good = signed and signatures.endswith("\n") and all(openssl(command, key=der, text=(text + "\n").encode(), signature=each[4:]) for each in signed)
    if not good or origin != name or str(int(size)) != size or not all(line.startswith("\u2014 ") for line in signatures.split("\n")[:-1]):
        tell(f"{what}: the signature does not hold")
    return int(size), unbase(base)
def check_leaf(i, leaf, leaves, keys, erased, holds):
    commits, refs = leaf["commits"], leaf.get("refs", {})
    if not (leaf.keys() <= MEMBERS.keys() | {"v", "seq", "commits", "refs"} and leaf["v"] == 1 and leaf["seq"] == i and leaf.get("refs") != {} and len(canonical(leaf).encode()) <= 65535
            and all(datetime.datetime.fromisoformat(leaf[name][:19]) for name in ("rec", "valid_from", "valid_to") if name in leaf) and not any(isinstance(value, dict) for value in refs.values())
            and all(re.fullmatch(pattern, leaf[name]) for name, pattern in MEMBERS.items() if name in leaf or not name.startswith("valid"))
            and (leaf["kind"] != "legal-hold" or refs["hold"] > "" and refs["state"] in ("placed", "released") and refs.get("entry", 0) >= 0)
            and all(re.fullmatch("[a-z0-9_]{1,32}", name) for name in [*commits, *refs]) and all(re.fullmatch("[A-Za-z0-9_-]{43}", text) for text in commits.values())):
        tell("the leaf is malformed", i)
    before = leaves[-1] if leaves else leaf
    if (leaf["kind"] == "opened") != (i == 0) or leaf["incident"] != before["incident"] or leaf["idem"] in keys or leaf["rec"] < before["rec"] and leaf["kind"] != "clock":
        tell("the leaf does not follow those before it", i)
    if leaf["kind"] == "redaction":
        target = entry, field = refs["entry"], refs["field"]
        held = any(state == "placed" and covers in (None, entry) for state, covers in holds.values())
        if not 0 <= entry < i or field not in leaves[entry]["commits"] or target in erased or held or refs["approver"] == leaf["actor"] or field in STAYS.split():
            tell("it erases what it may not", i)
        erased.add(target)
    holds.update({refs["hold"]: (refs["state"], refs.get("entry"))} if leaf["kind"] == "legal-hold" else {})
    keys.add(leaf["idem"])
def main(asked):
    files = {path.relative_to(asked.folder).as_posix(): path.read_bytes() for path in pathlib.Path(asked.folder).rglob("*") if path.is_file()}
    if files["SHA256SUMS"].decode() != "".join(f"{sha(data).hex()}  {name}\n" for name, data in sorted(files.items()) if name != "SHA256SUMS"):
        tell("SHA256SUMS is not that of the files")
    manifest = read_json(*lines(files["manifest.json"]), "manifest.json")
    if manifest["duenotice"] != "bundle/1" or manifest["files"] != {name: sha(data).hex() for name, data in files.items() if name not in ("manifest.json", "SHA256SUMS")}:
        tell("the manifest is not that of the files")
    leaves, hashes, keys, erased, holds = [], [], set(), set(), {}
    for i, line in enumerate(lines(files["leaves.jsonl"])):
        leaf = read_json(line, "the leaf", i)
        check_leaf(i, leaf, leaves, keys, erased, holds)
        leaves.append(leaf)
        hashes.append(sha(b"\x00" + line))
    if b"".join(hashes) != files["leafhashes.bin"]:
        tell("the leaves are not those of leafhashes.bin")
    size, top, refs, origin, vkey = len(leaves), root(hashes), leaves[0]["refs"], "duenotice.case/" + leaves[0]["incident"], asked.held_key or leaves[0]["refs"]["key"]
    if refs["origin"] != origin or vkey != refs["key"] or not vkey.startswith(origin + "+"):
        tell("the record names another origin or key")
    if head_of(files["checkpoint.note"], vkey, "the head") != (size, top):
        tell("the head was signed over another tree")
    named, wanted = [text for leaf in leaves for name, text in leaf.get("refs", {}).items() if name.endswith("_artefact")], {}
    left_out, given = ([read_json(line, "a line of " + name) for line in lines(files[name])] for name in ("withheld.jsonl", "openings.jsonl"))
    withheld, opened = ([(value["seq"], value["field"]) for value in values] for values in (left_out, given))
    if withheld != sorted(set(withheld)) or opened != sorted(set(opened)) or not all(value["ground"] for value in left_out):
        tell("a field is given or withheld twice, out of order or without a ground")
    for (seq, field), value in zip(opened, given):
        disclosure = base64.urlsafe_b64encode(f"[{canonical(value['salt'])},{canonical(field)},{value['value']}]".encode()).rstrip(b"=")
        if not 0 <= seq < size or leaves[seq]["commits"].get(field) != base64.urlsafe_b64encode(sha(disclosure)).decode().rstrip("=") or (seq, field) in erased:
            tell(f"the content of `{field}` is not what was recorded", seq)
        named += texts(json.loads(value["value"])) if field.endswith("_artefact") else []
    withheld, opened = set(withheld), set(opened)
    if opened | withheld | erased != {(i, field) for i, leaf in enumerate(leaves) for field in leaf["commits"]} or withheld & (opened | erased):
        tell("a field is neither given nor withheld nor erased, or two of these")
    for text in named:
        kind, name = ARTEFACT.fullmatch(text).groups()
        if name not in wanted:
            wanted[name] = files["artefacts/" + name]
            named += texts(json.loads(wanted[name])) if kind == LIST else []
    if wanted.keys() != {name[10:] for name in files if name.startswith("artefacts/")} or any(sha(data).hex() != name for name, data in wanted.items()):
        tell("the artefacts are not those that the entries name")
    for name, data in files.items():
        if name.startswith("proofs/"):
            (first, second, *steps), _, note = (part.decode().split("\n") if at == 0 else part for at, part in enumerate(data.partition(b"\n\n")))
            index = int(second.removeprefix("index "))
            proven = inclusion(index, size, hashes[index], [unbase(step) for step in steps])
            if first != "c2sp.org/tlog-proof@v1" or second != f"index {index}" or name != f"proofs/{index}.tlog-proof" or note != files["checkpoint.note"] or proven != top:
                tell(f"`{name}` does not prove its entry")
    if {f"proofs/{i}.tlog-proof" for i, leaf in enumerate(leaves) if leaf["kind"] not in ("fact", "correction", "part", "clock")} != {name for name in files if name.startswith("proofs/")}:
        tell("a proof is not there, or one too many")
    stamps = [leaf for leaf in leaves if leaf["kind"] == "timestamp"]
    for leaf in stamps:
        covered, path = leaf["refs"]["size"], f"tokens/{leaf['seq']}"
        text, token = f"{origin}\n{covered}\n{base64.b64encode(root(hashes[:covered])).decode()}\n".encode(), files[path + ".tsr"]
        good = 0 < covered <= size and files[path + ".text"] == text and leaf["refs"]["token_artefact"] == "application/timestamp-reply;sha256=" + sha(token).hex() and sha(text) in token
        if not good or asked.tsa_ca and not openssl(["ts", "-verify", "-in", "token", "-data", "text", "-CAfile", os.path.abspath(asked.tsa_ca)], token=token, text=text):
            tell("its time stamp does not hold", leaf["seq"])
    counts = {"entries": size, "openings": len(opened), "withheld": len(withheld), "erased": len(erased), "artefacts": len(wanted), "root": top.hex(), "incident": leaves[0]["incident"], "origin": origin}
    if {name: manifest[name] for name in counts} != counts or sum(name.startswith("tokens/") for name in files) != 2 * len(stamps):
        tell("the manifest counts something else than is there")
    if asked.held_checkpoint:
        kept = head_of(pathlib.Path(asked.held_checkpoint).read_bytes(), vkey, "the checkpoint that was given")
        if kept[0] > size or kept[1] != root(hashes[:kept[0]]):
            tell("the record was cut back or rewritten since the checkpoint that was given")
    return ", ".join(f"{name} {count}" for name, count in counts.items())
parser = argparse.ArgumentParser()
for option in ("folder", "--held-key", "--held-checkpoint", "--tsa-ca"):
    parser.add_argument(option)
try:
    print(main(parser.parse_args()))
except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
    tell(f"it cannot be read: {error!r}")
print(*findings, "DOES NOT HOLD" if findings else "holds: every entry, its order and its content are those that were signed; who signed approvals and confirmations: verify_signatures.py FOLDER", sep="\n")
sys.exit(1 if findings else 0)

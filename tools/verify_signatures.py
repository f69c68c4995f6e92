#!/usr/bin/env python3
"""Whether persons signed the approvals and confirmations of an evidence bundle: with verify_bundle.py what `duenotice verify --no-replay FOLDER` says, by other means.
verify_signatures.py FOLDER     (Python 3, openssl)
Run verify_bundle.py first: what it accepted is believed here. Each must be signed for this record, by the account that recorded it, with the
key that the account had by then, and for the draft (its bytes) or the decision (its leaf) that it names. In a record without accounts it is
held against the key beside it. What was erased or is withheld cannot be judged, and is no fault. Exit code: 0, or 1 where one is wrong."""
import argparse, base64, hashlib, json, math, pathlib, re, subprocess, sys, tempfile
class Wrong(ValueError):
    """Why an approval or a confirmation proves nothing."""
def check(truth, otherwise):
    if not truth:
        raise Wrong(otherwise)
def read_json(words):  # [value]; [] where a name stands twice, half of a surrogate pair, a number beyond a 64-bit float (RFC 7493), over 64 levels
    unique = lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else check(False, "a name stands twice")
    number = lambda digits: float(digits) if math.isfinite(float(digits)) else check(False, "a number is too large")
    levels = lambda value: 1 + max(map(levels, value.values() if isinstance(value, dict) else value), default=0) if isinstance(value, (dict, list)) else 0
    try:
        value = json.loads(words, object_pairs_hook=unique, parse_int=number, parse_float=number, parse_constant=number)
        return [value] if levels(value) <= 64 and json.dumps(value, ensure_ascii=False).encode() else []
    except (ValueError, RecursionError):
        return []
KEY, SIGNATURE = "[A-Za-z0-9+/]{43}=", "[A-Za-z0-9+/]{86}=="
def unbase(written, form):  # base 64 in its one spelling
    data = base64.b64decode(written) if re.fullmatch(form, written) else b""
    return data if base64.b64encode(data).decode() == written else b""
def signature_holds(key, words, signature):  # Ed25519
    with tempfile.TemporaryDirectory() as work:
        for name, data in {"key": bytes.fromhex("302a300506032b6570032100") + key, "text": words, "signature": signature}.items():
            pathlib.Path(work, name).write_bytes(data)
        said = subprocess.run("openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature".split(), cwd=work, capture_output=True, check=False)
    if said.returncode != 0 and b"Signature Verification Failure" not in said.stdout + said.stderr:
        raise OSError(f"openssl verifies nothing: {said.stderr!r}")
    return said.returncode == 0
text = lambda value: value if isinstance(value, str) else ""  # what is missing or of another kind reads as empty
is_entry = lambda value, seq: value == seq and value is not True
subject = lambda value: [text(value.get(name)) if isinstance(value, dict) else "" for name in ("duty", "obligation", "entity", "recipient")]
class Record:
    def __init__(self, folder):
        self.lines, openings = (pathlib.Path(folder, name).read_bytes().split(b"\n")[:-1] for name in ("leaves.jsonl", "openings.jsonl"))
        self.leaves = [json.loads(line) for line in self.lines]
        self.erased = {(leaf["refs"]["entry"], leaf["refs"]["field"]) for leaf in self.leaves if leaf["kind"] == "redaction"}
        given = [line for line in map(json.loads, openings) if self.leaves[line["seq"]]["kind"] in ("access", "draft", "approval", "confirmation")]
        self.content = {(line["seq"], line["field"]): value for line in given for value in read_json(line["value"])}
        self.keys, self.hidden_grant = {}, None  # as of the entry that is looked at: by account, empty once revoked; the last grant that cannot be read
    def field(self, seq, name):
        return text(self.content.get((seq, name)))
    def missing(self, seq, *names, whose=""):  # the first of these fields that the entry has and that is not given
        first = next((name for name in names if name in self.leaves[seq]["commits"] and (seq, name) not in self.content), None)
        return first and f"`{first}`{whose} {'was erased' if (seq, first) in self.erased else 'is withheld'}"
    def judge(self, seq, what, actor):  # raises Wrong; gives why it cannot be judged
        if missing := self.missing(seq, "statement", "signature", "public_key"):
            return missing
        words, key, signature = self.field(seq, "statement"), unbase(self.field(seq, "public_key"), KEY), unbase(self.field(seq, "signature"), SIGNATURE)
        check(words and key and signature and signature_holds(key, words.encode(), signature), "its signature does not hold")
        made, named = next(iter(read_json(words)), None), self.leaves[seq].get("refs", {}).get(what)
        check(isinstance(made, dict), "what was signed cannot be read")
        check(text(made.get("origin")) == self.leaves[0]["refs"]["origin"], "it was signed for another record")
        check(text(made.get("account")) == actor, "it was signed by another account")
        check(isinstance(named, int) and 0 <= named < seq and self.leaves[named]["kind"] == what, f"it names no {what} of this record")
        missing = self.of_draft(made, named) if what == "draft" else self.of_decision(made, named)
        if self.hidden_grant:
            return f"whose key it is stands in entry {self.hidden_grant}, which is withheld"
        check(not self.keys or self.keys.get(actor), f"no key of `{actor}` is on record: `case grant --public-key` registers one")
        check(not self.keys or self.keys[actor] == key, f"this is not the key of `{actor}`")
        return missing
    def of_decision(self, made, decision):
        leaf_sha256 = hashlib.sha256(b"\x00" + self.lines[decision]).hexdigest()
        check(text(made.get("leaf_sha256")) == leaf_sha256 and is_entry(made.get("decision"), decision), "it was signed for another decision")
    def of_draft(self, made, draft):
        if missing := self.missing(draft, "subject", "send_sha256", whose=" of its draft"):
            return missing
        digest, files = self.field(draft, "send_sha256"), self.content.get((draft, "send_artefact"))
        sums = "".join(f"{text(artefact)[-64:]}  {name}\n" for name, artefact in sorted(files.items())) if isinstance(files, dict) else ""
        check((draft, "send_artefact") not in self.content or hashlib.sha256(sums.encode()).hexdigest() == digest, "the files of its draft are not those of the digest that was signed")
        check(text(made.get("send_sha256")) == digest and subject(made.get("subject")) == subject(self.content.get((draft, "subject"))), "it was signed for other bytes")
        check(is_entry(made.get("draft"), draft), "it was signed for another draft")
def main(folder):
    record, good, wrong, unjudged = Record(folder), [], [], []
    for seq, leaf in enumerate(record.leaves):
        kind = leaf["kind"]
        if kind == "access" and record.missing(seq, "account", "revoked", "public_key"):
            record.hidden_grant = seq
        elif kind == "access":
            record.keys[record.field(seq, "account")] = b"" if record.field(seq, "revoked") else unbase(record.field(seq, "public_key"), KEY)
        elif kind in ("approval", "confirmation"):
            try:
                missing = record.judge(seq, "draft" if kind == "approval" else "decision", leaf["actor"])
                (unjudged if missing else good).append(f"entry {seq}: the signature of this {kind} cannot be judged: {missing}")
            except Wrong as why:
                wrong.append(f"entry {seq}: this {kind} proves nothing: {why}")
    print(*wrong, *unjudged, f"approvals and confirmations: {len(good)} signed with the key of the account, {len(wrong)} wrong, {len(unjudged)} that cannot be judged", sep="\n")
    if wrong:
        print(f"WRONGLY SIGNED; the first is {wrong[0].split(':')[0]}: the person whose account it names did not sign what it says")
    return 1 if wrong else 0
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", metavar="FOLDER")
try:
    sys.exit(main(parser.parse_args().folder))
except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, OSError) as error:
    sys.exit(f"it cannot be read: {error!r}")

#!/usr/bin/env python3
"""The commands of a record as a person would run them, and its file read by code that shares nothing with the program:
hashlib makes the tree again, json and base64 the commitments, openssl checks the signature.
case_test.py PROGRAM ROOT   (Python 3 with its sqlite3, openssl)"""
import base64
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

program, root_folder = sys.argv[1], sys.argv[2]
samples = root_folder + "/tests/cases/samples"
as_of = ["--as-of", "2026-11-23T09:00+01:00"]
chance = random.Random(5)


def run(*arguments, code=0, stdin=None):
    result = subprocess.run([program, *arguments], capture_output=True, text=True, input=stdin, check=False)
    if result.returncode != code:
        sys.exit(f"case_test: {' '.join(arguments)}: exit {result.returncode}, not {code}\n{result.stdout}{result.stderr}")
    return result.stdout, result.stderr


def expect(what, truth):
    if not truth:
        sys.exit(f"case_test: {what}")


def has(text, part):
    expect(f"`{part}` is not in:\n{text}", part in text)


def b64(data):
    return base64.b64encode(data).decode()


def b64url(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def tree(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def audit(path, folder):
    """The whole record by the public rules alone; returns the number of entries."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = database.execute("SELECT seq, bytes FROM leaf ORDER BY seq").fetchall()
    expect("places have gaps", [seq for seq, _ in rows] == list(range(len(rows))))
    leaves = [json.loads(data) for _, data in rows]
    for leaf, (seq, data) in zip(leaves, rows):
        expect(f"leaf {seq} is not canonical", json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data)
        expect(f"leaf {seq} has another place", leaf["seq"] == seq and leaf["v"] == 1)
    opened = set()
    lines = [(seq, *line.split(" ", 2)) for seq, content in database.execute("SELECT seq, content FROM opening") for line in content.split("\n")]
    for seq, field, salt, value in lines:
        disclosure = b64url(("[" + json.dumps(salt) + "," + json.dumps(field) + "," + value + "]").encode())
        expect(f"entry {seq}: {field}", leaves[seq]["commits"][field] == b64url(hashlib.sha256(disclosure.encode()).digest()))
        opened.add((seq, field))
    expect("a field is not opened", opened == {(leaf["seq"], field) for leaf in leaves for field in leaf["commits"]})
    hashes = [hashlib.sha256(b"\x00" + data).digest() for _, data in rows]
    name, key_id, key = leaves[0]["refs"]["key"].split("+", 2)  # base 64 has a `+` of its own
    public = base64.b64decode(key)[1:]
    expect("key id", hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8] == key_id)
    with open(folder + "/public.der", "wb") as file:
        file.write(bytes.fromhex("302a300506032b6570032100") + public)
    notes = database.execute("SELECT size, note FROM checkpoint ORDER BY size").fetchall()
    expect("the newest checkpoint covers all", notes[-1][0] == len(rows))
    for size, note in notes:
        text, signature = note.split("\n\n")
        expect(f"checkpoint {size}", text == f"{leaves[0]['refs']['origin']}\n{size}\n{b64(tree(hashes[:size]))}")
        signed = base64.b64decode(signature.strip().split(" ")[2])
        expect("key id of a signature", signed[:4].hex() == key_id)
        for part, data in (("text", (text + "\n").encode()), ("signature", signed[4:])):
            with open(f"{folder}/{part}", "wb") as file:
                file.write(data)
        check = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder + "/public.der", "-rawin", "-in", folder + "/text", "-sigfile", folder + "/signature"], capture_output=True, check=False)
        expect(f"openssl refuses the checkpoint of {size}: {check.stderr}", check.returncode == 0)
    database.close()
    return len(rows)


def story(folder):
    """A record begun, filled, corrected, asked as it stood, and verified with what somebody kept."""
    case = folder + "/m.case"
    out, _ = run("case", "init", case, "--id", "INC-2026-0007", "--actor", "soc")
    key = out.split("signed by ")[1].split(" ")[0]
    expect("modes", all(os.stat(case + ending).st_mode & 0o777 == 0o600 for ending in ("", ".key")))
    out, _ = run(*as_of, "case", "import", case, samples + "/simple.json", "--actor", "soc")
    has(out, "recorded as entry 1 to ")
    # Everything that reads an incident file reads the record, with the same answer but for the name and the fingerprint.
    by_file = json.loads(run(*as_of, "--format", "json", "check", samples + "/simple.json")[0])
    by_case = json.loads(run(*as_of, "--format", "json", "check", case)[0])
    expect("duties by the record differ", by_file["duties"] == by_case["duties"] and len(by_case["duties"]) > 5)
    shown = run("case", "show", case)[0]
    expect("`show` is not what `check` reads", json.loads(run(*as_of, "--format", "json", "check", "-", stdin=shown)[0])["duties"] == by_case["duties"])
    has(run(*as_of, "case", "import", case, samples + "/simple.json", "--actor", "soc")[0], "nothing new: ")
    kept = run("case", "status", case)[0].split("checkpoint\n\n")[1]
    with open(folder + "/kept.note", "w", encoding="utf-8") as file:
        file.write(kept)
    before = int(kept.split("\n")[1])

    again = [*as_of, "case", "assert", case, "people.total", '{"at_least":118,"at_most":118}', "--learned-at", "2026-11-20T10:00+01:00", "--said-by", "mail room", "--source", "count-2", "--document", samples + "/simple.json", "--actor", "clerk", "--idem", "count-2"]
    has(run(*again)[0], f"recorded as entry {before}\n")
    has(run(*again)[0], f"was recorded before as entry {before}\n")
    right = [*as_of, "case", "correct", case, "people.total", "117", "--learned-at", "2026-11-21T10:00+01:00", "--reason", "one letter came back unopened", "--actor", "clerk", "--idem", "count-3"]
    has(run(*right)[0], f"recorded as entry {before + 1}\n")
    has(run(*right)[0], f"was recorded before as entry {before + 1}\n")
    log = run("case", "log", case, "--fact", "people.total")[0].splitlines()
    expect(f"log {log}", len(log) == 3)
    has(log[2], f'people.total: 117 (learned 2026-11-21T10:00+01:00) puts right {before}: one letter came back unopened')
    lines = [json.loads(line) for line in run("--format", "json", "case", "log", case)[0].splitlines()]
    with open(samples + "/simple.json", "rb") as file:
        expect("document", lines[before]["fields"]["document"] == {"name": "simple.json", "bytes": os.path.getsize(samples + "/simple.json"), "sha256": hashlib.sha256(file.read()).hexdigest()})

    # As it stood: by entries, and by what was known.
    total = lambda text: json.loads(text)["facts"]["people.total"]
    expect("before", total(run("case", "show", case, "--entries", str(before))[0]) == {"at_least": 110, "at_most": 130})
    expect("history", len(total(run("case", "show", case)[0])["history"]) == 3)
    expect("nothing was recorded in 2020", "people.total" not in json.loads(run("--known-at", "2020-01-01T00:00Z", "case", "show", case)[0]).get("facts", {}))
    has(run(*as_of, "explain", case, "eu.gdpr.33-1")[0], "eu.gdpr.33-1")

    out, _ = run("case", "verify", case, "--held-key", key, "--held-checkpoint", folder + "/kept.note")
    has(out, f"m.case: {before + 2} entries and 4 checkpoints, root ")
    has(out, "\nholds: ")
    expect("audit", audit(case, folder) == before + 2)
    return case, key


def refusals(folder, case, key):
    """What must not be recorded is not, with the exit code and a word that helps."""
    size = audit(case, folder)
    write = ["--actor", "soc"]
    _, err = run(*as_of, "case", "assert", case, "people.totl", "3", *write, code=3)
    has(err, "people.total")
    _, err = run(*as_of, "case", "assert", case, "data.personal", "perhaps", *write, code=3)
    has(err, "perhaps")
    _, err = run(*as_of, "case", "assert", case, "people.affected", "3", "--place", "FR", *write, code=3)
    has(err, "the account has no frame of places FR")
    _, err = run(*as_of, "case", "assert", case, "people.total", "3", "--event", "a", "--contract", "b", *write, code=3)
    has(err, "name no frame together")
    _, err = run(*as_of, "case", "assert", case, "data.personal", "yes", "--learned-at", "2027-01-01T00:00Z", *write, code=3)
    run(*as_of, "case", "assert", case, "data.personal", "yes", code=2)
    run(*as_of, "case", "correct", case, "data.personal", "no", *write, code=2)
    _, err = run(*as_of, "case", "correct", case, "data.personal", "no", "--reason", "x", "--entry", "0", *write, code=3)
    has(err, "entry 0 is not what counts now")
    _, err = run(*as_of, "case", "assert", case, "data.personal", "no", "--idem", "count-2", *write, code=3)
    has(err, "the key `count-2` stands for entry")
    _, err = run(*as_of, "case", "import", case, samples + "/payroll.json", *write, code=3)
    has(err, "the file is not of INC-2026-0007")
    run("case", "init", case, "--id", "X", *write, code=1)
    run("case", "init", folder + "/x.case", "--id", "../X", *write, code=3)
    expect("half a record", not os.path.exists(folder + "/x.case"))
    run("case", "open", folder + "/none.case", code=1)
    run("case", "verify", samples + "/simple.json", code=1)
    os.chmod(case + ".key", 0o644)
    _, err = run(*as_of, "case", "assert", case, "data.personal", "no", *write, code=1)
    has(err, "can be read by others")
    os.chmod(case + ".key", 0o600)
    run("case", "init", folder + "/other.case", "--id", "INC-2026-0007", *write)
    _, err = run(*as_of, "case", "assert", case, "data.personal", "no", "--key", folder + "/other.case.key", *write, code=3)
    has(err, "this is not the key that signs this record")
    has(run("case", "verify", folder + "/other.case", "--held-key", key, code=1)[0], "another key than the one that was given")
    has(run("case", "verify", folder + "/other.case", "--held-checkpoint", folder + "/kept.note", code=1)[0], "DOES NOT HOLD")
    expect("something was recorded", audit(case, folder) == size)


def damage(folder, case):
    """A record with one byte of content changed is refused where it is read and named where it is verified."""
    copy = folder + "/damaged.case"
    shutil.copy(case, copy)
    with open(copy, "rb") as file:
        data = file.read()
    at = data.index(b"Two print runs")
    with open(copy, "wb") as file:
        file.write(data[:at] + b"Ten" + data[at + 3:])
    has(run("case", "verify", copy, code=1)[0], "the content of `statement` is not what was recorded")
    _, err = run(*as_of, "check", copy, code=1)
    has(err, "is not what was recorded")


def profile(folder):
    """The group profile and the contracts are recorded with the account: what lies on the disk later is not asked."""
    case, apart = folder + "/p.case", folder + "/apart"
    os.mkdir(apart)
    for name in ("payroll.json", "group.json", "contracts.csv"):
        shutil.copy(f"{samples}/{name}", f"{apart}/{name}")
    run("case", "init", case, "--id", "INC-2026-0042", "--actor", "soc")
    run(*as_of, "case", "import", case, apart + "/payroll.json", "--actor", "soc", "--idem", "first")
    entries = [json.loads(line) for line in run("--format", "json", "case", "log", case)[0].splitlines()]
    expect("profile and contracts", [entry["kind"] for entry in entries[-2:]] == ["group", "contracts"])
    has(run(*as_of, "case", "import", case, apart + "/payroll.json", "--actor", "soc", "--idem", "first")[0], "nothing new: ")
    duties = lambda *options: json.loads(run(*as_of, *options, "--format", "json", "check", case)[0])["duties"]
    whole = json.loads(run(*as_of, "--format", "json", "check", samples + "/payroll.json")[0])["duties"]
    expect("duties with the recorded profile", duties() == whole and len(whole) > 100)
    shutil.rmtree(apart)
    expect("the profile on the disk is asked", duties() == whole)
    # Another contract table is a later entry; before it the account reads as before.
    last = len(entries) - 1
    shutil.copy(samples + "/payroll.json", folder + "/payroll.json")
    shutil.copy(samples + "/group.json", folder + "/group.json")
    with open(samples + "/contracts.csv", encoding="utf-8") as file:
        rows = file.read().splitlines()
    with open(folder + "/contracts.csv", "w", encoding="utf-8") as file:
        file.write("\n".join(rows[:1] + [row for row in rows[1:] if not row.startswith("cyber-cover")]) + "\n")
    _, err = run(*as_of, "case", "import", case, folder + "/payroll.json", "--actor", "soc", code=3)
    has(err, "cyber-cover")
    with open(folder + "/contracts.csv", "w", encoding="utf-8") as file:
        file.write("\n".join(rows).replace(",12.3,", ",12.4,") + "\n")
    has(run(*as_of, "case", "import", case, folder + "/payroll.json", "--actor", "soc")[0], f"recorded as entry {last + 1}\n")
    expect("at an entry", duties("--at-entry", str(last)) == whole)
    # Before the first profile was recorded the earliest one tells who the group is.
    known = ["--known-at", "2026-11-21T00:00Z"]
    run(*as_of, *known, "check", case)
    _, err = run(*as_of, "--at-entry", "4000", "check", case, code=1)
    has(err, f"has no entry 4000; its last is {last + 1}")
    _, err = run(*as_of, "--at-entry", "1", "check", samples + "/simple.json", code=1)
    has(err, "is no case file")
    # One entry after the other: what was recorded later does not count.
    expect("entry 0 alone", run("--at-entry", "0", "case", "show", case)[0].count("people.affected") == 0)
    has(run(*as_of, "--at-entry", str(last), "explain", case, "eu.dora.19-4-a@bank-de")[0], "eu.dora")
    has(run(*as_of, "--at-entry", str(last), "packet", case, "eu.dora.19-4-a@bank-de", "--out", folder + "/packets")[0], "eu.dora.19-4-a")
    run(*as_of, "--at-entry", str(last), "evidence", case, "--out", folder + "/e.xlsx")


def no_secret(folder, case):
    """The private key is in its file and nowhere else."""
    with open(case + ".key", encoding="ascii") as file:
        secret = file.read().splitlines()[1]
    seed = base64.b64decode(secret)[-32:]
    with open(case, "rb") as file:
        expect("the key is in the record", seed not in file.read())
    for command in (["case", "status", case], ["case", "log", case], ["case", "verify", case], ["case", "show", case]):
        out, err = run(*command)
        expect(f"the key is in {command}", secret not in out + err and seed.hex() not in out + err)


def killed(folder, case, rounds):
    """Killed at any moment and tried again under the same key: recorded exactly once, nothing lost."""
    size, acknowledged = audit(case, folder), 0
    for i in range(rounds):
        command = [program, *as_of, "case", "assert", case, "data.recipient", chance.choice(["known_other", "unknown"]), "--actor", "soc", "--idem", f"kill-{i}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
            time.sleep(chance.uniform(0.02, 0.25))
            child.send_signal(signal.SIGKILL)
            acknowledged += b"recorded" in child.stdout.read()
        run(*command[1:])
        has(run(*command[1:])[0], "was recorded before")
    log = [json.loads(line) for line in run("--format", "json", "case", "log", case)[0].splitlines()]
    expect("once each", [entry["idem"] for entry in log[size:] if entry["kind"] != "clock"] == [f"kill-{i}" for i in range(rounds)])
    run("case", "verify", case)
    audit(case, folder)
    return acknowledged


def sealed(folder):
    """With --sealed nothing of the content is in any file but the key's; without the key the record verifies and says nothing."""
    case, keys = folder + "/sealed.case", folder + "/content-keys"
    os.mkdir(keys)
    os.environ["DUENOTICE_CONTENT_KEYS"] = keys
    out, _ = run("case", "init", case, "--id", "INC-2026-0007", "--actor", "soc", "--title", "Marker of the title", "--sealed")
    has(out, "content sealed by ")
    run("case", "import", case, samples + "/simple.json", "--actor", "soc")
    (name,) = os.listdir(keys)
    expect("the mode of the key", os.stat(keys + "/" + name).st_mode & 0o777 == 0o600)
    for path in (case, case + "-wal"):
        if os.path.exists(path):
            with open(path, "rb") as file:
                expect("content in " + path, not re.search(rb"Marker of the title|learned_at|entity\\.name", file.read()))
    plain, sealed_answer = run("check", samples + "/simple.json", *as_of, "--format", "json")[0], run("check", case, *as_of, "--format", "json")[0]
    expect("as many duties", len(json.loads(plain)["duties"]) == len(json.loads(sealed_answer)["duties"]) > 10)
    has(run("case", "verify", case)[0], "holds: every entry, its content")
    run("case", "bundle", case, "--actor", "soc", "--recipient", "auditor", "--out", folder + "/sealed-bundle")
    has(run("case", "backup", case, "--out", folder + "/sealed-backup.case")[0], "backup of INC-2026-0007")
    os.rename(keys + "/" + name, folder + "/key-away")
    has(run("case", "verify", case)[0], "holds as far as can be seen")
    has(run("case", "backup", case, "--out", folder + "/sealed-again.case")[0], "the key is in no copy of the record")
    for command in (["check", case], ["case", "status", case], ["case", "show", case], ["case", "log", case], ["evidence", case, "--out", folder + "/none.xlsx"]):
        has(run(*command, code=1)[1], "its content is sealed, and its key is not at ")
    _, err = run("case", "assert", case, "data.personal", "yes", "--actor", "soc", code=1)
    has(err, "its content is sealed")
    with open(keys + "/" + name, "w", encoding="ascii") as file:
        file.write("something else\n")
    has(run("check", case, code=1)[1], "is not the key to the content of")
    os.replace(folder + "/key-away", keys + "/" + name)
    run("check", folder + "/sealed-backup.case", *as_of, code=0)
    del os.environ["DUENOTICE_CONTENT_KEYS"]


with tempfile.TemporaryDirectory() as work:
    record, held = story(work)
    refusals(work, record, held)
    damage(work, record)
    profile(work)
    sealed(work)
    no_secret(work, record)
    answered = killed(work, record, 12)
    print(f"the record holds by the program and by hashlib and openssl; 12 kills, {answered} after the answer")

#!/usr/bin/env python3
"""Redaction, bundles, time stamps, witness, backup and register by the commands, and the bundle judged by the program and by
the public scripts alike. The stamping authority is one of openssl, made for the test.
bundle_test.py PROGRAM ROOT   (Python 3, openssl)"""
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

from both_verifiers import judged
from bundle_forge import Forged
from bundle_sums import sum_anew

program, root_folder = sys.argv[1], sys.argv[2]
samples = root_folder + "/tests/cases/samples"
as_of = ["--as-of", "2026-11-23T09:00+01:00"]
nightly = bool(os.environ.get("DUENOTICE_NIGHTLY"))
chance = random.Random(11)


def run(*arguments, code=0):
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode != code:
        sys.exit(f"bundle_test: {' '.join(arguments)}: exit {result.returncode}, not {code}\n{result.stdout}{result.stderr}")
    return result.stdout, result.stderr


def expect(what, truth):
    if not truth:
        sys.exit(f"bundle_test: {what}")


def has(text, part):
    expect(f"`{part}` is not in:\n{text}", part in text)


def shell(command, folder):
    result = subprocess.run(["bash", "-ec", command], cwd=folder, capture_output=True, text=True, check=False)
    expect(f"{command}\n{result.stdout}{result.stderr}", result.returncode == 0)
    return result.stdout


def verdicts(bundle, *outside):
    """Of both verifiers; they must agree."""
    return judged(program, root_folder, bundle, *outside)[0]


def begin(folder):
    case = folder + "/m.case"
    key = run("case", "init", case, "--id", "INC-2026-0007", "--actor", "soc")[0].split("signed by ")[1].split(" ")[0]
    run(*as_of, "case", "import", case, samples + "/simple.json", "--actor", "soc")
    run(*as_of, "case", "assert", case, "people.total", '{"at_least":118,"at_most":118}', "--said-by", "Johanna Mustermann-Beispiel", "--actor", "soc", "--idem", "jane")
    return case, key


def entries(case):
    return [json.loads(line) for line in run("--format", "json", "case", "log", case)[0].splitlines()]


def bytes_beside(case):
    data = b""
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(case + ending):
            with open(case + ending, "rb") as file:
                data += file.read()
    return data


def redaction(case):
    """Content erased by the command is in no byte; holds, approver and exports are respected."""
    seq = next(entry["seq"] for entry in entries(case) if entry["idem"] == "jane")
    who = ["--actor", "clerk", "--ground", "GDPR 17(1)(d)"]
    run("case", "bundle", case, "--out", os.path.dirname(case) + "/given", "--actor", "clerk", "--recipient", "Firm of Counsel")
    has(run("case", "legal-hold", case, "--hold", "suit-7", "--reason", "suit", "--actor", "counsel")[0], "placed on the whole record")
    has(run("case", "redact", case, "--entry", str(seq), *who, "--approver", "dpo", code=3)[1], "the legal hold `suit-7` keeps")
    has(run("case", "legal-hold", case, "--hold", "other", "--release", "--reason", "x", "--actor", "counsel", code=3)[1], "there is no legal hold `other` in force")
    run("case", "legal-hold", case, "--hold", "suit-7", "--release", "--reason", "settled", "--actor", "counsel")
    has(run("case", "redact", case, "--entry", str(seq), *who, "--approver", "clerk", code=3)[1], "approved by another")
    has(run("case", "redact", case, "--entry", "999", *who, "--approver", "dpo", code=3)[1], "the record has no entry 999")
    expect("the name is there before", b"Mustermann" in bytes_beside(case))
    again = ["case", "redact", case, "--entry", str(seq), *who, "--approver", "dpo", "--idem", "gone"]
    out, err = run(*again)
    has(out, "`statement` of entry")
    has(err, "held by export")
    has(err, "Firm of Counsel")
    expect("the name is in the file, its log or its index", b"Mustermann" not in bytes_beside(case))
    has(run(*again)[0], "was erased before")
    has(run("case", "exports", case, "--entry", str(seq))[0], "1 export")
    has(run("case", "log", case)[0], "statement erased by entry")
    run(*as_of, "check", case)
    run("case", "verify", case)
    has(run("case", "redact", case, "--entry", str(seq), *who, "--approver", "dpo", code=3)[1], "has no content that can be erased")


def stamping_authority(folder):
    """A certificate authority and a stamping key of openssl; returns the folder and the certificate to trust."""
    with open(folder + "/tsa.cnf", "w", encoding="ascii") as file:
        file.write("[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=Test stamping\n[ts_ext]\nbasicConstraints=critical,CA:true\nextendedKeyUsage=critical,timeStamping\n"
                   "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ncerts=tsa.pem\n"
                   "default_policy=1.2.3.4.1\ndigests=sha256\nordering=no\ntsa_name=no\ness_cert_id_chain=no\n")
    shell("echo 01 > serial; openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 3650 -config tsa.cnf -extensions ts_ext", folder)
    return folder + "/tsa.pem"


def stamps(case, folder):
    authority = stamping_authority(folder)
    run("case", "timestamp", case, "--request", folder + "/head.tsq")
    shell("openssl ts -reply -queryfile head.tsq -config tsa.cnf -section t -out head.tsr", folder)
    run(*as_of, "case", "assert", case, "data.personal", "yes", "--actor", "soc")  # the record goes on meanwhile
    has(run("case", "timestamp", case, "--attach", folder + "/head.tsr", "--tsa-ca", authority, "--actor", "soc")[0], "were there by")
    with open(folder + "/head.tsr", "rb") as file:
        token = file.read()
    with open(folder + "/bad.tsr", "wb") as file:
        file.write(token[:-40] + bytes([token[-40] ^ 1]) + token[-39:])
    run("case", "timestamp", case, "--attach", folder + "/bad.tsr", "--tsa-ca", authority, "--actor", "soc", code=3)
    shell("head -c 32 /dev/urandom > other; openssl ts -query -data other -sha256 -out other.tsq; openssl ts -reply -queryfile other.tsq -config tsa.cnf -section t -out other.tsr", folder)
    has(run("case", "timestamp", case, "--attach", folder + "/other.tsr", "--actor", "soc", code=3)[1], "it stamps no head of this record")
    has(run("case", "timestamp", case, "--attach", case + ".key", "--actor", "soc", code=3)[1], "no reply of a stamping authority")
    return authority


def by_hand(bundle, key):
    """VERIFY.md's first two steps, as they stand there."""
    with open(bundle + "/VERIFY.md", encoding="utf-8") as file:
        page = file.read()
    expect("VERIFY.md is longer than a page", len(page.splitlines()) <= 60)
    shell("sha256sum -c --quiet SHA256SUMS", bundle)
    commands = [line.strip() for line in page.splitlines() if line.startswith("       ")]
    with tempfile.TemporaryDirectory() as work:
        shutil.copy(bundle + "/checkpoint.note", work)
        has(shell("\n".join(commands).replace("KEY'", key.split("+", 2)[2] + "'"), work), "Signature Verified Successfully")


def damage(bundle, folder, outside, count):
    """Bundles damaged at random, with the sums made anew half the time: both verifiers report each."""
    names = sorted(os.path.relpath(path, bundle) for path in glob.glob(bundle + "/**", recursive=True) if os.path.isfile(path))
    copy, passed = folder + "/damaged", 0
    reported = i = 0
    while reported < count:
        i += 1
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(bundle, copy)
        name = chance.choice([name for name in names if os.path.getsize(f"{copy}/{name}")])
        with open(f"{copy}/{name}", "rb") as file:
            data = file.read()
        at = chance.randrange(len(data))
        change = chance.choice(("flip", "cut", "insert", "remove", "swap"))
        changed = {"flip": data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:], "cut": data[:at], "insert": data[:at] + b"0" + data[at:],
                   "remove": None, "swap": b"".join(reversed(data.splitlines(True)))}[change]
        if changed == data:
            continue
        if changed is None:
            os.remove(f"{copy}/{name}")
        else:
            with open(f"{copy}/{name}", "wb") as file:
                file.write(changed)
        hidden = i % 2 == 0 and name not in ("SHA256SUMS", "manifest.json")
        if hidden:
            sum_anew(copy)
        # What no commitment covers can be changed by who makes new sums: the page of instructions and the account.
        if hidden and name in ("VERIFY.md", "account.json", "evidence.xlsx", "evidence.jsonl"):
            passed += 1
            continue
        expect(f"{change} of {name} at {at} (sums {'new' if hidden else 'old'}) holds", not verdicts(copy, *outside))
        reported += 1
    return reported, passed


def bundles(case, key, authority, folder):
    bundle, auditor = folder + "/bundle", folder + "/auditor"
    kept = folder + "/kept.note"
    with open(kept, "w", encoding="utf-8") as file:
        file.write(run("case", "status", case)[0].split("checkpoint\n\n")[1])
    out = run(*as_of, "case", "bundle", case, "--out", bundle, "--actor", "clerk", "--recipient", "Court", "--workbook")[0]
    has(out, "edition counsel, 0 withheld")
    expect("workbook", os.path.getsize(bundle + "/evidence.xlsx") > 5000)
    outside = ["--held-key", key, "--held-checkpoint", kept, "--tsa-ca", authority]
    has(run("verify", bundle, *outside)[0], "holds: every entry")
    expect("it holds", verdicts(bundle, *outside) and verdicts(bundle))
    by_hand(bundle, key)
    run(*as_of, "case", "bundle", case, "--out", bundle, "--actor", "clerk", "--recipient", "Court", code=1)
    seq = next(entry["seq"] for entry in entries(case) if entry["kind"] == "fact")
    run("case", "bundle", case, "--out", auditor, "--actor", "clerk", "--recipient", "Auditor", "--edition", "auditor", "--withhold", f"{seq}:statement", code=3)
    has(run("case", "bundle", case, "--out", auditor, "--actor", "clerk", "--recipient", "Auditor", "--edition", "auditor", "--withhold", f"{seq}:statement", "--ground", "third party")[0], "1 withheld")
    expect("the auditor's holds", verdicts(auditor, *outside))
    expect("half a bundle", not os.path.exists(folder + "/none"))
    # Begun anew under the same code with another key.
    other = folder + "/other.case"
    run("case", "init", other, "--id", "INC-2026-0007", "--actor", "soc")
    run("case", "bundle", other, "--out", folder + "/forged", "--actor", "clerk", "--recipient", "Court")
    expect("by itself it holds", verdicts(folder + "/forged"))
    expect("not against the key", not verdicts(folder + "/forged", "--held-key", key))
    expect("not against the head", not verdicts(folder + "/forged", "--held-checkpoint", kept))
    expect("a wrong authority", not verdicts(bundle, "--tsa-ca", other_authority(folder)))
    return bundle, outside


def other_authority(folder):
    os.makedirs(folder + "/second", exist_ok=True)
    return stamping_authority(folder + "/second")


def malformed(folder):
    """Leaves that no program writes, signed by the key of the record: both verifiers refuse each."""
    changes = [{"refs": refs} for refs in ({}, [], {"x": 1.5}, {"x": True}, {"x": None}, {"x": [1]}, {"x": {}}, {"x": 10 ** 19}, {"X": 1}, {"x": "y" * 66000})]
    changes += [{"v": True}, {"v": 2}, {"more": 1}, {"seq": True}, {"kind": "Note"}, {"actor": "a b"}, {"commits": []}, {"commits": {"x": 1}}, {"commits": {"x": "y"}}]
    changes += [{"kind": "legal-hold", "refs": refs} for refs in ({"hold": "h"}, {"hold": "h", "state": "kept"}, {"hold": "", "state": "placed"}, {"hold": 5, "state": "placed"}, {"hold": "h", "state": "placed", "entry": "0"})]
    changes += [{"refs": {"x_artefact": "nothing"}}, {"refs": {"x_artefact": 5}}]
    changes += [{"kind": "timestamp", "refs": refs} for refs in ({}, {"size": 1}, {"size": "1", "token_artefact": "a/b;sha256=" + 64 * "0"}, {"token_artefact": "a/b;sha256=" + 64 * "0"})]
    changes += [{name: f"{day}T{clock}{rest}"} for name, rest in (("rec", ".000000Z"), ("valid_from", "Z"), ("valid_to", "Z")) for day, clock in (("9999-02-29", "10:00:00"), ("9999-13-01", "10:00:00"), ("9999-11-20", "24:00:00"), ("9999-11-20", "10:00:60"))]
    for change in [{}, *changes]:
        shutil.rmtree(folder + "/malformed", ignore_errors=True)
        shutil.copytree(folder + "/forged", folder + "/malformed")
        bundle = Forged(folder + "/malformed", folder + "/other.case.key")
        bundle.leaves[bundle.add("note", "soc", {})].update(change)
        bundle.write()
        expect(f"a leaf with {str(change)[:100]}", verdicts(folder + "/malformed") == (not change))


def witnessed(case, bundle, key, folder):
    state = folder + "/witness"
    run("witness", state, bundle, code=3)
    has(run("witness", state, bundle, "--held-key", key)[0], "first head")
    has(run("witness", state, case)[0], "goes on from the head that was kept")
    with open(state, encoding="utf-8") as file:
        before = file.read()
    has(run("witness", state, bundle, code=1)[0], "the record was cut back")
    run("witness", state, folder + "/other.case", code=1)
    with open(state, encoding="utf-8") as file:
        expect("the state stays", file.read() == before)


def copies(case, key, folder):
    backup, back = folder + "/b.case", folder + "/back.case"
    has(run("case", "backup", case, "--out", backup)[0], "backup of INC-2026-0007")
    run("case", "backup", case, "--out", backup, code=1)
    expect("mode", os.stat(backup).st_mode & 0o777 == 0o600)
    has(run("case", "fsck", backup)[0], "sound")
    status = run("case", "status", case)[0].split("checkpoint\n\n")[1]
    with open(folder + "/newest.note", "w", encoding="utf-8") as file:
        file.write(status)
    has(run("case", "restore", backup, back, "--held-key", key, "--held-checkpoint", folder + "/newest.note")[0], "restored record of")
    expect("the same head", run("case", "status", back)[0].split("checkpoint\n\n")[1] == status)
    run(*as_of, "case", "assert", back, "data.personal", "yes", "--actor", "soc", "--key", case + ".key")
    # An old copy is one that was rolled back.
    has(run("case", "restore", folder + "/old.case", folder + "/x.case", "--held-checkpoint", folder + "/newest.note", code=1)[1], "the record was cut back")
    with open(backup, "rb") as file:
        data = file.read()
    at = data.index(b"Two print runs")
    with open(backup, "wb") as file:
        file.write(data[:at] + b"Ten" + data[at + 3:])
    out = run("case", "fsck", backup, code=1)[0]
    has(out, "DAMAGED; the first bad entry is")
    has(out, "case restore BACKUP")
    run("case", "restore", backup, folder + "/x.case", code=1)
    with open(folder + "/torn.case", "wb") as file:
        file.write(data[:5000])
    has(run("case", "fsck", folder + "/torn.case", code=1)[0], "What helps")
    expect("left over", not [name for name in os.listdir(folder) if ".part" in name or name.startswith("x.case")])


def registered(case, folder):
    records = folder + "/records"
    os.makedirs(records)
    shutil.copy(case, records)
    run("case", "init", records + "/n.case", "--id", "INC-2026-0008", "--actor", "soc")
    out = run(*as_of, "register", records, "--out", folder + "/register.xlsx")[0]
    has(out, "2 records found = 2 in the register + 0 of other years + 0 exercises + 0 refused")
    lines = [json.loads(line) for line in run(*as_of, "--format", "json", "register", records)[0].splitlines()]
    expect("rows", {line["incident"] for line in lines if line["sheet"] == "Breach register"} == {"INC-2026-0007", "INC-2026-0008"})
    has(run(*as_of, "register", records, "--year", "2020")[0], "1 of other years")
    with open(records + "/bad.case", "wb") as file:
        file.write(b"no record")
    run("case", "init", records + "/w.case", "--id", "INC-2026-0009", "--actor", "admin")
    run("case", "grant", records + "/w.case", "admin", "--role", "administrator", "--actor", "admin")
    with open(case, "rb") as file:
        data = bytearray(file.read())
    data[4096:] = bytes(len(data) - 4096)
    with open(records + "/z.case", "wb") as file:
        file.write(data)
    out, err = run(*as_of, "--format", "json", "register", records, "--out", folder + "/register.xlsx", code=3)
    has(err, "5 records found = 2 in the register + 0 of other years + 0 exercises + 3 refused")
    reasons = {os.path.basename(line["record"]): line["why it is not in the register"] for line in map(json.loads, out.splitlines()) if line["sheet"] == "Refused"}
    expect(f"each refused record with its reason: {reasons}", reasons.keys() == {"bad.case", "w.case", "z.case"} and reasons["bad.case"] == "is no case file" and "not allowed" in reasons["w.case"] and reasons["z.case"])
    for name, why in reasons.items():
        has(err, f"refused: {records}/{name}: {why}")
    has(run(*as_of, "register", records, code=3)[0], "Refused: 3 rows")


with tempfile.TemporaryDirectory() as work:
    record, held = begin(work)
    redaction(record)
    run("case", "backup", record, "--out", work + "/old.case")
    trusted = stamps(record, work)
    made, outside_held = bundles(record, held, trusted, work)
    malformed(work)
    damaged, passed_over = damage(made, work, outside_held, 1010 if nightly else 60)
    witnessed(record, made, held, work)
    copies(record, held, work)
    registered(record, work)
    print(f"A13 runs: {damaged} damaged bundles reported by both verifiers alike; {passed_over} more had new sums over a file that nothing signs")

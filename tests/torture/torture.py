#!/usr/bin/env python3
"""Records, bundles and their commands under faults, kills, damage and hostile input (tests/torture/README.md names each id).
torture.py PROGRAM ROOT FAULT_LIBRARY [--nightly] [--only ID,ID] [--record-tests PROGRAM] [--report FILE] [--corpora FOLDER]     (Python 3, Linux)"""
import glob
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import beside
import hostile_input
from world import EINTR, EIO, ENOSPC, Failed, Record, asked, chance, done, expect, fresh, head, idems, left_over, nightly, program, run, some

# ---- A: durability and integrity

def a1(work):
    """kill -9 while one writer appends; tried again under the same key."""
    record, rounds = Record(work), some(40, 1000)
    for i in range(rounds):
        command = [program, "case", "legal-hold", record.case, "--hold", f"k{i}", "--reason", "x", "--actor", "soc", "--idem", f"kill-{i}"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            time.sleep(chance.uniform(0.003, 0.05))
            child.send_signal(signal.SIGKILL)
        expect(run(*command[1:]).returncode == 0, f"round {i}: the second try fails")
        expect(b"was recorded before" in run(*command[1:]).stdout, f"round {i}: the third try records again")
    kills = [idem for idem in idems(record.case) if idem.startswith("kill-")]
    expect(kills == [f"kill-{i}" for i in range(rounds)], "an entry is lost, doubled or out of order")
    expect(record.holds(record.case), "it does not verify")
    return rounds


def commands(record, folder, bundle):
    """What a fault is tried on: arguments, and what must be there after success."""
    case, out = folder + "/m.case", folder + "/out"
    written = lambda idem: lambda: idem in idems(case)
    verified = lambda: run("verify", out).returncode == 0
    sound = lambda path: lambda: record.holds(path)
    return [(["case", "legal-hold", case, "--hold", "new", "--reason", "x", "--actor", "soc", "--idem", "new-in"], written("new-in"), None),
            (["case", "redact", case, "--entry", "3", "--ground", "x", "--approver", "dpo", "--actor", "clerk", "--idem", "r1"], written("r1"), None),
            (["case", "bundle", case, "--out", out, "--actor", "soc", "--recipient", "x", "--idem", "b1"], lambda: "b1" in idems(case) and verified(), lambda: not os.path.exists(out) or verified()),
            (["case", "backup", case, "--out", out], sound(out), lambda: not os.path.exists(out) or record.holds(out)),
            (["case", "restore", case, out, "--held-checkpoint", record.note], sound(out), lambda: not os.path.exists(out) or record.holds(out)),
            (["case", "init", out, "--id", "INC-2", "--actor", "soc"], lambda: run("case", "verify", out).returncode == 0, lambda: not os.path.exists(out) or run("case", "verify", out).returncode == 0),
            (["case", "timestamp", case, "--request", out], lambda: os.path.getsize(out) > 40, lambda: not os.path.exists(out) or os.path.getsize(out) > 40),
            (["witness", out, case, "--held-key", record.key], lambda: os.path.getsize(out) > 100, lambda: not os.path.exists(out) or os.path.getsize(out) > 100),
            (["verify", bundle], lambda: True, None),
            (["case", "verify", case], lambda: True, None),
            (["case", "log", case], lambda: True, None),
            (["case", "show", case], lambda: True, None)]


def faulted(record, work, folder, arguments, success, whole, env, acknowledged):
    """One run with a fault in it; whatever happened, nothing is lost and nothing is half there."""
    result = run(*arguments, env={"LD_PRELOAD": os.path.abspath(asked.faults), **env})
    what = f"{' '.join(arguments)} {env}: exit {result.returncode} {result.text[-300:]}"
    expect(result.returncode in (0, 1, 2, 3), what)
    expect(result.returncode == 0 or result.text.strip(), "no word on " + what)
    case = folder + "/m.case"
    expect(acknowledged(case), "lost or broken after " + what)
    if result.returncode == 0:
        expect(success(), "no effect of " + what)
    elif whole is not None:
        expect(whole(), "half of it after " + what)
    # Without any memory a hidden draft cannot be taken away.
    if not (env["FAULT_CALLS"] == "malloc" and "FAULT_FOREVER" in env):
        expect(not left_over(folder), f"left over {left_over(folder)} after {what}")


def points(record, work, folder, arguments, mode, most):
    """How many such calls the command makes, and at which of them it fails."""
    count = work + "/count"
    record.copy(fresh(work, "x"))
    run(*arguments, env={"LD_PRELOAD": os.path.abspath(asked.faults), **mode, "FAULT_AT": "0", "FAULT_COUNT": count})
    with open(count, encoding="ascii") as file:
        total = int(file.read())
    every = list(range(1, total + 1))
    return every if len(every) <= most else sorted(chance.sample(every, most))


def fault_loop(work, make, per_command, modes):
    record = Record(fresh(work, "base"))
    bundle = work + "/bundle"
    done("case", "bundle", record.case, "--out", bundle, "--actor", "soc", "--recipient", "x")
    record.keep()
    runs, folder = 0, work + "/x"
    for arguments, success, whole in commands(record, folder, bundle):
        for env in modes:
            for at in points(record, work, folder, arguments, env, per_command):
                record.copy(fresh(work, "x"))
                make(folder + "/m.case")
                faulted(record, work, folder, arguments, success, whole, {**env, "FAULT_AT": str(at)}, record.holds)
                runs += 1
    return runs


def disk_modes():
    modes = [{"FAULT_CALLS": "any", "FAULT_ERRNO": str(ENOSPC)}, {"FAULT_CALLS": "any", "FAULT_ERRNO": str(EIO), "FAULT_FOREVER": "1"}]
    if nightly:
        modes += [{"FAULT_CALLS": "write", "FAULT_ERRNO": str(EINTR)}, {"FAULT_CALLS": "write", "FAULT_SHORT": "1"}, {"FAULT_CALLS": "fsync", "FAULT_ERRNO": str(EIO)}]
    return modes


def a4(work):
    """Every write, sync, open, rename, truncation, read fails once, then for ever; 12 commands."""
    return fault_loop(work, lambda case: None, some(5, 10_000), disk_modes())


def a5(work):
    """Memory runs out at the N-th request after the record was opened; 12 commands."""
    return fault_loop(work, lambda case: None, some(5, 60), [{"FAULT_CALLS": "malloc", "FAULT_AFTER": work}, {"FAULT_CALLS": "malloc", "FAULT_AFTER": work, "FAULT_FOREVER": "1"}])


def a6(work):
    """As A4, on a record whose writer was killed: the log has to be recovered first."""
    def killed(case):
        command = [program, "case", "legal-hold", case, "--hold", "k", "--reason", "x", "--actor", "soc", "--idem", "kill-in"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            time.sleep(chance.uniform(0.003, 0.03))
            child.send_signal(signal.SIGKILL)
    return fault_loop(work, killed, some(2, 20), disk_modes()[:1])


def a7(work):
    """A disk that is really full."""
    record = Record(work)
    disk, runs = fresh(work, "disk"), 0
    for size in [64 << i for i in range(some(5, 8))] if not nightly else range(64, 4096, 100):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], capture_output=True, check=False).returncode != 0:
            return "not run: mounting is not allowed here"
        try:
            for arguments, check in ((["case", "bundle", record.case, "--out", disk + "/b", "--actor", "soc", "--recipient", "x"], lambda: run("verify", disk + "/b").returncode == 0),
                                     (["case", "backup", record.case, "--out", disk + "/c"], lambda: record.holds(disk + "/c"))):
                run(*arguments)
                expect(not os.path.exists(arguments[4]) or check(), f"{size} KiB: {arguments[1]} left something that does not verify")
                expect(not left_over(disk), f"{size} KiB: {left_over(disk)}")
                runs += 1
        finally:
            subprocess.run(["umount", disk], check=False)
    expect(record.holds(record.case), "the record")
    return runs


def a8(work):
    """Processes that write and processes that read."""
    record, writers, each = Record(work), some(4, 8), some(10, 500)
    script = f'for i in $(seq {each}); do "$0" case legal-hold "$1" --hold "$2-$i" --reason x --actor soc --idem "$2-$i" >/dev/null || exit 1; done'
    children = [subprocess.Popen(["bash", "-c", script, program, record.case, f"w{w}"]) for w in range(writers)]
    reads = 0
    while any(child.poll() is None for child in children):
        expect(record.holds(record.case), "a reader sees a record that does not hold")
        reads += 1
    expect(all(child.returncode == 0 for child in children), "a writer failed")
    stored = [idem for idem in idems(record.case) if re.fullmatch(r"w\d+-\d+", idem)]
    expect(len(stored) == writers * each == len(set(stored)), f"{len(stored)} of {writers * each} stored")
    return f"{writers * each} writes, {reads} reads"


def tamper(path, sql, values=()):
    """SQL past the triggers, which stand there again afterwards."""
    database = sqlite3.connect(path, isolation_level=None)
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    database.execute("BEGIN")
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in sql.split(";"):
        database.execute(statement, values if "?" in statement else ())
    for _, text in triggers:
        database.execute(text)
    database.execute("COMMIT")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def a10(work):
    """Rows changed by hand: each kind found; what was cut back or rolled back only against a head that was kept."""
    record, runs = Record(work), 0
    other = Record(fresh(work, "other"))
    old = fresh(work, "old")
    record.copy(old)
    record.hold("newest")
    record.keep()
    size = len(idems(record.case))
    kinds = ["UPDATE leaf SET bytes = CAST(replace(bytes, 'soc', 'sOc') AS BLOB) WHERE seq = {n} AND instr(bytes, 'soc') > 0", "UPDATE leaf SET hash = randomblob(32) WHERE seq = {n}", "DELETE FROM leaf WHERE seq = {n}",
             "UPDATE leaf SET seq = 999 WHERE seq = {n}; UPDATE leaf SET seq = {n} WHERE seq = {m}; UPDATE leaf SET seq = {m} WHERE seq = 999", "INSERT INTO leaf SELECT {size}, bytes, hash, nodes FROM leaf WHERE seq = {n}",
             "UPDATE opening SET content = content || '9' WHERE seq = {o}", "UPDATE opening SET content = substr(content, 1, instr(content, ' ')) || 'AAAAAAAAAAAAAAAAAAAAAA' || substr(content, instr(content, ' ') + 23) WHERE seq = {o}", "DELETE FROM opening WHERE seq = {o}", "UPDATE opening SET content = content || char(10) || 'extra AAAA 1' WHERE seq = {o}",
             "UPDATE opening SET seq = 999 WHERE seq = {o}; UPDATE opening SET seq = {o} WHERE seq = {p}; UPDATE opening SET seq = {p} WHERE seq = 999", "UPDATE leaf SET nodes = CAST(randomblob(32) || substr(nodes, 33) AS BLOB) WHERE seq = 2 * {h} + 1", "UPDATE leaf SET nodes = NULL WHERE seq = 2 * {h} + 1",
             "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = {n} + 1) WHERE size = {m} + 1", "UPDATE checkpoint SET note = replace(note, 'INC-1', 'INC-2') WHERE size = {n} + 1", "DELETE FROM checkpoint WHERE size = {size}",
             "DELETE FROM idempotency WHERE seq = {n}", "UPDATE idempotency SET seq = {n} WHERE seq = {m}", "INSERT INTO idempotency VALUES ('extra', {n})", "INSERT INTO redaction VALUES (998, {o}, 'reason'); DELETE FROM opening WHERE seq = {o}",
             "DELETE FROM redaction", "UPDATE legal_hold SET placed = 1 - placed WHERE seq = {o}", "DELETE FROM legal_hold WHERE seq = {o}", "INSERT INTO artefact (sha256, media_type, bytes) VALUES (hex(randomblob(32)), 'text/plain', x'00')"]
    for kind in kinds:
        for _ in range(some(2, 50)):
            n, m = chance.sample(range(1, 17), 2)
            o, p = chance.sample([seq for seq in range(1, 17) if seq != 2], 2)
            case = record.copy(fresh(work, "x"))
            sql = kind.format(n=n, m=m, o=o, p=p, h=chance.randrange(size // 2), size=size)
            tamper(case, sql)
            expect(not record.holds(case, outside=False), "not found: " + sql)
            runs += 1
    case = record.copy(fresh(work, "x"))
    rows = sqlite3.connect(other.case).execute("SELECT content, seq FROM opening").fetchall()
    for row in rows:
        tamper(case, "UPDATE opening SET content = ? WHERE seq = ?", row)
    expect(not record.holds(case, outside=False), "openings of another record")
    keep = size - 1
    case = record.copy(fresh(work, "x"))
    tamper(case, f"DELETE FROM leaf WHERE seq >= {keep}; DELETE FROM opening WHERE seq >= {keep}; DELETE FROM checkpoint WHERE size > {keep}; DELETE FROM idempotency WHERE seq >= {keep};"
                 f"DELETE FROM legal_hold WHERE seq >= {keep}; DELETE FROM redaction WHERE seq >= {keep}")
    expect(record.holds(case, outside=False), "a tail that was cut off is seen without a head that was kept: then say so in the README")
    expect(not record.holds(case), "a tail that was cut off is not seen against the head that was kept")
    expect(record.holds(old + "/m.case", outside=False), "a file that was rolled back is seen without a head that was kept: then say so in the README")
    expect(not record.holds(old + "/m.case"), "a file that was rolled back is not seen against the head that was kept")
    expect(other.holds(other.case) and not record.holds(other.case), "another record under the same code and another key")
    return runs + 4


def a11(work):
    """Files that are no record, or a damaged one: refused, quickly, and left as they are."""
    record, runs = Record(work), some(60, 600)
    with open(record.case, "rb") as file:
        good = file.read()
    path = work + "/bad.case"
    for i in range(runs):
        data = bytearray(good)
        kind = i % 6
        if kind == 0:
            data = data[:chance.randrange(len(data))]
        elif kind == 1:  # the header
            data[chance.randrange(16, 100)] = chance.randrange(256)
        elif kind == 2:  # a page of chance
            at = chance.randrange(len(data) // 4096) * 4096
            data[at:at + 4096] = chance.randbytes(4096)
        elif kind == 3:  # a page in the place of another
            to, of = chance.sample(range(len(data) // 4096), 2)
            data[to * 4096:to * 4096 + 4096] = good[of * 4096:of * 4096 + 4096]
        elif kind == 4:
            data[0:16] = chance.randbytes(16)
        else:  # cells of a page of the schema
            for _ in range(40):
                data[chance.randrange(100, 4096)] = chance.randrange(256)
        with open(path, "wb") as file:
            file.write(data)
        began = time.monotonic()
        result = run("case", "verify", path)
        if bytes(data) != good and result.returncode == 0:
            expect(head(path) == head(record.case), f"kind {kind}: another record holds")
        expect(time.monotonic() - began < 5, f"kind {kind}: slow")
        with open(path, "rb") as file:
            expect(file.read() == bytes(data), f"kind {kind}: the file was changed")
        for ending in ("-wal", "-shm"):
            if os.path.exists(path + ending):
                os.remove(path + ending)
    os.mkfifo(work + "/fifo")
    os.symlink(record.case, work + "/link")
    for bad in ("/fifo", "/link", "/none", "", "/zero"):
        if bad == "/zero":
            open(work + bad, "wb").close()
        expect(run("case", "verify", work + bad).returncode == 1, f"`{bad}` is opened")
    return runs + 5


def folder_bytes(folder):
    found = {}
    for path in sorted(glob.glob(folder + "/**", recursive=True)):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def a12(work):
    """A bundle made twice, in two zones and locales, has the same bytes."""
    record = Record(work)
    made = []
    for zone, name in (("UTC", "a"), ("Asia/Kathmandu", "b")):
        case = record.copy(fresh(work, name))
        done("case", "bundle", case, "--out", f"{work}/{name}/out", "--actor", "soc", "--recipient", "x", env={"TZ": zone, "LC_ALL": "C.UTF-8"})
        made.append(folder_bytes(f"{work}/{name}/out"))
    expect(made[0] == made[1], "the bundles differ")
    return 2


def a16(work):
    """Backups while somebody writes hold, and their head is one that was told."""
    record, rounds = Record(work), some(6, 50)
    heads = {head(record.case)}
    script = 'for i in $(seq 100000); do "$0" case legal-hold "$1" --hold "b-$i" --reason x --actor soc --idem "b-$i" >/dev/null || exit 1; done'
    with subprocess.Popen(["bash", "-c", script, program, record.case]) as writer:
        try:
            for i in range(rounds):
                done("case", "backup", record.case, "--out", f"{work}/b{i}.case")
                expect(record.holds(f"{work}/b{i}.case"), "a backup does not hold")
                heads.add(head(f"{work}/b{i}.case"))
        finally:
            writer.kill()
    told = {note for _, note in sqlite3.connect(record.case).execute("SELECT size, note FROM checkpoint")}
    expect(heads <= told, "a backup has a head of its own")
    return rounds


# ---- B, C: clock, hostile input

def b1(work):
    """A clock that goes back is an entry; without a reason there is none."""
    record = Record(work)
    database = sqlite3.connect(record.case)
    kinds = [json.loads(row[0])["kind"] for row in database.execute("SELECT bytes FROM leaf ORDER BY seq")]
    expect("clock" not in kinds, "a clock entry without a reason")
    return "with tests/record/case_file_test.cpp"


def c4(work):
    """Deep and large documents are refused before they are parsed."""
    deep, large = work + "/deep.json", work + "/large.json"
    with open(deep, "w", encoding="ascii") as file:
        file.write('{"a":' * 100_000 + "1" + "}" * 100_000)
    with open(large, "wb") as file:
        file.truncate((1 << 30) + 1)
    for path in (deep, large):
        began = time.monotonic()
        result = subprocess.run(["bash", "-c", 'ulimit -v 1500000; exec "$0" --law "$1" check "$2"', program, asked.root + "/jurisdictions", path], capture_output=True, check=False)
        expect(result.returncode in (1, 3), f"{path}: exit {result.returncode} {result.stderr[-200:]}")
        expect(time.monotonic() - began < 20, f"{path}: slow")
    return 2


def c7(work):
    """Texts that are SQL stay texts; the schema and other rows stay."""
    record = Record(work)
    with open(asked.root + "/tests/torture/data/sql.txt", encoding="utf-8") as file:
        texts = [line.rstrip("\n") for line in file if line.strip()]
    schema = sqlite3.connect(record.case).execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    for i, text in enumerate(texts):
        done("case", "legal-hold", record.case, "--hold", text, "--reason", text, "--actor", "soc", "--idem", f"sql-{i}")
        run("case", "legal-hold", record.case, "--hold", "x", "--reason", "x", "--actor", text, "--idem", text)
    log = [json.loads(line) for line in done("--format", "json", "case", "log", record.case).splitlines()]
    expect([entry["fields"]["reason"] for entry in log if entry["idem"].startswith("sql-")] == texts, "a text changed")
    expect(sqlite3.connect(record.case).execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == schema, "the schema changed")
    expect(record.holds(record.case), "it does not verify")
    return len(texts) * 2


def c11(work):
    """Codes that are paths are refused; nothing appears outside the folder."""
    with open(asked.root + "/tests/torture/data/paths.txt", encoding="utf-8") as file:
        texts = [line.rstrip("\n") for line in file if line.strip()]
    inside = fresh(work, "a/b/c")
    before = sorted(os.listdir(work))
    for text in texts:
        result = run("case", "init", inside + "/x.case", "--id", text, "--actor", "soc")
        expect(result.returncode in (2, 3), f"`{text}` is a code: exit {result.returncode}")
        expect(os.listdir(inside) in ([], ["x.case.key"]), f"`{text}` left {os.listdir(inside)}")
    expect(sorted(os.listdir(work)) == before, "something appeared outside")
    return len(texts)


def c12(work):
    """Links, pipes and devices where something is to be written or read: no byte of the victim changes."""
    record, victim = Record(work), work + "/victim"
    with open(victim, "w", encoding="ascii") as file:
        file.write("precious")
    runs = 0
    for kind in ("symlink", "hardlink", "fifo", "folder"):
        for arguments in (["case", "backup", record.case, "--out"], ["case", "init", "--id", "INC-2", "--actor", "soc"], ["case", "bundle", record.case, "--actor", "soc", "--recipient", "x", "--out"], ["case", "timestamp", record.case, "--request"], ["witness"]):
            place = fresh(work, "place") + "/out"
            {"symlink": lambda: os.symlink(victim, place), "hardlink": lambda: os.link(victim, place), "fifo": lambda: os.mkfifo(place), "folder": lambda: os.mkdir(place)}[kind]()
            run(*arguments, place, *([record.case, "--held-key", record.key] if arguments == ["witness"] else []))
            with open(victim, encoding="ascii") as file:
                expect(file.read() == "precious", f"{kind}, {arguments[:2]}: the victim was changed")
            runs += 1
    bundle = work + "/bundle"
    done("case", "bundle", record.case, "--out", bundle, "--actor", "soc", "--recipient", "x")
    os.remove(bundle + "/VERIFY.md")
    os.symlink(victim, bundle + "/VERIFY.md")
    expect(run("verify", bundle).returncode == 1, "a link in a bundle")
    return runs + 1


def c13(work):
    """Control characters of a terminal never reach it."""
    record, texts = Record(work), ["\x1b[31mred", "a\rb", "a\nb", "\u202egnp.exe", "\x9b1m", "a\x07", "\u2066x\u2069"]
    for i, text in enumerate(texts):
        done("case", "legal-hold", record.case, "--hold", f"t{i}", "--reason", text, "--actor", "soc", "--idem", f"t{i}")
    out = done("case", "log", record.case)
    for bad in ("\x1b", "\r", "\u202e", "\x9b", "\x07", "\u2066"):
        expect(bad not in out, f"{bad!r} reaches the terminal")
    log = [json.loads(line) for line in done("--format", "json", "case", "log", record.case).splitlines()]
    expect([entry["fields"]["reason"] for entry in log if entry["idem"].startswith("t")] == texts, "a text changed")
    return len(texts)


# ---- D: files, rights, secrets

def d1(work):
    """Every file 0600, every folder 0700, whatever the mask."""
    runs = 0
    for mask in (0, 0o022, 0o077):
        folder = fresh(work, f"mask{mask}")
        before = os.umask(mask)
        try:
            record = Record(folder)
            done("case", "bundle", record.case, "--out", folder + "/out", "--actor", "soc", "--recipient", "x")
            done("case", "backup", record.case, "--out", folder + "/back.case")
            done("case", "timestamp", record.case, "--request", folder + "/tsq")
            done("witness", folder + "/state", record.case, "--held-key", record.key)
        finally:
            os.umask(before)
        for path in glob.glob(folder + "/**", recursive=True):
            if os.path.basename(path) in ("", "kept.note"):
                continue
            mode = os.stat(path).st_mode & 0o777
            expect(mode == (0o700 if os.path.isdir(path) else 0o600), f"{path} has {mode:o} under {mask:o}")
            runs += 1
    return runs


def d2(work):
    """Nothing is left in, or written to, the folder for temporary files."""
    tmp = fresh(work, "tmp")
    os.chmod(tmp, 0o1777)
    record = Record(work)
    for arguments in (["case", "bundle", record.case, "--out", work + "/out", "--actor", "soc", "--recipient", "x"], ["case", "backup", record.case, "--out", work + "/back.case"],
                      ["case", "redact", record.case, "--entry", "4", "--ground", "x", "--approver", "dpo", "--actor", "clerk"]):
        done(*arguments, env={"TMPDIR": tmp})
        expect(os.listdir(tmp) == [], f"left in TMPDIR: {os.listdir(tmp)}")
    return 3


def d3(work):
    """The private key stands in its file and nowhere else."""
    import base64
    record = Record(work)
    with open(record.case + ".key", encoding="ascii") as file:
        line = file.read().splitlines()[1]
    seed = base64.b64decode(line)[-32:]
    done("case", "bundle", record.case, "--out", work + "/out", "--actor", "soc", "--recipient", "x")
    done("case", "backup", record.case, "--out", work + "/back.case")
    said = b"".join(run(*arguments).stdout + run(*arguments).stderr for arguments in (["case", "status", record.case], ["case", "log", record.case], ["case", "verify", record.case], ["case", "fsck", record.case], ["case", "exports", record.case]))
    files = folder_bytes(work)
    for name, data in [*files.items(), ("output", said)]:
        if name != "m.case.key":
            expect(seed not in data and line.encode() not in data and seed.hex().encode() not in data, f"the key is in {name}")
    return len(files)


def d4(work):
    """No socket is opened and no program is run."""
    if shutil.which("strace") is None:
        return "not run: strace is not here"
    record, runs = Record(work), 0
    bundle = work + "/out"
    for arguments in (["case", "legal-hold", record.case, "--hold", "s", "--reason", "x", "--actor", "soc"], ["case", "bundle", record.case, "--out", bundle, "--actor", "soc", "--recipient", "x"], ["verify", bundle], ["case", "backup", record.case, "--out", work + "/back.case"],
                      ["case", "timestamp", record.case, "--request", work + "/tsq"]):
        trace = work + "/trace"
        result = subprocess.run(["strace", "-f", "-e", "trace=network,execve", "-o", trace, program, *arguments], capture_output=True, check=False)
        if not os.path.exists(trace) or b"Operation not permitted" in result.stderr:
            return "not run: tracing is not allowed here"
        with open(trace, encoding="utf-8", errors="replace") as file:
            calls = [line for line in file if re.search(r"\b(socket|connect|bind|execve)\(", line)]
        expect(len(calls) == 1, f"{arguments[:2]}: {calls}")  # its own start
        runs += 1
    return runs


def d5(work):
    """What was recorded does not stand in messages of failure."""
    record, marks = Record(work), [f"marker-{i:03d}-{chance.randrange(10**9)}" for i in range(some(10, 50))]
    for i, mark in enumerate(marks):
        done("case", "legal-hold", record.case, "--hold", f"d{i}", "--reason", mark, "--actor", "soc", "--idem", f"d{i}")
    said = ""
    for arguments in (["case", "redact", record.case, "--entry", "999", "--ground", "x", "--approver", "y", "--actor", "z"], ["case", "legal-hold", record.case, "--hold", "none", "--release", "--reason", "x", "--actor", "soc"],
                      ["case", "backup", record.case, "--out", record.case], ["verify", record.case], ["case", "verify", record.case], ["case", "status", record.case], ["case", "fsck", record.case]):
        said += run(*arguments).text
    expect(not any(mark in said for mark in marks), "a text of the record is in a message")
    return len(marks)


tests = {name.upper(): function for module in (globals(), vars(hostile_input), vars(beside)) for name, function in module.items() if re.fullmatch(r"[a-e]\d+", name)}


def first_line(function):
    return (function.__doc__ or "").split("\n")[0]


def main():
    wanted = [name for name in asked.only.upper().split(",") if name] or sorted(tests, key=lambda name: (name[0], int(name[1:])))
    rows, failures = [], 0
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            try:
                runs, result = tests[name](folder), "held"
            except (Failed, subprocess.TimeoutExpired) as failed:
                runs, result, failures = "", f"FAILED: {failed}", failures + 1
            if str(runs).startswith("not run"):
                runs, result = "", runs
            rows.append((name, first_line(tests[name]), str(runs), result, f"{time.monotonic() - began:.1f}"))
            print("{0:4}  {4:>6} s  {1}  {2}  {3}".format(*rows[-1]), flush=True)
    if asked.corpora:
        with tempfile.TemporaryDirectory() as folder:
            print(f"corpora: {hostile_input.corpora(asked.corpora, folder)} files")
    if asked.report:
        with open(asked.report, "w", encoding="utf-8") as file:
            file.writelines("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ")[:300] for cell in row) + " |\n" for row in [("id", "what", "runs", "result", "seconds"), ("---",) * 5, *rows])
    return 1 if failures else 0


sys.exit(main())

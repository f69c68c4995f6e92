#!/usr/bin/env python3
"""Every role at every command on five matters: its own, one where it was granted nothing, one where its account was taken
away, a closed one, one under a legal hold. What must come of it stands in tests/tables/commands.csv (which deed a command
is) and tests/tables/roles.csv (who may do it), both written by hand. Who may not gets the same bytes whoever asks.
roles_test.py PROGRAM ROOT   (Python 3; DUENOTICE_NIGHTLY=1 for every cell, else each command by each role on one matter)"""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile

program, root = sys.argv[1], sys.argv[2]
nightly = bool(os.environ.get("DUENOTICE_NIGHTLY"))
moment = "2026-11-20T10:00+01:00"
matters = ("own", "other", "walled", "closed", "held")


def table(name):
    with open(f"{root}/tests/tables/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


may = {row["deed"]: row for row in table("roles")}
commands = table("commands")
roles = [name for name in may["verify"] if name != "deed"]


def run(*arguments, code=None):
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode < 0 or code not in (None, result.returncode):
        sys.exit(f"roles_test: {' '.join(arguments)}: exit {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def make_matters(folder):
    """One record for each kind of matter; accounts are named after their roles, `guest` has one elsewhere only."""
    law = folder + "/law"
    shutil.copytree(root + "/jurisdictions/_shared", law + "/_shared")
    for name in matters:
        os.makedirs(f"{folder}/{name}")
        case = f"{folder}/{name}/m.case"
        run("case", "init", case, "--id", "INC-1", "--actor", "administrator", code=0)
        key = run("case", "own-key", f"{folder}/{name}/own.pem", code=0).stdout.strip()
        run("--law", law, "case", "part", case, "--path", "entities", "shop", "--members", "{}", "--actor", "administrator", code=0)
        run("case", "request", case, "request", "--from", "marker-authority", "--asks", "marker-question", "--actor", "administrator", code=0)
        run("case", "grant", case, "administrator", "--role", "administrator", "--actor", "administrator", code=0)
        run("case", "grant", case, "second", "--role", "administrator", "--role", "approver", "--public-key", key, "--actor", "administrator", code=0)
        for role in roles:
            if name != "other" and role != "administrator":
                run("case", "grant", case, role, "--role", role, "--actor", "administrator", code=0)
        for role in roles if name == "walled" else ["administrator"] if name == "other" else []:
            run("case", "revoke", case, role, "--reason", "x", "--actor", "second", code=0)
        if name == "held":
            run("case", "legal-hold", case, "--hold", "suit", "--reason", "x", "--actor", "counsel", code=0)
        if name == "closed":
            close = run("--law", law, "case", "close", case, "--with-items", "--second", "second", "--reason", "x", "--actor", "approver", code=0).stdout
            run("--law", law, "case", "confirm", case, close.split("recorded as entry ")[1].split("\n")[0], "--own-key", f"{folder}/{name}/own.pem", "--actor", "second", code=0)
    return law


def words(command, folder, law, account):
    """The command line; writing commands say who by --actor, reading ones by --account."""
    case = folder + "/m.case"
    own, out = folder + "/own.pem", folder + "/out"
    more = {
        "case init": [out, "--id", "INC-9"], "case own-key": [out], "case verify": [case], "case fsck": [case], "case backup": [case, "--out", out], "case restore": [case, out], "case timestamp --request": [case, "--request", out],
        "witness": [out, case, "--held-key", run("case", "status", case).stdout.split("key        ")[1].split("\n")[0]] if command == "witness" else [], "case diff": [case, "0", "1"], "explain": [case, "x"], "packet": [case, "--out", out], "evidence": [case, "--out", out + ".xlsx"], "form": [case], "register": [folder],
        "case assert": [case, "data.personal", "yes"], "case correct": [case, "data.personal", "no", "--reason", "x"], "case import": [case, folder + "/account.json"], "case part": [case, "--path", "entities", "bank", "--members", "{}"],
        "case judge": [case, "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "x", "--reasons", "x"], "case decide notify": [case, "notify", "x"], "case decide add-duty": [case, "add-duty", "x", "--reason", "x"], "case decide accept-hold": [case, "accept-hold", "--hold", "x"], "case all-clear": [case, "--by", "x", "--at", moment, "--reason", "x"],
        "case decide drop-duty": [case, "drop-duty", "x", "--reason", "x", "--second", "second", "--look-again-on", "2027-01-01"], "case decide do-not-notify": [case, "do-not-notify", "x", "--reason", "x", "--second", "second", "--look-again-on", "2027-01-01"], "case confirm": [case, "1", "--own-key", own], "case draft": [case, folder], "case approve": [case, "1", "--own-key", own],
        "case withdraw-approval": [case, "1", "--reason", "x"], "case file": [case, "1", "--at", moment, "--channel", "mail"], "case file --break-glass": [case, "1", "--at", moment, "--channel", "mail", "--break-glass", "x"], "case plan": [case, "1", "--channel", "mail"], "case attempt": [case, "1", "--channel", "mail", "--at", moment, "--result", "sent"],
        "case mass": [case, "L-01", "--to-send", "1", "--sent", "1", "--first", moment], "case receipt": [case, "L-01", "--at", moment], "case request": [case, "request", "--from", "x", "--asks", "x"], "case answer": [case, "2", "--at", moment], "case close": [case, "--second", "second", "--reason", "x"], "case reopen": [case, "--reason", "x"],
        "case grant": [case, "fresh", "--role", "reporter"], "case revoke": [case, "second", "--reason", "x"], "case redact": [case, "--entry", "2", "--ground", "x", "--approver", "second"], "case legal-hold": [case, "--hold", "x", "--reason", "x"], "case bundle": [case, "--out", out, "--recipient", "x"], "case timestamp --attach": [case, "--attach", own],
    }.get(command, [case])
    name = [word for word in command.split(" ") if not word.startswith("--") and word not in ("notify", "add-duty", "accept-hold", "drop-duty", "do-not-notify")]
    writes = command == "case init" or command.startswith("case") and deed_of[command] not in ("anybody", "verify", "read", "replay")
    return ["--as-of", moment, "--law", law, "--account", account, *name, *more, *(["--actor", account or "nobody"] if writes else [])]


deed_of = {row["command"]: row["deed"] for row in commands}
refused = "not allowed; the attempt is recorded"


def expected(row, role, matter):
    """`denied`, `closed` (a writing command on a closed matter), `kept` (an erasure under a legal hold) or `allowed`."""
    deed = row["deed"]
    if deed == "anybody":
        return "allowed"
    if matter in ("other", "walled") or may[deed][role] == "no":
        return "denied"
    if matter == "closed" and row["closed"] == "no":
        return "closed"
    return "kept" if matter == "held" and deed == "redact" else "allowed"


def came(result):
    said = result.stdout + result.stderr
    if refused in said:
        return "denied"
    if "the matter is closed" in said:
        return "closed"
    return "kept" if "the legal hold `suit` keeps" in said else "allowed"


def cell(row, role, matter, folder, law, denials):
    place = folder + "/cell"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(f"{folder}/{matter}", place)
    result = run(*words(row["command"], place, law, role))
    got, wanted = came(result), expected(row, role, matter)
    if row["command"] == "register" and wanted == "denied":
        wanted, got = "refused", "refused" if "1 refused" in result.stdout else result.stdout
    if got != wanted:
        sys.exit(f"roles_test: {row['command']} by {role} on the {matter} matter: {got}, not {wanted}\n{result.stdout}{result.stderr}")
    if result.returncode == 2 and "no duty fits" not in result.stderr:
        sys.exit(f"roles_test: {row['command']} was not understood\n{result.stderr}")
    if wanted == "denied":
        if result.returncode != 3 or "marker" in result.stdout + result.stderr or os.path.exists(place + "/out") or os.path.exists(place + "/out.xlsx"):
            sys.exit(f"roles_test: {row['command']} by {role} on the {matter} matter tells or makes something\n{result.stdout}{result.stderr}")
        denials.setdefault(row["command"], set()).add(result.stdout + result.stderr)


shown = {line.split()[0] for line in run("case", "--help", code=0).stdout.splitlines() if re.match("  [a-z]", line)}
if shown != {row["command"].split()[1] for row in commands if row["command"].startswith("case ")}:
    sys.exit(f"roles_test: tests/tables/commands.csv has not the commands of `case`, which are {sorted(shown)}")
with tempfile.TemporaryDirectory() as work:
    book, cells, answers = make_matters(work), 0, {}
    for at, command in enumerate(commands):
        for number, who in enumerate(roles):
            for which in matters if nightly else (matters[(at + number) % len(matters)],):
                cell(command, who, which, work, book, answers)
                cells += 1
    several = {name: said for name, said in answers.items() if len(said) > 1}
    if several:
        sys.exit(f"roles_test: a refusal tells who asks, or what is there: {several}")
    print(f"E1 runs: {cells} cells: {len(roles)} roles, {len(commands)} commands, {len(matters)} matters; all as the tables say")

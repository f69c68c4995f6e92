#!/usr/bin/env python3
"""Assessments of a record made again after the law changed, after the zone data changed, and with something missing: the
same bytes, or the name of what is missing.
replay_test.py PROGRAM ROOT   (Python 3 with its sqlite3)"""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from bundle_sums import sum_anew

program, root_folder = sys.argv[1], sys.argv[2]
samples = root_folder + "/tests/cases/samples"
as_of = ["--as-of", "2026-11-20T09:00+01:00"]


def run(*arguments, code=0):
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode != code:
        sys.exit(f"replay_test: {' '.join(arguments)}: exit {result.returncode}, not {code}\n{result.stdout}{result.stderr}")
    return result.stdout, result.stderr


def expect(what, truth):
    if not truth:
        sys.exit(f"replay_test: {what}")


def has(text, part):
    expect(f"`{part}` is not in:\n{text}", part in text)


def changed_law(folder):
    """The law book with 48 instead of 72 hours for the notice to the authority."""
    law = folder + "/law"
    shutil.copytree(root_folder + "/jurisdictions", law)
    path = law + "/eu/gdpr.xml"
    with open(path, encoding="utf-8") as file:
        text = file.read()
    expect("the limit stands in the law file", "72 hours" in text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace("72 hours", "48 hours"))
    return law


def changed_zones(folder):
    """Zone data of an invented release, in which Berlin keeps the clock of Lisbon."""
    zones = folder + "/zones"
    shutil.copytree("/usr/share/zoneinfo", zones, symlinks=False)
    shutil.copyfile(zones + "/Europe/Lisbon", zones + "/Europe/Berlin.new")
    os.replace(zones + "/Europe/Berlin.new", zones + "/Europe/Berlin")
    with open(zones + "/tzdata.zi", encoding="utf-8") as file:
        lines = file.read().split("\n", 1)
    with open(zones + "/tzdata.zi", "w", encoding="utf-8") as file:
        file.write("# version 2027z\n" + lines[1])
    return zones


def assess(case, *options):
    out = run(*as_of, *options, "case", "assess", case, "--actor", "soc")[0]
    return int(re.search(r"recorded as entry (\d+)", out).group(1)), out


def limit(case, entry, folder):
    path = folder + "/again.json"
    run("case", "replay", case, "--entry", str(entry), "--out", path)
    with open(path, encoding="utf-8") as file:
        duties = json.load(file)["duties"]
    return next(duty["deadline"].get("safe_utc") for duty in duties if duty["id"].startswith("eu.gdpr.33-1@"))


def without(case, sha256):
    """A copy of the record from which one artefact was taken, past every trigger."""
    copy = case + ".less"
    shutil.copy(case, copy)
    database = sqlite3.connect(copy)
    triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    expect("one artefact goes", database.execute("DELETE FROM artefact WHERE sha256 = ?", (sha256,)).rowcount == 1)
    for _, sql in triggers:
        database.execute(sql)
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return copy


def moved(case, before, after):
    """Two releases of the zone data: a report with the limits that moved, each by the zone data alone."""
    report = json.loads(run(*as_of, "--format", "json", "case", "diff", case, str(before), str(after))[0])
    expect("the releases", report["zone_data"]["to"] == "2027z" and report["zone_data"]["from"] != "2027z")
    expect("the law stayed", report["law"]["from"] == report["law"]["to"])
    # A month from 18 November (KRITISDachG, section 18) ends with 18 December where the entity is: 24:00 is 23:00 UTC with the
    # clock of Berlin and 00:00 UTC with that of Lisbon. Limits in hours do not move.
    expect(f"the limits that moved: {report['limits_moved']}", report["limits_moved"] == ["de.kritis.detail@shop"])
    change = next(change for change in report["duties"]["changes"] if change["duty"] == "de.kritis.detail@shop")
    expect(f"where to: {change}", "safe: 2026-12-18T23:00:00Z -> 2026-12-19T00:00:00Z" in change["what"])
    expect(f"by what: {change}", change["causes"] == ["zone data 2027z"])
    has(run(*as_of, "case", "diff", case, str(before), str(after))[0], f"zone data {report['zone_data']['from']} -> 2027z; 1 limit moved")


def bundled(case, folder, reference):
    """The bundle alone is enough: no law and no zones on the disk are asked. What is left out or missing is named."""
    nothing = ["--law", folder + "/nothing", "--zoneinfo", folder + "/nothing"]
    bundle = folder + "/bundle"
    has(run("case", "bundle", case, "--out", bundle, "--actor", "soc", "--recipient", "Auditor")[0], "4 assessments: 4 the same, 0 erased, 0 not")
    out = run(*nothing, "verify", bundle)[0]
    has(out, "holds: every entry")
    has(out, "4 assessments: 4 the same, 0 erased, 0 not")
    out = run(*nothing, "verify", bundle, "--replay-sample", "2")[0]
    has(out, "2 assessments: 2 the same, 0 erased, 0 not")
    has(out, "a sample: 2 of 4 assessments")
    expect("no replay was asked for", "assessment" not in run("verify", bundle, "--no-replay")[0])
    run("verify", bundle, "--no-replay", "--replay-sample", "2", code=2)
    # A statement that is left out: what read it cannot be made again, and says by which field of which entry.
    seq = next(entry["seq"] for entry in (json.loads(line) for line in run("--format", "json", "case", "log", case)[0].splitlines()) if entry["kind"] == "judgement" or entry["fields"].get("fact") == "judged.gdpr_risk")
    left_out = folder + "/left-out"
    run("case", "bundle", case, "--out", left_out, "--actor", "soc", "--recipient", "Auditor", "--withhold", f"{seq}:statement", "--ground", "third party")
    out = run(*nothing, "verify", left_out)[0]
    has(out, f"input withheld: `statement` of entry {seq} is not in this copy")
    has(out, "4 assessments: 0 the same, 0 erased, 4 withheld, 0 not")
    # A law file taken out, with new sums: named by both verifiers before anything is made again.
    os.remove(f"{bundle}/artefacts/{reference.split('sha256=')[1]}")
    sum_anew(bundle)
    out = run("verify", bundle, code=1)[0]
    has(out, f"an artefact that it names is not there: eu/gdpr.xml {reference.split('sha256=')[1]}")
    has(out, "DOES NOT HOLD")
    expect("nothing is made again of what does not hold", "assessments:" not in out)
    script = subprocess.run([sys.executable, root_folder + "/tools/verify_bundle.py", bundle], capture_output=True, text=True, check=False)
    expect("the script says so too", script.returncode == 1 and reference.split("sha256=")[1] in script.stdout)


with tempfile.TemporaryDirectory() as work:
    record = work + "/m.case"
    run("case", "init", record, "--id", "INC-2026-0007", "--actor", "soc")
    run(*as_of, "case", "import", record, samples + "/simple.json", "--actor", "soc")
    run(*as_of, "case", "judge", record, "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "counsel", "--decided-at", "2026-11-19T10:00+01:00", "--reasons", "strangers have them", "--actor", "soc")
    first, words = assess(record)
    run(*as_of, "case", "assess", record, "--actor", "soc", "--idem", "twice")
    has(run(*as_of, "case", "assess", record, "--actor", "soc", "--idem", "twice")[0], "was recorded before as entry")
    law_folder, zone_folder = changed_law(work), changed_zones(work)
    second, other_law = assess(record, "--law", law_folder)
    third, other_zones = assess(record, "--zoneinfo", zone_folder)
    expect("another law book has another name", re.search(r"law (\w+)", words).group(1) != re.search(r"law (\w+)", other_law).group(1))
    has(other_zones, "zones 2027z")
    # From 10:30 to 12:00 on 18 November: 72 hours end on Saturday 21 November, 48 on Friday the 20th.
    expect("the law moved the limit", limit(record, first, work) > limit(record, second, work))
    # The counting of Regulation 1182/71 begins with the next full hour; an offset of whole hours moves no instant, the
    # answer still says the local clock, so the bytes differ.
    outputs = [json.loads(line)["fields"]["output_artefact"] for line in run("--format", "json", "case", "log", record)[0].splitlines() if json.loads(line)["kind"] == "assessment"]
    expect("three different answers", len(outputs) == 4 and len(set(outputs)) == 3)
    # Made again from the record alone: law and zones on the disk are not asked.
    has(run("--law", work + "/nothing", "--zoneinfo", work + "/nothing", "case", "replay", record)[0], "4 assessments: 4 the same, 0 erased, 0 not")
    # Another build of the program says so; it gives the same bytes or is named as what is missing.
    build = work + "/duenotice"
    shutil.copy(program, build)
    with open(build, "ab") as file:
        file.write(b"\0")
    out = subprocess.run([build, "case", "replay", record], capture_output=True, text=True, check=False).stdout
    expect(f"another build is said:\n{out}", out.count("same bytes, by another program: it was made by duenotice ") == 4)
    expect("the same build is not", "another program" not in run("case", "replay", record)[0])
    # What came of the law shows between the two, each with its own law.
    changes = json.loads(run(*as_of, "--format", "json", "case", "diff", record, str(first), str(second))[0])
    expect("the change is seen", any(change["duty"].startswith("eu.gdpr.33-1@") for change in changes["duties"]["changes"]))
    expect("no start changed", changes["starts"] == [])
    moved(record, first, third)
    # What is missing has a name.
    entry = [json.loads(line) for line in run("--format", "json", "case", "log", record)[0].splitlines()][second]
    database = sqlite3.connect(f"file:{record}?mode=ro", uri=True)
    name = entry["refs"]["law_artefact"].split("sha256=")[1]
    row = database.execute("SELECT bytes FROM artefact WHERE sha256 = ?", (name,)).fetchone()
    reference = json.loads(row[0])["eu/gdpr.xml"]
    database.close()
    less = without(record, reference.split("sha256=")[1])
    out = run("case", "replay", less, code=1)[0]
    has(out, f"law is missing: eu/gdpr.xml {reference}")
    has(out, "4 assessments: 3 the same, 0 erased, 1 not")
    bundled(record, work, reference)
    print("assessments are made again after law and zones changed; what is missing is named")

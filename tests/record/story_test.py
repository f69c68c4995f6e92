#!/usr/bin/env python3
"""A matter from the first fact to its end, by the commands: facts that come and are put right over five days, three
assessments, a hold, judgements, two approvals, a delivery that fails, receipts, an authority's question, an amendment,
closing, an erasure, a bundle for the auditor; and what must be refused on the way.
story_test.py PROGRAM ROOT [--sealed]  (Python 3, openssl)"""
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from both_verifiers import judged
from bundle_forge import Forged, canonical, read_lines

program, root_folder, sealed = sys.argv[1], sys.argv[2], sys.argv[3:]
samples = root_folder + "/tests/cases/samples"


def run(*arguments, code=0):
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode != code:
        sys.exit(f"story_test: {' '.join(arguments)}: exit {result.returncode}, not {code}\n{result.stdout}{result.stderr}")
    return result.stdout, result.stderr


def expect(what, truth):
    if not truth:
        sys.exit(f"story_test: {what}")


def has(text, part):
    expect(f"`{part}` is not in:\n{text}", part in text)


class Matter:
    """One case file, asked at a moment of the story."""

    def __init__(self, folder):
        self.folder, self.file, self.as_of = folder, folder + "/m.case", "2026-11-18T14:00+01:00"

    def at(self, moment):
        self.as_of = moment

    def ask(self, *arguments, account="auditor", code=0, before=()):
        return run("--as-of", self.as_of, "--account", account, *before, *arguments[:1], self.file, *arguments[1:], code=code)

    def case(self, command, *arguments, account="auditor", code=0, before=()):
        out, err = run("--as-of", self.as_of, "--account", account, *before, "case", command, self.file, *arguments, code=code)
        return err if code else out

    def write(self, actor, command, *arguments, code=0):
        """What it says, and the entry that it was recorded as."""
        said = self.case(command, *arguments, "--actor", actor, account=actor, code=code)
        found = re.search(r"recorded as entry (\d+)(?: to (\d+))?", said)
        return said, int(found.group(1)) if found else None

    def entries(self):
        return [json.loads(line) for line in self.case("log", before=("--format", "json")).splitlines()]

    def path(self, name):
        return f"{self.folder}/{name}"


def account_file(folder):
    """The sample, with what decides which authority is told."""
    with open(samples + "/simple.json", encoding="utf-8") as file:
        account = json.load(file)
    account["entities"][0]["facts"].update({"entity.main_establishment": "DE", "entity.land": "DE-HE", "entity.kind": "company", "entity.sectors": {"exactly": ["other"]}, "entity.gdpr_scope_exclusion": "none"})
    account["facts"]["data.accessed"] = "yes"
    with open(folder + "/account.json", "w", encoding="utf-8") as file:
        json.dump(account, file, indent=1)


def open_matter(matter):
    """Day one: record, accounts, account, first assessment."""
    account_file(matter.folder)
    key = run("case", "init", matter.file, *sealed, "--id", "INC-2026-0007", "--actor", "admin")[0].split("signed by ")[1].split(" ")[0]
    _, err = run("case", "grant", matter.file, "head", "--role", "approver", "--actor", "admin", code=3)
    has(err, "the first account is an administrator's")
    keys = {}
    for person in ("head", "deputy"):
        keys[person] = run("case", "own-key", matter.path(person + ".pem"))[0].strip()
    grants = {"admin": ["administrator"], "soc": ["investigator"], "counsel": ["counsel"], "head": ["approver"], "deputy": ["approver"], "desk": ["filer"], "auditor": ["auditor"], "press": ["reporter"], "head-2": ["approver", "filer"]}
    persons = {"head-2": "head"}
    for account, roles in grants.items():
        more = [part for role in roles for part in ("--role", role)] + ["--person", persons.get(account, account)]
        if account in keys:
            more += ["--public-key", keys[account]]
        run("case", "grant", matter.file, account, *more, "--actor", "admin")
    has(matter.case("accounts"), "head-2  head  approver, filer")
    matter.write("soc", "import", matter.path("account.json"))
    return key, matter.write("soc", "assess")[1]


def walls(matter):
    """Nobody does what no role allows; the attempts are entries and tell nothing."""
    before = len(matter.entries())
    for account in ("admin", "nobody", ""):
        _, err = run("--as-of", matter.as_of, "--account", account, "check", matter.file, code=3)
        has(err, "not allowed; the attempt is recorded")
        expect("content in a refusal", "print runs" not in err)
    has(matter.write("press", "judge", "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "press", "--reasons", "x", code=3)[0], "not allowed")
    has(matter.write("soc", "grant", "soc", "--role", "approver", code=3)[0], "not allowed")
    # Nobody judges, files or lists accounts by another door.
    matter.write("soc", "assert", "judged.gdpr_risk", "no_risk", "--entity", "shop", code=3)
    with open(matter.path("account.json"), encoding="utf-8") as file:
        account = json.load(file)
    account["entities"][0]["facts"]["judged.gdpr_risk"] = {"outcome": "no_risk", "by": "soc", "decided_at": "2026-11-18T13:00+01:00", "reasons": "none"}
    with open(matter.path("judging.json"), "w", encoding="utf-8") as file:
        json.dump(account, file)
    has(matter.write("soc", "import", matter.path("judging.json"), code=3)[0], "not allowed")
    filing = json.dumps({"obligation": "eu.gdpr.33-1", "entity": "shop", "recipient": "de.he.hbdi", "submitted_at": "2026-11-18T13:00+01:00"})
    has(matter.write("soc", "part", "--path", "filings", "L-9", "--members", filing, code=3)[0], "not allowed")
    has(matter.case("accounts", account="nobody", code=3), "not allowed")
    has(matter.write("admin", "grant", "admin", "--role", "auditor", code=3)[0], "the last administrator's")
    denied = [entry for entry in matter.entries()[before:] if entry["kind"] == "denied"]
    expect("denied attempts", [entry["fields"]["deed"] for entry in denied] == ["read", "read", "read", "judge", "grant", "judge", "file", "verify"])


def leaks(matter):
    """Whoever may not read learns nothing: every answer is the same for a stranger and for the administrator, and holds no content."""
    for folder in ("_shared",):  # a law book without a law: nobody comes so far that it is asked
        shutil.copytree(f"{root_folder}/jurisdictions/{folder}", matter.path("quick/" + folder))
    quick = ["--as-of", matter.as_of, "--law", matter.path("quick")]
    outside = ["check", "ask", "explain", "packet", "evidence", "form"]
    inside = ["show", "log", "judgements", "approvals", "deliveries", "told", "requests", "open-items", "exports", "diff", "replay"]
    extra = {"explain": ["x"], "packet": ["--out", matter.path("no")], "evidence": ["--out", matter.path("no.xlsx")], "diff": ["0", "1"]}
    count = 0
    for command in outside + inside:
        words = [command] if command in outside else ["case", command]
        answers = {run(*quick, "--account", account, *words, matter.file, *extra.get(command, []), code=3) for account in ("admin", "nobody")}
        expect(f"{command} tells who asks: {answers}", len(answers) == 1)
        out, err = answers.pop()
        for marker in ("print runs", "people.total", "shop", "ticket-1188", "gdpr"):
            expect(f"`{marker}` in {command}:\n{out}{err}", marker not in out + err)
        count += 1
    for command in ("open", "status", "verify"):
        out, err = run("case", command, matter.file)
        expect(f"content in {command}", "print runs" not in out + err and "shop" not in out + err)
    expect("commands", count == 17 and not os.path.exists(matter.path("no")))
    print(f"E2 runs: {count} commands by 2 accounts, and 3 for anybody: the same bytes for each, no marker")


def facts_and_judgements(matter):
    """Days two and three: facts corrected, a start moved, a judgement that needs another look and is replaced."""
    matter.at("2026-11-19T12:00+01:00")
    count = matter.write("soc", "assert", "people.total", "118", "--learned-at", "2026-11-19T09:00+01:00", "--said-by", "mail room")[1]
    said, first = matter.write("counsel", "judge", "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "privacy counsel", "--decided-at", "2026-11-19T11:00+01:00", "--relies-on", "people.total", "--reasons", "addresses went to strangers", "--factor", "number of people: 118", "--advice", "M-311")
    has(said, f"people.total (entry {count})")
    has(said, "OWED  eu.gdpr.33-1@shop/people")
    second = matter.write("soc", "assess")[1]
    matter.at("2026-11-19T15:00+01:00")
    has(matter.write("soc", "correct", "people.total", "119", "--reason", "one more letter came back", "--learned-at", "2026-11-19T14:00+01:00")[0], "recorded as entry")
    moved = matter.write("soc", "correct", "entity.aware_personal_data_at", "2026-11-18T10:45+01:00", "--entity", "shop", "--reason", "the call log says when", "--learned-at", "2026-11-19T14:30+01:00")[1]
    has(matter.case("judgements"), f"{first}  needs another look  judged.gdpr_risk of entities shop risk")
    judged = ["judged.gdpr_risk", "unlikely", "--entity", "shop", "--by", "privacy counsel", "--decided-at", "2026-11-19T14:50+01:00", "--reasons", "x", "--idem", "once"]
    wrong = matter.write("counsel", "judge", *judged)[1]
    has(matter.write("counsel", "judge", *judged)[0], f"was recorded before as entry {wrong}")
    judged[1] = "risk"
    has(matter.write("counsel", "judge", *judged, code=3)[0], f"the key `once` stands for entry {wrong}, which says something else")
    again = matter.write("counsel", "judge", "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "privacy counsel", "--decided-at", "2026-11-19T14:50+01:00", "--relies-on", "people.total", "--reasons", "one letter more changes nothing")[1]
    states = matter.case("judgements")
    has(states, f"{first}  replaced")
    has(states, f"{again}  stands  judged.gdpr_risk of entities shop risk, in place of entry {wrong}")
    third = matter.write("soc", "assess")[1]
    changes = json.loads(matter.case("diff", str(second), str(third), before=("--format", "json")))
    starts = changes["starts"]
    expect(f"start changes {starts}", [(one["fact"], one["entry"]) for one in starts] == [("entity.aware_personal_data_at", moved)])
    # 72 hours from the hour after 10:30 (the safe end of the range), and from the hour after 10:45: both end on 21 Nov;
    # a period that would end on a day off runs on to the end of the next working day (Regulation 1182/71, article 3(4)).
    expect("limits", "old_limit" in starts[0] and "new_limit" in starts[0] and "eu.gdpr.33-1@shop/people" in starts[0]["duties"])
    has(matter.case("diff", str(second), str(third)), "STARTS CHANGED")


def packet(matter, name):
    """The packet to the authority of the Land, as `packet` writes it."""
    folder = matter.path(name)
    matter.ask("packet", "eu.gdpr.33-1@shop/people", "--out", folder)
    return f"{folder}/INC-2026-0007/eu.gdpr.33-1--shop_people--de.he.hbdi"


def approvals(matter):
    """Day four: drafts that may not go out, two approvals, bytes that changed, a filing."""
    matter.at("2026-11-20T10:00+01:00")
    raw = packet(matter, "raw")
    said, draft = matter.write("desk", "draft", raw)
    has(said, "gap: contact-name")
    approve = lambda who, entry, *more, code=0: matter.write(who, "approve", str(entry), "--own-key", matter.path("head.pem" if who.startswith("head") else who + ".pem"), *more, code=code)
    has(approve("head", draft, code=3)[0], "a raw gap in send/: `")
    for fact, text in (("entity.dpo_name", "Office of data protection"), ("entity.dpo_email", "privacy@example.org")):
        matter.write("soc", "assert", fact, text, "--entity", "shop")
    for fact, text in (("text.likely_consequences", "Strangers may learn who ordered what."), ("text.measures_taken", "The print runs were stopped."), ("text.measures_planned", "Each run is checked by a second person."), ("text.steps_for_people", "Send the letter back unread.")):
        matter.write("soc", "assert", fact, text)
    whole = packet(matter, "whole")
    with open(whole + "/send/form.json", encoding="utf-8") as file:
        form = json.load(file)
    gaps = [field["id"] for field in form["fields"] if "value" in field and field["value"] is None]
    not_yet = [part for gap in gaps for part in ("--not-yet-known", gap)]
    # A page that says something else than the form that statements are made of.
    edited = packet(matter, "edited")
    with open(edited + "/send/form.html", "a", encoding="utf-8") as file:
        file.write("<p>We are sorry.</p>")
    said, draft = matter.write("desk", "draft", edited)
    has(said, "form.html says something else than form.json")
    has(said, hashlib.sha256(open(edited + "/send/form.html", "rb").read()).hexdigest() + "  send/form.html")
    has(approve("head", draft, *not_yet, code=3)[0], "`form.html` says something else than form.json")
    said, remade = matter.write("desk", "draft", edited, "--page")
    expect(f"the page was made anew: {said}", "form.html says" not in said)
    expect("as the packet has it", open(edited + "/send/form.html", "rb").read() == open(whole + "/send/form.html", "rb").read())
    has(approve("head", draft, *not_yet, code=3)[0], f"a later draft takes its place (entry {remade})")
    # A field that is left open though the facts fill it.
    with open(edited + "/send/form.json", encoding="utf-8") as file:
        form = json.load(file)
    known = next(field for field in form["fields"] if field.get("value"))
    known["value"] = None
    with open(edited + "/send/form.json", "w", encoding="utf-8") as file:
        json.dump(form, file)
    draft = matter.write("desk", "draft", edited, "--page")[1]
    has(approve("head", draft, *not_yet, "--not-yet-known", known["id"], code=3)[0], f"`{known['id']}` contradicts what was told before or the facts")
    draft = matter.write("head-2", "draft", whole)[1]
    has(approve("head", draft, *not_yet, code=3)[0], "who drafted it is the same person")
    draft = matter.write("desk", "draft", whole)[1]
    # The digest of send/ is what sha256sum makes.
    names = sorted(os.listdir(whole + "/send"))
    lines = "".join(f"{hashlib.sha256(open(f'{whole}/send/{name}', 'rb').read()).hexdigest()}  {name}\n" for name in names)
    digest = hashlib.sha256(lines.encode()).hexdigest()
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-20T11:00+01:00", "--channel", "portal", code=3)[0], "nobody approved it")
    _, err = run("--as-of", matter.as_of, "case", "approve", matter.file, str(draft), "--own-key", matter.path("deputy.pem"), "--actor", "head", *not_yet, code=3)
    has(err, "this is not the key of `head`")
    said, first = approve("head", draft, *not_yet, "--packet", whole)
    has(said, digest)
    approve("deputy", draft, *not_yet)
    check_signature(matter, first, digest)
    has(matter.case("approvals"), "valid")
    with open(whole + "/send/form.html", "a", encoding="utf-8") as file:
        file.write(" ")
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-20T11:00+01:00", "--channel", "portal", "--packet", whole, code=3)[0], "is not what entry")
    # A fact that the notice says changes: both approvals are void.
    matter.write("soc", "correct", "people.total", "120", "--reason", "counted again", "--learned-at", "2026-11-20T09:30+01:00")
    states = matter.case("approvals")
    expect(f"void: {states}", states.count("void: facts or law that the notice rests on have changed since") == 2)
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-20T11:00+01:00", "--channel", "portal", code=3)[0], "its approval is void")
    whole = packet(matter, "again")
    draft = matter.write("desk", "draft", whole)[1]
    approve("head", draft, *not_yet)
    withdrawn = approve("deputy", draft, *not_yet)[1]
    matter.write("deputy", "withdraw-approval", str(withdrawn), "--reason", "wrong button")
    has(matter.case("approvals"), "void: withdrawn: wrong button")
    return draft, not_yet, approve


def check_signature(matter, entry, digest):
    """The approval by openssl alone: the statement's bytes, the approver's key, the digest in it."""
    fields = matter.entries()[entry]["fields"]
    with open(matter.path("public.der"), "wb") as file:
        file.write(bytes.fromhex("302a300506032b6570032100") + base64.b64decode(fields["public_key"]))
    for part, data in (("statement", fields["statement"].encode()), ("signature", base64.b64decode(fields["signature"]))):
        with open(matter.path(part), "wb") as file:
            file.write(data)
    check = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", matter.path("public.der"), "-rawin", "-in", matter.path("statement"), "-sigfile", matter.path("signature")], capture_output=True, check=False)
    expect(f"openssl refuses the approval: {check.stderr}", check.returncode == 0)
    expect("the digest is signed", json.loads(fields["statement"])["send_sha256"] == digest)


def delivery(matter, draft):
    """The portal fails, the mail goes, nobody answers, the receipt comes."""
    matter.at("2026-11-20T10:05+01:00")
    matter.write("desk", "plan", str(draft), "--channel", "portal", "--channel", "mail", "--channel", "phone", "--contact", "breach desk", "--silent-after", "240")
    has(matter.write("desk", "attempt", str(draft), "--channel", "portal", "--at", "2026-11-20T10:05+01:00", "--result", "failed", "--note", "time-out")[0], f"draft {draft} is not out: next mail")
    has(matter.case("deliveries"), f"draft {draft} is not out: next mail")
    matter.at("2026-11-20T12:00+01:00")
    said, entry = matter.write("desk", "file", str(draft), "--at", "2026-11-20T11:00+01:00", "--channel", "mail")
    has(said, "L-01 of eu.gdpr.33-1@shop/people to de.he.hbdi: met")
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-20T11:00+01:00", "--channel", "mail", code=3)[0], "went out as L-01")
    account = json.loads(matter.case("show"))
    expect("the filing stands in the account", account["filings"][0]["id"] == "L-01" and account["filings"][0]["submitted_at"] == "2026-11-20T11:00+01:00")
    duty = [one for one in json.loads(matter.ask("check", before=("--format", "json"))[0])["duties"] if one["id"] == "eu.gdpr.33-1@shop/people"][0]
    expect("done", duty["done"] == "submitted" or any(recipient["id"] == "de.he.hbdi" and recipient.get("done") == "submitted" for recipient in duty["recipients"]))
    has(matter.case("deliveries"), "waiting for acknowledgement")
    matter.at("2026-11-20T15:00+01:00")
    states = matter.case("deliveries")
    has(states, "L-01  silent")
    has(states, "next: phone")
    has(matter.write("desk", "attempt", str(draft), "--channel", "mail", "--at", "2026-11-20T15:00+01:00", "--result", "undelivered", "--note", "mailbox full")[0], "L-01 is undelivered: next phone")
    matter.at("2026-11-20T15:30+01:00")
    matter.write("desk", "attempt", str(draft), "--channel", "phone", "--at", "2026-11-20T15:10+01:00", "--result", "oral", "--note", "read out to the breach desk")
    with open(matter.path("receipt.eml"), "w", encoding="utf-8") as file:
        file.write("We have received your notice. Reference 2026/118.\n")
    said, _ = matter.write("desk", "receipt", "L-01", "--at", "2026-11-20T15:20+01:00", "--reference", "2026/118", "--file", matter.path("receipt.eml"))
    has(said, "receipt sha256 " + hashlib.sha256(open(matter.path("receipt.eml"), "rb").read()).hexdigest())
    has(matter.case("deliveries"), "L-01  acknowledged")
    matter.write("desk", "mass", "L-01", "--to-send", "120", "--sent", "118", "--returned", "2", "--unreachable", "2", "--first", "2026-11-20T08:00+01:00", "--last", "2026-11-20T09:00+01:00")
    ahead = "`2026-11-20T15:31+01:00` is after 2026-11-20T14:30:00Z, as of which this is recorded"
    for actor, command in (("desk", ("attempt", str(draft), "--channel", "phone", "--result", "oral", "--at")), ("desk", ("receipt", "L-01", "--at")), ("desk", ("mass", "L-01", "--to-send", "2", "--sent", "1", "--first")),
                           ("desk", ("mass", "L-01", "--to-send", "2", "--sent", "1", "--first", "2026-11-20T08:00+01:00", "--last")), ("counsel", ("request", "request", "--from", "HBDI", "--asks", "what", "--received")),
                           ("counsel", ("all-clear", "--by", "head", "--reason", "over", "--at"))):
        has(matter.write(actor, *command, "2026-11-20T15:31+01:00", code=3)[0], ahead)
    has(matter.write("desk", "mass", "L-01", "--to-send", "2", "--sent", "1", "--first", "2026-11-20T09:00+01:00", "--last", "2026-11-20T08:00+01:00", code=3)[0], "the last dispatch is before the first")
    has(matter.write("desk", "mass", "L-01", "--to-send", "10", "--sent", "11", "--first", "2026-11-20T08:00+01:00", code=3)[0], "more were sent than were to be sent")
    return entry


def aftermath(matter, not_yet, approve):
    """Day five: figures change, the authority asks, an amendment goes out, a hold comes."""
    matter.at("2026-11-21T12:00+01:00")
    has(matter.case("told"), "0 newer known, 0 contradicting")
    request = matter.write("counsel", "request", "request", "--from", "HBDI", "--asks", "how many letters were opened", "--limit", "2026-11-27T12:00+01:00", "--received", "2026-11-21T10:00+01:00")[1]
    promise = matter.write("counsel", "request", "next-update", "--from", "HBDI", "--asks", "number of letters that came back", "--limit", "2026-11-21T11:00+01:00")[1]
    has(matter.case("requests"), "no answer on record, the limit has passed")
    # An extension stands beside the law's own limit.
    has(matter.write("counsel", "request", "extension", "--from", "HBDI", "--asks", "more time", "--limit", "2026-11-30T12:00+01:00", code=3)[0], "an extension names the --duty")
    duty_of = lambda: [one for one in json.loads(matter.ask("check", before=("--format", "json"))[0])["duties"] if one["id"] == "eu.gdpr.33-1@shop/people"][0]
    limit = duty_of()["deadline"]
    granted = matter.write("counsel", "request", "extension", "--from", "HBDI", "--asks", "more time", "--limit", "2026-11-30T12:00+01:00", "--duty", "eu.gdpr.33-1@shop/people")[1]
    expect("the extension is beside the limit", duty_of()["limits_on_record"] == [{"kind": "extension", "by": "HBDI", "until_utc": "2026-11-30T11:00:00Z", "entry": granted}] and duty_of()["deadline"] == limit)
    has(" ".join(matter.ask("explain", "eu.gdpr.33-1@shop/people")[0].split()), "extension by HBDI until Mon 30 Nov 2026 12:00 Berlin on record")
    has(matter.case("requests"), "in force beside the law's own limit")
    expect("an extension waits for no answer", "more time" not in matter.case("open-items", "--list"))
    matter.write("soc", "correct", "people.total", "125", "--reason", "a third print run", "--learned-at", "2026-11-21T11:00+01:00")
    told = matter.case("told")
    has(told, "told `120`, now `125`: contradicts")
    amended = packet(matter, "amended")
    draft = matter.write("desk", "draft", amended)[1]
    has(approve("head", draft, *not_yet, code=3)[0], "contradicts what was told before or the facts, and nobody explained it")
    field = re.search(r"`([a-z-]+)` contradicts", approve("head", draft, *not_yet, code=3)[0]).group(1)
    approve("head", draft, *not_yet, "--explain", field + "=a third print run was found on 21 November")
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-21T11:30+01:00", "--channel", "portal", "--kind", "amendment", code=3)[0], "which one it --supersedes")
    said, _ = matter.write("desk", "file", str(draft), "--at", "2026-11-21T11:30+01:00", "--channel", "portal", "--kind", "amendment", "--supersedes", "L-01")
    has(said, "L-02 of eu.gdpr.33-1@shop/people")
    has(matter.case("told"), "0 newer known")
    has(matter.case("deliveries"), "L-01  superseded")
    matter.write("counsel", "answer", str(request), "--at", "2026-11-21T11:40+01:00", "--filing", "L-02")
    matter.write("counsel", "answer", str(promise), "--at", "2026-11-21T11:40+01:00", "--note", "in L-02")
    has(matter.case("requests"), "answered at 2026-11-21T11:40+01:00")
    # The police ask not to tell the people for a while: the hold is a part of the account, and people accept it.
    hold = {"kind": "police_request", "by": "a police force", "form": "written", "from": "2026-11-21T10:00+01:00", "until": "2026-12-05T10:00+01:00", "covers": {"recipients": ["individuals"]}, "effect": "suspends", "learned_at": "2026-11-21T10:00+01:00"}
    matter.write("counsel", "part", "--path", "holds", "police-1", "--members", json.dumps(hold))
    has(matter.write("counsel", "decide", "accept-hold", "--hold", "police-2", "--reason", "x", code=3)[0], "has no hold `police-2`")
    matter.write("counsel", "decide", "accept-hold", "--hold", "police-1", "--reason", "the letter is on file")
    # One person alone, in an emergency: possible, and loud.
    again = packet(matter, "emergency")
    draft = matter.write("desk", "draft", again)[1]
    has(matter.write("desk", "file", str(draft), "--at", "2026-11-21T11:45+01:00", "--channel", "phone", "--kind", "correction", "--supersedes", "L-02", "--break-glass", "nobody else can be reached")[0], "EMERGENCY: one person alone")
    has(matter.case("deliveries"), "EMERGENCY, one person alone: nobody else can be reached")
    has(matter.ask("check")[0], "EMERGENCY: one person alone sent")
    # What takes a notice back is no notice: the duty is open again.
    expect(f"before the withdrawal: {recipient_done(matter)}", recipient_done(matter) in ("submitted", "acknowledged"))
    draft = matter.write("desk", "draft", packet(matter, "withdrawn"))[1]
    approve("head", draft, *not_yet)
    matter.write("desk", "file", str(draft), "--at", "2026-11-21T11:55+01:00", "--channel", "portal", "--kind", "withdrawal", "--supersedes", "L-03")
    has(matter.case("deliveries"), "L-04  withdrawn")
    expect(f"after the withdrawal: {recipient_done(matter)}", recipient_done(matter) == "withdrawn")


def recipient_done(matter):
    """What is done towards the authority of the Land."""
    duty = [one for one in json.loads(matter.ask("check", before=("--format", "json"))[0])["duties"] if one["id"] == "eu.gdpr.33-1@shop/people"][0]
    return next(recipient["done"] for recipient in duty["recipients"] if recipient["id"] == "de.he.hbdi")


def privilege(matter):
    """What is under privilege is in the account and in nothing that goes out."""
    said = matter.write("counsel", "assert", "text.likely_consequences", "Counsel expects claims.", "--privileged")[0]
    has(said, "recorded as entry")
    _, err = matter.ask("packet", "eu.gdpr.33-1@shop/people", "--out", matter.path("privileged"), code=3)
    has(err, "never goes out")
    expect("nothing was written", not os.path.exists(matter.path("privileged")))
    has(matter.write("desk", "draft", matter.path("whole") + "/INC-2026-0007/eu.gdpr.33-1--shop_people--de.he.hbdi")[0], "privileged: ")
    # Counsel reads it; to others log and account say that something is withheld.
    has(matter.case("log", account="counsel"), "Counsel expects claims.")
    has(matter.case("show", account="counsel"), "Counsel expects claims.")
    for command in ("log", "show"):
        out, err = run("--as-of", matter.as_of, "--account", "auditor", "case", command, matter.file)
        expect(f"privileged in {command}", "Counsel expects claims." not in out + err and "withheld: " in out + err)
    matter.write("counsel", "assert", "text.likely_consequences", "Strangers may learn who ordered what.")


def decisions(matter):
    """To drop takes two persons, a reason and a day; the law's answer stays what it was."""
    has(matter.write("counsel", "decide", "drop-duty", "eu.gdpr.33-1@shop/people", "--reason", "told already", "--look-again-on", "2026-12-01", "--second", "press", code=3)[0], "may not agree to that")
    has(matter.write("counsel", "decide", "drop-duty", "eu.gdpr.33-1@shop/people", "--reason", "told already", "--second", "head", code=3)[0], "takes a day on which it is looked at again")
    has(matter.write("soc", "decide", "notify", "eu.gdpr.33-1@shop/people", code=3)[0], "not allowed")
    added = matter.write("counsel", "decide", "add-duty", "tell the carrier, which no law on file asks for", "--reason", "its contract is not on file")[1]
    has(matter.ask("check")[0], "ADDED by decision, beside the law: tell the carrier")
    has(matter.case("open-items"), "added by decision: tell the carrier")
    matter.write("desk", "answer", str(added), "--at", "2026-11-21T12:00+01:00", "--note", "told by phone")
    expect("an added duty that was done", "tell the carrier" not in matter.case("open-items") + matter.ask("check")[0])
    has(matter.write("desk", "answer", str(added), "--at", "noon", code=3)[0], "`noon` is not an instant")
    has(matter.write("desk", "answer", str(added), "--at", "2027-01-01T00:00+01:00", code=3)[0], "as of which this is recorded")
    has(matter.write("desk", "answer", str(added), "--at", "2026-11-21T12:00+01:00", "--filing", "L-77", code=3)[0], "there is no filing `L-77`")
    said, drop = matter.write("counsel", "decide", "drop-duty", "eu.gdpr.33-1@shop/people", "--reason", "the authority asked for no more", "--second", "head", "--look-again-on", "2026-12-01")
    has(said, "It has no effect until a second person signs it")
    has(matter.ask("check")[0], "NOT SET ASIDE: eu.gdpr.33-1@shop/people")
    has(matter.case("open-items", "--list"), "  eu.gdpr.33-1@shop/people  ")
    confirm = lambda who, key, entry, code=0: matter.write(who, "confirm", str(entry), "--own-key", matter.path(key + ".pem"), code=code)[0]
    has(confirm("deputy", "deputy", drop, code=3), "names `head` as the second person")
    has(confirm("head", "deputy", drop, code=3), "this is not the key of `head`")
    has(confirm("soc", "head", drop, code=3), "not allowed")
    has(confirm("head", "head", added, code=3), "takes one person")
    has(confirm("head", "head", drop), "signed by head: drop-duty eu.gdpr.33-1@shop/people")
    has(confirm("head", "head", drop, code=3), "was signed by head")
    has(matter.ask("check")[0], "SET ASIDE by decision: eu.gdpr.33-1@shop/people")
    expect("set aside", "  eu.gdpr.33-1@shop/people  " not in matter.case("open-items", "--list"))
    # The day comes on which it is looked at again.
    matter.at("2026-12-01T09:00+01:00")
    has(matter.case("open-items", "--list"), f"set aside by entry {drop}, to be looked at again on 2026-12-01")
    matter.at("2026-11-21T12:00+01:00")
    # To notify takes one person and takes it back.
    matter.write("counsel", "decide", "notify", "eu.gdpr.33-1@shop/people")
    has(confirm("head", "head", drop, code=3), "was taken back by a later one")
    has(matter.case("open-items", "--list"), "  eu.gdpr.33-1@shop/people  ")
    duties = json.loads(matter.ask("check", before=("--format", "json"))[0])["duties"]
    expect("the law's answer", any(duty["id"] == "eu.gdpr.33-1@shop/people" and duty["verdict"] == "owed" for duty in duties))


def closing(matter):
    """Refused with the list on a page, closed by two persons with a reason, closed to writers, opened again."""
    has(matter.case("all-clear", "--by", "head of the mail room", "--at", "2026-11-21T12:00+01:00", "--reason", "no run is left", "--actor", "counsel", account="counsel"), "all-clear decided by")
    out, err = run("--as-of", matter.as_of, "case", "close", matter.file, "--actor", "head", code=3)
    has(err, "it is not closed")
    has(out, "owed and not done")
    has(out, "hold alive")
    expect(f"the list fits on a page: {out}", len(out.splitlines()) < 60)
    has(matter.write("head", "close", "--with-items", "--reason", "done", "--second", "head-2", code=3)[0], "another person than the one who closes")
    said, close = matter.write("head", "close", "--with-items", "--reason", "what is open waits for nobody")
    has(said, "not closed yet")
    matter.write("soc", "part", "--path", "holds", "police-9", "--members", json.dumps({"kind": "police_request", "by": "a police force", "form": "oral", "from": "2026-11-21T10:00+01:00", "until": "2026-12-09T10:00+01:00", "covers": {"recipients": ["individuals"]}, "effect": "suspends", "learned_at": "2026-11-21T10:00+01:00"}))
    confirm = lambda who, entry, code=0: matter.write(who, "confirm", str(entry), "--own-key", matter.path(who + ".pem"), code=code)[0]
    has(confirm("deputy", close, code=3), "what is open has changed since that decision")
    close = matter.write("head", "close", "--with-items", "--reason", "what is open waits for nobody")[1]
    has(confirm("head", close, code=3), "it takes two")
    confirm("deputy", close)
    has(matter.write("soc", "assert", "people.total", "126", code=3)[0], "the matter is closed")
    has(matter.write("soc", "reopen", "--reason", "x", code=3)[0], "not allowed")
    # An auditor comes after closing, and a court's hold.
    matter.write("counsel", "bundle", "--out", matter.path("closed"), "--recipient", "Auditor")
    matter.write("counsel", "legal-hold", "--hold", "suit-1", "--reason", "a suit")
    matter.write("counsel", "legal-hold", "--hold", "suit-1", "--release", "--reason", "settled")
    matter.write("head", "reopen", "--reason", "a letter came back")
    matter.write("soc", "assert", "people.total", "126", "--learned-at", "2026-11-21T11:55+01:00")


def workbook(matter):
    """The workbook has the record's sheets, and what one person did alone stands in its summary."""
    out = matter.path("evidence.xlsx")
    matter.ask("evidence", "--out", out)
    with zipfile.ZipFile(out) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/") or name.endswith("sharedStrings.xml"))
    for name in ("Fact history", "Judgement history", "Decisions", "Assessments", "Filings", "Attempts", "Told", "Requests and holds", "Approvals", "Access", "Start changes", "Integrity"):
        expect(f"sheet {name} in {names}", name in names)
    for words in ("EMERGENCY, one person alone: nobody else can be reached", "EMERGENCY: one person alone sent", "head, signed (entry", "void: withdrawn: wrong button", "valid when L-01 went out; now void", "told anew since", "time-out", "denied"):
        has(texts, words)
    again = matter.path("again.xlsx")
    matter.ask("evidence", "--out", again)
    expect("the same record, another workbook", open(out, "rb").read() == open(again, "rb").read())


def replayed(matter, folder):
    """Every assessment made again from the record alone: no law and no zones on the disk are asked."""
    said = run("--law", folder + "/nothing", "--zoneinfo", folder + "/nothing", "--account", "auditor", "case", "replay", matter.file)[0]
    has(said, "3 assessments: 3 the same, 0 erased, 0 not")


def erased_and_handed_out(matter, held):
    """A statement is erased; what rested on it says so, all else stays; the bundle holds for both verifiers."""
    entry = next(one["seq"] for one in matter.entries() if one["kind"] == "correction" and one["fields"].get("reason") == "one more letter came back")
    has(matter.write("soc", "redact", "--entry", str(entry), "--ground", "a request of the person", "--approver", "head", code=3)[0], "not allowed")
    for approver in ("soc", "stranger"):
        has(matter.write("counsel", "redact", "--entry", str(entry), "--ground", "x", "--approver", approver, code=3)[0], "may not approve an erasure")
    filed = next(one["seq"] for one in matter.entries() if one["kind"] == "part" and one["fields"]["path"] == ["filings", "L-04"])
    has(matter.write("counsel", "redact", "--entry", str(filed), "--ground", "x", "--approver", "head", code=3)[0], "is how the account has this filing")
    matter.write("counsel", "redact", "--entry", str(entry), "--field", "statement", "--field", "reason", "--ground", "a request of the person", "--approver", "head")
    with open(matter.file, "rb") as file:
        expect("the reason is still in the file", b"one more letter came back" not in file.read())
    said = matter.case("replay")
    has(said, "was redacted by entry")
    has(said, "3 assessments: 2 the same, 1 erased, 0 not")
    bundle = matter.path("bundle")
    matter.write("counsel", "bundle", "--out", bundle, "--recipient", "Auditor", "--workbook")
    has(run("verify", bundle, "--held-key", held)[0], "holds: every entry")
    holds, signed = judged(program, root_folder, bundle, "--held-key", held)
    expect(f"who signed: {signed}", holds and re.fullmatch("approvals and confirmations: [1-9][0-9]* signed with the key of the account, 0 wrong, 0 that cannot be judged", signed[0]))


def every_byte(bundle):
    """Of the files of a bundle, with the parts of its workbook."""
    data = b""
    for folder, _, names in os.walk(bundle):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                data += file.read()
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(os.path.join(folder, name)) as book:
                    data += b"".join(book.read(part) for part in book.namelist())
    return data


def edition(matter, held, name, *more):
    """A bundle with its workbook in an edition: both verifiers, and each cell of the workbook against its lines."""
    bundle = matter.path("edition-" + name)
    said, _ = matter.write("counsel", "bundle", "--out", bundle, "--recipient", "Reader", "--workbook", "--edition", name, *more)
    out = run("verify", bundle, "--held-key", held)[0]
    has(out, "0 other than in")
    expect(f"edition {name} holds", judged(program, root_folder, bundle, "--held-key", held)[0])
    with open(bundle + "/evidence.jsonl", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    expect("no cell is blank", all(cell != "" for line in lines for cell in line.get("cells", [])))
    with zipfile.ZipFile(bundle + "/evidence.xlsx") as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/"):
                has(book.read(part).decode(), "edition " + name)
    rows = lambda sheet: [line["cells"] for line in lines if line["sheet"] == sheet and "cells" in line]
    return out, said, every_byte(bundle), rows, [line["sheet"] for line in lines if "columns" in line]


def editions(matter, held):
    """Who is given what; what is left out is in no byte, and named in sheet Withheld."""
    _, _, data, rows, _ = edition(matter, held, "counsel")
    for words in (b"M-311", b"Counsel expects claims", b"addresses went to strangers"):
        expect(f"counsel has {words}", words in data)
    asked = {(row[1], row[2]) for row in rows("Requests and holds")}
    for line in (("request", "HBDI"), ("extension", "HBDI"), ("hold: police_request", "a police force"), ("legal hold placed", "counsel"), ("legal hold released", "counsel")):
        expect(f"{line} in {asked}", line in asked)
    integrity = dict(rows("Integrity"))
    expect(f"{integrity}", integrity["own verification"].startswith("holds") and " 0 wrong" in integrity["signatures of persons"] and integrity["key of the record"] in matter.case("status"))
    summary = dict(rows("Summary"))
    for item, part in (("judgements that need another look", "judged.gdpr_risk"), ("decisions in force", "emergency"), ("told otherwise than known now", "people.total"), ("holds in force", "a police force (2)")):
        expect(f"{item}: {summary.get(item)}", part in summary.get(item, ""))
    expect(f"every control ties: {rows('Controls')}", all(row[4] == "ties" for row in rows("Controls")))
    out, said, data, rows, sheets = edition(matter, held, "auditor")
    has(said, "3 assessments: 2 the same, 1 erased, 0 not")
    has(out, "3 assessments: 2 the same, 1 erased, 0 not")
    for words in (b"M-311", b"Counsel expects claims"):
        expect(f"the auditor has {words}", words not in data)
    # The auditor's account sees by no other door what the edition leaves out, and the edition is its own.
    for said in (matter.case("log"), matter.case("show"), matter.case("judgements")):
        for words in ("M-311", "Counsel expects claims"):
            expect(f"the auditor's account has {words} in\n{said}", words not in said)
    expect("counsel's account has it", "M-311" in matter.case("log", account="counsel"))
    has(matter.ask("evidence", "--out", matter.path("none.xlsx"), "--edition", "counsel", code=3)[1], "an auditor is not given edition counsel")
    expect("the auditor has the reasons", b"addresses went to strangers" in data and "Judgements" in sheets)
    withheld = {(row[0], row[2], row[3]) for row in rows("Withheld")}
    for line in (("Fact history", "new", "internal knowledge or legal privilege"), ("the record: correction", "statement", "erased: a request of the person")):
        expect(f"{line} in {withheld}", line in withheld)
    _, _, data, rows, sheets = edition(matter, held, "authority", "--authority", "de.he.hbdi")
    expect(f"sheets of the authority: {sheets}", sheets == ["Read me", "Duties", "Facts", "Filings", "Told", "Withheld"])
    told = {duty["id"] for duty in json.loads(matter.ask("check", before=("--format", "json"))[0])["duties"] if any(one["id"] == "de.he.hbdi" for one in duty["recipients"])}
    expect(f"only its duties: {told}", "eu.gdpr.33-1@shop/people" in told and {row[1] for row in rows("Duties")} == told)
    for words in (b"M-311", b"Counsel expects claims", b"addresses went to strangers", b"what is open waits for nobody", b"no high risk was found", b"nobody else can be reached"):
        expect(f"the authority has {words}", words not in data)
    expect("what it was told", b"Two print runs were folded" in data)
    _, _, data, rows, sheets = edition(matter, held, "business")
    expect(f"sheets of the business: {sheets}", sheets == ["Read me", "Summary", "Duties", "Questions", "Withheld"] and rows("Questions"))
    edition(matter, held, "insurer")
    bad = matter.write("counsel", "bundle", "--out", matter.path("none"), "--recipient", "x", "--edition", "authority", "--authority", "xx.nobody", code=3)[0]
    has(bad, "`xx.nobody` is no recipient of a duty here")
    has(bad, "de.he.hbdi")
    matter.ask("evidence", "--out", matter.path("none.xlsx"), "--edition", "business", "--owner", "nobody", code=3)
    expect("nothing half-written", not os.path.exists(matter.path("none")) and not os.path.exists(matter.path("none.xlsx")))


def wrongly_signed(matter, held):
    """Who holds the key of the record makes an approval that its account never signed: the record is whole, and the entry is named."""
    has(matter.case("verify"), " signed with the key of the account, 0 wrong")
    bundle, forged = matter.path("edition-counsel"), matter.path("forged")
    seq = next(leaf["seq"] for leaf in read_lines(bundle + "/leaves.jsonl") if leaf["kind"] == "approval")
    statement = next(json.loads(line["value"]) for line in read_lines(bundle + "/openings.jsonl") if (line["seq"], line["field"]) == (seq, "statement"))
    for said, code in ((statement, 0), (statement.replace('"person"', '"Person"', 1), 1)):
        shutil.rmtree(forged, ignore_errors=True)
        shutil.copytree(bundle, forged)
        bundled = Forged(forged, matter.file + ".key")
        bundled.put(seq, "statement", canonical(said))
        bundled.write()
        judged(program, root_folder, forged, "--held-key", held)
        out = run("verify", forged, "--no-replay", "--held-key", held, code=code)[0]
        has(out, "holds: every entry")
        expect(f"{code} stands for a wrong signature: {out}", code == (f"entry {seq}: this approval proves nothing: its signature does not hold" in out) == (f"WRONGLY SIGNED; the first is entry {seq}:" in out))


def rewritten(book, out, part, old, new):
    """A copy of a workbook in which a text of one part is another one."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                expect(f"{old} stands in {part}", data.count(old) >= 1)
                data = data.replace(old, new, 1)
            target.writestr(name, data)


def working_paper(matter):
    """A copy for a reviewer: its columns are passed over, every other cell is compared."""
    book, lines, paper = matter.path("original.xlsx"), matter.path("original.jsonl"), matter.path("paper.xlsx")
    matter.ask("evidence", "--out", book, "--lines", lines, "--working-paper", paper)
    with open(book, "rb") as file:
        original = hashlib.sha256(file.read()).hexdigest()
    with zipfile.ZipFile(paper) as opened:
        expect("the hash stands in each head", all(f"SHA-256 of the original {original}" in opened.read(name).decode() for name in opened.namelist() if name.startswith("xl/worksheets/")))
        for title in ("tested by", "tested on", "result (ok, exception, not tested)", "reference", "reviewer's note"):
            has(opened.read("xl/worksheets/sheet4.xml").decode().replace("&apos;", "'"), title)
    has(run("verify", lines, "--workbook", book)[0], ", 0 other than in")
    has(run("verify", lines, "--workbook", paper)[0], ", 0 other than in")
    changed = matter.path("changed.xlsx")
    rewritten(paper, changed, "xl/worksheets/sheet4.xml", b"OWED", b"FREE")
    out = run("verify", lines, "--workbook", changed, code=1)[0]
    expect(f"the sheet and the cell: {out}", re.search(r"^Duties![A-Z]+\d+: `FREE` in the workbook, `OWED` in the evidence$", out, re.M))
    _, err = run("verify", lines, "--workbook", matter.file, code=1)
    has(err, "it is no workbook (.xlsx)")


with tempfile.TemporaryDirectory() as work:
    story = Matter(work)
    held_key, _ = open_matter(story)
    walls(story)
    leaks(story)
    facts_and_judgements(story)
    sent, unknown, sign = approvals(story)
    delivery(story, sent)
    aftermath(story, unknown, sign)
    privilege(story)
    decisions(story)
    workbook(story)
    closing(story)
    replayed(story, work)
    erased_and_handed_out(story, held_key)
    editions(story, held_key)
    wrongly_signed(story, held_key)
    working_paper(story)
    has(run("case", "verify", story.file)[0], "\nholds: ")
    print(f"{len(story.entries())} entries; the record holds, and its assessments are made again byte for byte")

#!/usr/bin/env python3
"""Who signed the approvals and confirmations of a bundle: the program and tools/verify_signatures.py alike, on records that this script
writes entry by entry as the holder of the record's key could: whole ones, each way to forge a signature, statements at the edge of JSON,
content that is withheld or erased, and entries bent at random.
signatures_test.py PROGRAM ROOT   (Python 3, openssl)"""
import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

from both_verifiers import judged
from bundle_forge import Forged, canonical, sign

program, root_folder = sys.argv[1], sys.argv[2]
chance = random.Random(7)
rounds = 600 if os.environ.get("DUENOTICE_NIGHTLY") else 40
SUBJECT = {"duty": "eu.gdpr.33-1@shop", "obligation": "eu.gdpr.33-1", "entity": "shop", "recipient": "hbdi"}
ORIGIN = "duenotice.case/INC-2026-0007"


def expect(what, truth):
    if not truth:
        sys.exit(f"signatures_test: {what}")


def run(*command):
    made = subprocess.run(command, capture_output=True, check=False)
    expect(f"{command}: {made.stderr.decode()}", made.returncode == 0)
    return made.stdout


class People:
    """A key each, by name; `head-new` and `nobody` are keys that are not on record."""

    def __init__(self, folder):
        self.folder, self.public = folder, {}
        for name in ("admin", "desk", "counsel", "head", "deputy", "head-new", "nobody"):
            run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file(name))
            self.public[name] = base64.b64encode(run("openssl", "pkey", "-in", self.file(name), "-pubout", "-outform", "DER")[-32:]).decode()

    def file(self, name):
        return f"{self.folder}/{name}.pem"

    def signed(self, statement, name):
        return {"statement": statement, "signature": base64.b64encode(sign(statement.encode(), self.file(name))).decode(), "public_key": self.public[name]}


class Matter(Forged):
    """desk drafts, counsel decides, head and deputy sign. Without accounts anybody does."""

    def __init__(self, folder, people, accounts=True):
        shutil.rmtree(folder + "/made", ignore_errors=True)
        shutil.copytree(folder + "/begun", folder + "/made")
        super().__init__(folder + "/made", folder + "/m.case.key")
        self.people = people
        for account in ("admin", "desk", "counsel", "head", "deputy") if accounts else ():
            self.grant(account, people.public[account])
        self.first, self.other, self.decision = self.draft(b"a"), self.draft(b"b"), self.decide()

    def grant(self, account, key, **more):
        return self.add("access", "admin", {"account": account, "person": account, "roles": ["approver"], "public_key": key, **more})

    def revoke(self, account, **more):
        return self.add("access", "admin", {"account": account, "revoked": "yes", "reason": "left", **more})

    def draft(self, data, subject=None, digest_of=None):
        sums = lambda data: hashlib.sha256(f"{hashlib.sha256(data).hexdigest()}  form.json\n".encode()).hexdigest()
        fields = {"subject": subject or SUBJECT, "send_sha256": sums(digest_of or data), "send_artefact": {"form.json": self.artefact("application/json", data)}}
        return self.add("draft", "desk", fields)

    def decide(self):
        return self.add("decision", "counsel", {"what": "drop-duty", "duty": SUBJECT["duty"], "owed": "owed", "reasons": "reasons", "look_again_on": "2026-12-01"})

    def value(self, seq, field):
        return json.loads(self.openings[seq, field]["value"])

    def approves(self, draft, /, **other):
        made = {"duenotice": "approval/1", "origin": ORIGIN, "draft": draft, "subject": self.value(draft, "subject"), "send_sha256": self.value(draft, "send_sha256"),
                "state_sha256": "s1", "account": "head", "person": "head", "signed_at": "2026-11-20T10:00:00.000000Z", "not_yet_known": [], "explained": {}, **other}
        return canonical({name: value for name, value in made.items() if value is not None})

    def confirms(self, decision, /, **other):
        leaf_sha256 = hashlib.sha256(b"\x00" + canonical(self.leaves[decision]).encode()).hexdigest()
        made = {"duenotice": "confirmation/1", "origin": ORIGIN, "decision": decision, "leaf_sha256": leaf_sha256, "account": "head", "person": "head", "signed_at": "2026-11-20T10:00:00.000000Z", **other}
        return canonical({name: value for name, value in made.items() if value is not None})

    def approval(self, statement=None, key="head", actor="head", draft=None, without=(), **fields):
        made = {**self.people.signed(statement or self.approves(self.first), key), **fields}
        return self.add("approval", actor, {name: value for name, value in made.items() if name not in without}, {"draft": self.first if draft is None else draft})

    def confirmation(self, statement=None, key="head", actor="head", decision=None, **fields):
        made = {**self.people.signed(statement or self.confirms(self.decision), key), **fields}
        return self.add("confirmation", actor, made, {"decision": self.decision if decision is None else decision})

    def judged(self, whole=True):
        """The lines on signatures without their sum, and the sum."""
        self.write()
        holds, lines = judged(program, root_folder, self.bundle)
        expect(f"whether it holds: {lines}", not whole or holds == (", 0 wrong, " in lines[-1]))
        return lines[:-1], lines[-1].removeprefix("approvals and confirmations: ")


def total(good, wrong, hidden):
    return f"{good} signed with the key of the account, {wrong} wrong, {hidden} that cannot be judged"


def bent(text):
    """Another signature of the same form."""
    return text[:5] + ("B" if text[5] == "A" else "A") + text[6:]


def respelled(text):
    """The same bytes in base 64, with bits left over."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = text.rstrip("=")[-1]
    return text[:text.rindex(last)] + digits[digits.index(last) + 1] + text[text.rindex(last) + 1:]


def signed_before(matter, change):
    """An approval by the key that head had before the account was changed."""
    change()
    return matter.approval()


FORGERIES = [
    ("this is not the key of `head`", lambda m: m.approval(key="deputy")),
    ("this is not the key of `head`", lambda m: m.approval(key="nobody")),
    ("this is not the key of `head`", lambda m: signed_before(m, lambda: m.grant("head", m.people.public["head-new"]))),
    ("no key of `head` is on record: `case grant --public-key` registers one", lambda m: signed_before(m, lambda: m.revoke("head"))),
    ("no key of `head` is on record: `case grant --public-key` registers one", lambda m: signed_before(m, lambda: m.revoke("head", public_key=m.people.public["head"]))),
    ("no key of `head` is on record: `case grant --public-key` registers one", lambda m: signed_before(m, lambda: m.grant("head", respelled(m.people.public["head"])))),
    ("no key of `head` is on record: `case grant --public-key` registers one", lambda m: signed_before(m, lambda: m.grant("head", "AAAA"))),
    ("no key of `head` is on record: `case grant --public-key` registers one", lambda m: signed_before(m, lambda: m.take(m.grant("head", "x"), "public_key"))),
    ("no key of `stranger` is on record: `case grant --public-key` registers one", lambda m: m.approval(m.approves(m.first, account="stranger"), "nobody", "stranger")),
    ("its signature does not hold", lambda m: m.approval(signature=bent(m.people.signed(m.approves(m.first), "head")["signature"]))),
    ("its signature does not hold", lambda m: m.approval(statement=m.approves(m.first, state_sha256="s2"), signature=m.people.signed(m.approves(m.first), "head")["signature"])),
    ("its signature does not hold", lambda m: m.approval(key="deputy", public_key=m.people.public["head"])),
    ("its signature does not hold", lambda m: m.approval(without=("signature",))),
    ("its signature does not hold", lambda m: m.approval(without=("statement",))),
    ("its signature does not hold", lambda m: m.approval(signature="")),
    ("its signature does not hold", lambda m: m.approval(signature=m.people.signed(m.approves(m.first), "head")["signature"].rstrip("="))),
    ("its signature does not hold", lambda m: m.approval(public_key=respelled(m.people.public["head"]))),
    ("its signature does not hold", lambda m: m.approval(signature=respelled(m.people.signed(m.approves(m.first), "head")["signature"]))),
    ("its signature does not hold", lambda m: m.approval(public_key=7)),
    ("it was signed by another account", lambda m: m.approval(actor="deputy")),
    ("it was signed by another account", lambda m: m.approval(m.approves(m.first, account=7))),
    ("it was signed by another account", lambda m: m.approval(m.approves(m.first, account=None))),
    ("it was signed for another record", lambda m: m.approval(m.approves(m.first, origin="duenotice.case/INC-2"))),
    ("it was signed for another record", lambda m: m.approval(m.approves(m.first, origin=None))),
    ("it was signed for other bytes", lambda m: m.approval(draft=m.other)),
    ("it was signed for other bytes", lambda m: m.approval(m.approves(m.first, send_sha256=None))),
    ("it was signed for other bytes", lambda m: m.approval(draft=m.draft(b"a", {**SUBJECT, "recipient": "dsb"}))),
    ("it was signed for other bytes", lambda m: m.approval(m.approves(m.first, subject=[SUBJECT]))),
    ("it was signed for another draft", lambda m: m.approval(draft=m.draft(b"a"))),
    ("it was signed for another draft", lambda m: m.approval(m.approves(m.first, draft=str(m.first)))),
    ("it names no draft of this record", lambda m: m.approval(draft=m.decision)),
    ("it names no draft of this record", lambda m: m.approval(draft=99)),
    ("it names no draft of this record", lambda m: m.approval(draft="7")),
    ("the files of its draft are not those of the digest that was signed", lambda m: m.approval(m.approves(m.draft(b"c", digest_of=b"a")), draft=len(m.leaves) - 1)),
    ("this is not the key of `head`", lambda m: m.confirmation(key="deputy")),
    ("its signature does not hold", lambda m: m.confirmation(m.confirms(m.decision, person="haed"), signature=m.people.signed(m.confirms(m.decision), "head")["signature"])),
    ("it was signed by another account", lambda m: m.confirmation(actor="deputy")),
    ("it was signed for another record", lambda m: m.confirmation(m.confirms(m.decision, origin="duenotice.case/INC-2"))),
    ("it was signed for another decision", lambda m: m.confirmation(decision=m.decide())),
    ("it was signed for another decision", lambda m: m.confirmation(m.confirms(m.decision, leaf_sha256=None))),
    ("it was signed for another decision", lambda m: m.confirmation(m.confirms(m.decision, decision=m.decision + 1))),
    ("it names no decision of this record", lambda m: m.confirmation(decision=99)),
    ("it names no decision of this record", lambda m: m.confirmation(decision=m.first)),
]

NO_JSON = "what was signed cannot be read"
DEEP = lambda levels: '{"x":' + "[" * (levels - 1) + "]" * (levels - 1) + ","  # with the statement's own members after it
SPELLINGS = [  # of a statement that was signed so: why it proves nothing, if it does
    (None, lambda text, draft: json.dumps(json.loads(text), indent=1)),
    (None, lambda text, draft: text.replace(f'"draft":{draft}', f'"draft":{draft}.0')),
    (None, lambda text, draft: text.replace(f'"draft":{draft}', f'"draft":{draft}00e-2')),
    (None, lambda text, draft: DEEP(64) + text[1:]),
    (NO_JSON, lambda text, draft: DEEP(65) + text[1:]),
    (NO_JSON, lambda text, draft: DEEP(5000) + text[1:]),
    (NO_JSON, lambda text, draft: text[:-1] + ',"draft":' + str(draft) + "}"),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":"\\ud800"}'),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":1e400}'),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":1' + "0" * 400 + "}"),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":NaN}'),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":01}'),
    (NO_JSON, lambda text, draft: text[:-1] + ',"x":"\t"}'),
    (NO_JSON, lambda text, draft: "\ufeff" + text),
    (NO_JSON, lambda text, draft: text + "x"),
    (NO_JSON, lambda text, draft: "[" + text + "]"),
    (NO_JSON, lambda text, draft: "7"),
]


def whole_ones(folder, people):
    """Good ones, also once the account has another key or is gone, and where nobody was granted anything."""
    matter = Matter(folder, people)
    expect("nobody signed", matter.judged() == ([], total(0, 0, 0)))
    matter.approval()
    matter.confirmation()
    matter.grant("head", people.public["head-new"])
    matter.approval(key="head-new")
    matter.revoke("head")
    matter.approval(matter.approves(matter.other, account="deputy"), "deputy", "deputy", matter.other)
    expect("four are good", matter.judged() == ([], total(4, 0, 0)))
    matter = Matter(folder, people, accounts=False)
    matter.approval(key="nobody")
    expect("the key beside it", matter.judged() == ([], total(1, 0, 0)))
    wrong = matter.approval(signature=bent(matter.value(len(matter.leaves) - 1, "signature")))
    moved = matter.approval(matter.approves(matter.first, draft=True))
    expect("entry 1 is not `true`", matter.first == 1 and matter.judged() == ([f"entry {wrong}: this approval proves nothing: its signature does not hold", f"entry {moved}: this approval proves nothing: it was signed for another draft"], total(1, 2, 0)))


def forgeries(folder, people):
    for words, make in FORGERIES:
        matter = Matter(folder, people)
        matter.approval()
        forged = make(matter)
        found = matter.judged()
        expect(f"{words}: {found}", found == ([f"entry {forged}: this {matter.leaves[forged]['kind']} proves nothing: {words}"], total(1, 1, 0)))


def spellings(folder, people):
    matter, wrong = Matter(folder, people), []
    for words, spell in SPELLINGS:
        seq = matter.approval(spell(matter.approves(matter.first), matter.first))
        wrong += [f"entry {seq}: this approval proves nothing: {words}"] if words else []
    found = matter.judged()
    expect(f"{wrong}: {found}", found == (wrong, total(len(SPELLINGS) - len(wrong), len(wrong), 0)))


def hidden(folder, people):
    """What is withheld or erased cannot be judged; what is wrong by what is given is wrong all the same."""
    def judge(hide, key="head"):
        matter = Matter(folder, people)
        approval, confirmation = matter.approval(key=key), matter.confirmation()
        hide(matter, approval, confirmation)
        lines, words = matter.judged()
        begins = {f"entry {approval}: the signature of this approval cannot be judged: ": "a: ", f"entry {confirmation}: the signature of this confirmation cannot be judged: ": "c: ",
                  f"entry {approval}: this approval proves nothing: ": "a wrong: "}
        return sorted(short + line.removeprefix(begin) for line in lines for begin, short in begins.items() if line.startswith(begin)), words
    nobody = [f"{one}: whose key it is stands in entry 1, which is withheld" for one in "ac"]
    cases = [
        (["a: `signature` is withheld"], lambda m, a, c: m.withhold(a, "signature")),
        (["a: `statement` is withheld"], lambda m, a, c: (m.withhold(a, "statement"), m.withhold(a, "public_key"))),
        (["c: `public_key` is withheld"], lambda m, a, c: m.withhold(c, "public_key")),
        (["c: `statement` was erased"], lambda m, a, c: m.erase(c, "statement")),
        (["a: `signature` was erased", "c: `statement` is withheld"], lambda m, a, c: (m.erase(a, "signature"), m.withhold(c, "statement"))),
        (["a: `send_sha256` of its draft is withheld"], lambda m, a, c: m.withhold(m.first, "send_sha256")),
        (["a: `subject` of its draft is withheld"], lambda m, a, c: m.withhold(m.first, "subject")),
        ([], lambda m, a, c: (m.withhold(m.first, "send_artefact"), m.withhold(m.decision, "reasons"), m.withhold(1, "roles"))),
        ([], lambda m, a, c: m.erase(m.decision, "reasons")),
        (nobody, lambda m, a, c: m.withhold(1, "public_key")),
        (nobody, lambda m, a, c: (m.withhold(1, "account"), m.withhold(m.first, "subject"))),
        (["a: `subject` of its draft is withheld"], lambda m, a, c: (m.withhold(m.first, "subject"), m.withhold(m.grant("head", "x"), "public_key"))),
        (["a: `signature` is withheld"], lambda m, a, c: m.put(a, "signature", "no JSON")),
    ]
    for lines, hide in cases:
        found = judge(hide)
        expect(f"{lines}: {found}", found == (lines, total(2 - len(lines), 0, len(lines))))
    found = judge(lambda m, a, c: m.withhold(m.first, "subject"), "deputy")
    expect(f"the key is wrong whatever the draft: {found}", found == (["a wrong: this is not the key of `head`"], total(1, 1, 0)))
    found = judge(lambda m, a, c: (m.withhold(1, "public_key"), m.put(a, "statement", canonical(m.value(a, "statement") + " "))))
    expect(f"the signature is wrong whoever's key it is: {found}", found == (["a wrong: its signature does not hold", nobody[1]], total(0, 1, 1)))


def at_random(folder, people):
    """Several at once. No verdict is known beforehand; the verifiers must agree."""
    values = ['"x"', '""', "7", "true", "null", "[]", "{}", "no JSON", '{"a":1,"a":2}', '"\\ud800"', canonical(people.public["head"]), canonical(people.public["deputy"])]
    some_wrong = some_hidden = 0
    for _ in range(rounds):
        matter = Matter(folder, people, accounts=chance.random() < 0.8)
        for _ in range(chance.randrange(1, 7)):
            person = chance.choice(("head", "head", "deputy"))
            chance.choice((lambda: matter.approval(matter.approves(matter.first, account=person), chance.choice(("head", "head-new", "deputy")), person),
                           lambda: matter.approval(matter.approves(matter.other, account=person), person, person, chance.choice((matter.first, matter.other, matter.decision))),
                           lambda: matter.confirmation(matter.confirms(matter.decision, account=person), person, person),
                           lambda: matter.grant(person, people.public[chance.choice((person, "head-new"))]),
                           lambda: matter.revoke(person)))()
        bearing = [(seq, field) for seq, field in matter.openings if matter.leaves[seq]["kind"] in ("access", "draft", "approval", "confirmation", "decision") and field != "send_artefact"]
        for seq, field in chance.sample(bearing, chance.randrange(0, 4)):
            erasable = field in ("statement", "signature", "reasons", "reason")
            chance.choice((lambda: matter.put(seq, field, chance.choice(values)), lambda: matter.take(seq, field), lambda: matter.withhold(seq, field),
                           lambda: matter.erase(seq, field) if erasable else matter.withhold(seq, field)))()
        lines, _ = matter.judged()
        some_wrong += any("proves nothing" in line for line in lines)
        some_hidden += any("cannot be judged" in line for line in lines)
    expect(f"{some_wrong} wrong, {some_hidden} hidden of {rounds}", some_wrong > rounds / 4 and some_hidden > rounds / 8)
    return some_wrong, some_hidden


with tempfile.TemporaryDirectory() as work:
    run(program, "case", "init", work + "/m.case", "--id", "INC-2026-0007", "--actor", "admin")
    run(program, "case", "bundle", work + "/m.case", "--out", work + "/begun", "--actor", "admin", "--recipient", "Court")
    everybody = People(work)
    whole_ones(work, everybody)
    forgeries(work, everybody)
    spellings(work, everybody)
    hidden(work, everybody)
    wrong_ones, hidden_ones = at_random(work, everybody)
    print(f"{len(FORGERIES)} forgeries and {len(SPELLINGS)} spellings judged alike; of {rounds} bundles at random {wrong_ones} had a wrong signature and {hidden_ones} one that cannot be judged")

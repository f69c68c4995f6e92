#!/usr/bin/env python3
"""The workbook of a bundle held against its lines and its entries by tools/verify_workbook.py: a small matter in editions counsel and auditor,
a working paper, copies that another program saved; then each way to change a cell, a row, a sheet, an entry's number or a control, in the
workbook alone or in its lines too, must be found.
workbook_test.py PROGRAM ROOT   (Python 3, openssl)"""
import copy
import datetime
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

from bundle_forge import canonical, read_lines
from bundle_sums import sum_anew

program, root_folder = sys.argv[1], sys.argv[2]
AS_OF = "2026-11-20T12:00+01:00"
DUTY = "eu.gdpr.33-1@shop/people"
LISTED = ["Fact history", "Judgement history", "Decisions", "Assessments", "Filings", "Attempts", "Requests and holds", "Approvals", "Access"]


def expect(what, truth):
    if not truth:
        sys.exit(f"workbook_test: {what}")


def run(*arguments, code=0):
    made = subprocess.run([program, "--as-of", AS_OF, *arguments], capture_output=True, text=True, check=False)
    expect(f"{arguments}: exit {made.returncode}\n{made.stdout}{made.stderr}", made.returncode == code)
    return made.stdout


def script(name, *arguments):
    made = subprocess.run([sys.executable, f"{root_folder}/tools/{name}", *arguments], capture_output=True, text=True, check=False)
    expect(f"{name} broke: {made.stderr}", made.returncode in (0, 1) and "Traceback" not in made.stderr)
    return made.returncode == 0, made.stdout + made.stderr


def account_file(folder):
    with open(root_folder + "/tests/cases/samples/simple.json", encoding="utf-8") as file:
        account = json.load(file)
    account["entities"][0]["facts"].update({"entity.main_establishment": "DE", "entity.land": "DE-HE", "entity.kind": "company", "entity.sectors": {"exactly": ["other"]}, "entity.gdpr_scope_exclusion": "none",
                                            "entity.dpo_name": "Office of data protection", "entity.dpo_email": "privacy@example.org"})
    account["facts"].update({"data.accessed": "yes", "text.likely_consequences": "_x0041_ <& \u00e9\ufffe", "text.measures_taken": "The print runs were stopped.", "text.measures_planned": "long " * 7000, "text.steps_for_people": "None."})
    with open(folder + "/account.json", "w", encoding="utf-8") as file:
        json.dump(account, file)


def matter(folder):
    """Facts, a correction and a judgement that are erased, another judgement, a filing that one approved, decisions, requests and holds."""
    case = folder + "/m.case"

    def write(actor, command, *arguments, code=0):
        said = run("--account", actor, "case", command, case, *arguments, "--actor", actor, code=code)
        found = re.search(r"recorded as entry (\d+)", said)
        return found and found.group(1)
    run("case", "init", case, "--id", "INC-2026-0007", "--actor", "admin")
    key = run("case", "own-key", folder + "/head.pem").strip()
    for account, roles in {"admin": ["administrator"], "soc": ["investigator"], "counsel": ["counsel"], "head": ["approver"], "desk": ["filer"], "auditor": ["auditor"]}.items():
        run("case", "grant", case, account, *(part for role in roles for part in ("--role", role)), "--person", account, *(["--public-key", key] if account == "head" else []), "--actor", "admin")
    account_file(folder)
    write("soc", "import", folder + "/account.json")
    write("soc", "assert", "people.total", "118", "--learned-at", "2026-11-19T09:00+01:00")
    erased = write("soc", "correct", "people.total", "119", "--reason", "one more letter came back", "--learned-at", "2026-11-19T14:00+01:00")
    write("soc", "correct", "people.total", "120", "--reason", "a second one", "--learned-at", "2026-11-19T15:00+01:00")
    write("soc", "correct", "entity.aware_personal_data_at", "2026-11-18T10:45+01:00", "--entity", "shop", "--reason", "the call log says when", "--learned-at", "2026-11-19T14:30+01:00")
    gone = write("counsel", "judge", "judged.gdpr_risk", "unlikely", "--entity", "shop", "--by", "privacy counsel", "--decided-at", "2026-11-19T10:00+01:00", "--reasons", "few letters")
    write("counsel", "judge", "judged.gdpr_risk", "risk", "--entity", "shop", "--by", "privacy counsel", "--decided-at", "2026-11-19T11:00+01:00", "--relies-on", "people.total", "--reasons", "addresses went to strangers", "--advice", "M-311")
    write("soc", "assess")
    run("--account", "auditor", "packet", case, DUTY, "--out", folder + "/packet")
    packet = folder + "/packet/INC-2026-0007/eu.gdpr.33-1--shop_people--de.he.hbdi"
    with open(packet + "/send/form.json", encoding="utf-8") as file:
        gaps = [field["id"] for field in json.load(file)["fields"] if "value" in field and field["value"] is None]
    draft = write("desk", "draft", packet)
    write("head", "approve", draft, "--own-key", folder + "/head.pem", *(part for gap in gaps for part in ("--not-yet-known", gap)))
    write("desk", "attempt", draft, "--channel", "portal", "--at", "2026-11-20T11:05+01:00", "--result", "failed")
    write("desk", "file", draft, "--at", "2026-11-20T11:10+01:00", "--channel", "mail")
    write("counsel", "request", "request", "--from", "HBDI", "--asks", "how many letters were opened", "--limit", "2026-11-27T12:00+01:00", "--received", "2026-11-20T11:20+01:00")
    write("counsel", "legal-hold", "--hold", "suit-1", "--reason", "a suit")
    write("counsel", "legal-hold", "--hold", "suit-1", "--release", "--reason", "settled")
    hold = {"kind": "police_request", "by": "a police force", "form": "written", "from": "2026-11-20T10:00+01:00", "until": "2026-12-05T10:00+01:00", "covers": {"recipients": ["individuals"]}, "effect": "suspends"}
    write("counsel", "part", "--path", "holds", "police-1", "--members", json.dumps(hold))
    write("counsel", "decide", "accept-hold", "--hold", "police-1", "--reason", "the letter is on file")
    write("counsel", "decide", "add-duty", "tell the carrier", "--reason", "its contract is not on file")
    run("--account", "press", "check", case, code=3)
    write("counsel", "redact", "--entry", erased, "--field", "statement", "--field", "reason", "--ground", "a request of the person", "--approver", "head")
    write("counsel", "redact", "--entry", gone, "--field", "statement", "--ground", "a request of the person", "--approver", "head")
    run("--account", "counsel", "evidence", case, "--out", folder + "/book.xlsx", "--working-paper", folder + "/paper.xlsx")
    for edition, more in (("counsel", []), ("auditor", []), ("authority", ["--authority", "de.he.hbdi"])):
        write("counsel", "bundle", "--no-replay", "--out", f"{folder}/{edition}", "--recipient", "Reader", "--workbook", "--edition", edition, *more)


class Book:
    """The sheets of evidence.jsonl, to be changed and written as lines and as a workbook that another program might save."""

    def __init__(self, bundle):
        self.bundle, self.sheets = bundle, []
        for line in read_lines(bundle + "/evidence.jsonl"):
            if "columns" in line:
                self.sheets.append({"name": line["sheet"], "columns": line["columns"], "rows": [], "count": line["rows"], "tie": line["tie"], "more": {}})
            else:
                self.sheets[-1]["rows"].append(line["cells"])

    def __getitem__(self, name):
        return next(sheet for sheet in self.sheets if sheet["name"] == name)

    def at(self, name, row, column, value=None):
        cells, index = self[name]["rows"][row], self[name]["columns"].index(column)
        if value is not None:
            cells[index] = value
        return cells[index]

    def recount(self, name):
        sheet = self[name]
        sheet["count"], rest = len(sheet["rows"]), sheet["tie"].partition(";")[1:]
        sheet["tie"] = f"{sheet['count']} row{'' if sheet['count'] == 1 else 's'}" + "".join(rest)

    def write_lines(self, folder):
        with open(folder + "/evidence.jsonl", "w", encoding="utf-8") as file:
            for sheet in self.sheets:
                file.write(canonical({"columns": sheet["columns"], "rows": sheet["count"], "sheet": sheet["name"], "tie": sheet["tie"]}) + "\n")
                for number, cells in enumerate(sheet["rows"], 2):
                    file.write(canonical({"cells": cells, "row": number, "sheet": sheet["name"]}) + "\n")

    def write_book(self, path, prologue=""):
        strings = {}

        def column_name(at):
            return (column_name(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)

        def cell(place, value):
            if isinstance(value, dict) and "formula" in value:
                return f'<c r="{place}"><f>1+1</f><v>{value["formula"]}</v></c>'
            if isinstance(value, dict):
                days = (datetime.datetime.fromisoformat(value["utc"][:19]) - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
                return f'<c r="{place}"><v>{days!r}</v></c>'
            if isinstance(value, (int, float)):
                return f'<c r="{place}"><v>{value}</v></c>'
            written = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value).replace("\ufffe", "_xFFFE_")
            if len(written.encode()) > 32700:
                written = written.encode()[:32700].decode(errors="ignore") + " ... (cut; whole in the JSON)"
            return f'<c r="{place}" t="s"><v>{strings.setdefault(written, len(strings))}</v></c>'
        with zipfile.ZipFile(path, "w") as book:
            for number, sheet in enumerate(self.sheets, 1):
                rows = [sheet["columns"], *sheet["rows"]]
                cells = {f"{column_name(at)}{row}": value for row, values in enumerate(rows, 1) for at, value in enumerate(values)}
                cells = {**cells, f"A{len(rows) + 2}": sheet["tie"], **sheet["more"]}
                by_row = "".join(f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}">{cell(place, value)}</row>' for place, value in cells.items())
                book.writestr(f"xl/worksheets/s{number}.xml", f'{prologue}<x:worksheet xmlns:x="m"><x:sheetData>{by_row.replace("<", "<x:").replace("<x:/", "</x:")}</x:sheetData></x:worksheet>')
            book.writestr("xl/sharedStrings.xml", "<sst>" + "".join(f'<si><r><t xml:space="preserve">{escape(text[:2])}</t></r><r><t>{escape(text[2:])}</t></r><rPh><t>no</t></rPh></si>' for text in strings) + "</sst>")
            book.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets>' + "".join(f'<sheet name="{sheet["name"]}" r:id="rId{number}"/>' for number, sheet in enumerate(self.sheets, 1)) + "</sheets></workbook>")
            book.writestr("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(f'<Relationship Id="rId{number}" Target="{"/xl/" if number % 2 else ""}worksheets/s{number}.xml"/>' for number in range(1, len(self.sheets) + 1)) + "</Relationships>")


def row_of_kind(book, leaves, name, kind):
    return next(row for row in range(len(book[name]["rows"])) if leaves[int(book.at(name, row, "entry"))]["kind"] == kind)


def drop(book, name, row=0):
    del book[name]["rows"][row]
    book.recount(name)


def again(book, name):
    book[name]["rows"].append(list(book[name]["rows"][0]))
    book.recount(name)


def renumbered(name, row, number):
    return lambda book: book.at(name, row, "entry", str(number))


OF_BOOK = [  # in the workbook alone
    (r"Duties!C2: 'x' in the workbook", lambda b: b.at("Duties", 0, "obligation", "x")),
    (r"Fact history!M2: 4\d+\.\d+ in the workbook, '2026-", lambda b: b.at("Fact history", 0, "recorded (UTC)", {"utc": "2026-01-01T00:00:00Z"})),
    (r"Fact history!M2: '2026-.*' in the workbook", lambda b: b.at("Fact history", 0, "recorded (UTC)", b.at("Fact history", 0, "recorded (UTC)")["utc"])),
    (r"Controls!C2: 9\d+\.0 in the workbook", lambda b: b.at("Controls", 0, "expected", 9000 + b.at("Controls", 0, "expected"))),
    (r"Controls!C2: \('a formula', ", lambda b: b.at("Controls", 0, "expected", {"formula": b.at("Controls", 0, "expected")})),
    (r"Filings!A1: 'entries' in the workbook", lambda b: b["Filings"]["columns"].__setitem__(0, "entries")),
    (r"Filings!A4: '1 row.' in the workbook", lambda b: b["Filings"].update(tie="1 row.")),
    (r"Filings!Z9: 'more' in the workbook, nothing in the evidence", lambda b: b["Filings"]["more"].update(Z9="more")),
    (r"Filings!B3: 'tested by' in the workbook, nothing in the evidence", lambda b: b["Filings"]["more"].update(B3="tested by")),
    (r"Filings!L9: 'more' in the workbook, nothing in the evidence", lambda b: b["Filings"]["more"].update(L9="more")),  # a column of the evidence that has a reviewer's title
    (r"Access!A\d+: None in the workbook", lambda b: b["Access"]["rows"].pop()),
    (r"the sheets are .*\nFilings!A1: None", lambda b: b.sheets.remove(b["Filings"])),
    (r"the sheets are .*'More'", lambda b: b.sheets.append({**b["Filings"], "name": "More"})),
    (r"the sheets are ", lambda b: b.sheets.reverse()),
]
OF_BOTH = [  # in the workbook and its lines alike
    (r"Filings: 0 rows, its head counts 1", lambda b: b["Filings"]["rows"].pop()),
    (r"Filings: 1 rows, its head counts 1, its last line says '2 rows'", lambda b: b["Filings"].update(tie="2 rows")),
    (r"Filings: entry \d+, of kind filing, has 2 rows", lambda b: again(b, "Filings")),
    (r"Told: the sheet is not there", lambda b: b.sheets.remove(b["Told"])),
    (r"Filings: the sheet is not there", lambda b: b.sheets.remove(b["Filings"])),
    (r"Filings, row 2: entry '9999' is not in the record", renumbered("Filings", 0, 9999)),
    (r"Filings, row 2: entry '-1' is not in the record", renumbered("Filings", 0, -1)),
    (r"Told, row 2: entry 0 is of kind opened", renumbered("Told", 0, 0)),
    (r"Start changes, row 2: entry 1 is of kind access", renumbered("Start changes", 0, 1)),
    (r"Requests and holds, row 2: entry 7 is of kind part", renumbered("Requests and holds", 0, 7)),
    (r"Access, row 2: entry 'no case record' is not in the record", renumbered("Access", 0, "no case record")),
    (r"Access: entry 1, of kind access, has 0 rows\nAccess: entry 2, of kind access, has 2 rows", renumbered("Access", 0, 2)),
    (r"Facts, row 2: entry 0 is of kind opened", lambda b: b.at("Facts", 0, "leaf", "entry 0")),
    (r"Facts, row 2: recorded \(UTC\) is '2026-01-01T00:00:00Z', and ", lambda b: b.at("Facts", 0, "recorded (UTC)", {"utc": "2026-01-01T00:00:00Z"})),
    (r"Decisions, row 2: time \(UTC\) is '2026-01-01T00:00:00Z', and ", lambda b: b.at("Decisions", 0, "time (UTC)", {"utc": "2026-01-01T00:00:00Z"})),
    (r"Decisions, row 2: by is 'head', and 'counsel' in entry", lambda b: b.at("Decisions", 0, "by", "head")),
    (r"Decisions, row 2: reasons for the record is 'none', and 'the letter is on file' in entry", lambda b: b.at("Decisions", 0, "reasons for the record", "none")),
    (r"Filings, row 2: bytes hash is 'x', and ", lambda b: b.at("Filings", 0, "bytes hash", "x")),
    (r"Controls, row 2: `.*` does not tie", lambda b: b.at("Controls", 0, "result", "DOES NOT TIE")),
    (r"Controls, row 3: `.*` does not tie", lambda b: b.at("Controls", 1, "counted", 7777)),
    (r"Withheld: what was erased is not what the record says", lambda b: drop(b, "Withheld", next(i for i, row in enumerate(b["Withheld"]["rows"]) if row[0].startswith("the record: ")))),
    (r"Integrity: it is of another record", lambda b: b.at("Integrity", 2, "value", "x")),
    (r"Integrity: it is of another record", lambda b: b.at("Integrity", 1, "value", "3")),
    (r"Read me: the edition is another one", lambda b: [row.__setitem__(1, "business") for row in b["Read me"]["rows"] if row[0] == "edition"]),
] + [(rf"{name}: entry \d+, of kind [a-z-]+, has 0 rows", lambda b, name=name: drop(b, name)) for name in LISTED]
OF_LINES = [  # the lines as a file
    (r"out of order, or is not JSON in its one spelling: \{ \"cells\"", lambda text: text.replace('{"cells":', '{ "cells":', 1)),
    (r"out of order, or is not", lambda text: text.replace('"row":3,', '"row":4,', 1)),
    (r"cannot be read", lambda text: text[:-20]),
]


def checked(folder, *more):
    return script("verify_workbook.py", folder, *more)


def found(words, folder, *more):
    holds, said = checked(folder, *more)
    expect(f"`{words}` is not found:\n{said}", not holds and re.search(words, said))


def damages(folder, edition, of_book, of_both):
    bundle, copied = f"{folder}/{edition}", folder + "/copied"
    shutil.copytree(bundle, copied)
    whole, leaves = Book(bundle), read_lines(bundle + "/leaves.jsonl")
    for name in LISTED:
        expect(f"{name} has a row", whole[name]["rows"])
    other = folder + "/other.xlsx"
    whole.write_book(other)
    expect(f"as another program saves it: {checked(bundle, '--workbook', other)[1]}", checked(bundle, "--workbook", other)[0])
    for words, change in of_book:
        book = copy.deepcopy(whole)
        change(book)
        book.write_book(other)
        found(words, bundle, "--workbook", other)
    whole.write_book(other, "<!DOCTYPE x [<!ENTITY a 'b'>]>")
    found("has a document type", bundle, "--workbook", other)
    for words, change in [*of_both, (r"Requests and holds, row \d+: entry \d+ is of kind part", lambda b: b.at("Requests and holds", row_of_kind(b, leaves, "Requests and holds", "part"), "kind", "request"))]:
        book = copy.deepcopy(whole)
        change(book)
        book.write_lines(copied)
        book.write_book(copied + "/evidence.xlsx")
        found(words, copied)
    sum_anew(copied)
    expect("verify_bundle.py does not look into the workbook", script("verify_bundle.py", copied)[0])
    whole.write_lines(copied)
    with open(copied + "/evidence.jsonl", encoding="utf-8") as file:
        text = file.read()
    for words, change in OF_LINES:
        with open(copied + "/evidence.jsonl", "w", encoding="utf-8") as file:
            file.write(change(text))
        found(words, copied)
    shutil.rmtree(copied)
    return len(of_book) + 1 + len(of_both) + 1 + len(OF_LINES)


with tempfile.TemporaryDirectory() as work:
    matter(work)
    for given in ("counsel", "auditor"):
        accepted, words_said = checked(f"{work}/{given}")
        expect(f"edition {given}: {words_said}", accepted and "made of the first" in words_said and script("verify_bundle.py", f"{work}/{given}")[0])
    accepted, words_said = checked(work + "/counsel", "--workbook", work + "/paper.xlsx")
    expect(f"the working paper: {words_said}", accepted)
    accepted, words_said = checked(work + "/authority")
    expect(f"edition authority: {words_said}", accepted and "leaves rows out: whether others are missing was not looked at" in words_said)
    found("cannot be read", work + "/counsel", "--workbook", work + "/m.case")
    expect("help", script("verify_workbook.py", "--help")[0] and "Run verify_bundle.py first" in script("verify_workbook.py", "--help")[1])
    count = damages(work, "counsel", OF_BOOK, OF_BOTH) + damages(work, "auditor", OF_BOOK[:1], OF_BOTH[-len(LISTED):])
    print(f"{count} damaged workbooks, each found with its sheet and row")

#!/usr/bin/env python3
"""Whether the workbook of an evidence bundle says what its record says: what `duenotice verify --workbook` compares, by other means, and whether a row was left out.
verify_workbook.py FOLDER [--workbook FILE]     (Python 3)
Run verify_bundle.py first: the folder that it accepted is believed here. Each cell of each sheet must be that of evidence.jsonl (a working
paper's first sheet and reviewer's columns are passed over); each row that names an entry must name one of a kind that its sheet lists, with who
recorded it and when; in editions counsel and auditor each entry of such a kind must have its row; each control must tie. What a sheet works out
(limits, states, what is known now) is not counted again, nor is what other editions leave out. Exit code: 0, or 1 where something is wrong."""
import argparse, base64, collections, datetime, json, pathlib, re, sys, types, zipfile
from xml.etree import ElementTree
REVIEWER, PAPER, CUT = ("tested by", "tested on", "result (ok, exception, not tested)", "reference", "reviewer's note"), "Working paper", " ... (cut; whole in the JSON)"
FACT, findings = "fact correction judgement", []
SHEETS = {  # kinds of which each entry has one row; other kinds that fit; columns of the account and the time that recorded it; columns that give a field as it is
    "Fact history": (FACT, "", "recorded by", "recorded (UTC)", {"reason": "reason"}), "Start changes": ("", FACT, "by", "recorded (UTC)", {}),
    "Judgement history": ("judgement", "fact correction", "", "recorded (UTC)", {}), "Decisions": ("decision", "", "by", "time (UTC)", {"kind": "decision", "reasons for the record": "reasons"}),
    "Assessments": ("assessment", "", "by", "recorded (UTC)", {}), "Filings": ("filing", "", "", "", {"id": "id", "kind": "kind", "bytes hash": "send_sha256", "channel": "channel"}),
    "Attempts": ("attempt", "", "by", "", {"channel": "channel", "result": "result"}), "Told": ("", "told", "", "", {"filing": "filing"}),
    "Requests and holds": ("request legal-hold all-clear", "part", "", "", {"kind": "request", "from": "from", "asks": "asks"}), "Approvals": ("approval", "", "approver", "", {"key": "public_key"}),
    "Access": ("access denied export", "", "by", "time (UTC)", {"account": "account", "person": "person"})}
RESTS_ON = ("", FACT, "", "recorded (UTC)", {})  # a row of Facts or Judgements
class Refusing(ElementTree.TreeBuilder):
    def doctype(self, *_):
        raise ValueError("a part of the workbook has a document type, and may have entities")
parse = lambda data: ElementTree.fromstring(data, ElementTree.XMLParser(target=Refusing()))
runs = lambda element: "".join(each.text or "" for part in ("{*}t", "{*}r/{*}t") for each in element.findall(part))  # of a plain or rich text, no phonetic readings
unescape = lambda text: re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
letters = lambda column: (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)
text = lambda cell: cell["utc"] if isinstance(cell, dict) else str(cell)
def read_cell(cell, shared):  # a text, a number, a formula, or None
    kind, value = cell.get("t", "n"), "".join(each.text or "" for each in cell.findall("{*}v"))
    if cell.find("{*}f") is not None or kind == "n":
        return ("a formula", value) if cell.find("{*}f") is not None else float(value) if value else None
    return unescape("".join(map(runs, cell.findall("{*}is"))) if kind == "inlineStr" else shared[int(value)] if kind == "s" else value) or None
def read_workbook(path):  # {sheet: {"C4": value}}, in order
    with zipfile.ZipFile(path) as book:
        part = lambda target: parse(book.read(target[1:] if target.startswith("/") else "xl/" + target))
        if len(set(book.namelist())) != len(book.namelist()) or sum(each.file_size for each in book.infolist()) > 1 << 29:
            raise ValueError("a part of the workbook is in it twice, or it is too large")
        shared = [runs(item) for item in part("sharedStrings.xml")] if "xl/sharedStrings.xml" in book.namelist() else []
        targets = {one.get("Id"): one.get("Target") for one in part("_rels/workbook.xml.rels")}
        named = {sheet.get("name"): targets[value] for sheet in part("workbook.xml").findall("{*}sheets/{*}sheet") for key, value in sheet.items() if key.endswith("}id")}
        cells = lambda target: ((cell.get("r"), read_cell(cell, shared)) for cell in part(target).findall("{*}sheetData/{*}row/{*}c"))
        return {name: {place: value for place, value in cells(target) if value is not None} for name, target in named.items() if name != PAPER}
def read_lines(path):  # the sheets: columns, rows (their number), sheet (its name), tie, and by their number the lines
    sheets = []
    for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        value = json.loads(line)
        sheets += [types.SimpleNamespace(**value, lines={})] if "columns" in value else []
        wanted = value if "columns" in value else {"sheet": sheets[-1].sheet, "row": len(sheets[-1].lines) + 2, "cells": value["cells"][:len(sheets[-1].columns)]}
        if json.dumps(wanted, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != line:
            raise ValueError(f"a line of evidence.jsonl is out of order, or is not JSON in its one spelling: {line:.99}")
        sheets[-1].lines.update({value["row"]: dict(zip(sheets[-1].columns, value["cells"], strict=True))} if "cells" in value else {})
    return sheets
def same(there, value):  # what is too long for a cell is cut at 32,700 bytes of what is written there, with its escapes
    if not isinstance(value, str):
        return isinstance(there, float) and (there == value if isinstance(value, int) else round((there - 25569) * 86400) == datetime.datetime.fromisoformat(value["utc"].replace("Z", "+00:00")).timestamp())
    written = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value).replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_").encode()
    return there == (unescape(written[:32700].decode(errors="ignore") + CUT) if len(written) > 32700 else value)
def compare(sheet, cells):
    rows, columns = {1: dict(zip(sheet.columns, sheet.columns)), **sheet.lines}, [letters(at) for at in range(len(sheet.columns))]
    wanted = {**{column + str(number): value for number, row in rows.items() for column, value in zip(columns, row.values())}, f"A{len(rows) + 2}": sheet.tie}
    for place in {**wanted, **cells}:
        there, column = cells.get(place), place.rstrip("0123456789")
        if place in wanted and not same(there, wanted[place]) or place not in wanted and (column in columns or cells.get(column + "1") not in REVIEWER):
            findings.append(f"{sheet.sheet}!{place}: {there!r:.99} in the workbook, {repr(text(wanted[place])) if place in wanted else 'nothing':.99} in the evidence")
    if sheet.rows != len(sheet.lines) or not re.match(f"{sheet.rows} rows?(;|$)", sheet.tie):
        findings.append(f"{sheet.sheet}: {len(sheet.lines)} rows, its head counts {sheet.rows}, its last line says {sheet.tie!r}")
    return len(wanted)
def tie_row(where, row, named, kinds, leaves, content):  # the row to the entry that it names
    must, may, actor, time, fields = kinds
    if not (named.isdecimal() and int(named) < len(leaves)):
        return findings.append(f"{where}: entry {named!r} is not in the record") if "part" not in may or named != "no case record" else None
    leaf = leaves[seq := int(named)]
    if leaf["kind"] not in f"{must} {may}".split() or leaf["kind"] == "part" and not row["kind"].startswith("hold: "):
        findings.append(f"{where}: entry {seq} is of kind {leaf['kind']}, which this sheet does not list")
    for column, value in {actor: leaf["actor"], time: leaf["rec"][:19] + "Z", **{column: content.get((seq, field)) for column, field in fields.items()}}.items():
        if column and isinstance(value, str) and value and text(row[column]) != value and not text(row[column]).startswith("withheld: "):
            findings.append(f"{where}: {column} is {text(row[column])!r:.99}, and {value!r:.99} in entry {seq}")
    return seq
def complete(sheets, rows_of, leaves, manifest):  # the entries that the workbook was made of
    integrity = {row["item"]: row["value"] for row in sheets["Integrity"].lines.values()}
    entries, _, shown = integrity["entries"].partition("; shown here are the first ")
    if (int(entries), integrity["root of the tree of all entries"]) != (len(leaves), base64.b64encode(bytes.fromhex(manifest["root"])).decode()):
        findings.append("Integrity: it is of another record, or of another head of it")
    made_of = leaves[:int(shown or entries)]
    erased = {(leaf["refs"]["entry"], leaf["refs"]["field"]): leaves[leaf["refs"]["entry"]] for leaf in made_of if leaf["kind"] == "redaction"}
    for name, (must, *_) in SHEETS.items():
        findings.extend([] if name in sheets else [f"{name}: the sheet is not there"])
        for seq, kind in ((leaf["seq"], leaf["kind"]) for leaf in made_of if leaf["kind"] in must.split()):
            if rows_of[name, seq] != 1 and not (name == "Judgement history" and (seq, "statement") in erased):
                findings.append(f"{name}: entry {seq}, of kind {kind}, has {rows_of[name, seq]} rows")
    withheld = [[row[column] for column in ("sheet", "rows", "column", "commitment")] for row in (sheets["Withheld"].lines.values() if "Withheld" in sheets else [])]
    if [row for row in withheld if row[0].startswith("the record: ")] != [[f"the record: {leaf['kind']}", f"entry {seq}", field, leaf["commits"][field]] for (seq, field), leaf in erased.items()]:
        findings.append("Withheld: what was erased is not what the record says")
    return len(made_of)
def main(folder, workbook):
    leaves, openings = ([json.loads(line) for line in (folder / name).read_bytes().split(b"\n")[:-1]] for name in ("leaves.jsonl", "openings.jsonl"))
    manifest, sheets, book = json.loads((folder / "manifest.json").read_bytes()), read_lines(folder / "evidence.jsonl"), read_workbook(workbook or folder / "evidence.xlsx")
    if [*book] != [sheet.sheet for sheet in sheets]:
        findings.append(f"the sheets are {[*book]}, in the evidence {[sheet.sheet for sheet in sheets]}")
    cells, content = sum(compare(sheet, book.get(sheet.sheet, {})) for sheet in sheets), {(line["seq"], line["field"]): json.loads(line["value"]) for line in openings}
    sheets, rows_of, edition = {sheet.sheet.removeprefix("EXERCISE "): sheet for sheet in sheets}, collections.Counter(), manifest["edition"]
    for name, number, row in ((name, number, row) for name, sheet in sheets.items() for number, row in sheet.lines.items()):
        if named := text(row["entry"]) if "entry" in row else text(row.get("leaf", "")).partition("entry ")[2]:
            rows_of[name, tie_row(f"{name}, row {number}", row, named, SHEETS.get(name, ("", FACT, "", "recorded (UTC)", {})), leaves, content)] += 1
        if name == "Controls" and (row["result"] != "ties" or row["expected"] != row["counted"]):
            findings.append(f"{name}, row {number}: `{row['control']}` does not tie: {row['expected']}, {row['counted']}, {row['result']}")
    if edition not in [row["value"].split(", ")[0] for row in sheets["Read me"].lines.values() if row["item"] == "edition"]:
        findings.append(f"Read me: the edition is another one than in the manifest, {edition}")
    made_of = f"made of the first {complete(sheets, rows_of, leaves, manifest)} of {len(leaves)} entries" if edition in ("counsel", "auditor") else f"edition {edition} leaves rows out: whether others are missing was not looked at"
    print(*findings[:40], *([f"and {len(findings) - 40} more"] if len(findings) > 40 else []), f"{len(sheets)} sheets, {cells} cells, {sum(rows_of.values())} rows that name an entry; {made_of}",
          "DOES NOT HOLD" if findings else "holds: the workbook is that of its lines, and its rows are those of the entries, as far as verify_bundle.py FOLDER accepts these", sep="\n")
    return 1 if findings else 0
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", metavar="FOLDER", type=pathlib.Path)
parser.add_argument("--workbook", metavar="FILE", type=pathlib.Path, help="a copy, as a working paper; default: evidence.xlsx in FOLDER")
try:
    sys.exit(main(**vars(parser.parse_args())))
except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, OSError, zipfile.BadZipFile, ElementTree.ParseError) as error:
    sys.exit(f"it cannot be read: {error!r}")

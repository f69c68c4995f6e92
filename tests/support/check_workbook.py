"""check_workbook.py BOOK.xlsx ASSESSMENT.json SHEET...: reads a workbook back and prints what is wrong, a line each.

Sheets in order, frozen header, filter, print set-up, no formula, no hidden or merged cell, no text that its row hides,
and figures that tie with the JSON of the same assessment.
"""
import json
import math
import re
import sys
import zipfile
import xml.etree.ElementTree as ET

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
wrong = []


def say(text):
    wrong.append(text)


def column_of(reference):
    number = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_text(cell, strings):
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter("{%s}t" % NS["m"]))
    value = cell.find("m:v", NS)
    if value is None:
        return ""
    return strings[int(value.text)] if cell.get("t") == "s" else float(value.text)


def read(path):
    book = zipfile.ZipFile(path)
    strings = []
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ET.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", NS):
            strings.append("".join(t.text or "" for t in item.iter("{%s}t" % NS["m"])))
    targets = {r.get("Id"): r.get("Target") for r in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    workbook = ET.fromstring(book.read("xl/workbook.xml"))
    titles = [d for d in workbook.iter("{%s}definedName" % NS["m"]) if d.get("name") == "_xlnm.Print_Titles"]
    sheets = {}
    for index, sheet in enumerate(workbook.iter("{%s}sheet" % NS["m"])):
        root = ET.fromstring(book.read("xl/" + targets[sheet.get(REL)]))
        if sheet.get("state"):
            say(f"{sheet.get('name')}: is hidden")
        if not any(d.get("localSheetId") == str(index) for d in titles):
            say(f"{sheet.get('name')}: the header is not printed on each page")
        sheets[sheet.get("name")] = form(sheet.get("name"), root, strings)
    if any("vbaProject" in name for name in book.namelist()):
        say("there are macros")
    return sheets


def form(name, root, strings):
    pane = root.find(".//m:pane", NS)
    if pane is None or pane.get("state") != "frozen" or pane.get("ySplit") != "1":
        say(f"{name}: the header is not frozen")
    setup = root.find("m:pageSetup", NS)
    if setup is None or setup.get("orientation") != "landscape" or setup.get("paperSize") != "9":
        say(f"{name}: no landscape A4")
    if root.find("m:sheetPr/m:pageSetUpPr[@fitToPage='1']", NS) is None:
        say(f"{name}: not fitted to the page")
    footer = root.find("m:headerFooter/m:oddFooter", NS)
    if footer is None or "&P" not in footer.text or "&N" not in footer.text:
        say(f"{name}: no page numbers")
    if root.find("m:mergeCells", NS) is not None or root.find(".//m:f", NS) is not None:
        say(f"{name}: merged cells or a formula")
    widths = {}
    for col in root.iter("{%s}col" % NS["m"]):
        for number in range(int(col.get("min")), int(col.get("max")) + 1):
            widths[number - 1] = float(col.get("width"))
    rows = []
    for row in root.iter("{%s}row" % NS["m"]):
        if row.get("hidden"):
            say(f"{name}: row {row.get('r')} is hidden")
        cells = {}
        for cell in row:
            text = cell_text(cell, strings)
            cells[column_of(cell.get("r"))] = text
            if isinstance(text, str):
                if text == "":
                    say(f"{name}: {cell.get('r')} is empty")
                if text[:1] in "=+-@" and text[:1] and cell.get("t") not in ("s", "inlineStr"):
                    say(f"{name}: {cell.get('r')} may be read as a formula")
                # as many lines as the text needs at least, against those that the row shows
                shown = math.floor(float(row.get("ht", 15)) / 15 + 0.01)
                if row.get("ht") and len(text) > shown * widths.get(column_of(cell.get("r")), 9):
                    say(f"{name}: {cell.get('r')} has {len(text)} letters in {shown} lines")
                if "(cut; whole in the JSON)" in text:
                    say(f"{name}: {cell.get('r')} is cut")
        rows.append((int(row.get("r")), cells))
    header = [rows[0][1].get(i, "") for i in range(len(rows[0][1]))]
    filtered = root.find("m:autoFilter", NS)
    if filtered is None or column_of(filtered.get("ref").split(":")[1]) != len(header) - 1:
        say(f"{name}: the filter does not span the header")
    tie = rows[-1][1].get(0, "")
    body = [[cells.get(i, "") for i in range(len(header))] for number, cells in rows[1:-1]]
    if not re.match(r"%d rows?\b" % len(body), str(tie)):
        say(f"{name}: ends with `{tie}`, has {len(body)} rows")
    for cells in body:
        if any(text == "" for text in cells):
            say(f"{name}: a cell is missing in row {cells[0]}")
    return [dict(zip(header, cells)) for cells in body]


def serial(utc):
    import datetime
    at = datetime.datetime.strptime(utc, "%Y-%m-%dT%H:%M:%SZ")
    return (at - datetime.datetime(1899, 12, 30)).total_seconds() / 86400


def tie(sheets, assessment):
    duties = {duty["id"]: duty for duty in assessment["duties"]}
    words = {"owed": "OWED", "undetermined": "OPEN", "not_owed": "NOT OWED"}
    rows = {row["duty"]: row for row in sheets["Duties"]}
    if set(rows) != set(duties):
        say("Duties: other duties than the JSON")
    for name, row in rows.items():
        duty = duties[name]
        if row["owed"] != words[duty["verdict"]]:
            say(f"Duties: {name} is {row['owed']}")
        if ("not law" in row["asked by"]) != ("not_law" in duty) or ("not law" in row["confidence"]) != ("not_law" in duty):
            say(f"Duties: {name} is asked by {row['asked by']}, confidence {row['confidence']}")
        for column, key in (("safe instant (UTC)", "safe_utc"), ("maximum (UTC)", "maximum_utc")):
            utc = duty["deadline"][key]
            if utc is None and not isinstance(row[column], str):
                say(f"Duties: {name} has a date that the JSON lacks")
            if utc is not None and (isinstance(row[column], str) or abs(row[column] - serial(utc)) > 1e-6):
                say(f"Duties: {name} {column} is {row[column]}, not {utc}")
    live = {name for name, duty in duties.items() if duty["verdict"] != "not_owed"}
    if {row["duty"] for row in sheets["Deadlines"]} != live:
        say("Deadlines: not the duties that are owed or open")
    if {row["duty"] for row in sheets["Not owed"]} != set(duties) - live:
        say("Not owed: not the duties that are not owed")
    limits = {(row["duty"], row["limb"]) for row in sheets["Deadlines"]}
    if not {(row["duty"], row["limb"]) for row in sheets["Steps"]} <= limits:
        say("Steps: steps of a limit that Deadlines lacks")
    steps = sum(len(reading["steps"]) for name in live for limb in duties[name]["deadline"]["alternatives"] for reading in limb["steps"])
    if len(sheets["Steps"]) != steps:
        say(f"Steps: {len(sheets['Steps'])} rows, {steps} steps in the JSON")
    if len(sheets["Questions"]) != len(assessment["questions"]):
        say("Questions: not those of the JSON")
    if len(sheets["Not covered"]) != len(assessment["not_covered"]) + len(assessment["families"]):
        say("Not covered: not the lines of the JSON")
    if len(sheets["Recipients"]) != sum(len(duty["recipients"]) for duty in duties.values()):
        say("Recipients: not those of the JSON")
    for row in sheets["Controls"]:
        if row["result"] != "ties" or row["expected"] != row["counted"]:
            say(f"Controls: {row['control']} does not tie")
    facts = {row["row id"] for row in sheets["Facts"]}
    for name, row in rows.items():
        for fact in re.findall(r"\bF\d{4}\b", row["rests on"]):
            if fact not in facts:
                say(f"Duties: {name} rests on {fact}, which Facts lacks")


book, answers, expected = sys.argv[1], sys.argv[2], sys.argv[3:]
sheets = read(book)
if list(sheets) != expected:
    say(f"sheets are {list(sheets)}")
else:
    for sheet, rows in sheets.items():
        if not rows and sheet not in ("Judgements", "Not owed", "Changes", "Questions"):
            say(f"{sheet}: has no row")
        if rows and sheet not in ("Read me", "Summary") and ("leaf" not in rows[0] or not ({"row id", "id"} & set(rows[0]))):
            say(f"{sheet}: rows without row id or leaf")
    tie(sheets, json.load(open(answers, encoding="utf-8")))
print("\n".join(wrong), end="")

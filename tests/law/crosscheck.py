#!/usr/bin/env python3
"""Compares tests/law/crosscheck/PLACE/LAW.csv, written from the sources of the law, with jurisdictions/PLACE/LAW.xml.

Usage: crosscheck.py [FOLDER [JURISDICTIONS]]

Each law file has a table: one without is a disagreement.

Forwards:  the amount, operator and unit of each row stand in the obligation version that the row names.
Backwards: each amount of a limb, each comparison with a number and each date of a version has a row.

The last three columns say where a row stands in the law book:
  obligation  an id with its version; or item:ID of that version, fact:ID, counting:ID, hold:KIND
  fact        words that stand with the amount: the start of a limb, the left side of a comparison

Nothing here is shared with the program: it reads the XML as text.
"""
import csv
import html
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["instrument", "provision", "what", "operator", "amount", "unit", "start", "source address", "read on", "grade of reading",
           "obligation", "version", "fact"]
LIMITS = {"not later than", "promptly"}
COMPARED = {"at least", "at most", "more than", "fewer than"}
COMPARISON = re.compile(r"(at least|at most|more than|fewer than|less than) ((?:[A-Z]{3} )?[\d.]+(?: ?%| hours| days| minutes)?)")
ALWAYS = {("at least", "1"), ("more than", "0")}        # "some": no number of the law


def flat(text):
    return re.sub(r"\s+", " ", text or "").strip()


def words(element):
    return flat(" ".join(element.itertext())) if element is not None else ""


def written(row):
    """The amount of a comparison as the law book writes it."""
    amount, unit = row["amount"], row["unit"]
    if unit in ("EUR", "USD"):
        return f"{unit} {amount}"
    if unit == "%":
        return f"{amount} %"
    return f"{amount} {unit}" if unit in ("hours", "minutes") else amount


def limb_amount(row):
    return f'{row["amount"]} {"working days" if row["unit"] == "business days" else row["unit"]}'


class Version:
    def __init__(self, law, obligation, element):
        self.id = obligation.get("id")
        self.first = element.get("from")
        self.until = element.get("until")
        self.proposed = element.get("status") == "proposed"
        self.element = element
        self.law = law
        self.limbs = [(limb.get("amount"), flat(" ".join(words(start) for start in limb.findall("start")))) for limb in element.iter("limb")]
        conditions = [words(part) for tag in ("who", "when", "unless", "people", "relevant", "extended-when", "each")
                      for part in element.iter(tag)]
        conditions += [start for _, start in self.limbs]
        conditions += [flat(channel.text) for channel in element.iter("channel")]
        self.text = self.widen(" | ".join(conditions + [words(obligation.find("when"))]))

    def widen(self, text):
        """The text, with each definition that it names."""
        used, found = set(), True
        while found:
            found = False
            for name, body in self.law.defines.items():
                if name not in used and re.search(r"(?<![\w.-])" + re.escape(name) + r"(?![\w-]|\.\w)", text):
                    used.add(name)
                    text += " | " + body
                    found = True
        return text


def instances(root):
    """The obligations of the templates, one for each instance, with its words put in."""
    templates = {template.get("id"): template.find("obligation") for template in root.iter("template")}
    for instance in root.iter("instance"):
        text = ET.tostring(templates[instance.get("of")], encoding="unicode")
        for entry in instance.findall("set"):
            text = text.replace(f'$({entry.get("name")})', html.escape(flat(entry.text)))
        obligation = ET.fromstring(text)
        if obligation.get("id") == templates[instance.get("of")].get("id"):
            obligation.set("id", f'{obligation.get("id")}.{instance.get("place").lower()}')
        for version in obligation.findall("version"):
            for name in ("from", "until", "status"):
                if instance.get(name):
                    version.set(name, instance.get(name))
        yield obligation


class Law:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.id = root.get("id")
        self.defines = {define.get("id"): words(define) for define in root.iter("define")}
        self.versions = {}
        shared = {recipients.get("id"): list(recipients) for recipients in root.findall("recipients")}
        for recipients in root.iter("recipients"):
            recipients[:0] = shared.get(recipients.get("as"), [])
        for obligation in [*root.findall("obligation"), *instances(root)]:
            for version in obligation.findall("version"):
                held = Version(self, obligation, version)
                self.versions[held.id, held.first] = held
        self.holds = {}
        for rule in root.iter("hold-rule"):
            text = " ".join(value for part in rule.iter() for value in part.attrib.values()) + " " + words(rule)
            self.holds[rule.get("kind")] = self.holds.get(rule.get("kind"), "") + " " + text


def check_version(law, row):
    version = law.versions.get((row["obligation"], row["version"]))
    if version is None:
        return "no such version"
    operator, fact, what = row["operator"], row["fact"], None
    if operator == "not later than":
        wanted = limb_amount(row)
        near = [amount for amount, start in version.limbs if fact in start]
        if wanted in near:
            return None
        return f'no limb of {wanted} from "{fact}": {", ".join(amount or "none" for amount in near) or "no limb"}'
    if operator == "promptly":
        if any(amount is None and fact in start for amount, start in version.limbs):
            return None
        return f'no limb without an amount from "{fact}"'
    if operator in COMPARED and fact == "lasts":
        lasts = [flat(part.get("amount")) for part in version.element.iter("lasts") if part.get("amount")]
        lasts += [period for part in version.element.iter("lasts") for period in re.findall(r"plus (\d+ \w+)", words(part))]
        return None if f'{row["amount"]} {row["unit"]}' in lasts else f"lasts {lasts}"
    if operator in COMPARED and fact.startswith("item:"):
        labels = [words(item) for item in version.element.iter("item") if item.get("id") == fact[5:]]
        wanted = f'not less than {row["amount"]} {row["unit"]}'
        return None if any(wanted in label for label in labels) else f'"{wanted}" not in the item'
    if operator in COMPARED and fact == "of":
        wanted = f'{operator} {row["amount"]} of ('
    elif operator in COMPARED:
        wanted = f"{fact} {operator} {written(row)}"
    elif operator == "within":
        wanted = f'{fact} {row["amount"]} {row["unit"]}'
    elif operator == "is":
        wanted = f'{fact} is {row["amount"]}'
    elif operator == "from" and fact:
        wanted = f'{fact} {row["amount"]}'
    elif operator == "from":
        before = [held for held in law.versions.values() if held.id == version.id and held.until == row["amount"]]
        earlier = [held for held in law.versions.values() if held.id == version.id and held.first < version.first and not held.proposed]
        if version.first != row["amount"]:
            return f"in force from {version.first}"
        return "the version before it ends on another day" if earlier and not before else None
    elif operator == "every":
        repeats = [" ".join(part.attrib.values()) for part in version.element.iter("repeat")]
        wanted = f'{row["amount"]} {row["unit"]}'
        return None if any(wanted in repeat for repeat in repeats) else f"repeats {repeats}"
    elif operator == "to":
        kind, _, value = fact.partition(" ")
        values = [to.get(kind) for to in version.element.iter("to")]
        return None if value in values else f"to {values}"
    elif operator == "not before":
        starts = [words(part) for part in version.element.iter("not-before")]
        return None if any(fact in start for start in starts) else f"not before {starts}"
    else:
        return f'operator "{operator}" is not known'
    if re.search(re.escape(wanted) + r"(?![\d]|\.\d)", version.text):
        return None
    return f'"{wanted}" does not stand in it'


def check(row, law, shared):
    kind, _, name = row["obligation"].partition(":")
    if row["instrument"] != law.id:
        return f"the instrument is {law.id}"
    if not name:
        return check_version(law, row)
    if kind == "hold":
        text = law.holds.get(name, "")
        return None if re.search(rf'(?<!\d){row["amount"]} {row["unit"]}', text) or \
            re.search(rf'(?<!\d){row["amount"]} (?:more|further)', text) else f'no {row["amount"]} {row["unit"]} in "{text[:60]}"'
    if kind == "counting":
        for element in shared["counting"].iter("law"):
            if element.get("id") == name:
                values = [reading.get(row["fact"]) or "" for reading in [element, *element.iter("reading")]]
                return None if any(row["amount"] in value for value in values) else f'{row["fact"]}: {values}'
        return "no such way of counting"
    if kind == "fact":
        for element in shared["vocabulary"].iter("fact"):
            if element.get("id") == name:
                text = words(element) + " " + " ".join(element.attrib.values())
                amount = row["amount"].replace("2000000", "2 million")
                wanted = f"EUR {amount}" if row["unit"] == "EUR" else f'{row["operator"]} {amount} {row["unit"]}'
                return None if wanted in text else f'"{wanted}" does not stand in the words of the fact'
        return "no such fact"
    return f'no place "{kind}"'


def uncovered(law, mine):
    """What stands in a law file without a row."""
    numbers = {(row["operator"], written(row)) for row in mine if row["operator"] in COMPARED}
    dates = {row["amount"] for row in mine if row["operator"] == "from"}
    for (name, first), version in law.versions.items():
        if version.proposed:
            continue
        here = [row for row in mine if row["obligation"] == name and row["version"] == first]
        amounts = {limb_amount(row) for row in here if row["operator"] == "not later than"}
        for amount in sorted({amount for amount, _ in version.limbs if amount} - amounts):
            yield f"{name} from {first}: limb of {amount} has no row"
        if first not in dates:
            yield f"{name}: the date {first} has no row"
        for operator, number in sorted(set(COMPARISON.findall(version.text)) - ALWAYS):
            if (operator, number) not in numbers:
                yield f"{name} from {first}: {operator} {number} has no row"
        for date in re.findall(r"(?:before|at or after|after) (\d{4}-\d\d-\d\d)", version.text):
            if date not in dates:
                yield f"{name} from {first}: the date {date} has no row"


def read(table):
    with open(table, newline="", encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != COLUMNS:
            sys.exit(f"{table}: the columns are not {', '.join(COLUMNS)}")
        return list(reader)


def main():
    tables = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "crosscheck"
    book = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE.parent.parent / "jurisdictions"
    shared = {name: ET.parse(book / "_shared" / f"{name}.xml").getroot() for name in ("counting", "vocabulary")}
    files = [path for path in sorted(book.rglob("*.xml")) if not path.relative_to(book).parts[0].startswith("_") and ET.parse(path).getroot().tag == "law"]
    faults, count = [], 0
    for path in files:
        name = path.relative_to(book)
        table = tables / name.with_suffix(".csv")
        if not table.exists():
            faults.append(f"{name}: no table {table.name} beside it")
            continue
        law, rows = Law(path), read(table)
        count += len(rows)
        for number, row in enumerate(rows, 2):
            place = f"{name.with_suffix('.csv')}:{number}"
            if row["grade of reading"] not in ("T", "C", "S", "U") or not re.fullmatch(r"\d{4}-\d\d-\d\d", row["read on"]):
                faults.append(f"{place}: a row needs a grade and the day of its reading")
            fault = check(row, law, shared)
            if fault:
                faults.append(f'{place}: {row["obligation"]} {row["version"]}, {row["provision"]}, {row["what"]}: {fault}')
        faults += sorted(set(uncovered(law, rows)))
    faults += [f"{path.relative_to(tables)}: no law file of that name" for path in sorted(tables.rglob("*.csv"))
               if book / path.relative_to(tables).with_suffix(".xml") not in files]
    for fault in faults:
        print(fault)
    print(f"{len(files)} law files, {count} rows compared, {len(faults)} disagreements")
    sys.exit(1 if faults or not count else 0)


main()

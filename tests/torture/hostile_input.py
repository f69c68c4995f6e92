"""C2 to C6, C9, C10: texts, bytes, numbers and XML that mean harm, through every output and back. What an output cannot hold is
shown as U+FFFD (HTML) or left out (calendar), as reports/escape.h says; all else comes back byte for byte."""
import collections
import csv
import glob
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as tree
import zipfile

from world import Failed, asked, done, expect, fresh, nightly, program, run

law = ["--law", asked.root + "/jurisdictions"]
moment = ["--as-of", "2026-11-23T09:00+01:00"]


def data(name):
    with open(f"{asked.root}/tests/torture/data/{name}.json", encoding="ascii") as file:
        return json.load(file)


# ---- Where free text stands in an account, and in the entries of a record beside it.

def account(texts):
    """The sample of letters to wrong people, with a text in every field that holds one; the fields in order."""
    with open(asked.root + "/tests/cases/samples/simple.json", encoding="utf-8") as file:
        made = json.load(file)
    shop = made["entities"][0]
    slots = [lambda t: made.update(title=t), lambda t: shop.update(name=t), lambda t: shop.update(short=t)]
    for fact in ("incident.supplier", "text.what_happened", "text.discovery", "text.likely_consequences", "text.measures_taken", "text.measures_planned", "text.steps_for_people", "text.next_update"):
        slots.append(lambda t, fact=fact: made["facts"].update({fact: t}))
    for fact in ("entity.legal_name", "entity.contact_name", "entity.contact_email", "entity.dpo_name", "entity.dpo_email", "entity.dpo_phone", "text.reasons_for_delay"):
        slots.append(lambda t, fact=fact: shop["facts"].update({fact: t}))
    found = made["facts"]["incident.detected_at"]
    slots += [lambda t: found.update(by=t), lambda t: found.update(source=t)]
    made["facts"]["data.accessed"] = "yes"
    shop["facts"].update({"entity.main_establishment": "DE", "entity.land": "DE-HE", "entity.kind": "company", "entity.sectors": {"exactly": ["other"]}, "entity.gdpr_scope_exclusion": "none", "judged.gdpr_risk": "risk"})
    for slot, text in zip(slots, texts):
        slot(text)
    return made


account_fields = 20
entry_fields = 8


def entries(case, texts):
    """Entries of a record with a text each; no text is an argument that the system cannot hand over."""
    said = iter(texts)
    who = ["--actor", "soc"]
    for command in (["request", case, "request", "--from=" + next(said), "--asks=" + next(said), "--form=" + next(said), "--follows=" + next(said)], ["legal-hold", case, "--hold", "h", "--reason=" + next(said)],
                    ["answer", case, None, "--at", "2026-11-20T10:00+01:00", "--note=" + next(said)], ["all-clear", case, "--by=" + next(said), "--at", "2026-11-20T10:00+01:00", "--reason=" + next(said)]):
        if None in command:
            command[2] = str(request)
        made = done(*moment, "case", *command, *who)
        if command[0] == "request":
            request = int(re.search(r"entry (\d+)", made).group(1))


def outputs(work, texts, said):
    """Everything that is made of an account and a record with these texts, by the kind of file."""
    folder = fresh(work, "round")
    case, file_name = folder + "/m.case", folder + "/account.json"
    with open(file_name, "w", encoding="utf-8") as file:
        json.dump(account(texts), file, ensure_ascii=False)
    done("case", "init", case, "--id", "INC-2026-0007", "--actor", "soc")
    done(*moment, *law, "case", "import", case, file_name, "--actor", "soc")
    entries(case, said)
    done(*moment, *law, "check", case, "--out", folder + "/check")
    done(*moment, *law, "packet", case, "--out", folder + "/packet")
    done(*moment, *law, "evidence", case, "--out", folder + "/evidence.xlsx")
    made = {"show.json": done("case", "show", case), "log.json": "[" + ",".join(done("--format", "json", "case", "log", case).rstrip("\n").split("\n")) + "]", "check.txt": done(*moment, *law, "check", case)}
    for path in sorted(glob.glob(folder + "/check/*") + glob.glob(folder + "/packet/**", recursive=True)):
        if os.path.isfile(path):
            with open(path, encoding="utf-8", newline="") as file:
                made[os.path.relpath(path, folder)] = file.read()
    done("case", "verify", case)
    return made, folder + "/evidence.xlsx"


# ---- Each kind of file read by a reader that is not ours: the texts in it, and its bones.

class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.texts, self.bones, self.verbatim = [""], collections.Counter(), None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.bones[(tag, *sorted(name for name, _ in attributes))] += 1
        self.texts.append("")

    def handle_endtag(self, tag):
        self.texts.append("")

    def handle_data(self, text):
        self.texts[-1] += text

    def handle_decl(self, text):
        self.bones[text] += 1

    def handle_comment(self, text):
        self.bones["comment"] += 1

    def unknown_decl(self, text):
        self.bones["declaration"] += 1


def strings_of(value):
    if isinstance(value, dict):
        return [text for item in value.items() for part in item for text in strings_of(part)]
    if isinstance(value, list):
        return [text for item in value for text in strings_of(item)]
    return [value] if isinstance(value, str) else []


def calendar(text):
    """Property values with their escapes taken off (RFC 5545 3.3.11), and how often each property stands there."""
    expect(all(len(line.encode()) <= 75 for line in text.split("\r\n")), "a line of the calendar is longer than 75 octets")
    expect("\n" not in text.replace("\r\n", ""), "a line of the calendar ends otherwise")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    texts = [re.sub(r"\\(.)", lambda found: "\n" if found.group(1) in "nN" else found.group(1), line.split(":", 1)[1]) for line in lines]
    return texts, collections.Counter(re.split("[:;]", line)[0] + (line if line.startswith(("BEGIN", "END")) else "") for line in lines)


def without_apostrophe(field):
    """What escape_csv put in front is one apostrophe, of a field that has a formula behind its apostrophes."""
    return field[1:] if field.startswith("'") and re.match(r"[ ]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", field.lstrip("'")) else field


def read_back(name, text):
    if name.endswith(".json"):
        return strings_of(json.loads(text)), None
    if name.endswith(".html"):
        page = Page(text)
        return page.texts, page.bones
    if name.endswith(".ics"):
        return calendar(text)
    if name.endswith(".csv"):
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        return [without_apostrophe(field) for row in rows for field in row], collections.Counter(len(row) for row in rows)
    return [text], None


def in_cell(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def workbook(path):
    """Texts of all cells, every part read by an XML parser that knows nothing of workbooks; no formula in any."""
    texts, space = [], "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            try:
                root = tree.fromstring(book.read(name))
            except tree.ParseError as failed:
                raise Failed(f"{name} of the workbook is no XML: {failed}") from failed
            expect(not any(element.tag == space + "f" for element in root.iter()), f"a formula in {name}")
            texts += [in_cell("".join(part.text or "" for part in element.iter(space + "t"))) for tag in ("si", "is") for element in root.iter(space + tag)]
    return texts


def as_held(name, text):
    """The text as that kind of file can hold it."""
    if name.endswith(".html"):
        return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", "\ufffd", text)
    if name.endswith(".ics"):
        return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", "", re.sub("\r\n?", "\n", text))
    return text


class Journey:
    """Where marks come out, once; then other texts in their places must come out there too, and nothing else change."""

    def __init__(self, work):
        self.work = work
        marks = [f"mark-{i:02d}-end" for i in range(account_fields + entry_fields)]
        made, book = outputs(work, marks[:account_fields], marks[account_fields:])
        cells = workbook(book)
        self.places = {name: [i for i, mark in enumerate(marks) if any(mark in text for text in read_back(name, text)[0])] for name, text in made.items()}
        self.places["workbook"] = [i for i, mark in enumerate(marks) if any(mark in cell for cell in cells)]
        self.bones = {name: read_back(name, text)[1] for name, text in made.items()}
        seen = set().union(*map(set, self.places.values()))
        expect(seen == set(range(len(marks))), f"fields that come out nowhere: {set(range(len(marks))) - seen}")
        for kind in (".json", ".html", ".ics", ".csv", "workbook"):
            expect(any(name.endswith(kind) and places for name, places in self.places.items()), f"no mark in any {kind}")

    def take(self, texts):
        """One text a field."""
        made, book = outputs(self.work, texts[:account_fields], texts[account_fields:])
        expect(set(made) == set(self.bones), "other files are made")
        for name, text in made.items():
            if name.endswith(".txt"):
                expect(not re.search("[\0-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]", text), f"{name}: a control character")
                continue
            found, bones = read_back(name, text)
            self.compare(name, found, texts)
            expect(bones == self.bones[name], f"{name}: {(bones or collections.Counter()) - (self.bones[name] or collections.Counter())} more, {(self.bones[name] or collections.Counter()) - (bones or collections.Counter())} fewer")
        self.compare("workbook", workbook(book), texts)
        parts_are_well_formed(book)
        return made, book

    def compare(self, name, found, texts):
        for place in self.places[name]:
            wanted = as_held(name, texts[place])
            expect(any(wanted in text for text in found), f"{name}: field {place}: {texts[place][:200]!r} does not come back")


def parts_are_well_formed(book):
    if shutil.which("xmllint") is None:
        return
    with zipfile.ZipFile(book) as parts:
        for name in parts.namelist():
            checked = subprocess.run(["xmllint", "--noout", "--nonet", "-"], input=parts.read(name), capture_output=True, check=False)
            expect(checked.returncode == 0, f"{name}: {checked.stderr.decode()[:300]}")


def rounds(texts, count):
    """The texts spread over the fields: each once in the fast set, each in every field in the nightly one."""
    for begin in range(0, len(texts), 1 if nightly else count):
        yield [texts[(begin + i) % len(texts)] for i in range(count)]


def refused(path, words):
    """An account that is refused, with the place of what is wrong in it."""
    result = run(*moment, *law, "check", path)
    expect(result.returncode == 3 and os.path.basename(path) + ":" in result.text, f"{words}: exit {result.returncode} {result.text[:300]}")


def travel(work, texts):
    """The journey of these texts: what U+0000 is in is refused, all else comes back. The runs; pages, workbook and the texts of its
    cells from the last round."""
    journey, runs, last = Journey(work), 0, None
    for text in texts:
        if "\0" in text:
            with open(work + "/account.json", "w", encoding="utf-8") as file:
                json.dump(account([text] * account_fields), file)
            refused(work + "/account.json", repr(text))
            runs += 1
    for chosen in rounds([text for text in texts if "\0" not in text], account_fields + entry_fields):
        last = (*journey.take(chosen), [chosen[place] for place in journey.places["workbook"]])
        runs += len(chosen)
    return runs, last


def c5(work):
    """Naughty texts in every free-text field: each output holds them byte for byte; bytes that are no UTF-8 never come in."""
    runs, (_, book, cells) = travel(work, [text for _, text in data("texts")])
    with open(work + "/sound.json", "w", encoding="utf-8") as file:
        json.dump(account(["HERE"] * account_fields), file)
    with open(work + "/sound.json", "rb") as file:
        sound = file.read()
    done("case", "init", work + "/bytes.case", "--id", "INC-1", "--actor", "soc")
    for name, digits in data("utf8"):
        bad = bytes.fromhex(digits)
        with open(work + "/account.json", "wb") as file:
            file.write(sound.replace(b"HERE", bad))
        refused(work + "/account.json", name)
        if b"\0" not in bad:
            said = subprocess.run([program.encode(), b"case", b"legal-hold", work.encode() + b"/bytes.case", b"--hold", b"h", b"--reason=" + bad, b"--actor", b"soc"], capture_output=True, check=False)
            expect(said.returncode in (2, 3) and said.stderr, f"{name} as an argument: exit {said.returncode}")
        runs += 2
    return f"{runs}, office program: {opened_by_an_office(work, book, cells)}"


def opened_by_an_office(work, book, texts):
    """Every sheet as CSV by LibreOffice: it opens, and has the same texts where they hold no control character."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return "not run"
    folder = fresh(work, "office")
    made = subprocess.run([office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", folder, book], capture_output=True, timeout=180, check=False)
    sheets = glob.glob(folder + "/*.csv")
    expect(made.returncode == 0 and len(sheets) > 5, f"LibreOffice: {made.stderr.decode()[-300:]}")
    shown = []
    for sheet in sheets:
        with open(sheet, encoding="utf-8", newline="") as file:
            shown += [cell for row in csv.reader(file) for cell in row]
    plain = [text for text in texts if not re.search("[\0-\x1f\x7f-\x9f\ufffe\uffff]", text)]
    for text in plain:
        expect(any(text in cell for cell in shown), f"LibreOffice shows {text!r} otherwise")
    return f"{len(sheets)} sheets, {len(plain)} texts the same"


def c9(work):
    """Markup in every free-text field: no element, attribute or script of it in any page; a browser sees the same."""
    runs, (made, _, _) = travel(work, data("markup"))
    return f"{runs}, browser: {seen_by_a_browser(work, made)}"


def seen_by_a_browser(work, made):
    """Each page as Chromium has it after loading has the elements that Python's parser found, but those a browser adds."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return "not run"
    pages = 0
    for name, text in made.items():
        if not name.endswith(".html"):
            continue
        with open(work + "/page.html", "w", encoding="utf-8", newline="") as file:
            file.write(text)
        seen = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={work}/browser", "--virtual-time-budget=2000", "--dump-dom", "--enable-logging=stderr", f"file://{work}/page.html"], capture_output=True, timeout=120, check=False)
        expect(seen.returncode == 0 and seen.stdout, f"the browser does not open {name}: {seen.stderr.decode(errors='replace')[-300:]}")
        expect(b"Content Security Policy" not in seen.stderr, f"{name}: the browser had to refuse something: {seen.stderr.decode(errors='replace')[-500:]}")
        bones = [{bone: count for bone, count in Page(page).bones.items() if bone[0] not in ("html", "head", "body", "tbody") and not isinstance(bone, str)} for page in (text, seen.stdout.decode())]
        expect(bones[0] == bones[1], f"{name}: the browser sees {bones[1]}, and {bones[0]} was written")
        pages += 1
    return f"{pages} pages"


def c10(work):
    """Texts that would end an element, attribute, section or string of a packet: its values after parsing are those that went in."""
    return travel(work, data("injection"))[0]


# ---- Documents that are read: numbers, XML.

def c6(work):
    """Numbers as they stand in a file: taken exactly or refused, never rounded."""
    with open(asked.root + "/tests/cases/samples/simple.json", encoding="utf-8") as file:
        sound = file.read().replace('"facts": {"people.affected": {"at_least": 110, "at_most": 130}}', '"facts": {}')
    begin, end = '"people.total": ', ',\n    "text.'
    for text, wanted in data("numbers"):
        with open(work + "/account.json", "w", encoding="utf-8") as file:
            file.write(re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _, text=text: begin + text + end, sound))
        if wanted is None:
            refused(work + "/account.json", text)
            continue
        case = fresh(work, "number") + "/m.case"
        done("case", "init", case, "--id", "INC-2026-0007", "--actor", "soc")
        done(*moment, *law, "case", "import", case, work + "/account.json", "--actor", "soc")
        expect(json.loads(done("case", "show", case))["facts"]["people.total"] == int(wanted), f"{text} is another number in the record")
        done(*moment, *law, "evidence", case, "--out", work + "/e.xlsx")
        expect(any(wanted in re.sub("[ .,\u202f]", "", cell) for cell in workbook(work + "/e.xlsx")), f"{text} is another number in the workbook")
    return len(data("numbers"))


def law_book(work):
    """A law book of names alone, to which one file is added."""
    shutil.copytree(asked.root + "/jurisdictions/_shared", work + "/book/_shared")
    os.makedirs(work + "/book/xx")
    return work + "/book", work + "/book/xx/law.xml"


def read_law(book, *before, most_mib=64):
    """Reads the book within two seconds of processor and this much memory, when nothing stands before the program; what it says."""
    with tempfile.TemporaryFile() as said, subprocess.Popen([*before, program, "--law", book, "law", "check"], stdout=said, stderr=said) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read()
    expect(child.returncode >= 0, f"signal {-child.returncode}")
    if not before:
        expect(usage.ru_utime < 2 and usage.ru_maxrss <= most_mib << 10, f"{usage.ru_utime:.1f} s of processor, {usage.ru_maxrss >> 10} MiB")
    return child.returncode, words


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def c2(work):
    """XML that is none: each file refused with its place, and what is well-formed is not called malformed."""
    book, file = law_book(work)
    for name, text in data("not_xml"):
        write(file, text)
        code, said = read_law(book)
        expect(code == 3 and b"law.xml:" in said and re.search(rb"DN01\d\d", said), f"{name}: exit {code} {said[:300]}")
    for text in ("<a/>", "<?xml version='1.0' encoding='UTF-8'?>\n<!-- x --><a b='1' c=\"'\">&lt;&#65;&#x41;<![CDATA[<&]]></a>\n<!-- y -->", "\ufeff<a/>"):
        write(file, text)
        expect(not re.search(rb"DN01\d\d", read_law(book)[1]), f"{text} is called malformed")
    return len(data("not_xml")) + 3


def c3(work):
    """Entity bombs, files and addresses named by XML: refused at once, in little memory, and nothing named is opened."""
    book, file = law_book(work)
    bait = fresh(work, "bait-folder")
    write(bait + "/bait", "<!ENTITY stolen 'stolen'>")
    traced = shutil.which("strace") is not None
    for name, text in data("doctype"):
        write(file, text.replace("FOLDER", bait))
        code, said = read_law(book)
        expect(code == 3 and b"law.xml:" in said, f"{name}: exit {code} {said[:300]}")
        expect(b"<!DOCTYPE" not in text.encode() or re.search(rb"DN010\d", said), f"{name} is refused as law only: {said[:300]}")
        expect(b"stolen" not in said and b"root:" not in said, f"{name}: content of a file is told")
        if traced:
            said = read_law(book, "strace", "-f", "-e", "trace=%file,%network", "-o", work + "/trace")[1]
            if b"not permitted" in said or not os.path.exists(work + "/trace"):
                traced = False
                continue
            with open(work + "/trace", encoding="utf-8", errors="replace") as trace:
                calls = trace.read()
            expect(not re.search(r"bait-folder|/etc/passwd|/dev/random|/proc/self/environ|socket\(|connect\(", calls), f"{name}: something is opened")
    for name, text in (("deep", "<a>" * 100_000 + "</a>" * 100_000), ("deeper", "<a>" * 5_000_000), ("wide", "<a>" + "<b/>" * 3_000_000 + "</a>"), ("attributes", "<a " + " ".join(f"b{i}=''" for i in range(1_000_000)) + "/>"), ("long name", "<" + "a" * 15_000_000 + "/>"), ("long text", "<a>" + "x" * 17_000_000 + "</a>")):
        write(file, text)
        code, _ = read_law(book, most_mib=256)
        expect(code == 3, f"{name}: exit {code}")
    return f"{len(data('doctype')) + 6}, {'nothing opened by strace' if traced else 'strace not run'}"


def c14(work):
    """Names that look like others: told when they are made, with the letter, and recorded all the same."""
    case, runs = work + "/m.case", 0
    done("case", "init", case, "--id", "INC-10", "--actor", "soc")
    done("case", "grant", case, "soc", "--role", "administrator", "--actor", "soc")
    for other, name, letter in data("lookalikes"):
        grant = lambda person, number: done("case", "grant", case, f"a-{runs}-{number}", "--person=" + person, "--role", "reporter", "--actor", "soc")
        expect("looks like" not in grant(other, "x"), f"{other!r} looks like something")
        said = grant(name, "yy")
        expect(("looks like" in said and letter in said) if letter else "looks like" not in said, f"{name!r} beside {other!r}: {said}")
        runs += 1
    for code, warned in (("INC-1O", True), ("INC-l0", True), ("inc-10", True), ("INC-11", False), ("INC-10", False)):
        said = done("case", "init", f"{work}/{runs}.case", "--id", code, "--actor", "soc")
        expect(("looks like `INC-10`" in said) == warned, f"{code} beside INC-10: {said}")
        os.remove(f"{work}/{runs}.case")
        runs += 1
    return runs


# ---- Collections of others.

def verdict_of_lines(journey, texts):
    """`held`, or the first text that does not come back."""
    can_go = [text for text in texts if text and "\0" not in text]
    count = account_fields + entry_fields
    for begin in range(0, len(can_go), count):
        try:
            journey.take([can_go[(begin + i) % len(can_go)] for i in range(count)])
        except Failed as failed:
            return f"FAILED: {failed}"
    return f"{len(can_go)} texts held" if can_go else "no text"


def corpora(folder, work):
    """A verdict for each file under a folder of others': JSON is read as an account (exit code), XML as law (exit code), and
    lines of text, or a JSON list of texts, make the journey of C5."""
    book, law_file = law_book(fresh(work, "law"))
    journey, bad, count = Journey(work), 0, 0
    for path in sorted(glob.glob(folder + "/**", recursive=True)):
        kind = path.rsplit(".", 1)[-1].lower()
        if not os.path.isfile(path) or kind not in ("json", "xml", "txt"):
            continue
        with open(path, "rb") as file:
            content = file.read()
        if kind == "xml":
            shutil.copy(path, law_file)
            verdict = f"exit {read_law(book, most_mib=256)[0]}"
        else:
            texts = texts_in(kind, content)
            verdict = verdict_of_lines(journey, texts) if texts is not None else f"exit {run(*law, 'check', path).returncode}"
        bad += verdict.startswith("FAILED") or verdict.startswith("exit 0") and kind == "xml"
        count += 1
        print(f"{verdict}  {path}", flush=True)
    expect(bad == 0, f"{bad} of {count} files")
    return count


def texts_in(kind, content):
    """The texts of a list of them; of JSON that is no such list nothing."""
    if kind == "txt":
        return content.decode(errors="replace").splitlines()
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, list) and len(read) > 20 and all(isinstance(text, str) for text in read) else None

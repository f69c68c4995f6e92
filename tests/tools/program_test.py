"""The built program, run as a child: every command, every option of every --help with an effect that is asserted, every
exit code, bad files and outputs, the interview (piped and on a terminal) and forms. Usage: program_test.py PROGRAM ROOT"""
import csv
import io
import json
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

PROGRAM, ROOT = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
HERE = ROOT / "tests" / "tools"
AS_OF = "2026-11-25T02:05+01:00"
USED = set()  # (command, option)
OF_RECORDS = {"case", "register", "verify", "witness"}  # the tests of tests/record use these and their options
COMMANDS = ("ready", "told", "new", "form", "read", "check", "explain", "ask", "diff", "packet", "evidence", "batch", "law", "count", "schema", "import", "version")

INCIDENT = {
    "duenotice": "incident/1", "id": "INC-1", "title": "Payroll read", "zone": "Europe/Berlin",
    "facts": {"incident.detected_at": "2026-11-24T22:00+01:00", "data.personal": "yes"},
    "entities": [{"id": "bank", "name": "The bank", "zone": "Europe/Berlin",
                  "facts": {"entity.affected": "yes", "entity.country": "DE", "entity.aware_at": "2026-11-24T23:00+01:00",
                            "entity.role_here": "decides_alone", "service.critical_hit": {"value": "yes", "learned_at": "2026-11-25T00:00+01:00"}}}]}
GROUP = {"duenotice": "group/1", "id": "g", "zone": "Europe/Berlin", "entities": [
    {"id": "bank", "name": "The bank", "zone": "Europe/Berlin", "facts": {"entity.country": "DE", "service.critical_hit": "no"}},
    {"id": "branch", "name": "Singapore branch", "zone": "Asia/Singapore", "facts": {"entity.country": "SG"}}]}


class Case(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.desk = Path(tempfile.mkdtemp(prefix="duenotice-test-"))
        cls.law = cls.desk / "law"
        shutil.copytree(ROOT / "jurisdictions" / "_shared", cls.law / "_shared")
        (cls.law / "_shared" / "groups.xml").unlink()
        for name in ("places.xml", "singapore.xml"):
            (cls.law / name[:-4]).mkdir()
            shutil.copy(HERE / "law" / name, cls.law / name[:-4] / "jurisdiction.xml")
        shutil.copy(HERE / "law" / "test.xml", cls.law / "places" / "test.xml")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.desk)

    def setUp(self):
        self.put("incident.json", INCIDENT)
        self.put("group.json", GROUP)

    def put(self, name, what):
        path = self.desk / name
        path.write_bytes(what if isinstance(what, bytes) else (what if isinstance(what, str) else json.dumps(what)).encode())
        return path

    def run_it(self, *args, given="", law=None, as_of=AS_OF, environment=None, stdout=subprocess.PIPE):
        args = [str(a) for a in args]
        at = next((i for i, a in enumerate(args) if a in COMMANDS), len(args))
        command = " ".join(args[at:at + (2 if args[at:at + 1] in (["law"], ["import"]) else 1)])
        for arg in args:
            if arg.startswith("--"):
                USED.add((command, arg.split("=")[0]))
        head = [PROGRAM] + (["--law", str(law or self.law)] if "--law" not in args else []) + (["--as-of", as_of] if as_of and "--as-of" not in args else [])
        return subprocess.run(head + args, input=given.encode() if isinstance(given, str) else given, stdout=stdout, stderr=subprocess.PIPE,
                              cwd=self.desk, env=environment, timeout=60)

    def law_of(self, folder, *files):
        """A small law book: what all share and these files of tests/tools/law; made once."""
        law = self.desk / folder
        if not law.exists():
            shutil.copytree(ROOT / "jurisdictions" / "_shared", law / "_shared")
            (law / "_shared" / "groups.xml").unlink()
            for name in files:
                shutil.copy(HERE / "law" / name, law / name)
        return law

    def good(self, *args, code=0, **more):
        ran = self.run_it(*args, **more)
        self.assertEqual(ran.returncode, code, ran.stderr.decode() + ran.stdout.decode() if ran.stdout else ran.stderr.decode())
        return ran.stdout.decode() if ran.stdout is not None else ""

    def error(self, *args, code, **more):
        ran = self.run_it(*args, **more)
        self.assertEqual(ran.returncode, code, ran.stderr.decode())
        return ran.stderr.decode()

    def error_out(self, *args, **more):
        ran = self.run_it(*args, **more)
        self.assertNotEqual(ran.returncode, 0, ran.stdout)
        return ran.stdout.decode()

    def without(self, **members):
        incident = json.loads(json.dumps(INCIDENT))
        incident.update(members)
        return incident

    def lines(self, *incidents):
        return "".join((i if isinstance(i, str) else json.dumps(i)) + "\n" for i in incidents)

    def expect(self, name, text):
        """The whole transcript, as it is kept; UPDATE_TRANSCRIPTS=1 writes it anew."""
        path = HERE / "transcripts" / name
        text = re.sub(r"Beware: the zone data.*?say\s+so\.\n", "", text, flags=re.S)  # of the machine, not of the program
        if os.environ.get("UPDATE_TRANSCRIPTS"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        self.assertEqual(path.read_text(), text)


class Commands(Case):
    def test_check(self):
        text = self.good("check", "incident.json")
        self.assertIn("Notify the supervisor", text)
        self.assertIn("Tell the clients", text)
        self.assertTrue(all(len(line) <= 80 for line in text.splitlines()))
        self.good("check", "incident.json", "--out", "pages")
        self.assertEqual(sorted(p.name for p in (self.desk / "pages").iterdir()), ["assessment.json", "deadlines.ics", "page.html", "summary.html"])
        self.assertEqual(stat.S_IMODE((self.desk / "pages").stat().st_mode), 0o700)
        quiet = self.without(entities=[dict(INCIDENT["entities"][0], facts={"entity.affected": "yes", "service.critical_hit": "no"})])
        self.put("quiet.json", quiet)
        for option in ("--not-owed", "--why-not"):
            self.assertIn("Tell the clients", self.good("check", "quiet.json", option))
        self.assertNotIn("Tell the clients", self.good("check", "quiet.json"))
        many = self.without(facts={}, populations=[{"id": f"p{n}", "facts": {"data.personal": "yes"}} for n in range(7)],
                            entities=[{"id": f"e{n}", "facts": {"entity.affected": "yes"}} for n in range(7)])
        self.put("many.json", many)
        self.assertGreater(len(self.good("check", "many.json", "--unfold")), len(self.good("check", "many.json")))

    def test_group_and_contracts(self):
        for command in ("check", "ask"):
            self.assertIn("branch", self.good(command, "incident.json", "--group", "group.json"))
            self.assertNotIn("branch", self.good(command, "incident.json"))
            self.put("bad.csv", "id,nonsense\nx,y\n")
            self.assertIn("bad.csv:1:", self.error(command, "incident.json", "--group", "group.json", "--contracts", "bad.csv", code=3))

    def test_explain(self):
        self.assertIn("Article 1", self.good("explain", "incident.json", "test.notify"))
        self.assertIn("several duties fit", self.error("explain", "incident.json", "test", code=2))
        self.assertNotIn("--whole shows it", self.good("explain", "incident.json", "test.notify", "--whole"))
        self.assertIn("--whole shows it", self.good("explain", "incident.json", "test.notify"))
        self.assertIn("no duty fits", self.error("explain", "incident.json", "nothing", code=2))
        moved = self.good("explain", "incident.json", "test.notify", "--if-done", "2026-11-26T10:00+01:00")
        self.assertTrue(moved.startswith("IF DONE Thu 26 Nov 2026 10:00"), moved)
        self.assertEqual(json.loads(self.good("--format", "json", "explain", "incident.json", "test.notify", "--if-done", "2026-11-26T10:00+01:00"))["if_done_utc"], "2026-11-26T09:00:00Z")
        self.assertIn("is not an instant", self.error("explain", "incident.json", "test.notify", "--if-done", "noon", code=2))
        limits = [json.loads(line) for line in self.good("explain", "incident.json", "test.notify", "--derivation").splitlines()]
        self.assertEqual([(limit["derivation"]["format"], limit["limit"]["safe_utc"]) for limit in limits], [("derivation/1", limits[0]["end_utc"])])
        self.put("open.json", self.without(facts={}))
        self.assertNotEqual(self.good("explain", "open.json", "test.notify", "--decision-table"), self.good("explain", "open.json", "test.notify"))
        self.assertIn("branch", self.good("explain", "incident.json", "test.clients@branch", "--group", "group.json"))

    def test_diff(self):
        self.put("later.json", self.without(facts=dict(INCIDENT["facts"], **{"data.personal": "no"})))
        text = self.good("diff", "incident.json", "later.json")
        self.assertIn("test.notify", text)
        self.assertNotIn("test.clients", text)
        self.assertIn("test.clients", self.good("diff", "incident.json", "later.json", "--same"))
        self.assertIn("branch", self.good("diff", "incident.json", "later.json", "--same", "--group", "group.json"))
        other = self.desk / "old-law"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(self.law, other)
        law = (other / "places" / "test.xml").read_text()
        (other / "places" / "test.xml").write_text(law.replace("72 hours\" c", "24 hours\" c"))
        self.assertIn("test.notify", self.good("diff", "incident.json", "incident.json", "--old-law", other))
        self.assertNotIn("test.notify", self.good("diff", "incident.json", "incident.json"))

    def test_packet_and_evidence(self):
        text = self.good("packet", "incident.json", "test.notify", "--out", "packet")
        self.assertRegex(text.splitlines()[-1], r"^1 packets?, ")
        self.assertTrue(any(self.desk.glob("packet/INC-1/*/internal/*")))
        self.good("packet", "incident.json", "test.clients@branch", "--out", "packet2", "--group", "group.json")
        self.assertIn("no duty fits", self.error("packet", "incident.json", "test.clients@branch", "--out", "packet3", code=2))
        self.assertFalse((self.desk / "packet3").exists())
        self.good("evidence", "incident.json", "--out", "e.xlsx")
        with zipfile.ZipFile(self.desk / "e.xlsx") as book:
            self.assertNotIn("Singapore branch", self.words(book))
        self.good("evidence", "incident.json", "--out", "e2.xlsx", "--group", "group.json")
        with zipfile.ZipFile(self.desk / "e2.xlsx") as book:
            self.assertIn("Singapore branch", self.words(book))

    def test_editions_lines_and_working_paper(self):
        self.good("evidence", "incident.json", "--out", "a.xlsx", "--edition", "auditor", "--lines", "a.jsonl", "--working-paper", "w.xlsx")
        self.assertTrue((self.desk / "a.jsonl").read_text().startswith("{"))
        with zipfile.ZipFile(self.desk / "w.xlsx") as book:
            self.assertIn("tested by", self.words(book))
        self.assertIn("is for one --authority", self.error("evidence", "incident.json", "--out", "b.xlsx", "--edition", "authority", code=3))
        self.assertIn("is no recipient of a duty here", self.error("evidence", "incident.json", "--out", "b.xlsx", "--edition", "authority", "--authority", "nobody", code=3))
        self.assertIn("is no owner here", self.error("evidence", "incident.json", "--out", "c.xlsx", "--edition", "business", "--owner", "nobody", code=3))
        for name in ("b.xlsx", "c.xlsx"):
            self.assertFalse((self.desk / name).exists())

    @staticmethod
    def words(book):
        return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))

    def test_law(self):
        self.assertIn("2 obligations", self.good("law", "check"))
        self.assertIn("0 failed", self.good("law", "check"))
        self.assertEqual(self.run_it("law", "check", "--strict").stderr, b"")
        thin = self.desk / "thin-law"
        shutil.copytree(self.law, thin)
        text = (thin / "places" / "test.xml").read_text()
        (thin / "places" / "test.xml").write_text(re.sub('<example name="none".*', "", text).replace("data.personal is yes and entity", "data.personal is yes and data.personal is no and entity"))
        self.assertIn("DN0355", self.run_it("law", "check", "--strict", law=thin).stderr.decode())
        self.assertRegex(self.run_it("law", "check", "--lint", law=thin).stderr.decode(), "DN038[0-4]")
        self.assertNotRegex(self.run_it("law", "check", law=thin).stderr.decode(), "DN0355|DN038[0-4]")
        self.assertEqual(re.findall(r"test\.\w+", self.good("law", "list")), ["test.clients", "test.notify"])
        self.assertIn("72 hours", self.good("law", "show", "test.notify"))
        self.assertIn("law list", self.error("law", "show", "nothing", code=2))
        self.assertIn("DE", self.good("law", "coverage"))
        self.good("law", "coverage", "--html", "map.html")
        self.assertIn("<table", (self.desk / "map.html").read_text())
        self.assertIn("Nothing with a date", self.good("law", "upcoming"))
        self.assertEqual(self.good("law", "diff", self.law), "2 obligations are the same\n")

    def test_examples_count_by_imported_calendars(self):
        law = self.desk / "import-law"
        shutil.copytree(self.law / "_shared", law / "_shared")
        shutil.copytree(ROOT / "jurisdictions" / "_calendars", law / "_calendars")
        (law / "xj").mkdir()
        (law / "xj" / "jurisdiction.xml").write_text('<jurisdiction language="1" code="XJ" title="Japonia" zone="Asia/Tokyo" calendar="jp" languages="en"/>')
        # Closed on Tue 24 November too; the rest are the days of the imported calendar, which is read because this one includes it.
        (law / "xj" / "calendar.xml").write_text(
            '<calendars><calendar id="xj.post" title="Post" place="XJ" purpose="agency" from="2018" until="2027" source="https://law.example/j" checked="2026-11-26" grade="U">'
            '<note>Law: invented.</note><include calendar="jp"/><weekend days="Sat Sun"/><closed on="2026-11-24" name="Stocktaking"/></calendar></calendars>')
        duty = ('<obligation id="xj.{0}" title="Tell" each="entity"><version checked="2026-11-26" grade="U"><cite provision="1">two working days</cite><when>entity.affected is yes</when>'
                '<clock><limb amount="2 working days" counting="plain" calendar="{1}"><start>entity.aware_at</start></limb></clock><recipients><to who="public"/></recipients></version>'
                '<example name="{0}" as-of="2026-11-20T12:00+09:00" owed="yes" safe="{2}" maximum="{2}">entity.affected is yes; entity.aware_at is 2026-11-20T10:00+09:00</example></obligation>')
        # From Fri 20 Nov 2026: Mon 23 is Labour Thanksgiving Day, so Tue 24 and Wed 25; with the closure Wed 25 and Thu 26.
        (law / "xj" / "law.xml").write_text('<law language="1" id="xj" title="Post Act" place="XJ">' + duty.format("public", "place", "2026-11-25") + duty.format("post", "xj.post", "2026-11-26") + "</law>")
        self.assertIn("2 examples with 2 expectations: 0 failed", self.good("law", "check", law=law))
        account = self.without(facts={}, entities=[{"id": "e", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-11-20T10:00+09:00"}}], places=[{"place": "XJ"}])
        self.put("post.json", account)
        self.assertIn('"safe_utc":"2026-11-26T15:00:00Z"', self.good("--format", "json", "check", "post.json", law=law).replace(": ", ":"))

    def test_law_calendar(self):
        book = ROOT / "jurisdictions"
        run = lambda *args, **more: self.good("law", "calendar", *args, law=book, **more)
        self.assertEqual(run("next", "gb.eng", "2026-04-06"),
                         "Mon 2026-04-06  off: Easter Monday\nworking day before      Thu 2026-04-02\nworking day after       Tue 2026-04-07\n")
        self.assertIn("Not confirmed", run("next", "jp", "2031-05-02"))
        # New Year's Day 2022, Juneteenth and Christmas 2021 fell on Saturdays: the Banks moved none of them.
        self.assertEqual(run("diff", "us.fed", "us.statutory", "2021"),
                         "Fri 2021-06-18  off in us.statutory only: Juneteenth National Independence Day (observed)\n"
                         "Fri 2021-12-24  off in us.statutory only: Christmas Day (observed)\n"
                         "Fri 2021-12-31  off in us.statutory only: New Year's Day (observed)\n3 differences in 2021 to 2021\n")
        self.assertEqual(run("diff", "de", "date-holidays:de"), "0 differences in 2018 to 2027\n")
        china = run("show", "cn", "2026")
        self.assertRegex(china, "Sat 2026-02-14  worked")
        self.assertIn("covers     2015 to 2040\n  confirmed  2018 to 2026;", china)
        self.assertIn("2027: 255 working days, not confirmed", run("show", "cn", "2027"))
        self.assertIn("2026: ", run("show", "gb"))  # the year of --as-of
        self.assertIn("parts      days differ by part", run("show", "gb"))
        self.assertRegex(run("list", "GB"), "gb.sct .*confirmed 2018-2027")
        self.assertRegex(run("list", "de"), "date-holidays:de.by ")
        self.assertGreater(run("list").count("\n"), 600)
        wrong = lambda *args: self.error("law", "calendar", *args, law=book, code=2)
        self.assertEqual(wrong("show", "de.bxy"), "duenotice: there is no calendar `de.bxy`\nhelp: `duenotice law calendar list` names all; did you mean `de.by`?\n")
        self.assertEqual(wrong("show", "cn", "2041"), "duenotice: the calendar `cn` covers 2015 to 2040; 2041 is beyond it\nhelp: what lies beyond a calendar is never guessed\n")
        self.assertIn("write it as YYYY-MM-DD", wrong("next", "cn", "tomorrow"))
        self.assertIn("no calendar `yy`", wrong("diff", "cn", "yy"))
        self.assertIn("there is no calendar of `QQ`", wrong("list", "QQ"))
        self.error("law", "calendar", law=book, code=2)
        # A count reads an imported calendar only because it is named, and says where it rests on an estimate.
        ask = '{"id":1,"start":"2026-03-18T10:00+04:00","zone":"Asia/Dubai","amount":3,"unit":"working_days","rule":"plain","calendar":"%s"}\n'
        counted = json.loads(self.good("count", law=book, given=ask % "ae"))
        self.assertTrue(counted["estimated"])
        self.assertIn("the calendar `ae` is not confirmed there", counted["steps"][-1]["what"])
        self.assertNotIn("estimated", json.loads(self.good("count", law=book, given=ask % "jp")))
        beyond = json.loads(self.error_out("count", law=book, given=(ask % "ae").replace("2026", "2045")))
        self.assertEqual(beyond["error"]["code"], "beyond_calendar")

    def test_rest(self):
        schema = json.loads(self.good("schema", "incident"))
        self.assertEqual(schema["$id"], "urn:duenotice:incident:1")
        self.error("schema", "nothing", code=2)
        self.assertIn("rule language", self.good("version"))
        self.assertRegex(subprocess.run([PROGRAM, "--version"], capture_output=True).stdout.decode(), r"^duenotice \d")


class GlobalOptions(Case):
    def used(self, option):
        USED.add(("", option))

    def test_every_one_has_an_effect(self):
        for option in ("--format", "--as-of", "--known-at", "--law-as-of", "--zone", "--law", "--zoneinfo", "--fail-on", "--max-age", "--strict-tzdata", "--proposed", "--version", "--help"):
            self.used(option)
        self.assertIn("\t", self.good("--format", "plain", "check", "incident.json"))
        self.assertEqual(json.loads(self.good("--format", "json", "check", "incident.json"))["incident"] is not None, True)
        self.error("--format", "xml", "check", "incident.json", code=2)
        self.assertIn("26 Nov 2026", self.good("--as-of", "2026-11-26T10:00+01:00", "check", "incident.json"))
        self.assertIn("is not an instant", self.error("--as-of", "noon", "check", "incident.json", code=2))
        early = self.good("--format", "plain", "--known-at", "2026-11-24T23:30+01:00", "check", "incident.json")
        self.assertNotEqual(early, self.good("--format", "plain", "check", "incident.json"))
        self.error("--known-at", "then", "check", "incident.json", code=2)
        self.assertNotIn("Tell the clients", self.good("--law-as-of", "2019-12-31", "check", "incident.json"))
        self.assertIn("Tell the clients", self.good("--law-as-of", "2020-01-01", "check", "incident.json"))
        self.error("--law-as-of", "then", "check", "incident.json", code=2)
        self.assertRegex(self.good("--zone", "Asia/Tokyo", "--zone", "Etc/UTC", "check", "incident.json"), "As of Wed 25 Nov 2026 10:05 Tokyo, 01:05 UTC")
        self.assertIn("there is no zone `Mars`", self.error("--zone", "Mars", "check", "incident.json", code=2))
        self.assertIn("obligations", self.good("--law", self.law, "law", "check"))
        self.error("--law", self.desk / "no-law", "law", "check", code=1)
        self.assertIn("holds no zone data", self.error("--zoneinfo", self.desk, "check", "incident.json", code=1))
        self.assertIn("days", self.run_it("--max-age", "1", "law", "check", as_of="2027-06-01T00:00Z").stderr.decode())
        self.assertNotIn("days", self.run_it("--max-age", "1000", "law", "check", as_of="2027-06-01T00:00Z").stderr.decode())
        zones = self.desk / "zones"
        shutil.copytree("/usr/share/zoneinfo", zones, dirs_exist_ok=True, symlinks=False)
        (zones / "tzdata.zi").unlink()
        self.good("--zoneinfo", zones, "check", "incident.json")
        self.assertIn("release of the zone data is not known", self.error("--zoneinfo", zones, "--strict-tzdata", "check", "incident.json", code=3))
        (zones / "tzdata.zi").write_text("# version 2025b\n")
        self.assertIn("the zone data are of release 2025b", self.good("--zoneinfo", zones, "check", "incident.json"))
        self.assertIn("of release 2025b", self.error("--zoneinfo", zones, "--strict-tzdata", "check", "incident.json", code=3))
        request = '{"id": 1, "start": "2026-11-20T10:00Z", "zone": "America/Vancouver", "amount": 3, "unit": "days", "rule": "plain"}\n'
        self.assertIn('"zone_data_outdated":true', self.good("--zoneinfo", zones, "count", given=request))
        self.assertNotIn("outdated", self.good("--zoneinfo", zones, "count", given=request.replace("America/Vancouver", "Europe/Berlin")))
        (zones / "tzdata.zi").write_text("# version 2999a\n")
        self.good("--zoneinfo", zones, "--strict-tzdata", "check", "incident.json")

    def test_proposed_law_is_asked_for(self):
        law = self.desk / "proposed-law"
        shutil.copytree(self.law, law, dirs_exist_ok=True)
        text = (law / "places" / "test.xml").read_text()
        (law / "places" / "test.xml").write_text(text.replace('published="2020-01-01">', 'published="2020-01-01" status="proposed">', 1))
        self.assertNotIn("Tell the clients", self.good("check", "incident.json", law=law))
        self.assertIn("Tell the clients", self.good("--proposed", "check", "incident.json", law=law))

    def test_fail_on(self):
        self.good("--fail-on", "due", "check", "incident.json", code=4)
        self.good("--fail-on", "unknown", "check", "incident.json", code=4)
        self.put("open.json", self.without(facts={}, entities=[{"id": "bank", "facts": {"entity.affected": "yes"}}]))
        self.good("--fail-on", "due", "check", "open.json")
        self.good("--fail-on", "unknown", "check", "open.json", code=5)
        self.error("--fail-on", "never", "check", "open.json", code=2)


class World(Case):
    """Files, folders and outputs that fail."""

    def test_mistakes_have_place_and_help(self):
        self.put("bad.json", json.dumps(self.without(facts={"incident.detectd_at": "x"}), indent=1))
        text = self.error("check", "bad.json", code=3)
        self.assertRegex(text, r"^bad\.json:\d+:\d+: error\[DN\d{4}\]: ")
        self.assertIn("did you mean `incident.detected_at`?", text)
        self.put("broken.json", '{"duenotice": ')
        self.assertRegex(self.error("check", "broken.json", code=3), r"^broken\.json:1:\d+: error")
        self.assertEqual(self.run_it("check", "broken.json").stdout, b"")

    def test_files(self):
        self.assertIn("none.json: No such file or directory", self.error("check", "none.json", code=1))
        self.assertIn("is not a regular file", self.error("check", ".", code=1))
        self.assertIn("is not a regular file", self.error("batch", ".", code=1))
        self.assertIn("No such file", self.error("read", "none.csv", "--into", "incident.json", code=1))
        self.good("check", "-", given=json.dumps(INCIDENT))

    def test_folders_that_cannot_be_written(self):
        self.put("file", "x")
        self.assertIn("is not a folder", self.error("check", "incident.json", "--out", "file/x", code=1))
        self.error("packet", "incident.json", "--out", "/proc/none/x", code=1)
        self.error("evidence", "incident.json", "--out", "/proc/none/x.xlsx", code=1)
        self.error("evidence", "incident.json", "--out", "/dev/full/x.xlsx", code=1)
        self.put("b.jsonl", self.lines(INCIDENT))
        self.error("batch", "b.jsonl", "--out", "/proc/none", code=1)
        self.assertFalse([p for p in self.desk.iterdir() if p.name.startswith(".duenotice")])

    def test_full_and_closed_outputs(self):
        self.put("b.jsonl", self.lines(INCIDENT))
        for args in (("check", "incident.json"), ("version",), ("form", "incident.json"), ("batch", "b.jsonl"), ("schema", "incident"), ("law", "list")):
            with open("/dev/full", "wb") as full:
                text = self.error(*args, code=1, stdout=full)
            self.assertIn("standard output: cannot be written", text, args)
        reading, writing = os.pipe()
        os.close(reading)
        self.assertIn("standard output: cannot be written", self.error("check", "incident.json", code=1, stdout=writing))
        os.close(writing)

    def test_usage(self):
        for args in ((), ("nothing",), ("check",), ("check", "incident.json", "--nonsense"), ("law",), ("packet", "incident.json"), ("import",)):
            ran = self.run_it(*args)
            self.assertEqual((ran.returncode, ran.stdout), (2, b""), args)
            self.assertNotEqual(ran.stderr, b"")


class Batch(Case):
    def run_batch(self, text, *args, code=0):
        self.put("b.jsonl", text)
        ran = self.run_it("batch", "b.jsonl", *args)
        self.assertEqual(ran.returncode, code, ran.stderr.decode() + ran.stdout.decode())
        return ran.stdout.decode(), ran.stderr.decode()

    def many(self):
        return self.lines(INCIDENT, self.without(id="INC-2"), "{broken", self.without(id="inc-1"), self.without(id="INC-3", drill=True), "", self.without(id="INC-4", facts={"x": 1}))

    def test_counts_tie_and_one_bad_line_stops_nothing(self):
        out, _ = self.run_batch(self.many(), code=3)
        self.assertIn("assessed 2 + refused 2 + duplicate 1 + drills left out 1 = 6", out)
        self.assertIn("ties", out)
        self.assertRegex(out, r"line 3: ")
        self.assertRegex(out, r"line 7: ")

    def test_expected_must_tie(self):
        self.assertIn("Expected 1 | read 1", self.run_batch(self.lines(INCIDENT), "--expected", "1")[0])
        out, _ = self.run_batch(self.lines(INCIDENT), "--expected", "2", code=1)
        self.assertIn("Expected 2 | read 1", out)
        self.run_batch("", "--expected", "1", code=1)

    def test_run_sheet(self):
        self.run_batch(self.many(), "--out", "report", "--expected", "6", code=3)
        self.assertEqual(sorted(p.name for p in (self.desk / "report").iterdir()), ["deadlines.ics", "duties.csv", "report.html", "report.xlsx", "run.json"])
        run = json.loads((self.desk / "report" / "run.json").read_text())
        self.assertEqual([run[k] for k in ("expected", "read", "assessed", "refused", "duplicate", "drills_left_out")], [6, 6, 2, 2, 1, 1])
        with zipfile.ZipFile(self.desk / "report" / "report.xlsx") as book:
            text = Commands.words(book)
        for word in ("INC-2", "b.jsonl", "line 3"):
            self.assertIn(word, text)

    def test_json_lines(self):
        self.put("b.jsonl", self.many())
        ran = self.run_it("--format", "json", "batch", "b.jsonl")
        self.assertEqual(ran.returncode, 3)
        lines = [json.loads(line) for line in ran.stdout.decode().splitlines()]
        self.assertEqual([line.get("line") for line in lines if "error" in line], [3, 7])
        self.assertEqual([line["id"] for line in lines if line.get("duplicate")], ["inc-1"])

    def test_group_threads_titles(self):
        out, _ = self.run_batch(self.lines(INCIDENT), "--group", "group.json")
        self.assertIn("Singapore branch", out)
        self.put("bad.csv", "id,nonsense\nx,y\n")
        self.assertIn("bad.csv:1:", self.run_batch(self.lines(INCIDENT), "--group", "group.json", "--contracts", "bad.csv", code=3)[1])
        text = self.lines(*[self.without(id=f"I-{n}") for n in range(50)])
        self.put("b.jsonl", text)
        one = self.run_it("--format", "json", "batch", "b.jsonl", "--threads", "1").stdout
        self.assertEqual(one, self.run_it("--format", "json", "batch", "b.jsonl", "--threads", "7").stdout)
        self.run_batch(self.lines(INCIDENT), "--out", "plain")
        self.assertNotIn("Payroll read", (self.desk / "plain" / "duties.csv").read_text())
        self.run_batch(self.lines(INCIDENT), "--out", "titled", "--titles")
        self.assertIn("Payroll read", (self.desk / "titled" / "duties.csv").read_text())

    def test_a_batch_reads_the_calendars_that_its_lines_name(self):
        samples, book = ROOT / "tests" / "cases" / "samples", ROOT / "jurisdictions"
        (self.desk / "imports").mkdir()
        self.put("imports/group.json", (samples / "group.json").read_text())
        self.put("imports/payroll.jsonl", json.dumps(json.loads((samples / "payroll.json").read_text())) + "\n")
        table = (samples / "contracts.csv").read_text()
        self.assertIn(",5,working days,de,", table)

        def row(calendar, amount):
            self.put("imports/contracts.csv", table.replace(",5,working days,de,", f",{amount},working days,{calendar},"))
            self.good("batch", "imports/payroll.jsonl", "--group", "imports/group.json", "--contracts", "imports/contracts.csv",
                      "--out", "imports/out", law=book, as_of="2026-11-26T10:00Z")
            return next(line for line in csv.DictReader(io.StringIO((self.desk / "imports" / "out" / "duties.csv").read_text())) if "bank-de/cyber-cover" in line["duty"] and line["act"] == "notify")
        # From Fri 20 Nov 2026, counted or not; Mon 23 is Labour Thanksgiving Day in Japan, no day off in Germany.
        dates = lambda one: (one["safe_utc"][:10], one["maximum_utc"][:10])
        self.assertEqual(dates(row("de", 5)), ("2026-11-26", "2026-11-27"))
        japan = row("jp", 5)
        self.assertEqual(dates(japan), ("2026-11-27", "2026-11-30"))
        self.assertNotIn("not confirmed", japan["on_top"])
        self.assertIn("not confirmed", row("ae", 5)["on_top"])
        self.assertEqual(row("xx", 5)["safe_utc"], "")           # nobody has it: no date, and the other lines stand

    def test_a_batch_says_that_zone_data_are_old(self):
        zones = self.desk / "zones"
        shutil.copytree("/usr/share/zoneinfo", zones, dirs_exist_ok=True, symlinks=False)
        (zones / "tzdata.zi").write_text("# version 2025b\n")
        self.put("b.jsonl", self.lines(INCIDENT))
        old = "the zone data are of release 2025b"
        self.assertIn(old, " ".join(self.good("--zoneinfo", zones, "batch", "b.jsonl", "--out", "old").split()))
        self.assertIn(old, (self.desk / "old" / "report.html").read_text())
        self.assertIn(old, json.loads((self.desk / "old" / "run.json").read_text())["zone_data_note"])
        self.assertNotIn("zone data", self.good("batch", "b.jsonl"))

    def test_progress_only_for_people(self):
        self.put("b.jsonl", self.lines(*[self.without(id=f"I-{n}") for n in range(2100)]))
        self.assertNotIn("incidents\n", self.run_it("--format", "json", "batch", "b.jsonl").stderr.decode())
        master, slave = pty.openpty()
        child = subprocess.Popen([PROGRAM, "--law", str(self.law), "--as-of", AS_OF, "--format", "json", "batch", "b.jsonl"], cwd=self.desk, stdout=subprocess.DEVNULL, stderr=slave)
        os.close(slave)
        seen = b""
        while True:
            try:
                got = os.read(master, 65536)
            except OSError:
                break
            if not got:
                break
            seen += got
        child.wait()
        os.close(master)
        self.assertIn(b"2048 incidents", seen)

    def test_fail_on(self):
        self.put("b.jsonl", self.lines(INCIDENT))
        self.good("--fail-on", "due", "batch", "b.jsonl", code=4)
        self.put("b.jsonl", self.many())
        self.good("--fail-on", "due", "batch", "b.jsonl", code=3)


class Count(Case):
    GOOD = {"id": "a", "start": "2026-11-20T22:14:00+01:00", "amount": 72, "unit": "hours", "counting": "plain"}

    def test_one_refused_line_does_not_stop_the_rest(self):
        rules = self.good("count", "--rules")
        self.assertIn("plain", rules)
        self.assertGreater(len(self.good("--format", "json", "count", "--rules").splitlines()), 3)
        ran = self.run_it("count", given='{"id": 1}\n\nnot json\n{"id": "x", "nonsense": 1}\n')
        answers = [json.loads(line) for line in ran.stdout.decode().splitlines()]
        self.assertEqual(ran.returncode, 3)
        self.assertEqual(len(answers), 3)
        self.assertTrue(all("error" in answer for answer in answers))
        self.assertEqual(answers[0]["id"], 1)
        self.good("count", given="")

    def test_an_answer_is_explained_for_people_or_carries_its_derivation(self):
        asked = json.dumps({"id": "a", "start": "2026-11-20T22:14:00+01:00", "zone": "Europe/Berlin", "amount": 72, "unit": "hours", "rule": "plain"}) + "\n"
        lines = self.good("count", "--explain", given=asked).splitlines()
        self.assertEqual(lines[0], "a: 72 hours")
        self.assertIn("    2 72 elapsed hours end at Mon 23 November 2026 22:14 CET", lines)
        self.assertLessEqual(max(map(len, lines)), 80)
        self.assertEqual(self.run_it("count", "--explain", given="[]\n").returncode, 3)
        answer = json.loads(self.good("count", "--derivation", given=asked))
        self.assertEqual(answer["derivation"]["safe_utc"], answer["end_utc"])
        self.assertNotIn("derivation", json.loads(self.good("count", given=asked)))


class Veris(Case):
    def test_records_become_incidents(self):
        self.put("v.jsonl", self.lines({"incident_id": "a", "victim": {"country": ["US"], "state": "Ohio"}}, {"incident_id": "b", "victim": {"country": ["US"], "state": "Ohoi"}}))
        ran = self.run_it("import", "veris", "v.jsonl")
        self.assertEqual(ran.returncode, 0)
        made = [json.loads(line) for line in ran.stdout.decode().splitlines()]
        self.assertEqual(made[0]["entities"][0]["facts"]["entity.establishments"]["has"], ["US-OH"])
        self.assertIn("b: state `Ohoi` is no part of US on file; left open (`Ohio`?)", ran.stderr.decode())
        self.assertIn("2 records mapped, 0 refused, 1 warning;", ran.stderr.decode())
        self.put("v2.jsonl", ran.stdout)
        self.good("batch", "v2.jsonl", "--expected", "2")
        self.good("import", "veris", "-", code=3, given="{broken\n{\n")


class Ready(Case):
    """Before any incident. The law is invented: a duty of an hour, one that comes into force in March 2027, one of an earlier text."""
    BANK = {"id": "bank", "name": "The bank", "short": "AG", "zone": "Europe/Berlin", "owner": "counsel", "deputy": "head of compliance", "languages": ["en"],
            "facts": {"entity.country": "DE", "entity.main_establishment": "DE", "entity.classes": {"exactly": ["credit_institution"]}, "entity.does_business_in": {"exactly": ["DE"]}},
            "owners": [{"field": "finance", "owner": "regulatory desk"}],
            "contacts": [{"recipient": "de.super", "account_holder": "A", "deputy": "B", "last_login_test": "2026-05-24", "checked": "2026-11-01"},
                         {"recipient": "individuals", "reach": "mailing house", "checked": "2026-11-01"}]}
    SHOP = {"id": "shop", "name": "The shop", "zone": "Europe/Berlin", "facts": {"entity.country": "DE", "entity.does_business_in": ["DE"]}}
    PROFILE = {"duenotice": "group/1", "id": "g", "name": "A bank and a shop", "zone": "Europe/Berlin", "entities": [BANK, SHOP]}

    def setUp(self):
        super().setUp()
        self.bank_law = self.law_of("bank-law", "places.xml", "ready.xml", "ready_authorities.xml")
        self.put("group.json", self.PROFILE)

    def ready(self, *more, **how):
        return self.good("ready", *more, law=self.bank_law, **how)

    def rows(self, *more):
        answer = json.loads(self.ready("--format", "json", *more))
        return {(row["entity"], row["recipient"]): row for row in answer["rows"]}, answer

    def bank(self, **members):
        self.put("group.json", {**self.PROFILE, "entities": [{**self.BANK, **members}, self.SHOP]})

    def kinds(self, recipient="de.super", *more):
        return [gap["kind"] for gap in self.rows(*more)[0]["bank", recipient]["missing"]]

    def test_no_line_is_too_long_and_alike_recipients_are_one(self):
        self.assertTrue(all(len(line) <= 80 for line in self.ready().splitlines()))
        self.assertNotIn("--unfold", self.ready())
        party = "{0},bank,Client {0},customer_data,12,knowledge,24,hours,,,,\n"
        self.put("contracts.csv", "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\n" + "".join(party.format(f"c{n}") for n in range(5)))
        try:
            self.assertIn("5 recipients", self.ready())
            self.assertIn("Client c0; Client c1; Client c2; Client c3; Client c4.", " ".join(self.ready().split()))
            self.assertNotIn("5 recipients", self.ready("--unfold"))
        finally:
            (self.desk / "contracts.csv").unlink()

    def test_what_could_be_owed_and_what_not(self):
        rows, answer = self.rows()
        duties = {(key[0], key[1], duty["obligation"]) for key, row in rows.items() for duty in row["duties"]}
        self.assertIn(("bank", "de.super", "ready.hour"), duties)
        self.assertNotIn(("bank", "de.super", "ready.insurers"), duties)     # it is exactly a bank
        self.assertIn(("shop", "de.super", "ready.insurers"), duties)        # nobody said what the shop is
        self.assertNotIn("ready.once", {one[2] for one in duties})           # ended in 2020
        self.assertIn(("bank", "de.police", "ready.ransom"), duties)         # a payment may always come
        self.assertEqual([row["limit"] for row in answer["rows"]][:2], ["1 hour", "1 hour"])
        self.assertEqual([(one["entity"], one["depends_on"]) for one in answer["open"]], [("shop", "main establishment")])
        self.assertIn(("bank", "de.data"), rows)

    def test_law_to_come_within_the_horizon(self):
        rows, answer = self.rows()
        self.assertEqual(rows["bank", "de.market"]["duties"][0]["in_force_from"], "2027-03-01")
        self.assertEqual(answer["horizon_until"], "2027-11-25")
        for months, there in (("3", False), ("4", True), ("0", False)):  # 25 February, 25 March 2027
            self.assertEqual(("bank", "de.market") in self.rows("--horizon", months)[0], there, months)
        self.assertIsNone(self.rows("--horizon", "0")[1]["horizon_until"])

    def test_log_ins(self):
        self.assertEqual(self.kinds(), ["fallback", "log_in_test", "language", "out_of_hours"])  # tried on 24 May, asked on 25 November
        contact = self.BANK["contacts"][0]
        for change, kinds in (({"last_login_test": "2026-05-25"}, []), ({"last_login_test": "2026-11-26"}, ["log_in_test"]), ({"deputy": "A", "last_login_test": "2026-11-01"}, ["deputy"]),
                              ({"deputy": "", "last_login_test": "2026-11-01"}, ["deputy"]), ({"log_in": "not_needed"}, []), ({"log_in": "missing"}, ["log_in"]), ({"log_in": "held", "last_login_test": "2026-11-01"}, [])):
            made = {**contact, **change}
            if made.get("log_in") in ("not_needed", "missing"):
                made = {name: value for name, value in made.items() if name not in ("account_holder", "last_login_test")}
            self.bank(contacts=[made])
            self.assertEqual([kind for kind in self.kinds() if kind in ("log_in", "deputy", "log_in_test")], kinds, change)
        self.bank(contacts=[])
        self.assertIn("log_in", self.kinds())
        self.bank(contacts=[{**contact, "last_login_test": "2026-11-01"}])
        self.assertNotIn("log_in_test", self.kinds())
        self.bank(contacts=[{**contact, "last_login_test": "2026-10-24"}])
        self.assertIn("log_in_test", self.kinds("de.super", "--test-months", "1"))

    def test_ways_languages_and_ages(self):
        contact = {**self.BANK["contacts"][0], "last_login_test": "2026-11-01", "fallback": "telephone of the desk", "out_of_hours": "the same"}
        self.bank(contacts=[contact], languages=["de"])
        self.assertEqual(self.kinds(), [])
        self.bank(contacts=[{**contact, "checked": "2026-05-29"}], languages=["de"])  # 180 days
        self.assertEqual(self.kinds(), [])
        self.bank(contacts=[{**contact, "checked": "2026-05-28"}], languages=["de"])
        self.assertEqual(self.kinds(), ["check"])
        self.assertEqual(self.kinds("de.super", "--max-age", "400"), [])
        self.assertEqual(self.kinds("de.market"), ["source_age"])
        self.assertEqual(self.kinds("de.police"), ["channel"])
        self.assertEqual(self.kinds("individuals"), ["contact"])
        self.assertEqual(self.kinds("de.data"), ["out_of_hours"])
        self.bank(contacts=[{**contact, "form": "cannot_be_saved"}])
        self.assertEqual(self.rows()[0]["bank", "de.super"]["beware"], ["what is filed becomes public: a register on its site", "a form that is begun cannot be saved: keep the text outside it"])

    def test_owners_by_field(self):
        rows, answer = self.rows()
        self.assertEqual([(gap["entity"], gap["field"], gap["words"]) for gap in answer["owners_missing"]], [("bank", "finance", "no deputy"), ("shop", "finance", "nobody answers for it")])
        self.assertEqual(rows["bank", "de.super"]["owner"], "regulatory desk")
        self.bank(owners=[])
        self.assertEqual(self.rows()[0]["bank", "de.super"]["owner"], "counsel")

    def test_contracts(self):
        self.put("contracts.csv", "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\nclient,bank,A client,customer_data,12,knowledge,24,hours,,mail,privacy desk,\n")
        try:
            row = self.rows()[0]["bank", "client"]
            self.assertEqual((row["limit"], row["title"], [door["kind"] for door in row["doors"]]), ("24 hours", "A client", ["mail"]))
            self.assertEqual([gap["field"] for gap in self.rows()[1]["owners_missing"]], ["finance", "finance"])
            self.put("none.csv", "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\n")
            self.assertNotIn(("bank", "client"), self.rows("--contracts", "none.csv")[0])
        finally:
            (self.desk / "contracts.csv").unlink()

    def of_doors(self, *contacts):
        """The rows of a bank under the law of doors, with these contacts."""
        law = self.law_of("doors-law", "places.xml", "doors.xml", "doors_authorities.xml")
        self.put("doors.json", {"duenotice": "group/1", "id": "d", "name": "A bank", "zone": "Europe/Berlin", "entities": [
            {"id": "bank", "name": "The bank", "zone": "Europe/Berlin", "owner": "counsel", "deputy": "other counsel",
             "facts": {"entity.country": "DE", "entity.does_business_in": {"exactly": ["DE"]}}, "contacts": [{**contact, "checked": "2026-11-20"} for contact in contacts]}]})
        answer = json.loads(self.good("ready", "--group", "doors.json", "--format", "json", law=law))
        text = " ".join(self.good("ready", "--group", "doors.json", law=law).split())
        return {row["recipient"]: row for row in answer["rows"]}, text

    def gaps(self, recipient, *contacts):
        return [gap["kind"] for gap in self.of_doors(*contacts)[0][recipient]["missing"]]

    def test_a_kind_of_door_without_its_address_reaches_nobody(self):
        self.assertEqual(self.gaps("de.night"), ["contact", "out_of_hours"])  # a telephone and a portal, no number and no address
        self.assertEqual(self.gaps("de.night", {"recipient": "de.night", "reach": "the number of the desk"}), ["fallback"])
        held = {"recipient": "de.night", "log_in": "held", "account_holder": "A", "deputy": "B", "last_login_test": "2026-11-20"}
        self.assertEqual(self.gaps("de.night", held), ["fallback", "out_of_hours"])  # the portal alone, by day
        self.assertEqual(self.gaps("de.night", {**held, "reach": "the number of the desk"}), [])
        self.assertEqual(self.gaps("individuals"), ["contact"])  # the law says by letter; nobody is named who sends it
        self.assertEqual(self.gaps("individuals", {"recipient": "individuals", "reach": "mailing house"}), [])
        self.good("ready", "--group", "doors.json", "--out", "doors", law=self.law_of("doors-law"))
        page = (self.desk / "doors" / "ready.html").read_text()
        self.assertIn("log-in: not on file", page)   # of the night desk, which has a portal
        self.assertIn("log-in: no portal", page)
        self.assertNotIn("none on filelog-in", page)

    def test_a_portal_of_a_contract_needs_a_log_in(self):
        head = "id,entity,party,kind,clause,starts_on,amount,unit,calendar,channel,contact,consent_first\n"
        try:
            for door, kinds in (("portal,claims desk", ["log_in"]), ("mail,claims desk", []), ("mail,", ["contact"])):
                self.put("contracts.csv", head + f"cover,bank,The insurer,insurer,7,suspicion,5,days,,{door},\n")
                self.assertEqual(self.gaps("cover"), kinds, door)
            self.put("contracts.csv", head + "cover,bank,The insurer,insurer,7,suspicion,5,days,,portal,claims desk,\n")
            self.assertEqual(self.gaps("cover", {"recipient": "cover", "account_holder": "A", "deputy": "B", "last_login_test": "2026-11-20"}), [])
        finally:
            (self.desk / "contracts.csv").unlink()

    def test_limits_that_follow_another_notice(self):
        rows = self.of_doors()[0]
        self.assertEqual((rows["response_team"]["limit"], rows["response_team"]["limit_in"]), ("as the report: 1 hour", "hours"))
        self.assertEqual((rows["de.register"]["limit"], rows["de.register"]["limit_in"]), ("together with the notice to the people", "no_number"))
        self.assertEqual([duty["obligation"] for duty in rows["de.register"]["duties"]], ["doors.year-large", "doors.year"])

    def test_what_becomes_public_is_said_of_what_is_prepared_too(self):
        self.assertIn("PREPARED The bank: Register (what is filed becomes public: a list on its site)", self.of_doors()[1])

    def test_files_plain_and_exit_codes(self):
        self.ready("--out", "ready")
        self.assertEqual(sorted(path.name for path in (self.desk / "ready").iterdir()), ["ready.html", "ready.json", "ready.xlsx"])
        page = (self.desk / "ready" / "ready.html").read_text()
        self.assertIn("what is filed becomes public: a register on its site", page)
        self.assertIn("https://super.test", page)
        with zipfile.ZipFile(self.desk / "ready" / "ready.xlsx") as book:
            self.assertIn("Possible duties", book.read("xl/workbook.xml").decode())
        again = {path.name: path.read_bytes() for path in (self.desk / "ready").iterdir()}
        self.ready("--out", "ready")
        self.assertEqual({path.name: path.read_bytes() for path in (self.desk / "ready").iterdir()}, again)
        self.assertTrue(all(len(line.split("\t")) == 7 for line in self.ready("--format", "plain").splitlines()))
        self.ready("--fail-on", "due", code=4)
        self.put("other.json", {**self.PROFILE, "entities": [{**self.SHOP, "owner": "o", "deputy": "d", "contacts": [{"recipient": name, "reach": "x", "fallback": "y", "out_of_hours": "z", "log_in": "not_needed", "checked": "2026-11-20"} for name in ("de.super", "de.market", "de.police", "individuals")]}]})
        self.ready("--group", "other.json", "--fail-on", "due", "--max-age", "400", code=0)
        self.ready("--group", "other.json", "--fail-on", "unknown", "--max-age", "400", code=5)

    def wrong(self, text, **members):
        self.bank(**members)
        said = self.error("ready", law=self.bank_law, code=3)
        self.assertIn(text, said)

    def test_what_is_wrong_in_a_profile_is_named(self):
        self.wrong("did you mean `de.super`", contacts=[{"recipient": "de.supper"}])
        self.wrong("two contacts for `de.super`", contacts=[{"recipient": "de.super"}, {"recipient": "de.super"}])
        self.wrong("there is no log_in `lost`", contacts=[{"recipient": "de.super", "log_in": "lost"}])
        self.wrong("the log-in is `missing`, and yet", contacts=[{"recipient": "de.super", "log_in": "missing", "account_holder": "A"}])
        self.wrong("there is no field `finances`", owners=[{"field": "finances", "owner": "x"}])
        self.wrong("the field `finance` has two owners", owners=[{"field": "finance", "owner": "x"}, {"field": "finance", "owner": "y"}])
        self.wrong("`owner` is empty", owners=[{"field": "finance", "owner": ""}])
        self.wrong("`German` is no code of a language", languages=["German"])
        self.wrong("did you mean `fallback`", contacts=[{"recipient": "de.super", "fallbck": "x"}])
        self.put("group.json", {**self.PROFILE, "entities": []})
        self.assertIn("the profile names no entity", self.error("ready", law=self.bank_law, code=3))
        self.error("ready", "--group", "absent.json", law=self.bank_law, code=1)
        self.error("ready", "--horizon", "-1", law=self.bank_law, code=2)

    def test_the_page_on_the_profile_shows_one(self):
        example = (ROOT / "engine" / "PROFILE.md").read_text().split("```json\n")[1].split("```")[0]
        self.put("shown.json", example)
        self.put("schema.json", self.good("schema", "group"))
        ran = subprocess.run([sys.executable, ROOT / "tests/support/validate_json.py", self.desk / "schema.json", self.desk / "shown.json"], capture_output=True)
        self.assertEqual(ran.stdout.decode().strip(), "ok", ran.stderr.decode())
        shown = json.loads(example)
        for entity in shown["entities"]:
            entity["contacts"] = [one for one in entity.get("contacts", []) if one["recipient"] != "de.bafin"]  # not in the law of these tests
        self.put("shown.json", shown)
        self.ready("--group", "shown.json")

    def test_the_schema_knows_what_the_reader_knows(self):
        self.put("schema.json", self.good("schema", "group"))
        validate = lambda: subprocess.run([sys.executable, ROOT / "tests/support/validate_json.py", self.desk / "schema.json", self.desk / "group.json"], capture_output=True).stdout.decode().strip()
        self.bank(contacts=[{"recipient": "de.super", "log_in": "held", "account_holder": "A", "deputy": "B", "last_login_test": "2026-11-01", "reach": "r", "fallback": "f", "out_of_hours": "o", "form": "cannot_be_saved", "checked": "2026-11-01"}])
        self.assertEqual(validate(), "ok")
        self.ready()
        for contact in ({"log_in": "lost"}, {"form": "maybe"}, {"checked": "yesterday"}, {"phone": "1"}):
            self.bank(contacts=[{"recipient": "de.super", **contact}])
            self.assertNotEqual(validate(), "ok")


class Told(Case):
    """A first report to two authorities at 02:00; what was known then, and what was learned since."""
    BEFORE, AFTER = "2026-11-25T01:00+01:00", "2026-11-25T02:04+01:00"

    def setUp(self):
        super().setUp()
        self.outage_law = self.law_of("outage-law", "places.xml", "told.xml", "ready_authorities.xml")

    def account(self, history, filings=({},), **facts):
        """One bank whose clients were counted so, and filings."""
        sent = {"obligation": "told.first", "entity": "bank", "recipient": "de.super", "submitted_at": "2026-11-25T02:00+01:00"}
        return self.put("told.json", {"duenotice": "incident/1", "id": "T-1", "zone": "Europe/Berlin", "facts": {"incident.detected_at": "2026-11-24T22:00+01:00", "incident.cause": {"history": [{"value": "system_fault", "learned_at": self.BEFORE}, {"value": "mistake", "learned_at": self.AFTER}]}},
                                      "entities": [{"id": "bank", "name": "The bank", "zone": "Europe/Berlin", "facts": {"entity.affected": "yes", "entity.aware_at": "2026-11-24T23:00+01:00", "service.critical_hit": "yes", "service.clients_hit": {"history": history}, **facts}}],
                                      "filings": [{"id": f"L-{number}", **sent, **filing} for number, filing in enumerate(filings, 1)]})

    def told(self, *more, **how):
        return self.good("told", "told.json", *more, law=self.outage_law, **how)

    def lines(self, *more):
        return [(one["filing"], one["fact"], one["told"], one["now"], one["difference"]) for one in json.loads(self.told("--format", "json", *more))["told"]]

    def test_same_newer_and_contradicting(self):
        for first, then, difference in (({"value": 1200}, {"value": 1200}, "same"), ({"at_least": 1000, "at_most": 1500}, {"value": 1480}, "newer known"), ({"value": 1200}, {"value": 1480}, "contradicts"), ({"at_least": 1000, "at_most": 1400}, {"value": 1480}, "contradicts")):
            self.account([{**first, "learned_at": self.BEFORE}, {**then, "learned_at": self.AFTER}])
            line, = self.lines("--all")
            self.assertEqual((line[1], line[4]), ("service.clients_hit", difference), (first, then))
            self.assertEqual(len(self.lines()), 0 if difference == "same" else 1)

    def test_what_was_not_known_then_is_newer(self):
        self.account([{"value": 1480, "learned_at": self.AFTER}], **{"service.down_from": {"value": "2026-11-24T22:00+01:00", "learned_at": self.BEFORE}})
        self.assertEqual(self.lines(), [("L-1", "service.clients_hit", "not known yet", "1480", "newer known")])
        self.account([{"value": 1480, "learned_at": self.BEFORE}], [{"unknown": ["service.clients_hit"]}])
        self.assertEqual(self.lines(), [("L-1", "service.clients_hit", "not known yet", "1480", "newer known")])

    def test_the_text_names_what_the_law_asks(self):
        self.account([{"value": 1200, "learned_at": self.BEFORE}, {"value": 1480, "learned_at": self.AFTER}], [{}, {"recipient": "de.market"}])
        text = self.told()
        self.assertTrue(all(len(line) <= 80 for line in text.splitlines()))
        said = " ".join(text.split())
        self.assertIn("the law asks: Correct what was reported [Outage Act], OWED; Final report of an outage [Outage Act], OWED", said)
        self.assertIn("to Markets: First report of an outage the law on file has no update and no later stage", said)
        self.assertIn("2 values told: 0 the same, 0 newer known, 2 contradicting", said)
        plain = [line.split("\t") for line in self.told("--format", "plain").splitlines()]
        self.assertEqual([(line[0], line[2], line[6]) for line in plain], [("L-1", "de.super", "contradicts"), ("L-2", "de.market", "contradicts")])

    def test_recipients_told_differently_and_told_anew(self):
        history = [{"value": 1200, "learned_at": self.BEFORE}, {"value": 1480, "learned_at": "2026-11-25T02:02+01:00"}]
        self.account(history, [{}, {"recipient": "de.market", "submitted_at": "2026-11-25T02:03+01:00"}])
        self.assertIn("DIFFERS between recipients", self.told())
        self.account(history, [{}, {"submitted_at": "2026-11-25T02:03+01:00", "supersedes": "L-1"}])
        self.assertEqual(self.lines(), [])  # told anew since
        self.assertEqual([one[0] for one in self.lines("--all")], ["L-1", "L-2"])

    def test_exit_codes_group_and_workbook(self):
        self.account([{"value": 1200, "learned_at": self.BEFORE}, {"value": 1480, "learned_at": self.AFTER}])
        self.told("--fail-on", "due", code=4)
        self.account([{"at_least": 1000, "at_most": 1500, "learned_at": self.BEFORE}, {"value": 1480, "learned_at": self.AFTER}])
        self.told("--fail-on", "due", code=4)  # newer, and the law asks for the update
        self.account([{"at_least": 1000, "at_most": 1500, "learned_at": self.BEFORE}, {"value": 1480, "learned_at": self.AFTER}], [{"recipient": "de.market"}])
        self.told("--fail-on", "due", code=0)
        self.told("--fail-on", "unknown", code=5)
        self.assertIn("contradicting", self.told("--group", "group.json"))
        self.good("evidence", "told.json", "--out", "told.xlsx", law=self.outage_law)
        with zipfile.ZipFile(self.desk / "told.xlsx") as book:
            self.assertIn('name="Told"', book.read("xl/workbook.xml").decode())
            text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
            self.assertIn("no case record", text)
            for claim in ("worked out, not recorded", "are the record itself"):  # there is none
                self.assertNotIn(claim, text)
        self.account([{"value": 1480, "learned_at": self.BEFORE}], [])
        self.assertEqual(self.told(), "0 values told: 0 the same, 0 newer known, 0 contradicting\n")
        self.error("told", "absent.json", law=self.outage_law, code=1)


class Interview(Case):
    BANK = ["head of IT", "", "Payroll files read from outside", "Germany", "last night around 23:40", "1, system entered", "the bank, Singapore branch",
            "Germany", "company", "bank", "Germany, Singapore", "Singapore", "branch", "bank", "only Singapore", "no", "yes",
            "23:50", "23:55", "06:50 Singapore", "not yet", "not known yet, expected by 08:00", "yes", "staff, customers",
            "name, bank account, not medical", "no", "about 3000", "Germany 2800 to 2900; Singapore 120 to 150", "decides alone", "works for another",
            "only name, passport", "yes", "no", "between 2 and 5 thousand", "Singapore", "keeps", "1", "no", "stop"]

    def talk(self, answers, file="new.json", *more, as_of=AS_OF, code=0, fresh=True):
        if fresh:
            (self.desk / file).unlink(missing_ok=True)
        return self.good("new", file, *more, given="".join(a + "\n" for a in answers), as_of=as_of, code=code)

    def account(self, file="new.json"):
        return json.loads((self.desk / file).read_text())

    def valid(self, file="new.json"):
        self.put("schema.json", self.good("schema", "incident"))
        ran = subprocess.run([sys.executable, ROOT / "tests/support/validate_json.py", self.desk / "schema.json", self.desk / file], capture_output=True)
        self.assertEqual(ran.stdout.decode().strip(), "ok", ran.stderr.decode())
        self.good("check", file)

    def test_a_bank_with_a_branch(self):
        self.expect("bank.txt", self.talk(self.BANK))
        self.valid()
        self.expect("bank.json", (self.desk / "new.json").read_text())

    def test_a_shop_with_corrections(self):
        text = self.talk(["", "?", "owner", "INC 1", "?", "INC-1", "Laptop stolen", "back", "Laptop lost", "Frankfurt", "Berlin", "25 Oct 02:30", "25 Oct 02:30 second", "data", "9, not attempt only", "the shop", "Germny", "DE",
                          "other", "only Germany", "show", "no", "25 Oct 09:00", "", "no", "yes", "", "names", "yes", "not known", "5 to 2", "240 to 260", "?", "Georgia 3", "Germany 240 to 260", "1", "by: counsel", "no", "stop"])
        self.expect("shop.txt", text)
        self.valid()
        self.expect("shop.json", (self.desk / "new.json").read_text())

    def test_a_group_is_asked_in_one_question(self):
        text = self.talk(["counsel", "INC-7", "Outage", "", "1 hour ago", "4", "1; not singapore", "yes", "22:00", "22:10", "no", "no", "no", "stop"], "group-new.json", "--group", "group.json")
        self.assertIn("1 The bank\n", text)
        self.valid("group-new.json")
        account = self.account("group-new.json")
        self.assertEqual(account["group"], "group.json")
        self.assertEqual([(e["id"], e["facts"]["entity.affected"]["value"]) for e in account["entities"]], [("bank", "yes"), ("branch", "no")])
        self.assertEqual(account["zone"], "Europe/Berlin")

    RELATION = """<law language="1" id="rel" title="Provider Act" place="DE"><obligation id="rel.a" title="Tell of a provider" each="entity" affected="any">
      <version from="2020-01-01" checked="2026-11-25" grade="U"><cite provision="1">tell</cite><when>any provider where (entity.affected is yes)</when></version>
      <example name="none" owed="no">incident.detected_at is 2026-03-02T10:00+01:00</example></obligation></law>"""

    def related(self, *answers):
        """The twelve with a shop of which little is known, then these answers to `Is anyone provider of the shop?`."""
        law = self.law_of("relation-law", "places.xml")
        (law / "relation.xml").write_text(self.RELATION)
        (self.desk / "rel.json").unlink(missing_ok=True)
        twelve = ["me", "R-1", "x", "Berlin", "22:00", "4", "the shop", "DE", "other", "only Germany", "no", "22:00", "", "no", "no", "no"]
        text = self.good("new", "rel.json", given="".join(a + "\n" for a in [*twelve, *answers, "stop"]), law=law)
        return text, {one["id"]: one for one in self.account("rel.json")["entities"]}, law

    def test_relations_are_answered(self):
        text, entities, law = self.related("?", "yes", "the shop", "only Acme Cloud")
        self.assertIn("Is anyone provider of the shop?", text)
        self.assertIn("provider: somebody who provides it with services or systems.", text)
        self.assertIn("then their names", text)
        self.assertIn("`the shop` is the one that is asked about", text)
        self.assertIn("= Acme Cloud (new here: what it owes itself is listed too); no others", " ".join(text.split()))
        self.assertEqual(entities["the-shop"]["relations"], [{"relation": "provider", "entity": "acme-cloud"}])
        self.assertEqual(entities["the-shop"]["relations_complete"], ["provider"])
        self.assertEqual(entities["acme-cloud"]["name"], "Acme Cloud")
        self.assertNotIn("provider of the shop", self.good("ask", "rel.json", law=law))
        self.assertIn("provider of Acme Cloud", self.good("ask", "rel.json", law=law))
        text, entities, law = self.related("nobody")
        self.assertEqual((entities["the-shop"].get("relations"), entities["the-shop"]["relations_complete"]), (None, ["provider"]))
        self.assertIn("0 owed", text)
        self.assertIn("NOT OWED  1", self.good("check", "rel.json", law=law))
        text, entities, law = self.related("Acme Cloud, Globex")
        self.assertEqual([one["entity"] for one in entities["the-shop"]["relations"]], ["acme-cloud", "globex"])
        self.assertNotIn("relations_complete", entities["the-shop"])
        self.assertIn("perhaps others", text)
        text, entities, law = self.related("", "stop")
        self.assertNotIn("relations", entities["the-shop"])
        text, entities, law = self.related("Acme Cloud", "back", "nobody")
        self.assertNotIn("acme-cloud", entities)
        self.put("schema.json", self.good("schema", "incident"))
        self.related("only Acme Cloud")
        ran = subprocess.run([sys.executable, ROOT / "tests/support/validate_json.py", self.desk / "schema.json", self.desk / "rel.json"], capture_output=True)
        self.assertEqual(ran.stdout.decode().strip(), "ok", ran.stderr.decode())

    def test_the_end_of_input_loses_nothing_and_the_same_command_goes_on(self):
        whole = self.talk(self.BANK)
        self.assertIn("Saved: new.json", whole)
        expected = self.account()
        for cut in (5, 9, 17, 24, 30, len(self.BANK) - 2):
            part = self.talk(self.BANK[:cut], "part.json")
            self.assertIn("of the twelve not answered yet", part)
            self.valid("part.json")
            # What was answered `not known yet` or left out is asked again.
            rest = self.BANK[cut:]
            if cut > 21:
                rest = [self.BANK[21]] + rest
            if cut > 20:
                rest = [self.BANK[20]] + rest if False else rest
            again = self.talk(["head of IT"] + rest, "part.json", fresh=False)
            self.assertIn("Going on with part.json: INC-2026-11-25", again)
            self.assertEqual(self.account("part.json"), expected, cut)

    def test_going_back_forgets_the_answer(self):
        self.talk(["me", "A-1", "x", "Berlin", "22:00", "4", "back", "back", "21:00", "5", "stop"])
        facts = self.account()["facts"]
        self.assertEqual(facts["incident.detected_at"]["value"], "2026-11-24T21:00+01:00")
        self.assertEqual(facts["incident.kinds"]["has"], ["system_entered"])
        self.assertIn("this is the first question", self.talk(["me", "back", "A-1", "stop"]))

    def test_who_says_so_stands_beside_each_answer(self):
        self.talk(["soc", "A-1", "x", "Berlin", "22:00", "by: counsel", "4", "stop"])
        facts = self.account()["facts"]
        self.assertEqual([facts["incident.detected_at"]["by"], facts["incident.kinds"]["by"]], ["soc", "counsel"])
        self.assertEqual(facts["incident.kinds"]["learned_at"], "2026-11-25T01:05:00Z")

    def test_no_file_is_overwritten(self):
        self.put("mine.json", "not an incident")
        self.error("new", "mine.json", code=3, given="me\n")
        self.assertEqual((self.desk / "mine.json").read_text(), "not an incident")
        self.assertIn("Nothing was answered; no file was written", self.talk(["me"], "none.json"))
        self.assertFalse((self.desk / "none.json").exists())
        self.error("new", "/proc/none.json", code=1, given="me\nA-1\n")

    def test_letters_that_cannot_be_shown_are_asked_again(self):
        ran = self.run_it("new", "c.json", given=b"me\n\x1b[2J\n\xff\nA-1\n")
        self.assertNotIn(b"\x1b", ran.stdout)
        self.assertEqual(self.account("c.json")["id"], "A-1")

    def terminal(self, answers, file):
        """On a terminal, where nothing is echoed by the program and Ctrl-C is a key."""
        (self.desk / file).unlink(missing_ok=True)
        child, master = pty.fork()
        if child == 0:
            os.chdir(self.desk)
            os.execv(PROGRAM, [PROGRAM, "--law", str(self.law), "--as-of", AS_OF, "new", file])
        seen, waiting, sent = b"", b"", 0
        until = time.time() + 30
        while time.time() < until:
            ready, _, _ = select.select([master], [], [], 1)
            if not ready:
                continue
            try:
                got = os.read(master, 65536)
            except OSError:
                break
            if not got:
                break
            seen += got
            waiting += got
            if waiting.endswith(b"> ") and sent < len(answers):
                os.write(master, answers[sent])
                sent += 1
                waiting = b""
        _, status = os.waitpid(child, 0)
        os.close(master)
        return os.waitstatus_to_exitcode(status), seen.decode()

    def test_ctrl_c_and_ctrl_d_keep_what_was_answered(self):
        code, text = self.terminal([b"me\n", b"A-1\n", b"x\n", b"Berlin\n", b"22:00\n", b"\x03"], "tty.json")
        self.assertEqual(code, 130)
        self.assertIn("goes on from there", text)
        self.assertEqual(self.account("tty.json")["facts"]["incident.detected_at"]["value"], "2026-11-24T22:00+01:00")
        code, text = self.terminal([b"me\n", b"A-2\n", b"\x04"], "tty2.json")
        self.assertEqual(code, 0)
        self.assertIn("Saved: tty2.json", text)
        self.assertEqual(text.count("A-2"), 2 + text.count("A-2") - 2)
        self.assertFalse([p for p in self.desk.iterdir() if p.name.endswith(".part")])


class Forms(Case):
    def setUp(self):
        super().setUp()
        self.put("open.json", self.without(facts={}, populations=[{"id": "staff"}], places=[], entities=[{"id": "bank", "facts": {"entity.affected": "yes"}}]))

    def form(self):
        import csv
        import io
        text = self.run_it("form", "open.json").stdout.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def write(self, rows, name="filled.csv", delimiter=",", encoding="utf-8", ending="\r\n"):
        import csv
        import io
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter, lineterminator=ending)
        writer.writeheader()
        writer.writerows(rows)
        self.put(name, out.getvalue().encode(encoding))

    ANSWERS = {"data.personal": "yes", "entity.role_here": "decides_alone", "entity.aware_at": "20.11.2026 22:14:00", "service.critical_hit": "no"}

    def filled(self):
        rows = self.form()
        self.assertTrue({"data.personal", "entity.role_here", "service.critical_hit"} <= {row["fact"] for row in rows})
        for row in rows:
            row["answer"] = self.ANSWERS.get(row["fact"], "")
            row["by"] = "counsel" if row["answer"] else ""
        return rows

    def test_a_form_goes_out_and_comes_back(self):
        self.assertTrue(self.run_it("form", "open.json").stdout.startswith(b"\xef\xbb\xbf"))
        self.assertIn("branch", self.good("form", "open.json", "--group", "group.json"))
        results = set()
        for encoding, delimiter, ending in (("utf-8", ",", "\r\n"), ("utf-8-sig", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("utf-8", "\t", "\n")):
            self.write(self.filled(), delimiter=delimiter, encoding=encoding, ending=ending)
            results.add(self.good("read", "filled.csv", "--into", "open.json"))
        self.assertEqual(len(results), 1)
        account = json.loads(results.pop())
        self.assertEqual(account["populations"][0]["facts"]["data.personal"], {"value": "yes", "by": "counsel"})
        self.assertEqual(account["entities"][0]["populations"][0]["facts"]["entity.role_here"]["value"], "decides_alone")
        self.put("out.json", account)
        self.assertIn("Notify the supervisor", self.good("check", "out.json"))
        again = {row["fact"] for row in self.form()}
        self.good("read", "filled.csv", "--into", "open.json", "--out", "open.json")
        self.assertEqual({row["fact"] for row in self.form()} & set(self.ANSWERS), set())
        self.assertTrue(set(self.ANSWERS) & again)
        self.good("read", "filled.csv", "--into", "open.json", "--group", "group.json")

    def test_an_empty_form_changes_nothing(self):
        rows = self.form()
        self.write(rows + [{key: "" for key in rows[0]}])
        self.assertEqual(json.loads(self.good("read", "filled.csv", "--into", "open.json")), json.loads((self.desk / "open.json").read_text()))

    def test_cells_that_cannot_be_read_are_named_by_row_and_column(self):
        rows = self.filled()
        place = {row["fact"]: n + 2 for n, row in enumerate(rows)}
        for fact, column, text, code, words in (
                ("data.personal", "answer", "maybe", "DN0592", "`maybe` is no answer to `data.personal`"),
                ("data.personal", "fact", "data.persnal", "DN0591", "there is no fact `data.persnal`"),
                ("entity.role_here", "entity", "bnak", "DN0594", "the incident has no entity `bnak`"),
                ("entity.role_here", "population", "clients", "DN0594", "the incident has no population `clients`"),
                ("service.critical_hit", "entity", "", "DN0593", "is told of one entity, and none is named")):
            bad = [dict(row) for row in rows]
            bad[place[fact] - 2][column] = text
            self.write(bad)
            ran = self.run_it("read", "filled.csv", "--into", "open.json")
            self.assertEqual((ran.returncode, ran.stdout), (3, b""), fact)
            self.assertRegex(ran.stderr.decode(), rf"filled\.csv:\d+:\d+: error\[{code}\]: row {place[fact]}, column `{column}`: .*" + re.escape(words))
        self.write(rows + [rows[place["data.personal"] - 2]])
        self.assertIn("is answered in row", self.error("read", "filled.csv", "--into", "open.json", code=3))
        before = (self.desk / "open.json").read_bytes()
        self.error("read", "filled.csv", "--into", "open.json", "--out", "open.json", code=3)
        self.assertEqual((self.desk / "open.json").read_bytes(), before)

    def test_files_that_are_no_form(self):
        self.put("x.csv", "question,answr\nx,y\n")
        self.assertIn("the form has no column `answer`", self.error("read", "x.csv", "--into", "open.json", code=3))
        self.put("x.csv", "fact,answer,populaton\ndata.x,yes,staff\n")
        self.assertIn("did you mean `populaton`?", self.error("read", "x.csv", "--into", "open.json", code=3))
        self.put("x.csv", "fact,answer\nM\xfcller,y\n".encode("latin-1"))
        self.assertIn("save the table again as CSV in UTF-8", self.error("read", "x.csv", "--into", "open.json", code=3))
        self.put("x.csv", "fact,answer\n\"data.personal,yes\n")
        self.assertIn("never closed", self.error("read", "x.csv", "--into", "open.json", code=3))

    def test_text_with_line_ends_and_quotes_comes_through(self):
        self.put("x.csv", 'fact,answer\r\ntext.what_happened,"A ""quoted"" line\nand a second; with, marks"\r\n')
        account = json.loads(self.good("read", "x.csv", "--into", "open.json"))
        self.assertEqual(account["facts"]["text.what_happened"], 'A "quoted" line\nand a second; with, marks')

    def test_all_mistakes_come_in_one_run(self):
        self.put("x.csv", "fact,answer,entity\ndata.x,yes,\nservice.critical_hit,perhaps,bank\nservice.critical_hit,yes,nobody\n")
        text = self.error("read", "x.csv", "--into", "open.json", code=3)
        self.assertEqual(len(re.findall(r"error\[", text)), 3)


class ZCoverage(unittest.TestCase):
    """Runs last: what --help offers and no test above used."""

    def test_every_option_of_every_help_was_used(self):
        def text(*command):
            return subprocess.run([PROGRAM, *command, "--help"], capture_output=True).stdout.decode()

        def subcommands(*command):
            part = text(*command).split("Subcommands:")
            return re.findall(r"^  ([a-z]+)", part[1], re.M) if len(part) > 1 else []

        offered = set()
        for name in [()] + [(n,) for n in subcommands() if n not in OF_RECORDS]:
            for inner in [name] + [name + (n,) for n in (subcommands(*name) if name else [])]:
                options = text(*inner).split("Options:")[-1].split("Subcommands:")[0]
                for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(re.match(r"\s*\S*", line).group(0).replace(",", " ") for line in options.splitlines() if re.match(r"  -", line))):
                    if option != "--help" or not inner:
                        offered.add((" ".join(inner), option))
        self.assertGreater(len(offered), 30)
        of_records = {("", "--at-entry"), ("", "--account")}  # so do these: the tests of tests/record use them
        self.assertEqual(sorted(offered - USED - of_records), [])

    def test_every_command_of_help_was_run(self):
        text = subprocess.run([PROGRAM, "--help"], capture_output=True).stdout.decode()
        known = OF_RECORDS | {"check", "ready", "told", "ask", "explain", "diff", "packet", "evidence", "batch", "import", "new", "form", "read", "law", "count", "schema", "version"}
        self.assertEqual(set(re.findall(r"^  ([a-z]+)", text.split("Subcommands:")[1], re.M)), known)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + sys.argv[3:], verbosity=1)

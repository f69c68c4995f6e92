#!/usr/bin/env python3
"""tools/verify_derivation.py against the program: every row of tests/tables/counting.csv, counted by `duenotice count
--derivation` with the calendars of the tests, is verified from its derivation alone; starts that are open too; and a
derivation that was changed is refused. Usage: derivation_test.py PROGRAM ROOT"""
import copy
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

PROGRAM, ROOT = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
# Rows of the table that the script cannot verify, by law and start, with the reason. None today.
CANNOT_BE_VERIFIED = {}


def rows():
    for line in (ROOT / "tests" / "tables" / "counting.csv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(",", 9)


def request(number, row):
    amount = [int(part) for part in row[3].split()]
    asked = {"id": f"{number}: {row[0]} {row[1]}", "start": row[1], "zone": row[2], "amount": amount if len(amount) > 1 else amount[0], "unit": row[4], "rule": row[0]}
    return asked if row[5] == "-" else {**asked, "calendar": row[5]}


class Derivations(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.law = Path(tempfile.mkdtemp(prefix="duenotice-derivation-"))
        shutil.copytree(ROOT / "jurisdictions" / "_shared", cls.law / "_shared")
        (cls.law / "_shared" / "groups.xml").unlink()
        (cls.law / "test").mkdir()
        shutil.copy(ROOT / "tests" / "tables" / "calendars.xml", cls.law / "test" / "calendars.xml")
        cls.rows = list(rows())
        cls.answers = cls.count(request(number, row) for number, row in enumerate(cls.rows, 1))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.law)

    @classmethod
    def count(cls, requests):
        ran = subprocess.run([PROGRAM, "--law", str(cls.law), "count", "--derivation"], input="".join(json.dumps(one) + "\n" for one in requests), capture_output=True, text=True)
        if ran.returncode != 0:
            raise AssertionError(ran.stdout[-2000:] + ran.stderr)
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def verify(self, *answers):
        ran = subprocess.run([sys.executable, str(ROOT / "tools" / "verify_derivation.py")], input="".join(json.dumps(one) + "\n" for one in answers), capture_output=True, text=True)
        return ran.returncode, ran.stdout + ran.stderr

    def changed(self, answer, change):
        other = copy.deepcopy(answer)
        change(other)
        self.assertNotEqual(answer, other)
        return other

    def refused(self, answer, change, words):
        code, said = self.verify(self.changed(answer, change))
        self.assertEqual(code, 1, said)
        self.assertIn(words, said)

    def easter(self):
        return self.count([{"id": "e", "start": "2026-04-02T16:00+02:00", "zone": "Europe/Berlin", "amount": 2, "unit": "days", "rule": "eu.1182-71", "calendar": "de"}])[0]

    def test_every_row_of_the_table_is_verified_from_its_derivation(self):
        self.assertGreater(len(self.answers), 490)
        for row, answer in zip(self.rows, self.answers):
            self.assertEqual([answer["end_utc"], answer.get("maximum_utc", answer["end_utc"]), answer["last_day"]], row[6:9], answer["id"])
            answer.pop("steps")
        code, said = self.verify(*self.answers)
        unverified = [line.split(": not verified")[0].split(": ", 1)[1] for line in said.splitlines() if ": not verified: " in line]
        self.assertEqual(sorted(unverified), sorted(CANNOT_BE_VERIFIED), said)
        self.assertEqual(code, 3 if CANNOT_BE_VERIFIED else 0, said)
        self.assertTrue(said.endswith(f"{len(self.rows) - len(unverified)} verified, 0 wrong, {len(unverified)} not verified\n"), said)

    def test_each_row_is_refused_when_its_end_moves_by_a_day(self):
        def a_day(text, days):
            length = "%Y-%m-%dT%H:%M:%SZ" if "T" in text else "%Y-%m-%d"
            return (datetime.strptime(text, length) + timedelta(days=days)).strftime(length)

        def moved(days):
            def move(answer):  # everywhere where the program states it, so that only a new count can tell
                for one in [answer, answer["derivation"]] + answer["derivation"]["readings"]:
                    one.update({name: a_day(one[name], days) for name in ("end_utc", "safe_utc", "maximum_utc", "last_day") if name in one})
            return move
        for days in (1, -1):
            code, said = self.verify(*(self.changed(answer, moved(days)) for answer in self.answers))
            self.assertEqual(code, 1)
            self.assertTrue(said.endswith(f"0 verified, {len(self.rows)} wrong, 0 not verified\n"), said[-200:])

    def test_an_open_start_is_verified_over_every_start(self):
        berlin = {"zone": "Europe/Berlin", "calendar": "de"}
        asked = [{"id": "day", "start": "2026-04-02", "amount": 2, "unit": "days", "rule": "eu.1182-71", **berlin},
                 {"id": "noon", "start": {"from": "2026-05-07T23:00+02:00", "until": "2026-05-08T01:00+02:00"}, "amount": 72, "unit": "hours", "rule": "eu.dora.art-5", **berlin},
                 {"id": "month", "start": {"from": "2026-03-20", "until": "2026-04-20"}, "amount": 5, "unit": "working_days", "rule": "eu.1182-71", **berlin},
                 {"id": "minutes", "start": "2026-03-29", "amount": 90, "unit": "minutes", "rule": "plain", "zone": "Europe/Berlin"}]
        answers = self.count(asked)
        self.assertEqual(self.verify(*answers), (0, "4 verified, 0 wrong, 0 not verified\n"))

        def later(answer):
            answer["derivation"]["bounds"]["maximum"][0] = "2026-05-11T10:00:00Z"
        self.refused(answers[1], later, "noon: wrong: the bounds over the open start")
        year = self.count([{**asked[0], "id": "year", "start": {"from": "2026-01-01", "until": "2026-12-01"}}])
        code, said = self.verify(*year)
        self.assertEqual(code, 3)
        self.assertIn("year: not verified: its ends hold for one start", said)

    def test_the_examples_of_falsehoods_are_verified_too(self):
        blocks = [line for line in (ROOT / "jurisdictions" / "FALSEHOODS.md").read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        ran = subprocess.run([PROGRAM, "--law", str(ROOT / "jurisdictions"), "count", "--derivation"], input="\n".join(blocks[0::2]), capture_output=True, text=True)
        counted = sum(1 for line in blocks[1::2] if "end_utc" in line)
        self.assertGreater(counted, 50)
        self.assertEqual(self.verify(*map(json.loads, ran.stdout.splitlines())), (0, f"{counted} verified, 0 wrong, 0 not verified\n"))

    def test_the_limits_of_an_incident_are_verified(self):
        ask, sample = [PROGRAM, "--as-of", "2026-11-23T09:00+01:00"], str(ROOT / "tests" / "cases" / "samples" / "payroll.json")
        listed = subprocess.run(ask + ["--format", "plain", "check", sample], capture_output=True, text=True).stdout.splitlines()[1:]
        dated = [row[0] for row in (line.split("\t") for line in listed) if row[2] != "-"]
        answers = []
        for duty in dated[::3]:
            ran = subprocess.run(ask + ["explain", sample, duty, "--derivation"], capture_output=True, text=True, check=True)
            answers += [json.loads(line) for line in ran.stdout.splitlines()]
        self.assertGreater(len(answers), 5)
        self.assertEqual(self.verify(*answers), (0, f"{len(answers)} verified, 0 wrong, 0 not verified\n"))
        self.assertEqual([answer["limit"]["moved"] for answer in answers], [False] * len(answers))
        self.refused(answers[0], lambda a: a["derivation"]["readings"][0].update(end_utc="2026-11-30T10:00:00Z"), answers[0]["id"] + ": wrong: the end of")

    def test_counts_drawn_at_random_are_verified(self):
        dice = random.Random(71)
        laws = [json.loads(line) for line in subprocess.run([PROGRAM, "--law", str(self.law), "--format", "json", "count", "--rules"], capture_output=True, text=True, check=True).stdout.splitlines()]
        zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo", "America/Santiago", "Atlantic/Azores", "Pacific/Apia", "Asia/Tokyo"]
        most = {"minutes": 9000, "hours": 500, "days": 90, "working_days": 60, "weeks": 20, "months": 30, "years": 4}

        def amount(unit):
            sign = dice.choice([1, 1, 1, -1])
            if unit == "years+months+days":
                return [sign * dice.randrange(3), sign * dice.randrange(13), sign * dice.randrange(40)]
            return sign * dice.choice([dice.randrange(1, 8), dice.randrange(most[unit])])

        def drawn(number):
            law = dice.choice(laws)
            unit = dice.choice([unit for reading in law["readings"] for unit in reading["units"]])
            start = datetime(2023, 1, 1) + timedelta(seconds=dice.choice([1, 60, 900, 3600]) * dice.randrange(24000))
            begin = start.isoformat() + "Z"
            if dice.random() < 0.2:
                begin = {"from": begin, "until": (start + timedelta(seconds=dice.choice([7, 3600, 90000]) * dice.randrange(1, 9))).isoformat() + "Z"}
            off = sorted({(datetime(2022, 1, 1) + timedelta(days=dice.randrange(1800))).date().isoformat() for _ in range(dice.choice([0, 90, 400]))})
            calendar = {"weekend": dice.choice([["Sat", "Sun"], ["Fri", "Sat"], ["Sun"], []]), "holidays": off, "working_weekend_days": off[::9]}
            return {"id": number, "start": begin, "zone": dice.choice(zones), "amount": amount(unit), "unit": unit, "rule": law["rule"], "calendar": calendar}

        asked = [drawn(number) for number in range(2500)]
        ran = subprocess.run([PROGRAM, "--law", str(self.law), "count", "--derivation"], input="".join(json.dumps(one) + "\n" for one in asked), capture_output=True, text=True)
        answers = [one for one in map(json.loads, ran.stdout.splitlines()) if "error" not in one]
        self.assertGreater(len(answers), 2400, ran.stdout[-500:])
        code, said = self.verify(*answers)
        self.assertEqual(code, 0, said[:2000])
        self.assertEqual(said, f"{len(answers)} verified, 0 wrong, 0 not verified\n")

    def test_the_page_on_derivations_names_each_member_and_no_other(self):
        found = {"note", "estimated", "days_cut"}  # depend on the calendar or on a very long count

        def walk(value):
            for name, member in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []:
                found.update([name] if isinstance(name, str) else [])
                walk(member)
        open_start = {"id": "o", "start": "2026-04-02", "zone": "Europe/Berlin", "amount": 1, "unit": "days", "rule": "plain"}
        for answer in self.answers + self.count([open_start, {**open_start, "zone": "America/Los_Angeles", "amount": 4, "unit": "working_days", "rule": "us.sec.business-days", "calendar": "us.sec"}]):
            walk(answer["derivation"])
        page = (ROOT / "reports" / "DERIVATION.md").read_text(encoding="utf-8")
        in_rows = {name for row in re.findall(r"^\| (`.*?) \|", page, re.M) for name in re.findall(r"`([a-z_]+)`", row)}
        self.assertEqual(sorted(found - set(re.findall(r"`([a-z_]+)`", page))), [])
        self.assertEqual(sorted(in_rows - found), [])

    def test_a_change_of_any_part_is_refused(self):
        answer = self.easter()
        self.assertEqual(self.verify(answer), (0, "1 verified, 0 wrong, 0 not verified\n"))

        def day_of(answer, day):
            return next(one for one in answer["derivation"]["days"] if one["day"] == day)

        def holiday_gone(answer):
            day_of(answer, "2026-04-06").pop("holiday")
            day_of(answer, "2026-04-06")["working"] = True
        self.refused(answer, holiday_gone, "e: wrong: the end of `day of the event excluded` is 2026-04-07T22:00:00Z when counted again, and 2026-04-08T22:00:00Z is stated")
        self.refused(answer, lambda a: day_of(a, "2026-04-06").pop("holiday"), "whether 2026-04-06 is worked")
        self.refused(answer, lambda a: a["derivation"]["days"].remove(day_of(a, "2026-04-06")), "the count needs Mon 2026-04-06, which is not listed")
        self.refused(answer, lambda a: day_of(a, "2026-04-06").update(weekday="Tue"), "the weekday of 2026-04-06 is Mon")
        self.refused(answer, lambda a: a["derivation"].update(start_utc="2026-04-01T14:00:00Z"), "the count needs Thu 2026-04-02, which is not listed")
        self.refused(answer, lambda a: a["derivation"].update(amount=1), "the end of")
        self.refused(answer, lambda a: a["derivation"]["zone"].update(offset_seconds=3600), "the end of")
        self.refused(answer, lambda a: a["derivation"]["readings"][0].update(minimum_working_days=1), "the end of")
        self.refused(answer, lambda a: a["derivation"]["readings"][0].update(roll="previous-working-day"), "the count needs Thu 2026-04-02, which is not listed")
        self.refused(answer, lambda a: a["derivation"]["readings"][0].update(start="day-included"), "the count needs Thu 2026-04-02, which is not listed")
        self.refused(answer, lambda a: a.update(end_utc="2026-04-09T22:00:00Z"), "the answer is")
        self.refused(answer, lambda a: a["derivation"].update(maximum_utc="2026-04-09T22:00:00Z"), "the whole of its ends")
        self.refused(answer, lambda a: a["derivation"].pop("readings"), "cannot be read")

    def test_what_cannot_be_verified_is_said(self):
        answer = self.easter()
        code, said = self.verify(self.changed(answer, lambda a: a.pop("derivation")))
        self.assertEqual((code, said.splitlines()[0]), (3, "e: not verified: it has no derivation: ask with --derivation"))
        code, said = self.verify(answer, self.changed(answer, lambda a: a["derivation"]["readings"][0].update(roll="next-full-moon")))
        self.assertEqual((code, said), (3, "e: not verified: a rule is not known here: next-full-moon\n1 verified, 0 wrong, 1 not verified\n"))
        code, said = self.verify(answer, self.changed(answer, lambda a: a["derivation"].update(days_cut=True)))
        self.assertEqual(code, 3)
        self.assertEqual(self.verify({"id": "x", "error": {"code": "unsupported"}})[0], 1)

    def test_a_derivation_carries_release_citations_and_the_days_by_name(self):
        derivation = self.easter()["derivation"]
        self.assertRegex(derivation["tzdata"], r"^20\d\d[a-z]+$")
        self.assertEqual(derivation["law"]["id"], "eu.1182-71")
        cites = derivation["readings"][0]["cites"]
        self.assertEqual([cite["provision"] for cite in cites], ["Article 3(1) and (2)", "Article 3(4)", "Article 3(5)"])
        self.assertTrue(all(cite["address"].startswith("http") and cite["checked"] and cite["grade"] for cite in cites))
        self.assertEqual([(one["day"], one["weekday"], one["working"], one.get("holiday")) for one in derivation["days"]],
                         [("2026-04-03", "Fri", False, "Good Friday"), ("2026-04-04", "Sat", False, None), ("2026-04-05", "Sun", False, None),
                          ("2026-04-06", "Mon", False, "Easter Monday"), ("2026-04-07", "Tue", True, None), ("2026-04-08", "Wed", True, None)])

    def test_a_long_count_lists_every_day(self):
        answer = self.count([{"id": "l", "start": "2026-01-05T10:00+01:00", "zone": "Europe/Berlin", "amount": 400, "unit": "working_days", "rule": "eu.1182-71", "calendar": "de"}])[0]
        self.assertEqual(self.verify(answer), (0, "1 verified, 0 wrong, 0 not verified\n"))
        skipped = sum(1 for step in answer["steps"] if step["kind"] == "skipped")
        self.assertEqual(skipped, sum(1 for one in answer["derivation"]["days"] if not one["working"]))
        self.assertGreater(skipped, 150)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

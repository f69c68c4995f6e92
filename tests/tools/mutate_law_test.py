#!/usr/bin/env python3
"""tools/mutate_law on an invented law of few words: what its examples catch, what they leave, and what the tool says of it.
Usage: mutate_law_test.py PROGRAM ROOT"""
import csv
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, ROOT = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
PLACE = '<jurisdiction language="1" code="XA" title="Testland" zone="Europe/Brussels" languages="en"/>'
AUTHORITIES = """<authorities language="1" place="XA">
  <authority id="xa.dpa" title="Data authority" source="https://law.example/xa" checked="2026-11-26" grade="U"><channel kind="email"/></authority>
  <authority id="xa.police" title="Police" source="https://law.example/xa" checked="2026-11-26" grade="U"><channel kind="email"/></authority>
</authorities>"""
LAW = """<?xml version="1.0" encoding="UTF-8"?>
<!-- <law before the law: at least 7 of nothing -->
<law language="1" id="xa.notice" title="Notice Act" address="https://law.example/xa/1" place="XA" links="lives">
  <obligation id="xa.notice.dpa" title="Tell the data authority" each="entity">
    <version from="2024-01-01" checked="2026-11-26" grade="U">
      <cite provision="section 1">within 72 hours; at least 500</cite>
      <when provision="section 1">people of XA at least 500</when>
      <unless id="over" provision="section 2">incident.ended_at has happened</unless>
      <clock><limb amount="72 hours" counting="plain" act="submitted" provision="section 1"><start>entity.aware_at</start></limb></clock>
      <recipients><to authority="xa.dpa" provision="section 1"/></recipients>
    </version>
  </obligation>
{examples}
</law>
"""
FACTS = "incident.detected_at is {day}T08:00+01:00; entity.aware_at is {day}T13:20+01:00; incident.ended_at is {over}; people.affected is {people}"


def example(people, expected, over="not yet", day="2026-03-09"):
    facts = FACTS.format(people=people, over=over, day=day)
    return f'  <example name="{people} {over} {day}" as-of="{day}T20:00+01:00" place="XA">{facts}<expect duty="xa.notice.dpa" {expected}/></example>'


DUE = 'owed="yes" safe="2026-03-12T13:20+01:00" maximum="2026-03-12T13:20+01:00" recipients="xa.dpa"'
WEAK = [example(499, 'owed="no"'), example(600, DUE), example(600, 'owed="no"', over="2026-03-09T19:00+01:00")]
STRONG = WEAK + [example(500, DUE), example(600, 'owed="no"', day="2023-12-31"), example(600, 'owed="yes"', day="2024-01-01")]


class MutateLaw(unittest.TestCase):
    def setUp(self):
        self.work = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.work)
        book = self.work / "book"
        (book / "xa").mkdir(parents=True)
        shutil.copytree(ROOT / "jurisdictions" / "_shared", book / "_shared")
        (book / "xa" / "jurisdiction.xml").write_text(PLACE, encoding="utf-8")
        (book / "xa" / "authorities.xml").write_text(AUTHORITIES, encoding="utf-8")

    def law(self, examples):
        (self.work / "book" / "xa" / "notice.xml").write_text(LAW.format(examples="\n".join(examples)), encoding="utf-8")

    def run_tool(self, *more, explained=None):
        table = self.work / "explained.csv"
        if explained is not None:
            table.write_text("file,owner,old,new,reason\n" + explained, encoding="utf-8")
        return subprocess.run([sys.executable, str(ROOT / "tools" / "mutate_law"), "--law", str(self.work / "book"), "--program", PROGRAM, "--explained", str(table),
                               "--csv", str(self.work / "out.csv"), "--jobs", "2", *more], capture_output=True, text=True, check=False)

    def survivors(self):
        with open(self.work / "out.csv", encoding="utf-8", newline="") as file:
            return [(row["kind"], row["old"], row["new"]) for row in csv.DictReader(file)]

    def test_changes_are_those_of_the_law_and_of_no_example_or_comment(self):
        self.law(WEAK)
        lines = self.run_tool("--list").stdout.splitlines()
        changes = [line.split(": ", 3)[1] + " " + line.split("`")[1] + " -> " + line.split("`")[3] for line in lines]
        self.assertEqual(sorted(changes), sorted([
            "date from 2024-01-01 -> from 2024-01-02", "date from 2024-01-01 -> from 2023-12-31",
            "number people of XA at least 500 -> people of XA at least 501", "number people of XA at least 500 -> people of XA at least 499",
            "operator people of XA at least 500 -> people of XA more than 500", "operator people of XA at least 500 -> people of XA at most 500",
            "exception unless over -> dropped", "exception unless over -> turned round",
            "number 72 hours -> 73 hours", "number 72 hours -> 71 hours", "unit 72 hours -> 72 days",
            "recipient to xa.dpa -> to xa.police"]))
        self.assertTrue(all(line.startswith("xa/notice.xml:") for line in lines))
        self.assertIn("xa/notice.xml:7: number: xa.notice.dpa from 2024-01-01: `people of XA at least 500`", "\n".join(lines))

    def test_survivors_of_weak_examples(self):
        self.law(WEAK)
        ran = self.run_tool()
        self.assertEqual(ran.returncode, 1, ran.stderr)
        # Nobody stands at 500, nor at the first day of the law. 499 people: `at least 499` is caught.
        self.assertEqual(sorted(self.survivors()), [
            ("date", "from 2024-01-01", "from 2023-12-31"), ("date", "from 2024-01-01", "from 2024-01-02"),
            ("number", "people of XA at least 500", "people of XA at least 501"), ("operator", "people of XA at least 500", "people of XA more than 500")])
        self.assertIn("SURVIVED xa/notice.xml:7: operator: xa.notice.dpa from 2024-01-01: `people of XA at least 500` -> `people of XA more than 500`", ran.stdout)
        self.assertRegex(ran.stdout, r"xa/notice\.xml +8 of +12 +66\.7 %.*numbers, operators, units 5 of 7")

    def test_strong_examples_catch_all(self):
        self.law(STRONG)
        ran = self.run_tool()
        self.assertEqual((ran.returncode, self.survivors()), (0, []), ran.stdout + ran.stderr)

    def test_explained_survivors_pass_and_only_they(self):
        self.law(STRONG[:3] + STRONG[4:])  # nobody at 500
        ran = self.run_tool(explained="xa/notice.xml,xa.notice.dpa from 2024-01-01,people of XA at least 500,people of XA more than 500,tried\n")
        self.assertEqual(ran.returncode, 1, ran.stdout)
        both = "".join(f"xa/notice.xml,xa.notice.dpa from 2024-01-01,people of XA at least 500,people of XA {new},tried\n" for new in ("more than 500", "at least 501"))
        ran = self.run_tool(explained=both)
        self.assertEqual(ran.returncode, 0, ran.stdout)
        self.law(STRONG)
        ran = self.run_tool(explained=both)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("explained, but it does not survive or is not there", ran.stdout)
        self.assertEqual(self.run_tool(explained="xa/notice.xml,x,y,z, \n").returncode, 2)

    def test_a_law_that_fails_as_it_is_tells_nothing(self):
        self.law(WEAK + [example(10, 'owed="yes"')])
        ran = self.run_tool()
        self.assertEqual((ran.returncode, ran.stdout), (2, ""))
        self.assertIn("DN0601", ran.stderr)

    def test_table_of_scores(self):
        page = self.work / "page.md"
        page.write_text("before\n<!-- table: begin -->\n| law |\n| `gone.xml` | 1 | 1 | 100.0 % | 1 of 1 | - | - | - | 0 |\n<!-- table: end -->\nafter\n", encoding="utf-8")
        self.law(WEAK)
        self.run_tool("--table", str(page), explained="xa/notice.xml,xa.notice.dpa from 2024-01-01,people of XA at least 500,people of XA more than 500,tried\n")
        # 12 changes: 7 numbers, operators and units of which two survive, one of them explained; 2 exceptions; 1 recipient; 2 dates that survive.
        row = "12 | 8 | 66.7 % | 5 of 7 | 2 of 2 | 1 of 1 | 0 of 2 | 1 |"
        text = page.read_text(encoding="utf-8")
        self.assertIn(f"| `xa/notice.xml` | {row}\n| **all** | {row}\n<!-- table: end -->\nafter\n", text)
        self.assertTrue(text.startswith("before\n<!-- table: begin -->\n| law | changes | caught | score |"))
        self.assertNotIn("gone.xml", text)
        self.assertEqual(self.run_tool("--table", str(page), "--kinds", "unit").returncode, 2)
        page.write_text("no marks\n", encoding="utf-8")
        self.assertEqual(self.run_tool("--table", str(page)).returncode, 2)

    def test_a_zero_has_no_unit_to_change(self):
        self.law([])
        law = self.work / "book" / "xa" / "notice.xml"
        law.write_text(law.read_text(encoding="utf-8").replace("people of XA at least 500", "time from entity.aware_at to incident.ended_at more than 0 minutes"), encoding="utf-8")
        self.assertNotIn("0 hours", self.run_tool("--list").stdout)

    def test_what_fills_a_template_is_changed_where_it_is_logic(self):
        (self.work / "book" / "xa" / "notice.xml").write_text("""<law language="1" id="xa.notice" title="Notice Act" address="https://law.example/xa/1" place="XA">
  <template id="t"><obligation id="xa.notice.tell" title="Tell"><version from="2024-01-01" checked="2026-11-26" grade="U">
    <cite provision="section $(section)">within a time</cite><when>people of XA at least $(people)</when>
    <clock><limb amount="$(time)" counting="plain" provision="section $(section)"><start>entity.aware_at</start></limb></clock></version></obligation></template>
  <instance of="t" place="XA"><set name="section">4</set><set name="people">500</set><set name="time">72 hours</set></instance>
</law>""", encoding="utf-8")
        changes = [line.split("`")[1] + " -> " + line.split("`")[3] for line in self.run_tool("--list").stdout.splitlines() if ": date:" not in line]
        self.assertEqual(sorted(changes), sorted(["people of XA at least $(people) -> people of XA more than $(people)", "people of XA at least $(people) -> people of XA at most $(people)", "500 -> 499", "500 -> 501", "72 hours -> 71 hours", "72 hours -> 73 hours", "72 hours -> 72 days"]))

    def test_an_example_may_name_several_duties(self):
        self.law(STRONG)
        law = self.work / "book" / "xa" / "notice.xml"
        text = law.read_text(encoding="utf-8")
        other = text[text.index("  <obligation"):text.index("  </obligation>")].replace("xa.notice.dpa", "xa.notice.other") + "  </obligation>\n"
        law.write_text(text.replace("  </obligation>\n", "  </obligation>\n" + other, 1).replace('duty="xa.notice.dpa"', 'duty="xa.notice.dpa xa.notice.other"'), encoding="utf-8")
        ran = self.run_tool()
        self.assertEqual((ran.returncode, self.survivors()), (0, []), ran.stdout + ran.stderr)

    def test_only_some_kinds(self):
        self.law(WEAK)
        self.assertEqual(self.run_tool("--kinds", "unit,recipient").returncode, 0)
        self.assertEqual(self.run_tool("--kinds", "commas").returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

#!/usr/bin/env python3
"""Breaks the counting engine on purpose, one place at a time, and sees that the oracle or the tables notice.

Usage, by hand, with a clean work tree and a configured build: try_breaks.py BUILD [NAME...]   (about a minute and a half a break)
Each break is written into the source, engine_tests is built and the two tests below run; then the source is put back. Prints which test
noticed and its first counter-example. Exit: 0 every break was noticed, 1 one was not, 2 a break no longer fits the source.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TESTS = {"oracle": "every reading of every counting law ends where counting day by day ends",
         "table": "every row of the table of counts ends where the arithmetic by hand ends"}
DAYS, HOURS, MONTHS = "engine/reading_counter.cpp", "engine/reading_hours.cpp", "engine/period.cpp"
# name: (file, what stands there, what is written instead)
BREAKS = {
    "day of the event counted": (DAYS, "const Date before = included ? local.date.plus_days(backward ? 1 : -1) : local.date;",
                                 "const Date before = local.date.plus_days(backward ? 1 : -1);"),
    "no move off a day off": (DAYS, "if (roll_rule() != RollRule::None && !roll_day(run)) return run.beyond();", ""),
    "second of two equal hours": (DAYS, "zone.resolve(day, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Earlier})",
                                  "zone.resolve(day, seconds, {GapPolicy::InstantOfChange, OverlapPolicy::Later})"),
    "moves off Saturday where only Sunday is off": (DAYS, "const bool stays = calendar.is_working(from, reading_.off) == Working::Yes;",
                                                    "const bool stays = calendar.is_working(from, OffDays::WeekendAndHolidays) == Working::Yes;"),
    "one working day is enough": (DAYS, "if (*held >= reading_.minimum_working_days) return true;", "if (*held >= 1) return true;"),
    "short period one day shorter": (DAYS, "std::abs(period.amount) <= reading_.skip_off_days_up_to", "std::abs(period.amount) < reading_.skip_off_days_up_to"),
    "clear days count the last": (DAYS, "run.last = excluded.plus_days(request_.period.is_backward() ? -1 : 1);", "run.last = excluded;"),
    "closing hour of another clock": (DAYS, "const Zone& zone = request_.clock_zone ? *request_.clock_zone : zone_;", "const Zone& zone = zone_;"),
    "hour of the event counted": (HOURS, "if (reading_.start != StartRule::HourExcluded) return start;", "return start;"),
    "months end like numbered in Japan too": (MONTHS, "return exists ? like_numbered->plus_days(-1) : *like_numbered;", "return *like_numbered;"),
}


def built(build):
    return subprocess.run(["cmake", "--build", build, "-j", "2", "--target", "engine_tests"], capture_output=True, text=True, check=False)


def first_counter_example(build, title):
    """Empty when the test passes."""
    ran = subprocess.run([str(pathlib.Path(build) / "tests" / "engine_tests"), title], capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return ""
    return " ".join(ran.stdout.split()).partition("with expansion:")[2][:400]


def noticed(build, name):
    file, old, new = BREAKS[name]
    path = ROOT / file
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        sys.exit(f"{name}: {file} has {text.count(old)} places of `{old}`")
    try:
        path.write_text(text.replace(old, new), encoding="utf-8")
        made = built(build)
        if made.returncode != 0:
            return {"compiler": made.stdout[-300:]}
        return {test: said for test, title in TESTS.items() if (said := first_counter_example(build, title))}
    finally:
        path.write_text(text, encoding="utf-8")


def main():
    if len(sys.argv) < 2 or any(name not in BREAKS for name in sys.argv[2:]):
        print(__doc__)
        return 2
    build, missed = sys.argv[1], []
    for name in sys.argv[2:] or BREAKS:
        try:
            found = noticed(build, name)
        except SystemExit as error:
            print(error)
            return 2
        print(f"{name}: " + ("; ".join(f"{test}: {said}" for test, said in found.items()) or "NOT NOTICED"), flush=True)
        missed += [] if found and "compiler" not in found else [name]
    built(build)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

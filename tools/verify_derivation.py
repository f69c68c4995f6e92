#!/usr/bin/env python3
"""Counts again what `duenotice count --derivation` and `duenotice explain INCIDENT DUTY --derivation` answer.
Reads JSON (files, else standard input; one document, or one a line) and verifies every `derivation/1` in it from its own
members alone, by arithmetic of its own: the steps that the program shows are not read, nothing of the program is used.
Whether parameters, days and offsets are those of the law, the place and the zone is for who reads the citations.
Exit: 0 all verified; 1 one is wrong, or there is none; 3 none is wrong but one could not be verified."""
import json, sys
from calendar import monthrange
from datetime import date, datetime, timedelta

DAY, HOUR, QUARTER, LONGEST_OPEN_START = 86400, 3600, 900, 62 * 86400
WEEKDAYS, ELAPSED = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], {"minutes": 60, "hours": 3600}
KNOWN = set("minutes hours days working_days weeks months years years+months+days event-number day-after event-number-or-next-day day-after-number thirty-days "
            "at-once hour-excluded day-excluded day-included day-excluded-unless-midnight day-excluded-unless-opening none next-working-day "
            "previous-working-day hour-next-working-day same-hour-next-working-day same-hour-previous-working-day".split())
class Wrong(Exception): "The derivation does not hold."
class CannotVerify(Exception): "It may hold, but cannot be counted again from what it carries."

def demand(holds, message):
    if not holds: raise Wrong(message)

def same(what, stated, counted): demand(stated == counted, f"{what} is {counted} when counted again, and {stated} is stated")
def utc(text): return (datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ") - datetime(1970, 1, 1)) // timedelta(seconds=1)
def show(instant): return (datetime(1970, 1, 1) + timedelta(seconds=instant)).isoformat() + "Z"
def clock(text): return sum(int(part) * of for part, of in zip(text.split(":"), (HOUR, 60, 1)))
def plus(day, days): return day + timedelta(days=days)

class Zone:
    def __init__(self, use):
        self.name, self.first, self.last = use["zone"], utc(use["from_utc"]), utc(use["until_utc"])
        self.changes = [(self.first, use["offset_seconds"])] + [(utc(c["at_utc"]), c["offset_seconds"]) for c in use["changes"]]
        self.grid = QUARTER if all(at % QUARTER == offset % QUARTER == 0 for at, offset in [(0, self.changes[0][1])] + self.changes[1:]) else 1
        demand(self.changes == sorted(self.changes), f"the changes of {self.name} are not in order")
    def offset(self, instant):
        demand(self.first <= instant <= self.last, f"no offset of {self.name} is given at {show(instant)}")
        return [offset for at, offset in self.changes if at <= instant][-1]
    def local(self, instant):
        """The day and the second of the day that the local clock shows."""
        days, second = divmod(instant + self.offset(instant), DAY)
        return plus(date(1970, 1, 1), days), second
    def instant(self, day, second):
        """When the clock shows this: the first of two times; where the clock passes it over, the change that does so."""
        wall = (day - date(1970, 1, 1)).days * DAY + second
        fits = [wall - o for _, o in self.changes if self.first <= wall - o <= self.last and self.offset(wall - o) == o]
        passed = [at for (_, before), (at, after) in zip(self.changes, self.changes[1:]) if at + before <= wall < at + after]
        demand(fits + passed, f"no offset of {self.name} is given on {day}")
        return min(fits or passed)
    def full_hour(self, at, back):
        """The end of the clock hour in which `at` lies, also across a change of offset; its beginning for a count back."""
        if back: return at - (at + self.offset(at)) % HOUR
        later = range(at // self.grid * self.grid + self.grid, at + 3 * HOUR, self.grid)
        return next(t for t in later if (t + self.offset(t - 1)) % HOUR == 0 or (t + self.offset(t)) % HOUR == 0)

class Days:
    def __init__(self, listed):
        self.days = {date.fromisoformat(entry["day"]): entry for entry in listed}
        for day, entry in self.days.items():
            same(f"the weekday of {day}", entry["weekday"], WEEKDAYS[day.weekday()])
            same(f"whether {day} is worked", entry["working"], not (entry.get("weekend") or "holiday" in entry))
    def off(self, day, which):
        demand(day in self.days, f"the count needs {WEEKDAYS[day.weekday()]} {day}, which is not listed")
        weekly = {"weekend holidays": self.days[day].get("weekend", False), "sunday holidays": day.weekday() == 6, "holidays": False}
        return "holiday" in self.days[day] or weekly[which]
    def advance(self, day, number, which="weekend holidays", recesses=None):
        left = abs(number)
        while left:
            day = plus(day, 1 if number > 0 else -1)
            left -= not (self.off(day, which) if recesses is None else any(since <= day <= until for since, until in recesses))
        return day
    def move(self, day, which, step):
        return next(at for at in (plus(day, step * i) for i in range(3660)) if not self.off(at, which))
    def roll(self, day, law, step):
        return self.move(day, law.get("roll_past", law["off"]), step) if self.off(day, law["off"]) else day

def add_months(event, months, rule):
    step = (months > 0) - (months < 0)
    first = plus(event, step) if rule.startswith("day-after") else event
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    like = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    if rule == "event-number-or-next-day": return plus(like, months > 0 and like.day < first.day)
    if first == event or rule == "day-after-number" or (months > 0 and like.day < first.day): return like
    return plus(like, -step)

class Reading:
    """One reading of the law with the data to count it from any start."""
    def __init__(self, derivation, reading):
        counted = derivation.get("deemed", derivation)
        self.amount, self.unit, self.law, self.start, self.roll = counted["amount"], counted["unit"], reading, reading["start"], reading["roll"]
        unknown = {self.unit, self.start, self.roll, reading.get("months", "day-after")} - KNOWN
        if unknown: raise CannotVerify(f"a rule is not known here: {', '.join(sorted(unknown))}")
        self.zone, self.days = Zone(derivation["zone"]), Days(derivation["days"])
        self.clock_zone = Zone(derivation.get("clock_zone", derivation["zone"]))
        self.back, self.recesses = "-" in str(self.amount), [[date.fromisoformat(day) for day in each] for each in reading.get("recesses", [])]
        demand(isinstance(self.amount, list) or reading.get("over", -1) < abs(self.amount) <= reading.get("up_to", abs(self.amount)), f"`{reading['label']}` is not for periods of this length")
        self.roll_step = -1 if "previous" in self.roll else 1
        self.count = self.count_elapsed if self.unit in ELAPSED else self.count_days  # start -> end, last day
    def close(self, day):
        return self.clock_zone.instant(day, clock(self.law["ends_at"])) if "ends_at" in self.law else self.zone.instant(plus(day, 1), 0)
    def count_elapsed(self, start):
        running = self.zone.full_hour(start, self.back) if self.start == "hour-excluded" else start
        end = self.counted(running, self.amount * ELAPSED[self.unit]) if "leaves_out" in self.law else running + self.amount * ELAPSED[self.unit]
        day, second = self.zone.local(end)
        moved = day if self.roll == "none" else self.days.roll(day, self.law, self.roll_step)
        if moved == day or "hour" not in self.roll:
            return (end if moved == day else self.close(moved)), moved
        return self.zone.instant(moved, second if "same-hour" in self.roll else clock(self.law["roll_to"])), moved
    def counted(self, at, left):
        """Only the hours of days that are not left out, between the hours of business if there are any."""
        while left:
            day = self.zone.local(at - (left < 0))[0]
            edge, opens = self.zone.instant(plus(day, left > 0), 0), self.zone.instant(day, clock(self.law.get("counted_from", "0:0")))
            closes = self.zone.instant(day, clock(self.law["counted_until"])) if "counted_until" in self.law else self.zone.instant(plus(day, 1), 0)
            here, room = (max(at, opens), max(0, closes - max(at, opens))) if left > 0 else (min(at, closes), min(0, opens - min(at, closes)))
            room = 0 if self.days.off(day, self.law["leaves_out"]) else room
            at, left = (here + left, 0) if 0 < abs(left) <= abs(room) else (edge, left - room)
        return at
    def count_days(self, start):
        event, second = self.zone.local(start)
        if self.start == "day-included" or ("unless" in self.start and second <= clock(self.law.get("opens", "0:0")) and not self.back):
            event = plus(event, 1 if self.back else -1)
        unmoved = plus(self.last_day(event), (-1 if self.back else 1) * self.law.get("clear", False))
        if self.law.get("recess") == "end-moves" and not self.back:
            unmoved = next((plus(until, self.law["recess_days"]) for since, until in self.recesses if since <= unmoved <= until), unmoved)
        last = unmoved if self.roll == "none" else self.days.roll(unmoved, self.law, self.roll_step)
        at_hour = last != unmoved and self.roll == "hour-next-working-day"
        long_enough, day = abs((unmoved - event).days) >= self.law.get("minimum_from_days", 0), event
        missing = self.law.get("minimum_working_days", 0) if long_enough else 0
        while missing and day != last:
            day = plus(day, -1 if self.back else 1)
            missing -= not self.days.off(day, "weekend holidays")
        if missing:
            last, at_hour = self.days.advance(last, -missing if self.back else missing), False
        return (self.zone.instant(last, clock(self.law["roll_to"])) if at_hour else self.close(last)), last
    def last_day(self, event):
        if self.law.get("recess") == "stands-still": return self.days.advance(event, self.amount, recesses=self.recesses)
        if self.unit == "working_days" or (self.unit == "days" and "leaves_out" in self.law): return self.days.advance(event, self.amount, self.law.get("leaves_out", "weekend holidays"))
        if self.unit == "days" and abs(self.amount) <= self.law.get("skip_off_days_up_to", -1): return self.days.advance(event, self.amount, self.law["off"])
        if self.unit in ("days", "weeks"): return plus(event, self.amount * (7 if self.unit == "weeks" else 1))
        years, months, days = {"months": (0, self.amount, 0), "years": (self.amount, 0, 0)}.get(self.unit) or self.amount
        if self.law["months"] == "thirty-days": return plus(event, years * 365 + months * 30 + days)
        return plus(add_months(event, years * 12 + months, self.law["months"]), days)

def bounds_over(readings, earliest, latest):
    # Ends jump only at quarters of an hour (periods in minutes: at minutes) while all offsets are whole quarters.
    grid = 60 if readings[0].unit == "minutes" else QUARTER
    if latest - earliest > LONGEST_OPEN_START or readings[0].zone.grid == 1: raise CannotVerify("its ends hold for one start; bounds over an open start this long, or in this zone, are not tried")
    starts = {earliest, latest} | {t - side for t in range(earliest // grid * grid, latest + grid, grid) for side in (0, 1)}
    ends = [[reading.count(start)[0] for reading in readings] for start in starts if earliest <= start <= latest]
    low, high = [min(each) for each in ends], [max(each) for each in ends]
    return {"safe": [show(min(low)), show(max(low))], "maximum": [show(min(high)), show(max(high))]}

def verify(derivation, answer):
    if derivation is None or derivation.get("days_cut"): raise CannotVerify("it has no derivation: ask with --derivation" if derivation is None else "its list of days is cut")
    readings, ends = [Reading(derivation, reading) for reading in derivation["readings"]], []
    for reading in readings:
        end, last = reading.count(utc(derivation["start_utc"]))
        same(f"the end of `{reading.law['label']}`", reading.law["end_utc"], show(end))
        same(f"the last day of `{reading.law['label']}`", reading.law["last_day"], last.isoformat())
        ends.append((show(end), last.isoformat()))
    demand((derivation["safe_utc"], derivation["last_day"]) in ends, "no reading ends at its earliest end, on its last day")
    bounds = bounds_over(readings, *map(utc, derivation["open_start_utc"])) if "open_start_utc" in derivation else None
    same("the bounds over the open start", derivation["bounds"], bounds)
    outer = [bounds["safe"][0], bounds["maximum"][1]] if bounds else [min(ends)[0], max(ends)[0]]
    same("the whole of its ends", [derivation["safe_utc"], derivation["maximum_utc"]], outer)
    if "end_utc" in answer:
        stated = [answer["end_utc"], answer.get("maximum_utc", answer["end_utc"]), answer["last_day"]]
        same("the answer", stated, [derivation["safe_utc"], derivation["maximum_utc"], derivation["last_day"]])

def found_in(value, holder, name):
    """Every derivation in a document with the object that holds it and a name for messages; None where one is missing."""
    if isinstance(value, dict):
        name = value.get("id", name)
        if value.get("format") == "derivation/1":
            yield value, holder, name
        elif "id" in value and "end_utc" in value and "derivation" not in value:
            yield None, value, name
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from found_in(member, value if isinstance(value, dict) else holder, name)

def main(files):
    counts = {"verified": 0, "wrong": 0, "not verified": 0}
    for text in [open(file, encoding="utf-8").read() for file in files] or [sys.stdin.read()]:
        lines = text.splitlines() if text.count("\n{") else [text]
        documents = [json.loads(line) for line in lines if line.strip()]
        for derivation, answer, name in found_in(documents, {}, "-"):
            try:
                verify(derivation, answer)
                counts["verified"] += 1
            except Exception as error:  # whatever a changed derivation trips over refuses it
                result = "not verified" if isinstance(error, CannotVerify) else "wrong"
                counts[result] += 1
                print(f"{name}: {result}: {error if isinstance(error, (Wrong, CannotVerify)) else 'cannot be read: ' + repr(error)}")
    print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 1 if counts["wrong"] or not sum(counts.values()) else 3 if counts["not verified"] else 0

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, ValueError) as error:
        sys.exit(f"verify_derivation: {error}")

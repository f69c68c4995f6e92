"""Writes what a second source, the Python library *holidays* (MIT), says of 2018 to 2027, as JSON for import.mjs.

Usage, by hand: python3 second_source.py > second.json   (with the library installed or on PYTHONPATH)
"""
import json
import sys

import holidays

YEARS = range(2018, 2028)


def days_of(code, part):
    listed = holidays.country_holidays(code, subdiv=part, years=YEARS)
    mark = getattr(listed, "estimated_label", "%s (estimated)").replace("%s", "").strip()
    days, unsure, names = [], [], {}
    for day, name in sorted(listed.items()):
        if day.year not in YEARS:
            continue
        days.append(day.isoformat())
        names[day.isoformat()] = name
        if mark and mark in name:
            unsure.append(day.isoformat())
    return {"days": days, "estimated": unsure, "names": names}


def main():
    result = {}
    for code, parts in sorted(holidays.list_supported_countries(include_aliases=False).items()):
        try:
            result[code] = {"whole": days_of(code, None), "parts": {p: days_of(code, p) for p in parts}}
            weekend = holidays.country_holidays(code, years=2026).weekend
            result[code]["weekend"] = sorted(weekend)
        except Exception as error:  # a place that the library refuses is left out, and said
            print(f"{code}: {error}", file=sys.stderr)
    json.dump(result, sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()

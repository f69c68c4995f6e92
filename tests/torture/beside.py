"""Tests of the list that stand in programs of their own: run by their tag, with the runs that they tell; and measurements."""
import glob
import os
import re
import shutil
import subprocess
import sys
import time

from world import asked, done, expect, fresh, nightly, program

no_tests = "not run: --record-tests names no program"


def told(name, *command):
    """What the program says that it ran; it fails where the program does."""
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    expect(tried.returncode == 0, f"{' '.join(command)}: {(tried.stdout + tried.stderr)[-800:]}")
    said = re.findall(rf"^{name} runs: (.*)$", tried.stdout, re.M)
    expect(said, f"{' '.join(command)} tells no runs")
    return said[-1]


def of_record_tests(name):
    return told(name, asked.record_tests, f"[{name}]") if asked.record_tests else no_tests


def of_script(name, script):
    return told(name, sys.executable, f"{asked.root}/tests/record/{script}", program, asked.root) if asked.record_tests else no_tests


def a2(_):
    """Power cut: writes that were not synced dropped, kept or torn."""
    return of_record_tests("A2")


def a3(_):
    """The same with a log that is not synced: it must lose."""
    return of_record_tests("A3")


def a9(_):
    """One-bit flips of a record: each that changes a row is reported."""
    return of_record_tests("A9")


def a13(_):
    """Bundles damaged at random: program and script agree and refuse."""
    return of_script("A13", "bundle_test.py")


def a14(_):
    """Erasures: old proofs hold, no byte is left, other fields are as they were."""
    return of_record_tests("A14")


def a18(_):
    """An upgrade of the tables that loses power."""
    return of_record_tests("A18")


def c16(_):
    """Random writes against a model."""
    return of_record_tests("C16")


def e1(_):
    """Every role at every command on five matters, against tables written by hand."""
    return of_script("E1", "roles_test.py")


def e2(_):
    """Whoever may not read learns nothing from any command."""
    return of_script("E2", "story_test.py")


def e3(_):
    """Four eyes: random orders of drafts, approvals, withdrawals and revocations against a model."""
    return of_record_tests("E3")


# ---- A17: how large and how fast.

class Measured:
    """One run that succeeds: seconds, seconds of processor (which neighbours change little), MiB."""

    def __init__(self, *arguments):
        began = time.monotonic()
        with subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        expect(child.returncode == 0, f"{arguments[:3]}: exit {child.returncode} {said[-300:]}")
        self.seconds, self.processor, self.mib = time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def words(self):
        return f"{self.seconds:.2f} s ({self.processor:.2f} s of processor, {self.mib:.0f} MiB)"


def a17(work):
    """100,000 entries in one record: verify, open; 1,000 records of 100: register, a bundle each. Time and memory."""
    if not nightly:
        return "not run: nightly only"
    if not asked.record_tests:
        return no_tests
    # In memory where there is such a disk: what is measured is the reading.
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2 << 30 else work
    folder = fresh(place, f"duenotice-large-{os.getpid()}")
    try:
        return "; ".join(large(folder) + many(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def large(folder):
    made = subprocess.run([asked.record_tests, "[large]"], env={**os.environ, "DUENOTICE_LARGE": folder}, capture_output=True, check=False)
    expect(made.returncode == 0, made.stdout[-500:])
    words = []
    for name, kind in (("grouped", "100 checkpoints"), ("single", "a checkpoint each")):
        case = f"{folder}/{name}.case"
        opened, verified = Measured("case", "open", case), Measured("case", "verify", case)
        expect(opened.processor < 1, f"{kind}: opens in {opened.words()}")
        expect(verified.mib <= 256, f"{kind}: verify takes {verified.mib:.0f} MiB")
        words.append(f"100,000 entries with {kind}: open {opened.words()}, verify {verified.words()}")
    return words


def many(folder):
    """1,000 records of 100 entries: one with the sample account, copied under its name; each is an incident to the register."""
    first = folder + "/many/0000.case"
    os.makedirs(folder + "/many")
    done("case", "init", first, "--id", "INC-2026-0007", "--actor", "soc")
    done("--as-of", "2026-11-23T09:00+01:00", "--law", asked.root + "/jurisdictions", "case", "import", first, asked.root + "/tests/cases/samples/simple.json", "--actor", "soc")
    while int(re.search(r"entries    (\d+)", done("case", "status", first)).group(1)) < 100:
        done("case", "request", first, "request", "--from", "authority", "--asks", "what", "--actor", "soc")
    for i in range(1, 1000):
        shutil.copy(first, f"{folder}/many/{i:04d}.case")
        shutil.copy(first + ".key", f"{folder}/many/{i:04d}.case.key")
    register = Measured("--as-of", "2026-11-23T09:00+01:00", "--law", asked.root + "/jurisdictions", "register", folder + "/many", "--out", folder + "/register.xlsx")
    bundles = [Measured("case", "bundle", case, "--out", case + "-bundle", "--actor", "soc", "--recipient", "x") for case in sorted(glob.glob(folder + "/many/*.case"))]
    most = max(bundle.mib for bundle in bundles)
    expect(max(register.mib, most) <= 256, f"register {register.mib:.0f} MiB, bundle {most:.0f} MiB")
    return [f"1,000 records of 100: register {register.words()}; a bundle of each {sum(one.seconds for one in bundles):.1f} s ({sum(one.processor for one in bundles):.1f} s of processor), at most {most:.0f} MiB"]

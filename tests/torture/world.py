"""What the tests of this folder share: the program that is tortured, a record of some entries, failing with words."""
import argparse
import json
import os
import random
import shutil
import subprocess

parser = argparse.ArgumentParser()
for name in ("program", "root", "faults"):
    parser.add_argument(name)
parser.add_argument("--nightly", action="store_true")
parser.add_argument("--only", default="")
parser.add_argument("--corpora")
parser.add_argument("--report")
parser.add_argument("--record-tests")
asked = parser.parse_args()
program = os.path.abspath(asked.program)
nightly = asked.nightly or bool(os.environ.get("DUENOTICE_NIGHTLY"))
if nightly:
    os.environ["DUENOTICE_NIGHTLY"] = "1"  # for the programs that are run from here
chance = random.Random(20)
as_of = ["--as-of", "2026-11-23T09:00+01:00"]
samples = asked.root + "/tests/cases/samples"
EIO, ENOSPC, EINTR = 5, 28, 4


class Failed(Exception):
    pass


def expect(truth, what):
    if not truth:
        raise Failed(what)


def some(fast, night):
    return night if nightly else fast


def run(*arguments, env=None, cwd=None, stdin=None):
    result = subprocess.run([program, *arguments], capture_output=True, env={**os.environ, **(env or {})}, cwd=cwd, input=stdin, timeout=120, check=False)
    result.text = result.stdout.decode(errors="replace") + result.stderr.decode(errors="replace")
    expect(result.returncode >= 0, f"{' '.join(arguments)}: signal {-result.returncode}\n{result.text}")
    return result


def done(*arguments, **more):
    result = run(*arguments, **more)
    expect(result.returncode == 0, f"{' '.join(arguments)}: exit {result.returncode}\n{result.text}")
    return result.stdout.decode()


class Record:
    """A record of some entries with a redaction, and the head and key that somebody kept."""

    def __init__(self, folder, name="m"):
        self.folder, self.case = folder, f"{folder}/{name}.case"
        self.key = done("case", "init", self.case, "--id", "INC-1", "--actor", "soc").split("signed by ")[1].split(" ")[0]
        for i in range(8):
            self.hold(f"h{i}")
        for i in (0, 1, 2):
            self.hold(f"h{i}", release=True)
        for i in range(3, 8):
            self.hold(f"h{i}", release=True)
        done("case", "redact", self.case, "--entry", "2", "--ground", "x", "--approver", "dpo", "--actor", "clerk", "--idem", "r0")
        self.keep()

    def hold(self, name, release=False, **more):
        return done("case", "legal-hold", self.case, "--hold", name, "--reason", "reason of " + name, "--actor", "soc", "--idem", name + ("-out" if release else "-in"), *(["--release"] if release else []), **more)

    def keep(self):
        self.note = self.folder + "/kept.note"
        with open(self.note, "w", encoding="utf-8") as file:
            file.write(head(self.case))

    def copy(self, folder):
        os.makedirs(folder, exist_ok=True)
        for ending in ("", "-wal", "-shm", ".key"):
            if os.path.exists(self.case + ending):
                shutil.copy(self.case + ending, folder + "/m.case" + ending)
        return folder + "/m.case"

    def holds(self, case, outside=True):
        return run("case", "verify", case, *(["--held-key", self.key, "--held-checkpoint", self.note] if outside else [])).returncode == 0


def head(case):
    return done("case", "status", case).split("checkpoint\n\n")[1]


def idems(case):
    return [json.loads(line)["idem"] for line in done("--format", "json", "case", "log", case).splitlines()]


def fresh(work, name="x"):
    path = f"{work}/{name}"
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def left_over(folder):
    return [name for name in os.listdir(folder) if ".part" in name or name.startswith(".duenotice") or ".xlsx" in name]

"""A bundle judged by `duenotice verify --no-replay` and by the public scripts tools/verify_bundle.py and tools/verify_signatures.py, which must agree: on the record, and word by word on who signed."""
import re
import subprocess
import sys

OF_SIGNATURES = re.compile(r"entry \d+: (this (approval|confirmation) proves nothing|the signature of this (approval|confirmation) cannot be judged): |approvals and confirmations: ")
NOBODY_SIGNED = "approvals and confirmations: 0 signed with the key of the account, 0 wrong, 0 that cannot be judged"


def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def of_signatures(said):
    return [line for line in said.splitlines() if OF_SIGNATURES.match(line)]


def judged(program, root_folder, bundle, *outside):
    """Whether the bundle holds, and the lines on signatures: those that are wrong, those that cannot be judged, how many of each."""
    ours = ask(program, "verify", "--no-replay", bundle, *outside)
    whole = ask(sys.executable, root_folder + "/tools/verify_bundle.py", bundle, *outside)
    signed = ask(sys.executable, root_folder + "/tools/verify_signatures.py", bundle)
    said = "\n--\n".join(each.stdout + each.stderr for each in (ours, whole, signed))
    lines, theirs = of_signatures(ours.stdout) or [NOBODY_SIGNED], of_signatures(signed.stdout)
    if {ours.returncode, whole.returncode, signed.returncode} - {0, 1} or "Traceback" in said:
        sys.exit(f"a verifier broke on {bundle}:\n{said}")
    if ours.returncode != (whole.returncode or signed.returncode) or (whole.returncode == 0) != ("\nholds: every entry" in ours.stdout):
        sys.exit(f"the verifiers differ on {bundle}:\n{said}")
    if whole.returncode == 0 and (lines != theirs or re.findall("WRONGLY SIGNED; the first is entry [0-9]+", ours.stdout) != re.findall("WRONGLY SIGNED; the first is entry [0-9]+", signed.stdout)):
        sys.exit(f"the verifiers differ on who signed in {bundle}:\n{said}")
    return ours.returncode == 0, lines

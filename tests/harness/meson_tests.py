#!/usr/bin/env python3
"""meson_tests.py BUILD [--only NAME] [meson test's own options …]: runs a build's unit tests and counts each case.

Meson counts programs; we count what they report in TAP, one g_test case each. A case that was skipped or marked
as to do counts as failed: a test that cannot run fails. A program that dies, runs out of time or reports fewer
cases than it planned counts as one failure more. Last line: N passed, N failed.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

_RESULT = re.compile(r"^(not )?ok\b\s*\d*\s*-?\s*(.*?)\s*(#\s*(?:skip|todo).*)?$", re.I)
_PLAN = re.compile(r"^1\.\.(\d+)")


def tap_cases(text):
    """The cases in a TAP text, [(name, passed)], and the number planned (None where unsaid)."""
    cases, planned = [], None
    for line in text.splitlines():
        if plan := _PLAN.match(line):
            planned = int(plan.group(1))
        elif result := _RESULT.match(line):
            bad, name, directive = result.groups()
            cases.append((name, not bad and not directive))
    return cases, planned


def count(test):
    """(passed, [(failed case's name)], output) of one entry of Meson's testlog.json."""
    good_end = test["result"] in ("OK", "EXPECTEDFAIL")
    cases, planned = tap_cases(test.get("stdout") or "")
    if not cases:
        return (1, []) if good_end and planned is None else (0, [f"{test['name']} ({test['result']})"])
    failed = [f"{test['name']} {name}" for name, passed in cases if not passed]
    if planned is not None and planned > len(cases):
        failed.append(f"{test['name']}: only {len(cases)} of {planned} cases reported ({test['result']})")
    elif not good_end and not failed:
        failed.append(f"{test['name']} ({test['result']}) after its last case")
    return sum(passed for _, passed in cases), failed


def main(arguments):
    build, *options = arguments
    only = None
    if "--only" in options:
        place = options.index("--only")
        only = options[place + 1]
        del options[place : place + 2]
    log = Path(build) / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    names = []
    if only:
        listed = json.loads(subprocess.check_output(["meson", "introspect", "--tests", build]))
        names = sorted({t["name"] for t in listed if only in t["name"] or any(only in s for s in t["suite"])})
        if not names:
            print("0 passed, 0 failed")
            return 0
    done = subprocess.run(["meson", "test", "-C", build, "--quiet", *options, *names], capture_output=True, text=True, check=False)
    passed, failed = 0, []
    if log.exists():
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
            test = json.loads(line)
            good, bad = count(test)
            passed += good
            failed += bad
            if bad:
                print(f"---- {test['name']} in {build}: {test['result']}")
                print(((test.get("stdout") or "") + (test.get("stderr") or ""))[-6000:])
    if not passed and not failed:
        print(done.stdout[-3000:] + done.stderr[-3000:])
        failed.append(f"no test ran in {build}")
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

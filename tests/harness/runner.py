"""Finds tests/*/test_*.py and runs them: those on SQLite one after another, and beside them those on PostgreSQL and
those that need no engine.

A test is a function `test_*`. Its parameters are fixtures, found by name: those of fixtures.py, and those that the
test's own module (or folder's fixtures.py) defines. A fixture is a generator function marked @fixture that takes
other fixtures by name, yields its value once and cleans up after it; it lives for one test, with @fixture(lasting="file")
for the tests of one file, or with @fixture(lasting=True) for the whole run.

The name `engine` is special: whatever needs it, itself or through a fixture, runs once on each database engine. Each
engine's tests have a process of their own, and so fixtures of their own.

    @fixture
    def shop(server): ...

    def test_B2_a_report_names_an_example(server): ...      # runs on sqlite and on postgresql
    @engines("sqlite")
    def test_the_file_is_private(server): ...
    @long
    def test_a_hundred_deaths(server): ...                    # only with script/test --long

A test fails when it raises. There is no skipping: a test that cannot run here fails and says what is missing.
Each test prints one line; the logs of what it started are named when it fails. Last line: N passed, N failed.
"""

import argparse
import contextlib
import importlib
import inspect
import json
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from . import machine

ENGINES = ("sqlite", "postgresql")


class _Fixture:
    def __init__(self, function, lasting):
        self.function, self.lasting = function, lasting
        self.needs = list(inspect.signature(function).parameters)


def fixture(function=None, *, lasting=False):
    """Marks a generator function as a fixture."""
    if function is None:
        return lambda f: _Fixture(f, lasting)
    return _Fixture(function, lasting)


def engines(*names):
    """The test runs on these engines only."""

    def mark(function):
        function.engines = names
        return function

    return mark


def long(function):
    """The test runs only with --long."""
    function.long = True
    return function


class Failed(Exception):
    pass


def discover(root):
    """All tests below ROOT/*/: (name, function, fixtures known to its module), in order of file and line."""
    for path in sorted(root.glob("*/test_*.py")):
        known = dict(_fixtures_of(importlib.import_module("harness.fixtures")))
        if (path.parent / "fixtures.py").exists() and path.parent.name != "harness":
            known.update(_fixtures_of(importlib.import_module(f"{path.parent.name}.fixtures")))
        try:
            module = importlib.import_module(f"{path.parent.name}.{path.stem}")
        except Exception:  # a file that cannot be read is a failed test, not an absent one
            trouble = traceback.format_exc()
            yield f"{path.parent.name}/{path.stem[5:]}", _fails_with(trouble), known
            continue
        known.update(_fixtures_of(module))
        for name, function in list(vars(module).items()):
            if name.startswith("test_") and inspect.isfunction(function) and function.__module__ == module.__name__:
                yield f"{path.parent.name}/{path.stem[5:]}/{name[5:]}", function, known


def _fixtures_of(module):
    return {name: value for name, value in vars(module).items() if isinstance(value, _Fixture)}


def _finish(generator):
    """What a fixture does after its yield, also where the test failed."""
    if next(generator, generator) is not generator:
        raise Failed("a fixture yields once")


def _fails_with(trouble):
    def test():
        raise Failed(trouble)

    return test


def _needs(function, known, seen=()):
    """All fixture names that a function needs, its own and through others."""
    names = list(inspect.signature(function).parameters) if not isinstance(function, _Fixture) else function.needs
    for name in names:
        if name in seen:
            continue
        yield name
        if name in known:
            yield from _needs(known[name], known, (*seen, name))


def cases(tests):
    """One (name, function, known, engine) a run of a test."""
    for name, function, known in tests:
        if "engine" in set(_needs(function, known)):
            for engine in getattr(function, "engines", ENGINES):
                yield f"{name} [{engine}]", function, known, engine
        else:
            yield name, function, known, None


class _Run:
    """Makes fixtures when they are first asked for and ends them in reverse order."""

    def __init__(self):
        self.lasting_stack = contextlib.ExitStack()
        self.lasting = {}
        self.file_stack = contextlib.ExitStack()
        self.file, self.of_file = None, {}

    def value(self, name, known, engine, stack, made):
        if name == "engine":
            return engine
        if name in made:
            return made[name]
        if name not in known:
            raise Failed(f"there is no fixture '{name}'")
        f = known[name]
        key = (f, engine if "engine" in set(_needs(f, known)) else None)
        kept, where = (self.of_file, self.file_stack) if f.lasting == "file" else (self.lasting, self.lasting_stack)
        if f.lasting and key in kept:
            return kept[key]
        where = where if f.lasting else stack
        arguments = [self.value(n, known, engine, stack, made) for n in f.needs]
        generator = f.function(*arguments)
        value = next(generator)
        where.callback(_finish, generator)
        (kept if f.lasting else made)[key if f.lasting else name] = value
        return value

    def begin_file(self, file):
        """Ends what lasted for the file before."""
        if file != self.file:
            self.file_stack.close()
            self.file, self.of_file = file, {}

    def one(self, function, known, engine):
        self.begin_file(function.__module__)
        with contextlib.ExitStack() as stack:
            made = {}
            arguments = {n: self.value(n, known, engine, stack, made) for n in inspect.signature(function).parameters}
            function(**arguments)


def _wanted(part, only):
    """The cases of one part of the run; those that need no engine go with PostgreSQL's, which are fewer."""
    for name, function, known, engine in cases(discover(machine.SOURCE / "tests")):
        if (engine or "postgresql") != part or (only and only not in name):
            continue
        if machine.LONG or not getattr(function, "long", False):
            yield name, function, known, engine


def _run_part(part, only):
    """Runs one part's tests, one after another; (how many passed, the names of those that failed)."""
    passed, failed = 0, []
    run = _Run()
    for name, function, known, engine in _wanted(part, only):
        start = time.monotonic()
        try:
            run.one(function, known, engine)
        except Exception:
            failed.append(name)
            _say(f"FAILED {name} ({time.monotonic() - start:.1f} s)", "    " + _told().replace("\n", "\n    "))
        else:
            passed += 1
            _say(f"ok     {name} ({time.monotonic() - start:.1f} s)")
    try:
        run.begin_file(None)
        run.lasting_stack.close()
    except Exception:
        failed.append(f"the end of the run [{part}]")
        _say("    " + _told().replace("\n", "\n    "))
    return passed, failed


def _say(*lines):
    """In one piece, since another part's lines go to the same place."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _run_parts(only):
    """Each part in a process of its own, at the same time."""
    started = []
    passed, failed = 0, []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for part in ENGINES:
                tally = Path(folder) / part
                command = [sys.executable, sys.argv[0], "--part", part, str(tally), *(["--only", only] if only else [])]
                started.append((part, tally, subprocess.Popen(command)))
            for part, tally, process in started:
                process.wait()
                if tally.exists():
                    done = json.loads(tally.read_text())
                    passed += done["passed"]
                    failed += done["failed"]
                else:
                    failed.append(f"the tests on {part} ended early, with status {process.returncode}")
        finally:
            for _, _, process in started:
                process.terminate()
                process.wait()
    return passed, failed


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started ends with us
    parser = argparse.ArgumentParser(prog="tests/run")
    parser.add_argument("--only", metavar="NAME", help="only tests with NAME in their name")
    parser.add_argument("--part", nargs=2, metavar=("ENGINE", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.part:
        if asked.part[0] == ENGINES[1]:
            machine.ports = range(22000, 32000)
        passed, failed = _run_part(asked.part[0], asked.only)
        Path(asked.part[1]).write_text(json.dumps({"passed": passed, "failed": failed}))
        return 0
    passed, failed = _run_parts(asked.only)
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or (not passed and not asked.only) else 0


def _told():
    kind, error, trace = sys.exc_info()
    # The harness's own frames at the top say nothing about the test.
    while trace.tb_next and trace.tb_frame.f_code.co_filename in (__file__, contextlib.__file__):
        trace = trace.tb_next
    return "".join(traceback.format_exception(kind, error, trace)).rstrip()

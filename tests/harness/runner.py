"""Finds tests/*/test_*.py and runs them, one after another.

A test is a function `test_*`. Its parameters are fixtures, found by name: those of fixtures.py, and those that the
test's own module (or folder's fixtures.py) defines. A fixture is a generator function marked @fixture that takes
other fixtures by name, yields its value once and cleans up after it; it lives for one test, with @fixture(lasting="file")
for the tests of one file, or with @fixture(lasting=True) for the whole run.

The name `engine` is special: whatever needs it, itself or through a fixture, runs once on each database engine.

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

import contextlib
import importlib
import inspect
import os
import signal
import sys
import time
import traceback

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


def main(arguments):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started ends with us
    only = None
    if arguments[:1] == ["--only"] and len(arguments) == 2:
        only = arguments[1]
    elif arguments:
        print("usage: tests/run [--only NAME]", file=sys.stderr)
        return 2
    passed, failed = 0, []
    run = _Run()
    for name, function, known, engine in cases(discover(machine.SOURCE / "tests")):
        if (only and only not in name) or (getattr(function, "long", False) and not machine.LONG):
            continue
        start = time.monotonic()
        try:
            run.one(function, known, engine)
        except Exception:
            failed.append(name)
            print(f"FAILED {name} ({time.monotonic() - start:.1f} s)")
            print("    " + _told().replace("\n", "\n    "))
        else:
            passed += 1
            print(f"ok     {name} ({time.monotonic() - start:.1f} s)")
        sys.stdout.flush()
    try:
        run.begin_file(None)
        run.lasting_stack.close()
    except Exception:
        failed.append("the end of the run")
        print("    " + _told().replace("\n", "\n    "))
    for name in failed:
        print(f"failed: {name}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or (not passed and not only) else 0


def _told():
    kind, error, trace = sys.exc_info()
    # The harness's own frames at the top say nothing about the test.
    while trace.tb_next and trace.tb_frame.f_code.co_filename in (__file__, contextlib.__file__):
        trace = trace.tb_next
    return "".join(traceback.format_exception(kind, error, trace)).rstrip()

#!/usr/bin/env python3
"""tools/tap.py FILE…: runs Python unittest files and reports each test in TAP, so that Meson counts every one."""

import importlib.util
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True


class Tap(unittest.TestResult):
    def _say(self, good, test, trouble=""):
        name = test.id().split(".", 1)[-1].replace("#", "")
        print(f"{'ok' if good else 'not ok'} {self.testsRun} {name}")
        for line in trouble.splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self._say(True, test)

    def addError(self, test, err):
        super().addError(test, err)
        self._say(False, test, self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._say(False, test, self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self._say(False, subtest, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._say(False, test, f"a test that cannot run fails: {reason}")


def main(files):
    suite = unittest.TestSuite()
    for file in map(Path, files):
        sys.path.insert(0, str(file.resolve().parent))
        spec = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(spec)
        sys.modules[file.stem] = module
        spec.loader.exec_module(module)
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    count = suite.countTestCases()
    print(f"1..{count}")
    result = suite.run(Tap())
    return 0 if count and result.wasSuccessful() and not result.skipped else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

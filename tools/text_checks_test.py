"""tools/text_checks: what it lets pass and what it must refuse."""

import importlib.util
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

_loader = SourceFileLoader("text_checks", str(Path(__file__).with_name("text_checks")))
_spec = importlib.util.spec_from_loader("text_checks", _loader)
checks = importlib.util.module_from_spec(_spec)
_loader.exec_module(checks)


class TextChecks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def lines(self, what, name, content):
        """The lines of file NAME with CONTENT that break the check."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [int(p.split(":")[1]) for p in checks.problems(what, self.root, [name])]

    def test_sql_outside_the_store_is_found(self):
        for text in (
            '"SELECT id FROM customer"', '"INSERT INTO t VALUES ($1)"', '"INSERT OR REPLACE INTO t"', '"UPDATE t SET a = 1"',
            '"DELETE FROM t"', '"CREATE TABLE t (a)"', '"PRAGMA journal_mode"', '"BEGIN IMMEDIATE"',
        ):  # fmt: skip
            self.assertEqual(self.lines("sql", "src/web/a.c", f"\nrun({text});\n"), [2], text)

    def test_a_database_call_outside_the_store_is_found(self):
        self.assertEqual(self.lines("sql", "src/cli/a.c", "sqlite3_open(x, &db);\nPQexec(c, q);\n#include <libpq-fe.h>\n"), [1, 2, 3])

    def test_sql_in_the_store_and_prose_elsewhere_pass(self):
        self.assertEqual(self.lines("sql", "src/store/a.c", '"SELECT id FROM customer"; sqlite3_open(x, &db);'), [])
        self.assertEqual(self.lines("sql", "src/gate/a_test.c", '"DELETE FROM t"'), [])
        self.assertEqual(self.lines("sql", "src/web/a.c", '"Select one from the list"; /* SELECT a FROM b */'), [])

    def test_a_registry_host_is_found(self):
        self.assertEqual(self.lines("hosts", "README.md", "see https://registry.npm" + "js.org/x\n"), [1])
        self.assertEqual(self.lines("hosts", "script/setup", "\necho http://deb." + "deb" + "ian.org/deb" + "ian\n"), [2])
        self.assertEqual(self.lines("hosts", "package-lock.json", '{\n"resolved": "https://x/y"}'), [2])

    def test_a_link_that_leads_nowhere_is_found(self):
        self.lines("links", "docs/there.md", "")
        self.assertEqual(self.lines("links", "docs/a.md", "[a](there.md#x) [b](https://x.example) [c](#d)\n[e](gone.md)\n"), [2])
        self.assertEqual(self.lines("links", "docs/b.md", "`[e](gone.md)`\n```\n[f](gone.md)\n```\n"), [])

    def test_control_characters_bad_utf8_and_trailing_blanks_are_found(self):
        self.assertEqual(self.lines("bytes", "src/a.c", "a\nb \nc\x01\n"), [2, 3])
        self.assertEqual(self.lines("bytes", "src/b.c", b"a\n\xff\n"), [2])
        self.assertEqual(self.lines("bytes", "tests/fuzz/corpus/x.bin", b"\xff\x01\n"), [])
        self.assertEqual(self.lines("bytes", "src/c.c", "\ttab and é\n"), [])

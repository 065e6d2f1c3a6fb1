"""tools/policy-map: what it finds, and what it must refuse."""

import importlib.util
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

_loader = SourceFileLoader("policy_map", str(Path(__file__).with_name("policy-map")))
_spec = importlib.util.spec_from_loader("policy_map", _loader)
policy_map = importlib.util.module_from_spec(_spec)
_loader.exec_module(policy_map)

CODE = """/* decide.c: A5 to A7. */
#define NOT_A_COMMENT B2

static gboolean check(Run *run,
	GError **error)
{
	return refuse(error, "A4", "No.") || refuse_at(
		error, "A3", "request", "No.");
}
"""


class PolicyMap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "docs").mkdir()

    def scan(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return policy_map.scan(self.root)

    def test_a_refusal_names_its_function(self):
        found, _ = self.scan("src/core/decide.c", CODE)
        self.assertEqual(found["A4"]["refuses"], {"src/core/decide.c": ["check"]})
        self.assertEqual(found["A3"]["refuses"], {"src/core/decide.c": ["check"]})

    def test_comments_name_rules_and_ranges(self):
        found, _ = self.scan("src/core/decide.c", CODE)
        for rule in ("A5", "A6", "A7"):
            self.assertIn("src/core/decide.c", found[rule]["names"])
        self.assertEqual(found["B2"]["names"], {})
        self.assertEqual(found["A1"]["names"], {})

    def test_tests_are_found_by_their_names(self):
        self.scan("src/core/b_test.c", "static void test_K3_a_changed_byte(void)\n{\n}\n")
        self.scan("src/core/a_test.c", 'add("/A4/own-request", x); X("A3", staff_cannot_ask, NULL, y) /* A5 */')
        self.scan("tests/gate/R10-a-blocked-sender.t", "")
        self.scan("tests/rules/test_forbidden.py", '@attempt("G4", "reported")\ndef a_wide_report(story, who):\n')
        found, _ = self.scan("tests/rules/test_rules.py", "def test_L2_W5_the_police_first(server):\n")
        self.assertEqual(found["A4"]["tests"], {"src/core/a_test.c": ["own-request"]})
        self.assertEqual(found["K3"]["tests"], {"src/core/b_test.c": ["a-changed-byte"]})
        self.assertEqual(found["A3"]["tests"], {"src/core/a_test.c": ["staff-cannot-ask"]})
        self.assertEqual(found["A5"], {"refuses": {}, "names": {}, "tests": {}})
        self.assertEqual(list(found["R10"]["tests"]), ["tests/gate/R10-a-blocked-sender.t"])
        self.assertEqual(found["G4"]["tests"], {"tests/rules/test_forbidden.py": ["a-wide-report"]})
        self.assertEqual(found["L2"]["tests"], {"tests/rules/test_rules.py": ["the-police-first"]})
        self.assertEqual(found["W5"]["tests"], {"tests/rules/test_rules.py": ["the-police-first"]})

    def test_an_unknown_rule_is_refused(self):
        _, unknown = self.scan("src/core/x.c", 'f() { return refuse(error, "A9", "No."); }')
        self.assertEqual(unknown, ["src/core/x.c: there is no rule A9"])

    def test_a_rule_without_code_or_test_is_refused(self):
        trouble = policy_map.problems(self.root, *self.scan("src/core/decide.c", CODE))
        self.assertIn("A4 is said to be carried out, and no test bears its number", trouble)
        self.assertIn("A1 is said to be carried out, and no code names it", trouble)
        self.assertFalse([t for t in trouble if t.startswith("D1 ")])

    def test_a_stale_page_is_refused(self):
        found, unknown = self.scan("src/core/decide.c", CODE)
        stale = "docs/policy-map.md is stale: run tools/policy-map --write"
        (self.root / "docs/policy-map.md").write_text(policy_map.page(found), encoding="utf-8")
        self.assertNotIn(stale, policy_map.problems(self.root, found, unknown))
        found, unknown = self.scan("src/core/new.c", "/* B1 */\n")
        self.assertIn(stale, policy_map.problems(self.root, found, unknown))

    def test_the_page_of_this_repository_fits_it(self):
        root = Path(__file__).resolve().parents[1]
        self.assertEqual(policy_map.problems(root, *policy_map.scan(root)), [])


if __name__ == "__main__":
    unittest.main()

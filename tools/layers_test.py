"""tools/layers: what it lets pass and what it must refuse."""

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

TOOL = Path(__file__).with_name("layers")
_loader = SourceFileLoader("layers", str(TOOL))
_spec = importlib.util.spec_from_loader("layers", _loader)
layers = importlib.util.module_from_spec(_spec)
_loader.exec_module(layers)


class Layers(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.source = Path(self._folder.name)

    def found(self, **files):
        """What the tool says of files given as folder__name_c='text'; without the folder's path in it."""
        for name, text in files.items():
            path = self.source / name.replace("__", "/")
            path = path.with_name(path.name.replace("_html", ".html").replace("_c", ".c").replace("_h", ".h"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return [p.replace(f"{self.source}/", "") for p in layers.problems(self.source)]

    def refused(self, expected, **files):
        found = self.found(**files)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(expected), found[0])

    def test_a_single_header_may_be_allowed(self):
        self.assertEqual(self.found(cli__record_c='#include "store/record.h"'), [])
        self.refused("cli/show.c:1:", cli__show_c='#include "store/statements.h"')

    def test_what_the_table_allows_passes(self):
        self.assertEqual(
            self.found(
                acts__warn_c='#include "acts/warn.h"\n#include "store/store.h"\n#include "core/policy.h"\n#include <glib.h>\n',
                web__page_c='#include "acts/warn.h"\n#include "http/http.h"\n',
                gate__ask_h='#include "core/verdict.h"\n',
                main_c='#include "web/web.h"\n#include "store/store.h"\n',
            ),
            [],
        )

    def test_a_page_may_not_use_the_store(self):
        self.refused("web/pages/home.c:2: \"store/store.h\": web may not use store", web__pages__home_c='\n#include "store/store.h"\n')

    def test_a_template_may_not_use_the_store(self):
        self.refused("web/pages/home.html:1:", web__pages__home_html="{{include store/store.h}}")

    def test_the_core_knows_nothing_above_it(self):
        self.refused("core/slots.c:1:", core__slots_c='#include "store/store.h"')

    def test_base_uses_nothing(self):
        self.refused('base/a.h:1: "core/policy.h": base may not use core (it may use nothing else)', base__a_h='#include "core/policy.h"')

    def test_the_gate_performs_no_act(self):
        self.refused("gate/postfix.c:1:", gate__postfix_c="#  include <acts/acts.h>")

    def test_an_act_prints_no_page(self):
        self.refused("acts/warn.c:1:", acts__warn_c='#include "http/http.h"')

    def test_a_test_keeps_the_table_too(self):
        self.refused("core/slots_test.c:1:", core__slots_test_c='#include "acts/acts.h"')

    def test_a_path_that_climbs_is_refused(self):
        self.refused("web/a.c:1:", web__a_c='#include "../store/store.h"')

    def test_a_c_file_is_never_included(self):
        self.refused("core/a.c:1:", core__a_c='#include "core/b.c"')

    def test_nothing_includes_what_wires_the_rooms_together(self):
        self.refused("core/a.c:1:", serve_h='#include "store/store.h"', core__a_c='#include "serve.h"')

    def test_an_unknown_folder_is_refused(self):
        self.refused("misc/a.c:1: the folder 'misc'", misc__a_c="")

    def test_a_comment_is_no_include_and_keeps_the_line_numbers(self):
        self.refused("core/a.c:4:", core__a_c='/*\n#include "web/a.h"\n*/\n#include "web/b.h"')

    def test_the_command_fails_the_build(self):
        self.found(core__a_c='#include "web/b.h"')
        done = subprocess.run([sys.executable, TOOL, self.source], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("core/a.c:1: ", done.stderr)
        (self.source / "core/a.c").write_text("")
        self.assertEqual(subprocess.run([sys.executable, TOOL, self.source], check=False).returncode, 0)

"""Names that are offered while the look-up is typed: what is answered to whom, and how it goes in a browser."""

import json
import urllib.parse

from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import signed_in


def offered(office, typed, user="sam"):
    page = signed_in(office, user).get("/suggest/customers?q=" + urllib.parse.quote(typed))
    assert page.status == 200, page.text
    return json.loads(page.text)


def test_names_that_fit_are_offered_with_their_references(office):
    found = offered(office, "jor qui")
    assert {"ref": office.people["Jordan Quill"], "name": "Jordan Quill"} in found, found
    assert all(set(one) == {"ref", "name"} for one in found), "more is told than names"
    assert len(offered(office, "a")) <= 8


def test_what_fits_nobody_offers_nobody(office):
    for typed in ("", "Zzyzx", "%", "!?", "x" * 5000, "' OR 1=1 --"):
        assert offered(office, typed) == [], typed


@engines("sqlite")
def test_by_keyboard_names_are_chosen_or_passed_over(office, folder):
    drive(office, "suggest.mjs", folder)

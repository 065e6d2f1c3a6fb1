"""Administration in the browser: each change is an act with its right; nobody grants a role to themselves."""

import re

from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import signed_in


def test_somebody_new_gets_a_role_and_leaves(office):
    amal = signed_in(office, "amal")
    done = amal.get("/admin/staff/new").submit({"name": "Nell Tan", "user_name": "nell", "go": "send"}, form="/admin/staff/new")
    assert "Added" in done.words and "Nell Tan" in done.words and "no password yet" in done.words
    done = amal.get("/admin/staff/nell/grant").submit({"role": "staff", "function": "casework", "go": "send"}, form="/admin/staff/nell/grant")
    assert "Role granted" in done.words and "Casework" in done.words
    assert {"role": "staff", "function": "casework"} in roles(office, "nell")
    page = amal.get("/admin/staff/nell/revoke?role=staff&function=casework")
    assert "Staff, Casework" in page.words and "Nell Tan" in page.words
    assert "govuk-button--warning" in page.text and "Save as draft" not in page.words
    person = amal.get("/admin/staff/nell")
    assert re.search(r"Works here since \d+ \w+ \d{4}\. ", person.words) and "Turn off their second factor" not in person.words, person.words
    assert f"Granted by {name(office, 'amal')} on" in person.words and "Granted when the system was set up" in amal.get("/admin/staff/sam").words
    assert "Role revoked" in page.submit({"go": "send"}, form="/admin/staff/nell/revoke").words
    assert roles(office, "nell") == []
    page = amal.get("/admin/staff/nell/end")
    assert "End their access" in page.words and "Save as draft" not in page.words and "govuk-button--warning" in page.text
    assert "can no longer sign in" in page.submit({"go": "send"}, form="/admin/staff/nell/end").words


def name(office, user):
    return next(p["name"] for p in office.shell.list("staff", user="amal")["items"] if p["id"] == user)


def roles(office, user):
    return next(p["roles"] for p in office.shell.list("staff", user="amal")["items"] if p["id"] == user)


def test_nobody_grants_a_role_to_themselves(office):
    amal = signed_in(office, "amal")
    assert "Grant a role" not in amal.get("/admin/staff/amal").words
    page = amal.get("/admin/staff/amal/grant")
    refused = page.submit({"role": "head-of-function", "function": "casework", "go": "send"}, form="/admin/staff/amal/grant")
    assert "There is a problem" in refused.words and "themselves" in refused.words
    assert {"role": "head-of-function", "function": "casework"} not in roles(office, "amal")


def test_A2_the_head_of_a_function_names_who_stands_in(office):
    hana = signed_in(office, "hana")
    assert "Name who stands in for Casework" in hana.get("/admin/functions").words
    page = hana.get("/admin/functions/casework/stand-in")
    assert "Idris Vaughan" in page.words and 'value="hana"' not in page.text and 'value="amal"' not in page.text
    fields = {"capacity": "stand-in", "user_name": "idris", "reason": "Away", "go": "send"}
    for name, day in (("from_on", office.day(3)), ("until_on", office.day(9))):
        year, month, date = day.split("-")
        fields |= {f"{name}/year": year, f"{name}/month": month, f"{name}/day": date}
    done = hana.get("/admin/functions/casework/stand-in").submit(fields, form="/admin/functions/casework/stand-in")
    assert "Named" in done.words and "Idris Vaughan, stand-in" in done.words


def test_G5_a_mailbox_is_added_with_what_it_stays_open_for(office):
    amal = signed_in(office, "amal")
    fields = {"kind": "mailbox", "address": "new.complaints@opcr.example.org", "title": "New complaints", "function": "",
              "protects": "new-complaint", "go": "send"}  # fmt: skip
    done = amal.get("/admin/doors/new").submit(fields, form="/admin/doors/new")
    assert "new.complaints@opcr.example.org" in done.words and "Making a new complaint" in done.words
    refused = amal.get("/admin/doors/new").submit(fields | {"address": "no address"}, form="/admin/doors/new")
    assert "There is a problem" in refused.words and 'value="no address"' in refused.text


def test_K3_the_record_proves_itself_on_its_page(office):
    ravi = signed_in(office, "ravi")
    page = ravi.get("/record")
    assert "Entries" in page.words and "Adopt a policy" not in page.words, "the newest come first"
    assert "The record proves itself" in page.submit({}, form="/record").words
    assert page.words.split("The last entry is number ")[1].split(".")[0].isdigit()


def test_the_policy_in_detail_is_for_whoever_signs_in(office):
    sam = signed_in(office, "sam")
    page = sam.get("/pack")
    assert "What is never closed" in page.words and "Continual calls" in page.words
    assert "A letter, with sample data" in sam.get("/pack/letters/decision").words
    assert sam.get("/pack/letters/nothing").status == 404


def test_G10_who_takes_calls_does_not_run_the_system(office):
    sam = signed_in(office, "sam")
    for path in ("/admin/staff", "/admin/doors", "/admin/tokens", "/gate", "/record", "/admin/staff/new"):
        assert sam.get(path).status == 403, path


@engines("sqlite")
def test_every_page_of_administration_is_accessible_and_fits_a_phone(office, folder):
    drive(office, "admin.mjs", folder)

"""Outside demonstrations whoever acts at the shell brings their token, and the time is the clock's."""

import json


def _refused(done, *words):
    assert done.returncode == 1, (done.returncode, done.stderr)
    for word in ("refused", *words):
        assert word in done.stderr, (word, done.stderr)


def _people(office):
    """sam (staff) and mira (manager), made by the administrator, who brings a token."""
    boss = office.token("boss")
    office.good("act", "add-function", "--as", "boss", token=boss, input={"slug": "casework", "title": "Casework"})
    for user, role in (("sam", "staff"), ("mira", "manager")):
        office.good("act", "add-staff", "--as", "boss", token=boss, input={"user_name": user, "name": user.title()})
        office.good("act", "grant-role", token=boss, input={"user_name": user, "role": role, "function": "casework"})
    return boss


def test_acting_takes_a_token(office):
    _refused(office.run("act", "add-function", "--as", "boss", input={"slug": "x", "title": "X"}), "EVENHAND_TOKEN", "staff token boss")
    boss = _people(office)
    sam = office.token("sam")
    office.good("act", "log-contact", "--as", "sam", token=sam, input={})
    office.good("act", "log-contact", token=sam, input={})  # the token says who it is
    _refused(office.run("act", "log-contact", "--as", "mira", token=sam, input={}), "the token of sam, not of mira")
    _refused(office.run("act", "log-contact", "--as", "sam", token="nonsense", input={}), "not known")
    _refused(office.run("act", "add-function", token=sam, input={"slug": "x", "title": "X"}), "Your roles")
    done = office.run("act", "log-contact", input={})
    assert done.returncode == 2 and "--as USER" in done.stderr
    office.good("act", "end-staff", token=boss, input={"user_name": "sam"})
    _refused(office.run("act", "log-contact", token=sam, input={}), "ended")


def test_looking_takes_a_token_too(office):
    _people(office)
    sam = office.token("sam")
    customer = json.loads(office.good("act", "add-customer", token=sam, input={"name": "Ann"}))["id"]
    for command in (["show", customer], ["list", "customers"]):
        _refused(office.run(*command, "--as", "sam"), "EVENHAND_TOKEN")
        office.good(*command, "--as", "sam", token=sam)
    _refused(office.run("ask", "--channel", "phone", "--from", "07700 900123"), "EVENHAND_TOKEN")
    office.good("ask", "--channel", "phone", "--from", "07700 900123", token=sam)


def test_a_gates_token_may_only_ask(office):
    gate = office.good("staff", "gate-token", "--title", "mx1")
    office.good("ask", "--channel", "phone", "--from", "07700 900123", token=gate)
    _refused(office.run("act", "log-contact", "--as", "boss", token=gate, input={}), "may only ask")
    _refused(office.run("show", "C-2026-000001", token=gate), "may only ask")
    office.good("staff", "end-gate-token", "--title", "mx1")
    _refused(office.run("ask", "--channel", "phone", token=gate), "ended")


def test_an_ended_token(office):
    _people(office)
    sam = office.token("sam")
    office.good("staff", "end-token", "sam")
    _refused(office.run("act", "log-contact", token=sam, input={}), "ended")


def test_K3_nobody_says_what_time_it_is(office):
    _people(office)
    sam = office.token("sam")
    _refused(office.run("act", "log-contact", "--at", "2030-01-01T00:00:00Z", token=sam, input={}), "(K3)", "[at]")
    _refused(office.run("act", "log-contact", token=sam, input={"at": "2030-01-01T00:00:00Z"}), "(K3)", "[at]")
    _refused(office.run("clock", "set", "2030-01-01T00:00:00Z"), "(K3)")
    # A question about another time is no act.
    office.good("ask", "--channel", "phone", "--from", "07700 900123", "--at", "2030-01-01T00:00:00Z", token=sam)


def test_what_is_in_use_never_becomes_a_demonstration(office):
    done = office.run("init", "--demo")
    assert done.returncode == 1 and "conflict" in done.stderr, done.stderr
    done = office.run("init", "--fresh", "--demo")
    assert done.returncode == 1, done.stderr
    office.good("init")  # may be run again


def test_the_record_keeps_the_shells_user(office):
    _people(office)
    boss = office.token("boss")
    entries = json.loads(office.good("list", "record", "--json", token=boss))["items"]
    assert entries[0]["actor"] == "job:init"
    assert {e["via"].split(":")[0] for e in entries} == {"shell"}
    assert all(len(e["via"]) > len("shell:") for e in entries), entries
    # K3: no password in it.
    assert "correct horse" not in office.good("list", "record", "--json", token=boss)

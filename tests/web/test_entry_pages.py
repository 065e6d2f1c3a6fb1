"""The pages on which staff add to a casefile beside its steps, and put right what they wrote: evidence and its file,
breaches, the safety sentence, striking and correcting. As a program sees them, on both engines."""

import contextlib

from harness import machine
from harness.runner import engines, fixture
from harness.server import Server

from .test_browser import drive
from .test_flow_pages import SCRIPT, Files, done, fields_of, given_back, heading

MAIL = ("the mail \"of\" Fern.eml", "message/rfc822", b"From: Fern\r\n\r\nAgain.\r\n\x00\xff")
VIOLENCE = {"example": "violence-threatened", "what": "Said that he would come round."}


@fixture(lasting=True)
def entries(shell):
    made = Files(shell).fill()
    made.server = Server(shell).start()
    yield made
    made.server.end()


def restricted(entries):
    """A customer with an arrangement in force: casefile, arrangement."""
    customer = entries.new_customer()
    entries.restrict(customer, {"kind": "channels-not", "arguments": {"channels": ["phone"]}})
    casefile = next(c["id"] for c in entries.shell.list("casefiles", user="mira", customer=customer)["items"])
    return casefile, entries.shell.list("arrangements", user="mira", casefile=casefile)["items"][0]["id"]


def test_a_file_is_attached_and_comes_back_as_it_was(entries):
    casefile, report = entries.reported()
    form = entries.user("sam").get(f"/casefiles/{casefile}").follow("Attach evidence")
    assert heading(form) == "Attach evidence", form.words[:500]
    page = done(form.submit({"what": f"The mail of that day {SCRIPT}", "report": report, "file": MAIL}, form="flow", button="send"), "Evidence kept")
    assert "It stands with the casefile" in page.words and "the mail" in page.words, page.words[:2500]
    [evidence] = entries.show(casefile)["evidence"]
    assert (evidence["by"], evidence["report"], evidence["size"]) == ("sam", report, len(MAIL[2])), evidence
    manager = entries.user("mira").get(f"/casefiles/{casefile}")
    assert SCRIPT in manager.words.replace("  ", " ") or "alert(1)" in manager.words, manager.words[:3000]
    assert "<script>alert" not in manager.text
    file = entries.user("mira").get(f"/evidence/{evidence['id']}")
    assert file.status == 200 and file.body == MAIL[2]
    said = file.headers["Content-Disposition"]
    assert said.startswith("attachment;") and "filename*=UTF-8''the%20mail%20%22of%22%20Fern.eml" in said, said
    assert file.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in file.headers["Content-Security-Policy"]
    for user, status in (("sam", 200), ("nora", 403)):
        assert entries.user(user).get(f"/evidence/{evidence['id']}").status == status, user
    assert entries.user("mira").get("/evidence/EV-2020-000001").status == 404


def test_without_a_file_or_words_the_form_says_so_and_keeps_what_was_typed(entries):
    casefile, _ = entries.reported()
    form = entries.user("sam").get(f"/casefiles/{casefile}/attach-evidence")
    page = given_back(form.submit({"what": f"A mail {SCRIPT}"}, form="flow", button="send"), 400)
    assert fields_of(page)["what"] == f"A mail {SCRIPT}" and 'id="file-error"' in page.text and 'href="#file"' in page.text
    page = given_back(page.submit({"what": "", "file": MAIL}, form="flow", button="send"), 400)
    assert 'id="what-error"' in page.text
    empty = given_back(page.submit({"what": "A mail", "file": ("a.eml", "message/rfc822", b"")}, form="flow", button="send"), 400)
    assert "empty" in empty.words
    assert entries.show(casefile)["evidence"] == []


def test_a_file_that_is_too_large_is_said_and_nothing_typed_is_lost(entries):
    casefile, report = entries.reported()
    form = entries.user("sam").get(f"/casefiles/{casefile}/attach-evidence")
    for megabytes, status in ((10.5, 400), (12, 413), (40, 413)):
        large = ("call.wav", "audio/x-wav", b"\0" * int(megabytes * 1024 * 1024))
        page = given_back(form.submit({"what": f"The call {SCRIPT}", "report": report, "file": large}, form="flow", button="send"), status, "too large")
        assert (fields_of(page)["what"], fields_of(page)["report"]) == (f"The call {SCRIPT}", report), fields_of(page)
        assert 'id="file-error"' in page.text
    assert entries.show(casefile)["evidence"] == []
    done(page.submit({"file": MAIL}, form="flow", button="send"), "Evidence kept")


def test_a_form_with_a_file_from_elsewhere_is_refused(entries):
    casefile, _ = entries.reported()
    browser = entries.user("sam")
    form = browser.get(f"/casefiles/{casefile}/attach-evidence")
    pairs = [(name, value) for name, value in fields_of(form).items() if name != "csrf"]
    assert len(pairs) < len(fields_of(form)), "the form has no key"
    answer = browser.post_parts(f"/casefiles/{casefile}/attach-evidence", [*pairs, ("what", "A mail"), ("file", MAIL)], form.url)
    assert answer.status == 403 and entries.show(casefile)["evidence"] == [], answer.words[:500]


def test_G9_what_comes_after_a_decision_is_marked_so(entries):
    casefile, _ = restricted(entries)
    form = entries.user("mira").get(f"/casefiles/{casefile}/attach-evidence")
    page = done(form.submit({"what": "Found later", "file": MAIL}, form="flow", button="send"), "Evidence kept")
    assert "entered after the decision, which it does not support" in page.words and "Entered after the decision" in page.words


def test_S5_a_breach_is_logged_beside_what_the_arrangement_says(entries):
    casefile, arrangement = restricted(entries)
    form = entries.user("sam").get(f"/casefiles/{casefile}").follow("Log a breach")
    assert arrangement in form.url, form.url
    assert heading(form) == "Log a breach" and "by phone" in form.words.lower(), form.words[:1500]
    page = given_back(form.submit({"what": f"Rang {SCRIPT}"}, form="flow", button="send"), 400, "What did staff do")
    assert fields_of(page)["what"] == f"Rang {SCRIPT}"
    page = done(page.submit({"staff_did": "Named the ways that are open."}, form="flow", button="send"), "Breach logged")
    assert entries.show(casefile)["breaches"][0]["arrangement"] == arrangement
    again = entries.user("sam").get(f"/casefiles/{casefile}/log-breach")
    early = {"what": "Rang", "staff_did": "Nothing", "happened_at/day": "1", "happened_at/month": "1", "happened_at/year": "2020"}
    given_back(again.submit(early, form="flow", button="send"), 403, "(rule S5)")


def test_L2_the_safety_sentence_is_the_heads_to_approve_and_shown_to_all(entries):
    casefile, _ = entries.reported(**VIOLENCE)
    customer = entries.show(casefile)["customer"]
    manager = entries.user("mira").get(f"/casefiles/{casefile}/approve-safety-sentence")
    assert manager.status == 403 and "Only the head of function" in manager.words and "Rule: L2" in manager.words, manager.words
    page = entries.user("hana").get(f"/casefiles/{casefile}")
    assert "Approve a safety sentence" in page.words, page.words[:2500]
    form = page.follow("Approve a safety sentence")
    sent = form.in_hands_of(entries.user("mira")).submit({"words": "Stay away."}, form="flow", button="send")
    assert fields_of(given_back(sent, 403, "(rule L2)"))["words"] == "Stay away."
    assert "They are told now: Physical violence was used or threatened" in form.words, form.words[:1500]
    long = given_back(form.submit({"words": "x" * 301}, form="flow", button="send"), 400)
    assert fields_of(long)["words"] == "x" * 301
    done(long.submit({"words": "Meet them with a second person."}, form="flow", button="send"), "Safety sentence approved")
    assert "Meet them with a second person." in entries.user("mira").get(f"/casefiles/{casefile}").words
    said = "Meet them with a second person."
    machine.wait_for("the gate to know the sentence", lambda: said in entries.user("nora").get(f"/?q={customer}").words)


def test_K3_an_author_strikes_their_report_from_the_casefile(entries):
    casefile, report = entries.reported()
    assert "Strike out" not in entries.user("mira").get(f"/casefiles/{casefile}").words
    form = entries.user("sam").get(f"/casefiles/{casefile}").follow("Strike out")
    assert heading(form) == "Strike out what you wrote" and "Shouted that we would all regret it" in form.words
    page = given_back(form.submit({"reason": ""}, form="flow", button="send"), 400)
    page = done(page.submit({"reason": f"The wrong customer {SCRIPT}"}, form="flow", button="send"), "It stays visible, crossed out, and counts for nothing")
    assert "evenhand-entry--struck" in page.text and "Strike out" not in page.words, page.words[:2500]
    assert f"/casefiles/{casefile}" in page.url and entries.show(report)["struck_at"]
    given_back(entries.user("mira").get(f"/entries/{report}/strike").submit({"reason": "Mine now."}, form="flow", button="send"), 403, "(rule K3)")
    for wrong in ("D-2026-000001", "R-2020-000001", "nothing"):
        assert entries.user("sam").get(f"/entries/{wrong}/strike").status == 404, wrong


def test_K3_the_text_to_be_put_right_stands_in_the_form(entries):
    casefile, report = entries.reported()
    form = entries.user("sam").get(f"/casefiles/{casefile}").follow("Correct")
    form = form.follow("What it did to staff or the service")
    assert fields_of(form)["field"] == "effect" and fields_of(form)["words"] == "The line was blocked for an hour."
    page = given_back(form.submit({"words": f"Two hours {SCRIPT}"}, form="flow", button="send"), 400)
    assert fields_of(page)["words"] == f"Two hours {SCRIPT}"
    done(page.submit({"reason": "I had counted wrongly."}, form="flow", button="send"), "corrected")
    assert entries.show(report)["effect"] == f"Two hours {SCRIPT}"


def test_a_contact_is_put_right_from_the_customers_page(entries):
    customer = entries.new_customer()
    call = entries.act("sam", "log-contact", customer=customer, channel="phone", what="About a parsel.")["id"]
    form = entries.user("sam").get(f"/customers/{customer}").follow("Correct")
    assert fields_of(form)["words"] == "About a parsel."
    page = done(form.submit({"words": "About a parcel.", "reason": "A slip."}, form="flow", button="send"), "corrected")
    assert f"/customers/{customer}" in page.url
    page = page.follow("Strike out").submit({"reason": "Logged twice."}, form="flow", button="send")
    assert "(struck out)" in page.words and "Strike out" not in page.words, page.words[:3000]
    assert entries.show(call, user="sam")["struck_at"]


@engines("sqlite")
def test_the_pages_of_entries_are_accessible_and_fit_a_phone(entries, folder):
    casefile, arrangement = restricted(entries)
    violent, _ = entries.reported(**VIOLENCE)
    with contextlib.suppress(KeyError):
        entries.browsers.pop("sam")
    entries.people.update({"entries casefile": entries.reported()[0], "entries restricted": casefile, "entries arrangement": arrangement,
                           "entries violent": violent})  # fmt: skip
    drive(entries, "entries.mjs", folder)

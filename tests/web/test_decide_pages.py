"""The pages of a request and of the decision on it, without JavaScript: what each answer asks, what is missing said at
its field, the letter before it is sent, a draft that waits, and one outcome whoever is first."""

import datetime
import re
import shutil

from harness.runner import engines
from harness.server import Server

from .office import CRITERIA, Office, office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import SCRIPT, signed_in

PHONE = {"kind": "channels-not", "arguments": {"channels": ["phone"]}}


def in_days(days):
    day = datetime.date.today() + datetime.timedelta(days=days)
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def day_fields(name, days):
    return {f"{name}/{part}": value for part, value in in_days(days).items()}


class Case:
    """A customer of casework whose threats were assessed; with a request where a test wants one."""

    def __init__(self, office, name, **customer):
        self.office, self.customer = office, office.customer(name, f"{name.split()[0].lower()}@example.org", **customer)
        self.report = self.reported()
        self.act("mira", "assess-report", reports=[self.report], outcome="request", heading="aggressive-or-abusive", ground="threat",
                 behaviour="You said that we would regret it.", tests={"beyond-anger": "It was meant for one person."},
                 needs_considered="Asked; none known.")  # fmt: skip

    def act(self, user, name, **fields):
        return self.office.act(user, name, casefile=self.ref, **fields)

    def reported(self):
        done = self.office.act("sam", "report-behaviour", customer=self.customer, channel="phone", heading="aggressive-or-abusive",
                               example="threats", what=f"Said that we would regret it. {SCRIPT}", effect="The line was blocked.",
                               disability="not-known")  # fmt: skip
        self.ref = done["casefile"]
        return done["id"]

    def ask(self, **more):
        fields = {"reports": [self.report], "account": {key: f"Mira looked at {key}." for key in CRITERIA}, "no_complaints": True,
                  "restrictions": [{"report": self.report, **PHONE}], "reasons": "It goes on.", "review_on": self.office.day(180),
                  "skip_reason": "threat", "skip_risk": "It would have provoked worse."}  # fmt: skip
        fields.update(more)
        self.request = self.act("mira", "request", **{k: v for k, v in fields.items() if v is not None})["id"]
        return self

    def shown(self, user="hana"):
        return self.office.server.api(user).get(f"casefiles/{self.ref}")

    def page(self, user, act, about=None, base=None):
        return signed_in(self.office, user, base).get(f"/casefiles/{self.ref}/{act}" + (f"?about={about}" if about else ""))

    def decide_page(self, outcome="as-asked", user="hana", **values):
        """What is considered comes first, the answer last; then what that answer needs."""
        page = self.page(user, "decide", self.request)
        assert page.status == 200 and "What is your answer?" in page.words, page.words
        return page.submit({**values, "outcome": outcome}, form="flow", button="onward")


def met(**more):
    fields = {}
    for i, _ in enumerate(CRITERIA):
        fields[f"findings/{i}/finding"] = "met"
        fields[f"findings/{i}/adopt"] = "true"
    return {**fields, "lesser_step": "Advice changed nothing.", "affected": "Nobody else.", "confirms_no_warning": "There was no time.",
            "reasons": "You threatened a member of staff.", **day_fields("review_on", 120), **more}  # fmt: skip


def send(page, values, button="check"):
    return page.submit(values, form="flow", button=button)


def test_A5_the_decision_lays_out_each_criterion_with_what_the_manager_says(office):
    case = Case(office, "Tess Laid").ask()
    first = case.page("hana", "decide", case.request)
    order = ["What is asked for, and why", "It goes on.", "Warnings and what was answered", "Said that we would regret it.",
             "What is considered first", "go to your answer", "Whether it is in proportion", "Why would a lesser step not do?",
             "Who else is affected", "What is your answer?"]  # fmt: skip
    places = [first.words.index(words) for words in order]
    places.append(first.words.rindex("Continue"))  # its first is the one that the Enter key presses
    assert places == sorted(places), "the request and the reports, the criteria, the proportion, and last the answer"
    assert 'id="reasons"' not in first.text and 'id="review_on"' not in first.text
    page = case.decide_page()
    assert page.words.index("What is considered first") < page.words.index("You chose: Authorise as asked") < page.words.index("What is decided")
    for key in CRITERIA:
        assert f"Mira looked at {key}." in page.words, key
    assert page.words.count("What Mira") == 6 or page.words.count(" says") >= 6
    for words in ("Decided lately on the heading ‘Aggressive or abusive’", "It answers " + case.report, "Why was it right to give no warning?", "Who else is affected",
                  "What would lead to lifting it?", "Could", "threat"):  # fmt: skip
        assert words.lower() in page.words.lower(), words
    assert "stayed free of aggression" in page.text, "lifting starts from the pack's words (G3)"
    assert SCRIPT not in page.text


def test_A5_what_is_missing_is_said_at_its_field_all_at_once(office):
    case = Case(office, "Una Missing").ask()
    page = send(case.decide_page(), {"findings/0/finding": "not-met-but-now", "findings/0/how": "I looked.", "lifting": "Half a year of calm.",
                                     **{f"review_on/{part}": "" for part in ("day", "month", "year")}})  # fmt: skip
    assert page.status in (400, 403) and "There is a problem" in page.words, page.words
    for anchor in ("findings/0/because", "findings/0/who", "findings/0/by_when", "findings/1/finding", "findings/1/how",
                   "findings/5/finding", "lesser_step", "affected", "review_on", "reasons", "confirms_no_warning"):  # fmt: skip
        assert f'href="#{anchor}"' in page.text and f'id="{anchor}"' in page.text, anchor
    assert "Enter why a lesser step would not do (rule A7)" in page.words and "Enter the date of the review (rule V1)" in page.words
    assert "Select what you find on ‘" in page.words and "Enter who will put ‘" in page.words
    assert "Half a year of calm." in page.text and "I looked." in page.text
    assert case.shown()["decisions"] == []


@engines("sqlite", "postgresql")
def test_A8_the_letter_is_seen_before_it_is_decided_and_nothing_was_done_yet(office):
    case = Case(office, "Vic Checked").ask()
    checked = send(case.decide_page(), met())
    assert checked.status == 200 and "Check your answers" in checked.words, checked.words
    assert "The letter that goes out" in checked.words and "You threatened a member of staff." in checked.words
    assert "You have not sent this yet." in checked.words
    rows = checked.words[:checked.words.index("The letter that goes out")]
    for words in ("What is restricted", "Applies to", "Contact with Casework", "Until", "It is lifted", "Review on",
                  "Met You adopt what the manager says: ‘Mira looked at communication.’"):  # fmt: skip
        assert words.lower() in rows.lower(), (words, rows)
    assert rows.count("Mira looked at communication.") == 1 and "Your finding" not in rows and "I adopt" not in rows
    assert "Please do not contact us by phone" in checked.words and "stayed free of aggression" in checked.words
    assert case.shown()["decisions"] == [], "nothing was done yet"
    done = checked.submit({}, button="send")
    assert "Authorised as asked" in done.words and "Make the letter" in done.words, done.words
    [decision] = case.shown()["decisions"]
    assert [f["adopt"] for f in decision["findings"]] == [True] * 6 and decision["outcome"] == "as-asked"


def test_A8_something_different_starts_from_what_was_asked(office):
    case = Case(office, "Wim Different").ask()
    page = case.decide_page("different")
    form = next(f for f in page.forms if f["id"] == "flow")
    fields = dict(form["fields"])
    assert fields["restrictions/0/kind"] == "channels-not" and fields["restrictions/0/report"] == case.report
    page = send(page, {**met(), "restriction_kind": "call-slot"}, "add-restriction")
    assert page.status == 200 and "2. Calls at set times" in page.words and "Advice changed nothing." in page.text
    page = send(page, {"restriction_kind": ""}, "add-restriction")
    assert "Choose what to add" in page.words
    page = send(page, {}, "remove-restriction-0")
    assert "1. Calls at set times" in page.words and 'value="channels-not">' not in page.text.split("Another restriction")[0].split("What is decided")[1]
    wrong = send(page, {"restrictions/0/arguments/weekday": "tuesday", "restrictions/0/arguments/from": "ten"})
    assert wrong.status in (400, 403) and 'href="#restrictions/0/' in wrong.text, wrong.words
    checked = send(wrong, {"restrictions/0/arguments/from": "10am", "restrictions/0/arguments/to": "11:00", "restrictions/0/arguments/calls": "1",
                           "restrictions/0/arguments/minutes": "20", "restrictions/0/report": case.report})  # fmt: skip
    assert "Check your answers" in checked.words and "Tuesday" in checked.words and "20" in checked.words, checked.words
    checked.submit({}, button="send")
    [decision] = case.shown()["decisions"]
    assert [r["kind"] for r in decision["restrictions"]] == ["call-slot"]


def test_A8_refusing_and_returning_ask_only_why(office):
    case = Case(office, "Xan Refused").ask()
    page = case.decide_page("refused")
    assert "Why do you refuse it?" in page.words and 'id="findings/0' not in page.text and 'id="review_on' not in page.text
    empty = send(page, {})
    assert 'href="#reasons"' in empty.text
    done = send(empty, {"reasons": "One threat, and he said sorry."}).submit({}, button="send")
    assert "Refused" in done.words
    assert case.shown()["requests"][0]["state"] == "refused"


def test_A8_return_for_more_keeps_the_draft_until_it_comes_back(office):
    case = Case(office, "Yan Returned").ask()
    page = send(case.decide_page(), met(lesser_step="I thought about advice.", affected=""))
    assert "There is a problem" in page.words
    page = send(page, {}, "change-answer")
    assert "What is your answer?" in page.words and "I thought about advice." in page.text, "what was typed goes along unseen"
    page = page.submit({"outcome": "returned"}, form="flow", button="onward")
    assert "What do you want to know first?" in page.words
    done = send(page, {"reasons": "When did he call?"}).submit({}, button="send")
    assert "Returned for more" in done.words
    # The manager starts from what the last one said, and sees what is asked.
    again = case.page("mira", "request")
    assert "When did he call?" in again.words and "It goes on." in again.text and "Mira looked at communication." in again.text
    sent = send(again, {"no_complaints": "true", "reasons": "It goes on. He called on Monday."}).submit({}, button="send")
    assert "sent" in sent.words, sent.words
    case.request = case.shown()["requests"][-1]["id"]
    page = case.decide_page()
    assert "I thought about advice." in page.text, "what was written before it was returned stands in the form"
    assert 'checked' in page.text and "When did he call?" not in next(f for f in page.forms if f["id"] == "flow")["names"]


def test_a_draft_waits_for_its_writer_alone(office):
    case = Case(office, "Zoe Draft").ask()
    page = send(case.decide_page(), {"lesser_step": "Half a thought"}, "draft")
    assert "Your draft is saved" in page.words and "Half a thought" in page.text
    assert "Half a thought" not in case.page("idris", "decide", case.request).text
    again = case.page("hana", "decide", case.request)
    assert "Half a thought" in again.text and "This is your draft" in again.words and "You chose: Authorise as asked" in again.words
    send(again, met()).submit({}, button="send")
    assert len(case.shown()["decisions"]) == 1


@engines("sqlite", "postgresql")
def test_two_people_decide_at_once_and_one_outcome_is_said(office):
    office.act("amal", "name-substitute", function="casework", user_name="idris", capacity="stand-in", from_on=office.day(0),
               until_on=office.day(0), reason="Away.")  # fmt: skip
    case = Case(office, "Abe Twice").ask()
    mine, theirs = send(case.decide_page(), met()), send(case.decide_page("refused", "idris"), {"reasons": "Not yet."})
    assert "Check your answers" in mine.words and "Check your answers" in theirs.words
    assert "Authorised as asked" in mine.submit({}, button="send").words
    late = theirs.submit({}, button="send")
    assert late.status == 409 and "New since you opened this page" in late.words and "Decided: Authorised as asked" in late.words, late.words
    assert "Not yet." in late.text, "what was typed stands there"
    later = send(late, {})
    assert later.status == 403 and "no longer open" in later.words and "Not yet." in later.text
    assert [d["outcome"] for d in case.shown()["decisions"]] == ["as-asked"]
    gone = case.page("idris", "decide", case.request)
    assert gone.status == 403 and "waits for no decision any more" in gone.words and "Authorised" in gone.words


@engines("sqlite", "postgresql")
def test_sent_twice_and_back_after_sending_decide_once(office):
    case = Case(office, "Bea Back").ask()
    form = case.decide_page()
    checked = send(form, met())
    first = checked.submit({}, button="send")
    second = checked.submit({}, button="send")
    assert "Authorised as asked" in first.words and "Authorised as asked" in second.words
    changed = send(form, met(reasons="Something else."), "check")
    assert changed.status in (403, 409) and "Something else." in changed.text
    assert len(case.shown()["decisions"]) == 1


def test_the_server_restarts_between_form_and_answer(office):
    case = Case(office, "Cal Restart").ask()
    checked = send(case.decide_page(), met())
    office.server.restart()
    assert "Authorised as asked" in checked.submit({}, button="send").words
    assert len(case.shown()["decisions"]) == 1


def test_R9_a_restriction_that_closes_the_last_way_in_is_said_before_anything_is_sent(office):
    case = Case(office, "Dov Need")
    office.act("sam", "record-need", customer=case.customer, what="Cannot write", why="Said so.",
               abilities={"email": "cannot", "letter": "cannot", "web": "cannot", "chat": "cannot", "in-person": "cannot"})  # fmt: skip
    case.ask()
    page = case.decide_page()
    assert "Cannot write" in page.words and "cannot" in page.words
    refused = send(page, met())
    assert refused.status == 403 and re.search(r"rule (R9|G7)", refused.words), refused.words
    assert "Advice changed nothing." in refused.text


def test_G8_who_was_complained_about_says_why_they_may_decide(office):
    case = Case(office, "Eli Complained")
    case.ask(no_complaints=None, complaints=[{"about": "hana", "reference": "CO-17", "lodged_on": office.day(-3), "concerns": "decision"}])
    page = case.decide_page()
    assert "The customer has complained about you" in page.words and "CO-17" in page.words
    refused = send(page, met())
    assert 'href="#conflict_reason"' in refused.text
    assert "Check your answers" in send(refused, {"conflict_reason": "It was another matter."}).words


@engines("sqlite", "postgresql")
def test_A1_a_second_signature_is_another_heads_who_sees_what_they_sign(shell, folder):
    pack = folder / "two-signatures"
    shutil.copytree(shell.pack, pack)
    policy = (pack / "policy.yaml").read_text().replace("signatures: 1", "signatures: 2").replace("version: 1", "version: 2")
    (pack / "policy.yaml").write_text(policy.replace("in_force: 2026-01-01", f"in_force: {datetime.date.today()}"))
    adopted = shell.run("policy", "adopt", pack, "--as", "amal")
    assert adopted.code == 0, adopted.stderr
    office = Office(shell)
    office.passwords, office.server = shell.sign_ins(), Server(shell).start()
    try:
        case = Case(office, "Kit Signed").ask()
        assert case.page("idris", "decide", case.request).status == 403, "nobody signed for the function itself yet"
        checked = send(case.decide_page(), met())
        assert "Check your answers" in checked.words and "The letter that goes out" not in checked.words
        assert "1 of 2 signatures" in checked.submit({}, button="send").words
        assert case.page("hana", "decide", case.request).submit({"reasons": "Again.", "confirms_no_warning": "Yes."}, form="flow",
                                                                button="check").status == 403  # fmt: skip
        page = case.page("idris", "decide", case.request)
        assert page.status == 200 and "waits for one more signature" in page.words and "You threatened a member of staff." in page.words
        assert 'id="findings/0' not in page.text and 'id="review_on' not in page.text
        checked = send(page, {"reasons": "I read it and agree.", "confirms_no_warning": "There was no time."})
        assert "The letter that goes out" in checked.words, checked.words
        assert "Authorised as asked" in checked.submit({}, button="send").words
        [decision] = case.shown()["decisions"]
        assert [s["by"] for s in decision["signatures"]] == ["hana", "idris"] and decision["complete_at"]
    finally:
        office.server.end()


def test_A3_the_request_asks_what_it_rests_on_and_says_all_that_is_missing(office):
    case = Case(office, "Flo Asking")
    page = case.page("mira", "request")
    assert page.status == 200 and "Which reports does it rest on?" in page.words and case.report in page.text
    for key in CRITERIA:
        assert f'id="account/{key}"' in page.text
    assert "govuk-error-message" not in page.text, "nothing is wrong with a form that is new"
    empty = send(page, {})
    assert empty.status in (400, 403), empty.words
    for anchor in ("account/communication", "complaints", "restrictions", "review_on", "reasons"):
        assert f'href="#{anchor}"' in empty.text and f'id="{anchor}"' in empty.text, anchor
    stated = send(empty, {f"account/{key}": f"I looked at {key}." for key in CRITERIA}, "add-complaint")
    assert "Complaint 1" in stated.words and "I looked at communication." in stated.text
    gone = send(stated, {"complaints/0/reference": "CO-9"}, "remove-complaint-0")
    assert "Complaint 1" not in gone.words
    stated = send(gone, {}, "add-complaint")
    added = send(stated, {"complaints/0/about": "hana", "complaints/0/reference": "CO-9", "complaints/0/concerns": "conduct",
                          **day_fields("complaints/0/lodged_on", -2), "restriction_kind": "channels-only"}, "add-restriction")  # fmt: skip
    assert "1. Only these ways of contact" in added.words and "CO-9" in added.text
    assert "govuk-error-message" not in added.text
    checked = send(added, {"restrictions/0/arguments/channels[]": ["email", "letter"], "restrictions/0/report": case.report, "skip_reason": "threat",
                           "skip_risk": "It would have provoked worse.", "reasons": "Staff are afraid.", **day_fields("review_on", 100)})  # fmt: skip
    assert "Check your answers" in checked.words and "E-mail, Letter" in checked.words, checked.words
    done = checked.submit({}, button="send")
    assert "sent" in done.words, done.words
    [request] = case.shown()["requests"]
    assert request["complaints"][0]["about"] == "hana" and request["restrictions"][0]["arguments"]["channels"] == ["email", "letter"]


def test_only_its_own_function_asks_and_decides(office):
    case = Case(office, "Gus Other").ask()
    assert case.page("nora", "request").status == 403
    for user in ("mira", "nora", "sam", "cleo"):
        refused = case.page(user, "decide", case.request)
        assert refused.status == 403 and "head of function" in refused.words, refused.words


@engines("sqlite")
def test_request_and_decision_in_a_browser(office, folder):
    case = Case(office, "Hal Browser").ask()
    asking = Case(office, "Ivy Browser")
    office.people.update({"decide casefile": case.ref, "decide request": case.request, "request casefile": asking.ref})
    drive(office, "decide.mjs", folder)

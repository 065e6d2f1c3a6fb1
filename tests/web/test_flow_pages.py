"""The pages on which acts are performed, as a program sees them (no JavaScript): each flow done, refused with what was
typed kept, met by a colleague's change, sent twice, and with hostile text. The casefile's page says what came of it."""

import datetime
import re
import types
import urllib.parse

from harness.client import Browser
from harness.runner import engines, fixture
from harness.server import Server

from .office import CRITERIA, Office
from .test_browser import PICTURES, drive

SCRIPT = "<script>alert(1)</script>\"'&<b>"
TESTS = {"tests/beyond-anger": "It was meant for one person, by name."}
WHAT = "Shouted that we would all regret it, and would not stop."


class Files(Office):
    """Casefiles made as a test needs them: at the shell up to a step, from where the pages go on."""

    def fill(self):
        self.passwords = self.shell.sign_ins()
        self.browsers = {}
        self.count = 0
        return self

    def user(self, name):
        """A browser in which NAME is signed in."""
        if name not in self.browsers:
            browser = self.browsers[name] = Browser(self.server.url)
            page = browser.get("/sign-in").submit({"user_name": name, "password": self.passwords[name]})
            assert "Sign out" in page.words, page.words
        return self.browsers[name]

    def new_customer(self):
        self.count += 1
        return self.customer(f"Flow Person {self.count}", f"01632 9602{self.count:02d}", f"flow{self.count}@example.org")

    def reported(self, **fields):
        done = self.act("sam", "report-behaviour", **{"customer": self.new_customer(), "channel": "phone", "heading": "aggressive-or-abusive",
                        "example": "verbal-abuse", "what": WHAT, "effect": "The line was blocked for an hour.", "disability": "no", **fields})  # fmt: skip
        return done["casefile"], done["id"]

    def assessed(self, outcome="warning", **fields):
        casefile, report = self.reported(**fields)
        done = self.act("mira", "assess-report", casefile=casefile, reports=[report], outcome=outcome, heading="aggressive-or-abusive",
                        tests={"beyond-anger": "It was meant for one person."}, needs_considered="Asked; none known.",
                        behaviour="You shouted at our staff.")  # fmt: skip
        return casefile, done["id"]

    def warned(self):
        casefile, assessment = self.assessed()
        return casefile, self.act("mira", "warn", casefile=casefile, assessment=assessment, delivery="by-hand")["id"]

    def requested(self, decide=False):
        """Threats, assessed and asked about without a warning first (W5); decide: authorised as asked, not told yet."""
        casefile, report = self.reported(example="threats")
        self.act("mira", "assess-report", casefile=casefile, reports=[report], outcome="request", heading="aggressive-or-abusive", ground="threat",
                 behaviour="You threatened us.", tests={"beyond-anger": "It was meant for one person."}, needs_considered="None known.")  # fmt: skip
        request = self.act("mira", "request", casefile=casefile, reports=[report], account={key: f"Looked at {key}." for key in CRITERIA},
                           no_complaints=True, restrictions=[{"report": report, "kind": "channels-not", "arguments": {"channels": ["phone"]}}],
                           reasons="It goes on.", review_on=self.day(180), skip_reason="threat", skip_risk="It would have provoked worse.")["id"]  # fmt: skip
        if decide:
            self.act("hana", "decide", casefile=casefile, request=request, outcome="as-asked", confirms_no_warning="There was no time.",
                     findings=[{"criterion": key, "finding": "met", "how": "I read the file."} for key in CRITERIA], reasons="The calls went on.",
                     lesser_step="A warning would not have helped.", affected="Nobody else lives there.", review_on=self.day(180))  # fmt: skip
        return casefile

    def show(self, reference, user="mira"):
        return self.shell.show(reference, user=user)


@fixture(lasting=True)
def files(shell):
    made = Files(shell).fill()
    made.server = Server(shell).start()
    yield made
    made.server.end()


def heading(page):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S).group(1)).strip()


def fields_of(page, form="flow"):
    return dict(next(f for f in page.forms if f["id"] == form)["fields"])


def checked(page):
    assert page.status == 200 and heading(page) == "Check your answers", f"{page.status} {page.url}: {page.words[:1500]}"
    return page


def done(page, words):
    assert page.status == 200 and "done=" in page.url and words in page.words, f"{page.status} {page.url}: {page.words[:1500]}"
    return page


def given_back(page, status, *words, title="There is a problem"):
    assert page.status == status and title in page.words, f"{page.status} {page.url}: {page.words[:1500]}"
    for word in words:
        assert word in page.words, f"'{word}' does not stand on {page.url}: {page.words[:1500]}"
    return page


def assess_form(report):
    return {"reports": report, "heading": "aggressive-or-abusive", **TESTS, "needs_considered": "Looked at the file; none is known.",
            "behaviour": "You shouted at our staff and would not stop.", "outcome": "warning"}  # fmt: skip


# The casefile's page


def test_a_casefile_shows_its_steps_and_leads_to_the_next_one(files):
    casefile, report = files.reported()
    page = files.user("mira").get(f"/casefiles/{casefile}")
    for words in (casefile, "What is in force", "answer as usual", "Assess a report", "Yours to do", WHAT, "Sam", "Timeline"):
        assert words in page.words, f"{words}: {page.words[:2000]}"
    flow = page.follow("Assess a report")
    assert heading(flow) == "Assess a report" and fields_of(flow)["reports"] == report


def test_what_is_in_the_way_is_said_with_its_rule_and_the_page_that_mends_it(files):
    casefile, _ = files.assessed(example="violence-threatened")
    page = files.user("mira").get(f"/casefiles/{casefile}")
    assert "Something is in the way" in page.words and "(rule L2)" in page.words, page.words[:2500]
    assert heading(page.follow("Refer to the police")) == "Refer to the police"
    auditor = files.user("anja").get(f"/casefiles/{casefile}")
    assert "(rule L2)" in auditor.words and "/refer-to-police" not in auditor.text, "a link that only leads to 'not for your roles'"


def test_who_may_not_see_a_casefile_does_not(files):
    casefile, _ = files.reported()
    page = files.user("nora").get(f"/casefiles/{casefile}")
    assert WHAT not in page.text, page.words
    assert files.user("sam").get("/casefiles/CF-1999-000001").status == 404


# One flow from end to end, in every way that it can go


def test_a_report_is_assessed_with_a_look_before_it_is_done(files):
    casefile, report = files.reported()
    browser = files.user("mira")
    form = browser.get(f"/casefiles/{casefile}/assess-report?about={report}")
    assert WHAT in form.words, "the evidence does not stand beside the question"
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    for words in ("A warning", "You shouted at our staff and would not stop.", "It was meant for one person, by name."):
        assert words in check.words, words
    assert files.show(report)["assessment"] is None, "something was done before it was confirmed"
    page = done(check.submit(button="send"), "Assessed: ")
    assert "Next: Warn the customer" in page.words and files.show(report)["assessment"] is not None


def test_from_check_your_answers_one_comes_back_to_what_was_typed(files):
    casefile, report = files.reported()
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    again = check.follow("Change your answers")
    assert fields_of(again)["behaviour"] == assess_form(report)["behaviour"]
    assert "This is your draft of" in again.words


def test_a_draft_waits_and_goes_when_it_is_done(files):
    casefile, report = files.reported()
    browser, address = files.user("mira"), f"/casefiles/{casefile}/assess-report?about={report}"
    saved = browser.get(address).submit({"behaviour": f"Half of it {SCRIPT}\nand a line"}, form="flow", button="draft")
    assert "Your draft is saved" in saved.words, saved.words[:800]
    files.server.end()
    files.server.start()
    files.browsers.pop("mira", None)
    browser = files.user("mira")
    kept = browser.get(address)
    assert fields_of(kept)["behaviour"] == f"Half of it {SCRIPT}\nand a line"
    check = checked(kept.submit(assess_form(report), form="flow", button="check"))
    done(check.submit(button="send"), "Assessed: ")
    assert "draft" not in browser.get(address).words.replace("Save as draft", "")


def test_what_happened_since_the_draft_was_saved_is_said(files):
    casefile, report = files.reported()
    address = f"/casefiles/{casefile}/assess-report?about={report}"
    files.user("mira").get(address).submit({"behaviour": "Half of it"}, form="flow", button="draft")
    files.act("sam", "report-behaviour", customer=files.show(casefile)["customer"], channel="email", heading="aggressive-or-abusive",
              example="harassment", what="Wrote forty times.", effect="It went on.", disability="no")  # fmt: skip
    page = files.user("mira").get(address)
    assert "New since you saved your draft" in page.words and fields_of(page)["behaviour"] == "Half of it"
    done(checked(page.submit(assess_form(report), form="flow", button="check")).submit(button="send"), "Assessed: ")


def test_a_draft_is_nobody_elses(files):
    casefile, report = files.reported()
    address = f"/casefiles/{casefile}/assess-report?about={report}"
    files.user("mira").get(address).submit({"behaviour": "Only for me"}, form="flow", button="draft")
    assert "Only for me" not in files.user("sam").get(address).text


def test_a_draft_can_be_discarded(files):
    casefile, report = files.reported()
    address = f"/casefiles/{casefile}/assess-report?about={report}"
    saved = files.user("mira").get(address).submit({"behaviour": "Not this"}, form="flow", button="draft")
    page = saved.submit(form="flow", button="discard")
    assert fields_of(page)["behaviour"] == "" and "draft" not in page.words.replace("Save as draft", "")


def test_what_does_not_fit_comes_back_filled_with_the_problem_at_the_question(files):
    casefile, report = files.reported()
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    page = given_back(form.submit({**assess_form(report), "needs_considered": ""}, form="flow", button="check"), 403, "(rule B6)")
    assert fields_of(page)["behaviour"] == assess_form(report)["behaviour"]
    assert re.search(r'<a href="#needs_considered"', page.text) and 'id="needs_considered-error"' in page.text
    nothing = given_back(form.submit({"reports": []}, form="flow", button="check"), 403)
    assert "Select the reports that this answers" in nothing.words and "Select what follows" in nothing.words and "Enter which access needs" in nothing.words, nothing.words[:1500]


def test_S3_who_reported_it_does_not_assess_it_and_is_told_so_with_their_text(files):
    casefile, report = files.act("mira", "report-behaviour", customer=files.new_customer(), channel="phone", heading="aggressive-or-abusive",
                                 example="verbal-abuse", what=WHAT, effect="It took an hour.", disability="no", function="casework"), None  # fmt: skip
    casefile, report = casefile["casefile"], casefile["id"]
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    page = given_back(form.submit(assess_form(report), form="flow", button="check"), 403, "(rule S3)")
    assert fields_of(page)["behaviour"] == assess_form(report)["behaviour"]


def test_a_colleagues_change_is_said_with_what_they_did_and_what_was_typed_is_kept(files):
    casefile, report = files.reported()
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    files.act("sam", "report-behaviour", customer=files.show(casefile)["customer"], channel="email", heading="aggressive-or-abusive",
              example="harassment", what="Wrote forty times.", effect="It went on.", disability="no")  # fmt: skip
    page = given_back(check.submit(button="send"), 409, "Somebody else worked on this casefile while you wrote", "New since you opened this page",
                      "Behaviour reported")  # fmt: skip
    assert fields_of(page)["behaviour"] == assess_form(report)["behaviour"]
    done(checked(page.submit(form="flow", button="check")).submit(button="send"), "Assessed: ")


def test_ones_own_change_in_another_window_is_said_to_be_ones_own(files):
    casefile, report = files.reported()
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    files.act("mira", "report-behaviour", customer=files.show(casefile)["customer"], channel="email", heading="aggressive-or-abusive",
              example="harassment", what="Wrote forty times.", effect="It went on.", disability="no")  # fmt: skip
    page = given_back(check.submit(button="send"), 409, "You changed this casefile in another window")
    assert "Somebody else" not in page.words


def test_a_day_that_is_none_is_said_in_the_words_of_the_form(files):
    casefile = files.requested(decide=True)
    form = files.user("mira").get(f"/casefiles/{casefile}/request")
    typed = {"review_on/day": "31", "review_on/month": "2", "review_on/year": "2027"}
    page = given_back(form.submit(typed, form="flow", button="check"), 400, "Enter a real date, such as 24 11 2026")
    assert "2026-11-24" not in page.words and 'href="#review_on"' in page.text and fields_of(page)["review_on/day"] == "31"


def test_a_page_that_refuses_leads_back_to_the_casefile(files):
    casefile = files.requested(decide=True)
    page = files.user("hana").get(f"/casefiles/{casefile}/decide?about=Q-2020-000001")
    assert page.status == 403 and page.follow("Go back").url.endswith(f"/casefiles/{casefile}"), page.words


def test_sent_twice_it_is_done_once_and_says_the_same(files):
    casefile, report = files.reported()
    form = files.user("mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    first = done(check.submit(button="send"), "Assessed: ")
    second = done(check.submit(button="send"), "Assessed: ")
    assert second.url == first.url and len(files.show(casefile)["assessments"]) == 1


def test_the_same_sent_from_a_new_form_is_asked_about_first_and_may_be_meant(files):
    customer = files.new_customer()
    browser, address = files.user("sam"), f"/customers/{customer}/record-need"
    values = {"what": f"Reads slowly {SCRIPT}", "why": "Said so."}
    needs = lambda: sum(need["what"] == values["what"] for need in files.show(customer)["needs"])
    done(browser.get(address).submit(values, form="flow", button="send"), "Need recorded")
    files.server.end()
    files.server.start()
    again = given_back(browser.get(address).submit(values, form="flow", button="send"), 409, "Nothing was done now", title="This was sent already")
    assert needs() == 1
    done(browser.get(address).submit({**values, "why": "Said so again."}, form="flow", button="send"), "Need recorded")
    assert needs() == 2, "something else was taken for the same"
    done(again.submit(form="flow", button="send"), "Need recorded")
    assert needs() == 3, "what was meant to be done again was not"


def test_check_your_answers_can_be_gone_back_to(files):
    casefile, report = files.reported()
    browser = files.user("mira")
    form = browser.get(f"/casefiles/{casefile}/assess-report?about={report}")
    check = checked(form.submit(assess_form(report), form="flow", button="check"))
    check = checked(browser.get(check.url))
    done(check.submit(button="send"), "Assessed: ")
    back = browser.get(check.url)
    assert "check=" not in back.url and heading(back) != "Check your answers", back.url
    assert len(files.show(casefile)["assessments"]) == 1


def test_two_people_at_once_have_one_outcome(files):
    casefile, assessment = files.assessed()
    address = f"/casefiles/{casefile}/warn?about={assessment}"
    other = Browser(files.server.url)
    other.get("/sign-in").submit({"user_name": "mira", "password": files.passwords["mira"]})
    one, two = (checked(b.get(address).submit({"delivery": "by-hand", "why": why}, form="flow", button="check"))
                for b, why in ((files.user("mira"), "It hurt."), (other, "It was heard by all.")))  # fmt: skip
    done(one.submit(button="send"), "Warning W-")
    late = given_back(two.submit(button="send"), 409, "You changed this casefile in another window")
    assert len(files.show(casefile)["warnings"]) == 1
    again = late.submit(form="flow", button="check")
    assert again.status == 403 and "There is a problem" in again.words, again.words[:1000]


def test_a_session_that_ended_costs_nobody_an_hours_text(files):
    casefile, report = files.reported()
    browser = Browser(files.server.url)
    browser.get("/sign-in").submit({"user_name": "mira", "password": files.passwords["mira"]})
    form = browser.get(f"/casefiles/{casefile}/assess-report?about={report}")
    browser.cookies.clear()
    asked = form.submit({**assess_form(report), "behaviour": "An hour's work."}, form="flow", button="check")
    assert "your session has ended" in asked.words, asked.words[:500]
    kept = asked.submit({"user_name": "mira", "password": files.passwords["mira"]})
    assert "Your text is still here" in kept.words and "An hour's work." in kept.words, kept.words[:800]
    check = checked(kept.submit(form="/assess-report"))
    assert "An hour's work." in check.words
    done(check.submit(button="send"), "Assessed: ")


def test_the_banner_cannot_be_made_up(files):
    casefile, report = files.reported()
    page = files.user("mira").get(f"/casefiles/{casefile}?done=record-answer&ref={report}&code=00")
    assert "Answer recorded" not in page.words


# Hostile text


def test_hostile_text_comes_out_as_text(files):
    casefile, report = files.reported(what=SCRIPT, effect=SCRIPT)
    browser = files.user("mira")
    form = browser.get(f"/casefiles/{casefile}/assess-report?about={report}")
    filled = {name: SCRIPT for name in ("behaviour", "needs_considered", "advice", "scope_reason", "tests/beyond-anger")}
    pages = [form, form.submit({**filled, "heading": "aggressive-or-abusive"}, form="flow", button="check"),
             form.submit({**assess_form(report), **filled, "scope_reason": "", "advice": ""}, form="flow", button="check"),
             form.submit(filled, form="flow", button="draft"), browser.get(f"/casefiles/{casefile}")]  # fmt: skip
    for page in pages:
        assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text, page.url
    for bad in ("<b>", "%00", "../../etc", "'", "A" * 5000):
        page = browser.get(f"/casefiles/{casefile}/assess-report?about={urllib.parse.quote(bad, safe='%')}")
        assert page.status in (200, 404) and bad not in ("<b>", "'") or "about=<b>" not in page.text


# Each flow once


def test_W1_a_warning_shows_its_letter_before_it_goes(files):
    casefile, assessment = files.assessed()
    form = files.user("mira").get(f"/casefiles/{casefile}/warn?about={assessment}")
    check = checked(form.submit({"why": "Nobody should be shouted at.", "delivery": "post"}, form="flow", button="check"))
    assert "The letter that goes out" in check.words and "You shouted at our staff." in check.words and "Nobody should be shouted at." in check.words
    page = done(check.submit(button="send"), "Warning W-")
    assert "days to adapt" in page.words


def test_N5_what_became_of_a_letter_is_recorded_with_its_day(files):
    casefile, warning = files.warned()
    notice = files.show(warning)["notice"]
    letter = files.user("sam").get(f"/letters/{notice}")
    assert notice in letter.words
    mira = files.user("mira").get(f"/letters/{notice}")
    assert "You shouted at our staff." in mira.words and len(re.findall("<h1", mira.text)) == 1
    form = mira.follow("Record what became of it")
    wrong = given_back(form.submit({"how": "handed-over", "happened_at/day": "33", "happened_at/month": "13", "happened_at/year": "2026"},
                                   form="flow", button="send"), 400, "Enter a real date")  # fmt: skip
    assert fields_of(wrong)["happened_at/day"] == "33"
    page = done(wrong.submit({"happened_at/day": "", "happened_at/month": "", "happened_at/year": ""}, form="flow", button="send"), "Recorded: ")
    assert "They have until" in page.words and files.show(notice)["sent_at"] is not None


def test_W6_what_they_answer_is_recorded(files):
    casefile, warning = files.warned()
    files.act("sam", "confirm-notice", casefile=casefile, notice=files.show(warning)["notice"], how="handed-over")
    form = files.user("sam").get(f"/casefiles/{casefile}/record-answer?about={warning}")
    empty = given_back(form.submit({"words": ""}, form="flow", button="send"), 400, "Enter what they say")
    page = done(empty.submit({"words": "I was upset. I am sorry."}, form="flow", button="send"), "Answer recorded")
    assert page.url.startswith(files.server.url + f"/casefiles/{casefile}?")
    assert "I was upset. I am sorry." in files.user("mira").get(f"/casefiles/{casefile}").words


def test_L2_the_police_are_told_and_the_way_is_free(files):
    casefile, report = files.reported(example="violence-threatened")
    form = files.user("sam").get(f"/casefiles/{casefile}/refer-to-police")
    assert "Call 999 now" in form.words
    page = given_back(form.submit({"police_reference": "X 1"}, form="flow", button="send"), 400, "Enter which police force was told")
    assert fields_of(page)["police_reference"] == "X 1"
    done(page.submit({"force": "Oldtown Police"}, form="flow", button="send"), "Recorded: the police were told")
    assert "Something is in the way" not in files.user("mira").get(f"/casefiles/{casefile}").words


def test_a_request_is_withdrawn(files):
    casefile = files.requested()
    form = files.user("mira").get(f"/casefiles/{casefile}/withdraw-request")
    assert "It goes on." in form.words
    done(form.submit({"reason": "They have apologised."}, form="flow", button="send"), "Request withdrawn")
    assert files.show(casefile)["requests"][0]["state"] == "withdrawn"


def test_N1_the_letter_of_a_decision_is_read_before_it_is_approved(files):
    casefile = files.requested(decide=True)
    form = files.user("sam").get(f"/casefiles/{casefile}/notify")
    assert heading(form) == "Make the letter that tells them"
    check = checked(form.submit({"delivery": "by-hand"}, form="flow", button="check"))
    assert "The letter that goes out" in check.words and "You threatened us." in check.words and "complaints" in check.words
    page = done(check.submit(button="send"), "Letter")
    form = files.user("mira").get(f"/casefiles/{casefile}").follow("Send the letter")
    page = done(form.submit({"how": "handed-over"}, form="flow", button="send"), "Recorded: ")
    assert "in force" in page.words


def test_B6_G7_needs_and_adjustments_from_the_customers_page(files):
    customer = files.new_customer()
    sam, mira = files.user("sam"), files.user("mira")
    form = sam.get(f"/customers/{customer}/record-need")
    page = done(form.submit({"what": "Rings with a relay interpreter", "why": "Said so.", "abilities/phone": "only-with",
                             "only_with": "an interpreter"}, form="flow", button="send"), "Need recorded")  # fmt: skip
    assert f"/customers/{customer}?" in page.url
    done(sam.get(f"/customers/{customer}/ask-adjustment").submit({"asked": "Letters in large print"}, form="flow", button="send"), "recorded")
    adjustment = files.show(customer)["adjustments"][0]["id"]
    answer = mira.get(f"/customers/{customer}/answer-adjustment?about={adjustment}")
    assert "Letters in large print" in answer.words
    refused = given_back(answer.submit({"outcome": "granted", "reasons": "It costs us nothing."}, form="flow", button="send"), 403, "(rule G7)")
    assert fields_of(refused)["reasons"] == "It costs us nothing."
    day = datetime.date.today() + datetime.timedelta(days=90)
    done(refused.submit({"review_on/day": str(day.day), "review_on/month": str(day.month), "review_on/year": str(day.year)}, form="flow",
                        button="send"), "Adjustment answered")  # fmt: skip
    assert sam.get(f"/customers/{customer}/answer-adjustment?about={adjustment}").status == 403, "an adjustment is answered by managers"


# Report


def report_form(**fields):
    return {"example": "verbal-abuse", "what": WHAT, "effect": "It took an hour.", "channel": "phone", "disability": "not-known", **fields}


def test_S3_behaviour_is_reported_about_somebody_who_is_known(files):
    customer = files.new_customer()
    form = files.user("sam").get(f"/report?customer={customer}")
    assert "In danger? Call 999 now, and record it after." in form.words and "Policies that protect you" in form.words
    page = given_back(form.submit(report_form(effect=""), form="flow", button="send"), 403, "(rule B2)")
    assert fields_of(page)["what"] == WHAT
    page = done(page.submit({"effect": "It took an hour."}, form="flow", button="send"), "Reported as R-")
    assert WHAT in page.words


def test_a_report_can_record_a_customer_and_a_matter_within_it(files):
    sam = files.user("sam")
    who = sam.get("/report?q=Quill")
    assert heading(who) == "Whom is it about?" and "Jordan Quill" in who.words
    assert heading(who.follow("Jordan Quill")) == "Report behaviour"
    who = who.follow("record somebody new")
    files.count += 1
    form = who.submit({"name": f"New {SCRIPT} {files.count}", "kind": "person", "recognised": "They said so.", "identifiers/0/kind": "phone",
                       "identifiers/0/value": f"01632 9603{files.count:02d}"}, form="flow", button="send")  # fmt: skip
    assert heading(form) == "Report behaviour" and "customer=C-" in form.url, form.words[:800]
    again = form.submit(report_form(**{"new_matter/title": "A parking fine", "new_matter/kind": "complaint"}), form="flow", button="send")
    assert "is open, and ticked below" in again.words, again.words[:1500]
    assert fields_of(again)["what"] == WHAT and fields_of(again)["matters"].startswith("M-") and fields_of(again)["new_matter/title"] == ""
    done(again.submit(form="flow", button="send"), "Reported as R-")


def test_L2_reported_violence_says_that_the_police_come_first(files):
    form = files.user("sam").get(f"/report?customer={files.new_customer()}")
    page = done(form.submit(report_form(example="rudeness", violence="true"), form="flow", button="send"), "Reported as R-")
    assert "Next: Refer to the police" in page.words


@engines("sqlite")
def test_every_flow_opens_for_somebody(files):
    """Each act of the task list that has a page shows its form, and no page fails."""
    casefile, _ = files.warned()
    for act in ("assess-report", "refer-to-police", "warn", "record-answer", "withdraw-request", "notify", "confirm-notice"):
        page = files.user("mira").get(f"/casefiles/{casefile}/{act}")
        assert page.status == 200 and 'id="flow"' in page.text, f"{act}: {page.status} {page.words[:300]}"
    assert files.user("mira").get(f"/casefiles/{casefile}/no-such-act").status == 404


@engines("sqlite")
def test_every_flow_is_accessible_and_fits_a_phone(files, folder):
    reported, violent, warned = files.reported()[0], files.assessed(example="violence-threatened")[0], files.warned()
    customer = files.new_customer()
    files.act("sam", "ask-adjustment", customer=customer, asked="Letters in large print")
    restricted = files.new_customer()
    files.restrict(restricted, {"kind": "channels-not", "arguments": {"channels": ["phone"]}})
    references = {"reported": reported, "violent": violent, "assessed": files.assessed()[0], "warned": warned[0], "requested": files.requested(),
                  "decided": files.requested(decide=True), "notice": files.show(warned[1])["notice"], "customer": customer,
                  "adjustment": files.show(customer)["adjustments"][0]["id"], "full": files.show(restricted)["casefiles"][0]["id"]}  # fmt: skip
    drive(types.SimpleNamespace(server=files.server, passwords=files.passwords, people=references), "flows.mjs", folder)
    assert len(list(PICTURES.glob("flow-*-phone.png"))) >= 18


@engines("sqlite")
def test_the_letter_is_shown_while_it_is_written_and_nothing_is_done(files, folder):
    casefile, assessment = files.assessed()
    drive(files, "preview.mjs", folder, casefile=casefile, assessment=assessment)
    assert files.show(casefile)["warnings"] == []

"""The pages of a dispute, without JavaScript: taken in by whoever hears it, acknowledged, answered by a complaints
officer beside what the customer says, what applies and why; and an answer to a warning acknowledged."""

from harness import machine
from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import SCRIPT, signed_in

PHONE_AND_VISITS = {"kind": "channels-not", "arguments": {"channels": ["phone", "in-person"]}}


class Case:
    """A customer of casework whose calls and visits are not taken, and who disputes that where a test says so."""

    def __init__(self, office, name):
        self.office, self.customer = office, office.customer(name, f"{name.lower().replace(' ', '.')}@example.org")
        office.restrict(self.customer, PHONE_AND_VISITS)
        [file] = self.api("cleo").get("casefiles", customer=self.customer)["items"]
        self.ref = file["id"]
        self.decision = self.shown()["decisions"][0]["id"]
        self.report = self.shown()["reports"][0]["id"]

    def api(self, user):
        return self.office.server.api(user)

    def shown(self):
        return self.api("cleo").get(f"casefiles/{self.ref}")

    def page(self, user, act, about):
        return signed_in(self.office, user).get(f"/casefiles/{self.ref}/{act}?about={about}")

    def dispute(self):
        return self.office.act("theo", "dispute", casefile=self.ref, decision=self.decision, channel="email", words="It was not me.")["id"]

    def verdict(self):
        return self.api("sam").ask(channel="phone", customer=self.customer, to="01632960100")["verdict"]


def send(page, values):
    """Fills the flow's form in and sends it."""
    return page.submit(values, form="flow", button="send")


def test_D1_anybody_takes_a_dispute_in(office):
    case = Case(office, "Wren Aldous")
    page = case.page("theo", "dispute", case.decision)
    assert page.status == 200 and "What they disagree with" in page.words, page.words
    empty = send(page, {"words": "", "happened_at/day": "1"})
    assert empty.status == 400 and "There is a problem" in empty.words and "What do they say?" in empty.words
    done = send(empty, {"words": f"I never rang. {SCRIPT}", "channel": "letter", "happened_at/day": "", "happened_at/month": "", "happened_at/year": ""})
    assert done.status == 200 and "recorded" in done.words, done.words
    [dispute] = case.shown()["disputes"]
    assert dispute["channel"] == "letter" and dispute["words"].endswith(SCRIPT) and dispute["by"] == "theo"
    seen = case.page("cleo", "answer-dispute", dispute["id"])
    assert SCRIPT not in seen.text and "I never rang." in seen.words
    again = case.page("sam", "dispute", case.decision)
    refused = send(again, {"words": "Once more.", "channel": "phone"})
    assert refused.status == 403 and "disputed already" in refused.words and "Once more." in refused.text


def test_D1_it_is_acknowledged_with_its_reference_and_the_day_to_reply(office):
    case = Case(office, "Orla Quill")
    ref = case.dispute()
    page = case.page("cleo", "acknowledge-dispute", ref)
    assert "It was not me." in page.words
    checked = page.submit({}, form="flow", button="check")
    assert "Check your answers" in checked.words and ref in checked.words and "stay as they are" in checked.words
    assert case.api("cleo").get("notices", casefile=case.ref)["items"][0]["about"] != ref, "nothing was made yet"
    done = checked.submit({}, button="send")
    assert "We have your dispute" in done.words, done.words
    newest = case.api("cleo").get("notices", casefile=case.ref)["items"][0]
    assert (newest["about"], newest["kind"]) == (ref, "dispute-acknowledged")


def test_D1_the_customer_takes_it_back(office):
    case = Case(office, "Ivo Tarn")
    ref = case.dispute()
    for user, status in (("mira", 403), ("theo", 200)):
        checked = case.page(user, "withdraw-dispute", ref).submit({"words": "Rang at ten: let it be."}, form="flow", button="check")
        assert checked.status == status, f"{user}: {checked.words}"
    done = checked.submit({}, button="send")
    assert done.status == 200 and "withdrawn" in done.words, done.words
    assert case.shown()["disputes"][0]["withdrawn_words"] == "Rang at ten: let it be."


def test_D2_less_is_answered_from_what_applies_now(office):
    case = Case(office, "Mara Finch")
    ref = case.dispute()
    page = case.page("cleo", "answer-dispute", ref)
    for said in ("It was not me.", "The calls went on.", "I read the file.", "What applies now"):
        assert said in page.words, said
    typed = {"outcome": "different", "reasons": "Half of the calls were ours."}
    taken = page.submit(typed, form="flow", button="take-over")
    assert taken.status == 200 and "Half of the calls were ours." in taken.text
    checked = taken.submit({"restrictions/0/arguments/channels[]": ["in-person"], "restrictions/0/report": case.report}, form="flow", button="check")
    assert checked.status == 200 and "Check your answers" in checked.words, checked.words
    machine.wait_for("the gate to know what was decided", lambda: case.verdict() == "decline")
    done = checked.submit({}, button="send")
    assert "answered" in done.words, done.words
    machine.wait_for("the gate to know", lambda: case.verdict() == "proceed")
    assert case.shown()["disputes"][0]["outcome"] == "different"


def test_D2_more_is_refused_and_what_was_typed_stays(office):
    case = Case(office, "Piet Vos")
    page = case.page("cleo", "answer-dispute", case.dispute())
    taken = page.submit({"outcome": "different", "reasons": "It has got worse."}, form="flow", button="take-over")
    more = ["phone", "in-person", "email"]
    refused = taken.submit({"restrictions/0/arguments/channels[]": more, "restrictions/0/report": case.report}, form="flow", button="check")
    assert refused.status == 403 and "never more" in refused.words and "It has got worse." in refused.text, refused.words
    assert case.shown()["disputes"][0]["outcome"] is None


def test_D1_who_had_a_part_in_it_is_told_why_not(office):
    case = Case(office, "Nell Byrne")
    ref = case.dispute()
    for user in ("hana", "mira"):
        refused = case.page(user, "answer-dispute", ref).submit({"outcome": "ended", "reasons": "Enough."}, form="flow", button="check")
        assert refused.status == 403 and "yourself" in refused.words and "Enough." in refused.text, refused.words


def test_D1_sent_twice_it_is_answered_once(office):
    case = Case(office, "Tom Reed")
    ref = case.dispute()
    page = case.page("cleo", "answer-dispute", ref).submit({"outcome": "still-apply", "reasons": "It is on file."}, form="flow", button="check")
    first, second = page.submit({}, button="send"), page.submit({}, button="send")
    assert first.status == second.status == 200 and "still apply" in first.words and "still apply" in second.words
    letters = [n for n in case.api("cleo").get("notices", casefile=case.ref)["items"] if n["about"] == ref]
    assert [n["kind"] for n in letters] == ["dispute-answered"]


def test_W6_an_answer_to_a_warning_is_acknowledged(office):
    customer = office.customer("Lea Stone", "lea@example.org")
    report = office.act("sam", "report-behaviour", customer=customer, channel="phone", heading="unreasonable", example="continual-contact",
                        what="Rang all day.", effect="Nobody got through.", disability="no")  # fmt: skip
    casefile = report["casefile"]
    assessed = office.act("mira", "assess-report", casefile=casefile, reports=[report["id"]], outcome="warning", heading="unreasonable",
                          tests={"circumstances": "c", "seriousness": "s", "impact": "i"}, needs_considered="None.", behaviour="You rang.")["id"]  # fmt: skip
    warned = office.act("mira", "warn", casefile=casefile, assessment=assessed)
    office.act("sam", "confirm-notice", casefile=casefile, notice=warned["notice"], how="accepted")
    said = office.act("sam", "record-answer", casefile=casefile, warning=warned["id"], words="I was ill that day.")["id"]
    page = signed_in(office, "mira").get(f"/casefiles/{casefile}/acknowledge-answer?about={said}")
    assert "I was ill that day." in page.words
    checked = page.submit({}, form="flow", button="check")
    assert said in checked.words and "weigh it" in checked.words, checked.words
    assert "We have your answer" in checked.submit({}, button="send").words


@engines("sqlite")
def test_every_state_is_accessible_and_fits_a_phone(office, folder):
    for name in ("Browser One", "Browser Two"):
        case = Case(office, name)
        office.people[name] = case.ref
        office.people[name + " decision"] = case.decision
    office.people["Browser Two dispute"] = case.dispute()
    drive(office, "disputes.mjs", folder)

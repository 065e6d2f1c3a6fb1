"""The pages on which an arrangement is made easier, lifted, or told to have run out, and a casefile is closed, without
JavaScript: what applies now beside the question, the letter before it is sent, and what is in the way said where it
is."""

from harness import machine
from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import SCRIPT, signed_in

CALLS_AND_VISITS = {"kind": "channels-not", "arguments": {"channels": ["phone", "in-person"]}}


class Case:
    """A customer of casework whose calls and visits are not taken."""

    def __init__(self, office, name):
        self.office, self.customer = office, office.customer(name, f"{name.lower().replace(' ', '.')}@example.org")
        office.restrict(self.customer, CALLS_AND_VISITS)
        [file] = self.api("mira").get("casefiles", customer=self.customer)["items"]
        self.ref = file["id"]
        self.arrangement = self.shown()["arrangements"][0]["id"]
        self.report = self.shown()["reports"][0]["id"]

    def api(self, user):
        return self.office.server.api(user)

    def shown(self):
        return self.api("mira").get(f"casefiles/{self.ref}")

    def page(self, user, act, about=None):
        return signed_in(self.office, user).get(f"/casefiles/{self.ref}/{act}" + (f"?about={about}" if about else ""))

    def verdict(self):
        return self.api("sam").ask(channel="phone", customer=self.customer, to="01632960100")["verdict"]

    def letters(self):
        return self.api("mira").get("notices", casefile=self.ref)["items"]


def eased(case, page, channels, **more):
    values = {"restrictions/0/arguments/channels[]": channels, "reasons": f"They kept to it. {SCRIPT}", **more}
    return page.submit(values, form="flow", button="check")


def test_R8_it_starts_from_what_applies_and_works_at_once(office):
    case = Case(office, "Ease One")
    page = case.page("hana", "vary", case.arrangement)
    for said in ("What applies now", "What applies from now on?", "Not these ways of contact", "I read the file.", "None was logged."):
        assert said in page.words, f"{said}: {page.words}"
    empty = page.submit({}, form="flow", button="check")
    assert empty.status in (400, 403) and "There is a problem" in empty.words, empty.words
    checked = eased(case, page, ["in-person"], lifting="Three quiet months.")
    assert checked.status == 200 and "Check your answers" in checked.words, checked.words
    for said in ("It has applied since", "Three quiet months.", "They kept to it."):
        assert said in checked.words, f"the letter does not say {said}: {checked.words}"
    machine.wait_for("the gate to know of the restriction", lambda: case.verdict() == "decline")
    assert case.shown()["variations"] == [], "it was only looked at"
    done = checked.submit({}, button="send")
    assert done.status == 200 and "easier from now on" in done.words and "tells the customer. Waiting to go by e-mail" in done.words, done.words
    machine.wait_for("the gate to know", lambda: case.verdict() == "proceed")
    [variation] = case.shown()["variations"]
    assert variation["reasons"].endswith(SCRIPT) and SCRIPT not in done.text
    newest = case.shown()["arrangements"][-1]["id"]
    assert "Earlier changes" in case.page("hana", "vary", newest).words


def test_A3_stricter_is_refused_and_what_was_typed_stays(office):
    case = Case(office, "Ease Two")
    page = case.page("hana", "vary", case.arrangement)
    refused = eased(case, page, ["phone", "in-person", "email"])
    assert refused.status == 403 and "authorisation anew" in refused.words and "By e-mail is open" in refused.words, refused.words
    assert "They kept to it." in refused.text
    checked = refused.submit({"restrictions/0/arguments/channels[]": ["phone"]}, form="flow", button="check")
    assert checked.status == 200 and "Check your answers" in checked.words
    for act in ("vary", "lift"):
        refused = case.page("mira", act, case.arrangement)
        assert refused.status == 403 and "Only the head of function" in refused.words, "said before anything is written"
    refused = eased(case, page.in_hands_of(signed_in(office, "mira")), ["phone"])
    assert refused.status == 403 and "head of function" in refused.words and "They kept to it." in refused.text
    assert case.shown()["variations"] == []


def test_G3_lifted_told_and_closed(office):
    case = Case(office, "Ease Three")
    assert "has not been ended" in closing(case).words
    page = case.page("hana", "lift", case.arrangement)
    assert "What applies now" in page.words and "No longer needed" not in page.words
    empty = page.submit({"reasons": ""}, form="flow", button="check")
    assert empty.status in (400, 403) and "There is a problem" in empty.words and 'href="#reasons"' in empty.text, empty.words
    checked = empty.submit({"reasons": f"No longer needed. {SCRIPT}"}, form="flow", button="check")
    assert "They do not limit how you contact us any more." in checked.words, checked.words
    first, second = checked.submit({}, button="send"), checked.submit({}, button="send")
    assert first.status == second.status == 200 and "The arrangement has ended" in first.words and "The arrangement has ended" in second.words
    [letter] = [one for one in case.letters() if one["kind"] == "ended"]
    machine.wait_for("the gate to know", lambda: case.verdict() == "proceed")

    assert "has not gone out" in closing(case).words
    office.act("sam", "confirm-notice", casefile=case.ref, notice=letter["id"], how="handed-over")
    wrong = closing(case, outcome="no-action")
    assert wrong.status == 403 and "An arrangement was authorised" in wrong.words and "All is quiet." in wrong.text
    checked = closing(case)
    assert checked.status == 200 and "Check your answers" in checked.words, checked.words
    done = checked.submit({}, button="send")
    assert done.status == 200 and "Casefile closed" in done.words, done.words
    assert case.shown()["outcome"] == "ended"


def closing(case, user="mira", outcome="ended"):
    page = case.page(user, "close-casefile")
    if 'id="flow"' not in page.text:  # something is in the way: it says what, in place of the form
        return page
    return page.submit({"outcome": outcome, "words": "All is quiet."}, form="flow", button="check")


def test_G3_a_warning_after_which_nothing_followed(office):
    case = warned(office, "Ease Four")
    page = signed_in(office, "mira").get(f"/casefiles/{case}/close-casefile")
    assert "They were warned and nothing followed" in page.words
    checked = page.submit({"outcome": "warning-sufficed", "words": "Quiet since.", "delivery": "by-hand"}, form="flow", button="check")
    assert checked.status == 200 and "Nothing further follows" in checked.words, checked.words
    assert "Casefile closed" in checked.submit({}, button="send").words


def warned(office, name):
    customer = office.customer(name, f"{name.lower().replace(' ', '.')}@example.org")
    done = office.act("sam", "report-behaviour", customer=customer, channel="phone", heading="unreasonable", example="continual-contact",
                      what="Rang all day.", effect="Nobody got through.", disability="no")  # fmt: skip
    casefile = done["casefile"]
    assessed = office.act("mira", "assess-report", casefile=casefile, reports=[done["id"]], outcome="warning", heading="unreasonable",
                          tests={"circumstances": "c", "seriousness": "s", "impact": "i"}, needs_considered="None.", behaviour="You rang.")["id"]  # fmt: skip
    given = office.act("mira", "warn", casefile=casefile, assessment=assessed)
    office.act("sam", "confirm-notice", casefile=casefile, notice=given["notice"], how="accepted")
    return casefile


@engines("sqlite")
def test_every_state_is_accessible_and_fits_a_phone(office, folder):
    for name in ("Eased One", "Eased Two"):
        case = Case(office, name)
        office.people[name] = case.ref
        office.people[name + " arrangement"] = case.arrangement
    office.people["Eased Three"] = warned(office, "Eased Three")
    drive(office, "easing.mjs", folder)

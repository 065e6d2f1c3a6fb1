"""What the casefile's page, its banners and 'My work' say: only what is in force stands as that, a letter that goes by
e-mail is nobody's task, what comes next is what is really next, and a step has one name."""

import re

from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_pages import signed_in

NO_PHONE = {"kind": "channels-not", "arguments": {"channels": ["phone"]}}


class Case:
    def __init__(self, office, name, **restrict):
        self.office, self.customer = office, office.customer(name, f"{name.lower().replace(' ', '.')}@example.org")
        office.restrict(self.customer, NO_PHONE, **restrict)
        [file] = self.get("casefiles", customer=self.customer)["items"]
        self.ref = file["id"]

    def get(self, what, **query):
        return self.office.server.api("mira").get(what, **query)

    def shown(self):
        return self.get(f"casefiles/{self.ref}")

    def act(self, user, name, **fields):
        return self.office.act(user, name, casefile=self.ref, **fields)

    def words(self, user):
        return signed_in(self.office, user).get(f"/casefiles/{self.ref}").words

    def page(self, user):
        return signed_in(self.office, user).get(f"/casefiles/{self.ref}")


def section(page, id):
    """The words of a part of the page, "" where there is none."""
    found = re.search(rf'aria-labelledby="{id}">(.*?)</section>', page.text, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.group(1))) if found else ""


def step(page, title):
    """The words of the step with that name, the hint and how it stands."""
    steps = section(page, "steps")
    assert title in steps, f"no step '{title}': {steps}"
    return steps.split(title, 1)[1]


def test_only_what_is_in_force_stands_as_that(office):
    case = Case(office, "Force One")
    page = case.page("mira")
    assert "Not these ways of contact: phone, because of R-" in section(page, "in-force"), section(page, "in-force")
    assert "It has been in force since" in section(page, "in-force") and "What is in force (1)" in page.words
    assert "In the letter:" in section(page, "in-force")
    case.act("hana", "lift", arrangement=case.shown()["arrangements"][0]["id"], reasons="They kept to it.", delivery="by-hand")
    page = case.page("mira")
    assert "Not these ways" not in section(page, "in-force") and "answer as usual" in section(page, "in-force")
    assert "What is in force (1)" not in page.words and "Earlier arrangements (1)" in page.words
    ended = section(page, "earlier")
    assert "It ended on" in ended and "Not these ways of contact: phone" in ended, ended
    assert "Until:" not in ended and "Review by" not in ended, ended


def test_what_is_decided_and_not_told_is_not_in_force(office):
    page = Case(office, "Force Two", deliver=False).page("mira")
    assert "Not these ways" not in section(page, "in-force"), section(page, "in-force")
    assert "It starts when the letter reaches them. Until then, answer as usual." in section(page, "decided"), section(page, "decided")


def test_a_letter_that_goes_by_email_is_nobodys_task(office):
    case = Case(office, "Letter One")
    arrangement = case.shown()["arrangements"][0]["id"]
    case.act("hana", "lift", arrangement=arrangement, reasons="They kept to it.", delivery="email")
    for user in ("mira", "hana", "sam"):
        page = case.page(user)
        letters = section(page, "letters")
        assert "Waiting to go by e-mail. Nothing to do." in letters and "To be sent" not in letters, letters
        line = step(page, "Send the letter that it has ended") if user != "sam" else "Not yet"
        assert "Not yet" in line.split("Close")[0] and "Yours to do" not in line.split("Close")[0], line
        assert user == "sam" or "has gone by e-mail Not yet" in step(page, "Close the casefile"), line
        waiting = office.server.api(user).get("work", kind="letter", whose="function")["items"]
        assert [one for one in waiting if one["casefile"] == case.ref] == []


def test_a_letter_is_its_owners_to_send_and_others_see_whose(office):
    case = Case(office, "Letter Two", deliver=False)  # sam made it, and mira asked for it: it is hers
    mine, others = case.page("mira"), case.page("hana")
    own = step(mine, "Send the letter about the decision").split("Arrangement in force")[0]
    assert "It is yours: send it, and say when." in own and "Yours to do" in own, own
    other = step(others, "Send the letter about the decision").split("Arrangement in force")[0]
    assert "Mira Lindqvist is to send it, and to say when." in other and "For others to do" in other, other


def test_advice_does_not_say_answer_as_usual_where_something_restricts(office):
    name = office.customer("Advice One", "advice.one@example.org")
    done = office.act("sam", "report-behaviour", customer=name, channel="phone", matters=[], heading="aggressive-or-abusive", example="threats",
                      what="Said that we would regret it.", effect="The line was blocked.", disability="no")  # fmt: skip
    office.act("mira", "assess-report", casefile=done["casefile"], reports=[done["id"]], outcome="informal-advice", heading="aggressive-or-abusive",
               behaviour="You said that we would regret it.", tests={"beyond-anger": "It was meant for one person."}, needs_considered="None known.",
               advice="Ring once, and wait for the answer.", delivery="by-hand")  # fmt: skip
    look = signed_in(office, "sam").get(f"/?q={name}").words
    assert "It asks, and restricts nothing: answer as usual." in look, look
    office.restrict(name, NO_PHONE)
    look = signed_in(office, "sam").get(f"/?q={name}").words
    assert "Informal advice was given" in look and "restricts nothing" not in look, look


def assess(office, casefile, report):
    page = signed_in(office, "mira").get(f"/casefiles/{casefile}/assess-report?about={report}")
    checked = page.submit({"reports": report, "heading": "aggressive-or-abusive", "tests/beyond-anger": "It was meant for one person.",
                           "needs_considered": "None known.", "behaviour": "You said that you would hurt somebody.", "ground": "violence",
                           "outcome": "request"}, form="flow", button="check")  # fmt: skip
    assert "Check your answers" in checked.words, checked.words[:1500]
    return checked.submit({}, button="send")


def test_L2_the_banner_names_the_step_that_is_next(office):
    for name, example, next_step in (("Next One", "violence-threatened", "Refer to the police"), ("Next Two", "threats", "Request authorisation")):
        done = office.act("sam", "report-behaviour", customer=office.customer(name), channel="phone", matters=[], heading="aggressive-or-abusive",
                          example=example, what="Said it.", effect="Staff are afraid.", disability="no")  # fmt: skip
        page = assess(office, done["casefile"], done["id"])
        assert f"Next: {next_step}." in page.words, page.words[:1500]
        assert next_step in section(page, "steps")


def test_S3_my_work_says_how_far_a_report_has_come(office):
    def told(case):
        return next(line["what"] for line in office.server.api("sam").get("work", kind="reported", limit=200)["items"] if line["casefile"] == case.ref)

    case = Case(office, "Came One", deliver=False)
    assert "it is decided to manage their contact, and the letter has not gone yet" in told(case), told(case)
    [notice] = [letter["id"] for letter in case.get("notices", casefile=case.ref)["items"]]
    case.act("mira", "confirm-notice", notice=notice, how="handed-over")
    assert "their contact is managed now" in told(case)
    case.act("hana", "lift", arrangement=case.shown()["arrangements"][0]["id"], reasons="They kept to it.", delivery="by-hand")
    assert "that has ended" in told(case)


def test_what_does_not_need_anything_more_says_so(office):
    case = Case(office, "None One")
    page = case.page("mira")
    assert re.match(r" None\b", step(page, "Disputes").replace("  ", " ")), step(page, "Disputes")
    assert "Breaches" in section(page, "steps") and "Not needed" not in step(page, "Breaches").split("Disputes")[0]
    done = office.act("sam", "report-behaviour", customer=office.customer("None Two"), channel="phone", matters=[], heading="aggressive-or-abusive",
                      example="threats", what="Said it.", effect="Staff are afraid.", disability="no")  # fmt: skip
    office.act("mira", "assess-report", casefile=done["casefile"], reports=[done["id"]], outcome="no-action", heading="aggressive-or-abusive",
               behaviour="You said it.", tests={"beyond-anger": "It was not."}, needs_considered="None known.")  # fmt: skip
    steps = section(signed_in(office, "mira").get(f"/casefiles/{done['casefile']}"), "steps")
    for title in ("Decide", "Arrangement in force", "Review"):
        assert steps.split(title, 1)[1].strip().startswith("Not needed"), f"{title}: {steps}"


def test_only_acts_of_ones_roles_are_offered(office):
    case = Case(office, "Role One")
    for user, offered in (("hana", True), ("cleo", False)):
        acts = section(case.page(user), "acts")
        assert ("Lift the arrangement" in acts) == offered, f"{user}: {acts}"
    assert "Request authorisation" not in section(case.page("cleo"), "acts")


def test_G3_closing_offers_what_happened(office):
    case = Case(office, "Close One")
    case.act("hana", "lift", arrangement=case.shown()["arrangements"][0]["id"], reasons="They kept to it.", delivery="by-hand")
    letter = next(one["id"] for one in case.get("notices", casefile=case.ref)["items"] if one["kind"] == "ended")
    case.act("mira", "confirm-notice", notice=letter, how="handed-over")
    page = signed_in(office, "mira").get(f"/casefiles/{case.ref}/close-casefile")
    assert "The arrangements have ended" in page.words, page.words
    assert "No action was needed" not in page.words and "A warning was enough" not in page.words, page.words


@engines("sqlite")
def test_my_work_says_who_has_it_and_what_is_not_there(office):
    case = Case(office, "Work One")
    page = signed_in(office, "hana").get("/work?whose=function")
    assert "Nobody has taken this (Casework)." in page.words and "Whose:" not in page.words, page.words[:1500]
    assert "Reviews to come" in page.words and f"{case.shown()['arrangements'][0]['id']} is in force, and is to be reviewed." in page.words
    assert "Its review is due by" not in page.words
    none = signed_in(office, "hana").get("/work?whose=function&urgency=critically-overdue")
    assert "Nothing is critically overdue." in none.words and "Show all" in none.words, none.words

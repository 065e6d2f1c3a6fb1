"""What a casefile waits for, by who looks: which acts are open, whose they are, and what is in the way. The page's typed
view is src/acts/read_file_test.c's."""

import json

from harness.runner import fixture
from rules.story import Story


@fixture
def story(shell, cluster):
    yield Story(shell, cluster)


def waits(story, user, person):
    """act → {about, open, yours, rule} of what the casefile waits for, as somebody sees it; None: they do not see it."""
    done = story.shell.run("show", person["casefile"], "--as", user, "--json", "--at", story.time.isoformat())
    assert done.code == 0, done.stderr
    shown = json.loads(done.stdout)
    return {n["act"]: n for n in shown["next"]} if "next" in shown else None


def harassed(story):
    person = story.customer("Customer followed")
    story.report(person, heading="aggressive-or-abusive", example="harassment")
    story.assess(person, outcome="request", heading="aggressive-or-abusive", ground="harassment",
                 tests={"beyond-anger": "Followed a member of staff."}, behaviour="You followed a member of staff.")  # fmt: skip
    return person


def test_A1_the_decision_is_the_head_of_functions_and_stands_open_for_them(story):
    person = harassed(story)
    assert waits(story, "mira", person)["request"]["open"] and waits(story, "mira", person)["request"]["yours"]
    assert not waits(story, "hana", person)["request"]["yours"]
    story.ask(person, warning=None, skip_reason="harassment", skip_risk="It would have told them where she is.")
    decide = waits(story, "hana", person)["decide"]
    assert (decide["about"], decide["open"], decide["yours"]) == (person["request"], True, True)
    for user in ("mira", "cleo"):
        assert not waits(story, user, person)["decide"]["yours"], user
    assert waits(story, "mira", person)["withdraw-request"]["yours"]
    # G10: whoever does not see the casefile is told nothing of its steps.
    for user in ("sam", "theo", "nora", "idris"):
        assert waits(story, user, person) is None, user


def test_G7_an_open_adjustment_stands_in_the_way_of_the_decision(story):
    person = harassed(story)
    story.ask(person, warning=None, skip_reason="harassment", skip_risk="It would have told them where she is.")
    story.act("ask-adjustment", "sam", customer=person["ref"], asked="Longer letters, please.")
    decide = waits(story, "hana", person)["decide"]
    assert (decide["open"], decide["rule"]) == (False, "G7") and "answered first" in decide["sentence"]


def test_L2_the_police_come_before_the_warning(story):
    person = story.customer("Customer violent")
    story.report(person, heading="aggressive-or-abusive", example="violence-threatened", violence=True)
    story.assess(person, outcome="warning", heading="aggressive-or-abusive", tests={"beyond-anger": "Named a member of staff."})
    steps = waits(story, "mira", person)
    assert steps["refer-to-police"]["open"] and (steps["warn"]["open"], steps["warn"]["rule"]) == (False, "L2")


def test_W4_the_days_to_adapt_stand_in_the_way_and_end(story):
    person = story.customer("Customer warned")
    story.report(person)
    story.assess(person)
    assert waits(story, "mira", person)["request"]["rule"] == "W1"
    story.warn(person)
    story.confirm(person)
    story.later(minutes=1)
    assert waits(story, "mira", person)["request"]["rule"] == "W4"
    story.later(days=15)
    assert waits(story, "mira", person)["request"]["open"]

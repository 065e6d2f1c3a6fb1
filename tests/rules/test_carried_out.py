"""What the policy lets staff do and makes the organisation tell, where no refusal shows it: each rule once, at the shell."""

import datetime

from harness.shell import Refused

CHANNELS = ("phone", "email", "letter", "in-person", "web", "chat")


def told(story, person):
    """The text of the casefile's newest letter, on one line."""
    return " ".join(story.one(f"SELECT body_text FROM notice WHERE ref = '{person['notice']}'").split())


def decided(story, name):
    """A customer who was warned, went on, and about whom it was decided; the letter is made."""
    person = story.customer(name)
    story.report(person)
    story.assess(person)
    story.warn(person)
    story.confirm(person)
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    person["review"] = story.day(150)
    story.ask(person, review_on=person["review"])
    story.decide(person, review_on=person["review"])
    story.notify(person)
    return person


def test_B1_headings_and_examples_are_the_packs(story):
    person = story.customer("Ash Dale")
    for heading, example, field in (("impolite", "continual-contact", "heading"), ("unreasonable", "rudeness", "example")):
        try:
            story.report(person, heading=heading, example=example)
            raise AssertionError(f"{heading} / {example} was accepted")
        except Refused as error:
            assert (error.kind, error.field) == ("invalid", field), error
    story.report(person, heading="aggressive-or-abusive", example="rudeness")
    story.report(person, example=None, other="Sends the same parcel each day.")


def test_B5_any_customer_on_any_channel(story):
    for kind in ("person", "body"):
        customer = story.customer(f"Vale {kind}", kind=kind)
        for channel in CHANNELS:
            story.act("log-contact", "sam", customer=customer["ref"], channel=channel, what="As before.")
            story.report(customer, channel=channel)


def test_S1_S2_S5_any_member_of_staff_holds_or_ends_a_call_and_the_manager_sees_it(story):
    customer = story.customer("Ivy Marsh")["ref"]
    held = story.act("hold-call", "sam", customer=customer)["id"]
    ended = story.act("end-call", "sam", customer=customer, reason="abusive", words="Called me names.")["id"]
    story.act("end-call", "sam", customer=customer, reason="arrangement-in-force")
    try:
        story.act("end-call", "sam", customer=customer, reason="tired")
        raise AssertionError("a call was ended without one of the policy's reasons")
    except Refused as error:
        assert error.rule == "S2", error
    seen = {c["id"]: c for c in story.shell.list("contacts", "mira", at=story.time.isoformat(), customer=customer)["items"]}
    assert (seen[held]["handling"], seen[held]["reason"]) == ("held", None)
    assert (seen[ended]["handling"], seen[ended]["reason"]) == ("ended", "abusive")
    assert len(seen) == 3, "what was refused was logged"


def test_S4_who_feels_unsafe_says_so_in_the_same_step_and_the_manager_is_told(story):
    person = story.customer("Roan Fell")
    story.report(person, welfare="I no longer want to take calls alone.")
    report = story.shell.show(person["report"], "mira", at=story.time.isoformat())
    assert report["welfare"] == "I no longer want to take calls alone."


def test_W2_the_warning_says_that_steps_may_be_taken(story):
    person = story.customer("Wren Hale")
    story.report(person)
    story.assess(person)
    story.warn(person)
    assert "we may take steps to manage how you contact us" in told(story, person), told(story, person)


def test_N2_N3_the_letter_says_what_for_how_long_and_how_to_dispute(story):
    person = decided(story, "Fern Holt")
    text, review = told(story, person), datetime.date.fromisoformat(person["review"])
    assert "by phone" in text and f"{review.day} {review:%B %Y}" in text, text
    assert "complaints@opcr.example.org" in text, text


def test_K1_every_decision_is_on_record(story):
    person = decided(story, "Linn Brook")
    assert story.one(f"SELECT actor FROM record WHERE act = 'decide' AND subject = '{person['decision']}'") == "hana"
    assert story.shell.verify().code == 0


def test_B4_what_contact_takes_stands_beside_what_is_usual(story):
    heavy = story.customer("Lee Marsh")
    for calls, person in ((9, heavy), (3, story.customer("Kit Wren")), (2, story.customer("Jo Fern"))):
        for n in range(calls):
            story.act("log-contact", "theo" if n == 8 else "sam", customer=person["ref"], channel="phone", minutes=10, what="A question.")
    story.report(heavy)
    takes = story.shell.show(heavy["casefile"], "mira", at=story.time.isoformat())["takes"]
    assert takes["own"] == {"contacts": 9, "minutes": 90, "staff": 2}, takes
    assert takes["usual"]["contacts"] == 2 and takes["usual"]["minutes"] == 20 and takes["customers"] >= 3, takes

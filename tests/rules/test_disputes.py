"""A customer disagrees with a decision (D1 to D3, G8): it is recorded, acknowledged, heard by somebody who had no part in
it, and answered; what the answer changes works at once, for the gate too. Nobody gets more for having asked."""

import datetime
import json
import shutil
import uuid

from harness import machine
from harness.runner import fixture
from harness.shell import Refused, Shell

from .story import Story

CASEWORK = "01632960100"
PHONE_AND_VISITS = {"kind": "channels-not", "arguments": {"channels": ["phone", "in-person"]}}
VISITS = {"kind": "channels-not", "arguments": {"channels": ["in-person"]}}
MORE = {"kind": "channels-not", "arguments": {"channels": ["phone", "in-person", "email"]}}
ANOTHER = {"kind": "channels-not", "arguments": {"channels": ["email"]}}


@fixture(lasting=True)
def office(shell, cluster):
    """A story in which several people are complaints officers, beside what they are."""
    story = Story(shell, cluster)
    for user in ("mira", "hana", "sam", "bea", "lena"):
        story.act("grant-role", "amal", user_name=user, role="complaints-officer")
    yield story


@fixture
def strict_office(database, folder, cluster):
    """The same under a policy that suspends, and takes disputes for ten days."""
    pack = machine.folder("pack") / "police-complaints"
    shutil.copytree(machine.PACK, pack)
    policy = (pack / "policy.yaml").read_text()
    for was, now in (("  suspends: no", "  suspends: yes"), ("  days_to_lodge: none", "  days_to_lodge: 10")):
        assert was in policy
        policy = policy.replace(was, now)
    (pack / "policy.yaml").write_text(policy)
    shell = Shell(database, folder)
    shell.pack = machine.reachable(pack)
    shell.init()
    yield Story(shell, cluster)


def restricted(story, name, report=None, confirm="sam", **more):
    """A customer whose calls and visits to casework are not taken, since an hour."""
    person = story.customer(name)
    story.report(person, **(report or {}))
    story.assess(person)
    story.warn(person)
    story.confirm(person, user=confirm)
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person, restrictions=[{**PHONE_AND_VISITS, "report": person["report"]}], **more)
    story.decide(person)
    story.notify(person)
    story.confirm(person, user=confirm)
    story.later(hours=1)
    return person


def dispute(story, person, user="theo", **more):
    fields = {"decision": person["decision"], "channel": "email", "words": "I rang about my own case, and not fifty times.", **more}
    answer = story.act("dispute", user, casefile=person["casefile"], **fields)
    person["dispute"] = answer["id"]
    return answer


def answer(story, person, user="cleo", **more):
    fields = {"dispute": person["dispute"], "outcome": "still-apply", "reasons": "The calls are on file, each with its time.", **more}
    done = story.act("answer-dispute", user, casefile=person["casefile"], **fields)
    story.later(minutes=1)
    return done


def phone_verdict(story, person):
    return story.shell.ask(channel="phone", customer=person["ref"], to=CASEWORK, at=story.time.isoformat())["verdict"]


def refused(story, rule, field, act, *arguments, **more):
    """The act is refused by RULE at FIELD, and nothing has changed."""
    before = story.dump()
    try:
        act(story, *arguments, **more)
    except Refused as no:
        assert (no.rule, no.field) == (rule, field), no
        assert story.dump() == before, "a refused act changed something"
        return no.sentence
    raise AssertionError(f"{rule} did not refuse {act.__name__} {more}")


def letter(story, ref):
    return story.one(f"SELECT body_text FROM notice WHERE ref = '{ref}'").replace("\n", " ")


def words(day):
    return f"{day.day} {day:%B %Y}"


def test_D1_a_dispute_is_recorded_acknowledged_and_answered_in_writing(office):
    story, person = office, restricted(office, "Wren Aldous")
    story.later(days=3)
    received = story.time - datetime.timedelta(days=2)
    dispute(story, person, happened_at=received.isoformat())
    shown = story.shell.show(person["dispute"], "cleo", at=story.time.isoformat())
    reply_by = received.date() + datetime.timedelta(days=20)
    assert shown["reply_by"] == reply_by.isoformat() and shown["by"] == "theo" and shown["outcome"] is None
    assert person["dispute"] in open_disputes(story, person)

    made = story.act("acknowledge-dispute", "cleo", casefile=person["casefile"], dispute=person["dispute"])
    told = letter(story, made["id"])
    for said in (person["dispute"], words(received), words(reply_by), "stay as they are", "Cleo Marchetti", "in the way in which you reached us"):
        assert said in told, f"{said} is not in {told}"
    assert made["notice"] == made["id"]

    done = answer(story, person)
    told = " ".join(letter(story, done["notice"]).split())
    for said in ("still apply", "The calls are on file", "by phone", "will look at this again", "We can lift it when",
                 "complaints procedure", "by e-mail to casework@opcr.example.org"):  # fmt: skip
        assert said in told, f"{said} is not in {told}"
    assert phone_verdict(story, person) == "decline"
    assert person["dispute"] not in open_disputes(story, person)
    file = story.shell.show(person["casefile"], "cleo", at=story.time.isoformat())
    assert [(d["id"], d["outcome"], d["answered_by"]) for d in file["disputes"]] == [(person["dispute"], "still-apply", "cleo")]
    assert story.shell.verify().code == 0


def open_disputes(story, person):
    page = story.shell.list("disputes", "cleo", at=story.time.isoformat(), open="true", casefile=person["casefile"])
    return [item["id"] for item in page["items"]]


def test_D1_G8_who_had_a_part_in_it_does_not_hear_it(office):
    """Each is a complaints officer too."""
    story = office
    person = restricted(story, "Orla Quill", report={"targets": ["lena"]}, confirm="bea")
    dispute(story, person, user="cleo")
    for user, rule in (("mira", "D1"), ("hana", "D1"), ("sam", "G8"), ("lena", "G8"), ("bea", "G8")):
        refused(story, rule, None, answer, person, user=user)
    for user in ("theo", "nora", "idris"):
        assert "complaints officer" in refused(story, "D1", None, answer, person, user=user)
    for user in ("mira", "hana"):
        refused(story, "D1", None, withdraw, person, user=user)
    answer(story, person)  # cleo, who recorded it: nothing before that


def withdraw(story, person, user="theo"):
    return story.act("withdraw-dispute", user, casefile=person["casefile"], dispute=person["dispute"], words="Let it be, they said.")


def test_D1_one_is_heard_at_a_time_and_what_is_over_is_over(office):
    story, person = office, restricted(office, "Ivo Tarn")
    refused(story, "D1", "decision", dispute, person, decision=person["request"])
    dispute(story, person)
    refused(story, "D1", "decision", dispute, person)
    withdraw(story, person)
    refused(story, "D1", "dispute", withdraw, person)
    refused(story, "D1", "dispute", answer, person)
    dispute(story, person)
    answer(story, person)
    refused(story, "D1", "dispute", answer, person)
    refused(story, "D1", "dispute", acknowledge, person)


def acknowledge(story, person, user="sam"):
    return story.act("acknowledge-dispute", user, casefile=person["casefile"], dispute=person["dispute"])


def test_D1_a_form_sent_twice_is_one_dispute(office):
    story, person = office, restricted(office, "Ada Holm")
    once = {"request_id": str(uuid.uuid4()), "at": story.time.isoformat()}
    first = dispute(story, person, **once)
    assert dispute(story, person, **once) == first
    assert story.one(f"SELECT count(*) FROM dispute WHERE casefile = '{person['casefile']}'") == "1"
    acknowledge(story, person)
    refused(story, "N1", "dispute", acknowledge, person)


def test_D2_less_works_at_once(office):
    story, person = office, restricted(office, "Mara Finch")
    dispute(story, person)
    assert phone_verdict(story, person) == "decline"
    before = story.one(f"SELECT count(*) FROM record")
    done = answer(story, person, outcome="different", restrictions=[{**VISITS, "report": person["report"]}])
    assert phone_verdict(story, person) == "proceed"
    assert int(story.one("SELECT count(*) FROM record")) == int(before) + 1, "one act, one entry"
    told = letter(story, done["notice"])
    assert "easier for you" in told and "by phone" not in told.split("What applies now")[1].split("How you can reach us")[0]
    shown = [a for a in arrangements(story, person) if a["state"] == "in-force"]
    assert len(shown) == 1 and shown[0]["decision"] == person["decision"]
    kind = f"SELECT kind || ' ' || capacity || ' ' || dispute FROM variation WHERE casefile = '{person['casefile']}'"
    assert story.one(kind) == f"dispute complaints-officer {person['dispute']}"


def arrangements(story, person):
    return story.shell.show(person["casefile"], "cleo", at=story.time.isoformat())["arrangements"]


def test_D2_never_more_and_another_course_only_with_agreement(office):
    story, person = office, restricted(office, "Piet Vos")
    dispute(story, person)
    different = {"outcome": "different", "agreement": "On the phone with Cleo, 24 November."}
    more, another = ([{**what, "report": person["report"]}] for what in (MORE, ANOTHER))
    refused(story, "D2", "restrictions/0/channels", answer, person, restrictions=more, **different)
    refused(story, "D2", "agreement", answer, person, outcome="different", restrictions=another)
    refused(story, "D2", "restrictions", answer, person, outcome="different")
    refused(story, None, "restrictions", answer, person, restrictions=another)
    done = answer(story, person, restrictions=another, **different)
    assert "agreed another course" in letter(story, done["notice"])
    assert phone_verdict(story, person) == "proceed"
    said = f"SELECT agreement FROM variation WHERE casefile = '{person['casefile']}'"
    assert story.one(said) == different["agreement"]


def test_D2_ended_is_over_at_once(office):
    story, person = office, restricted(office, "Nell Byrne")
    dispute(story, person)
    done = answer(story, person, outcome="ended", reasons="Half of the calls were ours.")
    told = letter(story, done["notice"])
    assert "have ended" in told and "Half of the calls were ours." in told and "does not limit how you contact" in told
    assert phone_verdict(story, person) == "proceed"
    assert {a["state"] for a in arrangements(story, person)} == {"ended"}
    dispute(story, person)
    refused(story, "D2", "outcome", answer, person, user="lena")
    answer(story, person, user="lena", outcome="ended")


def test_D2_reasons_and_outcome_are_needed(office):
    story, person = office, restricted(office, "Tom Reed")
    dispute(story, person)
    refused(story, "D2", "reasons", answer, person, reasons=None)
    refused(story, None, "outcome", answer, person, outcome="perhaps")
    refused(story, "G2", "until_on", answer, person, outcome="different", until_on=story.day(0),
            restrictions=[{**VISITS, "report": person["report"]}])  # fmt: skip


def test_D1_late_is_heard_with_a_reason(strict_office):
    story = strict_office
    person = restricted(story, "Wren Aldous")
    story.later(days=9)
    dispute(story, person)
    withdraw(story, person)
    story.later(days=3)
    assert "They had until" in refused(story, "D1", "late_reason", dispute, person)
    dispute(story, person, late_reason="They were in hospital until yesterday.")
    assert story.shell.show(person["dispute"], "cleo", at=story.time.isoformat())["late_reason"]


def test_D1_while_it_is_open_the_arrangement_is_out_of_force_where_the_pack_says_so(strict_office):
    story = strict_office
    person = restricted(story, "Wren Aldous")
    assert phone_verdict(story, person) == "decline"
    dispute(story, person)
    story.later(minutes=1)
    assert phone_verdict(story, person) == "proceed"
    [shown] = arrangements(story, person)
    assert shown["state"] == "suspended" and "answer as usual" in shown["state_words"]
    page = story.shell.list("arrangements", "cleo", at=story.time.isoformat(), in_force="true", casefile=person["casefile"])
    assert page["items"] == []
    told = letter(story, acknowledge(story, person, user="cleo")["id"])
    assert "you can contact us as usual" in told
    story.later(hours=1)
    withdraw(story, person)
    story.later(minutes=1)
    assert phone_verdict(story, person) == "decline"
    assert arrangements(story, person)[0]["state"] == "in-force"
    story.act("grant-role", "amal", user_name="lena", role="complaints-officer")
    dispute(story, person)
    refused(story, "G8", None, answer, person)  # cleo acknowledged the one before
    done = answer(story, person, user="lena")
    assert phone_verdict(story, person) == "decline"
    assert "apply again" in letter(story, done["notice"])


def test_W6_an_answer_to_a_warning_is_acknowledged(office):
    story = office
    person = story.customer("Lea Stone")
    story.report(person)
    story.assess(person)
    story.warn(person)
    story.confirm(person)
    said = story.act("record-answer", "sam", casefile=person["casefile"], warning=person["warning"], words="I was ill.")["id"]
    file = story.shell.show(person["casefile"], "mira", at=story.time.isoformat())
    assert ("acknowledge-answer", said) in [(n["act"], n["about"]) for n in file["next"]]
    made = story.act("acknowledge-answer", "sam", casefile=person["casefile"], answer=said)
    told = letter(story, made["id"])
    for expected in (said, words(story.time), words(story.time + datetime.timedelta(days=10))):
        assert expected in told, f"{expected} is not in {told}"
    again = {"casefile": person["casefile"], "answer": said}
    try:
        story.act("acknowledge-answer", "sam", **again)
    except Refused as no:
        assert no.rule == "N1" and no.field == "answer"
    else:
        raise AssertionError("acknowledged twice")


def test_G10_who_sees_a_dispute(office):
    story, person = office, restricted(office, "Kim Sand")
    dispute(story, person)
    answer(story, person)
    at = story.time.isoformat()
    for user in ("mira", "hana", "cleo", "anja"):
        assert story.shell.show(person["dispute"], user, at=at)["reasons"]
    own = story.shell.show(person["dispute"], "theo", at=at)
    assert own["words"] and "reasons" not in own and own["hidden"] == ["reasons"]
    for user in ("nora", "omar"):
        done = story.shell.run("show", person["dispute"], "--json", "--as", user, "--at", at)
        assert done.code == 1 and "(G10)" in done.stderr, done.stderr
        page = json.loads(story.shell.run("list", "disputes", "--json", "--as", user, "--at", at, check=0).stdout)
        assert person["dispute"] not in [item["id"] for item in page["items"]]

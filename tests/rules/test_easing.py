"""An arrangement is made easier, lifted, or runs out; each has its letter; then the casefile is closed, and not before
(R8, A1, A3, G1, G2, G3, N1, N4, N5, R9)."""

import datetime
import json

from harness import machine
from harness.runner import fixture
from harness.server import Server
from harness.shell import Refused, Shell

from .story import Story

CASEWORK = "01632960100"


def channels(*names):
    return {"kind": "channels-not", "arguments": {"channels": list(names)}}


def slot(day, calls=1, minutes=15):
    return {"kind": "call-slot", "arguments": {"weekday": day, "from": "09:00", "to": "10:00", "calls": calls, "minutes": minutes}}


@fixture(lasting=True)
def office(shell, cluster):
    yield Story(shell, cluster)


def decided(story, name, restrictions=(channels("phone", "in-person"),), customer=None, **more):
    """A customer about whom it was decided; the letter is made, and not yet sent."""
    person = story.customer(name, **(customer or {}))
    warned(story, person)
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person, restrictions=[{**r, "report": person["report"], "other_reason": "It came on all ways."} for r in restrictions], **more)
    story.decide(person)
    story.notify(person)
    person["told"] = person["notice"]
    person["arrangement"] = story.one(f"SELECT ref FROM arrangement WHERE decision = '{person['decision']}'")
    return person


def warned(story, person):
    story.report(person)
    story.assess(person)
    story.warn(person)
    story.confirm(person)
    return person


def restricted(story, name, *arguments, **more):
    """The same, in force since an hour."""
    person = decided(story, name, *arguments, **more)
    story.confirm(person)
    story.later(hours=1)
    return person


def vary(story, person, *restrictions, user="hana", **more):
    fields = {"arrangement": person["arrangement"], "restrictions": list(restrictions), "reasons": "They kept to it for a month.", **more}
    answer = story.act("vary", user, casefile=person["casefile"], **fields)
    person["variation"], person["notice"] = answer["id"], answer["notice"]
    person["arrangement"] = story.one(f"SELECT ref FROM arrangement WHERE variation = '{answer['id']}'")
    return answer


def lift(story, person, user="hana", **more):
    fields = {"arrangement": person["arrangement"], "reasons": "They have kept to it since spring.", **more}
    answer = story.act("lift", user, casefile=person["casefile"], **fields)
    person["variation"], person["notice"] = answer["id"], answer.get("notice")
    return answer


def end(story, person, user="mira", **more):
    answer = story.act("end-arrangement", user, casefile=person["casefile"], arrangement=person["arrangement"], **more)
    person["notice"] = answer.get("notice")
    return answer


def close(story, person, outcome="ended", user="mira", **more):
    fields = {"outcome": outcome, "words": "All is quiet.", **more}
    return story.act("close-casefile", user, casefile=person["casefile"], **fields)


def verdict(story, person, at=None, **more):
    question = {"channel": "phone", "customer": person["ref"], "to": CASEWORK, **more}
    return story.shell.ask(at=(at or story.time).isoformat(), **question)["verdict"]


def refused(story, rule, field, act, *arguments, **more):
    """The act is refused by RULE at FIELD, and nothing has changed; gives its sentence."""
    before = story.dump()
    try:
        act(story, *arguments, **more)
    except Refused as no:
        assert (no.rule, no.field) == (rule, field), no
        assert story.dump() == before, "a refused act changed something"
        return no.sentence
    raise AssertionError(f"{rule} did not refuse {act.__name__} {more}")


def letter(story, ref):
    return " ".join(story.one(f"SELECT body_text FROM notice WHERE ref = '{ref}'").split())


def state(story, ref):
    return story.shell.show(ref, "hana", at=story.time.isoformat())["state"]


def next_acts(story, person, user="hana"):
    return {(one["act"], one["about"]): one for one in story.shell.show(person["casefile"], user, at=story.time.isoformat())["next"]}


def test_R8_an_easing_works_from_its_act_and_the_letter_says_so(office):
    story, person = office, restricted(office, "Ada Holm")
    first = person["arrangement"]
    assert verdict(story, person) == "decline"
    assert next_acts(story, person)[("vary", first)]["yours"] and not next_acts(story, person, "mira")[("vary", first)]["yours"]
    before = story.time
    vary(story, person, channels("in-person"))
    assert verdict(story, person, at=before) == "proceed", "in the same second"
    assert verdict(story, person, at=before - datetime.timedelta(seconds=1)) == "decline", "what was, was"
    story.later(minutes=1)
    assert (state(story, first), state(story, person["arrangement"])) == ("ended", "in-force")
    told = letter(story, person["notice"])
    for said in ("They kept to it for a month.", "in person", "It has applied since", "We can lift it when", "complaints@"):
        assert said in told, f"{said} is not in {told}"
    assert "by phone" not in told.split("What applies from now on")[1].split("This applies at once")[0]

    # It keeps its decision, with the review date; and who asked for it sees to the letter.
    kept = story.shell.show(person["arrangement"], "hana", at=story.time.isoformat())
    was = story.shell.show(first, "hana", at=story.time.isoformat())
    assert (kept["decision"], kept["review_on"], kept["supersedes"]) == (was["decision"], was["review_on"], first)
    assert story.one(f"SELECT owner FROM notice WHERE ref = '{person['notice']}'") == "mira"
    shown = story.shell.show(person["variation"], "mira", at=story.time.isoformat())
    assert (shown["kind"], shown["arrangement"], shown["by"], shown["capacity"]) == ("vary", first, "hana", "head")
    file = story.shell.show(person["casefile"], "mira", at=story.time.isoformat())
    assert [v["id"] for v in file["variations"]] == [person["variation"]]


def test_A3_what_is_severer_somewhere_is_no_easing(office):
    story, person = office, restricted(office, "Ivo Tarn", [slot("tuesday"), channels("in-person")])
    for restrictions, field, where in (
        ([channels("phone", "in-person")], "restrictions/0/channels", "phone, on Tuesdays at 9am"),
        ([slot("wednesday"), channels("in-person")], "restrictions/0", "phone, on Tuesdays"),
        ([slot("tuesday", minutes=5), channels("in-person")], "restrictions/0", "phone, on Tuesdays at 9am"),
        ([slot("tuesday"), channels("in-person", "email")], "restrictions/1/channels", "e-mail"),
        ([slot("tuesday"), channels("in-person"), {"kind": "other-action", "arguments": {"words": "Two of us will be there."}}], "restrictions/2", "phone"),
    ):
        said = refused(story, "A3", field, vary, person, *restrictions)
        assert where in said and "ask for authorisation anew" in said, said
    refused(story, "R8", "restrictions", vary, person, slot("tuesday"), channels("in-person"))
    refused(story, "R8", "restrictions", vary, person)
    vary(story, person, slot("tuesday", calls=2, minutes=20), until_on=story.day(60))
    story.later(minutes=1)
    assert verdict(story, person, channel="in-person", to="casework-desk") == "proceed"
    said = refused(story, "A3", "until_on", vary, person, slot("tuesday", calls=2, minutes=20), until_on=story.day(90))
    assert "end later" in said, said
    refused(story, "G2", "until_on", vary, person, slot("tuesday", calls=3, minutes=20), until_on=story.day(0))


def test_A1_who_may_ease_and_with_what(office):
    story, person = office, restricted(office, "Piet Vos")
    for user in ("mira", "nora", "cleo", "idris"):
        refused(story, "A1", None, vary, person, channels("phone"), user=user)
        refused(story, "A1", None, lift, person, user=user)
    refused(story, "A8", "reasons", vary, person, channels("phone"), reasons=None)
    refused(story, "A8", "reasons", lift, person, reasons=None)
    refused(story, "G1", "arrangement", vary, {**person, "arrangement": "A-2026-999999"}, channels("phone"))
    refused(story, None, "owner", lift, person, owner="nobody")
    lift(story, person, owner="sam")
    assert story.one(f"SELECT owner FROM notice WHERE ref = '{person['notice']}'") == "sam"
    refused(story, "G1", "arrangement", lift, person)
    refused(story, "G1", "arrangement", vary, person, channels("phone"))


def test_L2_while_the_police_are_to_be_told_it_may_be_lifted_but_not_varied(office):
    story, person = office, restricted(office, "Nell Byrne")
    story.report(person, heading="aggressive-or-abusive", example="violence-threatened", violence=True)
    refused(story, "L2", None, vary, person, channels("phone"))
    lift(story, person)
    refused(story, "L2", None, close, person)


def test_G3_lifted_then_told_then_closed(office):
    story, person = office, restricted(office, "Mara Finch")
    assert "has not been ended" in refused(story, "G3", None, close, person)
    lift(story, person)
    assert verdict(story, person) == "proceed"
    told = letter(story, person["notice"])
    assert "have ended" in told and "since spring" in told
    story.later(minutes=1)
    assert "has not gone out" in refused(story, "G3", None, close, person)
    assert not next_acts(story, person, "mira")[("close-casefile", person["casefile"])]["open"]
    story.confirm(person)
    story.later(minutes=1)
    story.confirm(person, how="returned", why="No such mailbox.")
    assert verdict(story, person) == "proceed", "what was lifted stays lifted"
    refused(story, "G3", None, close, person)

    # The letter is owed again: another way.
    assert ("notify", person["variation"]) in next_acts(story, person)
    story.later(minutes=1)
    anew = story.act("notify", "sam", casefile=person["casefile"], variation=person["variation"], delivery="by-hand")
    person["notice"] = anew["id"]
    assert "since spring" in letter(story, anew["id"])
    refused(story, "N1", "variation", lambda s: s.act("notify", "sam", casefile=person["casefile"], variation=person["variation"]))
    refused(story, "G3", None, close, person)
    story.confirm(person, how="handed-over")
    story.later(minutes=1)

    for outcome in ("no-action", "advice-sufficed", "warning-sufficed", "refused", "overturned"):
        refused(story, "G3", "outcome", close, person, outcome=outcome)
    refused(story, "G3", None, close, person, user="hana")
    refused(story, "G3", "words", close, person, words=" ")
    assert next_acts(story, person, "mira")[("close-casefile", person["casefile"])]["open"]
    close(story, person)
    file = story.shell.show(person["casefile"], "mira", at=story.time.isoformat())
    assert (file["outcome"], file["next"]) == ("ended", []) and file["closed_at"]
    refused(story, "G1", None, close, person)
    refused(story, "G1", None, lift, person)
    opened = story.report(dict(person))["casefile"]
    assert opened != person["casefile"], "what is closed takes nothing more"


def test_G3_nothing_that_waits_is_closed_over(office):
    story, person = office, story_to_request(office, "Tom Reed")
    assert "Request" in refused(story, "G3", None, close, person, outcome="no-action")
    story.act("withdraw-request", "mira", casefile=person["casefile"], request=person["request"], reason="It is quiet again.")
    story.later(minutes=1)
    story.report(person)
    assert "has not been assessed" in refused(story, "G3", None, close, person, outcome="no-action")
    story.assess(person, outcome="warning")
    story.warn(person)
    assert "still to be sent" in refused(story, "G3", None, close, person, outcome="warning-sufficed")
    story.confirm(person)
    story.later(minutes=1)
    refused(story, "G3", "outcome", close, person, outcome="ended")
    refused(story, None, "outcome", close, person, outcome="perhaps")
    made = close(story, person, outcome="warning-sufficed")
    told = letter(story, made["notice"])
    assert "Nothing further follows" in told and "so we have closed" in told
    person["notice"] = made["notice"]
    story.confirm(person)


def story_to_request(story, name):
    person = warned(story, story.customer(name))
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    return person


def test_G3_where_nobody_was_warned_nobody_is_told(office):
    story, person = office, office.customer("Lis Dahl")
    story.report(person)
    story.assess(person, outcome="no-action")
    assert close(story, person, outcome="no-action").get("notice") is None


def test_G3_a_dispute_keeps_it_open(office):
    story, person = office, restricted(office, "Wren Aldous")
    story.act("dispute", "theo", casefile=person["casefile"], decision=person["decision"], channel="email", words="It is not right.")
    lift(story, person)
    story.confirm(person)
    story.later(minutes=1)
    assert "Dispute" in refused(story, "G3", None, close, person)


def test_N5_what_was_not_in_force_waits_for_its_letter(office):
    story, person = office, decided(office, "Cora Lind")
    vary(story, person, channels("in-person"))
    assert state(story, person["arrangement"]) == "decided"
    assert "as soon as this e-mail has been delivered" in letter(story, person["notice"])

    # The old letter goes out all the same: it puts nothing into force.
    story.confirm({**person, "notice": person["told"]})
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "decided" and verdict(story, person, channel="in-person", to="casework-desk") == "proceed"
    refused(story, "N1", "decision", lambda s: s.notify({**person}))
    story.confirm(person)
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "in-force"
    assert (verdict(story, person), verdict(story, person, channel="in-person", to="casework-desk")) == ("proceed", "check"), "a desk that nobody knows asks"


def test_N5_a_letter_that_comes_back_after_an_easing(office):
    story, person = office, restricted(office, "Olaf Brandt")
    vary(story, person, channels("in-person"))
    story.later(minutes=1)

    # Nobody has told them anything: out of force, until the letter about the easing went out.
    story.confirm({**person, "notice": person["told"]}, how="returned", why="No such mailbox.")
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "decided"
    assert verdict(story, person, channel="in-person", to="casework-desk") == "proceed"
    story.confirm(person, how="handed-over")
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "in-force"

    # That one comes back: nothing has told them.
    story.confirm(person, how="returned", why="Given to a neighbour.")
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "decided"


def test_N5_an_easing_stays_where_its_own_letter_comes_back(office):
    story, person = office, restricted(office, "Rosa Klein")
    vary(story, person, channels("in-person"))
    story.confirm(person)
    story.later(minutes=1)
    story.confirm(person, how="returned", why="No such mailbox.")
    story.later(minutes=1)
    assert state(story, person["arrangement"]) == "in-force"
    assert verdict(story, person) == "proceed"
    assert ("notify", person["variation"]) in next_acts(story, person)
    story.act("notify", "sam", casefile=person["casefile"], variation=person["variation"], delivery="read-out")


def test_G1_a_later_decision_takes_the_place_of_what_was_eased(office):
    story, person = office, restricted(office, "Hedda Storm")
    eased = dict(person)
    story.later(days=1)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person, restrictions=[{**channels("phone", "in-person", "chat"), "report": person["report"], "other_reason": "Chat too."}])
    story.decide(person)
    vary(story, eased, channels("in-person"))
    story.later(minutes=1)
    later = story.one(f"SELECT ref FROM arrangement WHERE decision = '{person['decision']}'")
    shown = story.shell.show(later, "hana", at=story.time.isoformat())
    assert shown["supersedes"] == eased["arrangement"], "the eased one, not the one before it"
    story.notify(person)
    story.confirm(person)
    story.later(minutes=1)
    assert (state(story, eased["arrangement"]), state(story, later)) == ("ended", "in-force")
    assert verdict(story, person) == "decline"

    # Its letter comes back: what was eased is in force again, and not what was before it.
    story.confirm(person, how="returned", why="No such mailbox.")
    story.later(minutes=1)
    assert (state(story, eased["arrangement"]), state(story, later)) == ("in-force", "decided")
    assert verdict(story, person) == "proceed"


def test_D2_another_course_that_was_agreed_is_stricter_nowhere_before_its_letter_came(office):
    story, person = office, restricted(office, "Elin Moss")
    disputed = story.act("dispute", "theo", casefile=person["casefile"], decision=person["decision"], channel="email", words="I need the phone.")
    mail = {"channel": "email", "to": "casework@opcr.example.org"}
    agreed = {"agreement": "On the phone with Cleo: calls yes, e-mails no.", "restrictions": [{**channels("email"), "report": person["report"]}]}
    done = story.act("answer-dispute", "cleo", casefile=person["casefile"], dispute=disputed["id"], outcome="different",
                     reasons="They cannot write well.", **agreed)  # fmt: skip
    story.later(minutes=1)
    assert (verdict(story, person), verdict(story, person, **mail)) == ("proceed", "proceed"), "the milder of both, each time"
    person["notice"] = done["notice"]
    story.confirm(person, how="handed-over")
    story.later(minutes=1)
    assert (verdict(story, person), verdict(story, person, **mail)) == ("proceed", "decline")
    story.confirm(person, how="returned", why="Given to a neighbour.")
    story.later(minutes=1)
    assert (verdict(story, person), verdict(story, person, **mail)) == ("proceed", "proceed")


def test_N4_an_address_that_is_missing(office):
    story, person = office, restricted(office, "Sol Ehrlich")
    story.later(minutes=1)
    for [ref] in identifiers(story, person):
        story.act("end-identifier", "sam", identifier=ref)
    refused(story, "N4", "delivery", lift, person)
    assert verdict(story, person) == "decline", "refused, so nothing has changed"
    lift(story, person, delivery="by-hand")
    assert verdict(story, person) == "proceed"


def identifiers(story, person):
    return [[story.one(f"SELECT ref FROM identifier WHERE customer = '{person['ref']}' AND kind = 'email'")]]


def test_R9_needs_are_looked_at_when_it_is_varied(office):
    story, person = office, restricted(office, "Ines Marlo", [channels("phone", "in-person"), {"kind": "call-recording"}])
    story.act("record-need", "sam", customer=person["ref"], what="Writing is hard.", why="Said so.",
              abilities={"email": "cannot", "letter": "cannot", "web": "cannot", "chat": "cannot"})  # fmt: skip
    story.later(minutes=1)
    refused(story, "G7", None, vary, person, channels("phone", "in-person"))
    vary(story, person, channels("in-person"))
    assert verdict(story, person) == "proceed"


def test_G2_what_has_run_out_is_ended_by_the_job(shell, cluster):
    story = Story(shell, cluster)
    shell_time = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    story.time = max(story.time, shell_time)
    runs_out = story.time + datetime.timedelta(days=60)
    until = runs_out.date().isoformat()
    person = restricted(story, "Wren Aldous", until_on=until)
    nowhere = restricted(story, "Ada Holm", until_on=until)
    refused(story, "G3", "arrangement", end, person)
    [[ref]] = identifiers(story, nowhere)
    story.act("end-identifier", "sam", identifier=ref)
    story.time = runs_out + datetime.timedelta(days=1)
    refused(story, "G1", "arrangement", vary, person, channels("in-person"))
    refused(story, "G3", "arrangement", lift, person)
    assert verdict(story, person) == "proceed" and ended_at(story, person) is None
    assert ("end-arrangement", person["arrangement"]) in next_acts(story, person, "mira")
    shell.run("clock", "set", story.time.isoformat(), check=0)
    server = Server(shell).start()
    try:
        machine.wait_for("the job", lambda: ended_at(story, person))
        machine.wait_for("the log", lambda: nowhere["arrangement"] in server.log_text())
    finally:
        server.end()
    assert server.log_text().count("could not be made") == 1 and "Ada" not in server.log_text()
    notice = story.one(f"SELECT ref FROM notice WHERE about = '{person['arrangement']}' AND kind = 'ended'")
    assert "Their last day was" in letter(story, notice)
    assert story.one(f"SELECT owner || ' ' || approved_by FROM notice WHERE ref = '{notice}'") == "mira job:ends"
    assert ended_at(story, nowhere) is None

    # A person sees to the one that had no address.
    story.time = datetime.datetime.fromisoformat(shell.run("clock", "show", check=0).stdout.strip()) + datetime.timedelta(minutes=5)
    refused(story, "N4", "delivery", end, nowhere)
    end(story, nowhere, delivery="by-hand")
    nowhere_letter = letter(story, nowhere["notice"])
    assert "Their last day was" in nowhere_letter and "Mira" in nowhere_letter
    story.later(minutes=1)
    refused(story, "G3", None, close, nowhere)
    story.confirm(nowhere, how="handed-over")
    story.later(minutes=1)
    close(story, nowhere)


def ended_at(story, person):
    return story.one(f"SELECT ended_at FROM arrangement WHERE ref = '{person['arrangement']}'")


def test_G2_a_missed_review_ends_it_where_the_pack_says_so(database, folder, cluster):
    story = lapsing(database, folder, cluster)
    person = restricted(story, "Wren Aldous")
    story.later(days=151)
    assert verdict(story, person) == "proceed"
    refused(story, "G3", "arrangement", lift, person)
    end(story, person)
    assert "did not" in letter(story, person["notice"])


def lapsing(database, folder, cluster):
    import shutil

    pack = machine.folder("pack") / "police-complaints"
    shutil.copytree(machine.PACK, pack)
    policy = (pack / "policy.yaml").read_text()
    assert "  missed: flag" in policy
    (pack / "policy.yaml").write_text(policy.replace("  missed: flag", "  missed: lapse"))
    shell = Shell(database, folder)
    shell.pack = machine.reachable(pack)
    shell.init()
    return Story(shell, cluster)


def test_K3_each_is_one_entry_of_the_record(office):
    story, person = office, restricted(office, "Una Falk")
    before = int(story.one("SELECT count(*) FROM record"))
    vary(story, person, channels("in-person"))
    lift(story, person)
    assert int(story.one("SELECT count(*) FROM record")) == before + 2
    entry = json.loads(story.one("SELECT content FROM record_content ORDER BY number DESC LIMIT 1"))
    assert entry["reasons"] == "They have kept to it since spring."

"""The source policy's first example: from more than fifty calls in a day to an arrangement that phone and mail keep."""

import datetime
import smtplib

from harness import machine

from .story import CASEWORK, CASEWORK_LINE, ENQUIRIES, SINGLE_CONTACT, refused, says

NO_PHONE = {"kind": "channels-not", "arguments": {"channels": ["phone"]}}
ONE_PERSON = {"kind": "single-contact", "arguments": {"name": "Hana Rees", "mailbox": SINGLE_CONTACT, "extension": CASEWORK_LINE}}
PHONE = "07700 900123"
# W3: the policy comes with the letter.
POLICY = ("How we manage contact", "what we must do first, and what you can do about it")


def _calls_of_a_day(story, customer):
    """More than fifty: most are logged by whoever took them, the last two were seen by the phone system first."""
    before = len(_calls(story, customer))
    for i in range(50):
        story.act(
            "sam", "log-contact", customer=customer, channel="phone", **{"from": PHONE}, to=CASEWORK_LINE, minutes=3,
            what="Asked again how the complaint was decided.", at=story.time(minutes=9 * i + 5),
        )  # fmt: skip
    story.move(hours=9)
    for i in range(2):
        assert story.ask(id=f"call-{i}", channel="phone", from_=PHONE, to=CASEWORK_LINE, machine=True)["verdict"] == "proceed"
        story.act("sam", "log-contact", gate_id=f"call-{i}", customer=customer, channel="phone", what="The same again.", minutes=2)
    machine.wait_for("the gate's two calls to be taken in", lambda: _seen_by_gate(story, customer) >= 2)
    calls = len(_calls(story, customer)) - before
    assert calls == 52, f"{calls} contacts of 52 calls: the phone system's were not completed, or doubled"


def _calls(story, customer):
    return [c for c in story.everything("mira", "contacts", customer=customer) if c["channel"] == "phone"]


def _seen_by_gate(story, customer):
    return sum(c["verdict"] is not None for c in story.everything("mira", "contacts", customer=customer))


def _contact_of(story, customer, verdict, **like):
    """Waits until the journal's contact with this verdict is on the customer's list."""

    def look():
        found = [c for c in story.everything("mira", "contacts", customer=customer) if c["verdict"] == verdict]
        found = [c for c in found if all(c[k] == v for k, v in like.items())]
        return found[0] if found else None

    return machine.wait_for(f"a contact of {customer} with verdict {verdict} {like}", look)


def test_W1_W4_A1_N5_R2_R11_calls_without_end_are_answered_step_by_step(story, letters, post_room, receiver):
    customer = story.find("Jordan Quill")
    _calls_of_a_day(story, customer)

    # Reported, assessed, warned: W1 to W3.
    report = story.report(customer, "52 calls today, all about the same decision.")
    warning = story.warned(customer, report, "You called us 52 times in one day about a decision that we have explained.")
    letter = letters.wait(1, to="jordan.quill@example.org")[0]
    says(letter, "You called us 52 times in one day", "You have 14 days", "we may take steps to manage how you contact us", *POLICY)

    # W4: not before the days to adapt have passed, and not without new behaviour.
    story.move(days=3)
    early = story.report(customer, "Nine calls today.")
    story.assess(customer, early, "request", "You called us nine times in one day.")
    refused("W4", story.request, customer, early, NO_PHONE, warning=warning)
    story.move(days=13)
    report = story.report(customer, "Twelve calls today, nothing new.")
    story.assess(customer, report, "request", "You called us twelve times in one day, after our warning.")
    request = story.request(customer, report, NO_PHONE, warning=warning)

    # A1, A5: the head of function decides on six criteria; a manager does not.
    refused("A1", story.on, customer, "mira", "decide", **story.decide_fields(request))
    findings = story.decide_fields(request)["findings"][:5]
    refused("A5", story.decide, customer, request, findings=findings)
    decided = story.act("hana", "decide", casefile=story.casefiles[customer], **story.decide_fields(request))

    # N5: nothing bites before the notice.
    story.gate_knows(decided["record"]["number"])
    assert story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE)["verdict"] == "proceed"
    letters.clear()
    story.told(customer, decided["id"])
    letter = letters.wait(1, to="jordan.quill@example.org")[0]
    text = says(
        letter,
        "You called us twelve times in one day, after our warning.",
        "The calls went on after the warning, and other callers could not reach us.",  # N1: why
        "Please do not contact us by phone",  # N2: what
        "It ends ",  # N2: for how long
        f"We will look at this again by {_in_words(story.day(180))}",  # V1
        "complaints@opcr.example.org",  # N3: how to dispute
        *POLICY,  # W3
    )
    assert "Sam Okafor" not in text, "the letter names who reported (N1)"
    assert letter.message.get_content_type() == "multipart/alternative"

    # In force: R2 by phone, with words for the caller; e-mail is delivered.
    call = story.asked_until("decline", channel="phone", from_=PHONE, to=CASEWORK_LINE, machine=True)
    assert "Other ways to reach us stay open" in call["say_to_customer"] and "Quill" not in call["say_to_customer"]
    assert [(r["rule"], r["decision"]) for r in call["reasons"]] == [("R2", decided["id"])]
    story.ask(id="call-after", channel="phone", from_=PHONE, to=CASEWORK_LINE, machine=True)
    post_room.send("jordan.quill@example.org", CASEWORK, subject="In writing, then")
    mail = receiver.wait(1, to=CASEWORK)[0]
    assert mail.header("Subject") == "In writing, then" and mail.header("X-Evenhand") is None

    # R11: somebody else who shares the number is never declined, and then neither is the number itself.
    other = story.customer("Robin Quill", identifiers=[{"kind": "phone", "value": PHONE}])
    for door in ({"machine": True}, {}):
        shared = story.asked_until("check", channel="phone", from_=PHONE, to=CASEWORK_LINE, **door)
        assert {c["customer"]: c["verdict"] for c in shared["candidates"]}[other] == "proceed"
        assert "decline" not in [r["verdict"] for r in shared["reasons"]]
    assert story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE, customer=other)["verdict"] == "proceed"
    assert story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE, customer=customer)["verdict"] == "decline"

    # K2: what the gate saw stands on the customer's timeline.
    declined = _contact_of(story, customer, "decline", gate_id="call-after")
    assert declined["source"] == "gate" and declined["channel"] == "phone" and declined["to"] == CASEWORK_LINE
    _contact_of(story, customer, "proceed", channel="email", to=CASEWORK)
    assert story.shell.verify().code == 0


def _in_words(day):
    d = datetime.date.fromisoformat(day)
    return f"{d.day} {d:%B %Y}"


def test_R3_R10_G6_mail_is_routed_blocked_and_let_through_by_a_real_mail_server(story, post_room, receiver):
    # A second customer has one point of contact: mail to casework arrives there, and is owned work.
    second = story.find("Mab O'Brien")
    story.restrict(second, ONE_PERSON)
    story.asked_until("route", channel="email", from_="mab@example.org", to=CASEWORK, machine=True)
    post_room.send("mab@example.org", CASEWORK, subject="For whoever reads this")
    mail = receiver.wait(1, to=SINGLE_CONTACT)[0]
    assert mail.header("Subject") == "For whoever reads this" and mail.recipients == [SINGLE_CONTACT]
    routed = _contact_of(story, second, "route", to=CASEWORK)
    items = machine.wait_for("the item of work", lambda: story.get("mira", "items", customer=second)["items"])
    assert [(i["contact"], i["why"], i["ended_at"]) for i in items] == [(routed["id"], "route", None)]

    # With several recipients it passes as it is, and somebody is told.
    post_room.send("mab@example.org", [CASEWORK, ENQUIRIES], subject="To you both")
    machine.wait_for("the mail to both", lambda: any(m.header("Subject") == "To you both" for m in receiver.mails))
    both = [m for m in receiver.mails if m.header("Subject") == "To you both"]
    assert sorted(r for m in both for r in m.recipients) == [CASEWORK, ENQUIRIES]
    machine.wait_for("an item of the mail to both", lambda: len(story.get("mira", "items", customer=second)["items"]) == 2)
    assert "several-recipients" in [i["why"] for i in story.get("mira", "items", customer=second)["items"]]

    # A third is blocked: refused at SMTP with the pack's sentence, which names nobody; from elsewhere they get through.
    third = story.customer("Alex Stone", format="email", identifiers=[{"kind": "email", "value": "alex@stone.example"}, {"kind": "email", "value": "stone@elsewhere.example"}])
    story.block(third, "alex@stone.example")
    story.asked_until("block", channel="email", from_="alex@stone.example", to=CASEWORK, machine=True)
    try:
        post_room.send("alex@stone.example", CASEWORK)
        raise AssertionError("the blocked sender's mail was accepted")
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[CASEWORK]
    assert code == 554 and b"We cannot accept messages from this address. If you need help, please ring 020 7946 0100" in words, words
    post_room.send("stone@elsewhere.example", CASEWORK, subject="From elsewhere")
    machine.wait_for("their mail from elsewhere", lambda: any(m.header("Subject") == "From elsewhere" for m in receiver.mails))
    _contact_of(story, third, "block")

    # A stranger is not kept by name, and delivered.
    post_room.send("nobody@known.example", CASEWORK, subject="A first question")
    machine.wait_for("the stranger's mail", lambda: any(m.header("Subject") == "A first question" for m in receiver.mails))
    assert not [m for m in receiver.mails if m.sender == "alex@stone.example"]
    assert not [c for c in story.everything("mira", "contacts") if c["from"] == "nobody@known.example"]

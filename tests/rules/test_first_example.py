"""The source policy's first example at the shell, step by step: a customer rings more than fifty times in a day, and in
the end writes instead. And what becomes of letters: sent by the server, refused by the mail server, come back."""

import contextlib
import datetime
import socket

from harness import machine
from harness.server import Server


def in_force(story, person):
    """The instant from which the casefile's arrangement is in force; None."""
    return story.one(f"SELECT from_at FROM arrangement WHERE casefile = '{person['casefile']}' ORDER BY ref DESC LIMIT 1")


def sent_at(story, person):
    return story.one(f"SELECT sent_at FROM notice WHERE ref = '{person['notice']}'")


def outbox(story, person, column):
    """What the outbox says of their newest letter."""
    return story.one(f"SELECT {column} FROM outbox WHERE notice = '{person['notice']}'")


def warned(story, name="Wren Aldous", **more):
    """A customer who rang 51 times, was reported, assessed and warned by e-mail."""
    person = story.customer(name, **more)
    for _ in range(51):
        story.act("log-contact", "sam", customer=person["ref"], channel="phone", what="The same question again.", minutes=4)
    story.report(person)
    story.assess(person)
    story.warn(person)
    return person


def decided(story, person):
    """After the days to adapt it goes on; the manager asks, the head of function decides."""
    story.later(days=20)
    story.act("record-answer", "sam", casefile=person["casefile"], warning=person["warning"], words="I was worried.")
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    story.decide(person)


@contextlib.contextmanager
def serving(story, receiver):
    """The program at work with the receiver as its mail server."""
    server = Server(story.shell, "--smtp", f"smtp://127.0.0.1:{receiver.port}").start()
    try:
        yield server
    finally:
        server.end()


def test_N5_from_the_first_call_to_an_arrangement_in_force(story):
    person = warned(story)
    assert story.one(f"SELECT count(*) FROM contact WHERE customer = '{person['ref']}'") == "51"
    story.confirm(person)
    decided(story, person)
    assert in_force(story, person) is None, "a restriction before its notice"
    story.notify(person)
    assert in_force(story, person) is None, "a letter that was made is not one that was sent"
    story.confirm(person)
    assert in_force(story, person) is not None
    told = story.one(f"SELECT body_text FROM notice WHERE ref = '{person['notice']}'")
    for said in ("more than fifty times", "after we had warned you", "by phone", "complaints@opcr.example.org",
                 "For anything that you need from us: by e-mail to casework@opcr.example.org"):  # fmt: skip
        assert said in " ".join(told.split()), said
    assert "Sam Okafor" not in told, "the reporter is never named"
    verified = story.shell.verify()
    assert verified.code == 0, verified.stderr


def test_N5_by_post_it_starts_at_the_end_of_the_second_working_day(story):
    person = warned(story)
    story.confirm(person)
    decided(story, person)
    story.notify(person, delivery="post")
    story.confirm(person, how="posted")
    starts = int(in_force(story, person)) / 1_000_000
    waited = starts - story.time.timestamp()
    assert 86400 < waited <= 6 * 86400, waited


def test_N5_a_returned_letter_puts_it_out_of_force_until_it_is_sent_anew(story):
    person = warned(story)
    story.confirm(person)
    decided(story, person)
    story.notify(person)
    story.confirm(person)
    story.later(hours=1)
    story.confirm(person, how="returned", why="550 no such mailbox")
    assert in_force(story, person) is None
    story.notify(person, delivery="by-hand")
    assert in_force(story, person) is None
    story.confirm(person, how="handed-over")
    assert in_force(story, person) is not None


def test_G3_a_later_decision_takes_the_place_of_the_old_only_when_its_letter_arrived(story):
    person = warned(story)
    story.confirm(person)
    decided(story, person)
    story.notify(person)
    story.confirm(person)
    story.later(days=5)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    story.decide(person)
    ended = f"SELECT ended_at FROM arrangement WHERE casefile = '{person['casefile']}' ORDER BY ref LIMIT 1"
    story.notify(person)
    assert story.one(ended) is None, "a tightening leaves the old in force until the new one is"
    story.confirm(person)
    assert story.one(ended) == in_force(story, person)
    story.later(hours=1)
    story.confirm(person, how="returned", why="550 no such mailbox")
    assert story.one(ended) is None and in_force(story, person) is None


def test_N1_the_letter_goes_out_by_smtp_and_its_acceptance_puts_it_in_force(story, receiver):
    person = warned(story)
    with serving(story, receiver):
        warning = receiver.wait(1, to="wren.aldous@example.net")[0]
        assert "more than fifty times" in warning.text().replace("\n", " ")
        assert "Unreasonable persistence." in warning.text(), "the policy is enclosed"
        machine.wait_for("its confirmation", lambda: sent_at(story, person))
    decided_after_sending(story, person)
    with serving(story, receiver):
        letter = receiver.wait(2, to="wren.aldous@example.net")[1]
        machine.wait_for("it to be in force", lambda: in_force(story, person))
    text = letter.text().replace("\n", " ")
    for said in ("after we had warned you", "by phone", "complaints@opcr.example.org", "will look at it again"):
        assert said in text, said
    assert letter.header("Message-ID").startswith(f"<{person['notice']}@") and letter.html()
    assert outbox(story, person, "done_at")


def decided_after_sending(story, person):
    """The mail went out now, so the days to adapt run from now."""
    story.time = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    story.decide(person)
    story.notify(person)


def test_N5_what_the_mail_server_refuses_for_good_is_given_up_where_all_see_it(story, receiver):
    receiver.refuse("rcpt", 550, "No such mailbox")
    person = warned(story)
    with serving(story, receiver):
        machine.wait_for("it to be given up", lambda: outbox(story, person, "given_up_at"))
    assert "No such mailbox" in outbox(story, person, "last_error")
    assert sent_at(story, person) is None and receiver.mails == []


def test_N5_what_the_mail_server_refuses_for_now_is_tried_again(story, receiver):
    receiver.refuse("rcpt", 451, "Later", times=1)
    person = warned(story)
    with serving(story, receiver):
        machine.wait_for("the first try", lambda: outbox(story, person, "last_error"))
        assert outbox(story, person, "given_up_at") is None
        assert int(outbox(story, person, "due_at")) > 0
    assert sent_at(story, person) is None


def test_K2_what_the_gate_answered_becomes_a_contact_once(story, receiver):
    person = story.customer("Wren Aldous")
    with serving(story, receiver) as server:
        for state in ("RCPT", "RCPT", "DATA"):  # the same mail asks again
            ask_policy(server.gate_port, state, "wren.aldous@example.net", "casework@opcr.example.org", "abc.1")
        ask_policy(server.gate_port, "RCPT", "stranger@example.net", "casework@opcr.example.org", "abc.2")
        contacts = f"FROM contact WHERE customer = '{person['ref']}'"
        machine.wait_for("the contact", lambda: story.one(f"SELECT count(*) {contacts}") == "1")
        machine.wait_for("the stranger", lambda: story.one("SELECT count(*) FROM gate_stranger") == "1")
    row = f"SELECT channel || ' ' || verdict || ' ' || function || ' ' || source {contacts}"
    assert story.one(row) == "email proceed casework gate"
    assert story.one("SELECT count(*) FROM gate_stranger WHERE hash LIKE '%stranger%'") == "0"


def ask_policy(port, state, sender, recipient, instance):
    """One question of Postfix's policy delegation; its action."""
    lines = {"request": "smtpd_access_policy", "protocol_state": state, "sender": sender, "recipient": recipient,
             "instance": instance, "recipient_count": "1" if state == "DATA" else "0"}  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall("".join(f"{k}={v}\n" for k, v in lines.items()).encode() + b"\n")
        return line.recv(4096).decode().strip()

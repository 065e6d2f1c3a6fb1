"""The shipped configuration in a real Postfix, chrooted as Debian ships it, and peers that mean no good."""

import os
import resource
import smtplib
import socket

from harness import machine
from harness.postfix import Postfix
from harness.runner import engines, fixture
from harness.server import Server
from harness.shell import Shell
from spine.fixtures import letters
from spine.story import CASEWORK, Story

__all__ = ["letters"]  # a fixture

QUESTION = b"request=smtpd_access_policy\nprotocol_state=RCPT\nsender=nobody@known.example\nrecipient=casework@opcr.example.org\n\n"
ANSWER = b"action=DUNNO\n\n"


def shipped(gate):
    """The shipped part of main.cf as settings, with the gate's place in it."""
    settings, name = {}, None
    for line in (machine.SOURCE / "integrations" / "postfix" / "main.cf").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line[0].isspace():
            settings[name] += " " + line.strip()
        else:
            name, _, value = (part.strip() for part in line.partition("="))
            settings[name] = value
    assert "inet:127.0.0.1:10040" in settings["evenhand_gate"], settings
    settings["evenhand_gate"] = settings["evenhand_gate"].replace("inet:127.0.0.1:10040", gate)
    return settings


@fixture
def office(shell, letters, receiver):
    """A story, and a Postfix with the shipped configuration that asks over a socket under its queue folder."""
    mta = Postfix(receiver, domains=("opcr.example.org",), settings=shipped("unix:evenhand/gate"))
    door = mta.queue / "evenhand"
    door.mkdir(mode=0o755)
    machine.give(door)
    server = Server(shell, "--smtp", f"smtp://127.0.0.1:{letters.port}", "--gate-postfix", f"unix:{door}/gate")
    story = Story(server)
    mta.start()
    yield story, mta
    mta.kill()
    server.end()


@engines("sqlite")
def test_the_shipped_configuration_works_in_a_chroot(office, receiver):
    story, mta = office
    customer = story.customer("Alex Stone", format="email", identifiers=[{"kind": "email", "value": "alex@stone.example"}, {"kind": "email", "value": "stone@elsewhere.example"}])
    story.block(customer, "alex@stone.example")
    story.asked_until("block", channel="email", from_="alex@stone.example", to=CASEWORK, machine=True)
    try:
        mta.send("alex@stone.example", CASEWORK)
        raise AssertionError("the blocked sender's mail was accepted: " + mta.log_text()[-2000:])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[CASEWORK]
        assert code == 554 and b"5.7.1" in words and b"We cannot accept messages from this address" in words, words
    # the own network is not asked about
    mta.send("alex@stone.example", CASEWORK, subject="From a colleague", own_network=True)
    receiver.wait(1, to=CASEWORK)
    assert "warning: " not in mta.log_text().replace("warning: not owned by root", ""), mta.log_text()[-3000:]
    # the gate gone: at once as the pack says, mail passes
    story.server.kill()
    mta.send("alex@stone.example", CASEWORK, subject="Nobody was asked")
    receiver.wait(2, to=CASEWORK)
    story.server.start()


def dial(port):
    s = socket.create_connection(("127.0.0.1", port), timeout=20 * machine.PATIENCE)
    return s


def answered(s):
    """Asks; whether the answer came, FALSE where the connection was ended."""
    try:
        s.sendall(QUESTION)
        got = b""
        while len(got) < len(ANSWER):
            more = s.recv(100)
            if not more:
                return False
            got += more
        assert got == ANSWER, got
        return True
    except ConnectionError:
        return False


def resident(server):
    for line in open(f"/proc/{server.process.pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


@engines("sqlite")
def test_ten_thousand_connections(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 10_000
    assert hard >= wanted + 1000, f"this test needs a hard limit of {wanted + 1000} open files; it is {hard}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    peers = []
    try:
        before = resident(server)
        peers = [dial(server.gate_port) for _ in range(wanted)]
        assert answered(peers[0]) and answered(peers[-1]) and answered(peers[wanted // 2])
        for s in peers:
            s.sendall(b"request=smtpd_access_policy\nprotocol_state=RCPT\nsender=")
        assert server.health() == 200
        # each waits with the beginning of a question
        assert resident(server) - before < 64 << 20, resident(server) - before
    finally:
        for s in peers:
            s.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert answered(dial(server.gate_port))


@fixture
def poor_server(database, folder):
    """A server that may have few open files."""
    script = folder / "evenhand"
    script.write_text(f'#!/bin/sh\nulimit -n 700\nexec {machine.PROGRAM} "$@"\n')
    script.chmod(0o755)
    machine.give(script)
    shell = Shell(database, folder, program=script)
    shell.init()
    running = Server(shell).start()
    yield running
    running.end()


@engines("sqlite")
def test_at_the_limit_of_open_files_one_more_is_refused_politely(poor_server):
    peers = [dial(poor_server.gate_port) for _ in range(800)]
    kept = [s for s in peers if answered(s)]
    assert 300 < len(kept) < 700, len(kept)
    assert poor_server.health() == 200, poor_server.log_text()
    for s in peers:
        s.close()
    machine.wait_for("the gate to take connections again", lambda: answered(dial(poor_server.gate_port)))
    assert "the gate refused a connection" in poor_server.log_text()


@engines("sqlite")
def test_a_megabyte_of_one_attribute_and_bytes_that_are_no_text(server):
    before = resident(server)
    for bad in (b"sender=" + b"x" * (1 << 20), b"request=smtpd_access_policy\nsender=a\0b\n\n", b"request=smtpd_access_policy\nsender=\xff\xfe\n\n", os.urandom(100_000)):
        s = dial(server.gate_port)
        try:
            s.sendall(bad)
            if bad[-2:] != b"\n\n":
                s.sendall(b"\n\n")
            assert s.recv(1) == b""
        except ConnectionError:
            pass
    assert answered(dial(server.gate_port))
    assert resident(server) - before < 16 << 20
    assert "the gate closed a connection" in server.log_text()

"""With the database gone the gate goes on by what it knows, then fails open; acts say so and lose nothing; all of it
is logged, shown at /healthz, and over without a restart.

Gone in four ways: PostgreSQL stopped; the SQLite file locked exclusively, unreadable, its disk full. All break at once
and are looked at together, since each waits for `stale_after`."""

import atexit
import concurrent.futures
import fcntl
import shutil
import smtplib
import subprocess
import time
import uuid

from harness import machine
from harness.policy import PolicyClient
from harness.postfix import Postfix
from harness.runner import fixture
from harness.server import Server
from harness.shell import Refused, Shell

from .story import CASEWORK, Story

STALE_AFTER = 25  # a busy machine takes its time to stop a database and to send five mails before it
BLOCKED = "mab@example.org"


class Office:
    """A demonstration on a database of its own, with a blocked sender and a Postfix that asks its gate. A subclass
    says how the database goes; `words` are what log and /healthz must say of it. `reads`: the database can still be
    read, so that nothing grows stale."""

    words, reads = "", False

    def __init__(self, receiver, default_action="DUNNO", mail="passes"):
        self.name = type(self).__name__
        self.folder = machine.folder("gone")
        self.program = machine.PROGRAM
        self.make_place()
        self.shell = Shell(self.database(), self.folder, self.program)
        self.shell.pack = _short_pack(self.folder, mail)
        self.shell.init()
        self.server = Server(self.shell)
        self.story = Story(self.server)
        self.customer = self.story.find("Mab O'Brien")
        self.story.block(self.customer, BLOCKED, delivery="by-hand")
        self.story.asked_until("block", channel="email", from_=BLOCKED, to=CASEWORK, machine=True)
        asks = [f"check_policy_service {{ inet:127.0.0.1:{self.server.gate_port}, timeout=10s, default_action={default_action} }}"]
        self.receiver = receiver
        self.postfix = Postfix(receiver, domains=("opcr.example.org",), recipient_restrictions=asks, data_restrictions=asks).start()
        self.act()
        self.lost = []
        self.is_gone = False

    def make_place(self):
        pass

    def database(self):
        return f"sqlite:{self.folder}/evenhand.db"

    def gone(self):
        raise NotImplementedError

    def back(self):
        raise NotImplementedError

    def end(self):
        if self.is_gone:
            self.back()
        self.postfix.kill()
        self.server.end()

    # What is asked of it.

    def act(self, **fields):
        return self.story.act("sam", "log-contact", customer=self.customer, channel="email", what="Another message.", **fields)

    def act_in_vain(self):
        """An act answers 503 and says that it is the database."""
        body = {"request_id": str(uuid.uuid4())}
        try:
            self.act(**body)
        except Refused as error:
            assert (error.status, error.kind) == (503, "unavailable"), f"{self.name}: an act answered {error}"
            self.lost.append(body)
            return
        raise AssertionError(f"{self.name}: an act was done with the database gone")

    def sends(self, subject):
        """Sends a mail from the blocked sender; gives 'delivered', 'blocked' or 'waits'."""
        try:
            self.postfix.send(BLOCKED, CASEWORK, subject=subject)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = error.recipients[CASEWORK]
            assert code == 554 and b"We cannot accept messages from this address." in words or code == 450, (self.name, code, words)
            return "blocked" if code == 554 else "waits"
        machine.wait_for(f"{self.name}: the mail '{subject}'", lambda: any(m.header("Subject") == subject for m in self.receiver.mails))
        return "delivered"

    def asks(self):
        """What the gate says to Postfix's question about the blocked sender; None where it ends the connection."""
        client = PolicyClient(("127.0.0.1", self.server.gate_port))
        try:
            return client.ask(sender=BLOCKED, recipient=CASEWORK, instance=str(uuid.uuid4()))
        except OSError:
            return None
        finally:
            client.close()

    def stale(self):
        return not self.server.health_json()["gate"]["answers"]


class Stopped(Office):
    words = "database cannot be reached"

    def __init__(self, receiver, cluster, **more):
        self.cluster = cluster
        super().__init__(receiver, **more)

    def database(self):
        return self.cluster.start().create_database()

    def gone(self):
        self.cluster.stop()

    def back(self):
        self.cluster.start()


class Locked(Office):
    words = "locked by another program"

    def gone(self):
        # What a program holds that has a database in WAL mode to itself: all locks of its shared index.
        self.file = open(self.folder / "evenhand.db-shm", "r+b")
        fcntl.lockf(self.file, fcntl.LOCK_EX, 8, 120)

    def back(self):
        self.file.close()


class Unreadable(Office):
    words = "cannot be read or written"

    def make_place(self):
        library = self.folder / "unreadable.so"
        source = machine.SOURCE / "tests" / "faults" / "unreadable.c"
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-o", library, source, "-ldl"], check=True)
        self.program = self.folder / "evenhand"
        self.flag = self.folder / "broken"
        self.program.write_text(
            f"#!/bin/sh\nexport LD_PRELOAD={library} UNREADABLE={self.folder}/evenhand.db UNREADABLE_FLAG={self.flag} "
            f'ASAN_OPTIONS="$ASAN_OPTIONS:verify_asan_link_order=0"\nexec {machine.PROGRAM} "$@"\n'
        )
        self.program.chmod(0o755)

    def gone(self):
        self.flag.touch()
        # What is in the server's memory is no longer the database's: somebody at the shell, whose disk works, changed it.
        Shell(self.shell.database, self.folder).act("log-contact", "sam", customer=self.customer, what="By letter.", channel="letter")

    def back(self):
        self.flag.unlink()


class Full(Office):
    words, reads = "is full", True

    def make_place(self):
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        _mount(self.disk, "6m")

    def database(self):
        return f"sqlite:{self.disk}/evenhand.db"

    def gone(self):
        _fill(self.disk / "other")

    def back(self):
        (self.disk / "other").unlink()

    def end(self):
        super().end()
        _unmount(self.disk)


def _mount(place, size):
    who = machine.unprivileged()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},uid={who.pw_uid},gid={who.pw_gid},mode=700", "evenhand-test", place], check=True)
    atexit.register(_unmount, place)


def _unmount(place):
    if place.is_mount():
        subprocess.run(["umount", "-l", place], check=True)


def _fill(path):
    with open(path, "wb", buffering=0) as other:
        try:
            while other.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass


def _short_pack(folder, mail):
    """The shipped pack with the shortest time until the gate fails open."""
    pack = folder / "pack"
    shutil.copytree(machine.SOURCE / "policies" / "police-complaints", pack)
    policy = pack / "policy.yaml"
    text = policy.read_text()
    changed = text.replace("stale_after_seconds: 900", f"stale_after_seconds: {STALE_AFTER}").replace("mail: passes", f"mail: {mail}")
    assert changed != text
    policy.write_text(changed)
    return pack


@fixture
def offices(receiver, cluster):
    cluster.start()
    waits = {"default_action": "DEFER_IF_PERMIT", "mail": "waits"}
    makers = [lambda: Stopped(receiver, cluster), lambda: Stopped(receiver, cluster, **waits), lambda: Locked(receiver), lambda: Unreadable(receiver), lambda: Full(receiver)]
    with concurrent.futures.ThreadPoolExecutor(len(makers)) as pool:
        futures = [pool.submit(make) for make in makers]
    made = [f.result() for f in futures if f.exception() is None]
    try:
        for f in futures:
            f.result()
        yield made
    finally:
        for office in made:
            office.end()


def _each(offices, do):
    """do(office) for all at once; gives the results in order."""
    with concurrent.futures.ThreadPoolExecutor(len(offices)) as pool:
        return list(pool.map(do, offices))


def test_without_its_database_the_gate_goes_on_then_fails_open_and_acts_lose_nothing(offices):
    assert [o.sends("before") for o in offices] == ["blocked"] * len(offices)
    for office in offices:
        office.story.asked_until("block", channel="email", from_=BLOCKED, to=CASEWORK, machine=True)
    first = time.monotonic()
    for office in offices:
        office.gone()
        office.is_gone = True

    time.sleep(1)  # after which the API no longer looks for a token in the database
    # Before stale_after: what the gate knows is enforced, whoever asks.
    asked = _each(offices, lambda o: o.story.ask(channel="email", from_=BLOCKED, to=CASEWORK, machine=True)["verdict"])
    assert asked == ["block"] * len(offices), asked
    assert _each(offices, lambda o: o.sends("then")) == ["blocked"] * len(offices)
    assert time.monotonic() - first < STALE_AFTER - 1, "this machine is too slow to look before stale_after"
    _each(offices, Office.act_in_vain)
    for office in offices:
        machine.wait_for(f"{office.name}: /healthz to say 503", lambda o=office: o.server.health() == 503, 15)
        machine.wait_for(f"{office.name}: /healthz to say why", lambda o=office: o.words in o.server.health_text(), 15)

    # After it: mail goes on, or waits, as the pack says; a disk that is full can still be read.
    grown = [o for o in offices if not o.reads]
    for office in grown:
        machine.wait_for(f"{office.name}: the gate to be stale", office.stale, STALE_AFTER + 10)
        assert office.asks() is None, f"{office.name}: a stale gate answered"
    waiting = ["delivered", "waits", "delivered", "delivered", "blocked"]
    assert _each(offices, lambda o: o.sends(f"after {o.name}")) == waiting
    _each([o for o in offices if not isinstance(o, Locked)], Office.act_in_vain)  # which takes ten seconds
    for office in offices:
        assert office.words in office.server.log_text(), f"{office.name}: the log does not say '{office.words}': {office.server.log_text()[-2000:]}"
    for office in grown:
        assert office.server.health_json()["gate"]["failures"] > 0

    # Back: no restart.
    for office in offices:
        office.back()
        office.is_gone = False
    for office in offices:
        machine.wait_for(f"{office.name}: /healthz to say 200", lambda o=office: o.server.health() == 200, 30)
    assert [o.sends("again") for o in offices] == ["blocked"] * len(offices)
    for office in offices:
        for body in office.lost:
            done = office.act(**body)
            assert office.act(**body) == done, f"{office.name}: the same request_id did it twice"
        contacts = [c for c in office.story.everything("mira", "contacts", customer=office.customer) if c["source"] == "staff" and c["channel"] == "email"]
        assert len(contacts) == 1 + len(office.lost), f"{office.name}: {len(contacts)} contacts of {1 + len(office.lost)} acts"
        assert office.shell.verify((office.server.state / "record-head").read_text().strip()).code == 0


def test_a_journal_that_cannot_be_written_means_no_answer_and_is_over_with_room(receiver, shell):
    state = shell.folder / "state"
    state.mkdir(mode=0o700)
    machine.give(state)
    _mount(state, "1m")
    server = Server(shell)
    try:
        story = Story(server)
        customer = story.find("Mab O'Brien")
        story.block(customer, BLOCKED, delivery="by-hand")
        machine.wait_for("the gate to know", lambda: story.ask(channel="email", from_=BLOCKED, to=CASEWORK, machine=True)["verdict"] == "block")
        client = PolicyClient(("127.0.0.1", server.gate_port))
        try:
            raise AssertionError(f"answered without its journal: {client.ask(sender=BLOCKED, recipient=CASEWORK, instance='one')}")
        except OSError:
            client.close()
        assert server.health() == 503 and "journal" in server.health_text() and "No space left" in server.health_text(), server.health_text()
        try:
            story.ask(id="call", channel="phone", from_="07700 900456", machine=True)
            raise AssertionError("the API answered without its journal")
        except Refused as error:
            assert error.status == 503 and "Help as you would help anybody" in error.sentence
        subprocess.run(["mount", "-o", "remount,size=64m", state], check=True)
        client = PolicyClient(("127.0.0.1", server.gate_port))
        assert client.ask(sender=BLOCKED, recipient=CASEWORK, instance="two").startswith("REJECT 5.7.1 We cannot accept")
        client.close()
        machine.wait_for("/healthz to say 200", lambda: server.health() == 200)
        found = machine.wait_for("its contact", lambda: [c for c in story.everything("mira", "contacts", customer=customer) if c["gate_id"] == "two"])
        assert found[0]["verdict"] == "block"
    finally:
        server.end()
        _unmount(state)

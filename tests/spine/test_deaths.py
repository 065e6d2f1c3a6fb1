"""kill -9 of the server under load: what was acknowledged is there afterwards, on both engines.

Threads perform acts and ask the gate, over the API and over Postfix's protocol, and note what was answered. After each
death the server starts again; then each acknowledged act must answer the same under its request_id, each answered
question of the gate must be a contact, and the record must fit."""

import http.client
import threading
import time
import uuid

from harness import machine
from harness.policy import PolicyClient
from harness.shell import Refused

from .story import CASEWORK, CASEWORK_LINE

DEATHS = 100 if machine.LONG else 10
# How long the load runs in one life, in seconds: a different moment each time.
LIVES = (0.35, 0.5, 0.8, 0.45, 0.65)
TROUBLE = (OSError, http.client.HTTPException)


class Load:
    """Threads that go on until they are told to end; while the server is dead they wait for it."""

    def __init__(self, server, customer):
        self.server, self.customer = server, customer
        self.acts, self.verdicts, self.refusals = [], [], []
        self._going = threading.Event()
        self._end = False
        server.api("sam")  # its token, made before the threads start
        works = [self._act] * 3 + [self._ask] + [self._ask_as_postfix] * 2
        self._threads = [threading.Thread(target=self._run, args=(work,), daemon=True) for work in works]
        for thread in self._threads:
            thread.start()

    def go(self):
        self._going.set()

    def wait(self):
        self._going.clear()

    def end(self):
        self._end = True
        self._going.set()
        for thread in self._threads:
            thread.join(30 * machine.PATIENCE)
            assert not thread.is_alive(), "a thread of the load hangs"

    def _run(self, work):
        while not self._end:
            self._going.wait()
            try:
                work()
            except TROUBLE:
                time.sleep(0.02)

    def _act(self):
        """One act; a refusal that is no 503 of a server going up or down is a fault."""
        body = {"request_id": str(uuid.uuid4()), "customer": self.customer, "channel": "phone", "what": "One of many calls.", "minutes": 1}
        try:
            answer = self.server.api("sam").act("log-contact", **body)
        except Refused as error:
            if error.status != 503:
                self.refusals.append(str(error))
        else:
            self.acts.append((body, answer))

    def _ask(self):
        contact = f"call-{uuid.uuid4()}"
        try:
            answer = self.server.api("sam").ask(id=contact, channel="phone", from_="07700 900123", to=CASEWORK_LINE, machine=True)
        except Refused as error:
            if error.status != 503:
                self.refusals.append(str(error))
        else:
            self.verdicts.append((contact, answer["verdict"]))

    def _ask_as_postfix(self):
        client = PolicyClient(("127.0.0.1", self.server.gate_port))
        try:
            for _ in range(20):
                contact = f"mail-{uuid.uuid4()}"
                assert client.ask(instance=contact, sender="jordan.quill@example.org", recipient=CASEWORK) == "DUNNO"
                self.verdicts.append((contact, "proceed"))
                time.sleep(0.005)  # a mail server's pace: the journal is to be taken in within the test's time
        finally:
            client.close()


def test_whatever_was_acknowledged_outlives_kill_9_under_load(server):
    sam = server.api("sam")
    customer = next(c["id"] for c in sam.get("customers")["items"] if c["name"] == "Jordan Quill")
    load = Load(server, customer)
    checked = 0
    for death in range(DEATHS):
        before = len(load.acts), len(load.verdicts)
        load.go()
        machine.wait_for("the load to be answered", lambda: len(load.acts) > before[0] + 5 and len(load.verdicts) > before[1] + 5, 20)
        time.sleep(LIVES[death % len(LIVES)])
        server.kill()
        load.wait()
        server.start()
        done = list(load.acts)
        # All of this life: asked again, each answers what it answered before.
        for body, answer in done[checked:][-60:]:
            again = _again(sam, body)
            assert again == answer, f"after death {death + 1}: {body['request_id']} answered {answer}, and then {again}"
        checked = len(done)
    load.end()
    assert not load.refusals, load.refusals[:3]

    _acts_are_there(server, customer, load.acts)
    _verdicts_are_contacts(server, customer, load.verdicts)
    done = server.shell.verify((server.state / "record-head").read_text().strip())
    assert done.code == 0, done.stderr


def _again(api, body):
    """The act once more. What the dead server's connections still hold may make it wait; it is asked again, as it says."""

    def act():
        try:
            return api.act("log-contact", **body)
        except Refused as error:
            assert error.status == 503, error
            return None

    return machine.wait_for(f"an answer to {body['request_id']}", act, 20)


def _all(api, what, **filters):
    items, more = [], {}
    while True:
        page = api.get(what, limit=200, **filters, **more)
        items += page["items"]
        if not page["next"]:
            return items
        more = {"cursor": page["next"]}


def _acts_are_there(server, customer, acts):
    """Each acknowledged act made one contact, and stands in the record once, under the number that it answered."""
    contacts = {c["id"] for c in _all(server.api("mira"), "contacts", customer=customer)}
    missing = [answer["id"] for _, answer in acts if answer["id"] not in contacts]
    assert not missing, f"{len(missing)} of {len(acts)} acknowledged acts are gone: {missing[:3]}"
    entries = {e["number"]: e for e in _all(server.api("anja"), "record")}
    for _, answer in acts:
        entry = entries[answer["record"]["number"]]
        assert (entry["subject"], entry["hash"]) == (answer["id"], answer["record"]["hash"])
    assert len({answer["record"]["number"] for _, answer in acts}) == len(acts)


def _verdicts_are_contacts(server, customer, verdicts):
    def missing():
        contacts = {c["gate_id"]: c["verdict"] for c in _all(server.api("mira"), "contacts", customer=customer)}
        return [v for v in verdicts if contacts.get(v[0]) != v[1]]

    left = []
    end = time.monotonic() + 20 * machine.PATIENCE
    while time.monotonic() < end:
        left = missing()
        if not left:
            return
        time.sleep(0.5)
    raise AssertionError(f"{len(left)} of {len(verdicts)} journalled verdicts became no contact: {left[:3]}")

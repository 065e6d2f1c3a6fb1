"""A real SMTP receiver that keeps every mail: who it came from, for whom, and its bytes.

It can be told to refuse, for a time (4xx) or for good (5xx), at each step. One thread a connection.
"""

import email
import email.policy
import socketserver
import threading
from dataclasses import dataclass, field

from . import machine


@dataclass
class Mail:
    sender: str
    recipients: list
    data: bytes  # as received: headers and body with CRLF, dots unstuffed
    helo: str = ""
    peer: tuple = field(default=())

    @property
    def message(self):
        return email.message_from_bytes(self.data, policy=email.policy.default)

    def header(self, name):
        return self.message[name]

    def text(self):
        """The plain text part; of a mail of one part, its body."""
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    def html(self):
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""


@dataclass
class _Refusal:
    step: str
    code: int
    text: str
    match: str
    times: int


class Receiver:
    """Listens on 127.0.0.1:port from the start; close() ends it.

    `mails` is the list of what was accepted, in order."""

    def __init__(self, port=None):
        self.mails = []
        self.connections = 0
        self._refusals = []
        self._changed = threading.Condition()
        receiver = self

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 128

        class Handler(socketserver.StreamRequestHandler):
            timeout = 60

            def handle(self):
                _Session(receiver, self.rfile, self.wfile, self.client_address).run()

        self.port = port or machine.free_port()
        self.address = ("127.0.0.1", self.port)
        self._server = Server(self.address, Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def refuse(self, step, code, text="Refused by the test", match="", times=None):
        """From now on answer CODE at STEP (connect, helo, mail, rcpt, data, body) where MATCH stands in the line's
        address; TIMES times, or until accept()."""
        with self._changed:
            self._refusals.append(_Refusal(step, code, text, match, -1 if times is None else times))

    def accept(self):
        """Forget all refusals."""
        with self._changed:
            self._refusals.clear()

    def wait(self, count=1, to=None, seconds=15):
        """The first COUNT mails (for the recipient TO), as soon as so many are there."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.to(to)) >= count, seconds * machine.PATIENCE):
                raise AssertionError(f"waited for {count} mails to {to or 'anybody'}; there are {[m.recipients for m in self.mails]}")
            return self.to(to)[:count]

    def to(self, recipient=None):
        """The mails that came for RECIPIENT (all without one)."""
        return [m for m in self.mails if recipient is None or recipient in m.recipients]

    def clear(self):
        with self._changed:
            self.mails.clear()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _refusal(self, step, argument):
        with self._changed:
            for r in self._refusals:
                if r.step == step and r.match in argument and r.times != 0:
                    r.times -= 1
                    return f"{r.code} {r.text}"
        return None

    def _keep(self, mail):
        with self._changed:
            self.mails.append(mail)
            self._changed.notify_all()


class _Session:
    def __init__(self, receiver, rfile, wfile, peer):
        self.receiver, self.rfile, self.wfile, self.peer = receiver, rfile, wfile, peer
        self.helo = ""
        self.reset()

    def reset(self):
        self.sender, self.recipients = None, []

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def run(self):
        self.receiver.connections += 1
        refused = self.receiver._refusal("connect", "")
        self.say(refused or "220 receiver.test ESMTP")
        while not refused:
            line = self.rfile.readline(2048)
            if not line:
                return
            verb, _, argument = line.decode("utf-8", "replace").strip().partition(" ")
            handler = getattr(self, "do_" + verb.lower(), None)
            if verb.upper() == "QUIT":
                self.say("221 Bye")
                return
            if handler:
                handler(argument)
            else:
                self.say("502 Not known here")

    def answer(self, step, argument, good):
        refused = self.receiver._refusal(step, argument)
        self.say(refused or good)
        return not refused

    def do_helo(self, argument):
        if self.answer("helo", argument, "250 receiver.test"):
            self.helo = argument

    def do_ehlo(self, argument):
        if self.answer("helo", argument, "250-receiver.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 50000000"):
            self.helo = argument

    def do_mail(self, argument):
        if self.answer("mail", argument, "250 OK"):
            self.reset()
            self.sender = _address(argument)

    def do_rcpt(self, argument):
        if self.sender is None:
            self.say("503 MAIL first")
        elif self.answer("rcpt", argument, "250 OK"):
            self.recipients.append(_address(argument))

    def do_rset(self, _argument):
        self.reset()
        self.say("250 OK")

    def do_noop(self, _argument):
        self.say("250 OK")

    def do_data(self, _argument):
        if not self.recipients:
            return self.say("503 RCPT first")
        if not self.answer("data", "", "354 Go on"):
            return None
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if line == b"":
            return None
        refused = self.receiver._refusal("body", self.recipients[0])
        if not refused:
            self.receiver._keep(Mail(self.sender, self.recipients, b"".join(lines), self.helo, self.peer))
        self.reset()
        return self.say(refused or "250 Kept")


def _address(argument):
    """FROM:<a@b> SIZE=1 → a@b"""
    start, end = argument.find("<"), argument.find(">")
    return argument[start + 1 : end] if 0 <= start < end else argument.partition(":")[2].split(" ")[0]

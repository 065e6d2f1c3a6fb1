"""An office for the tests of the pages: the demonstration organisation, with customers in every state that 'contact,
now' can meet, made by acts through the shell, and a server for it."""

import datetime

from harness.runner import fixture
from harness.server import Server

CRITERIA = ("properly-considered", "right-decision", "communication", "misunderstandings", "access-requirements",
            "gateway-or-legal-advice")  # fmt: skip
SINGLE = {"name": "Ada Lin", "mailbox": "contact.casework@opcr.example.org", "extension": "01632960100"}


class Office:
    """shell: a Shell whose demonstration was just made. people: name → reference."""

    def __init__(self, shell):
        self.shell = shell
        self.people = {c["name"]: c["id"] for c in shell.list("customers", user="sam")["items"]}

    def act(self, user, name, /, **fields):
        return self.shell.act(name, user, **fields)

    @staticmethod
    def day(days):
        return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()

    def customer(self, name, *identifiers, **fields):
        listed = [{"kind": "email" if "@" in i else "phone", "value": i} for i in identifiers]
        fields = {"format": "email", "postal_address": "1 Mill Lane\nBarford", "recognised": "case reference and date of birth", **fields}
        fields = {key: value for key, value in fields.items() if value is not None}
        self.people[name] = self.act("sam", "add-customer", name=name, identifiers=listed, **fields)["id"]
        return self.people[name]

    def restrict(self, customer, restriction, channel="phone", deliver=True, matters=()):
        """From a report of threats to an arrangement (W5: no warning first); its letter handed over by hand, unless deliver
        is False, or "read-out": then it waits to be read out."""
        done = self.act("sam", "report-behaviour", customer=customer, channel=channel, matters=list(matters), heading="aggressive-or-abusive", example="threats",
                        what="Said that we would regret it.", effect="The line was blocked.", disability="no")  # fmt: skip
        report, casefile = done["id"], done["casefile"]
        self.act("mira", "assess-report", casefile=casefile, reports=[report], outcome="request", heading="aggressive-or-abusive", ground="threat",
                 behaviour="You said that we would regret it.", tests={"beyond-anger": "It was meant for one person."},
                 needs_considered="Asked; none known.")  # fmt: skip
        request = self.act("mira", "request", casefile=casefile, reports=[report], account={key: f"Looked at {key}." for key in CRITERIA},
                           no_complaints=True, restrictions=[{"report": report, **restriction}], reasons="It goes on.",
                           review_on=self.day(180), skip_reason="threat", skip_risk="It would have provoked worse.")["id"]  # fmt: skip
        decision = self.act("hana", "decide", casefile=casefile, request=request, outcome="as-asked", confirms_no_warning="There was no time.",
                            findings=[{"criterion": key, "finding": "met", "how": "I read the file."} for key in CRITERIA],
                            reasons="The calls went on.", lesser_step="A warning would not have helped.", affected="Nobody else lives there.",
                            review_on=self.day(180))["id"]  # fmt: skip
        notice = self.act("sam", "notify", casefile=casefile, decision=decision, delivery="read-out" if deliver == "read-out" else "by-hand")["id"]
        if deliver is True:
            self.act("sam", "confirm-notice", casefile=casefile, notice=notice, how="handed-over")

    def fill(self):
        """Customers in every state that a look-up can meet."""
        weekday = (datetime.date.today() + datetime.timedelta(days=3)).strftime("%A").lower()  # now is outside the slot
        jordan = self.people["Jordan Quill"]
        self.act("sam", "record-need", customer=jordan, what="Rings with a relay interpreter", why="Said so.",
                 abilities={"in-person": "only-with"}, only_with="a sign language interpreter")  # fmt: skip
        self.act("sam", "ask-adjustment", customer=self.people["Mab O'Brien"], asked="Letters in large print")
        self.restrict(jordan, {"kind": "channels-not", "arguments": {"channels": ["phone"]}})
        self.restrict(self.customer("Ada Routed", "01632 960801", "routed@example.org"), {"kind": "single-contact", "arguments": SINGLE})
        self.restrict(self.customer("Bo Limited", "01632 960802"),
                      {"kind": "call-slot", "arguments": {"weekday": weekday, "from": "10:00", "to": "11:00", "calls": "1", "minutes": "20"}})  # fmt: skip
        self.restrict(self.customer("Cy Recorded", "01632 960803"), {"kind": "call-recording", "arguments": {}})
        self.restrict(self.customer("Di Filed", "01632 960804", "filed@example.org"), {"kind": "read-and-file", "arguments": {}}, channel="email")
        self.restrict(self.customer("Ed Decided", "01632 960805"), {"kind": "channels-not", "arguments": {"channels": ["phone"]}}, deliver=False)
        self.restrict(self.customer("Ron Read", "01632 960807", format=None, postal_address=None), {"kind": "channels-not", "arguments": {"channels": ["phone"]}}, deliver="read-out")
        # Fay shares Jordan's number, and is restricted in nothing (R11).
        self.customer("Fay Quill", "07700 900123")
        self.customer("Gil & <Sons> \"Ltd\"", "01632 960806", kind="body")
        self.act("sam", "register-representative", customer=jordan, name="Ines Roth", capacity="solicitor", kind="phone", value="01632 960900")
        return self


@fixture(lasting="file")
def office(shell):
    """The office, served: .server, .shell, .people, .passwords. Shared by all tests of an engine."""
    made = Office(shell).fill()
    made.passwords = shell.sign_ins()
    made.server = Server(shell).start()
    yield made
    made.server.end()

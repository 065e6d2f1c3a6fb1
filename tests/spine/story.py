"""A case as staff carry it through the API, step by step, in the time of a demonstration.

The demonstration's past ends before today; a Story begins tomorrow and moves the clock forward. Who acts: Sam (staff),
Mira (manager) and Hana (head of function), all of casework."""

import datetime
import html
import re

from harness import machine
from harness.shell import Refused

CRITERIA = ("properly-considered", "right-decision", "communication", "misunderstandings", "access-requirements", "gateway-or-legal-advice")

CASEWORK = "casework@opcr.example.org"
ENQUIRIES = "enquiries@opcr.example.org"
SINGLE_CONTACT = "contact.casework@opcr.example.org"
CASEWORK_LINE = "01632960100"


def refused(rule, call, *arguments, **fields):
    """The call is refused by the rule; gives the Refused."""
    try:
        call(*arguments, **fields)
    except Refused as error:
        assert error.rule == rule and error.status == 403, f"refused, but not by {rule}: {error}"
        return error
    raise AssertionError(f"{rule} refused nothing: {arguments} was done")


def says(letter, *words):
    """Both formats of the letter say each of WORDS, wherever their lines break; gives what the text says, on one line."""
    text = " ".join(letter.text().split())
    pages = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", letter.html())).split())
    for w in words:
        assert w in text, f"the letter's text does not say '{w}': {text}"
        assert w in pages, f"the letter's HTML does not say '{w}': {pages}"
    return text


class Story:
    """server is made and not yet started: the story sets the demonstration's clock first."""

    def __init__(self, server):
        self.server = server
        self.shell = server.shell
        first = datetime.date.today() + datetime.timedelta(days=1)
        self.now = datetime.datetime.combine(first, datetime.time(8), datetime.timezone.utc)
        self.move()
        server.start()
        self.casefiles = {}

    def move(self, days=0, hours=0):
        """The demonstration's clock goes forward."""
        self.now += datetime.timedelta(days=days, hours=hours)
        self.shell.run("clock", "set", self.time(), check=0)

    def time(self, minutes=0):
        return (self.now + datetime.timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")

    def day(self, days):
        return (self.now + datetime.timedelta(days=days)).date().isoformat()

    # What staff do. Each gives the reference of what it made, unless it says otherwise.

    def act(self, user, name, /, **fields):
        """The act's whole answer."""
        return self.server.api(user).act(name, **fields)

    def on(self, customer, user, name, /, **fields):
        """An act on the customer's casefile."""
        return self.act(user, name, casefile=self.casefiles[customer], **fields)["id"]

    def customer(self, name, **fields):
        return self.act("sam", "add-customer", name=name, **fields)["id"]

    def find(self, name):
        """The reference of one of the demonstration's customers."""
        return next(c["id"] for c in self.get("sam", "customers")["items"] if c["name"] == name)

    def get(self, user, path, /, **filters):
        return self.server.api(user).get(path, **filters)

    def everything(self, user, what, /, **filters):
        """All pages of a list."""
        items, more = [], {}
        while True:
            page = self.get(user, what, limit=200, **filters, **more)
            items += page["items"]
            if not page["next"]:
                return items
            more = {"cursor": page["next"]}

    def report(self, customer, what, **fields):
        fields = {"channel": "phone", "heading": "unreasonable", "example": "continual-contact", "effect": "Nobody else got through.", "disability": "no", **fields}
        done = self.act("sam", "report-behaviour", customer=customer, what=what, **fields)
        self.casefiles[customer] = done["casefile"]
        return done["id"]

    def assess(self, customer, report, outcome, behaviour, **fields):
        tests = {"circumstances": "The complaint was decided in June.", "seriousness": "It matters to them.", "impact": "Half a day of one person."}
        fields = {"heading": "unreasonable", "tests": tests, "needs_considered": "Asked; none known.", **fields}
        return self.on(customer, "mira", "assess-report", reports=[report], outcome=outcome, behaviour=behaviour, **fields)

    def request_fields(self, report, *restrictions, **fields):
        account = {key: f"Looked at: {key}." for key in CRITERIA}
        asked = [{"report": report, **r} for r in restrictions]
        return {
            "reports": [report], "account": account, "no_complaints": True, "restrictions": asked, "reasons": "It goes on.",
            "review_on": self.day(180), **fields,
        }  # fmt: skip

    def request(self, customer, report, *restrictions, **fields):
        return self.on(customer, "mira", "request", **self.request_fields(report, *restrictions, **fields))

    def decide_fields(self, request, **fields):
        return {
            "request": request, "outcome": "as-asked", "findings": [{"criterion": key, "finding": "met", "how": "I read the file."} for key in CRITERIA],
            "reasons": "The calls went on after the warning, and other callers could not reach us.",
            "lesser_step": "The warning was the lesser step, and it did not help.", "affected": "Nobody else lives there.",
            "review_on": self.day(180), **fields,
        }  # fmt: skip

    def decide(self, customer, request, **fields):
        return self.on(customer, "hana", "decide", **self.decide_fields(request, **fields))

    # What time and machines bring.

    def sent(self, notice):
        """Waits until the mail job has confirmed the notice; gives it."""

        def look():
            found = self.get("hana", f"notices/{notice}")
            return found if found["sent_at"] else None

        return machine.wait_for(f"notice {notice} to be confirmed as sent", look)

    def warned(self, customer, report, behaviour):
        """From a report to a warning that was sent."""
        warning = self.on(customer, "mira", "warn", assessment=self.assess(customer, report, "warning", behaviour))
        self.sent(self.get("hana", f"warnings/{warning}")["notice"])
        return warning

    def told(self, customer, decision, **fields):
        """The decision's notice, made and sent, or handed over where `delivery` is by-hand; gives it."""
        notice = self.on(customer, "sam", "notify", decision=decision, **fields)
        if fields.get("delivery") == "by-hand":
            self.on(customer, "sam", "confirm-notice", notice=notice, how="handed-over")
        return self.sent(notice)

    def restrict(self, customer, *restrictions, decide=None, notify=None, heading="aggressive-or-abusive", **report):
        """The short way, without a warning (W5): from a report of threats to an arrangement in force."""
        reported = self.report(customer, "Said that they would make us regret it.", heading=heading, example="threats", **report)
        self.assess(customer, reported, "request", "You said that you would make us regret it.", heading=heading, tests={"beyond-anger": "It was meant for one person."}, ground="threat")
        request = self.request(customer, reported, *restrictions, skip_reason="threat", skip_risk="It would have provoked worse.")
        decision = self.decide(customer, request, confirms_no_warning="There was no time for one.", **(decide or {}))
        self.told(customer, decision, **(notify or {}))
        return decision

    def block(self, customer, address, **notify):
        """Blocks the customer's e-mail address, which is one of their identifiers (R10)."""
        identifier = next(i["id"] for i in self.get("sam", f"customers/{customer}")["identifiers"] if i["value"] == address)
        severe = {"severe_circumstances": "Forty messages in an hour, each with a threat."}
        restriction = {"kind": "block-identifier", "arguments": {"identifiers": [identifier]}}
        return self.restrict(customer, restriction, channel="email", decide=severe, notify=notify)

    # The gate.

    def ask(self, **question):
        return self.server.api("sam").ask(**question)

    def asked_until(self, verdict, **question):
        """The gate's answer, as soon as its verdict is this one: it knows of a change within a moment."""

        seen = []

        def look():
            seen[:] = [self.ask(**question)]
            return seen[0]["verdict"] == verdict

        try:
            machine.wait_for(f"the gate to say {verdict} to {question}", look, 5)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says {seen[0]}; {self.server.health_json()['gate']}") from None
        return seen[0]

    def gate_knows(self, number):
        """Waits until the gate's snapshot holds what entry NUMBER of the record changed."""
        machine.wait_for(f"the gate to know entry {number}", lambda: self.server.health_json()["gate"]["version"] >= number, 5)

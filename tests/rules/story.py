"""A customer's way through the policy, step by step, as staff of the demonstration organisation act it at the shell.

sam reports, mira (manager of casework) assesses, warns and asks, hana (its head of function) decides; nora and idris
have the same posts in enquiries."""

import datetime
import json
import sqlite3

CRITERIA = (
    "properly-considered",
    "right-decision",
    "communication",
    "misunderstandings",
    "access-requirements",
    "gateway-or-legal-advice",
)

def findings(**changed):
    """A finding on every criterion; findings(communication=None) leaves one out, a dict replaces it."""
    all_of = {key: {"criterion": key, "finding": "met", "how": "Looked at the file and spoke with the manager."} for key in CRITERIA}
    for key, value in changed.items():
        key = key.replace("_", "-")
        if value is None:
            del all_of[key]
        else:
            all_of[key] = {"criterion": key, **value}
    return list(all_of.values())


NO_PHONE = {"kind": "channels-not", "arguments": {"channels": ["phone"]}}


class Story:
    """Acts on a Shell's demonstration database at a time that is moved by `later`. Starts after the record's last entry."""

    def __init__(self, shell, cluster):
        self.shell, self.cluster = shell, cluster
        begun = int(self.one("SELECT recorded_at FROM record_head")) // 1_000_000
        self.time = datetime.datetime.fromtimestamp(begun + 60, datetime.timezone.utc)

    def later(self, **passed):
        self.time += datetime.timedelta(**passed)

    def day(self, n):
        """The day N days from then, as the acts take it."""
        return (self.time + datetime.timedelta(days=n)).date().isoformat()

    def act(self, name, user, /, **fields):
        fields.setdefault("at", self.time.isoformat())
        return self.shell.act(name, user, **{k: v for k, v in fields.items() if v is not None})

    # What is in the database, whole: any change shows.

    def dump(self):
        url = self.shell.database
        if url.startswith("sqlite:"):
            database = sqlite3.connect(f"file:{url.removeprefix('sqlite:')}?mode=ro", uri=True)
            try:
                return list(database.iterdump())
            finally:
                database.close()
        names = self.cluster.sql(url, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        return self.cluster.sql(url, "".join(f'SELECT \'{n}\', t::text FROM "{n}" t ORDER BY 2;\n' for [n] in names))

    def one(self, query):
        """The first value of a query's first row, as text."""
        url = self.shell.database
        if not url.startswith("sqlite:"):
            rows = [list(json.loads(line).values()) for [line] in self.cluster.sql(url, f"SELECT row_to_json(t) FROM ({query}) t")]
        else:
            database = sqlite3.connect(f"file:{url.removeprefix('sqlite:')}?mode=ro", uri=True)
            rows = database.execute(query).fetchall()
            database.close()
        return str(rows[0][0]) if rows and rows[0][0] not in (None, "") else None

    # Steps

    def customer(self, name, **more):
        """A new customer; gives them as a dict that the steps fill in."""
        slug = name.lower().replace(" ", ".")
        fields = {
            "postal_address": "1 Mill Lane\nBarford\nZZ1 1AA",
            "format": "email",
            "identifiers": [{"kind": "email", "value": f"{slug}@example.net"}],
            **more,
        }
        return {"ref": self.act("add-customer", "sam", name=name, **fields)["id"]}

    def report(self, person, user="sam", **more):
        fields = {
            "channel": "phone",
            "heading": "unreasonable",
            "example": "continual-contact",
            "what": "Rang again and again about the same question.",
            "effect": "Nobody else could get through.",
            "disability": "not-known",
            **more,
        }
        answer = self.act("report-behaviour", user, customer=person["ref"], **fields)
        person["report"], person["casefile"] = answer["id"], answer["casefile"]
        return answer

    def assess(self, person, outcome="warning", user="mira", **more):
        fields = {
            "reports": [person["report"]],
            "outcome": outcome,
            "heading": "unreasonable",
            "tests": {"circumstances": "At all hours.", "seriousness": "A question of dates.", "impact": "Eleven hours of staff time."},
            "needs_considered": "None is known; the caller was asked.",
            "behaviour": "You rang us more than fifty times in one day.",
            **more,
        }
        answer = self.act("assess-report", user, casefile=person["casefile"], **fields)
        person["assessment"] = answer["id"]
        return answer

    def warn(self, person, **more):
        answer = self.act("warn", "mira", casefile=person["casefile"], assessment=person["assessment"], **more)
        person["warning"] = answer["id"]
        person["notice"] = self.newest_notice(person)
        return answer

    def newest_notice(self, person):
        return self.one(f"SELECT ref FROM notice WHERE casefile = '{person['casefile']}' ORDER BY made_at DESC, ref DESC LIMIT 1")

    def confirm(self, person, how="accepted", user="sam", **more):
        return self.act("confirm-notice", user, casefile=person["casefile"], notice=person["notice"], how=how, **more)

    def asking(self, person, **more):
        """The fields of a good request."""
        return {
            "casefile": person["casefile"],
            "warning": person.get("warning"),
            "reports": [person["report"]],
            "account": {key: "Looked after, see the file." for key in CRITERIA},
            "no_complaints": True,
            "restrictions": [{**NO_PHONE, "report": person["report"]}],
            "reasons": "The calls go on after the warning.",
            "review_on": self.day(150),
            **more,
        }

    def ask(self, person, user="mira", **more):
        answer = self.act("request", user, **self.asking(person, **more))
        person["request"] = answer["id"]
        return answer

    def deciding(self, person, **more):
        """The fields of a good decision."""
        return {
            "casefile": person["casefile"],
            "request": person["request"],
            "outcome": "as-asked",
            "findings": findings(),
            "reasons": "You went on calling after we had warned you.",
            "lesser_step": "The warning changed nothing.",
            "affected": "Nobody else.",
            "review_on": self.day(150),
            **more,
        }

    def decide(self, person, user="hana", **more):
        answer = self.act("decide", user, **self.deciding(person, **more))
        person["decision"] = answer["id"]
        return answer

    def notify(self, person, user="sam", **more):
        answer = self.act("notify", user, casefile=person["casefile"], decision=person["decision"], **more)
        person["notice"] = answer["id"]
        return answer

"""Every route × every role × something of one's own function and of another: each answers as rights.py says. And every
form without its key, with another session's, or from elsewhere is refused. All of it is made from the route table that
the program prints (`evenhand routes`)."""

import base64
import contextlib
import json
import re
import urllib.parse

from harness import machine
from harness.client import Browser
from harness.policy import PolicyClient
from harness.runner import fixture

from .office import CRITERIA, office  # noqa: F401 (a fixture)
from .rights import COLUMNS, FILLED, PEOPLE, ROWS
from .sign_in_tools import enter, person, with_factor
from .test_pages import raw

SECRET = "What stands in the file of"  # in every text that only the owning function reads
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def routes():
    """Key of a row → the route, as `evenhand routes` prints it; for each act of a flow one."""
    found = {}
    for route in json.loads(machine.run(machine.PROGRAM, "routes", "--json").stdout):
        if route["site"] != "web":
            continue
        key = f"{route['method']} {route['path']}"
        if "acts" in route:
            found.update({f"{key} {act}": route for act in route["acts"]})
        else:
            found[key] = route
    return found


class Visitors:
    """A browser a column, each signed in as far as the column says; and the references that rows are about."""

    def __init__(self, office):
        self.office = office
        self.browsers = {"nobody": Browser(office.server.url)}
        half = person(office)
        with_factor(office, half)
        self.browsers["half"], page = enter(office, half)
        self.keys = {"nobody": "", "half": dict(page.forms[-1]["fields"])["csrf"]}
        for column, user in PEOPLE.items():
            self.browsers[column], self.keys[column] = self.sign_in(user)
        self.own, self.foreign = self._subjects()

    def sign_in(self, user):
        browser, page = enter(self.office, user, self.office.passwords[user])
        key = next((dict(f["fields"])["csrf"] for f in page.forms if f["action"] == "/sign-out"), None)
        assert key, f"{user}: {page.words[:300]}"
        return browser, key

    def _subjects(self):
        """Two customers, each with a casefile on which one of everything waits: of casework, where staff, manager and head
        of the columns work, and of enquiries."""
        office = self.office
        common = {
            "asset": re.search(r'href="(/assets/[^"]+/evenhand.css)"', self.browsers["nobody"].get("/policy").text).group(1),
            "reset": urllib.parse.urlparse(office.shell.run("staff", "reset-password", "theo", "--as", "amal", check=0).stdout.strip()).path,
            "item": self._item(),
        }
        return ({**common, **self._casefile("Olive Own", "sam", "mira")}, {**common, **self._casefile("Frank Foreign", "theo", "nora")})

    def _item(self):
        """A mail that the gate filed is owned work (G6)."""
        with contextlib.closing(PolicyClient(("127.0.0.1", self.office.server.gate_port))) as mail:
            action = mail.ask(protocol_state="DATA", recipient_count="1", sender="filed@example.org",
                              recipient="casework@opcr.example.org", instance="rights.matrix")  # fmt: skip
            assert action.startswith("REDIRECT"), action
        items = self.office.server.api("mira")
        return machine.wait_for("the filed mail's item", lambda: next((i["id"] for i in items.get("items")["items"]), None))

    def _casefile(self, name, staff, manager):
        """Reported, assessed and warned about; reported again, assessed and asked about (W5); and reported once more. Of each
        reference that a row may name, one."""
        office = self.office
        customer = office.act(staff, "add-customer", name=name, postal_address="1 Mill Lane\nBarford", format="letter")["id"]
        secret = f"{SECRET} {staff}"
        common = {"customer": customer, "channel": "phone", "disability": "no", "what": f"Rang nine times. {secret}", "effect": f"Nobody got through. {secret}"}
        contact = office.act(staff, "log-contact", customer=customer, channel="phone", what="Rang.")["id"]
        ended = office.act(staff, "end-call", customer=customer, channel="phone", reason="abusive", words="Shouted.")["id"]
        matter = office.act(staff, "open-matter", customer=customer, title="A complaint", kind="complaint",
                            function="casework" if staff == "sam" else "enquiries")["id"]  # fmt: skip
        done = office.act(staff, "report-behaviour", heading="unreasonable", other="Demands daily calls", **common)
        casefile = done["casefile"]
        tests = {"circumstances": "c", "seriousness": "s", "impact": "i"}
        assess = {"casefile": casefile, "needs_considered": "None known.", "behaviour": f"You rang nine times. {secret}"}
        assessment = office.act(manager, "assess-report", reports=[done["id"]], outcome="warning", heading="unreasonable", tests=tests, **assess)["id"]
        warned = office.act(manager, "warn", casefile=casefile, assessment=assessment, delivery="post")
        threat = office.act(staff, "report-behaviour", heading="aggressive-or-abusive", example="threats", **common)["id"]
        office.act(manager, "assess-report", reports=[threat], outcome="request", heading="aggressive-or-abusive", ground="threat",
                   tests={"beyond-anger": "Meant for one person."}, **assess)  # fmt: skip
        request = office.act(manager, "request", casefile=casefile, reports=[threat], account={key: "Looked at." for key in CRITERIA},
                             no_complaints=True, reasons=f"It goes on. {secret}", review_on=office.day(180), skip_reason="threat", skip_risk="Worse.",
                             restrictions=[{"kind": "channels-not", "arguments": {"channels": ["phone"]}, "report": threat}])["id"]  # fmt: skip
        fresh = office.act(staff, "report-behaviour", heading="unreasonable", other="Once more", **common)["id"]
        evidence = office.act(staff, "attach-evidence", casefile=casefile, what=f"A voicemail. {secret}",
                              file={"name": "call.txt", "type": "text/plain", "bytes": base64.b64encode(secret.encode()).decode()})["id"]  # fmt: skip
        return {"customer": customer, "casefile": casefile, "contact": contact, "ended": ended, "matter": matter, "warning": warned["id"],
                "notice": warned["notice"], "assessment": assessment, "request": request, "report": fresh, "evidence": evidence}  # fmt: skip


@fixture(lasting=True)
def visitors(office):
    yield Visitors(office)


def path_of(visitors, row, whose):
    return row.path.format(**(visitors.own if whose == "own" else visitors.foreign))


def ask(visitors, key, row, column, whose):
    """The status that this person gets."""
    browser, csrf = visitors.browsers[column], visitors.keys[column]
    if row.spoils and column in PEOPLE:
        browser, csrf = visitors.sign_in(PEOPLE[column])
    path = path_of(visitors, row, whose)
    try:
        if key.startswith("GET "):
            return str(browser.get(path, redirects=False).status)
        return str(browser.post(path, {"csrf": csrf}, redirects=False).status)
    except OSError:  # sessions are in the database: the next one finds theirs again
        if not visitors.office.server.running():
            print(f"       {key} as {column}: the server died: {visitors.office.server.log_text()[-500:]}")
            visitors.office.server.start()
        return "died"


def head(visitors):
    """The number of the record's last entry."""
    return visitors.office.shell.run("status", "--json").json()["record"]["number"]


def acts_since(visitors, number):
    """What was done since: the acts of later entries; looking is recorded too, and is none (K4)."""
    entries = visitors.office.shell.list("record", user="anja", after=number)["items"]
    return [e["act"] for e in entries if e["act"] != "view"]


def guess(key, visitors):
    """A row for a route that has none, as it answers now: to be looked at, and put into rights.py."""
    path = key.split(" ")[1].replace(":ref", "{customer}" if "/customers/" in key else "{casefile}").replace(":act", key.split(" ")[-1])
    if ":" in path:
        return f'    "{key}": row("…", …),'
    from .rights import row

    seen = {}
    for whose in ("own", "foreign"):
        made = row(path, " ".join(["0"] * len(COLUMNS)))
        seen[whose] = " ".join(ask(visitors, key, made, column, whose) for column in COLUMNS)
    foreign = f', foreign="{seen["foreign"]}"' if seen["foreign"] != seen["own"] else ""
    return f'    "{key}": row("{path}", "{seen["own"]}"{foreign}),'


def test_every_route_has_its_row_and_every_row_its_route(visitors):
    table = routes()
    missing = [key for key in table if key not in ROWS]
    assert not missing, "rights.py lacks these; as they answer now:\n" + "\n".join(guess(key, visitors) for key in missing)
    assert not set(ROWS) - set(table), f"rights.py has rows of routes that are gone: {sorted(set(ROWS) - set(table))}"


def test_every_page_and_form_answers_each_role_as_the_matrix_says(visitors):
    wrong = []
    for key, row in ROWS.items():
        for whose in ("own", "foreign"):
            expected = row.own if whose == "own" else row.foreign
            seen = [ask(visitors, key, row, column, whose) for column in COLUMNS]
            if seen != expected:
                wrong.append(f"{key}, {whose} ({path_of(visitors, row, whose)}):\n  expected {' '.join(expected)}\n  seen     {' '.join(seen)}")
    assert not wrong, "\n".join([" ".join(COLUMNS), *wrong])


def test_who_may_do_what_on_a_casefile_is_asked_by_the_act_too(visitors):
    wrong = []
    number = head(visitors)
    for act, filled in FILLED.items():
        for whose, names in (("own", visitors.own), ("foreign", visitors.foreign)):
            expected, seen, words = (filled.own if whose == "own" else filled.foreign), [], ""
            for column in COLUMNS:
                data = {name: value.format(**names) for name, value in filled.fields.items()}
                answer = visitors.browsers[column].post(filled.path.format(**names), {**data, "casefile": names["casefile"], "go": "check", "csrf": visitors.keys[column]})
                seen.append(str(answer.status))
                if answer.status not in (200, 403):
                    words = re.sub(r".*There is a problem", "", answer.words)[:300]
            if seen != expected:
                wrong.append(f"{act}, {whose}:\n  expected {' '.join(expected)}\n  seen     {' '.join(seen)} {words}")
    assert not wrong, "\n".join([" ".join(COLUMNS), *wrong])
    assert acts_since(visitors, number) == []


def test_G10_nobody_of_another_function_and_no_administrator_reads_what_happened(visitors):
    read = set()
    for key, row in ROWS.items():
        if not key.startswith("GET "):
            continue
        for column in PEOPLE:
            for whose, staff in (("own", "sam"), ("foreign", "theo")):
                text = visitors.browsers[column].get(path_of(visitors, row, whose)).text
                if f"{SECRET} {staff}" in text:
                    read.add((column, staff))
                    elsewhere = staff == "theo" and column in ("staff", "manager", "head")
                    assert not elsewhere and column != "administrator", f"{key}, {whose}: {column} reads what is not for them"
    assert {("manager", "sam"), ("head", "sam"), ("auditor", "theo")} <= read, read  # who answers for it does


def test_the_coarse_right_of_the_table_is_what_the_matrix_says(visitors):
    """Who the route's right shuts out is refused in the matrix, and what is public is open to nobody in particular."""
    names = {"staff": "staff", "manager": "manager", "head-of-function": "head", "complaints-officer": "complaints",
             "records-officer": "records", "auditor": "auditor", "administrator": "administrator"}  # fmt: skip
    for key, route in routes().items():
        row = ROWS.get(key)
        if row is None:
            continue
        for whose, statuses in (("own", row.own), ("foreign", row.foreign)):
            by = dict(zip(COLUMNS, statuses, strict=True))
            if route["right"] != "public":
                assert by["nobody"] == by["half"] == ("303" if key.startswith("GET") else "403"), (key, whose, by)
            for role, column in names.items():
                if "roles" in route and role not in route["roles"]:
                    assert by[column] == "403", f"{key}: {role} is not in the route's right, and the matrix says {by[column]}"


def test_a_form_without_its_key_with_anothers_or_from_elsewhere_is_refused_everywhere(visitors):
    number = head(visitors)
    for key, row in ROWS.items():
        if not key.startswith("POST ") or row.spoils:
            continue
        # Somebody whom the route lets in; the administrator is nobody's caseworker.
        column = next((c for c, status in zip(COLUMNS, row.own, strict=True) if c in PEOPLE and status != "403"), "staff")
        browser, own, other = visitors.browsers[column], visitors.keys[column], visitors.keys["manager" if column != "manager" else "staff"]
        path = path_of(visitors, row, "own")
        for why, data, headers in (
            ("no key", {}, {}),
            ("an empty key", {"csrf": ""}, {"Origin": browser.base}),
            ("a made-up key", {"csrf": "x" * 43}, {"Origin": browser.base}),
            ("the key of another's session", {"csrf": other}, {}),
            ("the key of another's session, from our own page", {"csrf": other, "what": "stolen"}, {"Origin": browser.base}),
            ("a foreign origin", {"csrf": own}, {"Origin": "https://evil.example"}),
            ("an origin that cannot be told", {"csrf": own}, {"Origin": "null"}),
            ("another site", {"csrf": own}, {"Sec-Fetch-Site": "cross-site"}),
            ("a neighbour", {"csrf": own}, {"Sec-Fetch-Site": "same-site"}),
        ):
            status, _, body = raw(browser, "POST", path, urllib.parse.urlencode(data).encode(), **{**FORM, **headers})
            assert status == 403, f"{key} with {why}: {status}"
            assert "evil.example" not in body and "stolen" not in body, f"{key} with {why}: it gives back what it was sent"
    assert acts_since(visitors, number) == []


def test_every_answer_carries_the_headers_that_shut_others_out(visitors):
    """On every route, for somebody who may see it and for nobody."""
    for key, row in ROWS.items():
        if not key.startswith("GET "):
            continue
        for column in ("nobody", "staff", "auditor", "administrator"):
            answer = visitors.browsers[column].get(path_of(visitors, row, "own"), redirects=False)
            policy = answer.headers["Content-Security-Policy"]
            if answer.headers["Content-Disposition"] is not None:  # a file that somebody sent us: it may do nothing at all
                assert policy == "default-src 'none'; sandbox" and answer.headers["Content-Disposition"].startswith("attachment;"), key
                continue
            assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "form-action 'self'" in policy, key
            assert "unsafe" not in policy and "base-uri 'none'" in policy, key
            for name, value in (
                ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
            ):  # fmt: skip
                assert answer.headers.get_all(name) == [value], (key, name, answer.headers.get_all(name))
            assert answer.headers.get_all("Referrer-Policy") in (["same-origin"], ["strict-origin"]), key
            kept = answer.headers.get_all("Cache-Control")
            assert kept == (["public, max-age=31536000, immutable"] if "/assets/" in key else ["no-store"]), (key, column, kept)
            assert answer.headers["Strict-Transport-Security"] is None, key
            if "html" in answer.headers["Content-Type"]:
                for bad in (r"<script(?![^>]*\ssrc=)", r"<style", r"\sstyle=", r"\son\w+=", r"javascript:"):
                    assert not re.search(bad, answer.text, re.I), f"{bad} on {key}"

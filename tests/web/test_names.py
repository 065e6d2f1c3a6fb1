"""Names and words: no timeline, register or entry of the record shows a user name, a machine's name or a key."""

import csv
import html
import io
import json
import re

from .office import office  # noqa: F401 (a fixture)
from .test_pages import raw, signed_in

VIEWERS = ("sam", "mira")
ITEM = re.compile(r'<div class="moj-timeline__item.*?(?=<div class="moj-timeline__item|<nav|</section>)', re.S)


def staff(office):
    return {s["id"]: s["name"] for s in office.shell.list("staff", user="amal")["items"]}


# Of the programs' own.
KEYS = ("as-asked", "no-action", "informal-advice", "warning-sufficed", "advice-sufficed", "overturned", "still-apply", "handed-over", "read-out",
        "in-person", "new-information", "nothing-new", "granted-for-now", "information-request", "log-contact", "take-in-contacts")  # fmt: skip


def entries(text):
    """(heading, byline, words) of each entry of a page's timeline."""
    def plain(pattern, item):
        found = re.search(pattern, item, re.S)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split()) if found else None

    return [(plain(r"moj-timeline__title\">(.*?)</h", item), plain(r"moj-timeline__byline\">(.*?)</p>", item),
             plain(r"moj-timeline__description\">(.*)</div>", item)) for item in ITEM.findall(text)]  # fmt: skip


def walk(browser, path):
    """The entries of all pages of the timeline that begins there."""
    found = []
    while path:
        page = browser.get(path)
        assert page.status == 200, (path, page.status)
        found += entries(page.text)
        older = re.search(r'href="([^"]*before=[^"]*)"[^>]*rel="next"', page.text)
        path = html.unescape(older.group(1)).split("#")[0] if older else None
    return found


def test_K2_no_timeline_names_a_user_a_machine_or_a_key(office):
    people = staff(office)
    wrong = re.compile(r"\b(" + "|".join(map(re.escape, [*people, *KEYS])) + r")\b|job:")
    headings, seen = set(), 0
    for user in VIEWERS:
        browser = signed_in(office, user)
        paths = [f"/customers/{ref}" for ref in office.people.values()]
        paths += [f"/casefiles/{c['id']}" for c in office.shell.list("casefiles", user="mira")["items"]]
        for path in paths:
            for heading, byline, words in walk(browser, path):
                seen += 1
                headings.add(heading)
                assert heading and not wrong.search(heading), (user, path, heading)
                assert byline is None or byline[3:] in {*people.values(), "the system"}, (user, path, byline)
                assert not wrong.search(words or ""), (user, path, heading, words)
    assert seen > 100 and {"Decided", "Warned", "Behaviour reported", "Report assessed", "Call from the customer"} <= headings, headings
    assert "Letter handed over" in headings, headings
    # What happened, and not what is to be done.
    assert not headings & {"Decide", "Notify", "Warn", "Confirm a notice", "Log a breach", "Log contact", "Assess a report"}, headings


def test_G10_no_entry_is_empty_for_who_may_not_see_it(office):
    """Staff of another function: the steps are left out, and the page says so; the contacts stay."""
    customer = office.people["Ada Routed"]
    page = signed_in(office, "mira").get(f"/customers/{customer}")
    assert ("Decided", "Authorised as asked") in [(h, w) for h, _, w in entries(page.text)]
    other = next(s["id"] for s in office.shell.list("staff", user="amal")["items"]
                 if any(r["role"] == "staff" and r["function"] != "casework" for r in s["roles"]))  # fmt: skip
    page = signed_in(office, other).get(f"/customers/{customer}")
    assert "Decided" not in [h for h, _, _ in entries(page.text)], page.words
    assert "Steps of a casefile that are not shown to you are left out." in page.words


def test_what_a_contact_was_about_stands_on_the_timeline_for_who_may_see_it(office):
    customer = office.customer("Nina Named", "01632 960870")
    office.act("sam", "log-contact", customer=customer, channel="phone", minutes=7, what="Asked where her letter is.")
    line = ("Call from the customer", f"by {staff(office)['sam']}", "7 minutes. Asked where her letter is.")
    assert line in entries(signed_in(office, "mira").get(f"/customers/{customer}").text)


def test_registers_and_their_files_name_people(office):
    people = staff(office)
    office.act("sam", "end-call", customer=office.people["Bo Limited"], reason="abusive", words="Shouted.")
    page = signed_in(office, "mira").get("/registers/ended-calls")
    assert people["sam"] in page.words and not re.search(r"\bsam\b", page.words), page.words
    status, _, text = raw(signed_in(office, "mira"), "GET", "/registers/ended-calls.csv")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    assert status == 200 and rows and {row["Ended by"] for row in rows} <= set(people.values()), rows
    page = signed_in(office, "anja").get("/registers/warnings")
    assert "that you may see" in page.words and "Written warnings of the functions that you answer for." not in page.words
    page = signed_in(office, "mira").get("/registers/arrangements")
    assert "Selected filters" in page.words and "Only these are listed. State: In force." in page.words
    assert "In force since" in page.words and "Contact with Casework" in page.words, page.words
    assert "Contact with Casework" in signed_in(office, "mira").get("/registers/casefiles").words


def test_the_record_names_people_and_the_policy(office):
    people = staff(office)
    page = signed_in(office, "anja").get("/record")
    assert f"{people['sam']}, from the command line" in page.words, page.words
    assert "shell:" not in page.words and "police-complaints 1" not in page.words and "version 1" in page.words
    cells = re.findall(r'data-label="(?:Who|About)">(.*?)</td>', page.text, re.S)
    assert cells and not [c for c in cells if re.sub(r"<[^>]+>", "", c).split(",")[0] in people], json.dumps(cells)

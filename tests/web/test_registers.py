"""My work and the registers as pages and as files: who sees what, sort, pages, filters, hostile text, formulas."""

import contextlib
import csv
import html
import io
import re
import urllib.parse
import uuid

from harness import machine
from harness.policy import PolicyClient
from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_pages import raw, signed_in

FORMULAS = ["=1+2", "+44 <b>Plus</b>", "-Minus & Co", "@handle", "\"Quoted\", Ltd"]
REGISTERS = ("customers", "casefiles", "arrangements", "warnings", "ended-calls", "referrals")


def named(office, name, **fields):
    """A customer of this name, made once."""
    if name not in office.people:
        office.customer(name, kind="body", **fields)
    return office.people[name]


def violent(office):
    """A casefile with violence that was referred to the police, and a call that was ended; made once."""
    if "Vic Violent" not in office.people:
        customer = named(office, "Vic Violent")
        done = office.act("sam", "report-behaviour", customer=customer, channel="phone", heading="aggressive-or-abusive", example="violence-threatened",
                          what="Would come round.", effect="Afraid.", disability="no", violence=True, welfare="I am afraid.")  # fmt: skip
        office.act("mira", "refer-to-police", casefile=done["casefile"], force="=Oldtown \"Police\"")
        office.act("sam", "end-call", customer=customer, reason="abusive", words="@said <i>this</i>")
    return office.people["Vic Violent"]


def rows(page):
    """The cells of the page's table, row by row, as text."""
    body = re.search(r"<tbody.*?</tbody>", page.text, re.S)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr.*?</tr>", body.group(0), re.S)] if body else []
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def file_of(browser, path):
    status, headers, text = raw(browser, "GET", path)
    assert status == 200 and headers["Content-Type"] == "text/csv; charset=utf-8", (status, headers["Content-Type"])
    assert "attachment" in headers["Content-Disposition"] and headers["Cache-Control"] == "no-store"
    assert text.startswith("\ufeff") and text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_each_register_is_there_for_who_works_on_cases(office):
    violent(office)
    for user in ("sam", "mira", "hana", "cleo", "ravi", "anja"):
        browser = signed_in(office, user)
        for name in REGISTERS:
            page = browser.get(f"/registers/{name}")
            assert page.status == 200 and page.text.count("<h1") == 1, (user, name, page.words[:400])
    amal = signed_in(office, "amal")
    for path in [f"/registers/{name}" for name in REGISTERS] + ["/registers/customers.csv", "/work"]:
        page = amal.get(path)
        assert page.status == 403 and "Jordan" not in page.text, path
    assert signed_in(office, "sam").get("/registers/nonsense").status == 404
    assert signed_in(office, "sam").get("/registers/nonsense.csv").status == 404


def test_police_matters_and_warnings_are_for_who_answers_for_them(office):
    violent(office)
    assert "Vic Violent" in signed_in(office, "mira").get("/registers/referrals").words
    for user in ("sam", "theo", "nora"):
        browser = signed_in(office, user)
        assert "Vic Violent" not in browser.get("/registers/referrals").words
        assert len(file_of(browser, "/registers/referrals.csv")) == 1
        assert not [w for w in rows(browser.get("/registers/warnings")) if "Casework" in w[2]]
    assert "Oldtown" in " ".join(sum(file_of(signed_in(office, "anja"), "/registers/referrals.csv"), []))


def test_what_was_said_stays_with_who_may_read_it(office):
    violent(office)
    # Theo works elsewhere: that the call was ended he sees, and no word of it.
    page = signed_in(office, "theo").get("/registers/ended-calls?name=vic")
    assert "Vic Violent" in page.words and "Waits for a manager" in page.words
    mira = signed_in(office, "mira")
    [call] = office.server.api("mira").get("ended-calls", customer=office.people["Vic Violent"])["items"]
    if call["followed_up_at"] is None:
        form = mira.get(f"/work/follow-up?about={call['id']}")
        assert "@said <i>this</i>" in form.words
        done = form.submit({"words": "=Talked <b>it</b> over", "go": "send"})
        assert "Followed up" in done.words, done.words[:600]
    assert "=Talked <b>it</b> over" in mira.get("/registers/ended-calls?name=vic").words
    other = signed_in(office, "theo").get("/registers/ended-calls?name=vic")
    assert "over" not in str(rows(other)) and "By Mira" in other.words
    assert "over" not in str(file_of(signed_in(office, "theo"), "/registers/ended-calls.csv?name=vic"))


def test_names_are_text_on_the_page_and_no_formulas_in_the_file(office):
    for name in FORMULAS:
        named(office, name)
    browser = signed_in(office, "sam")
    page = browser.get("/registers/customers?name=" + urllib.parse.quote("plus"))
    assert "+44 <b>Plus</b>" in page.words and "<b>Plus" not in page.text
    table = file_of(browser, "/registers/customers.csv")
    assert table[0] == ["Name", "Reference", "Who", "Letters go", "Known since"]
    held = {row[0] for row in table[1:]}
    for name in FORMULAS:
        assert ("'" + name if name[0] in "=+-@" else name) in held, (name, held)
    assert not [cell for row in table for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    violent(office)
    told = file_of(signed_in(office, "mira"), "/registers/referrals.csv")
    assert "'=Oldtown \"Police\"" in told[1]


def test_a_file_holds_all_rows_of_the_filter_in_the_pages_order(office):
    browser = signed_in(office, "anja")
    for path in ("customers?sort=-name", "customers?name=quill", "casefiles?open=true&sort=customer_name", "arrangements?in_force=", "ended-calls"):
        name, _, query = path.partition("?")
        shown, page = [], browser.get(f"/registers/{path}")
        for _ in range(50):
            shown += rows(page)
            if "Next page" not in page.words:
                break
            following = re.search(r'href="(/registers/[^"]*cursor=[^"]*)" rel="next"', page.text).group(1).replace("&amp;", "&")
            page = browser.get(following)
        table = file_of(browser, f"/registers/{name}.csv?{query}")[1:]
        assert len(table) == len(shown) > 0, path
        if name != "ended-calls":  # whose first column is a time, which a file writes for machines
            assert [row[0].lstrip("'") for row in table] == [row[0] for row in shown], path


def test_columns_sort_by_links_and_say_so(office):
    browser = signed_in(office, "sam")
    page = browser.get("/registers/customers")
    assert re.search(r'<th[^>]*aria-sort="ascending"[^>]*><a[^>]*href="/registers/customers\?sort=-name"', page.text)
    names = [row[0] for row in rows(page)]
    back = browser.get("/registers/customers?sort=-name")
    assert re.search(r'aria-sort="descending"', back.text) and len(re.findall("aria-sort", back.text)) == 1
    assert rows(back)[0][0] != names[0]
    assert browser.get("/registers/customers?sort=password").status == 400


def test_filters_are_in_the_open_and_can_be_taken_back(office):
    browser = signed_in(office, "hana")
    page = browser.get("/registers/arrangements")
    assert "In force" in page.words and all("In force" in row[4] or "overdue" in row[4].lower() for row in rows(page)), rows(page)[:3]
    everything = browser.get("/registers/arrangements?in_force=")
    assert len(rows(everything)) > len(rows(page))
    found = browser.get("/registers/casefiles?name=jordan&function=casework&open=true")
    assert rows(found) and all(row[1] == "Jordan Quill" for row in rows(found))
    for tag in ("Remove this filter jordan", "Remove this filter Casework", "Remove this filter Open"):
        assert tag in found.words, found.words[:900]
    assert "No casefile fits." in browser.get("/registers/casefiles?name=nobody").words


def test_what_does_not_fit_is_said_at_its_field(office):
    browser = signed_in(office, "sam")
    for query, words in {"name=" + urllib.parse.quote("'"): "at least one letter", "name=" + "x" * 300: "at most 200", "cursor=zzz": "belongs to no page",
                         "name=a&identifier=b": "not both"}.items():  # fmt: skip
        page = browser.get("/registers/customers?" + query)
        assert page.status == 400 and "There is a problem" in page.words and words in page.words, (query, page.words[:500])
    for text in ("<script>alert(1)</script>", "'; DROP TABLE customer; --", "%s%n\\", "${x}"):
        page = browser.get("/registers/customers?name=" + urllib.parse.quote(text))
        assert page.status in (200, 400) and "<script>alert" not in page.text


def test_looking_at_a_register_or_at_work_is_recorded(office):
    signed_in(office, "ravi").get("/registers/casefiles?customer=x")
    signed_in(office, "ravi").get("/registers/casefiles")
    viewings = office.server.api("anja").get("viewings", actor="ravi", limit=20)["items"]
    assert any(v["subject"] == "casefiles" and v["what"].startswith("list casefiles: CF-") for v in viewings), viewings[:3]
    signed_in(office, "mira").get("/work?whose=function")
    seen = office.server.api("anja").get("viewings", actor="mira", limit=50)["items"]
    assert any(v["what"] == "my work" and v["subject"].startswith("C-") for v in seen), seen[:3]


def test_work_is_grouped_counted_and_leads_to_where_it_is_done(office):
    violent(office)
    browser = signed_in(office, "mira")
    page = browser.get("/work")
    assert page.status == 200 and re.search(r"Mine \(\d+\)", page.words) and "How pressing" in page.words
    for href in sorted(set(re.findall(r'href="(/work\?[^"]+)"', page.text))):
        assert browser.get(href.replace("&amp;", "&")).status == 200, href
    only = browser.get("/work?kind=assess-report")
    assert "/assess-report?about=R-" in only.text and "Kind of work" in only.words
    assert browser.get("/work?kind=nonsense").status == 400
    nothing = signed_in(office, "cleo").get("/work?kind=answer-dispute&urgency=critically-overdue")
    assert nothing.status == 200


def test_every_link_of_my_work_opens_for_who_sees_it(office):
    violent(office)
    for user in ("sam", "mira", "hana", "nora", "cleo", "ravi", "anja"):
        browser = signed_in(office, user)
        page = browser.get("/work?whose=function")
        for href in sorted(set(re.findall(r'href="(/[^"]+)"', page.text.split("<main")[1]))):
            assert browser.get(href.replace("&amp;", "&")).status == 200, (user, href)


def test_work_is_handed_to_somebody_who_may_have_it(office):
    customer = named(office, "Wanda Handed")
    done = office.act("mira", "report-behaviour", customer=customer, channel="phone", heading="unreasonable", example="continual-contact",
                      what="Rang all day.", effect="Nobody else got through.", disability="no")  # fmt: skip
    hana = signed_in(office, "hana")
    page = hana.get("/work?kind=name-assessor")
    assert f"/work/assign?work={done['id']}" in page.text, page.words[:800]
    form = hana.get(f"/work/assign?work={done['id']}")
    assert "Nora Achebe" in form.words and "Theo Brandt" not in form.words, form.words[:900]
    assert "Handed on" in form.submit({"to": "nora", "go": "send"}).words
    assert done["id"] in signed_in(office, "nora").get("/work?kind=assess-report").text
    refused = signed_in(office, "theo").get(f"/work/assign?work={done['id']}")
    assert "Nora Achebe" not in refused.words
    assert hana.get("/work/assign?work=R-2026-999999").status == 404
    assert hana.get("/work/assign?work=" + urllib.parse.quote("R-1'\"<b>")).status == 404


def test_G6_filed_mail_is_somebodys_work_until_they_say_what_came_of_it(office):
    sam = signed_in(office, "sam")

    def waiting():
        return set(re.findall(r'href="(/items/I-[^"]+)"', sam.get("/work?kind=item").text))

    before = waiting()  # others' tests may leave some
    with contextlib.closing(PolicyClient(("127.0.0.1", office.server.gate_port))) as mail:
        mail.ask(protocol_state="DATA", recipient_count="1", recipient="casework@opcr.example.org", sender="filed@example.org", instance=uuid.uuid4().hex)
    machine.wait_for("the filed mail to be work", lambda: waiting() - before, 20)
    [address] = waiting() - before
    assert address not in signed_in(office, "theo").get("/work?kind=item&whose=function").text
    form = sam.get(address)
    assert "What came of it?" in form.words and "filed@example.org" in form.words, form.words[:900]
    refused = form.submit({"words": "<b>Nothing</b> new in it.", "go": "send"})
    assert "There is a problem" in refused.words and "<b>Nothing</b> new in it." in refused.text.replace("&lt;", "<").replace("&gt;", ">")
    done = refused.submit({"outcome": "nothing-new", "words": "<b>Nothing</b> new in it.", "go": "send"})
    assert "Dealt with" in done.words and waiting() == before
    assert sam.get("/items/I-2026-999999").status == 404


@engines("sqlite")
def test_every_roles_work_and_every_register_in_a_browser(office, folder):
    violent(office)
    for name in FORMULAS:
        named(office, name)
    office.act("sam", "end-call", customer=office.people["Vic Violent"], reason="abusive", words="Shouted.")
    drive(office, "work.mjs", folder)

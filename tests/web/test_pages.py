"""The pages as a program sees them: who comes in, whose form is taken, and what comes out as text. No JavaScript."""

import re
import time
import urllib.parse
import uuid

from harness.client import Browser
from harness.runner import engines
from harness.server import Server

from .office import office  # noqa: F401 (a fixture)

SCRIPT = "<script>alert(1)</script>\"'&<b>"


def signed_in(office, user, base=None):
    browser = Browser(base or office.server.url)
    page = browser.get("/sign-in").submit({"user_name": user, "password": office.passwords[user]})
    assert page.status == 200 and "Sign out" in page.words, page.words
    return browser


def contacts(office, customer=None):
    """The contacts that staff logged, newest first."""
    filters = {"customer": customer} if customer else {}
    return office.server.api("sam").get("contacts", limit=200, **filters)["items"]


def raw(browser, method, path, data=None, **headers):
    """One request with these headers and the browser's cookies, as no browser would send it."""
    import urllib.request

    request = urllib.request.Request(browser.base + path, data=data, headers=headers, method=method)
    browser.cookies.add_cookie_header(request)
    try:
        with urllib.request.build_opener(_Stay).open(request) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def log_form(browser, customer):
    """The page of a look-up, and what its form to log the contact holds."""
    page = browser.get(f"/?q={customer}")
    form = next(f for f in page.forms if f["action"] == "/contacts")
    return page, {name: value for name, value in form["fields"]}


def test_the_headers_of_every_page_forbid_scripts_from_elsewhere(office):
    browser = signed_in(office, "sam")
    for path in ("/", "/policy", "/sign-in", "/nowhere", f"/customers/{office.people['Jordan Quill']}", "/?q=Quill"):
        page = browser.get(path)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy, policy
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
        assert page.headers["X-Content-Type-Options"] == "nosniff" and page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cache-Control"] == "no-store"
        for bad in (r"<script(?![^>]*\ssrc=)", r"<style", r"\sstyle=", r"\son\w+=", r"javascript:"):
            assert not re.search(bad, page.text, re.I), f"{bad} on {path}"


def test_styles_and_scripts_are_kept_by_the_browser(office):
    browser = Browser(office.server.url)
    css = re.search(r'href="(/assets/[^"]+/evenhand.css)"', browser.get("/policy").text).group(1)
    status, headers, _ = raw(browser, "GET", css)
    assert status == 200 and headers["Content-Type"].startswith("text/css") and "immutable" in headers["Cache-Control"]
    assert browser.get("/assets/nothing.css").status == 404


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(office):
    browser = Browser(office.server.url)
    page = browser.get("/sign-in")
    early = page.headers.get_all("Set-Cookie")
    assert len(early) == 1 and re.fullmatch(r"evenhand-form=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax", early[0]), early
    fields = dict(next(f for f in page.forms if f["action"] == "/sign-in")["fields"])
    answer = browser.post("/sign-in", {**fields, "user_name": "sam", "password": office.passwords["sam"]}, redirects=False)
    session, form = answer.headers.get_all("Set-Cookie")
    assert re.fullmatch(r"evenhand=[\w-]{40,}; Path=/; HttpOnly; SameSite=Lax", session), session
    assert form.startswith("evenhand-form=;") and "Max-Age=0" in form, form
    assert answer.status == 303 and answer.headers["Location"] == "/"


@engines("sqlite")
def test_over_TLS_cookies_are_bound_to_the_host(shell):
    server = Server(shell, "--behind-proxy").start()
    browser = Browser(server.url)
    _, headers, body = raw(browser, "GET", "/sign-in", **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    early = headers["Set-Cookie"]
    assert early.startswith("__Host-evenhand-form=") and early.endswith("; Secure"), early
    data = urllib.parse.urlencode({"csrf": re.search(r'name="csrf" value="([0-9a-f]+)"', body).group(1), "back": "/", "user_name": "sam",
                                   "password": shell.sign_ins()["sam"]}).encode()  # fmt: skip
    https = {"X-Forwarded-Proto": "https", "Cookie": early.split(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
    status, headers, _ = raw(browser, "POST", "/sign-in", data, Origin=server.url, **https)
    assert status == 403, "over TLS, a form from a page without TLS was taken"
    status, headers, _ = raw(browser, "POST", "/sign-in", data, Origin=server.url.replace("http:", "https:"), **https)
    session = headers.get_all("Set-Cookie")[0]
    assert status == 303 and session.startswith("__Host-evenhand=") and session.endswith("; Secure"), session
    server.end()


def test_after_the_sign_in_people_come_only_to_our_own_pages(office):
    ours = f"/customers/{office.people['Jordan Quill']}"
    asked = Browser(office.server.url).get(ours)
    assert asked.url.endswith("/sign-in?back=" + urllib.parse.quote(ours, safe="")), asked.url
    done = asked.submit({"user_name": "sam", "password": office.passwords["sam"]})
    assert done.url.endswith(ours) and "Jordan Quill" in done.words
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "/%0d%0aSet-Cookie:x=y", "javascript:alert(1)", "/sign-out"):
        browser = Browser(office.server.url)
        page = browser.get("/sign-in?back=" + urllib.parse.quote(urllib.parse.unquote(elsewhere), safe=""))
        fields = dict(next(f for f in page.forms if f["action"] == "/sign-in")["fields"])
        assert fields["back"] == "/", fields
        fields.update(user_name="sam", password=office.passwords["sam"], back=urllib.parse.unquote(elsewhere))
        answer = browser.post("/sign-in", fields, redirects=False)
        assert answer.status == 303 and answer.headers["Location"] == "/", f"{elsewhere}: {answer.headers['Location']}"


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(office):
    page = Browser(office.server.url).get("/sign-in").submit({"user_name": "mira", "password": "not this"})
    assert page.status == 403 and "There is a problem" in page.words and "is not right" in page.words
    form = next(f for f in page.forms if f["action"] == "/sign-in")
    assert dict(form["fields"])["user_name"] == "mira" and dict(form["fields"])["password"] == ""
    unknown = Browser(office.server.url).get("/sign-in").submit({"user_name": "nobody-" + "x" * 20, "password": "not this"})
    assert re.search(r"The user name[^.]*\.", unknown.words).group() == re.search(r"The user name[^.]*\.", page.words).group()
    assert "Type your password" in Browser(office.server.url).get("/sign-in").submit({"user_name": "mira"}).words


def test_a_sign_in_needs_the_form_that_this_browser_was_given(office):
    with_cookie, without = Browser(office.server.url), Browser(office.server.url)
    key = dict(with_cookie.get("/sign-in").forms[-1]["fields"])["csrf"]
    for browser, csrf in ((without, key), (with_cookie, "0" * 64), (with_cookie, "")):
        answer = browser.post("/sign-in", {"user_name": "sam", "password": office.passwords["sam"], "csrf": csrf, "back": "/"}, redirects=False)
        assert answer.status == 403 and not any("evenhand=" in c for c in answer.headers.get_all("Set-Cookie") or []), answer.status


def test_too_many_wrong_passwords_end_in_a_pause(office):
    for _ in range(10):
        Browser(office.server.url).get("/sign-in").submit({"user_name": "theo", "password": "no"})
    page = Browser(office.server.url).get("/sign-in").submit({"user_name": "theo", "password": office.passwords["theo"]})
    assert page.status == 403 and "too many tries" in page.words
    signed_in(office, "sam")  # others are not locked out


def test_without_a_session_every_page_but_the_public_ones_asks_for_it(office):
    browser = Browser(office.server.url)
    for path in ("/", "/?q=Quill", f"/customers/{office.people['Jordan Quill']}"):
        answer = browser.get(path, redirects=False)
        assert answer.status == 303 and answer.headers["Location"].startswith("/sign-in?back="), path
    for path in ("/policy", "/sign-in"):
        assert browser.get(path, redirects=False).status == 200
    assert "How to dispute a decision" in browser.get("/policy").words


def test_roles_decide_which_pages_open(office):
    jordan = f"/customers/{office.people['Jordan Quill']}"
    # What the arrangement of another function means to Nora and to the auditor, who has none, is the gate's to say (G4).
    for user, says, customer, log in (
        ("sam", "Decline this call", 200, True),
        ("nora", "Answer as usual", 200, True),
        ("anja", "Ask what it is about", 200, False),
        ("amal", "You run the system", 403, False),
    ):
        browser = signed_in(office, user)
        page = browser.get(f"/?q={office.people['Jordan Quill']}")
        assert says in page.words, f"{user}: {page.words}"
        assert any(f["action"] == "/contacts" for f in page.forms) == log, user
        opened = browser.get(jordan)
        assert opened.status == customer and ("You do not have access to this page" in opened.words) == (customer == 403), user
        if not log:
            key = next(dict(f["fields"])["csrf"] for f in page.forms if f["action"] == "/sign-out")
            refused = browser.post("/contacts", {"csrf": key, "q": "x", "channel": "phone"})
            assert refused.status == 403 and "You do not have access to this page" in refused.words, user


def test_G10_only_who_may_see_reasons_is_told_why(office):
    question = f"/?q={office.people['Jordan Quill']}"
    assert "decision D-" in signed_in(office, "hana").get(question).words
    page = signed_in(office, "sam").get(question)
    assert "Decline this call" in page.words and "decision D-" not in page.words, page.words


def test_G4_what_is_about_one_function_only_says_so_elsewhere(office):
    page = signed_in(office, "anja").get(f"/?q={office.people['Jordan Quill']}")  # she has no function
    assert "Ask what it is about" in page.words and "If it is about something else, answer as usual" in page.words, page.words
    assert "An arrangement is in force for contact with " in page.words, page.words


def test_K4_a_look_at_a_customer_is_recorded(office):
    fay = office.people["Fay Quill"]
    before = len(office.server.api("anja").get("viewings", subject=fay)["items"])
    signed_in(office, "ravi").get(f"/customers/{fay}")
    seen = office.server.api("anja").get("viewings", subject=fay)["items"]
    assert len(seen) > before and "ravi" in {v["actor"] for v in seen}, seen


def test_one_click_logs_a_contact_once_however_often_it_is_sent(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    _, fields = log_form(browser, mab)
    fields["what"] = "Asked about the review"
    first, second = browser.post("/contacts", fields), browser.post("/contacts", fields)
    logged = [c for c in contacts(office, mab) if c["what"] == fields["what"]]
    assert "Logged as K-" in first.words and "Logged as K-" in second.words
    assert re.search(r"Logged as (K-[\d-]+)", first.words).group() == re.search(r"Logged as (K-[\d-]+)", second.words).group()
    assert len(logged) == 1 and logged[0]["channel"] == "phone", logged
    # Back, changed, and sent again: it is said, and nothing typed is lost.
    fields["what"] = "Asked about something else"
    again = browser.post("/contacts", fields)
    assert again.status == 409 and "was sent before" in again.words
    form = next(f for f in again.forms if f["action"] == "/contacts")
    assert dict(form["fields"])["what"] == "Asked about something else" and dict(form["fields"])["request_id"] != fields["request_id"]


def test_a_stranger_can_be_logged_at_once(office):
    browser = signed_in(office, "sam")
    page = browser.get("/?q=01632+960955")
    assert "We do not know them" in page.words
    done = page.submit({"what": "Would not give a name"}, form="/contacts")
    reference = re.search(r"Logged as (K-[\d-]+)", done.words).group(1)
    kept = office.server.api("sam").get(f"contacts/{reference}")
    assert kept["customer"] is None and kept["from"] == "+441632960955", kept


def test_a_softphone_opens_the_page_with_the_callers_number(office):
    browser = signed_in(office, "sam")
    for number in ("+441632960801", "%2B441632960801", "01632960801"):
        page = browser.get(f"/?q={number}")
        assert "Pass this call to Ada Lin" in page.words, f"{number}: {page.words}"
    page = browser.get("/?q=+33142685300")  # not encoded: the plus would be a space, and the number nobody's
    assert 'value="+33142685300"' in page.text and "We do not know them" in page.words, page.words


def test_R11_a_shared_number_asks_who_it_is_and_then_answers_for_that_person(office):
    page = signed_in(office, "sam").get("/?q=07700+900123")
    assert "Ask who it is" in page.words and not any(f["action"] == "/contacts" for f in page.forms)
    assert "Answer as usual" in page.follow("Fay Quill").words.split("Log this")[0]
    assert "Decline this call" in page.follow("Jordan Quill").words
    assert "Answer as usual" in page.follow("None of them").words


def test_B6_access_needs_stand_before_the_words_to_say(office):
    browser = signed_in(office, "sam")
    words = browser.get(f"/?q={office.people['Jordan Quill']}").words
    assert words.index("Decline this call") < words.index("Rings with a relay interpreter") < words.index("We cannot take this call"), words
    assert "Letters in large print (asked for, not answered yet)" in browser.get("/?q=O'Brien").words


def test_G5_staff_see_which_ways_stay_open(office):
    words = signed_in(office, "sam").get(f"/?q={office.people['Jordan Quill']}").words
    ways = words[words.index("Ways that stay open"):]
    usual, protected = ways.split("For you")[0].split("Disputing a decision")
    assert "by letter" in usual and "by phone" not in usual, ways
    assert "by phone on 020 7946 0199 or by e-mail to complaints@opcr.example.org" in protected, ways


def test_N5_what_is_decided_and_not_in_force_yet_restricts_nothing_and_is_said(office):
    words = signed_in(office, "sam").get(f"/?q={office.people['Ed Decided']}").words
    assert "Answer as usual" in words and "decided, not yet in force" in words, words


def test_what_does_not_fit_comes_back_filled_with_the_problem_at_its_field(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    _, fields = log_form(browser, mab)
    before = len(contacts(office, mab))
    long = "A long story. " * 1000
    page = browser.post("/contacts", {**fields, "what": long, "minutes": "seven"})
    form = dict(next(f for f in page.forms if f["action"] == "/contacts")["fields"])
    assert page.status == 400 and form["what"].strip() == long.strip() and form["minutes"] == "seven"
    assert 'href="#minutes"' in page.text and 'id="minutes-error"' in page.text and 'href="#what"' in page.text
    assert page.text.split("<title>")[1].startswith("Error: ")
    page = browser.post("/contacts", {**fields, "what": "x" * (2 << 20)})
    assert page.status == 413 and "Nothing was saved" in page.words
    assert len(contacts(office, mab)) == before


def test_a_text_that_cannot_be_stored_comes_back_and_is_not_dropped(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    _, fields = log_form(browser, mab)
    before = len(contacts(office, mab))
    fields.pop("what", None)
    for typed, readable in (("hello%00world", "hello"), ("%ff%fe", "\ufffd"), ("caf%e9", "caf")):
        data = f"{urllib.parse.urlencode(fields)}&what={typed}".encode()
        status, _, body = raw(browser, "POST", "/contacts", data, **{"Content-Type": "application/x-www-form-urlencoded", "Origin": browser.base})
        assert status == 400 and "characters that cannot be stored" in body and 'id="what-error"' in body, (typed, status)
        assert readable in body.split("<textarea")[1].split("</textarea>")[0], typed
    assert len(contacts(office, mab)) == before
    assert raw(browser, "GET", f"/customers/{mab}%00x")[0] in (400, 404)
    words = browser.get("/?q=Qiull%00b").words
    assert "Nobody found under “Qiull\ufffdb”" in words, words


def test_problems_are_said_in_the_words_of_the_page(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    _, fields = log_form(browser, mab)
    page = browser.post("/contacts", {**fields, "what": "é" * 6000, "minutes": "x"})
    assert page.status == 400 and "Shorten ‘What it was about’: it has 6000 characters" in page.words, page.words
    assert "Give ‘Minutes it took’ as a whole number" in page.words


def test_what_nobody_has_is_said_to_be_not_found(office):
    browser = signed_in(office, "sam")
    for typed in ("Qiull", "C-2026-999999", "12"):
        words = browser.get(f"/?q={typed}").words
        assert f"Nobody found under “{typed}”" in words and "Check the spelling, or try their number or e-mail address." in words, words
        assert "Answer as usual" not in words, words
    assert "Answer as usual" in browser.get("/?q=01632+960955").words


def test_a_form_about_somebody_who_is_not_there_is_kept_too(office):
    browser = signed_in(office, "sam")
    _, fields = log_form(browser, office.people["Mab O'Brien"])
    page = browser.post("/contacts", {**fields, "customer": "C-2026-999999", "what": "Typed for nobody"})
    assert page.status == 404 and "There is no customer C-2026-999999" in page.words and "Typed for nobody" in page.words, page.words
    assert "wait a few seconds" not in page.words and "look up whom it is about" in page.words, page.words


def test_a_form_without_its_key_with_anothers_or_from_elsewhere_is_refused(office):
    sam, mira, mab = signed_in(office, "sam"), signed_in(office, "mira"), office.people["Mab O'Brien"]
    _, fields = log_form(sam, mab)
    _, stolen = log_form(mira, mab)
    before = len(contacts(office))
    good = urllib.parse.urlencode(fields).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for why, data, headers in (
        ("no key", urllib.parse.urlencode({**fields, "csrf": ""}).encode(), {}),
        ("no key, from our own page", urllib.parse.urlencode({**fields, "csrf": ""}).encode(), {"Origin": sam.base}),
        ("another session's key", urllib.parse.urlencode({**fields, "csrf": stolen["csrf"]}).encode(), {}),
        ("another session's key, from our own page", urllib.parse.urlencode(stolen).encode(), {"Origin": sam.base}),
        ("a foreign origin", good, {"Origin": "https://evil.example"}),
        ("no origin that can be told", good, {"Origin": "null"}),
        ("another site", good, {"Sec-Fetch-Site": "cross-site"}),
        ("a neighbour", good, {"Sec-Fetch-Site": "same-site"}),
        ("a page as JSON", b'{"csrf": 1}', {"Content-Type": "application/json"}),
    ):
        status, _, body = raw(sam, "POST", "/contacts", data, **{**form, **headers})
        assert status == 403, f"{why}: {status}"
        assert "evil.example" not in body
    status, _, _ = raw(sam, "POST", "/sign-out", b"csrf=nothing", **form)
    assert status == 403 and "Sign out" in sam.get("/").words
    assert len(contacts(office)) == before
    status, _, _ = raw(sam, "POST", "/contacts", good, **{**form, "Origin": sam.base, "Sec-Fetch-Site": "same-origin"})
    assert status == 303 and len(contacts(office)) == before + 1


def test_a_session_that_ended_loses_no_typed_text(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    page, _ = log_form(browser, mab)
    browser.cookies.clear()
    words = f"Typed for ten minutes {uuid.uuid4()}\nand on a second line"
    asked = page.submit({"what": words}, form="/contacts")
    assert asked.status == 403 and "What you typed is kept" in asked.words
    wrong = asked.submit({"user_name": "sam", "password": "no"}, form="/sign-in")
    shown = wrong.submit({"user_name": "sam", "password": office.passwords["sam"]}, form="/sign-in")
    assert words.split("\n")[0] in shown.words and not any(c.get("what") == words for c in contacts(office, mab))
    done = shown.submit(form="/contacts")
    reference = re.search(r"Logged as (K-[\d-]+)", done.words).group(1)
    assert office.server.api("mira").get(f"contacts/{reference}")["what"] == words

    # From another site nothing is kept, so that nobody's form is put into a person's hands.
    browser.cookies.clear()
    status, _, body = raw(browser, "POST", "/contacts", b"what=evil", Origin="https://evil.example", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 403 and "evil" not in body
    status, _, body = raw(browser, "POST", "/contacts", b"what=evil", **{"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 403 and "evil" not in body


def test_a_form_of_an_earlier_session_is_shown_before_it_is_sent(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    page, _ = log_form(browser, mab)
    before = len(contacts(office, mab))
    browser.get("/").submit(form="/sign-out")
    browser.get("/sign-in").submit({"user_name": "sam", "password": office.passwords["sam"]})
    shown = page.submit({"what": "Typed before", "reason": "abusive"}, form="/contacts")
    assert shown.status == 403 and "Nothing was done yet" in shown.words and "Typed before" in shown.words
    assert "Reason They were abusive" in shown.words and "Channel Phone" in shown.words, shown.words
    assert len(contacts(office, mab)) == before
    assert "Logged as K-" in shown.submit(form="/contacts").words


def test_the_server_may_restart_between_form_and_answer(office):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    page, _ = log_form(browser, mab)
    office.server.restart()
    assert "Logged as K-" in page.submit({"what": "Across a restart"}, form="/contacts").words


@engines("postgresql")
def test_a_process_without_a_gate_answers_from_the_database(office):
    server = Server(office.shell, "--role", "web")
    server.state = office.shell.folder / "web-state"
    server.start()
    browser = signed_in(office, "sam", server.url)
    assert "Pass this call to Ada Lin" in browser.get("/?q=01632+960801").words
    assert "Ask who it is" in browser.get("/?q=07700+900123").words
    server.end()


@engines("postgresql")
def test_with_the_database_gone_pages_say_what_to_do_and_keep_what_was_typed(office, cluster):
    browser, mab = signed_in(office, "sam"), office.people["Mab O'Brien"]
    page, _ = log_form(browser, mab)
    cluster.stop()
    try:
        gone = browser.get("/")
        assert gone.status == 503 and gone.headers["Retry-After"] and "answer as usual meanwhile" in gone.words, gone.words
        kept = page.submit({"what": "Typed while it was gone"}, form="/contacts")
        assert kept.status == 503 and "Nothing was done" in kept.words and "Typed while it was gone" in kept.words
        asked = Browser(office.server.url).post("/sign-in", {"user_name": "sam", "password": "secret-word"})
        assert asked.status == 503 and "secret-word" not in asked.text
        status, _, body = raw(browser, "POST", "/contacts", b"what=evil", Origin="https://evil.example", **{"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 403 and "what" not in body
    finally:
        cluster.start()
    assert "Logged as K-" in kept.submit(form="/contacts").words
    assert browser.get("/").status == 200


def test_signing_out_ends_the_session_everywhere(office):
    browser = signed_in(office, "sam")
    cookie = next(c for c in browser.cookies if c.name == "evenhand").value
    assert "You have signed out" in browser.get("/").submit(form="/sign-out").words
    status, _, _ = raw(browser, "GET", "/", Cookie=f"evenhand={cookie}")
    assert status == 303


def test_hostile_text_comes_out_as_text(office):
    browser = signed_in(office, "sam")
    typed = urllib.parse.quote(SCRIPT)
    for path in (f"/?q={typed}", f"/?q={typed}&customer={typed}", f"/?q=Quill&to={typed}&id={typed}", f"/?q=Quill&logged={typed}&channel={typed}",
                 f"/customers/{typed}", f"/customers/{office.people['Jordan Quill']}?act={typed}&before={typed}", f"/{typed}",
                 f"/sign-in?back={typed}&ended={typed}", "/?q=%00%ff%fe", f"/?q={'x' * 5000}"):  # fmt: skip
        page = browser.get(path)
        assert page.status in (200, 400, 403, 404), f"{page.status} {path}"
        assert "<script>alert" not in page.text and "<b>" not in page.text, path
    page, fields = log_form(browser, office.people["Mab O'Brien"])
    hostile = {name: SCRIPT for name in fields if name not in ("csrf", "channel")}
    page = browser.post("/contacts", {**fields, **hostile, "minutes": SCRIPT})
    assert page.status in (400, 404) and "<script>alert" not in page.text
    page = browser.post("/contacts", {**fields, "what": SCRIPT, "minutes": "x"})
    assert dict(next(f for f in page.forms if f["action"] == "/contacts")["fields"])["what"].strip() == SCRIPT
    browser.cookies.clear()
    page = browser.post("/contacts", {**fields, "what": SCRIPT, SCRIPT: SCRIPT})
    assert "<script>alert" not in page.text


def test_every_error_says_what_happened_and_what_to_do(office):
    browser = signed_in(office, "sam")
    for method, path, status, words in (
        ("GET", "/nowhere", 404, "There is no such page"),
        ("GET", "/customers/C-2026-999999", 404, "We cannot find this"),
        ("GET", "/contacts", 405, "This page cannot be opened like that"),
    ):
        page = browser.get(path)
        assert page.status == status and words in page.words and "Go back" in page.words, f"{path}: {page.status} {page.words}"


def test_the_page_says_what_the_gate_answers(office):
    """For every customer of the office, by reference and by phone: the page's sign is the gate's verdict."""
    browser, api = signed_in(office, "sam"), office.server.api("sam")
    seen = set()
    for name, reference in office.people.items():
        for channel in ("phone", "email", "letter") if reference.startswith("C-") else ():
            verdict = api.ask(channel=channel, customer=reference, functions=["casework"])["verdict"]
            page = browser.get("/?" + urllib.parse.urlencode({"q": reference, "channel": channel}))
            assert f'evenhand-verdict--{verdict}"' in page.text, f"{name} by {channel}: the gate says {verdict}"
            seen.add(verdict)
    assert {"proceed", "decline", "route", "record", "file"} <= seen, seen


def test_pages_are_quick_enough_for_somebody_on_the_line(office):
    browser = signed_in(office, "sam")
    times = []
    for _ in range(20):
        begun = time.monotonic()
        assert "Ask who it is" in browser.get("/?q=07700+900123").words
        times.append(time.monotonic() - begun)
    assert sorted(times)[10] < 0.5, times

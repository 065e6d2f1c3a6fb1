"""Signing in: with a second factor, with a recovery code, with a link for a forgotten password; one's own account; and
the form that another person left open. No JavaScript."""

import re
import time
import urllib.parse

from harness.client import Browser
from harness.runner import engines
from harness.server import Server

from .office import office  # noqa: F401 (a fixture)
from .sign_in_tools import PASSWORD, code, enter, person, with_factor
from .test_pages import log_form, raw


def test_signing_in_takes_password_and_code(office):
    user = person(office)
    _, key, _ = with_factor(office, user)
    browser, page = enter(office, user)
    assert page.status == 200 and "Type your code" in page.words and "Sign out" not in page.words, page.words
    wrong = page.submit({"code": code(key, 5)})
    assert wrong.status == 403 and "This code is not right" in wrong.words and 'href="#code"' in wrong.text
    used = wrong.submit({"code": code(key)})  # by turning it on
    assert used.status == 403 and "used before" in used.words, used.words
    done = used.submit({"code": " ".join(re.findall("...", code(key, 1)))})
    assert done.status == 200 and "Sign out" in done.words, done.words
    assert browser.get("/account").status == 200
    again, page = enter(office, user)
    assert page.submit({"code": code(key, 1)}).status == 403  # good once


def test_half_a_session_opens_nothing_but_the_page_for_the_code(office):
    user = person(office)
    with_factor(office, user)
    browser, page = enter(office, user)
    for path in ("/", "/account", "/account/second-factor/off", f"/customers/{office.people['Jordan Quill']}", "/?q=Quill"):
        answer = browser.get(path, redirects=False)
        assert answer.status == 303 and answer.headers["Location"].startswith("/sign-in?back="), path
    key = dict(page.forms[-1]["fields"])["csrf"]
    for path in ("/contacts", "/account/password", "/account/sessions"):
        answer = browser.post(path, {"csrf": key, "q": "x"})
        assert answer.status == 403 and "You are not signed in" in answer.words, (path, answer.words)
    # Nor does a code without it.
    stranger = Browser(office.server.url)
    assert stranger.get("/sign-in/code").url.endswith("/sign-in")
    assert "Begin with your password again" in stranger.post("/sign-in/code", {"csrf": key, "code": "123456"}).words


def test_a_sign_in_with_a_code_leads_to_where_somebody_wanted_to_go(office):
    user = person(office)
    _, _, codes = with_factor(office, user)
    ours = f"/customers/{office.people['Jordan Quill']}"
    browser = Browser(office.server.url)
    page = browser.get(ours).submit({"user_name": user, "password": PASSWORD}, form="/sign-in")
    assert "Type your code" in page.words
    assert page.submit({"code": codes[0].upper()}).url.endswith(ours)


def test_a_typed_text_comes_through_both_steps(office):
    user = person(office)
    browser, key, codes = with_factor(office, user)
    mab = office.people["Mab O'Brien"]
    page, _ = log_form(browser, mab)
    browser.cookies.clear()
    asked = page.submit({"what": "Typed before the code"}, form="/contacts")
    second = asked.submit({"user_name": user, "password": PASSWORD}, form="/sign-in")
    assert "Type your code" in second.words and "What you typed is kept" in second.words
    wrong = second.submit({"code": "000000"}, form="/sign-in/code")
    shown = wrong.submit({"code": codes[0]}, form="/sign-in/code")
    assert "Typed before the code" in shown.words, shown.words
    assert "Logged as K-" in shown.submit(form="/contacts").words


def test_a_recovery_code_is_good_once_and_counted(office):
    user = person(office)
    _, _, codes = with_factor(office, user)
    browser, page = enter(office, user)
    assert "Sign out" in page.submit({"code": codes[3]}).words
    assert "9 of your 10 recovery codes are left" in browser.get("/account").words
    _, page = enter(office, user)
    assert page.submit({"code": codes[3]}).status == 403
    fresh = browser.get("/account/recovery-codes").submit({"password": PASSWORD, "code": codes[4]}, form="/account/recovery-codes")
    new = re.findall(r"<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</li>", fresh.text)
    assert len(new) == 10 and not set(new) & set(codes)
    assert page.submit({"code": codes[5]}).status == 403 and "Sign out" in page.submit({"code": new[0]}).words


def test_the_key_is_shown_as_text_as_address_and_as_a_picture(office):
    user = person(office)
    browser, _ = enter(office, user)
    begin = browser.get("/account/second-factor")
    assert "<svg" not in begin.text
    wrong = begin.submit({"password": "not this one"}, form="/account/second-factor/begin")
    assert wrong.status == 403 and "This is not your password" in wrong.words and 'href="#password"' in wrong.text
    shown = wrong.submit({"password": PASSWORD}, form="/account/second-factor/begin")
    key = re.search(r'id="key">([A-Z2-7 ]+)<', shown.text).group(1)
    assert f"otpauth://totp/Evenhand:{user}?secret={key.replace(' ', '')}&amp;issuer=Evenhand" in shown.text
    size, path = re.search(r'viewBox="0 0 (\d+) \1".*?<path fill="#000" d="([^"]+)"', shown.text, re.S).groups()
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", path) and int(size) >= 29 and " style=" not in shown.text
    refused = shown.submit({"code": "000000"}, form="/account/second-factor/confirm")
    assert refused.status == 403 and "not the code that the app shows" in refused.words and key in refused.text
    on = refused.submit({"code": code(key)}, form="/account/second-factor/confirm")
    assert "Your second factor is on" in on.words and key not in on.text
    account = browser.get("/account")
    assert "10 of your 10 recovery codes are left" in account.words and key.replace(" ", "") not in account.text.replace(" ", "")


def test_turning_it_off_takes_password_and_code(office):
    user = person(office)
    browser, key, codes = with_factor(office, user)
    page = browser.get("/account/second-factor/off")
    assert page.submit({"password": "not this one", "code": codes[0]}).status == 403
    page = page.submit({"password": PASSWORD, "code": "1"})
    assert page.status == 403 and 'href="#code"' in page.text
    done = page.submit({"password": PASSWORD, "code": codes[0]})
    assert "Your second factor is off" in done.words and "Set up a second factor" in done.words
    assert "Sign out" in enter(office, user)[1].words


def test_wrong_codes_end_in_a_pause_and_lock_nobody_else_out(shell):
    """By address: the proxy says it, so that a test has several."""
    server = Server(shell, "--behind-proxy").start()

    class At:  # an office for the tools, whose server is this one
        act = staticmethod(lambda user, name, /, **fields: shell.act(name, user, **fields))

    At.server = server
    user = person(At)
    _, key, codes = with_factor(At, user)

    def from_(address, form, path, cookie):
        headers = {"X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded", "Origin": server.url, "Cookie": cookie}
        return raw(Browser(server.url), "POST", path, urllib.parse.urlencode(form).encode(), **headers)

    def half(address, user=user):
        _, headers, body = raw(Browser(server.url), "GET", "/sign-in", **{"X-Forwarded-For": address})
        early = headers["Set-Cookie"].split(";")[0]
        csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', body).group(1)
        return from_(address, {"csrf": csrf, "user_name": user, "password": PASSWORD}, "/sign-in", early)

    def code_page(address):
        status, headers, _ = half(address)
        assert status == 303 and headers["Location"].startswith("/sign-in/code"), status
        cookie = headers.get_all("Set-Cookie")[0].split(";")[0]
        _, _, body = raw(Browser(server.url), "GET", "/sign-in/code", **{"X-Forwarded-For": address, "Cookie": cookie})
        return cookie, re.search(r'name="csrf" value="([^"]+)"', body).group(1)

    cookie, csrf = code_page("192.0.2.66")
    for n in range(10):
        status, _, body = from_("192.0.2.66", {"csrf": csrf, "code": "000000"}, "/sign-in/code", cookie)
        assert status == 403 and "This code is not right" in body, (n, body)
    status, _, body = from_("192.0.2.66", {"csrf": csrf, "code": codes[0]}, "/sign-in/code", cookie)
    assert status == 403 and "too many tries" in body
    assert "too many tries" in half("192.0.2.66")[2]
    other = person(At)
    assert half("192.0.2.66", other)[0] == 303  # somebody else, from there
    cookie, csrf = code_page("192.0.2.7")  # the person, from their own desk
    assert from_("192.0.2.7", {"csrf": csrf, "code": codes[0]}, "/sign-in/code", cookie)[0] == 303
    server.end()


def test_many_codes_at_once_are_still_counted(office):
    import concurrent.futures

    user = person(office)
    with_factor(office, user)
    browser, page = enter(office, user)
    csrf = dict(page.forms[-1]["fields"])["csrf"]
    data = urllib.parse.urlencode({"csrf": csrf, "code": "000000"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": browser.base}
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: raw(browser, "POST", "/sign-in/code", data, **headers)[2], range(32)))
    looked_at = sum("This code is not right" in body for body in answers)
    assert looked_at == 10 and sum("too many tries" in body for body in answers) == 22, looked_at


def test_one_changes_ones_own_password_and_other_sessions_end(office):
    user = person(office)
    other, _ = enter(office, user)
    browser, _ = enter(office, user)
    page = browser.get("/account/password")
    for old, new, at, words in (
        ("not this one", "quite another thing", "old_password", "This is not your password"),
        (PASSWORD, "short", "new_password", "12 to 200 characters"),
        (PASSWORD, PASSWORD + "\n", "new_password", "your password already"),
        (PASSWORD, "Password-2026!!", "new_password", "first that are guessed"),
        (PASSWORD, user * 2, "new_password", "first that are guessed"),
        (PASSWORD, "123456789012345", "new_password", "first that are guessed"),
    ):
        page = page.submit({"old_password": old, "new_password": new}, form="/account/password")
        assert page.status in (400, 403) and words in page.words and f'href="#{at}"' in page.text, (old, new, page.words)
        assert old not in page.text and new not in page.text.replace(user, ""), "a password stands in the page"
    done = page.submit({"old_password": PASSWORD, "new_password": "quite another thing"}, form="/account/password")
    assert "Your password is changed" in done.words
    assert browser.get("/", redirects=False).status == 200 and other.get("/", redirects=False).status == 303
    assert enter(office, user)[1].status == 403
    assert "Sign out" in enter(office, user, "  quite another thing\r\n")[1].words  # as a paste brings it along


def test_a_user_name_is_taken_as_it_is_meant(office):
    user = person(office)
    for typed in (f" {user} ", user.upper(), f"{user}\t"):
        assert "Sign out" in enter(office, typed)[1].words, typed


def test_one_sees_and_ends_ones_own_sessions(office):
    user = person(office)
    one, _ = enter(office, user)
    two, _ = enter(office, user)
    stranger, _ = enter(office, person(office))
    theirs = stranger.get("/account")
    page = one.get("/account")
    assert page.words.count("Since ") == 2 and "(this one)" in page.words and "127.0.0.1" in page.words, page.words
    hashes = [v for f in page.forms for n, v in f["fields"] if n == "session" and v != "others"]
    assert len(hashes) == 1
    csrf = next(dict(f["fields"])["csrf"] for f in theirs.forms if f["action"] == "/sign-out")
    assert stranger.post("/account/sessions", {"csrf": csrf, "session": hashes[0]}).status == 404  # not theirs
    assert two.get("/", redirects=False).status == 200
    done = page.submit({}, form="/account/sessions", button="x")  # the last form: all others
    assert "Your other sessions have ended" in done.words, done.words
    assert two.get("/", redirects=False).status == 303 and one.get("/", redirects=False).status == 200
    two, _ = enter(office, user)
    page = one.get("/account")
    form = next(f for f in page.forms if dict(f["fields"]).get("session") not in (None, "others"))
    done = one.post("/account/sessions", dict(form["fields"]))
    assert "The session has ended" in done.words and two.get("/", redirects=False).status == 303


def _link(page):
    return re.search(r'id="link">(\S+?)<', page.text).group(1)


def test_a_link_of_the_administrator_sets_a_forgotten_password_once(office):
    user = person(office)
    inside, _ = enter(office, user)
    amal, _ = enter(office, "amal", office.passwords["amal"])
    form = amal.get(f"/admin/staff/{user}/reset-password")
    before = office.shell.run("status", "--json").json()["record"]["number"]
    made = form.submit({"reason": "Came to my desk"}, form="/reset-password")
    link = _link(made)
    assert link.startswith(office.server.url + "/reset/"), link
    assert _link(form.submit({"reason": "Came to my desk"}, form="/reset-password")) == link  # sent twice: one link
    entry = office.shell.list("record", user="anja", after=before, content="true")["items"]
    assert [e["act"] for e in entry] == ["reset-password"] and link.split("/reset/")[1] not in str(entry), entry
    path = urllib.parse.urlparse(link).path
    guest = Browser(office.server.url)
    page = guest.get(path)
    assert page.status == 200 and f"signs in as {user}" in page.words and page.headers["Referrer-Policy"] == "strict-origin"
    short = page.submit({"new_password": "short"}, form="/reset/")
    assert short.status == 400 and "12 to 200 characters" in short.words
    done = short.submit({"new_password": "one more good thing"}, form="/reset/")
    assert done.url.endswith("/sign-in?set=yes") and "Your new password is set" in done.words
    assert inside.get("/", redirects=False).status == 303
    assert "Sign out" in enter(office, user, "one more good thing")[1].words
    gone = guest.get(path)
    assert gone.status == 404 and "Ask the administrator for a new one" in gone.words
    assert guest.get("/reset/" + "x" * 43).status == 404
    late = short.submit({"new_password": "too late for this"}, form="/reset/")
    assert late.status == 404 and enter(office, user, "too late for this")[1].status == 403


def test_a_link_needs_its_own_form_and_leaves_the_second_factor_on(office):
    user = person(office)
    with_factor(office, user)
    link = office.shell.run("staff", "reset-password", user, "--as", "amal", "--url", "https://evenhand.example", check=0).stdout.strip()
    assert link.startswith("https://evenhand.example/reset/")
    path = urllib.parse.urlparse(link).path
    guest = Browser(office.server.url)
    for data in ({"new_password": "one more good thing"}, {"new_password": "one more good thing", "csrf": "0" * 64}):
        assert guest.post(path, data).status == 403
    assert guest.get(path).submit({"new_password": "one more good thing"}, form="/reset/").status == 200
    assert "Type your code" in enter(office, user, "one more good thing")[1].words


def test_nobody_resets_their_own(office):
    amal, _ = enter(office, "amal", office.passwords["amal"])
    for what in ("reset-password", "reset-second-factor"):
        page = amal.get(f"/admin/staff/amal/{what}").submit({"reason": "x"}, form=what)
        assert page.status == 403 and "There is a problem" in page.words and "account" in page.words, page.words


def test_an_administrator_turns_off_what_is_lost_and_it_stands_in_the_record(office):
    user = person(office)
    browser, _, _ = with_factor(office, user)
    amal, _ = enter(office, "amal", office.passwords["amal"])
    page = amal.get(f"/admin/staff/{user}/reset-second-factor")
    empty = page.submit({}, form="/reset-second-factor")
    assert empty.status == 400 and 'href="#reason"' in empty.text, empty.words
    done = page.submit({"reason": "Lost both; I know her voice"}, form="/reset-second-factor")
    assert "The second factor is off" in done.words, done.words
    last = office.shell.list("record", user="anja", content="true", after=office.shell.run("status", "--json").json()["record"]["number"] - 1)
    assert last["items"][0]["act"] == "reset-second-factor", last
    assert browser.get("/", redirects=False).status == 303
    assert "Sign out" in enter(office, user)[1].words
    # At the shell too, by whoever holds the machine.
    with_factor(office, user)
    office.shell.run("staff", "reset-second-factor", user, check=2)  # needs --reason
    office.shell.run("staff", "reset-second-factor", user, "--reason", "Lost again", check=0)
    assert "Sign out" in enter(office, user)[1].words


def test_a_form_that_was_left_open_is_not_shown_to_the_next_person(office):
    first, second, mab = person(office), person(office), office.people["Mab O'Brien"]
    browser, _ = enter(office, first)
    page, _ = log_form(browser, mab)
    browser.get("/").submit(form="/sign-out")
    browser.get("/sign-in").submit({"user_name": second, "password": PASSWORD}, form="/sign-in")
    words = "What Mab told me in confidence"
    shown = page.submit({"what": words}, form="/contacts")
    assert shown.status == 403 and "This form is not yours" in shown.words and words not in shown.text, shown.words
    # The same where the session had ended, and another person signs in on the page that kept the text.
    browser.cookies.clear()
    asked = page.submit({"what": words}, form="/contacts")
    assert asked.status == 403 and words in asked.text  # hidden in the page, for its author to come
    theirs = asked.submit({"user_name": second, "password": PASSWORD}, form="/sign-in")
    assert "This form is not yours" in theirs.words and words not in theirs.text, theirs.words
    assert "Sign out" in browser.get("/").words
    # And to the author it is given back.
    browser.cookies.clear()
    asked = page.submit({"what": words}, form="/contacts")
    own = asked.submit({"user_name": first, "password": PASSWORD}, form="/sign-in")
    assert words in own.words and "Logged as K-" in own.submit(form="/contacts").words


def test_a_password_is_never_kept_in_a_page(office):
    user = person(office)
    browser, _ = enter(office, user)
    page = browser.get("/account/password")
    browser.cookies.clear()
    asked = page.submit({"old_password": PASSWORD, "new_password": "quite another thing"}, form="/account/password")
    assert asked.status == 403 and "quite another thing" not in asked.text and PASSWORD not in asked.text
    enter_again = asked.submit({"user_name": user, "password": PASSWORD}, form="/sign-in")
    assert "Sign out" in enter_again.words
    old = page.submit({"old_password": PASSWORD, "new_password": "quite another thing"}, form="/account/password")
    assert old.status == 403 and "quite another thing" not in old.text and "Open its page anew" in old.words


def test_whoever_signs_in_ends_the_session_that_was_there(office):
    first, second = person(office), person(office)
    browser, _ = enter(office, first)
    stolen = browser.cookies
    before = [c.value for c in stolen if c.name == "evenhand"][0]
    page = Browser(office.server.url)
    page.cookies.set_cookie(next(c for c in stolen if c.name == "evenhand"))
    form = Browser(office.server.url).get("/sign-in")
    early = next(c for c in form._browser.cookies if c.name == "evenhand-form")
    page.cookies.set_cookie(early)
    fields = dict(next(f for f in form.forms if f["action"] == "/sign-in")["fields"])
    assert page.post("/sign-in", {**fields, "user_name": second, "password": PASSWORD}, redirects=False).status == 303
    status, headers, _ = raw(Browser(office.server.url), "GET", "/", Cookie=f"evenhand={before}")
    assert status == 303 and headers["Location"].startswith("/sign-in")


@engines("sqlite")
def test_the_second_factor_stays_on_across_a_restart(office):
    user = person(office)
    _, key, codes = with_factor(office, user)
    office.server.restart()
    _, page = enter(office, user)
    assert "Type your code" in page.words
    assert "Sign out" in page.submit({"code": codes[0]}).words


@engines("sqlite")
def test_a_code_costs_no_more_than_a_moment(office):
    user = person(office)
    _, _, codes = with_factor(office, user)
    _, page = enter(office, user)
    begun = time.monotonic()
    page.submit({"code": codes[0]})
    assert time.monotonic() - begun < 2


@engines("sqlite")
def test_over_TLS_browsers_are_told_to_come_over_nothing_else(shell):
    server = Server(shell, "--behind-proxy").start()
    for path in ("/policy", "/sign-in", "/nowhere", "/api/v1/nothing"):
        assert raw(Browser(server.url), "GET", path)[1]["Strict-Transport-Security"] is None
        _, headers, _ = raw(Browser(server.url), "GET", path, **{"X-Forwarded-Proto": "https"})
        assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"], path
    server.end()


@engines("sqlite")
def test_every_state_of_it_is_accessible_and_fits_a_phone(office, folder):
    from .test_browser import drive

    office.act("amal", "add-staff", user_name="tessa", name="Tessa Marrow", password=PASSWORD)
    office.act("amal", "grant-role", user_name="tessa", role="staff", function="casework")
    office.passwords["tessa"] = PASSWORD
    drive(office, "sign_in.mjs", folder)

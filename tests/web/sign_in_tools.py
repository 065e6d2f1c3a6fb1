"""People with a way in of their own, for the tests of signing in: made by acts, so that nobody else's is touched."""

import base64
import hashlib
import hmac
import re
import struct
import time
import uuid

from harness.client import Browser

PASSWORD = "plum kettle orbit seven"


def person(office, role="staff", function="casework", password=PASSWORD):
    """A member of staff with a password and one role; gives the user name."""
    user = "t" + uuid.uuid4().hex[:8]
    office.act("amal", "add-staff", user_name=user, name=f"Tess {user[1:5].title()}", password=password)
    office.act("amal", "grant-role", user_name=user, role=role, **({"function": function} if function else {}))
    return user


def code(key, steps=0):
    """What an authenticator app shows for this key, so many half minutes from now (RFC 6238)."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


def enter(office, user, password=PASSWORD, base=None):
    """A browser in which the password was typed, and the page that came of it."""
    browser = Browser(base or office.server.url)
    return browser, browser.get("/sign-in").submit({"user_name": user, "password": password}, form="/sign-in")


def with_factor(office, user, password=PASSWORD):
    """Turns the second factor on as the person does it; gives their browser, the app's key and the recovery codes. The
    app's present code is used up."""
    browser, page = enter(office, user, password)
    assert "Sign out" in page.words, page.words
    shown = browser.get("/account/second-factor").submit({"password": password}, form="/account/second-factor/begin")
    key = re.search(r'id="key">([A-Z2-7 ]+)<', shown.text).group(1)
    done = shown.submit({"code": code(key)}, form="/account/second-factor/confirm")
    codes = re.findall(r"<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</li>", done.text)
    assert done.status == 200 and len(codes) == 10, done.words
    return browser, key, codes

"""Hostile text in every field of every form, by every role: it comes out as text, wherever it is shown afterwards, and
nothing of ours fails over it."""

import html

from harness.client import Browser
from harness.runner import engines
from harness.server import Server

from .crawler import HOSTILE, Markup, Walk
from .office import Office

ROLES = ("sam", "mira", "hana", "cleo", "ravi", "anja", "amal")  # the administrator last: they may end others' access


def test_the_walk_would_notice():
    for page in (HOSTILE, f'<p title="x" onmouseover="{HOSTILE}">', "<a href=' javascript:alert(7)'>x</a>", '<p style="color:red">x</p>'):
        assert Markup(page).broken, page
    escaped = html.escape(HOSTILE)
    assert not Markup(f'<p title="{escaped}">{escaped}</p><textarea name="x">{escaped}</textarea>').broken


@engines("sqlite")
def test_hostile_text_in_every_field_of_every_form_comes_out_as_text(shell):
    office = Office(shell).fill()
    office.customer(HOSTILE[:80], "01632 960888")
    office.act("sam", "report-behaviour", customer=office.people["Robin Vale"], channel="phone", heading="unreasonable", other=HOSTILE,
               what=HOSTILE, effect=HOSTILE, disability="no")  # fmt: skip
    server = Server(shell).start()
    passwords, walks = shell.sign_ins(), {}
    starts = ["/", "/work", "/policy", "/account", "/?q=Vale", f"/?q={office.people['Robin Vale']}", "/?q=01632+960888", "/?q=01632+960999"]
    starts += [f"/customers/{reference}" for reference in list(office.people.values())[:12]]
    for user in ROLES:
        browser = Browser(server.url)
        assert browser.get("/sign-in").submit({"user_name": user, "password": passwords[user]}).status in (200, 403)
        walks[user] = Walk(browser, server).everywhere(starts)
    guest = Walk(Browser(server.url), server).everywhere(["/policy", "/sign-in"])
    # What was kept is shown again, now to everybody.
    again = {}
    for user in ("hana", "anja", "amal"):
        browser = Browser(server.url)
        if browser.get("/sign-in").submit({"user_name": user, "password": passwords[user]}).status == 200:
            again[user] = Walk(browser, server)
            again[user].fill = lambda *_: None
            again[user].everywhere(starts)
    problems = [p for w in [*walks.values(), guest, *again.values()] for p in w.problems]
    assert not problems, "\n".join(problems[:40])
    for user, walk in walks.items():
        print(f"       {user}: {len(walk.pages)} pages, {len(walk.forms)} forms, the text was shown {walk.shown} times")
    assert len(walks["mira"].forms) >= 30, sorted(walks["mira"].forms)
    assert again["hana"].shown >= 10, "what was sent is hardly shown anywhere: the walk proves nothing"
    shell.run("record", "verify", check=0)
    server.end()

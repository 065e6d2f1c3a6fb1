"""Exit statuses: 0 done, 1 refused, 2 usage or input, 3 unavailable, 4 a bug."""

import re
import sqlite3

from harness import machine
from harness.runner import engines


def _ends(done, status, *words):
    assert done.code == status, (done.code, done.stderr, done.stdout)
    for word in words:
        assert word in done.stderr, (word, done.stderr)
    return done


@engines("sqlite")
def test_0_done(shell):
    for command in (["--help"], ["--version"], ["act"], ["act", "--help"], ["act", "decide", "--describe"], ["list"], ["serve", "--help"]):  # fmt: skip
        done = _ends(shell.run(*command, database=False), 0)
        assert done.stdout and not done.stderr, command
    _ends(shell.run("act", "add-customer", "--as", "sam", input={"name": "Ann"}), 0)
    _ends(shell.run("record", "verify"), 0)
    _ends(shell.run("clock", "show"), 0)
    _ends(shell.run("status"), 0)
    _ends(shell.run("policy", "check", shell.pack, database=False), 0)


def test_1_refused_with_the_rules_number(shell):
    done = _ends(shell.run("act", "grant-role", "--as", "amal", input={"user_name": "amal", "role": "manager"}), 1)
    assert re.fullmatch(r"refused \(G1\): [A-Z].*\. .*\. \[user_name\]\n", done.stderr), done.stderr
    assert done.stdout == ""


def test_1_not_found_and_conflict(shell):
    _ends(shell.run("act", "close-matter", "--as", "sam", input={"matter": "M-2026-999999", "how": "x"}), 1, "not found: ")
    _ends(shell.run("show", "C-2026-999999", "--as", "sam"), 1, "not found: ")
    _ends(shell.run("act", "dance", "--as", "sam", input={}), 1, "not found: ", "'dance'")
    _ends(shell.run("act", "dance", "--describe", database=False), 1, "not found: ")
    _ends(shell.run("staff", "token", "nobody"), 1, "not found: ")
    _ends(shell.run("staff", "end-token", "sam", "--title", "none"), 1, "not found: ")
    _ends(shell.run("staff", "password", "nobody"), 1, "not found: ")
    _ends(shell.run("policy", "adopt", shell.pack, "--as", "amal"), 1, "conflict: ")


def test_1_a_pack_that_breaks_a_rule(shell, folder):
    broken = folder / "pack"
    machine.run("cp", "-r", shell.pack, broken, as_root=True)
    policy = broken / "policy.yaml"
    policy.write_text(policy.read_text().replace("version: 1", "version: none"))
    done = _ends(shell.run("policy", "check", broken, database=False), 1)
    assert re.search(r"policy\.yaml:\d+:\d+: ", done.stderr), done.stderr


def test_2_usage(shell):
    for command in (
        [], ["dance"], ["act", "log-contact", "--as"], ["act", "log-contact", "more", "--as", "sam"], ["--dance"],
        ["act", "--dance"], ["show"], ["show", "a", "b"], ["record"], ["record", "dance"], ["policy", "check"], ["staff"],
        ["staff", "token"], ["clock"], ["clock", "set"], ["serve", "dance"], ["serve", "--dance"],
    ):  # fmt: skip
        done = shell.run(*command, database=bool(command) and not command[0].startswith("--"), input="")
        assert done.code == 2 and done.stderr and not done.stdout, (command, done.code, done.stderr, done.stdout)


@engines("sqlite")
def test_2_no_database_named(shell):
    _ends(shell.run("status", database=False), 2, "--db", "EVENHAND_DB")
    _ends(shell.run("status", "--db", "mysql://x", database=False), 2)


def test_2_input(shell):
    _ends(shell.run("act", "log-contact", "--as", "sam", input="{"), 2, "invalid: ", "line 1")
    _ends(shell.run("act", "log-contact", "--as", "sam", input=""), 2, "not JSON")
    _ends(shell.run("act", "log-contact", "--as", "sam", input="[]"), 2, "invalid: ")
    _ends(shell.run("act", "log-contact", "--as", "sam", input=" " * (4 << 20) + "{}"), 2, "longer than 4 MiB")
    _ends(shell.run("act", "log-contact", input={}), 2, "--as USER", "[as]")
    _ends(shell.run("act", "log-contact", "--as", "sam", "--at", "noon", input={}), 2, "[at]")
    _ends(shell.run("clock", "set", "noon"), 2, "[time]")
    _ends(shell.run("record", "verify", "--head", "x"), 2, "[head]")
    _ends(shell.run("ask", "--channel", "pigeon"), 2, "[channel]")
    done = _ends(shell.run("act", "open-matter", "--as", "sam", input={"titel": "x"}), 2)
    assert len(done.stderr.splitlines()) == 5, done.stderr  # every problem, a line each
    assert "Did you mean 'title'? [titel]" in done.stderr


@engines("sqlite")
def test_3_unavailable(shell, folder):
    nowhere = f"postgresql://127.0.0.1:{machine.free_port()}/none?connect_timeout=2"
    for command in (["status"], ["record", "verify"], ["act", "log-contact", "--as", "sam"]):
        done = _ends(shell.run(*command, "--db", nowhere, database=False, input="{}"), 3, "unavailable: ")
        assert not done.stdout
    _ends(shell.run("status", "--db", f"sqlite:{folder}/none/none.db", database=False), 3, "unavailable: ")
    state = folder / "state"
    _ends(shell.run("serve", "--db", nowhere, "--state", state, "--listen", "inet:127.0.0.1:0", database=False), 3)


@engines("sqlite")
def test_4_a_database_that_somebody_edited(shell):
    customer = shell.act("add-customer", "sam", name="Ann")["id"]
    done = shell.act(
        "report-behaviour", "sam", customer=customer, channel="phone", heading="aggressive-or-abusive", example="violence-threatened",
        what="w", effect="e", disability="no",
    )  # fmt: skip
    with sqlite3.connect(shell.database.removeprefix("sqlite:")) as db:
        db.execute("UPDATE report SET targets = 'not JSON' WHERE casefile = ?", (done["casefile"],))
    refused = shell.run("act", "refer-to-police", "--as", "mira", input={"casefile": done["casefile"], "force": "Oldtown"})
    _ends(refused, 4, "bug: ", "edited by hand")


def test_K3_a_record_that_does_not_fit_is_1(shell):
    head = _ends(shell.run("record", "head"), 0).stdout.strip()
    _ends(shell.run("record", "verify", "--head", head), 0)
    number, digest = head.split(":")
    _ends(shell.run("record", "verify", "--head", f"{number}:{digest[::-1]}"), 1, "does not fit")
    _ends(shell.run("record", "verify", "--head", f"{int(number) + 1}:{digest}"), 1, "does not fit")

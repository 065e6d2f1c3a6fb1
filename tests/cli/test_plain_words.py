"""What is odd is said in plain words, with what to do about it."""

import os
import smtplib
import socket
import sqlite3

from harness import machine
from harness.client import Browser
from harness.runner import engines
from harness.server import Server
from harness.shell import Shell


def _says(done, status, *words):
    assert done.code == status, (done.code, done.stderr, done.stdout)
    for word in words:
        assert word in done.stderr, (word, done.stderr)


def _in_use(folder):
    """A database that is no demonstration: an administrator, and a member of staff without a function."""
    shell = Shell(f"sqlite:{folder}/office.db", folder)
    shell.run("init", "--policy", shell.pack, "--administrator", "ada", check=0)
    shell.tokens = {"ada": shell.token("ada")}
    return shell


@engines("sqlite")
def test_a_limit_is_from_1_to_200(shell):
    for limit in ("0", "-1", "201"):
        _says(shell.run("list", "customers", "--as", "sam", "--limit", limit), 2, "from 1 to 200", "[limit]")
    assert len(shell.list("customers", "sam", limit=1)["items"]) == 1


@engines("sqlite")
def test_a_name_alone_is_no_proof_and_says_how_to_prove_it(folder):
    shell = _in_use(folder)
    _says(shell.run("list", "staff", "--as", "ada"), 1, "does not prove it", "evenhand staff token ada", "EVENHAND_TOKEN")
    environment = {**os.environ, "EVENHAND_TOKEN": shell.tokens["ada"]}
    machine.run(shell.program, "list", "staff", "--as", "ada", "--db", shell.database, env=environment, cwd=folder)


def test_names_hold_no_marks_that_turn_their_direction(shell):
    for mark in "\u202a\u202e\u2066\u2069":
        _says(shell.run("act", "add-customer", "--as", "sam", input={"name": f"Ann{mark}gnp.exe"}), 2, "control characters", "[name]")
        _says(shell.run("act", "add-staff", "--as", "amal", input={"user_name": f"a{mark}b", "name": "A"}), 2, "[user_name]")
        _says(shell.run("act", "add-staff", "--as", "amal", input={"user_name": "tab", "name": f"A{mark}B"}), 2, "[name]")
    for name in ("محمد", "שרה כהן", "Zoë \u200eLatin"):  # written from right to left, or with a mark of one sign
        shell.act("add-customer", "sam", name=name)


def test_a_contact_that_says_nothing_is_refused_with_what_to_add(shell):
    _says(shell.run("act", "log-contact", "--as", "cleo", input={}), 2, "'what'", "'customer'", "'from'", "[what]")
    for said in ({"what": "Asked the way."}, {"from": "01632 960955"}, {"customer": shell.list("customers", "sam", limit=1)["items"][0]["id"]}):
        shell.act("log-contact", "cleo", **said)
    shell.act("log-contact", "sam")  # of a function: it counts there


@engines("sqlite")
def test_a_record_ahead_of_the_clock_is_warned_of(folder):
    shell = _in_use(folder)
    assert shell.run("status", "--json", check=0).json()["warning"] is None
    with sqlite3.connect(shell.database.removeprefix("sqlite:")) as db:
        db.execute("UPDATE record_head SET recorded_at = recorded_at + 86400000000")
    warning = shell.run("status", "--json", check=0).json()["warning"]
    assert "Set the clock right" in warning and "Set the clock right" in shell.run("status", check=0).stdout, warning
    server = Server(shell).start()
    assert server.health() == 200
    machine.wait_for("the warning", lambda: "Set the clock right" in (server.health_json()["warning"] or ""))
    server.end()


@engines("sqlite")
def test_a_demonstrations_time_is_pretended_and_no_warning(shell):
    shell.run("clock", "set", "2030-01-01T10:00:00Z", check=0)
    shell.act("add-customer", "sam", name="Ann")
    assert shell.run("status", "--json", check=0).json()["warning"] is None


@engines("sqlite")
def test_odd_files_in_a_pack_are_named_with_what_to_do(shell, folder):
    def pack(name):
        copy = folder / name
        machine.run("cp", "-r", shell.pack, copy, as_root=True)
        machine.give(copy)
        return copy

    def check(copy, *words, status=2):
        _says(shell.run("policy", "check", copy, database=False), status, *words)

    for place in ("policy.md", "letters/en/pipe.md"):
        copy = pack("pipe-" + place.replace("/", "-"))
        (copy / place).unlink(missing_ok=True)
        os.mkfifo(copy / place)
        check(copy, place, "is not a file that can be read from end to end", "take it out")
    for place in ("policy.yaml", "letters/en/loop.md", "letters/cy"):
        copy = pack("loop-" + place.replace("/", "-"))
        if place == "letters/cy":
            machine.run("rm", "-rf", copy / place, as_root=True)
        (copy / place).unlink(missing_ok=True)
        (copy / place).symlink_to(os.path.basename(place))
        check(copy, place, "leads to itself or to nothing")
    copy = pack("elsewhere")
    (copy / "letters/en/out.md").symlink_to("/etc/passwd")
    check(copy, "letters/en/out.md", "leaves the pack's folder", "Put the file itself")
    copy = pack("names")
    (copy / "letters/en" / ("x\n\u202eid.md")).write_text("x")
    check(copy, "letters/en", "no plain text", "Rename it")
    copy = pack("long")
    (copy / "letters/en" / ("x" * 252 + ".md")).write_text("x")
    assert shell.run("policy", "check", copy, database=False).code in (0, 1, 2)
    copy = pack("large")
    (copy / "letters/en/large.md").write_bytes(b"x" * ((1 << 20) + 1))
    check(copy, "letters/en/large.md", "larger than 1 MiB")
    check(folder / "nowhere", "There is no folder", status=1)
    check(copy / "policy.md", "There is no folder", status=1)


@engines("sqlite")
def test_K3_a_record_whose_tables_are_gone_does_not_fit(shell):
    for table in ("record_content", "record"):
        with sqlite3.connect(shell.database.removeprefix("sqlite:")) as db:
            db.execute(f"DROP TABLE {table}")
        done = shell.run("record", "verify")
        _says(done, 1, "does not fit at entry 1", "a table of the record is missing", "backup")
        assert shell.run("record", "verify", "--json").json()["broken_at"] == 1


@engines("sqlite")
def test_the_routes_are_printed_without_a_database(shell):
    lines = shell.run("routes", database=False, check=0).stdout.splitlines()
    assert any(line.split() == ["GET", "/policy", "public"] for line in lines)
    assert any(line.startswith("POST /api/v1/acts/:name") for line in lines)
    assert len(shell.run("routes", "--json", database=False, check=0).json()) == len(lines)


@engines("sqlite")
def test_a_link_to_set_a_password_comes_from_the_shell_too(folder):
    shell = _in_use(folder)
    _says(shell.run("staff", "reset-password", "nobody"), 2, "[user_name]")
    link = shell.run("staff", "reset-password", "ada", "--url", "https://evenhand.example", check=0).stdout.strip()
    server = Server(shell).start()
    path = link.removeprefix("https://evenhand.example")
    done = Browser(server.url).get(path).submit({"new_password": "plum kettle orbit seven"}, form="/reset/")
    assert "Your new password is set" in done.words, done.words
    server.end()


@engines("sqlite")
def test_started_twice_the_demonstration_says_that_it_runs(shell):
    server = Server(shell).start()
    ports = {"PORT": str(server.port), "GATE_PORT": str(machine.free_port())}
    done = machine.run("bash", machine.SOURCE / "script" / "server", check=False, env={**os.environ, **ports}, as_root=True, cwd=machine.SOURCE)
    assert done.returncode == 1 and f"Evenhand runs already: http://localhost:{server.port}/" in done.stderr, (done.stderr, done.stdout)
    assert "who can sign in" not in done.stdout + done.stderr
    ports = {"PORT": str(server.gate_port), "GATE_PORT": str(machine.free_port())}
    done = machine.run("bash", machine.SOURCE / "script" / "server", check=False, env={**os.environ, **ports}, as_root=True, cwd=machine.SOURCE)
    assert done.returncode == 1 and "Another program listens" in done.stderr, done.stderr
    server.end()


def test_the_demonstrations_mail_server_keeps_each_letter_as_a_file(folder):
    port = machine.free_port()
    letters = folder / "mail"
    mailbox = machine.Process([machine.SOURCE / "script" / "mailbox", str(port), str(letters)], folder / "mailbox.log", as_root=True)
    machine.wait_for("the mail server to listen", lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
    for number in (1, 2):
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.sendmail("office@example.org", ["orla@example.org"], f"Subject: Letter {number}\r\n\r\n.A line that begins with a dot\r\n")
    kept = sorted(letters.iterdir())
    assert [path.name for path in kept] == ["0001.eml", "0002.eml"]
    assert kept[1].read_text() == "Subject: Letter 2\n\n.A line that begins with a dot\n", kept[1].read_bytes()
    mailbox.stop()

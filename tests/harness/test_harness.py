"""The harness proves itself: what every other test stands on does what it says."""

import smtplib

from . import machine
from .policy import PolicyServer
from .postfix import Postfix
from .runner import fixture, long


def raises(kind, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")


def test_postgres_keeps_what_was_committed_over_kill_and_stop(postgres):
    url = postgres.create_database()
    postgres.sql(url, "CREATE TABLE t (n bigint); INSERT INTO t VALUES (1)")
    postgres.kill()
    assert not postgres.process.running()
    postgres.start()
    assert postgres.sql(url, "SELECT n FROM t; SHOW fsync; SHOW listen_addresses") == [["1"], ["on"], [""]]
    postgres.stop()
    raises(AssertionError, postgres.sql, url, "SELECT 1")
    postgres.start()
    assert postgres.sql(url, "SELECT n FROM t") == [["1"]]


def test_postgres_does_not_run_as_root(postgres):
    status = open(f"/proc/{postgres.process.pid}/status").read()
    assert "\nUid:\t0" not in status


def test_receiver_keeps_envelope_headers_and_body(receiver):
    text = "From: a@x.example\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\n\r\n.a line with a dot\r\nend\r\n"
    with smtplib.SMTP(*receiver.address) as smtp:
        smtp.sendmail("a@x.example", ["b@y.example", "c@y.example"], text)
    mail = receiver.wait(1, to="c@y.example")[0]
    assert mail.sender == "a@x.example" and mail.recipients == ["b@y.example", "c@y.example"]
    assert mail.header("Subject") == "Café" and mail.data.endswith(b"\r\n.a line with a dot\r\nend\r\n")


def test_receiver_refuses_when_told_and_only_so_often(receiver):
    receiver.refuse("rcpt", 452, "Full", match="b@", times=1)
    receiver.refuse("body", 550, "No", match="d@")
    with smtplib.SMTP(*receiver.address) as smtp:
        assert raises(smtplib.SMTPRecipientsRefused, smtp.sendmail, "a@x", ["b@y"], "x").recipients["b@y"] == (452, b"Full")
        smtp.sendmail("a@x", ["b@y"], "x")
        assert raises(smtplib.SMTPDataError, smtp.sendmail, "a@x", ["d@y"], "x").smtp_code == 550
    assert [m.recipients for m in receiver.mails] == [["b@y"]]


def test_a_process_ends_and_tells(folder):
    process = machine.Process(["sh", "-c", "echo started; id -u; exec sleep 600"], folder / "log")
    machine.wait_for("its output", lambda: process.log_text().count("\n") == 2)
    assert process.log_text() == f"started\n{machine.unprivileged().pw_uid}\n"
    assert process.running() and process.stop() == -15 and not process.running()


def _refused_words(error):
    return next(iter(error.recipients.values()))


def _mta(receiver, path=None, **settings):
    """A private Postfix whose policy server answers by the sender's name."""

    def answer(request):
        sender, state = request["sender"], request["protocol_state"]
        if sender.startswith("blocked@") and state == "RCPT":
            return "REJECT 5.7.1 Please write to us by post."
        if sender.startswith("routed@") and state == "DATA" and request["recipient_count"] == "1":
            return "REDIRECT contact@office.example"
        if sender.startswith("marked@") and state == "DATA":
            return "PREPEND X-Evenhand: check"
        return "DUNNO"

    mta = Postfix(receiver, settings=settings)
    if path:  # a folder of the gate's own under Postfix's queue folder, which smtpd may enter
        (mta.queue / path).parent.mkdir(mode=0o755)
    policy = PolicyServer(answer, path and mta.queue / path)
    where = f"unix:{path}" if path else "inet:127.0.0.1:%d" % policy.address[1]
    asks = f"permit_mynetworks, reject_unauth_destination, check_policy_service {where}"
    mta.settings["smtpd_recipient_restrictions"] = asks
    mta.settings["smtpd_data_restrictions"] = f"permit_mynetworks, check_policy_service {where}"
    mta._write()
    return mta.start(), policy


@fixture
def asking(receiver):
    mta, policy = _mta(receiver)
    yield mta, policy
    mta.kill()
    policy.close()


def test_postfix_delivers_what_the_policy_server_lets_pass(asking, receiver):
    mta, policy = asking
    mta.send("friend@x.example", "desk@office.example")
    mail = receiver.wait()[0]
    assert mail.sender == "friend@x.example" and mail.recipients == ["desk@office.example"]
    at_rcpt, at_data = policy.requests
    assert (at_rcpt["protocol_state"], at_data["protocol_state"]) == ("RCPT", "DATA")
    assert at_rcpt["recipient"] == at_data["recipient"] == "desk@office.example"
    assert (at_rcpt["recipient_count"], at_data["recipient_count"]) == ("0", "1")
    assert at_rcpt["instance"] == at_data["instance"] != ""
    assert at_rcpt["request"] == "smtpd_access_policy"


def test_postfix_refuses_with_the_words_given_at_rcpt(asking, receiver):
    mta, _ = asking
    code, words = _refused_words(raises(smtplib.SMTPRecipientsRefused, mta.send, "blocked@x.example", "desk@office.example"))
    assert code == 554 and words == b"5.7.1 <desk@office.example>: Recipient address rejected: Please write to us by post."
    assert receiver.mails == []


def test_postfix_redirects_at_data_to_the_one_mailbox(asking, receiver):
    mta, _ = asking
    mta.send("routed@x.example", "desk@office.example")
    assert receiver.wait()[0].recipients == ["contact@office.example"]
    mta.send("routed@x.example", ["desk@office.example", "other@office.example"])
    assert sorted(receiver.wait(2)[1].recipients) == ["desk@office.example", "other@office.example"]


def test_postfix_at_data_names_no_recipient_when_there_are_several(asking, receiver):
    mta, policy = asking
    mta.send("friend@x.example", ["a@office.example", "b@office.example"])
    receiver.wait()
    assert [(r["protocol_state"], r["recipient"], r["recipient_count"]) for r in policy.requests] == [
        ("RCPT", "a@office.example", "0"),
        ("RCPT", "b@office.example", "0"),
        ("DATA", "", "2"),
    ]
    assert len({r["instance"] for r in policy.requests}) == 1


def test_postfix_prepends_a_header_at_data(asking, receiver):
    mta, _ = asking
    mta.send("marked@x.example", "desk@office.example")
    assert receiver.wait()[0].header("X-Evenhand") == "check"


def test_postfix_does_not_ask_about_its_own_network(asking, receiver):
    mta, policy = asking
    mta.send("blocked@x.example", "desk@office.example", own_network=True)
    receiver.wait()
    assert policy.requests == []


def test_postfix_in_its_chroot_reaches_a_unix_socket_under_its_queue_folder(receiver):
    mta, policy = _mta(receiver, path="evenhand/gate")
    try:
        raises(smtplib.SMTPRecipientsRefused, mta.send, "blocked@x.example", "desk@office.example")
        mta.send("routed@x.example", "desk@office.example")
        assert receiver.wait()[0].recipients == ["contact@office.example"]
    finally:
        mta.kill()
        policy.close()


def test_postfix_without_its_policy_server_waits_or_passes_as_set(receiver):
    gone = machine.free_port()
    times = "timeout=2s, try_limit=1, retry_delay=1s"
    for default, expected in (("DUNNO", "delivered"), ("DEFER_IF_PERMIT", "waits")):
        asks = [f"check_policy_service {{ inet:127.0.0.1:{gone}, {times}, default_action={default} }}"]
        mta = Postfix(receiver, recipient_restrictions=asks).start()
        try:
            receiver.clear()
            if expected == "delivered":
                mta.send("friend@x.example", "desk@office.example")
                receiver.wait()
            else:
                error = raises(smtplib.SMTPRecipientsRefused, mta.send, "friend@x.example", "desk@office.example")
                assert _refused_words(error)[0] == 450
        finally:
            mta.kill()


def test_postfix_waits_for_a_receiver_that_is_full_and_can_be_stopped_and_started(asking, receiver):
    mta, _ = asking
    receiver.refuse("rcpt", 452, "Full", times=1)
    mta.send("friend@x.example", "desk@office.example")
    receiver.wait()
    mta.stop()
    assert not mta.running()
    mta.start()
    mta.send("friend@x.example", "again@office.example")
    receiver.wait(1, to="again@office.example")
    assert "status=deferred" in mta.log_text() and "status=sent" in mta.log_text()


def _page_server(pages):
    import http.server
    import threading

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.reply(*pages(self, None))

        def do_POST(self):
            self.reply(*pages(self, self.rfile.read(int(self.headers["Content-Length"]))))

        def reply(self, status, headers, body):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", machine.free_port()), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def test_browser_sends_a_form_with_its_hidden_fields_and_cookies():
    from .client import Browser

    sent = []

    def pages(request, body):
        if request.path == "/form":
            form = (
                "<form method=post action=/done><input type=hidden name=csrf value='a&amp;b'><input name=user>"
                "<select name=role><option value=staff><option value=manager selected></select>"
                "<textarea name=words>now</textarea><input type=checkbox name=no value=1><button>Go</button></form>"
            )
            return 200, {"Content-Type": "text/html", "Set-Cookie": "s=1; HttpOnly; Path=/"}, form
        if body is not None:
            sent.append((body, request.headers["Cookie"]))
            return 303, {"Location": "/end"}, ""
        return 200, {"Content-Type": "text/html"}, "<h1>Thank <b>you</b></h1><script>no</script>"

    server = _page_server(pages)
    browser = Browser(f"http://127.0.0.1:{server.server_port}")
    page = browser.get("/form")
    raises(AssertionError, page.submit, {"name": "x"})
    end = page.submit({"user": "o'brien"})
    server.shutdown()
    assert end.status == 200 and end.url.endswith("/end") and end.words == "Thank you"
    assert sent == [(b"csrf=a%26b&role=manager&words=now&user=o%27brien", "s=1")]


def test_api_tells_refusals_apart():
    from .client import Api
    from .shell import Refused

    answers = {
        "/api/v1/acts/decide": (403, '{"error": {"kind": "refused", "rule": "A1", "sentence": "Not you.", "field": null}}'),
        "/api/v1/customers?after=x": (200, '{"items": []}'),
    }

    def pages(request, _body):
        assert request.headers["Authorization"] == "Bearer t"
        status, text = answers[request.path]
        return status, {"Content-Type": "application/json"}, text

    server = _page_server(pages)
    api = Api(f"http://127.0.0.1:{server.server_port}", "t")
    error = raises(Refused, api.act, "decide", request="Q-2026-000001")
    assert (error.status, error.kind, error.rule, error.sentence) == (403, "refused", "A1", "Not you.")
    assert api.get("customers", after="x") == {"items": []}
    server.shutdown()


def test_shell_reads_what_a_refusal_says():
    from .shell import Refused

    error = Refused.at_the_shell(1, "refused (A1): Only a head of function decides: ask one. [outcome]\n")
    assert (error.kind, error.rule, error.field) == ("refused", "A1", "outcome")
    assert error.sentence == "Only a head of function decides: ask one."
    error = Refused.at_the_shell(1, "not found: There is no K-2026-000001.\n")
    assert (error.kind, error.rule, error.field) == ("not found", None, None)


@long
def test_long_tests_run_only_when_asked_for():
    assert machine.LONG

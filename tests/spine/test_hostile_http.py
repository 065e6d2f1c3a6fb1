"""Hostile HTTP costs a clear error or a closed connection, never the server and never memory without bound."""

import json
import resource
import socket
import threading

from harness import machine
from harness.runner import engines

CONNECTIONS = 10000 if machine.LONG else 2000
LIMIT = 10000  # of the server, where the hard limit of open files leaves so many
# What any of it may add to the server's memory, in bytes; a sanitizer keeps what was freed.
GROWTH = int((150 << 20) * machine.PATIENCE)


def _memory(server):
    status = open(f"/proc/{server.process.pid}/status").read()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) << 10


def _connect(server):
    return socket.create_connection(("127.0.0.1", server.port), 10 * machine.PATIENCE)


def _talk(server, data):
    """Sends bytes and reads what comes until the server ends the connection or says nothing for a moment."""
    with _connect(server) as s:
        s.settimeout(1 * machine.PATIENCE)
        got = b""
        try:
            s.sendall(data)
            while piece := s.recv(65536):
                got += piece
                if _whole(got):
                    break
        except (ConnectionError, TimeoutError):
            pass
        return got


def _whole(got):
    head, separator, body = got.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if separator and line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return False


def _status(got):
    return int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.1 ") else None


def _lives(server):
    assert server.running(), f"the server died: {server.log_text()[-3000:]}"
    assert server.health() == 200, server.health_text()


def _post(server, path, body, user="sam"):
    """The answer to an act or question; BODY is bytes. It must be JSON with a sentence."""
    answer = server.api(user).request("POST", path, body)
    assert answer.status < 500, f"{path} answered {answer.status}: {answer.text[:300]} to {body[:80]}"
    if answer.status >= 400:
        error = answer.json()["error"]
        assert error["kind"] in ("invalid", "refused", "not found") and error["sentence"], error
    return answer.status


def test_hostile_fields_are_refused_with_a_sentence(server):
    before = server.shell.run("record", "head", check=0).stdout
    mega = "x" * (1 << 20)
    act, ask = "/api/v1/acts/log-contact", "/api/v1/gate/ask"
    hostile = [
        json.dumps({"what": mega}),
        json.dumps({"channel": mega}),
        json.dumps({"request_id": mega}),
        json.dumps({"casefile": mega}),
        json.dumps({mega: "x"}),
        json.dumps({"what": "a\0b"}),
        json.dumps({"what": "lone \ud800 surrogate"}),
        json.dumps({"what": {"a": 1}}),
        json.dumps({"what": 1e308}),
        json.dumps({"minutes": -1}),
        json.dumps({"minutes": 1 << 70}),
        json.dumps({"happened_at": "9999999-01-01T00:00:00Z"}),
        '{"what": "x", "what": "y"}',
        "[" * 100000,
        '{"a":' * 100000,
        "[" * 1000 + "]" * 1000,
        "",
        "null",
        '"x"',
        "{",
        "{}x",
        "NaN",
    ]  # fmt: skip
    for text in hostile:
        for path in (act, ask):
            status = _post(server, path, text.encode("utf-8", "surrogatepass"))
            assert status in (400, 413), f"{path} answered {status} to {text[:80]}"
    for body in (b'{"what": "\xff\xfe"}', b'{"what": "\xed\xa0\x80"}', b'{"what": "\xc0\x80"}', b"\0" * 1000, b'{"what": "a\0b"}', b"\xff" * 70000):
        assert _post(server, act, body) == 400
        assert _post(server, ask, body) in (400, 413)
    too_long = b'{"what": "' + b"x" * (5 << 20) + b'"}'  # an act may hold a file, but this text is too long for its field
    assert _post(server, act, too_long) == 400
    assert _post(server, ask, b'{"what": "' + b"x" * (1 << 20) + b'"}') == 413
    assert server.shell.run("record", "head", check=0).stdout == before, "something hostile was recorded"
    _lives(server)


def test_hostile_paths_and_filters_are_refused_with_a_sentence(server):
    sam = server.api("sam")
    for path in (
        "/api/v1/customers/" + "C" * 20000, "/api/v1/customers/%00", "/api/v1/customers/%ff%fe", "/api/v1/customers?limit=999999999999999999999",
        "/api/v1/customers?limit=-1", "/api/v1/customers?cursor=" + "A" * 5000, "/api/v1/customers?cursor=%00", "/api/v1/customers?name=%ff",
        "/api/v1/contacts?customer=%27%3B%20DROP%20TABLE%20record", "/api/v1/" + "a/" * 3000, "/api/v1/acts/%2e%2e%2f%2e%2e%2fetc",
        "/static/../../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd", "/customers?" + "&".join(f"a{i}=1" for i in range(150)),
    ):  # fmt: skip
        answer = sam.request("GET", path)
        # What is no way, or asks of pages to sign in first, and never more than that.
        assert answer.status in (303, 400, 403, 404, 405, 414, 431), f"{path[:80]}: {answer.status}"
        assert b"root:" not in answer.body
    _lives(server)


@engines("sqlite")
def test_pipelined_rubbish_and_broken_requests_end_their_own_connection_only(server):
    good = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    for rubbish in (
        b"\0" * 100000, b"\xff" * 100000, b"GET", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20000 + b"\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100000 + b"\r\n\r\n",
        b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
        b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n",
        b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx",
        b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /?" + b"&".join(b"a%d=1" % i for i in range(2000)) + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n" * 50000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
    ):  # fmt: skip
        for data in (rubbish, good + rubbish):
            got = _talk(server, data)
            status = _status(got)
            assert status is None or 200 <= status < 500 or status in (501, 505), f"{rubbish[:60]}: {got[:200]}"
    # Many good requests at once on one connection are answered one after another.
    with _connect(server) as s:
        s.settimeout(10 * machine.PATIENCE)
        s.sendall(good * 200)
        got = b""
        while got.count(b"HTTP/1.1 200 ") < 200:
            piece = s.recv(65536)
            assert piece, f"closed after {got.count(b'HTTP/1.1 200 ')} answers of 200"
            got += piece
    _lives(server)


@engines("sqlite")
def test_thousands_of_connections_slow_and_idle_leave_the_server_answering(server):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, CONNECTIONS + 1000), hard))
    before = _memory(server)
    held = []
    try:
        for i in range(CONNECTIONS):
            try:
                s = _connect(server)
            except OSError:  # refused, by the server's limit of open files or by our own
                continue
            try:
                # Idle, a header that never ends, a body that never comes, in turn.
                s.sendall((b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{")[i % 3])
            except OSError:
                s.close()
                continue
            held.append(s)
        # One byte at a time, from all of the slow ones, while others are served.
        for s in held[1::3][:300]:
            try:
                s.sendall(b"y")
            except OSError:
                pass
        # Others are served at once; at the server's limit, as soon as it has let go of those that say nothing.
        patience = 60 if CONNECTIONS + 200 > min(hard, LIMIT) else 5
        machine.wait_for("others to be served beside the slow ones", lambda: server.health() == 200, patience)
        assert server.api("sam").get("customers")["items"]
        grown = _memory(server) - before
        assert grown < GROWTH, f"{len(held)} connections cost {grown >> 20} MiB"
    finally:
        for s in held:
            s.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    _lives(server)


@engines("sqlite")
def test_megabytes_from_many_at_once_do_not_grow_without_bound(server):
    sam = server.api("sam")
    before = _memory(server)
    body = json.dumps({"what": "x" * (3 << 20)}).encode()
    answers = []

    def send():
        for _ in range(6):
            try:
                answers.append(sam.request("POST", "/api/v1/acts/log-contact", body).status)
            except OSError:
                answers.append(0)  # closed before the answer could be read: refused early

    threads = [threading.Thread(target=send) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60 * machine.PATIENCE)
    assert set(answers) <= {0, 400, 413, 503} and 400 in answers, sorted(set(answers))
    _lives(server)
    grown = _memory(server) - before
    assert grown < GROWTH, f"48 bodies of 3 MiB left {grown >> 20} MiB in use"


@engines("sqlite")
def test_bodies_that_never_end_are_refused_before_they_fill_the_memory(server):
    """Nobody has to sign in to send a body: two hundred of four megabytes, all but their last byte."""
    before = _memory(server)
    head = b"POST /api/v1/acts/log-contact HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n"
    held = []
    try:
        for _ in range(200):
            s = _connect(server)
            s.settimeout(2 * machine.PATIENCE)
            held.append(s)
            s.sendall(head)
            s.sendall(b"x" * 3999999)
        grown = _memory(server) - before
        assert grown < GROWTH, f"two hundred unfinished bodies hold {grown >> 20} MiB"
        held[-1].sendall(b"x")
        assert _status(held[-1].recv(4096)) == 503
        assert server.api("sam").get("customers")["items"]
    finally:
        for s in held:
            s.close()
    # With room again, a body is taken.
    machine.wait_for("an act to be taken", lambda: _post_once(server) == 400)


def _post_once(server):
    return server.api("sam").request("POST", "/api/v1/acts/log-contact", b"{").status

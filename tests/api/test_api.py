"""/api/v1, /healthz and /metrics: who may come in, how errors are said, and what is never in an answer."""

import json

from harness.client import Api
from harness.runner import engines


def _error(answer):
    return answer.status, answer.json()["error"]


def test_nobody_comes_in_without_a_token(server):
    for token in (None, "nonsense", "", "x" * 5000):
        for method, path in (("POST", "/api/v1/acts/log-contact"), ("GET", "/api/v1/customers"), ("GET", "/api/v1/customers/C-2026-000001"), ("POST", "/api/v1/gate/ask")):  # fmt: skip
            answer = Api(server.url, token).request(method, path, {} if method == "POST" else None)
            status, error = _error(answer)
            assert status == 401, (token, path, status)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert error["kind"] == "refused" and error["rule"] is None
    answer = Api(server.url).request("GET", "/api/v1/customers", Authorization="Basic c2FtOnNhbQ==")
    assert answer.status == 401


def test_an_ended_token_no_longer_opens(server):
    sam = server.api("sam")
    sam.get("customers")
    server.shell.run("staff", "end-token", "sam", check=0)
    assert sam.request("GET", "/api/v1/customers").status == 401


def test_a_gates_token_may_only_ask(server):
    gate = Api(server.url, server.shell.run("staff", "gate-token", check=0).stdout.strip())
    assert gate.ask(channel="phone", from_="07700 900000")["verdict"] == "proceed"
    for method, path in (("POST", "/api/v1/acts/log-contact"), ("GET", "/api/v1/customers"), ("GET", "/api/v1/customers/C-2026-000001")):  # fmt: skip
        status, error = _error(gate.request(method, path, {} if method == "POST" else None))
        assert (status, error["kind"]) == (403, "refused"), (path, status)
    server.shell.run("staff", "end-gate-token", check=0)
    assert gate.request("POST", "/api/v1/gate/ask", {"channel": "phone"}).status == 401


def test_an_acts_answer(server):
    sam = server.api("sam")
    fields = {"request_id": "one", "name": "Ann Example"}
    first = sam.request("POST", "/api/v1/acts/add-customer", fields)
    again = sam.request("POST", "/api/v1/acts/add-customer", fields)
    assert first.status == again.status == 200 and first.json() == again.json()
    assert first.headers["Content-Type"] == "application/json"
    answer = first.json()
    assert answer["id"].startswith("C-") and answer["record"]["number"] > 0 and len(answer["record"]["hash"]) == 64
    listed = server.api("anja").get("record", subject=answer["id"])["items"][-1]
    assert listed["number"] == answer["record"]["number"] and listed["via"] == "api", listed


def test_each_kind_of_error_has_its_status(server):
    sam, amal = server.api("sam"), server.api("amal")
    sam.act("add-customer", name="Ann", request_id="used")
    cases = (
        (400, "invalid", sam, "POST", "acts/add-customer", {}),
        (400, "invalid", sam, "POST", "acts/add-customer", []),
        (400, "invalid", sam, "POST", "acts/add-customer", b"{"),
        (400, "invalid", sam, "POST", "acts/add-customer", b""),
        (400, "invalid", sam, "POST", "acts/add-customer", b'{"name": "a", "name": "b"}'),
        (400, "invalid", sam, "POST", "acts/add-customer", b'{"name": "\xff"}'),
        (400, "invalid", sam, "POST", "acts/add-customer", b"[" * 100000),
        (400, "invalid", sam, "GET", "customers?limit=0", None),
        (400, "invalid", sam, "GET", "customers?cursor=%ff", None),
        (403, "refused", sam, "POST", "acts/grant-role", {"user_name": "theo", "role": "manager"}),
        (403, "refused", amal, "POST", "acts/grant-role", {"user_name": "amal", "role": "manager"}),
        (404, "not found", sam, "POST", "acts/dance", {}),
        (404, "not found", sam, "GET", "customers/C-2026-999999", None),
        (404, "not found", sam, "GET", "dances", None),
        (404, "not found", sam, "GET", "dances/D-1", None),
        (404, "not found", sam, "GET", "a/b/c/d", None),
        (404, "not found", sam, "GET", "%ff%fe/x/y", None),
        (409, "conflict", sam, "POST", "acts/add-customer", {"name": "Bea", "request_id": "used"}),
    )
    for status, kind, api, method, path, body in cases:
        answer = api.request(method, f"/api/v1/{path}", body)
        assert answer.status == status, (path, body and str(body)[:40], answer.status, answer.text[:200])
        error = answer.json()["error"]
        assert error["kind"] == kind, (path, error)
        assert error["sentence"].strip().endswith((".", "?")), error
        assert set(error) >= {"kind", "rule", "sentence", "field"}
    assert amal.request("POST", "/api/v1/acts/grant-role", {"user_name": "amal", "role": "manager"}).json()["error"]["rule"] == "G1"


def test_methods_and_lengths(server):
    sam = server.api("sam")
    answer = sam.request("GET", "/api/v1/acts/log-contact/x")
    assert answer.status == 404
    answer = sam.request("DELETE", "/api/v1/customers/C-2026-000001")
    assert answer.status == 405 and answer.headers["Allow"] == "GET, HEAD"
    assert answer.json()["error"]["kind"] == "invalid"
    answer = sam.request("POST", "/api/v1/gate/ask", b'{"channel": "' + b"x" * 70000 + b'"}')
    assert answer.status == 413 and answer.json()["error"]["kind"] == "invalid"
    answer = sam.request("HEAD", "/api/v1/openapi.yaml")
    assert answer.status == 200 and answer.body == b""


def test_all_problems_of_an_input_are_listed(server):
    status, error = _error(server.api("sam").request("POST", "/api/v1/acts/open-matter", {"kind": "dream", "titel": "x"}))
    assert status == 400
    problems = {p["field"]: p["sentence"] for p in error["problems"]}
    assert set(problems) == {"customer", "function", "kind", "title", "titel"}, problems
    assert "Did you mean 'title'?" in problems["titel"]
    assert error["field"] == error["problems"][0]["field"]


def test_as_many_problems_as_fit_end_nobody(server):
    """A body of four megabytes that is wrong from end to end: the answer names a hundred problems, the server lives."""
    sam = server.api("sam")
    body = json.dumps({f"k{i:x}": 0 for i in range(310_000)}).encode()
    assert 3_500_000 < len(body) < 4_194_304
    status, error = _error(sam.request("POST", "/api/v1/acts/log-contact", body))
    assert status == 400 and len(error["problems"]) == 100
    assert server.running() and server.health() == 200


def test_the_time_is_pretended_only_by_the_envelope(server):
    sam = server.api("sam")
    answer = sam.request("POST", "/api/v1/gate/ask", {"channel": "phone", "id": "c-1", "at": "2030-01-01T00:00:00Z"})
    assert answer.status == 400 and answer.json()["error"]["field"] == "at"
    assert sam.ask(channel="phone", from_="07700 900000", at="2030-01-01T00:00:00Z")["verdict"] == "proceed"
    for wrong in ({}, {"channel": "pigeon"}, {"channel": "phone", "form": "x"}):
        answer = sam.request("POST", "/api/v1/gate/ask", wrong)
        assert answer.status == 400 and answer.json()["error"]["kind"] == "invalid", wrong


def test_what_watches_the_program(server):
    nobody = Api(server.url)
    server.api("sam").act("add-customer", name="Unmistakable Name")
    number = server.api("sam").act("log-contact")["record"]["number"]
    health = nobody.request("GET", "/healthz")
    assert health.status == 200 and health.json()["database"] is True and health.json()["gate"]
    metrics = nobody.request("GET", "/metrics")
    assert metrics.status == 200 and metrics.headers["Content-Type"].startswith("text/plain")
    lines = metrics.text.splitlines()
    assert "evenhand_database_up 1" in lines
    counted = [line for line in lines if line.startswith("evenhand_http_requests_total ")]
    assert counted and int(counted[0].split()[1]) > 0
    heads = [line for line in lines if line.startswith("evenhand_record_entries{head=")]
    assert len(heads) == 1 and len(heads[0].split('"')[1]) == 64
    for line in lines:
        assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2, line
    assert "Unmistakable" not in health.text + metrics.text
    assert number > 0


@engines("sqlite")
def test_the_description_is_public(server):
    answer = Api(server.url).request("GET", "/api/v1/openapi.yaml")
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/yaml"
    assert answer.text.startswith("openapi: 3.0.3\n") and "  /api/v1/acts/decide:\n" in answer.text


@engines("sqlite")
def test_every_answer_carries_the_security_headers(server):
    for path in ("/api/v1/openapi.yaml", "/api/v1/customers", "/api/v1/nothing/at/all", "/healthz", "/metrics"):
        answer = Api(server.url).request("GET", path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path

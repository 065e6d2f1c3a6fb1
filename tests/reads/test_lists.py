"""Lists: filters, pages, and input that means no good."""

import base64

LISTS = {
    "customers", "matters", "contacts", "casefiles", "reports", "warnings", "requests", "arrangements", "notices", "items",
    "record", "viewings", "functions", "staff", "doors", "packs", "work", "ended-calls", "referrals", "breaches",
    "disputes", "evidence",
}  # fmt: skip


def pages(world, user, what, **options):
    """All items of a list, page by page."""
    items, cursor = [], {}
    for _ in range(1000):
        page = world.list(user, what, **options, **cursor)
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}
    raise AssertionError("the pages do not end")


def test_every_list_is_there_and_pages_through_to_its_end(world):
    named = {line.split()[0] for line in world.shell.run("list", check=0).stdout.splitlines()}
    assert named == LISTS
    for what in sorted(LISTS - {"viewings"}):  # looking itself adds to viewings
        whole = pages(world, "anja", what, limit=200)
        key = "number" if what == "record" else "id"
        keys = [i[key] for i in whole][:40]
        assert len(set(keys)) == len(keys) or what == "work", what  # one thing may be several people's work
        if what not in ("items", "record", "work", "ended-calls", "referrals", "breaches", "disputes", "evidence"):
            assert keys, what
        small = [i[key] for i in pages(world, "anja", what, limit=3)] if what != "record" else keys
        assert small[: len(keys)] == keys, what


def test_newest_come_first_where_time_matters(world):
    for what in ("matters", "casefiles", "notices", "reports"):
        keys = [i["id"] for i in world.items("anja", what)]
        assert keys == sorted(keys, reverse=True) and len(keys) > 1
    keys = [i["id"] for i in world.items("anja", "customers")]
    assert keys == sorted(keys)


def test_a_page_goes_on_where_rows_are_not_for_this_person(world):
    # Nora sees only reports of her function and of customers whom she assesses; a page of one finds each of them.
    restricted = world.people["restricted"]
    of = {"customer": restricted["ref"]}
    assert {r["id"] for r in pages(world, "nora", "reports", limit=1, **of)} == {
        restricted["first report"], restricted["report"], restricted["enquiries report"]}  # fmt: skip
    found = {r["id"] for r in pages(world, "nora", "reports", limit=1)}
    assert restricted["first report"] in found and world.people["violent"]["report"] not in found
    assert world.list("theo", "requests", limit=1) == {"items": [], "next": None}
    assert restricted["request"] in {q["id"] for q in pages(world, "mira", "requests", limit=1)}


def test_names_are_found_however_they_are_written(world):
    ref = world.people["restricted"]["ref"]
    for name in ("Sian", "SIÂN", "ohara", "O'Hara", "O Hara", "lukasz sian", "Łukasz O'Hara", "hara-lu", "O’Hara"):
        assert [c["id"] for c in world.items("sam", "customers", name=name)] == [ref], name
    assert world.items("sam", "customers", name="sian quill") == []
    world.refused("sam", "list", "customers", "--name", "--'", kind="invalid", code=2)


def test_identifiers_are_found_in_any_form(world):
    restricted, sharer = world.people["restricted"]["ref"], world.people["sharer"]["ref"]
    for typed in ("07700 900321", "+447700900321", "tel:+44-7700-900321", "(07700) 900-321"):
        assert {c["id"] for c in world.items("sam", "customers", identifier=typed)} == {restricted, sharer}
    assert [c["id"] for c in world.items("sam", "customers", identifier="SIAN@example.NET")] == [restricted]
    assert world.items("sam", "customers", identifier="07700 900322") == []


def test_filters_keep_what_fits(world):
    restricted = world.people["restricted"]
    ref, casefile = restricted["ref"], restricted["casefile"]
    assert {m["function"] for m in world.items("sam", "matters", customer=ref)} == {"casework", "enquiries"}
    assert [m["id"] for m in world.items("sam", "matters", customer=ref, function="enquiries")] == [restricted["matter enquiries"]]
    assert world.items("sam", "matters", customer=ref, open="false") == []
    assert [c["id"] for c in world.items("sam", "contacts", customer=ref)] == [restricted["contact"]]
    assert world.items("sam", "contacts", customer=ref, channel="email") == [] == world.items("sam", "contacts", customer=ref, direction="out")
    assert {c["id"] for c in world.items("sam", "casefiles", customer=ref, open="true")} == {casefile, restricted["enquiries casefile"]}
    assert [r["id"] for r in world.items("nora", "reports", customer=ref, function="enquiries", assessed="false")] == [restricted["enquiries report"]]
    assert [w["id"] for w in world.items("mira", "warnings", casefile=casefile)] == [restricted["warning"]]
    assert [q["id"] for q in world.items("hana", "requests", customer=ref, state="authorised")] == [restricted["request"]]
    assert world.items("hana", "requests", customer=ref, state="open") == []
    assert [a["id"] for a in world.items("hana", "arrangements", customer=ref, review_before="2999-01-01")] == [restricted["arrangement"]]
    assert world.items("hana", "arrangements", review_before="2000-01-01") == []
    assert world.items("hana", "notices", to_send="true", casefile=casefile) == []
    assert {n["id"] for n in world.items("hana", "notices", owner="mira", casefile=casefile)} >= {restricted["notice"]}
    assert world.items("hana", "notices", owner="sam", casefile=casefile) == []
    subject = world.items("anja", "record", subject=restricted["decision"])
    assert [e["act"] for e in subject] == ["decide"]
    after = subject[0]["number"]
    assert world.items("anja", "record", after=after, limit=1)[0]["number"] == after + 1


def test_the_other_spelling_of_a_filter_means_the_same(world):
    ref = world.people["restricted"]["ref"]
    one = world.look("sam", "list", "matters", "--filter", f"customer={ref}", "--filter", "function=casework").json()
    assert one == world.list("sam", "matters", customer=ref, function="casework")
    world.refused("sam", "list", "matters", "--customer", ref, "--filter", f"customer={ref}", kind="invalid", code=2)


def test_what_does_not_fit_is_named(world):
    cases = {
        ("nonsense",): "There is no list 'nonsense'",
        ("casefile",): "Did you mean 'casefiles'?",
        ("matters", "--filter", "custommer=C-2026-000001"): "Did you mean 'customer'?",
        ("matters", "--filter", "customer"): "as NAME=VALUE",
        ("matters", "--customer", "M-2026-000001"): "a reference such as C-",
        ("matters", "--customer", ""): "a value of one line",
        ("matters", "--open", "maybe"): "true or false",
        ("contacts", "--channel", "fax"): "phone, email, letter, in-person, web, chat",
        ("arrangements", "--review_before", "yesterday"): "review_before",
        ("record", "--after", "-1"): "whole number",
        ("customers", "--limit", "201"): "from 1 to 200",
        ("customers", "--limit", "-1"): "from 1 to 200",
        ("customers", "--name", "x" * 201): "at most 200",
        ("customers", "--name", "a\nb"): "one line",
        ("customers", "--cursor", "AAAA"): "This cursor belongs to no page of this list",
    }
    for arguments, sentence in cases.items():
        done = world.look("anja", "list", *arguments)
        assert done.code in (1, 2) and sentence in done.stderr and not done.stdout, (arguments, done.stderr)


def test_cursors_of_another_list_or_made_up_are_refused(world):
    cursor = world.list("sam", "customers", limit=1)["next"]
    assert world.items("sam", "customers", limit=1, cursor=cursor)
    made_up = [base64.urlsafe_b64encode(t).decode().rstrip("=") for t in (b"customers\n", b"customers\n\x00", b"customers\n\xff", b"customer\nC-1")]
    for bad in ("", "!", "x" * 5000, cursor[4:], *made_up):
        world.refused("sam", "list", "customers", "--cursor", bad, kind="invalid", code=2)
    world.refused("sam", "list", "matters", "--cursor", cursor, kind="invalid", code=2)
    number = base64.urlsafe_b64encode(b"record\nseven").decode().rstrip("=")
    world.refused("anja", "list", "record", "--cursor", number, kind="invalid", code=2)


def test_hostile_values_find_nothing_and_break_nothing(world):
    for text in ("' OR '1'='1", "%", "_", "\\", "'; DROP TABLE customer; --", "${x}", "\u202eanis", "𝔖𝔦𝔞𝔫 %s%n", "a" * 200):
        assert world.look("sam", "list", "customers", "--identifier", text).code in (0, 2)
        assert world.look("sam", "list", "customers", "--name", text).code in (0, 2)
        assert not world.look("sam", "list", "matters", "--function", text).stdout.count("M-")
        assert world.look("sam", "show", text).code == 1
    for reference in ("C-2026-000001'", "c-2026-000001", "C-2026-1", "CF-2026-999999", "ZZ-2026-000001", "A" * 5000, "C-2026-000001\n"):
        world.refused("sam", "show", reference, kind="not found")
    assert len(world.items("sam", "customers", limit=200)) >= 4


def test_text_for_people_keeps_a_line_a_line(world):
    def look(*arguments):
        return world.shell.run(*arguments, "--as", "sam", "--at", world.story.time.isoformat(), check=0).stdout

    lines = look("list", "customers").splitlines()
    assert len(lines) == 1 + len(world.items("sam", "customers")) and "1 Mill Lane Barford ZZ1 1AA" in lines[1]
    assert "postal_address     1 Mill Lane Barford ZZ1 1AA\n" in look("show", world.people["sharer"]["ref"])
    assert "There are more: --cursor " in look("list", "customers", "--limit", "1")
    assert look("list", "matters", "--function", "nowhere") == "None.\n"


def test_status_counts(world):
    status = world.shell.run("status", "--json", check=0).json()
    assert status["pack"] == "police-complaints 1" and status["demonstration"] is True and len(status["record"]["hash"]) == 64
    assert status["counts"]["in_force"] == len(world.items("sam", "arrangements", in_force="true", at=status["now"])) > 0 and status["counts"]["customers"] >= 7 and status["outbox"]["given_up"] == 0
    assert "customers" in world.shell.run("status", check=0).stdout

"""Who sees what, by role (G10): staff see verdict, words and needs; reasons and evidence are the owning function's."""

OWNERS = ("mira", "hana", "cleo", "ravi", "anja")  # manager, head of function, complaints, records, auditor
OTHERS = ("nora", "idris", "theo")  # manager, head of function and staff of another function


def test_steps_of_a_casefile_are_seen_by_its_owners_alone(world):
    restricted = world.people["restricted"]
    for step in ("assessment", "warning", "request", "decision"):
        reference = restricted[step]
        for user in OWNERS:
            assert world.show(user, reference)["hidden"] == []
        for user in OTHERS:
            assert "manager and the head of function" in world.refused(user, "show", reference)
    assert world.show("anja", restricted["decision"])["signatures"][0]["by"] == "hana"
    assert world.show("hana", restricted["decision"])["arrangement"] == restricted["arrangement"]


def test_G10_staff_see_words_and_needs_and_no_reasons(world):
    restricted = world.people["restricted"]
    for user in ("sam", "theo"):
        customer = world.show(user, restricted["ref"])
        [arrangement] = customer["arrangements"]
        assert arrangement["state"] == "in-force" and arrangement["scope_words"] == "contact with Casework"
        assert "by phone" in arrangement["restrictions"][0]["in_words"] and arrangement["restrictions"][0]["say_to_staff"]
        assert customer["needs"][0]["what"] == "Large print." and {"evidence", "reasons", "letters"} <= set(customer["hidden"])
        file = world.show(user, restricted["casefile"])
        assert not {"assessments", "warnings", "requests", "decisions", "next"} & set(file) and "reasons" in file["hidden"]
        assert all("subject" not in n for n in file["notices"] if n["owner"] != user)
    full = world.show("mira", restricted["casefile"])
    assert full["hidden"] == [] and len(full["reports"]) == 2 and full["decisions"][0]["signatures"][0]["capacity"] == "head"


def test_who_reported_sees_the_report_and_what_came_of_it(world):
    restricted = world.people["restricted"]
    own = world.show("sam", restricted["first report"])
    assert own["what"].startswith("Rang") and own["welfare"] == "It upset me." and own["came_of_it"] == "warning"
    assessment = world.show("sam", own["assessment"])
    assert assessment["outcome"] == "warning" and "behaviour" not in assessment and "reasons" in assessment["hidden"]
    assert len(world.show("sam", restricted["casefile"])["reports"]) == 2
    world.refused("theo", "show", restricted["first report"])
    assert world.show("theo", restricted["casefile"])["reports"] == []


def test_G10_a_manager_who_assesses_a_customer_sees_all_reports_about_them(world):
    restricted, violent = world.people["restricted"], world.people["violent"]
    # Each has an open casefile of this customer, in their own function.
    assert world.show("mira", restricted["enquiries report"])["by"] == "theo"
    assert world.show("nora", restricted["first report"])["by"] == "sam"
    # But of the violent one enquiries has none; and a head of function assesses nobody.
    world.refused("nora", "show", violent["report"])
    world.refused("idris", "show", restricted["first report"])
    assert {r["id"] for r in world.items("mira", "reports", customer=restricted["ref"])} == {
        restricted["first report"], restricted["report"], restricted["enquiries report"]}  # fmt: skip


def test_G10_an_administrator_sees_no_case(world):
    restricted = world.people["restricted"]
    for reference in (restricted["ref"], restricted["casefile"], restricted["contact"], restricted["arrangement"], "C-2026-999999"):
        assert "see no customer" in world.refused("amal", "show", reference)
    for what in ("customers", "matters", "contacts", "casefiles", "reports", "requests", "arrangements", "notices", "items", "viewings"):
        world.refused("amal", "list", what)
    for what in ("functions", "staff", "doors", "packs"):
        assert world.items("amal", what)
    entries = world.items("amal", "record", content="true", limit=200)
    assert entries and all("content" not in e and e["hidden"] == ["content"] for e in entries)


def test_the_record_is_read_whole_by_the_auditor_and_by_casefile_by_its_owners(world):
    restricted = world.people["restricted"]
    entries = world.items("anja", "record", content="true", limit=200)
    assert entries[0]["number"] == 1 and all("content" in e for e in entries)
    staff = next(e["content"] for e in entries if e["act"] == "add-staff")
    assert "password" not in staff
    own = world.items("mira", "record", casefile=restricted["casefile"], content="true")
    assert {e["casefile"] for e in own} == {restricted["casefile"]} and "decide" in {e["act"] for e in own}
    assert world.items("nora", "record", casefile=restricted["casefile"]) == []
    assert "Name the casefile" in world.refused("mira", "list", "record")
    world.refused("sam", "list", "record")


def test_what_was_said_is_seen_where_it_was_said(world):
    restricted = world.people["restricted"]
    assert world.show("sam", restricted["contact"])["what"] == "Shouted about a letter."
    assert world.show("mira", restricted["contact"])["what"] == "Shouted about a letter."
    other = world.show("theo", restricted["contact"])
    assert "what" not in other and other["hidden"] == ["evidence"] and other["channel"] == "phone"


def test_letters_are_read_by_owners_and_by_who_sends_them(world):
    restricted = world.people["restricted"]
    for user in ("hana", "mira", "anja"):  # the letter is mira's, who asked for the decision
        letter = world.show(user, restricted["notice"])
        assert "Siân" in letter["text"] and "<p>" in letter["html"]
    hidden = world.show("theo", restricted["notice"])
    assert "text" not in hidden and "subject" not in hidden and hidden["hidden"] == ["letters"] and hidden["sent_at"]
    assert "text" not in world.show("sam", restricted["warning notice"])


def test_health_is_hidden_from_who_did_not_record_it(world):
    need = world.show("sam", world.people["restricted"]["ref"])["needs"][0]
    assert need["why"] == "Their sight is poor."
    other = world.show("theo", need["id"])
    assert other["what"] == "Large print." and "why" not in other and other["hidden"] == ["health"]


def test_police_matters_are_for_owners(world):
    violent = world.people["violent"]
    assert "police" in world.show("sam", violent["casefile"])["hidden"]
    file = world.show("mira", violent["casefile"])
    assert {n["act"] for n in file["next"] if n["open"]} >= {"refer-to-police", "assess-report"}


def test_a_casefile_says_what_it_waits_for(world):
    restricted = world.people["restricted"]

    def waits(user, at=None):
        return {n["act"]: n for n in world.show(user, restricted["casefile"], at=at)["next"]}

    now = waits("hana")
    assert "decide" not in now and "notify" not in now and now["record-answer"]["open"]
    assert now["request"]["open"] and not now["request"]["yours"] and waits("mira")["request"]["yours"]
    enquiries = world.show("nora", restricted["enquiries casefile"])["next"]
    assert [(n["act"], n["about"], n["open"]) for n in enquiries] == [("assess-report", restricted["enquiries report"], True)]


def test_an_arrangement_is_in_force_by_its_dates_alone(world):
    restricted = world.people["restricted"]
    before = world.show("sam", restricted["arrangement"], at=restricted["decided at"])
    assert before["state"] == "decided" and "answer as usual" in before["state_words"]
    assert world.show("sam", restricted["arrangement"])["state"] == "in-force"
    of = {"customer": restricted["ref"]}
    assert [a["id"] for a in world.items("sam", "arrangements", in_force="true", **of)] == [restricted["arrangement"]]
    assert world.items("sam", "arrangements", in_force="true", at=restricted["decided at"], **of) == []
    assert [a["id"] for a in world.items("sam", "arrangements", in_force="false", at=restricted["decided at"], **of)] == [restricted["arrangement"]]


def test_what_was_decided_and_not_told_is_not_in_force_and_waits_for_its_letter(world):
    waiting = world.people["waiting"]
    [arrangement] = world.show("theo", waiting["ref"])["arrangements"]
    assert arrangement["state"] == "decided" and arrangement["state_words"] == "decided, not yet in force: answer as usual"
    assert arrangement["from_at"] is None and world.items("theo", "arrangements", customer=waiting["ref"], in_force="true") == []
    next_acts = world.show("mira", waiting["casefile"])["next"]
    assert [(n["act"], n["about"], n["open"], n["yours"]) for n in next_acts if n["act"] == "notify"] == [("notify", waiting["decision"], True, True)]


def test_informal_advice_restricts_nothing_and_says_so(world):
    customer = world.show("theo", world.people["advised"]["ref"])
    assert "answer as usual" in customer["informal_advice"] and customer["arrangements"] == []
    assert world.show("theo", world.people["restricted"]["ref"])["informal_advice"] is None


def test_a_shared_number_names_who_shares_it(world):
    restricted, sharer = world.people["restricted"], world.people["sharer"]
    phone = next(i for i in world.show("theo", restricted["ref"])["identifiers"] if i["kind"] == "phone")
    assert phone["used_by_others"] and phone["shared_with"] == [sharer["ref"]]
    assert world.show("theo", phone["id"])["shared_with"] == [sharer["ref"]]


def test_nobody_is_believed_without_a_token_outside_a_demonstration(world, folder):
    other = type(world.shell)(f"sqlite:{folder}/real.db", folder, world.shell.program)
    other.run("init", "--policy", other.pack, "--administrator", "amal", check=0)
    for command in (("show", "C-2026-000001"), ("list", "customers")):
        assert other.run(*command, "--as", "amal").code == 1
    assert "Asking needs a token" in other.run("ask", "--channel", "phone", "--from", "07700 900321").stderr


def test_who_has_no_role_or_left_sees_nothing(world):
    story = world.story
    story.act("add-staff", "amal", user_name="robin", name="Robin")
    world.refused("robin", "list", "functions")
    world.refused("robin", "show", world.people["restricted"]["ref"])
    story.act("grant-role", "amal", user_name="robin", role="staff", function="casework")
    assert world.items("robin", "customers")
    story.later(minutes=1)
    story.act("end-staff", "amal", user_name="robin")
    world.refused("robin", "list", "customers", kind="not found")

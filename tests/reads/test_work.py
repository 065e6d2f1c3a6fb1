"""'My work' at the shell and over the API: derived from what was done, in the hands of whose it is, gone when it is done."""

from harness.runner import fixture
from rules.story import Story


def kinds(world, user, **options):
    return {line["kind"] for line in world.items(user, "work", limit=200, **options)}


def test_each_role_finds_its_own(world):
    violent = world.people["violent"]
    mine = world.items("mira", "work", limit=200)
    by_kind = {line["kind"] for line in mine}
    assert {"refer-to-police", "assess-report"} <= by_kind and not {"decide", "answer-dispute"} & by_kind
    assert all(line["mine"] for line in mine)
    [referral] = [line for line in mine if line["kind"] == "refer-to-police" and line["casefile"] == violent["casefile"]]
    assert referral["act"] == "refer-to-police" and referral["customer_name"] == "Customer violent"
    assert referral["urgency"] == "critically-overdue"  # twenty days ago, and due on the day
    assert "safety-sentence" in kinds(world, "hana") and "review" in kinds(world, "hana")
    assert kinds(world, "sam") == {"reported"}
    assert "refer-to-police" not in kinds(world, "nora")
    assert kinds(world, "cleo") == set()


def test_what_was_reported_is_told_to_who_reported_it(world):
    reported = {line["id"]: line["what"] for line in world.items("sam", "work", kind="reported")}
    advised = world.people["advised"]["report"]
    assert "they were given advice" in reported[advised]
    assert "waits for a manager" in reported[world.people["violent"]["report"]]


def test_a_decision_that_nobody_told_is_the_askers(world):
    waiting = world.people["waiting"]
    [line] = world.items("mira", "work", kind="notify")
    assert line["casefile"] == waiting["casefile"] and line["owner"] == "mira" and line["about"] == waiting["decision"]
    [seen] = world.items("sam", "work", kind="notify", whose="function")
    assert not seen["mine"] and world.items("sam", "work", kind="notify") == []
    assert world.items("theo", "work", kind="notify", whose="function") == []


def test_the_whole_functions_queue_and_who_has_what(world):
    all_of = world.items("mira", "work", whose="function", limit=200)
    assert {line["function"] for line in all_of if line["function"]} == {"casework"}
    assert {line["function"] for line in world.items("anja", "work", whose="function", limit=200) if line["function"]} == {"casework", "enquiries"}
    assert len(all_of) > len(world.items("mira", "work", limit=200))
    # An auditor looks at everybody's, and nothing of it is theirs.
    assert world.items("anja", "work", whose="mine") == []
    assert kinds(world, "anja") == kinds(world, "anja", whose="function")


def test_the_most_pressing_come_first_and_pages_go_on(world):
    order = ["critically-overdue", "overdue", "due-soon", "not-due", "to-know"]
    whole = world.items("mira", "work", whose="function", limit=200)
    ranks = [order.index(line["urgency"]) for line in whole]
    assert ranks == sorted(ranks)
    found, cursor = [], {}
    while True:
        page = world.list("mira", "work", whose="function", limit=2, **cursor)
        found += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == whole
    assert [line["urgency"] for line in world.items("mira", "work", urgency="critically-overdue")][:1] == ["critically-overdue"]


def test_what_does_not_fit_is_named(world):
    for arguments, sentence in {("--kind", "nonsense"): "refer-to-police", ("--urgency", "soon"): "due-soon", ("--whose", "all"): "mine, function"}.items():
        assert sentence in world.refused("mira", "list", "work", *arguments, kind="invalid", code=2)
    assert "roles do not let you" in world.refused("amal", "list", "work")


def test_registers_are_sorted_by_a_column_and_back(world):
    for what, columns in {"customers": ("id", "name"), "casefiles": ("id", "customer_name", "opened_at"), "warnings": ("id", "customer_name", "at"),
                          "arrangements": ("id", "customer_name", "review_on")}.items():  # fmt: skip
        for column in columns:
            up = [row["id"] for row in world.items("anja", what, sort=column, limit=200)]
            down = [row["id"] for row in world.items("anja", what, sort="-" + column, limit=200)]
            assert up == down[::-1] and len(set(up)) == len(up) > 0, (what, column)
            paged, cursor = [], {}
            for _ in range(100):
                page = world.list("anja", what, sort="-" + column, limit=2, **cursor)
                paged += [row["id"] for row in page["items"]]
                if page["next"] is None:
                    break
                cursor = {"cursor": page["next"]}
            assert paged == down, (what, column)
    assert "sort" in world.refused("anja", "list", "casefiles", "--sort", "scope_reason", kind="invalid", code=2)


def test_names_find_rows_of_every_register(world):
    restricted = world.people["restricted"]
    assert [c["id"] for c in world.items("sam", "casefiles", name="ohara", open="true")] == sorted(
        [restricted["casefile"], restricted["enquiries casefile"]], reverse=True)
    assert [a["id"] for a in world.items("sam", "arrangements", name="Siân Ł")] == [restricted["arrangement"]]
    assert world.items("sam", "casefiles", name="ohara quill") == []
    # Inside a word, where nothing begins so.
    assert restricted["ref"] in {c["id"] for c in world.items("sam", "customers", name="kasz")}


def test_warnings_and_referrals_are_for_who_answers_for_them(world):
    assert {w["id"] for w in world.items("mira", "warnings")} == {w["id"] for w in world.items("anja", "warnings", function="casework")} != set()
    for user in ("sam", "theo", "nora"):
        assert world.items(user, "warnings") == [] == world.items(user, "referrals")
    assert "scope_reason" not in world.items("theo", "casefiles")[0]


@fixture
def tale(shell, cluster):
    yield Story(shell, cluster)


def waits(story, user, **options):
    return {line["kind"]: line for line in story.shell.list("work", user, at=story.time.isoformat(), **options)["items"]}


def test_from_the_decision_to_the_closing_each_step_waits_for_somebody(tale):
    story, person = tale, tale.customer("Customer disputing")
    story.report(person, heading="aggressive-or-abusive", example="harassment")
    story.assess(person, outcome="request", heading="aggressive-or-abusive", ground="harassment",
                 tests={"beyond-anger": "Followed a member of staff."}, behaviour="You followed a member of staff.")  # fmt: skip
    assert waits(story, "mira")["request"]["casefile"] == person["casefile"]
    story.ask(person, warning=None, skip_reason="harassment", skip_risk="It would have told them where she is.")
    assert "request" not in waits(story, "mira") and waits(story, "hana")["decide"]["about"] == person["request"]
    story.decide(person, confirms_no_warning="A warning would have put her in danger.")
    assert "decide" not in waits(story, "hana") and waits(story, "mira")["notify"]["about"] == person["decision"]
    story.notify(person, delivery="post")
    assert waits(story, "mira")["letter"]["about"] == person["notice"]
    story.later(minutes=5)
    story.confirm(person, how="posted")
    assert "letter" not in waits(story, "mira")
    assert [line["urgency"] for line in story.shell.list("work", "hana", at=story.time.isoformat(), kind="review")["items"] if line["casefile"] == person["casefile"]] == ["not-due"]

    story.later(days=3)
    dispute = story.act("dispute", "sam", casefile=person["casefile"], decision=person["decision"], channel="letter", words="I was not there.")["id"]
    cleo = waits(story, "cleo")
    assert cleo["acknowledge-dispute"]["about"] == dispute == cleo["answer-dispute"]["about"] and cleo["answer-dispute"]["due_on"]
    assert "answer-dispute" not in waits(story, "hana") and not waits(story, "hana", whose="function")["answer-dispute"]["mine"]
    story.later(minutes=5)
    acknowledged = story.act("acknowledge-dispute", "cleo", casefile=person["casefile"], dispute=dispute, delivery="by-hand")["id"]
    assert "acknowledge-dispute" not in waits(story, "cleo") and waits(story, "cleo")["letter"]["about"] == acknowledged
    story.confirm({**person, "notice": acknowledged}, how="handed-over", user="cleo")
    story.later(minutes=5)
    story.act("answer-dispute", "cleo", casefile=person["casefile"], dispute=dispute, outcome="ended", reasons="It was somebody else.", delivery="by-hand")
    assert "answer-dispute" not in waits(story, "cleo")
    assert "letter-owed" not in waits(story, "hana", whose="function") and "close-casefile" not in waits(story, "mira")
    answer = waits(story, "mira")["letter"]["about"]  # who asked for the decision sends the letters about it
    story.confirm({**person, "notice": answer}, how="handed-over", user="mira")
    assert waits(story, "mira")["close-casefile"]["casefile"] == person["casefile"]
    story.later(minutes=5)
    story.act("close-casefile", "mira", casefile=person["casefile"], outcome="overturned", words="The dispute was right.")
    assert not [line for line in story.shell.list("work", "mira", at=story.time.isoformat(), whose="function", limit=200)["items"] if line["casefile"] == person["casefile"] and line["urgency"] != "to-know"]


def test_R9_a_need_that_leaves_no_way_in_is_the_heads(tale):
    story, person = tale, tale.customer("Customer deafened")
    story.report(person, heading="aggressive-or-abusive", example="harassment")
    story.assess(person, outcome="request", heading="aggressive-or-abusive", ground="harassment",
                 tests={"beyond-anger": "Followed a member of staff."}, behaviour="You followed a member of staff.")  # fmt: skip
    story.ask(person, warning=None, skip_reason="harassment", skip_risk="It would have told them where she is.")
    story.decide(person, confirms_no_warning="A warning would have put her in danger.")
    story.notify(person, delivery="by-hand")
    story.confirm(person, how="handed-over")
    story.later(days=1)
    assert "need-clash" not in waits(story, "hana")
    story.act("record-need", "sam", customer=person["ref"], what="Writing is hard; rings.", why="Said so.",
              abilities={"email": "cannot", "letter": "cannot", "web": "cannot", "chat": "cannot", "in-person": "cannot"})  # fmt: skip
    clash = waits(story, "hana")["need-clash"]
    assert clash["casefile"] == person["casefile"] and clash["act"] == "vary" and clash["due_on"] == story.day(5)
    assert "need-clash" not in waits(story, "mira") and "need-clash" not in waits(story, "idris")

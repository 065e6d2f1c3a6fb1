"""What staff add beside a casefile's steps, and owned work: breaches, items, evidence, the safety sentence, mending."""

import base64
import contextlib
import datetime
import hashlib

from harness import machine
from harness.policy import PolicyClient
from harness.server import Server
from harness.shell import Refused

FILED = {"kind": "read-and-file", "arguments": {}}
CASEWORK = "casework@opcr.example.org"


@contextlib.contextmanager
def refusing(rule, field=None, kind="refused"):
    """What is done inside is refused by the rule, and names the field."""
    try:
        yield
    except Refused as error:
        assert (error.kind, error.rule) == (kind, rule) and field in (None, error.field), error
        return
    raise AssertionError(f"{rule} refused nothing")


def look(story, reference, user="mira"):
    return story.shell.show(reference, user, at=story.time.isoformat())


def listed(story, what, user="mira", **filters):
    return story.shell.list(what, user, at=story.time.isoformat(), **filters)["items"]


def restricted(story, name, *restrictions, channel="phone"):
    """A customer about whom it was decided and told; their arrangement is in force."""
    person = story.customer(name)
    story.report(person)
    story.assess(person)
    story.warn(person)
    story.confirm(person)
    story.later(days=20)
    story.report(person, channel=channel)
    story.assess(person, outcome="request")
    asked = [{**r, "report": person["report"]} for r in restrictions]
    story.ask(person, **({"restrictions": asked} if asked else {}))
    story.decide(person)
    story.notify(person)
    story.confirm(person)
    story.later(minutes=10)
    person["arrangement"] = story.one(f"SELECT ref FROM arrangement WHERE casefile = '{person['casefile']}'")
    return person


def test_S5_a_breach_is_logged_with_what_staff_did_and_goes_to_the_manager(story):
    person = restricted(story, "Bracken Moor")
    call = story.act("log-contact", "nora", customer=person["ref"], channel="phone", what="Rang all the same.")["id"]
    fields = {"casefile": person["casefile"], "arrangement": person["arrangement"], "contact": call, "what": "Rang the helpline.",
              "staff_did": "Said once that we answer letters, and ended the call."}  # fmt: skip
    breach = story.act("log-breach", "nora", **fields)["id"]
    seen = look(story, breach)
    assert (seen["by"], seen["arrangement"], seen["contact"], seen["staff_did"]) == ("nora", person["arrangement"], call, fields["staff_did"]), seen
    assert [b["id"] for b in listed(story, "breaches", function="casework")] == [breach]
    assert [b["id"] for b in look(story, person["casefile"])["breaches"]] == [breach]
    assert look(story, breach, "nora")["what"] == "Rang the helpline.", "who logged it does not see it"
    assert story.shell.run("show", breach, "--as", "sam", "--json", "--at", story.time.isoformat()).code == 1
    assert not listed(story, "breaches", "sam")

    other = story.customer("Heather Moor")
    theirs = story.act("log-contact", "sam", customer=other["ref"], channel="phone", what="Asked the way.")["id"]
    before = story.dump()
    with refusing("G4", "contact"):
        story.act("log-breach", "nora", **{**fields, "contact": theirs})
    with refusing("S5", "arrangement"):
        story.act("log-breach", "nora", **fields, happened_at=(story.time.replace(microsecond=0)).isoformat().replace(str(story.time.year), str(story.time.year - 1), 1))
    with refusing(None, "staff_did", "invalid"):
        story.act("log-breach", "nora", **{**fields, "staff_did": None})
    assert story.dump() == before, "a refusal left something"


def filed(story, person, at=CASEWORK):
    """A mail of theirs that the gate files: the item of work that came of it."""
    story.shell.run("clock", "set", story.time.isoformat(), check=0)
    server = Server(story.shell).start()
    try:
        sender = f"{person['name'].lower().replace(' ', '.')}@example.net"
        with contextlib.closing(PolicyClient(("127.0.0.1", server.gate_port))) as mail:
            action = mail.ask(protocol_state="DATA", recipient_count="1", sender=sender, recipient=at, instance="mail." + person["ref"])
            assert action.startswith("REDIRECT"), action
        query = f"SELECT ref FROM item WHERE customer = '{person['ref']}'"
        return machine.wait_for("the gate's journal to be taken in", lambda: story.one(query))
    finally:
        server.end()


def test_G6_an_item_is_owned_and_ends_only_with_an_outcome(story):
    person = restricted(story, "Fen Carr", FILED, channel="email")
    person["name"] = "Fen Carr"
    item = filed(story, person)
    story.later(hours=1)
    seen = look(story, item)
    assert (seen["function"], seen["owner"], seen["ended_at"]) == ("casework", None, None), seen

    before = story.dump()
    with refusing("G6"):
        story.act("deal-with-item", "nora", item=item, outcome="nothing-new", words="Seen.")
    with refusing(None, "outcome", "invalid"):
        story.act("deal-with-item", "sam", item=item, words="Seen.")
    with refusing(None, "words", "invalid"):
        story.act("deal-with-item", "sam", item=item, outcome="nothing-new")
    with refusing("G6"):
        story.act("assign", "sam", work=item, to="sam")
    with refusing("G6", "to"):
        story.act("assign", "mira", work=item, to="nora")
    assert story.dump() == before, "a refusal left something"

    story.act("assign", "mira", work=item, to="hana")
    assert [i["id"] for i in listed(story, "items", owner="hana", open="true")] == [item]
    with refusing("G6"):
        story.act("deal-with-item", "sam", item=item, outcome="nothing-new", words="Seen.")
    story.act("deal-with-item", "hana", item=item, outcome="new-information", words="A new date; passed on to the case.")
    seen = look(story, item)
    assert (seen["ended_by"], seen["outcome"], seen["words"]) == ("hana", "new-information", "A new date; passed on to the case."), seen
    assert not listed(story, "items", owner="hana", open="true")
    with refusing(None, kind="conflict"):
        story.act("deal-with-item", "hana", item=item, outcome="nothing-new", words="Again.")
    with refusing(None, kind="conflict"):
        story.act("assign", "mira", work=item, to="sam")


def test_S3_the_head_names_a_manager_of_elsewhere_where_nobody_here_may_assess(story):
    person = story.customer("Glen Firth")
    story.report(person, user="mira", function="casework")
    others = int(story.one("SELECT count(*) FROM role_grant WHERE role = 'manager' AND function = 'casework' AND ended_at IS NULL AND user_name <> 'mira'"))
    assert others == 0, "casework has another manager in the demonstration: choose another function here"
    with refusing("S3"):
        story.assess(person)
    with refusing("S3"):
        story.assess(person, user="nora")
    with refusing("S3", "to"):
        story.act("assign", "mira", work=person["report"], to="nora")
    with refusing("S3", "to"):
        story.act("assign", "hana", work=person["report"], to="sam")
    story.act("assign", "hana", work=person["report"], to="nora")
    assert look(story, person["report"], "nora")["what"], "who is to assess it does not see it"
    story.assess(person, user="nora")
    with refusing(None, kind="conflict"):
        story.act("assign", "hana", work=person["report"], to="mira")


def test_S3_elsewhere_waits_until_the_managers_days_are_over(story):
    person = story.customer("Garth Firth")
    story.report(person)
    with refusing("S3", "to"):
        story.act("assign", "hana", work=person["report"], to="nora")
    story.later(days=6)
    story.act("assign", "hana", work=person["report"], to="nora")
    story.assess(person, user="nora")


def test_N1_a_letter_to_send_is_handed_on(story):
    person = story.customer("Dale Firth")
    story.report(person)
    story.assess(person)
    story.warn(person)
    with refusing("N1"):
        story.act("assign", "sam", work=person["notice"], to="hana")
    story.act("assign", "mira", work=person["notice"], to="sam")
    assert person["notice"] in [n["id"] for n in listed(story, "notices", "sam", owner="sam")]
    story.act("assign", "sam", work=person["notice"], to="hana")
    story.confirm(person)
    with refusing(None, kind="conflict"):
        story.act("assign", "hana", work=person["notice"], to="sam")


def test_S2_S4_what_the_manager_did_about_an_ended_call_or_a_welfare_mark(story):
    person = story.customer("Rowan Firth")
    ended = story.act("end-call", "sam", customer=person["ref"], reason="abusive", words="Called me names.")["id"]
    held = story.act("hold-call", "sam", customer=person["ref"])["id"]
    story.report(person, welfare="I no longer want to take calls alone.")
    words = "Spoke with Sam the same day."
    with refusing("S2"):
        story.act("follow-up", "sam", about=ended, words=words)
    with refusing("S2"):
        story.act("follow-up", "nora", about=ended, words=words)
    with refusing("S2", "about"):
        story.act("follow-up", "mira", about=held, words=words)
    for about in (ended, person["report"]):
        story.act("follow-up", "mira", about=about, words=words)
        assert story.one(f"SELECT by_user FROM follow_up WHERE about = '{about}'") == "mira"
        with refusing(None, kind="conflict"):
            story.act("follow-up", "mira", about=about, words=words)
    own = story.act("end-call", "mira", customer=person["ref"], reason="abusive", words="Shouted.")["id"]
    with refusing("S2"):
        story.act("follow-up", "mira", about=own, words=words)
    story.act("follow-up", "hana", about=own, words=words)


def attached(story, person, folder, user="nora", text="From: Fern\n\nAgain.\n", **more):
    path = folder / "letter.eml"
    path.write_text(text)
    fields = {"casefile": person["casefile"], "what": "The mail of that day.", "at": story.time.isoformat(), **more}
    done = story.shell.run("act", "attach-evidence", "--as", user, "--json", "--file", str(path), input=fields)
    if done.code != 0:
        raise Refused.at_the_shell(done.code, done.stderr)
    return done.json()["id"]


def test_G9_evidence_is_kept_with_its_hash_and_what_comes_after_a_decision_is_marked_so(story, folder):
    person = story.customer("Fern Lea")
    story.report(person)
    got = (story.time - datetime.timedelta(days=2)).isoformat()
    first = attached(story, person, folder, report=person["report"], happened_at=got)
    seen = look(story, first)
    bytes_ = b"From: Fern\n\nAgain.\n"
    assert (seen["name"], seen["type"], seen["size"], seen["by"]) == ("letter.eml", "message/rfc822", len(bytes_), "nora"), seen
    assert seen["sha256"] == hashlib.sha256(bytes_).hexdigest() and seen["after"] is None, seen
    assert seen["obtained_at"] < seen["at"], seen
    content = story.one(f"SELECT content FROM record_content c JOIN record r ON r.number = c.number WHERE r.subject = '{first}'")
    assert seen["sha256"] in content and base64.b64encode(bytes_).decode() not in content, content
    assert story.shell.verify().code == 0

    story.assess(person)
    story.warn(person)
    story.confirm(person)
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    story.decide(person)
    story.later(minutes=1)
    late = attached(story, person, folder)
    files = {e["id"]: e["after"] for e in look(story, person["casefile"])["evidence"]}
    assert files == {first: None, late: person["decision"]}, files
    assert [e["after"] for e in listed(story, "evidence", casefile=person["casefile"])] == [person["decision"], None]

    before = story.dump()
    with refusing("G4", "report"):
        attached(story, person, folder, report="R-2020-000001")
    with refusing(None, "file", "invalid"):
        attached(story, person, folder, text="")
    with refusing(None, "file", "invalid"):
        story.act("attach-evidence", "nora", casefile=person["casefile"], what="Nothing.")
    with refusing(None, "file", "invalid"):
        attached(story, person, folder, text="x" * (10 * 1024 * 1024 + 1))
    assert story.dump() == before, "a refusal left something"


def test_G9_G10_a_file_is_downloaded_by_who_may_see_it_and_the_viewing_is_recorded(story, folder):
    person = story.customer("Moss Lea")
    story.report(person)
    text = "<script>alert(1)</script>" * 200_000
    big = attached(story, person, folder, text=text)
    story.shell.run("clock", "set", story.time.isoformat(), check=0)
    server = Server(story.shell).start()
    try:
        answer = server.api("mira").request("GET", f"/api/v1/evidence/{big}/file")
        assert answer.status == 200 and answer.text == text
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="letter.eml"'), answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer.headers["Content-Security-Policy"]
        assert server.api("nora").request("GET", f"/api/v1/evidence/{big}/file").status == 200, "who attached it"
        for user, status in (("sam", 403), ("idris", 403)):
            assert server.api(user).request("GET", f"/api/v1/evidence/{big}/file").status == status, user
        assert server.api("mira").request("GET", "/api/v1/evidence/EV-2020-000001/file").status == 404
        page = {"name": "a.html", "type": "text/html", "bytes": base64.b64encode(b"<b>x</b>").decode()}
        html = server.api("nora").act("attach-evidence", casefile=person["casefile"], what="A page.", file=page)["id"]
        assert server.api("mira").request("GET", f"/api/v1/evidence/{html}/file").headers["Content-Type"] == "application/octet-stream"
    finally:
        server.end()
    looked = f"SELECT count(*) FROM viewing WHERE subject = '{person['casefile']}' AND what = 'file of {big}'"
    assert story.one(looked) == "2", story.one(looked)


SAFE = "Meet them only with a second person, and with the door open."


def violent(story, name):
    person = story.customer(name)
    story.report(person, heading="aggressive-or-abusive", example="violence-threatened", violence=True)
    return person


def test_L2_after_violence_staff_are_told_the_approved_sentence_and_no_machine_is(story):
    person = violent(story, "Thorn Lea")
    story.shell.run("clock", "set", story.time.isoformat(), check=0)
    server = Server(story.shell).start()
    try:
        api = {user: server.api(user) for user in ("sam", "nora", "mira", "hana")}
        packs = machine.wait_for("the gate to know of the report", lambda: api["nora"].ask(channel="phone", customer=person["ref"]).get("safety"))
        assert "alone" in packs, packs
        assert api["nora"].get(f"customers/{person['ref']}")["safety"] == packs
        with refusing("L2"):
            api["mira"].act("approve-safety-sentence", casefile=person["casefile"], words=SAFE)
        sentence = api["hana"].act("approve-safety-sentence", casefile=person["casefile"], words=SAFE)["id"]
        assert sentence.startswith("S-")
        assert api["nora"].get(f"customers/{person['ref']}")["safety"] == SAFE
        machine.wait_for("the gate to know the sentence", lambda: api["nora"].ask(channel="phone", customer=person["ref"])["safety"] == SAFE)
        assert api["nora"].ask(channel="phone", customer=person["ref"], machine=True)["safety"] is None, "a machine was told"
        assert [s["words"] for s in api["mira"].get(f"casefiles/{person['casefile']}")["safety_sentences"]] == [SAFE]

        fields = {"reports": [person["report"]], "outcome": "no-action", "heading": "aggressive-or-abusive", "tests": {"beyond-anger": "It was not meant so."},
                  "needs_considered": "Asked.", "behaviour": "You said a thing.", "no_violence": "A figure of speech; the caller was asked."}  # fmt: skip
        api["mira"].act("assess-report", casefile=person["casefile"], **fields)
        assert api["nora"].get(f"customers/{person['ref']}")["safety"] is None
        machine.wait_for("the gate to forget it", lambda: api["nora"].ask(channel="phone", customer=person["ref"])["safety"] is None)
        with refusing("L2"):
            api["hana"].act("approve-safety-sentence", casefile=person["casefile"], words=SAFE)
    finally:
        server.end()


def test_K3_an_author_strikes_their_report_and_it_counts_for_nothing(story):
    person = story.customer("Sorrel Lea")
    story.report(person)
    first = person["report"]
    before = story.dump()
    for user in ("mira", "hana", "nora"):
        with refusing("K3"):
            story.act("strike", user, entry=first, reason="It was another caller.")
    with refusing(None, "reason", "invalid"):
        story.act("strike", "sam", entry=first)
    with refusing(None, kind="not found"):
        story.act("strike", "sam", entry=person["casefile"], reason="Wrong.")
    assert story.dump() == before, "a refusal left something"
    seen = look(story, person["casefile"])["version"]
    answer = story.act("strike", "sam", entry=first, reason="It was another caller.")
    assert answer["version"] == seen + 1
    assert look(story, first)["struck_at"], "a struck report does not say so"
    assert story.one(f"SELECT reason FROM correction WHERE entry = '{first}'") == "It was another caller."
    with refusing("G4", "reports"):
        story.assess(person)
    assert not listed(story, "reports", casefile=person["casefile"], assessed="false")
    assert not [step for step in look(story, person["casefile"])["next"] if step["act"] == "assess-report"]
    with refusing(None, kind="conflict"):
        story.act("strike", "sam", entry=first, reason="Again.")

    story.report(person)
    story.assess(person)
    with refusing("K3"):
        story.act("strike", "sam", entry=person["report"], reason="Too late.")
    with refusing("K3"):
        story.act("correct", "sam", entry=person["report"], field="what", words="Less.", reason="Too late.")


def test_K3_the_old_words_stay_beside_the_new_ones(story):
    person = story.customer("Yarrow Lea")
    call = story.act("log-contact", "sam", customer=person["ref"], channel="phone", minutes=30, what="Rang about a parsel.")["id"]
    story.act("correct", "sam", entry=call, field="what", words="Rang about a parcel.", reason="A slip.")
    assert look(story, call)["what"] == "Rang about a parcel."
    assert story.one(f"SELECT was FROM correction WHERE entry = '{call}'") == "Rang about a parsel."
    with refusing(None, "words", "invalid"):
        story.act("correct", "sam", entry=call, field="what", words="Rang about a parcel.", reason="A slip.")
    with refusing(None, "field", "invalid"):
        story.act("correct", "sam", entry=call, field="effect", words="None.", reason="A slip.")
    story.later(days=8)
    with refusing("K3"):
        story.act("correct", "sam", entry=call, field="what", words="Rang about a letter.", reason="Late.")
    need = story.act("record-need", "sam", customer=person["ref"], what="Large pint.", why="Their sight.")["id"]
    story.act("correct", "sam", entry=need, field="what", words="Large print.", reason="A slip.")
    assert look(story, need)["what"] == "Large print."
    with refusing("B6"):
        story.act("strike", "sam", entry=need, reason="Not theirs.")
    assert story.shell.verify().code == 0


def test_B4_a_struck_contact_is_not_counted_and_one_that_a_report_names_stays(story):
    person = story.customer("Tansy Lea")
    calls = [story.act("log-contact", "sam", customer=person["ref"], channel="phone", minutes=10, what="A question.")["id"] for _ in range(3)]
    story.report(person, contact=calls[0])
    assert look(story, person["casefile"])["takes"]["own"]["contacts"] == 3
    story.act("strike", "sam", entry=calls[1], reason="Logged twice.")
    assert look(story, person["casefile"])["takes"]["own"] == {"contacts": 2, "minutes": 20, "staff": 1}
    with refusing("K3"):
        story.act("strike", "sam", entry=calls[0], reason="Logged twice.")
    assert look(story, calls[1])["struck_at"]


def test_K3_W6_an_answer_and_evidence_are_mended_until_something_rests_on_them(story, folder):
    person = story.customer("Mallow Lea")
    story.report(person)
    first = attached(story, person, folder, user="sam", report=person["report"])
    story.assess(person)
    with refusing("K3"):
        story.act("strike", "sam", entry=first, reason="The wrong mail.")
    story.warn(person)
    story.confirm(person)
    wrong = story.act("record-answer", "sam", casefile=person["casefile"], warning=person["warning"], words="Never again.")["id"]
    story.act("strike", "sam", entry=wrong, reason="It was another customer.")
    answer = story.act("record-answer", "sam", casefile=person["casefile"], warning=person["warning"], words="I did not.")["id"]
    story.act("correct", "sam", entry=answer, field="words", words="I did not mean it.", reason="A line was missing.")
    story.later(days=20)
    story.report(person)
    story.assess(person, outcome="request")
    story.ask(person)
    late = story.act("record-answer", "sam", casefile=person["casefile"], warning=person["warning"], words="I am sorry.")["id"]
    mail = attached(story, person, folder, user="sam")
    story.decide(person)
    for entry, field in ((late, "words"), (mail, "what")):
        with refusing("K3"):
            story.act("strike", "sam", entry=entry, reason="Wrong.")
        with refusing("K3"):
            story.act("correct", "sam", entry=entry, field=field, words="Other words.", reason="Wrong.")
    seen = {a["id"]: (a["words"], bool(a["struck_at"])) for a in look(story, person["casefile"])["answers"]}
    assert seen == {wrong: ("Never again.", True), answer: ("I did not mean it.", False), late: ("I am sorry.", False)}, seen


def test_N4_a_customers_details_are_put_right(story):
    person = story.customer("Iris Lea", salutation="Ms Lea")
    before = story.dump()
    for field, value in (("format", "smoke-signals"), ("language", "tlh"), ("name", "Iris Lea")):
        with refusing(None, field, "invalid"):
            story.act("change-customer", "sam", customer=person["ref"], reason="Asked.", **{field: value})
    with refusing(None, "reason", "invalid"):
        story.act("change-customer", "sam", customer=person["ref"], name="Iris Leigh")
    with refusing(None, kind="not found"):
        story.act("change-customer", "sam", customer="C-2020-000001", name="Iris Leigh", reason="Asked.")
    assert story.dump() == before, "a refusal left something"

    story.act("change-customer", "sam", customer=person["ref"], name="Írís Łeigh", format="large-print", reason="Said so on the phone.")
    seen = look(story, person["ref"])
    assert (seen["name"], seen["format"], seen["salutation"], seen["postal_address"]) == (
        "Írís Łeigh", "large-print", "Ms Lea", "1 Mill Lane\nBarford\nZZ1 1AA"), seen  # fmt: skip
    assert person["ref"] in [c["id"] for c in listed(story, "customers", name="iris leigh")]
    assert person["ref"] not in [c["id"] for c in listed(story, "customers", name="iris lea")]
    assert story.one(f"SELECT summary FROM event WHERE customer = '{person['ref']}' AND act = 'change-customer'") == "Details changed: name, format of letters"
    words = story.one(f"SELECT count(*) FROM customer_word WHERE customer = '{person['ref']}' AND word LIKE 'leigh%'")
    assert words == "1", words

"""'Contact, now' as a program sees it: what can be done from it beside the answer, without JavaScript."""

import json
import re
import time

from harness.runner import engines

from .office import office  # noqa: F401 (a fixture)
from .test_browser import drive
from .test_flow_pages import fields_of
from .test_pages import contacts, signed_in


def soon(browser, path, words):
    """The page once it says this: the gate takes a moment to know what was decided."""
    for _ in range(50):
        page = browser.get(path)
        if words in page.words:
            return page
        time.sleep(0.1)
    raise AssertionError(f"'{words}' does not stand on {path}: {page.words}")


def newest(office, customer):
    return contacts(office, customer)[0]


def test_same_again_logs_another_contact_without_typing(office):
    browser, customer = signed_in(office, "sam"), office.customer("Same Again", "01632 960820")
    page = browser.get("/?q=01632960820")
    assert "Same again" not in page.words, "nothing was logged yet"
    done = page.submit({"what": "About the dates", "minutes": "3"}, form="/contacts")
    assert "Logged as K-" in done.words and "Same again" in done.words
    first = newest(office, customer)["id"]
    done = done.submit({}, form="/log-again")
    assert "Logged as K-" in done.words
    again = newest(office, customer)
    assert again["id"] != first and again["what"] == f"The same again, as in {first}" and again["customer"] == customer
    assert len(contacts(office, customer)) == 2


def test_going_back_does_not_log_twice_unsaid(office):
    browser, customer = signed_in(office, "sam"), office.customer("Back Again", "01632 960821")
    page = browser.get(f"/?q={customer}")
    assert "Logged as" in page.submit({"what": "Once"}, form="/contacts").words
    sent_again = page.submit({"what": "Once"}, form="/contacts")  # the page as the browser kept it
    assert len(contacts(office, customer)) == 1, sent_again.words
    loaded_anew = browser.get(f"/?q={customer}")
    assert f"as {newest(office, customer)['id']}. If this is that one, it need not be logged again" in loaded_anew.words
    assert "Log another call" in loaded_anew.words


def test_the_same_typed_again_is_asked_about_before_it_is_logged(office):
    """A browser that goes back fills the new form with the old text, and the new form is another request."""
    browser, customer = signed_in(office, "sam"), office.customer("Sent Already", "01632 960850")
    for fields, button, did in [({"what": "About the dates", "minutes": "3"}, "log", "Logged as K-"),
                                ({"reason": "abusive", "what": "Shouted"}, "only", "The call was ended and logged as K-"),
                                ({"what": "One moment"}, "hold", "On hold, noted as K-")]:
        before = len(contacts(office, customer))
        assert did in browser.get("/?q=01632960850").submit(fields, form="/contacts", button=button).words
        first = newest(office, customer)["id"]
        asked = browser.get("/?q=01632960850").submit(fields, form="/contacts", button=button)
        assert asked.status == 409 and "This was sent already" in asked.words and f"done as {first}. Nothing was done now" in asked.words, asked.words
        assert "need not be logged again" not in asked.words, "it is said once"
        assert len(contacts(office, customer)) == before + 1
        form = "/contacts" if button != "only" else "/end-call"
        assert ["what", fields["what"]] in next(f for f in asked.forms if f["action"] == form)["fields"], "what was typed stands there"
        done = asked.submit({}, form=form, button=button if button != "only" else "send")
        assert did in done.words and len(contacts(office, customer)) == before + 2, done.words


def test_S1_a_hold_needs_nothing_and_the_call_stays_one_contact(office):
    browser, customer = signed_in(office, "sam"), office.customer("Hol Ding", "01632 960822")
    held = browser.get("/?q=01632960822").submit({}, form="/contacts", button="hold")
    assert "On hold, noted as K-" in held.words
    assert newest(office, customer)["handling"] == "held"
    assert "Logged as K-" in held.submit({"what": "They waited"}, form="/contacts").words
    assert len(contacts(office, customer)) == 1
    assert newest(office, customer)["what"] == "They waited" and newest(office, customer)["handling"] == "held"


def test_S2_a_call_is_ended_in_two_clicks(office):
    browser, customer = signed_in(office, "sam"), office.customer("End Ed", "01632 960823")
    page = browser.get("/?q=01632960823")
    refused = page.submit({}, form="/contacts", button="only")
    assert refused.status == 400 and "There is a problem" in refused.words and "Why did you end it?" in refused.words
    done = page.submit({"reason": "abusive"}, form="/contacts", button="only")
    assert "The call was ended and logged as K-" in done.words, done.words
    ended = newest(office, customer)
    assert ended["handling"] == "ended" and ended["reason"] == "abusive"
    assert office.server.api("mira").get("reports", customer=customer)["items"] == []


def test_S3_S4_one_form_logs_the_contact_the_ended_call_the_report_and_the_welfare_mark(office):
    browser, customer = signed_in(office, "sam"), office.customer("Rude Caller", "01632 960824")
    form = browser.get("/?q=01632960824").submit({"reason": "aggressive", "what": "Typed before"}, form="/contacts", button="report")
    assert "You ended a call" in form.words and "Rude Caller" in form.words, form.words
    assert "In danger? Call 999 now, and record it after." in form.words
    assert ["reason", "aggressive"] in form.forms[-1]["fields"] and ["report", "true"] in form.forms[-1]["fields"]
    assert ["what", "Typed before"] in form.forms[-1]["fields"], "what was typed goes with it"
    before = len(contacts(office, customer))
    back = form.submit({"what": "Shouted names at me", "welfare": "I feel unsafe"}, form="/end-call")
    assert back.status == 403 and "rule B2" in back.words, back.words
    assert len(contacts(office, customer)) == before, "nothing is kept of what was refused"
    assert ["what", "Shouted names at me"] in back.forms[-1]["fields"] and ["welfare", "I feel unsafe"] in back.forms[-1]["fields"]
    done = back.submit({"example": "verbal-abuse", "effect": "I had to stop", "disability": "not-known", "targets": "sam"}, form="/end-call")
    assert "ended, logged as K-" in done.words and "and reported" in done.words, done.words
    contact = newest(office, customer)
    assert contact["handling"] == "ended" and contact["reason"] == "aggressive" and contact["what"] == "Shouted names at me"
    (report,) = office.server.api("mira").get("reports", customer=customer)["items"]
    whole = office.server.api("mira").get(f"reports/{report['id']}")
    assert whole["contact"] == contact["id"] and whole["welfare"] == "I feel unsafe" and whole["targets"] == ["sam"]
    assert whole["heading"] == "aggressive-or-abusive" and whole["example"] == "verbal-abuse"
    entries = office.server.api("mira").get("record", casefile=report["casefile"])["items"]
    assert [(e["act"], e["subject"]) for e in entries] == [("end-call", contact["id"])], entries


def test_an_ended_call_is_over_and_the_box_for_the_next_one_follows(office):
    browser, customer = signed_in(office, "sam"), office.customer("Over Withit", "01632 960843")
    done = browser.get("/?q=01632960843").submit({"reason": "abusive"}, form="/contacts", button="only")
    assert "Your manager is told." in done.words and "Who is next?" in done.words, done.words
    assert not any(f["action"] == "/contacts" for f in done.forms) and "Answer as usual" not in done.words
    assert dict(next(f for f in done.forms if f["action"] == "/")["fields"])["q"] == ""
    assert done.follow("Their page").url.endswith(customer)
    assert "Report behaviour" in done.follow("Report behaviour after all").words


def test_S5_an_arrangement_is_a_reason_only_where_one_is_in_force(office):
    browser, words = signed_in(office, "sam"), "The call went against the arrangement in force"
    jordan = office.people["Jordan Quill"]
    assert words in browser.get(f"/?q={jordan}").words
    assert words not in browser.get(f"/?q={jordan}&direction=out").words, "our own call goes against none"
    assert words not in browser.get(f"/?q={office.people['Lukasz Zolty']}").words
    assert words not in browser.get("/?q=01632960899").words, "nobody knows them"


def test_nobody_found_gives_the_box_first_and_a_verdict_an_empty_one(office):
    browser = signed_in(office, "sam")
    page = browser.get("/?q=Nobody+Atall")
    assert page.words.index("Check the spelling") < page.words.index("Look up") < page.words.index("Log this call"), page.words
    (box,) = [f for f in page.forms if f["action"] == "/"]
    assert dict(box["fields"])["q"] == "Nobody Atall"
    (box,) = [f for f in browser.get(f"/?q={office.people['Lukasz Zolty']}").forms if f["action"] == "/"]
    assert dict(box["fields"])["q"] == ""


def test_a_strangers_call_is_ended_and_who_they_are_and_the_report_follow(office):
    browser = signed_in(office, "sam")
    page = browser.get("/?q=01632960898")
    assert "End and report" not in page.words and "A report says whom it is about" in page.words, page.words
    first = page.follow("Record who they are first")
    assert fields_of(first)["identifiers/0/value"] == "01632960898" and fields_of(first)["identifiers/0/kind"] == "phone", first.words
    over = page.submit({"reason": "offensive"}, form="/contacts", button="only")
    assert "The call was ended and logged as K-" in over.words, over.words
    contact = over.words.split("logged as ", 1)[1].split(".", 1)[0]
    new = over.follow("Record who they are")
    assert fields_of(new)["identifiers/0/value"] == "01632960898", "the number goes with it"
    known = new.submit({"name": "Stran Ger"}, form="/customers/new", button="check").submit({}, button="send")
    assert "Who is next?" in known.words and contact in known.words, known.words
    report = known.follow("Report behaviour after all")
    assert "Stran Ger" in report.words and f"contact={contact}" in report.url, report.url
    assert ["contact", contact] in report.forms[-1]["fields"]


def test_who_rings_first_recorded_comes_back_to_the_call(office):
    browser = signed_in(office, "sam")
    new = browser.get("/?q=01632960897").follow("Record who they are first")
    back = new.submit({"name": "First Known"}, form="/customers/new", button="check").submit({}, button="send")
    assert "First Known" in back.words and "End and report" in back.words, back.words


def test_an_ended_call_of_nobody_says_so_before_it_is_sent(office):
    """Two windows: the form was opened for a report, and it is not known about whom."""
    browser = signed_in(office, "sam")
    page = browser.get("/?q=01632960896")
    pairs = next(f["fields"] for f in page.forms if f["action"] == "/contacts")
    form = browser.post("/contacts", [*((n, v or "") for n, v in pairs if n != "reason"), ("reason", "offensive"), ("go", "report")], page.url)
    assert "you have not said who it was" in form.words and "report" not in form.forms[-1]["names"]
    assert "The call was ended and logged as K-" in form.submit({}, form="/end-call").words


def test_R11_a_number_without_its_first_nought_asks_who_is_meant(office):
    browser, customer = signed_in(office, "sam"), office.customer("Nought Leftout", "07700 900790")
    for typed in ("7700900790", "7700 900790"):
        page = browser.get(f"/?q={typed.replace(' ', '+')}")
        assert "Nobody found" in page.words and "Did you mean 07700 900790 (Nought Leftout) ?" in page.words, page.words
        assert f"Nought Leftout, {customer}" in page.follow("07700 900790 (Nought Leftout)").words
    assert "Did you mean" not in browser.get("/?q=1632960699").words, "nobody has it with a nought either"


def test_what_an_address_says_wrongly_is_said(office):
    browser, jordan = signed_in(office, "sam"), office.people["Jordan Quill"]
    page = browser.get(f"/?q={jordan}&channel=fax&direction=sideways&purpose=bogus")
    for words in ("‘fax’ is no way of contact that we know. Phone is taken instead.", "‘sideways’ is neither ‘in’ nor ‘out’.", "‘bogus’ is nothing that"):
        assert words in page.words, page.words
    assert "‘fax’ is no way" in browser.get("/?channel=fax").words
    assert "is no way of contact" not in browser.get(f"/?q={jordan}&channel=phone&direction=&purpose=").words


def test_G5_what_they_want_is_asked_of_the_gate(office):
    page = signed_in(office, "sam").get(f"/?q={office.people['Jordan Quill']}")
    assert "Decline this call" in page.words
    emergency = page.follow("Emergency")
    assert "Take this call now" in emergency.words and "No restriction ever stands in the way" in emergency.words
    dispute = page.follow("Disputing a decision")
    way = "This stays open to you: by phone on 020 7946 0199 or by e-mail to complaints@opcr.example.org."
    assert dispute.words.index("Tell them the way for this") < dispute.words.index(way) < dispute.words.index("Decline this call"), dispute.words
    assert "We cannot take this call" not in dispute.words
    assert "Logged as" in dispute.submit({}, form="/contacts").words
    assert newest(office, office.people["Jordan Quill"])["purpose"] == "dispute"


def test_G4_what_it_is_about_is_asked_of_the_gate(office):
    browser, customer = signed_in(office, "sam"), office.customer("Matt Er", "01632 960825")
    matter = office.act("sam", "open-matter", customer=customer, function="enquiries", kind="query", title="The opening hours")["id"]
    office.restrict(customer, {"kind": "channels-not", "arguments": {"channels": ["phone"]}})
    about = soon(browser, f"/?q={customer}", "Decline this call").follow("The opening hours")
    assert "Ask what it is about" in about.words or "Ask before anything else" in about.words, about.words
    assert "Logged as" in about.submit({}, form="/contacts").words
    assert newest(office, customer)["matter"] == matter


def test_G12_the_same_box_says_whether_they_may_be_contacted(office):
    browser = signed_in(office, "sam")
    page = browser.get(f"/?q={office.people['Jordan Quill']}&direction=out")
    assert "You may call them" in page.words or "Check before you call them" in page.words, page.words
    assert "Rings with a relay interpreter" in page.words, "needs are said outward too (B6)"
    assert "and does not stop you. They were told: Please do not contact us by phone." in page.words, page.words
    assert "Say so, name the ways" not in page.words, "the words for their calls are not those for ours"
    assert "Logged as" in page.submit({}, form="/contacts").words
    assert newest(office, office.people["Jordan Quill"])["direction"] == "out"


def test_N5_a_letter_that_is_to_be_read_out_is_read_out_now(office):
    browser, customer = signed_in(office, "sam"), office.customer("Read Out", "01632 960826", format=None, postal_address=None)
    office.restrict(customer, {"kind": "channels-not", "arguments": {"channels": ["phone"]}}, deliver="read-out")
    page = browser.get("/?q=01632960826")
    assert "Read this out to them" in page.words and "It has not reached them yet" in page.words
    assert "not yet in force" in page.words and "Answer as usual" in page.words
    done = page.submit({}, form="/read-out")
    assert "was read out, and counts as delivered now" in done.words, done.words
    assert "Read this out to them" not in done.words and "in force" in browser.get(f"/customers/{customer}").words
    assert "was read out" in signed_in(office, "mira").get(done.url.replace(office.server.url, "")).words


def test_a_softphone_names_extension_and_contact(office):
    page = signed_in(office, "sam").get("/?q=%2B441632960827&to=01632960100&gate_id=call-77")
    fields = dict(next(f for f in page.forms if f["action"] == "/contacts")["fields"])
    assert fields["to"] == "01632960100" and fields["gate_id"] == "call-77" and fields["from"] == "+441632960827"


def test_forms_hold_no_more_than_their_fields(office):
    page = signed_in(office, "sam").get(f"/?q={office.people['Lukasz Zolty']}&did=logged&ref=%3Cscript%3E&matter=nothing&purpose=nothing&contact=x")
    assert page.status == 200 and "<script>alert" not in page.text and "Logged as" not in page.words
    assert not re.search(r'name="(matter|purpose|contact)"', page.text)


def test_S5_D1_what_was_broken_and_what_they_disagree_with_is_one_click_away(office):
    browser = signed_in(office, "sam")
    page = browser.get(f"/?q={office.people['Jordan Quill']}")
    assert page.follow("They did not keep to the arrangement").status == 200
    assert page.follow("They disagree with the decision").status == 200
    plain = browser.get(f"/?q={office.people['Lukasz Zolty']}")
    assert "They did not keep" not in plain.words and "They disagree" not in plain.words


def test_L2_the_safety_sentence_stands_before_what_to_do(office):
    customer = office.customer("Vi Olent", "01632 960841")
    done = office.act("sam", "report-behaviour", customer=customer, channel="in-person", heading="aggressive-or-abusive", example="violence-threatened",
                      what="Raised a chair.", effect="The desk was closed.", disability="no")  # fmt: skip
    browser = signed_in(office, "sam")
    words = soon(browser, f"/?q={customer}&channel=in-person", "Your safety").words
    assert words.index("Your safety") < words.index("Nothing restricts this contact")
    office.act("hana", "approve-safety-sentence", casefile=done["casefile"], words="Two of you, and the desk between.")
    assert "Two of you, and the desk between." in soon(browser, f"/?q={customer}&channel=in-person", "Two of you").words
    assert "Two of you, and the desk between." in browser.get(f"/customers/{customer}").words


def test_K2_the_customers_page_says_what_was_decided_of_each_matter_and_who_shares_a_number(office):
    customer = office.customer("Kay Two", "01632 960842")
    matter = office.act("sam", "open-matter", customer=customer, function="casework", kind="complaint", title="The search")["id"]
    office.restrict(customer, {"kind": "channels-not", "arguments": {"channels": ["phone"]}}, matters=[matter])
    page = signed_in(office, "sam").get(f"/customers/{customer}")
    assert re.search(rf"{matter} The search\. Casework\. Open Decided? on [^:]+: D-2026-", page.words), page.words
    shown = signed_in(office, "sam").get(f"/customers/{office.people['Fay Quill']}")
    assert "Shared with Jordan Quill" in shown.words and "Jordan Quill, C-" not in shown.words.split("Casefiles")[0].split("Numbers")[0]
    assert shown.follow("Jordan Quill").url.endswith(office.people["Jordan Quill"])


# Recording who they are.


def test_G13_somebody_is_recorded_from_a_contact_and_the_same_name_is_said_first(office):
    browser = signed_in(office, "sam")
    page = browser.get("/?q=01632960830&to=01632960100").follow("Record who they are")
    fields = dict(page.forms[-1]["fields"])
    assert fields["identifiers/0/value"] == "01632960830" and fields["identifiers/0/kind"] == "phone", fields
    check = page.submit({"name": "Jordan Quill", "kind": "person", "recognised": "case number"}, form="/customers/new", button="check")
    assert "Check your answers" in check.words and "is recorded already. Look first" in check.words, check.words
    assert check.words.index(f"Jordan Quill , {office.people['Jordan Quill']}, by name") < check.words.index("Their name"), "the warning stands on top"
    assert check.follow("Jordan Quill").url.endswith(office.people["Jordan Quill"])
    done = check.submit({}, button="send")
    assert "Jordan Quill, C-" in done.words and office.people["Jordan Quill"] not in done.words.split("Next")[0], done.words
    assert "Answer as usual" in done.words and dict(next(f for f in done.forms if f["action"] == "/contacts")["fields"])["to"] == "01632960100"


def test_a_new_customer_without_a_number_needs_none(office):
    page = signed_in(office, "sam").get("/customers/new?name=Nell+Nothing")
    check = page.submit({"kind": "person"}, form="/customers/new", button="check")
    assert "Check your answers" in check.words and "is recorded already" not in check.words, check.words
    assert "Nell Nothing, C-" in check.submit({}, button="send").words


def test_a_name_or_number_that_is_too_long_comes_back_with_the_problem_at_its_field(office):
    browser, name = signed_in(office, "nora"), "N" * 3000
    back = browser.get("/customers/new").submit({"name": name, "kind": "person"}, form="/customers/new", button="check")
    assert back.status == 400 and 'id="name-error"' in back.text and ["name", name] in back.forms[-1]["fields"], back.words[:500]
    back = browser.get(f"/customers/{office.people['Fay Quill']}/add-identifier").submit({"kind": "phone", "value": "7" * 400}, button="check")
    assert back.status == 400 and 'id="value-error"' in back.text and ["value", "7" * 400] in back.forms[-1]["fields"], back.words[:500]


def test_R11_a_number_is_added_marked_confirmed_and_ended(office):
    sam, mira, customer = signed_in(office, "sam"), signed_in(office, "mira"), office.customer("Num Bers", "01632 960831")
    fay = office.people["Fay Quill"]
    check = sam.get(f"/customers/{customer}/add-identifier").submit({"kind": "phone", "value": "07700 900123"}, button="check")
    assert f"Fay Quill , {fay}, by phone number" in check.words and "Somebody else is recorded with that number" in check.words, check.words
    assert "Added" in check.submit({}, button="send").words
    shown = office.server.api("sam").get(f"customers/{customer}")["identifiers"]
    added = next(i for i in shown if i["from"].endswith("7700900123")) if "from" in shown[0] else next(i for i in shown if "900123" in json.dumps(i))
    assert added["used_by_others"]
    own = next(i for i in shown if "960831" in json.dumps(i))
    page = sam.get(f"/customers/{customer}/mark-shared?about={own['id']}")
    assert "01632 960831" in page.words and "Do others use it too?" in page.words
    assert "Marked as used by others" in page.submit({}, button="send").words
    refused = sam.get(f"/customers/{customer}/confirm-identifier?about={own['id']}")
    assert refused.status in (200, 403)
    assert "Confirmed" in mira.get(f"/customers/{customer}/confirm-identifier?about={own['id']}").submit({}, button="send").words
    assert "No longer theirs" in sam.get(f"/customers/{customer}/end-identifier?about={added['id']}").submit({}, button="send").words
    assert next(i for i in office.server.api("sam").get(f"customers/{customer}")["identifiers"] if i["id"] == added["id"])["ended_at"]


def test_G5_a_representative_is_registered(office):
    customer = office.customer("Rep Resented", "01632 960832")
    office.restrict(customer, {"kind": "channels-not", "arguments": {"channels": ["phone"]}})
    browser = signed_in(office, "sam")
    page = browser.get(f"/customers/{customer}/register-representative")
    assert "Registered" in page.submit({"name": "Ola Ode", "capacity": "advocate", "kind": "phone", "value": "01632 960833"}, button="send").words
    assert "who acts for Rep Resented" in soon(browser, "/?q=01632960833", "who acts for").words
    office.act("sam", "record-need", customer=customer, what="Reads lips", abilities={"phone": "cannot", "in-person": "only-with"},
               only_with="somebody who writes along", why="They told us.")  # fmt: skip
    shown = soon(browser, "/?q=01632960833", "Reads lips").words
    assert "Access needs of Rep Resented Reads lips. Not by phone. In person: only with somebody who writes along." in shown, shown
    assert "Reads lips. Not by phone. In person: only with somebody who writes along." in browser.get(f"/customers/{customer}").words


def test_a_matter_is_opened_and_closed(office):
    browser, customer = signed_in(office, "sam"), office.customer("Ma Tter", "01632 960834")
    page = browser.get(f"/customers/{customer}/open-matter")
    refused = page.submit({"title": "The lost file"}, button="send")
    assert refused.status == 400 and ["title", "The lost file"] in refused.forms[-1]["fields"], refused.words
    done = refused.submit({"kind": "query", "function": "casework"}, button="send")
    assert "Matter opened" in done.words and "The lost file" in done.words
    matter = office.server.api("sam").get(f"customers/{customer}")["matters"][0]["id"]
    closed = browser.get(f"/customers/{customer}/close-matter?about={matter}").submit({"how": "Found and sent"}, button="send")
    assert "Matter closed" in closed.words and "Found and sent" in closed.words, closed.words


def test_N4_details_are_changed(office):
    browser, customer = signed_in(office, "sam"), office.customer("Misspelt Naem", "01632 960835")
    done = browser.get(f"/customers/{customer}/change-customer").submit({"name": "Misspelt Name", "reason": "They said so."}, button="send")
    assert "Details changed" in done.words and "Misspelt Name" in done.words, done.words


@engines("sqlite")
def test_contact_and_customers_in_a_browser(office, folder):
    drive(office, "contact.mjs", folder)

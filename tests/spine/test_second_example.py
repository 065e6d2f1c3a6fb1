"""The source policy's second example: advice that restricts nothing, then threats of violence, and the police first."""

from harness import machine

from .story import CASEWORK_LINE, refused, says

NO_PHONE = {"kind": "channels-not", "arguments": {"channels": ["phone"]}}
PHONE = "07700 900456"


def test_L2_L3_W5_after_threats_of_violence_nothing_goes_on_before_the_police_and_then_without_a_warning(story, letters):
    customer = story.find("Mab O'Brien")
    abuse = {"heading": "aggressive-or-abusive", "example": "verbal-abuse"}

    # Abuse is reported; the advice not to phone has its own letter, and the gate knows nothing of it.
    report = story.report(customer, "Shouted abuse at two of us.", **abuse)
    advised = {"heading": abuse["heading"], "tests": {"beyond-anger": "It was aimed at the person."}}
    story.assess(customer, report, "informal-advice", "You shouted abuse at two members of staff.", advice="Please write to us rather than ring.", **advised)
    letter = letters.wait(1, to="mab@example.org")[0]
    says(letter, "Please write to us rather than ring.")
    gate_before = story.server.health_json()["gate"]["identifiers"]
    call = story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE)
    assert call["verdict"] == "proceed" and not call["reasons"] and story.get("hana", "arrangements", customer=customer)["items"] == []

    # Threats of violence: nothing is warned, requested or decided until the police referral is recorded.
    story.move(days=1)
    report = story.report(customer, "Said that they would come and hurt somebody.", heading=abuse["heading"], example="violence-threatened")
    assessment = story.assess(customer, report, "request", "You said that you would come and hurt a member of staff.", ground="violence", **advised)
    before = story.shell.run("record", "head", check=0).stdout
    asking = story.request_fields(report, NO_PHONE, skip_reason="violence", skip_risk="A warning first would have told them whom to look for.")
    casefile = story.casefiles[customer]
    refused("L2", story.act, "mira", "warn", casefile=casefile, assessment=assessment)
    refused("L2", story.act, "mira", "request", casefile=casefile, **asking)
    assert story.shell.run("record", "head", check=0).stdout == before, "what was refused left something in the record"
    assert story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE)["verdict"] == "proceed"
    story.on(customer, "mira", "refer-to-police", force="Oldtown Police", police_reference="OT/1234")

    # W5: no prior warning, with the reason on record; the head of function confirms it apart.
    request = story.on(customer, "mira", "request", **asking)
    again = story.report(customer, "Came to the building with a bat.", channel="in-person", heading=abuse["heading"], example="violence-used")
    refused("L2", story.decide, customer, request, confirms_no_warning="There was no time.")
    story.on(customer, "mira", "refer-to-police", force="Oldtown Police")
    assert story.get("hana", f"reports/{again}")["violence"] is True
    refused("W5", story.decide, customer, request)
    decision = story.decide(customer, request, confirms_no_warning="A warning would have put them in danger.")
    kept = story.get("hana", f"casefiles/{casefile}")["decisions"][0], story.get("hana", f"requests/{request}")
    assert kept[0]["confirms_no_warning"] == "A warning would have put them in danger."
    assert (kept[1]["skip_reason"], kept[1]["skip_risk"], kept[1]["warning"]) == ("violence", asking["skip_risk"], None)
    assert story.get("hana", "warnings", casefile=casefile)["items"] == []

    # It still does not bite before its notice, and the notice says that no warning came first.
    assert story.ask(channel="phone", from_=PHONE, to=CASEWORK_LINE)["verdict"] == "proceed"
    letters.clear()
    story.told(customer, decision)
    letter = letters.wait(1, to="mab@example.org")[0]
    text = says(letter, "Please do not contact us by phone", "You said that you would come and hurt a member of staff.", "complaints@opcr.example.org")
    assert "Sam Okafor" not in text and "Oldtown Police" not in text
    story.asked_until("decline", channel="phone", from_=PHONE, to=CASEWORK_LINE, machine=True)
    assert story.server.health_json()["gate"]["identifiers"] == gate_before
    machine.wait_for("the record to fit", lambda: story.shell.verify().code == 0, 1)

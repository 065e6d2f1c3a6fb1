"""What the policy forbids is refused with its rule's number and a sentence, and changes nothing: not a row, and no entry
of the record. One attempt a rule or guard; each edge of a rule is tested beside the code."""

from harness.shell import Refused

from .story import NO_PHONE, findings

ATTEMPTS = []


def attempt(rule, name):
    """Marks a function (story, person) that attempts what RULE forbids, for the customer at the step NAME."""

    def mark(function):
        ATTEMPTS.append((rule, name, function))
        return function

    return mark


# Behaviour (B) and its assessment


@attempt("B2", "reported")
def a_report_without_what_happened(story, who):
    story.report(who, what=None)


@attempt("B2", "reported")
def a_report_of_anger_alone(story, who):
    story.report(who, example=None)


@attempt("G7", "reported")
def a_report_that_does_not_ask_about_disability(story, who):
    story.report(who, disability=None)


@attempt("G4", "reported")
def a_report_about_the_whole_organisation_without_a_reason(story, who):
    story.report(who, scope="organisation")


@attempt("G4", "reported")
def a_report_about_another_customers_matter(story, who):
    story.report(who, matters=[story.one("SELECT ref FROM matter ORDER BY ref LIMIT 1")])


@attempt("S3", "reported")
def staff_assess_a_report(story, who):
    story.assess(who, user="sam")


@attempt("S3", "reported")
def the_manager_of_another_function_assesses(story, who):
    story.assess(who, user="nora")


@attempt("B3", "reported")
def an_assessment_that_leaves_a_question_of_its_heading_out(story, who):
    story.assess(who, tests={"circumstances": "At all hours.", "impact": "Eleven hours."})


@attempt("B6", "reported")
def an_assessment_without_needs_considered(story, who):
    story.assess(who, needs_considered=None)


@attempt("W5", "reported")
def a_reason_to_skip_the_warning_where_nothing_of_that_kind_happened(story, who):
    story.assess(who, ground="threat")


@attempt("G1", "reported")
def informal_advice_that_asks_for_nothing(story, who):
    story.assess(who, outcome="informal-advice")


# Police (L)


@attempt("L2", "violent")
def a_request_after_violence_before_the_police_were_told(story, who):
    story.ask(who, warning=None, skip_reason="violence", skip_risk="It would have provoked.")


@attempt("L2", "violent")
def a_warning_after_violence_before_the_police_were_told(story, who):
    story.warn(who)


@attempt("L1", "reported")
def a_referral_to_the_police_of_what_is_no_crime(story, who):
    story.act("refer-to-police", "mira", casefile=who["casefile"], force="Oldtown Police")


# Warning (W)


@attempt("W1", "reported")
def a_warning_without_an_assessment(story, who):
    story.act("warn", "mira", casefile=who["casefile"])


@attempt("W1", "assessed")
def staff_warn(story, who):
    story.act("warn", "sam", casefile=who["casefile"], assessment=who["assessment"])


@attempt("W1", "ready")
def a_second_warning_about_the_same(story, who):
    first = story.one(f"SELECT assessment FROM warning WHERE ref = '{who['warning']}'")
    story.act("warn", "mira", casefile=who["casefile"], assessment=first)


@attempt("N4", "assessed")
def a_letter_read_out_to_a_person_whose_address_is_known(story, who):
    story.act("warn", "mira", casefile=who["casefile"], assessment=who["assessment"], delivery="read-out")


@attempt("N4", "silent")
def a_letter_by_post_without_an_address(story, who):
    story.notify(who)


@attempt("W6", "assessed")
def an_answer_to_no_warning(story, who):
    story.act("record-answer", "sam", casefile=who["casefile"], warning="W-2020-000001", words="I was worried.")


# Request


@attempt("A3", "ready")
def staff_ask_for_a_restriction(story, who):
    story.ask(who, user="sam")


@attempt("A3", "ready")
def the_manager_of_another_function_asks(story, who):
    story.ask(who, user="nora")


@attempt("A3", "requested")
def a_second_request_while_one_is_open(story, who):
    story.ask(who)


@attempt("W4", "ready")
def no_warning_and_no_reason_to_skip_it(story, who):
    story.ask(who, warning=None)


@attempt("W1", "warned")
def a_request_on_a_warning_that_was_not_sent(story, who):
    story.ask(who)


@attempt("W1", "returned")
def a_request_on_a_warning_that_came_back(story, who):
    story.ask(who)


@attempt("W4", "running")
def the_days_to_adapt_not_passed_and_no_reason_why(story, who):
    story.ask(who)


@attempt("W5", "ready")
def no_warning_for_a_reason_that_no_report_was_assessed_as(story, who):
    story.ask(who, warning=None, skip_reason="harassment", skip_risk="It would have provoked.")


@attempt("A5", "ready")
def a_request_that_says_nothing_to_a_criterion(story, who):
    story.ask(who, account={"communication": "Looked after."})


@attempt("G8", "ready")
def a_request_that_is_silent_on_complaints(story, who):
    story.ask(who, no_complaints=None)


@attempt("V1", "ready")
def a_request_without_a_review_date(story, who):
    story.ask(who, review_on=None)


@attempt("V1", "ready")
def a_review_in_thirteen_months(story, who):
    story.ask(who, review_on=story.day(396))


@attempt("A7", "ready")
def a_request_for_nothing(story, who):
    story.ask(who, restrictions=[])


@attempt("G4", "ready")
def a_restriction_that_answers_no_report(story, who):
    story.ask(who, restrictions=[NO_PHONE])


@attempt("G4", "ready")
def a_restriction_on_a_channel_that_no_report_is_about(story, who):
    channels = {"kind": "channels-not", "arguments": {"channels": ["email"]}, "report": who["report"]}
    story.ask(who, restrictions=[channels])


@attempt("G9", "decided")
def a_step_up_on_what_happened_before_the_last(story, who):
    story.ask(who)


# Decision


@attempt("A1", "requested")
def a_manager_decides(story, who):
    story.decide(who, user="mira")


@attempt("A1", "requested")
def the_complaints_officer_decides(story, who):
    story.decide(who, user="cleo")


@attempt("A2", "requested")
def the_head_of_another_function_who_stands_in_for_nobody(story, who):
    story.decide(who, user="idris")


@attempt("A3", "ready")
def a_decision_that_nobody_asked_for(story, who):
    story.decide({**who, "request": "Q-2020-000001"})


@attempt("A5", "requested")
def a_criterion_unanswered(story, who):
    story.decide(who, findings=findings(communication=None))


@attempt("A5", "requested")
def a_criterion_not_met_and_nobody_to_mend_it(story, who):
    story.decide(who, findings=findings(communication={"finding": "not-met-but-now", "how": "Badly.", "because": "It grows."}))


@attempt("A5", "requested")
def access_needs_said_not_to_apply(story, who):
    story.decide(who, findings=findings(access_requirements={"finding": "does-not-apply", "because": "None known."}))


@attempt("A7", "requested")
def a_decision_that_does_not_say_why_a_lesser_step_would_not_do(story, who):
    story.decide(who, lesser_step=None)


@attempt("A8", "requested")
def a_decision_without_reasons(story, who):
    story.decide(who, reasons=None)


@attempt("A8", "requested")
def as_asked_with_other_restrictions(story, who):
    story.decide(who, restrictions=[{**NO_PHONE, "report": who["report"]}])


@attempt("V1", "requested")
def a_decision_without_a_review_date(story, who):
    story.decide(who, review_on=None)


@attempt("G2", "requested")
def an_end_that_is_past(story, who):
    story.decide(who, outcome="different", until_on=story.day(-60), restrictions=[{**NO_PHONE, "report": who["report"]}])


@attempt("G4", "requested")
def a_decision_that_reaches_further_than_was_asked(story, who):
    story.decide(who, outcome="different", scope="organisation", scope_reason="Simpler.",
                 restrictions=[{**NO_PHONE, "report": who["report"]}])  # fmt: skip


@attempt("R9", "requested")
def every_channel_closed(story, who):
    everything = {"kind": "channels-not", "arguments": {"channels": ["phone", "email", "letter", "in-person", "web", "chat"]}}
    story.decide(who, outcome="different", restrictions=[{**everything, "report": who["report"]}])


@attempt("G7", "deaf")
def the_only_channel_left_is_one_that_the_person_cannot_use(story, who):
    story.decide(who)


@attempt("G7", "held")
def a_decision_while_an_adjustment_is_asked_for(story, who):
    story.decide(who)


@attempt("G8", "complained")
def a_decider_complained_about_who_does_not_say_why(story, who):
    story.decide(who)


@attempt("R10", "blocked")
def a_number_blocked_without_severe_circumstances(story, who):
    story.decide(who, confirms_no_warning="A warning would have put her in danger.")


@attempt("W5", "blocked")
def no_warning_which_the_decider_does_not_confirm(story, who):
    story.decide(who, severe_circumstances="She was followed home.")


@attempt("G14", "requested")
def a_decision_that_does_not_say_who_else_is_affected(story, who):
    story.decide(who, affected=None)


# Notice (N)


@attempt("N1", "notified")
def a_second_letter_while_the_first_is_under_way(story, who):
    story.notify(who)


@attempt("N1", "decided")
def another_function_sends_the_letter(story, who):
    story.notify(who, user="theo")


@attempt("N5", "notified")
def an_email_said_to_be_posted(story, who):
    story.confirm(who, how="posted")


@attempt("N5", "ready")
def a_letter_confirmed_twice(story, who):
    who["notice"] = story.one(f"SELECT notice FROM warning WHERE ref = '{who['warning']}'")
    story.confirm(who)


# Whoever acts


@attempt("G1", "reported")
def a_role_granted_to_oneself(story, _who):
    story.act("grant-role", "amal", user_name="amal", role="head-of-function", function="casework")


@attempt("A1", "reported")
def a_second_head_of_a_function(story, _who):
    story.act("grant-role", "amal", user_name="mira", role="head-of-function", function="casework")


@attempt("K3", "reported")
def an_act_before_the_last_entry_of_the_record(story, who):
    story.act("log-contact", "sam", customer=who["ref"], at="2026-01-05T09:00:00Z")


def _test(rule, name, function):
    def test(world):
        story = world.story
        before, head = story.dump(), story.shell.run("record", "head", check=0).stdout
        try:
            function(story, world.person(name))
        except Refused as error:
            assert (error.status, error.kind, error.rule) == (1, "refused", rule), error
            assert len(error.sentence) > 20 and error.sentence.rstrip()[-1] in ".:?", error
        else:
            raise AssertionError(f"nothing refused it; it should have been {rule}")
        assert story.shell.run("record", "head", check=0).stdout == head
        assert story.dump() == before

    return test


for _rule, _name, _function in ATTEMPTS:
    globals()[f"test_{_rule}_{_function.__name__}"] = _test(_rule, _name, _function)


def test_there_are_at_least_thirty_attempts():
    assert len(ATTEMPTS) >= 30, len(ATTEMPTS)

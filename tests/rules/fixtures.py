"""One world for the tests of rules: customers at every step of the policy, on each engine."""

import copy

from harness.runner import fixture

from .story import Story


@fixture
def story(shell, cluster):
    """The demonstration organisation, with nothing told yet."""
    yield Story(shell, cluster)


def _tell(story):
    """Customers by the step at which they stand; what happened lies in the order of time."""
    people = {}
    for name in ("reported", "assessed", "warned", "running", "returned", "ready", "requested", "decided", "notified", "held",
                 "complained", "deaf", "asking"):  # fmt: skip
        people[name] = story.customer(f"Customer {name}")
        story.report(people[name])
    people["silent"] = story.customer("Customer silent", postal_address=None, format="letter", identifiers=[])
    people["violent"] = story.customer("Customer violent")
    people["blocked"] = story.customer("Customer blocked", identifiers=[{"kind": "phone", "value": "07700 900999"}])
    for name in set(people) - {"reported", "violent", "silent", "blocked"}:
        story.assess(people[name])
    after_days = ("ready", "requested", "decided", "notified", "held", "complained", "deaf", "asking", "returned")
    for name in ("warned", *after_days):
        story.warn(people[name])
    for name in after_days:
        story.confirm(people[name])
    story.act("record-need", "sam", customer=people["deaf"]["ref"], what="Writing is hard; rings.", why="Said so.",
              abilities={"email": "cannot", "letter": "cannot", "web": "cannot", "chat": "cannot", "in-person": "cannot"})  # fmt: skip
    story.later(days=1)
    story.confirm(people["returned"], how="returned", why="No such mailbox.")

    # The days to adapt are over, and it goes on.
    story.later(days=20)
    story.warn(people["running"])
    story.confirm(people["running"])
    for name in after_days:
        story.report(people[name])
        story.assess(people[name], outcome="request")
    story.report(people["running"], at=(story.time).isoformat())
    story.report(people["violent"], heading="aggressive-or-abusive", example="violence-threatened", violence=True)
    story.assess(people["violent"], outcome="request", heading="aggressive-or-abusive", ground="violence",
                 tests={"beyond-anger": "Named a member of staff."}, behaviour="You said that you would come round.")  # fmt: skip
    for name in ("silent", "blocked"):
        story.report(people[name], heading="aggressive-or-abusive", example="harassment")
        story.assess(people[name], outcome="request", heading="aggressive-or-abusive", ground="harassment",
                     tests={"beyond-anger": "Followed a member of staff."}, behaviour="You followed a member of staff.")  # fmt: skip
    story.later(minutes=10)
    story.assess_running = story.act("assess-report", "mira", casefile=people["running"]["casefile"],
        reports=[people["running"]["report"]], outcome="request", heading="unreasonable",
        tests={"circumstances": "c", "seriousness": "s", "impact": "i"}, needs_considered="None known.", behaviour="You rang.")  # fmt: skip

    skip = {"warning": None, "skip_reason": "harassment", "skip_risk": "It would have told them where she is."}
    for name in ("requested", "decided", "notified", "held", "deaf"):
        story.ask(people[name])
    complaint = {"about": "hana", "reference": "CO-1", "lodged_on": story.time.date().isoformat(), "concerns": "decision"}
    story.ask(people["complained"], no_complaints=None, complaints=[complaint])
    story.ask(people["silent"], **skip)
    number = story.one(f"SELECT ref FROM identifier WHERE customer = '{people['blocked']['ref']}'")
    block = {"kind": "block-identifier", "arguments": {"identifiers": [number]}, "report": people["blocked"]["report"]}
    story.ask(people["blocked"], restrictions=[block], **skip)
    story.act("ask-adjustment", "sam", customer=people["held"]["ref"], asked="Longer letters, please.")
    for name in ("decided", "notified"):
        story.decide(people[name])
    story.decide(people["silent"], confirms_no_warning="A warning would have put her in danger.")
    story.notify(people["notified"])
    story.later(minutes=10)
    return people


class World:
    """story, and people: name of the step → what the steps gave. Refused acts change nothing, so that all tests of
    an engine share it."""

    def __init__(self, story):
        self.story = story
        self._people = _tell(story)

    def person(self, name):
        return copy.deepcopy(self._people[name])


@fixture(lasting=True)
def world(shell, cluster):
    yield World(Story(shell, cluster))

"""One world for the tests of reads: customers at several steps, told by staff of two functions."""

import json

from harness.runner import fixture
from rules.story import Story


class World:
    """story, and people: name → what the steps gave. Reading changes nothing but viewings, so all tests share it."""

    def __init__(self, story):
        self.story, self.shell = story, story.shell
        self.people = _tell(story)

    def look(self, user, *arguments, at=None):
        """`evenhand ARGUMENTS --as USER --json`, however it ends."""
        return self.shell.run(*arguments, "--as", user, "--json", "--at", at or self.story.time.isoformat())

    def show(self, user, reference, at=None):
        done = self.look(user, "show", reference, at=at)
        assert done.code == 0, f"{user} may not see {reference}: {done.stderr}"
        return json.loads(done.stdout)

    def refused(self, user, *arguments, kind="refused", code=1):
        """The command is refused; gives the sentence."""
        done = self.look(user, *arguments)
        assert done.code == code and done.stderr.startswith(kind) and not done.stdout, f"{arguments} by {user}: {done.code} {done.stderr}{done.stdout[:300]}"
        return done.stderr

    def list(self, user, what, at=None, **options):
        arguments = [x for k, v in options.items() for x in ("--" + k, str(v))]
        done = self.look(user, "list", what, *arguments, at=at)
        assert done.code == 0, f"{user} may not list {what}: {done.stderr}"
        return json.loads(done.stdout)

    def items(self, user, what, **options):
        return self.list(user, what, **options)["items"]


PHONE = {"kind": "phone", "value": "07700 900321"}


def _tell(story):
    people = {name: story.customer(f"Customer {name}") for name in ("violent", "advised", "waiting")}
    people["restricted"] = story.customer(
        "Siân O'Hara-Łukasz", identifiers=[PHONE, {"kind": "email", "value": "Sian@Example.net"}])
    people["sharer"] = story.customer("Customer sharer", identifiers=[PHONE])
    restricted = people["restricted"]
    for function in ("casework", "enquiries"):
        restricted["matter " + function] = story.act(
            "open-matter", "sam", customer=restricted["ref"], function=function, kind="complaint", title=f"About {function}")["id"]
    restricted["contact"] = story.act(
        "log-contact", "sam", customer=restricted["ref"], channel="phone", what="Shouted about a letter.", **{"from": "07700 900321"})["id"]
    story.act("record-need", "sam", customer=restricted["ref"], what="Large print.", why="Their sight is poor.", abilities={"chat": "cannot"})

    story.report(restricted, contact=restricted["contact"], welfare="It upset me.")
    restricted["first report"] = restricted["report"]
    story.assess(restricted)
    story.warn(restricted)
    restricted["warning notice"] = restricted["notice"]
    story.confirm(restricted)
    elsewhere = {"ref": restricted["ref"]}
    story.report(elsewhere, user="theo", what="Rang enquiries all day.")
    restricted["enquiries report"], restricted["enquiries casefile"] = elsewhere["report"], elsewhere["casefile"]
    story.report(people["advised"])
    story.assess(people["advised"], outcome="informal-advice", advice="Please write rather than ring.")
    people["advised"]["notice"] = story.newest_notice(people["advised"])
    story.confirm(people["advised"])
    story.report(people["violent"], heading="aggressive-or-abusive", example="violence-threatened", violence=True)

    story.later(days=20)
    story.report(restricted)
    story.assess(restricted, outcome="request")
    story.later(minutes=10)
    story.ask(restricted)
    restricted["asked at"] = story.time.isoformat()
    story.later(minutes=10)
    story.decide(restricted)
    restricted["decided at"] = story.time.isoformat()
    story.notify(restricted)
    story.later(minutes=10)
    story.confirm(restricted)
    # Decided without a prior warning (W5), and not told yet.
    waiting = people["waiting"]
    story.report(waiting, heading="aggressive-or-abusive", example="harassment")
    story.assess(waiting, outcome="request", heading="aggressive-or-abusive", ground="harassment",
                 tests={"beyond-anger": "Followed a member of staff."}, behaviour="You followed a member of staff.")  # fmt: skip
    story.ask(waiting, warning=None, skip_reason="harassment", skip_risk="It would have told them where she is.")
    story.decide(waiting, confirms_no_warning="A warning would have put her in danger.")
    story.later(minutes=10)
    restricted["arrangement"] = story.one(f"SELECT ref FROM arrangement WHERE customer = '{restricted['ref']}'")
    return people


@fixture(lasting=True)
def world(shell, cluster):
    yield World(Story(shell, cluster))

"""K4: who looked at what is recorded, before it is shown."""

import shutil
import sqlite3

from harness import machine


def seen(world, subject):
    return [(v["actor"], v["what"]) for v in world.items("anja", "viewings", subject=subject, limit=200)]


def test_looking_at_a_customer_or_casefile_is_recorded(world):
    ref, casefile = world.people["sharer"]["ref"], world.people["advised"]["casefile"]
    before = len(seen(world, ref)), len(seen(world, casefile))
    world.show("theo", ref)
    world.list("theo", "matters", customer=ref)
    world.show("mira", casefile)
    assert seen(world, ref)[: -before[0] or None] == [("theo", "list matters"), ("theo", f"show {ref}")]
    assert seen(world, casefile)[: -before[1] or None] == [("mira", f"show {casefile}")]


def test_a_step_is_a_look_at_its_casefile(world):
    restricted = world.people["restricted"]
    world.show("hana", restricted["decision"])
    assert seen(world, restricted["casefile"])[0] == ("hana", f"show {restricted['decision']}")


def test_a_list_names_how_far_it_was_read_and_no_filter_text(world):
    world.list("theo", "customers", name="sian")
    [actor, what] = seen(world, "customers")[0]
    ref = world.people["restricted"]["ref"]
    assert actor == "theo" and what == f"list customers: {ref} to {ref}"


def test_what_was_refused_is_no_viewing_and_set_up_is_none(world):
    before = world.items("anja", "viewings", limit=1)[0]["number"]
    world.refused("theo", "show", world.people["restricted"]["decision"])
    world.refused("amal", "list", "customers")
    world.list("theo", "functions")
    after = world.items("anja", "viewings", limit=2)
    assert [v["number"] for v in after] == [before + 1, before]  # only anja's own look before


def test_viewings_are_in_the_record_and_it_verifies(world):
    ref = world.people["sharer"]["ref"]
    world.show("theo", ref)
    last = world.items("anja", "record", content="true", after=world.shell.run("status", "--json").json()["record"]["number"] - 1)[0]
    assert last["act"] == "view" and last["actor"] == "job:viewings"
    assert last["content"]["viewings"][-1]["subject"] == ref and last["content"]["viewings"][-1]["actor"] == "theo"
    assert world.shell.verify().code == 0


def test_nothing_is_shown_where_the_look_cannot_be_recorded(world, folder):
    if not world.shell.database.startswith("sqlite:"):
        return
    copy = folder / "copy.db"
    source = sqlite3.connect(world.shell.database.removeprefix("sqlite:"))
    target = sqlite3.connect(copy)
    source.backup(target)
    target.executescript("CREATE TRIGGER refuse BEFORE INSERT ON viewing BEGIN SELECT RAISE(ABORT, 'no'); END;")
    target.close()
    source.close()
    shutil.chown(copy, machine.unprivileged().pw_name)
    other = type(world.shell)(f"sqlite:{copy}", folder, world.shell.program)
    done = other.run("show", world.people["sharer"]["ref"], "--as", "theo", "--at", world.story.time.isoformat())
    assert done.code != 0 and not done.stdout

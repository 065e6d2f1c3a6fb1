"""The demonstration organisation keeps what its policy promises, and shows what is usual beside what is not."""

import json


def test_G5_every_way_that_the_policy_names_has_a_door_that_protects_it(shell):
    assert shell.run("status", "--json", check=0).json()["unprotected"] == []
    doors = json.dumps(shell.run("list", "doors", "--as", "amal", "--json", check=0).json())
    for address in ("02079460199", "complaints@opcr.example.org", "information@opcr.example.org"):
        assert address in doors


def test_B4_what_a_managed_customer_takes_stands_beside_what_is_usual(shell):
    casefile = shell.run("list", "casefiles", "--as", "mira", "--json", check=0).json()["items"][0]["id"]
    takes = shell.run("show", casefile, "--as", "mira", "--json", check=0).json()["takes"]
    assert takes["customers"] == 4 and 0 < takes["usual"]["minutes"] <= 10 < takes["own"]["minutes"], takes
    assert takes["usual"]["contacts"] == 1, takes

"""What the shipped Postfix configuration takes from the pack is what the default pack says."""

import re

from harness import machine

MAIN = machine.SOURCE / "integrations" / "postfix" / "main.cf"
DEFAULT_ACTIONS = {"passes": "DUNNO", "waits": "451"}


def _pack(key):
    text = (machine.SOURCE / "policies" / "police-complaints" / "policy.yaml").read_text()
    gate = text.split("\ngate:\n", 1)[1]
    return re.search(rf"^  {key}: *([^#\n]*?) *(?:#.*)?$", gate, re.M).group(1)


def _shipped(key):
    return re.search(rf"^evenhand_gate = {{.*\b{key}=([^,}} ]+)", MAIN.read_text(), re.M).group(1)


def test_the_time_out_is_the_packs():
    assert _shipped("timeout") == _pack("mail_timeout_seconds") + "s", _shipped("timeout")


def test_the_default_action_is_the_packs():
    assert _shipped("default_action") == DEFAULT_ACTIONS[_pack("mail")], _shipped("default_action")


def test_the_gate_stands_behind_the_exemptions():
    text = MAIN.read_text()
    for name in ("smtpd_recipient_restrictions", "smtpd_data_restrictions"):
        words = re.search(rf"^{name} =((?:\n    .*)+)", text, re.M).group(1).replace(",", "").split()
        assert words[:2] == ["permit_mynetworks", "permit_sasl_authenticated"], words
        assert words[-2:] == ["check_policy_service", "$evenhand_gate"], words

"""Fixtures of the spine's tests: an office whose letters go out by SMTP and whose mail comes in through a Postfix that
asks its gate."""

from harness.postfix import Postfix
from harness.runner import fixture
from harness.server import Server
from harness.smtp_receiver import Receiver

from .story import Story


@fixture
def letters():
    """Where the program's notices arrive."""
    mails = Receiver()
    yield mails
    mails.close()


@fixture
def story(shell, letters):
    """A story on a demonstration database; its server sends notices to `letters`."""
    server = Server(shell, "--smtp", f"smtp://127.0.0.1:{letters.port}")
    yield Story(server)
    server.end()


@fixture
def post_room(receiver, story):
    """A private Postfix for the office's mail that asks the story's gate, as the shipped configuration does, and
    hands what it lets in on to `receiver`."""
    asks = [f"check_policy_service {{ inet:127.0.0.1:{story.server.gate_port}, timeout=10s, default_action=DUNNO }}"]
    domains = ("opcr.example.org",)
    mta = Postfix(receiver, domains=domains, recipient_restrictions=asks, data_restrictions=asks).start()
    yield mta
    mta.kill()

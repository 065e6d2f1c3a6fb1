"""The fixtures that every test may name. See runner.py for how they are found.

`server` and all that builds on it run on both engines."""

from . import machine
from .client import Browser
from .postfix import Postfix
from .postgres import Postgres
from .runner import fixture
from .server import Server
from .shell import Shell
from .smtp_receiver import Receiver


@fixture(lasting=True)
def cluster():
    """The run's one private PostgreSQL, made when it is first started."""
    postgres = Postgres()
    yield postgres
    if postgres.process:
        postgres.kill()


@fixture
def postgres(cluster):
    """The private PostgreSQL, running, also where an earlier test left it stopped."""
    yield cluster.start()


@fixture
def folder():
    """A private folder (a Path) that the unprivileged user owns."""
    yield machine.folder("test")


@fixture
def database(engine, folder, cluster):
    """The URL of a new, empty database on the engine."""
    yield cluster.start().create_database() if engine == "postgresql" else f"sqlite:{folder}/evenhand.db"


@fixture
def shell(database, folder):
    """The program's commands on a demonstration database."""
    commands = Shell(database, folder)
    commands.init()
    yield commands


@fixture
def server(shell):
    """The program serving the shell's demonstration database; see server.py."""
    running = Server(shell).start()
    yield running
    running.end()


@fixture
def browser(server):
    """A browser-like client of the pages, not signed in."""
    yield Browser(server.url)


@fixture
def receiver():
    """A real SMTP receiver."""
    mails = Receiver()
    yield mails
    mails.close()


@fixture
def postfix(receiver, server):
    """A private Postfix for office.example that asks the server's gate at RCPT and at DATA and hands on to the
    receiver; not chrooted from what matters: it asks over TCP."""
    asks = [f"check_policy_service inet:127.0.0.1:{server.gate_port}"]
    mta = Postfix(receiver, recipient_restrictions=asks, data_restrictions=asks).start()
    yield mta
    mta.kill()

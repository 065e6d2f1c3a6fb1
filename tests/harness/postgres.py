"""A private PostgreSQL: its own cluster in a temporary folder, a Unix socket there and no TCP, fsync on."""

import re
import signal
import urllib.parse
from pathlib import Path

from . import machine


def _programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if not found:
        raise AssertionError("PostgreSQL is not installed (script/setup --test)")
    return found[-1].parent


class Postgres:
    """One cluster. Databases are made in it, one a test; stop, kill and start do what they say.

    The cluster's superuser is 'evenhand'."""

    def __init__(self):
        self.bin = _programs()
        self.folder = machine.folder("pg")
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.process = None
        self._made = 0

    def _make(self):
        machine.run(
            self.bin / "initdb", "-D", self.data, "-U", "evenhand", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nunix_socket_permissions = 0777\n"
                "fsync = on\nsynchronous_commit = on\nmax_connections = 200\nshared_buffers = 64MB\n"
                "log_min_messages = warning\n"
            )

    def start(self):
        """Starts it if it does not run, made when first started; gives itself."""
        if self.process and self.process.running():
            return self
        if not self.data.exists():
            self._make()
        self._run()
        machine.wait_for(f"PostgreSQL to start; its log: {self.log}", self._ready, 120)  # after a kill it first syncs every file
        return self

    def _run(self):
        if self.process:  # after a kill the file is left over; its process is gone
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.process = machine.Process([self.bin / "postgres", "-D", self.data], self.log)

    def _ready(self):
        if not self.process.running():  # after a kill its children hold the shared memory for a moment, and it gives up
            self._run()
        return machine.run(self.bin / "pg_isready", "-q", "-h", self.folder, check=False).returncode == 0

    def stop(self):
        """A fast stop: connections are cut, what was committed is kept."""
        self.process.stop(signal.SIGINT, 60)

    def kill(self):
        """kill -9 of the whole cluster."""
        self.process.kill()

    def create_database(self, name=None):
        """A new, empty database; gives its URL."""
        self._made += 1
        name = name or f"test_{self._made}"
        # Sorted as bytes, as the design asks.
        self.sql("postgres", f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE 'C.UTF-8'")
        return self.url(name)

    def url(self, name, user="evenhand"):
        return f"postgresql://{user}@/{name}?host={urllib.parse.quote(str(self.folder), safe='')}"

    def sql(self, database, text, user="evenhand"):
        """Runs SQL by psql; DATABASE is a name or one of our URLs. Gives rows as lists of text."""
        name = re.sub(r"^postgresql://[^/]*/([^?]*).*$", r"\1", database)
        done = machine.run(
            self.bin / "psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1",
            "-h", self.folder, "-U", user, "-d", name, input=text,
        )  # fmt: skip
        return [line.split("\x1f") for line in done.stdout.splitlines()]

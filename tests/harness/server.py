"""The program serving: on free ports, with a state folder of its own, as an unprivileged user."""

import json
import urllib.error
import urllib.request

from . import machine
from .client import Api, Browser


class Server:
    """`evenhand serve` for a Shell's database. start, stop, kill (-9) and start again as often as a test likes; the
    ports, the database and the state folder stay."""

    def __init__(self, shell, *more):
        self.shell = shell
        self.state = shell.folder / "state"
        self.port, self.gate_port = machine.free_port(), machine.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = shell.folder / "server.log"
        self.more = [str(m) for m in more]
        self.process = None
        self._tokens = {}

    def start(self, wait=True):
        """Starts it; with WAIT until /healthz says 200."""
        if not self.state.exists():
            self.state.mkdir(mode=0o700)
            machine.give(self.state)
        command = [
            self.shell.program, "serve", "--db", self.shell.database, "--listen", f"inet:127.0.0.1:{self.port}",
            "--state", self.state, "--gate-postfix", f"inet:127.0.0.1:{self.gate_port}", *self.more,
        ]  # fmt: skip
        self.process = machine.Process(command, self.log, cwd=self.shell.folder)
        if wait:
            machine.wait_for(f"the server to be healthy; its log: {self.log}", lambda: not self.running() or self.health() == 200, 30)
            if not self.running():
                raise AssertionError(f"the server ended at its start:\n{self.log_text()[-3000:]}")
        return self

    def running(self):
        return bool(self.process) and self.process.running()

    def health(self):
        """The status of /healthz; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=5 * machine.PATIENCE) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def health_text(self):
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=5 * machine.PATIENCE) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def health_json(self):
        """What /healthz says, whatever its status."""
        return json.loads(self.health_text())

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self):
        """kill -9."""
        self.process.kill()

    def stop(self):
        """An ordinary stop; gives the exit status."""
        return self.process.stop()

    def restart(self):
        self.stop()
        return self.start()

    def end(self):
        """At a test's end: stops it if it runs. A death that nobody asked for, or a sanitizer's report, fails."""
        if self.running():
            status = self.stop()
            if status != 0:
                raise AssertionError(f"the server ended with {status}:\n{self.log_text()[-3000:]}")
        for bad in ("ERROR: AddressSanitizer", "runtime error:", "WARNING: ThreadSanitizer", "CRITICAL"):
            if bad in self.log_text():
                raise AssertionError(f"the server's log holds '{bad}':\n{self.log_text()[-5000:]}")

    def api(self, user):
        """An Api client for a person, with a token made at the shell."""
        if user not in self._tokens:
            self._tokens[user] = self.shell.token(user)
        return Api(self.url, self._tokens[user])

    def browser(self):
        return Browser(self.url)

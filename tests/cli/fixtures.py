"""A database that is no demonstration, and commands run with a token or without."""

import json
import os

from harness import machine
from harness.runner import fixture


class Office:
    """Commands on a real database, with an administrator 'boss'; each run says whose token it brings."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder

    def run(self, *arguments, token=None, password=None, input=None):
        """Gives the CompletedProcess, whatever its status."""
        if input is not None and not isinstance(input, str):
            input = json.dumps(input)
        env = {**machine.user_options()["env"], "EVENHAND_DB": self.url}
        if token:
            env["EVENHAND_TOKEN"] = token
        if password:
            env["EVENHAND_PASSWORD"] = password
        return machine.run(machine.PROGRAM, *arguments, input=input or "", check=False, cwd=self.folder, env=env)

    def good(self, *arguments, **more):
        done = self.run(*arguments, **more)
        assert done.returncode == 0, (arguments, done.returncode, done.stderr)
        return done.stdout.strip()

    def token(self, user):
        return self.good("staff", "token", user)


@fixture
def office(database, folder):
    os.environ.pop("EVENHAND_TOKEN", None)
    made = Office(database, folder)
    made.good("init", "--policy", machine.PACK, "--administrator", "boss", "--name", "The Boss", password="correct horse battery")
    yield made

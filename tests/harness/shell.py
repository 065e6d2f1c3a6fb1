"""The program's commands, run as a person at a shell runs them: `evenhand act NAME --as USER < act.json` and so on."""

import json
import re
import uuid
from pathlib import Path

from . import machine


class Refused(Exception):
    """The program said no: what its error says, and the exit status or HTTP status it said it with."""

    def __init__(self, status, kind=None, rule=None, sentence="", field=None):
        super().__init__(f"{status} {kind} {rule or ''} {field or ''}: {sentence}")
        self.status, self.kind, self.rule, self.sentence, self.field = status, kind, rule, sentence, field

    @classmethod
    def at_the_shell(cls, status, text):
        """From what a command wrote: `kind (RULE): sentence [field]`."""
        found = re.match(r"([a-z ]+?)(?: \(([A-Z]+\d+)\))?: (.*?)(?: \[([\w./-]+)\])?\s*$", text, re.S)
        kind, rule, sentence, field = found.groups() if found else (None, None, text, None)
        return cls(status, kind, rule, sentence, field)

    @classmethod
    def of(cls, status, answer):
        error = answer.get("error", {}) if isinstance(answer, dict) else {}
        return cls(status, error.get("kind"), error.get("rule"), error.get("sentence", str(answer)), error.get("field"))


class Done:
    """How a command ended: code, stdout, stderr; json() is its output read."""

    def __init__(self, code, stdout, stderr):
        self.code, self.stdout, self.stderr = code, stdout, stderr

    def json(self):
        return json.loads(self.stdout)


class Shell:
    """Commands on the database DATABASE (a URL). FOLDER is where state and sign-ins are kept."""

    def __init__(self, database, folder, program=None):
        self.database, self.folder = database, Path(folder)
        self.program = program or machine.PROGRAM
        self.pack = machine.PACK
        self.sign_ins_file = self.folder / "sign-ins"

    def run(self, *arguments, input=None, database=True, check=None, timeout=60):
        """Runs `evenhand ARGUMENTS`; INPUT is sent as JSON unless it is text. With check=N another status fails."""
        if input is not None and not isinstance(input, str):
            input = json.dumps(input)
        more = ["--db", self.database] if database else []
        done = machine.run(self.program, *arguments, *more, input=input, check=False, timeout=timeout, cwd=self.folder)
        if check is not None and done.returncode != check:
            raise AssertionError(f"evenhand {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}{done.stdout}")
        return Done(done.returncode, done.stdout, done.stderr)

    def init(self):
        """Makes the demonstration organisation and its sign-ins."""
        self.run("init", "--demo", "--small", "--policy", self.pack, "--sign-ins", self.sign_ins_file, check=0)

    def sign_ins(self):
        """user name → password, from the file that `init --demo` wrote: a user and a password a line."""
        lines = self.sign_ins_file.read_text().splitlines()
        return dict(line.split()[:2] for line in lines if line.strip() and not line.startswith("#"))

    def act(self, name, user, /, **fields):
        """Performs an act as USER, with its own fields and the envelope's (request_id, casefile, version, happened_at,
        at); gives the answer or raises Refused."""
        fields.setdefault("request_id", str(uuid.uuid4()))
        done = self.run("act", name, "--as", user, "--json", input=fields)
        if done.code != 0:
            raise Refused.at_the_shell(done.code, done.stderr)
        return done.json()

    def ask(self, **question):
        """Asks the gate: ask(channel="phone", **{"from": "+44…"}); from_ may stand for from. Gives its answer."""
        arguments = []
        for name, value in question.items():
            arguments += ["--" + name.rstrip("_").replace("_", "-"), value]
        return self.run("ask", "--json", *arguments, check=0).json()

    def show(self, reference, user, at=None):
        """An object as USER sees it. Looking is recorded, so AT (or the time set) is a demonstration's time too."""
        return self.run("show", reference, "--json", "--as", user, *(["--at", at] if at else []), check=0).json()

    def list(self, what, user, at=None, **options):
        """A page of a list as USER sees it; OPTIONS are its filters, and cursor and limit."""
        arguments = [x for k, v in options.items() for x in ("--" + k, str(v))]
        return self.run("list", what, "--json", "--as", user, *arguments, *(["--at", at] if at else []), check=0).json()

    def token(self, user):
        """A bearer token for USER."""
        return self.run("staff", "token", user, check=0).stdout.strip()

    def verify(self, head=None):
        """`evenhand record verify`; gives how it ended."""
        return self.run("record", "verify", *(["--head", head] if head else []))

"""K3: what somebody with the database in their hands changes in the record is found, and `record verify` says where."""

import re
import shutil
import sqlite3
from pathlib import Path

from harness import machine
from harness.runner import engines, fixture
from harness.server import Server
from harness.shell import Shell


class Kept:
    """A database with a record of some acts, closed; copy() gives one to spoil. `head` is what the server kept beside
    the database."""

    def __init__(self, shell, engine, cluster):
        self.shell, self.engine, self.cluster = shell, engine, cluster
        self.made = 0
        server = Server(shell).start()
        sam = server.api("sam")
        customer = next(c["id"] for c in sam.get("customers")["items"])
        for i in range(5):
            self.last = sam.act("log-contact", customer=customer, what=f"Call number {i}", minutes=i)["record"]
        head = f"{self.last['number']}:{self.last['hash']}"
        machine.wait_for("the server to keep the record's head", lambda: self._kept(server) == head)
        server.stop()
        self.head = self._kept(server)

    @staticmethod
    def _kept(server):
        path = server.state / "record-head"
        return path.read_text().strip() if path.exists() else None

    def copy(self):
        """The commands on a copy, and a function that runs SQL on it as its owner, past every trigger."""
        self.made += 1
        if self.engine == "sqlite":
            source = self.shell.database.removeprefix("sqlite:")
            path = self.shell.folder / f"copy-{self.made}.db"
            for end in ("", "-wal"):
                if Path(source + end).exists():
                    shutil.copy(source + end, str(path) + end)
                    machine.give(str(path) + end)
            return Shell(f"sqlite:{path}", self.shell.folder), lambda sql: _sqlite(path, sql)
        name = re.search(r"/([^/?]+)\?", self.shell.database).group(1)
        copy = f"{name}_copy_{self.made}"
        self.cluster.sql("postgres", f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        return Shell(self.cluster.url(copy), self.shell.folder), lambda sql: self.cluster.sql(copy, "SET session_replication_role = replica; " + sql)


def _sqlite(path, sql):
    with sqlite3.connect(path) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.executescript(sql)
    database.close()


@fixture(lasting=True)
def kept(engine, cluster):
    folder = machine.folder("kept")
    database = cluster.start().create_database() if engine == "postgresql" else f"sqlite:{folder}/evenhand.db"
    shell = Shell(database, folder)
    shell.init()
    yield Kept(shell, engine, cluster)


def _broken(kept, sql, at, words, head=None):
    """The copy is spoiled by SQL; verify ends with 1 and says at which entry, in words."""
    shell, spoil = kept.copy()
    assert shell.verify(kept.head).code == 0, "the copy does not verify before it is spoiled"
    spoil(sql)
    done = shell.verify(head)
    assert done.code == 1 and f"at entry {at}:" in done.stderr and words in done.stderr, f"{sql}: {done.code} {done.stderr}{done.stdout}"


def test_K3_one_byte_changed_in_the_record_is_found_and_named(kept):
    n = kept.last["number"] - 2
    for column in ("actor", "act", "via", "content_hash", "hash"):
        _broken(kept, f"UPDATE record SET {column} = 'x' || substr({column}, 2) WHERE number = {n}", n, f"Entry {n}")
    _broken(kept, f"UPDATE record SET recorded_at = recorded_at + 1 WHERE number = {n}", n, "its hash does not fit")


def test_K3_one_byte_changed_in_a_content_is_found_and_named(kept):
    n = kept.last["number"] - 2
    _broken(kept, f"UPDATE record_content SET content = replace(content, 'Call number 2', 'Call number 7') WHERE number = {n}", n, "content")
    _broken(kept, f"UPDATE record_content SET salt = (SELECT salt FROM record_content WHERE number = {n - 1}) WHERE number = {n}", n, "content")


def test_K3_one_row_removed_is_found_and_named(kept):
    n = kept.last["number"] - 2
    _broken(kept, f"DELETE FROM record WHERE number = {n}", n, f"Entry {n} is missing")
    _broken(kept, f"DELETE FROM record_content WHERE number = {n}", n, "is missing, and no dispose entry names it")


def test_K3_the_last_row_removed_is_found_by_the_kept_head(kept):
    last = kept.last["number"]
    cut = f"DELETE FROM record_content WHERE number = {last}; DELETE FROM record WHERE number = {last};"
    _broken(kept, cut, last, "the record was cut off")
    # Somebody who moves the head back as well is found only with the head that was kept elsewhere.
    back = f"UPDATE record_head SET number = {last - 1}, hash = (SELECT hash FROM record WHERE number = {last - 1}), recorded_at = recorded_at;"
    shell, spoil = kept.copy()
    spoil(cut + back)
    assert shell.verify().code == 0, "the cut and mended copy was meant to look whole by itself"
    _broken(kept, cut + back, last, "the record was cut off", head=kept.head)


@engines("sqlite")
def test_K3_an_ordinary_statement_changes_nothing_in_the_record_of_sqlite(kept):
    path = kept.shell.database.removeprefix("sqlite:")
    for sql in _STATEMENTS:
        _fails(lambda: _plainly(path, sql), sql)
    assert kept.shell.verify(kept.head).code == 0


@engines("postgresql")
def test_K3_an_ordinary_statement_changes_nothing_in_the_record_of_postgresql(kept):
    for sql in (*_STATEMENTS, "TRUNCATE record CASCADE", "TRUNCATE record_content"):
        sql = sql.replace("INSERT OR REPLACE", "INSERT")
        _fails(lambda: kept.cluster.sql(kept.shell.database, sql), sql)
    assert kept.shell.verify(kept.head).code == 0


_STATEMENTS = (
    "UPDATE record SET actor = 'nobody' WHERE number = 3",
    "DELETE FROM record WHERE number = 3",
    "INSERT OR REPLACE INTO record SELECT * FROM record WHERE number = 3",
    "UPDATE record_content SET content = '{}' WHERE number = 3",
    "DELETE FROM record_content WHERE number = 3",
    "INSERT OR REPLACE INTO record_content SELECT * FROM record_content WHERE number = 3",
)


def _plainly(path, sql):
    with sqlite3.connect(path) as database:
        database.execute(sql)


def _fails(run, sql):
    try:
        run()
    except (sqlite3.DatabaseError, AssertionError):
        return
    raise AssertionError(f"the database let through: {sql}")

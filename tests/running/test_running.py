"""What an administrator is promised: an installation that fits together, a backup that can be restored."""

import re
import shlex

from harness import machine
from harness.server import Server
from harness.shell import Shell


def test_what_is_installed_fits_together(folder):
    machine.run("meson", "install", "-C", machine.BUILD, "--no-rebuild", "--quiet", "--destdir", folder, as_root=True)
    prefix = folder / "usr/local"
    help_text = machine.run(machine.PROGRAM, "serve", "--help").stdout
    settings = (prefix / "share/evenhand/integrations/systemd/evenhand.default").read_text()
    options = re.search(r'^EVENHAND_OPTIONS="(.*)"$', settings, re.M).group(1)
    for name, role in (("evenhand.service", []), ("evenhand@.service", ["--role", "%i"])):
        unit = (prefix / "lib/systemd/system" / name).read_text()
        assert "@" not in unit.replace("@system-service", "").replace("~@privileged", ""), "a value was not filled in"
        program, *arguments = shlex.split(re.search(r"^ExecStart=(.*)$", unit, re.M).group(1))
        assert arguments == ["serve", *role, "$EVENHAND_OPTIONS"], arguments
        assert (folder / program.lstrip("/")).stat().st_mode & 0o111, f"{program} cannot be run"
        page = re.search(r"^Documentation=file:(.*)$", unit, re.M).group(1)
        assert (folder / page.lstrip("/")).is_file(), page
    for option in re.findall(r"--[a-z-]+", options + " --role"):
        assert f"  {option}=" in help_text or f"  {option} " in help_text, f"serve knows no {option}"
    for page in ("nginx/evenhand.conf", "postfix/main.cf"):
        assert (prefix / "share/evenhand/integrations" / page).is_file(), page
    assert machine.run(machine.PROGRAM, "policy", "check", prefix / "share/evenhand/policies/police-complaints").returncode == 0


def _backup(shell, cluster):
    """A backup by the engine's own tool; gives a function that restores it and gives the new database's URL."""
    if shell.database.startswith("sqlite:"):
        copy = shell.folder / "backup.db"
        machine.run("sqlite3", shell.database.removeprefix("sqlite:"), f".backup '{copy}'")
        return lambda: f"sqlite:{copy}"
    dump = shell.folder / "backup.dump"
    machine.run(cluster.bin / "pg_dump", "-Fc", "-f", dump, shell.database)

    def restore():
        url = cluster.create_database()
        machine.run(cluster.bin / "pg_restore", "--exit-on-error", "-d", url, dump)
        return url

    return restore


def test_K3_a_backup_made_while_it_serves_is_restored_and_proves_itself(server, cluster):
    shell, sam = server.shell, server.api("sam")
    customer = sam.act("add-customer", name="Before Backup")["id"]
    head = shell.run("record", "head", check=0).stdout.strip()
    restore = _backup(shell, cluster)
    sam.act("add-customer", name="After Backup")
    later = shell.run("record", "head", check=0).stdout.strip()
    server.stop()

    restored = Shell(restore(), machine.folder("restored"))
    assert restored.verify(head).code == 0, "the head of the backup's moment is not there"
    cut = restored.verify(later)
    assert cut.code == 1 and "cut off" in cut.stderr, cut.stderr
    again = Server(restored).start()
    try:
        assert again.api("sam").get(f"customers/{customer}")["name"] == "Before Backup"
        again.api("sam").act("log-contact", customer=customer, what="Life goes on.")
        assert restored.verify(head).code == 0
    finally:
        again.end()

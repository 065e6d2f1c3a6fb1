"""This machine: where the program is, who runs it, free ports, private folders, processes that end with the test.

Programs that ought not to be root (the server, PostgreSQL, the browser) run as an unprivileged user when the tests
themselves run as root, which they must where Postfix takes part.
"""

import atexit
import ctypes
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("EVENHAND_BUILD") or SOURCE / "build")
OUTPUT = SOURCE / "output"
LONG = bool(os.environ.get("EVENHAND_LONG"))
# Every time-out is multiplied by this: two tests run at once, and perhaps on a busy machine.
PATIENCE = float(os.environ.get("EVENHAND_PATIENCE") or 3)


def unprivileged():
    """The user that servers run as: ourselves, or where we are root the checkout's owner, or nobody."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    owner = SOURCE.stat().st_uid
    try:
        return pwd.getpwuid(owner) if owner != 0 else pwd.getpwnam("nobody")
    except KeyError:
        return pwd.getpwnam("nobody")


def folder(name, owner=None):
    """A new private folder (a Path), removed when the tests end; owned by OWNER (default: the unprivileged user).

    The name is kept short, since a Unix socket's path has room for 107 bytes."""
    path = Path(tempfile.mkdtemp(prefix=f"eh-{name}."))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    owner = owner or unprivileged()
    if os.getuid() == 0:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    path.chmod(0o755)
    return path


def reachable(path):
    """PATH itself, or where the unprivileged user cannot get there (a checkout below /root), a copy where they can."""
    who = unprivileged()
    if os.getuid() != 0 or not path.exists():
        return path
    get_there = ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", "test", "-r", str(path)]
    if subprocess.run(get_there, check=False).returncode == 0:
        return path
    copy = folder("copy", owner=pwd.getpwnam("root")) / path.name
    (shutil.copytree if path.is_dir() else shutil.copy)(path, copy)
    return copy


PROGRAM = reachable(BUILD / "evenhand")
PACK = reachable(SOURCE / "policies" / "police-complaints")

def give(path):
    """Makes PATH (a file or folder that we made) the unprivileged user's."""
    if os.getuid() == 0:
        os.chown(path, unprivileged().pw_uid, unprivileged().pw_gid)


_given = set()
# Those that this process takes: below the ones that the kernel gives to outgoing connections. A run is two processes at
# once (runner.py), each with its own.
ports = range(12000, 22000)


def free_port():
    """A TCP port on 127.0.0.1 that nobody listens on now, and that was not given out before in this run."""
    while True:
        port = random.choice(ports)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _given:
            _given.add(port)
            return port


def wait_for(what, condition, seconds=10):
    """The first true value that CONDITION gives; fails with WHAT once the time is over.

    Each look is cheap; the wait is no fixed sleep."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds * PATIENCE:g} s for {what}")
        time.sleep(0.01)


def accepts(address):
    """Whether somebody listens: ADDRESS is (host, port) or the path of a Unix socket."""
    family = socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX
    with socket.socket(family) as s:
        s.settimeout(1)
        try:
            s.connect(address if isinstance(address, tuple) else str(address))
            return True
        except OSError:
            return False


_libc = ctypes.CDLL(None)


def _end_with_parent():
    _libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG; it is reset by setuid, so it comes after it


def user_options(as_root=False, long_lived=False):
    """The arguments of subprocess that drop root's rights (unless AS_ROOT) and give a plain environment."""
    who = unprivileged()
    options = {"env": environment()}
    if os.getuid() == 0 and not as_root:
        options.update(user=who.pw_uid, group=who.pw_gid, extra_groups=[])
        options["env"].update(HOME="/tmp", USER=who.pw_name, LOGNAME=who.pw_name)
    # Only the main thread lives as long as the tests do, and the signal comes when the thread ends.
    if long_lived and threading.current_thread() is threading.main_thread():
        options["preexec_fn"] = _end_with_parent
    return options


def environment():
    """A plain environment, the same on every machine."""
    keep = {k: v for k, v in os.environ.items() if k.startswith(("ASAN_", "UBSAN_", "TSAN_", "EVENHAND_", "G_", "TMP"))}
    return {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        **keep,
    }


def run(*command, input=None, timeout=60, as_root=False, check=True, **more):
    """Runs a command to its end as the unprivileged user; gives CompletedProcess with text output."""
    options = {**user_options(as_root), **more}
    done = subprocess.run(
        [str(c) for c in command],
        input=input,
        text=True,
        errors="replace",
        capture_output=True,
        timeout=timeout * PATIENCE,
        cwd=options.pop("cwd", "/"),
        **options,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stderr or done.stdout}")
    return done


class Process:
    """A program that runs until it is stopped; what it writes goes to a log file that can be read at any time."""

    def __init__(self, command, log, as_root=False, cwd="/", **more):
        self.command = [str(c) for c in command]
        self.log = Path(log)
        options = {**user_options(as_root, long_lived=True), **more}
        with self.log.open("ab") as out:
            self.popen = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd, start_new_session=True, **options
            )
        atexit.register(self.kill)

    @property
    def pid(self):
        return self.popen.pid

    def running(self):
        return self.popen.poll() is None

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def send_signal(self, number):
        """Sends a signal to the program alone."""
        if self.running():
            self.popen.send_signal(number)

    def kill(self):
        """kill -9, to the program and what it started."""
        if self.running():
            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.popen.wait()

    def stop(self, number=signal.SIGTERM, seconds=20):
        """Asks it to end and waits; gives the exit status. Fails (after a kill) when it does not end."""
        self.send_signal(number)
        try:
            return self.popen.wait(seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.command[0]} did not end within {seconds * PATIENCE:g} s:\n{self.log_text()[-2000:]}")

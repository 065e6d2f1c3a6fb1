"""A private, real Postfix: its own configuration, queue and data folders, its own port on 127.0.0.1. Needs root.

Mail for `domains` is taken in and handed on by SMTP to a Receiver, so that a test sees which mailbox each mail
arrived in. Clients that connect from 127.0.0.1 are strangers; those that connect from 127.0.0.2 are the own network.
"""

import os
import pwd
import shutil
import signal
import smtplib
from email.message import EmailMessage

from . import machine

OWN_NETWORK = "127.0.0.2"

# smtpd is chrooted into the queue folder, as Debian ships it; what the private instance does not need is left out.
_MASTER = """\
127.0.0.1:{port} inet n - {chroot} - - smtpd
pickup    unix n - n 60 1 pickup
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
proxymap  unix - - n - - proxymap
smtp      unix - - n - - smtp
relay     unix - - n - - smtp
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """recipient_restrictions and data_restrictions are the caller's lists, set after the usual permits, for example
    `check_policy_service inet:127.0.0.1:10040`. `settings` adds or replaces parameters of main.cf."""

    def __init__(self, receiver, domains=("office.example",), recipient_restrictions=(), data_restrictions=(), chroot=True, settings=None):
        if os.getuid() != 0:
            raise AssertionError("a private Postfix needs root: run the tests as root")
        if not shutil.which("postfix"):
            raise AssertionError("Postfix is not installed (script/setup --test)")
        self.folder = machine.folder("mta", owner=pwd.getpwnam("root"))
        self.conf, self.queue, self.data = (self.folder / n for n in ("conf", "queue", "data"))
        self.log = self.folder / "mail.log"
        self.port = machine.free_port()
        for path in (self.conf, self.queue, self.data):
            path.mkdir(mode=0o755)
        shutil.chown(self.data, "postfix", "postfix")
        exempt = ["permit_mynetworks", "permit_sasl_authenticated"]
        self.settings = {
            "compatibility_level": "3.6",
            "queue_directory": self.queue,
            "data_directory": self.data,
            "maillog_file": self.log,
            "maillog_file_prefixes": self.folder,
            "myhostname": "mail.office.example",
            "mydestination": "",
            "mynetworks": f"{OWN_NETWORK}/32",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "relay_domains": " ".join(domains),
            "relay_transport": f"smtp:[127.0.0.1]:{receiver.port}",
            "default_transport": f"smtp:[127.0.0.1]:{receiver.port}",
            "local_transport": "error:no local mailboxes",
            "alias_maps": "",
            "alias_database": "",
            "smtp_dns_support_level": "disabled",
            "smtpd_peername_lookup": "no",
            "smtp_tls_security_level": "none",
            "smtpd_tls_security_level": "none",
            "smtp_address_preference": "ipv4",
            "smtpd_client_connection_count_limit": "0",
            "minimal_backoff_time": "1s",
            "maximal_backoff_time": "2s",
            "queue_run_delay": "1s",
            "smtpd_relay_restrictions": ", ".join([*exempt, "reject_unauth_destination"]),
            "smtpd_recipient_restrictions": ", ".join([*exempt, "reject_unauth_destination", *recipient_restrictions]),
            "smtpd_data_restrictions": ", ".join([*exempt, *data_restrictions]),
            **(settings or {}),
        }
        self._process = None
        self._write()
        (self.conf / "master.cf").write_text(_MASTER.format(port=self.port, chroot="y" if chroot else "n"))

    def _write(self):
        (self.conf / "main.cf").write_text("".join(f"{k} = {v}\n" for k, v in self.settings.items()))

    def _postfix(self, verb):
        done = machine.run("postfix", "-c", self.conf, verb, as_root=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"postfix {verb} ended with {done.returncode}: {done.stderr}{self.log_text()[-2000:]}")

    def start(self):
        self._process = machine.Process(["postfix", "-c", self.conf, "start-fg"], self.folder / "postfix.out", as_root=True)
        machine.wait_for(
            f"Postfix to listen; its log: {self.log}",
            lambda: machine.accepts(("127.0.0.1", self.port)) or not self._process.running(),
        )
        if not self._process.running():
            raise AssertionError("Postfix did not start: " + self._process.log_text() + self.log_text()[-2000:])
        return self

    def stop(self):
        """An ordinary stop: what is being delivered is finished."""
        if self.running():
            self._postfix("stop")
            machine.wait_for("Postfix to end", lambda: not self.running(), 20)

    def kill(self):
        """kill -9 of master and of everything it started."""
        group = os.getpgid(self._master()) if self.running() else None
        if group:
            os.killpg(group, signal.SIGKILL)
            self._process.kill()
            machine.wait_for("Postfix to be gone", lambda: not machine.accepts(("127.0.0.1", self.port)))

    def running(self):
        return bool(self._process) and self._process.running()

    def _master(self):
        return int((self.queue / "pid" / "master.pid").read_text())

    def set(self, **settings):
        """Changes main.cf and reloads."""
        self.settings.update(settings)
        self._write()
        self._postfix("reload")

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def queued(self):
        """The queue's files, by queue: what is neither delivered nor refused."""
        return [f for name in ("maildrop", "incoming", "active", "deferred", "hold") for f in (self.queue / name).rglob("*") if f.is_file()]

    def flush(self):
        self._postfix("flush")

    def send(self, sender, recipients, subject="A question", body="Good morning.\n", own_network=False, headers=None, message=None):
        """Sends one mail into Postfix as a stranger (or from the own network) and gives what smtplib gives: a dict of
        the recipients that were refused. Raises smtplib's own errors where the whole mail was refused."""
        recipients = [recipients] if isinstance(recipients, str) else list(recipients)
        if message is None:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = sender, ", ".join(recipients), subject
            for name, value in (headers or {}).items():
                message[name] = value
            message.set_content(body)
        source = (OWN_NETWORK, 0) if own_network else ("127.0.0.1", 0)
        with smtplib.SMTP("127.0.0.1", self.port, "client.example", timeout=30 * machine.PATIENCE, source_address=source) as smtp:
            return smtp.sendmail(sender, recipients, message.as_bytes())

"""Postfix's SMTPD policy delegation from both ends, in Python.

PolicyServer is a tiny policy server, for tests of the harness itself and to see what Postfix really sends; the
program's own gate takes its place in every other test. PolicyClient asks a gate as Postfix does, where a test wants no
Postfix in between."""

import socket
import socketserver
import threading

from . import machine


class PolicyServer:
    """answer(request) gives the action for one request, a dict of Postfix's attributes. `requests` keeps them all.

    address: None for TCP on a free port, or the path of a Unix socket."""

    def __init__(self, answer, path=None):
        self.requests = []
        policy = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                request = {}
                for raw in self.rfile:
                    line = raw.decode("utf-8", "replace").rstrip("\n")
                    if line:
                        name, _, value = line.partition("=")
                        request[name] = value
                        continue
                    policy.requests.append(request)
                    self.wfile.write(f"action={answer(request)}\n\n".encode())
                    request = {}

        base = socketserver.UnixStreamServer if path else socketserver.TCPServer

        class Server(socketserver.ThreadingMixIn, base):
            daemon_threads = True
            allow_reuse_address = True

        self.address = str(path) if path else ("127.0.0.1", machine.free_port())
        self._server = Server(self.address, Handler)
        if path:
            path.chmod(0o666)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class PolicyClient:
    """One connection to a policy server at (host, port): ask(recipient=…, sender=…, instance=…) gives its action, and
    raises OSError where the server ends the connection without an answer."""

    def __init__(self, address, timeout=10):
        self._socket = socket.create_connection(address, timeout * machine.PATIENCE)
        self._reader = self._socket.makefile("rb")

    def ask(self, **attributes):
        asked = {"request": "smtpd_access_policy", "protocol_state": "RCPT", "recipient_count": "0", **attributes}
        self._socket.sendall("".join(f"{k}={v}\n" for k, v in asked.items()).encode() + b"\n")
        action, end = self._reader.readline(), self._reader.readline()
        if not action.startswith(b"action=") or end != b"\n":
            raise ConnectionError("the policy server ended the connection")
        return action.decode().strip().removeprefix("action=")

    def close(self):
        self._reader.close()
        self._socket.close()

"""A tiny policy server in Python (Postfix's SMTPD policy delegation), for tests of the harness itself and to see what
Postfix really sends. The program's own gate takes its place in every other test."""

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

"""The whole path through pages alone, in Debian's Chromium: both of the source policy's examples from the first call to
the closing, each role in a browser of its own, with JavaScript and without. The harness moves the demonstration's clock
between the parts, and restarts the server where the script asks it to."""

import contextlib
import http.server
import threading
import types
import urllib.parse

from harness.runner import engines
from spine.fixtures import letters, story  # noqa: F401 (fixtures)

from .test_browser import drive


@contextlib.contextmanager
def helm(story):
    """An address where the script moves the clock (POST /move?days=3&hours=1) and restarts the server (POST /restart)."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            address = urllib.parse.urlsplit(self.path)
            if address.path == "/move":
                story.move(**{key: int(value) for key, value in urllib.parse.parse_qsl(address.query)})
            elif address.path == "/restart":
                story.server.restart()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def played(story, letters, folder, **more):
    office = types.SimpleNamespace(server=story.server, passwords=story.shell.sign_ins(), people={})
    with helm(story) as address:
        drive(office, "whole_path.mjs", folder, helm=address, token=story.shell.token("sam"), **more)
    said = " ".join(" ".join(mail.text().split()) for mail in letters.mails)
    for words in ("You called us 52 times in one day.", "Please write to us rather than ring.", "You said that you would come and hurt a member of staff.",
                  "Two quiet months.", "The voice on the recording is another."):  # fmt: skip
        assert words in said, f"no letter says '{words}'"
    assert "Sam Okafor" not in said, "a letter names who reported (N1)"
    assert story.shell.verify().code == 0


@engines("sqlite")
def test_both_examples_from_the_first_call_to_the_closing_with_javascript(story, letters, folder):  # noqa: F811
    played(story, letters, folder, javaScript=True, calls=52)


@engines("sqlite")
def test_both_examples_from_the_first_call_to_the_closing_without_javascript(story, letters, folder):  # noqa: F811
    played(story, letters, folder, javaScript=False, calls=4)

"""Clients of the program over HTTP: Api for JSON, Browser for the pages as a person without JavaScript uses them."""

import copy
import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from html.parser import HTMLParser

from . import machine
from .shell import Refused


class Answer:
    """One HTTP answer: status, headers, body (bytes), text, json(), url."""

    def __init__(self, status, headers, body, url):
        self.status, self.headers, self.body, self.url = status, headers, body, url

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def _open(opener, url, data=None, headers=None, method=None):
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        with opener.open(request, timeout=30 * machine.PATIENCE) as answer:
            return Answer(answer.status, answer.headers, answer.read(), url)
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read(), url)


class Api:
    """/api/v1 with a bearer token."""

    def __init__(self, base, token=None):
        self.base, self.token = base, token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def request(self, method, path, body=None, **headers):
        """Any request; gives the Answer whatever its status. BODY is sent as JSON unless it is bytes."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **headers}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return _open(self._opener, self.base + path, body, headers, method)

    def act(self, name, /, **fields):
        """Performs an act; gives {"id": …, "version": …, "record": …} or raises Refused."""
        fields.setdefault("request_id", str(uuid.uuid4()))
        return self._good(self.request("POST", f"/api/v1/acts/{name}", fields))

    def get(self, path, /, **filters):
        """Reads /api/v1/PATH; gives the JSON or raises Refused."""
        query = "?" + urllib.parse.urlencode(filters) if filters else ""
        return self._good(self.request("GET", f"/api/v1/{path}{query}"))

    def ask(self, **question):
        """Asks the gate; from_ may stand for from."""
        return self._good(self.request("POST", "/api/v1/gate/ask", {k.rstrip("_"): v for k, v in question.items()}))

    @staticmethod
    def _good(answer):
        try:
            content = answer.json()
        except ValueError:
            content = {"error": {"sentence": answer.text}}
        if answer.status >= 300:
            raise Refused.of(answer.status, content)
        return content


class _Reader(HTMLParser):
    """Collects a page's forms (with what their fields hold now), links, and text."""

    def __init__(self):
        super().__init__()
        self.forms, self.links, self.words = [], [], []
        self._form = self._select = self._textarea = self._link = None
        self._quiet = 0

    def handle_starttag(self, tag, pairs):
        a = dict(pairs)
        if tag in ("script", "style"):
            self._quiet += 1
        elif tag == "a" and "href" in a:
            self._link = [a["href"], ""]
            self.links.append(self._link)
        elif tag == "form":
            self._form = {"action": a.get("action"), "method": a.get("method", "get").lower(), "id": a.get("id"), "fields": [], "names": set(), "buttons": [], "enctype": a.get("enctype"), "files": set()}
            self.forms.append(self._form)
        elif self._form is not None and a.get("name"):
            self._form["names"].add(a["name"])
            kind = a.get("type", "text").lower()
            if tag == "input" and kind in ("checkbox", "radio"):
                if "checked" in a:
                    self._form["fields"].append([a["name"], a.get("value", "on")])
            elif tag == "button" or (tag == "input" and kind == "submit"):
                self._form["buttons"].append([a["name"], a.get("value", "")])
            elif tag == "input" and kind == "file":
                self._form["files"].add(a["name"])
            elif tag == "input":
                self._form["fields"].append([a["name"], a.get("value", "")])
            elif tag == "select":
                self._select = [a["name"], None]
                self._form["fields"].append(self._select)
            elif tag == "textarea":
                self._textarea = [a["name"], ""]
                self._form["fields"].append(self._textarea)
        elif tag == "option" and self._select is not None:
            if "selected" in a or self._select[1] is None:
                self._select[1] = a.get("value", "")

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._quiet -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            if self._textarea is not None and self._textarea[1].startswith("\n"):
                self._textarea[1] = self._textarea[1][1:]  # as a browser reads it
            self._textarea = None
        elif tag == "a":
            self._link = None

    def handle_data(self, data):
        if self._quiet:
            return
        if self._textarea is not None:
            self._textarea[1] += data
        else:
            self.words.append(data)
            if self._link is not None:
                self._link[1] += data


class Page(Answer):
    """A page as a person sees it: words (its text on one line), links, forms."""

    def __init__(self, answer, browser):
        super().__init__(answer.status, answer.headers, answer.body, answer.url)
        self._browser = browser
        self._reader = _Reader()
        if "html" in (self.headers.get("Content-Type") or ""):
            self._reader.feed(self.text)

    @property
    def words(self):
        return " ".join(" ".join(self._reader.words).split())

    @property
    def forms(self):
        return self._reader.forms

    def in_hands_of(self, browser):
        """The same page with its forms in somebody else's browser, with their own key: what their page need not offer."""
        key = next(v for form in browser.get("/").forms for n, v in form["fields"] if n == "csrf")
        page = copy.copy(self)
        page._browser, page._reader = browser, copy.deepcopy(self._reader)
        for form in page.forms:
            form["fields"] = [(n, key if n == "csrf" else v) for n, v in form["fields"]]
        return page

    def follow(self, words):
        """Follows the link whose text holds WORDS."""
        for href, text in self._reader.links:
            if words in " ".join(text.split()):
                return self._browser.get(href, self.url)
        raise AssertionError(f"no link '{words}' on {self.url}; there are {[t.strip() for _, t in self._reader.links]}")

    def submit(self, values=None, form=None, button=None):
        """Fills in a form as a person would and sends it, with what it holds already (the CSRF token among it).

        form: its id or part of its action; by default the page's last form that posts. A name that the form does not
        have is a mistake of the test. A list as value sends the name several times; a file's value is (name, type, bytes)."""
        found = [f for f in self.forms if (form in (f["id"], f["action"]) or form in (f["action"] or "") if form else f["method"] == "post")]
        if not found:
            raise AssertionError(f"no form {form or 'that posts'} on {self.url}: {self.words[:500]}")
        chosen, values = found[-1], dict(values or {})
        unknown = set(values) - chosen["names"]
        if unknown:
            raise AssertionError(f"the form on {self.url} has no {sorted(unknown)}; it has {sorted(chosen['names'])}")
        pairs = [(n, v) for n, v in chosen["fields"] if n not in values]
        for name, value in values.items():
            pairs += [(name, v) for v in (value if isinstance(value, list) else [value])]
        pairs += [(n, v) for n, v in chosen["buttons"] if (n == button or v == button) or (button is None and len(chosen["buttons"]) == 1)]
        if chosen["enctype"] == "multipart/form-data":
            pairs += [(n, ("", "application/octet-stream", b"")) for n in chosen["files"] - set(values)]
            return self._browser.post_parts(chosen["action"], pairs, self.url)
        data = urllib.parse.urlencode([(n, v or "") for n, v in pairs])
        target = chosen["action"] or urllib.parse.urlparse(self.url).path
        if chosen["method"] == "post":
            return self._browser.post(target, data.encode(), self.url)
        return self._browser.get(target + "?" + data, self.url)


class Browser:
    """Keeps cookies, follows redirects; no JavaScript."""

    def __init__(self, base):
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(_NoRedirect, urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path, near=None, redirects=True):
        return self._follow(_open(self._opener, urllib.parse.urljoin(near or self.base, path)), redirects)

    def post(self, path, data, near=None, redirects=True):
        """DATA is bytes, or pairs or a dict to be sent as a form."""
        if not isinstance(data, bytes):
            data = urllib.parse.urlencode(data, doseq=True).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base}
        return self._follow(_open(self._opener, urllib.parse.urljoin(near or self.base, path), data, headers), redirects)

    def post_parts(self, path, pairs, near=None):
        """Sends pairs as multipart/form-data, as a browser does; a file is (name, type, bytes)."""
        boundary = uuid.uuid4().hex
        body = b""
        for name, value in pairs:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
            if isinstance(value, tuple):
                quoted = value[0].replace('"', "%22")
                head += f'; filename="{quoted}"\r\nContent-Type: {value[1]}'
                content = value[2]
            else:
                content = (value or "").replace("\r\n", "\n").replace("\n", "\r\n").encode()
            body += head.encode() + b"\r\n\r\n" + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Origin": self.base}
        return self._follow(_open(self._opener, urllib.parse.urljoin(near or self.base, path), body, headers), True)

    def _follow(self, answer, redirects):
        for _ in range(10):
            if not redirects or answer.status not in (301, 302, 303, 307, 308):
                return Page(answer, self)
            answer = _open(self._opener, urllib.parse.urljoin(answer.url, answer.headers["Location"]))
        raise AssertionError(f"redirected for ever at {answer.url}")

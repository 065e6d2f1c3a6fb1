"""Walks the pages as a person would who tries everything: follows every link, and fills every field of every form with
text that is meant to break out. See test_hostile_forms.py."""

import re
import urllib.parse
from html.parser import HTMLParser

MARK = "i7x"
HOSTILE = f"\"'><{MARK} onclick=alert(7)></textarea></title><svg onload=alert(7)>&lt;{MARK}&gt;{{{{7*7}}}} %s \\"
VOID = {"sign-out"}
TEXT = {"text", "search", "email", "tel", "url", "number", "password", ""}


class Field:
    def __init__(self, name, kind, value, options=()):
        self.name, self.kind, self.value, self.options = name, kind, value, list(options)


class Form:
    def __init__(self, action, method, kind):
        self.action, self.method, self.kind = action, method, kind
        self.fields, self.buttons = [], []

    def key(self, path):
        """What makes it the same form on another page: where it goes and what it asks, references apart."""
        return self.method, shape(urllib.parse.urlparse(self.action or path).path), tuple(sorted({f.name for f in self.fields}))


class Markup(HTMLParser):
    """Forms with the kinds of their fields, links, and what no page of ours holds."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.broken = [], [], []
        self._form = self._select = self._textarea = None
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        a = {k: v or "" for k, v in pairs}
        if tag == MARK or any(name.startswith("on") or name == "style" for name in a):
            self.broken.append(self.get_starttag_text())
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
            if re.match(r"\s*javascript:", a["href"], re.I):
                self.broken.append(self.get_starttag_text())
        elif tag == "form":
            self._form = Form(a.get("action", ""), a.get("method", "get").lower(), a.get("enctype", ""))
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input" and a.get("name"):
            self._form.fields.append(Field(a["name"], a.get("type", "text"), a.get("value", "")))
        elif tag == "button" and a.get("type", "submit") == "submit":
            self._form.buttons.append((a.get("name"), a.get("value", "")))
        elif tag == "textarea" and a.get("name"):
            self._form.fields.append(Field(a["name"], "text", ""))
        elif tag == "select" and a.get("name"):
            self._select = Field(a["name"], "select", "")
            self._form.fields.append(self._select)
        elif tag == "option" and self._select is not None:
            self._select.options.append(a.get("value", ""))

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


def shape(path):
    """A path without what is one customer's or casefile's own."""
    path = re.sub(r"/(?:C|CF|R|S|W|Q|D|A|N|V|DI|B|EV|I|K|M|AW)-\d{4}-\d+", "/REF", path)
    return re.sub(r"^/admin/(staff|functions)/(?!new)[^/]+", r"/admin/\1/ONE", path)


def filled(form, everything):
    """The form's pairs: text fields hold hostile text and the rest what the form offers; with EVERYTHING nothing is as it
    should be but the form's key."""
    pairs, seen = [], set()
    for field in form.fields:
        if field.name == "csrf":
            pairs.append((field.name, field.value))
        elif field.kind == "file":
            continue
        elif everything:
            pairs.append((field.name, HOSTILE))
        elif field.kind == "radio":
            if field.name not in seen:
                pairs.append((field.name, field.value))
        elif field.kind == "checkbox":
            pairs.append((field.name, field.value))
        elif field.kind == "select":
            pairs.append((field.name, next((o for o in field.options if o), "")))
        elif field.kind == "hidden":
            pairs.append((field.name, field.value))
        elif re.search(r"(^|[/_])(day|month|year)$", field.name):
            pairs.append((field.name, {"day": "1", "month": "6", "year": "2027"}[field.name.rsplit("/")[-1]]))
        else:
            pairs.append((field.name, HOSTILE))
        seen.add(field.name)
    return pairs


class Walk:
    """One browser's walk: the pages it saw (path → status), the forms it sent, and what was wrong."""

    def __init__(self, browser, server, limit=150):
        self.browser, self.server, self.limit = browser, server, limit
        self.pages, self.forms, self.problems = {}, {}, []
        self.shown = 0  # pages on which the hostile text stands, as text

    def ask(self, where, ask):
        """What ASK gives; None where the server died of it, which is told and started again."""
        try:
            return ask()
        except OSError as error:
            self.problems.append(f"{where}: {error}; the server {'runs' if self.server.running() else 'died'}")
            if not self.server.running():
                self.server.start()
            return None

    def look(self, answer, where):
        """Whether what came is a page that says what it holds as text."""
        if answer is None:
            return None
        if answer.status >= 500:
            self.problems.append(f"{where}: {answer.status} {answer.words[:300]}")
        if "html" not in (answer.headers.get("Content-Type") or ""):
            return None
        markup = Markup(answer.text)
        if markup.broken or f"<{MARK}" in answer.text:
            self.problems.append(f"{where}: came out as markup: {markup.broken[:3]}")
        self.shown += f"&lt;{MARK}" in answer.text
        return markup

    def everywhere(self, start=("/",)):
        """Every page that links lead to, one of each shape and question; and every form on them, twice."""
        waiting, seen = list(start), set()
        while waiting and len(self.pages) < self.limit:
            path = waiting.pop(0)
            parsed = urllib.parse.urlparse(path)
            names = tuple(sorted(urllib.parse.parse_qs(parsed.query)))
            key = (shape(parsed.path), names)
            if key in seen or parsed.path.startswith(("/assets", "/sign-")):
                continue
            seen.add(key)
            answer = self.ask(f"GET {path}", lambda path=path: self.browser.get(path))
            markup = self.look(answer, f"GET {path}")
            if markup is None:
                continue
            self.pages[path] = answer.status
            for link in markup.links:
                target = urllib.parse.urljoin(answer.url, link)
                if target.startswith(self.browser.base):
                    waiting.append(target[len(self.browser.base):].split("#")[0] or "/")
            for form in markup.forms:
                self.fill(form, path)
        return self

    def fill(self, form, path):
        key = form.key(path)
        action = form.action or path
        if key in self.forms or action.strip("/").split("/")[0] in VOID or ("session", "others") in filled(form, False):
            return
        self.forms[key] = path
        buttons = [b for b in form.buttons if b[0]] or [(None, "")]
        for everything in (True, False):
            for name, value in buttons:
                pairs = filled(form, everything) + ([(name, value)] if name else [])
                where = f"{form.method.upper()} {action} {dict(pairs).get('go', '')}{' (everything hostile)' if everything else ''}"
                near, data = self.browser.base + path, urllib.parse.urlencode(pairs)
                if form.method == "post":
                    answer = self.ask(where, lambda near=near, data=data: self.browser.post(action, data.encode(), near))
                else:
                    answer = self.ask(where, lambda near=near, data=data: self.browser.get(f"{urllib.parse.urlparse(action).path}?{data}", near))
                self.look(answer, where)

"""markup: follows the markup of a template as a browser would, so that the compiler knows where each value stands.

Knows nothing of the template's tags (tmplc.py does)."""
import re

# Attributes that take a URL: a value at their start is held to an allow-list, later ones are percent-encoded.
URL_ATTRIBUTES = {'href', 'src', 'action', 'formaction', 'cite', 'poster', 'background', 'data', 'manifest', 'ping',
                  'xlink:href', 'longdesc'}
# Attributes whose value is program text, or a list that no escaping covers (the content security policy forbids
# most of them anyway).
REFUSED_ATTRIBUTES = {'style': 'style attribute', 'srcdoc': 'srcdoc attribute', 'http-equiv': 'http-equiv attribute'}
NO_VALUE_ATTRIBUTES = {'srcset', 'imagesrcset'}
# What runs or styles the page: no value but the URL of a built-in file.
OWN_FILES = {('script', 'src'), ('link', 'href')}
# Elements that hold text and no elements; a value in them is escaped, but never markup.
RCDATA_ELEMENTS = {'title', 'textarea'}
# Elements that hold program text, or that change how a browser reads the rest.
RAW_ELEMENTS = {'script', 'style'}
REFUSED_ELEMENTS = {'base', 'object', 'embed', 'applet', 'iframe', 'frame', 'frameset', 'noframes', 'noembed',
                    'noscript', 'xmp', 'plaintext', 'listing', 'animate', 'set'}

ATTRIBUTE_NAME = re.compile(r'[a-zA-Z_:][-a-zA-Z0-9_:.]*')


class Refused(Exception):
    def __init__(self, source, position, message):
        super().__init__(f'{source.where(position)}: error: {message}')


class Source:
    """The template's text, its name, and where a position stands."""

    def __init__(self, name, text):
        self.name, self.text = name, text

    def line(self, position):
        return self.text.count('\n', 0, position) + 1

    def before(self, position):
        """What stands before the position on its line, as blanks of the same width."""
        return re.sub(r'[^\t]', ' ', self.text[self.text.rfind('\n', 0, position) + 1:position])

    def where(self, position):
        return f'{self.name}:{self.line(position)}:{len(self.before(position)) + 1}'


class Context:
    """A place in the markup. state is one of
    text            between tags
    rcdata, raw     inside <title>, <textarea>; inside <script>, <style> (element says which)
    comment, declaration, close
    name            in an element's name
    tag             between attributes (space: whether a name may follow here)
    attribute       in an attribute's name
    equals          after = , before the quote
    value           in a quoted value (single: by single quotes; begun: something stands in it already)
    bare tells that nothing has followed the element's name yet, src that the tag has a src attribute.
    """

    def __init__(self, **fields):
        self.state, self.element, self.attribute = 'text', '', ''
        self.space = self.single = self.begun = self.bare = self.src = False
        self.__dict__.update(fields)

    def copy(self):
        return Context(**self.__dict__)

    def key(self):
        """What must be the same where ways meet. Whether a URL has begun and whether a space is needed is joined."""
        return (self.state, self.element, self.attribute if self.state == 'value' else '')

    def join(self, other):
        """The context after either way: the stricter of each."""
        both = self.copy()
        both.space = self.space and other.space
        both.begun = self.begun and other.begun
        both.src = self.src and other.src
        both.bare = self.bare and other.bare
        return both

    def is_url(self):
        return self.attribute in URL_ATTRIBUTES


PLACES = {
    'text': 'text', 'rcdata': 'the text of an element', 'raw': 'script or style', 'comment': 'a comment',
    'declaration': 'a declaration', 'close': 'a closing tag', 'name': "an element's name", 'tag': 'a tag',
    'attribute': "an attribute's name", 'equals': 'an unquoted attribute', 'value': 'an attribute',
}


class Markup:
    """Follows literal markup, character by character, and refuses what the project does not write."""

    def __init__(self, source):
        self.source = source
        self.context = Context()

    def refuse(self, position, message):
        raise Refused(self.source, position, message)

    def feed(self, text, position):
        index = 0
        while index < len(text):
            index += getattr(self, 'in_' + self.context.state)(text, index, position + index)

    def in_text(self, text, index, position):
        at = text.find('<', index)
        if at < 0:
            return len(text) - index
        if at > index:
            return at - index
        if text.startswith('<!--', at):
            self.context = Context(state='comment')
            return 4
        if text.startswith('<!', at):
            self.context = Context(state='declaration')
            return 2
        if text.startswith('</', at):
            self.context = Context(state='close')
            return 2
        if re.match(r'<[a-zA-Z]', text[at:at + 2]):
            self.context = Context(state='name')
            return 1
        if at + 1 == len(text):
            self.refuse(position, 'a value cannot name an element')
        self.refuse(position, "a bare '<': write &lt;")

    def in_rcdata(self, text, index, position):
        end = re.compile('</' + self.context.element + r'(?=[\s>])', re.I).search(text, index)
        if not end:
            if re.search(r'</?[a-zA-Z]*\Z', text[index:]):
                self.refuse(position + len(text) - index, f'a tag in pieces inside {self.context.element}')
            return len(text) - index
        self.context = Context(state='close')
        return end.end() - index

    def in_raw(self, text, index, position):
        end = re.compile('</' + self.context.element + r'(?=[\s>])', re.I).search(text, index)
        inside = text[index:end.start() if end else len(text)]
        if inside.strip():
            self.refuse(position, f'inline {self.context.element}: the content security policy forbids it; '
                                  'put it into a file under src/web/static')
        if not end:
            return len(text) - index
        self.context = Context(state='close')
        return end.end() - index

    def in_comment(self, text, index, position):
        end = text.find('-->', index)
        if end < 0:
            return len(text) - index
        self.context = Context()
        return end + 3 - index

    def in_declaration(self, text, index, position):
        if text[index] == '>':
            self.context = Context()
        return 1

    def in_close(self, text, index, position):
        self.context.element += text[index].lower()
        if text[index] == '>':
            self.context = Context()
        elif not re.match(r'[\w\s-]', text[index]):
            self.refuse(position, 'a closing tag holds a name only')
        return 1

    def in_name(self, text, index, position):
        name = re.compile(r'[a-zA-Z][-a-zA-Z0-9]*').match(text, index)
        if not name or self.context.element:
            self.refuse(position, "unexpected character in an element's name")
        element = name.group().lower()
        if element in REFUSED_ELEMENTS:
            self.refuse(position, f'<{element}> is not used here')
        self.context = Context(state='tag', element=element, bare=True)
        return name.end() - index

    def in_tag(self, text, index, position):
        char = text[index]
        self.context.bare = False
        if char.isspace():
            self.context.space = True
        elif char == '>':
            self.leave_tag(position)
        elif char == '/':
            if not re.compile(r'/\s*>').match(text, index):
                self.refuse(position, "unexpected '/' in a tag")
        elif not self.context.space:
            self.refuse(position, 'a space is missing before an attribute')
        else:
            self.begin_attribute(text, index, position)
            return len(self.context.attribute)
        return 1

    def begin_attribute(self, text, index, position):
        name = ATTRIBUTE_NAME.match(text, index)
        if not name:
            self.refuse(position, "unexpected character in a tag")
        self.check_attribute(name.group().lower(), position)
        self.context.src = self.context.src or name.group().lower() == 'src'
        self.context.state, self.context.attribute = 'attribute', name.group().lower()

    def check_attribute(self, name, position):
        if name.startswith('on'):
            self.refuse(position, 'inline event handler: use a module under src/web/static')
        if name in REFUSED_ATTRIBUTES:
            self.refuse(position, REFUSED_ATTRIBUTES[name] + ': the content security policy forbids it')

    def leave_tag(self, position):
        element = self.context.element
        if element in RCDATA_ELEMENTS:
            self.context = Context(state='rcdata', element=element)
        elif element in RAW_ELEMENTS:
            if element == 'style' or not self.context.src:
                self.refuse(position, f'inline {element}: no values inside script or style, and the content '
                                      'security policy forbids it; put it into a file under src/web/static')
            self.context = Context(state='raw', element=element)
        else:
            self.context = Context()

    def in_attribute(self, text, index, position):
        if text[index] == '=':
            self.context.state = 'equals'
            return 1
        self.end_attribute_name()
        return 0

    def end_attribute_name(self):
        self.context.state, self.context.space = 'tag', False

    def in_equals(self, text, index, position):
        if text[index] not in '"\'':
            self.refuse(position, 'an attribute without quotes')
        self.context.state, self.context.single, self.context.begun = 'value', text[index] == "'", False
        return 1

    def in_value(self, text, index, position):
        quote = "'" if self.context.single else '"'
        end = text.find(quote, index)
        value = text[index:end if end >= 0 else len(text)]
        if value and self.context.is_url() and not self.context.begun:
            if re.match(r'\s*(javascript|vbscript|data)\s*:', value, re.I):
                self.refuse(position, 'a script as URL')
        self.context.begun = self.context.begun or bool(value)
        if end < 0:
            return len(text) - index
        self.context.state, self.context.space, self.context.attribute = 'tag', False, ''
        return end + 1 - index

#!/usr/bin/env python3
"""tmplc: compiles an HTML template to C at build time.

    tmplc.py page.html page.html.c

A template file is HTML with eight tags and C expressions; src/web/README.md shows one. This program follows the
markup as a browser would, so it knows at each value where it stands, and names the functions for that
place (src/web/html.h); the C compiler then picks one by the value's type. What cannot be made safe is refused
here, with file:line:column; what C itself can judge (a field that does not exist, a type that cannot be printed)
is reported by the C compiler at the template's own line, through #line.

    {{include web/pages/case_page.h}}                    #include
    {{template case_page(Html *out, const CasePage *p)}} begins a function; it ends at the next one or with the file
    {{p->name}}                                          a value: text, attribute, URL or part of a URL by its place
    <h{{p->level}}> … </h{{p->level}}>                    a heading's level
    {{attr aria-describedby = p->hint_id}}               a whole attribute, printed only where the value is not NULL
    {{if p->closed}} … {{else if p->n}} … {{else}} … {{/if}}
    {{each note in p->notes}} … {{/each}}                p->notes is an array of p->n_notes; note points into it
    {{each Note *note in p->notes}} … {{/each}}          p->notes is an ArenaList of Note *; both count note_i from 0
    {{call row(out, note)}}                              another template, or any C function that prints into out
    {{call box(out, &b, body) with body}} … {{/call}}    the same; body is what stands between, as HtmlSafe
    {{tr "Search"}}                                      words of ours, in the page's language (html_set_messages)
    {{! a note to the reader of the template }}

Inside a tag a block may hold whole attributes only; a block ends in the context it began in.
"""
import re
import sys

from markup import (ATTRIBUTE_NAME, NO_VALUE_ATTRIBUTES, OWN_FILES, PLACES, URL_ATTRIBUTES, Context, Markup, Refused,
                    Source)

NAME = r'[A-Za-z_]\w*'
TAG = re.compile(r'(include|template|attr|tr|if|else|/if|each|/each|call|/call)(?=\s|\Z)')
# Tags that print nothing by themselves: alone on a line, they take the whole line with them.
STANDALONE = re.compile(r'(if|else|/if|each|/each|include|template)(?=\s|\Z)|!|call\s.*\)\s*with\s+\w+\s*\Z', re.S)


def end_of_tag(source, start):
    """The position of the }} that closes the tag whose inside begins at start. C strings, characters and brackets
    are passed over, so that {{call f(out, &(Box){ .text = "}}" })}} ends where it looks like ending."""
    text, position, open_brackets = source.text, start, []
    pairs = {')': '(', ']': '[', '}': '{'}
    while position < len(text):
        char = text[position]
        if char in '"\'':
            string = re.compile(r'"(\\.|[^"\\\n])*"|\'(\\.|[^\'\\\n])*\'').match(text, position)
            if not string:
                raise Refused(source, position, 'a string that is not closed')
            position = string.end()
            continue
        if text.startswith('}}', position) and not open_brackets:
            return position
        if text.startswith('{{', position):
            break
        if char in '([{':
            open_brackets.append(char)
        elif char in ')]}':
            if not open_brackets or open_brackets.pop() != pairs[char]:
                raise Refused(source, position, f"a '{char}' that closes nothing")
        position += 1
    raise Refused(source, start - 2, 'a tag that is not closed')


def tokens(source):
    """Yields (kind, text, position); kind is 'markup' or 'tag', the position that of the text."""
    text, position = source.text, 0
    while True:
        start = text.find('{{', position)
        if start < 0:
            yield 'markup', text[position:], position
            return
        yield 'markup', text[position:start], position
        inside = start + 2
        if text.startswith('!', inside):
            end = text.find('}}', inside)
            if end < 0:
                raise Refused(source, start, 'a comment that is not closed')
        else:
            end = end_of_tag(source, inside)
        yield 'tag', text[inside:end], inside
        position = end + 2


class Block:
    """An open if, each or call."""

    def __init__(self, kind, position, context):
        self.kind, self.position, self.begin = kind, position, context.copy()
        self.ends = []          # contexts at the end of each branch
        self.has_else = False
        self.call = None        # (expression, position, name) of a call with a body


class Compiler:
    def __init__(self, name, text):
        self.source = Source(name, text)
        self.markup = Markup(self.source)
        self.out = []
        self.literal = ''       # markup not yet written
        self.blocks = []
        self.in_template = False

    def refuse(self, position, message):
        raise Refused(self.source, position, message)

    # Writing C

    def flush(self):
        """Writes the markup gathered so far; in pieces, since ISO C warrants 4095 characters a string only."""
        for start in range(0, len(self.literal), 900):
            piece = self.literal[start:start + 900]
            lines = [c_string(line) for line in piece.splitlines(keepends=True)]
            self.out.append('html_literal(out, ' + '\n\t'.join(lines) + ');')
        self.literal = ''

    def c(self, before, expression, after, position):
        """One statement around an expression of the template, which keeps its own line and column."""
        self.flush()
        line, name = self.source.line(position), c_string(self.source.name)
        if line > 1:
            self.out.append(f'#line {line - 1} {name}\n{before}\n{self.source.before(position)}{expression}{after}')
        else:
            self.out.append(f'#line 1 {name}\n{before}{expression}{after}')

    # The parts of a template

    def compile(self):
        cut_line = False        # the tag before stood alone on its line: its line end goes too
        for kind, text, position in tokens(self.source):
            if kind == 'tag':
                self.tag(text, position)
                continue
            if cut_line:
                end = text.find('\n') + 1 or len(text)
                text, position = text[end:], position + end
            head = text
            cut_line = self.alone(position + len(text))
            if cut_line:
                head = text.rstrip(' \t')
            self.plain(head, position)
            if head != text and self.markup.context.state != 'text':
                self.plain(text[len(head):], position + len(head))
            cut_line = cut_line and self.markup.context.state == 'text'
        if self.blocks:
            self.refuse(self.blocks[-1].position, f'{self.blocks[-1].kind} is not closed')
        self.end_template(len(self.source.text))
        return ('/* Made by tools/tmplc/tmplc.py from ' + self.source.name.replace('*/', '') + ': do not edit. */\n'
                '#include "web/html.h"\n' + '\n'.join(self.out) + '\n')

    def alone(self, start):
        """Whether the tag that starts here prints nothing itself and has its line to itself."""
        text = self.source.text
        if not text.startswith('{{', start):
            return False
        end = text.find('}}', start) if text.startswith('!', start + 2) else end_of_tag(self.source, start + 2)
        if not STANDALONE.match(text[start + 2:end]):
            return False
        return (not text[text.rfind('\n', 0, start) + 1:start].strip()
                and re.compile(r'[ \t]*(\n|\Z)').match(text, end + 2) is not None)

    def plain(self, text, position):
        if not self.in_template:
            if text.strip():
                self.refuse(position + len(text) - len(text.lstrip()), 'markup outside a template')
            return
        self.markup.feed(text, position)
        self.literal += text

    def end_template(self, position):
        if self.in_template:
            if self.markup.context.state != 'text':
                self.refuse(position, f'the template ends inside {PLACES[self.markup.context.state]}')
            self.literal = self.literal.rstrip()    # so that a call within a line does not end that line
            self.flush()
            self.out.append('}')
        self.in_template = False

    def tag(self, inside, position):
        stripped = inside.strip()
        position += len(inside) - len(inside.lstrip())
        if stripped.startswith('!'):
            return
        # A value may begin with a tag's word, such as each->text: the word itself is followed by a blank.
        word = TAG.match(stripped)
        if word:
            method = getattr(self, 'tag_' + word.group().replace('/', 'end_'))
            method(stripped[word.end():].strip(), position + len(stripped) - len(stripped[word.end():].lstrip()))
        else:
            self.value(stripped, position)

    def need_template(self, position):
        if not self.in_template:
            self.refuse(position, 'outside a template')

    def need_text(self, position, what):
        self.need_template(position)
        if self.markup.context.state != 'text':
            self.refuse(position, f'{what} inside {PLACES[self.markup.context.state]}')

    def tag_include(self, rest, position):
        if self.blocks or not re.fullmatch(r'[\w./-]+\.h', rest):
            self.refuse(position, 'include takes the path of a header')
        self.end_template(position)
        self.flush()
        self.out.append(f'#line {self.source.line(position)} {c_string(self.source.name)}\n#include "{rest}"')

    def tag_template(self, rest, position):
        if self.blocks:
            self.refuse(self.blocks[-1].position, f'{self.blocks[-1].kind} is not closed')
        self.end_template(position)
        if not re.fullmatch(r'(static\s+)?' + NAME + r'\s*\(\s*Html\s*\*\s*out\b.*\)', rest, re.S):
            self.refuse(position, 'template takes the signature of a function whose first parameter is Html *out')
        static = re.match(r'static\s+', rest)
        self.markup.context = Context()
        self.c('static void' if static else 'void', rest[static.end():] if static else rest, '\n{', position)
        self.in_template = True

    def settle(self, position):
        """A tag comes: an attribute's name ends here, and some places take no tag at all."""
        context = self.markup.context
        if context.state == 'attribute':
            self.markup.end_attribute_name()
        if context.state == 'equals':
            self.refuse(position, 'value outside a quoted attribute')
        if context.state == 'value' and context.single:
            self.refuse(position, 'value in a single-quoted attribute: use double quotes')
        if context.state in ('raw', 'comment', 'declaration', 'close'):
            place = {'raw': 'script or style'}.get(context.state, PLACES[context.state])
            self.refuse(position, f'no values inside {place}')

    def value(self, expression, position):
        self.need_template(position)
        self.check_expression(expression, position)
        self.print_value(expression, position)

    def print_value(self, expression, position):
        context = self.markup.context
        if context.element == 'h' and (context.bare or context.state == 'close'):
            self.generic('HTML_IN_LEVEL', expression, position)
            context.element, context.bare = 'h1', False
            return
        self.settle(position)
        context = self.markup.context
        if context.state == 'tag':
            types = 'HTML_IN_TAG'
            context.space = False
        elif context.state == 'value':
            if context.attribute in NO_VALUE_ATTRIBUTES:
                self.refuse(position, f'no values in {context.attribute}')
            if (context.element, context.attribute) in OWN_FILES and not re.fullmatch(r'asset_url\("[^"]*"\)', expression):
                self.refuse(position, f'a {context.element} comes from a file of ours only: asset_url("…")')
            types = 'HTML_IN_ATTRIBUTE'
            if context.is_url():
                types = 'HTML_IN_URL_PART' if context.begun else 'HTML_IN_URL'
            context.begun = True
        else:
            types = 'HTML_IN_ATTRIBUTE' if context.state == 'rcdata' else 'HTML_IN_TEXT'
        self.generic(types, expression, position)

    def generic(self, types, expression, position):
        """Prints a value by its type; the variable is there so that the C compiler's complaint names this line."""
        self.c('{ __extension__ __auto_type html_value =', expression,
               f'; _Generic(html_value, {types})(out, html_value); }}', position)

    def check_expression(self, expression, position):
        if not expression:
            self.refuse(position, 'an empty tag')
        strings_out = re.sub(r'"(\\.|[^"\\])*"|\'(\\.|[^\'\\])*\'', '""', expression)
        for sign, why in (('\n', 'a line end'), ('<', "a '<'"), (';', "a ';'")):
            if sign in strings_out:
                self.refuse(position, f'{why} inside a value: is the tag closed?')

    def tag_tr(self, rest, position):
        self.need_template(position)
        if not re.fullmatch(r'"(\\.|[^"\\\n])+"', rest):
            self.refuse(position, 'tr takes one string')
        self.print_value(f'html_tr(out, {rest})', position)

    def tag_attr(self, rest, position):
        self.need_template(position)
        self.settle(position)
        parts = re.match(r'([^\s=]+)\s*=\s*(.+)\Z', rest, re.S)
        if not parts or not ATTRIBUTE_NAME.fullmatch(parts.group(1)):
            self.refuse(position, 'attr takes a name, = and a value')
        if self.markup.context.state != 'tag':
            self.refuse(position, 'attr outside a tag')
        name = parts.group(1).lower()
        if (self.markup.context.element, name) in OWN_FILES:
            self.refuse(position, f'a {self.markup.context.element} comes from a file of ours only: write the attribute out')
        self.markup.check_attribute(name, position)
        if name in NO_VALUE_ATTRIBUTES:
            self.refuse(position, f'no values in {name}')
        self.check_expression(parts.group(2), position)
        function = 'html_attribute_url' if name in URL_ATTRIBUTES else 'html_attribute'
        self.markup.context.space = False
        self.c(f'{function}(out, "{name}",', parts.group(2), ');', position + parts.start(2))

    # Blocks

    def open_block(self, kind, position):
        self.need_template(position)
        self.settle(position)
        block = Block(kind, position, self.markup.context)
        self.blocks.append(block)
        return block

    def end_branch(self, kind, position):
        """Checks that the branch ends in the context the block began in."""
        self.need_template(position)
        if not self.blocks or self.blocks[-1].kind != kind:
            self.refuse(position, f'no {kind} is open here' if not self.blocks
                        else f'{self.blocks[-1].kind} is not closed')
        self.settle(position)
        block = self.blocks[-1]
        if self.markup.context.key() != block.begin.key():
            self.refuse(position, 'a block must end in the HTML context it began in: this one began in '
                        f'{PLACES[block.begin.state]} and ends in {PLACES[self.markup.context.state]}')
        block.ends.append(self.markup.context)
        return block

    def close_block(self, block):
        """The context after the block: what holds whichever way it went."""
        after = block.ends[0]
        for end in block.ends[1:]:
            after = after.join(end)
        if not block.has_else:
            after = after.join(block.begin)
        self.markup.context = after.copy()
        self.blocks.pop()
        self.flush()
        self.out.append('}')

    def tag_if(self, rest, position):
        self.open_block('if', position)
        self.condition('if (', rest, position)

    def condition(self, opening, expression, position):
        if not expression:
            self.refuse(position, 'a condition is missing')
        self.c(opening, expression, ') {', position)

    def tag_else(self, rest, position):
        block = self.end_branch('if', position)
        if block.has_else:
            self.refuse(position, 'a branch after else')
        self.markup.context = block.begin.copy()
        otherwise = re.match(r'if\s+', rest)
        if otherwise:
            self.condition('} else if (', rest[otherwise.end():], position + otherwise.end())
        elif rest:
            self.refuse(position, 'else takes nothing, or another if')
        else:
            block.has_else = True
            self.flush()
            self.out.append('} else {')

    def tag_end_if(self, rest, position):
        self.close_block(self.end_branch('if', position))

    def tag_each(self, rest, position):
        block = self.open_block('each', position)
        parts = re.match(r'(?:(.*[\s*]))?(' + NAME + r')\s+in\s+(.+)\Z', rest, re.S)
        if not parts:
            self.refuse(position, 'each takes a name, in, and a list')
        pointer, name, items = parts.groups()
        at = position + parts.start(3)
        index = name + '_i'
        if pointer:
            self.c(f'for (gsize {index} = 0; {index} < (', items, f').n; {index}++) {{', at)
            self.c(f'{pointer.strip()} {name} = (', items, f').items[{index}];', at)
        else:
            last = re.search(r'(?<!\w)' + NAME + r'\Z', items)
            if not last:
                self.refuse(at, 'the list must end in a name x, whose length is in n_x beside it')
            counted = items[:last.start()] + 'n_' + last.group()
            self.c(f'for (gsize {index} = 0; {index} < (gsize)(', counted, f'); {index}++) {{', at)
            self.c(f'__typeof__(&(', items, f')[0]) {name} = &({items})[{index}];', at)
        # A second turn begins where the first ended: the stricter of the two must do for both.
        self.markup.context.space = block.begin.space = self.markup.context.space and block.begin.state != 'tag'

    def tag_end_each(self, rest, position):
        self.close_block(self.end_branch('each', position))

    def tag_call(self, rest, position):
        self.need_text(position, 'a call')
        with_body = re.search(r'\)\s*with\s+(' + NAME + r')\Z', rest)
        expression = rest[:with_body.start() + 1] if with_body else rest
        if not re.match(NAME + r'\s*\(\s*out\b', expression) or not expression.endswith(')'):
            self.refuse(position, 'call takes a function whose first argument is out')
        if not with_body:
            self.c('', expression, ';', position)
            return
        name = with_body.group(1)
        self.open_block('call', position).call = (expression, position, name)
        self.flush()
        self.out.append(f'{{\nconst gsize {name}_mark = html_mark(out);')

    def tag_end_call(self, rest, position):
        block = self.end_branch('call', position)
        expression, call_position, name = block.call
        self.flush()
        self.out.append(f'const HtmlSafe {name} = html_cut(out, {name}_mark);')
        self.c('', expression, ';', call_position)
        self.close_block(block)


def c_string(text):
    """A C string literal; '?' is escaped for the sake of trigraphs."""
    out = ''
    for char in text:
        if char in '\\"':
            out += '\\' + char
        elif char == '\n':
            out += '\\n'
        elif char == '\t':
            out += '\\t'
        elif char == '?':
            out += '\\?'
        elif ord(char) < 32:
            out += f'\\{ord(char):03o}'
        else:
            out += char
    return '"' + out + '"'


def main(arguments):
    if len(arguments) != 3:
        sys.exit('usage: tmplc.py template.html output.c')
    with open(arguments[1], encoding='utf-8') as file:
        text = file.read()
    try:
        compiled = Compiler(arguments[1], text).compile()
    except Refused as refused:
        sys.exit(str(refused))
    with open(arguments[2], 'w', encoding='utf-8') as file:
        file.write(compiled)


if __name__ == '__main__':
    main(sys.argv)

"""Reads the named statements of src/store/sql/*.sql and checks them. See README.md for the format."""

import re
from dataclasses import dataclass, field

ENGINES = ('sqlite', 'postgresql')
TYPES = ('text', 'int', 'bool', 'instant', 'day', 'blob')
KINDS = ('one', 'many', 'exec', 'count')
C_KEYWORDS = set('''auto break case char const continue default do double else enum extern float for goto if inline int
long register restrict return short signed sizeof static struct switch typedef typeof union unsigned void volatile
while tx mem error row values result TRUE FALSE NULL'''.split())
# What means something else, or nothing, on one of the engines, or hides an input: the time is a parameter.
FORBIDDEN = [
    (r'\bI?LIKE\b', 'LIKE is not used: search on a folded column'),
    (r'\bGLOB\b', 'GLOB exists on SQLite alone'),
    (r'\b(INSERT|UPDATE)\s+OR\b|\bREPLACE\s+INTO\b', 'use ON CONFLICT'),
    (r'\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(now|datetime|strftime|julianday|random)\s*\(',
     'time and chance are parameters'),
    (r'::', 'use CAST(x AS type)'),
    (r'\$\d|\?', 'parameters are written :name'),
]


class SqlcError(Exception):
    def __init__(self, path, line, reason):
        super().__init__(f'{path}:{line}: {reason}')


@dataclass
class Field:
    name: str
    type: str
    optional: bool


@dataclass
class Row:
    name: str  # as the C type: CustomerRow
    fields: list
    path: str = ''
    line: int = 0


@dataclass
class Block:
    """One block of a file: a statement's text for one engine or for both."""
    path: str
    line: int
    name: str
    kind: str
    only: str = None
    takes: str = ''  # the words of :in and :out as written
    gives: str = ''
    comment: list = field(default_factory=list)
    body: list = field(default_factory=list)


@dataclass
class Statement:
    name: str
    kind: str
    row_in: Row
    params: list  # Field, those of row_in first
    used: list  # of them, what the text uses, in this order: $1, $2 …
    row_out: Row
    comment: list
    sql: dict  # engine: text with $n


def tokens(sql):
    """Words and signs of an SQL text; strings and quoted names come as one token, comments not at all."""
    pattern = r"""--[^\n]*|'(?:[^']|'')*'|"[^"]*"|::|:[A-Za-z_]\w*|[A-Za-z_]\w*|\d+(?:\.\d+)?|\$\d+|\s+|."""
    return [t for t in re.findall(pattern, sql, re.S) if not t.startswith('--')]


def split_fields(words, path, line):
    fields, seen = [], set()
    for item in filter(None, (w.strip() for w in words.split(','))):
        match = re.fullmatch(r'([a-z][a-z0-9_]*)\s*:\s*([a-z]+)(\?)?', item)
        if not match:
            raise SqlcError(path, line, f"'{item}' is not name:type")
        name, kind, optional = match.group(1), match.group(2), bool(match.group(3))
        if kind not in TYPES:
            raise SqlcError(path, line, f"unknown type '{kind}' of {name}: {', '.join(TYPES)}")
        if kind == 'bool' and optional:
            raise SqlcError(path, line, f"{name}: bool? has no form in C; take int?")
        if name in C_KEYWORDS or name.startswith('ret_'):
            raise SqlcError(path, line, f"'{name}' cannot be a name in the generated C; choose another")
        if name in seen:
            raise SqlcError(path, line, f"'{name}' stands twice")
        seen.add(name)
        fields.append(Field(name, kind, optional))
    return fields


def read_blocks(path, text):
    """Splits a file into its rows and its statement blocks."""
    rows, blocks, comment, block, tail = [], [], [], None, None
    for number, line in enumerate(text.split('\n'), 1):
        match = re.match(r'\s*--\s*:([a-z]+)\b\s*(.*)', line)
        note = re.match(r'\s*--\s?(.*)', line)
        if match:
            word, rest = match.groups()
            rest, tail = rest.strip(), None
            if word == 'row':
                match = re.match(r'([A-Z]\w*)\s*(.*)', rest)
                if not match:
                    raise SqlcError(path, number, ':row needs a name in CamelCase')
                block = None
                rows.append([match.group(1), match.group(2), number])
                tail = rows[-1]
            elif word == 'name':
                match = re.fullmatch(r'([a-z][a-z0-9_]*)\s+:(\w+)(?:\s+:only\s+(\w+))?', rest)
                if not match or match.group(2) not in KINDS:
                    raise SqlcError(path, number, ':name needs a name and a kind: :' + ', :'.join(KINDS))
                block = Block(path, number, match.group(1), match.group(2), match.group(3), comment=comment)
                blocks.append(block)
            elif word in ('in', 'out', 'only'):
                if not block or block.body:
                    raise SqlcError(path, number, f':{word} stands outside a statement\'s head')
                if word == 'only':
                    block.only = rest
                elif word == 'in':
                    block.takes, tail = block.takes + ', ' + rest, 'takes'
                else:
                    block.gives, tail = block.gives + ', ' + rest, 'gives'
            else:
                raise SqlcError(path, number, f"unknown word ':{word}'")
            comment = []
        elif note and tail:  # a list runs over several comment lines
            if isinstance(tail, list):
                tail[1] += ' ' + note.group(1)
            else:
                setattr(block, tail, getattr(block, tail) + ' ' + note.group(1))
        elif note:
            comment.append(note.group(1).strip())
        elif line.strip():
            tail, comment = None, []
            if not block:
                raise SqlcError(path, number, 'SQL outside a statement')
            block.body.append(line)
        else:
            tail = None
            comment = comment if block and not block.body else []
    return rows, blocks


def columns(toks):
    """The result columns of a statement as (verb, lists of tokens), or (verb, None) where the tool cannot tell."""
    depth, verb, start, end = 0, None, None, None
    for i, t in enumerate(toks):
        depth += (t == '(') - (t == ')')
        upper = t.upper()
        if depth:
            continue
        if verb is None and upper in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'VALUES'):
            verb = upper
            start = i + 1 if upper == 'SELECT' else None
        elif verb == 'SELECT' and end is None and upper in ('FROM', 'UNION', 'WHERE', 'ORDER', 'LIMIT'):
            end = i
        elif verb != 'SELECT' and upper == 'RETURNING':
            start, end = i + 1, len(toks)
    if start is None:
        return verb, None
    found, depth = [[]], 0
    for t in toks[start:end]:
        depth += (t == '(') - (t == ')')
        if t == ',' and depth == 0:
            found.append([])
        elif t.strip():
            found[-1].append(t)
    return verb, found


def check_columns(block, toks, row):
    def fail(reason):
        raise SqlcError(block.path, block.line, f'{block.name}: {reason}')

    verb, found = columns(toks)
    if verb is None:
        fail('no SELECT, INSERT, UPDATE or DELETE')
    if block.kind in ('exec', 'count'):
        if verb == 'SELECT' or found is not None:
            fail(f':{block.kind} gives no rows; take :one or :many')
        return
    if found is None:
        fail(f':{block.kind} needs a SELECT or RETURNING')
    if found[0] and found[0][0].upper() in ('DISTINCT', 'ALL'):
        found[0] = found[0][1:]
    if any(c and c[-1] == '*' for c in found):
        fail('name the columns in place of *')
    if len(found) != len(row.fields):
        fail(f'{len(found)} columns, but :out has {len(row.fields)} fields')
    for tok, wanted in zip(found, row.fields):
        plain = len(tok) == 1 or (len(tok) == 3 and tok[1] == '.') or (len(tok) > 1 and tok[-2].upper() == 'AS')
        if plain and re.fullmatch(r'[A-Za-z_]\w*', tok[-1]) and tok[-1].upper() != 'NULL' and tok[-1] != wanted.name:
            fail(f"column '{tok[-1]}' stands where :out has '{wanted.name}'")


def build(blocks, rows):
    """One statement from its one or two blocks."""
    first = blocks[0]

    def fail(block, reason):
        raise SqlcError(block.path, block.line, f'{block.name}: {reason}')

    texts = {}
    for block in blocks:
        if block.only is not None and block.only not in ENGINES:
            fail(block, f":only takes {' or '.join(ENGINES)}")
        if block.only in texts:
            fail(block, 'the name is taken already')
        squeeze = lambda b: (b.kind, ''.join(b.takes.split()), ''.join(b.gives.split()))
        if squeeze(block) != squeeze(first):
            fail(block, 'both blocks of a name need the same kind, :in and :out')
        texts[block.only] = block
    if None not in texts and len(texts) == 1:
        fail(first, f"there is a text for {first.only} alone")

    row_in, params = None, []
    for item in filter(None, (w.strip() for w in first.takes.split(','))):
        if ':' in item:
            params += split_fields(item, first.path, first.line)
        elif item not in rows:
            fail(first, f"unknown row type '{item}'")
        elif row_in:
            fail(first, ':in takes one row type at most')
        else:
            row_in = rows[item]
    plain = list(params)
    params = (row_in.fields if row_in else []) + params
    if len({p.name for p in params}) != len(params):
        fail(first, 'two parameters have the same name')

    gives = first.gives.strip(' ,')
    row_out = None
    if first.kind in ('one', 'many'):
        if not gives:
            fail(first, f':{first.kind} needs an :out')
        if re.fullmatch(r'[A-Z]\w*', gives):
            if gives not in rows:
                fail(first, f"unknown row type '{gives}'")
            row_out = rows[gives]
        else:
            camel = ''.join(w.capitalize() for w in first.name.split('_'))
            row_out = Row(camel + 'Row', split_fields(gives, first.path, first.line), first.path, first.line)
    elif gives:
        fail(first, f':{first.kind} has no :out')

    used, parsed = [], {}
    for block in texts.values():
        sql = ''.join(tokens('\n'.join(block.body))).strip().rstrip(';').strip()
        toks = tokens(sql)
        parsed[block.only] = toks
        bare = ' '.join(t for t in toks if t[0] not in '\'"')
        for pattern, reason in FORBIDDEN:
            if re.search(pattern, bare, re.I):
                fail(block, reason)
        if ';' in toks:
            fail(block, 'one statement a block; a ; stands inside')
        names = [t[1:] for t in toks if re.fullmatch(r':[A-Za-z_]\w*', t)]
        known = {p.name for p in params}
        for name in names:
            if name not in known:
                fail(block, f"parameter ':{name}' is not declared in :in")
        must = params if row_in and re.match(r'\s*INSERT\b', sql, re.I) else plain
        for p in must:
            if p.name not in names:
                fail(block, f"parameter '{p.name}' is declared but not used")
        used += [n for n in names if n not in used]
        check_columns(block, toks, row_out)
    used = [p for p in params if p.name in used]

    index = {p.name: i for i, p in enumerate(used, 1)}
    sql = {}
    for engine in ENGINES:
        toks = parsed[engine if engine in parsed else None]
        text = ''.join(f'${index[t[1:]]}' if re.fullmatch(r':[A-Za-z_]\w*', t) else t for t in toks)
        sql[engine] = re.sub(r'\s*\n\s*', '\n', text.strip())
    comment = next((b.comment for b in blocks if b.comment), [])
    return Statement(first.name, first.kind, row_in, params, used, row_out, comment, sql)


def read(files):
    """files: (path, text) pairs. Returns (rows in use as C types, statements), in order of name."""
    rows, blocks = {}, {}
    for path, text in files:
        found_rows, found_blocks = read_blocks(path, text)
        for name, words, line in found_rows:
            if name in rows:
                raise SqlcError(path, line, f"row type '{name}' is declared already")
            fields = split_fields(words, path, line)
            if not fields:
                raise SqlcError(path, line, f"row type '{name}' has no fields")
            rows[name] = Row(name + 'Row', fields, path, line)
        for block in found_blocks:
            blocks.setdefault(block.name, []).append(block)
    statements = [build(blocks[name], rows) for name in sorted(blocks)]
    types = {row.name: row for row in rows.values()}
    for s in statements:
        if s.row_out and types.setdefault(s.row_out.name, s.row_out) is not s.row_out:
            raise SqlcError(s.row_out.path, s.row_out.line, f"row type '{s.row_out.name}' is declared already")
    return list(types.values()), statements

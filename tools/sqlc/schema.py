"""Makes each engine's text of a migration from the one common form. See README.md."""

import os
import re

from statements import ENGINES, SqlcError

# A type word, and what stands for it. {c} is the column's name.
WORDS = {
    'TEXT': ('TEXT', 'text COLLATE "C"'),
    'INTEGER': ('INTEGER', 'bigint'),
    'INSTANT': ('INTEGER', 'bigint'),
    'BOOLEAN': ('INTEGER CHECK ({c} IN (0, 1))', 'integer CHECK ({c} IN (0, 1))'),
    'DAY': ('TEXT CHECK (length({c}) = 10)', 'text COLLATE "C" CHECK (length({c}) = 10)'),
    # No json_valid(): with trusted_schema off, SQLite 3.40 lets no JSON function into a CHECK.
    'JSON': ('TEXT', 'text COLLATE "C"'),
    'BLOB': ('BLOB', 'bytea'),
}
FOREIGN = r'\b(BIGINT|SMALLINT|SERIAL|BIGSERIAL|VARCHAR|CHAR|TIMESTAMP|DATE|REAL|NUMERIC|JSONB|BYTEA|AUTOINCREMENT)\b'

APPEND_ONLY = {
    'sqlite': '''CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END;
CREATE TRIGGER {t}_no_replace BEFORE INSERT ON {t} WHEN EXISTS (SELECT 1 FROM {t} WHERE {k} = NEW.{k})
BEGIN SELECT RAISE(ABORT, '{t} is append-only'); END;''',
    'postgresql': '''CREATE TRIGGER {t}_no_update BEFORE UPDATE OR DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER {t}_no_truncate BEFORE TRUNCATE ON {t} FOR EACH STATEMENT EXECUTE FUNCTION append_only();''',
}


def blank(text):
    """The text with comments and strings blanked, so that positions stay."""
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'", lambda m: ' ' * len(m.group()), text)


def close_of(bare, start):
    depth = 0
    for i in range(start, len(bare)):
        depth += (bare[i] == '(') - (bare[i] == ')')
        if bare[i] == ')' and depth == 0:
            return i
    return -1


def translate(path, line, text, engine):
    """Type words, and STRICT behind each table on SQLite. line: of the text's first line, for errors."""
    where = ENGINES.index(engine)
    bare = blank(text)
    at = lambda pos: line + bare.count('\n', 0, pos)
    found = re.search(FOREIGN, bare)
    if found:
        raise SqlcError(path, at(found.start()), f"type '{found.group()}' is not of the common form: {', '.join(WORDS)}")
    edits = []
    for m in re.finditer(r'\bCREATE\s+TABLE\s+\w+\s*\(', bare):
        end = close_of(bare, m.end() - 1)
        if end < 0:
            raise SqlcError(path, at(m.start()), 'a table without its closing bracket')
        if engine == 'sqlite':
            edits.append((end + 1, end + 1, ' STRICT'))
    for m in re.finditer(r'\b([a-z]\w*)(\s+)(' + '|'.join(WORDS) + r')\b', bare):
        edits.append((m.start(3), m.end(3), WORDS[m.group(3)][where].format(c=m.group(1))))
    for m in re.finditer(r'\b(AS\s+)(TEXT|INTEGER)\b', bare):  # CAST(x AS TEXT)
        edits.append((m.start(2), m.end(2), {'TEXT': 'TEXT', 'INTEGER': 'BIGINT'}[m.group(2)]))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def engine_text(path, text, engine):
    """The whole migration for one engine."""
    out, piece, piece_line, only = [], [], 1, None

    def flush():
        if piece and only in (None, engine):
            joined = '\n'.join(piece)
            out.append(joined if only else translate(path, piece_line, joined, engine))

    for number, line in enumerate(text.split('\n'), 1):
        m = re.match(r'\s*--\s*:([a-z-]+)\b\s*(.*)', line)
        if not m:
            piece.append(line)
            continue
        flush()
        piece, piece_line = [], number + 1
        word, rest = m.group(1), m.group(2).split()
        if word == 'only' and len(rest) == 1 and rest[0] in ENGINES:
            only = rest[0]
        elif word == 'both' and not rest:
            only = None
        elif word == 'append-only' and len(rest) == 2:
            only = None
            out.append(APPEND_ONLY[engine].format(t=rest[0], k=rest[1]))
        else:
            raise SqlcError(path, number, ':only sqlite|postgresql, :both, or :append-only TABLE KEY')
    flush()
    whole = re.sub(r"'(?:[^']|'')*'|[ \t]*--[^\n]*", lambda m: m.group() if m.group()[0] == "'" else '', '\n'.join(out))
    if not whole.isascii():
        raise SqlcError(path, 1, 'outside comments a migration is written in ASCII')
    return re.sub(r'\n\s*\n+', '\n', whole).strip()


def read(files):
    found = []
    for path, text in sorted(files, key=lambda f: os.path.basename(f[0])):
        m = re.fullmatch(r'(\d{3})-([a-z0-9-]+)\.sql', os.path.basename(path))
        if not m:
            raise SqlcError(path, 1, 'a migration is named NNN-name.sql')
        if int(m.group(1)) != len(found) + 1:
            raise SqlcError(path, 1, f'migration {len(found) + 1:03} is missing or doubled')
        found.append((int(m.group(1)), m.group(2), {e: engine_text(path, text, e) for e in ENGINES}))
    return found

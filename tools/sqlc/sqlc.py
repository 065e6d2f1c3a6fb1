#!/usr/bin/env python3
"""sqlc.py OUTDIR FILE.sql …: statements (…/sql/*.sql) and migrations (…/schema/NNN-name.sql) into typed C.

Writes statements.h, statements.c and migrations.c into OUTDIR. What does not fit is named as file:line: reason, and
nothing is written. A .sql file that lies beside the given ones but was not given is refused: it would be forgotten."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import emit
import schema
import statements


def main(argv):
    out, paths = argv[1], argv[2:]
    try:
        for folder in {os.path.dirname(p) for p in paths}:
            given = {os.path.basename(p) for p in paths if os.path.dirname(p) == folder}
            for name in sorted(os.listdir(folder or '.')):
                if name.endswith('.sql') and name not in given:
                    raise statements.SqlcError(os.path.join(folder, name), 1, 'not listed in src/store/meson.build')
        texts = {}
        for path in paths:
            with open(path, encoding='utf-8') as file:
                texts[path] = file.read()
        is_schema = lambda p: os.path.basename(os.path.dirname(p)) == 'schema'
        rows, found = statements.read([(p, t) for p, t in texts.items() if not is_schema(p)])
        steps = schema.read([(p, t) for p, t in texts.items() if is_schema(p)])
    except statements.SqlcError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in (('statements.h', emit.header(rows, found)), ('statements.c', emit.source(rows, found)),
                       ('migrations.c', emit.migrations(steps))):
        with open(os.path.join(out, name), 'w', encoding='utf-8') as file:
            file.write(text)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))

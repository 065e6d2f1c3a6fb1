#!/usr/bin/env python3
"""assets: puts the static files into one C file, so that the program needs none beside it.

    assets.py NODE_MODULES OWN_FOLDER output.c depfile

Takes the prebuilt files of govuk-frontend, @ministryofjustice/frontend and accessible-autocomplete, and our own
(src/web/static). The GDS
Transport typeface and the crown may be used on GOV.UK only: the @font-face rules and the images with a crown or
crest are left out, and the typeface's name too, so that the style sheets' next choice, Arial, holds.

All files stand under one hash over all of them, /assets/HASH/name: a browser may keep them for ever, the files
find one another by relative paths, and a changed file changes the path. Text is kept gzipped beside the plain
bytes. The C side is src/web/assets.h.
"""
import gzip
import hashlib
import pathlib
import re
import sys

TYPES = {
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
}


def style_sheet(text):
    text = re.sub(r'@font-face\{[^}]*\}', '', text)
    text = re.sub(r'["\']?GDS Transport["\']?,', '', text)
    text = text.replace('url(/assets/images/govuk-crest.svg)', 'none')
    return text.replace('url(/assets/', 'url(')


def packaged(node_modules):
    """Yields (path, name) of what is taken from the packages."""
    govuk = node_modules / 'govuk-frontend/dist/govuk'
    moj = node_modules / '@ministryofjustice/frontend/moj'
    for folder, name in ((govuk, 'govuk-frontend'), (moj, 'moj-frontend')):
        for suffix in ('.min.css', '.min.js'):
            yield folder / (name + suffix), name + suffix
    for suffix in ('.min.css', '.min.js'):
        yield node_modules / 'accessible-autocomplete/dist' / ('accessible-autocomplete' + suffix), 'accessible-autocomplete' + suffix
    for image in sorted((moj / 'assets/images').glob('icon-*.svg')):
        yield image, 'images/' + image.name


def content(path, name):
    data = path.read_bytes()
    if path.suffix in ('.css', '.js'):
        text = re.sub(r'\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$', '\n', data.decode('utf-8'))
        data = (style_sheet(text) if path.suffix == '.css' else text).encode('utf-8')
    for forbidden in (b'GDS Transport', b'@font-face', b'/assets/'):
        if path.suffix == '.css' and forbidden in data:
            sys.exit(f'{path}: {forbidden.decode()} is still in it')
    return data


def c_array(name, data):
    lines = [','.join(map(str, data[i:i + 40])) + ',' for i in range(0, len(data), 40)]
    return f'static const unsigned char {name}[] = {{\n' + '\n'.join(lines) + '\n};\n'


def main(arguments):
    if len(arguments) != 5:
        sys.exit('usage: assets.py NODE_MODULES OWN_FOLDER output.c depfile')
    node_modules, own = pathlib.Path(arguments[1]), pathlib.Path(arguments[2])
    sources = list(packaged(node_modules)) + [(path, path.name) for path in sorted(own.iterdir()) if path.suffix in TYPES]
    for path, _ in sources:
        if not path.exists():
            sys.exit(f'{path} is missing: script/setup fetches it')
    files = sorted((name, content(path, name)) for path, name in sources)

    whole = hashlib.sha256()
    for name, data in files:
        whole.update(f'{name}\0{len(data)}\0'.encode() + data)
    prefix = '/assets/' + whole.hexdigest()[:16] + '/'

    arrays, rows = [], []
    for number, (name, data) in enumerate(files):
        kind = TYPES[pathlib.Path(name).suffix]
        arrays.append(c_array(f'plain_{number}', data))
        packed = gzip.compress(data, 9, mtime=0)
        gzipped = 'NULL, 0'
        if kind != 'image/png' and len(packed) < len(data):
            arrays.append(c_array(f'gzip_{number}', packed))
            gzipped = f'gzip_{number}, sizeof gzip_{number}'
        rows.append(f'\t{{ "{prefix}{name}", "{kind}", plain_{number}, sizeof plain_{number}, {gzipped} }},\n')
    with open(arguments[3], 'w', encoding='utf-8') as file:
        file.write('/* Made by tools/assets.py: do not edit. */\n#include "web/assets.h"\n\n' + '\n'.join(arrays)
                   + f'\nconst gsize assets_prefix_length = {len(prefix)};\n'
                   + 'const Asset assets[] = {\n' + ''.join(rows) + '};\n'
                   + f'const gsize n_assets = {len(rows)};\n')
    with open(arguments[4], 'w', encoding='utf-8') as file:
        file.write(arguments[3] + ': ' + ' '.join(str(path).replace(' ', '\\ ') for path in [own] + [path for path, _ in sources])
                   + '\n')


if __name__ == '__main__':
    main(sys.argv)

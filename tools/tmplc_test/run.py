#!/usr/bin/env python3
"""run: the compiler of templates refuses what it must, with the message it must.

    run.py SOURCE_ROOT CC

refused/*.html are refused by tmplc, uncompilable/*.html by the C compiler at the template's line; the first line of
each says how ('*' stands for anything). Then mutated templates: whatever stands in a file, tmplc answers with C or
with a refusal. Last: who may vouch for markup. Prints TAP.
"""
import fnmatch
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'tmplc'))
from markup import Refused  # noqa: E402
from tmplc import Compiler  # noqa: E402

TRUSTED_FILES = HERE / 'trusted.txt'

results = []


def result(name, problem=None):
    results.append(problem)
    print(f'{"not ok" if problem else "ok"} {len(results)} {name}' + (f'\n# {problem}'.replace('\n', '\n# ')
                                                                     if problem else ''))


def expectation(path):
    first = path.read_text(encoding='utf-8').split('\n', 1)[0]
    return re.fullmatch(r'\{\{! (.*) \}\}', first).group(1)


def compiled(path):
    return Compiler(str(path), path.read_text(encoding='utf-8')).compile()


def refused():
    for path in sorted((HERE / 'refused').glob('*.html')):
        try:
            compiled(path)
            result(f'refused: {path.stem}', 'it was compiled')
        except Refused as problem:
            wanted = expectation(path)
            result(f'refused: {path.stem}', None if wanted in str(problem) else f'said {problem}, not {wanted}')


def uncompilable(source, compiler):
    flags = subprocess.run(['pkg-config', '--cflags', 'glib-2.0'], capture_output=True, text=True,
                           check=True).stdout.split()
    command = compiler + ['-std=gnu17', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', f'-I{source}/src',
                          f'-I{HERE}'] + flags
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted((HERE / 'uncompilable').glob('*.html')):
            out = pathlib.Path(folder) / (path.stem + '.c')
            out.write_text(compiled(path), encoding='utf-8')
            ran = subprocess.run(command + [out], capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C'})
            wanted = f'*{path}:{expectation(path)}*'.replace('[', '[[]')
            fits = ran.returncode != 0 and any(fnmatch.fnmatchcase(line, wanted)
                                               for line in ran.stderr.split('\n'))
            result(f'uncompilable: {path.stem}', None if fits else f'said {ran.stderr}, not {wanted}')


def mutated(source):
    """Every character counts: pieces of real templates, cut and mixed, never confuse the compiler."""
    chance = random.Random(20261124)
    originals = [path.read_text(encoding='utf-8') for path in sorted((source / 'src/web').rglob('*.html'))]
    pieces = ['{{', '}}', '"', "'", '<', '>', '/', '=', '{{if x}}', '{{/if}}', '{{x}}', '<!--', '-->', '</', '\n', '\\',
              '<script>', '<textarea>', '{{each x in y}}', '{{call f(out)}}', '(', ')', '{{template f(Html *out)}}', '\0']
    problem = None
    for _ in range(1500):
        text = chance.choice(originals)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text) + 1)
            text = text[:start] + chance.choice(pieces) + text[start + chance.randint(0, 12):]
        try:
            Compiler('mutated.html', text).compile()
        except Refused:
            pass
        except Exception as failure:    # noqa: BLE001 - whatever it is, it is the finding
            problem = f'{failure!r} on {text!r}'
            break
    result('mutated templates are compiled or refused', problem)


def vouching(source):
    trusted = set(TRUSTED_FILES.read_text(encoding='utf-8').split())
    makers = re.compile(r'\bhtml_trust\s*\(|\(HtmlSafe\)\s*\{|\.markup\s*=[^=]|\.html\s*=\s*\{\s*[".a-z]')
    found = set()
    for path in sorted((source / 'src').rglob('*.[ch]')) + sorted((source / 'src').rglob('*.html')):
        if makers.search(path.read_text(encoding='utf-8')):
            found.add(str(path.relative_to(source)))
    strangers = sorted(found - trusted)
    result('only the listed files vouch for markup (trusted.txt)', ', '.join(strangers) or None)


def main(arguments):
    source, compiler = pathlib.Path(arguments[1]), arguments[2:]
    refused()
    uncompilable(source, compiler)
    mutated(source)
    vouching(source)
    print(f'1..{len(results)}')
    sys.exit(1 if any(results) else 0)


if __name__ == '__main__':
    main(sys.argv)

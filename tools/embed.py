#!/usr/bin/env python3
"""embed: puts text files into one C file, so that the program needs none beside it.

    embed.py NAME HEADER output.c FILE…

Defines `const EmbeddedFile NAME[]` of {name, text}, ended by {NULL, NULL}; HEADER declares the type. Names are the
files' own, without folders, in the order of the command.
"""
import pathlib
import sys


def c_array(name, data):
    """The bytes as signed char values (an array has no longest length, a string literal has)."""
    values = [str(b - 256 if b > 127 else b) for b in data] + ['0']
    lines = [','.join(values[i:i + 40]) + ',' for i in range(0, len(values), 40)]
    return f'static const char {name}[] = {{\n' + '\n'.join(lines) + '\n};\n'


def main():
    name, header, output = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    files = [pathlib.Path(f) for f in sys.argv[4:]]
    parts = [f'/* Made by tools/embed.py. */\n#include "{header}"\n\n']
    parts += [c_array(f'file_{i}', file.read_bytes()) for i, file in enumerate(files)]
    rows = ''.join(f'\t{{"{file.name}", file_{i}}},\n' for i, file in enumerate(files))
    parts.append(f'\nconst EmbeddedFile {name}[] = {{\n{rows}\t{{NULL, NULL}},\n}};\n')
    output.write_text(''.join(parts), 'utf-8')


main()

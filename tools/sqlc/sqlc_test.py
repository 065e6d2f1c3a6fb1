#!/usr/bin/env python3
"""Tests of sqlc: what it makes, and what it must refuse, with the line it must name."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import emit
import schema
import statements
from statements import SqlcError

# (what is wrong, the file, the line, a word of the reason)
MUST_FAIL = [
    ('a doubled name', '-- :name a :exec\nDELETE FROM t;\n\n-- :name a :exec\nDELETE FROM t;\n', 4, 'taken'),
    ('an unknown row type', '-- :name a :one\n-- :out Nobody\nSELECT x FROM t;\n', 1, "unknown row type 'Nobody'"),
    ('an unknown row type in', '-- :name a :exec\n-- :in Nobody\nDELETE FROM t;\n', 1, "unknown row type 'Nobody'"),
    ('a doubled row type', '-- :row A x:int\n-- :row A x:int\n', 2, 'declared already'),
    ('an empty row type', '-- :row A\n', 1, 'no fields'),
    ('an unknown type', '-- :row A x:float\n', 1, "unknown type 'float'"),
    ('no type', '-- :row A x, y:int\n', 1, 'is not name:type'),
    ('a doubled field', '-- :row A x:int, x:text\n', 1, 'stands twice'),
    ('a name that C keeps', '-- :row A default:int\n', 1, 'cannot be a name'),
    ('a name of the generated code', '-- :row A ret_row:int\n', 1, 'cannot be a name'),
    ('an optional bool', '-- :row A x:bool?\n', 1, 'int?'),
    ('an undeclared parameter', '-- :name a :exec\nDELETE FROM t WHERE x = :x;\n', 1, 'not declared'),
    ('an unused parameter', '-- :name a :exec\n-- :in x:int\nDELETE FROM t;\n', 1, 'not used'),
    ('a parameter in a string only', "-- :name a :exec\n-- :in x:int\nDELETE FROM t WHERE y = ':x';\n", 1, 'not used'),
    ('an INSERT that forgets a field',
     '-- :row A x:int, y:int\n-- :name a :exec\n-- :in A\nINSERT INTO t (x) VALUES (:x);\n', 2, 'not used'),
    ('too few columns', '-- :name a :one\n-- :out x:int, y:int\nSELECT x FROM t;\n', 1, '1 columns'),
    ('too many columns', '-- :name a :one\n-- :out x:int\nSELECT x, max(y, z) FROM t;\n', 1, '2 columns'),
    ('swapped columns', '-- :name a :one\n-- :out x:int, y:int\nSELECT t.y, t.x FROM t;\n', 1, "column 'y'"),
    ('a wrong alias', '-- :name a :one\n-- :out x:int\nSELECT max(x) AS y FROM t;\n', 1, "column 'y'"),
    ('columns of RETURNING', '-- :name a :one\n-- :out x:int\nDELETE FROM t RETURNING x, y;\n', 1, '2 columns'),
    ('a star', '-- :name a :one\n-- :out x:int\nSELECT * FROM t;\n', 1, 'name the columns'),
    ('rows from :exec', '-- :name a :exec\nSELECT x FROM t;\n', 1, 'gives no rows'),
    ('RETURNING from :count', '-- :name a :count\nDELETE FROM t RETURNING x;\n', 1, 'gives no rows'),
    ('no rows from :one', '-- :name a :one\n-- :out x:int\nDELETE FROM t;\n', 1, 'needs a SELECT or RETURNING'),
    (':one without :out', '-- :name a :one\nSELECT x FROM t;\n', 1, 'needs an :out'),
    (':exec with :out', '-- :name a :exec\n-- :out x:int\nDELETE FROM t;\n', 1, 'has no :out'),
    ('LIKE', "-- :name a :one\n-- :out x:int\nSELECT x FROM t WHERE y LIKE 'a%';\n", 1, 'LIKE'),
    ('the clock', '-- :name a :exec\nUPDATE t SET x = now();\n', 1, 'parameters'),
    ('INSERT OR', '-- :name a :exec\nINSERT OR REPLACE INTO t (x) VALUES (1);\n', 1, 'ON CONFLICT'),
    ('a cast of one engine', '-- :name a :one\n-- :out x:int\nSELECT x::bigint AS x FROM t;\n', 1, 'CAST'),
    ('a numbered parameter', '-- :name a :exec\nDELETE FROM t WHERE x = $1;\n', 1, ':name'),
    ('two statements', '-- :name a :exec\nDELETE FROM t; DELETE FROM u;\n', 1, 'one statement'),
    ('an unknown kind', '-- :name a :some\nSELECT x FROM t;\n', 1, 'kind'),
    ('an unknown word', '-- :nane a :one\n', 1, 'unknown word'),
    ('SQL outside a statement', 'SELECT x FROM t;\n', 1, 'outside'),
    (':in after the SQL', '-- :name a :exec\nDELETE FROM t\n-- :in x:int\nWHERE x = :x;\n', 3, 'outside'),
    ('an unknown engine', '-- :name a :exec :only oracle\nDELETE FROM t;\n', 1, ':only takes'),
    ('one engine alone', '-- :name a :exec :only sqlite\nDELETE FROM t;\n', 1, 'alone'),
    ('two faces of one name',
     '-- :name a :exec :only sqlite\n-- :in x:int\nDELETE FROM t WHERE x = :x;\n'
     '-- :name a :exec :only postgresql\n-- :in x:text\nDELETE FROM t WHERE x = :x;\n', 4, 'same kind'),
    ('a row type that a list makes too',
     '-- :row AB x:int\n-- :name a_b :one\n-- :out x:int\nSELECT x FROM t;\n', 2, 'declared already'),
]

SCHEMA_MUST_FAIL = [
    ('a type of one engine', 'CREATE TABLE t (\n\tx JSONB NOT NULL\n);\n', 2, 'JSONB'),
    ('an unknown block', '-- :only oracle\n', 1, ':only'),
    ('a table without end', 'CREATE TABLE t (x INTEGER', 1, 'bracket'),
]


class Statements(unittest.TestCase):
    def test_must_fail(self):
        for what, text, line, word in MUST_FAIL:
            with self.subTest(what):
                with self.assertRaises(SqlcError) as caught:
                    statements.read([('f.sql', text)])
                self.assertTrue(str(caught.exception).startswith(f'f.sql:{line}: '), caught.exception)
                self.assertIn(word, str(caught.exception))

    def one(self, text):
        rows, found = statements.read([('f.sql', text)])
        self.assertEqual(len(found), 1)
        return rows, found[0]

    def test_parameters_are_numbered_as_declared(self):
        _, s = self.one("-- :name a :count\n-- :in b:int, a:text?\nUPDATE t SET x = ':b' || :a, y = :b WHERE a = :a;\n")
        self.assertEqual(s.sql['sqlite'], "UPDATE t SET x = ':b' || $2, y = $1 WHERE a = $2")
        self.assertEqual([p.name for p in s.used], ['b', 'a'])
        self.assertEqual(emit.signature(s),
                         'gboolean sql_a(Tx *tx, gint64 b, const char *a, gint64 *ret_changed, GError **error)')

    def test_a_row_type_runs_over_lines_and_goes_in_and_out(self):
        rows, s = self.one('-- :row Cat name:text,\n--   born:day?\n\n-- :name cat :many\n-- :in Cat, n:int\n-- :out Cat\n'
                           'SELECT c.name, born FROM cat c WHERE name = :name LIMIT :n;\n')
        self.assertEqual([(f.name, f.type, f.optional) for f in rows[0].fields],
                         [('name', 'text', False), ('born', 'day', True)])
        self.assertEqual([p.name for p in s.used], ['name', 'n'])  # a SELECT need not use all fields
        self.assertEqual(emit.signature(s), 'gboolean sql_cat(Tx *tx, Arena *mem, const CatRow *row, gint64 n, '
                                            'CatRow **ret_rows, gsize *ret_n, GError **error)')

    def test_an_engine_may_have_its_own_text(self):
        _, s = self.one('-- :name a :many\n-- :in l:text\n-- :out x:text\nSELECT value AS x FROM json_each(:l);\n'
                        '-- :name a :many\n-- :in l:text\n-- :out x:text\n-- :only postgresql\n'
                        'SELECT x FROM jsonb_array_elements_text(CAST(:l AS jsonb)) AS x;\n')
        self.assertIn('json_each($1)', s.sql['sqlite'])
        self.assertIn('jsonb_array_elements_text', s.sql['postgresql'])

    def test_columns_behind_with_and_in_brackets(self):
        self.one('-- :name a :one\n-- :out x:int, y:int\nWITH v AS (SELECT x, y, z FROM t)\n'
                 'SELECT DISTINCT x, (SELECT max(y, 2) FROM v) AS y FROM v;\n')

    def test_comments_become_the_functions_manual(self):
        rows, s = self.one('-- About the file.\n\n-- What it does.\n-- :name a :exec\nDELETE FROM t; -- all of it\n')
        self.assertEqual(s.comment, ['What it does.'])
        self.assertEqual(s.sql['sqlite'], 'DELETE FROM t')
        self.assertIn('/* What it does. */', emit.header(rows, [s]))


class Schema(unittest.TestCase):
    def test_must_fail(self):
        for what, text, line, word in SCHEMA_MUST_FAIL:
            with self.subTest(what):
                with self.assertRaises(SqlcError) as caught:
                    schema.read([('001-x.sql', text)])
                self.assertTrue(str(caught.exception).startswith(f'001-x.sql:{line}: '), caught.exception)
                self.assertIn(word, str(caught.exception))

    def test_names_and_order(self):
        for name in ('1-x.sql', '002-x.sql', '001-X.sql'):
            with self.assertRaises(SqlcError):
                schema.read([(name, '')])

    def test_type_words(self):
        text = ("CREATE TABLE t ( -- a 'table\n\tref TEXT PRIMARY KEY, -- é\n\tn INTEGER NOT NULL CHECK (n IN (1, 2)),\n"
                "\tat INSTANT,\n\tb BOOLEAN NOT NULL,\n\td DAY,\n\tj JSON,\n\tf BLOB,\n"
                "\tx TEXT DEFAULT 'a TEXT -- b',\n\tUNIQUE (n, at)\n);\n")
        found = schema.read([('001-x.sql', text)])[0][2]
        self.assertEqual(found['sqlite'].split('\n'), [
            'CREATE TABLE t (', '\tref TEXT PRIMARY KEY,', '\tn INTEGER NOT NULL CHECK (n IN (1, 2)),',
            '\tat INTEGER,', '\tb INTEGER CHECK (b IN (0, 1)) NOT NULL,', '\td TEXT CHECK (length(d) = 10),',
            '\tj TEXT,', '\tf BLOB,', "\tx TEXT DEFAULT 'a TEXT -- b',", '\tUNIQUE (n, at)', ') STRICT;'])
        self.assertEqual(found['postgresql'].split('\n'), [
            'CREATE TABLE t (', '\tref text COLLATE "C" PRIMARY KEY,', '\tn bigint NOT NULL CHECK (n IN (1, 2)),',
            '\tat bigint,', '\tb integer CHECK (b IN (0, 1)) NOT NULL,',
            '\td text COLLATE "C" CHECK (length(d) = 10),', '\tj text COLLATE "C",', '\tf bytea,',
            "\tx text COLLATE \"C\" DEFAULT 'a TEXT -- b',", '\tUNIQUE (n, at)', ');'])

    def test_blocks_of_one_engine(self):
        text = '-- :only sqlite\nA TEXT;\n-- :only postgresql\nB;\n-- :both\nCREATE INDEX i ON t (x);\n'
        found = schema.read([('001-x.sql', text)])[0][2]
        self.assertEqual(found['sqlite'], 'A TEXT;\nCREATE INDEX i ON t (x);')
        self.assertEqual(found['postgresql'], 'B;\nCREATE INDEX i ON t (x);')

    def test_append_only(self):
        found = schema.read([('001-x.sql', '-- :append-only t n\n')])[0][2]
        self.assertEqual(found['sqlite'].count('CREATE TRIGGER'), 3)
        self.assertIn('TRUNCATE', found['postgresql'])


if __name__ == '__main__':
    unittest.main()

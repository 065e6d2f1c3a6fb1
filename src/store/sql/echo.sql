-- Every type over to the database and back, without a table: what the contract test holds both engines to, and
-- the cheapest way to ask whether the database answers.
-- :row Echo t:text, n:int, b:bool, at:instant, d:day, f:blob
-- :row EchoOptional t:text?, n:int?, at:instant?, d:day?, f:blob?

-- :name echo :one
-- :in Echo
-- :out Echo
SELECT :t AS t, :n AS n, :b AS b, :at AS at, :d AS d, :f AS f;

-- :name echo_optional :one
-- :in EchoOptional
-- :out EchoOptional
SELECT :t AS t, :n AS n, :at AS at, :d AS d, :f AS f;

-- The parameters may be absent, the columns may not: a bug where one is.
-- :name echo_strict :one
-- :in EchoOptional
-- :out t:text, n:int, at:instant, d:day, f:blob
SELECT :t AS t, :n AS n, :at AS at, :d AS d, :f AS f;

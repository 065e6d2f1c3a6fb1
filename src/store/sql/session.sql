-- Sessions and failed sign-ins: written without an act.
-- :row Session hash:text, user_name:text, form_key:text, created_at:instant, seen_at:instant, ends_at:instant

-- :name session_add :exec
-- :in Session
INSERT INTO session (hash, user_name, form_key, created_at, seen_at, ends_at)
VALUES (:hash, :user_name, :form_key, :created_at, :seen_at, :ends_at);

-- Only while it lasts, and while the person has not left.
-- :name session_by_hash :one
-- :in hash:text, now:instant, idle_since:instant
-- :out user_name:text, name:text, form_key:text, seen_at:instant
SELECT s.user_name, p.name, s.form_key, s.seen_at
FROM session s JOIN staff p ON p.user_name = s.user_name
WHERE s.hash = :hash AND s.ends_at > :now AND s.seen_at > :idle_since AND p.ended_at IS NULL;

-- :name session_seen :count
-- :in hash:text, now:instant
UPDATE session SET seen_at = :now WHERE hash = :hash;

-- :name session_end :count
-- :in hash:text
DELETE FROM session WHERE hash = :hash;

-- Those that have ended by themselves.
-- :name sessions_drop :count
-- :in now:instant, idle_since:instant
DELETE FROM session WHERE ends_at <= :now OR seen_at <= :idle_since;

-- :name sessions_end_of :count
-- :in user_name:text
DELETE FROM session WHERE user_name = :user_name;

-- :name sign_in_failures :one
-- :in name:text, address:text, since:instant
-- :out tries:int
SELECT count(*) AS tries FROM sign_in_failure WHERE name = :name AND address = :address AND at > :since;

-- :name sign_in_failure_add :exec
-- :in name:text, address:text, at:instant
INSERT INTO sign_in_failure (name, address, at) VALUES (:name, :address, :at);

-- :name sign_in_failures_drop :count
-- :in before:instant
DELETE FROM sign_in_failure WHERE at < :before;

-- Sessions: written without an act.
-- :row Session hash:text, user_name:text, form_key:text, created_at:instant, seen_at:instant, ends_at:instant,
--   half:bool, address:text, browser:text

-- :name session_add :exec
-- :in Session
INSERT INTO session (hash, user_name, form_key, created_at, seen_at, ends_at, half, address, browser)
VALUES (:hash, :user_name, :form_key, :created_at, :seen_at, :ends_at, :half, :address, :browser);

-- Only while it lasts, and while the person has not left. Half: the password was right, the code is still asked for.
-- :name session_by_hash :one
-- :in hash:text, now:instant, idle_since:instant
-- :out user_name:text, name:text, form_key:text, seen_at:instant, half:bool
SELECT s.user_name, p.name, s.form_key, s.seen_at, s.half
FROM session s JOIN staff p ON p.user_name = s.user_name
WHERE s.hash = :hash AND s.ends_at > :now AND s.seen_at > :idle_since AND p.ended_at IS NULL;

-- A person's whole ones, the last used first.
-- :name sessions_of :many
-- :in user_name:text, now:instant, idle_since:instant
-- :out Session
SELECT hash, user_name, form_key, created_at, seen_at, ends_at, half, address, browser
FROM session WHERE user_name = :user_name AND half = 0 AND ends_at > :now AND seen_at > :idle_since
ORDER BY seen_at DESC, hash;

-- :name session_seen :count
-- :in hash:text, now:instant
UPDATE session SET seen_at = :now WHERE hash = :hash;

-- :name session_end :count
-- :in hash:text
DELETE FROM session WHERE hash = :hash;

-- :name session_end_own :count
-- :in hash:text, user_name:text
DELETE FROM session WHERE hash = :hash AND user_name = :user_name;

-- Those that have ended by themselves.
-- :name sessions_drop :count
-- :in now:instant, idle_since:instant
DELETE FROM session WHERE ends_at <= :now OR seen_at <= :idle_since;

-- All of a person but this one; NULL: all.
-- :name sessions_end_of :count
-- :in user_name:text, but:text?
DELETE FROM session WHERE user_name = :user_name AND (:but IS NULL OR hash <> :but);

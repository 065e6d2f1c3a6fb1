-- :name counter_next :one
-- :in kind:text, year:int
-- :out last:int
INSERT INTO counter (kind, year, last) VALUES (:kind, :year, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = counter.last + 1
RETURNING last;

-- What was answered to this actor's request; no row: not asked yet.
-- :name request_answer :one
-- :in actor:text, request_id:text
-- :out hash:text, answer:text
SELECT hash, answer FROM request_answer WHERE actor = :actor AND request_id = :request_id;

-- :name request_answer_add :exec
-- :in actor:text, request_id:text, hash:text, answer:text
INSERT INTO request_answer (actor, request_id, hash, answer) VALUES (:actor, :request_id, :hash, :answer);

-- K4. The number is the next of counter 'viewing', year 0: so it grows in the order of commits on both engines.
-- :name viewing_add :exec
-- :in number:int, at:instant, actor:text, subject:text, what:text
INSERT INTO viewing (number, at, actor, subject, what) VALUES (:number, :at, :actor, :subject, :what);

-- :row Viewing number:int, at:instant, actor:text, subject:text, what:text

-- :name viewing_page :many
-- :in after:int, n:int
-- :out Viewing
SELECT number, at, actor, subject, what FROM viewing WHERE number > :after ORDER BY number LIMIT :n;

-- :name viewing_subject_page :many
-- :in subject:text, after:int, n:int
-- :out Viewing
SELECT number, at, actor, subject, what
FROM viewing WHERE subject = :subject AND number > :after ORDER BY number LIMIT :n;

-- :name meta_get :one
-- :in key:text
-- :out value:text
SELECT value FROM meta WHERE key = :key;

-- :name meta_set :exec
-- :in key:text, value:text
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- Set once: an error of kind conflict where the key stands already.
-- :name meta_add :exec
-- :in key:text, value:text
INSERT INTO meta (key, value) VALUES (:key, :value);

-- Set once: what stands already stays, and nothing changes.
-- :name meta_keep :count
-- :in key:text, value:text
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING;

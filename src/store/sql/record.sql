-- :row Head number:int, recorded_at:instant, hash:text
-- :row Entry number:int, recorded_at:instant, actor:text, via:text, act:text, casefile:text?, subject:text?,
--   pack:text?, content_hash:text, hash:text

-- Waits for the acts before this one: from here on nobody else's act runs.
-- :name record_head_take :count
UPDATE record_head SET number = number WHERE one = 1;

-- :name record_head :one
-- :out Head
SELECT number, recorded_at, hash FROM record_head WHERE one = 1;

-- :name record_head_move :count
-- :in Head
UPDATE record_head SET number = :number, recorded_at = :recorded_at, hash = :hash WHERE one = 1;

-- :name record_add :exec
-- :in Entry
INSERT INTO record (number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash)
VALUES (:number, :recorded_at, :actor, :via, :act, :casefile, :subject, :pack, :content_hash, :hash);

-- :name record_content_add :exec
-- :in number:int, salt:blob, content:text
INSERT INTO record_content (number, salt, content) VALUES (:number, :salt, :content);

-- :name record_entry :one
-- :in number:int
-- :out Entry
SELECT number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash
FROM record WHERE number = :number;

-- The entries after a number, oldest first.
-- :name record_page :many
-- :in after:int, n:int
-- :out Entry
SELECT number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash
FROM record WHERE number > :after ORDER BY number LIMIT :n;

-- The other way round: the newest before a number.
-- :name record_page_back :many
-- :in before:int, n:int
-- :out Entry
SELECT number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash
FROM record WHERE number < :before ORDER BY number DESC LIMIT :n;

-- :name record_casefile_page :many
-- :in casefile:text, after:int, n:int
-- :out Entry
SELECT number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash
FROM record WHERE casefile = :casefile AND number > :after ORDER BY number LIMIT :n;

-- :name record_subject_page :many
-- :in subject:text, after:int, n:int
-- :out Entry
SELECT number, recorded_at, actor, via, act, casefile, subject, pack, content_hash, hash
FROM record WHERE subject = :subject AND number > :after ORDER BY number LIMIT :n;

-- No row: disposed, or missing.
-- :name record_content :one
-- :in number:int
-- :out salt:blob, content:text
SELECT salt, content FROM record_content WHERE number = :number;

-- A piece of the record as record_verify reads it.
-- :name record_verify_page :many
-- :in after:int, n:int
-- :out number:int, recorded_at:instant, actor:text, via:text, act:text, casefile:text?, subject:text?, pack:text?,
--   content_hash:text, hash:text, salt:blob?, content:text?, disposed_by:int?
SELECT r.number, r.recorded_at, r.actor, r.via, r.act, r.casefile, r.subject, r.pack, r.content_hash, r.hash,
	c.salt, c.content, d.entry AS disposed_by
FROM record r LEFT JOIN record_content c ON c.number = r.number LEFT JOIN disposed d ON d.number = r.number
WHERE r.number > :after
ORDER BY r.number LIMIT :n;

-- :name disposed_add :exec
-- :in number:int, entry:int
INSERT INTO disposed (number, entry) VALUES (:number, :entry);

-- :name record_content_delete :count
-- :in number:int
DELETE FROM record_content WHERE number = :number;

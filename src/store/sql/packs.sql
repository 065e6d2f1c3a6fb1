-- Policy packs as adopted: their bytes.
-- :row Pack label:text, name:text, version:int, in_force:day, hash:text, adopted_at:instant, adopted_by:text

-- :name pack_by_label :one
-- :in label:text
-- :out Pack
SELECT label, name, version, in_force, hash, adopted_at, adopted_by FROM pack WHERE label = :label;

-- The pack in force on a day: the latest that had come into force by then, the later version of the same day's.
-- :name pack_on_day :one
-- :in on_day:day
-- :out Pack
SELECT label, name, version, in_force, hash, adopted_at, adopted_by FROM pack
WHERE in_force <= :on_day ORDER BY in_force DESC, adopted_at DESC, version DESC LIMIT 1;

-- :name pack_list :many
-- :out Pack
SELECT label, name, version, in_force, hash, adopted_at, adopted_by FROM pack ORDER BY in_force, adopted_at, label;

-- :name pack_add :exec
-- :in Pack
INSERT INTO pack (label, name, version, in_force, hash, adopted_at, adopted_by)
VALUES (:label, :name, :version, :in_force, :hash, :adopted_at, :adopted_by);

-- :name pack_file_add :exec
-- :in pack:text, path:text, bytes:blob
INSERT INTO pack_file (pack, path, bytes) VALUES (:pack, :path, :bytes);

-- :name pack_files :many
-- :in pack:text
-- :out path:text, bytes:blob
SELECT path, bytes FROM pack_file WHERE pack = :pack ORDER BY path;

-- What somebody began to write and keeps for later: no act, and nobody else's to see.
-- :row Draft user_name:text, act:text, about:text, form:text, saved_at:instant

-- :name draft_save :exec
-- :in Draft
INSERT INTO draft (user_name, act, about, form, saved_at) VALUES (:user_name, :act, :about, :form, :saved_at)
ON CONFLICT (user_name, act, about) DO UPDATE SET form = excluded.form, saved_at = excluded.saved_at;

-- :name draft_load :one
-- :in user_name:text, act:text, about:text
-- :out Draft
SELECT user_name, act, about, form, saved_at FROM draft
WHERE user_name = :user_name AND act = :act AND about = :about;

-- :name draft_list :many
-- :in user_name:text
-- :out act:text, about:text, saved_at:instant
SELECT act, about, saved_at FROM draft WHERE user_name = :user_name ORDER BY saved_at DESC, act, about;

-- :name draft_drop :count
-- :in user_name:text, act:text, about:text
DELETE FROM draft WHERE user_name = :user_name AND act = :act AND about = :about;

-- Forms that were sent: no act, and nobody else's to see.
-- :row SentForm user_name:text, about:text, fingerprint:text, request_id:text, sent_at:instant

-- The same form under another request_id, where that was done; no row: never, or it was refused.
-- :name sent_form_done :one
-- :in user_name:text, about:text, fingerprint:text, request_id:text
-- :out sent_at:instant, answer:text
SELECT s.sent_at, r.answer FROM sent_form s
JOIN request_answer r ON r.actor = s.user_name AND r.request_id = s.request_id
WHERE s.user_name = :user_name AND s.about = :about AND s.fingerprint = :fingerprint AND s.request_id <> :request_id;

-- :name sent_form_save :exec
-- :in SentForm
INSERT INTO sent_form (user_name, about, fingerprint, request_id, sent_at)
VALUES (:user_name, :about, :fingerprint, :request_id, :sent_at)
ON CONFLICT (user_name, about, fingerprint) DO UPDATE SET request_id = excluded.request_id, sent_at = excluded.sent_at;

-- :name sent_form_drop_old :count
-- :in user_name:text, before:instant
DELETE FROM sent_form WHERE user_name = :user_name AND sent_at < :before;

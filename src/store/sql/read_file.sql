-- What the casefile's page shows beside its steps: entries that are added to it, what eased an arrangement, disputes;
-- and what was decided in like cases.

-- :name file_evidence :many
-- :in casefile:text
-- :out ref:text, report:text?, contact:text?, what:text, file_name:text, media_type:text, size:int,
--   obtained_at:instant, by_user:text, at:instant, struck_at:instant?
SELECT ref, report, contact, what, file_name, media_type, size, obtained_at, by_user, at, struck_at
FROM evidence WHERE casefile = :casefile ORDER BY at, ref;

-- :name file_variations :many
-- :in casefile:text
-- :out ref:text, arrangement:text, kind:text, dispute:text?, reasons:text, agreement:text?, by_user:text,
--   capacity:text, at:instant
SELECT ref, arrangement, kind, dispute, reasons, agreement, by_user, capacity, at
FROM variation WHERE casefile = :casefile ORDER BY at, ref;

-- :name file_closing :one
-- :in casefile:text
-- :out close_words:text?, closed_by:text?
SELECT close_words, closed_by FROM casefile WHERE ref = :casefile;

-- Letters that could not be e-mailed, and are tried no more.
-- :name file_given_up :many
-- :in casefile:text
-- :out notice:text
SELECT DISTINCT o.notice FROM outbox o JOIN notice l ON l.ref = o.notice
WHERE l.casefile = :casefile AND o.given_up_at IS NOT NULL ORDER BY o.notice;

-- A7, G17: decisions that were given in any casefile with behaviour of that heading, newest first.
-- :name file_precedents :many
-- :in heading:text, casefile:text?, n:int
-- :out ref:text, outcome:text, restrictions:text, until_on:day?, complete_at:instant, pack:text, warning:text?,
--   reports:text, from_at:instant?, ended_at:instant?
SELECT d.ref, d.outcome, d.restrictions, d.until_on, d.complete_at, d.pack, q.warning, q.reports, a.from_at, a.ended_at
FROM decision d JOIN request q ON q.ref = d.request
	LEFT JOIN arrangement a ON a.decision = d.ref AND a.variation IS NULL
WHERE d.complete_at IS NOT NULL AND d.outcome <> 'returned' AND (:casefile IS NULL OR d.casefile <> :casefile)
	AND d.casefile IN (SELECT casefile FROM assessment WHERE heading = :heading)
ORDER BY d.complete_at DESC, d.ref DESC LIMIT :n;

-- G8: who may come to decide for a function: heads of function, and who is named to act for its own.
-- :name file_deciders :many
-- :in function:text, today:day
-- :out user_name:text, name:text
SELECT user_name, name FROM staff
WHERE ended_at IS NULL AND (
	user_name IN (SELECT user_name FROM role_grant WHERE role = 'head-of-function' AND ended_at IS NULL)
	OR user_name IN (SELECT user_name FROM substitute
		WHERE function = :function AND until_on >= :today AND ended_at IS NULL))
ORDER BY name, user_name;

-- Easing and ending: what varied or lifted an arrangement, what has run out, and the closing of a casefile (R8, G1, G3).
-- :row Variation ref:text, casefile:text, arrangement:text, kind:text, dispute:text?, reasons:text, lifting:text?,
--   agreement:text?, by_user:text, capacity:text, at:instant, pack:text

-- :name variation_add :exec
-- :in Variation
INSERT INTO variation (ref, casefile, arrangement, kind, dispute, reasons, lifting, agreement, by_user, capacity, at, pack)
VALUES (:ref, :casefile, :arrangement, :kind, :dispute, :reasons, :lifting, :agreement, :by_user, :capacity, :at, :pack);

-- :name variation_by_ref :one
-- :in ref:text
-- :out Variation
SELECT ref, casefile, arrangement, kind, dispute, reasons, lifting, agreement, by_user, capacity, at, pack
FROM variation WHERE ref = :ref;

-- :name casefile_variations :many
-- :in casefile:text
-- :out Variation
SELECT ref, casefile, arrangement, kind, dispute, reasons, lifting, agreement, by_user, capacity, at, pack
FROM variation WHERE casefile = :casefile ORDER BY ref;

-- What waits to take the place of an arrangement takes that of the one that it was varied to.
-- :name arrangement_supersede_instead :count
-- :in was:text, now:text
UPDATE arrangement SET supersedes = :now WHERE supersedes = :was AND ref <> :now;

-- Nobody ended them, and their last day or their review is past: whether a missed review ends one is its pack's to say.
-- :name arrangements_run_out :many
-- :in today:day
-- :out ref:text, casefile:text, until_on:day?, review_on:day, pack:text
SELECT a.ref, a.casefile, a.until_on, a.review_on, a.pack
FROM arrangement a JOIN casefile c ON c.ref = a.casefile
WHERE a.ended_at IS NULL AND c.closed_at IS NULL AND (a.until_on < :today OR a.review_on < :today) ORDER BY a.ref;

-- :name casefile_close :count
-- :in ref:text, closed_at:instant, outcome:text, close_words:text, closed_by:text
UPDATE casefile SET closed_at = :closed_at, outcome = :outcome, close_words = :close_words, closed_by = :closed_by
WHERE ref = :ref AND closed_at IS NULL;

-- D2: another course that the customer agreed to, for the gate: what it took the place of, and when its letter was
-- delivered.
-- :name gate_agreed :many
-- :out arrangement:text, was:text?, told_at:instant?
SELECT a.ref AS arrangement, a.supersedes AS was, CASE WHEN n.returned_at IS NULL THEN n.delivered_at END AS told_at
FROM variation v JOIN arrangement a ON a.variation = v.ref LEFT JOIN notice n ON n.ref = a.notice
WHERE v.agreement IS NOT NULL AND a.from_at IS NOT NULL ORDER BY a.ref;

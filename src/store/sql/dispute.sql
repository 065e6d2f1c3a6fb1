-- Disputes: what the customer says against a decision, and what came of it (D1 to D3).
-- :row Dispute ref:text, number:int, casefile:text, customer:text, decision:text, channel:text, words:text,
--   late_reason:text?, received_at:instant, reply_by:day, suspends:bool, by_user:text, at:instant,
--   withdrawn_at:instant?, withdrawn_words:text?, answered_at:instant?, answered_by:text?, outcome:text?, reasons:text?,
--   pack:text

-- :name dispute_add :exec
-- :in Dispute
INSERT INTO dispute (ref, number, casefile, customer, decision, channel, words, late_reason, received_at, reply_by,
	suspends, by_user, at, withdrawn_at, withdrawn_words, answered_at, answered_by, outcome, reasons, pack)
VALUES (:ref, :number, :casefile, :customer, :decision, :channel, :words, :late_reason, :received_at, :reply_by,
	:suspends, :by_user, :at, :withdrawn_at, :withdrawn_words, :answered_at, :answered_by, :outcome, :reasons, :pack);

-- :name dispute_by_ref :one
-- :in ref:text
-- :out Dispute
SELECT ref, number, casefile, customer, decision, channel, words, late_reason, received_at, reply_by, suspends, by_user,
	at, withdrawn_at, withdrawn_words, answered_at, answered_by, outcome, reasons, pack
FROM dispute WHERE ref = :ref;

-- :name casefile_disputes :many
-- :in casefile:text
-- :out Dispute
SELECT ref, number, casefile, customer, decision, channel, words, late_reason, received_at, reply_by, suspends, by_user,
	at, withdrawn_at, withdrawn_words, answered_at, answered_by, outcome, reasons, pack
FROM dispute WHERE casefile = :casefile ORDER BY number;

-- :name dispute_withdraw :count
-- :in ref:text, withdrawn_at:instant, withdrawn_words:text
UPDATE dispute SET withdrawn_at = :withdrawn_at, withdrawn_words = :withdrawn_words WHERE ref = :ref;

-- :name dispute_answer :count
-- :in ref:text, answered_at:instant, answered_by:text, outcome:text, reasons:text
UPDATE dispute SET answered_at = :answered_at, answered_by = :answered_by, outcome = :outcome, reasons = :reasons
WHERE ref = :ref;

-- G8: who did something on the casefile before an entry of the record.
-- :name casefile_actors_before :many
-- :in casefile:text, number:int
-- :out actor:text
SELECT DISTINCT actor FROM record WHERE casefile = :casefile AND number < :number ORDER BY actor;

-- The times in which a dispute put a decision's arrangement out of force.
-- :name decision_suspensions :many
-- :in decision:text
-- :out from_at:instant, until_at:instant?
SELECT at AS from_at, COALESCE(withdrawn_at, answered_at) AS until_at
FROM dispute WHERE decision = :decision AND suspends = 1 ORDER BY number;

-- The same for the gate, of all.
-- :name gate_suspensions :many
-- :out decision:text, from_at:instant, until_at:instant?
SELECT decision, at AS from_at, COALESCE(withdrawn_at, answered_at) AS until_at
FROM dispute WHERE suspends = 1 ORDER BY decision, number;

-- open: 1 for those that wait for an answer, 0 for the rest.
-- :name read_disputes :many
-- :in customer:text?, casefile:text?, function:text?, open:int?, before:text, n:int
-- :out Dispute
SELECT d.ref, d.number, d.casefile, d.customer, d.decision, d.channel, d.words, d.late_reason, d.received_at, d.reply_by,
	d.suspends, d.by_user, d.at, d.withdrawn_at, d.withdrawn_words, d.answered_at, d.answered_by, d.outcome,
	d.reasons, d.pack
FROM dispute d JOIN casefile c ON c.ref = d.casefile
WHERE d.ref < :before AND (:customer IS NULL OR d.customer = :customer)
	AND (:casefile IS NULL OR d.casefile = :casefile) AND (:function IS NULL OR c.function = :function)
	AND (:open IS NULL OR :open = CASE WHEN d.answered_at IS NULL AND d.withdrawn_at IS NULL THEN 1 ELSE 0 END)
ORDER BY d.ref DESC LIMIT :n;

-- The newest of one customer, by the index.
-- :name disputes_of :many
-- :in customer:text, n:int
-- :out Dispute
SELECT ref, number, casefile, customer, decision, channel, words, late_reason, received_at, reply_by, suspends, by_user,
	at, withdrawn_at, withdrawn_words, answered_at, answered_by, outcome, reasons, pack
FROM dispute WHERE customer = :customer ORDER BY ref DESC LIMIT :n;

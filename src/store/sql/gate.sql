-- What the gate's snapshot is made of, in the order in which snapshot.c walks through it, and what is kept of the
-- gate's journal once it was taken in.

-- What the gate's poll compares: the record's head; the clock's offset is the source's to read.
-- :name gate_mark :one
-- :out number:int
SELECT number FROM record_head WHERE one = 1;

-- How many entries since a number may have changed what the gate knows: all but those of acts that never do. And the
-- newest of all, from which the next look goes on.
-- :name gate_changes_since :one
-- :in after:int
-- :out changes:int, newest:int
SELECT count(CASE WHEN act NOT IN ('take-in-contacts', 'log-contact', 'end-call', 'hold-call', 'refer-to-police', 'warn',
	'record-answer', 'request', 'withdraw-request', 'view', 'attach-evidence', 'log-breach', 'deal-with-item',
	'follow-up', 'assign') THEN 1 END) AS changes, COALESCE(max(number), :after) AS newest
FROM record WHERE number > :after;

-- :name gate_customers :many
-- :out ref:text
SELECT ref FROM customer ORDER BY ref;

-- :name gate_identifiers :many
-- :in at:instant
-- :out customer:text, ref:text, kind:text, normal:text, used_by_others:bool, confirmed:bool, added_at:instant
SELECT customer, ref, kind, normal, used_by_others, confirmed, added_at
FROM identifier WHERE ended_at IS NULL OR ended_at > :at ORDER BY customer, ref;

-- :name gate_representatives :many
-- :in at:instant
-- :out customer:text, kind:text, normal:text, capacity:text
SELECT customer, kind, normal, capacity
FROM representative WHERE ended_at IS NULL OR ended_at > :at ORDER BY customer, ref;

-- Every arrangement whose notice was delivered: those that ended too, since a question may be about another time.
-- :name gate_arrangements :many
-- :out customer:text, ref:text, decision:text, casefile:text, function:text, scope:text, scope_of:text?,
--   restrictions:text, from_at:instant, until_on:day?, review_on:day, ended_at:instant?, decided_at:instant, pack:text
SELECT a.customer, a.ref, a.decision, a.casefile, c.function, a.scope, a.scope_of,
	a.restrictions, a.from_at, a.until_on, a.review_on, a.ended_at, d.at AS decided_at, a.pack
FROM arrangement a JOIN casefile c ON c.ref = a.casefile JOIN decision d ON d.ref = a.decision
WHERE a.from_at IS NOT NULL ORDER BY a.customer, a.ref;

-- :name gate_casefile_matters :many
-- :out casefile:text, matter:text
SELECT m.casefile, m.matter FROM casefile_matter m
WHERE m.casefile IN (SELECT casefile FROM arrangement WHERE from_at IS NOT NULL) ORDER BY m.casefile, m.matter;

-- The matters of customers whose contact is managed.
-- :name gate_matters :many
-- :out customer:text, ref:text, function:text
SELECT customer, ref, function FROM matter
WHERE customer IN (SELECT customer FROM arrangement WHERE from_at IS NOT NULL) ORDER BY customer, ref;

-- :name gate_functions :many
-- :out slug:text, title:text
SELECT slug, title FROM function ORDER BY slug;

-- :name gate_needs :many
-- :in at:instant
-- :out customer:text, ref:text, what:text, abilities:text, only_with:text?, recorded_at:instant
SELECT customer, ref, what, abilities, only_with, recorded_at
FROM need WHERE ended_at IS NULL OR ended_at > :at ORDER BY customer, ref;

-- Adjustments that are asked for or granted.
-- :name gate_adjustments :many
-- :out customer:text, ref:text, asked:text, outcome:text?, review_on:day?
SELECT customer, ref, asked, outcome, review_on
FROM adjustment WHERE outcome IS NULL OR outcome <> 'refused' ORDER BY customer, ref;

-- L2: customers of whom violence used or threatened was reported and not found otherwise, with the approved sentence.
-- :name gate_safety :many
-- :out customer:text, words:text?
SELECT c.ref AS customer,
	(SELECT s.words FROM safety_sentence s WHERE s.customer = c.ref ORDER BY s.at DESC, s.ref DESC LIMIT 1) AS words
FROM customer c
WHERE c.ref IN (SELECT r.customer FROM report r LEFT JOIN assessment a ON a.ref = r.assessment
	WHERE r.violence = 1 AND r.struck_at IS NULL AND a.no_violence IS NULL) ORDER BY c.ref;

-- :name gate_doors :many
-- :in at:instant
-- :out address:text, kind:text, title:text, function:text?, matter:text?, user_name:text?, protects:text?
SELECT address, kind, title, function, matter, user_name, protects
FROM door WHERE ended_at IS NULL OR ended_at > :at ORDER BY address;

-- The functions that a staff member's own line belongs to.
-- :name gate_staff_functions :many
-- :in at:instant
-- :out user_name:text, function:text
SELECT user_name, function FROM role_grant
WHERE function IS NOT NULL AND (ended_at IS NULL OR ended_at > :at)
GROUP BY user_name, function ORDER BY user_name, function;

-- Allowances used, of arrangements that hold.
-- :name gate_uses :many
-- :in at:instant
-- :out GateUse
SELECT u.contact_id, u.arrangement, u.restriction, u.slot, u.period
FROM gate_use u JOIN arrangement a ON a.ref = u.arrangement WHERE a.ended_at IS NULL OR a.ended_at > :at;

-- :row GateUse contact_id:text, arrangement:text, restriction:int, slot:int, period:int

-- The same contact uses once.
-- :name gate_use_add :exec
-- :in GateUse
INSERT INTO gate_use (contact_id, arrangement, restriction, slot, period)
VALUES (:contact_id, :arrangement, :restriction, :slot, :period)
ON CONFLICT (contact_id, arrangement, restriction, slot, period) DO NOTHING;

-- What nobody answered is given back.
-- :name gate_use_give_back :count
-- :in contact_id:text
DELETE FROM gate_use WHERE contact_id = :contact_id;

-- :name gate_stranger_add :exec
-- :in hash:text, channel:text, on_day:day, contacts:int
INSERT INTO gate_stranger (hash, channel, on_day, contacts) VALUES (:hash, :channel, :on_day, :contacts)
ON CONFLICT (hash, channel, on_day) DO UPDATE SET contacts = gate_stranger.contacts + excluded.contacts;

-- After the pack's days.
-- :name gate_stranger_forget :count
-- :in before:day
DELETE FROM gate_stranger WHERE on_day < :before;

-- How far a gate's journal was taken in; no row: not at all.
-- :name gate_journal_taken :one
-- :in gate:text
-- :out taken:int
SELECT taken FROM gate_journal WHERE gate = :gate;

-- :name gate_journal_set_taken :exec
-- :in gate:text, taken:int
INSERT INTO gate_journal (gate, taken) VALUES (:gate, :taken)
ON CONFLICT (gate) DO UPDATE SET taken = excluded.taken;

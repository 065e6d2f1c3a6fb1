-- What staff add beside a casefile's steps: breaches, evidence; and owned work: who has it and what they did.
-- :row Breach ref:text, casefile:text, customer:text, arrangement:text, contact:text?, what:text, staff_did:text,
--   happened_at:instant, by_user:text, at:instant, struck_at:instant?
-- :row Evidence ref:text, casefile:text, customer:text, report:text?, contact:text?, what:text, file_name:text,
--   media_type:text, size:int, hash:text, obtained_at:instant, by_user:text, at:instant, struck_at:instant?
-- :row SafetySentence ref:text, casefile:text, customer:text, words:text, by_user:text, at:instant
-- :row FollowUp about:text, words:text, by_user:text, at:instant

-- :name breach_add :exec
-- :in Breach
INSERT INTO breach (ref, casefile, customer, arrangement, contact, what, staff_did, happened_at, by_user, at, struck_at)
VALUES (:ref, :casefile, :customer, :arrangement, :contact, :what, :staff_did, :happened_at, :by_user, :at, :struck_at);

-- :name breach_by_ref :one
-- :in ref:text
-- :out Breach
SELECT ref, casefile, customer, arrangement, contact, what, staff_did, happened_at, by_user, at, struck_at
FROM breach WHERE ref = :ref;

-- :name casefile_breaches :many
-- :in casefile:text
-- :out Breach
SELECT ref, casefile, customer, arrangement, contact, what, staff_did, happened_at, by_user, at, struck_at
FROM breach WHERE casefile = :casefile ORDER BY at, ref;

-- :name read_breaches :many
-- :in customer:text?, casefile:text?, function:text?, before:text, n:int
-- :out Breach
SELECT b.ref, b.casefile, b.customer, b.arrangement, b.contact, b.what, b.staff_did, b.happened_at, b.by_user, b.at,
	b.struck_at
FROM breach b JOIN casefile c ON c.ref = b.casefile
WHERE b.ref < :before AND (:customer IS NULL OR b.customer = :customer)
	AND (:casefile IS NULL OR b.casefile = :casefile) AND (:function IS NULL OR c.function = :function)
ORDER BY b.ref DESC LIMIT :n;

-- :name evidence_add :exec
-- :in Evidence
INSERT INTO evidence (ref, casefile, customer, report, contact, what, file_name, media_type, size, hash, obtained_at,
	by_user, at, struck_at)
VALUES (:ref, :casefile, :customer, :report, :contact, :what, :file_name, :media_type, :size, :hash, :obtained_at,
	:by_user, :at, :struck_at);

-- :name evidence_file_add :exec
-- :in evidence:text, bytes:blob
INSERT INTO evidence_file (evidence, bytes) VALUES (:evidence, :bytes);

-- :name evidence_file :one
-- :in evidence:text
-- :out bytes:blob
SELECT bytes FROM evidence_file WHERE evidence = :evidence;

-- :name evidence_by_ref :one
-- :in ref:text
-- :out Evidence
SELECT ref, casefile, customer, report, contact, what, file_name, media_type, size, hash, obtained_at, by_user, at,
	struck_at
FROM evidence WHERE ref = :ref;

-- :name casefile_evidence :many
-- :in casefile:text
-- :out Evidence
SELECT ref, casefile, customer, report, contact, what, file_name, media_type, size, hash, obtained_at, by_user, at,
	struck_at
FROM evidence WHERE casefile = :casefile ORDER BY at, ref;

-- :name read_evidence :many
-- :in customer:text?, casefile:text?, function:text?, before:text, n:int
-- :out Evidence
SELECT e.ref, e.casefile, e.customer, e.report, e.contact, e.what, e.file_name, e.media_type, e.size, e.hash,
	e.obtained_at, e.by_user, e.at, e.struck_at
FROM evidence e JOIN casefile c ON c.ref = e.casefile
WHERE e.ref < :before AND (:customer IS NULL OR e.customer = :customer)
	AND (:casefile IS NULL OR e.casefile = :casefile) AND (:function IS NULL OR c.function = :function)
ORDER BY e.ref DESC LIMIT :n;

-- G9: the newest decision on the casefile that was complete by then.
-- :name decision_before :one
-- :in casefile:text, at:instant
-- :out ref:text
SELECT ref FROM decision WHERE casefile = :casefile AND complete_at <= :at ORDER BY complete_at DESC, ref DESC LIMIT 1;

-- :name safety_sentence_add :exec
-- :in SafetySentence
INSERT INTO safety_sentence (ref, casefile, customer, words, by_user, at)
VALUES (:ref, :casefile, :customer, :words, :by_user, :at);

-- :name safety_sentence_by_ref :one
-- :in ref:text
-- :out SafetySentence
SELECT ref, casefile, customer, words, by_user, at FROM safety_sentence WHERE ref = :ref;

-- :name casefile_safety_sentences :many
-- :in casefile:text
-- :out SafetySentence
SELECT ref, casefile, customer, words, by_user, at FROM safety_sentence WHERE casefile = :casefile ORDER BY at, ref;

-- L2: a row for a customer of whom violence used or threatened was reported and not found otherwise; words: the newest
-- approved sentence, none while there is none.
-- :name safety_of :one
-- :in customer:text
-- :out words:text?
SELECT (SELECT s.words FROM safety_sentence s WHERE s.customer = c.ref ORDER BY s.at DESC, s.ref DESC LIMIT 1) AS words
FROM customer c
WHERE c.ref = :customer AND EXISTS (SELECT 1 FROM report r LEFT JOIN assessment a ON a.ref = r.assessment
	WHERE r.customer = c.ref AND r.violence = 1 AND r.struck_at IS NULL AND a.no_violence IS NULL);

-- Owned work.

-- G6: only with an outcome.
-- :name item_end :count
-- :in ref:text, ended_at:instant, ended_by:text, outcome:text, outcome_words:text
UPDATE item SET ended_at = :ended_at, ended_by = :ended_by, outcome = :outcome, outcome_words = :outcome_words
WHERE ref = :ref AND ended_at IS NULL;

-- :name item_set_owner :count
-- :in ref:text, owner:text
UPDATE item SET owner = :owner WHERE ref = :ref;

-- :name notice_set_owner :count
-- :in ref:text, owner:text
UPDATE notice SET owner = :owner WHERE ref = :ref;

-- Who was named for a report or a dispute; the last one holds.
-- :name assignment_set :exec
-- :in work:text, user_name:text, by_user:text, at:instant
INSERT INTO assignment (work, user_name, by_user, at) VALUES (:work, :user_name, :by_user, :at)
ON CONFLICT (work) DO UPDATE SET user_name = excluded.user_name, by_user = excluded.by_user, at = excluded.at;

-- :name assignment_of :one
-- :in work:text
-- :out user_name:text
SELECT user_name FROM assignment WHERE work = :work;

-- Who was named to assess a casefile's reports.
-- :name casefile_assessors :many
-- :in casefile:text
-- :out report:text, user_name:text
SELECT a.work AS report, a.user_name FROM assignment a JOIN report r ON r.ref = a.work WHERE r.casefile = :casefile;

-- How many reports of a customer somebody was named to assess, and has not yet.
-- :name named_to_assess :one
-- :in customer:text, user_name:text
-- :out reports:int
SELECT count(*) AS reports FROM assignment a JOIN report r ON r.ref = a.work
WHERE r.customer = :customer AND a.user_name = :user_name AND r.assessment IS NULL;

-- :name dispute_work :one
-- :in ref:text
-- :out casefile:text, customer:text, answered_at:instant?, withdrawn_at:instant?
SELECT casefile, customer, answered_at, withdrawn_at FROM dispute WHERE ref = :ref;

-- Who ended a call: the gate's own entry does not name them.
-- :name who_ended_call :one
-- :in contact:text
-- :out actor:text
SELECT actor FROM record WHERE subject = :contact AND act = 'end-call' ORDER BY number DESC LIMIT 1;

-- :name follow_up_add :exec
-- :in FollowUp
INSERT INTO follow_up (about, words, by_user, at) VALUES (:about, :words, :by_user, :at);

-- :name follow_up_of :one
-- :in about:text
-- :out FollowUp
SELECT about, words, by_user, at FROM follow_up WHERE about = :about;

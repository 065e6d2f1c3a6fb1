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

-- The newest of one customer, by the index.
-- :name breaches_of :many
-- :in customer:text, n:int
-- :out Breach
SELECT ref, casefile, customer, arrangement, contact, what, staff_did, happened_at, by_user, at, struck_at
FROM breach WHERE customer = :customer ORDER BY ref DESC LIMIT :n;

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

-- The newest of one customer, by the index.
-- :name evidence_of :many
-- :in customer:text, n:int
-- :out Evidence
SELECT ref, casefile, customer, report, contact, what, file_name, media_type, size, hash, obtained_at, by_user, at,
	struck_at
FROM evidence WHERE customer = :customer ORDER BY ref DESC LIMIT :n;

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

-- An author's own mending (K3): what was struck is marked, what was put right is changed, and the old words stay in
-- `correction`.

-- :name correction_add :exec
-- :in number:int, entry:text, field:text?, was:text?, reason:text, by_user:text, at:instant
INSERT INTO correction (number, entry, field, was, reason, by_user, at)
VALUES (:number, :entry, :field, :was, :reason, :by_user, :at);

-- What was struck or put right of an entry, oldest first.
-- :name corrections_of :many
-- :in entry:text
-- :out number:int, entry:text, field:text?, was:text?, reason:text, by_user:text, at:instant
SELECT number, entry, field, was, reason, by_user, at FROM correction WHERE entry = :entry ORDER BY number;

-- :name contact_mend :count
-- :in ref:text, struck_at:instant?, what:text?, words:text?
UPDATE contact SET struck_at = COALESCE(:struck_at, struck_at), what = COALESCE(:what, what),
	end_words = COALESCE(:words, end_words)
WHERE ref = :ref;

-- :name report_mend :count
-- :in ref:text, struck_at:instant?, what:text?, effect:text?, other:text?
UPDATE report SET struck_at = COALESCE(:struck_at, struck_at), what = COALESCE(:what, what),
	effect = COALESCE(:effect, effect), other_words = COALESCE(:other, other_words)
WHERE ref = :ref;

-- :name breach_mend :count
-- :in ref:text, struck_at:instant?, what:text?, staff_did:text?
UPDATE breach SET struck_at = COALESCE(:struck_at, struck_at), what = COALESCE(:what, what),
	staff_did = COALESCE(:staff_did, staff_did)
WHERE ref = :ref;

-- :name evidence_mend :count
-- :in ref:text, struck_at:instant?, what:text?
UPDATE evidence SET struck_at = COALESCE(:struck_at, struck_at), what = COALESCE(:what, what) WHERE ref = :ref;

-- :name answer_mend :count
-- :in ref:text, struck_at:instant?, words:text?
UPDATE answer SET struck_at = COALESCE(:struck_at, struck_at), words = COALESCE(:words, words) WHERE ref = :ref;

-- :name need_mend :count
-- :in ref:text, what:text?, why:text?
UPDATE need SET what = COALESCE(:what, what), why = COALESCE(:why, why) WHERE ref = :ref;

-- Who wrote to a contact that the gate kept, and when: the last one.
-- :name who_wrote_contact :one
-- :in contact:text
-- :out actor:text, recorded_at:instant
SELECT actor, recorded_at FROM record WHERE subject = :contact AND act IN ('log-contact', 'end-call', 'hold-call')
ORDER BY number DESC LIMIT 1;

-- The first that names a contact: a report, a breach, evidence, an item of work, what was done about the call.
-- :name contact_cited_by :one
-- :in contact:text
-- :out ref:text
SELECT ref FROM (SELECT ref FROM report WHERE contact = :contact AND struck_at IS NULL
	UNION ALL SELECT ref FROM breach WHERE contact = :contact AND struck_at IS NULL
	UNION ALL SELECT ref FROM evidence WHERE contact = :contact AND struck_at IS NULL
	UNION ALL SELECT ref FROM item WHERE contact = :contact
	UNION ALL SELECT 'what was done about the call' AS ref FROM follow_up WHERE about = :contact) t
ORDER BY ref LIMIT 1;

-- :name report_cited_by :one
-- :in report:text
-- :out ref:text
SELECT ref FROM (SELECT ref FROM evidence WHERE report = :report AND struck_at IS NULL
	UNION ALL SELECT 'what was done about it' AS ref FROM follow_up WHERE about = :report) t
ORDER BY ref LIMIT 1;

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

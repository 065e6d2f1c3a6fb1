-- What people look at: lists a page at a time, timelines, and who may be calling. Acts have their own statements.
--
-- A list goes on after the last key of the page before: `after` from the first key up ('' begins), `before` from the
-- last key down ('~' begins, since no reference is greater). A filter that is absent lets everything through.
-- actor_name: absent of a machine. what, minutes, taken_by, taken_in: of a contact, what it was about, and who and which
-- function took it.
-- :row TimelineLine happened_at:instant, number:int, ref:text, act:text, actor:text, actor_name:text?, casefile:text?,
--   function:text?, summary:text?, channel:text?, direction:text?, verdict:text?, what:text?, minutes:int?,
--   taken_by:text?, taken_in:text?, struck:bool

-- The customer whom any reference is about; no row where it is about none.
-- :name read_customer_of :one
-- :in ref:text
-- :out customer:text
SELECT customer FROM (
	SELECT ref AS customer FROM customer WHERE ref = :ref
	UNION ALL SELECT customer FROM identifier WHERE ref = :ref
	UNION ALL SELECT customer FROM representative WHERE ref = :ref
	UNION ALL SELECT customer FROM matter WHERE ref = :ref
	UNION ALL SELECT customer FROM need WHERE ref = :ref
	UNION ALL SELECT customer FROM adjustment WHERE ref = :ref
	UNION ALL SELECT customer FROM contact WHERE ref = :ref AND customer IS NOT NULL
	UNION ALL SELECT customer FROM item WHERE ref = :ref AND customer IS NOT NULL
	UNION ALL SELECT customer FROM casefile WHERE ref = :ref
	UNION ALL SELECT customer FROM report WHERE ref = :ref
	UNION ALL SELECT customer FROM arrangement WHERE ref = :ref
	UNION ALL SELECT customer FROM notice WHERE ref = :ref
	UNION ALL SELECT customer FROM dispute WHERE ref = :ref
	UNION ALL SELECT customer FROM breach WHERE ref = :ref
	UNION ALL SELECT customer FROM evidence WHERE ref = :ref
	UNION ALL SELECT customer FROM safety_sentence WHERE ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN assessment s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN referral s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN warning s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN answer s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN request s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN decision s ON s.casefile = c.ref WHERE s.ref = :ref
	UNION ALL SELECT c.customer FROM casefile c JOIN variation s ON s.casefile = c.ref WHERE s.ref = :ref) t;

-- :name read_representatives_by_normal :many
-- :in normal:text
-- :out Representative
SELECT ref, customer, name, capacity, kind, normal, added_at, ended_at
FROM representative WHERE normal = :normal AND ended_at IS NULL ORDER BY ref;

-- :name read_representative :one
-- :in ref:text
-- :out Representative
SELECT ref, customer, name, capacity, kind, normal, added_at, ended_at FROM representative WHERE ref = :ref;

-- :name read_need :one
-- :in ref:text
-- :out Need
SELECT ref, customer, what, why, abilities, only_with, review_on, recorded_at, recorded_by, ended_at
FROM need WHERE ref = :ref;

-- :name read_referral :one
-- :in ref:text
-- :out Referral
SELECT ref, casefile, force, police_reference, may_tell, referred_at, by_user, at FROM referral WHERE ref = :ref;

-- :name read_warning :one
-- :in ref:text
-- :out Warning
SELECT ref, casefile, assessment, tier, days_to_adapt, notice, by_user, at, pack FROM warning WHERE ref = :ref;

-- :name read_answer :one
-- :in ref:text
-- :out Answer
SELECT ref, casefile, warning, words, happened_at, by_user, at, struck_at FROM answer WHERE ref = :ref;

-- :name read_signatures :many
-- :in decision:text
-- :out Signature
SELECT decision, user_name, capacity, at FROM signature WHERE decision = :decision ORDER BY at, user_name;

-- :name read_item :one
-- :in ref:text
-- :out Item
SELECT ref, contact, customer, function, why, opened_at, ended_at, ended_by, outcome, owner, outcome_words
FROM item WHERE ref = :ref;

-- :name read_matters :many
-- :in customer:text?, function:text?, open:int?, before:text, n:int
-- :out Matter
SELECT ref, customer, function, kind, title, opened_at, closed_at, closed_how FROM matter
WHERE ref < :before AND (:customer IS NULL OR customer = :customer) AND (:function IS NULL OR function = :function)
	AND (:open IS NULL OR (:open = 1 AND closed_at IS NULL) OR (:open = 0 AND closed_at IS NOT NULL))
ORDER BY ref DESC LIMIT :n;

-- :name read_contacts :many
-- :in function:text?, channel:text?, direction:text?, before:text, n:int
-- :out Contact
SELECT ref, gate_id, customer, identifier, channel, direction, door, function, matter, purpose, happened_at,
	recorded_at, recorded_by, source, what, minutes, verdict, reasons, handling, end_reason, end_words,
	struck_at FROM contact
WHERE ref < :before AND (:function IS NULL OR function = :function) AND (:channel IS NULL OR channel = :channel)
	AND (:direction IS NULL OR direction = :direction)
ORDER BY ref DESC LIMIT :n;

-- The same of one customer, by the index.
-- :name read_contacts_of :many
-- :in customer:text, function:text?, channel:text?, direction:text?, before:text, n:int
-- :out Contact
SELECT ref, gate_id, customer, identifier, channel, direction, door, function, matter, purpose, happened_at,
	recorded_at, recorded_by, source, what, minutes, verdict, reasons, handling, end_reason, end_words,
	struck_at FROM contact
WHERE customer = :customer AND ref < :before AND (:function IS NULL OR function = :function)
	AND (:channel IS NULL OR channel = :channel) AND (:direction IS NULL OR direction = :direction)
ORDER BY ref DESC LIMIT :n;

-- :name read_casefiles_of :many
-- :in customer:text
-- :out Casefile
SELECT ref, customer, scope, scope_of, scope_reason, function, opened_at, closed_at, outcome, version
FROM casefile WHERE customer = :customer ORDER BY ref DESC;

-- assessed: 1, 0 for those that wait for it.
-- :name read_reports :many
-- :in customer:text?, casefile:text?, function:text?, assessed:int?, before:text, n:int
-- :out Report
SELECT r.ref, r.casefile, r.customer, r.contact, r.reporter, r.function, r.channel, r.heading, r.example,
	r.other_words, r.what, r.effect, r.violence, r.disability, r.targets, r.welfare, r.happened_at, r.recorded_at,
	r.assessment, r.pack, r.struck_at
FROM report r JOIN casefile c ON c.ref = r.casefile
WHERE r.ref < :before AND (:customer IS NULL OR r.customer = :customer)
	AND (:casefile IS NULL OR r.casefile = :casefile) AND (:function IS NULL OR c.function = :function)
	AND (:assessed IS NULL OR (:assessed = 1 AND r.assessment IS NOT NULL)
		OR (:assessed = 0 AND r.assessment IS NULL AND r.struck_at IS NULL))
ORDER BY r.ref DESC LIMIT :n;

-- :name read_requests :many
-- :in customer:text?, casefile:text?, function:text?, state:text?, before:text, n:int
-- :out Request
SELECT q.ref, q.casefile, q.by_user, q.at, q.state, q.warning, q.skip_reason, q.skip_risk, q.early_reason, q.reports,
	q.account, q.internal_review, q.complaints, q.restrictions, q.reasons, q.scope, q.scope_of, q.scope_reason,
	q.until_on, q.review_on, q.pack
FROM request q JOIN casefile c ON c.ref = q.casefile
WHERE q.ref < :before AND (:customer IS NULL OR c.customer = :customer)
	AND (:casefile IS NULL OR q.casefile = :casefile) AND (:function IS NULL OR c.function = :function)
	AND (:state IS NULL OR q.state = :state)
ORDER BY q.ref DESC LIMIT :n;

-- All of a customer's, those that ended too.
-- :name read_arrangements_of :many
-- :in customer:text
-- :out Arrangement
SELECT ref, decision, casefile, customer, scope, scope_of, restrictions, notice, from_at, until_on, review_on,
	supersedes, ended_at, pack, variation
FROM arrangement WHERE customer = :customer ORDER BY ref DESC;

-- :row NoticeLine ref:text, casefile:text, customer:text, kind:text, about:text, owner:text, language:text, format:text,
--   delivery:text, subject:text, made_at:instant, sent_at:instant?, delivered_at:instant?, returned_at:instant?,
--   returned_why:text?

-- to_send: 1 for those that nobody has sent, or that came back.
-- :name read_notices :many
-- :in customer:text?, casefile:text?, owner:text?, to_send:int?, before:text, n:int
-- :out NoticeLine
SELECT ref, casefile, customer, kind, about, owner, language, format, delivery, subject, made_at, sent_at, delivered_at,
	returned_at, returned_why FROM notice
WHERE ref < :before AND (:customer IS NULL OR customer = :customer) AND (:casefile IS NULL OR casefile = :casefile)
	AND (:owner IS NULL OR owner = :owner)
	AND (:to_send IS NULL OR :to_send = CASE WHEN sent_at IS NULL OR returned_at IS NOT NULL THEN 1 ELSE 0 END)
ORDER BY ref DESC LIMIT :n;

-- :name read_notices_of :many
-- :in customer:text, n:int
-- :out NoticeLine
SELECT ref, casefile, customer, kind, about, owner, language, format, delivery, subject, made_at, sent_at, delivered_at,
	returned_at, returned_why
FROM notice WHERE customer = :customer ORDER BY made_at DESC, ref DESC LIMIT :n;

-- :name read_items :many
-- :in customer:text?, function:text?, owner:text?, open:int?, before:text, n:int
-- :out Item
SELECT ref, contact, customer, function, why, opened_at, ended_at, ended_by, outcome, owner, outcome_words FROM item
WHERE ref < :before AND (:customer IS NULL OR customer = :customer) AND (:function IS NULL OR function = :function)
	AND (:owner IS NULL OR owner = :owner)
	AND (:open IS NULL OR (:open = 1 AND ended_at IS NULL) OR (:open = 0 AND ended_at IS NOT NULL))
ORDER BY ref DESC LIMIT :n;

-- Timelines: an act of the gate's journal is a contact to whoever reads.
-- A customer's: what was done, and what the gate let pass and no act took up.
-- :name read_timeline_of_customer :many
-- :in customer:text, act:text?, before_at:instant, before_number:int, before_ref:text, n:int
-- :out TimelineLine
SELECT t.happened_at, t.number, t.ref, t.act, t.actor, s.name AS actor_name, t.casefile, t.function, t.summary,
	t.channel, t.direction, t.verdict, t.what, t.minutes, t.taken_by, t.taken_in, t.struck FROM (
	SELECT a.happened_at, a.number, COALESCE(a.ref, '') AS ref,
		CASE a.act WHEN 'take-in-contacts' THEN 'contact' ELSE a.act END AS act,
		a.actor, a.casefile, a.function, a.summary, k.channel, k.direction, k.verdict, k.what, k.minutes,
		k.recorded_by AS taken_by, k.function AS taken_in,
		CASE WHEN a.act NOT IN ('strike', 'correct') AND EXISTS (SELECT 1 FROM correction x
			WHERE x.entry = a.ref AND x.field IS NULL) THEN 1 ELSE 0 END AS struck
	FROM (SELECT e.happened_at, e.number, e.ref, e.act, e.actor, e.casefile, e.function, e.summary FROM event e
		WHERE e.customer = :customer AND (e.happened_at, e.number) < (:before_at, :before_number)
			AND (:act IS NULL OR e.act = :act OR (:act = 'contact' AND e.act = 'take-in-contacts'))
		ORDER BY e.happened_at DESC, e.number DESC LIMIT :n) a
	LEFT JOIN contact k ON k.ref = a.ref
	UNION ALL
	SELECT b.happened_at, 0 AS number, b.ref, 'contact' AS act, b.recorded_by AS actor, NULL AS casefile, b.function,
		NULL AS summary, b.channel, b.direction, b.verdict, b.what, b.minutes, b.recorded_by AS taken_by,
		b.function AS taken_in, 0 AS struck
	FROM (SELECT c.happened_at, c.ref, c.recorded_by, c.function, c.channel, c.direction, c.verdict, c.what,
			c.minutes FROM contact c
		WHERE c.customer = :customer AND c.source = 'gate' AND NOT EXISTS (
			SELECT 1 FROM event e WHERE e.ref = c.ref AND e.customer = :customer)
			AND (c.happened_at, 0, c.ref) < (:before_at, :before_number, :before_ref)
			AND (:act IS NULL OR :act = 'contact')
		ORDER BY c.happened_at DESC, c.ref DESC LIMIT :n) b) t
LEFT JOIN staff s ON s.user_name = t.actor
ORDER BY t.happened_at DESC, t.number DESC, t.ref DESC LIMIT :n;

-- :name read_timeline_of_casefile :many
-- :in casefile:text, act:text?, before_at:instant, before_number:int, before_ref:text, n:int
-- :out TimelineLine
SELECT e.happened_at, e.number, COALESCE(e.ref, '') AS ref, e.act, e.actor, s.name AS actor_name, e.casefile, e.function,
	e.summary, NULL AS channel, NULL AS direction, NULL AS verdict, NULL AS what, NULL AS minutes, NULL AS taken_by,
	NULL AS taken_in, CASE WHEN e.act NOT IN ('strike', 'correct') AND EXISTS (SELECT 1 FROM correction x
		WHERE x.entry = e.ref AND x.field IS NULL) THEN 1 ELSE 0 END AS struck
FROM event e LEFT JOIN staff s ON s.user_name = e.actor
WHERE e.casefile = :casefile
	AND (e.happened_at, e.number, COALESCE(e.ref, '')) < (:before_at, :before_number, :before_ref)
	AND (:act IS NULL OR e.act = :act)
ORDER BY e.happened_at DESC, e.number DESC, COALESCE(e.ref, '') DESC LIMIT :n;

-- K2: the casefile that a matter's line belongs to stands in the record's entry.
-- :name read_timeline_of_matter :many
-- :in matter:text, act:text?, before_at:instant, before_number:int, before_ref:text, n:int
-- :out TimelineLine
SELECT happened_at, number, ref, act, actor, actor_name, casefile, function, summary, channel, direction, verdict, what,
	minutes, taken_by, taken_in, struck FROM (
	SELECT e.happened_at, e.number, COALESCE(e.ref, '') AS ref,
		CASE e.act WHEN 'take-in-contacts' THEN 'contact' ELSE e.act END AS act,
		e.actor, s.name AS actor_name, r.casefile, e.function, e.summary, k.channel, k.direction, k.verdict, k.what,
		k.minutes, k.recorded_by AS taken_by, k.function AS taken_in,
		CASE WHEN e.act NOT IN ('strike', 'correct') AND EXISTS (SELECT 1 FROM correction x
			WHERE x.entry = e.ref AND x.field IS NULL) THEN 1 ELSE 0 END AS struck
	FROM event e LEFT JOIN record r ON r.number = e.number LEFT JOIN contact k ON k.ref = e.ref
		LEFT JOIN staff s ON s.user_name = e.actor
	WHERE e.matter = :matter) t
WHERE (happened_at, number, ref) < (:before_at, :before_number, :before_ref) AND (:act IS NULL OR act = :act)
ORDER BY happened_at DESC, number DESC, ref DESC LIMIT :n;

-- :name read_viewings :many
-- :in subject:text?, actor:text?, before:int, n:int
-- :out Viewing
SELECT number, at, actor, subject, what FROM viewing
WHERE number < :before AND (:subject IS NULL OR subject = :subject) AND (:actor IS NULL OR actor = :actor)
ORDER BY number DESC LIMIT :n;

-- What `evenhand status` counts.
-- :name read_counts :one
-- :in now:instant, today:day
-- :out customers:int, open_matters:int, contacts:int, open_casefiles:int, in_force:int, notices_to_send:int,
--   open_items:int, outbox_waiting:int, outbox_given_up:int, viewings:int
SELECT (SELECT count(*) FROM customer) AS customers,
	(SELECT count(*) FROM matter WHERE closed_at IS NULL) AS open_matters,
	(SELECT count(*) FROM contact) AS contacts,
	(SELECT count(*) FROM casefile WHERE closed_at IS NULL) AS open_casefiles,
	(SELECT count(*) FROM arrangement a WHERE from_at IS NOT NULL AND from_at <= :now
		AND (ended_at IS NULL OR ended_at > :now) AND (until_on IS NULL OR until_on >= :today)
		AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.decision = a.decision AND d.suspends = 1
			AND d.answered_at IS NULL AND d.withdrawn_at IS NULL)) AS in_force,
	(SELECT count(*) FROM notice WHERE sent_at IS NULL OR returned_at IS NOT NULL) AS notices_to_send,
	(SELECT count(*) FROM item WHERE ended_at IS NULL) AS open_items,
	(SELECT count(*) FROM outbox WHERE done_at IS NULL AND given_up_at IS NULL) AS outbox_waiting,
	(SELECT count(*) FROM outbox WHERE given_up_at IS NOT NULL) AS outbox_given_up,
	(SELECT count(*) FROM viewing) AS viewings;

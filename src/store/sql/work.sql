-- My work: each kind of what waits, by one statement, derived from state. Nothing is stored as a task: what is done is
-- not found any more.
--
-- functions: ",casework,enquiries,", those whose work is looked for; NULL: all. user: what is theirs by name is found
-- wherever it lies. Oldest first. What the members mean in each statement is said beside it.
-- :row Duty ref:text, casefile:text?, customer:text?, name:text?, function:text?, owner:text?, since:instant, day:day?,
--   at:instant?, said:text?, more:text?, n:int?

-- S3: reports that nobody assessed. said: the reporter; more: the heading; n: how many managers of the function may
-- assess it.
-- :name work_reports :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT r.ref, r.casefile, r.customer, k.name, c.function, g.user_name AS owner, r.recorded_at AS since, NULL AS day,
	NULL AS at, r.reporter AS said, r.heading AS more, (SELECT count(*) FROM role_grant m
		JOIN staff s ON s.user_name = m.user_name WHERE m.role = 'manager' AND m.ended_at IS NULL
		AND s.ended_at IS NULL AND m.user_name <> r.reporter
		AND (m.function IS NULL OR m.function = c.function)) AS n
FROM report r JOIN casefile c ON c.ref = r.casefile JOIN customer k ON k.ref = r.customer
	LEFT JOIN assignment g ON g.work = r.ref
WHERE r.assessment IS NULL AND r.struck_at IS NULL AND c.closed_at IS NULL
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',',
	'') <> :functions OR g.user_name = :user)
ORDER BY r.recorded_at, r.ref LIMIT :n;

-- What somebody reported since `from`, and what came of it. at: when it was assessed; said: the outcome; n: of what was
-- asked for since: 1 it is open, 2 refused, 3 authorised and ended, 4 decided and its letter has not gone, 5 delivered
-- and not in force yet, 6 in force; 0 nothing.
-- :name work_own_reports :many
-- :in user:text, from:instant, now:instant, today:day, n:int
-- :out Duty
SELECT r.ref, r.casefile, r.customer, k.name, c.function, NULL AS owner, r.recorded_at AS since, NULL AS day, s.at,
	s.outcome AS said, r.heading AS more,
	CASE WHEN EXISTS (SELECT 1 FROM arrangement a JOIN decision d ON d.ref = a.decision
		WHERE a.casefile = r.casefile AND d.at > r.recorded_at AND a.ended_at IS NULL AND a.from_at <= :now
			AND (a.until_on IS NULL OR a.until_on >= :today)) THEN 6
	WHEN EXISTS (SELECT 1 FROM arrangement a JOIN decision d ON d.ref = a.decision
		WHERE a.casefile = r.casefile AND d.at > r.recorded_at AND a.ended_at IS NULL AND a.from_at > :now) THEN 5
	WHEN EXISTS (SELECT 1 FROM arrangement a JOIN decision d ON d.ref = a.decision
		WHERE a.casefile = r.casefile AND d.at > r.recorded_at AND a.ended_at IS NULL
			AND a.from_at IS NULL) THEN 4
	WHEN EXISTS (SELECT 1 FROM request q WHERE q.casefile = r.casefile AND q.at > r.recorded_at
		AND q.state = 'open') THEN 1
	WHEN EXISTS (SELECT 1 FROM arrangement a JOIN decision d ON d.ref = a.decision
		WHERE a.casefile = r.casefile AND d.at > r.recorded_at) THEN 3
	WHEN EXISTS (SELECT 1 FROM request q WHERE q.casefile = r.casefile AND q.at > r.recorded_at
		AND q.state = 'refused') THEN 2
	ELSE 0 END AS n
FROM report r JOIN casefile c ON c.ref = r.casefile JOIN customer k ON k.ref = r.customer
	LEFT JOIN assessment s ON s.ref = r.assessment
WHERE r.reporter = :user AND r.recorded_at >= :from AND r.struck_at IS NULL
ORDER BY r.recorded_at DESC, r.ref DESC LIMIT :n;

-- S2: ended calls that no manager followed up. said: who ended it; more: the reason.
-- :name work_ended_calls :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT k.ref, NULL AS casefile, k.customer, p.name, k.function, NULL AS owner, k.happened_at AS since, NULL AS day,
	NULL AS at, k.recorded_by AS said, k.end_reason AS more, CASE k.recorded_by WHEN :user THEN 1 ELSE 0 END AS n
FROM contact k LEFT JOIN customer p ON p.ref = k.customer
WHERE k.handling = 'ended' AND k.struck_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.about = k.ref)
	AND (k.function IS NULL OR :functions IS NULL OR replace(:functions, ',' || k.function || ',',
	'') <> :functions)
ORDER BY k.happened_at, k.ref LIMIT :n;

-- S4: welfare marks that no manager followed up. said: who feels so.
-- :name work_welfare :many
-- :in functions:text?, n:int
-- :out Duty
SELECT r.ref, r.casefile, r.customer, k.name, r.function, NULL AS owner, r.recorded_at AS since, NULL AS day,
	NULL AS at,
	r.reporter AS said, NULL AS more, NULL AS n
FROM report r JOIN customer k ON k.ref = r.customer
WHERE r.welfare IS NOT NULL AND r.struck_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.about = r.ref)
	AND (:functions IS NULL OR replace(:functions, ',' || r.function || ',', '') <> :functions)
ORDER BY r.recorded_at, r.ref LIMIT :n;

-- L2: casefiles with violence that was neither referred nor found to have been none.
-- :name work_referrals :many
-- :in functions:text?, n:int
-- :out Duty
SELECT c.ref, c.ref AS casefile, c.customer, k.name, c.function, NULL AS owner, min(r.recorded_at) AS since,
	NULL AS day,
	NULL AS at, NULL AS said, NULL AS more, NULL AS n
FROM report r JOIN casefile c ON c.ref = r.casefile JOIN customer k ON k.ref = c.customer
	LEFT JOIN assessment s ON s.ref = r.assessment
WHERE r.violence = 1 AND r.struck_at IS NULL AND c.closed_at IS NULL AND s.no_violence IS NULL
	AND NOT EXISTS (SELECT 1 FROM referral f WHERE f.casefile = r.casefile AND f.at >= r.recorded_at)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
GROUP BY c.ref, c.customer, k.name, c.function
ORDER BY 7, c.ref LIMIT :n;

-- Violence, and no sentence yet for whoever is about to meet the person.
-- :name work_safety :many
-- :in functions:text?, n:int
-- :out Duty
SELECT c.ref, c.ref AS casefile, c.customer, k.name, c.function, NULL AS owner, min(r.recorded_at) AS since,
	NULL AS day,
	NULL AS at, NULL AS said, NULL AS more, NULL AS n
FROM report r JOIN casefile c ON c.ref = r.casefile JOIN customer k ON k.ref = c.customer
	LEFT JOIN assessment s ON s.ref = r.assessment
WHERE r.violence = 1 AND r.struck_at IS NULL AND c.closed_at IS NULL AND s.no_violence IS NULL
	AND NOT EXISTS (SELECT 1 FROM safety_sentence f WHERE f.customer = r.customer)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
GROUP BY c.ref, c.customer, k.name, c.function
ORDER BY 7, c.ref LIMIT :n;

-- Assessments that call for a warning which nobody gave.
-- :name work_to_warn :many
-- :in functions:text?, n:int
-- :out Duty
SELECT s.ref, s.casefile, c.customer, k.name, c.function, NULL AS owner, s.at AS since, NULL AS day, NULL AS at,
	s.by_user AS said, s.heading AS more, NULL AS n
FROM casefile c JOIN assessment s ON s.casefile = c.ref JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND s.outcome = 'warning'
	AND NOT EXISTS (SELECT 1 FROM warning w WHERE w.assessment = s.ref)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY s.at, s.ref LIMIT :n;

-- The last assessment calls for authorisation, and nobody asked for it since.
-- :name work_to_request :many
-- :in functions:text?, n:int
-- :out Duty
SELECT s.ref, s.casefile, c.customer, k.name, c.function, NULL AS owner, s.at AS since, NULL AS day, NULL AS at,
	s.by_user AS said, s.heading AS more, NULL AS n
FROM casefile c JOIN assessment s ON s.casefile = c.ref JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND s.outcome = 'request'
	AND NOT EXISTS (SELECT 1 FROM assessment o WHERE o.casefile = s.casefile AND o.at > s.at)
	AND NOT EXISTS (SELECT 1 FROM request q WHERE q.casefile = s.casefile AND q.at >= s.at)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY s.at, s.ref LIMIT :n;

-- W6: answers to warnings that no letter acknowledged. said: the warning.
-- :name work_answers :many
-- :in functions:text?, n:int
-- :out Duty
SELECT a.ref, a.casefile, c.customer, k.name, c.function, NULL AS owner, a.at AS since, NULL AS day,
	a.happened_at AS at,
	a.warning AS said, NULL AS more, NULL AS n
FROM casefile c JOIN answer a ON a.casefile = c.ref JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND a.struck_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.about = a.ref AND n.kind = 'answer-acknowledged')
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY a.at, a.ref LIMIT :n;

-- The last warning of a casefile, delivered, and nothing reported, assessed or asked for since. at: deemed delivery;
-- said: how its letter went; n: days to adapt.
-- :name work_warnings :many
-- :in functions:text?, n:int
-- :out Duty
SELECT w.ref, w.casefile, c.customer, k.name, c.function, NULL AS owner, w.at AS since, NULL AS day,
	l.delivered_at AS at,
	l.delivery AS said, NULL AS more, w.days_to_adapt AS n
FROM casefile c JOIN warning w ON w.casefile = c.ref JOIN notice l ON l.ref = w.notice
	JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND l.delivered_at IS NOT NULL AND l.returned_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM warning o WHERE o.casefile = w.casefile AND o.at > w.at)
	AND NOT EXISTS (SELECT 1 FROM assessment s WHERE s.casefile = w.casefile AND s.at > w.at)
	AND NOT EXISTS (SELECT 1 FROM report r WHERE r.casefile = w.casefile AND r.assessment IS NULL AND r.struck_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM request q WHERE q.casefile = w.casefile AND q.at > w.at)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY w.at, w.ref LIMIT :n;

-- Requests that were returned or refused, and nothing followed. said: who asked; more: returned or refused; at: when.
-- :name work_requests_back :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT q.ref, q.casefile, c.customer, k.name, c.function, q.by_user AS owner, q.at AS since, NULL AS day,
	(SELECT max(d.at) FROM decision d WHERE d.request = q.ref) AS at, q.by_user AS said, q.state AS more, NULL AS n
FROM casefile c JOIN request q ON q.casefile = c.ref JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND q.state IN ('returned', 'refused')
	AND NOT EXISTS (SELECT 1 FROM request o WHERE o.casefile = q.casefile AND o.at > q.at)
	AND NOT EXISTS (SELECT 1 FROM arrangement a WHERE a.casefile = q.casefile AND a.ended_at IS NULL)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',',
	'') <> :functions OR q.by_user = :user)
ORDER BY q.at, q.ref LIMIT :n;

-- S5: breaches logged since `from`. said: who logged it; more: the arrangement.
-- :name work_breaches :many
-- :in functions:text?, from:instant, n:int
-- :out Duty
SELECT b.ref, b.casefile, b.customer, k.name, c.function, NULL AS owner, b.at AS since, NULL AS day,
	b.happened_at AS at,
	b.by_user AS said, b.arrangement AS more, NULL AS n
FROM casefile c JOIN breach b ON b.casefile = c.ref JOIN customer k ON k.ref = b.customer
WHERE c.closed_at IS NULL AND b.at >= :from AND b.struck_at IS NULL
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY b.at DESC, b.ref DESC LIMIT :n;

-- Casefiles that nothing keeps open: all is assessed, nothing asks for more, nothing is in force, pending or unsent. A
-- warned one is found by work_warnings. more: the last outcome.
-- :name work_closable :many
-- :in functions:text?, n:int
-- :out Duty
SELECT c.ref, c.ref AS casefile, c.customer, k.name, c.function, NULL AS owner,
	(SELECT max(s.at) FROM assessment s WHERE s.casefile = c.ref) AS since, NULL AS day,
	(SELECT max(a.ended_at) FROM arrangement a WHERE a.casefile = c.ref) AS at, NULL AS said, NULL AS more, NULL AS n
FROM casefile c JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND EXISTS (SELECT 1 FROM assessment s WHERE s.casefile = c.ref)
	AND NOT EXISTS (SELECT 1 FROM arrangement a WHERE a.casefile = c.ref AND a.ended_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM assessment s WHERE s.casefile = c.ref AND s.outcome IN ('warning', 'request')
		AND NOT EXISTS (SELECT 1 FROM arrangement a WHERE a.casefile = c.ref AND a.ended_at > s.at))
	AND NOT EXISTS (SELECT 1 FROM report r WHERE r.casefile = c.ref AND r.assessment IS NULL AND r.struck_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM request q WHERE q.casefile = c.ref AND q.state = 'open')
	AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.casefile = c.ref AND d.answered_at IS NULL AND d.withdrawn_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.casefile = c.ref
	AND (l.sent_at IS NULL OR l.returned_at IS NOT NULL))
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY 7, c.ref LIMIT :n;

-- G7: adjustments asked for and not answered. said: who wrote it down.
-- :name work_adjustments :many
-- :in functions:text?, n:int
-- :out Duty
SELECT a.ref, a.casefile, a.customer, k.name, COALESCE(c.function, (SELECT min(g.function) FROM role_grant g
		WHERE g.user_name = a.asked_by AND g.ended_at IS NULL)) AS function, NULL AS owner,
	a.asked_at AS since,
	NULL AS day, NULL AS at, a.asked_by AS said, NULL AS more, NULL AS n
FROM adjustment a JOIN customer k ON k.ref = a.customer LEFT JOIN casefile c ON c.ref = a.casefile
WHERE a.outcome IS NULL AND (:functions IS NULL
	OR replace(:functions, ',' || COALESCE(c.function, (SELECT min(g.function) FROM role_grant g
		WHERE g.user_name = a.asked_by AND g.ended_at IS NULL), '') || ',', '') <> :functions)
ORDER BY a.asked_at, a.ref LIMIT :n;

-- Requests to decide. said: who asked; more: the decision that waits for signatures; n: 1 where this person signed it.
-- :name work_requests :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT q.ref, q.casefile, c.customer, k.name, c.function, NULL AS owner, q.at AS since, NULL AS day, d.at,
	q.by_user AS said, d.ref AS more,
	(SELECT count(*) FROM signature s WHERE s.decision = d.ref AND s.user_name = :user) AS n
FROM request q JOIN casefile c ON c.ref = q.casefile JOIN customer k ON k.ref = c.customer
	LEFT JOIN decision d ON d.request = q.ref AND d.complete_at IS NULL
WHERE q.state = 'open' AND c.closed_at IS NULL
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY q.at, q.ref LIMIT :n;

-- Decisions that restrict and that nobody made a letter of. The owner is who asked.
-- :name work_to_notify :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT d.ref, d.casefile, c.customer, k.name, c.function, q.by_user AS owner, d.complete_at AS since, NULL AS day,
	NULL AS at, NULL AS said, NULL AS more, NULL AS n
FROM casefile c JOIN decision d ON d.casefile = c.ref JOIN request q ON q.ref = d.request
	JOIN customer k ON k.ref = c.customer
WHERE c.closed_at IS NULL AND d.outcome IN ('as-asked', 'different') AND d.complete_at IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.about = d.ref)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',',
	'') <> :functions OR q.by_user = :user)
ORDER BY d.complete_at, d.ref LIMIT :n;

-- Letters that are not sent, or that came back and that no later letter stands in for. at: when it came back; said:
-- its kind; more: how it goes and its format; n: 1 where the program gave up sending it.
-- :name work_letters :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT l.ref, l.casefile, l.customer, k.name, c.function, l.owner, l.made_at AS since, NULL AS day,
	l.returned_at AS at,
	l.kind AS said, l.delivery || ' ' || l.format AS more,
	(SELECT count(*) FROM outbox o WHERE o.notice = l.ref AND o.given_up_at IS NOT NULL) AS n
FROM notice l JOIN casefile c ON c.ref = l.casefile JOIN customer k ON k.ref = l.customer
WHERE (l.sent_at IS NULL OR l.returned_at IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM notice o WHERE o.about = l.about AND o.kind = l.kind AND o.made_at > l.made_at)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions OR l.owner = :user)
ORDER BY l.made_at, l.ref LIMIT :n;

-- G6: items without an outcome. said: why it is work; more: the channel.
-- :name work_items :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT i.ref, NULL AS casefile, i.customer, k.name, i.function, i.owner, i.opened_at AS since, NULL AS day,
	NULL AS at,
	i.why AS said, t.channel AS more, NULL AS n
FROM item i JOIN contact t ON t.ref = i.contact LEFT JOIN customer k ON k.ref = i.customer
WHERE i.ended_at IS NULL
	AND (i.function IS NULL OR :functions IS NULL OR replace(:functions, ',' || i.function || ',', '') <> :functions OR i.owner = :user)
ORDER BY i.opened_at, i.ref LIMIT :n;

-- D1, D3: disputes without an answer. day: the date for reply; more: the decision; n: letters that acknowledge it.
-- :name work_disputes :many
-- :in functions:text?, user:text, n:int
-- :out Duty
SELECT d.ref, d.casefile, d.customer, k.name, c.function, g.user_name AS owner, d.received_at AS since,
	d.reply_by AS day, d.at, d.by_user AS said, d.decision AS more,
	(SELECT count(*) FROM notice l WHERE l.about = d.ref AND l.kind = 'dispute-acknowledged') AS n
FROM dispute d JOIN casefile c ON c.ref = d.casefile JOIN customer k ON k.ref = d.customer
	LEFT JOIN assignment g ON g.work = d.ref
WHERE d.answered_at IS NULL AND d.withdrawn_at IS NULL
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions OR g.user_name = :user)
ORDER BY d.reply_by, d.ref LIMIT :n;

-- G2: what is or will be in force, by the day of its review. at: since when it binds.
-- :name work_reviews :many
-- :in functions:text?, today:day, n:int
-- :out Duty
SELECT a.ref, a.casefile, a.customer, k.name, c.function, NULL AS owner, d.at AS since, a.review_on AS day,
	a.from_at AS at, a.decision AS said, a.until_on AS more, NULL AS n
FROM arrangement a JOIN casefile c ON c.ref = a.casefile JOIN customer k ON k.ref = a.customer
	JOIN decision d ON d.ref = a.decision
WHERE a.ended_at IS NULL AND (a.until_on IS NULL OR a.until_on >= :today)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY a.review_on, a.ref LIMIT :n;

-- G3: what was in force and ended, and no letter tells its end. day: its last day; at: when it was ended.
-- :name work_letters_owed :many
-- :in functions:text?, today:day, n:int
-- :out Duty
SELECT a.ref, a.casefile, a.customer, k.name, c.function, NULL AS owner, a.from_at AS since, a.until_on AS day,
	a.ended_at AS at, NULL AS said, NULL AS more, NULL AS n
FROM casefile c JOIN arrangement a ON a.casefile = c.ref JOIN customer k ON k.ref = a.customer
WHERE c.closed_at IS NULL AND a.from_at IS NOT NULL
	AND (a.ended_at IS NOT NULL OR a.until_on < :today)
	AND NOT EXISTS (SELECT 1 FROM arrangement o WHERE o.supersedes = a.ref AND o.casefile = a.casefile)
	AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.about = a.ref AND l.kind = 'ended')
	AND NOT EXISTS (SELECT 1 FROM variation v JOIN notice l ON l.about IN (v.ref, v.dispute)
		WHERE v.arrangement = a.ref)
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
ORDER BY a.from_at, a.ref LIMIT :n;

-- R9: arrangements of customers who have a need that was recorded after the decision. since: when; said: the need.
-- Whether it clashes is core's to say.
-- :name work_needs :many
-- :in functions:text?, n:int
-- :out Duty
SELECT a.ref, a.casefile, a.customer, k.name, c.function, NULL AS owner, max(e.recorded_at) AS since, NULL AS day,
	NULL AS at, max(e.ref) AS said, NULL AS more, NULL AS n
FROM arrangement a JOIN casefile c ON c.ref = a.casefile JOIN customer k ON k.ref = a.customer
	JOIN decision d ON d.ref = a.decision JOIN need e ON e.customer = a.customer
WHERE a.ended_at IS NULL AND e.ended_at IS NULL AND e.recorded_at > d.at
	AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
GROUP BY a.ref, a.casefile, a.customer, k.name, c.function
ORDER BY 7, a.ref LIMIT :n;

-- A1, A2: who stands in for a head of function, now or later. day: the last day; said: as deputy or stand-in; more:
-- the first day.
-- :name work_stand_ins :many
-- :in functions:text?, user:text, today:day, n:int
-- :out Duty
SELECT u.user_name AS ref, NULL AS casefile, NULL AS customer, s.name, u.function, NULL AS owner,
	CAST(0 AS BIGINT) AS since, u.until_on AS day, NULL AS at, u.capacity AS said, u.from_on AS more, NULL AS n
FROM substitute u JOIN staff s ON s.user_name = u.user_name
WHERE u.ended_at IS NULL AND u.until_on >= :today
	AND (:functions IS NULL OR replace(:functions, ',' || u.function || ',', '') <> :functions OR u.user_name = :user)
ORDER BY u.until_on, u.number LIMIT :n;

-- Registers: lists that are sorted by a column and paged by a key. `key` is what a row is sorted by and its reference,
-- one text that no other row has; an instant in it has eighteen digits, so that it sorts as a text. down 0: behind `key`
-- upward ('' begins), 1: before it downward (the last sign of Unicode begins). A filter that is absent lets everything through; `word`,
-- `second` and `third` stand somewhere in the customer's folded name.
-- functions: ",casework,": only of these (the others are not for the viewer); NULL: all.
-- :row CustomerLine key:text, ref:text, kind:text, name:text, salutation:text?, postal_address:text?, language:text,
--   format:text, created_at:instant
-- :row CasefileLine key:text, ref:text, customer:text, customer_name:text, scope:text, scope_of:text?,
--   scope_reason:text?, function:text, opened_at:instant, closed_at:instant?, outcome:text?, version:int
-- :row ArrangementLine key:text, ref:text, customer_name:text
-- :row WarningLine key:text, ref:text, casefile:text, customer:text, customer_name:text, function:text, assessment:text,
--   tier:text, days_to_adapt:int, notice:text, sent_at:instant?, delivered_at:instant?, by_user:text, at:instant,
--   pack:text
-- :row EndedCall key:text, ref:text, customer:text?, customer_name:text?, channel:text, function:text?,
--   happened_at:instant, recorded_by:text, end_reason:text?, end_words:text?, minutes:int?, followed_up:text?,
--   followed_up_by:text?, followed_up_at:instant?
-- :row ReferralLine key:text, ref:text, casefile:text, customer:text, customer_name:text, function:text, force:text,
--   police_reference:text?, may_tell:bool, referred_at:instant, by_user:text, at:instant

-- The words of a customer's name, each with what follows it.
-- :name customer_word_add :exec
-- :in word:text, customer:text
INSERT INTO customer_word (word, customer) VALUES (:word, :customer) ON CONFLICT (word, customer) DO NOTHING;

-- :name customer_words_drop :exec
-- :in customer:text
DELETE FROM customer_word WHERE customer = :customer;

-- All customers, by name or by reference.
-- :name customers_by_name_up :many
-- :in folded:text, ref:text, n:int
-- :out CustomerLine
SELECT folded || ' ' || ref AS key, ref, kind, name, salutation, postal_address, language, format, created_at
FROM customer WHERE (folded, ref) > (:folded, :ref) ORDER BY folded, ref LIMIT :n;

-- :name customers_by_name_down :many
-- :in folded:text, ref:text, n:int
-- :out CustomerLine
SELECT folded || ' ' || ref AS key, ref, kind, name, salutation, postal_address, language, format, created_at
FROM customer WHERE (folded, ref) < (:folded, :ref) ORDER BY folded DESC, ref DESC LIMIT :n;

-- :name customers_by_ref_up :many
-- :in ref:text, n:int
-- :out CustomerLine
SELECT ' ' || ref AS key, ref, kind, name, salutation, postal_address, language, format, created_at
FROM customer WHERE ref > :ref ORDER BY ref LIMIT :n;

-- :name customers_by_ref_down :many
-- :in ref:text, n:int
-- :out CustomerLine
SELECT ' ' || ref AS key, ref, kind, name, salutation, postal_address, language, format, created_at
FROM customer WHERE ref < :ref ORDER BY ref DESC LIMIT :n;

-- By words that begin the names' own; each goes from `word` to before `word_end`.
-- :name customers_by_words :many
-- :in word:text, word_end:text, second:text?, second_end:text?, third:text?, third_end:text?, sort:text, down:int,
--   key:text, n:int
-- :out CustomerLine
SELECT key, ref, kind, name, salutation, postal_address, language, format, created_at FROM (
	SELECT CASE WHEN :sort = 'name' THEN k.folded ELSE '' END || ' ' || k.ref AS key, k.ref, k.kind, k.name,
		k.salutation, k.postal_address, k.language, k.format, k.created_at
	FROM customer k
	WHERE k.ref IN (SELECT w.customer FROM customer_word w WHERE w.word >= :word AND w.word < :word_end)
		AND (:second IS NULL OR EXISTS (SELECT 1 FROM customer_word w
			WHERE w.customer = k.ref AND w.word >= :second AND w.word < :second_end))
		AND (:third IS NULL OR EXISTS (SELECT 1 FROM customer_word w
			WHERE w.customer = k.ref AND w.word >= :third AND w.word < :third_end))) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- The same by reference: only the words are looked at before the page is cut.
-- :name customers_by_words_and_ref :many
-- :in word:text, word_end:text, second:text?, second_end:text?, third:text?, third_end:text?, down:int, ref:text, n:int
-- :out CustomerLine
SELECT ' ' || k.ref AS key, k.ref, k.kind, k.name, k.salutation, k.postal_address, k.language, k.format, k.created_at
FROM (SELECT w.customer AS ref FROM customer_word w WHERE w.word >= :word AND w.word < :word_end
		AND (:second IS NULL OR EXISTS (SELECT 1 FROM customer_word v
			WHERE v.customer = w.customer AND v.word >= :second AND v.word < :second_end))
		AND (:third IS NULL OR EXISTS (SELECT 1 FROM customer_word v
			WHERE v.customer = w.customer AND v.word >= :third AND v.word < :third_end))
		AND ((:down = 0 AND w.customer > :ref) OR (:down = 1 AND w.customer < :ref))
	GROUP BY w.customer ORDER BY CASE WHEN :down = 0 THEN w.customer END, w.customer DESC LIMIT :n) t
	JOIN customer k ON k.ref = t.ref
ORDER BY CASE WHEN :down = 0 THEN k.ref END, k.ref DESC;

-- By what stands anywhere in the name: all names are looked at.
-- :name customers_by_part :many
-- :only sqlite
-- :in word:text, second:text?, third:text?, sort:text, down:int, key:text, n:int
-- :out CustomerLine
SELECT key, ref, kind, name, salutation, postal_address, language, format, created_at FROM (
	SELECT CASE WHEN :sort = 'name' THEN k.folded ELSE '' END || ' ' || k.ref AS key, k.ref, k.kind, k.name,
		k.salutation, k.postal_address, k.language, k.format, k.created_at
	FROM customer k WHERE instr(k.folded, :word) > 0 AND (:second IS NULL OR instr(k.folded, :second) > 0)
		AND (:third IS NULL OR instr(k.folded, :third) > 0)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- :name customers_by_part :many
-- :only postgresql
-- :in word:text, second:text?, third:text?, sort:text, down:int, key:text, n:int
-- :out CustomerLine
SELECT key, ref, kind, name, salutation, postal_address, language, format, created_at FROM (
	SELECT CASE WHEN :sort = 'name' THEN k.folded ELSE '' END || ' ' || k.ref AS key, k.ref, k.kind, k.name,
		k.salutation, k.postal_address, k.language, k.format, k.created_at
	FROM customer k WHERE strpos(k.folded, :word) > 0 AND (:second IS NULL OR strpos(k.folded, :second) > 0)
		AND (:third IS NULL OR strpos(k.folded, :third) > 0)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- Who holds one of these identifiers now.
-- :name customers_by_identifier :many
-- :in phone:text?, email:text?, post:text?, handle:text?, sort:text, down:int, key:text, n:int
-- :out CustomerLine
SELECT key, ref, kind, name, salutation, postal_address, language, format, created_at FROM (
	SELECT CASE WHEN :sort = 'name' THEN k.folded ELSE '' END || ' ' || k.ref AS key, k.ref, k.kind, k.name,
		k.salutation, k.postal_address, k.language, k.format, k.created_at
	FROM customer k WHERE k.ref IN (SELECT i.customer FROM identifier i
		WHERE i.normal IN (:phone, :email, :post, :handle) AND i.ended_at IS NULL)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- :name register_casefiles :many
-- :in customer:text?, function:text?, open:int?, word:text?, second:text?, third:text?, sort:text, down:int, key:text,
--   n:int
-- :out CasefileLine
SELECT key, ref, customer, customer_name, scope, scope_of, scope_reason, function, opened_at, closed_at, outcome,
	version FROM (
	SELECT CASE :sort WHEN 'customer_name' THEN k.folded WHEN 'function' THEN c.function
			WHEN 'opened_at' THEN CAST(c.opened_at + 100000000000000000 AS TEXT)
			WHEN 'closed_at' THEN CAST(COALESCE(c.closed_at, 0) + 100000000000000000 AS TEXT)
			ELSE '' END || ' ' || c.ref AS key,
		c.ref, c.customer, k.name AS customer_name, c.scope, c.scope_of, c.scope_reason, c.function, c.opened_at,
		c.closed_at, c.outcome, c.version
	FROM casefile c JOIN customer k ON k.ref = c.customer
	WHERE (:customer IS NULL OR c.customer = :customer) AND (:function IS NULL OR c.function = :function)
		AND (:open IS NULL OR :open = CASE WHEN c.closed_at IS NULL THEN 1 ELSE 0 END)
		AND (:word IS NULL OR replace(k.folded, :word, '') <> k.folded)
		AND (:second IS NULL OR replace(k.folded, :second, '') <> k.folded)
		AND (:third IS NULL OR replace(k.folded, :third, '') <> k.folded)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- in_force: 1 for what binds at `now`, as far as its dates and a dispute that suspends it say; 0 for the rest.
-- :name register_arrangements :many
-- :in customer:text?, casefile:text?, function:text?, in_force:int?, now:instant, today:day, review_before:day?,
--   word:text?, second:text?, third:text?, sort:text, down:int, key:text, n:int
-- :out ArrangementLine
SELECT key, ref, customer_name FROM (
	SELECT CASE :sort WHEN 'customer_name' THEN k.folded WHEN 'review_on' THEN a.review_on
			WHEN 'from_at' THEN CAST(COALESCE(a.from_at, 0) + 100000000000000000 AS TEXT)
			ELSE '' END || ' ' || a.ref AS key, a.ref, k.name AS customer_name
	FROM arrangement a JOIN casefile c ON c.ref = a.casefile JOIN customer k ON k.ref = a.customer
	WHERE (:customer IS NULL OR a.customer = :customer) AND (:casefile IS NULL OR a.casefile = :casefile)
		AND (:function IS NULL OR c.function = :function)
		AND (:review_before IS NULL OR a.review_on < :review_before)
		AND (:in_force IS NULL OR :in_force = CASE WHEN a.from_at IS NOT NULL AND a.from_at <= :now
			AND (a.ended_at IS NULL OR a.ended_at > :now)
			AND (a.until_on IS NULL OR a.until_on >= :today)
			AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.decision = a.decision AND d.suspends = 1
				AND d.answered_at IS NULL AND d.withdrawn_at IS NULL) THEN 1 ELSE 0 END)
		AND (:word IS NULL OR replace(k.folded, :word, '') <> k.folded)
		AND (:second IS NULL OR replace(k.folded, :second, '') <> k.folded)
		AND (:third IS NULL OR replace(k.folded, :third, '') <> k.folded)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- :name register_warnings :many
-- :in customer:text?, casefile:text?, function:text?, functions:text?, word:text?, second:text?, third:text?,
--   sort:text, down:int, key:text, n:int
-- :out WarningLine
SELECT key, ref, casefile, customer, customer_name, function, assessment, tier, days_to_adapt, notice, sent_at,
	delivered_at, by_user, at, pack FROM (
	SELECT CASE :sort WHEN 'customer_name' THEN k.folded WHEN 'function' THEN c.function
			WHEN 'at' THEN CAST(w.at + 100000000000000000 AS TEXT) ELSE '' END || ' ' || w.ref AS key,
		w.ref, w.casefile, c.customer, k.name AS customer_name, c.function, w.assessment, w.tier, w.days_to_adapt,
		w.notice, CASE WHEN l.returned_at IS NULL THEN l.sent_at END AS sent_at,
		CASE WHEN l.returned_at IS NULL THEN l.delivered_at END AS delivered_at, w.by_user, w.at, w.pack
	FROM warning w JOIN casefile c ON c.ref = w.casefile JOIN customer k ON k.ref = c.customer
		JOIN notice l ON l.ref = w.notice
	WHERE (:customer IS NULL OR c.customer = :customer) AND (:casefile IS NULL OR w.casefile = :casefile)
		AND (:function IS NULL OR c.function = :function)
		AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
		AND (:word IS NULL OR replace(k.folded, :word, '') <> k.folded)
		AND (:second IS NULL OR replace(k.folded, :second, '') <> k.folded)
		AND (:third IS NULL OR replace(k.folded, :third, '') <> k.folded)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- S2. followed_up: 1 for those that a manager has followed up, 0 for the others.
-- :name register_ended_calls :many
-- :in customer:text?, function:text?, followed_up:int?, word:text?, second:text?, third:text?, sort:text, down:int,
--   key:text, n:int
-- :out EndedCall
SELECT key, ref, customer, customer_name, channel, function, happened_at, recorded_by, end_reason, end_words, minutes,
	followed_up, followed_up_by, followed_up_at FROM (
	SELECT CASE :sort WHEN 'customer_name' THEN COALESCE(k.folded, '') WHEN 'by' THEN t.recorded_by
			WHEN 'happened_at' THEN CAST(t.happened_at + 100000000000000000 AS TEXT)
			ELSE '' END || ' ' || t.ref AS key,
		t.ref, t.customer, k.name AS customer_name, t.channel, t.function, t.happened_at, t.recorded_by,
		t.end_reason, t.end_words, t.minutes, f.words AS followed_up, f.by_user AS followed_up_by,
		f.at AS followed_up_at
	FROM contact t LEFT JOIN customer k ON k.ref = t.customer LEFT JOIN follow_up f ON f.about = t.ref
	WHERE t.handling = 'ended' AND t.struck_at IS NULL AND (:customer IS NULL OR t.customer = :customer)
		AND (:function IS NULL OR t.function = :function)
		AND (:followed_up IS NULL OR :followed_up = CASE WHEN f.about IS NULL THEN 0 ELSE 1 END)
		AND (:word IS NULL OR replace(k.folded, :word, '') <> k.folded)
		AND (:second IS NULL OR replace(k.folded, :second, '') <> k.folded)
		AND (:third IS NULL OR replace(k.folded, :third, '') <> k.folded)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

-- L1, L2
-- :name register_referrals :many
-- :in customer:text?, casefile:text?, function:text?, functions:text?, word:text?, second:text?, third:text?,
--   sort:text, down:int, key:text, n:int
-- :out ReferralLine
SELECT key, ref, casefile, customer, customer_name, function, force, police_reference, may_tell, referred_at, by_user,
	at FROM (
	SELECT CASE :sort WHEN 'customer_name' THEN k.folded WHEN 'function' THEN c.function WHEN 'force' THEN f.force
			WHEN 'referred_at' THEN CAST(f.referred_at + 100000000000000000 AS TEXT)
			ELSE '' END || ' ' || f.ref AS key,
		f.ref, f.casefile, c.customer, k.name AS customer_name, c.function, f.force, f.police_reference, f.may_tell,
		f.referred_at, f.by_user, f.at
	FROM referral f JOIN casefile c ON c.ref = f.casefile JOIN customer k ON k.ref = c.customer
	WHERE (:customer IS NULL OR c.customer = :customer) AND (:casefile IS NULL OR f.casefile = :casefile)
		AND (:function IS NULL OR c.function = :function)
		AND (:functions IS NULL OR replace(:functions, ',' || c.function || ',', '') <> :functions)
		AND (:word IS NULL OR replace(k.folded, :word, '') <> k.folded)
		AND (:second IS NULL OR replace(k.folded, :second, '') <> k.folded)
		AND (:third IS NULL OR replace(k.folded, :third, '') <> k.folded)) t
WHERE (:down = 0 AND key > :key) OR (:down = 1 AND key < :key)
ORDER BY CASE WHEN :down = 0 THEN key END, key DESC LIMIT :n;

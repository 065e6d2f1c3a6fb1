-- Customers: who they are, how a contact is recognised, what they need, what they write about.
-- :row Customer ref:text, kind:text, name:text, folded:text, salutation:text?, postal_address:text?, language:text,
--   format:text, created_at:instant
-- :row Identifier ref:text, customer:text, kind:text, typed:text, normal:text, used_by_others:bool, confirmed:bool,
--   recognised:text?, added_at:instant, added_by:text, ended_at:instant?
-- :row Representative ref:text, customer:text, name:text, capacity:text, kind:text, normal:text, added_at:instant,
--   ended_at:instant?
-- :row Matter ref:text, customer:text, function:text, kind:text, title:text, opened_at:instant, closed_at:instant?,
--   closed_how:text?
-- :row Need ref:text, customer:text, what:text, why:text, abilities:text, only_with:text?, review_on:day?,
--   recorded_at:instant, recorded_by:text, ended_at:instant?
-- :row Adjustment ref:text, customer:text, casefile:text?, need:text?, asked:text, asked_at:instant, asked_by:text,
--   outcome:text?, reasons:text?, review_on:day?, answered_at:instant?, answered_by:text?

-- :name customer_by_ref :one
-- :in ref:text
-- :out Customer
SELECT ref, kind, name, folded, salutation, postal_address, language, format, created_at
FROM customer WHERE ref = :ref;

-- :name customer_add :exec
-- :in Customer
INSERT INTO customer (ref, kind, name, folded, salutation, postal_address, language, format, created_at)
VALUES (:ref, :kind, :name, :folded, :salutation, :postal_address, :language, :format, :created_at);

-- What is left out stays as it is.
-- :name customer_change :count
-- :in ref:text, name:text?, folded:text?, salutation:text?, postal_address:text?, language:text?, format:text?
UPDATE customer SET name = COALESCE(:name, name), folded = COALESCE(:folded, folded),
	salutation = COALESCE(:salutation, salutation), postal_address = COALESCE(:postal_address, postal_address),
	language = COALESCE(:language, language), format = COALESCE(:format, format)
WHERE ref = :ref;

-- :name identifiers_of :many
-- :in customer:text
-- :out Identifier
SELECT ref, customer, kind, typed, normal, used_by_others, confirmed, recognised, added_at, added_by, ended_at
FROM identifier WHERE customer = :customer ORDER BY ref;

-- Everybody who holds an identifier now.
-- :name identifiers_by_normal :many
-- :in normal:text
-- :out Identifier
SELECT ref, customer, kind, typed, normal, used_by_others, confirmed, recognised, added_at, added_by, ended_at
FROM identifier WHERE normal = :normal AND ended_at IS NULL ORDER BY ref;

-- :name identifier_by_ref :one
-- :in ref:text
-- :out Identifier
SELECT ref, customer, kind, typed, normal, used_by_others, confirmed, recognised, added_at, added_by, ended_at
FROM identifier WHERE ref = :ref;

-- :name identifier_add :exec
-- :in Identifier
INSERT INTO identifier (ref, customer, kind, typed, normal, used_by_others, confirmed, recognised, added_at, added_by,
	ended_at)
VALUES (:ref, :customer, :kind, :typed, :normal, :used_by_others, :confirmed, :recognised, :added_at, :added_by,
	:ended_at);

-- R11: marked as used by others; never taken back by this statement.
-- :name identifiers_mark_shared :count
-- :in normal:text
UPDATE identifier SET used_by_others = 1 WHERE normal = :normal AND ended_at IS NULL;

-- :name identifier_confirm :count
-- :in ref:text
UPDATE identifier SET confirmed = 1 WHERE ref = :ref;

-- :name identifier_end :count
-- :in ref:text, ended_at:instant
UPDATE identifier SET ended_at = :ended_at WHERE ref = :ref AND ended_at IS NULL;

-- :name representatives_of :many
-- :in customer:text
-- :out Representative
SELECT ref, customer, name, capacity, kind, normal, added_at, ended_at
FROM representative WHERE customer = :customer ORDER BY ref;

-- :name representative_add :exec
-- :in Representative
INSERT INTO representative (ref, customer, name, capacity, kind, normal, added_at, ended_at)
VALUES (:ref, :customer, :name, :capacity, :kind, :normal, :added_at, :ended_at);

-- :name matter_by_ref :one
-- :in ref:text
-- :out Matter
SELECT ref, customer, function, kind, title, opened_at, closed_at, closed_how FROM matter WHERE ref = :ref;

-- :name matters_of :many
-- :in customer:text
-- :out Matter
SELECT ref, customer, function, kind, title, opened_at, closed_at, closed_how
FROM matter WHERE customer = :customer ORDER BY ref;

-- :name matter_add :exec
-- :in Matter
INSERT INTO matter (ref, customer, function, kind, title, opened_at, closed_at, closed_how)
VALUES (:ref, :customer, :function, :kind, :title, :opened_at, :closed_at, :closed_how);

-- :name matter_close :count
-- :in ref:text, closed_at:instant, closed_how:text
UPDATE matter SET closed_at = :closed_at, closed_how = :closed_how WHERE ref = :ref AND closed_at IS NULL;

-- :name needs_of :many
-- :in customer:text
-- :out Need
SELECT ref, customer, what, why, abilities, only_with, review_on, recorded_at, recorded_by, ended_at
FROM need WHERE customer = :customer AND ended_at IS NULL ORDER BY ref;

-- :name need_add :exec
-- :in Need
INSERT INTO need (ref, customer, what, why, abilities, only_with, review_on, recorded_at, recorded_by, ended_at)
VALUES (:ref, :customer, :what, :why, :abilities, :only_with, :review_on, :recorded_at, :recorded_by, :ended_at);

-- :name adjustments_of :many
-- :in customer:text
-- :out Adjustment
SELECT ref, customer, casefile, need, asked, asked_at, asked_by, outcome, reasons, review_on, answered_at, answered_by
FROM adjustment WHERE customer = :customer ORDER BY ref;

-- :name adjustment_by_ref :one
-- :in ref:text
-- :out Adjustment
SELECT ref, customer, casefile, need, asked, asked_at, asked_by, outcome, reasons, review_on, answered_at, answered_by
FROM adjustment WHERE ref = :ref;

-- :name adjustment_add :exec
-- :in Adjustment
INSERT INTO adjustment (ref, customer, casefile, need, asked, asked_at, asked_by, outcome, reasons, review_on,
	answered_at, answered_by)
VALUES (:ref, :customer, :casefile, :need, :asked, :asked_at, :asked_by, :outcome, :reasons, :review_on,
	:answered_at, :answered_by);

-- :name adjustment_answer :count
-- :in ref:text, outcome:text, reasons:text, review_on:day?, answered_at:instant, answered_by:text
UPDATE adjustment SET outcome = :outcome, reasons = :reasons, review_on = :review_on, answered_at = :answered_at,
	answered_by = :answered_by
WHERE ref = :ref AND outcome IS NULL;

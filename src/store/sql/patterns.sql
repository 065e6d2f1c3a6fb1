-- What contact takes (B4): counted, never judged. A mail with several recipients is one contact.
-- :row Takes contacts:int, minutes:int, staff:int

-- :name takes_of_customer :one
-- :in customer:text, since:instant, until:instant
-- :out Takes
SELECT count(DISTINCT COALESCE(gate_id, ref)) AS contacts, CAST(COALESCE(sum(minutes), 0) AS BIGINT) AS minutes,
	count(DISTINCT CASE WHEN source = 'staff' THEN recorded_by END) AS staff
FROM contact WHERE customer = :customer AND struck_at IS NULL AND direction = 'in' AND happened_at > :since AND happened_at <= :until;

-- Of everybody who was in touch in that time, one row each: what is usual is found among them.
-- :name takes_of_all :many
-- :in since:instant, until:instant
-- :out Takes
SELECT count(DISTINCT COALESCE(gate_id, ref)) AS contacts, CAST(COALESCE(sum(minutes), 0) AS BIGINT) AS minutes,
	count(DISTINCT CASE WHEN source = 'staff' THEN recorded_by END) AS staff
FROM contact WHERE customer IS NOT NULL AND struck_at IS NULL AND direction = 'in' AND happened_at > :since AND happened_at <= :until
GROUP BY customer;

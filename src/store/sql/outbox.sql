-- The outbox: slow work written in an act's transaction, taken with a lease, retried, given up visibly.
-- :row Outbox number:int, notice:text, due_at:instant, attempts:int, lease_until:instant?, last_error:text?,
--   done_at:instant?, given_up_at:instant?

-- :name outbox_add :exec
-- :in Outbox
INSERT INTO outbox (number, notice, due_at, attempts, lease_until, last_error, done_at, given_up_at)
VALUES (:number, :notice, :due_at, :attempts, :lease_until, :last_error, :done_at, :given_up_at);

-- Due times and leases go by the machine's clock, also where a demonstration pretends another time.
-- :name outbox_due :one
-- :in now:instant
-- :out Outbox
SELECT number, notice, due_at, attempts, lease_until, last_error, done_at, given_up_at FROM outbox
WHERE done_at IS NULL AND given_up_at IS NULL AND due_at <= :now AND (lease_until IS NULL OR lease_until <= :now)
ORDER BY due_at, number LIMIT 1;

-- Taken only by one: nothing changes where another was first.
-- :name outbox_take :count
-- :in number:int, now:instant, lease_until:instant
UPDATE outbox SET lease_until = :lease_until, attempts = attempts + 1
WHERE number = :number AND done_at IS NULL AND given_up_at IS NULL AND (lease_until IS NULL OR lease_until <= :now);

-- :name outbox_done :count
-- :in number:int, done_at:instant
UPDATE outbox SET done_at = :done_at, lease_until = NULL, last_error = NULL WHERE number = :number;

-- :name outbox_failed :count
-- :in number:int, due_at:instant, last_error:text, given_up_at:instant?
UPDATE outbox SET due_at = :due_at, last_error = :last_error, lease_until = NULL, given_up_at = :given_up_at
WHERE number = :number;

-- What became of a notice was confirmed: nothing is left to send.
-- :name outbox_settle :count
-- :in notice:text, done_at:instant
UPDATE outbox SET done_at = :done_at, lease_until = NULL WHERE notice = :notice AND done_at IS NULL;

-- What 'contact, now' shows beside the look-up and the customer.
-- :row Logged ref:text, customer:text?, identifier:text?, channel:text, direction:text, matter:text?, purpose:text?,
--   handling:text?, recorded_at:instant

-- What somebody logged themself since then, newest first.
-- :name contacts_logged_by :many
-- :in recorded_by:text, since:instant, n:int
-- :out Logged
SELECT ref, customer, identifier, channel, direction, matter, purpose, handling, recorded_at
FROM contact WHERE recorded_by = :recorded_by AND recorded_at >= :since AND struck_at IS NULL
ORDER BY recorded_at DESC, ref DESC LIMIT :n;

-- :row MatterStep matter:text, happened_at:instant, act:text, ref:text?, number:int, summary:text

-- K2: what was decided about each of a customer's matters, newest first.
-- :name matter_decisions_of :many
-- :in customer:text
-- :out MatterStep
SELECT e.matter, e.happened_at, e.act, e.ref, e.number, e.summary
FROM event e JOIN matter m ON m.ref = e.matter
WHERE m.customer = :customer AND e.act IN ('decide', 'vary', 'lift', 'end-arrangement', 'answer-dispute')
ORDER BY e.number DESC;

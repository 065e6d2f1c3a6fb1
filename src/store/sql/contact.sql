-- Contacts, the items of work that come of them, and the timeline of acts.
-- :row Contact ref:text, gate_id:text?, customer:text?, identifier:text?, channel:text, direction:text, door:text?,
--   function:text?, matter:text?, purpose:text?, happened_at:instant, recorded_at:instant, recorded_by:text,
--   source:text, what:text?, minutes:int?, verdict:text?, reasons:text?, handling:text?, end_reason:text?,
--   end_words:text?, struck_at:instant?
-- :row Item ref:text, contact:text, customer:text?, function:text?, why:text, opened_at:instant, ended_at:instant?,
--   ended_by:text?, outcome:text?, owner:text?, outcome_words:text?
-- :row Event number:int, customer:text?, casefile:text?, matter:text?, function:text?, happened_at:instant, act:text,
--   ref:text?, actor:text, summary:text

-- :name contact_by_ref :one
-- :in ref:text
-- :out Contact
SELECT ref, gate_id, customer, identifier, channel, direction, door, function, matter, purpose, happened_at,
	recorded_at, recorded_by, source, what, minutes, verdict, reasons, handling, end_reason, end_words,
	struck_at
FROM contact WHERE ref = :ref;

-- The gate's own entry, which an act of staff completes instead of making a second.
-- :name contact_by_gate_id :one
-- :in gate_id:text
-- :out Contact
SELECT ref, gate_id, customer, identifier, channel, direction, door, function, matter, purpose, happened_at,
	recorded_at, recorded_by, source, what, minutes, verdict, reasons, handling, end_reason, end_words,
	struck_at
FROM contact WHERE gate_id = :gate_id ORDER BY ref LIMIT 1;

-- :name contact_add :exec
-- :in Contact
INSERT INTO contact (ref, gate_id, customer, identifier, channel, direction, door, function, matter, purpose,
	happened_at, recorded_at, recorded_by, source, what, minutes, verdict, reasons, handling, end_reason, end_words,
	struck_at)
VALUES (:ref, :gate_id, :customer, :identifier, :channel, :direction, :door, :function, :matter, :purpose,
	:happened_at, :recorded_at, :recorded_by, :source, :what, :minutes, :verdict, :reasons, :handling, :end_reason,
	:end_words, :struck_at);

-- :name contact_complete :count
-- :in ref:text, customer:text?, matter:text?, purpose:text?, what:text?, minutes:int?, handling:text?,
--   end_reason:text?, end_words:text?
UPDATE contact SET customer = COALESCE(:customer, customer), matter = COALESCE(:matter, matter),
	purpose = COALESCE(:purpose, purpose), what = COALESCE(:what, what), minutes = COALESCE(:minutes, minutes),
	handling = COALESCE(:handling, handling), end_reason = COALESCE(:end_reason, end_reason),
	end_words = COALESCE(:end_words, end_words)
WHERE ref = :ref;

-- :name item_add :exec
-- :in Item
INSERT INTO item (ref, contact, customer, function, why, opened_at, ended_at, ended_by, outcome, owner, outcome_words)
VALUES (:ref, :contact, :customer, :function, :why, :opened_at, :ended_at, :ended_by, :outcome, :owner,
	:outcome_words);

-- :name event_add :exec
-- :in Event
INSERT INTO event (number, customer, casefile, matter, function, happened_at, act, ref, actor, summary)
VALUES (:number, :customer, :casefile, :matter, :function, :happened_at, :act, :ref, :actor, :summary);

-- What the gate said of the same contact later: of another door, or once it knew who it was.
-- :name contact_set_verdict :count
-- :in ref:text, customer:text?, identifier:text?, door:text?, matter:text?, verdict:text, reasons:text?
UPDATE contact SET customer = COALESCE(customer, :customer), identifier = COALESCE(identifier, :identifier),
	door = COALESCE(door, :door), matter = COALESCE(matter, :matter), verdict = :verdict, reasons = :reasons
WHERE ref = :ref;

-- :name item_of_contact :one
-- :in contact:text
-- :out Item
SELECT ref, contact, customer, function, why, opened_at, ended_at, ended_by, outcome, owner, outcome_words
FROM item WHERE contact = :contact ORDER BY ref LIMIT 1;

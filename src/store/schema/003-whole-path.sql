-- 003-whole-path.sql: what a lawful day needs beside and after the decision: evidence, breaches, owned work, changes of
-- an arrangement, disputes, corrections; and what people who sign in need: second factors, resets, drafts.

-- Evidence (G9): a file, with when it was obtained and when it was entered.
CREATE TABLE evidence (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	report TEXT REFERENCES report (ref), -- the report that it bears out; NULL: the casefile as a whole
	contact TEXT REFERENCES contact (ref),
	what TEXT NOT NULL,
	file_name TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	hash TEXT NOT NULL, -- SHA-256 of the bytes
	obtained_at INSTANT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL, -- when it was entered
	struck_at INSTANT
);
CREATE INDEX evidence_casefile ON evidence (casefile);
CREATE INDEX evidence_customer ON evidence (customer, ref);
CREATE TABLE evidence_file (
	evidence TEXT PRIMARY KEY REFERENCES evidence (ref),
	bytes BLOB NOT NULL
);

-- S5: what was done against an arrangement, confirmed by somebody who knows the person, and what staff did.
CREATE TABLE breach (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	arrangement TEXT NOT NULL REFERENCES arrangement (ref),
	contact TEXT REFERENCES contact (ref),
	what TEXT NOT NULL,
	staff_did TEXT NOT NULL,
	happened_at INSTANT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL,
	struck_at INSTANT
);
CREATE INDEX breach_casefile ON breach (casefile);
CREATE INDEX breach_customer ON breach (customer, ref);

-- Owned work (G6, S2, S4): who has it, and what they did.
ALTER TABLE item ADD COLUMN owner TEXT;
ALTER TABLE item ADD COLUMN outcome_words TEXT;
-- Who was named to assess a report or to hear a dispute. An item and a notice have their owner themselves.
CREATE TABLE assignment (
	work TEXT PRIMARY KEY,
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
-- What a manager did about an ended call (S2) or a welfare mark (S4).
CREATE TABLE follow_up (
	about TEXT PRIMARY KEY, -- a contact or a report
	words TEXT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
-- After violence used or threatened: what anybody about to meet the person is told. The newest holds.
CREATE TABLE safety_sentence (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	words TEXT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
CREATE INDEX safety_sentence_customer ON safety_sentence (customer);

-- An easing of an arrangement: varied, lifted, or changed by the answer to a dispute. It keeps the decision's
-- authoriser, criteria and review date.
CREATE TABLE variation (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	arrangement TEXT NOT NULL REFERENCES arrangement (ref), -- the one that it changes
	kind TEXT NOT NULL, -- vary, lift, dispute
	dispute TEXT,
	reasons TEXT NOT NULL,
	lifting TEXT, -- what would lead to lifting it from now on; NULL: as it was
	agreement TEXT, -- D2: how the customer agreed to another course
	by_user TEXT NOT NULL,
	capacity TEXT NOT NULL, -- head, deputy, stand-in; complaints-officer
	at INSTANT NOT NULL,
	pack TEXT NOT NULL
);
CREATE INDEX variation_casefile ON variation (casefile);
ALTER TABLE arrangement ADD COLUMN variation TEXT; -- what made it, where that was no decision of its own

CREATE TABLE dispute (
	ref TEXT PRIMARY KEY,
	number INTEGER NOT NULL, -- the record's entry: who acted on the casefile before it does not hear it (G8)
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	decision TEXT NOT NULL REFERENCES decision (ref),
	channel TEXT NOT NULL,
	words TEXT NOT NULL,
	late_reason TEXT, -- why it is heard though it came late
	received_at INSTANT NOT NULL,
	reply_by DAY NOT NULL,
	suspends BOOLEAN NOT NULL, -- by the pack of that day: the arrangement is out of force while it is open
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL,
	withdrawn_at INSTANT,
	withdrawn_words TEXT,
	answered_at INSTANT,
	answered_by TEXT,
	outcome TEXT, -- still-apply, different, ended
	reasons TEXT,
	pack TEXT NOT NULL
);
CREATE INDEX dispute_casefile ON dispute (casefile);
CREATE INDEX dispute_customer ON dispute (customer, ref);
CREATE INDEX dispute_decision ON dispute (decision);

ALTER TABLE casefile ADD COLUMN close_words TEXT;
ALTER TABLE casefile ADD COLUMN closed_by TEXT;

-- An author's own mending: the entry is struck, or a text of it is put right. The old words stay here.
ALTER TABLE contact ADD COLUMN struck_at INSTANT;
ALTER TABLE report ADD COLUMN struck_at INSTANT;
ALTER TABLE answer ADD COLUMN struck_at INSTANT;
CREATE TABLE correction (
	number INTEGER PRIMARY KEY, -- the record's entry
	entry TEXT NOT NULL,
	field TEXT, -- NULL: the whole entry was struck
	was TEXT,
	reason TEXT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
CREATE INDEX correction_entry ON correction (entry);

-- Signing in
CREATE TABLE second_factor (
	user_name TEXT PRIMARY KEY REFERENCES staff (user_name),
	secret BLOB NOT NULL,
	confirmed_at INSTANT, -- NULL: offered, not yet in use
	last_step INTEGER NOT NULL -- a code is good once
);
CREATE TABLE recovery_code (
	hash TEXT PRIMARY KEY,
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	used_at INSTANT
);
CREATE TABLE password_reset (
	hash TEXT PRIMARY KEY,
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	made_by TEXT NOT NULL,
	ends_at INSTANT NOT NULL,
	used_at INSTANT
);
ALTER TABLE session ADD COLUMN half BOOLEAN NOT NULL DEFAULT 0; -- the password was right, the code is still asked for
-- Where somebody signed in, so that they know their sessions apart.
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';

-- What somebody began to write and keeps for later: no act, and nobody else's to see.
CREATE TABLE draft (
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	act TEXT NOT NULL,
	about TEXT NOT NULL, -- the casefile, or the request that is to be decided
	form TEXT NOT NULL, -- the form's fields, as a form sends them
	saved_at INSTANT NOT NULL,
	PRIMARY KEY (user_name, act, about)
);

-- Work that waits is found without reading what is done, and so are customers by the words of their names.
CREATE INDEX report_unassessed ON report (recorded_at) WHERE assessment IS NULL;
CREATE INDEX report_violence ON report (casefile) WHERE violence = 1;
CREATE INDEX report_welfare ON report (recorded_at) WHERE welfare IS NOT NULL;
CREATE INDEX report_reporter ON report (reporter, recorded_at);
CREATE INDEX contact_ended ON contact (happened_at) WHERE handling = 'ended';
CREATE INDEX contact_recorded_by ON contact (recorded_by, recorded_at);
CREATE INDEX item_open ON item (opened_at) WHERE ended_at IS NULL;
CREATE INDEX casefile_open ON casefile (function) WHERE closed_at IS NULL;
CREATE INDEX warning_assessment ON warning (assessment);
CREATE INDEX request_open ON request (at) WHERE state = 'open';
CREATE INDEX arrangement_running ON arrangement (review_on) WHERE ended_at IS NULL;
CREATE INDEX dispute_open ON dispute (reply_by) WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX adjustment_open ON adjustment (asked_at) WHERE outcome IS NULL;
CREATE INDEX notice_about ON notice (about);
CREATE INDEX notice_to_send ON notice (owner) WHERE sent_at IS NULL OR returned_at IS NOT NULL;
CREATE INDEX outbox_notice ON outbox (notice);
CREATE INDEX customer_by_name ON customer (folded, ref);
-- The folded name from each word's beginning on: "sianoharalukasz", "oharalukasz", "haralukasz", "lukasz".
CREATE TABLE customer_word (
	word TEXT NOT NULL,
	customer TEXT NOT NULL REFERENCES customer (ref),
	PRIMARY KEY (word, customer)
);
CREATE INDEX customer_word_customer ON customer_word (customer);
INSERT INTO customer_word (word, customer) SELECT folded, ref FROM customer WHERE folded <> '';

-- A customer's timeline is read a page at a time, by when things happened.
CREATE INDEX event_customer_time ON event (customer, happened_at, number);
CREATE INDEX contact_customer_source ON contact (customer, source, happened_at);
CREATE INDEX event_ref ON event (ref);
-- Every page asks for the first, every customer's page for the second.
CREATE INDEX pack_in_force ON pack (in_force, adopted_at, version);
CREATE INDEX representative_customer ON representative (customer);

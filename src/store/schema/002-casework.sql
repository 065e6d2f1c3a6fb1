-- 002-casework.sql: organisation, customers, casework, notices, and what the gate keeps.
--
-- References (C-2026-000123 …) are the primary keys: people see them, programs use them, and nothing else names a
-- row. Times: `at` and `…_at` are instants; `…_on` are local days. What a pack shapes (findings, restrictions,
-- answers to questions) is JSON, checked by the act before it is written. "In force" is never a stored flag.

-- Policy packs as adopted: their bytes. A later version does not change an earlier one.
CREATE TABLE pack (
	label TEXT PRIMARY KEY, -- "police-complaints 1"
	name TEXT NOT NULL,
	version INTEGER NOT NULL,
	in_force DAY NOT NULL,
	hash TEXT NOT NULL,
	adopted_at INSTANT NOT NULL,
	adopted_by TEXT NOT NULL
);
CREATE TABLE pack_file (
	pack TEXT NOT NULL REFERENCES pack (label),
	path TEXT NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (pack, path)
);

-- Organisation
CREATE TABLE function (
	slug TEXT PRIMARY KEY,
	title TEXT NOT NULL,
	created_at INSTANT NOT NULL
);
CREATE TABLE staff (
	user_name TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	email TEXT,
	password TEXT, -- Argon2id; NULL: cannot sign in
	created_at INSTANT NOT NULL,
	ended_at INSTANT
);
-- A role in a function, or (function NULL) in the whole organisation.
CREATE TABLE role_grant (
	number INTEGER PRIMARY KEY, -- the record's entry that granted it
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	role TEXT NOT NULL,
	function TEXT REFERENCES function (slug),
	granted_at INSTANT NOT NULL,
	granted_by TEXT NOT NULL,
	ended_at INSTANT
);
CREATE INDEX role_grant_user ON role_grant (user_name);
-- A1, A2: who may act for a head of function, from one day to another, both included.
CREATE TABLE substitute (
	number INTEGER PRIMARY KEY, -- the record's entry that named them
	function TEXT NOT NULL REFERENCES function (slug),
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	capacity TEXT NOT NULL, -- "deputy" or "stand-in"
	from_on DAY NOT NULL,
	until_on DAY NOT NULL,
	reason TEXT NOT NULL,
	ended_at INSTANT
);
CREATE TABLE token (
	hash TEXT PRIMARY KEY, -- SHA-256 of the token
	user_name TEXT REFERENCES staff (user_name), -- NULL: a gate's token, which may only ask
	title TEXT NOT NULL,
	created_at INSTANT NOT NULL,
	ended_at INSTANT
);
CREATE TABLE session (
	hash TEXT PRIMARY KEY,
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	form_key TEXT NOT NULL,
	created_at INSTANT NOT NULL,
	seen_at INSTANT NOT NULL,
	ends_at INSTANT NOT NULL
);
CREATE TABLE sign_in_failure (
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	at INSTANT NOT NULL
);
CREATE INDEX sign_in_failure_name ON sign_in_failure (name, at);
CREATE TABLE door (
	address TEXT PRIMARY KEY, -- normal form
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	function TEXT REFERENCES function (slug),
	matter TEXT,
	user_name TEXT REFERENCES staff (user_name),
	protects TEXT,
	ended_at INSTANT
);

-- Customers
CREATE TABLE customer (
	ref TEXT PRIMARY KEY,
	kind TEXT NOT NULL, -- "person" or "body"
	name TEXT NOT NULL,
	folded TEXT NOT NULL,
	salutation TEXT, -- "Mx Quill"; NULL: the name
	postal_address TEXT,
	language TEXT NOT NULL,
	format TEXT NOT NULL, -- the notice format they need
	created_at INSTANT NOT NULL
);
CREATE INDEX customer_folded ON customer (folded);
CREATE TABLE identifier (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	kind TEXT NOT NULL,
	typed TEXT NOT NULL,
	normal TEXT NOT NULL,
	used_by_others BOOLEAN NOT NULL,
	confirmed BOOLEAN NOT NULL,
	recognised TEXT, -- G13: how the person was recognised
	added_at INSTANT NOT NULL,
	added_by TEXT NOT NULL,
	ended_at INSTANT
);
CREATE INDEX identifier_normal ON identifier (normal);
CREATE INDEX identifier_customer ON identifier (customer);
CREATE TABLE representative (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	name TEXT NOT NULL,
	capacity TEXT NOT NULL, -- solicitor, advocate, elected member, ombudsman …
	kind TEXT NOT NULL,
	normal TEXT NOT NULL,
	added_at INSTANT NOT NULL,
	ended_at INSTANT
);
CREATE INDEX representative_normal ON representative (normal);
CREATE TABLE matter (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	function TEXT NOT NULL REFERENCES function (slug),
	kind TEXT NOT NULL, -- complaint, case, query, request
	title TEXT NOT NULL,
	opened_at INSTANT NOT NULL,
	closed_at INSTANT,
	closed_how TEXT
);
CREATE INDEX matter_customer ON matter (customer);
CREATE TABLE need (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	what TEXT NOT NULL,
	why TEXT NOT NULL,
	abilities JSON NOT NULL, -- {"phone": "cannot", …}
	only_with TEXT,
	review_on DAY,
	recorded_at INSTANT NOT NULL,
	recorded_by TEXT NOT NULL,
	ended_at INSTANT
);
CREATE INDEX need_customer ON need (customer);
CREATE TABLE adjustment (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	casefile TEXT,
	need TEXT,
	asked TEXT NOT NULL,
	asked_at INSTANT NOT NULL,
	asked_by TEXT NOT NULL,
	outcome TEXT, -- granted, granted-for-now, refused; NULL: open (G7)
	reasons TEXT,
	review_on DAY,
	answered_at INSTANT,
	answered_by TEXT
);
CREATE INDEX adjustment_customer ON adjustment (customer);

-- Contact
CREATE TABLE contact (
	ref TEXT PRIMARY KEY,
	gate_id TEXT, -- the contact id that the mail server or phone system gave
	customer TEXT REFERENCES customer (ref),
	identifier TEXT, -- normal form
	channel TEXT NOT NULL,
	direction TEXT NOT NULL,
	door TEXT,
	function TEXT,
	matter TEXT,
	purpose TEXT,
	happened_at INSTANT NOT NULL,
	recorded_at INSTANT NOT NULL,
	recorded_by TEXT NOT NULL,
	source TEXT NOT NULL, -- "staff" or "gate"
	what TEXT,
	minutes INTEGER,
	verdict TEXT, -- what the gate answered
	reasons JSON,
	handling TEXT, -- "ended" or "held"; NULL
	end_reason TEXT,
	end_words TEXT
);
CREATE INDEX contact_customer ON contact (customer, happened_at);
CREATE INDEX contact_gate ON contact (gate_id);
-- Owned work (G6): a mail that was filed, diverted, or passed though one of several recipients was restricted.
CREATE TABLE item (
	ref TEXT PRIMARY KEY,
	contact TEXT NOT NULL REFERENCES contact (ref),
	customer TEXT,
	function TEXT,
	why TEXT NOT NULL,
	opened_at INSTANT NOT NULL,
	ended_at INSTANT,
	ended_by TEXT,
	outcome TEXT
);

-- Casework
CREATE TABLE casefile (
	ref TEXT PRIMARY KEY,
	customer TEXT NOT NULL REFERENCES customer (ref),
	scope TEXT NOT NULL,
	scope_of TEXT,
	scope_reason TEXT,
	function TEXT NOT NULL REFERENCES function (slug),
	opened_at INSTANT NOT NULL,
	closed_at INSTANT,
	outcome TEXT,
	version INTEGER NOT NULL
);
CREATE INDEX casefile_customer ON casefile (customer);
CREATE TABLE casefile_matter (
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	matter TEXT NOT NULL REFERENCES matter (ref),
	PRIMARY KEY (casefile, matter)
);
CREATE TABLE report (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	contact TEXT REFERENCES contact (ref),
	reporter TEXT NOT NULL,
	function TEXT NOT NULL,
	channel TEXT NOT NULL,
	heading TEXT NOT NULL,
	example TEXT, -- NULL: 'other', then other_words
	other_words TEXT,
	what TEXT NOT NULL,
	effect TEXT NOT NULL, -- what it did to staff or service
	violence BOOLEAN NOT NULL, -- L2, as reported
	disability TEXT NOT NULL, -- G7: could a disability explain it: "yes", "no", "not-known"
	targets JSON NOT NULL, -- user names of who was the target (G8)
	welfare TEXT, -- S4
	happened_at INSTANT NOT NULL,
	recorded_at INSTANT NOT NULL,
	assessment TEXT,
	pack TEXT NOT NULL
);
CREATE INDEX report_casefile ON report (casefile);
CREATE INDEX report_customer ON report (customer);
CREATE TABLE assessment (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	by_user TEXT NOT NULL,
	outcome TEXT NOT NULL, -- no-action, informal-advice, warning, request
	heading TEXT NOT NULL,
	tests JSON NOT NULL, -- B3: question key → answer
	ground TEXT, -- W5: assessed as this reason to skip a warning
	no_violence TEXT, -- L2: why no physical violence was used or threatened
	needs_considered TEXT NOT NULL, -- B6
	behaviour TEXT NOT NULL, -- what happened, in words a customer can be told
	at INSTANT NOT NULL,
	pack TEXT NOT NULL
);
CREATE INDEX assessment_casefile ON assessment (casefile);
CREATE TABLE referral (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	force TEXT NOT NULL,
	police_reference TEXT, -- NULL: awaited
	may_tell BOOLEAN NOT NULL, -- N1: the police agreed that the customer is told
	referred_at INSTANT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
CREATE INDEX referral_casefile ON referral (casefile);
CREATE TABLE warning (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	assessment TEXT NOT NULL REFERENCES assessment (ref),
	tier TEXT NOT NULL,
	days_to_adapt INTEGER NOT NULL,
	notice TEXT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL,
	pack TEXT NOT NULL
);
CREATE INDEX warning_casefile ON warning (casefile);
CREATE TABLE answer (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	warning TEXT NOT NULL REFERENCES warning (ref),
	words TEXT NOT NULL,
	happened_at INSTANT NOT NULL,
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL
);
CREATE INDEX answer_casefile ON answer (casefile);
CREATE TABLE request (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	by_user TEXT NOT NULL,
	at INSTANT NOT NULL,
	state TEXT NOT NULL, -- open, returned, refused, authorised, withdrawn
	warning TEXT, -- the warning it rests on; NULL under W5
	skip_reason TEXT, -- W5
	skip_risk TEXT, -- what a warning first would have risked
	early_reason TEXT, -- W4: why the days were not waited for
	reports JSON NOT NULL, -- references of the reports it rests on
	account JSON NOT NULL, -- criterion key → what the manager says
	internal_review TEXT, -- A6: exhausted, out-of-time, none-exists, open
	complaints JSON NOT NULL, -- G8: [{about, reference, lodged_on, concerns}]
	restrictions JSON NOT NULL,
	reasons TEXT NOT NULL,
	scope TEXT NOT NULL,
	scope_of TEXT,
	scope_reason TEXT,
	until_on DAY,
	review_on DAY NOT NULL,
	pack TEXT NOT NULL
);
CREATE INDEX request_casefile ON request (casefile);
CREATE TABLE decision (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	request TEXT NOT NULL REFERENCES request (ref),
	outcome TEXT NOT NULL, -- as-asked, different, refused, returned
	findings JSON NOT NULL, -- criterion key → {finding, how, because, who, by_when}
	reasons TEXT NOT NULL,
	lesser_step TEXT, -- A7
	severe_circumstances TEXT, -- R10
	confirms_no_warning TEXT, -- W5, confirmed separately
	conflict_reason TEXT, -- G8: why the decider may decide
	open_review_reason TEXT, -- A6: internal review is open
	affected TEXT, -- G14
	lifting TEXT, -- G3: what would lead to lifting it
	restrictions JSON NOT NULL,
	scope TEXT NOT NULL,
	scope_of TEXT,
	scope_reason TEXT,
	until_on DAY,
	review_on DAY,
	complete_at INSTANT, -- when the last signature that the pack asks for was given
	at INSTANT NOT NULL,
	pack TEXT NOT NULL
);
CREATE INDEX decision_casefile ON decision (casefile);
CREATE TABLE signature (
	decision TEXT NOT NULL REFERENCES decision (ref),
	user_name TEXT NOT NULL,
	capacity TEXT NOT NULL, -- head, deputy, stand-in
	at INSTANT NOT NULL,
	PRIMARY KEY (decision, user_name)
);
CREATE TABLE arrangement (
	ref TEXT PRIMARY KEY,
	decision TEXT NOT NULL REFERENCES decision (ref),
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	scope TEXT NOT NULL,
	scope_of TEXT,
	restrictions JSON NOT NULL,
	notice TEXT, -- its decision notice, once made
	from_at INSTANT, -- N5: deemed delivery of the notice; NULL: not in force
	until_on DAY,
	review_on DAY NOT NULL,
	supersedes TEXT,
	ended_at INSTANT,
	pack TEXT NOT NULL
);
CREATE INDEX arrangement_customer ON arrangement (customer);
CREATE INDEX arrangement_casefile ON arrangement (casefile);

-- Notices
CREATE TABLE notice (
	ref TEXT PRIMARY KEY,
	casefile TEXT NOT NULL REFERENCES casefile (ref),
	customer TEXT NOT NULL REFERENCES customer (ref),
	kind TEXT NOT NULL,
	about TEXT NOT NULL, -- what it tells: reference of an assessment, warning or decision
	owner TEXT NOT NULL, -- whose task it is
	language TEXT NOT NULL,
	format TEXT NOT NULL,
	delivery TEXT NOT NULL,
	address TEXT, -- e-mail or postal address as it was when made
	subject TEXT NOT NULL,
	body_text TEXT NOT NULL,
	body_html TEXT NOT NULL,
	made_at INSTANT NOT NULL,
	approved_by TEXT NOT NULL,
	sent_at INSTANT,
	delivered_at INSTANT, -- deemed delivery
	returned_at INSTANT,
	returned_why TEXT,
	pack TEXT NOT NULL
);
CREATE INDEX notice_casefile ON notice (casefile);
CREATE INDEX notice_customer ON notice (customer);
-- Slow work, written in an act's transaction; taken with a lease, retried, given up visibly.
CREATE TABLE outbox (
	number INTEGER PRIMARY KEY,
	notice TEXT NOT NULL REFERENCES notice (ref),
	due_at INSTANT NOT NULL,
	attempts INTEGER NOT NULL,
	lease_until INSTANT,
	last_error TEXT,
	done_at INSTANT,
	given_up_at INSTANT
);

-- What happened, for timelines: one row an act that concerns a customer, casefile or matter (K2).
CREATE TABLE event (
	number INTEGER NOT NULL, -- the record's entry
	customer TEXT,
	casefile TEXT,
	matter TEXT,
	function TEXT,
	happened_at INSTANT NOT NULL,
	act TEXT NOT NULL,
	ref TEXT,
	actor TEXT NOT NULL,
	summary TEXT NOT NULL
);
CREATE INDEX event_customer ON event (customer, number);
CREATE INDEX event_casefile ON event (casefile, number);
CREATE INDEX event_matter ON event (matter, number);

-- The gate
CREATE TABLE gate_use (
	contact_id TEXT NOT NULL,
	arrangement TEXT NOT NULL,
	restriction INTEGER NOT NULL,
	slot INTEGER NOT NULL,
	period INTEGER NOT NULL,
	PRIMARY KEY (contact_id, arrangement, restriction, slot, period)
);
CREATE TABLE gate_stranger (
	hash TEXT NOT NULL, -- keyed hash of an unknown identifier
	channel TEXT NOT NULL,
	on_day DAY NOT NULL,
	contacts INTEGER NOT NULL,
	PRIMARY KEY (hash, channel, on_day)
);
-- How far each gate's journal was taken in.
CREATE TABLE gate_journal (
	gate TEXT PRIMARY KEY,
	taken INTEGER NOT NULL
);

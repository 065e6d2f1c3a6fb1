-- What somebody sent from a form, so that going back to the form and sending the same again is asked about first.
CREATE TABLE sent_form (
	user_name TEXT NOT NULL REFERENCES staff (user_name),
	about TEXT NOT NULL, -- the page's address
	fingerprint TEXT NOT NULL, -- SHA-256 of what was typed
	request_id TEXT NOT NULL, -- whether it was done, request_answer tells
	sent_at INSTANT NOT NULL,
	PRIMARY KEY (user_name, about, fingerprint)
);

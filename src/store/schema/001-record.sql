-- The record of every act (K3), who looked at what (K4), and what the program keeps beside the domain.
-- An entry carries no personal text; content and salt stand apart, so that they can be disposed of (F2).

-- :only postgresql
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
-- :both
CREATE TABLE record (
	number INTEGER PRIMARY KEY CHECK (number > 0),
	recorded_at INSTANT NOT NULL,
	actor TEXT NOT NULL,
	via TEXT NOT NULL,
	act TEXT NOT NULL,
	casefile TEXT,
	subject TEXT,
	pack TEXT,
	content_hash TEXT NOT NULL,
	hash TEXT NOT NULL
);
CREATE INDEX record_casefile ON record (casefile, number) WHERE casefile IS NOT NULL;
CREATE INDEX record_subject ON record (subject, number) WHERE subject IS NOT NULL;
-- :append-only record number

CREATE TABLE record_content (
	number INTEGER PRIMARY KEY REFERENCES record (number),
	salt BLOB NOT NULL,
	content TEXT NOT NULL
);

-- Which dispose entry took the content of an entry away.
CREATE TABLE disposed (
	number INTEGER PRIMARY KEY REFERENCES record (number),
	entry INTEGER NOT NULL REFERENCES record (number),
	CHECK (entry > number)
);
-- :append-only disposed number

-- Content may go, but only what a dispose entry names.
-- :only sqlite
CREATE TRIGGER record_content_no_update BEFORE UPDATE ON record_content
BEGIN SELECT RAISE(ABORT, 'record_content is append-only'); END;
CREATE TRIGGER record_content_no_replace BEFORE INSERT ON record_content
WHEN EXISTS (SELECT 1 FROM record_content WHERE number = NEW.number)
	OR EXISTS (SELECT 1 FROM disposed WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'record_content is append-only'); END;
CREATE TRIGGER record_content_no_delete BEFORE DELETE ON record_content
WHEN NOT EXISTS (SELECT 1 FROM disposed WHERE number = OLD.number)
BEGIN SELECT RAISE(ABORT, 'record_content goes only under a dispose entry'); END;
CREATE TRIGGER disposed_by_dispose BEFORE INSERT ON disposed
WHEN NOT EXISTS (SELECT 1 FROM record WHERE number = NEW.entry AND act = 'dispose')
	OR EXISTS (SELECT 1 FROM record WHERE number = NEW.number AND act = 'dispose')
BEGIN SELECT RAISE(ABORT, 'only a dispose entry takes content away, and never that of another'); END;
-- :only postgresql
CREATE FUNCTION record_content_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM disposed WHERE number = OLD.number) THEN
		RAISE EXCEPTION 'record_content goes only under a dispose entry';
	END IF;
	RETURN OLD;
END $$;
CREATE FUNCTION record_content_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM disposed WHERE number = NEW.number) THEN
		RAISE EXCEPTION 'record_content is append-only';
	END IF;
	RETURN NEW;
END $$;
CREATE FUNCTION disposed_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM record WHERE number = NEW.entry AND act = 'dispose')
			OR EXISTS (SELECT 1 FROM record WHERE number = NEW.number AND act = 'dispose') THEN
		RAISE EXCEPTION 'only a dispose entry takes content away, and never that of another';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER record_content_no_update BEFORE UPDATE ON record_content FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER record_content_no_truncate BEFORE TRUNCATE ON record_content
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER record_content_no_delete BEFORE DELETE ON record_content
	FOR EACH ROW EXECUTE FUNCTION record_content_delete();
CREATE TRIGGER record_content_no_return BEFORE INSERT ON record_content
	FOR EACH ROW EXECUTE FUNCTION record_content_insert();
CREATE TRIGGER disposed_by_dispose BEFORE INSERT ON disposed FOR EACH ROW EXECUTE FUNCTION disposed_insert();
-- :both

-- One row: the last entry. Each act's first statement takes it, so that acts are serial.
CREATE TABLE record_head (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	number INTEGER NOT NULL,
	recorded_at INSTANT NOT NULL,
	hash TEXT NOT NULL
);
INSERT INTO record_head (one, number, recorded_at, hash)
VALUES (1, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000');
-- :only sqlite
CREATE TRIGGER record_head_no_delete BEFORE DELETE ON record_head BEGIN SELECT RAISE(ABORT, 'record_head stays'); END;
CREATE TRIGGER record_head_no_replace BEFORE INSERT ON record_head BEGIN SELECT RAISE(ABORT, 'record_head stays'); END;
-- :only postgresql
CREATE TRIGGER record_head_no_delete BEFORE DELETE ON record_head FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER record_head_no_truncate BEFORE TRUNCATE ON record_head
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
-- :both

-- Public references: the last number given, a kind and a year.
CREATE TABLE counter (
	kind TEXT NOT NULL,
	year INTEGER NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (kind, year)
);

-- What was answered to a request, so that asking again does nothing twice.
CREATE TABLE request_answer (
	actor TEXT NOT NULL,
	request_id TEXT NOT NULL,
	hash TEXT NOT NULL,
	answer JSON NOT NULL,
	PRIMARY KEY (actor, request_id)
);

-- Who looked at what (K4).
CREATE TABLE viewing (
	number INTEGER PRIMARY KEY CHECK (number > 0),
	at INSTANT NOT NULL,
	actor TEXT NOT NULL,
	subject TEXT NOT NULL,
	what TEXT NOT NULL
);
CREATE INDEX viewing_subject ON viewing (subject, number);
-- :append-only viewing number

-- Facts about this database: whether it is a demonstration, its clock's offset, keys shared by its processes.
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

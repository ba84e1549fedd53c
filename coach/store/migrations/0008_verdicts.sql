-- What a session comes to and which parts are rated; when it was held, and on which occasion.
ALTER TABLE sessions ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN held TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN visit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN mother TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
UPDATE sessions SET held = created;
CREATE INDEX sessions_by_held ON sessions (held);
DELETE FROM standings;

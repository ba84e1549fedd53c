-- A person has an id that is made once; the code is a label. Ids that mean the same person here. What was deleted.
CREATE TABLE persons (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  posyandu TEXT NOT NULL
);
INSERT INTO persons (id, code, name, role, posyandu) SELECT new_uuid(), code, name, role, posyandu FROM people;
INSERT INTO persons (id, code, name, role, posyandu)
  SELECT new_uuid(), kader, '', 'kader', MIN(posyandu) FROM sessions
  WHERE kader <> '' AND kader NOT IN (SELECT code FROM people) GROUP BY kader;
DROP TABLE people;
ALTER TABLE persons RENAME TO people;
CREATE TABLE aliases (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  posyandu TEXT NOT NULL
);
CREATE INDEX aliases_by_person ON aliases (person);
ALTER TABLE sessions ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE sessions SET person = (SELECT id FROM people WHERE code = kader) WHERE kader <> '';
CREATE INDEX sessions_by_person ON sessions (person, created);
CREATE TABLE tombstones (
  mark TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  made TEXT NOT NULL
);

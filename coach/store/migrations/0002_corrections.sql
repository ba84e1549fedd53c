-- What trainers add: corrections of the machine's result, and ratings of their own.
ALTER TABLE sessions ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
CREATE TABLE corrections (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  result TEXT NOT NULL,
  made TEXT NOT NULL,
  author TEXT NOT NULL,
  event TEXT NOT NULL
);
CREATE INDEX corrections_by_session ON corrections (session, made);
CREATE TABLE ratings (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  made TEXT NOT NULL,
  rater TEXT NOT NULL,
  blind INTEGER NOT NULL,
  items TEXT NOT NULL
);
CREATE INDEX ratings_by_session ON ratings (session, made);

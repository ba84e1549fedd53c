-- What was noted while a practice went on: which steps were planned, with how much help, and how each one went.
CREATE TABLE lessons (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  made TEXT NOT NULL,
  entry TEXT NOT NULL
);
CREATE INDEX lessons_by_session ON lessons (session, made);

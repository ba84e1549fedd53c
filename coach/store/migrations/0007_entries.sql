-- The programme around the massage: entries that are only added, see coach/programme/entry.py.
CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  made TEXT NOT NULL,
  author TEXT NOT NULL,
  laptop TEXT NOT NULL,
  replaces TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX entries_by_time ON entries (made);

-- Points by item of each session as it stands, so that progress of many need not unpack every report.
CREATE TABLE standings (
  session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  items TEXT NOT NULL
);

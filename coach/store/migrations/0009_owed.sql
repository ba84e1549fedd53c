-- Work on files that a commit owes: done right after it, or at the next start where the program was ended in between.
CREATE TABLE owed (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  session TEXT NOT NULL,
  work TEXT NOT NULL,
  data BLOB NOT NULL
);

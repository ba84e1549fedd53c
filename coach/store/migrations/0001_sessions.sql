-- Sessions, what the machine made of them, and what the mother agreed to.
CREATE TABLE people (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  posyandu TEXT NOT NULL
);
CREATE TABLE protocols (
  digest TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  created TEXT NOT NULL,
  source TEXT NOT NULL,
  mode TEXT NOT NULL,
  origin TEXT NOT NULL,
  kader TEXT NOT NULL,
  posyandu TEXT NOT NULL,
  protocol_id TEXT NOT NULL,
  protocol_version TEXT NOT NULL,
  protocol_digest TEXT NOT NULL REFERENCES protocols (digest),
  software TEXT NOT NULL,
  state TEXT NOT NULL,
  duration_s DOUBLE PRECISION NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  corners TEXT NOT NULL,
  video TEXT NOT NULL,
  points INTEGER NOT NULL,
  max_points INTEGER NOT NULL,
  percent DOUBLE PRECISION,
  passed INTEGER,
  left_out INTEGER NOT NULL
);
CREATE INDEX sessions_by_time ON sessions (created);
CREATE INDEX sessions_by_kader ON sessions (kader, created);
CREATE INDEX sessions_by_posyandu ON sessions (posyandu, created);
CREATE TABLE results (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  made TEXT NOT NULL,
  software TEXT NOT NULL,
  protocol_digest TEXT NOT NULL,
  report BLOB NOT NULL,
  feedback BLOB NOT NULL
);
CREATE INDEX results_by_session ON results (session, made);
CREATE TABLE consents (
  id TEXT PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  made TEXT NOT NULL,
  author TEXT NOT NULL,
  checks TEXT NOT NULL,
  video INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL
);
CREATE INDEX consents_by_session ON consents (session, made);
CREATE TABLE chunks (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (session, number)
);

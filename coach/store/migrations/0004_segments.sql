-- Sessions of one segment alone, and those that a stop for pain ended: neither tells how a kader gets on.
ALTER TABLE sessions ADD COLUMN segment TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;

-- The points as they stand as one short text, and the machine's own: a page over 10,000 sessions reads these alone.
ALTER TABLE standings ADD COLUMN machine TEXT NOT NULL DEFAULT '';
ALTER TABLE standings ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
ALTER TABLE standings ADD COLUMN marks TEXT NOT NULL DEFAULT '';
-- These are made anew at the next opening, with the machine's own.
DELETE FROM standings WHERE session IN (SELECT session FROM ratings WHERE blind = 1);

-- Where the back is from later times on, where it was marked anew: JSON, or empty where it was not.
ALTER TABLE sessions ADD COLUMN later TEXT NOT NULL DEFAULT '';

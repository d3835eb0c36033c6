-- What somebody who looks after the shop may do: administrator, merchandiser, production or viewer. Whoever was there before may do all.
ALTER TABLE administrators ADD COLUMN role TEXT NOT NULL DEFAULT 'administrator';

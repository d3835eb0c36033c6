-- Why a revision was withdrawn, by language: JSON. Where a language is not there, what `reason` says is shown.
ALTER TABLE offers ADD COLUMN reasons TEXT NOT NULL DEFAULT '{}';

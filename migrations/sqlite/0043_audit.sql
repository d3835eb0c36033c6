-- What each save of a draft changed, a line each, as the audit has it.
ALTER TABLE draft_versions ADD COLUMN what TEXT NOT NULL DEFAULT '';

-- For how many days designs can be ordered at the prices of what a release published once something else is live; as the shop's
-- settings say where it is none. An offer has what its release says.
ALTER TABLE releases ADD COLUMN hold_days INTEGER CHECK (hold_days >= 0);
ALTER TABLE offers ADD COLUMN hold_days INTEGER CHECK (hold_days >= 0);

-- The last characters of a key, by which histories tell it from another one that had its name. Empty where it is not known.
ALTER TABLE api_keys ADD COLUMN ending TEXT NOT NULL DEFAULT '';

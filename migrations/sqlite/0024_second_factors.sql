-- Codes of an app that somebody is asked for at log-in, beside their password.
CREATE TABLE second_factors (
    email TEXT PRIMARY KEY NOT NULL REFERENCES administrators (email) ON DELETE CASCADE,
    -- What the app shares, in base 32.
    secret TEXT NOT NULL,
    -- Since when it is asked for; none while it is being set up.
    since INTEGER,
    -- The latest step of 30 seconds since 1970 whose code was used.
    last_step INTEGER NOT NULL
) STRICT;

-- Codes for when the phone is lost, each good for once: SHA-256 in hexadecimal digits.
CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL REFERENCES second_factors (email) ON DELETE CASCADE
) STRICT;
CREATE INDEX recovery_codes_by_email ON recovery_codes (email);

-- 1 while the session waits for a code.
ALTER TABLE sessions ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;

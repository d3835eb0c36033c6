-- Keys by which other programs ask the API about orders, and change them.
CREATE TABLE api_keys (
    -- What histories and the audit call whoever has it: `key:` and its name in small letters.
    actor TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    -- SHA-256 of the key in hexadecimal digits.
    token_hash TEXT NOT NULL UNIQUE,
    -- What it may do: merchandiser, production or viewer.
    role TEXT NOT NULL CHECK (role <> 'administrator'),
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    -- Until when it holds; none where it does until somebody ends it.
    ends_at INTEGER,
    -- The Julian day on which it was used last; none where it never was.
    used_on INTEGER
) STRICT;

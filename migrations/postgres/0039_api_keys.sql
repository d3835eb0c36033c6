-- Keys by which other programs ask the API about orders, and change them.
CREATE TABLE api_keys (
    -- What histories and the audit call whoever has it: `key:` and its name in small letters.
    actor TEXT COLLATE "C" PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the key in hexadecimal digits.
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    -- What it may do: merchandiser, production or viewer.
    role TEXT COLLATE "C" NOT NULL CHECK (role <> 'administrator'),
    made_at BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    -- Until when it holds; none where it does until somebody ends it.
    ends_at BIGINT,
    -- The Julian day on which it was used last; none where it never was.
    used_on BIGINT
);

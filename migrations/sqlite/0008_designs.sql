-- Designs that are kept behind links. Nothing says whose they are; of a link's token only the SHA-256 is here.
CREATE TABLE designs (
    token_hash TEXT PRIMARY KEY NOT NULL,
    slug TEXT NOT NULL,
    revision INTEGER NOT NULL,
    -- What it starts from and the choices, as JSON.
    start TEXT NOT NULL,
    choices TEXT NOT NULL,
    -- saved: one's own, which changes and is forgotten. shared, ordered: stays as it is.
    keeping TEXT NOT NULL,
    -- What was seen.
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    lead_time_days INTEGER NOT NULL,
    -- When it was kept last.
    kept_at INTEGER NOT NULL,
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, number)
) STRICT;

-- Finds those whose time is over.
CREATE INDEX designs_by_age ON designs (keeping, kept_at);

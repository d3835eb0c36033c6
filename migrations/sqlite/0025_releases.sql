-- Products that are published together or not at all, at once or at a time.
CREATE TABLE releases (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    -- When what it replaced returns; never where there is none.
    ends_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('planned', 'live', 'ended', 'cancelled', 'failed')),
    begun_at INTEGER,
    -- When it ended, was cancelled or failed, and who did so.
    over_at INTEGER,
    over_by TEXT,
    -- Why it failed, where that is no single product's fault.
    obstacle TEXT
) STRICT;
CREATE INDEX releases_under_way ON releases (state) WHERE state IN ('planned', 'live');

-- A product of a release, with its draft as it was agreed to.
CREATE TABLE release_products (
    release INTEGER NOT NULL REFERENCES releases (id),
    slug TEXT NOT NULL REFERENCES products (slug),
    -- The product's name in the draft.
    name TEXT NOT NULL,
    draft_version INTEGER NOT NULL,
    bundle TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- The live revision that the draft was compared with.
    beside INTEGER NOT NULL,
    -- 1 where large changes were agreed to.
    twice INTEGER NOT NULL,
    -- The revision it became.
    published INTEGER,
    -- Why the release failed on it.
    obstacle TEXT,
    -- What became of it at the end.
    outcome TEXT,
    PRIMARY KEY (release, slug)
) STRICT;
CREATE INDEX release_products_by_slug ON release_products (slug);

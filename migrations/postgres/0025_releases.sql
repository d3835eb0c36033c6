-- Products that are published together or not at all, at once or at a time.
CREATE TABLE releases (
    id BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    starts_at BIGINT NOT NULL,
    -- When what it replaced returns; never where there is none.
    ends_at BIGINT,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('planned', 'live', 'ended', 'cancelled', 'failed')),
    begun_at BIGINT,
    -- When it ended, was cancelled or failed, and who did so.
    over_at BIGINT,
    over_by TEXT COLLATE "C",
    -- Why it failed, where that is no single product's fault.
    obstacle TEXT COLLATE "C"
);
CREATE INDEX releases_under_way ON releases (state) WHERE state IN ('planned', 'live');

-- A product of a release, with its draft as it was agreed to.
CREATE TABLE release_products (
    release BIGINT NOT NULL REFERENCES releases (id),
    slug TEXT COLLATE "C" NOT NULL REFERENCES products (slug),
    -- The product's name in the draft.
    name TEXT COLLATE "C" NOT NULL,
    draft_version BIGINT NOT NULL,
    bundle TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    -- The live revision that the draft was compared with.
    beside BIGINT NOT NULL,
    -- 1 where large changes were agreed to.
    twice BIGINT NOT NULL,
    -- The revision it became.
    published BIGINT,
    -- Why the release failed on it.
    obstacle TEXT COLLATE "C",
    -- What became of it at the end.
    outcome TEXT COLLATE "C",
    PRIMARY KEY (release, slug)
);
CREATE INDEX release_products_by_slug ON release_products (slug);

-- What shoppers order who begin with another design, beside those who see the shop as it is.
CREATE TABLE experiments (
    code TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    slug TEXT NOT NULL REFERENCES products (slug),
    -- Arms, shares and what was expected, as JSON: fixed once it runs.
    setup TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    ended_at INTEGER,
    -- Why: asked or harm.
    ended_because TEXT,
    -- The last sums, as JSON, once nobody's time to order runs any more.
    result TEXT
) STRICT;
-- A product has one that runs at most.
CREATE UNIQUE INDEX experiments_that_run ON experiments (slug) WHERE ended_at IS NULL;

-- Shoppers who agreed, by the hash of an id in their browser; forgotten once the experiment is closed.
CREATE TABLE experiment_visitors (
    experiment TEXT NOT NULL REFERENCES experiments (code),
    visitor_hash TEXT NOT NULL,
    -- From 0, the holdout.
    arm INTEGER NOT NULL,
    -- Empty where they stated none.
    stated_use TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    edits INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    defaults_changed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (experiment, visitor_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE experiment_orders (
    number INTEGER PRIMARY KEY NOT NULL REFERENCES orders (number),
    experiment TEXT NOT NULL,
    visitor_hash TEXT NOT NULL,
    -- What its pieces cost by the product's standard, in minor units.
    at_standard INTEGER NOT NULL,
    FOREIGN KEY (experiment, visitor_hash) REFERENCES experiment_visitors (experiment, visitor_hash)
) STRICT;
CREATE INDEX experiment_orders_by_visitor ON experiment_orders (experiment, visitor_hash);

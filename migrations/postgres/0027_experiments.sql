-- What shoppers order who begin with another design, beside those who see the shop as it is.
CREATE TABLE experiments (
    code TEXT COLLATE "C" PRIMARY KEY,
    title TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL REFERENCES products (slug),
    -- Arms, shares and what was expected, as JSON: fixed once it runs.
    setup TEXT COLLATE "C" NOT NULL,
    started_at BIGINT NOT NULL,
    started_by TEXT COLLATE "C" NOT NULL,
    ended_at BIGINT,
    -- Why: asked or harm.
    ended_because TEXT COLLATE "C",
    -- The last sums, as JSON, once nobody's time to order runs any more.
    result TEXT COLLATE "C"
);
-- A product has one that runs at most.
CREATE UNIQUE INDEX experiments_that_run ON experiments (slug) WHERE ended_at IS NULL;

-- Shoppers who agreed, by the hash of an id in their browser; forgotten once the experiment is closed.
CREATE TABLE experiment_visitors (
    experiment TEXT COLLATE "C" NOT NULL REFERENCES experiments (code),
    visitor_hash TEXT COLLATE "C" NOT NULL,
    -- From 0, the holdout.
    arm BIGINT NOT NULL,
    -- Empty where they stated none.
    stated_use TEXT COLLATE "C" NOT NULL,
    entered_at BIGINT NOT NULL,
    edits BIGINT NOT NULL DEFAULT 0,
    blocked BIGINT NOT NULL DEFAULT 0,
    defaults_changed BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (experiment, visitor_hash)
);

CREATE TABLE experiment_orders (
    number BIGINT PRIMARY KEY REFERENCES orders (number),
    experiment TEXT COLLATE "C" NOT NULL,
    visitor_hash TEXT COLLATE "C" NOT NULL,
    -- What its pieces cost by the product's standard, in minor units.
    at_standard BIGINT NOT NULL,
    FOREIGN KEY (experiment, visitor_hash) REFERENCES experiment_visitors (experiment, visitor_hash)
);
CREATE INDEX experiment_orders_by_visitor ON experiment_orders (experiment, visitor_hash);

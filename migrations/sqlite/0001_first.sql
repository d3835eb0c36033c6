-- Times are milliseconds since 1970-01-01 UTC. Amounts are minor units. JSON is text.

CREATE TABLE products (
    slug TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL UNIQUE,
    live_revision INTEGER NOT NULL,
    -- The version of the last draft that was saved: none is used twice, so an old draft never passes for a new one.
    draft_version INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (slug, live_revision) REFERENCES revisions (slug, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE revisions (
    slug TEXT NOT NULL REFERENCES products (slug),
    number INTEGER NOT NULL CHECK (number > 0),
    bundle TEXT NOT NULL,
    hash TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (slug, number)
) STRICT;

-- Orders and designs are pinned to revisions.
CREATE TRIGGER revisions_never_change BEFORE UPDATE ON revisions BEGIN
    SELECT RAISE(ABORT, 'revisions never change');
END;
CREATE TRIGGER revisions_are_never_deleted BEFORE DELETE ON revisions BEGIN
    SELECT RAISE(ABORT, 'revisions are never deleted');
END;

CREATE TABLE drafts (
    slug TEXT PRIMARY KEY NOT NULL REFERENCES products (slug),
    version INTEGER NOT NULL CHECK (version > 0),
    base INTEGER NOT NULL,
    bundle TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    FOREIGN KEY (slug, base) REFERENCES revisions (slug, number)
) STRICT;

CREATE TABLE orders (
    number INTEGER PRIMARY KEY NOT NULL CHECK (number > 1000),
    token TEXT NOT NULL UNIQUE,
    -- SHA-256 of the idempotency key and what it belongs to.
    request_key TEXT UNIQUE,
    placed_at INTEGER NOT NULL,
    slug TEXT NOT NULL,
    revision INTEGER NOT NULL,
    product_name TEXT NOT NULL,
    -- [["attribute", "value"], …]: what defaults are learnt from.
    choices TEXT NOT NULL,
    -- The same with labels, words and origins.
    design TEXT NOT NULL,
    lines TEXT NOT NULL,
    total INTEGER NOT NULL,
    currency TEXT NOT NULL,
    lead_time_days INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    points INTEGER NOT NULL,
    picture TEXT NOT NULL,
    stated_use TEXT,
    buyer TEXT NOT NULL,
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, number)
) STRICT;

CREATE INDEX orders_by_revision ON orders (slug, revision);
CREATE INDEX orders_to_learn_from ON orders (slug, number) WHERE stated_use IS NOT NULL;

CREATE TABLE past_designs (
    slug TEXT NOT NULL REFERENCES products (slug),
    stated_use TEXT,
    choices TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    synthetic INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX past_designs_by_product ON past_designs (slug);

CREATE TABLE administrators (
    email TEXT PRIMARY KEY NOT NULL,
    password_hash TEXT
) STRICT;

CREATE TABLE invites (
    token_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL REFERENCES administrators (email) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL REFERENCES administrators (email) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

-- Attempts to log in that did not succeed, also for addresses that nobody has.
CREATE TABLE login_failures (
    email TEXT NOT NULL,
    failed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX login_failures_by_email ON login_failures (email, failed_at);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL,
    done_at INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

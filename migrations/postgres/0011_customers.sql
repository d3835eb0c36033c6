-- Mails that wait to be sent, and what is remembered of those that were.
CREATE TABLE outbox (
    -- What it is about, such as order-1001: none is written twice.
    key TEXT PRIMARY KEY NOT NULL,
    -- order or sign_in.
    kind TEXT NOT NULL,
    -- An e-mail address in lower case.
    recipient TEXT NOT NULL,
    -- A tag of BCP 47.
    language TEXT NOT NULL,
    -- The token of the link in it; empty once it is sent or given up.
    secret TEXT NOT NULL,
    number BIGINT REFERENCES orders (number),
    written_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- When it is tried next; none once it is sent or given up.
    due_at BIGINT,
    sent_at BIGINT,
    -- 1 where it is to be forgotten, also by whatever delivered it.
    is_over BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX outbox_by_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_by_recipient ON outbox (recipient);
CREATE INDEX outbox_by_age ON outbox (written_at);

-- People who proved that an e-mail address is theirs.
CREATE TABLE customers (
    -- 32 hexadecimal digits: what others, such as the audit, call them by.
    id TEXT PRIMARY KEY NOT NULL,
    -- In lower case.
    email TEXT NOT NULL UNIQUE,
    since BIGINT NOT NULL,
    -- When they signed in last.
    seen_at BIGINT NOT NULL
);

-- Links that were mailed to sign in: SHA-256 of their tokens. Asking for one says nothing of whether the address is known.
CREATE TABLE sign_ins (
    token_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE customer_sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE INDEX customer_sessions_by_customer ON customer_sessions (customer);

-- The buyer's e-mail address as addresses are compared; empty once the buyer is forgotten.
ALTER TABLE orders ADD COLUMN email TEXT NOT NULL DEFAULT '';
UPDATE orders SET email = LOWER(buyer::jsonb ->> 'email');
CREATE INDEX orders_by_email ON orders (email, number);
-- Asked for to be erased: the buyer stays for the law alone, and is found by nobody.
ALTER TABLE orders ADD COLUMN is_locked BIGINT NOT NULL DEFAULT 0;
CREATE INDEX orders_by_picture ON orders (picture_hash);

-- What customers said about what is remembered of them, each time.
CREATE TABLE consents (
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    -- Counts from 1 for each customer.
    place BIGINT NOT NULL CHECK (place > 0),
    is_given BIGINT NOT NULL,
    -- The version of the words they were asked in, and their language.
    wording BIGINT NOT NULL,
    language TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (customer, place)
);

-- What is remembered of customers who agreed.
CREATE TABLE customer_designs (
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL REFERENCES designs (token_hash) ON DELETE CASCADE,
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (customer, token_hash)
);

CREATE INDEX customer_designs_by_design ON customer_designs (token_hash);

CREATE TABLE customer_needs (
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    slug TEXT NOT NULL REFERENCES products (slug),
    stated_use TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (customer, slug)
);

-- Who was erased, by their id, which leads nowhere any more; and until when their data may still lie in the database's files.
CREATE TABLE erasures (
    customer TEXT PRIMARY KEY NOT NULL,
    erased_at BIGINT NOT NULL,
    -- How many orders keep their buyer.
    orders_kept BIGINT NOT NULL,
    scrubbed_at BIGINT
);

-- Named groups of buyers.
CREATE TABLE segments (
    name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    -- As addresses write it, such as value=100000&since=2026-01-01.
    rule TEXT NOT NULL
);

-- Campaign links, and how often each was opened, by nobody in particular.
CREATE TABLE campaigns (
    code TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    greeting TEXT NOT NULL,
    slug TEXT NOT NULL REFERENCES products (slug),
    -- The revision of its choices, if it has any.
    revision BIGINT,
    -- What it starts from and the choices, as JSON.
    start TEXT NOT NULL,
    choices TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE TABLE campaign_days (
    code TEXT COLLATE "C" NOT NULL REFERENCES campaigns (code),
    -- A Julian day.
    day BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    PRIMARY KEY (code, day)
);

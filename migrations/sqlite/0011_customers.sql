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
    number INTEGER REFERENCES orders (number),
    written_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    -- When it is tried next; none once it is sent or given up.
    due_at INTEGER,
    sent_at INTEGER,
    -- 1 where it is to be forgotten, also by whatever delivered it.
    is_over INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX outbox_by_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_by_recipient ON outbox (recipient);
CREATE INDEX outbox_by_age ON outbox (written_at);

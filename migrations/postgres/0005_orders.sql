-- What was asked for with an idempotency key: SHA-256, empty in orders from before. The same key with something else is refused.
ALTER TABLE orders ADD COLUMN request_body TEXT NOT NULL DEFAULT '';

-- orders.token holds the SHA-256 of an order's token.
UPDATE orders SET token = ENCODE(SHA256(CONVERT_TO(token, 'UTF8')), 'hex') WHERE LENGTH(token) = 32;

-- Further tokens of an order, one for each time that its request came again.
CREATE TABLE order_tokens (
    token_hash TEXT PRIMARY KEY,
    number BIGINT NOT NULL REFERENCES orders (number)
);

-- Also finds what was ordered a moment ago.
DROP INDEX orders_by_revision;
CREATE INDEX orders_by_revision ON orders (slug, revision, placed_at);

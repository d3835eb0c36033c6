-- A design's picture, once for all orders of it.
CREATE TABLE pictures (
    -- SHA-256 of the document.
    hash BYTEA PRIMARY KEY,
    svg TEXT NOT NULL
);

-- Orders from before have none and keep theirs in orders.picture, which is empty in newer ones.
ALTER TABLE orders ADD COLUMN picture_hash BYTEA REFERENCES pictures (hash);

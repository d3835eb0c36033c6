-- What becomes of orders. Those from before are placed, and nothing more yet.
ALTER TABLE orders ADD COLUMN state TEXT NOT NULL DEFAULT 'placed';
-- Since when; none while it is as it was placed.
ALTER TABLE orders ADD COLUMN state_at BIGINT;
-- Marks: it is no real order, and it teaches nothing.
ALTER TABLE orders ADD COLUMN is_test BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0;

-- Everything that was done with an order, written in the transaction in which it was done.
CREATE TABLE order_events (
    number BIGINT NOT NULL REFERENCES orders (number),
    -- Counts from 1 for each order.
    place BIGINT NOT NULL CHECK (place > 0),
    happened_at BIGINT NOT NULL,
    person TEXT NOT NULL,
    -- state, test, left_out or note.
    kind TEXT NOT NULL,
    -- States; no and yes of a mark; empty for a note.
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    -- The reason, or the note.
    words TEXT NOT NULL,
    PRIMARY KEY (number, place)
);

-- Only orders that were confirmed teach.
DROP INDEX orders_to_learn_from;
CREATE INDEX orders_that_teach ON orders (slug, number)
WHERE stated_use IS NOT NULL AND is_test = 0 AND left_out = 0
    AND state IN ('confirmed', 'in_production', 'shipped', 'delivered');

-- The desk's ways through the orders: by the day of placing, by state, by the day they are promised for (those without one come last), and test orders.
CREATE INDEX orders_by_day ON orders (placed_at, number);
CREATE INDEX orders_by_state ON orders (state, number);
CREATE INDEX orders_by_due ON orders (COALESCE(arrival, 9999999), number, state);
CREATE INDEX orders_that_test ON orders (number) WHERE is_test = 1;

-- What orders are found by: words of buyers and products, e-mail addresses, numbers. Written when somebody searches, up to
-- the last order there is then.
CREATE TABLE order_words (
    word TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL REFERENCES orders (number),
    PRIMARY KEY (word, number)
);
CREATE INDEX order_words_by_number ON order_words (number);

-- Filters of the desk that somebody keeps.
CREATE TABLE desk_views (
    email TEXT NOT NULL REFERENCES administrators (email) ON DELETE CASCADE,
    name TEXT COLLATE "C" NOT NULL,
    -- The filter as addresses write it.
    filter TEXT NOT NULL,
    PRIMARY KEY (email, name)
);

-- What was known of who ordered, as they agreed, beyond their use, as JSON: what they said matters to them, and names of the segments
-- that they were in. Nothing where nothing was.
ALTER TABLE orders ADD COLUMN asker TEXT COLLATE "C";

-- Finds what is learnt from, each buyer's orders together.
DROP INDEX orders_that_teach;
CREATE INDEX orders_that_teach ON orders (slug, email, number)
WHERE (stated_use IS NOT NULL OR asker IS NOT NULL) AND is_test = 0 AND left_out = 0
    AND state IN ('confirmed', 'in_production', 'shipped', 'delivered');

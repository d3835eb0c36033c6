-- The Julian day on which an order was counted in the sums of its product's page; none where it was not. Cancelled and test orders are taken
-- out of them when they are read.
ALTER TABLE orders ADD COLUMN counted_on BIGINT;
CREATE INDEX orders_taken_out ON orders (slug, counted_on) WHERE is_test = 1 OR state = 'cancelled';

-- What the orders of one basket have in common: random, and of no meaning beyond. Nothing where an order was placed alone.
ALTER TABLE orders ADD COLUMN basket TEXT;
CREATE INDEX orders_by_basket ON orders (basket) WHERE basket IS NOT NULL;

-- The language that its buyer reads, a tag of BCP 47: mails about an order are in it. Empty where that is not known.
ALTER TABLE orders ADD COLUMN language TEXT NOT NULL DEFAULT '';
UPDATE orders SET language = outbox.language FROM outbox WHERE outbox.number = orders.number AND outbox.kind = 'order';
CREATE INDEX outbox_by_order ON outbox (number) WHERE number IS NOT NULL;

-- The desk's way through the orders by their totals; the state is in it, so that a filter on it needs nothing else.
CREATE INDEX orders_by_total ON orders (total, number, state);
-- What the desk's filters ask for, with what is added up of those that are found.
CREATE INDEX orders_summed ON orders (currency, total, state, slug, placed_at, arrival, is_test, left_out, number);

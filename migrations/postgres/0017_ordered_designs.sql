-- The order of a design that was ordered: what is about its buyer is forgotten together with the buyer. Nothing where it was
-- not ordered.
ALTER TABLE designs ADD COLUMN order_number BIGINT;
-- Of those from before, where only one order has the design.
UPDATE designs SET order_number = (
    SELECT CASE WHEN COUNT(*) = 1 THEN MIN(number) END FROM orders
    WHERE orders.slug = designs.slug AND orders.revision = designs.revision AND orders.choices = designs.choices)
WHERE keeping = 'ordered';
CREATE INDEX designs_by_order ON designs (order_number) WHERE order_number IS NOT NULL;

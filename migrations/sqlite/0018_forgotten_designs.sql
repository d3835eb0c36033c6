-- What was ordered and belongs to no order that is known, of buyers who were erased already and of several orders of one design,
-- is saved as it was before, so that it is forgotten in its time.
UPDATE designs SET keeping = 'saved' WHERE keeping = 'ordered' AND order_number IS NULL;
-- Links that show drafts of products that were removed.
DELETE FROM draft_previews WHERE slug IN (SELECT slug FROM products WHERE standing IN ('removed', 'moved'));

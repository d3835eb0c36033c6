-- How a product stands: begun (never published), removed (never published, and taken back), listed, hidden, archived, or moved to
-- another address.
ALTER TABLE products ADD COLUMN standing TEXT NOT NULL DEFAULT 'listed';
-- The address that a moved one has now.
ALTER TABLE products ADD COLUMN moved_to TEXT;
-- Revisions up to this number are what the draft of a product began as that was begun in the admin. No shopper ever sees them.
ALTER TABLE products ADD COLUMN unseen BIGINT NOT NULL DEFAULT 0;

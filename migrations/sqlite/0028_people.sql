-- Approval by a second person. A release that waits for it, or was refused, is 'cancelled' by its state, so that a shop of an earlier
-- release of the software on the same database does not publish it.
ALTER TABLE releases ADD COLUMN approval TEXT CHECK (approval IN ('waiting', 'approved', 'refused', 'over'));
-- 1 where it is published as soon as it is approved.
ALTER TABLE releases ADD COLUMN at_once INTEGER NOT NULL DEFAULT 0;
-- What is noted in the products' histories; the release's name where it is empty.
ALTER TABLE releases ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- Who approved or refused it when, and why.
ALTER TABLE releases ADD COLUMN decided_at INTEGER;
ALTER TABLE releases ADD COLUMN decided_by TEXT;
ALTER TABLE releases ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE INDEX releases_waiting ON releases (id) WHERE approval = 'waiting';

-- When a session began and was last used, in milliseconds since 1970, and what kind of browser it is in, such as "Firefox on Linux"; none
-- for sessions from before this was kept.
ALTER TABLE sessions ADD COLUMN begun_at INTEGER;
ALTER TABLE sessions ADD COLUMN used_at INTEGER;
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';

-- The shop file as it was saved in the admin; the newest version stands.
CREATE TABLE shop_settings (
    version INTEGER PRIMARY KEY NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by TEXT NOT NULL,
    -- As a shop file; none where the file that the shop is started with stands again.
    content TEXT
) STRICT;

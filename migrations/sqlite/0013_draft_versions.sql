-- Every version of a draft since it was last published, the newest of them: what undo and redo lead to, and what forms were made from.
CREATE TABLE draft_versions (
    slug TEXT NOT NULL REFERENCES products (slug),
    version INTEGER NOT NULL CHECK (version > 0),
    base INTEGER NOT NULL,
    -- None where the draft was discarded.
    bundle TEXT,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    -- Versions; 0 is the revision that the draft began as.
    undo_to INTEGER,
    redo_to INTEGER,
    PRIMARY KEY (slug, version)
) STRICT;
INSERT INTO draft_versions (slug, version, base, bundle, changed_at, changed_by, undo_to)
SELECT slug, version, base, bundle, changed_at, changed_by, 0 FROM drafts;

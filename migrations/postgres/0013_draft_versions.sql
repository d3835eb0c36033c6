-- Every version of a draft since it was last published, the newest of them: what undo and redo lead to, and what forms were made from.
CREATE TABLE draft_versions (
    slug TEXT NOT NULL REFERENCES products (slug),
    version BIGINT NOT NULL CHECK (version > 0),
    base BIGINT NOT NULL,
    -- None where the draft was discarded.
    bundle TEXT,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    -- Versions; 0 is the revision that the draft began as.
    undo_to BIGINT,
    redo_to BIGINT,
    PRIMARY KEY (slug, version)
);
INSERT INTO draft_versions (slug, version, base, bundle, changed_at, changed_by, undo_to)
SELECT slug, version, base, bundle, changed_at, changed_by, 0 FROM drafts;

-- Links that show a draft as shoppers would see it, one for a product. Of a link's token only the SHA-256 is here.
CREATE TABLE draft_previews (
    slug TEXT PRIMARY KEY NOT NULL REFERENCES products (slug),
    token_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL
);

-- Finds what rests on a product's revisions.
CREATE INDEX designs_by_product ON designs (slug, revision, kept_at);

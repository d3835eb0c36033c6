-- Until when a revision's prices hold: what is not here was never replaced by another live revision, and not withdrawn.
CREATE TABLE offers (
    slug TEXT NOT NULL,
    revision BIGINT NOT NULL,
    -- When another revision became live instead; none while it is live itself.
    superseded_at BIGINT,
    withdrawn_at BIGINT,
    withdrawn_by TEXT,
    -- Why, for shoppers who open a design of it.
    reason TEXT,
    PRIMARY KEY (slug, revision),
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, number)
);

-- Since when earlier revisions are not live was not kept: they hold their prices from now on.
INSERT INTO offers (slug, revision, superseded_at)
SELECT revisions.slug, revisions.number, CAST(EXTRACT(EPOCH FROM NOW()) * 1000 AS BIGINT)
FROM revisions JOIN products ON products.slug = revisions.slug
WHERE revisions.number <> products.live_revision;

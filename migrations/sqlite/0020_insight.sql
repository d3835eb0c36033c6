-- How often something happened on a product's page, by the day, and nothing about who did it.
CREATE TABLE insight_days (
    slug TEXT NOT NULL REFERENCES products (slug),
    -- A Julian day where the shop is.
    day INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The code of a step or an attribute; empty for what is about the whole product.
    subject TEXT NOT NULL,
    option TEXT NOT NULL,
    -- The code of the rule that was in the way.
    rule TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (slug, day, kind, subject, option, rule)
) STRICT;

-- How often something happened on a product's page, by the day, and nothing about who did it.
CREATE TABLE insight_days (
    slug TEXT COLLATE "C" NOT NULL REFERENCES products (slug),
    -- A Julian day where the shop is.
    day BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    -- The code of a step or an attribute; empty for what is about the whole product.
    subject TEXT COLLATE "C" NOT NULL,
    option TEXT COLLATE "C" NOT NULL,
    -- The code of the rule that was in the way.
    rule TEXT COLLATE "C" NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (slug, day, kind, subject, option, rule)
);

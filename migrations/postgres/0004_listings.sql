-- The highest price of a valid design in minor units, where all designs' prices are known.
ALTER TABLE listings ADD COLUMN high_price BIGINT;

-- What a list says of a product in further languages.
CREATE TABLE listing_texts (
    slug TEXT NOT NULL,
    revision BIGINT NOT NULL,
    format BIGINT NOT NULL,
    -- A tag of BCP 47.
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (slug, revision, format, language),
    FOREIGN KEY (slug, revision, format) REFERENCES listings (slug, revision, format)
);

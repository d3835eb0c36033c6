-- The highest price of a valid design in minor units, where all designs' prices are known.
ALTER TABLE listings ADD COLUMN high_price INTEGER;

-- What a list says of a product in further languages.
CREATE TABLE listing_texts (
    slug TEXT NOT NULL,
    revision INTEGER NOT NULL,
    format INTEGER NOT NULL,
    -- A tag of BCP 47.
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (slug, revision, format, language),
    FOREIGN KEY (slug, revision, format) REFERENCES listings (slug, revision, format)
) STRICT;

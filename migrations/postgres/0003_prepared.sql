-- What is made of a revision once, when it is published or loaded. The formats of two releases lie side by side, so that
-- both can be served from one database.

-- What a list of products shows.
CREATE TABLE listings (
    slug TEXT NOT NULL,
    revision BIGINT NOT NULL,
    format BIGINT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    -- Name and summary in lower case: what is searched.
    words TEXT NOT NULL,
    currency TEXT NOT NULL,
    low_price BIGINT NOT NULL,
    standard_price BIGINT NOT NULL,
    lead_time_days BIGINT NOT NULL,
    PRIMARY KEY (slug, revision, format),
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, number)
);

-- What the browser loads, and what the server makes the revision's diagram of.
CREATE TABLE artifacts (
    slug TEXT NOT NULL,
    revision BIGINT NOT NULL,
    format BIGINT NOT NULL,
    -- First 16 hexadecimal digits of the SHA-256 of what is compressed.
    hash TEXT NOT NULL,
    brotli BYTEA NOT NULL,
    PRIMARY KEY (slug, revision, format),
    FOREIGN KEY (slug, revision) REFERENCES revisions (slug, number)
);

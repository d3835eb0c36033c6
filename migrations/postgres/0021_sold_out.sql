-- Options that can't be had for now, beside the product: no revision changes with them. `until` is the day, as a Julian day, on which
-- one is on sale again by itself; without it somebody says so.
CREATE TABLE sold_out (
    slug TEXT NOT NULL REFERENCES products (slug),
    attribute TEXT NOT NULL,
    option_code TEXT NOT NULL,
    until BIGINT,
    marked_at BIGINT NOT NULL,
    marked_by TEXT NOT NULL,
    PRIMARY KEY (slug, attribute, option_code)
);

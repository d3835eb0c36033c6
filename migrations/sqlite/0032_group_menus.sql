-- Options that a group of shoppers is shown first of a menu, beside the product: no revision changes with them. `audience` is the group as
-- `use:`, `segment:` or `campaign:` with which one; `options` are codes with commas between them.
CREATE TABLE group_menus (
    slug TEXT NOT NULL REFERENCES products (slug),
    attribute TEXT NOT NULL,
    audience TEXT NOT NULL,
    options TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    kept_by TEXT NOT NULL,
    PRIMARY KEY (slug, attribute, audience)
) STRICT;

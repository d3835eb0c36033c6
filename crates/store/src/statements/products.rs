//! How products begin, stand, are ordered and called.

use shop::products::{ManagedRow, Standing, StandingRow, UsesRow};
use shop::releases::Obstacle;
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::FromRow;

use crate::rows::Moment;

/// Fails where nothing can be written, and changes nothing elsewhere.
pub(crate) const WRITE_NOTHING: &str = "UPDATE products SET position = position WHERE FALSE";
pub(crate) const STANDING: &str =
    "SELECT slug, live_revision, standing, moved_to FROM products WHERE slug = $1";
pub(crate) const MANAGED: &str = "\
    SELECT products.slug, live_revision, standing, moved_to, published_at, standard_price, currency,
        CASE WHEN standing = 'listed' THEN (SELECT COUNT(*) FROM products AS other
            WHERE other.standing = 'listed' AND other.position <= products.position) END AS place
    FROM products JOIN revisions ON revisions.slug = products.slug AND revisions.number = live_revision
        LEFT JOIN listings ON listings.slug = products.slug AND listings.revision = live_revision AND listings.format = $1
    WHERE standing NOT IN ('removed', 'moved') ORDER BY position LIMIT $2 OFFSET $3";
/// The names of those, read from bundles as this database reads JSON.
macro_rules! managed_names {
    ($name:literal) => {
        concat!(
            "SELECT slug, ",
            $name,
            " AS name FROM (SELECT products.slug, products.position, COALESCE(drafts.bundle, revisions.bundle) AS bundle
            FROM products JOIN revisions ON revisions.slug = products.slug AND revisions.number = live_revision
                LEFT JOIN drafts ON drafts.slug = products.slug
            WHERE standing NOT IN ('removed', 'moved')) AS managed ORDER BY position"
        )
    };
    ($name:literal, $slugs:literal) => {
        concat!(
            "SELECT slug, ",
            $name,
            " AS name FROM (SELECT products.slug, products.position, COALESCE(drafts.bundle, revisions.bundle) AS bundle
            FROM products JOIN revisions ON revisions.slug = products.slug AND revisions.number = live_revision
                LEFT JOIN drafts ON drafts.slug = products.slug
            WHERE standing NOT IN ('removed', 'moved') AND products.slug IN (",
            $slugs,
            ")) AS managed ORDER BY position"
        )
    };
}
pub(crate) use managed_names;
/// What the published ones ask about use, read like that.
macro_rules! product_uses {
    ($name:literal, $uses:literal) => {
        concat!(
            "SELECT slug, ",
            $name,
            " AS name, ",
            $uses,
            " AS uses FROM (SELECT products.slug, products.position, revisions.bundle
            FROM products JOIN revisions ON revisions.slug = products.slug AND revisions.number = live_revision
            WHERE standing NOT IN ('removed', 'moved') AND live_revision > unseen) AS published
            WHERE ",
            $uses,
            " IS NOT NULL ORDER BY position"
        )
    };
}
pub(crate) use product_uses;
pub(crate) const COUNT_MANAGED: &str =
    "SELECT COUNT(*) FROM products WHERE standing NOT IN ('removed', 'moved')";
pub(crate) const PLACE: &str = "\
    SELECT COUNT(*) FROM products AS own JOIN products AS other ON other.position <= own.position
    WHERE own.slug = $1 AND own.standing = 'listed' AND other.standing = 'listed'";
pub(crate) const BEGIN_PRODUCT: &str = "\
    INSERT INTO products (slug, position, live_revision, standing, unseen)
    SELECT $1, COALESCE(MAX(position), 0) + 1, 1, 'begun', 1 FROM products";
pub(crate) const BEGIN_AGAIN: &str = "UPDATE products SET standing = 'begun' WHERE slug = $1";
/// The revision that a draft began as is offered to nobody.
pub(crate) const NEVER_OFFERED: &str = "\
    INSERT INTO offers (slug, revision, withdrawn_at, withdrawn_by, reason) VALUES ($1, 1, $2, $3, '')";
pub(crate) const CHANGE_STANDING: &str =
    "UPDATE products SET standing = $3 WHERE slug = $1 AND standing = $2";
/// All products in their order, with their positions.
pub(crate) const POSITIONS: &str = "SELECT slug, standing, position FROM products ORDER BY position";
/// Positions are unique at every moment.
pub(crate) const LEAVE_POSITIONS: &str =
    "UPDATE products SET position = -position WHERE position >= $1 AND position <= $2";
pub(crate) const TAKE_POSITION: &str = "UPDATE products SET position = $2 WHERE slug = $1";

/// The new address begins as another product with the same revisions, which stay with the former one, too: they never change.
pub(crate) const ADD_MOVED: &str = "\
    INSERT INTO products (slug, position, live_revision, draft_version, standing, unseen)
    SELECT $2, (SELECT MAX(position) + 1 FROM products), live_revision, draft_version, standing, unseen FROM products
    WHERE slug = $1";
/// One that had the address before takes it back.
pub(crate) const TAKE_BACK: &str = "\
    UPDATE products SET moved_to = NULL, live_revision = former.live_revision, draft_version = former.draft_version,
        standing = former.standing, unseen = former.unseen
    FROM products AS former WHERE former.slug = $1 AND products.slug = $2";
pub(crate) const COPY_REVISIONS: &str = "\
    INSERT INTO revisions (slug, number, bundle, hash, published_at, published_by, note)
    SELECT $2, number, bundle, hash, published_at, published_by, note FROM revisions WHERE slug = $1
    ON CONFLICT (slug, number) DO NOTHING";
/// What was made of revisions lies in two tables that hang together.
pub(crate) const COPY_LISTINGS: &str = "\
    INSERT INTO listings (slug, revision, format, name, summary, words, currency, low_price, high_price, standard_price,
        lead_time_days)
    SELECT $2, revision, format, name, summary, words, currency, low_price, high_price, standard_price, lead_time_days
    FROM listings WHERE slug = $1 ON CONFLICT (slug, revision, format) DO NOTHING";
/// What an address that is taken back may have got while it led elsewhere, in an order that references allow: what the product has
/// now takes its place.
pub(crate) const MAKE_ROOM: [&str; 8] = [
    "DELETE FROM offers WHERE slug = $2 AND slug <> $1",
    "DELETE FROM listing_texts WHERE slug = $2 AND slug <> $1",
    "DELETE FROM listings WHERE slug = $2 AND slug <> $1",
    "DELETE FROM artifacts WHERE slug = $2 AND slug <> $1",
    "DELETE FROM draft_previews WHERE slug = $2 AND slug <> $1",
    "DELETE FROM draft_versions WHERE slug = $2 AND slug <> $1",
    "DELETE FROM drafts WHERE slug = $2 AND slug <> $1",
    "DELETE FROM customer_needs WHERE slug = $2 AND customer IN (SELECT customer FROM customer_needs WHERE slug = $1)",
];
pub(crate) const MOVED: &str =
    "UPDATE products SET standing = 'moved', moved_to = $2 WHERE slug = $1 OR moved_to = $1";
pub(crate) const POSITION: &str = "SELECT position FROM products WHERE slug = $1";

/// Lets the rows of a table follow a product.
macro_rules! follow {
    ($table:literal) => {
        concat!("UPDATE ", $table, " SET slug = $2 WHERE slug = $1")
    };
}

/// Counts that waited in memory may have been written under that address already.
const ADD_COUNTS_TO: &str = "\
    INSERT INTO insight_days (slug, day, kind, subject, option, rule, times)
    SELECT $2, day, kind, subject, option, rule, times FROM insight_days WHERE slug = $1
    ON CONFLICT (slug, day, kind, subject, option, rule) DO UPDATE SET times = insight_days.times + excluded.times";

/// What follows a product to its new address, in an order that references allow. Listings are copied before, and the former ones
/// go after their texts; revisions stay.
pub(crate) const FOLLOWING: [&str; 18] = [
    follow!("listing_texts"),
    "DELETE FROM listings WHERE slug = $1 AND slug <> $2",
    follow!("artifacts"),
    follow!("drafts"),
    follow!("draft_versions"),
    follow!("draft_previews"),
    follow!("sold_out"),
    follow!("group_menus"),
    follow!("release_products"),
    follow!("offers"),
    follow!("orders"),
    follow!("past_designs"),
    follow!("designs"),
    follow!("customer_needs"),
    follow!("campaigns"),
    follow!("experiments"),
    ADD_COUNTS_TO,
    "DELETE FROM insight_days WHERE slug = $1 AND slug <> $2",
];

#[derive(FromRow)]
pub(crate) struct StandingRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    live_revision: RevisionNumber,
    #[sqlx(try_from = "String")]
    standing: Standing,
    moved_to: Option<String>,
}

impl StandingRecord {
    pub(crate) fn was_removed(&self) -> bool {
        self.standing == Standing::Removed
    }

    pub(crate) fn may_be_published(&self) -> bool {
        !matches!(self.standing, Standing::Removed | Standing::Moved)
    }

    /// What of how it stands is against publishing it with others.
    pub(crate) fn obstacle(&self) -> Option<Obstacle> {
        match self.standing {
            Standing::Removed | Standing::Moved => Some(Obstacle::Removed),
            Standing::Archived => Some(Obstacle::Archived),
            Standing::Begun | Standing::Listed | Standing::Hidden => None,
        }
    }

    pub(crate) fn live(&self) -> RevisionNumber {
        self.live_revision
    }

    pub(crate) fn moved_to(&self) -> Option<&str> {
        self.moved_to.as_deref()
    }
}

impl TryFrom<StandingRecord> for StandingRow {
    type Error = StoreError;

    fn try_from(row: StandingRecord) -> Result<Self, StoreError> {
        let unreadable = |reason: String| StoreError::Unreadable { what: "an address".to_owned(), reason };
        let moved_to =
            row.moved_to.map(|to| to.parse::<Slug>().map_err(|error| unreadable(error.to_string())));
        let StandingRecord { slug, live_revision: live, standing, .. } = row;
        Ok(Self { slug, live, standing, moved_to: moved_to.transpose()? })
    }
}

#[derive(FromRow)]
pub(crate) struct ManagedRecord {
    #[sqlx(flatten)]
    product: StandingRecord,
    place: Option<i64>,
    #[sqlx(try_from = "i64")]
    published_at: Moment,
    standard_price: Option<i64>,
    currency: Option<String>,
}

impl TryFrom<ManagedRecord> for ManagedRow {
    type Error = StoreError;

    fn try_from(row: ManagedRecord) -> Result<Self, StoreError> {
        Ok(Self {
            product: row.product.try_into()?,
            place: row.place.and_then(|place| u32::try_from(place).ok()),
            published_at: row.published_at.0,
            standard_price: row.standard_price.zip(row.currency),
        })
    }
}

/// A product and its name.
#[derive(FromRow)]
pub(crate) struct NameRecord {
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
    pub(crate) name: Option<String>,
}

/// Addresses as a list in JSON; they have nothing in them that would have to be escaped.
pub(crate) fn slugs_as_json(slugs: &[Slug]) -> String {
    let quoted: Vec<String> = slugs.iter().map(|slug| format!("\"{slug}\"")).collect();
    format!("[{}]", quoted.join(","))
}

/// What a product asks about use.
#[derive(FromRow)]
pub(crate) struct UsesRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    name: Option<String>,
    uses: String,
}

impl From<UsesRecord> for UsesRow {
    fn from(row: UsesRecord) -> Self {
        Self { slug: row.slug, name: row.name, uses: row.uses }
    }
}

/// A product and its position.
#[derive(FromRow)]
pub(crate) struct PositionRecord {
    pub(crate) slug: String,
    pub(crate) standing: String,
    pub(crate) position: i64,
}

/// The positions that change when a listed product moves to a place among the listed ones: products with their new positions;
/// nothing when it is not listed.
pub(crate) fn rearranged(rows: &[PositionRecord], slug: &Slug, place: u32) -> Option<Vec<(String, i64)>> {
    let at = rows.iter().position(|row| row.slug == slug.as_str() && row.standing == "listed")?;
    let mut order: Vec<&PositionRecord> = rows.iter().collect();
    let moved = order.remove(at);
    let listed = || order.iter().enumerate().filter(|(_, row)| row.standing == "listed").map(|(at, _)| at);
    let before = usize::try_from(place.max(1) - 1).ok().and_then(|place| listed().nth(place));
    let to = before.or_else(|| listed().next_back().map(|last| last + 1)).unwrap_or(at);
    order.insert(to, moved);
    let changed = order.iter().zip(rows).filter(|(now, was)| now.slug != was.slug);
    Some(changed.map(|(now, was)| (now.slug.clone(), was.position)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever adds a table with a product's address adds it to what follows.
    #[test]
    fn every_table_with_an_address_follows_a_product_to_another() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite");
        let mut tables = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for table in text.split("CREATE TABLE ").skip(1) {
                let (name, columns) = table.split_once('(').unwrap();
                if columns.split_once(';').unwrap().0.contains("slug TEXT") {
                    tables.push(name.trim().to_owned());
                }
            }
        }
        assert!(tables.contains(&"orders".to_owned()) && tables.len() > 10, "{tables:?}");
        for table in tables {
            let stays = ["products", "revisions"].contains(&&*table);
            let follows = FOLLOWING.iter().any(|statement| {
                statement.starts_with(&format!("UPDATE {table} "))
                    || statement.starts_with(&format!("DELETE FROM {table} "))
            });
            assert!(stays || follows, "{table} stays behind");
        }
    }

    #[test]
    fn a_product_moves_among_the_listed_ones() {
        let rows = |names: &str| -> Vec<PositionRecord> {
            let row = |(at, name): (usize, &str)| PositionRecord {
                slug: name.to_lowercase(),
                // Capitals are hidden.
                standing: if name == name.to_lowercase() { "listed" } else { "hidden" }.to_owned(),
                position: 10 * i64::try_from(at).unwrap(),
            };
            names.split(' ').enumerate().map(row).collect()
        };
        for (names, slug, place, expected) in [
            ("aa bb cc dd", "dd", 1, Some("dd aa bb cc")),
            ("aa bb cc dd", "aa", 3, Some("bb cc aa dd")),
            ("aa bb cc dd", "aa", 90, Some("bb cc dd aa")),
            ("aa bb cc dd", "bb", 2, Some("aa bb cc dd")),
            ("aa XX bb YY", "aa", 2, Some("xx bb aa yy")),
            ("aa XX bb YY", "bb", 1, Some("bb aa xx yy")),
            ("aa", "aa", 5, Some("aa")),
            ("aa XX", "xx", 1, None),
        ] {
            let rows = rows(names);
            let found = rearranged(&rows, &slug.parse().unwrap(), place).map(|changed| {
                let mut order: Vec<(i64, &str)> = rows.iter().map(|row| (row.position, &*row.slug)).collect();
                for (slug, position) in &changed {
                    order.iter_mut().find(|(_, other)| other == slug).unwrap().0 = *position;
                }
                order.sort_unstable();
                order.iter().map(|(_, slug)| *slug).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(found.as_deref(), expected, "{names}: {slug} to {place}");
        }
    }
}

//! Customers as they lie in the database: their links, sessions, and what is remembered of them.

use shop::customers::{ConsentAnswer, Customer, CustomerId, KeptNeed, SentMail};
use shop::mail::MailKind;
use shop::orders::OrderNumber;
use sqlx::FromRow;

use super::designs::DesignRecord;
use super::desk::together;
use crate::rows::{MaybeMoment, Moment, OutOfRange};

pub(crate) const FORGET_OLD_SIGN_INS: &str = "DELETE FROM sign_ins WHERE expires_at <= $1";
pub(crate) const ADD_SIGN_IN: &str =
    "INSERT INTO sign_ins (token_hash, email, expires_at) VALUES ($1, $2, $3)";
pub(crate) const ADD_MAIL: &str = "\
    INSERT INTO outbox (key, kind, recipient, language, secret, written_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $6)
    ON CONFLICT (key) DO NOTHING";
pub(crate) const SIGN_IN_ADDRESS: &str =
    "SELECT email FROM sign_ins WHERE token_hash = $1 AND expires_at > $2";
pub(crate) const TAKE_SIGN_IN: &str =
    "DELETE FROM sign_ins WHERE token_hash = $1 AND expires_at > $2 RETURNING email";
/// Whoever is in needs no other link, and nobody else should find one in an old mail.
pub(crate) const FORGET_OTHER_LINKS: &str = "DELETE FROM sign_ins WHERE email = $1";
pub(crate) const ADD_CUSTOMER: &str = "\
    INSERT INTO customers (id, email, since, seen_at) VALUES ($1, $2, $3, $3)
    ON CONFLICT (email) DO UPDATE SET seen_at = excluded.seen_at RETURNING id, email, since";
pub(crate) const FORGET_OLD_SESSIONS: &str = "DELETE FROM customer_sessions WHERE expires_at <= $1";
pub(crate) const START_SESSION: &str =
    "INSERT INTO customer_sessions (token_hash, customer, expires_at) VALUES ($1, $2, $3)";
pub(crate) const CUSTOMER: &str = "\
    SELECT id, email, since FROM customers
    WHERE id = (SELECT customer FROM customer_sessions WHERE token_hash = $1 AND expires_at > $2)";
pub(crate) const CUSTOMER_BY_EMAIL: &str = "SELECT id, email, since FROM customers WHERE email = $1";
pub(crate) const SIGN_OUT: &str = "DELETE FROM customer_sessions WHERE token_hash = $1";
pub(crate) const SIGN_OUT_EVERYWHERE: &str = "DELETE FROM customer_sessions WHERE customer = $1";
pub(crate) const ORDERS_OF: &str = concat!(
    "\
    SELECT number, state, state_at, is_test, left_out, is_locked, placed_at, slug, revision, product_name, quantity, total, currency,
        arrival, buyer, design, ",
    together!(),
    " FROM orders WHERE email = $1 ORDER BY number DESC LIMIT $2"
);
pub(crate) const LAST_CONSENT: &str = "\
    SELECT is_given, wording, language, said_at FROM consents WHERE customer = $1 ORDER BY place DESC LIMIT 1";
pub(crate) const ADD_CONSENT: &str = "\
    INSERT INTO consents (customer, place, is_given, wording, language, said_at)
    SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5 FROM consents WHERE customer = $1";
pub(crate) const OWN_DESIGNS: &str = "\
    SELECT token_hash, slug, revision, start, choices, keeping, name, total, currency, lead_time_days, designs.kept_at
    FROM designs JOIN customer_designs USING (token_hash) WHERE customer = $1
    ORDER BY designs.kept_at DESC, token_hash";
pub(crate) const ADD_DESIGN: &str = "\
    INSERT INTO customer_designs (customer, token_hash, kept_at) SELECT $1, token_hash, $3 FROM designs
    WHERE token_hash = $2 AND keeping <> 'shared'
    ON CONFLICT (customer, token_hash) DO NOTHING";
pub(crate) const FORGET_DESIGN: &str = "DELETE FROM customer_designs WHERE customer = $1 AND token_hash = $2";
pub(crate) const FORGET_DESIGNS: &str = "DELETE FROM customer_designs WHERE customer = $1";
pub(crate) const NEEDS: &str =
    "SELECT slug, stated_use, said_at FROM customer_needs WHERE customer = $1 ORDER BY slug";
pub(crate) const ADD_NEED: &str = "\
    INSERT INTO customer_needs (customer, slug, stated_use, said_at)
    SELECT $1, slug, $3, $4 FROM products WHERE slug = $2
    ON CONFLICT (customer, slug) DO UPDATE SET stated_use = excluded.stated_use, said_at = excluded.said_at";
pub(crate) const FORGET_NEED: &str = "DELETE FROM customer_needs WHERE customer = $1 AND slug = $2";
pub(crate) const FORGET_NEEDS: &str = "DELETE FROM customer_needs WHERE customer = $1";
pub(crate) const MAILS_TO: &str = "\
    SELECT kind, number, written_at, sent_at FROM outbox WHERE recipient = $1 ORDER BY written_at DESC, key LIMIT 200";
pub(crate) const COUNT_SESSIONS: &str =
    "SELECT COUNT(*) FROM customer_sessions WHERE customer = $1 AND expires_at > $2";

#[derive(FromRow)]
pub(crate) struct CustomerRecord {
    id: String,
    email: String,
    #[sqlx(try_from = "i64")]
    since: Moment,
}

impl From<CustomerRecord> for Customer {
    fn from(row: CustomerRecord) -> Self {
        Self { id: CustomerId::new(row.id), email: row.email, since: row.since.0 }
    }
}

#[derive(FromRow)]
pub(crate) struct ConsentRecord {
    is_given: i64,
    #[sqlx(try_from = "i64")]
    wording: u32,
    language: String,
    #[sqlx(try_from = "i64")]
    said_at: Moment,
}

impl From<ConsentRecord> for ConsentAnswer {
    fn from(row: ConsentRecord) -> Self {
        Self { is_given: row.is_given != 0, wording: row.wording, language: row.language, at: row.said_at.0 }
    }
}

#[derive(FromRow)]
pub(crate) struct OwnDesignRecord {
    pub token_hash: String,
    #[sqlx(flatten)]
    pub design: DesignRecord,
}

#[derive(FromRow)]
pub(crate) struct NeedRecord {
    slug: String,
    stated_use: String,
    #[sqlx(try_from = "i64")]
    said_at: Moment,
}

impl From<NeedRecord> for KeptNeed {
    fn from(row: NeedRecord) -> Self {
        Self { slug: row.slug, stated_use: row.stated_use, at: row.said_at.0 }
    }
}

/// The number of an order that may be missing.
pub(crate) struct MaybeNumber(Option<OrderNumber>);

impl TryFrom<Option<i64>> for MaybeNumber {
    type Error = OutOfRange;

    fn try_from(number: Option<i64>) -> Result<Self, OutOfRange> {
        let read = |number| OrderNumber::try_from(number).map_err(|_| OutOfRange(number));
        number.map(read).transpose().map(Self)
    }
}

#[derive(FromRow)]
pub(crate) struct SentMailRecord {
    #[sqlx(try_from = "String")]
    kind: MailKind,
    #[sqlx(try_from = "Option<i64>")]
    number: MaybeNumber,
    #[sqlx(try_from = "i64")]
    written_at: Moment,
    #[sqlx(try_from = "Option<i64>")]
    sent_at: MaybeMoment,
}

impl From<SentMailRecord> for SentMail {
    fn from(row: SentMailRecord) -> Self {
        Self { kind: row.kind, number: row.number.0, written_at: row.written_at.0, sent_at: row.sent_at.0 }
    }
}

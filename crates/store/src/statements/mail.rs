//! The outbox as it lies in the database.

use shop::mail::{MailKind, MailTrouble, WaitingMail};
use shop::orders::{OrderNumber, OrderState};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};
use time::OffsetDateTime;

use super::orders::ReadyOrder;
use crate::rows::{Moment, milliseconds};

/// The statement that takes a mail of a kind that this release knows, with how a database finds one that nobody else takes at this moment.
macro_rules! take_mail {
    ($found:literal) => {
        concat!(
            "UPDATE outbox SET tries = tries + 1, due_at = $2 WHERE key = (
                SELECT key FROM outbox WHERE due_at <= $1 AND kind IN ('sign_in', 'order', 'invite', 'approval', 'release_failed',
                    'order_confirmed', 'order_in_production', 'order_shipped', 'order_delivered', 'order_cancelled', 'order_returned')
                ORDER BY due_at, key LIMIT 1",
            $found,
            ") RETURNING key, kind, recipient, language, secret, number, written_at, tries"
        )
    };
}
pub(crate) use take_mail;

pub(crate) const SENT: &str = "\
    UPDATE outbox SET sent_at = $2, due_at = NULL, secret = '' WHERE key = $1 AND is_over = 0";
pub(crate) const PUT_OFF: &str = "UPDATE outbox SET due_at = $2 WHERE key = $1 AND is_over = 0";
pub(crate) const GIVE_UP: &str = "UPDATE outbox SET due_at = NULL, secret = '' WHERE key = $1";
pub(crate) const END_MAILS: &str = "\
    UPDATE outbox SET recipient = '', secret = '', number = NULL, due_at = NULL, is_over = 1
    WHERE written_at < $1 AND is_over = 0";
/// How many failed before and wait, or are due since before `$1`; how many written since `$2` were given up.
/// Each count has its index.
pub(crate) const TROUBLE: &str = "\
    SELECT (SELECT COUNT(*) FROM outbox
            WHERE due_at IS NOT NULL AND (tries >= 2 OR due_at < $1) AND sent_at IS NULL AND is_over = 0),
        (SELECT COUNT(*) FROM outbox
            WHERE due_at IS NULL AND written_at >= $2 AND sent_at IS NULL AND is_over = 0)";
pub(crate) const OVER: &str = "SELECT key FROM outbox WHERE is_over = 1 ORDER BY key LIMIT $1";

/// Two counts as they are told.
pub(crate) fn trouble((waiting, given_up): (i64, i64)) -> MailTrouble {
    MailTrouble { waiting: waiting.unsigned_abs(), given_up: given_up.unsigned_abs() }
}

#[derive(FromRow)]
pub(crate) struct MailRecord {
    key: String,
    #[sqlx(try_from = "String")]
    kind: MailKind,
    recipient: String,
    language: String,
    secret: String,
    number: Option<i64>,
    #[sqlx(try_from = "i64")]
    written_at: Moment,
    #[sqlx(try_from = "i64")]
    tries: u32,
}

impl From<MailRecord> for WaitingMail {
    fn from(row: MailRecord) -> Self {
        Self {
            key: row.key,
            kind: row.kind,
            recipient: row.recipient,
            language: row.language,
            secret: row.secret,
            number: row.number.and_then(|number| OrderNumber::try_from(number).ok()),
            written_at: row.written_at.0,
            tries: row.tries,
        }
    }
}

const ADD_MAILS: &str = "\
    INSERT INTO outbox (key, kind, recipient, language, secret, number, written_at, due_at) ";

/// What the mail about an order's state is about: a step can be undone and made again.
pub(crate) fn state_key(number: OrderNumber, state: OrderState, at: OffsetDateTime) -> String {
    format!("order-{number}-{}-{}", state.code().replace('_', "-"), milliseconds(at))
}

/// To a buyer who is there and did not ask to be forgotten.
pub(crate) const ADD_STATE_MAIL: &str = "\
    INSERT INTO outbox (key, kind, recipient, language, secret, number, written_at, due_at)
    SELECT $2, $3, email, language, $4, number, $5, $6 FROM orders WHERE number = $1 AND email <> '' AND is_locked = 0
    ON CONFLICT (key) DO NOTHING";
/// What tells of an order's state and did not go yet.
pub(crate) const END_STATE_MAILS: &str = "\
    UPDATE outbox SET recipient = '', secret = '', number = NULL, due_at = NULL, is_over = 1
    WHERE number = $1 AND kind <> 'order' AND due_at IS NOT NULL";

/// What the mail of a link is about: no other has it.
pub(crate) fn link_key(kind: &str, token_hash: &str) -> String {
    format!("{kind}-{}", token_hash.chars().take(16).collect::<String>())
}

/// The statement that writes the mails of orders with their numbers; nothing where none has one.
pub(crate) fn add_order_mails<'o, D>(
    orders: impl Iterator<Item = (&'o ReadyOrder, i64)>,
) -> Option<QueryBuilder<D>>
where
    D: Database<Arguments: Default>,
    i64: for<'q> Encode<'q, D> + Type<D>,
    String: for<'q> Encode<'q, D> + Type<D>,
    &'o str: Encode<'o, D> + Type<D>,
{
    let mails: Vec<_> =
        orders.filter_map(|(ready, number)| Some((ready, ready.mail.as_ref()?, number))).collect();
    if mails.is_empty() {
        return None;
    }
    let mut statement = QueryBuilder::new(ADD_MAILS);
    statement.push_values(mails, |mut row, (ready, mail, number)| {
        let at = milliseconds(ready.content.placed_at);
        row.push_bind(format!("order-{number}"))
            .push_bind(MailKind::Order.as_str())
            .push_bind(ready.email.as_str())
            .push_bind(ready.language.as_str())
            .push_bind(mail.token.as_str())
            .push_bind(number)
            .push_bind(at)
            .push_bind(at);
    });
    statement.push(" ON CONFLICT (key) DO NOTHING");
    Some(statement)
}

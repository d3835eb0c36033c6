//! What becomes of orders, and the ways to find them, as they lie in the database.

use shop::orders::{
    Buyer, Changing, DeskOrder, DeskQuery, DeskSum, Findable, InvalidOrderNumber, NewChange, NewStateMail,
    OrderEvent, OrderNumber, OrderState, OrderedValue, PickedPart, Progress, STEP_BACK_WITHIN, Sort, States,
    View, What,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::{Database, Encode, FromRow, QueryBuilder, Type};
use time::OffsetDateTime;

use crate::rows::{MaybeDay, MaybeMoment, Moment, Parsed, json, milliseconds};

pub(crate) const SET_STATE: &str = "UPDATE orders SET state = $2, state_at = $3 WHERE number = $1";
pub(crate) const SET_TEST: &str = "UPDATE orders SET is_test = $2 WHERE number = $1";
pub(crate) const SET_LEFT_OUT: &str = "UPDATE orders SET left_out = $2 WHERE number = $1";
pub(crate) const ADD_EVENT: &str = "\
    INSERT INTO order_events (number, place, happened_at, person, kind, was, became, words)
    SELECT $1, COALESCE(MAX(place), 0) + 1, $2, $3, $4, $5, $6, $7 FROM order_events WHERE number = $1";
/// The last steps of an order's way, the last first.
pub(crate) const LAST_STEPS: &str = "\
    SELECT kind, was, became, happened_at FROM order_events WHERE number = $1 AND kind IN ('state', 'back')
    ORDER BY place DESC LIMIT 2";
pub(crate) const EVENTS: &str = "\
    SELECT happened_at, person, kind, was, became, words FROM order_events WHERE number = $1 ORDER BY place DESC";
pub(crate) const WITHOUT_WORDS: &str = "\
    SELECT number, CASE WHEN is_locked = 1 THEN '{\"name\":\"\",\"email\":\"\",\"address\":\"\",\"note\":\"\"}' ELSE buyer END AS buyer, product_name
    FROM orders
    WHERE number > (SELECT COALESCE(MAX(number), 0) FROM order_words) ORDER BY number LIMIT $1";
pub(crate) const VIEWS: &str = "SELECT name, filter FROM desk_views WHERE email = $1 ORDER BY name";
pub(crate) const KEEP_VIEW: &str = "\
    INSERT INTO desk_views (email, name, filter) VALUES ($1, $2, $3)
    ON CONFLICT (email, name) DO UPDATE SET filter = excluded.filter";
pub(crate) const REMOVE_VIEW: &str = "DELETE FROM desk_views WHERE email = $1 AND name = $2";

/// How far an order is.
#[derive(FromRow)]
pub(crate) struct ProgressRecord {
    #[sqlx(try_from = "String")]
    state: OrderState,
    #[sqlx(try_from = "Option<i64>")]
    state_at: MaybeMoment,
    is_test: i64,
    left_out: i64,
    is_locked: i64,
}

impl From<ProgressRecord> for Progress {
    fn from(row: ProgressRecord) -> Self {
        Self {
            state: row.state,
            since: row.state_at.0,
            is_test: row.is_test != 0,
            left_out: row.left_out != 0,
            is_locked: row.is_locked != 0,
        }
    }
}

/// What is to be written of a change.
pub(crate) struct Written<'c> {
    /// A statement on the order, with its values besides the number; nothing for a note.
    pub update: Option<Update>,
    /// What the event says: kind, before, after, words.
    pub event: [&'c str; 4],
}

impl Written<'_> {
    /// What the audit has of it: the action and what changed, as codes. Notes are not in it, nor are reasons: people write names there.
    pub fn noted(&self) -> Option<(&'static str, String)> {
        let [kind, was, became, _] = self.event;
        match kind {
            "state" | "back" => Some(("order state", format!("{was} → {became}"))),
            "test" | "left_out" => Some(("order mark", format!("{kind} {became}"))),
            _ => None,
        }
    }
}

/// A step of an order's way, or one that was taken back.
#[derive(FromRow)]
pub(crate) struct StepRecord {
    kind: String,
    was: String,
    became: String,
    #[sqlx(try_from = "i64")]
    happened_at: Moment,
}

impl StepRecord {
    /// Whether it led to where the order is, from `to`, and not long ago.
    fn can_be_undone(&self, [seen, to]: [OrderState; 2], at: OffsetDateTime) -> bool {
        (self.kind.as_str(), self.was.as_str(), self.became.as_str()) == ("state", to.code(), seen.code())
            && self.happened_at.0 + STEP_BACK_WITHIN >= at
    }
}

/// Whether a change that was written ends mails about the order's state that nobody took yet.
pub(crate) fn ends_mails(change: &NewChange) -> bool {
    match change.what {
        What::Back { .. } => true,
        What::Move { to, .. } => {
            change.mail.is_some() || matches!(to, OrderState::Cancelled | OrderState::Returned)
        }
        What::Test(_) | What::LeftOut(_) | What::Note(_) => false,
    }
}

/// The mail that a change writes, with the state that it tells of.
pub(crate) fn state_mail(change: &NewChange) -> Option<(&NewStateMail, OrderState)> {
    match (&change.what, &change.mail) {
        (What::Move { to, .. }, Some(mail)) => Some((mail, *to)),
        _ => None,
    }
}

/// A statement that changes an order.
pub(crate) enum Update {
    /// Its state and since when; nothing where it is as it was placed.
    State(OrderState, Option<OffsetDateTime>),
    /// A mark, by its statement.
    Mark(&'static str, bool),
}

const fn yes_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// What a change writes of an order that is as it was read; `Err` with what becomes of it where it writes nothing.
/// `last` are [`LAST_STEPS`], where a step is to be undone.
pub(crate) fn written<'c>(
    now: Option<ProgressRecord>,
    last: &[StepRecord],
    change: &'c NewChange,
) -> Result<Written<'c>, Changing> {
    let now = Progress::from(now.ok_or(Changing::NoOrder)?);
    let mark = |kind, statement, was: bool, is: bool| {
        if was == is {
            return Err(Changing::Done);
        }
        let event = [kind, yes_no(was), yes_no(is), ""];
        Ok(Written { update: Some(Update::Mark(statement, is)), event })
    };
    match &change.what {
        What::Move { seen, .. } | What::Back { seen, .. } if *seen != now.state => {
            Err(Changing::Otherwise(now.state))
        }
        What::Back { seen, to } => match last.first() {
            Some(step) if step.can_be_undone([*seen, *to], change.at) => Ok(Written {
                update: Some(Update::State(*to, last.get(1).map(|before| before.happened_at.0))),
                event: ["back", seen.code(), to.code(), ""],
            }),
            _ => Err(Changing::TooLate),
        },
        What::Move { seen, to, reason } => Ok(Written {
            update: Some(Update::State(*to, Some(change.at))),
            event: ["state", seen.code(), to.code(), reason],
        }),
        What::Test(is) => mark("test", SET_TEST, now.is_test, *is),
        What::LeftOut(is) => mark("left_out", SET_LEFT_OUT, now.left_out, *is),
        What::Note(text) => Ok(Written { update: None, event: ["note", "", "", text] }),
    }
}

#[derive(FromRow)]
pub(crate) struct EventRecord {
    #[sqlx(try_from = "i64")]
    happened_at: Moment,
    person: String,
    kind: String,
    was: String,
    became: String,
    words: String,
}

impl TryFrom<EventRecord> for OrderEvent {
    type Error = StoreError;

    fn try_from(row: EventRecord) -> Result<Self, StoreError> {
        let unreadable =
            |reason: String| StoreError::Unreadable { what: "an order's history".to_owned(), reason };
        let state = |text: &str| text.parse::<OrderState>().map_err(|error| unreadable(error.to_string()));
        let what = match row.kind.as_str() {
            "state" => What::Move { seen: state(&row.was)?, to: state(&row.became)?, reason: row.words },
            "back" => What::Back { seen: state(&row.was)?, to: state(&row.became)? },
            "test" => What::Test(row.became == "yes"),
            "left_out" => What::LeftOut(row.became == "yes"),
            "note" => What::Note(row.words),
            other => return Err(unreadable(format!("there is no '{other}'"))),
        };
        Ok(Self { what, at: row.happened_at.0, by: row.person })
    }
}

#[derive(FromRow)]
pub(crate) struct DeskRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    #[sqlx(flatten)]
    progress: ProgressRecord,
    #[sqlx(try_from = "i64")]
    placed_at: Moment,
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    product_name: String,
    #[sqlx(try_from = "i64")]
    quantity: u32,
    total: i64,
    currency: String,
    #[sqlx(try_from = "Option<i64>")]
    arrival: MaybeDay,
    #[sqlx(try_from = "String")]
    buyer: Parsed<Buyer>,
    #[sqlx(try_from = "String")]
    design: Parsed<Vec<OrderedValue>>,
    #[sqlx(try_from = "Option<String>")]
    together: Together,
}

/// The orders of a basket, by number; none where an order is alone.
struct Together(Vec<OrderNumber>);

impl TryFrom<Option<String>> for Together {
    type Error = InvalidOrderNumber;

    fn try_from(numbers: Option<String>) -> Result<Self, InvalidOrderNumber> {
        let numbers = numbers.unwrap_or_default();
        let mut numbers = numbers.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>()?;
        numbers.sort_unstable();
        Ok(Self(if numbers.len() > 1 { numbers } else { Vec::new() }))
    }
}

impl From<DeskRecord> for DeskOrder {
    fn from(row: DeskRecord) -> Self {
        let buyer = row.buyer.0;
        Self {
            number: row.number,
            progress: row.progress.into(),
            placed_at: row.placed_at.0,
            slug: row.slug,
            revision: row.revision,
            product_name: row.product_name,
            quantity: row.quantity,
            total: row.total,
            currency: row.currency,
            arrival: row.arrival.0,
            buyer: buyer.name,
            email: buyer.email,
            parts: PickedPart::of(&row.design.0, row.quantity),
            ordered_together: row.together.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct FindableRecord {
    #[sqlx(try_from = "i64")]
    number: OrderNumber,
    #[sqlx(try_from = "String")]
    buyer: Parsed<Buyer>,
    product_name: String,
}

impl From<FindableRecord> for Findable {
    fn from(row: FindableRecord) -> Self {
        let Buyer { name, email, .. } = row.buyer.0;
        Self { number: row.number, buyer: name, email, product: row.product_name }
    }
}

#[derive(FromRow)]
pub(crate) struct ViewRecord {
    name: String,
    filter: String,
}

impl From<ViewRecord> for View {
    fn from(row: ViewRecord) -> Self {
        Self { name: row.name, filter: row.filter }
    }
}

/// Words with their orders, as JSON.
pub(crate) fn words_as_json(words: &[(OrderNumber, Vec<String>)]) -> Result<String, StoreError> {
    let rows = words.iter().flat_map(|(number, words)| words.iter().map(move |word| (word, number.get())));
    json(&rows.collect::<Vec<_>>(), "words")
}

/// The ends of a list are beyond all numbers and days.
const FIRST: i64 = i64::MIN;
const LAST: i64 = i64::MAX;

/// The numbers of the orders of an order's basket.
macro_rules! together {
    () => {
        "(SELECT STRING_AGG(CAST(other.number AS TEXT), ' ') FROM orders AS other WHERE other.basket = orders.basket) AS together"
    };
}
pub(super) use together;

/// Only the numbers are sorted, so that nothing wide is; then the rows of one page are read.
const LIST: &str = concat!(
    "\
    SELECT number, state, state_at, is_test, left_out, is_locked, placed_at, slug, revision, product_name, quantity, total, currency,
        arrival, CASE WHEN is_locked = 1 THEN '{\"name\":\"\",\"email\":\"\",\"address\":\"\",\"note\":\"\"}' ELSE buyer END AS buyer, design,
        ",
    together!(),
    " FROM orders WHERE number IN (SELECT number FROM orders WHERE "
);

const BY_PRODUCT: &str = "SELECT slug, COUNT(*) AS orders FROM orders WHERE TRUE";

/// A product and how many orders of it are found.
#[derive(FromRow)]
pub(crate) struct OrdersOfRecord {
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
    #[sqlx(try_from = "i64")]
    pub(crate) orders: u64,
}

/// A sum of whole numbers is a decimal in PostgreSQL.
const SUMS: &str = "\
    SELECT currency, COUNT(*) AS orders, CAST(SUM(total) AS BIGINT) AS total FROM orders WHERE TRUE";

#[derive(FromRow)]
pub(crate) struct SumRecord {
    currency: String,
    #[sqlx(try_from = "i64")]
    orders: u64,
    total: i64,
}

impl From<SumRecord> for DeskSum {
    fn from(row: SumRecord) -> Self {
        Self { currency: row.currency, orders: row.orders, total: row.total }
    }
}

/// How a list is walked: what is compared with its place, and the order of its rows. SQLite finds the place in an index of
/// expressions by `bound` alone, and what is beyond it by `compare`.
struct Walk {
    bound: Option<&'static str>,
    compare: &'static str,
    order: &'static str,
    end: i64,
}

const fn walk(sort: Sort, backwards: bool) -> Walk {
    match (sort, backwards) {
        (Sort::Newest, false) | (Sort::Oldest, true) => {
            Walk { bound: None, compare: "number < ", order: " ORDER BY number DESC", end: LAST }
        }
        (Sort::Newest, true) | (Sort::Oldest, false) => {
            Walk { bound: None, compare: "number > ", order: " ORDER BY number", end: FIRST }
        }
        (Sort::Due, false) | (Sort::DueLast, true) => Walk {
            bound: Some("COALESCE(arrival, 9999999) >= "),
            compare: " AND (COALESCE(arrival, 9999999), number) > (",
            order: " ORDER BY COALESCE(arrival, 9999999), number",
            end: FIRST,
        },
        (Sort::Due, true) | (Sort::DueLast, false) => Walk {
            bound: Some("COALESCE(arrival, 9999999) <= "),
            compare: " AND (COALESCE(arrival, 9999999), number) < (",
            order: " ORDER BY COALESCE(arrival, 9999999) DESC, number DESC",
            end: LAST,
        },
        (Sort::Smallest, false) | (Sort::Largest, true) => Walk {
            bound: Some("total >= "),
            compare: " AND (total, number) > (",
            order: " ORDER BY total, number",
            end: FIRST,
        },
        (Sort::Smallest, true) | (Sort::Largest, false) => Walk {
            bound: Some("total <= "),
            compare: " AND (total, number) < (",
            order: " ORDER BY total DESC, number DESC",
            end: LAST,
        },
    }
}

/// The statement that lists orders: each part of the filter adds its condition, of those written here. `pairs` is how a database reads
/// the values of an order as rows.
pub(crate) fn list<'q, D>(query: &'q DeskQuery, pairs: &'static str) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let walk = walk(query.sort, query.from.is_some_and(|from| from.backwards));
    let (key, number) = query.from.map_or((walk.end, walk.end), |from| (from.key, from.number.get()));
    let mut statement = QueryBuilder::new(LIST);
    match walk.bound {
        Some(bound) => {
            statement.push(bound).push_bind(key).push(walk.compare);
            statement.push_bind(key).push(", ").push_bind(number).push(")");
        }
        None => {
            statement.push(walk.compare).push_bind(number);
        }
    }
    push_filter(&mut statement, query, pairs);
    statement.push(walk.order).push(" LIMIT ").push_bind(i64::from(query.limit));
    statement.push(")").push(walk.order);
    statement
}

/// The statement that adds up what a filter finds.
pub(crate) fn sums<'q, D>(query: &'q DeskQuery, pairs: &'static str) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let mut statement = QueryBuilder::new(SUMS);
    push_filter(&mut statement, query, pairs);
    statement.push(" GROUP BY currency ORDER BY currency");
    statement
}

/// The statement that counts what a filter finds of each product.
pub(crate) fn by_product<'q, D>(query: &'q DeskQuery, pairs: &'static str) -> QueryBuilder<D>
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let mut statement = QueryBuilder::new(BY_PRODUCT);
    push_filter(&mut statement, query, pairs);
    statement.push(" GROUP BY slug ORDER BY slug");
    statement
}

fn push_filter<'q, D>(statement: &mut QueryBuilder<D>, query: &'q DeskQuery, pairs: &'static str)
where
    D: Database<Arguments: Default>,
    i64: Encode<'q, D> + Type<D>,
    &'q str: Encode<'q, D> + Type<D>,
    String: Encode<'q, D> + Type<D>,
{
    let filter = &query.filter;
    // Where the list is walked by days of promise or totals, its index has the state, too; the index by states would have to be sorted.
    let is_by_number = matches!(query.sort, Sort::Newest | Sort::Oldest);
    let state = if is_by_number { " AND state " } else { " AND COALESCE(state, '') " };
    match filter.states {
        Some(States::One(one)) => {
            statement.push(state).push("= ").push_bind(one.code());
        }
        Some(States::Open) => {
            statement.push(state).push("IN ('placed', 'confirmed', 'in_production', 'shipped')");
        }
        None => {}
    }
    if let Some(slug) = &filter.product {
        statement.push(" AND slug = ").push_bind(slug.as_str());
    }
    let (from, before) = query.placed;
    if let Some(from) = from {
        statement.push(" AND placed_at >= ").push_bind(milliseconds(from));
    }
    if let Some(before) = before {
        statement.push(" AND placed_at < ").push_bind(milliseconds(before));
    }
    if let Some(due) = filter.due_before {
        statement.push(" AND COALESCE(arrival, 9999999) < ").push_bind(i64::from(due.to_julian_day()));
    }
    if let Some(is_test) = filter.is_test {
        statement.push(if is_test { " AND is_test = 1" } else { " AND is_test = 0" });
    }
    if let Some(left_out) = filter.left_out {
        statement.push(if left_out { " AND left_out = 1" } else { " AND left_out = 0" });
    }
    push_words(statement, filter.words());
    if let Some((attribute, option)) = &filter.option {
        statement.push(" AND EXISTS (SELECT 1 FROM ").push(pairs).push(" WHERE pair.value ->> 0 = ");
        statement.push_bind(attribute.as_str()).push(" AND ',' || (pair.value ->> 1) || ',' LIKE ");
        let option = option.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        statement.push_bind(format!("%,{option},%")).push(" ESCAPE '\\')");
    }
}

/// Orders that have all of these words: what several words have in common is found first, once.
pub(super) fn push_words<'q, D>(statement: &mut QueryBuilder<D>, words: Vec<String>)
where
    D: Database<Arguments: Default>,
    String: Encode<'q, D> + Type<D>,
{
    if words.is_empty() {
        return;
    }
    for (place, word) in words.into_iter().enumerate() {
        statement.push(if place == 0 { " AND number IN (" } else { " INTERSECT " });
        statement.push("SELECT number FROM order_words WHERE word ");
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number is found whole: 1 would be the beginning of every one.
            statement.push("= ").push_bind(word);
        } else {
            let end = format!("{word}\u{10ffff}");
            statement.push(">= ").push_bind(word).push(" AND word < ").push_bind(end);
        }
    }
    statement.push(")");
}

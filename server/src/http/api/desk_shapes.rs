//! What the orders desk looks like to programs.

use configurator::{RevisionNumber, Slug};
use serde::Serialize;
use shop::orders::{OrderEvent, PickedPart, What};
use shop::{OrderNumber, OrderState, OrderedValue, Progress};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;

use super::orders::{Buyer, vat};
use super::shapes::{Line, Money, StateCode};

/// A page of orders.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskOrders {
    /// The orders, in the order that was asked for.
    pub(super) orders: Vec<DeskOrder>,
    /// Where the next page begins, to be sent as `page` with all else the same; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
    /// The same of the page before; absent on the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<String>,
}

/// An order on the list.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskOrder {
    /// What it is.
    #[serde(flatten)]
    summary: DeskSummary,
    /// Who ordered; empty where its buyer was erased or asked to be.
    buyer: DeskContact,
}

/// Who ordered.
#[derive(Serialize, ToSchema)]
struct DeskContact {
    /// First and last name.
    name: String,
    /// Their e-mail address.
    email: String,
}

/// What an order is, and how far.
#[derive(Serialize, ToSchema)]
struct DeskSummary {
    /// Counts from 1001.
    #[schema(value_type = i64)]
    number: OrderNumber,
    /// How far it is.
    state: StateCode,
    /// Since when, as RFC 3339 writes it.
    state_since: String,
    /// What it may become next.
    next_states: Vec<StateCode>,
    /// Whether it was placed to try the shop, and nobody waits for it.
    test: bool,
    /// Whether it is left out of learning.
    left_out: bool,
    /// When it was placed, as RFC 3339 writes it.
    placed_at: String,
    /// The day by which it is promised at the buyer's door, as RFC 3339 writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrival: Option<String>,
    /// The product's slug.
    #[schema(value_type = String)]
    product: Slug,
    /// The product's name then.
    product_name: String,
    /// The revision it was made from.
    #[schema(value_type = i64)]
    revision: RevisionNumber,
    /// How many pieces.
    quantity: u32,
    /// The sum of its lines.
    total: Money,
    /// What production picks for all pieces.
    parts: Vec<DeskPart>,
    /// Numbers of the orders that were placed with the same form, with this one; absent where it was ordered alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<i64>, required = false)]
    ordered_together: Vec<OrderNumber>,
}

/// A part to pick.
#[derive(Serialize, ToSchema)]
struct DeskPart {
    /// Its code.
    code: String,
    /// How many of it.
    count: u64,
}

/// An order with everything that the desk knows of it.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskOrderDetails {
    /// What it is.
    #[serde(flatten)]
    summary: DeskSummary,
    /// Every attribute, in the product's order.
    design: Vec<DeskValue>,
    /// The itemised price.
    lines: Vec<Line>,
    /// The VAT within the total, where the shop says its rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    vat: Option<Money>,
    /// Working days from order to dispatch.
    lead_time_days: u32,
    /// Days within which it can be returned; 0 where it can't be.
    #[serde(skip_serializing_if = "Option::is_none")]
    return_days: Option<u32>,
    /// Who ordered; empty where they were erased.
    buyer: Buyer,
    /// Whether the buyer asked to be erased: who they are is kept for the law alone.
    buyer_locked: bool,
    /// What became of it, the last first.
    history: Vec<DeskEvent>,
    /// What was noted about it, the last first.
    notes: Vec<DeskNote>,
}

/// One attribute of an order.
#[derive(Serialize, ToSchema)]
struct DeskValue {
    /// The attribute's code.
    attribute: String,
    /// The attribute's name then.
    label: String,
    /// The value as text: a code, codes with commas between them, a number or a text.
    value: String,
    /// The value for people.
    words: String,
    /// Codes of the parts of one piece, each as often as it has it.
    parts: Vec<String>,
}

/// Something that became of an order.
#[derive(Serialize, ToSchema)]
struct DeskEvent {
    /// When, as RFC 3339 writes it.
    at: String,
    /// Who did it: a person's e-mail address, or `key:` and the name of an API key.
    by: String,
    /// What was done.
    what: DeskDeed,
    /// The state before.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<StateCode>,
    /// The state after.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<StateCode>,
    /// Why, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether a mark was set, or taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    marked: Option<bool>,
}

/// What was done with an order.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeskDeed {
    /// It got into another state.
    State,
    /// Its last step was undone.
    Undo,
    /// It was marked as a test, or not any more.
    Test,
    /// It was left out of learning, or taken in again.
    LeftOut,
}

/// A note on an order.
#[derive(Serialize, ToSchema)]
struct DeskNote {
    /// When, as RFC 3339 writes it.
    at: String,
    /// Who noted it, as in its history.
    by: String,
    /// The note.
    text: String,
}

fn written(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

fn parts(parts: Vec<PickedPart>) -> Vec<DeskPart> {
    parts.into_iter().map(|PickedPart { code, count }| DeskPart { code, count }).collect()
}

fn states(state: OrderState) -> Vec<StateCode> {
    state.next().iter().copied().map(StateCode::from).collect()
}

impl DeskOrder {
    /// An order of the desk's list.
    pub(super) fn of(order: shop::orders::DeskOrder) -> Self {
        let Progress { state, since, is_test, left_out, .. } = order.progress;
        let summary = DeskSummary {
            number: order.number,
            state: state.into(),
            state_since: written(since.unwrap_or(order.placed_at)),
            next_states: states(state),
            test: is_test,
            left_out,
            placed_at: written(order.placed_at),
            arrival: order.arrival.map(|day| day.to_string()),
            product: order.slug,
            product_name: order.product_name,
            revision: order.revision,
            quantity: order.quantity,
            total: Money { amount: order.total, currency: order.currency },
            parts: parts(order.parts),
            ordered_together: order.ordered_together,
        };
        Self { summary, buyer: DeskContact { name: order.buyer, email: order.email } }
    }
}

impl DeskOrderDetails {
    /// An order with what was done with it, the last first, and the orders of its basket.
    pub(super) fn of(order: shop::Order, events: &[OrderEvent], ordered_together: Vec<OrderNumber>) -> Self {
        let shop::Order { number, progress, content: order, .. } = order;
        let Progress { state, since, is_test, left_out, is_locked } = progress;
        let money = |amount| Money { amount, currency: order.currency.clone() };
        let line = |line: &shop::OrderedLine| Line {
            label: line.label.clone(),
            attribute: None,
            amount: money(line.amount),
        };
        Self {
            lines: order.lines.iter().map(line).collect(),
            vat: order.vat.and_then(|rate| vat(&order, rate)),
            lead_time_days: order.lead_time_days,
            return_days: order.return_days,
            buyer_locked: is_locked,
            history: events.iter().filter_map(DeskEvent::of).collect(),
            notes: events.iter().filter_map(DeskNote::of).collect(),
            summary: DeskSummary {
                number,
                state: state.into(),
                state_since: written(since.unwrap_or(order.placed_at)),
                next_states: states(state),
                test: is_test,
                left_out,
                placed_at: written(order.placed_at),
                arrival: order.arrival.map(|day| day.to_string()),
                total: money(order.total),
                parts: parts(PickedPart::of(&order.design, order.quantity)),
                ordered_together,
                product: order.slug,
                product_name: order.product_name,
                revision: order.revision,
                quantity: order.quantity,
            },
            design: order.design.into_iter().map(DeskValue::of).collect(),
            buyer: Buyer::of(order.buyer),
        }
    }
}

impl DeskValue {
    fn of(value: OrderedValue) -> Self {
        let OrderedValue { code, label, value, words, parts, .. } = value;
        Self { attribute: code, label, value, words, parts }
    }
}

impl DeskEvent {
    /// Nothing for a note.
    fn of(event: &OrderEvent) -> Option<Self> {
        let done = |what| Self {
            at: written(event.at),
            by: event.by.clone(),
            what,
            from: None,
            to: None,
            reason: None,
            marked: None,
        };
        let moved = |what, from: OrderState, to: OrderState| Self {
            from: Some(from.into()),
            to: Some(to.into()),
            ..done(what)
        };
        Some(match &event.what {
            What::Move { seen, to, reason } => {
                let reason = Some(reason.clone()).filter(|reason| !reason.is_empty());
                Self { reason, ..moved(DeskDeed::State, *seen, *to) }
            }
            What::Back { seen, to } => moved(DeskDeed::Undo, *seen, *to),
            What::Test(is) => Self { marked: Some(*is), ..done(DeskDeed::Test) },
            What::LeftOut(is) => Self { marked: Some(*is), ..done(DeskDeed::LeftOut) },
            What::Note(_) => return None,
        })
    }
}

impl DeskNote {
    /// Nothing for what is no note.
    fn of(event: &OrderEvent) -> Option<Self> {
        let What::Note(text) = &event.what else { return None };
        Some(Self { at: written(event.at), by: event.by.clone(), text: text.clone() })
    }
}

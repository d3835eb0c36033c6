//! A form that orders, as it was sent: who orders, and what is to be said of it. That of one design and that of the basket.

use app::pages::{BuyerForm, FieldMessage};
use axum::http::HeaderMap;
use shop::{Buyer, Environment, FieldError, OrderError, OrderNumber};
use words::Shop as Texts;

use super::super::{placed_here, query};
use crate::environment::Machine;
use crate::http::email::as_written;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Fields of whoever orders, in order.
const FIELDS: [&str; 4] = ["name", "email", "address", "note"];
/// The field with the form's id.
const REQUEST_ID: &str = "request_id";
/// The field with the total that the form showed.
const SEEN_TOTAL: &str = "seen_total";
/// The field with the order that another one is wanted of.
const ANOTHER: &str = "another";
/// Most characters of the form's id that count.
const MOST_ID_CHARACTERS: usize = 64;

/// A form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub pairs: Vec<(String, String)>,
    /// The order of a moment ago, which this one would repeat.
    ordered_before: Option<OrderNumber>,
    /// Whether it placed an order before.
    is_used: bool,
    /// The order that is told of, and where it is found.
    number_before: Option<OrderNumber>,
    before: Option<String>,
}

impl Sent {
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// What is to be said of an order that was refused, and the form to show it in.
    ///
    /// # Errors
    /// What no form can tell.
    pub fn refused(mut self, error: OrderError, say: &Texts) -> Result<(Self, Vec<FieldMessage>), Failure> {
        let messages = match error {
            OrderError::Invalid(reasons) | OrderError::SoldOut(reasons) => {
                reasons.into_iter().map(general).collect()
            }
            OrderError::Buyer(errors) => errors.iter().map(|error| of_field(error, say)).collect(),
            OrderError::OrderedBefore { number } => {
                self.ordered_before = Some(number);
                self.number_before = Some(number);
                vec![general(say.ordered_before(&number))]
            }
            OrderError::KeyUsed { number } => {
                // What is in the form is another order: it needs an id of its own.
                self.pairs.retain(|(name, _)| name != REQUEST_ID);
                self.is_used = true;
                self.number_before = Some(number);
                vec![general(say.form_was_used(&number))]
            }
            error => return Err(error.into()),
        };
        Ok((self, messages))
    }

    /// Finds the order that is told of. Whoever knows somebody's address is not shown their order: this browser has to have placed it.
    pub fn find_before(&mut self, site: &Site, headers: &HeaderMap) {
        self.before = self.number_before.and_then(|number| placed_here::address(site, headers, number));
    }

    /// Whether it would repeat an order of a moment ago.
    pub fn repeats(&self) -> bool {
        self.ordered_before.is_some()
    }

    pub fn field(&self, name: &str) -> String {
        query::value(&self.pairs, name).unwrap_or_default().to_owned()
    }

    /// What is wrong with who orders, field by field.
    pub fn buyer_faults(&self, say: &Texts) -> Vec<FieldMessage> {
        self.buyer().faults().iter().map(|error| of_field(error, say)).collect()
    }

    /// The fingerprint of what the form showed.
    pub fn seen(&self) -> Option<&str> {
        query::value(&self.pairs, "seen")
    }

    /// The total that it showed, in minor units.
    pub fn seen_total(&self) -> Option<i64> {
        self.field(SEEN_TOTAL).parse().ok()
    }

    /// The order that another one is wanted of.
    pub fn another(&self) -> Option<OrderNumber> {
        self.field(ANOTHER).parse().ok()
    }

    pub fn request_id(&self) -> String {
        query::value(&self.pairs, REQUEST_ID)
            .map_or_else(request_id, |id| id.chars().take(MOST_ID_CHARACTERS).collect())
    }

    pub fn buyer(&self) -> Buyer {
        Buyer {
            name: self.field("name"),
            email: self.field("email"),
            address: self.field("address"),
            note: self.field("note"),
        }
    }

    /// Who orders as the page shows it again, with what it shows of the order itself; `more` are fields beside those of the buyer.
    pub fn form(
        &self,
        (seen, seen_total): (String, i64),
        more: &[&str],
        messages: Vec<FieldMessage>,
    ) -> BuyerForm {
        let is_shown = |name: &str| FIELDS.contains(&name) || more.contains(&name);
        let typed = self.pairs.iter().filter(|(name, _)| is_shown(name));
        let typed = typed.map(|(name, text)| match name.as_str() {
            "email" => (name.clone(), as_written(text).into_owned()),
            _ => (name.clone(), text.clone()),
        });
        BuyerForm {
            seen,
            seen_total,
            request_id: self.request_id(),
            another: self.ordered_before.map(OrderNumber::get),
            is_used: self.is_used,
            before: self.number_before.map(OrderNumber::get).zip(self.before.clone()),
            typed: typed.collect(),
            messages,
        }
    }
}

/// What is said of no field.
pub fn general(message: String) -> FieldMessage {
    FieldMessage { field: String::new(), message }
}

fn of_field(error: &FieldError, say: &Texts) -> FieldMessage {
    FieldMessage { field: error.field.to_owned(), message: error.sentence(say) }
}

fn request_id() -> String {
    let mut bytes = [0; 16];
    Machine.random(&mut bytes);
    const_hex::encode(bytes)
}

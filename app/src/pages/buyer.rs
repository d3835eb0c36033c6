//! The part of an order form that asks who orders, and tells what is wrong: that of one design's form and that of the basket's.

use leptos::prelude::*;

use super::document::Reader;
use crate::ui::field::Field;
use crate::ui::{link, notice};

/// The id of a form that orders.
pub(super) const ORDER: &str = "order";

/// What is wrong with one field, or with the design (`field` is empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMessage {
    /// The field's name.
    pub field: String,
    /// What to do.
    pub message: String,
}

/// Who orders, what the form showed, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct BuyerForm {
    /// A fingerprint of all that is ordered, to notice when an order would no longer be what the shopper saw.
    pub seen: String,
    /// The total in minor units, to say by how much it differs then.
    pub seen_total: i64,
    /// Distinguishes this order from a second one sent by mistake.
    pub request_id: String,
    /// The order of a moment ago, which this one would repeat.
    pub another: Option<i64>,
    /// Whether the form placed an order before.
    pub is_used: bool,
    /// Number and page of the order that is told of, where this browser placed it.
    pub before: Option<(i64, String)>,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
    /// What is wrong.
    pub messages: Vec<FieldMessage>,
}

impl BuyerForm {
    pub(super) fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A field that has to be filled in, with what was typed and what is wrong with it.
    pub(super) fn field(&self, name: &str, label: &str, autocomplete: &'static str) -> Field {
        let errors = self.messages.iter().filter(|message| message.field == name);
        Field {
            id: name.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            value: self.typed(name),
            autocomplete,
            required: true,
            errors: errors.map(|message| message.message.clone()).collect(),
            ..Field::default()
        }
    }

    /// What the form sends of itself.
    pub(super) fn hidden(&self) -> AnyView {
        view! {
            <input type="hidden" name="request_id" value=self.request_id.clone() />
            <input type="hidden" data-follows="seen" name="seen" value=self.seen.clone() />
            <input type="hidden" data-follows="seen-total" name="seen_total" value=self.seen_total.to_string() />
            {self.another.map(|number| view! { <input type="hidden" name="another" value=number.to_string() /> })}
        }
        .into_any()
    }

    /// Who orders.
    pub(super) fn fields(&self, reader: &Reader) -> AnyView {
        let say = reader.say();
        view! {
            {self.field("name", say.name(), "name").text("text")}
            {self.field("email", say.email(), "email").text("email")}
            {self.field("address", say.delivery_address(), "street-address").area(3, false)}
            {Field { required: false, ..self.field("note", say.note_optional(), "off") }.area(3, false)}
        }
        .into_any()
    }

    /// That nothing is ordered yet, and what is wrong beside what the fields say themselves.
    pub(super) fn mistakes(&self, reader: &Reader) -> Option<AnyView> {
        let general = self.messages.iter().filter(|message| message.field.is_empty());
        let general: Vec<String> = general.map(|message| message.message.clone()).collect();
        // One is no list.
        let general = match general.as_slice() {
            [] => None,
            [one] => Some(view! { <p>{one.clone()}</p> }.into_any()),
            _ => {
                let lines: Vec<_> = general.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
                Some(view! { <ul>{lines}</ul> }.into_any())
            }
        };
        let before = self.before.clone().map(|(number, href)| {
            view! { <p><a class=link::LINK href=href data-testid="ordered-before">{reader.say().order_number(&number)}</a></p> }
        });
        let words = view! {
            {(self.another.is_none() && !self.is_used).then(|| view! { <p>{reader.say().nothing_ordered_yet()}</p> })}
            {general}
            {before}
        };
        (!self.messages.is_empty()).then(|| notice::alert(words.into_any(), "order-errors"))
    }
}

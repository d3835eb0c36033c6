//! The order form and the page of a placed order.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use super::information::{Fact, Section, facts, section};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::values::{breakdown, notes, values};
use crate::ui::{button, link, notice, text};

/// The order form's id.
const ORDER: &str = "order";
/// The field with how many pieces are wanted.
pub const QUANTITY: &str = "quantity";
/// The field with how many the form showed the total of.
pub const SHOWN: &str = "shown";
/// The button that asks for another total.
pub const UPDATE: &str = "update";
/// The design on one side, what is said about it on the other.
const SHEET: &str = concat!(
    "mx-auto mb-24 grid max-w-[1200px] grid-cols-[minmax(0,1fr)] gap-8 px-5 ",
    "desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] desk:gap-16 desk:px-10 desk:pt-6"
);
/// How many pieces, and beside it the button.
const PIECES: &str = "mb-5 grid grid-cols-[8rem_auto] items-start justify-start gap-x-3 [&_button]:mt-[1.68rem] [&_button]:min-h-12";
/// The id of the discounts on several.
const TIERS: &str = "tiers";
/// The picture.
const PICTURE: &str = "mb-4 rounded-l bg-stage bg-lit p-[6%] [&>svg]:h-auto [&>svg]:w-full";

/// What is wrong with one field, or with the design (`field` is empty).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMessage {
    /// The field's name.
    pub field: String,
    /// What to do.
    pub message: String,
}

/// Everything the order form shows, including what was typed.
#[derive(Clone, Debug, Default)]
pub struct OrderForm {
    /// Name of the product.
    pub product: String,
    /// Where the form is sent: the design is in its query.
    pub action: String,
    /// Back to the configurator.
    pub back: String,
    /// The picture as SVG.
    pub picture: String,
    /// Attribute and value, in words.
    pub design: Vec<(String, String)>,
    /// Lines of the quote, ready to show.
    pub lines: Vec<(String, String)>,
    /// The total, ready to show.
    pub total: String,
    /// A fingerprint of design and total, to notice when an order would no longer be what the shopper saw.
    pub seen: String,
    /// The total in minor units, to say by how much it differs then.
    pub seen_total: i64,
    /// When it is there, in words.
    pub arrival: String,
    /// What is agreed with it, each a line.
    pub notes: Vec<String>,
    /// How many pieces the total is for.
    pub quantity: u32,
    /// Discounts on several pieces, in words; empty for none.
    pub tiers: String,
    /// That more pieces cost less, in words; empty where that is not so.
    pub more_for_less: String,
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

impl OrderForm {
    fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// A field that has to be filled in, with what was typed and what is wrong with it.
    fn field(&self, name: &str, label: &str, autocomplete: &'static str) -> Field {
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
}

impl OrderForm {
    /// How many pieces, and the button that shows what they cost.
    fn pieces(&self, reader: &Reader) -> AnyView {
        let say = reader.say();
        let typed = self.typed(QUANTITY);
        let value = if typed.is_empty() { self.quantity.to_string() } else { typed };
        let field = Field {
            value,
            keyboard: "numeric",
            tight: true,
            described_by: (!self.tiers.is_empty()).then(|| TIERS.to_owned()),
            ..self.field(QUANTITY, say.quantity(), "off")
        };
        view! {
            <div class=PIECES>
                {field.text("text")}
                // With scripts the total follows by itself.
                <noscript>
                    <button type="submit" class=button::QUIET name=UPDATE value="on" formnovalidate=true>{say.update_total()}</button>
                </noscript>
                {(!self.tiers.is_empty()).then(|| view! {
                    <p id=TIERS class="col-span-full mt-1 text-s text-muted">{self.tiers.clone()}</p>
                    <p class="col-span-full mt-1 text-s font-semibold" role="status" data-testid="more-for-less" data-follows="more-for-less">{self.more_for_less.clone()}</p>
                })}
            </div>
        }
        .into_any()
    }
}

/// The order form.
#[must_use]
pub fn order_form(assets: &Assets, reader: &Reader, form: &OrderForm) -> String {
    let say = reader.say();
    // On a phone what is wrong would be below the picture and all of the design.
    let place_of_form = if form.messages.is_empty() { "" } else { "max-desk:order-first" };
    let place =
        if form.another.is_some() { say.place_another(&form.total) } else { say.place_order(&form.total) };
    document(assets, reader, &say.order_of(&form.product), Script::Order, Switch::Form(ORDER), || {
        view! {
            <div class=SHEET>
                <section aria-label=say.your_design()>
                    <div class=PICTURE data-testid="picture" inner_html=form.picture.clone()></div>
                    <p class="flex flex-wrap gap-x-5">
                        <a class=link::STANDING href=form.back.clone()>{say.change_design()}</a>
                        // On a phone the form stands below all of the design.
                        <span class="desk:hidden"><a class=link::STANDING href=format!("#{ORDER}") data-testid="to-form">{say.order_your(&form.product)}</a></span>
                    </p>
                    {values(&form.design)}
                    <div data-follows="lines">
                        {breakdown(&form.lines, reader.studio().total_incl_vat(), &form.total)}
                        {notes(&form.notes)}
                    </div>
                </section>
                <form method="post" id=ORDER action=form.action.clone() novalidate class=place_of_form>
                    <h1 class=text::TITLE>{say.order_your(&form.product)}</h1>
                    <p class="mt-2 mb-6 text-soft tabular" role="status" data-follows="total" data-unknown=say.total_not_known()>{say.total_and_ready(&form.total, &form.arrival)}</p>
                    {mistakes(reader, form)}
                    <input type="hidden" name="request_id" value=form.request_id.clone() />
                    <input type="hidden" data-follows="seen" name="seen" value=form.seen.clone() />
                    <input type="hidden" data-follows="seen-total" name="seen_total" value=form.seen_total.to_string() />
                    {form.another.map(|number| view! { <input type="hidden" name="another" value=number.to_string() /> })}
                    <input type="hidden" data-follows="shown" name=SHOWN value=form.quantity.to_string() />
                    {form.pieces(reader)}
                    {form.field("name", say.name(), "name").text("text")}
                    {form.field("email", say.email(), "email").text("email")}
                    {form.field("address", say.delivery_address(), "street-address").area(3, false)}
                    {Field { required: false, ..form.field("note", say.note_optional(), "off") }.area(3, false)}
                    <button type="submit" class=button::PRIMARY_WIDE data-testid="place-order" data-follows="place" data-unknown=reader.studio().order()>{place.clone()}</button>
                    <p class="mt-2 text-s" data-testid="returns" data-follows="returns">{form.notes.last().cloned()}</p>
                    <p class=text::HINT>{say.nothing_is_paid()}</p>
                </form>
            </div>
        }
        .into_any()
    })
}

/// That nothing is ordered yet, and what is wrong beside what the fields say themselves.
fn mistakes(reader: &Reader, form: &OrderForm) -> Option<AnyView> {
    let general = form.messages.iter().filter(|message| message.field.is_empty());
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
    let before = form.before.clone().map(|(number, href)| {
        view! { <p><a class=link::LINK href=href data-testid="ordered-before">{reader.say().order_number(&number)}</a></p> }
    });
    let words = view! {
        {(form.another.is_none() && !form.is_used).then(|| view! { <p>{reader.say().nothing_ordered_yet()}</p> })}
        {general}
        {before}
    };
    (!form.messages.is_empty()).then(|| notice::alert(words.into_any(), "order-errors"))
}

/// Everything the page of a placed order shows.
#[derive(Clone, Debug, Default)]
pub struct PlacedOrder {
    /// Its number.
    pub number: i64,
    /// Name of the product.
    pub product: String,
    /// When it was placed, in words.
    pub placed: String,
    /// When it is there, in words.
    pub ready: String,
    /// How far it is, in a sentence.
    pub state: String,
    /// What is agreed with it, each a line.
    pub notes: Vec<String>,
    /// The picture as SVG.
    pub picture: String,
    /// Attribute, value, and where the value came from.
    pub design: Vec<(String, String)>,
    /// Lines of the quote, ready to show.
    pub lines: Vec<(String, String)>,
    /// The total, ready to show.
    pub total: String,
    /// Name, e-mail and address as typed.
    pub buyer: Vec<(String, String)>,
    /// How it is paid, and what can still be done about it.
    pub after: Vec<Section>,
    /// How the shop is reached.
    pub contact: Vec<Fact>,
    /// The order form of the same design.
    pub again: String,
    /// The same design on the product's page.
    pub changed: String,
    /// The product's page.
    pub another: String,
}

/// The page of a placed order.
#[must_use]
pub fn placed_order(assets: &Assets, reader: &Reader, order: &PlacedOrder) -> String {
    let say = reader.say();
    let title = say.order_number(&order.number);
    document(assets, reader, &title, Script::None, Switch::Link, || {
        view! {
            <div class=SHEET>
                <section aria-label=say.your_design()>
                    <div class=PICTURE data-testid="picture" inner_html=order.picture.clone()></div>
                </section>
                <section>
                    <p class="mb-2 font-semibold text-accent">{say.thank_you()}</p>
                    <h1 class=text::TITLE data-testid="order-number">{title.clone()}</h1>
                    <p class="mt-2 wrap-anywhere">{say.placed_on(&order.product, &order.placed, &order.ready)}</p>
                    <p class="mt-2 font-semibold" data-testid="order-state">{order.state.clone()}</p>
                    {values(&order.design)}
                    {breakdown(&order.lines, reader.studio().total_incl_vat(), &order.total)}
                    {notes(&order.notes)}
                    <h2 class="mt-10 font-display text-xl font-medium">{say.delivery_to()}</h2>
                    {values(&order.buyer)}
                    <div data-testid="after-order">
                        {order.after.iter().map(section).collect_view()}
                        {(!order.contact.is_empty()).then(|| facts(&order.contact))}
                        <p class="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
                            <a class=link::STANDING href=route::PAYMENT>{say.payment_page()}</a>
                            <a class=link::STANDING href=route::RETURNS>{say.returns_page()}</a>
                            <a class=link::STANDING href=route::CONTACT>{say.contact_page()}</a>
                        </p>
                    </div>
                    <p class="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2" data-testid="ways-on">
                        <a class=button::QUIET href=order.again.clone()>{say.order_again()}</a>
                        <a class=link::STANDING href=order.changed.clone()>{say.order_again_changed()}</a>
                        <a class=link::STANDING href=order.another.clone()>{say.design_another()}</a>
                    </p>
                </section>
            </div>
        }
        .into_any()
    })
}

//! The order form and the page of a placed order.

use leptos::prelude::*;

use super::buyer::{BuyerForm, ORDER};
use super::document::{Assets, Reader, Script, Switch, document};
use super::information::{Fact, Section, facts, section};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::values::{breakdown, notes, values};
use crate::ui::{button, link, text};

/// The field with how many pieces are wanted.
pub const QUANTITY: &str = "quantity";
/// The field with how many the form showed the total of.
pub const SHOWN: &str = "shown";
/// The button that asks for another total.
pub const UPDATE: &str = "update";
/// The button that puts the design into the basket, and what it says.
pub const BASKET: &str = "basket";
/// As one more.
const PUT: &str = "put";
/// In the place of the one that is being changed.
pub const REPLACE: &str = "replace";
/// The design on one side, what is said about it on the other.
pub(super) const SHEET: &str = concat!(
    "mx-auto mb-24 grid max-w-[1200px] grid-cols-[minmax(0,1fr)] gap-8 px-5 ",
    "desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] desk:gap-16 desk:px-10 desk:pt-6"
);
/// How many pieces, and beside it the button.
pub(super) const PIECES: &str = "mb-5 grid grid-cols-[8rem_auto] items-start justify-start gap-x-3 [&_button]:mt-[1.68rem] [&_button]:min-h-12";
/// The id of the discounts on several.
const TIERS: &str = "tiers";
/// The picture.
const PICTURE: &str = "mb-4 rounded-l bg-stage bg-lit p-[6%] [&>svg]:h-auto [&>svg]:w-full";

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
    /// Where the design is put into the basket.
    pub put_in: String,
    /// Whether a design of this product that is in the basket is being changed.
    pub replaces: bool,
    /// Who orders, and what is wrong.
    pub buyer: BuyerForm,
}

impl OrderForm {
    /// How many pieces, and the button that shows what they cost.
    fn pieces(&self, reader: &Reader) -> AnyView {
        let say = reader.say();
        let typed = self.buyer.typed(QUANTITY);
        let value = if typed.is_empty() { self.quantity.to_string() } else { typed };
        let field = Field {
            value,
            keyboard: "numeric",
            tight: true,
            described_by: (!self.tiers.is_empty()).then(|| TIERS.to_owned()),
            ..self.buyer.field(QUANTITY, say.quantity(), "off")
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

impl OrderForm {
    /// The way into the basket, as a new design or in the place of the one that is being changed.
    fn to_basket(&self, reader: &Reader) -> AnyView {
        let say = reader.say();
        let put = |what: &'static str, words: &'static str| {
            view! {
                <button type="submit" class=button::QUIET formaction=self.put_in.clone() name=BASKET value=what formnovalidate=true data-testid=what>{words}</button>
            }
        };
        view! {
            <p class="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
                {self.replaces.then(|| put(REPLACE, say.replace_in_basket()))}
                {put(PUT, say.put_in_basket())}
            </p>
        }
        .into_any()
    }
}

/// The order form.
#[must_use]
pub fn order_form(assets: &Assets, reader: &Reader, form: &OrderForm) -> String {
    let say = reader.say();
    // On a phone what is wrong would be below the picture and all of the design.
    let place_of_form = if form.buyer.messages.is_empty() { "" } else { "max-desk:order-first" };
    let place = if form.buyer.another.is_some() {
        say.place_another(&form.total)
    } else {
        say.place_order(&form.total)
    };
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
                    {form.buyer.mistakes(reader)}
                    {form.buyer.hidden()}
                    <input type="hidden" data-follows="shown" name=SHOWN value=form.quantity.to_string() />
                    {form.pieces(reader)}
                    {form.buyer.fields(reader)}
                    <button type="submit" class=button::PRIMARY_WIDE data-testid="place-order" data-follows="place" data-unknown=reader.studio().order()>{place.clone()}</button>
                    <p class="mt-2 text-s" data-testid="returns" data-follows="returns">{form.notes.last().cloned()}</p>
                    <p class=text::HINT>{say.nothing_is_paid()}</p>
                    {form.to_basket(reader)}
                </form>
            </div>
        }
        .into_any()
    })
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
    /// The orders of the same basket, with this one.
    pub together: Vec<TogetherOrder>,
    /// What they cost together, in words.
    pub together_total: String,
}

/// An order of the same basket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TogetherOrder {
    /// Its number.
    pub number: i64,
    /// Its product, with how many.
    pub product: String,
    /// Its total, ready to show.
    pub total: String,
    /// Its page; nothing where that is this one.
    pub href: Option<String>,
}

/// The orders that were placed with one.
fn together(reader: &Reader, order: &PlacedOrder) -> Option<AnyView> {
    let say = reader.say();
    let line = |other: &TogetherOrder| {
        let words = format!("{} · {}", other.number, other.product);
        let name = match other.href.clone() {
            Some(href) => view! { <a class=link::STANDING href=href>{words}</a> }.into_any(),
            None => view! { <span>{words} " (" {say.this_order()} ")"</span> }.into_any(),
        };
        view! {
            <li class="flex flex-wrap items-center justify-between gap-x-6 border-b border-line py-2">
                {name}
                <bdi class="tabular">{other.total.clone()}</bdi>
            </li>
        }
    };
    (!order.together.is_empty()).then(|| {
        view! {
            <h2 class="mt-10 font-display text-xl font-medium">{say.ordered_together()}</h2>
            <ul class="my-4 grid" data-testid="ordered-together">{order.together.iter().map(line).collect_view()}</ul>
            <p class="text-end font-semibold tabular">{order.together_total.clone()}</p>
        }
        .into_any()
    })
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
                    {together(reader, order)}
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

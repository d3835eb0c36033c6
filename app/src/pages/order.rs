//! The order form and the page of a placed order.

use leptos::prelude::*;

use words::Studio;

use super::document::{Assets, Reader, Script, Switch, document, escape};

/// The order form's id.
const ORDER: &str = "order";

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
    /// When it is ready, in words.
    pub ready: String,
    /// Distinguishes this order from a second one sent by mistake.
    pub request_id: String,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
    /// What is wrong.
    pub messages: Vec<FieldMessage>,
}

impl OrderForm {
    fn typed(&self, field: &str) -> String {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn message(&self, field: &str) -> Option<String> {
        self.messages.iter().find(|message| message.field == field).map(|message| message.message.clone())
    }
}

/// The order form.
#[must_use]
pub fn order_form(assets: &Assets, reader: &Reader, form: &OrderForm) -> String {
    let say = reader.say();
    document(assets, reader, &say.order_of(&form.product), Script::None, Switch::Form(ORDER), || {
        let general = form.messages.iter().filter(|message| message.field.is_empty()).map(|message| {
            view! { <li>{message.message.clone()}</li> }
        });
        let general: Vec<_> = general.collect();
        let alert = (!form.messages.is_empty()).then(|| {
            view! {
                <div class="notice notice-stop" role="alert" data-testid="order-errors">
                    <p>{say.nothing_ordered_yet()}</p>
                    <ul>{general}</ul>
                </div>
            }
        });
        view! {
            <div class="checkout">
                <section class="checkout-design" aria-label=say.your_design()>
                    <div class="picture" inner_html=form.picture.clone()></div>
                    <p>
                        <a class="link" href=form.back.clone()>{say.change_design()}</a>
                    </p>
                    {values(&form.design)}
                    {breakdown(reader.studio(), &form.lines, &form.total)}
                </section>
                <form method="post" id=ORDER action=form.action.clone() class="checkout-form" novalidate>
                    <h1 class="display">{say.order_your(&form.product)}</h1>
                    <p class="checkout-total tabular">{say.total_and_ready(&form.total, &form.ready)}</p>
                    {alert}
                    <input type="hidden" name="request_id" value=form.request_id.clone() />
                    <input type="hidden" name="seen" value=form.seen.clone() />
                    {field(form, "name", say.name(), "text", "name", true)}
                    {field(form, "email", say.email(), "email", "email", true)}
                    {area(form, "address", say.delivery_address(), "street-address", true)}
                    {area(form, "note", say.note_optional(), "off", false)}
                    <button type="submit" class="button button-wide" data-testid="place-order">{say.place_order(&form.total)}</button>
                    <p class="hint">{say.nothing_is_paid()}</p>
                </form>
            </div>
        }
        .into_any()
    })
}

fn field(
    form: &OrderForm,
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    required: bool,
) -> AnyView {
    let message = form.message(name);
    let error_id = format!("{name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                required=required
                value=form.typed(name)
                aria-invalid=message.is_some().then_some("true")
                aria-describedby=message.is_some().then(|| error_id.clone())
            />
            {message.map(|message| view! { <p class="field-error" id=error_id>{message}</p> })}
        </div>
    }
    .into_any()
}

fn area(
    form: &OrderForm,
    name: &'static str,
    label: &'static str,
    autocomplete: &'static str,
    required: bool,
) -> AnyView {
    let message = form.message(name);
    let error_id = format!("{name}-error");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                id=name
                name=name
                rows="3"
                autocomplete=autocomplete
                required=required
                aria-invalid=message.is_some().then_some("true")
                aria-describedby=message.is_some().then(|| error_id.clone())
                inner_html=escape(&form.typed(name))
            ></textarea>
            {message.map(|message| view! { <p class="field-error" id=error_id>{message}</p> })}
        </div>
    }
    .into_any()
}

/// Attributes and values as a list of terms.
pub(super) fn values(design: &[(String, String)]) -> AnyView {
    let rows = design.iter().cloned().map(|(label, value)| {
        view! {
            <div class="value">
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="values">{rows.collect_view()}</dl> }.into_any()
}

/// Lines of a quote with their total.
pub(super) fn breakdown(say: &Studio, lines: &[(String, String)], total: &str) -> AnyView {
    let rows = lines.iter().cloned().map(|(label, amount)| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="tabular">{amount}</td>
            </tr>
        }
    });
    view! {
        <table class="breakdown">
            <tbody>
                {rows.collect_view()} <tr class="breakdown-total">
                    <th scope="row">{say.total_incl_vat()}</th>
                    <td class="tabular">{total.to_owned()}</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
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
    /// When it is ready, in words.
    pub ready: String,
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
    /// Back to the product with the same design.
    pub again: String,
}

/// The page of a placed order.
#[must_use]
pub fn placed_order(assets: &Assets, reader: &Reader, order: &PlacedOrder) -> String {
    let say = reader.say();
    let title = say.order_number(&order.number);
    document(assets, reader, &title, Script::None, Switch::Link, || {
        view! {
            <div class="checkout">
                <section class="checkout-design" aria-label=say.your_design()>
                    <div class="picture" inner_html=order.picture.clone()></div>
                </section>
                <section class="placed">
                    <p class="placed-mark">{say.thank_you()}</p>
                    <h1 class="display" data-testid="order-number">{title.clone()}</h1>
                    <p>
                        {say.placed_on(&order.product, &order.placed, &order.ready)}
                    </p>
                    {values(&order.design)}
                    {breakdown(reader.studio(), &order.lines, &order.total)}
                    <h2 class="step-title">{say.delivery_to()}</h2>
                    {values(&order.buyer)}
                    <p>
                        <a class="link" href=order.again.clone()>{say.design_another()}</a>
                    </p>
                </section>
            </div>
        }
        .into_any()
    })
}

//! Prices changed by a percentage over chosen products: what is asked for, and what would become of every price.

use configurator::Slug;
use leptos::prelude::*;

use super::form::{Form, Returned};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::field::{self, Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, link, notice, text};

/// A product and what becomes of its prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepricedProduct {
    /// Its address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The version of the draft that was looked at.
    pub version: i64,
    /// Its prices: those that change, then those that stay.
    pub lines: Vec<RepricedPrice>,
}

/// A price before and after, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepricedPrice {
    /// What it is the price of.
    pub of: String,
    /// Before.
    pub was: String,
    /// After.
    pub becomes: String,
    /// Whether it is another one then.
    pub moves: bool,
    /// Why it is not what was asked for.
    pub note: Option<&'static str>,
}

/// What was done with the prices of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepricedLine {
    /// The product's address.
    pub slug: Slug,
    /// What was done, or not, in a sentence.
    pub words: String,
    /// The version of its draft that has other prices now; nothing where none has.
    pub saved_as: Option<i64>,
}

/// Everything that the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PricesPage {
    /// All products, and which are chosen.
    pub products: Vec<Entry>,
    /// The attributes of a product that alone is chosen; the first is all prices.
    pub attributes: Vec<Entry>,
    /// Ways to round.
    pub roundings: Vec<Entry>,
    /// The percentage as it was typed.
    pub percent: String,
    /// What would become of the chosen products, once that was asked for.
    pub preview: Option<Vec<RepricedProduct>>,
    /// What is wrong with what was typed.
    pub returned: Option<Returned>,
    /// What was done, or not; and whether all of it was.
    pub done: Option<(Vec<RepricedLine>, bool)>,
}

/// The page.
#[must_use]
pub fn prices(frame: Frame, shown: &PricesPage) -> String {
    let say = frame.language.assortment();
    page(frame, say.change_prices(), Rail::Products, || {
        let done = shown.done.clone().map(|(lines, all)| {
            let undo = undo(frame, &lines);
            let lines = lines.into_iter().map(|line| done_line(frame, line));
            let class = if all { notice::GOOD } else { notice::STOP };
            view! { <div class=class role="status" data-testid="done">{lines.collect_view()} {undo}</div> }
        });
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.change_prices()}</h1>
                <p class=text::LEAD>{say.change_prices_hint()}</p>
                {done}
                {ask(frame, shown)}
                {preview(frame, shown)}
            </div>
        }
        .into_any()
    })
}

/// What was done with a product's prices, and the ways on.
fn done_line(frame: Frame, line: RepricedLine) -> AnyView {
    let RepricedLine { slug, words, saved_as } = line;
    let publish = act(&paths::admin::publish(&slug), || {
        view! { " · " <a class=link::LINK href=paths::admin::publish(&slug)>{frame.say().to_publish()}</a> }
            .into_any()
    });
    let ways = saved_as.map(|_| {
        view! {
            <span class="whitespace-nowrap"><a class=link::LINK href=paths::admin::product(&slug)>{frame.language.assortment().to_the_draft()}</a> {publish}</span>
        }
    });
    view! { <p>{words} " " {ways}</p> }.into_any()
}

/// The way back for all drafts that were saved together.
fn undo(frame: Frame, lines: &[RepricedLine]) -> Option<AnyView> {
    let saved: Vec<(String, i64)> =
        lines.iter().filter_map(|line| Some((line.slug.to_string(), line.saved_as?))).collect();
    if saved.is_empty() {
        return None;
    }
    let drafts = saved.into_iter().map(|(slug, version)| {
        view! {
            <input type="hidden" name=format!("version.{slug}") value=version.to_string() />
            <input type="hidden" name="product" value=slug />
        }
    });
    Post::to(route::admin::PRICES).form(|| {
        view! {
            {drafts.collect_view()}
            <button type="submit" class=button::PLAIN name="do" value="undo" data-testid="undo">{frame.language.assortment().undo()}</button>
        }
        .into_any()
    })
}

fn ask(frame: Frame, shown: &PricesPage) -> AnyView {
    let say = frame.language.assortment();
    let form = Form::new("prices", shown.returned.as_ref(), frame.language);
    let products = shown.products.iter().map(|product| {
        view! { <li>{field::tick("product", &product.value, &product.words, product.selected, None)}</li> }
    });
    let unchosen = form.message("product").map(|why| view! { <p class=field::ERROR>{why}</p> });
    let plain = |name: &str, label: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        errors: form.message(name).into_iter().collect(),
        autocomplete: "off",
        ..Field::default()
    };
    let percent = plain("percent", say.percent());
    let percent = Field {
        value: shown.percent.clone(),
        hint: say.percent_hint().to_owned(),
        required: true,
        ..percent
    };
    let attribute = (!shown.attributes.is_empty())
        .then(|| plain("attribute", say.which_prices()).select(shown.attributes.clone()));
    view! {
        <form action=route::admin::PRICES class="max-w-[30rem]" novalidate>
            <fieldset class=field::FIELD>
                <legend class=field::LABEL>{say.chosen_products()}</legend>
                {unchosen}
                <ul>{products.collect_view()}</ul>
            </fieldset>
            {attribute}
            {percent.text("text")}
            {plain("rounding", say.rounded_to()).select(shown.roundings.clone())}
            <button type="submit" class=button::QUIET name="look" value="on" data-testid="look">{say.look_at_prices()}</button>
        </form>
    }
    .into_any()
}

fn preview(frame: Frame, shown: &PricesPage) -> Option<AnyView> {
    let say = frame.language.assortment();
    let products = shown.preview.as_ref()?;
    let changes = |product: &RepricedProduct| product.lines.iter().any(|line| line.moves);
    let any = products.iter().any(changes);
    let chosen = |entries: &[Entry]| {
        let chosen = entries.iter().find(|entry| entry.selected);
        chosen.map(|entry| entry.value.clone()).unwrap_or_default()
    };
    let (attribute, rounding) = (chosen(&shown.attributes), chosen(&shown.roundings));
    let tables = products.iter().map(|product| {
        let columns =
            [Column::words(say.price_of()), Column::number(say.until_now()), Column::number(say.from_now_on())];
        let rows = product.lines.iter().cloned().map(|RepricedPrice { of, was, becomes, note, moves }| {
            let note = note.map(|note| view! { <p class=text::HINT>{note}</p> });
            view! {
                <tr class=table::ROW data-stays=(!moves).then_some("on")>
                    <th scope="row" class=table::NAME>{of} {note}</th>
                    <td class=table::AMOUNT data-label=say.until_now()>{was}</td>
                    <td class=table::AMOUNT data-label=say.from_now_on()>{becomes}</td>
                </tr>
            }
        });
        let rows = rows.collect_view().into_any();
        let none = (!changes(product)).then(|| view! { <p class=text::HINT>{say.no_price_changes()}</p> });
        let table = (!product.lines.is_empty()).then(|| table(&columns, rows));
        view! {
            <section class="mt-6">
                <h2 class=text::HEADING><a href=paths::admin::product(&product.slug)>{product.name.clone()}</a></h2>
                <input type="hidden" name="product" value=product.slug.to_string() />
                <input type="hidden" name=format!("version.{}", product.slug) value=product.version.to_string() />
                {none}
                {table}
            </section>
        }
    });
    let save = any.then(|| {
        view! {
            <p class="mt-5"><button type="submit" class=button::PRIMARY_SMALL data-testid="save-prices">{say.save_prices()}</button></p>
            <p class=text::HINT>{say.save_prices_hint()}</p>
        }
    });
    Some(
        view! {
            {Post::to(route::admin::PRICES).test("preview").form(|| view! {
                <input type="hidden" name="percent" value=shown.percent.clone() />
                <input type="hidden" name="rounding" value=rounding />
                <input type="hidden" name="attribute" value=attribute />
                {tables.collect_view()}
                {save}
            }.into_any())}
        }
        .into_any(),
    )
}

//! What the options of a product are worth to those who ordered it: a chart and a table for each menu.

use configurator::Slug;
use leptos::prelude::*;
use words::{Insight, Language};

use crate::paths;
use crate::ui::chart::{Span, spans};
use crate::ui::table::{self, Column, table};
use crate::ui::{disclosure, link, text};

/// Options of a menu whose table stands open.
const SHORT: usize = 12;

/// What an option is worth, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct WorthItem {
    /// Its name.
    pub label: String,
    /// In how many orders it is.
    pub orders: String,
    /// What it is worth beside the one that it is measured against, and within what; nothing where that can't be told.
    pub worth: Option<(f64, f64)>,
    /// The same in words.
    pub told: String,
    /// Of a hundred who choose between the two, how many take it.
    pub taken: String,
    /// What they would pay for it.
    pub pays: String,
    /// How often it was chosen where it was shown.
    pub chosen: String,
    /// Whether that says what orders say.
    pub agrees: String,
}

/// What the options of a menu are worth.
#[derive(Clone, Debug, PartialEq)]
pub struct WorthMenu {
    /// The attribute's name.
    pub label: String,
    /// What they are measured against, in a sentence.
    pub against: String,
    /// Its options.
    pub options: Vec<WorthItem>,
}

/// What the options of a product are worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worths {
    /// Orders that speak, and those that don't, in a sentence each.
    pub orders: Vec<String>,
    /// By menu.
    pub menus: Vec<WorthMenu>,
}

/// The part of a product's Insight.
pub(super) fn worths(language: Language, slug: &Slug, shown: &Worths) -> AnyView {
    let texts = language.insight();
    let orders =
        shown.orders.iter().map(|words| view! { <p class=text::HINT>{words.clone()}</p> }).collect_view();
    let content = if shown.menus.is_empty() {
        view! { <p data-testid="no-worths">{texts.worths_none()}</p> }.into_any()
    } else {
        let menus = shown.menus.iter().map(|shown| menu(texts, shown)).collect_view();
        let csv = paths::admin::worths_csv(slug);
        view! {
            <p class=text::HINT>{texts.worths_read()}</p>
            <p class=text::HINT>{texts.worths_caution()}</p>
            <p class=text::HINT>{texts.worths_choices()}</p>
            <p class=text::META><a class=link::LINK href=csv data-testid="worths-csv">{texts.download()}</a></p>
            {menus}
        }
        .into_any()
    };
    view! {
        <h2 id="worths" class=text::HEADING>{texts.worths()}</h2>
        <p class=text::HINT>{texts.worths_hint()}</p>
        {orders}
        {content}
    }
    .into_any()
}

fn menu(texts: &'static Insight, shown: &WorthMenu) -> AnyView {
    let WorthMenu { label, against, options } = shown;
    let told = options.iter().filter_map(|option| {
        let (at, within) = option.worth?;
        Some(Span { label: option.label.clone(), at, within, told: option.told.clone() })
    });
    let told: Vec<Span> = told.collect();
    let chart = (!told.is_empty()).then(|| spans(&texts.worths_chart_of(label), &told));
    let columns = [
        Column::words(texts.option()),
        Column::number(texts.ordered()),
        Column::number(texts.worth()),
        Column::number(texts.taken_of_hundred()),
        Column::number(texts.would_pay()),
        Column::number(texts.chosen_when_shown()),
        Column::words(texts.choices_and_orders()),
    ];
    let rows = options.iter().map(|option| row(texts, option)).collect_view();
    let table = table(&columns, rows.into_any());
    let table = match options.len() <= SHORT {
        true => table,
        false => view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY>{texts.numbers()}</summary>
                {table}
            </details>
        }
        .into_any(),
    };
    view! {
        <section data-testid="worths">
            <h3 class="mt-5 font-semibold">{label.clone()}</h3>
            <p class=text::HINT>{against.clone()}</p>
            {chart}
            {table}
        </section>
    }
    .into_any()
}

fn row(texts: &'static Insight, option: &WorthItem) -> AnyView {
    let WorthItem { label, orders, told, taken, pays, chosen, agrees, .. } = option.clone();
    view! {
        <tr class=table::ROW data-testid="worth">
            <th scope="row" class=table::NAME>{label}</th>
            <td class=table::NUMBER data-label=texts.ordered()>{orders}</td>
            <td class=table::NUMBER data-label=texts.worth()>{told}</td>
            <td class=table::NUMBER data-label=texts.taken_of_hundred()>{taken}</td>
            <td class=table::NUMBER data-label=texts.would_pay()>{pays}</td>
            <td class=table::NUMBER data-label=texts.chosen_when_shown()>{chosen}</td>
            <td class=table::LABELLED data-label=texts.choices_and_orders()>{agrees}</td>
        </tr>
    }
    .into_any()
}

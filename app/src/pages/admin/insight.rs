//! What happens on a product's page: the way to an order, the options of each menu, and what the numbers advise.

use configurator::Slug;
use leptos::prelude::*;
use words::{Insight, Language};

use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use super::worths::{Worths, worths};
use crate::paths;
use crate::ui::chart::{Bar, chart};
use crate::ui::empty::empty;
use crate::ui::field::Field;
use crate::ui::table::{self, Column, table};
use crate::ui::{button, disclosure, link, notice, tabs, text};

/// Sums of which it is only said that they are fewer: a handful of visits is nobody's to look at one by one.
pub const FEW: u32 = 5;
/// Options of a menu that stands open; a longer one waits until it is asked for.
const SHORT: usize = 12;
/// The periods that a click asks for, in days.
pub const PERIODS: [u16; 3] = [7, 30, 90];

/// A part of the page.
const PART: &str = "mt-6 border-t border-line pt-5";

/// Part of the way to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayItem {
    /// What it is called.
    pub label: String,
    /// Visits that came there; orders at its end.
    pub visits: u32,
    /// Visits that changed something there.
    pub changed: Option<u32>,
    /// Visits that ended there.
    pub left: Option<u32>,
}

/// What was counted of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionCounts {
    /// Its name.
    pub label: String,
    /// Visits that saw it.
    pub shown: u32,
    /// Visits that chose it.
    pub chosen: u32,
    /// Visits that asked for it while it was blocked.
    pub asked: u32,
    /// Orders that have it.
    pub ordered: u32,
    /// Those of them whose start had it.
    pub kept: u32,
    /// Visits that ended with it.
    pub left: u32,
}

/// What was counted of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeCounts {
    /// Its name.
    pub label: String,
    /// Visits that saw it.
    pub seen: u32,
    /// Visits that changed it.
    pub changed: u32,
    /// Visits that ended with it and with none of its options.
    pub left: u32,
    /// Its options, in order.
    pub options: Vec<OptionCounts>,
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceItem {
    /// What kind it is, for tests.
    pub kind: &'static str,
    /// What to do.
    pub words: String,
    /// Why.
    pub evidence: String,
    /// Where it is changed.
    pub href: String,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct InsightPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The first and the last day, as 2027-01-31.
    pub days: (String, String),
    /// The same in words.
    pub told: String,
    /// How many days up to today these are, where a click asks for so many.
    pub last_days: Option<u16>,
    /// Whether what was asked for are no days.
    pub is_wrong: bool,
    /// The first day on which anything was counted, in words.
    pub since: Option<String>,
    /// The way to an order; empty where nothing was counted in the period.
    pub way: Vec<WayItem>,
    /// The menus.
    pub attributes: Vec<AttributeCounts>,
    /// What the numbers advise.
    pub advice: Vec<AdviceItem>,
    /// What options are worth to those who ordered, in whatever days.
    pub worths: Worths,
}

/// The page of what happens on a product's page.
#[must_use]
pub fn insight(frame: Frame, shown: &InsightPage) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.insight());
    page(frame, &texts.title(&shown.name), Rail::Products, || {
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Insight)}
            <div class=SINGLE>
                <p class=text::LEAD>{texts.hint()}</p>
                {period(texts, shown)}
                {match (&shown.since, shown.way.is_empty()) {
                    (None, _) => nothing_yet(texts),
                    (Some(since), true) => view! {
                        <p class=text::HINT data-testid="nothing">{texts.nothing_then()} " " {texts.counted_since(since)}</p>
                    }.into_any(),
                    (Some(since), false) => numbers(language, shown, since),
                }}
                <section class=PART>{worths(language, &shown.slug, &shown.worths)}</section>
            </div>
        }
        .into_any()
    })
}

fn nothing_yet(texts: &'static Insight) -> AnyView {
    let words =
        view! { <p class="font-semibold">{texts.nothing_yet()}</p> <p>{texts.nothing_yet_hint()}</p> };
    empty(words.into_any(), Some("nothing"))
}

/// The ways to other days.
fn period(texts: &'static Insight, shown: &InsightPage) -> AnyView {
    let here = paths::admin::insight(&shown.slug);
    let (from, to) = shown.days.clone();
    let csv = paths::admin::insight_csv(&shown.slug, &from, &to);
    let last = PERIODS.map(|days| tabs::Tab {
        href: format!("{here}?days={days}"),
        words: texts.last_days(days.into()),
        here: shown.last_days == Some(days),
        ..tabs::Tab::default()
    });
    let day = |name: &str, label: &str, value: String| {
        let field = Field {
            id: name.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            value,
            autocomplete: "off",
            tight: true,
            ..Field::default()
        };
        field.text("date")
    };
    let wrong =
        shown.is_wrong.then(|| notice::alert(view! { <p>{texts.not_days()}</p> }.into_any(), "problem"));
    view! {
        {wrong}
        {tabs::tabs(texts.days_shown(), last.into())}
        <form method="get" action=here.clone() class="flex flex-wrap items-end gap-x-3 gap-y-2 pt-4">
            {day("from", texts.from_day(), from)} {day("to", texts.to_day(), to)}
            <button type="submit" class=button::QUIET_SMALL data-testid="show">{texts.show()}</button>
        </form>
        <p class=format!("{} mt-3 mb-5", text::META)>
            {shown.told.clone()} " " <a class=link::LINK href=csv data-testid="csv">{texts.download()}</a>
        </p>
    }
    .into_any()
}

fn numbers(language: Language, shown: &InsightPage, since: &str) -> AnyView {
    let texts = language.insight();
    let menus = shown.attributes.iter().map(|attribute| menu(language, attribute)).collect_view();
    view! {
        <p class=text::HINT>{texts.counted_since(&since)}</p>
        <section class=PART>{advice(texts, &shown.advice)}</section>
        <section class=PART>{way(language, &shown.way)}</section>
        <section class=PART>
            <h2 class=text::HEADING>{texts.menus()}</h2>
            {menus}
        </section>
    }
    .into_any()
}

fn advice(texts: &'static Insight, advice: &[AdviceItem]) -> AnyView {
    let item = |item: &AdviceItem| {
        let AdviceItem { kind, words, evidence, href } = item.clone();
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid=format!("advice-{kind}")>
                <p class="font-semibold">{words}</p>
                <p>{evidence} " " <a class=link::LINK href=href>{texts.change_it()}</a></p>
            </li>
        }
    };
    let items = advice.iter().map(item).collect_view();
    let none = advice.is_empty().then(|| view! { <p data-testid="no-advice">{texts.no_advice()}</p> });
    view! {
        <h2 class=text::HEADING>{texts.advice()}</h2>
        <p class=text::HINT>{texts.advice_hint()}</p>
        {none}
        <ul>{items}</ul>
    }
    .into_any()
}

fn way(language: Language, way: &[WayItem]) -> AnyView {
    let texts = language.insight();
    let bars: Vec<Bar> = way.iter().map(|item| bar_of(language, &item.label, item.visits)).collect();
    let columns = [
        Column::words(texts.step()),
        Column::number(texts.visits()),
        Column::number(texts.changed_something()),
        Column::number(texts.left_here()),
    ];
    let maybe = |count: Option<u32>| count.map_or_else(|| "—".to_owned(), |count| told(language, count));
    let row = |item: &WayItem| {
        view! {
            <tr class=table::ROW data-testid="way">
                <th scope="row" class=table::NAME>{item.label.clone()}</th>
                <td class=table::NUMBER data-label=texts.visits()>{told(language, item.visits)}</td>
                <td class=table::NUMBER data-label=texts.changed_something()>{maybe(item.changed)}</td>
                <td class=table::NUMBER data-label=texts.left_here()>{maybe(item.left)}</td>
            </tr>
        }
    };
    view! {
        <h2 class=text::HEADING>{texts.way()}</h2>
        <p class=text::HINT>{texts.way_hint()}</p>
        <div class="mt-3">{chart(texts.way(), &bars)}</div>
        {table(&columns, way.iter().map(row).collect_view().into_any())}
    }
    .into_any()
}

/// An attribute: its name alone where it has no options.
fn menu(language: Language, attribute: &AttributeCounts) -> AnyView {
    let texts = language.insight();
    let AttributeCounts { label, seen, changed, left, options } = attribute;
    let bars: Vec<Bar> =
        options.iter().map(|option| bar_of(language, &option.label, option.chosen)).collect();
    let columns = [
        Column::words(texts.option()),
        Column::number(texts.shown()),
        Column::number(texts.chosen()),
        Column::number(texts.asked_blocked()),
        Column::number(texts.ordered()),
        Column::number(texts.kept()),
        Column::number(texts.left_here()),
    ];
    let rows = options.iter().map(|option| option_row(language, option)).collect_view();
    let content = (!options.is_empty()).then(|| {
        let chart = chart(&texts.chart_of(label), &bars);
        let table = table(&columns, rows.into_any());
        let (seen, folded) = match options.len() <= SHORT {
            true => (Some(chart), table),
            false => (None, view! { {chart} {table} }.into_any()),
        };
        view! {
            {seen}
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY>{texts.numbers()}</summary>
                {folded}
            </details>
        }
    });
    view! {
        <section data-testid="menu">
            <h3 class="mt-5 font-semibold">{label.clone()}</h3>
            <p class=text::HINT>
                {texts.menu_seen(&told(language, *seen), &told(language, *changed))}
                {(*left > 0).then(|| format!(" {}: {}.", texts.left_here(), told(language, *left)))}
            </p>
            {content}
        </section>
    }
    .into_any()
}

fn option_row(language: Language, option: &OptionCounts) -> AnyView {
    let texts = language.insight();
    let OptionCounts { label, shown, chosen, asked, ordered, kept, left } = option.clone();
    let chosen = with_share(language, chosen, shown);
    view! {
        <tr class=table::ROW data-testid="option">
            <th scope="row" class=table::NAME>{label}</th>
            <td class=table::NUMBER data-label=texts.shown()>{told(language, shown)}</td>
            <td class=table::NUMBER data-label=texts.chosen()>{chosen}</td>
            <td class=table::NUMBER data-label=texts.asked_blocked()>{told(language, asked)}</td>
            <td class=table::NUMBER data-label=texts.ordered()>{told(language, ordered)}</td>
            <td class=table::NUMBER data-label=texts.kept()>{told(language, kept)}</td>
            <td class=table::NUMBER data-label=texts.left_here()>{told(language, left)}</td>
        </tr>
    }
    .into_any()
}

/// A sum in words: how many a few are is nobody's to see.
#[must_use]
pub fn told(language: Language, count: u32) -> String {
    match count {
        1..FEW => language.insight().fewer_than(&FEW),
        count => language.words().locale.number(count.into()),
    }
}

/// A sum with its share of another, where neither is too few to tell.
fn with_share(language: Language, count: u32, of: u32) -> String {
    let (count, texts) = (count.min(of), language.insight());
    if count < FEW {
        return told(language, count);
    }
    let hundredths = u64::from(count) * 1_000 / u64::from(of);
    let share = language.words().locale.hundredths(u32::try_from(hundredths * 10).unwrap_or_default());
    texts.with_share(&told(language, count), &texts.percent(&share))
}

/// The bar of a sum.
fn bar_of(language: Language, label: &str, count: u32) -> Bar {
    Bar { label: label.to_owned(), value: drawn(count), told: told(language, count) }
}

/// How long the bar of a sum is: of few it does not tell how few.
fn drawn(count: u32) -> u32 {
    if (1..FEW).contains(&count) { FEW / 2 } else { count }
}

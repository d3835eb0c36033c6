//! Retiring an option: where it is used, its successor, and what becomes of designs and orders.

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Assortment, Language};

use super::problems::problem_list;
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::ui::field::{Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, link, notice, text};
use crate::{address, paths};

/// What becomes of a part of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartBecomes {
    /// It goes.
    Gone,
    /// It stays, and what it has of the option goes.
    Freed,
    /// It is as it was but for this: before and after; nothing after where it is then there for every design.
    Changed(String, String),
    /// It has to be changed by hand first: how it is written.
    Unclear(String),
}

/// A saved design, and what comes nearest to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestItem {
    /// How many are the same.
    pub count: String,
    /// What of it is other than in the standard, in words.
    pub design: String,
    /// What changes with the price, in sentences; nothing where nothing comes near.
    pub nearest: Option<String>,
}

/// An order that has the option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderedItem {
    /// Its number.
    pub number: i64,
    /// When it was placed and how far it is, in words.
    pub about: String,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct RetirePage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version and first revision, which the form sends back.
    pub origin: (i64, RevisionNumber),
    /// Codes of attribute and option.
    pub codes: (String, String),
    /// The option in words, with its attribute.
    pub option: String,
    /// Options that may stand for it, by code.
    pub successors: Vec<(String, String)>,
    /// The code of the one that does.
    pub successor: String,
    /// What refers to it, and what becomes of that.
    pub parts: Vec<(String, PartBecomes)>,
    /// Texts that name it.
    pub mentions: Vec<String>,
    /// What would be left to mend, with the draft as it would be.
    pub problems: (Vec<Problem>, Source),
    /// Saved designs: in a sentence, and different ones.
    pub designs: (String, Vec<NearestItem>),
    /// Orders: in a sentence, and the newest.
    pub orders: (String, Vec<OrderedItem>),
    /// What was not done, in a sentence.
    pub refused: Option<String>,
}

impl RetirePage {
    /// Its address, where its form is sent, too.
    fn address(&self) -> String {
        let (attribute, option) = &self.codes;
        paths::admin::retire(&self.slug, attribute, option)
    }
}

/// The page.
#[must_use]
pub fn retire(frame: Frame, shown: &RetirePage) -> String {
    let (say, language) = (frame.language.assortment(), frame.language);
    let title = say.retire_title(&shown.option);
    page(frame, &title, Rail::Products, || {
        let refused = shown.refused.clone();
        let refused =
            refused.map(|told| view! { <p class=notice::STOP role="alert" data-testid="refused">{told}</p> });
        view! {
            {bar(language.admin(), &shown.slug, &shown.name, shown.state, Tab::Draft)}
            <div class=SINGLE>
                {refused}
                <h2 class=text::HEADING>{title.clone()}</h2>
                <p class="mt-1">{say.retire_hint()}</p>
                {Post::to(shown.address()).class("mt-3").sheet(|| view! {
                    <input type="hidden" name="version" value=shown.origin.0.to_string() />
                    <input type="hidden" name="base" value=shown.origin.1.to_string() />
                    <input type="hidden" name="shown" value=shown.successor.clone() />
                    {successor(say, shown)}
                    {parts(say, shown)}
                    {designs(say, shown)}
                    {orders(language, shown)}
                    {button(language, shown)}
                }.into_any())}
            </div>
        }
        .into_any()
    })
}

/// Which option stands for it. Looking asks by address, so that nothing is changed by it; the first button is also what Enter presses.
fn successor(say: &'static Assortment, shown: &RetirePage) -> AnyView {
    let none = (String::new(), say.no_successor().to_owned());
    let entries = std::iter::once(none).chain(shown.successors.iter().cloned()).map(|(value, words)| Entry {
        selected: value == shown.successor,
        value,
        words,
    });
    let field = Field {
        id: "successor".to_owned(),
        name: "successor".to_owned(),
        label: say.successor().to_owned(),
        hint: say.successor_hint().to_owned(),
        ..Field::default()
    };
    view! {
        <div class="max-w-[30rem]">
            {field.select(entries.collect())}
            {act(&shown.address(), || view! {
                <button type="submit" class=button::QUIET formmethod="get" data-testid="show">{say.show_successor()}</button>
            }.into_any())}
        </div>
    }
    .into_any()
}

fn parts(say: &'static Assortment, shown: &RetirePage) -> AnyView {
    let columns = [Column::words(say.retire_part()), Column::words(say.retire_becomes())];
    let rows = shown.parts.iter().map(|(name, becomes)| {
        let (told, is_unclear) = match becomes {
            PartBecomes::Gone => (say.retire_goes().to_owned(), false),
            PartBecomes::Freed => (say.retire_freed().to_owned(), false),
            PartBecomes::Changed(was, now) if now.is_empty() => (say.retire_always(was), false),
            PartBecomes::Changed(was, now) => (say.retire_changes(was, now), false),
            PartBecomes::Unclear(was) => (say.retire_unclear(was), true),
        };
        let class = if is_unclear { "text-stop" } else { "" };
        view! {
            <tr class=table::ROW data-testid="part">
                <th scope="row" class=table::NAME>{name.clone()}</th>
                <td class=table::LABELLED data-label=say.retire_becomes()><span class=class>{told}</span></td>
            </tr>
        }
    });
    let listed = match shown.parts.is_empty() {
        true => view! { <p class="mt-1">{say.retire_refers_none()}</p> }.into_any(),
        false => table(&columns, rows.collect_view().into_any()),
    };
    let mentions = (!shown.mentions.is_empty()).then(|| {
        let texts = shown.mentions.iter().map(|text| view! { <li class="wrap-anywhere">{text.clone()}</li> });
        view! {
            <p class="mt-3">{say.retire_mentions()}</p>
            <ul class="mt-1" data-testid="mentions">{texts.collect_view()}</ul>
        }
    });
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="parts-title">
            <h2 class=text::HEADING id="parts-title">{say.retire_refers()}</h2>
            {listed}
            {mentions}
        </section>
    }
    .into_any()
}

fn designs(say: &'static Assortment, shown: &RetirePage) -> AnyView {
    let (told, items) = &shown.designs;
    let columns = [
        Column::words(say.retire_design()),
        Column::number(say.retire_count()),
        Column::words(say.retire_nearest()),
    ];
    let rows = items.iter().map(|item| {
        let NearestItem { count, design, nearest } = item.clone();
        let design = if design.is_empty() { say.retire_as_standard().to_owned() } else { design };
        let nearest = nearest.unwrap_or_else(|| say.retire_nothing_near().to_owned());
        view! {
            <tr class=table::ROW data-testid="substitute">
                <th scope="row" class=table::NAME>{design}</th>
                <td class=table::NUMBER data-label=say.retire_count()>{count}</td>
                <td class=table::LABELLED data-label=say.retire_nearest()>{nearest}</td>
            </tr>
        }
    });
    let rows = (!items.is_empty()).then(|| table(&columns, rows.collect_view().into_any()));
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="designs-title">
            <h2 class=text::HEADING id="designs-title">{say.retire_designs()}</h2>
            <p class="mt-1" data-testid="designs">{told.clone()}</p>
            {rows}
        </section>
    }
    .into_any()
}

fn orders(language: Language, shown: &RetirePage) -> AnyView {
    let say = language.assortment();
    let (told, items) = &shown.orders;
    let rows = items.iter().map(|item| {
        view! {
            <li class="border-t border-line py-1.5 wrap-anywhere" data-testid="ordered">
                <a class=link::LINK href=paths::admin::order(item.number)>{language.gate().order_number(&item.number)}</a>
                " " {item.about.clone()}
            </li>
        }
    });
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="orders-title">
            <h2 class=text::HEADING id="orders-title">{say.retire_orders()}</h2>
            <p class="mt-1" data-testid="orders">{told.clone()}</p>
            <ul class="mt-2">{rows.collect_view()}</ul>
            {(!items.is_empty()).then(|| at_the_desk(language, shown))}
        </section>
    }
    .into_any()
}

/// The ways to all orders that have it, at the desk.
fn at_the_desk(language: Language, shown: &RetirePage) -> AnyView {
    let say = language.assortment();
    let (attribute, option) = &shown.codes;
    let all = format!("product={}&has={}", shown.slug, address::encode(&format!("{attribute}:{option}")));
    let open = paths::admin::orders(&format!("state=open&{all}"));
    view! {
        <p class="mt-3 flex flex-wrap gap-x-5">
            <a class=link::STANDING href=open data-testid="orders-open">{say.retire_orders_open()}</a>
            <a class=link::STANDING href=paths::admin::orders(&all) data-testid="orders-all">{say.retire_orders_all()}</a>
        </p>
    }
    .into_any()
}

/// What would be left to mend, and the button that does it.
fn button(language: Language, shown: &RetirePage) -> AnyView {
    let say = language.assortment();
    let (problems, source) = &shown.problems;
    let left = match problems.len() {
        0 => view! { <p class="mt-1">{say.retire_sound()}</p> }.into_any(),
        _ => {
            let page = paths::admin::product(&shown.slug);
            let list = problem_list(language, problems, source, (&shown.slug, &page));
            view! { <p class="mt-1">{say.retire_unsound()}</p> {list} }.into_any()
        }
    };
    let is_clear = !shown.parts.iter().any(|(_, becomes)| matches!(becomes, PartBecomes::Unclear(_)));
    let doing = match is_clear {
        false => view! { <p class="mt-3" data-testid="unclear">{say.retire_clashes()}</p> }.into_any(),
        true => view! {
            {left}
            {act(&shown.address(), || view! {
                <div class="mt-3">
                    <button type="submit" class=button::PRIMARY data-testid="retire">{say.retire_option(&shown.option)}</button>
                    " " <a class=link::STANDING href=paths::admin::product(&shown.slug)>{say.to_the_draft()}</a>
                </div>
            }.into_any())}
        }
        .into_any(),
    };
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="retire-title">
            <h2 class=text::HEADING id="retire-title">{say.retire_clear()}</h2>
            {doing}
        </section>
    }
    .into_any()
}

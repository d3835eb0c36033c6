//! A product's history: going back in it, withdrawing a revision, and offering it again.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Locale};

use super::kept::{keeping, kept_once};
use super::price_history::{self, PricedItem};
use super::releases::{ReleaseLine, lines};
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::Field;
use crate::ui::form::{Post, may_send};
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, disclosure, link, notice};

/// A revision in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionItem {
    /// Its number.
    pub number: RevisionNumber,
    /// When it was published, in words.
    pub published: String,
    /// Who published it.
    pub by: String,
    /// What they wrote about it.
    pub note: String,
    /// Whether shoppers see it.
    pub live: bool,
    /// How many orders it has.
    pub orders: i64,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// Until when designs of it can be ordered, or by whom it was withdrawn, in a sentence or two.
    pub offer: Option<String>,
    /// What becomes of what rests on it when it is withdrawn, or when another one becomes live, in sentences.
    pub resting: Vec<String>,
}

/// A withdrawal that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedWithdrawal {
    /// Of which revision.
    pub number: RevisionNumber,
    /// The reasons as typed, by the tag of their language.
    pub reasons: Vec<(String, String)>,
    /// What is wrong, and in which language.
    pub problem: (String, String),
}

/// Everything the history shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionsPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// What was done just now, in a sentence.
    pub done: Option<String>,
    /// Why no other revision became live, in a sentence.
    pub held: Option<&'static str>,
    /// What was not.
    pub refused: Option<RefusedWithdrawal>,
    /// What releases mean for the product.
    pub releases: Vec<ReleaseLine>,
    /// The languages of the shop, by tag: in each a reason can be given.
    pub languages: Vec<String>,
    /// Newest first.
    pub revisions: Vec<RevisionItem>,
    /// Which of them changed which price, once that was asked for.
    pub prices: Option<Vec<PricedItem>>,
}

/// The page with a product's history.
#[must_use]
pub fn revisions(frame: Frame, history: &RevisionsPage) -> String {
    let (say, locale) = (frame.say(), &frame.language.words().locale);
    page(frame, &say.revisions_of(&history.name), Rail::Products, || {
        let columns = [
            Column::words(say.revision_word()),
            Column::words(say.published()),
            Column::words(say.note()),
            Column::number(say.orders()),
            Column::quiet(say.live()),
        ];
        let done = history.done.clone().map(|done| {
            view! { <p class=notice::GOOD role="status" data-testid="done">{done}</p> }
        });
        let held = history.held.map(|held| {
            view! { <p class=notice::STOP role="alert" data-testid="held">{held}</p> }
        });
        let refused = history.refused.as_ref().map(|refused| {
            view! { <p class=notice::STOP role="alert" data-testid="refused">{say.not_withdrawn(&refused.number)}</p> }
        });
        let only = (history.revisions.len() == 1).then(|| {
            view! { <p class=text::HINT>{say.first_revision()}</p> }
        });
        let may_withdraw = may_send(&paths::admin::withdraw(&history.slug, RevisionNumber::FIRST));
        let rows = history.revisions.iter().map(|revision| row(say, locale, history, revision));
        let assortment = frame.language.assortment();
        let prices = history.prices.as_ref().map(|prices| price_history::section(assortment, prices));
        let to_prices = (prices.is_none() && history.revisions.len() > 1).then(|| {
            let address = paths::admin::price_history(&history.slug);
            view! { <a class=link::STANDING href=address data-testid="to-prices">{assortment.price_history()}</a> " · " }
        });
        view! {
            {bar(say, &history.slug, &history.name, history.state, Tab::Revisions)}
            <div class=SINGLE>
                {done} {held} {refused} {may_withdraw.then(|| keeping(frame, false))} {lines(&history.releases)}
                {table(&columns, rows.collect_view().into_any())}
                {only}
                {prices}
                <p class=text::HINT>
                    {to_prices}
                    <a class=link::STANDING href=paths::admin::saves(&history.slug) data-testid="to-saves">{frame.language.audit().saves()}</a> " · "
                    <a class=link::STANDING href=paths::admin::import(&history.slug) data-testid="to-file">{say.file_title()}</a>
                </p>
            </div>
        }
        .into_any()
    })
}

fn row(say: &'static Admin, locale: &Locale, history: &RevisionsPage, revision: &RevisionItem) -> AnyView {
    let RevisionItem { number, published, by, note, orders, offer, .. } = revision.clone();
    let note = if note.is_empty() { "—".to_owned() } else { note };
    let offer =
        offer.map(|offer| view! { <p class=text::META data-testid=format!("offer-{number}")>{offer}</p> });
    let may_withdraw = !revision.live && !revision.withdrawn;
    let may_withdraw = may_withdraw && may_send(&paths::admin::withdraw(&history.slug, number));
    let withdraw = may_withdraw.then(|| withdraw(say, history, revision));
    let resting = (revision.live && history.revisions.len() > 1).then(|| {
        view! { <p class=text::META data-testid="resting">{revision.resting.join(" ")} " " {say.withdraw_live_how()}</p> }
    });
    view! {
        <tr class=table::ROW data-testid="revision">
            <th scope="row" class=table::NAME>{number.to_string()}</th>
            <td class=table::LABELLED data-label=say.published()><span>{published} <span class=text::META>" " {say.published_by(&by)}</span></span></td>
            <td class=table::LABELLED data-label=say.note()><div class="min-w-0">{note} {offer} {resting} {withdraw}</div></td>
            <td class=table::NUMBER data-label=say.orders()>{locale.count(orders.unsigned_abs())}</td>
            <td class=table::ACT>{act(say, &history.slug, revision)}</td>
        </tr>
    }
    .into_any()
}

/// What can be done with a revision at once.
fn act(say: &'static Admin, slug: &Slug, revision: &RevisionItem) -> AnyView {
    let number = revision.number;
    if revision.live {
        return text::mark(Tone::Good, say.live(), Some("live"));
    }
    if !revision.withdrawn {
        // What it does is looked at before.
        let (page, name) = (paths::admin::make_live(slug, number), say.make_revision_live(&number));
        return view! {
            <div class="flex tablet:justify-end">
                <a class=button::QUIET_SMALL href=page aria-label=name data-testid=format!("roll-back-{number}")>{say.make_live_look()}</a>
            </div>
        }
        .into_any();
    }
    let form = Post::to(paths::admin::offer_again(slug, number)).form(|| {
        let (test, name) = (format!("offer-again-{number}"), say.offer_revision_again(&number));
        view! { <button type="submit" class=button::QUIET_SMALL data-testid=test aria-label=name>{say.offer_again()}</button> }
            .into_any()
    });
    let withdrawn = text::mark(Tone::Stop, say.withdrawn(), None);
    view! { <div class="flex flex-wrap items-center gap-2 tablet:justify-end">{withdrawn} {form}</div> }
        .into_any()
}

/// What the field of a reason is called in the form: that of the shop's first language has no tag.
#[must_use]
pub fn reason_name(place: usize, tag: &str) -> String {
    if place == 0 { "reason".to_owned() } else { format!("reason.{tag}") }
}

/// The form that withdraws a revision, open where its reason was refused.
fn withdraw(say: &'static Admin, history: &RevisionsPage, revision: &RevisionItem) -> AnyView {
    let number = revision.number;
    let refused = history.refused.as_ref().filter(|refused| refused.number == number);
    let fields = history.languages.iter().enumerate().map(|(place, tag)| {
        let typed = refused.and_then(|refused| refused.reasons.iter().find(|(known, _)| known == tag));
        let problem = refused.map(|refused| &refused.problem).filter(|(wrong, _)| wrong == tag);
        let label = match history.languages.len() {
            1 => say.withdraw_reason().to_owned(),
            _ => say.withdraw_reason_in(&words::named(tag)),
        };
        let field = Field {
            id: if place == 0 { format!("reason-{number}") } else { format!("reason-{number}-{tag}") },
            name: reason_name(place, tag),
            label,
            value: typed.map(|(_, typed)| typed.clone()).unwrap_or_default(),
            placeholder: if place == 0 { say.withdraw_reason_example().to_owned() } else { String::new() },
            autocomplete: "off",
            errors: problem.map(|(_, problem)| problem.clone()).into_iter().collect(),
            lang: tag.clone(),
            ..Field::default()
        };
        field.text("text")
    });
    let hint = (history.languages.len() > 1).then(|| {
        view! { <p class=text::HINT>{say.withdraw_reason_hint()}</p> }
    });
    view! {
        <details class=disclosure::MORE open=refused.is_some()>
            <summary class=disclosure::SUMMARY aria-label=say.withdraw_revision(&number) data-testid=format!("withdraw-{number}")>
                {say.withdraw()}
            </summary>
            {Post::to(paths::admin::withdraw(&history.slug, number)).class("max-w-[30rem]").form(|| view! {
                {kept_once(&format!("withdraw {number}"), refused.is_some())}
                <p class="mb-3">{say.withdraw_hint()} " " {revision.resting.join(" ")}</p>
                {fields.collect_view()}
                {hint}
                <button type="submit" class=button::QUIET data-testid=format!("withdraw-now-{number}")>{say.withdraw_now()}</button>
            }.into_any())}
        </details>
    }
    .into_any()
}

//! One order: the sheet for those who build it, its way with what may happen next, notes and history. Printed, it is the
//! sheet alone, without prices.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Assortment, Language};

use super::kept::{keeping, kept_once};
use super::shell::{CRUMB, Frame, Rail, page};
use crate::paths::file::{DESK_SCRIPT, SHEET_STYLE};
use crate::paths::{self, route};
use crate::ui::field::Field;
use crate::ui::form::{Post, act, may_send};
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::values::{breakdown, values};
use crate::ui::{button, disclosure, link, notice};

/// What is on no sheet of paper.
const SCREEN: &str = "print:hidden";

/// One attribute of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetValue {
    /// The attribute's name.
    pub label: String,
    /// The value in words.
    pub words: String,
    /// Codes of attribute and value, as production knows them.
    pub code: String,
    /// Where the value came from.
    pub origin: String,
}

/// A state that an order may get into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state's code.
    pub to: &'static str,
    /// What getting there is called.
    pub words: &'static str,
    /// An example of the reason that it needs; nothing where it needs none.
    pub reason: Option<&'static str>,
}

/// Something that was done with an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventItem {
    /// What.
    pub what: String,
    /// The reason or the note; may be empty.
    pub words: String,
    /// By whom and when.
    pub by: String,
}

/// The way of an order: where it is, what may happen next, what was noted and done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderWay {
    /// The state's code, sent along so that nobody changes what they have not seen.
    pub seen: &'static str,
    /// The state in words, with since when.
    pub state: String,
    /// How the state is shown.
    pub tone: Tone,
    /// Whether it is marked as a test.
    pub is_test: bool,
    /// Whether it is left out of learning.
    pub left_out: bool,
    /// Whether its buyer was erased and stays for the law alone.
    pub is_locked: bool,
    /// The day it is promised for is over, and somebody still waits.
    pub is_late: bool,
    /// What may happen next.
    pub steps: Vec<Step>,
    /// Notes, the last first.
    pub notes: Vec<EventItem>,
    /// What was done, the last first.
    pub history: Vec<EventItem>,
    /// What was done just now, in a sentence.
    pub done: Option<String>,
    /// The state before the last step, where that can still be undone, and what undoing it is called.
    pub back: Option<(&'static str, String)>,
    /// Why what was wanted was not done, in a sentence or two.
    pub refused: Option<String>,
    /// The state that was refused for want of a reason, and the reason as typed.
    pub typed_reason: Option<(String, String)>,
    /// A note as typed, that was not taken.
    pub typed_note: String,
}

/// Everything production needs of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSheet {
    /// Its number.
    pub number: i64,
    /// The product's name then.
    pub product: String,
    /// The product's address.
    pub slug: Slug,
    /// The revision it was made from.
    pub revision: RevisionNumber,
    /// Facts such as when it was placed and its lead time, in words.
    pub facts: Vec<(String, String)>,
    /// The picture as SVG.
    pub picture: String,
    /// Every attribute.
    pub design: Vec<SheetValue>,
    /// What production picks: the codes of parts, and how many of each for all pieces.
    pub parts: Vec<(String, String)>,
    /// Lines of the quote, ready to show.
    pub lines: Vec<(String, String)>,
    /// The total, ready to show.
    pub total: String,
    /// Name, e-mail, address and note as typed.
    pub buyer: Vec<(String, String)>,
    /// The design on the product's page, pinned to its revision.
    pub design_address: String,
    /// The others of its basket: number and product, with how many pieces.
    pub together: Vec<(i64, String)>,
    /// Its way.
    pub way: OrderWay,
}

/// The page of one order.
#[must_use]
pub fn order(frame: Frame, sheet: &OrderSheet) -> String {
    let say = frame.say();
    page(frame, &say.order_number(&sheet.number), Rail::Orders, || {
        let total_words = frame.language.words().studio.total_incl_vat();
        view! {
            <link rel="stylesheet" media="print" href=SHEET_STYLE />
            <script r#type="module" src=DESK_SCRIPT></script>
            <p class=SCREEN>
                <a class=CRUMB href=route::admin::ORDERS>{say.orders()}</a>
            </p>
            <h1 class=text::TITLE_SMALL data-testid="order-number">{say.order_number(&sheet.number)}</h1>
            <p class=text::META>
                {sheet.product.clone()} ", "
                <a class=link::LINK href=paths::admin::revisions(&sheet.slug)>
                    {say.of_revision(&sheet.revision)}
                </a>
                <span class=SCREEN>" · " <a class=link::LINK href=sheet.design_address.clone()>{say.design_in_shop()}</a></span>
            </p>
            {together(frame.language, &sheet.together)}
            {told(&sheet.way)}
            {act(&paths::admin::order(sheet.number), || view! { <div class=SCREEN>{keeping(frame, false)}</div> }.into_any())}
            {marks(say, &sheet.way)}
            {act(&paths::admin::order(sheet.number), || view! { <div class=format!("mt-5 {SCREEN}")>{steps(say, sheet)}</div> }.into_any())}
            <div data-sheet class="mt-5 grid gap-8 desk:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] desk:gap-14">
                {design(frame.language, sheet)}
                <div class="min-w-0 [--term:6rem]">
                    <h2 class=text::HEADING>{say.order()}</h2>
                    <div class="mb-8">{values(&sheet.facts)}</div>
                    <h2 class=text::HEADING>{say.buyer()}</h2>
                    <div class="mb-8">{values(&sheet.buyer)}</div>
                    {notes(say, sheet)}
                    <div class=SCREEN>
                        <h2 class=text::HEADING>{say.price()}</h2>
                        <div class="mb-8">{breakdown(&sheet.lines, total_words, &sheet.total)}</div>
                        {history(say, &sheet.way.history)}
                        <button type="button" class=button::QUIET_SMALL hidden data-print data-testid="print">{frame.language.desk().print()}</button>
                        <p class=text::HINT>{say.print_hint()}</p>
                    </div>
                </div>
            </div>
        }
        .into_any()
    })
}

/// What was ordered with it, which is on the printed sheet, too.
fn together(language: Language, others: &[(i64, String)]) -> Option<AnyView> {
    let others_told = others.iter().cloned().enumerate().map(|(place, (number, product))| {
        let comma = if place == 0 { " " } else { ", " };
        view! { {comma} <a class=link::LINK href=paths::admin::order(number)>{number}</a> " " {product} }
    });
    let others_told = others_told.collect_view();
    (!others.is_empty()).then(|| {
        view! {
            <p class=text::META data-testid="together">{language.desk().ordered_together()} {others_told}</p>
        }
        .into_any()
    })
}

fn told(way: &OrderWay) -> AnyView {
    let done = way.done.clone().map(|done| {
        view! { <p class=notice::GOOD role="status" data-testid="done">{done}</p> }
    });
    let refused =
        way.refused.clone().map(|refused| notice::alert(view! { <p>{refused}</p> }.into_any(), "refused"));
    view! { <div class=SCREEN>{done} {refused}</div> }.into_any()
}

fn marks(say: &Admin, way: &OrderWay) -> AnyView {
    view! {
        <p class="mt-2 flex flex-wrap items-center gap-2">
            {text::mark(way.tone, &way.state, Some("state"))}
            {way.is_test.then(|| text::mark(Tone::Calm, say.test_order(), Some("test-mark")))}
            {way.is_locked.then(|| text::mark(Tone::Stop, say.buyer_locked(), Some("locked-mark")))}
            {way.left_out.then(|| text::mark(Tone::Calm, say.left_out(), Some("left-out-mark")))}
            {way.is_late.then(|| text::mark(Tone::Stop, say.late(), Some("late")))}
        </p>
    }
    .into_any()
}

/// The picture, and what is built.
fn design(language: Language, sheet: &OrderSheet) -> AnyView {
    let say = language.admin();
    let columns = [say.attribute(), say.value(), say.code(), say.where_from()].map(Column::words);
    let rows = sheet.design.iter().cloned().map(|value| {
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>{value.label}</th>
                <td class=table::LABELLED data-label=say.value()><span class="font-medium">{value.words}</span></td>
                <td class=table::LABELLED data-label=say.code()><code class=text::CODE>{value.code}</code></td>
                <td class=table::LABELLED data-label=say.from()><span class=text::META>{value.origin}</span></td>
            </tr>
        }
    });
    view! {
        <section class="min-w-0" aria-labelledby="design-title">
            <div class="mb-6 max-w-[640px] rounded-l bg-stage bg-lit p-[4%] print:max-w-80 print:p-0">
                <div class=text::PICTURE inner_html=sheet.picture.clone()></div>
            </div>
            <h2 id="design-title" class=text::HEADING>{say.design()}</h2>
            {table(&columns, rows.collect_view().into_any())}
            {parts(language.assortment(), &sheet.parts)}
        </section>
    }
    .into_any()
}

/// What production picks; nothing where the product's options say no parts.
fn parts(say: &'static Assortment, parts: &[(String, String)]) -> Option<AnyView> {
    let columns = [Column::words(say.part()), Column::number(say.how_many())];
    let rows = parts.iter().cloned().map(|(code, count)| {
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME><code class=text::CODE>{code}</code></th>
                <td class=table::NUMBER data-label=say.how_many()>{count}</td>
            </tr>
        }
    });
    let rows = rows.collect_view().into_any();
    (!parts.is_empty()).then(|| {
        view! {
            <section class="mt-6" aria-labelledby="parts-title" data-testid="parts">
                <h2 id="parts-title" class=text::HEADING>{say.parts_to_pick()}</h2>
                {table(&columns, rows)}
            </section>
        }
        .into_any()
    })
}

/// What may happen next, and the marks.
fn steps(say: &'static Admin, sheet: &OrderSheet) -> AnyView {
    let way = &sheet.way;
    let action = paths::admin::order(sheet.number);
    let (plain, with_reason): (Vec<_>, Vec<_>) =
        way.steps.iter().cloned().partition(|step| step.reason.is_none());
    let plain = plain.into_iter().map(|step| {
        view! {
            <button type="submit" class=button::PRIMARY name="to" value=step.to data-testid=format!("to-{}", step.to)>{step.words}</button>
        }
    });
    let with_reason = with_reason.into_iter().map(|step| reasoned(say, sheet, &step));
    let end = way.steps.is_empty().then(|| view! { <p class=text::HINT>{say.nothing_next()}</p> });
    let mark = |value: &'static str, words: &'static str| {
        view! { <button type="submit" class=button::QUIET_SMALL name="do" value=value data-testid=value>{words}</button> }
    };
    let test = if way.is_test { mark("no-test", say.mark_no_test()) } else { mark("test", say.mark_test()) };
    let learning =
        if way.left_out { mark("take-in", say.take_in()) } else { mark("leave-out", say.leave_out()) };
    view! {
        <section class="mb-8" aria-labelledby="next-title">
            <h2 id="next-title" class=text::HEADING>{say.next_step()}</h2>
            {end}
            {Post::to(action.clone()).class(button::ROW).form(|| view! {
                <input type="hidden" name="seen" value=way.seen />
                {plain.collect_view()}
            }.into_any())}
            {with_reason.collect_view()}
            {way.back.clone().map(|back| undo(say, sheet, back))}
            {Post::to(action).class(format!("mt-2 {}", button::ROW)).form(|| view! {{test} {learning}}.into_any())}
        </section>
    }
    .into_any()
}

/// Taking back the last step, as long as that can be done.
fn undo(say: &'static Admin, sheet: &OrderSheet, (to, words): (&'static str, String)) -> AnyView {
    view! {
        <div class="mt-3">
            {Post::to(paths::admin::order(sheet.number)).class(button::ROW).form(|| view! {
                <input type="hidden" name="seen" value=sheet.way.seen />
                <input type="hidden" name="to" value=to />
                <button type="submit" class=button::PLAIN name="do" value="back" data-testid="undo">{words}</button>
            }.into_any())}
            <p class=text::HINT>{say.undo_step_hint()}</p>
        </div>
    }
    .into_any()
}

/// A step that needs a reason, open where its reason was refused.
fn reasoned(say: &'static Admin, sheet: &OrderSheet, step: &Step) -> AnyView {
    let typed = sheet.way.typed_reason.as_ref().filter(|(to, _)| to == step.to);
    let reason = Field {
        id: format!("reason-{}", step.to),
        name: "reason".to_owned(),
        label: say.change_reason().to_owned(),
        value: typed.map(|(_, reason)| reason.clone()).unwrap_or_default(),
        placeholder: step.reason.unwrap_or_default().to_owned(),
        autocomplete: "off",
        hint: say.reason_hint().to_owned(),
        errors: typed.and(sheet.way.refused.clone()).into_iter().collect(),
        ..Field::default()
    };
    view! {
        <details class=disclosure::MORE open=typed.is_some()>
            <summary class=disclosure::SUMMARY data-testid=format!("open-{}", step.to)>{step.words}</summary>
            {Post::to(paths::admin::order(sheet.number)).class("max-w-[30rem]").form(|| view! {
                {kept_once(&format!("reason {}", step.to), typed.is_some())}
                <input type="hidden" name="seen" value=sheet.way.seen />
                {reason.text("text")}
                <button type="submit" class=button::QUIET name="to" value=step.to data-testid=format!("to-{}", step.to)>{step.words}</button>
            }.into_any())}
        </details>
    }
    .into_any()
}

fn notes(say: &'static Admin, sheet: &OrderSheet) -> AnyView {
    let note = Field {
        id: "note".to_owned(),
        name: "note".to_owned(),
        label: say.new_note().to_owned(),
        value: sheet.way.typed_note.clone(),
        ..Field::default()
    };
    if sheet.way.notes.is_empty() && !may_send(&paths::admin::order(sheet.number)) {
        return ().into_any();
    }
    view! {
        <section class=if sheet.way.notes.is_empty() { "mb-8 print:hidden" } else { "mb-8" } aria-labelledby="notes-title">
            <h2 id="notes-title" class=text::HEADING>{say.notes_title()}</h2>
            {events(&sheet.way.notes, "notes")}
            {Post::to(paths::admin::order(sheet.number)).class(SCREEN).form(|| view! {
                {kept_once("note", !sheet.way.typed_note.is_empty())}
                {note.area(2, false)}
                <button type="submit" class=button::QUIET_SMALL name="do" value="note" data-testid="add-note">{say.add_note()}</button>
            }.into_any())}
        </section>
    }
    .into_any()
}

fn history(say: &Admin, done: &[EventItem]) -> Option<AnyView> {
    let title = view! { <h2 class=text::HEADING>{say.history()}</h2> };
    (!done.is_empty()).then(|| view! { {title} {events(done, "history")} }.into_any())
}

fn events(events: &[EventItem], test: &'static str) -> AnyView {
    let items = events.iter().cloned().map(|event| {
        let what = (!event.what.is_empty()).then(|| view! { <p class="font-medium">{event.what}</p> });
        let words = (!event.words.is_empty())
            .then(|| view! { <p class="whitespace-pre-line wrap-anywhere">{event.words}</p> });
        view! { <li class="border-b border-line py-2">{what} {words} <p class=text::META>{event.by}</p></li> }
    });
    (!events.is_empty())
        .then(|| view! { <ol class="mb-3" data-testid=test>{items.collect_view()}</ol> })
        .into_any()
}

//! Designs side by side: what differs between them, what is better, and the way to each.

use configurator::Slug;
use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use super::needs::Way;
use crate::ui::{button, empty, link, notice, text};

const SHEET: &str = "mx-auto max-w-[1440px] px-5 pt-4 pb-24 desk:px-10 print:p-0";
/// The table's place. It is as high as the table, so that no line is out of sight within it.
const PLACE: &str = "relative mt-6 print:mt-2";
/// The same where a phone has no room for all designs: it scrolls sideways on its own, a design at a time, beside its lines' names.
const SCROLLER: &str = concat!(
    "relative mt-6 max-tablet:overflow-auto max-tablet:snap-x max-tablet:snap-proximity max-tablet:scroll-ps-24 ",
    "max-tablet:overscroll-x-contain print:mt-2 print:overflow-visible!"
);
/// As many designs as a phone has room for side by side.
const FIT: usize = 2;
/// Two designs fill a phone's width beside the names of the lines.
const TABLE: &str = concat!(
    "table-fixed border-separate [border-spacing:0] ",
    "max-tablet:w-[calc(96px+var(--designs)*max(92px,(100vw-136px)/2))] ",
    "tablet:w-[min(100%,calc(11rem+var(--designs)*22rem))] print:w-full! print:text-[9pt]"
);
const HEAD: &str = "sticky top-0 z-10 bg-paper short:static print:static";
/// The column with the names of the lines.
const NAMES: &str = "w-24 tablet:w-44";
/// What a line is called.
const NAME: &str = concat!(
    "sticky start-0 z-5 border-b border-line bg-paper py-2.5 pe-2 text-start align-top text-xs font-medium text-muted ",
    "wrap-anywhere hyphens-auto tablet:text-s print:static print:py-px print:text-[8pt]"
);
/// What a group of lines is called.
const GROUP: &str = "border-b border-line pt-6 pb-1.5 text-start font-display text-l font-medium print:pt-1.5 print:pb-0 print:text-[9pt]";
const GROUP_NAME: &str = "sticky start-0 inline-block max-w-[min(100%,calc(100vw-40px))] wrap-anywhere";
/// A design's picture and name.
const DESIGN: &str = "snap-start bg-paper pe-3 pb-1 text-start align-bottom max-tablet:pe-2";
const PICTURE: &str = "block aspect-4/3 max-h-44 w-full rounded-s bg-stage bg-lit object-contain p-1.5 max-tablet:max-h-20 short:max-h-14 print:max-h-20";
const DESIGN_NAME: &str = "mt-2 line-clamp-2 font-display text-l leading-tight font-medium wrap-anywhere hyphens-auto max-tablet:text-m print:mt-1 print:text-[10pt]";
const CELL: &str = "border-b border-line py-2.5 pe-3 align-top text-s wrap-anywhere hyphens-auto tabular max-tablet:pe-2 print:py-px print:text-[8pt] print:leading-tight";
/// The words on what is better.
const BETTER: &str = "block text-xs text-accent print:inline print:text-[7pt]";
/// The button of [`button::QUIET_SMALL`], which a phone has little room for.
const TAKE: &str = concat!(
    "inline-flex min-h-11 max-w-full items-center justify-center rounded-s border border-line bg-raised px-3.5 py-1 text-center ",
    "font-medium text-ink wrap-anywhere hyphens-auto hover:border-ink max-tablet:w-full max-tablet:px-1.5 max-tablet:text-s"
);
/// The way out of the comparison.
const TAKE_OUT: &str = "inline-flex min-h-11 items-center tablet:ms-3 wrap-anywhere text-s text-muted underline decoration-1 underline-offset-3 hover:text-ink";
const ACTIONS: &str = "border-b border-line py-2 pe-3 align-top max-tablet:pe-2 print:hidden";

/// A design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// The address of its picture.
    pub picture: String,
    /// Opens it in the configurator.
    pub take: String,
    /// Whether it is the shopper's own already.
    pub is_own: bool,
    /// This page without it.
    pub without: String,
}

/// What one line says of a design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub value: String,
    /// In what it is better than the others; empty where it is not.
    pub better: String,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// By design.
    pub cells: Vec<Cell>,
}

/// Lines that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What they are called.
    pub name: String,
    /// The lines.
    pub rows: Vec<Row>,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct ComparePage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub product: String,
    /// The product's page, with the shopper's own design where that is among them.
    pub back: String,
    /// The designs.
    pub columns: Vec<Column>,
    /// Price and delivery.
    pub head: Vec<Row>,
    /// What is shown of the rest.
    pub groups: Vec<Group>,
    /// How many lines of the rest differ, and how many there are.
    pub differing: (u64, u64),
    /// The same page with everything, or with what differs.
    pub other: Way,
    /// Designs that can be added, each with this page that has it; nothing where there is no room.
    pub more: Option<Vec<Way>>,
    /// What to tell the shopper.
    pub notices: Vec<String>,
}

/// The page.
#[must_use]
pub fn compare(assets: &Assets, reader: &Reader, page: &ComparePage) -> String {
    let say = reader.say();
    let title = say.compare_of(&page.product);
    let notices = page.notices.iter().map(|told| {
        view! { <p class=notice::CAUTION role="status">{told.clone()}</p> }
    });
    let has_few = page.columns.len() < 2;
    document(assets, reader, &title, Script::None, Switch::Link, || {
        view! {
            <div class=SHEET data-landscape>
                <p class="mb-2 print:hidden">
                    <a class=link::STANDING href=page.back.clone()>{say.back_to_menu()}</a>
                </p>
                <h1 class=format!("{} print:text-l", text::TITLE)>{title.clone()}</h1>
                <div class="mt-4 print:m-0">{notices.collect_view()}</div>
                {has_few.then(|| empty::empty(more(reader, page), Some("few")))}
                {(!page.columns.is_empty()).then(|| side_by_side(reader, page, &title))}
                {(!has_few).then(|| view! { <section class="mt-10 print:hidden">{more(reader, page)}</section> })}
            </div>
        }
        .into_any()
    })
}

/// What can be added.
fn more(reader: &Reader, page: &ComparePage) -> AnyView {
    let say = reader.say();
    let Some(more) = page.more.as_ref() else {
        return view! { <p class=text::META>{say.four_fit()}</p> }.into_any();
    };
    let line = (page.columns.len() < 2).then(|| view! { <p>{say.compare_line()}</p> });
    let ways = more.iter().map(|way| {
        view! {
            <li class="min-w-0">
                <a class=button::QUIET href=way.href.clone() rel="nofollow">{way.words.clone()}</a>
            </li>
        }
    });
    view! {
        {line}
        {(!more.is_empty()).then(|| view! {
            <h2 class="font-semibold">{say.add_to_comparison()}</h2>
            <ul class="mt-2 flex min-w-0 flex-wrap gap-2" data-testid="more">{ways.collect_view()}</ul>
        })}
    }
    .into_any()
}

fn side_by_side(reader: &Reader, page: &ComparePage, title: &str) -> AnyView {
    let say = reader.say();
    let many = page.columns.len();
    let (lines, all) = page.differing;
    let told = match (many, lines) {
        (1, _) => String::new(),
        (_, 0) => say.nothing_differs().to_owned(),
        _ => say.lines_differ(lines, &all),
    };
    let other = (many > 1 && lines < all).then(|| {
        view! { <a class=link::STANDING href=page.other.href.clone() rel="nofollow" data-testid="other">{page.other.words.clone()}</a> }
    });
    let swipe = (many > FIT).then(|| {
        view! { <p class=format!("{} tablet:hidden print:hidden", text::HINT)>{say.swipe_for_more()}</p> }
    });
    let place = if many > FIT { SCROLLER } else { PLACE };
    view! {
        <div class="mt-4 flex flex-wrap items-center gap-x-5 print:m-0 print:text-[8pt]">
            <p class="text-soft" data-testid="differing">{told}</p>
            <span class="print:hidden">{other}</span>
        </div>
        {swipe}
        // A keyboard scrolls it where it does.
        <div class=place tabindex=(many > FIT).then_some("0") role="region" aria-labelledby="compared" data-testid="scroller">
            <table class=TABLE style=format!("--designs:{many}")>
                <caption class="sr-only" id="compared">{title.to_owned()}</caption>
                <colgroup>
                    <col class=NAMES />
                    <col span=many.to_string() />
                </colgroup>
                <thead class=HEAD>
                    <tr>
                        <td class="sticky start-0 z-5 bg-paper print:static"></td>
                        {page.columns.iter().map(design).collect_view()}
                    </tr>
                    {page.head.iter().map(row).collect_view()}
                </thead>
                <tbody>{actions(reader, page)}</tbody>
                {page.groups.iter().map(|part| group(part, &page.columns)).collect_view()}
            </table>
        </div>
    }
    .into_any()
}

fn design(column: &Column) -> AnyView {
    view! {
        <th scope="col" class=DESIGN>
            <img class=PICTURE src=column.picture.clone() alt="" width="320" height="240" />
            <span class=DESIGN_NAME dir="auto">{column.name.clone()}</span>
        </th>
    }
    .into_any()
}

fn row(row: &Row) -> AnyView {
    let cells = row.cells.iter().map(|cell| {
        let value = cell.value.clone();
        match cell.better.as_str() {
            "" => view! { <td class=CELL>{value}</td> }.into_any(),
            better => view! {
                <td class=CELL>
                    <b class="font-bold">{value}</b>
                    " "
                    <span class=BETTER>{better.to_owned()}</span>
                </td>
            }
            .into_any(),
        }
    });
    view! {
        <tr>
            <th scope="row" class=NAME>{row.name.clone()}</th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

fn group(group: &Group, columns: &[Column]) -> AnyView {
    // Where the table scrolls sideways its head goes out of sight upwards.
    let names = (columns.len() > FIT).then(|| {
        let name = |column: &Column| view! { <td class=CELL dir="auto">{column.name.clone()}</td> };
        view! {
            <tr class="text-muted tablet:hidden print:hidden" aria-hidden="true" data-testid="names-again">
                <td class=NAME></td>
                {columns.iter().map(name).collect_view()}
            </tr>
        }
    });
    view! {
        <tbody>
            <tr>
                <th scope="rowgroup" colspan=(columns.len() + 1).to_string() class=GROUP>
                    <span class=GROUP_NAME>{group.name.clone()}</span>
                </th>
            </tr>
            {names}
            {group.rows.iter().map(row).collect_view()}
        </tbody>
    }
    .into_any()
}

/// The way to each design, and out of the comparison.
fn actions(reader: &Reader, page: &ComparePage) -> AnyView {
    let say = reader.say();
    let cells = page.columns.iter().map(|column| {
        let take = if column.is_own { say.go_on_with() } else { say.make_mine() };
        let named = || view! { <span class="sr-only">": " {column.name.clone()}</span> };
        view! {
            <td class=ACTIONS>
                <a class=TAKE href=column.take.clone() data-testid="take">{take}{named()}</a>
                <a class=TAKE_OUT href=column.without.clone() rel="nofollow" data-testid="take-out">{say.take_out()}{named()}</a>
            </td>
        }
    });
    view! {
        <tr class="print:hidden">
            <th scope="row" class=NAME>
                <span class="sr-only">{say.what_to_do()}</span>
            </th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

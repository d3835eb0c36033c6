//! Rows to compare. The head sticks while the rows scroll (`--head` says how far below the top); below the width of a tablet each row is a card, whose cells say what
//! they are.

use leptos::prelude::*;

use super::link;

/// The table.
pub const TABLE: &str = "mt-2 w-full border-separate [border-spacing:0] max-tablet:block";
/// The head.
pub const HEAD: &str = "max-tablet:sr-only";
/// The rows.
pub const BODY: &str = "max-tablet:block";
/// A row.
pub const ROW: &str = "max-tablet:relative max-tablet:block max-tablet:border-b max-tablet:border-line max-tablet:py-3 tablet:hover:bg-hover";

/// A row that begins with a picture, which stands beside the card.
pub const ROW_PICTURED: &str = "[--label:4.5rem] max-tablet:relative max-tablet:block max-tablet:min-h-[108px] max-tablet:border-b max-tablet:border-line max-tablet:py-3 max-tablet:ps-28 tablet:hover:bg-hover";
/// Its picture.
pub const PICTURE: &str = "max-tablet:absolute max-tablet:start-0 max-tablet:top-3 max-tablet:w-24 tablet:w-[108px] tablet:border-b tablet:border-line tablet:py-2.5 tablet:pe-3";

macro_rules! head {
    ($side:literal) => {
        concat!(
            "z-5 border-b border-line bg-paper py-2 text-s font-medium whitespace-nowrap text-muted ",
            "sticky top-(--head,0px) short:static ",
            $side
        )
    };
}

macro_rules! cell {
    ($side:literal) => {
        concat!(
            "wrap-anywhere max-tablet:block tablet:border-b tablet:border-line tablet:py-2.5 tablet:align-middle ",
            $side
        )
    };
}

macro_rules! labelled {
    ($side:literal) => {
        concat!(
            "tablet:border-b tablet:border-line tablet:py-2.5 tablet:align-middle ",
            "max-tablet:grid max-tablet:grid-cols-[var(--label,6rem)_minmax(0,1fr)] max-tablet:gap-3 ",
            "max-tablet:before:text-s max-tablet:before:text-muted max-tablet:before:content-[attr(data-label)] ",
            $side
        )
    };
}

/// A cell of the head.
pub const HEAD_CELL: &str = head!("pe-3 text-start");
/// A cell of the head over numbers.
pub const HEAD_NUMBER: &str = head!("pe-8 text-end");
/// What a row is called: a `th`.
pub const NAME: &str = cell!("text-start font-semibold tablet:pe-3");
/// A cell with buttons, at the end of the row.
pub const ACT: &str = cell!("max-tablet:mt-2 tablet:text-end");
/// A cell; its attribute `data-label` is what a card calls it.
pub const LABELLED: &str = labelled!("wrap-anywhere tablet:pe-3");
/// A number, with its `data-label`.
pub const NUMBER: &str = labelled!("tabular tablet:pe-8 tablet:text-end");

/// An amount, which is on one line, with its `data-label`.
pub const AMOUNT: &str = labelled!("tabular whitespace-nowrap tablet:pe-8 tablet:text-end");

/// A column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub words: &'static str,
    /// Whether its cells are numbers.
    pub number: bool,
    /// Whether only a screen reader says what it is called.
    pub quiet: bool,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub const fn words(words: &'static str) -> Self {
        Self { words, number: false, quiet: false }
    }

    /// A column of numbers.
    #[must_use]
    pub const fn number(words: &'static str) -> Self {
        Self { words, number: true, quiet: false }
    }

    /// A column whose cells speak for themselves.
    #[must_use]
    pub const fn quiet(words: &'static str) -> Self {
        Self { words, number: false, quiet: true }
    }
}

/// What sorts rows by a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortLink {
    /// Leads to the rows sorted by it, the other way round where they are already.
    pub href: String,
    /// Whether they are sorted by it now from small to large, or from large to small.
    pub ascending: Option<bool>,
}

/// A table of rows (`tr` with the class [`ROW`]).
#[must_use]
pub fn table(columns: &[Column], rows: AnyView) -> AnyView {
    table_to_sort(columns.iter().map(|column| (*column, None)).collect(), rows)
}

/// The same, with columns that sort it.
#[must_use]
pub fn table_to_sort(columns: Vec<(Column, Option<SortLink>)>, rows: AnyView) -> AnyView {
    let columns = columns.into_iter().map(|(column, sort)| {
        let class = if column.number { HEAD_NUMBER } else { HEAD_CELL };
        let order = sort.as_ref().and_then(|sort| sort.ascending);
        let spoken = order.map(|ascending| if ascending { "ascending" } else { "descending" });
        let words = match sort {
            Some(SortLink { href, .. }) => {
                let arrow = order.map(|ascending| if ascending { " ↑" } else { " ↓" });
                view! { <a class=link::LINK href=href>{column.words} <span aria-hidden="true">{arrow}</span></a> }
                    .into_any()
            }
            None => {
                view! { <span class=column.quiet.then_some("sr-only")>{column.words}</span> }.into_any()
            }
        };
        view! {
            <th scope="col" class=class aria-sort=spoken>
                {words}
            </th>
        }
    });
    view! {
        <table class=TABLE>
            <thead class=HEAD>
                <tr>{columns.collect_view()}</tr>
            </thead>
            <tbody class=BODY>{rows}</tbody>
        </table>
    }
    .into_any()
}

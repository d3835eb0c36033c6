//! Orders as a file for spreadsheets: CSV as RFC 4180 has it, in UTF-8.

use shop::orders::{DeskOrder, PickedPart};
use shop::{Profile, ShopError};
use time::format_description::well_known::Rfc3339;

/// The names of the columns.
const COLUMNS: [&str; 17] = [
    "number",
    "state",
    "since",
    "placed",
    "due",
    "product",
    "slug",
    "revision",
    "pieces",
    "total_minor",
    "currency",
    "buyer",
    "email",
    "test",
    "left_out",
    "parts",
    "ordered_together",
];

/// The first line.
///
/// # Errors
/// None in memory.
pub(super) fn head() -> Result<Vec<u8>, ShopError> {
    lines([COLUMNS.map(str::to_owned)])
}

/// A line for each order.
///
/// # Errors
/// None in memory.
pub(super) fn rows(orders: &[DeskOrder], profile: &Profile) -> Result<Vec<u8>, ShopError> {
    lines(orders.iter().map(|order| row(order, profile)))
}

/// Rows as lines of a file.
///
/// # Errors
/// None in memory.
pub(super) fn lines<const N: usize>(
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Vec<u8>, ShopError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| ShopError::Failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| ShopError::Failed(error.to_string()))
}

fn row(order: &DeskOrder, profile: &Profile) -> [String; 17] {
    let progress = order.progress;
    // As clocks show it where the shop is, with how far that is from UTC.
    let time = |at: time::OffsetDateTime| profile.local(at).0.format(&Rfc3339).unwrap_or_default();
    let yes_no = |is| if is { "yes" } else { "no" }.to_owned();
    [
        order.number.to_string(),
        progress.state.code().to_owned(),
        time(progress.since.unwrap_or(order.placed_at)),
        time(order.placed_at),
        order.arrival.map(|day| day.to_string()).unwrap_or_default(),
        harmless(&order.product_name),
        order.slug.to_string(),
        order.revision.to_string(),
        order.quantity.to_string(),
        order.total.to_string(),
        order.currency.clone(),
        harmless(&order.buyer),
        harmless(&order.email),
        yes_no(progress.is_test),
        yes_no(progress.left_out),
        parts(&order.parts),
        together(order),
    ]
}

/// What production picks: `2 x A-100; 1 x B-7`. It begins with a digit, so never as a formula does.
fn parts(parts: &[PickedPart]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("{} x {}", part.count, part.code)).collect();
    parts.join("; ")
}

/// The orders of the same basket, with this one: `1001 1002`; nothing where it was ordered alone.
fn together(order: &DeskOrder) -> String {
    let numbers: Vec<String> = order.ordered_together.iter().map(ToString::to_string).collect();
    numbers.join(" ")
}

/// A text that no spreadsheet takes for a formula, whatever a shopper typed: what begins like one gets an apostrophe, as the
/// Open Worldwide Application Security Project advises ("CSV Injection").
pub(super) fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use shop::orders::{OrderState, Progress};
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_line_is_an_order_and_no_cell_is_a_formula() {
        let order = DeskOrder {
            number: 1_001.try_into().unwrap(),
            progress: Progress {
                state: OrderState::Shipped,
                since: None,
                is_test: false,
                left_out: true,
                is_locked: false,
            },
            placed_at: datetime!(2026-11-22 16:04 UTC),
            slug: "mug".parse().unwrap(),
            revision: 2.try_into().unwrap(),
            product_name: "Mug, \"tall\"".to_owned(),
            quantity: 3,
            total: -2_700,
            currency: "EUR".to_owned(),
            arrival: Some(date!(2026 - 12 - 18)),
            buyer: "=HYPERLINK(\"http://example.net\")".to_owned(),
            email: "@bo@example.org".to_owned(),
            parts: [("=A-100", 6), ("B-7", 3)]
                .map(|(code, count)| PickedPart { code: code.to_owned(), count })
                .into(),
            ordered_together: [1_001, 1_002].map(|number| number.try_into().unwrap()).into(),
        };
        let text = String::from_utf8(rows(&[order], &Profile::default()).unwrap()).unwrap();
        let expected = "1001,shipped,2026-11-22T16:04:00Z,2026-11-22T16:04:00Z,2026-12-18,\"Mug, \"\"tall\"\"\",mug,2,3,-2700,EUR,\
            \"'=HYPERLINK(\"\"http://example.net\"\")\",'@bo@example.org,no,yes,6 x =A-100; 3 x B-7,1001 1002\r\n";
        assert_eq!(text, expected);
        for formula in ["=1", "+1", "-1", "@a", "\tx", "\rx"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("Bo = Larsen"), "Bo = Larsen");
    }
}

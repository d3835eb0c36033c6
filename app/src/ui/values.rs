//! What is fixed: terms with their values, and the lines of a price.

use leptos::prelude::*;

/// A list of terms.
pub const VALUES: &str = "my-4 grid";
/// A term with its value; `--term` may say how wide terms are.
pub const VALUE: &str =
    "grid grid-cols-[var(--term,minmax(0,2fr))_minmax(0,3fr)] gap-4 border-b border-line py-2";
/// The term.
pub const TERM: &str = "text-muted wrap-anywhere";
/// The value.
pub const GIVEN: &str = "whitespace-pre-line wrap-anywhere";
/// The lines of a price.
pub const BREAKDOWN: &str = "w-full border-collapse";
/// A line.
pub const LINE: &str = "last:border-t last:border-line last:font-semibold";
/// What a line is for.
pub const LINE_NAME: &str = "py-1.5 pe-4 text-start wrap-anywhere [font-weight:inherit]";
/// What it costs.
pub const LINE_AMOUNT: &str = "py-1.5 text-end align-top whitespace-nowrap tabular";
/// What is good to know under the lines of a price, each on its own line.
pub const NOTES: &str = "mt-2 text-s text-muted whitespace-pre-line wrap-anywhere tabular";

/// Terms and values.
#[must_use]
pub fn values(values: &[(String, String)]) -> AnyView {
    let rows = values.iter().cloned().map(|(term, value)| {
        view! {
            <div class=VALUE>
                <dt class=TERM>{term}</dt>
                <dd class=GIVEN><bdi>{value}</bdi></dd>
            </div>
        }
    });
    view! { <dl class=VALUES>{rows.collect_view()}</dl> }.into_any()
}

/// Lines of a price, the total last.
#[must_use]
pub fn breakdown(lines: &[(String, String)], total_words: &str, total: &str) -> AnyView {
    let total = (total_words.to_owned(), total.to_owned());
    let rows = lines.iter().cloned().chain([total]).map(|(name, amount)| {
        view! {
            <tr class=LINE>
                <th scope="row" class=LINE_NAME>{name}</th>
                <td class=LINE_AMOUNT>{amount}</td>
            </tr>
        }
    });
    view! {
        <table class=BREAKDOWN data-testid="breakdown">
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What is good to know under a price.
#[must_use]
pub fn notes(notes: &[String]) -> AnyView {
    view! { <p class=NOTES data-testid="terms">{notes.join("\n")}</p> }.into_any()
}

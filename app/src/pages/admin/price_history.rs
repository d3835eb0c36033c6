//! Which revision changed which price, below a product's history.

use leptos::prelude::*;
use words::Assortment;

use crate::ui::table::{self, Column, table};
use crate::ui::text;

/// A revision that changed prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedItem {
    /// Which, when it was published and by whom, in words.
    pub revision: String,
    /// What each price is of, the one before and the one since.
    pub lines: Vec<[String; 3]>,
}

/// The section.
pub(super) fn section(say: &'static Assortment, items: &[PricedItem]) -> AnyView {
    let listed = if items.is_empty() {
        view! { <p>{say.price_history_empty()}</p> }.into_any()
    } else {
        items.iter().map(|item| priced(say, item)).collect_view().into_any()
    };
    view! {
        <section class="mt-6" id="prices" aria-labelledby="prices-title" data-testid="price-history">
            <h2 class=text::HEADING id="prices-title">{say.price_history()}</h2>
            <p class=text::HINT>{say.price_history_hint()}</p>
            {listed}
        </section>
    }
    .into_any()
}

fn priced(say: &'static Assortment, item: &PricedItem) -> AnyView {
    let columns =
        [Column::words(say.price_of()), Column::number(say.until_then()), Column::number(say.since_then())];
    let rows = item.lines.iter().cloned().map(|[of, was, becomes]| {
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>{of}</th>
                <td class=table::NUMBER data-label=say.until_then()>{was}</td>
                <td class=table::NUMBER data-label=say.since_then()>{becomes}</td>
            </tr>
        }
    });
    view! {
        <h3 class="mt-6 font-semibold">{item.revision.clone()}</h3>
        {table(&columns, rows.collect_view().into_any())}
    }
    .into_any()
}

//! What of a product is sold out: marked and put on sale again with one button each.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::form::Form;
use super::standing::StandingPage;
use crate::paths;
use crate::ui::field::{Entry, Field};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, text};

/// An option that is sold out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOutItem {
    /// What forms send for it: the codes of attribute and option, with `/` between them.
    pub value: String,
    /// Attribute and option in words.
    pub name: String,
    /// The day on which it is on sale again, in words; empty where nobody said.
    pub until: String,
    /// Who marked it.
    pub by: String,
}

/// The section of the page.
pub(super) fn sold_out(form: Form, language: Language, shown: &StandingPage) -> AnyView {
    let say = language.assortment();
    let columns = [
        Column::words(say.option()),
        Column::words(say.sold_out_until()),
        Column::words(say.marked_by()),
        Column::quiet(say.put_on_sale()),
    ];
    let rows = shown.sold_out.iter().map(|item| row(language, &shown.slug, item)).collect_view().into_any();
    let entries = shown.options.iter().map(|(value, words)| Entry {
        value: value.clone(),
        words: words.clone(),
        selected: form.text("option", "") == *value,
    });
    let field = |id: &str, label: &str| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: label.to_owned(),
        value: form.text(id, ""),
        errors: form.message(id).into_iter().collect(),
        autocomplete: "off",
        ..Field::default()
    };
    let until = Field { hint: say.sold_out_until_hint().to_owned(), ..field("until", say.sold_out_until()) };
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="sold-out-title">
            <h2 class=text::HEADING id="sold-out-title">{say.sold_out()}</h2>
            <p class="mt-1">{say.sold_out_hint()}</p>
            {(!shown.sold_out.is_empty()).then(|| table(&columns, rows))}
            <form method="post" action=paths::admin::standing(&shown.slug) class="mt-3 max-w-[30rem]" novalidate>
                {field("option", say.option()).select(entries.collect())}
                {until.text("date")}
                <button type="submit" class=button::QUIET name="do" value="sold-out" data-testid="mark">{say.mark_sold_out()}</button>
            </form>
        </section>
    }
    .into_any()
}

fn row(language: Language, slug: &Slug, item: &SoldOutItem) -> AnyView {
    let say = language.assortment();
    let SoldOutItem { value, name, until, by } = item.clone();
    let spoken = say.put_on_sale_of(&name);
    view! {
        <tr class=table::ROW>
            <th scope="row" class=table::NAME>{name}</th>
            <td class=table::LABELLED data-label=say.sold_out_until()>{until}</td>
            <td class=table::LABELLED data-label=say.marked_by()>{by}</td>
            <td class=table::ACT>
                <form method="post" action=paths::admin::standing(slug)>
                    <input type="hidden" name="option" value=value />
                    <button type="submit" class=button::QUIET_SMALL name="do" value="on-sale" aria-label=spoken>{say.put_on_sale()}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

//! What of a product is sold out: marked and put on sale again with one button each.

use configurator::Slug;
use leptos::prelude::*;
use words::Assortment;

use super::form::{Form, Returned};
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::{Entry, Field};
use crate::ui::form::Post;
use crate::ui::table::{self, Column, table};
use crate::ui::{button, notice, text};

/// An option that is sold out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOutItem {
    /// What forms send for it: the codes of attribute and option, with `/` between them.
    pub value: String,
    /// Attribute and option in words.
    pub name: String,
    /// Until when, in words.
    pub until: String,
    /// Who marked it.
    pub by: String,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOutPage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// What is sold out.
    pub sold_out: Vec<SoldOutItem>,
    /// Options that can be marked, as forms send them and in words; none where nothing is on sale.
    pub options: Vec<(String, String)>,
    /// Why nothing of it is sold, in a sentence, where that is so.
    pub unsold: Option<&'static str>,
    /// What was done just now, with what undoes that: what its form sends.
    pub done: Option<(String, Vec<(&'static str, String)>)>,
    /// The form, where it could not be taken.
    pub returned: Option<Returned>,
}

/// The page.
#[must_use]
pub fn sold_out(frame: Frame, shown: &SoldOutPage) -> String {
    let (say, language) = (frame.language.assortment(), frame.language);
    page(frame, &say.sold_out_of(&shown.name), Rail::Products, || {
        let form = Form::new("sold-out", shown.returned.as_ref(), language);
        let columns = [
            Column::words(say.option()),
            Column::words(say.sold_out_until()),
            Column::words(say.marked_by()),
            Column::quiet(say.put_on_sale()),
        ];
        let rows = shown.sold_out.iter().map(|item| row(say, &shown.slug, item)).collect_view().into_any();
        let listed = match shown.sold_out.is_empty() {
            true => {
                let told = shown.unsold.unwrap_or_else(|| say.nothing_sold_out());
                view! { <p class="mt-1" data-testid="nothing">{told}</p> }.into_any()
            }
            false => table(&columns, rows),
        };
        view! {
            {bar(language.admin(), &shown.slug, &shown.name, shown.state, Tab::SoldOut)}
            <div class=SINGLE>
                {done(say, shown)}
                <section aria-labelledby="sold-out-title">
                    <h2 class=text::HEADING id="sold-out-title">{language.admin().sold_out()}</h2>
                    <p class="mt-1">{say.sold_out_hint()}</p>
                    {listed}
                </section>
                {(!shown.options.is_empty()).then(|| mark(form, say, shown))}
            </div>
        }
        .into_any()
    })
}

/// What was done just now, and the way back.
fn done(say: &'static Assortment, shown: &SoldOutPage) -> Option<AnyView> {
    let (done, undo) = shown.done.clone()?;
    let fields =
        undo.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    Some(
        view! {
            <div class=notice::GOOD role="status" data-testid="done">
                <p>{done}</p>
                {Post::to(paths::admin::sold_out(&shown.slug)).form(|| view! {
                    {fields.collect_view()}
                    <button type="submit" class=button::PLAIN data-testid="undo">{say.undo()}</button>
                }.into_any())}
            </div>
        }
        .into_any(),
    )
}

/// The form that marks an option.
fn mark(form: Form, say: &'static Assortment, shown: &SoldOutPage) -> AnyView {
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
    let option = field("option", say.option()).select(entries.collect());
    let fields = || {
        view! {
            {option}
            {until.text("date")}
            <button type="submit" class=button::QUIET name="do" value="sold-out" data-testid="mark">{say.mark_sold_out()}</button>
        }
        .into_any()
    };
    let form =
        Post::to(paths::admin::sold_out(&shown.slug)).class("mt-3 max-w-[30rem]").judged_here().form(fields);
    let section = form.map(|form| {
        view! {
            <section class="mt-6 border-t border-line pt-5" aria-labelledby="mark-title">
                <h2 class=text::HEADING id="mark-title">{say.mark_option()}</h2>
                {form}
            </section>
        }
    });
    section.into_any()
}

fn row(say: &'static Assortment, slug: &Slug, item: &SoldOutItem) -> AnyView {
    let SoldOutItem { value, name, until, by } = item.clone();
    let spoken = say.put_on_sale_of(&name);
    view! {
        <tr class=table::ROW>
            <th scope="row" class=table::NAME>{name}</th>
            <td class=table::LABELLED data-label=say.sold_out_until()>{until}</td>
            <td class=table::LABELLED data-label=say.marked_by()>{by}</td>
            <td class=table::ACT>
                {Post::to(paths::admin::sold_out(slug)).form(|| view! {
                    <input type="hidden" name="option" value=value />
                    <button type="submit" class=button::QUIET_SMALL name="do" value="on-sale" aria-label=spoken>{say.put_on_sale()}</button>
                }.into_any())}
            </td>
        </tr>
    }
    .into_any()
}

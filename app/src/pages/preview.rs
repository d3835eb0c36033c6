//! A draft as shoppers would see it: what can be chosen, what it costs, its picture. Nothing can be ordered.

use configurator::{AttributeId, Configured, Menu, Origin, State, Value, ValueShape};
use leptos::prelude::*;
use preview::Drawings;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::configurator::lead_time;
use crate::ui::field::{Entry, Field, HINT, LABEL, tick};
use crate::ui::{button, notice, text};

/// Everything a preview shows.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// The product as the draft has it.
    pub product: Configured,
    /// What it is drawn of.
    pub drawings: Drawings,
    /// What can be chosen, and the design.
    pub menu: Menu,
    /// What of the choices was left out, as sentences.
    pub left_out: Vec<String>,
    /// Where its form is sent.
    pub action: String,
}

/// The page of a draft.
#[must_use]
pub fn preview(assets: &Assets, reader: &Reader, page: &PreviewPage) -> String {
    let (product, say) = (&page.product, reader.language.gate());
    let title = say.preview_banner(&product.name);
    document(assets, reader, &title, Script::None, Switch::Link, || {
        let steps = product.steps.iter().enumerate().map(|(index, step)| {
            let inside = product.ids().filter(|(_, attribute)| attribute.step == index);
            let attributes = inside.filter_map(|(id, _)| attribute(page, id));
            view! {
                <section class="mb-8">
                    <h2 class=text::HEADING>{step.label.clone()}</h2>
                    {attributes.collect_view()}
                </section>
            }
        });
        let left_out = page.left_out.iter().map(|why| view! { <li>{why.clone()}</li> });
        let left_out = (!page.left_out.is_empty()).then(|| {
            view! { <div class=notice::STOP role="alert" data-testid="left-out"><ul>{left_out.collect_view()}</ul></div> }
        });
        let quote = &page.menu.quote;
        let total = quote.total.written(&product.words().locale);
        let picture = ::preview::compose(product, &page.drawings, &page.menu.design);
        view! {
            <div class="mx-auto max-w-[1440px] px-5 py-8 desk:px-10">
                <p class=notice::CAUTION role="status" data-testid="preview-banner">{title.clone()}</p>
                <h1 class=text::TITLE>{product.name.clone()}</h1>
                <p class=text::LEAD>{product.summary.clone()}</p>
                {left_out}
                <div class="grid gap-8 desk:grid-cols-[minmax(0,1fr)_320px] desk:gap-10">
                    <form method="get" action=page.action.clone() class="min-w-0">
                        {steps.collect_view()}
                        <button type="submit" class=button::PRIMARY data-testid="walk">{say.show_design()}</button>
                    </form>
                    <aside class="min-w-0">
                        <div class=text::STAGE><div class=text::PICTURE inner_html=picture></div></div>
                        <p class="mt-3 font-semibold tabular" data-testid="preview-total">{total}</p>
                        <p class=text::META>{lead_time(&product.words().studio, quote.lead_time_days)}</p>
                    </aside>
                </div>
            </div>
        }
        .into_any()
    })
}

/// What an attribute is, and what else it can be; nothing where it does not apply.
fn attribute(page: &PreviewPage, id: AttributeId) -> Option<AnyView> {
    let (product, menu) = (&page.product, page.menu.attributes.get(id.index())?);
    let (attribute, value) = (product.attribute(id), page.menu.design.value(id));
    if menu.source == Origin::Absent || *value == Value::Absent {
        return None;
    }
    let written = product.write_value(id, value);
    let field = Field {
        id: attribute.code.clone(),
        name: attribute.code.clone(),
        label: attribute.label.clone(),
        hint: attribute.help.clone(),
        value: written.clone(),
        disabled: attribute.locked,
        autocomplete: "off",
        ..Field::default()
    };
    let options = attribute.option_ids().zip(&menu.options).filter(|((_, option), _)| option.available);
    Some(match attribute.kind.shape() {
        ValueShape::Option => {
            let entries = options.map(|((_, option), known)| Entry {
                value: option.code.clone(),
                words: offered(product, &option.label, &known.state, known.price_change),
                selected: known.selected,
            });
            Field { autocomplete: "", ..field }.select(entries.collect())
        }
        ValueShape::Options => {
            let boxes = options.map(|((_, option), known)| {
                let words = offered(product, &option.label, &known.state, known.price_change);
                tick(&attribute.code, &option.code, &words, known.selected, None)
            });
            view! {
                <fieldset class="mb-4">
                    <legend class=LABEL>{attribute.label.clone()}</legend>
                    // An empty one is sent where no box is ticked.
                    <input type="hidden" name=attribute.code.clone() value="" />
                    <div class="flex flex-wrap gap-x-5">{boxes.collect_view()}</div>
                    <p class=HINT>{attribute.help.clone()}</p>
                </fieldset>
            }
            .into_any()
        }
        ValueShape::Number => Field { keyboard: "numeric", ..field }.text("text"),
        ValueShape::Text => field.text("text"),
    })
}

/// An option with what it does to the price, or why it can't be had.
fn offered(product: &Configured, label: &str, state: &State, change: Option<i64>) -> String {
    match (state, change) {
        (State::Blocked(reason), _) => format!("{label} · {}", reason.sentence),
        (_, Some(change)) if change != 0 => format!("{label} · {}", product.price_change(change)),
        _ => label.to_owned(),
    }
}

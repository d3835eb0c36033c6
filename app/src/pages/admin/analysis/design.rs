//! Why a design is not valid, and what comes nearest to it.

use configurator::{Product, Slug, Value, ValueShape};
use leptos::prelude::*;
use words::Language;

use super::parts::{Change, PART, Spot, changes};
use crate::pages::admin::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::{self, Entry, Field, LABEL};
use crate::ui::{button, link, notice, text};

/// Boxes to tick under their name.
const TICKS: &str = "col-span-full mb-4 flex min-w-0 flex-wrap gap-x-5 focus:outline-none";

/// A design as it was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What could not be read.
    pub unreadable: Vec<String>,
    /// Why it is not valid, each with the rule's field where it is one.
    pub reasons: Vec<(String, Option<Spot>)>,
    /// What it costs.
    pub price: String,
    /// Its picture.
    pub picture: String,
    /// What comes nearest, where it is not valid.
    pub nearest: Option<Nearest>,
    /// Whether finding what comes nearest takes too long.
    pub is_open: bool,
}

/// A valid design near the one that was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest {
    /// What of it is other.
    pub changes: Vec<Change>,
    /// What it costs.
    pub price: String,
    /// Its picture.
    pub picture: String,
    /// Whether none is nearer for certain.
    pub is_proven: bool,
}

/// Everything that the page shows.
#[derive(Debug)]
pub struct WhyPage<'p> {
    /// The product's address.
    pub slug: Slug,
    /// The draft's state.
    pub state: DraftState,
    /// The product.
    pub product: &'p Product,
    /// The value that each attribute's field shows.
    pub values: Vec<Value>,
    /// What was judged, if anything was.
    pub judged: Option<Judged>,
}

/// The page.
#[must_use]
pub fn why(frame: Frame, shown: &WhyPage) -> String {
    let (language, say) = (frame.language, frame.language.analysis());
    page(frame, say.why(), Rail::Products, || {
        let product = shown.product;
        let fields =
            product.ids().zip(&shown.values).map(|((id, _), value)| entry(product, id.index(), value));
        view! {
            {bar(language.admin(), &shown.slug, &product.name, shown.state, Tab::Analysis)}
            <div class=SINGLE>
                <p><a class=link::STANDING href=paths::admin::analysis(&shown.slug)>{say.back()}</a></p>
                <h2 class=text::HEADING>{say.why()}</h2>
                <p class=text::LEAD>{say.why_lead()}</p>
                {shown.judged.as_ref().map(|judged| verdict(language, judged))}
                <form method="get" action=paths::admin::why(&shown.slug, "") class=PART data-testid="design">
                    <input type="hidden" name="judge" value="on" />
                    <div class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,220px),1fr))] gap-x-4">
                        {fields.collect_view()}
                    </div>
                    <button type="submit" class=button::PRIMARY data-testid="judge">{say.judge()}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

/// The field of an attribute. Its name is the attribute's code behind a dot, so that it is none of the page's own.
fn entry(product: &Product, index: usize, value: &Value) -> AnyView {
    let attribute = &product.attributes[index];
    let name = format!(".{}", attribute.code);
    let field = Field { id: format!("value-{}", attribute.code), name: name.clone(), ..Field::default() };
    let labelled = |label: String, value: String| Field { label, value, autocomplete: "off", ..field };
    match attribute.kind.shape() {
        ValueShape::Option => {
            let entries = attribute.option_ids().map(|(id, option)| Entry {
                value: option.code.clone(),
                words: option.label.clone(),
                selected: value.includes(id),
            });
            let entries = entries.collect();
            Field { autocomplete: "", ..labelled(attribute.label.clone(), String::new()) }.select(entries)
        }
        ValueShape::Options => {
            let boxes = attribute.option_ids().map(|(id, option)| {
                field::tick(&name, &option.code, &option.label, value.includes(id), None)
            });
            view! {
                <fieldset class=TICKS>
                    <legend class=LABEL>{attribute.label.clone()}</legend>
                    {boxes.collect_view()}
                </fieldset>
            }
            .into_any()
        }
        ValueShape::Number => {
            let shown = match value {
                Value::Number(number) => number.to_string(),
                _ => String::new(),
            };
            let ends = attribute.kind.numbers().map(|numbers| (numbers.min, numbers.max));
            labelled(attribute.label.clone(), shown).number(ends, attribute.kind.unit())
        }
        ValueShape::Text => {
            let shown = match value {
                Value::Text(text) => text.clone(),
                _ => String::new(),
            };
            labelled(attribute.label.clone(), shown).text("text")
        }
    }
}

fn verdict(language: Language, judged: &Judged) -> AnyView {
    let say = language.analysis();
    let unreadable = (!judged.unreadable.is_empty()).then(|| {
        let items = judged.unreadable.iter().map(|told| view! { <li>{told.clone()}</li> });
        view! { <div class=notice::CAUTION data-testid="unreadable"><p>{say.not_read()}</p> <ul>{items.collect_view()}</ul></div> }
    });
    if judged.reasons.is_empty() {
        return view! {
            {unreadable}
            <div class=notice::GOOD role="status" data-testid="valid"><p>{say.design_valid(&judged.price)}</p></div>
            {picture(&judged.picture)}
        }
        .into_any();
    }
    let reasons = judged.reasons.iter().map(|(told, spot)| {
        let spot = spot.clone().map(|spot| view! { " " <a class=link::LINK href=spot.href>{spot.words}</a> });
        view! { <li data-testid="reason">{told.clone()} {spot}</li> }
    });
    view! {
        {unreadable}
        <div class=notice::STOP role="status" data-testid="invalid">
            <p>{say.design_invalid()}</p>
            <ul>{reasons.collect_view()}</ul>
        </div>
        {picture(&judged.picture)}
        {nearest(language, judged)}
    }
    .into_any()
}

fn nearest(language: Language, judged: &Judged) -> AnyView {
    let say = language.analysis();
    let Some(nearest) = &judged.nearest else {
        let words = if judged.is_open { say.nearest_open() } else { say.nearest_none() };
        return view! { <p data-testid="nearest">{words}</p> }.into_any();
    };
    let words =
        if nearest.is_proven { say.nearest_with(&nearest.price) } else { say.near_with(&nearest.price) };
    view! {
        <section class=PART data-testid="nearest">
            <p class="font-semibold">{words}</p>
            {changes(say, &nearest.changes)}
            {picture(&nearest.picture)}
        </section>
    }
    .into_any()
}

fn picture(picture: &str) -> AnyView {
    view! { <div class="mt-3 max-w-[30rem]"><div class=text::PICTURE inner_html=picture.to_owned()></div></div> }
        .into_any()
}

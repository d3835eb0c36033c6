//! The menu: steps as tabs, and attributes.

use configurator::{AttributeId, Kind, Origin};
use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::closures::{handler, words};
use super::desk::Desk;
use super::options::{List, Options};
use super::values::{NumberField, TextField};
use crate::ui::{tabs, text};

/// The row of steps, which stays in view: on phones under the strip that the picture leaves.
const TABS: &str = concat!(
    "sticky top-0 z-10 -mx-5 border-b border-line bg-paper px-2.5 short:static desk:-mx-10 desk:px-7.5 ",
    "max-desk:supports-[animation-timeline:scroll()]:top-24"
);
const ATTRIBUTE: &str = "border-b border-line py-5 last:border-b-0";
const HEAD: &str = "mb-1 flex flex-wrap items-baseline gap-x-3";
const LABEL: &str = "min-w-0 font-semibold wrap-anywhere";
const VALUE: &str = "min-w-0 text-soft wrap-anywhere";
const SOURCE: &str = "flex min-h-7 min-w-0 items-center gap-1 text-s text-muted max-desk:w-full desk:ms-auto";
const HELP: &str = "mb-1 max-w-[60ch] text-s text-soft wrap-anywhere";
/// Without an artifact nothing in the page can take a choice back.
const RELEASE: &str = concat!(
    "min-h-7 min-w-7 shrink-0 cursor-pointer rounded-full text-accent hover:bg-accent-soft ",
    "[#configurator:not([data-artifact])_&]:hidden"
);

/// The steps as a row of links, each with how much of it the shopper decided.
#[component]
pub fn Tabs(desk: Desk) -> impl IntoView {
    let steps = desk.product(|product| {
        let step =
            |(index, step): (usize, &configurator::Step)| (index, step.code.clone(), step.label.clone());
        product.steps.iter().enumerate().map(step).collect::<Vec<_>>()
    });
    let tabs = steps.into_iter().map(|(index, code, label)| {
        let decided = words(move || decided(desk, index));
        view! {
            <li>
                <a class=tabs::TAB href=format!("#step-{code}")>
                    <span class=tabs::NAME>{label}</span>
                    <span class=tabs::COUNT>{decided}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class=TABS aria-label=desk.say().steps()>
            <ol class=tabs::ROW>{tabs.collect_view()}</ol>
        </nav>
    }
}

/// "2/5": how many attributes of a step the shopper decided; nothing while it is none.
fn decided(desk: Desk, step: usize) -> String {
    desk.read(|product, shown| {
        let of_step = product.ids().filter(|(_, attribute)| attribute.step == step);
        let origins = of_step.map(|(id, _)| shown.menu.attributes[id.index()].source);
        let (all, chosen) = origins.fold((0, 0), |(all, chosen), origin| {
            (all + 1, chosen + u32::from(matches!(origin, Origin::Chosen)))
        });
        if chosen == 0 { String::new() } else { format!("{chosen}/{all}") }
    })
    .unwrap_or_default()
}

/// All steps with their attributes.
#[component]
pub fn Steps(desk: Desk) -> impl IntoView {
    let steps = desk.product(|product| {
        let ids = |index| {
            product
                .ids()
                .filter(move |(_, attribute)| attribute.step == index)
                .map(|(id, _)| id)
                .collect::<Vec<_>>()
        };
        let steps = product.steps.iter().enumerate();
        steps.map(|(index, step)| (step.code.clone(), step.label.clone(), ids(index))).collect::<Vec<_>>()
    });
    let sections = steps.into_iter().map(|(code, label, ids)| {
        view! {
            <section class="pt-8" id=format!("step-{code}") aria-labelledby=format!("step-{code}-title")>
                <h2 class=text::PART id=format!("step-{code}-title")>{label}</h2>
                {ids.into_iter().map(|id| view! { <Attribute desk=desk id=id /> }).collect_view()}
            </section>
        }
    });
    sections.collect_view()
}

/// One attribute: its name and value, where the value comes from, and the ways to change it.
#[component]
fn Attribute(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, help) = desk.product(|product| {
        let attribute = product.attribute(id);
        (attribute.code.clone(), attribute.label.clone(), attribute.help.clone())
    });
    let value = words(move || {
        desk.read(|product, shown| product.describe(id, shown.menu.design.value(id))).unwrap_or_default()
    });
    let moved = move || {
        desk.moved.get().filter(|(at, _)| *at == id).map(|(_, words)| {
            view! { <p class=text::HINT data-testid="moved">{words}</p> }
        })
    };
    let group = format!("attribute-{code}");
    view! {
        <div class=ATTRIBUTE role="group" tabindex="-1" aria-labelledby=format!("{group}-label") id=group data-attribute=code>
            <div class=HEAD>
                <h3 class=LABEL id=format!("{group}-label")>{label}</h3>
                <span class=VALUE data-testid="value">{value}</span>
                <span class=SOURCE>
                    <span data-testid="source">{words(move || origin_in_words(desk, id))}</span>
                    <Release desk=desk id=id />
                </span>
            </div>
            {(!help.is_empty()).then(|| view! { <p class=HELP>{help}</p> })}
            <Control desk=desk id=id />
            {moved}
        </div>
    }
}

fn origin(desk: Desk, id: AttributeId) -> Option<Origin> {
    desk.read(|_, shown| shown.menu.attributes[id.index()].source)
}

fn origin_in_words(desk: Desk, id: AttributeId) -> String {
    let say = desk.say();
    match origin(desk, id) {
        Some(Origin::Chosen) => say.your_choice().to_owned(),
        Some(Origin::Implied) if desk.product(|product| product.attribute(id).locked) => {
            say.always_part().to_owned()
        }
        Some(Origin::Implied) => say.follows().to_owned(),
        Some(Origin::Adjusted) if desk.keeps(id) => say.stays().to_owned(),
        Some(Origin::Adjusted) => say.adjusted().to_owned(),
        Some(Origin::Default) => desk.default_reason(id),
        None => String::new(),
    }
}

/// The button that takes a choice back, or what stayed without one, where there is something.
#[component]
fn Release(desk: Desk, id: AttributeId) -> impl IntoView {
    let released = desk.product(|product| desk.say().let_go_of(&product.attribute(id).label));
    let release = move |_| {
        desk.release(id);
        desk.focus(id);
    };
    move || {
        let origin = origin(desk, id);
        (origin == Some(Origin::Chosen) || origin == Some(Origin::Adjusted) && desk.keeps(id)).then(|| {
            view! {
                <button
                    type="button"
                    class=RELEASE
                    aria-label=released.clone()
                    title=desk.say().back_to_default()
                    on:click=handler(release)
                >
                    "⟲"
                </button>
            }
        })
    }
}

/// What an attribute is changed with; nothing for one that nobody changes.
#[component]
fn Control(desk: Desk, id: AttributeId) -> impl IntoView {
    let (locked, picker) = desk.product(|product| {
        let attribute = product.attribute(id);
        (attribute.locked, Picker::of(attribute))
    });
    (!locked).then(|| match picker {
        Picker::Options(list) => EitherOf3::A(view! { <Options desk=desk id=id list=list /> }),
        Picker::Number => EitherOf3::B(view! { <NumberField desk=desk id=id /> }),
        Picker::Text => EitherOf3::C(view! { <TextField desk=desk id=id /> }),
    })
}

enum Picker {
    Options(List),
    Number,
    Text,
}

impl Picker {
    fn of(attribute: &configurator::Attribute) -> Self {
        match &attribute.kind {
            Kind::Choice { options } | Kind::MultiChoice { options, .. } => {
                let many = matches!(attribute.kind, Kind::MultiChoice { .. });
                // A handful of colours at different prices reads better as tiles with their names and prices.
                let alike = options.iter().all(|option| option.price == options[0].price);
                let coloured = options.iter().all(|option| option.swatch.is_some());
                let swatches = !many && coloured && (alike || options.len() > 5);
                Self::Options(List { count: options.len(), many, swatches })
            }
            Kind::Number { .. } => Self::Number,
            Kind::Text { .. } => Self::Text,
        }
    }
}

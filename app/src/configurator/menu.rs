//! The menu: steps, as tabs or one at a time, and attributes.

use std::sync::Arc;

use configurator::{AttributeId, Origin, ValueShape};
use leptos::either::EitherOf3;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::closures::{Handler, flag, handler, maybe_words, words};
use super::desk::Desk;
use super::moves::Moved;
use super::options::{List, Options};
use super::values::{NumberField, TextField};
use crate::address;
use crate::ui::{button, tabs, text};

/// The row of steps, which stays in view: where there is little room under the strip that the picture leaves. Where one step
/// is shown at a time, that step says itself what is beside it.
const TABS: &str = concat!(
    "single-step:hidden ",
    "sticky top-0 z-10 -mx-5 border-b border-line bg-paper px-2.5 text-s short:static desk:-mx-10 desk:px-7.5 ",
    "max-desk:supports-[animation-timeline:scroll()]:top-24"
);
/// The letters of a step's name that is never cut.
const SHORT_NAME: usize = 9;
/// Names close together, so that more of them is there; no gap before a count that is not there.
const CLOSE: &str = "gap:0;padding-inline:6px";
/// What stays of a longer one.
const LEAST_OF_NAME: &str = ";min-width:5.5rem";
const STEP: &str = "pt-8 single-step:-scroll-mt-23.5 single-step:pt-0";
/// A step's name; where one is shown at a time, between the ways to those beside it, and it stays in view.
const STEP_HEAD: &str = concat!(
    "single-step:not-short:sticky single-step:top-0 single-step:z-10 single-step:-mx-5 single-step:flex single-step:min-h-14 ",
    "single-step:items-center single-step:border-b single-step:border-line single-step:bg-paper single-step:px-1 ",
    "single-step:supports-[animation-timeline:scroll()]:top-24"
);
const STEP_NAME: &str = "flex min-w-0 flex-auto flex-wrap items-baseline gap-x-3 single-step:block single-step:text-center single-step:leading-tight";
const STEP_TITLE: &str = "mb-2 line-clamp-4 pb-1 font-display text-xl font-medium wrap-anywhere single-step:mb-0 single-step:line-clamp-2 single-step:pb-0 single-step:text-l single-step:leading-tight";
const STEP_COUNT: &str = "text-xs text-muted tabular";
/// The way to a step beside.
const STEP_BESIDE: &str = "hidden size-11 shrink-0 items-center justify-center rounded-s text-xl hover:bg-hover not-[[href]]:invisible single-step:flex";
const ATTRIBUTE: &str = "min-w-0 border-b border-line py-5 last:border-b-0 single-step:py-4";
const HEAD: &str = "mb-1 flex flex-wrap items-baseline gap-x-3";
const LABEL: &str = "min-w-0 font-semibold wrap-anywhere";
/// Of a default, where that stands before its value.
const REASON: &str = "min-w-0 text-s text-muted wrap-anywhere";
const VALUE: &str = "min-w-0 text-soft wrap-anywhere";
const SOURCE: &str = "flex min-h-7 min-w-0 items-center gap-1 text-s text-muted max-desk:w-full desk:ms-auto";
const HELP: &str = "mb-1 max-w-[62ch] text-s text-soft wrap-anywhere";
const RELEASE: &str =
    "min-h-7 min-w-7 shrink-0 cursor-pointer rounded-full text-accent hover:bg-accent-soft rtl:mirrored";

/// The steps as a row of links, each with how much of it the shopper decided.
#[component]
pub fn Tabs(desk: Desk) -> impl IntoView {
    let steps = desk.product(|product| {
        let step =
            |(index, step): (usize, &configurator::Step)| (index, step.code.clone(), step.label.clone());
        product.steps.iter().enumerate().map(step).collect::<Vec<_>>()
    });
    let tabs = steps.into_iter().map(|(index, code, label)| {
        let count = words(move || decided(desk, index));
        let name = label.clone();
        // All names share one line: long ones are cut if need be, so far, and then the line scrolls.
        let shrinks = label.chars().count().saturating_sub(SHORT_NAME);
        let least = if shrinks > 0 { LEAST_OF_NAME } else { "" };
        view! {
            <li style=format!("flex-shrink:{shrinks}{least}") hidden=flag(move || is_empty(desk, index))>
                <a class=tabs::TAB style=CLOSE href=format!("#step-{code}") title=label>
                    <span class=tabs::NAME>{name}</span>
                    <span class=tabs::COUNT>{count}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class=TABS aria-label=desk.say().steps()>
            <ol class=tabs::LINE>{tabs.collect_view()}</ol>
        </nav>
    }
}

/// "2/5": how many attributes of a step the shopper decided; nothing while it is none.
fn decided(desk: Desk, step: usize) -> String {
    let (all, chosen) = decided_of(desk, step);
    if chosen == 0 { String::new() } else { format!("\u{a0}{chosen}/{all}") }
}

/// The same as a sentence.
fn decided_in_words(desk: Desk, step: usize) -> String {
    let (all, chosen) = decided_of(desk, step);
    desk.say().decided_of(&chosen, &all)
}

/// How many attributes of a step there are, without those that don't apply, and how many of them the shopper decided.
fn decided_of(desk: Desk, step: usize) -> (u32, u32) {
    desk.read_drawn(|product, shown| {
        let of_step = product.ids().filter(|(_, attribute)| attribute.step == step);
        let origins = of_step.map(|(id, _)| shown.menu.attributes[id.index()].source);
        origins.fold((0, 0), |(all, chosen), origin| match origin {
            Origin::Absent => (all, chosen),
            Origin::Chosen => (all + 1, chosen + 1),
            Origin::Implied | Origin::Default | Origin::Adjusted => (all + 1, chosen),
        })
    })
    .unwrap_or_default()
}

/// Whether nothing of a step applies.
fn is_empty(desk: Desk, step: usize) -> bool {
    decided_of(desk, step).0 == 0
}

/// All steps with their attributes.
#[component]
pub fn Steps(desk: Desk) -> impl IntoView {
    let steps = desk.product(|product| {
        let state = desk.state();
        let ids = |index| {
            let stands = |id: AttributeId| state.order.get(id.index()).and_then(|code| product.by_code(code));
            product
                .ids()
                .map(|(id, _)| stands(id).unwrap_or(id))
                .filter(|id| product.attribute(*id).step == index)
                .collect::<Vec<_>>()
        };
        let steps = product.steps.iter().enumerate();
        let step = |(index, step): (usize, &configurator::Step)| {
            (index, step.code.clone(), step.label.clone(), ids(index))
        };
        steps.map(step).collect::<Vec<_>>()
    });
    let names: Arc<[(String, String)]> =
        steps.iter().map(|(_, code, label, _)| (code.clone(), label.clone())).collect();
    let sections = steps.into_iter().map(|(index, code, label, ids)| {
        let decided = words(move || decided_in_words(desk, index));
        let [before, after] =
            [Way::Back, Way::On].map(|way| Beside { desk, index, way, names: names.clone() });
        let next = after.clone();
        view! {
            <section
                class=STEP
                hidden=flag(move || is_empty(desk, index))
                id=format!("step-{code}")
                tabindex="-1"
                aria-labelledby=format!("step-{code}-title")
            >
                <div class=STEP_HEAD data-testid="step-head">
                    {before.sign("‹")}
                    <div class=STEP_NAME>
                        <h2 class=STEP_TITLE id=format!("step-{code}-title")>{label}</h2>
                        <p class=STEP_COUNT data-testid="decided">{decided}</p>
                    </div>
                    {after.sign("›")}
                </div>
                {ids.into_iter().map(|id| view! { <Attribute desk=desk id=id /> }).collect_view()}
                {next.button()}
            </section>
        }
    });
    view! { <div class="single-steps">{sections.collect_view()}</div> }
}

/// In which direction.
#[derive(Clone, Copy)]
enum Way {
    Back,
    On,
}

/// What is beside a step, of the steps that have something to choose.
#[derive(Clone)]
struct Beside {
    desk: Desk,
    index: usize,
    way: Way,
    /// Codes and names of all steps.
    names: Arc<[(String, String)]>,
}

impl Beside {
    /// Its address, and what leads there.
    fn step(&self) -> Option<(String, String)> {
        let has_choices = |index: &usize| !is_empty(self.desk, *index);
        let index = match self.way {
            Way::Back => (0..self.index).rev().find(has_choices),
            Way::On => (self.index + 1..self.names.len()).find(has_choices),
        };
        let (code, label) = &self.names[index?];
        let say = self.desk.say();
        let words = match self.way {
            Way::Back => say.step_before(label),
            Way::On => say.step_after(label),
        };
        Some((format!("#step-{code}"), words))
    }

    /// The way there as a sign; its room where there is none.
    fn sign(self, sign: &'static str) -> impl IntoView + use<> {
        let (place, name) = (self.clone(), self);
        view! {
            <a
                class=STEP_BESIDE
                href=maybe_words(move || place.step().map(|(place, _)| place))
                aria-label=maybe_words(move || name.step().map(|(_, name)| name))
            >
                <span aria-hidden="true" class="rtl:mirrored">{sign}</span>
            </a>
        }
    }

    /// The way there at the end of the step.
    fn button(self) -> impl IntoView + use<> {
        let (hidden, place, name) = (self.clone(), self.clone(), self);
        view! {
            <a
                class=format!("{} not-single-step:hidden mt-2", button::QUIET_WIDE)
                hidden=flag(move || hidden.step().is_none())
                href=maybe_words(move || place.step().map(|(place, _)| place))
            >
                {words(move || name.step().map(|(_, name)| name).unwrap_or_default())}
            </a>
        }
    }
}

/// One attribute: its name and value, where the value comes from, and the ways to change it.
#[component]
fn Attribute(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, help) = desk.product(|product| {
        let attribute = product.attribute(id);
        (attribute.code.clone(), attribute.label.clone(), attribute.help.clone())
    });
    let value = words(move || {
        desk.read_drawn(|product, shown| product.describe(id, shown.menu.design.value(id)))
            .unwrap_or_default()
    });
    let is_first = desk.state().reason_first;
    let is_default = move || is_first && origin(desk, id) == Some(Origin::Default);
    let reason = is_first.then(|| {
        let reason = words(move || if is_default() { desk.default_reason(id) } else { String::new() });
        view! { <span class=REASON data-testid="reason">{reason}</span> }
    });
    let source = words(move || if is_default() { String::new() } else { origin_in_words(desk, id) });
    let moved =
        move || desk.moved.get().filter(|moved| moved.at == id).map(|moved| what_moved(desk, id, moved));
    let group = format!("attribute-{code}");
    view! {
        // Where it doesn't apply nothing of it is sent, so that what was chosen before stays.
        <fieldset
            class=ATTRIBUTE
            tabindex="-1"
            hidden=flag(move || origin(desk, id) == Some(Origin::Absent))
            disabled=flag(move || origin(desk, id) == Some(Origin::Absent))
            aria-labelledby=format!("{group}-label")
            id=group
            data-attribute=code
        >
            <div class=HEAD>
                <h3 class=LABEL id=format!("{group}-label")>{label}</h3>
                {reason}
                <span class=VALUE data-testid="value">{value}</span>
                <span class=SOURCE>
                    <span data-testid="source">{source}</span>
                    <Release desk=desk id=id />
                </span>
            </div>
            {(!help.is_empty()).then(|| view! { <p class=HELP>{help}</p> })}
            <Control desk=desk id=id />
            {moved}
        </fieldset>
    }
}

fn origin(desk: Desk, id: AttributeId) -> Option<Origin> {
    desk.read_drawn(|_, shown| shown.menu.attributes[id.index()].source)
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
        Some(Origin::Absent) | None => String::new(),
    }
}

/// What else a change at an attribute moved, and the ways on from that.
fn what_moved(desk: Desk, id: AttributeId, moved: Moved) -> impl IntoView {
    let back = moved.stays.map(|(ids, words)| {
        let take_back = move |_| {
            desk.take_back(id, &ids);
            desk.focus(id);
        };
        way(words, "take-back", handler(take_back))
    });
    let instead = moved.instead.map(|instead| {
        let (words, told) = (instead.words.clone(), instead.way.clone());
        let take = move |_| {
            desk.take_instead(id, &instead);
            desk.focus(id);
        };
        view! {
            <p class=text::HINT data-testid="moved-for">{words}</p>
            {way(told, "take-instead", handler(take))}
        }
    });
    view! {
        <p class=text::HINT data-testid="moved">{moved.words}</p>
        {back}
        {instead}
    }
}

/// A way on from what a change moved.
fn way(words: String, name: &'static str, take: Handler<MouseEvent>) -> impl IntoView {
    view! { <button type="button" class=button::PLAIN on:click=take data-testid=name>{words}</button> }
}

/// The button that takes a choice back, or what stayed without one, where there is something. Until the page is alive the server does.
#[component]
fn Release(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, released) = desk.product(|product| {
        let attribute = product.attribute(id);
        (attribute.code.clone(), desk.say().let_go_of(&attribute.label))
    });
    let release = move |event: MouseEvent| {
        event.prevent_default();
        desk.release(id);
        desk.focus(id);
    };
    move || {
        let origin = origin(desk, id);
        (origin == Some(Origin::Chosen) || origin == Some(Origin::Adjusted) && desk.keeps(id)).then(|| {
            view! {
                <button
                    type="submit"
                    class=RELEASE
                    name=address::RELEASED
                    value=code.clone()
                    formnovalidate=true
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
        match attribute.kind.shape() {
            shape @ (ValueShape::Option | ValueShape::Options) => {
                let (options, many) = (attribute.options(), shape == ValueShape::Options);
                // A handful of colours at different prices reads better as tiles with their names and prices.
                let alike = options.iter().all(|option| option.price == options[0].price);
                let coloured = options.iter().all(|option| option.swatch.is_some());
                let swatches = !many && coloured && (alike || options.len() > 5);
                Self::Options(List { count: options.len(), many, swatches })
            }
            ValueShape::Number => Self::Number,
            ValueShape::Text => Self::Text,
        }
    }
}

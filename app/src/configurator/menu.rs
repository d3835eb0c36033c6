//! The menu: steps as tabs, attributes, options as tiles or swatches, and the panel under a blocked one.

use configurator::{AttributeId, Kind, OptionId, OptionSet, Origin, State, TooComplex, Value};
use leptos::prelude::*;

use super::desk::Desk;
use super::opens_elsewhere;
use super::values::{NumberField, TextField};

/// Options shown before "show all".
const SHORT_MENU: usize = 18;

/// The steps as a row of links, each with how much of it the shopper decided.
#[component]
pub fn Tabs(desk: Desk) -> impl IntoView {
    let steps = desk.product(|product| {
        let step =
            |(index, step): (usize, &configurator::Step)| (index, step.code.clone(), step.label.clone());
        product.steps.iter().enumerate().map(step).collect::<Vec<_>>()
    });
    let tabs = steps.into_iter().map(|(index, code, label)| {
        let decided = move || {
            desk.read(|product, shown| {
                let of_step = product.ids().filter(|(_, attribute)| attribute.step == index);
                let origins = of_step.map(|(id, _)| shown.menu.attributes[id.index()].source);
                let (all, chosen) = origins.fold((0, 0), |(all, chosen), origin| {
                    (all + 1, chosen + u32::from(matches!(origin, Origin::Chosen)))
                });
                if chosen == 0 { String::new() } else { format!("{chosen}/{all}") }
            })
        };
        view! {
            <li>
                <a class="tab" href=format!("#step-{code}")>
                    {label}
                    <span class="tab-count">{decided}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="tabs" aria-label="Steps">
            <ol>{tabs.collect_view()}</ol>
        </nav>
    }
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
            <section class="step" id=format!("step-{code}") aria-labelledby=format!("step-{code}-title")>
                <h2 class="step-title" id=format!("step-{code}-title")>{label}</h2>
                {ids.into_iter().map(|id| view! { <Attribute desk=desk id=id /> }).collect_view()}
            </section>
        }
    });
    sections.collect_view()
}

/// One attribute: its name and value, where the value comes from, and the ways to change it.
#[component]
fn Attribute(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, help, locked, control) = desk.product(|product| {
        let attribute = product.attribute(id);
        let control = match &attribute.kind {
            Kind::Choice { options } | Kind::MultiChoice { options, .. } => {
                let many = matches!(attribute.kind, Kind::MultiChoice { .. });
                // A handful of colours at different prices reads better as tiles with their names and prices.
                let alike = options.iter().all(|option| option.price == options[0].price);
                let coloured = options.iter().all(|option| option.swatch.is_some());
                let swatches = !many && coloured && (alike || options.len() > 5);
                Control::Options { count: options.len(), many, swatches }
            }
            Kind::Number { .. } => Control::Number,
            Kind::Text { .. } => Control::Text,
        };
        (attribute.code.clone(), attribute.label.clone(), attribute.help.clone(), attribute.locked, control)
    });
    let value = move || desk.read(|product, shown| product.describe(id, shown.menu.design.value(id)));
    let origin = Memo::new(move |_| desk.read(|_, shown| shown.menu.attributes[id.index()].source));
    let source = move || match origin.get() {
        Some(Origin::Chosen) => "Your choice".to_owned(),
        Some(Origin::Implied) if locked => "Always part of it".to_owned(),
        Some(Origin::Implied) => "Follows from your other choices".to_owned(),
        Some(Origin::Adjusted) => "Adjusted to fit your choices".to_owned(),
        Some(Origin::Default) => desk.default_reason(id),
        None => String::new(),
    };
    let released = desk.product(|product| format!("Let go of {}", product.attribute(id).label));
    let release = move || {
        (origin.get() == Some(Origin::Chosen)).then(|| {
            view! {
                <button
                    type="button"
                    class="release"
                    aria-label=released.clone()
                    title="Back to the default"
                    on:click=move |_| {
                        desk.release(id);
                        desk.focus(id);
                    }
                >
                    "⟲"
                </button>
            }
        })
    };
    let group = format!("attribute-{code}");
    let control = match (locked, control) {
        (true, _) => ().into_any(),
        (false, Control::Number) => view! { <NumberField desk=desk id=id /> }.into_any(),
        (false, Control::Text) => view! { <TextField desk=desk id=id /> }.into_any(),
        (false, Control::Options { count, many, swatches }) => {
            view! { <Options desk=desk id=id count=count many=many swatches=swatches /> }.into_any()
        }
    };
    view! {
        <div class="attribute" role="group" tabindex="-1" aria-labelledby=format!("{group}-label") id=group data-attribute=code>
            <div class="attribute-head">
                <h3 class="attribute-label" id=format!("{group}-label")>{label}</h3>
                <span class="attribute-value" data-testid="value">{value}</span>
                <span class="attribute-source">
                    <span data-testid="source">{source}</span>
                    {release}
                </span>
            </div>
            {(!help.is_empty()).then(|| view! { <p class="attribute-help">{help}</p> })}
            {control}
            {move || desk.moved.get().filter(|(at, _)| *at == id).map(|(_, words)| {
                view! { <p class="hint" data-testid="moved">{words}</p> }
            })}
        </div>
    }
}

enum Control {
    Options { count: usize, many: bool, swatches: bool },
    Number,
    Text,
}

/// The options of a choice or multi-choice; those beyond a short menu wait behind "show all".
#[component]
fn Options(desk: Desk, id: AttributeId, count: usize, many: bool, swatches: bool) -> impl IntoView {
    let ids = desk
        .product(|product| product.attribute(id).option_ids().map(|(option, _)| option).collect::<Vec<_>>());
    let class = if swatches { "swatches" } else { "tiles" };
    let tile =
        move |option: OptionId| view! { <Tile desk=desk id=id option=option many=many swatch=swatches /> };
    // A long list shows a sample from end to end first, so that a range of colours shows its range.
    let (first, rest): (Vec<_>, Vec<_>) = if count > SHORT_MENU + 4 {
        let standard = desk.product(|product| product.standard().value(id).clone());
        let sample: Vec<usize> =
            (0..SHORT_MENU).map(|index| index * (count - 1) / (SHORT_MENU - 1)).collect();
        ids.into_iter().partition(|option| sample.contains(&option.index()) || standard.includes(*option))
    } else {
        (ids, Vec::new())
    };
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>
                    <span class="closed">{format!("Show all {count}")}</span>
                    <span class="opened">"Show fewer"</span>
                </summary>
                <div class=class>{rest.into_iter().map(tile).collect_view()}</div>
            </details>
        }
    });
    view! {
        <div class=class>{first.into_iter().map(tile).collect_view()}</div>
        {more}
        <Panel desk=desk id=id />
    }
}

/// One option as a tile or a swatch.
#[component]
fn Tile(desk: Desk, id: AttributeId, option: OptionId, many: bool, swatch: bool) -> impl IntoView {
    let (name, code, label, description, colour) = desk.product(|product| {
        let attribute = product.attribute(id);
        let opt = attribute.option(option);
        let colour = opt.swatch.map(|colour| colour.to_string());
        (attribute.code.clone(), opt.code.clone(), opt.label.clone(), opt.description.clone(), colour)
    });
    let entry = Memo::new(move |_| {
        desk.read(|_, shown| shown.menu.attributes[id.index()].options[option.index()].clone())
    });
    let selected = move || entry.with(|entry| entry.as_ref().is_some_and(|entry| entry.selected));
    let blocked = move || entry.with(|entry| entry.as_ref().is_some_and(|entry| !entry.state.is_offered()));
    let implied =
        move || entry.with(|entry| entry.as_ref().is_some_and(|entry| entry.state == State::Implied));
    let effect = move || {
        entry.with(|entry| match entry {
            Some(entry) if !entry.selected && !entry.state.is_offered() => desk.short_reason(&entry.state),
            Some(entry) if entry.selected && !many => String::new(),
            Some(entry) => {
                let Some(change) = entry.price_change else {
                    return "Price once chosen".to_owned();
                };
                let change = desk.product(|product| product.money(change).signed());
                let without = if entry.selected && !change.is_empty() { " without it" } else { "" };
                change + without
            }
            None => String::new(),
        })
    };
    let click = move |event: leptos::ev::MouseEvent| {
        if untrack(blocked) {
            // The browser gives the former selection back, and the panel says why.
            event.prevent_default();
            let wanted = desk.clicked(id, option).map(|value| (id, value));
            desk.wanted.update(|open| *open = if *open == wanted { None } else { wanted });
        }
    };
    let change = move |_| {
        if let Some(value) = desk.clicked(id, option) {
            desk.choose(id, value);
        }
    };
    let kind = if many { "checkbox" } else { "radio" };
    let class = if swatch { "swatch" } else { "tile" };
    let title = {
        let label = label.clone();
        move || {
            let effect = effect();
            swatch.then(|| if effect.is_empty() { label.clone() } else { format!("{label}, {effect}") })
        }
    };
    view! {
        <label class=class class:blocked=blocked class:selected=selected class:implied=implied title=title data-option=code.clone()>
            <input
                type=kind
                name=name
                value=code.clone()
                checked=untrack(selected)
                prop:checked=selected
                on:click=click
                on:change=change
            />
            {colour.map(|colour| view! { <span class="dot" style=format!("--dot:{colour}")></span> })}
            <span class="tile-name">{label}</span>
            {(!description.is_empty() && !swatch).then(|| view! { <span class="tile-note">{description}</span> })}
            <span class="tile-effect tabular">{effect}</span>
        </label>
    }
}

/// Under the options of an attribute: why the blocked one that was clicked is blocked, and the way to it.
#[component]
pub fn Panel(desk: Desk, id: AttributeId) -> impl IntoView {
    let wanted = Memo::new(move |_| {
        desk.wanted.get().filter(|(attribute, _)| *attribute == id).map(|(_, value)| value)
    });
    let label = move |value: &Value| {
        desk.read(|product, shown| match (value, shown.menu.design.value(id)) {
            (Value::Options(wanted), Value::Options(now)) => {
                let changed = wanted.symmetric_difference(*now);
                product.describe(id, &Value::Options(changed))
            }
            (value, _) => product.describe(id, value),
        })
        .unwrap_or_default()
    };
    move || {
        wanted.get().map(|value| {
            let keep = move |event: leptos::ev::MouseEvent| {
                if opens_elsewhere(&event) {
                    return;
                }
                event.prevent_default();
                desk.wanted.set(None);
                desk.focus(id);
            };
            let address_of = |choices: &[(String, String)]| {
                let state = desk.state();
                crate::address::product(&state.slug, state.revision, &state.start, choices)
            };
            let as_it_is = untrack(|| address_of(&desk.pairs()));
            let now = untrack(|| desk.value(id));
            let leaves_out = match (&value, &now) {
                (Value::Options(wanted), Some(Value::Options(now))) => {
                    wanted != now && wanted.difference(*now).is_empty()
                }
                _ => false,
            };
            let blocked = desk.why_blocked(id, &value);
            let told = match (&blocked, leaves_out) {
                (Ok(_), true) => " can’t be left out as it stands.",
                (Ok(_), false) => " does not fit as it stands.",
                (Err(TooComplex), true) => " was not left out.",
                (Err(TooComplex), false) => " was not chosen.",
            };
            let start = if leaves_out { "Leave it out" } else { "Choose it" };
            let mut title = label(&value);
            title.push_str(told);
            let reason = match blocked {
                Ok(Some(reason)) => reason,
                Ok(None) => "It fits now; choose it again.".to_owned(),
                Err(TooComplex) => desk.undecided(),
            };
            let repairs = desk.repairs(id, &value);
            let hint = match &repairs {
                Err(TooComplex) => {
                    Some("It would take too long to find the way to it. Set back what it does not fit with, then try again.")
                }
                Ok(repairs) if repairs.iter().any(|repair| !repair.is_nearest) => {
                    Some("There may be a way that changes less.")
                }
                Ok(_) => None,
            };
            let repairs = repairs.unwrap_or_default();
            let repairs = repairs.into_iter().map(|repair| {
                let asked = (id, &value);
                let way =
                    desk.product(|product| repair_in_words(product, &repair, start, asked, now.as_ref()));
                let price = desk.product(|product| product.money(repair.price_change).signed());
                let price = if price.is_empty() { "same price".to_owned() } else { price };
                let later = delivery_in_words(repair.lead_time_change);
                let href = address_of(&desk.product(|product| product.write_choices(&repair.choices)));
                let follow = move |event: leptos::ev::MouseEvent| {
                    if opens_elsewhere(&event) {
                        return;
                    }
                    event.prevent_default();
                    desk.follow(id, repair.clone());
                    desk.focus(id);
                };
                view! {
                    <a class="button button-quiet" href=href on:click=follow data-testid="repair">
                        <span>{way} "\u{a0}· " <span class="unbroken">{price}</span> "\u{a0}· " <span class="unbroken">{later}</span></span>
                    </a>
                }
            });
            let repairs = repairs.collect_view();
            view! {
                <div class="panel" role="alert" data-testid="panel">
                    <p><strong>{title}</strong> " " {reason}</p>
                    <div class="panel-actions">
                        {repairs}
                        <a class="button button-plain" href=as_it_is on:click=keep>"Keep my design"</a>
                    </div>
                    {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
                </div>
            }
        })
    }
}

/// "Choose it with Rear wheel: 26″". `start` is how that begins, `now` what the wanted attribute is.
fn repair_in_words(
    product: &configurator::Product,
    repair: &configurator::Repair,
    start: &str,
    (wanted, asked): (AttributeId, &Value),
    now: Option<&Value>,
) -> String {
    let mut what = start.to_owned();
    let mut joint = " with ";
    for (id, value) in &repair.changes {
        let options = |set: OptionSet| product.describe(*id, &Value::Options(set));
        let change = match (value, now, asked) {
            (Value::Options(then), Some(Value::Options(now)), Value::Options(asked)) if *id == wanted => {
                let (dropped, joined) = (now.difference(*then), then.difference(*now).difference(*asked));
                if !dropped.is_empty() {
                    what.push_str(&format!(" in place of {}", options(dropped)));
                }
                if joined.is_empty() {
                    continue;
                }
                options(joined)
            }
            _ => format!("{}: {}", product.attribute(*id).label, product.describe(*id, value)),
        };
        what.push_str(&format!("{joint}{change}"));
        joint = " and ";
    }
    what
}

/// "2 days later".
fn delivery_in_words(days: i64) -> String {
    match days {
        0 => "same delivery".to_owned(),
        1 => "1 day later".to_owned(),
        -1 => "1 day sooner".to_owned(),
        later @ 2.. => format!("{later} days later"),
        sooner => format!("{} days sooner", -sooner),
    }
}

//! The panel under a blocked value: why it is blocked, and the nearest ways to it.

use configurator::{AttributeId, OptionSet, Product, Repair, TooComplex, Value};
use leptos::prelude::*;

use super::closures::instead;
use super::desk::Desk;
use crate::address;

/// Under the options of an attribute: why the blocked one that was clicked is blocked, and the way to it.
#[component]
pub fn Panel(desk: Desk, id: AttributeId) -> impl IntoView {
    move || match desk.wanted.get() {
        Some((attribute, value)) if attribute == id => Some(open_panel(desk, id, value)),
        _ => None,
    }
}

fn open_panel(desk: Desk, id: AttributeId, value: Value) -> impl IntoView {
    let wanted = Wanted::new(desk, id, value);
    let as_it_is = untrack(|| address_of(desk, &desk.pairs()));
    let keep = move || {
        desk.wanted.set(None);
        desk.focus(id);
    };
    let (title, reason) = wanted.why_not();
    let (repairs, hint) = wanted.ways();
    let repairs = repairs.into_iter().map(|repair| wanted.way(repair));
    view! {
        <div class="panel" role="alert" data-testid="panel">
            <p><strong>{title}</strong> " " {reason}</p>
            <div class="panel-actions">
                {repairs.collect_view()}
                <a class="button button-plain" href=as_it_is on:click=instead(keep)>"Keep my design"</a>
            </div>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        </div>
    }
}

/// A design's address on its revision.
fn address_of(desk: Desk, choices: &[(String, String)]) -> String {
    let state = desk.state();
    address::product(&state.slug, state.revision, &state.start, choices)
}

/// A value that was asked for and is blocked.
struct Wanted {
    desk: Desk,
    id: AttributeId,
    value: Value,
    /// The attribute's value as it is.
    now: Option<Value>,
    /// Whether it only leaves options out that are chosen now.
    leaves_out: bool,
}

impl Wanted {
    fn new(desk: Desk, id: AttributeId, value: Value) -> Self {
        let now = untrack(|| desk.value(id));
        let leaves_out = match (&value, &now) {
            (Value::Options(wanted), Some(Value::Options(now))) => {
                wanted != now && wanted.difference(*now).is_empty()
            }
            _ => false,
        };
        Self { desk, id, value, now, leaves_out }
    }

    /// Its name, or that of the options it adds or leaves out.
    fn label(&self) -> String {
        let label = |product: &Product, now: &Value| match (&self.value, now) {
            (Value::Options(wanted), Value::Options(now)) => {
                let changed = wanted.symmetric_difference(*now);
                product.describe(self.id, &Value::Options(changed))
            }
            (value, _) => product.describe(self.id, value),
        };
        self.desk.read(|product, shown| label(product, shown.menu.design.value(self.id))).unwrap_or_default()
    }

    /// That it is blocked, and why.
    fn why_not(&self) -> (String, String) {
        let blocked = self.desk.why_blocked(self.id, &self.value);
        let told = match (&blocked, self.leaves_out) {
            (Ok(_), true) => " can’t be left out as it stands.",
            (Ok(_), false) => " does not fit as it stands.",
            (Err(TooComplex), true) => " was not left out.",
            (Err(TooComplex), false) => " was not chosen.",
        };
        let reason = match blocked {
            Ok(Some(reason)) => reason,
            Ok(None) => "It fits now; choose it again.".to_owned(),
            Err(TooComplex) => self.desk.undecided(),
        };
        (self.label() + told, reason)
    }

    /// The nearest ways to it, and what to know about them.
    fn ways(&self) -> (Vec<Repair>, Option<&'static str>) {
        match self.desk.repairs(self.id, &self.value) {
            Err(TooComplex) => {
                let hint = "It would take too long to find the way to it. Set back what it does not fit with, then try again.";
                (Vec::new(), Some(hint))
            }
            Ok(repairs) => {
                let nearer = repairs.iter().any(|repair| !repair.is_nearest);
                (repairs, nearer.then_some("There may be a way that changes less."))
            }
        }
    }

    /// The link that follows one way.
    fn way(&self, repair: Repair) -> impl IntoView + use<> {
        let (desk, id) = (self.desk, self.id);
        let (way, price, choices) = desk.product(|product| {
            let price = product.money(repair.price_change).signed();
            (self.in_words(product, &repair), price, product.write_choices(&repair.choices))
        });
        let price = if price.is_empty() { "same price".to_owned() } else { price };
        let later = delivery_in_words(repair.lead_time_change);
        let follow = move || {
            desk.follow(id, repair.clone());
            desk.focus(id);
        };
        view! {
            <a class="button button-quiet" href=address_of(desk, &choices) on:click=instead(follow) data-testid="repair">
                <span>{way} "\u{a0}· " <span class="unbroken">{price}</span> "\u{a0}· " <span class="unbroken">{later}</span></span>
            </a>
        }
    }

    /// "Choose it with Rear wheel: 26″".
    fn in_words(&self, product: &Product, repair: &Repair) -> String {
        let mut what = if self.leaves_out { "Leave it out" } else { "Choose it" }.to_owned();
        let mut joint = " with ";
        for (id, value) in &repair.changes {
            let options = |set: OptionSet| product.describe(*id, &Value::Options(set));
            let change = match (value, &self.now, &self.value) {
                (Value::Options(then), Some(Value::Options(now)), Value::Options(asked))
                    if *id == self.id =>
                {
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

//! What the points of customisation are for, which choices take most of them, and, once they are all taken, what to let go.

use configurator::{AttributeId, Product};
use leptos::prelude::*;

use super::closures::instead;
use super::desk::{Desk, Shown};
use super::panel::address_of;
use crate::ui::{button, text};

/// Most choices that are named, and that are offered to let go.
const MOST_NAMED: usize = 3;

/// The attributes that take points, those that take most first.
fn costly(product: &Product, shown: &Shown) -> Vec<(AttributeId, u32)> {
    let points = shown.menu.design.iter().map(|(id, value)| (id, product.points(id, value)));
    let mut left: Vec<(AttributeId, u32)> = points.filter(|(_, points)| *points > 0).collect();
    let mut costly = Vec::new();
    // The first of those that take most, so often; to sort them all is more code than a page should load.
    while costly.len() < MOST_NAMED
        && let Some(at) = (0..left.len()).min_by_key(|&at| core::cmp::Reverse(left[at].1))
    {
        costly.push(left.remove(at));
    }
    costly
}

/// The points in words, in the sheet over the bar.
#[component]
pub fn Spent(desk: Desk) -> impl IntoView {
    let ceiling = desk.product(|product| product.budget.as_ref().map(|budget| budget.ceiling));
    ceiling.map(|ceiling| {
        view! { <div data-testid="spent">{move || desk.read(|product, shown| spent(desk, ceiling, product, shown))}</div> }
    })
}

fn spent(desk: Desk, ceiling: u32, product: &Product, shown: &Shown) -> impl IntoView + use<> {
    let say = desk.say();
    let points = shown.menu.quote.points;
    let costly = costly(product, shown);
    let label = |id: AttributeId| product.attribute(id).label.clone();
    let named: Vec<String> = costly.iter().map(|&(id, _)| label(id)).collect();
    let mut told = format!("{}{}", say.points_of(u64::from(points), &ceiling), say.points_are_for());
    if !named.is_empty() {
        told = format!("{told} {}", say.most_of_it(&named.join(desk.comma())));
    }
    // Leaving off what was chosen gives its points back.
    let choices = desk.choices();
    let let_go = costly.iter().filter(|(id, _)| points >= ceiling && choices.get(*id).is_some());
    let let_go = let_go.map(|&(id, _)| {
        let less = desk.pairs_without(id);
        view! {
            <a class=button::QUIET_SMALL href=address_of(desk, &less) on:click=instead(move || desk.release(id))>
                {say.let_go_of(&label(id))}
            </a>
        }
    });
    let let_go = let_go.collect_view();
    view! {
        <p class=text::HINT>{told}</p>
        <div class="mt-2 flex flex-wrap gap-2">{let_go}</div>
    }
}

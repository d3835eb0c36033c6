//! Ready-made designs: the way to each, and how one's own stands beside the nearest of them and beside the standard.

use configurator::{Design, Product, Quote, ReadyMade};
use leptos::prelude::*;

use super::closures::{Words, flag, instead, maybe_words, words};
use super::desk::{Desk, Shown};
use crate::address;
use crate::ui::{disclosure, link, text};

/// One line that scrolls where there is no room.
const ROW: &str = "-mx-1 flex gap-2 overflow-x-auto p-1 [scrollbar-width:thin]";
/// A design's name and price.
const CARD: &str = concat!(
    "flex min-h-11 shrink-0 flex-col justify-center rounded-s border border-line bg-raised px-3 py-1 text-s ",
    "hover:border-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft"
);
/// What stands beside, and opens what differs.
const BESIDE: &str = concat!(
    "flex cursor-pointer list-none gap-2 py-1 text-s text-soft before:text-muted rtl:before:mirrored before:content-['▸'_/_''] ",
    "group-open/more:before:content-['▾'_/_''] [&::-webkit-details-marker]:hidden"
);
/// Changes that still count as hardly any.
const HARDLY_ANY: usize = 2;

/// The ready-made designs, the standard first, and what one's own differs in.
#[component]
pub fn ReadyMades(desk: Desk) -> impl IntoView {
    let designs = desk.product(|product| {
        let say = &product.words().studio;
        let standard = [address::STANDARD, say.our_standard(), ""].map(str::to_owned);
        let standard = (standard, product.standard().clone());
        let named = product.designs.iter();
        let named = named.map(|ready| {
            ([&ready.code, &ready.label, &ready.summary].map(String::clone), ready.design.clone())
        });
        let all: Vec<([String; 3], Design)> = [standard].into_iter().chain(named).collect();
        if product.designs.is_empty() { Vec::new() } else { all }
    });
    let cards = designs.into_iter().map(|([code, label, summary], design)| {
        let choices = desk.choices_for(&design);
        let price = desk.product(|product| product.price(product.quote(&design).total.amount));
        let is_own = maybe_words(move || {
            let is_own = desk.read_drawn(|_, shown| shown.menu.design == design).unwrap_or_default();
            is_own.then(|| "true".to_owned())
        });
        view! {
            <a
                class=CARD
                href=replacing(desk, code)
                title=summary
                aria-current=is_own
                data-replaces=""
                on:click=instead(move || desk.take(choices.clone()))
                data-testid="ready-made"
            >
                <span class="font-semibold">{label}</span>
                <span class="text-xs text-muted tabular">{price}</span>
            </a>
        }
    });
    let cards = cards.collect_view();
    let told =
        move |of: fn(&Product, &Shown) -> String| words(move || desk.read_drawn(of).unwrap_or_default());
    let is_standard = flag(move || {
        desk.read_drawn(|product, shown| shown.menu.design == *product.standard()).unwrap_or_default()
    });
    view! {
        <nav class=ROW aria-label=desk.say().ready_made()>{cards}</nav>
        <details class=disclosure::MORE hidden=is_standard data-testid="beside">
            <summary class=BESIDE>
                <span>
                    <span class="block">{told(beside_ready_made)}</span>
                    <span class="block">{told(beside_standard)}</span>
                </span>
            </summary>
            <p class=text::HINT>{told(differing)}</p>
            <button class=link::STANDING type="submit" name=address::NEXT value=address::COMPARE formnovalidate=true>{desk.say().compare()}</button>
        </details>
    }
}

/// The address that asks before a design takes the place of the present one, where that is the shopper's own. With scripts
/// `public/replace.js` asks in the page.
pub fn replacing(desk: Desk, take: String) -> Words {
    words(move || address::replace(&desk.state().slug, &desk.query(), &take))
}

/// The ready-made design to compare with: the nearest, unless the standard is nearer.
fn nearest<'p>(product: &'p Product, shown: &Shown) -> Option<(&'p ReadyMade, usize)> {
    let own = &shown.menu.design;
    let nearest =
        product.nearest_ready_made(own).map(|ready| (ready, product.differences(own, &ready.design)));
    nearest.filter(|(_, changes)| *changes <= product.differences(own, product.standard()))
}

fn beside_ready_made(product: &Product, shown: &Shown) -> String {
    let say = &product.words().studio;
    match nearest(product, shown) {
        None => String::new(),
        Some((ready, 0)) => say.is_ready_made(&ready.label),
        Some((ready, changes)) => {
            let rest = less_or_more(product, &shown.menu.quote, &ready.design);
            say.beside(changes as u64, &ready.label, &rest)
        }
    }
}

fn beside_standard(product: &Product, shown: &Shown) -> String {
    let say = &product.words().studio;
    let changes = product.differences(&shown.menu.design, product.standard());
    let rest = less_or_more(product, &shown.menu.quote, product.standard());
    let line = say.beside_standard(changes as u64, &rest);
    if changes <= HARDLY_ANY { format!("{} {line}", say.nearly_standard()) } else { line }
}

/// What the design has that the one it is compared with has not.
fn differing(product: &Product, shown: &Shown) -> String {
    let own = &shown.menu.design;
    let other = nearest(product, shown).filter(|(_, changes)| *changes > 0);
    let from = other.map_or(product.standard(), |(ready, _)| &ready.design);
    let words =
        product.differing(own, from).map(|(id, value)| product.describe_change(id, from.value(id), value));
    product.words().studio.in_a_row(&words.collect::<Vec<_>>())
}

/// "€140 less, 2 working days sooner": what a design costs and takes beside another one.
#[must_use]
pub fn less_or_more(product: &Product, own: &Quote, other: &Design) -> String {
    let say = &product.words().studio;
    let other = product.quote(other);
    let price = own.total.amount.saturating_sub(other.total.amount);
    let amount = || product.price(price.saturating_abs());
    let mut told = match price {
        0 => say.same_price().to_owned(),
        1.. => say.more(&amount()),
        _ => say.less(&amount()),
    };
    let days = i64::from(own.lead_time_days) - i64::from(other.lead_time_days);
    if days != 0 {
        told.push_str(product.words().engine.comma());
        told.push_str(&super::panel::delivery_in_words(say, days));
    }
    told
}

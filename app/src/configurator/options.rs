//! Options as tiles or swatches. Of a long list a sample is shown first; opened, it is all there with its names, colours by hue,
//! and can be searched.

use configurator::{AttributeId, OptionId, OptionMenu, State};
use leptos::ev::{Event, FocusEvent, MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use personalize::first_options::sample;

use super::closures::{flag, handler, maybe_words, words};
use super::desk::{Desk, Shown};
use super::hue::{HUES, Hue};
use super::moves::moves;
use super::panel::{delivery_in_words, open_panel};
use crate::state::FirstShown;
use crate::ui::{choice, disclosure, field, swatch, text};

/// Options shown before "show all".
pub const SHORT_MENU: usize = 18;
/// A menu of more options is long.
pub const LONGEST_MENU: usize = SHORT_MENU + 4;
/// A list, which is open once its `details` is.
const LIST: &str = "group/list";
/// Of a list that is not open.
const BEYOND: &str = " not-group-has-[details[open]]/list:hidden";
/// Options that belong together; in a list that is not open all stand in one row.
const GROUP: &str = "not-group-has-[details[open]]/list:contents not-has-[label:not([hidden])]:hidden";
const GROUP_NAME: &str = "mt-4 text-s font-semibold not-group-has-[details[open]]/list:hidden";
/// What is searched for; without a script nothing would answer. Where the server answers for the product, `public/search.js` does.
const SEARCH: &str = "mt-2 flex flex-wrap items-center gap-x-3 noscript:hidden";
/// How many of the values that a choice moves a tile names.
const MOST_NAMED: usize = 2;
/// The mark of what would suit a shopper, who chooses it or not.
const RECOMMENDED: &str = "text-xs font-semibold text-accent";
/// What is said under swatches of the one that the pointer or the keyboard is at. Its place is always two lines high, so that nothing
/// below moves with it; more of it lies over what is below.
const CAPTION: &str = "relative z-5 mt-1 text-s text-soft wrap-anywhere";
/// Its height, and that a browser keeps nothing in place by it.
const CAPTION_STYLE: &str = "height:2lh;overflow-anchor:none";

/// How the options of an attribute are listed.
#[derive(Clone, Copy)]
pub struct List {
    /// How many there are.
    pub count: usize,
    /// Whether several may be chosen.
    pub many: bool,
    /// Whether their colours stand for them.
    pub swatches: bool,
}

/// The options of a choice or multi-choice.
#[component]
pub fn Options(desk: Desk, id: AttributeId, list: List) -> impl IntoView {
    let List { count, swatches, many } = list;
    let is_long = count > LONGEST_MENU;
    let shown = shown_first(desk, id);
    // Chosen for somebody, a shorter menu opens, too.
    let folds = is_long || shown.is_some();
    let (is_open, why) =
        shown.as_ref().map_or((false, ""), |shown| (shown.options.is_empty(), shown.why.as_str()));
    let why = (!why.is_empty()).then(|| why.to_owned());
    let ids = desk
        .product(|product| product.attribute(id).option_ids().map(|(option, _)| option).collect::<Vec<_>>());
    // Where nothing is known of the shopper, a long list shows a sample first.
    let first = match &shown {
        Some(shown) if !is_open => places(desk, id, &shown.options),
        _ => sample(count, SHORT_MENU),
    };
    let standard = desk.product(|product| product.standard().value(id).clone());
    let asked = Memo::new(move |_| {
        let value = desk.asked(id)?;
        Some((desk.asked_option(id, &value), value))
    });
    let tile = move |(option, place): (OptionId, usize)| {
        let beyond = folds && !first.contains(&option.index()) && !standard.includes(option);
        view! { <Tile desk=desk id=id option=option place=place list=list beyond=beyond /> }
    };
    let class = match swatches {
        true => swatch::SWATCHES,
        false if folds => choice::SOME_TILES,
        false => choice::TILES,
    };
    let mut places = 0..;
    let groups = groups(desk, id, ids, swatches && is_long).into_iter().map(|(name, ids)| {
        let ids: Vec<(OptionId, usize)> = ids.into_iter().zip(places.by_ref()).collect();
        let name = name.map(|name| view! { <h4 class=GROUP_NAME>{name}</h4> });
        let inside = if folds { format!("{class} not-group-has-[details[open]]/list:contents") } else { class.to_owned() };
        let own = ids.clone();
        let panel = move || {
            let (asked, value) = asked.get()?;
            let (_, place) = own.iter().find(|(option, _)| asked.is_none_or(|asked| asked == *option))?;
            Some(view! { <div class=choice::BELOW style=format!("order:{place}")>{open_panel(desk, id, value)}</div> })
        };
        let tiles = ids.into_iter().map(&tile).collect_view();
        view! { <div class=if folds { GROUP } else { "" }>{name} <div class=inside>{tiles} {panel}</div></div> }
    });
    let outside = if folds {
        format!("{class} group-has-[details[open]]/list:ms-0 group-has-[details[open]]/list:block")
    } else {
        String::new()
    };
    let pointed = RwSignal::new(None::<OptionId>);
    let caption = swatches.then(|| view! { <p class=CAPTION style=CAPTION_STYLE aria-hidden="true" data-testid="caption"><span class="block bg-paper">{words(move || caption(desk, id, pointed.get()))}</span></p> });
    let point = move |target: Option<Element>| {
        let code =
            target.and_then(|at| at.closest("[data-option]").ok().flatten()?.get_attribute("data-option"));
        let option =
            code.and_then(|code| desk.product(|product| product.attribute(id).option_by_code(&code)));
        pointed.set(option);
    };
    let limits = words(move || if many { limits(desk, id) } else { String::new() });
    view! {
        <div
            class=LIST
            on:pointerover=handler(move |event: PointerEvent| if swatches { point(target(&event)) })
            on:pointerleave=handler(move |_: PointerEvent| pointed.set(None))
            on:focusin=handler(move |event: FocusEvent| if swatches { point(target(&event)) })
            on:focusout=handler(move |_: FocusEvent| pointed.set(None))
        >
            <p class=text::HINT data-testid="limits">{limits}</p>
            {why.map(|why| view! { <p class=text::HINT data-testid="shown-first">{why}</p> })}
            {is_long.then(|| view! { <Search desk=desk id=id /> })}
            <div class=outside>{groups.collect_view()}</div>
            {caption}
            {folds.then(|| view! { <More desk=desk count=count is_open=is_open /> })}
        </div>
    }
}

/// What of a menu is shown first for this shopper, where that is said.
fn shown_first(desk: Desk, id: AttributeId) -> Option<FirstShown> {
    let state = desk.state();
    desk.product(|product| {
        let code = &product.attribute(id).code;
        state.first_options.iter().find(|shown| shown.attribute == *code).cloned()
    })
}

/// The places of options with these codes.
fn places(desk: Desk, id: AttributeId, codes: &[String]) -> Vec<usize> {
    desk.product(|product| {
        let attribute = product.attribute(id);
        codes.iter().filter_map(|code| attribute.option_by_code(code)).map(OptionId::index).collect()
    })
}

/// What an event happened at.
fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|at| at.dyn_into().ok())
}

/// What opens a long list, and closes it again.
#[component]
fn More(desk: Desk, count: usize, is_open: bool) -> impl IntoView {
    view! {
        <details class=disclosure::MORE open=is_open>
            <summary class=disclosure::SUMMARY>
                <span class=disclosure::CLOSED>{desk.say().show_all(count as u64)}</span>
                <span class=disclosure::OPENED>{desk.say().show_fewer()}</span>
            </summary>
        </details>
    }
}

/// The field that searches a long list by name and number.
#[component]
fn Search(desk: Desk, id: AttributeId) -> impl IntoView {
    let found = RwSignal::new(None::<String>);
    let opened = StoredValue::new(None::<bool>);
    let search = move |event: Event| {
        let query = configurator::folded(&event_target_value(&event));
        let list = target(&event).and_then(|field| field.closest("[data-attribute]").ok().flatten());
        let Some(list) = list else { return };
        let count = desk.product(|product| {
            let options = product.attribute(id).option_ids();
            let shown = options.filter(|(_, option)| {
                let is_found = is_found(&configurator::folded(&option.label), &query);
                let tile = list.query_selector(&format!("[data-option={}]", option.code)).ok().flatten();
                // Refused by no element.
                let _ = tile.map(|tile| tile.toggle_attribute_with_force("hidden", !is_found));
                is_found
            });
            shown.count()
        });
        let is_searched = !query.is_empty();
        found.set(is_searched.then(|| desk.say().options_found(count as u64)));
        let Some(more) = list.query_selector("details").ok().flatten() else { return };
        // A list that was open before is open afterwards.
        let was_open = opened.get_value().unwrap_or_else(|| more.has_attribute("open"));
        opened.set_value(is_searched.then_some(was_open));
        let _ = more.toggle_attribute_with_force("open", is_searched || was_open);
    };
    let label = desk.say().search_options();
    view! {
        <div class=SEARCH>
            <input type="search" class=field::INPUT_ALONE aria-label=label placeholder=label on:input=handler(search) />
            <span class=text::HINT role="status">{maybe_words(move || found.get())}</span>
        </div>
    }
}

/// Whether every word that is searched for stands in a name, or the whole of it does when blanks don't count; both folded.
fn is_found(name: &str, query: &str) -> bool {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    query.split_whitespace().all(|word| name.contains(word)) || close(name).contains(&close(query))
}

/// Options by hue, with the hues' names, where they are `coloured`; else all together.
fn groups(
    desk: Desk,
    id: AttributeId,
    ids: Vec<OptionId>,
    coloured: bool,
) -> Vec<(Option<&'static str>, Vec<OptionId>)> {
    if !coloured {
        return vec![(None, ids)];
    }
    let hue = |option: &OptionId| {
        desk.product(|product| product.attribute(id).option(*option).swatch).map_or(Hue::Grey, Hue::of)
    };
    let of_hue = |wanted: Hue| {
        let ids: Vec<OptionId> = ids.iter().copied().filter(|option| hue(option) == wanted).collect();
        (Some(wanted.name(desk.say())), ids)
    };
    HUES.into_iter().map(of_hue).filter(|(_, ids)| !ids.is_empty()).collect()
}

/// The name of a swatch, what choosing it does, and what is to be said of it: of the one pointed at, else of the chosen one.
fn caption(desk: Desk, id: AttributeId, pointed: Option<OptionId>) -> String {
    let told = |option: OptionId| {
        let entry = desk.read_drawn(|_, shown| entry(shown, id, option)).flatten();
        let effect = entry.map(|entry| effect_of(desk, &entry, false, usize::MAX)).unwrap_or_default();
        desk.product(|product| {
            let option = product.attribute(id).option(option);
            desk.say().in_a_row(&[option.label.clone(), effect, option.description.clone()])
        })
    };
    let chosen = || match desk.value(id) {
        Some(configurator::Value::Option(option)) => Some(option),
        _ => None,
    };
    pointed.or_else(chosen).map(told).unwrap_or_default()
}

/// How many of several options are chosen, where there is a limit to that.
fn limits(desk: Desk, id: AttributeId) -> String {
    let chosen = match desk.value(id) {
        Some(configurator::Value::Options(set)) => set.len(),
        _ => 0,
    };
    desk.product(|product| {
        let kind = &product.attribute(id).kind;
        let all = u32::try_from(kind.options().len()).unwrap_or(u32::MAX);
        let Some((least, most)) = kind.set_bounds().map(|bounds| (*bounds.start(), *bounds.end())) else {
            return String::new();
        };
        match (least, most.min(all)) {
            (0, most) if most == all => String::new(),
            (0, most) => desk.say().chosen_of_at_most(&chosen, &most),
            (least, most) => desk.say().chosen_of_between(&chosen, &least, &most),
        }
    })
}

/// One option as a tile or a swatch, at its place in the list; one that is `beyond` a short menu is there once the list is open.
#[component]
fn Tile(
    desk: Desk,
    id: AttributeId,
    option: OptionId,
    place: usize,
    list: List,
    beyond: bool,
) -> impl IntoView {
    let List { many, swatches, .. } = list;
    let (name, code, label, description, colour) = desk.product(|product| {
        let attribute = product.attribute(id);
        let opt = attribute.option(option);
        let colour = opt.swatch.map(|colour| colour.to_string());
        (attribute.code.clone(), opt.code.clone(), opt.label.clone(), opt.description.clone(), colour)
    });
    let shown = Memo::new(move |_| desk.read_drawn(|_, shown| entry(shown, id, option)).flatten());
    let effect = move || {
        let told = |entry: &OptionMenu| match swatches {
            true => price_of(desk, entry, many),
            false => effect_of(desk, entry, many, MOST_NAMED),
        };
        shown.with(|entry| entry.as_ref().map(told).unwrap_or_default())
    };
    let more =
        move || shown.with(|entry| beyond_the_tile(desk, entry.as_ref()?, swatches.then_some((id, option))));
    // The line under swatches says the rest.
    let own = swatches.then(|| label.clone());
    let title = move || own.clone().or_else(more);
    let selected = move || shown.with(|entry| entry.as_ref().is_some_and(|entry| entry.selected));
    let click = move |event: MouseEvent| {
        let now = untrack(|| desk.read(|_, shown| entry(shown, id, option))).flatten();
        let Some(now) = now else { return };
        if !many && now.selected {
            // Browsers tell of no change where it has the tick already.
            desk.pin(id);
        } else if !now.state.is_offered() {
            // The browser gives the former selection back, and the panel says why.
            event.prevent_default();
            let wanted = desk.clicked(id, option).map(|value| (id, value));
            desk.ask(if desk.wanted.get_untracked() == wanted { None } else { wanted });
        }
    };
    let change = move |event: Event| {
        let has = untrack(|| desk.value(id)).is_some_and(|value| value.includes(option));
        // What was ticked a moment ago may have been brought along already.
        if many && has == event_target_checked(&event) {
            return;
        }
        if let Some(value) = desk.clicked(id, option) {
            desk.choose(id, value);
        }
    };
    let recommended = desk.state().recommended.iter().any(|(at, option)| *at == name && *option == code);
    let recommended = recommended.then(|| {
        view! { <span class=RECOMMENDED data-testid="recommended">{desk.say().recommended()}</span> }
    });
    // What is recommended is in sight.
    let beyond = beyond && recommended.is_none();
    let class = words(move || shown.with(|entry| tile_class(entry.as_ref(), swatches, beyond)));
    let [dot_class, name_class, effect_class] = if swatches {
        [swatch::DOT, swatch::NAME, swatch::EFFECT]
    } else {
        [swatch::SMALL_DOT, choice::NAME, choice::EFFECT]
    };
    view! {
        <label class=class title=maybe_words(title) style=format!("order:{place}") data-option=code.clone()>
            <input
                class=choice::INPUT
                type=if many { "checkbox" } else { "radio" }
                name=name
                value=code.clone()
                aria-description=maybe_words(more)
                checked=untrack(selected)
                prop:checked=flag(selected)
                on:click=handler(click)
                on:change=handler(change)
            />
            {colour.map(|colour| view! { <span class=dot_class style=format!("--dot:{colour}")></span> })}
            <span class=name_class>{label}</span>
            {recommended}
            {(!description.is_empty() && !swatches).then(|| view! { <span class=choice::NOTE>{description}</span> })}
            <span class=effect_class>{words(effect)}</span>
        </label>
    }
}

/// An option as the menu has it; there is none where its attribute doesn't apply.
fn entry(shown: &Shown, id: AttributeId, option: OptionId) -> Option<OptionMenu> {
    shown.menu.attributes[id.index()].options.get(option.index()).cloned()
}

/// What an option is as a class of its tile: all at once, where `class:` would watch each for itself.
fn tile_class(entry: Option<&OptionMenu>, swatches: bool, beyond: bool) -> String {
    let mut class = if swatches { swatch::SWATCH } else { choice::TILE }.to_owned();
    if beyond && entry.is_none_or(|entry| !entry.selected) {
        class.push_str(BEYOND);
    }
    if let Some(entry) = entry {
        let states = [(" blocked", !entry.state.is_offered()), (" implied", entry.state == State::Implied)];
        for (name, _) in states.into_iter().filter(|(_, holds)| *holds) {
            class.push_str(name);
        }
    }
    class
}

/// What a tile has no room for of what choosing its option does. A swatch has none for what is to be said of it, either.
fn beyond_the_tile(
    desk: Desk,
    entry: &OptionMenu,
    swatch: Option<(AttributeId, OptionId)>,
) -> Option<String> {
    let is_more = swatch.is_some() || entry.also.len() > MOST_NAMED;
    let mut told = if is_more { consequences(desk, entry, usize::MAX) } else { Vec::new() };
    if let Some((id, option)) = swatch {
        told.push(desk.product(|product| product.attribute(id).option(option).description.clone()));
    }
    Some(desk.say().in_a_row(&told)).filter(|told| !told.is_empty())
}

/// What choosing an option does: to the price, to what else is shown, to the delivery; or why it can't be chosen. So many of
/// the values that it moves are named.
fn effect_of(desk: Desk, entry: &OptionMenu, many: bool, named: usize) -> String {
    let mut told = vec![price_of(desk, entry, many)];
    told.extend(consequences(desk, entry, named));
    desk.say().in_a_row(&told)
}

/// What choosing an option does to the price, or why it can't be chosen.
fn price_of(desk: Desk, entry: &OptionMenu, many: bool) -> String {
    if !entry.selected && !entry.state.is_offered() {
        return desk.short_reason(&entry.state);
    }
    // Of what is chosen there is a price without it, where it can be left out at all.
    if entry.selected && (!many || entry.price_change.is_none()) {
        return String::new();
    }
    let Some(change) = entry.price_change else {
        return desk.say().price_once_chosen().to_owned();
    };
    let change = desk.product(|product| product.price_change(change));
    if entry.selected && !change.is_empty() { desk.say().without_it(&change) } else { change }
}

/// What else choosing an option does.
fn consequences(desk: Desk, entry: &OptionMenu, named: usize) -> Vec<String> {
    let say = desk.say();
    let mut told = Vec::new();
    if !entry.also.is_empty() {
        let mut moves = moves(desk, &entry.also);
        let more = moves.split_off(moves.len().min(named)).len();
        let moves = moves.join(desk.semicolon());
        told.push(say.also(&if more == 0 { moves } else { say.and_others(more as u64, &moves) }));
    }
    if entry.lead_time_change != 0 {
        told.push(delivery_in_words(say, entry.lead_time_change));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_by_name_and_number() {
        let name = configurator::folded("Sky blue (RAL\u{a0}5015)");
        for query in ["sky blue", "Sky  Blue", "5015", "RAL 5015", "ral5015", "blue sky", "SKY", ""] {
            assert!(is_found(&name, &configurator::folded(query)), "{query}");
        }
        for query in ["5016", "red", "sky red"] {
            assert!(!is_found(&name, &configurator::folded(query)), "{query}");
        }
        assert!(is_found(&configurator::folded("Türkisgrün"), &configurator::folded("turkisgrun")));
    }
}

//! The panel under a blocked value: why it is blocked, and the nearest ways to it.

use configurator::{AttributeId, Causes, Design, OptionSet, Product, Repair, TooComplex, Value};
use leptos::prelude::*;
use words::Studio;

use super::closures::instead;
use super::desk::Desk;
use super::moves::moves;
use crate::address;
use crate::ui::{button, disclosure, panel, text};

/// Causes told at once; the rest waits until it is asked for.
const MOST_CAUSES: usize = 2;

/// Under a field: why what was typed is blocked, and the way to it.
#[component]
pub fn Panel(desk: Desk, id: AttributeId) -> impl IntoView {
    move || desk.asked(id).map(|value| open_panel(desk, id, value))
}

/// The panel of a value.
pub fn open_panel(desk: Desk, id: AttributeId, value: Value) -> impl IntoView {
    let wanted = Wanted::new(desk, id, value);
    let as_it_is = untrack(|| address_of(desk, &desk.pairs()));
    let keep = move || desk.keep(id);
    let (title, Causes { obstacles, mut causes }) = wanted.why_not();
    let more = causes.split_off(causes.len().min(MOST_CAUSES));
    let reason = format!("{obstacles} {}", causes.join(" "));
    let more = (!more.is_empty()).then(|| {
        let summary = desk.say().more_reasons(more.len() as u64);
        view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY>{summary}</summary>
                <p>{more.join(" ")}</p>
            </details>
        }
    });
    let heading = title.clone();
    let (repairs, hint) = wanted.ways();
    let question = match &repairs[..] {
        [only] => wanted.question(only),
        _ => None,
    };
    let keeps =
        question.as_ref().map_or_else(|| desk.say().keep_design().to_owned(), |(_, keeps)| keeps.clone());
    let asks = question.is_some();
    // Told where changes are told: a panel that comes as an alert is told by some screen readers whole, by others not at all.
    let told = [Some(&title), Some(&reason), question.as_ref().map(|(question, _)| question)];
    desk.announced
        .set(Some(told.into_iter().flatten().map(|told| told.trim()).collect::<Vec<_>>().join(" ")));
    let question = question
        .map(|(question, _)| view! { <p class="mt-2 font-semibold" data-testid="question">{question}</p> });
    let repairs = repairs.into_iter().map(|repair| wanted.way(repair, asks));
    view! {
        <div class=panel::PANEL role="group" aria-label=title data-testid="panel" data-panel="">
            <p><strong>{heading}</strong> " " {reason}</p>
            {more}
            {question}
            <div class=panel::ACTIONS>
                {repairs.collect_view()}
                <a class=button::PLAIN_SENTENCE href=as_it_is on:click=instead(keep) data-testid="keep-mine">{keeps}</a>
            </div>
            {hint.map(|hint| view! { <p class=text::HINT>{hint}</p> })}
        </div>
    }
}

/// A design's address on its revision.
pub fn address_of(desk: Desk, choices: &[(String, String)]) -> String {
    let state = desk.state();
    address::product(&state.slug, state.revision, &state.start, choices)
}

/// A value that was asked for and is blocked.
struct Wanted {
    desk: Desk,
    id: AttributeId,
    value: Value,
    /// The design as it is.
    now: Option<Design>,
    /// Whether it only leaves options out that are chosen now.
    leaves_out: bool,
}

impl Wanted {
    fn new(desk: Desk, id: AttributeId, value: Value) -> Self {
        let now = untrack(|| desk.design());
        let leaves_out = match (&value, now.as_ref().map(|now| now.value(id))) {
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
    fn why_not(&self) -> (String, Causes) {
        let blocked = self.desk.causes(self.id, &self.value);
        let alone = |cause: String| Causes { causes: vec![cause], ..Causes::default() };
        let (say, label) = (self.desk.say(), self.label());
        let told = match (&blocked, self.leaves_out) {
            (Ok(_), true) => say.cant_be_left_out(&label),
            (Ok(_), false) => say.does_not_fit(&label),
            (Err(TooComplex), true) => say.was_not_left_out(&label),
            (Err(TooComplex), false) => say.was_not_chosen(&label),
        };
        let reason = match blocked {
            Ok(Some(causes)) => causes,
            Ok(None) => alone(say.fits_now().to_owned()),
            Err(TooComplex) => alone(self.desk.undecided()),
        };
        (told, reason)
    }

    /// The nearest ways to it, and what to know about them.
    fn ways(&self) -> (Vec<Repair>, Option<&'static str>) {
        match self.desk.repairs(self.id, &self.value) {
            Err(TooComplex) => (Vec::new(), Some(self.desk.say().no_way_in_time())),
            Ok(repairs) => {
                let nearer = repairs.iter().any(|repair| !repair.is_nearest);
                (repairs, nearer.then_some(self.desk.say().maybe_smaller()))
            }
        }
    }

    /// What the only way takes away that the shopper chose, with all else that it changes, and the words that keep it; nothing
    /// where it takes nothing away: then its own words say all.
    fn question(&self, repair: &Repair) -> Option<(String, String)> {
        let (say, now) = (self.desk.say(), self.now.as_ref()?);
        let (mut gone, mut changed, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        self.desk.product(|product| {
            for (id, value) in &repair.changes {
                let mine = now.value(*id);
                let label = &product.attribute(*id).label;
                match (value, mine) {
                    (Value::Options(then), Value::Options(mine)) => {
                        let (mut lost, mut joined) = (mine.difference(*then), then.difference(*mine));
                        if let (true, Value::Options(asked)) = (*id == self.id, &self.value) {
                            lost = lost.difference(mine.difference(*asked));
                            joined = joined.difference(*asked);
                        }
                        let options = |set| product.describe(*id, &Value::Options(set));
                        if !lost.is_empty() {
                            kept.push(options(lost));
                            gone.push(options(lost));
                        }
                        if !joined.is_empty() {
                            changed.push(say.changed_to(label, &options(joined)));
                        }
                    }
                    (Value::Text(text), _) if text.is_empty() => {
                        kept.push(product.describe(*id, mine));
                        gone.push(format!("{label}: {}", product.describe(*id, mine)));
                    }
                    // A choice that could not wait.
                    (Value::Absent, Value::Absent) => gone.push(label.clone()),
                    (Value::Absent, mine) => {
                        kept.push(product.describe(*id, mine));
                        gone.push(format!("{label}: {}", product.describe(*id, mine)));
                    }
                    (value, mine) => {
                        kept.extend((*mine != Value::Absent).then(|| product.describe(*id, mine)));
                        changed.push(say.changed_to(label, &product.describe(*id, value)));
                    }
                }
            }
        });
        if gone.is_empty() {
            return None;
        }
        let moved = moves(self.desk, &repair.moves);
        let mut told = Vec::new();
        for (list, tell) in [
            (gone, Studio::removes as fn(&_, &_) -> _),
            (changed, Studio::changes_yours),
            (moved, Studio::also_changes),
        ] {
            if !list.is_empty() {
                told.push(tell(say, &list.join(self.desk.semicolon())));
            }
        }
        Some((told.join(" "), say.keep_value(&kept.join(self.desk.comma()))))
    }

    /// The link that follows one way; "go on" where a question told all of it.
    fn way(&self, repair: Repair, is_told: bool) -> impl IntoView + use<> {
        let (desk, id) = (self.desk, self.id);
        let (way, price, choices) = desk.product(|product| {
            let price = product.price_change(repair.price_change);
            let way = if is_told {
                product.words().studio.go_on().to_owned()
            } else {
                self.in_words(product, &repair)
            };
            (way, price, product.write_choices(&repair.choices))
        });
        let price = if price.is_empty() { desk.say().same_price().to_owned() } else { price };
        let later = delivery_in_words(desk.say(), repair.lead_time_change);
        let follow = move || {
            desk.follow(id, repair.clone());
            desk.focus(id);
        };
        view! {
            <a class=button::QUIET_SENTENCE href=address_of(desk, &choices) on:click=instead(follow) data-testid="repair">
                <span>{way} "\u{a0}· " <span class="whitespace-nowrap">{price}</span> "\u{a0}· " <span class="whitespace-nowrap">{later}</span></span>
            </a>
        }
    }

    /// "Choose it with Rear wheel: 26″, no Trunk and Gears: Hub".
    fn in_words(&self, product: &Product, repair: &Repair) -> String {
        let say = self.desk.say();
        let mut way = if self.leaves_out { say.leave_it_out() } else { say.choose_it() }.to_owned();
        let Some(now) = &self.now else { return way };
        let mut changes = Vec::new();
        for (id, value) in repair.changes.iter().chain(&repair.moves) {
            let options = |set: OptionSet| product.describe(*id, &Value::Options(set));
            let change = match (value, now.value(*id), &self.value) {
                (Value::Options(then), Value::Options(now), Value::Options(asked)) if *id == self.id => {
                    let (dropped, joined) = (now.difference(*then), then.difference(*now).difference(*asked));
                    let dropped = dropped.difference(now.difference(*asked));
                    if !dropped.is_empty() {
                        if self.leaves_out {
                            changes.push(product.words().engine.without(&options(dropped)));
                        } else {
                            way = say.in_place_of(&way, &options(dropped));
                        }
                    }
                    if joined.is_empty() {
                        continue;
                    }
                    options(joined)
                }
                (_, now, _) => product.describe_change(*id, now, value),
            };
            changes.push(change);
        }
        let last = changes.pop();
        let Some(last) = last else { return way };
        let changes = match &changes[..] {
            [] => last,
            changes => {
                let engine = &product.words().engine;
                [&changes.join(engine.comma()), engine.and(), &last].concat()
            }
        };
        say.with_changes(&way, &changes)
    }
}

/// "2 working days later".
pub fn delivery_in_words(say: &Studio, days: i64) -> String {
    match days {
        0 => say.same_delivery().to_owned(),
        1.. => say.days_later(days.unsigned_abs()),
        _ => say.days_sooner(days.unsigned_abs()),
    }
}

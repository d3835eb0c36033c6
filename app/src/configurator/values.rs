//! Attributes that are typed or dragged: numbers and texts.

use configurator::{AttributeId, Numbers, Value};
use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use leptos::web_sys::{HtmlElement, HtmlInputElement};

use super::closures::{Words, handler, instead, maybe_words, words};
use super::desk::Desk;
use super::panel::{Panel, address_of};
use crate::ui::{button, field, slider, text};

/// The values nearest to what was typed, side by side.
const NEAREST: &str = "mt-2 flex flex-wrap items-center gap-2";

/// A number: a slider over what fits, and a box for the exact value.
#[component]
pub fn NumberField(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, unit, min, max, step) = desk.product(|product| {
        let attribute = product.attribute(id);
        let Numbers { min, max, step } =
            attribute.kind.numbers().unwrap_or(Numbers { min: 0, max: 0, step: 1 });
        (attribute.code.clone(), attribute.label.clone(), attribute.kind.unit().to_owned(), min, max, step)
    });
    let field = Field::new(desk, id);
    let slider = Slider { field, ends: (min, max), beyond: RwSignal::new(None) };
    let hint = {
        let unit = unit.clone();
        words(move || slider.fits_in_words(step, &unit))
    };
    let hint_id = format!("{code}-hint");
    let (min, max, step) = (min.to_string(), max.to_string(), step.to_string());
    view! {
        <div class=slider::ROW>
            <input
                type="range"
                class=slider::SLIDER
                aria-label=label.clone()
                aria-describedby=hint_id.clone()
                min=min
                max=max
                step=step
                value=untrack(|| field.value())
                prop:value=words(move || field.value())
                on:input=handler(move |event| slider.slide(&event))
                on:change=handler(move |_| slider.let_go())
                // A browser finds nothing changed where the slider already stood at the end of what fits.
                on:pointerup=handler(move |_| slider.let_go())
                on:pointercancel=handler(move |_| slider.let_go())
                on:keyup=handler(move |_| slider.let_go())
            />
            <span class=slider::BOX>
                <input
                    class=slider::INPUT
                    type="text"
                    inputmode="decimal"
                    name=code
                    aria-label=desk.say().exact(&label)
                    aria-describedby=hint_id.clone()
                    aria-invalid=maybe_words(move || field.invalid())
                    value=untrack(|| field.written())
                    prop:value=words(move || field.written())
                    on:keydown=handler(apply_on_enter)
                    on:input=handler(move |_| field.is_typing.set_value(true))
                    on:change=handler(move |event| {
                        field.typed(&event);
                    })
                    on:blur=handler(move |_| field.left())
                />
                <span class=slider::UNIT>{unit}</span>
            </span>
        </div>
        <Notes field=field hint_id=hint_id hint=hint />
    }
}

/// A line of text.
#[component]
pub fn TextField(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, max_length, allowed, price) = desk.product(|product| {
        let attribute = product.attribute(id);
        let (max_length, allowed, price) =
            attribute.kind.text_limits().map_or((0, String::new(), 0), |limits| {
                (limits.max_length, limits.allowed.in_words(&product.words().engine), limits.price)
            });
        (attribute.code.clone(), attribute.label.clone(), max_length, allowed, product.price_change(price))
    });
    let field = Field::new(desk, id);
    let mut hint = desk.say().up_to_characters(u64::from(max_length), &allowed);
    if !price.is_empty() {
        // In front: it would run into the signs at the end of what may be written.
        hint = desk.say().one_and_next(&price, &hint);
    }
    let hint_id = format!("{code}-hint");
    // How long it is while it is typed, counted as it will be taken.
    let length = RwSignal::new(None::<usize>);
    // What is wrong with it so far.
    let typing = RwSignal::new(None::<String>);
    let hint = words(move || match length.get() {
        Some(now) => desk.say().one_and_next(&desk.say().characters_of(now as u64, &max_length), &hint),
        None => hint.clone(),
    });
    view! {
        <input
            type="text"
            class=field::INPUT_ALONE
            name=code
            aria-label=label
            aria-describedby=hint_id.clone()
            aria-invalid=maybe_words(move || field.invalid())
            value=untrack(|| field.written())
            prop:value=words(move || field.written())
            on:keydown=handler(apply_on_enter)
            on:input=handler(move |event| {
                let text = event_target_value(&event);
                field.is_typing.set_value(true);
                length.set(Some(text.trim().chars().count()));
                let wrong = desk.product(|product| product.read_typed(id, &text)).err();
                typing.set(wrong.map(|error| error.advice().to_owned()));
            })
            on:change=handler(move |event| {
                typing.set(None);
                field.typed(&event);
            })
            on:blur=handler(move |_| field.left())
        />
        <div aria-live="polite" data-testid="typing">
            {move || typing.get().map(|wrong| view! { <p class=field::ERROR>{wrong}</p> })}
        </div>
        <Notes field=field hint_id=hint_id hint=hint />
    }
}

/// What stands under a field: what it takes, and what was typed and can't be taken with the reason, the values nearest to it,
/// and the way back.
#[component]
fn Notes(field: Field, hint_id: String, hint: Words) -> impl IntoView {
    let Field { desk, id, .. } = field;
    view! {
        <p class=text::HINT id=hint_id>{hint}</p>
        {move || desk.refused(id).and_then(Result::err).map(|wrong| view! { <p class=field::ERROR role="alert">{wrong}</p> })}
        <Panel desk=desk id=id />
        {move || desk.refused(id).map(|refused| nearest(desk, id, refused.is_err()))}
    }
}

/// The values nearest to what was typed, each a way to go on; where no panel says it, also the way back.
fn nearest(desk: Desk, id: AttributeId, gives_up: bool) -> impl IntoView {
    let values = desk.nearest(id);
    let say = desk.say();
    let words = (!values.is_empty()).then(|| view! { <span class=text::HINT>{say.nearest()}</span> });
    let ways = values.into_iter().map(|value| {
        let told = desk.product(|product| product.describe(id, &value));
        let choices = desk.pairs_with(id, value.clone());
        let take = move || {
            desk.choose(id, value.clone());
            desk.focus(id);
        };
        let place = address_of(desk, &choices);
        view! { <a class=button::QUIET href=place on:click=instead(take) data-testid="nearest">{told}</a> }
    });
    let keep = gives_up.then(|| {
        let value = desk.value(id).filter(|value| *value != Value::Text(String::new()));
        let told = value.map_or_else(
            || say.keep_design().to_owned(),
            |value| say.keep_value(&desk.product(|product| product.describe(id, &value))),
        );
        let place = address_of(desk, &desk.pairs());
        let give_up = move || {
            desk.give_up(id);
            desk.focus(id);
        };
        view! { <a class=button::PLAIN href=place on:click=instead(give_up) data-testid="keep">{told}</a> }
    });
    view! { <div class=NEAREST>{words} {ways.collect_view()} {keep}</div> }
}

/// Enter applies what was typed and leaves the field; sending the form would load the page anew.
fn apply_on_enter(event: KeyboardEvent) {
    if event.key() == "Enter" {
        event.prevent_default();
        // Refused only for an element without focus, which then has applied its value already.
        let _ = event_target::<HtmlElement>(&event).blur();
    }
}

/// The field of one attribute. What was typed and can't be taken stays in it, with the reason, until something else is
/// typed or chosen.
#[derive(Clone, Copy)]
struct Field {
    desk: Desk,
    id: AttributeId,
    /// Whether something was typed since it was taken last.
    is_typing: StoredValue<bool>,
}

impl Field {
    fn new(desk: Desk, id: AttributeId) -> Self {
        Self { desk, id, is_typing: StoredValue::new(false) }
    }

    /// The design's value.
    fn value(self) -> String {
        match self.desk.value(self.id) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Text(text)) => text,
            _ => String::new(),
        }
    }

    /// What was typed where it can't be taken, and else the design's value.
    fn written(self) -> String {
        self.desk.entry(self.id).unwrap_or_else(|| self.value())
    }

    /// What says that what was typed can't be taken.
    fn invalid(self) -> Option<String> {
        self.desk.entry(self.id).map(|_| "true".to_owned())
    }

    /// Takes what was typed. Where it can be taken the field then shows it as it was: trimmed, and in the case that is
    /// allowed.
    fn typed(self, event: &Event) {
        self.is_typing.set_value(false);
        self.desk.enter(self.id, &event_target_value(event));
        event_target::<HtmlInputElement>(event).set_value(&untrack(|| self.written()));
    }

    /// Takes what was typed where it is what stood there before: browsers tell of no change then.
    fn left(self) {
        let is_typing = self.is_typing.try_update_value(core::mem::take) == Some(true);
        let is_refused = untrack(|| self.desk.entry(self.id)).is_some();
        if is_typing && !is_refused && !untrack(|| self.value()).is_empty() {
            self.desk.pin(self.id);
        }
    }
}

/// A number's slider. It moves over all values and stops at the ends of what fits, so its scale never jumps; where it was
/// let go beyond them the panel says why.
#[derive(Clone, Copy)]
struct Slider {
    field: Field,
    /// The smallest and the largest of all values.
    ends: (i64, i64),
    /// Where it was moved to, when that does not fit.
    beyond: RwSignal<Option<String>>,
}

impl Slider {
    /// The smallest and the largest value that fit.
    fn fits(self) -> (i64, i64) {
        let Field { desk, id, .. } = self.field;
        desk.read(|_, shown| shown.menu.attributes[id.index()].range).flatten().unwrap_or(self.ends)
    }

    fn fits_in_words(self, step: i64, unit: &str) -> String {
        let (say, (low, high)) = (self.field.desk.say(), self.fits());
        let number = |number| self.field.desk.product(|product| product.words().locale.number(number));
        let range = say.from_to(&number(low), &format!("{} {unit}", number(high)).trim_end());
        let range = if (low, high) == self.ends { range } else { say.with_your_choices(&range) };
        if step == 1 { range } else { say.in_steps(&range, &number(step)) }
    }

    fn slide(self, event: &Event) {
        let (low, high) = untrack(|| self.fits());
        if let Ok(wanted) = event_target_value(event).parse::<i64>() {
            let fits = wanted.clamp(low, high);
            self.beyond.set((wanted != fits).then(|| wanted.to_string()));
            self.try_value(&fits.to_string(), true);
            event_target::<HtmlInputElement>(event).set_value(&untrack(|| self.field.value()));
        }
    }

    fn let_go(self) {
        self.field.desk.drop_it();
        if let Some(wanted) = self.beyond.get_untracked() {
            self.beyond.set(None);
            self.try_value(&wanted, false);
        }
    }

    fn try_value(self, value: &str, dragged: bool) {
        let Field { desk, id, .. } = self.field;
        desk.wanted.set(None);
        let Ok(value) = desk.product(|product| product.read_value(id, value)) else { return };
        if desk.is_blocked(id, &value) {
            desk.wanted.set(Some((id, value)));
        } else if dragged {
            desk.drag(id, value);
        } else {
            desk.choose(id, value);
        }
    }
}

//! Attributes that are typed or dragged: numbers and texts.

use configurator::{AttributeId, Kind, Value};
use leptos::prelude::*;
use leptos::web_sys::{HtmlElement, HtmlInputElement};

use super::desk::Desk;
use super::menu::Panel;

/// A number: a slider over what fits, and a box for the exact value.
#[component]
pub fn NumberField(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, unit, min, max, step) = desk.product(|product| {
        let attribute = product.attribute(id);
        let (unit, min, max, step) = match &attribute.kind {
            Kind::Number { unit, min, max, step, .. } => (unit.clone(), *min, *max, *step),
            _ => (String::new(), 0, 0, 1),
        };
        (attribute.code.clone(), attribute.label.clone(), unit, min, max, step)
    });
    let number = move || match desk.value(id) {
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let range = Memo::new(move |_| {
        desk.read(|_, shown| shown.menu.attributes[id.index()].range).flatten().unwrap_or((min, max))
    });
    let typed = Typed::new(desk, id);
    let written = move || typed.text.get().unwrap_or_else(number);
    let error = typed.error;
    let try_value = move |text: String, dragged: bool| {
        desk.wanted.set(None);
        let read = desk.product(|product| product.attribute(id).read_value(&text));
        match read {
            Ok(value) => {
                typed.forget();
                if desk.blocked(id, &value).is_none() {
                    if dragged { desk.drag(id, value) } else { desk.choose(id, value) }
                } else {
                    desk.wanted.set(Some((id, value)));
                }
            }
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    // The slider moves over all values and stops at the ends of what fits, so its scale never jumps. Where it was let go
    // beyond them the panel says why.
    let beyond = RwSignal::new(None);
    let slide = move |event: leptos::ev::Event| {
        let (low, high) = untrack(|| range.get());
        if let Ok(wanted) = event_target_value(&event).parse::<i64>() {
            let fits = wanted.clamp(low, high);
            beyond.set((wanted != fits).then(|| wanted.to_string()));
            try_value(fits.to_string(), true);
            event_target::<HtmlInputElement>(&event).set_value(&untrack(number));
        }
    };
    let let_go = move || {
        desk.drop_it();
        if let Some(wanted) = untrack(|| beyond.get()) {
            beyond.set(None);
            try_value(wanted, false);
        }
    };
    let hint = {
        let unit = unit.clone();
        move || {
            let (low, high) = range.get();
            let narrower = if (low, high) == (min, max) { "" } else { " with your other choices" };
            let steps = if step == 1 { String::new() } else { format!(" in steps of {step}") };
            format!("{low} to {high} {unit}{narrower}{steps}")
        }
    };
    let hint_id = format!("{code}-hint");
    view! {
        <div class="number">
            <input
                type="range"
                class="slider"
                aria-label=label.clone()
                aria-describedby=hint_id.clone()
                min=min
                max=max
                step=step
                value=untrack(number)
                prop:value=number
                on:input=slide
                on:change=move |_| let_go()
                // A browser finds nothing changed where the slider already stood at the end of what fits.
                on:pointerup=move |_| let_go()
                on:pointercancel=move |_| let_go()
                on:keyup=move |_| let_go()
            />
            <span class="number-box">
                <input
                    type="number"
                    inputmode="numeric"
                    name=code.clone()
                    aria-label=format!("{label}, exact")
                    aria-describedby=hint_id.clone()
                    min=min
                    max=max
                    step=step
                    value=untrack(written)
                    prop:value=written
                    on:keydown=apply_on_enter
                    on:change=move |event| {
                        try_value(event_target_value(&event), false);
                        if error.with_untracked(Option::is_none) {
                            // A value that does not fit stands in the panel; the box shows the design's.
                            event_target::<HtmlInputElement>(&event).set_value(&untrack(number));
                        }
                    }
                />
                <span class="unit">{unit}</span>
            </span>
        </div>
        <p class="hint" id=hint_id>{hint}</p>
        {move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
        <Panel desk=desk id=id />
    }
}

/// Enter applies what was typed and leaves the field; sending the form would load the page anew.
fn apply_on_enter(event: leptos::ev::KeyboardEvent) {
    if event.key() == "Enter" {
        event.prevent_default();
        // Refused only for an element without focus, which then has applied its value already.
        let _ = event_target::<HtmlElement>(&event).blur();
    }
}

/// What was typed and can't be read, with the reason: it stays in its field until something else is typed.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
}

impl Typed {
    fn new(desk: Desk, id: AttributeId) -> Self {
        let (text, error) = desk.typed(id).unzip();
        Self { text: RwSignal::new(text), error: RwSignal::new(error) }
    }

    fn forget(self) {
        self.text.set(None);
        self.error.set(None);
    }
}

/// A line of text.
#[component]
pub fn TextField(desk: Desk, id: AttributeId) -> impl IntoView {
    let (code, label, max_length, allowed, price) = desk.product(|product| {
        let attribute = product.attribute(id);
        let (max_length, allowed, price) = match &attribute.kind {
            Kind::Text { max_length, allowed, price, .. } => (*max_length, allowed.in_words(), *price),
            _ => (0, String::new(), 0),
        };
        (attribute.code.clone(), attribute.label.clone(), max_length, allowed, product.money(price).signed())
    });
    let text = move || match desk.value(id) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let typed = Typed::new(desk, id);
    let written = move || typed.text.get().unwrap_or_else(text);
    let error = typed.error;
    let input = move |event: leptos::ev::Event| {
        let read = desk.product(|product| product.attribute(id).read_value(&event_target_value(&event)));
        match read {
            Ok(value) if desk.blocked(id, &value).is_some() => {
                // It stands in the panel; the field shows the design's.
                typed.forget();
                desk.wanted.set(Some((id, value)));
                event_target::<HtmlInputElement>(&event).set_value(&untrack(text));
            }
            Ok(value) => {
                typed.forget();
                desk.choose(id, value);
                // As it was taken: trimmed, and in the case that is allowed.
                event_target::<HtmlInputElement>(&event).set_value(&untrack(text));
            }
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    let mut hint = format!("Up to {max_length} characters: {allowed}");
    if !price.is_empty() {
        hint.push_str(&format!(" · {price}"));
    }
    let hint_id = format!("{code}-hint");
    view! {
        <input
            type="text"
            class="text-field"
            name=code
            aria-label=label
            aria-describedby=hint_id.clone()
            maxlength=max_length
            value=untrack(written)
            prop:value=written
            on:keydown=apply_on_enter
            on:change=input
        />
        <p class="hint" id=hint_id>{hint}</p>
        {move || error.get().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
        <Panel desk=desk id=id />
    }
}

//! What is typed or picked in a form: label, control, and under it a hint and what is wrong. Control and notes are tied by
//! `aria-describedby`. Inside the admin fields are denser. No field cuts what is typed or pasted: the server counts and says.

use leptos::prelude::*;

/// Label, control and notes.
pub const FIELD: &str = "mb-5 grid min-w-0 content-start gap-1.5 dense:mb-4 dense:gap-1";
/// Label, control and notes, where others keep the distance.
pub const FIELD_TIGHT: &str = "grid min-w-0 content-start gap-1.5 dense:gap-1";
/// The label, also a legend's.
pub const LABEL: &str = "text-s font-semibold wrap-anywhere";
/// A line of text.
pub const INPUT: &str = "control w-full min-w-0";
/// A line of text as long as what is asked for, without a label over it.
pub const INPUT_ALONE: &str = "control mt-2 w-full min-w-0 max-w-96";
/// A line of text of its own width, in a row with others.
pub const INPUT_ROW: &str = "control min-w-0 flex-1";
/// Several lines of text, growing with what is typed.
pub const AREA: &str =
    "control w-full min-w-0 field-sizing-content leading-[1.45] [&:not(.dense_*)]:min-h-[calc(3lh+1.3rem)]";
/// Several lines of a language of rules.
pub const AREA_CODE: &str =
    "control w-full min-w-0 field-sizing-content leading-[1.45] font-mono text-[0.88em]";
/// Many lines, such as a spreadsheet's rows: they scroll in it, and the page stays as long as it was.
pub const AREA_ROWS: &str = "control w-full min-w-0 leading-[1.45] font-mono text-[0.88em]";
/// A list to pick from.
pub const SELECT: &str = "control w-full min-w-0";
/// A number.
pub const NUMBER: &str = "control w-32 max-w-full tabular";
/// A control with a unit beside it.
pub const WITH_UNIT: &str = "flex min-w-0 items-center gap-2";
/// The unit.
pub const UNIT: &str = "text-muted";
/// What is wrong with a field.
pub const ERROR: &str = "text-s text-stop wrap-anywhere before:text-[0.75em] before:content-['▲_'_/_'']";
/// What is good to know about a field.
pub const HINT: &str = "text-s text-muted wrap-anywhere";
/// A box to tick with its words.
pub const TICK: &str = "inline-flex min-h-10 max-w-full cursor-pointer items-center gap-2 wrap-anywhere";
/// The box.
pub const TICK_BOX: &str = "m-0 size-5 shrink-0 accent-accent";
/// Fields side by side where there is room.
pub const PAIR: &str = "grid grid-cols-[repeat(auto-fit,minmax(min(100%,180px),1fr))] gap-x-4";

/// A labelled control and what is said about it.
#[derive(Default)]
pub struct Field {
    /// The control's id.
    pub id: String,
    /// Its name in the form; nothing for what is not sent.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Whether the label is only for those who can't see the row it stands in.
    pub hide_label: bool,
    /// Whether others keep the distance.
    pub tight: bool,
    /// Whether several lines stay as high as they are, however much is written into them.
    pub keeps_height: bool,
    /// What it shows.
    pub value: String,
    /// An example of what to type.
    pub placeholder: String,
    /// Whether the form can't do without.
    pub required: bool,
    /// Whether it can be read and sent, not changed.
    pub readonly: bool,
    /// Whether it can't be used now.
    pub disabled: bool,
    /// Whether the page opens with it.
    pub autofocus: bool,
    /// What a browser fills in; empty for its own guess.
    pub autocomplete: &'static str,
    /// What a phone's keyboard offers; empty for what the type says.
    pub keyboard: &'static str,
    /// The fewest characters.
    pub min_length: Option<u32>,
    /// What is wrong with it, each a sentence.
    pub errors: Vec<String>,
    /// How a test finds the first of those.
    pub error_test: Option<&'static str>,
    /// Whether it is wrong though nothing here says why.
    pub wrong: bool,
    /// What is good to know; empty for nothing.
    pub hint: String,
    /// How a test finds that.
    pub hint_test: Option<&'static str>,
    /// Id of something elsewhere on the page that tells more.
    pub described_by: Option<String>,
    /// The language of what is typed; empty for the page's.
    pub lang: String,
    /// The direction in which that is written; empty for what the text itself says.
    pub dir: &'static str,
}

/// An entry of a list to pick from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// Whether it is the one shown.
    pub selected: bool,
}

impl Field {
    /// A line of text; `kind` is the input's type, such as `email`.
    #[must_use]
    pub fn text(self, kind: &'static str) -> AnyView {
        self.input(kind, INPUT)
    }

    /// What it says, for somebody who only reads it.
    #[must_use]
    pub fn told(self) -> AnyView {
        let notes = self.notes();
        let value = if self.value.is_empty() { "–".to_owned() } else { self.value };
        view! {
            <div class=if self.tight { FIELD_TIGHT } else { FIELD }>
                <span class=if self.hide_label { "sr-only" } else { LABEL }>{self.label}</span>
                <p class="whitespace-pre-line wrap-anywhere" id=self.id dir="auto">{value}</p>
                {notes}
            </div>
        }
        .into_any()
    }

    /// A whole number within its ends, with its unit.
    #[must_use]
    pub fn number(mut self, ends: Option<(i64, i64)>, unit: &str) -> AnyView {
        self.keyboard = "numeric";
        let (min, max) = ends.map(|(min, max)| (min.to_string(), max.to_string())).unzip();
        self.labelled(move |field, described| {
            view! {
                <span class=WITH_UNIT>
                    <input
                        class=NUMBER
                        type="number"
                        inputmode="numeric"
                        id=field.id.clone()
                        name=some(&field.name)
                        value=field.value.clone()
                        min=min
                        max=max
                        required=field.required
                        readonly=field.readonly
                        disabled=field.disabled
                        aria-invalid=field.invalid()
                        aria-describedby=described
                    />
                    <span class=UNIT>{unit.to_owned()}</span>
                </span>
            }
            .into_any()
        })
    }

    /// An amount of money, typed as people write it, with its currency.
    #[must_use]
    pub fn amount(mut self, currency: &str) -> AnyView {
        self.keyboard = "decimal";
        self.labelled(move |field, described| {
            view! {
                <span class=WITH_UNIT>{field.line("text", NUMBER, described)} <span class=UNIT>{currency.to_owned()}</span></span>
            }
            .into_any()
        })
    }

    /// Several lines of text; `code` for a language of rules.
    #[must_use]
    pub fn area(self, rows: u32, code: bool) -> AnyView {
        self.labelled(move |field, described| {
            view! {
                <textarea
                    class=field.area_class(code)
                    id=field.id.clone()
                    name=some(&field.name)
                    rows=rows.to_string()
                    lang=some(&field.lang)
                    dir=some(field.dir).or((!code).then(|| "auto".to_owned()))
                    placeholder=some(&field.placeholder)
                    spellcheck=if code { "false" } else { "true" }
                    data-codes=code.then_some("")
                    autocomplete=some(field.autocomplete)
                    required=field.required
                    readonly=field.readonly
                    disabled=field.disabled
                    autofocus=field.autofocus
                    aria-invalid=field.invalid()
                    aria-describedby=described
                    inner_html=escape(&field.value)
                ></textarea>
            }
            .into_any()
        })
    }

    fn area_class(&self, code: bool) -> &'static str {
        match (self.keeps_height, code) {
            (true, _) => AREA_ROWS,
            (false, true) => AREA_CODE,
            (false, false) => AREA,
        }
    }

    /// A list to pick from.
    #[must_use]
    pub fn select(self, entries: Vec<Entry>) -> AnyView {
        self.labelled(move |field, described| {
            let entries = entries.into_iter().map(|entry| {
                view! { <option value=entry.value selected=entry.selected>{entry.words}</option> }
            });
            view! {
                <select
                    class=SELECT
                    id=field.id.clone()
                    name=some(&field.name)
                    required=field.required
                    disabled=field.disabled
                    autofocus=field.autofocus
                    aria-invalid=field.invalid()
                    aria-describedby=described
                >
                    {entries.collect_view()}
                </select>
            }
            .into_any()
        })
    }

    fn input(self, kind: &'static str, class: &'static str) -> AnyView {
        self.labelled(move |field, described| field.line(kind, class, described))
    }

    fn line(&self, kind: &'static str, class: &'static str, described: Option<String>) -> AnyView {
        view! {
            <input
                class=class
                id=self.id.clone()
                name=some(&self.name)
                type=kind
                lang=some(&self.lang)
                dir=some(self.dir).or(matches!(kind, "email" | "tel" | "url").then(|| "ltr".to_owned()))
                inputmode=some(self.keyboard)
                autocomplete=some(self.autocomplete)
                placeholder=some(&self.placeholder)
                required=self.required
                readonly=self.readonly
                disabled=self.disabled
                autofocus=self.autofocus
                minlength=self.min_length.map(|length| length.to_string())
                value=self.value.clone()
                aria-invalid=self.invalid()
                aria-describedby=described
            />
        }
        .into_any()
    }

    fn labelled(self, control: impl FnOnce(&Self, Option<String>) -> AnyView) -> AnyView {
        let notes = self.notes();
        let described = notes.is_some().then(|| format!("{}.note", self.id));
        let described: Vec<String> = described.into_iter().chain(self.described_by.clone()).collect();
        let control = control(&self, (!described.is_empty()).then(|| described.join(" ")));
        view! {
            <div class=if self.tight { FIELD_TIGHT } else { FIELD }>
                <label class=if self.hide_label { "sr-only" } else { LABEL } for=self.id>{self.label}</label>
                {control}
                {notes}
            </div>
        }
        .into_any()
    }

    fn notes(&self) -> Option<AnyView> {
        notes(
            &format!("{}.note", self.id),
            &self.errors,
            self.error_test,
            some(&self.hint).map(|hint| (hint, self.hint_test)),
        )
    }

    fn invalid(&self) -> Option<&'static str> {
        (self.wrong || !self.errors.is_empty()).then_some("true")
    }
}

/// What stands under a control; nothing where there is nothing to say.
#[must_use]
pub fn notes(
    id: &str,
    errors: &[String],
    error_test: Option<&'static str>,
    hint: Option<(String, Option<&'static str>)>,
) -> Option<AnyView> {
    if errors.is_empty() && hint.is_none() {
        return None;
    }
    let errors = errors.iter().cloned();
    let errors = errors.map(|error| view! { <p class=ERROR data-testid=error_test>{error}</p> });
    let hint = hint.map(|(hint, test)| view! { <p class=HINT data-testid=test>{hint}</p> });
    Some(view! { <div id=id.to_owned()>{errors.collect_view()} {hint}</div> }.into_any())
}

/// A box to tick with its words behind it; `spoken` is what a screen reader says in their place.
#[must_use]
pub fn tick(name: &str, value: &str, words: &str, ticked: bool, spoken: Option<String>) -> AnyView {
    view! {
        <label class=TICK>
            <input
                class=TICK_BOX
                type="checkbox"
                name=name.to_owned()
                value=value.to_owned()
                checked=ticked
                aria-label=spoken
            />
            <span>{words.to_owned()}</span>
        </label>
    }
    .into_any()
}

/// A text that is not empty.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Text as HTML: whatever stands between a text area's tags is its content.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

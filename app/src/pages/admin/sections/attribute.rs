//! One attribute: its words, what its kind asks for, its place among the others.

use configurator::ValueShape;
use configurator::source::{AttributeSource, Source};
use leptos::prelude::*;
use words::Admin;

use super::super::dragging::handle;
use super::super::editor::{Editor, is_open};
use super::super::form::{Form, TextField, end, enter_saves};
use super::super::place::attribute_anchor;
use super::super::shell::FORM;
use super::condition::Condition;
use super::listed::rest;
use super::long_menu::search_to_read;
use super::options::options;
use super::section::surcharge;
use crate::paths;
use crate::ui::disclosure::{PROBLEMS, ROW, ROW_CONTENT, ROW_SUMMARY};
use crate::ui::field::PAIR;
use crate::ui::form::Post;
use crate::ui::{button, text};

/// A name and, with more room, what is said under it.
const NAME_AND_ADVICE: &str = "grid gap-x-4 tablet:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]";

/// One attribute with its options.
pub(crate) fn attribute(editor: &Editor, index: usize, attribute: &AttributeSource) -> AnyView {
    let anchor = attribute_anchor(&attribute.code);
    let form = editor.form(&anchor);
    let (lines, say) = (Lines { editor, form, index }, editor.say());
    let label = &attribute.label;
    view! {
        <details class=ROW id=anchor.clone() open=is_open(editor, index, &attribute.code) data-testid=anchor.clone() data-part=anchor.clone() data-open=form.came_back().then_some("")>
            {summary(editor, index, attribute, &anchor)}
            <div class=ROW_CONTENT>
            {editor.take_back(&anchor)}
            {editor.open_alone(&anchor, label)}
            {search_to_read(editor, attribute)}
            {Post::to(paths::admin::attribute(&editor.slug, &attribute.code)).class(FORM).judged_here().sheet(|| view! {
                {editor.act(|| enter_saves(say))}
                {form.notice()}
                {editor.origin_of(form)}
                <div class=NAME_AND_ADVICE>
                    {lines.line("label", say.name(), label.clone(), "text")}
                    {lines.line("help", say.advice(), attribute.help.clone(), "text")}
                </div>
                {lines.applies(attribute.applies.as_deref().unwrap_or_default())}
                {of_kind(lines, attribute)}
                {rest(editor, form, &anchor, label, Some(lines.line("place", say.field_place(), (index + 1).to_string(), "numeric")))}
                {editor.act(|| acts(editor, index, &anchor))}
                {end()}
            }.into_any())}
            </div>
        </details>
    }
    .into_any()
}

/// What shows of an attribute while its form is closed.
fn summary(editor: &Editor, index: usize, attribute: &AttributeSource, anchor: &str) -> AnyView {
    let (say, problems) = (editor.say(), editor.problems_of_attribute(index));
    let problems = (problems > 0).then(|| {
        view! { <span class=PROBLEMS>{say.problems(problems as u64)}</span> }
    });
    let forgotten = editor.findings_of_attribute(index);
    let forgotten = (forgotten > 0).then(|| {
        view! { <span class=PROBLEMS data-testid="forgotten">{editor.language.gate().look_forgotten(forgotten as u64)}</span> }
    });
    let many = attribute.options.len() as u64;
    let options = say.options(many, &editor.language.words().locale.count(many));
    let about = match attribute.kind.shape() {
        ValueShape::Option => options,
        ValueShape::Options => say.several_at_once(&options),
        ValueShape::Number => say.a_number().to_owned(),
        ValueShape::Text => say.a_text().to_owned(),
    };
    let step = editor.source.steps.iter().find(|step| step.code == attribute.step);
    let step = step.map_or_else(|| attribute.step.clone(), |step| step.label.clone());
    let line = if attribute.locked {
        say.locked_attribute_line(&step, &about)
    } else {
        say.attribute_line(&step, &about)
    };
    view! {
        <summary class=ROW_SUMMARY>
            <span class="font-semibold wrap-anywhere">{attribute.label.clone()}</span>
            <span class=text::META>{line}</span>
            {problems} {forgotten}
            {editor.saved_note(anchor)}
            {editor.alone.is_none().then(|| handle(editor))}
        </summary>
    }
    .into_any()
}

/// The lines of text in an attribute's form.
#[derive(Clone, Copy)]
struct Lines<'e> {
    editor: &'e Editor,
    form: Form<'e>,
    index: usize,
}

impl Lines<'_> {
    fn line(self, name: &str, label: &str, saved: String, keyboard: &'static str) -> AnyView {
        let id = format!("attributes.{}.{name}", self.index);
        TextField {
            problems: self.editor.problems_at(&id),
            id,
            name: name.to_owned(),
            label,
            saved: &saved,
            keyboard,
            ..TextField::default()
        }
        .view(self.form)
    }
}

impl Lines<'_> {
    /// When the attribute is there.
    fn applies(self, saved: &str) -> AnyView {
        let (editor, place) = (self.editor, format!("attributes.{}.applies", self.index));
        let label = editor.say().applies_when();
        let field = Condition { place: &place, name: "applies", label, saved, is_of_many: false };
        field.view(editor, self.form)
    }
}

/// The fields that only attributes of this kind have.
fn of_kind(lines: Lines, attribute: &AttributeSource) -> AnyView {
    let say = lines.editor.say();
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let price = surcharge(lines.editor, attribute.price.unwrap_or(0));
    match attribute.kind.shape() {
        ValueShape::Option | ValueShape::Options => {
            options(lines.editor, lines.form, lines.index, attribute)
        }
        ValueShape::Number => {
            let unit = attribute.unit.clone().unwrap_or_else(|| say.step_of_one().to_owned());
            let each = say.price_of_each(&unit);
            view! {
                <div class=PAIR>
                    {lines.line("min", say.smallest_value(), number(attribute.min), "numeric")}
                    {lines.line("max", say.largest_value(), number(attribute.max), "numeric")}
                    {lines.line("price", &each, price, "decimal")}
                </div>
            }
            .into_any()
        }
        ValueShape::Text => view! {
            <div class=PAIR>
                {lines.line("max_length", say.most_characters(), number(attribute.max_length.map(i64::from)), "numeric")}
                {lines.line("price", say.price_when_used(), price, "decimal")}
            </div>
        }
        .into_any(),
    }
}

/// What is done with an attribute as a whole.
fn acts(editor: &Editor, index: usize, anchor: &str) -> AnyView {
    let (say, label) = (editor.say(), &editor.source.attributes[index].label);
    view! {
        <div class="mt-4 flex flex-wrap gap-2">
            <button type="submit" class=button::QUIET name="do" value="save" data-testid=format!("save-{anchor}")>
                {say.save_attribute(label)}
            </button>
            {moves(say, &editor.source, index)}
            <button type="submit" class=button::PLAIN name="do" value="attribute-remove">
                {say.remove_attribute(label)}
            </button>
        </div>
    }
    .into_any()
}

/// The buttons that move an attribute among those of its step.
fn moves(say: &Admin, source: &Source, index: usize) -> AnyView {
    let AttributeSource { step, label, .. } = &source.attributes[index];
    let first = !source.attributes[..index].iter().any(|other| other.step == *step);
    let last = !source.attributes[index + 1..].iter().any(|other| other.step == *step);
    view! {
        <button
            type="submit"
            class=button::PLAIN
            name="do"
            value="attribute-up"
            disabled=first
            aria-label=say.move_attribute_up(label)
        >
            {say.attribute_up()}
        </button>
        <button
            type="submit"
            class=button::PLAIN
            name="do"
            value="attribute-down"
            disabled=last
            aria-label=say.move_attribute_down(label)
        >
            {say.attribute_down()}
        </button>
    }
    .into_any()
}

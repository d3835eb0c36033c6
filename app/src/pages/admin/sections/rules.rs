//! The rules with their mistakes.

use configurator::ValueShape;
use configurator::source::{RuleSource, Source};
use leptos::prelude::*;
use words::Admin;

use super::super::dragging::handle;
use super::super::editor::Editor;
use super::super::form::{AreaField, Form};
use super::super::mistakes::RuleText;
use super::super::option_pages::{MOST_OPTIONS, is_long};
use super::super::place::attribute_anchor;
use super::listed::place;
use super::menus::{self, NEW_RULE};
use super::section::section;
use super::tables;
use crate::paths::admin::{product, section_alone};
use crate::ui::disclosure::{MORE, PROBLEMS, ROW, ROW_SUMMARY, SUMMARY};
use crate::ui::field::{ERROR, LABEL};
use crate::ui::values::{GIVEN, TERM, VALUE, VALUES};
use crate::ui::{link, text};

/// Condition and sentence: one under the other, on a desk side by side.
macro_rules! rule {
    ($rest:literal) => {
        concat!("grid gap-x-4 gap-y-2 py-4 desk:grid-cols-2 desk:items-start ", $rest)
    };
}

const RULE: &str = rule!("px-2");
const NEW: &str = rule!("mb-2");
pub(crate) fn rules(editor: &Editor) -> AnyView {
    let (form, say) = (editor.form("rules"), editor.say());
    let rules = editor.source.rules.iter().zip(editor.keys("rules")).enumerate();
    let rules = rules.map(|(index, (written, key))| rule(editor, form, index, (written, key)));
    let empty = editor.source.rules.is_empty().then(|| {
        view! { <p class=text::HINT data-testid="no-rules">{say.no_rules()}</p> }
    });
    let problems =
        editor.problems_at("rules").into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let example = example(&editor.source);
    let example = example.unwrap_or_else(|| "sole = trail implies sole_colour in (oat, ash)".to_owned());
    let example = view! { <code class=text::CODE>{example}</code> }.into_any();
    let fields = view! {
        <p class=text::LEAD>{text::around(&say.rules_hint(&text::HERE), example)}</p>
        {codes(editor)}
        {problems.collect_view()}
        {empty}
        <ol class="border-b border-line">{rules.collect_view()}</ol>
        {another(editor, form)}
    };
    section(editor, "rules", say.rules(), say.save_rules(), fields.into_any())
}

/// A rule as it could be of the first choices of a product.
fn example(source: &Source) -> Option<String> {
    let choices = source.attributes.iter().filter(|attribute| attribute.kind.shape() == ValueShape::Option);
    let mut choices = choices.filter(|attribute| attribute.options.len() > 1);
    let (given, then) = (choices.next()?, choices.next()?);
    let [one, another, ..] = then.options.as_slice() else { return None };
    let last = &given.options.last()?.code;
    Some(format!("{} = {last} implies {} in ({}, {})", given.code, then.code, one.code, another.code))
}

/// The codes that rules are written with.
fn codes(editor: &Editor) -> AnyView {
    let codes = editor.source.attributes.iter().map(|attribute| {
        let options = attribute.options.iter().map(|option| option.code.as_str());
        let options: Vec<&str> = options.take(MOST_OPTIONS).collect();
        // Nobody reads a thousand; its own section finds them.
        let more = is_long(attribute).then(|| {
            let many = attribute.options.len() as u64;
            let words = editor.say().options(many, &editor.language.words().locale.count(many));
            let anchor = attribute_anchor(&attribute.code);
            let page = section_alone(&product(&editor.slug), &anchor, (1, ""));
            view! { " … " <a class=link::LINK href=format!("{page}#{anchor}")>{words}</a> }
        });
        view! {
            <div class=VALUE>
                <dt class=TERM>
                    <code class=text::CODE>{attribute.code.clone()}</code>
                    " "
                    {attribute.label.clone()}
                </dt>
                <dd class=GIVEN>
                    <code class=text::CODE>{options.join(", ")}</code> {more}
                </dd>
            </div>
        }
    });
    view! {
        <div class="mb-4">
            <details class=MORE>
                <summary class=SUMMARY>{editor.say().codes_for_rules()}</summary>
                <dl class=VALUES>{codes.collect_view()}</dl>
            </details>
        </div>
    }
    .into_any()
}

/// Another rule.
fn another(editor: &Editor, form: Form) -> AnyView {
    let say = editor.say();
    let new = |name: &str, label: &'static str| {
        AreaField {
            id: format!("rules.new.{name}"),
            name: format!("new.{name}"),
            label,
            rows: 2,
            code: name == "rule",
            ..AreaField::default()
        }
        .view(form)
    };
    let by_menus = match menus::of(editor, form, NEW_RULE, None) {
        Some(menus) => menus.view(None),
        None => view! {
            <div>
                {new("rule", say.condition())}
                {menus::to_menus(editor, NEW_RULE, say.another_rule(), form.typed("new.rule").unwrap_or_default())}
            </div>
        }
        .into_any(),
    };
    view! {
        <fieldset class=NEW data-whole data-testid="new-rule">
            <legend class=LABEL>{say.another_rule()}</legend>
            {by_menus}
            <div>
                {new("sentence", say.sentence())}
                <p class=text::HINT>{editor.language.sentences().made_by_itself()}</p>
            </div>
            {editor.act(|| tables::begin(editor, form))}
        </fieldset>
    }
    .into_any()
}

fn rule(editor: &Editor, form: Form, index: usize, (rule, key): (&RuleSource, &str)) -> AnyView {
    let sentence_place = format!("rules.{index}.sentence");
    let (number, say) = (index + 1, editor.say());
    let (made, told_by) = made(editor, form, index, &sentence_place);
    let problems = editor.problems.iter().filter(|problem| is_of(index, &problem.place)).count();
    let is_open =
        problems > 0 || editor.opened.contains(&index) || form.shows_rule(key) || form.is_about(key);
    // By its place alone, nothing tells which rule it became.
    let code = (!key.starts_with(|first: char| first.is_ascii_digit())).then(|| key.to_owned());
    view! {
        <li data-testid="rule" data-key=code>
            {handle(editor)}
            <details class=ROW open=is_open>
            {summary(editor, index, rule, problems)}
            <div class=RULE>
            {condition(editor, form, index, (rule, key))}
            <div class="grid gap-2">
                {AreaField {
                    problems: editor.problems_at(&sentence_place),
                    id: sentence_place,
                    name: format!("sentence.{key}"),
                    label: say.sentence(),
                    saved: &rule.sentence,
                    rows: 2,
                    told_by,
                    ..AreaField::default()
                }
                .view(form)}
                {made}
            </div>
            {place(form, "rules", key, index, &say.rule(&number))}
            {editor.act(|| remove(say, key, number))}
            </div>
            </details>
        </li>
    }
    .into_any()
}

/// What has to hold: by menus, as a table, or as text with what is wrong in it.
fn condition(editor: &Editor, form: Form, index: usize, (rule, key): (&RuleSource, &str)) -> AnyView {
    let rule_place = format!("rules.{index}.rule");
    let table = tables::of(form, key, &rule.rule);
    let name = editor.say().rule(&(index + 1));
    let field = format!("rule.{key}");
    let written =
        RuleText { slug: &editor.slug, place: &rule_place, name: &field, called: &name, saved: &rule.rule };
    // What is wrong in a table is told in its cells.
    let (shown, described_by) = match table {
        Some(_) => (None, None),
        None => written.mistakes(&editor.problems, editor.language),
    };
    let by_menus = match (menus::of(editor, form, key, Some((&name, &rule.rule))), &table) {
        (_, Some(table)) => tables::table(editor, form, key, &name, &rule_place, table),
        (Some(menus), None) => {
            let said = form.said(&format!("rule.{key}"), &rule.rule, editor.problems_at(&rule_place));
            let (notes, _) = said.notes(&rule_place);
            view! { <div id=rule_place.clone() tabindex="-1" class="min-w-0 focus:outline-none">{menus.view(notes)}</div> }.into_any()
        }
        (None, None) => view! {
            <div class="min-w-0 focus:outline-none" tabindex="-1" autofocus=form.shows_rule(key)>
                {AreaField {
                    problems: editor.problems_at(&rule_place),
                    id: rule_place.clone(),
                    name: format!("rule.{key}"),
                    label: &name,
                    quiet_label: false,
                    saved: &rule.rule,
                    rows: if rule.rule.len() > 160 { 4 } else { 2 },
                    keeps_height: false,
                    code: true,
                    described_by,
                    told_by: None,
                }
                .view(form)}
                {menus::to_menus(editor, key, &name, &form.text(&format!("rule.{key}"), &rule.rule))}
            </div>
        }
        .into_any(),
    };
    view! { {by_menus} {shown} }.into_any()
}

fn remove(say: &Admin, key: &str, number: usize) -> AnyView {
    view! {
        <div>
            <button
                type="submit"
                class=link::SUBTLE
                name="do"
                value=format!("remove:{key}")
                aria-label=say.remove_rule_of(&number)
            >
                {say.remove_rule()}
            </button>
        </div>
    }
    .into_any()
}

/// Whether a problem's place is in a rule.
fn is_of(index: usize, place: &str) -> bool {
    let mut parts = place.split('.');
    parts.next() == Some("rules") && parts.next().and_then(|at| at.parse().ok()) == Some(index)
}

/// What shows of a rule while it is closed: what it says.
fn summary(editor: &Editor, index: usize, rule: &RuleSource, problems: usize) -> AnyView {
    let say = editor.say();
    let made = editor.made_sentences.get(index).map(Vec::as_slice).unwrap_or_default();
    let made = made.iter().find(|(tag, _)| *tag == editor.source.language);
    let says = match (rule.sentence.trim(), made) {
        ("", Some((_, made))) => editor.language.marked(made.clone()),
        ("", None) => rule.rule.clone(),
        (sentence, _) => sentence.to_owned(),
    };
    let problems = (problems > 0).then(|| {
        view! { <span class=PROBLEMS>{say.problems(problems as u64)}</span> }
    });
    view! {
        <summary class=ROW_SUMMARY>
            <span class="font-semibold">{say.rule(&(index + 1))}</span>
            <span class="min-w-0 flex-1 wrap-anywhere">{says}</span>
            {problems}
        </summary>
    }
    .into_any()
}

/// What shoppers read where no sentence is written for them, by language; and the id of what tells it. What a form that came
/// back says, nobody knows before it is saved.
fn made(editor: &Editor, form: Form, index: usize, sentence: &str) -> (Option<AnyView>, Option<String>) {
    let say = editor.language.sentences();
    let made = editor.made_sentences.get(index).map(Vec::as_slice).unwrap_or_default();
    if form.came_back() || made.is_empty() {
        return (None, None);
    }
    let id = format!("{sentence}.made");
    let lines = made.iter().map(|(tag, made)| {
        let language = words::matching(tag).unwrap_or_default();
        // Its own direction, within a line of the page's.
        let made = view! { <bdi lang=tag.clone()>{editor.language.marked(made.clone())}</bdi> }.into_any();
        let line = match *tag == editor.source.language {
            true => say.says_by_itself(&text::HERE),
            false => say.says_by_itself_in(&language.name(), &text::HERE),
        };
        view! { <p class=text::HINT data-testid="made-sentence">{text::around(&line, made)}</p> }
    });
    let view = view! { <div id=id.clone()>{lines.collect_view()}</div> };
    (Some(view.into_any()), Some(id))
}

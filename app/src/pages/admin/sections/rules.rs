//! The rules with their mistakes.

use configurator::Problem;
use configurator::source::RuleSource;
use leptos::prelude::*;
use words::Language;

use super::super::editor::Editor;
use super::super::form::{AreaField, Form};
use super::listed::place;
use super::menus::{self, NEW_RULE};
use super::section::section;
use super::tables;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{ERROR, LABEL};
use crate::ui::values::{GIVEN, TERM, VALUE, VALUES};
use crate::ui::{link, text};

/// Condition and sentence: one under the other, on a desk side by side.
macro_rules! rule {
    ($rest:literal) => {
        concat!("grid gap-x-4 gap-y-2 py-4 desk:grid-cols-2 desk:items-start ", $rest)
    };
}

const RULE: &str = rule!("border-t border-line");
const NEW: &str = rule!("mb-2");
const MISTAKES: &str = "grid gap-3 rounded-s border border-transparent bg-stop-soft px-3.5 py-3 desk:col-span-full desk:row-start-2";
/// What is wrong in a rule, and the place where something is missing.
const WRONG: &str =
    "bg-transparent font-bold text-stop underline decoration-wavy decoration-[1.5px] underline-offset-4";
const GAP: &str = "bg-transparent text-stop before:text-[0.7em] before:content-['▲']";

pub(crate) fn rules(editor: &Editor) -> AnyView {
    let (form, say) = (editor.form("rules"), editor.say());
    let rules = editor.source.rules.iter().zip(editor.keys("rules")).enumerate();
    let rules = rules.map(|(index, (written, key))| rule(editor, form, index, (written, key)));
    let empty = editor.source.rules.is_empty().then(|| {
        view! { <p class=text::HINT data-testid="no-rules">{say.no_rules()}</p> }
    });
    let problems =
        editor.problems_at("rules").into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
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
    let codes = editor.source.attributes.iter().map(|attribute| {
        let options: Vec<&str> = attribute.options.iter().map(|option| option.code.as_str()).collect();
        view! {
            <div class=VALUE>
                <dt class=TERM>
                    <code class=text::CODE>{attribute.code.clone()}</code>
                    " "
                    {attribute.label.clone()}
                </dt>
                <dd class=GIVEN>
                    <code class=text::CODE>{options.join(", ")}</code>
                </dd>
            </div>
        }
    });
    let example =
        view! { <code class=text::CODE>"sole = trail implies sole_colour in (oat, ash)"</code> }.into_any();
    let fields = view! {
        <p class=text::LEAD>{text::around(&say.rules_hint(&text::HERE), example)}</p>
        <div class="mb-4">
            <details class=MORE>
            <summary class=SUMMARY>{say.codes_for_rules()}</summary>
            <dl class=VALUES>{codes.collect_view()}</dl>
        </details>
        </div>
        {problems.collect_view()}
        {empty}
        <ol class="border-b border-line">{rules.collect_view()}</ol>
        <fieldset class=NEW data-testid="new-rule">
            <legend class=LABEL>{say.another_rule()}</legend>
            {by_menus}
            {new("sentence", say.sentence())}
            {editor.act(|| tables::begin(editor, form))}
        </fieldset>
    };
    let script = editor.act(|| {
        view! { <script r#type="module" src=crate::paths::file::SENTENCES_SCRIPT></script> }.into_any()
    });
    let section = section(editor, "rules", say.rules(), say.save_rules(), fields.into_any());
    view! { {section} {script} }.into_any()
}

fn rule(editor: &Editor, form: Form, index: usize, (rule, key): (&RuleSource, &str)) -> AnyView {
    let rule_place = format!("rules.{index}.rule");
    let sentence_place = format!("rules.{index}.sentence");
    let table = tables::of(form, key, &rule.rule);
    let mistakes: Vec<&Problem> = editor
        .problems
        .iter()
        .filter(|problem| problem.place == rule_place && problem.span.is_some() && table.is_none())
        .collect();
    let mistakes_id = format!("rules.{index}.mistakes");
    let described_by = (!mistakes.is_empty()).then(|| mistakes_id.clone());
    let shown = described_by.is_some().then(|| {
        let shown = mistakes.iter().map(|problem| mistake(editor.language, &rule.rule, problem));
        view! { <div id=mistakes_id class=MISTAKES>{shown.collect_view()}</div> }
    });
    let (number, say) = (index + 1, editor.say());
    let name = say.rule(&number);
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
                    saved: &rule.rule,
                    rows: if rule.rule.len() > 160 { 4 } else { 2 },
                    code: true,
                    described_by,
                }
                .view(form)}
                {menus::to_menus(editor, key, &name, &form.text(&format!("rule.{key}"), &rule.rule))}
            </div>
        }
        .into_any(),
    };
    view! {
        <li class=RULE data-testid="rule">
            {by_menus}
            {shown}
            {AreaField {
                problems: editor.problems_at(&sentence_place),
                id: sentence_place,
                name: format!("sentence.{key}"),
                label: say.sentence(),
                saved: &rule.sentence,
                rows: 2,
                ..AreaField::default()
            }
            .view(form)}
            {place(form, "rules", key, index, &say.rule(&number))}
            {editor.act(|| view! {
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
            }.into_any())}
        </li>
    }
    .into_any()
}

/// A mistake in a rule: the text with the offending part marked, what is wrong, and what to do.
fn mistake(language: Language, text: &str, problem: &Problem) -> AnyView {
    let span = problem.span.clone().unwrap_or(0..0);
    let (before, wrong, after) = match (text.get(..span.start), text.get(span.clone()), text.get(span.end..))
    {
        (Some(before), Some(wrong), Some(after)) => (before, wrong, after),
        _ => (text, "", ""),
    };
    let position = before.chars().count() + 1;
    let mistake = language.marked(format!("{}. {}", problem.message, problem.advice));
    let said = language.admin().at_character(&position, &mistake);
    let class = if wrong.is_empty() { GAP } else { WRONG };
    view! {
        <div data-testid="rule-mistake">
            <pre class="mb-1 whitespace-pre-wrap wrap-anywhere"><code class=text::CODE>{before.to_owned()}<mark class=class>{wrong.to_owned()}</mark>{after.to_owned()}</code></pre>
            <p class=ERROR>{said}</p>
        </div>
    }
    .into_any()
}

//! The rules with their mistakes.

use configurator::Problem;
use configurator::source::RuleSource;
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{AreaField, Form};
use super::section::section;

pub(crate) fn rules(editor: &Editor) -> AnyView {
    let form = editor.form("rules");
    let rules =
        editor.source.rules.iter().enumerate().map(|(index, written)| rule(editor, form, index, written));
    let empty = editor.source.rules.is_empty().then(|| {
        view! { <p class="hint" data-testid="no-rules">"No rules yet: everything goes with everything."</p> }
    });
    let problems =
        editor.problems_at("rules").into_iter().map(|problem| view! { <p class="field-error">{problem}</p> });
    let new = |name: &str, label: &'static str, rows: &'static str| {
        AreaField {
            id: format!("rules.new.{name}"),
            name: format!("new.{name}"),
            label,
            saved: "",
            rows,
            code: name == "rule",
            problems: Vec::new(),
            described_by: None,
        }
        .view(form)
    };
    let codes = editor.source.attributes.iter().map(|attribute| {
        let options: Vec<&str> = attribute.options.iter().map(|option| option.code.as_str()).collect();
        view! {
            <div class="value">
                <dt>
                    <code>{attribute.code.clone()}</code>
                    " "
                    {attribute.label.clone()}
                </dt>
                <dd>
                    <code>{options.join(", ")}</code>
                </dd>
            </div>
        }
    });
    let fields = view! {
        <p class="hint admin-lead">
            "Every valid design meets every rule, such as "
            <code>"sole = trail implies sole_colour in (oat, ash)"</code>
            ". The sentence says the same to shoppers, and what to do."
        </p>
        <details class="admin-codes">
            <summary class="link">"Codes to use in rules"</summary>
            <dl class="values">{codes.collect_view()}</dl>
        </details>
        {problems.collect_view()}
        {empty}
        <ol class="admin-rules">{rules.collect_view()}</ol>
        <fieldset class="admin-rule-new">
            <legend>"Another rule"</legend>
            {new("rule", "Condition", "2")}
            {new("sentence", "Sentence for shoppers", "2")}
        </fieldset>
    };
    section(editor, "rules", "Rules", "Save rules", fields.into_any())
}

fn rule(editor: &Editor, form: Form, index: usize, rule: &RuleSource) -> AnyView {
    let place = format!("rules.{index}.rule");
    let sentence_place = format!("rules.{index}.sentence");
    let mistakes: Vec<&Problem> =
        editor.problems.iter().filter(|problem| problem.place == place && problem.span.is_some()).collect();
    let mistakes_id = format!("rules.{index}.mistakes");
    let described_by = (!mistakes.is_empty()).then(|| mistakes_id.clone());
    let shown = described_by.is_some().then(|| {
        let shown = mistakes.iter().map(|problem| mistake(&rule.rule, problem));
        view! { <div id=mistakes_id class="admin-mistakes">{shown.collect_view()}</div> }
    });
    let number = index + 1;
    view! {
        <li class="admin-rule" data-testid="rule">
            {AreaField {
                problems: editor.problems_at(&place),
                id: place.clone(),
                name: format!("rule.{}", rule.code),
                label: &format!("Rule {number}"),
                saved: &rule.rule,
                rows: if rule.rule.len() > 160 { "4" } else { "2" },
                code: true,
                described_by,
            }
            .view(form)}
            {shown}
            {AreaField {
                problems: editor.problems_at(&sentence_place),
                id: sentence_place,
                name: format!("sentence.{}", rule.code),
                label: "Sentence for shoppers",
                saved: &rule.sentence,
                rows: "2",
                code: false,
                described_by: None,
            }
            .view(form)}
            <button
                type="submit"
                class="admin-plain"
                name="do"
                value=format!("remove:{}", rule.code)
                aria-label=format!("Remove rule {number}")
            >
                "Remove this rule"
            </button>
        </li>
    }
    .into_any()
}

/// A mistake in a rule: the text with the offending part marked, what is wrong, and what to do.
fn mistake(text: &str, problem: &Problem) -> AnyView {
    let span = problem.span.clone().unwrap_or(0..0);
    let (before, wrong, after) = match (text.get(..span.start), text.get(span.clone()), text.get(span.end..))
    {
        (Some(before), Some(wrong), Some(after)) => (before, wrong, after),
        _ => (text, "", ""),
    };
    let position = before.chars().count() + 1;
    let class = if wrong.is_empty() { "admin-mark admin-mark-gap" } else { "admin-mark" };
    view! {
        <div class="admin-mistake" data-testid="rule-mistake">
            <pre class="admin-rule-text"><code>{before.to_owned()}<mark class=class>{wrong.to_owned()}</mark>{after.to_owned()}</code></pre>
            <p class="field-error">{format!("At character {position}: {}. {}", problem.message, problem.advice)}</p>
        </div>
    }
    .into_any()
}

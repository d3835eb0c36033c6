//! The sections of the editor: product, attributes, rules, standard design, budget. Each is a form of its own.

use configurator::source::{AttributeSource, KindSource, OptionSource, RuleSource, Source, ValueSource};
use configurator::{Currency, Money, Problem};
use leptos::prelude::*;

use super::editor::{Editor, is_open};
use super::form::{AreaField, Form, TextField, enter_saves, notes, tick};
use super::place::attribute_anchor;
use super::{counted, sentences};
use crate::paths;

/// Colour of a swatch that nobody has picked yet.
pub(super) const NO_COLOUR: &str = "#c8c2b8";

/// An amount as a form shows it.
fn decimal(source: &Source, amount: i64) -> String {
    Currency::new(&source.currency)
        .map_or_else(|| amount.to_string(), |currency| Money::new(amount, currency).decimal())
}

/// A surcharge as a form shows it: nothing for none.
fn surcharge(source: &Source, amount: i64) -> String {
    if amount == 0 { String::new() } else { decimal(source, amount) }
}

/// A section that is one form.
fn section(
    editor: &Editor,
    id: &'static str,
    title: &'static str,
    button: &'static str,
    fields: AnyView,
) -> AnyView {
    let form = editor.form(id);
    let title_id = format!("{id}-title");
    view! {
        <section id=id class="admin-section" aria-labelledby=title_id.clone()>
            <h2 id=title_id.clone() class="admin-heading">{title} {editor.saved_note(id)}</h2>
            <form method="post" action=paths::admin::section(&editor.slug, id) class="admin-form" novalidate>
                {form.notice()}
                {editor.origin()}
                {enter_saves()}
                {fields}
                <button type="submit" class="button button-quiet" data-testid=format!("save-{id}")>{button}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Name, summary, base price, lead time.
pub(super) fn basics(editor: &Editor) -> AnyView {
    let (form, source) = (editor.form("basics"), &editor.source);
    let line = |name: &str, label: &str, saved: &str, keyboard: &'static str| {
        let problems = editor.problems_at(name);
        TextField {
            id: name.to_owned(),
            name: name.to_owned(),
            label,
            quiet_label: false,
            saved,
            keyboard,
            placeholder: "",
            problems,
        }
        .view(form)
    };
    let price_label = format!("Base price in {}, VAT included", source.currency);
    let fields = view! {
        {line("name", "Name", &source.name, "text")}
        {line("summary", "One sentence for the product list", &source.summary, "text")}
        <div class="admin-pair">
            {line("base_price", &price_label, &decimal(source, source.base_price), "decimal")}
            {line("lead_time_days", "Lead time in days", &source.lead_time_days.to_string(), "numeric")}
        </div>
    };
    section(editor, "basics", "Product", "Save product", fields.into_any())
}

/// The budget of points.
pub(super) fn budget(editor: &Editor) -> AnyView {
    let form = editor.form("budget");
    let budget = editor.source.budget.as_ref();
    let line = |name: &str, label: &str, saved: u32| {
        TextField {
            id: format!("budget.{name}"),
            name: name.to_owned(),
            label,
            quiet_label: false,
            saved: &saved.to_string(),
            keyboard: "numeric",
            placeholder: "",
            problems: editor.problems_at(&format!("budget.{name}")),
        }
        .view(form)
    };
    let fields = view! {
        <p class="hint admin-lead">
            "Departing from the standard costs points, and a design may cost no more than the ceiling. Options with points of their own keep them."
        </p>
        {tick("on", "Limit how far a design may depart from the standard", form.ticked("on", "on", budget.is_some()), None)}
        <div class="admin-pair">
            {line("ceiling", "Ceiling in points", budget.map_or(10, |budget| budget.ceiling))}
            {line("per_deviation", "Points of one deviation", budget.map_or(1, |budget| budget.per_deviation))}
        </div>
    };
    section(editor, "budget", "Customisation budget", "Save budget", fields.into_any())
}

/// One attribute with its options.
pub(super) fn attribute(editor: &Editor, index: usize, attribute: &AttributeSource) -> AnyView {
    let source = &editor.source;
    let anchor = attribute_anchor(&attribute.code);
    let form = editor.form(&anchor);
    let place = format!("attributes.{index}");
    let problems = editor.problems_of_attribute(index);
    let problems = (problems > 0).then(|| {
        view! { <span class="admin-count-stop">{counted(problems, "problem", "problems")}</span> }
    });
    let about = match attribute.kind {
        KindSource::Choice => counted(attribute.options.len(), "option", "options"),
        KindSource::MultiChoice => {
            format!("{}, several at once", counted(attribute.options.len(), "option", "options"))
        }
        KindSource::Number => "a number".to_owned(),
        KindSource::Text => "a text".to_owned(),
    };
    let step = source.steps.iter().find(|step| step.code == attribute.step);
    let step = step.map_or_else(|| attribute.step.clone(), |step| step.label.clone());
    let locked = if attribute.locked { " · locked" } else { "" };
    let line = |name: &str, label: &str, saved: String, keyboard: &'static str| {
        let id = format!("{place}.{name}");
        TextField {
            problems: editor.problems_at(&id),
            id,
            name: name.to_owned(),
            label,
            quiet_label: false,
            saved: &saved,
            keyboard,
            placeholder: "",
        }
        .view(form)
    };
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    let fields = match attribute.kind {
        KindSource::Choice | KindSource::MultiChoice => options(editor, form, index, attribute),
        KindSource::Number => {
            let unit = attribute.unit.clone().unwrap_or_else(|| "step of 1".to_owned());
            view! {
                <div class="admin-pair">
                    {line("min", "Smallest value", number(attribute.min), "numeric")}
                    {line("max", "Largest value", number(attribute.max), "numeric")}
                    {line(
                        "price",
                        &format!("Price of each {unit} above the smallest"),
                        surcharge(source, attribute.price.unwrap_or(0)),
                        "decimal",
                    )}
                </div>
            }
            .into_any()
        }
        KindSource::Text => view! {
            <div class="admin-pair">
                {line("max_length", "Most characters", number(attribute.max_length.map(i64::from)), "numeric")}
                {line("price", "Price when it is used", surcharge(source, attribute.price.unwrap_or(0)), "decimal")}
            </div>
        }
        .into_any(),
    };
    let same_step = |other: &AttributeSource| other.step == attribute.step;
    let first = !source.attributes[..index].iter().any(same_step);
    let last = !source.attributes[index + 1..].iter().any(same_step);
    let label = &attribute.label;
    view! {
        <details class="admin-attribute" id=anchor.clone() open=is_open(editor, index, &attribute.code) data-testid=anchor.clone()>
            <summary>
                <span class="admin-attribute-name">{label.clone()}</span>
                <span class="admin-meta">{format!("{step} · {about}{locked}")}</span>
                {problems}
                {editor.saved_note(&anchor)}
            </summary>
            <form
                method="post"
                action=paths::admin::attribute(&editor.slug, &attribute.code)
                class="admin-form"
                novalidate
            >
                {form.notice()}
                {editor.origin()}
                {enter_saves()}
                <div class="admin-pair admin-pair-wide">
                    {line("label", "Name", label.clone(), "text")}
                    {line("help", "Advice under the name (optional)", attribute.help.clone(), "text")}
                </div>
                {fields}
                <div class="admin-actions">
                    <button type="submit" class="button button-quiet" name="do" value="save" data-testid=format!("save-{anchor}")>
                        "Save " {label.to_lowercase()}
                    </button>
                    <button
                        type="submit"
                        class="button button-plain"
                        name="do"
                        value="attribute-up"
                        disabled=first
                        aria-label=format!("Move {label} up")
                    >
                        "↑ Move up"
                    </button>
                    <button
                        type="submit"
                        class="button button-plain"
                        name="do"
                        value="attribute-down"
                        disabled=last
                        aria-label=format!("Move {label} down")
                    >
                        "↓ Move down"
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

/// The options of a choice or multi-choice, and a row for another one.
fn options(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let list = format!("attributes.{index}.options");
    let rows = attribute.options.iter().enumerate().map(|(at, written)| {
        option(editor, form, &format!("{list}.{at}"), written, at == 0, at + 1 == attribute.options.len())
    });
    let general =
        editor.problems_at(&list).into_iter().map(|problem| view! { <p class="field-error">{problem}</p> });
    let new = |name: &str, label: &'static str, keyboard: &'static str, placeholder: &'static str| {
        TextField {
            id: format!("attributes.{index}.new.{name}"),
            name: format!("new.{name}"),
            label,
            quiet_label: false,
            saved: "",
            keyboard,
            placeholder,
            problems: Vec::new(),
        }
        .view(form)
    };
    let any_colour = attribute.options.iter().any(|option| option.swatch.is_some());
    view! {
        {general.collect_view()}
        <div class="admin-options-head" aria-hidden="true">
            <span>"Option"</span>
            <span>"Price"</span>
            <span>"Colour"</span>
            <span>"On the menu"</span>
            <span>"Order"</span>
        </div>
        <ol class="admin-options">{rows.collect_view()}</ol>
        <fieldset class="admin-new">
            <legend>"Another option"</legend>
            {new("label", "Name", "text", "")}
            {new("price", "Price", "decimal", "0.00")}
            <div class="admin-swatch">
                {tick("new.swatched", "Colour", form.ticked("new.swatched", "on", any_colour), None)}
                <input
                    type="color"
                    name="new.swatch"
                    value=form.text("new.swatch", NO_COLOUR)
                    aria-label="Colour of the new option"
                />
            </div>
            <button type="submit" class="button button-quiet" name="do" value="add">"Add"</button>
        </fieldset>
    }
    .into_any()
}

fn option(
    editor: &Editor,
    form: Form,
    place: &str,
    option: &OptionSource,
    first: bool,
    last: bool,
) -> AnyView {
    let (code, label) = (&option.code, &option.label);
    let line = |name: &str, words: &str, saved: &str, keyboard: &'static str, placeholder: &'static str| {
        let id = format!("{place}.{name}");
        TextField {
            problems: editor.problems_at(&id),
            id,
            name: format!("{name}.{code}"),
            label: words,
            quiet_label: true,
            saved,
            keyboard,
            placeholder,
        }
        .view(form)
    };
    // The row shows every problem of the option that none of its fields shows.
    let shown = [format!("{place}.label"), format!("{place}.price")];
    let problems: Vec<String> = editor
        .problems
        .iter()
        .filter(|problem| problem.place == place || problem.place.starts_with(&format!("{place}.")))
        .filter(|problem| !shown.contains(&problem.place))
        .map(|problem| sentences(&problem.message, &problem.advice))
        .collect();
    let problems =
        problems.into_iter().map(|problem| view! { <p class="field-error admin-row-error">{problem}</p> });
    let name = |field: &str| format!("{field}.{code}");
    let action = |verb: &str, words: &'static str, sign: &'static str, off: bool| {
        view! {
            <button
                type="submit"
                class="admin-icon"
                name="do"
                value=format!("{verb}:{code}")
                disabled=off
                title=words
                aria-label=format!("{words}: {label}")
            >
                {sign}
            </button>
        }
    };
    view! {
        <li class="admin-option" id=place.to_owned() data-testid="option" tabindex="-1">
            {line("label", &format!("Name of {label}"), label, "text", "")}
            {line("price", &format!("Price of {label}"), &surcharge(&editor.source, option.price), "decimal", "0.00")}
            <div class="admin-swatch">
                {tick(
                    &name("swatched"),
                    "Colour",
                    form.ticked(&name("swatched"), "on", option.swatch.is_some()),
                    Some(format!("{label} has a colour")),
                )}
                <input
                    type="color"
                    name=name("swatch")
                    value=form.text(&name("swatch"), option.swatch.as_deref().unwrap_or(NO_COLOUR))
                    aria-label=format!("Colour of {label}")
                />
            </div>
            {tick(
                &name("available"),
                "On the menu",
                form.ticked(&name("available"), "on", option.available),
                Some(format!("{label} is on the menu")),
            )}
            <div class="admin-row-actions">
                {action("up", "Move up", "↑", first)}
                {action("down", "Move down", "↓", last)}
                {action("remove", "Remove", "×", false)}
            </div>
            {problems.collect_view()}
        </li>
    }
    .into_any()
}

/// The rules with their mistakes.
pub(super) fn rules(editor: &Editor) -> AnyView {
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

/// The standard value of every attribute.
pub(super) fn standard(editor: &Editor) -> AnyView {
    let form = editor.form("standard");
    let general = editor
        .problems_at("attributes")
        .into_iter()
        .map(|problem| view! { <p class="field-error">{problem}</p> });
    let fields = editor
        .source
        .attributes
        .iter()
        .enumerate()
        .map(|(index, attribute)| standard_value(editor, form, index, attribute));
    let fields = view! {
        <p class="hint admin-lead">
            "What shoppers start from, and what a budget counts from. Choose it in their interest; it meets every rule."
        </p>
        {general.collect_view()}
        <div class="admin-standard">{fields.collect_view()}</div>
    };
    section(editor, "standard", "Standard design", "Save standard", fields.into_any())
}

fn standard_value(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let id = format!("attributes.{index}.standard");
    let name = format!("value.{}", attribute.code);
    let problems = editor.problems_at(&id);
    let saved = match &attribute.standard {
        ValueSource::Number(number) => number.to_string(),
        ValueSource::Text(text) => text.clone(),
        ValueSource::List(codes) => codes.join(", "),
    };
    match attribute.kind {
        KindSource::Choice => {
            let notes = notes(form, &name, &saved, &id, problems);
            let shown = form.text(&name, &saved);
            let gone = (!attribute.options.iter().any(|option| option.code == shown)).then(|| {
                let words = if shown.is_empty() {
                    "Choose one".to_owned()
                } else {
                    format!("{shown}, no option any more")
                };
                view! { <option value=shown.clone() selected>{words}</option> }
            });
            let options = attribute.options.iter().map(|option| {
                let words = if option.available {
                    option.label.clone()
                } else {
                    format!("{} (off the menu)", option.label)
                };
                view! { <option value=option.code.clone() selected=option.code == shown>{words}</option> }
            });
            view! {
                <div class="field">
                    <label for=id.clone()>{attribute.label.clone()}</label>
                    <select
                        id=id
                        name=name
                        aria-invalid=notes.wrong.then_some("true")
                        aria-describedby=notes.describes
                    >
                        {gone}
                        {options.collect_view()}
                    </select>
                    {notes.view}
                </div>
            }
            .into_any()
        }
        KindSource::MultiChoice => {
            let codes = match &attribute.standard {
                ValueSource::List(codes) => codes.clone(),
                _ => Vec::new(),
            };
            let notes = notes(form, &name, &form.text(&name, &saved), &id, problems);
            let boxes = attribute.options.iter().map(|option| {
                let ticked = form.ticked(&name, &option.code, codes.contains(&option.code));
                view! {
                    <label class="admin-tick">
                        <input type="checkbox" name=name.clone() value=option.code.clone() checked=ticked />
                        <span>{option.label.clone()}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="field admin-ticks" id=id aria-describedby=notes.describes tabindex="-1">
                    <legend>{attribute.label.clone()}</legend>
                    <input type="hidden" name=format!("is.{}", attribute.code) value="on" />
                    {boxes.collect_view()}
                    {notes.view}
                </fieldset>
            }
            .into_any()
        }
        KindSource::Number | KindSource::Text => {
            let unit = attribute.unit.as_ref().map(|unit| format!(" in {unit}")).unwrap_or_default();
            TextField {
                id,
                name,
                label: &format!("{}{unit}", attribute.label),
                quiet_label: false,
                saved: &saved,
                keyboard: if attribute.kind == KindSource::Number { "numeric" } else { "text" },
                placeholder: if attribute.kind == KindSource::Text { "empty" } else { "" },
                problems,
            }
            .view(form)
        }
    }
}

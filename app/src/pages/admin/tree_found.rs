//! The search over the tree: steps, attributes, options and rules by name or code. A form that asks the server; a script filters at once.

use leptos::prelude::*;

use super::editor::Editor;
use super::option_pages::MOST_OPTIONS;
use super::place::located;
use crate::paths;
use crate::ui::field::Field;
use crate::ui::{button, link, text};

/// How many options and rules are listed.
const MOST_FOUND: usize = 50;

/// Whether something is searched for by one of its texts: everything is by nothing.
pub(super) fn is_in(wanted: &str, texts: &[&str]) -> bool {
    let wanted = wanted.to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&wanted))
}

/// The field and its button.
pub(super) fn form(editor: &Editor, id: &str) -> AnyView {
    let say = editor.language.editing();
    let field = Field {
        id: id.to_owned(),
        name: "search".to_owned(),
        label: say.find_in_tree().to_owned(),
        tight: true,
        value: editor.search.clone(),
        autocomplete: "off",
        dir: "auto",
        ..Field::default()
    };
    let alone = editor.alone.clone();
    let alone = alone.map(|alone| view! { <input type="hidden" name="section" value=alone /> });
    view! {
        <form method="get" action=paths::admin::product(&editor.slug) role="search" class="mb-2" data-find=editor.rules_to_find.clone() data-most=MOST_OPTIONS.to_string()>
            {alone}
            {field.text("search")}
            <noscript><button type="submit" class=button::QUIET_SMALL>{say.find()}</button></noscript>
        </form>
    }
    .into_any()
}

/// That nothing is found, which the script tells in the same place.
pub(super) fn nothing(editor: &Editor, is_none: bool) -> AnyView {
    let say = editor.language.editing();
    let told = is_none.then(|| say.none_in_tree(&editor.search));
    view! { <p class=text::HINT role="status" data-none=say.none_in_tree(&"#")>{told}</p> }.into_any()
}

/// Options and rules that are searched for: their words and where they are.
pub(super) fn others(editor: &Editor) -> Vec<(String, String)> {
    if editor.search.is_empty() {
        return Vec::new();
    }
    let (source, gate) = (&editor.source, editor.language.gate());
    let page = paths::admin::product(&editor.slug);
    let address = |place: String| {
        let (_, address) = located(editor.say(), &place, source, (&editor.slug, &page));
        address.unwrap_or_else(|| page.clone())
    };
    let options = source.attributes.iter().enumerate().flat_map(|(at, attribute)| {
        let options = attribute.options.iter().enumerate();
        let wanted = options.filter(|(_, option)| is_in(&editor.search, &[&option.label, &option.code]));
        wanted.map(move |(option, written)| {
            (gate.option_of(&attribute.label, &written.label), format!("attributes.{at}.options.{option}"))
        })
    });
    let rules = source.rules.iter().enumerate().filter_map(|(at, rule)| {
        let words = said(editor, at);
        let is_found = is_in(&editor.search, &[&words, &rule.code]);
        is_found.then(|| (editor.language.marked(words), format!("rules.{at}.rule")))
    });
    options.chain(rules).take(MOST_FOUND + 1).map(|(words, place)| (words, address(place))).collect()
}

/// Those as links.
pub(super) fn found(editor: &Editor, others: Vec<(String, String)>) -> AnyView {
    let more = (others.len() > MOST_FOUND).then(|| {
        view! { <li class=text::HINT>{editor.language.editing().more_in_tree(&MOST_FOUND)}</li> }
    });
    let items = others.into_iter().take(MOST_FOUND).map(|(words, href)| {
        view! { <li class="py-1 wrap-anywhere"><a class=link::LINK href=href>{words}</a></li> }
    });
    view! { {items.collect_view()} {more} }.into_any()
}

/// What a rule says: its sentence, or what is made of it.
fn said(editor: &Editor, at: usize) -> String {
    let Some(rule) = editor.source.rules.get(at) else { return String::new() };
    let made = editor.made_sentences.get(at).and_then(|made| made.first()).map(|(_, made)| made);
    match (rule.sentence.trim(), made) {
        ("", Some(made)) => made.clone(),
        ("", None) => rule.rule.clone(),
        (sentence, _) => sentence.to_owned(),
    }
}

//! What stands around the options of a long menu: the search over them, which of them are shown, and the ways to the others.

use configurator::source::AttributeSource;
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::option_pages::{OptionsShown, is_long};
use super::super::place::{attribute_anchor, located};
use super::super::shell::PAGING;
use crate::paths::admin::{attribute as attribute_form, product, section_alone};
use crate::ui::field::Field;
use crate::ui::form::{act, may_send};
use crate::ui::{button, link, notice, text};

/// The search and its button.
const SEARCH: &str = "mt-3 flex items-end gap-2";

/// The field of the search.
fn find(editor: &Editor, attribute: &AttributeSource, typed: &str) -> AnyView {
    let field = Field {
        id: format!("find-{}", attribute.code),
        name: "find".to_owned(),
        label: editor.language.editing().find_option().to_owned(),
        tight: true,
        value: typed.to_owned(),
        autocomplete: "off",
        dir: "auto",
        ..Field::default()
    };
    view! { <div class="min-w-0 flex-1">{field.text("search")}</div> }.into_any()
}

/// For whoever only reads, outside of the sheet, whose fields can't be used.
pub(super) fn search_to_read(editor: &Editor, attribute: &AttributeSource) -> Option<AnyView> {
    if !is_long(attribute) || may_send(&attribute_form(&editor.slug, &attribute.code)) {
        return None;
    }
    let anchor = attribute_anchor(&attribute.code);
    let action = format!("{}#{anchor}", product(&editor.slug));
    Some(
        view! {
            <form action=action role="search" class=SEARCH>
                <input type="hidden" name="section" value=anchor />
                {find(editor, attribute, &editor.options_of(attribute).asked.find)}
                <button type="submit" class=button::QUIET_SMALL>{editor.language.editing().find()}</button>
            </form>
        }
        .into_any(),
    )
}

/// The search, whose button saves what is typed, and which options are shown.
pub(super) fn over_list(
    editor: &Editor,
    index: usize,
    attribute: &AttributeSource,
    shown: &OptionsShown,
) -> AnyView {
    let (say, searched) = (editor.language.editing(), shown.asked.find.as_str());
    let count = |count: usize| editor.language.words().locale.count(count as u64);
    let (first, last) = (count(shown.first + 1), count(shown.last()));
    let told = match (searched.is_empty(), shown.found) {
        (true, all) => say.shown_options(&first, &last, &count(all)),
        (false, 0) => say.none_found(&searched),
        (false, found) => say.found_options(&first, &last, &count(found), &searched),
    };
    let anchor = attribute_anchor(&attribute.code);
    let all = (!searched.is_empty()).then(|| {
        let href = format!("{}#{anchor}", section_alone(&product(&editor.slug), &anchor, (1, "")));
        view! { " " <a class=link::LINK href=href data-testid="all-options">{say.all_options()}</a> }
    });
    view! {
        {elsewhere(editor, index, attribute)}
        {act(&attribute_form(&editor.slug, &attribute.code), || view! {
            <div class=SEARCH role="search">
                {find(editor, attribute, searched)}
                <button type="submit" class=button::QUIET_SMALL name="do" value="find" data-testid="find">{say.find()}</button>
            </div>
        }.into_any())}
        <p class="my-3 focus:outline-none" id=list_anchor(index) tabindex="-1" data-testid="shown-options">{told} {all}</p>
    }
    .into_any()
}

/// Id of what is said over an attribute's options.
fn list_anchor(index: usize) -> String {
    format!("attributes.{index}.options")
}

/// Where an option is that was added or moved to another page.
fn elsewhere(editor: &Editor, index: usize, attribute: &AttributeSource) -> Option<AnyView> {
    let is_saved = editor.saved == Some(attribute_anchor(&attribute.code));
    let code = editor.elsewhere.as_ref().filter(|_| is_saved)?;
    let at = attribute.options.iter().position(|option| option.code == *code)?;
    let place = format!("attributes.{index}.options.{at}");
    let page = product(&editor.slug);
    let (_, address) = located(editor.say(), &place, &editor.source, (&editor.slug, &page));
    let number = editor.language.words().locale.count(at as u64 + 1);
    let told = editor.language.editing().now_at_place(&text::HERE, &number);
    let name = editor.say().quoted(&attribute.options[at].label);
    let way = view! { <a class=link::LINK href=address>{name}</a> };
    Some(
        view! { <p class=notice::GOOD role="status" data-testid="elsewhere">{text::around(&told, way.into_any())}</p> }
            .into_any(),
    )
}

/// The pages before and after: buttons that save what is typed; links for whoever only reads.
pub(super) fn paging(editor: &Editor, attribute: &AttributeSource, shown: &OptionsShown) -> Option<AnyView> {
    let say = editor.language.editing();
    let (page, find) = (shown.asked.page, shown.asked.find.as_str());
    let anchor = attribute_anchor(&attribute.code);
    let way = |to: Option<usize>, words: &'static str, test: &'static str| {
        let to = to?;
        let may_edit = act(&attribute_form(&editor.slug, &attribute.code), || {
            view! { <button type="submit" class=button::QUIET_SMALL name="do" value=format!("page:{to}") data-testid=test>{words}</button> }
                .into_any()
        });
        let reading = || {
            let href = format!("{}#{anchor}", section_alone(&product(&editor.slug), &anchor, (to, find)));
            view! { <a class=link::STANDING href=href data-testid=test>{words}</a> }.into_any()
        };
        Some(may_edit.unwrap_or_else(reading))
    };
    let before = (page > 1).then(|| page - 1);
    let after = (shown.last() < shown.found).then_some(page + 1);
    (before.is_some() || after.is_some()).then(|| {
        view! {
            <div class="mb-5">
                <div class=PAGING>
                    {way(before, say.earlier_options(), "earlier-options")} {way(after, say.later_options(), "later-options")}
                </div>
            </div>
        }
        .into_any()
    })
}

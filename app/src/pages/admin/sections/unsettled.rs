//! What looks forgotten of an option, in its row: what it lacks, the way to the field, and the button that says it is meant.

use configurator::completeness::{Finding, Gap};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::gate::sentence;
use crate::paths;
use crate::ui::field::ERROR;
use crate::ui::{button, link};

/// What looks forgotten of an option, by the positions of its attribute and its own; of the product where there is none. `key` is what the
/// form calls the option.
pub(super) fn forgotten(editor: &Editor, option: Option<(usize, usize)>, key: &str) -> Option<AnyView> {
    let of_language = |gap: Gap| matches!(gap, Gap::Stale | Gap::Translation);
    let here = |finding: &&Finding| finding.option == option && !of_language(finding.gap);
    let found: Vec<&Finding> = editor.findings.iter().filter(here).collect();
    if found.is_empty() {
        return None;
    }
    let (gate, say) = (editor.language.gate(), editor.language.editing());
    let name = option_name(editor, option);
    let items = found.into_iter().map(|finding| {
        let code = finding.gap.code();
        let href = address(editor, finding, finding.gap);
        let spoken = say.fill_in_of(&name, &code);
        let fill = view! { <a class=link::STANDING href=href aria-label=spoken>{say.fill_in()}</a> };
        let meant = editor.act(|| {
            let spoken = gate.mark_meant_of(&name, &code);
            let action = format!("meant:{code}:{key}");
            view! { <button type="submit" class=button::PLAIN name="do" value=action aria-label=spoken>{gate.mark_meant()}</button> }.into_any()
        });
        view! {
            <li class="flex flex-wrap items-center gap-x-3" data-testid="forgotten-here">
                <span class=ERROR>{sentence(gate, finding)}</span> {fill} {meant}
            </li>
        }
    });
    Some(view! { <ul class="col-span-full">{items.collect_view()}</ul> }.into_any())
}

fn option_name(editor: &Editor, option: Option<(usize, usize)>) -> String {
    let found = option.and_then(|(attribute, option)| {
        let attribute = editor.source.attributes.get(attribute)?;
        Some((attribute, attribute.options.get(option)?))
    });
    match found {
        Some((attribute, option)) => editor.language.gate().option_of(&attribute.label, &option.label),
        None => editor.source.name.clone(),
    }
}

/// Where it is filled in.
fn address(editor: &Editor, finding: &Finding, gap: Gap) -> String {
    let place = finding.place();
    match gap {
        Gap::Surcharge => paths::admin::section_at(&editor.slug, "prices"),
        Gap::Layer => paths::admin::section_at(&editor.slug, "layers"),
        Gap::Benefits => match editor.source.benefits.first() {
            Some(benefit) => format!("#{place}.benefits.{}", benefit.code),
            None => format!("#{place}"),
        },
        _ => format!("#{place}"),
    }
}

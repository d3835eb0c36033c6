//! The problems of a draft as a list of links to the fields they are about.

use configurator::Problem;
use configurator::source::Source;
use leptos::prelude::*;

use super::place::spot;
use super::words::{counted, sentences};
use crate::ui::link;

/// The problems of a draft with links to the fields they are about; `page` is the editor's address, empty on it.
pub(super) fn problem_list(problems: &[Problem], source: &Source, page: &str) -> AnyView {
    if problems.is_empty() {
        return view! { <p class="my-3 font-medium text-accent" data-testid="sound">"✓ Nothing keeps this draft from being published."</p> }
            .into_any();
    }
    let items = problems.iter().map(|problem| {
        let spot = spot(&problem.place, source);
        let place = match spot.anchor {
            Some(anchor) => {
                view! { <a class=link::LINK href=format!("{page}#{anchor}")>{spot.words}</a> }.into_any()
            }
            None => view! { <strong>{spot.words}</strong> }.into_any(),
        };
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid="problem">{place} <p>{sentences(&problem.message, &problem.advice)}</p></li>
        }
    });
    view! {
        <div class="my-3">
            <h3 class="mb-1 font-semibold text-stop before:text-[0.75em] before:content-['▲_'_/_'']">{counted(problems.len(), "problem", "problems")}</h3>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

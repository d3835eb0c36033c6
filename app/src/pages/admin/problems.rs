//! The problems of a draft as a list of links to the fields they are about.

use configurator::Problem;
use configurator::source::Source;
use leptos::prelude::*;

use super::place::spot;
use super::words::{counted, sentences};

/// The problems of a draft with links to the fields they are about; `page` is the editor's address, empty on it.
pub(super) fn problem_list(problems: &[Problem], source: &Source, page: &str) -> AnyView {
    if problems.is_empty() {
        return view! { <p class="admin-sound" data-testid="sound">"✓ Nothing keeps this draft from being published."</p> }
            .into_any();
    }
    let items = problems.iter().map(|problem| {
        let spot = spot(&problem.place, source);
        let place = match spot.anchor {
            Some(anchor) => {
                view! { <a class="link" href=format!("{page}#{anchor}")>{spot.words}</a> }.into_any()
            }
            None => view! { <strong>{spot.words}</strong> }.into_any(),
        };
        view! {
            <li data-testid="problem">{place} <p>{sentences(&problem.message, &problem.advice)}</p></li>
        }
    });
    view! {
        <div class="admin-problems">
            <h3 class="admin-subheading">{counted(problems.len(), "problem", "problems")}</h3>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

//! The problems of a draft: as sentences, and as a list of links to the fields they are about.

use configurator::source::Source;
use configurator::{Problem, Slug};
use leptos::prelude::*;
use words::Language;

use super::place::located;
use crate::ui::link;

/// The problems of a draft with links to the fields they are about; `page` is the editor's address.
pub(super) fn problem_list(
    language: Language,
    problems: &[Problem],
    source: &Source,
    (slug, page): (&Slug, &str),
) -> AnyView {
    let say = language.admin();
    if problems.is_empty() {
        return view! { <p class="my-3 font-medium text-accent" data-testid="sound">{say.sound()}</p> }
            .into_any();
    }
    let items = problems.iter().map(|problem| {
        let place = match located(say, &problem.place, source, (slug, page)) {
            (words, Some(address)) => view! { <a class=link::LINK href=address>{words}</a> }.into_any(),
            (words, None) => view! { <strong>{words}</strong> }.into_any(),
        };
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid="problem">{place} <p>{told(language, problem)}</p></li>
        }
    });
    view! {
        <div class="my-3">
            <h3 class="mb-1 font-semibold text-stop before:text-[0.75em] before:content-['▲_'_/_'']">{say.problems(problems.len() as u64)}</h3>
            <ul>{items.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The problems of a revision that was published: of fields that nobody edits any more.
pub(super) fn problems_told(
    language: Language,
    problems: &[Problem],
    source: &Source,
    slug: &Slug,
) -> AnyView {
    let items = problems.iter().map(|problem| {
        let (place, _) = located(language.admin(), &problem.place, source, (slug, ""));
        view! {
            <li class="wrap-anywhere" data-testid="problem"><strong>{place}</strong> " " {told(language, problem)}</li>
        }
    });
    view! { <ul class="mt-1">{items.collect_view()}</ul> }.into_any()
}

/// What is wrong and what to do, as sentences: the check's own, which are in English.
pub(super) fn told(language: Language, problem: &Problem) -> String {
    language.marked(sentences(&problem.message, &problem.advice))
}

/// A problem's message and advice as sentences: messages are written in lower case without a full stop.
fn sentences(message: &str, advice: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop} {advice}", letters.as_str()).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_sentences_of_messages() {
        assert_eq!(sentences("there is no step 'x'", "Add it."), "There is no step 'x'. Add it.");
        assert_eq!(sentences("the standard is not valid: No.", ""), "The standard is not valid: No.");
    }
}

//! What is wrong with a text in the rule language: where, what to do, and the text to take instead.

use configurator::{Problem, Slug};
use leptos::prelude::*;
use words::Language;

use crate::paths;
use crate::ui::field::ERROR;
use crate::ui::form::act;
use crate::ui::{button, text};

const MISTAKES: &str = "grid gap-3 rounded-s border border-transparent bg-stop-soft px-3.5 py-3 desk:col-span-full desk:row-start-2";
/// What is wrong in a rule, and the place where something is missing.
const WRONG: &str =
    "bg-transparent font-bold text-stop underline decoration-wavy decoration-[1.5px] underline-offset-4";
const GAP: &str = "bg-transparent text-stop before:text-[0.7em] before:content-['▲']";

/// A field of the draft in the rule language.
pub(super) struct RuleText<'t> {
    /// The product.
    pub(super) slug: &'t Slug,
    /// Its place in the draft, as problems name it.
    pub(super) place: &'t str,
    /// Its name in its form.
    pub(super) name: &'t str,
    /// What people call it.
    pub(super) called: &'t str,
    /// What the draft has there.
    pub(super) saved: &'t str,
}

impl RuleText<'_> {
    /// Which of a draft's problems are mistakes in it, and the id of what tells them.
    pub(super) fn mistakes(
        self,
        problems: &[Problem],
        language: Language,
    ) -> (Option<AnyView>, Option<String>) {
        let here = |problem: &&Problem| problem.place == self.place && problem.span.is_some();
        let found: Vec<&Problem> = problems.iter().filter(here).collect();
        if found.is_empty() {
            return (None, None);
        }
        let id = format!("{}.mistakes", self.place);
        let instead = found.iter().find_map(|problem| problem.correction.as_deref());
        let instead = instead.map(|text| self.correction(text, language));
        let told = found.iter().map(|problem| mistake(language, self.saved, problem));
        let view = view! { <div id=id.clone() class=MISTAKES>{told.collect_view()} {instead}</div> };
        (Some(view.into_any()), Some(id))
    }

    /// The text to take instead, and the button that takes it.
    fn correction(&self, right: &str, language: Language) -> AnyView {
        let say = language.sentences();
        let taken = act(&paths::admin::section(self.slug, "rules"), || {
            view! {
                <div>
                    <button
                        type="submit"
                        class=button::QUIET
                        name="do"
                        value=format!("correct:{}", self.name)
                        aria-label=say.use_instead_of(&self.called)
                        data-testid="use-instead"
                    >
                        {say.use_instead()}
                    </button>
                </div>
            }
            .into_any()
        });
        view! {
            <div class="grid gap-3" data-testid="correction">
                <p>{say.means_certainly()}</p>
                <pre class="mb-1 whitespace-pre-wrap wrap-anywhere"><code class=text::CODE>{right.to_owned()}</code></pre>
                {taken}
            </div>
        }
        .into_any()
    }
}

/// A mistake: the text with the offending part marked, what is wrong, and what to do.
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

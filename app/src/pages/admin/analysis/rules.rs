//! What each rule of a draft does beside all others.

use leptos::prelude::*;
use words::Analysis;

use super::AnalysisPage;
use super::parts::{Change, ITEM, PART, Spot, changes, spots};
use crate::paths;
use crate::ui::form::Post;
use crate::ui::{button, link, text};

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleTold {
    /// It is not known yet.
    Waiting,
    /// It takes too long to find out.
    Undecided,
    /// It alone forbids designs.
    Matters {
        /// What one of them is other than the standard; nothing where none was found.
        changes: Vec<Change>,
        /// In how many values it differs from the standard.
        count: u64,
        /// Whether none that it alone forbids is nearer for certain.
        is_nearest: bool,
        /// What it would cost.
        price: String,
        /// Its values as a query.
        query: String,
        /// Whether a test says already that it is not valid.
        is_kept: bool,
    },
    /// It alone forbids designs, and none is at hand.
    Somewhere,
    /// What it forbids is forbidden by others.
    Never {
        /// By which: none where everything that can be chosen meets it.
        by: Vec<Spot>,
        /// How sure it is that these are the fewest.
        note: String,
    },
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleItem {
    /// Its code.
    pub code: String,
    /// Where it is changed, and its number.
    pub spot: Spot,
    /// What it says.
    pub sentence: String,
    /// What it does.
    pub told: RuleTold,
}

pub(super) fn rules(say: &'static Analysis, shown: &AnalysisPage) -> AnyView {
    let items = shown.rules.iter().map(|rule| item(say, shown, rule));
    let none = shown.rules.is_empty().then(|| view! { <p>{say.no_rules()}</p> });
    view! {
        <section class=PART aria-labelledby="rules-title">
            <h2 class=text::HEADING id="rules-title">{say.rules()}</h2>
            <p class=text::HINT>{say.rules_hint()}</p>
            {none}
            <ol class="mt-2">{items.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn item(say: &'static Analysis, shown: &AnalysisPage, rule: &RuleItem) -> AnyView {
    let told = match &rule.told {
        RuleTold::Waiting => view! { <p class=text::HINT>{say.waiting()}</p> }.into_any(),
        RuleTold::Undecided => view! { <p>{say.undecided()}</p> }.into_any(),
        RuleTold::Somewhere => view! { <p>{say.matters_somewhere()}</p> }.into_any(),
        RuleTold::Matters { .. } => witness(say, shown, rule),
        RuleTold::Never { by, note } => {
            let words = if by.is_empty() { say.never() } else { say.never_by() };
            let note = (!note.is_empty()).then(|| view! { <p class=text::HINT>{note.clone()}</p> });
            view! { <p class="font-semibold">{words}</p> {spots(by)} {note} }.into_any()
        }
    };
    view! {
        <li class=ITEM id=format!("rule-{}", rule.code) data-testid="rule">
            <p class="mb-1 font-medium">
                <a class=link::LINK href=rule.spot.href.clone()>{rule.spot.words.clone()}</a>
                " " {rule.sentence.clone()}
            </p>
            {told}
        </li>
    }
    .into_any()
}

/// The design that a rule alone forbids.
fn witness(say: &'static Analysis, shown: &AnalysisPage, rule: &RuleItem) -> AnyView {
    let RuleTold::Matters { changes: other, count, is_nearest, price, query, is_kept } = &rule.told else {
        return ().into_any();
    };
    let words = match (*count, *is_nearest) {
        (0, _) => say.matters_standard().to_owned(),
        (count, true) => say.matters(count),
        (count, false) => say.matters_near(count),
    };
    let keep = if *is_kept {
        view! { <p class=text::HINT data-testid="is-kept">{say.is_kept()}</p> }.into_any()
    } else {
        Post::to(paths::admin::analysis(&shown.slug))
            .class("mt-3")
            .form(|| {
                view! {
                    <input type="hidden" name="version" value=shown.version.to_string() />
                    <input type="hidden" name="rule" value=rule.code.clone() />
                    <button type="submit" class=button::QUIET_SMALL aria-label=say.keep_of(&rule.sentence)>
                        {say.keep()}
                    </button>
                }
                .into_any()
            })
            .into_any()
    };
    view! {
        <p>{words}</p>
        {changes(say, other)}
        <p class=text::HINT>
            {say.costs(price)} " "
            <a class=link::LINK href=paths::admin::why(&shown.slug, query) aria-label=say.look_at_it_of(&rule.sentence)>
                {say.look_at_it()}
            </a>
        </p>
        {keep}
    }
    .into_any()
}

//! Where the design starts from, the way back to the standard, and the question about use with its consent.

use leptos::either::Either;
use leptos::prelude::*;
use personalize::{Level, Start};
use words::Studio;

use super::closures::{handler, instead, maybe_words};
use super::desk::Desk;
use super::ready_made::{ReadyMades, replacing};
use crate::address;
use crate::paths;
use crate::state::PageState;
use crate::ui::{button, disclosure, link};

/// Under the picture; on phones one line of it, which opens to the rest, so that what can be changed is on the first screen.
const START: &str = concat!(
    "grid grid-cols-1 gap-3 max-desk:bg-stage max-desk:px-5 max-desk:pt-2 max-desk:pb-5 ",
    "single-step:pt-0 single-step:pb-0 single-step:not-has-[[data-starts][open]]:[&>*+*]:hidden"
);
/// That line.
const FIRST_LINE: &str = "flex items-center gap-x-4";
/// The way to a proposal, which is there everywhere.
const NEEDS: &str = concat!(
    "inline-flex min-h-11 min-w-0 flex-1 cursor-pointer items-center leading-[1.3] wrap-anywhere text-accent underline decoration-1 underline-offset-3 hover:decoration-2 ",
    "single-step:text-s"
);
/// What opens the rest on phones.
const STARTS: &str = "group/more hidden shrink-0 single-step:block";
const STARTS_SUMMARY: &str = concat!(
    "flex min-h-11 cursor-pointer list-none items-center gap-2 text-s text-soft before:text-muted rtl:before:mirrored ",
    "before:content-['▸'_/_''] group-open/more:before:content-['▾'_/_''] [&::-webkit-details-marker]:hidden"
);

/// Says where the design starts from; one click reverts to the standard.
#[component]
pub fn StartNote(desk: Desk) -> impl IntoView {
    let state = desk.state();
    let only_near = maybe_words(move || {
        desk.read(|_, shown| !shown.menu.is_nearest)
            .unwrap_or_default()
            .then(|| format!("{} ", desk.say().only_near()))
    });
    view! {
        <div class=START>
            <div class=FIRST_LINE>
                {needs(desk, &state)}
                <details class=STARTS data-starts="">
                    <summary class=STARTS_SUMMARY>{desk.say().other_starts()}</summary>
                </details>
            </div>
            <ReadyMades desk=desk />
            <p class="text-s text-soft" data-testid="start">
                {origin_in_words(desk, &state)} " " {only_near} <Reset desk=desk /> {why(desk, &state)}
            </p>
            {question(desk, &state)}
        </div>
    }
}

/// What the design started from, and on how many orders that rests.
fn origin_in_words(desk: Desk, state: &PageState) -> String {
    let say = desk.say();
    match &state.level {
        Level::Standard => return say.from_standard().to_owned(),
        Level::Individual => return say.from_your_orders().to_owned(),
        Level::Needs { benefits } if benefits.is_empty() => return say.from_a_proposal().to_owned(),
        Level::Needs { benefits } => return say.from_needs(&benefits.join(desk.comma())),
        Level::Proposal => return say.from_a_proposal().to_owned(),
        Level::SameSegment
        | Level::SameNeed { .. }
        | Level::SameUse { .. }
        | Level::Everybody
        | Level::Other(_) => {}
    }
    let (start, people) = desk.product(|product| {
        let start = state.default_design(product);
        let people = start.people(product).into_owned();
        (start, people)
    });
    let evidence = start.rests_on();
    let rests = match (evidence.orders, evidence.synthetic) {
        (orders, 0) => say.rests_on_orders(u64::from(orders)),
        (orders, examples) if examples >= orders => say.rests_on_examples(u64::from(orders)),
        (orders, examples) => say.rests_on_both(u64::from(orders), &examples),
    };
    let is_learnt = start.evidence.iter().any(|evidence| evidence.sure > 0);
    let from = if is_learnt { say.from_what_most_have(&people) } else { say.from_most_chosen(&people) };
    [from, rests].join(" ")
}

/// The link back to the standard, once there is a way back.
#[component]
fn Reset(desk: Desk) -> impl IntoView {
    let state = desk.state();
    let personal = state.level != Level::Standard;
    let is_followed = asks(desk);
    // From a personal start the link leads to the standard one; otherwise there is nothing to load. What is lost of one's own is
    // asked for before.
    let leads = if personal { "on" } else { "" };
    let click = move || if personal { handler(|_| ()) } else { instead(move || desk.clear()) };
    // It stays where it was clicked, so that the keyboard keeps its place.
    move || {
        (personal || !desk.pairs().is_empty() || desk.can_step().0).then(|| {
            view! {
                <a
                    class=link::LINK
                    href=replacing(desk, address::RESET.to_owned())
                    on:click=click()
                    data-replaces=leads
                    data-testid="reset"
                >
                    {desk.say().reset()}
                </a>
                {is_followed.then_some(" · ")}
            }
        })
    }
}

/// The way to a proposal for what matters to the shopper, who takes their choices along.
fn needs(desk: Desk, state: &PageState) -> Option<impl IntoView + use<>> {
    let slug = state.slug.clone();
    let is_asked = desk.product(|product| !product.benefits.is_empty());
    is_asked.then(|| {
        view! {
            <a class=NEEDS href=move || address::needs(&slug, &desk.query()) data-testid="needs">
                {desk.say().by_needs()}
            </a>
        }
    })
}

fn asks(desk: Desk) -> bool {
    desk.product(|product| product.uses.is_some())
}

/// The way to why the defaults are as they are, which takes the choices along.
fn why(desk: Desk, state: &PageState) -> Option<impl IntoView + use<>> {
    let path = paths::defaults(&state.slug);
    asks(desk).then(|| {
        view! {
            <a class=link::LINK href=move || format!("{path}?{}", desk.query()) rel="nofollow" data-testid="why">
                {desk.say().why_defaults()}
            </a>
        }
    })
}

/// The question about use, with what happens to the answer and the switch that turns it off.
fn question(desk: Desk, state: &PageState) -> Option<impl IntoView + use<>> {
    let uses = desk.product(|product| product.uses.clone())?;
    let stated = match &state.start {
        Start::Personal { stated_use, .. } => stated_use.clone(),
        Start::Standard | Start::Needs { .. } => None,
    };
    let action = paths::start(&state.slug);
    let answers = uses.answers.into_iter().map(|answer| {
        let pressed = stated.as_ref() == Some(&answer.code);
        view! {
            <button
                class=button::QUIET
                aria-pressed=if pressed { "true" } else { "false" }
                type="submit"
                formmethod="post"
                formaction=action.clone()
                formnovalidate=true
                name=address::USE
                value=answer.code
            >
                {answer.label}
            </button>
        }
    });
    Some(view! {
        <details class=disclosure::MORE open=stated.is_some() data-testid="personal">
            <summary class=disclosure::SUMMARY>
                <span class="line-clamp-4 wrap-anywhere">{uses.question}</span>
            </summary>
            <div class="my-2 flex flex-wrap gap-2">{answers.collect_view()}</div>
            <p class="max-w-[70ch] text-xs text-muted">{consent(desk.say(), state.consent, action.clone())}</p>
        </details>
    })
}

/// What happens to the answer, and how to stop that once it was agreed to.
fn consent(say: &'static Studio, given: bool, action: String) -> impl IntoView {
    if !given {
        return Either::Left(view! {
            <span>{say.consent_asked()}</span>
        });
    }
    Either::Right(view! {
        <span>{say.consent_given()} " "</span>
        <button
            class=link::LINK
            type="submit"
            formmethod="post"
            formaction=action
            formnovalidate=true
            name=address::SWITCH
            value="off"
            data-testid="personal-off"
        >
            {say.switch_off()}
        </button>
    })
}

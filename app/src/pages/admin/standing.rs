//! How a product stands in the shop: who sees it, its place in the list, its address.

use configurator::Slug;
use leptos::prelude::*;
use words::Assortment;

use super::form::{Form, Returned};
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::Field;
use crate::ui::form::Post;
use crate::ui::text::{self, Tone};
use crate::ui::{button, link, notice};

/// How a product stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Never published.
    Begun,
    /// On the list.
    Listed,
    /// Not on the list, and sold.
    Hidden,
    /// Not sold any more.
    Archived,
}

impl Stands {
    /// What forms send for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Listed => "listed",
            Self::Hidden => "hidden",
            Self::Archived => "archived",
        }
    }

    /// As a mark on the list of products, with the place of what is listed.
    pub(super) fn mark(self, say: &Assortment, place: Option<u32>) -> AnyView {
        let place = place.map(|place| place.to_string()).unwrap_or_default();
        let (tone, words) = match self {
            Self::Begun => (Tone::Calm, say.never_published().to_owned()),
            Self::Listed => (Tone::Good, say.listed_at(&place)),
            Self::Hidden => (Tone::Calm, say.hidden().to_owned()),
            Self::Archived => (Tone::Calm, say.archived().to_owned()),
        };
        text::mark(tone, &words, Some("standing"))
    }

    fn sentence(self, say: &'static Assortment) -> &'static str {
        match self {
            Self::Begun => say.is_begun(),
            Self::Listed => say.is_listed(),
            Self::Hidden => say.is_hidden(),
            Self::Archived => say.is_archived(),
        }
    }
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingPage {
    /// The product's address.
    pub slug: Slug,
    /// Its whole address, with that of the shop.
    pub address: String,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// How it stands.
    pub stands: Stands,
    /// Its place in the shop's list, where it is on it.
    pub place: Option<u32>,
    /// What was done just now.
    pub done: Option<String>,
    /// How it stood before, where that was changed just now.
    pub was: Option<Stands>,
    /// A form that could not be taken.
    pub returned: Option<Returned>,
}

/// The page.
#[must_use]
pub fn standing(frame: Frame, shown: &StandingPage) -> String {
    let say = frame.language.assortment();
    page(frame, &say.standing_of(&shown.name), Rail::Products, || {
        let hint = |told: &'static str, test: &'static str| {
            view! { <p class=text::HINT data-testid=test>{told}</p> }.into_any()
        };
        let place = match shown.place {
            Some(place) => {
                let form = Form::new("move", shown.returned.as_ref(), frame.language);
                move_to(form, say, &shown.slug, place)
            }
            None => hint(say.no_place(), "no-place"),
        };
        let form = Form::new("address", shown.returned.as_ref(), frame.language);
        let address = match shown.stands {
            Stands::Begun => hint(say.address_of_begun(), "no-address"),
            Stands::Listed | Stands::Hidden | Stands::Archived => address(form, say, shown),
        };
        view! {
            {bar(frame.say(), &shown.slug, &shown.name, shown.state, Tab::Standing)}
            <div class=SINGLE>
                {done(say, shown)}
                {who(say, shown)}
                {place}
                {address}
            </div>
        }
        .into_any()
    })
}

/// What was done just now, and the way back.
fn done(say: &'static Assortment, shown: &StandingPage) -> Option<AnyView> {
    let done = shown.done.clone()?;
    let undo = shown.was.map(|was| {
        view! {
            {Post::to(paths::admin::standing(&shown.slug)).form(|| view! {
                <input type="hidden" name="was" value=shown.stands.name() />
                <button type="submit" class=button::PLAIN name="do" value=was.name() data-testid="undo">{say.undo()}</button>
            }.into_any())}
        }
    });
    Some(
        view! { <div class=notice::GOOD role="status" data-testid="done"><p>{done}</p> {undo}</div> }
            .into_any(),
    )
}

fn who(say: &'static Assortment, shown: &StandingPage) -> AnyView {
    let ways: &[(&'static str, &'static str, &'static str)] = match shown.stands {
        Stands::Begun => &[("removed", say.remove_draft(), say.remove_draft_hint())],
        Stands::Listed => {
            &[("hidden", say.hide_it(), say.hide_hint()), ("archived", say.archive_it(), say.archive_hint())]
        }
        Stands::Hidden => {
            &[("listed", say.list_it(), say.list_hint()), ("archived", say.archive_it(), say.archive_hint())]
        }
        Stands::Archived => {
            &[("listed", say.list_it(), say.list_hint()), ("hidden", say.hide_it(), say.hide_hint())]
        }
    };
    let ways = ways.iter().map(|(becomes, words, hint)| {
        let id = format!("{becomes}-hint");
        view! {
            <div class="mt-3">
                <button type="submit" class=button::QUIET name="do" value=*becomes aria-describedby=id.clone() data-testid=*becomes>{*words}</button>
                <p class=text::HINT id=id>{*hint}</p>
            </div>
        }
    });
    view! {
        <section aria-labelledby="who">
            <h2 class=text::HEADING id="who">{say.who_sees_it()}</h2>
            <p class="mt-1" data-testid="stands">{shown.stands.sentence(say)}</p>
            {Post::to(paths::admin::standing(&shown.slug)).form(|| view! {
                <input type="hidden" name="was" value=shown.stands.name() />
                {ways.collect_view()}
            }.into_any())}
        </section>
    }
    .into_any()
}

fn move_to(form: Form, say: &'static Assortment, slug: &Slug, place: u32) -> AnyView {
    let field = Field {
        id: "place".to_owned(),
        name: "place".to_owned(),
        label: say.new_place().to_owned(),
        value: form.text("place", &place.to_string()),
        errors: form.message("place").into_iter().collect(),
        autocomplete: "off",
        keyboard: "numeric",
        ..Field::default()
    };
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="place-title">
            <h2 class=text::HEADING id="place-title">{say.place_in_list()}</h2>
            <p class="mt-1">{say.place_of(&place)}</p>
            {Post::to(paths::admin::standing(slug)).class("mt-3 max-w-[30rem]").judged_here().form(|| view! {
                {field.text("text")}
                <button type="submit" class=button::QUIET name="do" value="move" data-testid="move">{say.move_it()}</button>
            }.into_any())}
        </section>
    }
    .into_any()
}

fn address(form: Form, say: &'static Assortment, shown: &StandingPage) -> AnyView {
    let link = view! { <a class=link::LINK href=paths::product(&shown.slug)>{shown.address.clone()}</a> };
    let field = Field {
        id: "address".to_owned(),
        name: "address".to_owned(),
        label: say.new_address().to_owned(),
        value: form.text("address", shown.slug.as_str()),
        errors: form.message("address").into_iter().collect(),
        hint: say.change_address_hint().to_owned(),
        autocomplete: "off",
        ..Field::default()
    };
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="address-title">
            <h2 class=text::HEADING id="address-title">{say.its_address()}</h2>
            <p class="mt-1 wrap-anywhere">{text::around(&say.address_now(&text::HERE), link.into_any())}</p>
            {Post::to(paths::admin::standing(&shown.slug)).class("mt-3 max-w-[30rem]").judged_here().form(|| view! {
                {field.text("text")}
                <button type="submit" class=button::QUIET name="do" value="address" data-testid="change-address">{say.change_address()}</button>
            }.into_any())}
        </section>
    }
    .into_any()
}

//! Designs of a product that a shopper keeps under names: one more, and those that there are. A page of its own, or a part
//! that a script shows within another.

use configurator::Slug;
use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::ui::field::Field;
use crate::ui::{button, dialog, link, notice, text};
use crate::{address, paths};

/// A design with its picture.
const LINE: &str = "grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-x-4 border-t border-line py-3";
const PICTURE: &str = "aspect-4/3 w-18 rounded-s bg-stage bg-lit object-contain p-1";
/// A form that is one button in a row.
const INLINE: &str = "contents";

/// A design that is kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The token of its link.
    pub token: String,
    /// Its name.
    pub name: String,
    /// The day it was kept, in words.
    pub date: String,
    /// What it cost then.
    pub total: String,
    /// The address of its picture.
    pub picture: String,
    /// What was typed for a new name and is none, with the reason.
    pub refused: Option<(String, String)>,
}

/// A design that can be given a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// What stands in the field: a suggestion, or what was typed.
    pub name: String,
    /// Why that can't be taken.
    pub refused: Option<String>,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct SnapshotsPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub product: String,
    /// The present design as a query.
    pub now: String,
    /// Its name to be; nothing where no design came along.
    pub naming: Option<Naming>,
    /// The product's page with that design.
    pub back: String,
    /// What is kept, the newest first.
    pub kept: Vec<Snapshot>,
    /// What was done, and the token of what can be undone.
    pub done: Option<(String, Option<String>)>,
    /// The page that puts them side by side.
    pub compare: Option<String>,
    /// For how many days they are kept.
    pub days: u64,
}

/// The page.
#[must_use]
pub fn snapshots(assets: &Assets, reader: &Reader, page: &SnapshotsPage) -> String {
    let title = reader.say().kept_designs(&page.product);
    document(assets, reader, &title, Script::None, Switch::Link, || {
        view! {
            <section class="mx-auto max-w-[62ch] px-5 pt-4 pb-24">
                <p class="mb-2">
                    <a class=link::STANDING href=page.back.clone()>{reader.say().back_to_menu()}</a>
                </p>
                <h1 class=text::TITLE>{title.clone()}</h1>
                {content(reader, page)}
            </section>
        }
        .into_any()
    })
}

/// The same to be shown within another page.
#[must_use]
pub fn snapshots_part(reader: &Reader, page: &SnapshotsPage) -> String {
    let say = reader.say();
    render(|| {
        view! {
            <h2 class=dialog::TITLE id="kept-title">{say.kept_designs(&page.product)}</h2>
            {content(reader, page)}
            <form method="dialog" class=dialog::ACTIONS>
                <button type="submit" class=button::QUIET>{say.close()}</button>
            </form>
        }
        .into_any()
    })
}

fn content(reader: &Reader, page: &SnapshotsPage) -> AnyView {
    let say = reader.say();
    let kept = page.kept.iter().map(|kept| line(reader, page, kept));
    let kept = match page.kept.is_empty() {
        true => view! { <p class="mt-4">{say.none_kept()}</p> }.into_any(),
        false => view! { <ul class="mt-4" data-testid="snapshots">{kept.collect_view()}</ul> }.into_any(),
    };
    let compare = page.compare.clone().map(|href| {
        view! { <p><a class=link::STANDING href=href rel="nofollow" data-testid="compare-kept">{say.compare_kept()}</a></p> }
    });
    view! {
        {page.done.as_ref().map(|done| told(reader, page, done))}
        {page.naming.as_ref().map(|naming| new(reader, page, naming))}
        {kept}
        {compare}
        <p class=text::HINT>{say.about_named(page.days)}</p>
    }
    .into_any()
}

/// What was done, with the way back.
fn told(reader: &Reader, page: &SnapshotsPage, (words, undo): &(String, Option<String>)) -> AnyView {
    let undo = undo.as_ref().map(|token| {
        let content = view! { <button type="submit" class=link::LINK data-testid="undo-remove">{reader.studio().undo()}</button> };
        form(page, "inline-block", "undo", Some(token), content.into_any())
    });
    view! {
        <div class=format!("{} mt-4", notice::GOOD) role="status" tabindex="-1" data-testid="done">{words.clone()} " " {undo}</div>
    }
    .into_any()
}

/// The present design, to be kept.
fn new(reader: &Reader, page: &SnapshotsPage, naming: &Naming) -> AnyView {
    let say = reader.say();
    let field = Field {
        id: "snapshot-name".to_owned(),
        name: address::NAMED.to_owned(),
        label: say.keep_under_name().to_owned(),
        value: naming.name.clone(),
        errors: naming.refused.clone().into_iter().collect(),
        ..Field::default()
    };
    let content = view! {
        <div class="min-w-0 flex-1 basis-60">{field.text("text")}</div>
        <button type="submit" class=format!("{} mb-5", button::PRIMARY) data-testid="keep">{say.keep_it()}</button>
    };
    form(page, "mt-4 flex flex-wrap items-end gap-x-3", "keep", None, content.into_any())
}

fn line(reader: &Reader, page: &SnapshotsPage, kept: &Snapshot) -> AnyView {
    let say = reader.say();
    let named = || view! { <span class="sr-only">": " {kept.name.clone()}</span> };
    let (typed, refused) = match kept.refused.clone() {
        Some((typed, reason)) => (typed, Some(reason)),
        None => (kept.name.clone(), None),
    };
    let is_open = refused.is_some();
    let field = Field {
        id: format!("name-{}", kept.token),
        name: address::NAMED.to_owned(),
        label: say.name_of_design().to_owned(),
        value: typed,
        errors: refused.into_iter().collect(),
        ..Field::default()
    };
    let rename = view! {
        <div class="min-w-0 flex-1 basis-40">{field.text("text")}</div>
        <button type="submit" class=format!("{} mb-5", button::QUIET)>{say.rename()}{named()}</button>
    };
    let remove = view! {
        <button type="submit" class=link::STANDING data-testid="remove">{say.remove()}{named()}</button>
    };
    view! {
        <li class=LINE data-testid="snapshot">
            <img class=PICTURE src=kept.picture.clone() alt="" width="72" height="54" loading="lazy" />
            <div class="min-w-0">
                <p class="font-semibold wrap-anywhere" dir="auto">{kept.name.clone()}</p>
                <p class=text::META>{say.kept_on(&kept.date, &kept.total)}</p>
                <div class="flex flex-wrap items-start gap-x-5">
                    <a class=link::STANDING href=paths::kept(&kept.token) data-testid="open">{say.open_design()}{named()}</a>
                    {form(page, INLINE, "remove", Some(&kept.token), remove.into_any())}
                    <details open=is_open class="open:basis-full">
                        <summary class=format!("{} list-none", link::STANDING) data-testid="rename">{say.rename()}{named()}</summary>
                        {form(page, "flex flex-wrap items-end gap-x-3", "rename", Some(&kept.token), rename.into_any())}
                    </details>
                </div>
            </div>
        </li>
    }
    .into_any()
}

/// A form that does something with a design, and comes back to the present one.
fn form(
    page: &SnapshotsPage,
    class: &str,
    what: &'static str,
    token: Option<&String>,
    content: AnyView,
) -> AnyView {
    let token = token.cloned().map(|token| {
        view! { <input type="hidden" name=address::TOKEN value=token /> }
    });
    view! {
        <form method="post" action=paths::snapshots(&page.slug) class=class.to_owned()>
            <input type="hidden" name=address::NOW value=page.now.clone() />
            <input type="hidden" name=address::DO value=what />
            {token}
            {content}
        </form>
    }
    .into_any()
}

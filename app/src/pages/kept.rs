//! The link of a design, to be taken elsewhere: as a text, as a QR code, with the design in words. A page of its own, or a
//! part that a script shows within another.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::ui::{button, dialog, disclosure, field, link, text};

/// A line that shows a link or a text, and what copies it.
const LINE: &str = "mt-1.5 flex flex-wrap items-start gap-2";

/// What is shown with a design's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignLink {
    /// Whether it leads to a copy for others, and not to one's own.
    pub is_shared: bool,
    /// The link as a whole address.
    pub address: String,
    /// Where it leads, as a path.
    pub path: String,
    /// The page that puts it beside others.
    pub compare: String,
    /// The page that keeps it under a name.
    pub keep: String,
    /// The link as a QR code, an SVG document; nothing where it is too long for one.
    pub code: Option<String>,
    /// The design in words: name, values, price, link.
    pub words: String,
    /// For how many days one's own is kept.
    pub kept_days: u64,
}

/// A page with a design's link.
#[must_use]
pub fn design_link(assets: &Assets, reader: &Reader, shown: &DesignLink) -> String {
    let title = title(reader, shown);
    document(assets, reader, title, Script::None, Switch::Link, || {
        view! {
            <section class="mx-auto max-w-[62ch] px-5 pt-8 pb-24">
                <h1 class=text::TITLE>{title}</h1>
                {content(reader, shown)}
                <p class="mt-6">
                    <a class=link::STANDING href=shown.path.clone()>{reader.say().back_to_design()}</a>
                </p>
            </section>
        }
        .into_any()
    })
}

/// The same to be shown within another page.
#[must_use]
pub fn design_link_part(reader: &Reader, shown: &DesignLink) -> String {
    render(|| {
        view! {
            <h2 class=dialog::TITLE id="kept-title">{title(reader, shown)}</h2>
            {content(reader, shown)}
            <form method="dialog" class=dialog::ACTIONS>
                <button type="submit" class=button::QUIET>{reader.say().close()}</button>
            </form>
        }
        .into_any()
    })
}

fn title(reader: &Reader, shown: &DesignLink) -> &'static str {
    if shown.is_shared { reader.say().link_for_others() } else { reader.say().own_link() }
}

fn content(reader: &Reader, shown: &DesignLink) -> AnyView {
    let say = reader.say();
    let about =
        if shown.is_shared { say.about_shared().to_owned() } else { say.about_saved(shown.kept_days) };
    // Only a script can copy.
    let copy = |what: &'static str| {
        view! {
            <button type="button" class=button::QUIET hidden data-copy=what data-copied=say.copied()>{say.copy()}</button>
        }
    };
    let code = shown.code.clone().map(|code| {
        view! {
            <div class="mt-4 w-40 rounded-s bg-white p-2 [&>svg]:h-auto [&>svg]:w-full" role="img" aria-label=say.qr_code() inner_html=code></div>
        }
    });
    view! {
        <p class=text::LEAD>{about}</p>
        <label class=field::LABEL for="link">{say.link()}</label>
        <div class=LINE>
            <input class=field::INPUT_ROW id="link" readonly dir="ltr" value=shown.address.clone() data-testid="link" />
            {copy("link")}
        </div>
        {code}
        <p class="mt-2 flex flex-wrap gap-x-5">
            <a class=link::STANDING href=shown.keep.clone() rel="nofollow">{say.keep_under_name()}</a>
            <a class=link::STANDING href=shown.compare.clone() rel="nofollow">{say.compare_designs()}</a>
        </p>
        <details class="mt-2">
            <summary class=disclosure::SUMMARY>{say.design_in_words()}</summary>
            <div class=LINE>
                <textarea class=field::AREA id="words-of-design" readonly rows="6" aria-label=say.design_in_words() data-testid="design-words">{shown.words.clone()}</textarea>
                {copy("words-of-design")}
            </div>
        </details>
    }
    .into_any()
}

//! Why the defaults of a design are as they are: what was used, which level spoke for each, and the switch that turns personal
//! starts off and on.

use configurator::Slug;
use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::ui::values::{GIVEN, TERM, VALUE, VALUES, values};
use crate::ui::{button, link, notice, text};
use crate::{address, paths};

/// A part of the page.
const PART: &str = "mt-6 font-display text-xl font-medium wrap-anywhere";

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct DefaultsPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub product: String,
    /// The design as a query.
    pub design: String,
    /// The product's page with the design.
    pub back: String,
    /// Whether personal starts are on.
    pub is_on: bool,
    /// What is told of the link that states a use, in place of that they are off.
    pub by_link: Option<String>,
    /// How the product has shoppers start.
    pub told: Vec<String>,
    /// What was used, as terms and values.
    pub used: Vec<(String, String)>,
    /// Menus of which some options are shown first: the attribute's name, and the options with the reason below.
    pub menus: Vec<(String, String)>,
    /// By attribute: where its value comes from.
    pub defaults: Vec<DefaultShown>,
    /// Whether reasons stand before values.
    pub reason_first: bool,
    /// What to tell the shopper of the design that they came with.
    pub notices: Vec<String>,
}

/// Where a value comes from, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultShown {
    /// The attribute's code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: String,
    /// The level that spoke: `use`, `everybody`, `standard`, `proposal` or `choice`.
    pub level: &'static str,
    /// The reason, the evidence and what else is probable, a line each.
    pub lines: Vec<String>,
}

/// The page.
#[must_use]
pub fn defaults(assets: &Assets, reader: &Reader, page: &DefaultsPage) -> String {
    let (say, title) = (reader.say(), reader.studio().why_defaults());
    document(assets, reader, title, Script::None, Switch::Link, || {
        let told = |words: &String| view! { <p class="mt-2 max-w-[62ch]">{words.clone()}</p> };
        let notices = page.notices.iter().map(|words| {
            view! { <p class=notice::CAUTION role="status">{words.clone()}</p> }
        });
        view! {
            <section class="mx-auto max-w-[70ch] px-5 pt-8 pb-24">
                {notices.collect_view()}
                <p class="mb-2">
                    <a class=link::STANDING href=page.back.clone()>{say.back_to_design()}</a>
                </p>
                <h1 class=text::TITLE>{title}</h1>
                <p class=text::LEAD>{say.defaults_line(&page.product)}</p>
                {switch(reader, page)}
                {page.told.iter().map(told).collect_view()}
                <h2 class=PART>{say.data_used()}</h2>
                {values(&page.used)}
                {menus(reader, page)}
                <h2 class=PART>{say.reasons()}</h2>
                <dl class=VALUES>{page.defaults.iter().map(|default| shown(default, page.reason_first)).collect_view()}</dl>
            </section>
        }
        .into_any()
    })
}

/// Which options are shown first, where that follows the shopper.
fn menus(reader: &Reader, page: &DefaultsPage) -> Option<AnyView> {
    let say = reader.say();
    (!page.menus.is_empty()).then(|| {
        let shown = page.menus.iter().cloned().map(|(label, told)| {
            view! {
                <div class=VALUE data-testid="menu-shown">
                    <dt class=TERM>{label}</dt>
                    <dd class=GIVEN><span class="text-s whitespace-pre-line">{told}</span></dd>
                </div>
            }
        });
        view! {
            <h2 class=PART>{say.menus_shown()}</h2>
            <p class="mt-2 max-w-[62ch]">{say.menus_hint()}</p>
            <dl class=VALUES>{shown.collect_view()}</dl>
        }
        .into_any()
    })
}

/// The switch, and how it stands.
fn switch(reader: &Reader, page: &DefaultsPage) -> AnyView {
    let say = reader.say();
    let (told, value, label) = match page.is_on {
        true => (say.personal_is_on().to_owned(), "off", reader.studio().switch_off()),
        false => {
            let told = page.by_link.clone().unwrap_or_else(|| say.personal_is_off().to_owned());
            (told, "on", say.switch_on())
        }
    };
    view! {
        <form method="post" action=paths::start(&page.slug) class="my-4">
            <input type="hidden" name=address::WAS value=page.design.clone() />
            <p class="mb-2 max-w-[62ch]" role="status" data-testid="personal-state">{told}</p>
            <button class=button::QUIET type="submit" name=address::SWITCH value=value data-testid="personal-switch">
                {label}
            </button>
        </form>
        <script r#type="module" src=paths::file::DECLINED_SCRIPT></script>
    }
    .into_any()
}

fn shown(default: &DefaultShown, reason_first: bool) -> AnyView {
    let DefaultShown { code, label, value, level, lines } = default.clone();
    let value = view! { <bdi class="font-medium">{value}</bdi> }.into_any();
    let lines = view! { <span class="block text-s text-soft whitespace-pre-line">{lines.join("\n")}</span> }
        .into_any();
    let (before, after) = if reason_first { (lines, value) } else { (value, lines) };
    view! {
        <div class=VALUE data-default=code data-level=level>
            <dt class=TERM>{label}</dt>
            <dd class=GIVEN>{before} {after}</dd>
        </div>
    }
    .into_any()
}

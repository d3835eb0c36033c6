//! What every document of the shop has: its head, its frame, and how views become text.

use std::sync::Arc;

use leptos::prelude::*;

use words::{Language, Shop, Studio};

use super::away::away;
use crate::address;
use crate::paths::{file, route};
use crate::ui::{button, link, notice};

/// What gives a design a link.
const TAKEN_ALONG: &str = concat!(
    "-my-2 inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1.5 rounded-s px-2 text-s ",
    "text-ink hover:bg-hover aria-busy:cursor-progress max-desk:text-l"
);
/// The way to the basket, on the line of the words beside it.
const BASKET: &str = concat!(
    "-my-3 inline-flex min-w-11 items-baseline justify-center gap-1.5 rounded-s px-2 py-3 text-s text-ink hover:bg-hover ",
    "max-desk:text-l"
);
/// The document. It scrolls to what is asked for.
const PAGE: &str = "motion-safe:scroll-smooth";
/// A document with a configurator, or with what fits best: what is scrolled to keeps clear of what sticks to the screen's ends.
const PAGE_WITH_BARS: &str = concat!(
    "motion-safe:scroll-smooth scroll-pt-20 max-desk:scroll-pt-[190px] scroll-pb-36 ",
    "short:scroll-py-4"
);
/// Name and line, which share a row where they can.
const NAME: &str = "flex min-w-0 flex-1 max-[24.3rem]:flex-[1_1_5rem] flex-wrap items-baseline gap-x-4";
/// A language to go over to.
const LANGUAGE: &str = concat!(
    "-mx-2 -my-2 inline-flex min-h-11 cursor-pointer items-center rounded-s px-2 text-s text-muted ",
    "underline decoration-line underline-offset-3 hover:text-ink hover:decoration-ink"
);

/// What stands under a page.
const FOOT: &str = "mx-auto flex print:hidden max-w-[1440px] flex-wrap items-center justify-between gap-x-10 gap-y-2 border-t border-line px-5 py-6 desk:px-10";
/// The same over a bar at the screen's end.
const FOOT_OVER_BAR: &str = concat!(
    "mx-auto flex max-w-[1440px] flex-wrap items-center justify-between gap-x-10 gap-y-2 border-t border-line px-5 pt-6 pb-44 ",
    "short:pb-6 desk:px-10"
);
/// A link there.
const FOOT_LINK: &str = concat!(
    "inline-flex min-h-11 items-center text-s text-muted underline decoration-line underline-offset-3 ",
    "hover:text-ink hover:decoration-ink aria-[current=page]:text-ink aria-[current=page]:no-underline"
);

/// Addresses of built files, with a fingerprint so that browsers may keep them for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that loads the WebAssembly.
    pub script: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// Who reads a page, and where they are.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The language they read.
    pub language: Language,
    /// The languages that the shop offers.
    pub languages: Vec<Language>,
    /// Path and query of the page, without what says its language.
    pub here: String,
    /// The shop they are in.
    pub shop: Arc<Storefront>,
    /// Whether they look at a draft that is previewed.
    pub is_preview: bool,
    /// How many designs are in their basket.
    pub basket: usize,
}

/// What every page says of the shop itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storefront {
    /// Its name.
    pub name: String,
    /// The name it is registered under; empty where that is not said.
    pub company: String,
}

impl Default for Storefront {
    fn default() -> Self {
        Self { name: "Atelier".to_owned(), company: String::new() }
    }
}

impl Reader {
    /// What the shop's pages say.
    pub(super) fn say(&self) -> &'static Shop {
        self.language.shop()
    }

    /// What is said where a design is shown.
    pub(super) fn studio(&self) -> &'static Studio {
        &self.language.words().studio
    }

    /// The same page in another language.
    fn address_in(&self, language: Language) -> String {
        let joint = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}={}", self.here, address::LANGUAGE, language.tag())
    }
}

/// How a reader goes over to another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// By a link.
    Link,
    /// By sending this form, so that nothing in it is lost.
    Form(&'static str),
    /// The same of the form of a design, beside what gives the design a link.
    Design {
        /// The form.
        form: &'static str,
        /// Where it is sent for a link.
        share: String,
        /// What is shown where a link to it is.
        card: LinkCard,
    },
}

/// What messages and other websites show of a link to a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkCard {
    /// The page's own address, whole.
    pub address: String,
    /// A sentence or two.
    pub description: String,
    /// The address of a picture, whole.
    pub picture: String,
    /// Width and height of the picture in pixels.
    pub size: (u32, u32),
}

/// Renders a view outside any request as text.
pub(super) fn render(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| view().to_html());
    owner.cleanup();
    html
}

/// What a page's script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Waits for a shop that is away, as all others do.
    None,
    /// Loads the configurator.
    Configurator,
    /// Sends every change of the configurator's form to the server.
    Form,
    /// Asks the server at every change of what matters.
    Needs,
    /// Keeps what is typed into the order form, and sends it.
    Order,
}

/// A document of the shop around a page's content.
pub(super) fn document(
    assets: &Assets,
    reader: &Reader,
    title: &str,
    script: Script,
    switch: Switch,
    content: impl FnOnce() -> AnyView,
) -> String {
    let content = render(content);
    let away = render(|| away(reader.say()));
    let draft = if reader.is_preview { render(|| draft(reader)) } else { String::new() };
    let head = head(assets, &format!("{title} · {}", reader.shop.name), script);
    let alternates = render(|| alternates(reader, &switch));
    // The others bring it along.
    let line = match script {
        Script::None => format!(r#"<script type="module" src="{}"></script>"#, file::LINE_SCRIPT),
        Script::Configurator | Script::Form | Script::Needs | Script::Order => String::new(),
    };
    let card = match &switch {
        Switch::Design { card, .. } => render(|| link_card(title, card)),
        Switch::Link | Switch::Form(_) => String::new(),
    };
    let top = render(|| top(reader, &switch));
    let has_bars = matches!(script, Script::Configurator | Script::Form);
    let foot = render(|| foot(reader, has_bars));
    let (tag, dir) = (reader.language.tag(), reader.language.words().locale.dir);
    let class = if has_bars || script == Script::Needs { PAGE_WITH_BARS } else { PAGE };
    format!(
        r##"<!DOCTYPE html><html lang="{tag}" dir="{dir}" class="{class}"><head>{head}{line}{alternates}{card}</head><body>{top}<main id="main">{away}{draft}{content}</main>{foot}</body></html>"##
    )
}

/// That a page is a draft's, and that nothing was ordered where somebody tried.
fn draft(reader: &Reader) -> AnyView {
    let tried = format!("{}={}", address::DONE, address::NOTHING_OF_A_DRAFT);
    let refused = reader.here.split(['?', '&']).any(|pair| pair == tried).then(|| {
        view! { <p class=notice::STOP role="alert" data-testid="draft-refused">{reader.say().only_previewed()}</p> }
    });
    view! {
        <div class="mx-auto max-w-[1440px] px-5 pt-3 desk:px-10">
            {refused}
            <p class=notice::CAUTION role="status" data-testid="draft">{reader.say().preview_banner()}</p>
        </div>
    }
    .into_any()
}

/// The same page in other languages, for search engines.
fn alternates(reader: &Reader, switch: &Switch) -> AnyView {
    // A form's page is one page, whatever stands in its fields.
    let here = match switch {
        Switch::Link => reader.here.clone(),
        Switch::Form(_) | Switch::Design { .. } => {
            reader.here.split('?').next().unwrap_or_default().to_owned()
        }
    };
    let reader = Reader { here, ..reader.clone() };
    let link = |language: &Language| {
        view! { <link rel="alternate" hreflang=language.tag() href=reader.address_in(*language) /> }
    };
    let languages = reader.languages.iter().filter(|language| !language.is_pseudo());
    languages.map(link).collect_view().into_any()
}

/// What messages and other websites show of a link, in the words of the Open Graph protocol, and in those of others.
fn link_card(title: &str, card: &LinkCard) -> AnyView {
    let LinkCard { address, description, picture, size: (width, height) } = card.clone();
    let property =
        |name: &'static str, content: String| view! { <meta content=content /> }.attr("property", name);
    view! {
        <meta name="description" content=description.clone() />
        {property("og:type", "product".to_owned())}
        {property("og:title", title.to_owned())}
        {property("og:description", description)}
        {property("og:url", address)}
        {property("og:image", picture)}
        {property("og:image:width", width.to_string())}
        {property("og:image:height", height.to_string())}
        {property("og:image:alt", title.to_owned())}
        <meta name="twitter:card" content="summary_large_image" />
    }
    .into_any()
}

/// What stands over every page of the shop.
fn top(reader: &Reader, switch: &Switch) -> AnyView {
    let links = match switch {
        Switch::Design { form, share, .. } => Some(for_links(reader, form, share)),
        Switch::Link | Switch::Form(_) => None,
    };
    let say = reader.say();
    let others = reader.languages.iter().filter(|language| **language != reader.language);
    let others = others.map(|&language| match switch {
        Switch::Link => view! {
            <li>
                <a class=LANGUAGE href=reader.address_in(language) hreflang=language.tag() lang=language.tag() rel="nofollow">
                    {language.name()}
                </a>
            </li>
        }
        .into_any(),
        Switch::Form(form) | Switch::Design { form, .. } => view! {
            <li>
                <button class=LANGUAGE type="submit" form=*form name=address::LANGUAGE value=language.tag() lang=language.tag() formnovalidate=true>
                    {language.name()}
                </button>
            </li>
        }
        .into_any(),
    });
    let others: Vec<AnyView> = others.collect();
    let languages = (!others.is_empty()).then(|| {
        view! {
            <nav class="max-w-1/2 print:hidden" aria-label=say.languages()>
                <ul class="flex flex-wrap justify-end gap-x-5">{others}</ul>
            </nav>
        }
    });
    // Enter in a field presses the first button of its form, wherever in the document that is: before the buttons here comes one that
    // does what the form is for.
    let first = match switch {
        Switch::Link => None,
        Switch::Form(form) | Switch::Design { form, .. } => Some(view! {
            <button type="submit" form=*form class="sr-only" tabindex="-1" aria-hidden="true"></button>
        }),
    };
    // A product's page begins with the product where there is little room.
    let wraps =
        if links.is_some() && reader.basket > 0 { "max-desk:flex-wrap" } else { "max-[24.3rem]:flex-wrap" };
    let about = if links.is_some() { "text-s text-muted max-tablet:hidden" } else { "text-s text-muted" };
    view! {
        <a class=link::SKIP href="#main">{say.skip_to_content()}</a>
        <header class=format!("mx-auto flex max-w-[1440px] items-baseline justify-end gap-x-4 px-5 py-4 desk:px-10 {wraps}")>
            {first}
            <div class=NAME>
                <a class="display text-xl" href=route::LIST translate="no">{reader.shop.name.clone()}</a>
                <span class=about>{say.made_to_order()}</span>
            </div>
            {links}
            {basket(reader)}
            {languages}
        </header>
    }
    .into_any()
}

/// The way to the basket, once there is something in it; on phones its sign.
fn basket(reader: &Reader) -> Option<AnyView> {
    (reader.basket > 0).then(|| {
        view! {
            <a class=BASKET href=route::BASKET data-testid="basket-link">
                <svg class="self-center" aria-hidden="true" width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round">
                    <path d="M3 6h12l-1 9.5H4zM6 8V5a3 3 0 0 1 6 0v3" />
                </svg>
                <span class=button::WORD>{reader.say().basket()}</span>
                " "
                <span class="tabular">{reader.basket.to_string()}</span>
            </a>
        }
        .into_any()
    })
}

/// The pages about the shop, by their paths.
pub(super) fn about_shop(reader: &Reader) -> [(&'static str, &'static str); 6] {
    let say = reader.say();
    [
        (route::DELIVERY, say.delivery_page()),
        (route::RETURNS, say.returns_page()),
        (route::PAYMENT, say.payment_page()),
        (route::CONTACT, say.contact_page()),
        (route::COMPANY, say.company_page()),
        (route::PRIVACY, say.privacy_page()),
    ]
}

/// What stands under every page of the shop, clear of a bar at the screen's end.
fn foot(reader: &Reader, has_bar: bool) -> AnyView {
    let here = reader.here.split('?').next().unwrap_or_default();
    let link = |(path, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a class=FOOT_LINK href=path aria-current=(path == here).then_some("page")>{name}</a>
            </li>
        }
    };
    let class = if has_bar { FOOT_OVER_BAR } else { FOOT };
    view! {
        <footer class=class>
            <nav aria-label=reader.say().about_shop()>
                <ul class="flex flex-wrap gap-x-6">
                    {about_shop(reader).map(link).collect_view()} {link((route::ACCOUNT, reader.say().account()))}
                </ul>
            </nav>
            <p class="text-s text-muted wrap-anywhere" translate="no"><bdi>{reader.shop.company.clone()}</bdi></p>
        </footer>
    }
    .into_any()
}

/// The buttons that give a design a link: one's own, or a copy for others.
fn for_links(reader: &Reader, form: &'static str, share: &str) -> AnyView {
    let say = reader.say();
    let button = |purpose: &'static str, sign: &'static str, words: &'static str| {
        view! {
            <button class=TAKEN_ALONG type="submit" form=form formmethod="post" formaction=share.to_owned() name=address::AS value=purpose formnovalidate=true data-testid=purpose>
                <span class="rtl:mirrored" aria-hidden="true">{sign}</span>
                <span class=button::WORD>{words}</span>
            </button>
        }
    };
    view! {
        <div class="flex gap-1 print:hidden">
            {button("save", "♡", say.save_design())} {button("share", "↗", say.share_design())}
            <button class=TAKEN_ALONG type="submit" form=form name=address::NEXT value=address::COMPARE formnovalidate=true data-testid="compare">
                <span aria-hidden="true">"⇄"</span>
                <span class=button::WORD>{reader.studio().compare()}</span>
            </button>
            // Where there is no room for it, the link of a saved design leads there.
            <span class="max-tablet:hidden">{button(address::SNAPSHOT, "✎", say.keep_as())}</span>
        </div>
    }
    .into_any()
}

/// What stands in a document's head.
pub(super) fn head(assets: &Assets, title: &str, script: Script) -> String {
    let title = title.to_owned();
    render(|| {
        let keep = matches!(script, Script::Configurator | Script::Form).then(|| {
            view! {
                <script r#type="module" src=file::KEEP_SCRIPT></script>
                <script r#type="module" src=file::INSIGHT_SCRIPT></script>
            }
        });
        let configurator = (script == Script::Configurator).then(|| {
            view! {
                <link rel="modulepreload" href=assets.script.clone() />
                <link rel="preload" r#as="fetch" r#type="application/wasm" crossorigin="anonymous" href=assets.wasm.clone() />
                <script r#type="module" src=file::START_SCRIPT data-script=assets.script.clone() data-wasm=assets.wasm.clone() id="start"></script>
            }
        });
        let small = match script {
            Script::Form => Some(file::FORM_SCRIPT),
            Script::Needs => Some(file::NEEDS_SCRIPT),
            Script::Order => Some(file::ORDER_SCRIPT),
            Script::None | Script::Configurator => None,
        };
        let small = small.map(|file| view! { <script r#type="module" src=file></script> });
        view! {
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <title>{title}</title>
            <link rel="icon" href=file::ICON r#type="image/svg+xml" />
            <link rel="preload" href=format!("{}instrument-sans-latin-wght-normal.woff2", file::FONTS) r#as="font" r#type="font/woff2" crossorigin="anonymous" />
            <link rel="preload" href=format!("{}fraunces-display.woff2", file::FONTS) r#as="font" r#type="font/woff2" crossorigin="anonymous" />
            <link rel="stylesheet" href=assets.style.clone() />
            {configurator}
            {small}
            {keep}
        }
        .into_any()
    })
}

//! What the admin's pages have in common: the document, the rail on the left, the bar that always shows the draft's state.

use configurator::Slug;
use leptos::prelude::*;
use words::{Admin, Language};

use crate::pages::away::away;
use crate::pages::document::{Assets, Script, head, render};
use crate::paths::{self, file, route};
use crate::ui::form::{Rights, may_send};
use crate::ui::tabs::{self, TAB};
use crate::ui::text::{self, Tone};
use crate::ui::{button, link, menu, notice};

/// Everything behind the log-in: a rail above the content, on a desk beside it.
const ADMIN: &str = "dense text-[0.94rem] desk:grid desk:grid-cols-[208px_minmax(0,1fr)]";
const RAIL: &str = concat!(
    "flex print:hidden flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-4 py-2 tablet:gap-x-5 ",
    "desk:sticky desk:top-0 desk:h-dvh desk:flex-col desk:flex-nowrap desk:items-stretch desk:gap-6 ",
    "desk:border-e desk:border-b-0 desk:py-6 short:static short:h-auto"
);
const RAIL_LINK: &str = concat!(
    "inline-flex min-h-11 items-center rounded-s px-2.5 whitespace-nowrap text-soft hover:text-accent ",
    "aria-[current]:bg-stage aria-[current]:font-semibold aria-[current]:text-ink ",
    "forced-colors:aria-[current]:underline"
);
const MAIN: &str = "min-w-0 px-4 pt-5 pb-24 focus:outline-none desk:px-8 desk:pt-6";
/// Everything before the log-in: one sheet.
const GATE: &str = "dense grid min-h-dvh place-items-center px-4 py-8 text-[0.94rem]";
const GATE_SHEET: &str = "w-full max-w-[420px] rounded-l border border-transparent bg-raised px-7 py-8 floating focus:outline-none";
/// The head over a product's pages, which stays in view: as wide as the content with its margins.
const BAR: &str = concat!(
    "sticky top-0 z-10 -mx-4 -mt-5 flex flex-wrap items-center gap-x-3 border-b border-line bg-paper px-4 py-2 ",
    "desk:-mx-8 desk:-mt-6 desk:flex-nowrap desk:px-8 short:static"
);
/// The pages below it: as many lines as they need, on phones one that scrolls.
const PAGES: &str = "mb-5 border-b border-line desk:mb-6";
/// What somebody may only read is no field: as dark as any text, without an edge.
const READING: &str = concat!(
    "fieldset:disabled :is(input,select,textarea){opacity:1;color:inherit;-webkit-text-fill-color:currentColor}",
    "fieldset:disabled .control{border-color:transparent;background-color:transparent;padding-inline:0;appearance:none}"
);
/// The way up from a page.
pub(super) const CRUMB: &str = "text-s text-muted after:content-['_/'_/_''] hover:text-accent";
/// Content that has no inspector beside it. A table in it lies under the bar, so its head stays where it is.
pub(super) const SINGLE: &str = "min-w-0 max-w-[1080px] [--head:auto]";
/// A form of a page.
pub(super) const FORM: &str = "relative min-w-0";
/// The ways to the pages before and after.
pub(super) const PAGING: &str = "mt-5 flex flex-wrap gap-2";

/// What every page behind the log-in needs.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// Addresses of built files.
    pub assets: &'f Assets,
    /// E-mail address of who is logged in.
    pub administrator: &'f str,
    /// The language they read.
    pub language: Language,
    /// The pages that they may read.
    pub menu: &'f [Rail],
    /// Whether they may change what the page shows.
    pub may_change: bool,
    /// The addresses that they may send forms to.
    pub rights: &'f Rights,
}

impl Frame<'_> {
    /// What the admin's pages say.
    pub(super) fn say(&self) -> &'static Admin {
        self.language.admin()
    }
}

/// What stands between a draft and the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// The draft equals the live revision.
    Unchanged,
    /// The draft can be published.
    Ready,
    /// The draft has this many problems.
    Problems(usize),
    /// The draft is sound, but so many tests and things that look forgotten keep it from being published.
    Unsettled(usize),
}

impl DraftState {
    /// The state in words.
    #[must_use]
    pub fn words(self, say: &Admin) -> String {
        match self {
            Self::Unchanged => say.no_changes().to_owned(),
            Self::Ready => say.without_problems().to_owned(),
            Self::Problems(count) => say.draft_problems(count as u64),
            Self::Unsettled(count) => say.draft_unsettled(count as u64),
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Unchanged => Tone::Calm,
            Self::Ready => Tone::Good,
            Self::Problems(_) | Self::Unsettled(_) => Tone::Stop,
        }
    }

    /// The state as a mark that does not rest on colour alone.
    pub(super) fn mark(self, say: &Admin) -> AnyView {
        text::mark(self.tone(), &self.words(say), Some("draft-state"))
    }
}

/// Entries of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rail {
    /// What waits today.
    Start,
    /// Products, their drafts and revisions.
    Products,
    /// Products that are published together, or at a time.
    Releases,
    /// The orders desk.
    Orders,
    /// Customers and segments.
    Customers,
    /// Campaign links.
    Campaigns,
    /// Experiments.
    Experiments,
    /// What happens on the products' pages.
    Insight,
    /// Who looks after the shop.
    People,
    /// The shop's settings.
    Settings,
    /// One's own account.
    Account,
}

impl Rail {
    /// Every entry, in their order.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Products,
        Self::Releases,
        Self::Orders,
        Self::Customers,
        Self::Campaigns,
        Self::Experiments,
        Self::Insight,
        Self::People,
        Self::Settings,
        Self::Account,
    ];

    fn entry(self, language: Language) -> (&'static str, &'static str) {
        let say = language.admin();
        match self {
            Self::Start => (route::admin::START, language.today().title()),
            Self::Products => (route::admin::PRODUCTS, say.products()),
            Self::Releases => (route::admin::RELEASES, language.releases().title()),
            Self::Orders => (route::admin::ORDERS, say.orders()),
            Self::Customers => (route::admin::CUSTOMERS, say.customers()),
            Self::Campaigns => (route::admin::CAMPAIGNS, say.campaigns()),
            Self::Experiments => (route::admin::EXPERIMENTS, language.experiments().title()),
            Self::Insight => (route::admin::ALL_INSIGHT, say.insight()),
            Self::People => (route::admin::PEOPLE, say.people()),
            Self::Settings => (route::admin::SETTINGS, language.settings().title()),
            Self::Account => (route::admin::ACCOUNT, language.account().title()),
        }
    }
}

/// A page behind the log-in that says what went wrong and where to go from here.
#[must_use]
pub fn failed(frame: Frame, title: &str, message: &str) -> String {
    page(frame, title, None, || {
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{title.to_owned()}</h1>
                <p class="mt-3 max-w-[70ch] wrap-anywhere">{message.to_owned()}</p>
                <p class="mt-5"><a class=button::QUIET href=route::admin::PRODUCTS>{frame.say().products()}</a></p>
            </div>
            <script r#type="module" src=file::UNSENT_SCRIPT></script>
        }
        .into_any()
    })
}

/// A page behind the log-in.
pub(super) fn page(
    frame: Frame,
    title: &str,
    current: impl Into<Option<Rail>>,
    content: impl FnOnce() -> AnyView,
) -> String {
    let (administrator, say, language) = (frame.administrator.to_owned(), frame.say(), frame.language);
    let current = current.into();
    let entry = |rail: &Rail| {
        let (href, words) = rail.entry(frame.language);
        (href, words, (Some(*rail) == current).then_some("page"))
    };
    let entries = frame.menu.iter().map(|rail| {
        let (href, words, here) = entry(rail);
        view! { <a class=RAIL_LINK href=href aria-current=here>{words}</a> }
    });
    // Where there is no room beside the content, one button opens the same.
    let items = frame.menu.iter().map(|rail| {
        let (href, words, here) = entry(rail);
        view! { <li><a class=menu::ITEM href=href aria-current=here>{words}</a></li> }
    });
    let here = current.map_or(say.admin(), |rail| rail.entry(frame.language).1);
    let only_to_read = (!frame.may_change).then(|| {
        // A product's bar moves up by as much as this leaves below it.
        view! { <div class="pb-6"><style inner_html=READING></style><p class=notice::CAUTION data-testid="only-to-read">{say.only_to_read()}</p></div> }
    });
    let rights = frame.rights.clone();
    let body = render(move || {
        provide_context(rights);
        view! {
            <script r#type="module" src=file::TAKEN_SCRIPT></script>
            <script r#type="module" src=file::LINE_SCRIPT></script>
            <script r#type="module" src=file::TABS_SCRIPT></script>
            <div class=ADMIN>
                <header class=RAIL>
                    <a class="display text-l desk:px-2.5" href=route::admin::START>"Atelier"</a>
                    <nav class="flex flex-1 gap-1 desk:flex-col max-desk:hidden" aria-label=say.admin()>
                        {entries.collect_view()}
                    </nav>
                    <nav class="flex-1 desk:hidden" aria-label=say.admin()>
                        {menu::menu(here, items.collect_view().into_any())}
                    </nav>
                    <div class="flex items-center gap-3 desk:flex-col desk:items-start desk:gap-1 desk:px-2.5">
                        <span class="hidden max-w-full truncate text-s text-muted desk:block" title=administrator.clone()>{administrator.clone()}</span>
                        <form method="post" action=route::admin::LOG_OUT>
                            <button type="submit" class=link::SUBTLE data-testid="log-out">{say.log_out()}</button>
                        </form>
                    </div>
                </header>
                <main id="main" class=MAIN tabindex="-1">{only_to_read} {content()} {away(language.shop())}</main>
            </div>
        }
        .into_any()
    });
    whole(frame.assets, frame.language, title, &body)
}

/// A page before the log-in.
pub(super) fn gate(
    assets: &Assets,
    language: Language,
    title: &str,
    content: impl FnOnce() -> AnyView,
) -> String {
    let body = render(move || {
        view! {
            <script r#type="module" src=file::LINE_SCRIPT></script>
            <div class=GATE>
                <main id="main" class=GATE_SHEET tabindex="-1">
                    <a class="display mb-5 inline-block text-l text-muted" href=route::LIST>"Atelier"</a>
                    {content()}
                    {away(language.shop())}
                </main>
            </div>
        }
        .into_any()
    });
    whole(assets, language, title, &body)
}

fn whole(assets: &Assets, language: Language, title: &str, body: &str) -> String {
    let head = head(assets, &language.admin().title_of(&title), Script::None);
    let (class, skip) = (link::SKIP, language.shop().skip_to_content());
    let (tag, dir) = (language.tag(), language.words().locale.dir);
    format!(
        r##"<!DOCTYPE html><html lang="{tag}" dir="{dir}" class="scroll-pt-24"><head>{head}</head><body><a class="{class}" href="#main">{skip}</a>{body}</body></html>"##
    )
}

/// Pages of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Draft,
    Texts,
    Analysis,
    Publish,
    Revisions,
    SoldOut,
    Menus,
    Standing,
    Insight,
    Learnt,
}

/// The bar over a product's pages: name, pages, and the draft's state.
pub(super) fn bar(say: &'static Admin, slug: &Slug, name: &str, state: DraftState, tab: Tab) -> AnyView {
    bar_with(say, (slug, name), state, tab, None)
}

/// The same with something else beside the draft's state.
pub(super) fn bar_with(
    say: &'static Admin,
    (slug, name): (&Slug, &str),
    state: DraftState,
    tab: Tab,
    beside: Option<AnyView>,
) -> AnyView {
    let to = move |entry: Tab, href: String, words: &'static str| {
        let is_here = entry == tab;
        // A row that scrolls begins where somebody is.
        let shown = is_here.then_some("scroll-initial-target:nearest");
        view! { <a class=TAB href=href style=shown aria-current=is_here.then_some("page")>{words}</a> }
    };
    let publish_path = paths::admin::publish(slug);
    let menus_path = paths::admin::group_menus(slug);
    let publishes = tab != Tab::Publish && state != DraftState::Unchanged && may_send(&publish_path);
    let publish = publishes.then(|| {
        view! {
            <a class=button::PRIMARY_SMALL href=publish_path.clone() data-testid="to-publish">
                {say.to_publish()}
            </a>
        }
    });
    view! {
        <div class="contents" id="bar">
            <div class=BAR>
                <div class="flex min-w-0 flex-auto items-baseline gap-3">
                    <a class=format!("{CRUMB} max-desk:hidden") href=route::admin::PRODUCTS>{say.products()}</a>
                    <h1 class="display text-l leading-tight wrap-anywhere desk:truncate" title=name.to_owned()>{name.to_owned()}</h1>
                </div>
                <div class="max-tablet:contents tablet:flex tablet:items-center tablet:gap-x-3">{beside} {state.mark(say)} {publish}</div>
            </div>
            <nav class=PAGES aria-label=say.this_product()>
                <div class=format!("{} -mx-2.5", tabs::ROW)>
                    {to(Tab::Draft, paths::admin::first_section(slug), say.draft())}
                    {to(Tab::Texts, paths::admin::texts(slug), say.texts())}
                    {to(Tab::Analysis, paths::admin::analysis(slug), say.analysis())}
                    {to(Tab::Publish, publish_path.clone(), say.changes())}
                    {to(Tab::Revisions, paths::admin::revisions(slug), say.revisions())}
                    {to(Tab::SoldOut, paths::admin::sold_out(slug), say.sold_out())}
                    {may_send(&menus_path).then(|| to(Tab::Menus, menus_path.clone(), say.menus()))}
                    {to(Tab::Standing, paths::admin::standing(slug), say.in_the_shop())}
                    {to(Tab::Insight, paths::admin::insight(slug), say.insight())}
                    {to(Tab::Learnt, paths::admin::learnt(slug), say.learnt())}
                </div>
            </nav>
        </div>
    }
    .into_any()
}

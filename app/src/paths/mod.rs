//! Every path of the site: what the router matches, and the functions that build links of it. [`crate::address`] adds the
//! queries that stand for designs.

use configurator::{RevisionNumber, Slug};

use crate::address::encode;

pub mod admin;

/// Paths as the router writes them, with names in braces.
pub mod route {
    /// Whether the process is alive.
    pub const ALIVE: &str = "/healthz";
    /// Whether it is ready for shoppers.
    pub const READY: &str = "/readyz";
    /// Whether pages are answered: what a page asks before it is left.
    pub const SERVES: &str = "/servez";
    /// All products.
    pub const LIST: &str = "/";
    /// A product's page.
    pub const PRODUCT: &str = "/products/{slug}";
    /// Where the configurator's form is sent.
    pub const CHOOSE: &str = "/products/{slug}/choose";
    /// The picture of a design.
    pub const PICTURE: &str = "/products/{slug}/picture.svg";
    /// The same for where links are shown, as a PNG.
    pub const POSTER: &str = "/products/{slug}/picture.png";
    /// Where the answer about use is sent.
    pub const START: &str = "/products/{slug}/start";
    /// What suits best, beside a design.
    pub const NEEDS: &str = "/products/{slug}/needs";
    /// What others with the same choices have.
    pub const OFFERS: &str = "/products/{slug}/offers";
    /// Why the defaults of a design are as they are.
    pub const DEFAULTS: &str = "/products/{slug}/defaults";
    /// Designs side by side.
    pub const COMPARE: &str = "/products/{slug}/compare";
    /// What another design would take the place of, before it does.
    pub const REPLACE: &str = "/products/{slug}/replace";
    /// The order form of a design.
    pub const ORDER_FORM: &str = "/products/{slug}/order";
    /// Where a page tells what is counted of a visit.
    pub const COUNTS: &str = "/products/{slug}/counts";
    /// Where a design saves itself.
    pub const SAVE: &str = "/products/{slug}/save";
    /// Where a design is sent that is to have a link.
    pub const SHARE: &str = "/products/{slug}/share";
    /// Designs that are kept under names.
    pub const SNAPSHOTS: &str = "/products/{slug}/snapshots";
    /// A draft as shoppers would see it, behind a secret link.
    pub const DRAFT_PREVIEW: &str = "/preview/{token}";
    /// A design behind a link.
    pub const KEPT: &str = "/d/{token}";
    /// The link itself, to be taken elsewhere.
    pub const LINK: &str = "/d/{token}/link";
    /// A campaign link.
    pub const CAMPAIGN: &str = "/c/{code}";
    /// A placed order.
    pub const ORDER: &str = "/orders/{token}";
    /// An order of the same basket as that.
    pub const ORDER_TOGETHER: &str = "/orders/{token}/{number}";
    /// The basket.
    pub const BASKET: &str = "/basket";
    /// Where a design is sent that is put into it.
    pub const PUT_IN: &str = "/products/{slug}/basket";
    /// What the browser loads of a revision.
    pub const ARTIFACT: &str = "/artifacts/{slug}/{revision}/{file}";
    /// What the browser loads of what was learnt of its orders.
    pub const HABITS: &str = "/artifacts/{slug}/{revision}/habits/{file}";

    /// A customer's own page.
    pub const ACCOUNT: &str = "/account";
    /// A mailed link to sign in.
    pub const ACCOUNT_LINK: &str = "/account/link/{token}";
    /// Ends sessions.
    pub const ACCOUNT_SIGN_OUT: &str = "/account/sign-out";
    /// An order of a customer.
    pub const ACCOUNT_ORDER: &str = "/account/orders/{number}";
    /// Where it is said whether things may be remembered.
    pub const ACCOUNT_CONSENT: &str = "/account/consent";
    /// Remembers what a browser has.
    pub const ACCOUNT_REMEMBER: &str = "/account/remember";
    /// Forgets one thing.
    pub const ACCOUNT_FORGET: &str = "/account/forget";
    /// Everything about a customer, to look at.
    pub const ACCOUNT_DATA: &str = "/account/data";
    /// The same, to take along.
    pub const ACCOUNT_EXPORT: &str = "/account/data.json";
    /// Forgets a customer.
    pub const ACCOUNT_ERASE: &str = "/account/erase";

    /// How and when things come.
    pub const DELIVERY: &str = "/delivery";
    /// What can be returned.
    pub const RETURNS: &str = "/returns";
    /// How things are paid.
    pub const PAYMENT: &str = "/payment";
    /// How the shop is reached.
    pub const CONTACT: &str = "/contact";
    /// Who runs the shop.
    pub const COMPANY: &str = "/company";
    /// What is kept of a person.
    pub const PRIVACY: &str = "/privacy";

    /// The gallery of components, in debug builds.
    pub const UI: &str = "/ui";

    /// Paths of the JSON API.
    pub mod api {
        /// What all of them begin with.
        pub const PREFIX: &str = "/api/";
        /// Everything else below it.
        pub const OTHERWISE: &str = "/api/{*rest}";
        /// The OpenAPI document.
        pub const DOCUMENT: &str = "/api/v1/openapi.json";
        /// All products.
        pub const PRODUCTS: &str = "/api/v1/products";
        /// The live revision of a product.
        pub const PRODUCT: &str = "/api/v1/products/{slug}";
        /// A revision of a product.
        pub const REVISION: &str = "/api/v1/products/{slug}/revisions/{revision}";
        /// What a browser loads of a revision.
        pub const ARTIFACT: &str = "/api/v1/products/{slug}/revisions/{revision}/artifact";
        /// The menu of a design.
        pub const MENU: &str = "/api/v1/products/{slug}/menu";
        /// Ways to a blocked value.
        pub const REPAIRS: &str = "/api/v1/products/{slug}/repairs";
        /// A design, completed.
        pub const COMPLETE: &str = "/api/v1/products/{slug}/complete";
        /// The price of a design.
        pub const QUOTE: &str = "/api/v1/products/{slug}/quote";
        /// Places orders.
        pub const ORDERS: &str = "/api/v1/orders";
        /// A placed order.
        pub const ORDER: &str = "/api/v1/orders/{token}";
        /// Orders as the desk finds them.
        pub const DESK_ORDERS: &str = "/api/v1/desk/orders";
        /// One of them.
        pub const DESK_ORDER: &str = "/api/v1/desk/orders/{number}";
        /// Gets it into another state.
        pub const DESK_ORDER_STATE: &str = "/api/v1/desk/orders/{number}/state";
        /// Notes something about it.
        pub const DESK_ORDER_NOTES: &str = "/api/v1/desk/orders/{number}/notes";
        /// Marks it.
        pub const DESK_ORDER_MARKS: &str = "/api/v1/desk/orders/{number}/marks";
    }

    /// Paths of the admin.
    pub mod admin {
        /// What waits today, the admin's first page. Everything of the admin is below it.
        pub const START: &str = "/admin";
        /// All products.
        pub const PRODUCTS: &str = "/admin/products";
        /// What happens on the pages of all products.
        pub const ALL_INSIGHT: &str = "/admin/insight";
        /// The same as a file for spreadsheets.
        pub const ALL_INSIGHT_CSV: &str = "/admin/insight.csv";
        /// How log-in and log-out begin.
        pub const LOG: &str = "/admin/log";
        /// The log-in.
        pub const LOG_IN: &str = "/admin/login";
        /// Ends a session.
        pub const LOG_OUT: &str = "/admin/logout";
        /// Who orders here, and segments of them.
        pub const CUSTOMERS: &str = "/admin/customers";
        /// Everything between the shop and one of them.
        pub const CUSTOMER: &str = "/admin/customer";
        /// The shop's settings.
        pub const SETTINGS: &str = "/admin/settings";
        /// Releases.
        pub const RELEASES: &str = "/admin/releases";
        /// Planning one.
        pub const NEW_RELEASE: &str = "/admin/releases/new";
        /// One of them.
        pub const RELEASE: &str = "/admin/releases/{number}";
        /// Campaign links.
        pub const CAMPAIGNS: &str = "/admin/campaigns";
        /// Experiments.
        pub const EXPERIMENTS: &str = "/admin/experiments";
        /// Where one is planned and started.
        pub const NEW_EXPERIMENT: &str = "/admin/experiments/new";
        /// What one came to.
        pub const EXPERIMENT: &str = "/admin/experiments/{code}";
        /// Who looks after the shop.
        pub const PEOPLE: &str = "/admin/people";
        /// Keys by which other programs ask the API.
        pub const KEYS: &str = "/admin/people/keys";
        /// One's own account.
        pub const ACCOUNT: &str = "/admin/account";
        /// Who did what when.
        pub const AUDIT: &str = "/admin/people/audit";
        /// The same as a file.
        pub const AUDIT_CSV: &str = "/admin/people/audit.csv";
        /// One entry of it, whole.
        pub const AUDIT_ENTRY: &str = "/admin/people/audit/{number}";
        /// An invitation.
        pub const INVITE: &str = "/admin/invite/{token}";
        /// Where products are begun.
        pub const NEW: &str = "/admin/new";
        /// Where products are begun from files.
        pub const NEW_FILE: &str = "/admin/new/file";
        /// How a product stands: who sees it, its place, its address.
        pub const STANDING: &str = "/admin/products/{slug}/standing";
        /// Which options of a product's menus groups are shown first.
        pub const GROUP_MENUS: &str = "/admin/products/{slug}/menus";
        /// What of a product is sold out.
        pub const SOLD_OUT: &str = "/admin/products/{slug}/sold-out";
        /// What happens on a product's page, counted.
        pub const INSIGHT: &str = "/admin/products/{slug}/insight";
        /// The same as a file for spreadsheets.
        pub const INSIGHT_CSV: &str = "/admin/products/{slug}/insight.csv";
        /// What the options of a product are worth to those who ordered it, as a file for spreadsheets.
        pub const WORTHS_CSV: &str = "/admin/products/{slug}/worths.csv";
        /// What was learnt of a product's orders.
        pub const LEARNT: &str = "/admin/products/{slug}/learnt";
        /// What is in a draft: its designs, what its rules do.
        pub const ANALYSIS: &str = "/admin/products/{slug}/analysis";
        /// Why a design is not valid.
        pub const WHY: &str = "/admin/products/{slug}/analysis/design";
        /// A product's editor.
        pub const PRODUCT: &str = "/admin/products/{slug}";
        /// Where a form of the editor is sent.
        pub const SECTION: &str = "/admin/products/{slug}/{section}";
        /// Where the form of one attribute is sent.
        pub const ATTRIBUTE: &str = "/admin/products/{slug}/attributes/{code}";
        /// What retiring an option does, and doing it.
        pub const RETIRE: &str = "/admin/products/{slug}/attributes/{code}/retire/{option}";
        /// An attribute's options as a file for spreadsheets.
        pub const OPTIONS_CSV: &str = "/admin/products/{slug}/attributes/{code}/options.csv";
        /// A rule that is a table of combinations.
        pub const TABLE: &str = "/admin/products/{slug}/tables/{rule}";
        /// The same as a file for spreadsheets.
        pub const TABLE_CSV: &str = "/admin/products/{slug}/tables/{rule}/table.csv";
        /// A product's texts in other languages.
        pub const TEXTS: &str = "/admin/products/{slug}/texts";
        /// Those of one language.
        pub const TEXTS_IN: &str = "/admin/products/{slug}/texts/{language}";
        /// The same as a file for spreadsheets.
        pub const TEXTS_CSV: &str = "/admin/products/{slug}/texts/{language}/texts.csv";
        /// Where such a file is sent back.
        pub const TEXTS_UPLOAD: &str = "/admin/products/{slug}/texts/{language}/upload";
        /// The drawings of a draft.
        pub const DRAWINGS: &str = "/admin/products/{slug}/drawings";
        /// One of them as a file.
        pub const DRAWING: &str = "/admin/products/{slug}/drawings/{name}";
        /// Prices changed by a percentage, over chosen products.
        pub const PRICES: &str = "/admin/prices";
        /// What a draft changes, and its publication.
        pub const PUBLISH: &str = "/admin/products/{slug}/publish";
        /// What publishing does to orders and saved designs, one by one.
        pub const REPLAY: &str = "/admin/products/{slug}/replay";
        /// The same as a file for spreadsheets.
        pub const REPLAY_CSV: &str = "/admin/products/{slug}/replay.csv";
        /// Marks what an option lacks as meant.
        pub const MEANT: &str = "/admin/products/{slug}/meant";
        /// A link that shows a product's draft.
        pub const PREVIEW: &str = "/admin/products/{slug}/preview";
        /// The saves of a product's draft.
        pub const SAVES: &str = "/admin/products/{slug}/saves";
        /// Forgets a product's draft.
        pub const DISCARD: &str = "/admin/products/{slug}/discard";
        /// Takes another revision over into a product's draft.
        pub const TAKE_OVER: &str = "/admin/products/{slug}/take-over";
        /// Takes the last change of a draft back.
        pub const UNDO: &str = "/admin/products/{slug}/undo";
        /// Does again what was taken back.
        pub const REDO: &str = "/admin/products/{slug}/redo";
        /// The draft as a file.
        pub const ARCHIVE: &str = "/admin/products/{slug}/archive";
        /// Where a file becomes the draft.
        pub const IMPORT: &str = "/admin/products/{slug}/import";
        /// A product's history.
        pub const REVISIONS: &str = "/admin/products/{slug}/revisions";
        /// Makes an earlier revision live again.
        pub const MAKE_LIVE: &str = "/admin/products/{slug}/revisions/{number}/live";
        /// Withdraws a revision.
        pub const WITHDRAW: &str = "/admin/products/{slug}/revisions/{number}/withdraw";
        /// Takes the withdrawal of a revision back.
        pub const OFFER_AGAIN: &str = "/admin/products/{slug}/revisions/{number}/offer";
        /// All orders.
        pub const ORDERS: &str = "/admin/orders";
        /// The same as a file for spreadsheets.
        pub const ORDERS_CSV: &str = "/admin/orders.csv";
        /// Where filters of orders are sent that are to be kept.
        pub const ORDER_VIEWS: &str = "/admin/orders/views";
        /// One order.
        pub const ORDER: &str = "/admin/orders/{number}";
        /// The picture of an order.
        pub const ORDER_PICTURE: &str = "/admin/orders/{number}/picture.svg";
    }
}

/// Files of the folder `public`, and the folders of built files.
pub mod file {
    /// The icon of every page.
    pub const ICON: &str = concat!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E",
        "%3Crect width='32' height='32' rx='8' fill='%231f5d4c'/%3E%3Cpath d='M9 24 16 8l7 16M12 18.5h8' fill='none' stroke='%23faf8f5' ",
        "stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E"
    );
    /// Loads the configurator.
    pub const START_SCRIPT: &str = "/start.js";
    /// Waits for a shop that is away.
    pub const LINE_SCRIPT: &str = "/line.js";
    /// Saves designs and shows their links.
    pub const KEEP_SCRIPT: &str = "/keep.js";
    /// Keeps what is typed into the order form, and sends it.
    pub const ORDER_SCRIPT: &str = "/order.js";
    /// Sends every change of the configurator's form.
    pub const FORM_SCRIPT: &str = "/form.js";
    /// What asks the server at every change of what matters.
    pub const NEEDS_SCRIPT: &str = "/needs.js";
    /// Answers changes of rules by menus without leaving the page.
    pub const SENTENCES_SCRIPT: &str = "/sentences.js";
    /// Saves the editor's sections by themselves, and puts what follows into the page.
    pub const EDITOR_SCRIPT: &str = "/editor.js";
    /// Keeps what is typed into forms that a button saves.
    pub const TYPED_SCRIPT: &str = "/typed.js";
    /// Says of what a log-in came instead of that it was not sent.
    pub const UNSENT_SCRIPT: &str = "/unsent.js";
    /// Tells in the admin that what was sent before was taken.
    pub const TAKEN_SCRIPT: &str = "/taken.js";
    /// Shows where somebody is in the row of a product's pages.
    pub const TABS_SCRIPT: &str = "/tabs.js";
    /// How an order's sheet is printed.
    pub const SHEET_STYLE: &str = "/sheet.css";
    /// Ticks all orders of a page, and prints one.
    pub const DESK_SCRIPT: &str = "/desk.js";
    /// Saves forms of many rows by themselves.
    pub const AUTOSAVE_SCRIPT: &str = "/autosave.js";
    /// Completes codes in the rule language.
    pub const CODES_SCRIPT: &str = "/codes.js";
    /// Offers what others with the same choices have.
    pub const OFFERS_SCRIPT: &str = "/offers.js";
    /// Which offers are over for a visit.
    pub const DECLINED_SCRIPT: &str = "/declined.js";
    /// Tells what is counted of a visit.
    pub const INSIGHT_SCRIPT: &str = "/insight.js";
    /// Shows files that are chosen as drawings, and takes those that are dropped.
    pub const DRAWINGS_SCRIPT: &str = "/drawings.js";
    /// Shows what is found out of a draft as it is found out.
    pub const ANALYSIS_SCRIPT: &str = "/analysis.js";
    /// Puts designs and prices of a draft into the editor once they are known.
    pub const OVERVIEW_SCRIPT: &str = "/overview.js";
    /// Lets the editor's picture follow what is being edited.
    pub const PICTURED_SCRIPT: &str = "/pictured.js";
    /// Drags rows of lists, and entries of the tree, to another place.
    pub const DRAG_SCRIPT: &str = "/drag.js";
    /// Finds entries of the tree as it is typed.
    pub const TREE_SCRIPT: &str = "/tree.js";
    /// The fonts.
    pub const FONTS: &str = "/fonts/";
    /// The built files.
    pub const PACKAGE: &str = "/pkg/";
}

/// A route's path with its names filled in, one by one.
fn fill(route: &str, parts: &[&str]) -> String {
    let mut path = String::with_capacity(route.len() + 32);
    let mut parts = parts.iter();
    for (index, piece) in route.split('/').enumerate() {
        if index > 0 {
            path.push('/');
        }
        match piece.starts_with('{') {
            true => path.push_str(&encode(parts.next().copied().unwrap_or_default())),
            false => path.push_str(piece),
        }
    }
    path
}

/// A product's page.
#[must_use]
pub fn product(slug: &Slug) -> String {
    fill(route::PRODUCT, &[slug.as_str()])
}

/// Where the configurator's form is sent.
#[must_use]
pub fn choose(slug: &Slug) -> String {
    fill(route::CHOOSE, &[slug.as_str()])
}

/// The picture of a product's standard design; a query makes it another design's.
#[must_use]
pub fn picture(slug: &Slug) -> String {
    fill(route::PICTURE, &[slug.as_str()])
}

/// The same for where links are shown, as a PNG.
#[must_use]
pub fn poster(slug: &Slug) -> String {
    fill(route::POSTER, &[slug.as_str()])
}

/// Where the answer about use is sent.
#[must_use]
pub fn start(slug: &Slug) -> String {
    fill(route::START, &[slug.as_str()])
}

/// What suits best.
#[must_use]
pub fn needs(slug: &Slug) -> String {
    fill(route::NEEDS, &[slug.as_str()])
}

/// What others with the same choices have.
#[must_use]
pub fn offers(slug: &Slug) -> String {
    fill(route::OFFERS, &[slug.as_str()])
}

/// Why the defaults of a design are as they are.
#[must_use]
pub fn defaults(slug: &Slug) -> String {
    fill(route::DEFAULTS, &[slug.as_str()])
}

/// Designs side by side.
#[must_use]
pub fn compare(slug: &Slug) -> String {
    fill(route::COMPARE, &[slug.as_str()])
}

/// What another design would take the place of.
#[must_use]
pub fn replace(slug: &Slug) -> String {
    fill(route::REPLACE, &[slug.as_str()])
}

/// The order form.
#[must_use]
pub fn order_form(slug: &Slug) -> String {
    fill(route::ORDER_FORM, &[slug.as_str()])
}

/// Where a product's page tells what is counted of a visit.
#[must_use]
pub fn counts(slug: &Slug) -> String {
    fill(route::COUNTS, &[slug.as_str()])
}

/// Where a design saves itself.
#[must_use]
pub fn save(slug: &Slug) -> String {
    fill(route::SAVE, &[slug.as_str()])
}

/// Where a design is sent that is to have a link.
#[must_use]
pub fn share(slug: &Slug) -> String {
    fill(route::SHARE, &[slug.as_str()])
}

/// Designs that are kept under names.
#[must_use]
pub fn snapshots(slug: &Slug) -> String {
    fill(route::SNAPSHOTS, &[slug.as_str()])
}

/// A draft as shoppers would see it, behind a secret link.
#[must_use]
pub fn draft_preview(token: &str) -> String {
    fill(route::DRAFT_PREVIEW, &[token])
}

/// A design behind a link.
#[must_use]
pub fn kept(token: &str) -> String {
    fill(route::KEPT, &[token])
}

/// The link of a design, to be taken elsewhere.
#[must_use]
pub fn link(token: &str) -> String {
    fill(route::LINK, &[token])
}

/// A placed order.
#[must_use]
pub fn order(token: &str) -> String {
    fill(route::ORDER, &[token])
}

/// An order of the same basket as that which a token opens.
#[must_use]
pub fn order_together(token: &str, number: i64) -> String {
    fill(route::ORDER_TOGETHER, &[token, &number.to_string()])
}

/// Where a design is sent that is put into the basket.
#[must_use]
pub fn put_in(slug: &Slug) -> String {
    fill(route::PUT_IN, &[slug.as_str()])
}

/// A campaign link.
#[must_use]
pub fn campaign(code: &str) -> String {
    fill(route::CAMPAIGN, &[code])
}

/// A mailed link to sign in.
#[must_use]
pub fn account_link(token: &str) -> String {
    fill(route::ACCOUNT_LINK, &[token])
}

/// An order of a customer.
#[must_use]
pub fn account_order(number: i64) -> String {
    fill(route::ACCOUNT_ORDER, &[&number.to_string()])
}

/// What the browser loads of a revision.
#[must_use]
pub fn artifact(slug: &Slug, revision: RevisionNumber, hash: &str) -> String {
    fill(route::ARTIFACT, &[slug.as_str(), &revision.to_string(), &format!("{hash}.bin")])
}

/// What the browser loads of what was learnt of a revision's orders.
#[must_use]
pub fn habits(slug: &Slug, revision: RevisionNumber, hash: &str) -> String {
    fill(route::HABITS, &[slug.as_str(), &revision.to_string(), &format!("{hash}.bin")])
}

/// Paths of the JSON API.
pub mod api {
    use configurator::{RevisionNumber, Slug};

    use super::{fill, route::api as route};

    /// What a browser loads of a revision.
    #[must_use]
    pub fn artifact(slug: &Slug, revision: RevisionNumber) -> String {
        fill(route::ARTIFACT, &[slug.as_str(), &revision.to_string()])
    }

    /// A placed order.
    #[must_use]
    pub fn order(token: &str) -> String {
        fill(route::ORDER, &[token])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_what_the_router_matches() {
        let slug: Slug = "travel-bike".parse().unwrap();
        assert_eq!(product(&slug), "/products/travel-bike");
        assert_eq!(artifact(&slug, RevisionNumber::FIRST, "0f"), "/artifacts/travel-bike/1/0f.bin");
        assert_eq!(habits(&slug, RevisionNumber::FIRST, "0f"), "/artifacts/travel-bike/1/habits/0f.bin");
        let first = admin::make_live(&slug, RevisionNumber::FIRST);
        assert_eq!(first, "/admin/products/travel-bike/revisions/1/live");
        assert_eq!(admin::section(&slug, "rules"), "/admin/products/travel-bike/rules");
    }

    #[test]
    fn nothing_in_a_link_leads_elsewhere() {
        assert_eq!(order("../a?b"), "/orders/..%2Fa%3Fb");
    }
}

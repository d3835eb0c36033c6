//! The admin: pages and forms for the people who run the shop. Everything but log-in and invitations needs a session.

mod account;
mod all_insight;
mod analysis;
mod approval;
mod archive;
mod audit;
mod begin;
mod browser;
mod campaigns;
mod customers;
mod desk_words;
mod draft_form;
mod drawing_words;
mod drawings;
mod experiments;
mod fields;
mod gate;
mod group_menus;
mod history;
mod insight;
mod keys;
mod learnt;
mod option_pages;
mod order;
mod orders;
mod orders_csv;
mod origin;
mod overview;
mod people;
mod pictured;
mod prices;
mod products;
mod publish;
mod release_form;
mod releases;
mod replay;
mod retire;
mod saves;
mod session;
mod settings;
mod sold_out;
mod standing;
mod start;
mod stated_uses;
mod tables;
mod take_over;
mod texts;
mod words;
mod worths;

use app::paths::route::admin as route;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router};
use shop::access::Capability::{
    EditDrafts, EditSegments, EditSettings, KeepStock, ManagePeople, OwnAccount, Publish, RunCampaigns,
    RunExperiments, SeeCustomers, SeeOrders, SeeProducts, WorkOnOrders,
};
use tower_http::set_header::SetResponseHeaderLayer;

pub(crate) use session::Admin;

use crate::http::access::Access;
use crate::http::site::Site;

/// Most bytes of an editor's form. A choice with 2 000 options, the most there may be, takes less than one megabyte with names and
/// codes of 40 letters.
const LARGEST_FORM: usize = 8 * 1024 * 1024;

type Declared = (&'static str, Access, MethodRouter<Site>);

/// What the addresses take.
const OPEN: Access = Access::Open;
const DRAFTS: Access = Access::Needs { see: SeeProducts, act: EditDrafts };
const EDITORS: Access = Access::Needs { see: EditDrafts, act: EditDrafts };
const PUBLISHING: Access = Access::Needs { see: SeeProducts, act: Publish };
const PLANNING: Access = Access::Needs { see: Publish, act: Publish };
const STOCK: Access = Access::Needs { see: SeeProducts, act: KeepStock };
const ORDERS: Access = Access::Needs { see: SeeOrders, act: WorkOnOrders };
const CUSTOMERS: Access = Access::Needs { see: SeeCustomers, act: EditSegments };
const CAMPAIGNS: Access = Access::Needs { see: RunCampaigns, act: RunCampaigns };
const EXPERIMENTS: Access = Access::Needs { see: RunExperiments, act: RunExperiments };
const ACCOUNT: Access = Access::Needs { see: OwnAccount, act: OwnAccount };
const SHOP: Access = Access::Needs { see: EditSettings, act: EditSettings };
const PEOPLE: Access = Access::Needs { see: ManagePeople, act: ManagePeople };

fn largest() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST_FORM)
}

/// Every address of the admin with what it takes. There is no other way to add one.
fn declared() -> Vec<Declared> {
    [of_the_shop(), of_a_product()].into_iter().flatten().collect()
}

fn of_the_shop() -> Vec<Declared> {
    vec![
        (route::START, ACCOUNT, get(start::show)),
        (route::PRODUCTS, DRAFTS, get(products::list)),
        (route::ALL_INSIGHT, DRAFTS, get(all_insight::show)),
        (route::ALL_INSIGHT_CSV, DRAFTS, get(all_insight::csv)),
        (route::PRICES, EDITORS, get(prices::form).post(prices::save)),
        (route::OPTIONS_CSV, DRAFTS, get(prices::options_csv)),
        (route::NEW, EDITORS, get(begin::form).post(begin::begin)),
        (route::NEW_FILE, EDITORS, get(begin::back).post(begin::from_file).layer(largest())),
        (route::STANDING, PUBLISHING, get(standing::show).post(standing::change)),
        (route::GROUP_MENUS, CUSTOMERS, get(group_menus::show).post(group_menus::change)),
        (route::SOLD_OUT, STOCK, get(sold_out::show).post(sold_out::change)),
        (route::INSIGHT, DRAFTS, get(insight::show)),
        (route::INSIGHT_CSV, DRAFTS, get(insight::csv)),
        (route::WORTHS_CSV, DRAFTS, get(worths::csv)),
        (route::LEARNT, DRAFTS, get(learnt::show)),
        (route::LOG_IN, OPEN, get(session::form).post(session::log_in)),
        (route::LOG_OUT, OPEN, post(session::log_out)),
        (route::INVITE, OPEN, get(session::invitation).post(session::accept)),
        (route::CUSTOMERS, CUSTOMERS, get(customers::list).post(customers::change)),
        (route::CAMPAIGNS, CAMPAIGNS, get(campaigns::list).post(campaigns::change)),
        (route::EXPERIMENTS, EXPERIMENTS, get(experiments::list)),
        (route::NEW_EXPERIMENT, EXPERIMENTS, get(experiments::form).post(experiments::start)),
        (route::EXPERIMENT, EXPERIMENTS, get(experiments::show).post(experiments::end)),
        (route::CUSTOMER, CUSTOMERS, get(customers::one)),
        (route::PEOPLE, PEOPLE, get(people::list).post(people::change)),
        (route::ACCOUNT, ACCOUNT, get(account::show).post(account::change)),
        (route::SETTINGS, SHOP, get(settings::show).post(settings::save).layer(largest())),
        (route::KEYS, PEOPLE, get(keys::list).post(keys::change)),
        (route::AUDIT, PEOPLE, get(audit::show)),
        (route::AUDIT_CSV, PEOPLE, get(audit::csv)),
        (route::AUDIT_ENTRY, PEOPLE, get(audit::entry)),
        (route::ORDERS, ORDERS, get(orders::list).post(orders::act)),
        (route::ORDERS_CSV, ORDERS, get(orders::csv)),
        (route::ORDER_VIEWS, ORDERS, post(orders::views)),
        (route::ORDER, ORDERS, get(order::show).post(order::change)),
        (route::ORDER_PICTURE, ORDERS, get(order::picture)),
    ]
}

fn of_a_product() -> Vec<Declared> {
    vec![
        (route::ANALYSIS, DRAFTS, get(analysis::show).post(analysis::keep)),
        (route::WHY, DRAFTS, get(analysis::why)),
        (route::PRODUCT, DRAFTS, get(products::editor)),
        (route::SECTION, DRAFTS, get(products::back).post(products::section).layer(largest())),
        (
            route::ATTRIBUTE,
            DRAFTS,
            get(products::back_to_attribute).post(products::attribute).layer(largest()),
        ),
        (route::TABLE, DRAFTS, get(tables::form).post(tables::save).layer(largest())),
        (route::TABLE_CSV, DRAFTS, get(tables::csv)),
        (route::TEXTS, DRAFTS, get(texts::overview)),
        (route::TEXTS_IN, DRAFTS, get(texts::form).post(texts::save).layer(largest())),
        (route::TEXTS_CSV, DRAFTS, get(texts::csv)),
        (route::TEXTS_UPLOAD, DRAFTS, get(texts::back).post(texts::upload).layer(largest())),
        (route::DRAWINGS, DRAFTS, get(drawings::show).post(drawings::change).layer(largest())),
        (route::DRAWING, DRAFTS, get(drawings::download)),
        (route::RETIRE, EDITORS, get(retire::form).post(retire::retire)),
        (route::PUBLISH, PUBLISHING, get(publish::form).post(publish::publish)),
        (route::REPLAY, PUBLISHING, get(replay::show)),
        (route::REPLAY_CSV, PUBLISHING, get(replay::csv)),
        (route::MEANT, DRAFTS, post(publish::mark_as_meant)),
        (route::PREVIEW, DRAFTS, post(publish::preview)),
        (route::DISCARD, DRAFTS, post(publish::discard)),
        (route::TAKE_OVER, DRAFTS, post(publish::take_over)),
        (route::SAVES, DRAFTS, get(saves::list).post(saves::go_back)),
        (route::UNDO, DRAFTS, post(products::undo)),
        (route::REDO, DRAFTS, post(products::redo)),
        (route::ARCHIVE, DRAFTS, get(archive::write)),
        (route::IMPORT, DRAFTS, get(archive::form).post(archive::import).layer(largest())),
        (route::REVISIONS, PUBLISHING, get(history::revisions)),
        (route::MAKE_LIVE, PUBLISHING, get(history::going_back).post(history::roll_back)),
        (route::WITHDRAW, PUBLISHING, post(history::withdraw)),
        (route::OFFER_AGAIN, PUBLISHING, post(history::offer_again)),
        (route::RELEASES, PUBLISHING, get(releases::list)),
        (route::NEW_RELEASE, PLANNING, get(release_form::form).post(release_form::plan)),
        (route::RELEASE, PUBLISHING, get(releases::one).post(releases::act)),
    ]
}

/// Every address of the admin, as routes write them, with what it takes.
#[must_use]
pub fn admin_access() -> Vec<(&'static str, Access)> {
    declared().into_iter().map(|(path, access, _)| (path, access)).collect()
}

/// Routes under /admin.
pub(super) fn routes() -> Router<Site> {
    // What a session may see is in no cache, the browser's "back" after log-out included.
    let private = HeaderValue::from_static("private, no-store");
    let add = |router: Router<Site>, (path, access, handler): Declared| {
        router.route(path, handler.layer(Extension(access)))
    };
    declared()
        .into_iter()
        .fold(Router::new(), add)
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, private))
}

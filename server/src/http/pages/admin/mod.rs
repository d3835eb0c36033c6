//! The admin: pages and forms for the people who run the shop. Everything but log-in and invitations needs a session.

mod account;
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
mod session;
mod settings;
mod sold_out;
mod standing;
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

/// Every address of the admin with what it takes. There is no other way to add one.
fn declared() -> Vec<Declared> {
    let largest = || DefaultBodyLimit::max(LARGEST_FORM);
    let open = Access::Open;
    let drafts = Access::Needs { see: SeeProducts, act: EditDrafts };
    let editors = Access::Needs { see: EditDrafts, act: EditDrafts };
    let publishing = Access::Needs { see: SeeProducts, act: Publish };
    let planning = Access::Needs { see: Publish, act: Publish };
    let stock = Access::Needs { see: SeeProducts, act: KeepStock };
    let orders = Access::Needs { see: SeeOrders, act: WorkOnOrders };
    let customers = Access::Needs { see: SeeCustomers, act: EditSegments };
    let campaigns = Access::Needs { see: RunCampaigns, act: RunCampaigns };
    let experiments = Access::Needs { see: RunExperiments, act: RunExperiments };
    let account = Access::Needs { see: OwnAccount, act: OwnAccount };
    let shop = Access::Needs { see: EditSettings, act: EditSettings };
    let people = Access::Needs { see: ManagePeople, act: ManagePeople };
    vec![
        (route::PRODUCTS, drafts, get(products::list)),
        (route::ALL_PRODUCTS, drafts, get(products::back_to_list)),
        (route::PRICES, editors, get(prices::form).post(prices::save)),
        (route::OPTIONS_CSV, drafts, get(prices::options_csv)),
        (route::NEW, editors, get(begin::form).post(begin::begin)),
        (route::NEW_FILE, editors, get(begin::back).post(begin::from_file).layer(largest())),
        (route::STANDING, publishing, get(standing::show).post(standing::change)),
        (route::GROUP_MENUS, customers, get(group_menus::show).post(group_menus::change)),
        (route::SOLD_OUT, stock, get(sold_out::show).post(sold_out::change)),
        (route::INSIGHT, drafts, get(insight::show)),
        (route::INSIGHT_CSV, drafts, get(insight::csv)),
        (route::WORTHS_CSV, drafts, get(worths::csv)),
        (route::LOG_IN, open, get(session::form).post(session::log_in)),
        (route::LOG_OUT, open, post(session::log_out)),
        (route::INVITE, open, get(session::invitation).post(session::accept)),
        (route::CUSTOMERS, customers, get(customers::list).post(customers::change)),
        (route::CAMPAIGNS, campaigns, get(campaigns::list).post(campaigns::change)),
        (route::EXPERIMENTS, experiments, get(experiments::list)),
        (route::NEW_EXPERIMENT, experiments, get(experiments::form).post(experiments::start)),
        (route::EXPERIMENT, experiments, get(experiments::show).post(experiments::end)),
        (route::CUSTOMER, customers, get(customers::one)),
        (route::PEOPLE, people, get(people::list).post(people::change)),
        (route::ACCOUNT, account, get(account::show).post(account::change)),
        (route::SETTINGS, shop, get(settings::show).post(settings::save).layer(largest())),
        (route::KEYS, people, get(keys::list).post(keys::change)),
        (route::AUDIT, people, get(audit::show)),
        (route::AUDIT_CSV, people, get(audit::csv)),
        (route::ANALYSIS, drafts, get(analysis::show).post(analysis::keep)),
        (route::WHY, drafts, get(analysis::why)),
        (route::PRODUCT, drafts, get(products::editor)),
        (route::SECTION, drafts, get(products::back).post(products::section).layer(largest())),
        (
            route::ATTRIBUTE,
            drafts,
            get(products::back_to_attribute).post(products::attribute).layer(largest()),
        ),
        (route::TABLE, drafts, get(tables::form).post(tables::save).layer(largest())),
        (route::TABLE_CSV, drafts, get(tables::csv)),
        (route::TEXTS, drafts, get(texts::overview)),
        (route::TEXTS_IN, drafts, get(texts::form).post(texts::save).layer(largest())),
        (route::TEXTS_CSV, drafts, get(texts::csv)),
        (route::TEXTS_UPLOAD, drafts, get(texts::back).post(texts::upload).layer(largest())),
        (route::DRAWINGS, drafts, get(drawings::show).post(drawings::change).layer(largest())),
        (route::DRAWING, drafts, get(drawings::download)),
        (route::RETIRE, editors, get(retire::form).post(retire::retire)),
        (route::PUBLISH, publishing, get(publish::form).post(publish::publish)),
        (route::REPLAY, publishing, get(replay::show)),
        (route::REPLAY_CSV, publishing, get(replay::csv)),
        (route::MEANT, drafts, post(publish::mark_as_meant)),
        (route::PREVIEW, drafts, post(publish::preview)),
        (route::DISCARD, drafts, post(publish::discard)),
        (route::TAKE_OVER, drafts, post(publish::take_over)),
        (route::UNDO, drafts, post(products::undo)),
        (route::REDO, drafts, post(products::redo)),
        (route::ARCHIVE, drafts, get(archive::write)),
        (route::IMPORT, drafts, get(archive::form).post(archive::import).layer(largest())),
        (route::REVISIONS, publishing, get(history::revisions)),
        (route::MAKE_LIVE, publishing, get(history::going_back).post(history::roll_back)),
        (route::WITHDRAW, publishing, post(history::withdraw)),
        (route::OFFER_AGAIN, publishing, post(history::offer_again)),
        (route::RELEASES, publishing, get(releases::list)),
        (route::NEW_RELEASE, planning, get(release_form::form).post(release_form::plan)),
        (route::RELEASE, publishing, get(releases::one).post(releases::act)),
        (route::ORDERS, orders, get(orders::list).post(orders::act)),
        (route::ORDERS_CSV, orders, get(orders::csv)),
        (route::ORDER_VIEWS, orders, post(orders::views)),
        (route::ORDER, orders, get(order::show).post(order::change)),
        (route::ORDER_PICTURE, orders, get(order::picture)),
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

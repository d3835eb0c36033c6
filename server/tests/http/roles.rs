//! What each role may do in the admin, asked of every address there is.

use crate::common::{PASSWORD, Studio};
use app::paths::route::admin as route;
use axum::http::StatusCode;
use server::http::{Access, admin_access};
use shop::access::{Capability, Role};

/// With Ben logged in, to whom Ana gave this role; and Ana's session.
async fn with_ben(role: Role) -> (Studio, Option<String>) {
    let mut studio = Studio::with_ana().await;
    let token = studio.shop.invite_by("ben@example.org", role, "ana@example.org").await.unwrap();
    let entered = studio.shop.accept_invite(&token, PASSWORD).await.unwrap();
    let ana = studio.session.replace(entered.session);
    (studio, ana)
}

/// An address as somebody asks for it.
fn address(path: &str) -> String {
    let parts = [
        ("{slug}", "mug"),
        ("{code}", "glaze"),
        ("{section}", "product"),
        ("{number}", "1"),
        ("{option}", "blue"),
        ("{rule}", "wood_small"),
        ("{language}", "de"),
        ("{name}", "mug.svg"),
    ];
    parts.iter().fold(path.to_owned(), |path, (gap, value)| path.replace(gap, value))
}

#[tokio::test]
async fn each_address_refuses_the_roles_that_may_not_and_nobody_else() {
    for role in Role::ALL {
        let (studio, _) = with_ben(role).await;
        for (path, access) in admin_access() {
            let Access::Needs { see, act } = access else { continue };
            let address = address(path);
            let asked = [(see, studio.get(&address).await), (act, studio.post(&address, &[]).await)];
            for (capability, answer) in asked {
                if answer.status == StatusCode::METHOD_NOT_ALLOWED {
                    continue;
                }
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !role.may(capability), "{role:?}, {capability:?} at {address}");
                if refused {
                    answer.shows("Who can give it to you: ana@example.org");
                }
            }
        }
    }
}

#[tokio::test]
async fn without_a_session_every_address_leads_to_the_log_in() {
    let studio = Studio::open().await;
    for (path, access) in admin_access() {
        if access == Access::Open {
            continue;
        }
        for answer in [studio.get(&address(path)).await, studio.post(&address(path), &[]).await] {
            let is_led = answer.location.starts_with(route::LOG_IN);
            assert!(is_led || answer.status == StatusCode::METHOD_NOT_ALLOWED, "{path}: {}", answer.status);
        }
    }
}

#[test]
fn only_what_comes_before_and_after_a_session_is_open() {
    let open = admin_access().into_iter().filter(|(_, access)| *access == Access::Open);
    let open: Vec<_> = open.map(|(path, _)| path).collect();
    assert_eq!(open, [route::LOG_IN, route::LOG_OUT, route::INVITE]);
}

#[test]
fn each_address_takes_what_it_should() {
    use Capability::*;
    let expected = |path| match path {
        route::PRODUCTS | route::OPTIONS_CSV | route::PRODUCT | route::SECTION | route::ATTRIBUTE => {
            (SeeProducts, EditDrafts)
        }
        route::MEANT | route::PREVIEW | route::DISCARD | route::TAKE_OVER => (SeeProducts, EditDrafts),
        route::UNDO | route::REDO | route::SAVES => (SeeProducts, EditDrafts),
        route::ARCHIVE | route::IMPORT => (SeeProducts, EditDrafts),
        route::INSIGHT | route::INSIGHT_CSV | route::WORTHS_CSV | route::LEARNT => (SeeProducts, EditDrafts),
        route::ALL_INSIGHT | route::ALL_INSIGHT_CSV => (SeeProducts, EditDrafts),
        route::ANALYSIS | route::WHY | route::TABLE | route::TABLE_CSV | route::DRAWINGS | route::DRAWING => {
            (SeeProducts, EditDrafts)
        }
        route::TEXTS | route::TEXTS_IN | route::TEXTS_CSV | route::TEXTS_UPLOAD => (SeeProducts, EditDrafts),
        route::PRICES | route::NEW | route::NEW_FILE | route::RETIRE => (EditDrafts, EditDrafts),
        route::STANDING | route::PUBLISH | route::REVISIONS => (SeeProducts, Publish),
        route::REPLAY | route::REPLAY_CSV => (SeeProducts, Publish),
        route::RELEASES | route::RELEASE => (SeeProducts, Publish),
        route::NEW_RELEASE => (Publish, Publish),
        route::SOLD_OUT => (SeeProducts, KeepStock),
        route::MAKE_LIVE | route::WITHDRAW | route::OFFER_AGAIN => (SeeProducts, Publish),
        route::ORDERS | route::ORDERS_CSV | route::ORDER_VIEWS | route::ORDER | route::ORDER_PICTURE => {
            (SeeOrders, WorkOnOrders)
        }
        route::CUSTOMERS | route::CUSTOMER | route::GROUP_MENUS => (SeeCustomers, EditSegments),
        route::CAMPAIGNS => (RunCampaigns, RunCampaigns),
        route::EXPERIMENTS | route::NEW_EXPERIMENT | route::EXPERIMENT => (RunExperiments, RunExperiments),
        route::START | route::ACCOUNT => (OwnAccount, OwnAccount),
        route::SETTINGS => (EditSettings, EditSettings),
        route::PEOPLE | route::KEYS | route::AUDIT | route::AUDIT_CSV | route::AUDIT_ENTRY => {
            (ManagePeople, ManagePeople)
        }
        path => panic!("say here what {path} takes"),
    };
    for (path, access) in admin_access() {
        let Access::Needs { see, act } = access else { continue };
        assert_eq!((see, act), expected(path), "{path}");
    }
}

#[test]
fn every_address_of_the_admin_is_listed() {
    let paths = include_str!("../../../app/src/paths/mod.rs");
    let (_, admin) = paths.split_once("pub mod admin {").unwrap();
    let (admin, _) = admin.split_once("\n    }\n").unwrap();
    let listed: Vec<_> = admin_access().into_iter().map(|(path, _)| path).collect();
    let written: Vec<_> = admin.split('"').filter(|text| text.starts_with("/admin")).collect();
    assert!(written.contains(&route::ORDER), "{written:?}");
    // What log-in and log-out begin with is no address.
    for path in written.into_iter().filter(|path| *path != route::LOG) {
        assert!(listed.contains(&path), "{path} is not declared");
    }
}

#[tokio::test]
async fn who_may_not_edit_reads_the_page() {
    let (studio, _) = with_ben(Role::Viewer).await;
    let editor = studio.get("/admin/products/mug").await;
    assert_eq!(editor.status, StatusCode::OK);
    editor.shows("Your role lets you read this page, not change it.");
    editor.shows(" disabled");
    let main = editor.text.split_once("<main").unwrap().1;
    // What is looked for changes nothing.
    let forms = main.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap());
    let searches = forms.filter(|form| form.contains("role=\"search\"") && form.contains("<button")).count();
    // What says that the shop is away has buttons that send nothing.
    let sending = main.matches("<button").count() - main.matches("<button type=\"button\"").count();
    assert_eq!(sending, searches, "a button is left");
    assert!(
        main.contains("<fieldset") && main.contains("wrap-anywhere\">Mug</p>"),
        "the texts are there to read"
    );
    let list = studio.get("/admin/products").await;
    list.shows("href=\"/admin/orders\"");
    for hidden in ["href=\"/admin/new\"", "href=\"/admin/customers\"", "href=\"/admin/people\""] {
        list.shows_not(hidden);
    }
    studio.get("/admin/orders").await.shows("role=\"search\"");
}

/// What of a page is left to a viewer: forms that look for something, and nothing that sounds as if it could be done.
#[tokio::test]
async fn a_viewer_is_offered_nothing_that_takes_another_role() {
    let (mut studio, ana) = with_ben(Role::Viewer).await;
    let mug = testing::slug("mug");
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source.name = "Cup".to_owned();
    studio.shop.save_draft(&mug, 0, draft.bundle, "ana@example.org").await.unwrap();
    let order = "/products/mug/order?_revision=1&glaze=blue";
    let buyer = [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];
    assert!(studio.post(order, &buyer).await.location.starts_with("/orders/"));
    let offered = [
        ("/admin/products/mug", vec!["Publish…", "Another option", "name=\"rows\"", "Retire Blue"]),
        ("/admin/products/mug/analysis", vec!["Keep as a test"]),
        ("/admin/products/mug/publish", vec!["I looked at", "Discard", "Make a link", "name=\"note\""]),
        (
            "/admin/products/mug/standing",
            vec!["Hide it", "Archive it", "No more orders", "Move to place", "New address"],
        ),
        ("/admin/products/mug/revisions", vec!["Publish…", "Withdraw"]),
        ("/admin/products", vec!["Publish…", "Change prices", "New product"]),
        ("/admin/orders", vec!["With the ticked", "name=\"order\"", "type=\"checkbox\""]),
        ("/admin/orders/1001", vec!["Cancel the order", "New note", "What happens next"]),
    ];
    for (address, words) in &offered {
        let page = studio.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let main = page.text.split_once("<main").unwrap().1;
        for words in words {
            assert!(!main.contains(words), "a viewer reads {words} at {address}");
        }
        assert!(!main.contains("method=\"post\""), "a viewer is given a form at {address}");
    }
    studio.get("/admin/orders").await.shows("href=\"/admin/orders/1001\"");
    // Whoever may is offered all of it, so that the words are those of the pages.
    studio.session = ana;
    for (address, words) in offered {
        let page = studio.get(address).await;
        let missing: Vec<_> = words.into_iter().filter(|words| !page.text.contains(words)).collect();
        // Something is withdrawn only where there are two revisions.
        assert!(missing.iter().all(|words| *words == "Withdraw"), "{missing:?} at {address}");
    }
}

#[tokio::test]
async fn what_fails_in_the_admin_is_told_in_the_admin() {
    let (mut studio, _) = with_ben(Role::Viewer).await;
    for (address, status) in [
        ("/admin/new", StatusCode::FORBIDDEN),
        ("/admin/products/nothing-here", StatusCode::NOT_FOUND),
        ("/admin/nowhere", StatusCode::NOT_FOUND),
    ] {
        let page = studio.get(address).await;
        assert_eq!(page.status, status, "{address}");
        page.shows("data-testid=\"log-out\"");
        page.shows("href=\"/admin/orders\"");
        page.shows_not("href=\"/admin/people\"");
    }
    // Strangers learn nothing of the admin.
    studio.session = None;
    studio.get("/admin/nowhere").await.shows_not("data-testid=\"log-out\"");
    studio.get("/administration").await.shows_not("data-testid=\"log-out\"");
}

#[tokio::test]
async fn a_role_given_holds_from_the_next_request() {
    let (mut studio, ana) = with_ben(Role::Production).await;
    let refused = studio.get("/admin/new").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    refused.shows("It takes one of these: Administrator, Merchandiser.");
    let ben = std::mem::replace(&mut studio.session, ana);
    let form = [("email", "ben@example.org"), ("role", "merchandiser"), ("do", "role")];
    studio.post("/admin/people", &form).await.leads_to("/admin/people?given=ben%40example.org");
    let people = studio.get("/admin/people?given=ben%40example.org").await;
    people.shows("ben@example.org has the role “Merchandiser” from now on.");
    people.shows("Gave ben@example.org the role “Merchandiser”");
    let ana = std::mem::replace(&mut studio.session, ben);
    let begin = studio.get("/admin/new").await;
    assert_eq!(begin.status, StatusCode::OK);
    begin.shows_not("Your role lets you read");

    studio.session = ana;
    let form = [("email", "ben@example.org"), ("role", "owner"), ("do", "role")];
    assert_eq!(studio.post("/admin/people", &form).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let studio = Studio::with_ana().await;
    let oneself = [("email", "ana@example.org"), ("role", "viewer"), ("do", "role")];
    let refused = studio.post("/admin/people", &oneself).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("One administrator has to be left.");
    let token = studio.shop.invite("ben@example.org").await.unwrap();
    assert_eq!(
        studio.post("/admin/people", &oneself).await.status,
        StatusCode::CONFLICT,
        "Ben is not there yet"
    );
    studio.shop.accept_invite(&token, PASSWORD).await.unwrap();
    studio.post("/admin/people", &oneself).await.leads_to("/admin/people?given=ana%40example.org");
    assert_eq!(studio.get("/admin/people").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_is_invited_gets_the_role_that_was_picked() {
    let studio = Studio::with_ana().await;
    let form = [("email", "zoe@example.org"), ("role", "production"), ("do", "invite")];
    assert_eq!(studio.post("/admin/people", &form).await.status, StatusCode::OK);
    let people = studio.shop.people().await.unwrap();
    let zoe = people.iter().find(|person| person.email == "zoe@example.org").unwrap();
    assert_eq!(zoe.role, Role::Production);
}

/// The pages whose looks are tested, as the browser's test lists them.
const LAYOUTS: &str = include_str!("../../../end2end/tests/layouts.spec.ts");

fn looked_at() -> Vec<&'static str> {
    let lists = ["const ADMIN = [", "const SEEDED = [", "const OPEN = ["];
    let listed = |list: &&str| LAYOUTS.split_once(*list).unwrap().1.split_once("];").unwrap().0;
    // Behind every odd quotation mark stands an address.
    let addresses = |list: &'static str| list.split('"').skip(1).step_by(2);
    lists.iter().map(listed).flat_map(addresses).collect()
}

/// Whether an address of a list is one of a route.
fn is_of(route: &str, address: &str) -> bool {
    let path = address.split('?').next().unwrap();
    let (parts, own): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    parts.len() == own.len() && parts.iter().zip(own).all(|(part, own)| part.starts_with('{') || *part == own)
}

#[tokio::test]
async fn the_looks_of_every_page_are_tested() {
    let mut studio = Studio::with_ana().await;
    let ana = studio.session.take();
    // An address is one of the route that names the most of it.
    let routes = admin_access();
    let gaps = |route: &str| route.matches('{').count();
    let route_of = |address: &&str| {
        let routes = routes.iter().map(|(route, _)| *route).filter(|route| is_of(route, address));
        routes.min_by_key(|route| gaps(route))
    };
    let listed = looked_at();
    let listed: Vec<&str> = listed.iter().filter_map(route_of).collect();
    let mut missing = Vec::new();
    for (path, access) in admin_access() {
        studio.session = ana.clone().filter(|_| access != Access::Open);
        let page = studio.get(&address(path).replace("{token}", "none")).await;
        // What only takes forms, leads on, or is a file, is no page; neither is an address of a form that there is not.
        let is_page = page.kind.starts_with("text/html")
            && !page.status.is_redirection()
            && page.status != StatusCode::METHOD_NOT_ALLOWED
            && ![".csv", ".svg"].iter().any(|end| path.ends_with(end))
            && path != route::SECTION;
        if is_page && !listed.contains(&path) {
            missing.push(path);
        }
    }
    assert!(missing.is_empty(), "in none of the lists of end2end/tests/layouts.spec.ts: {missing:?}");
}

//! Approval by a second person, through the router: whoever asks can't agree, by no way there is.

use std::sync::Arc;

use app::paths::route::admin as route;
use axum::http::StatusCode;
use shop::access::Role;
use shop::mail::{About, Delivery, Letter, Post};
use shop::{Environment, ShopError};
use testing::{FakeEnvironment, slug};
use time::Duration;

use crate::common::{Answer, PASSWORD, Studio};

const ONE: &str = "/admin/releases/1";
const LIST: &str = "/admin/releases";
const PUBLISH: &str = "/admin/products/mug/publish";
const FILE: &str = "name = \"Kiln & Wheel\"\napproval = true\n";

/// Ana and Ben, who may both publish, and a draft of the mug.
struct Two {
    studio: Studio,
    clock: Arc<FakeEnvironment>,
    ana: Option<String>,
    ben: Option<String>,
}

impl Two {
    async fn with_a_draft() -> Self {
        let clock = Arc::new(FakeEnvironment::default());
        let mut studio = Studio::run_by(FILE, Arc::clone(&clock) as Arc<dyn Environment>).await;
        studio.let_ana_in().await;
        edit(&studio, "A mug for spring.").await;
        let ben = person(&studio, "ben@example.org", Role::Merchandiser).await;
        let ana = studio.session.clone();
        Self { studio, clock, ana, ben }
    }

    fn be_ana(&mut self) -> &Studio {
        self.studio.session.clone_from(&self.ana);
        &self.studio
    }

    fn be_ben(&mut self) -> &Studio {
        self.studio.session.clone_from(&self.ben);
        &self.studio
    }
}

/// Somebody of a role, who is logged in.
async fn person(studio: &Studio, email: &str, role: Role) -> Option<String> {
    let token = studio.shop.invite_by(email, role, "ana@example.org").await.unwrap();
    Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session)
}

async fn edit(studio: &Studio, summary: &str) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.summary = summary.to_owned();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

/// Sends the publish page's form.
async fn ask(studio: &Studio, note: &str) -> Answer {
    let version = studio.shop.draft(&slug("mug")).await.unwrap().version.to_string();
    let live = live(studio).await.to_string();
    let form = [("version", &*version), ("live", &*live), ("seen", "on"), ("note", note), ("_end", "on")];
    studio.post(PUBLISH, &form).await
}

async fn live(studio: &Studio) -> i64 {
    studio.shop.live(&slug("mug")).await.unwrap().number.get()
}

/// A post box that keeps what is delivered.
#[derive(Default)]
struct Letterbox(std::sync::Mutex<Vec<Letter>>);

#[async_trait::async_trait]
impl Post for Letterbox {
    async fn deliver(&self, letter: &Letter) -> Delivery {
        self.0.lock().unwrap().push(letter.clone());
        Delivery::Sent
    }

    async fn forget(&self, _: &[String]) -> Result<(), String> {
        Ok(())
    }
}

#[tokio::test]
async fn what_somebody_asks_for_is_published_once_somebody_else_agrees() {
    let mut two = Two::with_a_draft().await;
    let ana = two.be_ana();
    ana.get(PUBLISH).await.shows("Ask for approval");
    ask(ana, "For the season").await.leads_to(ONE);
    assert_eq!(live(ana).await, 1);
    let page = ana.get(ONE).await;
    page.shows("Waiting for approval");
    page.shows("Note: For the season");
    page.shows("You asked for this, so somebody else has to agree");
    page.shows_not("data-testid=\"approve\"");
    ana.get(PUBLISH).await.shows("waits for a second person to agree");
    // Edited since: no part of what was asked for.
    edit(ana, "Edited since.").await;

    let post = Letterbox::default();
    ana.shop.deliver_mails(&post).await.unwrap();
    let letters = post.0.into_inner().unwrap();
    let told: Vec<_> = letters
        .iter()
        .filter(|letter| matches!(letter.about, About::Approval { .. }))
        .map(|letter| &*letter.to)
        .collect();
    assert_eq!(told, ["ben@example.org"], "who asked is not told");

    let ben = two.be_ben();
    ben.get("/admin/products").await.shows("One release waits for approval");
    ben.get(LIST).await.shows("data-testid=\"waiting\"");
    let page = ben.get(ONE).await;
    page.shows("What it does to Mug");
    page.shows("data-testid=\"effect\"");
    page.shows("data-testid=\"replay\"");
    page.shows("A mug for spring.");
    page.shows_not("Edited since.");
    ben.post(ONE, &[("do", "approve")]).await.leads_to(ONE);
    assert_eq!(live(ben).await, 2);
    ben.get("/products/mug").await.shows("A mug for spring.");
    ben.get(ONE).await.shows("Approved by ben@example.org on");
    ben.get("/admin/products/mug/revisions").await.shows("For the season");
    assert_eq!(ben.shop.draft(&slug("mug")).await.unwrap().bundle.source.summary, "Edited since.");
    ben.get("/admin/products").await.shows_not("waits for approval");
    let again = ben.post(ONE, &[("do", "approve")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.shows("It does not wait for approval any more.");
    let audit = two.be_ana().get(route::AUDIT).await;
    audit.shows("Asked for approval of the release Mug: Mug");
    audit.shows("Approved the release Mug");
}

#[tokio::test]
async fn whoever_asked_can_not_agree_by_any_way() {
    let mut two = Two::with_a_draft().await;
    let ana = two.be_ana();
    ask(ana, "").await.leads_to(ONE);
    for (act, reason) in [("approve", ""), ("refuse", "Because")] {
        let refused = ana.post(ONE, &[("do", act), ("reason", reason)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        refused.shows("Whoever asks can’t agree: somebody else has to.");
    }
    // A second request, and a release beside it, are no way round.
    let again = ask(ana, "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    again.shows("which waits for approval, is planned or live at that time");
    let version = ana.shop.draft(&slug("mug")).await.unwrap().version;
    let agreed = shop::Agreed::Seen { beside: Some(testing::number(1)), twice: true };
    let error = ana.shop.publish(&slug("mug"), version, "", "ana@example.org", agreed).await.unwrap_err();
    assert!(matches!(error, ShopError::NeedsApproval), "{error}");
    // Neither is the archive, which becomes a draft.
    let archive = ana.get("/admin/products/mug/archive").await;
    assert_eq!(archive.status, StatusCode::OK);
    assert_eq!(live(ana).await, 1);
    // Nor are people who may not publish.
    for role in [Role::Production, Role::Viewer] {
        two.studio.session = person(&two.studio, "cy@example.org", role).await;
        two.studio.get(ONE).await.shows("Waiting for approval");
        two.studio.get(ONE).await.shows_not("data-testid=\"approve\"");
        let refused = two.studio.post(ONE, &[("do", "approve")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        two.studio.shop.remove_person("cy@example.org", "ana@example.org").await.unwrap();
    }
    assert_eq!(live(&two.studio).await, 1);
}

#[tokio::test]
async fn a_planned_release_waits_and_is_published_at_its_time() {
    let mut two = Two::with_a_draft().await;
    let ana = two.be_ana();
    let version = ana.shop.draft(&slug("mug")).await.unwrap().version;
    let product = format!("mug/{version}/1");
    let form = [
        ("product", &*product),
        ("name", "Spring"),
        ("seen-mug", "on"),
        ("when", "at"),
        ("start", "2027-01-15T10:00"),
        ("_end", "on"),
    ];
    ana.get("/admin/releases/new?product=mug").await.shows("Ask for approval");
    ana.post("/admin/releases/new", &form).await.leads_to(ONE);
    two.clock.wait(Duration::minutes(30));
    let ben = two.be_ben();
    ben.post(ONE, &[("do", "approve")]).await.leads_to(ONE);
    ben.get(ONE).await.shows("Is published on 15 January 2027, 10:00");
    assert_eq!((ben.shop.carry_out_releases().await.unwrap(), live(ben).await), (0, 1));
    two.clock.wait(Duration::hours(3));
    assert_eq!((two.studio.shop.carry_out_releases().await.unwrap(), live(&two.studio).await), (1, 2));
}

#[tokio::test]
async fn it_is_refused_with_a_reason_or_taken_back_and_asked_for_anew() {
    let mut two = Two::with_a_draft().await;
    ask(two.be_ana(), "").await.leads_to(ONE);
    let ben = two.be_ben();
    let silent = ben.post(ONE, &[("do", "refuse"), ("reason", "  ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.shows("Say why in 1 to 200 characters");
    let long = "x".repeat(201);
    ben.post(ONE, &[("do", "refuse"), ("reason", &long)]).await.shows(&format!("value=\"{long}\""));
    ben.post(ONE, &[("do", "refuse"), ("reason", "The <oak> is dearer")]).await.leads_to(ONE);
    ben.get(ONE).await.shows("Refused by ben@example.org on");
    let ana = two.be_ana();
    ana.get(PUBLISH).await.shows("was refused by ben@example.org: ");
    ana.get(PUBLISH).await.shows("The &lt;oak&gt; is dearer");

    ask(ana, "").await.leads_to("/admin/releases/2");
    ana.post("/admin/releases/2", &[("do", "cancel")]).await.leads_to("/admin/releases/2");
    ana.get("/admin/releases/2").await.shows("Cancelled by ana@example.org");
    ask(ana, "").await.leads_to("/admin/releases/3");
    two.be_ben().post("/admin/releases/3", &[("do", "approve")]).await.leads_to("/admin/releases/3");
    assert_eq!(live(&two.studio).await, 2);
}

#[tokio::test]
async fn what_is_outdated_is_not_approved_and_says_so() {
    let mut two = Two::with_a_draft().await;
    ask(two.be_ana(), "").await.leads_to(ONE);
    // An operator loads another revision by a command.
    two.studio.republish(|bundle| bundle.source.base_price += 100).await;
    let ben = two.be_ben();
    ben.get(ONE).await.shows("data-testid=\"outdated-mug\"");
    let refused = ben.post(ONE, &[("do", "approve")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("It was not published: something stands against it");
    refused.shows("Somebody made another revision live meanwhile.");
    assert_eq!(live(ben).await, 2);
}

#[tokio::test]
async fn where_nobody_else_could_agree_it_is_said() {
    let clock = Arc::new(FakeEnvironment::default());
    let mut studio = Studio::run_by(FILE, clock as Arc<dyn Environment>).await;
    studio.let_ana_in().await;
    edit(&studio, "A mug for spring.").await;
    person(&studio, "cy@example.org", Role::Production).await;
    let refused = ask(&studio, "Kept").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("nobody else may publish. Invite another administrator or merchandiser");
    refused.shows("value=\"Kept\"");
    assert_eq!(studio.shop.releases().await.unwrap(), []);
}

#[tokio::test]
async fn rolling_back_and_withdrawing_need_nobody_else() {
    let mut two = Two::with_a_draft().await;
    ask(two.be_ana(), "").await.leads_to(ONE);
    two.be_ben().post(ONE, &[("do", "approve")]).await.leads_to(ONE);
    let history = "/admin/products/mug/revisions";
    let ana = two.be_ana();
    let back = ana.post(&format!("{history}/1/live"), &[("live", "2"), ("seen", "on")]).await;
    assert_eq!((back.status, live(ana).await), (StatusCode::SEE_OTHER, 1), "{}", back.text);
}

//! A shop that sells mugs, for tests through the router.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use server::environment::Machine;
use server::http::{Answering, Settings, answering, router};
use shop::{Agreed, Bundle, Environment, Executor, RevisionNumber, Shop, Slug, Store, check_shop_file};
use store::SqliteStore;
use tempfile::TempDir;
use testing::for_everybody;
use testing_postgres::TestDatabase;
use tower::ServiceExt;
use words::Language;

const PRODUCT: &str = r##"
name = "Mug"
summary = "A mug, thrown and glazed for you."
currency = "EUR"
base_price = 2400
lead_time_days = 9

[budget]
ceiling = 3

[uses]
start = "frequent"
question = "What will you drink from it?"
answers = [
  { code = "tea", label = "Tea", people = "tea drinkers" },
  { code = "coffee", label = "Coffee", people = "coffee drinkers" },
]

[[steps]]
code = "looks"
label = "Looks"

[[attributes]]
code = "glaze"
step = "looks"
label = "Glaze"
kind = "choice"
standard = "white"
options = [
  { code = "white", label = "White", swatch = "#f4f0e9" },
  { code = "blue", label = "Blue", swatch = "#24385c", price = 300 },
  { code = "green", label = "Green", swatch = "#1f5d4c", price = 400 },
]

[[attributes]]
code = "lid"
step = "looks"
label = "Lid"
kind = "choice"
standard = "none"
options = [{ code = "none", label = "None" }, { code = "wood", label = "Wood", price = 700 }]

[[attributes]]
code = "height"
step = "looks"
label = "Height"
kind = "number"
standard = 9
min = 7
max = 12
unit = "cm"

[[rules]]
code = "wood_small"
rule = "lid = wood implies height <= 10"
sentence = "Wooden lids fit mugs of up to 10 cm. Choose a lower mug, or none."

[[layers]]
file = "mug.svg"
tint = { glaze = "glaze" }
"##;
/// What a mug has more that has a name on it.
const NAME: &str = r#"
[[attributes]]
code = "name"
step = "looks"
label = "Name"
kind = "text"
standard = ""
max_length = 20
"#;
const NAME_DRAWN: &str = r#"
[[layers]]
text = "name"
x = "600"
y = "800"
"#;
const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><rect x="400" y="300" width="400" height="400" fill="var(--glaze, #ffffff)"/></svg>"##;
pub const PASSWORD: &str = "a kiln and a wheel";

/// A shop that sells mugs, and a browser with its cookie.
pub struct Studio {
    pub shop: Arc<Shop>,
    pub router: Router,
    pub session: Option<String>,
    folder: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub cookie: String,
    pub cookies: Vec<String>,
    pub cache: String,
    pub encoding: String,
    pub retry_after: String,
    pub kind: String,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Studio {
    pub async fn open() -> Self {
        Self::selling("mug", PRODUCT).await
    }

    /// A shop that sells one product, drawn as a mug.
    pub async fn selling(slug: &str, product: &str) -> Self {
        Self::thinking_on(Executor::default(), slug, product).await
    }

    /// A shop that sells mugs and can be kept busy by one piece of work.
    pub async fn easily_busy() -> Self {
        Self::thinking_on(Executor::new(1, Duration::from_millis(50)), "mug", PRODUCT).await
    }

    /// A shop that sells mugs and thinks on these threads.
    pub async fn thinking(executor: Executor) -> Self {
        Self::thinking_on(executor, "mug", PRODUCT).await
    }

    /// The same shop after a release whose files for the browser are others; those of the former one are kept, or gone.
    pub fn after_a_release(&self, keeps_former: bool) -> Self {
        let (former, site) = (self.folder.path().join("site"), self.folder.path().join("next"));
        for name in ["atelier.css", "atelier.js", "atelier.wasm"] {
            write(&site.join("pkg").join(name), "/* the next release's */");
        }
        let missing = self.folder.path().join("none");
        let former_sites = if keeps_former { vec![missing, former] } else { Vec::new() };
        let router =
            router(self.shop.clone(), &site, Settings { former_sites, ..Settings::default() }).unwrap();
        let folder = tempfile::tempdir().unwrap();
        Self { shop: self.shop.clone(), router, session: None, folder }
    }

    /// A shop that sells mugs under settings of its own.
    pub async fn with_settings(settings: Settings) -> Self {
        let studio = Self::open().await;
        let router = router(studio.shop.clone(), &studio.folder.path().join("site"), settings).unwrap();
        Self { router, ..studio }
    }

    /// What the same shop answers to connections.
    pub fn answering(&self, settings: Settings) -> Answering {
        answering(self.shop.clone(), &self.folder.path().join("site"), settings).unwrap()
    }

    /// The same shop as a connection meets it that finds no place.
    pub fn crowded(self, settings: Settings) -> Self {
        Self { router: self.answering(settings).surplus, ..self }
    }

    /// A shop that sells mugs and thinks on one thread, with limits of its own.
    pub async fn limited(limit: impl FnOnce(Shop) -> Shop) -> Self {
        let Self { folder, .. } = Self::open().await;
        let store = SqliteStore::open(&folder.path().join("atelier.db")).await.unwrap();
        let executor = Executor::new(1, Duration::from_secs(60));
        let shop = Arc::new(limit(Shop::new(Arc::new(store), Arc::new(Machine)).with_executor(executor)));
        let router = router(shop.clone(), &folder.path().join("site"), Settings::default()).unwrap();
        Self { shop, router, session: None, folder }
    }

    /// The same shop, run as a shop file says, by another clock.
    pub async fn run_by(file: &str, environment: Arc<dyn Environment>) -> Self {
        let Self { folder, .. } = Self::open().await;
        let store = SqliteStore::open(&folder.path().join("other.db")).await.unwrap();
        Self::run_on(folder, Arc::new(store), file, environment).await
    }

    /// A shop that sells mugs with a name on them, run as a shop file says, by another clock; on this database, or on a file of its own.
    pub async fn naming(
        database: Option<&TestDatabase>,
        file: &str,
        environment: Arc<dyn Environment>,
    ) -> Self {
        let product = PRODUCT.replacen("[[rules]]", &format!("{NAME}\n[[rules]]"), 1) + NAME_DRAWN;
        let Self { folder, .. } = Self::selling("mug", &product).await;
        let store: Arc<dyn Store> = match database {
            Some(database) => Arc::new(database.store().await),
            None => Arc::new(SqliteStore::open(&folder.path().join("other.db")).await.unwrap()),
        };
        Self::run_on(folder, store, file, environment).await
    }

    async fn run_on(
        folder: TempDir,
        store: Arc<dyn Store>,
        file: &str,
        environment: Arc<dyn Environment>,
    ) -> Self {
        let shop = Shop::new(store, environment).with_profile(check_shop_file(file).unwrap());
        let shop = Arc::new(shop);
        shop.load_catalogue(&folder.path().join("catalogs")).await.unwrap();
        let languages = Language::ALL.into_iter().chain([Language::pseudo()]).collect();
        let settings = Settings { languages, ..Settings::default() };
        let router = router(shop.clone(), &folder.path().join("site"), settings).unwrap();
        Self { shop, router, session: None, folder }
    }

    /// A shop that sells one of the demo's products.
    pub async fn with_demo(slug: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalogs").join(slug);
        let copy = folder.path().join("catalogs").join(slug);
        for file in ["product.toml", "past-orders.toml"] {
            write(&copy.join(file), &std::fs::read_to_string(demo.join(file)).unwrap());
        }
        for drawing in std::fs::read_dir(demo.join("layers")).unwrap() {
            let drawing = drawing.unwrap();
            let text = std::fs::read_to_string(drawing.path()).unwrap();
            write(&copy.join("layers").join(drawing.file_name()), &text);
        }
        Self::of(folder, Executor::default(), slug).await
    }

    async fn thinking_on(executor: Executor, slug: &str, product: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = folder.path().join("catalogs");
        write(&catalogue.join(slug).join("product.toml"), product);
        for name in ["mug.svg", "bench.svg"].into_iter().filter(|name| product.contains(name)) {
            write(&catalogue.join(slug).join("layers").join(name), DRAWING);
        }
        Self::of(folder, executor, slug).await
    }

    /// Two shops on one database that sell mugs, and the database.
    pub async fn twice() -> ([Self; 2], TestDatabase) {
        let database = TestDatabase::new().await;
        let mut shops = Vec::new();
        for added in [1, 0] {
            let folder = tempfile::tempdir().unwrap();
            let mug = folder.path().join("catalogs/mug");
            write(&mug.join("product.toml"), PRODUCT);
            write(&mug.join("layers/mug.svg"), DRAWING);
            let store = Arc::new(database.store().await);
            let (studio, loaded) = Self::on(folder, store, Executor::default()).await;
            assert_eq!(loaded.len(), added);
            shops.push(studio);
        }
        (shops.try_into().ok().unwrap(), database)
    }

    /// A shop that sells what is in a folder's catalogue.
    async fn of(folder: TempDir, executor: Executor, slug: &str) -> Self {
        let store = SqliteStore::open(&folder.path().join("atelier.db")).await.unwrap();
        let (studio, added) = Self::on(folder, Arc::new(store), executor).await;
        assert_eq!(added, [slug.parse().unwrap()]);
        studio
    }

    /// A shop on a store, and which of its folder's products were new to that.
    async fn on(folder: TempDir, store: Arc<dyn Store>, executor: Executor) -> (Self, Vec<Slug>) {
        let site = folder.path().join("site");
        write(&site.join("pkg/atelier.css"), "");
        write(&site.join("pkg/atelier.js"), "");
        write(&site.join("pkg/atelier.wasm"), "");
        let catalogue = folder.path().join("catalogs");
        let shop = Arc::new(
            Shop::new(store, Arc::new(Machine)).with_executor(executor).with_profile(for_everybody()),
        );
        let loaded = shop.load_catalogue(&catalogue).await.unwrap();
        assert_eq!(loaded.broken, []);
        let languages = Language::ALL.into_iter().chain([Language::pseudo()]).collect();
        let settings = Settings { languages, ..Settings::default() };
        let router = router(shop.clone(), &site, settings).unwrap();
        (Self { shop, router, session: None, folder }, loaded.added)
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file among the built ones.
    pub fn leave(&self, name: &str) {
        write(&self.folder.path().join("site").join(name), "left by a build");
    }

    /// Sells so many more mugs, each under its own name.
    pub async fn copies(&self, many: u32) {
        let catalogue = self.folder.path().join("copies");
        for index in 1..=many {
            let folder = catalogue.join(format!("mug-{index:02}"));
            write(&folder.join("product.toml"), &PRODUCT.replace("\"Mug\"", &format!("\"Mug {index}\"")));
            write(&folder.join("layers/mug.svg"), DRAWING);
        }
        let loaded = self.shop.load_catalogue(&catalogue).await.unwrap();
        assert_eq!(loaded.broken, []);
    }

    /// With Ana logged in.
    pub async fn with_ana() -> Self {
        let mut studio = Self::open().await;
        studio.let_ana_in().await;
        studio
    }

    /// With Ana logged in, and all of the product's own texts in ⟦⟧, as the language for tests has the pages'.
    pub async fn with_ana_and_marked_texts() -> Self {
        let parts = PRODUCT.split('"').enumerate().map(|(index, part)| {
            let is_text = part.starts_with(|first: char| first.is_uppercase()) || part == "cm";
            if index % 2 == 1 && is_text && part != "EUR" { format!("⟦{part}⟧") } else { part.to_owned() }
        });
        let mut studio = Self::selling("mug", &parts.collect::<Vec<_>>().join("\"")).await;
        studio.let_ana_in().await;
        studio
    }

    pub async fn let_ana_in(&mut self) {
        let token = self.shop.invite("ana@example.org").await.unwrap();
        self.session = Some(self.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    }

    /// Keeps the shop's executor busy until something is sent.
    pub async fn keep_busy(&self) -> std::sync::mpsc::Sender<()> {
        let (release, released) = std::sync::mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let executor = self.shop.executor().clone();
        tokio::spawn(async move {
            let work = move || {
                begun.send(()).unwrap();
                // Also ends with the test.
                released.recv().unwrap_or_default();
            };
            executor.run(work).await.unwrap();
        });
        has_begun.await.unwrap();
        release
    }

    /// Publishes the mug as an edit leaves it, and returns the new revision's number.
    pub async fn republish(&self, edit: impl FnOnce(&mut Bundle)) -> RevisionNumber {
        let mug = "mug".parse().unwrap();
        let mut draft = self.shop.draft(&mug).await.unwrap();
        edit(&mut draft.bundle);
        let saved = self.shop.save_draft(&mug, draft.version, draft.bundle, "ana@example.org").await.unwrap();
        self.shop.publish(&mug, saved.version, "", "ana@example.org", Agreed::Unasked).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let header = |name| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
        };
        let (location, cookie) = (header(header::LOCATION), header(header::SET_COOKIE));
        let (cache, encoding) = (header(header::CACHE_CONTROL), header(header::CONTENT_ENCODING));
        let (retry_after, kind) = (header(header::RETRY_AFTER), header(header::CONTENT_TYPE));
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let cookies = cookies.map(|value| value.to_str().unwrap().to_owned()).collect();
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, location, cookie, cookies, cache, encoding, retry_after, kind, bytes, text }
    }

    pub fn request(&self, method: &str, address: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(address).header(header::HOST, "shop.example.org");
        match &self.session {
            Some(session) => request.header(header::COOKIE, format!("atelier_admin={session}")),
            None => request,
        }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(self.request("GET", address).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as the shop's own pages do.
    pub async fn post(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.request("POST", address).header("sec-fetch-site", "same-origin");
        self.send(
            request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body))
                .unwrap(),
        )
        .await
    }
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

impl Answer {
    /// Whether it says that a busy shop may be asked again: not all at the same moment.
    pub fn comes_again_soon(&self) -> bool {
        self.retry_after.parse::<u64>().is_ok_and(|seconds| (5..=9).contains(&seconds))
    }

    /// The session of an administrator that it starts.
    pub fn session(&self) -> String {
        let value = self.cookies.iter().find_map(|cookie| cookie.strip_prefix("atelier_admin=")).unwrap();
        value.split(';').next().unwrap().to_owned()
    }

    #[track_caller]
    pub fn leads_to(&self, address: &str) {
        assert_eq!((self.status, self.location.as_str()), (StatusCode::SEE_OTHER, address), "{}", self.text);
    }

    #[track_caller]
    pub fn shows(&self, text: &str) {
        let plain = self.text.replace("<!>", "");
        let main = plain.split_once("<main").map_or(plain.as_str(), |(_, main)| main);
        assert!(plain.contains(text), "{text} is missing in {main}");
    }

    #[track_caller]
    pub fn shows_not(&self, text: &str) {
        assert!(!self.text.replace("<!>", "").contains(text), "{text} is shown");
    }
}

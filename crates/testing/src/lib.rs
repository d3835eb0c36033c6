//! A shop for tests of several crates: a clock that can be moved, randomness that repeats, a lamp to sell, and
//! builders.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up has failed")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use configurator::Quantity;
use configurator::source::Source;
use personalize::Start;
use shop::{
    Agreed, Buyer, Environment, Order, OrderError, OrderNumber, OrderRequest, Profile, Receipt,
    RevisionNumber, Shop, Slug, Store, StoreError,
};
use store::SqliteStore;
use time::{Duration, OffsetDateTime};

/// A clock that stands still until it is moved, and random bytes that never repeat and are the same in every run.
pub struct FakeEnvironment {
    milliseconds: AtomicI64,
    drawn: AtomicU64,
}

impl Default for FakeEnvironment {
    fn default() -> Self {
        Self { milliseconds: AtomicI64::new(1_800_000_000_000), drawn: AtomicU64::new(0) }
    }
}

impl FakeEnvironment {
    /// Moves the clock on.
    pub fn wait(&self, time: Duration) {
        self.milliseconds.fetch_add(i64::try_from(time.whole_milliseconds()).unwrap(), Ordering::SeqCst);
    }
}

impl Environment for FakeEnvironment {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(self.milliseconds.load(Ordering::SeqCst))
    }

    fn random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let drawn =
                self.drawn.fetch_add(1, Ordering::SeqCst).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// A lamp with a rule between shade and arm, a rule between arm and clamp, and a price that depends on its height.
pub const LAMP: &str = r##"
name = "Desk lamp"
summary = "A lamp for a desk."
currency = "EUR"
base_price = 5000
lead_time_days = 5

[uses]
question = "What for?"
answers = [
  { code = "reading", label = "Reading", people = "readers" },
  { code = "drawing", label = "Drawing", people = "draughtspeople" },
]
start = "frequent"
[budget]
ceiling = 4

[[steps]]
code = "lamp"
label = "Lamp"

[[attributes]]
code = "base"
step = "lamp"
label = "Base"
kind = "choice"
standard = "iron"
locked = true
options = [{ code = "iron", label = "Cast iron", weight = 2000 }]

[[attributes]]
code = "shade"
step = "lamp"
label = "Shade"
kind = "choice"
standard = "linen"
options = [
  { code = "linen", label = "Linen", swatch = "#ddd5c0" },
  { code = "brass", label = "Brass", swatch = "#b5892e", price = 2000, weight = 300 },
  { code = "paper", label = "Paper", swatch = "#ffffff", price = -500 },
]

[[attributes]]
code = "arm"
step = "lamp"
label = "Arm"
kind = "choice"
standard = "short"
options = [
  { code = "short", label = "Short" },
  { code = "long", label = "Long", price = 1500, lead_time_days = 2 },
]

[[attributes]]
code = "extras"
step = "lamp"
label = "Extras"
kind = "multi-choice"
standard = []
options = [{ code = "dimmer", label = "Dimmer", price = 900 }, { code = "clamp", label = "Clamp", price = 400 }]

[[attributes]]
code = "height"
step = "lamp"
label = "Height"
kind = "number"
standard = 40
min = 30
max = 60
step_size = 10
unit = "cm"
price = 10

[[attributes]]
code = "name"
step = "lamp"
label = "Engraving"
kind = "text"
standard = ""
max_length = 12
price = 1200

[[rules]]
code = "brass_is_heavy"
rule = "shade = brass implies arm = short"
sentence = "A brass shade is too heavy for the long arm. Choose the short arm."

[[rules]]
code = "long_needs_clamp"
rule = "arm = long implies extras has clamp"
sentence = "The long arm needs a clamp. Add the clamp."

[[prices]]
label = "Reading set"
when = "arm = long and extras has dimmer"
amount = -300

[[layers]]
file = "lamp.svg"
tint = { shade = "shade" }

[[layers]]
text = "name"
x = "600"
y = "800"
"##;

/// The drawing that the lamp's layer names.
pub const LAMP_DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><path d="M0 0h9v9z" fill="var(--shade, #ddd5c0)"/></svg>"##;

/// A product's address.
pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

/// A revision's number.
pub fn number(number: i64) -> RevisionNumber {
    number.try_into().unwrap()
}

/// An order's number.
pub fn order_number(number: i64) -> OrderNumber {
    number.try_into().unwrap()
}

/// Who is ordering in these tests.
pub fn ana() -> Buyer {
    Buyer {
        name: "Ana Lima".to_owned(),
        email: "ana@example.org".to_owned(),
        address: "Rua do Ouro 1\n1100-060 Lisboa".to_owned(),
        note: String::new(),
    }
}

/// Writes a product's folder into a catalogue.
pub fn write_product(catalogue: &Path, slug: &str, product: &str, past_orders: &str) -> PathBuf {
    let folder = catalogue.join(slug);
    std::fs::create_dir_all(folder.join("layers")).unwrap();
    std::fs::write(folder.join("product.toml"), product).unwrap();
    std::fs::write(folder.join("layers/lamp.svg"), LAMP_DRAWING).unwrap();
    if !past_orders.is_empty() {
        std::fs::write(folder.join("past-orders.toml"), past_orders).unwrap();
    }
    folder
}

/// How shops of tests are run: whoever agrees gets what is chosen for them, whatever their number.
#[must_use]
pub fn for_everybody() -> Profile {
    let mut profile = Profile::default();
    profile.always_standard = 0;
    profile
}

/// A shop on an SQLite file of its own.
pub struct TestShop {
    /// The shop.
    pub shop: Shop,
    /// Its store.
    pub store: Arc<dyn Store>,
    /// Its clock and randomness.
    pub environment: Arc<FakeEnvironment>,
    /// Where its files are, for as long as this lives.
    pub folder: tempfile::TempDir,
}

impl TestShop {
    /// A shop that sells nothing yet.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store: Arc<dyn Store> = Arc::new(sqlite(folder.path()).await.unwrap());
        let environment = Arc::new(FakeEnvironment::default());
        let shop = Shop::new(Arc::clone(&store), Arc::clone(&environment) as Arc<dyn Environment>)
            .with_profile(for_everybody());
        Self { shop, store, environment, folder }
    }

    /// A shop that sells the lamp.
    pub async fn with_lamp() -> Self {
        Self::with_lamp_ordered("").await
    }

    /// A shop that sells the lamp and has synthetic past orders for it.
    pub async fn with_lamp_ordered(past_orders: &str) -> Self {
        let test = Self::empty().await;
        write_product(&test.catalogue(), "lamp", LAMP, past_orders);
        let loaded = test.shop.load_catalogue(&test.catalogue()).await.unwrap();
        assert_eq!(loaded.broken, []);
        assert_eq!(loaded.added, [slug("lamp")]);
        test
    }

    /// Takes away everything that was prepared of revisions, as in the database of a release before.
    pub async fn forget_prepared(&self) {
        let file = sqlx::sqlite::SqliteConnectOptions::new().filename(self.folder.path().join("shop.db"));
        let other = sqlx::SqlitePool::connect_with(file).await.unwrap();
        for statement in ["DELETE FROM listings", "DELETE FROM artifacts"] {
            sqlx::query(statement).execute(&other).await.unwrap();
        }
        other.close().await;
    }

    /// Where its product folders are.
    pub fn catalogue(&self) -> PathBuf {
        self.folder.path().join("catalogs")
    }

    /// Begins an order of a lamp.
    pub fn lamp(&self) -> OrderBuilder<'_> {
        OrderBuilder {
            shop: &self.shop,
            request: OrderRequest {
                slug: slug("lamp"),
                revision: number(1),
                choices: Vec::new(),
                start: Start::Standard,
                quantity: Quantity::ONE,
                buyer: ana(),
                request_id: None,
            },
        }
    }

    /// Saves a change of the lamp's product file as a draft and returns the draft's version.
    pub async fn edit_lamp(&self, change: impl FnOnce(&mut Source)) -> i64 {
        let mut draft = self.shop.draft(&slug("lamp")).await.unwrap();
        change(&mut draft.bundle.source);
        self.shop.save_draft(&slug("lamp"), draft.version, draft.bundle, "mia").await.unwrap().version
    }

    /// The same and publishes it.
    pub async fn change_lamp(&self, change: impl FnOnce(&mut Source)) -> RevisionNumber {
        let version = self.edit_lamp(change).await;
        self.shop.publish(&slug("lamp"), version, "a change", "mia", Agreed::Unasked).await.unwrap()
    }
}

/// The SQLite store of a folder.
///
/// # Errors
/// It can't be opened.
pub async fn sqlite(folder: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(folder.join("shop.db")).await
}

/// An order in the making.
#[derive(Clone)]
pub struct OrderBuilder<'s> {
    shop: &'s Shop,
    request: OrderRequest,
}

impl OrderBuilder<'_> {
    /// With this choice.
    pub fn choosing(mut self, attribute: &str, value: &str) -> Self {
        self.request.choices.push((attribute.to_owned(), value.to_owned()));
        self
    }

    /// Of this revision instead of the first.
    pub fn of_revision(mut self, revision: i64) -> Self {
        self.request.revision = number(revision);
        self
    }

    /// From the personal start for a stated use.
    pub fn for_use(mut self, stated_use: &str) -> Self {
        self.request.start = Start::Personal { stated_use: Some(stated_use.to_owned()), base: None };
        self
    }

    /// So many pieces.
    pub fn pieces(mut self, pieces: u32) -> Self {
        self.request.quantity = Quantity::new(pieces).unwrap();
        self
    }

    /// By somebody else than Ana.
    pub fn by(mut self, buyer: Buyer) -> Self {
        self.request.buyer = buyer;
        self
    }

    /// With an idempotency key.
    pub fn with_request_id(mut self, id: &str) -> Self {
        self.request.request_id = Some(id.to_owned());
        self
    }

    /// Places it.
    ///
    /// # Errors
    /// It is refused.
    pub async fn place(self) -> Result<Receipt, OrderError> {
        self.shop.place_order(self.request).await
    }

    /// Places it, which has to succeed.
    pub async fn placed(self) -> Order {
        self.receipt().await.order
    }

    /// The same, with the token that opens it.
    pub async fn receipt(self) -> Receipt {
        self.place().await.unwrap()
    }

    /// The reasons for which the design is refused.
    pub async fn refused(self) -> Vec<String> {
        match self.place().await {
            Err(OrderError::Invalid(reasons)) => reasons,
            other => panic!("not refused as invalid: {other:?}"),
        }
    }
}

//! Placing orders and finding them again.

mod buyer;
mod order;
mod store;

use configurator::{ChoiceError, Choices, Configured, Design, NoCompletion, Product, RevisionNumber, Slug};
use personalize::{Start, StartingDesign};
use time::OffsetDateTime;
use words::Language;

pub(crate) use buyer::is_email;
pub use buyer::{Buyer, FieldError, FieldProblem};
pub use order::{InvalidOrderNumber, NewOrder, Order, OrderNumber, OrderedLine, OrderedValue, ValueOrigin};
pub use store::OrderStore;

use crate::Shop;
use crate::catalogue::Revision;
use crate::designs::Opened;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::store::StoreError;

/// What a shopper wants to order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRequest {
    /// The product.
    pub slug: Slug,
    /// The revision the design is pinned to.
    pub revision: RevisionNumber,
    /// Complete or partial: attribute codes, and values as [`Product::write_value`] writes them.
    pub choices: Vec<(String, String)>,
    /// What the design started from.
    pub start: Start,
    /// Who orders.
    pub buyer: Buyer,
    /// Idempotency key: the same id from the same buyer returns the order placed before.
    pub request_id: Option<String>,
}

/// Why an order was not placed.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The design is not valid, for these reasons.
    #[error("this design can't be built: {}", .0.join(" "))]
    Invalid(Vec<String>),
    /// A choice can't be read.
    #[error(transparent)]
    Choice(#[from] ChoiceError),
    /// Fields of the buyer can't be taken.
    #[error("the order lacks something: {}", .0.iter().map(|error| error.sentence(Language::ENGLISH.shop())).collect::<Vec<_>>().join(" "))]
    Buyer(Vec<FieldError>),
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for OrderError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

/// Most orders one call returns.
const MOST_ORDERS: u32 = 200;

impl Shop {
    /// Places an order for a design, priced and checked anew against the revision it is pinned to.
    ///
    /// A partial design is completed from its start. Personal defaults move as orders come in; a caller that showed a
    /// complete design sends all of its values to have exactly that one.
    ///
    /// # Errors
    /// The design is not valid, a choice can't be read, a field of the buyer is missing, there is no such product or
    /// revision, or the store failed. Nothing is written then.
    pub async fn place_order(&self, request: OrderRequest) -> Result<Order, OrderError> {
        let buyer = request.buyer.checked().map_err(OrderError::Buyer)?;
        let (slug, revision) = (&request.slug, request.revision);
        let request_key =
            request_key(request.request_id.as_deref(), slug, revision, &request.choices, &buyer);
        if let Some(order) = self.placed_before(request_key.as_deref()).await? {
            return Ok(order);
        }
        let revision = self.revision(slug, revision).await?;
        let pairs = request.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
        let choices = revision.product.read_choices(pairs)?;
        let stated_use = known_use(&revision, &request.start);
        let default = match &request.start {
            Start::Standard => StartingDesign::standard(&revision.product),
            Start::Personal { .. } => self.default_design(&revision, stated_use.as_deref()).await?,
        };
        let (token, placed_at) = (token::<16>(self.environment.as_ref()), self.now());
        let snapshot = Snapshot { token, request_key, placed_at, stated_use, buyer, choices, default };
        let work = move || {
            let design = snapshot.complete(&revision.product)?;
            snapshot.order(&revision, &design)
        };
        let order = self.executor.run(work).await??;
        Ok(self.store.place_order(order).await?)
    }

    /// Places an order for a design that was opened, as [`Shop::place_order`] does; it is complete already.
    ///
    /// # Errors
    /// As there.
    pub async fn place_opened(
        &self,
        opened: Opened,
        buyer: &Buyer,
        request_id: &str,
    ) -> Result<Order, OrderError> {
        let buyer = buyer.checked().map_err(OrderError::Buyer)?;
        let pairs = opened.pairs();
        let Opened { revision, product, start, choices, default, design, .. } = opened;
        let request_key = request_key(Some(request_id), &revision.slug, revision.number, &pairs, &buyer);
        if let Some(order) = self.placed_before(request_key.as_deref()).await? {
            return Ok(order);
        }
        let stated_use = known_use(&revision, &start);
        let (token, placed_at) = (token::<16>(self.environment.as_ref()), self.now());
        let snapshot = Snapshot { token, request_key, placed_at, stated_use, buyer, choices, default };
        let work = move || {
            // What is wrong is told in the reader's language; what is kept is written in the product's.
            let violations = product.validate(&design);
            if !violations.is_empty() {
                let sentences = violations.into_iter().map(|violation| violation.sentence);
                return Err(OrderError::Invalid(sentences.collect()));
            }
            snapshot.order(&revision, &design)
        };
        let order = self.executor.run(work).await??;
        Ok(self.store.place_order(order).await?)
    }

    async fn placed_before(&self, request_key: Option<&str>) -> Result<Option<Order>, StoreError> {
        match request_key {
            Some(key) => self.store.order_by_request(key).await,
            None => Ok(None),
        }
    }

    /// The order that a token opens.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order(&self, token: &str) -> Result<Option<Order>, ShopError> {
        Ok(self.store.order_by_token(token).await?)
    }

    /// An order as a reader of a language has it: names, values and lines from its revision. It stays as it was kept where
    /// its revision can't be read any more, or would price it otherwise.
    pub async fn order_in(&self, order: Order, language: Language) -> Order {
        let Ok(revision) = self.revision(&order.slug, order.revision).await else { return order };
        let kept = order.clone();
        let told = self.executor.run(move || told_in(order, &revision.in_language(language).product)).await;
        told.unwrap_or(kept)
    }

    /// The order with this number, for administrators.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, ShopError> {
        Ok(self.store.order_by_number(number).await?)
    }

    /// Orders with numbers below `before` (all when absent), newest first, at most `limit` and at most 200.
    ///
    /// # Errors
    /// The store failed.
    pub async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, ShopError> {
        Ok(self.store.orders(before, limit.min(MOST_ORDERS)).await?)
    }
}

/// An order with the texts of a product.
fn told_in(mut order: Order, product: &Product) -> Order {
    let mut design = product.standard().clone();
    for value in &order.design {
        let Ok((id, value)) = product.read_choice(&value.code, &value.value) else { return order };
        design = design.with(id, value);
    }
    let quote = product.quote(&design);
    if quote.total.amount != order.total || order.design.len() != product.attributes.len() {
        return order;
    }
    for value in &mut order.design {
        if let Some(id) = product.by_code(&value.code) {
            value.label.clone_from(&product.attribute(id).label);
            value.words = product.describe(id, design.value(id));
        }
    }
    order.product_name.clone_from(&product.name);
    let lines = quote.lines.into_iter();
    order.lines = lines.map(|line| OrderedLine { label: line.label, amount: line.amount.amount }).collect();
    order
}

/// What the store keeps of an idempotency key. The buyer and the product are part of it: whoever guesses somebody
/// else's id shall not be shown their order.
fn request_key(
    id: Option<&str>,
    slug: &Slug,
    revision: RevisionNumber,
    choices: &[(String, String)],
    buyer: &Buyer,
) -> Option<String> {
    let id = id.map(str::trim).filter(|id| !id.is_empty())?;
    let revision = revision.to_string();
    let mut parts =
        vec![id, slug.as_str(), &revision, &buyer.name, &buyer.email, &buyer.address, &buyer.note];
    parts.extend(choices.iter().flat_map(|(code, value)| [code.as_str(), value.as_str()]));
    Some(token_hash(&parts.join("\0")))
}

/// The use that a personal start stands for, as far as the product asks about it.
fn known_use(revision: &Revision, start: &Start) -> Option<String> {
    match start {
        Start::Standard => None,
        Start::Personal { stated_use } => revision.known_use(stated_use.as_deref()).map(str::to_owned),
    }
}

/// Everything an order is made of.
struct Snapshot {
    token: String,
    request_key: Option<String>,
    placed_at: OffsetDateTime,
    stated_use: Option<String>,
    buyer: Buyer,
    choices: Choices,
    default: StartingDesign,
}

impl Snapshot {
    fn complete(&self, product: &Configured) -> Result<Design, OrderError> {
        product.complete(&self.choices, &self.default.design).map_err(|error| {
            OrderError::Invalid(vec![match error {
                NoCompletion::Conflict(reason) => reason.sentence,
                NoCompletion::TooComplex(_) => Language::ENGLISH.shop().not_completed().to_owned(),
            }])
        })
    }

    /// The order of a complete design, which is checked and priced anew.
    fn order(self, revision: &Revision, design: &Design) -> Result<NewOrder, OrderError> {
        let product = &revision.product;
        let violations = product.validate(design);
        if !violations.is_empty() {
            let sentences = violations.into_iter().map(|violation| violation.sentence);
            return Err(OrderError::Invalid(sentences.collect()));
        }
        let quote = product.quote(design);
        Ok(NewOrder {
            design: self.values(product, design),
            token: self.token,
            request_key: self.request_key,
            placed_at: self.placed_at,
            slug: revision.slug.clone(),
            revision: revision.number,
            product_name: product.name.clone(),
            lines: quote
                .lines
                .into_iter()
                .map(|line| OrderedLine { label: line.label, amount: line.amount.amount })
                .collect(),
            total: quote.total.amount,
            currency: quote.total.currency.code().to_owned(),
            lead_time_days: quote.lead_time_days,
            weight: quote.weight,
            points: quote.points,
            picture: preview::compose(product, &revision.bundle.drawings, design),
            stated_use: self.stated_use,
            buyer: self.buyer,
        })
    }

    fn values(&self, product: &Product, design: &Design) -> Vec<OrderedValue> {
        let mut values = Vec::with_capacity(product.attributes.len());
        for ((id, attribute), (_, value)) in product.ids().zip(design.iter()) {
            let origin = if attribute.locked {
                ValueOrigin::AlwaysSo
            } else if self.choices.get(id).is_some() {
                ValueOrigin::Chosen
            } else if value == self.default.design.value(id) {
                let people = self.default.people(product).to_owned();
                ValueOrigin::Default { evidence: self.default.evidence(id), people }
            } else {
                ValueOrigin::Adjusted
            };
            values.push(OrderedValue {
                code: attribute.code.clone(),
                label: attribute.label.clone(),
                value: product.write_value(id, value),
                words: product.describe(id, value),
                origin,
            });
        }
        values
    }
}

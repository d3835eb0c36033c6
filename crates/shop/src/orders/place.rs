//! Placing orders.

use configurator::{RevisionNumber, Slug};
use personalize::{Start, StartingDesign};

use super::buyer::Buyer;
use super::order::{Order, OrderContent};
use super::order_error::OrderError;
use super::snapshot::Snapshot;
use crate::catalogue::revision::Revision;
use crate::designs::opened::Opened;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::store_error::StoreError;

/// What a shopper wants to order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderRequest {
    /// The product.
    pub slug: Slug,
    /// The revision the design is pinned to.
    pub revision: RevisionNumber,
    /// Complete or partial: attribute codes, and values as [`configurator::Product::write_value`] writes them.
    pub choices: Vec<(String, String)>,
    /// What the design started from.
    pub start: Start,
    /// Who orders.
    pub buyer: Buyer,
    /// Idempotency key: the same id from the same buyer returns the order placed before.
    pub request_id: Option<String>,
}

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
        let snapshot = Snapshot { token, placed_at, stated_use, buyer, choices, default };
        let work = move || {
            let design = snapshot.complete(&revision.product)?;
            snapshot.content(&revision, &revision.product, &design)
        };
        let content = self.executor.run(work).await??;
        self.keep(content, request_key.as_deref()).await
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
        let snapshot = Snapshot { token, placed_at, stated_use, buyer, choices, default };
        let work = move || snapshot.content(&revision, &product, &design);
        let content = self.executor.run(work).await??;
        self.keep(content, request_key.as_deref()).await
    }

    async fn keep(&self, content: OrderContent, request_key: Option<&str>) -> Result<Order, OrderError> {
        let order = self.store.place_order(content, request_key).await?;
        tracing::info!(number = %order.number, product = %order.content.slug, "an order was placed");
        Ok(order)
    }

    async fn placed_before(&self, request_key: Option<&str>) -> Result<Option<Order>, StoreError> {
        match request_key {
            Some(key) => self.store.order_by_request(key).await,
            None => Ok(None),
        }
    }
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

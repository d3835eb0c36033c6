//! Placing orders.

use configurator::{Quantity, RevisionNumber, Slug};
use personalize::{Asker, Start, StartingDesign};
use time::{Date, Duration};

use super::buyer::{Buyer, normal_email};
use super::in_hand::OrderInHand;
use super::order::{OrderContent, OrderNumber, Receipt};
use super::order_error::OrderError;
use super::snapshot::{Snapshot, Terms};
use super::store::{NewOrder, Placing, RepeatQuery, RequestKey};
use crate::catalogue::revision::Revision;
use crate::designs::advise::taken;
use crate::designs::consent::Consent;
use crate::designs::opened::Opened;
use crate::drafts::previewed::not_previewed;
use crate::error::ShopError;
use crate::mail::store::NewOrderMail;
use crate::secret::{token, token_hash};
use crate::shop::Shop;

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
    /// How many pieces.
    pub quantity: Quantity,
    /// Who orders.
    pub buyer: Buyer,
    /// Idempotency key: the same request with the same id returns the order placed before.
    pub request_id: Option<String>,
}

/// A design that was opened and is to be ordered.
#[derive(Clone, Debug)]
pub struct OpenedOrder {
    /// The design, complete.
    pub opened: Opened,
    /// How many pieces.
    pub quantity: Quantity,
    /// Who orders.
    pub buyer: Buyer,
    /// Idempotency key, as in [`OrderRequest`].
    pub request_id: String,
    /// That it may be the same as the order of a moment ago with this number.
    pub another: Option<OrderNumber>,
    /// Whether it is counted in the sums of the product's page ([`Shop::count_order`]).
    pub counted: bool,
    /// What they agreed to: as far as that goes, what is known of them is kept with the order, to learn from.
    pub consent: Consent,
}

impl OpenedOrder {
    fn key(&self) -> Option<RequestKey> {
        request_key(Some(&self.request_id), opened_body(&self.opened, self.quantity, &self.buyer))
    }
}

/// An order that is checked, before it has a token.
pub(super) struct Ready {
    content: OrderContent,
    /// What its buyer reads: a tag of BCP 47.
    language: &'static str,
    /// The day on which it is counted; nothing where it is not.
    counted_on: Option<Date>,
    asker: Asker,
}

/// What an order is for, and the token that is to open it.
pub(super) struct Wanted {
    slug: Slug,
    revision: RevisionNumber,
    token: String,
}

impl Wanted {
    pub(super) fn of(order: &NewOrder, token: String) -> Self {
        Self { slug: order.content.slug.clone(), revision: order.content.revision, token }
    }
}

/// For how long the same design by the same buyer is taken for a mistake unless they say that it is none.
const MOMENT: Duration = Duration::minutes(30);

impl Shop {
    /// Places an order for a design, priced and checked anew against the revision it is pinned to.
    ///
    /// A partial design is completed from its start. Personal defaults move as orders come in; a caller that showed a
    /// complete design sends all of its values to have exactly that one.
    ///
    /// # Errors
    /// The design is not valid, a choice can't be read, a field of the buyer is missing, there is no such product or
    /// revision, its offer has ended, the idempotency key was used for something else, more orders are in hand than can be
    /// placed within a moment, or the store failed. Nothing is written then.
    pub async fn place_order(&self, request: OrderRequest) -> Result<Receipt, OrderError> {
        let buyer = request.buyer.clone().checked().map_err(OrderError::Buyer)?;
        let (slug, revision) = (&request.slug, request.revision);
        let asked = Asked { slug, revision, start: &request.start, choices: &request.choices };
        let key = request_key(request.request_id.as_deref(), body_of(&asked, request.quantity, &buyer));
        let taken = self.take_order()?;
        let placed = self.place_new(&request, buyer, key.clone()).await;
        let placed = self.or_before(placed, key.as_ref()).await?;
        taken.placed();
        Ok(placed)
    }

    async fn place_new(
        &self,
        request: &OrderRequest,
        buyer: Buyer,
        key: Option<RequestKey>,
    ) -> Result<Receipt, OrderError> {
        let (slug, number) = (&request.slug, request.revision);
        self.may_be_ordered(slug, number).await?;
        let revision = self.revision(slug, number).await?;
        let pairs = request.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
        let choices = revision.product.read_choices(pairs)?;
        if let Start::Personal { base: Some(base), .. } = &request.start {
            revision
                .product
                .read_choices(base.iter().map(|(code, value)| (code.as_str(), value.as_str())))?;
        }
        let stated_use = known_use(&revision, &request.start);
        let default = match &request.start {
            Start::Standard => StartingDesign::standard(&revision.product),
            Start::Personal { stated_use, base } => {
                let nobody = Consent::default();
                self.personal_start(&revision, stated_use.as_deref(), base.as_deref(), &nobody).await?.1
            }
            Start::Needs { asked, base } => {
                let (product, asked, base) = (revision.product.clone(), asked.clone(), base.clone());
                self.executor.run(move || taken(&product, &asked, &base)).await?.1
            }
        };
        let (quantity, terms) = (request.quantity, self.terms());
        let snapshot =
            Snapshot { placed_at: self.now(), stated_use, buyer, choices, default, quantity, terms };
        let language = revision.product.words().locale.tag;
        let work = move || {
            let design = snapshot.complete(&revision.product)?;
            snapshot.content(&revision, &revision.product, &design)
        };
        let content = self.executor.run(work).await??;
        self.write(Ready { content, language, counted_on: None, asker: Asker::default() }, key).await
    }

    /// A place for an order whose design is to be opened.
    ///
    /// # Errors
    /// More orders are in hand than can be placed within a moment.
    pub fn take_order(&self) -> Result<OrderInHand<'_>, ShopError> {
        self.orders_in_hand.take()
    }

    /// Whether one more order could be placed within a moment, without taking a place for it.
    #[must_use]
    pub fn has_room_for_orders(&self) -> bool {
        self.orders_in_hand.has_room()
    }

    /// Places an order for a design that was opened, as [`Shop::place_order`] does; it is complete already.
    ///
    /// # Errors
    /// As there; [`OrderError::OrderedBefore`] when the buyer ordered the same a moment ago and does not say that they
    /// want another one.
    pub async fn place_opened(
        &self,
        mut order: OpenedOrder,
        taken: OrderInHand<'_>,
    ) -> Result<Receipt, OrderError> {
        order.buyer = order.buyer.checked().map_err(OrderError::Buyer)?;
        let key = order.key();
        let placed = self.place_new_opened(order, key.clone()).await;
        let placed = self.or_before(placed, key.as_ref()).await?;
        taken.placed();
        Ok(placed)
    }

    async fn place_new_opened(
        &self,
        order: OpenedOrder,
        key: Option<RequestKey>,
    ) -> Result<Receipt, OrderError> {
        let OpenedOrder { opened, quantity, buyer, another, counted, consent, .. } = order;
        let ready = self.ready(opened, quantity, buyer, (&consent, counted)).await?;
        let repeated = self.repeated(&ready).await?.filter(|number| another != Some(*number));
        if let Some(number) = repeated {
            return Err(OrderError::OrderedBefore { number });
        }
        self.write(ready, key).await
    }

    /// So many pieces of a design that was opened, checked and priced anew, with what its buyer agreed to and whether it is counted.
    pub(super) async fn ready(
        &self,
        opened: Opened,
        quantity: Quantity,
        buyer: Buyer,
        (consent, counted): (&Consent, bool),
    ) -> Result<Ready, OrderError> {
        let Opened { revision, product, start, choices, default, design, .. } = opened;
        not_previewed(&revision.slug)?;
        // What is kept of a customer is told and forgotten by their address; under another one it would stay, and be somebody else's.
        let orders_for_another =
            consent.customer.as_ref().is_some_and(|customer| customer.email != normal_email(&buyer.email));
        let asker = match orders_for_another {
            true => Asker::default(),
            false => self.asker_of_order(&start, consent).await?,
        };
        // What a campaign link states, its shopper did not.
        let stated_use = known_use(&revision, &start).filter(|_| consent.given);
        let terms = self.terms();
        let snapshot =
            Snapshot { placed_at: self.now(), stated_use, buyer, choices, default, quantity, terms };
        let language = product.words().locale.tag;
        let work = move || snapshot.content(&revision, &product, &design);
        let content = self.executor.run(work).await??;
        Ok(Ready { content, language, counted_on: counted.then(|| self.today()), asker })
    }

    /// What the very same request placed before, if it did.
    ///
    /// # Errors
    /// Its idempotency key was used for something else, or the store failed.
    pub async fn placed_opened(&self, order: &OpenedOrder) -> Result<Option<Receipt>, OrderError> {
        let mut order = order.clone();
        let Ok(buyer) = order.buyer.checked() else { return Ok(None) };
        order.buyer = buyer;
        self.placed_before(order.key().as_ref()).await
    }

    /// What became of a request; where nothing did, what it placed before. Whoever asks for the first time, as almost
    /// everybody does, is spared the question: the store asks it once more when it writes.
    async fn or_before(
        &self,
        placed: Result<Receipt, OrderError>,
        key: Option<&RequestKey>,
    ) -> Result<Receipt, OrderError> {
        match placed {
            Err(error) => self.placed_before(key).await?.ok_or(error),
            placed => placed,
        }
    }

    /// What is promised with an order of this moment.
    fn terms(&self) -> Terms {
        Terms { calendar: self.calendar(), vat: self.profile().vat, return_days: self.profile().return_days }
    }

    /// An order with the mail that tells its buyer, and the token that opens its page.
    pub(super) fn new_order(&self, ready: Ready, request: Option<RequestKey>) -> (NewOrder, String) {
        let Ready { content, language, counted_on, asker } = ready;
        let token = token::<16>(self.environment.as_ref());
        let order = NewOrder {
            content,
            token_hash: token_hash(&token),
            request,
            language: language.to_owned(),
            mail: Some(NewOrderMail { token: token.clone() }),
            counted_on,
            asker,
            basket: None,
        };
        (order, token)
    }

    async fn write(&self, ready: Ready, request: Option<RequestKey>) -> Result<Receipt, OrderError> {
        let (order, token) = self.new_order(ready, request);
        let wanted = Wanted::of(&order, token);
        let placing = self.store.place_order(order).await?;
        self.receipt(placing, wanted).await
    }

    /// What became of an order, for whoever placed it.
    pub(super) async fn receipt(&self, placing: Placing, wanted: Wanted) -> Result<Receipt, OrderError> {
        if let Placing::Placed(order) = &placing {
            tracing::info!(number = %order.number, product = %order.slug, "an order was placed");
        }
        if placing == Placing::Withdrawn {
            // Since it was asked for: this says why.
            self.offered(&wanted.slug, wanted.revision).await?;
        }
        receipt(placing, wanted.token)
    }

    /// What the same request placed before.
    pub(super) async fn placed_before(
        &self,
        request: Option<&RequestKey>,
    ) -> Result<Option<Receipt>, OrderError> {
        let Some(request) = request else { return Ok(None) };
        let token = token::<16>(self.environment.as_ref());
        let placed = self.store.placed_before(request, &token_hash(&token)).await?;
        placed.map(|placing| receipt(placing, token)).transpose()
    }

    /// The order of a moment ago that has the same design and buyer.
    pub(super) async fn repeated(&self, ready: &Ready) -> Result<Option<OrderNumber>, OrderError> {
        let content = &ready.content;
        let choices: Vec<_> =
            content.design.iter().map(|value| (value.code.clone(), value.value.clone())).collect();
        let repeat = RepeatQuery {
            slug: &content.slug,
            revision: content.revision,
            choices: &choices,
            email: &content.buyer.email,
            since: content.placed_at - MOMENT,
        };
        Ok(self.store.repeated_order(repeat).await?)
    }
}

fn receipt(placing: Placing, token: String) -> Result<Receipt, OrderError> {
    let is_new = matches!(placing, Placing::Placed(_));
    match placing {
        Placing::Placed(order) | Placing::PlacedBefore(order) => Ok(Receipt { order, token, is_new }),
        Placing::KeyUsed(number) => Err(OrderError::KeyUsed { number }),
        // Offered again in the same moment: it may be sent once more.
        Placing::Withdrawn | Placing::HeldBack => Err(ShopError::Busy.into()),
    }
}

/// What the store keeps of a request with an idempotency key. What was asked for is part of it: whoever guesses somebody
/// else's id shall not be shown their order.
fn request_key(id: Option<&str>, body: String) -> Option<RequestKey> {
    let id = id.map(str::trim).filter(|id| !id.is_empty())?;
    Some(RequestKey { key: token_hash(id), body })
}

/// What is asked for with so many pieces of a design that was opened, hashed.
pub(super) fn opened_body(opened: &Opened, quantity: Quantity, buyer: &Buyer) -> String {
    let (slug, revision) = (&opened.revision.slug, opened.revision.number);
    let asked = Asked { slug, revision, start: &opened.start, choices: &opened.pairs() };
    body_of(&asked, quantity, buyer)
}

/// What is asked for, hashed.
fn body_of(asked: &Asked<'_>, quantity: Quantity, buyer: &Buyer) -> String {
    let (revision, pieces) = (asked.revision.to_string(), quantity.get().to_string());
    let start = match asked.start {
        Start::Standard => String::new(),
        Start::Personal { stated_use, base } => {
            let base = base.as_deref().unwrap_or_default();
            written(stated_use.as_deref().unwrap_or("personal").to_owned(), base)
        }
        Start::Needs { asked, base } => written(format!("\u{1}{asked}"), base),
    };
    let mut parts =
        vec![asked.slug.as_str(), &revision, &start, &buyer.name, &buyer.email, &buyer.address, &buyer.note];
    parts.extend(asked.choices.iter().flat_map(|(code, value)| [code.as_str(), value.as_str()]));
    // One piece is written as older releases wrote every order.
    if quantity > Quantity::ONE {
        parts.push(&pieces);
    }
    token_hash(&parts.join("\0"))
}

/// A start with the design that it carries.
fn written(start: String, base: &[(String, String)]) -> String {
    base.iter().fold(start, |start, (code, value)| start + "\u{1}" + code + "\u{1}" + value)
}

/// The design that a request asks for.
struct Asked<'a> {
    slug: &'a Slug,
    revision: RevisionNumber,
    start: &'a Start,
    choices: &'a [(String, String)],
}

/// The use that a personal start stands for, as far as the product asks about it.
fn known_use(revision: &Revision, start: &Start) -> Option<String> {
    match start {
        Start::Standard | Start::Needs { .. } => None,
        Start::Personal { stated_use, .. } => revision.known_use(stated_use.as_deref()).map(str::to_owned),
    }
}

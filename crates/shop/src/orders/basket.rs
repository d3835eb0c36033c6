//! Orders of several designs with one form, all or none. Each is an order of its own; what ties them is their basket.

use configurator::Quantity;

use super::buyer::Buyer;
use super::in_hand::OrderInHand;
use super::order::{Order, Receipt};
use super::order_error::OrderError;
use super::place::{Wanted, opened_body};
use super::store::{NewOrder, Placing, RequestKey};
use crate::designs::consent::Consent;
use crate::designs::opened::Opened;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::store_error::StoreError;

/// Most designs of a basket.
pub const MOST_LINES: usize = 20;

/// A design of a basket.
#[derive(Clone, Debug)]
pub struct BasketLine {
    /// The design, complete.
    pub opened: Opened,
    /// How many pieces.
    pub quantity: Quantity,
    /// What the shopper agreed to, as in [`super::OpenedOrder`].
    pub consent: Consent,
}

/// Designs to be ordered together.
#[derive(Clone, Debug)]
pub struct BasketOrder {
    /// The designs, at most [`MOST_LINES`].
    pub lines: Vec<BasketLine>,
    /// Who orders.
    pub buyer: Buyer,
    /// Idempotency key of the whole: the same basket with the same id returns the orders placed before.
    pub request_id: String,
    /// May be what was ordered a moment ago.
    pub another: bool,
    /// Whether the orders are counted in the sums of their products' pages ([`Shop::count_order`]).
    pub counted: bool,
}

/// Why a basket was not ordered. Nothing of it is written then.
#[derive(Debug, thiserror::Error)]
pub enum BasketError {
    /// One of its designs can't be ordered.
    #[error("design {} of the basket: {error}", .line + 1)]
    Line {
        /// Which, from 0 on.
        line: usize,
        /// Why.
        error: OrderError,
    },
    /// The whole of it.
    #[error(transparent)]
    Whole(#[from] OrderError),
}

impl BasketError {
    /// Why nothing was ordered, where it came up with one of the designs.
    fn at(line: usize, error: OrderError) -> Self {
        match error {
            OrderError::Buyer(_)
            | OrderError::KeyUsed { .. }
            | OrderError::Shop(
                ShopError::Busy | ShopError::OverShare | ShopError::Store(_) | ShopError::Failed(_),
            ) => Self::Whole(error),
            error => Self::Line { line, error },
        }
    }
}

impl BasketOrder {
    /// With its buyer checked.
    fn checked(mut self) -> Result<Self, OrderError> {
        self.buyer = self.buyer.checked().map_err(OrderError::Buyer)?;
        Ok(self)
    }

    /// What the store keeps of the request with each order: a key of its own, and what the whole asked for.
    fn keys(&self) -> Vec<Option<RequestKey>> {
        let id = self.request_id.trim();
        let bodies = self.lines.iter().map(|line| opened_body(&line.opened, line.quantity, &self.buyer));
        let whole = token_hash(&bodies.collect::<Vec<_>>().join("\0"));
        let key = |line| RequestKey { key: token_hash(&format!("{id}\0{line}")), body: whole.clone() };
        (0..self.lines.len()).map(|line| (!id.is_empty()).then(|| key(line))).collect()
    }
}

impl Shop {
    /// Places an order for each design of a basket, as [`Shop::place_opened`] does for one: all of them, or none. Their numbers
    /// follow each other in the order of the lines, and one mail tells of all.
    ///
    /// # Errors
    /// As there, of the first design with which anything is wrong. Nothing is written then.
    pub async fn place_basket(
        &self,
        order: BasketOrder,
        taken: OrderInHand<'_>,
    ) -> Result<Vec<Receipt>, BasketError> {
        let order = order.checked()?;
        let keys = order.keys();
        let placed = match self.place_new_basket(order, &keys).await {
            Err(error) => self.basket_before(&keys).await?.ok_or(error)?,
            Ok(placed) => placed,
        };
        taken.placed();
        Ok(placed)
    }

    /// What the very same request placed before, if it did.
    ///
    /// # Errors
    /// Its idempotency key was used for something else, or the store failed.
    pub async fn basket_placed(&self, order: &BasketOrder) -> Result<Option<Vec<Receipt>>, BasketError> {
        let Ok(order) = order.clone().checked() else { return Ok(None) };
        self.basket_before(&order.keys()).await
    }

    /// The orders of the same basket as this one, with it, by number; empty where it was ordered alone.
    ///
    /// # Errors
    /// The store failed.
    pub async fn ordered_together(&self, order: &Order) -> Result<Vec<Order>, StoreError> {
        let Some(basket) = &order.basket else { return Ok(Vec::new()) };
        let orders = self.store.orders_of_basket(basket).await?;
        Ok(if orders.len() > 1 { orders } else { Vec::new() })
    }

    async fn place_new_basket(
        &self,
        order: BasketOrder,
        keys: &[Option<RequestKey>],
    ) -> Result<Vec<Receipt>, BasketError> {
        let BasketOrder { lines, buyer, another, counted, .. } = order;
        let basket = (lines.len() > 1).then(|| token::<16>(self.environment.as_ref()));
        let (mut orders, mut wanted) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
        for (line, (BasketLine { opened, quantity, consent }, key)) in lines.into_iter().zip(keys).enumerate()
        {
            let at = |error| BasketError::at(line, error);
            let ready = self.ready(opened, quantity, buyer.clone(), (&consent, counted)).await.map_err(at)?;
            let repeated = if another { None } else { self.repeated(&ready).await.map_err(at)? };
            if let Some(number) = repeated {
                return Err(at(OrderError::OrderedBefore { number }));
            }
            let (order, token) = self.new_order(ready, key.clone());
            wanted.push(Wanted::of(&order, token));
            // The mail of the first one tells of all.
            let mail = if line == 0 { order.mail } else { None };
            orders.push(NewOrder { basket: basket.clone(), mail, ..order });
        }
        let placings = self.store.place_orders(orders).await.map_err(OrderError::from)?;
        self.receipts(placings, wanted).await
    }

    /// What became of the orders of a basket, for whoever placed it.
    async fn receipts(
        &self,
        placings: Vec<Placing>,
        wanted: Vec<Wanted>,
    ) -> Result<Vec<Receipt>, BasketError> {
        let (mut receipts, many) = (Vec::with_capacity(wanted.len()), wanted.len());
        for (line, (placing, wanted)) in placings.into_iter().zip(wanted).enumerate() {
            // Another line says why.
            if placing != Placing::HeldBack {
                let receipt = self.receipt(placing, wanted).await;
                receipts.push(receipt.map_err(|error| BasketError::at(line, error))?);
            }
        }
        if receipts.len() < many {
            return Err(OrderError::from(ShopError::Busy).into());
        }
        Ok(receipts)
    }

    /// What the request with these keys placed before.
    async fn basket_before(&self, keys: &[Option<RequestKey>]) -> Result<Option<Vec<Receipt>>, BasketError> {
        let mut receipts = Vec::with_capacity(keys.len());
        for key in keys {
            // None is found where nothing was placed; one alone is missing where its buyer was erased since.
            receipts.extend(self.placed_before(key.as_ref()).await?);
        }
        Ok(Some(receipts).filter(|receipts| !receipts.is_empty()))
    }
}

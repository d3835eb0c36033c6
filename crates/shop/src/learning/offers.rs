//! What is offered beside a design as choices come in.

use configurator::{Choices, OptionId, Quote, Value};
use personalize::Start;
use personalize::offers::{Change, Offer};

use crate::designs::{Consent, Opened};
use crate::error::ShopError;
use crate::shop::Shop;

/// Most offers at once.
const MOST_OFFERS: usize = 3;

/// An offer with its price and picture, and what it is taken by.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The design and what it has otherwise.
    pub offer: Offer,
    /// What it costs.
    pub quote: Quote,
    /// Its picture, as SVG.
    pub picture: String,
    /// What the design starts from once it is taken; choices stay choices.
    pub start: Start,
}

/// A value that others with the same choices have, which one choice takes.
#[derive(Clone, Debug, PartialEq)]
pub struct LikelierValue {
    /// The attribute, its value, and what speaks for it.
    pub change: Change,
    /// The option that is chosen, or added or taken away where an attribute has several.
    pub option: OptionId,
    /// The choices with it.
    pub choices: Choices,
    /// What it does to the total, in minor units.
    pub price_change: i64,
}

impl Shop {
    /// What others with these choices have, the most probable first: one offer, or up to three that differ. `None` while nothing
    /// is learnt of the product. Without consent this visit's choices alone are used, not what the shopper said before.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn offers(
        &self,
        opened: &Opened,
        consent: &Consent,
        several: bool,
    ) -> Result<Option<Vec<Offered>>, ShopError> {
        let Some(model) = self.model(&opened.revision).await? else { return Ok(None) };
        let stated_use = agreed_use(opened, consent);
        let (opened, most) = (opened.clone(), if several { MOST_OFFERS } else { 1 });
        let work = move || {
            let (product, choices) = (&opened.product, &opened.choices);
            let found = model.learnt.offers(product, stated_use.as_deref(), choices, &opened.design, most);
            let offered = |offer: Offer| {
                let base = product.choices_for(&offer.design, product.standard());
                let base = Some(product.write_choices(&base));
                Offered {
                    quote: product.quote(&offer.design),
                    picture: preview::compose(product, &opened.revision.bundle.drawings, &offer.design),
                    start: Start::Personal { stated_use: stated_use.clone(), base },
                    offer,
                }
            };
            found.into_iter().map(offered).collect()
        };
        self.executor.run(work).await.map(Some)
    }

    /// Of what others with these choices have, the one value that most of them have and that is taken by one choice which moves
    /// nothing else. Nothing while nothing is learnt of the product, and where nothing is clearly likelier than what is shown.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn likelier_value(
        &self,
        opened: &Opened,
        consent: &Consent,
    ) -> Result<Option<LikelierValue>, ShopError> {
        let Some(model) = self.model(&opened.revision).await? else { return Ok(None) };
        let stated_use = agreed_use(opened, consent);
        let opened = opened.clone();
        let work = move || {
            let (product, choices) = (&opened.product, &opened.choices);
            let offers = model.learnt.offers(product, stated_use.as_deref(), choices, &opened.design, 1);
            let changes = offers.into_iter().flat_map(|offer| offer.changes);
            let mut found: Vec<LikelierValue> =
                changes.filter_map(|change| taken_alone(&opened, change)).collect();
            // The share of those who have it; of equals the first in the product's order.
            let share = |value: &LikelierValue| {
                let evidence = value.change.evidence.as_ref();
                evidence.map_or(0.0, |told| f64::from(told.agreeing) / f64::from(told.orders.max(1)))
            };
            found.sort_by(|one, other| share(other).total_cmp(&share(one)));
            found.into_iter().next()
        };
        self.executor.run(work).await
    }
}

/// The use that a shopper agreed to be known by.
fn agreed_use(opened: &Opened, consent: &Consent) -> Option<String> {
    match (&opened.start, &consent.stated_use) {
        _ if !consent.given => None,
        (Start::Personal { stated_use: Some(stated_use), .. }, _) | (_, Some(stated_use)) => {
            opened.revision.known_use(Some(stated_use)).map(str::to_owned)
        }
        (Start::Standard | Start::Personal { .. } | Start::Needs { .. }, None) => None,
    }
}

/// The option whose choice takes a change that orders speak for, where that moves nothing else.
fn taken_alone(opened: &Opened, change: Change) -> Option<LikelierValue> {
    let product = &opened.product;
    change.evidence.as_ref()?;
    let option = match (opened.design.value(change.attribute), &change.value) {
        (Value::Option(_), Value::Option(option)) => *option,
        (Value::Options(before), Value::Options(after)) => {
            let mut others = product.attribute(change.attribute).option_ids().map(|(option, _)| option);
            let differs = |option: &OptionId| before.contains(*option) != after.contains(*option);
            let option = others.by_ref().find(differs)?;
            if others.any(|option| differs(&option)) {
                return None;
            }
            option
        }
        _ => return None,
    };
    let choices = opened.choices.clone().with(change.attribute, change.value.clone());
    let design = product.complete(&choices, &opened.default.design).ok()?;
    let moves = design.iter().any(|(id, value)| id != change.attribute && opened.design.value(id) != value);
    if moves || *design.value(change.attribute) != change.value {
        return None;
    }
    let price_change = product.quote(&design).total.amount - product.quote(&opened.design).total.amount;
    Some(LikelierValue { change, option, choices, price_change })
}

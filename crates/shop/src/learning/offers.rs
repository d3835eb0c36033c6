//! What is offered beside a design as choices come in.

use configurator::Quote;
use personalize::Start;
use personalize::asker::Group;
use personalize::offers::{Beside, LikelierValue, Offer};

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
    /// Groups that the shopper is of, whose orders speak before those of their use.
    pub like: Vec<Group>,
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
        let stated_use = opened.agreed_use(consent);
        let asker = self.asker_for(&model, &opened.start, consent).await?;
        let (opened, most) = (opened.clone(), if several { MOST_OFFERS } else { 1 });
        let work = move || {
            let product = &opened.product;
            let known = model.learnt.known_as(product, &asker);
            let found = known.offers(beside(&opened, stated_use.as_deref()), most);
            let offered = |offer: Offer| {
                let base = product.choices_for(&offer.design, product.standard());
                let base = Some(product.write_choices(&base));
                Offered {
                    quote: product.quote(&offer.design),
                    picture: preview::compose(product, &opened.revision.bundle.drawings, &offer.design),
                    start: Start::Personal { stated_use: stated_use.clone(), base },
                    like: known.like().to_vec(),
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
        let stated_use = opened.agreed_use(consent);
        let asker = self.asker_for(&model, &opened.start, consent).await?;
        let opened = opened.clone();
        let work = move || {
            let beside = beside(&opened, stated_use.as_deref());
            model.learnt.known_as(&opened.product, &asker).likelier_value(beside, &opened.default.design)
        };
        self.executor.run(work).await
    }
}

fn beside<'o>(opened: &'o Opened, stated_use: Option<&'o str>) -> Beside<'o> {
    let Opened { product, choices, design, .. } = opened;
    Beside { product, stated_use, choices, shown: design }
}

impl Opened {
    /// The use that a shopper agreed to be known by.
    #[must_use]
    pub fn agreed_use(&self, consent: &Consent) -> Option<String> {
        match (&self.start, &consent.stated_use) {
            _ if !consent.given => None,
            (Start::Personal { stated_use: Some(stated_use), .. }, _) | (_, Some(stated_use)) => {
                self.revision.known_use(Some(stated_use)).map(str::to_owned)
            }
            (Start::Standard | Start::Personal { .. } | Start::Needs { .. }, None) => None,
        }
    }
}

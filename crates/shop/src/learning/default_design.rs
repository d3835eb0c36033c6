//! Learning from orders which design a shopper starts from.

use configurator::Product;
use personalize::{DefaultPolicy, MostFrequent, PastDesign, StartingDesign};
use time::Duration;

use super::learnt::{Learnt, Subject};
use super::store::PastDesignRow;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// For how long a starting design stays before it is learnt anew.
const LEARNT_FOR: Duration = Duration::minutes(1);
/// Fewest orders that a starting design is learnt from.
const LEAST_ORDERS: u32 = 20;

impl Shop {
    /// The design that a shopper with this stated use starts from, learnt from past orders within the last minute. A
    /// use that is none of the product's answers counts as none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn default_design(
        &self,
        revision: &Revision,
        stated_use: Option<&str>,
    ) -> Result<StartingDesign, ShopError> {
        let stated_use = revision.known_use(stated_use).map(str::to_owned);
        let subject = Subject { slug: revision.slug.clone(), revision: revision.number, stated_use };
        let now = self.now();
        if let Some(learnt) = self.starting_designs.get(&subject)
            && (now - learnt.at).abs() < LEARNT_FOR
        {
            return Ok(learnt.starting_design);
        }
        let rows = self.store.past_designs(&revision.slug).await?;
        let revision = self.revision(&revision.slug, revision.number).await?;
        let stated_use = subject.stated_use.clone();
        let starting_design = self
            .executor
            .run(move || {
                let product = &revision.product;
                let past: Vec<PastDesign> = rows.iter().filter_map(|row| past_design(product, row)).collect();
                MostFrequent { least: LEAST_ORDERS }.default_design(product, stated_use.as_deref(), &past)
            })
            .await?;
        self.starting_designs.insert(subject, Learnt { at: now, starting_design: starting_design.clone() });
        Ok(starting_design)
    }
}

/// What was ordered, read against a product it was perhaps not ordered from: attributes that are new have their
/// standard value. Nothing when some choice can't be read any more.
fn past_design(product: &Product, row: &PastDesignRow) -> Option<PastDesign> {
    let pairs = row.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
    let choices = product.read_choices(pairs).ok()?;
    let design =
        choices.iter().fold(product.standard().clone(), |design, (id, value)| design.with(id, value.clone()));
    Some(PastDesign {
        stated_use: row.stated_use.clone(),
        design: product.fitted(design),
        count: row.count,
        synthetic: row.synthetic,
    })
}

//! What visitors of an experiment do, counted.

use configurator::{Quantity, Slug};

use super::store::{Counted, VisitorsOrder};
use crate::designs::consent::Consent;
use crate::designs::opened::Opened;
use crate::error::ShopError;
use crate::insight::visit::Visit;
use crate::orders::order::OrderNumber;
use crate::shop::Shop;

impl Shop {
    /// Adds what a page told of a visit to what its visitor did, where they are in an experiment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn count_visit_in_experiment(
        &self,
        slug: &Slug,
        consent: &Consent,
        visit: &Visit,
    ) -> Result<(), ShopError> {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (edits, blocked) = (number(visit.changed.len()), number(visit.asked.len()));
        if edits == 0 && blocked == 0 {
            return Ok(());
        }
        let Some((running, visitor)) = self.visitor_of(slug, consent).await? else { return Ok(()) };
        let (code, since) = (&running.experiment.code, self.now() - running.experiment.setup.window());
        Ok(self.store.count_in_experiment(code, &visitor, since, Counted { edits, blocked }).await?)
    }

    /// Notes that an order that was placed is a visitor's, where they are in an experiment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn count_order_in_experiment(
        &self,
        opened: &Opened,
        quantity: Quantity,
        consent: &Consent,
        number: OrderNumber,
    ) -> Result<(), ShopError> {
        let found = self.visitor_of(&opened.revision.slug, consent).await?;
        let Some((running, visitor)) = found else { return Ok(()) };
        let product = &opened.revision.product;
        let at_standard = product.quote_for(product.standard(), quantity).total.amount;
        let began_with = &opened.default.design;
        let was_changed = opened.choices.iter().filter(|(id, value)| began_with.value(*id) != *value);
        let defaults_changed = u32::try_from(was_changed.count()).unwrap_or(u32::MAX);
        let order = VisitorsOrder { number, at_standard, defaults_changed };
        Ok(self.store.order_in_experiment(&running.experiment.code, &visitor, order).await?)
    }
}

//! Which options of long menus a shopper is shown first.

use configurator::{AttributeId, OptionId, StartPolicy, Value};
use personalize::Start;

use crate::designs::{Consent, Opened};
use crate::error::ShopError;
use crate::shop::Shop;

/// How long a menu is before only some of it is shown first, and how many those are at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortMenus {
    /// A menu of more options is long.
    pub longest: usize,
    /// Most options that are shown first.
    pub most: usize,
}

impl Shop {
    /// By attribute with a long menu: the options that those like the shopper have most, with what is chosen, the most probable first.
    /// Nothing without consent to personal starts, from another start than a personal one, while nothing is learnt, and where an experiment has them start otherwise.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn first_options(
        &self,
        opened: &Opened,
        consent: &Consent,
        menus: ShortMenus,
    ) -> Result<Vec<(AttributeId, Vec<OptionId>)>, ShopError> {
        let Start::Personal { stated_use, .. } = &opened.start else { return Ok(Vec::new()) };
        let long: Vec<AttributeId> = opened
            .product
            .ids()
            .filter(|(id, _)| matches!(opened.product.initial(*id), Value::Option(_)))
            .filter(|(_, attribute)| attribute.option_ids().count() > menus.longest)
            .map(|(id, _)| id)
            .collect();
        if !consent.given || long.is_empty() {
            return Ok(Vec::new());
        }
        let treated = self.treated(&opened.revision.slug, consent.visitor.as_deref()).await?;
        if treated.start(opened.revision.start_policy()) != StartPolicy::Learnt {
            return Ok(Vec::new());
        }
        let Some(model) = self.model(&opened.revision).await? else { return Ok(Vec::new()) };
        let (opened, stated_use) = (opened.clone(), stated_use.clone());
        let work = move || {
            let (product, choices) = (&opened.product, &opened.choices);
            let stated_use = treated.of_use(opened.revision.known_use(stated_use.as_deref()));
            let first = |id| {
                let first = model.learnt.first_options(product, stated_use, choices, id, menus.most)?;
                Some((id, first))
            };
            long.into_iter().filter_map(first).collect()
        };
        self.executor.run(work).await
    }
}

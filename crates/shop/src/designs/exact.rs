//! Designs taken exactly as they are said, as programs want them: what a page leaves out with a notice is an error here.

use std::sync::Arc;

use configurator::{
    ChoiceError, Choices, Configured, Design, Menu, NoCompletion, Product, Reason, Repair, Slug,
};
use personalize::Start;

use super::address::DesignAddress;
use super::consent::Consent;
use super::opened::Opened;
use super::read::Read;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// Why a design can't be taken as it is said.
#[derive(Debug, thiserror::Error)]
pub enum DesignError {
    /// A choice names nothing, or its attribute does not take it.
    #[error("{error}")]
    Choice {
        /// The attribute's code as it came.
        code: String,
        /// What is wrong.
        error: ChoiceError,
    },
    /// The choices can't stand together.
    #[error("these choices can't all stand together. {}", .reason.sentence)]
    Contradiction {
        /// The revision they were made on.
        revision: Arc<Revision>,
        /// Why not.
        reason: Reason,
    },
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// Ways to a value.
#[derive(Clone, Debug)]
pub struct Repairs {
    /// The design that they start from.
    pub opened: Opened,
    /// Why the value is blocked; nothing when it can be chosen as it stands.
    pub reason: Option<Reason>,
    /// Its causes one by one, in full.
    pub causes: Vec<String>,
    /// The ways, the smallest first; none when no valid design has the value.
    pub repairs: Vec<Repair>,
}

impl Shop {
    /// A design, completed.
    ///
    /// # Errors
    /// See [`DesignError`].
    pub async fn exact_design(&self, slug: &Slug, address: &DesignAddress) -> Result<Opened, DesignError> {
        let read = self.read_exactly(slug, address).await?;
        self.executor
            .run(move || {
                let design = read.ask(Configured::complete)?;
                Ok(read.with(design))
            })
            .await?
    }

    /// A design, completed, with its menu.
    ///
    /// # Errors
    /// See [`DesignError`].
    pub async fn exact_menu(
        &self,
        slug: &Slug,
        address: &DesignAddress,
    ) -> Result<(Opened, Menu), DesignError> {
        let read = self.read_exactly(slug, address).await?;
        self.executor
            .run(move || {
                let menu = read.ask(Configured::menu)?;
                Ok((read.with(menu.design.clone()), menu))
            })
            .await?
    }

    /// The smallest and cheapest changes of a design's choices that make a value possible, at most `most`, with the
    /// reason why it is not possible without.
    ///
    /// # Errors
    /// See [`DesignError`].
    pub async fn repairs(
        &self,
        slug: &Slug,
        address: &DesignAddress,
        wanted: (&str, &str),
        most: usize,
    ) -> Result<Repairs, DesignError> {
        let read = self.read_exactly(slug, address).await?;
        let (id, value) = read_choice(&read.product, wanted)?;
        self.executor
            .run(move || {
                let opened = {
                    let design = read.ask(Configured::complete)?;
                    read.with(design)
                };
                let (product, choices) = (&opened.product, &opened.choices);
                let reason = product.explain_blocked(choices, id, &value).map_err(ShopError::from)?;
                let causes = product.causes(choices, id, &value).map_err(ShopError::from)?;
                let causes = causes.map(|causes| causes.causes).unwrap_or_default();
                let repairs = product.repairs(choices, &opened.default.design, id, &value, most);
                let repairs = repairs.map_err(ShopError::from)?;
                Ok(Repairs { reason, causes, repairs, opened })
            })
            .await?
    }

    async fn read_exactly(&self, slug: &Slug, address: &DesignAddress) -> Result<Read, DesignError> {
        // Who asks for a personal start in so many words agrees to it.
        let consent = Consent { given: true, stated_use: None, ..Consent::default() };
        self.sold(slug).await?;
        let mut read = self.begin(slug, address.revision, address.start.as_ref(), &consent, None).await?;
        let product = &read.product;
        if let Some(Start::Personal { base: Some(base), .. }) = &address.start {
            for (code, value) in base {
                read_choice(product, (code, value))?;
            }
        }
        let mut choices = Choices::new();
        for (code, value) in &address.choices {
            let (id, value) = read_choice(product, (code, value))?;
            choices = choices.with(id, value);
        }
        read.choices = choices;
        Ok(read)
    }
}

fn read_choice(
    product: &Product,
    (code, value): (&str, &str),
) -> Result<(configurator::AttributeId, configurator::Value), DesignError> {
    product.read_choice(code, value).map_err(|error| DesignError::Choice { code: code.to_owned(), error })
}

impl Read {
    /// Asks the product about the choices, none of which is left out.
    fn ask<T>(
        &self,
        ask: fn(&Configured, &Choices, &Design) -> Result<T, NoCompletion>,
    ) -> Result<T, DesignError> {
        ask(&self.product, &self.choices, &self.default.design).map_err(|error| match error {
            NoCompletion::TooComplex(error) => ShopError::from(error).into(),
            NoCompletion::Conflict(reason) => {
                DesignError::Contradiction { revision: Arc::clone(&self.revision), reason }
            }
        })
    }
}

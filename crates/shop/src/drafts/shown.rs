//! The design by which something of a draft is seen: the valid one nearest to the standard that has an option, or that shows a layer.

use std::sync::Arc;

use configurator::source::{RuleSource, Source};
use configurator::{Configured, Design, Product, ValueShape};

use super::draft::Draft;
use super::lists::new_code;
use crate::error::ShopError;
use crate::shop::Shop;

/// Something of a draft that is to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownPart {
    /// The standard design.
    Standard,
    /// An option, by the codes of its attribute and its own.
    Option(String, String),
    /// A layer of the picture, by its place.
    Layer(usize),
}

/// The design by which it is seen.
#[derive(Clone, Debug)]
pub struct ShownDesign {
    /// The draft's product.
    pub product: Arc<Product>,
    /// The design; the standard where none was found.
    pub design: Design,
    /// Whether it has what is to be seen.
    pub is_found: bool,
    /// Whether finding one takes too long.
    pub is_open: bool,
}

impl ShownPart {
    /// The one that is written so: `standard`, `option:ATTRIBUTE:OPTION` or `layer:PLACE`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        if text == "standard" {
            return Some(Self::Standard);
        }
        match text.split_once(':')? {
            ("option", codes) => {
                let (attribute, option) = codes.split_once(':')?;
                Some(Self::Option(attribute.to_owned(), option.to_owned()))
            }
            ("layer", place) => place.parse().ok().map(Self::Layer),
            _ => None,
        }
    }

    /// What a design has to meet by which it is seen, in the rule language: nothing where any design does. `None` where the product has no
    /// such part.
    fn condition(&self, source: &Source) -> Option<Option<String>> {
        match self {
            Self::Standard => Some(None),
            Self::Layer(place) => source.layers.get(*place).map(|layer| layer.when.clone()),
            Self::Option(attribute, option) => {
                let known = source.attributes.iter().find(|known| known.code == *attribute)?;
                known.options.iter().find(|known| known.code == *option)?;
                let test = if known.kind.shape() == ValueShape::Options { "has" } else { "=" };
                Some(Some(format!("{attribute} {test} {option}")))
            }
        }
    }
}

impl Shop {
    /// The valid design of a draft that departs in the fewest values from the standard and shows a part of it; nothing where there is no such
    /// part, or where the draft can't be looked into.
    ///
    /// # Errors
    /// The shop is busy, the live revision is not sound for this release, or the store failed.
    pub async fn design_with(
        &self,
        draft: &Draft,
        part: &ShownPart,
    ) -> Result<Option<ShownDesign>, ShopError> {
        let mut source = draft.bundle.source.clone();
        let Some(condition) = part.condition(&source) else { return Ok(None) };
        if let Some(rule) = condition {
            let code = new_code("shown", "rule", source.rules.iter().map(|rule| rule.code.as_str()));
            source.rules.push(RuleSource { code, rule, sentence: String::new() });
        }
        if *part == ShownPart::Standard {
            return self.standard_of(source).await;
        }
        let live = self.compared_with(&draft.slug).await?;
        let work = move || {
            let like = live.as_ref().map(|live| &live.product);
            let product = Product::to_look_into(&source).ok()?;
            let product = Configured::to_look_into(product, like).ok()?;
            let found = product.nearest_valid(product.standard());
            let is_open = found.is_err();
            let found = found.ok().flatten().map(|nearest| nearest.design);
            let is_found = found.is_some();
            let design = found.unwrap_or_else(|| product.standard().clone());
            Some(ShownDesign { product: Arc::clone(product.product()), design, is_found, is_open })
        };
        self.executor.run(work).await
    }

    /// The standard design, valid or not: nothing is compiled for it.
    async fn standard_of(&self, source: Source) -> Result<Option<ShownDesign>, ShopError> {
        let work = move || {
            let product = Product::to_look_into(&source).ok()?;
            let design = product.standard().clone();
            Some(ShownDesign { product: Arc::new(product), design, is_found: true, is_open: false })
        };
        self.executor.run(work).await
    }
}

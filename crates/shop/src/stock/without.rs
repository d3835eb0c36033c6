//! A revision without what is sold out: the same answers, of a product that has a rule more for each such option.

use configurator::artifact::Artifact;
use configurator::{
    AttributeId, Choices, Configured, Design, Money, NoCompletion, OptionId, Product, ServedBy, SoldOutOption,
};
use words::Language;

use super::store::SoldOut;
use crate::catalogue::low_price::low_price;
use crate::catalogue::prepared::PackedArtifact;
use crate::catalogue::revision::Revision;
use crate::error::{ShopError, too_complex};

/// What of a revision is sold out, and the standard design that it has meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    options: Vec<(AttributeId, OptionId, SoldOut)>,
    standard: Design,
    /// The year it is: days of others are told with theirs.
    year: i32,
    /// The lowest, the standard and the highest price of what is left, as a list says them.
    pub(crate) prices: Prices,
}

/// Prices of what is left of a revision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices {
    /// The lowest price of a valid design.
    pub(crate) low: Money,
    /// The price of the standard design.
    pub(crate) standard: Money,
    /// The highest price of a valid design, where that is known.
    pub(crate) high: Option<Money>,
    /// Days from order to dispatch of the standard design.
    pub(crate) lead_time_days: u32,
}

impl Prices {
    fn of(product: &Configured) -> Self {
        let standard = product.quote(product.standard());
        Self {
            low: low_price(product),
            standard: standard.total,
            high: product.price_range().map(|(_, high)| product.money(high)),
            lead_time_days: standard.lead_time_days,
        }
    }
}

impl Missing {
    /// The options.
    pub(crate) fn sold_out(&self) -> Vec<SoldOut> {
        self.options.iter().map(|(_, _, sold_out)| sold_out.clone()).collect()
    }

    /// A product without it, told in the language.
    pub(crate) fn taken_off(&self, product: Product, language: Language) -> Product {
        let options = told(&self.options, &product, language, self.year);
        product.without_options(&options, &self.standard)
    }
}

/// Those that are on the menu of a product.
pub(super) fn known(product: &Product, sold_out: &[SoldOut]) -> Vec<(AttributeId, OptionId, SoldOut)> {
    let known = sold_out.iter().filter_map(|sold_out| {
        let attribute = product.by_code(&sold_out.attribute)?;
        let mut options = product.attribute(attribute).option_ids();
        let (option, _) = options.find(|(_, option)| option.code == sold_out.option && option.available)?;
        Some((attribute, option, sold_out.clone()))
    });
    known.collect()
}

/// The same with what people read.
fn told(
    options: &[(AttributeId, OptionId, SoldOut)],
    product: &Product,
    language: Language,
    year: i32,
) -> Vec<SoldOutOption> {
    let say = language.words();
    let told = options.iter().map(|(attribute, option, sold_out)| {
        let label = &product.attribute(*attribute).option(*option).label;
        let sentence = match sold_out.until {
            None => say.engine.sold_out(label),
            Some(day) => {
                let other = Some(day.year()).filter(|other| *other != year);
                let day = say.studio.written_day(day.day(), day.month().into(), other);
                say.engine.sold_out_until(label, &day)
            }
        };
        SoldOutOption { attribute: *attribute, option: *option, sentence }
    });
    told.collect()
}

/// A revision without options that are sold out; nothing where its menu has none of them. May take as long as compiling it.
///
/// # Errors
/// No design is left, or it is too complex to find one.
pub(crate) fn without(
    revision: &Revision,
    sold_out: &[SoldOut],
    year: i32,
) -> Result<Option<Revision>, ShopError> {
    let published = revision.product.product().as_ref();
    let options = known(published, sold_out);
    if options.is_empty() {
        return Ok(None);
    }
    let language = Language::ALL.into_iter().find(|language| language.tag() == published.language);
    let language = language.unwrap_or_default();
    let answering = |product: Product| {
        let made = match revision.product.served_by() {
            ServedBy::Solver => Configured::with_solver(product),
            ServedBy::Diagram => Configured::new(product),
        };
        // It was small enough without a rule for one option.
        made.map_err(|_| ShopError::TooComplex(configurator::TooComplex))
    };
    let restricted =
        published.clone().without_options(&told(&options, published, language, year), published.standard());
    let restricted = answering(restricted)?;
    let standard = match restricted.complete(&Choices::new(), published.standard()) {
        Ok(standard) => standard,
        Err(NoCompletion::Conflict(_)) => return Err(ShopError::SoldOut { slug: revision.slug.clone() }),
        Err(error) => return Err(too_complex(error).into()),
    };
    let product = if standard == *published.standard() {
        restricted
    } else {
        let told = told(&options, published, language, year);
        answering(published.clone().without_options(&told, &standard))?
    };
    let missing = Missing { options, standard, year, prices: Prices::of(&product) };
    let artifact = Artifact {
        product: product.product().as_ref().clone(),
        languages: Vec::new(),
        drawings: revision.bundle.drawings.clone(),
        diagram: product.write_diagram(),
    };
    let artifact = PackedArtifact::pack(&artifact.to_bytes());
    Ok(Some(revision.missing(product, artifact, missing)))
}

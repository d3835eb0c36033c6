//! A revision without what is sold out: the same answers, of a product that has a rule more for each such option.

use configurator::artifact::Artifact;
use configurator::{AttributeId, Choices, Configured, NoCompletion, OptionId, Product, ServedBy};
use words::Language;

use super::missing::{Missing, Prices, told};
use super::store::SoldOut;
use crate::catalogue::prepared::PackedArtifact;
use crate::catalogue::revision::Revision;
use crate::error::{ShopError, too_complex};

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

/// Whether no design of a product is left without options that are sold out. May take as long as compiling it.
///
/// # Errors
/// It is too complex to say.
pub(crate) fn leaves_nothing(
    product: &Configured,
    sold_out: &[SoldOut],
    year: i32,
) -> Result<bool, ShopError> {
    let options = known(product, sold_out);
    if options.is_empty() {
        return Ok(false);
    }
    let told = told(&options, product, language_of(product), year);
    let left = product.product().as_ref().clone().without_options(&told, product.standard());
    let left = answering(left, product.served_by())?;
    match left.complete(&Choices::new(), product.standard()) {
        Ok(_) => Ok(false),
        Err(NoCompletion::Conflict(_)) => Ok(true),
        Err(error) => Err(too_complex(error).into()),
    }
}

/// The language in which a product is told; where we have no words of that, our first.
fn language_of(product: &Product) -> Language {
    let language = Language::ALL.into_iter().find(|language| language.tag() == product.language);
    language.unwrap_or_default()
}

/// With what answers the product that it was before.
fn answering(product: Product, by: ServedBy) -> Result<Configured, ShopError> {
    let made = match by {
        ServedBy::Solver => Configured::with_solver(product),
        ServedBy::Diagram => Configured::new(product),
    };
    // It was small enough without a rule for one option.
    made.map_err(|_| ShopError::TooComplex(configurator::TooComplex))
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
    let (language, by) = (language_of(published), revision.product.served_by());
    let restricted =
        published.clone().without_options(&told(&options, published, language, year), published.standard());
    let restricted = answering(restricted, by)?;
    let standard = match restricted.complete(&Choices::new(), published.standard()) {
        Ok(standard) => standard,
        Err(NoCompletion::Conflict(_)) => return Err(ShopError::SoldOut { slug: revision.slug.clone() }),
        Err(error) => return Err(too_complex(error).into()),
    };
    let product = if standard == *published.standard() {
        restricted
    } else {
        let told = told(&options, published, language, year);
        answering(published.clone().without_options(&told, &standard), by)?
    };
    let missing = Missing { options, standard, year, prices: Prices::of(&product) };
    let artifact = Artifact {
        product: product.product().as_ref().clone(),
        languages: Vec::new(),
        drawings: preview::used(&revision.bundle.source, &revision.bundle.drawings),
        diagram: product.write_diagram(),
    };
    let artifact = PackedArtifact::pack(&artifact.to_bytes());
    Ok(Some(revision.missing(product, artifact, missing)))
}

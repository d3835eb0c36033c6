//! What a revision holds, and everything that keeps it from being published.

use configurator::completeness::Gap;
use configurator::source::Source;
use configurator::{AttributeId, Configured, Currency, OptionId, Problem, Product};
use preview::Drawings;
use serde::{Deserialize, Serialize};

use super::hidden_texts::hidden_texts;
use super::low_price::low_price;
use crate::secret::short_hash;
use crate::store_error::StoreError;

/// What a revision holds.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Bundle {
    /// The product as written.
    pub source: Source,
    /// Its drawings by file name.
    pub drawings: Drawings,
}

impl Bundle {
    /// The bundle as JSON, the same text for equal bundles, and the first 16 hexadecimal digits of its SHA-256.
    pub(crate) fn write(&self) -> Result<(String, String), StoreError> {
        let text = serde_json::to_string(self).map_err(|error| StoreError::Unreadable {
            what: "the bundle".to_owned(),
            reason: error.to_string(),
        })?;
        let hash = short_hash(text.as_bytes());
        Ok((text, hash))
    }

    /// Reads what [`Bundle::write`] wrote.
    pub(crate) fn read(text: &str, what: impl FnOnce() -> String) -> Result<Self, StoreError> {
        serde_json::from_str(text)
            .map_err(|error| StoreError::Unreadable { what: what(), reason: error.to_string() })
    }
}

/// The product of a bundle, compiled, or everything that keeps the bundle from being published. May take as long as
/// searching the product takes.
///
/// # Errors
/// The problems of [`Product::check`] and of [`preview::check`], and once there are none of the former, the options that
/// no valid design has and a price below nothing.
pub fn inspect(bundle: &Bundle) -> Result<Configured, Vec<Problem>> {
    judged(bundle, Product::check(&bundle.source).and_then(configured))
}

/// The same of a product as it was checked, and compiled in whichever way.
///
/// # Errors
/// As [`inspect`].
pub(crate) fn judged(
    bundle: &Bundle,
    checked: Result<Configured, Vec<Problem>>,
) -> Result<Configured, Vec<Problem>> {
    let mut problems = match &checked {
        Ok(product) => unsound_designs(product, &bundle.source),
        Err(problems) => problems.clone(),
    };
    problems.extend(terms(&bundle.source));
    problems.extend(hidden_texts(&bundle.source));
    problems.extend(preview::check(&bundle.source, &bundle.drawings));
    match checked {
        Ok(product) if problems.is_empty() => Ok(product),
        _ => Err(problems),
    }
}

/// What is wrong with the money of a product that is to be sold. Revisions that are sold already stay as they are.
pub(super) fn terms(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report = |place: &str, message: String, advice: &str| {
        problems.push(Problem {
            place: place.to_owned(),
            span: None,
            message,
            advice: advice.to_owned(),
            correction: None,
        });
    };
    if source.base_price < 0 {
        let message = "a product can't start below nothing".to_owned();
        report("base_price", message, "Use 0 or more.");
    }
    if Currency::new(&source.currency).is_some_and(|currency| !currency.is_in_use()) {
        let message = format!("'{}' is no currency in use", source.currency);
        report("currency", message, "Use a code of ISO 4217, such as EUR.");
    }
    problems
}

/// A product with what answers for it.
///
/// # Errors
/// Its rules are too large for that.
pub(crate) fn configured(product: Product) -> Result<Configured, Vec<Problem>> {
    Configured::new(product).map_err(|error| vec![too_large(&error)])
}

/// That rules are too large to answer for.
pub(crate) fn too_large(error: &impl std::fmt::Display) -> Problem {
    Problem {
        place: "rules".to_owned(),
        span: None,
        correction: None,
        message: error.to_string(),
        advice: "Tie fewer attributes together with rules, or give numbers a larger step_size.".to_owned(),
    }
}

/// What is wrong with the designs of a product that is sound in itself: options that none has and that are not marked as meant, a
/// price below nothing.
pub(crate) fn unsound_designs(product: &Configured, source: &Source) -> Vec<Problem> {
    let is_meant = |attribute: AttributeId, option: OptionId| {
        let written = source.attributes.get(attribute.index());
        let written = written.and_then(|written| written.options.get(option.index()));
        written.is_some_and(|written| written.meant.iter().any(|code| code == Gap::Dead.code()))
    };
    let dead = product.dead_options().into_iter();
    let dead = dead.filter(|(attribute, option)| !is_meant(*attribute, *option)).map(|(attribute, option)| {
        let label = &product.attribute(attribute).option(option).label;
        Problem {
            place: format!("attributes.{}.options.{}", attribute.index(), option.index()),
            span: None,
            correction: None,
            message: format!("no valid design has the option '{label}'"),
            advice: "Change the rules that exclude it, take it off the menu by marking it not available, or mark it as meant with 'dead'."
                .to_owned(),
        }
    });
    let mut problems: Vec<Problem> = dead.collect();
    let low = low_price(product);
    // A base price below nothing says it already.
    if low.amount < 0 && product.base_price >= 0 {
        problems.push(Problem {
            place: "base_price".to_owned(),
            span: None,
            correction: None,
            message: format!("a design costs {low}"),
            advice: "Raise the base price, or take back discounts.".to_owned(),
        });
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A revision as it was stored before products had a language, and its hash.
    const OLD: &str = r##"{"source":{"name":"Mug","summary":"A mug.","currency":"EUR","base_price":900,"lead_time_days":3,"picture":[100,100],"steps":[{"code":"all","label":"All"}],"attributes":[{"code":"glaze","step":"all","label":"Glaze","kind":"choice","standard":"red","options":[{"code":"red","label":"Red"},{"code":"blue","label":"Blue","price":150}]}],"rules":[],"prices":[],"layers":[]},"drawings":{}}"##;

    #[test]
    fn old_revisions_are_read_and_keep_their_hash() {
        let bundle = Bundle::read(OLD, String::new).unwrap();
        assert_eq!((bundle.source.language.as_str(), bundle.source.translations.len()), ("en", 0));
        assert_eq!(bundle.write().unwrap(), (OLD.to_owned(), "a5719b0f264b6532".to_owned()));
    }

    #[test]
    fn a_translation_of_nothing_is_not_published() {
        let mut bundle = Bundle::read(OLD, String::new).unwrap();
        let texts = |json| serde_json::from_str(json).unwrap();
        bundle.source.translations =
            texts(r#"{"de":{"attributes":{"glaze":{"options":{"rde":{"label":"Rot"}}}}}}"#);
        let problems = inspect(&bundle).unwrap_err();
        let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, ["translations.de.attributes.glaze.options.rde"]);
        bundle.source.translations =
            texts(r#"{"de":{"attributes":{"glaze":{"options":{"red":{"label":"Rot"}}}}}}"#);
        assert!(inspect(&bundle).is_ok());
        assert_ne!(bundle.write().unwrap().1, "a5719b0f264b6532");
    }

    /// In whichever field, also of translations.
    #[test]
    fn texts_with_characters_that_nobody_sees_are_named() {
        let mut bundle = Bundle::read(OLD, String::new).unwrap();
        assert!(inspect(&bundle).is_ok());
        bundle.source.name.push('\u{202e}');
        bundle.source.description = "Two\nlines.\u{feff}".to_owned();
        let rules = r#"[{"code":"plain","rule":"glaze = red\n\tor glaze = blue","sentence":"Two\nlines."}]"#;
        bundle.source.rules = serde_json::from_str(rules).unwrap();
        bundle.source.attributes[0].label.push('\n');
        let texts = serde_json::from_str("{\"summary\": \"Ein\u{200b} Becher.\"}").unwrap();
        bundle.source.translations.insert("de".to_owned(), texts);
        let problems = inspect(&bundle).unwrap_err();
        let mut found: Vec<_> =
            problems.iter().map(|problem| (problem.place.as_str(), problem.message.as_str())).collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("attributes.0.label", "this has a character that nobody sees (U+000A)"),
                ("description", "this has a character that nobody sees (U+FEFF)"),
                ("name", "this has a character that nobody sees (U+202E)"),
                ("translations.de.summary", "this has a character that nobody sees (U+200B)"),
            ]
        );
    }

    /// Joiners, marks of direction and variation selectors have their use beside letters, and none without.
    #[test]
    fn texts_of_which_nobody_sees_anything_are_named() {
        for unseen in ["\u{200d}", "\u{200e}", "\u{fe0f} \u{200f}"] {
            let mut bundle = Bundle::read(OLD, String::new).unwrap();
            bundle.source.description = unseen.to_owned();
            bundle.source.attributes[0].help = unseen.to_owned();
            bundle.source.attributes[0].options[1].label = unseen.to_owned();
            let texts = serde_json::from_value(serde_json::json!({ "name": unseen })).unwrap();
            bundle.source.translations.insert("de".to_owned(), texts);
            let problems = inspect(&bundle).unwrap_err();
            let mut places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
            places.sort_unstable();
            let expected =
                ["attributes.0.help", "attributes.0.options.1.label", "description", "translations.de.name"];
            assert_eq!(places, expected, "{unseen:?}");
            assert!(problems.iter().all(|problem| problem.message == "nobody sees anything of this"));
        }
    }
}

//! Texts in the rule language that mean something certain and are written as in other tools: a button takes the right form.

use configurator::Product;
use configurator::rule::correction;
use configurator::source::Source;

/// The fields with the right form of one of them, as a form's button `correct:FIELD` asks; nothing where it asks for none.
pub(super) fn corrected(source: &Source, fields: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let action = fields.iter().find(|(name, _)| name == "do")?;
    let wanted = action.1.strip_prefix("correct:")?;
    let readable = Product::readable(source);
    let right = |(name, typed): &(String, String)| {
        let right = (name == wanted).then(|| correction(typed, &readable.attributes)).flatten();
        (name.clone(), right.unwrap_or_else(|| typed.clone()))
    };
    Some(fields.iter().map(right).collect())
}

//! What buttons of the editor's forms write into fields: a text of the rule language as it is right where it was written as in other
//! tools, and that something which looks forgotten is meant.

use configurator::Product;
use configurator::completeness::Gap;
use configurator::rule::correction;
use configurator::source::Source;

/// The fields as the form's button asks: `correct:FIELD` takes the right form of a text, `meant:GAP:ENTRY` says of an entry, or of the
/// product where there is none, that a gap is meant. Nothing where neither was pressed.
pub(super) fn corrected(source: &Source, fields: &[(String, String)]) -> Option<Vec<(String, String)>> {
    let action = fields.iter().find(|(name, _)| name == "do").map(|(_, action)| action.as_str())?;
    if let Some(wanted) = action.strip_prefix("meant:") {
        return meant(fields, wanted);
    }
    let wanted = action.strip_prefix("correct:")?;
    let readable = Product::readable(source);
    let right = |(name, typed): &(String, String)| {
        let right = (name == wanted).then(|| correction(typed, &readable.attributes)).flatten();
        (name.clone(), right.unwrap_or_else(|| typed.clone()))
    };
    Some(fields.iter().map(right).collect())
}

/// The form's own field of what is meant has everything else that is, so the gap comes behind that.
fn meant(fields: &[(String, String)], wanted: &str) -> Option<Vec<(String, String)>> {
    let (gap, entry) = wanted.split_once(':').unwrap_or((wanted, ""));
    let gap = Gap::named(gap)?.code();
    let field = if entry.is_empty() { "meant".to_owned() } else { format!("meant.{entry}") };
    let mut fields = fields.to_vec();
    let (_, typed) = fields.iter_mut().find(|(name, _)| *name == field)?;
    *typed = match typed.trim().trim_end_matches(',') {
        "" => gap.to_owned(),
        known => format!("{known}, {gap}"),
    };
    Some(fields)
}

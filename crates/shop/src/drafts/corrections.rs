//! What buttons of the editor's forms write: a text of the rule language as it is right where it was written as in other
//! tools, and that something which looks forgotten is meant.

use configurator::Product;
use configurator::completeness::Gap;
use configurator::rule::{correction, correction_of_condition};
use configurator::source::Source;

use super::section::Section;
use super::sent::Sent;

/// The fields as the form's button asks: `correct:FIELD` takes the right form of a text. Nothing where it was not pressed.
pub(super) fn corrected(
    source: &Source,
    section: &Section,
    fields: &[(String, String)],
) -> Option<Vec<(String, String)>> {
    let action = fields.iter().find(|(name, _)| name == "do").map(|(_, action)| action.as_str())?;
    let wanted = action.strip_prefix("correct:")?;
    let readable = Product::readable(source);
    let taken = |(name, typed): &(String, String)| {
        let right = || match section {
            Section::Rules | Section::Table(_) => correction(typed, &readable.attributes),
            _ => correction_of_condition(typed, &readable.attributes),
        };
        let right = if name == wanted { right() } else { None };
        (name.clone(), right.unwrap_or_else(|| typed.clone()))
    };
    Some(fields.iter().map(taken).collect())
}

/// Marks what the form's button asks for, `meant:GAP:ENTRY`, as meant by an entry, or by the product where there is none.
pub(super) fn mark_sent(source: &mut Source, section: &Section, sent: &Sent) {
    let Some(wanted) = sent.text("do").and_then(|action| action.strip_prefix("meant:")) else { return };
    let (gap, entry) = wanted.split_once(':').unwrap_or((wanted, ""));
    let option = match section {
        Section::Attribute(code) if !entry.is_empty() => Some((code.as_str(), entry)),
        _ => None,
    };
    if let Some(gap) = Gap::named(gap) {
        mark(source, option, (gap, ""));
    }
}

/// Marks something that an option lacks, by the codes of its attribute and its own, or the product as a whole, as meant: of what is not translated
/// by its language. Whether it was not before; nothing is done where there is no such option.
pub(super) fn mark(source: &mut Source, option: Option<(&str, &str)>, (gap, about): (Gap, &str)) -> bool {
    let mark = match option {
        None => gap.meant_of_product(about),
        Some(_) => Some(gap.code().to_owned()),
    };
    let Some(mark) = mark else { return false };
    let meant = match option {
        None => Some(&mut source.meant),
        Some((attribute, option)) => {
            let found = source.attributes.iter_mut().find(|known| known.code == attribute);
            let found = found.and_then(|known| known.options.iter_mut().find(|known| known.code == option));
            found.map(|option| &mut option.meant)
        }
    };
    match meant {
        Some(meant) if !meant.contains(&mark) => {
            meant.push(mark);
            true
        }
        _ => false,
    }
}

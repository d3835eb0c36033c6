//! Other codes for an attribute and its options, as the attribute's form says.

use configurator::RenameError;
use configurator::source::Source;

use super::section::Section;
use super::sent::Sent;

/// Gives an attribute and its options the codes that its form was sent with, in everything that refers to them. Designs made before say
/// the former code of an option, so the new one stands for it. What can't be is told at its field.
pub(super) fn rename(source: &mut Source, section: &Section, sent: &mut Sent) {
    let Section::Attribute(code) = section else { return };
    let Some(attribute) = source.attributes.iter().find(|attribute| attribute.code == *code) else { return };
    let options: Vec<String> = attribute.options.iter().map(|option| option.code.clone()).collect();
    for option in options {
        let field = format!("code.{option}");
        if let Some(new) = sent.text(&field).filter(|new| *new != option) {
            let outcome = source.rename_option(code, &option, new);
            let own = source.attributes.iter_mut().find(|known| known.code == *code);
            if let (Some(own), true) = (own, outcome.is_ok()) {
                own.hand_over(&option, new);
            }
            told(outcome, &field, sent);
        }
    }
    if let Some(new) = sent.text("code").filter(|new| new != code) {
        let outcome = source.rename_attribute(code, new);
        told(outcome, "code", sent);
    }
}

fn told(outcome: Result<(), RenameError>, field: &str, sent: &mut Sent) {
    let say = sent.language().sentences();
    match outcome {
        Ok(()) => {}
        Err(RenameError::Taken(code)) => sent.wrong(field, say.code_taken(&code)),
        Err(RenameError::Malformed(code)) => sent.wrong(field, say.code_malformed(&code)),
        Err(error @ RenameError::Unknown(_)) => sent.wrong(field, error.to_string()),
    }
}

//! Why drawings were not changed, in the admin's words.

use preview::{Part, PartKind, Refusal};
use shop::drafts::{DrawingsError, MOST_FILES};
use words::{Language, Pictures};

/// Why nothing was saved, in sentences; nothing where that is a page of its own.
pub(super) fn told(error: &DrawingsError, language: Language) -> Vec<String> {
    let say = language.pictures();
    let one = |text: &str| vec![text.to_owned()];
    match error {
        DrawingsError::NoFile => one(say.no_file()),
        DrawingsError::TooManyFiles(files) => vec![say.too_many_files(files, &MOST_FILES)],
        DrawingsError::OneFile => one(say.one_file()),
        DrawingsError::SameName(name) => vec![say.same_name(name)],
        DrawingsError::Refused(files) => {
            let told = files.iter().flat_map(|(file, why)| {
                refused(why, say).into_iter().map(move |why| say.file_wrong(file, &why))
            });
            told.collect()
        }
        DrawingsError::TooMuch(bytes) => {
            vec![say.too_much(&kilobytes(*bytes), &kilobytes(preview::MOST_BYTES))]
        }
        DrawingsError::Unknown(name) => vec![say.unknown(name)],
        DrawingsError::NoName => one(say.no_name()),
        DrawingsError::NameTaken(name) => vec![say.name_taken(name)],
        DrawingsError::NoPlace => one(say.no_place()),
        DrawingsError::Asks { .. } | DrawingsError::Clash { .. } | DrawingsError::Shop(_) => Vec::new(),
    }
}

fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1024)
}

/// Why a file is no drawing: a sentence for each reason. What readers of files say is told in English.
fn refused(why: &Refusal, say: &Pictures) -> Vec<String> {
    let told = match why {
        Refusal::Parts(parts) => return parts.iter().map(|part| part_words(part, say)).collect(),
        Refusal::Faults(faults) => return faults.iter().map(|fault| say.fault(fault)).collect(),
        Refusal::Empty => say.empty().to_owned(),
        Refusal::OtherKind(None) => say.other_kind().to_owned(),
        Refusal::OtherKind(Some(kind)) => say.known_kind(kind),
        Refusal::TooLarge(bytes) => {
            say.file_too_large(&kilobytes(*bytes), &kilobytes(preview::MOST_FILE_BYTES))
        }
        Refusal::NoText => say.no_text().to_owned(),
        Refusal::NoXml { reason, line, column } => say.no_xml(line, column, reason),
        Refusal::Entities => say.entities().to_owned(),
        Refusal::TooManyParts => say.too_many_parts().to_owned(),
        Refusal::NoSvg(element) => say.no_svg(element),
        Refusal::NoSize => say.no_size().to_owned(),
        Refusal::NothingDrawn => say.draws_nothing().to_owned(),
        Refusal::BrokenPng(reason) => say.broken_png(reason),
        Refusal::TooManyDots { width, height } => say.too_many_dots(width, height),
        Refusal::TooHeavy(bytes) => say.too_heavy(&kilobytes(*bytes)),
    };
    vec![told]
}

fn part_words(part: &Part, say: &Pictures) -> String {
    let Part { kind, what, line, column } = part;
    match kind {
        PartKind::Script => say.part_script(what, line, column),
        PartKind::Animation => say.part_animation(what, line, column),
        PartKind::Address => say.part_address(what, line, column),
        PartKind::Page => say.part_page(what, line, column),
        PartKind::Letters => say.part_letters(what, line, column),
        PartKind::Picture => say.part_picture(what, line, column),
        PartKind::Element => say.part_element(what, line, column),
    }
}

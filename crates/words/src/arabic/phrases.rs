//! What rules say to shoppers where nobody wrote a sentence.

use super::PLURAL;
use crate::phrases::{Phrases, PhrasesTexts};

pub(crate) const PHRASES: Phrases = Phrases { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: PhrasesTexts = PhrasesTexts {
    value_is: "{attribute}: {value}",
    value_is_not: "{attribute}: أي شيء ما عدا {value}",
    at_least: "{attribute}: {value} على الأقل",
    at_most: "{attribute}: {value} على الأكثر",
    more_than: "{attribute}: أكثر من {value}",
    less_than: "{attribute}: أقل من {value}",
    without_option: "{attribute}: بدون {option}",
    with_text: "{attribute}: مع نص",
    without_text: "{attribute}: بدون نص",
    or: " أو ",
    together_with: " مع ",
    and_with: " ومع ",
    semicolon: "؛ ",
    weight_in_all: "الوزن الإجمالي",
    in_all: "{attributes} معًا",
    goes_only_with: "لا يمكن اختيار {given} إلا مع {needed}.",
    does_not_go_with: "لا يمكن اختيار {given} مع {others}.",
    not_together: "لا تجتمع معًا: {choices}.",
    only_together: "لا يمكن اختيار {one} إلا مع {other}، والعكس صحيح.",
    only: "{attribute}: فقط {value}.",
    one_of: "يلزم واحد على الأقل مما يلي: {list}.",
    fit_each_other: "يجب أن تتوافق هذه الاختيارات معًا: {list}.",
    is_limited: "ليس كل شيء ممكنًا هنا: {list}.",
    with_options: "{attribute} ({options})",
    about_nothing: "لا يؤثر أي اختيار في هذا.",
};

//! What rules say to shoppers where nobody wrote a sentence.

use super::PLURAL;
use crate::phrases::{Phrases, PhrasesTexts};

pub(crate) const PHRASES: Phrases = Phrases { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: PhrasesTexts = PhrasesTexts {
    value_is: "{attribute}: {value}",
    value_is_not: "{attribute}: anything but {value}",
    at_least: "{attribute}: at least {value}",
    at_most: "{attribute}: at most {value}",
    more_than: "{attribute}: more than {value}",
    less_than: "{attribute}: less than {value}",
    without_option: "{attribute}: without {option}",
    with_text: "{attribute}: with a text",
    without_text: "{attribute}: without a text",
    or: " or ",
    together_with: " together with ",
    and_with: " and with ",
    semicolon: "; ",
    weight_in_all: "Weight in all",
    in_all: "{attributes} together",
    goes_only_with: "{given} goes only with {needed}.",
    does_not_go_with: "{given} does not go with {others}.",
    not_together: "{choices} do not go together.",
    only_together: "{one} goes only with {other}, and the other way round.",
    only: "{attribute}: only {value}.",
    one_of: "At least one of these is needed: {list}.",
    fit_each_other: "These choices have to fit each other: {list}.",
    is_limited: "Not everything is possible here: {list}.",
    with_options: "{attribute} ({options})",
    about_nothing: "No choice makes a difference to this.",
};

//! What rules say to shoppers where nobody wrote a sentence.

use super::PLURAL;
use crate::phrases::{Phrases, PhrasesTexts};

pub(crate) const PHRASES: Phrases = Phrases { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: PhrasesTexts = PhrasesTexts {
    value_is: "{attribute}: {value}",
    value_is_not: "{attribute}: alles außer {value}",
    at_least: "{attribute}: mindestens {value}",
    at_most: "{attribute}: höchstens {value}",
    more_than: "{attribute}: mehr als {value}",
    less_than: "{attribute}: weniger als {value}",
    without_option: "{attribute}: ohne {option}",
    with_text: "{attribute}: mit Text",
    without_text: "{attribute}: ohne Text",
    or: " oder ",
    together_with: " zusammen mit ",
    and_with: " und mit ",
    semicolon: "; ",
    weight_in_all: "Gesamtgewicht",
    in_all: "{attributes} zusammen",
    goes_only_with: "{given} gibt es nur mit {needed}.",
    does_not_go_with: "{given} gibt es nicht mit {others}.",
    not_together: "{choices} passen nicht zusammen.",
    only_together: "{one} gibt es nur mit {other} und umgekehrt.",
    only: "{attribute}: nur {value}.",
    one_of: "Mindestens eines davon ist nötig: {list}.",
    fit_each_other: "Diese Angaben müssen zueinander passen: {list}.",
    is_limited: "Hier ist nicht alles möglich: {list}.",
    with_options: "{attribute} ({options})",
    about_nothing: "Darauf hat keine Auswahl Einfluss.",
};

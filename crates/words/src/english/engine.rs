//! What the engine says of designs.

use super::PLURAL;
use crate::engine::{Engine, EngineTexts};

pub(super) const ENGINE: Engine = Engine { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: EngineTexts = EngineTexts {
    nothing: "None",
    and: " and ",
    quoted: "“{text}”",
    base_price: "Base price",
    always: "{attribute} is always {standard}.",
    unavailable: "{option} is not available at the moment.",
    does_not_apply: "{attribute} is not part of this design.",
    is_missing: "{attribute} is still to be chosen.",
    at_most: "{attribute} takes at most {number}.",
    at_least: "{attribute} takes at least {number}.",
    not_with: "Not with {others}. ",
    not_without: "Not without {others}. ",
    not_with_nor_without: "Not with {others}, and not without {needed}. ",
    not_together: "{choices} do not go together. ",
    together_not_without: "{choices} does not go without {needed}. ",
    impossible: "No valid design has it.",
    not_with_the_rest: "It does not go with the other choices.",
    undecided: "It would take too long to find out whether it fits. Change something else first, then try again.",
    over_budget: "This would take {points} of {ceiling} points of customisation. Set something back to the standard first.",
    beyond_budget: "It would go beyond the customisation budget. Set something back to the standard first.",
    cant_be: "{attribute} can't be '{value}'. {advice}",
    is_empty: "{attribute} is empty. {advice}",
    choose_between: "Choose {min} to {max} of them.",
    whole_number: "Enter a whole number from {min} to {max}.",
    whole_number_in_steps: "Enter a whole number from {min} to {max} in steps of {step}.",
    no_fraction: "Whole numbers only: {below} or {above}.",
    two_ways: "Is it {first} or {second}? Enter it without a separator for thousands.",
    leave_out: "Leave out {sign}; it takes {allowed}.",
    hidden_characters: "hidden characters",
    at_most_characters: "Use at most {most} character; now it has {now}.|Use at most {most} characters; now it has {now}.",
    printable_characters: "printable characters",
    letters: "letters",
    capital_letters: "capital letters",
    small_letters: "small letters",
    accented_letters: "accented letters",
    digits: "digits",
    spaces: "spaces",
};

//! What the engine says itself of designs, by language. Of what was typed and can't be read `ChoiceError` tells, in English;
//! everything else that people read comes from the product.

use crate::product::Product;
use crate::source::speaks;

/// The phrases of one language. A phrase with gaps is the words around them; what fills the gaps comes in the same order
/// in every language, and in a form that needs no grammar.
pub(crate) struct Words {
    /// A set without options, a text without letters.
    pub(crate) nothing: &'static str,
    /// Between things that are in the way together.
    pub(crate) and: &'static str,
    /// A text that somebody typed.
    pub(crate) quoted: [&'static str; 2],
    /// The first line of a quote.
    pub(crate) base_price: &'static str,
    /// An attribute that is locked, and its standard.
    pub(crate) always: [&'static str; 3],
    /// An option that is off the menu.
    pub(crate) unavailable: [&'static str; 2],
    /// A multi-choice, and how many options it takes.
    pub(crate) at_most: [&'static str; 3],
    /// As before.
    pub(crate) at_least: [&'static str; 3],
    /// What an option does not go with.
    pub(crate) not_with: [&'static str; 2],
    /// What an option needs.
    pub(crate) not_without: [&'static str; 2],
    /// Both.
    pub(crate) not_with_nor_without: [&'static str; 3],
    /// Choices that contradict each other.
    pub(crate) not_together: [&'static str; 2],
    /// Choices, and what they need.
    pub(crate) together_not_without: [&'static str; 3],
    /// A reason that nothing more is known of.
    pub(crate) impossible: &'static str,
    /// A reason that it took too long to find out more of.
    pub(crate) not_with_the_rest: &'static str,
    /// Of what may be possible or not.
    pub(crate) undecided: &'static str,
    /// Points of a design, and those of the budget.
    pub(crate) over_budget: [&'static str; 3],
    /// The same where the points are not known.
    pub(crate) beyond_budget: &'static str,
}

const ENGLISH: Words = Words {
    nothing: "None",
    and: " and ",
    quoted: ["“", "”"],
    base_price: "Base price",
    always: ["", " is always ", "."],
    unavailable: ["", " is not available at the moment."],
    at_most: ["", " takes at most ", "."],
    at_least: ["", " takes at least ", "."],
    not_with: ["Not with ", ". "],
    not_without: ["Not without ", ". "],
    not_with_nor_without: ["Not with ", ", and not without ", ". "],
    not_together: ["", " do not go together. "],
    together_not_without: ["", " does not go without ", ". "],
    impossible: "No valid design has it.",
    not_with_the_rest: "It does not go with the other choices.",
    undecided: "It would take too long to find out whether it fits. Change something else first, then try again.",
    over_budget: [
        "This would take ",
        " of ",
        " points of customisation. Set something back to the standard first.",
    ],
    beyond_budget: "It would go beyond the customisation budget. Set something back to the standard first.",
};

const GERMAN: Words = Words {
    nothing: "Ohne",
    and: " und ",
    quoted: ["„", "“"],
    base_price: "Grundpreis",
    always: ["", ": immer ", "."],
    unavailable: ["Zurzeit nicht erhältlich: ", "."],
    at_most: ["", ": höchstens ", "."],
    at_least: ["", ": mindestens ", "."],
    not_with: ["Nicht mit ", ". "],
    not_without: ["Nicht ohne ", ". "],
    not_with_nor_without: ["Nicht mit ", " und nicht ohne ", ". "],
    not_together: ["", " passen nicht zusammen. "],
    together_not_without: ["", " geht nicht ohne ", ". "],
    impossible: "Das gibt es in keiner gültigen Zusammenstellung.",
    not_with_the_rest: "Das geht nicht mit den anderen Angaben zusammen.",
    undecided: "Ob es passt, lässt sich nicht schnell genug herausfinden. Ändere erst etwas anderes und versuch es noch einmal.",
    over_budget: [
        "Das wären ",
        " von ",
        " Punkten für Änderungen. Setz zuerst etwas auf den Standard zurück.",
    ],
    beyond_budget: "Das ginge über den Spielraum für Änderungen hinaus. Setz zuerst etwas auf den Standard zurück.",
};

impl Product {
    /// The words of its language; English where there are none.
    pub(crate) fn words(&self) -> &'static Words {
        if speaks("de", &self.language) { &GERMAN } else { &ENGLISH }
    }
}

/// A phrase with its gap filled. Not inlined: a page loads it once.
#[inline(never)]
pub(crate) fn around([before, after]: &[&str; 2], gap: &str) -> String {
    [before, gap, after].concat()
}

/// A phrase with its two gaps filled.
#[inline(never)]
pub(crate) fn between([before, within, after]: &[&str; 3], first: &str, second: &str) -> String {
    [before, first, within, second, after].concat()
}

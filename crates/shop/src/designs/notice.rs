//! What is to be said of a design that was not taken as it came: as data, told in the reader's language.

use configurator::ChoiceError;
use words::Shop;

/// What was left out of a design, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A value that its attribute does not take: what the product says of it, in the reader's language.
    Refused(String),
    /// What was typed for a number or text and can't be taken, which its field goes on showing: why, in the reader's language.
    Typed(String),
    /// An option that the menu has no more.
    ValueGone {
        /// The attribute's label.
        attribute: String,
        /// The option's label.
        value: String,
    },
    /// An option that was retired, and the one that stands for it.
    Succeeded {
        /// The attribute's label.
        attribute: String,
        /// The option's label.
        value: String,
        /// That of its successor.
        successor: String,
    },
    /// An attribute that the menu has no more.
    AttributeGone {
        /// Its label.
        attribute: String,
    },
    /// An option that there never was.
    UnknownOption {
        /// The attribute's label.
        attribute: String,
        /// What came.
        value: String,
        /// The label of the option that was probably meant.
        meant: Option<String>,
    },
    /// Choices that contradict each other: why, in the reader's language.
    Contradiction(String),
    /// A choice that is sold out: which and until when, in the reader's language.
    SoldOut(String),
    /// What was left out for that.
    LeftOut {
        /// The attribute's label.
        attribute: String,
        /// Its value in words.
        value: String,
    },
    /// A value of which it would take too long to find out whether it fits.
    NotChosen {
        /// The attribute's label.
        attribute: String,
        /// Its value in words.
        value: String,
        /// What the product says of it, in the reader's language.
        reason: String,
    },
    /// The revision it was made on can't be used any more.
    ContinuesOnLive,
    /// What the revision it was made on offered has ended.
    OfferEnded {
        /// Why it was withdrawn, in the shop's words.
        reason: Option<String>,
        /// What it costs now and what it cost, in the reader's language.
        price: String,
    },
}

impl Notice {
    /// What to say of a choice that can't be read.
    pub(super) fn of(error: ChoiceError) -> Self {
        match error {
            ChoiceError::UnknownOption { attribute, code, meant, .. } => {
                Self::UnknownOption { attribute, value: code, meant }
            }
            ChoiceError::NotAllowed { .. } | ChoiceError::UnknownAttribute { .. } => {
                Self::Refused(error.to_string())
            }
        }
    }

    /// The notice as a sentence or two.
    #[must_use]
    pub fn sentence(&self, say: &Shop) -> String {
        match self {
            Self::Refused(sentence) | Self::Typed(sentence) | Self::SoldOut(sentence) => sentence.clone(),
            Self::ValueGone { attribute, value } => say.value_left_out(attribute, value),
            Self::Succeeded { attribute, value, successor } => {
                say.value_succeeded(attribute, value, successor)
            }
            Self::AttributeGone { attribute } => say.attribute_left_out(attribute),
            Self::UnknownOption { attribute, value, meant: None } => say.unknown_left_out(attribute, value),
            Self::UnknownOption { attribute, value, meant: Some(meant) } => {
                say.unlike_left_out(attribute, value, meant)
            }
            Self::Contradiction(reason) => say.cant_stand_together(reason),
            Self::LeftOut { attribute, value } => say.left_out(attribute, value),
            Self::NotChosen { attribute, value, reason } => say.not_chosen(attribute, value, reason),
            Self::ContinuesOnLive => say.continues_on_current().to_owned(),
            Self::OfferEnded { reason, price } => {
                let ended = match reason {
                    Some(reason) => say.offer_withdrawn(&with_stop(reason)),
                    None => say.offer_ended().to_owned(),
                };
                format!("{ended} {price}")
            }
        }
    }
}

/// A sentence that others follow.
fn with_stop(sentence: &str) -> String {
    let stop = if sentence.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{sentence}{stop}")
}

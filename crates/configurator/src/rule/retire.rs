//! What is left of a condition once an option is retired.

use super::syntax::Condition;
use crate::ids::{AttributeId, OptionId};
use crate::product::Product;

/// An option that is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retired {
    /// Its attribute, a choice or a multi-choice.
    pub attribute: AttributeId,
    /// The option.
    pub option: OptionId,
    /// Another option of the same attribute that stands wherever this one is asked for.
    pub successor: Option<OptionId>,
}

/// What is left of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It always holds.
    Always,
    /// It never holds.
    Never,
    /// It holds where this does.
    When(Condition),
}

impl Condition {
    /// Whether it names an option.
    #[must_use]
    pub fn names(&self, attribute: AttributeId, option: OptionId) -> bool {
        match self {
            Self::In(id, options) | Self::NotIn(id, options) => *id == attribute && options.contains(&option),
            Self::Has(id, member) => (*id, *member) == (attribute, option),
            Self::Filled(_) | Self::Compare(..) => false,
            Self::Not(inner) => inner.names(attribute, option),
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Implies(left, right)
            | Self::Iff(left, right) => left.names(attribute, option) || right.names(attribute, option),
        }
    }

    /// What is left of a condition that has to hold. On designs without the option it holds wherever this one does; without a
    /// successor nowhere else. Where the option is asked for, its successor will do, too; what merely follows from the option goes with it.
    #[must_use]
    pub fn without_option(&self, product: &Product, retired: Retired) -> Left {
        self.left(product, retired, true)
    }

    fn left(&self, product: &Product, retired: Retired, is_asked: bool) -> Left {
        if !self.names(retired.attribute, retired.option) {
            return Left::When(self.clone());
        }
        let of = |condition: &Self| condition.left(product, retired, is_asked);
        let against = |condition: &Self| condition.left(product, retired, !is_asked);
        match self {
            Self::In(id, options) => within(*id, &instead(options, retired, is_asked)),
            Self::NotIn(id, options) => {
                let options = instead(options, retired, !is_asked);
                if !options.is_empty() {
                    return Left::When(Self::NotIn(*id, options));
                }
                let attribute = product.attribute(*id);
                let others = attribute.option_ids().map(|(id, _)| id).filter(|id| *id != retired.option);
                // It still asks for the attribute to apply.
                if attribute.applies.is_some() {
                    within(*id, &others.collect::<Vec<_>>())
                } else {
                    Left::Always
                }
            }
            Self::Has(id, _) => match retired.successor.filter(|_| is_asked) {
                Some(successor) => Left::When(Self::Has(*id, successor)),
                None => Left::Never,
            },
            Self::Filled(_) | Self::Compare(..) => Left::When(self.clone()),
            Self::Not(inner) => against(inner).negated(),
            Self::And(left, right) => of(left).and(of(right)),
            Self::Or(left, right) => of(left).or(of(right)),
            Self::Implies(left, right) => against(left).implies(of(right)),
            Self::Iff(left, right) => {
                // What is asked for and what follows are told apart.
                let ways = [(left, right), (right, left)].map(|(one, other)| against(one).implies(of(other)));
                let [there, back] = ways;
                there.and(back)
            }
        }
    }
}

/// The options without the one that goes, with its successor where that will do.
fn instead(options: &[OptionId], retired: Retired, is_asked: bool) -> Vec<OptionId> {
    let mut left: Vec<OptionId> = Vec::new();
    for option in options {
        let option = match *option == retired.option {
            true => retired.successor.filter(|_| is_asked),
            false => Some(*option),
        };
        left.extend(option.filter(|option| !left.contains(option)));
    }
    left
}

fn within(attribute: AttributeId, options: &[OptionId]) -> Left {
    if options.is_empty() { Left::Never } else { Left::When(Condition::In(attribute, options.to_vec())) }
}

impl Left {
    fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::When(condition) => Self::When(Condition::Not(Box::new(condition))),
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, left) | (left, Self::Always) => left,
            (Self::When(one), Self::When(other)) => {
                Self::When(Condition::And(Box::new(one), Box::new(other)))
            }
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, left) | (left, Self::Never) => left,
            (Self::When(one), Self::When(other)) => Self::When(Condition::Or(Box::new(one), Box::new(other))),
        }
    }

    fn implies(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Always) => Self::Always,
            (Self::Always, left) => left,
            (when, Self::Never) => when.negated(),
            (Self::When(one), Self::When(other)) => {
                Self::When(Condition::Implies(Box::new(one), Box::new(other)))
            }
        }
    }
}

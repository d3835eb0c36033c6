//! Conditions of the shape that a form of menus can show: "when A and B then C or D", "never A together with B", or "A", where
//! each is a test of one thing against values.

use super::syntax::{Comparison, Condition, Number, Property};
use crate::ids::{AttributeId, OptionId};
use crate::product::Product;
use crate::value::ValueShape;

/// A condition as menus say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// When the first part holds, so does the second.
    When(Part, Part),
    /// These don't hold together.
    Never(Vec<Test>),
    /// This holds.
    Always(Part),
}

/// Tests side by side. One alone is joined by [`Joined::And`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How they are joined.
    pub joined: Joined,
    /// At least one.
    pub tests: Vec<Test>,
}

/// How tests are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joined {
    /// All of them hold.
    #[default]
    And,
    /// At least one of them holds.
    Or,
}

/// One thing tested against values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What is tested.
    pub subject: Subject,
    /// How.
    pub relation: Relation,
    /// Against what.
    pub operand: Operand,
}

/// What a test looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The value of an attribute.
    Value(AttributeId),
    /// A property of what is chosen.
    Property(AttributeId, String),
    /// How many options of a multi-choice are chosen.
    Count(AttributeId),
}

/// How a subject stands to the operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is the one option, or the number.
    Is,
    /// It is another one.
    IsNot,
    /// It is among several options.
    OneOf,
    /// It is beside several options.
    NoneOf,
    /// The set has the option.
    Has,
    /// The set is without the option.
    HasNot,
    /// The text has characters.
    Filled,
    /// The text has none.
    Empty,
    /// The number is less.
    Less,
    /// The number is less or equal.
    AtMost,
    /// The number is more.
    Greater,
    /// The number is more or equal.
    AtLeast,
}

/// What a subject is tested against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Nothing: the relation says it all.
    Nothing,
    /// Options of the subject's attribute, in their order.
    Options(Vec<OptionId>),
    /// A number.
    Number(i64),
}

/// Relations with the names that forms have for them.
const RELATIONS: [(Relation, &str); 12] = [
    (Relation::Is, "is"),
    (Relation::IsNot, "is_not"),
    (Relation::OneOf, "one_of"),
    (Relation::NoneOf, "none_of"),
    (Relation::Has, "has"),
    (Relation::HasNot, "has_not"),
    (Relation::Filled, "filled"),
    (Relation::Empty, "empty"),
    (Relation::Less, "less"),
    (Relation::AtMost, "at_most"),
    (Relation::Greater, "more"),
    (Relation::AtLeast, "at_least"),
];

impl Relation {
    /// Its name in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        RELATIONS.iter().find(|(relation, _)| *relation == self).map_or("", |(_, code)| code)
    }

    /// The relation of this name.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        RELATIONS.iter().find(|(_, name)| *name == code).map(|(relation, _)| *relation)
    }

    /// Whether it takes several options.
    #[must_use]
    pub fn takes_several(self) -> bool {
        matches!(self, Self::OneOf | Self::NoneOf)
    }

    fn comparison(self) -> Option<Comparison> {
        Some(match self {
            Self::Is => Comparison::Equal,
            Self::IsNot => Comparison::NotEqual,
            Self::Less => Comparison::Less,
            Self::AtMost => Comparison::AtMost,
            Self::Greater => Comparison::Greater,
            Self::AtLeast => Comparison::AtLeast,
            _ => return None,
        })
    }

    fn of_comparison(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Equal => Self::Is,
            Comparison::NotEqual => Self::IsNot,
            Comparison::Less => Self::Less,
            Comparison::AtMost => Self::AtMost,
            Comparison::Greater => Self::Greater,
            Comparison::AtLeast => Self::AtLeast,
        }
    }
}

impl Subject {
    /// The attribute it is about.
    #[must_use]
    pub fn attribute(&self) -> AttributeId {
        match self {
            Self::Value(id) | Self::Property(id, _) | Self::Count(id) => *id,
        }
    }

    /// As the rule language writes it: `wheel`, `wheel.size`, `count(extras)`.
    #[must_use]
    pub fn code(&self, product: &Product) -> String {
        let code = &product.attribute(self.attribute()).code;
        match self {
            Self::Value(_) => code.clone(),
            Self::Property(_, property) => format!("{code}.{property}"),
            Self::Count(_) => format!("count({code})"),
        }
    }

    /// Everything a test can look at, in the order of the attributes.
    #[must_use]
    pub fn all(product: &Product) -> Vec<Self> {
        let mut found = Vec::new();
        for (id, attribute) in product.ids() {
            found.push(Self::Value(id));
            if attribute.kind.is_multi_choice() {
                found.push(Self::Count(id));
            }
            let mut names: Vec<&str> = attribute.properties().collect();
            names.sort_unstable();
            names.dedup();
            let is_set = |name: &&str| attribute.options().iter().any(|option| option.property(name) != 0);
            let properties = names.into_iter().filter(is_set).map(str::to_owned);
            found.extend(properties.map(|name| Self::Property(id, name)));
        }
        found
    }

    /// The subject that the rule language writes so.
    #[must_use]
    pub fn named(code: &str, product: &Product) -> Option<Self> {
        let find = |code: &str| product.by_code(code);
        if let Some(inner) = code.strip_prefix("count(").and_then(|rest| rest.strip_suffix(')')) {
            let id = find(inner)?;
            return product.attribute(id).kind.is_multi_choice().then_some(Self::Count(id));
        }
        match code.split_once('.') {
            Some((code, property)) => {
                let id = find(code)?;
                let is_there = product.attribute(id).properties().any(|known| known == property);
                is_there.then(|| Self::Property(id, property.to_owned()))
            }
            None => find(code).map(Self::Value),
        }
    }

    /// The relations it can be tested by; the first is the usual one.
    #[must_use]
    pub fn relations(&self, product: &Product) -> &'static [Relation] {
        use Relation::{
            AtLeast, AtMost, Empty, Filled, Greater, Has, HasNot, Is, IsNot, Less, NoneOf, OneOf,
        };
        let numbers: &[Relation] = &[AtLeast, AtMost, Greater, Less, Is, IsNot];
        match self {
            Self::Value(id) => match product.attribute(*id).kind.shape() {
                ValueShape::Option => &[Is, IsNot, OneOf, NoneOf],
                ValueShape::Options => &[Has, HasNot],
                ValueShape::Text => &[Filled, Empty],
                ValueShape::Number => numbers,
            },
            Self::Property(..) | Self::Count(_) => numbers,
        }
    }

    /// Whether it is tested against options, not against numbers or nothing.
    #[must_use]
    pub fn takes_options(&self, product: &Product) -> bool {
        matches!(self, Self::Value(id) if !product.attribute(*id).options().is_empty())
    }

    fn of_number(number: &Number) -> Option<Self> {
        Some(match number {
            Number::Attribute(id) => Self::Value(*id),
            Number::Property(id, property) => Self::Property(*id, property.name.clone()),
            Number::Count(id) => Self::Count(*id),
            _ => return None,
        })
    }

    fn number(&self, product: &Product) -> Number {
        match self {
            Self::Value(id) => Number::Attribute(*id),
            Self::Count(id) => Number::Count(*id),
            Self::Property(id, name) => {
                let options = product.attribute(*id).options().iter();
                let values = options.map(|option| option.property(name)).collect();
                Number::Property(*id, Property { name: name.clone(), values })
            }
        }
    }
}

impl Test {
    /// The test that a condition is, if it is one.
    fn of(condition: &Condition) -> Option<Self> {
        let (subject, relation, operand) = match condition {
            Condition::In(id, options) | Condition::NotIn(id, options) => {
                let is_in = matches!(condition, Condition::In(..));
                let relation = match (is_in, options.len()) {
                    (true, 1) => Relation::Is,
                    (false, 1) => Relation::IsNot,
                    (true, _) => Relation::OneOf,
                    (false, _) => Relation::NoneOf,
                };
                (Subject::Value(*id), relation, Operand::Options(options.clone()))
            }
            Condition::Has(id, option) => {
                (Subject::Value(*id), Relation::Has, Operand::Options(vec![*option]))
            }
            Condition::Filled(id) => (Subject::Value(*id), Relation::Filled, Operand::Nothing),
            Condition::Compare(left, comparison, Number::Constant(value)) => {
                let relation = Relation::of_comparison(*comparison);
                (Subject::of_number(left)?, relation, Operand::Number(*value))
            }
            Condition::Not(inner) => {
                let inner = Self::of(inner)?;
                let relation = match inner.relation {
                    Relation::Has => Relation::HasNot,
                    Relation::Filled => Relation::Empty,
                    _ => return None,
                };
                (inner.subject, relation, inner.operand)
            }
            _ => return None,
        };
        Some(Self { subject, relation, operand })
    }

    /// What it says. A relation that the subject can't be tested by says nothing.
    fn condition(&self, product: &Product) -> Option<Condition> {
        let Self { subject, relation, operand } = self;
        if !subject.relations(product).contains(relation) {
            return None;
        }
        let id = subject.attribute();
        let not = |condition| Condition::Not(Box::new(condition));
        Some(match (relation, operand) {
            (Relation::Filled, Operand::Nothing) => Condition::Filled(id),
            (Relation::Empty, Operand::Nothing) => not(Condition::Filled(id)),
            (Relation::Has, Operand::Options(options)) => Condition::Has(id, *options.first()?),
            (Relation::HasNot, Operand::Options(options)) => not(Condition::Has(id, *options.first()?)),
            (_, Operand::Options(options)) if options.is_empty() => return None,
            (Relation::Is | Relation::OneOf, Operand::Options(options)) => Condition::In(id, options.clone()),
            (Relation::IsNot | Relation::NoneOf, Operand::Options(options)) => {
                Condition::NotIn(id, options.clone())
            }
            (relation, Operand::Number(value)) => {
                let comparison = relation.comparison()?;
                Condition::Compare(subject.number(product), comparison, Number::Constant(*value))
            }
            _ => return None,
        })
    }
}

impl Part {
    fn of(condition: &Condition) -> Option<Self> {
        let joined = if matches!(condition, Condition::Or(..)) { Joined::Or } else { Joined::And };
        let mut tests = Vec::new();
        collect(condition, joined, &mut tests)?;
        Some(Self { joined, tests })
    }

    fn condition(&self, product: &Product) -> Option<Condition> {
        let mut tests = self.tests.iter().map(|test| test.condition(product));
        let first = tests.next()??;
        tests.try_fold(first, |left, right| {
            let (left, right) = (Box::new(left), Box::new(right?));
            Some(match self.joined {
                Joined::And => Condition::And(left, right),
                Joined::Or => Condition::Or(left, right),
            })
        })
    }
}

fn collect(condition: &Condition, joined: Joined, tests: &mut Vec<Test>) -> Option<()> {
    match (condition, joined) {
        (Condition::And(left, right), Joined::And) | (Condition::Or(left, right), Joined::Or) => {
            collect(left, joined, tests)?;
            collect(right, joined, tests)
        }
        (test, _) => {
            tests.push(Test::of(test)?);
            Some(())
        }
    }
}

impl Sentence {
    /// A condition as menus say it; nothing where they can't.
    #[must_use]
    pub fn of(condition: &Condition) -> Option<Self> {
        if let Condition::Implies(given, then) = condition {
            return Some(Self::When(Part::of(given)?, Part::of(then)?));
        }
        if let Some(part) = Part::of(condition) {
            return Some(Self::Always(part));
        }
        let Condition::Not(inner) = condition else { return None };
        let Part { joined: Joined::And, tests } = Part::of(inner)? else { return None };
        Some(Self::Never(tests))
    }

    /// What it says; nothing where a test says nothing.
    #[must_use]
    pub fn condition(&self, product: &Product) -> Option<Condition> {
        match self {
            Self::When(given, then) => {
                let (given, then) = (given.condition(product)?, then.condition(product)?);
                Some(Condition::Implies(Box::new(given), Box::new(then)))
            }
            Self::Never(tests) => {
                let part = Part { joined: Joined::And, tests: tests.clone() };
                Some(Condition::Not(Box::new(part.condition(product)?)))
            }
            Self::Always(part) => part.condition(product),
        }
    }
}

//! Texts and the values of `Integer` and `String` features, which are numbers and texts that depend on a variable.
//!
//! The values of a feature become a variable beside it, where the constraints leave finitely many. Constraints that always
//! hold tell which: `Inches >= 20 & Inches <= 29`, `Colour == 'red' | Colour == 'blue'`, both also behind `Inches =>`.
//! As attributes do, a value counts 0 or as the empty text while its feature is not there.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::arithmetic::{Decimal, Fraction};
use super::constraints::{Operand, Term};
use super::reader::{MOST_NAMES, Reader};
use super::shared::{Attribute, Bounds, MOST_PARTS, Type, Values};
use super::tokens::{Kind, Token};
use crate::features::{not, or, yes};
use crate::text::{ImportError, shown};
use engine::model::{Formula, ValueId, Variable, VariableId};

/// Most values of a feature.
const MOST_VALUES: usize = 10_000;
/// Deepest brackets in which bounds are looked for.
const DEEPEST_BOUNDS: usize = 16;

/// A text.
pub(super) enum Text {
    Always(Rc<str>),
    /// One for each value of a variable.
    Of(VariableId, Vec<Rc<str>>),
}

impl Text {
    /// How many characters it has.
    pub(super) fn length(&self) -> Fraction {
        self.number(|text| i64::try_from(text.chars().count()).unwrap_or(i64::MAX))
    }

    fn number(&self, mut number: impl FnMut(&Rc<str>) -> i64) -> Fraction {
        match self {
            Self::Always(text) => Fraction::whole(number(text)),
            Self::Of(variable, texts) => Fraction::of(*variable, texts.iter().map(number).collect()),
        }
    }
}

/// What a value is compared with.
enum Literal<'t> {
    Number(Decimal),
    Text(&'t str),
}

impl<'t> Reader<'t, '_> {
    /// An operand as a text, if it is one.
    pub(super) fn text(&mut self, operand: &Operand<'t>) -> Result<Option<Text>, ImportError> {
        let parts = match &operand.term {
            Term::Text(text) => return Ok(Some(Text::Always((*text).into()))),
            Term::Name(parts) => parts,
            _ => return Ok(None),
        };
        let (feature, own) = self.find(operand.at, parts)?;
        let attribute = parts.get(own..).unwrap_or_default();
        if attribute.is_empty() {
            let Some(Values::Texts(variable, texts)) = self.values(operand.at, feature)? else {
                return Ok(None);
            };
            let text = Text::Of(*variable, texts.clone());
            let size = texts.len();
            self.spend(operand.at, size)?;
            return Ok(Some(text));
        }
        let same = self.shared.attributes.get(&attribute.join("."));
        Ok(match same.and_then(|same| same.get(&feature)) {
            Some(Attribute::Text(text)) => Some(Text::Of(feature, vec!["".into(), Rc::clone(text)])),
            _ => None,
        })
    }

    /// A number that is the same for the same text only.
    pub(super) fn coded(&mut self, text: &Text) -> Fraction {
        let codes = &mut self.shared.texts;
        text.number(|text| {
            let next = i64::try_from(codes.len()).unwrap_or(i64::MAX);
            *codes.entry(Rc::clone(text)).or_insert(next)
        })
    }

    /// The values of a feature, if it has some.
    pub(super) fn values(&mut self, at: usize, feature: VariableId) -> Result<Option<&Values>, ImportError> {
        let Some(kind) = self.shared.types.get(&feature).copied() else { return Ok(None) };
        if !self.shared.values.contains_key(&feature) {
            let values = self.new_values(at, feature, kind)?;
            self.shared.values.insert(feature, values);
        }
        Ok(self.shared.values.get(&feature))
    }

    /// A variable for the values of a feature, which is then in the model.
    fn new_values(&mut self, at: usize, feature: VariableId, kind: Type) -> Result<Values, ImportError> {
        let name = self.shared.features.model.variable(feature).name.clone();
        let bounds = self.shared.bounds.remove(&feature).unwrap_or_default();
        let values = self.bounded(at, &name, (feature, kind), bounds)?;
        let names: Vec<String> = match &values {
            Values::Numbers(_, numbers) => numbers.iter().skip(1).map(i64::to_string).collect(),
            Values::Texts(_, texts) => texts.iter().skip(1).map(|text| format!("'{text}'")).collect(),
        };
        self.shared.parts += names.iter().map(String::len).sum::<usize>();
        if self.shared.parts > MOST_PARTS {
            return self.error(at, "there are too many values", "Bound them more tightly.");
        }
        let size = names.len();
        let all = ["none".to_owned()].into_iter().chain(names).collect();
        let added = Variable::new(format!("value of {name}"), all);
        let variable = match self.shared.features.add_variable(added) {
            Ok(variable) => variable,
            Err((message, advice)) => return self.error(at, message, advice),
        };
        // It belongs to no group, and ends no part of the tree.
        self.shared.indents.push(usize::MAX);
        let some = Formula::In(variable, (1..=size).map(ValueId::new).collect());
        let none = Formula::In(variable, vec![ValueId(0)]);
        let shown = shown(&name);
        self.shared.features.require(format!("{shown} has a value"), or(not(yes(feature)), some));
        self.shared.features.require(format!("only {shown} has its value"), or(yes(feature), none));
        Ok(match values {
            Values::Numbers(_, numbers) => Values::Numbers(variable, numbers),
            Values::Texts(_, texts) => Values::Texts(variable, texts),
        })
    }

    /// The values that bounds leave a feature of this name; still with the feature in place of the variable for them.
    fn bounded(
        &self,
        at: usize,
        name: &str,
        (feature, kind): (VariableId, Type),
        bounds: Bounds,
    ) -> Result<Values, ImportError> {
        match (kind, bounds) {
            (Type::Integer, Bounds { least: Some(least), most: Some(most), .. }) => {
                let size = i128::from(most) - i128::from(least) + 1;
                if size > MOST_VALUES as i128 {
                    let message = format!("the {kind} feature '{}' has {size} values", shown(name));
                    return self.error(at, message, format!("Bound them to at most {MOST_VALUES}."));
                }
                Ok(Values::Numbers(feature, [0].into_iter().chain(least..=most).collect()))
            }
            (Type::String, Bounds { texts: Some(texts), .. }) => {
                if texts.len() > MOST_VALUES {
                    let message = format!("the {kind} feature '{}' has {} values", shown(name), texts.len());
                    return self.error(at, message, format!("Use at most {MOST_VALUES}."));
                }
                Ok(Values::Texts(feature, ["".into()].into_iter().chain(texts).collect()))
            }
            (Type::Real, _) => {
                let message = format!("the value of the {kind} feature '{}' is not read", shown(name));
                self.error(at, message, "Use an Integer with bounds, or a feature for each value.")
            }
            (Type::Integer, _) => {
                let message = format!("the values of the {kind} feature '{}' have no bounds", shown(name));
                let advice = "Add constraints that bound them, such as Length >= 1 & Length <= 20.";
                self.error(at, message, advice)
            }
            (Type::String, _) => {
                let message = format!("the values of the {kind} feature '{}' are not listed", shown(name));
                let advice = "Add a constraint that lists them, such as Colour == 'red' | Colour == 'blue'.";
                self.error(at, message, advice)
            }
        }
    }

    /// Notes what a constraint tells of the values of features.
    pub(super) fn learn(&mut self, constraint: Range<usize>) {
        let tokens = self.tokens.get(constraint).unwrap_or_default().to_vec();
        self.learn_from(&tokens, None, 0);
    }

    /// `given` is the feature that has to be there for these tokens to hold.
    fn learn_from(&mut self, tokens: &[Token<'t>], given: Option<VariableId>, depth: usize) {
        let tokens = unbracketed(tokens);
        if depth == DEEPEST_BOUNDS || split(tokens, "<=>").len() > 1 {
            return;
        }
        match (&split(tokens, "=>")[..], given) {
            ([_], _) => {}
            ([condition, then], None) => {
                if let Some(feature) = self.typed(unbracketed(condition)) {
                    self.learn_from(then, Some(feature), depth + 1);
                }
                return;
            }
            _ => return,
        }
        let alternatives = split(tokens, "|");
        let all = split(tokens, "&");
        if alternatives.len() == 1 && all.len() > 1 {
            all.into_iter().for_each(|part| self.learn_from(part, given, depth + 1));
            return;
        }
        let compared: Option<Vec<_>> =
            alternatives.iter().map(|part| self.comparison(unbracketed(part))).collect();
        let Some(compared) = compared else { return };
        let Some(feature) = compared.first().map(|(feature, ..)| *feature) else { return };
        if given.is_some_and(|given| given != feature) || compared.iter().any(|(other, ..)| *other != feature)
        {
            return;
        }
        let bounds = self.shared.bounds.entry(feature).or_default();
        if let [(_, sign, Literal::Number(number))] = compared[..] {
            return bounds.narrow(sign, number);
        }
        if compared.iter().any(|(_, sign, _)| *sign != "==") {
            return;
        }
        let mut texts = BTreeSet::new();
        let mut numbers = Vec::new();
        for (.., literal) in compared {
            match literal {
                Literal::Text(text) => drop(texts.insert(text.into())),
                Literal::Number(number) => numbers.push(number),
            }
        }
        match (numbers.iter().map(|it| it.ceil()).min(), numbers.iter().map(|it| it.floor()).max()) {
            (Some(least), Some(most)) if texts.is_empty() => bounds.within(Some(least), Some(most)),
            (None, None) => bounds.list(texts),
            _ => {}
        }
    }

    /// A comparison of a feature's value with a literal, and the sign as if the feature stood on the left.
    fn comparison(&self, tokens: &[Token<'t>]) -> Option<(VariableId, &'static str, Literal<'t>)> {
        ["==", "<", "<=", ">", ">="].into_iter().find_map(|sign| {
            let [left, right] = split(tokens, sign)[..] else { return None };
            let (left, right) = (unbracketed(left), unbracketed(right));
            if let Some(feature) = self.typed(left) {
                return Some((feature, sign, literal(right)?));
            }
            let turned = match sign {
                "<" => ">",
                "<=" => ">=",
                ">" => "<",
                ">=" => "<=",
                _ => sign,
            };
            Some((self.typed(right)?, turned, literal(left)?))
        })
    }

    /// The feature with values that is named here.
    fn typed(&self, tokens: &[Token<'t>]) -> Option<VariableId> {
        if tokens.len() > 2 * MOST_NAMES {
            return None;
        }
        let mut parts = Vec::new();
        for (place, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Word(name) | Kind::Quoted(name) if place % 2 == 0 => parts.push(name),
                Kind::Sign(".") if place % 2 == 1 => {}
                _ => return None,
            }
        }
        let (feature, own) = self.lookup(&parts)?;
        Some(feature).filter(|feature| own == parts.len() && self.shared.types.contains_key(feature))
    }
}

/// A number or text that is written out.
fn literal<'t>(tokens: &[Token<'t>]) -> Option<Literal<'t>> {
    let kinds: Vec<Kind<'t>> = tokens.iter().map(|token| token.kind).take(3).collect();
    match kinds[..] {
        [Kind::Number(digits)] => Decimal::read(digits, false).map(Literal::Number),
        [Kind::Sign("-"), Kind::Number(digits)] => Decimal::read(digits, true).map(Literal::Number),
        [Kind::Text(text)] => Some(Literal::Text(text)),
        _ => None,
    }
}

/// The parts between signs that are not within brackets.
fn split<'s, 't>(tokens: &'s [Token<'t>], sign: &str) -> Vec<&'s [Token<'t>]> {
    let mut inside = 0_usize;
    let between = |token: &Token<'t>| {
        match token.kind {
            Kind::Sign("(") => inside += 1,
            Kind::Sign(")") => inside = inside.saturating_sub(1),
            _ => {}
        }
        inside == 0 && matches!(token.kind, Kind::Sign(found) if found == sign)
    };
    tokens.split(between).collect()
}

/// What brackets around all of it hold.
fn unbracketed<'s, 't>(tokens: &'s [Token<'t>]) -> &'s [Token<'t>] {
    let mut tokens = tokens;
    for _ in 0..DEEPEST_BOUNDS {
        let [first, inner @ .., last] = tokens else { break };
        let brackets = (first.kind, last.kind) == (Kind::Sign("("), Kind::Sign(")"));
        let mut open = 1_usize;
        let closed_before = inner.iter().any(|token| {
            match token.kind {
                Kind::Sign("(") => open += 1,
                Kind::Sign(")") => open = open.saturating_sub(1),
                _ => {}
            }
            open == 0
        });
        if !brackets || closed_before {
            break;
        }
        tokens = inner;
    }
    tokens
}

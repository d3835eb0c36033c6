//! Constraints of a UVL file: conditions, comparisons and arithmetic, by how strongly operators bind.

use super::arithmetic::{Decimal, Fault, Fraction};
use super::reader::Reader;
use super::shared::{Attribute, MOST_PARTS, Values};
use super::tokens::{Kind, Token};
use crate::features::{DEEPEST, and, iff, implies, not, or, yes};
use crate::text::{ImportError, shown};
use engine::model::{Comparison, Formula, VariableId};
use engine::names::nearest;

/// What becomes of numbers that count while their features are there.
type Aggregate = fn(&[(VariableId, Decimal)]) -> Result<Fraction, Fault>;

/// A part of a constraint.
pub(super) struct Operand<'t> {
    pub(super) at: usize,
    pub(super) term: Term<'t>,
}

pub(super) enum Term<'t> {
    /// A condition and how deeply it is nested.
    Condition(Formula, usize),
    Number(Box<Fraction>),
    /// A feature, or an attribute of one.
    Name(Vec<&'t str>),
    Text(&'t str),
}
impl<'t> Reader<'t, '_> {
    /// Reads a constraint; its name is what is written.
    pub(super) fn constraint(&mut self) -> Result<(), ImportError> {
        let start = self.peek().at;
        let read = self.operand(0, 0)?;
        let (formula, _) = self.condition(read)?;
        let end = self.tokens.get(self.next.saturating_sub(1)).map_or(start, |token| token.end);
        let written = self.source.0.get(start..end).unwrap_or_default();
        let name = match written.contains('\n') {
            true => written.split_whitespace().collect::<Vec<_>>().join(" "),
            false => written.to_owned(),
        };
        let within = self.prefix.trim_end_matches('.');
        let name = if within.is_empty() { name } else { format!("{name} (in {})", shown(within)) };
        self.shared.features.require(name, formula);
        Ok(())
    }

    /// Reads operators that bind at least this strongly, and what is between them.
    fn operand(&mut self, weakest: usize, depth: usize) -> Result<Operand<'t>, ImportError> {
        if depth == DEEPEST {
            return self.too_deep(self.peek().at);
        }
        let mut left = self.prefix(depth)?;
        while let Token { kind: Kind::Sign(sign), at, .. } = self.peek() {
            let Some(strength) = strength(sign).filter(|strength| *strength >= weakest) else { break };
            self.next += 1;
            let right = self.operand(strength + 1, depth + 1)?;
            left = Operand { at: left.at, term: self.join(left, sign, at, right)? };
        }
        Ok(left)
    }

    fn prefix(&mut self, depth: usize) -> Result<Operand<'t>, ImportError> {
        let Token { kind, at, .. } = self.peek();
        let term = match kind {
            Kind::Sign("!") => {
                self.next += 1;
                let negated = self.operand(COMPARISON, depth + 1)?;
                let (formula, nested) = self.condition(negated)?;
                self.nested(at, not(formula), nested + 1)?
            }
            Kind::Sign("(") => {
                self.next += 1;
                let inner = self.operand(0, depth + 1)?;
                self.expect(")")?;
                inner.term
            }
            Kind::Sign("-") => {
                self.next += 1;
                let Kind::Number(digits) = self.peek().kind else { return self.unexpected("a number") };
                let number = self.decimal(digits, true)?;
                self.next += 1;
                Term::Number(Box::new(Fraction::constant(number)))
            }
            Kind::Number(digits) => {
                let number = self.decimal(digits, false)?;
                self.next += 1;
                Term::Number(Box::new(Fraction::constant(number)))
            }
            Kind::Text(text) => {
                self.next += 1;
                Term::Text(text)
            }
            Kind::Word(function) if self.ahead(1).kind == Kind::Sign("(") => {
                self.next += 2;
                self.function(function, at, depth)?
            }
            _ => Term::Name(self.reference()?),
        };
        Ok(Operand { at, term })
    }

    /// Reads what a function is applied to, up to the closing bracket.
    fn function(&mut self, function: &str, at: usize, depth: usize) -> Result<Term<'t>, ImportError> {
        match function {
            "sum" => self.aggregate(at, Fraction::total),
            "avg" => self.aggregate(at, Fraction::mean),
            "floor" | "ceil" => {
                let inner = self.operand(0, depth + 1)?;
                self.expect(")")?;
                let number = self.amount(inner)?;
                self.number(at, if function == "floor" { number.floor() } else { number.ceil() })
            }
            "len" => {
                let inner = self.operand(0, depth + 1)?;
                self.expect(")")?;
                match self.text(&inner)? {
                    Some(text) => self.number(at, Ok(text.length())),
                    None => self.error(inner.at, "only a text has a length", "Use a text."),
                }
            }
            _ => {
                let message = format!("there is no function '{}'", shown(function));
                self.error(at, message, "Use sum, avg, floor, ceil or len.")
            }
        }
    }

    /// Reads an attribute and perhaps a feature, and adds up the attributes of the features below.
    fn aggregate(&mut self, at: usize, make: Aggregate) -> Result<Term<'t>, ImportError> {
        let attribute_at = self.peek().at;
        let attribute = self.reference()?.join(".");
        let mut below = self.root;
        if self.takes(",") {
            let root_at = self.peek().at;
            let name = self.reference()?;
            let (root, own) = self.find(root_at, &name)?;
            if own < name.len() {
                let message = format!("'{}' is no feature", shown(&name.join(".")));
                return self.error(root_at, message, "Name the feature above those that have the attribute.");
            }
            below = Some(root);
        }
        self.expect(")")?;
        let Some(numbers) = self.shared.attributes.get(&attribute) else {
            let advice = nearest(&attribute, self.shared.attributes.keys().map(String::as_str));
            let message = format!("no feature has the attribute '{}'", shown(&attribute));
            return self.error(attribute_at, message, advice);
        };
        let first = below.map_or(0, VariableId::index);
        let end = below.map_or(0, |root| {
            let deeper =
                |indent: &&usize| self.shared.indents.get(root.index()).is_some_and(|own| *indent > own);
            root.index() + 1 + self.shared.indents.iter().skip(root.index() + 1).take_while(deeper).count()
        });
        let mut counted = Vec::new();
        for (feature, number) in numbers.range(VariableId::new(first)..VariableId::new(end)) {
            let Attribute::Number(number) = number else {
                let name = &self.shared.features.model.variable(*feature).name;
                let message =
                    format!("the attribute '{}' of '{}' is no number", shown(&attribute), shown(name));
                return self.error(attribute_at, message, "Add up numbers only.");
            };
            counted.push((*feature, *number));
        }
        if counted.is_empty() {
            let message = format!("no feature there has the attribute '{}'", shown(&attribute));
            return self.error(attribute_at, message, "Name a feature above those that have it.");
        }
        self.number(at, make(&counted))
    }

    /// Joins two operands by an operator that stands at a byte of the text.
    fn join(
        &mut self,
        left: Operand<'t>,
        sign: &str,
        at: usize,
        right: Operand<'t>,
    ) -> Result<Term<'t>, ImportError> {
        if let "<=>" | "=>" | "|" | "&" = sign {
            let ((left, left_depth), (right, right_depth)) = (self.condition(left)?, self.condition(right)?);
            // Lists of the same kind become one, so that long ones are not deep.
            let inside = |part: &Formula, depth: usize| match (sign, part) {
                ("&", Formula::And(_)) | ("|", Formula::Or(_)) => depth - 1,
                _ => depth,
            };
            let depth = inside(&left, left_depth).max(inside(&right, right_depth));
            return match sign {
                "&" => self.nested(at, and(left, right), depth + 1),
                "|" => self.nested(at, or(left, right), depth + 1),
                "=>" => self.nested(at, implies(left, right), depth + 2),
                _ => self.nested(at, iff(left, right), depth + 2),
            };
        }
        let texts = (self.text(&left)?, self.text(&right)?);
        match (texts, sign) {
            ((Some(left), Some(right)), "==" | "!=") => {
                let (left, right) = (self.coded(&left), self.coded(&right));
                return self.compared(at, &left, sign, &right);
            }
            ((Some(_), Some(_)), _) => {
                return self.error(at, format!("'{sign}' is not read with texts"), "Use == or !=.");
            }
            _ => {}
        }
        let (left, right) = (self.amount(left)?, self.amount(right)?);
        match sign {
            "+" => self.number(at, left.plus(&right, 1)),
            "-" => self.number(at, left.plus(&right, -1)),
            "*" => self.number(at, left.times(&right)),
            "/" => self.number(at, left.over(&right)),
            _ => self.compared(at, &left, sign, &right),
        }
    }

    fn compared(
        &mut self,
        at: usize,
        left: &Fraction,
        sign: &str,
        right: &Fraction,
    ) -> Result<Term<'t>, ImportError> {
        let comparison = match sign {
            "==" => Comparison::Equal,
            "!=" => Comparison::Unequal,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::More,
            _ => Comparison::AtLeast,
        };
        match left.compared(comparison, right) {
            Ok(formula) => self.nested(at, formula, 2),
            Err(fault) => self.unsayable(at, &fault),
        }
    }

    /// A condition that is nested this deeply.
    fn nested(&self, at: usize, formula: Formula, depth: usize) -> Result<Term<'t>, ImportError> {
        if depth > DEEPEST {
            return self.too_deep(at);
        }
        Ok(Term::Condition(formula, depth))
    }

    fn too_deep<T>(&self, at: usize) -> Result<T, ImportError> {
        self.error(at, "this constraint is nested too deeply", "Divide it.")
    }

    fn number(&mut self, at: usize, number: Result<Fraction, Fault>) -> Result<Term<'t>, ImportError> {
        let number = match number {
            Ok(number) => number,
            Err(fault) => return self.unsayable(at, &fault),
        };
        self.spend(at, number.parts())?;
        Ok(Term::Number(Box::new(number)))
    }

    /// Counts parts of numbers and texts, of which there may be [`MOST_PARTS`].
    pub(super) fn spend(&mut self, at: usize, parts: usize) -> Result<(), ImportError> {
        self.shared.parts += parts;
        if self.shared.parts > MOST_PARTS { self.unsayable(at, &Fault::TooLong) } else { Ok(()) }
    }

    fn unsayable<T>(&self, at: usize, fault: &Fault) -> Result<T, ImportError> {
        match fault {
            Fault::TooLarge => {
                self.error(at, "numbers become too large here", "Use smaller ones, or fewer decimals.")
            }
            Fault::TooLong => self.error(at, "this is too much arithmetic", "Divide the constraint."),
            Fault::Rounded => self.error(
                at,
                "a quotient by what depends on features can't be rounded",
                "Divide by a number, or round the parts.",
            ),
            Fault::Zero => self.error(at, "this divides by 0", "Divide by another number."),
        }
    }

    /// The feature that a name starts with, and how many parts of the name are its own; the others name an attribute.
    pub(super) fn lookup(&self, parts: &[&'t str]) -> Option<(VariableId, usize)> {
        let ends = self.imported(parts).map_or(1..=1, |file| file + 1..=parts.len());
        ends.into_iter().find_map(|end| {
            let name = format!("{}{}", self.prefix, parts.get(..end)?.join("."));
            Some((self.shared.features.find(&name)?, end))
        })
    }

    /// As [`lookup`](Self::lookup), and an error where there is none.
    pub(super) fn find(&self, at: usize, parts: &[&'t str]) -> Result<(VariableId, usize), ImportError> {
        if let Some(found) = self.lookup(parts) {
            return Ok(found);
        }
        let file = self.imported(parts);
        if let Some(path) = file.and_then(|file| self.outside(&parts[..file])) {
            let message = format!("no feature of '{}' stands in the tree", shown(path));
            return self.error(at, message, "Put the root of that file below a group.");
        }
        let name = parts.get(..file.map_or(1, |_| parts.len())).unwrap_or(parts).join(".");
        let variables = self.shared.features.model.variables.iter();
        let names = variables.filter_map(|variable| variable.name.strip_prefix(&self.prefix));
        self.error(at, format!("there is no feature '{}'", shown(&name)), nearest(&name, names))
    }

    /// An operand as a condition, and how deeply that is nested.
    fn condition(&self, Operand { at, term }: Operand<'t>) -> Result<(Formula, usize), ImportError> {
        let what = match term {
            Term::Condition(formula, depth) => return Ok((formula, depth)),
            Term::Name(parts) => {
                let (feature, own) = self.find(at, &parts)?;
                if parts.len() == own {
                    return Ok((yes(feature), 1));
                }
                format!("the attribute '{}'", shown(&parts.join(".")))
            }
            Term::Number(_) => "a number".to_owned(),
            Term::Text(_) => "a text".to_owned(),
        };
        self.error(at, format!("{what} is no condition"), "Use a feature or a comparison.")
    }

    /// An operand as a number.
    fn amount(&mut self, Operand { at, term }: Operand<'t>) -> Result<Fraction, ImportError> {
        let parts = match term {
            Term::Number(number) => return Ok(*number),
            Term::Name(parts) => parts,
            Term::Text(_) => return self.error(at, "a text is no number", "Compare it with another text."),
            Term::Condition(..) => {
                return self.error(at, "a condition is no number", "Put the condition between brackets.");
            }
        };
        let (feature, own) = self.find(at, &parts)?;
        let name = shown(&parts.join("."));
        let attribute = parts.get(own..).unwrap_or_default();
        if !attribute.is_empty() {
            return match self.shared.attributes.get(&attribute.join(".")).and_then(|same| same.get(&feature))
            {
                Some(Attribute::Number(number)) => Ok(Fraction::with(feature, *number)),
                Some(_) => self.error(at, format!("the attribute '{name}' is no number"), "Use a number."),
                None => {
                    let own = self.shared.attributes.iter().filter(|(_, same)| same.contains_key(&feature));
                    let advice = nearest(&attribute.join("."), own.map(|(key, _)| key.as_str()));
                    self.error(at, format!("there is no attribute '{name}'"), advice)
                }
            };
        }
        match self.values(at, feature)? {
            Some(Values::Numbers(variable, numbers)) => {
                let number = Fraction::of(*variable, numbers.clone());
                self.spend(at, number.parts())?;
                Ok(number)
            }
            Some(Values::Texts(..)) => {
                self.error(at, format!("the text of '{name}' is no number"), "Compare it with another text.")
            }
            None => {
                self.error(at, format!("the feature '{name}' is no number"), "Use one of its attributes.")
            }
        }
    }
}

/// How strongly comparisons bind.
const COMPARISON: usize = 4;

/// How strongly an operator binds; none for other signs.
fn strength(sign: &str) -> Option<usize> {
    Some(match sign {
        "<=>" => 0,
        "=>" => 1,
        "|" => 2,
        "&" => 3,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => COMPARISON,
        "+" | "-" => 5,
        "*" | "/" => 6,
        _ => return None,
    })
}

//! One thing compared: an attribute with options, a text that is filled, an option that stands alone.

use super::reader::{Reader, nothing};
use super::relations::Relation;
use super::signs::Sign;
use crate::attribute::Attribute;
use crate::ids::{AttributeId, OptionId};
use crate::rule::parse::RuleError;
use crate::rule::syntax::{Comparison, Condition};
use crate::value::ValueShape;

/// Most pairs of options that `=` between attributes is written out for.
const MOST_PAIRS: usize = 40;

/// Stands for a test whose names mean nothing.
fn no_test() -> Condition {
    Condition::Compare(nothing(), Comparison::Equal, nothing())
}

fn one_of(id: AttributeId, mut options: Vec<OptionId>, negated: bool) -> Condition {
    options.sort_unstable();
    options.dedup();
    if negated { Condition::NotIn(id, options) } else { Condition::In(id, options) }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

impl<'t> Reader<'t> {
    /// A test of an attribute, an option alone, or a comparison of numbers.
    pub(super) fn subject(&mut self) -> Result<Condition, RuleError> {
        if self.are(self.at, &["count", "("]) || self.are(self.at, &["sum", "("]) {
            return self.comparison();
        }
        let Some((id, length)) = self.attribute_named() else {
            if let Some(test) = self.option_alone()? {
                return Ok(test);
            }
            let is_misspelt = matches!(self.peek(), Sign::Word(_) | Sign::Quoted(_))
                && self.relation_at(self.at + 1).is_some();
            return if is_misspelt { self.test_of_misspelt() } else { self.comparison() };
        };
        let is_number = self.are(self.at + length, &["."]);
        match self.attributes[id.index()].kind.shape() {
            _ if is_number => self.comparison(),
            ValueShape::Number => self.comparison(),
            ValueShape::Option | ValueShape::Options | ValueShape::Text => {
                let Some((id, attribute)) = self.attribute()? else { return Ok(no_test()) };
                self.test_of(id, attribute)
            }
        }
    }

    fn test_of(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Condition, RuleError> {
        match attribute.kind.shape() {
            ValueShape::Option => self.choice(id, attribute),
            ValueShape::Options => self.multi_choice(id, attribute),
            ValueShape::Text => self.filled_text(id, attribute),
            ValueShape::Number => self.comparison(),
        }
    }

    /// A test of an attribute whose code or name is nearly there.
    fn test_of_misspelt(&mut self) -> Result<Condition, RuleError> {
        let at = self.at;
        match self.attribute()? {
            Some((id, attribute)) if !attribute.kind.is_number() => self.test_of(id, attribute),
            Some(_) => {
                self.noted.pop();
                self.at = at;
                self.comparison()
            }
            None => {
                // Behind an attribute that does not exist, no option can be judged.
                Err(self.noted.pop().unwrap_or_else(|| self.unexpected("an attribute", "")))
            }
        }
    }

    /// `trail` in place of `sole = trail`, and `lamp in extras`.
    fn option_alone(&mut self) -> Result<Option<Condition>, RuleError> {
        let Some((id, option, length)) = self.option_of_any() else { return Ok(None) };
        let behind = self.relation_at(self.at + length);
        let range = self.range(length);
        let written = self.text[range.clone()].to_owned();
        let attribute = &self.attributes[id.index()];
        let is_of_several = attribute.kind.is_multi_choice();
        let code = &attribute.option(option).code;
        if let Some((relation, signs)) = behind {
            let is_member = is_of_several && matches!(relation, Relation::In | Relation::NotIn);
            let named =
                self.named_attribute_at(self.at + length + signs).filter(|named| *named == id && is_member);
            if named.is_none() {
                return Ok(None);
            }
            let advice = format!("Write '{} has {code}'.", attribute.code);
            self.foreign(range, format!("'{written}' stands before its attribute"), advice);
            self.at += length + signs;
            self.attribute()?;
            let has = Condition::Has(id, option);
            return Ok(Some(if relation == Relation::NotIn { not(has) } else { has }));
        }
        let relation = if is_of_several { "has" } else { "=" };
        let advice = format!("Write '{} {relation} {code}'.", attribute.code);
        self.foreign(range, format!("'{written}' stands without its attribute"), advice);
        self.at += length;
        Ok(Some(if is_of_several { Condition::Has(id, option) } else { Condition::In(id, vec![option]) }))
    }

    fn choice(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Condition, RuleError> {
        let advice = format!("Write '{0} = option' or '{0} in (option, option)'.", attribute.code);
        let start = self.at;
        let Some(relation) = self.relation() else {
            return Err(self.unexpected("'=', '!=', 'in' or 'not in'", &advice));
        };
        let negated = match relation {
            Relation::Equal | Relation::In => false,
            Relation::NotEqual | Relation::NotIn => true,
            Relation::Has | Relation::HasNot => {
                let negated = relation == Relation::HasNot;
                let right = if negated { "!=" } else { "=" };
                let range = self.signs[start].1.start..self.signs[self.at - 1].1.end;
                self.foreign(
                    range,
                    format!("{} is a single choice", attribute.code),
                    format!("Write '{right}'."),
                );
                negated
            }
            _ => return Err(self.unexpected("an option", &advice)),
        };
        let is_list = matches!(relation, Relation::In | Relation::NotIn);
        if self.are(self.at, &["("]) {
            if !is_list {
                let right = if negated { "not in" } else { "in" };
                let range = self.signs[start].1.clone();
                self.foreign(range, "several options are in a list", format!("Write '{right}'."));
            }
            let options = self.listed(id, attribute)?;
            return Ok(one_of(id, options, negated));
        }
        if !is_list && let Some(other) = self.other_choice(id) {
            return self.same_values(id, other, negated);
        }
        let mut options: Vec<OptionId> = self.option(id, attribute)?.into_iter().collect();
        if is_list {
            self.foreign(self.signs[start].1.clone(), "a list of options stands in brackets", advice);
            while self.are(self.at, &[","]) {
                self.at += 1;
                options.extend(self.option(id, attribute)?);
            }
        } else if !negated {
            self.further_options(id, attribute, &mut options)?;
        }
        Ok(one_of(id, options, negated))
    }

    /// `colour = red or blue`: options that follow without their attribute.
    fn further_options(
        &mut self,
        id: AttributeId,
        attribute: &'t Attribute,
        options: &mut Vec<OptionId>,
    ) -> Result<(), RuleError> {
        let mut has_more = false;
        while self.are(self.at, &["or"]) && self.is_option_alone(id, self.at + 1) {
            let range = self.range(2);
            self.foreign(
                range,
                "an option stands without its attribute",
                format!("Write '{} in (option, option)'.", attribute.code),
            );
            self.at += 1;
            options.extend(self.option(id, attribute)?);
            has_more = true;
        }
        // Whether the whole of it is meant, or the last alone, nobody can tell.
        if has_more && self.are(self.at, &["and"]) {
            return Err(self.unexpected("a bracket", "Put what belongs together in brackets."));
        }
        Ok(())
    }

    /// The options between brackets.
    fn listed(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Vec<OptionId>, RuleError> {
        let advice = format!("Write '{} in (option, option)'.", attribute.code);
        self.expect("(", &advice)?;
        let mut options = Vec::new();
        loop {
            options.extend(self.option(id, attribute)?);
            if self.are(self.at, &["or"]) {
                self.take_written(1, ",");
            } else if !self.takes(",") {
                break;
            }
        }
        self.expect(")", &advice)?;
        Ok(options)
    }

    /// The choice that an attribute is compared with, where one is named here and no option is.
    fn other_choice(&self, id: AttributeId) -> Option<AttributeId> {
        let other = self.named_attribute_at(self.at)?;
        let is_choice = self.attributes[other.index()].kind.is_choice();
        (is_choice && !self.is_option_named(id)).then_some(other)
    }

    /// `=` between attributes: the same options of both, by code.
    fn same_values(
        &mut self,
        id: AttributeId,
        other: AttributeId,
        negated: bool,
    ) -> Result<Condition, RuleError> {
        let (one, two) = (&self.attributes[id.index()], &self.attributes[other.index()]);
        let pairs: Vec<Condition> = one
            .option_ids()
            .filter_map(|(option, written)| Some((option, two.option_by_code(&written.code)?)))
            .map(|(option, same)| {
                let both = (Condition::In(id, vec![option]), Condition::In(other, vec![same]));
                let both = Condition::And(Box::new(both.0), Box::new(both.1));
                if negated { not(both) } else { both }
            })
            .collect();
        let range = self.range(1);
        let message = format!("{} is an attribute, not an option of {}", two.code, one.code);
        if pairs.is_empty() || pairs.len() > MOST_PAIRS {
            let advice = match pairs.len() {
                0 => "They have no option in common; name the options that go together.",
                _ => "Name the options that go together, in several rules.",
            };
            return Err(RuleError::new(range, message, advice));
        }
        self.foreign(range, message, "Name the options that go together.");
        self.attribute()?;
        let joined = pairs.into_iter().reduce(|all, pair| match negated {
            true => Condition::And(Box::new(all), Box::new(pair)),
            false => Condition::Or(Box::new(all), Box::new(pair)),
        });
        Ok(joined.unwrap_or_else(no_test))
    }

    fn multi_choice(&mut self, id: AttributeId, attribute: &'t Attribute) -> Result<Condition, RuleError> {
        let advice = format!("Write '{0} has option' or 'count({0})'.", attribute.code);
        let start = self.at;
        let relation = self.relation();
        let negated = match relation {
            Some(Relation::Has) => false,
            Some(Relation::HasNot | Relation::NotEqual) => true,
            Some(Relation::Equal) => {
                let range = self.signs[start].1.clone();
                self.foreign(range, format!("{} takes several options", attribute.code), &*advice);
                false
            }
            _ => return Err(self.unexpected("'has'", &advice)),
        };
        if relation == Some(Relation::NotEqual) {
            let range = self.signs[start].1.clone();
            self.foreign(range, format!("{} takes several options", attribute.code), &*advice);
        }
        let has = |option: Option<OptionId>| {
            let has = option.map_or_else(no_test, |option| Condition::Has(id, option));
            if negated { not(has) } else { has }
        };
        let mut found = has(self.option(id, attribute)?);
        let joined = ["and", "or"].into_iter().find(|word| self.are(self.at, &[word]));
        let Some(word) = joined.filter(|_| self.is_option_alone(id, self.at + 1) && !negated) else {
            return Ok(found);
        };
        while self.are(self.at, &[word]) && self.is_option_alone(id, self.at + 1) {
            let right = format!("Write '{0} has option {word} {0} has option'.", attribute.code);
            self.foreign(self.range(2), "an option stands without its attribute", right);
            self.at += 1;
            let (one, other) = (Box::new(found), Box::new(has(self.option(id, attribute)?)));
            found = if word == "and" { Condition::And(one, other) } else { Condition::Or(one, other) };
        }
        // Which of the two binds more tightly, nobody can tell.
        let other = if word == "and" { "or" } else { "and" };
        match self.are(self.at, &[other]) {
            true => Err(self.unexpected("a bracket", "Put what belongs together in brackets.")),
            false => Ok(found),
        }
    }

    /// A text is filled or empty; alone, it is filled.
    fn filled_text(&mut self, id: AttributeId, attribute: &Attribute) -> Result<Condition, RuleError> {
        let advice = format!("Write filled({}).", attribute.code);
        let start = self.at;
        let relation = self.relation();
        let is_empty = matches!(self.peek(), Sign::Quoted("")) || self.are(self.at, &["empty"]);
        let is_filled = self.are(self.at, &["filled"]);
        let condition = match relation {
            None => Condition::Filled(id),
            Some(Relation::Equal) if is_empty => not(Condition::Filled(id)),
            Some(Relation::NotEqual) if is_empty => Condition::Filled(id),
            Some(Relation::Equal) if is_filled => Condition::Filled(id),
            Some(Relation::NotEqual) if is_filled => not(Condition::Filled(id)),
            Some(_) => {
                let span = self.signs[start.saturating_sub(1)].1.clone();
                return Err(RuleError::new(span, format!("{} is a text", attribute.code), advice));
            }
        };
        let span = self.signs[start.saturating_sub(1)].1.clone();
        self.foreign(span, format!("{} is a text", attribute.code), advice);
        if relation.is_some() {
            self.at += 1;
        }
        Ok(condition)
    }
}

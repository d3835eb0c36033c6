//! A product without an option that is retired, with everything that refers to it: in its place stands its successor where it was
//! asked for, and what merely followed from it goes. Pure.

use std::collections::BTreeMap;

use configurator::rule::{Condition, Left, Retired, Table, WrittenTable};
use configurator::source::{AttributeSource, Source, ValueSource};
use configurator::{AttributeId, OptionId, Product};
use words::Admin;

use super::removal::{Hanging, Part, Removal};
use super::tables::shortened;

/// An option that is to be retired, by codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retiring {
    /// Its attribute.
    pub attribute: String,
    /// The option.
    pub option: String,
    /// The option of the same attribute that stands for it.
    pub successor: Option<String>,
}

/// What becomes of a part that refers to a retired option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// It goes.
    Gone,
    /// It stays, and what it has of the option goes.
    Freed,
    /// It is as it was but for this: before and after.
    Changed(String, String),
    /// Without a successor, or with this one, it would hold for nothing: it has to be changed by hand first. How it is written.
    Unclear(String),
}

/// A part of the product that refers to a retired option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referring {
    /// What people call it.
    pub name: String,
    /// What becomes of it.
    pub becomes: Becomes,
}

/// What becomes of parts, by what they are.
type Outcomes = Vec<(Part, Becomes)>;

/// Takes an option out of a product that was checked as `product`, and tells what becomes of everything that refers to it; nothing
/// where there is no such option.
pub(super) fn retire(
    source: &mut Source,
    product: &Product,
    retiring: &Retiring,
    say: &Admin,
) -> Option<Vec<Referring>> {
    let attribute = product.by_code(&retiring.attribute)?;
    let find = |code: &str| {
        let mut options = product.attribute(attribute).option_ids();
        options.find(|(_, option)| option.code == code).map(|(id, _)| id)
    };
    let option = find(&retiring.option)?;
    let successor = retiring.successor.as_deref().and_then(find).filter(|successor| *successor != option);
    let removal = Removal::Option { attribute: retiring.attribute.clone(), option: retiring.option.clone() };
    let hanging = removal.hanging(source, say);
    let work = Work { product, retired: Retired { attribute, option, successor }, retiring };
    let mut outcomes = Outcomes::new();
    work.rules(source, &mut outcomes);
    work.conditions(source, &mut outcomes);
    work.values(source, &mut outcomes);
    let of_code = source.attributes.iter_mut().find(|known| known.code == retiring.attribute)?;
    work.successors(of_code, &mut outcomes);
    of_code.retire(&retiring.option, successor.and(retiring.successor.as_deref()));
    removal.clear(source);
    source.drop_stray_values();
    source.drop_stray_translations();
    Some(told(hanging, outcomes))
}

/// What hangs on the option, each with what becomes of it.
fn told(hanging: Vec<Hanging>, mut outcomes: Outcomes) -> Vec<Referring> {
    let referring = hanging.into_iter().filter_map(|Hanging { part, name, .. }| {
        let becomes = match (outcomes.iter().position(|(known, _)| *known == part), part) {
            (Some(index), _) => outcomes.swap_remove(index).1,
            (None, Part::Texts(_)) => Becomes::Freed,
            // Words of it are in the text, and nothing of the option.
            (None, _) => return None,
        };
        Some(Referring { name, becomes })
    });
    referring.collect()
}

struct Work<'p> {
    product: &'p Product,
    retired: Retired,
    retiring: &'p Retiring,
}

impl Work<'_> {
    fn names(&self, condition: &Condition) -> bool {
        condition.names(self.retired.attribute, self.retired.option)
    }

    /// What is left of a condition on which something is there: without the option, that is not there.
    fn left_of_when(&self, condition: &Condition) -> Left {
        condition.without_option(self.product, Retired { successor: None, ..self.retired })
    }

    /// Conditions that have to hold: rules, and when attributes apply.
    fn rules(&self, source: &mut Source, outcomes: &mut Outcomes) {
        let checked = self.product.rules.iter().map(|rule| (rule.code.as_str(), &rule.condition));
        let checked: BTreeMap<&str, &Condition> = checked.collect();
        source.rules.retain_mut(|rule| {
            let Some(condition) = checked.get(rule.code.as_str()).filter(|known| self.names(known)) else {
                return true;
            };
            let (becomes, stays) = match condition.without_option(self.product, self.retired) {
                Left::Always => (Becomes::Gone, false),
                Left::Never => (Becomes::Unclear(shortened(&rule.rule)), true),
                Left::When(_) if WrittenTable::is_meant(&rule.rule) => (self.table(&mut rule.rule), true),
                Left::When(left) => (self.rewritten(&mut rule.rule, &left), true),
            };
            outcomes.push((Part::Rule(rule.code.clone()), becomes));
            stays
        });
        for (written, checked) in source.attributes.iter_mut().zip(&self.product.attributes) {
            let (Some(text), Some(applies)) = (&mut written.applies, &checked.applies) else { continue };
            if !self.names(applies) {
                continue;
            }
            let becomes = match applies.without_option(self.product, self.retired) {
                Left::Never => Becomes::Unclear(text.clone()),
                Left::When(left) => self.rewritten(text, &left),
                Left::Always => {
                    written.applies = None;
                    Becomes::Gone
                }
            };
            outcomes.push((Part::Applies(written.code.clone()), becomes));
        }
    }

    /// A table without the option: its rows stay rows.
    fn table(&self, text: &mut String) -> Becomes {
        let attributes = &self.product.attributes;
        let table = WrittenTable::read(text).ok().and_then(|written| Table::read(&written, attributes).ok());
        match table.and_then(|table| table.without_option(self.retired)) {
            Some(left) => {
                let was = std::mem::replace(text, left.written(attributes).text());
                Becomes::Changed(shortened(&was), shortened(text))
            }
            None => Becomes::Unclear(shortened(text)),
        }
    }

    fn rewritten(&self, text: &mut String, left: &Condition) -> Becomes {
        let was = std::mem::replace(text, left.text(self.product));
        Becomes::Changed(was, text.clone())
    }

    /// Conditions on which something is there: layers, surcharges, and what can't be returned.
    fn conditions(&self, source: &mut Source, outcomes: &mut Outcomes) {
        let checked: Vec<_> = self.product.layers.iter().map(|layer| layer.when.as_ref()).collect();
        self.each(&mut source.layers, &checked, |layer| &mut layer.when, Part::Layer, outcomes);
        let checked: Vec<_> = self.product.prices.iter().map(|price| price.when.as_ref()).collect();
        self.each(&mut source.prices, &checked, |price| &mut price.when, Part::Price, outcomes);
        let checked: Vec<_> = self.product.no_returns.iter().map(|why| why.when.as_ref()).collect();
        self.each(&mut source.no_returns, &checked, |why| &mut why.when, Part::NoReturn, outcomes);
        self.enough(source, outcomes);
    }

    /// What is enough for a use: without the option, or with its successor.
    fn enough(&self, source: &mut Source, outcomes: &mut Outcomes) {
        let answers = source.uses.iter_mut().flat_map(|uses| &mut uses.answers);
        let checked = self.product.uses.iter().flat_map(|uses| &uses.answers);
        for (written, checked) in answers.zip(checked) {
            let Some(enough) = checked.enough.as_ref().filter(|enough| self.names(enough)) else { continue };
            let becomes = match (enough.without_option(self.product, self.retired), &mut written.enough) {
                (Left::When(left), Some(text)) => self.rewritten(text, &left),
                (Left::Never, Some(text)) => Becomes::Unclear(text.clone()),
                (Left::Always, _) | (_, None) => {
                    written.enough = None;
                    Becomes::Gone
                }
            };
            outcomes.push((Part::Enough(written.code.clone()), becomes));
        }
    }

    fn each<T>(
        &self,
        written: &mut Vec<T>,
        checked: &[Option<&Condition>],
        when: impl Fn(&mut T) -> &mut Option<String>,
        part: impl Fn(usize) -> Part,
        outcomes: &mut Outcomes,
    ) {
        let mut index = 0;
        written.retain_mut(|entry| {
            let (at, text) = (index, when(entry));
            index += 1;
            let Some(condition) = checked.get(at).copied().flatten().filter(|known| self.names(known)) else {
                return true;
            };
            let (becomes, stays) = match (self.left_of_when(condition), text.as_mut()) {
                (Left::Never, _) => (Becomes::Gone, false),
                (Left::When(left), Some(text)) => (self.rewritten(text, &left), true),
                (Left::Always | Left::When(_), _) => {
                    let was = text.take().unwrap_or_default();
                    (Becomes::Changed(was, String::new()), true)
                }
            };
            outcomes.push((part(at), becomes));
            stays
        });
    }

    /// The standard design, ready-made designs and test designs.
    fn values(&self, source: &mut Source, outcomes: &mut Outcomes) {
        let code = &self.retiring.attribute;
        for attribute in source.attributes.iter_mut().filter(|attribute| attribute.code == *code) {
            let Some((was, now)) = self.replace(&mut attribute.standard) else { continue };
            // A choice has to have one, and a set as many as are asked for of those that are left.
            let left = i64::try_from(attribute.options.len()).unwrap_or(i64::MAX) - 1;
            let least = attribute.min.unwrap_or(0).min(left);
            let is_enough = match &attribute.standard {
                ValueSource::List(codes) => i64::try_from(codes.len()).is_ok_and(|count| count >= least),
                _ => now.is_some(),
            };
            let becomes = match now {
                _ if !is_enough => Becomes::Unclear(was),
                Some(now) => Becomes::Changed(was, now),
                None => Becomes::Freed,
            };
            outcomes.push((Part::Standard(code.clone()), becomes));
        }
        let designs = source.designs.iter_mut().map(|design| {
            let part: fn(String) -> Part = Part::Design;
            (part, &design.code, &mut design.values)
        });
        let tests = source.tests.iter_mut().map(|test| {
            let part: fn(String) -> Part = Part::Test;
            (part, &test.code, &mut test.values)
        });
        for (part, name, values) in designs.chain(tests) {
            let Some((was, now)) = values.get_mut(code).and_then(|value| self.replace(value)) else {
                continue;
            };
            let becomes = match now {
                Some(now) => Becomes::Changed(was, now),
                // It is as the standard design there, or has an empty set.
                None => Becomes::Freed,
            };
            outcomes.push((part(name.clone()), becomes));
        }
    }

    /// Puts the successor in the option's place in a value, in words before and after; nothing after where nothing is left.
    fn replace(&self, value: &mut ValueSource) -> Option<(String, Option<String>)> {
        let (option, successor) = (&self.retiring.option, self.successor());
        match value {
            ValueSource::Text(code) if code == option => {
                let was = self.label(option);
                let now = successor.map(|successor| {
                    *code = successor.to_owned();
                    self.label(successor)
                });
                Some((was, now))
            }
            ValueSource::List(codes) if codes.contains(option) => {
                let names = |codes: &[String]| {
                    codes.iter().map(|code| self.label(code)).collect::<Vec<_>>().join(", ")
                };
                let was = names(codes);
                let successor = successor.filter(|successor| codes.iter().all(|code| code != successor));
                for code in codes.iter_mut().filter(|code| *code == option) {
                    successor.unwrap_or_default().clone_into(code);
                }
                codes.retain(|code| !code.is_empty());
                Some((was, (!codes.is_empty()).then(|| names(codes))))
            }
            _ => None,
        }
    }

    fn successor(&self) -> Option<&str> {
        let id = self.retired.successor?;
        Some(&self.product.attribute(self.retired.attribute).option(id).code)
    }

    /// What the option stood for itself.
    fn successors(&self, attribute: &AttributeSource, outcomes: &mut Outcomes) {
        let successor = self.retired.successor.and(self.retiring.successor.as_deref());
        let former = attribute.successors.iter().filter(|(_, known)| **known == self.retiring.option);
        for (former, option) in former {
            let becomes = match successor {
                Some(successor) => Becomes::Changed(self.label(option), self.label(successor)),
                None => Becomes::Gone,
            };
            outcomes.push((Part::Successor(former.clone()), becomes));
        }
    }

    fn label(&self, code: &str) -> String {
        label(self.product, self.retired.attribute, code).unwrap_or_else(|| code.to_owned())
    }
}

/// What people call an option.
pub(super) fn label(product: &Product, attribute: AttributeId, code: &str) -> Option<String> {
    let known: Option<(OptionId, _)> =
        product.attribute(attribute).option_ids().find(|(_, option)| option.code == code);
    known.map(|(_, option)| option.label.clone())
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    fn source(rule: &str) -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue" }, { "code": "grey", "label": "Grey" },
                ]},
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": ["lid"], "min": 1, "max": 3, "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" }, { "code": "box", "label": "Box" },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
                { "code": "foot", "step": "all", "label": "Foot", "kind": "choice", "standard": "flat", "applies": "height > 9", "options": [
                    { "code": "flat", "label": "Flat" }, { "code": "ring", "label": "Ring" },
                ]},
            ],
            "rules": [{ "code": "one", "rule": rule, "sentence": "So it is." }],
        }))
        .unwrap()
    }

    fn retired(
        source: &mut Source,
        attribute: &str,
        option: &str,
        successor: Option<&str>,
    ) -> Vec<Referring> {
        let product = Product::check(source).unwrap();
        let retiring = Retiring {
            attribute: attribute.to_owned(),
            option: option.to_owned(),
            successor: successor.map(str::to_owned),
        };
        retire(source, &product, &retiring, Language::ENGLISH.admin()).unwrap()
    }

    #[test]
    fn a_rule_keeps_what_does_not_follow_from_the_option() {
        const GONE: &str = "";
        for (rule, alone, succeeded) in [
            ("glaze = blue implies height < 10", GONE, GONE),
            ("glaze = blue or glaze = red", "glaze = red", "glaze = grey or glaze = red"),
            ("height > 9 implies glaze = blue", "not height > 9", "height > 9 implies glaze = grey"),
            ("height > 9 implies glaze != blue", GONE, GONE),
            (
                "glaze in (blue, grey) implies height < 10",
                "glaze = grey implies height < 10",
                "glaze = grey implies height < 10",
            ),
            (
                "glaze not in (blue, grey) implies height < 10",
                "glaze != grey implies height < 10",
                "glaze != grey implies height < 10",
            ),
            ("glaze != blue implies height < 10", "height < 10", "glaze != grey implies height < 10"),
            ("not (glaze = blue and height > 9)", GONE, GONE),
            ("glaze = blue iff height > 9", "not height > 9", "height > 9 implies glaze = grey"),
            (
                "height < 10 and (glaze = red or glaze = blue)",
                "height < 10 and glaze = red",
                "height < 10 and (glaze = red or glaze = grey)",
            ),
        ] {
            for (successor, expected) in [(None, alone), (Some("grey"), succeeded)] {
                let mut source = source(rule);
                let told = retired(&mut source, "glaze", "blue", successor);
                let left = source.rules.first().map_or(GONE, |rule| &rule.rule);
                assert_eq!(left, expected, "{rule} {successor:?}");
                let becomes = match expected {
                    GONE => Becomes::Gone,
                    expected => Becomes::Changed(rule.to_owned(), expected.to_owned()),
                };
                assert_eq!(told, [Referring { name: "the rule “So it is.”".to_owned(), becomes }]);
                assert!(Product::check(&source).is_ok() || successor.is_none(), "{rule}");
            }
        }
    }

    #[test]
    fn a_table_keeps_its_rows_without_the_option() {
        const TABLE: &str = "(glaze, height) in (\n  (red or blue, 7..9),\n  (blue, *),\n)";
        for (successor, expected) in [
            (None, "(glaze, height) in (\n  (red, 7..9),\n)"),
            (Some("grey"), "(glaze, height) in (\n  (red or grey, 7..9),\n  (grey, *),\n)"),
        ] {
            let mut source = source(TABLE);
            let told = retired(&mut source, "glaze", "blue", successor);
            assert_eq!(source.rules[0].rule, expected);
            let becomes = Becomes::Changed(TABLE.to_owned(), expected.to_owned());
            assert_eq!(told, [Referring { name: "the rule “So it is.”".to_owned(), becomes }]);
            assert!(Product::check(&source).is_ok());
        }
        let mut gone = source("(glaze, height) not in ((blue, 7), (blue, 8))");
        assert_eq!(retired(&mut gone, "glaze", "blue", None)[0].becomes, Becomes::Gone);
        assert!(gone.rules.is_empty());
        let mut twice = source("(extras has lid, extras has box) in ((yes, no), (no, yes))");
        let told = retired(&mut twice, "extras", "lid", Some("box"));
        assert!(
            told.iter().any(
                |told| matches!(&told.becomes, Becomes::Unclear(text) if text.contains("extras has lid"))
            ),
            "{told:?}"
        );
    }

    #[test]
    fn a_set_goes_on_with_the_successor_or_without() {
        let mut with = source("extras has lid or extras has spoon");
        let told = retired(&mut with, "extras", "lid", Some("box"));
        assert_eq!(with.rules[0].rule, "extras has box or extras has spoon");
        assert_eq!(with.attributes[1].standard, ValueSource::List(vec!["box".to_owned()]));
        assert_eq!(with.attributes[1].max, Some(2));
        let standard = told.iter().find(|told| told.name == "the standard design").unwrap();
        assert_eq!(standard.becomes, Becomes::Changed("Lid".to_owned(), "Box".to_owned()));
        let mut without = source("extras has lid implies height > 7");
        without.attributes[1].min = Some(1);
        let told = retired(&mut without, "extras", "lid", None);
        assert!(without.rules.is_empty());
        // One is asked for, and none would be left.
        let standard = told.iter().find(|told| told.name == "the standard design").unwrap();
        assert_eq!(standard.becomes, Becomes::Unclear("Lid".to_owned()));
        let mut free = source("extras has lid implies height > 7");
        free.attributes[1].min = None;
        let told = retired(&mut free, "extras", "lid", None);
        assert_eq!(free.attributes[1].standard, ValueSource::List(Vec::new()));
        let standard = told.iter().find(|told| told.name == "the standard design").unwrap();
        assert_eq!(standard.becomes, Becomes::Freed);
    }

    #[test]
    fn what_would_hold_for_nothing_is_left_and_named() {
        let mut source = source("glaze = blue or glaze = red");
        source.attributes[3].applies = Some("extras has spoon".to_owned());
        let told = retired(&mut source, "extras", "spoon", None);
        assert_eq!(
            told,
            [Referring {
                name: "when Foot applies".to_owned(),
                becomes: Becomes::Unclear("extras has spoon".to_owned())
            }]
        );
        assert_eq!(source.attributes[3].applies.as_deref(), Some("extras has spoon"));
    }
}

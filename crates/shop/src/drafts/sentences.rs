//! Rules and conditions as sentences of menus: what a form of them sends, read into text; and the other way where one is to be
//! shown in another way than it was sent.
//!
//! A rule of the key `k` is sent as `by.k` (`menus` or `text`), `shape.k`, and for each condition `given.k.0.subject`, `.relation`,
//! `.value`, `.number`; those that follow begin with `then`. How conditions are joined is `given.k.joined`.

use std::collections::BTreeSet;

use configurator::rule::{
    Joined, Operand, Part, Relation, Sentence, Subject, Test, WrittenTable, correction,
    correction_of_condition, parse_condition,
};
use configurator::source::{Source, entry_keys};
use configurator::{AttributeId, Product};
use words::Language;

use super::sent::{Sent, UnreadableField};

/// The parts of a sentence, as their fields begin.
const PARTS: [&str; 2] = ["given", "then"];

/// A form's fields, with the rules that its menus say as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ReadRules {
    /// Everything that was sent, and the text of each rule that its menus changed.
    pub(super) fields: Vec<(String, String)>,
    /// Fields of menus that say what the rule says already.
    pub(super) untouched: Vec<String>,
}

/// Why a form's rules were not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RulesError {
    /// Menus that say no rule.
    Unreadable(Vec<UnreadableField>),
    /// A rule is to be shown otherwise; nothing else was asked for.
    Shown(Vec<(String, String)>),
}

/// Reads what a form's menus say into the text of its rules.
///
/// # Errors
/// See [`RulesError`].
pub(super) fn read(
    source: &Source,
    fields: &[(String, String)],
    language: Language,
) -> Result<ReadRules, RulesError> {
    let product = Product::readable(source);
    let keys = entry_keys(source.rules.iter().map(|rule| rule.code.as_str()));
    let saved = |key: &str| {
        let at = keys.iter().position(|known| known == key)?;
        Some(source.rules[at].rule.as_str())
    };
    let sent = Sent::new(fields, language);
    let mut form = MenuForm { product: &product, says: Says::Rules, fields, sent };
    if let Some(action) = form.sent.text("do").and_then(|action| action.strip_prefix("sentence:")) {
        return Err(form.shown(action, saved));
    }
    let mut read = ReadRules { fields: fields.to_vec(), untouched: Vec::new() };
    for key in keys.iter().map(String::as_str).chain(["new"]) {
        if form.sent.text(&format!("by.{key}")) != Some("menus") {
            continue;
        }
        let Some(sentence) = form.sentence(key) else { continue };
        if saved(key).and_then(|text| form.said(text)).as_ref() == Some(&sentence) {
            let own = fields.iter().map(|(name, _)| name).filter(|name| is_of(name, key));
            read.untouched.extend(own.cloned());
        } else if matches!(&sentence, Sentence::Never(tests) if tests.len() == 1) {
            let say = language.sentences();
            form.sent.wrong(&format!("shape.{key}"), say.never_needs_two().to_owned());
        } else if let Some(condition) = sentence.condition(&product) {
            let name = if key == "new" { "new.rule".to_owned() } else { format!("rule.{key}") };
            read.fields.retain(|(known, _)| *known != name);
            read.fields.push((name, condition.text(&product)));
        }
    }
    form.sent.done().map_err(RulesError::Unreadable)?;
    Ok(read)
}

/// Whether a field is of the menus of a rule.
pub(super) fn is_of(name: &str, key: &str) -> bool {
    let Some((first, rest)) = name.split_once('.') else { return false };
    let of_part = || rest.strip_prefix(key).is_some_and(|rest| rest.starts_with('.'));
    (["by", "shape"].contains(&first) && rest == key) || (PARTS.contains(&first) && of_part())
}

/// Of two parts of a rule any condition is enough in one, and all are needed in the other.
struct JoinedDiffer;

/// What the menus of a form say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Rules, whose keys are theirs.
    Rules,
    /// When something is so; a key is the name of the field that has the text.
    Conditions,
}

/// A form with menus as it was sent.
pub(super) struct MenuForm<'f> {
    pub(super) product: &'f Product,
    pub(super) says: Says,
    pub(super) fields: &'f [(String, String)],
    pub(super) sent: Sent<'f>,
}

impl MenuForm<'_> {
    /// What a rule's text says, where menus can say it.
    pub(super) fn said(&self, text: &str) -> Option<Sentence> {
        Sentence::of(&parse_condition(text, &self.product.attributes).ok()?)
    }

    /// The numbers of the conditions that a part was sent with, in their order.
    fn rows(&self, part: &str, key: &str) -> BTreeSet<usize> {
        let beginning = format!("{part}.{key}.");
        let names = self.fields.iter().filter_map(|(name, _)| name.strip_prefix(&beginning));
        // As the form's page reads them: no more than anybody adds.
        names.filter_map(|rest| rest.split_once('.')?.0.parse::<u16>().ok().map(usize::from)).collect()
    }

    /// The field that has the text of what menus say.
    fn text_field(&self, key: &str) -> String {
        match self.says {
            Says::Conditions => key.to_owned(),
            Says::Rules if key == "new" => "new.rule".to_owned(),
            Says::Rules => format!("rule.{key}"),
        }
    }

    /// What menus say; nothing where that is nothing, which is told unless nothing was asked for.
    pub(super) fn sentence(&mut self, key: &str) -> Option<Sentence> {
        match self.says {
            Says::Rules => self.rule(key),
            Says::Conditions => {
                let tests = self.tests(PARTS[0], key).filter(|tests| !tests.is_empty())?;
                Some(Sentence::Always(self.part(PARTS[0], key, tests)))
            }
        }
    }

    fn rule(&mut self, key: &str) -> Option<Sentence> {
        let shape_field = format!("shape.{key}");
        let [given, then] = PARTS.map(|part| self.tests(part, key));
        let (given, then) = (given?, then?);
        let shape = self.sent.text(&shape_field).unwrap_or("when").to_owned();
        let is_empty = given.is_empty() && then.is_empty();
        if is_empty && key == "new" {
            return None;
        }
        let say = self.sent.language().sentences();
        if is_empty {
            self.sent.wrong(&shape_field, say.no_conditions().to_owned());
            return None;
        }
        if shape == "when" && (given.is_empty() || then.is_empty()) {
            let missing = if given.is_empty() { say.says_no_when() } else { say.says_no_then() };
            self.sent.wrong(&shape_field, missing.to_owned());
            return None;
        }
        Some(match shape.as_str() {
            "when" => Sentence::When(self.part("given", key, given), self.part("then", key, then)),
            "never" => Sentence::Never([given, then].concat()),
            _ => {
                let Ok(joined) = self.joined_of_both(key, (given.len(), then.len())) else {
                    self.sent.wrong(&shape_field, say.joined_differ().to_owned());
                    return None;
                };
                Sentence::Always(Part { joined, tests: [given, then].concat() })
            }
        })
    }

    /// How so many conditions of each part are joined once they are one part; an error where the parts join theirs differently.
    fn joined_of_both(&self, key: &str, (given, then): (usize, usize)) -> Result<Joined, JoinedDiffer> {
        match (self.joined("given", key, given), self.joined("then", key, then)) {
            (Some(given), Some(then)) if given != then => Err(JoinedDiffer),
            (given, then) => Ok(given.or(then).unwrap_or(Joined::And)),
        }
    }

    /// How so many conditions of a part are joined; nothing where there is nothing to join.
    fn joined(&self, part: &str, key: &str, tests: usize) -> Option<Joined> {
        let is_or = || self.sent.text(&format!("{part}.{key}.joined")) == Some("or");
        (tests > 1).then(|| if is_or() { Joined::Or } else { Joined::And })
    }

    fn part(&self, part: &str, key: &str, tests: Vec<Test>) -> Part {
        Part { joined: self.joined(part, key, tests.len()).unwrap_or(Joined::And), tests }
    }

    /// The conditions of a part; nothing where one of them can't be read.
    fn tests(&mut self, part: &str, key: &str) -> Option<Vec<Test>> {
        let mut found = Some(Vec::new());
        for number in self.rows(part, key) {
            let row = format!("{part}.{key}.{number}");
            // A condition about nothing is none.
            if self.sent.text(&format!("{row}.subject")).is_none_or(str::is_empty) {
                continue;
            }
            match (self.test(&row), &mut found) {
                (Some(test), Some(found)) => found.push(test),
                _ => found = None,
            }
        }
        found
    }

    /// One condition; what it lacks is told.
    fn test(&mut self, row: &str) -> Option<Test> {
        let say = self.sent.language().sentences();
        let (subject_field, relation_field) = (format!("{row}.subject"), format!("{row}.relation"));
        let Some(subject) = Subject::named(self.sent.text(&subject_field)?, self.product) else {
            self.sent.wrong(&subject_field, say.unknown_attribute().to_owned());
            return None;
        };
        let id = subject.attribute();
        let label = self.product.attribute(id).label.clone();
        let relation = self.sent.text(&relation_field).and_then(Relation::named);
        let relation = relation.filter(|relation| subject.relations(self.product).contains(relation));
        let Some(relation) = relation else {
            self.sent.wrong(&relation_field, say.choose_relation(&label));
            return None;
        };
        let operand = if matches!(relation, Relation::Filled | Relation::Empty) {
            Operand::Nothing
        } else if subject.takes_options(self.product) {
            Operand::Options(self.options(row, id, relation)?)
        } else {
            let field = format!("{row}.number");
            if self.sent.text(&field).is_none_or(str::is_empty) {
                self.sent.wrong(&field, say.enter_number(&label));
                return None;
            }
            Operand::Number(self.sent.number(&field, "10")?)
        };
        Some(Test { subject, relation: usual(relation, &operand), operand })
    }

    /// The options of a condition, in the order of their attribute.
    fn options(
        &mut self,
        row: &str,
        id: AttributeId,
        relation: Relation,
    ) -> Option<Vec<configurator::OptionId>> {
        let (field, attribute) = (format!("{row}.value"), self.product.attribute(id));
        let typed = self.sent.fields.get(field.as_str()).cloned().unwrap_or_default();
        let found = typed.iter().filter_map(|code| attribute.option_by_code(code.trim()));
        let found: Vec<_> = found.collect::<BTreeSet<_>>().into_iter().collect();
        let say = self.sent.language().sentences();
        if found.is_empty() {
            self.sent.wrong(&field, say.choose_value(&attribute.label));
            return None;
        }
        if found.len() > 1 && !relation.takes_several() {
            self.sent.wrong(&field, say.choose_one(&attribute.label));
            return None;
        }
        Some(found)
    }

    /// The form with one rule shown otherwise, as a button asks.
    pub(super) fn shown<'s>(mut self, action: &str, saved: impl Fn(&str) -> Option<&'s str>) -> RulesError {
        let mut fields: Vec<(String, String)> =
            self.fields.iter().filter(|(name, _)| name != "do").cloned().collect();
        let mut parts = action.split(':');
        let (verb, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let text_field = self.text_field(key);
        match verb {
            // A table has no menus: it is shown as it is written.
            "text" if saved(key).is_some_and(WrittenTable::is_meant) => {
                let text = saved(key).unwrap_or_default().to_owned();
                fields.retain(|(name, _)| !is_of(name, key) && *name != text_field);
                fields.extend([(format!("by.{key}"), "text".to_owned()), (text_field, text)]);
            }
            "text" => {
                let sentence = self.sentence(key);
                if let Err(wrong) = self.sent.done() {
                    return RulesError::Unreadable(wrong);
                }
                fields.retain(|(name, _)| !is_of(name, key) && *name != text_field);
                let same = saved(key).filter(|text| {
                    let said = parse_condition(text, &self.product.attributes).ok();
                    said.and_then(|said| Sentence::of(&said)) == sentence
                });
                let written = || sentence.as_ref()?.condition(self.product);
                let text = same.map(str::to_owned);
                let text = text.or_else(|| Some(written()?.text(self.product))).unwrap_or_default();
                fields.extend([(format!("by.{key}"), "text".to_owned()), (text_field, text)]);
            }
            "menus" => {
                let text = self.sent.text(&text_field).or_else(|| saved(key)).unwrap_or_default();
                match self.menus(text, key) {
                    Ok(menus) => {
                        fields.retain(|(name, _)| !is_of(name, key) && *name != text_field);
                        fields.extend(menus);
                    }
                    Err(message) => {
                        return RulesError::Unreadable(vec![UnreadableField { field: text_field, message }]);
                    }
                }
            }
            "add" => {
                let part = parts.next().filter(|part| PARTS.contains(part)).unwrap_or(PARTS[0]);
                let next = self.rows(part, key).last().map_or(0, |last| last + 1);
                fields.push((format!("{part}.{key}.{next}.subject"), String::new()));
            }
            "without" => {
                let (part, number) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let gone = format!("{part}.{key}.{number}.");
                fields.retain(|(name, _)| !name.starts_with(&gone));
            }
            _ => fields = self.in_one_part(fields, key),
        }
        RulesError::Shown(fields)
    }

    /// The form with all conditions of a rule in its first part, where what it says has but one and they can be joined.
    fn in_one_part(&self, fields: Vec<(String, String)>, key: &str) -> Vec<(String, String)> {
        let [given, then] = PARTS.map(|part| self.rows(part, key));
        let has_parts = self.sent.text(&format!("shape.{key}")).is_none_or(|shape| shape == "when");
        let joined = self.joined_of_both(key, (given.len(), then.len()));
        let (Ok(joined), false, false) = (joined, has_parts, then.is_empty()) else { return fields };
        let first = given.last().map_or(0, |last| last + 1);
        let beginning = format!("then.{key}.");
        let moved = |(name, value): (String, String)| {
            let Some(rest) = name.strip_prefix(&beginning) else { return Some((name, value)) };
            let (number, field) = rest.split_once('.')?;
            let at = then.iter().position(|row| Ok(*row) == number.parse())?;
            Some((format!("given.{key}.{}.{field}", first + at), value))
        };
        let joined_field = format!("given.{key}.joined");
        let mut fields: Vec<_> = fields.into_iter().filter_map(moved).collect();
        fields.retain(|(name, _)| *name != joined_field);
        fields.push((joined_field, if joined == Joined::Or { "or" } else { "and" }.to_owned()));
        fields
    }

    /// The menus that say a text, as a form sends them; why there are none otherwise.
    fn menus(&self, text: &str, key: &str) -> Result<Vec<(String, String)>, String> {
        let say = self.sent.language().sentences();
        let mut menus = vec![(format!("by.{key}"), "menus".to_owned())];
        if text.trim().is_empty() {
            return Ok(menus);
        }
        let condition = parse_condition(text, &self.product.attributes).map_err(|errors| {
            let told = errors.first().map(|error| format!("{}. {}", error.message, error.advice));
            let right = match self.says {
                Says::Rules => correction(text, &self.product.attributes),
                Says::Conditions => correction_of_condition(text, &self.product.attributes),
            };
            match right {
                Some(right) => say.can_be_read_as(&right),
                None => say.cant_be_read_yet(&told.unwrap_or_default()),
            }
        })?;
        let is_sayable =
            |sentence: &Sentence| self.says == Says::Rules || matches!(sentence, Sentence::Always(_));
        let sentence = Sentence::of(&condition).filter(is_sayable);
        let sentence = sentence.ok_or_else(|| say.stays_text().to_owned())?;
        let (shape, parts) = match sentence {
            Sentence::When(given, then) => ("when", vec![("given", given), ("then", then)]),
            Sentence::Never(tests) => ("never", vec![("given", Part { joined: Joined::And, tests })]),
            Sentence::Always(part) => ("always", vec![("given", part)]),
        };
        menus.push((format!("shape.{key}"), shape.to_owned()));
        for (name, part) in parts {
            let joined = if part.joined == Joined::Or { "or" } else { "and" };
            menus.push((format!("{name}.{key}.joined"), joined.to_owned()));
            for (number, test) in part.tests.iter().enumerate() {
                menus.extend(self.row(&format!("{name}.{key}.{number}"), test));
            }
        }
        Ok(menus)
    }

    fn row(&self, row: &str, test: &Test) -> Vec<(String, String)> {
        let mut fields = vec![
            (format!("{row}.subject"), test.subject.code(self.product)),
            (format!("{row}.relation"), test.relation.code().to_owned()),
        ];
        match &test.operand {
            Operand::Nothing => {}
            Operand::Number(number) => fields.push((format!("{row}.number"), number.to_string())),
            Operand::Options(options) => {
                let attribute = self.product.attribute(test.subject.attribute());
                let code = |option| (format!("{row}.value"), attribute.option(option).code.clone());
                fields.extend(options.iter().copied().map(code));
            }
        }
        fields
    }
}

/// "Is one of" a single option is "is".
fn usual(relation: Relation, operand: &Operand) -> Relation {
    match (relation, operand) {
        (Relation::OneOf, Operand::Options(options)) if options.len() == 1 => Relation::Is,
        (Relation::NoneOf, Operand::Options(options)) if options.len() == 1 => Relation::IsNot,
        (relation, _) => relation,
    }
}

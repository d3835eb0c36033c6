//! What hangs on a part of a product that is to be removed: what goes with it, and what stays and has to be changed by hand.

use std::collections::BTreeMap;

use configurator::source::{Source, ValueSource};
use words::{Admin, Language};

use super::section::Section;
use super::sent::Sent;

/// A part of a product that is to be removed, by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    Step(String),
    Attribute(String),
    Option { attribute: String, option: String },
    Rule(String),
    Benefit(String),
}

/// Takes what hangs on what is to be removed, with its name; nothing becomes of what has no fate.
type Add<'a> = dyn FnMut(Option<Fate>, Part, String) + 'a;

/// What is asked before something is removed on which other parts hang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the button says that removes all the same.
    pub action: String,
    /// What is asked, in sentences.
    pub sentences: Vec<String>,
    /// Codes of attribute and option, where it is an option: that may be retired instead.
    pub option: Option<(String, String)>,
}

/// What becomes of a part that mentions what is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Goes,
    Stays,
}

/// A part that hangs on another: by code, or by place in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Applies(String),
    Step(String),
    Standard(String),
    Ratings(String),
    /// For a retired option of an attribute.
    Successor(String),
    Rule(String),
    Layer(usize),
    Price(usize),
    NoReturn(usize),
    Enough(String),
    Weights(String),
    Design(String),
    Test(String),
    Texts(String),
}

/// A part that hangs on what is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hanging {
    pub(super) part: Part,
    pub(super) fate: Fate,
    /// What people call it.
    pub(super) name: String,
}

impl Removal {
    /// What a form's button removes, and whether that was asked already.
    pub(super) fn asked(source: &Source, section: &Section, sent: &Sent) -> Option<(Self, bool)> {
        let action = sent.text("do")?;
        let (verb, key) = action.split_once(':').unwrap_or((action, ""));
        let agreed = match verb {
            "remove" | "attribute-remove" => false,
            "remove-all" | "attribute-remove-all" => true,
            _ => return None,
        };
        let removal = match section {
            Section::Attribute(code) if verb.starts_with("attribute") => Self::Attribute(code.clone()),
            Section::Attribute(code) => Self::Option { attribute: code.clone(), option: key.to_owned() },
            Section::Steps => Self::Step(key.to_owned()),
            Section::Rules => Self::Rule(key.to_owned()),
            Section::Benefits => Self::Benefit(key.to_owned()),
            _ => return None,
        };
        removal.is_in(source).then_some((removal, agreed))
    }

    fn is_in(&self, source: &Source) -> bool {
        match self {
            Self::Step(code) => source.steps.iter().any(|step| step.code == *code),
            Self::Attribute(code) => source.attributes.iter().any(|attribute| attribute.code == *code),
            Self::Option { attribute, option } => {
                let found = source.attributes.iter().find(|known| known.code == *attribute);
                found.is_some_and(|found| found.options.iter().any(|known| known.code == *option))
            }
            Self::Rule(code) => source.rules.iter().any(|rule| rule.code == *code),
            Self::Benefit(code) => source.benefits.iter().any(|benefit| benefit.code == *code),
        }
    }

    /// The question, where something hangs on it.
    pub(super) fn question(&self, source: &Source, language: Language) -> Option<Question> {
        let say = language.admin();
        let hanging = self.hanging(source, say);
        let list = |fate: Fate| {
            let named = hanging.iter().filter(|found| found.fate == fate).map(|found| found.name.as_str());
            named.collect::<Vec<_>>().join(", ")
        };
        let (goes, stays) = (list(Fate::Goes), list(Fate::Stays));
        if hanging.is_empty() {
            return None;
        }
        let mut sentences = vec![say.removing_asks(&self.name(source))];
        if !goes.is_empty() {
            sentences.push(say.goes_with_it(&goes));
        }
        if !stays.is_empty() {
            sentences.push(say.stays_to_change(&stays));
        }
        let action = match self {
            Self::Attribute(_) => "attribute-remove-all".to_owned(),
            Self::Option { option: code, .. } | Self::Step(code) | Self::Rule(code) | Self::Benefit(code) => {
                format!("remove-all:{code}")
            }
        };
        let option = match self {
            Self::Option { attribute, option } => Some((attribute.clone(), option.clone())),
            _ => None,
        };
        Some(Question { action, sentences, option })
    }

    /// What people call it.
    fn name(&self, source: &Source) -> String {
        let named = match self {
            Self::Step(code) => source.steps.iter().find(|step| step.code == *code).map(|step| &step.label),
            Self::Attribute(code) => label_of(source, code),
            Self::Option { attribute, option } => {
                let found = source.attributes.iter().find(|known| known.code == *attribute);
                let mut options = found.into_iter().flat_map(|found| &found.options);
                options.find(|known| known.code == *option).map(|option| &option.label)
            }
            Self::Rule(code) => {
                let rule = source.rules.iter().find(|rule| rule.code == *code);
                return rule.map(|rule| rule.said().to_owned()).unwrap_or_default();
            }
            Self::Benefit(code) => {
                source.benefits.iter().find(|benefit| benefit.code == *code).map(|benefit| &benefit.label)
            }
        };
        named.cloned().unwrap_or_default()
    }

    /// Everything that hangs on it, with what becomes of that.
    pub(super) fn hanging(&self, source: &Source, say: &Admin) -> Vec<Hanging> {
        let mut found = Vec::new();
        let mut add = |fate: Option<Fate>, part: Part, name: String| {
            found.extend(fate.map(|fate| Hanging { part, fate, name }));
        };
        self.on_attributes(source, say, &mut add);
        self.on_conditions(source, say, &mut add);
        self.on_values(source, say, &mut add);
        found
    }

    fn on_attributes(&self, source: &Source, say: &Admin, add: &mut Add<'_>) {
        for attribute in &source.attributes {
            let applies = self.fate(attribute.applies.as_deref()).map(|_| Fate::Stays);
            add(applies, Part::Applies(attribute.code.clone()), say.applies_of(&attribute.label));
            let in_step = matches!(self, Self::Step(code) if attribute.step == *code);
            let part = Part::Step(attribute.code.clone());
            add(in_step.then_some(Fate::Stays), part, say.quoted(&attribute.label));
            if let Self::Option { attribute: of, option } = self
                && attribute.code == *of
            {
                let part = Part::Standard(attribute.code.clone());
                add(standard_with(&attribute.standard, option), part, say.the_standard().to_owned());
                let named = |code: &String| attribute.options.iter().find(|known| known.code == *code);
                for (former, successor) in attribute.successors.iter().filter(|(_, code)| *code == option) {
                    let label = named(successor).map_or(successor, |option| &option.label);
                    let part = Part::Successor(former.clone());
                    add(Some(Fate::Goes), part, say.place_successor(former, label));
                }
            }
            let rates =
                |code: &String| attribute.options.iter().any(|option| option.benefits.contains_key(code));
            let rated = matches!(self, Self::Benefit(code) if rates(code));
            let part = Part::Ratings(attribute.code.clone());
            add(rated.then_some(Fate::Goes), part, say.benefits_of(&attribute.label));
        }
    }

    /// What holds under conditions, and what counts for a use.
    fn on_conditions(&self, source: &Source, say: &Admin, add: &mut Add<'_>) {
        for rule in &source.rules {
            let fate = self.fate(Some(&rule.rule)).map(|_| Fate::Stays);
            add(fate, Part::Rule(rule.code.clone()), say.the_rule(&rule.said()));
        }
        for (index, layer) in source.layers.iter().enumerate() {
            let name = layer.file.as_ref().or(layer.text.as_ref());
            let name = name.map_or_else(
                || say.place_layer(&(index + 1)),
                |name| say.place_drawn_layer(&(index + 1), name),
            );
            add(self.fate_of_layer(layer), Part::Layer(index), name);
        }
        for (index, price) in source.prices.iter().enumerate() {
            let fate = self.fate_of_two(price.when.as_deref(), price.each.as_deref());
            add(fate, Part::Price(index), say.place_surcharge(&price.label));
        }
        for (index, why) in source.no_returns.iter().enumerate() {
            add(self.fate(why.when.as_deref()), Part::NoReturn(index), say.quoted(&why.reason));
        }
        for answer in source.uses.iter().flat_map(|uses| &uses.answers) {
            let (code, name) = (answer.code.clone(), say.quoted(&answer.label));
            let weighed = matches!(self, Self::Benefit(code) if answer.matters.contains_key(code));
            add(weighed.then_some(Fate::Goes), Part::Weights(code.clone()), say.weights_of(&name));
            add(self.fate(answer.enough.as_deref()), Part::Enough(code), say.enough_of(&name));
        }
    }

    /// Designs, and texts in other languages.
    fn on_values(&self, source: &Source, say: &Admin, add: &mut Add<'_>) {
        let has = |values: &BTreeMap<String, ValueSource>| match self {
            Self::Attribute(code) => values.contains_key(code),
            Self::Option { attribute, option } => {
                values.get(attribute).is_some_and(|value| standard_with(value, option).is_some())
            }
            _ => false,
        };
        for design in &source.designs {
            let fate = has(&design.values).then_some(Fate::Goes);
            add(fate, Part::Design(design.code.clone()), say.place_design(&say.quoted(&design.label)));
        }
        for test in &source.tests {
            let fate = has(&test.values).then_some(Fate::Goes);
            add(fate, Part::Test(test.code.clone()), say.place_test(&say.quoted(&test.label)));
        }
        let languages = source.translations.iter().filter(|(_, texts)| match self {
            Self::Step(code) => texts.steps.contains_key(code),
            Self::Attribute(code) => texts.attributes.contains_key(code),
            Self::Option { attribute, option } => {
                texts.attributes.get(attribute).is_some_and(|texts| texts.options.contains_key(option))
            }
            Self::Rule(code) => texts.rules.contains_key(code),
            Self::Benefit(code) => texts.benefits.contains_key(code),
        });
        for (language, _) in languages {
            add(Some(Fate::Goes), Part::Texts(language.clone()), say.place_texts_in(&words::named(language)));
        }
    }

    /// What becomes of what holds under a condition: it goes where that says nothing else.
    fn fate(&self, text: Option<&str>) -> Option<Fate> {
        let text = text?;
        let words: Vec<&str> = text
            .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
            .filter(|word| !word.is_empty())
            .collect();
        let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Attribute(code) => {
                let alone =
                    words.len() == 2 && words[0] == code && plain.contains(['=']) && !plain.contains('!')
                        || words.len() == 3 && words[0] == code && words[1] == "has"
                        || plain == format!("filled({code})");
                words.contains(&code.as_str()).then_some(if alone { Fate::Goes } else { Fate::Stays })
            }
            Self::Option { attribute, option } => {
                let named = words.contains(&attribute.as_str()) && words.contains(&option.as_str());
                let alone = plain == format!("{attribute} = {option}")
                    || plain == format!("{attribute} has {option}");
                named.then_some(if alone { Fate::Goes } else { Fate::Stays })
            }
            Self::Step(_) | Self::Rule(_) | Self::Benefit(_) => None,
        }
    }

    /// What becomes of what holds under a condition and is counted by a number.
    fn fate_of_two(&self, when: Option<&str>, each: Option<&str>) -> Option<Fate> {
        match (self.fate(when), self.fate(each)) {
            (Some(Fate::Goes), _) => Some(Fate::Goes),
            (when, each) => when.or(each.map(|_| Fate::Stays)),
        }
    }

    fn fate_of_layer(&self, layer: &configurator::source::LayerSource) -> Option<Fate> {
        if let Self::Attribute(code) = self
            && (layer.text.as_ref() == Some(code)
                || !layer.tint.is_empty() && layer.tint.values().all(|of| of == code))
        {
            return Some(Fate::Goes);
        }
        let numbers = [&layer.x, &layer.y, &layer.width, &layer.height, &layer.repeat, &layer.dx, &layer.dy];
        let stays = numbers.into_iter().any(|number| self.fate(number.as_deref()).is_some());
        self.fate(layer.when.as_deref()).or(stays.then_some(Fate::Stays))
    }

    /// Takes what hangs on it and has no sense without it out of a product that has it no more.
    pub(super) fn clear(&self, source: &mut Source) {
        source.layers.retain(|layer| self.fate_of_layer(layer) != Some(Fate::Goes));
        source.prices.retain(|price| {
            self.fate_of_two(price.when.as_deref(), price.each.as_deref()) != Some(Fate::Goes)
        });
        source.no_returns.retain(|why| self.fate(why.when.as_deref()) != Some(Fate::Goes));
        for answer in source.uses.iter_mut().flat_map(|uses| &mut uses.answers) {
            answer.enough.take_if(|enough| self.fate(Some(enough)) == Some(Fate::Goes));
            if let Self::Benefit(code) = self {
                answer.matters.remove(code);
            }
        }
        match self {
            Self::Attribute(code) => {
                for layer in &mut source.layers {
                    layer.tint.retain(|_, of| of != code);
                }
            }
            Self::Option { attribute, option } => clear_option(source, attribute, option),
            Self::Benefit(code) => {
                for option in source.attributes.iter_mut().flat_map(|attribute| &mut attribute.options) {
                    option.benefits.remove(code);
                }
            }
            Self::Step(_) | Self::Rule(_) => {}
        }
    }
}

fn label_of<'s>(source: &'s Source, code: &str) -> Option<&'s String> {
    source.attributes.iter().find(|attribute| attribute.code == *code).map(|attribute| &attribute.label)
}

/// What becomes of a value with an option: a set goes on without it.
fn standard_with(value: &ValueSource, option: &str) -> Option<Fate> {
    match value {
        ValueSource::List(codes) => codes.iter().any(|code| code == option).then_some(Fate::Goes),
        ValueSource::Text(code) => (code == option).then_some(Fate::Stays),
        ValueSource::Number(_) => None,
    }
}

/// A set without the option, and no more asked for or allowed of an attribute than it has.
fn clear_option(source: &mut Source, attribute: &str, option: &str) {
    let Some(found) = source.attributes.iter_mut().find(|known| known.code == attribute) else { return };
    if let ValueSource::List(codes) = &mut found.standard {
        codes.retain(|code| code != option);
        let left = i64::try_from(found.options.len()).unwrap_or(i64::MAX);
        found.min = found.min.map(|min| min.min(left));
        found.max = found.max.map(|max| max.min(left));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }],
            "benefits": [{ "code": "warm", "label": "Warmth" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red", "benefits": { "warm": 3 } }, { "code": "blue", "label": "Blue" },
                    { "code": "grey", "label": "Grey" },
                ]},
                { "code": "extras", "step": "looks", "label": "Extras", "kind": "multi-choice", "standard": ["lid", "spoon"], "max": 2, "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" },
                ]},
            ],
            "rules": [{ "code": "one", "rule": "glaze = blue implies extras has lid", "sentence": "Blue ones have a lid." }],
            "prices": [{ "label": "Blue glaze", "amount": 100, "when": "glaze = blue" }],
            "layers": [{ "file": "blue.svg", "when": "glaze  =  blue" }, { "file": "mug.svg", "tint": { "mug": "glaze" } },
                { "file": "lid.svg", "when": "extras has lid and glaze != grey" }],
            "designs": [{ "code": "gift", "label": "Gift", "summary": "To give.", "values": { "glaze": "blue" } }],
            "translations": { "de": { "attributes": { "glaze": { "options": { "blue": { "label": "Blau" } } } } } },
        }))
        .unwrap()
    }

    fn option(attribute: &str, option: &str) -> Removal {
        Removal::Option { attribute: attribute.to_owned(), option: option.to_owned() }
    }

    #[test]
    fn the_question_names_what_goes_and_what_stays() {
        let question = option("glaze", "blue").question(&source(), Language::ENGLISH).unwrap();
        assert_eq!(question.action, "remove-all:blue");
        let asked = question.sentences.join(" ");
        let (goes, stays) = asked.split_once("Stays").unwrap();
        for name in ["blue.svg", "Blue glaze", "Gift", "de"] {
            assert!(goes.contains(name), "{name}: {asked}");
        }
        assert!(stays.contains("Blue ones have a lid."), "{asked}");
        assert!(!asked.contains("mug.svg") && !asked.contains("lid.svg"), "{asked}");
        let grey = option("glaze", "grey").question(&source(), Language::ENGLISH).unwrap();
        assert!(grey.sentences.join(" ").contains("lid.svg"));
        let mut free = source();
        free.layers.clear();
        assert_eq!(option("glaze", "grey").question(&free, Language::ENGLISH), None);
    }

    #[test]
    fn what_was_only_about_it_goes_with_it() {
        let mut changed = source();
        changed.attributes[0].options.remove(1);
        option("glaze", "blue").clear(&mut changed);
        let drawn: Vec<&str> = changed.layers.iter().filter_map(|layer| layer.drawing()).collect();
        assert_eq!((drawn, changed.prices.len(), changed.rules.len()), (vec!["mug.svg", "lid.svg"], 0, 1));
        let mut changed = source();
        changed.attributes.remove(0);
        Removal::Attribute("glaze".to_owned()).clear(&mut changed);
        let drawn: Vec<&str> = changed.layers.iter().filter_map(|layer| layer.drawing()).collect();
        assert_eq!(drawn, ["lid.svg"]);
        Removal::Benefit("warm".to_owned()).clear(&mut changed);
        let mut changed = source();
        Removal::Benefit("warm".to_owned()).clear(&mut changed);
        assert!(changed.attributes[0].options[0].benefits.is_empty());
    }

    #[test]
    fn a_set_asks_for_no_more_than_there_is() {
        let mut changed = source();
        changed.attributes[1].options.remove(1);
        option("extras", "spoon").clear(&mut changed);
        assert_eq!(changed.attributes[1].max, Some(1));
        assert_eq!(changed.attributes[1].standard, ValueSource::List(vec!["lid".to_owned()]));
    }
}

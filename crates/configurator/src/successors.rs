//! What stands for options that were retired, in designs made before.

use std::borrow::Cow;

use crate::design::KEPT;
use crate::source::{AttributeSource, Source};

/// An option of a design, and what stands for it since it was retired: by codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The attribute.
    pub attribute: String,
    /// The option that was retired.
    pub option: String,
    /// The one that stands for it.
    pub successor: String,
}

impl Source {
    /// Choices as an address has them, with the successor in the place of each option that was retired; and which those were. What is
    /// merely kept is among the choices only.
    #[must_use]
    pub fn with_successors(&self, choices: &[(String, String)]) -> (Vec<(String, String)>, Vec<Succession>) {
        let mut found = Vec::new();
        let succeed = |(key, text): &(String, String)| {
            let kept = text.split_once(':').filter(|_| key == KEPT);
            let (code, value) = kept.unwrap_or((key, text));
            let attribute = self.attributes.iter().find(|attribute| attribute.code == code);
            let Some(attribute) = attribute.filter(|attribute| !attribute.successors.is_empty()) else {
                return (key.clone(), text.clone());
            };
            let now = attribute.succeeded(value);
            match kept {
                Some(_) => (key.clone(), format!("{code}:{now}")),
                None => {
                    found.extend(attribute.successions(value));
                    (key.clone(), now.into_owned())
                }
            }
        };
        (choices.iter().map(succeed).collect(), found)
    }
}

impl AttributeSource {
    /// A retired option's successor takes its place where the menu has that.
    fn successor(&self, option: &str) -> Option<&str> {
        let is_there = |code: &str| self.options.iter().any(|known| known.code == code);
        let successor = self.successors.get(option).filter(|_| !is_there(option))?;
        // One that is off the menu stands for nothing.
        let can_be_had = self.options.iter().any(|known| known.code == *successor && known.available);
        can_be_had.then_some(successor)
    }

    /// A written value with successors, each option once.
    fn succeeded<'v>(&'v self, value: &'v str) -> Cow<'v, str> {
        if self.successions(value).next().is_none() {
            return Cow::Borrowed(value);
        }
        let mut codes: Vec<&str> = Vec::new();
        for code in value.split(',').map(str::trim) {
            let code = self.successor(code).unwrap_or(code);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Cow::Owned(codes.join(","))
    }

    fn successions<'v>(&'v self, value: &'v str) -> impl Iterator<Item = Succession> + 'v {
        value.split(',').map(str::trim).filter_map(|option| {
            Some(Succession {
                attribute: self.code.clone(),
                option: option.to_owned(),
                successor: self.successor(option)?.to_owned(),
            })
        })
    }

    /// Retires an option: from now on a successor stands for it, or none.
    pub fn retire(&mut self, option: &str, successor: Option<&str>) {
        self.options.retain(|known| known.code != option);
        match successor {
            Some(successor) => self.hand_over(option, successor),
            None => self.successors.retain(|_, known| known != option),
        }
    }

    /// Has another option stand for one that is gone, and for what that stood for.
    pub fn hand_over(&mut self, option: &str, successor: &str) {
        let former = self.successors.values_mut().filter(|known| *known == option);
        former.for_each(|known| successor.clone_into(known));
        self.successors.insert(option.to_owned(), successor.to_owned());
        self.drop_stray_successors();
    }

    /// Leaves out successors that are gone, and of options that are there again.
    pub(crate) fn drop_stray_successors(&mut self) {
        let is_there = |code: &String| self.options.iter().any(|known| known.code == *code);
        self.successors.retain(|option, successor| is_there(successor) && !is_there(option));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue" }, { "code": "grey", "label": "Grey" },
                ]},
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" }, { "code": "straw", "label": "Straw" },
                ]},
            ],
        }))
        .unwrap()
    }

    fn pair(code: &str, value: &str) -> (String, String) {
        (code.to_owned(), value.to_owned())
    }

    #[test]
    fn what_stands_for_a_retired_option_takes_its_place() {
        let mut source = source();
        source.attributes[0].retire("blue", Some("grey"));
        source.attributes[1].retire("straw", Some("spoon"));
        let before = [
            pair("glaze", "blue"),
            pair("extras", "straw, lid,spoon"),
            pair(KEPT, "glaze:blue"),
            pair(KEPT, "width:9"),
            pair("height", "9"),
        ];
        let (choices, found) = source.with_successors(&before);
        let after = [
            pair("glaze", "grey"),
            pair("extras", "spoon,lid"),
            pair(KEPT, "glaze:grey"),
            pair(KEPT, "width:9"),
            pair("height", "9"),
        ];
        assert_eq!(choices, after);
        let told: Vec<_> = found.iter().map(|one| (&*one.option, &*one.successor)).collect();
        assert_eq!(told, [("blue", "grey"), ("straw", "spoon")]);
        // What is on the menu stays as it is, to the sign.
        let same = [pair("glaze", "red"), pair("extras", " lid")];
        assert_eq!(source.with_successors(&same), (same.to_vec(), vec![]));
    }

    #[test]
    fn a_successor_that_is_retired_hands_over_what_it_stood_for() {
        let mut source = source();
        source.attributes[0].retire("blue", Some("grey"));
        source.attributes[0].retire("grey", Some("red"));
        assert_eq!(source.with_successors(&[pair("glaze", "blue")]).0, [pair("glaze", "red")]);
        let mut source = self::source();
        source.attributes[0].retire("blue", Some("grey"));
        source.attributes[0].retire("grey", None);
        assert!(source.attributes[0].successors.is_empty());
        // Its successor is off the menu.
        let mut source = self::source();
        source.attributes[0].retire("blue", Some("grey"));
        assert_eq!(source.with_successors(&[pair("glaze", "blue")]).1.len(), 1);
        source.attributes[0].options.iter_mut().for_each(|option| option.available = false);
        assert_eq!(source.with_successors(&[pair("glaze", "blue")]).1, []);
        // It is there again, or its successor is gone.
        for gone in [false, true] {
            let mut source = self::source();
            let options = source.attributes[0].options.clone();
            source.attributes[0].retire("blue", Some("grey"));
            source.attributes[0].options = options;
            if gone {
                source.attributes[0].options.truncate(1);
            }
            assert_eq!(source.with_successors(&[pair("glaze", "blue")]).1, []);
            source.drop_stray_values();
            assert!(source.attributes[0].successors.is_empty());
        }
    }
}

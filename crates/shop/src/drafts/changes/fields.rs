//! What of a part of a product is another: each field as forms call it, with what it was and what it is. Pure.

use std::collections::BTreeSet;

use configurator::source::Source;
use configurator::{Currency, Money};
use serde::Serialize;
use serde_json::Value;
use words::Language;

use super::super::fields::{Among, Control, FIELDS};

/// Most characters of a text in a line.
const MOST: usize = 60;
/// From how many same characters on a longer text begins where it differs.
const SAME: usize = 30;

/// A field that is another: its label, what it was, and what it is.
pub(super) type ChangedField = (String, String, String);

/// Whose words say what fields hold.
#[derive(Clone, Copy)]
pub(super) struct Teller<'s> {
    /// The product that names steps, benefits and the currency.
    pub(super) source: &'s Source,
    pub(super) language: Language,
}

impl Teller<'_> {
    /// The fields of two parts at a place of [`FIELDS`] that differ, but for those that others tell.
    pub(super) fn changed<P: Serialize>(
        self,
        place: &str,
        before: &P,
        after: &P,
        elsewhere: &[&str],
    ) -> Vec<ChangedField> {
        let [Ok(before), Ok(after)] = [before, after].map(serde_json::to_value) else { return Vec::new() };
        let mut found = Vec::new();
        for row in FIELDS {
            let below = row.place.strip_prefix(place).and_then(|rest| rest.strip_prefix('.'));
            let Some(name) = below.filter(|name| !elsewhere.contains(name)) else { continue };
            let label = (row.label)(self.language.admin());
            match name.split_once('.') {
                None => {
                    let fields = [before.get(name), after.get(name)];
                    found.extend(self.field(label, row.control, fields));
                }
                Some((map, "*")) => {
                    let maps = [before.get(map), after.get(map)];
                    let keys: BTreeSet<&String> = maps
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_object)
                        .flat_map(|map| map.keys())
                        .collect();
                    for key in keys {
                        let label = self.language.admin().field_of(&label, &self.benefit(key));
                        let fields = maps.map(|map| map.and_then(|map| map.get(key)));
                        found.extend(self.field(&label, row.control, fields));
                    }
                }
                // The entries of a list are told one by one.
                Some(_) => {}
            }
        }
        found
    }

    fn field(
        self,
        label: &str,
        control: Control,
        [before, after]: [Option<&Value>; 2],
    ) -> Option<ChangedField> {
        if before == after {
            return None;
        }
        let (was, is) = match (before.and_then(Value::as_str), after.and_then(Value::as_str), control) {
            (_, _, Control::Pick(_)) | (None, _, _) | (_, None, _) => {
                (self.value(control, before), self.value(control, after))
            }
            (Some(before), Some(after), _) => {
                let [was, is] = shown(before, after);
                (self.text(&was), self.text(&is))
            }
        };
        Some((label.to_owned(), was, is))
    }

    /// A text as it is quoted; that there is none.
    pub(super) fn text(self, text: &str) -> String {
        let say = self.language.admin();
        if text.is_empty() { say.nothing().to_owned() } else { say.quoted(&text) }
    }

    /// What a field holds.
    fn value(self, control: Control, value: Option<&Value>) -> String {
        let (say, locale) = (self.language.admin(), &self.language.words().locale);
        let list = |parts: Vec<String>| match parts.is_empty() {
            true => say.nothing().to_owned(),
            false => parts.join(", "),
        };
        match value {
            None if matches!(control, Control::Pick(Among::Starts)) => self.picked(Among::Starts, ""),
            None | Some(Value::Null) => say.nothing().to_owned(),
            Some(Value::String(text)) => match control {
                Control::Pick(among) => self.picked(among, text),
                _ => self.text(&cut(text)),
            },
            Some(Value::Number(number)) => match (control, number.as_i64()) {
                (Control::Amount(_), Some(amount)) => self.money(amount),
                (_, Some(number)) => locale.compared(number),
                (_, None) => number.to_string(),
            },
            Some(Value::Bool(true)) => "✓".to_owned(),
            Some(Value::Bool(false)) => say.nothing().to_owned(),
            Some(Value::Array(values)) => list(values.iter().map(|value| self.plain(value)).collect()),
            Some(Value::Object(map)) => {
                list(map.iter().map(|(name, value)| format!("{name} = {}", self.plain(value))).collect())
            }
        }
    }

    /// A value among others.
    fn plain(self, value: &Value) -> String {
        match value {
            Value::String(text) => cut(text),
            Value::Number(number) => {
                let locale = &self.language.words().locale;
                number.as_i64().map_or_else(|| number.to_string(), |number| locale.compared(number))
            }
            Value::Array(values) => {
                values.iter().map(|value| self.plain(value)).collect::<Vec<_>>().join(" + ")
            }
            Value::Null | Value::Bool(_) | Value::Object(_) => value.to_string(),
        }
    }

    pub(super) fn money(self, amount: i64) -> String {
        let locale = &self.language.words().locale;
        Currency::new(&self.source.currency)
            .map_or_else(|| locale.compared(amount), |currency| Money::new(amount, currency).written(locale))
    }

    fn benefit(self, code: &str) -> String {
        let known = self.source.benefits.iter().find(|benefit| benefit.code == code);
        known.map_or_else(|| code.to_owned(), |benefit| benefit.label.clone())
    }

    /// What one of a list is called.
    fn picked(self, among: Among, code: &str) -> String {
        let say = self.language.admin();
        match (among, code) {
            (Among::Steps, code) => {
                let step = self.source.steps.iter().find(|step| step.code == code);
                step.map_or_else(|| code.to_owned(), |step| step.label.clone())
            }
            (Among::Outcomes, "invalid") => say.expects_invalid().to_owned(),
            (Among::Outcomes, _) => say.expects_valid().to_owned(),
            (Among::Starts, "frequent") => say.start_frequent().to_owned(),
            (Among::Starts, "standard") => say.start_standard().to_owned(),
            (Among::Starts, _) => say.start_learnt().to_owned(),
            (Among::Kinds, "multi-choice") => say.kind_multi_choice().to_owned(),
            (Among::Kinds, "number") => say.kind_number().to_owned(),
            (Among::Kinds, "text") => say.kind_text().to_owned(),
            (Among::Kinds, _) => say.kind_choice().to_owned(),
        }
    }
}

/// Two texts as a line shows them: whole where they are short, else their first words, or those where they begin to differ.
pub(super) fn shown(before: &str, after: &str) -> [String; 2] {
    if [before, after].iter().all(|text| text.chars().count() <= MOST) {
        return [before, after].map(str::to_owned);
    }
    let same: String =
        before.chars().zip(after.chars()).take_while(|(was, is)| was == is).map(|(was, _)| was).collect();
    let word = same.char_indices().rev().find(|(_, letter)| letter.is_whitespace());
    let start = word.map_or(0, |(at, letter)| at + letter.len_utf8());
    let start = if same.chars().count() > SAME { start } else { 0 };
    [before, after].map(|text| {
        let rest = cut(text.get(start..).unwrap_or_default());
        if start > 0 { format!("…{rest}") } else { rest }
    })
}

/// The first words of a text that is too long for a line.
pub(super) fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MOST) else { return text.to_owned() };
    let first = text.get(..end).unwrap_or_default();
    let words = first.rsplit_once(char::is_whitespace).map_or(first, |(words, _)| words);
    format!("{}…", words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_shown_from_where_they_differ() {
        assert_eq!(shown("A mug.", "A cup."), ["A mug.", "A cup."]);
        let long = "Thrown by hand from stoneware, glazed twice and fired for two days in the old kiln.";
        let [was, is] = shown(long, &long.replace("old kiln", "new one"));
        assert_eq!([was.as_str(), is.as_str()], ["…old kiln.", "…new one."]);
        let [was, is] = shown(long, "A mug.");
        assert_eq!(was, "Thrown by hand from stoneware, glazed twice and fired for…");
        assert_eq!(is, "A mug.");
        // What has no blanks is cut all the same, between letters.
        assert_eq!(cut(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }
}

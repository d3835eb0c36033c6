//! Checks of attributes, their options and standard values.

use engine::names::nearest;

use super::{Checker, MOST_DAYS, MOST_ENTRIES, MOST_POINTS};
use crate::attribute::Attribute;
use crate::characters::Characters;
use crate::colour::Colour;
use crate::completeness::Gap;
use crate::ids::AttributeId;
use crate::kind::{Kind, Opt};
use crate::letters::SETS;
use crate::limits::{LARGEST_NUMBER, MOST_VALUES};
use crate::source::{AttributeSource, KindSource, OptionSource, Source, ValueSource};
use crate::value::{OptionSet, Value, ValueShape};

/// The code of an option that leaves something off, which costs no points.
const NONE: &str = "none";

impl Checker<'_> {
    pub(super) fn attribute(
        &mut self,
        place: &str,
        written: &AttributeSource,
        source: &Source,
        per_deviation: u32,
    ) -> Attribute {
        self.at_most(&format!("{place}.points"), written.points.unwrap_or(0), MOST_POINTS);
        self.filled(&format!("{place}.label"), &written.label);
        let step = source.steps.iter().position(|step| step.code == written.step);
        if step.is_none() && !self.faulty.touch("steps.*.code") {
            let advice = nearest(&written.step, source.steps.iter().map(|step| step.code.as_str()));
            self.report(format!("{place}.step"), format!("there is no step '{}'", written.step), advice);
        }
        let kind_is_known = !self.faulty.touch(&format!("{place}.kind"));
        if kind_is_known {
            self.stray_fields(place, written);
            self.successors(place, written);
        } else {
            self.unclear.insert(written.code.clone());
        }
        let kind = match written.kind {
            KindSource::Choice => Kind::Choice { options: self.options(place, written, per_deviation) },
            KindSource::MultiChoice => {
                let options = self.options(place, written, per_deviation);
                self.length(&format!("{place}.options"), options.len(), OptionSet::MOST);
                // A list that is not there has no number of entries to keep to.
                let there = !self.faulty.cover(&format!("{place}.options"));
                let count = u32::try_from(options.len()).ok().filter(|_| there).unwrap_or(u32::MAX);
                let min =
                    written.min.map_or(0, |min| self.count(&format!("{place}.min"), min, count).unwrap_or(0));
                let max = written
                    .max
                    .map_or(count, |max| self.count(&format!("{place}.max"), max, count).unwrap_or(count));
                if min > max && !self.faulty.touch(&format!("{place}.min")) {
                    self.report(
                        format!("{place}.max"),
                        "the largest number of options is below the smallest",
                        "Make it at least as large.",
                    );
                }
                Kind::MultiChoice { options, min, max }
            }
            KindSource::Number => self.number_kind(place, written, per_deviation),
            KindSource::Text => self.text_kind(place, written, per_deviation),
        };
        Attribute {
            // Rules can't be checked against it: to them there is none.
            code: if self.unclear.contains(&written.code) { String::new() } else { written.code.clone() },
            label: if written.label.is_empty() { &written.code } else { &written.label }.clone(),
            help: written.help.clone(),
            step: step.unwrap_or(0),
            locked: written.locked,
            moved_last: written.moved_last,
            applies: None,
            kind,
        }
    }

    pub(super) fn stray_fields(&mut self, place: &str, written: &AttributeSource) {
        let fields = [
            ("options", !written.options.is_empty()),
            ("successors", !written.successors.is_empty()),
            ("min", written.min.is_some()),
            ("max", written.max.is_some()),
            ("step_size", written.step_size.is_some()),
            ("unit", written.unit.is_some()),
            ("price", written.price.is_some()),
            ("points", written.points.is_some()),
            ("max_length", written.max_length.is_some()),
            ("allowed", written.allowed.is_some()),
        ];
        for (field, there) in fields {
            if there && !written.kind.fields().contains(&field) {
                let advice =
                    "Remove it, or change the kind; docs/product-file.md lists the fields of each kind.";
                self.report(
                    format!("{place}.{field}"),
                    format!("'{field}' has no meaning for this kind"),
                    advice,
                );
            }
        }
    }

    /// What stands for retired options: options of the menu for those that it has no more.
    pub(super) fn successors(&mut self, place: &str, written: &AttributeSource) {
        // A list that is not there has none of them.
        if written.successors.is_empty() || self.faulty.cover(&format!("{place}.options")) {
            return;
        }
        let codes = || written.options.iter().map(|option| option.code.as_str());
        for (option, successor) in &written.successors {
            let place = format!("{place}.successors.{option}");
            if codes().any(|code| code == option) {
                let advice = "Leave its successor out, or the option.";
                self.report(place, format!("'{option}' is on the menu, so nothing stands for it"), advice);
            } else if !codes().any(|code| code == successor) {
                let advice = nearest(successor, codes());
                self.report(place, format!("there is no option '{successor}'"), advice);
            }
        }
    }

    pub(super) fn count(&mut self, place: &str, written: i64, most: u32) -> Option<u32> {
        let count = u32::try_from(written).ok().filter(|&count| count <= most);
        if count.is_none() {
            self.report(place, format!("{written} is out of bounds"), format!("Use 0 to {most}."));
        }
        count
    }

    pub(super) fn number_kind(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Kind {
        let mut bound = |field: &str, value: Option<i64>| {
            let place = format!("{place}.{field}");
            match value {
                Some(value) => self.number(&place, value),
                None => {
                    let which = if field == "min" { "smallest" } else { "largest" };
                    self.report(
                        place,
                        format!("a number needs a {which} value"),
                        format!("Say it ({field})."),
                    );
                }
            }
            value.unwrap_or(0).clamp(-LARGEST_NUMBER, LARGEST_NUMBER)
        };
        let (min, max) = (bound("min", written.min), bound("max", written.max));
        let step = written.step_size.unwrap_or(1);
        if ["min", "max", "step_size"].iter().any(|field| self.faulty.touch(&format!("{place}.{field}"))) {
            // Each is reported; what they are together shows once they are right.
        } else if min > max {
            self.report(
                format!("{place}.max"),
                "the largest value is below the smallest",
                "Make it at least as large.",
            );
        } else if !(1..=LARGEST_NUMBER).contains(&step) {
            let advice = format!("Use 1 to {LARGEST_NUMBER}.");
            self.report(format!("{place}.step_size"), "the distance between values can't be this", advice);
        } else if (max - min) % step != 0 {
            let advice = format!("Use {} or {}.", max - (max - min) % step, max - (max - min) % step + step);
            self.report(
                format!("{place}.max"),
                "the largest value can't be reached from the smallest in these steps",
                advice,
            );
        } else if (max - min) / step >= MOST_VALUES {
            let advice =
                format!("Use at most {MOST_VALUES}: a larger distance between them, or a narrower range.");
            self.report(format!("{place}.max"), "there are too many values", advice);
        }
        self.amount(&format!("{place}.price"), written.price.unwrap_or(0));
        Kind::Number {
            min,
            max,
            step: step.max(1),
            unit: written.unit.clone().unwrap_or_default(),
            price: written.price.unwrap_or(0),
            points: written.points.unwrap_or(per_deviation),
        }
    }

    pub(super) fn text_kind(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Kind {
        let max_length = written.max_length.unwrap_or_else(|| {
            self.report(
                format!("{place}.max_length"),
                "a text needs a length that it has at most",
                "Say how many characters it takes (max_length), such as 20.",
            );
            0
        });
        if written.max_length.is_some_and(|length| !(1..=1_000).contains(&length)) {
            self.report(
                format!("{place}.max_length"),
                format!("{max_length} is out of bounds"),
                "Use 1 to 1000.",
            );
        }
        let text = written.allowed.clone().unwrap_or_default();
        let allowed = characters(&text).unwrap_or_else(|advice| {
            self.report(format!("{place}.allowed"), "these characters can't be read", advice);
            Characters { text, ranges: Vec::new(), letters: Vec::new() }
        });
        self.amount(&format!("{place}.price"), written.price.unwrap_or(0));
        Kind::Text {
            max_length,
            allowed,
            price: written.price.unwrap_or(0),
            points: written.points.unwrap_or(per_deviation),
        }
    }

    pub(super) fn options(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Vec<Opt> {
        let list = format!("{place}.options");
        if written.options.is_empty() && !self.faulty.touch(&format!("{place}.kind")) {
            self.report(&list, "there is nothing to choose from", "Add options.");
        }
        self.length(&list, written.options.len(), MOST_ENTRIES);
        self.codes(&list, written.options.iter().map(|option| option.code.as_str()));
        let options = written.options.iter().enumerate();
        options
            .map(|(index, option)| self.option(&format!("{list}.{index}"), option, per_deviation))
            .collect()
    }

    pub(super) fn option(&mut self, place: &str, written: &OptionSource, per_deviation: u32) -> Opt {
        self.at_most(&format!("{place}.points"), written.points.unwrap_or(0), MOST_POINTS);
        self.at_most(&format!("{place}.lead_time_days"), written.lead_time_days, MOST_DAYS);
        self.filled(&format!("{place}.label"), &written.label);
        self.amount(&format!("{place}.price"), written.price);
        self.number(&format!("{place}.weight"), written.weight);
        let swatch = written.swatch.as_ref().and_then(|text| {
            let colour = Colour::parse(text);
            if colour.is_none() {
                let advice = "Write it as '#' and six hexadecimal digits, such as #1f5d4c.";
                self.report(format!("{place}.swatch"), format!("'{text}' is no colour"), advice);
            }
            colour
        });
        for (name, &value) in &written.values {
            let place = format!("{place}.values.{name}");
            self.number(&place, value);
            if matches!(name.as_str(), "price" | "weight" | "lead_time_days") {
                self.report(place, format!("'{name}' is a field of its own"), "Write it outside values.");
            }
        }
        self.amount(&format!("{place}.cost"), written.cost.unwrap_or(0));
        self.parts(&format!("{place}.parts"), &written.parts);
        let unknown = |(_, code): &(usize, &String)| Gap::named(code).is_none();
        for (at, code) in written.meant.iter().enumerate().filter(unknown) {
            let advice = nearest(code, Gap::ALL.into_iter().map(Gap::code));
            self.report(format!("{place}.meant.{at}"), format!("nothing is called '{code}'"), advice);
        }
        for (name, &value) in &written.benefits {
            if !(0..=5).contains(&value) {
                self.report(
                    format!("{place}.benefits.{name}"),
                    format!("{value} is out of bounds"),
                    "Use 0 to 5.",
                );
            }
        }
        Opt {
            code: written.code.clone(),
            label: written.label.clone(),
            description: written.description.clone(),
            swatch,
            price: written.price,
            lead_time_days: written.lead_time_days,
            weight: written.weight,
            points: written.points.unwrap_or(if written.code == NONE { 0 } else { per_deviation }),
            available: written.available,
            benefits: written.benefits.clone(),
            values: written.values.clone(),
        }
    }

    /// Whether everything that decides which values an attribute takes is all right.
    pub(super) fn values_are_known(&self, id: AttributeId, attribute: &Attribute) -> bool {
        !attribute.kind.deciding_fields().iter().any(|field| self.in_doubt(id, field))
    }

    /// The standard value of an attribute; any value of the right kind where it can't be read.
    pub(super) fn standard(
        &mut self,
        id: AttributeId,
        attribute: &Attribute,
        written: &ValueSource,
    ) -> Value {
        let place = format!("attributes.{}.standard", id.index());
        if self.faulty.touch(&place) || !self.values_are_known(id, attribute) {
            return attribute.kind.placeholder();
        }
        let wanted = match (attribute.kind.shape(), written) {
            (ValueShape::Option | ValueShape::Text, ValueSource::Text(_))
            | (ValueShape::Options, ValueSource::List(_))
            | (ValueShape::Number, ValueSource::Number(_)) => None,
            (ValueShape::Option, _) => Some("the code of one option"),
            (ValueShape::Options, _) => Some("a list of codes"),
            (ValueShape::Number, _) => Some("a number"),
            (ValueShape::Text, _) => Some("a text"),
        };
        if let Some(wanted) = wanted {
            self.report(&place, "the standard value is of the wrong kind", format!("Write {wanted}."));
            return attribute.kind.placeholder();
        }
        let is_open = matches!(written, ValueSource::Text(code) if code.is_empty());
        if is_open && attribute.kind.shape() == ValueShape::Option {
            self.report(&place, "no option is the standard", "Choose one.");
            return attribute.kind.placeholder();
        }
        let read = attribute.read_value(&written.to_string(), words::of("en"));
        let value = read.unwrap_or_else(|error| {
            self.report(&place, "the standard value is not one of its values", error.to_string());
            attribute.kind.placeholder()
        });
        let gone = match &value {
            Value::Option(option) => {
                attribute.options().get(option.index()).filter(|option| !option.available)
            }
            Value::Options(set) => set.iter().map(|id| attribute.option(id)).find(|option| !option.available),
            _ => None,
        };
        if let Some(option) = gone {
            let advice = "Make it available again, or choose another standard.";
            self.report(&place, format!("the standard value '{}' is not available", option.code), advice);
        }
        value
    }
}

/// Reads `{LATIN}0-9 .&`: letters of scripts by their names in braces, and ranges. A `-` at the start or end stands for
/// itself, and so does a brace that no other closes.
fn characters(text: &str) -> Result<Characters, String> {
    let (mut rest, mut letters) = (String::new(), Vec::new());
    let mut left = text;
    while let Some((before, after)) = left.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let known = SETS.iter().find(|(known, _)| known[1..known.len() - 1] == *name);
        let Some((_, set)) = known else {
            let names = SETS.map(|(known, _)| known).join(", ");
            return Err(format!("There are no letters '{{{name}}}'. Write one of {names}."));
        };
        letters.push(*set);
        rest.push_str(before);
        left = after;
    }
    rest.push_str(left);
    Ok(Characters { text: text.to_owned(), ranges: character_ranges(&rest)?, letters })
}

/// Reads `A-Z0-9 .&` as ranges. A `-` at the start or end stands for itself.
fn character_ranges(text: &str) -> Result<Vec<(char, char)>, String> {
    let characters: Vec<char> = text.chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let last = match (characters.get(at + 1), characters.get(at + 2)) {
            (Some('-'), Some(&last)) => {
                at += 2;
                last
            }
            _ => first,
        };
        if last < first {
            return Err(format!("Write '{last}-{first}' instead of '{first}-{last}'."));
        }
        ranges.push((first, last));
        at += 1;
    }
    Ok(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_named_by_their_script() {
        let set = characters("{LATIN}0-9 .-").unwrap();
        assert_eq!(set.ranges, [('0', '9'), (' ', ' '), ('.', '.'), ('-', '-')]);
        assert!(set.contains('É') && !set.contains('é') && !set.contains('{'));
        let set = characters("{greek}{CYRILLIC}").unwrap();
        assert!(set.contains('ά') && set.contains('Ж') && !set.contains('ж') && !set.contains('A'));
        let open = characters("a{b").unwrap();
        assert!(open.contains('{') && !open.contains('c'));
        assert!(characters("{runes}").unwrap_err().contains("Write one of {latin}, {LATIN},"));
    }
}

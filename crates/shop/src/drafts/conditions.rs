//! What forms say by menus beside rules: when something is so, how many times an amount counts, and what a design has. All are read
//! into the text of their field, whose name is their key, so that everything behind this knows of texts alone.
//!
//! A condition of the key `k` is sent as `by.k` (`menus`) and, for each test, `given.k.0.subject` and what belongs to it, as those of
//! rules are; a design as `by.k` and, by attribute, `has.k.frame`; how many times as `has.k.first` and `has.k.second`.

use std::collections::HashMap;

use configurator::source::{AttributeSource, Source};
use configurator::{Product, ValueShape};
use words::Language;

use super::fields::{Control, Row};
use super::form::{FieldControl, form_fields_of};
use super::section::Section;
use super::sent::Sent;
use super::sentences::{MenuForm, RulesError, Says, is_of};

/// What is ticked where a design has none of an attribute's options.
const NONE: &str = "-";

/// The form with the texts that its menus say in their place.
///
/// # Errors
/// See [`RulesError`].
pub(super) fn read(
    source: &Source,
    section: &Section,
    fields: &[(String, String)],
    language: Language,
) -> Result<Vec<(String, String)>, RulesError> {
    let by_menus = fields.iter().filter(|(_, way)| way == "menus");
    let keys: Vec<&str> = by_menus.filter_map(|(name, _)| name.strip_prefix("by.")).collect();
    let action = fields.iter().find(|(name, _)| name == "do").map(|(_, action)| action.as_str());
    let action = action.and_then(|action| action.strip_prefix("sentence:"));
    if keys.is_empty() && action.is_none() {
        return Ok(fields.to_vec());
    }
    let product = Product::readable(source);
    let known = Known::of(source, section, language);
    let sent = Sent::new(fields, language);
    let mut form = MenuForm { product: &product, says: Says::Conditions, fields, sent };
    if let Some(action) = action {
        let key = action.split(':').nth(1).unwrap_or_default();
        let saved = known.saved(key).unwrap_or_default();
        let text = match known.control(key) {
            Some(FieldControl::Values) => lines(source, key, saved, &mut form.sent),
            Some(FieldControl::Quantity) => times(key, saved, &form.sent),
            _ => return Err(form.shown(action, |key| known.saved(key))),
        };
        return Err(shown((action, key), form, text));
    }
    let mut read = fields.to_vec();
    for key in keys {
        let saved = known.saved(key).unwrap_or_default();
        let text = match known.control(key) {
            Some(FieldControl::Values) => lines(source, key, saved, &mut form.sent),
            Some(FieldControl::Quantity) => times(key, saved, &form.sent),
            Some(FieldControl::Condition) => {
                let said = form.sentence(key);
                match said.is_some() && form.said(saved) == said {
                    true => saved.to_owned(),
                    false => {
                        let condition = said.and_then(|said| said.condition(&product));
                        condition.map(|condition| condition.text(&product)).unwrap_or_default()
                    }
                }
            }
            _ => continue,
        };
        read.retain(|(name, _)| !is_by_menus(name, key) && name != key);
        read.push((key.to_owned(), text));
    }
    form.sent.done().map_err(RulesError::Unreadable)?;
    Ok(read)
}

/// Whether a field is of the menus of a key.
fn is_by_menus(name: &str, key: &str) -> bool {
    let of_design = || name.strip_prefix("has.").and_then(|rest| rest.strip_prefix(key));
    is_of(name, key) || of_design().is_some_and(|rest| rest.starts_with('.'))
}

/// The fields of a form that menus can say, and what is saved in them.
struct Known {
    saved: HashMap<String, (FieldControl, String)>,
}

impl Known {
    fn of(source: &Source, section: &Section, language: Language) -> Self {
        let is_said =
            |row: &Row| matches!(row.control, Control::Condition(_) | Control::Quantity(_) | Control::Values);
        if !section.rows().any(is_said) {
            return Self { saved: HashMap::new() };
        }
        // Options have no such field, and an attribute may have thousands.
        let is_wanted = !matches!(section, Section::Attribute(_));
        let fields = form_fields_of(source, section, language, &|_| is_wanted).into_iter();
        let fields = fields.filter(|field| {
            matches!(field.control, FieldControl::Condition | FieldControl::Quantity | FieldControl::Values)
        });
        Self { saved: fields.map(|field| (field.name, (field.control, field.saved))).collect() }
    }

    fn saved(&self, key: &str) -> Option<&str> {
        self.saved.get(key).map(|(_, saved)| saved.as_str())
    }

    fn control(&self, key: &str) -> Option<&FieldControl> {
        self.saved.get(key).map(|(control, _)| control)
    }
}

/// The form with a design, or how many times something counts, shown as this text; or as menus, where its page can show it so.
fn shown((action, key): (&str, &str), form: MenuForm, text: String) -> RulesError {
    let fields = form.fields.iter().filter(|(name, _)| name != "do");
    let mut fields: Vec<(String, String)> = fields.cloned().collect();
    if action.starts_with("text:") {
        if let Err(wrong) = form.sent.done() {
            return RulesError::Unreadable(wrong);
        }
        fields.retain(|(name, _)| !is_by_menus(name, key) && name != key);
        fields.extend([(format!("by.{key}"), "text".to_owned()), (key.to_owned(), text)]);
    } else {
        fields.retain(|(name, _)| !is_by_menus(name, key));
    }
    RulesError::Shown(fields)
}

/// How many times something counts by the menus of its field: once, as often as a number of the design says, or two multiplied.
fn times(key: &str, saved: &str, sent: &Sent) -> String {
    let chosen = ["first", "second"].map(|part| sent.text(&format!("has.{key}.{part}")));
    let chosen: Vec<&str> = chosen.into_iter().flatten().filter(|code| !code.is_empty()).collect();
    let text = chosen.join(" * ");
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    if plain(saved) == plain(&text) { saved.to_owned() } else { text }
}

/// What a design's menus say, one attribute to a line and in the order in which it is shown; what can't be read is told.
fn lines(source: &Source, key: &str, saved: &str, sent: &mut Sent) -> String {
    let saved = saved.lines().filter_map(|line| line.split_once('='));
    let saved: HashMap<&str, &str> = saved.map(|(code, value)| (code.trim(), value.trim())).collect();
    let mut lines: Vec<String> = Vec::new();
    for attribute in &source.attributes {
        let field = format!("has.{key}.{}", attribute.code);
        let Some(value) = value_of(attribute, &field, sent) else { continue };
        let was = saved.get(attribute.code.as_str()).filter(|was| are_same(was, &value, attribute));
        lines.push(format!("{} = {}", attribute.code, was.copied().unwrap_or(&value)));
    }
    lines.sort_unstable();
    lines.join("\n")
}

/// Whether two values are the same, in whatever order.
fn are_same(one: &str, other: &str, attribute: &AttributeSource) -> bool {
    let sorted = |value: &str| {
        let mut codes: Vec<String> = value.split(',').map(|code| code.trim().to_owned()).collect();
        codes.sort_unstable();
        codes
    };
    one == other || (attribute.kind.shape() == ValueShape::Options && sorted(one) == sorted(other))
}

/// What the field of an attribute says; nothing where it is as in the standard design.
fn value_of(attribute: &AttributeSource, field: &str, sent: &mut Sent) -> Option<String> {
    match attribute.kind.shape() {
        ValueShape::Option | ValueShape::Text => {
            sent.text(field).filter(|value| !value.is_empty()).map(str::to_owned)
        }
        ValueShape::Number => {
            sent.text(field).filter(|value| !value.is_empty())?;
            sent.number::<i64>(field, "80").map(|number| number.to_string())
        }
        ValueShape::Options => {
            let ticked = sent.fields.get(field)?;
            let codes = attribute.options.iter().map(|option| option.code.as_str());
            let codes: Vec<&str> = codes.filter(|code| ticked.contains(code)).collect();
            (!codes.is_empty() || ticked.contains(&NONE)).then(|| codes.join(", "))
        }
    }
}

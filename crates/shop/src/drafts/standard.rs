//! Values of attributes in forms: the standard one of each, and those of ready-made designs.

use configurator::ValueShape;
use configurator::source::{AttributeSource, KindSource, ValueSource};
use serde::Deserialize;
use serde_json::Value;

use super::form::FieldControl;
use super::places::{self, at, set};
use super::sent::Sent;

/// What kind of values an attribute has; texts where its kind can't be read.
fn shape(attribute: &Value) -> ValueShape {
    let kind = attribute.get("kind").and_then(|kind| KindSource::deserialize(kind).ok());
    kind.map_or(ValueShape::Text, KindSource::shape)
}

fn options(attribute: &Value) -> impl Iterator<Item = &Value> {
    attribute.get("options").and_then(Value::as_array).into_iter().flatten()
}

/// How the standard value at a place is asked for.
pub(super) fn control(product: &Value, path: &[String]) -> FieldControl {
    let attribute = at(product, &path[..path.len() - 1]).unwrap_or(&Value::Null);
    let code = |option: &Value| places::text(option, "code").to_owned();
    match shape(attribute) {
        ValueShape::Number => FieldControl::Line("numeric"),
        ValueShape::Text => FieldControl::Line("text"),
        ValueShape::Option => {
            let words = |option| (code(option), places::text(option, "label").to_owned());
            FieldControl::Pick(options(attribute).map(words).collect())
        }
        ValueShape::Options => {
            let standard = attribute.get("standard").and_then(Value::as_array).map(Vec::as_slice);
            let ticked = |option| standard.unwrap_or_default().iter().any(|value| *value == code(option));
            FieldControl::Several(options(attribute).map(|option| (code(option), ticked(option))).collect())
        }
    }
}

/// Reads the standard value at a place. Boxes that are not ticked are not sent; `is.` with the field's name is.
pub(super) fn read(product: &mut Value, path: &[String], name: &str, sent: &mut Sent) {
    let attribute = at(product, &path[..path.len() - 1]).unwrap_or(&Value::Null);
    let value = match shape(attribute) {
        ValueShape::Option | ValueShape::Text => sent.text(name).map(Value::from),
        ValueShape::Number => sent.number::<i64>(name, "80").map(Value::from),
        ValueShape::Options => sent.ticked(&format!("is.{name}")).then(|| {
            let ticked = sent.fields.get(name).map(Vec::as_slice).unwrap_or_default();
            let codes = options(attribute).map(|option| places::text(option, "code"));
            codes.filter(|code| ticked.contains(code)).map(Value::from).collect()
        }),
    };
    if value.is_some() {
        set(product, path, value);
    }
}

/// The first option on the menu becomes the standard of a choice that had no options yet.
pub(super) fn begin(attribute: &mut AttributeSource) {
    let is_open = matches!(&attribute.standard, ValueSource::Text(code) if code.is_empty());
    if !is_open || attribute.kind.shape() != ValueShape::Option {
        return;
    }
    if let Some(first) = attribute.options.iter().find(|option| option.available) {
        attribute.standard = ValueSource::Text(first.code.clone());
    }
}

/// A value as a line of a form has it: several with commas.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}

/// The value of an attribute as typed; nothing where there is no such attribute, or it has no such value.
pub(super) fn value_of(product: &Value, code: &str, typed: &str) -> Option<Value> {
    let attributes = product.get("attributes").and_then(Value::as_array).into_iter().flatten();
    let attribute = attributes.into_iter().find(|attribute| places::text(attribute, "code") == code)?;
    let has = |code: &str| {
        let options = attribute.get("options").and_then(Value::as_array).into_iter().flatten();
        options.into_iter().any(|option| places::text(option, "code") == code)
    };
    match shape(attribute) {
        ValueShape::Number => typed.parse::<i64>().ok().map(Value::from),
        ValueShape::Text => Some(Value::from(typed)),
        ValueShape::Option => has(typed).then(|| Value::from(typed)),
        ValueShape::Options => {
            let codes = typed.split(',').map(str::trim).filter(|code| !code.is_empty());
            codes.map(|code| has(code).then(|| Value::from(code))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use configurator::source::Source;

    use super::*;

    #[test]
    fn the_first_option_on_the_menu_is_what_a_choice_begins_with() {
        let mut source: Source = serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "" },
                { "code": "words", "step": "looks", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
            ],
        }))
        .unwrap();
        let options = serde_json::json!([
            { "code": "red", "label": "Red", "available": false }, { "code": "blue", "label": "Blue" }, { "code": "grey", "label": "Grey" },
        ]);
        begin(&mut source.attributes[0]);
        assert_eq!(source.attributes[0].standard, ValueSource::Text(String::new()));
        source.attributes[0].options = serde_json::from_value(options).unwrap();
        begin(&mut source.attributes[0]);
        assert_eq!(source.attributes[0].standard, ValueSource::Text("blue".to_owned()));
        // What is chosen stays, and a text may be empty.
        source.attributes[0].options.remove(1);
        begin(&mut source.attributes[0]);
        begin(&mut source.attributes[1]);
        assert_eq!(source.attributes[0].standard, ValueSource::Text("blue".to_owned()));
        assert_eq!(source.attributes[1].standard, ValueSource::Text(String::new()));
    }
}

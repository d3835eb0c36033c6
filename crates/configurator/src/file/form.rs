//! The form of TOML files: missing, unknown and mistyped fields, found with the JSON Schema of the types they are for.

use std::ops::{Range, RangeInclusive};

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeInteger, DeString, DeTable, DeValue};
use words::Locale;

use super::Located;
use crate::money::{Currency, Money};
use crate::places::Places;
use engine::names::{meant, nearest};

/// Walks a file and mends it: what has the wrong form is reported and replaced by anything that has the right one, so
/// that the rest can be read.
pub(super) struct Reader<'s, 't> {
    text: &'t str,
    schema: &'s Json,
    /// Of the amounts in the file.
    currency: Option<Currency>,
    pub(super) faults: Vec<Located>,
    /// Where something was replaced.
    pub(super) faulty: Places,
}

/// What a schema asks for.
enum Shape<'s> {
    Text,
    Word(Vec<&'s str>),
    Flag,
    Whole(RangeInclusive<i64>),
    List {
        entries: &'s Json,
        length: Option<usize>,
    },
    Table(&'s Json),
    /// A table with any keys.
    Map(&'s Json),
    OneOf(Vec<&'s Json>),
}

impl<'s, 't> Reader<'s, 't> {
    pub(super) fn new(text: &'t str, schema: &'s Json, root: &Spanned<DeValue<'t>>) -> Self {
        let currency = root.get_ref().get("currency").and_then(|value| value.get_ref().as_str());
        let currency = currency.and_then(Currency::new).or(Currency::new("EUR"));
        Self { text, schema, currency, faults: Vec::new(), faulty: Places::default() }
    }

    pub(super) fn report(
        &mut self,
        span: &Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.faults.push(Located::new(self.text, span.start, message, advice));
    }

    /// Checks and mends the whole file.
    pub(super) fn root(&mut self, root: &mut Spanned<DeValue<'t>>) {
        self.value("", root, self.schema);
    }

    fn value(&mut self, place: &str, value: &mut Spanned<DeValue<'t>>, schema: &'s Json) {
        let (span, shape) = (value.span(), self.shape(schema));
        match (&shape, value.get_mut()) {
            (Shape::Table(schema), DeValue::Table(table)) => self.table(place, &span, table, schema),
            (Shape::Map(values), DeValue::Table(table)) => {
                for (key, value) in table.iter_mut() {
                    self.value(&within(place, key.get_ref()), value, values);
                }
            }
            (Shape::List { entries, .. }, DeValue::Array(list)) => {
                for (index, entry) in list.iter_mut().enumerate() {
                    self.value(&within(place, &index.to_string()), entry, entries);
                }
            }
            (Shape::List { entries, .. }, found @ DeValue::Table(_)) if self.is_table(entries) => {
                self.report(&span, no_list(place), list_advice(place));
                let only = std::mem::replace(found, DeValue::Boolean(true));
                *found = DeValue::Array([Spanned::new(span, only)].into_iter().collect());
                return self.value(place, value, schema);
            }
            (Shape::OneOf(schemas), found) => {
                if let Some(schema) = schemas.iter().find(|schema| self.shape(schema).takes(found)) {
                    return self.value(place, value, schema);
                }
            }
            _ => {}
        }
        if let Some((message, advice)) = self.fault(place, &shape, value) {
            self.report(&value.span(), message, advice);
            self.faulty.insert(place);
            *value = self.placeholder(value.span(), &shape);
        }
    }

    fn table(&mut self, place: &str, span: &Range<usize>, table: &mut DeTable<'t>, schema: &'s Json) {
        let Some(fields) = schema["properties"].as_object() else { return };
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        let unknown: Vec<String> = table.keys().map(|key| key.get_ref().to_string()).collect();
        for name in unknown.iter().filter(|name| !fields.contains_key(*name)) {
            let Some((key, value)) = table.remove_entry(name.as_str()) else { continue };
            let advice = nearest(name, names.iter().copied());
            self.report(&key.span(), format!("unknown field '{name}'"), advice);
            if let Some(meant) = meant(name, &names) {
                adopt(table, Spanned::new(key.span(), meant.to_owned().into()), value);
            }
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
        let missing: Vec<&str> = required.filter(|name| !table.contains_key(*name)).collect();
        for (name, schema) in fields {
            if let Some(value) = table.get_mut(name.as_str()) {
                self.value(&within(place, name), value, schema);
            } else if missing.contains(&name.as_str()) {
                self.faulty.insert(within(place, name));
                let placeholder = self.placeholder(span.clone(), &self.shape(schema));
                table.insert(Spanned::new(span.clone(), name.clone().into()), placeholder);
            }
        }
        self.missing(span, &missing, fields);
    }

    fn missing(&mut self, span: &Range<usize>, missing: &[&str], fields: &'s serde_json::Map<String, Json>) {
        let listed = missing.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
        let written = missing.iter().map(|name| match self.shape(&fields[*name]) {
            Shape::List { entries, .. } if self.is_table(entries) => format!("[[{name}]]"),
            _ => format!("{name} = …"),
        });
        let advice = format!("Add {} to it.", written.collect::<Vec<_>>().join(", "));
        match missing {
            [] => {}
            [_] => self.report(span, format!("missing field {listed}"), advice),
            _ => self.report(span, format!("missing fields {listed}"), advice),
        }
    }

    /// What is wrong with a value itself, and what to do.
    fn fault(&self, place: &str, shape: &Shape, value: &Spanned<DeValue>) -> Option<(String, String)> {
        let name = name(place);
        match (shape, value.get_ref()) {
            (Shape::Word(words), DeValue::String(word)) => (!words.contains(&word.as_ref())).then(|| {
                (format!("there is no {} '{word}'", last(place)), nearest(word, words.iter().copied()))
            }),
            (Shape::Whole(range), DeValue::Integer(number)) => match whole(number) {
                Some(number) if range.contains(&number) => None,
                Some(..0) if *range.start() == 0 => {
                    Some((format!("{name} must not be negative"), "Write 0 or more.".to_owned()))
                }
                _ => Some((
                    format!("{name} is out of bounds"),
                    format!("Use {} to {}.", range.start(), range.end()),
                )),
            },
            (Shape::List { length: Some(length), .. }, DeValue::Array(list)) => (list.len() != *length)
                .then(|| (format!("{name} has {} entries", list.len()), format!("Write {length} of them."))),
            (Shape::List { entries, .. }, found) if !shape.takes(found) && self.is_table(entries) => {
                Some((no_list(place), list_advice(place)))
            }
            (shape, found) if shape.takes(found) => None,
            (shape, found) => {
                let written = self.text.get(value.span()).unwrap_or_default();
                let message =
                    format!("{name} must be {}, not {}", self.noun(shape), described(found, written));
                Some((message, self.advice(place, shape, found, written)))
            }
        }
    }

    /// What to write instead of a value of the wrong type.
    fn advice(&self, place: &str, shape: &Shape, found: &DeValue, written: &str) -> String {
        let digits = found.as_str().unwrap_or(written);
        match shape {
            Shape::Whole(_) if digits.parse::<i64>().is_ok() => {
                "Write it without quotation marks.".to_owned()
            }
            Shape::Whole(_) if matches!(last(place), "base_price" | "price" | "amount") => {
                let amount =
                    self.currency.and_then(|currency| Money::read(digits, currency, &Locale::ENGLISH).ok());
                let write = amount.map(|amount| format!(": write {}", amount.amount)).unwrap_or_default();
                format!("Amounts are whole minor units (cents){write}.")
            }
            Shape::Whole(_) => "Write a whole number, such as 12.".to_owned(),
            Shape::Text | Shape::Word(_) if !matches!(found, DeValue::Array(_) | DeValue::Table(_)) => {
                format!("Write it in quotation marks: \"{written}\".")
            }
            Shape::Text | Shape::Word(_) => "Write it in quotation marks.".to_owned(),
            Shape::Flag => "Write true or false, without quotation marks.".to_owned(),
            Shape::List { .. } => {
                "Write the entries in square brackets, with commas between them.".to_owned()
            }
            Shape::Table(_) | Shape::Map(_) => "Write it as { name = value, … }.".to_owned(),
            Shape::OneOf(_) => "docs/product-file.md says what goes here.".to_owned(),
        }
    }

    fn noun(&self, shape: &Shape) -> String {
        match shape {
            Shape::Text | Shape::Word(_) => "a text".to_owned(),
            Shape::Flag => "true or false".to_owned(),
            Shape::Whole(range) if *range.start() == 0 => "a whole number that is not negative".to_owned(),
            Shape::Whole(_) => "a whole number".to_owned(),
            Shape::List { entries, .. } => match self.shape(entries) {
                Shape::Text => "a list of texts".to_owned(),
                Shape::Whole(_) => "a list of whole numbers".to_owned(),
                _ => "a list".to_owned(),
            },
            Shape::Table(_) | Shape::Map(_) => "a table".to_owned(),
            Shape::OneOf(schemas) => {
                let nouns: Vec<String> =
                    schemas.iter().map(|schema| self.noun(&self.shape(schema))).collect();
                nouns.join(" or ")
            }
        }
    }

    /// Anything of the right form.
    fn placeholder(&self, span: Range<usize>, shape: &Shape<'s>) -> Spanned<DeValue<'t>> {
        let value = match shape {
            Shape::Text => DeValue::String("".into()),
            Shape::Word(words) => {
                DeValue::String(words.first().copied().unwrap_or_default().to_owned().into())
            }
            // Of the flags there are, this value hides nothing: what is available can be judged.
            Shape::Flag => DeValue::Boolean(true),
            Shape::Whole(_) => DeValue::Integer(DeInteger::default()),
            Shape::List { entries, length } => {
                let entry = || self.placeholder(span.clone(), &self.shape(entries));
                DeValue::Array((0..length.unwrap_or(0)).map(|_| entry()).collect())
            }
            Shape::Table(schema) => {
                let required = schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str);
                let fields = required.map(|name| {
                    let shape = self.shape(&schema["properties"][name]);
                    (
                        Spanned::new(span.clone(), name.to_owned().into()),
                        self.placeholder(span.clone(), &shape),
                    )
                });
                DeValue::Table(fields.collect())
            }
            Shape::Map(_) => DeValue::Table(DeTable::new()),
            Shape::OneOf(schemas) => {
                let first = schemas.first().map(|schema| self.placeholder(span.clone(), &self.shape(schema)));
                first.map_or(DeValue::Boolean(true), Spanned::into_inner)
            }
        };
        Spanned::new(span, value)
    }

    fn is_table(&self, schema: &'s Json) -> bool {
        matches!(self.shape(schema), Shape::Table(_))
    }

    fn shape(&self, schema: &'s Json) -> Shape<'s> {
        if let Some(definition) = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#')) {
            return self
                .schema
                .pointer(definition)
                .map_or(Shape::OneOf(Vec::new()), |found| self.shape(found));
        }
        let several = |key: &str| schema[key].as_array();
        if let Some(words) = several("oneOf") {
            return Shape::Word(words.iter().filter_map(|word| word["const"].as_str()).collect());
        }
        if let Some(schemas) = several("anyOf") {
            let schemas: Vec<&Json> = schemas.iter().filter(|schema| schema["type"] != "null").collect();
            return match schemas[..] {
                [one] => self.shape(one),
                _ => Shape::OneOf(schemas),
            };
        }
        let kind = several("type").and_then(|kinds| kinds.first()).unwrap_or(&schema["type"]);
        match kind.as_str() {
            Some("string") => Shape::Text,
            Some("boolean") => Shape::Flag,
            Some("integer") => Shape::Whole(match schema["format"].as_str() {
                Some("uint32") => 0..=i64::from(u32::MAX),
                Some("int32") => i64::from(i32::MIN)..=i64::from(i32::MAX),
                _ => i64::MIN..=i64::MAX,
            }),
            Some("array") => {
                let length = schema["maxItems"].as_u64().and_then(|length| usize::try_from(length).ok());
                Shape::List { entries: &schema["items"], length }
            }
            Some("object") if schema["properties"].is_object() => Shape::Table(schema),
            Some("object") => Shape::Map(&schema["additionalProperties"]),
            _ => Shape::OneOf(Vec::new()),
        }
    }
}

impl Shape<'_> {
    /// Whether a value is of the right type.
    fn takes(&self, value: &DeValue) -> bool {
        matches!(
            (self, value),
            (Shape::Text | Shape::Word(_), DeValue::String(_))
                | (Shape::Flag, DeValue::Boolean(_))
                | (Shape::Whole(_), DeValue::Integer(_))
                | (Shape::List { .. }, DeValue::Array(_))
                | (Shape::Table(_) | Shape::Map(_), DeValue::Table(_))
        )
    }
}

/// Puts the value of a misspelt field where it was meant to be, as far as there is room.
fn adopt<'t>(table: &mut DeTable<'t>, meant: Spanned<DeString<'t>>, value: Spanned<DeValue<'t>>) {
    let Some(there) = table.get_mut(meant.get_ref().as_ref()) else {
        table.insert(meant, value);
        return;
    };
    match (there.get_mut(), value.into_inner()) {
        (DeValue::Array(list), DeValue::Array(more)) => {
            let known = std::mem::replace(list, core::iter::empty().collect());
            let more = more.into_iter().filter(|entry| entry.get_ref().is_table());
            let mut all: Vec<_> = known.into_iter().chain(more).collect();
            // In the order in which they are written.
            all.sort_by_key(|entry| entry.span().start);
            *list = all.into_iter().collect();
        }
        (DeValue::Table(fields), DeValue::Table(more)) => {
            for (key, value) in more {
                fields.entry(key).or_insert(value);
            }
        }
        _ => {}
    }
}

fn within(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

fn last(place: &str) -> &str {
    place.rsplit('.').next().unwrap_or(place)
}

/// What a place is called in a message.
fn name(place: &str) -> String {
    match place.rsplit_once('.') {
        Some((list, index)) if index.parse::<usize>().is_ok() => format!("this entry of '{}'", last(list)),
        _ => format!("'{}'", last(place)),
    }
}

fn no_list(place: &str) -> String {
    format!("{} is no list of tables", name(place))
}

fn list_advice(place: &str) -> String {
    let names: Vec<&str> = place.split('.').filter(|name| name.parse::<usize>().is_err()).collect();
    format!("Write [[{}]] before each entry.", names.join("."))
}

fn described(value: &DeValue, written: &str) -> String {
    match value {
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => written.to_owned(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn whole(number: &DeInteger) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

//! Fields of a product that forms of the editor set by their place: where they are, how they are asked for, what an empty one
//! means. A new field of the product file is one row here; the test below goes through the file's schema and finds what has none.

use serde_json::{Value, json};
use words::Admin;

/// What a text of a form with nothing in it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty {
    /// An empty text, which the check of the draft judges.
    Kept,
    /// The field is not there: what holds then is its default.
    Absent,
    /// It can't be.
    Wrong,
}

/// What there is to pick from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// The steps of the product.
    Steps,
    /// The kinds of attributes.
    Kinds,
}

/// How a field is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    /// A line of text.
    Line(Empty),
    /// Several lines of text.
    Lines(Empty),
    /// A condition or a number in the rule language.
    Rule(Empty),
    /// A whole number, not negative.
    Count(Empty),
    /// A whole number.
    Whole(Empty),
    /// An amount in the product's currency.
    Amount(Empty),
    /// A box to tick.
    Tick,
    /// One of a list; the empty one is none.
    Pick(Among),
    /// Names with a whole number each: `volume = 12`, one to a line.
    Numbers,
    /// A box that makes a part of the product be there, as this gives it.
    Part(fn() -> Value),
}

/// A field, for all places of its pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Its place; `*` stands for every entry of a list or a map.
    pub(super) place: &'static str,
    pub(super) control: Control,
    pub(super) label: fn(&Admin) -> &'static str,
    /// What is good to know about it.
    pub(super) hint: Option<fn(&Admin) -> &'static str>,
}

const fn field(place: &'static str, control: Control, label: fn(&Admin) -> &'static str) -> Row {
    Row { place, control, label, hint: None }
}

impl Row {
    const fn hint(mut self, hint: fn(&Admin) -> &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The names on the way to it.
    pub(super) fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.place.split('.')
    }
}

fn uses() -> Value {
    json!({ "question": "", "answers": [] })
}

use Among::{Kinds, Steps};
use Control::{Amount, Count, Line, Lines, Numbers, Part, Pick, Rule, Tick, Whole};
use Empty::{Absent, Kept, Wrong};

/// Every field that a form sets, in the order in which forms show them.
pub(super) const FIELDS: &[Row] = &[
    field("description", Lines(Kept), Admin::field_description),
    field("language", Line(Kept), Admin::field_language).hint(Admin::hint_language),
    field("currency", Line(Kept), Admin::currency).hint(Admin::hint_currency),
    field("picture.0", Count(Wrong), Admin::field_picture_width),
    field("picture.1", Count(Wrong), Admin::field_picture_height),
    field("steps.*.label", Line(Kept), Admin::name),
    field("attributes.*.label", Line(Kept), Admin::name),
    field("attributes.*.kind", Pick(Kinds), Admin::field_kind),
    field("attributes.*.step", Pick(Steps), Admin::field_step),
    field("attributes.*.locked", Tick, Admin::field_locked),
    field("attributes.*.step_size", Whole(Absent), Admin::field_step_size).hint(Admin::hint_step_size),
    field("attributes.*.unit", Line(Absent), Admin::field_unit).hint(Admin::hint_unit),
    field("attributes.*.points", Count(Absent), Admin::points_used).hint(Admin::hint_points),
    field("attributes.*.allowed", Line(Absent), Admin::field_allowed).hint(Admin::hint_allowed),
    field("attributes.*.options.*.description", Line(Kept), Admin::field_option_description),
    field("attributes.*.options.*.lead_time_days", Count(Absent), Admin::field_more_days),
    field("attributes.*.options.*.weight", Whole(Absent), Admin::field_weight),
    field("attributes.*.options.*.points", Count(Absent), Admin::points_used).hint(Admin::hint_points),
    field("attributes.*.options.*.benefits.*", Whole(Absent), Admin::field_benefits)
        .hint(Admin::hint_benefit),
    field("attributes.*.options.*.values", Numbers, Admin::field_values).hint(Admin::hint_values),
    field("prices.*.label", Line(Kept), Admin::name),
    field("prices.*.amount", Amount(Wrong), Admin::field_amount).hint(Admin::hint_amount),
    field("prices.*.when", Rule(Absent), Admin::field_when).hint(Admin::hint_when),
    field("prices.*.each", Rule(Absent), Admin::field_each).hint(Admin::hint_each),
    field("prices.*.per", Whole(Absent), Admin::field_per).hint(Admin::hint_per),
    field("tiers.*.from", Count(Wrong), Admin::field_from_pieces),
    field("tiers.*.discount", Line(Kept), Admin::field_discount).hint(Admin::hint_discount),
    field("no_returns.*.reason", Line(Kept), Admin::field_reason),
    field("no_returns.*.when", Rule(Absent), Admin::field_when).hint(Admin::hint_when),
    field("benefits.*.label", Line(Kept), Admin::name),
    field("uses", Part(uses), Admin::field_ask_use),
    field("uses.question", Line(Kept), Admin::field_question),
    field("uses.answers.*.label", Line(Kept), Admin::field_answer),
    field("uses.answers.*.people", Line(Kept), Admin::field_people).hint(Admin::hint_people),
];

/// A list whose entries a form adds, moves and removes.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// Its place.
    pub(super) place: &'static str,
    /// What a code is made of where a name gives none; nothing where entries have no code.
    pub(super) code: Option<&'static str>,
    /// An entry before anything is written into it.
    pub(super) entry: fn() -> Value,
}

/// Every list that a form edits.
pub(super) const LISTS: &[List] = &[
    List { place: "steps", code: Some("step"), entry: || json!({ "label": "" }) },
    List {
        place: "attributes",
        code: Some("attribute"),
        entry: || json!({ "label": "", "step": "", "kind": "choice", "standard": "" }),
    },
    List { place: "prices", code: None, entry: || json!({ "label": "", "amount": 0 }) },
    List { place: "tiers", code: None, entry: || json!({ "from": 2, "discount": "" }) },
    List { place: "no_returns", code: None, entry: || json!({ "reason": "" }) },
    List { place: "benefits", code: Some("benefit"), entry: || json!({ "label": "" }) },
    List { place: "uses.answers", code: Some("use"), entry: || json!({ "label": "", "people": "" }) },
];

#[cfg(test)]
mod tests {
    use configurator::source::Source;

    use super::*;

    /// What the table does not set, by the beginning of its place, and why.
    const ELSEWHERE: &[(&str, &str)] = &[
        ("name", "a form of its own: product"),
        ("summary", "a form of its own: product"),
        ("base_price", "a form of its own: product"),
        ("lead_time_days", "a form of its own: product"),
        ("budget", "a form of its own: budget"),
        ("rules", "a form of its own: rules"),
        ("attributes.*.standard", "a form of its own: standard design"),
        ("attributes.*.help", "the attribute's form reads it by hand"),
        ("attributes.*.applies", "the attribute's form reads it by hand"),
        ("attributes.*.min", "the attribute's form reads it by hand, for numbers"),
        ("attributes.*.max", "the attribute's form reads it by hand, for numbers and texts"),
        ("attributes.*.price", "the attribute's form reads it by hand"),
        ("attributes.*.options.*.label", "the row of the option reads it by hand"),
        ("attributes.*.options.*.price", "the row of the option reads it by hand"),
        ("attributes.*.options.*.swatch", "the row of the option reads it by hand"),
        ("attributes.*.options.*.available", "the row of the option reads it by hand"),
        ("designs", "ready-made designs are written in the product file so far"),
        ("layers", "the picture is written in the product file so far: its drawings can't be uploaded"),
        ("translations", "texts in other languages are written in the product file so far"),
    ];

    /// The places of every field that a schema knows.
    fn walk(schema: &Value, root: &Value, place: &str, found: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return walk(&root["$defs"][name], root, place, found);
        }
        let inner = ["anyOf", "allOf"].iter().filter_map(|word| schema[word].as_array()).flatten();
        let inner: Vec<&Value> = inner.filter(|inner| inner["$ref"].is_string()).collect();
        if place.ends_with(".standard") || place.contains(".values") {
            return found.push(place.to_owned());
        }
        if let Some(inner) = inner.first() {
            return walk(inner, root, place, found);
        }
        if schema["items"].is_object() && schema["items"]["$ref"].is_string() {
            return walk(&schema["items"], root, &format!("{place}.*"), found);
        }
        let Some(fields) = schema["properties"].as_object() else { return found.push(place.to_owned()) };
        for (name, field) in fields {
            let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            walk(field, root, &place, found);
        }
    }

    #[test]
    fn every_field_of_the_product_file_is_set_by_a_form_or_said_to_be_elsewhere() {
        let schema = schemars::schema_for!(Source);
        let mut found = Vec::new();
        walk(schema.as_value(), schema.as_value(), "", &mut found);
        assert!(found.contains(&"attributes.*.options.*.weight".to_owned()), "{found:?}");
        assert!(found.contains(&"uses.answers.*.people".to_owned()), "{found:?}");
        for place in found.iter().filter(|place| !place.ends_with(".code")) {
            let below = format!("{place}.");
            let set = FIELDS.iter().any(|row| row.place == place || row.place.starts_with(&below));
            let elsewhere = ELSEWHERE.iter().any(|(known, _)| place.starts_with(known));
            assert!(set || elsewhere, "no form sets {place}: give it a row in FIELDS");
        }
        for row in FIELDS {
            let list = row.place.trim_end_matches(".0").trim_end_matches(".1").trim_end_matches(".*");
            let known = found.iter().any(|place| place == list || place.starts_with(&format!("{list}.")));
            assert!(known, "the product file has no {}", row.place);
        }
    }
}

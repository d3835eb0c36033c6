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
    /// The field is not there where it was not before; what was there is made nothing by a 0, and by nothing else.
    Zero,
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
    /// What must come of a test design.
    Outcomes,
    /// What shoppers of a stated use may start from.
    Starts,
}

/// How a field is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    /// A line of text.
    Line(Empty),
    /// Several lines of text.
    Lines(Empty),
    /// A rule or a number in the rule language.
    Rule(Empty),
    /// When something is so: a condition in the rule language, which menus may say.
    Condition(Empty),
    /// How many times something counts: a number in the rule language, which menus may say.
    Quantity(Empty),
    /// A whole number, not negative.
    Count(Empty),
    /// A whole number.
    Whole(Empty),
    /// An amount in the product's currency.
    Amount(Empty),
    /// A box to tick; whether it is where the file says nothing.
    Tick(bool),
    /// A colour that may be there, with a box that says whether it is.
    Colour,
    /// The standard value of an attribute, as its kind has it.
    Standard,
    /// One of a list; the empty one is none.
    Pick(Among),
    /// Names with a whole number each: `volume = 12`, one to a line.
    Numbers,
    /// Names with a text each: `frame = colour`, one to a line.
    Texts,
    /// Attributes with a value each: `extras = lamp, rack`, one to a line.
    Values,
    /// Names with commas between.
    Names,
    /// A code, which everything that refers to it follows.
    Code,
    /// A box that makes a part of the product be there, as this gives it.
    Part(fn() -> Value),
}

impl Control {
    /// Whether it asks for names with something each, one to a line.
    pub(super) fn is_lines_of_names(self) -> bool {
        matches!(self, Self::Numbers | Self::Texts | Self::Values)
    }
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
    /// Whether its section's page lays it out itself; the others come one after the other.
    pub(super) laid_out: bool,
}

const fn field(place: &'static str, control: Control, label: fn(&Admin) -> &'static str) -> Row {
    Row { place, control, label, hint: None, laid_out: false }
}

/// A field that its section's page lays out itself.
const fn own(place: &'static str, control: Control, label: fn(&Admin) -> &'static str) -> Row {
    Row { place, control, label, hint: None, laid_out: true }
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

fn budget() -> Value {
    json!({ "ceiling": 10, "per_deviation": 1 })
}

use Among::{Kinds, Outcomes, Starts, Steps};
use Control::{
    Amount, Code, Colour, Condition, Count, Line, Lines, Names, Numbers, Part, Pick, Quantity, Rule,
    Standard, Texts, Tick, Values, Whole,
};
use Empty::{Absent, Kept, Wrong, Zero};

/// Every field that a form sets, in the order in which forms show them.
pub(super) const FIELDS: &[Row] = &[
    own("name", Line(Kept), Admin::name),
    own("summary", Line(Kept), Admin::summary),
    own("base_price", Amount(Wrong), Admin::place_base_price),
    own("lead_time_days", Count(Wrong), Admin::lead_time_in_days),
    field("description", Lines(Kept), Admin::field_description),
    field("search_words", Line(Kept), Admin::field_search_words).hint(Admin::hint_search_words),
    field("language", Line(Kept), Admin::field_language).hint(Admin::hint_language),
    field("currency", Line(Kept), Admin::currency).hint(Admin::hint_currency),
    field("picture.0", Count(Wrong), Admin::field_picture_width),
    field("picture.1", Count(Wrong), Admin::field_picture_height),
    field("meant", Names, Admin::field_meant).hint(Admin::hint_meant_product),
    field("steps.*.label", Line(Kept), Admin::name),
    own("attributes.*.label", Line(Kept), Admin::name),
    own("attributes.*.help", Line(Kept), Admin::advice),
    own("attributes.*.applies", Condition(Absent), Admin::applies_when),
    own("attributes.*.min", Whole(Absent), Admin::smallest_value),
    own("attributes.*.max", Whole(Absent), Admin::largest_value),
    own("attributes.*.max_length", Count(Absent), Admin::most_characters),
    own("attributes.*.price", Amount(Zero), Admin::price),
    own("attributes.*.standard", Standard, Admin::standard),
    own("attributes.*.options.*.label", Line(Kept), Admin::name),
    own("attributes.*.options.*.price", Amount(Zero), Admin::price),
    own("attributes.*.options.*.swatch", Colour, Admin::colour),
    own("attributes.*.options.*.available", Tick(true), Admin::on_the_menu),
    field("attributes.*.code", Code, Admin::field_code).hint(Admin::hint_code),
    field("attributes.*.kind", Pick(Kinds), Admin::field_kind),
    field("attributes.*.step", Pick(Steps), Admin::field_step),
    field("attributes.*.locked", Tick(false), Admin::field_locked),
    field("attributes.*.moved_last", Tick(false), Admin::field_moved_last),
    field("attributes.*.successors", Texts, Admin::field_successors).hint(Admin::hint_successors),
    field("attributes.*.step_size", Whole(Absent), Admin::field_step_size).hint(Admin::hint_step_size),
    field("attributes.*.unit", Line(Absent), Admin::field_unit).hint(Admin::hint_unit),
    field("attributes.*.points", Count(Absent), Admin::points_used).hint(Admin::hint_points),
    field("attributes.*.allowed", Line(Absent), Admin::field_allowed).hint(Admin::hint_allowed),
    field("attributes.*.options.*.code", Code, Admin::field_code).hint(Admin::hint_option_code),
    field("attributes.*.options.*.description", Line(Kept), Admin::field_option_description),
    field("attributes.*.options.*.lead_time_days", Count(Absent), Admin::field_more_days),
    field("attributes.*.options.*.weight", Whole(Absent), Admin::field_weight),
    field("attributes.*.options.*.points", Count(Absent), Admin::points_used).hint(Admin::hint_points),
    field("attributes.*.options.*.benefits.*", Whole(Absent), Admin::field_benefits)
        .hint(Admin::hint_benefit),
    field("attributes.*.options.*.values", Numbers, Admin::field_values).hint(Admin::hint_values),
    field("attributes.*.options.*.parts", Names, Admin::field_parts).hint(Admin::hint_parts),
    field("attributes.*.options.*.cost", Amount(Absent), Admin::field_cost).hint(Admin::hint_cost),
    field("attributes.*.options.*.meant", Names, Admin::field_meant).hint(Admin::hint_meant),
    own("rules.*.rule", Rule(Kept), Admin::condition),
    own("rules.*.sentence", Lines(Absent), Admin::sentence),
    own("budget", Part(budget), Admin::limit_departures),
    own("budget.ceiling", Count(Wrong), Admin::ceiling),
    own("budget.per_deviation", Count(Wrong), Admin::points_of_deviation),
    field("prices.*.label", Line(Kept), Admin::name),
    field("prices.*.amount", Amount(Wrong), Admin::field_amount).hint(Admin::hint_amount),
    field("prices.*.when", Condition(Absent), Admin::field_when).hint(Admin::hint_when),
    field("prices.*.each", Quantity(Absent), Admin::field_each).hint(Admin::hint_each),
    field("prices.*.per", Whole(Absent), Admin::field_per).hint(Admin::hint_per),
    field("tiers.*.from", Count(Wrong), Admin::field_from_pieces),
    field("tiers.*.discount", Line(Kept), Admin::field_discount).hint(Admin::hint_discount),
    field("no_returns.*.reason", Line(Kept), Admin::field_reason),
    field("no_returns.*.when", Condition(Absent), Admin::field_when).hint(Admin::hint_when),
    field("benefits.*.label", Line(Kept), Admin::name),
    field("uses", Part(uses), Admin::field_ask_use),
    field("uses.question", Line(Kept), Admin::field_question),
    field("uses.start", Pick(Starts), Admin::field_start).hint(Admin::hint_start),
    field("uses.answers.*.label", Line(Kept), Admin::field_answer),
    field("uses.answers.*.people", Line(Kept), Admin::field_people).hint(Admin::hint_people),
    field("uses.answers.*.matters.*", Whole(Absent), Admin::field_matters).hint(Admin::hint_matters),
    field("uses.answers.*.enough", Condition(Absent), Admin::field_enough).hint(Admin::hint_enough),
    field("layers.*.file", Line(Absent), Admin::field_drawing).hint(Admin::hint_drawing),
    field("layers.*.text", Line(Absent), Admin::field_written).hint(Admin::hint_written),
    field("layers.*.when", Condition(Absent), Admin::field_when).hint(Admin::hint_when),
    field("layers.*.tint", Texts, Admin::field_tint).hint(Admin::hint_tint),
    field("layers.*.x", Rule(Absent), Admin::field_x).hint(Admin::hint_box),
    field("layers.*.y", Rule(Absent), Admin::field_y),
    field("layers.*.width", Rule(Absent), Admin::field_box_width),
    field("layers.*.height", Rule(Absent), Admin::field_box_height),
    field("layers.*.repeat", Rule(Absent), Admin::field_repeat).hint(Admin::hint_repeat),
    field("layers.*.dx", Rule(Absent), Admin::field_dx),
    field("layers.*.dy", Rule(Absent), Admin::field_dy),
    field("layers.*.font_size", Count(Absent), Admin::field_font_size),
    field("layers.*.rotate", Whole(Absent), Admin::field_rotate),
    field("designs.*.label", Line(Kept), Admin::name),
    field("designs.*.summary", Line(Kept), Admin::summary),
    field("designs.*.values", Values, Admin::field_design_values).hint(Admin::hint_design_values),
    field("tests.*.label", Line(Kept), Admin::name),
    field("tests.*.values", Values, Admin::field_design_values).hint(Admin::hint_design_values),
    field("tests.*.expects", Pick(Outcomes), Admin::field_expects),
    field("tests.*.price", Amount(Absent), Admin::field_must_cost).hint(Admin::hint_must_cost),
];

/// The places of all these fields; `*` stands for every entry of a list or a map.
pub fn field_patterns() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|row| row.place)
}

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
    List { place: "attributes.*.options", code: Some("option"), entry: || json!({ "label": "" }) },
    List { place: "rules", code: Some("rule"), entry: || json!({ "rule": "" }) },
    List { place: "layers", code: None, entry: || json!({}) },
    List {
        place: "designs",
        code: Some("design"),
        entry: || json!({ "label": "", "summary": "", "values": {} }),
    },
    List {
        place: "tests",
        code: Some("test"),
        entry: || json!({ "label": "", "values": {}, "expects": "valid" }),
    },
    List { place: "prices", code: None, entry: || json!({ "label": "", "amount": 0 }) },
    List { place: "tiers", code: None, entry: || json!({ "from": 2, "discount": "" }) },
    List { place: "no_returns", code: None, entry: || json!({ "reason": "" }) },
    List { place: "benefits", code: Some("benefit"), entry: || json!({ "label": "" }) },
    List { place: "uses.answers", code: Some("use"), entry: || json!({ "label": "", "people": "" }) },
];

#[cfg(test)]
mod tests {
    use configurator::TextPlace;
    use configurator::source::Source;

    use super::*;

    /// What the table does not set, by the beginning of its place, and why.
    const ELSEWHERE: &[(&str, &str)] = &[
        ("translations.*.stale", "edits mark translations; the page of texts takes the marks away"),
        ("steps.*.code", "made of the name when it is added; attributes pick their step by name"),
        ("rules.*.code", "made when it is added; only translations and insight know it"),
        ("benefits.*.code", "made of the name when it is added; options have a field for each"),
        (
            "uses.answers.*.code",
            "made of the answer when it is added; what was ordered with it counts for it",
        ),
        ("designs.*.code", "made of the name when it is added; addresses lead to it"),
        ("tests.*.code", "made of the name when it is added; nothing refers to it"),
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
        if schema["additionalProperties"]["$ref"].is_string() {
            return walk(&schema["additionalProperties"], root, &format!("{place}.*"), found);
        }
        if schema["additionalProperties"]["type"] == "string" && place.starts_with("translations") {
            return found.push(format!("{place}.*"));
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
        // The page of texts has a field for each of these.
        let texts: Vec<String> =
            TextPlace::PATTERNS.iter().map(|place| format!("translations.*.{place}")).collect();
        for place in &texts {
            assert!(found.contains(place), "the product file has no {place}: {found:?}");
        }
        for (known, why) in ELSEWHERE {
            assert!(found.iter().any(|place| place.starts_with(known)) && !why.is_empty(), "{known} is gone");
            assert!(!FIELDS.iter().any(|row| row.place.starts_with(known)), "{known} has a field");
        }
        for place in &found {
            let below = format!("{place}.");
            let set = FIELDS.iter().any(|row| row.place == place || row.place.starts_with(&below));
            let set = set || texts.contains(place);
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

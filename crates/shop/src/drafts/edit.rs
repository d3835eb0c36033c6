//! What the editor's forms change in a draft: pairs in, a changed source out, or what can't be read.
//!
//! A draft holds unchecked text, so only what has no place in it at all is refused: an amount that is no amount, a
//! number that is no number. Fields that a form does not send stay as they are.

use configurator::source::{AttributeSource, BudgetSource, OptionSource, RuleSource, Source, ValueSource};
use configurator::{RevisionNumber, Slug, ValueShape};
use words::Language;

use super::form;
use super::section::Section;
use super::sent::{Sent, UnreadableField};
use crate::error::ShopError;
use crate::shop::Shop;

/// What a form wants to change in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEdit {
    /// The product.
    pub slug: Slug,
    /// What the form edits.
    pub section: Section,
    /// The draft's version that the form was made from.
    pub version: i64,
    /// The live revision that that draft started from.
    pub base: RevisionNumber,
    /// The form's fields: names and what was typed.
    pub fields: Vec<(String, String)>,
    /// The language of who edits.
    pub language: Language,
    /// Who edits.
    pub by: String,
}

/// Why a draft was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Fields can't be read.
    #[error("some of what was typed can't be read: {}", .0.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" "))]
    Unreadable(Vec<UnreadableField>),
    /// The draft has no such attribute.
    #[error("the draft has no attribute '{0}'; choose one of those on the editor's page")]
    UnknownAttribute(String),
    /// Anything else; [`ShopError::DraftChanged`] when the form was made from another draft.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl Shop {
    /// Changes a draft as a form says. What the draft would be then need not be sound.
    ///
    /// # Errors
    /// See [`EditError`]; nothing is changed then.
    pub async fn edit_draft(&self, edit: DraftEdit) -> Result<(), EditError> {
        let DraftEdit { slug, section, version, base, fields, language, by } = edit;
        let draft = self.draft(&slug).await?;
        if let Section::Attribute(code) = &section
            && !draft.bundle.source.attributes.iter().any(|attribute| attribute.code == *code)
        {
            return Err(EditError::UnknownAttribute(code.clone()));
        }
        if (draft.version, draft.base) != (version, base) {
            let changed_by = (draft.version > 0).then_some(draft.changed_by);
            return Err(ShopError::DraftChanged { slug, changed_by }.into());
        }
        let mut bundle = draft.bundle.clone();
        section.edit(&mut bundle.source, Sent::new(&fields, language)).map_err(EditError::Unreadable)?;
        if bundle != draft.bundle {
            self.save_draft(&slug, version, bundle, &by).await?;
        }
        Ok(())
    }
}

impl Section {
    fn edit(&self, source: &mut Source, mut sent: Sent) -> Result<(), Vec<UnreadableField>> {
        form::read(source, self, &mut sent);
        match self {
            Self::Basics => basics(source, sent),
            Self::Attribute(code) => attribute(source, code, sent),
            Self::Rules => rules(source, sent),
            Self::Standard => standard(source, sent),
            Self::Budget => budget(source, sent),
            _ => {
                source.drop_stray_translations();
                sent.done()
            }
        }
    }
}

/// Words with a meaning in rules, which no code may be.
const RESERVED: [&str; 10] = ["and", "or", "not", "implies", "iff", "in", "has", "filled", "count", "sum"];

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Name, summary, base price, lead time.
fn basics(source: &mut Source, mut sent: Sent) -> Result<(), Vec<UnreadableField>> {
    set(&mut source.name, sent.text("name").map(str::to_owned));
    set(&mut source.summary, sent.text("summary").map(str::to_owned));
    if sent.text("base_price") == Some("") {
        sent.wrong("base_price", sent.say().enter_base_price().to_owned());
    }
    let price = sent.amount("base_price", &source.currency.clone());
    set(&mut source.base_price, price);
    let days = sent.number("lead_time_days", "14");
    set(&mut source.lead_time_days, days);
    sent.done()
}

/// The budget, or none.
fn budget(source: &mut Source, mut sent: Sent) -> Result<(), Vec<UnreadableField>> {
    if sent.ticked("on") {
        let mut budget = source.budget.take().unwrap_or(BudgetSource { ceiling: 10, per_deviation: 1 });
        let ceiling = sent.number("ceiling", "10");
        set(&mut budget.ceiling, ceiling);
        let per_deviation = sent.number("per_deviation", "1");
        set(&mut budget.per_deviation, per_deviation);
        source.budget = Some(budget);
    } else {
        source.budget = None;
    }
    sent.done()
}

/// One attribute and its options, and what a button asked for.
fn attribute(source: &mut Source, code: &str, mut sent: Sent) -> Result<(), Vec<UnreadableField>> {
    let currency = source.currency.clone();
    let Some(at) = source.attributes.iter().position(|attribute| attribute.code == code) else {
        return Ok(());
    };
    fields(&mut source.attributes[at], &mut sent, &currency);
    let attribute = &mut source.attributes[at];
    for option in &mut attribute.options {
        change(option, &mut sent, &currency);
    }
    if let Some(label) = sent.text("new.label").filter(|label| !label.is_empty()) {
        let price = sent.amount("new.price", &currency).unwrap_or(0);
        let swatch =
            sent.ticked("new.swatched").then(|| sent.text("new.swatch").unwrap_or_default().to_owned());
        let codes = attribute.options.iter().map(|option| option.code.as_str());
        let code = new_code(label, "option", codes);
        attribute.options.push(OptionSource {
            code,
            label: label.to_owned(),
            price,
            swatch,
            available: true,
            ..OptionSource::default()
        });
    } else if sent.text("do") == Some("add") {
        sent.wrong("new.label", sent.say().enter_option_name().to_owned());
    }
    let action = sent.text("do").unwrap_or_default();
    let (verb, wanted) = action.split_once(':').unwrap_or((action, ""));
    let position = attribute.options.iter().position(|option| option.code == wanted);
    match (verb, position) {
        ("up", Some(position)) if position > 0 => attribute.options.swap(position - 1, position),
        ("down", Some(position)) if position + 1 < attribute.options.len() => {
            attribute.options.swap(position, position + 1)
        }
        ("remove", Some(position)) => {
            attribute.options.remove(position);
        }
        ("attribute-up" | "attribute-down", _) => {
            move_attribute(&mut source.attributes, at, verb == "attribute-up")
        }
        _ => {}
    }
    source.drop_stray_values();
    source.drop_stray_translations();
    sent.done()
}

/// What an attribute has beside its options.
fn fields(attribute: &mut AttributeSource, sent: &mut Sent, currency: &str) {
    set(&mut attribute.label, sent.text("label").map(str::to_owned));
    set(&mut attribute.help, sent.text("help").map(str::to_owned));
    set(
        &mut attribute.applies,
        sent.text("applies").map(|text| Some(text.to_owned()).filter(|text| !text.is_empty())),
    );
    match attribute.kind.shape() {
        ValueShape::Number => {
            let (min, max) = (sent.number("min", "10"), sent.number("max", "200"));
            attribute.min = min.or(attribute.min);
            attribute.max = max.or(attribute.max);
        }
        ValueShape::Text => {
            let length = sent.number("max_length", "20");
            attribute.max_length = length.or(attribute.max_length);
        }
        ValueShape::Option | ValueShape::Options => return,
    }
    if let Some(price) = sent.amount("price", currency) {
        // An absent price stays absent: nothing was changed then.
        attribute.price = if price == 0 && attribute.price.is_none() { None } else { Some(price) };
    }
}

fn change(option: &mut OptionSource, sent: &mut Sent, currency: &str) {
    let name = |field: &str| format!("{field}.{}", option.code);
    let (label, price, swatched, swatch, available) =
        (name("label"), name("price"), name("swatched"), name("swatch"), name("available"));
    // A box that is not ticked is not sent. Without its name the row was not on the form at all.
    let Some(text) = sent.text(&label) else { return };
    option.label = text.to_owned();
    let amount = sent.amount(&price, currency);
    set(&mut option.price, amount);
    option.available = sent.ticked(&available);
    option.swatch = match sent.text(&swatch) {
        Some(colour) if sent.ticked(&swatched) => Some(colour.to_owned()),
        Some(_) => None,
        None => option.swatch.take(),
    };
}

/// Moves an attribute before or behind its neighbour in the same step.
fn move_attribute(attributes: &mut [AttributeSource], at: usize, up: bool) {
    let same_step = |other: &usize| attributes[*other].step == attributes[at].step;
    let other = if up { (0..at).rev().find(same_step) } else { (at + 1..attributes.len()).find(same_step) };
    if let Some(other) = other {
        attributes.swap(at, other);
    }
}

/// All rules, a new one, and what a button asked for.
fn rules(source: &mut Source, sent: Sent) -> Result<(), Vec<UnreadableField>> {
    let lines = |text: &str| text.replace("\r\n", "\n");
    for rule in &mut source.rules {
        set(&mut rule.rule, sent.text(&format!("rule.{}", rule.code)).map(lines));
        set(&mut rule.sentence, sent.text(&format!("sentence.{}", rule.code)).map(lines));
    }
    let new = |field: &str| sent.text(field).map(lines).unwrap_or_default();
    let (rule, sentence) = (new("new.rule"), new("new.sentence"));
    if !rule.is_empty() || !sentence.is_empty() {
        let code = new_code("", "rule", source.rules.iter().map(|rule| rule.code.as_str()));
        source.rules.push(RuleSource { code, rule, sentence });
    }
    if let Some(("remove", code)) = sent.text("do").and_then(|action| action.split_once(':')) {
        source.rules.retain(|rule| rule.code != code);
        source.drop_stray_translations();
    }
    sent.done()
}

/// The standard value of every attribute.
fn standard(source: &mut Source, mut sent: Sent) -> Result<(), Vec<UnreadableField>> {
    for attribute in &mut source.attributes {
        let name = format!("value.{}", attribute.code);
        let value = match attribute.kind.shape() {
            ValueShape::Option | ValueShape::Text => {
                sent.text(&name).map(|text| ValueSource::Text(text.to_owned()))
            }
            ValueShape::Number => sent.number(&name, "80").map(ValueSource::Number),
            ValueShape::Options => sent.ticked(&format!("is.{}", attribute.code)).then(|| {
                let ticked = sent.fields.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
                let codes = attribute.options.iter().map(|option| option.code.clone());
                ValueSource::List(codes.filter(|code| ticked.contains(&code.as_str())).collect())
            }),
        };
        set(&mut attribute.standard, value);
    }
    sent.done()
}

/// A code made of a name that none of the others has: `Forest green` becomes `forest_green`.
pub(super) fn new_code<'c>(label: &str, kind: &str, taken: impl Iterator<Item = &'c str>) -> String {
    let mut code = String::new();
    for character in label.chars().take(40) {
        if character.is_ascii_alphanumeric() {
            code.push(character.to_ascii_lowercase());
        } else if !code.is_empty() && !code.ends_with('_') {
            code.push('_');
        }
    }
    let code = code.trim_end_matches('_');
    let code = match code {
        "" => kind.to_owned(),
        reserved if RESERVED.contains(&reserved) => format!("{kind}_{reserved}"),
        digits if digits.starts_with(|first: char| first.is_ascii_digit()) => format!("{kind}_{digits}"),
        code => code.to_owned(),
    };
    let taken: Vec<&str> = taken.collect();
    if !taken.contains(&code.as_str()) {
        return code;
    }
    let numbered =
        (2..).map(|number| format!("{code}_{number}")).find(|code| !taken.contains(&code.as_str()));
    numbered.unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }, { "code": "size", "label": "Size" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red", "swatch": "#aa2211" },
                    { "code": "blue", "label": "Blue", "price": 150, "weight": 9 },
                ]},
                { "code": "height", "step": "size", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
                { "code": "extras", "step": "looks", "label": "Extras", "kind": "multi-choice", "standard": ["lid"], "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" },
                ]},
                { "code": "words", "step": "looks", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
            ],
            "rules": [{ "code": "one", "rule": "glaze = red", "sentence": "Red." }],
        }))
        .unwrap()
    }

    fn pairs(text: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    fn english(pairs: &[(String, String)]) -> Sent<'_> {
        Sent::new(pairs, Language::ENGLISH)
    }

    #[test]
    fn an_empty_form_changes_nothing_but_boxes() {
        let mut changed = source();
        basics(&mut changed, english(&[])).unwrap();
        attribute(&mut changed, "glaze", english(&[])).unwrap();
        attribute(&mut changed, "height", english(&[])).unwrap();
        attribute(&mut changed, "unknown", english(&[])).unwrap();
        rules(&mut changed, english(&[])).unwrap();
        standard(&mut changed, english(&[])).unwrap();
        budget(&mut changed, english(&[])).unwrap();
        assert_eq!(changed, source());
    }

    #[test]
    fn what_is_removed_takes_its_translations_with_it() {
        let mut changed = source();
        changed.translations = serde_json::from_value(serde_json::json!({ "de": {
            "attributes": { "glaze": { "options": { "red": { "label": "Rot" }, "blue": { "label": "Blau" } } } },
            "rules": { "one": "Rot." },
        }}))
        .unwrap();
        attribute(&mut changed, "glaze", english(&pairs("do=remove:blue"))).unwrap();
        rules(&mut changed, english(&pairs("do=remove:one"))).unwrap();
        let german = &changed.translations["de"];
        assert_eq!(german.attributes["glaze"].options.keys().collect::<Vec<_>>(), ["red"]);
        assert!(german.rules.is_empty());
    }

    #[test]
    fn ready_made_designs_stay_but_for_what_is_removed() {
        let mut changed = source();
        changed.designs = serde_json::from_value(serde_json::json!([
            { "code": "gift", "label": "Gift", "summary": "To give.", "values": { "glaze": "blue", "extras": ["lid", "spoon"], "words": "Ada" } },
        ]))
        .unwrap();
        let before = changed.designs.clone();
        attribute(&mut changed, "glaze", english(&pairs("label=Colour&label.blue=Navy"))).unwrap();
        standard(&mut changed, english(&pairs("value.glaze=blue"))).unwrap();
        assert_eq!(changed.designs, before);
        attribute(&mut changed, "glaze", english(&pairs("do=remove:blue"))).unwrap();
        attribute(&mut changed, "extras", english(&pairs("do=remove:spoon"))).unwrap();
        let values = &changed.designs[0].values;
        assert_eq!(values.keys().collect::<Vec<_>>(), ["extras", "words"]);
        assert_eq!(values["extras"], ValueSource::List(vec!["lid".to_owned()]));
    }

    #[test]
    fn changes_options_and_keeps_what_the_form_does_not_show() {
        let mut changed = source();
        let form = pairs(
            "label=Colour&label.red=Rust&price.red=&available.red=on&label.blue=Blue&price.blue=2,5&swatched.blue=on&swatch.blue=%23112233",
        );
        attribute(&mut changed, "glaze", english(&form)).unwrap();
        let glaze = &changed.attributes[0];
        assert_eq!(glaze.label, "Colour");
        assert_eq!((glaze.options[0].label.as_str(), glaze.options[0].price), ("Rust", 0));
        assert_eq!(glaze.options[0].swatch.as_deref(), Some("#aa2211"), "no colour was sent");
        let blue = &glaze.options[1];
        assert_eq!((blue.price, blue.available, blue.weight), (250, false, 9));
        assert_eq!(blue.swatch.as_deref(), Some("#112233"));
    }

    #[test]
    fn says_when_an_attribute_applies() {
        let mut changed = source();
        for (form, expected) in [
            ("label=Glaze&applies=height+>+8", Some("height > 8")),
            ("label=Glaze", Some("height > 8")),
            ("label=Glaze&applies=", None),
        ] {
            attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
            assert_eq!(changed.attributes[0].applies.as_deref(), expected, "{form}");
        }
    }

    #[test]
    fn says_what_can_not_be_read() {
        let mut changed = source();
        let messages =
            attribute(&mut changed, "glaze", english(&pairs("label.red=Red&price.red=a+lot"))).unwrap_err();
        assert_eq!(messages[0].field, "price.red");
        assert_eq!(messages[0].message, "'a lot' is no amount in EUR. Write it such as 12.50 or -3.");
        for (form, field) in [
            ("base_price=x", "base_price"),
            ("base_price=", "base_price"),
            ("lead_time_days=-1", "lead_time_days"),
        ] {
            assert_eq!(basics(&mut source(), english(&pairs(form))).unwrap_err()[0].field, field);
        }
        assert_eq!(
            attribute(&mut source(), "glaze", english(&pairs("do=add"))).unwrap_err()[0].field,
            "new.label"
        );
        assert_eq!(
            budget(&mut source(), english(&pairs("on=on&ceiling=many"))).unwrap_err()[0].field,
            "ceiling"
        );
        assert_eq!(
            standard(&mut source(), english(&pairs("value.height=tall"))).unwrap_err()[0].field,
            "value.height"
        );
    }

    #[test]
    fn amounts_are_read_as_the_language_writes_them() {
        let form = pairs("label.red=Red&price.red=a+lot");
        let sent = Sent::new(&form, Language::GERMAN);
        let messages = attribute(&mut source(), "glaze", sent).unwrap_err();
        assert!(messages[0].message.ends_with("such as 12,50 or -3."), "{}", messages[0].message);
        let (mut changed, form) = (source(), pairs("label.red=Red&price.red=1.250,5"));
        attribute(&mut changed, "glaze", Sent::new(&form, Language::GERMAN)).unwrap();
        assert_eq!(changed.attributes[0].options[0].price, 125_050);
    }

    #[test]
    fn moves_adds_and_removes() {
        let codes = |source: &Source| {
            let codes = source.attributes[0].options.iter().map(|option| option.code.clone());
            codes.collect::<Vec<_>>().join(" ")
        };
        for (form, wanted) in [
            ("do=up:blue", "blue red"),
            ("do=up:red", "red blue"),
            ("do=down:red", "blue red"),
            ("do=down:blue", "red blue"),
            ("do=remove:red", "blue"),
            ("do=remove:green", "red blue"),
            ("do=add&new.label=Forest+green&new.price=3", "red blue forest_green"),
            ("do=save&new.label=Red", "red blue red_2"),
        ] {
            let mut changed = source();
            attribute(&mut changed, "glaze", english(&pairs(form))).unwrap();
            assert_eq!(codes(&changed), wanted, "{form}");
        }
    }

    #[test]
    fn attributes_move_within_their_step() {
        let order = |action: &str, code: &str| {
            let mut changed = source();
            attribute(&mut changed, code, english(&pairs(action))).unwrap();
            changed.attributes.iter().map(|attribute| attribute.code.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(order("do=attribute-up", "extras"), "extras height glaze words");
        assert_eq!(order("do=attribute-down", "extras"), "glaze height words extras");
        assert_eq!(order("do=attribute-up", "height"), "glaze height extras words");
    }

    #[test]
    fn keeps_rules_as_typed() {
        let mut changed = source();
        let form = pairs("rule.one=glaze+%3D%0D%0A+rde&sentence.one=Red.&new.rule=words&new.sentence=");
        rules(&mut changed, english(&form)).unwrap();
        assert_eq!(changed.rules[0].rule, "glaze =\n rde");
        assert_eq!((changed.rules[1].code.as_str(), changed.rules[1].rule.as_str()), ("rule", "words"));
        rules(&mut changed, english(&pairs("do=remove:one"))).unwrap();
        assert_eq!(changed.rules.len(), 1);
    }

    #[test]
    fn reads_the_standard_by_kind() {
        let mut changed = source();
        standard(
            &mut changed,
            english(&pairs("value.glaze=blue&value.height=8&is.extras=on&value.extras=spoon&value.words=Hi")),
        )
        .unwrap();
        let standards: Vec<&ValueSource> =
            changed.attributes.iter().map(|attribute| &attribute.standard).collect();
        assert_eq!(standards[0], &ValueSource::Text("blue".to_owned()));
        assert_eq!(standards[1], &ValueSource::Number(8));
        assert_eq!(standards[2], &ValueSource::List(vec!["spoon".to_owned()]));
        assert_eq!(standards[3], &ValueSource::Text("Hi".to_owned()));
        standard(&mut changed, english(&pairs("is.extras=on"))).unwrap();
        assert_eq!(changed.attributes[2].standard, ValueSource::List(Vec::new()));
    }

    #[test]
    fn the_budget_comes_and_goes() {
        let mut changed = source();
        budget(&mut changed, english(&pairs("on=on&ceiling=4&per_deviation=2"))).unwrap();
        assert_eq!(changed.budget, Some(BudgetSource { ceiling: 4, per_deviation: 2 }));
        budget(&mut changed, english(&pairs("ceiling=4"))).unwrap();
        assert_eq!(changed.budget, None);
    }

    #[test]
    fn codes_are_sound() {
        for (label, code) in [
            ("Forest green", "forest_green"),
            ("26″", "option_26"),
            ("Not", "option_not"),
            ("Ü", "option"),
            ("  A--b ", "a_b"),
        ] {
            assert_eq!(new_code(label, "option", ["x"].into_iter()), code, "{label}");
        }
        assert_eq!(new_code("x", "option", ["x", "x_2"].into_iter()), "x_3");
    }
}

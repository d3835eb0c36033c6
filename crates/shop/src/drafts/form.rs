//! A form whose fields the table describes: as it is shown, and as it was sent, read into the product.

use configurator::source::Source;
use configurator::{Currency, Money};
use serde_json::Value;
use words::Language;

use super::fields::{Among, Control, Empty, List};
use super::places::{Place, at, places, set};
use super::section::Section;
use super::sent::Sent;
use super::{lists, standard};

/// How a field is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldControl {
    /// A line of text; what a phone's keyboard offers: `text`, `decimal` or `numeric`.
    Line(&'static str),
    /// Several lines of text.
    Lines,
    /// The rule language.
    Rule,
    /// A condition, by menus or in the rule language.
    Condition,
    /// How many times something counts, by menus or in the rule language.
    Quantity,
    /// Attributes with a value each, by menus or one to a line.
    Values,
    /// A box to tick; whether it is.
    Tick(bool),
    /// A list to pick from: what is sent and what is read.
    Pick(Vec<(String, String)>),
    /// A colour; whether there is one.
    Colour(bool),
    /// Several of a list: what is sent, and whether it is ticked.
    Several(Vec<(String, bool)>),
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// Its place in the product, as problems name it.
    pub place: String,
    /// Its name in the form.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What is good to know about it.
    pub hint: &'static str,
    /// What the draft has there, as it is written in the reader's language.
    pub saved: String,
    /// How it is asked for.
    pub control: FieldControl,
    /// The entry of the form's list that it belongs to, by what the form calls it; `new` for another one.
    pub entry: Option<String>,
    /// Whether its section's page lays it out itself.
    pub laid_out: bool,
}

/// The fields that the form of a part has by the table, as a draft fills them.
#[must_use]
pub fn form_fields(source: &Source, section: &Section, language: Language) -> Vec<FormField> {
    form_fields_of(source, section, language, &|_| true)
}

/// The same with the entries of the form's list alone that are wanted, by their places.
#[must_use]
pub fn form_fields_of(
    source: &Source,
    section: &Section,
    language: Language,
    is_wanted: &dyn Fn(usize) -> bool,
) -> Vec<FormField> {
    let Ok(mut product) = serde_json::to_value(source) else { return Vec::new() };
    for row in section.rows() {
        if let (Control::Part(part), None) = (row.control, product.get(row.place)) {
            product[row.place] = part();
        }
    }
    let fields = |product: &Value| -> Vec<Place> {
        section.rows().flat_map(|row| places(row, section, product)).collect()
    };
    let mut found = if *section == Section::Attributes { Vec::new() } else { fields(&product) };
    found.retain(|place| place.entry.as_ref().is_none_or(|entry| is_wanted(entry.index)));
    if let Some(key) = section.list().and_then(|list| lists::append(&mut product, list, section)) {
        let new = fields(&product).into_iter().filter(|place| is_of(place, &key) && !is_code(place));
        found.extend(new.map(renamed));
    }
    found.iter().map(|place| shown(place, source, &product, language)).collect()
}

/// Whether it is a code: a new entry has one that is made of its name.
fn is_code(place: &Place) -> bool {
    matches!(place.row.control, Control::Code)
}

fn is_of(place: &Place, key: &str) -> bool {
    place.entry.as_ref().is_some_and(|entry| entry.key == key)
}

/// A field of the entry that is not there yet.
fn renamed(mut place: Place) -> Place {
    if let Some(entry) = &mut place.entry {
        let field = place.name.strip_suffix(&format!(".{}", entry.key)).unwrap_or(&place.name);
        place.name = format!("new.{field}");
        entry.key = "new".to_owned();
    }
    place
}

fn shown(place: &Place, source: &Source, product: &Value, language: Language) -> FormField {
    let say = language.admin();
    let of_benefit = [".benefits.*", ".matters.*"].iter().any(|end| place.row.place.ends_with(end));
    let benefit = of_benefit.then(|| place.path.last()).flatten();
    let benefit = benefit.map(|code| {
        let known = source.benefits.iter().find(|benefit| benefit.code == *code);
        known.map_or_else(|| code.clone(), |benefit| benefit.label.clone())
    });
    let control = match place.row.control {
        Control::Line(_) | Control::Names | Control::Code => FieldControl::Line("text"),
        Control::Lines(_) | Control::Numbers | Control::Texts => FieldControl::Lines,
        Control::Values => FieldControl::Values,
        Control::Rule(_) => FieldControl::Rule,
        Control::Condition(_) => FieldControl::Condition,
        Control::Quantity(_) => FieldControl::Quantity,
        Control::Count(_) | Control::Whole(_) => FieldControl::Line("numeric"),
        Control::Amount(_) => FieldControl::Line("decimal"),
        Control::Tick(untold) => {
            FieldControl::Tick(at(product, &place.path).and_then(Value::as_bool).unwrap_or(untold))
        }
        Control::Part(_) if place.row.place == "budget" => FieldControl::Tick(source.budget.is_some()),
        Control::Part(_) => FieldControl::Tick(source.uses.is_some()),
        Control::Colour => FieldControl::Colour(at(product, &place.path).is_some()),
        Control::Standard => standard::control(product, &place.path),
        Control::Pick(Among::Steps) => FieldControl::Pick(
            source.steps.iter().map(|step| (step.code.clone(), step.label.clone())).collect(),
        ),
        Control::Pick(Among::Outcomes) => {
            let outcomes = [("valid", say.expects_valid()), ("invalid", say.expects_invalid())];
            FieldControl::Pick(outcomes.map(|(code, words)| (code.to_owned(), words.to_owned())).into())
        }
        Control::Pick(Among::Starts) => {
            // What holds where the file says nothing comes first.
            let starts = [
                ("frequent", say.start_frequent()),
                ("learnt", say.start_learnt()),
                ("standard", say.start_standard()),
            ];
            FieldControl::Pick(starts.map(|(code, words)| (code.to_owned(), words.to_owned())).into())
        }
        Control::Pick(Among::Kinds) => {
            let kinds = [
                ("choice", say.kind_choice()),
                ("multi-choice", say.kind_multi_choice()),
                ("number", say.kind_number()),
                ("text", say.kind_text()),
            ];
            FieldControl::Pick(kinds.map(|(code, words)| (code.to_owned(), words.to_owned())).into())
        }
    };
    FormField {
        place: place.path.join("."),
        name: place.name.clone(),
        label: benefit.unwrap_or_else(|| (place.row.label)(say).to_owned()),
        hint: place.row.hint.map(|hint| hint(say)).unwrap_or_default(),
        saved: written(place, product, &source.currency, language),
        control,
        entry: place.entry.as_ref().map(|entry| entry.key.clone()),
        laid_out: place.row.laid_out,
    }
}

/// What a form shows of what is at a place.
fn written(place: &Place, product: &Value, currency: &str, language: Language) -> String {
    let decimal = |amount: i64| {
        let written = Currency::new(currency).map(|currency| Money::new(amount, currency).decimal());
        let written = written.unwrap_or_else(|| amount.to_string());
        written.replace('.', language.words().locale.decimal)
    };
    let is_new = place.entry.as_ref().is_some_and(|entry| entry.key == "new");
    match at(product, &place.path) {
        Some(Value::Number(_)) if is_new => String::new(),
        Some(Value::Number(number)) => match place.row.control {
            Control::Amount(_) => number.as_i64().map(decimal).unwrap_or_default(),
            _ => number.to_string(),
        },
        Some(Value::String(text)) => text.clone(),
        Some(names @ Value::Array(_)) => standard::text(names),
        Some(Value::Object(lines)) if place.row.control.is_lines_of_names() => {
            let lines: Vec<String> =
                lines.iter().map(|(name, value)| format!("{name} = {}", standard::text(value))).collect();
            lines.join("\n")
        }
        _ => String::new(),
    }
}

/// Reads the table's fields of a form into a product.
pub(super) fn read(source: &mut Source, section: &Section, sent: &mut Sent) {
    let Ok(mut product) = serde_json::to_value(&*source) else { return };
    let currency = source.currency.clone();
    for row in section.rows() {
        for place in places(row, section, &product) {
            read_field(&place, &mut product, &currency, sent);
        }
    }
    if let Some(list) = section.list() {
        add(&mut product, list, section, &currency, sent);
        lists::arrange(&mut product, list, section, sent);
    }
    if let Section::Attribute(code) = section {
        lists::arrange_attribute(&mut product, code, sent);
    }
    match serde_json::from_value(product) {
        Ok(changed) => *source = changed,
        Err(error) => sent.wrong("", error.to_string()),
    }
}

/// Reads one field, where its form was sent with it and it is another than is shown.
fn read_field(place: &Place, product: &mut Value, currency: &str, sent: &mut Sent) {
    let name = place.name.as_str();
    let control = place.row.control;
    match control {
        Control::Tick(untold) => return read_tick(place, untold, product, sent),
        Control::Colour => {
            if let Some(colour) = sent.text(name) {
                let there = sent.ticked(&name.replacen("swatch", "swatched", 1));
                set(product, &place.path, there.then(|| Value::from(colour)));
            }
            return;
        }
        Control::Names => {
            if let Some(typed) = sent.text(name) {
                let names = typed.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
                let names: Vec<Value> = names.map(Value::from).collect();
                set(product, &place.path, (!names.is_empty()).then_some(Value::Array(names)));
            }
            return;
        }
        // What refers to it is changed with it, once all else is read.
        Control::Code => return,
        Control::Standard => return standard::read(product, &place.path, name, sent),
        Control::Part(part) => {
            match (sent.ticked(name), at(product, &place.path)) {
                (true, None | Some(Value::Null)) => set(product, &place.path, Some(part())),
                (false, Some(_)) => set(product, &place.path, None),
                _ => {}
            }
            return;
        }
        _ => {}
    }
    let Some(typed) = sent.text(name).map(|typed| typed.replace("\r\n", "\n")) else { return };
    if typed == written(place, product, currency, sent.language()) && !name.starts_with("new.") {
        return;
    }
    let value = match control {
        Control::Numbers | Control::Texts | Control::Values => names(&typed, name, control, product, sent),
        _ => match (typed.is_empty(), when_empty(control)) {
            (true, Empty::Absent) => return set(product, &place.path, None),
            (true, Empty::Wrong) => return sent.wrong(name, sent.say().enter_number().to_owned()),
            (true, Empty::Zero) => match at(product, &place.path).and_then(Value::as_i64) {
                None | Some(0) => return set(product, &place.path, None),
                Some(_) => {
                    return sent.wrong(name, sent.language().assortment().price_emptied().to_owned());
                }
            },
            _ => match control {
                Control::Count(_) => sent.number::<u32>(name, "10").map(Value::from),
                Control::Whole(_) => sent.number::<i64>(name, "10").map(Value::from),
                Control::Amount(_) => sent.amount(name, currency).map(Value::from),
                _ => sent.shows(name, &typed).then_some(Value::String(typed)),
            },
        },
    };
    if value.is_some() {
        set(product, &place.path, value);
    }
}

/// Reads a box. One that is not ticked is not sent; its form's name is, or that of its row.
fn read_tick(place: &Place, untold: bool, product: &mut Value, sent: &mut Sent) {
    let ticked = sent.ticked(&place.name);
    let is_there = match &place.entry {
        Some(entry) if entry.key == "new" => ticked,
        Some(entry) => sent.text(&format!("label.{}", entry.key)).is_some(),
        None => sent.text("label").is_some(),
    };
    let was = at(product, &place.path).and_then(Value::as_bool).unwrap_or(untold);
    if is_there && was != ticked {
        set(product, &place.path, (ticked != untold).then_some(Value::Bool(ticked)));
    }
}

/// What a text with nothing in it means.
fn when_empty(control: Control) -> Empty {
    match control {
        Control::Line(empty) | Control::Lines(empty) => empty,
        Control::Rule(empty) | Control::Condition(empty) | Control::Quantity(empty) => empty,
        Control::Count(empty) | Control::Whole(empty) | Control::Amount(empty) => empty,
        _ => Empty::Kept,
    }
}

/// Names with a number, a text or a value each, one to a line.
fn names(typed: &str, name: &str, control: Control, product: &Value, sent: &mut Sent) -> Option<Value> {
    let mut found = serde_json::Map::new();
    // A text may have the sign that parts numbers.
    let ends: &[char] = if matches!(control, Control::Numbers) { &['\n', ';'] } else { &['\n'] };
    for line in typed.split(ends).map(str::trim).filter(|line| !line.is_empty()) {
        let read = line.split_once('=').and_then(|(key, value)| {
            let (key, value) = (key.trim(), value.trim());
            let value = match control {
                Control::Numbers => Value::from(value.parse::<i64>().ok()?),
                Control::Values => standard::value_of(product, key, value)?,
                _ => Value::from(value),
            };
            Some((key.to_owned(), value))
        });
        let Some((key, value)) = read else {
            let say = sent.say();
            let numbers = matches!(control, Control::Numbers);
            sent.wrong(name, if numbers { say.write_numbers(&line) } else { say.write_pairs(&line) });
            return None;
        };
        found.insert(key, value);
    }
    Some(Value::Object(found))
}

/// Fields of an entry that are sent with something in them whether or not somebody wants one.
pub(super) const NOT_ASKED: [&str; 6] = ["kind", "step", "swatch", "swatched", "available", "expects"];

/// Adds an entry where something was typed for one.
fn add(product: &mut Value, list: &List, section: &Section, currency: &str, sent: &mut Sent) {
    let typed = sent.fields.iter().any(|(name, values)| {
        let asks = name.strip_prefix("new.").is_some_and(|field| !NOT_ASKED.contains(&field));
        asks && values.iter().any(|value| !value.trim().is_empty())
    });
    if !typed {
        if sent.text("do") == Some("add") {
            let first = section.rows().find(|row| row.place.starts_with(&format!("{}.*.", list.place)));
            let field = first.and_then(|row| row.segments().last()).unwrap_or_default();
            sent.wrong(&format!("new.{field}"), sent.say().enter_entry().to_owned());
        }
        return;
    }
    let Some(path) = lists::path_of(list, section, product) else { return };
    if list.place == "uses.answers" && at(product, &path).is_none() {
        // The part that it belongs to was not asked for.
        return;
    }
    let Some(key) = lists::append(product, list, section) else { return };
    let fields: Vec<Place> = section.rows().flat_map(|row| places(row, section, product)).collect();
    for place in fields.into_iter().filter(|place| is_of(place, &key) && !is_code(place)).map(renamed) {
        read_field(&place, product, currency, sent);
    }
    lists::complete_last(product, list, &path);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source() -> Source {
        serde_json::from_value(json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }, { "code": "size", "label": "Size" }],
            "benefits": [{ "code": "comfort", "label": "Comfort" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue", "weight": 9, "values": { "volume": 4 } },
                ]},
                { "code": "height", "step": "size", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            ],
            "prices": [{ "label": "Gift", "amount": 150 }, { "label": "Large", "amount": 200, "when": "height > 9" }],
        }))
        .unwrap()
    }

    fn edited(section: &Section, form: &str) -> Result<Source, Vec<super::super::sent::UnreadableField>> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        let mut sent = Sent::new(&pairs, Language::ENGLISH);
        let mut changed = source();
        read(&mut changed, section, &mut sent);
        sent.done().map(|()| changed)
    }

    fn sections() -> Vec<Section> {
        let named = Section::NAMED.into_iter().map(|(_, section)| section);
        named.chain(["glaze", "height"].map(|code| Section::Attribute(code.to_owned()))).collect()
    }

    #[test]
    fn what_a_ready_made_design_can_not_have_is_told_at_its_field() {
        let form = |values: &str| format!("do=add&new.label=Winter&new.summary=Warm.&new.values={values}");
        for wrong in ["glaze=red%0Aheight=tall", "glaze=bluish", "sole=red", "glaze"] {
            let messages = edited(&Section::Designs, &form(wrong)).unwrap_err();
            assert_eq!(messages[0].field, "new.values", "{wrong}: {messages:?}");
        }
        let design = &edited(&Section::Designs, &form("glaze=blue%0Aheight=11")).unwrap().designs[0];
        assert_eq!(design.values.len(), 2);
    }

    /// In texts of one line and of several, and in rules.
    #[test]
    fn what_nobody_sees_is_told_at_its_field() {
        for hidden in ["%E2%80%8D", "%E2%80%AEguM", "a%E2%80%8Bb"] {
            for (section, field) in [
                (Section::Basics, "name"),
                (Section::Basics, "description"),
                (Section::Steps, "new.label"),
                (Section::Attribute("glaze".to_owned()), "label.red"),
                (Section::Attribute("height".to_owned()), "unit"),
                (Section::Rules, "new.rule"),
            ] {
                let messages = edited(&section, &format!("{field}={hidden}")).unwrap_err();
                assert_eq!(messages.len(), 1, "{field} {hidden}: {messages:?}");
                assert_eq!(messages[0].field, field, "{hidden}");
                assert!(messages[0].message.contains("nobody sees"), "{hidden}: {}", messages[0].message);
            }
        }
        let joined = edited(&Section::Basics, "name=%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80&description=One%0Atwo");
        assert_eq!(joined.unwrap().name, "👩\u{200d}🚀");
    }

    #[test]
    fn a_form_sent_as_it_is_shown_changes_nothing() {
        for section in sections() {
            let mut form = form_urlencoded::Serializer::new(String::new());
            for field in form_fields(&source(), &section, Language::ENGLISH) {
                match field.control {
                    FieldControl::Tick(true) => form.append_pair(&field.name, "on"),
                    FieldControl::Tick(false) => &mut form,
                    _ => form.append_pair(&field.name, &field.saved),
                };
            }
            assert_eq!(edited(&section, &form.finish()).unwrap(), source(), "{section:?}");
            assert_eq!(edited(&section, "").unwrap(), source(), "{section:?}");
        }
    }

    #[test]
    fn sets_the_rest_of_attributes_and_options() {
        let changed = edited(
            &Section::Attribute("glaze".to_owned()),
            "label=Glaze&locked=on&moved_last=on&step=size&description.red=Warm.&weight.red=12&weight.blue=&points.red=2&benefits.comfort.red=4&values.blue=volume+%3D+6",
        );
        let glaze = &changed.unwrap().attributes[0];
        assert!(glaze.locked && glaze.moved_last && glaze.step == "size");
        let (red, blue) = (&glaze.options[0], &glaze.options[1]);
        assert_eq!((red.description.as_str(), red.weight, red.points), ("Warm.", 12, Some(2)));
        assert_eq!((red.benefits["comfort"], blue.weight, blue.values["volume"]), (4, 0, 6));
        let changed =
            edited(&Section::Attribute("height".to_owned()), "unit=cm&step_size=2&points=1").unwrap();
        let height = &changed.attributes[1];
        assert_eq!((height.unit.as_deref(), height.step_size, height.points), (Some("cm"), Some(2), Some(1)));
    }

    /// As browsers send it, with the colour of an option that nobody adds.
    #[test]
    fn an_attribute_without_options_gets_its_first() {
        let mut empty = source();
        empty.attributes[0].options.clear();
        for (form, many) in [
            ("label=Glaze&new.label=&new.swatch=%23c8c2b8", 0),
            ("label=Glaze&new.label=Red&new.swatch=%23c8c2b8", 1),
        ] {
            let pairs: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            let mut sent = Sent::new(&pairs, Language::ENGLISH);
            let mut changed = empty.clone();
            read(&mut changed, &Section::Attribute("glaze".to_owned()), &mut sent);
            sent.done().unwrap();
            assert_eq!(changed.attributes[0].options.len(), many, "{form}");
        }
    }

    #[test]
    fn entries_come_change_move_and_go() {
        let changed = edited(
            &Section::Prices,
            "label.0=Present&amount.0=1.75&new.label=Small&new.amount=-2.50&new.when=height+%3C+8&do=down:0",
        );
        let prices = changed.unwrap().prices;
        let shown: Vec<(&str, i64, Option<&str>)> =
            prices.iter().map(|price| (price.label.as_str(), price.amount, price.when.as_deref())).collect();
        let expected =
            [("Large", 200, Some("height > 9")), ("Present", 175, None), ("Small", -250, Some("height < 8"))];
        assert_eq!(shown, expected);
        let steps = edited(&Section::Steps, "do=remove:looks&new.label=Extra+parts").unwrap().steps;
        assert_eq!(steps.iter().map(|step| step.code.as_str()).collect::<Vec<_>>(), ["size", "extra_parts"]);
        let uses = edited(&Section::Uses, "on=on&question=What+for%3F&new.label=Tea&new.people=tea+drinkers")
            .unwrap();
        assert_eq!(uses.uses.unwrap().answers[0].code, "tea");
        let attributes =
            edited(&Section::Attributes, "new.label=Width&new.kind=number&new.step=size").unwrap();
        let width = attributes.attributes.last().unwrap().clone();
        assert_eq!((width.code.as_str(), width.step.as_str(), width.max), ("width", "size", Some(10)));
    }

    #[test]
    fn what_can_not_be_read_names_its_field() {
        for (section, form, field) in [
            (Section::Prices, "amount.0=a+lot", "amount.0"),
            (Section::Prices, "amount.0=", "amount.0"),
            (Section::Prices, "new.label=Small&new.amount=", "new.amount"),
            (Section::Prices, "do=add", "new.label"),
            (Section::Attribute("glaze".to_owned()), "values.red=volume", "values.red"),
            (Section::Attribute("glaze".to_owned()), "points.red=-1", "points.red"),
        ] {
            let wrong = edited(&section, form).unwrap_err();
            assert_eq!(wrong[0].field, field, "{form}");
        }
    }
}

//! What publishing a draft changes for shoppers, one line each, in words. Pure.

use configurator::source::{AttributeSource, OptionSource, Source, ValueSource};
use configurator::{Currency, Money};

use crate::catalogue::bundle::Bundle;

/// Everything that differs between the live revision and a draft.
#[must_use]
pub fn changes(live: &Bundle, draft: &Bundle) -> Vec<String> {
    let mut lines = Lines { lines: Vec::new(), currency: draft.source.currency.clone() };
    let (before, after) = (&live.source, &draft.source);
    lines.changed("Name", &quoted(&before.name), &quoted(&after.name));
    lines.changed("Summary", &quoted(&before.summary), &quoted(&after.summary));
    lines.say_if(before.description != after.description, "The description has a new text");
    lines.changed("Currency", &before.currency, &after.currency);
    lines.price("Base price", before.base_price, after.base_price);
    lines.changed("Lead time", &days(before.lead_time_days), &days(after.lead_time_days));
    lines.attributes(before, after);
    lines.rules(before, after);
    lines.budget(before, after);
    lines.say_if(before.prices != after.prices, "Surcharges beyond the options changed");
    lines.say_if(before.uses != after.uses, "The question about use changed");
    lines.say_if(before.steps != after.steps, "The steps changed");
    lines.say_if(before.language != after.language, "The language of the texts changed");
    lines.say_if(before.translations != after.translations, "Texts in other languages changed");
    let picture = |bundle: &Bundle| (bundle.source.picture, bundle.source.layers.clone());
    let drawn = picture(live) != picture(draft) || live.drawings != draft.drawings;
    lines.say_if(drawn, "The picture is drawn differently");
    lines.lines
}

/// A lead time as people write it.
fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

struct Lines {
    lines: Vec<String>,
    currency: String,
}

impl Lines {
    fn say_if(&mut self, differs: bool, line: impl Into<String>) {
        if differs {
            self.lines.push(line.into());
        }
    }

    fn changed(&mut self, what: &str, before: &str, after: &str) {
        self.say_if(before != after, format!("{what}: {before} → {after}"));
    }

    fn price(&mut self, what: &str, before: i64, after: i64) {
        let (was, is) = (self.money(before), self.money(after));
        self.changed(what, &was, &is);
    }

    fn money(&self, amount: i64) -> String {
        Currency::new(&self.currency)
            .map_or_else(|| amount.to_string(), |currency| Money::new(amount, currency).to_string())
    }

    fn attributes(&mut self, before: &Source, after: &Source) {
        let find =
            |source: &Source, code: &str| source.attributes.iter().find(|other| other.code == code).cloned();
        for attribute in &after.attributes {
            match find(before, &attribute.code) {
                Some(known) => self.attribute(&known, attribute),
                None => self.say_if(true, format!("{}: new", attribute.label)),
            }
        }
        for gone in before.attributes.iter().filter(|gone| find(after, &gone.code).is_none()) {
            self.say_if(true, format!("{}: removed", gone.label));
        }
        let moved = in_new_order(
            before.attributes.iter().map(|attribute| &attribute.code),
            after.attributes.iter().map(|attribute| &attribute.code),
        );
        self.say_if(moved, "The attributes are in a new order");
    }

    fn attribute(&mut self, before: &AttributeSource, after: &AttributeSource) {
        let label = &after.label;
        self.say_if(
            before.label != *label,
            format!("Attribute {} is called {} now", quoted(&before.label), quoted(label)),
        );
        self.say_if(before.help != after.help, format!("{label}: new advice"));
        if before.standard != after.standard {
            self.changed(&format!("{label}, standard"), &value(before), &value(after));
        }
        match (before.locked, after.locked) {
            (false, true) => self.say_if(true, format!("{label}: locked to its standard")),
            (true, false) => self.say_if(true, format!("{label}: open to choose")),
            _ => {}
        }
        let number = |value: Option<i64>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        self.changed(&format!("{label}, smallest"), &number(before.min), &number(after.min));
        self.changed(&format!("{label}, largest"), &number(before.max), &number(after.max));
        let length = |value: Option<u32>| number(value.map(i64::from));
        self.changed(
            &format!("{label}, most characters"),
            &length(before.max_length),
            &length(after.max_length),
        );
        self.price(&format!("{label}, price"), before.price.unwrap_or(0), after.price.unwrap_or(0));
        let rest = |attribute: &AttributeSource| {
            (
                attribute.kind,
                attribute.step.clone(),
                attribute.step_size,
                attribute.unit.clone(),
                attribute.points,
                attribute.allowed.clone(),
            )
        };
        self.say_if(rest(before) != rest(after), format!("{label}: works differently"));
        self.options(label, &before.options, &after.options);
    }

    fn options(&mut self, attribute: &str, before: &[OptionSource], after: &[OptionSource]) {
        for option in after {
            match before.iter().find(|known| known.code == option.code) {
                Some(known) => self.option(attribute, known, option),
                None => {
                    let price = self.money(option.price);
                    self.say_if(true, format!("{attribute}: new option {} at {price}", option.label));
                }
            }
        }
        for gone in before.iter().filter(|gone| !after.iter().any(|option| option.code == gone.code)) {
            self.say_if(true, format!("{attribute}: option {} removed", gone.label));
        }
        let moved =
            in_new_order(before.iter().map(|option| &option.code), after.iter().map(|option| &option.code));
        self.say_if(moved, format!("{attribute}: the options are in a new order"));
    }

    fn option(&mut self, attribute: &str, before: &OptionSource, after: &OptionSource) {
        let (was, is) = (quoted(&before.label), quoted(&after.label));
        self.say_if(was != is, format!("{attribute}: option {was} is called {is} now"));
        let name = format!("{attribute}, {}", after.label);
        self.price(&name, before.price, after.price);
        match (before.available, after.available) {
            (true, false) => self.say_if(true, format!("{name}: off the menu")),
            (false, true) => self.say_if(true, format!("{name}: back on the menu")),
            _ => {}
        }
        let swatch = |option: &OptionSource| option.swatch.clone().unwrap_or_else(|| "none".to_owned());
        self.changed(&format!("{name}, colour"), &swatch(before), &swatch(after));
        self.changed(
            &format!("{name}, lead time"),
            &days(before.lead_time_days),
            &days(after.lead_time_days),
        );
        let rest = |option: &OptionSource| {
            (
                option.description.clone(),
                option.weight,
                option.points,
                option.benefits.clone(),
                option.values.clone(),
            )
        };
        self.say_if(rest(before) != rest(after), format!("{name}: other details changed"));
    }

    fn rules(&mut self, before: &Source, after: &Source) {
        for rule in &after.rules {
            match before.rules.iter().find(|known| known.code == rule.code) {
                Some(known) => {
                    self.changed("Rule", &quoted(&known.rule), &quoted(&rule.rule));
                    self.changed("Sentence of a rule", &quoted(&known.sentence), &quoted(&rule.sentence));
                }
                None => self.say_if(true, format!("New rule: {} {}", quoted(&rule.rule), rule.sentence)),
            }
        }
        for gone in before.rules.iter().filter(|gone| !after.rules.iter().any(|rule| rule.code == gone.code))
        {
            self.say_if(true, format!("Rule removed: {} {}", quoted(&gone.rule), gone.sentence));
        }
    }

    fn budget(&mut self, before: &Source, after: &Source) {
        let points =
            |points: u32| if points == 1 { "1 point".to_owned() } else { format!("{points} points") };
        match (&before.budget, &after.budget) {
            (Some(before), Some(after)) => {
                self.changed("Budget", &points(before.ceiling), &points(after.ceiling));
                self.changed("Each deviation", &points(before.per_deviation), &points(after.per_deviation));
            }
            (None, Some(budget)) => self.say_if(true, format!("Budget: none → {}", points(budget.ceiling))),
            (Some(budget), None) => self.say_if(true, format!("Budget: {} → none", points(budget.ceiling))),
            (None, None) => {}
        }
    }
}

/// The standard value by the names of its options.
fn value(attribute: &AttributeSource) -> String {
    let name = |code: &String| {
        let option = attribute.options.iter().find(|option| option.code == *code);
        option.map_or_else(|| code.clone(), |option| option.label.clone())
    };
    match &attribute.standard {
        ValueSource::Number(number) => {
            attribute.unit.as_ref().map_or_else(|| number.to_string(), |unit| format!("{number} {unit}"))
        }
        ValueSource::Text(text) if attribute.options.is_empty() => quoted(text),
        ValueSource::Text(code) => name(code),
        ValueSource::List(codes) if codes.is_empty() => "none".to_owned(),
        ValueSource::List(codes) => codes.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// Whether those that are in both lists are in another order.
fn in_new_order<'c>(
    before: impl Iterator<Item = &'c String>,
    after: impl Iterator<Item = &'c String>,
) -> bool {
    let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
    let kept = before.iter().filter(|code| after.contains(code));
    !kept.eq(after.iter().filter(|code| before.contains(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        let source = serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "budget": { "ceiling": 5 },
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red", "swatch": "#aa2211" },
                    { "code": "blue", "label": "Blue", "price": 150 },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12, "unit": "cm" },
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                    { "code": "lid", "label": "Lid" },
                ]},
            ],
            "rules": [{ "code": "one", "rule": "glaze = red implies height < 12", "sentence": "Red ones are small." }],
        }))
        .unwrap();
        Bundle { source, drawings: preview::Drawings::new() }
    }

    /// The lines after one edit.
    fn after(edit: impl FnOnce(&mut Source)) -> Vec<String> {
        let mut draft = bundle();
        edit(&mut draft.source);
        changes(&bundle(), &draft)
    }

    #[test]
    fn nothing_changed_says_nothing() {
        assert_eq!(after(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn every_change_has_a_line() {
        type Edit = fn(&mut Source);
        let cases: [(Edit, &str); 19] = [
            (|source| source.base_price = 1_050, "Base price: €9 → €10.50"),
            (|source| source.lead_time_days = 1, "Lead time: 3 days → 1 day"),
            (|source| source.name = "Cup".into(), "Name: “Mug” → “Cup”"),
            (
                |source| source.attributes[0].label = "Colour".into(),
                "Attribute “Glaze” is called “Colour” now",
            ),
            (
                |source| source.attributes[0].options[1].label = "Navy".into(),
                "Glaze: option “Blue” is called “Navy” now",
            ),
            (|source| source.attributes[0].options[1].price = 0, "Glaze, Blue: €1.50 → €0"),
            (|source| source.attributes[0].options[1].available = false, "Glaze, Blue: off the menu"),
            (|source| source.attributes[0].options[0].swatch = None, "Glaze, Red, colour: #aa2211 → none"),
            (|source| source.attributes[0].options[0].weight = 4, "Glaze, Red: other details changed"),
            (|source| source.attributes[0].options.swap(0, 1), "Glaze: the options are in a new order"),
            (
                |source| source.attributes[0].standard = ValueSource::Text("blue".into()),
                "Glaze, standard: Red → Blue",
            ),
            (
                |source| source.attributes[1].standard = ValueSource::Number(8),
                "Height, standard: 9 cm → 8 cm",
            ),
            (|source| source.attributes[1].max = Some(14), "Height, largest: 12 → 14"),
            (
                |source| source.attributes[2].standard = ValueSource::List(vec!["lid".into()]),
                "Extras, standard: none → Lid",
            ),
            (|source| source.attributes.swap(0, 1), "The attributes are in a new order"),
            (
                |source| source.rules[0].sentence = "No.".into(),
                "Sentence of a rule: “Red ones are small.” → “No.”",
            ),
            (
                |source| source.rules.clear(),
                "Rule removed: “glaze = red implies height < 12” Red ones are small.",
            ),
            (|source| source.budget = None, "Budget: 5 points → none"),
            (|source| source.picture = [10, 10], "The picture is drawn differently"),
        ];
        for (edit, line) in cases {
            assert_eq!(after(edit), [line]);
        }
    }

    #[test]
    fn new_and_removed_options_are_not_moved_ones() {
        let lines = after(|source| {
            source.attributes[0].options.remove(0);
            source.attributes[0].options.insert(
                0,
                OptionSource {
                    code: "green".into(),
                    label: "Green".into(),
                    price: 200,
                    ..OptionSource::default()
                },
            );
        });
        assert_eq!(lines, ["Glaze: new option Green at €2", "Glaze: option Red removed"]);
    }
}

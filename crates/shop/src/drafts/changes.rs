//! What publishing a draft changes for shoppers, one line each, in words. Pure.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use configurator::rule::WrittenTable;
use configurator::source::{
    AttributeSource, LayerSource, OptionSource, PriceSource, RuleSource, Source, StepSource, TestSource,
    TextsSource, ValueSource,
};
use configurator::{Currency, Money};
use words::{Admin, Language};

use super::tables::shortened;
use crate::catalogue::bundle::Bundle;

/// Everything that differs between the live revision and a draft, as a language tells it.
#[must_use]
pub fn changes(live: &Bundle, draft: &Bundle, language: Language) -> Vec<String> {
    let say = language.admin();
    let mut lines = Lines { lines: Vec::new(), currency: draft.source.currency.clone(), language };
    let (before, after) = (&live.source, &draft.source);
    lines.changed(say.name(), &say.quoted(&before.name), &say.quoted(&after.name));
    lines.changed(say.place_summary(), &say.quoted(&before.summary), &say.quoted(&after.summary));
    lines.say_if(before.description != after.description, say.new_description());
    lines.changed(say.currency(), &before.currency, &after.currency);
    lines.price(say.place_base_price(), before.base_price, after.base_price);
    lines.days(say.lead_time(), before.lead_time_days, after.lead_time_days);
    lines.attributes(before, after);
    lines.rules(before, after);
    lines.budget(before, after);
    lines.surcharges(&before.prices, &after.prices);
    let terms = |source: &Source| (source.tiers.clone(), source.no_returns.clone());
    lines.say_if(terms(before) != terms(after), say.new_terms());
    lines.designs(before, after);
    let test = |_: usize, test: &TestSource| say.place_test(&say.quoted(&test.label));
    lines.entries(&before.tests, &after.tests, |test| test.code.clone(), test, say.new_tests());
    lines.say_if(before.benefits != after.benefits, say.new_benefits());
    lines.say_if(before.uses != after.uses, say.new_uses());
    let step = |_: usize, step: &StepSource| say.place_step(&step.label);
    lines.entries(&before.steps, &after.steps, |step| step.code.clone(), step, say.new_steps());
    lines.say_if(before.language != after.language, say.new_language());
    // Marks of stale ones are nothing that shoppers read.
    let texts = |source: &Source| {
        let mut texts = source.translations.clone();
        texts.values_mut().for_each(|texts| texts.stale.clear());
        texts.retain(|_, texts| *texts != TextsSource::default());
        texts
    };
    lines.say_if(texts(before) != texts(after), say.new_translations());
    let layer = |at: usize, layer: &LayerSource| match layer.file.as_ref().or(layer.text.as_ref()) {
        Some(drawn) => say.place_drawn_layer(&(at + 1), drawn),
        None => say.place_layer(&(at + 1)),
    };
    let drawn = |layer: &LayerSource| layer.file.clone().or_else(|| layer.text.clone()).unwrap_or_default();
    lines.entries(&before.layers, &after.layers, drawn, layer, say.new_picture());
    let rest = before.picture != after.picture || live.drawings != draft.drawings;
    lines.say_if(rest && before.layers == after.layers, say.new_picture());
    lines.lines
}

struct Lines {
    lines: Vec<String>,
    currency: String,
    language: Language,
}

impl Lines {
    fn words(&self) -> &'static Admin {
        self.language.admin()
    }

    fn say_if(&mut self, differs: bool, line: impl Into<String>) {
        if differs {
            self.lines.push(line.into());
        }
    }

    fn changed(&mut self, what: &str, before: &str, after: &str) {
        self.say_if(before != after, self.words().change(&what, &before, &after));
    }

    fn price(&mut self, what: &str, before: i64, after: i64) {
        let (was, is) = (self.money(before), self.money(after));
        self.changed(what, &was, &is);
    }

    fn days(&mut self, what: &str, before: u32, after: u32) {
        let [was, is] = [before, after].map(|days| self.words().days(u64::from(days)));
        self.changed(what, &was, &is);
    }

    fn money(&self, amount: i64) -> String {
        let locale = &self.language.words().locale;
        Currency::new(&self.currency)
            .map_or_else(|| locale.number(amount), |currency| Money::new(amount, currency).written(locale))
    }

    /// Which entries of a list were added, changed and removed; `otherwise` where none was, but they are in another order. `key` tells
    /// them apart; those of one key are one in its place, then another.
    fn entries<E: PartialEq, K: PartialEq>(
        &mut self,
        before: &[E],
        after: &[E],
        key: impl Fn(&E) -> K,
        name: impl Fn(usize, &E) -> String,
        otherwise: &str,
    ) {
        if before == after {
            return;
        }
        let (say, told) = (self.words(), self.lines.len());
        for (at, entry) in after.iter().enumerate().filter(|(_, entry)| !before.contains(entry)) {
            let name = name(at, entry);
            let is_known = before.iter().any(|known| key(known) == key(entry));
            self.lines.push(if is_known { say.entry_changed(&name) } else { say.entry_added(&name) });
        }
        for (at, gone) in before.iter().enumerate().filter(|(_, gone)| !after.contains(gone)) {
            if !after.iter().any(|known| key(known) == key(gone)) {
                self.lines.push(say.entry_removed(&name(at, gone)));
            }
        }
        self.say_if(self.lines.len() == told, otherwise);
    }

    fn attributes(&mut self, before: &Source, after: &Source) {
        let known = |source: &'_ Source| -> BTreeMap<String, usize> {
            let codes = source.attributes.iter().enumerate();
            codes.map(|(index, attribute)| (attribute.code.clone(), index)).collect()
        };
        let (was, is) = (known(before), known(after));
        for attribute in &after.attributes {
            match was.get(&attribute.code) {
                Some(index) => self.attribute(&before.attributes[*index], attribute),
                None => self.say_if(true, self.words().attribute_added(&attribute.label)),
            }
        }
        for gone in before.attributes.iter().filter(|gone| !is.contains_key(&gone.code)) {
            self.say_if(true, self.words().attribute_removed(&gone.label));
        }
        let moved = in_new_order(
            before.attributes.iter().map(|attribute| &attribute.code),
            after.attributes.iter().map(|attribute| &attribute.code),
        );
        self.say_if(moved, self.words().attributes_moved());
    }

    fn attribute(&mut self, before: &AttributeSource, after: &AttributeSource) {
        let (label, say) = (&after.label, self.words());
        let renamed = say.attribute_renamed(&say.quoted(&before.label), &say.quoted(label));
        self.say_if(before.label != *label, renamed);
        self.say_if(before.help != after.help, say.new_advice(label));
        if before.standard != after.standard {
            let (was, is) = (value(self.language, before), value(self.language, after));
            self.changed(&say.place_standard(label), &was, &is);
        }
        match (before.locked, after.locked) {
            (false, true) => self.say_if(true, say.attribute_locked(label)),
            (true, false) => self.say_if(true, say.attribute_unlocked(label)),
            _ => {}
        }
        let applies = |attribute: &AttributeSource| match &attribute.applies {
            Some(rule) => say.quoted(rule),
            None => say.applies_always().to_owned(),
        };
        self.changed(&say.attribute_applies(label), &applies(before), &applies(after));
        let locale = &self.language.words().locale;
        let number =
            |value: Option<i64>| value.map_or_else(|| say.nothing().to_owned(), |value| locale.number(value));
        self.changed(&say.attribute_smallest(label), &number(before.min), &number(after.min));
        self.changed(&say.attribute_largest(label), &number(before.max), &number(after.max));
        let length = |value: Option<u32>| number(value.map(i64::from));
        let characters = say.attribute_characters(label);
        self.changed(&characters, &length(before.max_length), &length(after.max_length));
        self.price(&say.attribute_price(label), before.price.unwrap_or(0), after.price.unwrap_or(0));
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
        self.say_if(rest(before) != rest(after), say.works_differently(label));
        self.options(label, &before.options, &after.options);
    }

    fn options(&mut self, attribute: &str, before: &[OptionSource], after: &[OptionSource]) {
        let say = self.words();
        for option in after {
            match before.iter().find(|known| known.code == option.code) {
                Some(known) => self.option(attribute, known, option),
                None => {
                    let price = self.money(option.price);
                    self.say_if(true, say.option_added(&attribute, &option.label, &price));
                }
            }
        }
        for gone in before.iter().filter(|gone| !after.iter().any(|option| option.code == gone.code)) {
            self.say_if(true, say.option_removed(&attribute, &gone.label));
        }
        let moved =
            in_new_order(before.iter().map(|option| &option.code), after.iter().map(|option| &option.code));
        self.say_if(moved, say.options_moved(&attribute));
    }

    fn option(&mut self, attribute: &str, before: &OptionSource, after: &OptionSource) {
        let say = self.words();
        let (was, is) = (say.quoted(&before.label), say.quoted(&after.label));
        self.say_if(was != is, say.option_renamed(&attribute, &was, &is));
        let name = say.option_of(&attribute, &after.label);
        self.price(&name, before.price, after.price);
        match (before.available, after.available) {
            (true, false) => self.say_if(true, say.option_off(&name)),
            (false, true) => self.say_if(true, say.option_on(&name)),
            _ => {}
        }
        let swatch =
            |option: &OptionSource| option.swatch.clone().unwrap_or_else(|| say.nothing().to_owned());
        self.changed(&say.option_colour(&name), &swatch(before), &swatch(after));
        self.days(&say.option_lead_time(&name), before.lead_time_days, after.lead_time_days);
        let told = self.language.assortment();
        let parts = |option: &OptionSource| match option.parts.as_slice() {
            [] => say.nothing().to_owned(),
            parts => parts.join(", "),
        };
        self.changed(&told.option_parts(&name), &parts(before), &parts(after));
        let cost = |option: &OptionSource| {
            option.cost.map_or_else(|| say.nothing().to_owned(), |cost| self.money(cost))
        };
        let costs = [cost(before), cost(after)];
        self.changed(&told.option_cost(&name), &costs[0], &costs[1]);
        let rest = |option: &OptionSource| {
            (
                option.description.clone(),
                option.weight,
                option.points,
                option.benefits.clone(),
                option.values.clone(),
                option.meant.clone(),
            )
        };
        self.say_if(rest(before) != rest(after), say.other_details(&name));
    }

    /// A rule's text; of a table how many rows came and went.
    fn rule(&mut self, before: &RuleSource, after: &RuleSource) {
        let say = self.words();
        let table = |rule: &RuleSource| {
            let is_meant = WrittenTable::is_meant(&rule.rule);
            is_meant.then(|| WrittenTable::read(&rule.rule).ok()).flatten()
        };
        if let (Some(was), Some(is)) = (table(before), table(after))
            && (was.allowed, &was.columns) == (is.allowed, &is.columns)
            && was.rows != is.rows
        {
            let more = |one: &WrittenTable, other: &WrittenTable| {
                let there: HashSet<&Vec<String>> = other.rows.iter().collect();
                one.rows.iter().filter(|row| !there.contains(row)).count()
            };
            let line = self.language.tables().table_changed(
                &say.quoted(&after.sentence),
                &more(&is, &was),
                &more(&was, &is),
            );
            return self.say_if(true, line);
        }
        self.changed(
            say.rule_word(),
            &say.quoted(&shortened(&before.rule)),
            &say.quoted(&shortened(&after.rule)),
        );
    }

    fn rules(&mut self, before: &Source, after: &Source) {
        let say = self.words();
        for rule in &after.rules {
            match before.rules.iter().find(|known| known.code == rule.code) {
                Some(known) => {
                    self.rule(known, rule);
                    self.changed(
                        say.sentence_of_rule(),
                        &say.quoted(&known.sentence),
                        &say.quoted(&rule.sentence),
                    );
                }
                None => {
                    self.say_if(true, say.rule_added(&say.quoted(&shortened(&rule.rule)), &rule.sentence))
                }
            }
        }
        for gone in before.rules.iter().filter(|gone| !after.rules.iter().any(|rule| rule.code == gone.code))
        {
            self.say_if(true, say.rule_removed(&say.quoted(&shortened(&gone.rule)), &gone.sentence));
        }
        let moved = in_new_order(
            before.rules.iter().map(|rule| &rule.code),
            after.rules.iter().map(|rule| &rule.code),
        );
        self.say_if(moved, say.rules_reordered());
    }

    fn designs(&mut self, before: &Source, after: &Source) {
        let say = self.words();
        for design in &after.designs {
            let name = say.quoted(&design.label);
            match before.designs.iter().find(|known| known.code == design.code) {
                Some(known) => self.say_if(known != design, say.design_changed(&name)),
                None => self.say_if(true, say.design_added(&name)),
            }
        }
        let stays = |code: &String| after.designs.iter().any(|design| design.code == *code);
        for gone in before.designs.iter().filter(|gone| !stays(&gone.code)) {
            self.say_if(true, say.design_removed(&say.quoted(&gone.label)));
        }
        let codes =
            |source: &Source| source.designs.iter().map(|design| design.code.clone()).collect::<Vec<_>>();
        let (was, is) = (codes(before), codes(after));
        self.say_if(in_new_order(was.iter(), is.iter()), say.designs_reordered());
    }

    /// Several of one name are compared in their order.
    fn surcharges(&mut self, before: &[PriceSource], after: &[PriceSource]) {
        let (say, told) = (self.words(), self.lines.len());
        let mut left: Vec<&PriceSource> = before.iter().collect();
        for price in after {
            let name = say.place_surcharge(&price.label);
            match left.iter().position(|known| known.label == price.label) {
                Some(at) => self.surcharge(&name, left.remove(at), price),
                None => self.lines.push(say.entry_added(&name)),
            }
        }
        let gone = left.iter().map(|gone| say.entry_removed(&say.place_surcharge(&gone.label)));
        self.lines.extend(gone);
        self.say_if(before != after && self.lines.len() == told, say.new_surcharges());
    }

    fn surcharge(&mut self, name: &str, before: &PriceSource, after: &PriceSource) {
        let (say, told, locale) = (self.words(), self.language.assortment(), &self.language.words().locale);
        self.price(name, before.amount, after.amount);
        let rule = |rule: &Option<String>, otherwise: &str| {
            rule.as_ref().map_or_else(|| otherwise.to_owned(), |rule| say.quoted(rule))
        };
        let when = [before, after].map(|price| rule(&price.when, say.applies_always()));
        self.changed(&say.attribute_applies(&name), &when[0], &when[1]);
        let each = [before, after].map(|price| rule(&price.each, say.nothing()));
        self.changed(&told.surcharge_each(&name), &each[0], &each[1]);
        let per = [before, after].map(|price| locale.number(price.per));
        self.changed(&told.surcharge_per(&name), &per[0], &per[1]);
    }

    fn budget(&mut self, before: &Source, after: &Source) {
        let say = self.words();
        let points = |points: u32| say.points(u64::from(points));
        match (&before.budget, &after.budget) {
            (Some(before), Some(after)) => {
                self.changed(say.budget(), &points(before.ceiling), &points(after.ceiling));
                self.changed(
                    say.each_deviation(),
                    &points(before.per_deviation),
                    &points(after.per_deviation),
                );
            }
            (None, Some(budget)) => self.changed(say.budget(), say.nothing(), &points(budget.ceiling)),
            (Some(budget), None) => self.changed(say.budget(), &points(budget.ceiling), say.nothing()),
            (None, None) => {}
        }
    }
}

/// The standard value by the names of its options.
fn value(language: Language, attribute: &AttributeSource) -> String {
    let (say, locale) = (language.admin(), &language.words().locale);
    let name = |code: &String| {
        let option = attribute.options.iter().find(|option| option.code == *code);
        option.map_or_else(|| code.clone(), |option| option.label.clone())
    };
    match &attribute.standard {
        ValueSource::Number(number) => {
            let number = locale.number(*number);
            attribute.unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"))
        }
        ValueSource::Text(text) if attribute.options.is_empty() => say.quoted(text),
        ValueSource::Text(code) => name(code),
        ValueSource::List(codes) if codes.is_empty() => say.nothing().to_owned(),
        ValueSource::List(codes) => codes.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// Whether those that are in both lists are in another order.
fn in_new_order<'c>(
    before: impl Iterator<Item = &'c String>,
    after: impl Iterator<Item = &'c String>,
) -> bool {
    let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
    let (was, is): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    let kept = before.iter().filter(|code| is.contains(code));
    !kept.eq(after.iter().filter(|code| was.contains(code)))
}

#[cfg(test)]
mod tests {
    use configurator::source::{BenefitSource, TierSource};

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
            "designs": [{ "code": "tall", "label": "Tall", "summary": "For tea.", "values": { "height": 11 } }],
        }))
        .unwrap();
        Bundle { source, drawings: preview::Drawings::new() }
    }

    /// The lines after one edit, each of which is a text of the language.
    fn after(edit: impl FnOnce(&mut Source)) -> Vec<String> {
        let mut draft = bundle();
        edit(&mut draft.source);
        for line in changes(&bundle(), &draft, Language::pseudo()) {
            assert!(line.starts_with('⟦') && line.ends_with('⟧'), "{line}");
        }
        changes(&bundle(), &draft, Language::ENGLISH)
    }

    #[test]
    fn nothing_changed_says_nothing() {
        assert_eq!(after(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn every_change_has_a_line() {
        type Edit = fn(&mut Source);
        let cases: [(Edit, &str); 27] = [
            (
                |source| source.tiers.push(TierSource { from: 5, discount: "5 %".into() }),
                "Discounts on several pieces, or what can be returned, changed",
            ),
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
            (
                |source| source.attributes[0].applies = Some("height > 8".into()),
                "Glaze, applies when: always → “height > 8”",
            ),
            (|source| source.attributes[0].options[0].weight = 4, "Glaze, Red: other details changed"),
            (
                |source| source.attributes[0].options[0].parts = vec!["A-1".into(), "A-1".into()],
                "Glaze, Red, parts: none → A-1, A-1",
            ),
            (|source| source.attributes[0].options[1].cost = Some(80), "Glaze, Blue, cost: none → €0.80"),
            (|source| source.attributes[0].options[1].cost = Some(0), "Glaze, Blue, cost: none → €0"),
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
            (
                |source| source.benefits.push(BenefitSource { code: "warm".into(), label: "Warm".into() }),
                "What the product is good for changed",
            ),
            (|source| source.designs.clear(), "Ready-made design “Tall” removed"),
            (|source| source.designs[0].summary = "High.".into(), "Ready-made design “Tall” changed"),
            (|source| source.picture = [10, 10], "The picture is drawn differently"),
        ];
        for (edit, line) in cases {
            assert_eq!(after(edit), [line]);
        }
    }

    #[test]
    fn entries_of_lists_are_named() {
        let lists = serde_json::json!({
            "tests": [{ "code": "low", "label": "Low", "values": {} }, { "code": "high", "label": "High", "values": {} }],
            "prices": [{ "label": "Gift", "amount": 100 }],
            "layers": [{ "file": "mug.svg" }, { "file": "lid.svg" }],
        });
        let mut before = bundle();
        before.source.tests = serde_json::from_value(lists["tests"].clone()).unwrap();
        before.source.prices = serde_json::from_value(lists["prices"].clone()).unwrap();
        before.source.layers = serde_json::from_value(lists["layers"].clone()).unwrap();
        let told = |edit: fn(&mut Source)| {
            let mut after = before.clone();
            edit(&mut after.source);
            changes(&before, &after, Language::ENGLISH)
        };
        assert_eq!(told(|source| source.tests[1].price = Some(9)), ["Test design “High”: changed"]);
        assert_eq!(told(|source| drop(source.tests.remove(0))), ["Test design “Low”: removed"]);
        assert_eq!(told(|source| source.tests.swap(0, 1)), ["The test designs change"]);
        assert_eq!(told(|source| source.prices[0].amount = 200), ["Surcharge “Gift”: €1 → €2"]);
        assert_eq!(told(|source| source.prices[0].per = 10), ["Surcharge “Gift”, divided by: 1 → 10"]);
        let terms = told(|source| {
            source.prices[0].when = Some("height > 9".into());
            source.prices[0].each = Some("height".into());
        });
        let when = "Surcharge “Gift”, applies when: always → “height > 9”";
        assert_eq!(terms, [when, "Surcharge “Gift”, times: none → “height”"]);
        assert_eq!(
            told(|source| source.prices[0].label = "Present".into()),
            ["Surcharge “Present”: new", "Surcharge “Gift”: removed"]
        );
        assert_eq!(told(|source| source.steps[0].label = "Both".into()), ["Step “Both”: changed"]);
        assert_eq!(
            told(|source| source.layers[1].when = Some("height > 9".into())),
            ["Layer 2 of the picture (lid.svg): changed"]
        );
        assert_eq!(told(|source| source.layers.swap(0, 1)), ["The picture is drawn differently"]);
    }

    #[test]
    fn an_order_that_changes_is_told() {
        let mut before = bundle();
        let mut rule = before.source.rules[0].clone();
        rule.code = "two".into();
        before.source.rules.push(rule);
        let mut design = before.source.designs[0].clone();
        design.code = "flat".into();
        before.source.designs.push(design);
        let mut after = before.clone();
        after.source.rules.swap(0, 1);
        after.source.designs.swap(0, 1);
        let told = changes(&before, &after, Language::ENGLISH);
        assert_eq!(told, ["The rules are in a new order", "The ready-made designs are in a new order"]);
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

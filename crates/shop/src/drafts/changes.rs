//! What publishing a draft changes for shoppers, one line each, in words. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use configurator::TextPlace;
use configurator::rule::WrittenTable;
use configurator::source::{
    AttributeSource, BenefitSource, LayerSource, NoReturnSource, OptionSource, PriceSource, RuleSource,
    Source, StepSource, TestSource, TextsSource, TierSource, UseSource, ValueSource,
};
use serde::Serialize;
use words::{Admin, Language};

use self::fields::{Teller, shown};
use super::tables::shortened;
use crate::catalogue::bundle::Bundle;

mod fields;

/// Fields of attributes that have lines of their own.
const TOLD_OF_ATTRIBUTES: [&str; 10] =
    ["code", "label", "help", "applies", "min", "max", "max_length", "price", "standard", "locked"];
/// Fields of options that have lines of their own.
const TOLD_OF_OPTIONS: [&str; 8] =
    ["code", "label", "price", "swatch", "available", "lead_time_days", "parts", "cost"];

/// Everything that differs between the live revision and a draft, as a language tells it.
#[must_use]
pub fn changes(live: &Bundle, draft: &Bundle, language: Language) -> Vec<String> {
    let say = language.admin();
    let mut lines = Lines { lines: Vec::new(), teller: Teller { source: &draft.source, language } };
    let (before, after) = (&live.source, &draft.source);
    lines.text(say.name(), &before.name, &after.name);
    lines.text(say.place_summary(), &before.summary, &after.summary);
    lines.text(say.field_description(), &before.description, &after.description);
    lines.text(say.field_search_words(), &before.search_words, &after.search_words);
    lines.changed(say.currency(), &before.currency, &after.currency);
    lines.price(say.place_base_price(), before.base_price, after.base_price);
    lines.days(say.lead_time(), before.lead_time_days, after.lead_time_days);
    lines.attributes(before, after);
    lines.rules(before, after);
    lines.budget(before, after);
    lines.surcharges(&before.prices, &after.prices);
    lines.terms(before, after);
    lines.designs(before, after);
    let test = |_: usize, test: &TestSource| say.place_test(&say.quoted(&test.label));
    lines.entries("tests.*", &before.tests, &after.tests, |test| test.code.clone(), test, say.new_tests());
    let assortment = language.assortment();
    let benefit = |_: usize, benefit: &BenefitSource| assortment.place_benefit(&benefit.label);
    let code = |benefit: &BenefitSource| benefit.code.clone();
    lines.entries("benefits.*", &before.benefits, &after.benefits, code, benefit, say.new_benefits());
    lines.uses(before, after);
    let step = |_: usize, step: &StepSource| say.place_step(&step.label);
    lines.entries("steps.*", &before.steps, &after.steps, |step| step.code.clone(), step, say.new_steps());
    lines.changed(say.field_language(), &before.language, &after.language);
    lines.translations(before, after);
    let meant = |source: &Source| match source.meant.as_slice() {
        [] => say.nothing().to_owned(),
        meant => meant.join(", "),
    };
    lines.changed(say.field_meant(), &meant(before), &meant(after));
    let layer = |at: usize, layer: &LayerSource| match layer.file.as_ref().or(layer.text.as_ref()) {
        Some(drawn) => say.place_drawn_layer(&(at + 1), drawn),
        None => say.place_layer(&(at + 1)),
    };
    let drawn = |layer: &LayerSource| layer.file.clone().or_else(|| layer.text.clone()).unwrap_or_default();
    lines.entries("layers.*", &before.layers, &after.layers, drawn, layer, say.new_picture());
    for (label, was, is) in [
        (say.field_picture_width(), before.picture[0], after.picture[0]),
        (say.field_picture_height(), before.picture[1], after.picture[1]),
    ] {
        let [was, is] = [was, is].map(|pixels| lines.whole(pixels.into()));
        lines.changed(label, &was, &is);
    }
    let names: BTreeSet<&String> = live.drawings.keys().chain(draft.drawings.keys()).collect();
    for name in names {
        let line = match (live.drawings.get(name), draft.drawings.get(name)) {
            (Some(was), Some(is)) if was != is => say.drawing_changed(name),
            (None, Some(_)) => say.entry_added(&say.place_drawing(name)),
            (Some(_), None) => say.entry_removed(&say.place_drawing(name)),
            _ => continue,
        };
        lines.lines.push(line);
    }
    lines.lines
}

struct Lines<'s> {
    lines: Vec<String>,
    teller: Teller<'s>,
}

impl Lines<'_> {
    fn words(&self) -> &'static Admin {
        self.teller.language.admin()
    }

    /// A whole number beside another one.
    fn whole(&self, number: i64) -> String {
        self.teller.language.words().locale.compared(number)
    }

    /// A text that may be long, or not there.
    fn text(&mut self, what: &str, before: &str, after: &str) {
        if before != after {
            let [was, is] = shown(before, after).map(|text| self.teller.text(&text));
            self.lines.push(self.words().change(&what, &was, &is));
        }
    }

    /// Which fields of a part are others; `otherwise` where the part is another and no field is.
    fn fields<P: Serialize + PartialEq>(
        &mut self,
        name: &str,
        (place, before, after): (&str, &P, &P),
        elsewhere: &[&str],
        otherwise: String,
    ) {
        if before == after {
            return;
        }
        let (say, changed) = (self.words(), self.teller.changed(place, before, after, elsewhere));
        self.say_if(elsewhere.is_empty() && changed.is_empty(), otherwise);
        for (label, was, is) in changed {
            self.lines.push(say.change(&say.field_of(&name, &label), &was, &is));
        }
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
        let locale = &self.teller.language.words().locale;
        let [was, is] =
            [before, after].map(u64::from).map(|days| self.words().days(days, &locale.count(days)));
        self.changed(what, &was, &is);
    }

    fn money(&self, amount: i64) -> String {
        self.teller.money(amount)
    }

    /// Which entries of a list were added, changed and removed; `otherwise` where none was, but they are in another order. `key` tells
    /// them apart; those of one key are compared in their order.
    fn entries<E: PartialEq + Serialize, K: PartialEq>(
        &mut self,
        place: &str,
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
            let is_same = |other: &&E| key(other) == key(entry);
            let nth = after.iter().take(at).filter(is_same).count();
            match before.iter().filter(is_same).nth(nth) {
                Some(known) => self.fields(&name, (place, known, entry), &[], say.entry_changed(&name)),
                None => self.lines.push(say.entry_added(&name)),
            }
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
        if before == after {
            return;
        }
        let (label, say) = (&after.label, self.words());
        let renamed = say.attribute_renamed(&say.quoted(&before.label), &say.quoted(label));
        self.say_if(before.label != *label, renamed);
        self.text(&say.field_of(label, &say.advice()), &before.help, &after.help);
        if before.standard != after.standard {
            let (was, is) = (self.value(before), self.value(after));
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
        let locale = &self.teller.language.words().locale;
        let number = |value: Option<i64>| {
            value.map_or_else(|| say.nothing().to_owned(), |value| locale.compared(value))
        };
        self.changed(&say.attribute_smallest(label), &number(before.min), &number(after.min));
        self.changed(&say.attribute_largest(label), &number(before.max), &number(after.max));
        let length = |value: Option<u32>| number(value.map(i64::from));
        let characters = say.attribute_characters(label);
        self.changed(&characters, &length(before.max_length), &length(after.max_length));
        self.price(&say.attribute_price(label), before.price.unwrap_or(0), after.price.unwrap_or(0));
        self.fields(label, ("attributes.*", before, after), &TOLD_OF_ATTRIBUTES, String::new());
        self.options(label, &before.options, &after.options);
    }

    fn options(&mut self, attribute: &str, before: &[OptionSource], after: &[OptionSource]) {
        let say = self.words();
        // There may be thousands. Of two with one code the first is meant.
        let was: HashMap<&str, &OptionSource> =
            before.iter().rev().map(|option| (option.code.as_str(), option)).collect();
        let is: HashSet<&str> = after.iter().map(|option| option.code.as_str()).collect();
        for option in after {
            match was.get(option.code.as_str()) {
                Some(known) => self.option(attribute, known, option),
                None => {
                    let price = self.money(option.price);
                    self.say_if(true, say.option_added(&attribute, &option.label, &price));
                }
            }
        }
        for gone in before.iter().filter(|gone| !is.contains(gone.code.as_str())) {
            self.say_if(true, say.option_removed(&attribute, &gone.label));
        }
        let moved =
            in_new_order(before.iter().map(|option| &option.code), after.iter().map(|option| &option.code));
        self.say_if(moved, say.options_moved(&attribute));
    }

    fn option(&mut self, attribute: &str, before: &OptionSource, after: &OptionSource) {
        if before == after {
            return;
        }
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
        let told = self.teller.language.assortment();
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
        self.fields(&name, ("attributes.*.options.*", before, after), &TOLD_OF_OPTIONS, String::new());
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
            let tables = self.teller.language.tables();
            let [came, went] = [more(&is, &was), more(&was, &is)].map(|rows| self.whole(rows as i64));
            let line = tables.table_changed(&say.quoted(&after.sentence), &came, &went);
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
                    self.text(say.sentence_of_rule(), &known.sentence, &rule.sentence);
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
                Some(known) => {
                    let (place, changed) = (say.place_design(&name), say.design_changed(&name));
                    self.fields(&place, ("designs.*", known, design), &[], changed);
                }
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
        let (say, told) = (self.words(), self.teller.language.assortment());
        self.price(name, before.amount, after.amount);
        let rule = |rule: &Option<String>, otherwise: &str| {
            rule.as_ref().map_or_else(|| otherwise.to_owned(), |rule| say.quoted(rule))
        };
        let when = [before, after].map(|price| rule(&price.when, say.applies_always()));
        self.changed(&say.attribute_applies(&name), &when[0], &when[1]);
        let each = [before, after].map(|price| rule(&price.each, say.nothing()));
        self.changed(&told.surcharge_each(&name), &each[0], &each[1]);
        let per = [before, after].map(|price| self.whole(price.per));
        self.changed(&told.surcharge_per(&name), &per[0], &per[1]);
    }

    fn budget(&mut self, before: &Source, after: &Source) {
        let say = self.words();
        let locale = &self.teller.language.words().locale;
        let points = |points: u32| say.points(points.into(), &locale.count(points.into()));
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

impl Lines<'_> {
    /// Discounts on several pieces, and what can't be returned.
    fn terms(&mut self, before: &Source, after: &Source) {
        let (say, locale) = (self.words(), &self.teller.language.words().locale);
        let told = self.teller.language.assortment();
        let tier = |_: usize, tier: &TierSource| told.place_tier(&locale.count(tier.from.into()));
        self.entries("tiers.*", &before.tiers, &after.tiers, |tier| tier.from, tier, say.new_terms());
        let reason = |_: usize, term: &NoReturnSource| told.place_no_return(&fields::cut(&term.reason));
        let key = |term: &NoReturnSource| term.reason.clone();
        self.entries("no_returns.*", &before.no_returns, &after.no_returns, key, reason, say.new_terms());
    }

    /// The question about use and its answers.
    fn uses(&mut self, before: &Source, after: &Source) {
        let say = self.words();
        match (&before.uses, &after.uses) {
            (Some(before), Some(after)) => {
                self.fields(say.place_uses(), ("uses", before, after), &["answers"], String::new());
                let told = self.teller.language.assortment();
                let answer = |_: usize, answer: &UseSource| told.place_answer(&answer.label);
                let code = |answer: &UseSource| answer.code.clone();
                let place = "uses.answers.*";
                self.entries(place, &before.answers, &after.answers, code, answer, say.new_uses());
            }
            (None, Some(_)) => self.lines.push(say.entry_added(&say.place_uses())),
            (Some(_), None) => self.lines.push(say.entry_removed(&say.place_uses())),
            (None, None) => {}
        }
    }

    /// Texts in other languages, each behind what it is made of. Marks of stale ones are nothing that shoppers read.
    fn translations(&mut self, before: &Source, after: &Source) {
        let (say, none) = (self.words(), TextsSource::default());
        let tags: BTreeSet<&String> = before.translations.keys().chain(after.translations.keys()).collect();
        let mut places: Vec<(TextPlace, &str)> = after.originals();
        let known: HashSet<TextPlace> = places.iter().map(|(place, _)| place.clone()).collect();
        places.extend(before.originals().into_iter().filter(|(place, _)| !known.contains(place)));
        for tag in tags {
            let texts =
                |source: &Source| source.translations.get(tag).cloned().unwrap_or_else(|| none.clone());
            let (was, is) = (texts(before), texts(after));
            let language = say.place_texts_in(&words::named(tag));
            for (place, original) in &places {
                let what = say.field_of(&language, &say.quoted(&fields::cut(original)));
                let [was, is] = [was.get(place), is.get(place)].map(Option::unwrap_or_default);
                self.text(&what, was, is);
            }
        }
    }

    /// The standard value by the names of its options.
    fn value(&self, attribute: &AttributeSource) -> String {
        let say = self.words();
        let name = |code: &String| {
            let option = attribute.options.iter().find(|option| option.code == *code);
            option.map_or_else(|| code.clone(), |option| option.label.clone())
        };
        match &attribute.standard {
            ValueSource::Number(number) => {
                let number = self.whole(*number);
                attribute.unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"))
            }
            ValueSource::Text(text) if attribute.options.is_empty() => self.teller.text(text),
            ValueSource::Text(code) => name(code),
            ValueSource::List(codes) if codes.is_empty() => say.nothing().to_owned(),
            ValueSource::List(codes) => codes.iter().map(name).collect::<Vec<_>>().join(", "),
        }
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
mod tests;

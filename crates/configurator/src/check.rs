//! Turns a product as written into a checked [`Product`], or into everything that is wrong with it.

mod texts;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::design::Design;
use crate::ids::AttributeId;
use crate::known::{Open, Partial};
use crate::money::Currency;
use crate::places::Places;
use crate::product::{
    Attribute, Budget, Characters, Colour, Drawing, Kind, LARGEST_AMOUNT, LARGEST_NUMBER, Layer, MOST_VALUES,
    Opt, Price, Product, Rule, Step, Use, Uses,
};
use crate::rule::evaluation::Interval;
use crate::rule::parse::{RuleError, Unknown, parse_condition, parse_number};
use crate::rule::syntax::{Condition, Number};
use crate::source::{AttributeSource, KindSource, LayerSource, OptionSource, Source, ValueSource};
#[cfg(feature = "file")]
use crate::source::{PastOrderSource, PastOrdersSource};
use crate::value::{OptionSet, Value};
use engine::names::nearest;

/// One thing that is wrong with a product as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field it is about, as keys and indexes joined by dots: `attributes.2.options.0.price`.
    pub place: String,
    /// Bytes within that field's text, for rules.
    pub span: Option<Range<usize>>,
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// What to do, as sentences.
    pub advice: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}. {}", self.place, self.message, self.advice)
    }
}

/// Most entries of any list.
const MOST_ENTRIES: usize = 2_000;
/// Most points of one option, and of a budget.
const MOST_POINTS: u32 = 10_000;
/// Most days, ten years.
const MOST_DAYS: u32 = 3_650;

impl Product {
    /// Checks a product as written.
    ///
    /// # Errors
    /// All problems found, but for those that another one explains: what depends on a name or a value that is wrong
    /// itself is looked at once that is right. Options that no valid design can have are for
    /// [`Product::dead_options`] to find.
    pub fn check(source: &Source) -> Result<Self, Vec<Problem>> {
        check(source, &Places::default())
    }
}

/// Checks a product of which some fields could not be read and hold anything of the right type.
///
/// # Errors
/// As [`Product::check`], but for problems of the fields that could not be read and those that follow from them.
pub(crate) fn check(source: &Source, unread: &Places) -> Result<Product, Vec<Problem>> {
    let (product, mut checker) = Checker::run(source, unread);
    checker.texts(source);
    if checker.problems.is_empty() { Ok(product) } else { Err(checker.problems) }
}

/// Checks past orders against a product of which some fields could not be read.
#[cfg(feature = "file")]
pub(crate) fn check_orders(orders: &PastOrdersSource, source: &Source, unread: &Places) -> Vec<Problem> {
    let (product, mut checker) = Checker::run(source, unread);
    checker.problems.clear();
    for (index, order) in orders.orders.iter().enumerate() {
        checker.order(&format!("orders.{index}"), order, &product);
    }
    checker.problems
}

/// The fields of an attribute that say what a rule makes of its standard value.
const STANDARD: [&str; 5] =
    ["standard", "options.*.values", "options.*.price", "options.*.weight", "options.*.lead_time_days"];

struct Checker<'u> {
    problems: Vec<Problem>,
    /// Places that could not be read: reported already, and not to be judged.
    unread: &'u Places,
    /// These places, and those of the problems found so far.
    faulty: Places,
    /// Codes of the attributes whose kind is not known, and of those that share a code: rules can't be checked against
    /// them.
    unclear: BTreeSet<String>,
}

impl<'u> Checker<'u> {
    fn run(source: &Source, unread: &'u Places) -> (Product, Self) {
        let mut checker =
            Self { problems: Vec::new(), unread, faulty: unread.clone(), unclear: BTreeSet::new() };
        let product = checker.product(source);
        checker.standard_design(&product);
        checker.farthest_prices(&product);
        (product, checker)
    }

    fn report(&mut self, place: impl Into<String>, message: impl Into<String>, advice: impl Into<String>) {
        self.add(Problem { place: place.into(), span: None, message: message.into(), advice: advice.into() });
    }

    fn add(&mut self, problem: Problem) {
        if !self.unread.cover(&problem.place) {
            self.faulty.insert(problem.place.as_str());
            self.problems.push(problem);
        }
    }

    /// Reports what is wrong with a rule, but for names that may mean something once other problems are solved. What
    /// follows an attribute that nothing is known of may be misread, so only names are judged then.
    fn rule_errors(&mut self, place: &str, mut errors: Vec<RuleError>) {
        let lost = |unknown: &Unknown| matches!(unknown, Unknown::Attribute(_)) && self.may_exist(unknown);
        if errors.iter().any(|error| error.unknown.as_ref().is_some_and(lost)) {
            errors.retain(|error| error.unknown.is_some());
        }
        errors.retain(|error| !error.unknown.as_ref().is_some_and(|unknown| self.may_exist(unknown)));
        for RuleError { span, message, advice, .. } in errors {
            self.add(Problem { place: place.to_owned(), span: Some(span), message, advice });
        }
    }

    /// Whether a name that nothing has may be one that could not be read.
    fn may_exist(&self, unknown: &Unknown) -> bool {
        match unknown {
            Unknown::Attribute(code) => self.attribute_may_exist(code),
            Unknown::Option(attribute) => self.in_doubt(*attribute, "options.*.code"),
            Unknown::Property(Some(attribute)) => self.in_doubt(*attribute, "options.*.values"),
            Unknown::Property(None) => self.faulty.touch("attributes.*.options.*.values"),
        }
    }

    fn attribute_may_exist(&self, code: &str) -> bool {
        self.faulty.touch("attributes.*.code") || self.unclear.contains(code)
    }

    /// Whether this field of an attribute is faulty.
    fn in_doubt(&self, attribute: AttributeId, field: &str) -> bool {
        !self.faulty.is_empty() && self.faulty.touch(&format!("attributes.{}.{field}", attribute.index()))
    }

    /// Whether everything that decides which values an attribute takes is all right.
    fn values_are_known(&self, id: AttributeId, attribute: &Attribute) -> bool {
        let fields: &[&str] = match attribute.kind {
            Kind::Choice { .. } => &["kind", "options.*.code"],
            Kind::MultiChoice { .. } => &["kind", "options.*.code", "min", "max"],
            Kind::Number { .. } => &["kind", "min", "max", "step_size"],
            Kind::Text { .. } => &["kind", "max_length", "allowed"],
        };
        !fields.iter().any(|field| self.in_doubt(id, field))
    }

    /// Reports rules that the standard design breaks; those that are about something faulty are not judged.
    fn standard_design(&mut self, product: &Product) {
        for (index, rule) in product.rules.iter().enumerate() {
            let mut known = true;
            rule.condition.attributes(&mut |id| {
                known &= self.values_are_known(id, product.attribute(id))
                    && !STANDARD.iter().any(|field| self.in_doubt(id, field));
            });
            if known && !product.holds(&rule.condition, &product.standard) {
                self.report(
                    format!("rules.{index}.rule"),
                    format!("the standard design is not valid: {}", rule.sentence.trim_end_matches('.')),
                    "Change the standard values of the attributes it is about, or this rule.",
                );
            }
        }
    }

    /// Reports prices that can come to more than an amount may be: sums of all stay far from what 64 bits hold.
    fn farthest_prices(&mut self, product: &Product) {
        let partial = product.attributes.iter().map(Partial::open).collect();
        let open = Open { product, partial };
        let mut report = |place: String, fields: &[&str]| {
            if !fields.iter().any(|field| self.faulty.touch(&format!("{place}.{field}"))) {
                let advice =
                    format!("Use at most {LARGEST_AMOUNT} minor units in all: a smaller factor or range.");
                self.report(format!("{place}.{}", fields[0]), "this can come to too large an amount", advice);
            }
        };
        for (index, attribute) in product.attributes.iter().enumerate() {
            if let Kind::Number { min, max, price, .. } = attribute.kind
                && price.saturating_mul(max.saturating_sub(min)).saturating_abs() > LARGEST_AMOUNT
            {
                report(format!("attributes.{index}"), &["price", "min", "max"]);
            }
        }
        for (index, price) in product.prices.iter().enumerate() {
            let times = price.each.as_ref().map_or(Interval::exactly(1), |each| each.range(&open));
            let farthest = times.low.unsigned_abs().max(times.high.unsigned_abs());
            let farthest = u128::from(farthest) * u128::from(price.amount.unsigned_abs());
            if farthest / u128::from(price.per.unsigned_abs().max(1))
                > u128::from(LARGEST_AMOUNT.unsigned_abs())
            {
                report(format!("prices.{index}"), &["each", "amount", "per"]);
            }
        }
    }

    fn filled(&mut self, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.report(place, "this is empty", "Write what the shopper shall read.");
        }
    }

    fn amount(&mut self, place: &str, amount: i64) {
        if amount.saturating_abs() > LARGEST_AMOUNT {
            self.report(
                place,
                "this amount is too large",
                format!("Use at most {LARGEST_AMOUNT} minor units."),
            );
        }
    }

    fn at_most(&mut self, place: &str, number: u32, most: u32) {
        if number > most {
            self.report(place, format!("{number} is too large"), format!("Use at most {most}."));
        }
    }

    fn number(&mut self, place: &str, number: i64) {
        if number.saturating_abs() > LARGEST_NUMBER {
            self.report(place, "this number is too large", format!("Use at most {LARGEST_NUMBER}."));
        }
    }

    fn length(&mut self, place: &str, length: usize, most: usize) {
        if length > most {
            self.report(place, format!("there are {length} entries"), format!("Use at most {most}."));
        }
    }

    /// Checks the form of codes and that none occurs twice; returns those that do.
    fn codes<'c>(&mut self, list: &str, codes: impl Iterator<Item = &'c str>) -> BTreeSet<&'c str> {
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        for (index, code) in codes.enumerate() {
            let place = format!("{list}.{index}.code");
            let formed = code.starts_with(|c: char| c.is_ascii_lowercase())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !formed {
                let advice = "Use a lower-case letter followed by lower-case letters, digits and '_'.";
                self.report(place, format!("'{code}' is no code"), advice);
            } else if matches!(
                code,
                "and" | "or" | "not" | "implies" | "iff" | "in" | "has" | "filled" | "count" | "sum"
            ) {
                self.report(place, format!("'{code}' has a meaning in rules"), "Choose another code.");
            } else if !seen.insert(code) {
                twice.insert(code);
                self.report(place, format!("the code '{code}' is used twice"), "Give each its own code.");
            }
        }
        twice
    }

    fn product(&mut self, source: &Source) -> Product {
        self.filled("name", &source.name);
        self.filled("summary", &source.summary);
        self.amount("base_price", source.base_price);
        self.at_most("lead_time_days", source.lead_time_days, MOST_DAYS);
        if let Some(budget) = &source.budget {
            self.at_most("budget.ceiling", budget.ceiling, MOST_POINTS);
            self.at_most("budget.per_deviation", budget.per_deviation, MOST_POINTS);
        }
        self.length("steps", source.steps.len(), MOST_ENTRIES);
        self.length("attributes", source.attributes.len(), MOST_ENTRIES);
        self.length("rules", source.rules.len(), MOST_ENTRIES);
        self.length("prices", source.prices.len(), MOST_ENTRIES);
        self.length("layers", source.layers.len(), MOST_ENTRIES);
        let currency = Currency::new(&source.currency);
        if currency.is_none() {
            let advice = "Use the three capital letters of ISO 4217, such as EUR.";
            self.report("currency", format!("'{}' is no currency", source.currency), advice);
        }
        for (axis, &size) in source.picture.iter().enumerate() {
            if !(1..=10_000).contains(&size) {
                self.report(
                    format!("picture.{axis}"),
                    "the picture's size is out of bounds",
                    "Use 1 to 10000.",
                );
            }
        }
        self.codes("steps", source.steps.iter().map(|step| step.code.as_str()));
        let twice =
            self.codes("attributes", source.attributes.iter().map(|attribute| attribute.code.as_str()));
        self.unclear.extend(twice.into_iter().map(str::to_owned));
        self.codes("rules", source.rules.iter().map(|rule| rule.code.as_str()));
        for (index, step) in source.steps.iter().enumerate() {
            self.filled(&format!("steps.{index}.label"), &step.label);
        }
        if source.attributes.is_empty() {
            self.report("attributes", "there is nothing to decide", "Add at least one attribute.");
        }
        let per_deviation = source.budget.as_ref().map_or(1, |budget| budget.per_deviation);
        let attributes: Vec<Attribute> = source
            .attributes
            .iter()
            .enumerate()
            .map(|(index, attribute)| {
                self.attribute(&format!("attributes.{index}"), attribute, source, per_deviation)
            })
            .collect();
        self.empty_steps(source);
        let standard = attributes
            .iter()
            .zip(&source.attributes)
            .enumerate()
            .map(|(index, (attribute, written))| {
                self.standard(AttributeId::new(index), attribute, &written.standard)
            })
            .collect();
        let rules = source
            .rules
            .iter()
            .enumerate()
            .map(|(index, rule)| {
                self.filled(&format!("rules.{index}.sentence"), &rule.sentence);
                let condition = self.condition(&format!("rules.{index}.rule"), &rule.rule, &attributes);
                Rule { code: rule.code.clone(), sentence: rule.sentence.clone(), condition }
            })
            .collect();
        let prices = self.prices(source, &attributes);
        let layers = source
            .layers
            .iter()
            .enumerate()
            .map(|(index, layer)| self.layer(&format!("layers.{index}"), layer, &attributes))
            .collect();
        Product {
            name: source.name.clone(),
            summary: source.summary.clone(),
            description: source.description.clone(),
            language: source.language.clone(),
            currency: currency.unwrap_or(Currency::NONE),
            base_price: source.base_price,
            lead_time_days: source.lead_time_days,
            uses: self.uses(source),
            budget: source.budget.as_ref().map(|budget| Budget { ceiling: budget.ceiling }),
            picture: source.picture,
            steps: source
                .steps
                .iter()
                .map(|step| Step { code: step.code.clone(), label: step.label.clone() })
                .collect(),
            attributes,
            rules,
            prices,
            layers,
            standard: Design::new(standard),
        }
    }

    /// Steps without attributes. One that does not say its step rightly may belong to any of them.
    fn empty_steps(&mut self, source: &Source) {
        if self.faulty.touch("steps.*.code") || self.faulty.touch("attributes.*.step") {
            return;
        }
        for (index, step) in source.steps.iter().enumerate() {
            if !source.attributes.iter().any(|attribute| attribute.step == step.code) {
                let message = format!("the step '{}' has no attribute", step.code);
                self.report(format!("steps.{index}"), message, "Give it an attribute, or remove it.");
            }
        }
    }

    fn uses(&mut self, source: &Source) -> Option<Uses> {
        let uses = source.uses.as_ref()?;
        self.filled("uses.question", &uses.question);
        self.codes("uses.answers", uses.answers.iter().map(|answer| answer.code.as_str()));
        if uses.answers.len() < 2 {
            self.report(
                "uses.answers",
                "a question needs at least two answers",
                "Add answers, or remove [uses].",
            );
        }
        for (index, answer) in uses.answers.iter().enumerate() {
            self.filled(&format!("uses.answers.{index}.label"), &answer.label);
            self.filled(&format!("uses.answers.{index}.people"), &answer.people);
        }
        let answer = |answer: &crate::source::UseSource| Use {
            code: answer.code.clone(),
            label: answer.label.clone(),
            people: answer.people.clone(),
        };
        Some(Uses { question: uses.question.clone(), answers: uses.answers.iter().map(answer).collect() })
    }

    fn attribute(
        &mut self,
        place: &str,
        written: &AttributeSource,
        source: &Source,
        per_deviation: u32,
    ) -> Attribute {
        self.at_most(&format!("{place}.points"), written.points.unwrap_or(0), MOST_POINTS);
        self.filled(&format!("{place}.label"), &written.label);
        let step = source.steps.iter().position(|step| step.code == written.step);
        if step.is_none() && !self.faulty.touch("steps.*.code") {
            let advice = nearest(&written.step, source.steps.iter().map(|step| step.code.as_str()));
            self.report(format!("{place}.step"), format!("there is no step '{}'", written.step), advice);
        }
        let kind_is_known = !self.faulty.touch(&format!("{place}.kind"));
        if kind_is_known {
            self.stray_fields(place, written);
        } else {
            self.unclear.insert(written.code.clone());
        }
        let kind = match written.kind {
            KindSource::Choice => Kind::Choice { options: self.options(place, written, per_deviation) },
            KindSource::MultiChoice => {
                let options = self.options(place, written, per_deviation);
                self.length(&format!("{place}.options"), options.len(), OptionSet::MOST);
                // A list that is not there has no number of entries to keep to.
                let there = !self.faulty.cover(&format!("{place}.options"));
                let count = u32::try_from(options.len()).ok().filter(|_| there).unwrap_or(u32::MAX);
                let min =
                    written.min.map_or(0, |min| self.count(&format!("{place}.min"), min, count).unwrap_or(0));
                let max = written
                    .max
                    .map_or(count, |max| self.count(&format!("{place}.max"), max, count).unwrap_or(count));
                if min > max && !self.faulty.touch(&format!("{place}.min")) {
                    self.report(
                        format!("{place}.max"),
                        "max is below min",
                        "Make it at least as large as min.",
                    );
                }
                Kind::MultiChoice { options, min, max }
            }
            KindSource::Number => self.number_kind(place, written, per_deviation),
            KindSource::Text => self.text_kind(place, written, per_deviation),
        };
        Attribute {
            // Rules can't be checked against it: to them there is none.
            code: if self.unclear.contains(&written.code) { String::new() } else { written.code.clone() },
            label: if written.label.is_empty() { &written.code } else { &written.label }.clone(),
            help: written.help.clone(),
            step: step.unwrap_or(0),
            locked: written.locked,
            kind,
        }
    }

    fn stray_fields(&mut self, place: &str, written: &AttributeSource) {
        use KindSource::{Choice, MultiChoice, Number, Text};
        let fields: [(&str, bool, &[KindSource]); 9] = [
            ("options", !written.options.is_empty(), &[Choice, MultiChoice]),
            ("min", written.min.is_some(), &[MultiChoice, Number]),
            ("max", written.max.is_some(), &[MultiChoice, Number]),
            ("step_size", written.step_size.is_some(), &[Number]),
            ("unit", written.unit.is_some(), &[Number]),
            ("price", written.price.is_some(), &[Number, Text]),
            ("points", written.points.is_some(), &[Number, Text]),
            ("max_length", written.max_length.is_some(), &[Text]),
            ("allowed", written.allowed.is_some(), &[Text]),
        ];
        for (field, there, kinds) in fields {
            if there && !kinds.contains(&written.kind) {
                let advice =
                    "Remove it, or change the kind; docs/product-file.md lists the fields of each kind.";
                self.report(
                    format!("{place}.{field}"),
                    format!("'{field}' has no meaning for this kind"),
                    advice,
                );
            }
        }
    }

    fn count(&mut self, place: &str, written: i64, most: u32) -> Option<u32> {
        let count = u32::try_from(written).ok().filter(|&count| count <= most);
        if count.is_none() {
            self.report(place, format!("{written} is out of bounds"), format!("Use 0 to {most}."));
        }
        count
    }

    fn number_kind(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Kind {
        let mut bound = |field: &str, value: Option<i64>| {
            let place = format!("{place}.{field}");
            match value {
                Some(value) => self.number(&place, value),
                None => self.report(place, format!("a number needs '{field}'"), format!("Write {field} = …")),
            }
            value.unwrap_or(0).clamp(-LARGEST_NUMBER, LARGEST_NUMBER)
        };
        let (min, max) = (bound("min", written.min), bound("max", written.max));
        let step = written.step_size.unwrap_or(1);
        if ["min", "max", "step_size"].iter().any(|field| self.faulty.touch(&format!("{place}.{field}"))) {
            // Each is reported; what they are together shows once they are right.
        } else if min > max {
            self.report(format!("{place}.max"), "max is below min", "Make it at least as large as min.");
        } else if !(1..=LARGEST_NUMBER).contains(&step) {
            let advice = format!("Use 1 to {LARGEST_NUMBER}.");
            self.report(format!("{place}.step_size"), "the step is out of bounds", advice);
        } else if (max - min) % step != 0 {
            let advice = format!("Use {} or {}.", max - (max - min) % step, max - (max - min) % step + step);
            self.report(format!("{place}.max"), "max can't be reached from min in these steps", advice);
        } else if (max - min) / step >= MOST_VALUES {
            let advice = format!("Use at most {MOST_VALUES}: raise step_size or narrow min to max.");
            self.report(format!("{place}.max"), "the number has too many values", advice);
        }
        self.amount(&format!("{place}.price"), written.price.unwrap_or(0));
        Kind::Number {
            min,
            max,
            step: step.max(1),
            unit: written.unit.clone().unwrap_or_default(),
            price: written.price.unwrap_or(0),
            points: written.points.unwrap_or(per_deviation),
        }
    }

    fn text_kind(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Kind {
        let max_length = written.max_length.unwrap_or_else(|| {
            self.report(format!("{place}.max_length"), "a text needs 'max_length'", "Write max_length = 20.");
            0
        });
        if written.max_length.is_some_and(|length| !(1..=1_000).contains(&length)) {
            self.report(
                format!("{place}.max_length"),
                format!("{max_length} is out of bounds"),
                "Use 1 to 1000.",
            );
        }
        let text = written.allowed.clone().unwrap_or_default();
        let ranges = character_ranges(&text).unwrap_or_else(|advice| {
            self.report(format!("{place}.allowed"), "these characters can't be read", advice);
            Vec::new()
        });
        self.amount(&format!("{place}.price"), written.price.unwrap_or(0));
        Kind::Text {
            max_length,
            allowed: Characters { text, ranges },
            price: written.price.unwrap_or(0),
            points: written.points.unwrap_or(per_deviation),
        }
    }

    fn options(&mut self, place: &str, written: &AttributeSource, per_deviation: u32) -> Vec<Opt> {
        let list = format!("{place}.options");
        if written.options.is_empty() && !self.faulty.touch(&format!("{place}.kind")) {
            self.report(&list, "there is nothing to choose from", "Add options.");
        }
        self.length(&list, written.options.len(), MOST_ENTRIES);
        self.codes(&list, written.options.iter().map(|option| option.code.as_str()));
        let options = written.options.iter().enumerate();
        options
            .map(|(index, option)| self.option(&format!("{list}.{index}"), option, per_deviation))
            .collect()
    }

    fn option(&mut self, place: &str, written: &OptionSource, per_deviation: u32) -> Opt {
        self.at_most(&format!("{place}.points"), written.points.unwrap_or(0), MOST_POINTS);
        self.at_most(&format!("{place}.lead_time_days"), written.lead_time_days, MOST_DAYS);
        self.filled(&format!("{place}.label"), &written.label);
        self.amount(&format!("{place}.price"), written.price);
        self.number(&format!("{place}.weight"), written.weight);
        let swatch = written.swatch.as_ref().and_then(|text| {
            let colour = Colour::parse(text);
            if colour.is_none() {
                let advice = "Write it as '#' and six hexadecimal digits, such as #1f5d4c.";
                self.report(format!("{place}.swatch"), format!("'{text}' is no colour"), advice);
            }
            colour
        });
        for (name, &value) in &written.values {
            let place = format!("{place}.values.{name}");
            self.number(&place, value);
            if matches!(name.as_str(), "price" | "weight" | "lead_time_days") {
                self.report(place, format!("'{name}' is a field of its own"), "Write it outside values.");
            }
        }
        for (name, &value) in &written.benefits {
            if !(0..=5).contains(&value) {
                self.report(
                    format!("{place}.benefits.{name}"),
                    format!("{value} is out of bounds"),
                    "Use 0 to 5.",
                );
            }
        }
        Opt {
            code: written.code.clone(),
            label: written.label.clone(),
            description: written.description.clone(),
            swatch,
            price: written.price,
            lead_time_days: written.lead_time_days,
            weight: written.weight,
            points: written.points.unwrap_or(per_deviation),
            available: written.available,
            benefits: written.benefits.clone(),
            values: written.values.clone(),
        }
    }

    /// The standard value of an attribute; any value of the right kind where it can't be read.
    fn standard(&mut self, id: AttributeId, attribute: &Attribute, written: &ValueSource) -> Value {
        let place = format!("attributes.{}.standard", id.index());
        if self.faulty.touch(&place) || !self.values_are_known(id, attribute) {
            return attribute.placeholder();
        }
        let wanted = match (&attribute.kind, written) {
            (Kind::Choice { .. } | Kind::Text { .. }, ValueSource::Text(_))
            | (Kind::MultiChoice { .. }, ValueSource::List(_))
            | (Kind::Number { .. }, ValueSource::Number(_)) => None,
            (Kind::Choice { .. }, _) => Some("the code of one option"),
            (Kind::MultiChoice { .. }, _) => Some("a list of codes"),
            (Kind::Number { .. }, _) => Some("a number"),
            (Kind::Text { .. }, _) => Some("a text"),
        };
        if let Some(wanted) = wanted {
            self.report(&place, "the standard value is of the wrong kind", format!("Write {wanted}."));
            return attribute.placeholder();
        }
        let read = attribute.read_value(&written.to_string());
        let value = read.unwrap_or_else(|error| {
            self.report(&place, "the standard value is not one of its values", error.to_string());
            attribute.placeholder()
        });
        let gone = match &value {
            Value::Option(option) => {
                attribute.options().get(option.index()).filter(|option| !option.available)
            }
            Value::Options(set) => set.iter().map(|id| attribute.option(id)).find(|option| !option.available),
            _ => None,
        };
        if let Some(option) = gone {
            let advice = "Make it available again, or choose another standard.";
            self.report(&place, format!("the standard value '{}' is not available", option.code), advice);
        }
        value
    }

    fn condition(&mut self, place: &str, text: &str, attributes: &[Attribute]) -> Condition {
        parse_condition(text, attributes).unwrap_or_else(|errors| {
            self.rule_errors(place, errors);
            Condition::Compare(
                Number::Constant(0),
                crate::rule::syntax::Comparison::Equal,
                Number::Constant(0),
            )
        })
    }

    fn expression(&mut self, place: &str, text: &str, attributes: &[Attribute]) -> Number {
        parse_number(text, attributes).unwrap_or_else(|errors| {
            self.rule_errors(place, errors);
            Number::Constant(0)
        })
    }

    fn prices(&mut self, source: &Source, attributes: &[Attribute]) -> Vec<Price> {
        let mut prices = Vec::new();
        for (index, price) in source.prices.iter().enumerate() {
            let place = format!("prices.{index}");
            self.filled(&format!("{place}.label"), &price.label);
            self.amount(&format!("{place}.amount"), price.amount);
            if price.per < 1 {
                self.report(format!("{place}.per"), "this divides by less than 1", "Use 1 or more.");
            }
            let when =
                price.when.as_ref().map(|text| self.condition(&format!("{place}.when"), text, attributes));
            let each =
                price.each.as_ref().map(|text| self.expression(&format!("{place}.each"), text, attributes));
            prices.push(Price {
                label: price.label.clone(),
                when,
                amount: price.amount,
                each,
                per: price.per.max(1),
            });
        }
        prices
    }

    fn layer(&mut self, place: &str, written: &LayerSource, attributes: &[Attribute]) -> Layer {
        let when =
            written.when.as_ref().map(|text| self.condition(&format!("{place}.when"), text, attributes));
        let mut tint = Vec::new();
        for (name, code) in &written.tint {
            let found = self.tint(&format!("{place}.tint.{name}"), code, attributes);
            tint.extend(found.map(|attribute| (name.clone(), attribute)));
        }
        let mut expression = |field: &str, text: Option<&String>, fallback: i64| {
            text.map_or(Number::Constant(fallback), |text| {
                self.expression(&format!("{place}.{field}"), text, attributes)
            })
        };
        let area = [
            expression("x", written.x.as_ref(), 0),
            expression("y", written.y.as_ref(), 0),
            expression("width", written.width.as_ref(), 0),
            expression("height", written.height.as_ref(), 0),
        ];
        let repeat = [
            expression("repeat", written.repeat.as_ref(), 1),
            expression("dx", written.dx.as_ref(), 0),
            expression("dy", written.dy.as_ref(), 0),
        ];
        let drawing = match (&written.file, &written.text) {
            (Some(file), None) => {
                if written.drawing().is_none() {
                    let message = format!("'{file}' is no drawing of this product");
                    self.report(format!("{place}.file"), message, "Name an .svg file directly in layers/.");
                }
                match written.area().iter().flatten().count() {
                    4 => Drawing::Boxed { file: file.clone(), area, repeat },
                    sides => {
                        if sides > 0 {
                            let advice = "Write all of x, y, width and height, or none.";
                            self.report(place, "the box is incomplete", advice);
                        }
                        Drawing::Full { file: file.clone() }
                    }
                }
            }
            (None, Some(code)) => {
                let [x, y, ..] = area;
                Drawing::Text {
                    attribute: self.text(&format!("{place}.text"), code, attributes),
                    at: [x, y],
                    font_size: written.font_size.unwrap_or(40).clamp(1, 1_000),
                    rotate: written.rotate.unwrap_or(0),
                }
            }
            _ => {
                self.report(place, "a layer draws a file or a text", "Write one of file = … and text = ….");
                Drawing::Full { file: String::new() }
            }
        };
        Layer { drawing, when, tint }
    }

    /// The choice whose swatch tints a drawing.
    fn tint(&mut self, place: &str, code: &str, attributes: &[Attribute]) -> Option<AttributeId> {
        let Some(index) = position(attributes, code) else {
            if !self.attribute_may_exist(code) {
                let advice = nearest(code, attributes.iter().map(|attribute| attribute.code.as_str()));
                self.report(place, format!("there is no attribute '{code}'"), advice);
            }
            return None;
        };
        let (id, attribute) = (AttributeId::new(index), &attributes[index]);
        if !matches!(attribute.kind, Kind::Choice { .. }) {
            let advice = "Tint with the swatch of a choice: it has exactly one.";
            self.report(place, format!("'{code}' is not a choice"), advice);
        } else if !attribute.options().iter().any(|option| option.swatch.is_some())
            && !self.in_doubt(id, "options.*.swatch")
        {
            let message = format!("no option of '{code}' has a swatch");
            self.report(place, message, "Give its options swatches.");
        }
        Some(id)
    }

    /// The text attribute that a layer writes; any attribute where there is none.
    fn text(&mut self, place: &str, code: &str, attributes: &[Attribute]) -> AttributeId {
        let texts = || attributes.iter().filter(|attribute| matches!(attribute.kind, Kind::Text { .. }));
        let found = texts().find(|attribute| attribute.code == code);
        if found.is_none() && !self.attribute_may_exist(code) {
            let advice = nearest(code, texts().map(|attribute| attribute.code.as_str()));
            self.report(place, format!("there is no text attribute '{code}'"), advice);
        }
        AttributeId::new(found.and_then(|_| position(attributes, code)).unwrap_or(0))
    }

    /// An order of the past: its use, its count, and every choice on its own.
    #[cfg(feature = "file")]
    fn order(&mut self, place: &str, order: &PastOrderSource, product: &Product) {
        if order.count == 0 {
            let advice = "Write how many orders had this design, at least 1.";
            self.report(format!("{place}.count"), "the count is 0", advice);
        }
        if let Some(stated) = &order.r#use {
            let mut answers = product.uses.iter().flat_map(|uses| &uses.answers);
            if !answers.any(|answer| answer.code == *stated) && !self.faulty.touch("uses.answers.*.code") {
                let advice = "Take the code of an answer in [uses] of product.toml.";
                self.report(format!("{place}.use"), format!("there is no use '{stated}'"), advice);
            }
        }
        for (code, value) in &order.choices {
            let known = match product.by_code(code) {
                Some(id) => self.values_are_known(id, product.attribute(id)),
                None => !self.attribute_may_exist(code),
            };
            if let (true, Err(error)) = (known, product.read_choice(code, &value.to_string())) {
                let text = error.to_string();
                let message = text.trim_end_matches(error.advice()).trim_end_matches(". ");
                self.report(format!("{place}.choices.{code}"), message, error.advice());
            }
        }
    }
}

fn position(attributes: &[Attribute], code: &str) -> Option<usize> {
    attributes.iter().position(|attribute| attribute.code == code)
}

/// Reads `A-Z0-9 .&` as ranges. A `-` at the start or end stands for itself.
fn character_ranges(text: &str) -> Result<Vec<(char, char)>, String> {
    let characters: Vec<char> = text.chars().collect();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let last = match (characters.get(at + 1), characters.get(at + 2)) {
            (Some('-'), Some(&last)) => {
                at += 2;
                last
            }
            _ => first,
        };
        if last < first {
            return Err(format!("Write '{last}-{first}' instead of '{first}-{last}'."));
        }
        ranges.push((first, last));
        at += 1;
    }
    Ok(ranges)
}

impl Attribute {
    /// Any value of the right kind.
    fn placeholder(&self) -> Value {
        match &self.kind {
            Kind::Choice { .. } => Value::Option(crate::ids::OptionId::new(0)),
            Kind::MultiChoice { .. } => Value::Options(OptionSet::default()),
            Kind::Number { min, .. } => Value::Number(*min),
            Kind::Text { .. } => Value::Text(String::new()),
        }
    }
}

//! Turns a product as written into a checked [`Product`], or into everything that is wrong with it.

mod attributes;
mod designs;
mod fields;
mod layers;
#[cfg(feature = "file")]
pub(crate) mod orders;
mod terms;
mod texts;
mod uses;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::attribute::{Attribute, circle};
use crate::completeness::Gap;
use crate::design::Design;
use crate::ids::AttributeId;
use crate::known::{Open, Partial};
use crate::limits::{LARGEST_AMOUNT, is_amount};
use crate::money::Currency;
use crate::places::Places;
use crate::product::{Benefit, Budget, Price, Product, Rule, Step};
use crate::rule::evaluation::Interval;
use crate::rule::parse::{RuleError, Spelling, Unknown, parse_condition, parse_number};
#[cfg(feature = "file")]
use crate::rule::spelling;
use crate::rule::syntax::{Comparison, Condition, Number};
use crate::source::{BenefitSource, Source, StepSource};
use engine::names::nearest;

pub use terms::percent;

/// What a rule says where nobody wrote a sentence.
#[cfg(feature = "file")]
fn said(condition: &Condition, attributes: &[Attribute], language: &str) -> String {
    crate::rule::said::sentence(condition, attributes, words::matching(language).unwrap_or_default())
}

/// Where product files are not read, languages are not known.
#[cfg(not(feature = "file"))]
fn said(condition: &Condition, attributes: &[Attribute], _language: &str) -> String {
    condition.text_over(attributes)
}

/// Where product files are not read, nobody writes rules either.
#[cfg(not(feature = "file"))]
mod spelling {
    use crate::attribute::Attribute;
    use crate::rule::parse::Spelling;

    pub(super) fn condition(_text: &str, _attributes: &[Attribute]) -> Spelling {
        Spelling::default()
    }

    pub(super) fn when(_text: &str, _attributes: &[Attribute]) -> Spelling {
        Spelling::default()
    }

    pub(super) fn number(_text: &str, _attributes: &[Attribute]) -> Spelling {
        Spelling::default()
    }
}

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
    /// The whole text to take instead, for rules whose meaning is certain.
    pub correction: Option<String>,
}

impl Problem {
    /// What to do, with the text to take instead where there is one.
    #[must_use]
    pub fn advice_in_full(&self) -> String {
        match &self.correction {
            Some(correction) => format!("{} Use this instead: {correction}", self.advice),
            None => self.advice.clone(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}. {}", self.place, self.message, self.advice_in_full())
    }
}

/// Most entries of any list.
pub const MOST_ENTRIES: usize = 2_000;
/// Most benefits: shoppers weigh each.
const MOST_BENEFITS: usize = 12;
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

    /// A product of which it is not asked whether the standard, ready-made and test designs are as they should be: one to look into,
    /// not to sell. It has no ready-made designs.
    ///
    /// # Errors
    /// Everything else that is wrong with it.
    pub fn to_look_into(source: &Source) -> Result<Self, Vec<Problem>> {
        let unread = Places::default();
        let mut checker = Checker::new(&unread);
        let product = checker.product(source);
        checker.farthest_prices(&product);
        if checker.problems.is_empty() { Ok(product) } else { Err(checker.problems) }
    }

    /// What can be read of a product as written, with placeholders for the rest: to read and write the rules of a draft with
    /// mistakes elsewhere. It is not fit to be asked for anything else.
    #[must_use]
    pub fn readable(source: &Source) -> Self {
        let unread = Places::default();
        let mut checker = Checker::new(&unread);
        checker.product(source)
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

/// The fields of an attribute that say what a rule makes of its standard value.
const STANDARD: [&str; 6] = [
    "standard",
    "applies",
    "options.*.values",
    "options.*.price",
    "options.*.weight",
    "options.*.lead_time_days",
];

struct Checker<'u> {
    problems: Vec<Problem>,
    /// Places that could not be read: reported already, and not to be judged.
    unread: &'u Places,
    /// These places, and those of the problems found so far.
    faulty: Places,
    /// Codes of the attributes whose kind is not known, and of those that share a code: rules can't be checked against
    /// them.
    unclear: BTreeSet<String>,
    /// What amounts are in, where that can be read.
    currency: Option<Currency>,
}

impl<'u> Checker<'u> {
    fn new(unread: &'u Places) -> Self {
        Self {
            problems: Vec::new(),
            unread,
            faulty: unread.clone(),
            unclear: BTreeSet::new(),
            currency: None,
        }
    }

    fn run(source: &Source, unread: &'u Places) -> (Product, Self) {
        let mut checker = Self::new(unread);
        let mut product = checker.product(source);
        checker.standard_design(&product);
        checker.farthest_prices(&product);
        product.designs = checker.designs(source, &product);
        checker.tests(source, &product);
        (product, checker)
    }

    fn report(&mut self, place: impl Into<String>, message: impl Into<String>, advice: impl Into<String>) {
        let (place, message, advice) = (place.into(), message.into(), advice.into());
        self.add(Problem { place, span: None, message, advice, correction: None });
    }

    fn add(&mut self, problem: Problem) {
        if !self.unread.cover(&problem.place) {
            self.faulty.insert(problem.place.as_str());
            self.problems.push(problem);
        }
    }

    /// Reports what is wrong with a rule, but for names that may mean something once other problems are solved. What
    /// follows an attribute that nothing is known of may be misread, so only names are judged then.
    fn rule_errors(&mut self, place: &str, mut errors: Vec<RuleError>, spelt: impl FnOnce() -> Spelling) {
        let mut correction = None;
        if !errors.iter().any(|error| error.unknown.as_ref().is_some_and(|unknown| self.may_exist(unknown))) {
            let Spelling { text, noted } = spelt();
            correction = text;
            if !noted.is_empty() {
                errors = noted;
            }
        }
        let lost = |unknown: &Unknown| matches!(unknown, Unknown::Attribute(_)) && self.may_exist(unknown);
        if errors.iter().any(|error| error.unknown.as_ref().is_some_and(lost)) {
            errors.retain(|error| error.unknown.is_some());
        }
        errors.retain(|error| !error.unknown.as_ref().is_some_and(|unknown| self.may_exist(unknown)));
        for RuleError { span, message, advice, .. } in errors {
            let correction = correction.take();
            self.add(Problem { place: place.to_owned(), span: Some(span), message, advice, correction });
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

    /// Reports rules that the standard design breaks; those that are about something faulty are not judged.
    fn standard_design(&mut self, product: &Product) {
        for (index, rule) in product.rules.iter().enumerate() {
            let mut known = true;
            for id in product.behind(&rule.condition) {
                known &= self.values_are_known(id, product.attribute(id))
                    && !STANDARD.iter().any(|field| self.in_doubt(id, field));
            }
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
        let most = self.most_amount();
        let mut report = |place: String, fields: &[&str]| {
            if !fields.iter().any(|field| self.faulty.touch(&format!("{place}.{field}"))) {
                let advice = format!("Use at most {most} in all: a smaller factor or range.");
                self.report(format!("{place}.{}", fields[0]), "this can come to too large an amount", advice);
            }
        };
        for (index, attribute) in product.attributes.iter().enumerate() {
            if !is_amount(attribute.kind.farthest_own_price()) {
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

    fn product(&mut self, source: &Source) -> Product {
        let currency = self.head(source);
        self.lists(source);
        let per_deviation = source.budget.as_ref().map_or(1, |budget| budget.per_deviation);
        let written = source.attributes.iter().enumerate();
        let mut attributes: Vec<Attribute> = written
            .map(|(index, attribute)| {
                self.attribute(&format!("attributes.{index}"), attribute, source, per_deviation)
            })
            .collect();
        self.empty_steps(source);
        self.applying(source, &mut attributes);
        let initial = attributes.iter().zip(&source.attributes).enumerate();
        let initial = initial
            .map(|(index, (attribute, written))| {
                self.standard(AttributeId::new(index), attribute, &written.standard)
            })
            .collect();
        let rules = self.rules(source, &attributes);
        let prices = self.prices(source, &attributes);
        let (tiers, no_returns) = (self.tiers(source), self.no_returns(source, &attributes));
        let uses = self.uses(source, &attributes);
        let layers = source.layers.iter().enumerate();
        let layers =
            layers.map(|(index, layer)| self.layer(&format!("layers.{index}"), layer, &attributes)).collect();
        let step = |step: &StepSource| Step { code: step.code.clone(), label: step.label.clone() };
        let initial = Design::new(initial);
        let mut product = Product {
            name: source.name.clone(),
            summary: source.summary.clone(),
            description: source.description.clone(),
            language: source.language.clone(),
            currency,
            base_price: source.base_price,
            lead_time_days: source.lead_time_days,
            uses,
            benefits: self.benefits(source),
            budget: source.budget.as_ref().map(|budget| Budget { ceiling: budget.ceiling }),
            picture: source.picture,
            steps: source.steps.iter().map(step).collect(),
            attributes,
            rules,
            prices,
            tiers,
            no_returns,
            layers,
            designs: Vec::new(),
            standard: initial.clone(),
            initial,
            words: words::of(&source.language),
        };
        product.standard = product.fitted(product.standard.clone());
        product
    }

    /// Gives attributes the conditions by which they apply. One that leads back to itself is left out.
    fn applying(&mut self, source: &Source, attributes: &mut [Attribute]) {
        for (index, written) in source.attributes.iter().enumerate() {
            if let Some(text) = &written.applies {
                let place = format!("attributes.{index}.applies");
                let known = self.problems.len();
                let condition = self.condition(&place, text, attributes);
                let is_read = known == self.problems.len() && !self.faulty.cover(&place);
                attributes[index].applies = is_read.then_some(condition);
            }
        }
        while let Some(circle) = circle(attributes) {
            let first = circle.iter().min().map_or(0, |id| id.index());
            let codes: Vec<&str> =
                circle.iter().map(|id| source.attributes[id.index()].code.as_str()).collect();
            let message = match codes[..] {
                [own] => format!("'{own}' applies by itself"),
                _ => format!("these attributes apply by each other in a circle: {}", codes.join(", ")),
            };
            let advice = "Let one of them apply by attributes outside the circle, or always.";
            self.report(format!("attributes.{first}.applies"), message, advice);
            attributes[first].applies = None;
        }
    }

    /// What is said of the product as a whole. Returns its currency, none where that can't be read.
    fn head(&mut self, source: &Source) -> Currency {
        self.currency = Currency::new(&source.currency);
        self.filled("name", &source.name);
        self.filled("summary", &source.summary);
        self.amount("base_price", source.base_price);
        self.at_most("lead_time_days", source.lead_time_days, MOST_DAYS);
        for (at, code) in source.meant.iter().enumerate().filter(|(_, code)| !Gap::is_of_product(code)) {
            let advice = nearest(code, Gap::OF_PRODUCT.into_iter().map(Gap::code));
            self.report(format!("meant.{at}"), format!("nothing is called '{code}'"), advice);
        }
        if let Some(budget) = &source.budget {
            self.at_most("budget.ceiling", budget.ceiling, MOST_POINTS);
            self.at_most("budget.per_deviation", budget.per_deviation, MOST_POINTS);
        }
        self.length("steps", source.steps.len(), MOST_ENTRIES);
        self.length("attributes", source.attributes.len(), MOST_ENTRIES);
        self.length("rules", source.rules.len(), MOST_ENTRIES);
        self.length("prices", source.prices.len(), MOST_ENTRIES);
        self.length("tiers", source.tiers.len(), MOST_ENTRIES);
        self.length("no_returns", source.no_returns.len(), MOST_ENTRIES);
        self.length("layers", source.layers.len(), MOST_ENTRIES);
        let currency = self.currency;
        if currency.is_none() {
            let advice = "Use the three capital letters of ISO 4217, such as EUR.";
            self.report("currency", format!("'{}' is no currency", source.currency), advice);
        }
        for (axis, &size) in source.picture.iter().enumerate() {
            if !(1..=10_000).contains(&size) {
                let place = format!("picture.{axis}");
                self.report(place, "the picture's size is out of bounds", "Use 1 to 10000.");
            }
        }
        currency.unwrap_or(Currency::NONE)
    }

    /// The codes of steps, attributes and rules.
    fn lists(&mut self, source: &Source) {
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
    }

    fn rules(&mut self, source: &Source, attributes: &[Attribute]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (index, rule) in source.rules.iter().enumerate() {
            let (place, known) = (format!("rules.{index}.rule"), self.problems.len());
            let condition = self.condition(&place, &rule.rule, attributes);
            let is_read = known == self.problems.len() && !self.faulty.cover(&place);
            let sentence = match (rule.sentence.trim().is_empty(), is_read) {
                (false, _) => rule.sentence.clone(),
                (true, true) => said(&condition, attributes, &source.language),
                (true, false) => rule.rule.clone(),
            };
            rules.push(Rule { code: rule.code.clone(), sentence, condition });
        }
        rules
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

    fn benefits(&mut self, source: &Source) -> Vec<Benefit> {
        self.length("benefits", source.benefits.len(), MOST_BENEFITS);
        self.codes("benefits", source.benefits.iter().map(|benefit| benefit.code.as_str()));
        for (index, benefit) in source.benefits.iter().enumerate() {
            self.filled(&format!("benefits.{index}.label"), &benefit.label);
        }
        self.named_benefits(source);
        let benefit = |BenefitSource { code, label }: &BenefitSource| Benefit {
            code: code.clone(),
            label: label.clone(),
        };
        source.benefits.iter().map(benefit).collect()
    }

    /// Options serve benefits that the product names, where it names any.
    fn named_benefits(&mut self, source: &Source) {
        if source.benefits.is_empty() || self.faulty.touch("benefits.*.code") {
            return;
        }
        let codes = || source.benefits.iter().map(|benefit| benefit.code.as_str());
        for (at, attribute) in source.attributes.iter().enumerate() {
            for (option, written) in attribute.options.iter().enumerate() {
                let unknown = written.benefits.keys().filter(|code| codes().all(|known| known != *code));
                for code in unknown {
                    self.report(
                        format!("attributes.{at}.options.{option}.benefits.{code}"),
                        format!("there is no benefit '{code}'"),
                        nearest(code, codes()),
                    );
                }
            }
        }
    }

    fn condition(&mut self, place: &str, text: &str, attributes: &[Attribute]) -> Condition {
        parse_condition(text, attributes).unwrap_or_else(|errors| {
            let spelt = if place.starts_with("rules.") { spelling::condition } else { spelling::when };
            self.rule_errors(place, errors, || spelt(text, attributes));
            Condition::Compare(Number::Constant(0), Comparison::Equal, Number::Constant(0))
        })
    }

    fn expression(&mut self, place: &str, text: &str, attributes: &[Attribute]) -> Number {
        parse_number(text, attributes).unwrap_or_else(|errors| {
            self.rule_errors(place, errors, || spelling::number(text, attributes));
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
}

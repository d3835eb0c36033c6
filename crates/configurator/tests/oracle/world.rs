//! Small random products with every design they have, judged one by one.

use configurator::source::{
    AttributeSource, BudgetSource, KindSource, OptionSource, PriceSource, RuleSource, Source, StepSource,
    ValueSource,
};
use configurator::{AttributeId, Choices, Configured, Design, Kind, OptionId, OptionSet, Product, Value};
use engine::cnf::Limits as ClauseLimits;
use engine::compile::Limits;
use engine::effort::Patience;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

use crate::judge::{Formula, Term, attribute_code, chosen, has_options, option_code};

/// A text that is no standard: what a shopper might type.
pub const TYPED: &str = "えい";
/// Most designs of a product, so that judging all of them stays quick.
const MOST_DESIGNS: usize = 1_200;
const PROPERTIES: [&str; 4] = ["size", "price", "weight", "lead_time_days"];

/// How many cases and which: the same for everybody, unless `PROPTEST_CASES` or `ORACLE_SEED` ask for others. What is rare is
/// looked for by longer runs.
pub fn config() -> ProptestConfig {
    let seed = std::env::var("ORACLE_SEED").map_or(0, |seed| seed.parse().expect("a whole number as seed"));
    let config = ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config
    } else {
        ProptestConfig { cases: 256, ..config }
    }
}

/// Random decisions, read off a list of numbers that proptest makes and shrinks; zeros when it is used up.
pub struct Tape<'t>(std::slice::Iter<'t, u16>);

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u16]) -> Self {
        Self(numbers.iter())
    }

    /// A number below `bound`; 0 for an empty choice.
    pub fn pick(&mut self, bound: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % bound.max(1)
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.pick(usize::try_from(high - low + 1).unwrap()) as i64
    }

    /// True once in `times`; never when the tape is used up.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.pick(times) == times - 1
    }

    pub fn of<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.pick(list.len()))
    }
}

/// A design with the judge's verdict.
pub struct Judged {
    pub values: Vec<Value>,
    /// Whether every value is one a shopper could enter: a multi-choice keeps its bounds.
    pub bounded: bool,
    /// Whether it is bounded, available, and standard where the attribute is locked.
    pub formed: bool,
    /// The rules it breaks.
    pub broken: Vec<usize>,
    pub points: u64,
    pub valid: bool,
}

/// What answers for a product. All answer alike.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    Diagram,
    /// For products too large for a diagram.
    Solver(Patience),
}

/// A product and everything there is to know about it.
pub struct World {
    pub engine: Engine,
    pub source: Source,
    pub product: Configured,
    pub ids: Vec<AttributeId>,
    /// The conditions of the rules.
    pub rules: Vec<Formula>,
    /// The conditions of the prices, and what they multiply with.
    pub prices: Vec<(Option<Formula>, Option<Term>)>,
    /// As written: also what an attribute starts with that comes to apply.
    pub standard: Vec<Value>,
    /// By which condition each attribute applies; they mention those before it.
    pub applies: Vec<Option<Formula>>,
    /// Every design over the texts: none, the standard's and [`TYPED`].
    pub designs: Vec<Judged>,
}

impl World {
    /// A world from a tape, and what answers for its product.
    pub fn new(tape: &mut Tape, engine: Engine) -> Self {
        let mut source = plain(attributes(tape));
        let product = check(&source);
        let applies = applies(tape, &mut source, &product);
        let attributes = source.attributes.clone();
        let ids: Vec<AttributeId> = product.ids().map(|(id, _)| id).collect();
        let standard: Vec<Value> = ids.iter().map(|&id| product.initial(id).clone()).collect();
        let valid_standard = fitted(&attributes, &applies, &standard);
        let domains: Vec<Vec<Value>> = ids.iter().map(|&id| domain(&product, id)).collect();
        let budget = tape.one_in(3).then(|| BudgetSource {
            ceiling: u32::try_from(tape.pick(7)).unwrap(),
            per_deviation: u32::try_from(tape.pick(4)).unwrap(),
        });
        let rules: Vec<Formula> = (0..tape.pick(6))
            .map(|_| {
                let formula = formula(tape, &attributes, &valid_standard, 3);
                // The standard has to be valid: what it breaks is turned round.
                if formula.holds(&attributes, &valid_standard) {
                    formula
                } else {
                    Formula::Not(Box::new(formula))
                }
            })
            .collect();
        let prices: Vec<(Option<Formula>, Option<Term>)> = (0..tape.pick(4))
            .map(|_| {
                let when = (!tape.one_in(3)).then(|| formula(tape, &attributes, &standard, 2));
                let each = tape.one_in(2).then(|| term(tape, &attributes, 2));
                (when, each)
            })
            .collect();
        source.base_price = tape.between(0, 5_000);
        source.budget = budget;
        source.rules = rules
            .iter()
            .enumerate()
            .map(|(index, rule)| RuleSource {
                code: format!("r{index}"),
                rule: rule.text(),
                sentence: format!("Rule {index} says so."),
            })
            .collect();
        source.prices = prices
            .iter()
            .enumerate()
            .map(|(index, (when, each))| PriceSource {
                label: format!("Price {index}"),
                when: when.as_ref().map(Formula::text),
                amount: tape.between(-300, 300),
                each: each.as_ref().map(Term::text),
                per: tape.between(1, 7),
            })
            .collect();
        let product = check(&source);
        let product = match engine {
            Engine::Diagram => Configured::compiled(product, Limits::default()).unwrap(),
            Engine::Solver(patience) => {
                Configured::solved(product, &ClauseLimits::default(), patience).unwrap()
            }
        };
        let mut world =
            Self { engine, source, product, ids, rules, prices, standard, applies, designs: Vec::new() };
        let mut designs: Vec<Vec<Value>> =
            combinations(&domains).iter().map(|values| world.fitted(values)).collect();
        // What doesn't apply makes no two designs of one.
        let mut seen = std::collections::HashSet::new();
        designs.retain(|values| seen.insert(values.clone()));
        world.designs = designs.into_iter().map(|values| world.judge(values)).collect();
        world
    }

    fn judge(&self, values: Vec<Value>) -> Judged {
        let attributes = &self.source.attributes;
        let rows = || attributes.iter().zip(&values).zip(&self.standard);
        let bounded = rows().all(|((attribute, value), _)| match value {
            Value::Options(set) => {
                let (count, all) = (set.iter().count() as i64, attribute.options.len() as i64);
                (attribute.min.unwrap_or(0)..=attribute.max.unwrap_or(all)).contains(&count)
            }
            _ => true,
        });
        let formed = bounded
            && rows().all(|((attribute, value), standard)| {
                (!attribute.locked || value == standard || *value == Value::Absent)
                    && chosen(attribute, value).all(|option| option.available)
            });
        let broken: Vec<usize> =
            (0..self.rules.len()).filter(|&index| !self.rules[index].holds(attributes, &values)).collect();
        let points = self.points(&values);
        let valid = formed && broken.is_empty() && points <= self.ceiling();
        Judged { values, bounded, formed, broken, points, valid }
    }

    pub fn ceiling(&self) -> u64 {
        self.source.budget.as_ref().map_or(u64::MAX, |budget| u64::from(budget.ceiling))
    }

    /// The points of a design, option by option for a multi-choice. What is left off costs none.
    pub fn points(&self, values: &[Value]) -> u64 {
        let usual = self.source.budget.as_ref().map_or(1, |budget| budget.per_deviation);
        let of = |points: Option<u32>| u64::from(points.unwrap_or(usual));
        let rows = self.source.attributes.iter().zip(values).zip(&self.standard);
        rows.map(|((attribute, value), standard)| {
            if value == standard || *value == Value::Absent {
                0
            } else if attribute.kind == KindSource::Choice {
                chosen(attribute, value).map(|option| of(option.points)).sum()
            } else if attribute.kind == KindSource::MultiChoice {
                let has = |value: &Value, option: &OptionSource| {
                    chosen(attribute, value).any(|other| other.code == option.code)
                };
                let differing =
                    attribute.options.iter().filter(|option| has(value, option) && !has(standard, option));
                differing.map(|option| of(option.points)).sum()
            } else if *value == Value::Text(String::new()) {
                0
            } else {
                of(attribute.points)
            }
        })
        .sum()
    }

    /// The total of a design in minor units.
    pub fn total(&self, values: &[Value]) -> i64 {
        let attributes = &self.source.attributes;
        let rows = attributes.iter().zip(values);
        let own = rows.map(|(attribute, value)| match value {
            Value::Number(number) => attribute.price.unwrap_or(0) * (number - attribute.min.unwrap()),
            Value::Text(text) if text.is_empty() => 0,
            Value::Text(_) => attribute.price.unwrap_or(0),
            _ => chosen(attribute, value).map(|option| option.price).sum(),
        });
        let extra = self.source.prices.iter().zip(&self.prices).map(|(price, (when, each))| {
            if when.as_ref().is_some_and(|when| !when.holds(attributes, values)) {
                return 0;
            }
            let product = price.amount * each.as_ref().map_or(1, |each| each.value(attributes, values));
            // Half away from zero: half a divisor is added on the product's own side before cutting off.
            (2 * product + product.signum() * price.per) / (2 * price.per)
        });
        self.source.base_price + own.sum::<i64>() + extra.sum::<i64>()
    }

    pub fn design(&self, values: &[Value]) -> Design {
        self.ids
            .iter()
            .zip(values)
            .fold(self.product.standard().clone(), |design, (&id, value)| design.with(id, value.clone()))
    }

    pub fn values(&self, design: &Design) -> Vec<Value> {
        self.ids.iter().map(|&id| design.value(id).clone()).collect()
    }

    /// The choices that are in force. Where one is not, no design with the others has its attribute.
    pub fn in_force(&self, choices: &Choices, wanted: Option<AttributeId>) -> Choices {
        let found = self.product.in_force(choices, wanted).into_owned();
        for (id, value) in choices.iter() {
            if let Some(kept) = found.get(id) {
                assert_eq!(kept, value);
                continue;
            }
            assert!(wanted != Some(id));
            let mut with = self.designs.iter().filter(|judged| judged.formed && self.has(judged, &found));
            assert!(
                with.all(|judged| judged.values[id.index()] == Value::Absent),
                "{id:?} {:#?}",
                self.source
            );
        }
        found
    }

    /// Whether a design has all of these choices.
    fn has(&self, judged: &Judged, choices: &Choices) -> bool {
        choices.iter().all(|(id, value)| judged.values[id.index()] == *value)
    }

    /// Whether a design has these choices, all of them in force, and, where a text is not chosen, one of the texts a search knows: none, the
    /// standard's or the reference's.
    pub fn keeps(&self, judged: &Judged, choices: &Choices, reference: &[Value]) -> bool {
        (0..self.ids.len()).all(|index| match (choices.get(self.ids[index]), &judged.values[index]) {
            (Some(chosen), value) => chosen == value,
            (None, Value::Text(text)) => {
                text.is_empty()
                    || judged.values[index] == self.standard[index]
                    || judged.values[index] == reference[index]
            }
            (None, _) => true,
        })
    }

    /// The valid designs that have these choices.
    pub fn valid<'w>(
        &'w self,
        choices: &'w Choices,
        reference: &'w [Value],
    ) -> impl Iterator<Item = &'w Judged> {
        self.designs.iter().filter(|judged| judged.valid && self.keeps(judged, choices, reference))
    }

    pub fn possible(&self, choices: &Choices, reference: &[Value]) -> bool {
        self.valid(choices, reference).next().is_some()
    }

    /// The same as far as choices are in force, with what is wanted.
    pub fn possible_with(&self, wanted: Option<AttributeId>, choices: &Choices, reference: &[Value]) -> bool {
        self.possible(&self.in_force(choices, wanted), reference)
    }

    /// The values of an attribute that are possible beside the choices for others, as far as these are in force with them.
    pub fn left(&self, attribute: usize, others: &Choices, reference: &[Value]) -> Vec<Value> {
        let id = self.ids[attribute];
        let mut values: Vec<Value> =
            self.designs.iter().map(|judged| judged.values[attribute].clone()).collect();
        values.retain(|value| *value != Value::Absent);
        values.sort_by_key(|value| format!("{value:?}"));
        values.dedup();
        values
            .retain(|value| self.possible_with(Some(id), &others.clone().with(id, value.clone()), reference));
        values
    }

    /// Whether it depends on this attribute which choices are in force.
    pub fn decides(&self, attribute: usize, choices: &Choices) -> bool {
        let mentions = |formula: &Formula| formula.text().contains(&attribute_code(attribute));
        let chosen = choices.iter().filter_map(|(id, _)| self.applies[id.index()].as_ref());
        // One that applies by it may lead to others.
        chosen.count() > 0 && self.applies.iter().flatten().any(mentions)
    }

    /// Whether every attribute always applies.
    pub fn is_whole(&self) -> bool {
        self.applies.iter().all(Option::is_none)
    }

    /// These values without those of attributes that don't apply, and with what others start with.
    pub fn fitted(&self, values: &[Value]) -> Vec<Value> {
        let usual = values.iter().zip(&self.standard).map(|(value, initial)| match value {
            Value::Absent => initial.clone(),
            value => value.clone(),
        });
        fitted(&self.source.attributes, &self.applies, &usual.collect::<Vec<_>>())
    }

    /// How far an attribute's value is from what a reference has there.
    pub fn departure(&self, value: &Value, index: usize, reference: &[Value], there: &[Value]) -> u64 {
        match (value, &reference[index]) {
            (Value::Absent, _) if there[index] == Value::Absent => 0,
            // A set departs from each option that it had.
            (Value::Absent, usual) => {
                match if *usual == Value::Absent { &self.standard[index] } else { usual } {
                    Value::Options(set) => set.iter().count() as u64,
                    _ => 1,
                }
            }
            (value, Value::Absent) => differences(value, &self.standard[index]),
            (value, usual) => differences(value, usual),
        }
    }

    /// The same as it counts where nobody chose the value: in an attribute that is moved last as much as in 64 others.
    pub fn moved(&self, value: &Value, index: usize, reference: &[Value], there: &[Value]) -> u64 {
        let weight = if self.source.attributes[index].moved_last { 64 } else { 1 };
        weight * self.departure(value, index, reference, there)
    }

    /// Some choices: usually taken from a valid design, sometimes from any.
    pub fn choices(&self, tape: &mut Tape) -> Choices {
        let any = tape.one_in(4);
        let designs: Vec<&Judged> =
            self.designs.iter().filter(|judged| judged.bounded && (any || judged.valid)).collect();
        let base = tape.of(&designs).unwrap();
        let mut choices = Choices::new();
        for (&id, value) in self.ids.iter().zip(&base.values) {
            if tape.one_in(2) {
                // Some of those that wait for their attribute to apply.
                let is_absent = *value == Value::Absent;
                let value = if is_absent { self.value(tape, id.index()) } else { value.clone() };
                choices = choices.with(id, value);
            }
        }
        choices
    }

    /// Some defaults: often the standard, sometimes a valid design, sometimes one that became invalid.
    pub fn defaults(&self, tape: &mut Tape) -> Vec<Value> {
        if !tape.one_in(2) {
            return self.standard.clone();
        }
        let any = tape.one_in(2);
        let designs: Vec<&Judged> = self.designs.iter().filter(|judged| any || judged.valid).collect();
        tape.of(&designs).unwrap().values.clone()
    }

    /// Some value that an attribute takes.
    pub fn value(&self, tape: &mut Tape, attribute: usize) -> Value {
        let there = |judged: &&Judged| judged.bounded && judged.values[attribute] != Value::Absent;
        let bounded: Vec<&Judged> = self.designs.iter().filter(there).collect();
        tape.of(&bounded).map_or(&self.standard[attribute], |judged| &judged.values[attribute]).clone()
    }
}

/// In how many places two values differ: options one by one in a multi-choice.
pub fn differences(value: &Value, other: &Value) -> u64 {
    match (value, other) {
        (Value::Options(one), Value::Options(two)) => {
            let only = |one: &OptionSet, two: &OptionSet| {
                one.iter().filter(|option| !two.iter().any(|other| other == *option)).count() as u64
            };
            only(one, two) + only(two, one)
        }
        _ => u64::from(value != other),
    }
}

fn check(source: &Source) -> Product {
    Product::check(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source:#?}"))
}

/// A product of these attributes without rules, prices and budget.
fn plain(attributes: Vec<AttributeSource>) -> Source {
    Source {
        name: "Thing".to_owned(),
        summary: "A thing.".to_owned(),
        description: String::new(),
        search_words: String::new(),
        language: "en".to_owned(),
        currency: "EUR".to_owned(),
        base_price: 0,
        lead_time_days: 3,
        uses: None,
        budget: None,
        picture: [100, 100],
        steps: vec![StepSource { code: "all".to_owned(), label: "All".to_owned() }],
        attributes,
        rules: Vec::new(),
        prices: Vec::new(),
        tiers: Vec::new(),
        no_returns: Vec::new(),
        layers: Vec::new(),
        benefits: Vec::new(),
        designs: Vec::new(),
        tests: Vec::new(),
        meant: Vec::new(),
        translations: std::collections::BTreeMap::new(),
    }
}

/// Conditions by which some attributes apply.
fn applies(tape: &mut Tape, source: &mut Source, product: &Product) -> Vec<Option<Formula>> {
    let standard: Vec<Value> = product.ids().map(|(id, _)| product.initial(id).clone()).collect();
    let mut found = vec![None; source.attributes.len()];
    for index in 1..found.len() {
        if tape.one_in(3) {
            let before = &source.attributes[..index];
            let effective = fitted(before, &found[..index], &standard[..index]);
            let formula = formula(tape, before, &effective, 2);
            // A sum is over all attributes, itself included.
            found[index] = Some(formula).filter(|formula| !formula.text().contains("sum("));
            source.attributes[index].applies = found[index].as_ref().map(Formula::text);
        }
    }
    found
}

fn fitted(attributes: &[AttributeSource], applies: &[Option<Formula>], values: &[Value]) -> Vec<Value> {
    let mut values = values.to_vec();
    for index in 0..values.len() {
        if applies[index].as_ref().is_some_and(|applies| !applies.holds(attributes, &values)) {
            values[index] = Value::Absent;
        }
    }
    values
}

fn attributes(tape: &mut Tape) -> Vec<AttributeSource> {
    let wanted = 2 + tape.pick(4);
    let mut attributes = Vec::new();
    let mut designs = 1;
    for index in 0..wanted {
        let (attribute, values) = attribute(tape, index);
        if designs * values > MOST_DESIGNS {
            break;
        }
        designs *= values;
        attributes.push(attribute);
    }
    attributes
}

/// An attribute and how many values it has.
fn attribute(tape: &mut Tape, index: usize) -> (AttributeSource, usize) {
    let kinds = [
        KindSource::Choice,
        KindSource::MultiChoice,
        KindSource::Choice,
        KindSource::Number,
        KindSource::MultiChoice,
        KindSource::Text,
    ];
    let mut attribute = AttributeSource {
        code: attribute_code(index),
        step: "all".to_owned(),
        label: attribute_code(index).to_uppercase(),
        help: String::new(),
        kind: kinds[tape.pick(kinds.len())],
        standard: ValueSource::Number(0),
        locked: tape.one_in(10),
        moved_last: tape.one_in(5),
        successors: std::collections::BTreeMap::new(),
        applies: None,
        options: Vec::new(),
        min: None,
        max: None,
        step_size: None,
        unit: None,
        price: None,
        points: None,
        max_length: None,
        allowed: None,
    };
    let values = match attribute.kind {
        KindSource::Choice => {
            let count = 2 + tape.pick(3);
            attribute.options = options(tape, index, count);
            let available: Vec<usize> = available(&attribute);
            let standard = tape.of(&available).unwrap();
            attribute.standard = ValueSource::Text(option_code(index, *standard));
            attribute.options.len()
        }
        KindSource::MultiChoice => {
            let count = 1 + tape.pick(4);
            attribute.options = options(tape, index, count);
            let available: Vec<usize> = available(&attribute);
            let standard: Vec<usize> = available.into_iter().filter(|_| tape.one_in(2)).collect();
            let (size, all) = (standard.len() as i64, attribute.options.len() as i64);
            attribute.standard =
                ValueSource::List(standard.iter().map(|&option| option_code(index, option)).collect());
            attribute.min = tape.one_in(2).then(|| tape.between(0, size));
            attribute.max = tape.one_in(2).then(|| tape.between(size, all));
            1 << attribute.options.len()
        }
        KindSource::Number => {
            let (min, step, steps) = (tape.between(-4, 4), tape.between(1, 3), tape.between(0, 5));
            attribute.min = Some(min);
            attribute.max = Some(min + step * steps);
            attribute.step_size = (step != 1).then_some(step);
            attribute.standard = ValueSource::Number(min + step * tape.between(0, steps));
            usize::try_from(steps + 1).unwrap()
        }
        KindSource::Text => {
            let standard = if tape.one_in(3) { "あお" } else { "" };
            attribute.standard = ValueSource::Text(standard.to_owned());
            attribute.max_length = Some(8);
            attribute.allowed = tape.one_in(2).then(|| "あ-ん".to_owned());
            3
        }
    };
    if !has_options(attribute.kind) {
        attribute.price = tape.one_in(2).then(|| tape.between(-200, 200));
        attribute.points = tape.one_in(2).then(|| u32::try_from(tape.pick(4)).unwrap());
    }
    (attribute, values)
}

fn available(attribute: &AttributeSource) -> Vec<usize> {
    (0..attribute.options.len()).filter(|&index| attribute.options[index].available).collect()
}

fn options(tape: &mut Tape, attribute: usize, count: usize) -> Vec<OptionSource> {
    let mut options: Vec<OptionSource> = (0..count)
        .map(|index| OptionSource {
            code: option_code(attribute, index),
            label: option_code(attribute, index).to_uppercase(),
            price: if tape.one_in(2) { tape.between(-200, 900) } else { 0 },
            lead_time_days: u32::try_from(tape.pick(4)).unwrap(),
            weight: tape.between(0, 9),
            points: tape.one_in(2).then(|| u32::try_from(tape.pick(4)).unwrap()),
            available: !tape.one_in(7),
            values: if tape.one_in(2) {
                [("size".to_owned(), tape.between(-5, 10))].into()
            } else {
                std::collections::BTreeMap::new()
            },
            ..OptionSource::default()
        })
        .collect();
    // Something has to be left for the standard.
    options[0].available |= options.iter().all(|option| !option.available);
    options
}

/// Every value of an attribute, also those that are out of bounds or not available.
fn domain(product: &Product, id: AttributeId) -> Vec<Value> {
    let attribute = product.attribute(id);
    let options: Vec<OptionId> = attribute.option_ids().map(|(option, _)| option).collect();
    match (&attribute.kind, product.initial(id)) {
        (Kind::Choice { .. }, _) => options.into_iter().map(Value::Option).collect(),
        (Kind::MultiChoice { .. }, _) => (0..1_usize << options.len())
            .map(|bits| {
                let members = options.iter().copied().filter(|option| bits >> option.index() & 1 == 1);
                Value::Options(members.collect())
            })
            .collect(),
        (Kind::Number { min, max, step, .. }, _) => {
            let (min, max, step) = (*min, *max, *step);
            (min..=max).filter(|number| (number - min) % step == 0).map(Value::Number).collect()
        }
        (Kind::Text { .. }, standard) => {
            let mut texts = vec![Value::Text(String::new()), Value::Text(TYPED.to_owned())];
            if !texts.contains(standard) {
                texts.push(standard.clone());
            }
            texts
        }
    }
}

fn combinations(domains: &[Vec<Value>]) -> Vec<Vec<Value>> {
    domains.iter().fold(vec![Vec::new()], |designs, domain| {
        let grown = designs.iter().flat_map(|design| {
            domain.iter().map(|value| design.iter().chain([value]).cloned().collect::<Vec<Value>>())
        });
        grown.collect()
    })
}

pub fn formula(tape: &mut Tape, attributes: &[AttributeSource], standard: &[Value], depth: usize) -> Formula {
    if depth > 0 && tape.one_in(2) {
        let left = Box::new(formula(tape, attributes, standard, depth - 1));
        if tape.one_in(5) {
            return Formula::Not(left);
        }
        let word = ["implies", "and", "or", "iff"][tape.pick(4)];
        return Formula::Pair(left, word, Box::new(formula(tape, attributes, standard, depth - 1)));
    }
    let attribute = tape.pick(attributes.len());
    let count = attributes[attribute].options.len();
    match attributes[attribute].kind {
        KindSource::Choice if !tape.one_in(4) => {
            let mut options: Vec<usize> = (0..count).filter(|_| tape.one_in(3)).collect();
            if options.is_empty() {
                options.push(tape.pick(count));
            }
            Formula::In { attribute, options, negated: tape.one_in(3) }
        }
        KindSource::MultiChoice if !tape.one_in(3) => Formula::Has(attribute, tape.pick(count)),
        KindSource::Text => Formula::Filled(attribute),
        _ => {
            let left = term(tape, attributes, 2);
            let sign = ["<=", ">=", "=", "!=", "<", ">"][tape.pick(6)];
            let right = if tape.one_in(3) {
                term(tape, attributes, 1)
            } else {
                // Near the standard, so that it divides the designs.
                Term::Constant(left.value(attributes, standard) + tape.between(-3, 3))
            };
            Formula::Compare(left, sign, right)
        }
    }
}

fn term(tape: &mut Tape, attributes: &[AttributeSource], depth: usize) -> Term {
    if depth > 0 && tape.one_in(3) {
        let left = Box::new(term(tape, attributes, depth - 1));
        return match tape.pick(5) {
            0 => Term::Quotient(left, [2, 3, -2, 7][tape.pick(4)]),
            1 => Term::Negative(left),
            sign => Term::Pair(left, ['+', '-', '*'][sign - 2], Box::new(term(tape, attributes, depth - 1))),
        };
    }
    let known = |attribute: &AttributeSource, name: &str| {
        let own = attribute.options.iter().any(|option| option.values.contains_key(name));
        !attribute.options.is_empty() && (name != "size" || own)
    };
    let name = PROPERTIES[tape.pick(PROPERTIES.len())];
    if tape.one_in(5) {
        return if attributes.iter().any(|attribute| known(attribute, name)) {
            Term::Sum(name)
        } else {
            Term::Constant(tape.between(-5, 9))
        };
    }
    let index = tape.pick(attributes.len());
    let attribute = &attributes[index];
    match attribute.kind {
        KindSource::Number => Term::Number(index),
        KindSource::MultiChoice if tape.one_in(2) => Term::Count(index),
        _ if known(attribute, name) => Term::Property(index, name),
        _ => Term::Constant(tape.between(-5, 9)),
    }
}

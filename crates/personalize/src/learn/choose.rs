//! Which models a product's own orders speak for: candidates are tried on orders that they had not seen, the best of each
//! family is blended with the others, and what weighs nearly nothing is left out.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::bayes::NaiveBayes;
use super::blend::{Blend, Said, fitted, likelihood, logarithms};
use super::classes::Classes;
use super::neighbours::Neighbours;
use super::popularity::Popularity;
use super::tree::Tree;
use super::{Cell, Columns, Model, most_probable};

/// How much more probable the mean answer has to be, in nats, for a model to know the optional columns.
const LEAST_GAIN: f64 = 0.002;
/// Models that weigh less in a blend are left out.
const LEAST_WEIGHT: f64 = 0.05;

/// Orders, equal ones counted.
pub type Orders = [(Vec<Cell>, u32)];

/// Makes a model of orders, with a seed.
type Fit = Box<dyn Fn(&Columns, &Orders, u64) -> Box<dyn Model> + Send + Sync>;

/// A model that could be chosen.
pub struct Candidate {
    /// Of candidates of one family the best one is taken.
    pub family: &'static str,
    /// What it is called among its family.
    pub name: String,
    /// Makes it.
    pub fit: Fit,
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.name)
    }
}

/// How candidates are tried.
#[derive(Clone, Debug)]
pub struct Trials {
    /// Where chance comes from.
    pub seed: u64,
    /// Into how many parts the orders are divided; a candidate learns from all but one and is asked about that one.
    pub parts: usize,
    /// How many of the parts are asked about, at least one.
    pub asked: usize,
    /// Most questions in all.
    pub questions: usize,
    /// Columns that are always known and never asked about, such as what the shopper stated.
    pub given: Vec<usize>,
    /// The first of the columns that candidates may do without: each is tried with them and without them.
    pub optional: Option<usize>,
}

impl Trials {
    /// What does for this many orders: the fewer there are, the more parts are asked about.
    #[must_use]
    pub fn of(orders: usize, seed: u64) -> Self {
        let asked = if orders < 2_000 { 5 } else { 1 };
        let parts = if orders < 2_000 { 5 } else { 10 };
        Self { seed, parts, asked, questions: 4_000, given: Vec::new(), optional: None }
    }
}

/// How well a candidate did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The candidate's name.
    pub name: String,
    /// The mean natural logarithm of the probability it gave to what was ordered.
    pub likelihood: f64,
    /// In which share of the questions its most probable value was what was ordered.
    pub accuracy: f64,
    /// What it weighs in the blend; 0 when it is no part of it.
    pub weight: f64,
}

/// What was chosen.
#[derive(Debug)]
pub struct Choice {
    /// The models, made of all orders.
    pub model: Blend,
    /// How each candidate did, in their order.
    pub trials: Vec<Trial>,
    /// The mean logarithm that the blend reached in the trials.
    pub likelihood: f64,
    /// Whether a model that knows the optional columns is part of it.
    pub uses_optional: bool,
}

/// A candidate with the columns that it knows.
struct Variant<'c> {
    candidate: &'c Candidate,
    columns: Columns,
    name: String,
}

/// Each candidate, first without the optional columns and then, where there are any, with them.
fn variants<'c>(columns: &Columns, candidates: &'c [Candidate], optional: Option<usize>) -> Vec<Variant<'c>> {
    let plain = optional.map_or_else(|| columns.clone(), |first| columns.first(first));
    let without = candidates.iter().map(|candidate| Variant {
        candidate,
        columns: plain.clone(),
        name: candidate.name.clone(),
    });
    let with = candidates.iter().filter(|_| optional.is_some()).map(|candidate| Variant {
        candidate,
        columns: columns.clone(),
        name: format!("{}, by who asks", candidate.name),
    });
    without.chain(with).collect()
}

/// The candidates that a product starts with: popularity, naive Bayes, a tree, neighbours that differ in how fast votes fade, and
/// classes that differ in their number.
#[must_use]
pub fn candidates() -> Vec<Candidate> {
    fn counted(mut model: impl Model + 'static, orders: &Orders) -> Box<dyn Model> {
        orders.iter().for_each(|(row, times)| model.learn(row, *times));
        Box::new(model)
    }
    let mut found = vec![
        Candidate {
            family: "popularity",
            name: "popularity".to_owned(),
            fit: Box::new(|columns, orders, _| counted(Popularity::new(columns), orders)),
        },
        Candidate {
            family: "naive Bayes",
            name: "naive Bayes".to_owned(),
            fit: Box::new(|columns, orders, _| counted(NaiveBayes::new(columns), orders)),
        },
        Candidate {
            family: "tree",
            name: "tree".to_owned(),
            fit: Box::new(|columns, orders, _| Box::new(Tree::fit(columns, orders))),
        },
    ];
    for factor in [0.5, 0.2, 0.05] {
        found.push(Candidate {
            family: "neighbours",
            name: format!("neighbours, {factor} for each difference"),
            fit: Box::new(move |columns, orders, _| counted(Neighbours::new(columns, factor), orders)),
        });
    }
    for classes in [4, 25, 100, 400] {
        found.push(Candidate {
            family: "classes",
            name: format!("{classes} classes"),
            fit: Box::new(move |columns, orders, seed| {
                Box::new(Classes::fit(columns, orders, classes, seed))
            }),
        });
    }
    found
}

/// Tries the candidates on these orders and blends the best.
#[must_use]
pub fn choose(columns: &Columns, orders: &Orders, candidates: &[Candidate], trials: &Trials) -> Choice {
    let variants = variants(columns, candidates, trials.optional);
    let said = ask(columns, orders, &variants, trials);
    let alone = |at: usize| -> Vec<Said> {
        said.iter()
            .map(|said| Said { logarithms: vec![said.logarithms[at].clone()], truth: said.truth })
            .collect()
    };
    let mut results: Vec<Trial> = (0..variants.len())
        .map(|at| {
            let own = alone(at);
            Trial {
                name: variants[at].name.clone(),
                likelihood: likelihood(&own, &[1.0]),
                accuracy: accuracy(&own),
                weight: 0.0,
            }
        })
        .collect();
    let family = |at: usize| variants[at].candidate.family;
    let score = |at: usize| {
        let handicap = if at < candidates.len() { 0.0 } else { LEAST_GAIN };
        results[at].likelihood - handicap
    };
    let mut parts: Vec<usize> = (0..variants.len())
        .filter(|&at| {
            (0..variants.len())
                .all(|other| family(other) != family(at) || (score(other), at) <= (score(at), other))
        })
        .collect();
    let mut weights = weigh(&said, &parts);
    // One after the other: without the lightest, others may weigh more.
    while let Some(light) = lightest(&weights) {
        parts.remove(light);
        weights = weigh(&said, &parts);
    }
    let reached = likelihood(&narrowed(&said, &parts), &weights);
    let mut models = Vec::new();
    for (&part, &weight) in parts.iter().zip(&weights) {
        results[part].weight = weight;
        let Variant { candidate, columns, .. } = &variants[part];
        models.push(((candidate.fit)(columns, orders, trials.seed), weight));
    }
    let uses_optional = parts.iter().any(|&part| part >= candidates.len());
    Choice { model: Blend::new(models), trials: results, likelihood: reached, uses_optional }
}

/// The lightest of several weights, when it is nearly nothing; of equals the last.
fn lightest(weights: &[f64]) -> Option<usize> {
    let least =
        (0..weights.len()).reduce(|one, other| if weights[other] <= weights[one] { other } else { one })?;
    (weights.len() > 1 && weights[least] < LEAST_WEIGHT).then_some(least)
}

/// What some of the models said.
fn narrowed(said: &[Said], parts: &[usize]) -> Vec<Said> {
    let of_one = |said: &Said| Said {
        logarithms: parts.iter().map(|&part| said.logarithms[part].clone()).collect(),
        truth: said.truth,
    };
    said.iter().map(of_one).collect()
}

/// Weights of these models; all the same where nothing was asked.
fn weigh(said: &[Said], parts: &[usize]) -> Vec<f64> {
    fitted(&narrowed(said, parts), parts.len())
}

/// In which share the first model's most probable value was the truth.
fn accuracy(said: &[Said]) -> f64 {
    let hits = said.iter().filter(|said| most_probable(&said.logarithms[0]) == Some(said.truth)).count();
    hits as f64 / said.len().max(1) as f64
}

/// What each candidate says of orders it had not seen: some columns known, one asked about.
fn ask(columns: &Columns, orders: &Orders, variants: &[Variant<'_>], trials: &Trials) -> Vec<Said> {
    let mut random = SplitMix64::seed_from_u64(trials.seed);
    let mut each: Vec<usize> = orders
        .iter()
        .enumerate()
        .flat_map(|(row, (_, times))| std::iter::repeat_n(row, usize::try_from(*times).unwrap_or(usize::MAX)))
        .collect();
    shuffle(&mut each, &mut random);
    let parts = trials.parts.max(2);
    let asked = trials.asked.clamp(1, parts);
    let mut found = Vec::new();
    for part in 0..asked {
        let left_out: Vec<usize> = each.iter().copied().skip(part).step_by(parts).collect();
        let mut rest: Vec<(Vec<Cell>, u32)> = orders.to_vec();
        left_out.iter().for_each(|&row| rest[row].1 = rest[row].1.saturating_sub(1));
        rest.retain(|(_, times)| *times > 0);
        let questions =
            questions(columns, orders, &left_out, trials.questions / asked, &trials.given, &mut random);
        let mut said: Vec<Said> =
            questions.iter().map(|question| Said { logarithms: Vec::new(), truth: question.truth }).collect();
        for Variant { candidate, columns, .. } in variants {
            let model = (candidate.fit)(columns, &rest, trials.seed);
            for (question, said) in questions.iter().zip(&mut said) {
                let answers = model.predict(&question.known, &[question.column]);
                said.logarithms.extend(answers.first().map(|answer| logarithms(answer)));
            }
        }
        found.extend(said);
    }
    found
}

/// What is known of an order, and what it is asked about.
pub(crate) struct Question {
    pub(crate) known: Vec<Cell>,
    pub(crate) column: usize,
    pub(crate) truth: usize,
}

/// Questions about these orders in turn: columns in a random order, as many of them known as chance says.
pub(crate) fn questions(
    columns: &Columns,
    orders: &Orders,
    rows: &[usize],
    most: usize,
    given: &[usize],
    random: &mut SplitMix64,
) -> Vec<Question> {
    let mut found = Vec::new();
    let times = most.checked_div(rows.len()).unwrap_or(0) + 1;
    for &row in rows.iter().cycle().take((rows.len() * times).min(most)) {
        let row = &orders[row].0;
        let mut open: Vec<usize> =
            columns.known(row).map(|(column, _)| column).filter(|column| !given.contains(column)).collect();
        shuffle(&mut open, random);
        let known = below(random, open.len());
        let Some(&column) = open.get(known) else { continue };
        let Some(truth) = row[column] else { continue };
        let mut kept: Vec<Cell> = vec![None; columns.count()];
        for &column in open[..known].iter().chain(given) {
            kept[column] = row.get(column).copied().flatten();
        }
        found.push(Question { known: kept, column, truth: usize::from(truth) });
    }
    found
}

/// A number below a bound; 0 when the bound is.
fn below(random: &mut SplitMix64, bound: usize) -> usize {
    usize::try_from(random.next_u64() % (bound.max(1) as u64)).unwrap_or(0)
}

fn shuffle(numbers: &mut [usize], random: &mut SplitMix64) {
    for at in (1..numbers.len()).rev() {
        numbers.swap(at, below(random, at + 1));
    }
}

//! Goes through the folds: learns from nine, then asks for every value of the tenth's orders in a random order.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use engine::model::ValueId;
use engine::pass::{Pass, Possible};
use personalize::completion::{Chances, most_probable_completion};
use personalize::learn::choose::{Trial, Trials, candidates, choose};
use personalize::learn::{Cell, Model, most_probable, restrict};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::figures::{Prediction, Share, Tally, Times};
use crate::sales::{FOLDS, Row, Sales, assert_value, counted};

/// Numbers of orders of the cold-start curve.
pub(crate) const COLD: [usize; 5] = [30, 100, 300, 1_000, 5_000];
/// One in this many orders is completed at each position.
const COMPLETED: usize = 20;

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    /// Most orders of a fold that are asked about.
    pub(crate) rows: usize,
    /// Most orders of a fold that are asked about for each point of the cold-start curve.
    pub(crate) cold_rows: usize,
    /// Most orders that are learnt from.
    pub(crate) learnt: usize,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
}

/// What one fold comes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fold {
    pub(crate) tally: Tally,
    /// By number of orders.
    pub(crate) cold: Vec<Tally>,
    pub(crate) trials: Vec<Trial>,
    /// How many orders were learnt from.
    pub(crate) orders: usize,
    /// What was chosen.
    pub(crate) model: String,
    /// Completions by the engine that are valid and have what was known.
    pub(crate) completed: Share,
    /// The most probable values of all open columns, each by itself, that are valid together.
    pub(crate) unchecked: Share,
    /// What learning took, in seconds.
    pub(crate) learning: f64,
    /// Possible values after a choice; all open columns; a completion.
    pub(crate) possible: Times,
    pub(crate) predicting: Times,
    pub(crate) completing: Times,
}

/// Goes through all folds, several at a time.
pub(crate) fn folds(sales: &Sales, extent: Extent) -> Vec<Fold> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..extent.threads.max(1) {
            scope.spawn(|| {
                loop {
                    let fold = next.fetch_add(1, Ordering::Relaxed);
                    if fold >= FOLDS {
                        break;
                    }
                    let result = one_fold(sales, fold, extent);
                    eprintln!("{}, fold {fold}: {}", sales.name, result.model);
                    if let Ok(mut found) = found.lock() {
                        found.push((fold, result));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(fold, _)| *fold);
    found.into_iter().map(|(_, fold)| fold).collect()
}

fn one_fold(sales: &Sales, fold: usize, extent: Extent) -> Fold {
    let mut random = SplitMix64::seed_from_u64(extent.seed ^ (fold as u64 + 1));
    let training = sales.training(fold);
    let mut each: Vec<&Row> =
        training.iter().flat_map(|(row, times)| std::iter::repeat_n(row, *times as usize)).collect();
    shuffle(&mut each, &mut random);
    let orders = each.len().min(extent.learnt);
    let learnt = counted(each.iter().take(orders).copied());
    let seen: HashSet<&Row> = learnt.iter().map(|(row, _)| row).collect();
    let started = Instant::now();
    let choice = choose(&sales.columns, &learnt, &candidates(), &Trials::of(orders, extent.seed));
    let mut found = Fold {
        orders,
        learning: started.elapsed().as_secs_f64(),
        model: choice.model.name().to_owned(),
        trials: choice.trials,
        ..Fold::default()
    };
    let mut tested: Vec<&Row> = sales.folds[fold].iter().collect();
    shuffle(&mut tested, &mut random);
    let mut walker = Walker { sales, pass: Pass::default(), fold: &mut found };
    for (place, row) in tested.iter().take(extent.rows).enumerate() {
        let tally =
            walker.order(&choice.model, row, !seen.contains(row), place % COMPLETED == 0, &mut random);
        walker.fold.tally.add(&tally);
    }
    for orders in COLD {
        let few = counted(each.iter().take(orders).copied());
        let choice = choose(&sales.columns, &few, &candidates(), &Trials::of(orders, extent.seed));
        let seen: HashSet<&Row> = few.iter().map(|(row, _)| row).collect();
        let mut sum = Tally::default();
        for row in tested.iter().take(extent.cold_rows) {
            sum.add(&walker.order(&choice.model, row, !seen.contains(row), false, &mut random));
        }
        walker.fold.cold.push(sum);
    }
    found
}

pub(crate) fn shuffle<T>(list: &mut [T], random: &mut SplitMix64) {
    for at in (1..list.len()).rev() {
        list.swap(at, below(random, at + 1));
    }
}

/// A number below another one, at random.
pub(crate) fn below(random: &mut SplitMix64, most: usize) -> usize {
    usize::try_from(random.next_u64() % most as u64).unwrap_or(0)
}

/// Goes through orders.
struct Walker<'w> {
    sales: &'w Sales,
    pass: Pass<Possible>,
    fold: &'w mut Fold,
}

impl Walker<'_> {
    /// Asks for each value of an order in a random order, given those before.
    fn order(
        &mut self,
        model: &dyn Model,
        row: &Row,
        unseen: bool,
        completes: bool,
        random: &mut SplitMix64,
    ) -> Tally {
        let sales = self.sales;
        let mut columns: Vec<usize> = (0..row.len()).filter(|&column| row[column].is_some()).collect();
        shuffle(&mut columns, random);
        let mut weights = vec![true; sales.engine.diagram().literals()];
        let mut known: Vec<Cell> = vec![None; row.len()];
        let mut tally = Tally::default();
        let mut whole = Share::default();
        for (count, &column) in columns.iter().enumerate() {
            let Some(truth) = row[column].map(usize::from) else { continue };
            let started = Instant::now();
            self.pass.run(sales.engine.diagram(), &weights);
            self.fold.possible.count(started.elapsed());
            let possible = self.possible(column);
            if completes {
                self.complete(model, &known, &columns[count..], &weights);
            }
            let mut probabilities = model.predict(&known, &[column]).pop().unwrap_or_default();
            restrict(&mut probabilities, &possible);
            let Some(best) = most_probable(&probabilities) else { continue };
            let better = probabilities.iter().filter(|other| **other > probabilities[truth]).count();
            tally.count(Prediction {
                known: count,
                unseen,
                settled: possible.iter().filter(|possible| **possible).count() == 1,
                probability: probabilities[best],
                hit: best == truth,
                in_three: better < 3 && possible[truth],
            });
            whole.count(best == truth);
            known[column] = row[column];
            // What the rules forbid, or don't know, says nothing to them.
            let ruled = (truth < sales.ruled[column] && possible[truth]).then_some(truth);
            assert_value(&sales.engine, &mut weights, sales.variables[column], ruled);
        }
        tally.count_order(unseen, whole);
        tally
    }

    /// Which values of a column are possible after the last pass. The rules say nothing of values that they don't know.
    fn possible(&self, column: usize) -> Vec<bool> {
        let sales = self.sales;
        let diagram = sales.engine.diagram();
        let others = self.pass.others(diagram);
        let mut found: Vec<bool> =
            diagram.literals_of(sales.variables[column]).map(|literal| others[literal]).collect();
        found.resize(sales.columns.size(column), true);
        found
    }

    /// Completes what is known, by the engine and without it.
    fn complete(&mut self, model: &dyn Model, known: &[Cell], open: &[usize], weights: &[bool]) {
        let sales = self.sales;
        let engine = &sales.engine;
        let started = Instant::now();
        let answers = model.predict(known, open);
        self.fold.predicting.count(started.elapsed());
        let chances: Vec<Chances> = open
            .iter()
            .zip(&answers)
            .map(|(&column, answer)| Chances {
                variable: sales.variables[column],
                probabilities: answer.clone(),
            })
            .collect();
        let mut chosen: Vec<Option<ValueId>> = vec![None; engine.model().variables.len()];
        for (column, &variable) in
            sales.variables.iter().enumerate().filter(|(column, _)| known[*column].is_some())
        {
            let mut left =
                engine.diagram().literals_of(variable).enumerate().filter(|(_, literal)| weights[*literal]);
            if let (Some((value, _)), None) = (left.next(), left.next()) {
                chosen[variable.index()] = known[column]
                    .is_some_and(|known| usize::from(known) == value)
                    .then(|| ValueId::new(value));
            }
        }
        let started = Instant::now();
        let best = most_probable_completion(engine, &chosen, &chances);
        self.fold.completing.count(started.elapsed());
        let agrees = best.is_some_and(|best| {
            let kept = chosen
                .iter()
                .zip(&best.assignment)
                .all(|(chosen, value)| chosen.is_none_or(|chosen| chosen == *value));
            kept && engine.model().is_valid(&best.assignment)
        });
        self.fold.completed.count(agrees);
        let mut together = weights.to_vec();
        for (&column, mut answer) in open.iter().zip(answers) {
            let mut possible = self.possible(column);
            possible.truncate(sales.ruled[column]);
            restrict(&mut answer, &possible);
            assert_value(engine, &mut together, sales.variables[column], most_probable(&answer));
        }
        let mut pass = Pass::<Possible>::default();
        pass.upwards(engine.diagram(), &together);
        self.fold.unchecked.count(pass.total(engine.diagram()));
    }
}

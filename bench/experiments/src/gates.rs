//! How often an open gate's promise is broken in truth.

use personalize::gate::{Gate, HeldOut, Promise};
use personalize::random::chance;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use serde::Serialize;

/// Sets of held-out cases of one kind of learner.
#[derive(Serialize)]
pub struct Gates {
    learner: &'static str,
    cases: usize,
    sets: usize,
    opened: usize,
    broken: usize,
    /// The share of cases that are preselected, over the sets that opened.
    coverage: f64,
}

/// How often learners of a kind are right, by how sure they are.
type Right = fn(f64) -> f64;

const LEARNERS: [(&str, Right); 4] = [
    ("as often right as it says", |sure| sure),
    ("4 points less often than it says", |sure| sure - 0.04),
    ("4 points more often than it says", |sure| (sure + 0.04).min(1.0)),
    ("94.9 of 100 however sure", |_| 0.949),
];
const SETS: usize = 1_000;

/// A thousand sets of each size and learner.
pub fn tried() -> Vec<Gates> {
    let sizes = [120, 400, 2_000];
    sizes.into_iter().flat_map(|cases| LEARNERS.map(|(learner, right)| of(learner, right, cases))).collect()
}

fn of(learner: &'static str, right: Right, cases: usize) -> Gates {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(59);
    // How sure a learner is: more often quite sure than not, from 0.4 to 1.
    let sure = |random: &mut Xoshiro256PlusPlus| 1.0 - 0.6 * chance(random).powi(2);
    let truth: Vec<f64> = (0..100_000).map(|_| sure(&mut random)).collect();
    let (mut opened, mut broken, mut coverage) = (0, 0, 0.0);
    for _ in 0..SETS {
        let held_out: Vec<HeldOut> = (0..cases)
            .map(|_| {
                let confidence = sure(&mut random);
                HeldOut { confidence, right: chance(&mut random) < right(confidence) }
            })
            .collect();
        let gate = Gate::calibrate(Promise::default(), &held_out);
        let Some(opening) = gate.opening() else { continue };
        let above: Vec<f64> = truth.iter().copied().filter(|sure| *sure >= opening.from).collect();
        let share = above.iter().copied().map(right).sum::<f64>() / above.len() as f64;
        opened += 1;
        broken += usize::from(share < 0.95);
        coverage += above.len() as f64 / truth.len() as f64;
    }
    Gates {
        learner,
        cases,
        sets: SETS,
        opened,
        broken,
        coverage: coverage / f64::from(u32::try_from(opened.max(1)).unwrap_or(1)),
    }
}

//! The best valid default: the most probable design among those that the rules allow, exactly, by one pass of the engine.

use engine::model::{ValueId, VariableId};
use engine::objective::Scores;
use engine::{Best, Chosen, Engine};

/// Bits behind the point of a logarithm.
const FRACTION: i32 = 20;
/// No value is taken to be less probable than this.
const LEAST: f64 = 1e-9;

/// How probable the values of an attribute are.
#[derive(Clone, Debug, PartialEq)]
pub struct Chances {
    /// The engine's variable.
    pub variable: VariableId,
    /// By value: its probability. Those beyond the end count as the least there is.
    pub probabilities: Vec<f64>,
}

/// The valid assignment with these choices whose values' probabilities have the greatest product, and of equals the cheapest;
/// `None` when the choices allow none. Variables without chances count for nothing. Exact but for logarithms being rounded to
/// 2⁻²⁰ of a bit, so that the answer is the same everywhere.
#[must_use]
pub fn most_probable_completion(engine: &Engine, chosen: &Chosen, chances: &[Chances]) -> Option<Best> {
    engine.best(chosen, &scores(engine, chances))
}

/// What each value is worth: the binary logarithm of its probability, in units of 2⁻²⁰.
#[must_use]
pub fn scores(engine: &Engine, chances: &[Chances]) -> Scores {
    let diagram = engine.diagram();
    let mut scores = vec![0_i32; diagram.literals()];
    for Chances { variable, probabilities } in chances {
        for (value, literal) in diagram.literals_of(*variable).enumerate() {
            scores[literal] = score(probabilities.get(value).copied().unwrap_or(0.0));
        }
    }
    Scores::new(scores)
}

/// The values of an assignment for these variables.
#[must_use]
pub fn values(best: &Best, variables: &[VariableId]) -> Vec<ValueId> {
    variables.iter().map(|variable| best.assignment[variable.index()]).collect()
}

/// What a value of this probability is worth: its binary logarithm in units of 2⁻²⁰.
pub(crate) fn score(probability: f64) -> i32 {
    libm::round(libm::log2(probability.clamp(LEAST, 1.0)) * f64::from(1_i32 << FRACTION)) as i32
}

#[cfg(test)]
mod tests {
    use engine::compile::Limits;
    use engine::model::{ConstraintKind, ValueId, Variable, VariableId};
    use engine::{Engine, Model};
    use rand_xoshiro::SplitMix64;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};

    use super::{Chances, most_probable_completion, values};

    const SIZES: [usize; 4] = [2, 3, 2, 4];

    /// A model of four variables some pairs of whose values don't go together.
    fn model(random: &mut SplitMix64) -> Model {
        let mut model = Model::default();
        for (at, size) in SIZES.iter().enumerate() {
            model.add_variable(Variable::new(
                format!("v{at}"),
                (0..*size).map(|value| value.to_string()).collect(),
            ));
        }
        for at in 0..6 {
            let mut below = |bound: usize| usize::try_from(random.next_u64() % bound as u64).expect("small");
            let one = below(4);
            let other = (one + 1 + below(3)) % 4;
            let tuples = vec![ValueId::new(below(SIZES[one])), ValueId::new(below(SIZES[other]))];
            let scope = vec![VariableId::new(one), VariableId::new(other)];
            let kind = ConstraintKind::Table { scope, tuples, allowed: false };
            model.add_constraint(format!("c{at}"), kind);
        }
        model
    }

    /// All assignments, valid or not.
    fn all() -> Vec<Vec<ValueId>> {
        (0..48).map(|at| [at % 2, at / 2 % 3, at / 6 % 2, at / 12].map(ValueId::new).to_vec()).collect()
    }

    #[test]
    fn no_valid_completion_is_more_probable() {
        let mut random = SplitMix64::seed_from_u64(3);
        for _ in 0..200 {
            let model = model(&mut random);
            let chances: Vec<Chances> = SIZES
                .iter()
                .enumerate()
                .map(|(variable, &size)| {
                    let mut probabilities: Vec<f64> =
                        (0..size).map(|_| (1 + random.next_u64() % 1_000) as f64).collect();
                    let sum: f64 = probabilities.iter().sum();
                    probabilities.iter_mut().for_each(|probability| *probability /= sum);
                    Chances { variable: VariableId::new(variable), probabilities }
                })
                .collect();
            let mut chosen = vec![None; 4];
            let at = usize::try_from(random.next_u64() % 4).expect("small");
            chosen[at] = Some(ValueId::new(usize::try_from(random.next_u64() % 2).expect("small")));
            let fits = |assignment: &[ValueId]| {
                model.is_valid(assignment)
                    && chosen
                        .iter()
                        .zip(assignment)
                        .all(|(chosen, value)| chosen.is_none_or(|chosen| chosen == *value))
            };
            let product = |assignment: &[ValueId]| -> f64 {
                chances
                    .iter()
                    .zip(assignment)
                    .map(|(chances, value)| chances.probabilities[value.index()])
                    .product()
            };
            let best = all()
                .iter()
                .filter(|assignment| fits(assignment))
                .map(|assignment| product(assignment))
                .reduce(f64::max);
            let engine = Engine::new(model.clone(), Limits::default()).expect("a small model");
            let found = most_probable_completion(&engine, &chosen, &chances);
            assert_eq!(found.is_some(), best.is_some());
            let (Some(found), Some(best)) = (found, best) else { continue };
            assert!(fits(&found.assignment));
            assert!(
                (product(&found.assignment) / best - 1.0).abs() < 1e-4,
                "{} is not {best}",
                product(&found.assignment)
            );
        }
    }

    #[test]
    fn what_has_no_chances_counts_for_nothing() {
        let mut model = Model::default();
        let colours = vec!["red".to_owned(), "blue".to_owned(), "green".to_owned()];
        let colour = model.add_variable(Variable::new("colour", colours));
        let bell = model.add_variable(Variable::boolean("bell"));
        let engine = Engine::new(model, Limits::default()).expect("a small model");
        // The third value is beyond the end.
        let chances = [Chances { variable: colour, probabilities: vec![0.3, 0.7] }];
        let best = most_probable_completion(&engine, &[None, None], &chances).expect("a completion");
        assert_eq!(values(&best, &[colour, bell])[0], ValueId::new(1));
        let kept = most_probable_completion(&engine, &[Some(ValueId::new(2)), None], &chances)
            .expect("a completion");
        assert_eq!(values(&kept, &[colour]), [ValueId::new(2)]);
    }
}

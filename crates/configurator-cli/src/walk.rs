//! `configurator walk`: random shoppers, how long their questions take, and whether any of them ends nowhere.

use std::process::ExitCode;
use std::time::Instant;

use engine::model::{ValueId, Variable, VariableId};
use engine::pass::{Bounds, Pass, Totals};
use serde_json::json;

use crate::input::Refused;
use crate::output::say;
use crate::random::Random;
use crate::serving::Serving;

pub(crate) fn walk(serving: Serving, walks: u32, seed: u64) -> Result<ExitCode, Refused> {
    let mut random = Random::new(seed);
    let mut shop = Shop::new(serving);
    let (mut dead_ends, mut invalid) = (0_u32, 0_u32);
    for _ in 0..walks {
        match shop.visit(&mut random) {
            End::Valid => {}
            End::Invalid => invalid += 1,
            End::Dead => dead_ends += 1,
        }
    }
    let Shop { mut times, serving, .. } = shop;
    times.sort_unstable();
    let at = |percent: usize| {
        let nanoseconds = times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or(0);
        nanoseconds as f64 / 1_000.0
    };
    say(json!({"choices": times.len(), "dead_ends": dead_ends, "invalid": invalid,
        "p50_us": at(50), "p95_us": at(95), "max_us": at(100), "engine": serving.name()}))?;
    Ok(if dead_ends + invalid == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What serves the shoppers, and how long each question took in nanoseconds.
struct Shop {
    serving: Serving,
    /// By variable: how many values it has.
    sizes: Vec<usize>,
    /// Whether totals tell the number of designs, too.
    is_counted: bool,
    pass: Pass<Bounds>,
    weights: Vec<Totals>,
    times: Vec<u128>,
}

/// Where a shopper's choices led to.
enum End {
    Valid,
    Invalid,
    Dead,
}

/// What choices leave.
struct Left {
    /// Variables with the values from which there is still to choose.
    open: Vec<(VariableId, Vec<ValueId>)>,
    /// By variable: the one value that it can have; the first where it is open.
    implied: Vec<ValueId>,
}

impl Shop {
    fn new(serving: Serving) -> Self {
        let sizes = serving.model().variables.iter().map(Variable::size).collect();
        let is_counted = matches!(&serving, Serving::Diagram(engine) if engine.is_counted_with_totals());
        Self { serving, sizes, is_counted, pass: Pass::default(), weights: Vec::new(), times: Vec::new() }
    }

    /// One shopper, who chooses until nothing is open.
    fn visit(&mut self, random: &mut Random) -> End {
        let mut chosen: Vec<Option<ValueId>> = vec![None; self.sizes.len()];
        let mut choices: Vec<(VariableId, ValueId)> = Vec::new();
        loop {
            let possible = self.possible(&chosen, &choices);
            let Some(Left { open, implied }) = self.left(&chosen, &possible) else { return End::Dead };
            let at = random.below(open.len());
            let Some((variable, values)) = open.get(at) else {
                return if self.serving.model().is_valid(&implied) { End::Valid } else { End::Invalid };
            };
            let value = values[random.below(values.len())];
            chosen[variable.index()] = Some(value);
            choices.push((*variable, value));
        }
    }

    /// By value of each variable: whether it can be had. What is timed tells what a menu tells, figures and all.
    fn possible(&mut self, chosen: &[Option<ValueId>], choices: &[(VariableId, ValueId)]) -> Vec<bool> {
        let started = Instant::now();
        let possible = match &mut self.serving {
            Serving::Diagram(engine) => {
                let (_, totals) = engine.totals(chosen, &mut self.pass, &mut self.weights);
                if !self.is_counted {
                    std::hint::black_box(engine.completions(chosen));
                }
                totals.iter().map(Totals::is_possible).collect()
            }
            Serving::Solver(_, solver) => solver.figures(choices).0.values.into_iter().flatten().collect(),
        };
        self.times.push(started.elapsed().as_nanos());
        possible
    }

    /// What is left of what can be had; nothing when that is a dead end.
    fn left(&self, chosen: &[Option<ValueId>], possible: &[bool]) -> Option<Left> {
        let mut rest = possible;
        let mut left = Left { open: Vec::new(), implied: vec![ValueId(0); chosen.len()] };
        for (index, &own) in chosen.iter().enumerate() {
            let (values, others) = rest.split_at(self.sizes[index].min(rest.len()));
            rest = others;
            let values: Vec<ValueId> =
                (0..values.len()).filter(|&value| values[value]).map(ValueId::new).collect();
            match (own, &values[..]) {
                (Some(own), values) if values.contains(&own) => left.implied[index] = own,
                (Some(_), _) | (None, []) => return None,
                (None, [only]) => left.implied[index] = *only,
                (None, _) => left.open.push((VariableId::new(index), values)),
            }
        }
        Some(left)
    }
}

//! `configurator complete`: the design that is best in the way that was asked for.

use std::process::ExitCode;

use engine::model::{Expression, Model, PriceKind, ValueId, VariableId};
use engine::objective::Scores;
use serde_json::{Value, json};

use crate::arguments::{Chosen, File, Objective, Serve, Which, Wish};
use crate::input::{Refused, by_variable, read_choices, read_model};
use crate::output::say;
use crate::random::Random;
use crate::serving::{PATIENCE, Serving, serving};
use crate::wish::scores;

pub(crate) fn complete(
    file: &File,
    chosen: &Chosen,
    wish: &Wish,
    serve: &Serve,
) -> Result<ExitCode, Refused> {
    wish.check()?;
    let model = read_model(file)?;
    let choices = read_choices(&model, chosen)?;
    let scores = scores(file, &model, wish)?;
    // The dearest design is the cheapest of the same model with all prices turned round.
    let is_dearest = wish.objective == Objective::Dearest;
    let asked = if is_dearest { turned_round(model.clone()) } else { model.clone() };
    let is_random = wish.objective == Objective::Random;
    // Only a diagram draws at random, so that what else might serve is no advice.
    let is_any = is_random && serve.engine == Which::Diagram;
    let serve = if is_any { &Serve { engine: Which::Automatic } } else { serve };
    let serving = serving(asked, file, serve)?;
    let found = if is_random {
        drawn(&serving, &choices, wish.seed.unwrap_or(1), file)?
    } else {
        best(&serving, &choices, &scores, is_dearest)
    };
    let Some(Found { design, score, bound }) = found else {
        say(json!({"design": null, "exact": true, "engine": serving.name()}))?;
        return Ok(ExitCode::FAILURE);
    };
    let values = model.variables.iter().zip(&design);
    let named: serde_json::Map<String, Value> = values
        .map(|(variable, value)| (variable.name.clone(), json!(variable.values[value.index()])))
        .collect();
    let mut answer = json!({"design": named, "total": model.price(&design),
        "exact": bound.is_none(), "engine": serving.name()});
    if scores != Scores::default() {
        answer["score"] = json!(score);
    }
    if let Some(bound) = bound {
        answer["bound"] = json!(bound);
    }
    say(&answer)?;
    Ok(ExitCode::SUCCESS)
}

/// A design that answers a wish.
struct Found {
    design: Vec<ValueId>,
    score: i64,
    /// The score or total that no design goes beyond, where it is not proven that this one is the best.
    bound: Option<i64>,
}

/// A random design, each equally likely.
fn drawn(
    serving: &Serving,
    choices: &[(VariableId, ValueId)],
    seed: u64,
    file: &File,
) -> Result<Option<Found>, Refused> {
    let Serving::Diagram(engine) = serving else {
        return Err(format!(
            "{}: equally likely designs need a diagram, which counts them; here the solver serves. Ask for the \
             cheapest, dearest, nearest or most probable one.",
            file.file.display()
        ));
    };
    let allowed: Vec<bool> = engine.allowed(&by_variable(engine.model(), choices)).collect();
    let mut random = Random::new(seed);
    let drawn = engine.diagram().random_wide(&allowed, |bound| random.below_wide(bound));
    Ok(drawn.map(|design| Found { design, score: 0, bound: None }))
}

/// The design that scores most, the cheapest of these. `is_dearest` says that prices are turned round.
fn best(
    serving: &Serving,
    choices: &[(VariableId, ValueId)],
    scores: &Scores,
    is_dearest: bool,
) -> Option<Found> {
    match serving {
        Serving::Diagram(engine) => engine
            .best(&by_variable(engine.model(), choices), scores)
            .map(|best| Found { design: best.assignment, score: best.score, bound: None }),
        Serving::Solver(_, solver) => solver.best(choices, scores, PATIENCE).map(|best| {
            let total = if is_dearest { best.least_total.saturating_neg() } else { best.least_total };
            let bound = if *scores == Scores::default() { total } else { best.most_score };
            Found { design: best.assignment, score: best.score, bound: (!best.exact).then_some(bound) }
        }),
    }
}

/// The same model, in which the dearest designs are the cheapest.
fn turned_round(mut model: Model) -> Model {
    let turn = |amount: &mut i64| *amount = amount.saturating_neg();
    turn(&mut model.base_price);
    model.variables.iter_mut().flat_map(|variable| &mut variable.prices).for_each(turn);
    for price in &mut model.prices {
        match &mut price.kind {
            PriceKind::Table { amounts, otherwise, .. } => {
                amounts.iter_mut().chain([otherwise]).for_each(turn)
            }
            PriceKind::When(_, amount) => {
                let own = std::mem::replace(amount, Expression::Constant(0));
                *amount = Expression::Difference(Box::new(Expression::Constant(0)), Box::new(own));
            }
        }
    }
    model
}

//! `configurator analyse`: what a model comes to, and what in it serves no purpose.

use std::process::ExitCode;

use configurator::{AttributeId, Value as ProductValue};
use engine::Best;
use engine::model::{ConstraintKind, Model, ValueId, VariableId};
use engine::objective::Scores;
use serde_json::{Value, json};

use crate::arguments::{File, Serve};
use crate::input::{Refused, by_variable, read_product, read_text};
use crate::menu::{answer, told};
use crate::output::say;
use crate::serving::{PATIENCE, Serving, open, solver};

/// Most rules of which each is tried for whether the others say it already.
const MOST_RULES: usize = 1_000;
/// The value of a product's text that is what its standard design says.
const TEXT_OF_THE_STANDARD: &str = "standard";

pub(crate) fn analyse(file: &File, serve: &Serve) -> Result<ExitCode, Refused> {
    let mut serving = open(file, serve)?;
    let never = never_texts(file)?;
    let found = answer(&mut serving, &[]);
    let model = serving.model();
    let Some(usual) = cheapest(&serving, None, PATIENCE) else {
        let rules =
            solver(model, file)?.explain(&[], &[]).map_or_else(Vec::new, |conflict| conflict.constraints);
        let rules: Vec<&str> =
            rules.into_iter().map(|index| model.constraints[index].name.as_str()).collect();
        say(json!({"designs": "0", "contradiction": rules, "engine": serving.name()}))?;
        return Ok(ExitCode::FAILURE);
    };
    let patience = PATIENCE / found.options.iter().map(|options| options.len() as u64).sum::<u64>().max(1);
    let (mut dead, mut implied, mut examples) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (variable, options)) in model.variables.iter().zip(&found.options).enumerate() {
        let mut possible = Vec::new();
        for (value, figures) in options.iter().enumerate() {
            let name = &variable.values[value];
            if figures.is_some() {
                possible.push(name);
                let with = (VariableId::new(index), ValueId::new(value));
                examples.push(example(&serving, with, &usual, patience));
            } else if name != TEXT_OF_THE_STANDARD || !never.contains(&variable.name) {
                dead.push(json!([variable.name, name]));
            }
        }
        if let [only] = possible[..] {
            implied.push(json!([variable.name, only]));
        }
    }
    let analysis = json!({"dead": dead, "implied": implied, "redundant": redundant(model, file)?,
        "examples": examples, "engine": serving.name()});
    say(told(analysis, "designs", found.all.as_ref()))?;
    Ok(ExitCode::SUCCESS)
}

/// Texts of a product that are empty in its standard design: that they can't be the standard's besides is no news.
fn never_texts(file: &File) -> Result<Vec<String>, Refused> {
    if !file.is_product() {
        return Ok(Vec::new());
    }
    let text = read_text(&file.file)?;
    let (_, product) = read_product(file, &text)?;
    let empty =
        |(id, _): &(AttributeId, _)| product.standard().value(*id) == &ProductValue::Text(String::new());
    Ok(product.ids().filter(empty).map(|(_, attribute)| attribute.code.clone()).collect())
}

/// The cheapest design, or the cheapest found until patience ran out; and whether it is proven to be that.
fn cheapest(serving: &Serving, with: Option<(VariableId, ValueId)>, patience: u64) -> Option<(Best, bool)> {
    match serving {
        Serving::Diagram(engine) => {
            let chosen = by_variable(engine.model(), with.as_slice());
            engine.best(&chosen, &Scores::default()).map(|best| (best, true))
        }
        Serving::Solver(_, solver) => {
            let found = solver.best(with.as_slice(), &Scores::default(), patience)?;
            let best = Best { assignment: found.assignment, score: found.score, total: found.total };
            Some((best, found.exact))
        }
    }
}

/// The cheapest design with an option, as the options in which it differs from the cheapest of all.
fn example(
    serving: &Serving,
    wanted: (VariableId, ValueId),
    (usual, _): &(Best, bool),
    patience: u64,
) -> Value {
    let model = serving.model();
    let Some((design, is_proven)) = cheapest(serving, Some(wanted), patience) else { return Value::Null };
    let values = usual.assignment.iter().zip(&design.assignment);
    let differs = model.variables.iter().zip(values).filter(|(_, (usual, own))| usual != own);
    let choices: Vec<Value> =
        differs.map(|(variable, (_, own))| json!([variable.name, variable.values[own.index()]])).collect();
    let variable = model.variable(wanted.0);
    let mut example = json!({"option": [variable.name, variable.values[wanted.1.index()]],
        "total": design.total, "changes": choices});
    if !is_proven {
        example["exact"] = json!(false);
    }
    example
}

/// Names of the rules that the others imply; nothing where there are too many to try.
fn redundant(model: &Model, file: &File) -> Result<Value, Refused> {
    if model.constraints.len() > MOST_RULES {
        return Ok(Value::Null);
    }
    let mut found = Vec::new();
    for index in 0..model.constraints.len() {
        let mut without = model.clone();
        match &mut without.constraints[index].kind {
            ConstraintKind::Table { allowed, .. } => *allowed = !*allowed,
            ConstraintKind::Formula(formula) => *formula = formula.clone().negated(),
        }
        if !solver(&without, file)?.is_possible(&[]) {
            found.push(model.constraints[index].name.as_str());
        }
    }
    Ok(json!(found))
}

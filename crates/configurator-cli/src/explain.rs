//! `configurator explain`: why an option is blocked, and what to change to have it.

use std::io::BufRead;
use std::process::ExitCode;

use engine::Change;
use engine::model::{ValueId, VariableId};
use engine::objective::Scores;
use engine::pass::Pass;
use engine::solver::Solver;
use serde_json::{Value, json};

use crate::arguments::{Chosen, File};
use crate::input::{Refused, by_variable, named, once_each, read_choice, read_choices};
use crate::output::say;
use crate::serving::{PATIENCE, Serving, solver};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    choose: Vec<(String, String)>,
    want: (String, String),
}

pub(crate) fn explain(
    mut serving: Serving,
    file: &File,
    chosen: &Chosen,
    want: Option<&str>,
    repairs: usize,
    batch: bool,
) -> Result<ExitCode, Refused> {
    let mut rules = solver(serving.model(), file)?;
    if !batch {
        let choices = read_choices(serving.model(), chosen)?;
        let wanted = read_choice(serving.model(), want.unwrap_or_default())?;
        let answer = explained(&mut serving, &mut rules, &choices, wanted, repairs);
        say(&answer)?;
        return Ok(if answer["blocked"] == json!(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let place = format!("standard input:{}", number + 1);
        let line = line.map_err(|error| format!("{place}: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: Asked = serde_json::from_str(&line).map_err(|error| {
            format!(
                "{place}: {error}. Write a question a line: {{\"choose\":[[\"A\",\"B\"],…],\"want\":[\"A\",\"B\"]}}."
            )
        })?;
        let model = serving.model();
        let choices = asked.choose.iter().map(|(attribute, option)| named(model, attribute, option));
        let choices = choices.collect::<Result<Vec<_>, _>>().and_then(|choices| once_each(model, choices));
        let choices = choices.map_err(|error| format!("{place}: {error}"))?;
        let wanted =
            named(model, &asked.want.0, &asked.want.1).map_err(|error| format!("{place}: {error}"))?;
        say(explained(&mut serving, &mut rules, &choices, wanted, repairs))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Why something is blocked: the diagram finds the choices and the repairs, a solver the rules behind a few choices.
fn explained(
    serving: &mut Serving,
    rules: &mut Solver,
    choices: &[(VariableId, ValueId)],
    wanted: (VariableId, ValueId),
    repairs: usize,
) -> Value {
    let conflict: Option<Vec<(VariableId, ValueId)>> = match serving {
        Serving::Diagram(engine) => engine.conflict(choices, wanted),
        Serving::Solver(_, solver) => solver
            .explain(choices, &[wanted])
            .map(|conflict| conflict.choices.into_iter().map(|index| choices[index]).collect()),
    };
    let Some(conflict) = conflict else {
        return json!({"blocked": false, "conflict": [], "rules": [], "repairs": []});
    };
    let model = serving.model();
    let name = |(variable, value): (VariableId, ValueId)| {
        let variable = model.variable(variable);
        json!([variable.name, variable.values[value.index()]])
    };
    let broken = rules.explain(&conflict, &[wanted]).map_or_else(Vec::new, |conflict| conflict.constraints);
    let broken: Vec<&str> = broken.into_iter().map(|index| model.constraints[index].name.as_str()).collect();
    let chosen = by_variable(model, choices);
    let repairs: Vec<Value> = match &*serving {
        Serving::Diagram(engine) => {
            let before = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new()).0;
            let found = engine.repairs(&chosen, &vec![1; model.variables.len()], wanted, repairs);
            let repair = |repair: Change| {
                json!({"changes": repair.changes.iter().copied().map(name).collect::<Vec<_>>(),
                    "weight": repair.weight,
                    "price_delta": before.is_possible().then(|| repair.total - before.low())})
            };
            found.into_iter().map(repair).collect()
        }
        Serving::Solver(..) => {
            let found = solver_repairs(rules, choices, wanted, repairs);
            let repair = |repair: SolverRepair| {
                json!({"changes": repair.changes.iter().copied().map(name).collect::<Vec<_>>(),
                    "weight": repair.weight, "price_delta": repair.price_delta})
            };
            found.into_iter().map(repair).collect()
        }
    };
    json!({
        "blocked": true,
        "conflict": conflict.iter().copied().map(name).collect::<Vec<_>>(),
        "rules": broken,
        "repairs": repairs,
    })
}

/// As [`Change`], from the solver.
struct SolverRepair {
    weight: u64,
    /// The lowest total found after it.
    total: i64,
    changes: Vec<(VariableId, ValueId)>,
    /// `None` where the lowest totals are not proven.
    price_delta: Option<i64>,
}

/// The lightest changes, the cheapest among equals: of a choice that changes alone every value that it can have, otherwise
/// the cheapest way to change these choices.
fn solver_repairs(
    solver: &mut Solver,
    choices: &[(VariableId, ValueId)],
    wanted: (VariableId, ValueId),
    most: usize,
) -> Vec<SolverRepair> {
    let cheapest =
        |solver: &Solver, choices: &[_], patience| solver.best(choices, &Scores::default(), patience);
    let before = cheapest(solver, choices, PATIENCE).filter(|best| best.exact).map(|best| best.total);
    let others: Vec<_> = choices.iter().copied().filter(|(variable, _)| *variable != wanted.0).collect();
    let weighed: Vec<_> = others.iter().map(|&choice| (choice, 1)).collect();
    let mut found = Vec::new();
    for repair in solver.repair(&weighed, &[wanted], most) {
        let kept = others.iter().enumerate().filter(|(index, _)| !repair.changed.contains(index));
        let kept: Vec<_> = kept.map(|(_, &choice)| choice).chain([wanted]).collect();
        let ways: Vec<Vec<(VariableId, ValueId)>> = match repair.changed[..] {
            [only] => {
                let (variable, now) = others[only];
                let available = solver.menu(&kept).values.swap_remove(variable.index());
                let values = (0..available.len()).filter(|&value| available[value]).map(ValueId::new);
                let other = values.filter(|value| *value != now);
                other.map(|value| kept.iter().copied().chain([(variable, value)]).collect()).collect()
            }
            _ => vec![kept],
        };
        found.extend(ways.iter().filter_map(|way| {
            let best = cheapest(solver, way, PATIENCE / ways.len() as u64)?;
            let value = |variable: VariableId| best.assignment[variable.index()];
            Some(SolverRepair {
                weight: repair.weight,
                total: best.total,
                changes: repair.changed.iter().map(|&at| (others[at].0, value(others[at].0))).collect(),
                price_delta: before.filter(|_| best.exact).map(|before| best.total - before),
            })
        }));
    }
    found.sort_by_key(|repair| (repair.weight, repair.total));
    found.truncate(most);
    found
}

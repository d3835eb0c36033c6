//! `configurator menu`: every attribute and option with its state, what it leads to cost, and how many ways lead on.

use std::process::ExitCode;

use engine::Engine;
use engine::model::{ValueId, VariableId};
use engine::pass::{Pass, Totals};
use engine::solver::{Solver, Within};
use serde_json::{Value, json};

use crate::arguments::{Chosen, File, Serve};
use crate::input::{Refused, by_variable, read_choices};
use crate::output::say;
use crate::serving::{Serving, open};

/// Totals in minor units, and a number of designs: as text, for it may have hundreds of digits.
pub(crate) struct Figures {
    totals: Within,
    completions: String,
    /// Whether that is their number, not only the most there can be.
    counted: bool,
}

/// What a menu says, by variable and by value; `None` for what can't be had.
pub(crate) struct Answer {
    pub all: Option<Figures>,
    pub options: Vec<Vec<Option<Figures>>>,
}

pub(crate) fn menu(file: &File, chosen: &Chosen, serve: &Serve) -> Result<ExitCode, Refused> {
    let mut serving = open(file, serve)?;
    let choices = read_choices(serving.model(), chosen)?;
    let chosen = by_variable(serving.model(), &choices);
    let answer = answer(&mut serving, &choices);
    let attributes: Vec<Value> = serving
        .model()
        .variables
        .iter()
        .zip(&answer.options)
        .zip(&chosen)
        .map(|((variable, options), &chosen)| {
            let open = options.iter().filter(|figures| figures.is_some()).count();
            let listed = variable.values.iter().zip(options).enumerate().map(|(value, (name, figures))| {
                let state = match (figures, chosen) {
                    (None, _) => "blocked",
                    (Some(_), Some(chosen)) if chosen.index() == value => "chosen",
                    (Some(_), None) if open == 1 => "implied",
                    (Some(_), _) => "available",
                };
                told(json!({"name": name, "state": state}), "completions", figures.as_ref())
            });
            json!({"name": variable.name, "options": listed.collect::<Vec<_>>()})
        })
        .collect();
    let exact = matches!(serving, Serving::Diagram(_));
    let all = json!({"attributes": attributes, "exact": exact, "engine": serving.name()});
    say(told(all, "completions", answer.all.as_ref()))?;
    Ok(if answer.all.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What can be had with these choices.
pub(crate) fn answer(serving: &mut Serving, choices: &[(VariableId, ValueId)]) -> Answer {
    match serving {
        Serving::Diagram(engine) => of_diagram(engine, &by_variable(engine.model(), choices)),
        Serving::Solver(_, solver) => of_solver(solver, choices),
    }
}

/// With figures, the number of designs under this name; those that are no more than bounds are named. Without any there is
/// no design: no totals, and 0 of them.
pub(crate) fn told(mut answer: Value, number: &str, figures: Option<&Figures>) -> Value {
    let Some(Figures { totals, completions, counted }) = figures else {
        answer["min_total"] = Value::Null;
        answer["max_total"] = Value::Null;
        answer[number] = json!("0");
        return answer;
    };
    answer["min_total"] = json!(totals.low);
    answer["max_total"] = json!(totals.high);
    answer[number] = json!(completions);
    let exact = [("min_total", totals.low_is_met), ("max_total", totals.high_is_met), (number, *counted)];
    let bounds: Vec<&str> = exact.iter().filter(|(_, exact)| !exact).map(|(name, _)| *name).collect();
    if !bounds.is_empty() {
        answer["bounds"] = json!(bounds);
    }
    answer
}

fn of_diagram(engine: &Engine, chosen: &[Option<ValueId>]) -> Answer {
    let figures = |totals: &Totals, completions: String| {
        let totals = Within { low: totals.low(), high: totals.high(), low_is_met: true, high_is_met: true };
        Figures { totals, completions, counted: true }
    };
    let (total, totals) = engine.totals(chosen, &mut Pass::default(), &mut Vec::new());
    let counts = engine.completions(chosen);
    let mut literals = totals.iter().zip(&counts);
    let options = engine.model().variables.iter().map(|variable| {
        let own = literals.by_ref().take(variable.size());
        own.map(|(totals, count)| totals.is_possible().then(|| figures(totals, count.to_string()))).collect()
    });
    let options = options.collect();
    let all = total.is_possible().then(|| figures(&total, engine.count_wide(chosen).to_string()));
    Answer { all, options }
}

fn of_solver(solver: &mut Solver, choices: &[(VariableId, ValueId)]) -> Answer {
    // Where there is one at all and no more than one, there is one.
    let figures = |totals: Within, completions: String| {
        let counted = completions == "1";
        Figures { totals, completions, counted }
    };
    let (_, found) = solver.figures(choices);
    let options = found.options.iter().zip(found.most_completions()).map(|(options, counts)| {
        let both = options.iter().zip(counts);
        both.map(|(within, count)| within.map(|within| figures(within, count.to_string()))).collect()
    });
    let all = found.totals.map(|totals| figures(totals, found.most_designs().to_string()));
    Answer { all, options: options.collect() }
}

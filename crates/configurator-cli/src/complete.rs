//! `configurator complete`: the design that is best in the way that was asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use configurator::file::{File as ProductFile, PastOrdersFile};
use configurator::{Choices, Configured, Product};
use engine::model::{Expression, Model, PriceKind};
use engine::objective::{Ordered, Scores};
use serde_json::{Value, json};

use crate::random::Random;
use crate::{
    Chosen, File, Refused, Serve, Serving, Which, by_variable, listed, once_each, read_choice, read_choices,
    read_model, read_text, say, serving,
};

/// What makes a design the best.
#[derive(Args)]
pub(crate) struct Wish {
    /// In which way it is best; the cheapest of those that are equally good.
    #[arg(long, value_enum, default_value_t = Objective::Cheapest)]
    objective: Objective,
    /// Seed of a random design: 1 unless said otherwise.
    #[arg(long)]
    seed: Option<u64>,
    /// What the nearest design is to agree with.
    #[arg(long, value_name = "ATTRIBUTE=OPTION", required_if_eq("objective", "nearest"))]
    near: Vec<String>,
    /// How much something matters: a benefit to the design of the best utility, an attribute (1 unless said otherwise) to
    /// the nearest one.
    #[arg(long, value_name = "NAME=NUMBER", required_if_eq("objective", "utility"))]
    weigh: Vec<String>,
    /// The past orders of a product's folder (past-orders.toml), for the most probable design.
    #[arg(long, required_if_eq("objective", "probable"))]
    orders: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Objective {
    /// The lowest total.
    Cheapest,
    /// The highest total.
    Dearest,
    /// Any, each equally likely. Only a diagram can tell how many there are.
    Random,
    /// The most agreement with `--near`, each attribute as `--weigh` says. The score is the agreeing attributes' weight. Of
    /// the designs of a product that agree equally, the one whose numbers are the fewest steps away.
    Nearest,
    /// The most benefits, each as `--weigh` says. The score is their weighted sum over the options.
    Utility,
    /// What past orders make most probable, attributes taken as independent of each other and every option as ordered once
    /// more than it was. The score is the binary logarithm of that probability, times 2²⁰.
    Probable,
}

/// Conflicts after which the solver no longer looks for a better design: some seconds.
pub(crate) const PATIENCE: u64 = 20_000;

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
    let dearest = wish.objective == Objective::Dearest;
    let asked = if dearest { turned_round(model.clone()) } else { model.clone() };
    // Only a diagram draws at random, so that what else might serve is no advice.
    let is_any = wish.objective == Objective::Random && serve.engine == Which::Diagram;
    let serve = if is_any { &Serve { engine: Which::Automatic } } else { serve };
    let serving = serving(asked, file, serve)?;
    let scored = scores != Scores::default();
    let mut bound = None;
    let found = match &serving {
        Serving::Diagram(engine) if wish.objective == Objective::Random => {
            let allowed: Vec<bool> = engine.allowed(&by_variable(&model, &choices)).collect();
            let mut random = Random::new(wish.seed.unwrap_or(1));
            let drawn = engine.diagram().random_wide(&allowed, |bound| random.below_wide(bound));
            drawn.map(|design| (design, 0))
        }
        Serving::Solver(..) if wish.objective == Objective::Random => {
            return Err(format!(
                "{}: equally likely designs need a diagram, which counts them; here the solver serves. Ask for the \
                 cheapest, dearest, nearest or most probable one.",
                file.file.display()
            ));
        }
        Serving::Diagram(engine) => {
            engine.best(&by_variable(&model, &choices), &scores).map(|best| (best.assignment, best.score))
        }
        Serving::Solver(_, fallback) => fallback.best(&choices, &scores, PATIENCE).map(|best| {
            if !best.exact {
                let total = if dearest { best.least_total.saturating_neg() } else { best.least_total };
                bound = Some(if scored { best.most_score } else { total });
            }
            (best.assignment, best.score)
        }),
    };
    let Some((assignment, score)) = found else {
        say(json!({"design": null, "exact": true, "engine": serving.name()}))?;
        return Ok(ExitCode::FAILURE);
    };
    let design: serde_json::Map<String, Value> = model
        .variables
        .iter()
        .zip(&assignment)
        .map(|(variable, value)| (variable.name.clone(), json!(variable.values[value.index()])))
        .collect();
    let mut answer = json!({"design": design, "total": model.price(&assignment),
        "exact": bound.is_none(), "engine": serving.name()});
    if scored {
        answer["score"] = json!(score);
    }
    if let Some(bound) = bound {
        answer["bound"] = json!(bound);
    }
    say(&answer)?;
    Ok(ExitCode::SUCCESS)
}

impl Wish {
    /// Refuses what the objective would not look at.
    fn check(&self) -> Result<(), Refused> {
        let given = [
            ("--seed", self.seed.is_some(), &[Objective::Random][..]),
            ("--near", !self.near.is_empty(), &[Objective::Nearest]),
            ("--weigh", !self.weigh.is_empty(), &[Objective::Nearest, Objective::Utility]),
            ("--orders", self.orders.is_some(), &[Objective::Probable]),
        ];
        let ignored = given.iter().find(|(_, given, of)| *given && !of.contains(&self.objective));
        let Some((option, _, of)) = ignored else { return Ok(()) };
        let of: Vec<&str> = of.iter().map(|objective| objective.name()).collect();
        Err(format!(
            "{option} says nothing about --objective {}. Leave it out, or ask for --objective {}.",
            self.objective.name(),
            of.join(" or ")
        ))
    }
}

impl Objective {
    /// As it is written.
    fn name(self) -> &'static str {
        match self {
            Self::Cheapest => "cheapest",
            Self::Dearest => "dearest",
            Self::Random => "random",
            Self::Nearest => "nearest",
            Self::Utility => "utility",
            Self::Probable => "probable",
        }
    }
}

/// What values are worth to a wish; nothing where only the price counts.
fn scores(file: &File, model: &Model, wish: &Wish) -> Result<Scores, Refused> {
    match (wish.objective, &wish.orders) {
        (Objective::Nearest, _) => {
            let near = wish.near.iter().map(|text| read_choice(model, text));
            let near = near.collect::<Result<Vec<_>, _>>().and_then(|near| once_each(model, near))?;
            let mut weights = vec![1; model.variables.len()];
            for (name, weight) in read_weights(&wish.weigh)? {
                let variable = model.variable_named(name).map_err(|error| error.to_string())?;
                if near.iter().all(|(other, _)| *other != variable) {
                    return Err(format!(
                        "--weigh {name}={weight} says nothing: --near has no option of '{name}'."
                    ));
                }
                weights[variable.index()] = weight;
            }
            let mut near = by_variable(model, &near);
            let scores = Scores::agreement(model, &near, &weights);
            if !file.is_product() {
                return Ok(scores);
            }
            let text = read_text(&file.file)?;
            let (_, product) = read_product(file, &text)?;
            // What does not matter, or is better different, is not better near.
            near.iter_mut()
                .zip(&weights)
                .filter(|(_, weight)| **weight <= 0)
                .for_each(|(near, _)| *near = None);
            scores.with_distances(product.distances(&near)).map_err(|error| format!("--weigh: {error}"))
        }
        (Objective::Utility, _) => utility(file, &read_weights(&wish.weigh)?),
        (Objective::Probable, Some(orders)) => probable(file, model, orders),
        _ => Ok(Scores::default()),
    }
}

fn read_product<'t>(file: &File, text: &'t str) -> Result<(ProductFile<'t>, Product), Refused> {
    ProductFile::check(text).map_err(|faults| listed(&file.file, &faults))
}

/// The weights, if they are of different things.
fn read_weights(texts: &[String]) -> Result<Vec<(&str, i32)>, Refused> {
    let weights: Vec<_> = texts.iter().map(|text| read_weight(text)).collect::<Result<_, _>>()?;
    let again =
        |(at, (name, _)): &(usize, &(&str, i32))| weights[..*at].iter().any(|(other, _)| other == name);
    match weights.iter().enumerate().find(again) {
        Some((_, (name, _))) => Err(format!("'{name}' is weighed twice. Give it one weight.")),
        None => Ok(weights),
    }
}

/// A weight from `NAME=NUMBER`; names may contain `=`.
fn read_weight(text: &str) -> Result<(&str, i32), Refused> {
    let split = text.rsplit_once('=');
    split.and_then(|(name, weight)| Some((name, weight.parse().ok()?))).ok_or_else(|| {
        let most = i32::MAX;
        format!("'{text}' is no weight. Write NAME=NUMBER with a whole number such as 2, at most {most}.")
    })
}

fn utility(file: &File, weights: &[(&str, i32)]) -> Result<Scores, Refused> {
    let path = file.file.display();
    let none =
        || format!("{path}: no option here has benefits to weigh. Give some options of a product file some.");
    if !file.is_product() {
        return Err(none());
    }
    let text = read_text(&file.file)?;
    let (_, product) = read_product(file, &text)?;
    let known = product.benefits();
    if known.is_empty() {
        return Err(none());
    }
    if let Some((name, _)) = weights.iter().find(|(name, _)| !known.contains(name)) {
        let known: Vec<&str> = known.into_iter().collect();
        return Err(format!("{path}: there is no benefit '{name}'. It has {}.", known.join(", ")));
    }
    let weights: BTreeMap<String, i32> =
        weights.iter().map(|&(name, weight)| (name.to_owned(), weight)).collect();
    Ok(product.utility(&weights))
}

fn probable(file: &File, model: &Model, path: &Path) -> Result<Scores, Refused> {
    if !file.is_product() {
        return Err(format!("{}: past orders are those of a product file.", file.file.display()));
    }
    let text = read_text(&file.file)?;
    let (file, product) = read_product(file, &text)?;
    Ok(Scores::frequencies(model, &read_orders(&file, &product, path)?))
}

/// What was ordered, completed from the standard as a shop does it, and how often.
fn read_orders(file: &ProductFile, product: &Product, path: &Path) -> Result<Vec<Ordered>, Refused> {
    let text = read_text(path)?;
    let orders = PastOrdersFile::read(&text).map_err(|faults| listed(path, &faults))?;
    let mut faults = orders.locate(&file.check_orders(&orders.source));
    faults.extend(orders.faults);
    if !faults.is_empty() {
        faults.sort();
        return Err(listed(path, &faults));
    }
    let product = Configured::new(product.clone()).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for (number, order) in orders.source.orders.iter().enumerate() {
        let refused = |error: String| format!("{}: order {}: {error}", path.display(), number + 1);
        let mut choices = Choices::new();
        for (code, value) in &order.choices {
            let (id, value) =
                product.read_choice(code, &value.to_string()).map_err(|error| refused(error.to_string()))?;
            choices = choices.with(id, value);
        }
        let design =
            product.complete(&choices, product.standard()).map_err(|error| refused(error.to_string()))?;
        found.push(Ordered { design: product.to_chosen(&design.to_choices()), count: order.count });
    }
    Ok(found)
}

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

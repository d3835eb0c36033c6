//! What makes a design the best: what each option is worth to a wish.

use std::collections::BTreeMap;
use std::path::Path;

use configurator::file::{File as ProductFile, PastOrdersFile};
use configurator::{Choices, Configured, Product};
use engine::model::Model;
use engine::objective::{Ordered, Scores};

use crate::arguments::{File, Objective, Wish};
use crate::input::{Refused, by_variable, listed, once_each, read_choice, read_product, read_text};

impl Wish {
    /// Refuses what the objective would not look at.
    pub fn check(&self) -> Result<(), Refused> {
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

/// What values are worth to a wish; nothing where only the price counts.
pub(crate) fn scores(file: &File, model: &Model, wish: &Wish) -> Result<Scores, Refused> {
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
    Ok(Scores::frequencies(model, &read_orders(&file, product, path)?))
}

/// What was ordered, completed from the standard as a shop does it, and how often.
fn read_orders(file: &ProductFile, product: Product, path: &Path) -> Result<Vec<Ordered>, Refused> {
    let text = read_text(path)?;
    let orders = PastOrdersFile::read(&text).map_err(|faults| listed(path, &faults))?;
    let mut faults = orders.locate(&file.check_orders(&orders.source));
    faults.extend(orders.faults);
    if !faults.is_empty() {
        faults.sort();
        return Err(listed(path, &faults));
    }
    let product = Configured::new(product).map_err(|error| error.to_string())?;
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

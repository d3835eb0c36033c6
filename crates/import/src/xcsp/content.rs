//! What the constraints of an instance say: constraints, prices of values and prices of several variables.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::rows::{MOST_ENTRIES, Names, Rows, amount, too_large, whole};
use super::sections::Sections;
use crate::text::{ImportError, shown};
use crate::xml::{attribute, error};
use engine::model::{ConstraintKind, Model, Price, PriceKind, VariableId};

/// What constraints say.
#[derive(Default)]
pub(super) struct Content<'a, 't> {
    pub constraints: Vec<(Node<'a, 't>, ConstraintKind)>,
    unary: Vec<(Node<'a, 't>, VariableId, Vec<i64>)>,
    tables: Vec<Price>,
    base: i64,
}

impl<'a, 't> Content<'a, 't> {
    /// What the constraints of an instance say about a model with these names.
    pub fn read(sections: &Sections<'a, 't>, names: &Names<'_>) -> Result<Self, ImportError> {
        let mut content = Self::default();
        let mut entries = 0;
        for node in &sections.constraints {
            let relation = relation_of(sections, *node)?;
            let scope = names.scope(*node)?;
            let rows = Rows::read(relation, *node, &scope, names, &mut entries)?;
            let name = node.attribute("name").unwrap_or("constraint");
            match rows.costs {
                None => content.constraints.push((*node, rows.kind(scope))),
                Some((amounts, otherwise)) if scope.len() == 1 => {
                    entries += names.values[scope[0].index()].len();
                    if entries > MOST_ENTRIES {
                        return Err(too_large(*node));
                    }
                    let mut prices = vec![otherwise; names.values[scope[0].index()].len()];
                    for (value, amount) in rows.tuples.iter().zip(amounts) {
                        prices[value.index()] = amount;
                    }
                    content.unary.push((*node, scope[0], prices));
                }
                Some((amounts, otherwise)) => {
                    let kind = PriceKind::Table { scope, tuples: rows.tuples, amounts, otherwise };
                    content.tables.push(Price { name: name.to_owned(), kind });
                }
            }
        }
        if let Some(costs) = sections.costs {
            content.base = costs.attribute("initialCost").map_or(Ok(0), |cost| amount(costs, None, cost))?;
            if let Some(most) = costs.attribute("maximalCost") {
                let most = i128::from(whole(costs, None, most)?);
                if most <= content.dearest() {
                    let message = "a maximalCost that a design can reach is a constraint that is not read";
                    return Err(error(costs, message, "Remove it, or set it to more than any design costs."));
                }
            }
        }
        Ok(content)
    }

    /// No design costs more than this.
    fn dearest(&self) -> i128 {
        let unary = self.unary.iter().filter_map(|(_, _, prices)| prices.iter().max().copied());
        let tables = self.tables.iter().filter_map(|price| match &price.kind {
            PriceKind::Table { amounts, otherwise, .. } => amounts.iter().chain([otherwise]).max().copied(),
            PriceKind::When(..) => None,
        });
        unary.chain(tables).chain([self.base]).map(i128::from).sum()
    }

    /// All or nothing: the model changes only when every sum can be said.
    pub fn add_prices(self, model: &mut Model) -> Result<(), ImportError> {
        let mut sums: BTreeMap<VariableId, Vec<i64>> = BTreeMap::new();
        for (node, variable, prices) in self.unary {
            let sum = sums.entry(variable).or_insert_with(|| model.variable(variable).prices.clone());
            for (sum, price) in sum.iter_mut().zip(prices) {
                *sum = sum.checked_add(price).ok_or_else(|| {
                    error(node, "the prices of a value are too large", "Use smaller numbers.")
                })?;
            }
        }
        for (variable, prices) in sums {
            model.variables[variable.index()].prices = prices;
        }
        model.prices.extend(self.tables);
        model.base_price = model.base_price.saturating_add(self.base);
        Ok(())
    }
}

/// The relation that a constraint refers to.
fn relation_of<'a, 't>(sections: &Sections<'a, 't>, node: Node<'a, 't>) -> Result<Node<'a, 't>, ImportError> {
    let reference = attribute(node, "reference")?;
    if let Some(relation) = sections.relations.get(reference) {
        return Ok(*relation);
    }
    let (message, advice) = if reference.starts_with("global:") {
        (format!("the global constraint '{}' is not read", shown(reference)), "Write it as a relation.")
    } else {
        (format!("there is no relation '{}'", shown(reference)), "Add it to <relations>.")
    };
    Err(error(node, message, advice))
}

//! How many designs are valid in two states of a product alike: what a draft forbids and allows is what each has beside those.

use engine::compile::Limits;
use engine::model::{ConstraintKind, Expression, Formula, Model, ValueId, Variable, VariableId};
use engine::pass::{Count, Pass};

use crate::configured::Configured;
use crate::product::Product;

/// Limits of a diagram that is counted once and forgotten.
const ONCE: Limits = Limits { nodes: 60_000, orders: 8, steps: 2_000_000 };
/// The value of an option in a set that has it.
const IN_THE_SET: &str = "yes";

impl Configured {
    /// How many designs are valid here and in another state of the product, where that can be counted: both have their diagrams and
    /// the same attributes, of one kind, texts with one standard. A text counts as filled or not. The largest `u128` is no count.
    #[must_use]
    pub fn count_shared(&self, other: &Self) -> Option<u128> {
        self.diagram().and(other.diagram())?;
        let diagram = shared(self, other)?.compile(ONCE).ok()?;
        let weights = vec![1_u128; diagram.sizes().sum()];
        let mut pass = Pass::<Count>::default();
        pass.upwards(&diagram, &weights);
        Some(pass.total(&diagram)).filter(|count| *count < u128::MAX)
    }
}

/// The designs that are valid in both, over the variables of the first, with a further one for each option of a set that only the second
/// has and no design in both.
fn shared(one: &Product, other: &Product) -> Option<Model> {
    let is_alike = |product: &Product, other: &Product| {
        product.ids().all(|(id, attribute)| {
            other.ids().any(|(other_id, known)| {
                known.code == attribute.code
                    && std::mem::discriminant(&known.kind) == std::mem::discriminant(&attribute.kind)
                    && (!known.kind.is_text() || other.initial(other_id) == product.initial(id))
            })
        })
    };
    if !is_alike(one, other) || !is_alike(other, one) {
        return None;
    }
    let (mut model, second) = (one.to_model(), other.to_model());
    model.prices.clear();
    let begun = model.variables.len();
    let ways: Vec<Way> = second.variables.iter().map(|variable| Way::of(variable, &mut model)).collect();
    for (at, variable) in model.variables[..begun].to_vec().iter().enumerate() {
        let way = ways.iter().find(|way| way.variable.index() == at);
        let stays = |value: &ValueId| match way {
            Some(way) => way.values.contains(&Some(*value)),
            None => variable.values[value.index()] != IN_THE_SET,
        };
        only(&mut model, VariableId::new(at), variable, stays);
    }
    for (at, variable) in model.variables[begun..].to_vec().iter().enumerate() {
        let stays = |value: &ValueId| variable.values[value.index()] != IN_THE_SET;
        only(&mut model, VariableId::new(begun + at), variable, stays);
    }
    for constraint in second.constraints {
        // Products have formulas alone.
        let ConstraintKind::Formula(formula) = constraint.kind else { return None };
        let formula = translated(&formula, &ways, &model);
        model.add_constraint(constraint.name, ConstraintKind::Formula(formula));
    }
    model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
    Some(model)
}

/// Keeps a variable to some of its values.
fn only(model: &mut Model, id: VariableId, variable: &Variable, stays: impl Fn(&ValueId) -> bool) {
    let values: Vec<ValueId> = (0..variable.size()).map(ValueId::new).filter(stays).collect();
    if values.len() < variable.size() {
        model.add_constraint(&variable.name, ConstraintKind::Formula(Formula::In(id, values)));
    }
}

/// What a variable of the second is in the model of both.
struct Way {
    variable: VariableId,
    /// By its value; nothing for one that only the second has.
    values: Vec<Option<ValueId>>,
}

impl Way {
    fn of(variable: &Variable, model: &mut Model) -> Self {
        let id = match model.variable_by_name(&variable.name) {
            Some(id) => id,
            None => model.add_variable(variable.clone()),
        };
        let known = &model.variable(id).values;
        let place = |name: &String| known.iter().position(|value| value == name).map(ValueId::new);
        Self { variable: id, values: variable.values.iter().map(place).collect() }
    }
}

fn translated(formula: &Formula, ways: &[Way], model: &Model) -> Formula {
    let all = |parts: &[Formula]| parts.iter().map(|part| translated(part, ways, model)).collect();
    match formula {
        Formula::In(variable, values) => {
            let way = &ways[variable.index()];
            Formula::In(way.variable, values.iter().filter_map(|value| way.values[value.index()]).collect())
        }
        Formula::Not(part) => Formula::Not(Box::new(translated(part, ways, model))),
        Formula::And(parts) => Formula::And(all(parts)),
        Formula::Or(parts) => Formula::Or(all(parts)),
        Formula::Count { min, max, of } => Formula::Count { min: *min, max: *max, of: all(of) },
        Formula::Compare(left, comparison, right) => {
            let [left, right] = [left, right].map(|number| number_of(number, ways, model));
            Formula::Compare(left, *comparison, right)
        }
    }
}

fn number_of(number: &Expression, ways: &[Way], model: &Model) -> Expression {
    let boxed = |number: &Expression| Box::new(number_of(number, ways, model));
    match number {
        Expression::Constant(number) => Expression::Constant(*number),
        Expression::Of(variable, numbers) => {
            let way = &ways[variable.index()];
            // What only the first has is in no design of both.
            let mut found = vec![0; model.variable(way.variable).size()];
            for (value, number) in way.values.iter().zip(numbers) {
                if let Some(value) = value {
                    found[value.index()] = *number;
                }
            }
            Expression::Of(way.variable, found)
        }
        Expression::Sum(parts) => {
            Expression::Sum(parts.iter().map(|part| number_of(part, ways, model)).collect())
        }
        Expression::Difference(left, right) => Expression::Difference(boxed(left), boxed(right)),
        Expression::Product(left, right) => Expression::Product(boxed(left), boxed(right)),
        Expression::Quotient(number, divisor, rounding) => {
            Expression::Quotient(boxed(number), *divisor, *rounding)
        }
    }
}

#[cfg(all(test, feature = "file"))]
#[expect(clippy::unwrap_used, reason = "a test that can not be set up fails")]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::design::Design;

    fn source() -> Value {
        json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red", "weight": 1 }, { "code": "blue", "label": "Blue", "weight": 5 }, { "code": "grey", "label": "Grey" },
                ]},
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                    { "code": "lid", "label": "Lid", "weight": 3 }, { "code": "spoon", "label": "Spoon", "weight": 2 },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 11 },
                { "code": "words", "step": "all", "label": "Words", "kind": "text", "standard": "", "max_length": 8 },
            ],
            "rules": [{ "code": "one", "rule": "glaze = grey implies height < 10" }],
        })
    }

    /// Edits of all kinds, some of which forbid and some of which allow: each goes behind those before it.
    const EDITS: [fn(&mut Value); 14] = [
        |mug| mug["rules"][0]["rule"] = json!("glaze = grey implies height < 9"),
        |mug| mug["rules"] = json!([]),
        |mug| {
            mug["rules"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "code": "two", "rule": "extras has lid implies filled(words)" }))
        },
        |mug| {
            mug["rules"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "code": "light", "rule": "sum(weight) + height <= 15" }))
        },
        |mug| {
            mug["attributes"][0]["options"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "code": "green", "label": "Green" }))
        },
        |mug| drop(mug["attributes"][0]["options"].as_array_mut().unwrap().remove(1)),
        |mug| mug["attributes"][0]["options"].as_array_mut().unwrap().swap(0, 1),
        |mug| mug["attributes"][0]["options"][1]["available"] = json!(false),
        |mug| {
            mug["attributes"][1]["options"]
                .as_array_mut()
                .unwrap()
                .insert(0, json!({ "code": "saucer", "label": "Saucer", "weight": 9 }))
        },
        |mug| drop(mug["attributes"][1]["options"].as_array_mut().unwrap().remove(0)),
        |mug| mug["attributes"][1]["max"] = json!(1),
        |mug| (mug["attributes"][2]["min"], mug["attributes"][2]["max"]) = (json!(8), json!(13)),
        |mug| mug["attributes"][1]["applies"] = json!("height > 8"),
        |mug| mug["budget"] = json!({ "ceiling": 2 }),
    ];

    fn product(edits: &[usize]) -> Option<Configured> {
        let mut source = source();
        edits.iter().for_each(|&edit| EDITS[edit](&mut source));
        Configured::new(Product::check(&serde_json::from_value(source).unwrap()).ok()?).ok()
    }

    /// Every design of a product, valid or not, as pairs.
    fn designs(product: &Product) -> Vec<Vec<(String, String)>> {
        let mut found = vec![Vec::new()];
        for (_, attribute) in product.ids() {
            let mut values: Vec<String> = match attribute.kind.numbers() {
                Some(numbers) => numbers.iter().map(|number| number.to_string()).collect(),
                None if attribute.kind.is_text() => vec![String::new(), "A".to_owned()],
                None => attribute.options().iter().map(|option| option.code.clone()).collect(),
            };
            if attribute.kind.is_multi_choice() {
                let options = std::mem::take(&mut values);
                values = (0..1_usize << options.len())
                    .map(|set| {
                        let members = options.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                        members.map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(",")
                    })
                    .collect();
            }
            let with = |design: &Vec<(String, String)>| -> Vec<Vec<(String, String)>> {
                let one =
                    |value: &String| [design.clone(), vec![(attribute.code.clone(), value.clone())]].concat();
                values.iter().map(one).collect()
            };
            found = found.iter().flat_map(with).collect();
        }
        found
    }

    /// The valid designs of a product, written with what is absent.
    fn valid(product: &Configured) -> std::collections::BTreeSet<String> {
        let read = |pairs: &Vec<(String, String)>| -> Option<Design> {
            let mut design = product.standard().clone();
            for (code, text) in pairs {
                let (id, value) = product.read_choice(code, text).ok()?;
                design = design.with(id, value);
            }
            Some(product.fitted(design))
        };
        let designs = designs(product);
        let designs = designs.iter().filter_map(read).filter(|design| product.validate(design).is_empty());
        let written = |design: Design| {
            let mut values: Vec<String> = product
                .ids()
                .map(|(id, attribute)| {
                    let mut words: Vec<String> =
                        product.describe(id, design.value(id)).split(", ").map(str::to_owned).collect();
                    words.sort();
                    format!(
                        "{} {} {:?}",
                        attribute.code,
                        words.join("+"),
                        matches!(design.value(id), crate::value::Value::Absent)
                    )
                })
                .collect();
            values.sort();
            values.join("; ")
        };
        designs.map(written).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn designs_of_both_are_counted_as_one_by_one(
            one in prop::sample::subsequence((0..EDITS.len()).collect::<Vec<_>>(), 0..3),
            other in prop::sample::subsequence((0..EDITS.len()).collect::<Vec<_>>(), 0..4),
        ) {
            let (Some(one), Some(other)) = (product(&one), product(&other)) else { return Ok(()) };
            let (here, there) = (valid(&one), valid(&other));
            prop_assert_eq!(one.count_designs(), Some(here.len() as u128));
            let shared = here.intersection(&there).count() as u128;
            prop_assert_eq!(one.count_shared(&other), Some(shared));
            prop_assert_eq!(other.count_shared(&one), Some(shared));
        }
    }

    #[test]
    fn other_attributes_and_texts_are_not_counted() {
        let base = product(&[]).unwrap();
        let changed = |edit: fn(&mut Value)| {
            let mut source = source();
            edit(&mut source);
            Configured::new(Product::check(&serde_json::from_value(source).unwrap()).unwrap()).unwrap()
        };
        assert!(base.count_shared(&base).is_some());
        let without_height = changed(|mug| {
            mug["rules"] = json!([]);
            mug["attributes"].as_array_mut().unwrap().remove(2);
        });
        assert_eq!(base.count_shared(&without_height), None);
        assert_eq!(base.count_shared(&changed(|mug| mug["attributes"][3]["standard"] = json!("Tea"))), None);
    }
}

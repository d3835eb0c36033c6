//! Shoppers walking at random through public feature models: never a dead end.

use engine::cnf::Limits;
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
use engine::solver::{Choice, Solver};
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/feature-models/");

/// A feature model in DIMACS; `None` when it is not there.
fn feature_model(name: &str) -> Option<Model> {
    let Ok(text) = std::fs::read_to_string(format!("{FOLDER}{name}.dimacs")) else {
        println!("{name} is not there: skipped");
        return None;
    };
    let mut model = Model::default();
    for line in text.lines().filter(|line| !line.starts_with('c')) {
        if let Some(sizes) = line.strip_prefix("p cnf") {
            let count: usize = sizes.split_whitespace().next()?.parse().ok()?;
            model.variables = (0..count).map(|index| Variable::boolean(index.to_string())).collect();
            continue;
        }
        let literals =
            line.split_whitespace().filter_map(|word| word.parse::<i32>().ok()).filter(|&word| word != 0);
        let literal = |literal: i32| {
            let variable = VariableId::new(literal.unsigned_abs() as usize - 1);
            Formula::In(variable, vec![ValueId(u32::from(literal > 0))])
        };
        model.add_constraint(line, ConstraintKind::Formula(Formula::Or(literals.map(literal).collect())));
    }
    Some(model)
}

/// Open variables and their available values.
fn open(menu: &[Vec<bool>], choices: &[Choice]) -> Vec<(VariableId, Vec<ValueId>)> {
    let chosen: Vec<VariableId> = choices.iter().map(|choice| choice.0).collect();
    let values = |values: &Vec<bool>| -> Vec<ValueId> {
        (0..values.len()).filter(|&value| values[value]).map(ValueId::new).collect()
    };
    let all = menu.iter().enumerate().map(|(index, available)| (VariableId::new(index), values(available)));
    all.filter(|(variable, values)| values.len() > 1 && !chosen.contains(variable)).collect()
}

/// A walk of at most so many choices.
fn walk(model: &Model, solver: &mut Solver, seed: u64, most: usize) {
    let mut random = SplitMix64::seed_from_u64(seed);
    let mut below = |count: usize| (random.next_u64() % count as u64) as usize;
    let mut choices: Vec<Choice> = Vec::new();
    loop {
        let menu = solver.menu(&choices);
        assert!(menu.values.iter().all(|values| values.contains(&true)), "a dead end");
        if choices.len() % 40 == 7 {
            assert!(menu == Solver::new(model, &Limits::default()).unwrap().menu(&choices));
        }
        let open = open(&menu.values, &choices);
        if open.is_empty() || choices.len() == most {
            break;
        }
        let (variable, values) = &open[below(open.len())];
        choices.push((*variable, values[below(values.len())]));
    }
    let complete = solver.complete(&choices, &[]).unwrap();
    assert!(model.is_valid(&complete));
}

#[test]
fn walks_through_feature_models_have_no_dead_ends() {
    for name in ["financialservices01", "busybox"] {
        if let Some(model) = feature_model(name) {
            walk(&model, &mut Solver::new(&model, &Limits::default()).unwrap(), 1, 30);
        }
    }
}

//! Shoppers walking at random through public feature models: never a dead end, and how long each menu takes.
//!
//! `cargo test --release -p configurator --test solver -- --ignored --nocapture` measures; other runs walk a little.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use configurator::cnf::Limits;
use configurator::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
use configurator::solver::{Choice, Fallback};

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

/// Time that this thread has spent computing: others may share the machine. The clock where that is not told.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split_whitespace().next().and_then(|word| word.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
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

/// A walk of at most so many choices: the menus' times.
fn walk(model: &Model, fallback: &mut Fallback, seed: u64, most: usize) -> Vec<Duration> {
    let mut random = Random(seed);
    let mut choices: Vec<Choice> = Vec::new();
    let mut times = Vec::new();
    loop {
        let start = spent();
        let menu = fallback.menu(&choices);
        times.push(spent() - start);
        assert!(menu.values.iter().all(|values| values.contains(&true)), "a dead end");
        if choices.len() % 40 == 7 {
            assert!(menu == Fallback::new(model, &Limits::default()).unwrap().menu(&choices));
        }
        let open = open(&menu.values, &choices);
        if open.is_empty() || choices.len() == most {
            break;
        }
        let (variable, values) = &open[random.below(open.len())];
        choices.push((*variable, values[random.below(values.len())]));
    }
    let complete = fallback.complete(&choices, &[]).unwrap();
    assert!(model.is_valid(&complete));
    times
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() * percent / 100).min(times.len() - 1)]
}

#[test]
fn walks_through_feature_models_have_no_dead_ends() {
    for name in ["financialservices01", "busybox"] {
        if let Some(model) = feature_model(name) {
            walk(&model, &mut Fallback::new(&model, &Limits::default()).unwrap(), 1, 30);
        }
    }
}

#[test]
#[ignore = "measures"]
fn menus_of_feature_models_take_this_long() {
    for name in ["financialservices01", "busybox", "ea2468", "automotive01"] {
        if std::env::var("FEATURE_MODEL").is_ok_and(|wanted| wanted != name) {
            continue;
        }
        let Some(model) = feature_model(name) else { continue };
        let start = spent();
        let mut fallback = Fallback::new(&model, &Limits::default()).unwrap();
        let loading = spent() - start;
        let start = spent();
        fallback.menu(&[]);
        let first = spent() - start;
        let mut times: Vec<Duration> =
            (0..4).flat_map(|seed| walk(&model, &mut fallback, seed, usize::MAX)).collect();
        println!(
            "{name}: {} variables, {} constraints, loaded {loading:?}, first menu {first:?}, {} menus: \
             p50 {:?}, p95 {:?}, max {:?}",
            model.variables.len(),
            model.constraints.len(),
            times.len(),
            percentile(&mut times, 50),
            percentile(&mut times, 95),
            percentile(&mut times, 100),
        );
        let start = spent();
        let menu = fallback.menu(&[]);
        let mut random = Random(5);
        let (mut explained, mut repaired, mut longest) = (0, 0, Duration::ZERO);
        for _ in 0..10 {
            let mut choices: Vec<Choice> = Vec::new();
            let mut menu = menu.clone();
            for _ in 0..30 {
                let open = open(&menu.values, &choices);
                if open.is_empty() {
                    break;
                }
                let (variable, values) = &open[random.below(open.len())];
                choices.push((*variable, values[random.below(values.len())]));
                menu = fallback.menu(&choices);
            }
            let blocked = (0..model.variables.len()).find_map(|variable| {
                let possible = fallback.menu(&[]).values[variable] == [true, true];
                let value = menu.values[variable].iter().position(|available| !available)?;
                let choice = (VariableId::new(variable), ValueId::new(value));
                (possible && !choices.iter().any(|choice| choice.0.index() == variable)).then_some(choice)
            });
            let Some(wanted) = blocked else { continue };
            let start = spent();
            let conflict = fallback.explain(&choices, &[wanted]).unwrap();
            longest = longest.max(spent() - start);
            explained += conflict.choices.len();
            let start = spent();
            let weighted: Vec<(Choice, u64)> = choices.iter().map(|choice| (*choice, 1)).collect();
            repaired += fallback.repair(&weighted, &[wanted], 3).len();
            longest = longest.max(spent() - start);
        }
        println!(
            "  conflicts of {explained} choices, {repaired} repairs: longest {longest:?}, all {:?}",
            spent() - start
        );
    }
}

//! How long the analysis of product files takes, as JSON: `analysis_times catalogs/*/product.toml`; with `--table` that of a made-up
//! table of combinations. Times are the median of several runs, in milliseconds; those of the rules are taken once.
#![expect(clippy::print_stdout, reason = "the answer")]

use std::time::{Duration, Instant};

use configurator::analysis::{Matter, Pairs, RuleSet};
use configurator::file::File;
use configurator::rule::{Cell, Column, Table};
use configurator::source::Source;
use configurator::{Configured, OptionId, Product, ServedBy};
use serde_json::{Value, json};

/// How often what is said at once is asked for.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.first().is_some_and(|argument| argument == "--table") {
        println!("{}", serde_json::to_string_pretty(&measure_table()?)?);
        return Ok(());
    }
    let mut all = Vec::new();
    for path in paths {
        all.push(measure(&path)?);
    }
    println!("{}", serde_json::to_string_pretty(&Value::Array(all))?);
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// What a draft is read, compiled and looked over in, and then rule by rule.
fn measure(path: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    let (_, product) = File::check(&text).map_err(|problems| format!("{path}: {problems:?}"))?;
    let live = Configured::new(product.clone())?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let configured = Configured::to_look_into(product.clone(), Some(&live))?;
        let looked = configured.overview();
        times.push(begun.elapsed());
        drop(looked);
    }
    times.sort();
    let configured = Configured::to_look_into(product, Some(&live))?;
    let overview = configured.overview();
    let begun = Instant::now();
    let rules = RuleSet::new(configured.product())?;
    let set_up = begun.elapsed();
    let (mut witnesses, mut nearest, mut never, mut undecided) = (0, 0, 0, 0);
    let mut longest = Duration::ZERO;
    for rule in rules.ids() {
        let own = Instant::now();
        match rules.matter(rule) {
            Matter::Matters(Some(witness)) => {
                witnesses += 1;
                nearest += usize::from(witness.is_nearest);
            }
            Matter::Never(_) => never += 1,
            Matter::Matters(None) | Matter::Undecided => undecided += 1,
        }
        longest = longest.max(own.elapsed());
    }
    let all_rules = begun.elapsed();
    let begun = Instant::now();
    for &(id, option) in &overview.dead {
        rules.behind_dead(id, option)?;
    }
    let dead = begun.elapsed();
    let begun = Instant::now();
    let pairs = Pairs::new(configured.product())?;
    let mut follows = 0;
    let candidates: Vec<_> = pairs.candidates().collect();
    for &id in &candidates {
        follows += usize::from(matches!(pairs.follows(id), Ok(Some(_))));
    }
    let following = begun.elapsed();
    Ok(json!({
        "path": path,
        "served_by": if overview.served_by == ServedBy::Diagram { "diagram" } else { "solver" },
        "designs": overview.designs.map(|designs| designs.to_string()),
        "exact_prices": overview.prices.is_some_and(|prices| prices.is_exact),
        "dead": overview.dead.len(),
        "fixed": overview.fixed.len(),
        "rules": rules.ids().count(),
        "witnesses": witnesses, "nearest": nearest, "never": never, "undecided": undecided,
        "candidates": candidates.len(), "follows": follows,
        "at_once_ms": milliseconds(times[RUNS / 2]),
        "set_up_ms": milliseconds(set_up),
        "rules_ms": milliseconds(all_rules),
        "longest_rule_ms": milliseconds(longest),
        "dead_ms": milliseconds(dead),
        "follows_ms": milliseconds(following),
    }))
}

const TABLE_ROWS: usize = 1_000;
const TABLE_COLUMNS: usize = 8;
const TABLE_OPTIONS: usize = 6;

/// Numbers that are the same everywhere (G. Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap_or(0)
    }
}

/// A product of eight choices with a rule between neighbours, and what is told of a table over all of them.
fn measure_table() -> Result<Value, Box<dyn std::error::Error>> {
    let option = |option: usize| json!({ "code": format!("o{option}"), "label": format!("Option {option}"), "weight": option });
    let attribute = |at: usize| {
        json!({
            "code": format!("a{at}"), "step": "all", "label": format!("Attribute {at}"), "kind": "choice", "standard": "o0",
            "options": (0..TABLE_OPTIONS).map(option).collect::<Vec<_>>(),
        })
    };
    let rule = |at: usize| {
        let rule = format!("a{at} = o{} implies a{} not in (o1, o{})", at % 4 + 1, at + 1, at % 3 + 3);
        json!({ "code": format!("r{at}"), "rule": rule, "sentence": "So it is." })
    };
    let source: Source = serde_json::from_value(json!({
        "name": "Table", "summary": "A table.", "currency": "EUR", "base_price": 1, "lead_time_days": 1,
        "steps": [{ "code": "all", "label": "All" }],
        "attributes": (0..TABLE_COLUMNS).map(attribute).collect::<Vec<_>>(),
        "rules": (0..TABLE_COLUMNS - 1).map(rule).chain([
            json!({ "code": "light", "rule": "sum(weight) <= 30", "sentence": "Too heavy." })
        ]).collect::<Vec<_>>(),
    }))?;
    let product = Product::to_look_into(&source).map_err(|problems| format!("{problems:?}"))?;
    // All attributes have as many options.
    let all: Vec<OptionId> = product.attributes[0].option_ids().map(|(option, _)| option).collect();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut cell = || match numbers.below(6) {
        0 => Cell::Any,
        several => {
            let mut options: Vec<OptionId> =
                (0..several.min(3)).map(|_| all[numbers.below(TABLE_OPTIONS)]).collect();
            options.sort_unstable();
            options.dedup();
            Cell::Options { options, absent: false }
        }
    };
    let rows = (0..TABLE_ROWS).map(|_| (0..TABLE_COLUMNS).map(|_| cell()).collect()).collect();
    let columns: Vec<Column> = Column::all(&product.attributes).collect();
    let table = Table { allowed: true, columns, rows };
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let told = table.report(&product)?;
        times.push(begun.elapsed());
        drop(told);
    }
    times.sort();
    let told = table.report(&product)?;
    let mut whole = source;
    whole.rules.push(configurator::source::RuleSource {
        code: "table".to_owned(),
        rule: table.written(&product.attributes).text(),
        sentence: "Not made.".to_owned(),
    });
    let begun = Instant::now();
    let whole = Product::to_look_into(&whole).map_err(|problems| format!("{problems:?}"))?;
    let read = begun.elapsed();
    let begun = Instant::now();
    let configured = Configured::to_look_into(whole, None)?;
    let compiled = begun.elapsed();
    Ok(json!({
        "rows": TABLE_ROWS,
        "columns": TABLE_COLUMNS,
        "possible": told.possible.to_string(),
        "open": told.open.to_string(),
        "gaps": told.gaps.len(),
        "overlaps": told.overlaps.len(),
        "idle": told.idle.len(),
        "report_ms": milliseconds(times[RUNS / 2]),
        "read_ms": milliseconds(read),
        "compile_ms": milliseconds(compiled),
        "served_by": if configured.served_by() == ServedBy::Diagram { "diagram" } else { "solver" },
        "designs": configured.count_designs().map(|designs| designs.to_string()),
    }))
}

//! How long the analysis of product files takes, as JSON: `analysis_times catalogs/*/product.toml`. Times are the median of several
//! runs, in milliseconds; those of the rules are taken once.
#![expect(clippy::print_stdout, reason = "the answer")]

use std::time::{Duration, Instant};

use configurator::analysis::{Matter, Pairs, RuleSet};
use configurator::file::File;
use configurator::{Configured, ServedBy};
use serde_json::{Value, json};

/// How often what is said at once is asked for.
const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    for path in std::env::args().skip(1) {
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

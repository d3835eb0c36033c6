//! `make eval`: how well past orders tell what is chosen next, on sales histories in ten folds; into bench/RESULTS.md, with plots.

mod figures;
mod made_up;
mod plots;
mod report;
mod sales;
mod walk;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;

use sales::Sales;
use walk::Extent;

/// Most positions that are asked about before orders are sampled.
const POSITIONS: usize = 1_500_000;
/// How many orders are asked about then, in all.
const SAMPLED: usize = 2_000;

/// Measures how well past orders tell what is chosen next.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folders with rules.xml and sales-0.csv to sales-9.csv.
    folders: Vec<PathBuf>,
    /// The file whose section is replaced; without it, the tables are printed only.
    #[arg(long)]
    results: Option<PathBuf>,
    /// The folder for plots.
    #[arg(long)]
    plots: Option<PathBuf>,
    /// What is said of the run: the day, the machine.
    #[arg(long, default_value = "")]
    note: String,
    /// Most orders that are asked about, in all; by default all, or 2 000 of a large history.
    #[arg(long)]
    rows: Option<usize>,
    /// Most orders of a fold's training that are learnt from; by default all, or as many as have 1 500 000 values.
    #[arg(long)]
    learnt: Option<usize>,
    /// Makes up sales of so many attributes and orders in each folder, such as 270x60000, and evaluates nothing.
    #[arg(long)]
    make_up: Option<made_up::Size>,
    /// Where chance comes from.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many folds are gone through at a time.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(size) = arguments.make_up {
        return arguments.folders.iter().try_for_each(|folder| made_up::write(folder, size, arguments.seed));
    }
    let mut sets = Vec::new();
    for folder in &arguments.folders {
        if !folder.join("rules.xml").exists() {
            println!("{} has no rules.xml and is left out.", folder.display());
            continue;
        }
        let started = Instant::now();
        let sales = Sales::read(folder)?;
        let orders: usize = sales.folds.iter().map(Vec::len).sum();
        let usual = if orders * sales.columns.count() > POSITIONS { SAMPLED } else { orders };
        let rows = arguments.rows.unwrap_or(usual).div_ceil(sales::FOLDS);
        let learnt = arguments.learnt.unwrap_or(POSITIONS / sales.columns.count().max(1));
        let (seed, threads) = (arguments.seed, arguments.threads);
        let extent = Extent { rows, cold_rows: rows.min(100), learnt, seed, threads };
        let folds = walk::folds(&sales, extent);
        let set = report::Set { sales, folds, extent, seconds: started.elapsed().as_secs_f64() };
        println!("{}", report::section(&set));
        sets.push(set);
    }
    if sets.is_empty() {
        println!("There is no data to evaluate: give folders with rules.xml and sales-0.csv to sales-9.csv.");
        return Ok(());
    }
    if let Some(folder) = &arguments.plots {
        std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        for set in &sets {
            for (name, plot) in plots::all(set) {
                let path = folder.join(format!("{}-{name}.svg", set.sales.name));
                std::fs::write(&path, plot).with_context(|| format!("writing {}", path.display()))?;
            }
        }
    }
    if let Some(results) = &arguments.results {
        let old =
            std::fs::read_to_string(results).with_context(|| format!("reading {}", results.display()))?;
        let new = report::with_section(&old, &report::whole(&sets, &arguments.note));
        std::fs::write(results, new).with_context(|| format!("writing {}", results.display()))?;
    }
    Ok(())
}

//! The engine on the command line: reads a model file and answers as JSON on standard output.
//!
//! Exit codes: 0 for an answer, 1 for "no" (nothing valid, nothing blocked), 2 for input that can't be read.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use configurator::compile::Limits;
use configurator::engine::Engine;
use configurator::import;
use configurator::model::{Model, ValueId, VariableId};
use configurator::pass::{Pass, Totals, Weight};
use serde_json::{Value, json};

/// Asks a product model: what is possible, what it costs, and why not.
#[derive(Parser)]
#[command(name = "configurator", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile a model and say how large its diagram is.
    Compile {
        #[command(flatten)]
        file: File,
    },
    /// The number of valid designs.
    Count {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Every attribute and option: its state, the lowest and highest total with it, the number of completions.
    Menu {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
    },
    /// Why an option is blocked, and what to change to have it.
    Explain {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
        /// The wanted option.
        #[arg(long, value_name = "ATTRIBUTE=OPTION", required_unless_present = "batch")]
        want: Option<String>,
        /// How many repairs to name.
        #[arg(long, default_value_t = 3)]
        repairs: usize,
        /// Read questions from standard input, one a line: {"choose":[["A","B"],…],"want":["A","B"]}.
        #[arg(long)]
        batch: bool,
    },
    /// A complete design that is best in some way.
    Complete {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
        /// In which way.
        #[arg(long, value_enum, default_value_t = Objective::Cheapest)]
        objective: Objective,
        /// Seed of a random design.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Random shoppers who choose among available options until nothing is open.
    Walk {
        #[command(flatten)]
        file: File,
        /// How many shoppers.
        #[arg(long, default_value_t = 100)]
        walks: u32,
        /// Seed of their choices.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Args)]
struct File {
    /// A model: XCSP 2.1 (.xml), UVL, SXFM, FeatureIDE or DIMACS.
    file: PathBuf,
    /// Prices for an XCSP model.
    #[arg(long)]
    prices: Option<PathBuf>,
}

#[derive(Args)]
struct Chosen {
    /// A choice.
    #[arg(long = "choose", value_name = "ATTRIBUTE=OPTION")]
    choose: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Objective {
    /// The lowest total.
    Cheapest,
    /// The highest total.
    Dearest,
    /// Any, each equally likely.
    Random,
}

/// Why there is no answer: input that can't be read.
type Refused = String;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(refused) => {
            eprintln!("configurator: {refused}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Refused> {
    match &arguments.command {
        Command::Compile { file } => compile(file),
        Command::Count { file, chosen } => count(file, chosen),
        Command::Menu { file, chosen } => menu(file, chosen),
        Command::Explain { file, chosen, want, repairs, batch } => {
            explain(file, chosen, want.as_deref(), *repairs, *batch)
        }
        Command::Complete { file, chosen, objective, seed } => complete(file, chosen, *objective, *seed),
        Command::Walk { file, walks, seed } => walk(file, *walks, *seed),
    }
}

fn read_model(file: &File) -> Result<Model, Refused> {
    let text = read_text(&file.file)?;
    let mut model = import::read(&file.file.to_string_lossy(), &text)
        .map_err(|error| format!("{}:{error}", file.file.display()))?;
    if let Some(path) = &file.prices {
        let text = read_text(path)?;
        import::add_prices(&mut model, &text).map_err(|error| format!("{}:{error}", path.display()))?;
    }
    Ok(model)
}

fn read_text(path: &Path) -> Result<String, Refused> {
    std::fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))
}

fn open(file: &File) -> Result<Engine, Refused> {
    Engine::new(read_model(file)?, Limits::default())
        .map_err(|error| format!("{}: {error}", file.file.display()))
}

/// A choice from `ATTRIBUTE=OPTION`; names may contain `=`.
fn read_choice(model: &Model, text: &str) -> Result<(VariableId, ValueId), Refused> {
    let mut attributes = text.match_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let mut split = attributes.clone().filter(|(name, _)| model.variable_by_name(name).is_some());
    match split.next().or_else(|| attributes.next()) {
        Some((attribute, option)) => named(model, attribute, option),
        None => Err(format!("'{text}' is no choice. Write ATTRIBUTE=OPTION.")),
    }
}

fn named(model: &Model, attribute: &str, option: &str) -> Result<(VariableId, ValueId), Refused> {
    let id = model
        .variable_by_name(attribute)
        .ok_or_else(|| format!("there is no attribute '{attribute}' in this model"))?;
    let values = &model.variable(id).values;
    let value = values.iter().position(|value| value == option).ok_or_else(|| {
        let some: Vec<&str> = values.iter().take(12).map(String::as_str).collect();
        format!("'{attribute}' has no option '{option}'. It has {}.", some.join(", "))
    })?;
    Ok((id, ValueId::new(value)))
}

fn read_choices(model: &Model, chosen: &Chosen) -> Result<Vec<(VariableId, ValueId)>, Refused> {
    chosen.choose.iter().map(|text| read_choice(model, text)).collect()
}

fn by_variable(model: &Model, choices: &[(VariableId, ValueId)]) -> Vec<Option<ValueId>> {
    let mut chosen = vec![None; model.variables.len()];
    for &(variable, value) in choices {
        chosen[variable.index()] = Some(value);
    }
    chosen
}

fn say(answer: &Value) -> Result<(), Refused> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{answer}").map_err(|error| format!("standard output: {error}"))
}

fn compile(file: &File) -> Result<ExitCode, Refused> {
    let model = read_model(file)?;
    let started = Instant::now();
    let engine =
        Engine::new(model, Limits::default()).map_err(|error| format!("{}: {error}", file.file.display()))?;
    let seconds = started.elapsed().as_secs_f64();
    let diagram = engine.diagram();
    say(&json!({
        "attributes": diagram.variables(),
        "options": diagram.literals(),
        "nodes": diagram.nodes(),
        "arcs": diagram.arcs(),
        "factors": diagram.factors(),
        "seconds": seconds,
        "engine": "diagram",
    }))?;
    Ok(ExitCode::SUCCESS)
}

fn count(file: &File, chosen: &Chosen) -> Result<ExitCode, Refused> {
    let engine = open(file)?;
    let chosen = by_variable(engine.model(), &read_choices(engine.model(), chosen)?);
    println!("{}", engine.count_wide(&chosen));
    Ok(ExitCode::SUCCESS)
}

fn menu(file: &File, chosen: &Chosen) -> Result<ExitCode, Refused> {
    let engine = open(file)?;
    let model = engine.model();
    let chosen = by_variable(model, &read_choices(model, chosen)?);
    let (total, options) = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new());
    let mut options = options.iter();
    let mut attributes = Vec::new();
    for (variable, &chosen) in model.variables.iter().zip(&chosen) {
        let own: Vec<&Totals> = options.by_ref().take(variable.size()).collect();
        let open = own.iter().filter(|totals| totals.is_possible()).count();
        let listed = variable.values.iter().zip(own).enumerate().map(|(value, (name, totals))| {
            let state = match (totals.is_possible(), chosen) {
                (false, _) => "blocked",
                (true, Some(chosen)) if chosen.index() == value => "chosen",
                (true, None) if open == 1 => "implied",
                (true, _) => "available",
            };
            if totals.is_possible() {
                json!({"name": name, "state": state, "min_total": totals.low, "max_total": totals.high,
                    "completions": totals.count})
            } else {
                json!({"name": name, "state": state})
            }
        });
        attributes.push(json!({"name": variable.name, "options": listed.collect::<Vec<_>>()}));
    }
    if total.is_possible() {
        say(&json!({"min_total": total.low, "max_total": total.high, "completions": total.count,
            "attributes": attributes, "engine": "diagram"}))?;
        Ok(ExitCode::SUCCESS)
    } else {
        say(&json!({"completions": 0, "attributes": attributes, "engine": "diagram"}))?;
        Ok(ExitCode::FAILURE)
    }
}

#[derive(serde::Deserialize)]
struct Asked {
    choose: Vec<(String, String)>,
    want: (String, String),
}

fn explain(
    file: &File,
    chosen: &Chosen,
    want: Option<&str>,
    repairs: usize,
    batch: bool,
) -> Result<ExitCode, Refused> {
    let engine = open(file)?;
    let model = engine.model();
    if !batch {
        let choices = read_choices(model, chosen)?;
        let wanted = read_choice(model, want.unwrap_or_default())?;
        let answer = explained(&engine, &choices, wanted, repairs);
        say(&answer)?;
        return Ok(if answer["blocked"] == json!(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let place = format!("standard input:{}", number + 1);
        let line = line.map_err(|error| format!("{place}: {error}"))?;
        let asked: Asked = serde_json::from_str(&line).map_err(|error| format!("{place}: {error}"))?;
        let choices = asked.choose.iter().map(|(attribute, option)| named(model, attribute, option));
        let choices = choices.collect::<Result<Vec<_>, _>>().map_err(|error| format!("{place}: {error}"))?;
        let wanted =
            named(model, &asked.want.0, &asked.want.1).map_err(|error| format!("{place}: {error}"))?;
        say(&explained(&engine, &choices, wanted, repairs))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explained(
    engine: &Engine,
    choices: &[(VariableId, ValueId)],
    wanted: (VariableId, ValueId),
    repairs: usize,
) -> Value {
    let model = engine.model();
    let chosen = by_variable(model, choices);
    let Some(conflict) = engine.conflict(choices, wanted) else {
        return json!({"blocked": false, "conflict": [], "repairs": []});
    };
    let name = |(variable, value): (VariableId, ValueId)| {
        let variable = model.variable(variable);
        json!([variable.name, variable.values[value.index()]])
    };
    let before = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new()).0;
    let weights = vec![1; model.variables.len()];
    let repairs = engine.repairs(&chosen, &weights, wanted, repairs).into_iter().map(|repair| {
        json!({
            "changes": repair.changes.iter().copied().map(name).collect::<Vec<_>>(),
            "weight": repair.weight,
            "price_delta": before.is_possible().then(|| repair.total - before.low),
        })
    });
    json!({
        "blocked": true,
        "conflict": conflict.iter().copied().map(name).collect::<Vec<_>>(),
        "repairs": repairs.collect::<Vec<_>>(),
    })
}

fn complete(file: &File, chosen: &Chosen, objective: Objective, seed: u64) -> Result<ExitCode, Refused> {
    let engine = open(file)?;
    let model = engine.model();
    let chosen = by_variable(model, &read_choices(model, chosen)?);
    let diagram = engine.diagram();
    let found = if objective == Objective::Random {
        let allowed: Vec<bool> = engine.allowed(&chosen).collect();
        let mut random = Random(seed);
        diagram.random(&allowed, |below| u128::from(random.next()) % below)
    } else {
        let sign = if objective == Objective::Cheapest { 1 } else { -1 };
        let prices = model.variables.iter().flat_map(|variable| &variable.prices);
        let weights = engine.allowed(&chosen).zip(prices).map(|(allowed, &price)| {
            if allowed { Weight { weight: 0, price: sign * price } } else { Weight::IMPOSSIBLE }
        });
        diagram.lightest(&weights.collect::<Vec<_>>()).map(|(_, assignment)| assignment)
    };
    let Some(assignment) = found else {
        say(&json!({"design": null}))?;
        return Ok(ExitCode::FAILURE);
    };
    let design: serde_json::Map<String, Value> = model
        .variables
        .iter()
        .zip(&assignment)
        .map(|(variable, value)| (variable.name.clone(), json!(variable.values[value.index()])))
        .collect();
    say(&json!({"design": design, "total": model.price(&assignment)}))?;
    Ok(ExitCode::SUCCESS)
}

/// Random numbers from a seed (S. Vigna, SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or(0)
    }
}

fn walk(file: &File, walks: u32, seed: u64) -> Result<ExitCode, Refused> {
    let engine = open(file)?;
    let model = engine.model();
    let mut random = Random(seed);
    let (mut pass, mut weights) = (Pass::default(), Vec::new());
    let mut times: Vec<u128> = Vec::new();
    let (mut dead_ends, mut invalid) = (0_u32, 0_u32);
    for _ in 0..walks {
        let mut chosen: Vec<Option<ValueId>> = vec![None; model.variables.len()];
        loop {
            let started = Instant::now();
            let (total, options) = engine.totals(&chosen, &mut pass, &mut weights);
            times.push(started.elapsed().as_nanos());
            if !total.is_possible() {
                dead_ends += 1;
                break;
            }
            let mut open: Vec<(VariableId, Vec<ValueId>)> = Vec::new();
            let mut implied = vec![ValueId(0); chosen.len()];
            for (index, &own) in chosen.iter().enumerate() {
                let id = VariableId::new(index);
                let literals = engine.diagram().literals_of(id);
                let possible =
                    options[literals].iter().enumerate().filter(|(_, totals)| totals.is_possible());
                let possible: Vec<ValueId> = possible.map(|(value, _)| ValueId::new(value)).collect();
                match (own, &possible[..]) {
                    (Some(own), _) => implied[index] = own,
                    (None, [only]) => implied[index] = *only,
                    (None, []) => {}
                    (None, _) => open.push((id, possible)),
                }
            }
            let at = random.below(open.len());
            let Some((variable, values)) = open.get(at) else {
                invalid += u32::from(!model.is_valid(&implied));
                break;
            };
            chosen[variable.index()] = values.get(random.below(values.len())).copied();
        }
    }
    times.sort_unstable();
    let at = |percent: usize| {
        let nanoseconds = times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or(0);
        nanoseconds as f64 / 1_000.0
    };
    say(&json!({"choices": times.len(), "dead_ends": dead_ends, "invalid": invalid,
        "p50_us": at(50), "p95_us": at(95), "max_us": at(100)}))?;
    Ok(if dead_ends + invalid == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

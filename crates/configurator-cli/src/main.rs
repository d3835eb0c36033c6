//! The engine on the command line: reads a model file and answers as JSON on standard output.
//!
//! Exit codes: 0 for an answer, 1 for "no" (nothing valid, nothing blocked), 2 for input that can't be read.

use std::fmt::Display;
use std::io::{BufRead, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use configurator::file::{File as ProductFile, Located};
use engine::cnf::Limits as ClauseLimits;
use engine::compile::Limits;
use engine::model::{Model, ValueId, Variable, VariableId};
use engine::objective::Scores;
use engine::pass::{Pass, Totals};
use engine::solver::Solver;
use engine::{Change, Engine};
use serde_json::{Value, json};

mod analyse;
mod complete;
mod menu;
mod random;

use analyse::analyse;
use complete::{PATIENCE, Wish, complete};
use menu::menu;
use random::Random;

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
    ///
    /// With the solver, states are exact, figures may be bounds: no total is below min_total or above max_total, and there
    /// are no more completions than told. "bounds" lists which figures of an option, or of all designs, are only that.
    Menu {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
        #[command(flatten)]
        serve: Serve,
    },
    /// Why an option is blocked, and what to change to have it.
    ///
    /// Of several conflicts the one with the later choices is told: name first what matters most.
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
        /// Read questions from standard input, one a line: {"choose":[["A","B"],…],"want":["A","B"]}. Answers come a line each,
        /// also "blocked": false, up to a question that can't be read.
        #[arg(long, conflicts_with_all = ["want", "choose"])]
        batch: bool,
        #[command(flatten)]
        serve: Serve,
    },
    /// A complete design that is best in some way.
    ///
    /// The solver looks for a better one for a while; "exact" says whether it is proven that there is none. Where it is not,
    /// "bound" has the score or the total that no design goes beyond.
    Complete {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        chosen: Chosen,
        #[command(flatten)]
        wish: Wish,
        #[command(flatten)]
        serve: Serve,
    },
    /// What can be said of a model as a whole: dead options, implied attributes, redundant rules, the number of valid
    /// designs, the price range, a design with each option; for one without designs, rules that contradict each other.
    Analyse {
        #[command(flatten)]
        file: File,
        #[command(flatten)]
        serve: Serve,
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
        #[command(flatten)]
        serve: Serve,
    },
}

#[derive(Args)]
struct File {
    /// A model: a product (.toml), XCSP 2.1 (.xml), UVL, SXFM, FeatureIDE or DIMACS.
    file: PathBuf,
    /// Prices for an XCSP model.
    #[arg(long)]
    prices: Option<PathBuf>,
}

impl File {
    fn is_product(&self) -> bool {
        self.has_ending("toml")
    }

    fn has_ending(&self, ending: &str) -> bool {
        self.file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
    }
}

#[derive(Args)]
struct Serve {
    /// What answers.
    #[arg(long, value_enum, default_value_t = Which::Automatic)]
    engine: Which,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The diagram, or the solver where that would be too large.
    Automatic,
    /// The diagram or nothing: every figure is exact.
    Diagram,
    /// The solver: what is available, conflicts and repairs are exact; totals and numbers of completions may be bounds.
    Solver,
}

#[derive(Args)]
struct Chosen {
    /// A choice.
    #[arg(long = "choose", value_name = "ATTRIBUTE=OPTION")]
    choose: Vec<String>,
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
        Command::Menu { file, chosen, serve } => menu(file, chosen, serve),
        Command::Explain { file, chosen, want, repairs, batch, serve } => {
            explain(open(file, serve)?, file, chosen, want.as_deref(), *repairs, *batch)
        }
        Command::Complete { file, chosen, wish, serve } => complete(file, chosen, wish, serve),
        Command::Analyse { file, serve } => analyse(file, serve),
        Command::Walk { file, walks, seed, serve } => walk(open(file, serve)?, *walks, *seed),
    }
}

fn read_model(file: &File) -> Result<Model, Refused> {
    let text = read_text(&file.file)?;
    if file.is_product() {
        if let Some(prices) = &file.prices {
            return Err(format!(
                "--prices {}: {} has its prices in itself. Leave --prices out.",
                prices.display(),
                file.file.display()
            ));
        }
        let (_, product) = ProductFile::check(&text).map_err(|faults| listed(&file.file, &faults))?;
        return Ok(product.to_model());
    }
    if let Some(prices) = file.prices.as_ref().filter(|_| !file.has_ending("xml")) {
        return Err(format!(
            "--prices {}: {} is no XCSP model, and only these have their prices beside them. Leave --prices out.",
            prices.display(),
            file.file.display()
        ));
    }
    let mut beside = |path: &str| std::fs::read_to_string(file.file.with_file_name(path)).ok();
    let mut model =
        import::read_with(&file.file.to_string_lossy(), &text, &mut beside).map_err(|mut error| {
            let wrong = error.file.map_or_else(|| file.file.clone(), |other| file.file.with_file_name(other));
            error.file = Some(wrong.display().to_string());
            error.to_string()
        })?;
    if let Some(path) = &file.prices {
        let text = read_text(path)?;
        import::add_prices(&mut model, &text).map_err(|error| format!("{}:{error}", path.display()))?;
    }
    Ok(model)
}

/// The faults of a file, one a line.
fn listed(path: &Path, faults: &[Located]) -> Refused {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{}:{fault}", path.display())).collect();
    lines.join("\n")
}

fn read_text(path: &Path) -> Result<String, Refused> {
    std::fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))
}

/// What answers: the diagram, or a solver where that would be too large.
enum Serving {
    Diagram(Box<Engine>),
    Solver(Model, Box<Solver>),
}

impl Serving {
    fn model(&self) -> &Model {
        match self {
            Self::Diagram(engine) => engine.model(),
            Self::Solver(model, _) => model,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Diagram(_) => "diagram",
            Self::Solver(..) => "solver",
        }
    }
}

fn open(file: &File, serve: &Serve) -> Result<Serving, Refused> {
    let model = read_model(file)?;
    serving(model, file, serve)
}

/// What is to answer about a model of this file.
fn serving(model: Model, file: &File, serve: &Serve) -> Result<Serving, Refused> {
    if serve.engine != Which::Solver {
        match Engine::new(model.clone(), Limits::default()) {
            Ok(engine) => return Ok(Serving::Diagram(Box::new(engine))),
            Err(error) if serve.engine == Which::Diagram => {
                return Err(format!(
                    "{}: {error}. Leave out --engine diagram, and the solver serves.",
                    file.file.display()
                ));
            }
            Err(_) => {}
        }
    }
    let fallback = solver(&model, file)?;
    Ok(Serving::Solver(model, Box::new(fallback)))
}

/// For questions that only a diagram answers.
fn diagram_of(model: Model, file: &File) -> Result<Engine, Refused> {
    Engine::new(model, Limits::default()).map_err(|error| {
        format!(
            "{}: {error}, and only a diagram counts. What is available, bounds and best designs there are all the same: ask \
             for the menu, or for a design with complete.",
            file.file.display()
        )
    })
}

fn solver(model: &Model, file: &File) -> Result<Solver, Refused> {
    Solver::new(model, &ClauseLimits::default()).map_err(|error| format!("{}: {error}", file.file.display()))
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
    let id = model.variable_named(attribute).map_err(|error| error.to_string())?;
    let value = model.value_named(id, option).map_err(|error| error.to_string())?;
    Ok((id, value))
}

fn read_choices(model: &Model, chosen: &Chosen) -> Result<Vec<(VariableId, ValueId)>, Refused> {
    let choices: Vec<_> =
        chosen.choose.iter().map(|text| read_choice(model, text)).collect::<Result<_, _>>()?;
    once_each(model, choices)
}

/// The choices, if they are about different attributes.
fn once_each(
    model: &Model,
    choices: Vec<(VariableId, ValueId)>,
) -> Result<Vec<(VariableId, ValueId)>, Refused> {
    let again = |(at, (variable, _)): &(usize, &(VariableId, ValueId))| {
        choices[..*at].iter().any(|(before, _)| before == variable)
    };
    match choices.iter().enumerate().find(again) {
        Some((_, &(variable, _))) => {
            Err(format!("'{}' is chosen twice. Choose one option of it.", model.variable(variable).name))
        }
        None => Ok(choices),
    }
}

fn by_variable(model: &Model, choices: &[(VariableId, ValueId)]) -> Vec<Option<ValueId>> {
    let mut chosen = vec![None; model.variables.len()];
    for &(variable, value) in choices {
        chosen[variable.index()] = Some(value);
    }
    chosen
}

/// Writes an answer. Whoever stops reading has read enough.
fn say(answer: impl Display) -> Result<(), Refused> {
    match writeln!(std::io::stdout().lock(), "{answer}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.map_err(|error| format!("standard output: {error}")),
    }
}

fn compile(file: &File) -> Result<ExitCode, Refused> {
    let model = read_model(file)?;
    let options: usize = model.variables.iter().map(Variable::size).sum();
    let started = Instant::now();
    let answer = match Engine::new(model.clone(), Limits::default()) {
        Ok(engine) => {
            let seconds = started.elapsed().as_secs_f64();
            let diagram = engine.diagram();
            json!({"attributes": diagram.variables(), "options": options, "nodes": diagram.nodes(),
                "arcs": diagram.arcs(), "factors": diagram.factors(), "bytes": diagram.to_bytes().len(),
                "seconds": seconds, "engine": "diagram"})
        }
        Err(_) => {
            solver(&model, file)?;
            json!({"attributes": model.variables.len(), "options": options, "nodes": null, "arcs": null,
                "factors": null, "bytes": null, "seconds": started.elapsed().as_secs_f64(), "engine": "solver"})
        }
    };
    say(answer)?;
    Ok(ExitCode::SUCCESS)
}

fn count(file: &File, chosen: &Chosen) -> Result<ExitCode, Refused> {
    let mut model = read_model(file)?;
    // What designs cost would only make the diagram larger.
    model.prices.clear();
    model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
    let engine = diagram_of(model, file)?;
    let chosen = by_variable(engine.model(), &read_choices(engine.model(), chosen)?);
    say(engine.count_wide(&chosen))?;
    Ok(ExitCode::SUCCESS)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    choose: Vec<(String, String)>,
    want: (String, String),
}

fn explain(
    mut serving: Serving,
    file: &File,
    chosen: &Chosen,
    want: Option<&str>,
    repairs: usize,
    batch: bool,
) -> Result<ExitCode, Refused> {
    let mut rules = solver(serving.model(), file)?;
    if !batch {
        let choices = read_choices(serving.model(), chosen)?;
        let wanted = read_choice(serving.model(), want.unwrap_or_default())?;
        let answer = explained(&mut serving, &mut rules, &choices, wanted, repairs);
        say(&answer)?;
        return Ok(if answer["blocked"] == json!(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let place = format!("standard input:{}", number + 1);
        let line = line.map_err(|error| format!("{place}: {error}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: Asked = serde_json::from_str(&line).map_err(|error| {
            format!(
                "{place}: {error}. Write a question a line: {{\"choose\":[[\"A\",\"B\"],…],\"want\":[\"A\",\"B\"]}}."
            )
        })?;
        let model = serving.model();
        let choices = asked.choose.iter().map(|(attribute, option)| named(model, attribute, option));
        let choices = choices.collect::<Result<Vec<_>, _>>().and_then(|choices| once_each(model, choices));
        let choices = choices.map_err(|error| format!("{place}: {error}"))?;
        let wanted =
            named(model, &asked.want.0, &asked.want.1).map_err(|error| format!("{place}: {error}"))?;
        say(explained(&mut serving, &mut rules, &choices, wanted, repairs))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Why something is blocked: the diagram finds the choices and the repairs, a solver the rules behind a few choices.
fn explained(
    serving: &mut Serving,
    rules: &mut Solver,
    choices: &[(VariableId, ValueId)],
    wanted: (VariableId, ValueId),
    repairs: usize,
) -> Value {
    let conflict: Option<Vec<(VariableId, ValueId)>> = match serving {
        Serving::Diagram(engine) => engine.conflict(choices, wanted),
        Serving::Solver(_, fallback) => fallback
            .explain(choices, &[wanted])
            .map(|conflict| conflict.choices.into_iter().map(|index| choices[index]).collect()),
    };
    let Some(conflict) = conflict else {
        return json!({"blocked": false, "conflict": [], "rules": [], "repairs": []});
    };
    let model = serving.model();
    let name = |(variable, value): (VariableId, ValueId)| {
        let variable = model.variable(variable);
        json!([variable.name, variable.values[value.index()]])
    };
    let broken = rules.explain(&conflict, &[wanted]).map_or_else(Vec::new, |conflict| conflict.constraints);
    let broken: Vec<&str> = broken.into_iter().map(|index| model.constraints[index].name.as_str()).collect();
    let chosen = by_variable(model, choices);
    let repairs: Vec<Value> = match &*serving {
        Serving::Diagram(engine) => {
            let before = engine.totals(&chosen, &mut Pass::default(), &mut Vec::new()).0;
            let found = engine.repairs(&chosen, &vec![1; model.variables.len()], wanted, repairs);
            let repair = |repair: Change| {
                json!({"changes": repair.changes.iter().copied().map(name).collect::<Vec<_>>(),
                    "weight": repair.weight,
                    "price_delta": before.is_possible().then(|| repair.total - before.low())})
            };
            found.into_iter().map(repair).collect()
        }
        Serving::Solver(..) => {
            let found = solver_repairs(rules, choices, wanted, repairs);
            let repair = |repair: SolverRepair| {
                json!({"changes": repair.changes.iter().copied().map(name).collect::<Vec<_>>(),
                    "weight": repair.weight, "price_delta": repair.price_delta})
            };
            found.into_iter().map(repair).collect()
        }
    };
    json!({
        "blocked": true,
        "conflict": conflict.iter().copied().map(name).collect::<Vec<_>>(),
        "rules": broken,
        "repairs": repairs,
    })
}

/// As [`Change`], from the solver.
struct SolverRepair {
    weight: u64,
    /// The lowest total found after it.
    total: i64,
    changes: Vec<(VariableId, ValueId)>,
    /// `None` where the lowest totals are not proven.
    price_delta: Option<i64>,
}

/// The lightest changes, the cheapest among equals: of a choice that changes alone every value that it can have, otherwise
/// the cheapest way to change these choices.
fn solver_repairs(
    solver: &mut Solver,
    choices: &[(VariableId, ValueId)],
    wanted: (VariableId, ValueId),
    most: usize,
) -> Vec<SolverRepair> {
    let cheapest =
        |solver: &Solver, choices: &[_], patience| solver.best(choices, &Scores::default(), patience);
    let before = cheapest(solver, choices, PATIENCE).filter(|best| best.exact).map(|best| best.total);
    let others: Vec<_> = choices.iter().copied().filter(|(variable, _)| *variable != wanted.0).collect();
    let weighed: Vec<_> = others.iter().map(|&choice| (choice, 1)).collect();
    let mut found = Vec::new();
    for repair in solver.repair(&weighed, &[wanted], most) {
        let kept = others.iter().enumerate().filter(|(index, _)| !repair.changed.contains(index));
        let kept: Vec<_> = kept.map(|(_, &choice)| choice).chain([wanted]).collect();
        let ways: Vec<Vec<(VariableId, ValueId)>> = match repair.changed[..] {
            [only] => {
                let (variable, now) = others[only];
                let available = solver.menu(&kept).values.swap_remove(variable.index());
                let values = (0..available.len()).filter(|&value| available[value]).map(ValueId::new);
                let other = values.filter(|value| *value != now);
                other.map(|value| kept.iter().copied().chain([(variable, value)]).collect()).collect()
            }
            _ => vec![kept],
        };
        found.extend(ways.iter().filter_map(|way| {
            let best = cheapest(solver, way, PATIENCE / ways.len() as u64)?;
            let value = |variable: VariableId| best.assignment[variable.index()];
            Some(SolverRepair {
                weight: repair.weight,
                total: best.total,
                changes: repair.changed.iter().map(|&at| (others[at].0, value(others[at].0))).collect(),
                price_delta: before.filter(|_| best.exact).map(|before| best.total - before),
            })
        }));
    }
    found.sort_by_key(|repair| (repair.weight, repair.total));
    found.truncate(most);
    found
}

fn walk(mut serving: Serving, walks: u32, seed: u64) -> Result<ExitCode, Refused> {
    let sizes: Vec<usize> = serving.model().variables.iter().map(Variable::size).collect();
    let mut random = Random::new(seed);
    let (mut pass, mut weights) = (Pass::default(), Vec::new());
    let is_counted = matches!(&serving, Serving::Diagram(engine) if engine.is_counted_with_totals());
    let mut times: Vec<u128> = Vec::new();
    let (mut dead_ends, mut invalid) = (0_u32, 0_u32);
    for _ in 0..walks {
        let mut chosen: Vec<Option<ValueId>> = vec![None; sizes.len()];
        let mut choices: Vec<(VariableId, ValueId)> = Vec::new();
        loop {
            let started = Instant::now();
            let possible: Vec<bool> = match &mut serving {
                Serving::Diagram(engine) => {
                    let (_, totals) = engine.totals(&chosen, &mut pass, &mut weights);
                    if !is_counted {
                        std::hint::black_box(engine.completions(&chosen));
                    }
                    totals.iter().map(Totals::is_possible).collect()
                }
                Serving::Solver(_, fallback) => {
                    fallback.figures(&choices).0.values.into_iter().flatten().collect()
                }
            };
            times.push(started.elapsed().as_nanos());
            let mut rest = &possible[..];
            let mut open: Vec<(VariableId, Vec<ValueId>)> = Vec::new();
            let mut implied = vec![ValueId(0); chosen.len()];
            let mut dead = false;
            for (index, &own) in chosen.iter().enumerate() {
                let (values, others) = rest.split_at(sizes[index].min(rest.len()));
                rest = others;
                let left: Vec<ValueId> =
                    (0..values.len()).filter(|&value| values[value]).map(ValueId::new).collect();
                match (own, &left[..]) {
                    (Some(own), left) => {
                        implied[index] = own;
                        dead |= !left.contains(&own);
                    }
                    (None, [only]) => implied[index] = *only,
                    (None, []) => dead = true,
                    (None, _) => open.push((VariableId::new(index), left)),
                }
            }
            if dead {
                dead_ends += 1;
                break;
            }
            let at = random.below(open.len());
            let Some((variable, values)) = open.get(at) else {
                invalid += u32::from(!serving.model().is_valid(&implied));
                break;
            };
            let value = values[random.below(values.len())];
            chosen[variable.index()] = Some(value);
            choices.push((*variable, value));
        }
    }
    times.sort_unstable();
    let at = |percent: usize| {
        let nanoseconds = times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or(0);
        nanoseconds as f64 / 1_000.0
    };
    say(json!({"choices": times.len(), "dead_ends": dead_ends, "invalid": invalid,
        "p50_us": at(50), "p95_us": at(95), "max_us": at(100), "engine": serving.name()}))?;
    Ok(if dead_ends + invalid == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

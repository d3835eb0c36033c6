//! The engine on the command line: reads a model file and answers as JSON on standard output.
//!
//! Exit codes: 0 for an answer, 1 for "no" (nothing valid, nothing blocked), 2 for input that can't be read.

mod analyse;
mod arguments;
mod compile;
mod complete;
mod count;
mod explain;
mod input;
mod menu;
mod output;
mod random;
mod serving;
mod walk;
mod wish;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use input::Refused;
use serving::open;

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
        Command::Compile { file } => compile::compile(file),
        Command::Count { file, chosen } => count::count(file, chosen),
        Command::Menu { file, chosen, serve } => menu::menu(file, chosen, serve),
        Command::Explain { file, chosen, want, repairs, batch, serve } => {
            explain::explain(open(file, serve)?, file, chosen, want.as_deref(), *repairs, *batch)
        }
        Command::Complete { file, chosen, wish, serve } => complete::complete(file, chosen, wish, serve),
        Command::Analyse { file, serve } => analyse::analyse(file, serve),
        Command::Walk { file, walks, seed, serve } => walk::walk(open(file, serve)?, *walks, *seed),
    }
}

//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Asks a product model: what is possible, what it costs, and why not.
#[derive(Parser)]
#[command(name = "configurator", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
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
pub(crate) struct File {
    /// A model: a product (.toml), XCSP 2.1 (.xml), UVL, SXFM, FeatureIDE or DIMACS.
    pub file: PathBuf,
    /// Prices for an XCSP model.
    #[arg(long)]
    pub prices: Option<PathBuf>,
}

impl File {
    pub fn is_product(&self) -> bool {
        self.has_ending("toml")
    }

    pub fn has_ending(&self, ending: &str) -> bool {
        self.file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
    }
}

#[derive(Args)]
pub(crate) struct Serve {
    /// What answers.
    #[arg(long, value_enum, default_value_t = Which::Automatic)]
    pub engine: Which,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// The diagram, or the solver where that would be too large.
    Automatic,
    /// The diagram or nothing: every figure is exact.
    Diagram,
    /// The solver: what is available, conflicts and repairs are exact; totals and numbers of completions may be bounds.
    Solver,
}

#[derive(Args)]
pub(crate) struct Chosen {
    /// A choice.
    #[arg(long = "choose", value_name = "ATTRIBUTE=OPTION")]
    pub choose: Vec<String>,
}

/// What makes a design the best.
#[derive(Args)]
pub(crate) struct Wish {
    /// In which way it is best; the cheapest of those that are equally good.
    #[arg(long, value_enum, default_value_t = Objective::Cheapest)]
    pub objective: Objective,
    /// Seed of a random design: 1 unless said otherwise.
    #[arg(long)]
    pub seed: Option<u64>,
    /// What the nearest design is to agree with.
    #[arg(long, value_name = "ATTRIBUTE=OPTION", required_if_eq("objective", "nearest"))]
    pub near: Vec<String>,
    /// How much something matters: a benefit to the design of the best utility, an attribute (1 unless said otherwise) to
    /// the nearest one.
    #[arg(long, value_name = "NAME=NUMBER", required_if_eq("objective", "utility"))]
    pub weigh: Vec<String>,
    /// The past orders of a product's folder (past-orders.toml), for the most probable design.
    #[arg(long, required_if_eq("objective", "probable"))]
    pub orders: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Objective {
    /// The lowest total.
    Cheapest,
    /// The highest total.
    Dearest,
    /// Any, each equally likely. Only a diagram can tell how many there are.
    Random,
    /// The most agreement with `--near`, each attribute as `--weigh` says. The score is the agreeing attributes' weight. Of
    /// the designs of a product that agree equally, the one whose numbers are the fewest steps away.
    Nearest,
    /// The most benefits, each as `--weigh` says. The score is their weighted sum over the options.
    Utility,
    /// What past orders make most probable, attributes taken as independent of each other and every option as ordered once
    /// more than it was. The score is the binary logarithm of that probability, times 2²⁰.
    Probable,
}

impl Objective {
    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cheapest => "cheapest",
            Self::Dearest => "dearest",
            Self::Random => "random",
            Self::Nearest => "nearest",
            Self::Utility => "utility",
            Self::Probable => "probable",
        }
    }
}

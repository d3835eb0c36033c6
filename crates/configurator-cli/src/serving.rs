//! What answers: the diagram of a model, or a solver.

use engine::Engine;
use engine::cnf::Limits as ClauseLimits;
use engine::compile::Limits;
use engine::model::Model;
use engine::solver::Solver;

use crate::arguments::{File, Serve, Which};
use crate::input::{Refused, read_model};

/// Conflicts after which the solver no longer looks for a better design: some seconds.
pub(crate) const PATIENCE: u64 = 20_000;

/// What answers: the diagram, or a solver where that would be too large.
pub(crate) enum Serving {
    Diagram(Box<Engine>),
    Solver(Model, Box<Solver>),
}

impl Serving {
    pub fn model(&self) -> &Model {
        match self {
            Self::Diagram(engine) => engine.model(),
            Self::Solver(model, _) => model,
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Diagram(_) => "diagram",
            Self::Solver(..) => "solver",
        }
    }
}

pub(crate) fn open(file: &File, serve: &Serve) -> Result<Serving, Refused> {
    let model = read_model(file)?;
    serving(model, file, serve)
}

/// What is to answer about a model of this file.
pub(crate) fn serving(model: Model, file: &File, serve: &Serve) -> Result<Serving, Refused> {
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
    let solver = solver(&model, file)?;
    Ok(Serving::Solver(model, Box::new(solver)))
}

/// For questions that only a diagram answers.
pub(crate) fn diagram_of(model: Model, file: &File) -> Result<Engine, Refused> {
    Engine::new(model, Limits::default()).map_err(|error| {
        format!(
            "{}: {error}, and only a diagram counts. What is available, bounds and best designs there are all the same: ask \
             for the menu, or for a design with complete.",
            file.file.display()
        )
    })
}

pub(crate) fn solver(model: &Model, file: &File) -> Result<Solver, Refused> {
    Solver::new(model, &ClauseLimits::default()).map_err(|error| format!("{}: {error}", file.file.display()))
}

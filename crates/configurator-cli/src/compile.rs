//! `configurator compile`: how large a model's diagram is.

use std::process::ExitCode;
use std::time::Instant;

use engine::Engine;
use engine::compile::Limits;
use engine::model::Variable;
use serde_json::json;

use crate::arguments::File;
use crate::input::{Refused, read_model};
use crate::output::say;
use crate::serving::solver;

pub(crate) fn compile(file: &File) -> Result<ExitCode, Refused> {
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

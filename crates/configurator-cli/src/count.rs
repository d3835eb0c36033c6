//! `configurator count`: how many designs are valid.

use std::process::ExitCode;

use crate::arguments::{Chosen, File};
use crate::input::{Refused, by_variable, read_choices, read_model};
use crate::output::say;
use crate::serving::diagram_of;

pub(crate) fn count(file: &File, chosen: &Chosen) -> Result<ExitCode, Refused> {
    let mut model = read_model(file)?;
    // What designs cost would only make the diagram larger.
    model.prices.clear();
    model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
    let engine = diagram_of(model, file)?;
    let chosen = by_variable(engine.model(), &read_choices(engine.model(), chosen)?);
    say(engine.count_wide(&chosen))?;
    Ok(ExitCode::SUCCESS)
}

//! What is read: models, products, and choices by their names.

use std::path::Path;

use configurator::Product;
use configurator::file::{File as ProductFile, Located};
use engine::model::{Model, ValueId, VariableId};

use crate::arguments::{Chosen, File};

/// Why there is no answer: input that can't be read.
pub(crate) type Refused = String;

pub(crate) fn read_model(file: &File) -> Result<Model, Refused> {
    let text = read_text(&file.file)?;
    if file.is_product() {
        if let Some(prices) = &file.prices {
            return Err(format!(
                "--prices {}: {} has its prices in itself. Leave --prices out.",
                prices.display(),
                file.file.display()
            ));
        }
        let (_, product) = read_product(file, &text)?;
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

pub(crate) fn read_product<'t>(file: &File, text: &'t str) -> Result<(ProductFile<'t>, Product), Refused> {
    ProductFile::check(text).map_err(|faults| listed(&file.file, &faults))
}

/// The faults of a file, one a line.
pub(crate) fn listed(path: &Path, faults: &[Located]) -> Refused {
    let lines: Vec<String> = faults.iter().map(|fault| format!("{}:{fault}", path.display())).collect();
    lines.join("\n")
}

pub(crate) fn read_text(path: &Path) -> Result<String, Refused> {
    std::fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}", path.display()))
}

/// A choice from `ATTRIBUTE=OPTION`; names may contain `=`.
pub(crate) fn read_choice(model: &Model, text: &str) -> Result<(VariableId, ValueId), Refused> {
    let mut attributes = text.match_indices('=').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let mut split = attributes.clone().filter(|(name, _)| model.variable_by_name(name).is_some());
    match split.next().or_else(|| attributes.next()) {
        Some((attribute, option)) => named(model, attribute, option),
        None => Err(format!("'{text}' is no choice. Write ATTRIBUTE=OPTION.")),
    }
}

pub(crate) fn named(model: &Model, attribute: &str, option: &str) -> Result<(VariableId, ValueId), Refused> {
    let id = model.variable_named(attribute).map_err(|error| error.to_string())?;
    let value = model.value_named(id, option).map_err(|error| error.to_string())?;
    Ok((id, value))
}

pub(crate) fn read_choices(model: &Model, chosen: &Chosen) -> Result<Vec<(VariableId, ValueId)>, Refused> {
    let choices: Vec<_> =
        chosen.choose.iter().map(|text| read_choice(model, text)).collect::<Result<_, _>>()?;
    once_each(model, choices)
}

/// The choices, if they are about different attributes.
pub(crate) fn once_each(
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

pub(crate) fn by_variable(model: &Model, choices: &[(VariableId, ValueId)]) -> Vec<Option<ValueId>> {
    let mut chosen = vec![None; model.variables.len()];
    for &(variable, value) in choices {
        chosen[variable.index()] = Some(value);
    }
    chosen
}

//! Models of tables, written.

use std::fmt::Write;

use crate::text::{WriteError, shown};
use engine::model::{ConstraintKind, Model, PriceKind, ValueId, Variable, VariableId};

/// Writes a model of tables.
///
/// # Errors
/// The first name, constraint or price that XCSP 2.1 can't say.
pub fn write(model: &Model) -> Result<String, WriteError> {
    let mut writer = Writer { model, relations: String::new(), constraints: String::new(), written: 0 };
    let (domains, variables) = variables(model)?;
    writer.write_constraints()?;
    writer.write_prices()?;
    let Writer { relations, constraints, written, .. } = writer;
    let (count, base) = (model.variables.len(), model.base_price);
    Ok(format!(
        r#"<instance>
<presentation format="XCSP 2.1"/>
<domains nbDomains="{count}">
{domains}</domains>
<variables nbVariables="{count}">
{variables}</variables>
<relations nbRelations="{written}">
{relations}</relations>
<constraints initialCost="{base}" nbConstraints="{written}">
{constraints}</constraints>
</instance>
"#
    ))
}

/// The domains, and the variables that refer to them.
fn variables(model: &Model) -> Result<(String, String), WriteError> {
    let (mut domains, mut variables) = (String::new(), String::new());
    for (index, variable) in model.variables.iter().enumerate() {
        for name in variable.values.iter().chain([&variable.name]) {
            let plain = |character: char| !character.is_whitespace() && !"|:".contains(character);
            if name.is_empty() || name.contains("..") || !name.chars().all(plain) {
                return Err(WriteError(format!("the name '{}'", shown(name))));
            }
        }
        let (name, values) = (escaped(&variable.name)?, escaped(&variable.values.join(" "))?);
        // Writing to a string can't fail.
        let _ =
            writeln!(domains, r#"<domain name="D{index}" nbValues="{}">{values}</domain>"#, variable.size());
        let _ = writeln!(variables, r#"<variable name="{name}" domain="D{index}"/>"#);
    }
    Ok((domains, variables))
}

/// Relations and the constraints that refer to them, while a model is written.
struct Writer<'m> {
    model: &'m Model,
    relations: String,
    constraints: String,
    written: usize,
}

impl Writer<'_> {
    fn write_constraints(&mut self) -> Result<(), WriteError> {
        for constraint in &self.model.constraints {
            let ConstraintKind::Table { scope, tuples, allowed } = &constraint.kind else {
                return Err(WriteError(format!("the constraint '{}'", shown(&constraint.name))));
            };
            let semantics = if *allowed { "supports" } else { "conflicts" };
            self.relation(&constraint.name, scope, semantics, tuples, None)?;
        }
        Ok(())
    }

    fn write_prices(&mut self) -> Result<(), WriteError> {
        for price in &self.model.prices {
            let PriceKind::Table { scope, tuples, amounts, otherwise } = &price.kind else {
                return Err(WriteError(format!("the price '{}'", shown(&price.name))));
            };
            let semantics = format!(r#"soft" defaultCost="{otherwise}"#);
            self.relation(&price.name, scope, &semantics, tuples, Some(amounts))?;
        }
        for (index, Variable { name, prices, .. }) in self.model.variables.iter().enumerate() {
            if prices.iter().any(|amount| *amount != 0) {
                let values: Vec<ValueId> = (0..prices.len()).map(ValueId::new).collect();
                let semantics = r#"soft" defaultCost="0"#;
                self.relation(name, &[VariableId::new(index)], semantics, &values, Some(prices))?;
            }
        }
        Ok(())
    }

    fn relation(
        &mut self,
        name: &str,
        scope: &[VariableId],
        semantics: &str,
        tuples: &[ValueId],
        amounts: Option<&[i64]>,
    ) -> Result<(), WriteError> {
        let (index, arity) = (self.written, scope.len());
        self.written += 1;
        let scope_names: Vec<&str> = scope.iter().map(|id| self.model.variable(*id).name.as_str()).collect();
        let scope_names = escaped(&scope_names.join(" "))?;
        let name = escaped(name)?;
        let rows = tuples.len().checked_div(arity).unwrap_or_default();
        let _ = write!(
            self.relations,
            r#"<relation name="R{index}" arity="{arity}" nbTuples="{rows}" semantics="{semantics}">"#
        );
        for (row, tuple) in tuples.chunks_exact(arity.max(1)).enumerate() {
            let separator = if row == 0 { "" } else { "|" };
            let values: Vec<&str> = scope
                .iter()
                .zip(tuple)
                .map(|(variable, value)| self.model.variable(*variable).values[value.index()].as_str())
                .collect();
            let cost = amounts.map_or_else(String::new, |amounts| format!("{}:", amounts[row]));
            let _ = write!(self.relations, "{separator}{cost}{}", escaped(&values.join(" "))?);
        }
        let _ = writeln!(self.relations, "</relation>");
        let _ = writeln!(
            self.constraints,
            r#"<constraint name="{name}" arity="{arity}" scope="{scope_names}" reference="R{index}"/>"#
        );
        Ok(())
    }
}

/// Text as it stands in XML, in elements and attributes.
fn escaped(text: &str) -> Result<String, WriteError> {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {
                return Err(WriteError(format!("the character {character:?}")));
            }
            _ => out.push(character),
        }
    }
    Ok(out)
}

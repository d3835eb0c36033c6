//! DIMACS: clauses over numbered variables, as SAT solvers and exporters of feature models write them.
//!
//! A line `c 7 name` gives variable 7 its name; a variable without one is called by its number.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::text::{ImportError, MOST_VARIABLES, Text, WriteError, shown};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};

const NO: ValueId = ValueId(0);
const YES: ValueId = ValueId(1);

/// Most literals that a constraint's name spells out.
const MOST_NAMED: usize = 6;

/// Reads clauses.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read(text: &str) -> Result<Model, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Text(text);
    let mut header: Option<Header> = None;
    let mut names = Vec::new();
    let mut clauses: Vec<Vec<i64>> = Vec::new();
    let mut clause = Vec::new();
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        match words.next() {
            None => {}
            Some("c") => {
                names.extend(naming(line).map(|(number, name)| (number, name, source.position(name))))
            }
            Some("p") if header.is_some() => {
                return Err(source.error(source.position(line), "this is a second header", "Remove it."));
            }
            Some("p") => header = Some(Header::read(source, line)?),
            Some(_) => {
                for word in line.split_ascii_whitespace() {
                    let at = source.position(word);
                    let Some(header) = &header else {
                        let advice = "Start with the header 'p cnf VARIABLES CLAUSES'.";
                        return Err(source.error(at, "there is no header before the first clause", advice));
                    };
                    match header.literal(source, word)? {
                        0 => clauses.push(std::mem::take(&mut clause)),
                        literal => clause.push(literal),
                    }
                }
            }
        }
    }
    let end = text.trim_end().len();
    let Some(header) = header else {
        return Err(source.error(end, "there is no header", "Start with 'p cnf VARIABLES CLAUSES'."));
    };
    if !clause.is_empty() {
        return Err(source.error(end, "the last clause has no end", "End it with 0."));
    }
    if clauses.len() != header.clauses {
        let message =
            format!("the header promises {} clauses and {} are here", header.clauses, clauses.len());
        return Err(source.error(end, message, "Correct the header, or look for what is missing."));
    }
    let mut model = Model { variables: header.variables(source, names)?, ..Model::default() };
    for (index, clause) in clauses.iter().enumerate() {
        let name = clause_name(&model, index + 1, clause);
        let literals = clause.iter().filter_map(|literal| {
            let variable = VariableId(u32::try_from(literal.unsigned_abs() - 1).ok()?);
            Some(Formula::In(variable, vec![if *literal < 0 { NO } else { YES }]))
        });
        model.add_constraint(name, ConstraintKind::Formula(Formula::Or(literals.collect())));
    }
    Ok(model)
}

/// Writes a model of yes-or-no variables and clauses.
///
/// # Errors
/// The first variable, constraint or price that DIMACS can't say.
pub fn write(model: &Model) -> Result<String, WriteError> {
    if model.base_price != 0 || !model.prices.is_empty() {
        return Err(WriteError("prices".to_owned()));
    }
    let mut text = String::new();
    for (index, variable) in model.variables.iter().enumerate() {
        let name = &variable.name;
        let plain = naming(&format!("c 1 {name}")).is_some_and(|(_, read)| read == name);
        if variable.values != ["no", "yes"] || variable.prices != [0, 0] || !plain {
            return Err(WriteError(format!("the variable '{}'", shown(name))));
        }
        // Writing to a string can't fail.
        let _ = writeln!(text, "c {} {name}", index + 1);
    }
    let _ = writeln!(text, "p cnf {} {}", model.variables.len(), model.constraints.len());
    for constraint in &model.constraints {
        let literals = match &constraint.kind {
            ConstraintKind::Formula(Formula::Or(literals)) => literals.as_slice(),
            ConstraintKind::Formula(literal @ Formula::In(..)) => std::slice::from_ref(literal),
            _ => &[Formula::And(Vec::new())],
        };
        for literal in literals {
            let number = match literal {
                Formula::In(variable, values) if values[..] == [YES] => i64::from(variable.0) + 1,
                Formula::In(variable, values) if values[..] == [NO] => -i64::from(variable.0) - 1,
                _ => return Err(WriteError(format!("the constraint '{}'", shown(&constraint.name)))),
            };
            let _ = write!(text, "{number} ");
        }
        text.push_str("0\n");
    }
    Ok(text)
}

/// How many variables and clauses there are to be.
struct Header {
    variables: usize,
    clauses: usize,
}

impl Header {
    fn read(source: Text<'_>, line: &str) -> Result<Self, ImportError> {
        let at = source.position(line);
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let ["p", "cnf", variables, clauses] = words[..] else {
            let advice = "Write it as 'p cnf VARIABLES CLAUSES'.";
            return Err(source.error(at, format!("'{}' is no header", shown(line)), advice));
        };
        let number = |word: &str| {
            word.parse::<usize>().map_err(|_| {
                let message = format!("'{}' is no number of variables or clauses", shown(word));
                source.error(at, message, "Use a whole number.")
            })
        };
        let header = Self { variables: number(variables)?, clauses: number(clauses)? };
        if header.variables > MOST_VARIABLES {
            let message = format!("{} variables are too many", header.variables);
            return Err(source.error(at, message, format!("Use at most {MOST_VARIABLES}.")));
        }
        Ok(header)
    }

    fn literal(&self, source: Text<'_>, word: &str) -> Result<i64, ImportError> {
        let at = source.position(word);
        let literal = word.parse::<i64>().map_err(|_| {
            let advice = "Use the number of a variable, with '-' before it for 'not', and 0 to end a clause.";
            source.error(at, format!("'{}' is no literal", shown(word)), advice)
        })?;
        if literal.unsigned_abs() > self.variables as u64 {
            let message = format!("there is no variable {}", literal.unsigned_abs());
            return Err(source.error(at, message, format!("The header promises {}.", self.variables)));
        }
        Ok(literal)
    }

    /// The variables with their names. Comments about other numbers are only comments.
    fn variables(
        &self,
        source: Text<'_>,
        names: Vec<(usize, &str, usize)>,
    ) -> Result<Vec<Variable>, ImportError> {
        let mut named: Vec<Option<(&str, usize)>> = vec![None; self.variables];
        for (number, name, at) in names {
            let Some(place) = number.checked_sub(1).and_then(|index| named.get_mut(index)) else { continue };
            if place.is_some() {
                let message = format!("variable {number} has a name already");
                return Err(source.error(at, message, "Remove one of the two lines."));
            }
            *place = Some((name, at));
        }
        let mut numbers = BTreeMap::new();
        let mut variables = Vec::with_capacity(self.variables);
        for (index, named) in named.into_iter().enumerate() {
            let (name, at) =
                named.map_or_else(|| ((index + 1).to_string(), 0), |(name, at)| (name.to_owned(), at));
            if let Some((other, before)) = numbers.insert(name.clone(), (index + 1, at)) {
                let message =
                    format!("variables {other} and {} are both called '{}'", index + 1, shown(&name));
                // At least one of the two has its name from a line of the text.
                return Err(source.error(at.max(before), message, "Give one of them another name."));
            }
            variables.push(Variable::boolean(name));
        }
        Ok(variables)
    }
}

/// The number and name of a line such as `c 7 name`; none for other comments.
fn naming(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_ascii().strip_prefix('c')?;
    let (number, name) = rest.trim_ascii_start().split_once([' ', '\t'])?;
    let name = name.trim_ascii();
    let single = !name.is_empty() && !name.contains(['\n', '\r']);
    Some((number.parse().ok().filter(|_| single)?, name))
}

/// `clause 12 (not A or B)`.
fn clause_name(model: &Model, number: usize, clause: &[i64]) -> String {
    let literals: Vec<String> = clause
        .iter()
        .take(MOST_NAMED)
        .filter_map(|literal| {
            let index = usize::try_from(literal.unsigned_abs() - 1).ok()?;
            let name = &model.variables.get(index)?.name;
            let name = shown(name);
            Some(if *literal < 0 { format!("not {name}") } else { name })
        })
        .collect();
    let more = match clause.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" or {more} others"),
    };
    format!("clause {number} ({}{more})", literals.join(" or "))
}

//! What formulas of a feature model are in the language of rules.

use std::collections::BTreeMap;

use engine::model::{ConstraintKind, Formula, ValueId, VariableId};

/// How a variable of a model is said by attributes of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A feature that is always there.
    Always,
    /// A feature that is an option of an attribute.
    Option(String, String),
    /// A feature that is there where an attribute is not none.
    NotNone(String),
    /// A variable that is an attribute, with its options in the order of its values.
    Values(String, Vec<String>),
}

/// A formula in the language of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It always holds.
    Always,
    /// It never does.
    Never,
    /// It holds where this does; in parentheses where it has parts.
    Text(String),
}

/// Most parts that a count becomes.
const MOST_PARTS: usize = 200;
/// Most rows of a table that becomes a rule.
const MOST_ROWS: usize = 100;

impl Word {
    /// That the feature is there.
    pub(super) fn said(&self) -> Said {
        match self {
            Self::Always => Said::Always,
            Self::Option(attribute, option) => Said::Text(format!("{attribute} = {option}")),
            Self::NotNone(attribute) => Said::Text(format!("{attribute} != none")),
            Self::Values(attribute, options) => match options.get(1) {
                Some(option) => Said::Text(format!("{attribute} = {option}")),
                None => Said::Never,
            },
        }
    }

    /// That the variable has one of these values.
    fn one_of(&self, values: &[ValueId]) -> Said {
        if let Self::Values(attribute, options) = self {
            let named: Vec<&str> =
                values.iter().filter_map(|value| options.get(value.index())).map(String::as_str).collect();
            return match named.as_slice() {
                [] => Said::Never,
                named if named.len() == options.len() => Said::Always,
                [one] => Said::Text(format!("{attribute} = {one}")),
                named => Said::Text(format!("{attribute} in ({})", named.join(", "))),
            };
        }
        match (values.contains(&ValueId(0)), values.contains(&ValueId(1))) {
            (true, true) => Said::Always,
            (false, false) => Said::Never,
            (false, true) => self.said(),
            (true, false) => negated(self.said()),
        }
    }
}

/// Says formulas by attributes of a product.
pub(super) struct Sayer<'w> {
    pub(super) words: &'w BTreeMap<VariableId, Word>,
}

impl Sayer<'_> {
    /// That a feature is there.
    pub(super) fn feature(&self, id: VariableId) -> Said {
        self.words.get(&id).map_or(Said::Never, Word::said)
    }

    /// A constraint, or why it can't be said.
    pub(super) fn constraint(&self, kind: &ConstraintKind) -> Result<Said, &'static str> {
        match kind {
            ConstraintKind::Formula(formula) => self.formula(formula),
            ConstraintKind::Table { scope, tuples, allowed } => {
                if scope.is_empty() || tuples.len() / scope.len() > MOST_ROWS {
                    return Err("its table is too long for a rule");
                }
                let row = |row: &[ValueId]| {
                    let cells = scope.iter().zip(row);
                    joined(cells.map(|(id, value)| self.one_of(*id, &[*value])), " and ")
                };
                let rows = joined(tuples.chunks_exact(scope.len()).map(row), " or ");
                Ok(if *allowed { rows } else { negated(rows) })
            }
        }
    }

    fn one_of(&self, id: VariableId, values: &[ValueId]) -> Said {
        self.words.get(&id).map_or(Said::Never, |word| word.one_of(values))
    }

    fn formula(&self, formula: &Formula) -> Result<Said, &'static str> {
        let parts = |parts: &[Formula]| -> Result<Vec<Said>, &'static str> {
            parts.iter().map(|part| self.formula(part)).collect()
        };
        Ok(match formula {
            Formula::In(id, values) => self.one_of(*id, values),
            Formula::Not(part) => negated(self.formula(part)?),
            Formula::And(all) => joined(parts(all)?.into_iter(), " and "),
            Formula::Or(any) => joined(parts(any)?.into_iter(), " or "),
            Formula::Count { min, max, of } => count(&parts(of)?, *min as usize, *max as usize)?,
            Formula::Compare(..) => return Err("it compares sums of attributes of features"),
        })
    }
}

fn negated(said: Said) -> Said {
    match said {
        Said::Always => Said::Never,
        Said::Never => Said::Always,
        Said::Text(text) => Said::Text(format!("not ({text})")),
    }
}

/// All or any of these, as what stands between them says.
fn joined(parts: impl Iterator<Item = Said>, between: &str) -> Said {
    let (settles, leaves) =
        if between == " and " { (Said::Never, Said::Always) } else { (Said::Always, Said::Never) };
    let mut texts = Vec::new();
    for part in parts {
        match part {
            Said::Text(text) => texts.push(text),
            part if part == settles => return settles,
            _ => {}
        }
    }
    match texts.as_slice() {
        [] => leaves,
        [one] => Said::Text(one.clone()),
        _ => Said::Text(format!("({})", texts.join(between))),
    }
}

/// Between `min` and `max` of these: of every `max + 1` one is not, and of all but `min - 1` one is.
fn count(parts: &[Said], min: usize, max: usize) -> Result<Said, &'static str> {
    let always = parts.iter().filter(|part| **part == Said::Always).count();
    let open: Vec<Said> = parts.iter().filter(|part| matches!(part, Said::Text(_))).cloned().collect();
    let Some(max) = max.checked_sub(always) else { return Ok(Said::Never) };
    let min = min.saturating_sub(always);
    if min > open.len() {
        return Ok(Said::Never);
    }
    let mut all = Vec::new();
    if max < open.len() {
        for some in subsets(&open, max + 1)? {
            all.push(negated(joined(some.into_iter(), " and ")));
        }
    }
    if min > 0 {
        for some in subsets(&open, open.len() - min + 1)? {
            all.push(joined(some.into_iter(), " or "));
        }
    }
    Ok(joined(all.into_iter(), " and "))
}

/// Every way to take this many.
fn subsets(of: &[Said], many: usize) -> Result<Vec<Vec<Said>>, &'static str> {
    let mut found: Vec<(usize, Vec<Said>)> = vec![(0, Vec::new())];
    for _ in 0..many {
        let mut longer = Vec::new();
        for (from, some) in &found {
            for (at, part) in of.iter().enumerate().skip(*from) {
                let mut some = some.clone();
                some.push(part.clone());
                longer.push((at + 1, some));
            }
            if longer.len() > MOST_PARTS * MOST_PARTS {
                return Err("it counts too many features for a rule");
            }
        }
        found = longer;
    }
    if found.len() > MOST_PARTS {
        return Err("it counts too many features for a rule");
    }
    Ok(found.into_iter().map(|(_, some)| some).collect())
}

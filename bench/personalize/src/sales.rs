//! Sales histories in ten folds beside the rules of the product: read, and the rules that the orders obey.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use engine::compile::Limits;
use engine::model::{Constraint, VariableId};
use engine::pass::{Pass, Possible};
use engine::{Engine, Model};
use personalize::learn::{Cell, Columns};

/// How many folds there are.
pub(crate) const FOLDS: usize = 10;
/// Rules that more than one in this many orders break came after the orders.
const TOLERATED: usize = 1_000;
/// How long rules are tried.
const TRYING: Duration = Duration::from_secs(180);

/// An order: by column its value.
pub(crate) type Row = Vec<Cell>;

/// A product's orders and rules.
#[derive(Debug)]
pub(crate) struct Sales {
    /// What the set is called.
    pub(crate) name: String,
    /// The rules that the orders obey.
    pub(crate) engine: Engine,
    /// By column: the variable of the rules.
    pub(crate) variables: Vec<VariableId>,
    /// By column: how many of its values the rules know. Those beyond are known from orders alone.
    pub(crate) ruled: Vec<usize>,
    /// How many values each column has.
    pub(crate) columns: Columns,
    /// By fold: its orders.
    pub(crate) folds: Vec<Vec<Row>>,
    /// How many rules there are.
    pub(crate) rules: usize,
    /// Names of the rules that are left out, since orders break them or they are too large with the others.
    pub(crate) left_out: Vec<String>,
    /// How many orders go with all rules, as they are written; nothing where those are too large together.
    pub(crate) valid: Option<usize>,
}

impl Sales {
    /// Reads `rules.xml` and `sales-0.csv` to `sales-9.csv`.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let rules = folder.join("rules.xml");
        let text = std::fs::read_to_string(&rules).with_context(|| format!("reading {}", rules.display()))?;
        let model = import::read("rules.xml", &text).with_context(|| rules.display().to_string())?;
        let mut table = Table::default();
        let mut folds = Vec::new();
        for fold in 0..FOLDS {
            folds.push(table.read(&model, &folder.join(format!("sales-{fold}.csv")))?);
        }
        let Table { variables, ruled, names } = table;
        let sizes: Vec<usize> = names.iter().map(Vec::len).collect();
        let mut distinct: BTreeMap<&Row, usize> = BTreeMap::new();
        folds.iter().flatten().for_each(|row| *distinct.entry(row).or_default() += 1);
        let rows: Vec<(&Row, usize)> = distinct.into_iter().collect();
        let mut trying = Trying::new(&variables, &ruled, rows);
        let all = folds.iter().map(Vec::len).sum::<usize>();
        let written = Engine::new(model.clone(), Limits::default()).ok();
        let valid = written.as_ref().map(|written| all - trying.broken(written).0);
        let (engine, left_out) = trying.in_force(&model, written, all)?;
        let name =
            folder.file_name().map_or_else(|| "data".to_owned(), |name| name.to_string_lossy().into_owned());
        Ok(Self {
            name,
            engine,
            variables,
            ruled,
            columns: Columns::new(&sizes),
            folds,
            rules: model.constraints.len(),
            left_out,
            valid,
        })
    }

    /// The orders of all folds but one, equal ones counted, in a fixed order.
    pub(crate) fn training(&self, without: usize) -> Vec<(Row, u32)> {
        let others = self.folds.iter().enumerate().filter(|(fold, _)| *fold != without);
        counted(others.flat_map(|(_, rows)| rows))
    }
}

/// Orders, equal ones counted, in a fixed order.
pub(crate) fn counted<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<(Row, u32)> {
    let mut found: BTreeMap<&Row, u32> = BTreeMap::new();
    rows.for_each(|row| *found.entry(row).or_default() += 1);
    found.into_iter().map(|(row, times)| (row.clone(), times)).collect()
}

/// Columns of the files read so far.
#[derive(Default)]
struct Table {
    variables: Vec<VariableId>,
    ruled: Vec<usize>,
    /// By column: its values' names, those of the rules first.
    names: Vec<Vec<String>>,
}

impl Table {
    fn read(&mut self, model: &Model, path: &Path) -> Result<Vec<Row>> {
        let mut reader =
            csv::Reader::from_path(path).with_context(|| format!("reading {}", path.display()))?;
        let header = reader.headers()?.clone();
        let variables = header
            .iter()
            .map(|name| model.variable_named(name))
            .collect::<Result<Vec<_>, _>>()
            .with_context(|| format!("columns of {}", path.display()))?;
        if self.variables.is_empty() {
            self.names = variables.iter().map(|&id| model.variable(id).values.clone()).collect();
            self.ruled = self.names.iter().map(Vec::len).collect();
            self.variables = variables;
        } else {
            ensure!(self.variables == variables, "{} has other columns than the first fold", path.display());
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.with_context(|| path.display().to_string())?;
            let mut row = Vec::with_capacity(self.names.len());
            for (names, value) in self.names.iter_mut().zip(&record) {
                row.push(match names.iter().position(|name| name == value) {
                    _ if value.is_empty() => None,
                    Some(place) => Some(u16::try_from(place)?),
                    None => {
                        names.push(value.to_owned());
                        Some(u16::try_from(names.len() - 1)?)
                    }
                });
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

/// What rules are tried on.
struct Trying<'s> {
    variables: &'s [VariableId],
    ruled: &'s [usize],
    /// Different orders, and how often each was placed.
    rows: Vec<(&'s Row, usize)>,
    until: Instant,
}

impl<'s> Trying<'s> {
    fn new(variables: &'s [VariableId], ruled: &'s [usize], rows: Vec<(&'s Row, usize)>) -> Self {
        Self { variables, ruled, rows, until: Instant::now() + TRYING }
    }

    /// How many orders break the rules, and which of the different ones.
    fn broken(&self, engine: &Engine) -> (usize, HashSet<usize>) {
        let diagram = engine.diagram();
        let mut pass = Pass::<Possible>::default();
        let mut broken = (0, HashSet::new());
        for (place, (row, times)) in self.rows.iter().enumerate() {
            let mut weights = vec![true; diagram.literals()];
            for ((&cell, &variable), &ruled) in row.iter().zip(self.variables).zip(self.ruled) {
                assert_value(
                    engine,
                    &mut weights,
                    variable,
                    cell.map(usize::from).filter(|value| *value < ruled),
                );
            }
            pass.upwards(diagram, &weights);
            if !pass.total(diagram) {
                broken.0 += times;
                broken.1.insert(place);
            }
        }
        broken
    }

    /// The rules that nearly all orders obey together, and the names of the others.
    fn in_force(
        &mut self,
        model: &Model,
        written: Option<Engine>,
        orders: usize,
    ) -> Result<(Engine, Vec<String>)> {
        let most = orders / TOLERATED;
        if let Some(written) = written
            && self.broken(&written).0 <= most
        {
            return Ok((written, Vec::new()));
        }
        let mut bare = model.clone();
        bare.constraints.clear();
        let mut left_out = Vec::new();
        let mut kept = None;
        self.add(&mut bare, &model.constraints, most, &mut left_out, &mut kept);
        let kept = kept.map_or_else(|| Engine::new(bare, Limits::default()), Ok);
        Ok((kept.context("the values alone are too large to be compiled")?, left_out))
    }

    /// Adds the rules that orders obey; where a block of them is broken, each half by itself.
    fn add(
        &mut self,
        model: &mut Model,
        block: &[Constraint],
        most: usize,
        left_out: &mut Vec<String>,
        kept: &mut Option<Engine>,
    ) {
        let before = model.constraints.len();
        model.constraints.extend_from_slice(block);
        let compiled =
            (Instant::now() < self.until).then(|| Engine::new(model.clone(), Limits::default()).ok());
        if let Some(engine) = compiled.flatten() {
            let (count, broken) = self.broken(&engine);
            if count <= most {
                let mut place = 0;
                self.rows.retain(|_| {
                    place += 1;
                    !broken.contains(&(place - 1))
                });
                *kept = Some(engine);
                return;
            }
        }
        model.constraints.truncate(before);
        match block {
            [] => {}
            [one] => left_out.push(one.name.clone()),
            more => {
                let (one, other) = more.split_at(more.len() / 2);
                self.add(model, one, most, left_out, kept);
                self.add(model, other, most, left_out, kept);
            }
        }
    }
}

/// Leaves a variable this value only; every one when it is none.
pub(crate) fn assert_value(
    engine: &Engine,
    weights: &mut [bool],
    variable: VariableId,
    value: Option<usize>,
) {
    if let Some(value) = value {
        let literals = engine.diagram().literals_of(variable);
        let own = literals.start + value;
        literals.for_each(|literal| weights[literal] &= literal == own);
    }
}

#[cfg(test)]
mod tests {
    use engine::compile::Limits;
    use engine::model::{ConstraintKind, ValueId, Variable, VariableId};
    use engine::{Engine, Model};

    use super::{Row, Trying, counted};

    /// Three variables of two values; rules that forbid the second value of two of them together.
    fn model(forbidden: &[(usize, usize)]) -> Model {
        let mut model = Model::default();
        for name in ["a", "b", "c"] {
            model.add_variable(Variable::boolean(name));
        }
        for (one, other) in forbidden {
            let scope = vec![VariableId::new(*one), VariableId::new(*other)];
            let kind = ConstraintKind::Table { scope, tuples: vec![ValueId::new(1); 2], allowed: false };
            model.add_constraint(format!("{one} {other}"), kind);
        }
        model
    }

    #[test]
    fn rules_that_orders_break_are_left_out() {
        let model = model(&[(0, 1), (1, 2), (0, 2)]);
        // The last value is one that the rules don't know.
        let rows: [Row; 3] =
            [vec![Some(1), Some(0), Some(0)], vec![Some(0), Some(1), Some(1)], vec![Some(1), None, Some(2)]];
        let variables: Vec<VariableId> = (0..3).map(VariableId::new).collect();
        let ruled = [2, 2, 2];
        let mut trying = Trying::new(&variables, &ruled, rows.iter().map(|row| (row, 1)).collect());
        let written = Engine::new(model.clone(), Limits::default()).expect("a small model");
        assert_eq!(trying.broken(&written).0, 1);
        let (engine, left_out) = trying.in_force(&model, Some(written), 3).expect("a small model");
        assert_eq!(left_out, ["1 2"]);
        assert_eq!(trying.broken(&engine).0, 0);
        assert_eq!(engine.model().constraints.len(), 2);
    }

    #[test]
    fn equal_orders_are_counted() {
        let rows: [Row; 3] = [vec![Some(1)], vec![Some(0)], vec![Some(1)]];
        assert_eq!(counted(rows.iter()), [(vec![Some(0)], 1), (vec![Some(1)], 2)]);
    }
}

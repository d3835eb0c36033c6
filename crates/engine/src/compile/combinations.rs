//! Which combinations of some variables' values valid assignments have, and sets of such combinations: ordered diagrams with these
//! variables on top, in which what is below is forgotten.

use std::hash::BuildHasherDefault;

use hashbrown::HashMap;
use rustc_hash::FxHasher;

use super::Part;
use super::decision::{Forest, Function, TooLarge};
use crate::model::{Model, ValueId, VariableId};

/// How many orders of the other variables are tried.
const ORDERS: usize = 3;
/// How many nodes sets may make once the combinations are known.
const MORE: usize = 4_000_000;
/// Most values that a set of values is widened by one after the other.
const MOST_WIDENED: usize = 300;
/// How many results are kept before they are forgotten.
const KEPT: usize = 200_000;

/// A set of combinations, of those of one [`Combinations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set(Function);

impl Set {
    /// Without any combination.
    pub const NONE: Self = Self(Function::NOWHERE);

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        Forest::is_nowhere(self.0.node)
    }
}

/// Combinations of values: by column, the values of its variable that it may have.
pub type Block = Vec<Vec<ValueId>>;

/// The combinations of some variables' values that valid assignments have, the columns.
#[derive(Debug)]
pub struct Combinations {
    forest: Forest,
    /// By column: how many values it has.
    sizes: Vec<usize>,
    possible: Set,
    /// How many sets were joined since results were forgotten.
    joined: usize,
    /// By node: how many combinations there are below it.
    counts: HashMap<u32, u128, BuildHasherDefault<FxHasher>>,
}

impl Model {
    /// The combinations of these variables' values that valid assignments have, each variable once. What no constraint ties to
    /// them, however far, is not looked at. `limit` bounds the nodes that are made.
    ///
    /// # Errors
    /// Within the limit they are not known.
    pub fn combinations(&self, columns: &[VariableId], limit: usize) -> Result<Combinations, TooLarge> {
        let sizes: Vec<usize> = self.variables.iter().map(crate::model::Variable::size).collect();
        let tied = self.tied_to(columns);
        let others: Vec<Vec<usize>> = tied.ties(&sizes).orders().into_iter().take(ORDERS).collect();
        let mut found = Err(TooLarge);
        for order in others {
            let below = order.into_iter().map(|at| tied.variables[at]).filter(|id| !columns.contains(id));
            let order = columns.iter().copied().chain(below).map(|id| (id, sizes[id.index()])).collect();
            found = tied.conjoin(order, sizes.len(), limit, &mut 0);
            if found.is_ok() {
                break;
            }
        }
        let mut compiled = found?;
        compiled.forest.allow(MORE);
        let root = compiled.forest.above(compiled.root, columns.len())?;
        let mut kept = [root];
        compiled.forest.keep(&mut kept);
        Ok(Combinations {
            forest: compiled.forest,
            sizes: columns.iter().map(|id| sizes[id.index()]).collect(),
            possible: Set(kept[0]),
            joined: 0,
            counts: HashMap::default(),
        })
    }

    /// Everything that constraints tie to these variables, as one part.
    fn tied_to(&self, columns: &[VariableId]) -> Part<'_> {
        let mut tied = Part::default();
        for part in self.parts() {
            if part.variables.iter().any(|id| columns.contains(id)) {
                tied.variables.extend(part.variables);
                tied.constraints.extend(part.constraints);
            }
        }
        tied.variables.extend_from_slice(columns);
        tied.variables.sort_unstable();
        tied.variables.dedup();
        tied
    }
}

impl Combinations {
    /// Those that valid assignments have.
    #[must_use]
    pub fn possible(&self) -> Set {
        self.possible
    }

    /// Those of a block; a column without values has none.
    ///
    /// # Errors
    /// Too much was made of these combinations.
    pub fn block(&mut self, block: &[Vec<ValueId>]) -> Result<Set, TooLarge> {
        let mut below = Function::ZERO;
        for (level, values) in block.iter().enumerate().rev() {
            let mut edges = vec![Function::NOWHERE; self.sizes[level]];
            values.iter().for_each(|value| edges[value.index()] = below);
            below = self.forest.node(level, edges.into_iter())?;
        }
        Ok(Set(below))
    }

    /// Those that both have.
    ///
    /// # Errors
    /// As [`Combinations::block`].
    pub fn both(&mut self, one: Set, other: Set) -> Result<Set, TooLarge> {
        self.forget();
        self.forest.sum(one.0, other.0).map(Set)
    }

    /// Those that at least one of them has.
    ///
    /// # Errors
    /// As [`Combinations::block`].
    pub fn either(&mut self, one: Set, other: Set) -> Result<Set, TooLarge> {
        self.forget();
        self.forest.union(one.0, other.0).map(Set)
    }

    /// All that a set has not.
    ///
    /// # Errors
    /// As [`Combinations::block`].
    pub fn others(&mut self, set: Set) -> Result<Set, TooLarge> {
        self.forget();
        self.forest.swapped(set.0).map(Set)
    }

    /// Those of one that the other has not.
    ///
    /// # Errors
    /// As [`Combinations::block`].
    pub fn without(&mut self, one: Set, other: Set) -> Result<Set, TooLarge> {
        let others = self.others(other)?;
        self.both(one, others)
    }

    fn forget(&mut self) {
        self.joined += 1;
        if self.joined >= KEPT {
            self.forest.forget();
            self.joined = 0;
        }
    }

    /// How many there are; the largest number stands for more.
    #[must_use]
    pub fn count(&mut self, set: Set) -> u128 {
        self.counted(set.0, 0)
    }

    fn counted(&mut self, function: Function, level: usize) -> u128 {
        if Forest::is_nowhere(function.node) {
            return 0;
        }
        let own = self.forest.place(function).min(self.sizes.len());
        let between =
            self.sizes[level..own].iter().fold(1_u128, |all, &size| all.saturating_mul(size as u128));
        let below = match self.counts.get(&function.node) {
            Some(&below) => below,
            None => {
                let Some((_, edges)) = self.forest.open(function.node) else { return between };
                let edges = edges.to_vec();
                let below = edges
                    .into_iter()
                    .fold(0_u128, |sum, edge| sum.saturating_add(self.counted(edge, own + 1)));
                self.counts.insert(function.node, below);
                below
            }
        };
        between.saturating_mul(below)
    }

    /// A block that a set has all of, as wide as it gets from where it is begun; nothing for one without any.
    ///
    /// # Errors
    /// As [`Combinations::block`].
    pub fn widest(&mut self, set: Set) -> Result<Option<Block>, TooLarge> {
        let Some(mut block) = self.first_block(set) else { return Ok(None) };
        for column in (0..block.len()).rev() {
            self.widen(set, &mut block, column)?;
        }
        Ok(Some(block))
    }

    /// A path through a set, with all values that lead the same way: at each column those that have most.
    fn first_block(&mut self, set: Set) -> Option<Block> {
        let mut here = set.0;
        if Forest::is_nowhere(here.node) {
            return None;
        }
        let mut block: Block = Vec::with_capacity(self.sizes.len());
        for column in 0..self.sizes.len() {
            let edges = (self.forest.place(here) == column).then(|| self.forest.open(here.node)).flatten();
            let Some((_, edges)) = edges else {
                block.push((0..self.sizes[column]).map(ValueId::new).collect());
                continue;
            };
            let mut groups: Vec<(Function, Vec<ValueId>)> = Vec::new();
            for (value, &edge) in edges.iter().enumerate().filter(|(_, edge)| !Forest::is_nowhere(edge.node))
            {
                match groups.iter_mut().find(|(known, _)| *known == edge) {
                    Some((_, values)) => values.push(ValueId::new(value)),
                    None => groups.push((edge, vec![ValueId::new(value)])),
                }
            }
            let most = groups.into_iter().max_by_key(|(edge, values)| {
                let first = std::cmp::Reverse(values[0]);
                (self.counted(*edge, column + 1).saturating_mul(values.len() as u128), first)
            });
            let (edge, values) = most?;
            block.push(values);
            here = edge;
        }
        Some(block)
    }

    /// Adds the values of a column with which a block stays within a set.
    fn widen(&mut self, set: Set, block: &mut Block, column: usize) -> Result<(), TooLarge> {
        let size = self.sizes[column];
        let others: Vec<ValueId> =
            (0..size).map(ValueId::new).filter(|value| !block[column].contains(value)).collect();
        if others.is_empty() || others.len() > MOST_WIDENED {
            return Ok(());
        }
        let own = std::mem::take(&mut block[column]);
        let mut wider = own;
        for value in others {
            block[column] = vec![value];
            let more = self.block(block)?;
            if self.both(more, set)? == more {
                wider.push(value);
            }
        }
        wider.sort_unstable();
        block[column] = wider;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Comparison, ConstraintKind, Expression, Formula, Variable};

    fn variable(name: &str, size: usize) -> Variable {
        Variable::new(name, (0..size).map(|value| value.to_string()).collect())
    }

    /// Every combination of columns of these sizes.
    fn all(sizes: &[usize]) -> Vec<Vec<ValueId>> {
        sizes.iter().fold(vec![Vec::new()], |found, &size| {
            let longer = |tuple: Vec<ValueId>| {
                (0..size).map(move |value| [&tuple[..], &[ValueId::new(value)]].concat())
            };
            found.into_iter().flat_map(longer).collect()
        })
    }

    fn has(block: &[Vec<ValueId>], tuple: &[ValueId]) -> bool {
        block.iter().zip(tuple).all(|(values, value)| values.contains(value))
    }

    fn blocks() -> impl Strategy<Value = Vec<Block>> {
        let values = |size: usize| prop::collection::vec(0..size, 1..=size);
        let block = (values(3), values(2), values(4)).prop_map(|(one, two, three)| {
            [one, two, three].map(|own| own.into_iter().map(ValueId::new).collect()).to_vec()
        });
        prop::collection::vec(block, 0..5)
    }

    proptest! {
        #[test]
        fn sets_are_those_that_enumeration_finds(
            blocks in blocks(),
            most in 0_i64..7,
            numbers in prop::collection::vec(0_i64..4, 12),
        ) {
            let mut model = Model::default();
            let sizes = [3, 2, 4, 3];
            let ids: Vec<VariableId> =
                sizes.iter().enumerate().map(|(at, &size)| model.add_variable(variable(&format!("v{at}"), size))).collect();
            // The last variable is no column; a sum ties it to the others.
            let mut rest = numbers.iter().copied();
            let parts = ids.iter().zip(sizes).map(|(&id, size)| Expression::Of(id, rest.by_ref().take(size).collect()));
            let within = Formula::Compare(Expression::Sum(parts.collect()), Comparison::AtMost, Expression::Constant(most));
            model.add_constraint("sum", ConstraintKind::Formula(within));
            let mut found = model.combinations(&ids[..3], 100_000).unwrap();
            let is_possible = |tuple: &[ValueId]| {
                (0..3).any(|last| model.is_valid(&[tuple, &[ValueId::new(last)]].concat()))
            };
            let possible = found.possible();
            let tuples = all(&sizes[..3]);
            let count = |holds: &dyn Fn(&[ValueId]) -> bool| tuples.iter().filter(|tuple| holds(tuple)).count() as u128;
            prop_assert_eq!(found.count(possible), count(&is_possible));
            let mut covered = Set::NONE;
            for block in &blocks {
                let own = found.block(block).unwrap();
                covered = found.either(covered, own).unwrap();
            }
            let is_covered = |tuple: &[ValueId]| blocks.iter().any(|block| has(block, tuple));
            prop_assert_eq!(found.count(covered), count(&is_covered));
            let both = found.both(possible, covered).unwrap();
            prop_assert_eq!(found.count(both), count(&|tuple| is_possible(tuple) && is_covered(tuple)));
            let mut open = found.without(possible, covered).unwrap();
            prop_assert_eq!(found.count(open), count(&|tuple| is_possible(tuple) && !is_covered(tuple)));
            // Blocks take all of it apart, one after the other.
            let mut taken: Vec<Block> = Vec::new();
            while let Some(block) = found.widest(open).unwrap() {
                let own = found.block(&block).unwrap();
                prop_assert!(found.without(own, open).unwrap().is_empty());
                open = found.without(open, own).unwrap();
                taken.push(block);
            }
            for tuple in &tuples {
                let times = taken.iter().filter(|block| has(block, tuple)).count();
                prop_assert_eq!(times, usize::from(is_possible(tuple) && !is_covered(tuple)));
            }
        }
    }

    #[test]
    fn without_constraints_everything_is_possible() {
        let mut model = Model::default();
        let ids = [model.add_variable(variable("a", 3)), model.add_variable(variable("b", 5))];
        let mut found = model.combinations(&ids, 100).unwrap();
        assert_eq!(found.count(found.possible()), 15);
    }

    #[test]
    fn what_takes_too_many_nodes_is_refused() {
        let mut model = Model::default();
        let ids: Vec<VariableId> =
            (0..12).map(|at| model.add_variable(variable(&format!("v{at}"), 9))).collect();
        let parts = ids
            .iter()
            .enumerate()
            .map(|(at, &id)| Expression::Of(id, (0..9).map(|value| value * 9_i64.pow(at as u32)).collect()));
        let sum =
            Formula::Compare(Expression::Sum(parts.collect()), Comparison::Equal, Expression::Constant(999));
        model.add_constraint("sum", ConstraintKind::Formula(sum));
        assert_eq!(model.combinations(&ids[..2], 10).err(), Some(TooLarge));
    }
}

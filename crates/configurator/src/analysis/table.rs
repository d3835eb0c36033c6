//! What a table leaves out, says twice and says for nothing, given everything else that holds for the product: asked of the
//! combinations of its columns that designs have otherwise.

use engine::compile::{Block, Combinations, Set, TooLarge};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};

use crate::layout::{FILLED, Variables};
use crate::product::Product;
use crate::rule::{Cell, Column, Table};

/// How many nodes the combinations may take: about a second.
const NODES: usize = 600_000;
/// Most gaps, overlaps and rows that are named.
pub const MOST_NAMED: usize = 40;
/// Most pairs of rows that are held against what is possible.
const MOST_PAIRS: usize = 20_000;

/// Possible combinations of which a table has no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Them as a row of the table, which says nothing that another row says.
    pub cells: Vec<Cell>,
    /// How many they are; the largest number stands for more.
    pub combinations: u128,
}

/// Two rows that say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Their places, the earlier first.
    pub rows: (usize, usize),
    /// How many possible combinations both have.
    pub combinations: u128,
}

/// A row that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Its place.
    pub row: usize,
    /// Rows that say all of it that is possible; without any, nothing of it is. None of these is idle itself.
    pub covered_by: Vec<usize>,
}

/// What a table leaves out, says twice and says for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableReport {
    /// How many combinations of the columns are possible by everything else.
    pub possible: u128,
    /// How many of those no row has.
    pub open: u128,
    /// Those that no row has, at most [`MOST_NAMED`] rows of them; no two have a combination in common.
    pub gaps: Vec<Gap>,
    /// Pairs of rows that say the same, at most [`MOST_NAMED`]: rows that change nothing left aside.
    pub overlaps: Vec<Overlap>,
    /// Whether there may be more pairs.
    pub more_overlaps: bool,
    /// Rows that change nothing, all of which can go at once.
    pub idle: Vec<Idle>,
}

/// The combinations of a table's columns, and where they stand in the model.
struct Space<'t> {
    table: &'t Table,
    sizes: Vec<usize>,
    product: &'t Product,
    found: Combinations,
}

impl Table {
    /// What it leaves out, says twice and says for nothing in a product that has not got it as a rule.
    ///
    /// # Errors
    /// That takes too much to find out.
    pub fn report(&self, product: &Product) -> Result<TableReport, TooLarge> {
        let mut space = Space::new(self, product)?;
        let possible = space.found.possible();
        let mut blocks = Vec::with_capacity(self.rows.len());
        let mut whole = Vec::with_capacity(self.rows.len());
        let mut own = Vec::with_capacity(self.rows.len());
        let mut others = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let block = space.block(row);
            let set = space.found.block(&block)?;
            own.push(space.found.both(set, possible)?);
            others.push(space.found.others(set)?);
            whole.push(set);
            blocks.push(block);
        }
        let masks = Masks::new(&blocks, &space.sizes);
        let idle = space.idle(&own, &others, (&blocks, &masks))?;
        let covered = space.union(whole)?;
        let open = space.found.without(possible, covered)?;
        let is_idle = |row: usize| idle.iter().any(|idle| idle.row == row);
        let kept: Vec<usize> = (0..own.len()).filter(|row| !is_idle(*row)).collect();
        let (overlaps, more_overlaps) = space.overlaps(&own, &masks, &kept)?;
        Ok(TableReport {
            possible: space.found.count(possible),
            open: space.found.count(open),
            gaps: space.gaps(open)?,
            overlaps,
            more_overlaps,
            idle,
        })
    }
}

impl<'t> Space<'t> {
    fn new(table: &'t Table, product: &'t Product) -> Result<Self, TooLarge> {
        let mut model = product.to_model();
        model.prices.clear();
        let variables = Variables::of(product);
        let columns: Vec<VariableId> =
            table.columns.iter().map(|column| variable(*column, &variables, &mut model)).collect();
        let sizes = columns.iter().map(|id| model.variable(*id).size()).collect();
        Ok(Self { table, sizes, product, found: model.combinations(&columns, NODES)? })
    }

    /// The values that a row asks for.
    fn block(&self, row: &[Cell]) -> Block {
        let columns = self.table.columns.iter().zip(row).zip(&self.sizes);
        columns.map(|((column, cell), &size)| self.values(*column, cell, size)).collect()
    }

    fn values(&self, column: Column, cell: &Cell, size: usize) -> Vec<ValueId> {
        let attribute = self.product.attribute(column.attribute());
        let away = |absent: &bool| attribute.absent().filter(|_| *absent).map(ValueId::new);
        match cell {
            Cell::Any => (0..size).map(ValueId::new).collect(),
            Cell::Is(is) => vec![ValueId::new(usize::from(*is))],
            Cell::Options { options, absent } => {
                let options = options.iter().map(|option| ValueId::new(option.index()));
                options.chain(away(absent)).collect()
            }
            Cell::Numbers { ranges, absent } => {
                let within = |number: i64| ranges.iter().any(|(low, high)| (*low..=*high).contains(&number));
                let numbers = attribute.kind.numbers().into_iter().flat_map(|numbers| numbers.iter());
                let numbers = numbers.enumerate().filter(|(_, number)| within(*number));
                numbers.map(|(at, _)| ValueId::new(at)).chain(away(absent)).collect()
            }
        }
    }

    /// What a cell would ask for these values with.
    fn cell(&self, column: Column, values: &[ValueId], size: usize) -> Cell {
        if values.len() == size {
            return Cell::Any;
        }
        let attribute = self.product.attribute(column.attribute());
        let is_away = |value: &ValueId| attribute.absent() == Some(value.index());
        let absent = values.iter().any(is_away);
        let there = values.iter().filter(|value| !is_away(value)).map(|value| value.index());
        match column {
            Column::Member(..) | Column::Filled(_) => Cell::Is(values.iter().any(|value| value.index() == 1)),
            Column::Choice(_) => {
                Cell::Options { options: there.map(crate::ids::OptionId::new).collect(), absent }
            }
            Column::Number(_) => {
                let numbers: Vec<i64> =
                    attribute.kind.numbers().map(|numbers| numbers.iter().collect()).unwrap_or_default();
                let mut ranges: Vec<(i64, i64)> = Vec::new();
                let mut last = None;
                for at in there {
                    let number = numbers[at];
                    match ranges.last_mut() {
                        Some(range) if last == at.checked_sub(1) && at > 0 => range.1 = number,
                        _ => ranges.push((number, number)),
                    }
                    last = Some(at);
                }
                Cell::Numbers { ranges, absent }
            }
        }
    }

    /// Those that at least one has, joined in pairs so that each step touches little.
    fn union(&mut self, mut sets: Vec<Set>) -> Result<Set, TooLarge> {
        while sets.len() > 1 {
            let mut joined = Vec::with_capacity(sets.len().div_ceil(2));
            for pair in sets.chunks(2) {
                joined.push(match *pair {
                    [one, other] => self.found.either(one, other)?,
                    _ => pair[0],
                });
            }
            sets = joined;
        }
        Ok(sets.pop().unwrap_or(Set::NONE))
    }

    /// Rows that change nothing, from the last to the first, so that of two that are the same the earlier one stays.
    fn idle(
        &mut self,
        own: &[Set],
        others: &[Set],
        (blocks, masks): (&[Block], &Masks),
    ) -> Result<Vec<Idle>, TooLarge> {
        let mut stays = vec![true; own.len()];
        let mut idle = Vec::new();
        for row in (0..own.len()).rev() {
            let meeting: Vec<usize> = masks.meeting(row).filter(|other| stays[*other]).collect();
            // What they have in common with it, possible or not, is too little.
            let common = meeting.iter().map(|other| masks.common(row, *other));
            if common.fold(0, u128::saturating_add) < self.found.count(own[row]) {
                continue;
            }
            if self.has_own(own[row], &blocks[row], meeting.clone(), masks)? {
                continue;
            }
            if let Some(covered_by) = self.covering(own[row], others, meeting.into_iter())? {
                stays[row] = false;
                idle.push(Idle { row, covered_by });
            }
        }
        idle.reverse();
        // What covered a row may have gone since: what covers that covers both.
        for gone in &mut idle {
            if gone.covered_by.iter().any(|row| !stays[*row]) {
                let meeting = masks.meeting(gone.row).filter(|other| stays[*other]);
                gone.covered_by = self.covering(own[gone.row], others, meeting)?.unwrap_or_default();
            }
        }
        Ok(idle)
    }

    /// Whether a possible combination of a row is found that none of the others has, by taking in each column the value that fewest of
    /// them have. Where none is found there may be one.
    fn has_own(
        &mut self,
        mut set: Set,
        block: &Block,
        mut others: Vec<usize>,
        masks: &Masks,
    ) -> Result<bool, TooLarge> {
        let mut block = block.clone();
        for column in 0..block.len() {
            if set.is_empty() || others.is_empty() {
                break;
            }
            let has = |row: &usize, value: ValueId| masks.has(*row, column, value);
            let mut values = std::mem::take(&mut block[column]);
            values.sort_by_key(|value| others.iter().filter(|row| has(row, *value)).count());
            for value in values {
                block[column] = vec![value];
                let own = self.found.block(&block)?;
                let left = self.found.both(set, own)?;
                if !left.is_empty() {
                    others.retain(|row| has(row, value));
                    set = left;
                    break;
                }
            }
        }
        Ok(others.is_empty() && !set.is_empty())
    }

    /// Of some rows those that have parts of a set, until they have all of it; nothing where they have not. `others` is by row what
    /// it has not.
    fn covering(
        &mut self,
        set: Set,
        others: &[Set],
        rows: impl Iterator<Item = usize>,
    ) -> Result<Option<Vec<usize>>, TooLarge> {
        let (mut rest, mut covered_by) = (set, Vec::new());
        for row in rows {
            if rest.is_empty() {
                break;
            }
            let less = self.found.both(rest, others[row])?;
            if less != rest {
                covered_by.push(row);
                rest = less;
            }
        }
        Ok(rest.is_empty().then_some(covered_by))
    }

    fn overlaps(
        &mut self,
        own: &[Set],
        masks: &Masks,
        rows: &[usize],
    ) -> Result<(Vec<Overlap>, bool), TooLarge> {
        let (mut found, mut asked) = (Vec::new(), 0);
        for (at, &one) in rows.iter().enumerate() {
            for &other in rows[at + 1..].iter().filter(|other| masks.meet(one, **other)) {
                asked += 1;
                if found.len() == MOST_NAMED || asked > MOST_PAIRS {
                    return Ok((found, true));
                }
                let both = self.found.both(own[one], own[other])?;
                if !both.is_empty() {
                    found.push(Overlap { rows: (one, other), combinations: self.found.count(both) });
                }
            }
        }
        Ok((found, false))
    }

    fn gaps(&mut self, mut open: Set) -> Result<Vec<Gap>, TooLarge> {
        let mut gaps = Vec::new();
        while gaps.len() < MOST_NAMED {
            let Some(block) = self.found.widest(open)? else { break };
            let set = self.found.block(&block)?;
            let columns = self.table.columns.iter().zip(&block).zip(&self.sizes);
            let cells = columns.map(|((column, values), &size)| self.cell(*column, values, size)).collect();
            gaps.push(Gap { cells, combinations: self.found.count(set) });
            open = self.found.without(open, set)?;
        }
        Ok(gaps)
    }
}

/// The variable of a column. What is either so or not gets one of its own, so that each combination counts once.
fn variable(column: Column, variables: &Variables, model: &mut Model) -> VariableId {
    let (whole, yes): (VariableId, Vec<ValueId>) = match column {
        Column::Choice(id) | Column::Number(id) => return variables.whole(id),
        Column::Member(id, option) => (variables.member(id, option), vec![ValueId(1)]),
        Column::Filled(id) => (variables.whole(id), FILLED.map(ValueId::new).to_vec()),
    };
    let is_so = model.add_variable(Variable::boolean(format!("column {}", model.variables.len())));
    for (value, holds) in [(1, Formula::In(whole, yes.clone())), (0, Formula::In(whole, yes).negated())] {
        let says = Formula::In(is_so, vec![ValueId(1 - value)]);
        model.add_constraint("column", ConstraintKind::Formula(Formula::Or(vec![says, holds])));
    }
    is_so
}

/// The values of each row as bits, column after column.
struct Masks {
    /// By column: which bits of a row are its own.
    columns: Vec<std::ops::Range<usize>>,
    rows: Vec<Vec<u64>>,
}

impl Masks {
    fn new(blocks: &[Block], sizes: &[usize]) -> Self {
        let mut columns = Vec::with_capacity(sizes.len());
        let mut next = 0;
        for size in sizes {
            let words = size.div_ceil(64);
            columns.push(next..next + words);
            next += words;
        }
        let row = |block: &Block| {
            let mut bits = vec![0_u64; next];
            for (values, own) in block.iter().zip(&columns) {
                values
                    .iter()
                    .for_each(|value| bits[own.start + value.index() / 64] |= 1 << (value.index() % 64));
            }
            bits
        };
        Self { rows: blocks.iter().map(row).collect(), columns }
    }

    /// Whether two rows have a combination in common, possible or not.
    fn meet(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.rows[one], &self.rows[other]);
        self.columns.iter().all(|own| own.clone().any(|word| one[word] & other[word] != 0))
    }

    /// Whether a row has a value in a column.
    fn has(&self, row: usize, column: usize, value: ValueId) -> bool {
        let word = self.columns[column].start + value.index() / 64;
        self.rows[row][word] >> (value.index() % 64) & 1 == 1
    }

    /// How many combinations two rows have in common, possible or not.
    fn common(&self, one: usize, other: usize) -> u128 {
        let (one, other) = (&self.rows[one], &self.rows[other]);
        let values = |own: &std::ops::Range<usize>| {
            own.clone().map(|word| u128::from((one[word] & other[word]).count_ones())).sum::<u128>()
        };
        self.columns.iter().map(values).fold(1, u128::saturating_mul)
    }

    /// The other rows that have a combination in common with a row.
    fn meeting(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(move |other| *other != row && self.meet(row, *other))
    }
}

//! Past orders counted: how many of whom had a value, as evidence for those who are told of it.

use std::ops::Range;

use configurator::{AttributeId, Choices, Product, Value};

use crate::asker::{Asker, Group};
use crate::learn::Cell;
use crate::{Evidence, PastDesign};

/// Fewest orders that a figure is told of. As a buyer counts three times at most, these are five buyers.
pub(crate) const LEAST_TOLD: u32 = 13;

/// Orders and how many of them are examples, as they are told of: of fewer real ones than speak of five buyers nothing is said beside
/// examples, which speak alone then.
pub(crate) fn tellable(orders: u32, synthetic: u32) -> u32 {
    let are_few = synthetic > 0 && orders.saturating_sub(synthetic) < LEAST_TOLD;
    if are_few { synthetic } else { orders }
}

/// Where attributes are among the variables of a product's model, by attribute. Empty for a text: texts are personal, and nothing is
/// learnt from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spans(Vec<Range<usize>>);

impl Spans {
    pub(crate) fn of(product: &Product) -> Self {
        let mut spans: Vec<Range<usize>> = vec![0..0; product.attributes.len()];
        for (at, id) in product.variables().into_iter().enumerate() {
            let is_text = matches!(product.initial(id), Value::Text(_));
            if let Some(span) = spans.get_mut(id.index()).filter(|_| !is_text) {
                *span = if span.end == 0 { at..at + 1 } else { span.start..at + 1 };
            }
        }
        Self(spans)
    }

    /// As many attributes of one variable each.
    #[cfg(test)]
    pub(crate) fn each(count: usize) -> Self {
        Self((0..count).map(|at| at..at + 1).collect())
    }

    /// Where each attribute is, but for texts.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.iter().filter(|span| span.start < span.end).cloned()
    }

    /// Choices as a row, without texts.
    pub(crate) fn cells(&self, product: &Product, choices: &Choices) -> Vec<Cell> {
        let chosen = product.to_chosen(choices);
        let mut cells = vec![None; chosen.len()];
        for at in self.0.iter().flat_map(Clone::clone) {
            let value = chosen.get(at).copied().flatten();
            if let Some(cell) = cells.get_mut(at) {
                *cell = value.and_then(|value| u16::try_from(value.index()).ok());
            }
        }
        cells
    }

    /// Where a value is in a row, and what is there then; nothing for texts.
    pub(crate) fn wanted(
        &self,
        product: &Product,
        (id, value): (AttributeId, &Value),
    ) -> Option<(Range<usize>, Vec<Cell>)> {
        let span = self.0.get(id.index()).filter(|span| span.start < span.end)?;
        let cells = self.cells(product, &Choices::new().with(id, value.clone()));
        Some((span.clone(), cells.get(span.clone())?.to_vec()))
    }
}

/// The place of a use among a product's answers.
pub(crate) fn use_place(product: &Product, stated_use: Option<&str>) -> Option<usize> {
    product.uses.as_ref()?.answers.iter().position(|answer| Some(answer.code.as_str()) == stated_use)
}

/// The valid orders of a product, as rows of its model's variables. Texts are personal: none is in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastOrders {
    uses: Vec<String>,
    /// Segments, and benefits that were wanted, as far as enough orders are of them to be told of.
    like: Vec<Group>,
    pub(crate) spans: Spans,
    pub(crate) rows: Vec<Row>,
}

/// Orders of one design and use, by those of whom the same is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// The place of its use.
    pub(crate) stated: Option<usize>,
    /// The places of the other groups that they are of.
    like: Box<[usize]>,
    pub(crate) cells: Box<[Cell]>,
    pub(crate) count: u32,
    /// How many of them are examples.
    pub(crate) synthetic: u32,
}

/// Most segments that are learnt from, those with the most orders.
const MOST_SEGMENTS: usize = 8;

/// Whose orders are counted: everybody's, or those of a use or of another group, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Everybody,
    Use(usize),
    Like(usize),
}

/// The groups beside uses of which enough of these orders are: segments by name, then benefits in the product's order.
fn groups_in(product: &Product, valid: &[&PastDesign]) -> Vec<Group> {
    let orders_of = |group: &Group| {
        let of_it = valid.iter().filter(|past| group.includes(product, &past.asker) == Some(true));
        of_it.fold(0_u32, |sum, past| sum.saturating_add(past.count))
    };
    let mut names: Vec<&String> = valid.iter().flat_map(|past| &past.asker.segments).collect();
    names.sort_unstable();
    names.dedup();
    let segments = names.into_iter().map(|name| Group::Segment(name.clone()));
    let counted = segments.map(|group| (orders_of(&group), group));
    let mut segments: Vec<(u32, Group)> = counted.filter(|(orders, _)| *orders >= LEAST_TOLD).collect();
    segments.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    segments.truncate(MOST_SEGMENTS);
    let mut segments: Vec<Group> = segments.into_iter().map(|(_, group)| group).collect();
    segments.sort_unstable();
    let wanted = product.benefits.iter().map(|benefit| Group::Wanting(benefit.code.clone()));
    segments.into_iter().chain(wanted.filter(|group| orders_of(group) >= LEAST_TOLD)).collect()
}

impl PastOrders {
    /// The orders whose designs are valid.
    #[must_use]
    pub fn new(product: &Product, past: &[PastDesign]) -> Self {
        let uses: Vec<String> =
            product.uses.iter().flat_map(|uses| &uses.answers).map(|answer| answer.code.clone()).collect();
        let valid = past.iter().filter(|past| product.validate(&past.design).is_empty());
        let valid: Vec<&PastDesign> = valid.collect();
        let like = groups_in(product, &valid);
        let mut counted = Self { uses, like, spans: Spans::of(product), rows: Vec::new() };
        let row = |past: &&PastDesign| {
            let stated = counted.place(past.stated_use.as_deref());
            let cells = counted.spans.cells(product, &past.design.to_choices());
            let of = counted.like.iter().enumerate();
            let of = of.filter(|(_, group)| group.includes(product, &past.asker) == Some(true));
            let like = of.map(|(place, _)| place).collect();
            Row { stated, like, cells: cells.into(), count: past.count, synthetic: past.synthetic }
        };
        let rows = valid.iter().map(row).collect();
        counted.rows = rows;
        counted
    }

    /// The groups beside uses that orders speak of, from narrow to wide.
    #[must_use]
    pub fn like(&self) -> &[Group] {
        &self.like
    }

    /// What is known of somebody as cells, one for each of these groups: whether they are of it.
    pub(crate) fn cells_of(&self, product: &Product, asker: &Asker) -> Vec<Cell> {
        self.like.iter().map(|group| group.includes(product, asker).map(u16::from)).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.rows.iter().fold(0, |sum: u32, row| sum.saturating_add(row.count))
    }

    /// Of shoppers of a use: how many are told of, and how many of those are synthetic. Of everybody without one.
    #[must_use]
    pub fn of(&self, stated_use: Option<&str>) -> (u32, u32) {
        let group = stated_use.map_or(Group::Everybody, |code| Group::Use(code.to_owned()));
        self.of_group(&group)
    }

    /// The same of a group.
    #[must_use]
    pub fn of_group(&self, group: &Group) -> (u32, u32) {
        let Some(whose) = self.whose(group) else { return (0, 0) };
        let (orders, synthetic) = self.counted(whose, |_| true);
        (tellable(orders, synthetic), synthetic)
    }

    /// What can be told of a value: by orders of the same use, else by everybody's; nothing where too few had it. With `given`
    /// only those orders speak that have that value, too.
    #[must_use]
    pub fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        let own = stated_use.map(|code| Group::Use(code.to_owned()));
        let groups = own.into_iter().chain([Group::Everybody]);
        groups.into_iter().find_map(|group| self.told_by(product, &group, had, given))
    }

    /// The same by orders of this group alone.
    pub(crate) fn told_by(
        &self,
        product: &Product,
        group: &Group,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        let whose = self.whose(group)?;
        let wanted = self.spans.wanted(product, had)?;
        let given = match given {
            Some(given) => Some(self.spans.wanted(product, given)?),
            None => None,
        };
        let fits = |row: &Row, (span, cells): &(Range<usize>, Vec<Cell>)| {
            row.cells.get(span.clone()).is_some_and(|own| own == cells.as_slice())
        };
        let speaks = |row: &Row| given.as_ref().is_none_or(|given| fits(row, given));
        let (all, synthetic) = self.counted(whose, speaks);
        let (agreeing, examples) = self.counted(whose, |row| speaks(row) && fits(row, &wanted));
        let orders = tellable(all, synthetic);
        let agreeing = if orders < all { examples } else { agreeing };
        let level = group.level();
        (agreeing >= LEAST_TOLD).then_some(Evidence { level, orders, synthetic, agreeing, sure: 0 })
    }

    /// A use as the last cell of a row.
    pub(crate) fn use_cell(&self, stated_use: Option<&str>) -> Cell {
        self.place(stated_use).and_then(|place| u16::try_from(place).ok())
    }

    fn place(&self, stated_use: Option<&str>) -> Option<usize> {
        self.uses.iter().position(|code| Some(code.as_str()) == stated_use)
    }

    /// Nothing for a use that is none of the product's, and for a group of which too few orders are.
    fn whose(&self, group: &Group) -> Option<Whose> {
        match group {
            Group::Everybody => Some(Whose::Everybody),
            Group::Use(code) => self.place(Some(code)).map(Whose::Use),
            like => self.like.iter().position(|known| known == like).map(Whose::Like),
        }
    }

    fn counted(&self, whose: Whose, speaks: impl Fn(&Row) -> bool) -> (u32, u32) {
        let rows = self.rows.iter().filter(|row| match whose {
            Whose::Everybody => true,
            Whose::Use(place) => row.stated == Some(place),
            Whose::Like(place) => row.like.contains(&place),
        });
        rows.filter(|row| speaks(row)).fold((0, 0), |(orders, synthetic): (u32, u32), row| {
            (orders.saturating_add(row.count), synthetic.saturating_add(row.synthetic))
        })
    }
}

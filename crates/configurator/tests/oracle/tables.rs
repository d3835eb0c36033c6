//! Tables of combinations: what they forbid, what is said of them, and their text, held against every design there is.

use std::collections::BTreeSet;

use configurator::analysis::{Gap, MOST_TABLE_NAMED, TableReport};
use configurator::rule::{Cell, Column, Retired, Table, WrittenTable, parse_condition};
use configurator::source::RuleSource;
use configurator::{Attribute, Configured, OptionId, Product, Value};
use engine::compile::Limits;
use proptest::prelude::*;

use crate::world::{Engine, Tape, World, config};

/// A product, a table over some of its attributes, and every design that is valid but for the table.
struct Tabled {
    world: World,
    product: Product,
    table: Table,
}

fn options(tape: &mut Tape, attribute: &Attribute) -> Vec<OptionId> {
    let all: Vec<OptionId> = attribute.option_ids().map(|(option, _)| option).collect();
    let set: BTreeSet<OptionId> = (0..=tape.pick(3)).filter_map(|_| tape.of(&all).copied()).collect();
    set.into_iter().collect()
}

fn cell(tape: &mut Tape, product: &Product, column: Column) -> Cell {
    let attribute = product.attribute(column.attribute());
    let absent = attribute.applies.is_some() && tape.one_in(3);
    match column {
        _ if tape.one_in(4) => Cell::Any,
        Column::Member(..) | Column::Filled(_) => Cell::Is(tape.one_in(2)),
        Column::Choice(_) => Cell::Options { options: options(tape, attribute), absent },
        Column::Number(_) => {
            let ranges = (0..=tape.pick(2)).map(|_| match tape.pick(4) {
                0 => (i64::MIN, tape.between(-3, 9)),
                1 => (tape.between(-3, 9), i64::MAX),
                _ => {
                    let low = tape.between(-3, 9);
                    (low, low + tape.between(0, 4))
                }
            });
            Cell::Numbers { ranges: ranges.collect(), absent }
        }
    }
}

impl Tabled {
    fn new(tape: &mut Tape) -> Self {
        let world = World::new(tape, Engine::Diagram);
        let product = Product::to_look_into(&world.source).unwrap();
        let mut columns: Vec<Column> = Vec::new();
        let all: Vec<Column> = Column::all(&product.attributes).collect();
        for _ in 0..=tape.pick(4) {
            columns.extend(tape.of(&all).filter(|column| !columns.contains(column)));
        }
        let rows = (0..=tape.pick(5))
            .map(|_| columns.iter().map(|column| cell(tape, &product, *column)).collect())
            .collect();
        let table = Table { allowed: tape.one_in(2), columns, rows };
        Self { world, product, table }
    }

    fn text(&self) -> String {
        self.table.written(&self.product.attributes).text()
    }

    /// The designs that are valid but for the table.
    fn designs(&self) -> impl Iterator<Item = &[Value]> {
        self.world.designs.iter().filter(|judged| judged.valid).map(|judged| &judged.values[..])
    }

    /// What a design has in the columns: of texts and sets whether it is so.
    fn tuple(&self, values: &[Value]) -> Vec<Value> {
        let own = |column: &Column| {
            let value = &values[column.attribute().index()];
            match column {
                Column::Choice(_) | Column::Number(_) => value.clone(),
                Column::Member(_, option) => Value::Number(i64::from(value.includes(*option))),
                Column::Filled(_) => {
                    Value::Number(i64::from(matches!(value, Value::Text(text) if !text.is_empty())))
                }
            }
        };
        self.table.columns.iter().map(own).collect()
    }

    fn possible(&self) -> BTreeSet<String> {
        self.designs().map(|values| format!("{:?}", self.tuple(values))).collect()
    }

    /// Of what is possible, that which a row has.
    fn having(&self, row: &[Cell]) -> BTreeSet<String> {
        let tuples = self.designs().map(|values| self.tuple(values));
        let tuples = tuples.filter(|tuple| row.iter().zip(tuple).all(|(cell, value)| fits(cell, value)));
        tuples.map(|tuple| format!("{tuple:?}")).collect()
    }
}

/// Whether a cell asks for a value as [`Tabled::tuple`] has it.
fn fits(cell: &Cell, value: &Value) -> bool {
    match (cell, value) {
        (Cell::Any, _) => true,
        (Cell::Options { absent, .. } | Cell::Numbers { absent, .. }, Value::Absent) => *absent,
        (Cell::Options { options, .. }, Value::Option(option)) => options.contains(option),
        (Cell::Numbers { ranges, .. }, Value::Number(number)) => {
            ranges.iter().any(|(low, high)| low <= number && number <= high)
        }
        (Cell::Is(wanted), Value::Number(is)) => *is == i64::from(*wanted),
        other => panic!("{other:?}"),
    }
}

fn meaning(tabled: &Tabled) {
    let Tabled { world, product, table } = tabled;
    let condition = parse_condition(&tabled.text(), &product.attributes).unwrap();
    assert_eq!(condition, table.condition(&product.attributes));
    for judged in &world.designs {
        let tuple = tabled.tuple(&judged.values);
        let has_row =
            table.rows.iter().any(|row| row.iter().zip(&tuple).all(|(cell, value)| fits(cell, value)));
        let design = world.design(&judged.values);
        assert_eq!(
            product.holds(&condition, &design),
            has_row == table.allowed,
            "{}\n{tuple:?}",
            tabled.text()
        );
    }
    let mut source = world.source.clone();
    source.rules.push(RuleSource {
        code: "table".to_owned(),
        rule: tabled.text(),
        sentence: "So it is.".to_owned(),
    });
    let with = Product::to_look_into(&source).unwrap();
    let having: BTreeSet<String> = table.rows.iter().flat_map(|row| tabled.having(row)).collect();
    let is_valid =
        |values: &[Value]| having.contains(&format!("{:?}", tabled.tuple(values))) == table.allowed;
    let valid = tabled.designs().filter(|values| is_valid(values)).count();
    let compiled = Configured::compiled(with, Limits::default()).unwrap();
    assert_eq!(compiled.count_designs(), Some(valid as u128), "{}", tabled.text());
}

fn report(tabled: &Tabled) {
    let TableReport { possible, open, gaps, overlaps, more_overlaps, idle } =
        tabled.table.report(&tabled.product).unwrap();
    let all = tabled.possible();
    assert_eq!(possible, all.len() as u128);
    let own: Vec<BTreeSet<String>> = tabled.table.rows.iter().map(|row| tabled.having(row)).collect();
    let covered: BTreeSet<String> = own.iter().flatten().cloned().collect();
    let left: BTreeSet<String> = all.difference(&covered).cloned().collect();
    assert_eq!(open, left.len() as u128, "{}", tabled.text());
    // Every open combination is in one gap, and nothing else is.
    let mut told = BTreeSet::new();
    for Gap { cells, combinations } in &gaps {
        let own = tabled.having(cells);
        assert_eq!(own.len() as u128, *combinations, "{}\n{cells:?}", tabled.text());
        for tuple in own {
            assert!(left.contains(&tuple) && told.insert(tuple), "{}\n{cells:?}", tabled.text());
        }
    }
    assert!(told.len() == left.len() || gaps.len() == MOST_TABLE_NAMED);
    // Without the rows that change nothing all is as it was, and each of the others is needed.
    let stay: Vec<usize> = (0..own.len()).filter(|row| idle.iter().all(|idle| idle.row != *row)).collect();
    let union =
        |rows: &[usize]| -> BTreeSet<String> { rows.iter().flat_map(|row| own[*row].clone()).collect() };
    assert_eq!(union(&stay), covered, "{}\n{idle:?}", tabled.text());
    for row in &stay {
        let others: Vec<usize> = stay.iter().copied().filter(|other| other != row).collect();
        assert_ne!(union(&others), covered, "{}\n{row} {idle:?}", tabled.text());
    }
    for gone in &idle {
        assert!(gone.covered_by.iter().all(|row| stay.contains(row)), "{idle:?}");
        assert!(own[gone.row].is_subset(&union(&gone.covered_by)), "{idle:?}");
        assert_eq!(own[gone.row].is_empty(), gone.covered_by.is_empty(), "{idle:?}");
    }
    let mut twice = Vec::new();
    for (at, one) in stay.iter().enumerate() {
        for other in &stay[at + 1..] {
            let both = own[*one].intersection(&own[*other]).count();
            twice.extend((both > 0).then_some(((*one, *other), both as u128)));
        }
    }
    assert!(!more_overlaps);
    assert_eq!(overlaps.iter().map(|found| (found.rows, found.combinations)).collect::<Vec<_>>(), twice);
}

/// Without a retired option a table says of all other designs what it said before.
fn retiring(tabled: &Tabled, tape: &mut Tape) {
    let with_options = tabled.product.ids().filter(|(_, attribute)| !attribute.options().is_empty());
    let ids: Vec<_> = with_options
        .flat_map(|(id, attribute)| attribute.option_ids().map(move |(option, _)| (id, option)))
        .collect();
    let Some((attribute, option)) = tape.of(&ids).copied() else { return };
    let retired = Retired { attribute, option, successor: None };
    let Some(left) = tabled.table.without_option(retired) else { return };
    let attributes = &tabled.product.attributes;
    let (was, is) = (tabled.table.condition(attributes), left.condition(attributes));
    assert!(
        !is.names(attribute, option)
            || left.rows.iter().flatten().any(|cell| { matches!(cell, Cell::Options { absent: true, .. }) })
    );
    for judged in
        tabled.world.designs.iter().filter(|judged| !judged.values[attribute.index()].includes(option))
    {
        let design = tabled.world.design(&judged.values);
        assert_eq!(
            tabled.product.holds(&was, &design),
            tabled.product.holds(&is, &design),
            "{}",
            tabled.text()
        );
    }
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 60..400)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_table_forbids_what_its_rows_say(numbers in tape()) {
        meaning(&Tabled::new(&mut Tape::new(&numbers)));
    }

    #[test]
    fn gaps_overlaps_and_rows_that_never_matter_are_those_of_the_designs(numbers in tape()) {
        report(&Tabled::new(&mut Tape::new(&numbers)));
    }

    #[test]
    fn a_tables_text_reads_back_to_the_same(numbers in tape()) {
        let tabled = Tabled::new(&mut Tape::new(&numbers));
        let text = tabled.text();
        prop_assert!(WrittenTable::is_meant(&text));
        let written = WrittenTable::read(&text).unwrap();
        prop_assert_eq!(written.text(), text);
        prop_assert_eq!(Table::read(&written, &tabled.product.attributes).unwrap(), tabled.table);
    }

    #[test]
    fn a_retired_option_leaves_the_others_as_they_were(numbers in tape()) {
        let mut tape = Tape::new(&numbers);
        let tabled = Tabled::new(&mut tape);
        retiring(&tabled, &mut tape);
    }
}

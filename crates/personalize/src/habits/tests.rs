//! What browsers may have: that it is what orders show, within its steps, and nothing of too few.

use configurator::Choices;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::PastDesign;
use crate::gate::Promise;
use crate::learn::choose::candidates;
use crate::learnt::Learnt;
use crate::offers::{Beside, LikelierValue};
use crate::orders::PastOrders;
use crate::tests::{past, product, product_of_colours};

fn bike() -> Configured {
    Configured::new(product()).unwrap()
}

fn habits_of(product: &Configured, past: &[PastDesign]) -> Option<Habits> {
    Habits::of(product, &PastOrders::new(product, past))
}

/// The same orders as if buyers had placed them.
fn by_buyers(past: Vec<PastDesign>) -> Vec<PastDesign> {
    past.into_iter().map(|past| PastDesign { synthetic: 0, ..past }).collect()
}

/// Who has a green bike has large wheels; the others have small ones.
const TASTES: [(&str, [&str; 3], u32); 3] = [
    ("touring", ["green", "large", ""], 120),
    ("touring", ["red", "small", "ANA"], 150),
    ("town", ["blue", "small", ""], 130),
];

#[test]
fn what_goes_together_is_known_without_any_order() {
    let product = bike();
    let habits = habits_of(&product, &past(&product, &TASTES)).unwrap();
    assert!(habits.classes() > 1);
    let known = |code: &str, value: &str| {
        let choices = product.read_choices([(code, value)]).unwrap();
        let mut cells = habits.spans.cells(&product, &choices);
        cells.push(None);
        cells
    };
    let chances = habits.chances(&known("wheel", "large"));
    assert!(chances[0][2] > 0.8, "green goes with large wheels: {chances:?}");
    let chances = habits.chances(&known("wheel", "small"));
    assert!(chances[0][2] < 0.1, "and not with small ones: {chances:?}");
}

#[test]
fn the_browser_proposes_what_the_server_would_with_the_same_reason_and_price() {
    let product = bike();
    let orders = by_buyers(past(&product, &TASTES));
    let learnt = Learnt::from_orders(&product, &orders, &candidates(), Promise::default());
    let bytes = Habits::of(&product, learnt.past()).unwrap().to_bytes();
    let habits = Habits::from_bytes(&bytes, &product).unwrap();
    let mut told = 0;
    for chosen in [("wheel", "large"), ("wheel", "small"), ("colour", "blue"), ("colour", "green")] {
        for stated_use in [None, Some("touring"), Some("town")] {
            let choices = product.read_choices([chosen]).unwrap();
            let shown = product.complete(&choices, product.standard()).unwrap();
            let beside = Beside { product: &product, stated_use, choices: &choices, shown: &shown };
            let found = beside.likelier_value(&habits, product.standard());
            let other = learnt.likelier_value(beside, product.standard());
            let reason = |found: &LikelierValue| found.change.reason(&product, &choices);
            assert_eq!(found.as_ref().map(reason), other.as_ref().map(reason), "{chosen:?} {stated_use:?}");
            let taken = |found: LikelierValue| (found.option, found.choices, found.price_change);
            told += usize::from(found.is_some());
            assert_eq!(found.map(taken), other.map(taken));
        }
    }
    assert!(told >= 3, "{told}");
}

#[test]
fn what_four_buyers_had_is_as_if_nobody_had() {
    let product = bike();
    let orders = [
        ("touring", ["green", "large", ""], 120),
        ("touring", ["red", "small", ""], 150),
        // Four buyers, of each of whom three orders count.
        ("town", ["blue", "large", ""], 12),
    ];
    let habits = habits_of(&product, &by_buyers(past(&product, &orders))).unwrap();
    let chances = habits.chances(&[None; 4]);
    assert_eq!(chances[0][1], chances[0][3], "blue, and a colour that is not on the menu");
    let blue = product.read_choices([("colour", "blue")]).unwrap();
    let told = blue.iter().map(|had| habits.told(&product, None, had, None));
    assert_eq!(told.collect::<Vec<_>>(), [None]);
}

#[test]
fn which_of_the_rare_values_four_buyers_had_makes_no_difference() {
    let product = Configured::new(product_of_colours(6)).unwrap();
    let with = |colour: &str| {
        let orders = [
            ("touring", ["c0", "large", ""], 60),
            ("touring", ["c1", "small", ""], 50),
            ("town", ["c2", "small", ""], 40),
            ("town", [colour, "large", ""], 12),
        ];
        habits_of(&product, &by_buyers(past(&product, &orders))).map(|habits| habits.to_bytes())
    };
    assert!(with("c3").is_some());
    assert_eq!(with("c3"), with("c4"));
    assert_eq!(with("c3"), with("c5"));
    // Where there is nobody else, nothing is said at all.
    let few = by_buyers(past(&product, &[("touring", ["c0", "large", ""], 12)]));
    assert_eq!(habits_of(&product, &few), None);
    assert!(habits_of(&product, &[]).is_none());
}

#[test]
fn four_buyers_beside_examples_leave_no_trace() {
    let product = bike();
    let examples = past(&product, &TASTES).into_iter();
    let examples: Vec<_> = examples.map(|past| PastDesign { synthetic: past.count, ..past }).collect();
    let alone = habits_of(&product, &examples).unwrap().to_bytes();
    let few = by_buyers(past(&product, &[("town", ["green", "large", ""], 12)]));
    let both = [examples.clone(), few].concat();
    assert_eq!(habits_of(&product, &both).unwrap().to_bytes(), alone);
    let enough = by_buyers(past(&product, &[("town", ["green", "large", ""], 13)]));
    let both = [examples, enough].concat();
    assert_ne!(habits_of(&product, &both).unwrap().to_bytes(), alone);
}

#[test]
fn damaged_bytes_and_another_products_are_refused() {
    let product = bike();
    let bytes = habits_of(&product, &past(&product, &TASTES)).unwrap().to_bytes();
    let whole = Habits::from_bytes(&bytes, &product).unwrap();
    for end in 0..bytes.len() {
        // What comes last are shares, so whole classes less could be read.
        let found = Habits::from_bytes(&bytes[..end], &product);
        let is_less = found.as_ref().is_ok_and(|less| less.classes() < whole.classes());
        assert!(
            is_less || matches!(found, Err(HabitsError::Bytes(_) | HabitsError::AnotherProduct)),
            "{end}"
        );
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(matches!(Habits::from_bytes(&longer, &product), Err(HabitsError::Bytes(_))));
    let mut newer = bytes.clone();
    newer[3] = VERSION + 1;
    let version = BytesError::Version { found: VERSION + 1, known: VERSION };
    assert_eq!(Habits::from_bytes(&newer, &product), Err(HabitsError::Bytes(version)));
    let other = Configured::new(product_of_colours(6)).unwrap();
    assert_eq!(Habits::from_bytes(&bytes, &other), Err(HabitsError::AnotherProduct));
    let endless = [bytes.as_slice(), &vec![0; MOST_BYTES]].concat();
    assert!(Habits::from_bytes(&endless, &product).is_err());
}

/// Sizes of columns, and rows.
type Drawn = (Vec<usize>, Vec<made::Row>);

/// Rows of columns with sizes, drawn by lot, each with orders of buyers and examples.
fn rows() -> impl Strategy<Value = Drawn> {
    vec(2_usize..6, 2..6).prop_flat_map(|mut sizes| {
        sizes.push(2);
        let cells: Vec<_> =
            sizes.iter().map(|size| (0..*size).prop_map(|value| u16::try_from(value).ok())).collect();
        (Just(sizes), vec((cells, (0_u32..20, 0_u32..20)), 1..60))
    })
}

fn of_rows((sizes, rows): &Drawn) -> Option<Habits> {
    Habits::of_rows(&Columns::new(sizes), &Spans::each(sizes.len() - 1), rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_read_is_what_was_written_and_adds_up_to_one(orders in rows(), known in 0_usize..6) {
        let Some(habits) = of_rows(&orders) else { return Ok(()) };
        let bytes = habits.to_bytes();
        prop_assert!(bytes.len() <= MOST_BYTES);
        prop_assert_eq!(of_rows(&orders).map(|again| again.to_bytes()), Some(bytes.clone()));
        let read = Habits::read(&bytes, habits.columns.clone(), habits.spans.clone()).unwrap();
        prop_assert_eq!(&read, &habits);
        let (sizes, rows) = &orders;
        let mut cells: Vec<Cell> = vec![None; sizes.len()];
        cells[known % sizes.len()] = rows[0].0[known % sizes.len()];
        let chances = read.chances(&cells);
        for (column, chances) in chances.iter().enumerate().filter(|(column, _)| cells[*column].is_none()) {
            prop_assert_eq!(chances.len(), sizes[column]);
            prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            prop_assert!(chances.iter().all(|chance| *chance > 0.0));
        }
    }

    #[test]
    fn everybodys_shares_are_what_was_ordered_within_the_steps(orders in rows()) {
        let Some(habits) = of_rows(&orders) else { return Ok(()) };
        let (sizes, rows) = &orders;
        let shares = steps::everybody_of(&habits.steps.0[..habits.columns.values()], &habits.columns);
        let real: u32 = rows.iter().map(|(_, (real, _))| real).sum();
        for column in 0..sizes.len() {
            let counted: Vec<f64> = (0..sizes[column]).map(|value| {
                let own = rows.iter().filter(|(row, _)| row[column] == u16::try_from(value).ok());
                let (real_ones, examples) = own.fold((0, 0), |sum, (_, (real, examples))| (sum.0 + real, sum.1 + examples));
                let is_real = real_ones >= LEAST_TOLD && real >= LEAST_TOLD;
                let told = if is_real { real_ones + examples } else { examples };
                f64::from(if told < LEAST_TOLD { 0 } else { told }) + 0.5
            }).collect();
            let all: f64 = counted.iter().sum();
            for (value, count) in counted.iter().enumerate() {
                let found = f64::from(shares[habits.columns.place(column, value)]);
                prop_assert!((found / (count / all)).log2().abs() <= 0.125 + 1e-4, "{found} is not {}", count / all);
            }
        }
    }

    #[test]
    fn no_figure_is_of_fewer_than_thirteen_orders(orders in rows()) {
        let Some(habits) = of_rows(&orders) else { return Ok(()) };
        let figures = &habits.figures;
        let counts = figures.had.chunks(2).chain(figures.orders.chunks(2));
        for numbers in counts.chain(figures.together.chunks(figures::TOGETHER).map(|one| &one[3..])) {
            let count = figures::count_at(numbers, 0).unwrap();
            prop_assert!(count.orders == 0 || count.orders >= LEAST_TOLD, "{count:?}");
            let real = count.orders - count.examples;
            prop_assert!(real == 0 || real >= LEAST_TOLD, "{count:?}");
        }
    }

    #[test]
    fn no_bytes_bring_it_down(orders in rows(), changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let Some(habits) = of_rows(&orders) else { return Ok(()) };
        let mut bytes = habits.to_bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(read) = Habits::read(&bytes, habits.columns.clone(), habits.spans.clone()) {
            let chances = read.chances(&vec![None; read.columns.count()]);
            prop_assert!(chances.iter().flatten().all(|chance| (0.0..=1.0).contains(chance)));
            let _ = read.figures.told(0, None, 0, Some(0));
        }
    }
}

#[test]
fn a_product_of_three_hundred_options_fits_and_keeps_its_kinds_of_shoppers() {
    use rand_xoshiro::SplitMix64;
    use rand_xoshiro::rand_core::{Rng, SeedableRng};
    let mut random = SplitMix64::seed_from_u64(300);
    let mut below = |bound: u64| random.next_u64() % bound;
    let sizes: Vec<usize> = [vec![5; 60], vec![4]].concat();
    // Twenty kinds, each with its own liking of each column.
    let liked: Vec<Vec<u64>> = (0..20).map(|_| (0..60).map(|_| below(5)).collect()).collect();
    let mut order = || {
        let kind = usize::try_from(below(20)).unwrap();
        let value = |liked: u64, own: u64, lot: u64| u16::try_from(if lot < 7 { liked } else { own }).ok();
        let mut cells: Vec<Cell> =
            liked[kind].iter().map(|liked| value(*liked, below(5), below(10))).collect();
        cells.push(u16::try_from(kind % 4).ok());
        cells
    };
    let rows: Vec<(Vec<Cell>, (u32, u32))> = (0..5_000).map(|_| (order(), (1, 0))).collect();
    let habits = of_rows(&(sizes.clone(), rows)).unwrap();
    let bytes = habits.to_bytes();
    assert!(bytes.len() <= MOST_BYTES, "{}", bytes.len());
    assert!(habits.classes() >= 16, "{}", habits.classes());
    println!("{} bytes before packing, {} classes", bytes.len(), habits.classes());
    // Half of a new order known, the other half is mostly told.
    let (mut right, mut all) = (0, 0);
    for _ in 0..100 {
        let cells = order();
        let known: Vec<Cell> =
            cells.iter().enumerate().map(|(at, cell)| cell.filter(|_| at % 2 == 0)).collect();
        for (at, chances) in habits.chances(&known).iter().enumerate().filter(|(at, _)| at % 2 == 1) {
            let best = crate::learn::most_probable(chances).and_then(|value| u16::try_from(value).ok());
            right += i32::from(best == cells[at]);
            all += 1;
        }
    }
    assert!(right * 100 >= all * 70, "{right} of {all}");
}

#[test]
fn nothing_is_known_of_what_is_open_but_habits() {
    let product = bike();
    let habits = habits_of(&product, &past(&product, &TASTES)).unwrap();
    let chances = habits.chances(&[None; 4]);
    assert_eq!(chances.len(), product.variables().len());
    let choices = Choices::new();
    let shown = product.standard();
    let beside = Beside { product: &product, stated_use: None, choices: &choices, shown };
    // Red is the standard and what most have.
    assert_eq!(beside.likelier_value(&habits, product.standard()), None);
}

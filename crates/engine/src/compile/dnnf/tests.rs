//! Circuits judged by trying every assignment, and by exact counts of feature models made by other tools.

use proptest::prelude::*;

use super::*;
use crate::pass::{Count, Pass, Semiring};

/// Clauses and the number of variables of a DIMACS file.
fn read(text: &str) -> (usize, Vec<Vec<i32>>) {
    let mut variables = 0;
    let mut clauses = Vec::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("p cnf ") {
            variables = rest.split_whitespace().next().unwrap().parse().unwrap();
        } else if !line.starts_with('c') {
            let numbers = line.split_whitespace().map(|word| word.parse().unwrap());
            let clause: Vec<i32> = numbers.filter(|&number| number != 0).collect();
            if !clause.is_empty() {
                clauses.push(clause);
            }
        }
    }
    (variables, clauses)
}

/// A model variable with two values for each Boolean.
fn booleans(variables: usize) -> Vec<Vec<i32>> {
    (1..=variables as i32).map(|variable| vec![-variable, variable]).collect()
}

/// The diagram of clauses, without costs.
fn compile(
    variables: usize,
    clauses: &[Vec<i32>],
    literals: &[Vec<i32>],
    limits: &Limits,
) -> Result<Diagram, DnnfError> {
    let cnf = Cnf { variables, clauses: clauses.to_vec(), literals: literals.to_vec(), groups: Vec::new() };
    cnf.compile(&[], 0, limits)
}

/// Counts modulo a prime, with the rough size.
struct Modular;

const PRIME: u64 = 1_000_000_007;

impl Semiring for Modular {
    type Element = (u64, f64);
    fn zero() -> Self::Element {
        (0, 0.0)
    }
    fn is_zero(element: &Self::Element) -> bool {
        *element == Self::zero()
    }
    fn one() -> Self::Element {
        (1, 1.0)
    }
    fn plus_price(element: &Self::Element, _: i64) -> Self::Element {
        *element
    }
    fn add(one: &Self::Element, other: &Self::Element) -> Self::Element {
        ((one.0 + other.0) % PRIME, one.1 + other.1)
    }
    fn multiply(one: &Self::Element, other: &Self::Element) -> Self::Element {
        (one.0 * other.0 % PRIME, one.1 * other.1)
    }
}

fn count(diagram: &Diagram, weights: &[u128]) -> u128 {
    let mut pass = Pass::<Count>::default();
    pass.upwards(diagram, weights);
    pass.total(diagram)
}

/// A count as the table of known counts writes it: its remainder and how many digits it has.
fn known(models: &str, digits: &str) -> (u64, usize) {
    let remainder = match models.split_once("modulo 1000000007: ") {
        Some((_, remainder)) => remainder.parse().unwrap(),
        None => models.bytes().fold(0, |rest, digit| (rest * 10 + u64::from(digit - b'0')) % PRIME),
    };
    (remainder, digits.parse().unwrap())
}

#[test]
fn feature_models_have_as_many_solutions_as_other_tools_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let Ok(table) = std::fs::read_to_string(format!("{folder}/ground_truth.csv")) else {
        println!("skipped: {folder} is not there");
        return;
    };
    for line in table.lines().filter(|line| line.contains(".dimacs")) {
        let fields: Vec<&str> = line.split(',').collect();
        let text = std::fs::read_to_string(format!("{folder}/{}", fields[0])).unwrap();
        let (variables, clauses) = read(&text);
        let start = std::time::Instant::now();
        let diagram = compile(variables, &clauses, &booleans(variables), &Limits::default()).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let mut pass = Pass::<Modular>::default();
        pass.upwards(&diagram, &vec![Modular::one(); diagram.literals()]);
        let (remainder, size) = pass.total(&diagram);
        println!(
            "{}: {seconds:.3} s, {} nodes, {} arcs, {} factors",
            fields[0],
            diagram.nodes(),
            diagram.arcs(),
            diagram.factors()
        );
        assert_eq!((remainder, size.log10() as usize + 1), known(fields[1], fields[2]), "{}", fields[0]);
    }
}

/// Whether an assignment, a bit per Boolean, satisfies clauses.
fn satisfies(bits: u32, clauses: &[Vec<i32>]) -> bool {
    let is_true = |literal: &i32| (bits >> (literal.unsigned_abs() - 1) & 1 == 1) == (*literal > 0);
    clauses.iter().all(|clause| clause.iter().any(is_true))
}

/// Every assignment of the model variables is let through once when some solution says so, and not at all otherwise.
fn assert_exact(variables: usize, clauses: &[Vec<i32>], literals: &[Vec<i32>]) {
    let diagram = compile(variables, clauses, literals, &Limits::default()).unwrap();
    let mut total = 0;
    let mut weights = vec![0; diagram.literals()];
    for bits in (0..1 << variables).filter(|&bits| satisfies(bits, clauses)) {
        total += 1;
        for (weight, &says) in weights.iter_mut().zip(literals.iter().flatten()) {
            *weight = u128::from(satisfies(bits, &[vec![says]]));
        }
        assert_eq!(count(&diagram, &weights), 1, "{bits:b} of {clauses:?}");
    }
    weights.fill(1);
    assert_eq!(count(&diagram, &weights), total, "{clauses:?}");
}

fn clauses(variables: i32, longest: usize, most: usize) -> impl Strategy<Value = Vec<Vec<i32>>> {
    let literal =
        (1..=variables, any::<bool>()).prop_map(|(variable, sign)| if sign { variable } else { -variable });
    prop::collection::vec(prop::collection::vec(literal, 1..=longest), 0..=most)
}

/// Model variables with these numbers of values: Booleans that say so and clauses that exactly one does.
fn domains(sizes: &[usize]) -> (usize, Vec<Vec<i32>>, Vec<Vec<i32>>) {
    let mut variables = 0;
    let mut clauses = Vec::new();
    let mut literals = Vec::new();
    for &size in sizes {
        if size == 2 {
            variables += 1;
            literals.push(vec![-variables, variables]);
            continue;
        }
        let own: Vec<i32> = (variables + 1..=variables + size as i32).collect();
        variables += size as i32;
        for (position, &one) in own.iter().enumerate() {
            clauses.extend(own[position + 1..].iter().map(|&other| vec![-one, -other]));
        }
        clauses.push(own.clone());
        literals.push(own);
    }
    (variables as usize, clauses, literals)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_clauses_compile_exactly(clauses in clauses(10, 4, 30)) {
        assert_exact(10, &clauses, &booleans(10));
    }

    #[test]
    fn few_random_clauses_compile_exactly(clauses in clauses(12, 3, 14)) {
        assert_exact(12, &clauses, &booleans(12));
    }

    #[test]
    fn variables_of_several_values_are_counted_exactly(
        sizes in prop::collection::vec(1_usize..=4, 1..=4),
        extra in clauses(14, 3, 12),
    ) {
        let (variables, mut clauses, literals) = domains(&sizes);
        let is_known = |clause: &Vec<i32>| clause.iter().all(|literal| literal.unsigned_abs() as usize <= variables);
        clauses.extend(extra.into_iter().filter(is_known));
        assert_exact(variables, &clauses, &literals);
    }

    #[test]
    fn defined_booleans_are_left_out(
        clauses in clauses(8, 3, 10),
        definitions in prop::collection::vec((1..=8_i32, 1..=8_i32, any::<bool>()), 1..=4),
        uses in prop::collection::vec((0..4_usize, 1..=8_i32), 0..=4),
    ) {
        let mut clauses = clauses;
        for (position, &(one, other, sign)) in definitions.iter().enumerate() {
            let (defined, other) = (9 + position as i32, if sign { other } else { -other });
            clauses.extend([vec![-defined, one, other], vec![defined, -one], vec![defined, -other]]);
        }
        for (position, other) in uses {
            clauses.push(vec![9 + (position % definitions.len()) as i32, -other]);
        }
        assert_exact(8 + definitions.len(), &clauses, &booleans(8));
    }

    #[test]
    fn forgetting_what_was_learnt_changes_no_answer(clauses in clauses(10, 3, 45)) {
        let mut propagation = Propagation::new(10);
        propagation.learnt_limit = 1;
        for clause in &clauses {
            let mut literals: Vec<Literal> =
                clause.iter().map(|&number| Literal::new(number.unsigned_abs() as usize - 1, number > 0)).collect();
            literals.sort_unstable();
            literals.dedup();
            if literals.len() > 1 && literals.windows(2).all(|pair| pair[0] != !pair[1]) {
                propagation.add(&literals);
            }
        }
        let clauses: Vec<Vec<i32>> =
            clauses.into_iter().filter(|clause| clause.iter().any(|literal| *literal != clause[0])).collect();
        let all: Vec<u32> = (0..10).collect();
        for (one, other) in (0..20).flat_map(|one| (0..20).map(move |other| (Literal(one), Literal(other)))) {
            if one.variable() == other.variable() || !propagation.is_open(one.variable()) {
                continue;
            }
            propagation.decide(one);
            let mut satisfiable = propagation.is_satisfiable(&all).unwrap();
            if satisfiable && !propagation.is_false(other) {
                if !propagation.is_true(other) {
                    propagation.decide(other);
                    satisfiable = propagation.is_satisfiable(&all).unwrap();
                    propagation.forget();
                }
            } else {
                satisfiable = false;
            }
            propagation.backtrack(0);
            let holds = |bits: u32, literal: Literal| (bits >> literal.variable() & 1 == 1) == literal.is_positive();
            let expected = (0..1 << 10)
                .any(|bits| holds(bits, one) && holds(bits, other) && satisfies(bits, &clauses));
            prop_assert_eq!(satisfiable, expected, "{:?} {:?}", one, other);
        }
    }

    #[test]
    fn equal_clauses_give_equal_diagrams(clauses in clauses(10, 3, 20)) {
        let compile = || compile(10, &clauses, &booleans(10), &Limits::default());
        prop_assert_eq!(compile(), compile());
    }

    #[test]
    fn a_small_cache_changes_nothing_but_the_size(clauses in clauses(12, 3, 20)) {
        let limits = Limits { cache_bytes: 40, ..Limits::default() };
        let weights = [1; 24];
        let [small, large] = [limits, Limits::default()]
            .map(|limits| count(&compile(12, &clauses, &booleans(12), &limits).unwrap(), &weights));
        prop_assert_eq!(small, large);
    }
}

/// A grid in which no two neighbours are both true: hard enough to reach limits.
fn grid(side: i32) -> (usize, Vec<Vec<i32>>) {
    let at = |row: i32, column: i32| row * side + column + 1;
    let mut clauses = Vec::new();
    for row in 0..side {
        for column in 0..side {
            if column + 1 < side {
                clauses.push(vec![-at(row, column), -at(row, column + 1)]);
            }
            if row + 1 < side {
                clauses.push(vec![-at(row, column), -at(row + 1, column)]);
            }
        }
    }
    ((side * side) as usize, clauses)
}

#[test]
fn independent_sets_of_a_grid_are_counted() {
    let (variables, clauses) = grid(8);
    let diagram = compile(variables, &clauses, &booleans(variables), &Limits::default()).unwrap();
    // Number of independent vertex sets of the 8 by 8 grid: sequence A006506 of the On-Line Encyclopedia of Integer
    // Sequences.
    assert_eq!(count(&diagram, &vec![1; 128]), 660_647_962_955);
}

#[test]
fn limits_end_a_compilation() {
    let (variables, clauses) = grid(10);
    let compile = |limits| compile(variables, &clauses, &booleans(variables), &limits);
    let limits = Limits::default();
    assert_eq!(compile(Limits { factors: 50, ..limits }), Err(DnnfError::TooLarge(50)));
    assert_eq!(compile(Limits { steps: 500, ..limits }), Err(DnnfError::TooLong(500)));
}

#[test]
fn literals_without_a_boolean_are_refused() {
    for literal in [0, 4, -4, i32::MIN, i32::MAX] {
        let error = Err(DnnfError::NoLiteral(literal, 3));
        assert_eq!(compile(3, &[vec![1, literal]], &booleans(3), &Limits::default()), error);
        assert_eq!(compile(3, &[], &[vec![literal]], &Limits::default()), error);
    }
}

#[test]
fn a_long_chain_needs_no_deep_stack() {
    let clauses: Vec<Vec<i32>> = (1..2_000).map(|variable| vec![variable, -(variable + 1)]).collect();
    let diagram = compile(2_000, &clauses, &booleans(2_000), &Limits::default()).unwrap();
    assert_eq!(count(&diagram, &vec![1; 4_000]), 2_001);
}

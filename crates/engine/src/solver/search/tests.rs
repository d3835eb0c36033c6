//! Questions small and large, against trying every assignment and against searches that forget nothing.

use super::{LEARNT, Literal, Search};

/// Random clauses of three literals, as many as make the question hard.
fn clauses(variables: u64, seed: u64) -> Vec<Vec<Literal>> {
    let mut state = seed;
    let mut below = |count: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % count
    };
    let count = variables * 43 / 10;
    (0..count).map(|_| (0..3).map(|_| Literal(below(2 * variables) as u32)).collect()).collect()
}

fn holds(clauses: &[Vec<Literal>], mut value: impl FnMut(Literal) -> bool) -> bool {
    clauses.iter().all(|clause| clause.iter().any(|&literal| value(literal)))
}

#[test]
fn small_hard_questions_are_answered_as_by_trying() {
    for seed in 0..200 {
        let clauses = clauses(12, seed);
        let mut search = Search::new(12);
        clauses.iter().for_each(|clause| search.add(clause));
        let expected = (0_u32..1 << 12).any(|model| {
            holds(&clauses, |literal| (model >> literal.variable() & 1 == 1) == literal.is_positive())
        });
        assert_eq!(search.solve(&[]), expected);
    }
}

#[test]
fn hard_questions_are_answered_without_room_to_learn_much() {
    let mut forgetful = 0;
    for seed in 0..40 {
        let clauses = clauses(40, seed);
        let mut search = Search::new(40);
        clauses.iter().for_each(|clause| search.add(clause));
        let mut roomy = search.clone();
        let room = search.literals.len();
        search.room = room;
        for assumption in 0..20 {
            let assumptions = [Literal(assumption), Literal(assumption + 31)];
            let answer = search.solve(&assumptions);
            assert!(!search.gave_up && search.literals.len() <= 2 * room);
            assert_eq!(answer, roomy.solve(&assumptions));
        }
        forgetful += usize::from(search.most_learnt > LEARNT);
    }
    assert!(forgetful > 0);
}

#[test]
fn a_clause_without_room_makes_the_search_give_up() {
    let mut search = Search::new(4);
    search.room = 3;
    let literals = [Literal(0), Literal(2), Literal(4), Literal(6)];
    search.add(&literals[..3]);
    assert!(search.solve(&[]));
    search.add(&literals[2..]);
    assert!(!search.solve(&[]) && search.gave_up);
}

#[test]
fn large_hard_questions_survive_restarts_and_forgetting() {
    let mut answers = [0, 0];
    for seed in 0..20 {
        let clauses = clauses(120, seed);
        let mut search = Search::new(120);
        search.most_learnt = 30;
        clauses.iter().for_each(|clause| search.add(clause));
        let mut patient = search.clone();
        patient.most_learnt = usize::MAX;
        for assumption in 0..20 {
            let assumptions = [Literal(assumption), Literal(assumption + 31), Literal(assumption * 2 + 70)];
            let answer = search.solve(&assumptions);
            assert_eq!(answer, patient.solve(&assumptions));
            answers[usize::from(answer)] += 1;
            if answer {
                assert!(holds(&clauses, |literal| search.holds(literal)));
                assert!(assumptions.iter().all(|&literal| search.holds(literal)));
            } else {
                let core = search.core.clone();
                assert!(core.iter().all(|literal| assumptions.contains(literal)));
                assert!(!patient.solve(&core));
            }
        }
    }
    assert!(answers.iter().all(|&count| count > 20), "{answers:?}");
}

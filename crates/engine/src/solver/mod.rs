//! Answers by search, for models that are too large for a diagram: the same menus, conflicts and repairs.
//!
//! What is available, conflicts and repairs are exact and depend on the question alone, not on what was asked before. Totals
//! and numbers of completions are bounds that are certain ([`Figures`]), the best assignment ([`Optimum`]) says whether it
//! is proven to be that, and a completion is *near* the default rather than nearest.

mod bounds;
mod boxes;
mod complete;
mod conflict;
mod guarded;
mod menu;
mod optimum;
mod prices;
mod relaxation;
mod repair;
mod search;
mod smallest;
mod state;

pub use bounds::{Figures, Within};
pub use conflict::Conflict;
pub use guarded::{Culprits, GuardedConstraints};
pub use menu::Available;
pub use optimum::{First, Optimum};
pub use repair::Repair;
pub use smallest::Smallest;
pub use state::{Choice, Solver};

#[cfg(test)]
mod tests {
    use super::Solver;
    use crate::cnf::Limits;
    use crate::model::{Model, ValueId, Variable, VariableId};

    #[test]
    fn conflicts_and_repairs_do_not_work_out_prices() {
        let model = Model { variables: vec![Variable::boolean("a")], ..Model::default() };
        let mut solver = Solver::new(&model, &Limits::default()).unwrap();
        let [without, with] = [0, 1].map(|value| (VariableId(0), ValueId(value)));
        solver.explain(&[without], &[with]);
        assert_eq!(solver.repair(&[(without, 1)], &[with], 1).len(), 1);
        assert!(solver.prices.get().is_none());
        solver.figures(&[]);
        assert!(solver.prices.get().is_some());
    }
}

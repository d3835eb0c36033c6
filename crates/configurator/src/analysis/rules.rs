//! What each rule forbids beside all others, and the fewest rules behind what can't be: asked of the clauses, each rule with a
//! selector of its own.

use std::ops::Range;
use std::sync::Arc;

use engine::cnf;
use engine::effort::{Effort, TooComplex};
use engine::model::{ConstraintKind, Formula, ValueId, Variable, VariableId};
use engine::solver::{Choice, GuardedConstraints, Smallest, Solver};

use super::witness::{Witness, Witnesses};
use crate::ids::{AttributeId, OptionId, RuleId};
use crate::layout::Variables;
use crate::product::Product;

/// How much may be done for one answer, in clauses looked at: some two seconds.
const EFFORT: u64 = 20_000_000;
/// Limits of the clauses.
pub(super) const CLAUSES: cnf::Limits = cnf::Limits { clauses: 2_000_000, states: 500_000 };

/// Rules that are behind something, and the budget where it is, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rules, in order. Without any and without the budget, what can be chosen at all is behind it: bounds of a set, what is
    /// locked or off the menu, by what an attribute applies.
    pub rules: Vec<RuleId>,
    /// Whether the budget is behind it.
    pub budget: bool,
    /// Whether it is proven that fewer don't do; otherwise each of these is needed as far as it was looked for.
    pub is_smallest: bool,
}

/// Whether a rule matters beside all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// There are designs that it alone forbids: one near the standard, where one was found.
    Matters(Option<Witness>),
    /// Whatever it forbids is forbidden without it, by these.
    Never(Fault),
    /// It would take too long to find out.
    Undecided,
}

/// The rules of a product, to be asked about.
pub struct RuleSet {
    product: Arc<Product>,
    variables: Variables,
    guarded: GuardedConstraints,
    witnesses: Witnesses,
    /// Which of the constraints are the rules.
    rules: Range<usize>,
    budget: Option<usize>,
    /// By rule: a variable that is true exactly where the rule does not hold.
    broken: Vec<VariableId>,
}

impl RuleSet {
    /// The rules of a product.
    ///
    /// # Errors
    /// They outgrow a limit as clauses.
    pub fn new(product: &Arc<Product>) -> Result<Self, cnf::TooLarge> {
        let mut model = product.to_model();
        model.prices.clear();
        model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
        let within = product.budget.and_then(|_| model.constraints.pop());
        model.constraints.truncate(model.constraints.len() - product.rules.len());
        let budget = within.map(|within| {
            model.constraints.push(within);
            model.constraints.len() - 1
        });
        let mut broken = Vec::new();
        for rule in &product.rules {
            let variable = model.add_variable(Variable::boolean(format!("{} is broken", rule.code)));
            let holds = product.formula(&rule.condition);
            for (value, otherwise) in [(1, holds.clone()), (0, holds.negated())] {
                let is = Formula::In(variable, vec![ValueId(value)]);
                model.add_constraint(&rule.code, ConstraintKind::Formula(Formula::Or(vec![is, otherwise])));
            }
            broken.push(variable);
        }
        let witnesses = Witnesses::new(product, model.clone(), broken.clone())?;
        let begin = model.constraints.len();
        for (rule, &variable) in product.rules.iter().zip(&broken) {
            let holds = Formula::In(variable, vec![ValueId(0)]);
            model.add_constraint(&rule.code, ConstraintKind::Formula(holds));
        }
        Ok(Self {
            guarded: Solver::new(&model, &CLAUSES)?.guarded(),
            product: Arc::clone(product),
            variables: Variables::of(product),
            witnesses,
            rules: begin..model.constraints.len(),
            budget,
            broken,
        })
    }

    /// The rules, in order.
    pub fn ids(&self) -> impl Iterator<Item = RuleId> + use<> {
        (0..self.broken.len()).map(RuleId::new)
    }

    /// Whether a rule matters beside all others and the budget.
    #[must_use]
    pub fn matter(&self, rule: RuleId) -> Matter {
        let own = self.rules.start + rule.index();
        let others: Vec<usize> = self.blamable().filter(|&constraint| constraint != own).collect();
        let is_broken = [(self.broken[rule.index()], ValueId(1))];
        match self.smallest(&is_broken, &others, &[own]) {
            Ok(Some(found)) => Matter::Never(self.fault(found)),
            Ok(None) => Matter::Matters(self.witnesses.nearest(&self.product, rule)),
            Err(TooComplex) => Matter::Undecided,
        }
    }

    /// The fewest rules behind it that there is no valid design at all; `None` where there is one.
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn behind_no_design(&self) -> Result<Option<Fault>, TooComplex> {
        self.behind(&[])
    }

    /// The fewest rules behind it that no valid design has an option; `None` where one has.
    ///
    /// # Errors
    /// As [`RuleSet::behind_no_design`].
    pub fn behind_dead(&self, id: AttributeId, option: OptionId) -> Result<Option<Fault>, TooComplex> {
        let kind = &self.product.attribute(id).kind;
        let choice = if kind.is_choice() {
            (self.variables.whole(id), ValueId::new(option.index()))
        } else {
            (self.variables.member(id, option), ValueId(1))
        };
        self.behind(&[choice])
    }

    fn behind(&self, choices: &[Choice]) -> Result<Option<Fault>, TooComplex> {
        let all: Vec<usize> = self.blamable().collect();
        Ok(self.smallest(choices, &all, &[])?.map(|found| self.fault(found)))
    }

    /// The rules and the budget.
    fn blamable(&self) -> impl Iterator<Item = usize> {
        self.rules.clone().chain(self.budget)
    }

    fn smallest(
        &self,
        choices: &[Choice],
        among: &[usize],
        without: &[usize],
    ) -> Result<Option<Smallest>, TooComplex> {
        self.guarded.smallest(choices, (among, without), self.budget, &Effort::new(EFFORT))
    }

    fn fault(&self, found: Smallest) -> Fault {
        let rules = found.constraints.iter().filter(|index| self.rules.contains(index));
        Fault {
            rules: rules.map(|index| RuleId::new(index - self.rules.start)).collect(),
            budget: self.budget.is_some_and(|budget| found.constraints.contains(&budget)),
            is_smallest: found.is_proven,
        }
    }
}

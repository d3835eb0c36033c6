//! Attributes that follow from others: no two valid designs have equal values for those and unequal ones for it. Asked of two
//! designs at once (A. Padoa's method).

use std::sync::Arc;

use engine::cnf;
use engine::effort::{Effort, TooComplex};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
use engine::solver::{GuardedConstraints, Solver};

use super::rules::CLAUSES;
use crate::ids::AttributeId;
use crate::product::Product;

/// How much may be done for one answer, in clauses looked at: some two seconds.
const EFFORT: u64 = 20_000_000;

/// An attribute whose value follows from others in every valid design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    /// The attribute.
    pub attribute: AttributeId,
    /// The fewest others that it follows from, in order.
    pub from: Vec<AttributeId>,
    /// Whether it is proven that fewer don't do.
    pub is_smallest: bool,
}

/// Two designs of a product, to be compared.
pub struct Pairs {
    product: Arc<Product>,
    guarded: GuardedConstraints,
    /// By attribute: the constraint that it is the same in both.
    same: Vec<usize>,
    /// By attribute: a variable that is true only where it is not the same.
    differs: Vec<VariableId>,
}

impl Pairs {
    /// Two valid designs of a product.
    ///
    /// # Errors
    /// They outgrow a limit as clauses.
    pub fn new(product: &Arc<Product>) -> Result<Self, cnf::TooLarge> {
        let mut model = Model::default();
        let [one, other] = [product.add_designs(&mut model), product.add_designs(&mut model)];
        model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
        let (mut same, mut differs) = (Vec::new(), Vec::new());
        for (id, attribute) in product.ids() {
            let mut equal = Vec::new();
            for (one, other) in one.all(id).zip(other.all(id)) {
                for value in (0..attribute.size()).map(ValueId::new) {
                    let [one, other] = [one, other].map(|variable| Formula::In(variable, vec![value]));
                    equal.push(Formula::Or(vec![one.negated(), other]));
                }
            }
            let equal = Formula::And(equal);
            let variable = model.add_variable(Variable::boolean(format!("{} differs", attribute.code)));
            let unless = Formula::Or(vec![Formula::In(variable, vec![ValueId(0)]), equal.clone().negated()]);
            model.add_constraint(&attribute.code, ConstraintKind::Formula(unless));
            same.push(model.constraints.len());
            model.add_constraint(&attribute.code, ConstraintKind::Formula(equal));
            differs.push(variable);
        }
        let guarded = Solver::new(&model, &CLAUSES)?.guarded();
        Ok(Self { product: Arc::clone(product), guarded, same, differs })
    }

    /// The attributes that may follow from others and are not locked, in order: rules or conditions by which attributes apply mention
    /// them, they apply by such a condition themselves, or a budget bounds all of them. Any other one is the same in all valid designs,
    /// or follows from none. Texts are left out: one that can be typed is another one, whatever it would follow from.
    pub fn candidates(&self) -> impl Iterator<Item = AttributeId> {
        let product = &self.product;
        let mut bound = std::collections::BTreeSet::new();
        for (id, attribute) in product.ids() {
            if product.budget.is_some() || attribute.applies.is_some() {
                bound.insert(id);
            }
        }
        let applies = product.attributes.iter().filter_map(|attribute| attribute.applies.as_ref());
        for condition in product.rules.iter().map(|rule| &rule.condition).chain(applies) {
            condition.attributes(&mut |id| {
                bound.insert(id);
            });
        }
        bound.into_iter().filter(move |&id| {
            let attribute = product.attribute(id);
            !attribute.locked && !attribute.kind.is_text()
        })
    }

    /// What an attribute follows from, if it does. One that is the same in every valid design follows from nothing.
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn follows(&self, attribute: AttributeId) -> Result<Option<Follows>, TooComplex> {
        let own = attribute.index();
        let others: Vec<usize> = (0..self.same.len()).filter(|&index| index != own).collect();
        let among: Vec<usize> = others.iter().map(|&index| self.same[index]).collect();
        let differs = [(self.differs[own], ValueId(1))];
        let found =
            self.guarded.smallest(&differs, (&among, &[self.same[own]]), None, &Effort::new(EFFORT))?;
        Ok(found.map(|found| Follows {
            attribute,
            from: (0..self.same.len())
                .filter(|&index| found.constraints.contains(&self.same[index]))
                .map(AttributeId::new)
                .collect(),
            is_smallest: found.is_proven,
        }))
    }
}

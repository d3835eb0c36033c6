//! Best assignments: the lightest, the k lightest, and a random one.

use std::ops::SubAssign;

use super::semiring::{Count, Least, Semiring, Weight};
use super::traversal::Pass;
use crate::diagram::Diagram;
use crate::model::{ValueId, VariableId};

/// One value per variable.
pub type Assignment = Vec<ValueId>;

impl Diagram {
    /// The lightest assignment by the weights of its literals, and its weight; `None` when all are impossible. Among
    /// equals it is always the same one.
    #[must_use]
    pub fn lightest(&self, weights: &[Weight]) -> Option<(Weight, Assignment)> {
        let mut pass = Pass::<Least>::default();
        self.lightest_with(&mut pass, weights)
    }

    /// As [`Diagram::lightest`], with buffers to use again.
    fn lightest_with(&self, pass: &mut Pass<Least>, weights: &[Weight]) -> Option<(Weight, Assignment)> {
        pass.upwards(self, weights);
        let least = pass.total(self);
        let choose = |node: usize| {
            let arcs = self.arcs_of(node);
            arcs.min_by_key(|&arc| pass.product(self, arc))
        };
        least.is_possible().then(|| (least, self.descend(choose)))
    }

    /// The k lightest assignments that differ in these variables, the lightest first; for each only the lightest of those
    /// that agree in them (E. L. Lawler, "A procedure for computing the k best solutions", 1972).
    #[must_use]
    pub fn lightest_several(
        &self,
        weights: &[Weight],
        variables: &[VariableId],
        most: usize,
    ) -> Vec<(Weight, Assignment)> {
        let mut pass = Pass::default();
        let mut open: Vec<(Weight, Assignment, Vec<Weight>)> = Vec::new();
        if let Some((least, assignment)) = self.lightest_with(&mut pass, weights) {
            open.push((least, assignment, weights.to_vec()));
        }
        let mut found = Vec::new();
        while found.len() < most {
            let best = (0..open.len())
                .min_by(|&one, &other| (open[one].0, &open[one].1).cmp(&(open[other].0, &open[other].1)));
            let Some(best) = best else { break };
            let (least, assignment, mut narrowed) = open.swap_remove(best);
            for &variable in variables {
                let own = assignment[variable.index()];
                let literal = self.literal(variable, own);
                let kept = std::mem::replace(&mut narrowed[literal], Weight::IMPOSSIBLE);
                if let Some((least, assignment)) = self.lightest_with(&mut pass, &narrowed) {
                    open.push((least, assignment, narrowed.clone()));
                }
                // From here on the variable is as in the solution found.
                for other in self.literals_of(variable) {
                    narrowed[other] = Weight::IMPOSSIBLE;
                }
                narrowed[literal] = kept;
            }
            found.push((least, assignment));
        }
        found
    }

    /// A random assignment among those whose literals are all allowed, each equally likely while there are fewer than
    /// 2¹²⁸ - 1; `random` draws a number below its argument, which is not 0. `None` when there is none.
    #[must_use]
    pub fn random(&self, allowed: &[bool], mut random: impl FnMut(u128) -> u128) -> Option<Assignment> {
        let weights: Vec<u128> = allowed.iter().map(|&allowed| u128::from(allowed)).collect();
        self.drawn::<Count>(&weights, |&below| random(below))
    }

    /// As [`Diagram::random`], each equally likely however many there are.
    #[cfg(feature = "bignum")]
    #[must_use]
    pub fn random_wide(
        &self,
        allowed: &[bool],
        random: impl FnMut(&num_bigint::BigUint) -> num_bigint::BigUint,
    ) -> Option<Assignment> {
        let weights: Vec<num_bigint::BigUint> =
            allowed.iter().map(|&allowed| u8::from(allowed).into()).collect();
        self.drawn::<super::semiring::WideCount>(&weights, random)
    }

    /// A random assignment by numbers of assignments; `random` draws one below its argument, which is not 0.
    fn drawn<S: Semiring>(
        &self,
        weights: &[S::Element],
        mut random: impl FnMut(&S::Element) -> S::Element,
    ) -> Option<Assignment>
    where
        S::Element: PartialOrd + for<'a> SubAssign<&'a S::Element>,
    {
        let mut pass = Pass::<S>::default();
        pass.upwards(self, weights);
        let choose = |node| {
            let worth: Vec<_> = self.arcs_of(node).map(|arc| (arc, pass.product(self, arc))).collect();
            let sum = worth.iter().fold(S::zero(), |sum, (_, worth)| S::add(&sum, worth));
            // Only in bytes that merely look like a diagram does a node lead to nothing that its parent counts.
            let mut drawn = (!S::is_zero(&sum)).then(|| random(&sum))?;
            worth.into_iter().find_map(|(arc, worth)| {
                if drawn < worth {
                    return Some(arc);
                }
                drawn -= &worth;
                None
            })
        };
        (!S::is_zero(&pass.total(self))).then(|| self.descend(choose))
    }

    /// The assignment reached by choosing one arc at each node.
    fn descend(&self, mut choose: impl FnMut(usize) -> Option<usize>) -> Assignment {
        let literals = self.literals();
        let mut assignment = vec![ValueId(0); self.variables()];
        let mut open = vec![(literals + self.nodes()).saturating_sub(1)];
        // No node is met twice: factors share no variable. The bound is for bytes that only look like a diagram.
        for _ in 0..literals + self.nodes() {
            let Some(factor) = open.pop().filter(|_| open.len() <= literals + self.nodes()) else { break };
            if factor < literals {
                self.assign(factor, &mut assignment);
            } else if let Some(arc) = choose(factor - literals) {
                open.extend(self.factors_of_arc(arc).iter().map(|&factor| factor as usize));
            }
        }
        assignment
    }

    /// Gives a literal's variable its value.
    pub(super) fn assign(&self, literal: usize, assignment: &mut Assignment) {
        let variable = self.first.partition_point(|&first| first as usize <= literal) - 1;
        assignment[variable] = ValueId::new(literal - self.first[variable] as usize);
    }
}

//! A design that one rule alone forbids, the nearest to the standard.

use engine::cnf;
use engine::effort::{Effort, Patience};
use engine::model::{ConstraintKind, Formula, Model, ValueId, VariableId};
use engine::solver::{Choice, First, Solver};

use super::rules::CLAUSES;
use crate::answers::Wanted;
use crate::answers::solver::{first_literals, scores};
use crate::attribute::Attribute;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, RuleId};
use crate::layout::Variables;
use crate::product::Product;
use crate::value::Value;

/// How far one is searched for, in clauses looked at: the proof that none is nearer takes half a second at most.
const PATIENCE: Patience = Patience { steps: 0, finding: 4_000_000, proving: 5_000_000, menu: 20_000_000 };
/// Letters with which a text is made up where they are allowed.
const LETTERS: &str = "A1a0-";

/// A design that one rule alone forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The design.
    pub design: Design,
    /// In how many values it departs from the standard; each option of a set counts, and what is no longer there.
    pub changes: u64,
    /// Whether none that the rule alone forbids departs in fewer for certain.
    pub is_nearest: bool,
}

/// Finds witnesses of the rules of a product.
pub(super) struct Witnesses {
    solver: Solver,
    variables: Variables,
    /// By variable: its first literal.
    first: Vec<u32>,
    /// By rule: a variable that is true exactly where the rule does not hold.
    broken: Vec<VariableId>,
}

impl Witnesses {
    /// Over a model in which each rule may hold or not, as a variable says. A witness has no text where none can be made up.
    pub(super) fn new(
        product: &Product,
        mut model: Model,
        broken: Vec<VariableId>,
    ) -> Result<Self, cnf::TooLarge> {
        let variables = Variables::of(product);
        for (id, attribute) in product.ids() {
            if let Some(typed) = attribute.kind.typed().filter(|_| any_text(product, id).is_none()) {
                let is_typed = Formula::In(variables.whole(id), vec![ValueId::new(typed)]);
                model.add_constraint(&attribute.code, ConstraintKind::Formula(is_typed.negated()));
            }
        }
        Ok(Self { solver: Solver::new(&model, &CLAUSES)?, first: first_literals(&model), variables, broken })
    }

    /// The nearest design to the standard that a rule alone forbids, if one is found in time.
    pub(super) fn nearest(&self, product: &Product, rule: RuleId) -> Option<Witness> {
        let state = |(index, &variable): (usize, &VariableId)| -> Choice {
            (variable, ValueId(u32::from(index == rule.index())))
        };
        let choices: Vec<Choice> = self.broken.iter().enumerate().map(state).collect();
        let (standard, weights) = (product.standard(), vec![1; product.attributes.len()]);
        let near = standard.into();
        let wanted =
            Wanted { fixed: &Choices::new(), members: &[], near, there: standard, weights: &weights };
        let scores = scores(product, (&self.variables, &self.first), &wanted);
        let effort = Effort::new(PATIENCE.menu);
        let found = self.solver.first_of_best(&choices, &scores, PATIENCE.menu, PATIENCE, &effort);
        let First { assignment, is_proven } = found.ok().flatten()?;
        let design = self.variables.read(product, &assignment, &with_texts(product));
        Some(Witness { changes: departures(product, &design), design, is_nearest: is_proven })
    }
}

/// The standard design with another text wherever one may be.
fn with_texts(product: &Product) -> Design {
    let texts = product.ids().filter_map(|(id, _)| Some((id, any_text(product, id)?)));
    texts.fold(product.standard().clone(), |design, (id, text)| design.with(id, text))
}

/// A text that the attribute takes and that is not the standard's: of one letter, or else of the same one twice.
fn any_text(product: &Product, id: AttributeId) -> Option<Value> {
    let allowed = product.attribute(id).kind.text_limits()?.allowed;
    let letters = || LETTERS.chars().filter(|&letter| allowed.contains(letter)).chain(allowed.each());
    let mut texts = letters().map(String::from).chain(letters().map(|letter| format!("{letter}{letter}")));
    texts.find_map(|text| {
        let taken = product.read_value(id, &text).ok()?;
        (taken == Value::Text(text) && taken != *product.initial(id)).then_some(taken)
    })
}

/// In how many values a design departs from the standard: what is no longer there does, what it comes with does not.
fn departures(product: &Product, design: &Design) -> u64 {
    let standard = product.standard();
    let own = |(id, _): (AttributeId, &Attribute)| match (design.value(id), standard.value(id)) {
        (Value::Absent, Value::Absent) => 0,
        (Value::Absent, Value::Options(set)) => u64::from(set.len()),
        (Value::Options(own), _) => match product.usual(id, standard) {
            Value::Options(usual) => u64::from(own.symmetric_difference(*usual).len()),
            _ => 1,
        },
        (own, _) => u64::from(own != product.usual(id, standard)),
    };
    product.ids().map(own).sum()
}

#[cfg(all(test, feature = "file"))]
mod tests {
    use super::*;
    use crate::file::File;

    const MUG: &str = include_str!("../../tests/mug.toml");

    #[test]
    fn a_text_is_found_in_any_characters() {
        for (allowed, standard, longest, found) in [
            ("", "", 8, Some("A")),
            ("0-9", "", 8, Some("1")),
            ("あ-ん", "", 1, Some("あ")),
            ("א-ת", "", 8, Some("א")),
            ("♥★", "♥", 1, Some("★")),
            ("{GREEK}", "", 8, Some("Ά")),
            ("x", "x", 2, Some("xx")),
            ("x", "x", 1, None),
            (" ", "", 8, None),
        ] {
            let name = format!("max_length = {longest}\nallowed = \"{allowed}\"");
            let written = format!("standard = \"{standard}\"\n{name}");
            let text = MUG.replace("standard = \"\"\nmax_length = 8", &written);
            let (_, product) = File::check(&text).unwrap();
            let id = product.by_code("name").unwrap();
            let expected = found.map(|text| Value::Text(text.to_owned()));
            assert_eq!(any_text(&product, id), expected, "{allowed:?}");
        }
    }
}

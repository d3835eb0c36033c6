//! Staying near what is shown: what a change of choices leads to from the design on the screen. Fewest of the values shown
//! become others, of attributes that are moved last before all; among equals fewest depart from the defaults, and numbers
//! stay as near as they can. A menu tells with it what a click then takes.

use engine::effort::TooComplex;

use crate::answers::{Near, Nearest};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::menu::reason::NoCompletion;
use crate::product::Product;
use crate::value::Value;

/// What a change of choices leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The choices, with what is kept beside them: [`Configured::complete`] makes the very same design of them.
    pub choices: Choices,
    /// The design.
    pub design: Design,
}

impl Configured {
    /// What comes of these choices where this design is shown: of the valid designs with them the one in which the fewest of
    /// the values shown are others. What is kept among the choices makes no difference.
    ///
    /// # Errors
    /// As [`Configured::complete`].
    pub fn step(&self, choices: &Choices, shown: &Design, defaults: &Design) -> Result<Taken, NoCompletion> {
        let chosen = choices.clone().keeping([]);
        let fresh = self.completion(&chosen, defaults)?;
        Ok(self.stay(chosen, shown, defaults, &fresh.design)?)
    }

    /// The same where it is known what the choices alone make.
    pub(crate) fn stay(
        &self,
        chosen: Choices,
        shown: &Design,
        defaults: &Design,
        fresh: &Design,
    ) -> Result<Taken, TooComplex> {
        let design =
            self.after(&chosen, shown, defaults)?.map_or_else(|| fresh.clone(), |nearest| nearest.design);
        let kept = departures(&design, fresh).into_iter().filter(|(_, value)| *value != Value::Absent);
        Ok(Taken { choices: chosen.keeping(kept), design })
    }

    /// The design that comes nearest to what is shown.
    pub(crate) fn after(
        &self,
        choices: &Choices,
        shown: &Design,
        defaults: &Design,
    ) -> Result<Option<Nearest>, TooComplex> {
        let reference = self.staying(shown, choices, defaults);
        let near = Near { reference: &reference, then: Some(defaults) };
        self.nearest(&self.in_force(choices, None), near, self.patience().design(), &self.effort())
    }

    /// The design that choices make with what is kept beside them: that of the choices alone with the kept values in place,
    /// where it is valid, and else what comes nearest to that.
    pub(crate) fn shown(&self, choices: &Choices, defaults: &Design) -> Result<Option<Nearest>, TooComplex> {
        let (finding, effort) = (self.patience().design(), self.effort());
        let choices = &self.in_force(choices, None);
        let fresh = self.nearest(choices, defaults.into(), finding, &effort)?;
        let Some(fresh) = fresh else { return Ok(None) };
        let kept = choices.kept().filter(|(id, value)| self.may_stay(*id, value, defaults));
        let wanted = kept.fold(fresh.design.clone(), |design, (id, value)| design.with(id, value.clone()));
        let wanted = self.fitted(wanted);
        if wanted == fresh.design || self.validate(&wanted).is_empty() {
            return Ok(Some(Nearest { design: wanted, ..fresh }));
        }
        let near = Near { reference: &wanted, then: Some(defaults) };
        self.nearest(choices, near, finding, &effort)
    }

    /// What is shown as something to stay near to. A text that nobody typed is the default's, the standard's or none; what comes
    /// to apply starts as in the defaults.
    pub(crate) fn staying(&self, shown: &Design, choices: &Choices, defaults: &Design) -> Design {
        let mut reference = shown.clone();
        for (id, value) in shown.iter() {
            let may_stay = choices.get(id).is_some() || self.may_stay(id, value, defaults);
            if *value == Value::Absent || !may_stay {
                reference.set(id, self.usual(id, defaults).clone());
            }
        }
        reference
    }

    /// Whether a value can be there though nobody chose it.
    fn may_stay(&self, id: AttributeId, value: &Value, defaults: &Design) -> bool {
        let (default, standard) = (self.usual(id, defaults), self.initial(id));
        let is_usual = |value: &Value| *value == Value::Text(String::new()) || value == standard;
        !self.attribute(id).kind.is_text() || value == default || is_usual(value) && is_usual(default)
    }
}

impl Product {
    /// The values that are others in a design than in the one before, but for one attribute.
    pub(crate) fn moved(
        &self,
        at: AttributeId,
        before: &Design,
        after: &Design,
    ) -> Vec<(AttributeId, Value)> {
        departures(after, before).into_iter().filter(|(id, _)| *id != at).collect()
    }
}

/// The values of a design that are others than in another one.
fn departures(design: &Design, other: &Design) -> Vec<(AttributeId, Value)> {
    let departs = design.iter().filter(|(id, value)| other.value(*id) != *value);
    departs.map(|(id, value)| (id, value.clone())).collect()
}

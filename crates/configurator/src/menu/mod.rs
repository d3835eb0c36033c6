//! The menu of a partial design: the state of every option, why blocked ones are blocked, what each would change in
//! price, and how to have a blocked one all the same.
//!
//! Each kind of attribute has its own module, which says what its part of the menu is.

mod choice;
pub(crate) mod entries;
mod explain;
mod multi_choice;
mod number;
mod offered;
pub(crate) mod open_prices;
mod question;
pub(crate) mod reason;
pub(crate) mod repair;
mod sentence;
mod text;

use std::collections::BTreeSet;

use crate::answers::{Near, Nearest};
use crate::attribute::Attribute;
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::kind::Kind;
use crate::menu::entries::{AttributeMenu, Menu, Origin, State};
use crate::menu::question::{Question, Shown};
use crate::menu::reason::NoCompletion;
use crate::value::Value;

impl Configured {
    /// The menu for these choices over these defaults.
    ///
    /// # Errors
    /// As [`Configured::complete`].
    pub fn menu(&self, choices: &Choices, defaults: &Design) -> Result<Menu, NoCompletion> {
        self.menu_near(choices, defaults, false)
    }

    /// The same where everything stays near what is shown: an option says what it comes to when it is chosen in the design on
    /// the menu ([`Configured::step`]), and what else that moves.
    ///
    /// # Errors
    /// As [`Configured::complete`].
    pub fn menu_of_shown(&self, choices: &Choices, defaults: &Design) -> Result<Menu, NoCompletion> {
        self.menu_near(choices, defaults, true)
    }

    fn menu_near(&self, choices: &Choices, defaults: &Design, stays: bool) -> Result<Menu, NoCompletion> {
        let Nearest { design, is_proven } = self.completion(choices, defaults)?;
        let quote = self.quote(&design);
        let finding = self.effort();
        let reference = stays.then(|| self.staying(&design, choices, defaults));
        let near = match &reference {
            Some(reference) => Near { reference, then: Some(defaults) },
            None => defaults.into(),
        };
        let in_force = self.in_force(choices, None);
        let may_stay = |reference: &Design, (id, value): (AttributeId, &Value)| {
            *value == Value::Absent || reference.value(id) == value
        };
        let all_may_stay =
            reference.as_ref().is_none_or(|reference| design.iter().all(|own| may_stay(reference, own)));
        let deciding = if stays { self.deciding_any() } else { BTreeSet::new() };
        let offers = self.offers(choices, None, near, Some(&design), &finding);
        let mut question = Question {
            configured: self,
            choices,
            in_force: &in_force,
            defaults,
            near,
            deciding: all_may_stay.then_some(&deciding),
            design: &design,
            total: quote.total.amount,
            offers,
            finding,
            pricing: self.effort(),
            explaining: self.effort(),
            unexplained: Vec::new(),
        };
        let mut attributes: Vec<AttributeMenu> =
            self.ids().map(|(id, attribute)| question.attribute(id, attribute)).collect();
        question.explain(&mut attributes);
        Ok(Menu { served_by: self.served_by(), design, is_nearest: is_proven, quote, attributes })
    }
}

impl Question<'_> {
    /// One attribute's part of the menu. What is blocked has no reason yet, and is added to what is unexplained.
    fn attribute(&mut self, id: AttributeId, attribute: &Attribute) -> AttributeMenu {
        let shown = match (&attribute.kind, self.design.value(id)) {
            (Kind::Choice { .. } | Kind::Text { .. }, Value::Absent) => Shown::nothing(),
            (Kind::Choice { .. }, value) => choice::menu(self, id, value),
            (Kind::MultiChoice { .. }, &Value::Options(set)) => multi_choice::menu(self, id, set),
            (&Kind::Number { min, step, .. }, &Value::Number(number)) => {
                number::menu(self, id, number, (min, step))
            }
            (Kind::Text { .. }, value) => text::menu(self, id, value),
            // It doesn't apply; no design has a value of another kind.
            (Kind::MultiChoice { .. } | Kind::Number { .. }, _) => Shown::nothing(),
        };
        let Shown { mut options, range, blocked, is_implied } = shown;
        let source = if *self.design.value(id) == Value::Absent {
            Origin::Absent
        } else if attribute.locked {
            Origin::Implied
        } else if self.in_force.get(id).is_some() {
            Origin::Chosen
        } else if is_implied {
            Origin::Implied
        } else if self.design.value(id) == self.configured.usual(id, self.defaults) {
            Origin::Default
        } else {
            Origin::Adjusted
        };
        for option in options.iter_mut().filter(|option| option.selected && option.state == State::Available)
        {
            match source {
                Origin::Chosen => option.state = State::Chosen,
                Origin::Implied => option.state = State::Implied,
                Origin::Default | Origin::Adjusted | Origin::Absent => {}
            }
        }
        AttributeMenu { source, options, range, blocked }
    }
}

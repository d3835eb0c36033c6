//! The menu of a partial design: the state of every option, why blocked ones are blocked, what each would change in
//! price.
//!
//! Each kind of attribute has its own module, which says what its part of the menu is.

mod choice;
mod multi_choice;
mod number;
pub(crate) mod reason;
pub(crate) mod repair;
mod sentence;
mod text;

use engine::effort::Effort;

use crate::answers::{Nearest, Offer, Offers, ServedBy};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::menu::reason::{NoCompletion, Reason};
use crate::price::Quote;
use crate::product::{Attribute, Kind};
use crate::value::Value;

/// Everything a page shows for one set of choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What answered.
    pub served_by: ServedBy,
    /// The valid complete design that keeps the choices and departs least from the defaults.
    pub design: Design,
    /// Whether no valid design departs less for certain; otherwise this one only comes near ([`ServedBy::Solver`]).
    pub is_nearest: bool,
    /// Its price.
    pub quote: Quote,
    /// The attributes, in the product's order.
    pub attributes: Vec<AttributeMenu>,
}

/// One attribute on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeMenu {
    /// Where its value comes from.
    pub source: Origin,
    /// Its options, in the product's order; empty for numbers and texts.
    pub options: Vec<OptionMenu>,
    /// For a number: the smallest and largest value that are known to be possible.
    pub range: Option<(i64, i64)>,
    /// For a text: why it cannot be filled in, if it cannot or if it would take too long to find out.
    pub blocked: Option<Reason>,
}

/// Where the value of an attribute comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The shopper chose it.
    Chosen,
    /// The choices leave nothing else, or the attribute is locked.
    Implied,
    /// It is the default.
    Default,
    /// It departs from the default because the choices need it to.
    Adjusted,
}

/// One option on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionMenu {
    /// Whether the design has it.
    pub selected: bool,
    /// Whether it can be chosen (for a member of a multi-choice: added or removed).
    pub state: State,
    /// What choosing it does to the total, in minor units; `None` when it cannot be chosen, or when it would take too long to
    /// find out ([`ServedBy::Solver`]).
    pub price_change: Option<i64>,
}

/// Whether an option can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Available,
    /// The shopper chose it.
    Chosen,
    /// It is the only one left.
    Implied,
    /// It cannot, for this reason.
    Blocked(Reason),
    /// It would take too long to find out ([`ServedBy::Solver`]). [`Configured::undecided`] says so in words.
    Undecided,
}

impl State {
    /// Whether it is certain that the option can be chosen.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        matches!(self, Self::Available | Self::Chosen | Self::Implied)
    }
}

/// An option that cannot be chosen, and what the attribute would be with it.
struct Unexplained {
    attribute: AttributeId,
    option: OptionId,
    value: Value,
}

/// What choosing a value comes to.
enum Outcome {
    /// This total of the nearest design, in minor units.
    Total(i64),
    /// A valid design, at a price that would take too long to find out.
    Unpriced,
    /// No valid design has it.
    Impossible,
    /// It would take too long to find out.
    Undecided,
}

/// What a menu is made for, and what was found out so far.
struct Question<'q> {
    configured: &'q Configured,
    choices: &'q Choices,
    defaults: &'q Design,
    /// The design the menu shows, and its total in minor units.
    design: &'q Design,
    total: i64,
    /// What each value would lead to.
    offers: Offers<'q>,
    /// How much may still be done to find out what is possible, what options do to the total, and why others are blocked
    /// ([`Patience::menu`](crate::Patience)).
    finding: Effort,
    pricing: Effort,
    explaining: Effort,
    /// The options that are blocked so far.
    unexplained: Vec<Unexplained>,
}

/// What a kind says of an attribute on the menu.
struct Shown {
    options: Vec<OptionMenu>,
    range: Option<(i64, i64)>,
    blocked: Option<Reason>,
    /// Whether there is nothing else to choose.
    is_implied: bool,
}

impl Configured {
    /// The menu for these choices over these defaults.
    ///
    /// # Errors
    /// As [`Configured::complete`].
    pub fn menu(&self, choices: &Choices, defaults: &Design) -> Result<Menu, NoCompletion> {
        let Nearest { design, is_proven } = self.completion(choices, defaults)?;
        let quote = self.quote(&design);
        let finding = self.effort();
        let offers = self.answers().offers(self, choices, defaults, Some(&design), &finding);
        let mut question = Question {
            configured: self,
            choices,
            defaults,
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
            (Kind::Choice { .. }, value) => choice::menu(self, id, value),
            (&Kind::MultiChoice { min, max, .. }, &Value::Options(set)) => {
                multi_choice::menu(self, id, set, min..=max)
            }
            (&Kind::Number { min, step, .. }, &Value::Number(number)) => {
                number::menu(self, id, number, (min, step))
            }
            (Kind::Text { .. }, value) => text::menu(self, id, value),
            // No design has a value of another kind.
            (Kind::MultiChoice { .. } | Kind::Number { .. }, _) => Shown::nothing(),
        };
        let Shown { mut options, range, blocked, is_implied } = shown;
        let source = if attribute.locked {
            Origin::Implied
        } else if self.choices.get(id).is_some() {
            Origin::Chosen
        } else if is_implied {
            Origin::Implied
        } else if self.design.value(id) == self.defaults.value(id) {
            Origin::Default
        } else {
            Origin::Adjusted
        };
        for option in options.iter_mut().filter(|option| option.selected && option.state == State::Available)
        {
            match source {
                Origin::Chosen => option.state = State::Chosen,
                Origin::Implied => option.state = State::Implied,
                Origin::Default | Origin::Adjusted => {}
            }
        }
        AttributeMenu { source, options, range, blocked }
    }

    /// The choices for other attributes.
    fn others(&self, id: AttributeId) -> Choices {
        self.choices.clone().without(id)
    }

    /// The state of an option, which makes the attribute such a value, and what it does to the total. When it is blocked the
    /// reason is still to be found.
    fn option(
        &mut self,
        id: AttributeId,
        option: OptionId,
        value: Value,
        offered: Offer,
        others: &Choices,
    ) -> (State, Option<i64>) {
        match self.outcome(offered, id, &value, others) {
            Outcome::Total(total) => (State::Available, Some(total.saturating_sub(self.total))),
            Outcome::Unpriced => (State::Available, None),
            Outcome::Impossible => {
                self.unexplained.push(Unexplained { attribute: id, option, value });
                (State::Blocked(Reason::default()), None)
            }
            Outcome::Undecided => (State::Undecided, None),
        }
    }

    /// What choosing a value beside the other choices comes to, from what was offered for it.
    fn outcome(&self, offered: Offer, id: AttributeId, value: &Value, others: &Choices) -> Outcome {
        match offered {
            // The design has it.
            _ if matches!(value, Value::Option(_)) && value == self.design.value(id) => {
                Outcome::Total(self.total)
            }
            Offer::Impossible => Outcome::Impossible,
            Offer::Undecided => Outcome::Undecided,
            Offer::Price(price) if self.configured.answers().is_priced() => {
                Outcome::Total(self.configured.base_price.saturating_add(price))
            }
            Offer::Price(_) if self.pricing.is_spent() => Outcome::Unpriced,
            Offer::Price(_) => {
                let wanted = others.clone().with(id, value.clone());
                let finding = self.configured.patience().finding;
                match self.configured.nearest(&wanted, self.defaults, finding, &self.pricing) {
                    Ok(Some(Nearest { design, .. })) => {
                        Outcome::Total(self.configured.quote(&design).total.amount)
                    }
                    Ok(None) => Outcome::Impossible,
                    // It is known that there is one.
                    Err(_) => Outcome::Unpriced,
                }
            }
        }
    }

    /// Puts the reasons where options are blocked.
    fn explain(self, attributes: &mut [AttributeMenu]) {
        let Self { configured, choices, defaults, explaining, unexplained, .. } = self;
        let reasons = configured.explain_each(choices, &unexplained, defaults, &explaining);
        for (Unexplained { attribute, option, value }, mut reason) in unexplained.into_iter().zip(reasons) {
            if reason.choices.is_empty() && matches!(value, Value::Options(_)) {
                let chosen = Choices::new().with(attribute, value);
                // Where it takes too long to find out, the rule alone has to do.
                let own =
                    configured.members_in_the_way(attribute, &chosen, Some(option), defaults, &explaining);
                reason.obstacles.extend(own.unwrap_or(None));
            }
            attributes[attribute.index()].options[option.index()].state = State::Blocked(reason);
        }
    }
}

impl Shown {
    /// Nothing to choose.
    fn nothing() -> Self {
        Self { options: Vec::new(), range: None, blocked: None, is_implied: true }
    }
}

impl State {
    /// Whether it counts as something to choose.
    fn is_open(&self) -> bool {
        matches!(self, Self::Available | Self::Undecided)
    }
}

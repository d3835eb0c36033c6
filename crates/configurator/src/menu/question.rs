//! What a menu is made for, and what the kinds of attributes ask on the way.

use std::collections::BTreeSet;

use engine::effort::Effort;

use super::entries::{AttributeMenu, OptionMenu, State};
use super::reason::Reason;
use crate::answers::{Near, Nearest, Offer, Offers};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::value::Value;

/// An option that cannot be chosen, and what the attribute would be with it.
pub(super) struct Unexplained {
    pub attribute: AttributeId,
    pub option: OptionId,
    pub value: Value,
}

/// What choosing a value comes to.
enum Outcome {
    /// A valid design at this total, in minor units. Nothing else of what is shown becomes another.
    Alone(i64),
    /// This valid design.
    Design(Design),
    /// A valid design, at a price that would take too long to find out.
    Unpriced,
    /// No valid design has it.
    Impossible,
    /// It would take too long to find out.
    Undecided,
}

/// What a menu is made for, and what was found out so far.
pub(super) struct Question<'q> {
    pub configured: &'q Configured,
    pub choices: &'q Choices,
    /// Those of them that are in force.
    pub in_force: &'q Choices,
    pub defaults: &'q Design,
    /// What a design with an option is to be near to; where everything stays near what is shown, there is something then.
    pub near: Near<'q>,
    /// The attributes by which others apply: choosing there may bring some or take them away. `None` where something of what is
    /// shown can't stay, whatever is chosen.
    pub deciding: Option<&'q BTreeSet<AttributeId>>,
    /// The design the menu shows, and its total in minor units.
    pub design: &'q Design,
    pub total: i64,
    /// What each value would lead to.
    pub offers: Offers<'q>,
    /// How much may still be done to find out what is possible, what options do to the total, and why others are blocked
    /// ([`Patience::menu`](crate::Patience)).
    pub finding: Effort,
    pub pricing: Effort,
    pub explaining: Effort,
    /// The options that are blocked so far.
    pub unexplained: Vec<Unexplained>,
}

/// What a kind says of an attribute on the menu.
pub(super) struct Shown {
    pub options: Vec<OptionMenu>,
    pub range: Option<(i64, i64)>,
    pub blocked: Option<Reason>,
    /// Whether there is nothing else to choose.
    pub is_implied: bool,
}

impl Question<'_> {
    /// The choices for other attributes.
    pub(super) fn others(&self, id: AttributeId) -> Choices {
        self.choices.clone().without(id)
    }

    /// An option, which makes the attribute such a value: its state, and what it does. When it is blocked the reason is still to
    /// be found.
    pub(super) fn option(
        &mut self,
        id: AttributeId,
        option: OptionId,
        value: Value,
        offered: Offer,
        others: &Choices,
    ) -> OptionMenu {
        let available = OptionMenu::of(State::Available);
        let difference = |total: i64| Some(total.saturating_sub(self.total));
        match self.outcome(offered, id, &value, others) {
            Outcome::Alone(total) => {
                let lead_time_change = match self.near.then {
                    Some(_) => {
                        self.configured.days(id, &value) - self.configured.days(id, self.design.value(id))
                    }
                    None => 0,
                };
                OptionMenu { price_change: difference(total), lead_time_change, ..available }
            }
            Outcome::Design(after) => {
                let price_change = difference(self.configured.quote(&after).total.amount);
                if self.near.then.is_none() {
                    return OptionMenu { price_change, ..available };
                }
                let also = self.configured.moved(id, self.design, &after);
                let lead_time_change =
                    self.configured.all_days(&after) - self.configured.all_days(self.design);
                OptionMenu { price_change, also, lead_time_change, ..available }
            }
            Outcome::Unpriced => available,
            Outcome::Impossible => {
                self.unexplained.push(Unexplained { attribute: id, option, value });
                OptionMenu::of(State::Blocked(Reason::default()))
            }
            Outcome::Undecided => OptionMenu::of(State::Undecided),
        }
    }

    /// What choosing a value beside the other choices comes to, from what was offered for it.
    fn outcome(&self, offered: Offer, id: AttributeId, value: &Value, others: &Choices) -> Outcome {
        match offered {
            // The design has it.
            _ if matches!(value, Value::Option(_))
                && value == self.design.value(id)
                && self.all_may_stay() =>
            {
                Outcome::Alone(self.total)
            }
            Offer::Impossible => Outcome::Impossible,
            Offer::Undecided => Outcome::Undecided,
            Offer::Possible { price, alone } if self.is_told(id, alone) => {
                Outcome::Alone(self.configured.base_price.saturating_add(price))
            }
            Offer::Possible { .. } if self.pricing.is_spent() => Outcome::Unpriced,
            Offer::Possible { .. } => {
                let wanted = others.clone().with(id, value.clone());
                let wanted = self.configured.in_force(&wanted, Some(id));
                let finding = self.configured.patience().finding;
                match self.configured.nearest(&wanted, self.near, finding, &self.pricing) {
                    Ok(Some(Nearest { design, .. })) => Outcome::Design(design),
                    Ok(None) => Outcome::Impossible,
                    // It is known that there is one.
                    Err(_) => Outcome::Unpriced,
                }
            }
        }
    }

    /// Whether the design is still the nearest where it is chosen again.
    fn all_may_stay(&self) -> bool {
        self.near.then.is_none() || self.deciding.is_some()
    }

    /// Whether an offer tells all that a value of an attribute comes to.
    fn is_told(&self, id: AttributeId, alone: bool) -> bool {
        let is_alone = || alone && self.deciding.is_some_and(|deciding| !deciding.contains(&id));
        let is_all = || self.near.then.is_none() || is_alone();
        self.configured.answers().is_priced() && is_all()
    }

    /// Puts the reasons where options are blocked.
    pub(super) fn explain(self, attributes: &mut [AttributeMenu]) {
        let Self { configured, choices, defaults, explaining, unexplained, .. } = self;
        let reasons = configured.explain_each(choices, &unexplained, defaults, &explaining);
        for (Unexplained { attribute, option, value }, mut reason) in unexplained.into_iter().zip(reasons) {
            if reason.choices.is_empty() && matches!(value, Value::Options(_)) {
                let chosen = Choices::new().with(attribute, value);
                // Where it takes too long to find out, the rule alone has to do.
                let own = configured.members_in_the_way(
                    (attribute, Some(attribute)),
                    &chosen,
                    Some(option),
                    defaults,
                    &explaining,
                );
                reason.obstacles.extend(own.unwrap_or(None));
            }
            attributes[attribute.index()].options[option.index()].state = State::Blocked(reason);
        }
    }
}

impl OptionMenu {
    /// An option of which no more is known than its state.
    pub(super) fn of(state: State) -> Self {
        Self { selected: false, state, price_change: None, also: Vec::new(), lead_time_change: 0 }
    }
}

impl Shown {
    /// Nothing to choose.
    pub(super) fn nothing() -> Self {
        Self { options: Vec::new(), range: None, blocked: None, is_implied: true }
    }
}

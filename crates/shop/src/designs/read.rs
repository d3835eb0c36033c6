//! Reading an address against a product, and completing what it says. Pure.

use std::sync::Arc;

use configurator::{
    ChoiceError, Choices, Configured, Design, KEPT, Menu, NoCompletion, Product, Reason, RevisionNumber,
    Succession, TooComplex, Value,
};
use personalize::{Start, StartingDesign};
use words::{Language, Shop};

use super::names::Names;
use super::notice::Notice;
use super::opened::{GivesWay, Opened};
use super::price_change::PriceChange;
use crate::catalogue::revision::Revision;
use crate::error::{ShopError, too_complex};

/// Choices as they were read, and what could not be.
#[derive(Default)]
pub(super) struct Found {
    pub choices: Choices,
    pub notices: Vec<Notice>,
    pub unreadable: Vec<(String, String)>,
    pub unknown: Vec<Unknown>,
}

/// A choice of something that this menu does not have.
pub(super) struct Unknown {
    code: String,
    value: String,
    error: ChoiceError,
}

/// Reads choices one by one; of several options those that exist.
pub(super) fn read_choices(product: &Product, choices: &[(String, String)]) -> Found {
    let mut found = Found::default();
    for (code, text) in choices.iter().filter(|(code, _)| code != KEPT) {
        match product.read_choice(code, text) {
            Ok((id, value)) => found.choices = found.choices.with(id, value),
            Err(error @ ChoiceError::NotAllowed { .. }) => found.is_refused(product, code, text, &error),
            Err(error @ ChoiceError::UnknownAttribute { .. }) => {
                found.unknown.push(Unknown { code: code.clone(), value: text.clone(), error })
            }
            Err(error @ ChoiceError::UnknownOption { .. }) => found.has_unknown(product, code, text, error),
        }
    }
    // What is kept and can't be any more gives way without a word: nobody chose it.
    found.choices = std::mem::take(&mut found.choices).keeping(product.read_kept(choices));
    found
}

impl Found {
    fn is_refused(&mut self, product: &Product, code: &str, text: &str, error: &ChoiceError) {
        let is_shown = product.by_code(code).is_some_and(|id| product.attribute(id).kind.is_typed());
        let told = error.to_string();
        self.notices.push(if is_shown { Notice::Typed(told) } else { Notice::Refused(told) });
        self.unreadable.push((code.to_owned(), text.to_owned()));
    }

    /// Leaves out the options that do not exist.
    fn has_unknown(&mut self, product: &Product, code: &str, text: &str, error: ChoiceError) {
        let has_several =
            product.by_code(code).is_some_and(|id| product.attribute(id).kind.is_multi_choice());
        if !has_several {
            return self.unknown.push(Unknown { code: code.to_owned(), value: text.to_owned(), error });
        }
        let mut known = Vec::new();
        for option in text.split(',').map(str::trim).filter(|option| !option.is_empty()) {
            match product.read_choice(code, option) {
                Err(error @ ChoiceError::UnknownOption { .. }) => {
                    let (code, value) = (code.to_owned(), option.to_owned());
                    self.unknown.push(Unknown { code, value, error });
                }
                // One alone may be too few; all together are judged below.
                _ => known.push(option),
            }
        }
        if known.is_empty() {
            return;
        }
        let known = known.join(",");
        match product.read_choice(code, &known) {
            Ok((id, value)) => self.choices = std::mem::take(&mut self.choices).with(id, value),
            Err(error) => self.is_refused(product, code, &known, &error),
        }
    }
}

impl Unknown {
    /// What to say of it: nothing of words that no revision ever had, such as those that links from mails and
    /// advertisements carry.
    pub(super) fn notice(&self, product: &Product, former: &Names) -> Option<Notice> {
        let once = former.describe(&self.code, &self.value);
        let own = product.by_code(&self.code).map(|id| product.attribute(id).label.as_str());
        match (own, once) {
            (own, Some((label, Some(value)))) => {
                let attribute = own.unwrap_or(label).to_owned();
                Some(Notice::ValueGone { attribute, value: value.to_owned() })
            }
            (None, Some((label, None))) => Some(Notice::AttributeGone { attribute: label.to_owned() }),
            (Some(_), _) => Some(Notice::of(self.error.clone())),
            (None, None) => None,
        }
    }
}

/// What to say of a successor that stands for a retired option; nothing of one that is the same by another code.
pub(super) fn succeeded(product: &Product, former: &Names, succession: &Succession) -> Option<Notice> {
    let Succession { attribute, option, successor } = succession;
    let (id, value) = product.read_choice(attribute, successor).ok()?;
    let once = former.describe(attribute, option).and_then(|(_, option)| option).unwrap_or(option);
    let (attribute, successor) = (product.attribute(id).label.clone(), product.describe(id, &value));
    (once != successor).then(|| Notice::Succeeded { attribute, value: once.to_owned(), successor })
}

/// An address as it was read, not completed yet.
pub(super) struct Read {
    pub revision: Arc<Revision>,
    /// In the reader's language.
    pub product: Configured,
    pub live: RevisionNumber,
    pub start: Start,
    pub default: StartingDesign,
    pub choices: Choices,
    pub notices: Vec<Notice>,
    pub unreadable: Vec<(String, String)>,
    /// Codes with what was typed, of which it is not known yet whether it can be taken.
    pub typed: Vec<(String, String)>,
    /// Whether the shopper agreed to this start.
    pub keeps_start: bool,
    /// What it goes on from, when that is another revision.
    pub former: Option<Former>,
    /// What it would be if nothing were sold out, where something of it is.
    pub published: Option<(Configured, Design)>,
}

/// The revision that a design goes on from.
pub(super) struct Former {
    pub number: RevisionNumber,
    /// That its offer has ended, with why it was withdrawn.
    pub ended: Option<Option<String>>,
    /// The design as it was there, where that can still be told.
    pub design: Option<(Configured, Design)>,
    /// The reader's language.
    pub language: Language,
}

impl Read {
    pub(super) fn open(mut self) -> Result<Opened, ShopError> {
        self.take_nearest();
        self.take_typed()?;
        let design = self.answer(Configured::complete)?;
        let keeps_start = self.keeps_start;
        let opened = self.with(design);
        Ok(if keeps_start { opened } else { opened.over_standard() })
    }

    pub(super) fn open_menu(mut self) -> Result<(Opened, Menu), ShopError> {
        if !self.keeps_start {
            let opened = self.open()?;
            let menu = opened.menu()?;
            return Ok((opened, menu));
        }
        self.take_nearest();
        self.take_typed()?;
        let menu = self.answer(Configured::menu_of_shown)?;
        Ok((self.with(menu.design.clone()), menu))
    }

    /// In place of numbers that the revision it goes on from took and this one does not: the nearest that go with the other
    /// choices. What differs is told with that, so there is no notice.
    fn take_nearest(&mut self) {
        let Self { product, default, choices, notices, unreadable, former, .. } = self;
        let Some((old, was)) = former.as_ref().and_then(|former| former.design.as_ref()) else { return };
        for (code, text) in std::mem::take(unreadable) {
            let had = old.by_code(&code).and_then(|id| match was.value(id) {
                Value::Number(number) if number.to_string() == text => Some(*number),
                _ => None,
            });
            let nearest = had.zip(product.by_code(&code)).and_then(|(had, id)| {
                let near = product.nearest_typed(choices, &default.design, id, &text);
                let numbers = near.into_iter().filter_map(|value| match value {
                    Value::Number(number) => Some(number),
                    _ => None,
                });
                Some((id, numbers.min_by_key(|number| number.abs_diff(had))?))
            });
            let Some((id, number)) = nearest else {
                unreadable.push((code, text));
                continue;
            };
            if let Err(error) = product.read_choice(&code, &text) {
                let refused = Notice::Typed(error.to_string());
                notices.retain(|notice| *notice != refused);
            }
            *choices = std::mem::take(choices).with(id, Value::Number(number));
        }
    }

    /// Takes what was typed where that goes by now, and else keeps it with the reason.
    fn take_typed(&mut self) -> Result<(), ShopError> {
        if self.typed.is_empty() {
            return Ok(());
        }
        let design = self.answer(Configured::complete)?;
        let (product, defaults) = (&self.product, &self.default.design);
        for (code, text) in std::mem::take(&mut self.typed) {
            let Some(id) = product.by_code(&code) else { continue };
            let attribute = product.attribute(id);
            if attribute.locked || !attribute.kind.is_typed() {
                continue;
            }
            let told = match product.read_typed(id, &text) {
                Err(error) => error.to_string(),
                Ok(value) => {
                    let more = product.choose(self.choices.clone(), id, value.clone(), defaults);
                    let told = match product.complete(&more, defaults) {
                        Ok(_) => {
                            self.choices = more;
                            continue;
                        }
                        Err(NoCompletion::TooComplex(_)) => product.undecided().to_owned(),
                        Err(NoCompletion::Conflict(reason)) => reason.sentence,
                    };
                    let (label, value) = (&attribute.label, product.describe(id, &value));
                    product.words().engine.cant_be_now(label, &value, &told)
                }
            };
            // What doesn't apply stops no order.
            if *design.value(id) != Value::Absent {
                self.notices.push(Notice::Typed(told));
            }
            self.unreadable.push((code, text));
        }
        Ok(())
    }

    /// Asks the product about the choices, which completes them on the way. Leaves out choices until the rest can stand
    /// together, and names them.
    fn answer<T>(
        &mut self,
        ask: fn(&Configured, &Choices, &Design) -> Result<T, NoCompletion>,
    ) -> Result<T, TooComplex> {
        let product = &self.product;
        let defaults = &self.default.design;
        let refused = match ask(product, &self.choices, defaults) {
            Ok(answer) => return Ok(answer),
            Err(NoCompletion::TooComplex(error)) => return Err(error),
            Err(NoCompletion::Conflict(reason)) => reason,
        };
        match sold_out(product, &refused) {
            Some(sentences) => self.notices.extend(sentences.into_iter().map(Notice::SoldOut)),
            None => self.notices.push(Notice::Contradiction(refused.sentence)),
        }
        let shown = self.choices.kept().map(|(id, value)| (id, value.clone()));
        let mut kept = Choices::new().keeping(shown);
        for (id, value) in self.choices.iter() {
            let more = kept.clone().with(id, value.clone());
            match product.complete(&more, defaults) {
                Ok(_) => kept = more,
                Err(NoCompletion::TooComplex(error)) => return Err(error),
                Err(NoCompletion::Conflict(reason)) => {
                    let told = sold_out(product, &reason).into_iter().flatten().map(Notice::SoldOut);
                    let told: Vec<Notice> = told.filter(|notice| !self.notices.contains(notice)).collect();
                    self.notices.extend(told);
                    // What stands in its place is told with what differs from the revision as published.
                    if self.published.is_none() || sold_out(product, &reason).is_none() {
                        let attribute = product.attribute(id).label.clone();
                        self.notices.push(Notice::LeftOut { attribute, value: product.describe(id, value) });
                    }
                }
            }
        }
        self.choices = kept;
        ask(product, &self.choices, defaults).map_err(too_complex)
    }

    pub(super) fn with(self, design: Design) -> Opened {
        let Self {
            revision,
            product,
            live,
            start,
            default,
            choices,
            mut notices,
            unreadable,
            former,
            published,
            ..
        } = self;
        let gives_way =
            published.as_ref().and_then(|(old, was)| GivesWay::between((old, was), (&product, &design)));
        let from = former.map(|former| {
            let was = former.design.as_ref();
            let change = was.map(|(old, was)| PriceChange::between((old, was), (&product, &design)));
            if let Some(reason) = former.ended {
                let price = price(&product, &design, change.as_ref(), former.language.shop());
                notices.insert(0, Notice::OfferEnded { reason, price });
            }
            (former.number, change)
        });
        Opened {
            revision,
            product,
            live,
            start,
            default,
            choices,
            design,
            notices,
            from,
            gives_way,
            unreadable,
        }
    }
}

/// What of some choices is sold out, in sentences, where that alone is in their way.
fn sold_out(product: &Product, reason: &Reason) -> Option<Vec<String>> {
    let rules = || reason.rules.iter().map(|rule| product.rule(*rule));
    let is_it = !reason.rules.is_empty() && rules().all(|rule| rule.condition.forbids_option());
    is_it.then(|| rules().map(|rule| rule.sentence.clone()).collect())
}

/// What a design costs, and what has changed about that.
fn price(product: &Configured, design: &Design, change: Option<&PriceChange>, say: &Shop) -> String {
    match change {
        Some(change) => change.sentence(product, say),
        None => say.costs(&product.quote(design).total.written(&product.words().locale)),
    }
}

#[cfg(test)]
mod tests {
    use configurator::source::Source;

    use super::*;

    fn product() -> Product {
        let source: Source = serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "max": 2, "options": [
                    { "code": "lid", "label": "Lid" }, { "code": "spoon", "label": "Spoon" }, { "code": "box", "label": "Box" },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            ],
        }))
        .unwrap();
        Product::check(&source).unwrap()
    }

    fn read(code: &str, value: &str) -> (Vec<(String, String)>, Vec<String>, usize) {
        let product = product();
        let found = read_choices(&product, &[(code.to_owned(), value.to_owned())]);
        let unknown = found.unknown.iter().map(|unknown| unknown.value.clone()).collect();
        (product.write_choices(&found.choices), unknown, found.unreadable.len())
    }

    #[test]
    fn of_several_options_those_that_exist_are_kept() {
        let extras = |value: &str| vec![("extras".to_owned(), value.to_owned())];
        assert_eq!(read("extras", "lid,strap, spoon"), (extras("lid,spoon"), vec!["strap".to_owned()], 0));
        assert_eq!(read("extras", "strap"), (vec![], vec!["strap".to_owned()], 0));
        assert_eq!(read("extras", ""), (extras(""), vec![], 0));
        assert_eq!(read("extras", "lid,spoon,box"), (vec![], vec![], 1));
        assert_eq!(read("extras", "lid,spoon,box,strap"), (vec![], vec!["strap".to_owned()], 1));
    }

    #[test]
    fn what_is_out_of_bounds_is_to_be_shown_again() {
        assert_eq!(read("height", "99"), (vec![], vec![], 1));
        assert_eq!(read("hight", "9"), (vec![], vec!["9".to_owned()], 0));
    }
}

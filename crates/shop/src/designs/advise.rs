//! What suits a shopper best: the best valid design for what matters to them, within a price and a time.

use std::collections::BTreeMap;

use configurator::needs::{Advisor, Needs, Why};
use configurator::{AttributeId, Choices, Design, Quote, Value};
use personalize::{Evidence, Level, Part, Start, StartingDesign};

use super::opened::Opened;
use super::read::read_choices;
use crate::error::ShopError;
use crate::shop::Shop;

/// What a shopper asks for beside the design that they have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How much each benefit matters, by code.
    pub weights: BTreeMap<String, u8>,
    /// Codes of the choices that may change.
    pub let_go: Vec<String>,
    /// The most to pay, in minor units; what the present design costs where it is not said.
    pub most: Option<i64>,
    /// Most days from order to dispatch.
    pub most_days: Option<u32>,
}

impl Asked {
    /// Weights as an address has them: `comfort.3,range.1`.
    #[must_use]
    pub fn write_weights(weights: &BTreeMap<String, u8>) -> String {
        let counted = weights.iter().filter(|(_, weight)| **weight > 0);
        counted.map(|(code, weight)| format!("{code}.{weight}")).collect::<Vec<_>>().join(",")
    }

    /// Reads what [`Asked::write_weights`] wrote; what is none is left out.
    #[must_use]
    pub fn read_weights(text: &str) -> BTreeMap<String, u8> {
        let pair = |part: &str| {
            let (code, weight) = part.split_once('.')?;
            Some((code.to_owned(), weight.parse::<u8>().ok()?.min(Needs::MOST)))
        };
        text.split(',').filter_map(pair).collect()
    }
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// What it was worked out for.
    pub needs: Needs,
    /// The most to pay, in minor units.
    pub most: i64,
    /// Of the best design for every price: its price in minor units, and what it is worth by the weights.
    pub steps: Vec<(i64, i64)>,
    /// The best within the price; nothing where all cost more, or take longer.
    pub proposal: Option<Proposal>,
    /// What the next step up is, where there is one.
    pub next: Option<Next>,
    /// Where nothing is cheap or quick enough: what letting go of one choice would bring the lowest price down to, the
    /// lowest first.
    pub without: Vec<(AttributeId, i64)>,
}

/// The best design within a price.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The design, valid.
    pub design: Design,
    /// What it costs.
    pub quote: Quote,
    /// Why each attribute has its value.
    pub reasons: Vec<(AttributeId, Why)>,
    /// Its picture, as SVG.
    pub picture: String,
}

/// A step up.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// What it costs in minor units.
    pub price: i64,
    /// What it has otherwise.
    pub changes: Vec<(AttributeId, Value)>,
}

impl Shop {
    /// Proposes the best valid design beside an opened one. `None` where the product names no benefits, or can't be asked.
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn advise(&self, opened: &Opened, asked: Asked) -> Result<Option<Advice>, ShopError> {
        let opened = opened.clone();
        self.executor.run(move || advise(&opened, asked)).await
    }
}

fn advise(opened: &Opened, asked: Asked) -> Option<Advice> {
    let product = &opened.product;
    let advisor = product.advisor(&opened.design)?;
    let kept = opened.choices.iter().filter(|(id, _)| !asked.let_go.contains(&product.attribute(*id).code));
    let kept = kept.fold(Choices::new(), |kept, (id, value)| kept.with(id, value.clone()));
    let needs = Needs { weights: asked.weights, kept, most_days: asked.most_days };
    let most = asked.most.unwrap_or_else(|| product.quote(&opened.design).total.amount);
    let staircase = advisor.staircase(&needs)?;
    let steps = staircase.steps();
    let place = staircase.within(most);
    let design = |place: usize| staircase.design(steps.get(place)?);
    let proposed = place.and_then(design);
    let next =
        steps.get(place.map_or(0, |place| place + 1)).filter(|_| proposed.is_some()).and_then(|next| {
            let (design, now) = (staircase.design(next)?, proposed.as_ref()?);
            let is_other =
                |(id, value): &(AttributeId, &Value)| **value != Value::Absent && now.value(*id) != *value;
            let changes = design.iter().filter(is_other);
            let changes = changes.map(|(id, value)| (id, value.clone())).collect();
            Some(Next { price: next.price, changes })
        });
    let without = if proposed.is_none() { without(&advisor, &needs) } else { Vec::new() };
    let proposal = proposed.map(|design| Proposal {
        quote: product.quote(&design),
        reasons: design.to_choices().iter().map(|(id, _)| (id, product.why(&needs, &design, id))).collect(),
        picture: preview::compose(product, &opened.revision.bundle.drawings, &design),
        design,
    });
    let steps = steps.iter().map(|step| (step.price, step.worth)).collect();
    Some(Advice { needs, most, steps, proposal, next, without })
}

/// What letting go of each choice would bring the lowest price down to.
fn without(advisor: &Advisor, needs: &Needs) -> Vec<(AttributeId, i64)> {
    let lowest = advisor.lowest_price(&needs.kept, needs.most_days);
    let lower = needs.kept.iter().filter_map(|(id, _)| {
        let others = needs.kept.iter().filter(|(other, _)| *other != id);
        let others = others.fold(Choices::new(), |others, (id, value)| others.with(id, value.clone()));
        let price = advisor.lowest_price(&others, needs.most_days)?;
        lowest.is_none_or(|lowest| price < lowest).then_some((id, price))
    });
    let mut found: Vec<_> = lower.collect();
    found.sort_by_key(|(_, price)| *price);
    found
}

/// The design that a shopper took from a proposal, which others departed from: completed, should it not be whole or valid
/// any more. With it the start as far as the product knows what it says: addresses can say anything.
pub(crate) fn taken(
    product: &configurator::Configured,
    asked: &str,
    base: &[(String, String)],
) -> (Start, StartingDesign) {
    let choices = read_choices(product, base).choices;
    let known = |code: &str| product.benefits.iter().find(|benefit| benefit.code == code);
    let mut weights = Asked::read_weights(asked);
    weights.retain(|code, weight| *weight > 0 && known(code).is_some());
    let start = Start::Needs { asked: Asked::write_weights(&weights), base: product.write_choices(&choices) };
    let Ok(design) = product.complete(&choices, product.standard()) else {
        return (start, StartingDesign::standard(product));
    };
    let mut heaviest: Vec<(&String, &u8)> = weights.iter().collect();
    heaviest.sort_by_key(|(_, weight)| std::cmp::Reverse(**weight));
    let labels = heaviest.into_iter().filter_map(|(code, _)| known(code));
    let benefits = labels.map(|benefit| benefit.label.clone()).collect();
    let needs = Needs { weights, ..Needs::default() };
    let part = |(id, value)| match product.why(&needs, &design, id) {
        Why::Serves(_) => Part::SERVES,
        _ if value != product.standard().value(id) => Part::COMES_ALONG,
        _ => Part::STANDARD,
    };
    let level = Level::Needs { benefits };
    let of_part = |agreeing| Evidence { level: level.clone(), agreeing, ..Evidence::STANDARD };
    let evidence = design.iter().map(part).map(of_part).collect();
    (start, StartingDesign { design, level, evidence, suggested: Vec::new(), recommended: Vec::new() })
}

//! What suits a shopper best: the best valid design for what matters to them, within a price and a time.

use std::collections::BTreeMap;
use std::rc::Rc;

use configurator::needs::{Advisor, Needs, Staircase, Step, Why};
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
    /// Codes of the attributes whose choice, measure or least that is enough does not count any more.
    pub let_go: Vec<String>,
    /// The most to pay, in minor units; where it is not said, what the present design costs, or the least that there is.
    pub most: Option<i64>,
    /// Most days from order to dispatch; fewer than none where nothing is quick enough.
    pub most_days: Option<i64>,
    /// The answer about use, by code: what is proposed is enough for it.
    pub stated_use: Option<String>,
}

impl Asked {
    /// What mattered and what was let go of, as the address of a design that was taken has them: `comfort.3,range.1,litres.free`.
    /// Limits and the use are not in it: the design's own price and what was agreed to say those.
    #[must_use]
    pub fn write(&self) -> String {
        let counted = self.weights.iter().filter(|(_, weight)| **weight > 0);
        let weights = counted.map(|(code, weight)| format!("{code}.{weight}"));
        let let_go = self.let_go.iter().map(|code| format!("{code}.{FREE}"));
        weights.chain(let_go).collect::<Vec<_>>().join(",")
    }

    /// Reads what [`Asked::write`] wrote; what is none of it is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut asked = Self::default();
        for (code, said) in text.split(',').filter_map(|part| part.split_once('.')) {
            match said.parse::<u8>() {
                Ok(weight) => {
                    asked.weights.insert(code.to_owned(), weight.min(Needs::MOST));
                }
                Err(_) if said == FREE => asked.let_go.push(code.to_owned()),
                Err(_) => {}
            }
        }
        asked
    }
}

/// Stands behind the code of an attribute that was let go of.
const FREE: &str = "free";

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// What it was worked out for.
    pub needs: Needs,
    /// The most to pay, in minor units.
    pub most: i64,
    /// The best design for every price, the cheapest first.
    pub steps: Vec<PriceStep>,
    /// The place of the best within the price among them, with its picture as SVG; nothing where all cost more, or take longer.
    pub best: Option<(usize, String)>,
    /// Where nothing is cheap or quick enough: what letting go of one choice, measure or least that is enough would bring the
    /// lowest price down to, the lowest first; where none alone does, what letting go of two would.
    pub without: Vec<(Vec<AttributeId>, i64)>,
    /// The lowest price that these needs leave, in minor units.
    pub lowest: Option<i64>,
    /// Measures that can be let go of: they stay as they are until then, chosen or not.
    pub measures: Vec<AttributeId>,
    /// Whether there is nothing that has what was chosen and is enough for the use. Then that is left out.
    pub lacks_enough: bool,
    /// Where nothing is quick enough: the fewest days from order to dispatch.
    pub fewest_days: Option<u32>,
}

impl Advice {
    /// The best within the price.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        self.best.as_ref().and_then(|(place, _)| self.proposal_at(*place))
    }

    /// The design of a step, where it was worked out.
    #[must_use]
    pub fn proposal_at(&self, place: usize) -> Option<&Proposal> {
        self.steps.get(place)?.proposal.as_ref()
    }

    /// What the step after one has otherwise.
    #[must_use]
    pub fn next(&self, place: usize) -> Option<(i64, Vec<(AttributeId, &Value)>)> {
        let (now, next) = (self.proposal_at(place)?, self.proposal_at(place + 1)?);
        let is_other =
            |(id, value): &(AttributeId, &Value)| **value != Value::Absent && now.design.value(*id) != *value;
        Some((self.steps[place + 1].price, next.design.iter().filter(is_other).collect()))
    }
}

/// The best design for a price.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceStep {
    /// What it costs in minor units.
    pub price: i64,
    /// What it is worth by the weights.
    pub worth: i64,
    /// The design: of all steps where there are few, else of the one that is proposed and the next.
    pub proposal: Option<Proposal>,
}

/// A design that is the best for its price.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The design, valid.
    pub design: Design,
    /// What it costs.
    pub quote: Quote,
    /// Why each attribute has its value.
    pub reasons: Vec<(AttributeId, Why)>,
}

/// Of so many steps all designs are worked out, so that a page needs to ask for no other one.
const FEW_STEPS: usize = 200;

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
    let most = asked.most;
    let (needs, lacks_enough) = needed(opened, &advisor, asked);
    let steps = steps(&advisor, &needs)?;
    let now = product.quote(&opened.design).total.amount;
    let most = most.unwrap_or_else(|| steps.first().map_or(now, |(_, step)| step.price.max(now)));
    let place = steps.partition_point(|(_, step)| step.price <= most).checked_sub(1);
    let is_near = |at: usize| place.is_some_and(|place| at == place || at == place + 1);
    let propose = |design: Design, needs: &Needs| Proposal {
        quote: product.quote(&design),
        reasons: design.to_choices().iter().map(|(id, _)| (id, product.why(needs, &design, id))).collect(),
        design,
    };
    let is_few = steps.len() <= FEW_STEPS;
    let step = |(at, (staircase, step)): (usize, &(Rc<Found>, Step))| {
        let design = (is_few || is_near(at)).then(|| staircase.steps.design(step)).flatten();
        let proposal = design.map(|design| propose(design, &staircase.needs));
        PriceStep { price: step.price, worth: step.worth, proposal }
    };
    let steps: Vec<PriceStep> = steps.iter().enumerate().map(step).collect();
    let best = place.and_then(|place| {
        let proposal = steps.get(place)?.proposal.as_ref()?;
        Some((place, preview::compose(product, &opened.revision.bundle.drawings, &proposal.design)))
    });
    let without = if best.is_none() { without(&advisor, &needs) } else { Vec::new() };
    let fewest_days = if steps.is_empty() { advisor.fewest_days(&needs) } else { None };
    let lowest = steps.first().map(|step| step.price);
    let measures = advisor.measures().collect();
    Some(Advice { needs, most, steps, best, without, fewest_days, lowest, measures, lacks_enough })
}

/// What is asked for; and whether there is nothing that has what was chosen and is enough for the use. Then everything is enough.
fn needed(opened: &Opened, advisor: &Advisor, asked: Asked) -> (Needs, bool) {
    let product = &opened.product;
    let is_let_go = |id: AttributeId| asked.let_go.contains(&product.attribute(id).code);
    let kept = opened.choices.iter().filter(|(id, _)| !is_let_go(*id));
    let kept = kept.fold(Choices::new(), |kept, (id, value)| kept.with(id, value.clone()));
    let answers = product.uses.iter().flat_map(|uses| &uses.answers);
    let stated = answers.filter(|answer| asked.stated_use.as_ref() == Some(&answer.code));
    let enough = stated.flat_map(|answer| product.enough_for(answer));
    let mut needs = Needs {
        enough: enough.filter(|(id, _)| !is_let_go(*id) && kept.get(*id).is_none()).collect(),
        free: advisor.measures().filter(|id| is_let_go(*id)).collect(),
        weights: asked.weights,
        kept,
        most_days: asked.most_days,
        stays_near: false,
    };
    let lacks = !needs.enough.is_empty() && advisor.fewest_days(&needs).is_none();
    if lacks {
        needs.enough.clear();
    }
    (needs, lacks)
}

/// The best for every price, with what it was found by.
struct Found<'a> {
    needs: Needs,
    steps: Staircase<'a>,
}

/// The best for every price, the cheapest first. Of designs that serve as well, the one that leaves alone what serves nothing is
/// the step where the price has room for it.
fn steps<'a>(advisor: &'a Advisor<'a>, needs: &Needs) -> Option<Vec<(Rc<Found<'a>>, Step)>> {
    let found = |needs: Needs| Some(Rc::new(Found { steps: advisor.staircase(&needs)?, needs }));
    let (any, near) = (found(needs.clone())?, found(Needs { stays_near: true, ..needs.clone() })?);
    let all = any.steps.steps();
    let mut steps = Vec::with_capacity(2 * all.len());
    for (at, step) in all.iter().enumerate() {
        let own = near.steps.steps().iter().find(|own| own.worth >= step.worth);
        let own = own.filter(|own| all.get(at + 1).is_none_or(|next| own.price < next.price));
        if own.is_none_or(|own| own.price > step.price) {
            steps.push((Rc::clone(&any), *step));
        }
        steps.extend(own.map(|own| (Rc::clone(&near), *own)));
    }
    Some(steps)
}

/// Of so many that can be let go of, two at once are tried.
const FEW_TO_PAIR: usize = 12;
/// Most pairs that are told.
const MOST_PAIRS: usize = 3;

/// What letting go of each choice, measure or least that is enough would bring the lowest price down to; or of two of them.
fn without(advisor: &Advisor, needs: &Needs) -> Vec<(Vec<AttributeId>, i64)> {
    let price = |needs: &Needs| advisor.cheapest(needs).map(|(price, _)| price);
    let lowest = price(needs);
    let lower = |ids: Vec<AttributeId>| {
        let price = price(&ids.iter().fold(needs.clone(), |less, id| let_go(advisor, less, *id)))?;
        lowest.is_none_or(|lowest| price < lowest).then_some((ids, price))
    };
    let chosen = needs.kept.iter().map(|(id, _)| id);
    let measures = advisor.measures().filter(|id| needs.kept.get(*id).is_none() && !needs.free.contains(id));
    let all: Vec<AttributeId> =
        chosen.chain(measures).chain(needs.enough.iter().map(|(id, _)| *id)).collect();
    let mut found: Vec<_> = all.iter().filter_map(|id| lower(vec![*id])).collect();
    if found.is_empty() && all.len() <= FEW_TO_PAIR {
        let pairs = all.iter().enumerate().flat_map(|(at, one)| {
            let others = all.iter().skip(at + 1);
            others.map(move |other| vec![*one, *other])
        });
        found = pairs.filter_map(lower).collect();
        found.sort_by_key(|(_, price)| *price);
        found.truncate(MOST_PAIRS);
    }
    found.sort_by_key(|(_, price)| *price);
    found
}

/// The same needs with one choice, measure or least that is enough less.
fn let_go(advisor: &Advisor, mut needs: Needs, id: AttributeId) -> Needs {
    needs.kept = needs.kept.without(id);
    needs.enough.retain(|(known, _)| *known != id);
    needs.free.extend(advisor.measures().filter(|known| *known == id));
    needs
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
    let mut asked = Asked::read(asked);
    asked.weights.retain(|code, weight| *weight > 0 && known(code).is_some());
    asked.let_go.retain(|code| product.by_code(code).is_some());
    asked.let_go.sort();
    asked.let_go.dedup();
    let start = Start::Needs { asked: asked.write(), base: product.write_choices(&choices) };
    let Ok(design) = product.complete(&choices, product.standard()) else {
        return (start, StartingDesign::standard(product));
    };
    let mut heaviest: Vec<(&String, &u8)> = asked.weights.iter().collect();
    heaviest.sort_by_key(|(_, weight)| std::cmp::Reverse(**weight));
    let heaviest: Vec<String> = heaviest.into_iter().map(|(code, _)| code.clone()).collect();
    let level = |codes: &[String]| {
        let labels = codes.iter().filter_map(|code| known(code));
        Level::Needs { benefits: labels.map(|benefit| benefit.label.clone()).collect() }
    };
    let needs = Needs { weights: asked.weights, ..Needs::default() };
    // Each says for which benefits it is there itself.
    let part = |(id, value)| match product.why(&needs, &design, id) {
        Why::Serves(codes) => (Part::SERVES, level(&codes)),
        _ if value != product.standard().value(id) => (Part::COMES_ALONG, level(&[])),
        _ => (Part::STANDARD, level(&[])),
    };
    let of_part = |(agreeing, level)| Evidence { level, agreeing, ..Evidence::STANDARD };
    let evidence = design.iter().map(part).map(of_part).collect();
    let level = level(&heaviest);
    (start, StartingDesign { design, level, evidence, suggested: Vec::new(), recommended: Vec::new() })
}

#[cfg(test)]
mod tests {
    use configurator::needs::Needs;

    use super::Asked;

    #[test]
    fn what_was_asked_for_is_read_as_it_was_written() {
        let asked = Asked {
            weights: [("comfort".to_owned(), 3), ("range".to_owned(), 1)].into(),
            let_go: vec!["comfort".to_owned(), "litres".to_owned()],
            ..Asked::default()
        };
        assert_eq!(asked.write(), "comfort.3,range.1,comfort.free,litres.free");
        assert_eq!(Asked::read(&asked.write()), asked);
        let junk = Asked::read("comfort.99,,x,y.z,litres.free.free,.");
        assert_eq!(junk, Asked { weights: [("comfort".to_owned(), Needs::MOST)].into(), ..Asked::default() });
    }
}

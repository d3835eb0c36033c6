//! Why the defaults of a design are as they are: which level spoke for each, on what evidence.

use configurator::{AttributeId, StartPolicy, Value};
use personalize::asker::Group;
use personalize::gate::Tried;
use personalize::{Evidence, Start};

use crate::designs::{Consent, Opened};
use crate::error::ShopError;
use crate::shop::Shop;

/// Where a value of a design comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// It is always so.
    Always,
    /// The shopper chose it.
    Chosen,
    /// It had to become another one, as choices have it.
    Adjusted,
    /// It is the default.
    Default(Evidence),
}

/// Why an attribute has its value.
#[derive(Clone, Debug, PartialEq)]
pub struct WhyDefault {
    /// The attribute.
    pub attribute: AttributeId,
    /// Where its value comes from.
    pub source: Source,
    /// Of a default that is learnt: the orders kept aside that it was held to, and how many of them had it.
    pub tried: Option<Tried>,
    /// Another value that is probable and not sure enough.
    pub suggested: Option<(Value, Evidence)>,
}

/// Why a design starts as it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// How this shopper starts: as the product's setting has it, or the experiment that they are in.
    pub policy: StartPolicy,
    /// Whether that is so because ways to begin are compared.
    pub is_compared: bool,
    /// The use that they stated, where their start is chosen by it.
    pub stated_use: Option<String>,
    /// Whether a model of the product is there.
    pub is_learnt: bool,
    /// How many orders of the shopper's own speak.
    pub orders: u32,
    /// How many designs that they keep.
    pub kept: u32,
    /// Groups that they are of, whose orders speak before those of their use; each with how many those are, and how many of them are
    /// synthetic.
    pub like: Vec<(Group, (u32, u32))>,
    /// The orders that speak: of the shopper's use, and of everybody; each with how many of them are synthetic.
    pub own: (u32, u32),
    /// The same of everybody.
    pub everybody: (u32, u32),
    /// By attribute that the design has.
    pub defaults: Vec<WhyDefault>,
}

impl Shop {
    /// Why the defaults of an opened design are as they are.
    ///
    /// # Errors
    /// The store failed.
    pub async fn why(&self, opened: &Opened, consent: &Consent) -> Result<Why, ShopError> {
        let visitor = consent.visitor.as_deref().filter(|_| consent.given);
        let treated = self.treated(&opened.revision.slug, visitor).await?;
        let policy = treated.start(opened.revision.start_policy());
        let model = match policy {
            StartPolicy::Learnt => self.model(&opened.revision).await?,
            StartPolicy::Frequent | StartPolicy::Standard => None,
        };
        let learnt = model.as_ref().map(|model| &model.learnt);
        let stated_use = match &opened.start {
            Start::Personal { stated_use, .. } if policy != StartPolicy::Standard => {
                treated.of_use(opened.revision.known_use(stated_use.as_deref()))
            }
            Start::Personal { .. } | Start::Standard | Start::Needs { .. } => None,
        };
        let own = match &opened.start {
            Start::Personal { .. } => self.own_start(&opened.revision, stated_use, consent, treated).await?,
            Start::Standard | Start::Needs { .. } => None,
        };
        let (orders, kept) = own.as_ref().map_or((0, 0), |own| (own.orders, own.kept));
        let like = own.as_ref().map(|own| own.like.clone()).unwrap_or_default();
        let own = own.as_ref().map(|own| &own.start);
        let start = own.or_else(|| learnt.and_then(|learnt| learnt.start(stated_use)));
        let product = &opened.product;
        let why = |(attribute, value): (AttributeId, &Value)| {
            let default = &opened.default;
            let source = if product.attribute(attribute).locked {
                Source::Always
            } else if opened.choices.get(attribute).is_some() {
                Source::Chosen
            } else if value == default.design.value(attribute) {
                Source::Default(default.evidence(attribute))
            } else {
                Source::Adjusted
            };
            let is_learnt = matches!(&source, Source::Default(evidence) if evidence.sure > 0);
            let reasoned =
                start.and_then(|start| start.reasoned.iter().find(|one| one.attribute == attribute));
            let tried = reasoned.filter(|_| is_learnt).and_then(|reasoned| reasoned.decision.tried);
            let is_open = matches!(source, Source::Default(_));
            let suggested = default.suggested.iter().filter(|_| is_open).find(|(id, ..)| *id == attribute);
            let suggested = suggested.map(|(_, value, evidence)| (value.clone(), evidence.clone()));
            WhyDefault { attribute, source, tried, suggested }
        };
        let there = opened.design.iter().filter(|(_, value)| **value != Value::Absent);
        let of = |stated_use| learnt.map_or((0, 0), |learnt| learnt.past().of(stated_use));
        let of_group = |group: &Group| learnt.map_or((0, 0), |learnt| learnt.past().of_group(group));
        Ok(Why {
            kept,
            like: like.into_iter().map(|group| (group.clone(), of_group(&group))).collect(),
            policy,
            is_compared: treated.sets_start(),
            stated_use: stated_use.map(str::to_owned),
            is_learnt: learnt.is_some(),
            orders,
            own: if stated_use.is_some() { of(stated_use) } else { (0, 0) },
            everybody: of(None),
            defaults: there.map(why).collect(),
        })
    }
}

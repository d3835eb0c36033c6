//! What a visit to a product's page adds to the sums, and what an order does.

use std::collections::BTreeSet;

use configurator::{AttributeId, OptionId, Product, RevisionNumber, Slug, Value};
use words::Language;

use super::count::{Count, CountKind};
use super::store::DayCount;
use crate::designs::{Consent, DesignAddress, Opened};
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::orders::order::{OrderedValue, ValueOrigin};
use crate::shop::Shop;

/// Most options asked for while blocked of which the rules are looked for; that takes thinking.
const MOST_ASKED: usize = 8;

/// What a page tells of a visit when it is left. Each thing is told once in a visit; in which order is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// Whether nothing was told of this visit before.
    pub is_new: bool,
    /// Codes of steps that came into view.
    pub steps_seen: Vec<String>,
    /// Codes of steps in which something was changed.
    pub steps_changed: Vec<String>,
    /// The step of what was acted on last, where the page was left for good. It is not counted of who went on to the order form.
    pub left: Option<String>,
    /// What was acted on last, as `left` has it: an attribute with an option, which is empty where the attribute has none.
    pub left_at: Option<(String, String)>,
    /// Codes of attributes that came into view.
    pub seen: Vec<String>,
    /// Codes of attributes that were changed.
    pub changed: Vec<String>,
    /// Attributes with options that came into view.
    pub shown: Vec<(String, String)>,
    /// Attributes with options that were chosen by hand.
    pub chosen: Vec<(String, String)>,
    /// Options that were asked for while they were blocked.
    pub asked: Vec<AskedWhileBlocked>,
    /// Whether it went on to the order form.
    pub went_to_order: bool,
}

/// An option that was asked for while it was blocked.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedWhileBlocked {
    /// The attribute's code.
    pub attribute: String,
    /// The option's code.
    pub option: String,
    /// The design at that moment. It is asked what of it, and which rules, were in the way, and not kept.
    pub design: DesignAddress,
}

impl Shop {
    /// Counts what a page told of a visit on this day. Codes that the revision has not are left out, and so is what was not blocked.
    ///
    /// # Errors
    /// There is no such product or revision, or the store failed.
    pub async fn count_visit(
        &self,
        slug: &Slug,
        revision: RevisionNumber,
        visit: Visit,
    ) -> Result<(), ShopError> {
        if is_preview(slug) {
            return Ok(());
        }
        let found = self.as_published(slug, revision).await?;
        let mut counts = counted(found.product.product(), &visit);
        for asked in visit.asked.into_iter().take(MOST_ASKED) {
            counts.extend(self.asked(slug, revision, asked).await);
        }
        self.count(slug, counts);
        Ok(())
    }

    /// Counts an order that was placed from a product's page.
    pub fn count_order(&self, opened: &Opened) {
        self.count(&opened.revision.slug, ordered(opened));
    }

    fn count(&self, slug: &Slug, counts: BTreeSet<Count>) {
        let day = self.today();
        let counts = counts.into_iter();
        self.counts.add(counts.map(|count| DayCount { slug: slug.clone(), day, count, times: 1 }));
    }

    /// An option that was asked for, with the rules and the chosen options that were in the way. Where that can't be found out now, nothing: it may not have
    /// been blocked.
    async fn asked(&self, slug: &Slug, revision: RevisionNumber, asked: AskedWhileBlocked) -> Vec<Count> {
        let AskedWhileBlocked { attribute, option, design } = asked;
        let address = DesignAddress { revision: Some(revision), ..design };
        let opened = self.open_design(slug, &address, &Consent::default(), Language::ENGLISH).await;
        let Ok(opened) = opened else { return Vec::new() };
        let find = move || barred(&opened, &attribute, &option).unwrap_or_default();
        self.executor.run(find).await.unwrap_or_default()
    }
}

/// The option, and the rules and chosen options in its way; nothing where there is no such option or none is blocked.
fn barred(opened: &Opened, attribute: &str, option: &str) -> Option<Vec<Count>> {
    let product = &opened.product;
    let (id, wanted) = find(product, attribute, option)?;
    let value = match opened.design.value(id) {
        Value::Options(chosen) => Value::Options(chosen.toggled(wanted)),
        _ => Value::Option(wanted),
    };
    let reason = product.explain_blocked(&opened.choices, id, &value).ok()??;
    let rules = reason.rules.iter().map(|rule| Count::barred(attribute, option, &product.rule(*rule).code));
    let asked = std::iter::once(Count::option(CountKind::Asked, attribute, option));
    let pairs = reason.obstacles.iter().filter(|obstacle| !obstacle.missing).flat_map(|obstacle| {
        let other = product.attribute(obstacle.attribute);
        let is_asked = move |option: OptionId| obstacle.attribute == id && option == wanted;
        let chosen = other
            .option_ids()
            .filter(move |(option, _)| obstacle.value.includes(*option) && !is_asked(*option));
        chosen.map(|(_, chosen)| Count::paired(attribute, option, (&other.code, &chosen.code)))
    });
    Some(asked.chain(rules).chain(pairs).collect())
}

fn find(product: &Product, attribute: &str, option: &str) -> Option<(AttributeId, OptionId)> {
    let id = product.by_code(attribute)?;
    Some((id, product.attribute(id).option_by_code(option)?))
}

/// Each thing once, of what the product has.
fn counted(product: &Product, visit: &Visit) -> BTreeSet<Count> {
    let mut counts = BTreeSet::new();
    let has_step = |code: &&String| product.steps.iter().any(|step| step.code == **code);
    for (kind, steps) in
        [(CountKind::StepSeen, &visit.steps_seen), (CountKind::StepChanged, &visit.steps_changed)]
    {
        counts.extend(steps.iter().filter(has_step).map(|code| Count::at(kind, code)));
    }
    let left = visit.left.iter().filter(|_| !visit.went_to_order).filter(has_step);
    counts.extend(left.map(|code| Count::at(CountKind::StepLeft, code)));
    let left_at = visit.left_at.iter().filter(|_| !visit.went_to_order);
    let is_known = |(attribute, option): &&(String, String)| match option.as_str() {
        "" => product.by_code(attribute).is_some(),
        option => find(product, attribute, option).is_some(),
    };
    counts.extend(
        left_at.filter(is_known).map(|(attribute, option)| Count::option(CountKind::Left, attribute, option)),
    );
    for (kind, attributes) in [(CountKind::Seen, &visit.seen), (CountKind::Changed, &visit.changed)] {
        let known = attributes.iter().filter(|code| product.by_code(code).is_some());
        counts.extend(known.map(|code| Count::at(kind, code)));
    }
    for (kind, options) in [(CountKind::Shown, &visit.shown), (CountKind::Chosen, &visit.chosen)] {
        let known = options.iter().filter(|(attribute, option)| find(product, attribute, option).is_some());
        counts.extend(known.map(|(attribute, option)| Count::option(kind, attribute, option)));
    }
    counts.extend(visit.is_new.then(|| Count::of(CountKind::Visit)));
    counts.extend(visit.went_to_order.then(|| Count::of(CountKind::OrderForm)));
    counts
}

/// What an order counted that was placed with this design, as [`Shop::count_order`] counts it. Values that are no options are in no sum.
#[must_use]
pub fn ordered_of(design: &[OrderedValue]) -> BTreeSet<Count> {
    let mut counts = BTreeSet::from([Count::of(CountKind::Order)]);
    for OrderedValue { code, value, origin, .. } in design {
        let is_kept = matches!(origin, ValueOrigin::AlwaysSo | ValueOrigin::Default { .. });
        for option in value.split(',').filter(|option| !option.is_empty()) {
            counts.insert(Count::option(CountKind::Ordered, code, option));
            if is_kept {
                counts.insert(Count::option(CountKind::Kept, code, option));
            }
        }
    }
    counts
}

/// What an order has, and what of it is as the start had it.
fn ordered(opened: &Opened) -> BTreeSet<Count> {
    let product = &opened.product;
    let mut counts = BTreeSet::from([Count::of(CountKind::Order)]);
    for (id, value) in opened.design.iter() {
        let attribute = product.attribute(id);
        let is_kept = opened.choices.get(id).is_none() && opened.default.design.value(id) == value;
        for (_, option) in attribute.option_ids().filter(|(option, _)| value.includes(*option)) {
            counts.insert(Count::option(CountKind::Ordered, &attribute.code, &option.code));
            if is_kept {
                counts.insert(Count::option(CountKind::Kept, &attribute.code, &option.code));
            }
        }
    }
    counts
}

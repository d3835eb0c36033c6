//! Retiring an option: what it would do to the draft, to saved designs and to orders, and doing it.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::source::Source;
use configurator::{Choices, Configured, Design, Problem, Product, RevisionNumber, Slug};
use words::Language;

use super::draft::Draft;
use super::gate_store::{ReplayDesignRow, ReplayOrderRow};
use super::replay::{MOST_DESIGNS, MOST_NAMED, MOST_ORDERS, completed};
use super::retire::{Becomes, Referring, Retiring, label, retire};
use crate::catalogue::bundle::{Bundle, inspect};
use crate::catalogue::revision::Revision;
use crate::designs::PriceChange;
use crate::error::ShopError;
use crate::orders::order::{Order, OrderNumber};
use crate::shop::Shop;

/// How many saved designs are looked at in a turn, so that others get theirs in between.
const AT_ONCE: usize = 50;

/// Why an option is not retired.
#[derive(Debug, thiserror::Error)]
pub enum RetireError {
    /// The draft has no such option.
    #[error("the draft has no option '{option}' of '{attribute}'; choose one of those on the editor's page")]
    NoOption {
        /// What came for the attribute's code.
        attribute: String,
        /// What came for the option's code.
        option: String,
    },
    /// What refers to it can't be told before the draft's own problems are mended.
    #[error("the draft has {} problems of its own; mend those first", .0.len())]
    Unsound(Vec<Problem>),
    /// Something would hold for nothing without it.
    #[error("something needs this option; choose a successor, or change that first")]
    Unclear,
    /// Anything else; [`ShopError::DraftChanged`] when somebody saved the draft meanwhile.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// What retiring an option would do.
#[derive(Clone, Debug)]
pub struct Retirement {
    /// The draft as it is.
    pub draft: Draft,
    /// What people call the attribute.
    pub attribute: String,
    /// What people call the option.
    pub option: String,
    /// Options that may stand for it: codes and names.
    pub successors: Vec<(String, String)>,
    /// What is retired; a successor that there is not is left out.
    pub retiring: Retiring,
    /// Everything in the product that refers to it.
    pub referring: Vec<Referring>,
    /// Texts that name it and stay as they are.
    pub mentions: Vec<String>,
    /// What would keep the draft from being published then.
    pub problems: Vec<Problem>,
    /// Saved designs that have it, as far as they were looked at; nothing where the draft then has problems that leave that open.
    pub designs: Option<Substitutes>,
    /// How many orders have it; test orders are left out.
    pub ordered: u64,
    /// The newest of those.
    pub orders: Vec<Order>,
    bundle: Bundle,
}

impl Retirement {
    /// The product as the draft would be then.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.bundle.source
    }

    /// Whether it can be done as it is.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        !self.referring.iter().any(|referring| matches!(referring.becomes, Becomes::Unclear(_)))
    }
}

/// What comes nearest to saved designs that have a retired option.
#[derive(Clone, Debug, Default)]
pub struct Substitutes {
    /// How many saved designs there are.
    pub all: u64,
    /// How many were looked at, those kept last.
    pub judged: u64,
    /// How many of those have the option.
    pub having: u64,
    /// Different ones among them, the most frequent first, and no more than fit on a page.
    pub designs: Vec<Substitute>,
}

/// What comes nearest to a saved design.
#[derive(Clone, Debug)]
pub struct Substitute {
    /// How many designs are the same.
    pub count: u64,
    /// The design: what is other than in the standard, in words.
    pub design: String,
    /// What changes, and the price; nothing where no design is left, or it takes too long to find one.
    pub change: Option<PriceChange>,
}

impl Shop {
    /// What retiring an option of a draft would do, in the language of who asks.
    ///
    /// # Errors
    /// See [`RetireError`]; [`RetireError::Unclear`] is not among them here.
    pub async fn retirement(
        &self,
        slug: &Slug,
        retiring: Retiring,
        language: Language,
    ) -> Result<Retirement, RetireError> {
        let draft = self.draft(slug).await?;
        let (judged, asked) = (draft.clone(), retiring.clone());
        let work = move || prepared(judged, asked, language);
        let (mut found, after) = self.executor.run(work).await??;
        let live = self.published(&found.draft.slug).await?;
        let (ordered, orders) = self.orders_with(&found.draft.slug, &found.retiring).await?;
        (found.ordered, found.orders) = (ordered, orders);
        if let Some(after) = after {
            let designs = self.substitutes(&found.draft.slug, live, after, &found.retiring).await?;
            found.designs = Some(designs);
        }
        Ok(found)
    }

    /// Takes an option out of a draft with everything that refers to it, if nobody saved the draft since `version`. The draft's
    /// undo takes it back.
    ///
    /// # Errors
    /// See [`RetireError`]; nothing is changed then.
    pub async fn retire(
        &self,
        slug: &Slug,
        retiring: Retiring,
        (version, base): (i64, RevisionNumber),
        by: &str,
    ) -> Result<(), RetireError> {
        let draft = self.draft(slug).await?;
        if (draft.version, draft.base) != (version, base) {
            return Err(self.draft_changed(&draft.slug).await?.into());
        }
        let work = move || prepared(draft, retiring, Language::ENGLISH);
        let (mut found, _) = self.executor.run(work).await??;
        if !found.is_clear() {
            return Err(RetireError::Unclear);
        }
        let before = &found.draft.bundle.source;
        found.bundle.source.follow_originals(before, before, self.day_of_change());
        self.save_draft(&found.draft.slug, version, found.bundle, by).await?;
        Ok(())
    }

    /// How many of the newest orders have an option, and the newest of them.
    async fn orders_with(&self, slug: &Slug, retiring: &Retiring) -> Result<(u64, Vec<Order>), ShopError> {
        let (_, rows) = self.store.replay_orders(slug, MOST_ORDERS).await?;
        let has = |row: &ReplayOrderRow| {
            row.choices.iter().any(|(code, value)| {
                *code == retiring.attribute && value.split(',').any(|value| value == retiring.option)
            })
        };
        let found: Vec<OrderNumber> = rows.iter().filter(|row| has(row)).map(|row| row.number).collect();
        let mut orders = Vec::new();
        for number in found.iter().take(MOST_NAMED) {
            orders.extend(self.order_by_number(*number).await?);
        }
        Ok((found.len() as u64, orders))
    }

    async fn substitutes(
        &self,
        slug: &Slug,
        revision: Arc<Revision>,
        after: Configured,
        retiring: &Retiring,
    ) -> Result<Substitutes, ShopError> {
        let live = revision.product.clone();
        let (all, rows) = self.store.replay_designs(slug, MOST_DESIGNS).await?;
        let mut found = Substitutes { all, judged: rows.len() as u64, ..Substitutes::default() };
        let mut same: HashMap<Vec<(String, String)>, (u64, Design)> = HashMap::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<ReplayDesignRow> = rows.by_ref().take(AT_ONCE).collect();
            let (revision, live, retiring) = (Arc::clone(&revision), live.clone(), retiring.clone());
            let having = move || {
                let written = &revision.bundle.source;
                let designs = some.into_iter().filter_map(|row| completed(&live, written, row).ok());
                let having = designs.filter(|design| has(&live, design, &retiring));
                having.map(|design| (live.write_choices(&design.to_choices()), design)).collect::<Vec<_>>()
            };
            for (choices, design) in self.executor.run(having).await? {
                found.having += 1;
                same.entry(choices).or_insert((0, design)).0 += 1;
            }
        }
        let mut same: Vec<_> = same.into_iter().collect();
        same.sort_by(|(one, (ones, _)), (other, (others, _))| others.cmp(ones).then_with(|| one.cmp(other)));
        same.truncate(MOST_NAMED);
        let retiring = retiring.clone();
        let work = move || {
            let told = same.into_iter().map(|(_, (count, design))| {
                let change = nearest(&live, &after, &design, &retiring)
                    .map(|near| PriceChange::between((&live, &design), (&after, &near)));
                Substitute { count, design: in_words(&live, &design), change }
            });
            told.collect()
        };
        found.designs = self.executor.run(work).await?;
        Ok(found)
    }
}

/// What becomes of the draft alone, and the product that answers for it then, where that can be published.
fn prepared(
    draft: Draft,
    mut retiring: Retiring,
    language: Language,
) -> Result<(Retirement, Option<Configured>), RetireError> {
    let product = Product::check(&draft.bundle.source).map_err(RetireError::Unsound)?;
    let no_option =
        || RetireError::NoOption { attribute: retiring.attribute.clone(), option: retiring.option.clone() };
    let id = product.by_code(&retiring.attribute).ok_or_else(no_option)?;
    let option = label(&product, id, &retiring.option).ok_or_else(no_option)?;
    let attribute = product.attribute(id).label.clone();
    let options = product.attribute(id).option_ids().map(|(_, option)| option);
    let successors: Vec<(String, String)> = options
        .filter(|known| known.code != retiring.option && known.available)
        .map(|known| (known.code.clone(), known.label.clone()))
        .collect();
    retiring.successor = retiring.successor.filter(|code| successors.iter().any(|(known, _)| known == code));
    let mut bundle = draft.bundle.clone();
    let referring = retire(&mut bundle.source, &product, &retiring, language.admin());
    let referring = referring.ok_or_else(|| RetireError::NoOption {
        attribute: retiring.attribute.clone(),
        option: retiring.option.clone(),
    })?;
    let mentions = mentions(&bundle.source, &option);
    let (problems, after) = match inspect(&bundle) {
        Ok(after) => (Vec::new(), Some(after)),
        Err(problems) => (problems, without_designs(&bundle)),
    };
    let retirement = Retirement {
        draft,
        attribute,
        option,
        successors,
        retiring,
        referring,
        mentions,
        problems,
        designs: None,
        ordered: 0,
        orders: Vec::new(),
        bundle,
    };
    Ok((retirement, after))
}

/// What answers where nothing but ready-made designs is wrong.
fn without_designs(bundle: &Bundle) -> Option<Configured> {
    let mut bundle = bundle.clone();
    bundle.source.designs.clear();
    bundle.source.drop_stray_translations();
    inspect(&bundle).ok()
}

fn has(product: &Product, design: &Design, retiring: &Retiring) -> bool {
    let Some(attribute) = product.by_code(&retiring.attribute) else { return false };
    let mut options = product.attribute(attribute).option_ids();
    let option = options.find(|(_, option)| option.code == retiring.option);
    option.is_some_and(|(option, _)| design.value(attribute).includes(option))
}

/// The valid design nearest to one that has the option: with its successor where one has that, and else any.
fn nearest(live: &Product, after: &Configured, design: &Design, retiring: &Retiring) -> Option<Design> {
    let mut wanted = Choices::new();
    let mut reference = after.standard().clone();
    for (code, text) in live.write_choices(&design.to_choices()) {
        let is_its = code == retiring.attribute;
        let text = if is_its { replaced(&text, retiring) } else { text };
        let Ok((id, value)) = after.read_choice(&code, &text) else { continue };
        if is_its && retiring.successor.is_some() {
            wanted = wanted.with(id, value.clone());
        }
        reference = reference.with(id, value);
    }
    let reference = after.fitted(reference);
    let with_successor = after.complete(&wanted, &reference);
    with_successor.or_else(|_| after.complete(&Choices::new(), &reference)).ok()
}

/// A written value with the successor in the option's place.
fn replaced(text: &str, retiring: &Retiring) -> String {
    let mut left: Vec<&str> = Vec::new();
    for code in text.split(',') {
        let code = if code == retiring.option { retiring.successor.as_deref() } else { Some(code) };
        left.extend(code.filter(|code| !left.contains(code)));
    }
    left.join(",")
}

fn in_words(product: &Product, design: &Design) -> String {
    let told = product.differing(design, product.standard()).map(|(id, value)| {
        let words = product.describe(id, value);
        format!("{}: {words}", product.attribute(id).label)
    });
    told.collect::<Vec<_>>().join(product.words().engine.comma())
}

/// The texts for shoppers that name something.
fn mentions(source: &Source, name: &str) -> Vec<String> {
    let wanted = configurator::folded(name);
    let names = |text: &&String| {
        let text = configurator::folded(text);
        let mut found = text.match_indices(&wanted);
        found.any(|(at, found)| {
            let (before, after) = (&text[..at], &text[at + found.len()..]);
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    };
    let mut texts = vec![&source.name, &source.summary, &source.description];
    for attribute in &source.attributes {
        texts.push(&attribute.help);
        texts.extend(attribute.options.iter().map(|option| &option.description));
    }
    texts.extend(source.rules.iter().map(|rule| &rule.sentence));
    texts.extend(source.prices.iter().map(|price| &price.label));
    texts.extend(source.no_returns.iter().map(|why| &why.reason));
    for design in &source.designs {
        texts.extend([&design.label, &design.summary]);
    }
    texts.into_iter().filter(|text| !wanted.is_empty() && names(text)).cloned().collect()
}

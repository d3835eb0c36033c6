//! A draft looked into: what can be said at once, and then rule by rule, behind. Kept in memory by the draft's version; what a newer
//! draft replaces is given up between two questions, and so is what nobody waits for any more because it was forgotten. Another
//! replica, or the same after a restart, looks again.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use configurator::analysis::{Matter, NearestValid, Pairs, RuleSet};
use configurator::source::{ExpectSource, TestSource, ValueSource};
use configurator::{AttributeId, Configured, Design, OptionId, Product, RuleId, Slug, Value, Violation};
use tokio::sync::Semaphore;

use super::draft::Draft;
use super::lists::new_code;
use super::state::DraftState;
use super::studied::{Blamed, Found, Inside, Study, StudyKey};
use crate::catalogue::revision::Revision;
use crate::client::for_all;
use crate::error::ShopError;
use crate::executor::Executor;
use crate::shop::Shop;

/// A design judged by a draft.
#[derive(Clone, Debug)]
pub struct JudgedDesign {
    /// The design, of what could be read.
    pub design: Design,
    /// What can't be read: codes of attributes, and why.
    pub unreadable: Vec<(String, String)>,
    /// Why it is not valid: a rule where it is one, and the sentence.
    pub violations: Vec<Violation>,
    /// The nearest valid design where it is not: nothing where there is none.
    pub nearest: Option<NearestValid>,
    /// Whether it takes too long to find one.
    pub is_open: bool,
}

impl Shop {
    /// Looks into a draft, beside what is live of it, and says what stands between the two. What takes longer goes on behind, until the draft changes; where it stopped
    /// because the shop was busy, asking again goes on with it.
    ///
    /// # Errors
    /// The shop is busy, the live revision is not sound for this release, or the store failed.
    pub async fn study(&self, draft: &Draft) -> Result<(DraftState, Arc<Study>), ShopError> {
        let (state, study) = self.look_into(draft).await?;
        if !study.is_over() && !study.is_running.swap(true, Ordering::AcqRel) {
            let (weak, executor) = (Arc::downgrade(&study), self.executor.clone());
            tokio::spawn(for_all(async move {
                let _ = go_on(&weak, &executor).await;
                if let Some(study) = weak.upgrade() {
                    study.is_running.store(false, Ordering::Release);
                }
            }));
        }
        Ok((state, study))
    }

    /// What can be said at once of a draft, if it is known within `patience`: nothing more is looked for behind. Where it takes longer there
    /// is nothing, and it is worked out all the same for who asks again, one draft of a product at a time; one that changed before its turn is left out.
    ///
    /// # Errors
    /// As [`Shop::study`].
    pub async fn study_within(
        self: &Arc<Self>,
        draft: &Draft,
        patience: Duration,
    ) -> Result<Option<(DraftState, Arc<Study>)>, ShopError> {
        let (shop, draft) = (Arc::clone(self), draft.clone());
        let work = tokio::spawn(async move {
            let (live, key) = shop.study_key(&draft).await?;
            if let Some(study) = shop.studies.get(&key) {
                return Ok(Some((study.state_of(&draft, live.as_deref()), study)));
            }
            let Ok(turns) = shop
                .beside
                .get_or_insert_with(&draft.slug, || Ok::<_, Infallible>(Arc::new(Semaphore::new(1))));
            let turn = match turns.try_acquire() {
                Ok(turn) => turn,
                Err(_) => {
                    let Ok(turn) = turns.acquire().await else { return Ok(None) };
                    let now = shop.draft(&draft.slug).await?;
                    if (now.version, now.base) != (draft.version, draft.base) {
                        return Ok(None);
                    }
                    turn
                }
            };
            let known = shop.look_into(&draft).await;
            drop(turn);
            known.map(Some)
        });
        match tokio::time::timeout(patience, work).await {
            Ok(Ok(known)) => known,
            Ok(Err(error)) => {
                tracing::error!(%error, "looking into a draft broke off");
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }

    /// What can be said of a draft at once, and its state.
    async fn look_into(&self, draft: &Draft) -> Result<(DraftState, Arc<Study>), ShopError> {
        let (live, key) = self.study_key(draft).await?;
        let study = match self.studies.get_value_or_guard_async(&key).await {
            Ok(study) => study,
            Err(guard) => {
                // What this one replaces is asked for no more. A newer one is, by whoever came meanwhile.
                let is_newer = |known: &StudyKey| (known.2, known.1) > (draft.base, draft.version);
                self.studies.retain(|known, _| known.0 != draft.slug || is_newer(known));
                let (bundle, live) = (draft.bundle.clone(), live.clone());
                let like = move || live.as_ref().map(|live| live.product.clone());
                let work = move || Arc::new(Study::of(&bundle, like().as_ref()));
                let study = for_all(self.executor.run(work)).await?;
                // Where the draft changed meanwhile, nobody asks for it again, and room is found for others.
                let _ = guard.insert(Arc::clone(&study));
                study
            }
        };
        Ok((study.state_of(draft, live.as_deref()), study))
    }

    /// What is live of a draft's product, and how what is known of the draft is found beside that.
    async fn study_key(&self, draft: &Draft) -> Result<(Option<Arc<Revision>>, StudyKey), ShopError> {
        let live = self.compared_with(&draft.slug).await?;
        let key = (draft.slug.clone(), draft.version, draft.base, live.as_ref().map(|live| live.number));
        Ok((live, key))
    }

    /// Gives up what is looked into of a product's drafts.
    pub(super) fn forget_studies(&self, slug: &Slug) {
        self.studies.retain(|key, _| key.0 != *slug);
    }

    /// Keeps the design that a rule alone forbids as a test design that has to be invalid, if nobody saved the draft since `version`.
    /// Returns the test's code; nothing where there is no such rule or no such design, or where a test says it already.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product; the shop is busy; the store failed.
    pub async fn keep_as_test(
        &self,
        slug: &Slug,
        version: i64,
        rule: &str,
        by: &str,
    ) -> Result<Option<String>, ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let (_, study) = self.study(&draft).await?;
        let rule = rule.to_owned();
        let work = move || study.inside.as_ref().and_then(|inside| test_of(inside, &rule));
        let Some((test, own)) = self.executor.run(work).await? else { return Ok(None) };
        let mut bundle = draft.bundle;
        if is_tested(&bundle.source.tests, &test.values) {
            return Ok(None);
        }
        let taken = bundle.source.tests.iter().map(|known| known.code.as_str());
        let code = new_code(&format!("not {own}"), "test", taken);
        bundle.source.tests.push(TestSource { code: code.clone(), ..test });
        self.save_draft(slug, version, bundle, by).await?;
        Ok(Some(code))
    }

    /// What a draft makes of a design: values by their attributes' codes, as product files write them; what is not named, or can't
    /// be read, is as in the standard. Nothing where the draft can't be looked into.
    ///
    /// # Errors
    /// As [`Shop::study`].
    pub async fn judge_design(
        &self,
        draft: &Draft,
        values: Vec<(String, String)>,
    ) -> Result<Option<JudgedDesign>, ShopError> {
        let (_, study) = self.study(draft).await?;
        let work = move || study.inside.as_ref().map(|inside| judge(&inside.product, &values));
        self.executor.run(work).await
    }
}

/// Whether a test says already that a design with these values has to be invalid.
#[must_use]
pub fn is_tested(tests: &[TestSource], values: &BTreeMap<String, ValueSource>) -> bool {
    tests.iter().any(|test| test.expects == ExpectSource::Invalid && test.values == *values)
}

/// What of a design is other than in the standard, as product files write it.
#[must_use]
pub fn written_values(product: &Product, design: &Design) -> BTreeMap<String, ValueSource> {
    let differs = product.ids().filter(|(id, _)| {
        let value = design.value(*id);
        *value != Value::Absent && value != product.initial(*id)
    });
    let written = differs.map(|(id, attribute)| {
        let code = |option: OptionId| attribute.option(option).code.clone();
        let value = match design.value(id) {
            Value::Number(number) => ValueSource::Number(*number),
            Value::Option(option) => ValueSource::Text(code(*option)),
            Value::Options(set) => ValueSource::List(set.iter().map(code).collect()),
            Value::Text(text) => ValueSource::Text(text.clone()),
            Value::Absent => ValueSource::Text(String::new()),
        };
        (attribute.code.clone(), value)
    });
    written.collect()
}

/// The test design of a rule, without a code, and the rule's code.
fn test_of(inside: &Inside, rule: &str) -> Option<(TestSource, String)> {
    let product = inside.product.product();
    let index = product.rules.iter().position(|known| known.code == rule)?;
    let known = inside.open().rules.get(index).cloned();
    let matter = match known {
        Some(matter) => matter,
        None => {
            let rules = RuleSet::new(product).ok()?;
            rules.matter(rules.ids().nth(index)?)
        }
    };
    let Matter::Matters(Some(witness)) = matter else { return None };
    let rule = &product.rules[index];
    let test = TestSource {
        code: String::new(),
        label: rule.sentence.clone(),
        values: written_values(product, &witness.design),
        expects: ExpectSource::Invalid,
        price: None,
    };
    Some((test, rule.code.clone()))
}

fn judge(product: &Configured, values: &[(String, String)]) -> JudgedDesign {
    let mut design = product.standard().clone();
    let mut unreadable = Vec::new();
    for (code, text) in values {
        match product.read_choice(code, text) {
            Ok((id, value)) => design = design.with(id, value),
            Err(error) => unreadable.push((code.clone(), error.to_string())),
        }
    }
    let design = product.fitted(design);
    let violations = product.validate(&design);
    let (nearest, is_open) = match violations.is_empty() {
        true => (None, false),
        false => match product.nearest_valid(&design) {
            Ok(nearest) => (nearest, false),
            Err(_) => (None, true),
        },
    };
    JudgedDesign { design, unreadable, violations, nearest, is_open }
}

/// Finds out what is not known yet, one question after the other, as long as somebody has the study; nothing when it stopped before
/// its end.
async fn go_on(study: &Weak<Study>, executor: &Executor) -> Option<()> {
    let rules = asked(study, executor, |inside| RuleSet::new(inside.product.product()).ok()).await?;
    let Some(rules) = rules.map(Arc::new) else {
        return told(study, |found| {
            (found.too_large, found.pairs_too_large, found.is_over) = (true, true, true);
        });
    };
    let has_none = told_of(study, |inside| inside.overview.has_designs == Some(false))?;
    if has_none && told_of(study, |inside| inside.open().faults.is_empty())? {
        let rules = Arc::clone(&rules);
        let fault = asked(study, executor, move |_| rules.behind_no_design().ok().flatten()).await?;
        told(study, |found| found.faults.push((Blamed::NoDesign, fault)))?;
    }
    let dead = told_of(study, |inside| inside.overview.dead.clone())?;
    for (id, option) in dead.into_iter().skip(told_of(study, |inside| inside.open().dead)?) {
        let rules = Arc::clone(&rules);
        let fault = asked(study, executor, move |_| rules.behind_dead(id, option).ok().flatten()).await?;
        told(study, |found| {
            found.dead += 1;
            found.blame(fault, (id, option));
        })?;
    }
    let ids: Vec<RuleId> = rules.ids().collect();
    for rule in ids.into_iter().skip(told_of(study, |inside| inside.open().rules.len())?) {
        let rules = Arc::clone(&rules);
        let matter = asked(study, executor, move |_| rules.matter(rule)).await?;
        told(study, |found| found.rules.push(matter))?;
    }
    // Where there is no design, everything follows from anything.
    if !has_none {
        follow(study, executor).await?;
    }
    told(study, |found| found.is_over = true)
}

async fn follow(study: &Weak<Study>, executor: &Executor) -> Option<()> {
    let pairs = asked(study, executor, |inside| Pairs::new(inside.product.product()).ok()).await?;
    let Some(pairs) = pairs.map(Arc::new) else {
        return told(study, |found| found.pairs_too_large = true);
    };
    let fixed = told_of(study, |inside| inside.overview.fixed.clone())?;
    let is_open = |id: &AttributeId| !fixed.iter().any(|(fixed, _)| fixed == id);
    let candidates: Vec<AttributeId> = pairs.candidates().filter(is_open).collect();
    told(study, |found| found.candidates.clone_from(&candidates))?;
    for id in candidates.into_iter().skip(told_of(study, |inside| inside.open().followed)?) {
        let pairs = Arc::clone(&pairs);
        let follows = asked(study, executor, move |_| pairs.follows(id)).await?;
        told(study, |found| {
            found.followed += 1;
            match follows {
                Ok(follows) => found.follows.extend(follows),
                Err(_) => found.open.push(id),
            }
        })?;
    }
    Some(())
}

/// Asks something of a study on the executor; nothing where it was forgotten, or the shop is busy.
async fn asked<T: Send + 'static>(
    study: &Weak<Study>,
    executor: &Executor,
    question: impl FnOnce(&Inside) -> T + Send + 'static,
) -> Option<T> {
    let study = study.upgrade()?;
    executor.run(move || study.inside.as_ref().map(question)).await.ok()?
}

fn told_of<T>(study: &Weak<Study>, tell: impl FnOnce(&Inside) -> T) -> Option<T> {
    study.upgrade()?.inside.as_ref().map(tell)
}

fn told(study: &Weak<Study>, tell: impl FnOnce(&mut Found)) -> Option<()> {
    told_of(study, |inside| tell(&mut inside.open()))
}

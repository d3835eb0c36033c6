//! What was learnt of a product's orders, for its merchandisers.

use app::pages::admin::{self, LearntDefault, LearntModel, LearntPage, LearntUse};
use axum::extract::{Path, State};
use axum::response::Html;
use configurator::{AttributeId, Product, StartPolicy, Value};
use personalize::Level;
use personalize::gate::{Decision, Promise, Speaker, Verdict};
use personalize::learn::choose::Trial;
use shop::learning::{Found, FoundStart, LearntReport};
use words::Language;

use super::super::page::Times;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Html<String>, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    let report = site.shop.learnt_report(&slug).await?;
    let shown = LearntPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        ..Told { language: admin.language, report: &report }.page(Times::of(&site, admin.language))
    };
    Ok(Html(admin::learnt(admin.frame(&site), &shown)))
}

/// A report, for who reads a language.
struct Told<'r> {
    language: Language,
    report: &'r LearntReport,
}

impl Told<'_> {
    fn product(&self) -> &Product {
        self.report.revision.product.product()
    }

    fn page(&self, times: Times<'_>) -> LearntPage {
        let texts = self.language.insight();
        let LearntReport { revision, policy, promise, found } = self.report;
        let nothing = match (found, policy) {
            (Some(_), _) => None,
            (None, StartPolicy::Learnt) => Some(texts.learnt_nothing_yet().to_owned()),
            (None, StartPolicy::Frequent | StartPolicy::Standard) => {
                Some(texts.learnt_nothing_asked().to_owned())
            }
        };
        let uses = found.iter().flat_map(|found| &found.starts).map(|start| self.of_use(start));
        LearntPage {
            slug: revision.slug.clone(),
            name: String::new(),
            state: admin::DraftState::Unchanged,
            facts: self.facts(times),
            nothing,
            hint: texts.learnt_defaults_hint(&promise.fewest_cases()),
            uses: uses.collect(),
            models: found.iter().flat_map(|found| self.models(&found.trials)).collect(),
        }
    }

    fn facts(&self, times: Times<'_>) -> Vec<(String, String)> {
        let texts = self.language.insight();
        let LearntReport { policy, promise, found, .. } = self.report;
        let start = match policy {
            StartPolicy::Learnt => texts.learnt_by_orders(),
            StartPolicy::Frequent => texts.learnt_frequent(),
            StartPolicy::Standard => texts.learnt_standard(),
        };
        let mut facts = vec![(texts.learnt_start(), start.to_owned())];
        if *policy == StartPolicy::Learnt {
            facts.push((texts.learnt_promise(), self.promise(promise)));
        }
        if let Some(Found { made_at, orders, asks, .. }) = found {
            let who = if *asks { texts.learnt_who_speaks() } else { texts.learnt_who_silent() };
            facts.push((texts.learnt_orders(), self.counted(*orders)));
            facts.push((texts.learnt_at(), times.moment(*made_at)));
            facts.push((texts.learnt_who(), who.to_owned()));
        }
        facts.into_iter().map(|(term, value)| (term.to_owned(), value)).collect()
    }

    fn promise(&self, promise: &Promise) -> String {
        let texts = self.language.insight();
        texts.learnt_promise_is(&self.hundredths(promise.needed()), &self.hundredths(promise.confidence()))
    }

    /// A share in hundredths, with a decimal.
    fn hundredths(&self, share: f64) -> String {
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let tenths = (share * 1_000.0).round() as i64;
        self.language.words().locale.tenths(tenths)
    }

    /// Orders, and how many of them are examples.
    fn counted(&self, (orders, examples): (u32, u32)) -> String {
        let (say, locale) = (self.language.shop(), &self.language.words().locale);
        match orders == examples && orders > 0 {
            true => say.all_examples(orders.into(), &locale.count(orders.into())),
            false => say.orders_and_examples(&locale.count(orders.into()), &locale.count(examples.into())),
        }
    }

    fn of_use(&self, start: &FoundStart) -> LearntUse {
        let texts = self.language.insight();
        let mut answers = self.product().uses.iter().flat_map(|uses| &uses.answers);
        let label = match &start.stated_use {
            None => texts.learnt_use_unknown().to_owned(),
            Some(code) => answers
                .find(|answer| answer.code == *code)
                .map_or_else(|| code.clone(), |answer| answer.label.clone()),
        };
        let counted = self.counted(start.orders);
        let orders = match start.stated_use {
            None => format!("{}: {counted}", texts.learnt_orders()),
            Some(_) => texts.learnt_for_use(&counted),
        };
        let of_attribute = |(id, decision, value): &(AttributeId, Decision<Value>, Value)| {
            self.default(start, *id, decision, value)
        };
        LearntUse { label, orders, defaults: start.attributes.iter().map(of_attribute).collect() }
    }

    fn default(
        &self,
        start: &FoundStart,
        id: AttributeId,
        decision: &Decision<Value>,
        value: &Value,
    ) -> LearntDefault {
        let (texts, product) = (self.language.insight(), self.product());
        let attribute = product.attribute(id);
        let learnt = decision.value.as_ref();
        let named = |value: &Value| product.describe(id, value);
        let (done, told) = match (decision.verdict, learnt) {
            _ if attribute.locked => ("standard", texts.always_so().to_owned()),
            (Verdict::Preselect, Some(learnt)) if learnt == value => {
                ("preselected", texts.preselected(&self.people(&decision.speaker, start)))
            }
            (Verdict::Preselect, Some(learnt)) => ("standard", texts.preselected_not(&named(learnt))),
            (Verdict::Suggest, Some(learnt)) if learnt != value => {
                ("suggested", texts.suggested(&named(learnt)))
            }
            _ => ("standard", texts.standard_stands().to_owned()),
        };
        let locale = &self.language.words().locale;
        let tried = decision.tried.filter(|_| !attribute.locked).map(|tried| {
            let [right, cases] = [tried.right, tried.cases].map(|count| locale.count(count.into()));
            texts.right_of(&right, &cases, &self.hundredths(tried.bound))
        });
        let tried = tried.unwrap_or_else(|| match decision.verdict {
            Verdict::Suggest if !attribute.locked => texts.too_few().to_owned(),
            _ => "—".to_owned(),
        });
        LearntDefault { label: attribute.label.clone(), value: named(value), done, told, tried }
    }

    /// Whose orders spoke.
    fn people(&self, speaker: &Speaker, start: &FoundStart) -> String {
        let level = match &start.stated_use {
            Some(stated_use) if *speaker == Speaker::SEGMENT => {
                Level::SameUse { stated_use: stated_use.clone() }
            }
            _ => Level::Everybody,
        };
        level.people(self.product()).into_owned()
    }

    /// The models, those that weigh most first.
    fn models(&self, trials: &[Trial]) -> Vec<LearntModel> {
        let mut trials: Vec<&Trial> = trials.iter().collect();
        trials.sort_by(|one, other| {
            let weights = other.weight.total_cmp(&one.weight);
            weights.then_with(|| other.likelihood.total_cmp(&one.likelihood))
        });
        // A blend adds weighted logarithms, so weights need not add up to one.
        let all: f64 = trials.iter().map(|trial| trial.weight).sum();
        let percent = |share: f64| self.language.insight().percent(&self.hundredths(share));
        let model = |trial: &Trial| LearntModel {
            name: trial.name.clone(),
            right: percent(trial.accuracy),
            probability: percent(trial.likelihood.exp()),
            weight: if trial.weight > 0.0 { percent(trial.weight / all) } else { "—".to_owned() },
        };
        trials.into_iter().map(model).collect()
    }
}

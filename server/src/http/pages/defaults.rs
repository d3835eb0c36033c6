//! Why the defaults of a design are as they are.

use app::pages::{self, DefaultShown, DefaultsPage};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use configurator::{StartPolicy, Use};
use personalize::{Evidence, Level, Start};
use shop::Opened;
use shop::group_menus::{ShownFirst, ShownMenu, Visit};
use shop::learning::{Source, Why, WhyDefault};

use super::asked::{Asked, Ways};
use super::first_options;
use super::page::PRIVATE;
use words::Language;

use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let asked = Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let opened = asked.open(&site, reader.language).await?;
    let why = site.shop.why(&opened, &asked.consent).await?;
    let campaign = Some(asked.campaign.as_str()).filter(|code| !code.is_empty());
    let visit = Visit { consent: &asked.consent, campaign };
    let first = site.shop.first_options(&opened, visit, first_options::MENUS).await?;
    let presented = site.shop.presented(&opened.revision.slug, &asked.consent).await?;
    let by_campaign = asked.consent.by_campaign.as_deref().filter(|_| !asked.consent.given);
    let mut answers = opened.product.uses.iter().flat_map(|uses| &uses.answers);
    let link = answers.find(|answer| Some(&*answer.code) == by_campaign);
    let shown = Shown { opened: &opened, why, link, say: reader.language.shop() };
    let Ways { back, query: design } = Ways::of(&opened, &asked.campaign);
    let notices =
        opened.notices.iter().map(|notice| notice.sentence(shown.say)).chain(opened.goes_on(shown.say));
    let page = DefaultsPage {
        product: opened.product.name.clone(),
        design,
        back,
        is_on: asked.consent.given,
        by_link: link.map(|link| shown.say.personal_by_link(&link.label)),
        told: shown.told(),
        used: shown.used(),
        menus: first.iter().filter_map(|first| shown.menu(first, reader.language)).collect(),
        defaults: shown.why.defaults.iter().map(|default| shown.default(default)).collect(),
        reason_first: presented.reason_first,
        notices: notices.collect(),
        slug: asked.slug,
    };
    Ok((PRIVATE, Html(pages::defaults(&site.assets, &reader, &page))).into_response())
}

/// What the page shows.
struct Shown<'s> {
    opened: &'s Opened,
    why: Why,
    /// What the campaign link states that the shopper came by, who agreed to nothing.
    link: Option<&'s Use>,
    say: &'static words::Shop,
}

impl Shown<'_> {
    /// How the product has shoppers start.
    fn told(&self) -> Vec<String> {
        let say = self.say;
        let told = match self.why.policy {
            StartPolicy::Learnt if self.why.is_learnt => vec![say.start_is_learnt()],
            StartPolicy::Learnt => vec![say.start_is_learnt(), say.nothing_learnt_yet()],
            StartPolicy::Frequent => vec![say.start_is_frequent()],
            StartPolicy::Standard if self.why.is_compared => vec![say.start_is_compared()],
            StartPolicy::Standard => vec![say.start_is_standard()],
        };
        told.into_iter().map(str::to_owned).collect()
    }

    /// What was used.
    fn used(&self) -> Vec<(String, String)> {
        let (say, product) = (self.say, &self.opened.product);
        let locale = &product.words().locale;
        let counted = |(orders, examples): (u32, u32)| {
            if orders == examples && orders > 0 {
                return say.all_examples(orders.into(), &locale.number(orders.into()));
            }
            say.orders_and_examples(&locale.number(orders.into()), &locale.number(examples.into()))
        };
        let own = self.why.stated_use.clone().map(|stated_use| Level::SameUse { stated_use });
        let is_stated = matches!(&self.opened.start, Start::Personal { stated_use: Some(_), .. });
        let answer = match &own {
            Some(level) if self.link.is_some() => say.link_answer_used(&level.people(product)),
            Some(level) => say.own_answer_used(&level.people(product)),
            None if is_stated && self.why.is_compared => say.answer_not_used().to_owned(),
            None => say.no_answer_used().to_owned(),
        };
        let mut used = vec![(say.own_answer().to_owned(), answer)];
        if self.why.orders > 0 {
            used.push((say.own_orders().to_owned(), locale.number(self.why.orders.into())));
        }
        if self.why.kept > 0 {
            used.push((say.own_kept_designs().to_owned(), locale.number(self.why.kept.into())));
        }
        for (group, orders) in &self.why.like {
            used.push((say.orders_of(&group.level().people(product)), counted(*orders)));
        }
        if self.why.is_learnt {
            if let Some(level) = &own {
                used.push((say.orders_of(&level.people(product)), counted(self.why.own)));
            }
            used.push((say.orders_of(&Level::Everybody.people(product)), counted(self.why.everybody)));
        }
        used
    }

    /// What is shown first of a menu, and why: the attribute's name with a line for each.
    fn menu(&self, first: &ShownFirst, language: Language) -> Option<(String, String)> {
        let ShownMenu::First(options, because) = &first.menu else { return None };
        let (product, attribute) = (&self.opened.product, self.opened.product.attribute(first.attribute));
        let why = first_options::reasons(product, because, language);
        let named = attribute.option_ids().filter(|(id, _)| options.contains(id));
        let named: Vec<String> = named.map(|(_, option)| option.label.clone()).collect();
        let named = named.join(product.words().engine.comma());
        (!why.is_empty()).then(|| (attribute.label.clone(), format!("{named}\n{why}")))
    }

    fn default(&self, default: &WhyDefault) -> DefaultShown {
        let (say, product) = (self.say, &self.opened.product);
        let attribute = product.attribute(default.attribute);
        let told = |evidence: &Evidence| evidence.sentence(&evidence.level.people(product), product.words());
        let (level, reason, spoke) = match &default.source {
            Source::Always => ("standard", say.always_so_here().to_owned(), None),
            Source::Chosen => ("choice", say.you_chose_it().to_owned(), Some(say.level_choice().to_owned())),
            Source::Adjusted => ("choice", say.adjusted_to_choices().to_owned(), None),
            Source::Default(evidence) => {
                let (level, spoke) = self.level(evidence);
                // The reason says it then.
                (level, told(evidence), Some(spoke).filter(|_| evidence.level != Level::Standard))
            }
        };
        let tried = default.tried.map(|tried| say.right_in(&tried.right, &tried.cases));
        let probable = default.suggested.as_ref().map(|(value, evidence)| {
            let value = product.describe(default.attribute, value);
            match self.opened.default.recommended.contains(&default.attribute) {
                true => say.recommended_too(&value, &told(evidence)),
                false => say.probable_too(&value, &told(evidence)),
            }
        });
        DefaultShown {
            code: attribute.code.clone(),
            label: attribute.label.clone(),
            value: product.describe(default.attribute, self.opened.design.value(default.attribute)),
            level,
            lines: [Some(reason), spoke, tried, probable].into_iter().flatten().collect(),
        }
    }

    /// The level that spoke, as data and in words.
    fn level(&self, evidence: &Evidence) -> (&'static str, String) {
        let say = self.say;
        match &evidence.level {
            Level::Individual => ("individual", say.level_individual().to_owned()),
            Level::SameSegment => ("segment", say.level_use(&evidence.level.people(&self.opened.product))),
            Level::SameNeed { .. } => ("need", say.level_use(&evidence.level.people(&self.opened.product))),
            Level::SameUse { .. } => ("use", say.level_use(&evidence.level.people(&self.opened.product))),
            Level::Everybody => ("everybody", say.level_everybody().to_owned()),
            Level::Standard => ("standard", say.level_standard().to_owned()),
            Level::Needs { .. } | Level::Proposal | Level::Other(_) => {
                ("proposal", say.level_proposal().to_owned())
            }
        }
    }
}

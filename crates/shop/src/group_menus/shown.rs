//! Which options of menus a shopper is shown first, and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use configurator::{AttributeId, OptionId, StartPolicy, Value};
use personalize::first_options::{COVERED, Rest, ShortMenus, Voices, benefits_served, serving_best};
use personalize::{Asker, Level, Start};

use super::group::Group;
use super::keep::{has_menu, known};
use super::store::GroupMenu;
use crate::customers::ASKS_FOR_ORDERS;
use crate::designs::{Asked, Consent, Opened};
use crate::error::ShopError;
use crate::experiments::{Presentation, Treated};
use crate::learning::models::Model;
use crate::shop::Shop;

/// Why options are shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// They serve these benefits, by code, which matter to the shopper: the most important first.
    Needs(Vec<String>),
    /// The merchandiser chose them for a group that the shopper is of.
    Group(Group),
    /// The shopper's like have them most: whose orders that tell.
    Learnt(Level),
}

/// What of a menu is shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownMenu {
    /// These options, the others one click away.
    First(Vec<OptionId>, Vec<Because>),
    /// All of them from the start, as an experiment has it.
    All,
}

/// What of an attribute's menu is shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFirst {
    /// The attribute.
    pub attribute: AttributeId,
    /// What is shown.
    pub menu: ShownMenu,
}

/// Who looks, and by which way they came.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'v> {
    /// What they agreed to.
    pub consent: &'v Consent,
    /// The code of the campaign link that they came by.
    pub campaign: Option<&'v str>,
}

/// What is known of a shopper that menus follow.
struct Known {
    weights: BTreeMap<String, u8>,
    /// The groups they are of that have a menu of the product, the narrowest first.
    groups: Vec<Group>,
    menus: Arc<[GroupMenu]>,
    stated_use: Option<String>,
    asker: Asker,
    model: Option<Arc<Model>>,
}

/// By whose orders long menus follow a shopper.
#[derive(Default)]
struct Likes {
    model: Option<Arc<Model>>,
    stated_use: Option<String>,
    asker: Asker,
}

impl Known {
    fn is_silent(&self) -> bool {
        self.weights.is_empty() && self.groups.is_empty() && self.model.is_none()
    }

    fn of(&self, opened: &Opened, attribute: AttributeId, menus: ShortMenus) -> Option<ShownFirst> {
        let product = &opened.product;
        let all: Vec<OptionId> = product.attribute(attribute).option_ids().map(|(id, _)| id).collect();
        let of_group = self.groups.iter().find_map(|group| {
            let code = &product.attribute(attribute).code;
            let menu = self.menus.iter().find(|menu| menu.attribute == *code && menu.group == *group)?;
            let options = known(product.attribute(attribute), &menu.options);
            (!options.is_empty()).then_some((group, options))
        });
        let follows = menus.most_learnt(all.len()).is_some() && of_group.is_none();
        let is_long = all.len() > menus.longest;
        let most = if is_long { menus.most } else { all.len() };
        let learnt = self.model.as_ref().filter(|_| follows).and_then(|model| {
            // What is learnt of an option takes a choice of one.
            matches!(product.initial(attribute), Value::Option(_)).then_some(())?;
            let Self { stated_use, asker, .. } = self;
            let (stated_use, choices) = (stated_use.as_deref(), &opened.choices);
            let learnt = model.learnt.first_options(product, stated_use, asker, choices, attribute, most);
            let (options, like, covered) = learnt?;
            (is_long || covered >= COVERED).then_some((options, like))
        });
        let (group, options) = of_group.unzip();
        let (learnt, like) = learnt.unzip();
        let voices = Voices {
            needs: serving_best(product, attribute, &self.weights),
            group: options.unwrap_or_default(),
            learnt: learnt.unwrap_or_default(),
        };
        let first = voices.first(&all, menus)?;
        let served = || benefits_served(product, attribute, &voices.needs, &self.weights);
        let needs = first.serves_needs.then(|| Because::Needs(served()));
        let rest = match first.rest {
            Rest::Group => group.cloned().map(Because::Group),
            Rest::Learnt => like.map(|like| Because::Learnt(like.level())),
            Rest::Sample => None,
        };
        let because = needs.into_iter().chain(rest).collect();
        Some(ShownFirst { attribute, menu: ShownMenu::First(first.options, because) })
    }
}

impl Shop {
    /// By attribute of whose menu some options are shown first: those that serve best what the shopper said matters to them, then those
    /// that the merchandiser chose for a group they are of, else, in long menus, those that their like have most with what is chosen (and of
    /// menus that are not long where that leaves out a third at least): of their segment, of what matters to them, of their use, else everybody. Who agreed to nothing has what they said in this visit and the
    /// link they came by; a segment takes that they are signed in and agreed that their orders may speak. An experiment may have long menus open from the start.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn first_options(
        &self,
        opened: &Opened,
        visit: Visit<'_>,
        menus: ShortMenus,
    ) -> Result<Vec<ShownFirst>, ShopError> {
        let visitor = visit.consent.visitor.as_deref().filter(|_| visit.consent.given);
        let treated = self.treated(&opened.revision.slug, visitor).await?;
        let count = |id: &AttributeId| opened.product.attribute(*id).option_ids().count();
        let with_menu = opened.product.ids().filter(|(_, attribute)| has_menu(attribute)).map(|(id, _)| id);
        let attributes: Vec<AttributeId> = with_menu.collect();
        if treated.presentation == Some(Presentation::AllOptions) {
            let long = attributes.into_iter().filter(|id| count(id) > menus.longest);
            return Ok(long.map(|attribute| ShownFirst { attribute, menu: ShownMenu::All }).collect());
        }
        let follow = attributes.iter().any(|id| menus.most_learnt(count(id)).is_some());
        let stated = match &opened.start {
            Start::Personal { stated_use, .. } => {
                stated_use.as_deref().filter(|stated| visit.consent.may_begin_with(Some(stated)))
            }
            Start::Standard | Start::Needs { .. } => None,
        };
        let stated_use = treated.of_use(opened.revision.known_use(stated));
        let learnt =
            if follow { self.likes(opened, visit.consent, treated).await? } else { Likes::default() };
        let weights = match &opened.start {
            Start::Needs { asked, .. } => Asked::read(asked).weights,
            Start::Standard | Start::Personal { .. } => BTreeMap::new(),
        };
        let all = self.group_menus_lately(&opened.revision.slug).await?;
        let groups = self.groups_of(opened, visit, stated_use, &all).await?;
        let Likes { model, stated_use, asker } = learnt;
        let known = Known { weights, groups, menus: all, stated_use, asker, model };
        if known.is_silent() {
            return Ok(Vec::new());
        }
        let opened = opened.clone();
        let work = move || attributes.into_iter().filter_map(|id| known.of(&opened, id, menus)).collect();
        self.executor.run(work).await
    }

    /// By whose orders long menus follow a shopper who agreed to a personal start, or took a proposal and agreed to be known; nothing of
    /// anybody else.
    async fn likes(&self, opened: &Opened, consent: &Consent, treated: Treated) -> Result<Likes, ShopError> {
        let is_learnt = treated.start(opened.revision.start_policy()) == StartPolicy::Learnt;
        if !consent.given || !is_learnt {
            return Ok(Likes::default());
        }
        let stated_use = match &opened.start {
            Start::Personal { stated_use, .. } => stated_use.clone(),
            Start::Needs { .. } => opened.agreed_use(consent),
            Start::Standard => return Ok(Likes::default()),
        };
        let stated_use = treated.of_use(opened.revision.known_use(stated_use.as_deref())).map(str::to_owned);
        let Some(model) = self.model(&opened.revision).await? else { return Ok(Likes::default()) };
        let asker = match treated.is_by_group() {
            true => self.asker_for(&model, &opened.start, consent).await?,
            false => Asker::default(),
        };
        Ok(Likes { model: Some(model), stated_use, asker })
    }

    /// Those of the groups with a menu that somebody is of: the link they came by, then segments by name, then the use they stated.
    async fn groups_of(
        &self,
        opened: &Opened,
        visit: Visit<'_>,
        stated_use: Option<&str>,
        menus: &[GroupMenu],
    ) -> Result<Vec<Group>, ShopError> {
        let mut wanted: Vec<&Group> = menus.iter().map(|menu| &menu.group).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut groups = Vec::new();
        for group in wanted {
            let is_of = match group {
                Group::Campaign(code) if visit.campaign == Some(code.as_str()) => {
                    let campaign = self.campaign(code).await?;
                    campaign.is_some_and(|campaign| {
                        campaign.slug == opened.revision.slug && campaign.ended_at.is_none()
                    })
                }
                Group::Segment(name) => match visit.consent.customer.as_ref().filter(|_| visit.consent.given)
                {
                    Some(customer) => self.is_in_segment(&customer.id, ASKS_FOR_ORDERS, name).await?,
                    None => false,
                },
                Group::Use(code) => stated_use == Some(code.as_str()),
                Group::Campaign(_) => false,
            };
            if is_of {
                groups.push(group.clone());
            }
        }
        Ok(groups)
    }
}

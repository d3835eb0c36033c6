//! Which options of a product's menus groups are shown first, and the forms that say so.

use app::pages::admin::{self, GroupMenuEditor, GroupMenuItem, GroupMenuUndo, GroupMenusPage, MenuOption};
use app::paths::admin as paths;
use app::ui::field::Entry;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{AttributeId, OptionId, Product, Slug};
use shop::group_menus::{Group, GroupMenu, GroupMenuError, MenuOfGroup, Size};
use shop::{Revision, Shop, Standing};
use std::sync::Arc;
use words::Language;

use super::super::first_options::MENUS;
use super::super::query;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

type Pairs = Vec<(String, String)>;

/// The page, with the menu that the address names.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let about = About::find(&site, &slug, admin.language).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let done = about.done(&sent);
    let (editor, problem) = match query::value(&sent, "attribute").filter(|_| done.is_none()) {
        None => (None, None),
        Some(code) => match about.kept_or_proposed(&site, code, &sent).await? {
            Ok(editor) => (Some(editor), None),
            Err(problem) => (None, Some(problem)),
        },
    };
    about.page(&site, &admin, Shown { editor, done, problem }, StatusCode::OK).await
}

/// What the page shows beside what is kept.
#[derive(Default)]
struct Shown {
    editor: Option<GroupMenuEditor>,
    done: Option<(String, Option<GroupMenuUndo>)>,
    problem: Option<String>,
}

/// Does what a button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::whole(&body)?;
    let about = About::find(&site, &slug, admin.language).await?;
    let group: Group = query::value(&sent, "group").unwrap_or_default().parse().map_err(|_| Failure::Form)?;
    let ticked = sent.iter().filter(|(name, _)| name == "option").map(|(_, code)| code.clone());
    let wanted = Wanted {
        menu: GroupMenu {
            attribute: query::value(&sent, "attribute").unwrap_or_default().to_owned(),
            group,
            options: ticked.collect(),
        },
        was: query::value(&sent, "was").map(|was| was.split(',').map(str::to_owned).collect()),
    };
    match query::value(&sent, "do") {
        Some("remove") => remove(&site, &admin, &about, wanted).await,
        Some("save") => save(&site, &admin, &about, wanted).await,
        Some("preview") => {
            let Wanted { menu, was } = wanted;
            let editor = about.editor(&menu.attribute, &menu.group, Ticked { codes: &menu.options, was });
            let problem = editor.is_none().then(|| about.say().no_menu().to_owned());
            let editor = editor.map(|editor| GroupMenuEditor { is_previewed: true, ..editor });
            about.page(&site, &admin, Shown { editor, problem, done: None }, StatusCode::OK).await
        }
        _ => Err(Failure::Form),
    }
}

/// The menu that a form is about, as it says, and what there was when somebody looked.
struct Wanted {
    menu: GroupMenu,
    was: Option<Vec<String>>,
}

async fn remove(site: &Site, admin: &Admin, about: &About, wanted: Wanted) -> Result<Response, Failure> {
    let slug = &about.revision.slug;
    let menu = GroupMenu { options: wanted.was.unwrap_or_default(), ..wanted.menu };
    let Err(error) = site.shop.remove_group_menu(slug, &menu, &admin.email).await else {
        return Ok(about.leads_to("removed", &menu, &menu.options));
    };
    // What is there by now is shown with it.
    let shown = Shown { problem: Some(about.refused(error)?), ..Shown::default() };
    let about = About::find(site, slug.as_str(), admin.language).await?;
    about.page(site, admin, shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn save(site: &Site, admin: &Admin, about: &About, wanted: Wanted) -> Result<Response, Failure> {
    let slug = &about.revision.slug;
    let Wanted { menu, was } = wanted;
    let kept = site.shop.keep_group_menu(slug, menu.clone(), was.as_deref(), &admin.email).await;
    let Err(error) = kept else {
        return Ok(about.leads_to("kept", &menu, &was.unwrap_or_default()));
    };
    let problem = about.refused(error)?;
    // What is there by now is what the next save stands on.
    let about = About::find(site, slug.as_str(), admin.language).await?;
    let now = about.kept(&menu.attribute, &menu.group).map(|kept| kept.row.menu.options.clone());
    let editor = about.editor(&menu.attribute, &menu.group, Ticked { codes: &menu.options, was: now });
    let shown = match editor {
        Some(editor) => {
            let editor = GroupMenuEditor { problem: Some(problem), ..editor };
            Shown { editor: Some(editor), ..Shown::default() }
        }
        None => Shown { problem: Some(problem), ..Shown::default() },
    };
    about.page(site, admin, shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// What is ticked, and what there was when somebody looked.
struct Ticked<'t> {
    codes: &'t [String],
    was: Option<Vec<String>>,
}

/// A product with its groups and their menus.
struct About {
    revision: Arc<Revision>,
    is_on_sale: bool,
    groups: Vec<(Group, Size)>,
    menus: Vec<MenuOfGroup>,
    language: Language,
}

impl About {
    async fn find(site: &Site, slug: &str, language: Language) -> Result<Self, Failure> {
        let slug: Slug = site.shop.slug(slug).await?;
        let standing = site.shop.standing(&slug).await?.ok_or(Failure::NoPage)?;
        let revision = site.shop.published(&slug).await?;
        Ok(Self {
            is_on_sale: standing.standing != Standing::Begun,
            groups: site.shop.groups(&revision).await?,
            menus: site.shop.menus_of_groups(&revision).await?,
            revision,
            language,
        })
    }

    /// To the page that says what was done with a menu, and what it was before.
    fn leads_to(&self, done: &str, menu: &GroupMenu, was: &[String]) -> Response {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs: Pairs = vec![
            pair("done", done),
            pair("attribute", &menu.attribute),
            pair("group", &menu.group.to_string()),
        ];
        let was = was.join(",");
        if done == "removed" || !was.is_empty() {
            pairs.push(pair("was", &was));
        }
        let address = format!("{}?{}", paths::group_menus(&self.revision.slug), app::address::query(&pairs));
        Redirect::to(&address).into_response()
    }

    fn say(&self) -> &'static words::GroupMenus {
        self.language.group_menus()
    }

    fn product(&self) -> &Product {
        &self.revision.product
    }

    fn kept(&self, attribute: &str, group: &Group) -> Option<&MenuOfGroup> {
        self.menus.iter().find(|kept| kept.row.menu.attribute == attribute && kept.row.menu.group == *group)
    }

    /// An attribute that has a menu to shorten.
    fn attribute(&self, code: &str) -> Option<AttributeId> {
        let id = self.product().by_code(code)?;
        Shop::menus_to_shorten(&self.revision).contains(&id).then_some(id)
    }

    /// A menu with its ticks; nothing where there is no such menu or group.
    fn editor(&self, code: &str, group: &Group, ticked: Ticked<'_>) -> Option<GroupMenuEditor> {
        let id = self.attribute(code)?;
        let (_, size) = self.groups.iter().find(|(known, _)| known == group)?;
        let attribute = self.product().attribute(id);
        let options = attribute.option_ids().map(|(_, option)| MenuOption {
            code: option.code.clone(),
            label: option.label.clone(),
            colour: option.swatch.map(|colour| colour.to_string()),
            first: ticked.codes.contains(&option.code),
        });
        let kept = self.kept(code, group);
        let gone = kept.map(|kept| self.gone(kept)).unwrap_or_default();
        let item = GroupMenuItem {
            attribute: code.to_owned(),
            group: group.to_string(),
            was: ticked.was.map(|was| was.join(",")).unwrap_or_default(),
            menu: attribute.label.clone(),
            audience: self.audience(group),
            size: self.size(*size),
            gone,
            ..GroupMenuItem::default()
        };
        Some(GroupMenuEditor { item, options: options.collect(), ..GroupMenuEditor::default() })
    }

    /// The menu that an address names, as it is kept, else with what a use has most; why there is none where that is so.
    async fn kept_or_proposed(
        &self,
        site: &Site,
        code: &str,
        sent: &[(String, String)],
    ) -> Result<Result<GroupMenuEditor, String>, Failure> {
        let Ok(group) = query::value(sent, "group").unwrap_or_default().parse::<Group>() else {
            return Ok(Err(self.say().no_group().to_owned()));
        };
        if let Some(kept) = self.kept(code, &group) {
            let codes = kept.row.menu.options.clone();
            let ticked = Ticked { codes: &codes, was: Some(codes.clone()) };
            let editor = self.editor(code, &group, ticked);
            return Ok(editor.ok_or_else(|| self.say().no_menu().to_owned()));
        }
        let Some(id) = self.attribute(code) else { return Ok(Err(self.say().no_menu().to_owned())) };
        let likely: Vec<OptionId> = match &group {
            Group::Use(code) => site.shop.likely_options(&self.revision, code, id, MENUS).await?,
            Group::Campaign(_) | Group::Segment(_) => Vec::new(),
        };
        let attribute = self.product().attribute(id);
        let codes: Vec<String> = likely.iter().map(|option| attribute.option(*option).code.clone()).collect();
        let editor = self.editor(code, &group, Ticked { codes: &codes, was: None });
        let editor = editor.ok_or_else(|| self.say().no_group().to_owned());
        Ok(editor.map(|editor| GroupMenuEditor { is_proposed: !codes.is_empty(), ..editor }))
    }

    /// Why a menu is not kept, in words.
    fn refused(&self, error: GroupMenuError) -> Result<String, Failure> {
        let say = self.say();
        Ok(match error {
            GroupMenuError::NoMenu { .. } => say.no_menu().to_owned(),
            GroupMenuError::NoGroup { .. } => say.no_group().to_owned(),
            GroupMenuError::Count { count } => say.choose_some(&count),
            GroupMenuError::Changed => say.changed_meanwhile().to_owned(),
            GroupMenuError::Shop(error) => return Err(error.into()),
        })
    }

    /// A group in words; its code where the product knows it no more.
    fn audience(&self, group: &Group) -> String {
        let say = self.say();
        match group {
            Group::Campaign(code) => say.of_campaign(code),
            Group::Segment(name) => say.of_segment(&self.language.marked(name.clone())),
            Group::Use(code) => {
                let mut answers = self.product().uses.iter().flat_map(|uses| &uses.answers);
                let known = answers.find(|answer| answer.code == *code);
                say.of_use(&known.map_or(code, |answer| &answer.people))
            }
        }
    }

    fn size(&self, size: Size) -> String {
        let (say, locale) = (self.say(), &self.language.words().locale);
        match size {
            Size::Orders(orders, examples) => {
                say.size_orders(orders, &locale.count(orders), &locale.count(examples))
            }
            Size::Customers(customers) => say.size_customers(customers, &locale.count(customers)),
            Size::Opened(times) => say.size_opened(times, &locale.count(times)),
        }
    }

    /// What of a menu is gone, in sentences.
    fn gone(&self, kept: &MenuOfGroup) -> Vec<String> {
        let say = self.say();
        let group = kept.size.is_none().then(|| say.group_gone().to_owned());
        let is_silent = kept.shown.as_ref().is_none_or(|(_, options)| options.is_empty());
        let menu = is_silent.then(|| say.menu_gone().to_owned());
        let options = (!is_silent && !kept.gone.is_empty()).then(|| say.options_gone(&kept.gone.join(", ")));
        [group, menu, options].into_iter().flatten().collect()
    }

    fn item(&self, kept: &MenuOfGroup) -> GroupMenuItem {
        let GroupMenu { attribute: code, group, options } = &kept.row.menu;
        let at = kept.shown.as_ref().map(|(id, options)| (self.product().attribute(*id), options));
        let named = |(attribute, options): &(&configurator::Attribute, &Vec<OptionId>)| {
            let labels = options.iter().map(|option| attribute.option(*option).label.clone());
            labels.collect::<Vec<_>>().join(", ")
        };
        let count = |(attribute, options): &(&configurator::Attribute, &Vec<OptionId>)| {
            self.say().first_of(options.len() as u64, &attribute.option_ids().count())
        };
        GroupMenuItem {
            menu: at.as_ref().map_or_else(|| code.clone(), |(attribute, _)| attribute.label.clone()),
            first: at.as_ref().map(named).unwrap_or_default(),
            count: at.as_ref().map(count).unwrap_or_default(),
            size: kept.size.map(|size| self.size(size)).unwrap_or_default(),
            gone: self.gone(kept),
            audience: self.audience(group),
            was: options.join(","),
            attribute: code.clone(),
            group: group.to_string(),
        }
    }

    /// What was done to a menu, as an address says and as far as that is still so.
    fn done(&self, sent: &[(String, String)]) -> Option<(String, Option<GroupMenuUndo>)> {
        let value = |name| query::value(sent, name);
        let (code, group) = (value("attribute")?, value("group")?.parse::<Group>().ok()?);
        let label = self.product().by_code(code).map(|id| self.product().attribute(id).label.clone());
        let (label, audience) = (label.unwrap_or_else(|| code.to_owned()), self.audience(&group));
        let kept = self.kept(code, &group);
        let was: Vec<String> =
            value("was").into_iter().flat_map(|was| was.split(',')).map(str::to_owned).collect();
        let undo = |options, was| GroupMenuUndo {
            attribute: code.to_owned(),
            group: group.to_string(),
            options,
            was,
        };
        match value("done")? {
            "kept" => {
                let now = kept?.row.menu.options.join(",");
                // What it replaced is kept again; one that was not there goes.
                let undo = (was.join(",") != now).then(|| undo(was, now));
                Some((self.say().kept(&label, &audience), undo))
            }
            "removed" if kept.is_none() => {
                let undo = (!was.is_empty()).then(|| undo(was, String::new()));
                Some((self.say().removed(&label, &audience), undo))
            }
            _ => None,
        }
    }

    async fn page(
        &self,
        site: &Site,
        admin: &Admin,
        more: Shown,
        status: StatusCode,
    ) -> Result<Response, Failure> {
        let slug = self.revision.slug.clone();
        let draft = site.shop.draft(&slug).await?;
        let (say, product) = (self.say(), self.product());
        let shortened = Shop::menus_to_shorten(&self.revision);
        let shortened = if self.is_on_sale { shortened } else { Vec::new() };
        let nothing = match (self.is_on_sale, shortened.is_empty()) {
            (false, _) => Some(say.not_on_sale().to_owned()),
            (true, true) => Some(say.none_long().to_owned()),
            (true, false) => None,
        };
        let here = more.editor.as_ref().map(|editor| editor.item.clone()).unwrap_or_default();
        let attribute = |id: &AttributeId| {
            let attribute = product.attribute(*id);
            let selected = attribute.code == here.attribute;
            Entry { value: attribute.code.clone(), words: attribute.label.clone(), selected }
        };
        let group = |(group, _): &(Group, Size)| {
            let value = group.to_string();
            Entry { selected: value == here.group, words: self.audience(group), value }
        };
        let page = GroupMenusPage {
            name: draft.bundle.source.name.clone(),
            state: shown(site.shop.draft_state(&draft).await?),
            items: self.menus.iter().map(|kept| self.item(kept)).collect(),
            attributes: shortened.iter().map(attribute).collect(),
            groups: self.groups.iter().map(group).collect(),
            editor: more.editor,
            done: more.done,
            problem: more.problem,
            nothing,
            slug,
        };
        Ok((status, Html(admin::group_menus(admin.frame(site), &page))).into_response())
    }
}

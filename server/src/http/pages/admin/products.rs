//! The list of products, and the editor with the forms that change a draft.

use app::address;
use app::pages::admin::{
    self, Editor, OptionsAsked, ProductItem, ProductItems, Returned, StandardView, Stands,
};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::source::RuleSource;
use configurator::{Product, Slug};
use shop::drafts::{Edited, last_rule};
use shop::products::ManagedProduct;
use shop::{Bundle, Draft, Section, Standing, Step, changes};
use words::Language;

use super::super::page::{Page, Times};
use super::super::query;
use super::analysis::nothing_valid;
use super::drawings::changed_words;
use super::releases::lines;
use super::session::Admin;
use super::words::shown;
use super::{draft_form, fields, option_pages, overview, pictured};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Who changed a draft last and when.
fn changed(draft: &Draft, times: Times<'_>) -> String {
    let words = |at| times.language.admin().changed_by(&draft.changed_by, &times.moment(at));
    draft.changed_at.map(words).unwrap_or_default()
}

/// What is live of a product, since when and at which price.
fn live(product: &ManagedProduct, times: Times<'_>) -> String {
    let language = times.language;
    let Some(at) = product.published_at else { return String::new() };
    let price = product.standard_price.as_ref();
    let price = price.map(|price| price.written(&language.words().locale)).unwrap_or_default();
    language.admin().product_is_live(&product.live, &times.date(at), &price)
}

/// How a product stands, as the pages show it: what was removed or has another address is on none.
pub(super) fn stands(standing: Standing) -> Stands {
    match standing {
        Standing::Begun | Standing::Removed => Stands::Begun,
        Standing::Listed => Stands::Listed,
        Standing::Hidden => Stands::Hidden,
        Standing::Archived | Standing::Moved => Stands::Archived,
    }
}

/// All products, in pages.
pub(super) async fn list(admin: Admin, State(site): State<Site>, RawQuery(sent): RawQuery) -> Page {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let page = query::value(&sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = site.shop.managed(page).await?;
    let times = Times::of(&site, admin.language);
    let mut items = Vec::new();
    for product in found.items {
        let draft = &product.draft;
        let stands = stands(product.standing);
        items.push(ProductItem {
            name: draft.bundle.source.name.clone(),
            stands,
            place: product.place,
            live: live(&product, times),
            picture: (stands != Stands::Begun).then(|| address::picture(&draft.slug, product.live)),
            state: shown(site.shop.draft_state(draft).await?),
            changed: changed(draft, times),
            slug: draft.slug.clone(),
        });
    }
    let removed = match query::value(&sent, "removed").map(str::parse::<Slug>) {
        Some(Ok(slug)) => match site.shop.standing(&slug).await? {
            Some(row) if row.standing == Standing::Removed => {
                Some((slug.clone(), site.shop.draft(&slug).await?.bundle.source.name))
            }
            _ => None,
        },
        _ => None,
    };
    let waiting = site.shop.waiting_releases().await?;
    let list = ProductItems { items, page: found.page, pages: found.pages, waiting, removed };
    Ok(Html(admin::products(admin.frame(&site), &list)))
}

/// The editor.
pub(super) async fn editor(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    show(&site, &admin, draft, &sent, Answer::default()).await
}

/// Addresses that take forms only lead back to the editor: a reload after a mistake finds it.
pub(super) async fn back(
    _: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    Section::named(&name).ok_or(Failure::NoPage)?;
    Ok(Redirect::to(&paths::product(&site.shop.slug(&slug).await?)))
}

/// As [`back`].
pub(super) async fn back_to_attribute(
    _: Admin,
    State(site): State<Site>,
    Path((slug, _)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&paths::product(&site.shop.slug(&slug).await?)))
}

/// Changes a section of the draft.
pub(super) async fn section(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let section = Section::named(&name).ok_or(Failure::NoPage)?;
    save(&site, &admin, &slug, section, &name, &body).await
}

/// Changes one attribute of the draft.
pub(super) async fn attribute(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, code)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let form = format!("attribute-{code}");
    save(&site, &admin, &slug, Section::Attribute(code), &form, &body).await
}

/// Changes the draft and goes back to the form's place on the page; a form that can't be saved comes back as typed.
async fn save(
    site: &Site,
    admin: &Admin,
    slug: &str,
    section: Section,
    form: &str,
    body: &str,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(slug).await?;
    let sent = query::whole(body)?;
    let is_attribute = form.starts_with("attribute-");
    let edit = draft_form::edit(admin, &slug, section, &sent)?;
    let version = edit.version;
    // An attribute's form is called by the code that it gives.
    let called = query::value(&sent, "code").filter(|_| is_attribute);
    let saved = called.map_or_else(|| form.to_owned(), |code| format!("attribute-{}", code.trim()));
    let error = match site.shop.edit_draft(edit).await {
        Ok(edited) => return Ok(lead_on(&slug, &edited, &saved, &sent)),
        Err(error) => error,
    };
    let entries = sent.iter().filter_map(|(name, _)| name.strip_prefix("label.")).map(str::to_owned);
    let entries = entries.filter(|_| is_attribute).collect();
    let typed = sent.iter().cloned().collect();
    let mut returned = Returned { form: form.to_owned(), typed, entries, ..Returned::default() };
    let status = draft_form::come_back(admin, (&slug, &saved, version), error, &mut returned)?;
    let draft = site.shop.draft(&slug).await?;
    returned.settle(draft.version);
    show(site, admin, draft, &asked(&sent), Answer { returned: Some(returned), refused: None, status }).await
}

/// Where a form that was saved leads: back to its section, or to the page of the table that it began, where its rows come next.
fn lead_on(slug: &Slug, edited: &Edited, saved: &str, sent: &[(String, String)]) -> Response {
    let (before, after) = (&edited.before.source, &edited.after.source);
    let table = last_rule(after).filter(|_| query::value(sent, "do") == Some("begin-table"));
    let address = table.map_or_else(
        || option_pages::behind(slug, (before, after), saved, sent),
        |rule| paths::table(slug, &rule),
    );
    Redirect::to(&address).into_response()
}

/// What the address of the page would ask for that a form was sent from: its section alone, and the page of options.
pub(super) fn asked(sent: &[(String, String)]) -> Vec<(String, String)> {
    let alone = query::value(sent, "alone").map(|alone| ("section".to_owned(), alone.to_owned()));
    let listed = alone.iter().flat_map(|_| query::pairs(query::value(sent, "listed").unwrap_or_default()));
    alone.clone().into_iter().chain(listed).collect()
}

/// Takes the last change of the draft back.
pub(super) async fn undo(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Redirect, Failure> {
    step(&site, &admin, &slug, &body, Step::Undo).await
}

/// Does again what was taken back.
pub(super) async fn redo(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Redirect, Failure> {
    step(&site, &admin, &slug, &body, Step::Redo).await
}

async fn step(site: &Site, admin: &Admin, slug: &str, body: &str, step: Step) -> Result<Redirect, Failure> {
    let slug = site.shop.slug(slug).await?;
    let sent = query::form(body)?;
    let version = query::value(&sent, "version").and_then(|version| version.parse().ok());
    site.shop.step_draft(&slug, version.ok_or(Failure::Form)?, step, &admin.email).await?;
    let back = query::value(&sent, "back").unwrap_or_default();
    let address = match back.split_once(':').unwrap_or((back, "")) {
        ("drawings", _) => paths::drawings(&slug),
        ("saves", _) => paths::saves(&slug),
        ("texts", tag) => paths::texts_in(&slug, tag),
        ("table", rule) => paths::table(&slug, rule),
        _ => option_pages::address(&slug, &asked(&sent)),
    };
    Ok(Redirect::to(&address))
}

/// What a step does to the bundle that it leads to, in words.
fn does(draft: &Draft, step: Step, target: &Bundle, language: Language) -> String {
    let say = language.admin();
    let (before, after) = match step {
        Step::Undo => (target, &draft.bundle),
        Step::Redo => (&draft.bundle, target),
    };
    let lines = changes(before, after, language);
    let first = lines.first().cloned().unwrap_or_else(|| say.other_change().to_owned());
    let told = if lines.len() > 1 { say.and_more(lines.len() as u64 - 1, &first) } else { first };
    match step {
        Step::Undo => say.undo_takes_back(&told),
        Step::Redo => say.redo_does_again(&told),
    }
}

/// The rules of a draft, by their places, that were saved just now: those that there were not before.
fn new_rules(draft: &Draft, before: Option<&Bundle>) -> Vec<usize> {
    let Some(before) = before else { return Vec::new() };
    let rules = draft.bundle.source.rules.iter().enumerate();
    let is_new = |rule: &RuleSource| !before.source.rules.contains(rule);
    rules.filter(|(_, rule)| is_new(rule)).map(|(index, _)| index).collect()
}

/// What the editor answers.
#[derive(Default)]
struct Answer {
    /// A form that was not saved.
    returned: Option<Returned>,
    /// Why something beside the forms was not done.
    refused: Option<String>,
    status: StatusCode,
}

/// The editor, where something beside its forms was not done: why, and the page that it would ask for.
pub(super) async fn refused(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    (asked, words): (&[(String, String)], String),
    status: StatusCode,
) -> Result<Response, Failure> {
    let draft = site.shop.draft(slug).await?;
    show(site, admin, draft, asked, Answer { returned: None, refused: Some(words), status }).await
}

/// The standard of a draft, as the editor shows it.
fn standard(product: &Product, draft: &Draft, language: Language) -> StandardView {
    let (words, quote) = (language.words(), product.quote(product.standard()));
    StandardView {
        price: quote.total.written(&words.locale),
        ready: app::configurator::lead_time(&words.studio, quote.lead_time_days),
        picture: preview::compose(product, &draft.bundle.drawings, product.standard()),
    }
}

async fn show(
    site: &Site,
    admin: &Admin,
    draft: Draft,
    asked: &[(String, String)],
    answer: Answer,
) -> Result<Response, Failure> {
    let Answer { returned, refused, status } = answer;
    let live = site.shop.compared_with(&draft.slug).await?;
    // Where the shop has no time to look into it now, it has none to do so beside.
    let study = site.shop.study_within(&draft, overview::MOMENT).await.ok().flatten();
    let analysis = match &study {
        Some((state, study)) => study.analysis(*state),
        None => site.shop.analyse(&draft, live.as_deref()).await?,
    };
    let study = study.as_ref().map(|(_, study)| study.as_ref());
    let standard = analysis.product.as_ref().map(|product| standard(product, &draft, admin.language));
    let [before, after] =
        [site.shop.draft_after(&draft, Step::Undo).await?, site.shop.draft_after(&draft, Step::Redo).await?];
    let step = |step, target: &Option<Bundle>| {
        target.as_ref().map(|target| does(&draft, step, target, admin.language))
    };
    let saved = query::value(asked, "saved");
    let alone = query::value(asked, "section");
    let alone = alone.filter(|section| admin::is_section(&draft.bundle.source, section));
    let listed = if alone.is_some() { option_pages::asked(asked) } else { OptionsAsked::default() };
    let options = option_pages::shown_options(&draft.bundle.source, alone, &listed, returned.as_ref());
    let made_sentences = fields::made_sentences(&draft.bundle.source);
    let part = query::value(asked, "show").unwrap_or_default();
    let picture = pictured::picture(site, admin.language, &draft, part).await?;
    let was = (before.as_ref(), live.as_deref());
    let is_blind = picture.is_none() && standard.is_none();
    let was = if is_blind { pictured::of_before(admin.language, &draft.slug, was) } else { None };
    let editor = Editor {
        shown: picture.or(was),
        undo: step(Step::Undo, &before),
        redo: step(Step::Redo, &after),
        search: query::value(asked, "search").unwrap_or_default().trim().to_owned(),
        alone: alone.map(str::to_owned),
        opened: if saved == Some("rules") { new_rules(&draft, before.as_ref()) } else { Vec::new() },
        overview: overview::overview(site, admin.language, &draft, study).await?,
        failed: analysis.failed,
        findings: analysis.findings,
        nothing_valid: nothing_valid(site, admin.language, &draft, &analysis.problems).await?,
        releases: lines(site, admin.language, &draft.slug).await?,
        language: admin.language,
        state: shown(analysis.state),
        changed: changed(&draft, Times::of(site, admin.language)),
        slug: draft.slug,
        version: draft.version,
        base: draft.base,
        fields: fields::fields(&draft.bundle.source, admin.language, &options),
        asked: option_pages::of_section(&options, alone),
        options,
        option_columns: &shop::drafts::OPTION_COLUMNS,
        elsewhere: query::value(asked, "at").map(str::to_owned),
        readable: Product::readable(&draft.bundle.source),
        rules_to_find: fields::rules_to_find(&draft.bundle.source, &made_sentences),
        made_sentences,
        codes: fields::codes(&draft.bundle.source),
        drawings: draft.bundle.drawings.keys().cloned().collect(),
        source: draft.bundle.source,
        live: live.map(|live| live.number),
        // An address alone is believed nothing: there may be no problems any more.
        refused,
        mends_first: query::value(asked, "unsound").is_some() && !analysis.problems.is_empty(),
        problems: analysis.problems,
        standard,
        saved: saved.map(str::to_owned),
        file_changed: changed_words(
            admin.language.pictures(),
            query::value(asked, "changed").unwrap_or_default(),
        ),
        returned,
    };
    Ok((status, Html(admin::editor(admin.frame(site), &editor))).into_response())
}

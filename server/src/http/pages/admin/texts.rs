//! Texts of a product in other languages: the overview, each language's page, saving it, and the file for spreadsheets.

use std::collections::{BTreeSet, HashMap};

use app::pages::FieldMessage;
use app::pages::admin::{
    self, Returned, TEXTS_OF_PAGE, TextFilter, TextItem, TextMark, TextsLanguage, TextsOverview, TextsPage,
};
use app::paths::admin as paths;
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::source::Source;
use configurator::{Slug, TextPlace, folded};
use shop::Section;
use shop::drafts::{TextLook, TextState, texts_in, translatable};
use words::Language;

use super::super::page::day_in_words;
use super::super::query;
use super::draft_form;
use super::fields::made_sentences;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The beginning of the names of fields that translations have.
const FIELD: &str = "text.";
/// Originals of more characters have a field of several lines.
const LONG: usize = 60;
/// Languages that are written from right to left, and scripts that are.
const RIGHT_TO_LEFT: [&str; 13] =
    ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi", "Arab", "Hebr"];

/// All languages.
pub(super) async fn overview(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    let source = &draft.bundle.source;
    let mut refused = None;
    if let Some(tag) = query::value(&sent, "language").map(str::trim) {
        match translatable(source, tag) {
            Some(tag) => return Ok(Redirect::to(&paths::texts_in(&slug, &tag)).into_response()),
            None => refused = Some(tag.to_owned()),
        }
    }
    let languages = tags(&site, source).into_iter().map(|tag| language(&site, source, tag)).collect();
    let page = TextsOverview {
        name: source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        languages,
        slug,
        refused,
    };
    let status = if page.refused.is_some() { Failure::Unreadable.status() } else { StatusCode::OK };
    Ok((status, Html(admin::texts(admin.frame(&site), &page))).into_response())
}

/// The languages that the shop speaks, and those that the product has texts of.
fn tags(site: &Site, source: &Source) -> BTreeSet<String> {
    let spoken = site.languages.iter().filter(|language| !language.is_pseudo());
    let spoken = spoken.map(|language| language.tag().to_owned());
    let all = spoken.chain(source.translations.keys().cloned());
    all.filter(|tag| *tag != source.language).collect()
}

fn language(site: &Site, source: &Source, tag: String) -> TextsLanguage {
    let texts = texts_in(source, &tag);
    let count = |is: fn(&TextState) -> bool| texts.iter().filter(|text| is(&text.state)).count();
    let translated = texts.iter().filter(|text| !text.saved.is_empty()).count();
    let stale = count(|state| matches!(state, TextState::Stale(_)));
    let counts = [texts.len(), translated, count(|state| *state == TextState::Missing), stale];
    TextsLanguage { name: called(&tag), is_spoken: is_spoken(site, &tag), counts, tag }
}

/// What people call a language.
fn called(tag: &str) -> String {
    match words::named(tag) {
        name if name == tag => tag.to_owned(),
        name => format!("{name} ({tag})"),
    }
}

/// Whether the shop has pages in this language.
fn is_spoken(site: &Site, tag: &str) -> bool {
    site.languages.iter().any(|language| language.tag() == tag)
}

fn direction(tag: &str) -> &'static str {
    if tag.split('-').any(|part| RIGHT_TO_LEFT.contains(&part)) { "rtl" } else { "ltr" }
}

/// The texts of a language.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, tag)): Path<(String, String)>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let slug = site.shop.slug(&slug).await?;
    show(&site, &admin, (&slug, &tag), &sent, None, StatusCode::OK).await
}

/// Saves them; a form that can't be saved comes back as typed.
pub(super) async fn save(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, tag)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    saved(&site, &admin, (&slug, &tag), query::whole(&body)?).await
}

/// The address that takes files only leads back: a reload after a mistake finds the page.
pub(super) async fn back(
    _: Admin,
    State(site): State<Site>,
    Path((slug, tag)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&paths::texts_in(&site.shop.slug(&slug).await?, &tag)))
}

/// Takes a file of a spreadsheet, with what is typed on its page.
pub(super) async fn upload(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, tag)): Path<(String, String)>,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let (mut sent, mut file) = (Vec::new(), String::new());
    while let Some(part) = form.next_field().await.map_err(|error| Failure::Refused(error.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| Failure::Refused(error.status()))?;
        // What is no text is taken for an empty file, so that nothing is saved with letters that were read wrong.
        let text = String::from_utf8(bytes.to_vec()).unwrap_or_default();
        match name.as_str() {
            "file" => file = text,
            _ => sent.push((name, text)),
        }
    }
    if !file.trim().is_empty() {
        // It stands in place of rows that are pasted, such as those that came back wrong.
        sent.retain(|(name, _)| name != "rows");
        sent.push(("rows".to_owned(), file));
        return saved(&site, &admin, (&slug, &tag), sent).await;
    }
    let message = admin.language.translations().no_file().to_owned();
    let returned = Returned {
        form: "texts".to_owned(),
        typed: sent.iter().cloned().collect(),
        messages: vec![FieldMessage { field: String::new(), message }],
        origin: query::value(&sent, "version").and_then(|version| version.parse().ok()),
        ..Returned::default()
    };
    show(&site, &admin, (&slug, &tag), &sent, Some(returned), Failure::Unreadable.status()).await
}

async fn saved(
    site: &Site,
    admin: &Admin,
    (slug, tag): (&Slug, &str),
    sent: Vec<(String, String)>,
) -> Result<Response, Failure> {
    let edit = draft_form::edit(admin, slug, Section::Texts(tag.to_owned()), &sent)?;
    let version = edit.version;
    let Err(error) = site.shop.edit_draft(edit).await else {
        return Ok(Redirect::to(&next(slug, tag, &sent)).into_response());
    };
    let mut returned =
        Returned { form: "texts".to_owned(), typed: sent.iter().cloned().collect(), ..Returned::default() };
    let status = draft_form::come_back(admin, (slug, "texts", version), error, &mut returned)?;
    show(site, admin, (slug, tag), &sent, Some(returned), status).await
}

/// Where somebody goes on who saved: to the texts that the button asks for, or those that there were.
fn next(slug: &Slug, tag: &str, sent: &[(String, String)]) -> String {
    let field = |name| query::value(sent, name).unwrap_or_default();
    let (verb, rest) = field("do").split_once(':').unwrap_or_default();
    let search = field("q").trim();
    let is_new = verb == "show" || search != field("searched");
    let show = if verb == "show" { rest } else { field("show") };
    let from = if verb == "page" { rest } else { field("from") };
    let from = if is_new { 1 } else { from.parse().unwrap_or(1) };
    format!("{}&saved=1", paths::texts_from(slug, tag, (filter(show).code(), search, from)))
}

fn filter(code: &str) -> TextFilter {
    TextFilter::ALL.into_iter().find(|filter| filter.code() == code).unwrap_or_default()
}

async fn show(
    site: &Site,
    admin: &Admin,
    (slug, tag): (&Slug, &str),
    sent: &[(String, String)],
    mut returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let draft = site.shop.draft(slug).await?;
    let source = &draft.bundle.source;
    match translatable(source, tag) {
        Some(usual) if usual == tag => {}
        Some(usual) => return Ok(Redirect::to(&paths::texts_in(slug, &usual)).into_response()),
        None => return Err(Failure::NoPage),
    }
    if let Some(returned) = &mut returned {
        returned.settle(draft.version);
    }
    let field = |name| query::value(sent, name).unwrap_or_default();
    let (filter, search) = (filter(field("show")), field("q").trim().to_owned());
    let texts = Named::all(source, tag, admin.language);
    let count = |filter| texts.iter().filter(|text| text.is_in(filter)).count();
    let counts = TextFilter::ALL.map(count);
    let (found, first, most) = chosen(&texts, sent, (filter, &search), returned.as_ref());
    let made: HashMap<String, String> = made(source, tag);
    let items = found.iter().skip(first).take(most).map(|text| text.item(admin.language, &made)).collect();
    let page = TextsPage {
        slug: slug.clone(),
        name: source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        origin: (draft.version, draft.base),
        lang: (tag.to_owned(), direction(tag)),
        written_in: (source.language.clone(), direction(&source.language)),
        called: called(tag),
        is_spoken: is_spoken(site, tag),
        counts,
        filter,
        search,
        items,
        first,
        found: found.len(),
        saved: query::value(sent, "saved").is_some() && returned.is_none(),
        returned,
    };
    Ok((status, Html(admin::texts_in(admin.frame(site), &page))).into_response())
}

/// The texts that are shown on all pages, the first on this one, and how many there are on it at most.
fn chosen<'t>(
    texts: &'t [Named],
    sent: &[(String, String)],
    (filter, search): (TextFilter, &str),
    returned: Option<&Returned>,
) -> (Vec<&'t Named>, usize, usize) {
    // A form that comes back has the fields that it was sent with, whatever stands in them now.
    if returned.is_some_and(|returned| !returned.rows) {
        let fields: BTreeSet<&str> = sent.iter().filter_map(|(name, _)| name.strip_prefix(FIELD)).collect();
        let found: Vec<&Named> = texts.iter().filter(|text| fields.contains(text.path.as_str())).collect();
        if !found.is_empty() {
            let most = found.len();
            return (found, 0, most);
        }
    }
    let found: Vec<&Named> = texts.iter().filter(|text| text.is_in(filter) && text.has(search)).collect();
    let last = found.len().saturating_sub(1) / TEXTS_OF_PAGE * TEXTS_OF_PAGE;
    let from = query::value(sent, "from").and_then(|from| from.parse::<usize>().ok()).unwrap_or(1);
    let first = (from.saturating_sub(1) / TEXTS_OF_PAGE * TEXTS_OF_PAGE).min(last);
    (found, first, TEXTS_OF_PAGE)
}

/// By rule, what shoppers of a language read of it where nobody wrote a sentence.
fn made(source: &Source, tag: &str) -> HashMap<String, String> {
    let mut asked = source.clone();
    asked.translations.entry(tag.to_owned()).or_default();
    let rules = source.rules.iter().zip(made_sentences(&asked));
    let made = rules.filter_map(|(rule, sentences)| {
        let sentence = sentences.into_iter().find(|(known, _)| known == tag)?.1;
        Some((rule.code.clone(), sentence))
    });
    made.collect()
}

/// A text with what people call it.
struct Named {
    look: TextLook,
    path: String,
    group: String,
    what: String,
}

impl Named {
    fn all(source: &Source, tag: &str, language: Language) -> Vec<Self> {
        let of = |look: TextLook| {
            let (group, what) = names(&look, source, language);
            Self { path: look.place.path(), group, what, look }
        };
        texts_in(source, tag).into_iter().map(of).collect()
    }

    fn is_in(&self, filter: TextFilter) -> bool {
        match filter {
            TextFilter::All => true,
            TextFilter::Missing => self.look.state == TextState::Missing,
            TextFilter::Stale => matches!(self.look.state, TextState::Stale(_)),
        }
    }

    /// Whether it has the words that are searched for.
    fn has(&self, search: &str) -> bool {
        let wanted = folded(search);
        let here = [&self.look.original, &self.look.saved, &self.path, &self.group, &self.what];
        wanted.is_empty() || here.iter().any(|text| folded(text).contains(&wanted))
    }

    fn item(&self, language: Language, made: &HashMap<String, String>) -> TextItem {
        let Self { look, path, group, what } = self;
        let mark = match &look.state {
            TextState::Missing => TextMark::Missing,
            TextState::Inherited(tag) => TextMark::Inherited(called(tag)),
            TextState::Made => {
                let code = path.strip_prefix("rules.").unwrap_or_default();
                TextMark::Made(language.marked(made.get(code).cloned().unwrap_or_default()))
            }
            TextState::Stale(mark) => TextMark::Stale {
                since: mark.day().map_or_else(|| mark.since.clone(), |day| day_in_words(language, day)),
                was: language.marked(mark.was.clone()),
            },
            TextState::Translated => TextMark::Translated,
        };
        let is_sentence = matches!(
            look.place,
            TextPlace::Summary
                | TextPlace::Description
                | TextPlace::Help(_)
                | TextPlace::OptionDescription(..)
                | TextPlace::Rule(_)
                | TextPlace::DesignSummary(_)
        );
        TextItem {
            path: path.clone(),
            group: group.clone(),
            what: what.clone(),
            original: look.original.clone(),
            saved: look.saved.clone(),
            is_long: is_sentence || look.original.chars().count() > LONG || look.original.contains('\n'),
            mark,
        }
    }
}

/// What people call a text: what it belongs to, and what it is in there.
fn names(look: &TextLook, source: &Source, language: Language) -> (String, String) {
    let say = language.admin();
    let attribute = |code: &String| source.attributes.iter().find(|attribute| attribute.code == *code);
    let label = |code: &String| {
        language.marked(attribute(code).map_or_else(|| code.clone(), |attribute| attribute.label.clone()))
    };
    let option = |of: &String, code: &String| {
        let options = attribute(of).map(|attribute| attribute.options.as_slice()).unwrap_or_default();
        let found = options.iter().find(|option| option.code == *code);
        language.marked(found.map_or_else(|| code.clone(), |option| option.label.clone()))
    };
    let part = |of: String, what: &str| language.translations().part(&of, &what);
    let (product, uses) = (say.product().to_owned(), say.place_uses().to_owned());
    match &look.place {
        TextPlace::Name => (product, say.name().to_owned()),
        TextPlace::Summary => (product, say.place_summary().to_owned()),
        TextPlace::Description => (product, say.field_description().to_owned()),
        TextPlace::SearchWords => (product, say.field_search_words().to_owned()),
        TextPlace::Step(_) => (say.place_steps().to_owned(), say.name().to_owned()),
        TextPlace::Attribute(code) => (label(code), say.name().to_owned()),
        TextPlace::Help(code) => (label(code), say.advice().to_owned()),
        TextPlace::Unit(code) => (label(code), say.field_unit().to_owned()),
        TextPlace::Option(of, code) => (label(of), part(option(of, code), say.name())),
        TextPlace::OptionDescription(of, code) => {
            (label(of), part(option(of, code), say.field_option_description()))
        }
        TextPlace::Rule(code) => {
            let at = source.rules.iter().position(|rule| rule.code == *code).unwrap_or_default();
            (say.rules().to_owned(), say.rule(&(at + 1)))
        }
        TextPlace::Price(_) => (say.place_surcharges().to_owned(), say.name().to_owned()),
        TextPlace::NoReturn(_) => (say.place_no_returns().to_owned(), say.field_reason().to_owned()),
        TextPlace::Design(_) => (say.place_designs().to_owned(), say.name().to_owned()),
        TextPlace::DesignSummary(_) => (say.place_designs().to_owned(), say.place_summary().to_owned()),
        TextPlace::Benefit(_) => (say.section_benefits().to_owned(), say.name().to_owned()),
        TextPlace::Question => (uses, say.field_question().to_owned()),
        TextPlace::Answer(_) => (uses, say.field_answer().to_owned()),
        TextPlace::People(_) => (uses, say.field_people().to_owned()),
    }
}

/// The same as a file for spreadsheets.
pub(super) async fn csv(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, tag)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let text = site.shop.texts_csv(&slug, &tag, admin.language).await?.ok_or(Failure::NoPage)?;
    let named = format!("attachment; filename=\"{slug}-{tag}.csv\"");
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, named)], text).into_response())
}

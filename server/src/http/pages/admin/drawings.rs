//! The drawings of a draft: their page, changing them, and one as a file.

use app::pages::admin::{self, DrawingPlaces, DrawingRow, DrawingsPage, DrawingsWrong, SavedDrawings};
use app::paths::admin as paths;
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use configurator::source::Source;
use preview::Changed;
use shop::ShopError;
use shop::drafts::{
    DrawingFile, DrawingItem, DrawingPlace, DrawingsChange, DrawingsDone, DrawingsEdit, DrawingsError,
    DrawingsLook, MOST_FILES,
};
use words::{Language, Pictures};

use super::super::query;
use super::draft_form::who_saved;
use super::drawing_words::told;
use super::option_pages::address_of;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Most options among which a place is offered: longer lists are for nobody.
const MOST_OPTIONS: usize = 300;

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(asked): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let asked = query::pairs(asked.as_deref().unwrap_or_default());
    let text = |name| query::value(&asked, name).map(str::to_owned);
    let kept = Kept { place: text("place").unwrap_or_default(), from: text("from"), ..Kept::default() };
    let saved = text("saved").map(|names| SavedDrawings {
        names: names.split(',').filter(|name| name.ends_with(".svg")).map(str::to_owned).collect(),
        changed: changed_words(admin.language.pictures(), &text("changed").unwrap_or_default()),
    });
    page(&site, &admin, &slug, kept, saved, None).await
}

/// A drawing as a file.
pub(super) async fn download(
    _: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let mut drawings = site.shop.draft(&slug).await?.bundle.drawings;
    let svg = drawings.remove(&name).ok_or(Failure::NoPage)?;
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\"")),
        // Opened by itself, it does nothing but draw.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox".to_owned(),
        ),
    ];
    Ok((headers, svg).into_response())
}

/// What of a form stays when it comes back.
#[derive(Default)]
struct Kept {
    place: String,
    from: Option<String>,
    /// The drawing that it was about.
    name: String,
}

/// A form as it was sent.
#[derive(Default)]
struct Sent {
    texts: Vec<(String, String)>,
    files: Vec<DrawingFile>,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self, Failure> {
        let mut sent = Self::default();
        while let Some(part) = form.next_field().await.map_err(|error| Failure::Refused(error.status()))? {
            let (field, file) =
                (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            let bytes = part.bytes().await.map_err(|error| Failure::Refused(error.status()))?;
            match file {
                // A browser sends a nameless file where none was chosen.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => sent.files.push(DrawingFile { name, bytes: bytes.to_vec() }),
                None => {
                    sent.texts.push((field, String::from_utf8(bytes.to_vec()).map_err(|_| Failure::Form)?))
                }
            }
        }
        if sent.text(app::address::END) != Some("on") {
            return Err(Failure::Cut);
        }
        Ok(sent)
    }

    fn text(&self, name: &str) -> Option<&str> {
        query::value(&self.texts, name)
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Result<N, Failure> {
        self.text(name).and_then(|number| number.parse().ok()).ok_or(Failure::Form)
    }

    /// What its button asks for.
    fn change(&mut self) -> Result<DrawingsChange, Failure> {
        let files = std::mem::take(&mut self.files);
        let name = self.text("name").unwrap_or_default().to_owned();
        let fits = self.text("fits") == Some("on");
        Ok(match self.text("do") {
            Some("upload") => {
                let place = place(self.text("place").unwrap_or_default()).ok_or(Failure::Form)?;
                DrawingsChange::Add { files, place, fits }
            }
            Some("replace") => {
                let file = files.into_iter().next().unwrap_or_default();
                DrawingsChange::Replace { name, file, fits }
            }
            Some("rename") => {
                DrawingsChange::Rename { name, to: self.text("to").unwrap_or_default().to_owned() }
            }
            Some("remove") => DrawingsChange::Remove { name, with_layers: false },
            Some("remove-all") => DrawingsChange::Remove { name, with_layers: true },
            _ => return Err(Failure::Form),
        })
    }
}

/// What shows a drawing, as forms and addresses say it.
fn place(text: &str) -> Option<DrawingPlace> {
    let mut parts = text.splitn(3, ':');
    Some(match (parts.next(), parts.next(), parts.next()) {
        (Some(""), None, None) => DrawingPlace::Nowhere,
        (Some("always"), None, None) => DrawingPlace::Always,
        (Some("layer"), Some(at), None) => DrawingPlace::Layer(at.parse().ok()?),
        (Some("option"), Some(attribute), Some(option)) => {
            DrawingPlace::Option(attribute.to_owned(), option.to_owned())
        }
        _ => return None,
    })
}

/// Uploads, replaces, renames or removes.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let mut sent = Sent::read(form).await?;
    let edit = DrawingsEdit {
        slug: slug.clone(),
        version: sent.number("version")?,
        base: sent.number("base")?,
        change: sent.change()?,
        by: admin.email.clone(),
    };
    let is_removal = matches!(edit.change, DrawingsChange::Remove { .. });
    let error = match site.shop.change_drawings(edit).await {
        Ok(done) => {
            let draft = site.shop.draft(&slug).await?;
            return Ok(Redirect::to(&behind(&slug, &draft.bundle.source, &sent, &done)).into_response());
        }
        Err(error) => error,
    };
    let text = |name| sent.text(name).map(str::to_owned);
    let kept = Kept {
        place: text("place").unwrap_or_default(),
        from: text("from"),
        name: text("name").unwrap_or_default(),
    };
    let say = admin.language.pictures();
    let (status, wrong) = match error {
        DrawingsError::Asks { name, layers } => {
            let layers: Vec<String> = layers.iter().map(|at| say.layer(&(at + 1))).collect();
            let asks = vec![say.asks(&name, &layers.join(", "))];
            (StatusCode::OK, DrawingsWrong { messages: asks, asks: Some(name) })
        }
        DrawingsError::Clash { names, changed_by } => {
            let named: Vec<&str> = names
                .iter()
                .map(|name| if name.is_empty() { say.that_layer() } else { name.as_str() })
                .collect();
            let (who, named) = (who_saved(&admin, Some(&changed_by)), named.join(", "));
            let told = if is_removal { say.clash_removing(&who, &named) } else { say.clash(&who, &named) };
            (StatusCode::CONFLICT, DrawingsWrong { messages: vec![told], asks: None })
        }
        DrawingsError::Shop(ShopError::DraftChanged { changed_by, .. }) => {
            let told = who_saved(&admin, changed_by.as_deref());
            (StatusCode::CONFLICT, DrawingsWrong { messages: vec![told], asks: None })
        }
        DrawingsError::Shop(error) => return Err(error.into()),
        error => {
            let messages = told(&error, admin.language);
            (Failure::Unreadable.status(), DrawingsWrong { messages, asks: None })
        }
    };
    page(&site, &admin, &slug, kept, None, Some((status, wrong))).await
}

/// Where a change leads: back to where somebody came from, or to the page.
fn behind(slug: &Slug, source: &Source, sent: &Sent, done: &DrawingsDone) -> String {
    let changed: Vec<&str> = done.changed.iter().map(|changed| changed.code()).collect();
    if let Some(from) = sent.text("from").filter(|from| is_plain(from)) {
        let changed =
            if changed.is_empty() { String::new() } else { format!("&changed={}", changed.join(",")) };
        let option = sent.text("place").and_then(|place| place.strip_prefix("option:")?.split_once(':'));
        let page = option.and_then(|(attribute, option)| address_of(slug, source, attribute, option));
        let page = page.unwrap_or_else(|| format!("{}?saved={from}#{from}", paths::product(slug)));
        return match page.split_once('#') {
            Some((page, anchor)) => format!("{page}{changed}#{anchor}"),
            None => page + &changed,
        };
    }
    // What was removed has no name any more.
    let names = if done.names.is_empty() { "removed".to_owned() } else { done.names.join(",") };
    paths::drawings_saved(slug, &names, &changed.join(","))
}

/// Whether a text can stand in an address as it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// How drawings differ from their files, from the codes in an address.
pub(super) fn changed_words(say: &Pictures, codes: &str) -> Vec<&'static str> {
    let codes: Vec<&str> = codes.split(',').collect();
    let there = Changed::ALL.into_iter().filter(|changed| codes.contains(&changed.code()));
    let words = there.map(|changed| match changed {
        Changed::Fitted => say.fitted(),
        Changed::Scaled => say.scaled(),
        Changed::Editor => say.editor(),
        Changed::Rules => say.rules_left_out(),
    });
    words.collect()
}

/// What may show a new drawing.
fn places(source: &Source, language: Language, kept: &Kept) -> DrawingPlaces {
    let say = language.pictures();
    let mut all =
        vec![(String::new(), say.nowhere().to_owned()), ("always".to_owned(), say.always().to_owned())];
    let layers = source.layers.iter().enumerate().filter(|(_, layer)| layer.text.is_none());
    all.extend(layers.map(|(at, layer)| {
        let words = match layer.drawing() {
            Some(name) => say.in_layer(&(at + 1), &name),
            None => say.in_blank_layer(&(at + 1)),
        };
        (format!("layer:{at}"), words)
    }));
    let options = source.attributes.iter().flat_map(|attribute| {
        attribute.options.iter().map(move |option| {
            let words = say.with_option(&format!("{}: {}", attribute.label, option.label));
            (format!("option:{}:{}", attribute.code, option.code), words)
        })
    });
    let is_asked = |(value, _): &(String, String)| *value == kept.place;
    let asked: Vec<_> = options.clone().filter(is_asked).collect();
    all.extend(options.take(MOST_OPTIONS));
    if !all.iter().any(is_asked) {
        all.extend(asked);
    }
    DrawingPlaces { all, chosen: kept.place.clone(), from: kept.from.clone().filter(|from| is_plain(from)) }
}

fn row(item: DrawingItem, source: &Source, language: Language, is_open: bool) -> DrawingRow {
    let layer = |at: &usize| source.layers.get(*at);
    let boxed = |at: &usize| layer(at).is_some_and(|layer| layer.area().iter().any(Option::is_some));
    DrawingRow {
        layers: item
            .layers
            .iter()
            .map(|at| (at + 1, layer(at).and_then(|layer| layer.when.clone())))
            .collect(),
        // What is missing is said already.
        findings: match item.svg {
            None => Vec::new(),
            Some(_) => item
                .findings
                .iter()
                .map(|found| format!("{}. {}", found.problem.message, found.problem.advice_in_full()))
                .map(|told| language.marked(told))
                .collect(),
        },
        fits: item.layers.is_empty() || !item.layers.iter().all(boxed),
        name: item.name,
        svg: item.svg,
        is_open,
    }
}

async fn page(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    kept: Kept,
    saved: Option<SavedDrawings>,
    wrong: Option<(StatusCode, DrawingsWrong)>,
) -> Result<Response, Failure> {
    let DrawingsLook { draft, items, used_bytes } = site.shop.drawings(slug).await?;
    let live = site.shop.compared_with(slug).await?;
    let analysis = site.shop.analyse(&draft, live.as_deref()).await?;
    let (source, drawings) = (&draft.bundle.source, &draft.bundle.drawings);
    let picture = analysis.product.as_ref();
    let picture = picture.map(|product| preview::compose(product, drawings, product.standard()));
    let rows: Vec<DrawingRow> = items
        .into_iter()
        .map(|item| {
            let is_open =
                item.name == kept.name && wrong.as_ref().is_some_and(|(_, wrong)| wrong.asks.is_none());
            row(item, source, admin.language, is_open)
        })
        .collect();
    let (status, wrong) = wrong.map_or((StatusCode::OK, None), |(status, wrong)| (status, Some(wrong)));
    let page = DrawingsPage {
        slug: draft.slug.clone(),
        name: source.name.clone(),
        state: shown(analysis.state),
        origin: (draft.version, draft.base),
        rows,
        bytes: [drawings.values().map(String::len).sum(), used_bytes, preview::USUAL_BYTES],
        picture,
        size: source.picture,
        most_files: MOST_FILES,
        places: places(source, admin.language, &kept),
        saved,
        wrong,
    };
    Ok((status, Html(admin::drawings(admin.frame(site), &page))).into_response())
}

//! Designs that somebody keeps under names: the page that shows them, and what is done with them there.

use app::pages::{self, Naming, SnapshotsPage};
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::Slug;
use shop::designs::{LONGEST_NAME, MOST_COMPARED};
use shop::{Opened, ShopError};
use words::Shop;

use super::page::PRIVATE;
use super::shelf::{MOST_OF_ONE, Shelf, named, on_shelf};
use super::{asked, beside, query};
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::limits::MayKeep;
use crate::http::site::Site;

/// The page where a design is kept under a name.
pub(super) fn address(opened: &Opened) -> String {
    let from = opened.from.as_ref().map(|(number, _)| *number);
    let query = address::design_query(opened.revision.number, &opened.start, &opened.pairs());
    format!("{}?{}", paths::snapshots(&opened.revision.slug), address::going_on(query, from))
}

/// A name that was not taken: of which snapshot, what was typed, and why.
struct RefusedName {
    token: Option<String>,
    typed: String,
    reason: String,
}

/// Who asks for the page, and with what.
struct Asked<'a> {
    site: &'a Site,
    slug: Slug,
    headers: &'a HeaderMap,
    /// The present design, as pairs.
    now: Vec<(String, String)>,
    is_part: bool,
    reads: Reads,
}

impl Asked<'_> {
    fn say(&self) -> &'static Shop {
        self.reads.0.language.shop()
    }

    fn shelf(&self) -> Shelf {
        Shelf::read(self.site, self.headers)
    }

    /// Whether a design came along.
    fn has_design(&self) -> bool {
        query::value(&self.now, address::REVISION).is_some()
    }

    /// The present design, or that which the product starts from.
    async fn opened(&self) -> Result<Opened, Failure> {
        let consent = asked::agreed(self.site, self.headers, &self.slug, &self.now).await?;
        let design = query::design(&self.now);
        let language = self.reads.0.language;
        Ok(self.site.shop.open_design(&self.slug, &design, &consent, language).await?)
    }

    /// The page with its design, after something was done.
    fn after(&self, done: &str, token: &str) -> Redirect {
        let mut pairs = self.now.clone();
        pairs.push((address::DONE.to_owned(), done.to_owned()));
        pairs.push((address::TOKEN.to_owned(), token.to_owned()));
        if self.is_part {
            pairs.push((address::PART.to_owned(), "1".to_owned()));
        }
        Redirect::to(&format!("{}?{}", paths::snapshots(&self.slug), address::query(&pairs)))
    }

    async fn page(
        self,
        done: Option<(String, Option<String>)>,
        refused: Option<RefusedName>,
    ) -> Result<Response, Failure> {
        let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let (site, slug, language) = (self.site, &self.slug, self.reads.0.language);
        let mut kept = on_shelf(site, &self.shelf(), slug, language).await?;
        let opened = self.opened().await?;
        let names: Vec<String> = kept.iter().map(|kept| kept.name.clone()).collect();
        let suggested = || Naming { name: opened.suggested_name(&names), refused: None };
        let mut naming = self.has_design().then(suggested);
        if let Some(RefusedName { token, typed, reason }) = refused {
            match kept.iter_mut().find(|kept| Some(&kept.token) == token.as_ref()) {
                Some(kept) => kept.refused = Some((typed, reason)),
                None => naming = Some(Naming { name: typed, refused: Some(reason) }),
            }
        }
        let from = opened.from.as_ref().map(|(number, _)| *number);
        let own = self.has_design().then(|| beside::own(&opened, from));
        let with: Vec<String> = own
            .into_iter()
            .chain(kept.iter().map(|kept| beside::link(&kept.token)))
            .take(MOST_COMPARED)
            .collect();
        let page = SnapshotsPage {
            product: opened.product.name.clone(),
            back: match self.now.is_empty() {
                true => paths::product(slug),
                false => format!("{}?{}", paths::product(slug), address::query(&self.now)),
            },
            now: address::query(&self.now),
            compare: (with.len() > 1).then(|| address::compare(slug, with.iter().map(String::as_str), false)),
            days: u64::try_from(site.shop.designs_kept().whole_days()).unwrap_or_default(),
            slug: self.slug,
            naming,
            kept,
            done,
        };
        let html = match self.is_part {
            true => pages::snapshots_part(&self.reads.0, &page),
            false => pages::snapshots(&site.assets, &self.reads.0, &page),
        };
        Ok((status, PRIVATE, Html(html)).into_response())
    }
}

/// What of an address or a form is the present design.
fn design_pairs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let other = [address::PART, address::DONE, address::TOKEN, address::LANGUAGE];
    pairs.iter().filter(|(key, _)| !other.contains(&key.as_str())).cloned().collect()
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    reads: Reads,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let is_part = query::value(&pairs, address::PART).is_some();
    let asked = Asked { site: &site, slug, headers: &headers, now: design_pairs(&pairs), is_part, reads };
    let done = done(&asked, &pairs).await?;
    asked.page(done, None).await
}

/// What was done, in words, and the token of what can be undone. Names come from the store, never from an address.
async fn done(
    asked: &Asked<'_>,
    pairs: &[(String, String)],
) -> Result<Option<(String, Option<String>)>, Failure> {
    let what = query::value(pairs, address::DONE);
    let (Some(what), Some(token)) = (what, query::value(pairs, address::TOKEN)) else { return Ok(None) };
    let Some(kept) = named(asked.site, &asked.slug, token).await? else { return Ok(None) };
    let (say, name) = (asked.say(), kept.name.unwrap_or_default());
    Ok(match what {
        "keep" => Some((say.kept_as(&name), None)),
        "rename" => Some((say.renamed_to(&name), None)),
        "remove" => Some((say.removed_named(&name), Some(token.to_owned()))),
        "undo" => Some((say.put_back(&name), None)),
        _ => None,
    })
}

/// Does something with what is kept, as the page's forms say.
pub(super) async fn act(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    reads: Reads,
    _: MayKeep,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let form = query::form(&body)?;
    let is_part = query::value(&form, address::PART).is_some();
    let now = design_pairs(&query::pairs(query::value(&form, address::NOW).unwrap_or_default()));
    let asked = Asked { site: &site, slug, headers: &headers, now, is_part, reads };
    let (shelf, typed) = (asked.shelf(), query::value(&form, address::NAMED).unwrap_or_default().trim());
    let mut token = query::value(&form, address::TOKEN).unwrap_or_default().to_owned();
    let is_here = shelf.of(&asked.slug).any(|own| *own == token);
    let what = query::value(&form, address::DO).unwrap_or_default();
    let shelf = match what {
        "keep" => return keep(asked, typed).await,
        "rename" if is_here => {
            let renamed =
                if typed.is_empty() { Ok(true) } else { site.shop.rename_design(&token, typed).await };
            if let Err(error) = renamed {
                return refuse(asked, Some(token), typed, error).await;
            }
            shelf
        }
        "remove" => shelf.without(&token),
        "undo" if is_here => shelf,
        "undo" if named(&site, &asked.slug, &token).await?.is_some() => {
            if !shelf.has_room(&asked.slug) {
                return no_room(asked, typed).await;
            }
            token = site.shop.copy_named_design(&token).await?.ok_or(Failure::Form)?;
            shelf.with(&asked.slug, &token)
        }
        _ => return Err(Failure::Form),
    };
    Ok((CookieJar::new().add(shelf.cookie(&site)), asked.after(what, &token)).into_response())
}

/// Keeps the present design under a name; under the one that is suggested where none was typed.
async fn keep(asked: Asked<'_>, typed: &str) -> Result<Response, Failure> {
    let (site, shelf) = (asked.site, asked.shelf());
    if !asked.has_design() {
        return Err(Failure::Form);
    }
    let opened = asked.opened().await?;
    if !shelf.has_room(&asked.slug) {
        return no_room(asked, typed).await;
    }
    let name = match typed {
        "" => opened.suggested_name(&[]),
        typed => typed.to_owned(),
    };
    match site.shop.keep_named_design(&opened, &name).await {
        Ok(token) => {
            let shelf = shelf.with(&asked.slug, &token);
            Ok((CookieJar::new().add(shelf.cookie(site)), asked.after("keep", &token)).into_response())
        }
        Err(error) => refuse(asked, None, typed, error).await,
    }
}

async fn no_room(asked: Asked<'_>, typed: &str) -> Result<Response, Failure> {
    let reason = asked.say().no_room_to_keep(&MOST_OF_ONE);
    asked.page(None, Some(RefusedName { token: None, typed: typed.to_owned(), reason })).await
}

/// The page with what was typed and why it is no name.
async fn refuse(
    asked: Asked<'_>,
    token: Option<String>,
    typed: &str,
    error: ShopError,
) -> Result<Response, Failure> {
    let reason = match error {
        ShopError::LongText { .. } => asked.say().shorten_design_name(LONGEST_NAME as u64),
        ShopError::HiddenCharacters => asked.say().hidden_characters().to_owned(),
        error => return Err(error.into()),
    };
    asked.page(None, Some(RefusedName { token, typed: typed.to_owned(), reason })).await
}

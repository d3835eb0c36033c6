//! Built files for the browser, with fingerprints in their addresses so that browsers may keep them for good. What a page of
//! another release asks for is answered with that release's bytes, a script with no others.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::pages::Assets;
use app::paths::file;
use axum::Router;
use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::http::failure::Failure;

/// What a fingerprint follows in an address.
const PRINT: &str = "v=";

/// Finds the built files and fingerprints them by content.
pub(crate) fn find(site_root: &Path) -> io::Result<Assets> {
    let package = site_root.join("pkg");
    let address = |names: &[&str]| -> io::Result<String> {
        let found = names.iter().find(|name| package.join(name).is_file());
        let name = found.ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                format!("{} is missing", package.join(names[0]).display()),
            )
        })?;
        let bytes = std::fs::read(package.join(name))?;
        let print = const_hex::encode(&Sha256::digest(&bytes)[..8]);
        Ok(format!("{}{name}?{PRINT}{print}", file::PACKAGE))
    };
    Ok(Assets {
        style: address(&["atelier.css"])?,
        script: address(&["atelier.js"])?,
        wasm: address(&["atelier.wasm", "atelier_bg.wasm"])?,
    })
}

/// Built files of one release.
struct Release {
    assets: Assets,
    files: ServeDir,
}

impl Release {
    /// Whether its pages ask for this address, which has a fingerprint.
    fn has(&self, address: &str) -> bool {
        [&self.assets.style, &self.assets.script, &self.assets.wasm].iter().any(|own| *own == address)
    }
}

/// Serves the files, and those of former releases that their pages ask for; everything else is a page that does not exist.
pub(crate) fn files(site_root: &Path, assets: Assets, former_sites: &[PathBuf]) -> Router {
    let missing = Router::new().fallback(not_found);
    let current = Release { assets, files: served(site_root) };
    let service = current.files.clone().fallback(missing);
    let releases: Arc<[Release]> = std::iter::once(current).chain(former(former_sites)).collect();
    Router::new()
        .fallback_service(service)
        .layer(middleware::from_fn_with_state(releases, keep))
        .layer(middleware::from_fn(hide))
}

fn served(site_root: &Path) -> ServeDir {
    let files = ServeDir::new(site_root).precompressed_br().precompressed_gzip();
    files.append_index_html_on_directories(false)
}

/// The former releases that can be read. Their pages are few: where one can't, the shop is served all the same.
fn former(sites: &[PathBuf]) -> Vec<Release> {
    let open = |site: &PathBuf| {
        let site = site.canonicalize()?;
        io::Result::Ok(Release { assets: find(&site)?, files: served(&site) })
    };
    let read = |site: &PathBuf| match open(site) {
        // There were not so many releases yet.
        Err(_) if !site.join("pkg").exists() => None,
        Ok(release) => Some(release),
        Err(error) => {
            tracing::warn!(site = %site.display(), %error, "a former release's files can't be served");
            None
        }
    };
    sites.iter().filter_map(read).collect()
}

/// What a build leaves for itself is not there: names that begin with a dot, and types for programmers.
async fn hide(request: Request, next: Next) -> Response {
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let is_hidden = |part: &str| part.starts_with('.') || part.contains(".d.ts");
    if path.split('/').any(is_hidden) {
        return Failure::NoPage.into_response();
    }
    next.run(request).await
}

/// An address with a slash too many leads to the one without.
async fn not_found(OriginalUri(uri): OriginalUri) -> Result<Redirect, Failure> {
    let path = uri.path();
    // Another slash in front would name another host, and browsers take a backslash for one.
    let meant = format!("/{}", path.trim_matches('/'));
    if path.ends_with('/')
        && meant != path
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Ok(Redirect::permanent(&(meant + &query)));
    }
    Err(Failure::NoPage)
}

/// Files asked for by their fingerprints may be kept for good, fonts for a month, and scripts without one not without asking. By
/// another fingerprint than its own no script is served: a page of one release would not come alive with another one's. A style
/// is, for a page looks better in another one's than in none.
async fn keep(State(releases): State<Arc<[Release]>>, request: Request, next: Next) -> Response {
    let asked = request.uri().path_and_query().map(PathAndQuery::as_str).unwrap_or_default();
    let is_fingerprinted = request.uri().query().is_some_and(|query| query.starts_with(PRINT));
    let is_script = asked.starts_with(file::PACKAGE) && !request.uri().path().ends_with(".css");
    let owner = releases.iter().position(|release| release.has(asked));
    let font = request.uri().path().starts_with(file::FONTS);
    let is_module = request.uri().path().ends_with(".js");
    let mut response = match owner.and_then(|owner| releases.get(owner).filter(|_| owner > 0)) {
        Some(former) => match former.files.clone().oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        },
        None if is_script && is_fingerprinted && owner.is_none() => return Failure::NoPage.into_response(),
        None => next.run(request).await,
    };
    if response.status().is_success() {
        let value = match (owner.is_some(), font, is_module) {
            (true, ..) => "public, max-age=31536000, immutable",
            (_, true, _) => "public, max-age=2592000",
            // Modules load each other, and of two releases they don't fit: each is asked for again by its tag.
            (.., true) => "public, no-cache",
            _ => "public, max-age=300",
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    response
}

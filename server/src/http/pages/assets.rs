//! Built files for the browser, with fingerprints in their addresses so that browsers may keep them for good.

use std::io;
use std::path::Path;
use std::sync::Arc;

use app::pages::Assets;
use app::paths::file;
use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use tower_http::services::ServeDir;

use crate::http::failure::Failure;

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
        Ok(format!("{}{name}?v={print}", file::PACKAGE))
    };
    Ok(Assets {
        style: address(&["atelier.css"])?,
        script: address(&["atelier.js"])?,
        wasm: address(&["atelier.wasm", "atelier_bg.wasm"])?,
    })
}

/// Serves the files; everything else is a page that does not exist.
pub(crate) fn files(site_root: &Path, assets: Arc<Assets>) -> Router {
    let missing = Router::new().fallback(not_found);
    let files = ServeDir::new(site_root)
        .precompressed_br()
        .precompressed_gzip()
        .append_index_html_on_directories(false);
    Router::new()
        .fallback_service(files.fallback(missing))
        .layer(middleware::from_fn_with_state(assets, keep))
        .layer(middleware::from_fn(hide))
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

/// Files asked for by their fingerprints may be kept for good, fonts for a month.
async fn keep(State(assets): State<Arc<Assets>>, request: Request, next: Next) -> Response {
    let asked = request.uri().path_and_query().map(PathAndQuery::as_str);
    let fingerprinted =
        [&assets.style, &assets.script, &assets.wasm].iter().any(|address| asked == Some(address.as_str()));
    let font = request.uri().path().starts_with(file::FONTS);
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let value = match (fingerprinted, font) {
            (true, _) => "public, max-age=31536000, immutable",
            (_, true) => "public, max-age=2592000",
            _ => "public, max-age=300",
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    }
    response
}

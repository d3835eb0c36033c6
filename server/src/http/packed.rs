//! Answers that go out as they are kept: compressed once, to all who take them so.

use std::io::Read;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use shop::Executor;
use shop::catalogue::PackedArtifact;

use super::failure::Failure;

/// Brotli's quality, of 11: more takes much longer and saves little.
const QUALITY: u32 = 9;
/// The logarithm of Brotli's window.
const WINDOW: u32 = 22;
const BUFFER: usize = 4096;

/// A text and the same compressed.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed {
    plain: Bytes,
    brotli: Bytes,
}

impl Packed {
    /// Compresses a text; takes some milliseconds for a page.
    ///
    /// # Errors
    /// Only should there be no memory left.
    pub(super) fn of(text: String) -> std::io::Result<Self> {
        let mut brotli = Vec::new();
        brotli::CompressorReader::new(text.as_bytes(), BUFFER, QUALITY, WINDOW).read_to_end(&mut brotli)?;
        // Without the room they had to grow.
        Ok(Self {
            plain: text.into_bytes().into_boxed_slice().into(),
            brotli: brotli.into_boxed_slice().into(),
        })
    }

    /// How many bytes of memory it takes.
    pub(super) fn bytes(&self) -> usize {
        self.plain.len() + self.brotli.len()
    }

    /// The answer to who asked with these headers.
    pub(super) fn answer<const N: usize>(self, asked: &HeaderMap, told: [(HeaderName, &str); N]) -> Response {
        if takes_brotli(asked) { packed(told, self.brotli) } else { (told, VARY, self.plain).into_response() }
    }
}

/// Everything the browser needs of a revision, to who asked with these headers.
pub(super) async fn artifact<const N: usize>(
    executor: &Executor,
    artifact: PackedArtifact,
    asked: &HeaderMap,
    told: [(HeaderName, &str); N],
) -> Result<Response, Failure> {
    let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
    if takes_brotli(asked) {
        return Ok((kind, packed(told, artifact.brotli.into())).into_response());
    }
    let bytes = executor.run(move || artifact.unpack()).await?.map_err(|error| {
        tracing::error!(%error, "an artifact in memory is damaged");
        Failure::BrokenOff
    })?;
    Ok((told, VARY, kind, bytes).into_response())
}

/// What else goes to others than these takes.
const VARY: [(HeaderName, &str); 1] = [(header::VARY, "accept-encoding")];

fn packed<const N: usize>(told: [(HeaderName, &str); N], brotli: Bytes) -> Response {
    (told, VARY, [(header::CONTENT_ENCODING, "br")], brotli).into_response()
}

/// Whether the browser takes Brotli.
fn takes_brotli(asked: &HeaderMap) -> bool {
    let accepted = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches("q=");
        name.trim().eq_ignore_ascii_case("br") && (weight.is_empty() || weight.parse() != Ok(0.0_f32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        for (accepted, takes) in [
            ("br", true),
            ("gzip, deflate, br, zstd", true),
            ("gzip;q=1.0, BR;q=0.5", true),
            ("br;q=0", false),
            ("br; q=0.0", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
            assert_eq!(takes_brotli(&headers), takes, "{accepted}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}

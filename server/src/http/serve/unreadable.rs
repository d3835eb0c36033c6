//! Heads that can't be read as HTTP. hyper refuses them itself, with an empty answer that lacks what all others say in their
//! headers; what is sent instead is made here.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode, header};
use tower::ServiceExt;

/// What hyper refuses heads with.
const STATUSES: [StatusCode; 3] =
    [StatusCode::BAD_REQUEST, StatusCode::URI_TOO_LONG, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE];
/// What is of one answer, or said by hyper.
const NOT_KEPT: [HeaderName; 4] =
    [header::CONTENT_LENGTH, header::CONNECTION, header::DATE, HeaderName::from_static("x-request-id")];
/// Most bytes of an answer.
const LARGEST: usize = 64 * 1024;

/// The answers to such heads.
#[derive(Default)]
pub(super) struct Unreadable(Vec<Answer>);

struct Answer {
    status: StatusCode,
    /// Lines, each with its end.
    headers: Vec<u8>,
    body: Bytes,
}

impl Unreadable {
    /// What a router answers to a request that has such a status among its extensions.
    pub(super) async fn asked_of(router: &Router) -> Self {
        let mut answers = Vec::with_capacity(STATUSES.len());
        for status in STATUSES {
            let mut request = Request::new(Body::empty());
            request.extensions_mut().insert(status);
            let Ok(answer) = router.clone().oneshot(request).await;
            let (head, body) = answer.into_parts();
            let Ok(body) = axum::body::to_bytes(body, LARGEST).await else { continue };
            let mut headers = Vec::new();
            for (name, value) in head.headers.iter().filter(|(name, _)| !NOT_KEPT.contains(*name)) {
                for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                    headers.extend_from_slice(part);
                }
            }
            answers.push(Answer { status, headers, body });
        }
        Self(answers)
    }

    /// What to send instead of this, where it is such an answer of hyper's.
    pub(super) fn instead_of(&self, written: &[u8]) -> Option<Bytes> {
        let head = written.strip_suffix(b"\r\n\r\n")?;
        let status = StatusCode::from_bytes(head.strip_prefix(b"HTTP/1.1 ")?.get(..3)?).ok()?;
        let answer = self.0.iter().find(|answer| answer.status == status)?;
        let mut all = Vec::with_capacity(head.len() + answer.headers.len() + answer.body.len() + 64);
        for line in head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end) {
            if !line.to_ascii_lowercase().starts_with(b"content-length:") {
                all.extend_from_slice(line);
                all.extend_from_slice(b"\r\n");
            }
        }
        all.extend_from_slice(&answer.headers);
        all.extend_from_slice(format!("content-length: {}\r\n\r\n", answer.body.len()).as_bytes());
        all.extend_from_slice(&answer.body);
        Some(Bytes::from(all))
    }
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::http::HeaderMap;
    use axum::response::IntoResponse;

    use super::*;

    async fn worded(Extension(status): Extension<StatusCode>) -> impl IntoResponse {
        let mut headers = HeaderMap::new();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
        (status, headers, format!("words for {}", status.as_u16()))
    }

    #[tokio::test]
    async fn only_a_bare_refusal_is_replaced() {
        let unreadable = Unreadable::asked_of(&Router::new().fallback(worded)).await;
        let bare =
            b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: Mon, 30 Nov 2026 21:00:00 GMT\r\n\r\n";
        let instead = unreadable.instead_of(bare).unwrap();
        assert_eq!(
            std::str::from_utf8(&instead).unwrap(),
            "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ndate: Mon, 30 Nov 2026 21:00:00 GMT\r\n\
             content-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n\
             content-length: 13\r\n\r\nwords for 400"
        );
        for other in [&b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"[..], b"HTTP/1.1 400 Bad", b"\r\n\r\n"]
        {
            assert_eq!(unreadable.instead_of(other), None);
        }
    }
}

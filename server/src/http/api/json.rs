//! Bodies of requests, read with the place of what can't be read.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use crate::http::failure::{Failure, UnreadableBody};
use crate::http::site::Site;

/// A body read from JSON.
pub(super) struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Json<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Failure::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = Bytes::from_request(request, site).await;
        let bytes = bytes.map_err(|rejection| Failure::Refused(rejection.status()))?;
        Ok(Self(read(&bytes)?))
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, UnreadableBody> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // It writes `.` for the whole, and `?` where it did not come as far as a name.
        let place = error.path().to_string();
        unreadable(error.inner(), place.trim_end_matches(['.', '?']).to_owned())
    })?;
    deserializer.end().map_err(|error| unreadable(&error, String::new()))?;
    Ok(value)
}

fn unreadable(error: &serde_json::Error, place: String) -> UnreadableBody {
    let text = error.to_string();
    // The place is told apart.
    let message = text.split(" at line ").next().unwrap_or_default().to_owned();
    let is_json = error.classify() == serde_json::error::Category::Data;
    UnreadableBody { message, place, line: error.line(), column: error.column(), is_json }
}

#[cfg(test)]
mod tests {
    use super::super::shapes::DesignRequest;
    use super::*;

    fn refused(text: &str) -> UnreadableBody {
        read::<DesignRequest>(text.as_bytes()).err().unwrap()
    }

    #[test]
    fn says_where_it_can_not_be_read() {
        let cases = [
            ("", "", false),
            ("{", "", false),
            ("{} x", "", false),
            ("7", "", true),
            (r#"{"choices": {"height": 1.5}}"#, "choices.height", true),
            (r#"{"choices": {"height": null}}"#, "choices.height", true),
            (r#"{"choices": {"extras": ["lid", 1]}}"#, "choices.extras[1]", true),
            (r#"{"revision": "one"}"#, "revision", true),
            (r#"{"start": "mine"}"#, "start", true),
            (r#"{"choises": {}}"#, "choises", true),
        ];
        for (text, place, is_json) in cases {
            let error = refused(text);
            assert_eq!((error.place.as_str(), error.is_json), (place, is_json), "{text}: {error}");
        }
    }

    #[test]
    fn says_what_was_expected() {
        let error = refused("{\n  \"choices\": { \"height\": true }\n}");
        assert_eq!(
            error.to_string(),
            "invalid type: boolean `true`, expected an option's code, a whole number, a text or a list of codes, at choices.height (line 2, column 29)"
        );
    }
}

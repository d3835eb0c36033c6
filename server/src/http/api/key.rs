//! Who asks with an API key. What a key may do is told by the same table as for people: each of the desk's addresses carries what it takes.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use shop::access::KeyHolder;

use crate::http::access::Access;
use crate::http::failure::Failure;
use crate::http::limits;
use crate::http::site::Site;

/// Whoever has a key. As an argument of a handler it keeps everybody else out, whatever cookies they have.
pub(super) struct Key {
    /// Whom what they do is noted under.
    pub(super) actor: String,
}

impl FromRequestParts<Site> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let sent = sent(&parts.headers).ok_or(Failure::NoKey)?;
        // A right key is looked at first: whoever sends wrong ones from the same network keeps nobody out.
        let Some(KeyHolder { actor, role }) = site.shop.key_holder(sent).await? else {
            let client = limits::asking(parts);
            site.wrong_keys.count(&client).map_err(|wait| Failure::TooManyWrongKeys { wait })?;
            return Err(Failure::WrongKey);
        };
        let Some(Access::Needs { see, act }) = parts.extensions.get::<Access>().copied() else {
            return Err(Failure::BrokenOff);
        };
        let needed = if parts.method.is_safe() { see } else { act };
        if role.may(needed) { Ok(Self { actor }) } else { Err(Failure::KeyRole { needed }) }
    }
}

/// What is sent as a key, as RFC 6750 has it; nothing where something else is, or several are.
fn sent(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(one), None) = (all.next(), all.next()) else { return None };
    let (scheme, key) = one.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn one_key_is_read_and_nothing_else() {
        let read = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for &value in values {
                headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
            }
            sent(&headers).map(str::to_owned)
        };
        assert_eq!(read(&["Bearer atelier_0f"]).as_deref(), Some("atelier_0f"));
        assert_eq!(read(&["bearer  atelier_0f "]).as_deref(), Some("atelier_0f"));
        for other in [&[][..], &["atelier_0f"], &["Basic YTpi"], &["Bearer a", "Bearer b"]] {
            assert_eq!(read(other), None, "{other:?}");
        }
    }
}

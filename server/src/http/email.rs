//! E-mail addresses as people read them.

use std::borrow::Cow;

/// An address with its domain as people write it: browsers send `müller.de` as `xn--mller-kva.de` (RFC 5890), and so it is kept and
/// mailed to.
pub(super) fn as_written(email: &str) -> Cow<'_, str> {
    let Some((name, domain)) = email.rsplit_once('@') else { return email.into() };
    if !domain.to_ascii_lowercase().contains("xn--") {
        return email.into();
    }
    match idna::domain_to_unicode(domain) {
        (written, Ok(())) => format!("{name}@{written}").into(),
        (_, Err(_)) => email.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_as_they_are_written() {
        for (kept, read) in [
            ("juergen@xn--mller-kva.de", "juergen@müller.de"),
            ("a@mail.XN--MLLER-KVA.de", "a@mail.müller.de"),
            ("bo@example.org", "bo@example.org"),
            ("xn--mller-kva.de", "xn--mller-kva.de"),
            ("a@xn--\u{1}.de", "a@xn--\u{1}.de"),
            ("", ""),
        ] {
            assert_eq!(as_written(kept), read);
        }
    }
}

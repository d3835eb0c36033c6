//! Tags of languages, as they are usually written.

/// A language tag in its usual form (RFC 5646, section 2.1.1): a language of two or three letters, and if need be a
/// script, a region and variants. Extensions are none of a shop's languages.
#[must_use]
pub fn usual_tag(tag: &str) -> Option<String> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().filter(|language| matches!(language.len(), 2 | 3))?;
    let mut usual = letters(language)?.to_ascii_lowercase();
    for part in parts {
        let lower = part.to_ascii_lowercase();
        usual.push('-');
        usual.push_str(&match part.len() {
            2 => letters(part)?.to_ascii_uppercase(),
            4 if letters(part).is_some() => lower[..1].to_ascii_uppercase() + &lower[1..],
            3..=8 if part.bytes().all(|byte| byte.is_ascii_alphanumeric()) => lower,
            _ => return None,
        });
    }
    Some(usual)
}

fn letters(part: &str) -> Option<&str> {
    part.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::usual_tag;

    #[test]
    fn tags_are_written_as_usual() {
        for (tag, usual) in [
            ("en", Some("en")),
            ("gsw", Some("gsw")),
            ("DE_at", Some("de-AT")),
            ("zh-hans-cn", Some("zh-Hans-CN")),
            ("es-419", Some("es-419")),
            ("de-ch-1901", Some("de-CH-1901")),
            ("", None),
            ("german", None),
            ("d", None),
            ("d1", None),
            ("de-", None),
            ("de-Ä", None),
            ("dé", None),
            ("de-x-shop", None),
            ("de-123456789", None),
            ("de AT", None),
        ] {
            assert_eq!(usual_tag(tag).as_deref(), usual, "{tag}");
        }
    }
}

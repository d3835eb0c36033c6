//! Texts that administrators write: notes and reasons.

use configurator::is_hidden;

use crate::error::ShopError;

/// The text without blanks around it.
///
/// # Errors
/// It has more characters than `most`, or some that nobody sees.
pub(crate) fn short_text(text: &str, most: usize) -> Result<String, ShopError> {
    let text = text.trim();
    let length = text.chars().count();
    if length > most {
        return Err(ShopError::LongText { most, length });
    }
    if text.chars().any(is_hidden) {
        return Err(ShopError::HiddenCharacters);
    }
    Ok(text.to_owned())
}

/// The same for a text of several lines.
///
/// # Errors
/// As above.
pub(crate) fn lines(text: &str, most: usize) -> Result<String, ShopError> {
    let lines = text.trim().lines().map(|line| short_text(line, most)).collect::<Result<Vec<_>, _>>()?;
    let text = lines.join("\n");
    let length = text.chars().count();
    if length > most { Err(ShopError::LongText { most, length }) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_hidden_is_refused() {
        assert_eq!(short_text(" Äpfel \n", 5).unwrap(), "Äpfel");
        assert!(matches!(short_text("Äpfel!", 5), Err(ShopError::LongText { most: 5, length: 6 })));
        for hidden in ["\u{202e}1", "two\nlines", "\u{fffe}"] {
            assert!(matches!(short_text(hidden, 50), Err(ShopError::HiddenCharacters)), "{hidden:?}");
        }
    }
}

//! Short texts that people type: names, notes and reasons.

use configurator::{TextFault, line_fault, text_fault};

use crate::error::ShopError;

/// The text without blanks around it. It may be empty, but not look so.
///
/// # Errors
/// It has more characters than `most`, some that nobody sees or that change how others are read, or no other ones.
pub(crate) fn short_text(text: &str, most: usize) -> Result<String, ShopError> {
    let text = text.trim();
    match needed_text(text, most)? {
        Some(text) => Ok(text),
        None if text.is_empty() => Ok(String::new()),
        None => Err(ShopError::HiddenCharacters),
    }
}

/// The same for a text that is needed: nothing where nobody would see anything of it.
///
/// # Errors
/// It has more characters than `most`, or some that nobody sees or that change how others are read.
pub(crate) fn needed_text(text: &str, most: usize) -> Result<Option<String>, ShopError> {
    needed(text.trim(), most, line_fault)
}

/// The same for a text of several lines.
///
/// # Errors
/// As above.
pub(crate) fn needed_lines(text: &str, most: usize) -> Result<Option<String>, ShopError> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    needed(lines.join("\n").trim(), most, text_fault)
}

fn needed(
    text: &str,
    most: usize,
    fault: fn(&str) -> Option<TextFault>,
) -> Result<Option<String>, ShopError> {
    let length = text.chars().count();
    if length > most {
        return Err(ShopError::LongText { most, length });
    }
    match fault(text) {
        None => Ok(Some(text.to_owned()).filter(|text| !text.is_empty())),
        Some(TextFault::Unseen) => Ok(None),
        Some(TextFault::Hidden(_)) => Err(ShopError::HiddenCharacters),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_hidden_is_refused() {
        assert_eq!(short_text(" Äpfel \n", 5).unwrap(), "Äpfel");
        assert_eq!(short_text(" \n", 5).unwrap(), "");
        assert!(matches!(short_text("Äpfel!", 5), Err(ShopError::LongText { most: 5, length: 6 })));
        for hidden in ["\u{202e}1", "two\nlines", "\u{fffe}", "\u{200d}", "\u{200e} \u{fe0f}"] {
            assert!(matches!(short_text(hidden, 50), Err(ShopError::HiddenCharacters)), "{hidden:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_no_text_where_one_is_needed() {
        for empty in ["", " \n", "\u{200d}", "\u{200e} \u{fe0f}"] {
            assert_eq!(needed_text(empty, 50).unwrap(), None, "{empty:?}");
            assert_eq!(needed_lines(empty, 50).unwrap(), None, "{empty:?}");
        }
        assert_eq!(needed_lines("\u{200f}\r\n\u{200d}", 50).unwrap(), None);
        assert_eq!(needed_lines(" One \r\n\r\n two\n", 50).unwrap().as_deref(), Some("One\n\ntwo"));
        assert!(matches!(needed_text("\u{202e}1", 50), Err(ShopError::HiddenCharacters)));
        assert!(matches!(needed_lines("One\n\u{202e}1", 50), Err(ShopError::HiddenCharacters)));
        assert!(matches!(needed_lines("One\ntwo", 6), Err(ShopError::LongText { most: 6, length: 7 })));
    }
}

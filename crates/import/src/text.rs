//! Texts that are read: how long they may be, what is wrong with them and where, and how pieces of them are shown.

/// Longest text that is read, in bytes.
pub(crate) const LONGEST_TEXT: usize = 16 << 20;
/// Most variables of a model.
pub(crate) const MOST_VARIABLES: usize = 200_000;

/// Why a text can't be imported, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{line}:{column}: {message}. {advice}", .file.as_ref().map_or(String::new(), |file| format!("{file}:")))]
pub struct ImportError {
    /// The other file that is meant, by the path that it was asked for with; none for the text itself.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// Why a model can't be written in a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this can't be written: {0}")]
pub struct WriteError(pub String);

/// A text that is read, for the places of errors.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t>(pub &'t str);

impl<'t> Text<'t> {
    /// An error at a byte of the text.
    pub fn error(self, at: usize, message: impl Into<String>, advice: impl Into<String>) -> ImportError {
        let before = self.0.get(..at).unwrap_or(self.0);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ImportError {
            file: None,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// Where in the text a piece of it starts.
    pub fn position(self, piece: &'t str) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.0.as_ptr() as usize)
    }
}

/// A piece of foreign text short enough to be shown in a message.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

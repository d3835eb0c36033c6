//! UVL as a list of tokens: words, quoted names, texts, numbers and signs, and where lines start.

use crate::text::{ImportError, Text, shown};

/// A piece of text and where it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    /// Byte of the text.
    pub(super) at: usize,
    /// Byte behind it.
    pub(super) end: usize,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind<'t> {
    /// A line starts here with this indentation; lines within brackets do not count.
    Line(usize),
    /// A name or keyword.
    Word(&'t str),
    /// What stands between `"`.
    Quoted(&'t str),
    /// What stands between `'`.
    Text(&'t str),
    /// Digits, perhaps with a decimal point.
    Number(&'t str),
    /// Punctuation or an operator.
    Sign(&'static str),
    /// There is no more.
    End,
}

/// Signs, those that start with others first.
const SIGNS: [&str; 23] = [
    "<=>", "..", "=>", "==", "<=", ">=", "!=", "<", ">", "!", "&", "|", "+", "-", "*", "/", ",", ".", "(",
    ")", "[", "]", "{",
];

/// Cuts a text into tokens, the last of which is [`Kind::End`]. Comments are left out.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, ImportError> {
    let source = Text(text);
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut brackets = 0_usize;
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut fresh = Some(0);
    while let Some(first) = rest.chars().next() {
        let at = source.position(rest);
        let (length, kind) = match first {
            '\n' | '\r' => {
                fresh = (brackets == 0).then_some(0);
                (1, None)
            }
            ' ' | '\t' => {
                // As Python counts: a tab reaches to the next multiple of eight.
                fresh = fresh.map(|indent| if first == '\t' { indent - indent % 8 + 8 } else { indent + 1 });
                (1, None)
            }
            _ => piece(source, at, rest, first)?,
        };
        if let Some(kind) = kind {
            if let Some(indent) = fresh.take() {
                found.push(Token { kind: Kind::Line(indent), at, end: at });
            }
            match kind {
                Kind::Sign("(" | "[" | "{") => brackets += 1,
                Kind::Sign(")" | "]" | "}") => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            found.push(Token { kind, at, end: at + length });
        }
        rest = &rest[length..];
    }
    let end = text.trim_end().len();
    found.push(Token { kind: Kind::End, at: end, end });
    Ok(found)
}

/// What the rest of a text, which stands at this byte, begins with, and its length in bytes; no kind for a comment.
fn piece<'t>(
    source: Text<'t>,
    at: usize,
    rest: &'t str,
    first: char,
) -> Result<(usize, Option<Kind<'t>>), ImportError> {
    match first {
        '/' if rest.starts_with("//") => Ok((rest.find(['\n', '\r']).unwrap_or(rest.len()), None)),
        '/' if rest.starts_with("/*") => match rest.find("*/") {
            Some(end) => Ok((end + 2, None)),
            None => Err(source.error(at, "this comment has no end", "End it with */.")),
        },
        '"' | '\'' => {
            let inner = &rest[1..];
            let end = inner.find([first, '\n', '\r']).filter(|end| inner[*end..].starts_with(first));
            let Some(end) = end else {
                return Err(source.error(at, "this quote has no end", format!("End it with {first}.")));
            };
            let kind = if first == '"' { Kind::Quoted(&inner[..end]) } else { Kind::Text(&inner[..end]) };
            Ok((end + 2, Some(kind)))
        }
        '0'..='9' => {
            let length = number_length(rest);
            if rest[length..].starts_with(|next: char| next.is_alphabetic() || next == '_') {
                let advice = "Start it with a letter, or put it between \".";
                return Err(source.error(at, "a name can't start with a digit", advice));
            }
            Ok((length, Some(Kind::Number(&rest[..length]))))
        }
        _ if first.is_alphabetic() => {
            let inside = |next: char| next.is_alphanumeric() || "_#§%?\\';".contains(next);
            let length = rest.find(|next| !inside(next)).unwrap_or(rest.len());
            Ok((length, Some(Kind::Word(&rest[..length]))))
        }
        _ => match SIGNS.iter().chain(&["}"]).find(|sign| rest.starts_with(**sign)) {
            Some(sign) => Ok((sign.len(), Some(Kind::Sign(sign)))),
            None => {
                let message = format!("'{}' has no meaning here", shown(first.encode_utf8(&mut [0; 4])));
                Err(source.error(at, message, "Put names with such characters between \"."))
            }
        },
    }
}

/// Length of the digits that a text begins with, and of a point and digits behind them.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.len() - text.trim_start_matches(|next: char| next.is_ascii_digit()).len();
    let whole = digits(text);
    let fraction = text[whole..].strip_prefix('.').map_or(0, digits);
    if fraction > 0 { whole + 1 + fraction } else { whole }
}

//! The words and signs of a rule.

use std::ops::Range;

use super::{MOST_WORDS, RuleError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Name(&'t str),
    Integer(i64),
    Symbol(&'static str),
    End,
}

const SYMBOLS: [&str; 14] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", ",", ".", "+", "-", "*", "/"];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, RuleError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if found.len() == MOST_WORDS && !text[at..].trim_start().is_empty() {
            let message = format!("there are more than {MOST_WORDS} words and signs");
            return Err(RuleError::new(at..text.len(), message, "Split it into several rules."));
        }
        let rest = &text[at..];
        let run = |belongs: fn(char) -> bool| rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = if next.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit());
            let value = rest[..length].parse().ok().filter(|&value: &i64| value <= 1_000_000_000_000);
            let value = value.ok_or_else(|| {
                let message = format!("the number {} is too large", &rest[..length]);
                RuleError::new(at..at + length, message, "Use at most 1000000000000.")
            })?;
            (Token::Integer(value), length)
        } else if next.is_alphabetic() || next == '_' {
            let length = run(|c| c.is_alphanumeric() || c == '_');
            (Token::Name(&rest[..length]), length)
        } else if let Some(&symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            let advice = match next {
                '&' => "Write 'and'.",
                '|' => "Write 'or'.",
                '!' => "Write 'not', or '!=' to compare.",
                '"' | '\'' => "Write codes without quotation marks.",
                '≤' | '≥' | '≠' => "Write '<=', '>=' or '!='.",
                _ => "Remove it; docs/product-file.md lists what a rule may contain.",
            };
            let message = format!("'{next}' has no meaning in a rule");
            return Err(RuleError::new(at..at + next.len_utf8(), message, advice));
        };
        found.push((token, at..at + length));
        at += length;
    }
    found.push((Token::End, text.len()..text.len()));
    Ok(found)
}

//! The words and signs of a text as people of other tools write rules, and what each stands for.

use std::ops::Range;

use crate::rule::parse::MOST_WORDS;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign<'t> {
    /// A word: a code, a word of a name, a word of the language.
    Word(&'t str),
    /// What stands between quotation marks.
    Quoted(&'t str),
    Integer(i64),
    /// A sign, by what the rule language has for it.
    Symbol(&'static str),
    End,
}

/// Signs that implications are written with, and `>=` by some.
pub(super) const ARROW: &str = "=>";

/// Signs as they are typed, and what the rule language has for them. Those that begin with another come before it.
const SYMBOLS: &[(&str, &str)] = &[
    ("<=>", "iff"),
    ("<->", "iff"),
    ("⇔", "iff"),
    ("↔", "iff"),
    ("==>", "implies"),
    ("-->", "implies"),
    ("->", "implies"),
    ("→", "implies"),
    ("⇒", "implies"),
    ("===", "="),
    ("!==", "!="),
    ("==", "="),
    ("!=", "!="),
    ("<>", "!="),
    ("≠", "!="),
    (ARROW, ARROW),
    ("=<", "<="),
    ("<=", "<="),
    ("≤", "<="),
    (">=", ">="),
    ("≥", ">="),
    ("&&", "and"),
    ("&", "and"),
    ("∧", "and"),
    ("||", "or"),
    ("|", "or"),
    ("∨", "or"),
    ("!", "not"),
    ("¬", "not"),
    ("∈", "in"),
    ("∉", "not in"),
    ("{", "("),
    ("}", ")"),
    ("[", "("),
    ("]", ")"),
    ("×", "*"),
    ("·", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    (":", ":"),
    (".", "."),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
];

/// Quotation marks: the one that opens, and those that close what it opened.
const QUOTES: [(char, &[char]); 9] = [
    ('"', &['"']),
    ('\'', &['\'']),
    ('`', &['`']),
    ('“', &['”', '“']),
    ('‘', &['’', '‘']),
    ('„', &['“', '”']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«']),
];

/// The signs of a text with their places; nothing where one of them stands for nothing.
pub(super) fn signs(text: &str) -> Option<Vec<(Sign<'_>, Range<usize>)>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        if found.len() == MOST_WORDS {
            return None;
        }
        let (sign, length) = sign(rest, next)?;
        found.push((sign, at..at + length));
        at += length;
    }
    found.push((Sign::End, text.len()..text.len()));
    Some(found)
}

/// The sign that a text begins with, and its length in bytes.
fn sign(rest: &str, next: char) -> Option<(Sign<'_>, usize)> {
    let run = |belongs: fn(char) -> bool| rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    if next.is_ascii_digit() {
        let length = run(|c| c.is_ascii_digit());
        let value = rest[..length].parse().ok().filter(|&value: &i64| value <= 1_000_000_000_000)?;
        return Some((Sign::Integer(value), length));
    }
    if next.is_alphabetic() || next == '_' {
        let length = run(|c| c.is_alphanumeric() || c == '_');
        return Some((Sign::Word(&rest[..length]), length));
    }
    if let Some((_, closing)) = QUOTES.iter().find(|(opening, _)| *opening == next) {
        let inner = &rest[next.len_utf8()..];
        let end = inner.find(*closing)?;
        let closing = inner[end..].chars().next()?;
        return Some((Sign::Quoted(inner[..end].trim()), next.len_utf8() + end + closing.len_utf8()));
    }
    let (written, means) = SYMBOLS.iter().find(|(written, _)| rest.starts_with(written))?;
    Some((Sign::Symbol(means), written.len()))
}

//! A table as it is written, whether or not its names mean anything: `(frame, wheel) in ((diamond, w26 or w28), (trapeze, *))`.

use std::ops::Range;

use crate::rule::error::RuleError;

/// Most rows of a table.
pub const MOST_ROWS: usize = 5_000;
/// Most columns of a table.
pub const MOST_COLUMNS: usize = 16;

/// A table as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenTable {
    /// Whether its rows are the combinations that may be, or those that may not.
    pub allowed: bool,
    /// What each column is about: `frame`, `extras has lamp`, `filled(words)`.
    pub columns: Vec<String>,
    /// Cells by row, one for each column: `*` for any value.
    pub rows: Vec<Vec<String>>,
}

/// Where in its text the parts of a table are, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spans {
    pub columns: Vec<Range<usize>>,
    /// By row: the whole of it, and its cells.
    pub rows: Vec<(Range<usize>, Vec<Range<usize>>)>,
}

impl WrittenTable {
    /// Whether a text is meant as a table: columns in brackets, then `in` or `not in` and another bracket.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let Some(columns) = text.trim_start().strip_prefix('(') else { return false };
        let mut depth = 1_usize;
        let end = columns.char_indices().find(|(_, letter)| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((end, _)) = end else { return false };
        let behind = columns[end + 1..].trim_start();
        let behind = match behind.strip_prefix("not") {
            Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim_start(),
            _ => behind,
        };
        behind.strip_prefix("in").is_some_and(|rest| rest.trim_start().starts_with('('))
    }

    /// Reads the text of a table.
    ///
    /// # Errors
    /// The first thing that is wrong with its form.
    pub fn read(text: &str) -> Result<Self, RuleError> {
        Reader { text, at: 0 }.table().map(|(table, _)| table)
    }

    /// The same, and where in the text everything is.
    pub(crate) fn read_with_spans(text: &str) -> Result<(Self, Spans), RuleError> {
        Reader { text, at: 0 }.table()
    }

    /// Its text, one row a line.
    #[must_use]
    pub fn text(&self) -> String {
        let word = if self.allowed { "in" } else { "not in" };
        let mut text = format!("({}) {word} (", self.columns.join(", "));
        for row in &self.rows {
            text.push_str("\n  (");
            text.push_str(&row.join(", "));
            text.push_str("),");
        }
        if !self.rows.is_empty() {
            text.push('\n');
        }
        text.push(')');
        text
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// A piece of text between two signs, and where it is.
type Piece = (String, Range<usize>);

impl Reader<'_> {
    fn table(mut self) -> Result<(WrittenTable, Spans), RuleError> {
        let mut spans = Spans::default();
        self.expect("(", "Begin a table with its columns in brackets.")?;
        let (columns, places): (Vec<String>, Vec<Range<usize>>) = self.pieces("column")?.into_iter().unzip();
        spans.columns = places;
        let allowed = !self.takes_word("not");
        if !self.takes_word("in") {
            return Err(self.expected("'in' or 'not in'", "Write '(column, column) in (' and then the rows."));
        }
        self.expect("(", "Write the rows in brackets, each in brackets of its own.")?;
        let mut rows = Vec::new();
        loop {
            self.skip();
            if self.takes(")") {
                break;
            }
            let start = self.at;
            self.expect("(", "Write each row in brackets, with a comma behind it.")?;
            let (cells, places) = self.pieces("value")?.into_iter().unzip();
            spans.rows.push((start..self.at, places));
            rows.push(cells);
            if rows.len() > MOST_ROWS {
                let message = format!("there are more than {MOST_ROWS} rows");
                return Err(RuleError::new(start..self.at, message, "Split it into several tables."));
            }
            self.skip();
            if !self.takes(",") {
                self.skip();
                self.expect(")", "Write a comma between two rows, and a bracket behind the last.")?;
                break;
            }
        }
        self.skip();
        if self.at < self.text.len() {
            return Err(self.expected("the end of the table", "A table is a rule by itself."));
        }
        Ok((WrittenTable { allowed, columns, rows }, spans))
    }

    /// What stands between commas up to a closing bracket; `filled(words)` has brackets of its own.
    fn pieces(&mut self, what: &str) -> Result<Vec<Piece>, RuleError> {
        let mut found = Vec::new();
        loop {
            let (start, mut depth) = (self.at, 0_usize);
            let end = self.text[start..].char_indices().find(|(_, letter)| match letter {
                '(' => {
                    depth += 1;
                    false
                }
                ')' if depth > 0 => {
                    depth -= 1;
                    false
                }
                ',' => depth == 0,
                ')' => true,
                _ => false,
            });
            let Some((length, sign)) = end else {
                self.at = self.text.len();
                return Err(self.expected("')'", "Close the bracket."));
            };
            let written = &self.text[start..start + length];
            let piece = written.split_whitespace().collect::<Vec<_>>().join(" ");
            let before = written.len() - written.trim_start().len();
            let place = start + before..start + before + written.trim().len();
            self.at = start + length + 1;
            // A comma may stand behind the last.
            if !(piece.is_empty() && sign == ')' && !found.is_empty()) {
                if piece.is_empty() {
                    let message = format!("there is a {what} missing");
                    let advice = "Write it between the commas; '*' stands for any value.";
                    return Err(RuleError::new(start..self.at, message, advice));
                }
                found.push((piece, place));
            }
            if sign == ')' {
                return Ok(found);
            }
        }
    }

    fn skip(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn takes(&mut self, sign: &str) -> bool {
        let there = self.text[self.at..].starts_with(sign);
        if there {
            self.at += sign.len();
        }
        there
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.skip();
        let rest = self.text[self.at..].strip_prefix(word);
        let there =
            rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'));
        if there {
            self.at += word.len();
        }
        there
    }

    fn expect(&mut self, sign: &str, advice: &str) -> Result<(), RuleError> {
        self.skip();
        if self.takes(sign) { Ok(()) } else { Err(self.expected(&format!("'{sign}'"), advice)) }
    }

    fn expected(&self, wanted: &str, advice: &str) -> RuleError {
        let rest = &self.text[self.at..];
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let found = rest.chars().next().map_or_else(|| "the end".to_owned(), |letter| format!("'{letter}'"));
        RuleError::new(self.at..self.at + length, format!("expected {wanted}, found {found}"), advice)
    }
}

//! A UVL file while it is read: its tokens and how far the reader has come, and names and numbers among them.

use std::collections::BTreeMap;

use super::arithmetic::Decimal;
use super::shared::Shared;
use super::tokens::{Kind, Token, tokens};
use crate::text::{ImportError, Text, shown};
use engine::model::VariableId;

/// Most names with points between them.
pub(super) const MOST_NAMES: usize = 300;

/// A text while it is read.
pub(super) struct Reader<'t, 'c> {
    pub shared: &'c mut Shared,
    pub files: &'c mut dyn FnMut(&str) -> Option<String>,
    pub source: Text<'t>,
    pub tokens: Vec<Token<'t>>,
    /// Position among the tokens.
    pub next: usize,
    /// What stands before the names of its features in the model: by what name each file around imports the next.
    pub prefix: String,
    /// How far the line is indented that it stands on in the file around.
    pub base: usize,
    /// Other files by the names that they have here.
    pub imports: BTreeMap<Vec<&'t str>, Import>,
    pub root: Option<VariableId>,
    /// The lines of the tree above the present one.
    pub above: Vec<Above>,
    pub groups: Vec<Group>,
    /// Where constraints among attributes start.
    pub inner_constraints: Vec<usize>,
}

/// Another file.
pub(super) struct Import {
    pub path: String,
    /// None once its root stands in the tree.
    pub text: Option<String>,
}

/// A line of the tree that others stand below.
pub(super) struct Above {
    pub indent: usize,
    /// Indentation of the lines right below.
    pub inner: Option<usize>,
    pub branch: Branch,
}

#[derive(Clone, Copy)]
pub(super) enum Branch {
    Feature(VariableId),
    /// Position among the groups.
    Group(usize),
}

pub(super) struct Group {
    pub at: usize,
    pub parent: VariableId,
    pub kind: GroupKind,
    pub children: Vec<VariableId>,
}

#[derive(Clone, Copy)]
pub(super) enum GroupKind {
    Optional,
    Mandatory,
    Count(u32, u32),
}

impl<'t, 'c> Reader<'t, 'c> {
    pub fn new(
        text: &'t str,
        shared: &'c mut Shared,
        files: &'c mut dyn FnMut(&str) -> Option<String>,
        prefix: String,
        base: usize,
    ) -> Result<Self, ImportError> {
        Ok(Self {
            shared,
            files,
            source: Text(text),
            tokens: tokens(text)?,
            next: 0,
            prefix,
            base,
            imports: BTreeMap::new(),
            root: None,
            above: Vec::new(),
            groups: Vec::new(),
            inner_constraints: Vec::new(),
        })
    }

    pub fn error<T>(
        &self,
        at: usize,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Result<T, ImportError> {
        Err(self.source.error(at, message, advice))
    }

    pub fn peek(&self) -> Token<'t> {
        self.ahead(0)
    }

    pub fn ahead(&self, by: usize) -> Token<'t> {
        let end = Token { kind: Kind::End, at: self.source.0.len(), end: self.source.0.len() };
        self.tokens.get(self.next + by).copied().unwrap_or(end)
    }

    /// Takes a sign if it is next.
    pub fn takes(&mut self, sign: &str) -> bool {
        let taken = matches!(self.peek().kind, Kind::Sign(next) if next == sign);
        self.next += usize::from(taken);
        taken
    }

    pub fn expect(&mut self, sign: &str) -> Result<(), ImportError> {
        if self.takes(sign) { Ok(()) } else { self.unexpected(&format!("'{sign}'")) }
    }

    pub fn unexpected<T>(&self, wanted: &str) -> Result<T, ImportError> {
        let token = self.peek();
        let written = match token.kind {
            Kind::Line(_) | Kind::End => "the end of the line".to_owned(),
            _ => format!("'{}'", shown(self.source.0.get(token.at..token.end).unwrap_or_default())),
        };
        self.error(token.at, format!("{written} can't stand here"), format!("Write {wanted}."))
    }

    pub fn line_ends(&self) -> Result<(), ImportError> {
        match self.peek().kind {
            Kind::Line(_) | Kind::End => Ok(()),
            _ => self.unexpected("one thing per line"),
        }
    }

    pub fn skip_line(&mut self) {
        while !matches!(self.peek().kind, Kind::Line(_) | Kind::End) {
            self.next += 1;
        }
    }

    /// Reads `name` or `"name"`.
    pub fn name(&mut self) -> Result<&'t str, ImportError> {
        let (Kind::Word(name) | Kind::Quoted(name)) = self.peek().kind else {
            return self.unexpected("a name, which starts with a letter or stands between \"");
        };
        if name.trim().is_empty() {
            return self.unexpected("a name that is not empty");
        }
        self.next += 1;
        Ok(name)
    }

    /// Reads names with points between them.
    pub fn reference(&mut self) -> Result<Vec<&'t str>, ImportError> {
        let mut parts = vec![self.name()?];
        while self.takes(".") {
            if parts.len() == MOST_NAMES {
                return self.error(self.peek().at, "this name has too many parts", "Use fewer levels.");
            }
            parts.push(self.name()?);
        }
        Ok(parts)
    }

    /// Reads `[2]`, `[1..3]` or `[1..*]`.
    pub fn cardinality(&mut self) -> Result<(u32, u32), ImportError> {
        let at = self.peek().at;
        self.expect("[")?;
        let min = self.count()?;
        let max = match self.takes("..") {
            true if self.takes("*") => u32::MAX,
            true => self.count()?,
            false => min,
        };
        self.expect("]")?;
        if min > max {
            return self.error(at, "the least is more than the most", "Write the smaller number first.");
        }
        Ok((min, max))
    }

    fn count(&mut self) -> Result<u32, ImportError> {
        let Kind::Number(digits) = self.peek().kind else { return self.unexpected("a whole number") };
        let Ok(count) = digits.parse() else { return self.unexpected("a whole number that is not so large") };
        self.next += 1;
        Ok(count)
    }

    /// Moves on to the comma or closing bracket behind a value.
    pub fn skip_value(&mut self) {
        let mut inside = 0_usize;
        loop {
            match self.peek().kind {
                Kind::Sign("(" | "[" | "{") => inside += 1,
                Kind::Sign("," | ")" | "]" | "}") if inside == 0 => return,
                Kind::Sign(")" | "]" | "}") => inside -= 1,
                Kind::End => return,
                _ => {}
            }
            self.next += 1;
        }
    }

    pub fn decimal(&self, digits: &str, negative: bool) -> Result<Decimal, ImportError> {
        match Decimal::read(digits, negative) {
            Some(number) => Ok(number),
            None => self.error(self.peek().at, "this number is too long", "Use fewer digits."),
        }
    }
}

//! UVL, the Universal Variability Language: a tree of features with groups and attributes, and constraints.
//!
//! Language: D. Benavides, C. Sundermann, K. Feichtinger, J. A. Galindo, R. Rabiser and T. Thüm, "UVL: Feature Modelling
//! with the Universal Variability Language", 2025.
//! Read are the boolean level, the arithmetic level but for the cardinality of features, other files, and of the type
//! level the values of `Integer` and `String` features that constraints leave finitely many. Values that no constraint is
//! about are not the model's matter; where a constraint is about endlessly many, it is refused.
//! An attribute and a value count 0, or as the empty text, while their feature is not there; a division by 0 and the mean
//! of nothing compare with nothing.

mod arithmetic;
mod constraints;
mod imports;
mod tokens;
mod tree;
mod values;

use std::collections::BTreeMap;
use std::rc::Rc;

use self::arithmetic::Decimal;
use self::imports::Import;
use self::tokens::{Kind, Token, tokens};
use self::tree::{Above, Attribute, Group, Type};
use self::values::{Bounds, Values};
use super::features::Features;
use super::{ImportError, Text, shown};
use engine::model::{Model, VariableId};

/// Most parts that the arithmetic of all constraints goes through, and bytes of all names of attributes, and of features of
/// other files, together.
const MOST_PARTS: usize = 20_000_000;
/// Most names with points between them.
const MOST_NAMES: usize = 300;

/// Reads a model of one file.
///
/// # Errors
/// The first thing that is wrong or can't be said, with its place; when it imports other files.
pub fn read(text: &str) -> Result<Model, ImportError> {
    read_with("", text, &mut |_| None)
}

/// Reads a model with what it imports; `name` and `files` are those of [`read_with`](super::read_with).
///
/// # Errors
/// As [`read`]; when another file is missing, imports itself or is wrong.
pub fn read_with(
    name: &str,
    text: &str,
    files: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Model, ImportError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut shared = Shared { open: vec![name.to_owned()], bytes: text.len(), ..Shared::default() };
    let root = Reader::new(text, &mut shared, files, String::new(), 0)?.file()?;
    shared.features.root(root);
    Ok(shared.features.model)
}

/// What all files of a model have in common.
#[derive(Default)]
struct Shared {
    features: Features,
    /// How far each variable is indented, in their order; those of another file further than the line it stands on.
    indents: Vec<usize>,
    /// Features with values.
    types: BTreeMap<VariableId, Type>,
    /// What the constraints tell of those values.
    bounds: BTreeMap<VariableId, Bounds>,
    /// Features whose values are in the model.
    values: BTreeMap<VariableId, Values>,
    /// Numbers for texts, so that they can be compared.
    texts: BTreeMap<Rc<str>, i64>,
    /// Attributes by their names and features.
    attributes: BTreeMap<String, BTreeMap<VariableId, Attribute>>,
    /// How much of [`MOST_PARTS`] is used.
    parts: usize,
    /// Paths of the files that are being read, the outermost first.
    open: Vec<String>,
    /// How many other files have been asked for.
    files: usize,
    /// Length of all texts together.
    bytes: usize,
}

/// A text while it is read.
struct Reader<'t, 'c> {
    shared: &'c mut Shared,
    files: &'c mut dyn FnMut(&str) -> Option<String>,
    source: Text<'t>,
    tokens: Vec<Token<'t>>,
    /// Position among the tokens.
    next: usize,
    /// What stands before the names of its features in the model: by what name each file around imports the next.
    prefix: String,
    /// How far the line is indented that it stands on in the file around.
    base: usize,
    /// Other files by the names that they have here.
    imports: BTreeMap<Vec<&'t str>, Import>,
    root: Option<VariableId>,
    /// The lines of the tree above the present one.
    above: Vec<Above>,
    groups: Vec<Group>,
    /// Where constraints among attributes start.
    inner_constraints: Vec<usize>,
}

impl<'t, 'c> Reader<'t, 'c> {
    fn new(
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

    fn error<T>(
        &self,
        at: usize,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Result<T, ImportError> {
        Err(self.source.error(at, message, advice))
    }

    fn peek(&self) -> Token<'t> {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> Token<'t> {
        let end = Token { kind: Kind::End, at: self.source.0.len(), end: self.source.0.len() };
        self.tokens.get(self.next + by).copied().unwrap_or(end)
    }

    /// Takes a sign if it is next.
    fn takes(&mut self, sign: &str) -> bool {
        let taken = matches!(self.peek().kind, Kind::Sign(next) if next == sign);
        self.next += usize::from(taken);
        taken
    }

    fn expect(&mut self, sign: &str) -> Result<(), ImportError> {
        if self.takes(sign) { Ok(()) } else { self.unexpected(&format!("'{sign}'")) }
    }

    fn unexpected<T>(&self, wanted: &str) -> Result<T, ImportError> {
        let token = self.peek();
        let written = match token.kind {
            Kind::Line(_) | Kind::End => "the end of the line".to_owned(),
            _ => format!("'{}'", shown(self.source.0.get(token.at..token.end).unwrap_or_default())),
        };
        self.error(token.at, format!("{written} can't stand here"), format!("Write {wanted}."))
    }

    fn line_ends(&self) -> Result<(), ImportError> {
        match self.peek().kind {
            Kind::Line(_) | Kind::End => Ok(()),
            _ => self.unexpected("one thing per line"),
        }
    }

    /// Reads the whole file, and hands on the root of its tree.
    fn file(mut self) -> Result<VariableId, ImportError> {
        let mut constraints = Vec::new();
        while let Kind::Line(indent) = self.peek().kind {
            self.next += 1;
            let Token { kind, at, .. } = self.peek();
            let section = match kind {
                Kind::Word(word) if indent == 0 => word,
                _ => {
                    return self
                        .unexpected("namespace, include, imports, features or constraints, not indented");
                }
            };
            self.next += 1;
            match section {
                "namespace" => drop(self.reference()?),
                "include" => self.each_line(Self::language_level)?,
                "imports" => self.each_line(Self::import)?,
                "features" if self.root.is_none() => {
                    self.each_line(Self::tree_line)?;
                    self.lower_tree(at)?;
                }
                "constraints" => self.each_line(|reader, _| {
                    constraints.push(reader.next);
                    reader.skip_line();
                    Ok(())
                })?,
                "features" => return self.error(at, "the features are here twice", "Join the two trees."),
                _ => {
                    let message = format!("there is no section '{}'", shown(section));
                    return self.error(
                        at,
                        message,
                        "Use namespace, include, imports, features and constraints.",
                    );
                }
            }
            self.line_ends()?;
        }
        let Some(root) = self.root else {
            return self.error(self.peek().at, "there are no features", "Add a section 'features'.");
        };
        // Constraints may be about features further down, so all of them wait for the whole tree; and what values there
        // are, any of them may tell.
        for start in self.inner_constraints.clone() {
            self.next = start;
            self.skip_value();
            self.learn(start..self.next);
        }
        for start in &constraints {
            self.next = *start;
            self.skip_line();
            self.learn(*start..self.next);
        }
        for start in std::mem::take(&mut self.inner_constraints) {
            self.next = start;
            self.constraint()?;
            if !matches!(self.peek().kind, Kind::Sign("," | "}" | "]")) {
                return self.unexpected("',' or the closing bracket");
            }
        }
        for start in constraints {
            self.next = start;
            self.constraint()?;
            self.line_ends()?;
        }
        Ok(root)
    }

    /// Reads the indented lines that follow, and hands on how far each is indented.
    fn each_line(
        &mut self,
        mut read: impl FnMut(&mut Self, usize) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        self.line_ends()?;
        while let Kind::Line(indent @ 1..) = self.peek().kind {
            self.next += 1;
            read(self, indent)?;
            self.line_ends()?;
        }
        Ok(())
    }

    fn skip_line(&mut self) {
        while !matches!(self.peek().kind, Kind::Line(_) | Kind::End) {
            self.next += 1;
        }
    }

    fn language_level(&mut self, _: usize) -> Result<(), ImportError> {
        if !matches!(self.peek().kind, Kind::Word("Boolean" | "Arithmetic" | "Type")) {
            return self.unexpected("the level Boolean, Arithmetic or Type");
        }
        // Every construct is judged where it stands; what was announced does not matter.
        self.skip_line();
        Ok(())
    }

    /// Reads `name` or `"name"`.
    fn name(&mut self) -> Result<&'t str, ImportError> {
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
    fn reference(&mut self) -> Result<Vec<&'t str>, ImportError> {
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
    fn cardinality(&mut self) -> Result<(u32, u32), ImportError> {
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
    fn skip_value(&mut self) {
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

    fn decimal(&self, digits: &str, negative: bool) -> Result<Decimal, ImportError> {
        match Decimal::read(digits, negative) {
            Some(number) => Ok(number),
            None => self.error(self.peek().at, "this number is too long", "Use fewer digits."),
        }
    }
}

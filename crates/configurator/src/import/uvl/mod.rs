//! UVL, the Universal Variability Language: a tree of features with groups and attributes, and constraints.
//!
//! Language: D. Benavides, C. Sundermann, K. Feichtinger, J. A. Galindo, R. Rabiser and T. Thüm, "UVL: Feature Modelling
//! with the Universal Variability Language", 2025.
//! The boolean level is read whole, of the arithmetic level everything but the cardinality of features and rounding.
//! An attribute counts 0 while its feature is not there; a division by 0 and the mean of nothing compare with nothing.
//! `Integer`, `Real` and `String` features are features; what value a customer gives them is not the model's matter, and
//! constraints about it are refused. So are texts in constraints, and features of other files.

mod arithmetic;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};

use self::arithmetic::{Decimal, Fault, Fraction};
use self::tokens::{Kind, Token, tokens};
use super::features::{DEEPEST, Features, and, iff, implies, not, or, yes};
use super::{ImportError, Text, shown};
use crate::model::{Comparison, Formula, Model, VariableId};
use crate::nearest::nearest;

/// Most parts that the arithmetic of all constraints goes through, and bytes of all names of attributes, together.
const MOST_PARTS: usize = 20_000_000;

/// Reads a model.
///
/// # Errors
/// The first thing that is wrong or can't be said, with its place.
pub fn read(text: &str) -> Result<Model, ImportError> {
    let mut reader = Reader {
        source: Text(text),
        tokens: tokens(text)?,
        next: 0,
        features: Features::default(),
        imported: BTreeSet::new(),
        above: Vec::new(),
        groups: Vec::new(),
        indents: Vec::new(),
        types: BTreeMap::new(),
        attributes: BTreeMap::new(),
        inner_constraints: Vec::new(),
        parts: 0,
    };
    reader.file()?;
    Ok(reader.features.model)
}

/// A text while it is read.
struct Reader<'t> {
    source: Text<'t>,
    tokens: Vec<Token<'t>>,
    /// Position among the tokens.
    next: usize,
    features: Features,
    /// Names by which other files are known.
    imported: BTreeSet<&'t str>,
    /// The lines of the tree above the present one.
    above: Vec<Above>,
    groups: Vec<Group>,
    /// How far each feature is indented, in the order of the features.
    indents: Vec<usize>,
    /// Features with values.
    types: BTreeMap<VariableId, &'t str>,
    /// Attributes by their names and features; none for those that are no numbers.
    attributes: BTreeMap<String, BTreeMap<VariableId, Option<Decimal>>>,
    /// Where constraints among attributes start.
    inner_constraints: Vec<usize>,
    /// How much of [`MOST_PARTS`] is used.
    parts: usize,
}

/// A line of the tree that others stand below.
struct Above {
    indent: usize,
    /// Indentation of the lines right below.
    inner: Option<usize>,
    branch: Branch,
}

#[derive(Clone, Copy)]
enum Branch {
    Feature(VariableId),
    /// Position among the groups.
    Group(usize),
}

struct Group {
    at: usize,
    parent: VariableId,
    kind: GroupKind,
    children: Vec<VariableId>,
}

#[derive(Clone, Copy)]
enum GroupKind {
    Optional,
    Mandatory,
    Count(u32, u32),
}

/// A part of a constraint.
struct Operand<'t> {
    at: usize,
    term: Term<'t>,
}

enum Term<'t> {
    /// A condition and how deeply it is nested.
    Condition(Formula, usize),
    Number(Box<Fraction>),
    /// A feature, or an attribute of one.
    Name(Vec<&'t str>),
    Text,
}

impl<'t> Reader<'t> {
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

    fn file(&mut self) -> Result<(), ImportError> {
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
                "features" if self.indents.is_empty() => {
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
        if self.indents.is_empty() {
            return self.error(self.peek().at, "there are no features", "Add a section 'features'.");
        }
        // Constraints may be about features further down, so all of them wait for the whole tree.
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
        Ok(())
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

    fn import(&mut self, _: usize) -> Result<(), ImportError> {
        let mut name = self.reference()?;
        if self.peek().kind == Kind::Word("as") {
            self.next += 1;
            name = self.reference()?;
        }
        self.imported.extend(name.first());
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

    /// Reads a group or a feature.
    fn tree_line(&mut self, indent: usize) -> Result<(), ImportError> {
        let Token { kind, at, .. } = self.peek();
        while self.above.last().is_some_and(|above| above.indent >= indent) {
            self.above.pop();
        }
        let group = match kind {
            Kind::Word("optional") => Some(GroupKind::Optional),
            Kind::Word("mandatory") => Some(GroupKind::Mandatory),
            Kind::Word("or") => Some(GroupKind::Count(1, u32::MAX)),
            Kind::Word("alternative") => Some(GroupKind::Count(1, 1)),
            Kind::Sign("[") => {
                let (min, max) = self.cardinality()?;
                Some(GroupKind::Count(min, max))
            }
            _ => None,
        };
        let inner = self.above.last_mut().map(|above| *above.inner.get_or_insert(indent));
        let branch = match (group, self.above.last().map(|above| above.branch)) {
            _ if inner.is_some_and(|inner| inner != indent) => {
                let advice = "Give it the indentation of the lines it belongs to.";
                return self.error(at, "this line is indented like none of those above", advice);
            }
            (Some(kind), Some(Branch::Feature(parent))) => {
                // A cardinality has been read already.
                self.next += usize::from(matches!(self.peek().kind, Kind::Word(_)));
                self.groups.push(Group { at, parent, kind, children: Vec::new() });
                Branch::Group(self.groups.len() - 1)
            }
            (Some(_), _) => {
                let advice = "Indent it more than the feature that it divides.";
                return self.error(at, "a group has to stand below a feature", advice);
            }
            (None, Some(Branch::Feature(_))) => {
                let advice = "Put mandatory, optional, or, alternative or [1..2] between the two.";
                return self.error(at, "a feature has to stand below a group", advice);
            }
            (None, Some(Branch::Group(group))) => {
                let child = self.feature(indent)?;
                if let Some(group) = self.groups.get_mut(group) {
                    group.children.push(child);
                }
                Branch::Feature(child)
            }
            (None, None) if self.indents.is_empty() => {
                let root = self.feature(indent)?;
                self.features.root(root);
                Branch::Feature(root)
            }
            (None, None) => {
                return self.error(at, "there is another root feature", "Put all features below one.");
            }
        };
        self.above.push(Above { indent, inner: None, branch });
        Ok(())
    }

    fn feature(&mut self, indent: usize) -> Result<VariableId, ImportError> {
        let mut value = None;
        if let Kind::Word(word @ ("Boolean" | "Integer" | "Real" | "String")) = self.peek().kind
            && matches!(self.ahead(1).kind, Kind::Word(_) | Kind::Quoted(_))
        {
            self.next += 1;
            value = Some(word).filter(|word| *word != "Boolean");
        }
        let at = self.peek().at;
        let parts = self.reference()?;
        let [name] = parts[..] else { return self.composed(at, &parts) };
        let feature = match self.features.add(name) {
            Ok(feature) => feature,
            Err((message, advice)) => return self.error(at, message, advice),
        };
        self.indents.push(indent);
        self.types.extend(value.map(|value| (feature, value)));
        let at = self.peek().at;
        if self.peek().kind == Kind::Word("cardinality") {
            self.next += 1;
            let (min, max) = self.cardinality()?;
            if (min, max) != (1, 1) {
                let message = format!("the cardinality of the feature '{}' is not read", shown(name));
                return self.error(at, message, "Write a feature for each of its copies.");
            }
        }
        if self.takes("{") {
            self.attributes(feature, "", 0)?;
        }
        Ok(feature)
    }

    fn composed<T>(&self, at: usize, parts: &[&str]) -> Result<T, ImportError> {
        let message = format!("features of other files ('{}') are not read", shown(&parts.join(".")));
        self.error(at, message, "Put the whole model into one file.")
    }

    /// Reads attributes up to the closing bracket.
    fn attributes(&mut self, feature: VariableId, prefix: &str, depth: usize) -> Result<(), ImportError> {
        if depth == DEEPEST {
            return self.error(self.peek().at, "attributes are nested too deeply", "Use fewer levels.");
        }
        if self.takes("}") {
            return Ok(());
        }
        loop {
            let valued = !matches!(self.ahead(1).kind, Kind::Sign("," | "}"));
            match self.peek().kind {
                Kind::Word("constraint") if valued => {
                    self.next += 1;
                    self.inner_constraints.push(self.next);
                    self.skip_value();
                }
                Kind::Word("constraints") if self.ahead(1).kind == Kind::Sign("[") => {
                    self.next += 2;
                    while !self.takes("]") {
                        self.inner_constraints.push(self.next);
                        self.skip_value();
                        if !self.takes(",") && self.peek().kind != Kind::Sign("]") {
                            return self.unexpected("',' or ']'");
                        }
                    }
                }
                _ => self.attribute(feature, prefix, depth)?,
            }
            if self.takes("}") {
                return Ok(());
            }
            if !self.takes(",") {
                return self.unexpected("',' or '}'");
            }
        }
    }

    fn attribute(&mut self, feature: VariableId, prefix: &str, depth: usize) -> Result<(), ImportError> {
        let at = self.peek().at;
        let key = format!("{prefix}{}", self.name()?);
        self.parts += key.len();
        if self.parts > MOST_PARTS {
            return self.error(at, "there are too many attributes", "Use fewer, or shorter names.");
        }
        let mut number = None;
        let negative = self.takes("-");
        match self.peek().kind {
            Kind::Number(digits) => {
                number = Some(self.decimal(digits, negative)?);
                self.next += 1;
            }
            _ if negative => return self.unexpected("a number"),
            Kind::Sign("," | "}") => {}
            Kind::Sign("{") => {
                self.next += 1;
                return self.attributes(feature, &format!("{key}."), depth + 1);
            }
            Kind::Sign("[") => self.skip_value(),
            Kind::Text(_) | Kind::Quoted(_) | Kind::Word("true" | "false") => self.next += 1,
            _ => {
                return self.unexpected("a number, a text, true, false, or a list or attributes in brackets");
            }
        }
        let same = self.attributes.entry(key.clone()).or_default();
        if same.insert(feature, number).is_some() {
            return self.error(at, format!("there is another attribute '{}'", shown(&key)), "Remove one.");
        }
        Ok(())
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

    fn lower_tree(&mut self, at: usize) -> Result<(), ImportError> {
        if self.indents.is_empty() {
            return self.error(at, "there is no root feature", "Write it on the next line, indented.");
        }
        for Group { at, parent, kind, children } in std::mem::take(&mut self.groups) {
            if children.is_empty() {
                return self.error(
                    at,
                    "this group has no features",
                    "Indent its features more than the group.",
                );
            }
            match kind {
                GroupKind::Optional => children.iter().for_each(|it| self.features.optional(parent, *it)),
                GroupKind::Mandatory => children.iter().for_each(|it| self.features.mandatory(parent, *it)),
                GroupKind::Count(min, max) => self.features.group(parent, &children, min, max),
            }
        }
        Ok(())
    }

    /// Reads a constraint; its name is what is written.
    fn constraint(&mut self) -> Result<(), ImportError> {
        let start = self.peek().at;
        let read = self.operand(0, 0)?;
        let (formula, _) = self.condition(read)?;
        let end = self.tokens.get(self.next.saturating_sub(1)).map_or(start, |token| token.end);
        let written = self.source.0.get(start..end).unwrap_or_default();
        let name = match written.contains('\n') {
            true => written.split_whitespace().collect::<Vec<_>>().join(" "),
            false => written.to_owned(),
        };
        self.features.require(name, formula);
        Ok(())
    }

    /// Reads operators that bind at least this strongly, and what is between them.
    fn operand(&mut self, weakest: usize, depth: usize) -> Result<Operand<'t>, ImportError> {
        if depth == DEEPEST {
            return self.too_deep(self.peek().at);
        }
        let mut left = self.prefix(depth)?;
        while let Token { kind: Kind::Sign(sign), at, .. } = self.peek() {
            let Some(strength) = strength(sign).filter(|strength| *strength >= weakest) else { break };
            self.next += 1;
            let right = self.operand(strength + 1, depth + 1)?;
            left = Operand { at: left.at, term: self.join(left, sign, at, right)? };
        }
        Ok(left)
    }

    fn prefix(&mut self, depth: usize) -> Result<Operand<'t>, ImportError> {
        let Token { kind, at, .. } = self.peek();
        let term = match kind {
            Kind::Sign("!") => {
                self.next += 1;
                let negated = self.operand(COMPARISON, depth + 1)?;
                let (formula, nested) = self.condition(negated)?;
                self.nested(at, not(formula), nested + 1)?
            }
            Kind::Sign("(") => {
                self.next += 1;
                let inner = self.operand(0, depth + 1)?;
                self.expect(")")?;
                inner.term
            }
            Kind::Sign("-") => {
                self.next += 1;
                let Kind::Number(digits) = self.peek().kind else { return self.unexpected("a number") };
                let number = self.decimal(digits, true)?;
                self.next += 1;
                Term::Number(Box::new(Fraction::constant(number)))
            }
            Kind::Number(digits) => {
                let number = self.decimal(digits, false)?;
                self.next += 1;
                Term::Number(Box::new(Fraction::constant(number)))
            }
            Kind::Text(_) => {
                self.next += 1;
                Term::Text
            }
            Kind::Word(function) if self.ahead(1).kind == Kind::Sign("(") => {
                self.next += 2;
                self.function(function, at)?
            }
            _ => Term::Name(self.reference()?),
        };
        Ok(Operand { at, term })
    }

    /// Reads what a function is applied to, up to the closing bracket.
    fn function(&mut self, function: &str, at: usize) -> Result<Term<'t>, ImportError> {
        let make = match function {
            "sum" => Fraction::total,
            "avg" => Fraction::mean,
            _ => {
                let message = format!("the function '{}' is not read", shown(function));
                return self.error(at, message, "Use sum and avg.");
            }
        };
        let attribute_at = self.peek().at;
        let attribute = self.reference()?.join(".");
        let mut below = None;
        if self.takes(",") {
            let root_at = self.peek().at;
            let root = self.reference()?;
            below = Some(self.find(root_at, &root)?);
        }
        self.expect(")")?;
        let Some(numbers) = self.attributes.get(&attribute) else {
            let advice = nearest(&attribute, self.attributes.keys().map(String::as_str));
            let message = format!("no feature has the attribute '{}'", shown(&attribute));
            return self.error(attribute_at, message, advice);
        };
        let first = below.map_or(0, VariableId::index);
        let end = below.map_or(self.indents.len(), |root| {
            let deeper = |indent: &&usize| self.indents.get(root.index()).is_some_and(|own| *indent > own);
            root.index() + 1 + self.indents.iter().skip(root.index() + 1).take_while(deeper).count()
        });
        let mut counted = Vec::new();
        for (feature, number) in numbers.range(VariableId::new(first)..VariableId::new(end)) {
            let Some(number) = number else {
                let name = &self.features.model.variable(*feature).name;
                let message =
                    format!("the attribute '{}' of '{}' is no number", shown(&attribute), shown(name));
                return self.error(attribute_at, message, "Add up numbers only.");
            };
            counted.push((*feature, *number));
        }
        if counted.is_empty() {
            let message = format!("no feature there has the attribute '{}'", shown(&attribute));
            return self.error(attribute_at, message, "Name a feature above those that have it.");
        }
        self.number(at, make(&counted))
    }

    /// Joins two operands by an operator that stands at a byte of the text.
    fn join(
        &mut self,
        left: Operand<'t>,
        sign: &str,
        at: usize,
        right: Operand<'t>,
    ) -> Result<Term<'t>, ImportError> {
        if let "<=>" | "=>" | "|" | "&" = sign {
            let ((left, left_depth), (right, right_depth)) = (self.condition(left)?, self.condition(right)?);
            // Lists of the same kind become one, so that long ones are not deep.
            let inside = |part: &Formula, depth: usize| match (sign, part) {
                ("&", Formula::And(_)) | ("|", Formula::Or(_)) => depth - 1,
                _ => depth,
            };
            let depth = inside(&left, left_depth).max(inside(&right, right_depth));
            return match sign {
                "&" => self.nested(at, and(left, right), depth + 1),
                "|" => self.nested(at, or(left, right), depth + 1),
                "=>" => self.nested(at, implies(left, right), depth + 2),
                _ => self.nested(at, iff(left, right), depth + 2),
            };
        }
        let (left, right) = (self.amount(left)?, self.amount(right)?);
        let comparison = match sign {
            "==" => Comparison::Equal,
            "!=" => Comparison::Unequal,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::More,
            ">=" => Comparison::AtLeast,
            "+" => return self.number(at, left.plus(&right, 1)),
            "-" => return self.number(at, left.plus(&right, -1)),
            "*" => return self.number(at, left.times(&right)),
            _ => return self.number(at, left.over(&right)),
        };
        match left.compared(comparison, &right) {
            Ok(formula) => self.nested(at, formula, 2),
            Err(fault) => self.unsayable(at, &fault),
        }
    }

    /// A condition that is nested this deeply.
    fn nested(&self, at: usize, formula: Formula, depth: usize) -> Result<Term<'t>, ImportError> {
        if depth > DEEPEST {
            return self.too_deep(at);
        }
        Ok(Term::Condition(formula, depth))
    }

    fn too_deep<T>(&self, at: usize) -> Result<T, ImportError> {
        self.error(at, "this constraint is nested too deeply", "Divide it.")
    }

    fn number(&mut self, at: usize, number: Result<Fraction, Fault>) -> Result<Term<'t>, ImportError> {
        let number = match number {
            Ok(number) => number,
            Err(fault) => return self.unsayable(at, &fault),
        };
        self.parts += number.parts();
        if self.parts > MOST_PARTS {
            return self.unsayable(at, &Fault::TooLong);
        }
        Ok(Term::Number(Box::new(number)))
    }

    fn unsayable<T>(&self, at: usize, fault: &Fault) -> Result<T, ImportError> {
        match fault {
            Fault::TooLarge => {
                self.error(at, "numbers become too large here", "Use smaller ones, or fewer decimals.")
            }
            Fault::TooLong => self.error(at, "this is too much arithmetic", "Divide the constraint."),
            Fault::Zero => self.error(at, "this divides by 0", "Divide by another number."),
        }
    }

    /// The feature of a name.
    fn find(&self, at: usize, parts: &[&str]) -> Result<VariableId, ImportError> {
        let name = match parts {
            [name] => name,
            [file, ..] if self.imported.contains(file) => return self.composed(at, parts),
            [name, ..] => name,
            [] => return self.error(at, "a name is missing", "Add it."),
        };
        match self.features.find(name) {
            Some(feature) => Ok(feature),
            None => {
                let names = self.features.model.variables.iter().map(|variable| variable.name.as_str());
                self.error(at, format!("there is no feature '{}'", shown(name)), nearest(name, names))
            }
        }
    }

    /// An operand as a condition, and how deeply that is nested.
    fn condition(&self, Operand { at, term }: Operand<'t>) -> Result<(Formula, usize), ImportError> {
        let what = match term {
            Term::Condition(formula, depth) => return Ok((formula, depth)),
            Term::Name(parts) => {
                let feature = self.find(at, &parts)?;
                if parts.len() == 1 {
                    return Ok((yes(feature), 1));
                }
                format!("the attribute '{}'", shown(&parts.join(".")))
            }
            Term::Number(_) => "a number".to_owned(),
            Term::Text => "a text".to_owned(),
        };
        self.error(at, format!("{what} is no condition"), "Use a feature or a comparison.")
    }

    /// An operand as a number.
    fn amount(&self, Operand { at, term }: Operand<'t>) -> Result<Fraction, ImportError> {
        let parts = match term {
            Term::Number(number) => return Ok(*number),
            Term::Name(parts) => parts,
            Term::Text => {
                return self.error(at, "texts in constraints are not read", "Use features instead.");
            }
            Term::Condition(..) => {
                return self.error(at, "a condition is no number", "Put the condition between brackets.");
            }
        };
        let feature = self.find(at, &parts)?;
        let name = shown(&parts.join("."));
        if let [_, attribute @ ..] = &parts[..]
            && !attribute.is_empty()
        {
            return match self.attributes.get(&attribute.join(".")).and_then(|same| same.get(&feature)) {
                Some(Some(number)) => Ok(Fraction::with(feature, *number)),
                Some(None) => self.error(at, format!("the attribute '{name}' is no number"), "Use a number."),
                None => {
                    let own = self.attributes.iter().filter(|(_, same)| same.contains_key(&feature));
                    let advice = nearest(&attribute.join("."), own.map(|(key, _)| key.as_str()));
                    self.error(at, format!("there is no attribute '{name}'"), advice)
                }
            };
        }
        match self.types.get(&feature) {
            Some(kind) => {
                let message = format!("the value of the {kind} feature '{name}' is not read");
                self.error(at, message, "Write a feature for each value that matters.")
            }
            None => {
                self.error(at, format!("the feature '{name}' is no number"), "Use one of its attributes.")
            }
        }
    }
}

/// How strongly comparisons bind.
const COMPARISON: usize = 4;

/// How strongly an operator binds; none for other signs.
fn strength(sign: &str) -> Option<usize> {
    Some(match sign {
        "<=>" => 0,
        "=>" => 1,
        "|" => 2,
        "&" => 3,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => COMPARISON,
        "+" | "-" => 5,
        "*" | "/" => 6,
        _ => return None,
    })
}

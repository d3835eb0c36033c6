//! The tree of a UVL file: features, their groups and attributes.

use super::reader::{Above, Branch, Group, GroupKind, Reader};
use super::shared::{Attribute, MOST_PARTS, Type};
use super::tokens::{Kind, Token};
use crate::features::DEEPEST;
use crate::text::{ImportError, shown};
use engine::model::VariableId;

impl Reader<'_, '_> {
    /// Reads a group or a feature.
    pub(super) fn tree_line(&mut self, indent: usize) -> Result<(), ImportError> {
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
            (None, None) if self.root.is_none() => {
                let root = self.feature(indent)?;
                self.root = Some(root);
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
        let mut kind = None;
        if let Kind::Word(word @ ("Boolean" | "Integer" | "Real" | "String")) = self.peek().kind
            && matches!(self.ahead(1).kind, Kind::Word(_) | Kind::Quoted(_))
        {
            self.next += 1;
            kind = Some(word);
        }
        let at = self.peek().at;
        let parts = self.reference()?;
        let feature = match (&parts[..], kind) {
            ([name], _) => self.own_feature(at, name, indent)?,
            (_, None) => self.subtree(at, &parts, indent)?,
            (_, Some(_)) => {
                return self.error(at, "this feature has its type in its own file", "Leave it out.");
            }
        };
        let kind = match kind {
            Some("Integer") => Some(Type::Integer),
            Some("Real") => Some(Type::Real),
            Some("String") => Some(Type::String),
            _ => None,
        };
        self.shared.types.extend(kind.map(|kind| (feature, kind)));
        let at = self.peek().at;
        if self.peek().kind == Kind::Word("cardinality") {
            self.next += 1;
            let (min, max) = self.cardinality()?;
            if (min, max) != (1, 1) {
                let name = shown(&parts.join("."));
                let message = format!("the cardinality of the feature '{name}' is not read");
                return self.error(at, message, "Write a feature for each of its copies.");
            }
        }
        if self.takes("{") {
            self.attributes(feature, "", 0)?;
        }
        Ok(feature)
    }

    fn own_feature(&mut self, at: usize, name: &str, indent: usize) -> Result<VariableId, ImportError> {
        if self.is_import(name) {
            let message = format!("'{}' is another file already", shown(name));
            return self.error(at, message, "Give the file another name with 'as'.");
        }
        let name = format!("{}{name}", self.prefix);
        if !self.prefix.is_empty() {
            self.shared.parts += name.len();
            if self.shared.parts > MOST_PARTS {
                return self.error(at, "the names of features are too long together", "Use shorter ones.");
            }
        }
        match self.shared.features.add(&name) {
            Ok(feature) => {
                // The root takes the place of the line around; all others stand below it.
                let within = if self.root.is_some() { indent } else { 0 };
                self.shared.indents.push(self.base + within);
                Ok(feature)
            }
            Err((message, advice)) => self.error(at, message, advice),
        }
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
        self.shared.parts += key.len();
        if self.shared.parts > MOST_PARTS {
            return self.error(at, "there are too many attributes", "Use fewer, or shorter names.");
        }
        let mut value = Attribute::Other;
        let negative = self.takes("-");
        match self.peek().kind {
            Kind::Number(digits) => {
                value = Attribute::Number(self.decimal(digits, negative)?);
                self.next += 1;
            }
            _ if negative => return self.unexpected("a number"),
            Kind::Sign("," | "}") => {}
            Kind::Sign("{") => {
                self.next += 1;
                return self.attributes(feature, &format!("{key}."), depth + 1);
            }
            Kind::Sign("[") => self.skip_value(),
            Kind::Text(text) => {
                value = Attribute::Text(text.into());
                self.next += 1;
            }
            Kind::Quoted(_) | Kind::Word("true" | "false") => self.next += 1,
            _ => {
                return self.unexpected("a number, a text, true, false, or a list or attributes in brackets");
            }
        }
        let same = self.shared.attributes.entry(key.clone()).or_default();
        if same.insert(feature, value).is_some() {
            return self.error(at, format!("there is another attribute '{}'", shown(&key)), "Remove one.");
        }
        Ok(())
    }
    pub(super) fn lower_tree(&mut self, at: usize) -> Result<(), ImportError> {
        if self.root.is_none() {
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
                GroupKind::Optional => {
                    children.iter().for_each(|it| self.shared.features.optional(parent, *it))
                }
                GroupKind::Mandatory => {
                    children.iter().for_each(|it| self.shared.features.mandatory(parent, *it))
                }
                GroupKind::Count(min, max) => self.shared.features.group(parent, &children, min, max),
            }
        }
        Ok(())
    }
}

//! The sections of a UVL file.

use super::reader::Reader;
use super::tokens::{Kind, Token};
use crate::text::{ImportError, shown};
use engine::model::VariableId;

impl Reader<'_, '_> {
    /// Reads the whole file, and hands on the root of its tree.
    pub fn file(mut self) -> Result<VariableId, ImportError> {
        let constraints = self.sections()?;
        let Some(root) = self.root else {
            return self.error(self.peek().at, "there are no features", "Add a section 'features'.");
        };
        self.constraints(constraints)?;
        Ok(root)
    }

    /// Reads all sections but for the constraints, whose starts it hands on.
    fn sections(&mut self) -> Result<Vec<usize>, ImportError> {
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
        Ok(constraints)
    }

    /// Reads the constraints that start here, and those among attributes.
    fn constraints(&mut self, constraints: Vec<usize>) -> Result<(), ImportError> {
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

    fn language_level(&mut self, _: usize) -> Result<(), ImportError> {
        if !matches!(self.peek().kind, Kind::Word("Boolean" | "Arithmetic" | "Type")) {
            return self.unexpected("the level Boolean, Arithmetic or Type");
        }
        // Every construct is judged where it stands; what was announced does not matter.
        self.skip_line();
        Ok(())
    }
}

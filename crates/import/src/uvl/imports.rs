//! Other files that a UVL file imports. Each is read where its root stands in the tree; its features are then called
//! `file.Feature`, and those of files that it imports itself `file.other.Feature`.

use super::reader::{Import, Reader};
use super::tokens::Kind;
use crate::text::{ImportError, LONGEST_TEXT, shown};
use engine::model::VariableId;
use engine::names::nearest;

/// Most files within one another.
const DEEPEST_FILES: usize = 32;
/// Most files of a model, each counted as often as it is imported.
const MOST_FILES: usize = 10_000;

impl<'t> Reader<'t, '_> {
    /// Reads the line `folder.file as name`.
    pub(super) fn import(&mut self, _: usize) -> Result<(), ImportError> {
        let at = self.peek().at;
        let parts = self.reference()?;
        let path = self.path(at, &parts)?;
        let mut name_at = at;
        let mut name = parts;
        if self.peek().kind == Kind::Word("as") {
            self.next += 1;
            name_at = self.peek().at;
            name = self.reference()?;
        }
        if self.imports.keys().any(|other| other.starts_with(&name) || name.starts_with(other)) {
            let message = format!("there is another file called '{}'", shown(&name.join(".")));
            return self.error(name_at, message, "Give one of them another name with 'as'.");
        }
        let open = &self.shared.open;
        if let Some(first) = open.iter().position(|other| *other == path) {
            let round = [&open[first..], &[path]].concat().join(" → ");
            let message = format!("this file is imported by itself: {}", shown(&round));
            return self.error(at, message, "Remove one of these imports.");
        }
        if open.len() > DEEPEST_FILES {
            let message = format!("more than {DEEPEST_FILES} files import one another");
            return self.error(at, message, "Use fewer levels.");
        }
        if self.shared.files == MOST_FILES {
            let message = format!("more than {MOST_FILES} files are imported");
            return self.error(at, message, "Join some of them.");
        }
        self.shared.files += 1;
        let Some(text) = (self.files)(&path) else {
            let message = format!("the file '{}' can't be read", shown(&path));
            return self.error(
                at,
                message,
                "Put it there; folders stand before its name with points between.",
            );
        };
        self.shared.bytes += text.len();
        if self.shared.bytes > LONGEST_TEXT {
            let message = format!("all files together are longer than {LONGEST_TEXT} bytes");
            return self.error(at, message, "Use shorter or fewer ones.");
        }
        self.imports.insert(name, Import { path, text: Some(text) });
        Ok(())
    }

    /// Where a file is, seen from the outermost one.
    fn path(&self, at: usize, parts: &[&str]) -> Result<String, ImportError> {
        // Nothing that a system may take for another folder.
        let plain = |part: &&str| {
            !part.contains(['/', '\\', ':', '\0'])
                && !part.chars().all(|letter| letter == '.' || letter == ' ')
        };
        if !parts.iter().all(plain) {
            let message = format!("'{}' is no name of a file", shown(&parts.join(".")));
            return self.error(at, message, "Name folders and the file, with points between.");
        }
        let folder = self.shared.open.last().and_then(|path| path.rsplit_once('/'));
        let folder = folder.map_or(String::new(), |(folder, _)| format!("{folder}/"));
        Ok(format!("{folder}{}.uvl", parts.join("/")))
    }

    /// Whether the names of other files start with this one.
    pub(super) fn is_import(&self, name: &str) -> bool {
        self.imports.range(vec![name]..).next().is_some_and(|(first, _)| first.first() == Some(&name))
    }

    /// How many parts at the start of a name are another file's.
    pub(super) fn imported(&self, parts: &[&'t str]) -> Option<usize> {
        (1..parts.len()).find(|end| parts.get(..*end).is_some_and(|start| self.imports.contains_key(start)))
    }

    /// The path of the file of this name if its root stands nowhere in the tree.
    pub(super) fn outside<'r>(&'r self, name: &[&'t str]) -> Option<&'r str> {
        let import = self.imports.get(name)?;
        import.text.as_ref().map(|_| import.path.as_str())
    }

    /// Reads another file in the place of its root.
    pub(super) fn subtree(
        &mut self,
        at: usize,
        parts: &[&'t str],
        indent: usize,
    ) -> Result<VariableId, ImportError> {
        let written = shown(&parts.join("."));
        let name = parts.get(..self.imported(parts).unwrap_or(0)).unwrap_or_default();
        let Some(import) = self.imports.get_mut(name) else {
            let names: Vec<String> = self.imports.keys().map(|name| name.join(".")).collect();
            let file = parts.first().copied().unwrap_or_default();
            let advice = nearest(file, names.iter().map(String::as_str));
            return self.error(at, format!("no file is imported for '{written}'"), advice);
        };
        let path = import.path.clone();
        let Some(text) = import.text.take() else {
            let message = format!("the file of '{written}' stands in the tree already");
            return self.error(at, message, "Import it once more, with another name after 'as'.");
        };
        let prefix = format!("{}{}.", self.prefix, name.join("."));
        self.shared.open.push(path);
        let base = self.base + indent;
        let read = Reader::new(&text, self.shared, self.files, prefix, base).and_then(Reader::file);
        let path = self.shared.open.pop();
        let root = read.map_err(|error| ImportError { file: error.file.or(path), ..error })?;
        let root_name = &self.shared.features.model.variable(root).name;
        let root_name = root_name.strip_prefix(&self.prefix).unwrap_or(root_name);
        if root_name != parts.join(".") {
            let message = format!("'{written}' is not the root of its file");
            return self.error(at, message, format!("Write {}.", shown(root_name)));
        }
        Ok(root)
    }
}

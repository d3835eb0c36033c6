//! Files of a crate import downwards: no circle of imports has more than two files (a `mod.rs` and a child of it may know
//! each other). Told from what stands in the files: the paths that begin with `crate`, `super`, `self` or a child module.

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Folders of the crates that are held to this.
    const CRATES: [&str; 10] = [
        "crates/store",
        "crates/shop",
        "app",
        "server",
        "crates/engine",
        "crates/import",
        "crates/configurator-cli",
        "crates/configurator",
        "crates/preview",
        "crates/personalize",
    ];

    #[test]
    fn no_circle_of_imports_has_more_than_two_files() {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        for folder in CRATES {
            let imports = imports(&read_source(&workspace.join(folder).join("src")));
            let circles = circles(&imports).into_iter().filter(|circle| circle.len() > 2);
            found.extend(circles.map(|circle| format!("{folder}: {}", circle.join(", "))));
        }
        assert!(found.is_empty(), "these files import each other in circles:\n{}", found.join("\n"));
    }

    #[test]
    fn paths_are_followed_to_the_files_they_name() {
        let source = BTreeMap::from(
        [
            ("lib.rs", "mod a; mod b; pub use a::{deep::Thing as Other, One}; // use crate::nothing::X;"),
            (
                "a/mod.rs",
                "pub mod deep; use crate::b; pub struct One; fn f() -> b::Two { \"crate::b::c\"; b::two() }",
            ),
            (
                "a/deep.rs",
                "use {super::One, crate::b::{self, c::{Three, *}}}; mod tests { use super::Thing; }",
            ),
            ("b.rs", "mod c; fn g<'a>() { let _ = ('\"', c::four()); }"),
            ("b/c.rs", "pub struct Three; mod inner { fn h() { super::super::five(); } }"),
        ]
        .map(|(file, text)| (file.to_owned(), text.to_owned())),
    );
        let expected = [
            ("lib.rs", vec!["a/deep.rs", "a/mod.rs"]),
            ("a/mod.rs", vec!["b.rs"]),
            ("a/deep.rs", vec!["a/mod.rs", "b.rs", "b/c.rs"]),
            ("b.rs", vec!["b/c.rs"]),
            ("b/c.rs", vec!["b.rs"]),
        ];
        let expected: BTreeMap<String, BTreeSet<String>> = expected
            .map(|(file, others)| (file.to_owned(), others.into_iter().map(str::to_owned).collect()))
            .into();
        let imports = imports(&source);
        assert_eq!(imports, expected);
        assert_eq!(circles(&imports), [["b.rs", "b/c.rs"]]);
    }

    /// By path under a `src` folder, with `/` between its parts: the text of each Rust file.
    fn read_source(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut open: Vec<PathBuf> = vec![folder.to_owned()];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("a folder that can be read");
                open.extend(entries.map(|entry| entry.expect("an entry").path()));
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let parts = path.strip_prefix(folder).expect("a file in the folder").iter();
                let name: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
                found.insert(name.join("/"), fs::read_to_string(&path).expect("a file that can be read"));
            }
        }
        assert!(!found.is_empty(), "{} has Rust files", folder.display());
        found
    }

    /// By file: the other files of the crate that it takes something from.
    fn imports(source: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
        let root = if source.contains_key("lib.rs") { "lib.rs" } else { "main.rs" };
        let files: BTreeMap<Vec<&str>, &str> =
            source.keys().map(|file| (module_of(file, root), file.as_str())).collect();
        let follow = |path: &[String]| {
            let prefixes = (0..=path.len()).rev().map(|length| &path[..length]);
            prefixes.into_iter().find_map(|prefix| {
                let prefix: Vec<&str> = prefix.iter().map(String::as_str).collect();
                files.get(&prefix).map(|file| (*file).to_owned())
            })
        };
        let of_file = |(file, text): (&String, &String)| {
            let module = module_of(file, root).into_iter().map(str::to_owned).collect();
            let is_module =
                |path: &[String]| files.contains_key(&path.iter().map(String::as_str).collect::<Vec<_>>());
            let paths = paths(&tokens(text), module, &is_module);
            let others = paths.iter().filter_map(|path| follow(path)).filter(|other| other != file);
            (file.clone(), others.collect())
        };
        source.iter().map(of_file).collect()
    }

    /// The module that a file is: none for the crate's root, some name of its own for a further root such as a binary.
    fn module_of<'f>(file: &'f str, root: &str) -> Vec<&'f str> {
        if file == root {
            return Vec::new();
        }
        let path = file.strip_suffix("/mod.rs").or_else(|| file.strip_suffix(".rs")).unwrap_or(file);
        path.split('/').collect()
    }

    /// The circles that files are in, each file in one at most.
    fn circles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<&str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            imports.keys().map(|file| (file.as_str(), reachable(imports, file))).collect();
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for (file, others) in &reached {
            let circle: Vec<&str> =
                others.iter().copied().filter(|other| reached[other].contains(file)).collect();
            // Each circle once: at the first of its files.
            if circle.first() == Some(file) {
                circles.push(circle);
            }
        }
        circles
    }

    /// What a file imports, and what that does, and so on.
    fn reachable<'f>(imports: &'f BTreeMap<String, BTreeSet<String>>, from: &'f str) -> BTreeSet<&'f str> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            open.extend(imports[file].iter().map(String::as_str).filter(|other| found.insert(*other)));
        }
        found
    }

    /// The paths in a text that may lead to other files, from the crate's root. `module` is what the text is.
    fn paths(
        tokens: &[Token],
        mut module: Vec<String>,
        is_module: &dyn Fn(&[String]) -> bool,
    ) -> Vec<Vec<String>> {
        let (mut found, mut depth, mut next) = (Vec::new(), 0, 0);
        // Depths of the brackets of modules within the text.
        let mut inner = Vec::new();
        while let Some(token) = tokens.get(next) {
            match (token, &tokens[next + 1..]) {
                (Token::Word(word), [Token::Word(name), Token::Sign('{'), ..]) if word == "mod" => {
                    module.push(name.clone());
                    inner.push(depth);
                    depth += 1;
                    next += 2;
                }
                (Token::Word(word), [Token::Of, ..]) if next == 0 || tokens[next - 1] != Token::Of => {
                    let base = match &word[..] {
                        "crate" => Some(Vec::new()),
                        "self" => Some(module.clone()),
                        "super" => Some(module[..module.len().saturating_sub(1)].to_vec()),
                        _ => Some([&module[..], std::slice::from_ref(word)].concat())
                            .filter(|path| is_module(path)),
                    };
                    if let Some(base) = base {
                        next = follow(tokens, next + 1, base, &mut found);
                        continue;
                    }
                }
                (Token::Sign('{'), _) => depth += 1,
                (Token::Sign('}'), _) => {
                    depth -= 1;
                    if inner.last() == Some(&depth) {
                        inner.pop();
                        module.pop();
                    }
                }
                _ => {}
            }
            next += 1;
        }
        found
    }

    /// Follows a path that goes on at a token, with its branches; where it ends.
    fn follow(
        tokens: &[Token],
        mut next: usize,
        mut path: Vec<String>,
        found: &mut Vec<Vec<String>>,
    ) -> usize {
        while let [Token::Of, after, ..] = &tokens[next..] {
            match after {
                Token::Word(word) if word == "super" => drop(path.pop()),
                Token::Word(word) => path.push(word.clone()),
                Token::Sign('{') => {
                    next += 2;
                    while let Some(token) = tokens.get(next).filter(|token| **token != Token::Sign('}')) {
                        next += 1;
                        if let Token::Word(word) = token {
                            let path = if word == "self" {
                                path.clone()
                            } else {
                                [&path[..], std::slice::from_ref(word)].concat()
                            };
                            next = follow(tokens, next, path, found);
                            if tokens.get(next) == Some(&Token::Word("as".to_owned())) {
                                next += 2;
                            }
                        }
                    }
                    return next + 1;
                }
                _ => break,
            }
            next += 2;
        }
        found.push(path);
        next
    }

    /// What matters of a text's grammar.
    #[derive(Clone, Debug, PartialEq)]
    enum Token {
        Word(String),
        /// `::`
        Of,
        /// Any other character that is no space.
        Sign(char),
    }

    /// Cuts a text into tokens, without comments and what is quoted.
    fn tokens(text: &str) -> Vec<Token> {
        let characters: Vec<char> = text.chars().collect();
        let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
        let starts =
            |index: usize, wanted: &str| wanted.chars().enumerate().all(|(by, one)| at(index + by) == one);
        let find = |index: usize, wanted: &str| {
            (index..characters.len()).find(|&index| starts(index, wanted)).unwrap_or(characters.len())
        };
        let mut found = Vec::new();
        let mut index = 0;
        while index < characters.len() {
            let here = at(index);
            if starts(index, "//") {
                index = find(index, "\n");
            } else if starts(index, "/*") {
                index = find(index, "*/") + 2;
            } else if here == '"' {
                index += 1;
                while index < characters.len() && at(index) != '"' {
                    index += if at(index) == '\\' { 2 } else { 1 };
                }
                index += 1;
            } else if starts(index, "'\\") {
                index = find(index + 3, "'") + 1;
            } else if here == '\'' && at(index + 2) == '\'' {
                index += 3;
            } else if here.is_alphanumeric() || here == '_' {
                let end = (index..).find(|&index| !(at(index).is_alphanumeric() || at(index) == '_'));
                let end = end.unwrap_or(characters.len());
                let word: String = characters[index..end].iter().collect();
                index = end;
                if matches!(&word[..], "r" | "br") && matches!(at(end), '"' | '#') {
                    let hashes = (end..).take_while(|&index| at(index) == '#').count();
                    if at(end + hashes) == '"' {
                        let closing: String = ['"'].into_iter().chain((0..hashes).map(|_| '#')).collect();
                        index = find(end + hashes + 1, &closing) + closing.len();
                        continue;
                    }
                }
                found.push(Token::Word(word));
            } else {
                if starts(index, "::") {
                    found.push(Token::Of);
                    index += 1;
                } else if !here.is_whitespace() {
                    found.push(Token::Sign(here));
                }
                index += 1;
            }
        }
        found
    }
}

//! A new kind of attribute is met by the compiler everywhere and in few places: no match over kinds or their shapes has an arm
//! for all the rest, and kinds are named in no other files than ARCHITECTURE.md lists under "An attribute kind", eight at most.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use syn::punctuated::Punctuated;
    use syn::visit::{self, Visit};
    use syn::{
        Attribute, ExprMatch, Ident, ImplItemFn, ItemFn, ItemImpl, ItemMod, Macro, Pat, Path as Name, Token,
        Type,
    };

    /// Folders of the source that knows attributes.
    const FOLDERS: [&str; 9] = [
        "crates/configurator/src",
        "crates/configurator-cli/src",
        "crates/personalize/src",
        "crates/preview/src",
        "crates/shop/src",
        "crates/store/src",
        "app/src",
        "frontend/src",
        "server/src",
    ];
    const ENUMS: [&str; 2] = ["Kind", "KindSource"];
    const CASES: [&str; 4] = ["Choice", "MultiChoice", "Number", "Text"];
    /// What their values look like, which may be asked for anywhere.
    const SHAPES: [&str; 4] = ["Option", "Options", "Number", "Text"];

    #[test]
    fn no_match_over_kinds_has_an_arm_for_all_the_rest() {
        let found: Vec<String> =
            source().into_iter().flat_map(|(_, found)| found.arms_for_the_rest).collect();
        assert!(found.is_empty(), "name every kind instead of `_`:\n{}", found.join("\n"));
    }

    #[test]
    fn kinds_are_named_in_the_files_that_the_architecture_lists() {
        let listed = listed(&fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the architecture"));
        let missing: Vec<&String> = listed.iter().filter(|file| !root().join(file).is_file()).collect();
        assert!(missing.is_empty(), "ARCHITECTURE.md lists files that are not there: {missing:?}");
        let naming = source().into_iter().filter(|(_, found)| found.names_kinds).map(|(file, _)| file);
        let naming: Vec<String> = naming.collect();
        // Beside these, each kind has a file of its own in `menu/`.
        assert!(naming.len() < 8, "a new kind touches more than eight files: {naming:?}");
        let unlisted: Vec<&String> = naming.iter().filter(|file| !listed.contains(*file)).collect();
        assert!(
            unlisted.is_empty(),
            "ask a method of the kind, or list these in ARCHITECTURE.md, \"An attribute kind\":\n{}",
            unlisted.into_iter().cloned().collect::<Vec<_>>().join("\n")
        );
    }

    #[test]
    fn arms_for_the_rest_are_told_from_others() {
        let arms = |text: &str| {
            let text = format!("impl Kind {{ fn f(&self) {{ {text} }} }}");
            look_at("f.rs", &text).arms_for_the_rest.len()
        };
        for rest in [
            "match kind { Kind::Text { .. } => 1, _ => 2 }",
            "match kind.shape() { ValueShape::Options => 1, _ => 2 }",
            "match kind { Kind::Text { .. } if long => 1, other => 2 }",
            "match self { Self::Text { .. } => 1, Self::Choice { .. } | _ => 2 }",
            "match (kind, value) { (Kind::Text { .. }, Value::Text(_)) => 1, (_, _) => 2 }",
            "match (kind, value) { (Kind::Text { .. }, 1) => 1, (_, 2) => 2, (Kind::Choice { .. }, 3) => 3 }",
            "match kind { Some((id, &KindSource::Text)) => 1, Some((_, _)) => 2, None => 3 }",
            "match kind { Some((id, name, Kind::Text { .. })) => 1, Some((.., other)) => 2, None => 3 }",
        ] {
            assert_eq!(arms(rest), 1, "{rest}");
        }
        for named in [
            "match kind { Kind::Text { .. } => 1, _ if odd => 2, Kind::Choice { .. } | Kind::Number { .. } => 3 }",
            "match (kind, value) { (Kind::Text { .. }, _) => 1, (Kind::Choice { .. }, _) => 2 }",
            "match value { Value::Text(_) => 1, _ => 2 }",
            "match kind { Some((id, name, Kind::Text { .. })) => 1, Some((.., Kind::Choice { .. })) => 2, None => 3 }",
            "match value { Value::Text(_) => Kind::Text { price: 0 }, _ => other }",
        ] {
            assert_eq!(arms(named), 0, "{named}");
        }
    }

    #[test]
    fn names_of_kinds_are_found_wherever_they_stand() {
        let names = |text: &str| look_at("f.rs", text).names_kinds;
        assert!(names("fn f() -> bool { matches!(kind, Kind::Text { .. }) }"));
        assert!(names("fn f() { let source::KindSource::Choice = kind else { return }; }"));
        assert!(names("impl Kind { fn f(&self) { if let Self::Choice { .. } = self {} } }"));
        assert!(!names("impl Value { fn f(&self) { if let Self::Number(_) = self {} } }"));
        assert!(!names("fn f(kind: &Kind) { kind.is_text() }"));
        assert!(!names(
            "#[cfg(test)] mod tests { fn f() { let Kind::Text { .. } = kind else { panic!() }; } }"
        ));
    }

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    /// The files in a section, each behind the folder that was named last.
    fn listed(architecture: &str) -> BTreeSet<String> {
        let (_, section) = architecture.split_once("- **An attribute kind.**").expect("the section");
        let (section, _) = section.split_once("\n- **").unwrap_or((section, ""));
        let mut folder = "";
        let mut found = BTreeSet::new();
        for name in section.split('`').skip(1).step_by(2) {
            if name.ends_with('/') {
                folder = name;
            } else if name.ends_with(".rs") {
                found.insert(format!("{folder}{name}"));
            }
        }
        found
    }

    /// Every file of the workspace that knows attributes, from the workspace's folder, and what is found in it.
    fn source() -> Vec<(String, Found)> {
        let mut found = Vec::new();
        let mut open: Vec<PathBuf> = FOLDERS.iter().map(|folder| root().join(folder)).collect();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("a folder that can be read");
                open.extend(entries.map(|entry| entry.expect("an entry").path()));
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                let parts = path.strip_prefix(root()).expect("a file of the workspace").iter();
                let name = parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
                let text = fs::read_to_string(&path).expect("a file that can be read");
                let looked = look_at(&name, &text);
                found.push((name, looked));
            }
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
    }

    fn look_at(file: &str, text: &str) -> Found {
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut found = Found { file: file.to_owned(), ..Found::default() };
        found.visit_file(&parsed);
        found
    }

    type Patterns = Punctuated<Pat, Token![,]>;

    /// What is found in a file, without its tests.
    #[derive(Default)]
    struct Found {
        file: String,
        names_kinds: bool,
        /// Where the arms are.
        arms_for_the_rest: Vec<String>,
        /// The function that is looked at.
        function: String,
        /// Whether `Self` is a kind.
        is_own: bool,
    }

    impl Found {
        fn is_kind(&self, name: &Name) -> bool {
            let words: Vec<String> = name.segments.iter().map(|segment| segment.ident.to_string()).collect();
            match &words[..] {
                [.., of, case] => {
                    let is_case = ENUMS.contains(&&of[..]) || self.is_own && of == "Self";
                    is_case && CASES.contains(&&case[..])
                }
                _ => false,
            }
        }

        /// Whether a pattern names a kind, or what its values look like.
        fn names_kind(&self, pattern: &Pat) -> bool {
            match bare(pattern) {
                Pat::Struct(of) => self.is_kind(&of.path),
                Pat::TupleStruct(of) => self.is_kind(&of.path),
                Pat::Path(of) => self.is_kind(&of.path) || is_shape(&of.path),
                Pat::Or(cases) => cases.cases.iter().any(|case| self.names_kind(case)),
                _ => false,
            }
        }

        /// Whether one pattern takes any kind where the other names some.
        fn leaves_open(&self, arm: &Pat, other: &Pat) -> bool {
            match (bare(arm), bare(other)) {
                (Pat::Or(arms), other) => arms.cases.iter().any(|arm| self.leaves_open(arm, other)),
                (arm, other) if self.names_kind(other) => takes_all(arm),
                (arm, Pat::Or(others)) => others.cases.iter().any(|other| self.leaves_open(arm, other)),
                (arm, other) => match (parts(arm), parts(other)) {
                    (None, Some((_, others))) if takes_all(arm) => {
                        others.iter().any(|other| self.leaves_open(arm, other))
                    }
                    (Some((name, arms)), Some((other, others))) if name == other => {
                        self.any_leaves_open(arms, others)
                    }
                    _ => false,
                },
            }
        }

        /// The same of patterns side by side, as far as no `..` comes between.
        fn any_leaves_open(&self, arm: &Patterns, other: &Patterns) -> bool {
            let (from_left, from_right) = (arm.iter().zip(other), arm.iter().rev().zip(other.iter().rev()));
            let is_there =
                |(arm, other): &(&Pat, &Pat)| !matches!((arm, other), (Pat::Rest(_), _) | (_, Pat::Rest(_)));
            let mut pairs = from_left.take_while(is_there).chain(from_right.take_while(is_there));
            pairs.any(|(arm, other)| self.leaves_open(arm, other))
        }
    }

    fn is_shape(name: &Name) -> bool {
        let words: Vec<String> = name.segments.iter().map(|segment| segment.ident.to_string()).collect();
        matches!(&words[..], [.., of, case] if of == "ValueShape" && SHAPES.contains(&&case[..]))
    }

    /// What a pattern with brackets has within them, and what its name ends in.
    fn parts(pattern: &Pat) -> Option<(Option<&Ident>, &Patterns)> {
        match pattern {
            Pat::Tuple(of) => Some((None, &of.elems)),
            Pat::TupleStruct(of) => Some((of.path.segments.last().map(|segment| &segment.ident), &of.elems)),
            _ => None,
        }
    }

    /// A pattern without what stands around it.
    fn bare(pattern: &Pat) -> &Pat {
        match pattern {
            Pat::Reference(of) => bare(&of.pat),
            Pat::Paren(of) => bare(&of.pat),
            other => other,
        }
    }

    /// `_`, or a name for whatever is there.
    fn takes_all(pattern: &Pat) -> bool {
        match pattern {
            Pat::Wild(_) => true,
            Pat::Ident(name) => {
                name.subpat.is_none() && name.ident.to_string().starts_with(char::is_lowercase)
            }
            _ => false,
        }
    }

    fn is_test(attributes: &[Attribute]) -> bool {
        let is_test = |attribute: &Attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<Name>().is_ok_and(|of| of.is_ident("test"))
        };
        attributes.iter().any(is_test)
    }

    impl<'f> Visit<'f> for Found {
        fn visit_item_mod(&mut self, module: &'f ItemMod) {
            if !is_test(&module.attrs) {
                visit::visit_item_mod(self, module);
            }
        }

        fn visit_item_impl(&mut self, block: &'f ItemImpl) {
            self.is_own = match &*block.self_ty {
                Type::Path(of) => ENUMS.iter().any(|name| of.path.is_ident(name)),
                _ => false,
            };
            visit::visit_item_impl(self, block);
            self.is_own = false;
        }

        fn visit_item_fn(&mut self, function: &'f ItemFn) {
            self.function = function.sig.ident.to_string();
            visit::visit_item_fn(self, function);
        }

        fn visit_impl_item_fn(&mut self, function: &'f ImplItemFn) {
            self.function = function.sig.ident.to_string();
            visit::visit_impl_item_fn(self, function);
        }

        fn visit_expr_match(&mut self, found: &'f ExprMatch) {
            let open = found.arms.iter().filter(|arm| arm.guard.is_none());
            let open =
                open.filter(|arm| found.arms.iter().any(|other| self.leaves_open(&arm.pat, &other.pat)));
            let place = format!("{}, {}", self.file, self.function);
            let places = open.map(|_| place.clone()).collect::<Vec<_>>();
            self.arms_for_the_rest.extend(places);
            visit::visit_expr_match(self, found);
        }

        fn visit_path(&mut self, name: &'f Name) {
            self.names_kinds |= self.is_kind(name);
            visit::visit_path(self, name);
        }

        fn visit_macro(&mut self, call: &'f Macro) {
            let words: String = call.tokens.to_string().split_whitespace().collect();
            let mut names = ENUMS.iter().flat_map(|of| CASES.map(|case| format!("{of}::{case}")));
            self.names_kinds |= names.any(|name| words.contains(&name));
            visit::visit_macro(self, call);
        }
    }
}

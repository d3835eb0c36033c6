//! Artifacts: what is read is what was written, and bytes from anywhere are refused or read without harm.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::LazyLock;

    use configurator::artifact::{Artifact, ArtifactError, Language, VERSION};
    use configurator::file::File;
    use configurator::source::Source;
    use configurator::{Choices, Configured, Kind, Menu, Product, Reason, State};
    use engine::bytes::BytesError;
    use engine::compile::Limits;
    use proptest::prelude::*;

    const MUG: &str = include_str!("../mug.toml");
    const EVERYTHING: &str = include_str!("../everything.toml");

    /// A product file with its drawings, compiled.
    fn artifact(text: &str, drawings: BTreeMap<String, String>) -> (Artifact, Configured) {
        let (file, product) = File::check(text).unwrap();
        let product = Configured::compiled(product, Limits::default()).unwrap();
        (Artifact::new(&product, &file.source, drawings), product)
    }

    static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let drawings = BTreeMap::from([("mug.svg".to_owned(), "<svg/>".to_owned())]);
        artifact(MUG, drawings).0.to_bytes()
    });

    /// The shop's own products.
    fn catalogue() -> Vec<(String, Artifact, Configured)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let mut folders: Vec<PathBuf> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.retain(|folder| folder.join("product.toml").exists());
        folders.sort();
        let read = |folder: PathBuf| {
            let drawing = |entry: std::io::Result<std::fs::DirEntry>| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, std::fs::read_to_string(path).unwrap())
            };
            let drawings = std::fs::read_dir(folder.join("layers")).unwrap().map(drawing).collect();
            let text = std::fs::read_to_string(folder.join("product.toml")).unwrap();
            let (artifact, product) = artifact(&text, drawings);
            (folder.display().to_string(), artifact, product)
        };
        folders.into_iter().map(read).collect()
    }

    /// Every field of every type, with what is easily lost: the greatest and the least, signs, nothing, letters beyond
    /// ASCII.
    fn everything() -> Artifact {
        let faults = |faults: Vec<configurator::file::Located>| faults[0].to_string();
        let (file, product) = File::check(EVERYTHING).map_err(faults).unwrap();
        let product = Configured::new(product).unwrap();
        let text = str::to_owned;
        let drawings = BTreeMap::from([(text("a.svg"), text("<svg/>")), (text("ö.svg"), String::new())]);
        let german = Language { tag: text("de"), texts: vec![text("Becher"), String::new(), text("ä")] };
        let languages = vec![german, Language { tag: String::new(), texts: Vec::new() }];
        Artifact {
            languages,
            diagram: Some(vec![1, 2, 3]),
            ..Artifact::new(&product, &file.source, drawings)
        }
    }

    /// Shoppers' browsers are told neither what an option costs the shop nor what is picked for it: the artifact is the same without.
    #[test]
    fn what_options_cost_and_are_made_of_is_in_no_artifact() {
        let text = EVERYTHING.replace(r#", parts = ["G-100", "G-100"], cost = 120"#, "");
        assert!(text.len() < EVERYTHING.len());
        let [with, without] = [EVERYTHING, &text].map(|text| {
            let (file, product) = File::check(text).map_err(|faults| faults[0].to_string()).unwrap();
            (
                product.clone(),
                Artifact::new(&Configured::new(product).unwrap(), &file.source, BTreeMap::new()),
            )
        });
        assert_eq!(with.0, without.0, "nothing that shows, prices or personalises designs knows of them");
        assert_eq!(with.1.to_bytes(), without.1.to_bytes());
    }

    #[test]
    fn the_shops_products_are_read_as_they_were_written() {
        let (first, second) = (catalogue(), catalogue());
        assert_eq!(first.len(), 5);
        for ((name, artifact, product), (_, again, _)) in first.iter().zip(&second) {
            let bytes = artifact.to_bytes();
            assert_eq!(bytes, again.to_bytes(), "{name}");
            let read = Artifact::from_bytes(&bytes).unwrap();
            assert_eq!(&read, artifact, "{name}");
            assert!(read.product == **product.product(), "{name}");
            assert_eq!(read.clone().configured().unwrap().write_diagram(), product.write_diagram(), "{name}");
            let without = Artifact { diagram: None, ..read };
            assert_eq!(Artifact::from_bytes(&without.to_bytes()).unwrap(), without, "{name}");
            assert_eq!(without.configured().unwrap_err(), ArtifactError::NoDiagram, "{name}");
        }
    }

    /// A menu without its words.
    fn wordless(mut menu: Menu) -> Menu {
        let silence = |reason: &mut Reason| reason.sentence.clear();
        menu.quote.lines.iter_mut().for_each(|line| line.label.clear());
        for attribute in &mut menu.attributes {
            attribute.blocked.iter_mut().for_each(silence);
            for option in &mut attribute.options {
                if let State::Blocked(reason) = &mut option.state {
                    silence(reason);
                }
            }
        }
        menu
    }

    /// Every product's menu after every choice of an option is the same in every language but for the words.
    #[test]
    fn languages_differ_in_words_only() {
        let mut in_other_words = 0;
        for (name, artifact, written) in catalogue() {
            let read = Artifact::from_bytes(&artifact.to_bytes()).unwrap();
            for tag in artifact.languages.iter().map(|language| &language.tag) {
                let product = read.clone().in_language(tag).configured().unwrap();
                assert_eq!(product.language, *tag);
                assert_eq!(product.write_diagram(), written.write_diagram(), "{name}");
                for attribute in written.attributes.iter().filter(|attribute| !attribute.locked) {
                    for option in attribute.options() {
                        let menu = |product: &Configured| {
                            let (id, value) = product.read_choice(&attribute.code, &option.code).unwrap();
                            product.menu(&Choices::new().with(id, value), product.standard())
                        };
                        let (menu, as_written) = match (menu(&product), menu(&written)) {
                            (Ok(menu), Ok(as_written)) => (menu, as_written),
                            // An option that needs more than itself.
                            (Err(_), Err(_)) => continue,
                            _ => panic!("{name}, {tag}: {} is possible in one language only", option.code),
                        };
                        in_other_words += u32::from(menu != as_written);
                        assert_eq!(wordless(menu), wordless(as_written), "{name}, {tag}: {}", option.code);
                    }
                }
            }
        }
        assert!(in_other_words > 0, "no product has another language");
    }

    /// A source without its words.
    fn speechless(mut source: Source) -> Source {
        source.texts().for_each(String::clear);
        Source { language: String::new(), translations: BTreeMap::new(), ..source }
    }

    #[test]
    fn the_artifact_says_what_the_source_says_in_every_language() {
        let more = "[translations.de-AT]\nname = \"Häferl\"\nprices.Large = \"Ganz groß\"\n\n\
                    [translations.fr]\nname = \"Tasse\"\n";
        let source = File::check(&format!("{MUG}\n{more}")).unwrap().0.source;
        for (main, tag, language, name) in [
            ("en", "en", "en", "Mug"),
            ("en", "de", "de", "Becher"),
            ("en", "DE", "de", "Becher"),
            ("en", "de-CH", "de", "Becher"),
            ("en", "de-Latn-AT", "de", "Becher"),
            ("en", "de-at", "de-AT", "Häferl"),
            ("en", "de-AT-1996", "de-AT", "Häferl"),
            ("en", "fr", "fr", "Tasse"),
            ("en", "en-GB", "en", "Mug"),
            ("en", "fra", "en", "Mug"),
            ("en", "d", "en", "Mug"),
            ("en", "", "en", "Mug"),
            ("en", "-", "en", "Mug"),
            ("en", "ü-de", "en", "Mug"),
            // What is written needs no translation, nor do its variants that have none of their own.
            ("de-CH", "de-CH", "de-CH", "Mug"),
            ("de-CH", "de-CH-1996", "de-CH", "Mug"),
            ("de-CH", "de-LI", "de", "Becher"),
            ("fr", "fr", "fr", "Mug"),
        ] {
            let source = Source { language: main.to_owned(), ..source.clone() };
            let spoken = source.in_language(tag);
            assert_eq!((spoken.language.as_str(), spoken.name.as_str()), (language, name), "{tag}");
            assert_eq!(spoken.languages().collect::<Vec<_>>(), [language]);
            assert_eq!(speechless(spoken.clone()), speechless(source.clone()), "{tag}");
            let written = Source { translations: BTreeMap::new(), ..source.clone() };
            let product = Configured::new(Product::check(&written).unwrap()).unwrap();
            let artifact = Artifact::new(&product, &source, BTreeMap::new()).in_language(tag);
            assert!(artifact.languages.is_empty());
            assert_eq!(artifact.product, Product::check(&spoken).unwrap(), "{tag}");
        }
        let austrian = source.in_language("de-AT");
        assert_eq!(austrian.prices[0].label, "Ganz groß");
        assert_eq!(austrian.rules[0].sentence, "Deckel passen auf Becher bis 10 cm.", "as in German");
        assert_eq!(austrian.attributes[1].label, "Extras", "as written");
        assert_eq!(source.in_language("de").prices[0].label, "Groß");
        assert_eq!(source.languages().collect::<Vec<_>>(), ["en", "de", "de-AT", "fr"]);
    }

    #[test]
    fn texts_that_are_missing_or_too_many_do_no_harm() {
        for texts in [Vec::new(), vec!["Becher".to_owned()], vec!["x".to_owned(); 1_000]] {
            let mut artifact = Artifact::from_bytes(&SMALL).unwrap();
            artifact.languages = vec![Language { tag: "de".to_owned(), texts: texts.clone() }];
            let product = artifact.in_language("de").product;
            assert_eq!(product.name, texts.first().map_or("Mug", String::as_str));
        }
    }

    #[test]
    fn every_field_is_kept() {
        let artifact = everything();
        assert_eq!(Artifact::from_bytes(&artifact.to_bytes()), Ok(artifact.clone()));
        let none = Artifact { diagram: Some(Vec::new()), drawings: BTreeMap::new(), ..artifact };
        assert_eq!(Artifact::from_bytes(&none.to_bytes()), Ok(none));
    }

    #[test]
    fn another_layout_is_another_version() {
        // When this fails, raise the version: programs read only what they were built to read.
        let bytes = everything().to_bytes();
        let print = bytes.iter().fold(0_u32, |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        assert_eq!((VERSION, bytes.len(), print), (7, 852, 1_323_900_906));
    }

    #[test]
    fn other_bytes_are_refused() {
        let small = &SMALL[..];
        for bytes in [&b""[..], b"ATR", b"{\"source\":{}}", b"ATD\x01", &small[1..]] {
            assert_eq!(
                Artifact::from_bytes(bytes),
                Err(BytesError::SomethingElse { expected: "artifact" }.into()),
                "{bytes:?}"
            );
        }
        let mut newer = small.to_vec();
        newer[3] = VERSION + 1;
        let expected = BytesError::Version { found: VERSION + 1, known: VERSION };
        assert_eq!(Artifact::from_bytes(&newer), Err(expected.into()));
        // A name as long as numbers go, and one a byte longer than the file.
        let endless = [&small[..4], &[0xff; 9], &[1]].concat();
        assert_eq!(Artifact::from_bytes(&endless), Err(BytesError::Damaged { at: 14 }.into()));
        let longer = [&small[..4], &[4], b"Mug"].concat();
        assert_eq!(Artifact::from_bytes(&longer), Err(BytesError::Damaged { at: 5 }.into()));
        let read = |bytes: &[u8]| Artifact::from_bytes(bytes).unwrap();
        let (_, mut other, _) = catalogue().swap_remove(0);
        other.diagram = read(small).diagram;
        assert_eq!(other.configured().unwrap_err(), ArtifactError::AnotherProduct);
        let without = Artifact { diagram: None, ..read(small) };
        let bytes = [&without.to_bytes()[..], &[0]].concat();
        assert_eq!(Artifact::from_bytes(&bytes), Err(BytesError::Damaged { at: bytes.len() - 1 }.into()));
        let bytes = [small, &[0]].concat();
        assert!(read(&bytes).configured().is_err());
    }

    #[test]
    fn what_no_check_would_make_is_refused() {
        let spoil = |spoil: fn(&mut Product)| {
            let mut artifact = everything();
            spoil(&mut artifact.product);
            Artifact::from_bytes(&artifact.to_bytes())
        };
        assert!(spoil(|_| {}).is_ok());
        let spoils: [fn(&mut Product); 9] = [
            |product| product.attributes[0].step = 2,
            |product| product.attributes.truncate(3),
            |product| product.prices[0].per = 0,
            |product| product.base_price = i64::MAX,
            |product| {
                let Kind::Number { step, .. } = &mut product.attributes[2].kind else { panic!() };
                *step = 0;
            },
            |product| {
                let Kind::Number { min, max, step, .. } = &mut product.attributes[2].kind else { panic!() };
                (*max, *step) = (*min, i64::MAX);
            },
            |product| {
                let Kind::Choice { options } = &mut product.attributes[0].kind else { panic!() };
                options.pop();
            },
            |product| product.attributes.swap(1, 3),
            |product| product.layers[0].tint[0].1 = product.by_code("extras").unwrap(),
        ];
        for (index, unsound) in spoils.into_iter().enumerate() {
            assert_eq!(spoil(unsound).unwrap_err(), ArtifactError::Unsound, "{index}");
        }
    }

    #[test]
    fn an_artifact_that_ends_early_is_refused_wherever_it_ends() {
        for end in 0..SMALL.len() {
            let read = Artifact::from_bytes(&SMALL[..end]).and_then(Artifact::configured);
            assert!(read.is_err(), "{end} of {} bytes", SMALL.len());
        }
    }

    /// One change of some bytes.
    #[derive(Clone, Debug)]
    enum Damage {
        Put(prop::sample::Index, u8),
        Insert(prop::sample::Index, u8),
        Remove(prop::sample::Index),
        End(prop::sample::Index),
    }

    fn damage() -> impl Strategy<Value = Damage> {
        let at = any::<prop::sample::Index>;
        prop_oneof![
            6 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Put(at, byte)),
            2 => (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
            2 => at().prop_map(Damage::Remove),
            1 => at().prop_map(Damage::End),
        ]
    }

    impl Damage {
        fn apply(&self, bytes: &mut Vec<u8>) {
            match self {
                _ if bytes.is_empty() => {}
                Self::Put(at, byte) => {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
                Self::Insert(at, byte) => bytes.insert(at.index(bytes.len()), *byte),
                Self::Remove(at) => {
                    bytes.remove(at.index(bytes.len()));
                }
                Self::End(at) => bytes.truncate(at.index(bytes.len())),
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn damaged_bytes_are_refused_or_read_without_harm(
            whole in prop_oneof![3 => Just(SMALL.clone()), 1 => Just(everything().to_bytes())],
            damages in prop::collection::vec(damage(), 1..4),
        ) {
            let mut bytes = whole;
            for damage in damages {
                damage.apply(&mut bytes);
            }
            if let Ok(artifact) = Artifact::from_bytes(&bytes) {
                prop_assert_eq!(Artifact::from_bytes(&artifact.to_bytes()), Ok(artifact.clone()));
                let written = artifact.clone().configured();
                let german = artifact.in_language("de").configured();
                for product in written.into_iter().chain(german) {
                    prop_assert!(product.validate(product.standard()).is_empty());
                    let _ = product.menu(&Choices::new(), product.standard());
                    let _ = product.quote(product.standard());
                }
            }
        }
    }
}

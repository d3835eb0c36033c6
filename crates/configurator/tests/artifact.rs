//! Artifacts: what is read is what was written, and bytes from anywhere are refused or read without harm.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::LazyLock;

    use configurator::artifact::{Artifact, ArtifactError, Language, VERSION};
    use configurator::file::File;
    use configurator::source::{
        AttributeSource, BudgetSource, KindSource, LayerSource, OptionSource, PriceSource, RuleSource,
        Source, StepSource, UseSource, UsesSource, ValueSource,
    };
    use configurator::{Choices, Menu, Product, Reason, State};
    use engine::bytes::BytesError;
    use engine::compile::Limits;
    use proptest::prelude::*;

    const MUG: &str = include_str!("mug.toml");

    /// A product file with its drawings, compiled.
    fn artifact(text: &str, drawings: BTreeMap<String, String>) -> (Artifact, Product) {
        let (file, mut product) = File::check(text).unwrap();
        product.compile(Limits::default()).unwrap();
        (Artifact::new(file.source, drawings, product.write_diagram()), product)
    }

    static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let drawings = BTreeMap::from([("mug.svg".to_owned(), "<svg/>".to_owned())]);
        artifact(MUG, drawings).0.to_bytes()
    });

    /// The shop's own products.
    fn catalogue() -> Vec<(String, Artifact, Product)> {
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
    /// ASCII. As a product it makes no sense.
    fn everything() -> Artifact {
        let text = str::to_owned;
        let table = || BTreeMap::from([(text("a"), i64::MIN), (text("b"), 64)]);
        let attribute = |kind, standard| AttributeSource {
            code: text("c"),
            step: text("s"),
            label: text("ß"),
            help: text("h"),
            kind,
            standard,
            locked: true,
            options: Vec::new(),
            min: Some(-1),
            max: Some(i64::MAX),
            step_size: Some(0),
            unit: Some(text("m")),
            price: None,
            points: Some(u32::MAX),
            max_length: Some(7),
            allowed: Some(text("A-Z")),
        };
        let options = vec![
            OptionSource::default(),
            OptionSource {
                code: text("o"),
                label: text("l"),
                description: text("d"),
                swatch: Some(text("#")),
                price: -300,
                lead_time_days: 128,
                weight: 5,
                points: Some(0),
                available: true,
                benefits: table(),
                values: BTreeMap::from([(text("v"), 1)]),
            },
        ];
        let source = Source {
            name: text("Mug"),
            summary: text("s"),
            description: text("d"),
            language: text("fr"),
            currency: text("EUR"),
            base_price: -1,
            lead_time_days: u32::MAX,
            uses: Some(UsesSource {
                question: text("q"),
                answers: vec![UseSource { code: text("c"), label: text("l"), people: text("p") }],
            }),
            budget: Some(BudgetSource { ceiling: 3, per_deviation: 1 }),
            picture: [1200, 900],
            steps: vec![StepSource { code: text("s"), label: text("l") }],
            attributes: vec![
                AttributeSource {
                    options,
                    ..attribute(KindSource::Choice, ValueSource::Text(String::new()))
                },
                attribute(KindSource::MultiChoice, ValueSource::List(vec![text("a"), text("b")])),
                attribute(KindSource::Number, ValueSource::Number(i64::MIN)),
                attribute(KindSource::Text, ValueSource::List(Vec::new())),
            ],
            rules: vec![RuleSource { code: text("c"), rule: text("r"), sentence: text("s") }],
            prices: vec![PriceSource {
                label: text("l"),
                when: Some(text("w")),
                amount: 2,
                each: Some(text("e")),
                per: 3,
            }],
            layers: vec![
                LayerSource::default(),
                LayerSource {
                    file: Some(text("f")),
                    text: Some(text("t")),
                    when: Some(text("w")),
                    tint: BTreeMap::from([(text("a"), text("b"))]),
                    x: Some(text("x")),
                    y: Some(text("y")),
                    width: Some(text("w")),
                    height: Some(text("h")),
                    repeat: Some(text("r")),
                    dx: Some(text("1")),
                    dy: Some(text("2")),
                    font_size: Some(40),
                    rotate: Some(i32::MIN),
                },
            ],
            translations: BTreeMap::new(),
        };
        let drawings = BTreeMap::from([(text("a.svg"), text("<svg/>")), (text("ö.svg"), String::new())]);
        let german = Language { tag: text("de"), texts: vec![text("Becher"), String::new(), text("ä")] };
        let languages = vec![german, Language { tag: String::new(), texts: Vec::new() }];
        Artifact { source, languages, drawings, diagram: Some(vec![1, 2, 3]) }
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
            assert!(read.product().unwrap() == *product, "{name}");
            let searched = Artifact { diagram: None, ..read };
            assert_eq!(Artifact::from_bytes(&searched.to_bytes()).unwrap(), searched, "{name}");
            assert!(searched.product().unwrap() != *product, "{name}");
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
                let product = read.clone().in_language(tag).product().unwrap();
                assert_eq!(product.language, *tag);
                assert_eq!(product.write_diagram(), written.write_diagram(), "{name}");
                for attribute in written.attributes.iter().filter(|attribute| !attribute.locked) {
                    for option in attribute.options() {
                        let menu = |product: &Product| {
                            let (id, value) = product.read_choice(&attribute.code, &option.code).unwrap();
                            product.menu(&Choices::new().with(id, value), product.standard()).unwrap()
                        };
                        let (menu, as_written) = (menu(&product), menu(&written));
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
            let artifact = Artifact::new(source, BTreeMap::new(), None).in_language(tag);
            assert!(artifact.languages.is_empty());
            assert_eq!(artifact.source, spoken, "{tag}");
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
            let product = artifact.in_language("de").product().unwrap();
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
        assert_eq!((VERSION, bytes.len(), print), (2, 413, 2_135_229_211));
    }

    #[test]
    fn other_bytes_are_refused() {
        let small = &SMALL[..];
        for bytes in [&b""[..], b"ATR", b"{\"source\":{}}", b"ATD\x01", &small[1..]] {
            assert_eq!(
                Artifact::from_bytes(bytes),
                Err(BytesError::SomethingElse { expected: "artifact" }),
                "{bytes:?}"
            );
        }
        let mut newer = small.to_vec();
        newer[3] = VERSION + 1;
        let expected = BytesError::Version { found: VERSION + 1, known: VERSION };
        assert_eq!(Artifact::from_bytes(&newer), Err(expected));
        // A name as long as numbers go, and one a byte longer than the file.
        let endless = [&small[..4], &[0xff; 9], &[1]].concat();
        assert_eq!(Artifact::from_bytes(&endless), Err(BytesError::Damaged { at: 14 }));
        let longer = [&small[..4], &[4], b"Mug"].concat();
        assert_eq!(Artifact::from_bytes(&longer), Err(BytesError::Damaged { at: 5 }));
        assert_eq!(everything().product(), Err(ArtifactError::Unsound));
        let read = |bytes: &[u8]| Artifact::from_bytes(bytes).unwrap();
        let (_, mut other, _) = catalogue().swap_remove(0);
        other.diagram = read(small).diagram;
        assert_eq!(other.product(), Err(ArtifactError::AnotherProduct));
        let without = Artifact { diagram: None, ..read(small) };
        let bytes = [&without.to_bytes()[..], &[0]].concat();
        assert_eq!(Artifact::from_bytes(&bytes), Err(BytesError::Damaged { at: bytes.len() - 1 }));
        let bytes = [small, &[0]].concat();
        assert!(read(&bytes).product().is_err());
    }

    #[test]
    fn an_artifact_that_ends_early_is_refused_wherever_it_ends() {
        for end in 0..SMALL.len() {
            let read = Artifact::from_bytes(&SMALL[..end])
                .map_err(ArtifactError::from)
                .and_then(|artifact| artifact.product());
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
                let written = artifact.product();
                let german = artifact.in_language("de").product();
                for product in written.into_iter().chain(german) {
                    let _ = product.menu(&Choices::new(), product.standard());
                    let _ = product.quote(product.standard());
                }
            }
        }
    }
}

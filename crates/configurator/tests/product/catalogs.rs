//! The shop's own products: sound, fully reachable, and without dead ends however a shopper walks through them.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;
    use std::time::Instant;

    use configurator::completeness::findings;
    use configurator::file::{File, Located};
    use configurator::source::Source;
    use configurator::{
        AttributeId, AttributeMenu, Choices, Configured, Design, Kind, Menu, OptionId, Product, State, Value,
    };
    use engine::cnf::Limits as ClauseLimits;
    use engine::compile::Limits;
    use engine::effort::Patience;

    const WALKS: u64 = 60;
    const SOLVER_WALKS: u64 = 3;
    /// Most bytes of a product's diagram before it is packed.
    const MOST_BYTES: usize = 200_000;

    fn products() -> Vec<(String, Product)> {
        catalogue().into_iter().map(|(name, _, product)| (name, product)).collect()
    }

    fn catalogue() -> Vec<(String, Source, Product)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().join("product.toml"))
            .filter(|path| path.exists())
            .collect();
        paths.sort();
        assert!(!paths.is_empty());
        paths
            .iter()
            .map(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                let checked = File::check(&text);
                let (file, product) = checked.unwrap_or_else(|faults: Vec<Located>| {
                    let faults: Vec<String> = faults.iter().map(Located::to_string).collect();
                    panic!("{}:\n{}", path.display(), faults.join("\n"))
                });
                let name = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
                (name, file.source, product)
            })
            .collect()
    }

    /// Numbers that look random and are the same each time (Knuth's linear congruential generator, MMIX).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % bound
        }
    }

    /// What looks forgotten is filled or marked as meant, and every test design comes out as it says.
    #[test]
    fn every_product_is_complete_and_passes_its_tests() {
        let mut found = Vec::new();
        for (name, source, product) in catalogue() {
            found.extend(findings(&source, &product).iter().map(|finding| {
                format!("{name} {}: {} {}", finding.place(), finding.gap.code(), finding.about)
            }));
            assert_eq!(product.failed_tests(&source), [], "{name}");
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn every_product_checks_and_has_no_dead_options() {
        for (name, product) in products() {
            let product = Configured::new(product).unwrap();
            let dead: Vec<String> = product
                .dead_options()
                .into_iter()
                .map(|(id, option)| {
                    let attribute = product.attribute(id);
                    format!("{}.{}", attribute.code, attribute.option(option).code)
                })
                .collect();
            assert!(dead.is_empty(), "{name}: {dead:?}");
        }
    }

    #[test]
    fn every_product_is_all_in_every_language() {
        let numbers = |text: &str| -> Vec<String> {
            let parts = text.split(|character: char| !character.is_ascii_digit());
            let mut numbers: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
            numbers.sort();
            numbers
        };
        let tags = words::Language::ALL.map(words::Language::tag);
        for (name, mut written, _) in catalogue() {
            assert_eq!(written.languages().collect::<BTreeSet<_>>(), BTreeSet::from(tags), "{name}");
            let own = written.language.clone();
            for tag in tags.into_iter().filter(|tag| *tag != own) {
                // A text that is marked comes through where it has no translation.
                let mut marked = written.clone();
                marked.texts().filter(|text| !text.is_empty()).for_each(|text| text.insert(0, '§'));
                let translation = marked.translations.get_mut(tag).unwrap();
                // What has no code is named by its text.
                for texts in [&mut translation.prices, &mut translation.no_returns] {
                    let marked =
                        std::mem::take(texts).into_iter().map(|(key, text)| (format!("§{key}"), text));
                    *texts = marked.collect();
                }
                let mut translated = marked.in_language(tag);
                for (written, translated) in written.texts().zip(translated.texts()) {
                    assert_eq!(
                        translated.is_empty(),
                        written.is_empty(),
                        "{name} in {tag}: not translated: {written}"
                    );
                    assert!(!translated.contains('§'), "{name} in {tag}: not translated: {written}");
                    assert!(!translated.contains(['!', '"', '\'']), "{name} in {tag}: {translated}");
                    assert_eq!(numbers(translated), numbers(written), "{name} in {tag}: {translated}");
                }
            }
        }
    }

    /// Its diagram carries no prices by area, yet of the doors that handles may be on they come with the cheapest.
    #[test]
    fn handles_bring_the_cheapest_doors() {
        let (_, bookcase) = products().into_iter().find(|(name, _)| name == "bookcase").unwrap();
        let bookcase = Configured::compiled(bookcase, Limits::default()).unwrap();
        let attribute =
            |code| bookcase.ids().find(|(_, attribute)| attribute.code == code).map(|(id, _)| id).unwrap();
        let (doors, handles) = (attribute("doors"), attribute("handles"));
        let option = |id, code| {
            let mut options = bookcase.attribute(id).option_ids();
            options.find(|(_, option)| option.code == code).map(|(option, _)| Value::Option(option)).unwrap()
        };
        let brass = Choices::new().with(handles, option(handles, "brass"));
        let total = |choices| {
            let design = bookcase.complete(&choices, bookcase.standard()).unwrap();
            bookcase.quote(&design).total.amount
        };
        let cheapest = ["lower", "drawers", "glass"]
            .map(|code| total(brass.clone().with(doors, option(doors, code))))
            .into_iter()
            .min();
        assert_eq!(Some(total(brass)), cheapest);
    }

    #[test]
    fn no_walk_meets_a_dead_end() {
        for (name, product) in products() {
            let begun = Instant::now();
            let product = Configured::compiled(product, Limits::default()).unwrap();
            let diagram = product.diagram().unwrap();
            let bytes = product.write_diagram().unwrap().len();
            let (nodes, arcs) = (diagram.nodes(), diagram.arcs());
            println!(
                "{name}: {nodes} nodes, {arcs} arcs, {bytes} bytes in {} ms",
                begun.elapsed().as_millis()
            );
            assert!(bytes <= MOST_BYTES, "{name}: {bytes} bytes");
            walk(&name, &product, WALKS);
        }
    }

    /// As if they were too large for a diagram.
    #[test]
    fn no_walk_with_the_solver_meets_a_dead_end() {
        for (name, product) in products() {
            let product = Configured::solved(product, &ClauseLimits::default(), Patience::default()).unwrap();
            walk(&name, &product, SOLVER_WALKS);
        }
    }

    /// What is known of conflicts from before saves time and changes nothing.
    #[test]
    fn what_was_asked_before_changes_no_menu() {
        for (name, product) in products() {
            let asked = Configured::compiled(product.clone(), Limits::default()).unwrap();
            let bytes = asked.write_diagram().unwrap();
            let mut blocked = 0;
            for seed in 0..4 {
                let mut numbers = Numbers(seed);
                let mut choices = Choices::new();
                let mut open: Vec<AttributeId> = product.ids().map(|(id, _)| id).collect();
                while !open.is_empty() {
                    // The same choices with no text, the standard's, and two others: what was found with one may not be
                    // told of another.
                    for text in [None, Some(""), Some("A"), Some("BB")] {
                        let defaults = typed(&product, text);
                        let menu = asked.menu(&choices, &defaults);
                        let fresh = Configured::with_diagram(product.clone(), &bytes).unwrap();
                        assert_eq!(fresh.menu(&choices, &defaults), menu, "{name}");
                    }
                    let menu = asked.menu(&choices, product.standard()).unwrap();
                    let options = menu.attributes.iter().flat_map(|attribute| &attribute.options);
                    blocked += options.filter(|option| matches!(option.state, State::Blocked(_))).count();
                    let id = open.swap_remove(numbers.below(open.len()));
                    choices = choose(choices, id, offered(&product, &menu, id, &mut numbers));
                }
            }
            assert!(blocked > 0, "{name}");
        }
    }

    /// The standard with a text everywhere, or the standard itself.
    fn typed(product: &Product, text: Option<&str>) -> Design {
        let texts = product.ids().filter(|(_, attribute)| matches!(attribute.kind, Kind::Text { .. }));
        let texts = texts.filter_map(|(id, _)| Some((id, Value::Text(text?.to_owned()))));
        texts.fold(product.standard().clone(), |design, (id, text)| design.with(id, text))
    }

    #[test]
    fn the_solver_and_the_diagram_offer_the_same() {
        for (name, product) in products() {
            let compiled = Configured::compiled(product.clone(), Limits::default()).unwrap();
            let bytes = compiled.write_diagram().unwrap();
            let read = Configured::with_diagram(product.clone(), &bytes).unwrap();
            assert!(read.write_diagram().unwrap() == bytes, "{name}");
            let solved = Configured::solved(product, &ClauseLimits::default(), Patience::default()).unwrap();
            // Among designs that depart equally far the two may take different ones, so prices are left out.
            let offered = |product: &Configured| {
                let menu = product.menu(&Choices::new(), product.standard()).unwrap();
                let entry = |entry: AttributeMenu| {
                    let states: Vec<State> = entry.options.into_iter().map(|option| option.state).collect();
                    (entry.source, states, entry.range, entry.blocked)
                };
                menu.attributes.into_iter().map(entry).collect::<Vec<_>>()
            };
            assert_eq!(offered(&solved), offered(&compiled), "{name}");
        }
    }

    /// Shoppers who decide one attribute after the other, in any order, each time for something the menu offers.
    fn walk(name: &str, product: &Configured, walks: u64) {
        let begun = Instant::now();
        let (mut menus, mut slowest) = (0, 0);
        for walk in 0..walks {
            let mut numbers = Numbers(walk);
            let mut choices = Choices::new();
            let mut open: Vec<AttributeId> = product.ids().map(|(id, _)| id).collect();
            while !open.is_empty() {
                let before = Instant::now();
                let menu = product.menu(&choices, product.standard());
                let menu =
                    menu.unwrap_or_else(|error| panic!("{name}, walk {walk}: {error} after {choices:?}"));
                slowest = slowest.max(before.elapsed().as_millis());
                menus += 1;
                assert!(product.validate(&menu.design).is_empty(), "{name}, walk {walk}");
                let id = open.swap_remove(numbers.below(open.len()));
                let value = offered(product, &menu, id, &mut numbers);
                choices = choose(choices, id, value);
            }
            let design = product.complete(&choices, product.standard()).unwrap();
            let keeps = |(id, value)| [value, &Value::Absent].contains(&design.value(id));
            assert!(choices.iter().all(keeps), "{name}, walk {walk}");
            assert!(product.validate(&design).is_empty(), "{name}, walk {walk}");
        }
        let each = begun.elapsed().as_micros() / menus;
        println!("{name}: {menus} menus, {each} µs each, the slowest {slowest} ms");
    }

    /// Where an attribute doesn't apply there is nothing to choose.
    fn choose(choices: Choices, id: AttributeId, value: Value) -> Choices {
        if value == Value::Absent { choices } else { choices.with(id, value) }
    }

    /// A value that the menu offers for an attribute.
    fn offered(product: &Product, menu: &Menu, id: AttributeId, numbers: &mut Numbers) -> Value {
        let (entry, attribute) = (&menu.attributes[id.index()], product.attribute(id));
        let offered = attribute.option_ids().zip(&entry.options);
        let offered = offered.filter(|(_, option)| !matches!(option.state, State::Blocked(_)));
        let free: Vec<OptionId> = offered.map(|((option, _), _)| option).collect();
        match menu.design.value(id) {
            Value::Option(_) => Value::Option(free[numbers.below(free.len())]),
            Value::Options(set) if free.is_empty() => Value::Options(*set),
            Value::Options(set) => Value::Options(set.toggled(free[numbers.below(free.len())])),
            // The ends of the range: what lies between may have holes.
            Value::Number(_) => {
                let (low, high) = entry.range.unwrap();
                Value::Number(if numbers.below(2) == 0 { low } else { high })
            }
            Value::Text(_) if entry.blocked.is_none() && numbers.below(2) == 0 => {
                product.read_value(id, "A").unwrap()
            }
            Value::Text(text) => Value::Text(text.clone()),
            Value::Absent => Value::Absent,
        }
    }
}

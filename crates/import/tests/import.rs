//! Importers: real files are read, faults are told with their place, models survive being written and read, and no text
//! makes them panic.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use engine::model::{
        Constraint, ConstraintKind, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId,
    };
    use import::{self, dimacs, uvl, xcsp};
    use proptest::prelude::*;

    /// The text of a file of the shared data; none where the data is not there.
    fn data(path: &str) -> Option<String> {
        let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
        let text = std::fs::read_to_string(&file);
        if text.is_err() {
            println!("skipped: {} is not there", file.display());
        }
        text.ok()
    }

    fn read_data(path: &str) -> Option<Model> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut files = |other: &str| data(&format!("{folder}/{other}"));
        let read = import::read_with(path, &data(path)?, &mut files);
        Some(read.unwrap_or_else(|error| panic!("{path}:{error}")))
    }

    /// What reading a text is refused with.
    fn refusal(name: &str, text: &str) -> String {
        import::read(name, text).map_or_else(|error| error.to_string(), |_| "read".to_owned())
    }

    /// Numbers without a pattern, the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) as usize) % bound.max(1)
        }
    }

    #[test]
    fn car_ranges_are_read_with_their_prices() {
        for (range, variables, values, tables, priced) in
            [("small", 139, 340, 147, 29), ("medium", 148, 426, 174, 94)]
        {
            let Some(mut model) = read_data(&format!("renault/{range}/rules.xml")) else { return };
            let Some(prices) = data(&format!("renault/{range}/prices.xml")) else { return };
            import::add_prices(&mut model, &prices).unwrap();
            assert_eq!(model.variables.len(), variables);
            assert_eq!(model.variables.iter().map(Variable::size).sum::<usize>(), values);
            assert_eq!(model.constraints.len(), tables);
            let unary = prices.matches("<constraint ").count() - model.prices.len();
            assert_eq!(unary + model.prices.len(), priced);
            assert!(model.variables.iter().any(|variable| variable.prices.iter().any(|price| *price != 0)));
        }
    }

    #[test]
    fn a_cost_counts_for_all_tuples_up_to_the_next() {
        let text = r#"<instance>
 <presentation format="XCSP 2.1" type="WCSP"/>
 <domains><domain name="D" nbValues="3" optional="-1"> 0..1 -1 </domain></domains>
 <variables><variable name="a" domain="D"/><variable name="b" domain="D"/></variables>
 <relations>
  <relation name="R" arity="2" semantics="soft" defaultCost="1">7: 0 0 | 0 1 | -3:1 -1|</relation>
  <relation name="S" arity="1" semantics="soft">5:1|-1</relation>
  <relation name="T" arity="2" semantics="conflicts">1 1|-1 -1</relation>
 </relations>
 <constraints initialCost="100">
  <constraint name="r" arity="2" scope="a b" reference="R"/>
  <constraint name="s" scope="b" reference="S"/>
  <constraint name="t" scope="b a" reference="T"/>
 </constraints>
</instance>"#;
        let model = xcsp::read(text).unwrap();
        assert_eq!(model.variables[0].values, ["0", "1", "-1"]);
        assert_eq!(model.variables[1].prices, [0, 5, 5]);
        let price = |a: u32, b: u32| model.price(&[ValueId(a), ValueId(b)]);
        assert_eq!([price(0, 0), price(0, 1), price(1, 2), price(2, 0)], [107, 112, 102, 101]);
        assert!(!model.is_valid(&[ValueId(1), ValueId(1)]));
        assert!(model.is_valid(&[ValueId(1), ValueId(0)]));
        let mut priced = Model { prices: Vec::new(), base_price: 0, ..model.clone() };
        priced.variables[1].prices = vec![0; 3];
        let unpriced = priced.clone();
        let refused = import::add_prices(&mut priced, text).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "13:3: this constraint has no costs. Give it to the model, not to the prices."
        );
        assert_eq!(priced, unpriced);
        let costs = text.replace(r#"<constraint name="t" scope="b a" reference="T"/>"#, "");
        import::add_prices(&mut priced, &costs).unwrap();
        assert_eq!(priced, model);
    }

    #[test]
    fn faults_of_xcsp_are_told_with_their_place() {
        let text = |relation: &str, constraint: &str| {
            format!(
                "<instance>\n<domains><domain name=\"D\">0 1</domain></domains>\n\
                 <variables><variable name=\"a\" domain=\"D\"/><variable name=\"b\" domain=\"D\"/></variables>\n\
                 <relations><relation name=\"R\" {relation}</relation></relations>\n\
                 <constraints>{constraint}</constraints></instance>"
            )
        };
        let plain = r#"<constraint scope="a b" reference="R"/>"#;
        for (relation, constraint, told) in [
            (
                r#"semantics="supports">0 0|1 2"#,
                plain,
                "4:58: the domain of the scope's variable 2 has no '2'",
            ),
            (r#"semantics="supports">0 0|1"#, plain, "4:56: this tuple has 1 of the 2 values of the scope"),
            (
                r#"semantics="supports">0 0 1 1"#,
                plain,
                "4:56: this tuple has more than the 2 values of the scope",
            ),
            (r#"semantics="fuzzy">"#, plain, "4:12: the semantics 'fuzzy' are not known"),
            (r#"semantics="soft">0 0"#, plain, "4:48: this tuple has no cost"),
            (r#"semantics="soft">x: 0 0"#, plain, "4:48: 'x' is no cost"),
            (r#"semantics="soft">1:0 0|2:0 0"#, plain, "4:12: the same tuple has two costs"),
            (r#"semantics="soft" defaultCost="infinity">"#, plain, "4:12: infinite costs are not read"),
            (r#"arity="3" semantics="supports">"#, plain, "4:12: this arity is not the number of variables"),
            (
                r#"semantics="supports">"#,
                r#"<constraint scope="a c" reference="R"/>"#,
                "5:35: there is no variable 'c'",
            ),
            (
                r#"semantics="supports">"#,
                r#"<constraint scope="a a" reference="R"/>"#,
                "5:14: a scope needs variables, none of them twice",
            ),
            (
                r#"semantics="supports">"#,
                r#"<constraint scope="a" reference="global:allDifferent"/>"#,
                "5:14: the global constraint 'global:allDifferent' is not read",
            ),
            (
                r#"semantics="supports">"#,
                r#"<constraint scope="a" reference="S"/>"#,
                "5:14: there is no relation 'S'",
            ),
        ] {
            let told_in_fact = refusal("rules.xml", &text(relation, constraint));
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
        for (text, told) in [
            ("<instance><a>", "1:14: this is no well-formed XML: "),
            ("<instance format='XCSP3'>\n<variables/></instance>", "2:1: this is XCSP 3"),
            ("<svg/>", "1:1: the outermost element 'svg' tells no format"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><instance/>", "1:1: document type definitions are not read"),
            (
                "<instance><domains><domain name='D'>1..99999999999</domain></domains><variables>\
                 <variable name='a' domain='D'/></variables></instance>",
                "1:37: the interval '1..99999999999' is too large",
            ),
        ] {
            let told_in_fact = refusal("rules.xml", text);
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
    }

    #[test]
    fn clauses_are_read_with_the_names_of_their_variables() {
        let text = "c from elsewhere\nc 1 Engine\nc 3 Two words \np cnf 4 3\n1 -2 0 3\n0\n0\n";
        let model = dimacs::read(text).unwrap();
        let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["Engine", "2", "Two words", "4"]);
        let constraints: Vec<&str> = model.constraints.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(constraints, ["clause 1 (Engine or not 2)", "clause 2 (Two words)", "clause 3 ()"]);
        assert_eq!(model.constraints[2].kind, ConstraintKind::Formula(Formula::Or(Vec::new())));
        for (text, told) in [
            ("", "1:1: there is no header"),
            ("1 0", "1:1: there is no header before the first clause"),
            ("p cnf 2", "1:1: 'p cnf 2' is no header"),
            ("p cnf 4000000000 0", "1:1: 4000000000 variables are too many"),
            ("p cnf 1 1\n 2 0", "2:2: there is no variable 2"),
            ("p cnf 1 1\n-1 a 0", "2:4: 'a' is no literal"),
            ("p cnf 1 1\n-9223372036854775808 0", "2:1: there is no variable 9223372036854775808"),
            ("p cnf 1 1\n-1\n", "2:3: the last clause has no end"),
            ("p cnf 1 2\n-1 0\n", "2:5: the header promises 2 clauses and 1 are here"),
            ("c 1 2\np cnf 2 0", "1:5: variables 1 and 2 are both called '2'"),
            ("p cnf 2 0\nc 1 a\nc 1 b", "3:5: variable 1 has a name already"),
            ("p cnf 1 0\np cnf 1 0", "2:1: this is a second header"),
        ] {
            let told_in_fact = refusal("model.cnf", text);
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
    }

    #[test]
    fn a_byte_order_mark_says_nothing() {
        let text = "c 1 light\r\np cnf 1 1\r\n1 0\r\n";
        assert_eq!(dimacs::read(&format!("\u{feff}{text}")), dimacs::read(text));
        assert!(dimacs::read(text).is_ok());
    }

    #[test]
    fn clause_files_are_read_and_written() {
        for (file, variables, clauses) in [
            ("automotive01", 2513, 10_300),
            ("axtls", 684, 2155),
            ("busybox", 854, 1163),
            ("e_shop", 173, 289),
            ("ea2468", 1408, 2808),
            ("financialservices01", 771, 7238),
            ("pc-richmond", 377, 1356),
            ("uclibc", 313, 1240),
        ] {
            let Some(model) = read_data(&format!("feature-models/{file}.dimacs")) else { return };
            assert_eq!((model.variables.len(), model.constraints.len()), (variables, clauses), "{file}");
            assert_eq!(dimacs::read(&dimacs::write(&model).unwrap()).unwrap(), model, "{file}");
        }
    }

    #[test]
    fn feature_trees_are_read() {
        for (file, features) in [
            ("arcade-game.splx", 61),
            ("dell-notebook.splx", 47),
            ("real-fm-4.sxfm", 290),
            ("mobilemedia2.xml", 43),
            ("busybox.xml", 854),
        ] {
            let Some(model) = read_data(&format!("feature-models/{file}")) else { return };
            assert_eq!(model.variables.len(), features, "{file}");
        }
    }

    /// Models of clauses, named as the reader names them.
    fn clauses() -> impl Strategy<Value = String> {
        let name = proptest::option::of("[a-zA-ZäöüZ][a-zA-Z0-9 _.%&-]{0,8}[a-z]");
        let names = proptest::collection::vec(name, 1..8);
        let clauses =
            proptest::collection::vec(proptest::collection::vec((0_usize..8, any::<bool>()), 0..9), 0..12);
        (names, clauses).prop_map(|(names, clauses)| {
            let mut text = String::new();
            let count = names.len();
            for (index, name) in names.iter().enumerate() {
                if let Some(name) = name {
                    text.push_str(&format!("c {0} {name}{0}\n", index + 1));
                }
            }
            text.push_str(&format!("p cnf {count} {}\n", clauses.len()));
            for clause in clauses {
                for (variable, positive) in clause {
                    let sign = if positive { "" } else { "-" };
                    text.push_str(&format!("{sign}{} ", variable % count + 1));
                }
                text.push_str("0\n");
            }
            text
        })
    }

    /// Models of tables and prices.
    fn tables() -> impl Strategy<Value = Model> {
        let sizes = proptest::collection::vec((1_usize..5, any::<bool>()), 1..6);
        (sizes, any::<u64>(), 0_usize..6, 0_usize..4).prop_map(|(sizes, seed, constraints, prices)| {
            let mut numbers = Numbers(seed);
            let mut model = Model { base_price: numbers.below(3) as i64 * 1000 - 1000, ..Model::default() };
            for (index, (size, priced)) in sizes.iter().enumerate() {
                let values = (0..*size).map(|value| format!("<{}&\"é", value as i64 - 1)).collect();
                let mut variable = Variable::new(format!("v'{index}"), values);
                if *priced {
                    variable.prices = (0..*size).map(|_| numbers.below(2000) as i64 - 1000).collect();
                }
                model.add_variable(variable);
            }
            let table = |numbers: &mut Numbers, least: usize| {
                let mut scope: Vec<VariableId> = (0..sizes.len()).map(VariableId::new).collect();
                let arity = least.max(1 + numbers.below(sizes.len()));
                for place in 0..scope.len() {
                    let other = place + numbers.below(scope.len() - place);
                    scope.swap(place, other);
                }
                scope.truncate(arity);
                let mut rows: Vec<Vec<ValueId>> = (0..numbers.below(5))
                    .map(|_| {
                        scope.iter().map(|it| ValueId::new(numbers.below(sizes[it.index()].0))).collect()
                    })
                    .collect();
                rows.sort();
                rows.dedup();
                (scope, rows)
            };
            for index in 0..constraints {
                let (scope, rows) = table(&mut numbers, 1);
                let allowed = numbers.below(2) == 0;
                let kind = ConstraintKind::Table { scope, tuples: rows.concat(), allowed };
                model.constraints.push(Constraint { name: format!("rule {index} <\n&>"), kind });
            }
            for index in 0..if sizes.len() > 1 { prices } else { 0 } {
                let (scope, rows) = table(&mut numbers, 2);
                let amounts = rows.iter().map(|_| numbers.below(99) as i64 - 50).collect();
                let otherwise = numbers.below(3) as i64;
                let kind = PriceKind::Table { scope, tuples: rows.concat(), amounts, otherwise };
                model.prices.push(Price { name: format!("price \"{index}\""), kind });
            }
            model
        })
    }

    /// Clauses over a few features, as they stand in feature models.
    fn optional_features() -> impl Strategy<Value = (usize, Vec<Vec<(usize, bool)>>)> {
        (1_usize..7).prop_flat_map(|features| {
            let clause = proptest::collection::vec((0..features, any::<bool>()), 1..4);
            (Just(features), proptest::collection::vec(clause, 0..8))
        })
    }

    proptest! {
        #[test]
        fn feature_models_survive_being_written((features, clauses) in optional_features()) {
            let written = |clause: &[(usize, bool)], not: &str, or: &str| {
                let literal = |&(feature, is): &(usize, bool)| format!("{}f{feature}", if is { "" } else { not });
                clause.iter().map(literal).collect::<Vec<_>>().join(or)
            };
            let mut uvl = "features\n\troot\n\t\toptional\n".to_owned();
            let mut sxfm = "<feature_model name=\"m\">\n<feature_tree>\n:r root(root)\n".to_owned();
            for feature in 0..features {
                uvl += &format!("\t\t\tf{feature}\n");
                sxfm += &format!("\t:o f{feature}(f{feature})\n");
            }
            uvl += "constraints\n";
            sxfm += "</feature_tree>\n<constraints>\n";
            for (index, clause) in clauses.iter().enumerate() {
                uvl += &format!("\t{}\n", written(clause, "!", " | "));
                sxfm += &format!("c{index}:{}\n", written(clause, "~", " or "));
            }
            sxfm += "</constraints>\n</feature_model>\n";
            for (name, text) in [("m.uvl", uvl), ("m.sxfm", sxfm)] {
                let model = import::read(name, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
                let place = |name: &str| model.variable_named(name).unwrap().index();
                let mut valid = 0;
                for bits in 0..1_usize << features {
                    let mut assignment = vec![ValueId(0); model.variables.len()];
                    let yes = |name: &str| model.value_named(model.variable_named(name).unwrap(), "yes").unwrap();
                    let no = |name: &str| model.value_named(model.variable_named(name).unwrap(), "no").unwrap();
                    assignment[place("root")] = yes("root");
                    for feature in 0..features {
                        let name = format!("f{feature}");
                        assignment[place(&name)] = if bits >> feature & 1 == 1 { yes(&name) } else { no(&name) };
                    }
                    let holds = |clause: &Vec<(usize, bool)>| {
                        clause.iter().any(|&(feature, is)| (bits >> feature & 1 == 1) == is)
                    };
                    let expected = clauses.iter().all(holds);
                    prop_assert_eq!(model.is_valid(&assignment), expected, "{}", text);
                    valid += usize::from(expected);
                }
                prop_assert_eq!(designs(&model), valid, "{}", text);
            }
        }

        #[test]
        fn models_of_clauses_survive_being_written(text in clauses()) {
            let model = dimacs::read(&text).unwrap();
            prop_assert_eq!(dimacs::read(&dimacs::write(&model).unwrap()).unwrap(), model);
        }

        #[test]
        fn models_of_tables_survive_being_written(model in tables()) {
            let text = xcsp::write(&model).unwrap();
            prop_assert_eq!(xcsp::read(&text).unwrap(), model, "{}", text);
        }
    }

    /// Real texts small enough to be read a thousand times.
    const TEXTS: &[&str] = &[
        "renault/small/rules.xml",
        "renault/small/prices.xml",
        "feature-models/e_shop.dimacs",
        "feature-models/arcade-game.splx",
        "feature-models/real-fm-4.sxfm",
        "feature-models/mobilemedia2.xml",
        "feature-models/pc-richmond.uvl",
        "uvl-language/arithmetic_level/expressions.uvl",
        "uvl-language/boolean_level/attributes.uvl",
        "uvl-language/complex/bike.uvl",
        "uvl-language/composition/composition_sub1.uvl",
        "uvl-language/language_level/all.uvl",
        "uvl-language/type_level/string-constraints.uvl",
    ];

    const MARKS: &[u8] = b" \t\n09-'\"<>|()[]{}:,.!&=*/aZ";

    #[test]
    fn damaged_files_are_read_or_refused_with_a_place_in_them() {
        let mut numbers = Numbers(7);
        for path in TEXTS {
            let Some(whole) = data(path) else { return };
            let name = path.rsplit('/').next().unwrap_or(path);
            let rounds = 200_000_usize.div_ceil(whole.len() + 1000).max(5);
            for round in 0..rounds {
                let mut bytes = whole.clone().into_bytes();
                for _ in 0..=numbers.below(3) {
                    let at = numbers.below(bytes.len());
                    let length = numbers.below(40).min(bytes.len() - at);
                    match numbers.below(4) {
                        0 => bytes.truncate(at),
                        1 => drop(bytes.drain(at..at + length)),
                        2 => {
                            let piece = bytes[at..at + length].to_vec();
                            let place = numbers.below(bytes.len());
                            bytes.splice(place..place, piece);
                        }
                        _ => bytes[at] = MARKS[numbers.below(MARKS.len())],
                    }
                    if bytes.is_empty() {
                        bytes.push(b'\n');
                    }
                }
                let text = String::from_utf8_lossy(&bytes);
                // What a text imports is itself.
                if let Err(error) = import::read_with(name, &text, &mut |_| Some(text.to_string())) {
                    let lines = text.split('\n').count();
                    assert!((1..=lines).contains(&error.line), "{path}, round {round}: {error}");
                    assert!(error.column >= 1 && !error.message.is_empty() && !error.advice.is_empty());
                }
            }
        }
    }

    #[test]
    fn deep_texts_do_not_exhaust_the_stack() {
        let deep = 200_000;
        let nested = |opening: &str, inside: &str, closing: &str| {
            format!("{}{inside}{}", opening.repeat(deep), closing.repeat(deep))
        };
        let uvl = |constraint: &str| format!("features\n  A {{n 2}}\nconstraints\n  {constraint}");
        let rule = |formula: &str| {
            format!(
                "<featureModel><struct><feature name='A'/></struct><constraints><rule>{formula}</rule>\
                 </constraints></featureModel>"
            )
        };
        let texts = [
            ("a.xml", format!("<instance>{}", "<domains>".repeat(deep))),
            ("a.xml", nested("<instance>", "", "</instance>")),
            ("a.xml", rule(&nested("<not>", "<var>A</var>", "</not>"))),
            ("a.xml", format!("<featureModel><struct>{}", nested("<and name='a'>", "", "</and>"))),
            ("a.uvl", uvl(&nested("(", "A", ")"))),
            ("a.uvl", uvl(&nested("!", "A", ""))),
            ("a.uvl", uvl(&nested("A => ", "A", ""))),
            ("a.uvl", uvl(&nested("A <=> ", "A", ""))),
            ("a.uvl", uvl(&nested("A.n * ", "A.n > 1", ""))),
            ("a.uvl", uvl(&nested("A.n / ", "A.n > 1", ""))),
            ("a.uvl", format!("features\n  A {}", nested("{b ", "1", "}"))),
        ];
        for (name, text) in texts {
            assert_ne!(refusal(name, &text), "read", "{}", &text[..80]);
        }
        assert_eq!(refusal("a.uvl", &uvl(&nested("A & ", "A", ""))), "read");
        let told = refusal("a.uvl", &uvl(&nested("A.n + ", "A.n > 1", "")));
        assert!(told.ends_with("this is too much arithmetic. Divide the constraint."), "{told}");
    }

    #[test]
    fn short_texts_do_not_become_large_models() {
        let long = "x".repeat(1_000_000);
        let clauses = format!("c 1 {long}\np cnf 1 100000\n{}", "1 0\n".repeat(100_000));
        let model = dimacs::read(&clauses).unwrap();
        assert!(model.constraints.iter().all(|constraint| constraint.name.len() < 100));
        let mut tree = format!("features\n {long}\n  optional\n");
        (0..100_000).for_each(|index| tree.push_str(&format!("   f{index}\n")));
        let model = uvl::read(&tree).unwrap();
        assert!(model.constraints.iter().all(|constraint| constraint.name.len() < 100));
        let inner: String = (0..100_000).map(|index| format!("a{index} 1, ")).collect();
        let told = refusal("a.uvl", &format!("features\n A {{{long} {{{inner} b 1}}}}"));
        assert!(told.contains("there are too many attributes"), "{told}");
        let shared = |value: &str, variables: usize, constraints: usize| {
            let mut text =
                format!("<instance><domains><domain name='D'>{value}</domain></domains><variables>");
            (0..variables)
                .for_each(|index| text.push_str(&format!("<variable name='v{index}' domain='D'/>")));
            text.push_str(
                "</variables><relations><relation name='R' semantics='soft'/></relations><constraints>",
            );
            text.push_str(&"<constraint scope='v0' reference='R'/>".repeat(constraints));
            text + "</constraints></instance>"
        };
        let told = refusal("a.xml", &shared(&long, 1000, 0));
        assert!(told.contains("there are too many variables or values"), "{told}");
        let told = refusal("a.xml", &shared("0..999999", 1, 1000));
        assert!(told.contains("the relations are too large together"), "{told}");
    }

    /// How many designs a small model has, by looking at every assignment.
    fn designs(model: &Model) -> usize {
        let mut assignment = vec![ValueId(0); model.variables.len()];
        let mut found = 0;
        loop {
            found += usize::from(model.is_valid(&assignment));
            let next = (0..assignment.len())
                .find(|place| assignment[*place].index() + 1 < model.variables[*place].size());
            let Some(next) = next else { return found };
            assignment[..next].fill(ValueId(0));
            assignment[next].0 += 1;
        }
    }

    #[test]
    fn every_construct_of_uvl_that_can_be_said_is_read() {
        for (file, expected) in [
            ("arithmetic_level/aggregate_functions/aggregate", 3),
            ("arithmetic_level/aggregate_functions/aggregateFunctions", 1),
            ("arithmetic_level/arithmetic-simpleconstraints", 1),
            ("arithmetic_level/expressions", 1),
            ("boolean_level/attributes", 4),
            ("boolean_level/boolean", 3),
            ("boolean_level/cardinality", 4),
            ("boolean_level/namespace", 3),
            // 10 - 15 is never 25, as composition_sub1 wants.
            ("composition/composition_root", 0),
            ("composition/composition_sub1", 0),
            ("composition/composition_sub1_sub1", 1),
            ("composition/composition_sub1_sub2", 1),
            ("composition/nested/nested_referenced_sub", 4),
            ("composition/nested/nested_sub", 20),
            ("composition/nested_main", 21),
            ("language_level/all", 16),
            ("language_level/arithmetic", 1),
            ("language_level/boolean", 3),
            ("language_level/type", 3),
            ("syntax/brackets", 64),
            ("syntax/comments", 0),
            ("type_level/nested/string-attributes-external", 8),
            ("type_level/string-attributes", 288),
            ("type_level/string-constraints", 1),
        ] {
            let Some(model) = read_data(&format!("uvl-language/{file}.uvl")) else { return };
            assert_eq!(designs(&model), expected, "{file}");
        }
    }

    #[test]
    fn what_uvl_says_and_a_model_cannot_is_refused_by_name() {
        const COPIES: &str = "is not read. Write a feature for each of its copies.";
        const UNLISTED: &str =
            "are not listed. Add a constraint that lists them, such as Colour == 'red' | Colour == 'blue'.";
        let copies =
            |place: &str, name: &str| format!("{place}: the cardinality of the feature '{name}' {COPIES}");
        for (file, told) in [
            ("arithmetic_level/aggregate_functions/lengthAggregation", format!("7:9: the values of the String feature 'B' {UNLISTED}")),
            ("arithmetic_level/feature-cardinality", copies("2:7", "A")),
            ("complex/bike", copies("9:31", "Training Wheels")),
            ("generated/fm0", copies("2:29", "Feature-0")),
            ("generated/fm1", copies("17:107", "Feature-60")),
            ("generated/fm2", copies("6:61", "Feature-2")),
            ("generated/fm3", copies("8:77", "Feature-6")),
            ("generated/fm4", copies("8:74", "Feature-3")),
            (
                "syntax/dash",
                "7:6: the values of the Integer feature 'A' have no bounds. Add constraints that bound them, such as Length >= 1 & Length <= 20."
                    .to_owned(),
            ),
        ] {
            let Some(text) = data(&format!("uvl-language/{file}.uvl")) else { return };
            assert_eq!(refusal("model.uvl", &text), told, "{file}");
        }
    }

    #[test]
    fn faulty_uvl_is_refused_with_its_place() {
        for (file, told) in [
            (
                "illegalname",
                "4:13: a name can't start with a digit. Start it with a letter, or put it between \".",
            ),
            ("missingreference", "7:5: there is no feature 'C'. Did you mean 'A' or 'B'?"),
            (
                "same_feature_names",
                "22:6: there is another feature 'Lightsaber'. Give one of them another name.",
            ),
            (
                "wrong_attribute_name",
                "2:3: the file 'nested/string-attributes-external.uvl' can't be read. Put it there; folders stand before its name with points between.",
            ),
            (
                "wrongindent",
                "3:5: a group has to stand below a feature. Indent it more than the feature that it divides.",
            ),
        ] {
            let Some(text) = data(&format!("uvl-language/faulty/{file}.uvl")) else { return };
            assert_eq!(refusal("model.uvl", &text), told, "{file}");
        }
        let tree = "features\n  A {n 2, t 'x'}\n    optional\n      B {n 0.5}\n      C\nconstraints\n  ";
        for (text, told) in [
            ("", "1:1: there are no features. "),
            ("A", "1:1: there is no section 'A'"),
            ("features", "1:1: there is no root feature"),
            ("features\n A\n B", "3:2: there is another root feature"),
            ("features\n A\n  B", "3:3: a feature has to stand below a group"),
            ("features\n A\n  or", "3:3: this group has no features"),
            (
                "features\n A\n    or\n      B\n   or\n      C",
                "5:4: this line is indented like none of those above",
            ),
            ("features\n A\n  [3..2]\n   B", "3:3: the least is more than the most"),
            ("features\n A {b 1, b 2}", "2:10: there is another attribute 'b'"),
            ("features\n A {b 1", "2:8: the end of the line can't stand here. Write ',' or '}'."),
            ("features\n A /* b", "2:4: this comment has no end"),
            ("features\n \"A", "2:2: this quote has no end"),
            ("features\n A\nconstraints\n A ^ A", "4:4: '^' has no meaning here"),
        ] {
            let told_in_fact = refusal("model.uvl", text);
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
        for (constraint, told) in [
            ("A &", "7:6: the end of the line can't stand here. Write a name"),
            ("A B", "7:5: 'B' can't stand here. Write one thing per line."),
            ("A.n", "7:3: the attribute 'A.n' is no condition"),
            ("A.m > 1", "7:3: there is no attribute 'A.m'. Did you mean 'n' or 't'?"),
            ("A.t > 1", "7:3: the attribute 'A.t' is no number"),
            ("A > 1", "7:3: the feature 'A' is no number"),
            ("(A & B) > 1", "7:3: a condition is no number"),
            ("A.n == 'x'", "7:10: a text is no number"),
            ("A.t == A.n", "7:3: the attribute 'A.t' is no number"),
            ("A.t < 'x'", "7:7: '<' is not read with texts"),
            ("len(A.n) > 1", "7:7: only a text has a length"),
            ("len('x'", "7:10: the end of the line can't stand here. Write ')'."),
            ("floor(A.t) > 1", "7:9: the attribute 'A.t' is no number"),
            ("floor(A.n / B.n) > 1", "7:3: a quotient by what depends on features can't be rounded"),
            ("sum(m) > 1", "7:7: no feature has the attribute 'm'"),
            ("sum(n, C) > 1", "7:7: no feature there has the attribute 'n'"),
            ("max(A.n) > 1", "7:3: there is no function 'max'"),
            ("A.n / 0 > 1", "7:7: this divides by 0"),
            ("A.n > 9999999999999999999", "7:9: this number is too long"),
            ("A.n * 9223372036854775807 > 1", "7:7: numbers become too large here"),
        ] {
            let told_in_fact = refusal("model.uvl", &format!("{tree}{constraint}"));
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
    }

    /// Reads the first of some files, each with its path.
    fn read_first(files: &[(&str, &str)]) -> Result<Model, String> {
        let (name, text) = files[0];
        let mut others =
            |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned());
        import::read_with(name, text, &mut others).map_err(|error| error.to_string())
    }

    #[test]
    fn files_of_uvl_are_composed() {
        let frame = "features\n Frame {cost 2}\n  alternative\n   Steel {cost 1}\n   Carbon {cost 5}\n";
        let wheels = "imports\n hubs.hub as rear\n hubs.hub as front\nfeatures\n Wheels\n  mandatory\n   rear.Hub\n   \
                      front.Hub\nconstraints\n rear.Motor => !front.Motor\n";
        let hub = "features\n Hub\n  optional\n   Motor {cost 3, range {km 80}}\n";
        let bike = |constraint: &str| {
            let text = format!(
                "imports\n frame\n parts.wheels as w\nfeatures\n Bike\n  mandatory\n   frame.Frame {{made 'here'}}\n  optional\n   \
                 w.Wheels\n   Bell {{cost 1}}\nconstraints\n {constraint}\n"
            );
            read_first(&[
                ("bike.uvl", &text),
                ("frame.uvl", frame),
                ("parts/wheels.uvl", wheels),
                ("parts/hubs/hub.uvl", hub),
            ])
        };
        let model = bike("Bike").unwrap();
        let names: Vec<&str> = model.variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Bike",
                "frame.Frame",
                "frame.Steel",
                "frame.Carbon",
                "w.Wheels",
                "w.rear.Hub",
                "w.rear.Motor",
                "w.front.Hub",
                "w.front.Motor",
                "Bell"
            ]
        );
        assert!(model.constraints.iter().any(|it| it.name == "rear.Motor => !front.Motor (in w)"));
        // Two frames, with and without a bell, and wheels with a motor in one of the hubs, in none, or no wheels.
        for (constraint, expected) in [
            ("Bike", 16),
            ("w.Wheels", 12),
            ("w.rear.Motor | w.front.Motor => frame.Steel", 12),
            ("w.rear.Motor.range.km == 80", 4),
            ("frame.Frame & Bell", 8),
            ("sum(cost) == 3", 2),
            ("sum(cost, frame.Frame) == 3", 8),
            ("sum(cost, w.Wheels) == 3", 8),
            ("sum(range.km) > 0", 8),
        ] {
            let model = bike(constraint).unwrap_or_else(|error| panic!("{constraint}: {error}"));
            assert_eq!(designs(&model), expected, "{constraint}");
        }
        for (constraint, told) in [
            ("w.Steel", "12:2: there is no feature 'w.Steel'."),
            ("w.rear.Motor.range => Bell", "12:2: the attribute 'w.rear.Motor.range' is no condition."),
            ("w.rear.Motor.weight > 1", "12:2: there is no attribute 'w.rear.Motor.weight'."),
            ("sum(cost, Bell.cost) > 1", "12:12: 'Bell.cost' is no feature."),
            ("w", "12:2: there is no feature 'w'."),
        ] {
            let told_in_fact = bike(constraint).unwrap_err();
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
        // What a file sums up does not depend on where it is imported.
        let sum = "features\n B {n 1}\n  optional\n   C {n 2}\nconstraints\n sum(n) == 3\n";
        let main = "imports\n b\nfeatures\n A {n 7}\n  optional\n   b.B\n";
        assert_eq!(designs(&read_first(&[("a.uvl", main), ("b.uvl", sum)]).unwrap()), 1);
    }

    #[test]
    fn faults_of_composed_uvl_are_told_with_their_file() {
        let tree = |imports: &str, features: &str| {
            format!("imports\n {imports}\nfeatures\n A\n  optional\n   {features}\n")
        };
        let plain = "features\n B\n  optional\n   C\n";
        for (imports, features, other, told) in [
            ("b", "b.B", "features\n B\n  C", "b.uvl:3:3: a feature has to stand below a group."),
            ("b", "b.B", "imports\n d\nfeatures\n B", "b.uvl:2:2: the file 'd.uvl' can't be read."),
            (
                "b",
                "b.B",
                "imports\n b\nfeatures\n B",
                "b.uvl:2:2: this file is imported by itself: b.uvl → b.uvl.",
            ),
            (
                "b",
                "b.B",
                "imports\n a\nfeatures\n B",
                "b.uvl:2:2: this file is imported by itself: a.uvl → b.uvl → a.uvl.",
            ),
            ("a", "X", plain, "2:2: this file is imported by itself: a.uvl → a.uvl."),
            ("c", "X", plain, "2:2: the file 'c.uvl' can't be read."),
            ("b as x\n b as x", "X", plain, "3:7: there is another file called 'x'."),
            ("b as x\n b as x.y", "X", plain, "3:7: there is another file called 'x.y'."),
            ("b as X", "X", plain, "6:4: 'X' is another file already."),
            ("b", "b.C", plain, "6:4: 'b.C' is not the root of its file. Write b.B."),
            ("b", "b.B\n   b.B", plain, "7:4: the file of 'b.B' stands in the tree already."),
            ("b", "Integer b.B", plain, "6:12: this feature has its type in its own file."),
            ("b", "d.B", plain, "6:4: no file is imported for 'd.B'. Did you mean 'b'?"),
            ("b", "B\nconstraints\n b.C", plain, "8:2: no feature of 'b.uvl' stands in the tree."),
            ("b", "b.B\n   \"b.C\"", plain, "7:4: there is another feature 'b.C'."),
            ("\"..\".b", "X", plain, "2:2: '...b' is no name of a file."),
            ("\"/etc/b\"", "X", plain, "2:2: '/etc/b' is no name of a file."),
            ("b as", "X", plain, "3:1: the end of the line can't stand here."),
        ] {
            let main = tree(imports, features);
            let refused = read_first(&[("folder/a.uvl", &main), ("b.uvl", other)]);
            let told_in_fact = refused.map_or_else(|error| error, |_| "read".to_owned());
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
    }

    #[test]
    fn files_of_uvl_do_not_become_too_many() {
        // Each file imports the next one `times` times, up to a depth.
        let nested = |path: &str, times: usize, deepest: usize| {
            let path = path.trim_end_matches(".uvl");
            let indexes = || 0..if path.len() < deepest { times } else { 0 };
            let imports: String = indexes().map(|index| format!(" {path}0 as x{index}\n")).collect();
            let roots: String = indexes().map(|index| format!("   x{index}.R\n")).collect();
            format!("imports\n{imports}features\n R\n  optional\n   A\n{roots}")
        };
        for (times, deepest, told) in
            [(1, 100, "more than 32 files import one another"), (2, 20, "more than 10000 files are imported")]
        {
            let mut files = |path: &str| Some(nested(path, times, deepest));
            let refused = import::read_with("f.uvl", &nested("f", times, deepest), &mut files).unwrap_err();
            assert_eq!(refused.message, told);
        }
        assert!(read_first(&[("f.uvl", &nested("f", 1, 2)), ("f0.uvl", &nested("f0", 1, 2))]).is_ok());
        let long = format!("features\n R // {}\n", "x".repeat(6 << 20));
        let many = "imports\n b\n c\n d\nfeatures\n R\n";
        let refused = import::read_with("a.uvl", many, &mut |_| Some(long.clone())).unwrap_err();
        assert_eq!((refused.line, refused.column), (4, 2));
        assert!(refused.message.contains("all files together are longer"), "{refused}");
        let alias = "x".repeat(1_000_000);
        let main = format!("imports\n b as {alias}\nfeatures\n R\n  optional\n   {alias}.R\n");
        let features: String = (0..100).map(|index| format!("   f{index}\n")).collect();
        let other = format!("features\n R\n  optional\n{features}");
        let refused = read_first(&[("a.uvl", &main), ("b.uvl", &other)]).unwrap_err();
        assert!(refused.contains("the names of features are too long together"), "{refused}");
        let name = vec!["x"; 100_000].join(".");
        let refused = refusal("a.uvl", &format!("features\n R\nconstraints\n {name}\n"));
        assert!(refused.contains("this name has too many parts"), "{refused}");
    }

    #[test]
    fn constraints_of_uvl_mean_what_they_say() {
        let designs_with = |constraint: &str, inner: &str| {
            let tree = format!(
                "A {{n 2{inner}}}\n  optional\n   B {{n 0.5}}\n    [1]\n     D {{n -3, t 'lost'}}\n   C {{t 'found'}}\n"
            );
            let text = format!("features\n {tree}constraints\n {constraint}\n");
            designs(&uvl::read(&text).unwrap_or_else(|error| panic!("{constraint}: {error}")))
        };
        // The designs: A alone, with B and D, with C, with all.
        for (constraint, expected) in [
            ("A", 4),
            ("B => C => D", 2),
            ("B <=> C", 2),
            ("!B | C & D", 3),
            ("!(B | C) | D", 3),
            ("sum(n) < 0", 2),
            ("sum(n) == 2", 2),
            ("sum(n, B) == 0", 2),
            ("avg(n, B) == -1.25", 2),
            ("avg(n, B) < 100", 2),
            ("!(avg(n, B) < 100)", 2),
            ("A.n / B.n == 4", 2),
            ("A.n / (D.n + B.n) == -0.8", 2),
            ("A.n / (D.n + B.n) < 0", 2),
            ("B.n + B.n * 3 >= 2", 2),
            ("0.1 + 0.2 == 0.3", 4),
            ("A.n - -1 == 3", 4),
            ("B.n != 0 => C", 3),
            ("floor(B.n) == 0", 4),
            ("ceil(B.n) == 1", 2),
            ("floor(B.n / 3 - 1) == -1", 4),
            ("floor(-0.1) == -1 & ceil(-0.9) == 0 & ceil(D.n * 0.5) >= -1", 4),
            ("D.t == 'lost'", 2),
            ("D.t != 'lost'", 2),
            ("D.t == C.t", 1),
            ("'lost' == D.t & C.t == ''", 1),
            ("len(D.t) == 4 & len(C.t) < 4", 1),
            ("len('hören') == 5 & 'x' != 'y'", 4),
        ] {
            assert_eq!(designs_with(constraint, ""), expected, "{constraint}");
        }
        assert_eq!(designs_with("A", ", constraint B => C, k 'a, b'"), 3);
        assert_eq!(designs_with("A", ", constraints [B => C, C => B], k [1, {x 2}]"), 2);
    }

    #[test]
    fn values_of_uvl_features_are_read_where_constraints_leave_finitely_many() {
        let read = |constraints: &str| {
            let tree = "A\n  optional\n   Integer I\n   Integer J\n   String S {n 2}\n   String T\n   Real R\n   B\n";
            uvl::read(&format!("features\n {tree}constraints\n{constraints}"))
        };
        let count = |constraints: &str| match read(constraints) {
            Ok(model) => designs(&model),
            Err(error) => panic!("{constraints}{error}"),
        };
        // The others are there or not: 2^5.
        for (constraints, expected) in [
            (" I >= 1\n I <= 4\n", 4 * 32),
            (" I >= 1 & (4 >= I)\n", 4 * 32),
            (" I > 0.5 & I < 4.5\n", 4 * 32),
            // 0 is what an Integer is while it is not there.
            (" I >= 0 & I <= 3\n", 5 * 32),
            (" I => I >= 1 & I <= 4\n", 5 * 32),
            (" I => (I >= -1 & I <= 4)\n I != 0\n", 5 * 32),
            (" I == 3 | I == 5\n", 2 * 32),
            (" I => I == 3 | I == 5\n", 3 * 32),
            (" I >= 1 & I <= 4\n J >= 1 & J <= 4\n I + J == 5\n", 4 * 16),
            (" I >= 1 & I <= 4\n J >= 1 & J <= 4\n I * J > 6 => B\n", (10 * 2 + 6) * 8),
            (" I => I >= 1 & I <= 4\n I >= 3 => B\n", (3 * 2 + 2) * 16),
            (" I >= 2 & I <= 1\n", 0),
            (" I => I == 2.5\n", 32),
            (" S == 'x' | S == 'yes'\n", 2 * 32),
            (" S => (S == 'x' | 'yes' == S)\n len(S) < 3\n", 2 * 32),
            (" S == 'x' | S == 'yes'\n T == 'x' | T == 'no'\n S == T\n", 16),
            (" S == 'x'\n T => T == 'x' | T == 'no'\n S != T & S.n == 2\n", 2 * 16),
            (" S == 'x' & S == 'y'\n", 0),
        ] {
            assert_eq!(count(constraints), expected, "{constraints}");
        }
        let model = read(" I => I >= 1 & I <= 2\n S => S == 'x'\n").unwrap();
        let value = |name: &str| &model.variables[model.variable_by_name(name).unwrap().index()];
        assert_eq!(value("value of I").values, ["none", "1", "2"]);
        assert_eq!(value("value of S").values, ["none", "'x'"]);
        for (constraints, told) in [
            (" I > 1 => B\n", "11:2: the values of the Integer feature 'I' have no bounds."),
            (" I > 1\n", "11:2: the values of the Integer feature 'I' have no bounds."),
            (" B => I >= 1 & I <= 4\n", "11:7: the values of the Integer feature 'I' have no bounds."),
            (" I >= 1 & I <= 4 | B\n", "11:2: the values of the Integer feature 'I' have no bounds."),
            (" I >= 1 & I <= 4 <=> B\n", "11:2: the values of the Integer feature 'I' have no bounds."),
            (" !(I >= 1 & I <= 4)\n", "11:4: the values of the Integer feature 'I' have no bounds."),
            (" I >= 1 & I <= J\n", "11:2: the values of the Integer feature 'I' have no bounds."),
            (" I >= 1 & I <= 10001\n", "11:2: the Integer feature 'I' has 10001 values. Bound them"),
            (
                " I >= -9000000000000000000 & I <= 9000000000000000000\n",
                "11:2: the Integer feature 'I' has 18000000000000000001 values.",
            ),
            (" R == 1.5\n", "11:2: the value of the Real feature 'R' is not read."),
            (" S != 'x'\n", "11:2: the values of the String feature 'S' are not listed."),
            (" S == 'x' | B\n", "11:2: the values of the String feature 'S' are not listed."),
            (" S == 'x'\n S == 1\n", "12:2: the text of 'S' is no number."),
        ] {
            let told_in_fact =
                read(constraints).map_or_else(|error| error.to_string(), |_| "read".to_owned());
            assert!(told_in_fact.starts_with(told), "{told_in_fact}\n{told}");
        }
        let many = format!(" I >= 1 & I <= 10000\n{}", " I != 5\n".repeat(10_000));
        let refused = read(&many).unwrap_err();
        assert_eq!(refused.message, "this is too much arithmetic");
        let deep = format!(" {}I >= 1{}\n", "(".repeat(200_000), ")".repeat(200_000));
        assert_eq!(read(&deep).unwrap_err().message, "this constraint is nested too deeply");
    }

    /// A condition about an Integer feature I and a feature B, and what it says of I's value, if it is there, and of B.
    type ValueCondition = (String, Box<dyn Fn(Option<i64>, bool) -> bool>);

    fn value_condition(numbers: &mut Numbers, depth: usize) -> ValueCondition {
        match numbers.below(if depth == 0 { 6 } else { 12 }) {
            0 => ("B".to_owned(), Box::new(|_, there| there)),
            1 => ("I".to_owned(), Box::new(|value, _| value.is_some())),
            2..=5 => {
                let (bound, kind) = (numbers.below(9) as i64 - 4, numbers.below(5));
                let sign = ["==", "<", "<=", ">", ">="][kind];
                let turned = numbers.below(2) == 0;
                let text = if turned { format!("{bound} {sign} I") } else { format!("I {sign} {bound}") };
                let holds = move |value: Option<i64>, _| {
                    let value = value.unwrap_or(0);
                    let (left, right) = if turned { (bound, value) } else { (value, bound) };
                    [left == right, left < right, left <= right, left > right, left >= right][kind]
                };
                (text, Box::new(holds))
            }
            6 => {
                let (text, holds) = value_condition(numbers, depth - 1);
                (format!("!({text})"), Box::new(move |value, there| !holds(value, there)))
            }
            _ => {
                let (one, first) = value_condition(numbers, depth - 1);
                let (other, second) = value_condition(numbers, depth - 1);
                let kind = numbers.below(4);
                let sign = ["&", "|", "=>", "<=>"][kind];
                let holds = move |value, there| {
                    let (left, right) = (first(value, there), second(value, there));
                    [left && right, left || right, !left || right, left == right][kind]
                };
                // Comparisons may stand without brackets, which bounds are to be found in either way.
                let bracketed = |text: String| match text.contains(['&', '|', '(']) || text.contains("=>") {
                    true => format!("({text})"),
                    false => text,
                };
                (format!("{} {sign} {}", bracketed(one), bracketed(other)), Box::new(holds))
            }
        }
    }

    #[test]
    fn bounds_of_uvl_values_leave_nothing_out() {
        let mut numbers = Numbers(5);
        for _ in 0..2000 {
            let (text, holds) = value_condition(&mut numbers, 3);
            // What the condition tells may only narrow these.
            let file = format!(
                "features\n A\n  optional\n   Integer I\n   B\nconstraints\n I => I >= -5 & I <= 5\n {text}\n"
            );
            let model = uvl::read(&file).unwrap_or_else(|error| panic!("{text}: {error}"));
            let values = || [None].into_iter().chain((-5..=5).map(Some));
            let expected =
                [false, true].into_iter().flat_map(|there| values().map(move |value| (value, there)));
            let expected = expected.filter(|(value, there)| holds(*value, *there)).count();
            assert_eq!(designs(&model), expected, "{text}");
        }
    }

    /// A condition over the features f0 to f3 in UVL, and what it says about a set of features.
    type Condition = (String, Box<dyn Fn(u32) -> bool>);
    /// A number in UVL, and its numerator and denominator for a set of features, if it has a value.
    type Amount = (String, Box<dyn Fn(u32) -> Option<(i128, i128)>>);

    fn condition(numbers: &mut Numbers, depth: usize) -> Condition {
        let kind = if depth == 0 { 0 } else { numbers.below(7) };
        if kind == 0 {
            let feature = numbers.below(4);
            return (format!("f{feature}"), Box::new(move |set| set >> feature & 1 == 1));
        }
        if kind == 1 {
            let (text, holds) = condition(numbers, depth - 1);
            return (format!("!{text}"), Box::new(move |set| !holds(set)));
        }
        if kind == 2 {
            let ((one, first), (other, second)) = (amount(numbers, depth - 1), amount(numbers, depth - 1));
            let kind = numbers.below(6);
            let sign = ["==", "!=", "<", "<=", ">", ">="][kind];
            let holds = move |set| {
                let (Some((a, b)), Some((c, d))) = (first(set), second(set)) else { return false };
                let (left, right) = (a * d, c * b);
                [left == right, left != right, left < right, left <= right, left > right, left >= right][kind]
            };
            return (format!("({one} {sign} {other})"), Box::new(holds));
        }
        let ((one, first), (other, second)) = (condition(numbers, depth - 1), condition(numbers, depth - 1));
        let sign = ["&", "|", "=>", "<=>"][kind - 3];
        let holds = move |set| match (kind, first(set), second(set)) {
            (3, left, right) => left && right,
            (4, left, right) => left || right,
            (5, left, right) => !left || right,
            (_, left, right) => left == right,
        };
        (format!("({one} {sign} {other})"), Box::new(holds))
    }

    fn amount(numbers: &mut Numbers, depth: usize) -> Amount {
        const NUMBERS: [(i128, i128); 4] = [(3, 1), (-1, 2), (0, 1), (-7, 1)];
        let kind = if depth == 0 { numbers.below(3) } else { numbers.below(8) };
        if kind == 7 {
            let (text, value) = amount(numbers, depth - 1);
            return match numbers.below(2) {
                0 => (
                    format!("floor({text})"),
                    Box::new(move |set| value(set).map(|(a, b)| (a.div_euclid(b), 1))),
                ),
                _ => (
                    format!("ceil({text})"),
                    Box::new(move |set| value(set).map(|(a, b)| (-(-a).div_euclid(b), 1))),
                ),
            };
        }
        if kind == 0 {
            return ("2.5".to_owned(), Box::new(|_| Some((5, 2))));
        }
        if kind < 3 {
            let feature = numbers.below(4);
            let value = move |set: u32| if set >> feature & 1 == 1 { NUMBERS[feature] } else { (0, 1) };
            return (format!("f{feature}.n"), Box::new(move |set| Some(value(set))));
        }
        let ((one, first), (other, second)) = (amount(numbers, depth - 1), amount(numbers, depth - 1));
        let sign = ["+", "-", "*", "/"][kind - 3];
        let value = move |set| {
            let ((a, b), (c, d)) = (first(set)?, second(set)?);
            match kind {
                3 => Some((a * d + c * b, b * d)),
                4 => Some((a * d - c * b, b * d)),
                5 => Some((a * c, b * d)),
                _ if c == 0 => None,
                _ => Some((a * d * c.signum(), b * c.abs())),
            }
        };
        (format!("({one} {sign} {other})"), Box::new(value))
    }

    #[test]
    fn random_constraints_of_uvl_mean_what_they_say() {
        let tree = "root\n  optional\n   f0 {n 3}\n   f1 {n -0.5}\n   f2 {n 0}\n   f3 {n -7}\n";
        let mut numbers = Numbers(11);
        let mut read = 0;
        for _ in 0..3000 {
            let (text, holds) = condition(&mut numbers, 4);
            let file = format!("features\n {tree}constraints\n {text}\n");
            let model = match uvl::read(&file) {
                Ok(model) => model,
                Err(error) if error.message == "this divides by 0" => continue,
                Err(error) if error.message.ends_with("can't be rounded") => continue,
                // Divisions by what depends on features multiply the numbers quickly.
                Err(error) if error.message == "numbers become too large here" => continue,
                Err(error) => panic!("{text}: {error}"),
            };
            read += 1;
            for set in 0..16 {
                let assignment: Vec<ValueId> = (0..5).map(|bit| ValueId((set << 1 | 1) >> bit & 1)).collect();
                assert_eq!(model.is_valid(&assignment), holds(set), "{text}, {set:04b}");
            }
        }
        assert!(read > 2000);
    }

    /// A design found by setting features in a random order to random values, each followed by what clauses then force.
    fn design(model: &Model, numbers: &mut Numbers) -> Option<Vec<ValueId>> {
        let clauses: Vec<Vec<(usize, u32)>> = model
            .constraints
            .iter()
            .map(|constraint| match &constraint.kind {
                ConstraintKind::Formula(Formula::Or(literals)) => literals
                    .iter()
                    .map(|literal| match literal {
                        Formula::In(variable, values) => (variable.index(), values[0].0),
                        _ => panic!("{} is no clause", constraint.name),
                    })
                    .collect(),
                _ => panic!("{} is no clause", constraint.name),
            })
            .collect();
        let mut mentions = vec![Vec::new(); model.variables.len()];
        for (index, clause) in clauses.iter().enumerate() {
            clause.iter().for_each(|(variable, _)| mentions[*variable].push(index));
        }
        // Sets what single open literals force; false when a clause has none left.
        let propagate = |values: &mut Vec<Option<u32>>, trail: &mut Vec<usize>, mut open: Vec<usize>| {
            while let Some(index) = open.pop() {
                let clause = &clauses[index];
                if clause.iter().any(|(variable, value)| values[*variable] == Some(*value)) {
                    continue;
                }
                let free: Vec<_> =
                    clause.iter().filter(|(variable, _)| values[*variable].is_none()).collect();
                match free[..] {
                    [] => return false,
                    [(variable, value)] => {
                        values[*variable] = Some(*value);
                        trail.push(*variable);
                        open.extend(&mentions[*variable]);
                    }
                    _ => {}
                }
            }
            true
        };
        let mut values = vec![None; model.variables.len()];
        propagate(&mut values, &mut Vec::new(), (0..clauses.len()).collect());
        let mut order: Vec<usize> = (0..values.len()).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, numbers.below(place + 1));
        }
        for variable in order {
            if values[variable].is_some() {
                continue;
            }
            let first = numbers.below(2) as u32;
            let fits = [first, 1 - first].into_iter().any(|value| {
                let mut trail = vec![variable];
                values[variable] = Some(value);
                let fits = propagate(&mut values, &mut trail, mentions[variable].clone());
                if !fits {
                    trail.iter().for_each(|variable| values[*variable] = None);
                }
                fits
            });
            if !fits {
                return None;
            }
        }
        values.into_iter().map(|value| value.map(ValueId)).collect()
    }

    // The two files of pc-richmond are different models: 13 features of one are not in the other.
    #[test]
    fn the_same_model_in_two_formats_has_the_same_designs() {
        for (one, other, weaker) in [
            ("e_shop.dimacs", "e_shop.uvl", false),
            ("uclibc.dimacs", "uclibc.uvl", false),
            ("busybox.dimacs", "busybox.uvl", false),
            // This one leaves out some of the constraints.
            ("busybox.dimacs", "busybox.xml", true),
            ("ea2468.dimacs", "ea2468.uvl", false),
            ("financialservices01.dimacs", "financialservices01.uvl", false),
            ("automotive01.dimacs", "automotive01.uvl", false),
        ] {
            let path = |file: &str| format!("feature-models/{file}");
            let (Some(first), Some(second)) = (read_data(&path(one)), read_data(&path(other))) else {
                return;
            };
            let names = |model: &Model| {
                let mut names: Vec<String> = model.variables.iter().map(|it| it.name.clone()).collect();
                names.sort();
                names
            };
            assert_eq!(names(&first), names(&second), "{other}");
            let place = |variable: &Variable| first.variable_by_name(&variable.name).unwrap().index();
            let places: Vec<usize> = second.variables.iter().map(place).collect();
            let mut numbers = Numbers(3);
            let mut compared = [0, 0];
            for _ in 0..1000 {
                let Some(mut last) = design(&first, &mut numbers) else { continue };
                let mut design = last.clone();
                for _ in 0..20 {
                    let expected = first.is_valid(&design);
                    let translated: Vec<ValueId> = places.iter().map(|place| design[*place]).collect();
                    let found = second.is_valid(&translated);
                    assert!(found == expected || !expected && weaker, "{other}: {found}, not {expected}");
                    compared[usize::from(expected)] += 1;
                    if expected {
                        last.clone_from(&design);
                    } else {
                        design.clone_from(&last);
                    }
                    let changed = numbers.below(design.len());
                    design[changed] = ValueId(1 - design[changed].0);
                }
                if compared[1] > 30 {
                    break;
                }
            }
            assert!(compared[1] > 0, "{other}: no design was found");
        }
    }
}

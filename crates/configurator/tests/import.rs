//! Importers: real files are read, faults are told with their place, models survive being written and read, and no text
//! makes them panic.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use configurator::import::{self, dimacs, xcsp};
    use configurator::model::{
        Constraint, ConstraintKind, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId,
    };
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
        Some(import::read(path, &data(path)?).unwrap_or_else(|error| panic!("{path}:{error}")))
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

    proptest! {
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
    ];

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
                        _ => bytes[at] = b" \t\n09-\"<>|()[]{}:,.!&=*/aZ"[numbers.below(26)],
                    }
                    if bytes.is_empty() {
                        bytes.push(b'\n');
                    }
                }
                let text = String::from_utf8_lossy(&bytes);
                if let Err(error) = import::read(name, &text) {
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
        let texts = [
            ("a.xml", format!("<instance>{}", "<domains>".repeat(deep))),
            ("a.xml", format!("{}{}", "<instance>".repeat(deep), "</instance>".repeat(deep))),
        ];
        for (name, text) in texts {
            let told = refusal(name, &text);
            assert_ne!(told, "read");
        }
    }
}

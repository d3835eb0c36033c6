//! The command `configurator`: the designs that are best in one way or another, what the solver tells beside the diagram,
//! and what is refused.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use serde_json::Value;

    const TRAINER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogs/trainer/");

    const ROD: &str = r#"
name = "Rod"
summary = "A rod, cut to length."
currency = "EUR"
base_price = 500
lead_time_days = 1
steps = [{ code = "all", label = "All" }]

[[attributes]]
code = "coating"
step = "all"
label = "Coating"
kind = "choice"
standard = "no"
options = [{ code = "no", label = "None" }, { code = "yes", label = "Zinc", price = 90 }]

[[attributes]]
code = "length"
step = "all"
label = "Length"
kind = "number"
standard = 30
min = 10
max = 100
step_size = 10
price = 2

[[rules]]
code = "bath"
rule = "coating = yes implies length <= 60"
sentence = "The bath takes rods of up to 60 cm."
"#;

    /// Exit code, standard output and standard error of `complete` with a model and words.
    fn complete(model: &str, words: &str) -> (Option<i32>, String, String) {
        run("complete", model, words)
    }

    fn run(task: &str, model: &str, words: &str) -> (Option<i32>, String, String) {
        let command = Command::new(env!("CARGO_BIN_EXE_configurator"))
            .args([task, model])
            .args(words.split_whitespace())
            .current_dir(TRAINER)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (command.status.code(), text(command.stdout), text(command.stderr))
    }

    /// What it answers.
    fn answer(model: &str, words: &str) -> Value {
        let (code, answer, error) = complete(model, words);
        assert_eq!(code, Some(0), "{words}: {error}");
        serde_json::from_str(&answer).unwrap()
    }

    /// The menu of a model by one engine.
    fn menu(model: &str, words: &str, engine: &str) -> Value {
        let (code, answer, error) = run("menu", model, &format!("{words} --engine {engine}"));
        assert_eq!(code, Some(0), "{words}: {error}");
        serde_json::from_str(&answer).unwrap()
    }

    /// A product with an option that rules out long lengths; every step of length costs.
    fn rod(test: &str) -> String {
        let path = std::env::temp_dir().join(format!("rod-{}-{test}.toml", std::process::id()));
        std::fs::write(&path, ROD).unwrap();
        path.display().to_string()
    }

    /// What an option's or all designs' figures are, and which of them are only bounds.
    fn figures(told: &Value) -> (i64, i64, u64, Vec<&str>) {
        let bounds = told.get("bounds").and_then(Value::as_array);
        let bounds = bounds.into_iter().flatten().filter_map(Value::as_str).collect();
        let completions = told["completions"].as_str().unwrap().parse().unwrap();
        (told["min_total"].as_i64().unwrap(), told["max_total"].as_i64().unwrap(), completions, bounds)
    }

    /// A model without benefits, in a file that the test removes.
    fn switches(test: &str) -> String {
        let path = std::env::temp_dir().join(format!("switches-{}-{test}.dimacs", std::process::id()));
        std::fs::write(&path, "c 1 light\nc 2 dark\nc 3 loud\np cnf 3 2\n1 2 0\n-1 -2 0\n").unwrap();
        path.display().to_string()
    }

    #[test]
    fn the_design_of_the_best_utility_has_the_most_of_what_matters() {
        let comfort = answer("product.toml", "--objective utility --weigh comfort=1");
        let lightness = answer("product.toml", "--objective utility --weigh comfort=1 --weigh lightness=3");
        assert_eq!(comfort["design"]["upper"], "knit");
        assert!(comfort["score"].as_i64() > Some(0));
        assert!(lightness["score"].as_i64() > comfort["score"].as_i64());
        let chosen = answer("product.toml", "--objective utility --weigh comfort=1 --choose upper=leather");
        assert_eq!(chosen["design"]["upper"], "leather");
        assert!(chosen["score"].as_i64() < comfort["score"].as_i64());
    }

    #[test]
    fn the_most_probable_design_is_what_orders_have_most() {
        let orders = "--objective probable --orders past-orders.toml";
        let found = answer("product.toml", orders);
        let rare = answer("product.toml", &format!("{orders} --choose upper=suede"));
        assert!(rare["score"].as_i64() < found["score"].as_i64());
        assert!(found["score"].as_i64() < Some(0));
        assert_eq!(found["design"]["upper"], "leather");
        assert_eq!(rare["design"]["upper"], "suede");
    }

    #[test]
    fn the_nearest_design_agrees_as_weighed() {
        let model = switches("nearest");
        let near = "--objective nearest --near light=yes --near dark=yes --near loud=yes";
        let found = answer(&model, &format!("{near} --weigh dark=2"));
        assert_eq!(found["design"], serde_json::json!({"light": "no", "dark": "yes", "loud": "yes"}));
        assert_eq!(found["score"], 3);
        let found = answer(&model, &format!("{near} --weigh dark=2 --choose loud=no --choose light=yes"));
        assert_eq!(found["design"], serde_json::json!({"light": "yes", "dark": "no", "loud": "no"}));
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }

    #[test]
    fn what_an_objective_lacks_is_told() {
        let model = switches("refused");
        let product = "product.toml";
        for (model, words, told) in [
            (&model[..], "--objective utility --weigh comfort=1", "no option here has benefits to weigh"),
            (&model, "--objective probable --orders past-orders.toml", "past orders are those of a product"),
            (&model, "--objective nearest --near light=maybe", "'light' has no option 'maybe'"),
            (&model, "--objective nearest --near light=yes --weigh lihgt=2", "no attribute 'lihgt'"),
            (
                product,
                "--objective utility --weigh warmth=1",
                "there is no benefit 'warmth'. It has comfort, ",
            ),
            (product, "--prices none.xml", "product.toml has its prices in itself"),
            (
                product,
                "--choose uper=knit",
                "there is no attribute 'uper' in this model. Did you mean 'upper'?",
            ),
            (product, "--choose size=400", "'size' has no option '400'. Did you mean '40'"),
            (product, "--choose upper=x", "'upper' has no option 'x'. Choose from "),
            (product, "--objective nearest --near upper=knit --near upper=mesh", "'upper' is chosen twice"),
            (
                product,
                "--objective nearest --near upper=knit --weigh sole=3",
                "--near has no option of 'sole'",
            ),
            (product, "--objective utility --weigh comfort=9223372036854775807", "at most 2147483647"),
            (product, "--objective utility --weigh comfort=much", "'comfort=much' is no weight"),
            (product, "--objective utility", "--weigh"),
            (product, "--objective nearest", "--near"),
            (product, "--objective probable", "--orders"),
            (product, "--objective probable --orders none.toml", "none.toml can't be read"),
            (product, "--objective probable --orders product.toml", "product.toml:"),
            (product, "--near upper=knit", "--near says nothing about --objective cheapest. Leave it out"),
            (product, "--weigh upper=2", "ask for --objective nearest or utility"),
            (product, "--seed 3", "ask for --objective random"),
            (product, "--objective nearest --near upper=knit --seed 1", "--seed says nothing about"),
            (product, "--objective random --orders past-orders.toml", "ask for --objective probable"),
            (
                product,
                "--objective utility --weigh comfort=1 --orders past-orders.toml",
                "--orders says nothing about --objective utility",
            ),
            (product, "--objective random --engine solver", "equally likely designs need a diagram"),
            (
                product,
                "--objective utility --weigh comfort=1 --weigh comfort=2",
                "'comfort' is weighed twice",
            ),
            (
                product,
                "--objective nearest --near sole=trail --weigh sole=1 --weigh sole=2",
                "'sole' is weighed twice",
            ),
            (&model, "--prices none.xml", "is no XCSP model"),
            (product, "--engine solvent", "possible values: automatic, diagram, solver"),
        ] {
            let (code, answer, error) = complete(model, words);
            assert_eq!((code, &answer[..]), (Some(2), ""), "{words}");
            assert!(error.contains(told), "{words}: {error}");
        }
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }
    #[test]
    fn the_nearest_design_has_the_nearest_numbers() {
        let model = rod("nearest");
        for engine in ["diagram", "solver"] {
            // With the coating no length agrees: the longest that goes with it is nearest to 90.
            let near = format!("--objective nearest --near length=90 --engine {engine}");
            let found = answer(&model, &format!("{near} --choose coating=yes"));
            assert_eq!(found["design"]["length"], "60");
            assert_eq!(found["score"], 0);
            // Where the length does not matter, or should differ, the cheapest is taken.
            for weight in [0, -1] {
                let found = answer(&model, &format!("{near} --choose coating=yes --weigh length={weight}"));
                assert_eq!(found["design"]["length"], "10");
            }
            // What agrees counts more than any distance.
            let found = answer(&model, &format!("{near} --near coating=yes --weigh coating=2"));
            assert_eq!((&found["design"]["length"], &found["score"]), (&"60".into(), &2.into()));
        }
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }

    #[test]
    fn the_solver_finds_the_same_best_designs() {
        for words in [
            "--objective cheapest",
            "--objective dearest --choose upper=knit",
            "--objective utility --weigh comfort=1 --weigh lightness=3",
            "--objective probable --orders past-orders.toml",
            "--objective nearest --near upper=suede --near size=44",
        ] {
            let exact = answer("product.toml", &format!("{words} --engine diagram"));
            let found = answer("product.toml", &format!("{words} --engine solver"));
            assert_eq!((&exact["engine"], &found["engine"]), (&"diagram".into(), &"solver".into()));
            for figure in ["total", "score", "exact", "bound"] {
                assert_eq!(found.get(figure), exact.get(figure), "{words}: {figure}");
            }
        }
    }

    #[test]
    fn the_solvers_menu_tells_bounds_and_says_so() {
        let rod = rod("menu");
        for (model, words) in
            [("product.toml", ""), ("product.toml", "--choose upper=suede"), (&rod, "--choose coating=yes")]
        {
            let (exact, found) = (menu(model, words, "diagram"), menu(model, words, "solver"));
            assert_eq!((&exact["engine"], &exact["exact"]), (&"diagram".into(), &true.into()));
            assert_eq!((&found["engine"], &found["exact"]), (&"solver".into(), &false.into()));
            assert!(!exact.to_string().contains("bounds"));
            let options = |menu: &Value| -> Vec<Value> {
                let attributes = menu["attributes"].as_array().unwrap();
                attributes
                    .iter()
                    .flat_map(|attribute| attribute["options"].as_array().unwrap().clone())
                    .collect()
            };
            let (exacts, founds) = (options(&exact), options(&found));
            assert_eq!(exacts.len(), founds.len());
            for (exact, found) in exacts.iter().zip(&founds).chain([(&exact, &found)]) {
                assert_eq!(exact.get("state"), found.get("state"));
                if exact.get("state") == Some(&"blocked".into()) {
                    assert_eq!((&found["min_total"], &found["completions"]), (&Value::Null, &"0".into()));
                    continue;
                }
                let ((low, high, count, _), (least, most, at_most, bounds)) =
                    (figures(exact), figures(found));
                assert!(least <= low && high <= most && count <= at_most, "{found} is not around {exact}");
                for (name, equal) in [
                    ("min_total", least == low),
                    ("max_total", most == high),
                    ("completions", count == at_most),
                ] {
                    assert!(equal || bounds.contains(&name), "{found} says more than is known: {exact}");
                }
            }
        }
        std::fs::remove_file(PathBuf::from(rod)).unwrap();
    }

    #[test]
    fn the_solver_explains_as_the_diagram_does() {
        let model = rod("explain");
        for engine in ["automatic", "diagram", "solver"] {
            let words = format!("--choose length=90 --want coating=yes --engine {engine}");
            let (code, told, error) = run("explain", &model, &words);
            assert_eq!(code, Some(0), "{error}");
            let told: Value = serde_json::from_str(&told).unwrap();
            assert_eq!(told["conflict"], serde_json::json!([["length", "90"]]));
            assert_eq!(told["repairs"][0]["weight"], 1);
            assert!(told["repairs"][0]["price_delta"].is_i64());
            let (code, told, error) = run("walk", &model, &format!("--walks 3 --engine {engine}"));
            assert_eq!(code, Some(0), "{error}");
            let serves = if engine == "solver" { "solver" } else { "diagram" };
            assert_eq!(serde_json::from_str::<Value>(&told).unwrap()["engine"], serves);
        }
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }

    #[test]
    fn the_solver_names_as_many_repairs_as_the_diagram() {
        let words = "--choose upper=knit --want sole=trail --repairs 3";
        let repairs = |engine: &str| {
            let (code, told, error) = run("explain", "product.toml", &format!("{words} --engine {engine}"));
            assert_eq!(code, Some(0), "{error}");
            serde_json::from_str::<Value>(&told).unwrap()["repairs"].clone()
        };
        assert_eq!(repairs("diagram").as_array().unwrap().len(), 3);
        assert_eq!(repairs("solver"), repairs("diagram"));
    }

    #[test]
    fn no_is_an_exit_code_of_its_own() {
        let model = switches("no");
        let never = std::env::temp_dir().join(format!("never-{}.dimacs", std::process::id()));
        std::fs::write(&never, "c 1 light\np cnf 1 2\n1 0\n-1 0\n").unwrap();
        let never = never.display().to_string();
        let both = "--choose light=yes --choose dark=yes";
        for (task, model, words, field, told) in [
            ("menu", &model, both, "completions", Value::from("0")),
            ("explain", &model, "--choose light=yes --want loud=yes", "blocked", false.into()),
            ("complete", &model, both, "design", Value::Null),
            ("analyse", &never, "", "designs", "0".into()),
            ("walk", &never, "--walks 2", "dead_ends", 2.into()),
        ] {
            for engine in ["diagram", "solver"] {
                let (code, answer, error) = run(task, model, &format!("{words} --engine {engine}"));
                assert_eq!(code, Some(1), "{task}: {error}");
                assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()[field], told, "{task}");
            }
        }
        let (_, analysis, _) = run("analyse", &never, "");
        let contradiction = &serde_json::from_str::<Value>(&analysis).unwrap()["contradiction"];
        assert_eq!(contradiction.as_array().map(Vec::len), Some(2));
        std::fs::remove_file(PathBuf::from(model)).unwrap();
        std::fs::remove_file(PathBuf::from(never)).unwrap();
    }

    #[test]
    fn designs_are_counted_and_their_diagram_is_measured() {
        let model = switches("count");
        for (words, number) in
            [("", "4\n"), ("--choose light=yes", "2\n"), ("--choose light=yes --choose dark=yes", "0\n")]
        {
            assert_eq!(run("count", &model, words), (Some(0), number.to_owned(), String::new()));
        }
        let (code, answer, _) = run("compile", &model, "");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((code, &answer["engine"]), (Some(0), &Value::from("diagram")));
        assert_eq!((&answer["attributes"], &answer["options"]), (&3.into(), &6.into()));
        for size in ["nodes", "arcs", "factors", "bytes"] {
            assert!(answer[size].as_u64() > Some(0), "{size}");
        }
        assert!(answer["seconds"].as_f64() > Some(0.0));
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }

    #[test]
    fn blocked_options_have_no_totals() {
        let model = switches("blocked");
        for engine in ["diagram", "solver"] {
            let menu = menu(&model, "--choose light=yes", engine);
            let blocked = &menu["attributes"][1]["options"][1];
            let expected = serde_json::json!({"name": "yes", "state": "blocked",
                "min_total": null, "max_total": null, "completions": "0"});
            assert_eq!(blocked, &expected);
        }
        std::fs::remove_file(PathBuf::from(model)).unwrap();
    }

    #[test]
    fn a_random_design_is_any_of_very_many() {
        // Of two neighbours one is on: more than 2¹²⁸ designs, and each switch is on in 62 to 72 of a hundred.
        const SWITCHES: usize = 400;
        let path = std::env::temp_dir().join(format!("many-{}.dimacs", std::process::id()));
        let clauses = (1..SWITCHES).map(|switch| format!("{switch} {} 0\n", switch + 1)).collect::<String>();
        std::fs::write(&path, format!("p cnf {SWITCHES} {}\n{clauses}", SWITCHES - 1)).unwrap();
        let model = path.display().to_string();
        const DRAWN: usize = 30;
        let mut on = vec![0; SWITCHES];
        for seed in 0..DRAWN {
            let design = answer(&model, &format!("--objective random --seed {seed}"));
            let values = design["design"].as_object().unwrap().values();
            values.zip(&mut on).for_each(|(value, on)| *on += usize::from(value == "yes"));
        }
        assert!(on.iter().all(|on| (10..DRAWN).contains(on)), "{on:?}");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn questions_of_a_batch_are_all_it_answers() {
        let (code, _, error) = run("explain", "product.toml", "--batch --want sole=trail");
        assert_eq!(code, Some(2));
        assert!(error.contains("cannot be used with"), "{error}");
    }

    #[test]
    fn texts_are_not_called_dead() {
        let (code, told, error) = run("analyse", "product.toml", "");
        assert_eq!(code, Some(0), "{error}");
        assert_eq!(serde_json::from_str::<Value>(&told).unwrap()["dead"], serde_json::json!([]));
    }

    #[test]
    fn the_solver_analyses_what_the_diagram_does() {
        let analysis = |engine: &str| {
            let (code, told, error) = run("analyse", "product.toml", &format!("--engine {engine}"));
            assert_eq!(code, Some(0), "{error}");
            serde_json::from_str::<Value>(&told).unwrap()
        };
        let (exact, bounds) = (analysis("diagram"), analysis("solver"));
        for what in ["dead", "implied", "redundant"] {
            assert_eq!(exact[what], bounds[what]);
        }
        let examples = |analysis: &Value| {
            let examples = analysis["examples"].as_array().unwrap().clone();
            examples
                .into_iter()
                .map(|example| (example["option"].clone(), example["total"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(examples(&exact), examples(&bounds));
        assert_eq!((&exact["bounds"], &exact["engine"]), (&Value::Null, &Value::from("diagram")));
        assert!(bounds["min_total"].as_i64() <= exact["min_total"].as_i64());
        assert!(bounds["max_total"].as_i64() >= exact["max_total"].as_i64());
        assert!(bounds["bounds"].as_array().unwrap().contains(&Value::from("designs")));
    }

    #[test]
    fn an_attribute_is_chosen_once() {
        for engine in ["diagram", "solver"] {
            let words = format!("--choose upper=knit --choose upper=suede --engine {engine}");
            let (code, _, error) = run("menu", "product.toml", &words);
            assert_eq!(code, Some(2));
            assert!(error.contains("'upper' is chosen twice. Choose one option of it."), "{error}");
        }
    }

    #[test]
    fn files_are_imported_from_the_folder_of_the_model() {
        let folder = std::env::temp_dir().join(format!("imports-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("parts")).unwrap();
        let (main, part) = (folder.join("bike.uvl"), folder.join("parts/bell.uvl"));
        std::fs::write(&main, "imports\n parts.bell as b\nfeatures\n Bike\n  mandatory\n   b.Bell\n")
            .unwrap();
        std::fs::write(&part, "features\n Bell\n  alternative\n   Loud\n   Soft {n 1}\n").unwrap();
        let model = main.display().to_string();
        let found = answer(&model, "--objective cheapest --choose b.Loud=no");
        std::fs::write(&part, "features\n Bell\n  Loud\n").unwrap();
        let (code, _, wrong) = complete(&model, "--objective cheapest");
        std::fs::remove_file(&part).unwrap();
        let (_, _, missing) = complete(&model, "--objective cheapest");
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found["design"]["b.Soft"], "yes");
        assert_eq!(code, Some(2));
        assert!(
            wrong.contains(&format!("{}:3:3: a feature has to stand below a group", part.display())),
            "{wrong}"
        );
        assert!(
            missing.contains(&format!("{model}:2:2: the file 'parts/bell.uvl' can't be read")),
            "{missing}"
        );
    }
}

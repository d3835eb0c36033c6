//! The command `configurator`: the designs that are best in one way or another, and what it refuses.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use serde_json::Value;

    const TRAINER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogs/trainer/");

    /// Exit code, standard output and standard error of `complete` with a model and words.
    fn complete(model: &str, words: &str) -> (Option<i32>, String, String) {
        let command = Command::new(env!("CARGO_BIN_EXE_configurator"))
            .args(["complete", model])
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
            (product, "--objective utility --weigh comfort=much", "'comfort=much' is no weight"),
            (product, "--objective utility", "--weigh"),
            (product, "--objective nearest", "--near"),
            (product, "--objective probable", "--orders"),
            (product, "--objective probable --orders none.toml", "none.toml can't be read"),
            (product, "--objective probable --orders product.toml", "product.toml:"),
        ] {
            let (code, answer, error) = complete(model, words);
            assert_eq!((code, &answer[..]), (Some(2), ""), "{words}");
            assert!(error.contains(told), "{words}: {error}");
        }
        std::fs::remove_file(PathBuf::from(model)).unwrap();
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

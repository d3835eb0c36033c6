//! Product files: what is read, and where faults are said to be.

#[cfg(test)]
mod tests {
    use configurator::file::{File, Located, json_schema};
    use configurator::source::{KindSource, ValueSource};

    const GOOD: &str = r##"name = "Bike"
summary = "A bike."
currency = "EUR"
base_price = 90000
lead_time_days = 10

[[steps]]
code = "frame"
label = "Frame"

[[attributes]]
code = "colour"
step = "frame"
label = "Colour"
kind = "choice"
standard = "red"
options = [
  { code = "red", label = "Red", swatch = "#aa2211" },
  { code = "blue", label = "Blue", price = 2500, values = { size = 3 } },
]

[[attributes]]
code = "extras"
step = "frame"
label = "Extras"
kind = "multi-choice"
standard = ["lamp"]

[[attributes.options]]
code = "lamp"
label = "Lamp"

[[attributes.options]]
code = "rack"
label = "Rack"
available = false

[[rules]]
code = "no_blue_lamp"
rule = "colour = blue implies not extras has lamp"
sentence = "Blue bikes have no lamp."
"##;

    /// The faults of a file as `line:column: message. advice`.
    fn faults(text: &str) -> Vec<String> {
        match File::check(text) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(Located::to_string).collect(),
        }
    }

    /// The good file with one piece of text replaced, and the line and column of the mark ‸ in the replacement.
    fn with(piece: &str, replacement: &str) -> (String, String) {
        assert_eq!(GOOD.matches(piece).count(), 1, "{piece}");
        place(&GOOD.replace(piece, replacement))
    }

    fn place(marked: &str) -> (String, String) {
        let at = marked.find('‸').unwrap();
        let line = marked[..at].lines().count().max(1) + usize::from(marked[..at].ends_with('\n'));
        let start = marked[..at].rfind('\n').map_or(0, |newline| newline + 1);
        (marked.replace('‸', ""), format!("{line}:{}: ", marked[start..at].chars().count() + 1))
    }

    #[test]
    fn a_good_file_says_what_it_says() {
        let (file, product) = File::check(GOOD).unwrap();
        let source = &file.source;
        assert_eq!((source.name.as_str(), source.base_price), ("Bike", 90_000));
        assert_eq!(source.picture, [1200, 900]);
        let [colour, extras] = &source.attributes[..] else { panic!("{:?}", source.attributes) };
        assert_eq!(
            (colour.kind, &colour.standard),
            (KindSource::Choice, &ValueSource::Text("red".to_owned()))
        );
        assert_eq!(colour.options[1].values["size"], 3);
        assert_eq!(extras.standard, ValueSource::List(vec!["lamp".to_owned()]));
        assert_eq!(extras.options.iter().map(|option| option.available).collect::<Vec<_>>(), [true, false]);
        assert_eq!(product.rules.len(), 1);
        assert_eq!(faults(GOOD), Vec::<String>::new());
        // Windows line ends and a file written by a machine say the same.
        let windows = GOOD.replace('\n', "\r\n");
        assert_eq!(File::read(&windows).map(|file| file.source), Ok(source.clone()));
        let json = serde_json::to_string(source).unwrap();
        assert_eq!(serde_json::from_str::<configurator::source::Source>(&json).unwrap(), *source);
    }

    #[test]
    fn one_fault_is_reported_where_it_is() {
        for (piece, replacement, said) in [
            // The form of the file.
            ("base_price = 90000", "base_price = ‸", ""),
            ("name = \"Bike\"", "name = \"Bike\"\n‸name = \"Bicycle\"", "duplicate key"),
            (
                "label = \"Rack\"",
                "label = \"Rack\"\n‸lable = \"Rack\"",
                "unknown field 'lable'. Did you mean 'label'?",
            ),
            ("price = 2500", "‸prize = 2500", "unknown field 'prize'. Did you mean 'price'?"),
            ("currency = \"EUR\"\n", "currency = \"EUR\"\n‸colour = 3\n", "unknown field 'colour'. "),
            ("base_price = 90000", "base_price = ‸\"a lot\"", "invalid type: string \"a lot\", expected i64"),
            ("kind = \"choice\"", "kind = ‸\"choise\"", "unknown variant 'choise'. Did you mean 'choice'?"),
            ("standard = \"red\"", "standard = ‸1.5", "expected a text, a whole number or a list of texts"),
            ("lead_time_days = 10", "lead_time_days = ‸-10", "invalid value: integer '-10', expected u32"),
            (
                "name = \"Bike\"\nsummary = \"A bike.\"",
                "‸name = \"Bike\"",
                "missing field 'summary'. Add summary = … to it.",
            ),
            (
                "[[attributes.options]]\ncode = \"rack\"",
                "‸[[attributes.options]]",
                "missing field 'code'. Add code = …",
            ),
            // What it says.
            (
                "currency = \"EUR\"",
                "currency = ‸\"euro\"",
                "'euro' is no currency. Use the three capital letters",
            ),
            (
                "step = \"frame\"\nlabel = \"Extras\"",
                "step = ‸\"farme\"\nlabel = \"Extras\"",
                "there is no step 'farme'. Did you mean 'frame'?",
            ),
            ("swatch = \"#aa2211\"", "swatch = ‸\"red\"", "'red' is no colour. Write it as '#'"),
            ("price = 2500", "price = ‸2500000000000", "this amount is too large. Use at most"),
            (
                "values = { size = 3 }",
                "values = { price = ‸3 }",
                "'price' is a field of its own. Write it outside",
            ),
            ("code = \"rack\"", "code = ‸\"lamp\"", "the code 'lamp' is used twice. Give each its own code."),
            ("code = \"rack\"", "code = ‸\"Rack\"", "'Rack' is no code. Use a lower-case letter"),
            (
                "standard = \"red\"",
                "standard = ‸\"rde\"",
                "the standard value is not one of its values. Colour has no option 'rde'.",
            ),
            (
                "standard = [\"lamp\"]",
                "standard = ‸\"lamp\"",
                "the standard value is of the wrong kind. Write a list of codes.",
            ),
            (
                "standard = [\"lamp\"]",
                "standard = ‸[\"rack\"]",
                "the standard value 'rack' is not available. Make it",
            ),
            ("standard = [\"lamp\"]", "standard = [\"lamp\"]\nmax = ‸3", "3 is out of bounds. Use 0 to 2."),
            (
                "standard = [\"lamp\"]",
                "standard = [\"lamp\"]\nmin = 1\nmax = ‸-1",
                "-1 is out of bounds. Use 0 to 2.",
            ),
            (
                "standard = [\"lamp\"]",
                "standard = [\"lamp\"]\nunit = ‸\"cm\"",
                "'unit' has no meaning for this kind. Remove",
            ),
            // Within a rule.
            (
                "colour = blue implies",
                "colour = ‸bleu implies",
                "there is no option of colour 'bleu'. Did you mean 'blue'",
            ),
            ("has lamp", "has ‸lmap", "there is no option of extras 'lmap'. Did you mean 'lamp'"),
            ("not extras has", "not ‸extra has", "there is no attribute 'extra'. Did you mean 'extras'?"),
            ("has lamp\"", "has lamp and ‸\"", "expected a condition or a number, found the end."),
            ("\"colour = blue implies", "'colour = ‸bleu' #", "there is no option of colour 'bleu'."),
            (
                "\"colour = blue implies",
                "\"\"\"\ncolour\n  = ‸bleu or colour = red\n\"\"\" #",
                "there is no option of colour 'bleu'.",
            ),
            (
                "\"colour = blue implies",
                "'''colour = ünwise or\n  extras has ‸lmap''' #",
                "there is no option of extras 'lmap'.",
            ),
            ("\"colour = blue implies", "‸\"colour\\u0020= bleu\" #", "there is no option of colour 'bleu'."),
            (
                "\"colour = blue implies",
                "‸\"colour = blue\" #",
                "the standard design is not valid: Blue bikes have no lamp.. Change",
            ),
        ] {
            let (text, place) = with(piece, replacement);
            let faults = faults(&text);
            let expected = format!("{place}{said}");
            assert!(
                faults.iter().any(|fault| fault.starts_with(&expected)),
                "{expected}\nnot in {faults:#?}"
            );
            let several = replacement.contains("ünwise");
            assert!(several || faults.len() == 1, "{expected}: {faults:#?}");
        }
    }

    #[test]
    fn faults_of_several_entries_are_reported_together_in_the_file_s_order() {
        let text = r#"name = "Bike"
summary = 3
currency = "EUR"
base_price = 90000
lead_time_days = 10
picture = [1200]
wheels = 2

[[steps]]
code = "frame"

[[attributes]]
code = "colour"
step = "frame"
label = true
kind = "choice"
standard = "red"
locked = "yes"
options = [
  { code = "red", label = "Red", price = "5" },
  { code = "blue", price = 2500, weigth = 3 },
  "green",
]

[[attributes]]
code = "width"
step = 4
label = "Width"
kind = "numbre"
standard = 80

[[rules]]
code = "rule"
rule = 7
sentence = "No."

[[prices]]
label = "Oak"
amount = 3.5

[[layers]]
file = "a.svg"
tint = "colour"
"#;
        let places: Vec<String> = faults(text)
            .iter()
            .map(|fault| fault.splitn(3, ':').take(2).collect::<Vec<_>>().join(":"))
            .collect();
        assert_eq!(
            places,
            [
                "2:11", "6:11", "7:1", "9:1", "15:9", "18:10", "20:42", "21:3", "21:34", "22:3", "27:8",
                "29:8", "34:8", "39:10", "43:8"
            ],
            "{:#?}",
            faults(text)
        );
    }

    #[test]
    fn lists_of_the_wrong_type_are_said_to_be_so() {
        for (piece, replacement, said) in [
            ("[[rules]]", "‸[rules]", "'rules' is no list of tables. Write [[rules]] before each entry."),
            ("[[rules]]", "‸[prices]\n[[rules]]", "'prices' is no list of tables."),
            (
                "[[steps]]\ncode = \"frame\"\nlabel = \"Frame\"\n",
                "steps = ‸3\n",
                "'steps' is no list of tables.",
            ),
        ] {
            let (text, place) = with(piece, replacement);
            let expected = format!("{place}{said}");
            let faults = faults(&text);
            assert!(faults[0].starts_with(&expected) && faults.len() == 1, "{expected}: {faults:#?}");
        }
    }

    #[test]
    fn files_that_are_no_product_at_all_are_refused() {
        for text in [
            "",
            "\u{feff}",
            "=",
            "[[[[",
            "name = \"",
            "a = 1\na = 2",
            "attributes = 3\nsteps = 4",
            "\0",
            "[[attributes]]",
        ] {
            let faults = File::check(text).map(|_| ()).unwrap_err();
            assert!(!faults.is_empty(), "{text:?}");
            assert!(
                faults.iter().all(|fault| fault.line >= 1 && fault.column >= 1 && !fault.message.is_empty())
            );
        }
        assert_eq!(faults("").len(), 1, "{:?}", faults(""));
    }

    #[test]
    fn the_schema_in_the_docs_is_the_one_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/product-file.schema.json");
        let schema = json_schema().unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, &schema).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == schema, "the types have changed: run the tests once with UPDATE_SCHEMA=1");
    }
}

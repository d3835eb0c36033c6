//! Product files: what is read, and where faults are said to be.

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use configurator::Product;
    use configurator::file::{File, Located, json_schema};
    use configurator::source::{KindSource, Source, ValueSource};
    use toml::Spanned;
    use toml::de::{DeTable, DeValue};

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
        let (text, places) = places(marked);
        (text, places[0].clone())
    }

    /// The text without its marks, and the line and column of each.
    fn places(marked: &str) -> (String, Vec<String>) {
        let (mut text, mut places) = (String::new(), Vec::new());
        for part in marked.split_inclusive('‸') {
            text.push_str(part.trim_end_matches('‸'));
            let line_start = text.rfind('\n').map_or(0, |newline| newline + 1);
            let column = text[line_start..].chars().count() + 1;
            places.push(format!("{}:{column}: ", text.matches('\n').count() + 1));
        }
        (text, places)
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
        assert_eq!(File::check(&windows).map(|(file, _)| file.source), Ok(source.clone()));
        let json = serde_json::to_string(source).unwrap();
        assert_eq!(serde_json::from_str::<Source>(&json).unwrap(), *source);
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
            (
                "base_price = 90000",
                "base_price = ‸\"a lot\"",
                "'base_price' must be a whole number, not a text. Amounts are whole minor units (cents).",
            ),
            ("kind = \"choice\"", "kind = ‸\"choise\"", "there is no kind 'choise'. Did you mean 'choice'?"),
            (
                "standard = \"red\"",
                "standard = ‸1.5",
                "'standard' must be a whole number or a text or a list of texts, not 1.5.",
            ),
            (
                "lead_time_days = 10",
                "lead_time_days = ‸-10",
                "'lead_time_days' must not be negative. Write 0 or more.",
            ),
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
            (
                "price = 2500",
                "price = ‸2500000000000",
                "this amount is too large. Use at most €10,000,000,000.",
            ),
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
                "the standard design is not valid: Blue bikes have no lamp. Change",
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

    const READY_MADE: &str = r##"
[[designs]]
code = "night"
label = "Night"
summary = "For nobody who is out late."
values = { colour = "blue", extras = [] }

[translations.de.designs]
night = { label = "Nacht" }
"##;

    #[test]
    fn ready_made_designs_are_whole_and_valid() {
        let text = format!("{GOOD}{READY_MADE}");
        assert_eq!(faults(&text), Vec::<String>::new());
        let (file, product) = File::check(&text).unwrap();
        let ready = &product.designs[0];
        assert_eq!((ready.code.as_str(), ready.label.as_str()), ("night", "Night"));
        assert!(product.validate(&ready.design).is_empty());
        assert_eq!(product.differences(&ready.design, product.standard()), 2);
        assert_eq!(product.nearest_ready_made(product.standard()).unwrap().code, "night");
        let german = file.source.in_language("de");
        assert_eq!((german.designs[0].label.as_str(), german.translations.len()), ("Nacht", 0));
        // What is taken off the menu goes from them, too.
        let mut fewer = file.source.clone();
        fewer.attributes[0].options.remove(1);
        fewer.drop_stray_values();
        assert_eq!(fewer.designs[0].values.keys().collect::<Vec<_>>(), ["extras"]);
    }

    #[test]
    fn a_fault_of_a_ready_made_design_is_reported_where_it_is() {
        for (piece, replacement, said) in [
            ("code = \"night\"", "code = ‸\"Night\"", "'Night' is no code. "),
            ("label = \"Night\"", "label = ‸\"\"", "this is empty. "),
            (
                "colour = \"blue\", e",
                "colour = ‸\"bleu\", e",
                "Colour has no option 'bleu'. Did you mean 'blue'?",
            ),
            (
                "{ colour = \"blue\", e",
                "{ color = ‸\"blue\", e",
                "there is no attribute 'color'. Did you mean 'colour'?",
            ),
            // What a design is as a whole is said at its head.
            (
                "\n[[designs]]",
                "\n‸[[designs]]",
                "this design is not valid: Rack is not available at the moment. ",
            ),
            ("\n[[designs]]", "\n‸[[designs]]", "this design is not valid: Blue bikes have no lamp. "),
            ("\n[[designs]]", "\n‸[[designs]]", "this is the same design as 'standard'. "),
            ("night = {", "nacht = ‸{", "there is no design 'nacht' to translate. "),
        ] {
            let text = format!("{GOOD}{READY_MADE}");
            let text = match said {
                said if said.contains("Rack") => text.replace("extras = []", "extras = [\"rack\"]"),
                said if said.contains("lamp") => text.replace(", extras = [] }", " }"),
                said if said.contains("same") => {
                    text.replace("{ colour = \"blue\", extras = [] }", "{ colour = \"red\" }")
                }
                _ => text,
            };
            assert_eq!(text.matches(piece).count(), 1, "{piece}");
            let (text, place) = place(&text.replace(piece, replacement));
            let faults = faults(&text);
            let expected = format!("{place}{said}");
            assert!(faults[0].starts_with(&expected) && faults.len() == 1, "{expected}: {faults:#?}");
        }
    }

    #[test]
    fn leaving_something_off_costs_no_points() {
        let text = GOOD.replace("[[steps]]", "[budget]\nceiling = 9\nper_deviation = 2\n\n[[steps]]");
        let text = text.replace("available = false\n", "");
        let text = text
            .replace("{ code = \"blue\",", "{ code = \"none\", label = \"None\" },\n  { code = \"blue\",");
        let (_, product) = File::check(&text).unwrap();
        for (code, value, points) in [
            ("colour", "blue", 2),
            ("colour", "none", 0),
            ("extras", "", 0),
            ("extras", "lamp", 0),
            ("extras", "rack", 2),
            ("extras", "lamp,rack", 2),
        ] {
            let (id, chosen) = product.read_choice(code, value).unwrap();
            assert_eq!(product.points(id, &chosen), points, "{code} = {value}");
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

    /// Form, names, values and the standard design are reported in one go, each once and where it is.
    #[test]
    fn no_fault_hides_another() {
        let marked = r##"name = "Bike"
summary = ‸""
currency = "EUR"
base_price = ‸149.00
lead_time_days = 10

[[steps]]
code = "frame"
label = "Frame"

[[attributes]]
code = "colour"
step = "frame"
label = "Colour"
kind = "choice"
standard = ‸"rde"
options = [
  { code = "red", label = "Red", price = ‸"5" },
  { code = "blue", ‸lable = "Blue", weight = 5 },
]

[[attributes]]
code = "saddle"
step = "frame"
label = "Saddle"
kind = "choice"
standard = "sport"
options = [{ code = "sport", label = "Sport", ‸colour = 1 }, { code = "comfort", label = "Comfort" }]

[[attributes]]
code = "width"
step = "frame"
label = "Width"
kind = ‸"numbre"
standard = 3
min = 1
max = 5

‸[[attributes]]
step = "frame"
label = "Bell"
kind = "text"
standard = ""
max_length = ‸0

[[rules]]
code = "name"
rule = "width > 3 and filled(bell) implies saddle = ‸spotr"
sentence = "No."

[[rules]]
code = "standard"
rule = ‸"saddle = comfort"
sentence = "Saddles are soft."

[[rules]]
code = "follows"
rule = "colour = red and width in (1, 2)"
sentence = "This is about what could not be read."

‸[[rules]]
code = "nothing"
sentence = "This rule says nothing."

[[prices]]
label = "Wide"
when = "saddle = sport and ‸"
amount = 3

[[layers]]
file = "a.svg"
x = "width"
y = ‸3
width = "1"
height = "1 + ‸"

[[layers]]
text = "bell"
x = "width"
y = "1"
tint = { text = ‸"saddle", other = "width" }
"##;
        let (text, places) = places(marked);
        let said = [
            "this is empty. Write",
            "'base_price' must be a whole number, not 149.00. Amounts are whole minor units (cents): write 14900.",
            "the standard value is not one of its values. Colour has no option 'rde'. Did you mean 'red'?",
            "'price' must be a whole number, not a text. Write it without quotation marks.",
            "unknown field 'lable'. Did you mean 'label'?",
            "unknown field 'colour'. ",
            "there is no kind 'numbre'. Did you mean 'number'?",
            "missing field 'code'. Add code = … to it.",
            "0 is out of bounds. Use 1 to 1000.",
            "there is no option of saddle 'spotr'. Did you mean 'sport'?",
            "the standard design is not valid: Saddles are soft. Change",
            "missing field 'rule'. Add rule = … to it.",
            "expected a condition or a number, found the end. ",
            "'y' must be a text, not 3. Write it in quotation marks: \"3\".",
            "expected a condition or a number, found the end. ",
            "no option of 'saddle' has a swatch. ",
        ];
        let faults = faults(&text);
        assert_eq!(faults.len(), said.len(), "{faults:#?}");
        for ((fault, place), said) in faults.iter().zip(&places).zip(said) {
            assert!(fault.starts_with(&format!("{place}{said}")), "{place}{said}\n{fault}");
        }
    }

    /// What a fault of TOML makes of the lines behind it is not reported, nor anything else of the file.
    #[test]
    fn faults_of_toml_are_reported_on_their_own() {
        for (piece, replacement) in [
            ("options = [\n", "options = ‸\n"),
            ("{ code = \"red\"", "‸code = \"red\""),
            ("summary = \"A bike.\"", "summary = ‸“A bike.”\nprize = 3"),
        ] {
            let (text, _) = with(piece, replacement);
            let faults = faults(&text);
            assert!(faults.len() == 1 && faults[0].contains("Correct the TOML here"), "{faults:#?}");
        }
        let two = GOOD.replace("\"A bike.\"", "“A bike.”").replace("price = 2500", "price =");
        assert_eq!(faults(&two).len(), 2, "{:#?}", faults(&two));
    }

    #[test]
    fn the_wrong_form_is_explained_in_plain_words() {
        for (piece, replacement, said) in [
            (
                "price = 2500",
                "price = ‸25.00",
                "'price' must be a whole number, not 25.00. Amounts are whole minor units (cents): write 2500.",
            ),
            (
                "price = 2500",
                "price = ‸\"25.5\"",
                "'price' must be a whole number, not a text. Amounts are whole minor units (cents): write 2550.",
            ),
            (
                "price = 2500",
                "price = ‸2.555",
                "'price' must be a whole number, not 2.555. Amounts are whole minor units (cents).",
            ),
            (
                "lead_time_days = 10",
                "lead_time_days = ‸1.5",
                "'lead_time_days' must be a whole number that is not negative, not 1.5. Write a whole number",
            ),
            (
                "lead_time_days = 10",
                "lead_time_days = ‸5_000_000_000",
                "'lead_time_days' is out of bounds. Use 0 to 4294967295.",
            ),
            (
                "name = \"Bike\"",
                "name = ‸[\"Bike\"]",
                "'name' must be a text, not a list. Write it in quotation marks.",
            ),
            (
                "name = \"Bike\"",
                "name = ‸true",
                "'name' must be a text, not true. Write it in quotation marks: \"true\".",
            ),
            (
                "available = false",
                "available = ‸\"no\"",
                "'available' must be true or false, not a text. Write true or false",
            ),
            (
                "values = { size = 3 }",
                "values = ‸3",
                "'values' must be a table, not 3. Write it as { name = value, … }.",
            ),
            (
                "values = { size = 3 }",
                "values = { size = ‸{} }",
                "'size' must be a whole number, not a table. ",
            ),
            (
                "standard = [\"lamp\"]",
                "standard = [\"lamp\", ‸3]",
                "this entry of 'standard' must be a text, not 3. ",
            ),
            ("kind = \"choice\"", "kind = ‸1", "'kind' must be a text, not 1. "),
            (
                "currency = \"EUR\"",
                "currency = \"EUR\"\npicture = ‸[1200]",
                "'picture' has 1 entries. Write 2 of them.",
            ),
            (
                "currency = \"EUR\"",
                "currency = \"EUR\"\npicture = ‸1200",
                "'picture' must be a list of whole numbers, not 1200. Write the entries in square brackets",
            ),
            ("currency = \"EUR\"", "currency = \"EUR\"\nbudget = ‸3", "'budget' must be a table, not 3. "),
            (
                "label = \"Extras\"",
                "label = \"Extras\"\npoints = ‸1979-05-27",
                "'points' must be a whole number that is not negative, not a date. ",
            ),
            (
                "swatch = \"#aa2211\" },",
                "swatch = \"#aa2211\" }, ‸\"green\",",
                "this entry of 'options' must be a table, not a text. ",
            ),
        ] {
            let (text, place) = with(piece, replacement);
            let faults = faults(&text);
            let expected = format!("{place}{said}");
            assert!(faults[0].starts_with(&expected) && faults.len() == 1, "{expected}: {faults:#?}");
        }
        let (yen, place) =
            with("currency = \"EUR\"\nbase_price = 90000", "currency = \"JPY\"\nbase_price = ‸149.5");
        assert!(
            faults(&yen).iter().any(|fault| fault.starts_with(&place) && fault.ends_with("units (cents).")),
            "{:?}",
            faults(&yen)
        );
    }

    /// A code that can't be used may be the one that rules and standards look for in vain.
    #[test]
    fn names_that_hang_on_a_wrong_code_are_not_reported() {
        for (pieces, said) in [
            (&[("code = \"red\"", "code = ‸\"Red\"")][..], "'Red' is no code."),
            (
                &[("code = \"rack\"", "code = ‸\"lamp\""), ("extras has lamp", "extras has rack")],
                "the code 'lamp' is used twice.",
            ),
            (&[("code = \"extras\"", "code = ‸\"colour\"")], "the code 'colour' is used twice."),
            (&[("code = \"extras\"", "code = ‸\"count\"")], "'count' has a meaning in rules."),
            (
                &[
                    ("step = \"frame\"\nlabel = \"Colour\"", "step = ‸\"farme\"\nlabel = \"Colour\""),
                    ("step = \"frame\"\nlabel = \"Extras\"", "step = \"frame\"\nlabel = \"Extras\""),
                ],
                "there is no step 'farme'.",
            ),
            (&[("code = \"frame\"", "code = ‸\"Frame\"")], "'Frame' is no code."),
            (
                &[
                    ("[[attributes]]\ncode = \"extras\"", "[[‸atributes]]\ncode = \"extras\""),
                    ("[[attributes.options]]\ncode = \"lamp\"", "[[atributes.options]]\ncode = \"lamp\""),
                    ("[[attributes.options]]\ncode = \"rack\"", "[[atributes.options]]\ncode = \"rack\""),
                ],
                "unknown field 'atributes'. Did you mean 'attributes'?",
            ),
        ] {
            let marked = pieces.iter().fold(GOOD.to_owned(), |text, (piece, replacement)| {
                assert_eq!(text.matches(piece).count(), 1, "{piece}");
                text.replace(piece, replacement)
            });
            let (text, place) = place(&marked);
            let faults = faults(&text);
            let expected = format!("{place}{said}");
            assert!(faults[0].starts_with(&expected) && faults.len() == 1, "{expected}: {faults:#?}");
        }
    }

    /// A whole translation.
    const GERMAN: &str = r#"
[translations.de]
name = "Fahrrad"
summary = "Ein Fahrrad."
description = "Mehr davon."

[translations.de.uses]
question = "Wofür?"
answers.town = { label = "In der Stadt", people = "Menschen in der Stadt" }

[translations.de.steps]
frame = "Rahmen"

[translations.de.attributes.colour]
label = "Farbe"
help = "Wie es aussieht."
options.red = { label = "Rot", description = "Kräftig." }

[translations.de.attributes.width]
unit = "cm"

[translations.de.rules]
no_blue_lamp = "Blaue Räder haben keine Lampe."

[translations.de.prices]
"Gift, incl. 1.5 m ribbon" = "Geschenk mit 1,5 m Band"
"#;

    /// What the translation translates beside what the good file has.
    const MORE: &str = r#"
[[attributes]]
code = "width"
step = "frame"
label = "Width"
kind = "number"
standard = 3
min = 1
max = 5
unit = "in"

[[prices]]
label = "Gift, incl. 1.5 m ribbon"
amount = 300

[uses]
question = "What for?"
answers = [{ code = "town", label = "Town", people = "town riders" }, { code = "tour", label = "Tours", people = "tourers" }]
"#;

    #[test]
    fn amounts_that_come_to_too_much_in_some_design_are_reported_once_each() {
        let text = format!("{GOOD}{MORE}");
        assert_eq!(faults(&text), Vec::<String>::new());
        let text = text
            .replace("unit = \"in\"", "unit = \"in\"\nprice = 900000000000")
            .replace("amount = 300", "amount = 900000000000\neach = \"width\"");
        let found = faults(&text);
        let message = "this can come to too large an amount. Use at most €10,000,000,000 in all";
        assert!(found.iter().all(|fault| fault.contains(message)), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    fn translated() -> String {
        let good =
            GOOD.replace("summary = \"A bike.\"", "summary = \"A bike.\"\ndescription = \"More of it.\"");
        let good = good.replace("label = \"Colour\"", "label = \"Colour\"\nhelp = \"How it looks.\"");
        let good = good.replace("label = \"Red\",", "label = \"Red\", description = \"Strong.\",");
        format!("{good}{MORE}{GERMAN}")
    }

    #[test]
    fn a_translation_of_everything_is_sound() {
        let text = translated();
        assert_eq!(faults(&text), Vec::<String>::new());
        let source = File::check(&text).unwrap().0.source;
        let json = serde_json::to_string(&source).unwrap();
        assert_eq!(serde_json::from_str::<Source>(&json).unwrap(), source);
        let mut german = source.in_language("de");
        let texts: Vec<&str> = german.texts().map(|text| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Fahrrad",
                "Ein Fahrrad.",
                "Mehr davon.",
                "Wofür?",
                "In der Stadt",
                "Menschen in der Stadt",
                "Tours",
                "tourers",
                "Rahmen",
                "Farbe",
                "Wie es aussieht.",
                "Rot",
                "Kräftig.",
                "Blue",
                "",
                "Extras",
                "",
                "Lamp",
                "",
                "Rack",
                "",
                "Width",
                "",
                "cm",
                "Blaue Räder haben keine Lampe.",
                "Geschenk mit 1,5 m Band"
            ]
        );
    }

    #[test]
    fn a_fault_of_a_translation_is_reported_where_it_is() {
        for (piece, replacement, said) in [
            ("name = \"Fahrrad\"", "name = ‸\" \"", "this is empty. Write"),
            ("name = \"Fahrrad\"", "‸nmae = \"Fahrrad\"", "unknown field 'nmae'. Did you mean 'name'?"),
            ("question = \"Wofür?\"", "question = ‸\"\"", "this is empty. "),
            (
                "answers.town = ",
                "answers.twon = ‸",
                "there is no answer 'twon' to translate. Did you mean 'town'?",
            ),
            ("people = \"Menschen in der Stadt\"", "people = ‸\"\"", "this is empty. "),
            ("\nframe = ", "\nfarme = ‸", "there is no step 'farme' to translate. Did you mean 'frame'?"),
            ("frame = \"Rahmen\"", "frame = ‸\"\"", "this is empty. "),
            (
                "[translations.de.attributes.colour]",
                "‸[translations.de.attributes.color]",
                "there is no attribute 'color' to translate. Did you mean 'colour'?",
            ),
            ("label = \"Farbe\"", "label = ‸\"\"", "this is empty. "),
            ("help = \"Wie es aussieht.\"", "help = ‸3", "'help' must be a text, not 3. "),
            (
                "label = \"Farbe\"",
                "label = \"Farbe\"\nunit = ‸\"m\"",
                "there is no 'unit' to translate. Write it in the product's own language first",
            ),
            (
                "options.red = ",
                "options.rad = ‸",
                "there is no option 'rad' to translate. Did you mean 'red'?",
            ),
            ("description = \"Kräftig.\"", "description = ‸\"\"", "this is empty. "),
            ("label = \"Rot\"", "‸lable = \"Rot\"", "unknown field 'lable'. Did you mean 'label'?"),
            (
                "\nno_blue_lamp = ",
                "\nno_blue_lamps = ‸",
                "there is no rule 'no_blue_lamps' to translate. Did you mean 'no_blue_lamp'?",
            ),
            ("\"Blaue Räder haben keine Lampe.\"", "‸\"\"", "this is empty. "),
            (
                "\"Gift, incl. 1.5 m ribbon\" = ",
                "\"Gift, incl. 1.5 m riband\" = ‸",
                "there is no price 'Gift, incl. 1.5 m riband' to translate. Did you mean 'Gift, incl. 1.5 m ribbon'?",
            ),
            ("\"Geschenk mit 1,5 m Band\"", "‸\"\"", "this is empty. "),
        ] {
            let text = translated();
            assert_eq!(text.matches(piece).count(), 1, "{piece}");
            let (text, place) = place(&text.replace(piece, replacement));
            let faults = faults(&text);
            let expected = format!("{place}{said}");
            assert!(faults[0].starts_with(&expected) && faults.len() == 1, "{expected}: {faults:#?}");
        }
    }

    #[test]
    fn a_question_that_nobody_asks_is_not_translated() {
        let (text, place) = place(&format!("{GOOD}\n‸[translations.de.uses]\nquestion = \"Wofür?\"\n"));
        let faults = faults(&text);
        let expected =
            format!("{place}there is no question about use to translate. Remove it, or add [uses]");
        assert!(faults.len() == 1 && faults[0].starts_with(&expected), "{faults:#?}");
    }

    #[test]
    fn languages_are_called_by_their_tags() {
        for (tag, said) in [
            ("de", ""),
            ("gsw-CH", ""),
            (
                "en",
                "'en' is the language of the texts as written. Change the texts themselves, or name another",
            ),
            ("de_AT", "'de_AT' is no language tag. Write 'de-AT'."),
            ("DE", "'DE' is no language tag. Write 'de'."),
            ("german", "'german' is no language tag. Use a tag of BCP 47, such as en, de or de-AT."),
        ] {
            let (text, place) = place(&format!("{GOOD}\n‸[translations.{tag}]\nname = \"Rad\"\n"));
            let faults = faults(&text);
            match said {
                "" => assert_eq!(faults, Vec::<String>::new()),
                said => assert!(
                    faults.len() == 1 && faults[0].starts_with(&format!("{place}{said}")),
                    "{faults:#?}"
                ),
            }
        }
        let (text, place) = with("name = \"Bike\"", "name = \"Bike\"\nlanguage = ‸\"English\"");
        let expected = format!("{place}'English' is no language tag. Use a tag of BCP 47");
        assert!(faults(&text).len() == 1 && faults(&text)[0].starts_with(&expected), "{:?}", faults(&text));
        let german = format!(
            "language = \"de\"\n{}\n[translations.en]\nname = \"Bike\"\n",
            GOOD.replace("\"Bike\"", "\"Rad\"")
        );
        let source = File::check(&german).unwrap().0.source;
        assert_eq!(source.languages().collect::<Vec<_>>(), ["de", "en"]);
        assert_eq!(
            (source.in_language("de-AT").name, source.in_language("en").name),
            ("Rad".to_owned(), "Bike".to_owned())
        );
    }

    /// What is translated may be what could not be read.
    #[test]
    fn translations_that_hang_on_another_fault_are_not_reported() {
        for (piece, replacement) in [
            ("code = \"red\", label = \"Red\"", "code = ‸3, label = \"Red\""),
            ("code = \"width\"", "code = ‸3"),
            ("code = \"town\"", "code = ‸3"),
            ("code = \"no_blue_lamp\"", "code = ‸3"),
            ("label = \"Gift, incl. 1.5 m ribbon\"", "label = ‸3"),
            ("help = \"How it looks.\"", "help = ‸3"),
            ("unit = \"in\"", "unit = ‸3"),
            ("question = \"What for?\"", "question = ‸\"\""),
        ] {
            let text = translated();
            assert_eq!(text.matches(piece).count(), 1, "{piece}");
            let (text, place) = place(&text.replace(piece, replacement));
            let faults = faults(&text);
            assert!(faults.len() == 1 && faults[0].starts_with(&place), "{place} {piece}: {faults:#?}");
        }
    }

    /// Revisions of the time before there were languages are stored in this form, under the hash of these bytes.
    #[test]
    fn a_product_in_english_only_is_stored_as_ever() {
        let source = File::check(GOOD).unwrap().0.source;
        let json = serde_json::to_string(&source).unwrap();
        assert!(!json.contains("language") && !json.contains("translations"), "{json}");
        let old = serde_json::from_str::<Source>(&json).unwrap();
        assert_eq!((old.language.as_str(), old.translations.len()), ("en", 0));
    }

    #[test]
    fn translations_go_with_what_they_translate() {
        let mut source = File::check(&translated()).unwrap().0.source;
        let whole = source.clone();
        source.drop_stray_translations();
        assert_eq!(source, whole);
        source.uses = None;
        source.rules.clear();
        source.prices.clear();
        source.attributes[0].options.remove(0);
        source.attributes.retain(|attribute| attribute.code != "width");
        source.attributes[0].standard = ValueSource::Text("blue".to_owned());
        source.attributes[0].help.clear();
        assert!(Product::check(&source).is_err());
        source.drop_stray_translations();
        assert!(Product::check(&source).is_ok(), "{:?}", Product::check(&source));
        let german = &source.translations["de"];
        assert!(german.uses.is_none() && german.rules.is_empty() && german.prices.is_empty());
        assert_eq!(german.attributes.keys().collect::<Vec<_>>(), ["colour"]);
        assert!(german.attributes["colour"].options.is_empty() && german.attributes["colour"].help.is_none());
        assert_eq!(german.attributes["colour"].label.as_deref(), Some("Farbe"));
        assert_eq!(german.steps.len(), 1);
    }

    /// A value in a file.
    struct Field {
        /// Where it is named; entries of lists are not.
        key: Option<Range<usize>>,
        value: Range<usize>,
        /// Whether there is nothing within it.
        is_leaf: bool,
    }

    fn fields(value: &Spanned<DeValue>, found: &mut Vec<Field>) {
        let mut add = |key, value: &Spanned<DeValue>| {
            let is_leaf = !value.get_ref().is_table() && !value.get_ref().is_array();
            found.push(Field { key, value: value.span(), is_leaf });
            fields(value, found);
        };
        match value.get_ref() {
            DeValue::Table(table) => table.iter().for_each(|(key, value)| add(Some(key.span()), value)),
            DeValue::Array(entries) => entries.iter().for_each(|entry| add(None, entry)),
            _ => {}
        }
    }

    /// The catalogue's products and the good file, with everything that is in them.
    fn whole_files() -> Vec<(String, Vec<Field>)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogs");
        let files =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("product.toml"));
        let texts = files.filter_map(|path| std::fs::read_to_string(path).ok()).chain([GOOD.to_owned()]);
        let with_fields = texts.map(|text| {
            let root = DeTable::parse(&text).unwrap();
            let mut found = Vec::new();
            fields(&Spanned::new(0..0, DeValue::Table(root.into_inner())), &mut found);
            (text, found)
        });
        with_fields.collect()
    }

    /// A value that no field takes.
    const A_DATE: &str = "1979-05-27";

    /// Whatever is damaged, rules, prices, layers and standards that depend on it are not reported as well.
    #[test]
    fn one_fault_is_one_message() {
        for (text, fields) in whole_files() {
            let damaged = |span: &Range<usize>, by: &str| {
                let mut text = text.clone();
                text.replace_range(span.clone(), by);
                faults(&text)
            };
            // A hundred of each file, all over it: the catalogues are long.
            for Field { key, value, .. } in fields.iter().step_by(fields.len() / 100 + 1) {
                let written = &text[value.clone()];
                let is_header = written.starts_with("[[") || written.starts_with('[') && key.is_none();
                if !is_header && !written.is_empty() {
                    let faults = damaged(value, A_DATE);
                    assert!(faults.len() == 1, "{written}: {faults:#?}");
                }
                let Some(key) = key else { continue };
                let name = &text[key.clone()];
                let faults = damaged(key, &format!("{name}_"));
                let unknown = faults.iter().any(|fault| fault.contains("unknown field"));
                assert!(!unknown || faults.len() == 1, "{name}: {faults:#?}");
            }
        }
    }

    #[test]
    fn many_faults_are_as_many_messages() {
        for (text, fields) in whole_files() {
            for every in [2, 7, 50] {
                let mut leaves: Vec<&Range<usize>> =
                    fields.iter().filter(|field| field.is_leaf).map(|field| &field.value).collect();
                leaves.sort_by_key(|value| value.start);
                let chosen: Vec<_> = leaves.into_iter().step_by(every).collect();
                let mut damaged = text.clone();
                chosen.iter().rev().for_each(|value| damaged.replace_range((*value).clone(), A_DATE));
                let faults = faults(&damaged);
                assert_eq!(faults.len(), chosen.len(), "{faults:#?}");
                assert!(faults.iter().all(|fault| fault.contains("not a date")), "{faults:#?}");
            }
        }
    }

    #[test]
    fn lists_of_the_wrong_type_are_said_to_be_so() {
        for (piece, replacement, said) in [
            ("[[rules]]", "‸[rules]", "'rules' is no list of tables. Write [[rules]] before each entry."),
            (
                "[[rules]]",
                "‸[prices]\nlabel = \"Gift\"\namount = 3\n[[rules]]",
                "'prices' is no list of tables.",
            ),
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

//! Why an option is blocked, as far as the brute-force oracle does not say: what exactly is in the way.

#[cfg(test)]
mod tests {
    use configurator::{AttributeId, Choices, Configured, Obstacle, Product, Reason, Repair, State, Value};

    use crate::builders::{BIKE, configured, read};

    fn bike(compiled: bool) -> Configured {
        configured(read(BIKE), compiled)
    }

    /// The menu's reason against an option beside choices, by solver and by diagram.
    fn reason(choices: &[(&str, &str)], attribute: &str, option: &str) -> (Configured, Reason) {
        let of = |product: &Configured| {
            let choices = choices.iter().fold(Choices::new(), |choices, (code, value)| {
                let (id, value) = product.read_choice(code, value).unwrap();
                choices.with(id, value)
            });
            let menu = product.menu(&choices, product.standard()).unwrap();
            let id = product.by_code(attribute).unwrap();
            let option = product.attribute(id).option_by_code(option).unwrap();
            let State::Blocked(reason) = menu.attributes[id.index()].options[option.index()].state.clone()
            else {
                panic!("{attribute} {option:?} is not blocked");
            };
            reason
        };
        let product = bike(true);
        let reason = of(&product);
        assert_eq!(of(&bike(false)), reason, "the solver says the same");
        (product, reason)
    }

    fn obstacles(product: &Product, reason: &Reason) -> Vec<String> {
        let words = |obstacle: &Obstacle| {
            let with = if obstacle.missing { "without" } else { "with" };
            format!("{with} {}", product.describe(obstacle.attribute, &obstacle.value))
        };
        reason.obstacles.iter().map(words).collect()
    }

    #[test]
    fn only_the_options_in_the_way_are_named() {
        let (product, reason) = reason(&[("extras", "bell,lamp,lock")], "bar", "drop");
        assert_eq!(obstacles(&product, &reason), ["with Bell"]);
        assert_eq!(reason.sentence, "Not with Extras: Bell. A drop bar has no place for a bell.");
    }

    #[test]
    fn what_is_missing_is_named_as_missing() {
        let (product, reason) = reason(&[("extras", "lamp,lock")], "bar", "swept");
        assert_eq!(obstacles(&product, &reason), ["without Rack"]);
        assert_eq!(reason.sentence, "Not without Extras: Rack. With a swept bar extras go on the rack.");
    }

    #[test]
    fn an_option_of_the_same_multi_choice_can_be_in_the_way() {
        let (product, reason) = reason(&[("extras", "bell,lamp")], "extras", "horn");
        assert_eq!(obstacles(&product, &reason), ["with Bell"]);
        assert_eq!(reason.sentence, "Bell and horn need the same place.");
    }

    #[test]
    fn a_full_multi_choice_says_so() {
        let (_, reason) = reason(&[("extras", "bell,lamp,lock")], "extras", "rack");
        assert_eq!(reason.sentence, "Extras: at most 3.");
        assert!(reason.obstacles.is_empty() && reason.rules.is_empty());
    }

    /// The set that a repair leads to when one more of the extras is wanted, and how many choices change.
    fn repaired(chosen: &str, added: &str) -> (String, usize) {
        let product = bike(true);
        let (id, value) = product.read_choice("extras", chosen).unwrap();
        let Value::Options(set) = value else { panic!("a set") };
        let wanted = Value::Options(set.toggled(product.attribute(id).option_by_code(added).unwrap()));
        let choices = Choices::new().with(id, value);
        let of = |product: &Configured| {
            product.repair(&choices, product.standard(), id, &wanted).unwrap().unwrap()
        };
        let repair = of(&product);
        let kept = |repair: &Repair| match repair.choices.get(id) {
            Some(Value::Options(set)) => set.len(),
            other => panic!("{other:?}"),
        };
        assert_eq!(kept(&of(&bike(false))), kept(&repair), "the solver keeps as many");
        (product.write_value(id, repair.choices.get(id).unwrap()), repair.changes.len())
    }

    #[test]
    fn an_option_is_offered_in_place_of_those_it_can_not_join() {
        assert_eq!(repaired("bell,lamp", "horn"), ("horn,lamp".to_owned(), 1));
        // Only those it can't join go, be it several.
        assert_eq!(repaired("bell,lamp,lock", "sign"), ("bell,sign".to_owned(), 1));
        // Of a full multi-choice, in place of one.
        assert_eq!(repaired("bell,lamp,lock", "rack"), ("rack,lamp,lock".to_owned(), 1));
    }

    /// What others need goes with them, or not at all: that is a way, too.
    #[test]
    fn an_option_that_others_need_is_left_out_with_them() {
        let needs = "\n[[rules]]\ncode = \"mast\"\nrule = \"extras has lamp implies extras has rack\"\nsentence = \"A lamp sits on a rack.\"\n";
        for compiled in [false, true] {
            let product = configured(read(&(BIKE.to_owned() + needs)), compiled);
            let [(id, before), (_, wanted)] =
                ["rack,lamp,lock", "lamp,lock"].map(|set| read_set(&product, set));
            let choices = Choices::new().with(id, before);
            assert!(product.explain_blocked(&choices, id, &wanted).unwrap().is_some());
            let ways = product.repairs(&choices, product.standard(), id, &wanted, 3).unwrap();
            let [way] = &ways[..] else { panic!("{ways:?}") };
            assert_eq!(product.write_value(id, way.choices.get(id).unwrap()), "lock");
            assert_eq!(way.changes.len(), 1);
        }
    }

    #[test]
    fn a_full_multi_choice_offers_a_place_for_each_that_is_there() {
        for compiled in [false, true] {
            let product = bike(compiled);
            let [(id, before), (_, wanted)] =
                ["bell,lamp,lock", "bell,rack,lamp,lock"].map(|set| read_set(&product, set));
            let choices = Choices::new().with(id, before);
            let causes = product.causes(&choices, id, &wanted).unwrap().unwrap();
            assert_eq!(causes.causes, ["Extras: at most 3."]);
            let repairs = product.repairs(&choices, product.standard(), id, &wanted, 9).unwrap();
            let mut sets: Vec<String> =
                repairs.iter().map(|way| product.write_value(id, way.choices.get(id).unwrap())).collect();
            sets.sort();
            assert_eq!(sets, ["bell,rack,lamp", "bell,rack,lock", "rack,lamp,lock"]);
        }
    }

    /// A set of extras, which may be more than it takes.
    fn read_set(product: &Product, codes: &str) -> (AttributeId, Value) {
        let id = product.by_code("extras").unwrap();
        let option = |code| product.attribute(id).option_by_code(code).unwrap();
        (id, Value::Options(codes.split(',').map(option).collect()))
    }

    #[test]
    fn a_sum_rule_says_by_how_much_it_is_missed() {
        let weights = BIKE
            .replace("label = \"Rack\"", "label = \"Rack\", weight = 700")
            .replace("label = \"Lock\"", "label = \"Lock\", weight = 900")
            .replace("label = \"Drop\"", "label = \"Drop\", weight = 300, values = { reach = 2 }")
            .replace("label = \"Flat\"", "label = \"Flat\", weight = 200, values = { reach = 5 }")
            + "\n[[rules]]\ncode = \"light\"\nrule = \"sum(weight) <= 1500\"\nsentence = \"It has to be light.\"\n\
               \n[[rules]]\ncode = \"reach\"\nrule = \"extras has horn implies bar.reach >= 4\"\nsentence = \"A horn is far.\"\n";
        let product = configured(read(&weights), true);
        let causes = |choices: &[(&str, &str)], (code, value): (&str, &str), product: &Configured| {
            let pairs = choices.iter().copied();
            let (id, value) = product.read_choice(code, value).unwrap();
            product.causes(&product.read_choices(pairs).unwrap(), id, &value).unwrap().unwrap().causes
        };
        // Whatever the bar, rack and lock are 100 g too much; with the drop bar that the shopper chose 400.
        let both = ("extras", "rack,lock");
        assert_eq!(causes(&[], both, &product), ["100\u{a0}g too much: It has to be light."]);
        assert_eq!(causes(&[("bar", "drop")], both, &product), ["400\u{a0}g too much: It has to be light."]);
        let german = product.with_texts(product.product().as_ref().clone().with_words(words::of("de")));
        assert_eq!(causes(&[], both, &german), ["100\u{a0}g zu viel: It has to be light."]);
        assert_eq!(causes(&[("extras", "horn")], ("bar", "drop"), &product), ["A horn is far."]);
        // Of a rule that bounds nothing its sentence alone.
        assert_eq!(
            causes(&[("extras", "bell")], ("bar", "drop"), &product),
            ["A drop bar has no place for a bell."]
        );
    }

    #[test]
    fn an_option_is_offered_with_those_it_needs() {
        let needs = "[[rules]]\ncode = \"lock_rack\"\nrule = \"extras has lock implies extras has rack\"\n\
             sentence = \"The lock hangs on the rack.\"\n\n[[rules]]";
        for compiled in [false, true] {
            let product = configured(read(&BIKE.replacen("[[rules]]", needs, 1)), compiled);
            let [(id, before), (_, wanted), (_, after)] = ["bell", "bell,lock", "bell,rack,lock"]
                .map(|set| product.read_choice("extras", set).unwrap());
            let choices = Choices::new().with(id, before);
            let repair = product.repair(&choices, product.standard(), id, &wanted).unwrap().unwrap();
            assert_eq!(repair.changes, [(id, after)]);
        }
    }

    #[test]
    fn a_rule_that_asks_for_a_text_is_named() {
        let (product, reason) = reason(&[], "plate", "brass");
        assert!(reason.obstacles.is_empty());
        let mut mentioned = Vec::new();
        product.rule(reason.rules[0]).condition.attributes(&mut |id| mentioned.push(id));
        assert!(mentioned.contains(&product.by_code("name").unwrap()));
    }

    #[test]
    fn letters_take_the_case_a_text_allows() {
        let product = bike(false);
        let read = |text| product.read_value(product.by_code("name").unwrap(), text);
        assert_eq!(read(" Ana & Jo ").unwrap(), Value::Text("ANA & JO".to_owned()));
        assert_eq!(read("straße").unwrap(), Value::Text("STRASSE".to_owned()));
        let refused = read("é☃♥☃").unwrap_err().to_string();
        assert_eq!(
            refused,
            "Name can’t be “é☃♥☃”. Leave out “é” “☃” “♥”; it takes capital letters, digits, spaces and . &."
        );
        let refused = read("123456789").unwrap_err();
        assert_eq!(refused.advice(), "Use at most 8 characters; now it has 9.");
    }

    #[test]
    fn an_empty_number_is_called_empty() {
        let text = BIKE.replace(
            "kind = \"text\"\nstandard = \"\"\nmax_length = 8\nallowed = \"A-Z0-9 .&\"",
            "kind = \"number\"\nstandard = 1\nmin = 1\nmax = 9",
        );
        let text = text.replace("filled(name)", "name = 3");
        let product = read(&text);
        let refused = product.read_choice("name", "").unwrap_err().to_string();
        assert_eq!(refused, "Name is empty. Enter a whole number from 1 to 9.");
    }

    #[test]
    fn numbers_are_read_as_people_write_them_and_asked_about_where_they_may_be_two() {
        let text = BIKE.replace(
            "kind = \"text\"\nstandard = \"\"\nmax_length = 8\nallowed = \"A-Z0-9 .&\"",
            "kind = \"number\"\nstandard = 40\nmin = 20\nmax = 2000\nunit = \"cm\"",
        );
        let product = read(&text.replace("filled(name)", "name > 20"));
        let german = product.clone().with_words(words::of("de"));
        let name = product.by_code("name").unwrap();
        for (typed, english, german_advice) in [
            (
                "24,5",
                "Whole numbers only: 24 or 25. 25 does not fit into a space of 24.5 cm.",
                "Nur ganze Zahlen: 24 oder 25. 25 passt nicht in 24,5 cm Platz.",
            ),
            (
                "245 mm",
                "Whole numbers only: 24 or 25. 25 does not fit into a space of 24.5 cm.",
                "Nur ganze Zahlen: 24 oder 25. 25 passt nicht in 24,5 cm Platz.",
            ),
            ("12500 mm", "", ""),
            ("12 m 50", "", ""),
            ("1.250", "Is it 1250 or 1.25? Enter it without a separator for thousands.", ""),
            (
                "2001",
                "Enter a whole number from 20 to 2000 cm.",
                "Gib eine ganze Zahl von 20 bis 2000 cm ein.",
            ),
            ("1 250 cm", "", ""),
            ("1,250", "", "Ist 1250 oder 1,25 gemeint? Gib die Zahl ohne Tausendertrennzeichen ein."),
        ] {
            for (product, advice) in [(&product, english), (&german, german_advice)] {
                match product.read_typed(name, typed) {
                    Ok(value) => assert_eq!((value, advice), (Value::Number(1_250), ""), "{typed}"),
                    Err(refused) => assert_eq!(refused.advice(), advice, "{typed}"),
                }
            }
        }
        // What programs write has one form.
        assert!(product.read_choice("name", "1,250").is_err());
    }

    /// Millimetres up to twenty metres, and up to thirty centimetres: 12,345 may be two of the first and none of the second.
    #[test]
    fn a_number_that_may_be_two_is_taken_only_where_one_of_them_can_be() {
        let number = |bounds: &str| {
            let text = BIKE.replace(
                "kind = \"text\"\nstandard = \"\"\nmax_length = 8\nallowed = \"A-Z0-9 .&\"",
                &format!("kind = \"number\"\nstandard = 45\n{bounds}\nunit = \"mm\""),
            );
            let product = read(&text.replace("filled(name)", "name > 20"));
            let name = product.by_code("name").unwrap();
            move |language: &str, typed: &str| {
                let product = product.clone().with_words(words::of(language));
                product.read_typed(name, typed).map_err(|refused| refused.advice().to_owned())
            }
        };
        let ways = |first: &str, second: &str| {
            Err(format!("Is it {first} or {second}? Enter it without a separator for thousands."))
        };
        let wide = number("min = 5\nmax = 20005\nstep_size = 20");
        assert_eq!(wide("en", "12,345"), ways("12345", "12.345"));
        assert_eq!(wide("en", "12.345"), ways("12345", "12.345"));
        assert_eq!(wide("en", "12345"), Ok(Value::Number(12_345)));
        assert!(wide("de", "12,345").is_err() && wide("de", "12.345").is_err());
        let narrow = number("min = 5\nmax = 300");
        assert_eq!(
            narrow("en", "12,345"),
            Err("Whole numbers only: 12 or 13. 13 does not fit into a space of 12.345 mm.".to_owned())
        );
        assert_eq!(
            narrow("de", "12,345"),
            Err("Nur ganze Zahlen: 12 oder 13. 13 passt nicht in 12,345 mm Platz.".to_owned())
        );
        let large = number("min = 25\nmax = 20025\nstep_size = 20");
        assert_eq!(large("en", "12,345"), Ok(Value::Number(12_345)));
        assert_eq!(large("de", "12.345"), Ok(Value::Number(12_345)));
    }

    #[test]
    fn the_nearest_values_are_those_that_can_be_had() {
        let text = BIKE.replace(
            "kind = \"text\"\nstandard = \"\"\nmax_length = 8\nallowed = \"A-Z0-9 .&\"",
            "kind = \"number\"\nstandard = 40\nmin = 20\nmax = 60\nstep_size = 5\nunit = \"cm\"",
        );
        for compiled in [false, true] {
            let product = configured(
                read(&text.replace("filled(name)", "(name = 40 or name = 50 or name < 30)")),
                compiled,
            );
            let name = product.by_code("name").unwrap();
            let (plate, brass) = product.read_choice("plate", "brass").unwrap();
            let near = |choices: &Choices, text: &str| {
                let values = product.nearest_typed(choices, product.standard(), name, text);
                values.iter().map(|value| product.write_value(name, value)).collect::<Vec<_>>().join(" ")
            };
            let free = Choices::new();
            assert_eq!(near(&free, "42"), "40 45");
            assert_eq!(near(&free, "42,5 cm"), "40 45");
            assert_eq!(near(&free, "425 mm"), "40 45");
            assert_eq!(near(&free, "99"), "60");
            assert_eq!(near(&free, "-3"), "20");
            assert_eq!(near(&free, "wide"), "");
            let held = free.with(plate, brass);
            assert_eq!(near(&held, "35"), "25 40");
            assert_eq!(near(&held, "60"), "50");
        }
        let product = configured(read(BIKE), true);
        let name = product.by_code("name").unwrap();
        let near = product.nearest_typed(&Choices::new(), product.standard(), name, "Émilie");
        assert_eq!(near, [Value::Text("EMILIE".to_owned())]);
    }

    #[test]
    fn of_several_in_the_way_the_innocent_are_not_named() {
        let text = BIKE.replace("not extras has bell\"", "not (extras has bell or extras has lamp)\"");
        let product = configured(read(&text), false);
        let (extras, set) = product.read_choice("extras", "bell,lamp,lock").unwrap();
        let (bar, drop) = product.read_choice("bar", "drop").unwrap();
        let reason = product.explain_blocked(&Choices::new().with(extras, set), bar, &drop).unwrap().unwrap();
        assert!(!reason.sentence.contains("Lock"), "{}", reason.sentence);
        assert!(reason.sentence.starts_with("Not with Extras: "), "{}", reason.sentence);
    }

    #[test]
    fn the_only_member_can_be_in_the_way_of_another() {
        let text = BIKE.replace("max = 3\nstandard = []", "min = 1\nmax = 3\nstandard = [\"bell\"]");
        for compiled in [false, true] {
            let product = configured(read(&text), compiled);
            let menu = product.menu(&Choices::new(), product.standard()).unwrap();
            let extras = product.by_code("extras").unwrap();
            let State::Blocked(reason) = &menu.attributes[extras.index()].options[1].state else {
                panic!("the horn is not blocked");
            };
            assert_eq!(obstacles(&product, reason), ["with Bell"]);
        }
    }

    #[test]
    fn a_hundred_blocked_options_have_a_reason_each() {
        let codes =
            |rest: usize| (rest..150).step_by(3).map(|at| format!("c{at}")).collect::<Vec<_>>().join(", ");
        let options: Vec<String> =
            (0..150).map(|at| format!("{{ code = \"c{at}\", label = \"C{at}\" }}")).collect();
        let colours = format!(
            "[[attributes]]\ncode = \"colour\"\nstep = \"all\"\nlabel = \"Colour\"\nkind = \"choice\"\nstandard = \"c2\"\n\
             options = [{}]\n\n\
             [[rules]]\ncode = \"drop\"\nrule = \"bar = drop implies not colour in ({})\"\nsentence = \"Not on drops.\"\n\n\
             [[rules]]\ncode = \"horn\"\nrule = \"extras has horn implies not colour in ({})\"\nsentence = \"No horn.\"\n\n",
            options.join(", "),
            codes(0),
            codes(1),
        );
        let product = read(&BIKE.replacen("[[rules]]", &format!("{colours}[[rules]]"), 1));
        let product = configured(product, true);
        let choices = [("bar", "drop"), ("extras", "horn,rack"), ("plate", "none")]
            .map(|(code, value)| product.read_choice(code, value).unwrap());
        let choices = choices.into_iter().fold(Choices::new(), |all, (id, value)| all.with(id, value));
        let menu = product.menu(&choices, product.standard()).unwrap();
        let colour = product.by_code("colour").unwrap();
        for (at, option) in menu.attributes[colour.index()].options.iter().enumerate() {
            let sentence = match &option.state {
                State::Blocked(reason) => reason.sentence.as_str(),
                _ => "",
            };
            let expected = ["Not with Handlebar: Drop. Not on drops.", "Not with Extras: Horn. No horn.", ""];
            assert_eq!(sentence, expected[at % 3], "colour {at}");
        }
    }

    #[test]
    fn a_text_that_was_taken_away_is_not_in_the_way() {
        let (product, reason) = reason(&[("name", "")], "plate", "brass");
        assert!(obstacles(&product, &reason).is_empty());
        assert_eq!(reason.sentence, "A plate needs a name.");
    }

    #[test]
    fn choices_that_miss_something_say_what() {
        let product = bike(true);
        let choices = [("bar", "swept"), ("extras", "lamp,lock")].iter().fold(
            Choices::new(),
            |choices, (code, value)| {
                let (id, value) = product.read_choice(code, value).unwrap();
                choices.with(id, value)
            },
        );
        let refused = product.complete(&choices, product.standard()).unwrap_err().to_string();
        assert_eq!(
            refused,
            "Handlebar: Swept does not go without Extras: Rack. With a swept bar extras go on the rack."
        );
    }
}

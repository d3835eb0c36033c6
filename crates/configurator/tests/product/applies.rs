//! Attributes that don't always apply: what that means for rules, prices and menus, and which conditions are refused.

#[cfg(test)]
mod tests {
    use configurator::artifact::Artifact;
    use configurator::file::File;
    use configurator::{Choices, Configured, Origin, Product, State, Value};
    use engine::cnf::Limits as ClauseLimits;
    use engine::effort::Patience;

    const CABINET: &str = r#"
name = "Cabinet"
summary = "A cabinet."
currency = "EUR"
base_price = 10000
lead_time_days = 5
steps = [{ code = "all", label = "All" }]

[budget]
ceiling = 9

[[attributes]]
code = "handles"
step = "all"
label = "Handles"
kind = "choice"
standard = "brass"
applies = "doors != none and wood = oak"
options = [
  { code = "brass", label = "Brass", price = 900, weight = 20, values = { size = 3 } },
  { code = "steel", label = "Steel", price = 1200, weight = 30, values = { size = 4 } },
]

[[attributes]]
code = "doors"
step = "all"
label = "Doors"
kind = "choice"
standard = "none"
options = [{ code = "none", label = "None" }, { code = "two", label = "Two", price = 5000 }]

[[attributes]]
code = "wood"
step = "all"
label = "Wood of the doors"
kind = "choice"
standard = "oak"
applies = "doors != none"
options = [{ code = "oak", label = "Oak" }, { code = "beech", label = "Beech" }]

[[attributes]]
code = "gap"
step = "all"
label = "Gap"
kind = "number"
standard = 2
min = 1
max = 4
price = 10
applies = "doors != none"

[[attributes]]
code = "name"
step = "all"
label = "Name"
kind = "text"
standard = ""
max_length = 5
price = 300
applies = "handles = steel"

[[prices]]
label = "Fitting"
amount = 100
each = "gap + 1"
"#;

    fn product(text: &str) -> Product {
        let (_, product) = File::check(text).unwrap_or_else(|faults| {
            panic!("{}", faults.iter().map(|f| format!("{f}\n")).collect::<String>())
        });
        product
    }

    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(CABINET.contains(from), "{from}");
        let Err(faults) = File::check(&CABINET.replacen(from, to, 1)) else { return Vec::new() };
        faults.iter().map(ToString::to_string).collect()
    }

    fn choices(product: &Product, pairs: &[(&str, &str)]) -> Choices {
        product.read_choices(pairs.iter().copied()).unwrap()
    }

    /// The values of a design by code, without those that aren't there.
    fn told(product: &Configured, pairs: &[(&str, &str)]) -> Vec<String> {
        let design = product.complete(&choices(product, pairs), product.standard()).unwrap();
        assert!(product.validate(&design).is_empty());
        let there = design.iter().filter(|(_, value)| **value != Value::Absent);
        there
            .map(|(id, value)| format!("{}={}", product.attribute(id).code, product.write_value(id, value)))
            .collect()
    }

    #[test]
    fn what_does_not_apply_leaves_and_comes_back_with_what_was_chosen() {
        let product = Configured::new(product(CABINET)).unwrap();
        assert_eq!(told(&product, &[]), ["doors=none"]);
        assert_eq!(told(&product, &[("doors", "two")]), ["handles=brass", "doors=two", "wood=oak", "gap=2"]);
        let steel = ("handles", "steel");
        assert_eq!(
            told(&product, &[("doors", "two"), steel, ("name", "Ada"), ("gap", "4")]),
            ["handles=steel", "doors=two", "wood=oak", "gap=4", "name=Ada"]
        );
        // The choices stay, what they are for does not apply.
        assert_eq!(
            told(&product, &[("doors", "none"), steel, ("name", "Ada"), ("gap", "4")]),
            ["doors=none"]
        );
        assert_eq!(
            told(&product, &[("doors", "two"), ("wood", "beech"), steel, ("name", "Ada")]),
            ["doors=two", "wood=beech", "gap=2"]
        );
        // What was chosen is there if it can be.
        assert_eq!(told(&product, &[steel]), ["handles=steel", "doors=two", "wood=oak", "gap=2", "name="]);
    }

    #[test]
    fn an_amount_is_told_only_where_nothing_that_counts_has_yet_to_change() {
        let rule =
            "\n[[rules]]\ncode = \"light\"\nrule = \"sum(weight) <= 10\"\nsentence = \"It falls off.\"\n";
        let product = Configured::new(product(&(CABINET.to_owned() + rule))).unwrap();
        let causes = |more: &[(&str, &str)]| {
            let (id, value) = product.read_choice("wood", "oak").unwrap();
            let choices = choices(&product, &[&[("doors", "two")], more].concat());
            product.causes(&choices, id, &value).unwrap().unwrap().causes
        };
        assert_eq!(causes(&[]), ["10\u{a0}g too much: It falls off."]);
        assert_eq!(causes(&[("handles", "steel")]), ["20\u{a0}g too much: It falls off."]);
        // A name needs handles of steel; with the lightest, brass, the amount would be too small.
        assert_eq!(causes(&[("name", "Ada")]), ["It falls off."]);
    }

    /// A room so small that only shelves without doors fit.
    const ROOM: &str = r#"
[[attributes]]
code = "room"
step = "all"
label = "Room"
kind = "choice"
standard = "large"
options = [{ code = "large", label = "Large" }, { code = "small", label = "Small" }]

[[rules]]
code = "swing"
rule = "room = small implies doors = none"
sentence = "Doors need room to swing."
"#;

    #[test]
    fn a_choice_waits_only_where_other_choices_say_so() {
        let product = product(CABINET);
        let in_force = |pairs: &[(&str, &str)]| -> Vec<String> {
            let choices = choices(&product, pairs);
            let kept = product.in_force(&choices, None).into_owned();
            product.write_choices(&kept).into_iter().map(|(code, _)| code).collect()
        };
        let steel = ("handles", "steel");
        assert_eq!(in_force(&[steel]), ["handles"]);
        assert_eq!(in_force(&[steel, ("doors", "two")]), ["handles", "doors"]);
        assert_eq!(in_force(&[steel, ("doors", "none")]), ["doors"]);
        assert_eq!(in_force(&[steel, ("doors", "two"), ("wood", "beech")]), ["doors", "wood"]);
        // The name applies by the handles, and these by the doors.
        assert_eq!(in_force(&[("name", "Ada"), ("doors", "none")]), ["doors"]);
        assert_eq!(in_force(&[("name", "Ada"), ("handles", "brass")]), ["handles"]);
    }

    /// To empty it is a choice then: what is chosen would ask for it otherwise.
    #[test]
    fn a_text_that_a_choice_depends_on_can_be_emptied() {
        let file = include_str!("../../../../catalogs/trainer/product.toml");
        let product = Configured::new(product(file)).unwrap();
        let (text, empty) = (product.by_code("embroidery").unwrap(), Value::Text(String::new()));
        let emptied = |pairs: &[(&str, &str)]| {
            let choices = choices(&product, pairs);
            let after = product.choose(choices, text, empty.clone(), product.standard());
            product.complete(&after, product.standard()).unwrap().value(text).clone()
        };
        assert_eq!(emptied(&[("embroidery", "ANA")]), empty);
        assert_eq!(emptied(&[("embroidery", "ANA"), ("thread", "gold")]), empty);
    }

    #[test]
    fn what_it_depends_on_can_be_let_go_by_a_click() {
        let product = Configured::new(product(CABINET)).unwrap();
        let menu = product.menu(&choices(&product, &[("handles", "steel")]), product.standard()).unwrap();
        let doors = product.by_code("doors").unwrap();
        let none = &menu.attributes[doors.index()].options[0];
        assert_eq!(none.state, State::Available);
        assert_eq!(none.price_change, Some(-(5_000 + 1_200 + 10 + 200)));
    }

    #[test]
    fn a_choice_that_can_not_wait_is_let_go_by_a_way() {
        let product = Configured::new(product(&format!("{CABINET}{ROOM}"))).unwrap();
        let chosen = choices(&product, &[("handles", "steel")]);
        let (room, handles) = (product.by_code("room").unwrap(), product.by_code("handles").unwrap());
        let (_, small) = product.read_choice("room", "small").unwrap();
        let menu = product.menu(&chosen, product.standard()).unwrap();
        let State::Blocked(reason) = &menu.attributes[room.index()].options[1].state else {
            panic!("{:?}", menu.attributes[room.index()]);
        };
        assert_eq!(reason.sentence, "Not with Handles: Steel. Doors need room to swing.");
        let ways = product.repairs(&chosen, product.standard(), room, &small, 3).unwrap();
        let [way] = &ways[..] else { panic!("{ways:?}") };
        assert_eq!(way.changes, [(handles, Value::Absent)]);
        assert_eq!(way.choices, choices(&product, &[("room", "small")]));
        assert_eq!(product.describe_change(handles, &Value::Absent, &Value::Absent), "no Handles");
        // Doors that were chosen go without, and the handles wait for them.
        let chosen = choices(&product, &[("handles", "steel"), ("doors", "two")]);
        let way = product.repair(&chosen, product.standard(), room, &small).unwrap().unwrap();
        let doors = product.by_code("doors").unwrap();
        let none = product.read_choice("doors", "none").unwrap().1;
        assert_eq!(way.changes, [(doors, none)]);
        assert_eq!(way.choices.get(handles), chosen.get(handles));
        assert!(way.moves.contains(&(handles, Value::Absent)));
    }

    const WARDROBE: &str = r#"
name = "Wardrobe"
summary = "A wardrobe."
currency = "EUR"
base_price = 10000
lead_time_days = 5
steps = [{ code = "all", label = "All" }]

[[attributes]]
code = "doors"
step = "all"
label = "Doors"
kind = "choice"
standard = "two"
options = [{ code = "two", label = "Two" }, { code = "none", label = "None", price = 100 }]

[[attributes]]
code = "drawers"
step = "all"
label = "Drawers"
kind = "multi-choice"
standard = ["socks", "shirts"]
min = 1
applies = "doors = two"
options = [
  { code = "socks", label = "Socks" },
  { code = "shirts", label = "Shirts" },
  { code = "ties", label = "Ties" },
]

[[attributes]]
code = "text"
step = "all"
label = "Text"
kind = "text"
standard = ""
max_length = 5
applies = "doors = two"

[[attributes]]
code = "light"
step = "all"
label = "Light"
kind = "choice"
standard = "yes"
options = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]

[[attributes]]
code = "room"
step = "all"
label = "Room"
kind = "choice"
standard = "large"
options = [{ code = "large", label = "Large" }, { code = "small", label = "Small" }]

[[attributes]]
code = "metal"
step = "all"
label = "Metal"
kind = "choice"
standard = "steel"
options = [{ code = "steel", label = "Steel" }, { code = "gold", label = "Gold" }]
"#;

    fn wardrobe(rules: &[&str]) -> Product {
        let rule = |(at, rule): (usize, &&str)| {
            format!("\n[[rules]]\ncode = \"r{at}\"\nrule = \"{rule}\"\nsentence = \"Rule {at}.\"\n")
        };
        let rules: String = rules.iter().enumerate().map(rule).collect();
        product(&format!("{WARDROBE}{rules}"))
    }

    /// The product with its diagram and with its solver.
    fn answered(product: &Product) -> [Configured; 2] {
        let solver = Configured::solved(product.clone(), &ClauseLimits::default(), Patience::default());
        [Configured::new(product.clone()).unwrap(), solver.unwrap()]
    }

    /// Let go of, the drawers would come back as they are by default, and the light would go for them.
    #[test]
    fn a_way_that_would_come_to_more_without_a_choice_lets_it_wait() {
        let product =
            wardrobe(&["room = small implies doors = none or (not drawers has ties and light = no)"]);
        for product in answered(&product) {
            let id = |code: &str| product.by_code(code).unwrap();
            let chosen = choices(&product, &[("drawers", "ties")]);
            let (room, small) = product.read_choice("room", "small").unwrap();
            let waits = choices(&product, &[("drawers", "ties"), ("doors", "none"), ("room", "small")]);
            let ask = [Configured::repairs, Configured::repairs_of_shown];
            for ways in ask.map(|ask| ask(&product, &chosen, product.standard(), room, &small, 3).unwrap()) {
                let [way] = &ways[..] else { panic!("{ways:?}") };
                assert_eq!(way.changes, []);
                assert_eq!(way.choices.clone().keeping([]), waits);
                let none = product.read_choice("doors", "none").unwrap().1;
                let absent = |code| (id(code), Value::Absent);
                assert_eq!(way.moves, [(id("doors"), none), absent("drawers"), absent("text")]);
                let after = product.complete(&way.choices, product.standard()).unwrap();
                assert_eq!(after.value(id("light")), product.standard().value(id("light")));
                assert_eq!(way.price_change, 100);
            }
        }
    }

    #[test]
    fn an_option_that_came_can_stay_away_with_its_attribute() {
        let product =
            wardrobe(&["room = small implies doors = none or not drawers has ties and drawers has socks"]);
        for product in answered(&product) {
            let chosen = choices(&product, &[("drawers", "ties"), ("doors", "two")]);
            let (room, small) = product.read_choice("room", "small").unwrap();
            let ways = product.repairs(&chosen, product.standard(), room, &small, 3).unwrap();
            let found: Vec<Choices> = ways.into_iter().map(|way| way.choices).collect();
            let small = |drawers, doors| {
                choices(&product, &[("drawers", drawers), ("doors", doors), ("room", "small")])
            };
            assert_eq!(found, [small("socks", "two"), small("ties", "none")]);
        }
    }

    /// The text waits, so gold asks for one in vain: that none may be there is no part of why.
    #[test]
    fn a_menu_gives_the_reason_that_is_given_when_asked_alone() {
        let product = wardrobe(&["metal = gold implies filled(text)", "not filled(text)"]);
        for product in answered(&product) {
            let chosen = choices(&product, &[("text", "ANA"), ("doors", "none")]);
            let (metal, gold) = product.read_choice("metal", "gold").unwrap();
            let alone = product.explain_blocked(&chosen, metal, &gold).unwrap().unwrap();
            assert_eq!(alone.sentence, "Rule 0.");
            let menu = product.menu(&chosen, product.standard()).unwrap();
            assert_eq!(menu.attributes[metal.index()].options[1].state, State::Blocked(alone));
        }
    }

    #[test]
    fn a_ready_made_design_names_only_what_applies() {
        let design = |values: &str| {
            format!(
                "{CABINET}\n[[designs]]\ncode = \"own\"\nlabel = \"Own\"\nsummary = \"One.\"\nvalues = {{ {values} }}\n"
            )
        };
        let product = Configured::new(product(&design("doors = \"two\", wood = \"beech\""))).unwrap();
        let own = &product.designs[0].design;
        assert!(product.validate(own).is_empty());
        assert_eq!(*own.value(product.by_code("handles").unwrap()), Value::Absent);
        // What comes with the doors is as it starts: two choices, no more.
        assert_eq!(product.differences(own, product.standard()), 2);
        let taken = product.choices_for(own, product.standard());
        assert_eq!(&product.complete(&taken, product.standard()).unwrap(), own);
        let Err(faults) = File::check(&design("handles = \"steel\"")) else { panic!("it has no doors") };
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("'handles' does not apply in this design. Leave it out"), "{faults:?}");
    }

    #[test]
    fn what_does_not_apply_costs_weighs_and_counts_nothing() {
        let product = Configured::new(product(CABINET)).unwrap();
        let quote = |pairs: &[(&str, &str)]| {
            let design = product.complete(&choices(&product, pairs), product.standard()).unwrap();
            let quote = product.quote(&design);
            (quote.total.amount, quote.weight, quote.points)
        };
        // The gap counts 0 in "gap + 1".
        assert_eq!(quote(&[]), (10_100, 0, 0));
        assert_eq!(quote(&[("doors", "none"), ("handles", "steel"), ("name", "Ada")]), (10_100, 0, 0));
        assert_eq!(quote(&[("doors", "two")]), (10_000 + 5_000 + 900 + 10 + 300, 20, 1));
        assert_eq!(product.price_range(), Some((10_100, 10_000 + 5_000 + 1_200 + 30 + 300 + 500)));
    }

    #[test]
    fn the_menu_has_nothing_of_what_does_not_apply() {
        let product = Configured::new(product(CABINET)).unwrap();
        let menu =
            product.menu(&choices(&product, &[("handles", "steel"), ("doors", "none")]), product.standard());
        let menu = menu.unwrap();
        for (id, attribute) in product.ids().filter(|(_, attribute)| attribute.code != "doors") {
            let entry = &menu.attributes[id.index()];
            assert_eq!((entry.source, entry.options.len()), (Origin::Absent, 0), "{}", attribute.code);
        }
        let doors = product.by_code("doors").unwrap();
        // What the doors would cost with the handles that come back.
        let two = &menu.attributes[doors.index()].options[1];
        assert_eq!(two.price_change, Some(5_000 + 1_200 + 10 + 200));
    }

    #[test]
    fn rules_mean_what_they_say_without_a_value() {
        let product = product(CABINET);
        let holds = |text: &str, design| {
            let condition = configurator::rule::parse_condition(text, &product.attributes).unwrap();
            assert_eq!(condition.text(&product), text);
            product.holds(&condition, design)
        };
        for (text, without) in [
            ("wood = oak", false),
            ("wood != oak", false),
            ("wood in (oak, beech)", false),
            ("wood not in (oak, beech)", false),
            ("not wood = oak", true),
            ("gap = 2", false),
            ("gap != 2", false),
            ("gap < 3", false),
            ("2 >= gap", false),
            ("gap + 0 < 3", true),
            ("handles.size != 3", false),
            ("handles.size + gap = 0", true),
            ("sum(weight) = 0", true),
            ("filled(name)", false),
            ("wood = oak implies gap > 3", true),
        ] {
            assert_eq!(holds(text, product.standard()), without, "{text}");
        }
    }

    #[test]
    fn conditions_in_a_circle_are_refused() {
        let circle = faults("applies = \"doors != none\"", "applies = \"filled(name)\"");
        assert_eq!(
            circle,
            [
                "18:11: these attributes apply by each other in a circle: handles, wood, name. Let one of them apply by \
              attributes outside the circle, or always."
            ]
        );
        let own = faults("applies = \"handles = steel\"", "applies = \"handles = steel or filled(name)\"");
        assert_eq!(
            own,
            [
                "60:11: 'name' applies by itself. Let one of them apply by attributes outside the circle, or always."
            ]
        );
        let sum = faults("doors != none and wood = oak", "sum(weight) > 3");
        assert_eq!(sum.len(), 1, "a sum is over all attributes: {sum:?}");
    }

    #[test]
    fn faults_in_a_condition_are_told_as_those_of_rules() {
        assert_eq!(
            faults("applies = \"handles = steel\"", "applies = \"handels = steel\""),
            [
                "60:12: there is no attribute 'handels'. Did you mean 'handles'? Use this instead: handles = steel"
            ]
        );
        assert_eq!(faults("\"doors != none and wood = oak\"", "\"doors != none and\"").len(), 1);
    }

    #[test]
    fn a_locked_attribute_keeps_its_value_where_it_applies() {
        let text = CABINET.replace("label = \"Gap\"", "label = \"Gap\"\nlocked = true");
        let product = Configured::new(product(&text)).unwrap();
        assert_eq!(told(&product, &[]), ["doors=none"]);
        assert!(told(&product, &[("doors", "two")]).contains(&"gap=2".to_owned()));
        let gap = product.by_code("gap").unwrap();
        let reason = product.explain_blocked(&Choices::new(), gap, &Value::Number(3)).unwrap().unwrap();
        assert_eq!(reason.sentence, "Gap is always 2.");
    }

    #[test]
    fn a_design_that_says_otherwise_is_not_valid() {
        let product = product(CABINET);
        let (wood, standard) = (product.by_code("wood").unwrap(), product.standard().clone());
        let more = standard.with(wood, product.initial(wood).clone());
        let sentences = |design| -> Vec<String> {
            product.validate(design).into_iter().map(|violation| violation.sentence).collect()
        };
        assert_eq!(sentences(&more), ["Wood of the doors is not part of this design."]);
        assert!(sentences(&product.fitted(more.clone())).is_empty());
    }

    #[test]
    fn the_browser_reads_the_same() {
        let product = Configured::new(product(CABINET)).unwrap();
        let (file, _) = File::check(CABINET).unwrap_or_else(|_| unreachable!());
        let artifact = Artifact::new(&product, &file.source, std::collections::BTreeMap::new());
        let read = Artifact::from_bytes(&artifact.to_bytes()).unwrap().configured().unwrap();
        assert_eq!(read.product(), product.product());
        let wanted = choices(&product, &[("handles", "steel")]);
        assert_eq!(read.menu(&wanted, read.standard()), product.menu(&wanted, product.standard()));
    }
}

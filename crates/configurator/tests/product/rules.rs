//! The rule language: what its text means, that printing and reading agree, and what faulty texts are told.

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use configurator::rule::{
        Comparison, Condition, Number, Property, RuleError, parse_condition, parse_number,
    };
    use configurator::source::{AttributeSource, KindSource, OptionSource, Source, StepSource, ValueSource};
    use configurator::{AttributeId, Design, OptionId, Product};
    use proptest::prelude::*;

    /// Colour red (of red, rose, blue), wheel w20 (of w20, w28), extras lamp and rack (of lamp, rack, bell), width 80
    /// (of 40 to 120), initials empty, name "Ada".
    static PRODUCT: LazyLock<Product> = LazyLock::new(|| {
        let attribute = |code: &str, kind, standard| AttributeSource {
            code: code.to_owned(),
            step: "all".to_owned(),
            label: code.to_owned(),
            help: String::new(),
            kind,
            standard,
            locked: false,
            moved_last: false,
            successors: std::collections::BTreeMap::new(),
            applies: None,
            options: Vec::new(),
            min: None,
            max: None,
            step_size: None,
            unit: None,
            price: None,
            points: None,
            max_length: None,
            allowed: None,
        };
        let option = |code: &str, weight, size: Option<i64>| OptionSource {
            code: code.to_owned(),
            label: code.to_owned(),
            weight,
            price: 10 * weight,
            lead_time_days: 2,
            available: true,
            values: size.map(|size| ("size".to_owned(), size)).into_iter().collect(),
            ..OptionSource::default()
        };
        let text = |text: &str| ValueSource::Text(text.to_owned());
        let source = Source {
            name: "Bike".to_owned(),
            summary: "A bike.".to_owned(),
            description: String::new(),
            search_words: String::new(),
            language: "en".to_owned(),
            currency: "EUR".to_owned(),
            base_price: 0,
            lead_time_days: 0,
            uses: None,
            budget: None,
            picture: [10, 10],
            steps: vec![StepSource { code: "all".to_owned(), label: "All".to_owned() }],
            attributes: vec![
                AttributeSource {
                    options: vec![option("red", 1, None), option("rose", 2, None), option("blue", 3, None)],
                    ..attribute("colour", KindSource::Choice, text("red"))
                },
                AttributeSource {
                    options: vec![option("w20", 100, Some(20)), option("w28", 140, Some(28))],
                    ..attribute("wheel", KindSource::Choice, text("w20"))
                },
                AttributeSource {
                    options: vec![
                        option("lamp", 7, Some(1)),
                        option("rack", 50, Some(-4)),
                        option("bell", 1, None),
                    ],
                    ..attribute(
                        "extras",
                        KindSource::MultiChoice,
                        ValueSource::List(vec!["lamp".to_owned(), "rack".to_owned()]),
                    )
                },
                AttributeSource {
                    min: Some(40),
                    max: Some(120),
                    ..attribute("width", KindSource::Number, ValueSource::Number(80))
                },
                AttributeSource { max_length: Some(3), ..attribute("initials", KindSource::Text, text("")) },
                AttributeSource { max_length: Some(9), ..attribute("name", KindSource::Text, text("Ada")) },
            ],
            rules: Vec::new(),
            prices: Vec::new(),
            tiers: Vec::new(),
            no_returns: Vec::new(),
            layers: Vec::new(),
            benefits: Vec::new(),
            designs: Vec::new(),
            tests: Vec::new(),
            meant: Vec::new(),
            translations: std::collections::BTreeMap::new(),
        };
        Product::check(&source).unwrap()
    });

    fn read(text: &str) -> Result<Condition, Vec<RuleError>> {
        parse_condition(text, &PRODUCT.attributes)
    }

    fn holds(text: &str, design: &Design) -> bool {
        PRODUCT.holds(&read(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}")), design)
    }

    #[test]
    fn every_test_means_what_the_reference_says() {
        for (text, expected) in [
            ("colour = red", true),
            ("colour != red", false),
            ("colour = blue", false),
            ("colour != blue", true),
            ("colour in (blue, red)", true),
            ("colour in (rose)", false),
            ("colour not in (blue, red)", false),
            ("colour not in (rose,blue)", true),
            ("extras has lamp", true),
            ("extras has bell", false),
            ("filled(initials)", false),
            ("filled(name)", true),
            ("width = 80", true),
            ("width != 80", false),
            ("width < 81", true),
            ("width < 80", false),
            ("width <= 80", true),
            ("width <= 79", false),
            ("width > 79", true),
            ("width > 80", false),
            ("width >= 80", true),
            ("width >= 81", false),
            ("80 = width", true),
            ("wheel.size = 20", true),
            ("wheel.weight = 100", true),
            ("wheel.price = 1000", true),
            ("wheel.lead_time_days = 2", true),
            ("colour.weight = 1", true),
            ("extras.weight = 57", true),
            ("extras.size = -3", true),
            ("extras.price = 570", true),
            ("count(extras) = 2", true),
            ("sum(weight) = 158", true),
            ("sum(size) = 17", true),
            ("sum(lead_time_days) = 8", true),
            ("not colour = red", false),
            ("not not colour = red", true),
            ("colour = red and width = 80", true),
            ("colour = red and width = 81", false),
            ("colour = blue or width = 80", true),
            ("colour = blue or width = 81", false),
            ("colour = red implies width = 81", false),
            ("colour = blue implies width = 81", true),
            ("colour = blue iff width = 81", true),
            ("colour = red iff width = 81", false),
        ] {
            assert_eq!(holds(text, PRODUCT.standard()), expected, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_whole_and_rounds_down() {
        for (text, expected) in [
            ("1 + 2 * 3", 7),
            ("(1 + 2) * 3", 9),
            ("2 * 3 + 1", 7),
            ("10 - 3 - 2", 5),
            ("10 - (3 - 2)", 9),
            ("12 / 2 / 3", 2),
            ("12 / 5 * 5", 10),
            ("5 * 12 / 5", 12),
            ("7 / 2", 3),
            ("-7 / 2", -4),
            ("7 / -2", -4),
            ("-7 / -2", 3),
            ("-8 / 2", -4),
            ("- 3", -3),
            ("--3", 3),
            ("2 - -3", 5),
            ("-(2 + 3)", -5),
            ("-width", -80),
            ("2 * -width", -160),
            ("width - width / 3 * 3", 2),
            ("wheel.size * count(extras) + extras.size", 37),
            ("1000000000000 * 1000000000000", i64::MAX),
            ("0 - 1000000000000 * 1000000000000", -i64::MAX),
            ("-1000000000000 * 1000000000000", i64::MIN),
            ("-1000000000000 * 1000000000000 / -1", i64::MAX),
            ("((((42))))", 42),
        ] {
            let number =
                parse_number(text, &PRODUCT.attributes).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
            assert_eq!(PRODUCT.evaluate(&number, PRODUCT.standard()), expected, "{text}");
        }
    }

    #[test]
    fn not_binds_tightest_then_and_or_implies_iff() {
        for (text, grouped) in [
            ("not width = 1 and width = 2", "(not (width = 1)) and (width = 2)"),
            ("not colour in (red, blue) or width = 2", "(not (colour in (red, blue))) or (width = 2)"),
            ("width = 1 and width = 2 or width = 3", "((width = 1) and (width = 2)) or (width = 3)"),
            ("width = 1 or width = 2 and width = 3", "(width = 1) or ((width = 2) and (width = 3))"),
            ("width = 1 or width = 2 implies width = 3", "((width = 1) or (width = 2)) implies (width = 3)"),
            ("width = 1 implies width = 2 or width = 3", "(width = 1) implies ((width = 2) or (width = 3))"),
            (
                "width = 1 implies width = 2 iff width = 3",
                "((width = 1) implies (width = 2)) iff (width = 3)",
            ),
            (
                "width = 1 iff width = 2 implies width = 3",
                "(width = 1) iff ((width = 2) implies (width = 3))",
            ),
            ("width = 1 and width = 2 and width = 3", "((width = 1) and (width = 2)) and (width = 3)"),
            ("width = 1 or width = 2 or width = 3", "((width = 1) or (width = 2)) or (width = 3)"),
            ("width = 1 iff width = 2 iff width = 3", "((width = 1) iff (width = 2)) iff (width = 3)"),
            (
                "width = 1 implies width = 2 implies width = 3",
                "(width = 1) implies ((width = 2) implies (width = 3))",
            ),
            (
                "width + 1 * 2 < 3 - 4 and not width < 2",
                "((width + (1 * 2)) < (3 - 4)) and (not (width < 2))",
            ),
            ("(width + 1) * 2 < 3 or (width) < 3", "(((width + 1) * 2) < 3) or (width < 3)"),
            ("(((width))) < ((3)) and ((colour = red))", "width < 3 and colour = red"),
            ("colour!=red", "colour != red"),
            ("colour not in (red)", "colour != red"),
            ("colour in (blue, red, blue)", "colour in (red, blue)"),
            ("\n colour\t=\u{a0}red\r\n and width=1 ", "colour = red and width = 1"),
        ] {
            assert_eq!(read(text), read(grouped), "{text}");
            assert!(read(text).is_ok(), "{grouped}: {:?}", read(grouped));
        }
    }

    #[test]
    fn conditions_print_without_needless_brackets() {
        for text in [
            "colour = red",
            "not colour = red",
            "colour in (red, blue) and extras has lamp",
            "(width < 1 or width > 2) and filled(name)",
            "not (width < 1 and width > 2)",
            "width < 1 implies width < 2 implies width < 3",
            "(width < 1 implies width < 2) implies width < 3",
            "width < 1 iff width < 2 iff width < 3",
            "width < 1 iff (width < 2 iff width < 3)",
            "width - (1 - 2) * 3 / -4 >= -wheel.size",
            "10 - 3 - (2 - 1) = count(extras) * (sum(weight) / 3)",
        ] {
            let shown = text.replace("-wheel", "0 - wheel");
            assert_eq!(read(text).unwrap().text(&PRODUCT), shown);
        }
    }

    /// Faulty text with the faulty part between « and », the message and the advice (or how it begins).
    const FAULTY: [(&str, &str, &str); 40] = [
        ("«»", "expected a condition or a number, found the end", "Numbers are written as"),
        ("colour = «rde»", "there is no option of colour 'rde'", "Did you mean 'red'"),
        ("colour = «ros»", "there is no option of colour 'ros'", "Did you mean 'rose'"),
        ("colour = «turquoise»", "there is no option of colour 'turquoise'", "Choose from blue, red, rose."),
        ("«color» = red", "there is no attribute 'color'", "Did you mean 'colour'"),
        ("«color» in (red, blue) and width = 1", "there is no attribute 'color'", "Did you mean 'colour'"),
        ("«extra» has lamp", "there is no attribute 'extra'", "Did you mean 'extras'"),
        ("«widht» < 3", "there is no attribute 'widht'", "Did you mean 'width'"),
        ("width < «widht»", "there is no attribute 'widht'", "Did you mean 'width'"),
        ("wheel.«siez» = 20", "there is no property 'siez'", "Did you mean 'size'"),
        ("colour.«size» = 20", "there is no property 'size'", "Choose from lead_time_days, price, weight."),
        ("sum(«wieght») < 3", "there is no property 'wieght'", "Did you mean 'weight'"),
        ("sum(«3») < 3", "expected a property, found 3", "Write sum(weight), for example."),
        ("filled(«colour»)", "colour is no text", "'filled' is for text attributes."),
        ("filled(«nmae»)", "there is no attribute 'nmae'", "Did you mean 'name'"),
        ("filled «name»", "expected '(', found 'name'", "Write filled(attribute)."),
        ("count(«colour») = 1", "colour is no multi-choice", "'count' is for multi-choice attributes."),
        ("count(«)»", "expected an attribute, found ')'", "Write an attribute's code."),
        ("«name» = ada", "name is a text", "Write filled(name)."),
        ("«name»", "name is a text", "Write filled(name)."),
        ("«colour» has red", "colour is a single choice", "Write 'colour = option'."),
        ("colour «<» red", "expected '=', '!=', 'in' or 'not in', found '<'", "Write 'colour = option' or"),
        ("colour «»", "expected '=', '!=', 'in' or 'not in', found the end", "Write 'colour = option' or"),
        ("colour in «red»", "expected '(', found 'red'", "Write 'colour = option' or"),
        ("colour in (red «blue»)", "expected ')', found 'blue'", "Write 'colour = option' or"),
        (
            "colour in («)»",
            "expected an option, found ')'",
            "Write the code of one of the options of colour.",
        ),
        ("colour not «=» red", "expected 'in', found '='", "Write 'colour = option' or"),
        ("extras «=» lamp", "expected 'has', found '='", "Write 'extras has option' or 'count(extras)'."),
        ("extras has «lmap»", "there is no option of extras 'lmap'", "Did you mean 'lamp'"),
        ("width = «colour»", "colour is no number", "Use a number attribute, attribute.property or count"),
        ("width «»", "expected '=', '!=', '<', '<=', '>' or '>=', found the end", "Compare the number"),
        ("width = 80 «width» = 80", "expected the end of the rule, found 'width'", "Join two conditions"),
        ("width = 80 and «»", "expected a condition or a number, found the end", "Numbers are written"),
        ("(width = 80«»", "expected ')', found the end", "Close the bracket."),
        ("width = 80«)»", "expected the end of the rule, found ')'", "Join two conditions"),
        (
            "width / «colour.weight» = 1",
            "this divides by something other than a fixed number",
            "Divide by a number",
        ),
        ("width / «0» = 1", "this divides by something other than a fixed number", "Divide by a number"),
        ("width = «10000000000000»", "the number 10000000000000 is too large", "Use at most 1000000000000."),
        ("colour = «\"»red\"", "'\"' has no meaning in a rule", "Write codes without quotation marks."),
        ("colour = red «&»& width = 1", "'&' has no meaning in a rule", "Write 'and'."),
    ];

    #[test]
    fn faulty_texts_are_told_what_where_and_what_to_do() {
        for (marked, message, advice) in FAULTY {
            let start = marked.find('«').unwrap();
            let end = marked.find('»').unwrap() - '«'.len_utf8();
            let text = marked.replace(['«', '»'], "");
            let errors = read(&text).unwrap_err();
            let error = &errors[0];
            assert_eq!(error.message, message, "{text}: {errors:?}");
            assert!(error.advice.starts_with(advice), "{text}: {errors:?}");
            // A mark around several words names where they begin.
            assert_eq!(error.span.start, start, "{text}: {errors:?}");
            assert!(error.span.end <= end, "{text}: {errors:?}");
        }
    }

    #[test]
    fn all_names_that_mean_nothing_are_reported_at_once_and_nothing_else() {
        let messages = |text: &str| {
            let errors = read(text).unwrap_err();
            errors.into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        assert_eq!(
            messages("colour = rde implies wheel.siez = 20 and extras has lmap and heigth < 3"),
            [
                "there is no option of colour 'rde'",
                "there is no property 'siez'",
                "there is no option of extras 'lmap'",
                "there is no attribute 'heigth'",
            ]
        );
        assert_eq!(messages("(colour = rde)"), ["there is no option of colour 'rde'"]);
        assert_eq!(messages("(widht + 1) * 2 < 3"), ["there is no attribute 'widht'"]);
        assert_eq!(
            messages("((widht)) + 1 < heigth"),
            ["there is no attribute 'widht'", "there is no attribute 'heigth'"]
        );
        assert_eq!(
            messages("(colour = rde and width)"),
            ["there is no option of colour 'rde'", "expected '=', '!=', '<', '<=', '>' or '>=', found ')'",]
        );
    }

    #[test]
    fn no_text_exhausts_the_stack() {
        let many = |text: &str| text.repeat(20_000);
        for text in [
            many("("),
            many("not "),
            many("-"),
            many("1 + "),
            many("2 * ("),
            many("colour = red implies "),
            many("colour = red iff "),
            many("(colour = red and "),
            many("colour = red and ") + "colour = red",
            many("1 + ") + "1 = 1",
        ] {
            let errors = read(&text).unwrap_err();
            assert_eq!(errors.len(), 1);
            assert!(
                errors[0].message.contains("nested more than 64 deep")
                    || errors[0].message == "there are more than 1000 words and signs",
                "{errors:?}"
            );
        }
        let nested = |depth: usize| format!("{}width = 80{}", "(".repeat(depth), ")".repeat(depth));
        assert!(read(&nested(60)).is_ok());
        assert_eq!(
            read(&nested(65)).unwrap_err()[0].message,
            "brackets and 'not' are nested more than 64 deep"
        );
        let chain = vec!["width = 80"; 200].join(" and ");
        assert!(holds(&chain, PRODUCT.standard()));
    }

    fn attribute(code: &str) -> AttributeId {
        PRODUCT.by_code(code).unwrap()
    }

    fn option(attribute: AttributeId, index: usize) -> OptionId {
        let options: Vec<OptionId> = PRODUCT.attribute(attribute).option_ids().map(|(id, _)| id).collect();
        options[index % options.len()]
    }

    fn property(code: &str, name: &str) -> Property {
        let options = PRODUCT.attribute(attribute(code)).options();
        Property {
            name: name.to_owned(),
            values: options.iter().map(|option| option.property(name)).collect(),
        }
    }

    fn number() -> impl Strategy<Value = Number> {
        let constant = -1_000_000_000_000..=1_000_000_000_000_i64;
        let leaf = prop_oneof![
            constant.clone().prop_map(Number::Constant),
            (-9..9_i64).prop_map(Number::Constant),
            Just(Number::Attribute(attribute("width"))),
            Just(Number::Count(attribute("extras"))),
            Just(Number::Property(attribute("wheel"), property("wheel", "size"))),
            Just(Number::Property(attribute("colour"), property("colour", "price"))),
            Just(parse_number("sum(weight)", &PRODUCT.attributes).unwrap()),
        ];
        leaf.prop_recursive(4, 24, 2, move |inner| {
            let pair =
                || (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
            prop_oneof![
                pair().prop_map(|(left, right)| Number::Add(left, right)),
                pair().prop_map(|(left, right)| Number::Subtract(left, right)),
                pair().prop_map(|(left, right)| Number::Multiply(left, right)),
                (inner, constant.clone()).prop_map(|(number, divisor)| {
                    Number::Divide(Box::new(number), if divisor == 0 { 1 } else { divisor })
                }),
            ]
        })
    }

    fn condition() -> impl Strategy<Value = Condition> {
        let comparison = prop_oneof![
            Just(Comparison::Equal),
            Just(Comparison::NotEqual),
            Just(Comparison::Less),
            Just(Comparison::AtMost),
            Just(Comparison::Greater),
            Just(Comparison::AtLeast),
        ];
        let leaf = prop_oneof![
            prop::collection::btree_set(0..3_usize, 1..=3).prop_map(|options| {
                let colour = attribute("colour");
                Condition::In(colour, options.into_iter().map(|index| option(colour, index)).collect())
            }),
            (0..3_usize)
                .prop_map(|index| Condition::Has(attribute("extras"), option(attribute("extras"), index))),
            prop_oneof![Just("initials"), Just("name")].prop_map(|code| Condition::Filled(attribute(code))),
            (number(), comparison, number())
                .prop_map(|(left, sign, right)| Condition::Compare(left, sign, right)),
        ];
        leaf.prop_recursive(5, 32, 2, |inner| {
            let pair =
                || (inner.clone(), inner.clone()).prop_map(|(left, right)| (Box::new(left), Box::new(right)));
            prop_oneof![
                inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
                pair().prop_map(|(left, right)| Condition::And(left, right)),
                pair().prop_map(|(left, right)| Condition::Or(left, right)),
                pair().prop_map(|(left, right)| Condition::Implies(left, right)),
                pair().prop_map(|(left, right)| Condition::Iff(left, right)),
            ]
        })
    }

    /// Words that make up rules, in any order.
    fn babble() -> impl Strategy<Value = String> {
        let words: Vec<&str> =
            "( ) , . + - * / = != < <= > >= and or not implies iff in has filled count sum colour red blue wheel size \
             extras lamp width initials 0 1 20 nobody"
                .split_whitespace()
                .collect();
        prop::collection::vec(prop::sample::select(words), 0..30).prop_map(|words| words.join(" "))
    }

    /// That a text is read, or refused with errors that lie within it.
    fn survives(text: &str) {
        let number = parse_number(text, &PRODUCT.attributes).map(|_| ());
        for errors in [read(text).map(|_| ()), number].into_iter().filter_map(Result::err) {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(text.get(error.span.clone()).is_some(), "{text:?}: {error:?}");
                assert!(!error.message.is_empty() && error.advice.ends_with(['.', '?']), "{error:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn reading_what_is_printed_gives_the_same(condition in condition()) {
            let text = condition.text(&PRODUCT);
            prop_assert_eq!(read(&text), Ok(condition), "{}", text);
        }

        #[test]
        fn reading_a_printed_number_gives_the_same(number in number()) {
            let text = number.text(&PRODUCT);
            prop_assert_eq!(parse_number(&text, &PRODUCT.attributes), Ok(number), "{}", text);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            survives(&text);
        }

        #[test]
        fn any_words_are_read_or_refused(text in babble()) {
            survives(&text);
            if let Ok(condition) = read(&text) {
                prop_assert_eq!(read(&condition.text(&PRODUCT)), Ok(condition));
            }
        }
    }
}

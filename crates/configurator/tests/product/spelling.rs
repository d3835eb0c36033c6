//! What people of other tools type first: what it certainly means, and what it is told.

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use configurator::rule::{Condition, correction, correction_of_condition, parse_condition, parse_number};
    use configurator::source::Source;
    use configurator::{Problem, Product};
    use proptest::prelude::*;

    static SOURCE: LazyLock<Source> = LazyLock::new(|| {
        serde_json::from_value(serde_json::json!({
            "name": "Shoe", "summary": "A shoe.", "currency": "EUR", "base_price": 0, "lead_time_days": 1,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "sole", "step": "all", "label": "Sole", "kind": "choice", "standard": "road", "options": [
                    { "code": "road", "label": "Road", "weight": 3 }, { "code": "trail", "label": "Trail", "weight": 9 },
                ]},
                { "code": "sole_colour", "step": "all", "label": "Sole colour", "kind": "choice", "standard": "oat", "options": [
                    { "code": "oat", "label": "Oat" }, { "code": "ash", "label": "Ash" },
                    { "code": "deep_blue", "label": "Blue, deep" },
                ]},
                { "code": "upper_colour", "step": "all", "label": "Colour of the upper", "kind": "choice", "standard": "oat", "options": [
                    { "code": "oat", "label": "Oat" }, { "code": "ash", "label": "Ash" }, { "code": "chalk", "label": "Chalk" },
                ]},
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": [], "options": [
                    { "code": "lamp", "label": "Lamp" }, { "code": "bell", "label": "Bell" },
                ]},
                { "code": "size", "step": "all", "label": "Size", "kind": "number", "standard": 40, "min": 30, "max": 50, "unit": "cm" },
                { "code": "width", "step": "all", "label": "Width", "kind": "number", "standard": 8, "min": 5, "max": 12 },
                { "code": "initials", "step": "all", "label": "Initials", "kind": "text", "standard": "", "max_length": 3 },
            ],
        }))
        .unwrap()
    });

    static PRODUCT: LazyLock<Product> = LazyLock::new(|| Product::check(&SOURCE).unwrap());

    fn right(text: &str) -> Option<String> {
        correction(text, &PRODUCT.attributes)
    }

    /// The problems of a rule.
    fn problems(rule: &str) -> Vec<Problem> {
        let mut source = SOURCE.clone();
        source.rules = serde_json::from_value(serde_json::json!([{ "code": "one", "rule": rule }])).unwrap();
        Product::check(&source).unwrap_err()
    }

    #[test]
    fn what_is_certain_has_its_right_form() {
        for (typed, expected) in [
            ("if sole = trail then sole_colour = oat", "sole = trail implies sole_colour = oat"),
            ("IF sole = trail THEN sole_colour = oat", "sole = trail implies sole_colour = oat"),
            ("when sole = trail, sole_colour = oat", "sole = trail implies sole_colour = oat"),
            (
                "if sole = trail then size > 40 else size > 35",
                "(sole = trail implies size > 40) and (not sole = trail implies size > 35)",
            ),
            (
                "size > 40 and if sole = trail then width = 8",
                "size > 40 and (sole = trail implies width = 8)",
            ),
            ("sole = trail => sole_colour = oat", "sole = trail implies sole_colour = oat"),
            ("sole = trail -> sole_colour = oat", "sole = trail implies sole_colour = oat"),
            ("sole = trail ⇒ sole_colour = oat", "sole = trail implies sole_colour = oat"),
            ("sole = trail <=> sole_colour = oat", "sole = trail iff sole_colour = oat"),
            ("sole = trail only if size > 40", "sole = trail implies size > 40"),
            ("sole = trail if and only if size > 40", "sole = trail iff size > 40"),
            ("sole = trail && size > 40 || width = 8", "sole = trail and size > 40 or width = 8"),
            ("sole = trail & size > 40", "sole = trail and size > 40"),
            ("sole = trail ∧ ¬(size > 40)", "sole = trail and not size > 40"),
            ("!sole = trail", "not sole = trail"),
            ("!(sole = trail && size > 40)", "not (sole = trail and size > 40)"),
            ("sole == trail", "sole = trail"),
            ("sole <> trail", "sole != trail"),
            ("sole ≠ trail", "sole != trail"),
            ("sole is not trail", "sole != trail"),
            ("sole is trail", "sole = trail"),
            ("size ≥ 40 and size ≤ 44", "size >= 40 and size <= 44"),
            ("size => 40", "size >= 40"),
            ("size =< 40", "size <= 40"),
            ("size is at least 40", "size >= 40"),
            ("size more than 40", "size > 40"),
            ("Size over 40 or Width is below 6", "size > 40 or width < 6"),
            ("size up to 40", "size <= 40"),
            ("size between 40 and 44", "size >= 40 and size <= 44"),
            ("size > 40 cm", "size > 40"),
            ("2 × size − 1 > 40", "2 * size - 1 > 40"),
            ("sole_colour in {oat, ash}", "sole_colour in (oat, ash)"),
            ("sole_colour in [oat, ash]", "sole_colour in (oat, ash)"),
            ("sole_colour in oat, ash", "sole_colour in (oat, ash)"),
            ("sole_colour ∈ {oat, ash}", "sole_colour in (oat, ash)"),
            ("sole_colour ∉ {oat, ash}", "sole_colour not in (oat, ash)"),
            ("sole_colour = {oat, ash}", "sole_colour in (oat, ash)"),
            ("sole_colour is one of (oat, ash)", "sole_colour in (oat, ash)"),
            ("sole_colour = oat or ash", "sole_colour in (oat, ash)"),
            ("sole_colour NOT IN (oat)", "sole_colour != oat"),
            ("\"sole\" = \"trail\"", "sole = trail"),
            ("sole = 'trail'", "sole = trail"),
            ("sole = „trail“", "sole = trail"),
            ("\"Sole colour\" = \"Blue, deep\"", "sole_colour = deep_blue"),
            ("'sole colour' = oat", "sole_colour = oat"),
            ("Sole colour = Oat", "sole_colour = oat"),
            ("Colour of the upper = chalk", "upper_colour = chalk"),
            ("SOLE = TRAIL", "sole = trail"),
            ("sole = trail AND NOT size > 40 OR width = 8", "sole = trail and not size > 40 or width = 8"),
            ("trail requires oat or size > 40", ""), /* which oat? */
            ("trail requires deep_blue", "sole = trail implies sole_colour = deep_blue"),
            ("trail excludes lamp", "not (sole = trail and extras has lamp)"),
            ("sole = trail excludes size > 40", "not (sole = trail and size > 40)"),
            ("sole has trail", "sole = trail"),
            ("extras = lamp", "extras has lamp"),
            ("extras contains lamp and bell", "extras has lamp and extras has bell"),
            ("extras has not lamp", "not extras has lamp"),
            ("lamp in extras", "extras has lamp"),
            ("lamp not in extras", "not extras has lamp"),
            (
                "sole_colour = upper_colour",
                "sole_colour = oat and upper_colour = oat or sole_colour = ash and upper_colour = ash",
            ),
            (
                "sole_colour != upper_colour",
                "not (sole_colour = oat and upper_colour = oat) and not (sole_colour = ash and upper_colour = ash)",
            ),
            ("initials is filled", "filled(initials)"),
            ("initials = \"\"", "not filled(initials)"),
            ("if initials then size > 40", "filled(initials) implies size > 40"),
            ("FILLED(initials)", "filled(initials)"),
            ("sole = trial", "sole = trail"),
            ("soel = trail", "sole = trail"),
            ("sole.wieght > 3", "sole.weight > 3"),
            ("sole_color in (oat, ashe)", "sole_colour in (oat, ash)"),
            ("widht + size > 40", "width + size > 40"),
        ] {
            let expected = (!expected.is_empty()).then(|| expected.to_owned());
            assert_eq!(right(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_says_when_something_is_so_may_begin_with_if() {
        let when = |text: &str| correction_of_condition(text, &PRODUCT.attributes);
        for (typed, expected) in [
            ("If Extras contains Lamp", "extras has lamp"),
            ("only if size over 40", "size > 40"),
            ("when sole = trail", "sole = trail"),
            ("size over 40", "size > 40"),
            ("Width × size", "width * size"),
            ("if sole = trail then size > 40", "sole = trail implies size > 40"),
        ] {
            assert_eq!(when(typed).as_deref(), Some(expected), "{typed}");
        }
        for typed in ["sole = trail", "if", "if nobody = trail", "only sole = trail"] {
            assert_eq!(when(typed), None, "{typed}");
        }
    }

    #[test]
    fn numbers_have_their_right_form_too() {
        for (typed, expected) in [
            ("Width × size", "width * size"),
            ("widht", "width"),
            ("SUM(weight)", "sum(weight)"),
            ("sole.WEIGHT ÷ 2", "sole.weight / 2"),
        ] {
            assert_eq!(right(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_left_to_people() {
        for typed in [
            "",
            "sole = trail",
            "width * size",
            "if sole = trail",
            "oat",
            "sole_colour = oat or ash and size > 40",
            "extras has lamp and bell or size > 40",
            "extras in (lamp, bell)",
            "sole = upper_colour",
            "initials = \"Ada\"",
            "sole = turquoise",
            "nobody = trail",
            "sole = trail then size > 40",
            "sole = \"trail",
            "size > 40 and",
            "sole < trail",
            "§",
        ] {
            assert_eq!(right(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_told_with_its_place_and_the_right_form() {
        let found = problems("if sole == trail && size > 40 then \"Sole colour\" = oat");
        let told: Vec<(usize, &str, &str)> = found
            .iter()
            .map(|problem| (problem.span.clone().unwrap().start, &*problem.message, &*problem.advice))
            .collect();
        assert_eq!(
            told,
            [
                (0, "'if' has no meaning in a rule", "Write 'condition implies condition'."),
                (8, "'==' has no meaning in a rule", "Write '='."),
                (17, "'&&' has no meaning in a rule", "Write 'and'."),
                (35, "\"Sole colour\" is not written as a code", "Write 'sole_colour'."),
            ]
        );
        let right = "sole = trail and size > 40 implies sole_colour = oat";
        assert_eq!(found[0].correction.as_deref(), Some(right));
        assert!(found[1..].iter().all(|problem| problem.correction.is_none()));
        assert!(found[0].to_string().ends_with(&format!("Use this instead: {right}")), "{}", found[0]);
        // A misspelt code is told as ever, and has its right form besides.
        let found = problems("sole = trial implies size > 40");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "there is no option of sole 'trial'");
        assert_eq!(found[0].advice, "Did you mean 'trail'?");
        assert_eq!(found[0].correction.as_deref(), Some("sole = trail implies size > 40"));
        // Half of it is understood: what it is, and where it stops.
        let found = problems("if sole = trail size > 40");
        assert_eq!(found[0].message, "'if' has no meaning in a rule");
        assert_eq!(found[1].message, "expected 'then', found 'size'");
        assert!(found.iter().all(|problem| problem.correction.is_none()));
    }

    #[test]
    fn a_name_that_may_exist_is_not_taken_for_another() {
        let mut source = SOURCE.clone();
        source.rules =
            serde_json::from_value(serde_json::json!([{ "code": "one", "rule": "soel = trail" }])).unwrap();
        source.attributes[1].code = "No code".to_owned();
        let found = Product::check(&source).unwrap_err();
        assert!(found.iter().all(|problem| problem.correction.is_none()), "{found:?}");
    }

    /// Conditions as people write them here, with what each may be written as elsewhere.
    fn tests() -> impl Strategy<Value = (String, String)> {
        let same = |own: &'static str, other: &'static str| Just((own.to_owned(), other.to_owned()));
        let leaf = prop_oneof![
            same("sole = trail", "Sole == \"Trail\""),
            same("sole != trail", "sole <> 'trail'"),
            same("sole_colour in (oat, ash)", "“Sole colour” ∈ {oat, ASH}"),
            same("extras has lamp", "lamp in Extras"),
            same("size >= 40", "Size ≥ 40 cm"),
            same("filled(initials)", "Initials is filled"),
            same("sole.weight <= 3", "sole.weight ≤ 3"),
        ];
        leaf.prop_recursive(4, 24, 2, |inner| {
            let pair = |word: &'static str, other: &'static str| {
                (inner.clone(), inner.clone()).prop_map(move |(left, right)| {
                    (
                        format!("({}) {word} ({})", left.0, right.0),
                        format!("({}) {other} ({})", left.1, right.1),
                    )
                })
            };
            prop_oneof![
                inner.clone().prop_map(|(own, other)| (format!("not ({own})"), format!("!({other})"))),
                pair("and", "&&"),
                pair("or", "||"),
                pair("implies", "->"),
                pair("iff", "<=>"),
                (inner.clone(), inner.clone()).prop_map(|(left, right)| (
                    format!("({}) implies ({})", left.0, right.0),
                    format!("(if {} then {})", left.1, right.1),
                )),
                (inner.clone(), inner.clone()).prop_map(|(left, right)| (
                    format!("not (({}) and ({}))", left.0, right.0),
                    format!("(({}) excludes ({}))", left.1, right.1),
                )),
            ]
        })
    }

    fn read(text: &str) -> Condition {
        parse_condition(text, &PRODUCT.attributes).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
    }

    proptest! {
        #[test]
        fn the_right_form_says_the_same((own, other) in tests()) {
            let right = right(&other);
            prop_assert!(right.is_some(), "{}", other);
            prop_assert_eq!(read(&right.unwrap()), read(&own), "{}", other);
        }

        #[test]
        fn whatever_is_typed_a_right_form_can_be_read_and_needs_none(
            words in prop::collection::vec(prop::sample::select(
                "( ) { } , . + - * / = == != <> < <= => -> >= && || ! and AND or not implies iff if then else in has is \
                 requires excludes between filled count sum sole Sole trail oat \"Sole colour\" sole_colour upper_colour \
                 extras lamp size width initials weight 0 40 cm soel trial ''"
                    .split_whitespace().collect::<Vec<_>>()
            ), 0..14),
        ) {
            let typed = words.join(" ");
            if let Some(right) = right(&typed) {
                let can_be_read = parse_condition(&right, &PRODUCT.attributes).is_ok()
                    || parse_number(&right, &PRODUCT.attributes).is_ok();
                prop_assert!(can_be_read, "{} → {}", typed, right);
                prop_assert_eq!(correction(&right, &PRODUCT.attributes), None);
            }
        }

        #[test]
        fn nothing_that_is_typed_does_harm(typed in "\\PC{0,80}") {
            let _ = right(&typed);
        }
    }
}

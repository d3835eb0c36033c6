//! Several pieces of a design and their discounts, and what can't be returned.

#[cfg(test)]
mod tests {
    use configurator::file::File;
    use configurator::{Choices, Product, Quantity};
    use words::Language;

    const MUG: &str = include_str!("../mug.toml");
    const TERMS: &str = r#"
[[tiers]]
from = 5
discount = "5 %"

[[tiers]]
from = 10
discount = "12.5 %"

[[no_returns]]
when = "filled(name)"
reason = "made with your name"

[[no_returns]]
when = "height != 9"
reason = "thrown to your measure"

[translations.de.no_returns]
"made with your name" = "mit deinem Namen"
"#;

    fn read(terms: &str) -> Result<Product, Vec<String>> {
        let text = format!("{MUG}\n{terms}");
        let file = File::check(&text).map(|(_, product)| product);
        file.map_err(|found| {
            found.iter().map(|problem| format!("{}. {}", problem.message, problem.advice)).collect()
        })
    }

    #[test]
    fn several_pieces_cost_what_their_tier_says() {
        let product = read(TERMS).unwrap();
        let design = product.standard();
        let each = product.quote(design).total.amount;
        for (pieces, hundredths) in [(1, 0), (2, 0), (4, 0), (5, 500), (9, 500), (10, 1_250), (999, 1_250)] {
            let quantity = Quantity::new(pieces).unwrap();
            let quote = product.quote_for(design, quantity);
            let all = each * i64::from(pieces);
            // Rounded once, half away from zero.
            let discount = (all * hundredths * 2 + 10_000) / 20_000;
            assert_eq!(quote.total.amount, all - discount, "{pieces}");
            let lines: i64 = quote.lines.iter().map(|line| line.amount.amount).sum();
            assert_eq!(lines, quote.total.amount, "the lines of {pieces}");
            assert_eq!(quote.weight, product.quote(design).weight * i64::from(pieces));
        }
        assert_eq!(product.quote_for(design, Quantity::ONE), product.quote(design));
        let labels = |product: &Product| -> Vec<String> {
            let lines = product.quote_for(design, Quantity::new(10).unwrap()).lines;
            lines.into_iter().rev().take(2).map(|line| line.label).collect()
        };
        assert_eq!(labels(&product), ["12.5% off from 10 pieces", "9 more of the same"]);
        let german = product.clone().with_words(Language::GERMAN.words());
        assert_eq!(labels(&german), ["12,5\u{a0}% Rabatt ab 10 Stück", "9 weitere Stücke"]);
    }

    #[test]
    fn more_pieces_may_cost_less() {
        let tier = |from, percent| format!("[[tiers]]\nfrom = {from}\ndiscount = \"{percent} %\"\n");
        let product = read(&[tier(5, 5), tier(20, 10)].concat()).unwrap();
        let design = product.standard();
        let total = |pieces| product.quote_for(design, Quantity::new(pieces).unwrap()).total.amount;
        for pieces in 1..30 {
            let found = product.more_for_less(design, Quantity::new(pieces).unwrap());
            let expected = (pieces == 19).then(|| (Quantity::new(20).unwrap(), total(19) - total(20)));
            assert_eq!(found, expected, "{pieces}");
        }
        let dearer: Vec<_> = product.tiers.iter().map(|tier| product.fewest_dearer(*tier)).collect();
        assert_eq!(dearer, [None, Some(19)]);
    }

    #[test]
    fn there_are_one_to_999_pieces() {
        for (pieces, there) in [(0, false), (1, true), (999, true), (1_000, false), (u32::MAX, false)] {
            assert_eq!(Quantity::new(pieces).is_some(), there, "{pieces}");
        }
    }

    #[test]
    fn the_first_reason_that_applies_is_why_a_design_can_not_be_returned() {
        let product = read(TERMS).unwrap();
        let with = |choices: &[(&str, &str)]| {
            let choices: Choices = product.read_choices(choices.iter().copied()).unwrap();
            choices
                .iter()
                .fold(product.standard().clone(), |design, (id, value)| design.with(id, value.clone()))
        };
        for (choices, reason) in [
            (&[][..], None),
            (&[("height", "10")], Some("thrown to your measure")),
            (&[("name", "ADA"), ("height", "10")], Some("made with your name")),
        ] {
            assert_eq!(product.no_return(&with(choices)), reason, "{choices:?}");
        }
        let text = format!("{MUG}\n{TERMS}");
        let german = Product::check(&File::read(&text).unwrap().source.in_language("de")).unwrap();
        assert_eq!(german.no_returns[0].reason, "mit deinem Namen");
        let never = read("[[no_returns]]\nreason = \"made to order\"").unwrap();
        assert_eq!(never.no_return(never.standard()), Some("made to order"));
    }

    #[test]
    fn what_is_wrong_with_terms_is_said_with_a_way_out() {
        for (terms, wanted) in [
            ("[[tiers]]\nfrom = 1\ndiscount = \"5 %\"", "no discount can begin here. Use 2 to 999."),
            ("[[tiers]]\nfrom = 1000\ndiscount = \"5 %\"", "no discount can begin here. Use 2 to 999."),
            (
                "[[tiers]]\nfrom = 5\ndiscount = \"5 %\"\n[[tiers]]\nfrom = 5\ndiscount = \"6 %\"",
                "the tier before begins later. Write the tiers from the fewest pieces to the most, each number once.",
            ),
            (
                "[[tiers]]\nfrom = 5\ndiscount = \"95 %\"",
                "'95 %' is no discount. Write one above 0 and up to 90 %",
            ),
            ("[[tiers]]\nfrom = 5\ndiscount = \"-5 %\"", "'-5 %' is no discount"),
            (
                "[[tiers]]\nfrom = 5\ndiscount = 5",
                "'discount' must be a text, not 5. Write it in quotation marks",
            ),
            ("[[no_returns]]\nreason = \" \"", "this is empty"),
            ("[[no_returns]]\nwhen = \"filled(nme)\"\nreason = \"x\"", "there is no attribute 'nme'"),
            (
                "[translations.de.no_returns]\n\"with a name\" = \"mit Namen\"",
                "there is no reason 'with a name' to translate",
            ),
        ] {
            let found = read(terms).unwrap_err();
            assert!(found.len() == 1 && found[0].starts_with(wanted), "{terms}: {found:?}");
        }
    }
}

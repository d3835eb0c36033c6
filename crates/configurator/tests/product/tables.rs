//! Rules that are tables, as text: what faulty ones are told, and what shoppers are told who want what a table forbids.

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;

    use configurator::artifact::Artifact;
    use configurator::file::File;
    use configurator::rule::{Retired, Table, TablePlace, WrittenTable, parse_condition};
    use configurator::{Choices, Configured, Product, State, Value};
    use engine::compile::Limits;

    /// A mug with a table in place of its rule.
    fn mug(table: &str) -> Result<Product, Vec<configurator::file::Located>> {
        let text = include_str!("../mug.toml");
        let rule = "rule = \"extras has lid implies height <= 10\"";
        assert!(text.contains(rule));
        let text = text.replace(rule, &format!("rule = \"\"\"\n{table}\"\"\""));
        File::check(&text).map(|(_, product)| product)
    }

    const TABLE: &str = "(glaze, height, extras has lid, filled(name)) in (\n  (white, 7..10, *, *),\n  (blue, 12 or ..8, yes, no),\n  (*, *, no, yes),\n)";

    #[test]
    fn a_table_stands_in_a_product_file_as_it_is_written() {
        let product = mug(TABLE).unwrap();
        let written = WrittenTable::read(TABLE).unwrap();
        assert_eq!(written.text(), TABLE);
        let table = Table::read(&written, &product.attributes).unwrap();
        assert_eq!(table.written(&product.attributes), written);
        assert_eq!(product.rules[0].condition, table.condition(&product.attributes));
        // Blanks, line ends and a comma at the end say nothing.
        let other = "( glaze,height , extras  has lid, filled( name ) )in((white,7..10,*,*),(blue,12 or ..8,yes,no), (*,*,no,yes) )";
        let condition = parse_condition(other, &product.attributes).unwrap();
        assert_eq!(condition, product.rules[0].condition);
    }

    #[test]
    fn a_successor_may_be_had_where_the_retired_option_was_done_without() {
        let product = mug(TABLE).unwrap();
        let read = |text: &str| Table::read(&WrittenTable::read(text).unwrap(), &product.attributes).unwrap();
        let extras = product.by_code("extras").unwrap();
        let option = |code| product.attribute(extras).option_by_code(code).unwrap();
        let other = product.attribute(extras).options().iter().find(|option| option.code != "lid").unwrap();
        let retired =
            Retired { attribute: extras, option: option("lid"), successor: Some(option(&other.code)) };
        let left = read("(extras has lid, height) in ((yes, 7..9), (no, *))").without_option(retired);
        let expected = format!("(extras has {}, height) in (\n  (yes, 7..9),\n  (*, *),\n)", other.code);
        assert_eq!(left.unwrap().written(&product.attributes).text(), expected);
    }

    #[test]
    fn faulty_tables_are_told_what_where_and_what_to_do() {
        let product = mug(TABLE).unwrap();
        for (marked, message, advice) in [
            ("(«glase») in ((white))", "there is no attribute 'glase'", "Did you mean 'glaze'?"),
            ("(glaze, «glaze») in ((white, blue))", "the column 'glaze' is there twice", "Remove one"),
            ("(«extras») in ((lid))", "extras is a choice of several", "Write 'extras has option'"),
            ("(«extras has cup») in ((yes))", "there is no option of extras 'cup'", ""),
            ("(«glaze has blue») in ((yes))", "glaze is no choice of several", "Write 'glaze'"),
            ("(«name») in ((yes))", "name is a text", "Write 'filled(name)'"),
            ("(«filled(glaze)») in ((yes))", "glaze is no text", "'filled' is for"),
            ("(glaze) in ((white), («bleu»))", "there is no option of glaze 'bleu'", "Did you mean 'blue'?"),
            ("(glaze, height) in («(white)»)", "this row has 1 values for 2 columns", "Write one for each"),
            ("(height) in ((«tall»))", "'tall' is no number", "Write a whole number"),
            ("(height) in ((«9..7»))", "the range 9..7 is empty", "Write the smaller"),
            ("(height) in ((«..»))", "'..' is no number", "Write a whole number"),
            ("(extras has lid) in ((«maybe»))", "'maybe' is neither yes nor no", "Write 'yes'"),
            ("(glaze, height) in ((white,«,» 7))", "there is a value missing", "Write it between"),
            ("(glaze) in ((white) «(blue))", "expected ')', found '('", "Write a comma"),
            (
                "(glaze) in ((white)) «or height = 7",
                "expected the end of the table, found 'o'",
                "A table is a rule",
            ),
            ("(glaze) in ((white)«", "expected ')', found the end", "Write a comma"),
            ("(glaze) in ()«", "the table has no row", "Add a row"),
        ] {
            let start = marked.find('«').unwrap();
            let text = marked.replace(['«', '»'], "");
            let errors = parse_condition(&text, &product.attributes).unwrap_err();
            assert_eq!(errors[0].message, message, "{text}");
            assert!(errors[0].advice.starts_with(advice), "{text}: {errors:?}");
            let place = if message.contains("missing") {
                errors[0].span.start..=errors[0].span.end
            } else {
                errors[0].span.start..=errors[0].span.start
            };
            assert!(place.contains(&start), "{text}: {errors:?}");
        }
        let errors = Table::read(
            &WrittenTable::read("(glaze, heigth) in ((pink, 7), (red))").unwrap(),
            &product.attributes,
        );
        let places: Vec<TablePlace> = errors.unwrap_err().into_iter().map(|error| error.place).collect();
        assert_eq!(places, [TablePlace::Column(1), TablePlace::Cell(0, 0), TablePlace::Row(1)]);
    }

    #[test]
    fn what_is_no_table_is_read_as_before() {
        let product = mug(TABLE).unwrap();
        for text in ["(height) = 7", "(glaze = white) and height in (7)", "(height + 1) * 2 > 3", "(glaze"] {
            assert!(!WrittenTable::is_meant(text), "{text}");
        }
        assert!(parse_condition("(height) <= 7", &product.attributes).is_ok());
        assert!(
            parse_condition("(glaze = white or height = 7) and extras has lid", &product.attributes).is_ok()
        );
    }

    #[test]
    fn a_shopper_is_told_the_tables_sentence() {
        let product = mug("(glaze, height) not in ((blue, 8.. ))").unwrap();
        let live = Configured::new(product).unwrap();
        let (id, blue) = live.read_choice("glaze", "blue").unwrap();
        let design = live.standard().clone().with(id, blue);
        let violations = live.validate(&design);
        assert_eq!(violations.len(), 1);
        assert_eq!(violations[0].rule.map(|rule| live.rule(rule).code.as_str()), Some("lid_small"));
        assert_eq!(violations[0].sentence, "Lids fit mugs of up to 10 cm.");
        let choices = Choices::new().with(live.by_code("height").unwrap(), Value::Number(9));
        let menu = live.menu(&choices, live.standard()).unwrap();
        let State::Blocked(reason) = &menu.attributes[id.index()].options[1].state else {
            panic!("{menu:?}")
        };
        assert!(reason.sentence.ends_with("Lids fit mugs of up to 10 cm."), "{}", reason.sentence);
    }

    #[test]
    fn a_thousand_rows_are_compiled_and_carried_to_the_browser() {
        let options = |code: &str| {
            (0..10)
                .map(|at| format!("{{ code = \"{code}{at}\", label = \"{code}{at}\" }}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let mut text = "name = \"T\"\nsummary = \"T.\"\ncurrency = \"EUR\"\nbase_price = 100\nlead_time_days = 1\n[[steps]]\ncode = \"all\"\nlabel = \"All\"\n".to_owned();
        for code in ["a", "b", "c", "d"] {
            let options = options(code);
            write!(text, "[[attributes]]\ncode = \"{code}\"\nstep = \"all\"\nlabel = \"{code}\"\nkind = \"choice\"\nstandard = \"{code}0\"\noptions = [{options}]\n").unwrap();
        }
        text += "[[rules]]\ncode = \"t\"\nsentence = \"Not made.\"\nrule = \"\"\"(a, b, c, d) in (\n";
        for row in 0..1_000 {
            // The last follows from the others.
            let (a, b, c) = (row / 100, row / 10 % 10, row % 10);
            writeln!(text, "  (a{a}, b{b}, c{c}, d{}),", (a + b * 3 + c * 7) % 10).unwrap();
        }
        text += ")\"\"\"\n";
        let (file, product) = File::check(&text).unwrap();
        let product = Configured::compiled(product, Limits::default()).unwrap();
        assert_eq!(product.count_designs(), Some(1_000));
        let bytes = Artifact::new(&product, &file.source, BTreeMap::new()).to_bytes();
        let read = Artifact::from_bytes(&bytes).unwrap();
        assert_eq!(read.configured().unwrap().count_designs(), Some(1_000));
    }
}

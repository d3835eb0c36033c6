use std::path::PathBuf;

use configurator::file::File;
use proptest::prelude::*;

use super::*;

fn finish() -> AttributeSource {
    serde_json::from_value(serde_json::json!({
        "code": "finish", "step": "looks", "label": "Finish", "kind": "choice", "standard": "red", "options": [
            { "code": "red", "label": "Red", "weight": 9 },
        ],
    }))
    .unwrap()
}

fn pasted_in(attribute: &mut AttributeSource, table: &str, language: Language) -> LeftRows {
    read(attribute, (Vec::new(), table), "EUR", language).unwrap()
}

fn pasted(attribute: &mut AttributeSource, table: &str) -> LeftRows {
    pasted_in(attribute, table, Language::ENGLISH)
}

/// The cells that are wrong: row, column, what is wrong.
fn wrong(left: &LeftRows) -> Vec<(usize, &str, &str)> {
    let cells = left.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    let wrong = cells.filter(|(_, cell)| !cell.message.is_empty());
    wrong.map(|(number, cell)| (number, cell.column, cell.message.as_str())).collect()
}

#[test]
fn of_a_thousand_rows_the_good_ones_are_taken_and_the_seven_bad_ones_come_back() {
    let mut table = "Name\tPrice\tWeight\n".to_owned();
    let bad = [3, 100, 250, 251, 600, 999, 1000];
    for row in 1..=1000 {
        let price = if bad.contains(&row) { "dear".to_owned() } else { format!("{row}.50") };
        table += &format!("Finish {row}\t{price}\t{row}\n");
    }
    let mut attribute = finish();
    let left = pasted(&mut attribute, &table);
    assert_eq!((attribute.options.len(), left.count(), left.text.as_str()), (994, 7, ""));
    let at: Vec<(usize, &str)> = wrong(&left).into_iter().map(|(row, column, _)| (row, column)).collect();
    assert_eq!(at, bad.map(|row| (row + 1, "price")));
    let second = &attribute.options[1];
    assert_eq!((second.code.as_str(), second.price, second.weight), ("finish_1", 150, 1));

    // Mended and sent as fields they are taken, but for one that is left out; the others are not there twice.
    let (mut fields, messages) = left.as_fields();
    assert_eq!(messages.len(), 7);
    for (name, value) in fields.iter_mut().filter(|(name, _)| name.ends_with(".price")) {
        *value = if name == "left.601.price" { "cheap" } else { "1" }.to_owned();
    }
    fields.push(("left.1001.out".to_owned(), "on".to_owned()));
    let left = read(&mut attribute, (sent_again(&fields), ""), "EUR", Language::ENGLISH).unwrap();
    assert_eq!(attribute.options.len(), 999);
    assert_eq!(wrong(&left)[0].0, 601, "it is still called by the row that it was");
    assert_eq!(left.rows[0].cells[0].text, "Finish 600");
}

#[test]
fn of_rows_about_the_same_option_none_wins_without_a_word() {
    let mut attribute = finish();
    let before = attribute.clone();
    for (table, column) in [
        ("name,price\nBlue,1\nBlue,2", "name"),
        ("name,price\nRed,1\nRed,2", "name"),
        ("code,name,price\nsea,Sea,1\nsea,Lake,2", "code"),
        ("code,price\nred,1\nred,2", "code"),
    ] {
        let left = pasted(&mut attribute, table);
        let told = wrong(&left);
        assert_eq!((told.len(), told[0].0, told[0].1, told[1].0), (2, 2, column, 3), "{table}");
        assert!(told[0].2.contains("Row 3") && told[1].2.contains("Row 2"), "{table}: {told:?}");
        assert_eq!(attribute, before, "{table}");
        // Sent again as they are they come back again; once one is left out the other is taken.
        let (mut fields, _) = left.as_fields();
        let again = read(&mut attribute, (sent_again(&fields), ""), "EUR", Language::ENGLISH).unwrap();
        assert_eq!((again.rows.len(), &attribute), (2, &before), "{table}");
        fields.push(("left.2.out".to_owned(), "on".to_owned()));
        let again = read(&mut attribute, (sent_again(&fields), ""), "EUR", Language::ENGLISH).unwrap();
        assert_eq!(again.count(), 0, "{table}");
        assert!(attribute.options.iter().any(|option| option.price == 200), "{table}");
        attribute = before.clone();
    }
    // Two options may have one name: their codes tell them apart.
    assert_eq!(pasted(&mut attribute, "code,name\nblue,Blue\nnavy,Blue"), LeftRows::default());
    assert_eq!(attribute.options.len(), 3);
}

#[test]
fn more_rows_than_can_be_shown_wait_as_text() {
    let rows: String = (1..=60).map(|row| format!("Finish {row};dear\n")).collect();
    let mut attribute = finish();
    let left = pasted(&mut attribute, &format!("name;price\n{rows}"));
    assert_eq!((left.rows.len(), left.messages.len(), left.count()), (50, 10, 60));
    assert!(left.text.starts_with("name;price\nFinish 51;dear\n"), "{}", left.text);
    assert!(left.messages[0].starts_with("Row 52, price: "), "{:?}", left.messages);
    // Sent again together, the mended fields are taken and the text as it is.
    let (mut fields, _) = left.as_fields();
    fields
        .iter_mut()
        .filter(|(name, _)| name.ends_with(".price"))
        .for_each(|(_, price)| *price = "2".to_owned());
    let text = left.text.replace("dear", "3");
    let left = read(&mut attribute, (sent_again(&fields), &text), "EUR", Language::ENGLISH).unwrap();
    assert_eq!((left, attribute.options.len()), (LeftRows::default(), 61));
}

#[test]
fn each_cell_says_what_is_wrong_with_it() {
    let mut attribute = finish();
    attribute.options[0].price = 150;
    let before = attribute.clone();
    for (table, column, message) in [
        ("name,colour\nBlue,bluish", "colour", "no colour"),
        ("name,weight\nBlue,heavy", "weight", "'heavy'"),
        ("name,on_menu\nBlue,perhaps", "on_menu", "Write yes or no."),
        ("name,benefits\nBlue,warm", "benefits", "volume = 12"),
        ("name,values\nBlue,size = 3; deep", "values", "'deep'"),
        ("name,cost\nBlue,dear", "cost", "no amount in EUR"),
        ("name,price\nRed,", "price", "Write 0 where it costs nothing more."),
        ("code,weight\nblue,3", "name", "Fill this in"),
        // As somebody types it who does not know about quotation marks: nothing is dropped without a word.
        ("name,price\nBlue,1,50", "price", "has 3 cells, the first row names 2"),
    ] {
        let left = pasted(&mut attribute, table);
        let told = wrong(&left);
        assert_eq!((told.len(), told[0].0, told[0].1), (1, 2, column), "{table}");
        assert!(told[0].2.contains(message), "{table}: {told:?}");
        assert_eq!(attribute, before, "{table}");
    }
    let left = pasted(&mut attribute, "name,price\nBlue,1,50");
    assert_eq!(left.rows[0].cells[1].text, "1,50");
    // A cell that is not there is not an empty one.
    assert_eq!(pasted(&mut attribute, "name,weight,price\nRed,7"), LeftRows::default());
    assert_eq!((attribute.options[0].price, attribute.options[0].weight), (150, 7));
}

/// What is written and read again into the same options, and into none.
fn comes_back(attribute: &AttributeSource, language: Language) -> String {
    let written = write(attribute, "EUR", language).unwrap();
    let mut none = attribute.clone();
    none.options.clear();
    for mut into in [attribute.clone(), none] {
        assert_eq!(pasted_in(&mut into, &written, language), LeftRows::default(), "{written}");
        assert_eq!(&into, attribute, "{written}");
        assert_eq!(write(&into, "EUR", language).unwrap(), written);
    }
    written
}

#[test]
fn what_is_written_is_read_again_and_holds_no_formula() {
    let mut attribute = finish();
    let table = "code,name,price,description,weight,days,points,colour\n\
        sum,=1+1,-2.50,\"@home, \"\"hot\"\"\",12,3,2,#aa2211\nquote,'tis,1250,'+1,0,0,,";
    assert_eq!(pasted(&mut attribute, table), LeftRows::default());
    attribute.options[1].parts = vec!["-12".to_owned(), "-12".to_owned(), "A 1/2".to_owned()];
    for language in [Language::ENGLISH, Language::GERMAN] {
        let written = comes_back(&attribute, language);
        for cell in written.lines().skip(1).flat_map(|line| line.split([',', ';'])) {
            let is_number = cell.chars().all(|letter| letter.is_ascii_digit() || "-. ".contains(letter));
            assert!(is_number || !cell.trim_matches('"').starts_with(FORMULAS), "{cell}");
        }
    }
}

#[test]
fn the_options_of_the_demo_products_leave_and_come_back_as_they_were() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let mut seen = 0;
    for folder in std::fs::read_dir(folder).unwrap() {
        let Ok(text) = std::fs::read_to_string(folder.unwrap().path().join("product.toml")) else { continue };
        let Ok(file) = File::read(&text) else { panic!("it can't be read") };
        for attribute in file.source.attributes.iter().filter(|attribute| !attribute.options.is_empty()) {
            for language in [Language::ENGLISH, Language::GERMAN] {
                comes_back(attribute, language);
            }
            seen += attribute.options.len();
        }
    }
    assert!(seen > 300, "{seen}");
}

/// Texts with everything that a table means something by.
fn texts() -> impl Strategy<Value = String> {
    "[a-z=+@'\",;\t\n -]{0,12}".prop_map(|text| text.trim().to_owned())
}

fn options() -> impl Strategy<Value = OptionSource> {
    let numbers = || prop::collection::btree_map("[a-z_]{1,5}", -9_i64..9, 0..3);
    let names = || prop::collection::vec("[A-Z=+'-][a-z 0-9/]{0,4}[a-z0-9]", 0..4);
    let first = (texts(), "[A-Za-z=+'-][a-z]{1,6}", any::<bool>(), -9_999_i64..9_999, -50_i64..50, 0_u32..9);
    let second = (prop::option::of(0_u32..9), prop::option::of(-500_i64..500), numbers(), numbers(), names());
    (first, second, prop::option::of("#[0-9a-f]{6}")).prop_map(|(first, second, swatch)| {
        let (description, label, available, price, weight, lead_time_days) = first;
        let (points, cost, benefits, values, parts) = second;
        OptionSource {
            description,
            label,
            available,
            price,
            weight,
            lead_time_days,
            points,
            cost,
            benefits,
            values,
            parts,
            swatch,
            meant: vec!["price".to_owned(), "weight".to_owned()],
            ..OptionSource::default()
        }
    })
}

proptest! {
    #[test]
    fn whatever_options_are_they_leave_and_come_back_as_they_were(options in prop::collection::vec(options(), 1..6)) {
        let mut attribute = finish();
        attribute.options = options;
        for (at, option) in attribute.options.iter_mut().enumerate() {
            option.code = format!("a_code_that_is_longer_than_names_usually_are_{at}");
        }
        for language in [Language::ENGLISH, Language::GERMAN] {
            comes_back(&attribute, language);
        }
    }
}

#[test]
fn rows_change_the_options_that_they_name() {
    let mut attribute = finish();
    for table in [
        "code;price\nred;1,50",
        "name,price,description\nRed,1.50,\"Deep, warm\"",
        "CODE\tPRICE\tcolour\nred\t1.50\t#aa2211",
    ] {
        let language = if table.contains("1,50") { Language::GERMAN } else { Language::ENGLISH };
        assert_eq!(pasted_in(&mut attribute, table, language), LeftRows::default(), "{table}");
        let red = &attribute.options[0];
        assert_eq!((attribute.options.len(), red.price, red.weight), (1, 150, 9), "{table}");
        attribute.options[0].price = 0;
    }
    let red = &attribute.options[0];
    assert_eq!((red.description.as_str(), red.swatch.as_deref()), ("Deep, warm", Some("#aa2211")));
    // An empty cell changes nothing.
    let kept = attribute.clone();
    let table = "name,price,weight,colour,on_menu,benefits,values,parts,cost,meant\nRed,,,,,,,,,";
    assert_eq!(pasted(&mut attribute, table), LeftRows::default());
    assert_eq!(attribute, kept);
    let table = "name,on_menu,benefits,values,parts,cost,meant\n\
        Red,NO,warm = 3,\"size = 2, deep = -1\",\"A-1; A-1, B\",0.80,price; weight";
    assert_eq!(pasted(&mut attribute, table), LeftRows::default());
    let red = &attribute.options[0];
    assert_eq!((red.available, red.benefits["warm"], red.values["deep"], red.cost), (false, 3, -1, Some(80)));
    assert_eq!(
        (red.parts.join(" "), red.meant.join(" ")),
        ("A-1 A-1 B".to_owned(), "price weight".to_owned())
    );
    let unknown = read(&mut attribute, (Vec::new(), "name,dearness\nRed,3"), "EUR", Language::ENGLISH);
    let unknown = unknown.unwrap_err().message;
    assert!(unknown.contains("dearness") && unknown.contains("parts, cost, meant"), "{unknown}");
}

#[test]
fn fields_are_called_by_the_number_of_their_row_as_long_as_it_comes_back() {
    let mut attribute = finish();
    let left = pasted(&mut attribute, "name,price\nMoss,dear\nSand,cheap");
    let names = |left: &LeftRows| -> Vec<String> {
        let (fields, _) = left.as_fields();
        fields.into_iter().map(|(name, _)| name).filter(|name| name.ends_with(".name")).collect()
    };
    assert_eq!(names(&left), ["left.2.name", "left.3.name"]);
    // The first is taken, and another table has a third row, too: nothing that is typed meanwhile changes its row.
    let (mut fields, _) = left.as_fields();
    fields
        .iter_mut()
        .filter(|(name, _)| name == "left.2.price")
        .for_each(|(_, price)| *price = "2".to_owned());
    let table = "name,price\nRust,3\nClay,old";
    let left = read(&mut attribute, (sent_again(&fields), table), "EUR", Language::ENGLISH).unwrap();
    assert_eq!(names(&left), ["left.3.name", "left.4.name"]);
    assert_eq!(left.rows[1].number, 3);
    let largest = vec![(format!("left.{}.price", usize::MAX), "3".to_owned())];
    assert_eq!(sent_again(&largest)[0].number, usize::MAX);
}

#[test]
fn lists_in_rows_that_come_back_fit_into_a_line() {
    let mut attribute = finish();
    let table =
        "name,price,parts,values,description\nMoss,dear,\"G-1\nG-2\",\"size = 2\ndeep = -1\",\"Two\nlines\"";
    let (mut fields, _) = pasted(&mut attribute, table).as_fields();
    let text = |name: &str| fields.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(
        (text("left.2.parts"), text("left.2.values")),
        ("G-1, G-2".to_owned(), "size = 2, deep = -1".to_owned())
    );
    assert_eq!(text("left.2.description"), "Two\nlines");
    fields
        .iter_mut()
        .filter(|(name, _)| name.ends_with("price"))
        .for_each(|(_, price)| *price = "2".to_owned());
    let left = read(&mut attribute, (sent_again(&fields), ""), "EUR", Language::ENGLISH).unwrap();
    let moss = &attribute.options[1];
    assert_eq!(
        (left, moss.parts.join(" "), moss.values["deep"]),
        (LeftRows::default(), "G-1 G-2".to_owned(), -1)
    );
}

#[test]
fn what_is_no_code_names_the_option_that_was_made_of_it() {
    let mut attribute = finish();
    for price in [1, 2] {
        let table = format!("code,name,price\nBlue-9,Blue,{price}");
        assert_eq!(pasted(&mut attribute, &table), LeftRows::default());
    }
    let options = &attribute.options;
    assert_eq!((options.len(), options[1].code.as_str(), options[1].price), (2, "blue_9", 200));
    // Two that would become the same are two, and nothing makes a code of none.
    let left = pasted(&mut attribute, "code,name\nSea-1,Sea\nSea 1,Lake\n赤,Red");
    assert_eq!(
        wrong(&left).iter().map(|(row, column, _)| (*row, *column)).collect::<Vec<_>>(),
        [(3, "code"), (4, "code")]
    );
    assert_eq!(attribute.options.len(), 3);
}

#[test]
fn a_column_is_named_once_and_a_table_has_no_more_rows_than_a_list_has_entries() {
    let refused =
        |table: &str| read(&mut finish(), (Vec::new(), table), "EUR", Language::ENGLISH).unwrap_err().message;
    assert!(refused("name,price,Name\nBlue,1,Green").contains("name twice"));
    let rows: String = (0..=MOST_ENTRIES).map(|row| format!("赤 {row},1\n")).collect();
    assert!(refused(&format!("name,price\n{rows}")).contains("2000"));
    // Names that make no code are numbered.
    let rows: String = (0..MOST_ENTRIES).map(|row| format!("{},1\n", "赤".repeat(row + 1))).collect();
    let mut attribute = finish();
    assert_eq!(pasted(&mut attribute, &format!("name,price\n{rows}")), LeftRows::default());
    assert_eq!(attribute.options[MOST_ENTRIES].code, format!("option_{MOST_ENTRIES}"));
}

#[test]
fn all_rows_that_came_back_are_left_out_at_once() {
    let fields = |action: &str| {
        let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        [
            field("left.3.row", "3"),
            field("left.3.name", "Blue"),
            field("left.3.price", "dear"),
            field("do", action),
        ]
    };
    assert_eq!(sent_again(&fields("save")).len(), 1);
    assert!(sent_again(&fields("rows-out")).is_empty());
    assert!(are_left_out(&fields("rows-out")) && !are_left_out(&fields("save")));
}

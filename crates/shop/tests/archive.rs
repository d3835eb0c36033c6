//! A product as one file: the same product is the same bytes, and what is no such file changes nothing and says why.

#![expect(clippy::unwrap_used, reason = "a product that can't be read has failed its test")]

use std::path::Path;

use proptest::prelude::*;
use shop::{ArchiveError, Bundle, read_folder};

const DEMOS: [&str; 5] = ["travel-bike", "laptop", "trainer", "bookcase", "coffee-machine"];

fn demo(name: &str) -> Bundle {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs").join(name);
    read_folder(&folder).unwrap().0
}

#[test]
fn what_is_written_is_read_and_written_again_byte_for_byte() {
    for name in DEMOS {
        let bundle = demo(name);
        let written = bundle.to_archive().unwrap();
        let read = Bundle::from_archive(&written).unwrap();
        assert_eq!(read, bundle, "{name}");
        assert_eq!(read.to_archive().unwrap(), written, "{name}");
    }
}

#[test]
fn drawings_that_no_layer_names_go_along_and_are_checked() {
    let mut bundle = demo("trainer");
    let upload = |svg: &str| preview::read_upload("stray.svg", svg.as_bytes(), None, &bundle.drawings);
    let drawing =
        upload("<svg viewBox='0 0 9 9'><style>.a{fill:red}</style><path class='a' d='M0 0h9'/></svg>");
    bundle.drawings.insert("stray.svg".to_owned(), drawing.unwrap().svg);
    let written = bundle.to_archive().unwrap();
    let read = Bundle::from_archive(&written).unwrap();
    assert_eq!(read, bundle);
    assert_eq!(read.to_archive().unwrap(), written);
    bundle.drawings.insert("stray.svg".to_owned(), "<svg viewBox=\"0 0 9 9\"><script/></svg>".to_owned());
    let error = Bundle::from_archive(&bundle.to_archive().unwrap()).unwrap_err();
    assert!(error.to_string().contains("'stray.svg' contains <script>"), "{error}");
}

#[test]
fn what_can_not_be_taken_says_why() {
    let told = |text: &str| Bundle::from_archive(text).unwrap_err().to_string();
    for none in ["", "no JSON", "[1]", "{}", "{\"name\": \"Mug\"}"] {
        assert!(matches!(Bundle::from_archive(none), Err(ArchiveError::NoArchive)), "{none}");
    }
    let bundle = demo("trainer");
    let written = bundle.to_archive().unwrap();
    let later = written.replacen("\"atelier_product\": 1", "\"atelier_product\": 2", 1);
    assert!(matches!(Bundle::from_archive(&later), Err(ArchiveError::Later { format: 2 })));
    let wrong = written.replacen("\"kind\": \"choice\"", "\"kind\": \"choise\"", 1);
    let told_wrong = told(&wrong);
    assert!(
        told_wrong.contains("choise") && told_wrong.contains("source.attributes[0].kind (line "),
        "{told_wrong}"
    );
    let more = written.replacen("\"source\": {", "\"source\": { \"colour\": 1,", 1);
    assert!(told(&more).contains("colour"), "{}", told(&more));
    assert!(told(&(written + &" ".repeat(4 * 1024 * 1024))).contains("bytes"));

    let mut harmful = bundle.clone();
    let (file, drawing) = harmful.drawings.iter_mut().next().unwrap();
    *drawing = drawing.replace("</svg>", "<script>alert(1)</script></svg>");
    let file = file.clone();
    let error = Bundle::from_archive(&harmful.to_archive().unwrap()).unwrap_err();
    assert!(matches!(&error, ArchiveError::Drawings(_)) && error.to_string().contains(&file), "{error}");
}

#[test]
fn a_table_of_combinations_stays_as_it_is_written() {
    let mut bundle = demo("trainer");
    let table = "(lining, sole) not in (\n  (wool, trail),\n  (*, road),\n)";
    bundle.source.rules[0].rule = table.to_owned();
    let written = bundle.to_archive().unwrap();
    let read = Bundle::from_archive(&written).unwrap();
    assert_eq!(read.source.rules[0].rule, table);
    assert_eq!(read.to_archive().unwrap(), written);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever texts and amounts a product has.
    #[test]
    fn what_was_edited_is_the_same_bytes_again(
        demo_at in 0..DEMOS.len(),
        texts in proptest::collection::vec(any::<String>(), 1..20),
        amounts in proptest::collection::vec(any::<i64>(), 1..20),
    ) {
        let mut bundle = demo(DEMOS[demo_at]);
        let (mut texts, mut amounts) = (texts.into_iter().cycle(), amounts.into_iter().cycle());
        let source = &mut bundle.source;
        source.base_price = amounts.next().unwrap();
        source.name = texts.next().unwrap();
        for attribute in &mut source.attributes {
            attribute.help = texts.next().unwrap();
            for option in &mut attribute.options {
                option.label = texts.next().unwrap();
                option.price = amounts.next().unwrap();
                option.weight = amounts.next().unwrap();
                option.values.insert(texts.next().unwrap(), amounts.next().unwrap());
            }
        }
        for rule in &mut source.rules {
            rule.rule = texts.next().unwrap();
        }
        let written = bundle.to_archive().unwrap();
        let read = Bundle::from_archive(&written).unwrap();
        prop_assert_eq!(&read, &bundle);
        prop_assert_eq!(read.to_archive().unwrap(), written);
    }

    /// A file of which a part is missing or other than it was is read or refused, and what is read is written as it is.
    #[test]
    fn damaged_files_are_refused_or_whole(at in 0..100_000_usize, cut in 0..40_usize, put in "[ -~]{0,8}") {
        let written = demo("trainer").to_archive().unwrap();
        let characters: Vec<char> = written.chars().collect();
        let at = at % characters.len();
        let damaged: String = characters[..at].iter().copied()
            .chain(put.chars())
            .chain(characters[(at + cut).min(characters.len())..].iter().copied())
            .collect();
        if let Ok(read) = Bundle::from_archive(&damaged) {
            let again = read.to_archive().unwrap();
            prop_assert_eq!(Bundle::from_archive(&again).unwrap(), read);
        }
    }
}

//! Any text as a rule or number of a product: read or refused, and what is read is written so that it reads the same.
#![no_main]

use std::sync::LazyLock;

use configurator::Product;
use configurator::file::File;
use configurator::rule::{WrittenTable, parse_condition, parse_number};
use libfuzzer_sys::fuzz_target;

/// A product with an attribute of every kind.
static PRODUCT: LazyLock<Product> = LazyLock::new(|| {
    let (_, product) = File::check(include_str!("../../../../catalogs/trainer/product.toml"))
        .expect("the demo product is sound");
    product
});

fuzz_target!(|text: &str| {
    let attributes = &PRODUCT.attributes;
    match parse_condition(text, attributes) {
        // A table is written as one.
        Ok(condition) if WrittenTable::is_meant(text) => {
            let written = WrittenTable::read(text).expect("it was read");
            assert_eq!(parse_condition(&written.text(), attributes), Ok(condition));
        }
        Ok(condition) => {
            let written = condition.text(&PRODUCT);
            assert_eq!(parse_condition(&written, attributes).as_ref(), Ok(&condition), "{written}");
        }
        Err(errors) => {
            assert!(!errors.is_empty() && errors.iter().all(|error| text.get(error.span.clone()).is_some()))
        }
    }
    if let Ok(number) = parse_number(text, attributes) {
        let written = number.text(&PRODUCT);
        assert_eq!(parse_number(&written, attributes).as_ref(), Ok(&number), "{written}");
    }
});

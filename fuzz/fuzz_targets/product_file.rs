//! Any text as a product file: sound in all its languages, or refused with places in it.
#![no_main]

use configurator::Product;
use configurator::file::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match File::check(text) {
        Ok((file, product)) => {
            assert!(product.validate(product.standard()).is_empty());
            for tag in file.source.languages() {
                assert!(Product::check(&file.source.in_language(tag)).is_ok());
            }
        }
        Err(faults) => assert!(!faults.is_empty()),
    }
});

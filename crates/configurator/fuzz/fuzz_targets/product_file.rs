//! Any text as a product file: sound, or refused with places in it.
#![no_main]

use configurator::file::File;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match File::check(text) {
        Ok((_, product)) => assert!(product.validate(product.standard()).is_empty()),
        Err(faults) => assert!(!faults.is_empty()),
    }
});

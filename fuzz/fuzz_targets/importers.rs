//! Any text as a file of each format, and as prices: a model that can be written and read again, or refused at a place.
//! What a text imports is the text itself, once more each time, so that files import one another.
#![no_main]

use import::{add_prices, dimacs, read_with, xcsp};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for name in ["a.xml", "a.uvl", "a.dimacs"] {
        match read_with(name, text, &mut |_| Some(text.to_owned())) {
            Ok(mut model) => {
                if let Ok(written) = dimacs::write(&model) {
                    dimacs::read(&written).expect("what was written can be read");
                }
                if let Ok(written) = xcsp::write(&model) {
                    xcsp::read(&written).expect("what was written can be read");
                }
                let _ = add_prices(&mut model, text);
            }
            Err(error) => {
                assert!((1..=text.split('\n').count()).contains(&error.line) && error.column >= 1);
            }
        }
    }
});

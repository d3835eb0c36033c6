//! Any bytes as a diagram: refused, or one that can be gone through and is written as it was read.
#![no_main]

use engine::diagram::Diagram;
use engine::pass::{Bounds, Count, Pass, Possible, Totals, Weight};
use libfuzzer_sys::fuzz_target;

/// More literals than this take long to go through and show nothing new.
const MOST_LITERALS: usize = 100_000;

fuzz_target!(|bytes: &[u8]| {
    let Ok(diagram) = Diagram::from_bytes(bytes) else { return };
    if diagram.literals() > MOST_LITERALS {
        return;
    }
    let read = Diagram::from_bytes(&diagram.to_bytes()).expect("what was written can be read");
    assert_eq!(read.to_bytes(), diagram.to_bytes());
    let all = vec![true; diagram.literals()];
    Pass::<Possible>::default().run(&diagram, &all);
    Pass::<Count>::default().run(&diagram, &vec![1; diagram.literals()]);
    Pass::<Bounds>::default().run(&diagram, &vec![Totals::of(1); diagram.literals()]);
    let _ = diagram.lightest(&vec![Weight { weight: 1, price: 1 }; diagram.literals()]);
    let _ = diagram.random(&all, |below| below - 1);
});

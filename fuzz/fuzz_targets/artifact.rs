//! Any bytes as an artifact: refused, or written as it was read, with a sound product or none.
#![no_main]

use configurator::Choices;
use configurator::artifact::Artifact;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(artifact) = Artifact::from_bytes(bytes) else { return };
    assert_eq!(artifact.to_bytes(), bytes);
    if let Ok(product) = artifact.configured() {
        assert!(product.validate(product.standard()).is_empty());
        let _ = product.menu(&Choices::new(), product.standard());
    }
});

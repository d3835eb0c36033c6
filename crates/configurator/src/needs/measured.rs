//! Diagrams of designs with some measures, remembered: whoever weighs benefits asks again and again with the same ones.

use std::sync::{Arc, Mutex, PoisonError};

use engine::Diagram;

/// Which of its variable's values each measure and text has.
pub(super) type Measures = Vec<usize>;

/// How many diagrams are kept; then the oldest is forgotten.
const MOST: usize = 8;

/// The diagrams made last; `None` for what would be too large.
#[derive(Debug, Default)]
pub(crate) struct Measured(Mutex<Vec<(Measures, Option<Arc<Diagram>>)>>);

impl Measured {
    /// The diagram of these measures, as it is remembered, or else as `make` makes it.
    pub(super) fn or_make(
        &self,
        measures: Measures,
        make: impl FnOnce(&Measures) -> Option<Diagram>,
    ) -> Option<Arc<Diagram>> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, diagram)) = known().iter().find(|(known, _)| *known == measures) {
            return diagram.clone();
        }
        let made = make(&measures).map(Arc::new);
        let mut known = known();
        if known.len() >= MOST {
            known.remove(0);
        }
        known.push((measures, made.clone()));
        made
    }
}

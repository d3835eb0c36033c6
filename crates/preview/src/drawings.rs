//! What pictures are made of.

use std::collections::BTreeMap;

/// The drawings of a product by file name, as SVG text.
pub type Drawings = BTreeMap<String, String>;

//! Writes what the fuzz targets `artifact`, `decoder` and `product_file` start from into `fuzz/corpus`: artifacts, diagrams
//! and product files that are whole, most of them small, since a fuzzer gets nowhere by guessing them.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use configurator::Configured;
use configurator::artifact::Artifact;
use configurator::file::File;
use engine::compile::Limits;
use engine::compile::dnnf;
use engine::diagram::Diagram;
use engine::model::{
    ConstraintKind, Expression, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId,
};

/// A small product with an attribute of every kind.
const MUG: &str = include_str!("../tests/mug.toml");

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut products = vec![("mug".to_owned(), MUG.to_owned())];
    products.extend(catalogue()?);
    for (name, text) in &products {
        write(&corpus, "product_file", name, text.as_bytes())?;
        let (file, product) = File::check(text).map_err(|faults| format!("{name}: {}", faults[0]))?;
        let product = Configured::compiled(product, Limits::default())?;
        let drawings = BTreeMap::from([(format!("{name}.svg"), "<svg/>".to_owned())]);
        let whole = Artifact::new(&product, &file.source, drawings);
        write(&corpus, "artifact", name, &whole.to_bytes())?;
        let without = Artifact { drawings: BTreeMap::new(), diagram: None, ..whole };
        write(&corpus, "artifact", &format!("{name}-without-diagram"), &without.to_bytes())?;
    }
    let (_, mug) = File::check(MUG).map_err(|faults| faults[0].to_string())?;
    let mug = mug.to_model();
    for (name, model) in [("nothing", Model::default()), ("mug", mug), ("choice", choice())] {
        let ordered = model.compile_ordered(Limits::default())?;
        let by_clauses = model.compile_clauses(&dnnf::Limits::default())?;
        write(&corpus, "decoder", &format!("{name}-ordered"), &readable(&ordered)?)?;
        write(&corpus, "decoder", &format!("{name}-by-clauses"), &readable(&by_clauses)?)?;
    }
    Ok(())
}

/// The shop's own product files and their names.
fn catalogue() -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs"))? {
        let folder: PathBuf = entry?.path();
        let file = folder.join("product.toml");
        if let Some(name) = folder.file_name().filter(|_| file.exists()) {
            found.push((name.to_string_lossy().into_owned(), std::fs::read_to_string(&file)?));
        }
    }
    Ok(found)
}

/// Two variables of which one is as the other, and a price for one of their values: few arcs, one with a cost.
fn choice() -> Model {
    let mut model = Model::default();
    let values = || ["a", "b", "c"].map(str::to_owned).to_vec();
    let one = model.add_variable(Variable::new("one", values()));
    let other = model.add_variable(Variable::new("other", values()));
    let both = |value| {
        let has = |variable: VariableId| Formula::In(variable, vec![ValueId(value)]);
        Formula::And(vec![has(one), has(other)])
    };
    let amount = PriceKind::When(both(1), Expression::Constant(-7));
    model.prices.push(Price { name: "b".to_owned(), kind: amount });
    model.add_constraint("same", ConstraintKind::Formula(Formula::Or((0..3).map(both).collect())));
    model
}

fn readable(diagram: &Diagram) -> Result<Vec<u8>, Box<dyn Error>> {
    let bytes = diagram.to_bytes();
    Diagram::from_bytes(&bytes)?;
    Ok(bytes)
}

fn write(corpus: &Path, target: &str, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let folder = corpus.join(target);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(name), bytes)
}

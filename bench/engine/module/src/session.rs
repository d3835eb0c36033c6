//! A model with its diagram, ready to be asked.

use std::hint::black_box;

use configurator::file::{File, Located};
use configurator::{Configured, Product};
use engine::Engine;
use engine::compile::Limits;
use engine::diagram::Diagram;
use engine::model::{Model, ValueId};
use engine::pass::{Bounds, Pass, Totals};

/// A model with its diagram and the buffers to ask it.
#[derive(Debug)]
pub struct Session {
    pub(crate) engine: Engine,
    /// The product the model was made from, compiled; `None` for a model of another format.
    pub(crate) product: Option<Configured>,
    pass: Pass<Bounds>,
    weights: Vec<Totals>,
    /// Whether the totals of a menu count exactly.
    is_counted: bool,
}

impl Session {
    /// Reads a model and makes its diagram, or takes one made elsewhere. `name` is the file's name, `prices` an XCSP
    /// model's prices.
    ///
    /// # Errors
    /// What can't be read, and why, or that the diagram would be too large.
    pub fn open(
        name: &str,
        text: &str,
        prices: Option<&str>,
        artifact: Option<&[u8]>,
    ) -> Result<Self, String> {
        let (engine, product) = if name.ends_with(".toml") {
            let product = read_product(text)?;
            let product = match artifact {
                Some(bytes) => Configured::with_diagram(product, bytes).map_err(|error| error.to_string())?,
                None => {
                    Configured::compiled(product, Limits::default()).map_err(|error| error.to_string())?
                }
            };
            let diagram = product.diagram().cloned().ok_or("no diagram")?;
            (engine(product.to_model(), diagram)?, Some(product))
        } else {
            let model = read_model(name, text, prices)?;
            let engine = match artifact {
                Some(bytes) => engine(model, Diagram::from_bytes(bytes).map_err(|error| error.to_string())?)?,
                None => Engine::new(model, Limits::default()).map_err(|error| error.to_string())?,
            };
            (engine, None)
        };
        let is_counted = engine.is_counted_with_totals();
        Ok(Self { engine, product, pass: Pass::default(), weights: Vec::new(), is_counted })
    }

    /// The diagram as bytes that [`Session::open`] takes.
    #[must_use]
    pub fn artifact(&self) -> Vec<u8> {
        let of_product = self.product.as_ref().and_then(Configured::write_diagram);
        of_product.unwrap_or_else(|| self.engine.diagram().to_bytes())
    }

    /// The menu of these choices: totals and completions of all designs with them, and of those with each option of each
    /// attribute, one behind the other, beside the choices for the others. Where there are too many completions for that,
    /// they are worked out besides ([`Engine::completions`]), so that it takes as long as it takes to have all figures.
    pub fn menu(&mut self, chosen: &[Option<ValueId>]) -> (Totals, Vec<Totals>) {
        if !self.is_counted {
            black_box(self.engine.completions(chosen));
        }
        self.engine.totals(chosen, &mut self.pass, &mut self.weights)
    }
}

fn read_product(text: &str) -> Result<Product, String> {
    let lines = |faults: Vec<Located>| faults.iter().map(Located::to_string).collect::<Vec<_>>().join("\n");
    File::check(text).map(|(_, product)| product).map_err(lines)
}

fn read_model(name: &str, text: &str, prices: Option<&str>) -> Result<Model, String> {
    let mut model = import::read(name, text).map_err(|error| error.to_string())?;
    if let Some(prices) = prices {
        import::add_prices(&mut model, prices).map_err(|error| error.to_string())?;
    }
    Ok(model)
}

fn engine(model: Model, diagram: Diagram) -> Result<Engine, String> {
    Engine::with_diagram(model, diagram).map_err(|error| error.to_string())
}

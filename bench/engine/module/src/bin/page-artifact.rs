//! What a page loads of a product: `page-artifact FOLDER` writes it to standard output.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use configurator::Configured;
use configurator::artifact::Artifact;
use configurator::file::File;
use engine::compile::Limits;

fn main() -> ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let written = artifact(Path::new(&folder))
        .and_then(|bytes| std::io::stdout().lock().write_all(&bytes).map_err(|error| error.to_string()));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("page-artifact: {folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn artifact(folder: &Path) -> Result<Vec<u8>, String> {
    let read = |path: &Path| {
        let path = folder.join(path);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let text = read(Path::new("product.toml"))?;
    let lines = |faults: Vec<_>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let (file, product) = File::check(&text).map_err(lines)?;
    let product = Configured::compiled(product, Limits::default()).map_err(|error| error.to_string())?;
    let mut drawings = BTreeMap::new();
    for name in file.source.layers.iter().filter_map(|layer| layer.drawing()) {
        drawings.insert(name.to_owned(), read(&Path::new("layers").join(name))?);
    }
    Ok(Artifact::new(&product, &file.source, drawings).to_bytes())
}

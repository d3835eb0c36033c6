//! The drawings of the shop's own products.

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use configurator::file::File;
    use preview::{Drawings, USUAL_BYTES, check, compose};

    #[test]
    fn every_drawing_is_there_plain_and_small_and_composes() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
        for entry in std::fs::read_dir(folder).unwrap() {
            let folder = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(folder.join("product.toml")) else { continue };
            let (file, product) =
                File::check(&text).map_err(|faults| format!("{}: {faults:#?}", folder.display())).unwrap();
            let mut drawings = Drawings::new();
            for entry in std::fs::read_dir(folder.join("layers")).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                drawings.insert(name, std::fs::read_to_string(path).unwrap());
            }
            let problems: Vec<String> =
                check(&file.source, &drawings).iter().map(ToString::to_string).collect();
            assert!(problems.is_empty(), "{}:\n{}", folder.display(), problems.join("\n"));
            let bytes: usize = drawings.values().map(String::len).sum();
            assert!(bytes <= USUAL_BYTES, "{}: {bytes} bytes", folder.display());
            let used: String = product.layers.iter().map(|layer| format!("{:?}", layer.drawing)).collect();
            for name in drawings.keys() {
                assert!(used.contains(name.as_str()), "{}: no layer uses {name}", folder.display());
            }
            let picture = compose(&product, &drawings, product.standard());
            assert!(!picture.contains("var(--"), "{}", folder.display());
        }
    }
}

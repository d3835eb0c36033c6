//! The command on made-up sales.

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    /// What it prints; what it says where it fails.
    fn evaluate(arguments: &[&str]) -> Result<String, String> {
        let run =
            Command::new(env!("CARGO_BIN_EXE_evaluate")).args(arguments).output().expect("evaluate starts");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        if run.status.success() { Ok(text(run.stdout)) } else { Err(text(run.stderr)) }
    }

    fn made_up(name: &str, size: &str) -> String {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let folder = folder.to_str().expect("a path in UTF-8").to_owned();
        evaluate(&[&folder, "--make-up", size]).expect("a folder that can be written to");
        folder
    }

    #[test]
    fn bad_data_is_told_with_its_place() {
        let folder = made_up("bad", "4x20");
        std::fs::write(Path::new(&folder).join("sales-3.csv"), "v0,v9\n1,1\n")
            .expect("a file that can be written");
        let said = evaluate(&[&folder]).expect_err("a column that no rule has");
        assert!(said.contains("sales-3.csv") && said.contains("v9"), "{said}");
        let said = evaluate(&[&folder, "--make-up", "two"]).expect_err("no size");
        assert!(said.contains("270x60000"), "{said}");
    }
}

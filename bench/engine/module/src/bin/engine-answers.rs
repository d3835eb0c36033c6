//! The native side of the comparison: `engine-answers WALKS SEED FILE [PRICES]` writes the length of the artifact (8 bytes,
//! the lowest first), the artifact, and the answers on so many random walks to standard output.

use std::io::Write;
use std::process::ExitCode;

use engine_module::Session;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("engine-answers: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [walks, seed, file, prices @ ..] = arguments else {
        return Err("write engine-answers WALKS SEED FILE [PRICES]".to_owned());
    };
    let read = |path: &String| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let number = |text: &String| text.parse::<u64>().map_err(|error| format!("'{text}': {error}"));
    let prices = prices.first().map(read).transpose()?;
    let mut session = Session::open(file, &read(file)?, prices.as_deref(), None)?;
    let walks = u32::try_from(number(walks)?).map_err(|error| error.to_string())?;
    let artifact = session.artifact();
    let answers = session.answers(walks, number(seed)?);
    let mut out = std::io::stdout().lock();
    for part in [&(artifact.len() as u64).to_le_bytes()[..], &artifact, &answers] {
        out.write_all(part).map_err(|error| error.to_string())?;
    }
    out.flush().map_err(|error| error.to_string())
}

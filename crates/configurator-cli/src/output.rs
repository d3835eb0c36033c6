//! Where answers go.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use crate::input::Refused;

/// Writes an answer. Whoever stops reading has read enough.
pub(crate) fn say(answer: impl Display) -> Result<(), Refused> {
    match writeln!(std::io::stdout().lock(), "{answer}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.map_err(|error| format!("standard output: {error}")),
    }
}

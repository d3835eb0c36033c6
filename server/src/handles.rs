//! File handles: a connection takes one, and where none is left nobody is let in, however long the others have been silent.

use std::io;

use crate::http::handles_of;
use crate::settings::Connections;

/// For the database, built files, and whatever else is open beside connections.
const OTHERS: u64 = 128;

/// Asks the operating system for as many file handles as the most connections need, and allows fewer connections where it gives
/// fewer, so that the longest silent one makes room before handles run out.
///
/// # Errors
/// The operating system does not say how many there may be.
pub fn fit(connections: Connections) -> io::Result<Connections> {
    let most = connections.most_connections;
    let wanted = handles_of(most) + OTHERS;
    let given = rlimit::increase_nofile_limit(wanted)?;
    if given >= wanted {
        return Ok(connections);
    }
    // An eighth more than there may be connections is told to come again.
    let room = given.saturating_sub(OTHERS) * 8 / 9;
    let room = u32::try_from(room).unwrap_or(most).clamp(1, most);
    tracing::warn!(
        "there are file handles for {room} connections instead of {most}; allow the process {wanted} (ulimit -n, or LimitNOFILE of a unit)"
    );
    Ok(Connections { most_connections: room, ..connections })
}
